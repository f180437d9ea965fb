//! Parties and people: their names, roles, positions and meetings, who quotes them, and when they were last heard.

use std::collections::BTreeMap;

use maud::{Markup, html};
use rapporteur_ledger::Witness;
use rapporteur_report::export::{self, Row};
use serde_json::{Value, json};

use super::{filtered, missing};
use crate::Fault;
use crate::layout::stamp;
use crate::site::{Answer, Cx, Form};
use crate::snapshot::list;
use crate::words::{day, outlet, t, word};

/// Statements of one that are shown.
const MOST: usize = 10;

pub(super) fn all(cx: &Cx<'_>) -> Result<Answer, Fault> {
    let rows = filtered(cx, &["entity"]);
    if cx.form == Form::Json {
        return Ok(cx.json(rows.iter().map(|r| &r.value), json!({"count": rows.len()})));
    }
    let sections = [("party", "Parties"), ("person", "People"), ("organisation", "Bodies"), ("place", "Places")];
    let body = html! {
        h1 { "Who" }
        @for (sort, title) in sections {
            @let mut own: Vec<&Row> = rows.iter().copied().filter(|r| word(&r.value, "/type") == sort).collect();
            @let () = own.sort_by_key(|r| std::cmp::Reverse(cx.snap.voice(word(&r.value, "/id")).map_or(0, |h| h.statements)));
            @if !own.is_empty() {
                h2 { (title) " " span.count { (own.len()) } }
                div.wide tabindex="0" role="region" aria-label=(title) { table {
                    thead { tr { th scope="col" { "Name" } th scope="col" { @if sort == "person" { "Side" } @else { "Part of" } } th scope="col" { "Also called" } th scope="col" { "Statements" } th scope="col" { "Last heard" } } }
                    tbody { @for row in own { tr {
                        th scope="row" { (cx.head_of(row)) }
                        td { (cx.who(if sort == "person" { &row.value["party"] } else { &row.value["part_of"] })) }
                        td { (t(&aliases(&row.value, 4))) }
                        @let own = cx.snap.voice(word(&row.value, "/id"));
                        td.number { (own.map_or(0, |h| h.statements)) }
                        td { time { (own.and_then(|h| h.last).map_or_else(String::new, |m| m.date.to_string())) } }
                    } } }
                } }
            }
        }
    };
    Ok(Answer::Page("Who".to_string(), body))
}

impl Cx<'_> {
    fn head_of(&self, row: &Row) -> Markup {
        html! { a href=(self.asked.link(&crate::words::address(&row.value))) { (t(word(&row.value, "/name"))) } }
    }
}

fn aliases(entity: &Value, most: usize) -> String {
    let own = word(entity, "/name");
    let all: Vec<&str> = list(entity, "aliases").map(|a| word(a, "/name")).filter(|n| *n != own).take(most).collect();
    all.join(", ")
}

