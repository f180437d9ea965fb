//! The reader: a stored text with marks, what was read in each paragraph beside it, and the versions of its page.

use std::collections::BTreeMap;
use std::ops::Range;

use maud::{Markup, html};
use rapporteur_dossier::kind_of;
use rapporteur_ledger::Witness;
use rapporteur_reading::model::{Act, Item, Polarity};
use rapporteur_report::export::{self, Row};
use rapporteur_report::{listing, source};
use rapporteur_text::Span;
use serde_json::{Value, json};

use super::item::{Decision, buttons, decisions};
use super::missing;
use crate::Fault;
use crate::access::Role;
use crate::layout::stamp;
use crate::site::{Answer, Cx, Form, encoded};
use crate::snapshot::{list, witness};
use crate::words::{address, class, outlet_and_day, t, word};

/// Marks of one paragraph and of a text, and bytes of a text, that are shown.
const OF_PARAGRAPH: usize = 200;
const OF_TEXT: usize = 3_000;
const BYTES: usize = 400_000;

/// An item in a paragraph.
struct Marked<'a> {
    item: &'a Item,
    kind: &'a str,
    /// Its number in the text, from 1.
    number: usize,
}

pub(super) fn screen(cx: &Cx<'_>) -> Result<Answer, Fault> {
    let w = witness(&cx.view, &cx.id).ok_or_else(|| missing(cx, "article"))?;
    let rows = export::article_rows(&cx.view, &w);
    let versions = cx.site.house.versions(&cx.id)?;
    if cx.form == Form::Json {
        let article = rows.iter().find(|r| r.kind == "article").map(|r| &r.value);
        let items: Vec<&Value> = rows.iter().filter(|r| r.kind != "article").map(|r| &r.value).collect();
        let merged: BTreeMap<&str, &Value> = w
            .reading
            .items()
            .flat_map(|i| cx.snap.rest_on(i.id().as_str()))
            .map(|r| (word(&r.value, "/id"), &r.value))
            .collect();
        let merged: Vec<&Value> = merged.into_values().collect();
        return Ok(cx.json(article, json!({"items": items, "merged": merged, "versions": versions})));
    }
    let by_id: BTreeMap<&str, &Row> = rows.iter().map(|r| (word(&r.value, "/id"), r)).collect();
    let decided = decisions(cx);
    let here = here(cx, &w);
    let marks = marks(&w);
    let all: usize = w.reading.items().count();
    let a = w.article;
    let title = if a.title.is_empty() { "An article without a title" } else { &a.title };
    let paragraphs = a.paragraphs();
    let shown: Vec<Span> = paragraphs.iter().copied().take_while(|p| p.start() < BYTES).collect();
    let is_reviewer = cx.who.role == Role::Reviewer && cx.asked.as_of.is_none();
    let body = html! {
        article.reader {
            h1 { (t(title)) }
            (head(cx, &w, by_id.get(cx.id.as_str()).copied()))
            p.meta.keys { "Keys: " kbd { "j" } " " kbd { "k" } " from item to item, " @if is_reviewer { kbd { "a" } " accept, " kbd { "r" } " reject, " kbd { "u" } " undo, " } kbd { "Enter" } " the record." }
            form #decide method="post" action="/decide" {
                (stamp(cx)) input type="hidden" name="back" value=(cx.path);
                @for paragraph in &shown {
                    @let own: Vec<&Marked<'_>> = marks.iter().filter(|m| paragraph.holds(m.item.span().start())).take(OF_PARAGRAPH).collect();
                    div.par {
                        p.text { (marked(&a.text, *paragraph, &own, here.clone())) }
                        @if !own.is_empty() {
                            ul.items aria-label="Read in this paragraph" { @for m in &own { (beside(cx, m, by_id.get(m.item.id().as_str()).copied(), &decided, is_reviewer)) } }
                        }
                    }
                }
            }
            @if shown.len() < paragraphs.len() { p.notice { "The text is longer than what is shown: its JSON twin has all of it." } }
            @if marks.len() < all { p.notice { (marks.len()) " of " (all) " items are shown; days by themselves are left out." } }
        }
        (rejected(cx, &decided))
        (told_versions(cx, &versions))
        @if is_reviewer { (add_form(cx)) }
    };
    Ok(Answer::Page(title.to_string(), body))
}

