//! From forms to one vector a token: `MultiHashEmbed.v2` and `MaxoutWindowEncoder.v2` of spaCy.

use super::gemm::Weights;
use super::store::{Array, Node};
use crate::hash::embedding_rows;
use crate::lexeme::{Attr, Lexeme};
use crate::vectors::Vectors;

/// Rows of zeros on both sides of a document. They go through all layers and are seen by the tokens at the edges; with
/// as many rows as layers no document sees another.
pub(crate) const PAD: usize = 4;

/// A maxout layer followed by layer normalization.
#[derive(Debug)]
struct Maxout {
    /// Outputs by piece, then by number.
    weights: Weights,
    gain: Vec<f32>,
    shift: Vec<f32>,
}

impl Maxout {
    fn new(maxout: &mut Node, norm: &mut Node) -> Result<Self, String> {
        let (w, b) = (maxout.take("W", 3)?, maxout.take("b", 2)?);
        let (gain, shift) = (norm.take("G", 1)?.data, norm.take("b", 1)?.data);
        let &[gives, pieces, takes] = w.shape.as_slice() else { return Err("maxout weights are malformed".into()) };
        let is_empty = takes == 0 || pieces == 0 || gives == 0;
        if is_empty || b.data.len() != gives * pieces || gain.len() != gives || shift.len() != gives {
            return Err("maxout weights do not fit one another".into());
        }
        let mut weights = Vec::with_capacity(w.data.len());
        let mut bias = Vec::with_capacity(b.data.len());
        for piece in 0..pieces {
            for out in 0..gives {
                let at = out * pieces + piece;
                weights.extend_from_slice(&w.data[at * takes..(at + 1) * takes]);
                bias.push(b.data[at]);
            }
        }
        Ok(Self { weights: Weights::new(&weights, &bias, takes), gain, shift })
    }

    fn width(&self) -> usize {
        self.gain.len()
    }

    /// Runs `m` rows (see [`Weights::apply`]); gives each result to `each`.
    fn run(&self, m: usize, rows: &[f32], stride: usize, work: &mut Vec<f32>, mut each: impl FnMut(usize, &[f32])) {
        self.weights.apply(m, rows, stride, work);
        let width = self.width();
        for (i, row) in work.chunks_exact_mut(self.weights.gives()).enumerate() {
            let (best, others) = row.split_at_mut(width);
            for other in others.chunks_exact(width) {
                for (best, &other) in best.iter_mut().zip(other) {
                    *best = best.max(other);
                }
            }
            normalize(best, &self.gain, &self.shift);
            each(i, best);
        }
    }
}

/// Layer normalization in place.
fn normalize(row: &mut [f32], gain: &[f32], shift: &[f32]) {
    let n = row.len() as f32;
    let mean = sum(row, |x| x) / n;
    let variance = sum(row, |x| (x - mean) * (x - mean)) / n;
    let scale = 1.0 / (variance + 1e-8).sqrt();
    for ((x, gain), shift) in row.iter_mut().zip(gain).zip(shift) {
        *x = (*x - mean) * scale * gain + shift;
    }
}

/// Sum in eight lanes, which compilers turn into vector instructions.
fn sum(row: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0f32; 8];
    let mut chunks = row.chunks_exact(8);
    for chunk in &mut chunks {
        for (lane, &x) in lanes.iter_mut().zip(chunk) {
            *lane += f(x);
        }
    }
    lanes.iter().sum::<f32>() + chunks.remainder().iter().map(|&x| f(x)).sum::<f32>()
}

#[derive(Debug)]
struct HashTable {
    attr: Attr,
    seed: u32,
    table: Array,
}

/// Embedding and encoder.
#[derive(Debug)]
pub(crate) struct Tok2Vec {
    tables: Vec<HashTable>,
    /// Weights on static vectors.
    statics: Option<Weights>,
    mix: Maxout,
    layers: Vec<Maxout>,
}

/// Room to work in, kept from call to call.
#[derive(Debug, Default)]
pub(crate) struct Work {
    pub(crate) a: Vec<f32>,
    pub(crate) b: Vec<f32>,
    pub(crate) c: Vec<f32>,
}

