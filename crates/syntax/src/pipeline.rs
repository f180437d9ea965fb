//! The pipeline: what a model is made of, and how a text goes through it.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use smol_str::SmolStr;

use crate::lemmatizer::Lemmatizer;
use crate::lexeme::{Forms, Ids, Lexicon, Norms};
use crate::names::Names;
use crate::ner::Ner;
use crate::network::{self, PAD, Scorer, Tok2Vec, Work};
use crate::parser::{Parser, Tree};
use crate::ruler::{Ruler, Seen};
use crate::tagger::Tagger;
use crate::tokenizer::{Tokenizer, chunks};
use crate::vectors::Vectors;
use crate::{Error, Package, Parse, Token, config, moves};

/// Forms remembered by one thread before it forgets them all; the bound on memory, not on the text.
const MOST_FORMS: usize = 20_000;

/// Tokens that go through the network together.
const BATCH: usize = 384;

/// Bytes after which one line is parsed in parts.
const LONGEST_TEXT: usize = 100_000;

/// A trained pipeline, ready to run. One may be shared by many threads; what it gives depends on the text alone, never
/// on what was parsed before or on which thread.
pub struct Pipeline {
    name: String,
    tokenizer: Tokenizer,
    norms: Norms,
    vectors: Option<Vectors>,
    shared: Tok2Vec,
    tagger: Tagger,
    parser: Parser,
    ruler: Ruler,
    lemmatizer: Lemmatizer,
    own: Tok2Vec,
    ner: Ner,
    tags: Names,
    deps: Names,
    kinds: Names,
    /// Room to work in and forms met, one for each thread that is parsing.
    rooms: Mutex<Vec<Room>>,
}

/// A token on its way through the pipeline.
#[derive(Debug, Clone, Copy)]
struct Raw {
    form: u32,
    start: u32,
    end: u32,
    space_after: bool,
}

/// What one thread works with. All of it is derived from the model and the text, and may be thrown away.
#[derive(Default)]
struct Room {
    lexicon: Lexicon,
    /// Tokens of chunks met before: a range of `pieces`.
    chunks: HashMap<SmolStr, Range<u32>>,
    /// Forms and their lengths in bytes.
    pieces: Vec<(u32, u32)>,
    shared_rows: Rows,
    own_rows: Rows,
    lemmas: HashMap<(u32, SmolStr, SmolStr), SmolStr, BuildHasherDefault<std::hash::DefaultHasher>>,
    work: Work,
    shared_input: Vec<f32>,
    own_input: Vec<f32>,
    prepared: Vec<f32>,
    scores: Vec<f32>,
}

/// Embedded forms.
#[derive(Default)]
struct Rows {
    /// Place in `data` by form and by whether a blank follows.
    at: HashMap<(u32, u8), u32, BuildHasherDefault<Ids>>,
    data: Vec<f32>,
}

impl Room {
    fn forget(&mut self) {
        self.lexicon.clear();
        self.chunks.clear();
        self.pieces.clear();
        self.lemmas.clear();
        for rows in [&mut self.shared_rows, &mut self.own_rows] {
            rows.at.clear();
            rows.data.clear();
        }
    }
}

impl Pipeline {
    /// Loads a pipeline from the files of its package.
    ///
    /// # Errors
    /// If a file is missing or damaged, or asks for something this runtime does not support; the message names the
    /// file.
    pub fn load(package: &Package) -> Result<Self, Error> {
        let name = config::check(package)?;
        std::thread::scope(|scope| {
            let words = scope.spawn(|| {
                let tokenizer = Tokenizer::load(package.need("tokenizer")?)?;
                let norms = Norms::load(package.need("vocab/lookups.bin")?)?;
                Ok::<_, Error>((tokenizer, norms, Lemmatizer::load(package)?))
            });
            let weights = scope.spawn(|| network::load(package, "tok2vec/model"));
            let own = scope.spawn(|| network::load(package, "ner/model"));
            let vectors = Vectors::load(package)?;
            let damaged = |file: &'static str| move |what: String| Error::damaged(file, what);
            let shared = Tok2Vec::new(&mut join(weights)?, vectors.as_ref()).map_err(damaged("tok2vec/model"))?;
            let (mut tags, mut deps, mut kinds) = (Names::default(), Names::default(), Names::default());
            let tagger = Tagger::load(package, shared.width(), &mut tags)?;
            let parser = {
                let file = "parser/model";
                let scorer = Scorer::new(network::load(package, file)?, shared.width()).map_err(damaged(file))?;
                let moves = moves::load(package, "parser/moves", &mut deps)?;
                Parser::new(scorer, moves, &mut deps).map_err(damaged(file))?
            };
            let ruler = Ruler::load(package, &mut tags, &mut deps)?;
            let (own, ner) = {
                let file = "ner/model";
                let mut nodes = join(own)?;
                let own = Tok2Vec::new(&mut nodes, vectors.as_ref()).map_err(damaged(file))?;
                let scorer = Scorer::new(nodes, own.width()).map_err(damaged(file))?;
                let moves = moves::load(package, "ner/moves", &mut kinds)?;
                (own, Ner::new(scorer, moves).map_err(damaged(file))?)
            };
            let (tokenizer, norms, lemmatizer) = join(words)?;
            let rooms = Mutex::default();
            Ok(Self {
                name,
                tokenizer,
                norms,
                vectors,
                shared,
                tagger,
                parser,
                ruler,
                lemmatizer,
                own,
                ner,
                tags,
                deps,
                kinds,
                rooms,
            })
        })
    }

