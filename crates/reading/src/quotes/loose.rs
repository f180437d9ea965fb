//! Words in marks that stand in no report, though their sentence tells whose they are: `He would sign, he said, "and so would my
//! mother"`; `In the mayor's own words, the plan is "a bill without a date"`; `The bank "sees no reason" to lend`.

use rapporteur_text::{Span, When};

use super::confidence;
use super::excerpts::told;
use super::letters;
use super::marks::Marked;
use super::sources;
use crate::Context;
use crate::model::{Item, LinkSort, Mode, Quote, RefKind, Rule, Why};
use crate::syntax_help as help;

/// What a stretch in marks is likely to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stretch {
    /// Somebody's words, by their number.
    Voice,
    /// Three words that are no name.
    Short,
    /// A name, a title, a word held with tongs.
    Term,
}

/// Words that open a term: "the so-called ...", "under the slogan ...".
const TERMS: &[&str] = &[
    "called",
    "dubbed",
    "named",
    "titled",
    "entitled",
    "headlined",
    "labelled",
    "labeled",
    "nicknamed",
    "slogan",
    "motto",
    "title",
    "headline",
    "banner",
    "sign",
    "placard",
    "word",
    "words",
    "term",
    "phrase",
    "song",
    "hymn",
    "film",
    "book",
    "ship",
    "boat",
    "vessel",
    "operation",
    "codename",
];

/// What a stretch in marks is, by its words and the one before it.
pub(super) fn stretch(cx: &Context<'_>, m: &Marked) -> Stretch {
    let words: Vec<&str> = m.inner.slice(cx.text()).split_whitespace().collect();
    let mut long = words.iter().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).filter(|w| w.len() > 3);
    let name = long.all(|w| w.starts_with(char::is_uppercase));
    let before = cx.parse.tokens.partition_point(|t| t.end as usize <= m.outer.start()).checked_sub(1);
    let term = before.is_some_and(|b| TERMS.contains(&cx.token(b).lower.as_str()));
    // "the 'snap-back clause'": part of a phrase of the reporter's
    let part = before.is_some_and(|b| {
        matches!(cx.token(b).tag.as_str(), "DT" | "PRP$" | "POS" | "JJ" | "NN" | "NNS" | "NNP" | "CD")
            && cx.token(b).pos != "PRON"
            && cx.text().get(cx.token(b).end as usize..m.outer.start()).is_some_and(|g| g.trim().is_empty())
    });
    match words.len() {
        _ if name || term => Stretch::Term,
        4.. if part && words.len() < 5 => Stretch::Short,
        4.. => Stretch::Voice,
        3 if !part => Stretch::Short,
        _ => Stretch::Term,
    }
}

/// The stretches that no quotation holds, with the source their sentence gives them.
pub(super) fn find(cx: &Context<'_>, marks: &[Marked], quotes: &[Quote], found: &[Quote]) -> Vec<Quote> {
    let free = |m: &&Marked| {
        m.depth == 0 && m.closed && !m.single && stretch(cx, m) != Stretch::Term && !held(cx, m, quotes, found)
    };
    marks.iter().filter(free).filter_map(|m| loose(cx, m, quotes)).collect()
}

/// Whether a quotation has these words, as half of a direct one or with no more than as many others.
fn held(cx: &Context<'_>, m: &Marked, quotes: &[Quote], found: &[Quote]) -> bool {
    let own = letters(m.inner.slice(cx.text()));
    quotes.iter().chain(found).any(|q| {
        let touches = q.content.iter().any(|p| p.overlaps(m.inner));
        let all = || q.content.iter().map(|p| letters(p.slice(cx.text()))).sum::<usize>();
        touches && (q.mode == Mode::Direct || all() <= 2 * own)
    })
}

fn loose(cx: &Context<'_>, m: &Marked, quotes: &[Quote]) -> Option<Quote> {
    let item = || Item::new(Rule("quote.loose.v1"), confidence::CODA, cx.evidence(m.inner));
    let bare = || Quote {
        item: item(),
        source: None,
        cue: None,
        content: vec![m.inner],
        mode: Mode::Direct,
        chain: Vec::new(),
        named: true,
        said: When::unknown(),
    };
    if let Some(source) = in_words_of(cx, m.inner).or_else(|| seen_by(cx, m)).or_else(|| predicated(cx, m)) {
        return Some(by(cx, source, bare()));
    }
    let of = beside(cx, m, quotes)?;
    Some(told(cx, of, item(), m.inner))
}

/// A quotation whose source is token `source`, through whatever chain it has.
pub(super) fn by(cx: &Context<'_>, source: usize, mut quote: Quote) -> Quote {
    let reference = sources::plain(cx, source);
    let link = sources::link(cx, source, reference);
    quote.item.add(cx.evidence_why(reference.span, Why::Antecedent));
    quote.named &= link.sort != LinkSort::Unnamed;
    quote.chain.push(link);
    quote.cue = None;
    quote.source = Some(reference);
    quote
}

