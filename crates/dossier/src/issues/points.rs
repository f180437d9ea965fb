//! The points of papers: a numbered paper lists what is at issue, and no two of its points are one matter.
//!
//! Each point founds an issue: what it names first tells it best, what it shares with another point of its paper tells
//! nothing. The points of a later paper go to the issues of the first where their words or their family agree.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rapporteur_article::Article;
use rapporteur_reading::Reading;
use rapporteur_reading::model::Term;

use super::discovery::{Draft, names_matter};
use super::learning::stop_word;
use super::matching::{Fit, fits};
use super::phrases::Phrases;
use super::zones::of_term;
use crate::lexicon::{AGENTS, FAMILIES, GENERIC};
use crate::words::{Word, phrase_key, stem, words};

/// Fewest points of a paper that lists what is at issue.
const FEWEST: usize = 3;
/// What the words of a point weigh, by their place in it; later ones only help.
const BY_PLACE: [f32; 3] = [0.9, 0.7, 0.5];
/// What a later word of a point weighs.
const LATER: f32 = 0.3;
/// What part of that a part of a compound keeps.
const PART: f32 = 0.75;
/// What a year or a figure of a point weighs.
const FIGURE: f32 = 0.5;
/// What two neighbouring words of a point weigh together where each by itself tells nothing ("base year").
const PAIR: f32 = 0.9;
/// What a word of a point weighs that otherwise names no matter, where the point has no other.
const BARE: f32 = 0.6;
/// What such a word weighs beside others that tell more.
const WEAKER: f32 = 0.35;
/// Weight from which a word is one of the heads of a point: two points with the same head make it tell neither.
const HEAD: f32 = 0.4;
/// Least agreement of a point with an issue of an earlier paper.
const SAME: f32 = 0.5;
/// What one family adds to the agreement.
const FAMILY: f32 = 0.6;
/// Least fit of a family to the words of a point.
const FITS: f32 = 0.5;
/// Least fit of a family by weak words, which count only for a family of the kind of talks the other points show.
const FITS_WEAKLY: f32 = 0.3;
/// What part of the best fit another family must have.
const ALSO: f32 = 0.7;

/// An issue of the points, and the family its points belong to.
#[derive(Debug, Clone)]
pub(super) struct Seed {
    pub(super) draft: Draft,
    /// All words of its points.
    all: BTreeSet<String>,
    /// Numbers of its families and how well each fits.
    pub(super) families: Vec<(usize, f32)>,
    /// Families that only weak words of its points fit.
    weak: Vec<(usize, f32)>,
}

/// The words of one point with what they weigh.
struct Point {
    keys: BTreeMap<String, f32>,
    /// All its words that say more than grammar, names too: for finding the same point in another paper.
    all: BTreeSet<String>,
    name: String,
    families: Vec<(usize, f32)>,
    /// Families that only weak words fit.
    weak: Vec<(usize, f32)>,
}

/// The issues that the papers of these readings list; `families` are the phrases of `groups` families.
pub(super) fn seeds(
    read: &[(&Article, &Reading)],
    names: &HashSet<String>,
    families: &Phrases,
    groups: usize,
) -> Vec<Seed> {
    let mut papers: BTreeMap<(usize, String), Vec<Point>> = BTreeMap::new();
    for &(article, reading) in read {
        for (i, p) in reading.proposals.iter().enumerate().filter(|(_, p)| p.terms.len() >= FEWEST) {
            let key: Vec<String> = p.terms.iter().map(|t| phrase_key(t.span.slice(&article.text))).collect();
            let points = (0..p.terms.len()).filter_map(|j| {
                let zones = of_term(article, reading, i, j)?;
                Some(point(&article.text, p.terms.get(j)?, names, &fits(families, &zones, groups)))
            });
            // the longest paper first, copies once
            papers.entry((usize::MAX - p.terms.len(), key.join("|"))).or_insert_with(|| points.collect());
        }
    }
    let mut seeds: Vec<Seed> = Vec::new();
    for mut points in papers.into_values() {
        without_shared(&mut points);
        join(points, &mut seeds);
    }
    one_kind(&mut seeds);
    one_family_each(&mut seeds);
    weak_families(&mut seeds);
    seeds.retain(|s| !s.draft.terms.is_empty() || !s.families.is_empty());
    seeds
}

