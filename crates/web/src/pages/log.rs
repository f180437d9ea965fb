//! The log: all that was decided, by whom, when, and what it came to.

use maud::{Markup, html};
use rapporteur_report::export::Row;
use rapporteur_report::source;
use serde_json::{Value, json};

use crate::Fault;
use crate::access::Role;
use crate::layout::{next, stamp};
use crate::site::{Answer, Cx, Form, encoded};
use crate::snapshot::list;
use crate::words::{class, many, t, word};

pub(super) fn screen(cx: &Cx<'_>) -> Result<Answer, Fault> {
    let by = cx.asked.get("by");
    let all: Vec<&Row> =
        cx.snap.of_kind("correction").iter().filter(|r| by.is_none_or(|by| word(&r.value, "/by") == by)).collect();
    let part = cx.asked.part(all);
    if cx.form == Form::Json {
        return Ok(cx.json(part.rows.iter().map(|r| &r.value), json!({"count": part.count, "next": part.next})));
    }
    let body = html! {
        h1 { "Log" }
        p.lead { (many(part.count, "decision")) ", the newest first. None is ever changed or taken out: what is undone says so." }
        (lines(cx, &part.rows))
        (next(cx, &part))
    };
    Ok(Answer::Page("Log".to_string(), body))
}

/// Decisions as lines.
pub(super) fn lines(cx: &Cx<'_>, rows: &[&Row]) -> Markup {
    let is_reviewer = cx.who.role == Role::Reviewer && cx.asked.as_of.is_none();
    html! { @if !rows.is_empty() { ol.lines { @for row in rows {
        @let v = &row.value;
        @let (id, outcome) = (word(v, "/id"), word(v, "/outcome"));
        li.line {
            p {
                time { (t(&word(v, "/at").replace('T', " "))) } " " strong { (t(word(v, "/by"))) } " "
                span class={ "tag is-" (class(word(v, "/do"))) } { (t(word(v, "/do"))) } " "
                @if list(v, "names").next().is_some() { (t(&names(v))) } @else { a href=(cx.asked.link(&format!("/items/{}", encoded(word(v, "/item"))))) { code { (t(word(v, "/item"))) } } }
                " " span.meta { (t(outcome)) @match word(v, "/why") { "" => {}, why => { ": " (t(why)) } } }
            }
            @match word(v, "/note") { "" => {}, note => p { "“" (t(note)) "”" } }
            @match word(v, "/sentence") { "" => {}, words => blockquote { p { (t(&source::shortened(words, 240))) } } }
            div.meta {
                code { (t(id)) }
                @if is_reviewer && ["applied", "overruled", "gone", "unfit"].contains(&outcome) {
                    form.inline method="post" action="/decide" { (stamp(cx)) input type="hidden" name="back" value=(cx.path); button name="do" value={ "undo " (t(id)) } { "Undo" } }
                }
            }
        }
    } } } }
}

fn names(v: &Value) -> String {
    list(v, "names").filter_map(Value::as_str).collect::<Vec<_>>().join(" and ")
}
