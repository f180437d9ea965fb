//! From items to issues.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rapporteur_article::Article;
use rapporteur_reading::Reading;
use rapporteur_reading::model::{Act, Polarity, Topic};

use super::corpus::Corpus;
use super::heads;
use super::learning;
use super::matching::{Fit, best, fits};
use super::naming;
use super::phrases::{Phrases, Sense};
use super::points;
use super::zones::{Zones, of_condition, of_statement, of_status, of_term, takes_side};
use crate::lexicon::{AGENTS, FAMILIES, GENERIC, PROCEDURES, WEAK};
use crate::model::Issue;
use crate::vectors::Vector;
use crate::words::{phrase_key, stem, words};

/// Most issues a dossier is given.
const MOST: usize = 12;

/// Least score of the matter a new word stands beside, for the word to be taken as another word for it.
const AROUND: f32 = 0.25;

/// From so many listed issues on, a paper says what the talks are about, and another issue must be plain.
const LISTED: usize = 5;
/// How many times as much must speak for an issue that such a paper does not list.
const PLAIN: f32 = 1.5;
/// The share of all sentences from which on a word is everywhere.
const EVERYWHERE: f32 = 0.06;
/// How near two words must be to found one issue together.
const SYNONYM: f32 = 0.66;
/// How near a word of no issue must be to the meaning of one to be taken as another word for it.
const NEAR: f32 = 0.4;

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
    /// What it is about.
    pub(super) zones: Zones,
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
    let items = items(read);
    let corpus = Corpus::new(read);
    let mut drafts = founded(&items, read, names);
    common_words(&corpus, &mut drafts);
    emergent(&items, names, &mut drafts);
    heads::add_heads(&items, &mut drafts);
    for _ in 0..2 {
        learning::learn(&items, &corpus, names, &mut drafts);
    }
    heads::add_points(&items, &mut drafts);
    support(&items, &mut drafts);
    let least = threshold(&items);
    drafts.retain(|d| d.listed && d.support > 0.0 || d.support >= least);
    drafts.sort_by(|a, b| b.support.total_cmp(&a.support).then_with(|| a.fallback.cmp(&b.fallback)));
    drafts.truncate(MOST);
    naming::issues(&items, &drafts, names)
}

