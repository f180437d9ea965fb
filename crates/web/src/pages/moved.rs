//! What moved: since the user looked last, or since a day.

use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};
use rapporteur_report::brief::{Known, Options};
use rapporteur_report::export::Row;
use rapporteur_report::{listing, source};
use serde_json::Value;

use crate::Fault;
use crate::layout::stamp;
use crate::site::{Answer, Cx};
use crate::snapshot::list;
use crate::words::{class, day, many, row_of, t, word};

pub(super) const KINDS: &[&str] =
    &["shift", "position", "proposal", "status", "meeting", "deadline", "incident", "deadlock", "condition", "dispute"];

/// What is less sure than this is left out unless something else is asked for, as in the brief.
const LEAST: f64 = 0.5;
/// Days before the newest report since which it is told to who has not looked before.
const BEFORE: i64 = 7;
/// Lines of a section that are shown at once; the rest opens.
const MOST: usize = 12;

/// Fields of the digest and their titles.
const SECTIONS: &[(&str, &str)] = &[
    ("shifts", "What changed"),
    ("positions", "Positions"),
    ("proposals", "On the table"),
    ("statuses", "How far it has come"),
    ("meetings", "Meetings"),
    ("deadlines", "Deadlines"),
    ("incidents", "What happened"),
    ("deadlocks", "Deadlocks"),
    ("conditions", "What waits on what"),
    ("disputes", "Where the sources disagree"),
    ("corrections", "Corrected by the outlets"),
    ("vanished", "Vanished from their pages"),
];

pub(super) fn screen(cx: &Cx<'_>) -> Result<Answer, Fault> {
    let (digest, since) = digest(cx)?;
    Ok(match cx.form {
        crate::site::Form::Json => Answer::Json(digest),
        crate::site::Form::Html => Answer::Page("What moved".to_string(), page(cx, &digest, &since)),
    })
}

/// What moved, and since when in words. Of what a user has seen only the talks of today can be told.
pub(super) fn digest(cx: &Cx<'_>) -> Result<(Value, String), Fault> {
    let mut options = Options::default();
    options.filter = cx.asked.filter.clone();
    if cx.asked.get("min_confidence").is_none() {
        options.filter.min_confidence = LEAST;
    }
    let since = match cx.asked.get("since") {
        None | Some("last") => None,
        Some(_) => cx.asked.fields.day("since")?,
    };
    let is_last = cx.asked.get("since") == Some("last");
    if is_last && cx.asked.as_of.is_some() {
        return Err(Fault::wrong(
            "what moved since you looked last is told of today: leave out `as_of`, or give a day as `since`",
        ));
    }
    if since.is_none() && cx.asked.as_of.is_none() && cx.asked.get("since").is_none_or(|s| s == "last") {
        let known = cx.site.house.known(&cx.who.name)?;
        if known.is_some() || is_last {
            let words = known.as_ref().map(|(at, _)| format!("{}, when you looked last", at.date));
            let name = format!("{} {}", cx.who.name, known.as_ref().map_or_else(String::new, |(at, _)| at.to_string()));
            let told = cx.snap.moved(&name, &options, words.as_deref(), || known.map(|(_, known)| known));
            return Ok((
                told.0.clone(),
                words.unwrap_or_else(|| "the beginning: you have not looked before".to_string()),
            ));
        }
    }
    let day = since.unwrap_or_else(|| week_before(cx));
    let before = cx.snap.before(day);
    let wait = || Fault::busy(format!("what moved since {day} is still being put together: ask again in a while"));
    let before = before.ok_or_else(wait)?;
    let known = || Some(Known::of(&before.view(), &options.filter));
    let told = cx.snap.moved(&day.to_string(), &options, Some(&day.to_string()), known);
    Ok((told.0.clone(), day.to_string()))
}

fn week_before(cx: &Cx<'_>) -> Date {
    let newest = cx.view.as_of().map(|m| m.date).unwrap_or_default();
    newest.checked_sub(BEFORE.days()).unwrap_or(newest)
}

