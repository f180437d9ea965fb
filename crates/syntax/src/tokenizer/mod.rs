//! Cuts text into tokens, as spaCy's rule-based tokenizer does (spacy/tokenizer.pyx).
//!
//! Text is split at white space into chunks. A chunk that is a special case ("don't") is replaced by its tokens; else
//! prefixes and suffixes are taken off it one by one, and what is left is a special case, an address, or is cut at its
//! infixes. A second pass over the tokens finds the special cases that the first pass cut up.

mod pattern;
mod program;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use smol_str::SmolStr;

use crate::hash::string_id;
use crate::msgpack::Value;
use crate::{Error, unicode};
use pattern::Pattern;

const FILE: &str = "tokenizer";

/// Numbers of the attributes `ORTH` and `NORM` in spaCy (spacy/attrs.pyx).
const ORTH: u64 = 65;
const NORM: u64 = 67;

/// Characters after which a run without white space is cut: no word is longer, and cutting keeps the time linear.
const LONGEST_CHUNK: usize = 5_000;

/// One token of a special case.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Special {
    pub(crate) text: SmolStr,
    pub(crate) norm: Option<SmolStr>,
}

/// A token of a chunk: its bytes there, and the special case it is from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Piece<'a> {
    pub(crate) bytes: Range<usize>,
    pub(crate) special: Option<&'a Special>,
}

/// The rules of a model's tokenizer.
#[derive(Debug)]
pub(crate) struct Tokenizer {
    prefix: Option<Pattern>,
    suffix: Option<Pattern>,
    infix: Option<Pattern>,
    token_match: Option<Pattern>,
    url_match: Option<Pattern>,
    specials: HashMap<SmolStr, Vec<Special>>,
    /// Bytes of the longest special case.
    longest: usize,
    /// Special cases that affixes cut up: ids of their tokens by the id of the first one.
    sequences: HashMap<u64, Vec<Vec<u64>>>,
}

impl Tokenizer {
    /// Reads the `tokenizer` file of a model.
    pub(crate) fn load(bytes: &[u8]) -> Result<Self, Error> {
        let value = Value::read(bytes).map_err(|what| Error::damaged(FILE, what))?;
        let pattern = |name: &str| match value.get(name) {
            None | Some(Value::Nil) => Ok(None),
            Some(value) => {
                let source = value.text().ok_or_else(|| Error::damaged(FILE, format!("`{name}` is not text")))?;
                Pattern::new(source).map(Some).map_err(|what| Error::unsupported(FILE, format!("`{name}`: {what}")))
            }
        };
        let mut tokenizer = Self {
            prefix: pattern("prefix_search")?,
            suffix: pattern("suffix_search")?,
            infix: pattern("infix_finditer")?,
            token_match: pattern("token_match")?,
            url_match: pattern("url_match")?,
            specials: HashMap::new(),
            longest: 0,
            sequences: HashMap::new(),
        };
        let exceptions = value.get("exceptions").and_then(Value::map).unwrap_or_default();
        for (text, tokens) in exceptions {
            let (text, tokens) = special(text, tokens)
                .ok_or_else(|| Error::damaged(FILE, format!("special case {:?} is malformed", text.text())))?;
            tokenizer.longest = tokenizer.longest.max(text.len());
            tokenizer.specials.insert(text, tokens);
        }
        let faster = value.get("faster_heuristics") != Some(&Value::Bool(false));
        tokenizer.find_sequences(faster);
        Ok(tokenizer)
    }

    fn find_sequences(&mut self, faster: bool) {
        let mut seen = HashSet::new();
        let mut sequences: HashMap<u64, Vec<Vec<u64>>> = HashMap::new();
        for text in self.specials.keys() {
            let cut = self.prefix_of(text) > 0
                || self.suffix_of(text) > 0
                || self.infix.as_ref().is_some_and(|infix| infix.find(text, 0).is_some())
                || text.contains(' ');
            if faster && !cut {
                continue;
            }
            let mut ids = Vec::new();
            let mut pieces = Vec::new();
            chunks(text, |chunk, _| {
                pieces.clear();
                let chunk = text.get(chunk).unwrap_or_default();
                self.cut(chunk, false, &mut pieces);
                ids.extend(pieces.iter().map(|piece| string_id(chunk.get(piece.bytes.clone()).unwrap_or_default())));
            });
            if let Some(&first) = ids.first()
                && seen.insert(ids.clone())
            {
                sequences.entry(first).or_default().push(ids);
            }
        }
        self.sequences = sequences;
    }

    /// Tokens of a special case.
    pub(crate) fn special(&self, text: &str) -> Option<&[Special]> {
        if text.len() > self.longest { None } else { self.specials.get(text).map(Vec::as_slice) }
    }

    /// Whether a token with this id may begin a special case that affixes cut up.
    pub(crate) fn opens_sequence(&self, id: u64) -> bool {
        self.sequences.contains_key(&id)
    }

    /// Lengths, in tokens, of the special cases that stand at the beginning of these ids.
    fn sequences_at<'a>(&'a self, ids: &'a [u64]) -> impl Iterator<Item = usize> + 'a {
        let first = ids.first().and_then(|first| self.sequences.get(first));
        first.into_iter().flatten().filter(|sequence| ids.starts_with(sequence)).map(Vec::len)
    }

