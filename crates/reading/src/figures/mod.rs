//! Figures: numbers with their unit, what they measure and whose they are.
//!
//! Dates, ordinals, labels ("Article 5"), numbers of lists and parts of names are none. A length of time is one where it
//! is itself negotiated ("a term of five years", "a 20-year ban").

mod dated;
mod numbers;
mod subject;

use rapporteur_text::{Span, When};

use crate::Context;
use crate::lexicon::rows;
use crate::model::{Figure, Item, Rule, TimexType};
use numbers::{Quantity, Shape};

const RULE_UNIT: Rule = Rule("figure.unit.v1");
const RULE_COUNT: Rule = Rule("figure.count.v1");
const RULE_BARE: Rule = Rule("figure.bare.v1");
const RULE_LENGTH: Rule = Rule("figure.length.v1");

/// Whether a word belongs to a class of `lexicons/figure_words.tsv`.
fn is_word(class: &str, word: &str) -> bool {
    use std::collections::HashSet;
    use std::sync::LazyLock;
    static WORDS: LazyLock<HashSet<(&str, &str)>> = LazyLock::new(|| {
        rows(include_str!("../../lexicons/figure_words.tsv")).filter_map(|r| Some((*r.first()?, *r.get(1)?))).collect()
    });
    WORDS.contains(&(class, word))
}

/// Finds figures.
pub(crate) fn find(cx: &Context<'_>) -> Vec<Figure> {
    let mut found: Vec<Figure> =
        numbers::quantities(cx.text()).into_iter().filter_map(|q| figure(cx, &q)).flatten().collect();
    found.extend(lengths(cx));
    found.sort_by_key(|f| (f.as_written.start(), f.as_written.end()));
    found.dedup_by(|b, a| a.as_written.overlaps(b.as_written));
    found
}

/// The figures of one place: one, or two where it goes from one to another.
fn figure(cx: &Context<'_>, q: &Quantity) -> Option<Vec<Figure>> {
    let whole = q.whole();
    if in_time(cx, q) || is_list_number(cx, q.first) || is_part_of_name(cx, q) {
        return None;
    }
    let token = numbers::head_token(cx, q.last)?;
    if is_label(cx, token, q) {
        return None;
    }
    let (rule, unit, span, confidence) = match &q.unit {
        Some(unit) if !is_large(unit) => (RULE_UNIT, unit.clone(), whole, 0.9),
        large => match subject::counted_noun(cx, token, q) {
            Some(noun) => {
                let small = !q.digits && q.values.iter().all(|v| *v < 4.0);
                // the points of a paper are told with the proposal
                let lemma = cx.token(noun).lemma.as_str();
                if (small && is_word("uncounted", lemma)) || q.values == [1.0] || lemma == "point" {
                    return None;
                }
                let words = cx.span(noun..noun + 1);
                let unit = format!("{} {}", large.as_deref().unwrap_or(""), words.slice(cx.text()));
                (RULE_COUNT, unit.trim().to_string(), whole.cover(words), 0.8)
            }
            None if is_bare(cx, token, q) => (RULE_BARE, large.clone().unwrap_or_default(), whole, 0.5),
            None => return None,
        },
    };
    let mut subject = subject::of(cx, token, whole);
    if rule == RULE_COUNT && subject.measures.is_none() {
        subject.measures = Span::of(cx.text(), whole.end()..span.end()).map(|s| s.trim(cx.text()));
    }
    let approximate = is_rough(cx, whole);
    let as_of = dated::of(cx, token, whole);
    let one = |value: Option<f64>, low, high, span: Span| Figure {
        item: Item::new(rule, confidence, cx.evidence(span)),
        value,
        low,
        high,
        unit: unit.clone(),
        approximate,
        as_written: span,
        measures: subject.measures,
        of: subject.of,
        as_of: as_of.clone(),
    };
    Some(match (q.shape, q.values.as_slice()) {
        (Shape::Change, [from, to]) => {
            vec![one(Some(*from), None, None, q.first), one(Some(*to), None, None, q.last)]
        }
        (Shape::Range, [a, b]) => vec![one(None, Some(a.min(*b)), Some(a.max(*b)), span)],
        (_, [value, ..]) => vec![one(Some(*value), None, None, span)],
        _ => return None,
    })
}

/// Whether the unit is only the scale of a number.
fn is_large(unit: &str) -> bool {
    matches!(unit, "million" | "billion" | "trillion")
}

/// Whether the number belongs to a temporal expression.
fn in_time(cx: &Context<'_>, q: &Quantity) -> bool {
    // a unit with a rate ends in words that recur ("crowns a day"), so only the beginning counts
    cx.dates.iter().any(|d| d.item.span().holds(q.first.start()) || d.item.span().holds(q.last.start()))
}

