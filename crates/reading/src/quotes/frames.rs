//! The lexicon of cues: which words attribute with which complements.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::lexicon::rows;

/// The complements with which a word attributes.
#[derive(Debug, Default)]
pub(super) struct Frames {
    pub(super) that: bool,
    pub(super) to: bool,
    pub(super) ing: bool,
    pub(super) quote: bool,
    pub(super) obj: bool,
    pub(super) pred: bool,
    pub(super) r#as: bool,
    pub(super) ask: bool,
    pub(super) person: bool,
    pub(super) raise: bool,
    pub(super) raise_pass: bool,
    pub(super) preps: Vec<&'static str>,
}

/// Part of speech of a lexicon entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Word {
    Verb,
    Noun,
    Adjective,
}

static CUES: LazyLock<[HashMap<&'static str, Frames>; 3]> = LazyLock::new(|| {
    let mut cues: [HashMap<&'static str, Frames>; 3] = Default::default();
    for row in rows(include_str!("../../lexicons/cues.tsv")) {
        let [lemma, pos, frames] = row[..] else { continue };
        let word = match pos {
            "v" => Word::Verb,
            "n" => Word::Noun,
            _ => Word::Adjective,
        };
        let entry = cues[word as usize].entry(lemma).or_default();
        frames.split(' ').for_each(|f| entry.add(f));
    }
    cues
});

impl Frames {
    fn add(&mut self, frame: &'static str) {
        match frame {
            "that" => self.that = true,
            "to" => self.to = true,
            "ing" => self.ing = true,
            "quote" => self.quote = true,
            "obj" => self.obj = true,
            "pred" => self.pred = true,
            "as" => self.r#as = true,
            "ask" => self.ask = true,
            "person" => self.person = true,
            "raise" => self.raise = true,
            "raise_pass" => self.raise_pass = true,
            other => self.preps.extend(other.strip_prefix("p:")),
        }
    }
}

/// The frames of a lemma, where it attributes at all.
pub(super) fn of(word: Word, lemma: &str) -> Option<&'static Frames> {
    CUES[word as usize].get(lemma)
}

/// The frames of the verb a regular past form belongs to ("texted", "raged", "blogged"), for forms whose lemma the model does
/// not know.
pub(super) fn of_past(form: &str) -> Option<&'static Frames> {
    let stem = form.strip_suffix("ed").filter(|s| s.len() > 2)?;
    let with_e = form.strip_suffix('d')?;
    let single = stem.strip_suffix(|c: char| stem[..stem.len() - c.len_utf8()].ends_with(c));
    [Some(with_e), Some(stem), single].into_iter().flatten().find_map(|s| of(Word::Verb, s))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_lexicon_has_known_frames() {
        let known = ["that", "to", "ing", "quote", "obj", "pred", "as", "ask", "person", "raise", "raise_pass"];
        for row in rows(include_str!("../../lexicons/cues.tsv")) {
            assert_eq!(row.len(), 3, "{row:?}");
            assert!(["v", "n", "a"].contains(&row[1]), "{row:?}");
            assert!(row[2].split(' ').all(|f| known.contains(&f) || f.starts_with("p:")), "{row:?}");
        }
        assert!(of(Word::Verb, "say").is_some_and(|f| f.that && f.quote));
    }
}
