//! What the pipeline gives: tokens with their tree, sentences, names.

use std::ops::Range;

use smol_str::SmolStr;

/// One token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// First byte in the text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// The words in lower case.
    pub lower: SmolStr,
    /// Lemma.
    pub lemma: SmolStr,
    /// Fine tag (Penn Treebank: `VBD`, `NNP`).
    pub tag: SmolStr,
    /// Universal tag (`VERB`, `PROPN`).
    pub pos: SmolStr,
    /// Features of Universal Dependencies (`Number=Sing|Person=3`) or "".
    pub morph: SmolStr,
    /// Dependency label (ClearNLP: `nsubj`, `ccomp`; `ROOT` for the root).
    pub dep: SmolStr,
    /// Index of the head; its own index for a root.
    pub head: u32,
    /// Index of its sentence in [`Parse::sentences`].
    pub sentence: u32,
    /// Name type (`PERSON`, `GPE`) or "".
    pub ent: SmolStr,
    /// Whether it opens a name.
    pub ent_start: bool,
    /// Whether white space follows.
    pub space_after: bool,
}

/// A name the model found: a range of tokens and its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Token range.
    pub tokens: Range<usize>,
    /// OntoNotes type (`PERSON`, `ORG`, `GPE`, `NORP`, `DATE`, ...).
    pub label: SmolStr,
}

/// Tokens, sentences and names of one text. Several paragraphs, each parsed by itself, stand one after the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parse {
    /// Tokens in order.
    pub tokens: Vec<Token>,
    /// Token ranges of the sentences, in order, covering all tokens.
    pub sentences: Vec<Range<usize>>,
    /// Names in order.
    pub entities: Vec<Entity>,
    /// For each token, its children in order.
    children: Vec<Vec<u32>>,
}

impl Parse {
    /// Puts tokens together: heads give the children, `ent` and `ent_start` the names, `sentence` the sentences.
    ///
    /// Heads out of range are taken for roots.
    pub fn from_tokens(mut tokens: Vec<Token>) -> Self {
        let n = tokens.len();
        let mut children = vec![Vec::new(); n];
        for (i, token) in tokens.iter_mut().enumerate() {
            let head = token.head as usize;
            if head >= n {
                token.head = i as u32;
            } else if head != i {
                children[head].push(i as u32);
            }
        }
        let mut sentences: Vec<Range<usize>> = Vec::new();
        let mut entities: Vec<Entity> = Vec::new();
        let mut last = None;
        for (i, token) in tokens.iter_mut().enumerate() {
            match sentences.last_mut() {
                Some(open) if last == Some(token.sentence) => open.end = i + 1,
                _ => sentences.push(i..i + 1),
            }
            last = Some(token.sentence);
            token.sentence = sentences.len() as u32 - 1;
            if token.ent.is_empty() {
                continue;
            }
            match entities.last_mut() {
                Some(open) if !token.ent_start && open.tokens.end == i && open.label == token.ent => {
                    open.tokens.end = i + 1
                }
                _ => entities.push(Entity { tokens: i..i + 1, label: token.ent.clone() }),
            }
        }
        Self { tokens, sentences, entities, children }
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there are no tokens.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Head of token `i`; itself for a root.
    pub fn head(&self, i: usize) -> usize {
        self.tokens[i].head as usize
    }

    /// Whether token `i` is the root of its sentence (or of a fragment in it).
    pub fn is_root(&self, i: usize) -> bool {
        self.head(i) == i
    }

    /// Children of token `i`, in order.
    pub fn children(&self, i: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.children[i].iter().map(|&c| c as usize)
    }

    /// First child of `i` with one of these labels.
    pub fn child(&self, i: usize, labels: &[&str]) -> Option<usize> {
        self.children(i).find(|&c| labels.contains(&self.tokens[c].dep.as_str()))
    }

    /// All children of `i` with one of these labels.
    pub fn children_with<'a>(&'a self, i: usize, labels: &'a [&'a str]) -> impl Iterator<Item = usize> + 'a {
        self.children(i).filter(move |&c| labels.contains(&self.tokens[c].dep.as_str()))
    }

    /// Heads above `i`, nearest first, `i` itself left out.
    pub fn ancestors(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let mut at = i;
        let mut left = self.tokens.len();
        std::iter::from_fn(move || {
            let head = self.head(at);
            if head == at || left == 0 {
                return None;
            }
            left -= 1;
            at = head;
            Some(at)
        })
    }

    /// All tokens below `i`, and `i`, in order.
    pub fn subtree(&self, i: usize) -> Vec<usize> {
        let mut found = vec![i];
        let mut next = 0;
        while next < found.len() && found.len() <= self.tokens.len() {
            let at = found[next];
            found.extend(self.children(at));
            next += 1;
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// First and one past the last token of the subtree of `i`.
    pub fn subtree_range(&self, i: usize) -> Range<usize> {
        let all = self.subtree(i);
        all[0]..all[all.len() - 1] + 1
    }

    /// Bytes from the first to the last token of the range; empty for an empty range.
    pub fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        match self.tokens.get(tokens.clone()) {
            Some([first, .., last]) => first.start as usize..last.end as usize,
            Some([one]) => one.start as usize..one.end as usize,
            _ => 0..0,
        }
    }

    /// Tokens that lie inside these bytes.
    pub fn tokens_in(&self, bytes: Range<usize>) -> Range<usize> {
        let first = self.tokens.partition_point(|t| (t.start as usize) < bytes.start);
        let last = self.tokens.partition_point(|t| t.end as usize <= bytes.end);
        first..last.max(first)
    }

    /// Sentence of token `i`, as a token range.
    pub fn sentence_of(&self, i: usize) -> Range<usize> {
        self.sentences[self.tokens[i].sentence as usize].clone()
    }

    /// The name that token `i` is part of.
    pub fn entity_of(&self, i: usize) -> Option<&Entity> {
        let at = self.entities.partition_point(|e| e.tokens.end <= i);
        self.entities.get(at).filter(|e| e.tokens.contains(&i))
    }

    /// Puts another parse behind this one; its bytes are moved by `offset`.
    pub fn append(&mut self, other: Parse, offset: usize) {
        let n = self.tokens.len();
        let s = self.sentences.len();
        for mut token in other.tokens {
            token.start += offset as u32;
            token.end += offset as u32;
            token.head += n as u32;
            token.sentence += s as u32;
            self.tokens.push(token);
        }
        self.sentences.extend(other.sentences.into_iter().map(|r| r.start + n..r.end + n));
        self.entities
            .extend(other.entities.into_iter().map(|e| Entity { tokens: e.tokens.start + n..e.tokens.end + n, ..e }));
        self.children.extend(other.children.into_iter().map(|c| c.into_iter().map(|i| i + n as u32).collect()));
    }
}
