//! Articles that tell the same event: average-link clustering of tf-idf vectors.
//!
//! Reports of one event share rare words: names, places, numbers. The likeness of two articles is the cosine of their
//! tf-idf vectors; two groups are put together while the mean likeness of their pairs is high enough, the most alike
//! first (average link; Lance and Williams 1967). Ties go by article id, so order of arrival changes nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::Witness;

/// Mean likeness at which two groups tell one event; this and the two below measured on ECB+ (B-cubed F1 .89).
const ALIKE: f64 = 0.16;
/// Power of the inverse document frequency: events of one topic share its words, so the rarer ones have to tell.
const RARE: f64 = 1.5;
/// Numbers tell events apart better than words of the same rarity.
const NUMBER: f64 = 1.5;
/// Pairs less alike than this are never looked at.
const FLOOR: f64 = 0.05;
/// Articles published further apart tell different events.
const DAYS: i64 = 7;
/// A word in more than this share of the articles, where there are many, tells nothing.
const COMMON: f64 = 0.25;

/// The name of each article's story; `copy_of[i]` is the article that `i` copies.
pub(crate) fn find(order: &[&Witness<'_>], vectors: &[Vector], copy_of: &[Option<usize>]) -> Vec<String> {
    let pairs = likeness(order, vectors);
    let mut group: Vec<usize> = (0..order.len()).collect();
    for (i, older) in copy_of.iter().enumerate() {
        if let Some(older) = older {
            group[i] = group[*older];
        }
    }
    average_link(order, pairs, &mut group);
    let mut smallest: BTreeMap<usize, &str> = BTreeMap::new();
    for (i, g) in group.iter().enumerate() {
        let id = order[i].article.id.as_str();
        let name = smallest.entry(*g).or_insert(id);
        *name = (*name).min(id);
    }
    group
        .iter()
        .map(|g| format!("s-{}", smallest.get(g).copied().unwrap_or_default().trim_start_matches("a-")))
        .collect()
}

/// Numbers of words with their weights, in order of number.
pub(crate) type Vector = Vec<(u32, f64)>;

/// The cosine of two unit vectors.
pub(crate) fn cosine(a: &Vector, b: &Vector) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some((p, x)), Some((q, y))) = (a.get(i), b.get(j)) {
        match p.cmp(q) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += x * y;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
}

/// Unit tf-idf vectors; words are numbered in alphabetical order.
pub(crate) fn vectors(order: &[&Witness<'_>]) -> Vec<Vector> {
    let counts: Vec<BTreeMap<String, usize>> = order.iter().map(|w| count(w)).collect();
    let mut spread: BTreeMap<&str, usize> = BTreeMap::new();
    for words in &counts {
        for word in words.keys() {
            *spread.entry(word).or_default() += 1;
        }
    }
    let number: HashMap<&str, u32> = spread.keys().enumerate().map(|(i, w)| (*w, i as u32)).collect();
    let all = order.len() as f64;
    let weigh = |word: &str, n: usize| {
        let df = spread.get(word).copied().unwrap_or(1) as f64;
        let number = if word.bytes().all(|b| b.is_ascii_digit()) { NUMBER } else { 1.0 };
        (1.0 + (n as f64).ln()) * (1.0 + (all + 1.0) / (df + 1.0)).ln().powf(RARE) * number
    };
    counts
        .iter()
        .map(|words| {
            let mut v: Vector =
                words.iter().filter_map(|(w, n)| Some((*number.get(w.as_str())?, weigh(w, *n)))).collect();
            v.sort_by_key(|(i, _)| *i);
            let norm = v.iter().map(|(_, x)| x * x).sum::<f64>().sqrt().max(1e-12);
            v.iter_mut().for_each(|(_, x)| *x /= norm);
            v
        })
        .collect()
}

/// Stems of the words of title and text, without function words.
fn count(w: &Witness<'_>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    let text = [w.article.title.as_str(), w.article.text.as_str()].join("\n");
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        let lower = word.to_lowercase();
        if lower.len() < 3 && !lower.chars().all(|c| c.is_ascii_digit()) || is_function(&lower) {
            continue;
        }
        *counts.entry(stem(&lower).to_string()).or_insert(0) += 1;
    }
    counts
}

fn is_function(word: &str) -> bool {
    const FUNCTION: &[&str] = &[
        "the", "and", "for", "that", "with", "was", "were", "has", "have", "had", "his", "her", "its", "their", "they",
        "this", "from", "are", "been", "but", "not", "who", "will", "would", "which", "said", "says", "about", "after",
        "also", "there", "when", "than", "into", "more", "all", "one", "out", "she", "him", "you", "can", "could",
        "over", "other", "some", "what", "told", "our", "your", "did", "does", "them", "then", "where", "while",
        "being", "any",
    ];
    FUNCTION.contains(&word)
}

