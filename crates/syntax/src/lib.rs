//! How is this sentence built?
//!
//! A native runtime of trained spaCy 3.8 pipelines for English. It reads an unmodified model package (`en_core_web_sm`,
//! `en_core_web_md`), given as bytes, and gives what spaCy gives: tokens, fine and universal tags, features, lemmas,
//! dependency heads and labels, sentences, names; no Python, several times faster, in a tenth of the memory. It opens
//! no files and knows nothing of what the text is about.
//!
//! ```
//! use rapporteur_syntax::{Package, Pipeline};
//!
//! # fn load(folder: &std::path::Path) -> Result<Pipeline, Box<dyn std::error::Error>> {
//! let mut package = Package::new();
//! for name in Package::REQUIRED.iter().chain(Package::VECTORS) {
//!     if let Ok(bytes) = std::fs::read(folder.join(name)) {
//!         package.insert(*name, bytes);
//!     }
//! }
//! let pipeline = Pipeline::load(&package)?;
//! # Ok(pipeline)
//! # }
//! # let pipeline = rapporteur::model::for_tests();
//!
//! let text = "The union won't sign until employers in Carrow drop the cranes.";
//! let parse = pipeline.parse(text);
//! let verb = (0..parse.len()).find(|&i| parse.is_root(i)).expect("a sentence has a root");
//! assert_eq!(parse.tokens[verb].lemma, "sign");
//! let subject = parse.child(verb, &["nsubj"]).expect("someone does not sign");
//! assert_eq!(&text[parse.bytes(parse.subtree_range(subject))], "The union");
//! assert!(parse.child(verb, &["neg"]).is_some());
//! assert_eq!(parse.entities[0].label, "GPE");
//! ```
//!
//! # How it works
//!
//! [`Pipeline::load`] reads the weights (MessagePack, as Thinc writes them), the tokenizer's rules, the patterns of the
//! attribute ruler and the lemma tables. A text then goes through, in this order:
//!
//! 1. the tokenizer: chunks between white space, special cases, prefixes, suffixes, addresses, infixes, and special
//!    cases once more;
//! 2. `tok2vec`: four hash embeddings of each form's norm, prefix, suffix and shape (with whether a blank follows and
//!    whether it is white space), its static vector, and four convolutions over three tokens each;
//! 3. the tagger (one linear layer) and the parser (arc-eager, with crossing arcs put back by their decorated labels),
//!    on the same vectors; sentences start at the left edges of the roots' subtrees;
//! 4. the name finder, with an embedding and encoder of its own;
//! 5. the attribute ruler and the rule lemmatizer.
//!
//! Embedded forms are kept from text to text, weights are laid out once as the inner loops read them, and paragraphs go
//! through the network in batches. None of it can be seen in the result: a sum is made in the same order wherever its
//! row stands, what is kept depends on the form alone, and it is thrown away when it grows too large.
//!
//! # How equal
//!
//! `tests/parity.rs` compares every value of 30,616 tokens with spaCy 3.8.18: none differs. Numbers are summed in
//! another order than NumPy sums them, so a decision that hangs on the seventh digit may fall otherwise; expect fewer
//! than one value in 100,000.
//!
//! # What is not supported
//!
//! - Components other than `tok2vec`, `tagger`, `parser`, `attribute_ruler`, `lemmatizer` (rules) and `ner`, or in
//!   another order; other architectures than those of the English `sm` and `md` pipelines; transformers; training. Such
//!   packages are refused, by name of the file and setting.
//! - Other languages, until their lemmatizers and norms are here.
//! - Python's Unicode tables are pinned where features rest on them (version 14, `data/unicode.tsv`), but lower case is
//!   Rust's: letters that newer versions of Unicode added may differ.
//! - Runs of more than 5,000 characters without white space are cut, and lines of more than 100,000 bytes are parsed in
//!   parts.
//! - Scores and vectors of tokens are not given out; static vectors of words are ([`Pipeline::vector`]).
//!
//! # Licences
//!
//! `data/` holds tables from spaCy (MIT). The models carry their own licences.

mod config;
mod error;
mod hash;
mod lemmatizer;
mod lexeme;
mod moves;
mod msgpack;
mod names;
mod ner;
mod network;
mod package;
mod parse;
mod parser;
mod pipeline;
mod ruler;
mod tagger;
mod tokenizer;
mod tree;
mod unicode;
mod vectors;

pub use error::Error;
pub use package::Package;
pub use parse::{Entity, Parse, Token};
pub use pipeline::Pipeline;