/// "1." or "2)" at the beginning of a line.
fn is_list_number(cx: &Context<'_>, number: Span) -> bool {
    let text = cx.text();
    let opens = text
        .get(..number.start())
        .is_none_or(|t| t.trim_end_matches([' ', '(']).ends_with('\n') || t.trim().is_empty());
    let mut rest = text.get(number.end()..).unwrap_or("").chars();
    let (first, second) = (rest.next(), rest.next());
    opens && matches!(first, Some('.' | ')' | ':')) && second.is_none_or(char::is_whitespace)
}

/// Whether the number stands inside a name ("Boeing 737", "Group of 77").
fn is_part_of_name(cx: &Context<'_>, q: &Quantity) -> bool {
    let tokens = cx.parse.tokens_in(q.last.range());
    let named = tokens.clone().any(|i| {
        matches!(
            cx.token(i).ent.as_str(),
            "PERSON" | "ORG" | "GPE" | "FAC" | "PRODUCT" | "LAW" | "WORK_OF_ART" | "EVENT" | "NORP" | "LOC"
        )
    });
    let text = cx.text();
    let before = text.get(..q.first.start()).and_then(|t| t.chars().next_back()).unwrap_or(' ');
    let after = text.get(q.last.end()..).and_then(|t| t.chars().next()).unwrap_or(' ');
    // "A330", "COVID-19", "F-16": glued to letters
    let glued = before.is_alphanumeric()
        || (matches!(before, '-' | '–' | '/') && q.unit.is_none())
        || (after.is_alphanumeric() && q.unit.is_none());
    (named && q.unit.is_none()) || glued
}

/// "Article 5", "phase two", "aged 54": the number labels the noun before it.
fn is_label(cx: &Context<'_>, token: usize, q: &Quantity) -> bool {
    if q.unit.is_some() {
        return false;
    }
    let Some(before) = token.checked_sub(1).filter(|&b| cx.token(b).sentence == cx.token(token).sentence) else {
        return false;
    };
    let word = cx.token(before);
    let next_is_noun = cx.parse.head(token) > token && cx.token(token).dep == "nummod";
    is_word("labelled", &word.lower)
        || (!next_is_noun && matches!(word.pos.as_str(), "PROPN" | "NOUN") && cx.parse.head(token) == before)
}

/// A number without a unit or noun still is a figure as the object of a verb or preposition ("answered with 288").
fn is_bare(cx: &Context<'_>, token: usize, q: &Quantity) -> bool {
    let t = cx.token(token);
    let year = q.values.iter().any(|v| (1000.0..2100.0).contains(v)) && !q.last.slice(cx.text()).contains(',');
    let object = matches!(t.dep.as_str(), "pobj" | "dobj" | "attr" | "nsubj" | "nsubjpass");
    let next = cx.parse.tokens.get(token + 1).map_or("", |n| n.lower.as_str());
    let apposed = token > 0 && cx.token(token - 1).lower == ",";
    q.digits
        && object
        && !year
        && !apposed
        && q.values.iter().all(|v| *v >= 10.0)
        && !matches!(next, "-" | "/" | ":" | "'s" | "’s")
}

/// Whether a word before the number makes it rough.
fn is_rough(cx: &Context<'_>, whole: Span) -> bool {
    let before = cx.text().get(..whole.start()).unwrap_or("");
    let words: Vec<&str> = before.rsplit(|c: char| c.is_whitespace()).filter(|w| !w.is_empty()).take(3).collect();
    let tail = |n: usize| words.get(..n).map(|w| w.iter().rev().copied().collect::<Vec<_>>().join(" ").to_lowercase());
    let clean = |s: String| s.trim_start_matches(|c: char| !c.is_alphanumeric()).to_string();
    (1..=3).filter_map(tail).map(clean).any(|words| is_word("rough", &words))
}

/// Lengths of time that are themselves negotiated.
fn lengths(cx: &Context<'_>) -> Vec<Figure> {
    cx.dates
        .iter()
        .filter(|d| d.sort == TimexType::Duration && !d.value.contains('X'))
        .filter_map(|d| {
            let span = d.item.span();
            let (value, unit, number) = numbers::length(cx.text(), span)?;
            let token = crate::dates::head_of(cx, span)?;
            let noun = cx
                .parse
                .ancestors(token)
                .take(2)
                .find(|&a| {
                    matches!(cx.token(a).pos.as_str(), "NOUN" | "PROPN") && !span.holds(cx.token(a).start as usize)
                })
                .filter(|&a| is_word("lasting", &cx.token(a).lemma))?;
            let item = Item::new(RULE_LENGTH, 0.75, cx.evidence(number));
            let subject = subject::of(cx, noun, span);
            Some(Figure {
                item,
                value: Some(value),
                low: None,
                high: None,
                unit,
                approximate: is_rough(cx, number),
                as_written: number,
                measures: Some(subject::phrase(cx, noun, span)),
                of: subject.of,
                as_of: When::unknown(),
            })
        })
        .collect()
}
