//! Sources: outlets with their copies, what each is alone in reporting, and their articles.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use rapporteur_article::Article;
use rapporteur_report::View;
use rapporteur_report::export::{self, Row};
use serde_json::{Value, json};

use crate::Fault;
use crate::layout::next;
use crate::site::{Answer, Cx, Form, encoded};
use crate::snapshot::{list, witness};
use crate::words::{outlet, t, word};

/// Kinds of which it is counted what an outlet is alone in reporting.
const TOLD: &[&str] = &["meeting", "proposal", "status", "incident", "deadline", "shift"];

/// What is told of an outlet.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Outlet {
    articles: usize,
    copies: usize,
    /// Articles that rest on another's reporting without being a copy.
    rests: usize,
    /// Articles credited to an agency.
    wire: usize,
    /// Records that rest on this outlet's own reporting alone.
    alone: usize,
    last: Option<jiff::civil::Date>,
}

pub(super) fn screen(cx: &Cx<'_>) -> Result<Answer, Fault> {
    let view = &cx.view;
    // without their texts: a row holds what a list is ordered by, and the record is made for what is shown
    let row = |a: &Article| Row {
        kind: "article",
        date: a.published,
        article: String::new(),
        start: 0,
        value: json!({"id": a.id}),
    };
    let typed = cx.asked.filter.source.as_deref().map(str::to_lowercase);
    let is_asked = |a: &Article| {
        let fits = |words: &str| typed.as_ref().is_some_and(|typed| words.to_lowercase().contains(typed));
        let day = a.published.map(|m| m.date);
        (typed.is_none()
            || fits(&outlet(a))
            || a.sources.iter().any(|s| fits(&s.path) || fits(&s.url) || fits(&s.outlet)))
            && cx.asked.filter.from.is_none_or(|from| day.is_some_and(|d| d >= from))
            && cx.asked.filter.to.is_none_or(|to| day.is_some_and(|d| d <= to))
    };
    let rows: Vec<Row> = view.witnesses.iter().map(|w| w.article).filter(|a| is_asked(a)).map(row).collect();
    let part = cx.asked.part(rows.iter().collect());
    let records: Vec<Value> = part.rows.iter().filter_map(|r| record(cx, word(&r.value, "/id"))).collect();
    let feeds_of = cx.site.house.feeds()?;
    if cx.form == Form::Json {
        return Ok(cx.json(&records, json!({"count": part.count, "next": part.next, "feeds": feeds_of})));
    }
    let outlets = cx.snap.outlets();
    let body = html! {
        h1 { "Sources" }
        p.lead { (view.articles()) " articles from " (view.ledger.origins.count()) " independent origins, by " (outlets.len()) " outlets." }
        div.wide tabindex="0" role="region" aria-label="Outlets, a table that scrolls" { table {
            thead { tr { th scope="col" { "Outlet" } th scope="col" { "Articles" } th scope="col" { "Copies" } th scope="col" { "Rest on others" } th scope="col" { "Credited to an agency" } th scope="col" { "Alone in reporting" } th scope="col" { "Newest" } } }
            tbody { @for (name, o) in outlets.iter().take(100) { tr {
                th scope="row" { a href=(cx.asked.with("/sources", &[("source", Some(name)), ("after", None)])) { (t(name)) } }
                td.number { (o.articles) } td.number { (o.copies) } td.number { (o.rests) } td.number { (o.wire) } td.number { (o.alone) }
                td { time { (o.last.map_or_else(String::new, |d| d.to_string())) } }
            } } }
        } }
        p.meta { "Alone in reporting: how many meetings, proposals, statuses, incidents, deadlines and shifts rest on this outlet's own reporting and on no other." }
        (feeds(&feeds_of))
        h2 { "Articles" }
        ol.lines { @for v in &records { li.line {
            p { time { (t(v["published"].as_str().and_then(|d| d.get(..10)).unwrap_or("no date"))) } " " a href=(cx.asked.link(&format!("/articles/{}", encoded(word(v, "/id"))))) { (t(if word(v, "/title").is_empty() { "without a title" } else { word(v, "/title") })) } " " span.meta { (t(word(v, "/outlet"))) @match word(v, "/copy_kind") { "" => {}, "version" => { " · a later version" }, kind => { " · " (t(kind)) " copy" } } } }
        } } }
        (next(cx, &part))
    };
    Ok(Answer::Page("Sources".to_string(), body))
}

/// The feeds that are followed, and whether they answer.
fn feeds(all: &[Value]) -> Markup {
    html! { @if !all.is_empty() {
        h2 { "Feeds " span.count { (all.len()) } }
        div.wide tabindex="0" role="region" aria-label="Feeds, a table that scrolls" { table {
            thead { tr { th scope="col" { "Feed" } th scope="col" { "Asked" } th scope="col" { "Answers" } th scope="col" { "Next" } } }
            tbody { @for f in all { tr {
                th scope="row" { (t(word(f, "/title"))) " " span.url { (t(word(f, "/address"))) } }
                td.number { (f["polls"]) }
                td { @if f["failures"] == 0 { "yes" } @else { span.fault { "failed " (f["failures"]) " times: " (t(word(f, "/error"))) } } }
                td { (t(word(f, "/next").get(..16).unwrap_or_default())) }
            } } }
        } }
    } }
}

/// The record of an article without its text.
fn record(cx: &Cx<'_>, id: &str) -> Option<Value> {
    let w = witness(&cx.view, id)?;
    let mut record = export::article_rows(&cx.view, &w).into_iter().find(|r| r.kind == "article")?.value;
    if let Value::Object(fields) = &mut record {
        fields.shift_remove("text");
    }
    Some(record)
}

/// All outlets, those with most articles first. `rows`: the records over all articles.
pub(crate) fn outlets(view: &View<'_>, rows: &[Row]) -> Vec<(String, Outlet)> {
    let origins = &view.ledger.origins;
    let mut all: BTreeMap<String, Outlet> = BTreeMap::new();
    for w in &view.witnesses {
        let a = w.article;
        let own = all.entry(outlet(a)).or_default();
        own.articles += 1;
        let origin = origins.0.get(&a.id);
        let is_copy = origin.is_some_and(|o| o.copy_of.is_some());
        own.copies += usize::from(is_copy);
        own.rests += usize::from(!is_copy && *origins.of(&a.id) != a.id);
        own.wire += usize::from(!a.agency.is_empty());
        own.last = own.last.max(a.published.map(|m| m.date));
    }
    for row in rows.iter().filter(|r| TOLD.contains(&r.kind)) {
        let articles: BTreeSet<&str> = list(&row.value, "evidence").map(|e| word(e, "/article")).collect();
        let known = articles.iter().filter_map(|id| witness(view, id));
        let first = known.filter_map(|w| witness(view, origins.of(&w.article.id).as_str()));
        let of: BTreeSet<String> = first.map(|w| outlet(w.article)).collect();
        if let (Some(only), 1) = (of.first(), of.len())
            && let Some(own) = all.get_mut(only)
        {
            own.alone += 1;
        }
    }
    let mut all: Vec<(String, Outlet)> = all.into_iter().collect();
    all.sort_by(|a, b| b.1.articles.cmp(&a.1.articles).then_with(|| a.0.cmp(&b.0)));
    all
}
