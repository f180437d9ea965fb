//! Proposals: plans, papers and offers; one of them point by point.

use maud::{Markup, html};
use rapporteur_report::export::Row;
use serde_json::{Value, json};

use super::{filtered, record};
use crate::Fault;
use crate::layout::next;
use crate::site::{Answer, Cx, Form};
use crate::snapshot::list;
use crate::words::{day, days, many, named, stance, t, word};

/// How far something can come, in order.
const LADDER: &[&str] = &[
    "floated",
    "tabled",
    "conditional",
    "disputed",
    "blocked",
    "agreed-in-principle",
    "agreed",
    "signed",
    "breached",
    "off-table",
];

pub(super) fn all(cx: &Cx<'_>) -> Result<Answer, Fault> {
    let rows = filtered(cx, &["proposal"]);
    let part = cx.asked.part(rows.clone());
    if cx.form == Form::Json {
        return Ok(cx.json(part.rows.iter().map(|r| &r.value), json!({"count": part.count, "next": part.next})));
    }
    let body = html! {
        h1 { "Proposals" }
        p.lead { (many(part.count, "proposal")) ": plans, papers and offers, the newest first." }
        ol.lines { @for row in &part.rows { li.line {
            p { time { (day(row)) } " " strong { (cx.head(row)) } }
            (stances(cx, &row.value))
            (cx.cites(&row.value, 1))
            p.meta { (cx.attested(&row.value)) }
        } } }
        (next(cx, &part))
    };
    Ok(Answer::Page("Proposals".to_string(), body))
}

fn stances(cx: &Cx<'_>, v: &Value) -> Markup {
    html! { @if list(v, "stances").next().is_some() {
        p { @for (n, s) in list(v, "stances").enumerate() { @if n > 0 { ", " } (cx.who(&s["party"])) " " (stance(word(s, "/stance"))) } }
    } }
}

pub(super) fn one(cx: &Cx<'_>) -> Result<Answer, Fault> {
    let row = record(cx, "proposal", "proposal")?;
    let v = &row.value;
    let statuses: Vec<&Row> =
        cx.snap.of_kind("status").iter().filter(|r| word(&r.value, "/proposal") == cx.id).collect();
    let conditions = conditions(cx, v);
    let before = cx.snap.record(word(v, "/replaces"));
    let after: Vec<&Row> =
        cx.snap.of_kind("proposal").iter().filter(|r| word(&r.value, "/replaces") == cx.id).collect();
    if cx.form == Form::Json {
        let values = |rows: &[&Row]| rows.iter().map(|r| r.value.clone()).collect::<Value>();
        let more = json!({"statuses": values(&statuses), "conditions": values(&conditions), "replaced": before.map(|r| &r.value), "replaced_by": values(&after)});
        return Ok(cx.json([v], more));
    }
    let name = word(v, "/name").to_string();
    let body = html! {
        h1 { (t(&name)) }
        p.lead {
            @if list(v, "by").next().is_some() { "By " (cx.all_of(&v["by"])) " · " }
            @match days(&v["when"]).as_str() { "" => "no date", day => { time { (day) } } }
            @if let Some(points) = v["points"].as_u64() { " · " (points) " points" }
            @match word(v, "/version") { "" => {}, version => { " · version " (t(version)) } }
        }
        @if let Some(before) = before { p { "Replaces " (cx.head(before)) } }
        @for row in &after { p { "Replaced by " (cx.head(row)) } }
        (stances(cx, v))
        (cx.cites(v, 3))
        (points(cx, v, &statuses))
        @if let Some(before) = before { (differences(&before.value, v)) }
        @let whole: Vec<&Row> = statuses.iter().filter(|r| r.value["point"].is_null()).copied().collect();
        (super::issue::section(cx, "How far it has come", &whole))
        (super::issue::section(cx, "What its points wait for", &conditions))
    };
    Ok(Answer::Page(name, body))
}