impl Tok2Vec {
    /// Takes the layers of an embedding and encoder out of a model; the others are left.
    pub(crate) fn new(nodes: &mut Vec<Node>, vectors: Option<&Vectors>) -> Result<Self, String> {
        let columns = nodes.iter().find(|node| node.name == "extract_features").map(|node| node.columns.clone());
        let columns = columns.ok_or("there is no layer that extracts features")?;
        let (mut tables, mut statics, mut maxouts, mut norms) = (Vec::new(), None, Vec::new(), Vec::new());
        for mut node in std::mem::take(nodes) {
            match node.name.as_str() {
                "hashembed" => {
                    let name = columns.get(node.column).map_or("", String::as_str);
                    let attr = Attr::named(name).ok_or_else(|| format!("feature `{name}` is not supported"))?;
                    tables.push(HashTable { attr, seed: node.seed, table: node.take("E", 2)? });
                }
                "static_vectors" => {
                    let weights = node.take("W", 2)?;
                    let width = vectors.map_or(0, Vectors::width);
                    if weights.shape[1] != width {
                        let takes = weights.shape[1];
                        return Err(format!("it takes word vectors of width {takes}, the package has width {width}"));
                    }
                    statics = Some(Weights::new(&weights.data, &[], width));
                }
                "maxout" => maxouts.push(node),
                "layernorm" => norms.push(node),
                _ => nodes.push(node),
            }
        }
        if maxouts.len() != norms.len() || maxouts.len() < 2 {
            return Err(format!("it has {} maxout layers and {} normalizations", maxouts.len(), norms.len()));
        }
        let mut layers: Vec<Maxout> = maxouts
            .iter_mut()
            .zip(&mut norms)
            .map(|(maxout, norm)| Maxout::new(maxout, norm))
            .collect::<Result<_, _>>()?;
        let mix = layers.remove(0);
        let width = mix.width();
        let parts = tables.len() + usize::from(statics.is_some());
        let fits = mix.weights.takes() == width * parts
            && tables.iter().all(|table| table.table.shape[1] == width && table.table.shape[0] > 0)
            && statics.as_ref().is_none_or(|weights| weights.gives() == width)
            && layers.iter().all(|layer| layer.width() == width && layer.weights.takes() == 3 * width)
            && layers.len() <= PAD;
        if !fits {
            return Err("its layers do not fit one another".into());
        }
        Ok(Self { tables, statics, mix, layers })
    }

    /// Numbers a token.
    pub(crate) fn width(&self) -> usize {
        self.mix.width()
    }

    /// Whether the embedding of a form depends on the blank that follows it.
    pub(crate) fn sees_space_after(&self) -> bool {
        self.tables.iter().any(|table| table.attr == Attr::Spacy)
    }

    /// Embeds forms; `out` gets the row of each.
    pub(crate) fn embed(
        &self,
        forms: &[(&Lexeme, bool)],
        vectors: Option<&Vectors>,
        work: &mut Work,
        mut out: impl FnMut(usize, &[f32]),
    ) {
        let (width, takes, m) = (self.width(), self.mix.weights.takes(), forms.len());
        let Work { a: rows, b, c } = work;
        rows.clear();
        rows.resize(m * takes, 0.0);
        for (row, &(lexeme, space_after)) in rows.chunks_exact_mut(takes).zip(forms) {
            for (part, table) in row.chunks_exact_mut(width).zip(&self.tables) {
                let size = table.table.shape[0] as u32;
                for hash in embedding_rows(lexeme.id(table.attr, space_after), table.seed) {
                    let at = (hash % size) as usize * width;
                    for (sum, &x) in part.iter_mut().zip(&table.table.data[at..at + width]) {
                        *sum += x;
                    }
                }
            }
        }
        if let (Some(weights), Some(vectors)) = (&self.statics, vectors) {
            let long = weights.takes();
            b.clear();
            b.resize(m * long, 0.0);
            for (row, (lexeme, _)) in b.chunks_exact_mut(long).zip(forms) {
                if let Some(number) = lexeme.row {
                    row.copy_from_slice(vectors.vector(number));
                }
            }
            weights.apply(m, b, long, c);
            for (row, part) in rows.chunks_exact_mut(takes).zip(c.chunks_exact(width)) {
                row[takes - width..].copy_from_slice(part);
            }
        }
        self.mix.run(m, rows, takes, b, |i, row| out(i, row));
    }

    /// Encodes rows in place. `rows` begins and ends with [`PAD`] rows of zeros and has as many between documents; one
    /// more row of zeros stands at either end, so that each row has both its neighbours.
    pub(crate) fn encode(&self, rows: &mut [f32], work: &mut Work) {
        const BLOCK: usize = 256;
        let width = self.width();
        let n = (rows.len() / width).saturating_sub(2);
        for layer in &self.layers {
            // What the last block read of its own old rows: its last row is the left neighbour of the next block.
            let mut carried = vec![0f32; width];
            for first in (0..n).step_by(BLOCK) {
                let m = BLOCK.min(n - first);
                let window = &mut work.a;
                window.clear();
                window.extend_from_slice(&rows[first * width..(first + m + 2) * width]);
                window[..width].copy_from_slice(&carried);
                carried.copy_from_slice(&window[m * width..(m + 1) * width]);
                let target = &mut rows[(first + 1) * width..(first + 1 + m) * width];
                layer.run(m, window, width, &mut work.b, |i, row| {
                    for (x, &y) in target[i * width..(i + 1) * width].iter_mut().zip(row) {
                        *x += y;
                    }
                });
            }
        }
    }
}
