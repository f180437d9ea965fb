//! A record with its sentences, what it was made of, and what was decided on it.

use std::collections::BTreeMap;

use maud::{Markup, html};
use rapporteur_dossier::kind_of;
use rapporteur_reading::model::{Act, DeadlineState, MeetingState, Polarity, StatusSort};
use rapporteur_report::export::Row;
use rapporteur_text::ItemId;
use serde_json::{Value, json};

use super::missing;
use crate::Fault;
use crate::access::Role;
use crate::layout::stamp;
use crate::site::{Answer, Cx, Form, encoded};
use crate::snapshot::{list, witness};
use crate::words::{address, class, t, word};

/// Fields that every record has or that are shown in another way.
const COMMON: &[&str] = &[
    "kind",
    "id",
    "article",
    "rule",
    "confidence",
    "evidence",
    "vanished",
    "members",
    "published",
    "read",
    "corrected",
    "sides",
    "history",
    "series",
    "states",
    "terms",
    "line",
];
/// Members that are listed.
const MOST: usize = 60;

/// The decision that holds on an item.
#[derive(Debug, Clone)]
pub(super) struct Decision {
    /// Id of the correction.
    pub(super) id: String,
    /// `accept`, `reject`, `change`.
    pub(super) what: String,
    pub(super) by: String,
    /// Article and sentence it was made on.
    pub(super) article: String,
    pub(super) sentence: String,
}

/// For each item the decision that holds on it.
pub(super) fn decisions(cx: &Cx<'_>) -> BTreeMap<String, Decision> {
    let mut all = BTreeMap::new();
    for row in cx.snap.of_kind("correction") {
        let v = &row.value;
        let what = word(v, "/do");
        if word(v, "/outcome") == "applied" && ["accept", "reject", "change"].contains(&what) {
            let line: Value = serde_json::from_str(word(v, "/line")).unwrap_or_default();
            let owned = |words: &str| words.to_string();
            let decision = Decision {
                id: owned(word(v, "/id")),
                what: owned(what),
                by: owned(word(v, "/by")),
                article: owned(word(&line, "/seen/article")),
                sentence: owned(word(v, "/sentence")),
            };
            all.insert(owned(word(v, "/item")), decision);
        }
    }
    all
}

/// Accept and reject, or undo what was decided, inside the form of the page.
pub(super) fn buttons(cx: &Cx<'_>, id: &str, decided: Option<&Decision>, is_reviewer: bool) -> Markup {
    html! {
        span.decided { @if let Some(d) = decided { (past(&d.what)) " by " (t(&d.by)) } }
        @if is_reviewer {
            span.buttons {
                @match decided {
                    Some(d) => button type="submit" name="do" value={ "undo " (t(&d.id)) } data-do="undo" { "Undo" },
                    None => {
                        button type="submit" name="do" value={ "accept " (t(id)) } data-do="accept" aria-label="Accept this item" { "✓" }
                        button type="submit" name="do" value={ "reject " (t(id)) } data-do="reject" aria-label="Reject this item" { "✗" }
                        a href={ (cx.asked.link(&format!("/items/{}", encoded(id)))) "#change" } data-do="change" { "Change" }
                    }
                }
            }
        }
    }
}

fn past(what: &str) -> &str {
    match what {
        "accept" => "accepted",
        "reject" => "rejected",
        "change" => "changed",
        other => other,
    }
}

pub(super) fn screen(cx: &Cx<'_>) -> Result<Answer, Fault> {
    if witness(&cx.view, &cx.id).is_some() {
        let ending = if cx.form == Form::Json { ".json" } else { "" };
        return Ok(Answer::Go(cx.asked.link(&format!("/articles/{}{ending}", encoded(&cx.id)))));
    }
    let merged = cx.snap.record(&cx.id).filter(|r| r.kind != "run" && r.kind != "note").cloned();
    let found = merged.or_else(|| cx.snap.single(&cx.view, &cx.id));
    // an item that was merged with others is shown by what it was merged into
    let kind = kind_of(&ItemId::from_written(&cx.id)).to_string();
    let found = found.or_else(|| cx.snap.rest_on(&cx.id).find(|r| r.kind == kind).cloned());
    let Some(row) = found else { return rejected(cx) };
    let on = rulings(cx, &row);
    if cx.form == Form::Json {
        let values: Vec<&Value> = on.iter().map(|r| &r.value).collect();
        return Ok(cx.json([&row.value], json!({"corrections": values})));
    }
    let v = &row.value;
    let title =
        if row.kind == "correction" { "A decision".to_string() } else { rapporteur_report::listing::head(&row) };
    let title = if title.is_empty() { row.kind.to_string() } else { title };
    let decided = decisions(cx);
    let is_reviewer = cx.who.role == Role::Reviewer && cx.asked.as_of.is_none();
    let own_page = address(v);
    let body = html! {
        h1 { span class={ "tag k-" (class(row.kind)) } { (row.kind) } " " (t(&title)) }
        @if !own_page.starts_with("/items/") { p { a href=(cx.asked.link(&own_page)) { "Its page" } } }
        @if !v["confidence"].is_null() { p.lead { (cx.attested(v)) " · confidence " (crate::words::sure(v)) " · rule " (t(word(v, "/rule"))) } }
        @if !v["vanished"].is_null() { p.notice { "Vanished from its page: last seen there on " (t(word(v, "/vanished/seen").get(..10).unwrap_or_default())) ", gone by " (t(word(v, "/vanished/gone").get(..10).unwrap_or_default())) "." } }
        @if row.kind == "statement" { p.meta { (super::positions::voice(v)) } }
        (cx.cites(v, 20))
        @for side in list(v, "sides") { h2 { (t(word(side, "/value"))) } @for e in list(side, "evidence").take(5) { (cx.cite(e)) } }
        h2 { "As a record" }
        (fields(cx, v))
        form #decide method="post" action="/decide" {
            (stamp(cx)) input type="hidden" name="back" value=(cx.path);
            (members(cx, &row, &decided, is_reviewer))
        }
        @if is_reviewer && row.kind != "correction" { (change_form(cx, &row)) }
        h2 { "What was decided on it" }
        @if on.is_empty() { p { "Nothing." } }
        (super::log::lines(cx, &on))
    };
    Ok(Answer::Page(title, body))
}

