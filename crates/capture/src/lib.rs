//! What exactly did we receive?
//!
//! A capture is bytes as received, with address, time and digest. It is never changed. [`list`] finds the files behind
//! what the user named, [`open`] reads one of them (so a caller can read many at once), [`read`] does both in order.
//! What cannot be read is a [`Refusal`] that names the file, the place in it and what to do; the rest goes on.
//!
//! Understood: files and folders (recursive, sorted by path, hidden files left out), gzip of any of them, HTML, plain
//! text, JSONL (`.jsonl`, `.ndjson`: one capture a line), and `-` for standard input. Not understood: PDF, office files,
//! images and archives; they are refused by name with the way to convert them.
//!
//! ```
//! use rapporteur_capture::{Config, Source, read};
//! # let folder = tempfile::tempdir().unwrap();
//! # std::fs::write(folder.path().join("one.txt"), "KYIV, Jan 28 (Reuters) - Talks resumed.").unwrap();
//! let sources = [Source::from(folder.path().to_str().unwrap())];
//! for outcome in read(&sources, &Config::default()) {
//!     match outcome {
//!         Ok(capture) => assert!(capture.path.ends_with("one.txt")),
//!         Err(refusal) => panic!("{refusal}"),
//!     }
//! }
//! ```

mod capture;
mod container;
mod kind;
mod list;
mod open;
mod refusal;

pub use capture::{Address, Capture, Fields, merge_same};
pub use list::{Item, Source, list};
pub use open::{Captures, open, read};
pub use refusal::Refusal;

use rapporteur_text::Moment;

/// How captures are read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Config {
    /// Time of capture given by the user; `None`: the file's own time of last change.
    pub captured_at: Option<Moment>,
    /// The most bytes one article may have, after unpacking; what is larger is refused. 100 MB unless set.
    pub limit: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { captured_at: None, limit: 100_000_000 }
    }
}

impl Config {
    /// Captures made at this time, or at the time of each file where `None`.
    pub fn captured_at(at: Option<Moment>) -> Self {
        Self { captured_at: at, ..Self::default() }
    }
}
