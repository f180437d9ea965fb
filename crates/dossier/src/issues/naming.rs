//! Names and propositions of issues, in the words of the texts.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rapporteur_reading::model::{Act, Polarity};

use super::discovery::{Draft, Item, Texts, names_matter, phrases};
use super::matching::turned_in;
use super::vocabulary::{Number, Vocabulary};
use crate::lexicon::GENERIC;
use crate::model::{Issue, IssueId};
use crate::words::{Word, phrase_key, slug, words};

/// Most terms an issue keeps.
const TERMS: usize = 40;
/// Least weight of a term that decides.
const FIRM: f32 = 0.7;
/// What a name counts that no source has in these words.
const PUT_TOGETHER: f32 = 0.3;
/// Longest proposition, in words.
const LONG: usize = 14;

/// The issues of these drafts, each named by its items.
pub(super) fn issues(texts: &Texts<'_>, drafts: &[Draft]) -> Vec<Issue> {
    let (items, names) = (&texts.items, texts.names);
    let assigned = texts.assign_those(drafts, |_| true);
    let all = phrases(drafts);
    let mut taken: HashSet<String> = HashSet::new();
    let mut out = Vec::new();
    for (group, draft) in drafts.iter().enumerate() {
        let own: Vec<&Item<'_>> =
            items.iter().zip(&assigned).filter(|(_, f)| f.is_some_and(|f| f.0 == group)).map(|(i, _)| i).collect();
        let name = name(&own, draft, names).filter(|n| !taken.contains(&slug(n))).unwrap_or(draft.fallback.clone());
        taken.insert(slug(&name));
        let named =
            |w: &[Word]| all.scan(w).iter().any(|f| f.senses.iter().any(|s| s.group == group && s.weight > 0.5));
        let proposition = proposition(&own, |w| turned_in(&all, group, w).filter(|_| named(w)));
        let (terms, weak_terms) = terms(draft, &own, &texts.vocabulary);
        out.push(Issue {
            id: IssueId::new(slug(&name)),
            name,
            proposition,
            terms,
            weak_terms,
            contrary_terms: draft.contrary.iter().cloned().collect(),
            proponents: Vec::new(),
        });
    }
    out
}

