//! How does a person or a program get it? Brief, listings and exports.
//!
//! Everything is written from a [`View`]: the articles, what they say, the dossier and the ledger. Nothing here reads or
//! writes a file; programs get text or write to what they are given.

pub mod agreement;
pub mod brief;
pub mod effect;
pub mod export;
pub mod filter;
pub mod listing;
mod page;
pub mod queue;
pub mod source;
mod view;

pub use view::{SCHEMA, View};
