//! What did the journalist write, and when?
//!
//! Furniture out; byline, dateline, agency and dates lifted into fields; every byte of the text mapped back to the
//! capture. Never fails: poor input gives an article with notes.

mod article;

pub use article::{Article, Config, CopyKind, Dateline, Note, PublishedBasis, Source, extract};
