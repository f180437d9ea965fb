//! What a form does: decide, try a decision, say that one has seen what moved, log out.

use axum::http::{HeaderMap, header};
use maud::{Markup, html};
use rapporteur_report::brief::Options;
use serde_json::{Map, Value, json};

use crate::Fault;
use crate::asked::Fields;
use crate::house::Decided;
use crate::site::{Answer, COOKIE, Cx, Site, Who, local};
use crate::words::{t, word};

/// What a form does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Decide,
    Seen,
    Logout,
}

/// What came of it: as data, as a page, or where to go.
pub(crate) struct Done {
    pub(crate) json: Value,
    pub(crate) page: Option<(String, Markup)>,
    pub(crate) place: String,
    pub(crate) ends_session: bool,
}

/// Addresses of forms.
pub(crate) const POSTS: &[(&str, Act)] = &[("/decide", Act::Decide), ("/seen", Act::Seen), ("/logout", Act::Logout)];

impl Act {
    pub(crate) fn needs_reviewer(self) -> bool {
        self == Self::Decide
    }

    pub(crate) fn run(self, site: &Site, who: &Who, form: &Fields, headers: &HeaderMap) -> Result<Done, Fault> {
        match self {
            Self::Decide => decide(site, who, form),
            Self::Seen => seen(site, who, form),
            Self::Logout => Ok(logout(site, headers)),
        }
    }
}

/// Who asks, for programs: a form must have the stamp.
pub(super) fn session(cx: &Cx<'_>) -> Result<Answer, Fault> {
    Ok(Answer::Json(json!({"user": cx.who.name, "role": cx.who.role.as_str(), "stamp": cx.who.stamp})))
}

fn decide(site: &Site, who: &Who, form: &Fields) -> Result<Done, Fault> {
    let decision = decision(site, form)?;
    let is_trial = form.get("trial").is_some();
    let decided = site.house.decide(decision, &who.name, is_trial)?;
    let json = json!({"id": decided.id, "is_kept": decided.is_kept, "effect": decided.effect, "doubt": decided.doubt});
    let place = local(form.get("back")).to_string();
    let page = is_trial.then(|| ("What would change".to_string(), trial(who, form, &decided, &place)));
    Ok(Done { json, page, place, ends_session: false })
}

/// Fields of a form that a decision is made of; the rest is ours.
const FIELDS: &[&str] = &[
    "item",
    "a",
    "b",
    "correction",
    "note",
    "holder",
    "act",
    "polarity",
    "stance",
    "issue",
    "state",
    "article",
    "sentence",
    "kind",
    "predicate",
    "matter",
    "modality",
    "words",
    "according_to",
    "place",
    "actor",
    "target",
    "sort",
];

/// A decision out of a form: `do` is `accept`, or `accept ID` from a button.
fn decision(site: &Site, form: &Fields) -> Result<Map<String, Value>, Fault> {
    let typed = form.get("do").ok_or_else(|| Fault::wrong("`do` is missing: what is to be done?"))?;
    let (what, id) = typed.split_once(' ').unwrap_or((typed, ""));
    let mut all = Map::new();
    all.insert("do".into(), json!(what));
    for field in FIELDS {
        if let Some(value) = form.get(field) {
            all.insert((*field).to_string(), words(what, field, value));
        }
    }
    if let Some(day) = form.get("date") {
        all.insert("date".into(), date(day));
    }
    if let Some(nth) = form.get("occurrence") {
        let nth: u64 = nth.parse().map_err(|_| Fault::wrong("`occurrence` is no whole number"))?;
        all.insert("occurrence".into(), json!(nth));
    }
    match (what, id) {
        (_, "") => {}
        ("undo", id) => drop(all.insert("correction".into(), json!(id))),
        (_, id) => drop(all.insert("item".into(), json!(id))),
    }
    if let Some(item) = all.get("item").and_then(Value::as_str).map(str::to_string) {
        all.insert("seen".into(), where_seen(site, &item)?);
    }
    Ok(all)
}

