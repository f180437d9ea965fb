//! From items to issues.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rapporteur_article::Article;
use rapporteur_reading::Reading;
use rapporteur_reading::model::{Act, Polarity, Topic};

use super::corpus::Corpus;
use super::emergent::{Told, emergent};
use super::heads;
use super::learning::{self, Traits};
use super::matching::{Fit, best_of};
use super::naming;
use super::phrases::{Phrases, Sense};
use super::points;
use super::vocabulary::{Lines, Lookup, Vocabulary};
use super::zones::{Zones, of_condition, of_statement, of_status, of_term, takes_side};
use crate::lexicon::{FAMILIES, GENERIC, WEAK};
use crate::model::Issue;
use crate::words::phrase_key;

/// Most issues a dossier is given.
pub(super) const MOST: usize = 12;

/// From so many listed issues on, a paper says what the talks are about, and another issue must be plain.
const LISTED: usize = 5;
/// How many times as much must speak for an issue that such a paper does not list.
pub(super) const PLAIN: f32 = 1.5;
/// The share of all sentences from which on a word is everywhere.
const EVERYWHERE: f32 = 0.06;
/// Least weight of a word of a point that is no other issue's.
const FIRM: f32 = 0.7;
/// What a word of the family of a point weighs at most.
const FAMILY_WORD: f32 = 0.9;

/// Something that is about a matter.
pub(super) struct Item<'a> {
    /// Number of its article.
    pub(super) article: usize,
    /// The article's text.
    pub(super) text: &'a str,
    /// The words for what it is about.
    pub(super) lines: Lines,
    /// Its number, for the term of a numbered paper.
    pub(super) point: Option<u32>,
    /// Lemma phrases, nearest first.
    pub(super) topics: &'a [Topic],
    /// The words of the matter, where it has any.
    pub(super) matter: Option<&'a str>,
    /// Towards the matter; `None` for what is no statement.
    pub(super) polarity: Polarity,
    /// The act of a statement.
    pub(super) act: Option<Act>,
    /// How much it counts: 0 for a sentence counted before.
    pub(super) weight: f32,
}

/// All that issues are looked for in.
pub(super) struct Texts<'a> {
    /// What is about a matter, in order of article and place.
    pub(super) items: Vec<Item<'a>>,
    /// The words of it all.
    pub(super) vocabulary: Vocabulary,
    /// Stems of the names of parties and people.
    pub(super) names: &'a HashSet<String>,
}

impl Texts<'_> {
    /// Least support of an issue: grows slowly with what there is.
    pub(super) fn threshold(&self) -> f32 {
        let total: f32 = self.items.iter().map(|i| i.weight).sum();
        (0.01 * total).clamp(0.4, 10.0)
    }

    /// The phrases of drafts.
    pub(super) fn lookup(&self, drafts: &[Draft]) -> Lookup<'_> {
        let mut lookup = Lookup::new(&self.vocabulary);
        each_phrase(drafts, |key, sense| lookup.add(key, sense));
        lookup
    }

    /// For each item that counts, the draft it is about.
    pub(super) fn assign(&self, drafts: &[Draft]) -> Vec<Option<(usize, Fit)>> {
        self.assign_those(drafts, |i| i.weight > 0.0)
    }

    /// For each of some items, the draft it is about.
    pub(super) fn assign_those(
        &self,
        drafts: &[Draft],
        is_asked: impl Fn(&Item<'_>) -> bool,
    ) -> Vec<Option<(usize, Fit)>> {
        let lookup = self.lookup(drafts);
        let of = |i: &Item<'_>| best_of(lookup.fits(&i.lines).into_iter());
        self.items.iter().map(|i| if is_asked(i) { of(i) } else { None }).collect()
    }
}

/// A draft of an issue.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    /// Phrase keys and their weights.
    pub(super) terms: BTreeMap<String, f32>,
    /// Phrase keys of the contrary.
    pub(super) contrary: BTreeSet<String>,
    /// Name where the texts give none.
    pub(super) fallback: String,
    /// Sum of the weights of its items.
    pub(super) support: f32,
    /// Whether a paper lists it: then it stands if anything at all is said of it.
    pub(super) listed: bool,
}

/// The issues of these readings, in order of weight. `names` are the stems of names of parties and people, which are no
/// matters.
pub(crate) fn discover(read: &[(&Article, &Reading)], names: &HashSet<String>) -> Vec<Issue> {
    let mut vocabulary = Vocabulary::default();
    let items = items(read, &mut vocabulary);
    let corpus = Corpus::new(read, &mut vocabulary);
    let told = Told::of(&items, names, &mut vocabulary);
    let texts = Texts { items, vocabulary, names };
    let mut drafts = founded(&texts, read);
    common_words(&corpus, &texts.vocabulary, &mut drafts);
    emergent(&texts, &told, &mut drafts);
    heads::add_heads(&texts, &mut drafts);
    let traits = Traits::of(&texts);
    for _ in 0..2 {
        learning::learn(&texts, &corpus, &traits, &mut drafts);
    }
    heads::add_points(&texts, &mut drafts);
    support(&texts, &mut drafts);
    let least = texts.threshold();
    drafts.retain(|d| d.listed && d.support > 0.0 || d.support >= least);
    drafts.sort_by(|a, b| b.support.total_cmp(&a.support).then_with(|| a.fallback.cmp(&b.fallback)));
    drafts.truncate(MOST);
    naming::issues(&texts, &drafts)
}

