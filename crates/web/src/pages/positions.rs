//! Positions: parties by issues, and one position with all that was told of it.

use jiff::civil::Date;
use maud::{Markup, html};
use rapporteur_report::export::Row;
use serde_json::{Value, json};

use super::{filtered, record};
use crate::Fault;
use crate::draw::spark;
use crate::site::{Answer, Cx, Form};
use crate::snapshot::list;
use crate::words::{address, named, stance, t, word};

pub(super) fn grid(cx: &Cx<'_>) -> Result<Answer, Fault> {
    let rows = filtered(cx, &["position"]);
    if cx.form == Form::Json {
        return Ok(cx.json(rows.iter().map(|r| &r.value), json!({"count": rows.len()})));
    }
    let on_issues: Vec<&Row> =
        rows.iter().copied().filter(|r| !r.value["issue"].is_null() && r.value["point"].is_null()).collect();
    let weight = |at: &str, of: &Row| {
        on_issues.iter().filter(|r| key(&r.value[at]) == key(&of.value[at])).map(|r| told(&r.value)).sum::<usize>()
    };
    let names = |at: &str| {
        let mut all: Vec<(usize, &Value)> = Vec::new();
        for row in &on_issues {
            if !all.iter().any(|(_, v)| key(v) == key(&row.value[at])) {
                all.push((weight(at, row), &row.value[at]));
            }
        }
        all.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| key(a.1).cmp(&key(b.1))));
        all.into_iter().map(|(_, v)| v).collect::<Vec<_>>()
    };
    let (parties, issues) = (names("party"), names("issue"));
    let others: Vec<&Row> =
        rows.iter().copied().filter(|r| r.value["issue"].is_null() && r.value["point"].is_null()).collect();
    let span = days_of(&on_issues);
    let body = html! {
        h1 { "Positions" }
        p.lead {
            (on_issues.len()) " positions of " (parties.len()) " parties on " (issues.len()) " issues. "
            "A cell says where a party stands now and since when; it leads to the sentences."
        }
        @if on_issues.is_empty() { p { "Nothing found." } } @else {
            div.wide tabindex="0" role="region" aria-label="Positions, a table that scrolls" {
                table.grid data-grid {
                    caption.hidden { "Where each party stands on each issue" }
                    thead { tr { th scope="col" { "Issue" } @for party in &parties { th scope="col" { (cx.who(party)) } } } }
                    tbody { @for issue in &issues { tr {
                        th scope="row" { (cx.who(issue)) (sticking(cx, issue)) }
                        @for party in &parties {
                            @match on_issues.iter().find(|r| key(&r.value["issue"]) == key(issue) && key(&r.value["party"]) == key(party)) {
                                Some(row) => (cell(cx, row, span)),
                                None => td.none { span.hidden { "nothing read" } },
                            }
                        }
                    } } }
                }
            }
        }
        @if !others.is_empty() {
            h2 { "On proposals" }
            ul.plain { @for row in others { li { (cx.head(row)) " " span.meta { "since " (t(word(&row.value, "/since"))) } } } }
        }
    };
    Ok(Answer::Page("Positions".to_string(), body))
}

/// What tells one reference from another.
fn key(reference: &Value) -> String {
    let id = word(reference, "/id");
    if id.is_empty() { named(reference).to_lowercase() } else { id.to_string() }
}

fn told(position: &Value) -> usize {
    list(position, "series").map(|s| list(s, "statements").count()).sum()
}

/// First and last day of these positions.
fn days_of(rows: &[&Row]) -> Option<(Date, Date)> {
    let all = rows.iter().flat_map(|r| list(&r.value, "history")).filter_map(|t| word(t, "/day").parse::<Date>().ok());
    let all: Vec<Date> = all.collect();
    Some((*all.iter().min()?, *all.iter().max()?))
}

/// That an issue holds up the talks today.
fn sticking(cx: &Cx<'_>, issue: &Value) -> Markup {
    let row = cx.snap.record(word(issue, "/id"));
    let is_stuck = row.is_some_and(|r| list(&r.value, "sticking").any(|s| s["to"].is_null()));
    html! { @if is_stuck { " " span.tag.stuck { "holds up the talks" } } }
}

fn cell(cx: &Cx<'_>, row: &Row, span: Option<(Date, Date)>) -> Markup {
    let v = &row.value;
    let origins = list(v, "series").last().and_then(|s| s["origins"].as_u64()).unwrap_or_default();
    html! {
        td {
            a.cell href=(cx.asked.link(&address(v))) {
                (stance(word(v, "/stance")))
                span.since { "since " time { (t(word(v, "/since"))) } (age(cx, word(v, "/since"))) }
                (spark::line(v, span))
                span.meta {
                    (origins) @if origins == 1 { " report" } @else { " reports" }
                    @if !is_on_record(cx, v) { ", not on record" }
                    @if v["disputed"] == true { ", " strong { "sources differ" } }
                }
            }
        }
    }
}

