//! What is reported from somebody without a name, or through somebody else, and denied in the sentence after it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rapporteur_reading::model::{Act, HasItem, Item, Quote, Reference, Statement};
use rapporteur_text::{ItemId, Span};

use crate::Witness;
use crate::cx::{Bit, Cx};
use crate::model::{About, Dispute, DisputeSort, Verdict};

use super::{Claim, dispute};

/// How many bytes may lie between a report and the sentence that denies it: no sentence fits in.
const BETWEEN: usize = 4;
/// How sure it is that a sentence of denial is of the one before it.
const CONFIDENCE: f32 = 0.6;

/// Words of a denial with what they put in dispute, those of what was said first.
static DENIALS: LazyLock<Vec<(&str, DisputeSort)>> = LazyLock::new(|| {
    let rows = include_str!("../../lexicons/denials.tsv").lines().filter(|l| !l.starts_with('#'));
    let mut all: Vec<(&str, DisputeSort)> = rows
        .filter_map(|row| row.split_once('\t'))
        .map(|(words, sort)| match sort {
            "attribution" => (words, DisputeSort::Attribution),
            _ => (words, DisputeSort::Outcome),
        })
        .collect();
    all.sort_by_key(|(words, sort)| (*sort != DisputeSort::Attribution, *words));
    all
});

/// Reports and their denials in one article.
pub(super) fn of_article(cx: Cx<'_>, w: &Witness<'_>) -> Vec<Dispute> {
    let mut found = Vec::new();
    let mut seen: BTreeSet<Span> = BTreeSet::new();
    for report in reports(w) {
        let sentence = report.item.sentence();
        let Some(next) = sentence_after(w, sentence) else { continue };
        let Some(sort) = denial(w.words(next)).filter(|_| is_own(w, next) && seen.insert(next)) else { continue };
        let value = w.words(report.content).to_string();
        let told = Claim::of(&report.bit, value.clone(), None);
        let words = w.words(next).to_string();
        let id = ItemId::of_words("denial", &[w.article.id.as_str(), &words], 0);
        let by = denier(w, next).map(|r| w.holder(cx.dossier, &r).0);
        let denied = Claim::of(&Bit::of_words(w, id, CONFIDENCE, next, next), words, by);
        let sides = vec![told.into_iter().collect(), denied.into_iter().collect()];
        found.extend(dispute(cx, sort, "dispute.gainsaid-report.v1", About::Words(value), sides, Verdict::Denied));
    }
    found
}

/// What somebody is reported to have said or done by others.
struct Report<'w> {
    item: &'w Item,
    bit: Bit,
    content: Span,
}

/// Quotations and statements with an unnamed link, or one more than their source, in order of place.
fn reports<'w>(w: &Witness<'w>) -> Vec<Report<'w>> {
    let of_quote = |q: &'w Quote| {
        let content = q.content.first().copied().filter(|_| !q.named || q.chain.len() > 1)?;
        Some(Report { item: q.item(), bit: Bit::of(w, q), content })
    };
    let of_statement = |s: &'w Statement| {
        let relayed = (!s.named || !s.chain.is_empty()) && s.act != Act::Deny;
        relayed.then(|| Report { item: s.item(), bit: Bit::of(w, s), content: s.item.span() })
    };
    let quotes = w.reading.quotes.iter().filter_map(of_quote);
    let mut all: Vec<Report<'w>> = quotes.chain(w.reading.statements.iter().filter_map(of_statement)).collect();
    all.sort_by_key(|r| (r.item.sentence().start(), r.content.start(), r.item.id().clone()));
    all
}

/// The sentence of an item that begins right after this one.
fn sentence_after(w: &Witness<'_>, sentence: Span) -> Option<Span> {
    let quotes = w.reading.quotes.iter().map(|q| q.item.sentence());
    let all = quotes.chain(w.reading.statements.iter().map(|s| s.item.sentence()));
    let next = all.filter(|s| (sentence.end()..=sentence.end() + BETWEEN).contains(&s.start()));
    next.min_by_key(|s| (s.start(), s.len()))
}

/// What a sentence denies, by the words of denial in it.
fn denial(sentence: &str) -> Option<DisputeSort> {
    let words: Vec<String> =
        sentence.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let text = format!(" {} ", words.join(" "));
    // "would neither confirm nor deny", "has not denied"
    let open = [" not denied ", " never denied ", " nor denied ", " neither "].iter().any(|w| text.contains(w));
    let found = DENIALS.iter().find(|(words, _)| text.contains(&format!(" {words} ")));
    found.map(|(_, sort)| *sort).filter(|_| !open)
}

/// Whether the sentence is no report of somebody without a name itself.
fn is_own(w: &Witness<'_>, sentence: Span) -> bool {
    let here = |s: Span| s.overlaps(sentence);
    w.reading.quotes.iter().filter(|q| here(q.item.sentence())).all(|q| q.chain.len() < 2)
}

/// Who denies: the holder of a denial in the sentence, else the source of its quotation.
fn denier(w: &Witness<'_>, sentence: Span) -> Option<Reference> {
    let here = |s: Span| s.overlaps(sentence);
    let denies = w.reading.statements.iter().filter(|s| here(s.item.sentence()));
    let mut holders = denies.clone().filter(|s| s.act == Act::Deny).chain(denies).map(|s| s.holder);
    let mut sources = w.reading.quotes.iter().filter(|q| here(q.item.sentence())).filter_map(|q| q.source);
    holders.next().or_else(|| sources.next())
}
