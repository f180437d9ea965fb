//! The dependency parser: arc-eager, with breaks between sentences and with decorated labels for crossing arcs
//! (spacy/pipeline/_parser_internals: arc_eager.pyx, _state.pxd, nonproj.pyx).

use std::ops::Range;

use crate::moves::Move;
use crate::names::Names;
use crate::network::Scorer;
use crate::tree::{Edges, sentence_starts};

const SHIFT: u8 = 0;
const REDUCE: u8 = 1;
const LEFT: u8 = 2;
const RIGHT: u8 = 3;
const BREAK: u8 = 4;

/// What stands between the two labels of a decorated one.
const DELIMITER: &str = "||";

/// The parser of a model.
#[derive(Debug)]
pub(crate) struct Parser {
    scorer: Scorer,
    moves: Vec<Move>,
    /// Moves of each action.
    by_action: [Range<usize>; 5],
    root: u16,
    /// The two labels of each decorated label, by its number.
    decorated: Vec<Option<(u16, u16)>>,
}

/// A tree over the tokens of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tree {
    pub(crate) heads: Vec<u32>,
    pub(crate) labels: Vec<u16>,
    /// Whether a sentence starts at the token.
    pub(crate) starts: Vec<bool>,
}

impl Parser {
    pub(crate) fn new(scorer: Scorer, moves: Vec<Move>, labels: &mut Names) -> Result<Self, String> {
        if moves.len() != scorer.moves() || scorer.features() != 8 {
            let (n, features) = (scorer.moves(), scorer.features());
            return Err(format!("{} moves on 8 tokens were expected, the weights have {n} on {features}", moves.len()));
        }
        let span = |action: u8| {
            let first = moves.partition_point(|one| one.action < action);
            first..moves.partition_point(|one| one.action <= action)
        };
        let by_action = [span(SHIFT), span(REDUCE), span(LEFT), span(RIGHT), span(BREAK)];
        if moves.last().is_some_and(|one| one.action > BREAK) || by_action[..2].iter().any(Range::is_empty) {
            return Err("its moves are not those of an arc-eager parser".into());
        }
        if labels.find("subtok").is_some() {
            return Err("learned tokens are not supported".into());
        }
        let root = labels.add("ROOT");
        let split: Vec<_> = labels.iter().map(|label| label.split_once(DELIMITER)).map(own).collect();
        let decorated = split.into_iter().map(|pair| pair.map(|(x, y)| (labels.add(&x), labels.add(&y)))).collect();
        Ok(Self { scorer, moves, by_action, root, decorated })
    }

    pub(crate) fn scorer(&self) -> &Scorer {
        &self.scorer
    }

    /// Parses a document of `spaces.len()` tokens whose prepared rows begin at `offset`; `spaces` says which tokens are
    /// white space.
    pub(crate) fn parse(&self, prepared: &[f32], offset: usize, spaces: &[bool], scores: &mut Vec<f32>) -> Tree {
        let n = spaces.len();
        let mut state = State::new(n);
        // Each token is shifted, put back and reduced at most a few times; the bound only guards against bad weights.
        for _ in 0..100 * n + 100 {
            if state.is_final() {
                break;
            }
            self.scorer.score(prepared, offset, &state.tokens(), scores);
            let valid = state.valid();
            let mut found: Option<(f32, Move)> = None;
            for (range, _) in self.by_action.iter().zip(valid).filter(|(_, valid)| *valid) {
                if let Some(one) = best_of(&self.moves[range.clone()], &scores[range.clone()])
                    && found.is_none_or(|(most, _)| one.0 > most)
                {
                    found = Some(one);
                }
            }
            let Some((_, one)) = found else { break };
            state.make(one);
        }
        let State { heads, mut labels, .. } = state;
        let mut heads: Vec<u32> = heads.iter().enumerate().map(|(i, head)| head.unwrap_or(i) as u32).collect();
        for (i, &head) in heads.iter().enumerate() {
            if head as usize == i {
                labels[i] = self.root;
            }
        }
        self.deprojectivize(&mut heads, &mut labels, spaces);
        let starts = sentence_starts(&heads);
        Tree { heads, labels, starts }
    }

    /// Puts arcs with decorated labels where they belong: below the first token with the second label, looked for from
    /// the present head down, level by level. Heads change while this goes on; the edges of the subtrees do not.
    fn deprojectivize(&self, heads: &mut [u32], labels: &mut [u16], spaces: &[bool]) {
        let decorated = |label: u16| self.decorated.get(usize::from(label)).copied().flatten();
        if !labels.iter().any(|&label| decorated(label).is_some()) {
            return;
        }
        let edges = Edges::new(heads);
        for i in 0..heads.len() {
            let Some((label, wanted)) = decorated(labels[i]) else { continue };
            let mut queue = vec![heads[i] as usize];
            let mut found = None;
            let mut seen = 0;
            while !queue.is_empty() && found.is_none() && seen <= heads.len() {
                let mut next = Vec::new();
                'level: for &at in &queue {
                    seen += 1;
                    for child in edges.range(at) {
                        if child == at || heads[child] as usize != at || spaces[child] || child == i {
                            continue;
                        }
                        if labels[child] == wanted {
                            found = Some(child);
                            break 'level;
                        }
                        next.push(child);
                    }
                }
                queue = next;
            }
            heads[i] = found.map_or(heads[i], |at| at as u32);
            labels[i] = label;
        }
    }
}