/// All that is about a matter: statements, conditions, statuses, terms of proposals; in order of article and place.
fn items<'a>(read: &[(&'a Article, &'a Reading)], vocabulary: &mut Vocabulary) -> Vec<Item<'a>> {
    let mut out = Vec::new();
    let mut seen = HashSet::new();
    for (article, &(a, r)) in read.iter().enumerate() {
        let text = a.text.as_str();
        let mut push = |zones: Option<Zones>, topics, matter: Option<&'a str>, polarity, act, weight: f32| {
            let Some(zones) = zones else { return };
            let key = (phrase_key(zones.sentence.slice(text)), matter.map(phrase_key).unwrap_or_default());
            let weight = if seen.insert(key) { weight } else { 0.0 };
            let (lines, point) = (Lines::new(&zones, vocabulary), zones.point);
            out.push(Item { article, text, lines, point, topics, matter, polarity, act, weight });
        };
        for (i, s) in r.statements.iter().enumerate() {
            let weight = if takes_side(s.polarity) { 1.0 } else { 0.4 };
            let matter = s.matter.slice(text);
            push(of_statement(a, r, i), &s.topics, Some(matter), s.polarity, Some(s.act), weight);
            for (j, c) in s.conditions.iter().enumerate() {
                let words = c.span.slice(text);
                push(of_condition(a, r, i, j), &c.topics, Some(words), Polarity::None, None, 0.6);
            }
        }
        for (i, s) in r.statuses.iter().enumerate() {
            push(of_status(a, r, i), &s.topics, s.matter.map(|m| m.slice(text)), Polarity::None, None, 0.6);
        }
        for (i, p) in r.proposals.iter().enumerate() {
            for (j, t) in p.terms.iter().enumerate() {
                push(of_term(a, r, i, j), &t.topics, Some(t.span.slice(text)), Polarity::None, None, 1.0);
            }
        }
    }
    out
}

/// All phrases of drafts, with what each says.
fn each_phrase(drafts: &[Draft], mut put: impl FnMut(&str, Sense)) {
    for (group, draft) in drafts.iter().enumerate() {
        for (key, &weight) in &draft.terms {
            put(key, Sense { group, weight, contrary: false });
        }
        for key in &draft.contrary {
            put(key, Sense { group, weight: 0.9, contrary: true });
        }
    }
}

/// Phrases of drafts, for words as they stand in a text.
pub(super) fn phrases(drafts: &[Draft]) -> Phrases {
    let mut phrases = Phrases::default();
    each_phrase(drafts, |key, sense| phrases.add(key, sense));
    phrases
}

/// Recounts the support of each draft.
fn support(texts: &Texts<'_>, drafts: &mut [Draft]) {
    drafts.iter_mut().for_each(|d| d.support = 0.0);
    for (item, found) in texts.items.iter().zip(texts.assign(drafts)) {
        if let Some((group, fit)) = found {
            drafts[group].support += item.weight * fit.own.min(1.0);
        }
    }
}

/// The issues that papers list point by point, with their families, and the other families that the texts support.
fn founded(texts: &Texts<'_>, read: &[(&Article, &Reading)]) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = FAMILIES
        .iter()
        .map(|f| Draft {
            terms: f.terms.iter().cloned().collect(),
            contrary: f.contrary.iter().cloned().collect(),
            fallback: f.name.to_string(),
            ..Draft::default()
        })
        .collect();
    let families = drafts.len();
    let seeds = points::seeds(read, texts.names, &phrases(&drafts), families);
    let mut alive = vec![true; families];
    let firm: HashSet<String> =
        seeds.iter().flat_map(|s| s.draft.terms.iter().filter(|t| *t.1 >= FIRM).map(|t| t.0.clone())).collect();
    let kinds: HashSet<&str> =
        seeds.iter().flat_map(|s| s.families.iter().filter_map(|f| FAMILIES.get(f.0)).map(|f| f.kind)).collect();
    for seed in seeds {
        let mut draft = seed.draft;
        for (f, _) in seed.families {
            alive[f] = false;
            let (own, contrary) = (drafts[f].terms.clone(), drafts[f].contrary.clone());
            for (key, weight) in own.into_iter().filter(|(k, _)| !firm.contains(k)) {
                draft.terms.entry(key).or_insert(weight.min(FAMILY_WORD));
            }
            draft.contrary.extend(contrary);
        }
        drafts.push(draft);
    }
    for draft in drafts.iter_mut().take(families) {
        draft.terms.retain(|k, _| !firm.contains(k));
    }
    alive.resize(drafts.len(), true);
    stand(texts, &drafts, families, &kinds, &mut alive);
    let mut keep = alive.into_iter();
    drafts.retain(|_| keep.next().unwrap_or(false));
    drop_unseen(texts, &mut drafts);
    drafts
}