/// Corrections that name a record, what it is made of, or these corrections.
fn rulings<'s>(cx: &'s Cx<'_>, row: &Row) -> Vec<&'s Row> {
    let mut ids: Vec<&str> =
        list(&row.value, "members").chain(list(&row.value, "corrected")).filter_map(Value::as_str).collect();
    ids.extend([word(&row.value, "/id"), cx.id.as_str()]);
    let mut found: Vec<&Row> = Vec::new();
    let mut more: Vec<&str> = Vec::new();
    for c in cx.snap.of_kind("correction") {
        let (id, item) = (word(&c.value, "/id"), word(&c.value, "/item"));
        if id != word(&row.value, "/id") && (ids.contains(&item) || ids.contains(&id) || more.contains(&item)) {
            found.push(c);
            more.push(id);
        }
    }
    found
}

/// An item that is not read any more because a person rejected it.
fn rejected(cx: &Cx<'_>) -> Result<Answer, Fault> {
    let on: Vec<&Row> = cx.snap.of_kind("correction").iter().filter(|r| word(&r.value, "/item") == cx.id).collect();
    if on.is_empty() {
        return Err(missing(cx, "item"));
    }
    if cx.form == Form::Json {
        let values: Vec<&Value> = on.iter().map(|r| &r.value).collect();
        return Ok(cx.json([], json!({"corrections": values})));
    }
    let sentence = on.iter().map(|r| word(&r.value, "/sentence")).find(|s| !s.is_empty()).unwrap_or_default();
    let body = html! {
        h1 { "Not read any more" }
        p.lead { "A person decided on " code { (t(&cx.id)) } ", and nothing rests on it." }
        @if !sentence.is_empty() { blockquote { p { (t(sentence)) } } }
        (super::log::lines(cx, &on))
    };
    Ok(Answer::Page("Not read any more".to_string(), body))
}

/// The other fields of a record, as a list of names and values.
fn fields(cx: &Cx<'_>, v: &Value) -> Markup {
    let Value::Object(all) = v else { return html! {} };
    let is_shown = |key: &str, v: &Value| {
        !COMMON.contains(&key) && !v.is_null() && v.as_array().is_none_or(|a| !a.is_empty()) && v != ""
    };
    html! {
        dl.fields {
            dt { "id" } dd { code { (t(word(v, "/id"))) } }
            @for (key, value) in all.iter().filter(|(k, v)| is_shown(k, v)) { dt { (key.replace('_', " ")) } dd { (self::value(cx, value)) } }
        }
    }
}

/// A value of a record: references as links, times as days, words as words.
fn value(cx: &Cx<'_>, v: &Value) -> Markup {
    match v {
        Value::Object(all) if all.contains_key("as_written") && all.contains_key("id") => cx.who(v),
        Value::Object(all) if all.contains_key("as_written") && all.contains_key("basis") => html! {
            (t(&crate::words::days(v))) span.meta { " (“" (t(word(v, "/as_written"))) "”, " (t(word(v, "/basis"))) ")" }
        },
        Value::Object(all) if all.contains_key("text") => {
            html! { "“" (t(word(v, "/text"))) "”" @match word(v, "/sort") { "" => {}, sort => { " (" (t(sort)) ")" } } }
        }
        Value::Object(all) => {
            html! { @for (n, (key, one)) in all.iter().enumerate() { @if n > 0 { ", " } (key) ": " (value(cx, one)) } }
        }
        Value::Array(all) => {
            html! { @for (n, one) in all.iter().take(MOST).enumerate() { @if n > 0 { ", " } (value(cx, one)) } }
        }
        Value::String(words) => match cx.snap.record(words) {
            Some(row) if row.kind != "run" => cx.head(row),
            _ => html! { (t(words)) },
        },
        Value::Bool(is) => html! { (if *is { "yes" } else { "no" }) },
        other => html! { (other.to_string()) },
    }
}