fn own(pair: Option<(&str, &str)>) -> Option<(String, String)> {
    pair.map(|(x, y)| (x.to_owned(), y.to_owned()))
}

fn best_of(moves: &[Move], scores: &[f32]) -> Option<(f32, Move)> {
    let mut most = *scores.first()?;
    let mut at = 0;
    for (i, &score) in scores.iter().enumerate().skip(1) {
        if score > most {
            (most, at) = (score, i);
        }
    }
    moves.get(at).map(|&one| (most, one))
}

/// A partial parse.
struct State {
    stack: Vec<usize>,
    /// Tokens put back, the next one last.
    returned: Vec<usize>,
    next: usize,
    heads: Vec<Option<usize>>,
    labels: Vec<u16>,
    /// Child of each token that was added last, on either side, and the one added before each child.
    left: Vec<Option<usize>>,
    right: Vec<Option<usize>>,
    before: Vec<Option<usize>>,
    unshiftable: Vec<bool>,
    starts: Vec<bool>,
}

impl State {
    fn new(n: usize) -> Self {
        Self {
            stack: Vec::new(),
            returned: Vec::new(),
            next: 0,
            heads: vec![None; n],
            labels: vec![0; n],
            left: vec![None; n],
            right: vec![None; n],
            before: vec![None; n],
            unshiftable: vec![false; n],
            starts: vec![false; n],
        }
    }

    fn buffer_len(&self) -> usize {
        self.heads.len() - self.next + self.returned.len()
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.buffer_len() == 0
    }

    fn buffer(&self, i: usize) -> Option<usize> {
        match self.returned.len().checked_sub(i + 1) {
            Some(at) => Some(self.returned[at]),
            None => Some(self.next + i - self.returned.len()).filter(|&at| at < self.heads.len()),
        }
    }

    fn stack(&self, i: usize) -> Option<usize> {
        self.stack.len().checked_sub(i + 1).map(|at| self.stack[at])
    }

    fn tokens(&self) -> [Option<usize>; 8] {
        let (b0, s0) = (self.buffer(0), self.stack(0));
        [
            b0,
            self.buffer(1),
            s0,
            self.stack(1),
            self.stack(2),
            b0.and_then(|i| self.left[i]),
            s0.and_then(|i| self.left[i]),
            s0.and_then(|i| self.right[i]),
        ]
    }

    /// Which actions are allowed, in their order.
    fn valid(&self) -> [bool; 5] {
        let (depth, length) = (self.stack.len(), self.buffer_len());
        let (b0, b1) = (self.buffer(0), self.buffer(1));
        let starts = |token: Option<usize>| token.is_some_and(|i| self.starts[i]);
        let shiftable = b0.is_none_or(|i| !self.unshiftable[i]);
        let arc = depth > 0 && length > 0 && !starts(b0);
        [
            depth == 0 || length >= 2 && !starts(b0) && shiftable,
            depth > 0,
            arc,
            arc,
            length >= 2 && b1 == b0.map(|i| i + 1) && !starts(b1),
        ]
    }

    fn make(&mut self, one: Move) {
        let (b0, s0) = (self.buffer(0), self.stack(0));
        match (one.action, s0, b0) {
            (SHIFT, ..) => self.push(),
            (REDUCE, Some(s0), _) => {
                self.stack.pop();
                // A token without a head goes back to the buffer, unless it is alone.
                if self.heads[s0].is_none() && !self.stack.is_empty() {
                    self.unshiftable[s0] = true;
                    self.returned.push(s0);
                }
            }
            (LEFT, Some(s0), Some(b0)) => {
                self.attach(b0, s0, one.label);
                self.unshiftable[b0] = false;
                self.stack.pop();
            }
            (RIGHT, Some(s0), Some(b0)) => {
                self.attach(s0, b0, one.label);
                self.push();
            }
            _ => {
                if let Some(b1) = self.buffer(1) {
                    self.starts[b1] = true;
                }
            }
        }
    }

    fn push(&mut self) {
        if let Some(b0) = self.buffer(0) {
            if self.returned.pop().is_none() {
                self.next += 1;
            }
            self.stack.push(b0);
        }
    }

    fn attach(&mut self, head: usize, child: usize, label: u16) {
        if let Some(old) = self.heads[child] {
            let last = if old > child { &mut self.left[old] } else { &mut self.right[old] };
            // The child was always the last one its old head got: a token gets children only while it is on top.
            if *last == Some(child) {
                *last = self.before[child];
            }
        }
        let last = if head > child { &mut self.left[head] } else { &mut self.right[head] };
        self.before[child] = *last;
        *last = Some(child);
        self.heads[child] = Some(head);
        self.labels[child] = label;
    }
}
