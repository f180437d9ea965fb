//! Which issue an item is about, and which way round.

use super::phrases::{Found, Phrases, Sense};
use super::zones::{JUST_BEFORE, MATTER, SENTENCE, Zones};
use crate::lexicon::{AGENTS, TURNING, Turning};
use crate::model::Issue;
use crate::vectors::Vector;
use crate::words::{Word, phrase_key, words};

/// Weight of a term that other matters use too.
const WEAK_TERM: f32 = 0.45;
/// Least score at which an item is given to an issue.
const LEAST: f32 = 0.1;
/// What phrases after the first telling one of a zone weigh.
const LATER: f32 = 0.85;
/// What a phrase weighs that only modifies something else.
const MODIFIER: f32 = 0.3;
/// How many times as large a figure may be as another that is still of its size.
const NEAR_SIZE: f64 = 1.3;
/// What the nearness of the matter's words to an issue's counts.
const NEAR_MATTER: f32 = 0.6;
/// What that of the whole sentence counts.
const NEAR_SENTENCE: f32 = 0.4;
/// What that of the sentence before counts.
const NEAR_BEFORE: f32 = 0.4;
/// How many words before a phrase a turning word may stand.
const TURN_BEFORE: usize = 6;
/// How many words after it.
const TURN_AFTER: usize = 4;

/// How well an item fits a group.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Fit {
    /// Sum over zones, and what the meaning of the words adds.
    pub(crate) score: f32,
    /// The part of it from phrases that name the group, wherever they stand.
    pub(crate) named: f32,
    /// The part of that from the item's own sentence.
    pub(crate) said: f32,
    /// The part of that from the matter's own words.
    pub(crate) own: f32,
}

impl Fit {
    /// Adds what a phrase says in a zone of this weight.
    pub(super) fn gain(&mut self, gain: f32, weight: f32) {
        self.score += gain;
        self.named += gain;
        if weight >= SENTENCE {
            self.said += gain;
        }
        if weight >= MATTER {
            self.own += gain;
        }
    }
}

/// What the phrases of one zone say together.
pub(super) struct Hearing<'k> {
    /// Group, phrase, weight.
    seen: Vec<(usize, &'k str, f32)>,
    /// What the next phrase keeps.
    first: f32,
}

impl Default for Hearing<'_> {
    fn default() -> Self {
        Self { seen: Vec::new(), first: 1.0 }
    }
}

impl<'k> Hearing<'k> {
    /// Takes in a phrase of so many words. One of a single word may only modify something else.
    pub(super) fn hear(&mut self, key: &'k str, words: usize, only_modifies: bool, senses: &[Sense]) {
        let modifier = if words == 1 && only_modifies { MODIFIER } else { 1.0 };
        // what a matter names first is what it is about
        let long = self.first * (1.0 + 0.15 * (words - 1).min(2) as f32) * modifier;
        if senses.iter().any(|s| s.weight > 0.5) {
            self.first = LATER;
        }
        for s in senses {
            if !self.seen.iter().any(|x| x.0 == s.group && x.1 == key) {
                self.seen.push((s.group, key, s.weight * long));
            }
        }
    }

    /// Tells what each group gains by it in a zone of this weight.
    pub(super) fn gains(mut self, zone: f32, mut to: impl FnMut(usize, f32)) {
        // further words of the same matter add less and less
        self.seen.sort_by(|a, b| a.0.cmp(&b.0).then(b.2.total_cmp(&a.2)).then(a.1.cmp(b.1)));
        let mut last = usize::MAX;
        let mut share = 1.0;
        for (group, _, weight) in self.seen {
            share = if group == last { share * 0.5 } else { 1.0 };
            last = group;
            to(group, weight * share * zone);
        }
    }
}

/// Scores of all groups for an item; `groups` is how many there are.
pub(crate) fn fits(phrases: &Phrases, zones: &Zones, groups: usize) -> Vec<Fit> {
    let mut fits = vec![Fit::default(); groups];
    for zone in &zones.zones {
        let mut hearing = Hearing::default();
        for found in phrases.scan(&zone.words) {
            hearing.hear(found.key, found.end - found.first, only_modifies(&zone.words, &found), found.senses);
        }
        hearing.gains(zone.weight, |group, gain| {
            if let Some(fit) = fits.get_mut(group) {
                fit.gain(gain, zone.weight);
            }
        });
    }
    fits
}

