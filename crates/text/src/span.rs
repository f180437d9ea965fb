//! Half-open byte ranges of one text.

use std::cell::RefCell;
use std::ops::Range;

use serde::{Deserialize, Deserializer, Serialize};

/// A half-open byte range of one text, both ends on character boundaries of that text.
///
/// The invariant is checked where a span is made ([`Span::of`]) or read back ([`Span::within`]); the other constructors only
/// combine spans of the same text and so keep it. A span does not know its text: the holder of the span does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    start: u32,
    end: u32,
}

thread_local! {
    /// The text whose spans are being read back on this thread.
    static TEXT: RefCell<Option<Box<str>>> = const { RefCell::new(None) };
}

/// Puts back, however the reading ends, the text that was there before.
struct Outer(Option<Box<str>>);

impl Drop for Outer {
    fn drop(&mut self) {
        TEXT.set(self.0.take());
    }
}

/// The two ends as they are kept.
#[derive(Deserialize)]
#[serde(rename = "Span")]
struct Ends {
    start: u32,
    end: u32,
}

impl<'de> Deserialize<'de> for Span {
    /// Reads a span back; only inside [`Span::within`], which has the text at hand.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        let Ends { start, end } = Ends::deserialize(deserializer)?;
        TEXT.with_borrow(|text| {
            let text = text.as_deref().ok_or_else(|| D::Error::custom("a span is read back without its text"))?;
            let span = Self::of(text, start as usize..end as usize);
            span.ok_or_else(|| D::Error::custom(format_args!("{start}..{end} is no range of the text's characters")))
        })
    }
}

impl Span {
    /// Does `work`, in which spans that are deserialised on this thread are spans of `text`: each must be a range of it, or
    /// the deserialiser fails.
    ///
    /// ```
    /// # use rapporteur_text::Span;
    /// let text = "Łódź refuses.";
    /// let read = |kept: &str| Span::within(text, || serde_json::from_str::<Span>(kept));
    /// assert_eq!(read(r#"{"start":0,"end":7}"#).unwrap().slice(text), "Łódź");
    /// assert!(read(r#"{"start":0,"end":1}"#).is_err(), "it would split a character");
    /// assert!(serde_json::from_str::<Span>(r#"{"start":0,"end":0}"#).is_err(), "the text is not at hand");
    /// ```
    pub fn within<R>(text: &str, work: impl FnOnce() -> R) -> R {
        let _outer = Outer(TEXT.replace(Some(text.into())));
        work()
    }

    /// The span of `text` at `range`, or `None` where the range is reversed, out of bounds or splits a character.
    pub fn of(text: &str, range: Range<usize>) -> Option<Self> {
        text.get(range.clone())?;
        Some(Self { start: u32::try_from(range.start).ok()?, end: u32::try_from(range.end).ok()? })
    }

    /// The span of the whole text.
    pub fn all(text: &str) -> Self {
        Self { start: 0, end: u32::try_from(text.len()).unwrap_or(0) }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The range as `usize`.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The words at this span of its text; empty if `text` is another text in which the range does not exist.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether `other` lies inside, ends included.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether byte `at` lies inside.
    pub fn holds(self, at: usize) -> bool {
        self.start() <= at && at < self.end()
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The span without white space at its ends.
    #[must_use]
    pub fn trim(self, text: &str) -> Self {
        self.trim_matches(text, char::is_whitespace)
    }

    /// The span without the given characters at its ends.
    #[must_use]
    pub fn trim_matches(self, text: &str, drop: impl Fn(char) -> bool) -> Self {
        let words = self.slice(text);
        let left = words.len() - words.trim_start_matches(&drop).len();
        let kept = words.trim_matches(&drop).len();
        let start = self.start + u32::try_from(left).unwrap_or(0);
        Self { start, end: start + u32::try_from(kept).unwrap_or(0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_that_splits_a_character_cannot_be_made() {
        let text = "“Kyiv”";
        assert!(Span::of(text, 1..4).is_none());
        assert!(Span::of(text, 3..99).is_none());
        assert_eq!(Span::of(text, 3..7).unwrap().slice(text), "Kyiv");
    }

    #[test]
    fn trimming_keeps_boundaries() {
        let text = " «Łódź» ";
        let span = Span::all(text).trim(text).trim_matches(text, |c| "«»".contains(c));
        assert_eq!(span.slice(text), "Łódź");
        assert!(Span::of("   ", 0..3).unwrap().trim("   ").is_empty());
    }
}
