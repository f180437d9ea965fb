//! Where the sources disagree: a row a matter, a column a side; what things are called by which outlet.

use std::collections::BTreeMap;

use maud::{Markup, html};
use rapporteur_report::export::Row;
use serde_json::{Value, json};

use super::filtered;
use crate::Fault;
use crate::layout::next;
use crate::site::{Answer, Cx, Form};
use crate::snapshot::{list, witness};
use crate::words::{many, named, outlet, t, word};

pub(super) fn screen(cx: &Cx<'_>) -> Result<Answer, Fault> {
    let rows = filtered(cx, &["dispute"]);
    let part = cx.asked.part(rows.clone());
    if cx.form == Form::Json {
        return Ok(cx.json(part.rows.iter().map(|r| &r.value), json!({"count": part.count, "next": part.next})));
    }
    let (framing, others): (Vec<&Row>, Vec<&Row>) =
        part.rows.iter().partition(|r| word(&r.value, "/sort") == "framing");
    let body = html! {
        h1 { "Where the sources disagree" }
        p.lead { (many(part.count, "matter")) " on which two sources or sides cannot both be right, or name one thing differently." }
        @if !others.is_empty() { h2 { "Who says what" } }
        @for row in &others { (one(cx, row)) }
        @if !framing.is_empty() { h2 { "What things are called" } }
        @for row in &framing { (one(cx, row)) (by_outlet(cx, &row.value)) }
        (next(cx, &part))
    };
    Ok(Answer::Page("Disputes".to_string(), body))
}

/// What is to be made of it, in words.
pub(super) fn verdict(written: &str) -> &str {
    match written {
        "differs" => "they cannot both be right, or name one thing differently",
        "not-comparable" => "they measure different things: both may be right",
        "denied" => "one side says it, the other says it is not so",
        other => other,
    }
}

/// A number as one writes it: 21, not 21.0.
fn number(value: &Value) -> String {
    value.as_f64().map_or_else(|| value.to_string(), |n| n.to_string())
}

/// What a dispute is about: a name, or words.
fn about(v: &Value) -> &str {
    v["about"].as_str().unwrap_or_else(|| named(&v["about"]))
}

fn one(cx: &Cx<'_>, row: &Row) -> Markup {
    let v = &row.value;
    let about = about(v);
    html! {
        section.dispute {
            h3 { span.tag { (t(word(v, "/sort"))) } " " a href=(cx.asked.link(&crate::words::address(v))) { (t(about)) } }
            p.meta {
                (t(verdict(word(v, "/verdict")))) @match word(v, "/since") { "" => {}, day => { " · since " (t(day)) } }
                @if let (Some(low), Some(high)) = (v.pointer("/range/low"), v.pointer("/range/high")) { " · from " (number(low)) " to " (number(high)) @if let Some(best) = v.pointer("/range/best").filter(|b| !b.is_null()) { ", most reports have " (number(best)) } }
            }
            div.sides { @for side in list(v, "sides").take(6) {
                div.side {
                    p { strong { (t(word(side, "/value"))) } }
                    p.meta {
                        (side["origins"]) @if side["origins"] == 1 { " independent report" } @else { " independent reports" }
                        @if list(side, "claimants").next().is_some() { " · according to " (cx.all_of(&side["claimants"])) }
                    }
                    @if let Some(e) = list(side, "evidence").next() { (cx.cite(e)) }
                }
            } }
            @let more = list(v, "sides").count().saturating_sub(6);
            @if more > 0 { p.more { (more) " more sides" } }
        }
    }
}

/// Which outlet calls it what, and how often.
fn by_outlet(cx: &Cx<'_>, v: &Value) -> Markup {
    let mut counts: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
    for side in list(v, "sides") {
        for article in list(side, "articles").filter_map(Value::as_str).filter_map(|id| witness(&cx.view, id)) {
            *counts.entry(outlet(article.article)).or_default().entry(word(side, "/value")).or_default() += 1;
        }
    }
    let values: Vec<&str> = list(v, "sides").map(|s| word(s, "/value")).take(6).collect();
    html! { @if counts.len() > 1 {
        div.wide tabindex="0" role="region" aria-label={ "Outlets by what they call " (t(about(v))) } { table {
            thead { tr { th scope="col" { "Outlet" } @for value in &values { th scope="col" { (t(value)) } } } }
            tbody { @for (outlet, own) in &counts { tr { th scope="row" { (t(outlet)) } @for value in &values { td.number { (own.get(value).map_or_else(String::new, ToString::to_string)) } } } } }
        } }
    } }
}
