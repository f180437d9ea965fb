//! How much a word tells about the event of an article, and the vector of those that tell most.
//!
//! The weight of a word is how rare it is in news at large (its rank in a frozen list, not its count in what was read), so
//! that the likeness of two articles never changes when a third arrives. On ECB+ this tells events apart better than
//! document frequencies of the articles themselves did.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Likeness of one text with itself.
pub(crate) const WHOLE: u32 = 10_000;
/// Likeness from which two articles are put side by side.
pub(crate) const FLOOR: u32 = 2_000;
/// Words kept of an article, the heaviest.
const KEPT: usize = 128;
/// Steps to one in a unit vector.
const STEPS: f64 = 8192.0;
/// What a number counts against a word as rare: it tells events apart better.
const NUMBER: f64 = 1.5;
/// What a name counts.
const NAME: f64 = 1.3;
/// What a word of the title and the first lines counts.
const LEAD: f64 = 1.5;
/// Bytes of title and first lines.
const LEADING: usize = 300;
/// The flattening of ranks: the first ten words of the language weigh next to nothing.
const FLAT: f64 = 0.1;

/// Rank of each stem among the words of news, from 1.
static RANKS: LazyLock<HashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut ranks = HashMap::new();
    for (n, word) in rapporteur_dossier::common_words().enumerate() {
        ranks.entry(stem(word)).or_insert(n as u32 + 1);
    }
    ranks
});
/// The rank of a word that is not among them.
const UNKNOWN: u32 = 40_000;

/// What tells the event of an article: a unit vector over its heaviest words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Vector {
    /// Digests of the words, in order.
    words: Box<[u32]>,
    /// The share of each in steps.
    shares: Box<[u16]>,
    /// Digests of the rarest words: two vectors whose likeness reaches [`FLOOR`] share one of these.
    rarest: Box<[u32]>,
}

impl Vector {
    /// The vector of a title and a text.
    pub(crate) fn of(title: &str, text: &str) -> Self {
        let mut heaviest = weigh(title, text);
        heaviest.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.digest.cmp(&b.digest)));
        heaviest.truncate(KEPT);
        let length = heaviest.iter().map(|w| w.weight * w.weight).sum::<f64>().sqrt().max(1e-9);
        heaviest.sort_by_key(|w| (Reverse(w.rank), w.digest));
        let rarest = rarest(&heaviest, length);
        heaviest.sort_by_key(|w| w.digest);
        let shares = heaviest.iter().map(|w| (w.weight / length * STEPS).round() as u16).collect();
        Self { words: heaviest.iter().map(|w| w.digest).collect(), shares, rarest }
    }

    /// Digests by which vectors as alike as [`FLOOR`] find each other.
    pub(crate) fn keys(&self) -> &[u32] {
        &self.rarest
    }

    /// Likeness (cosine) of two articles, in parts of [`WHOLE`].
    pub(crate) fn likeness(&self, other: &Self) -> u32 {
        let (mut a, mut b, mut sum) = (0, 0, 0_u64);
        while let (Some(p), Some(q)) = (self.words.get(a), other.words.get(b)) {
            if p == q {
                sum += u64::from(self.shares[a]) * u64::from(other.shares[b]);
            }
            (a, b) = (a + usize::from(p <= q), b + usize::from(q <= p));
        }
        ((sum * u64::from(WHOLE)) as f64 / (STEPS * STEPS)).round().min(f64::from(WHOLE)) as u32
    }
}

struct Weighed {
    digest: u32,
    rank: u32,
    weight: f64,
}

/// The words such that the rest is too short a vector to reach [`FLOOR`] with any other: the rarest first, in an order
/// that is the same for all articles (prefix filter: Bayardo, Ma and Srikant 2007).
fn rarest(words: &[Weighed], length: f64) -> Box<[u32]> {
    // a little lower, since the shares are rounded
    let floor = (f64::from(FLOOR) / f64::from(WHOLE) - 0.01) * length;
    let mut rest = words.iter().map(|w| w.weight * w.weight).sum::<f64>();
    let mut keys = Vec::new();
    for w in words {
        if rest < floor * floor {
            break;
        }
        keys.push(w.digest);
        rest -= w.weight * w.weight;
    }
    keys.into()
}

/// Every stem of title and text with its weight.
fn weigh(title: &str, text: &str) -> Vec<Weighed> {
    #[derive(Default)]
    struct Seen {
        times: u32,
        named: u32,
        leads: bool,
    }
    let mut all: HashMap<String, Seen> = HashMap::new();
    let mut add = |word: &str, at: usize| {
        let lower = word.to_lowercase();
        if lower.len() < 3 && !lower.bytes().all(|b| b.is_ascii_digit()) || is_function(&lower) {
            return;
        }
        let seen = all.entry(stem(&lower).to_string()).or_default();
        seen.times += 1;
        seen.named += u32::from(word.starts_with(char::is_uppercase));
        seen.leads |= at < LEADING;
    };
    words(title).for_each(|(at, w)| add(w, at));
    words(text).for_each(|(at, w)| add(w, title.len() + at));
    let weighed = |(stem, seen): (String, Seen)| {
        let rank = RANKS.get(stem.as_str()).copied().unwrap_or(UNKNOWN);
        let mut weight = rarity(rank);
        if stem.bytes().all(|b| b.is_ascii_digit()) {
            weight *= NUMBER;
        } else if seen.named * 2 > seen.times {
            weight *= NAME;
        }
        if seen.leads {
            weight *= LEAD;
        }
        Weighed { digest: super::sketch::digest([stem.as_str()]) as u32, rank, weight }
    };
    let mut found: Vec<Weighed> = all.into_iter().map(weighed).collect();
    // two words of one digest would break the order of the vector
    found.sort_by(|a, b| a.digest.cmp(&b.digest).then(b.weight.total_cmp(&a.weight)));
    found.dedup_by_key(|w| w.digest);
    found
}

/// From 0 for the commonest word to 1 for one that is not in the list.
fn rarity(rank: u32) -> f64 {
    let log = |rank: u32| (f64::from(rank) * FLAT).ln_1p();
    log(rank) / log(UNKNOWN)
}

/// Runs of letters and digits, with the byte at which each begins.
pub(crate) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(move |w| (w.as_ptr() as usize - text.as_ptr() as usize, w))
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