    /// Name and version of the model (`en_core_web_md 3.8.0`).
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The static vector of a word, or of its lower case; none if the model does not know the word or has no vectors.
    pub fn vector(&self, word: &str) -> Option<&[f32]> {
        let vectors = self.vectors.as_ref()?;
        let row = |word: &str| vectors.row(crate::hash::string_id(word));
        let row = row(word).or_else(|| row(&word.to_lowercase()))?;
        Some(vectors.vector(row))
    }

    /// Parses each line of the text by itself, as a paragraph, and puts the results one after the other.
    pub fn parse_paragraphs(&self, text: &str) -> Parse {
        let mut lines: Vec<(usize, &str)> = Vec::new();
        let mut at = 0;
        for line in text.split('\n') {
            if !line.trim().is_empty() {
                lines.push((at, line));
            }
            at += line.len() + 1;
        }
        self.parse_all(&lines)
    }

    /// Parses one text as a whole. Texts longer than 100,000 bytes are cut at white space and parsed in parts.
    pub fn parse(&self, text: &str) -> Parse {
        self.parse_all(&[(0, text)])
    }

    /// Parses texts, each by itself, and puts the results one after the other, moved by the offsets given.
    fn parse_all(&self, texts: &[(usize, &str)]) -> Parse {
        let mut room = self.rooms.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let mut parse = Parse::default();
        let mut batch: Vec<(usize, Vec<Raw>)> = Vec::new();
        let mut waiting = 0;
        for &(offset, text) in texts {
            for (start, part) in parts(text) {
                let tokens = self.tokenize(part, &mut room);
                if tokens.is_empty() {
                    continue;
                }
                waiting += tokens.len();
                batch.push((offset + start, tokens));
                if waiting >= BATCH {
                    self.run(&mut room, &batch, &mut parse);
                    batch.clear();
                    waiting = 0;
                    if room.lexicon.len() > MOST_FORMS {
                        room.forget();
                    }
                }
            }
        }
        self.run(&mut room, &batch, &mut parse);
        if room.lexicon.len() > MOST_FORMS {
            room.forget();
        }
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner).push(room);
        parse
    }

    /// Cuts a text into tokens.
    fn tokenize(&self, text: &str, room: &mut Room) -> Vec<Raw> {
        let forms = Forms {
            norms: &self.norms,
            vectors: self.vectors.as_ref(),
            words: &|lower| self.ruler.words(lower),
            opens_sequence: &|id| self.tokenizer.opens_sequence(id),
        };
        let Room { lexicon, chunks: known, pieces, .. } = room;
        let mut tokens: Vec<Raw> = Vec::with_capacity(text.len() / 5 + 4);
        let mut cut = Vec::new();
        chunks(text, |bytes, space_after| {
            let chunk = text.get(bytes.clone()).unwrap_or_default();
            let range = match known.get(chunk) {
                Some(range) => range.clone(),
                None => {
                    cut.clear();
                    self.tokenizer.cut(chunk, true, &mut cut);
                    let first = pieces.len() as u32;
                    for piece in &cut {
                        let norm = piece.special.and_then(|special| special.norm.as_deref());
                        let form = lexicon.number(&forms, chunk.get(piece.bytes.clone()).unwrap_or_default(), norm);
                        pieces.push((form, piece.bytes.len() as u32));
                    }
                    let range = first..pieces.len() as u32;
                    known.insert(chunk.into(), range.clone());
                    range
                }
            };
            let mut at = bytes.start as u32;
            for &(form, len) in pieces.get(range.start as usize..range.end as usize).unwrap_or_default() {
                tokens.push(Raw { form, start: at, end: at + len, space_after: false });
                at += len;
            }
            if let Some(last) = tokens.last_mut() {
                last.space_after = space_after;
            }
        });
        if tokens.iter().any(|token| lexicon.get(token.form).opens_sequence) {
            tokens = self.second_pass(text, tokens, lexicon, &forms);
        }
        tokens
    }

    /// Replaces runs of tokens that are special cases after all.
    fn second_pass(&self, text: &str, tokens: Vec<Raw>, lexicon: &mut Lexicon, forms: &Forms<'_>) -> Vec<Raw> {
        let ids: Vec<u64> = tokens.iter().map(|token| lexicon.get(token.form).orth).collect();
        let spans = self.tokenizer.second_pass(&ids);
        if spans.is_empty() {
            return tokens;
        }
        let mut out = Vec::with_capacity(tokens.len() + spans.len());
        let mut done = 0;
        for span in spans {
            out.extend_from_slice(&tokens[done..span.start]);
            self.replace(text, &tokens[span.clone()], lexicon, forms, &mut out);
            done = span.end;
        }
        out.extend_from_slice(&tokens[done..]);
        out
    }

    fn replace(&self, text: &str, run: &[Raw], lexicon: &mut Lexicon, forms: &Forms<'_>, out: &mut Vec<Raw>) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
        let words = text.get(first.start as usize..last.end as usize).unwrap_or_default();
        let Some(special) = self.tokenizer.special(words) else {
            out.extend_from_slice(run);
            return;
        };
        let mut at = first.start;
        for token in special {
            let form = lexicon.number(forms, &token.text, token.norm.as_deref());
            let end = at + token.text.len() as u32;
            out.push(Raw { form, start: at, end, space_after: false });
            at = end;
        }
        if let Some(token) = out.last_mut() {
            token.space_after = last.space_after;
        }
    }

    /// Sends documents through the network together and adds their parses. A document's rows see no other document's,
    /// and each row's sums are made in the same order wherever it stands, so batches change nothing.
    fn run(&self, room: &mut Room, batch: &[(usize, Vec<Raw>)], parse: &mut Parse) {
        if batch.is_empty() {
            return;
        }
        self.embed(&self.shared, batch, room, true);
        self.embed(&self.own, batch, room, false);
        self.shared.encode(&mut room.shared_input, &mut room.work);
        self.own.encode(&mut room.own_input, &mut room.work);
        let Room { lexicon, shared_input, own_input, work, prepared, scores, lemmas, .. } = room;
        let inside = |rows: &[f32], width: usize| rows.len() / width - 2;
        let width = self.shared.width();
        let n = inside(shared_input, width);
        let rows = &shared_input[width..];
        let tags = self.tagger.tags(n, rows, &mut work.a);
        self.parser.scorer().prepare(n, rows, work, prepared);
        let mut at = PAD;
        let mut documents = Vec::with_capacity(batch.len());
        for (_, tokens) in batch {
            let spaces: Vec<bool> = tokens.iter().map(|token| lexicon.get(token.form).is_space).collect();
            let tree = self.parser.parse(prepared, at, &spaces, scores);
            documents.push((at, spaces, tree));
            at += tokens.len() + PAD;
        }
        let width = self.own.width();
        self.ner.scorer().prepare(n, &own_input[width..], work, prepared);
        for ((offset, tokens), (at, spaces, tree)) in batch.iter().zip(&documents) {
            let names = self.ner.find(prepared, *at, &tree.starts, spaces, scores);
            let tags = &tags[*at..*at + tokens.len()];
            let tokens = self.annotate(tokens, spaces, tags, tree, &names, lexicon, lemmas);
            parse.append(Parse::from_tokens(tokens), *offset);
        }
    }

    /// Lays out the embedded tokens of a batch, with zeros between documents, as [`Tok2Vec::encode`] wants them.
    fn embed(&self, tok2vec: &Tok2Vec, batch: &[(usize, Vec<Raw>)], room: &mut Room, shared: bool) {
        let Room { lexicon, shared_rows, own_rows, work, shared_input, own_input, .. } = room;
        let (rows, input) = if shared { (shared_rows, shared_input) } else { (own_rows, own_input) };
        let width = tok2vec.width();
        let sees_space = tok2vec.sees_space_after();
        let key = |token: &Raw| (token.form, u8::from(sees_space && token.space_after));
        let mut new = Vec::new();
        let mut known = (rows.data.len() / width) as u32;
        for token in batch.iter().flat_map(|(_, tokens)| tokens) {
            rows.at.entry(key(token)).or_insert_with(|| {
                new.push((lexicon.get(token.form), token.space_after));
                known += 1;
                known - 1
            });
        }
        let first = rows.data.len();
        rows.data.resize(first + new.len() * width, 0.0);
        let fresh = &mut rows.data[first..];
        tok2vec.embed(&new, self.vectors.as_ref(), work, |i, row| {
            fresh[i * width..(i + 1) * width].copy_from_slice(row);
        });
        let n: usize = batch.iter().map(|(_, tokens)| tokens.len() + PAD).sum::<usize>() + PAD + 2;
        input.clear();
        input.resize(n * width, 0.0);
        let mut at = PAD + 1;
        for (_, tokens) in batch {
            for token in tokens {
                let from = rows.at.get(&key(token)).map_or(0, |&at| at as usize) * width;
                input[at * width..(at + 1) * width].copy_from_slice(&rows.data[from..from + width]);
                at += 1;
            }
            at += PAD;
        }
    }

    fn annotate(
        &self,
        tokens: &[Raw],
        spaces: &[bool],
        tags: &[u16],
        tree: &Tree,
        names: &[(Range<usize>, u16)],
        lexicon: &Lexicon,
        lemmas: &mut HashMap<(u32, SmolStr, SmolStr), SmolStr, BuildHasherDefault<std::hash::DefaultHasher>>,
    ) -> Vec<Token> {
        let seen: Vec<Seen> = (0..tokens.len())
            .map(|i| Seen {
                tag: tags[i],
                dep: tree.labels[i],
                words: lexicon.get(tokens[i].form).words,
                is_space: spaces[i],
            })
            .collect();
        let sets = self.ruler.run(&seen);
        let mut sentence = 0;
        let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
        for (i, (raw, set)) in tokens.iter().zip(sets).enumerate() {
            if i > 0 && tree.starts[i] {
                sentence += 1;
            }
            let form = lexicon.get(raw.form);
            let pos = set.pos.cloned().unwrap_or_default();
            let morph = set.morph.cloned().unwrap_or_default();
            let lemma = set.lemma.cloned().unwrap_or_else(|| {
                let key = (raw.form, pos.clone(), morph.clone());
                let make = || self.lemmatizer.lemma(&form.text, &form.lower, &pos, &morph);
                lemmas.entry(key).or_insert_with(make).clone()
            });
            out.push(Token {
                start: raw.start,
                end: raw.end,
                lower: form.lower.clone(),
                lemma,
                tag: set.tag.cloned().unwrap_or_else(|| self.tags.get(tags[i])),
                pos,
                morph,
                dep: set.dep.cloned().unwrap_or_else(|| self.deps.get(tree.labels[i])),
                head: tree.heads[i],
                sentence,
                ent: SmolStr::default(),
                ent_start: false,
                space_after: raw.space_after,
            });
        }
        for (range, label) in names {
            for (i, token) in out[range.clone()].iter_mut().enumerate() {
                token.ent = self.kinds.get(*label);
                token.ent_start = i == 0;
            }
        }
        out
    }
}

impl std::fmt::Debug for Pipeline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pipeline").field("name", &self.name).finish_non_exhaustive()
    }
}

/// What a loading thread gave. A thread that panicked passes its panic on.
fn join<T>(thread: std::thread::ScopedJoinHandle<'_, Result<T, Error>>) -> Result<T, Error> {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// Cuts an overlong text at blanks; gives the parts with their offsets.
fn parts(text: &str) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let mut start = 0;
    while text.len() - start > LONGEST_TEXT {
        let mut end = start + LONGEST_TEXT;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let window = text.get(start..end).unwrap_or_default();
        let cut = window.rfind(' ').map_or(end, |at| start + at + 1);
        parts.push((start, text.get(start..cut).unwrap_or_default()));
        start = cut;
    }
    parts.push((start, text.get(start..).unwrap_or_default()));
    parts
}