/// Whether a word only modifies something else: people ("crane drivers", "trade minister"), or it is the base of a share
/// ("twelve percent of wages").
fn only_modifies(words: &[Word], found: &Found<'_>) -> bool {
    let people = words.get(found.end).is_some_and(|w| AGENTS.contains(&w.stem));
    let stem = |back: usize| found.first.checked_sub(back).and_then(|i| words.get(i)).map(|w| w.stem.as_str());
    let base = stem(1) == Some("of") && stem(2) == Some("percent");
    people || base
}

/// Number and unit of a phrase key that is a figure ("19 percent").
fn figure(key: &str) -> Option<(f64, String)> {
    let (number, unit) = key.split_once(' ')?;
    let number: f64 = number.parse().ok().filter(|n| *n > 0.0)?;
    (unit.chars().all(char::is_alphabetic) && !unit.is_empty()).then(|| (number, unit.to_string()))
}

/// The group that fits best, with its score; the first of equals. What no phrase names and no words point at is never
/// the best, however near it is in meaning: nearness chooses between issues, it finds none.
pub(crate) fn best(fits: &[Fit]) -> Option<(usize, Fit)> {
    best_of(fits.iter().copied().enumerate())
}

/// The same of groups by their numbers, in order.
pub(super) fn best_of(fits: impl Iterator<Item = (usize, Fit)>) -> Option<(usize, Fit)> {
    let mut top: Option<(usize, Fit)> = None;
    for (i, fit) in fits {
        let found = fit.named.max(fit.said) >= LEAST;
        if found && top.is_none_or(|(_, t)| fit.score > t.score + 1e-6) {
            top = Some((i, fit));
        }
    }
    top
}

/// What nearness and the words around count between groups that the matter's own words name alike.
const AROUND: f32 = 0.1;

/// Of the wanted groups that the matter's own words name, the one they name best; the first of equals.
pub(crate) fn named_beside(fits: &[Fit], wanted: impl Fn(usize) -> bool) -> Option<(usize, Fit)> {
    let mut top: Option<(usize, Fit)> = None;
    let rank = |fit: &Fit| fit.own + AROUND * fit.score;
    for (i, &fit) in fits.iter().enumerate() {
        if fit.own > 0.0 && wanted(i) && top.is_none_or(|(_, t)| rank(&fit) > rank(&t) + 1e-6) {
            top = Some((i, fit));
        }
    }
    top
}

/// Which way round a matter speaks of a group: `Some(true)` where it is against it or names its contrary ("scrap the
/// duty", "freeze" of automation), `Some(false)` where it names it plainly, `None` where it does not name it.
pub(crate) fn turned_in(phrases: &Phrases, group: usize, words: &[Word]) -> Option<bool> {
    let found = phrases.scan(words);
    let own: Option<(&Found<'_>, &Sense)> = found
        .iter()
        .filter_map(|f| f.senses.iter().find(|s| s.group == group).map(|s| (f, s)))
        .max_by(|a, b| a.1.weight.total_cmp(&b.1.weight).then(b.0.first.cmp(&a.0.first)));
    let covered = |i: usize| found.iter().any(|f| f.first <= i && i < f.end && f.end - f.first > 1);
    let turns = |range: std::ops::Range<usize>, at: Turning, reach: usize| {
        range.filter(|&i| !covered(i) && !nothing_without(words, i)).any(|i| {
            let near = |f: &Found<'_>| i + reach >= f.first && i < f.end + reach;
            let place = words.get(i).filter(|_| !full_stop(words, i)).and_then(|w| TURNING.get(&w.stem));
            place.is_some_and(|&p| p == Turning::Near || (p == at && own.is_some_and(|(f, _)| near(f))))
        })
    };
    match own {
        Some((f, s)) => {
            let before = turns(f.first.saturating_sub(TURN_BEFORE)..f.first, Turning::Before, 3);
            let after = turns(f.end..(f.end + TURN_AFTER).min(words.len()), Turning::After, 4);
            Some(s.contrary ^ (before || after))
        }
        None => turns(0..words.len(), Turning::Near, 0).then_some(true),
    }
}

/// "No back pay, full stop": the mark, no end to anything.
fn full_stop(words: &[Word], i: usize) -> bool {
    let full = i.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|w| w.stem == "full");
    full && words.get(i).is_some_and(|w| w.stem == "stop")
}

