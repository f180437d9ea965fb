//! How does a person or a program get it? Brief, tables and exports.
//!
//! Everything is written from a [`View`]: the articles, what they say, the dossier and the ledger.

pub mod export;
mod view;

pub use view::{SCHEMA, View};
