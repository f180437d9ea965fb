//! The versions of a page, and in what each differs from the one before: sentence by sentence, and in those that are alike word
//! by word.

use rapporteur_article::Article;
use rapporteur_report::source;
use rapporteur_text::Moment;
use similar::{ChangeTag, DiffTag, TextDiff};

use super::Folder;
use crate::Error;

/// Share of words from which two sentences are one that was changed.
const ALIKE: f32 = 0.6;

/// Short forms that end with a full stop and no sentence: titles of people and the like.
const SHORT: &[&str] = &[
    "capt", "col", "dr", "fr", "gen", "gov", "hon", "jr", "lt", "maj", "messrs", "mr", "mrs", "ms", "pres", "prof",
    "rep", "rev", "sen", "sgt", "sr", "st", "vs",
];

/// A page that was more than one article.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PageShown {
    /// Its address.
    pub address: String,
    /// What it was, the oldest first.
    pub versions: Vec<VersionShown>,
}

/// A version of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct VersionShown {
    /// Id of the article.
    pub article: String,
    /// Outlet, day and file.
    pub source: String,
    /// Its title.
    pub title: String,
    /// When the page was first and last seen to be it.
    pub seen: [Moment; 2],
    /// The sentences of the version before and of this one in their order; empty for the first version.
    pub changes: Vec<Change>,
}

impl VersionShown {
    /// How many sentences went and how many came, of which one that was reworded is one each.
    pub fn counts(&self) -> (usize, usize) {
        counts(&self.changes)
    }
}

/// What became of a sentence from one version of a page to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It stands in both.
    Same(String),
    /// It is not in the newer one.
    Went(String),
    /// It is not in the older one.
    Came(String),
    /// It has other words: as it was, as it is, and its words in order.
    Reworded {
        /// As it was.
        went: String,
        /// As it is.
        came: String,
        /// Stretches of words with what became of them.
        words: Vec<(Word, String)>,
    },
}

/// What became of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// They are in both.
    Same,
    /// They are not in the newer sentence.
    Went,
    /// They are not in the older sentence.
    Came,
}

/// How many sentences went and how many came, of which one that was reworded is one each.
pub(super) fn counts(changes: &[Change]) -> (usize, usize) {
    let went = changes.iter().filter(|c| matches!(c, Change::Went(_) | Change::Reworded { .. })).count();
    let came = changes.iter().filter(|c| matches!(c, Change::Came(_) | Change::Reworded { .. })).count();
    (went, came)
}

/// What became of the sentences of a text in another one.
pub(super) fn differences(old: &str, new: &str) -> Vec<Change> {
    let (old, new) = (sentences(old), sentences(new));
    let diff = TextDiff::from_slices(&refs(&old), &refs(&new)).ops().to_vec();
    let mut all = Vec::new();
    for op in diff {
        let (was, is) = (old.get(op.old_range()).unwrap_or_default(), new.get(op.new_range()).unwrap_or_default());
        match op.tag() {
            DiffTag::Equal => all.extend(is.iter().cloned().map(Change::Same)),
            _ => replaced(was, is, &mut all),
        }
    }
    all
}

fn refs(all: &[String]) -> Vec<&str> {
    all.iter().map(String::as_str).collect()
}

/// Sentences in the place of others: those that are alike are one that was reworded.
fn replaced(was: &[String], is: &[String], all: &mut Vec<Change>) {
    let mut next = 0;
    for old in was {
        let like = is.iter().enumerate().skip(next).find(|(_, new)| alike(old, new));
        match like {
            Some((at, new)) => {
                all.extend(is.iter().take(at).skip(next).cloned().map(Change::Came));
                all.push(Change::Reworded { went: old.clone(), came: new.clone(), words: words(old, new) });
                next = at + 1;
            }
            None => all.push(Change::Went(old.clone())),
        }
    }
    all.extend(is.iter().skip(next).cloned().map(Change::Came));
}

fn alike(old: &str, new: &str) -> bool {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split(' ').collect(), new.split(' ').collect());
    TextDiff::from_slices(&old, &new).ratio() >= ALIKE
}

