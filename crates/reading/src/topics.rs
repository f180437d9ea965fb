//! What words are about: lemmas of noun phrases and of content verbs, for telling issues apart.
//!
//! Statements, conditions, statuses and points of proposals all say what they are about in the same way, so that the
//! dossier can bring them together.

use std::collections::HashSet;
use std::sync::LazyLock;

use rapporteur_text::Span;
use smol_str::SmolStr;

use crate::Context;
use crate::lexicon::rows;
use crate::model::Topic;

/// Words that carry no matter, by class.
static GENERIC: LazyLock<HashSet<(&'static str, &'static str)>> = LazyLock::new(|| {
    rows(include_str!("../lexicons/topics.tsv")).filter_map(|r| Some((*r.first()?, *r.get(1)?))).collect()
});

fn generic(class: &str, lemma: &str) -> bool {
    GENERIC.contains(&(class, lemma))
}

/// What the words of `span` are about, in text order, without repetition.
///
/// - a noun phrase gives its lemmas in lower case, compound and content adjectives before the head ("grain duty"),
///   without determiners, pronouns and numbers;
/// - a noun with `of` and a second noun gives, beside the two, the compound they paraphrase ("withdrawal of troops":
///   "troop withdrawal");
/// - a content verb gives its lemma ("withdraw");
/// - names of persons and peoples, times and quantities give nothing; a place only where something is done from, over
///   or into it.
pub(crate) fn topics(cx: &Context<'_>, span: Span, distance: u8) -> Vec<Topic> {
    let range = cx.parse.tokens_in(span.range());
    let mut found: Vec<Topic> = Vec::new();
    let mut push = |lemma: String, span: Span| {
        let lemma = SmolStr::new(lemma);
        if !lemma.is_empty() && found.iter().all(|t| t.lemma != lemma) {
            found.push(Topic { lemma, span, distance });
        }
    };
    for i in range.clone() {
        let token = cx.token(i);
        match token.pos.as_str() {
            "NOUN" | "PROPN" if is_head(cx, i, range.end) => {
                let Some((lemma, words)) = phrase(cx, i, range.start) else { continue };
                if let Some((inner, end)) = of_complement(cx, i, range.end) {
                    let whole = words.cover(end);
                    push(format!("{inner} {lemma}"), whole);
                }
                push(lemma, words);
            }
            "VERB" if is_content_verb(cx, i) => push(lemma_of(cx, i), cx.span(i..i + 1)),
            _ => {}
        }
    }
    found
}

/// Lower-case lemma of a token, only if it is a word.
fn lemma_of(cx: &Context<'_>, i: usize) -> String {
    let token = cx.token(i);
    let lemma = if token.pos == "PROPN" { token.lower.to_string() } else { token.lemma.to_lowercase() };
    if lemma.chars().any(char::is_alphabetic) && lemma.chars().count() > 1 { lemma } else { String::new() }
}

fn is_head(cx: &Context<'_>, i: usize, end: usize) -> bool {
    let token = cx.token(i);
    let head = cx.parse.head(i);
    let inside = head > i && head < end && matches!(cx.token(head).pos.as_str(), "NOUN" | "PROPN");
    !(inside && matches!(token.dep.as_str(), "compound" | "nmod" | "amod"))
}

/// Whether a name's type says that it is no matter of the talks.
fn no_matter(cx: &Context<'_>, i: usize) -> bool {
    match cx.token(i).ent.as_str() {
        "PERSON" | "NORP" | "DATE" | "TIME" | "ORDINAL" | "CARDINAL" | "MONEY" | "PERCENT" | "QUANTITY" => true,
        "GPE" => {
            let head = cx.parse.head(i);
            !(cx.token(i).dep == "pobj" && matches!(cx.token(head).lower.as_str(), "from" | "over" | "into"))
        }
        _ => false,
    }
}

