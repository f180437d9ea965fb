//! Subtrees and sentences of a tree of heads (spacy/tokens/doc.pyx).

use std::ops::Range;

/// First and last token of each subtree, as spaCy counts them: by passes over the heads, which for crossing arcs may
/// stop early.
pub(crate) struct Edges {
    left: Vec<usize>,
    right: Vec<usize>,
}

/// Passes after which spaCy gives up.
const PASSES: usize = 12;

impl Edges {
    pub(crate) fn new(heads: &[u32]) -> Self {
        let all: Vec<usize> = (0..heads.len()).collect();
        let mut edges = Self { left: all.clone(), right: all };
        for _ in 0..PASSES {
            for i in (0..heads.len()).chain((0..heads.len()).rev()) {
                let head = heads[i] as usize;
                edges.left[head] = edges.left[head].min(edges.left[i]);
                edges.right[head] = edges.right[head].max(edges.right[i]);
            }
            if edges.heads_are_within_sentences(heads) {
                break;
            }
        }
        edges
    }

    /// The tokens of the subtree of `i` and all between them.
    pub(crate) fn range(&self, i: usize) -> Range<usize> {
        self.left[i]..self.right[i] + 1
    }

    fn starts(&self, heads: &[u32]) -> Vec<bool> {
        let mut starts = vec![false; heads.len()];
        for (i, &head) in heads.iter().enumerate() {
            if head as usize == i {
                starts[self.left[i]] = true;
            }
        }
        starts
    }

    /// The last token is left out, as there.
    fn heads_are_within_sentences(&self, heads: &[u32]) -> bool {
        let starts = self.starts(heads);
        let mut first = 0;
        for i in 0..heads.len() {
            if i > 0 && starts[i] || i + 1 == heads.len() {
                let within = |&head: &u32| (first..=i).contains(&(head as usize));
                if !heads[first..i].iter().all(within) {
                    return false;
                }
                first = i;
            }
        }
        true
    }
}

/// Whether a sentence starts at each token: at the left edge of every root's subtree.
pub(crate) fn sentence_starts(heads: &[u32]) -> Vec<bool> {
    let mut starts = Edges::new(heads).starts(heads);
    if let Some(first) = starts.first_mut() {
        *first = true;
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_start_sentences_at_their_left_edge() {
        assert_eq!(sentence_starts(&[1, 1, 1, 4, 4]), [true, false, false, true, false]);
        assert_eq!(sentence_starts(&[0]), [true]);
        assert!(sentence_starts(&[]).is_empty());
    }

    #[test]
    fn crossing_arcs_stay_in_one_sentence() {
        // "A hearing is scheduled on the issue today": `on` (4) hangs on `hearing` (1), across the root (3).
        let heads = [1, 3, 3, 3, 1, 6, 4, 3];
        assert_eq!(Edges::new(&heads).range(1), 0..7);
        assert_eq!(sentence_starts(&heads).iter().filter(|&&s| s).count(), 1);
    }
}