/// Whether a paper lists so much that it says what the talks are about.
pub(super) fn paper_lists(drafts: &[Draft]) -> bool {
    drafts.iter().filter(|d| d.listed).count() >= LISTED
}

/// Lets a word of a point only help where the texts are full of it: "forest" tells nothing in talks on forests.
fn common_words(corpus: &Corpus, vocabulary: &Vocabulary, drafts: &mut [Draft]) {
    let share = |key: &str| vocabulary.find(key).map_or(0.0, |word| corpus.share(word));
    for draft in drafts.iter_mut().filter(|d| d.listed) {
        let all = draft.terms.len();
        let common: Vec<String> = draft.terms.keys().filter(|k| share(k) > EVERYWHERE).cloned().collect();
        for key in common.iter().filter(|_| common.len() < all) {
            draft.terms.entry(key.clone()).and_modify(|w| *w = w.min(WEAK));
        }
    }
}

/// Of the first `families` drafts, the weakest goes and its items go to the next best, until all that are left stand.
fn stand(texts: &Texts<'_>, drafts: &[Draft], families: usize, kinds: &HashSet<&str>, alive: &mut [bool]) {
    let all = texts.lookup(drafts);
    let counted = texts.items.iter().filter(|i| i.weight > 0.0);
    let scores: Vec<(f32, Vec<(usize, Fit)>)> = counted.map(|i| (i.weight, all.fits(&i.lines))).collect();
    let mut factors = kind_factors(&scores);
    factors.resize(drafts.len(), 1.0);
    let least = texts.threshold();
    let listed = paper_lists(drafts);
    // a family of another kind of talks than the listed points are of
    let strange = |f: usize| listed && FAMILIES.get(f).is_some_and(|x| !kinds.contains(x.kind));
    loop {
        let mut support = vec![0.0f32; drafts.len()];
        for (weight, fits) in &scores {
            let mut top: Option<(usize, f32, f32)> = None;
            for &(f, fit) in fits {
                let score = fit.score * factors[f];
                if alive[f] && score > 0.0 && top.is_none_or(|t| score > t.1 + 1e-6) {
                    top = Some((f, score, fit.own));
                }
            }
            if let Some((f, _, own)) = top {
                support[f] += weight * founding(own) * factors[f];
            }
        }
        let weakest = (0..families)
            .filter(|&f| alive[f])
            .min_by(|&a, &b| support[a].total_cmp(&support[b]).then(b.cmp(&a)))
            .filter(|&f| support[f] < if strange(f) { PLAIN * least } else { least });
        match weakest {
            Some(f) => alive[f] = false,
            None => break,
        }
    }
}

/// How far a fit of the matter's own words counts towards founding an issue: weak words alone do not.
fn founding(own: f32) -> f32 {
    if own > WEAK * 1.6 { own.min(1.0) } else { 0.0 }
}

/// For each family, how much its kind of talks is what these texts are about, 0.25 to 1.
fn kind_factors(scores: &[(f32, Vec<(usize, Fit)>)]) -> Vec<f32> {
    let mut by_kind: BTreeMap<&str, f32> = BTreeMap::new();
    for (weight, fits) in scores {
        let mut top: BTreeMap<&str, f32> = BTreeMap::new();
        for (family, fit) in fits.iter().filter_map(|(f, fit)| Some((FAMILIES.get(*f)?, fit))) {
            let best = top.entry(family.kind).or_default();
            *best = best.max(founding(fit.own));
        }
        for (kind, best) in top {
            *by_kind.entry(kind).or_default() += weight * best;
        }
    }
    let most = by_kind.values().copied().fold(0.01, f32::max);
    FAMILIES.iter().map(|f| 0.25 + 0.75 * by_kind.get(f.kind).copied().unwrap_or(0.0) / most).collect()
}

/// Takes out terms that the texts never use.
fn drop_unseen(texts: &Texts<'_>, drafts: &mut [Draft]) {
    let all = texts.lookup(drafts);
    let mut used: HashSet<&str> = HashSet::new();
    for (words, _) in texts.items.iter().flat_map(|i| i.lines.each()) {
        used.extend(all.scan(words).iter().map(|heard| all.key(heard)));
    }
    for draft in drafts {
        draft.terms.retain(|k, _| used.contains(k.as_str()));
        draft.contrary.retain(|k| used.contains(k.as_str()));
    }
}

/// Whether a stem can name a matter.
pub(super) fn names_matter(word: &str, names: &HashSet<String>) -> bool {
    word.chars().count() > 2
        && !learning::stop_word(word)
        && !GENERIC.contains(word)
        && !names.contains(word)
        && !word.chars().any(|c| c.is_ascii_digit())
}
