//! Scores the moves of a transition system: spaCy's `TransitionBasedParser.v2` with an upper layer.

use super::gemm::{Weights, add_rows};
use super::store::Node;
use super::tok2vec::Work;

/// Weights of the lower, hidden and upper layer.
#[derive(Debug)]
pub(crate) struct Scorer {
    reduce: Weights,
    lower: Weights,
    bias: Vec<f32>,
    pad: Vec<f32>,
    /// By hidden number, then by move, filled up to [`Scorer::lanes`].
    upper: Vec<f32>,
    upper_bias: Vec<f32>,
    features: usize,
    /// Numbers of one feature of one token before maxout.
    size: usize,
    moves: usize,
}

impl Scorer {
    /// Takes the layers out of a model whose tokens are of `takes` numbers.
    pub(crate) fn new(mut nodes: Vec<Node>, takes: usize) -> Result<Self, String> {
        let at = nodes.iter().position(|node| node.name == "precomputable_affine");
        let mut lower = nodes.swap_remove(at.ok_or("it has no layer `precomputable_affine`")?);
        let w = lower.take("W", 4)?;
        let (bias, pad) = (lower.take("b", 2)?.data, lower.take("pad", 4)?.data);
        let &[features, hidden, pieces, inner] = w.shape.as_slice() else { return Err("weights are malformed".into()) };
        let mut linears = Vec::new();
        for mut node in nodes.into_iter().filter(|node| node.name == "linear") {
            linears.push((node.take("W", 2)?, node.take("b", 1)?));
        }
        let of = |takes: usize, gives: Option<usize>| {
            linears
                .iter()
                .find(|(w, b)| {
                    w.shape[1] == takes && gives.is_none_or(|n| n == w.shape[0]) && b.data.len() == w.shape[0]
                })
                .ok_or_else(|| format!("it has no linear layer that takes {takes} numbers"))
        };
        let (reduce, reduce_bias) = of(takes, Some(inner))?;
        let (upper, upper_bias) = of(hidden, None)?;
        let size = 128;
        let fits = hidden == 64 && pieces == 2 && bias.len() == size && features.checked_mul(size) == Some(pad.len());
        if !fits || inner == 0 {
            return Err("its layers do not fit one another".into());
        }
        let moves = upper.shape[0];
        let lanes = moves.next_multiple_of(16);
        let mut turned = vec![0f32; hidden * lanes];
        for (one, row) in upper.data.chunks_exact(hidden).enumerate() {
            for (h, &x) in row.iter().enumerate() {
                turned[h * lanes + one] = x;
            }
        }
        let mut upper_bias = upper_bias.data.clone();
        upper_bias.resize(lanes, 0.0);
        Ok(Self {
            reduce: Weights::new(&reduce.data, &reduce_bias.data, takes),
            lower: Weights::new(&w.data, &[], inner),
            bias,
            pad,
            upper: turned,
            upper_bias,
            features,
            size,
            moves,
        })
    }

    pub(crate) fn moves(&self) -> usize {
        self.moves
    }

    pub(crate) fn features(&self) -> usize {
        self.features
    }

    /// What each token contributes to the hidden layer in each place it may stand in, into `out`.
    pub(crate) fn prepare(&self, m: usize, rows: &[f32], work: &mut Work, out: &mut Vec<f32>) {
        self.reduce.apply(m, rows, self.reduce.takes(), &mut work.a);
        self.lower.apply(m, &work.a, self.lower.takes(), out);
    }

    /// Scores all moves of a state, given by its tokens: rows of `prepared`, from its row `offset` on, or none.
    pub(crate) fn score(&self, prepared: &[f32], offset: usize, tokens: &[Option<usize>], scores: &mut Vec<f32>) {
        let size = self.size;
        let mut sums = [0f32; 128];
        for (feature, token) in tokens.iter().enumerate() {
            let (from, at) = match token {
                Some(token) => (prepared, ((offset + token) * self.features + feature) * size),
                None => (self.pad.as_slice(), feature * size),
            };
            for (sum, &x) in sums.iter_mut().zip(&from[at..at + size]) {
                *sum += x;
            }
        }
        for (sum, &x) in sums.iter_mut().zip(&self.bias) {
            *sum += x;
        }
        scores.clear();
        scores.extend_from_slice(&self.upper_bias);
        let mut best = [0f32; 64];
        for (best, pair) in best.iter_mut().zip(sums.chunks_exact(2)) {
            *best = pair[0].max(pair[1]);
        }
        add_rows(&best, &self.upper, scores);
    }
}
