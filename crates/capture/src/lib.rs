//! What exactly did we receive?
//!
//! A capture is bytes as received, with address, time and digest. It is never changed. [`list`] finds the files behind
//! what the user named, [`open`] reads one of them (so a caller can read many at once), [`read`] does both in order.
//! What cannot be read is a [`Refusal`] that names the file, the place in it and what to do; the rest goes on.
//!
//! Understood: files and folders (recursive, sorted by path; hidden files and the pictures and scripts of saved pages
//! left out), `-` for standard input, and gzip of any of them. What a file is, is told by its bytes:
//!
//! | what | captures | from the container |
//! |---|---|---|
//! | HTML, plain text, PDF, DOCX, RTF | the file | |
//! | JSONL (`.jsonl`, `.ndjson`, or by its first line) | one a line | all of [`Fields`] |
//! | WARC 1.0, 1.1 | one a page | address, time of capture, encoding |
//! | mail (`.eml`), mbox, pages saved as MHTML | one a message, and those of its attached documents, pages and texts | address; of newsletters title, outlet, day |
//! | Nexis Uni and Factiva, as DOCX, RTF, HTML or text | one an article | title, outlet, day, byline, number |
//! | RIS, CSL-JSON, Zotero's JSON | one an entry: the page attached to it | title, outlet, day, authors, address |
//!
//! [`fetch`] gets what lies at an address of the web, and [`feeds`] tells what a feed lists; nothing else here opens a socket.
//!
//! Not understood: spreadsheets, presentations, e-books, images, other archives. They are refused by name, with the way
//! to convert them.
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
mod formats;
mod kind;
mod list;
mod net;
mod open;
mod origin;
mod refusal;
mod whole;

pub use capture::{Address, Capture, Fields, Original, merge_same};
pub use list::{Item, Source, is_address, list};
pub use net::{feeds, fetch};
pub use open::{Captures, open, read};
pub use refusal::Refusal;
pub use whole::Texts;

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