/// Where it comes from.
fn head(cx: &Cx<'_>, w: &Witness<'_>, row: Option<&Row>) -> Markup {
    let (a, v) = (w.article, row.map_or(&Value::Null, |r| &r.value));
    let other = |at: &str| witness(&cx.view, word(v, at)).filter(|o| o.article.id != a.id);
    let link = |w: &Witness<'_>| html! { a href=(cx.asked.link(&format!("/articles/{}", encoded(w.article.id.as_str())))) { (t(&outlet_and_day(w.article))) } };
    html! {
        p.lead { (t(&source::named(a))) @if !a.authors.is_empty() { " · " (t(&a.authors.join(", "))) } @if !a.agency.is_empty() { " · credited to " (t(&a.agency)) } }
        @match word(v, "/url") { "" => {}, url => p.meta { "Address: " span.url { (t(url)) } } }
        p.meta {
            "Published " (a.published.map_or_else(|| "on no known day".to_string(), |m| m.date.to_string())) " (" (word(v, "/published_basis")) ")"
            @if let Some(of) = other("/copy_of") { " · " (t(word(v, "/copy_kind"))) " copy of " (link(&of)) }
            @if let Some(of) = other("/origin") { " · rests on the reporting of " (link(&of)) } @else { " · its own reporting" }
        }
    }
}

/// The sentence that the address points at.
fn here(cx: &Cx<'_>, w: &Witness<'_>) -> Option<Range<usize>> {
    let at: usize = cx.asked.get("at")?.parse().ok()?;
    let own = w.reading.evidence().find(|(_, e)| e.span.start() == at).map(|(_, e)| e.sentence);
    let around = || w.reading.items().map(Item::sentence).find(|s| s.holds(at));
    own.or_else(around).map(|s| s.start()..s.end())
}

/// Items in the order of the text; days by themselves say nothing.
fn marks<'a>(w: &Witness<'a>) -> Vec<Marked<'a>> {
    let mut all: Vec<(&Item, &str)> =
        w.reading.items().map(|i| (i, kind_of(i.id()))).filter(|(_, k)| *k != "date").collect();
    all.sort_by_key(|(i, _)| i.span());
    all.into_iter().take(OF_TEXT).enumerate().map(|(n, (item, kind))| Marked { item, kind, number: n + 1 }).collect()
}

