//! Scores the moves of a transition system: spaCy's `TransitionBasedParser.v2` with an upper layer.

use super::gemm::multiply;
use super::store::Node;
use super::tok2vec::Work;

/// Weights of the lower, hidden and upper layer.
#[derive(Debug)]
pub(crate) struct Scorer {
    reduce: Vec<f32>,
    reduce_bias: Vec<f32>,
    lower: Vec<f32>,
    bias: Vec<f32>,
    pad: Vec<f32>,
    /// By hidden number, then by move, filled up to [`Scorer::lanes`].
    upper: Vec<f32>,
    upper_bias: Vec<f32>,
    features: usize,
    hidden: usize,
    /// Numbers of one feature of one token before maxout.
    size: usize,
    moves: usize,
    takes: usize,
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
        let size = hidden * pieces;
        if pieces != 2 || size != 128 || bias.len() != size || pad.len() != features * size || inner == 0 {
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
            reduce: reduce.data.clone(),
            reduce_bias: reduce_bias.data.clone(),
            lower: w.data,
            bias,
            pad,
            upper: turned,
            upper_bias,
            features,
            hidden,
            size,
            moves,
            takes,
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
        multiply(m, rows, self.takes, self.takes, &self.reduce, &self.reduce_bias, &mut work.a);
        let inner = self.reduce_bias.len();
        multiply(m, &work.a, inner, inner, &self.lower, &[], out);
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
        let lanes = scores.len();
        for (pair, row) in sums[..2 * self.hidden].chunks_exact(2).zip(self.upper.chunks_exact(lanes)) {
            let x = pair[0].max(pair[1]);
            for (score, &weight) in scores.iter_mut().zip(row) {
                *score += x * weight;
            }
        }
    }
}
