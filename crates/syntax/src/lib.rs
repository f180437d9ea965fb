//! How is this sentence built?
//!
//! A native runtime of trained spaCy 3.8 pipelines: it reads an unmodified model package, given as bytes, and gives
//! what spaCy gives: tokens, fine and universal tags, lemmas, dependency heads and labels, sentences, names.

mod parse;
mod pipeline;

pub use parse::{Entity, Parse, Token};
pub use pipeline::Pipeline;