/// Conditions on the issues of its points.
fn conditions<'s>(cx: &'s Cx<'_>, v: &Value) -> Vec<&'s Row> {
    let issues: Vec<&str> = list(v, "terms").map(|t| word(t, "/issue/id")).filter(|id| !id.is_empty()).collect();
    let is_on = |r: &&Row| ["wants", "needs"].iter().any(|f| issues.contains(&word(&r.value[*f], "/id")));
    cx.snap.of_kind("condition").iter().filter(is_on).collect()
}

/// Points as rows, parties as columns, and how far each has come.
fn points(cx: &Cx<'_>, v: &Value, statuses: &[&Row]) -> Markup {
    let terms: Vec<&Value> = list(v, "terms").collect();
    let mut parties: Vec<&Value> = Vec::new();
    for s in terms.iter().flat_map(|t| list(t, "stances")) {
        if !parties.iter().any(|p| word(p, "/id") == word(s, "/party/id") && named(p) == named(&s["party"])) {
            parties.push(&s["party"]);
        }
    }
    html! { @if !terms.is_empty() {
        h2 { "Points " span.count { (terms.len()) } }
        div.wide tabindex="0" role="region" aria-label="Points, a table that scrolls" { table.points {
            thead { tr { th scope="col" { "No." } th scope="col" { "Point" } th scope="col" { "How far" } @for p in &parties { th scope="col" { (cx.who(p)) } } } }
            tbody { @for term in &terms { tr {
                td.number { (term["point"].as_u64().map_or_else(|| "–".to_string(), |n| n.to_string())) }
                th scope="row" { (t(word(term, "/text"))) @if !term["issue"].is_null() { " " span.meta { (cx.who(&term["issue"])) } } }
                td { (ladder(cx, term, statuses)) }
                @for p in &parties {
                    @let own = list(term, "stances").find(|s| word(s, "/party/id") == word(p, "/id") && named(&s["party"]) == named(p));
                    td { @if let Some(s) = own { a href=(cx.asked.link(&format!("/positions/{}", crate::site::encoded(word(s, "/position"))))) { (stance(word(s, "/stance"))) } span.since { " since " (t(word(s, "/since"))) } } }
                }
            } } }
        } }
    } }
}

/// The statuses of a point, the furthest last, each with who says so.
fn ladder(cx: &Cx<'_>, term: &Value, statuses: &[&Row]) -> Markup {
    let point = term["point"].as_u64();
    let mut own: Vec<&&Row> =
        statuses.iter().filter(|r| point.is_some() && r.value["point"].as_u64() == point).collect();
    let step = |r: &Row| LADDER.iter().position(|l| *l == word(&r.value, "/status"));
    own.sort_by_key(|r| (r.date, step(r)));
    html! { @if !own.is_empty() {
        ol.ladder { @for r in own { li {
            a href=(cx.asked.link(&crate::words::address(&r.value))) { (t(word(&r.value, "/status"))) }
            @if !r.value["according_to"].is_null() { span.meta { " according to " (t(named(&r.value["according_to"]))) } }
        } } }
    } }
}

/// What differs from the version before, point by point.
fn differences(before: &Value, v: &Value) -> Markup {
    let texts = |v: &Value| -> Vec<(Option<u64>, String)> {
        list(v, "terms").map(|t| (t["point"].as_u64(), word(t, "/text").to_string())).collect()
    };
    let (old, new) = (texts(before), texts(v));
    let went: Vec<&(Option<u64>, String)> = old.iter().filter(|o| !new.contains(o)).collect();
    let came: Vec<&(Option<u64>, String)> = new.iter().filter(|o| !old.contains(o)).collect();
    let one = |(point, text): &(Option<u64>, String)| html! { @if let Some(n) = point { (n) ". " } (t(text)) };
    html! { @if !went.is_empty() || !came.is_empty() {
        h2 { "What differs from the one before" }
        ul.plain.changes {
            @for o in went { li { del { (one(o)) } } }
            @for o in came { li { ins { (one(o)) } } }
        }
    } }
}
