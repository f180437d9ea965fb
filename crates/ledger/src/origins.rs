//! Which articles rest on one reporting, and which tell one event.
//!
//! Copies are found by the words alone: shingles of eight words that two texts share (containment, so that a shortened
//! copy is one), long quotations that both carry, and the credit to an agency. The earliest publication of a group is
//! its origin. Only pairs that share a rare shingle, quotation or word are ever compared, so that the cost grows with
//! the texts and not with the pairs of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rapporteur_article::{Article, CopyKind};
use rapporteur_text::ArticleId;

use crate::Witness;
use crate::stories::{self, Vector, cosine};

/// Words in a shingle.
const SHINGLE: usize = 8;
/// Share of the shorter text's shingles that makes a near copy.
const NEAR: f64 = 0.6;
/// Share that makes a rewrite, or half of it together with a credit or a shared quotation.
const REWRITE: f64 = 0.2;
/// A shingle in more articles than this is a formula and tells nothing.
const COMMON: usize = 40;
/// A rewrite follows its source within so many days.
const DAYS: i64 = 4;
/// Likeness (cosine of tf-idf vectors) at which a report that shares a quotation within two days is a rewrite.
const ALIKE: f64 = 0.25;
/// Likeness to a report of the agency it credits at which an article rests on it.
const CREDITED: f64 = 0.15;
/// Words that a quotation must have for its being shared to tell something.
const QUOTED: usize = 6;

/// Where one article's reporting comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The earliest article with this reporting; its own id until a copy is found.
    pub origin: ArticleId,
    /// Group of articles that tell the same event, named by its smallest id.
    pub story: String,
    /// The article it copies, and how.
    pub copy_of: Option<(ArticleId, CopyKind)>,
}

/// Origins of all articles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origins(pub BTreeMap<ArticleId, Origin>);

impl Origins {
    /// Finds copies and stories. The order of `witnesses` changes nothing.
    pub fn find(witnesses: &[Witness<'_>]) -> Self {
        let mut order: Vec<&Witness<'_>> = witnesses.iter().collect();
        // the first of a group is its origin: earliest publication, then agencies' own text, then id
        order.sort_by(|a, b| age(a.article).cmp(&age(b.article)));
        let texts: Vec<Text> = order.iter().map(|w| Text::of(w)).collect();
        let vectors = stories::vectors(&order);
        let mut copies = copies(&order, &texts, &vectors);
        credited(&order, &vectors, &mut copies);
        let stories =
            stories::find(&order, &vectors, &copies.iter().map(|c| c.as_ref().map(|c| c.0)).collect::<Vec<_>>());
        let mut found = BTreeMap::new();
        for (i, w) in order.iter().enumerate() {
            let copy = copies[i].as_ref();
            let origin = Origin {
                origin: order[root(&copies, i)].article.id.clone(),
                story: stories[i].clone(),
                copy_of: copy.map(|(of, kind)| (order[*of].article.id.clone(), *kind)),
            };
            found.insert(w.article.id.clone(), origin);
        }
        Self(found)
    }

    /// The origin of an article; itself where it is not known.
    pub fn of<'a>(&'a self, article: &'a ArticleId) -> &'a ArticleId {
        self.0.get(article).map_or(article, |o| &o.origin)
    }

    /// How many different reportings there are.
    pub fn count(&self) -> usize {
        self.0.values().map(|o| &o.origin).collect::<BTreeSet<_>>().len()
    }
}

type Age<'a> = (bool, Option<rapporteur_text::Moment>, bool, &'a ArticleId);

fn age(a: &Article) -> Age<'_> {
    // a site that credits an agency has it from there, unless it is the agency's own text
    (a.published.is_none(), a.published.map(|m| m.date.into()), !is_by_agency(a), &a.id)
}

/// Whether the outlet is the agency it credits.
fn is_by_agency(a: &Article) -> bool {
    let initials: String = a.outlet.split([' ', '-']).filter_map(|w| w.chars().next()).collect();
    !a.agency.is_empty() && (a.outlet.eq_ignore_ascii_case(&a.agency) || initials.eq_ignore_ascii_case(&a.agency))
}

/// What copies are told by.
struct Text {
    shingles: BTreeSet<u64>,
    quotes: BTreeSet<u64>,
    whole: u64,
}

impl Text {
    fn of(w: &Witness<'_>) -> Self {
        let words = normal_words(&w.article.text);
        let shingles = words.windows(SHINGLE).map(hash).collect();
        let quoted = quoted(&w.article.text);
        let quotes = quoted.iter().filter(|q| q.len() >= QUOTED).map(|q| hash(q)).collect();
        Self { shingles, quotes, whole: hash(&words) }
    }
}

/// Letters and digits in lower case, one word after the other.
pub(crate) fn normal_words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

/// Words between quotation marks, each quotation without its last comma or full stop.
fn quoted(text: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for line in text.split('\n') {
        let mut open: Option<usize> = None;
        for (at, c) in line.char_indices() {
            match (c, open) {
                ('"', Some(from)) | ('”', Some(from)) => {
                    found.push(normal_words(line.get(from..at).unwrap_or_default()));
                    open = None;
                }
                ('"' | '“', None) => open = Some(at + c.len_utf8()),
                ('“', Some(_)) => open = Some(at + c.len_utf8()),
                _ => {}
            }
        }
    }
    found
}