/// What it was made of, each to be decided on; of what stands in one place itself.
fn members(cx: &Cx<'_>, row: &Row, decided: &BTreeMap<String, Decision>, is_reviewer: bool) -> Markup {
    let own = word(&row.value, "/id");
    let members: Vec<&str> = list(&row.value, "members").filter_map(Value::as_str).collect();
    if row.kind == "correction" || ["entity", "issue"].contains(&row.kind) {
        return html! {};
    }
    html! {
        @if members.is_empty() { p.item data-item=(t(own)) { (buttons(cx, own, decided.get(own), is_reviewer)) } } @else {
            h2 { "Read as " span.count { (members.len()) } }
            ul.plain { @for id in members.iter().take(MOST) { li.item class={ @if let Some(d) = decided.get(*id) { "is-" (class(&d.what)) } } data-item=(t(id)) {
                a href=(cx.asked.link(&format!("/items/{}", encoded(id)))) { code { (t(id)) } }
                @if let Some(w) = cx.snap.article_of(&cx.view, id) { " in " (t(&crate::words::outlet_and_day(w.article))) ": " (t(&sentence(&w, id))) }
                " " (buttons(cx, id, decided.get(*id), is_reviewer))
            } } }
            @if members.len() > MOST { p.more { (members.len() - MOST) " more" } }
        }
    }
}

fn sentence(w: &rapporteur_ledger::Witness<'_>, id: &str) -> String {
    let item = w.reading.items().find(|i| i.id().as_str() == id);
    item.map_or_else(String::new, |i| rapporteur_report::source::sentence(w, i.sentence(), 160))
}

/// Other values for the fields that can be corrected. Of a merged record, for the item that the address names.
fn change_form(cx: &Cx<'_>, row: &Row) -> Markup {
    let members: Vec<&str> = list(&row.value, "members").filter_map(Value::as_str).collect();
    let item = match members.as_slice() {
        [] => word(&row.value, "/id"),
        [only] => only,
        all if all.contains(&cx.id.as_str()) => cx.id.as_str(),
        _ => {
            return html! { @if ["meeting", "status", "deadline"].contains(&row.kind) { p.meta { "To change it, open one of the items it was made of." } } };
        }
    };
    let kind = kind_of(&ItemId::from_written(item)).to_string();
    let has = |field: &str| match kind.as_str() {
        "statement" => ["holder", "act", "polarity", "issue", "date"].contains(&field),
        "status" => ["holder", "issue", "state", "date"].contains(&field),
        "meeting" => ["state", "date"].contains(&field),
        "deadline" => ["holder", "state", "date"].contains(&field),
        _ => false,
    };
    if !has("date") {
        return html! {};
    }
    let states: Vec<&str> = match kind.as_str() {
        "meeting" => MeetingState::ALL.iter().map(|s| s.as_str()).collect(),
        "status" => StatusSort::ALL.iter().map(|s| s.as_str()).collect(),
        _ => DeadlineState::ALL.iter().map(|s| s.as_str()).collect(),
    };
    let choice = |name: &str, label: &str, all: &[&str]| html! { p { label for={ "c-" (name) } { (label) } select id={ "c-" (name) } name=(name) { option value="" { "as it is" } @for one in all { option { (one) } } } } };
    html! {
        h2 #change { "Change it" }
        form.box method="post" action="/decide" {
            (stamp(cx)) input type="hidden" name="back" value=(cx.path); input type="hidden" name="do" value="change"; input type="hidden" name="item" value=(t(item));
            @if has("holder") { p { label for="c-holder" { "Whose it is" } input #c-holder name="holder" list="parties" maxlength="200"; } }
            @if has("act") { (choice("act", "Act", &Act::ALL.iter().map(|a| a.as_str()).collect::<Vec<_>>())) }
            @if has("polarity") { (choice("polarity", "Stand", &Polarity::ALL.iter().map(|p| p.as_str()).collect::<Vec<_>>())) }
            @if has("issue") { p { label for="c-issue" { "Issue, or " code { "none" } } input #c-issue name="issue" list="issues" maxlength="200"; } }
            @if has("state") { (choice("state", "State", &states)) }
            p { label for="c-date" { "Day, " code { "FROM..TO" } ", or " code { "none" } } input #c-date name="date" maxlength="60"; }
            p { label for="c-note" { "Why" } input #c-note name="note" maxlength="500"; }
            p { button name="trial" value="1" type="submit" { "What would change" } " " button type="submit" { "Change" } }
        }
    }
}