/// A paragraph in stretches that the same items cover.
fn marked(text: &str, paragraph: Span, items: &[&Marked<'_>], here: Option<Range<usize>>) -> Markup {
    let clip = |r: Range<usize>| {
        r.start.clamp(paragraph.start(), paragraph.end())..r.end.clamp(paragraph.start(), paragraph.end())
    };
    let spans: Vec<(Range<usize>, &Marked<'_>)> =
        items.iter().map(|m| (clip(m.item.span().start()..m.item.span().end()), *m)).collect();
    let here = here.map(clip).filter(|h| !h.is_empty());
    let mut cuts: Vec<usize> =
        spans.iter().flat_map(|(s, _)| [s.start, s.end]).chain(here.iter().flat_map(|h| [h.start, h.end])).collect();
    cuts.extend([paragraph.start(), paragraph.end()]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut is_first_here = true;
    html! { @for cut in cuts.windows(2) {
        @let (from, to) = (cut[0], cut[1]);
        @let own: Vec<&&Marked<'_>> = spans.iter().filter(|(s, _)| s.start <= from && to <= s.end).map(|(_, m)| m).collect();
        @let words = text.get(from..to).unwrap_or_default();
        @for m in items.iter().filter(|m| m.item.span().start() == from) { span #{ "m" (m.number) } {} }
        @let is_here = here.as_ref().is_some_and(|h| h.start <= from && to <= h.end);
        @let id = (is_here && std::mem::take(&mut is_first_here)).then_some("here");
        @match (own.last(), is_here) {
            (Some(m), _) => mark id=[id] class={ "k-" (class(m.kind)) @if is_here { " here" } } data-items=(own.iter().map(|m| m.number.to_string()).collect::<Vec<_>>().join(" ")) { (t(words)) },
            (None, true) => span id=[id] class="here" { (t(words)) },
            (None, false) => (t(words)),
        }
    } }
}

/// An item beside its paragraph.
fn beside(
    cx: &Cx<'_>,
    m: &Marked<'_>,
    row: Option<&Row>,
    decided: &BTreeMap<String, Decision>,
    is_reviewer: bool,
) -> Markup {
    let id = m.item.id().as_str();
    let merged = cx.snap.rest_on(id).find(|r| r.kind == m.kind);
    let (says, link) = match (row, merged) {
        (Some(row), _) => (says(row), address(&row.value)),
        (None, Some(row)) => (listing::head(row), address(&row.value)),
        (None, None) => (m.kind.to_string(), format!("/items/{}", encoded(id))),
    };
    let own = decided.get(id);
    html! {
        li.item #{ "i" (m.number) } class={ "k-" (class(m.kind)) @if let Some(d) = own { " is-" (class(&d.what)) } } data-item=(id) data-number=(m.number) {
            a.says href=(cx.asked.link(&link)) { span class={ "tag k-" (class(m.kind)) } { (m.kind) } " " (t(&says)) }
            " " a.to href={ "#m" (m.number) } aria-label="its words in the text" { "¶" }
            span.meta { " " (format!("{:.0} %", m.item.confidence * 100.0)) }
            (buttons(cx, id, own, is_reviewer))
        }
    }
}

fn says(row: &Row) -> String {
    match row.kind {
        "quote" => {
            let words: Vec<&str> = list(&row.value, "content").map(|c| word(c, "/text")).collect();
            let who = crate::words::named(&row.value["source"]);
            format!("{who}: “{}”", source::shortened(&words.join(" … "), 90))
        }
        "role" => format!(
            "{} {} {}",
            crate::words::named(&row.value["person"]),
            word(&row.value, "/change"),
            word(&row.value, "/role")
        ),
        _ => listing::head(row),
    }
}

/// What was rejected in this article: it is not read any more, so it stands here alone.
fn rejected(cx: &Cx<'_>, decided: &BTreeMap<String, Decision>) -> Markup {
    let own: Vec<(&String, &Decision)> =
        decided.iter().filter(|(_, d)| d.what == "reject" && d.article == cx.id).collect();
    html! { @if !own.is_empty() {
        h2 { "Rejected in this article" }
        ul.plain { @for (item, d) in own { li.item.is-reject data-item=(t(item)) {
            a href={ "/items/" (encoded(item)) } { (t(item)) } ": " (t(&source::shortened(&d.sentence, 160))) span.meta { " by " (t(&d.by)) }
            form.inline method="post" action="/decide" { (stamp(cx)) input type="hidden" name="back" value=(cx.path); button name="do" value={ "undo " (t(&d.id)) } { "Undo" } }
        } } }
    } }
}

/// The versions of its page, and what changed from each to the next.
fn told_versions(cx: &Cx<'_>, versions: &Value) -> Markup {
    html! { @for page in versions.as_array().into_iter().flatten() {
        h2 { "Versions of its page" }
        p.meta.url { (t(word(page, "/address"))) }
        @for (n, v) in list(page, "versions").enumerate() {
            details open[word(v, "/article") == cx.id] {
                summary { (n + 1) ". " a href={ "/articles/" (encoded(word(v, "/article"))) } { (t(word(v, "/source"))) } ", first seen " (t(word(v, "/first_seen").get(..10).unwrap_or_default())) @if n > 0 { ": " (v["went"]) " sentences went, " (v["came"]) " came" } }
                @for change in list(v, "changes") { @match word(change, "/change") {
                    "went" => p { del { (t(word(change, "/went"))) } },
                    "came" => p { ins { (t(word(change, "/came"))) } },
                    "reworded" => p { @for part in list(change, "words") { @match word(part, "/change") {
                        "went" => { del { (t(word(part, "/text"))) } " " },
                        "came" => { ins { (t(word(part, "/text"))) } " " },
                        _ => { (t(word(part, "/text"))) " " },
                    } } },
                    _ => {},
                } }
            }
        }
    } }
}

/// A statement that was not read, from a sentence of the text.
fn add_form(cx: &Cx<'_>) -> Markup {
    html! {
        details.add #add {
            summary { "Add a statement that was not read" }
            form.box method="post" action="/decide" {
                (stamp(cx)) input type="hidden" name="back" value=(cx.path); input type="hidden" name="do" value="add"; input type="hidden" name="kind" value="statement"; input type="hidden" name="article" value=(cx.id);
                p { label for="sentence" { "The sentence, as it stands in the text" } textarea #sentence name="sentence" rows="3" required maxlength="4000" {} }
                p { label for="holder" { "Who: words of the sentence, or " code { "words=name" } } input #holder name="holder" required maxlength="300"; }
                p { label for="predicate" { "Does what: words of the sentence" } input #predicate name="predicate" required maxlength="300"; }
                p { label for="matter" { "About what: words of the sentence" } input #matter name="matter" required maxlength="600"; }
                p { label for="act" { "Act" } select #act name="act" { @for act in Act::ALL { option { (act.as_str()) } } } }
                p { label for="polarity" { "Stand" } select #polarity name="polarity" { @for p in Polarity::ALL { option { (p.as_str()) } } } }
                p { label for="issue-of" { "Issue, if any" } input #issue-of name="issue" list="issues-of" maxlength="200"; datalist #issues-of { @for i in &cx.view.dossier.issues { option value=(t(&i.name)) {} } } }
                p { button name="trial" value="1" type="submit" { "What would change" } " " button type="submit" { "Add" } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rapporteur_reading::model::{Evidence, Rule, Why};

    use super::*;

    fn item(text: &str, words: &str) -> Item {
        let at = text.find(words).unwrap();
        let span = Span::of(text, at..at + words.len()).unwrap();
        Item::new(Rule("test.v1"), 0.5, Evidence { span, sentence: Span::all(text), why: Why::Item })
    }

    fn shown(text: &str, items: &[&str], here: Option<&str>) -> String {
        let items: Vec<Item> = items.iter().map(|w| item(text, w)).collect();
        let all: Vec<Marked<'_>> =
            items.iter().enumerate().map(|(n, item)| Marked { item, kind: "statement", number: n + 1 }).collect();
        let here = here.map(|w| text.find(w).unwrap()..text.find(w).unwrap() + w.len());
        marked(text, Span::all(text), &all.iter().collect::<Vec<_>>(), here).into_string()
    }

    /// The text of markup.
    fn bare(html: &str) -> String {
        let mut out = String::new();
        for part in html.split('<') {
            out += part.split_once('>').map_or(part, |(_, text)| text);
        }
        out
    }

    #[test]
    fn marks_that_overlap_cut_the_text_and_lose_none_of_it() {
        let text = "The owners of the port refused to pay the crews, they said.";
        let html = shown(text, &["port refused to", "refused to pay", "said"], Some("refused"));
        assert_eq!(bare(&html), text);
        assert!(html.contains("data-items=\"1 2\" id") || html.contains("id=\"here\""), "{html}");
        assert!(html.contains("<span id=\"m3\"></span><mark"), "{html}");
        assert_eq!(html.matches("id=\"here\"").count(), 1);
    }

    #[test]
    fn marks_in_hostile_text_stay_marks() {
        let html = shown("<script>alert(1)</script> & Łódź \u{202e}x", &["script>alert", "Łódź"], None);
        assert!(!html.contains("<script") && html.contains("&lt;</mark>") || html.contains("&lt;<"), "{html}");
        assert!(!html.contains('\u{202e}'), "{html}");
    }
}
