//! What happened and what is planned: lanes, and the same day by day with its sentences.

use jiff::civil::Date;
use maud::html;
use rapporteur_report::export::Row;
use rapporteur_report::listing;
use serde_json::json;

use super::filtered;
use crate::Fault;
use crate::draw::lanes::{self, Mark};
use crate::layout::next;
use crate::site::{Answer, Cx, Form};
use crate::words::{address, many, word};

pub(super) const KINDS: &[&str] = &["shift", "meeting", "proposal", "status", "incident", "deadline", "deadlock"];

const LANES: &[&str] = &["Meetings", "Proposals", "Status", "Shifts", "Incidents", "Deadlines", "Deadlocks"];
const OF: &[&str] = &["meeting", "proposal", "status", "shift", "incident", "deadline", "deadlock"];
/// Marks that are drawn, the newest first.
const MOST: usize = 600;

pub(super) fn screen(cx: &Cx<'_>) -> Result<Answer, Fault> {
    let rows: Vec<&Row> = filtered(cx, KINDS).into_iter().filter(|r| r.date.is_some()).collect();
    let part = cx.asked.part(rows.clone());
    if cx.form == Form::Json {
        return Ok(cx.json(part.rows.iter().map(|r| &r.value), json!({"count": part.count, "next": part.next})));
    }
    let mut newest = rows.clone();
    newest.sort_by_key(|r| std::cmp::Reverse(r.date));
    newest.truncate(MOST);
    newest.reverse();
    let marks: Vec<Mark> = newest.iter().filter_map(|r| mark(cx, r)).collect();
    let mut day: Option<Date> = None;
    let body = html! {
        h1 { "Timeline" }
        p.lead { (many(part.count, "record")) ", the newest first. Filled: reported as having happened; hollow: planned, put off or called off." @if rows.len() > MOST { " The picture has the newest " (MOST) "." } }
        div.wide tabindex="0" role="region" aria-label="The picture of the timeline, which scrolls" { (lanes::draw(LANES, &marks, cx.view.as_of().map(|m| m.date))) }
        ol.lines { @for row in &part.rows {
            @let own = row.date.map(|m| m.date);
            @if own != day {
                @let () = day = own;
                li.day { h2 { @if let Some(d) = own { time { (d) } " " (d.strftime("%A")) } } }
            }
            li.line {
                p { span class={ "tag k-" (row.kind) } { (row.kind) } " " strong { (cx.head(row)) } @if is_ahead(cx, row) { " " span.tag { "ahead" } } }
                (super::moved::sentence(cx, row))
                p.meta { (cx.attested(&row.value)) }
            }
        } }
        (next(cx, &part))
    };
    Ok(Answer::Page("Timeline".to_string(), body))
}

fn is_ahead(cx: &Cx<'_>, row: &Row) -> bool {
    matches!((row.date, cx.view.as_of()), (Some(day), Some(today)) if day.date > today.date)
}

fn mark(cx: &Cx<'_>, row: &Row) -> Option<Mark> {
    let v = &row.value;
    let from = row.date?.date;
    let end = if row.kind == "deadlock" { word(v, "/to") } else { word(v, "/when/to") };
    let last = if row.kind == "deadlock" && end.is_empty() {
        cx.view.as_of().map(|m| m.date)
    } else {
        end.get(..10).and_then(|d| d.parse::<Date>().ok())
    };
    let state = word(v, "/state");
    let is_only_said = match row.kind {
        "meeting" => !matches!(state, "held" | "ongoing"),
        "deadline" => state != "passed",
        _ => is_ahead(cx, row),
    };
    let lane = OF.iter().position(|k| *k == row.kind)?;
    let says = format!("{from}: {}", listing::head(row));
    Some(Mark { lane, from, to: last.unwrap_or(from).max(from), says, link: cx.asked.link(&address(v)), is_only_said })
}