/// How long ago that is: ", 12 days".
fn age(cx: &Cx<'_>, since: &str) -> String {
    let (Some(today), Ok(since)) = (cx.view.as_of(), since.parse::<Date>()) else { return String::new() };
    match today.date.since(since).map(|s| s.get_days()) {
        Ok(1) => ", 1 day".to_string(),
        Ok(days) if days > 1 => format!(", {days} days"),
        _ => String::new(),
    }
}

/// Whether somebody with a name said what shows the position now.
fn is_on_record(cx: &Cx<'_>, position: &Value) -> bool {
    let newest = list(position, "series").last();
    let mut ids = newest.into_iter().flat_map(|s| list(s, "statements")).filter_map(Value::as_str);
    ids.any(|id| {
        let w = cx.snap.article_of(&cx.view, id);
        w.is_some_and(|w| w.reading.statements.iter().any(|s| s.item.id().as_str() == id && s.named))
    })
}

/// One position: every statement that could move it, with its sentence.
pub(super) fn one(cx: &Cx<'_>) -> Result<Answer, Fault> {
    let row = record(cx, "position", "position")?;
    let v = &row.value;
    let told: Vec<(&Value, Option<Row>)> =
        list(v, "history").map(|t| (t, cx.snap.single(&cx.view, word(t, "/statement")))).collect();
    if cx.form == Form::Json {
        let statements: Vec<&Value> = told.iter().filter_map(|(_, r)| Some(&r.as_ref()?.value)).collect();
        return Ok(cx.json([v], json!({"statements": statements})));
    }
    let body = html! {
        h1 { (cx.who(&v["party"])) " on " (about(cx, v)) }
        p.lead { "Stands " (stance(word(v, "/stance"))) " since " (t(word(v, "/since"))) (age(cx, word(v, "/since"))) "." @if v["disputed"] == true { " Sources differ." } }
        (spark::chart(v))
        h2 { "How it was told" }
        (history(cx, &told))
        p.meta { "Record " code { (t(word(v, "/id"))) } ", rule " (t(word(v, "/rule"))) }
    };
    Ok(Answer::Page(format!("{} on {}", named(&v["party"]), name_of(v)), body))
}

fn name_of(position: &Value) -> &str {
    if position["issue"].is_null() { "a proposal" } else { named(&position["issue"]) }
}

/// The issue, or the proposal and its point.
pub(super) fn about(cx: &Cx<'_>, position: &Value) -> Markup {
    let proposal = cx.snap.record(word(position, "/proposal"));
    html! {
        @if !position["issue"].is_null() { (cx.who(&position["issue"])) }
        @if let Some(p) = proposal {
            @if !position["issue"].is_null() { " in " }
            a href=(cx.asked.link(&address(&p.value))) { (t(word(&p.value, "/name"))) }
            @if let Some(point) = position["point"].as_u64() { ", point " (point) }
        }
    }
}

/// What was told, the newest first.
pub(super) fn history(cx: &Cx<'_>, told: &[(&Value, Option<Row>)]) -> Markup {
    html! {
        ol.lines { @for (one, row) in told.iter().rev() {
            li.line {
                p {
                    time { (t(word(one, "/day"))) } " " (stance(word(one, "/stance"))) " "
                    span class={ "tag " (crate::words::class(word(one, "/telling"))) } { (t(telling(word(one, "/telling")))) }
                    @if let Some(row) = row { " " (cx.head(row)) }
                }
                @if let Some(row) = row { (cx.cites(&row.value, 1)) p.meta { (voice(&row.value)) } }
            }
        } }
    }
}

fn telling(written: &str) -> &str {
    match written {
        "first" => "first known",
        "shift" => "moved",
        "also-told" => "told again that day",
        "restatement" => "said again",
        "detail" => "with more detail",
        "late-report" => "told late",
        "contradiction" => "does not fit the others",
        "vanished" => "vanished from its page",
        other => other,
    }
}

/// Through whom it reached us.
pub(super) fn voice(statement: &Value) -> Markup {
    let chain: Vec<&str> = list(statement, "chain").map(|l| word(l, "/name")).filter(|n| !n.is_empty()).collect();
    html! {
        @if !statement["person"].is_null() { "said by " (t(named(&statement["person"]))) " · " }
        @if !chain.is_empty() { "through " (t(&chain.join(" → "))) " · " }
        @if statement["named"] == false { "not on record · " }
        "confidence " (crate::words::sure(statement))
    }
}
