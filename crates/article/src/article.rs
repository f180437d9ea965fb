//! The article and its fields.

use std::sync::Arc;

use rapporteur_capture::Capture;
use rapporteur_text::{ArticleId, Digest, Moment, Span};
use serde::{Deserialize, Deserializer, Serialize};

use crate::{PageVersion, extract};

/// How an article is to be read out of its capture.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Config {
    /// Take the capture as clean text already: nothing is removed, offsets are the input's.
    pub verbatim: bool,
}

impl Config {
    /// Clean text already: nothing is removed.
    pub fn verbatim() -> Self {
        Self { verbatim: true }
    }
}

/// Which step of the ladder gave the publication date.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PublishedBasis {
    /// JSON-LD, a meta element or a time element of the page.
    Metadata,
    /// A date line of the visible text.
    Text,
    /// The dateline of the report.
    Dateline,
    /// A day and weekday without a year: the newest fitting year not after the time of capture.
    Weekday,
    /// The address.
    Url,
    /// The container of the capture.
    Input,
    /// None found.
    #[default]
    None,
}

impl PublishedBasis {
    /// As written in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Metadata => "metadata",
            Self::Text => "text",
            Self::Dateline => "dateline",
            Self::Weekday => "weekday",
            Self::Url => "url",
            Self::Input => "input",
            Self::None => "none",
        }
    }
}

/// Place and day that open a wire report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// Place as written, "" if none.
    pub place: String,
    /// Day, where the dateline has one and its year is known.
    pub date: Option<Moment>,
}

/// One address at which the same bytes were received.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Source {
    /// Path, "" if none.
    pub path: String,
    /// Address, "" if none.
    pub url: String,
    /// Outlet, "" if not known.
    pub outlet: String,
}

/// How one article copies another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CopyKind {
    /// The same text in other bytes.
    Exact,
    /// Nearly the same text.
    Near,
    /// The same reporting in other words.
    Rewrite,
    /// A later version of the same page.
    Version,
}

impl CopyKind {
    /// As written in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Near => "near",
            Self::Rewrite => "rewrite",
            Self::Version => "version",
        }
    }
}

/// Something that could not be read or was doubtful.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Note {
    /// Short name, such as `no-date`.
    pub code: &'static str,
    /// A sentence for the user.
    pub message: String,
}

impl<'de> Deserialize<'de> for Note {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename = "Note")]
        struct Kept {
            code: String,
            message: String,
        }
        let Kept { code, message } = Kept::deserialize(deserializer)?;
        let fail = || serde::de::Error::custom("the code of a note is no label");
        Ok(Self { code: rapporteur_text::label(&code).ok_or_else(fail)?, message })
    }
}

/// Clean text of one capture, with what the page says about it.
///
/// Serialised without `text`: it is kept beside the rest, which can only be read back with the text at hand
/// ([`Span::within`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Article {
    /// Made from the captured bytes.
    pub id: ArticleId,
    /// `id` of the record in its container (of a JSONL line; an accession number, a message id), else "".
    pub source_id: String,
    /// Every path and address at which these bytes were received, at least one.
    pub sources: Vec<Source>,
    /// Time of capture, where known.
    pub captured_at: Option<Moment>,
    /// Digest of the captured bytes.
    pub digest: Digest,
    /// Outlet, "" if not known.
    pub outlet: String,
    /// Title without the site's suffix, "" if none.
    pub title: String,
    /// Authors, without job titles.
    pub authors: Vec<String>,
    /// News agency credited with the report, "" if none.
    pub agency: String,
    /// Dateline, where there is one.
    pub dateline: Option<Dateline>,
    /// Publication time; `None` rather than a guess.
    pub published: Option<Moment>,
    /// The step that gave `published`.
    pub published_basis: PublishedBasis,
    /// Last update, kept apart from publication.
    pub updated: Option<Moment>,
    /// BCP 47 tag, "" if not known.
    pub language: String,
    /// The body: paragraphs separated by one newline. All evidence counts in its bytes.
    #[serde(skip)]
    pub text: String,
    /// Bytes of visible furniture taken out.
    pub removed: usize,
    /// For each piece of `text`, where it stands in the decoded capture.
    pub origin_map: Vec<(Span, usize)>,
    /// What was doubtful.
    pub notes: Vec<Note>,
    /// Which version of its page it is, where others are known too. No part of what was captured: it is neither read nor kept
    /// with the article.
    #[serde(skip)]
    pub page: Option<Arc<PageVersion>>,
}

impl Article {
    /// An article that is this text and nothing else; what tests and examples of reading rules use.
    pub fn from_text(text: &str) -> Self {
        extract(&Capture::from_bytes(text), &Config::verbatim())
    }

    /// Spans of the paragraphs, in order, without their newlines; empty ones are left out.
    pub fn paragraphs(&self) -> Vec<Span> {
        let mut at = 0;
        let mut spans = Vec::new();
        for line in self.text.split('\n') {
            if let Some(span) = Span::of(&self.text, at..at + line.len()).filter(|s| !s.trim(&self.text).is_empty()) {
                spans.push(span);
            }
            at += line.len() + 1;
        }
        spans
    }
}