/// The word without its commonest endings.
fn stem(word: &str) -> &str {
    for ending in ["ings", "ing", "edly", "ies", "ed", "es", "ly", "s"] {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.chars().count() > 3
        {
            return rest;
        }
    }
    word
}

/// Pairs of articles whose likeness is worth looking at.
fn likeness(order: &[&Witness<'_>], vectors: &[Vector]) -> BTreeMap<(usize, usize), f64> {
    let mut holders: BTreeMap<u32, Vec<(usize, f64)>> = BTreeMap::new();
    for (i, v) in vectors.iter().enumerate() {
        for (word, x) in v {
            holders.entry(*word).or_default().push((i, *x));
        }
    }
    let limit = ((order.len() as f64 * COMMON) as usize).max(30);
    let mut dots: Vec<HashMap<usize, f64>> = vec![HashMap::new(); order.len()];
    for all in holders.values().filter(|all| all.len() <= limit) {
        for (n, (i, x)) in all.iter().enumerate() {
            for (j, y) in &all[..n] {
                *dots[*i].entry(*j).or_insert(0.0) += x * y;
            }
        }
    }
    let near = |i: usize, j: usize| match (order[i].article.published, order[j].article.published) {
        (Some(a), Some(b)) => crate::cx::days_between(a.date, b.date).abs() <= DAYS,
        _ => true,
    };
    let mut pairs = BTreeMap::new();
    for (i, row) in dots.into_iter().enumerate() {
        pairs.extend(row.into_iter().filter(|(j, x)| *x >= FLOOR && near(i, *j)).map(|(j, x)| ((j, i), x)));
    }
    pairs
}

/// Puts groups together while the mean likeness of their pairs is at least [`ALIKE`], the most alike first.
fn average_link(order: &[&Witness<'_>], pairs: BTreeMap<(usize, usize), f64>, group: &mut [usize]) {
    // sums of likeness between groups; what is not there counts as nothing alike
    let mut size: BTreeMap<usize, usize> = BTreeMap::new();
    for g in group.iter() {
        *size.entry(*g).or_default() += 1;
    }
    let mut sums: BTreeMap<usize, BTreeMap<usize, f64>> = BTreeMap::new();
    for ((i, j), x) in pairs {
        let (a, b) = (group[i], group[j]);
        if a != b {
            *sums.entry(a).or_default().entry(b).or_default() += x;
            *sums.entry(b).or_default().entry(a).or_default() += x;
        }
    }
    let mean = |size: &BTreeMap<usize, usize>, a: usize, b: usize, sum: f64| {
        sum / (size.get(&a).copied().unwrap_or(1) * size.get(&b).copied().unwrap_or(1)) as f64
    };
    // candidates with the likeness they had when they were put in; stale ones are dropped when they come up
    let mut queue: BTreeSet<(std::cmp::Reverse<u64>, &str, &str, usize, usize)> = BTreeSet::new();
    let name = |g: usize| order[g].article.id.as_str();
    let key = |x: f64| std::cmp::Reverse((x * 1e12) as u64);
    for (a, row) in &sums {
        for (b, sum) in row.iter().filter(|(b, _)| *b > a) {
            let x = mean(&size, *a, *b, *sum);
            if x >= ALIKE {
                queue.insert((key(x), name(*a), name(*b), *a, *b));
            }
        }
    }
    while let Some((x, _, _, a, b)) = queue.pop_first() {
        let Some(sum) = sums.get(&a).and_then(|row| row.get(&b)).copied() else { continue };
        if key(mean(&size, a, b, sum)) != x {
            continue;
        }
        let row_b = sums.remove(&b).unwrap_or_default();
        for (c, s) in row_b {
            if let Some(row) = sums.get_mut(&c) {
                row.remove(&b);
                if c != a {
                    *row.entry(a).or_default() += s;
                }
            }
            if c != a {
                *sums.entry(a).or_default().entry(c).or_default() += s;
            }
        }
        let moved = size.remove(&b).unwrap_or(0);
        *size.entry(a).or_default() += moved;
        group.iter_mut().filter(|g| **g == b).for_each(|g| *g = a);
        let row: Vec<(usize, f64)> =
            sums.get(&a).map(|r| r.iter().map(|(c, s)| (*c, *s)).collect()).unwrap_or_default();
        for (c, s) in row {
            let x = mean(&size, a, c, s);
            if x >= ALIKE {
                let (p, q) = (a.min(c), a.max(c));
                queue.insert((key(x), name(p), name(q), p, q));
            }
        }
    }
}
