//! What waits on what, drawn and in words, and deadlocks.

use std::collections::BTreeSet;

use maud::html;
use rapporteur_report::export::Row;
use rapporteur_report::listing;
use serde_json::json;

use super::filtered;
use crate::Fault;
use crate::draw::arcs::{self, Edge};
use crate::site::{Answer, Cx, Form};
use crate::snapshot::list;
use crate::words::{address, day, many, named, t, word};

/// Arcs that are drawn.
const MOST: usize = 120;

pub(super) fn screen(cx: &Cx<'_>) -> Result<Answer, Fault> {
    let rows = filtered(cx, &["condition", "deadlock"]);
    if cx.form == Form::Json {
        return Ok(cx.json(rows.iter().map(|r| &r.value), json!({"count": rows.len()})));
    }
    let (mut conditions, deadlocks): (Vec<&Row>, Vec<&Row>) = rows.iter().copied().partition(|r| r.kind == "condition");
    conditions.sort_by_key(|r| std::cmp::Reverse(r.date));
    let lasting = deadlocks.iter().filter(|d| d.value["to"].is_null());
    let locked: BTreeSet<&str> = lasting.flat_map(|d| list(&d.value, "cycle")).filter_map(|id| id.as_str()).collect();
    let mut holders: Vec<&str> = Vec::new();
    for row in &conditions {
        let name = named(&row.value["holder"]);
        if !holders.contains(&name) {
            holders.push(name);
        }
    }
    let edge = |row: &&Row| Edge {
        from: named(&row.value["wants"]).to_string(),
        to: named(&row.value["needs"]).to_string(),
        says: listing::head(row),
        link: cx.asked.link(&address(&row.value)),
        is_locked: locked.contains(word(&row.value, "/id")),
        holder: holders.iter().position(|h| *h == named(&row.value["holder"])).unwrap_or_default(),
    };
    let edges: Vec<Edge> = conditions.iter().take(MOST).map(edge).collect();
    let body = html! {
        h1 { "What waits on what" }
        p.lead { (many(conditions.len(), "condition")) ", " (many(deadlocks.len(), "deadlock")) ". An arrow leads from what a party would move on to what it waits for." }
        @if !deadlocks.is_empty() {
            h2 { "Deadlocks" }
            ol.lines { @for d in &deadlocks { li.line { p { time { (day(d)) } " " strong { (cx.head(d)) } } (cx.cites(&d.value, 4)) } } }
        }
        @if !edges.is_empty() {
            p.key { @for (n, holder) in holders.iter().take(6).enumerate() { span class={ "swatch h" (n) } { (t(holder)) } " " } @if holders.len() > 6 { "colours come again" } @if !locked.is_empty() { span.swatch.locked { "in a deadlock" } } }
            div.wide tabindex="0" role="region" aria-label="The picture of conditions, which scrolls" { (arcs::draw(&edges)) }
        }
        h2 { "In words" }
        @if conditions.is_empty() { p { "None was read." } }
        ol.lines.numbered { @for row in &conditions { li.line id={ "c-" (t(word(&row.value, "/id"))) } {
            p { strong { (cx.head(row)) } " " @if locked.contains(word(&row.value, "/id")) { span.tag.stuck { "in a deadlock" } } " " time { (day(row)) } }
            (cx.cites(&row.value, 1))
            p.meta { (cx.attested(&row.value)) }
        } } }
    };
    Ok(Answer::Page("Conditions".to_string(), body))
}
