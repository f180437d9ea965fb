//! An article as one version of its page, and what of it does not stand there any more.

use std::sync::Arc;

use rapporteur_text::{ArticleId, Moment, Span};

use crate::Article;

/// What an article is to its page, where the page was more than one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageVersion {
    /// The address of the page.
    pub address: String,
    /// Which article the page was, 1 for the first.
    pub number: usize,
    /// The first article that the page was.
    pub first: ArticleId,
    /// When that was published, where known: all versions are as old as the first.
    pub first_published: Option<Moment>,
    /// Whether that was an agency's own report.
    pub is_first_by_agency: bool,
    /// When the page was first seen to be this article, and when it was last, before it became another one.
    pub seen: [Moment; 2],
    /// What the page was before it became this article.
    pub replaces: Option<ArticleId>,
    /// What the page became after it, one after the other; it may have come back to this one.
    pub later: Vec<Later>,
}

/// What a page became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Later {
    /// The article.
    pub article: ArticleId,
    /// Its text, as [`page_text`] has it.
    pub text: Arc<str>,
    /// When the page was first and last seen to be it.
    pub seen: [Moment; 2],
}

/// Words that stood in a page and do not any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vanished {
    /// The version of the page in which they were missing first.
    pub article: ArticleId,
    /// When they were last seen in the page.
    pub seen: Moment,
    /// When they were first seen to be gone.
    pub gone: Moment,
}

impl PageVersion {
    /// The article that the page is now, where it is another one.
    pub fn replaced_by(&self, own: &ArticleId) -> Option<&ArticleId> {
        self.later.last().map(|l| &l.article).filter(|id| *id != own)
    }
}

impl Article {
    /// Whether a sentence of this article stands in its page no more, and since when. Spaces and the form of quotation marks
    /// make no difference, and a sentence that stands elsewhere in the page stands there.
    pub fn vanished(&self, sentence: Span) -> Option<Vanished> {
        let page = self.page.as_ref()?;
        let newest = page.later.last().filter(|l| l.article != self.id)?;
        let lines = lines(&self.text, sentence);
        let is_in = |text: &str| lines.iter().all(|line| line.stands(text));
        if is_in(&newest.text) {
            return None;
        }
        let stood = page.later.iter().rposition(|l| l.article == self.id || is_in(&l.text));
        let seen = stood.and_then(|n| page.later.get(n)).map_or(page.seen[1], |l| l.seen[1]);
        let next = page.later.get(stood.map_or(0, |n| n + 1))?;
        Some(Vanished { article: next.article.clone(), seen, gone: next.seen[0] })
    }

    /// Whether a sentence of this article stands in a text, which is as [`page_text`] has it.
    pub fn stands_in(&self, sentence: Span, text: &str) -> bool {
        lines(&self.text, sentence).iter().all(|line| line.stands(text))
    }
}

/// A text with one space between words, plain quotation marks and its own lines.
pub fn page_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            '\n' => out.truncate(out.trim_end_matches(' ').len()),
            c if c.is_whitespace() && out.ends_with([' ', '\n']) => continue,
            _ => {}
        }
        out.push(match c {
            '\n' => '\n',
            c if c.is_whitespace() => ' ',
            '“' | '”' | '„' | '«' | '»' => '"',
            '‘' | '’' => '\'',
            c => c,
        });
    }
    out
}

/// Characters of what stands before and behind a sentence that are looked at.
const AROUND: usize = 16;

/// Words of one line, plain, with what stands before and behind them in it.
struct Line {
    words: String,
    before: String,
    after: String,
}

/// The lines of a stretch of text, mostly one.
fn lines(text: &str, sentence: Span) -> Vec<Line> {
    let (start, end) = (sentence.start(), sentence.end());
    let from = text.get(..start).and_then(|t| t.rfind('\n')).map_or(0, |at| at + 1);
    let to = text.get(end..).and_then(|t| t.find('\n')).map_or(text.len(), |at| end + at);
    let before = page_text(text.get(from..start).unwrap_or_default());
    let after = page_text(text.get(end..to).unwrap_or_default());
    let mut all: Vec<Line> = page_text(sentence.slice(text))
        .split('\n')
        .filter(|words| !words.is_empty())
        .map(|words| Line { words: words.to_string(), before: String::new(), after: String::new() })
        .collect();
    if let Some(first) = all.first_mut() {
        first.before = before.chars().rev().take(AROUND).collect::<Vec<_>>().into_iter().rev().collect();
    }
    if let Some(last) = all.last_mut() {
        last.after = after.chars().take(AROUND).collect();
    }
    all
}