/// The report of the same sentence whose cue is the nearest before the stretch, or else the first behind it.
fn beside<'q>(cx: &Context<'_>, m: &Marked, quotes: &'q [Quote]) -> Option<&'q Quote> {
    let sentence = cx.sentence_of(m.outer);
    let speech = ["quote.clause", "quote.inserted", "quote.behind", "quote.before", "quote.according"];
    let able = |q: &&Quote| {
        let document = q.chain.last().is_some_and(|l| l.sort == LinkSort::Document);
        let known = q.source.is_some_and(|s| s.entity.is_some() || s.kind == RefKind::Person);
        let says = speech.iter().any(|r| q.item.rule.0.starts_with(r));
        !document
            && (says || known && stretch(cx, m) == Stretch::Voice)
            && q.source.is_some()
            && q.cue.is_some_and(|c| sentence.contains(c) && !c.overlaps(m.outer))
    };
    let start = |q: &Quote| q.cue.map_or(0, |c| c.start());
    let all: Vec<&Quote> = quotes.iter().filter(able).collect();
    let before = all.iter().copied().filter(|q| start(q) < m.outer.start()).max_by_key(|q| start(q));
    before.or_else(|| all.iter().copied().min_by_key(|q| start(q)))
}

/// The nouns of "in the words of X", "in X's own words".
const WORDS: &[&str] =
    &["words", "phrase", "view", "eyes", "opinion", "judgment", "judgement", "telling", "mind", "account"];

/// The one whose words are announced right before a stretch, or right behind it: "in the words of the mayor, ...".
pub(super) fn in_words_of(cx: &Context<'_>, words: Span) -> Option<usize> {
    let start = cx.parse.tokens.partition_point(|t| t.end as usize <= words.start());
    let sentence = cx.parse.sentence_of(start.checked_sub(1)?);
    let noun = (sentence.start..start).rev().take(9).find(|&i| WORDS.contains(&cx.token(i).lower.as_str()))?;
    let phrase = cx.parse.head(noun);
    let opens = cx.token(phrase).dep == "prep" && matches!(cx.token(phrase).lower.as_str(), "in" | "to");
    let of = cx.parse.children_with(noun, &["prep"]).find(|&c| cx.token(c).lower == "of" && c < start);
    let owner = of.and_then(|o| cx.parse.child(o, &["pobj"])).or_else(|| cx.parse.child(noun, &["poss"]))?;
    // nothing but the phrase, its apposition and marks stand between
    let end = cx.parse.subtree_range(owner).end.max(noun + 1);
    let close = (end..start).all(|i| matches!(cx.token(i).pos.as_str(), "PUNCT" | "AUX" | "ADV"));
    (opens && close && owner < start).then_some(owner)
}

/// `For the mayor, the plan is "a bill without a date"`: whose view a sentence gives.
fn seen_by(cx: &Context<'_>, m: &Marked) -> Option<usize> {
    let start = cx.parse.tokens.partition_point(|t| (t.start as usize) < m.outer.start());
    let sentence = cx.parse.sentence_of(start.min(cx.parse.len().checked_sub(1)?));
    let first = sentence.start;
    if !matches!(cx.token(first).lower.as_str(), "to" | "for") || start < first + 4 {
        return None;
    }
    let who = cx.parse.child(first, &["pobj"]).filter(|&w| w < first + 6)?;
    let known = matches!(cx.reference(who).kind, RefKind::Person | RefKind::Party | RefKind::Organisation)
        && (cx.token(who).pos == "PROPN" || cx.reference(who).entity.is_some());
    let is = (who..start).rev().find(|&i| help::is_verb(cx, i) && help::is_finite(cx, i))?;
    let copula = matches!(cx.token(is).lemma.as_str(), "be" | "remain" | "mean" | "look" | "seem" | "amount");
    let comma = (who..is).any(|i| cx.word(i) == ",");
    (known && copula && comma).then_some(who)
}

/// `The bank "sees no reason to lend"`: a predicate in marks, said by its subject.
fn predicated(cx: &Context<'_>, m: &Marked) -> Option<usize> {
    let tokens = cx.parse.tokens_in(m.inner.range());
    let outside = |s: &usize| *s < tokens.start && *s + 12 > tokens.start;
    let head =
        |&i: &usize| help::is_verb(cx, i) && help::is_finite(cx, i) && !help::has_dep(cx, i, &["aux", "auxpass"]);
    let v = tokens.clone().take(5).find(head)?;
    let subject = help::own_subject(cx, v).filter(outside)?;
    let lead = cx.parse.tokens.partition_point(|t| t.end as usize <= m.outer.start());
    let next_to = help::full_noun_phrase(cx, subject).end.max(subject + 1) + 1 >= lead;
    let entity = cx.reference(subject).entity?;
    let speaks = matches!(cx.entity(entity).kind, RefKind::Person | RefKind::Party | RefKind::Organisation);
    (speaks && next_to && tokens.len() > 2).then_some(subject)
}
