//! What is kept of an article to know its copies and its story: digests, never its text.

use std::borrow::Cow;
use std::cmp::Ordering;

use jiff::civil::{Date, date};
use rapporteur_article::Article;
use rapporteur_text::ArticleId;
use txtfp::tokenize::TokenStream;
use txtfp::{
    CanonicalizerBuilder, CaseFold, Fingerprinter, MinHashFingerprinter, MinHashSig, Normalization, ShingleTokenizer,
    Tokenizer,
};

use super::weights::Vector;

/// Words in a shingle.
pub(crate) const SHINGLE: usize = 8;
/// Shingles kept of an article; of a longer one every second, fourth and so on by digest.
const KEPT: usize = 128;
/// Words of a quotation that tell it from another in passing.
const QUOTED: usize = 3;
/// Numbers of a MinHash signature.
pub(crate) const SIGNATURE: usize = 24;

/// One article as the index keeps it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sketch {
    pub(crate) id: ArticleId,
    /// Days since 1970, where the day of publication is known.
    pub(crate) day: Option<i32>,
    /// Digest of all words.
    pub(crate) whole: u64,
    pub(crate) shingles: Sample,
    /// Digests of runs of [`QUOTED`] words inside quotation marks.
    pub(crate) quotes: Box<[u32]>,
    /// Digests of names that the text may credit.
    pub(crate) credits: Box<[u32]>,
    /// Digest of the agency credited with the report.
    pub(crate) agency: Option<u32>,
    /// Digest of the outlet's name.
    pub(crate) outlet: Option<u32>,
    /// Whether the outlet is that agency.
    pub(crate) is_agency: bool,
    pub(crate) vector: Vector,
    /// Of one version of a page among others: the first of them and the number of this one.
    pub(crate) page: Option<(ArticleId, usize)>,
}

impl Sketch {
    pub(crate) fn of(a: &Article) -> Self {
        let words = normal_words(&a.text);
        // all versions of a page are as old as the first, whatever they say
        let page = a.page.as_deref();
        let published = page.map_or(a.published, |p| p.first_published);
        Self {
            id: a.id.clone(),
            page: page.map(|p| (p.first.clone(), p.number)),
            day: published.map(|m| days(m.date)),
            whole: digest(words.iter().map(String::as_str)),
            shingles: Sample::of(&words),
            quotes: quotes(&a.text),
            credits: credits(&a.text),
            agency: name(&a.agency),
            outlet: name(&a.outlet),
            is_agency: page.map_or_else(|| is_by_agency(a), |p| p.is_first_by_agency),
            vector: Vector::of(&a.title, &a.text),
        }
    }

    /// The first of a group is its origin: earliest publication, then agencies' own text, then id. A text without a day
    /// comes last, unless it is an agency's own: that copies nobody.
    pub(crate) fn by_age(&self, other: &Self) -> Ordering {
        let key = |s: &Self| (s.day.is_none() && !s.is_agency, s.day, !s.is_agency);
        let name = |s: &Self| s.page.as_ref().map_or_else(|| (s.id.clone(), 0), Clone::clone);
        key(self).cmp(&key(other)).then_with(|| name(self).cmp(&name(other))).then_with(|| self.id.cmp(&other.id))
    }

    /// Whether both are versions of one page.
    pub(crate) fn is_of_page(&self, other: &Self) -> bool {
        let first = |s: &Self| s.page.as_ref().map(|p| p.0.clone());
        self.page.is_some() && first(self) == first(other)
    }

    /// Days between two publications, where both are known.
    pub(crate) fn days_from(&self, other: &Self) -> Option<i32> {
        Some((self.day? - other.day?).abs())
    }
}

fn days(day: Date) -> i32 {
    (day - date(1970, 1, 1)).get_days()
}

/// Whether the outlet is the agency it credits.
pub(crate) fn is_by_agency(a: &Article) -> bool {
    let initials: String = a.outlet.split([' ', '-']).filter_map(|w| w.chars().next()).collect();
    !a.agency.is_empty() && (a.outlet.eq_ignore_ascii_case(&a.agency) || initials.eq_ignore_ascii_case(&a.agency))
}

/// A part of the shingles of a text, chosen by digest, so that samples of two texts can be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sample {
    /// How many times the shingles were halved.
    halved: u8,
    digests: Box<[u32]>,
}

impl Sample {
    fn of(words: &[String]) -> Self {
        let mut digests: Vec<u32> =
            words.windows(SHINGLE).map(|w| digest(w.iter().map(String::as_str)) as u32).collect();
        digests.sort_unstable();
        digests.dedup();
        let mut halved = 0;
        while digests.len() > KEPT && halved < 31 {
            halved += 1;
            digests.retain(|d| is_kept(*d, halved));
        }
        Self { halved, digests: digests.into() }
    }

    /// How many shingles both have, and how many each has, in whole texts (estimated of long ones).
    pub(crate) fn shared(&self, other: &Self) -> (usize, usize, usize) {
        let halved = self.halved.max(other.halved);
        let kept = |s: &Self| s.digests.iter().copied().filter(|d| is_kept(*d, halved)).collect::<Vec<_>>();
        let (a, b) = (kept(self), kept(other));
        (common(&a, &b) << halved, a.len() << halved, b.len() << halved)
    }
}