/// The families that fit a point by at least so much, best first: "withdrawal of heavy weapons" is of two.
fn fitting(fits: &[Fit], least: f32) -> Vec<(usize, f32)> {
    let mut found: Vec<(usize, f32)> =
        fits.iter().enumerate().map(|(f, fit)| (f, fit.own)).filter(|f| f.1 >= least).collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let best = found.first().map_or(0.0, |f| f.1);
    found.retain(|f| f.1 >= ALSO * best);
    found
}

fn point(text: &str, term: &Term, names: &HashSet<String>, fits: &[Fit]) -> Point {
    let mut keys: BTreeMap<String, f32> = BTreeMap::new();
    let mut name = String::new();
    let tells = |w: &str| names_matter(w, names) && !AGENTS.contains(w);
    let mut place = 0;
    for topic in &term.topics {
        let whole = phrase_key(topic.span.slice(text));
        let stems: Vec<&str> = whole.split(' ').filter(|s| tells(s)).collect();
        // verbs are known by their lemma: "paid" is as general as "pay"
        if stems.is_empty() || !topic.lemma.split([' ', '-']).any(|l| tells(&stem(l))) {
            continue;
        }
        let weight = BY_PLACE.get(place).copied().unwrap_or(LATER);
        place += 1;
        let mut put = |key: &str, weight: f32| {
            let entry = keys.entry(key.to_string()).or_default();
            *entry = entry.max(weight);
        };
        if whole.contains(' ') && whole.split(' ').count() <= 3 && !whole.starts_with(|c: char| c.is_ascii_digit()) {
            put(&whole, (weight + 0.1).min(1.0));
        }
        // the parts of a compound tell less than the whole of it ("fund" of "pension fund")
        for part in &stems {
            put(part, if stems.len() > 1 { weight * PART } else { weight });
        }
        if name.is_empty() {
            // words that do not stand side by side there make no name: the first is what the point is on
            let together = whole.contains(&stems.join(" "));
            name = if together { stems.join(" ") } else { stems.first().map(|s| s.to_string()).unwrap_or_default() };
        }
    }
    let own = words(term.span.slice(text), 0);
    let empty = keys.is_empty();
    plain(&own, if empty { BARE } else { WEAKER }, &mut keys);
    if empty {
        name =
            keys.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0))).map(|k| k.0.clone()).unwrap_or_default();
    }
    figures(&own, &mut keys);
    let all = words(term.span.slice(text), 0).into_iter().map(|w| w.stem);
    let all = all.filter(|w| !stop_word(w) && !GENERIC.contains(w) && !w.starts_with(|c: char| c.is_ascii_digit()));
    Point { keys, all: all.collect(), name, families: fitting(fits, FITS), weak: fitting(fits, FITS_WEAKLY) }
}

/// The words of a point, whatever they mean elsewhere: pairs of neighbours, and each for itself.
fn plain(words: &[Word], bare: f32, keys: &mut BTreeMap<String, f32>) {
    let tells = |w: &Word| !stop_word(&w.stem) && w.stem.chars().all(|c| c.is_alphabetic() || c == '-');
    for pair in words.windows(2) {
        if let [a, b] = pair
            && tells(a)
            && tells(b)
        {
            keys.entry(format!("{} {}", a.stem, b.stem)).or_insert(PAIR);
        }
    }
    for word in words.iter().filter(|w| tells(w) && w.stem.chars().count() > 3) {
        keys.entry(word.stem.clone()).or_insert(bare);
    }
}

/// Adds the years and the figures with their units that a point names: they are seldom another matter's.
fn figures(words: &[Word], keys: &mut BTreeMap<String, f32>) {
    for (i, w) in words.iter().enumerate().filter(|(_, w)| w.stem.starts_with(|c: char| c.is_ascii_digit())) {
        let year = w.stem.len() == 4 && (w.stem.starts_with("19") || w.stem.starts_with("20"));
        let unit = words.get(i + 1).filter(|u| !stop_word(&u.stem) && u.stem.chars().all(char::is_alphabetic));
        if year {
            keys.insert(w.stem.clone(), FIGURE);
        } else if let Some(unit) = unit {
            keys.insert(format!("{} {}", w.stem, unit.stem), FIGURE);
        }
    }
}

/// Takes out of the points of one paper what two of them say: it stays with the one that says it more plainly.
fn without_shared(points: &mut [Point]) {
    let mut most: BTreeMap<String, (f32, usize, bool)> = BTreeMap::new();
    for (n, p) in points.iter().enumerate() {
        for (key, &weight) in &p.keys {
            let entry = most.entry(key.clone()).or_insert((weight, n, false));
            if entry.1 != n {
                let both = entry.0.min(weight) >= HEAD || (entry.0 - weight).abs() < 0.15;
                *entry = if weight > entry.0 { (weight, n, both) } else { (entry.0, entry.1, both || entry.2) };
            }
        }
    }
    for (n, p) in points.iter_mut().enumerate() {
        p.keys.retain(|key, _| most.get(key).is_none_or(|m| m.1 == n && !m.2));
    }
}

