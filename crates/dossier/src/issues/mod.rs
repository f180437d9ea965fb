//! What is at issue: discovered from what is demanded, offered, refused, conditioned and proposed.
//!
//! Families of the taxonomies gather the wordings of one matter; words that keep coming back in matters and belong to no
//! family found issues of their own; then the words around what was gathered are learned (bootstrapping), so that "the
//! same matter under other words" is known again. Everything is counted over distinct sentences, so a reprint adds
//! nothing.

mod context;
mod corpus;
mod discovery;
mod emergent;
mod heads;
mod learning;
mod matching;
mod naming;
mod phrases;
mod points;
#[cfg(test)]
mod taxonomy_tests;
mod vocabulary;
mod zones;

pub(crate) use context::statements;
pub(crate) use discovery::discover;
pub(crate) use learning::stop_word;
pub(crate) use matching::{Matcher, best, named_beside};
pub(crate) use zones::{Zones, issue_of_status, of_condition, of_term, takes_side};
