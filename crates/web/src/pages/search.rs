//! Search with facets.

use maud::{Markup, html};
use rapporteur_reading::model::Act;
use serde_json::{Value, json};

use crate::Fault;
use crate::house::Ask;
use crate::site::{Answer, Cx, Form, encoded};
use crate::snapshot::list;
use crate::words::{t, word};

pub(super) const PARAMS: &[&str] =
    &["q", "in", "party", "person", "issue", "act", "source", "from", "to", "order", "limit"];

/// Results that are shown unless more are asked for, and at most.
const SHOWN: usize = 30;
const MOST: usize = 200;
/// Values of a facet that are shown.
const VALUES: usize = 12;

pub(super) fn screen(cx: &Cx<'_>) -> Result<Answer, Fault> {
    let ask = ask(cx)?;
    let found = ask.as_ref().map(|ask| cx.site.house.search(ask)).transpose()?;
    if cx.form == Form::Json {
        let found = found
            .ok_or_else(|| Fault::wrong("nothing to search for: give words as `q`, or a filter such as `party`"))?;
        return Ok(Answer::Json(found));
    }
    let q = cx.asked.get("q").unwrap_or_default();
    let own = |name: &str| cx.asked.get(name).unwrap_or_default().to_string();
    let body = html! {
        h1 { "Search" }
        form.box.search-form method="get" action="/search" {
            p { label for="words" { "Words, “phrases”, word*, AND, OR, NOT" } input #words type="search" name="q" value=(t(q)) maxlength="500"; button type="submit" { "Search" } }
            details open[ask.is_some() && PARAMS[1..].iter().any(|p| cx.asked.get(p).is_some())] {
                summary { "More" }
                p { label for="in" { "In" } select #in name="in" { @for (value, name) in [("", "everything"), ("statements", "statements"), ("quotes", "quotations"), ("articles", "titles and texts")] { option value=(value) selected[own("in") == value] { (name) } } } }
                p { label for="s-party" { "Party" } input #s-party name="party" list="parties-s" value=(t(&own("party"))); datalist #parties-s { @for p in &cx.view.dossier.parties { option value=(t(&p.name)) {} } } }
                p { label for="s-person" { "Person" } input #s-person name="person" list="people-s" value=(t(&own("person"))); datalist #people-s { @for p in cx.view.dossier.people.iter().take(200) { option value=(t(&p.name)) {} } } }
                p { label for="s-issue" { "Issue" } input #s-issue name="issue" list="issues-s" value=(t(&own("issue"))); datalist #issues-s { @for i in &cx.view.dossier.issues { option value=(t(&i.name)) {} } } }
                p { label for="s-act" { "Act" } select #s-act name="act" { option value="" { "any" } @for act in Act::ALL { option selected[own("act") == act.as_str()] { (act.as_str()) } } } }
                p { label for="s-source" { "Source" } input #s-source name="source" value=(t(&own("source"))); }
                p { label for="s-from" { "From" } input #s-from type="date" name="from" value=(t(&own("from"))); }
                p { label for="s-to" { "To" } input #s-to type="date" name="to" value=(t(&own("to"))); }
                p { label for="s-order" { "Order" } select #s-order name="order" { option value="" { "newest first" } option value="relevance" selected[own("order") == "relevance"] { "most relevant first" } } }
            }
        }
        @if let Some(found) = &found { (results(cx, found)) }
    };
    let title = if q.is_empty() { "Search".to_string() } else { format!("{q} · Search") };
    Ok(Answer::Page(title, body))
}

/// What is asked; `None` where nothing is.
fn ask(cx: &Cx<'_>) -> Result<Option<Ask>, Fault> {
    let own = |name: &str| cx.asked.get(name).map(str::to_string);
    let all = |name: &str| cx.asked.fields.all(name).map(str::to_string).collect::<Vec<_>>();
    let ask = Ask {
        words: own("q").unwrap_or_default(),
        fields: all("in"),
        acts: all("act"),
        party: own("party"),
        person: own("person"),
        issue: own("issue"),
        source: own("source"),
        from: cx.asked.fields.day("from")?,
        to: cx.asked.fields.day("to")?,
        by_relevance: cx.asked.get("order") == Some("relevance"),
        limit: if cx.asked.get("limit").is_some() { cx.asked.limit().min(MOST) } else { SHOWN },
    };
    let nothing =
        Ask { by_relevance: ask.by_relevance, limit: ask.limit, fields: ask.fields.clone(), ..Ask::default() };
    Ok((ask != nothing).then_some(ask))
}

fn results(cx: &Cx<'_>, found: &Value) -> Markup {
    let results: Vec<&Value> = list(found, "results").collect();
    let count = found["count"].as_u64().unwrap_or_default();
    html! {
        @for unknown in list(found, "unknown").filter_map(Value::as_str) { p.notice { (t(unknown)) } }
        p.lead {
            @if results.is_empty() { "Nothing found." } @else { (results.len()) " of " @if found["is_more"] == true { "the newest " } (count) " shown, of the folder as it is today." }
        }
        div.results {
            ol.lines { @for r in &results { li.line {
                @let link = if word(r, "/kind") == "article" { format!("/articles/{}", encoded(word(r, "/article"))) } else { format!("/items/{}", encoded(word(r, "/id"))) };
                p { time { (t(r["day"].as_str().unwrap_or("no date"))) } " " a href=(link) { (t(&said(r))) } }
                blockquote { p { (hits(r)) } footer { a href={ "/articles/" (encoded(word(r, "/article"))) "?at=" (r["start"]) "#here" } { (t(word(r, "/outlet"))) @if word(r, "/outlet").is_empty() { (t(word(r, "/title"))) } } } }
            } } }
            aside.facets aria-label="Narrow the search" { @for (name, values) in found["facets"].as_object().into_iter().flatten() {
                @let param = match name.as_str() { "outlet" => "source", "kind" | "month" => "", other => other };
                @if values.as_array().is_some_and(|v| !v.is_empty()) {
                    h2 { (name) }
                    ul.plain { @for value in values.as_array().into_iter().flatten().take(VALUES) {
                        @let words = word(value, "/value");
                        li { @if param.is_empty() || words.is_empty() { (t(words)) } @else { a href=(cx.asked.with("/search", &[(param, Some(words))])) { (t(words)) } } " " span.count { (value["count"]) } }
                    } }
                }
            } }
        }
    }
}

fn said(r: &Value) -> String {
    if word(r, "/kind") == "article" {
        return word(r, "/title").to_string();
    }
    let all: Vec<&str> = ["/who", "/issue", "/act"].iter().map(|at| word(r, at)).filter(|w| !w.is_empty()).collect();
    if all.is_empty() { word(r, "/kind").to_string() } else { all.join(" · ") }
}

/// The words around, with those that were found marked.
fn hits(r: &Value) -> Markup {
    let (text, start) = (word(r, "/text"), r["start"].as_u64().unwrap_or_default());
    let mut at = 0;
    let mut parts: Vec<(bool, &str)> = Vec::new();
    for hit in list(r, "hits") {
        let place = |key: &str| hit[key].as_u64().and_then(|n| usize::try_from(n.checked_sub(start)?).ok());
        let (Some(from), Some(to)) = (place("start"), place("end")) else { continue };
        if let (Some(before), Some(words)) = (text.get(at..from), text.get(from..to)) {
            parts.extend([(false, before), (true, words)]);
            at = to;
        }
    }
    parts.push((false, text.get(at..).unwrap_or_default()));
    html! { @for (is_hit, words) in parts { @if is_hit { mark { (t(words)) } } @else { (t(words)) } } }
}

/// A short form of what the twin of this page holds, for the description.
pub(super) fn shape() -> Value {
    json!({"count": 0, "is_more": false, "results": [], "facets": {}, "unknown": []})
}
