//! One issue: what is held on it, how far it has come, what it waits for, and where sources differ on it.

use maud::{Markup, html};
use rapporteur_report::export::Row;
use serde_json::{Value, json};

use super::record;
use crate::Fault;
use crate::draw::spark;
use crate::site::{Answer, Cx, Form};
use crate::snapshot::list;
use crate::words::{address, day, named, stance, t, word};

/// Records of a section that are shown.
const MOST: usize = 30;

pub(super) fn one(cx: &Cx<'_>) -> Result<Answer, Fault> {
    let row = record(cx, "issue", "issue")?;
    let v = &row.value;
    let on = |kind: &str, fields: &[&str]| -> Vec<&Row> {
        let mut all: Vec<&Row> = cx
            .snap
            .of_kind(kind)
            .iter()
            .filter(|r| fields.iter().any(|f| word(&r.value[*f], "/id") == cx.id))
            .collect();
        all.sort_by_key(|r| std::cmp::Reverse(r.date));
        all
    };
    let (positions, shifts) = (on("position", &["issue"]), on("shift", &["issue"]));
    let (statuses, conditions, disputes) =
        (on("status", &["issue"]), on("condition", &["wants", "needs"]), on("dispute", &["about"]));
    if cx.form == Form::Json {
        let values = |rows: &[&Row]| rows.iter().map(|r| r.value.clone()).collect::<Value>();
        let more = json!({
            "positions": values(&positions), "shifts": values(&shifts), "statuses": values(&statuses),
            "conditions": values(&conditions), "disputes": values(&disputes),
        });
        return Ok(cx.json([v], more));
    }
    let name = word(v, "/name").to_string();
    let terms: Vec<&str> = list(v, "terms").filter_map(Value::as_str).take(20).collect();
    let body = html! {
        h1 { (t(&name)) }
        @match word(v, "/proposition") { "" => {}, words => p.lead { "“For” means: " (t(words)) } }
        @for s in list(v, "sticking") {
            p { span.tag.stuck { "holds up the talks" } " from " (t(word(s, "/from"))) @match word(s, "/to") { "" => {}, to => { " to " (t(to)) } } ": " (t(word(s, "/measure"))) }
        }
        @if !terms.is_empty() { p.meta { "Found by " (t(&terms.join(", "))) } }
        p { a href={ "/feed.atom?issue=" (crate::site::encoded(&cx.id)) } { "Feed of this issue" } " · " a href={ "/search?issue=" (crate::site::encoded(&name)) } { "All that was said on it" } }
        h2 { "Positions " span.count { (positions.len()) } }
        (table(cx, &positions))
        (section(cx, "What changed", &shifts))
        (section(cx, "How far it has come", &statuses))
        (section(cx, "What waits on what", &conditions))
        (section(cx, "Where the sources disagree", &disputes))
    };
    Ok(Answer::Page(name, body))
}

/// Positions with the sentence that shows each.
pub(super) fn table(cx: &Cx<'_>, rows: &[&Row]) -> Markup {
    html! {
        @if rows.is_empty() { p { "None was read." } }
        ol.lines { @for row in rows.iter().take(MOST) {
            li.line {
                p {
                    (stance(word(&row.value, "/stance"))) " "
                    strong { a href=(cx.asked.link(&address(&row.value))) { (t(named(&row.value["party"]))) } } " on " (super::positions::about(cx, &row.value))
                    " since " time { (t(word(&row.value, "/since"))) }
                    @if row.value["disputed"] == true { " " span.tag.disputed { "sources differ" } }
                    " " (spark::line(&row.value, None))
                }
                (cx.cites(&row.value, 1))
                p.meta { (cx.attested(&row.value)) }
            }
        } }
        @if rows.len() > MOST { p.more { (rows.len() - MOST) " more in " a href=(cx.asked.link("/positions")) { "the table" } } }
    }
}

/// Records with their sentences under a title; nothing where there are none.
pub(super) fn section(cx: &Cx<'_>, title: &str, rows: &[&Row]) -> Markup {
    html! { @if !rows.is_empty() {
        h2 { (title) " " span.count { (rows.len()) } }
        ol.lines { @for row in rows.iter().take(MOST) {
            li.line {
                p { time { (day(row)) } " " (cx.head(row)) }
                (super::moved::sentence(cx, row))
                p.meta { (cx.attested(&row.value)) }
            }
        } }
        @if rows.len() > MOST { p.more { (rows.len() - MOST) " more" } }
    } }
}
