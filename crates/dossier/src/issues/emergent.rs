//! Issues of words that keep coming back in matters no family knows.
//!
//! One word is settled after the other, the most told first. What a word changes is counted where it stands, and nowhere
//! else: items are fitted again only where a phrase that is new may be found in them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rapporteur_reading::model::Topic;

use super::discovery::{Draft, Item, MOST, PLAIN, Texts, names_matter, paper_lists};
use super::matching::{Fit, best_of};
use super::phrases::Sense;
use super::vocabulary::{Lookup, Number, Standing, Vocabulary};
use crate::lexicon::{AGENTS, PROCEDURES};
use crate::vectors::Vector;
use crate::words::{stem, words};

/// Least score of the matter a new word stands beside, for the word to be taken as another word for it.
const AROUND: f32 = 0.25;
/// Least own fit by which a draft claims an item.
const CLAIMED: f32 = 0.2;
/// What a word weighs that is another one for a matter.
const ANOTHER: f32 = 0.6;
/// How near two words must be to found one issue together.
const SYNONYM: f32 = 0.66;
/// How near a word of no issue must be to the meaning of one to be taken as another word for it.
const NEAR: f32 = 0.4;
/// In how many parts weights are counted: items weigh whole numbers of them, and whole numbers add up in any order.
const PARTS: f32 = 5.0;

/// What of the words of the topics does not change while issues are looked for.
pub(super) struct Told {
    /// For each item, the words that can be what it is about, in order of number.
    matters: Vec<Box<[Number]>>,
    /// For each stem, how often it is written large and how often small.
    written: HashMap<String, (usize, usize)>,
}

impl Told {
    pub(super) fn of(items: &[Item<'_>], names: &HashSet<String>, vocabulary: &mut Vocabulary) -> Self {
        let mut nearest = |item: &Item<'_>| {
            let topics = item.topics.iter().filter(|t| t.distance == 0 && item.weight > 0.0);
            let told = topics.flat_map(|t| telling(item.text, t, names));
            told.map(|stem| vocabulary.number(&stem)).collect::<BTreeSet<_>>().into_iter().collect()
        };
        let mut written: HashMap<String, (usize, usize)> = HashMap::new();
        for item in items {
            for word in item.topics.iter().flat_map(|t| t.span.slice(item.text).split([' ', '-'])) {
                let (large, small) = written.entry(stem(word)).or_default();
                let upper = word.starts_with(char::is_uppercase);
                (*large, *small) = (*large + usize::from(upper), *small + usize::from(!upper));
            }
        }
        Self { matters: items.iter().map(&mut nearest).collect(), written }
    }
}