/// Whether the word is one of the two of "no text without X", "nothing ... without X", which together ask for X.
fn nothing_without(words: &[Word], i: usize) -> bool {
    let is = |w: &Word, all: &[&str]| all.contains(&w.stem.as_str());
    const NONE: &[&str] = &["no", "not", "none", "nothing", "never", "nor", "neither", "cannot"];
    let (before, after) = words.split_at(i.min(words.len()));
    after.first().is_some_and(|w| match w.stem.as_str() {
        "without" => before.iter().any(|w| is(w, NONE)),
        _ => is(w, NONE) && after.iter().any(|w| w.stem == "without"),
    })
}

/// The meaning of an issue's words.
fn meaning(issue: &Issue) -> Vector {
    let named = [(issue.name.as_str(), 1.0), (issue.proposition.as_str(), WEAK_TERM)];
    let firm = issue.terms.iter().map(|t| (t.as_str(), 1.0));
    let weak = issue.weak_terms.iter().map(|t| (t.as_str(), WEAK_TERM));
    Vector::of_phrases(named.into_iter().chain(firm).chain(weak))
}

/// Finds issues of a dossier in texts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Matcher {
    phrases: Phrases,
    count: usize,
    /// Figures that are terms: number, unit, issue.
    figures: Vec<(f64, String, usize)>,
    /// For each issue, in what it differs in meaning from the others.
    vectors: Vec<Vector>,
    /// What all issues have in common.
    common: Vector,
    /// For each issue, whether its proposition is the contrary of its plain name.
    turned: Vec<bool>,
}

impl Matcher {
    /// A matcher of these issues.
    pub(crate) fn new(issues: &[Issue]) -> Self {
        let mut phrases = Phrases::default();
        for (group, issue) in issues.iter().enumerate() {
            let add = |phrases: &mut Phrases, words: &str, weight: f32, contrary: bool| {
                phrases.add(&phrase_key(words), Sense { group, weight, contrary });
            };
            for term in &issue.terms {
                add(&mut phrases, term, 1.0, false);
            }
            for term in &issue.weak_terms {
                add(&mut phrases, term, WEAK_TERM, false);
            }
            for term in &issue.contrary_terms {
                add(&mut phrases, term, 0.9, true);
            }
            add(&mut phrases, &issue.name, 1.0, false);
        }
        let turned = issues
            .iter()
            .enumerate()
            .map(|(i, x)| turned_in(&phrases, i, &words(&x.proposition, 0)).unwrap_or(false))
            .collect();
        let terms = |x: &Issue| x.terms.iter().chain(&x.weak_terms).map(|t| phrase_key(t)).collect::<Vec<_>>();
        let figures = issues
            .iter()
            .enumerate()
            .flat_map(|(i, x)| terms(x).into_iter().filter_map(move |t| figure(&t).map(|(n, unit)| (n, unit, i))))
            .collect();
        let (vectors, common) = Vector::apart(issues.iter().map(meaning).collect());
        Self { phrases, count: issues.len(), figures, vectors, common, turned }
    }

    /// The issue with the nearest figure of the same unit to one in these words, if one is near and no other issue's as
    /// near: offers and demands on one matter are of one size.
    pub(crate) fn by_size(&self, words: &[Word]) -> Option<usize> {
        let pairs = words.windows(2).filter_map(|w| figure(&format!("{} {}", w.first()?.stem, w.get(1)?.stem)));
        let (number, unit) = pairs.into_iter().next()?;
        let apart = |x: &(f64, String, usize)| (number / x.0).ln().abs();
        let same = || self.figures.iter().filter(|x| x.1 == unit && apart(x) <= NEAR_SIZE.ln());
        let nearest = same().min_by(|a, b| apart(a).total_cmp(&apart(b)))?;
        let rival = same().any(|x| x.2 != nearest.2 && apart(x) <= apart(nearest) + 1e-9);
        (!rival).then_some(nearest.2)
    }