/// Words in their order, those with the same lot together.
fn words(old: &str, new: &str) -> Vec<(Word, String)> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split(' ').collect(), new.split(' ').collect());
    let mut all: Vec<(Word, String)> = Vec::new();
    for change in TextDiff::from_slices(&old, &new).iter_all_changes() {
        let word = match change.tag() {
            ChangeTag::Equal => Word::Same,
            ChangeTag::Delete => Word::Went,
            ChangeTag::Insert => Word::Came,
        };
        match all.last_mut() {
            Some((last, words)) if *last == word => {
                words.push(' ');
                words.push_str(change.value());
            }
            _ => all.push((word, change.value().to_string())),
        }
    }
    all
}

/// The sentences of a text with one space between words: cut by its lines, and behind a full stop, question or exclamation mark
/// that is followed by a capital, a figure or a quotation mark. It is for showing what changed: no item rests on it.
fn sentences(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let mut from = 0;
        for at in 0..words.len() {
            if words.get(at + 1).is_none_or(|next| is_end(words[at], next)) {
                all.push(words[from..=at].join(" "));
                from = at + 1;
            }
        }
    }
    all
}

fn is_end(word: &str, next: &str) -> bool {
    let bare = word.trim_end_matches(['"', '\'', '”', '’', ')', ']']);
    let Some(stem) = bare.strip_suffix(['.', '!', '?', '…']) else { return false };
    let begins =
        next.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || matches!(c, '"' | '“' | '‘' | '\'' | '('));
    let stem = stem.trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_initial = stem.chars().count() == 1 && stem.starts_with(char::is_uppercase);
    let is_number = stem == "No" && next.starts_with(char::is_numeric);
    let is_short = bare.ends_with('.')
        && (is_initial || is_number || stem.contains('.') || SHORT.contains(&stem.to_lowercase().as_str()));
    begins && !is_short
}

impl Folder {
    /// The pages that were this article among others, with what changed from each version to the next.
    ///
    /// # Errors
    /// Where the archive cannot be read, or what is kept cannot be read back.
    pub fn versions(&self, article: &str) -> Result<Vec<PageShown>, Error> {
        let mut all = Vec::new();
        for page in self.pages()?.into_iter().filter(|p| p.seen.iter().any(|s| s.article.as_str() == article)) {
            let mut shown = PageShown { address: page.address, versions: Vec::new() };
            let mut before: Option<Article> = None;
            for sighting in page.seen {
                let Some(packed) = self.archive.packed(sighting.article.as_str())? else { continue };
                let article = packed.article().map_err(|what| Error::from(self.archive.fault(what)))?;
                shown.versions.push(VersionShown {
                    article: article.id.to_string(),
                    source: source::named(&article),
                    title: article.title.clone(),
                    seen: sighting.seen,
                    changes: before.map_or_else(Vec::new, |b| differences(&b.text, &article.text)),
                });
                before = Some(article);
            }
            all.push(shown);
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_into_its_sentences() {
        let text = "HALVER — Mr. J. Brök said no. “We will wait.” The U.S. Envoy left at 3.15 p.m. on Friday! Why?\nNobody knew";
        let expected = [
            "HALVER — Mr. J. Brök said no.",
            "“We will wait.”",
            "The U.S. Envoy left at 3.15 p.m. on Friday!",
            "Why?",
            "Nobody knew",
        ];
        assert_eq!(sentences(text), expected);
    }

    #[test]
    fn a_sentence_with_other_words_is_one_that_was_reworded() {
        let old = "The owners refused on Tuesday to raise the pay. It rained. Both sides will meet.";
        let new = "Both sides will meet. The owners refused on Monday to raise the pay. Nobody else came.";
        let changes = differences(old, new);
        assert_eq!(counts(&changes), (2, 2), "what moved went and came: {changes:?}");
        let changes = differences(old, &old.replace("Tuesday", "Monday").replace(" It rained.", ""));
        let reworded = [
            (Word::Same, "The owners refused on"),
            (Word::Went, "Tuesday"),
            (Word::Came, "Monday"),
            (Word::Same, "to raise the pay."),
        ];
        let [Change::Reworded { words, .. }, Change::Went(went), Change::Same(same)] = changes.as_slice() else {
            panic!("{changes:?}")
        };
        assert_eq!(words.iter().map(|(w, s)| (*w, s.as_str())).collect::<Vec<_>>(), reworded);
        assert_eq!((went.as_str(), same.as_str()), ("It rained.", "Both sides will meet."));
        assert_eq!(counts(&changes), (2, 1));
        assert_eq!(counts(&differences(old, &old.replace(' ', "  "))), (0, 0));
    }
}