/// The words of a topic that can be what it is about, as written: its head, and what stands before a head that is none
/// ("signalling" of "signalling division").
fn telling(text: &str, topic: &Topic, names: &HashSet<String>) -> Vec<String> {
    let stems = words(topic.span.slice(text), 0).into_iter().map(|w| w.stem);
    stems.filter(|w| names_matter(w, names) && !AGENTS.contains(w) && !PROCEDURES.contains(w)).collect()
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

/// A word of the matters that nobody claims.
#[derive(Debug, Clone, Default)]
struct Head {
    /// The items in whose matter it stands.
    items: Vec<u32>,
    /// How many of them nobody claims.
    open: usize,
    /// What these weigh, in [`PARTS`].
    weight: u32,
}

/// How things stand between one word and the next.
struct Search<'t, 'a> {
    texts: &'t Texts<'a>,
    told: &'t Told,
    standing: Standing,
    lookup: Lookup<'t>,
    /// The draft each item is about.
    assigned: Vec<Option<(usize, Fit)>>,
    /// Whether a draft claims it, or it does not count.
    is_claimed: Vec<bool>,
    heads: Vec<Head>,
    /// For each word of a phrase, the first draft that has one with it.
    within: HashMap<String, usize>,
    /// How often an item was fitted.
    fitted: usize,
}

impl<'t, 'a> Search<'t, 'a> {
    fn new(texts: &'t Texts<'a>, told: &'t Told, drafts: &[Draft]) -> Self {
        let counted = texts.items.iter().enumerate().filter(|(_, i)| i.weight > 0.0);
        let mut heads = vec![Head::default(); texts.vocabulary.len()];
        for (n, words) in told.matters.iter().enumerate() {
            words.iter().for_each(|w| heads[*w as usize].items.push(n as u32));
        }
        let mut search = Self {
            texts,
            told,
            standing: Standing::new(&texts.vocabulary, counted.clone().map(|(n, i)| (n, &i.lines))),
            lookup: texts.lookup(drafts),
            assigned: vec![None; texts.items.len()],
            is_claimed: vec![true; texts.items.len()],
            heads,
            within: HashMap::new(),
            fitted: 0,
        };
        for (d, key) in drafts.iter().enumerate().flat_map(|(d, draft)| draft.terms.keys().map(move |k| (d, k))) {
            search.has(key, d);
        }
        counted.for_each(|(n, _)| search.fit(n));
        search
    }

    /// Remembers that a draft has a phrase.
    fn has(&mut self, key: &str, draft: usize) {
        for word in key.split([' ', '-']) {
            let first = self.within.entry(word.to_string()).or_insert(draft);
            *first = draft.min(*first);
        }
    }

    /// Finds what an item is about under the phrases of now.
    fn fit(&mut self, item: usize) {
        self.fitted += 1;
        let found = best_of(self.lookup.fits(&self.texts.items[item].lines).into_iter());
        let is_claimed = found.is_some_and(|(_, fit)| fit.own > CLAIMED);
        self.assigned[item] = found;
        if std::mem::replace(&mut self.is_claimed[item], is_claimed) == is_claimed {
            return;
        }
        let weight = (self.texts.items[item].weight * PARTS).round() as u32;
        for word in &self.told.matters[item] {
            let head = &mut self.heads[*word as usize];
            match is_claimed {
                true => (head.open, head.weight) = (head.open - 1, head.weight - weight),
                false => (head.open, head.weight) = (head.open + 1, head.weight + weight),
            }
        }
    }

    fn stem(&self, word: Number) -> &'t str {
        self.texts.vocabulary.stem(word)
    }

    /// What the items that nobody claims and a word stands in weigh.
    fn weight(&self, word: Number) -> f32 {
        self.heads[word as usize].weight as f32 / PARTS
    }

    /// These items.
    fn open(&self, word: Number) -> impl Iterator<Item = usize> + '_ {
        self.heads[word as usize].items.iter().map(|n| *n as usize).filter(|n| !self.is_claimed[*n])
    }

    /// The word told most, of at least this weight and, where there are many articles, in more than one.
    fn top(&self, settled: &HashSet<Number>, least: f32) -> Option<Number> {
        let items = &self.texts.items;
        let many = items.last().map_or(0, |i| i.article) >= 5;
        let is_alone = |word: Number| {
            let mut articles = self.open(word).map(|n| items[n].article);
            let first = articles.next();
            articles.all(|a| Some(a) == first)
        };
        let mut top: Option<Number> = None;
        for word in (0..self.heads.len() as Number).filter(|w| self.heads[*w as usize].open > 0) {
            let rank = |w: Number| (self.heads[w as usize].weight, std::cmp::Reverse(self.stem(w)));
            let is_more = self.weight(word) >= least && top.is_none_or(|t| rank(word) > rank(t));
            if is_more && !settled.contains(&word) && !(many && is_alone(word)) {
                top = Some(word);
            }
        }
        top
    }

    /// Gives a draft one more word for its matter.
    fn add(&mut self, word: Number, to: usize, drafts: &mut [Draft]) {
        let stem = self.stem(word);
        let before = drafts[to].terms.insert(stem.to_string(), ANOTHER);
        self.has(stem, to);
        match before {
            // a phrase is never taken back, so that all are put in again
            Some(weight) if weight > ANOTHER => self.lookup = self.texts.lookup(drafts),
            _ => self.lookup.add(stem, Sense { group: to, weight: ANOTHER, contrary: false }),
        }
        self.fit_again(stem);
    }

    fn fit_again(&mut self, key: &str) {
        self.standing.of(&self.texts.vocabulary, key).into_iter().for_each(|n| self.fit(n));
    }

    /// For a word that is a name, what the items are about in which it stands.
    fn named_with(&self, word: Number) -> Company {
        let stem = self.stem(word);
        let (capital, small) = self.told.written.get(stem).copied().unwrap_or_default();
        if capital <= small {
            return Company::None;
        }
        let items = self.standing.of(&self.texts.vocabulary, stem).into_iter();
        let around = self.around(items.filter(|n| self.texts.items[*n].lines.has(&[word])));
        let all: usize = around.values().sum();
        match first_of_most(&around) {
            Some((d, n)) if n >= 2 && 2 * n > all => Company::One(d),
            Some(_) if all > 2 => Company::Many,
            _ => Company::None,
        }
    }

    /// How many of these items are about each draft.
    fn around(&self, items: impl Iterator<Item = usize>) -> BTreeMap<usize, usize> {
        let mut around: BTreeMap<usize, usize> = BTreeMap::new();
        for (d, _) in items.filter_map(|n| self.assigned[n]).filter(|(_, fit)| fit.score > AROUND) {
            *around.entry(d).or_default() += 1;
        }
        around
    }

    /// The issue that a word founds, with the words that mean the same or stand mostly beside it.
    fn draft(&self, word: Number) -> Draft {
        let mut together: HashMap<Number, usize> = HashMap::new();
        for other in self.open(word).flat_map(|n| &self.told.matters[n]) {
            *together.entry(*other).or_default() += 1;
        }
        let name = self.stem(word);
        let mut draft = Draft { fallback: name.to_string(), ..Draft::default() };
        draft.terms.insert(name.to_string(), 1.0);
        let vector = Vector::of(&words(name, 0));
        for other in (0..self.heads.len() as Number).filter(|w| *w != word && self.heads[*w as usize].open > 0) {
            let open = self.heads[other as usize].open;
            let both = together.get(&other).copied().unwrap_or_default() as f32;
            let is_beside = open >= 3 && both >= 0.6 * open as f32;
            if is_beside || vector.near(&Vector::of(&words(self.stem(other), 0))) >= SYNONYM {
                draft.terms.insert(self.stem(other).to_string(), 0.8);
            }
        }
        draft
    }

    /// Takes in a new draft.
    fn found(&mut self, draft: Draft, drafts: &mut Vec<Draft>) {
        let group = drafts.len();
        for (key, &weight) in &draft.terms {
            self.has(key, group);
            self.lookup.add(key, Sense { group, weight, contrary: false });
        }
        let keys: Vec<String> = draft.terms.keys().cloned().collect();
        drafts.push(draft);
        keys.iter().for_each(|key| self.fit_again(key));
    }
}