/// All that is about a matter: statements, conditions, statuses, terms of proposals; in order of article and place.
fn items<'a>(read: &[(&'a Article, &'a Reading)]) -> Vec<Item<'a>> {
    let mut out = Vec::new();
    let mut seen = HashSet::new();
    for (article, &(a, r)) in read.iter().enumerate() {
        let text = a.text.as_str();
        let mut push = |zones: Option<Zones>, topics, matter: Option<&'a str>, polarity, act, weight: f32| {
            let Some(zones) = zones else { return };
            let key = (phrase_key(zones.sentence.slice(text)), matter.map(phrase_key).unwrap_or_default());
            let weight = if seen.insert(key) { weight } else { 0.0 };
            out.push(Item { article, text, zones, topics, matter, polarity, act, weight });
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

/// Least support of an issue: grows slowly with what there is.
fn threshold(items: &[Item<'_>]) -> f32 {
    let total: f32 = items.iter().map(|i| i.weight).sum();
    (0.01 * total).clamp(0.4, 10.0)
}

/// Phrases of drafts.
pub(super) fn phrases(drafts: &[Draft]) -> Phrases {
    let mut phrases = Phrases::default();
    for (group, draft) in drafts.iter().enumerate() {
        for (key, &weight) in &draft.terms {
            phrases.add(key, Sense { group, weight, contrary: false });
        }
        for key in &draft.contrary {
            phrases.add(key, Sense { group, weight: 0.9, contrary: true });
        }
    }
    phrases
}

/// For each item, the draft it is about.
pub(super) fn assign(items: &[Item<'_>], drafts: &[Draft]) -> Vec<Option<(usize, Fit)>> {
    let phrases = phrases(drafts);
    items.iter().map(|i| best(&fits(&phrases, &i.zones, drafts.len()))).collect()
}

/// Recounts the support of each draft.
fn support(items: &[Item<'_>], drafts: &mut [Draft]) {
    drafts.iter_mut().for_each(|d| d.support = 0.0);
    for (item, found) in items.iter().zip(assign(items, drafts)) {
        if let Some((group, fit)) = found {
            drafts[group].support += item.weight * fit.own.min(1.0);
        }
    }
}

/// The issues that papers list point by point, with their families, and the other families that the texts support.
fn founded(items: &[Item<'_>], read: &[(&Article, &Reading)], names: &HashSet<String>) -> Vec<Draft> {
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
    let seeds = points::seeds(read, names, &phrases(&drafts), families);
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
    stand(items, &drafts, families, &kinds, &mut alive);
    let mut keep = alive.into_iter();
    drafts.retain(|_| keep.next().unwrap_or(false));
    drop_unseen(items, &mut drafts);
    drafts
}

/// Whether a paper lists so much that it says what the talks are about.
fn paper_lists(drafts: &[Draft]) -> bool {
    drafts.iter().filter(|d| d.listed).count() >= LISTED
}

/// Lets a word of a point only help where the texts are full of it: "forest" tells nothing in talks on forests.
fn common_words(corpus: &Corpus, drafts: &mut [Draft]) {
    for draft in drafts.iter_mut().filter(|d| d.listed) {
        let all = draft.terms.len();
        let common: Vec<String> = draft.terms.keys().filter(|k| corpus.share(k) > EVERYWHERE).cloned().collect();
        for key in common.iter().filter(|_| common.len() < all) {
            draft.terms.entry(key.clone()).and_modify(|w| *w = w.min(WEAK));
        }
    }
}

/// Of the first `families` drafts, the weakest goes and its items go to the next best, until all that are left stand.
fn stand(items: &[Item<'_>], drafts: &[Draft], families: usize, kinds: &HashSet<&str>, alive: &mut [bool]) {
    let all = phrases(drafts);
    let scores: Vec<Vec<Fit>> = items.iter().map(|i| fits(&all, &i.zones, drafts.len())).collect();
    let mut factors = kind_factors(items, &scores);
    factors.resize(drafts.len(), 1.0);
    let least = threshold(items);
    let listed = paper_lists(drafts);
    // a family of another kind of talks than the listed points are of
    let strange = |f: usize| listed && FAMILIES.get(f).is_some_and(|x| !kinds.contains(x.kind));
    loop {
        let mut support = vec![0.0f32; drafts.len()];
        for (item, fits) in items.iter().zip(&scores) {
            let mut top: Option<(usize, f32)> = None;
            for (f, fit) in fits.iter().enumerate() {
                let score = fit.score * factors[f];
                if alive[f] && score > 0.0 && top.is_none_or(|t| score > t.1 + 1e-6) {
                    top = Some((f, score));
                }
            }
            if let Some((f, _)) = top {
                support[f] += item.weight * founding(fits[f].own) * factors[f];
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
fn kind_factors(items: &[Item<'_>], scores: &[Vec<Fit>]) -> Vec<f32> {
    let mut by_kind: BTreeMap<&str, f32> = BTreeMap::new();
    for (item, fits) in items.iter().zip(scores) {
        let mut top: BTreeMap<&str, f32> = BTreeMap::new();
        for (family, fit) in FAMILIES.iter().zip(fits) {
            let best = top.entry(family.kind).or_default();
            *best = best.max(founding(fit.own));
        }
        for (kind, best) in top {
            *by_kind.entry(kind).or_default() += item.weight * best;
        }
    }
    let most = by_kind.values().copied().fold(0.01, f32::max);
    FAMILIES.iter().map(|f| 0.25 + 0.75 * by_kind.get(f.kind).copied().unwrap_or(0.0) / most).collect()
}

/// Takes out terms that the texts never use.
fn drop_unseen(items: &[Item<'_>], drafts: &mut [Draft]) {
    let all = phrases(drafts);
    let mut used = BTreeSet::new();
    for item in items {
        for zone in &item.zones.zones {
            for found in all.scan(&zone.words) {
                used.insert(found.key.to_string());
            }
        }
    }
    for draft in drafts {
        draft.terms.retain(|k, _| used.contains(k));
        draft.contrary.retain(|k| used.contains(k));
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

/// The words of a topic that can be what it is about, as written: its head, and what stands before a head that is none
/// ("signalling" of "signalling division").
fn telling(text: &str, topic: &Topic, names: &HashSet<String>) -> Vec<String> {
    let stems = words(topic.span.slice(text), 0).into_iter().map(|w| w.stem);
    stems.filter(|w| names_matter(w, names) && !AGENTS.contains(w) && !PROCEDURES.contains(w)).collect()
}

/// What of the words of the topics does not change while issues are looked for.
struct Told {
    /// For each item, the words that can be what it is about.
    matters: Vec<BTreeSet<String>>,
    /// For each stem, how often it is written large and how often small.
    written: HashMap<String, (usize, usize)>,
}

impl Told {
    fn of(items: &[Item<'_>], names: &HashSet<String>) -> Self {
        let nearest = |item: &Item<'_>| {
            let topics = item.topics.iter().filter(|t| t.distance == 0 && item.weight != 0.0);
            topics.flat_map(|t| telling(item.text, t, names)).collect()
        };
        let mut written: HashMap<String, (usize, usize)> = HashMap::new();
        for item in items {
            for word in item.topics.iter().flat_map(|t| t.span.slice(item.text).split([' ', '-'])) {
                let (large, small) = written.entry(stem(word)).or_default();
                let upper = word.starts_with(char::is_uppercase);
                (*large, *small) = (*large + usize::from(upper), *small + usize::from(!upper));
            }
        }
        Self { matters: items.iter().map(nearest).collect(), written }
    }
}

/// The matters a name is named with.
enum Company {
    /// One before all others.
    One(usize),
    /// Several: the name tells none of them.
    Many,
    /// None, or the word is no name.
    None,
}

/// For a word that is a name, what the items are about in which it stands.
fn named_with(items: &[Item<'_>], told: &Told, assigned: &[Option<(usize, Fit)>], word: &str) -> Company {
    let (capital, small) = told.written.get(word).copied().unwrap_or_default();
    let own = format!(" {word} ");
    let stands = |item: &Item<'_>| item.zones.zones.iter().take(2).any(|z| z.stems().contains(&own));
    let mut around: BTreeMap<usize, usize> = BTreeMap::new();
    for (item, found) in items.iter().zip(assigned).filter(|(i, _)| capital > small && stands(i)) {
        if let Some((d, _)) = found.filter(|(_, fit)| fit.score > AROUND) {
            *around.entry(d).or_default() += usize::from(item.weight > 0.0);
        }
    }
    let all: usize = around.values().sum();
    match around.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))) {
        Some((d, n)) if n >= 2 && 2 * n > all => Company::One(d),
        Some(_) if all > 2 => Company::Many,
        _ => Company::None,
    }
}

/// Issues of words that keep coming back in matters no family knows.
fn emergent(items: &[Item<'_>], names: &HashSet<String>, drafts: &mut Vec<Draft>) {
    let listed = paper_lists(drafts);
    let least = (1.5 * threshold(items)).max(2.0);
    // each word is settled once: what it is added to may still not claim the items it was counted in
    let mut settled: HashSet<String> = HashSet::new();
    let told = Told::of(items, names);
    let mut assigned = Vec::new();
    // whether the drafts are others than those the items were assigned to
    let mut is_other = true;
    while drafts.len() < MOST {
        if std::mem::replace(&mut is_other, false) {
            assigned = assign(items, drafts);
        }
        // head words of the matters nobody claims: in which items
        let mut heads: BTreeMap<&str, (f32, BTreeSet<usize>, BTreeSet<usize>)> = BTreeMap::new();
        for (n, (item, found)) in items.iter().zip(&assigned).enumerate() {
            if item.weight == 0.0 || found.is_some_and(|(_, fit)| fit.own > 0.2) {
                continue;
            }
            for word in &told.matters[n] {
                let entry = heads.entry(word.as_str()).or_default();
                entry.0 += item.weight;
                entry.1.insert(item.article);
                entry.2.insert(n);
            }
        }
        let many = items.last().map_or(0, |i| i.article) >= 5;
        let top = heads
            .iter()
            .filter(|(w, e)| !settled.contains(**w) && e.0 >= least && (!many || e.1.len() >= 2))
            .max_by(|a, b| a.1.0.total_cmp(&b.1.0).then(b.0.cmp(a.0)));
        let Some((&word, entry)) = top else { break };
        settled.insert(word.to_string());
        // a word of a known phrase ("strike" of "no-strike clause") is that matter in short
        let within = drafts.iter().position(|d| d.terms.keys().any(|k| k.split([' ', '-']).any(|w| w == word)));
        if let Some(d) = within {
            drafts[d].terms.insert(word.to_string(), 0.6);
            is_other = true;
            continue;
        }
        // a place or other name belongs to the matter it is mostly named with ("the Oder dam", "the dam at Oder")
        match named_with(items, &told, &assigned, word) {
            Company::One(d) => {
                drafts[d].terms.insert(word.to_string(), 0.6);
                is_other = true;
                continue;
            }
            Company::Many => continue,
            Company::None => {}
        }
        if let Some(d) = meant(word, drafts).filter(|_| listed) {
            drafts[d].terms.insert(word.to_string(), 0.6);
            is_other = true;
            continue;
        }
        // a word whose sentences are mostly about one matter is another word for it
        let mut around: BTreeMap<usize, usize> = BTreeMap::new();
        for (d, _) in entry.2.iter().filter_map(|&n| assigned[n]).filter(|(_, fit)| fit.score > AROUND) {
            *around.entry(d).or_default() += 1;
        }
        let main = around.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(&d, &n)| (d, n));
        if let Some((d, _)) = main.filter(|&(_, n)| 5 * n >= 2 * entry.2.len()) {
            drafts[d].terms.insert(word.to_string(), 0.6);
            is_other = true;
            continue;
        }
        if listed && entry.0 < PLAIN * least {
            continue;
        }
        let mut draft = Draft { fallback: word.to_string(), ..Draft::default() };
        draft.terms.insert(word.to_string(), 1.0);
        let vector = Vector::of(&words(word, 0));
        for (&other, e) in &heads {
            let together = e.2.intersection(&entry.2).count() as f32;
            let near = vector.near(&Vector::of(&words(other, 0)));
            if other != word && (near >= SYNONYM || (e.2.len() >= 3 && together >= 0.6 * e.2.len() as f32)) {
                draft.terms.insert(other.to_string(), 0.8);
            }
        }
        drafts.push(draft);
        is_other = true;
    }
}

/// The draft whose meaning a word is near, if it is.
fn meant(word: &str, drafts: &[Draft]) -> Option<usize> {
    let of = |d: &Draft| Vector::of_phrases(d.terms.iter().map(|(k, &w)| (k.as_str(), w)));
    let (apart, common) = Vector::apart(drafts.iter().map(of).collect());
    let vector = Vector::of(&words(word, 0)).without(&common);
    let near = |d: &usize| apart.get(*d).map_or(0.0, |v| v.near(&vector));
    (0..drafts.len()).max_by(|a, b| near(a).total_cmp(&near(b)).then(b.cmp(a))).filter(|d| near(d) >= NEAR)
}