/// A 64-bit digest of words that is the same on every machine (FNV-1a).
fn hash(words: &[String]) -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325_u64;
    for byte in words.iter().flat_map(|w| w.bytes().chain(std::iter::once(0))) {
        h = (h ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    h
}

/// For each article in order of age, the older one it copies, and how.
fn copies(order: &[&Witness<'_>], texts: &[Text], vectors: &[Vector]) -> Vec<Option<(usize, CopyKind)>> {
    let shared_shingles = shared(texts, |t| &t.shingles);
    let shared_quotes = shared(texts, |t| &t.quotes);
    let mut found: Vec<Option<(usize, CopyKind)>> = vec![None; order.len()];
    for i in 1..order.len() {
        let mut best: Option<(f64, usize, CopyKind)> = None;
        let others: BTreeSet<usize> =
            shared_shingles[i].keys().chain(shared_quotes[i].keys()).copied().filter(|o| *o < i).collect();
        for o in others {
            let same = shared_shingles[i].get(&o).copied().unwrap_or(0);
            let quotes = shared_quotes[i].get(&o).copied().unwrap_or(0);
            if let Some((share, kind)) = kind(order, texts, vectors, i, o, same, quotes)
                && best.is_none_or(|b| share > b.0)
            {
                best = Some((share, o, kind));
            }
        }
        found[i] = best.map(|(_, o, kind)| (o, kind));
    }
    found
}

/// For each text, how many of its digests each other text shares.
fn shared(texts: &[Text], of: impl Fn(&Text) -> &BTreeSet<u64>) -> Vec<BTreeMap<usize, usize>> {
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
    for (i, text) in texts.iter().enumerate() {
        for digest in of(text) {
            holders.entry(*digest).or_default().push(i);
        }
    }
    let mut counts = vec![BTreeMap::new(); texts.len()];
    for all in holders.values().filter(|all| all.len() > 1 && all.len() <= COMMON) {
        for (n, later) in all.iter().enumerate() {
            for earlier in &all[..n] {
                *counts[*later].entry(*earlier).or_insert(0) += 1;
            }
        }
    }
    counts
}

fn kind(
    order: &[&Witness<'_>],
    texts: &[Text],
    vectors: &[Vector],
    i: usize,
    o: usize,
    same: usize,
    quotes: usize,
) -> Option<(f64, CopyKind)> {
    if texts[i].whole == texts[o].whole {
        return Some((2.0, CopyKind::Exact));
    }
    let (a, b) = (order[i].article, order[o].article);
    let apart = match (a.published, b.published) {
        (Some(x), Some(y)) => crate::cx::days_between(y.date, x.date),
        _ => 0,
    };
    let share = same as f64 / texts[i].shingles.len().max(1) as f64;
    let either = same as f64 / texts[i].shingles.len().min(texts[o].shingles.len()).max(1) as f64;
    if either >= NEAR && same >= SHINGLE {
        return Some((either, CopyKind::Near));
    }
    if apart.abs() > DAYS {
        return None;
    }
    let credit = credits(a, b);
    // quotations of both that no third reporting explains, next to reused passages or a credit
    let evidence = share / REWRITE + quotes as f64 * 0.4 + if credit { 0.5 } else { 0.0 };
    let enough = evidence >= 1.0 && (same >= 3 || quotes >= 2 || credit && quotes >= 1)
        || quotes >= 1 && apart.abs() <= 2 && cosine(&vectors[i], &vectors[o]) >= ALIKE;
    enough.then_some((share, CopyKind::Rewrite))
}

/// Whether the text or the credit line of `a` names the agency of `b`.
fn credits(a: &Article, b: &Article) -> bool {
    if b.agency.is_empty() || !is_by_agency(b) && !b.outlet.is_empty() {
        return false;
    }
    let names = |text: &str, name: &str| {
        !name.is_empty() && normal_words(text).windows(normal_words(name).len().max(1)).any(|w| w == normal_words(name))
    };
    a.agency.eq_ignore_ascii_case(&b.agency) || names(&a.text, &b.agency) || names(&a.text, &b.outlet)
}

/// An article that credits an agency rests on the likest report of that agency from those days.
fn credited(order: &[&Witness<'_>], vectors: &[Vector], copies: &mut [Option<(usize, CopyKind)>]) {
    for i in 0..order.len() {
        let a = order[i].article;
        if copies[i].is_some() || a.agency.is_empty() || is_by_agency(a) {
            continue;
        }
        let is_source = |o: &usize| {
            let b = order[*o].article;
            let near = match (a.published, b.published) {
                (Some(x), Some(y)) => (0..=DAYS).contains(&crate::cx::days_between(y.date, x.date)),
                _ => true,
            };
            *o != i && near && is_by_agency(b) && b.agency.eq_ignore_ascii_case(&a.agency)
        };
        let likeness = |o: usize| (cosine(&vectors[i], &vectors[o]) * 1e9) as u64;
        let best = (0..order.len()).filter(is_source).max_by_key(|o| (likeness(*o), std::cmp::Reverse(*o)));
        // the agency's own text copies nobody, so no circle can come of it
        copies[i] = best
            .filter(|o| likeness(*o) as f64 >= CREDITED * 1e9 && root(copies, *o) != i)
            .map(|o| (o, CopyKind::Rewrite));
    }
}

/// The oldest article behind one.
fn root(copies: &[Option<(usize, CopyKind)>], mut i: usize) -> usize {
    // every copy points to an older article or to an agency's own, so this ends
    while let Some((older, _)) = copies[i] {
        i = older;
    }
    i
}