fn first_of_most(counts: &BTreeMap<usize, usize>) -> Option<(usize, usize)> {
    counts.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(d, n)| (*d, *n))
}

/// Issues of words that keep coming back in matters no family knows.
pub(super) fn emergent(texts: &Texts<'_>, told: &Told, drafts: &mut Vec<Draft>) {
    if drafts.len() < MOST {
        settle(texts, told, drafts);
    }
}

/// Settles one word after the other; how often an item was fitted.
fn settle(texts: &Texts<'_>, told: &Told, drafts: &mut Vec<Draft>) -> usize {
    let listed = paper_lists(drafts);
    let least = (1.5 * texts.threshold()).max(2.0);
    // each word is settled once: what it is added to may still not claim the items it was counted in
    let mut settled: HashSet<Number> = HashSet::new();
    let mut search = Search::new(texts, told, drafts);
    while drafts.len() < MOST {
        let Some(word) = search.top(&settled, least) else { break };
        settled.insert(word);
        // a word of a known phrase ("strike" of "no-strike clause") is that matter in short
        if let Some(&d) = search.within.get(search.stem(word)) {
            search.add(word, d, drafts);
            continue;
        }
        // a place or other name belongs to the matter it is mostly named with ("the Oder dam", "the dam at Oder")
        match search.named_with(word) {
            Company::One(d) => {
                search.add(word, d, drafts);
                continue;
            }
            Company::Many => continue,
            Company::None => {}
        }
        if let Some(d) = listed.then(|| meant(search.stem(word), drafts)).flatten() {
            search.add(word, d, drafts);
            continue;
        }
        // a word whose sentences are mostly about one matter is another word for it
        let around = search.around(search.open(word));
        let open = search.heads[word as usize].open;
        if let Some((d, _)) = first_of_most(&around).filter(|&(_, n)| 5 * n >= 2 * open) {
            search.add(word, d, drafts);
            continue;
        }
        if listed && search.weight(word) < PLAIN * least {
            continue;
        }
        search.found(search.draft(word), drafts);
    }
    search.fitted
}

