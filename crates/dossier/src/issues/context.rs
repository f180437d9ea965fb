//! What statements whose own words say little are about: what was spoken of just before, the point of a paper they name.
//! The weights here and in `zones` and `matching` were fitted together on the annotated packs (a conditional logit over
//! the issues of each found statement, each pack judged by the others) and rounded; the theme of the article and what the
//! holder spoke of last added nothing.

use rapporteur_article::Article;
use rapporteur_reading::Reading;
use rapporteur_reading::model::Statement;

use super::matching::{Fit, Matcher, best};
use super::zones::{Zones, of_statement, of_term};
use crate::lexicon::PROCEDURES;
use crate::model::Filing;
use crate::words::{Word, words};

/// How many bytes back the statement before is still the one just before.
const CARRY: usize = 260;
/// What the issue of the statement just before counts.
const JUST_BEFORE: f32 = 0.2;
/// What the number of a point counts whose words are known.
const POINT: f32 = 0.6;
/// What the head of a compound counts that the article used before ("the levy" after "the fuel levy").
const SHORT: f32 = 0.4;
/// What a figure of the size of an issue's figures counts.
const SIZE: f32 = 0.6;
/// Least score of a matter that names only the talks or the whole of what is talked about, and nothing in particular.
const PROCEDURE: f32 = 1.1;

/// What the statement's own sentence must say of an issue, for it to be more than a guess.
const SAID: f32 = 0.2;
/// How far ahead of every other issue it must be. With both, on the annotated packs 86 of 100 are right, and of what falls
/// short of either half.
const AHEAD: f32 = 0.15;

/// Least fit of the matter's own words by which they name an issue: one of its firm terms, not only a word that helps.
const FIRM: f32 = 0.5;
/// Least score of the rest of the sentence by which it names an issue that the matter does not.
const REST: f32 = 0.45;
/// What a word that only helps needs beside it in the rest of the sentence.
const ONLY_HELPS: f32 = 0.15;

/// The issue of a statement.
pub(crate) struct Filed {
    /// Its number.
    pub(crate) issue: usize,
    /// The statement's zones, for telling which way round it is meant.
    pub(crate) zones: Zones,
    /// How plainly the statement's own sentence says so.
    pub(crate) how: Filing,
}

/// For each statement of a reading its issue.
pub(crate) fn statements(matcher: &Matcher, article: &Article, reading: &Reading) -> Vec<Option<Filed>> {
    let zones: Vec<Option<Zones>> = (0..reading.statements.len()).map(|i| of_statement(article, reading, i)).collect();
    let fits: Vec<Vec<Fit>> = zones.iter().map(|z| z.as_ref().map(|z| matcher.fits(z)).unwrap_or_default()).collect();
    let spoken = Spoken::new(matcher, &article.text);
    let mut last: Option<(usize, usize)> = None;
    let mut out = Vec::new();
    for ((s, zones), mut fits) in reading.statements.iter().zip(zones).zip(fits) {
        let Some(zones) = zones else {
            out.push(None);
            continue;
        };
        if let Some((issue, at)) = last
            && zones.at.abs_diff(at) <= CARRY
            && let Some(fit) = fits.get_mut(issue)
        {
            fit.score += JUST_BEFORE;
        }
        // what the statement's own words point at
        let mut add = |issue: usize, gain: f32| {
            if let Some(fit) = fits.get_mut(issue) {
                fit.score += gain;
                fit.said += gain;
            }
        };
        if let Some(issue) = point(matcher, article, reading, s) {
            add(issue, POINT);
        }
        if let Some(issue) = spoken.short_form(&zones) {
            add(issue, SHORT);
        }
        if let Some(issue) = matcher.by_size(zones.matter()) {
            add(issue, SIZE);
        }
        let least = if procedural(zones.matter()) { PROCEDURE } else { 0.0 };
        let found = best(&fits)
            .filter(|(_, fit)| fit.own > 0.0 || fit.score > least)
            .map(|(issue, fit)| (issue, filing(matcher, article, s, &zones, (issue, &fit), &fits)));
        if let Some((issue, _)) = found {
            last = Some((issue, zones.at));
        }
        out.push(found.map(|(issue, how)| Filed { issue, zones, how }));
    }
    out
}