    /// The compounds among these words that name one issue: first word, one past the last, the issue.
    pub(crate) fn scan(&self, words: &[Word]) -> Vec<(usize, usize, usize)> {
        let found = self.phrases.scan(words).into_iter();
        found
            .filter(|f| f.end - f.first > 1 || f.key.contains(['-', ' ']))
            .filter_map(|f| match f.senses {
                [one] if one.weight > WEAK_TERM && !one.contrary => Some((f.first, f.end, one.group)),
                _ => None,
            })
            .collect()
    }

    /// The issue that a point of the papers is about, where all papers mean the same by the number.
    pub(crate) fn by_point(&self, number: u32) -> Option<usize> {
        let found = self.phrases.scan(&words(&format!("point {number}"), 0));
        found.first().and_then(|f| f.senses.first()).map(|s| s.group)
    }

    /// The issue an item is about by its words: one that a phrase names, in it or before it.
    pub(crate) fn find(&self, zones: &Zones) -> Option<usize> {
        best(&self.fits(zones)).map(|(issue, _)| issue)
    }

    /// How well each issue fits an item, by the phrases that name it and by the nearness of what the words mean.
    pub(crate) fn fits(&self, zones: &Zones) -> Vec<Fit> {
        let mut fits = fits(&self.phrases, zones, self.count);
        let within = |least: f32, most: f32| {
            let mut sum = Vector::default();
            let zones = zones.zones.iter().filter(|z| z.weight >= least && z.weight <= most);
            zones.flat_map(|z| &z.words).for_each(|w| sum.add(&w.stem, 1.0));
            sum.unit().without(&self.common)
        };
        let heard = [
            (within(MATTER, MATTER), NEAR_MATTER),
            (within(SENTENCE, MATTER), NEAR_SENTENCE),
            (within(JUST_BEFORE, JUST_BEFORE), NEAR_BEFORE),
        ];
        for (fit, meant) in fits.iter_mut().zip(&self.vectors) {
            fit.score += heard.iter().map(|(words, counts)| counts * words.near(meant)).sum::<f32>();
        }
        fits
    }

    /// Whether being for the words of an item is being against the proposition of the issue.
    pub(crate) fn turned(&self, issue: usize, zones: &Zones) -> bool {
        let proposition = self.turned.get(issue).copied().unwrap_or(false);
        turned_in(&self.phrases, issue, zones.matter()).is_some_and(|t| t != proposition)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issues::zones::Zone;

    fn matcher(proposition: &str) -> Matcher {
        Matcher::new(&[Issue {
            name: "grain duty".into(),
            proposition: proposition.into(),
            terms: vec!["duty".into(), "levy".into()],
            contrary_terms: vec!["free trade".into()],
            ..Issue::default()
        }])
    }

    fn turned(m: &Matcher, matter: &str) -> bool {
        let zone = Zone { words: words(matter, 0), weight: MATTER };
        m.turned(0, &Zones { zones: vec![zone], at: 0, sentence: rapporteur_text::Span::all(""), point: None })
    }

    #[test]
    fn words_of_ending_turn_a_matter_round() {
        let m = matcher("keep the grain duty");
        assert!(turned(&m, "to scrap the duty"));
        assert!(turned(&m, "the levy abolished"));
        assert!(turned(&m, "free trade"));
        assert!(!turned(&m, "a duty of nine percent"));
        assert!(!turned(&m, "the figure"));
    }

    /// Construction: what is had by nothing that lacks it is wanted.
    #[test]
    fn nothing_without_a_matter_asks_for_it() {
        let m = matcher("keep the grain duty");
        assert!(turned(&m, "a treaty without the duty"));
        assert!(!turned(&m, "that they would accept no treaty without a duty in it"));
        assert!(!turned(&m, "that nothing would be signed without the levy"));
        assert!(turned(&m, "no duty"));
    }

    #[test]
    fn the_proposition_says_which_way_is_for() {
        let m = matcher("abolish the grain duty");
        assert!(!turned(&m, "to scrap the duty"));
        assert!(turned(&m, "a duty of nine percent"));
        // what does not name the issue is taken as the proposition has it
        assert!(!turned(&m, "the figure"));
    }
}