fn page(cx: &Cx<'_>, digest: &Value, since: &str) -> Markup {
    let sections: Vec<(&str, Vec<&Value>)> = SECTIONS
        .iter()
        .map(|(key, title)| (*title, list(digest, key).collect()))
        .filter(|(_, all): &(_, Vec<_>)| !all.is_empty())
        .collect();
    let gone: Vec<&Value> = list(digest, "gone").collect();
    let count: usize = sections.iter().map(|(_, all)| all.len()).sum::<usize>() + gone.len();
    html! {
        h1 { "What moved" }
        p.lead {
            @if count == 0 { "Nothing has moved since " (t(since)) "." }
            @else { (many(count, "record")) " since " (t(since)) ". " (articles(digest)) }
        }
        div.tools {
            form.inline method="get" action="/" {
                @if let Some(day) = cx.asked.as_of { input type="hidden" name="as_of" value=(day); }
                label for="since" { "Since" } " "
                input #since type="date" name="since" value=(cx.asked.get("since").filter(|s| *s != "last").unwrap_or_default());
                button type="submit" { "Show" }
            }
            @if cx.asked.as_of.is_none() && !cx.asked.is_filtered() {
                form.inline method="post" action="/seen" {
                    (stamp(cx)) input type="hidden" name="state" value=(cx.state); button type="submit" { "I have seen this" }
                }
            }
        }
        @if sections.len() > 2 {
            nav.contents aria-label="On this page" { ul {
                @for (title, all) in &sections { li { a href={ "#" (anchor(title)) } { (title) " " span.count { (all.len()) } } } }
            } }
        }
        @for (title, all) in &sections {
            section {
                h2 id=(anchor(title)) { (title) " " span.count { (all.len()) } }
                @let mut shown = all.clone();
                @let () = shown.sort_by_key(|v| std::cmp::Reverse(row_of(v).and_then(|r| r.date)));
                ol.lines { @for record in shown.iter().take(MOST) { (line(cx, record)) } }
                @if shown.len() > MOST {
                    details { summary { (shown.len() - MOST) " more" } ol.lines { @for record in shown.iter().skip(MOST) { (line(cx, record)) } } }
                }
            }
        }
        @if !gone.is_empty() {
            section {
                h2 #gone { "Not there any more " span.count { (gone.len()) } }
                ol.lines { @for g in &gone {
                    li.line {
                        p { span.tag.gone { "gone" } " " (t(word(g, "/kind"))) ": " (t(word(g, "/said"))) }
                        @match word(g, "/sentence") { "" => {}, words => blockquote { p { (t(&source::shortened(words, 320))) } } }
                    }
                } }
            }
        }
    }
}

fn articles(digest: &Value) -> String {
    let (articles, origins) =
        (digest["articles"].as_u64().unwrap_or_default(), digest["origins"].as_u64().unwrap_or_default());
    format!("{articles} articles from {origins} independent origins.")
}

fn anchor(title: &str) -> String {
    class(&title.to_lowercase().replace(' ', "-"))
}

fn line(cx: &Cx<'_>, record: &Value) -> Markup {
    let Some(row) = row_of(record) else { return html! {} };
    let change = word(record, "/change");
    html! {
        li.line {
            p {
                time { (day(&row)) } " " span class={ "tag " (class(change)) } { (t(change)) } " "
                strong { (cx.head(&row)) }
            }
            @let before = word(record, "/before");
            @if !before.is_empty() && before != source::shortened(&listing::head(&row), 160) { p.before { "before: " (t(before)) } }
            (sentence(cx, &row))
            p.meta { (cx.attested(record)) }
        }
    }
}

/// The sentence that shows a record; of a dispute one of each side, of what changes its state the newest.
pub(super) fn sentence(cx: &Cx<'_>, row: &Row) -> Markup {
    let evidence: Vec<&Value> = list(&row.value, "evidence").collect();
    match row.kind {
        "dispute" => {
            let mut shown: Vec<&Value> = Vec::new();
            for first in list(&row.value, "sides").filter_map(|s| list(s, "evidence").next()) {
                if !shown.iter().any(|e| {
                    word(e, "/sentence") == word(first, "/sentence") && word(e, "/article") == word(first, "/article")
                }) {
                    shown.push(first);
                }
            }
            html! { @for e in shown.iter().take(3) { (cx.cite(e)) } }
        }
        "meeting" | "status" => {
            let published =
                |e: &Value| crate::snapshot::witness(&cx.view, word(e, "/article")).and_then(|w| w.article.published);
            let own = evidence.iter().filter(|e| matches!(word(e, "/why"), "item" | "member"));
            let newest = own.rev().max_by_key(|e| published(e)).or(evidence.first());
            html! { @if let Some(e) = newest { (cx.cite(e)) } }
        }
        "shift" => html! {
            @if let Some(e) = evidence.first() { (cx.cite(e)) }
            @if let Some(e) = evidence.get(1) { p.before { "before:" } (cx.cite(e)) }
        },
        _ => html! { @if let Some(e) = evidence.first() { (cx.cite(e)) } },
    }
}
