//! The tagger: one linear layer and the best label.

use serde_json::Value as Json;

use crate::names::Names;
use crate::network::{self, Weights};
use crate::{Error, Package};

/// The tagger of a model.
#[derive(Debug)]
pub(crate) struct Tagger {
    weights: Weights,
}

impl Tagger {
    /// Reads the tagger; its labels become the first of `tags`.
    pub(crate) fn load(package: &Package, takes: usize, tags: &mut Names) -> Result<Self, Error> {
        let (file, labels) = ("tagger/model", "tagger/cfg");
        let json: Json =
            serde_json::from_str(package.need_text(labels)?).map_err(|e| Error::damaged(labels, e.to_string()))?;
        for label in json.get("labels").and_then(Json::as_array).into_iter().flatten() {
            tags.add(label.as_str().ok_or_else(|| Error::damaged(labels, "a label is not text"))?);
        }
        let mut nodes = network::load(package, file)?;
        let node = nodes.iter_mut().find(|node| node.name == "softmax");
        let node = node.ok_or_else(|| Error::damaged(file, "it has no layer `softmax`"))?;
        let damaged = |what: String| Error::damaged(file, what);
        let (w, b) = (node.take("W", 2).map_err(damaged)?, node.take("b", 1).map_err(damaged)?);
        if w.shape != [tags.len(), takes] || b.data.len() != tags.len() || takes == 0 || tags.len() == 0 {
            let (n, found) = (tags.len(), w.shape);
            return Err(Error::damaged(file, format!("expected weights of {n} x {takes}, found {found:?}")));
        }
        Ok(Self { weights: Weights::new(&w.data, &b.data, takes) })
    }

    /// Number of the best tag of each of `m` rows.
    pub(crate) fn tags(&self, m: usize, rows: &[f32], work: &mut Vec<f32>) -> Vec<u16> {
        self.weights.apply(m, rows, self.weights.takes(), work);
        let best = |row: &[f32]| {
            row.iter()
                .enumerate()
                .fold((0, f32::NEG_INFINITY), |best, (i, &x)| if x > best.1 { (i, x) } else { best })
                .0
        };
        work.chunks_exact(self.weights.gives()).map(|row| best(row) as u16).collect()
    }
}