/// The draft whose meaning a word is near, if it is.
fn meant(word: &str, drafts: &[Draft]) -> Option<usize> {
    let of = |d: &Draft| Vector::of_phrases(d.terms.iter().map(|(k, &w)| (k.as_str(), w)));
    let (apart, common) = Vector::apart(drafts.iter().map(of).collect());
    let vector = Vector::of(&words(word, 0)).without(&common);
    let near = |d: &usize| apart.get(*d).map_or(0.0, |v| v.near(&vector));
    (0..drafts.len()).max_by(|a, b| near(a).total_cmp(&near(b)).then(b.cmp(a))).filter(|d| near(d) >= NEAR)
}

#[cfg(test)]
mod tests {
    use rapporteur_reading::model::Polarity;
    use rapporteur_text::Span;

    use super::*;
    use crate::issues::vocabulary::Lines;
    use crate::issues::zones::{MATTER, Zone, Zones};

    /// How often items are fitted while words are settled, in a press whose matters are of two of so many words each.
    fn fitted(articles: usize) -> (usize, usize) {
        const WORDS: usize = 150;
        let name = |n: usize| {
            format!(
                "{}{}",
                ["bor", "dal", "fen", "gar", "hul"][n % 5],
                "abcdefghijklmnopqrstuvwxyz0"
                    .get(n / 5 % 26..)
                    .unwrap_or("")
                    .get(..1)
                    .unwrap_or("")
                    .repeat(3 + n / 130)
            )
        };
        let names = HashSet::new();
        let mut vocabulary = Vocabulary::default();
        let texts: Vec<String> =
            (0..articles).map(|n| format!("{} {}", name(n % WORDS), name((n * 7 + n / WORDS) % WORDS))).collect();
        let topics: Vec<Vec<Topic>> = texts
            .iter()
            .map(|text| vec![Topic { lemma: text.as_str().into(), span: Span::all(text), distance: 0 }])
            .collect();
        let items: Vec<Item<'_>> = texts
            .iter()
            .zip(&topics)
            .enumerate()
            .map(|(article, (text, topics))| {
                let zone = Zone { words: words(text, 0), weight: MATTER };
                let zones = Zones { zones: vec![zone], at: 0, sentence: Span::all(text), point: None };
                let lines = Lines::new(&zones, &mut vocabulary);
                Item {
                    article,
                    text,
                    lines,
                    point: None,
                    topics,
                    matter: Some(text),
                    polarity: Polarity::For,
                    act: None,
                    weight: 1.0,
                }
            })
            .collect();
        let told = Told::of(&items, &names, &mut vocabulary);
        let texts = Texts { items, vocabulary, names: &names };
        let mut drafts = Vec::new();
        (settle(&texts, &told, &mut drafts), drafts.len())
    }

    /// Every item is fitted at first, and again for each of its words at most, however many words are settled.
    #[test]
    fn work_grows_with_the_items_and_not_with_the_words() {
        for articles in [400, 1_600, 6_400] {
            let (fitted, drafts) = fitted(articles);
            assert!(drafts > 0 && fitted > articles, "{drafts} issues, {fitted} fits of {articles} items");
            assert!(fitted <= 3 * articles, "{fitted} fits of {articles} items");
        }
    }
}