/// `none` for what is nobody's or nothing's; in an item that is added, `WORDS=NAME`.
fn words(what: &str, field: &str, value: &str) -> Value {
    let can_be_nobody = matches!(field, "holder" | "issue");
    let is_marked =
        matches!(field, "holder" | "predicate" | "matter" | "words" | "according_to" | "place" | "actor" | "target");
    match (what, value.split_once('=')) {
        ("change", _) if can_be_nobody && value == "none" => Value::Null,
        ("add", Some((words, name))) if is_marked => json!({"text": words.trim(), "is": name.trim()}),
        _ => json!(value),
    }
}

/// A day, `FROM..TO` with one end or both, or `none`.
fn date(typed: &str) -> Value {
    let end = |day: &str| if day.is_empty() { Value::Null } else { json!(day) };
    match typed.split_once("..") {
        _ if typed == "none" => Value::Null,
        Some((from, to)) => json!({"from": end(from), "to": end(to)}),
        None => json!(typed),
    }
}

/// The article and the sentence in which an item stands today.
fn where_seen(site: &Site, item: &str) -> Result<Value, Fault> {
    let laid = site.desk.lay(None)?;
    let view = laid.snapshot.view();
    let missing = || {
        let merged = laid.snapshot.record(item).map(|r| {
            crate::snapshot::list(&r.value, "members").filter_map(Value::as_str).map(str::to_string).collect::<Vec<_>>()
        });
        match merged {
            Some(members) if !members.is_empty() => {
                Fault::wrong(format!("`{item}` is merged from items: decide on those")).near(members)
            }
            _ => Fault::not_found(format!("there is no item `{item}` today")),
        }
    };
    let w = laid.snapshot.article_of(&view, item).ok_or_else(missing)?;
    let own = w.reading.items().find(|i| i.id().as_str() == item).ok_or_else(missing)?;
    Ok(json!({"article": w.article.id, "sentence": w.words(own.sentence())}))
}

/// What would change, with the same decision to be kept.
fn trial(who: &Who, form: &Fields, decided: &Decided, place: &str) -> Markup {
    html! {
        h1 { "What would change" }
        @if decided.doubt.is_empty() {} @else { p.notice { (t(&decided.doubt)) } }
        @if decided.effect.is_empty() { p { "Nothing else changes." } } @else {
            ul.plain { @for line in &decided.effect { li {
                span class={ "tag " (crate::words::class(word(line, "/change"))) } { (t(word(line, "/change"))) } " " (t(word(line, "/kind"))) ": "
                @match (word(line, "/before"), word(line, "/after")) {
                    ("", after) => (t(after)),
                    (before, "") => del { (t(before)) },
                    (before, after) => { del { (t(before)) } " → " ins { (t(after)) } },
                }
            } } }
        }
        form method="post" action="/decide" {
            input type="hidden" name="stamp" value=(who.stamp); input type="hidden" name="back" value=(t(place));
            @for name in FIELDS.iter().chain(&["do", "date", "occurrence"]) { @if let Some(value) = form.get(name) { input type="hidden" name=(name) value=(t(value)); } }
            p { button type="submit" { "Keep it" } " " a href=(t(place)) { "Leave it" } }
        }
    }
}

/// Keeps that the user has seen the talks of today.
fn seen(site: &Site, who: &Who, form: &Fields) -> Result<Done, Fault> {
    let laid = site.desk.lay(None)?;
    if form.get("state").is_some_and(|state| state != laid.state) {
        return Err(Fault::refused("something has come in since that page was made: look at it first"));
    }
    let before = site.house.known(&who.name)?;
    let mut options = Options::default();
    options.filter.min_confidence = 0.5;
    let at = before.as_ref().map_or_else(String::new, |(at, _)| at.to_string());
    let known = || before.map(|(_, known)| known);
    let told = laid.snapshot.moved(&format!("seen {} {at}", who.name), &options, None, known);
    site.house.remember(&who.name, &told.1)?;
    Ok(Done { json: json!({"is_kept": true}), page: None, place: "/?since=last".to_string(), ends_session: false })
}

fn logout(site: &Site, headers: &HeaderMap) -> Done {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(';'));
    for (_, token) in all.filter_map(|pair| pair.trim().split_once('=')).filter(|(name, _)| *name == COOKIE) {
        site.sessions.end(token);
    }
    Done { json: json!({"is_kept": true}), page: None, place: "/login".to_string(), ends_session: true }
}
