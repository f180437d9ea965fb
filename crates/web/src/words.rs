//! Words of others on our pages: made harmless, quoted with their source, and linked to what they are about.

use maud::{Markup, Render, html};
use rapporteur_article::Article;
use rapporteur_report::export::{KINDS, Row};
use rapporteur_report::{listing, source};
use rapporteur_text::is_steering;
use serde_json::Value;

use crate::site::{Cx, encoded};
use crate::snapshot::{list, witness};

/// Most letters of a sentence that is quoted.
const SENTENCE: usize = 320;

/// Text as text: escaped, and letters that steer or that turn the writing direction are shown as such (`�`).
pub(crate) struct Plain<'a>(&'a str);

/// Somebody's words as text.
pub(crate) fn t(words: &str) -> Plain<'_> {
    Plain(words)
}

impl Render for Plain<'_> {
    fn render_to(&self, out: &mut String) {
        for letter in self.0.chars() {
            match letter {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                letter if is_steering(letter) || is_turning(letter) => out.push('\u{fffd}'),
                letter => out.push(letter),
            }
        }
    }
}

/// Whether a letter turns the writing direction of what follows, so that words could read as others.
pub(crate) fn is_turning(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A field of a record by its JSON pointer, "" where it is none.
pub(crate) fn word<'v>(value: &'v Value, at: &str) -> &'v str {
    value.pointer(at).and_then(Value::as_str).unwrap_or_default()
}

/// The name of a reference, else its words.
pub(crate) fn named(value: &Value) -> &str {
    let name = word(value, "/name");
    if name.is_empty() { word(value, "/as_written") } else { name }
}

/// "2025-03-01", "2025-03-01 to 2025-03-03", "from 2025-03-01"; "" where nothing is known.
pub(crate) fn days(time: &Value) -> String {
    let day = |at: &str| word(time, at).get(..10).unwrap_or_default();
    match (day("/from"), day("/to")) {
        ("", "") => String::new(),
        (from, "") => format!("from {from}"),
        ("", to) => format!("until {to}"),
        (from, to) if from == to => from.to_string(),
        (from, to) => format!("{from} to {to}"),
    }
}

/// The day a row is ordered by.
pub(crate) fn day(row: &Row) -> String {
    row.date.map_or_else(|| "no date".to_string(), |m| m.date.to_string())
}

/// A record that stands alone as a row.
pub(crate) fn row_of(value: &Value) -> Option<Row> {
    let own = word(value, "/kind");
    let kind = KINDS.iter().find(|k| **k == own)?;
    // what has no day of its own gets none from another field
    let at = match own {
        "shift" | "meeting" | "proposal" | "incident" | "deadline" => "/when/from",
        "status" | "statement" | "quote" => "/said/from",
        "position" | "condition" | "dispute" => "/since",
        "deadlock" => "/from",
        "correction" => "/at",
        _ => "/published",
    };
    let date = word(value, at).parse().ok();
    Some(Row { kind, date, article: word(value, "/article").to_string(), start: 0, value: value.clone() })
}

/// Where a record has its page.
pub(crate) fn address(value: &Value) -> String {
    let id = encoded(word(value, "/id"));
    match word(value, "/kind") {
        "position" => format!("/positions/{id}"),
        "issue" => format!("/issues/{id}"),
        "proposal" => format!("/proposals/{id}"),
        "article" => format!("/articles/{id}"),
        "entity" if word(value, "/type") == "person" => format!("/people/{id}"),
        "entity" => format!("/parties/{id}"),
        _ => format!("/items/{id}"),
    }
}

impl Cx<'_> {
    /// What a record says in a line, linked to its page.
    pub(crate) fn head(&self, row: &Row) -> Markup {
        html! { a href=(self.asked.link(&address(&row.value))) { (t(&listing::head(row))) } }
    }

    /// Someone or something meant, linked to its page where the dossier knows it.
    pub(crate) fn who(&self, reference: &Value) -> Markup {
        let place = self.snap.record(word(reference, "/id")).map(|r| address(&r.value));
        html! {
            @match place {
                Some(place) => a href=(self.asked.link(&place)) { (t(named(reference))) },
                None => (t(named(reference))),
            }
        }
    }

    /// Several, with commas.
    pub(crate) fn all_of(&self, references: &Value) -> Markup {
        let all: Vec<&Value> = references.as_array().into_iter().flatten().collect();
        html! { @for (n, one) in all.iter().enumerate() { @if n > 0 { ", " } (self.who(one)) } }
    }

    /// A sentence with its own words marked, and the source it leads to.
    pub(crate) fn cite(&self, evidence: &Value) -> Markup {
        let (sentence, own) = (word(evidence, "/sentence"), word(evidence, "/text"));
        let article = witness(&self.view, word(evidence, "/article")).map(|w| w.article);
        let start = evidence["start"].as_u64().unwrap_or_default();
        let place = format!("/articles/{}", encoded(word(evidence, "/article")));
        let place = match self.asked.as_of {
            Some(day) => format!("{place}?as_of={day}&at={start}#here"),
            None => format!("{place}?at={start}#here"),
        };
        html! {
            blockquote {
                p { (marked(sentence, own)) }
                footer {
                    @match article {
                        Some(article) => a href=(place) { (t(&source::named_of(article, evidence))) },
                        None => "an article that is not there",
                    }
                }
            }
        }
    }

    /// The sentences of a record: its own, the clearest first, at most so many; the rest is counted.
    pub(crate) fn cites(&self, record: &Value, most: usize) -> Markup {
        let mut seen: Vec<(&str, &str)> = Vec::new();
        let own = list(record, "evidence").filter(|e| matches!(word(e, "/why"), "item" | "member"));
        let mut all: Vec<&Value> = Vec::new();
        for e in own {
            let key = (word(e, "/article"), word(e, "/sentence"));
            if !seen.contains(&key) {
                seen.push(key);
                all.push(e);
            }
        }
        let more = all.len().saturating_sub(most);
        html! {
            @for evidence in all.iter().take(most) { (self.cite(evidence)) }
            @if more > 0 {
                p.more { a href=(self.asked.link(&address(record))) { (more) " more " (if more == 1 { "sentence" } else { "sentences" }) } }
            }
        }
    }

    /// On how many reportings a record rests, and who had it first.
    pub(crate) fn attested(&self, record: &Value) -> Markup {
        let (origins, first) = self.snap.origins(&self.view, record);
        html! {
            span.attested {
                (many(origins, "independent report"))
                @if let Some(w) = first { ", first " (t(&outlet_and_day(w.article))) }
            }
        }
    }
}

