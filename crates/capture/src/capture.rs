//! The capture itself.

use rapporteur_text::{ArticleId, Digest, Moment};

/// What a container (a JSONL line) says about its record; every field may be absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fields {
    /// `id` of the line: the record's `source_id`.
    pub id: String,
    /// Address it was fetched from.
    pub url: String,
    /// Name of the outlet.
    pub outlet: String,
    /// Title.
    pub title: String,
    /// Publication date as written by the container.
    pub published: String,
    /// Language tag.
    pub language: String,
    /// Whether the bytes are HTML (`html`), plain text (`text`), or not said.
    pub is_html: Option<bool>,
}

/// One article's bytes as received.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Capture {
    /// The article this capture holds.
    pub id: ArticleId,
    /// The bytes; for a JSONL line, the line's `text` or `html` in UTF-8.
    pub bytes: Vec<u8>,
    /// Path as the user named it, "" for standard input.
    pub path: String,
    /// Number of the record in its container, from 1; 0 where the file is the capture.
    pub number: usize,
    /// When it was captured: given by the user, else the file's own time; `None` where neither is known.
    pub at: Option<Moment>,
    /// BLAKE3 of the captured bytes (for a JSONL record, of the line).
    pub digest: Digest,
    /// What the container said.
    pub fields: Fields,
}

impl Capture {
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
        }
    }
}
