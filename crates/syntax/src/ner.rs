//! The name finder: one BILUO move a token (spacy/pipeline/_parser_internals/ner.pyx).

use std::ops::Range;

use crate::moves::{Move, best};
use crate::network::Scorer;

const BEGIN: u8 = 1;
const IN: u8 = 2;
const LAST: u8 = 3;
const UNIT: u8 = 4;
const OUT: u8 = 5;

/// The name finder of a model.
#[derive(Debug)]
pub(crate) struct Ner {
    scorer: Scorer,
    moves: Vec<Move>,
}

impl Ner {
    pub(crate) fn new(scorer: Scorer, moves: Vec<Move>) -> Result<Self, String> {
        if moves.len() != scorer.moves() || scorer.features() != 3 || moves.iter().any(|one| one.action > OUT) {
            let (n, features) = (scorer.moves(), scorer.features());
            return Err(format!("{} moves on 3 tokens were expected, the weights have {n} on {features}", moves.len()));
        }
        Ok(Self { scorer, moves })
    }

    pub(crate) fn scorer(&self) -> &Scorer {
        &self.scorer
    }

    /// Names in a document, in order: token ranges and the numbers of their labels. `starts` says where sentences
    /// start, `spaces` which tokens are white space.
    pub(crate) fn find(
        &self,
        prepared: &[f32],
        offset: usize,
        starts: &[bool],
        spaces: &[bool],
        scores: &mut Vec<f32>,
    ) -> Vec<(Range<usize>, u16)> {
        let n = spaces.len();
        let mut names = Vec::new();
        let mut open: Option<(usize, u16)> = None;
        for i in 0..n {
            let first = open.map(|(first, _)| first);
            self.scorer.score(prepared, offset, &[Some(i), first, first.map(|_| i - 1)], scores);
            let goes_on = i + 1 < n && !starts[i + 1];
            let valid = |one: Move| match one.action {
                BEGIN => open.is_none() && one.label != 0 && goes_on && !spaces[i],
                IN => goes_on && one.label != 0 && open.is_some_and(|(_, label)| label == one.label),
                LAST => one.label != 0 && open.is_some_and(|(_, label)| label == one.label),
                UNIT => open.is_none() && one.label != 0 && !spaces[i],
                OUT => open.is_none(),
                _ => false,
            };
            let Some(one) = best(&self.moves, scores, valid) else { break };
            match one.action {
                BEGIN => open = Some((i, one.label)),
                LAST => {
                    if let Some((first, label)) = open.take() {
                        names.push((first..i + 1, label));
                    }
                }
                UNIT => names.push((i..i + 1, one.label)),
                _ => {}
            }
        }
        names
    }
}
