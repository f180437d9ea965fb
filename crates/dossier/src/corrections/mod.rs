//! What a person decided about what was read: values that survive a re-reading.
//!
//! A [`Correction`] names an item by its id, which is made from words, or two names as they are written; never a merged
//! record. [`Corrections`] are many of them in the order of their time, as an append-only log holds them: what comes later
//! wins over what came before on the same field, and undoing is a correction too. They are written one JSON object a line
//! ([`Corrections::from_jsonl`]), each with the number of the format in it.
//!
//! Decisions on names are applied to a dossier here ([`correct_names`]); those on items by the ledger.

mod added;
mod json;
mod log;
mod model;
mod names;
mod reader;

pub use added::{Added, AddedRecord, Words};
pub use json::CORRECTIONS_SCHEMA;
pub use log::{Corrections, CorrectionsError, Fate};
pub use model::{Change, Correction, CorrectionId, Decision, Seen, Stand, State, kind_of};
pub use names::{NameOutcome, correct_names, near_of};
