//! What the pages ask of the house: the talks as of a day, a search, and that a decision is kept.
//!
//! The command line implements [`House`] over a dossier folder; the pages know nothing of folders and archives.

use std::sync::Arc;

use jiff::civil::Date;
use rapporteur_report::View;
use rapporteur_report::brief::Known;
use rapporteur_text::Moment;
use serde_json::{Map, Value};

use crate::Fault;
use crate::access::User;

/// The talks as they stand on some day. They never change: where something is added or decided there are others.
pub trait Talks: Send + Sync {
    /// What pages are written from.
    fn view(&self) -> View<'_>;

    /// The same talks as they could be read before a day.
    fn before(&self, day: Date) -> Arc<dyn Talks>;
}

/// What is searched for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ask {
    /// Words, "phrases", `word*`, AND, OR, NOT and parentheses; "" for none.
    pub words: String,
    /// `statements`, `quotes`, `articles`; everywhere if empty.
    pub fields: Vec<String>,
    /// Acts of statements; any if empty.
    pub acts: Vec<String>,
    /// Name or id of a party.
    pub party: Option<String>,
    /// Name or id of a person.
    pub person: Option<String>,
    /// Name or id of an issue.
    pub issue: Option<String>,
    /// Part of the outlet, address or file of the article.
    pub source: Option<String>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// The most relevant first, instead of the newest.
    pub by_relevance: bool,
    /// The most results.
    pub limit: usize,
}

/// What became of a decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// Id of the correction.
    pub id: String,
    /// Whether it is in the log now; `false` where it was only tried.
    pub is_kept: bool,
    /// What changes with it: `{change, kind, id, before, after}` each.
    pub effect: Vec<Value>,
    /// What holds although it may not be what was meant, in words; "" if nothing.
    pub doubt: String,
}

/// A dossier folder, as the pages need it. Every call may read the disk, so it is made on threads that may wait.
pub trait House: Send + Sync + 'static {
    /// What the dossier is called.
    fn name(&self) -> String;

    /// Differs where anything differs that pages are made of.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    fn state(&self) -> Result<String, Fault>;

    /// What is kept says together, as of a day.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    fn talks(&self, as_of: Option<Date>) -> Result<Arc<dyn Talks>, Fault>;

    /// Results as `search --format json` has them, with `unknown`: names that nobody has, in words.
    ///
    /// # Errors
    /// Where the words are no search, or the folder cannot be read.
    fn search(&self, ask: &Ask) -> Result<Value, Fault>;

    /// The versions of the pages that an article was one of, as `show --versions --format json` has them.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    fn versions(&self, article: &str) -> Result<Value, Fault>;

    /// The feeds that are followed: `{address, title, polls, failures, error, next}` each.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    fn feeds(&self) -> Result<Vec<Value>, Fault>;

    /// When a user looked last, and what he or she knows since.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    fn known(&self, user: &str) -> Result<Option<(Moment, Known)>, Fault>;

    /// Keeps what a user knows now.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    fn remember(&self, user: &str, known: &Known) -> Result<(), Fault>;

    /// Tries a decision (the fields of a line of the log but `schema`, `at` and `by`), and keeps it unless it is only a trial.
    ///
    /// # Errors
    /// Where it is no decision, has no effect, or cannot be kept; then nothing is.
    fn decide(&self, decision: Map<String, Value>, by: &str, is_trial: bool) -> Result<Decided, Fault>;

    /// Who may log in.
    ///
    /// # Errors
    /// Where their file cannot be read.
    fn users(&self) -> Result<Vec<User>, Fault>;

    /// A line for who runs the server.
    fn say(&self, line: &str);
}
