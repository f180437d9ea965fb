//! What each statement is to the position of its holder: a move, or only another report, a restatement, a detail, an old
//! moment told late, a correction or a contradiction.
//!
//! Told by what stands in the records: the days on which it was said and published, its figures, conditions and point,
//! and words of the lexicon by which a sentence says that something before was wrong.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rapporteur_dossier::Filing;
use rapporteur_reading::model::{Figure, HasItem, Polarity, Statement};
use rapporteur_text::{Basis, ItemId, Span};

use crate::Witness;
use crate::cx::{Cx, HasBit, days_between};
use crate::model::{Telling, Told};
use crate::positions::Run;
use crate::voice::Voice;

/// Words that say that something before was wrong.
const CORRECTIONS: &str = include_str!("../lexicons/corrections.tsv");
/// Words that say that a party stands where it stood.
const RESTATEMENTS: &str = include_str!("../lexicons/restatements.tsv");
/// What is published so many days after it was said is told late: a weekly may take its time, a daily does not.
const LATE: i64 = 3;

/// The statements of one party on one matter in order of day and place, each with what it is to the position.
///
/// `moved`: for each run the statement that is a shift. `vague`: statements of no certain day that have no place in the runs.
/// `gone`: those that its page took back.
/// `open`: those whose stance is open here, whatever their words alone say.
pub(crate) fn history(
    cx: &Cx<'_>,
    runs: &[Run<'_>],
    moved: &[Option<&Voice>],
    vague: &[&Voice],
    gone: &[&Voice],
    open: &[(ItemId, Polarity)],
) -> Vec<Told> {
    let mut all: Vec<(&Voice, Telling)> = vague.iter().map(|v| (*v, against(v, Telling::LateReport))).collect();
    all.extend(gone.iter().map(|v| (*v, Telling::Vanished)));
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for (n, run) in runs.iter().enumerate() {
        let mut days: BTreeSet<Date> = BTreeSet::new();
        for (i, v) in run.showing.iter().enumerate() {
            let telling = if v.corrects {
                Telling::Correction
            } else if moved.get(n).copied().flatten().is_some_and(|m| std::ptr::eq(m, *v)) {
                Telling::Shift
            } else if n == 0 && i == 0 {
                Telling::First
            } else if v.details.iter().any(|d| !known.contains(d.as_str())) {
                Telling::Detail
            } else if v.day.is_some_and(|(day, _)| days.contains(&day)) || is_copy(cx, v, &run.showing[..i]) {
                Telling::AlsoTold
            } else if is_late(v) {
                Telling::LateReport
            } else {
                Telling::Restatement
            };
            known.extend(v.details.iter().map(String::as_str));
            days.extend(v.day.map(|d| d.0));
            all.push((v, telling));
        }
        all.extend(run.against.iter().map(|v| (*v, against(v, Telling::Contradiction))));
    }
    all.sort_by(|a, b| a.0.order().cmp(&b.0.order()));
    let told = |(v, telling): (&Voice, Telling)| Told {
        statement: v.bit().id().clone(),
        day: v.day.map(|d| d.0),
        stance: open.iter().find(|(id, _)| id == v.bit().id()).map_or(v.stance, |_| Polarity::Open),
        telling,
    };
    all.into_iter().map(told).collect()
}

/// What a statement is that shows no run: a correction or a late report where it says so, else the `plain`.
fn against(v: &Voice, plain: Telling) -> Telling {
    if v.corrects {
        Telling::Correction
    } else if is_late(v) {
        Telling::LateReport
    } else {
        plain
    }
}

fn is_copy(cx: &Cx<'_>, v: &Voice, earlier: &[&Voice]) -> bool {
    earlier.iter().any(|e| cx.origins.of(e.article()) == cx.origins.of(v.article()))
}

/// Whether it was said on a day the text gives, and published well after it.
fn is_late(v: &Voice) -> bool {
    let said = v.day.filter(|(_, basis)| !matches!(basis, Basis::Published | Basis::Inferred)).map(|d| d.0);
    said.zip(v.published()).is_some_and(|(said, published)| days_between(said, published) >= LATE)
}

/// What a statement gives besides its stance: figures, conditions, the point of a paper.
pub(crate) fn details(w: &Witness<'_>, number: usize, s: &Statement) -> BTreeSet<String> {
    let own: Vec<Span> = std::iter::once(s.matter).chain(s.conditions.iter().map(|c| c.span)).collect();
    let is_own = |f: &&Figure| own.iter().any(|span| span.overlaps(f.item().span()));
    let figure = |f: &Figure| Some(format!("{} {}", f.value.or(f.high).or(f.low)?, f.unit.to_lowercase()));
    let mut found: BTreeSet<String> = w.reading.figures.iter().filter(is_own).filter_map(figure).collect();
    let issues = w.resolution.conditions.get(number).map_or(&[][..], Vec::as_slice);
    found.extend((0..s.conditions.len()).map(|i| {
        let issue = issues.get(i).and_then(Option::as_ref).filter(|i| i.how > Filing::Guessed);
        format!("if {}", issue.map_or("", |i| i.id.as_str()))
    }));
    found.extend(s.point.map(|p| format!("point {p}")));
    found
}

/// Whether the sentence of a statement, or the one before it, says that something before was wrong.
pub(crate) fn corrects(w: &Witness<'_>, sentence: Span) -> bool {
    let text = &w.article.text;
    let own = sentence.slice(text).to_lowercase();
    let before = text.get(..sentence.start()).unwrap_or_default().trim_end();
    let from = before.trim_end_matches(['.', '!', '?']).rfind(['.', '!', '?', '\n']).map_or(0, |at| at + 1);
    // what somebody says is not the paper's own
    let before =
        before.get(from..).filter(|b| !b.contains(['"', '\u{201c}', '\u{201d}'])).unwrap_or_default().to_lowercase();
    rows(CORRECTIONS).any(|(cue, place)| has(&own, cue) || (place == "before" && has(&before, cue)))
}

/// Whether a statement says of itself that its holder only stands where he stood: "repeated", "still opposed".
///
/// The words count between holder and matter, after the last comma, and at the cue that reports it; what another clause
/// repeats is something else.
pub(crate) fn restates(w: &Witness<'_>, s: &Statement) -> bool {
    let text = &w.article.text;
    let sentence = s.item.sentence();
    let holder = s.holder.span;
    let from = if holder.end() <= s.predicate.start() { holder.end() } else { sentence.start() };
    let to = s.matter.start().max(s.predicate.end()).min(sentence.end());
    let told = text.get(from..to).unwrap_or_default().to_lowercase();
    let clause = [';', ','].iter().filter_map(|c| told.rfind(*c)).max().map_or(0, |at| at + 1);
    let own = told.get(clause..).unwrap_or_default();
    let cue = s.quote.and_then(|q| w.reading.quotes.get(q)?.cue);
    let cue = cue.map(|c| with_next_word(text, c).to_lowercase()).unwrap_or_default();
    let whole = w.words(sentence).to_lowercase();
    rows(RESTATEMENTS)
        .any(|(words, place)| has(own, words) || has(&cue, words) || (place == "sentence" && has(&whole, words)))
}

/// The words of a span and the one after: "said again".
fn with_next_word(text: &str, span: Span) -> &str {
    let after = text.get(span.end()..).unwrap_or_default();
    let word = after.trim_start();
    let end = word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len());
    text.get(span.start()..span.end() + (after.len() - word.len()) + end).unwrap_or_default()
}

/// Words of a lexicon with where they count.
fn rows(lexicon: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = lexicon.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty());
    lines.map(|l| l.split_once('\t').unwrap_or((l, "")))
}

/// Whether the words stand in the text as whole words.
fn has(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let end = words.chars().next_back();
        let begins = !is_letter(text[..at].chars().next_back());
        let ends = !is_letter(end) || !is_letter(text[at + words.len()..].chars().next());
        begins && ends
    })
}

#[cfg(test)]
mod tests {
    use super::has;

    #[test]
    fn a_cue_is_whole_words() {
        assert!(has("the envoy had been mistranslated, his office said", "mistranslated"));
        assert!(has("correction: on monday we gave another figure", "correction:"));
        assert!(!has("autocorrection: a history", "correction:"));
        assert!(!has("they misquotedly said", "misquoted"));
    }
}
