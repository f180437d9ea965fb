//! The capture itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use rapporteur_text::{ArticleId, Digest, Moment};
use serde::{Deserialize, Serialize};

/// What a container says about its record (a JSONL line, a WARC record, a mail, an article of a press database's
/// export, an entry of a library of references); every field may be absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Fields {
    /// `id` of the line, accession number, message id: the record's `source_id`.
    pub id: String,
    /// Address it was fetched from.
    pub url: String,
    /// Name of the outlet.
    pub outlet: String,
    /// Title.
    pub title: String,
    /// Authors as the container writes them: names, or whole bylines with job titles.
    pub authors: Vec<String>,
    /// Publication date as written by the container.
    pub published: String,
    /// Language tag.
    pub language: String,
    /// Whether the bytes are HTML (`html`), plain text (`text`), or not said.
    pub is_html: Option<bool>,
    /// Whether the bytes are the body alone, as a press database keeps it: no title, menu or outlet stands above it.
    pub is_body: bool,
    /// Character encoding as the server named it, "" if it did not.
    pub charset: String,
}

/// One article's bytes as received.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Capture {
    /// The article this capture holds.
    pub id: ArticleId,
    /// The bytes of the page or text. For a JSONL line, the line's `text` or `html`; for PDF, DOCX, RTF and the records
    /// of other containers, their text in UTF-8, or the HTML they hold.
    pub bytes: Vec<u8>,
    /// Path as the user named it, "" for standard input.
    pub path: String,
    /// Number of the record in its container, from 1; 0 where the file is the capture.
    pub number: usize,
    /// When it was captured: given by the user, else by the container (the date of a WARC record), else the file's own
    /// time; `None` where none is known.
    pub at: Option<Moment>,
    /// BLAKE3 of the captured bytes: of the file, or of the record as its container holds it (of a JSONL line; of the
    /// unpacked payload in a WARC; of a message in an mbox; of an article's text in a press database's export).
    pub digest: Digest,
    /// What the container said.
    pub fields: Fields,
    /// Where else the same bytes were received; filled by [`merge_same`].
    pub also: Vec<Address>,
    /// The document, message or export as it was received, where `bytes` are text that was taken out of it; `None` where they
    /// are what was received.
    pub original: Option<Original>,
}

/// A file or message as received, out of which text was taken: a PDF, a DOCX or RTF file, a mail, an export of a press
/// database. The articles of one export share it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Original {
    /// All of it.
    pub bytes: Arc<[u8]>,
    /// BLAKE3 of the bytes.
    pub digest: Digest,
}

impl Original {
    /// These bytes.
    pub fn of(bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        let digest = Digest::of(&bytes);
        Self { bytes, digest }
    }
}

/// One more place at which the same bytes were received.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    /// Path, "" if none.
    pub path: String,
    /// Address on the web, "" if none.
    pub url: String,
    /// Outlet, "" if not known.
    pub outlet: String,
}

impl Capture {
    /// The bytes as they were received: those of the original where there is one.
    pub fn received(&self) -> &[u8] {
        self.original.as_ref().map_or(&self.bytes, |original| &original.bytes)
    }

    /// A capture of these bytes, with no address, time or container.
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        let digest = Digest::of(&bytes);
        Self {
            id: ArticleId::new(&digest, 0),
            bytes,
            path: String::new(),
            number: 0,
            at: None,
            digest,
            fields: Fields::default(),
            also: Vec::new(),
            original: None,
        }
    }
}

/// Captures of the same bytes as one, in the order of their first coming.
///
/// The other places are kept in [`Capture::also`]; of two times of capture the earlier is kept, as that is when the
/// text is known to have existed.
pub fn merge_same(captures: Vec<Capture>) -> Vec<Capture> {
    let mut at = BTreeMap::new();
    let mut merged: Vec<Capture> = Vec::new();
    for capture in captures {
        let place = *at.entry(capture.id.clone()).or_insert(merged.len());
        match merged.get_mut(place) {
            None => merged.push(capture),
            Some(first) => {
                let Fields { url, outlet, .. } = capture.fields;
                first.also.push(Address { path: capture.path, url, outlet });
                first.also.extend(capture.also);
                first.at = match (first.at, capture.at) {
                    (Some(a), Some(b)) => Some(a.min(b)),
                    (a, b) => a.or(b),
                };
            }
        }
    }
    merged
}