/// Lemmas and words of the noun phrase headed by `i`: what stands before the head, then the head.
fn phrase(cx: &Context<'_>, i: usize, start: usize) -> Option<(String, Span)> {
    let head = lemma_of(cx, i);
    if head.is_empty() || no_matter(cx, i) {
        return None;
    }
    let mut first = i;
    let mut before: Vec<String> = Vec::new();
    collect(cx, i, start, &mut before, &mut first);
    if before.is_empty() && generic("noun", &head) {
        return None;
    }
    before.push(head);
    Some((before.join(" "), cx.span(first..i + 1)))
}

/// Adds the compounds (with their own compounds) and content adjectives of `i`, in order.
fn collect(cx: &Context<'_>, i: usize, start: usize, before: &mut Vec<String>, first: &mut usize) {
    for c in cx.parse.children(i).filter(|&c| c < i && c >= start) {
        let token = cx.token(c);
        let keep = match token.dep.as_str() {
            "compound" | "nmod" => {
                !matches!(token.ent.as_str(), "PERSON" | "NORP" | "GPE" | "DATE" | "ORDINAL" | "CARDINAL")
                    && !matches!(token.pos.as_str(), "NUM" | "PRON" | "DET" | "SYM")
            }
            "amod" => {
                matches!(token.pos.as_str(), "ADJ" | "VERB" | "NOUN")
                    && token.ent.is_empty()
                    && !generic("adjective", &token.lemma.to_lowercase())
                    && !generic("adjective", &token.lower)
            }
            _ => false,
        };
        if !keep {
            continue;
        }
        collect(cx, c, start, before, first);
        // a participle is kept as written: "frozen asset", not "freeze asset"
        let lemma = if token.dep == "amod" { token.lower.to_string() } else { lemma_of(cx, c) };
        if !lemma.is_empty() {
            before.push(lemma);
            *first = (*first).min(c);
        }
    }
}

/// The noun phrase that `of` ties to noun `i`.
fn of_complement(cx: &Context<'_>, i: usize, end: usize) -> Option<(String, Span)> {
    let of = cx.parse.children(i).find(|&c| c > i && c < end && cx.token(c).lower == "of")?;
    let inner = cx.parse.child(of, &["pobj"]).filter(|&p| p < end)?;
    if !matches!(cx.token(inner).pos.as_str(), "NOUN" | "PROPN") {
        return None;
    }
    let (lemma, words) = phrase(cx, inner, of)?;
    Some((lemma, words))
}

fn is_content_verb(cx: &Context<'_>, i: usize) -> bool {
    let token = cx.token(i);
    !matches!(token.dep.as_str(), "aux" | "auxpass" | "amod") && !generic("verb", &token.lemma.to_lowercase())
}

#[cfg(test)]
mod tests {
    use rapporteur_article::Article;

    use super::*;

    fn check(passage: &str, expected: &str) {
        let article = Article::from_text(passage);
        let parse = rapporteur::model::for_tests().parse_paragraphs(&article.text);
        let cx = Context::new(&article, &parse);
        let got: Vec<_> = topics(&cx, Span::all(passage), 0).into_iter().map(|t| t.lemma).collect();
        assert_eq!(got.join(", "), expected, "{passage}");
    }

    #[test]
    fn compounds_stay_together_with_their_head_last() {
        check("They would lower the grain duties.", "lower, grain duty");
        check("They discussed the security guarantees.", "security guarantee");
    }

    #[test]
    fn generic_words_names_of_people_and_numbers_are_left_out() {
        check("Minister Anna Brandt told the three countries about the talks.", "");
    }

    #[test]
    fn of_is_read_as_a_compound_too() {
        check(
            "She wants a withdrawal of troops from the buffer zone.",
            "troop withdrawal, withdrawal, troop, buffer zone",
        );
    }

    #[test]
    fn verbs_of_clausal_matters_count() {
        check("They must withdraw.", "withdraw");
    }
}