/// The compounds an article names its matters with: where, the head, the issue.
struct Spoken {
    compounds: Vec<(usize, String, usize)>,
}

impl Spoken {
    fn new(matcher: &Matcher, text: &str) -> Self {
        let all = words(text, 0);
        let compounds = matcher
            .scan(&all)
            .into_iter()
            .filter_map(|(first, end, issue)| {
                let (start, head) = (all.get(first)?.start, all.get(end - 1)?.stem.clone());
                Some((start, head.rsplit('-').next().unwrap_or(&head).to_string(), issue))
            })
            .collect();
        Self { compounds }
    }

    /// The issue of the last compound before the item whose head stands alone in the matter, where several issues share
    /// the head.
    fn short_form(&self, zones: &Zones) -> Option<usize> {
        zones.matter().iter().find_map(|w| {
            let same: Vec<&(usize, String, usize)> = self.compounds.iter().filter(|c| c.1 == w.stem).collect();
            same.iter().rev().find(|c| c.0 < zones.sentence.start()).or(same.first()).map(|c| c.2)
        })
    }
}

/// How plainly a statement says that it is about an issue.
///
/// It is named where the matter alone, without the verb it hangs on, names it, or the rest of its sentence does; never by what
/// the matter says of when or on what condition ("to name a month before the readings have arrived"). It is said where the
/// sentence says it and no other issue comes near. What stands before the sentence makes no more than a guess, as does a
/// matter that only points at something.
fn filing(
    matcher: &Matcher,
    article: &Article,
    s: &Statement,
    zones: &Zones,
    (issue, fit): (usize, &Fit),
    fits: &[Fit],
) -> Filing {
    let own = words(s.matter.slice(&article.text), s.matter.start());
    if pointing(&own) {
        return Filing::Guessed;
    }
    let alone = matcher.fits(&zones.with_matter(held(own))).get(issue).map_or(0.0, |f| f.own);
    let said = fit.said - (fit.own - alone);
    let others = fits.iter().enumerate().filter(|(i, _)| *i != issue).map(|(_, f)| f.score);
    match () {
        () if alone > FIRM || said > REST.max(alone + ONLY_HELPS) => Filing::Named,
        () if said >= SAID && fit.score - others.fold(0.0, f32::max) >= AHEAD => Filing::Said,
        () => Filing::Guessed,
    }
}

/// What is held, without the clause that says when or on what condition.
fn held(mut matter: Vec<Word>) -> Vec<Word> {
    let ties = |w: &Word| matches!(w.stem.as_str(), "before" | "until" | "unless" | "while" | "after" | "if" | "once");
    if let Some(at) = matter.iter().position(ties).filter(|at| *at > 0) {
        matter.truncate(at);
    }
    matter
}

/// Whether a matter only points at something: "it", "that".
fn pointing(matter: &[Word]) -> bool {
    matter.iter().all(|w| matches!(w.stem.as_str(), "it" | "that" | "this" | "them" | "these" | "those" | "so"))
}

/// Whether a matter speaks of the talks, or of all that is talked about.
fn procedural(matter: &[Word]) -> bool {
    matter.iter().any(|w| PROCEDURES.contains(&w.stem))
}

/// The issue of the numbered point a statement names: of its own proposal, else of the last before it that has the point.
fn point(matcher: &Matcher, article: &Article, reading: &Reading, s: &Statement) -> Option<usize> {
    let number = s.point?;
    let term = |p: usize| {
        let terms = &reading.proposals.get(p)?.terms;
        Some((p, terms.iter().position(|t| t.point == Some(number))?))
    };
    let before = |p: &usize| reading.proposals.get(*p).is_some_and(|x| x.item.sentence().start() <= s.matter.start());
    let (p, t) = s
        .proposal
        .and_then(term)
        .or_else(|| (0..reading.proposals.len()).filter(before).filter_map(term).next_back())
        .or_else(|| (0..reading.proposals.len()).find_map(term))
        .map_or((usize::MAX, 0), |found| found);
    match of_term(article, reading, p, t) {
        Some(zones) => matcher.find(&zones),
        None => matcher.by_point(number),
    }
}