pub(super) fn one(cx: &Cx<'_>) -> Result<Answer, Fault> {
    let is_person = cx.path.starts_with("/people/");
    let row =
        cx.snap.record(&cx.id).filter(|r| r.kind == "entity" && (word(&r.value, "/type") == "person") == is_person);
    let row = row.ok_or_else(|| missing(cx, if is_person { "person" } else { "party" }))?;
    let v = &row.value;
    let names = |r: &&Row, fields: &[&str]| {
        fields.iter().any(|f| match &r.value[*f] {
            Value::Array(all) => all.iter().any(|x| word(x, "/id") == cx.id),
            one => word(one, "/id") == cx.id,
        })
    };
    let of = |kind: &str, fields: &[&str]| {
        let mut all: Vec<&Row> = cx.snap.of_kind(kind).iter().filter(|r| names(r, fields)).collect();
        all.sort_by_key(|r| std::cmp::Reverse(r.date));
        all
    };
    let (positions, meetings) = (of("position", &["party"]), of("meeting", &["participants"]));
    let (proposals, conditions) = (of("proposal", &["by"]), of("condition", &["holder"]));
    let people: Vec<&Row> = cx.snap.of_kind("entity").iter().filter(|r| word(&r.value, "/party/id") == cx.id).collect();
    let voice = cx.snap.voice(&cx.id);
    let numbers = voice.map_or(&[][..], |v| v.articles.as_slice());
    let own: Vec<Witness<'_>> = numbers.iter().filter_map(|n| cx.view.witnesses.get(*n as usize)).copied().collect();
    let mut statements: Vec<Row> = Vec::new();
    let mut quoted: BTreeMap<String, usize> = BTreeMap::new();
    for w in &own {
        *quoted.entry(outlet(w.article)).or_default() += 1;
    }
    let mut newest = own.clone();
    newest.sort_by_key(|w| (std::cmp::Reverse(w.article.published), &w.article.id));
    for w in newest.iter().take(MOST) {
        let is_own = |r: &Row| {
            r.kind == "statement" && [&r.value["holder"], &r.value["person"]].iter().any(|x| word(x, "/id") == cx.id)
        };
        statements.extend(export::article_rows(&cx.view, w).into_iter().filter(is_own));
    }
    statements.sort_by_key(|r| std::cmp::Reverse(r.date));
    statements.truncate(MOST);
    let roles: Vec<Row> =
        list(v, "roles").filter_map(Value::as_str).filter_map(|id| cx.snap.single(&cx.view, id)).collect();
    if cx.form == Form::Json {
        let values = |rows: &[&Row]| rows.iter().map(|r| r.value.clone()).collect::<Value>();
        let more = json!({
            "positions": values(&positions), "meetings": values(&meetings), "proposals": values(&proposals),
            "conditions": values(&conditions), "people": values(&people),
            "roles": values(&roles.iter().collect::<Vec<_>>()), "statements": values(&statements.iter().collect::<Vec<_>>()),
        });
        return Ok(cx.json([v], more));
    }
    let name = word(v, "/name").to_string();
    let last = voice.and_then(|v| v.last);
    let mut quoted: Vec<(String, usize)> = quoted.into_iter().collect();
    quoted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let body = html! {
        h1 { (t(&name)) }
        p.lead {
            (t(word(v, "/type")))
            @if !v["party"].is_null() { " · " (cx.who(&v["party"])) }
            @if !v["part_of"].is_null() { " · part of " (cx.who(&v["part_of"])) }
            @if let Some(last) = last { " · last heard " time { (last.date) } }
        }
        @match aliases(v, 40).as_str() { "" => {}, names => p { "Also called " (t(names)) } }
        @if !quoted.is_empty() {
            p { "Heard in " @for (n, (outlet, count)) in quoted.iter().take(12).enumerate() { @if n > 0 { ", " } a href=(cx.asked.with("/sources", &[("source", Some(outlet))])) { (t(outlet)) } " (" (count) ")" } }
        }
        p { a href={ "/feed.atom?party=" (crate::site::encoded(&cx.id)) } { "Feed of " (t(&name)) } }
        @if !roles.is_empty() {
            h2 { "Roles" }
            ol.lines { @for r in &roles { li.line {
                p { time { (t(&crate::words::days(&r.value["when"]))) } " " (t(word(&r.value, "/change"))) " " strong { (t(word(&r.value, "/role"))) } @if !r.value["party"].is_null() { ", " (cx.who(&r.value["party"])) } }
                (cx.cites(&r.value, 1))
            } } }
        }
        @if !positions.is_empty() { h2 { "Positions " span.count { (positions.len()) } } (super::issue::table(cx, &positions)) }
        (super::issue::section(cx, "Proposals", &proposals))
        (super::issue::section(cx, "Conditions", &conditions))
        (super::issue::section(cx, "Meetings", &meetings))
        @if !people.is_empty() {
            h2 { "People" }
            ul.plain.columns { @for p in &people { li { (cx.head_of(p)) } } }
        }
        @if !statements.is_empty() {
            h2 { "Said last" }
            ol.lines { @for s in &statements { li.line { p { time { (day(s)) } " " (cx.head(s)) } (cx.cites(&s.value, 1)) } } }
        }
        (merging(cx, v))
    };
    Ok(Answer::Page(name, body))
}

/// Names that were or may be taken for one, and forms to merge and split.
fn merging(cx: &Cx<'_>, v: &Value) -> Markup {
    let (merges, possible): (Vec<&Value>, Vec<&Value>) = (list(v, "merges").collect(), list(v, "possible").collect());
    let others: Vec<&str> =
        list(v, "aliases").map(|a| word(a, "/name")).filter(|n| *n != word(v, "/name")).take(40).collect();
    html! {
        h2 { "Names taken for one" }
        @if merges.is_empty() { p { "None but by spelling." } }
        ul.plain { @for m in merges.iter().take(40) { li { (t(word(m, "/a"))) " = " (t(word(m, "/b"))) ": " (t(word(m, "/reason"))) span.meta { " (" (t(word(m, "/by"))) ")" } } } }
        @if !possible.is_empty() {
            h3 { "May be the same" }
            ul.plain { @for m in &possible { li { (cx.who(m)) ": " (t(word(m, "/reason"))) } } }
        }
        @if cx.who.role == crate::access::Role::Reviewer && cx.asked.as_of.is_none() {
            div.forms {
                form.box method="post" action="/decide" {
                    (stamp(cx)) input type="hidden" name="back" value=(cx.path); input type="hidden" name="do" value="merge"; input type="hidden" name="a" value=(t(word(v, "/name")));
                    p { label for="merge-b" { "The same as" } " " input #merge-b name="b" list="parties" required maxlength="200"; }
                    p { button name="trial" value="1" type="submit" { "What would change" } " " button type="submit" { "Merge" } }
                }
                @if !others.is_empty() { form.box method="post" action="/decide" {
                    (stamp(cx)) input type="hidden" name="back" value=(cx.path); input type="hidden" name="do" value="split"; input type="hidden" name="a" value=(t(word(v, "/name")));
                    p { label for="split-b" { "Not the same as" } " " select #split-b name="b" { @for n in &others { option { (t(n)) } } } }
                    p { button name="trial" value="1" type="submit" { "What would change" } " " button type="submit" { "Split" } }
                } }
            }
        }
    }
}
