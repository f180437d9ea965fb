//! What a word of a frame lexicon is found to do in a sentence.

use std::sync::Arc;

use rapporteur::article::Article;
use rapporteur::reading::model::{HasItem, Reading, Statement};
use rapporteur::syntax::{Parse, Pipeline};
use rapporteur::text::Span;

use super::lexicons::{Lexicon, Sort};

/// Reads sentences, each as an article of its own.
pub(crate) struct Reader {
    pipeline: Arc<Pipeline>,
}

impl Reader {
    pub(crate) fn new() -> Self {
        Self { pipeline: rapporteur::model::for_tests() }
    }

    /// Whether the word stands in the sentence.
    pub(crate) fn holds(&self, lexicon: &Lexicon, word: &str, sentence: &str) -> bool {
        let parse = self.pipeline.parse_paragraphs(sentence);
        match lexicon.sort {
            Sort::Condition => format!(" {}", sentence.to_lowercase()).contains(&format!(" {word}")),
            Sort::Label => stands(sentence, word),
            _ => !places(&parse, sentence, lexicon, word).is_empty(),
        }
    }

    /// What the lexicon finds in the sentence by the word, a line for each record.
    pub(crate) fn found(&self, lexicon: &Lexicon, word: &str, sentence: &str) -> Vec<String> {
        let article = Article::from_text(sentence);
        let text = article.text.as_str();
        let parse = self.pipeline.parse_paragraphs(text);
        let reading = rapporteur::reading::read(&article, &parse);
        let at = places(&parse, text, lexicon, word);
        let carried = |s: Span| at.iter().any(|w| w.overlaps(s));
        let of_rule = |s: &&Statement, rule: &str| s.item().rule.0.starts_with(rule);
        match lexicon.sort {
            Sort::Statement(rule) => {
                let by = reading.statements.iter().filter(|s| of_rule(s, rule) && carried(s.predicate));
                by.filter(|s| !of_rule(s, "statement.speech.")).map(|s| line(s, text)).collect()
            }
            Sort::Label => {
                let rules = ["statement.label.", "statement.verdict.", "statement.image."];
                let by = reading.statements.iter().filter(|s| rules.iter().any(|r| of_rule(s, r)));
                by.filter(|_| stands(sentence, word)).map(|s| line(s, text)).collect()
            }
            Sort::Condition => conditions(&reading, word, text),
            Sort::Cue => {
                let by = reading.quotes.iter().filter(|q| q.cue.is_some_and(carried));
                by.map(|q| quote(q, text)).collect()
            }
        }
    }
}

/// Whether a label stands in the sentence, as it is listed: some are several tokens.
fn stands(sentence: &str, word: &str) -> bool {
    let inside = |c: char| c.is_alphabetic() || c == '-';
    let sentence = sentence.to_lowercase();
    sentence
        .match_indices(word)
        .any(|(i, w)| !sentence[..i].ends_with(inside) && !sentence[i + w.len()..].starts_with(inside))
}

/// Where the word stands: by its lemma and, for cues, its part of speech; a set phrase by all its words.
fn places(parse: &Parse, text: &str, lexicon: &Lexicon, word: &str) -> Vec<Span> {
    // a verb stands there by itself, whatever its particle or the rest of its phrase
    let word = match lexicon.name {
        "acts" => word.split('_').next().unwrap_or(word),
        "act_phrases" => word.split(' ').next().unwrap_or(word),
        _ => word,
    };
    let (word, pos) = word.rsplit_once('/').map_or((word, ""), |(w, p)| (w, p));
    let words: Vec<&str> = word.split(' ').collect();
    let tokens = &parse.tokens;
    let fits = |i: usize, w: &str| {
        let t = &tokens[i];
        let part = match pos {
            "v" => t.tag.starts_with("VB"),
            "n" => matches!(t.pos.as_str(), "NOUN" | "PROPN"),
            "a" => t.pos == "ADJ" || t.tag.starts_with("VB"),
            _ => true,
        };
        // the model's lemma of a rare past form can be wrong ("texted")
        let past = pos == "v" && t.lower.ends_with("ed") && t.lower.starts_with(w.trim_end_matches('e'));
        part && (t.lemma.eq_ignore_ascii_case(w) || t.lower == w || past)
    };
    let first = |i: &usize| match lexicon.sort {
        Sort::Cue => fits(*i, words[0]),
        // "non-negotiable" is three tokens
        _ if word == "non-negotiable" => text[tokens[*i].start as usize..].to_lowercase().starts_with(word),
        _ => words.iter().enumerate().all(|(k, w)| i + k < tokens.len() && fits(i + k, w)),
    };
    let len = if lexicon.sort == Sort::Cue { 1 } else { words.len() };
    let span =
        |i: usize| Span::of(text, tokens[i].start as usize..tokens[(i + len).min(tokens.len()) - 1].end as usize);
    (0..tokens.len()).filter(first).filter_map(span).collect()
}

fn line(s: &Statement, text: &str) -> String {
    let words = |s: Span| s.slice(text);
    format!("{} | {} | {} | {}", words(s.holder.span), s.act.as_str(), s.polarity.as_str(), words(s.matter))
}

fn conditions(reading: &Reading, word: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for s in &reading.statements {
        for c in &s.conditions {
            let words = c.span.slice(text).to_lowercase();
            if words.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphabetic)) {
                found.push(format!("{} | {}: {words}", line(s, text), c.sort.as_str()));
            }
        }
    }
    found
}

fn quote(q: &rapporteur::reading::model::Quote, text: &str) -> String {
    let source = q.source.as_ref().map(|s| s.span.slice(text)).unwrap_or_default();
    let content: Vec<_> = q.content.iter().map(|s| s.slice(text)).collect();
    let cue = q.cue.map(|c| c.slice(text)).unwrap_or_default();
    format!("{source} | {cue} | {}", content.join(" … "))
}
