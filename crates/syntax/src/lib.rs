//! How is this sentence built?
//!
//! A native runtime of trained spaCy 3.8 pipelines: it reads an unmodified model package, given as bytes, and gives
//! what spaCy gives: tokens, fine and universal tags, lemmas, dependency heads and labels, sentences, names.

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