    /// Token ranges to be looked up as special cases again: the longest, then the first, none that touches another by
    /// its ends (spaCy's `_filter_special_spans`, its treatment of left-out spans included).
    pub(crate) fn second_pass(&self, ids: &[u64]) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for start in 0..ids.len() {
            found.extend(self.sequences_at(&ids[start..]).map(|n| start..start + n));
        }
        found.sort_by_key(|span| (std::cmp::Reverse(span.len()), span.start));
        let mut seen = HashSet::new();
        let mut kept = Vec::new();
        for span in found {
            if !seen.contains(&span.start) && !seen.contains(&(span.end - 1)) {
                kept.push(span.clone());
            }
            seen.extend(span);
        }
        kept.sort_by_key(|span| span.start);
        kept
    }

    fn prefix_of(&self, text: &str) -> usize {
        match self.prefix.as_ref().and_then(|prefix| prefix.find(text, 0)) {
            Some((0, end)) => end,
            _ => 0,
        }
    }

    fn suffix_of(&self, text: &str) -> usize {
        match self.suffix.as_ref().and_then(|suffix| suffix.find(text, 0)) {
            Some((start, end)) if end == text.len() => end - start,
            _ => 0,
        }
    }

    /// Cuts one chunk; `with_specials` is off only where special cases themselves are cut.
    pub(crate) fn cut<'a>(&'a self, chunk: &str, with_specials: bool, out: &mut Vec<Piece<'a>>) {
        let special = |text: &str| if with_specials { self.special(text) } else { None };
        if let Some(tokens) = special(chunk) {
            push_special(tokens, 0, out);
            return;
        }
        let (mut lo, mut hi) = (0, chunk.len());
        let mut suffixes: Vec<Range<usize>> = Vec::new();
        let text = |lo: usize, hi: usize| chunk.get(lo..hi).unwrap_or_default();
        let matches = |pattern: &Option<Pattern>, text: &str| {
            pattern.as_ref().is_some_and(|pattern| matches!(pattern.find(text, 0), Some((0, _))))
        };
        let mut last = usize::MAX;
        while lo < hi && hi - lo != last {
            let here = text(lo, hi);
            if matches(&self.token_match, here) || special(here).is_some() {
                break;
            }
            last = hi - lo;
            let prefix = self.prefix_of(here);
            if prefix > 0 && prefix < last && special(text(lo + prefix, hi)).is_some() {
                out.push(Piece { bytes: lo..lo + prefix, special: None });
                lo += prefix;
                break;
            }
            let suffix = self.suffix_of(text(lo + prefix, hi));
            if suffix > 0 && suffix < last && special(text(lo, hi - suffix)).is_some() {
                suffixes.push(hi - suffix..hi);
                hi -= suffix;
                break;
            }
            if prefix > 0 {
                out.push(Piece { bytes: lo..lo + prefix, special: None });
                lo += prefix;
            }
            if suffix > 0 {
                suffixes.push(hi - suffix..hi);
                hi -= suffix;
            }
        }
        if lo < hi {
            let here = text(lo, hi);
            if let Some(tokens) = special(here) {
                push_special(tokens, lo, out);
            } else if matches(&self.token_match, here) || matches(&self.url_match, here) {
                out.push(Piece { bytes: lo..hi, special: None });
            } else {
                self.cut_infixes(here, lo, out);
            }
        }
        out.extend(suffixes.into_iter().rev().map(|bytes| Piece { bytes, special: None }));
    }

    fn cut_infixes(&self, text: &str, offset: usize, out: &mut Vec<Piece<'_>>) {
        let mut start = 0;
        let mut push = |range: Range<usize>| {
            if !range.is_empty() {
                out.push(Piece { bytes: range.start + offset..range.end + offset, special: None });
            }
        };
        if let Some(infix) = &self.infix {
            let mut from = 0;
            while let Some((first, end)) = infix.find(text, from) {
                // After an empty match the search goes on one character later.
                let step = text.get(end..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
                from = if end > first { end } else { end + step };
                if first == 0 {
                    continue;
                }
                push(start..first);
                push(first..end);
                start = end;
            }
        }
        push(start..text.len());
    }
}

fn push_special<'a>(tokens: &'a [Special], offset: usize, out: &mut Vec<Piece<'a>>) {
    let mut at = offset;
    for token in tokens {
        out.push(Piece { bytes: at..at + token.text.len(), special: Some(token) });
        at += token.text.len();
    }
}

fn special(text: &Value<'_>, tokens: &Value<'_>) -> Option<(SmolStr, Vec<Special>)> {
    let attribute = |token: &Value<'_>, number: u64, name: &str| {
        let (_, value) = token.map()?.iter().find(|(key, _)| key.uint() == Some(number) || key.text() == Some(name))?;
        value.text().map(SmolStr::new)
    };
    let text = text.text()?;
    let tokens: Vec<Special> = tokens
        .array()?
        .iter()
        .map(|token| Some(Special { text: attribute(token, ORTH, "ORTH")?, norm: attribute(token, NORM, "NORM") }))
        .collect::<Option<_>>()?;
    let joined: String = tokens.iter().map(|token| token.text.as_str()).collect();
    (joined == text && tokens.iter().all(|token| !token.text.is_empty())).then(|| (text.into(), tokens))
}

/// Splits text at white space. Gives each chunk, in bytes, and whether one blank that belongs to no chunk follows it;
/// white space other than such a blank is a chunk of its own.
pub(crate) fn chunks(text: &str, mut found: impl FnMut(Range<usize>, bool)) {
    let mut start = 0;
    let mut long = 0;
    let mut in_space = text.chars().next().is_some_and(unicode::is_space);
    for (at, c) in text.char_indices() {
        long += 1;
        if unicode::is_space(c) != in_space {
            let blank = c == ' ';
            if start < at {
                found(start..at, blank);
            }
            start = if blank { at + 1 } else { at };
            in_space = !in_space;
            long = 0;
        } else if long > LONGEST_CHUNK && start < at {
            found(start..at, false);
            start = at;
            long = 0;
        }
    }
    if start < text.len() {
        found(start..text.len(), false);
    }
}