/// A sentence with words in it marked where they stand first.
fn marked(sentence: &str, own: &str) -> Markup {
    let (sentence, own) = (source::shortened(sentence, SENTENCE), own.split_whitespace().collect::<Vec<_>>().join(" "));
    let at = if own.is_empty() || own.len() >= sentence.len() { None } else { sentence.find(&own) };
    match at {
        Some(at) => html! {
            (t(&sentence[..at])) mark { (t(&sentence[at..at + own.len()])) } (t(&sentence[at + own.len()..]))
        },
        None => html! { (t(&sentence)) },
    }
}

/// "Courier, 2025-03-05".
pub(crate) fn outlet_and_day(article: &Article) -> String {
    let outlet = outlet(article);
    match article.published {
        Some(day) => format!("{outlet}, {}", day.date),
        None => outlet,
    }
}

/// The outlet, else the agency, else the file.
pub(crate) fn outlet(article: &Article) -> String {
    let known = [&article.outlet, &article.agency].into_iter().find(|o| !o.is_empty());
    known.cloned().unwrap_or_else(|| source::place(article))
}

/// A stance by its shape and its word: never by colour alone.
pub(crate) fn stance(stance: &str) -> Markup {
    let (shape, words) = match stance {
        "for" => ("▲", "for"),
        "against" => ("▼", "against"),
        "open" => ("◆", "open"),
        other => ("·", other),
    };
    html! { span class={ "stance " (class(stance)) } { span aria-hidden="true" { (shape) } " " (t(words)) } }
}

/// "1 decision", "2 decisions", "3 deadlocks".
pub(crate) fn many(count: usize, what: &str) -> String {
    match (count, what.strip_suffix('y')) {
        (1, _) => format!("1 {what}"),
        (n, Some(stem)) => format!("{n} {stem}ies"),
        (n, None) => format!("{n} {what}s"),
    }
}

/// A word as the name of a class.
pub(crate) fn class(words: &str) -> String {
    words.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
}

/// How sure it is, for a person.
pub(crate) fn sure(record: &Value) -> String {
    record["confidence"].as_f64().map_or_else(String::new, |c| format!("{:.0} %", c * 100.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_others_are_only_text() {
        let shown = |words: &str| html! { a title=(t(words)) { (t(words)) } }.into_string();
        let script = shown("\"><script>alert('x')</script>&amp;");
        assert!(
            !script.contains("<script") && script.contains("&lt;script&gt;") && script.contains("&amp;amp;"),
            "{script}"
        );
        assert!(!script.contains("\"><"), "no attribute is left: {script}");
        let turned = shown("pay \u{202e}eruf\u{202c} \u{7}now \u{2067}x\u{2069}");
        assert!(!turned.chars().any(|c| is_turning(c) || is_steering(c)), "{turned:?}");
        assert_eq!(turned.matches('\u{fffd}').count(), 10, "they are seen: {turned}");
    }

    #[test]
    fn own_words_are_marked_in_their_sentence() {
        assert_eq!(marked("They <refused> it.", "<refused> it").into_string(), "They <mark>&lt;refused&gt; it</mark>.");
        assert_eq!(marked("They refused.", "They refused.").into_string(), "They refused.");
        assert_eq!(marked("They refused.", "offered").into_string(), "They refused.");
    }

    #[test]
    fn days_are_told_as_far_as_they_are_known() {
        let of = |from: &str, to: &str| days(&serde_json::json!({"from": from, "to": to}));
        assert_eq!(of("2025-03-01", "2025-03-01T10:00"), "2025-03-01");
        assert_eq!(of("2025-03-01", "2025-03-04"), "2025-03-01 to 2025-03-04");
        assert_eq!((of("", "2025-03-04"), days(&Value::Null)), ("until 2025-03-04".to_string(), String::new()));
    }
}