fn is_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | ':' | ';' | '\n')
}

/// Marks that may stand between two sentences.
fn is_between(c: char) -> bool {
    matches!(c, '"' | '\'' | '(' | ')' | '[' | ']' | ' ' | '—' | '–' | '-')
}

impl Line {
    /// Whether a plain text has these words as sentences of their own, or with the same words around them as here.
    fn stands(&self, text: &str) -> bool {
        let words = self.words.as_str();
        text.match_indices(words).any(|(at, _)| {
            let (before, after) = (&text[..at], &text[at + words.len()..]);
            let begins = || before.chars().rev().find(|c| !is_between(*c)).is_none_or(is_end);
            let ends = || {
                let next = after.chars().find(|c| !is_between(*c));
                let is_closed = words.chars().rev().find(|c| !is_between(*c)).is_some_and(is_end);
                next.is_none_or(|c| is_end(c) || (is_closed && !after.starts_with(char::is_alphanumeric)))
            };
            let same_before = || !self.before.is_empty() && before.trim_end().ends_with(&self.before);
            let same_after = || !self.after.is_empty() && after.trim_start().starts_with(&self.after);
            (begins() || same_before()) && (ends() || same_after())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "HALVER (Wire) — The owners refused the offer. “We wait,” said Ada Brök.\nThey will meet.";

    fn version(text: &str, n: usize) -> Later {
        let article = ArticleId::from_written(format!("a-{n}"));
        let seen = [format!("2025-03-0{n}T10:00:00Z"), format!("2025-03-0{n}T12:00:00Z")];
        Later { article, text: page_text(text).into(), seen: seen.map(|at| at.parse().unwrap()) }
    }

    /// The article that its page was first, and what the page became.
    fn first(later: &[&str]) -> Article {
        let mut article = Article::from_text(TEXT);
        let seen = version("", 1).seen;
        let later = later.iter().enumerate().map(|(n, text)| version(text, n + 2)).collect();
        let (address, first) = (String::new(), article.id.clone());
        let (first_published, is_first_by_agency, replaces) = (None, false, None);
        let page =
            PageVersion { address, number: 1, first, first_published, is_first_by_agency, seen, replaces, later };
        article.page = Some(page.into());
        article
    }

    fn vanished(words: &str, later: &[&str]) -> Option<String> {
        let at = TEXT.find(words).unwrap();
        let article = first(later);
        let found = article.vanished(Span::of(TEXT, at..at + words.len()).unwrap())?;
        let hour = |at: Moment| at.to_string()[..13].to_string();
        Some(format!("{} {} {}", found.article, hour(found.seen), hour(found.gone)))
    }

    #[test]
    fn a_sentence_stands_wherever_it_is_a_sentence_of_the_new_version() {
        let refused = "The owners refused the offer.";
        for later in [
            TEXT,
            "The owners refused the offer.",
            "They will meet. The  owners\u{a0}refused the offer.",
            "It was late.\nThe owners refused the offer.\nThey will meet.",
            "Corrected: The owners refused the offer. \"We wait,\" said Ada Brök.",
        ] {
            assert_eq!(vanished(refused, &[later]), None, "{later}");
        }
        assert_eq!(vanished("“We wait,” said Ada Brök.", &["\"We wait,\" said Ada Brök."]), None);
        for later in [
            "The owners refused the offer of the union.",
            "Nobody says that The owners refused the offer.",
            "The mill owners refused the offer.",
            "",
        ] {
            assert_eq!(vanished(refused, &[later]).as_deref(), Some("a-2 2025-03-01T12 2025-03-02T10"), "{later}");
        }
    }

    #[test]
    fn a_sentence_was_last_seen_in_the_last_version_that_had_it() {
        let meet = "They will meet.";
        assert_eq!(vanished(meet, &[TEXT, "x", "y"]).as_deref(), Some("a-3 2025-03-02T12 2025-03-03T10"));
        assert_eq!(vanished(meet, &["x", TEXT, "y"]).as_deref(), Some("a-4 2025-03-03T12 2025-03-04T10"));
        assert_eq!(vanished(meet, &["x", meet]), None, "it came back");
    }
}