/// Gives the points of one paper to the issues so far, each to another, and founds issues of the rest.
fn join(points: Vec<Point>, seeds: &mut Vec<Seed>) {
    let before = seeds.len();
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for (n, p) in points.iter().enumerate() {
        for (s, seed) in seeds.iter().enumerate() {
            let common = p.all.intersection(&seed.all).count() as f32;
            let shared = common / p.all.len().min(seed.all.len()).max(2) as f32;
            let main = |f: &[(usize, f32)]| f.first().map(|f| f.0);
            let family = main(&p.families).is_some_and(|f| main(&seed.families) == Some(f));
            let score = shared + if family { FAMILY } else { 0.0 };
            if score >= SAME {
                pairs.push((score, n, s));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut of_point: BTreeMap<usize, usize> = BTreeMap::new();
    let mut taken: HashSet<usize> = HashSet::new();
    for (_, n, s) in pairs {
        if !of_point.contains_key(&n) && taken.insert(s) {
            of_point.insert(n, s);
        }
    }
    for (n, p) in points.into_iter().enumerate() {
        match of_point.get(&n).filter(|&&s| s < before).and_then(|&s| seeds.get_mut(s)) {
            Some(seed) => {
                for (key, weight) in p.keys {
                    let entry = seed.draft.terms.entry(key).or_default();
                    *entry = entry.max(weight);
                }
                seed.all.extend(p.all);
                for family in p.families {
                    if !seed.families.iter().any(|f| f.0 == family.0) {
                        seed.families.push(family);
                    }
                }
            }
            None => {
                let draft = Draft { terms: p.keys, fallback: p.name, listed: true, ..Draft::default() };
                seeds.push(Seed { draft, all: p.all, families: p.families, weak: p.weak });
            }
        }
    }
}

/// The kind of talks that most points are of by the family that fits them best.
fn leading_kind(seeds: &[Seed]) -> Option<&'static str> {
    let mut kinds: BTreeMap<&'static str, usize> = BTreeMap::new();
    for family in seeds.iter().filter_map(|s| s.families.first()).filter_map(|f| FAMILIES.get(f.0)) {
        *kinds.entry(family.kind).or_default() += 1;
    }
    kinds.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0))).map(|k| k.0)
}

/// Where families of several kinds fit a point, those of the kind that most points are of stay.
fn one_kind(seeds: &mut [Seed]) {
    let Some(leading) = leading_kind(seeds) else { return };
    let of_kind = |f: &(usize, f32)| FAMILIES.get(f.0).is_some_and(|x| x.kind == leading);
    for seed in seeds.iter_mut().filter(|s| s.families.iter().any(of_kind)) {
        seed.families.retain(of_kind);
    }
}

/// Leaves a family with the issue it fits best.
fn one_family_each(seeds: &mut [Seed]) {
    let mut best: BTreeMap<usize, (f32, usize)> = BTreeMap::new();
    for (s, seed) in seeds.iter().enumerate() {
        for &(family, fit) in &seed.families {
            let entry = best.entry(family).or_insert((fit, s));
            if fit > entry.0 {
                *entry = (fit, s);
            }
        }
    }
    for (s, seed) in seeds.iter_mut().enumerate() {
        seed.families.retain(|(f, _)| best.get(f).is_some_and(|b| b.1 == s));
    }
}

/// Gives a point that no family fits firmly the one that its weak words fit, if it is of the kind of talks that most other
/// points show and no other point's: "the unit to be sold" among points on price, jobs and pensions.
fn weak_families(seeds: &mut [Seed]) {
    let Some(kind) = leading_kind(seeds) else { return };
    let mut taken: HashSet<usize> = seeds.iter().flat_map(|s| s.families.iter().map(|f| f.0)).collect();
    for seed in seeds.iter_mut().filter(|s| s.families.is_empty()) {
        let fits = |f: &&(usize, f32)| FAMILIES.get(f.0).is_some_and(|x| x.kind == kind) && !taken.contains(&f.0);
        if let Some(&family) = seed.weak.iter().find(fits) {
            taken.insert(family.0);
            seed.families.push(family);
        }
    }
}