/// The terms of a draft that decide and those that only help, each most used first.
fn terms(draft: &Draft, own: &[&Item<'_>], vocabulary: &Vocabulary) -> (Vec<String>, Vec<String>) {
    let used = used(draft, own, vocabulary);
    let list = |firm: bool| {
        let of = |(key, _): (&String, &f32)| used.get(key.as_str()).copied().unwrap_or_default();
        let mut list: Vec<(usize, &String)> =
            draft.terms.iter().filter(|t| (*t.1 >= FIRM) == firm).map(|t| (of(t), t.0)).collect();
        list.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        list.into_iter().take(TERMS).map(|t| t.1.clone()).collect()
    };
    (list(true), list(false))
}

/// In how many of the items each term of a draft stands as it is.
fn used<'d>(draft: &'d Draft, own: &[&Item<'_>], vocabulary: &Vocabulary) -> HashMap<&'d str, usize> {
    let mut by_first: HashMap<Number, Vec<(&str, Vec<Number>)>> = HashMap::new();
    for key in draft.terms.keys() {
        if let Some(words) = vocabulary.find_all(key)
            && let Some(&first) = words.first()
        {
            by_first.entry(first).or_default().push((key, words));
        }
    }
    let mut used: HashMap<&str, usize> = HashMap::new();
    for item in own {
        let places = item.lines.near().flat_map(|line| (0..line.len()).map(move |at| &line[at..]));
        let here = places.flat_map(|words| {
            let terms = words.first().and_then(|w| by_first.get(w)).into_iter().flatten();
            terms.filter(move |(_, term)| words.starts_with(term)).map(|(key, _)| *key)
        });
        let here: BTreeSet<&str> = here.collect();
        here.into_iter().for_each(|key| *used.entry(key).or_default() += 1);
    }
    used
}

/// The commonest noun phrase of the items that holds one of the draft's own terms.
fn name(own: &[&Item<'_>], draft: &Draft, names: &HashSet<String>) -> Option<String> {
    let mut counts: BTreeMap<String, (f32, BTreeMap<String, usize>)> = BTreeMap::new();
    for item in own.iter().filter(|i| i.weight > 0.0) {
        let mut seen = HashSet::new();
        for topic in item.topics.iter().filter(|t| t.distance <= 1) {
            let whole = phrase_key(&topic.lemma);
            // measures before a noun are no part of a name ("a 24 percent wage rise")
            let stems: Vec<&str> = whole
                .split(' ')
                .skip_while(|s| GENERIC.contains(*s) || s.chars().any(|c| c.is_ascii_digit()))
                .collect();
            let key = stems.join(" ");
            let ours = stems.iter().any(|s| draft.terms.get(*s).is_some_and(|&w| w >= 0.8))
                || draft.terms.get(&key).is_some_and(|&w| w >= 0.8);
            let plain = stems.iter().all(|s| !names.contains(*s) && !s.chars().any(|c| c.is_ascii_digit()));
            let telling = stems.iter().any(|s| names_matter(s, names));
            if ours && plain && telling && stems.len() <= 3 && seen.insert(key.clone()) {
                let entry = counts.entry(key.clone()).or_default();
                // a name should stand there as it is, not be put together ("troop withdrawal" of "withdrawal of troops")
                let written = phrase_key(topic.span.slice(item.text)).ends_with(&key);
                let share = if written { 1.0 } else { PUT_TOGETHER };
                entry.0 += share * item.weight * if topic.distance == 0 { 1.0 } else { 0.4 };
                *entry.1.entry(surface(topic.span.slice(item.text), &key)).or_default() += 1;
            }
        }
    }
    let long = |key: &str| if key.contains(' ') { 1.8 } else { 1.0 };
    let (_, (_, surfaces)) =
        counts.iter().max_by(|a, b| (a.1.0 * long(a.0)).total_cmp(&(b.1.0 * long(b.0))).then(b.0.cmp(a.0)))?;
    surfaces.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(s, _)| s.clone())
}

/// A topic's words for show: as written where they are the phrase, else its lemmas.
fn surface(written: &str, lemma: &str) -> String {
    let written = written.trim();
    if phrase_key(written) == phrase_key(lemma) && !written.contains('\n') {
        let sentence_start = written.chars().skip(1).all(|c| !c.is_uppercase());
        if sentence_start { written.to_lowercase() } else { written.to_string() }
    } else {
        lemma.to_string()
    }
}

/// What is done if "for" wins: the shortest telling matter that is demanded most.
fn proposition(own: &[&Item<'_>], turned: impl Fn(&[Word]) -> Option<bool>) -> String {
    let mut sides = [(0.0f32, Vec::new()), (0.0f32, Vec::new())];
    for item in own.iter().filter(|i| i.weight > 0.0 && i.polarity == Polarity::For) {
        let Some(matter) = item.matter else { continue };
        let found = words(matter, 0);
        let Some(way) = turned(&found) else { continue };
        let weight = match item.act {
            Some(Act::Demand | Act::Propose) => 1.0,
            Some(Act::Request | Act::Support) => 0.7,
            _ => 0.3,
        };
        let side = &mut sides[usize::from(way)];
        side.0 += weight;
        let clean = matter.trim().trim_matches(|c: char| !c.is_alphanumeric());
        if found.len() <= LONG && found.len() >= 2 {
            side.1.push((weight, clean.to_string()));
        }
    }
    let [plain, contrary] = sides;
    // the plain way round unless the contrary is clearly what is asked for: words that only point at the issue are plain
    let mut side = if contrary.0 > 1.5 * plain.0 && contrary.0 >= 2.0 { contrary.1 } else { plain.1 };
    // clear demands first, then middling length: long enough to say what, short enough to read
    let length = |s: &str| (s.split_whitespace().count() as i64 - 6).abs();
    side.sort_by(|a, b| b.0.total_cmp(&a.0).then(length(&a.1).cmp(&length(&b.1))).then(a.1.cmp(&b.1)));
    side.into_iter().next().map(|s| s.1).unwrap_or_default()
}