fn is_kept(digest: u32, halved: u8) -> bool {
    // the lowest bits of a product that mixes all of them upwards
    digest.wrapping_mul(0x9e37_79b1).leading_zeros() >= u32::from(halved)
}

/// How many digests two ordered lists share.
pub(crate) fn common(a: &[u32], b: &[u32]) -> usize {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.iter().filter(|d| long.binary_search(d).is_ok()).count()
}

/// Letters and digits in lower case, one word after the other.
fn normal_words(text: &str) -> Vec<String> {
    super::weights::words(text).map(|(_, w)| w.to_lowercase()).collect()
}

/// Digest of a name as written, `None` of an empty one.
fn name(name: &str) -> Option<u32> {
    let words = normal_words(name);
    (!words.is_empty()).then(|| digest(words.iter().map(String::as_str)) as u32)
}

/// Runs of words between quotation marks.
fn quotes(text: &str) -> Box<[u32]> {
    let mut found: Vec<u32> = quoted(text)
        .iter()
        .flat_map(|q| q.windows(QUOTED).map(|w| digest(w.iter().map(String::as_str)) as u32).collect::<Vec<_>>())
        .collect();
    found.sort_unstable();
    found.dedup();
    found.into()
}

/// Words between quotation marks, one quotation after the other.
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

/// Words that stand before the name of a source, with or without an article between.
const BEFORE: &[&str] = &["by", "citing", "from", "quoting", "to", "told", "via", "with"];
/// Words that follow the name of a source.
const AFTER: &[&str] =
    &["agency", "cited", "news", "newswire", "quoted", "reported", "reporting", "reports", "said", "wire", "wrote"];

/// Names that the text may credit: short ones in capitals, and those next to a word of reporting.
fn credits(text: &str) -> Box<[u32]> {
    let mut found = Vec::new();
    for line in text.split('\n') {
        let all: Vec<(usize, &str)> = super::weights::words(line).collect();
        let mut from = 0;
        while from < all.len() {
            let to = run(line, &all, from);
            let is_near = |words: &[(usize, &str)], cues: &[&str]| words.iter().any(|(_, w)| cues.contains(w));
            let cued =
                is_near(&all[from.saturating_sub(2)..from], BEFORE) || is_near(&all[to..all.len().min(to + 2)], AFTER);
            for (n, (_, first)) in all[from..to].iter().enumerate() {
                let acronym = (2..=6).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_uppercase());
                let longest = if cued { to.min(from + n + 4) } else { from + n + usize::from(acronym) };
                found.extend((from + n + 1..=longest).map(|end| digest_of(&all[from + n..end])));
            }
            from = to.max(from + 1);
        }
    }
    found.sort_unstable();
    found.dedup();
    found.into()
}

/// Where the words with capitals end that begin here and have nothing but spaces or hyphens between them.
fn run(line: &str, all: &[(usize, &str)], from: usize) -> usize {
    let joined = |at: usize| line.get(..at).is_some_and(|l| l.ends_with([' ', '-', '\u{a0}']) && !l.ends_with(". "));
    let goes_on =
        |(n, (at, word)): (usize, &(usize, &str))| word.starts_with(char::is_uppercase) && (n == 0 || joined(*at));
    from + all[from..].iter().enumerate().take_while(|x| goes_on(*x)).count()
}

fn digest_of(words: &[(usize, &str)]) -> u32 {
    let lower: Vec<String> = words.iter().map(|(_, w)| w.to_lowercase()).collect();
    digest(lower.iter().map(String::as_str)) as u32
}

/// A 64-bit digest of words that is the same on every machine (FNV-1a, with its bits mixed at the end).
pub(crate) fn digest<'a>(words: impl IntoIterator<Item = &'a str>) -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325_u64;
    for byte in words.into_iter().flat_map(|w| w.bytes().chain(std::iter::once(0))) {
        h = (h ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    h ^= h >> 32;
    h = h.wrapping_mul(0xd6e8_feb8_6659_fd93);
    h ^ (h >> 32)
}

/// Makes MinHash signatures of the shingles of texts.
#[derive(Debug, Clone)]
pub(crate) struct Signer(MinHashFingerprinter<ShingleTokenizer<Words>, SIGNATURE>);

impl Signer {
    pub(crate) fn new() -> Self {
        let as_it_is = CanonicalizerBuilder {
            normalization: Normalization::None,
            case_fold: CaseFold::None,
            strip_bidi: false,
            strip_format: false,
            apply_confusable: false,
        };
        Self(MinHashFingerprinter::new(as_it_is.build(), ShingleTokenizer { k: SHINGLE, inner: Words }))
    }

    /// The signature of a text, `None` where it has no shingle.
    pub(crate) fn sign(&self, text: &str) -> Option<MinHashSig<SIGNATURE>> {
        let words = normal_words(text);
        (words.len() >= SHINGLE).then(|| self.0.fingerprint(&words.join(" ")).ok()).flatten()
    }
}

/// Splits normal text at its spaces.
#[derive(Debug, Clone)]
struct Words;

impl Tokenizer for Words {
    fn tokens<'a>(&'a self, input: &'a str) -> TokenStream<'a> {
        TokenStream::Borrowed(Box::new(input.split(' ')))
    }

    fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed("spaces")
    }

    fn for_each_token(&self, input: &str, f: &mut dyn FnMut(&str)) {
        input.split(' ').for_each(f);
    }
}
