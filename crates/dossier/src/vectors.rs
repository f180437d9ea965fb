//! How near two matters are in meaning, by vectors of their words.
//!
//! The vectors are GloVe's (Pennington, Socher, Manning 2014: 100 numbers a word, from Wikipedia and Gigaword news), cut
//! down by `tools/vectors/make.py`. They know that a quay is near a port and petrol near fuel, which no list of ours says;
//! they do not know for from against, so they only help to tell issues apart.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::issues::stop_word;
use crate::lexicon::GENERIC;
use crate::words::{Word, words};

/// Numbers a word.
const SIZE: usize = 100;
/// Steps to one unit in the file.
const STEPS: f32 = 254.0;
/// The rank from which a word is rare enough to count in full.
const RARE: f32 = 3000.0;
/// What a word of news and of negotiating counts.
const COMMON: f32 = 0.25;

static WORDS: LazyLock<HashMap<&'static str, usize>> =
    LazyLock::new(|| common_words().enumerate().map(|(n, w)| (w, n)).collect());
static NUMBERS: &[u8] = include_bytes!("../lexicons/vectors.i8");

/// The 40,000 most frequent plain words of news and encyclopaedia in lower case, the most frequent first.
pub fn common_words() -> impl Iterator<Item = &'static str> {
    include_str!("../lexicons/vectors.txt").lines()
}

/// The vector of a text: the sum of its words', each by how much it tells.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Vector([f32; SIZE]);

impl Default for Vector {
    fn default() -> Self {
        Self([0.0; SIZE])
    }
}

impl Vector {
    /// Adds a word of a text, `weight` times; a word without a vector adds nothing. Of a compound with a hyphen the parts
    /// are added.
    pub(crate) fn add(&mut self, stem: &str, weight: f32) {
        for part in stem.split('-').filter(|p| !stop_word(p)) {
            let Some(&row) = WORDS.get(part) else { continue };
            let Some(numbers) = NUMBERS.get(row * SIZE..(row + 1) * SIZE) else { continue };
            let rare = ((2.0 + row as f32).ln() / RARE.ln()).min(1.0);
            let tells = if GENERIC.contains(part) { COMMON } else { 1.0 };
            let step = weight * rare * tells / STEPS;
            for (sum, number) in self.0.iter_mut().zip(numbers) {
                *sum += step * f32::from(number.cast_signed());
            }
        }
    }

    /// The vector of these words.
    pub(crate) fn of(words: &[Word]) -> Self {
        let mut sum = Self::default();
        words.iter().for_each(|w| sum.add(&w.stem, 1.0));
        sum.unit()
    }

    /// The vector of these phrases, each of its weight; the words of a long one count less.
    pub(crate) fn of_phrases<'a>(phrases: impl IntoIterator<Item = (&'a str, f32)>) -> Self {
        let mut sum = Self::default();
        for (phrase, weight) in phrases {
            let found = words(phrase, 0);
            let share = weight / (found.len().max(1) as f32).sqrt();
            found.iter().for_each(|w| sum.add(&w.stem, share));
        }
        sum.unit()
    }

    /// The same at length one; all zeros stay zeros.
    pub(crate) fn unit(mut self) -> Self {
        let length = self.0.iter().map(|x| x * x).sum::<f32>().sqrt();
        if length > 0.0 {
            self.0.iter_mut().for_each(|x| *x /= length);
        }
        self
    }

    /// What is left when `other` is taken away, at length one; all zeros stay zeros.
    pub(crate) fn without(mut self, other: &Self) -> Self {
        if self.0.iter().any(|&x| x != 0.0) {
            self.0.iter_mut().zip(&other.0).for_each(|(x, o)| *x -= o);
        }
        self.unit()
    }

    /// Cosine of two vectors of length one.
    pub(crate) fn near(&self, other: &Self) -> f32 {
        self.0.iter().zip(&other.0).map(|(a, b)| a * b).sum()
    }

    /// In what each of these differs from what all have in common, and that; of one or two, they have nothing in common.
    pub(crate) fn apart(all: Vec<Self>) -> (Vec<Self>, Self) {
        let common = if all.len() > 2 { Self::mean(&all) } else { Self::default() };
        (all.into_iter().map(|v| v.without(&common)).collect(), common)
    }

    /// The mean of some vectors.
    fn mean(all: &[Self]) -> Self {
        let mut mean = Self::default();
        for vector in all {
            mean.0.iter_mut().zip(&vector.0).for_each(|(m, x)| *m += x / all.len() as f32);
        }
        mean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: &str, b: &str) -> f32 {
        Vector::of(&words(a, 0)).near(&Vector::of(&words(b, 0)))
    }

    #[test]
    fn every_word_has_its_numbers() {
        assert_eq!(NUMBERS.len(), WORDS.len() * SIZE);
    }

    #[test]
    fn words_of_one_matter_are_nearer_than_words_of_two() {
        for (a, b, other) in [
            ("petrol", "fuel", "pension"),
            ("the quay", "harbour lease", "prisoner exchange"),
            ("wages", "pay rise", "safety inspection"),
            ("detainees", "prisoners", "artillery"),
        ] {
            assert!(near(a, b) > near(a, other) + 0.2, "{a}: {} {}", near(a, b), near(a, other));
        }
    }

    #[test]
    fn what_has_no_vector_is_near_nothing() {
        assert_eq!(near("qzxw", "fuel"), 0.0);
        assert_eq!(near("", ""), 0.0);
    }
}
