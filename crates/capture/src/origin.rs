//! Where a file's captures come from, and how its records become captures or refusals.

use std::path::PathBuf;

use rapporteur_text::{ArticleId, Digest, Moment};

use crate::{Capture, Fields, Original, Refusal};

/// The file behind captures: what it is called, its times, and the most bytes one article may have.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    /// As the user sees it, `-` for standard input.
    pub(crate) name: String,
    /// The file, `None` for standard input.
    pub(crate) file: Option<PathBuf>,
    /// Time of capture given by the user.
    pub(crate) given: Option<Moment>,
    /// The file's own time.
    pub(crate) changed: Option<Moment>,
    pub(crate) limit: usize,
}

/// One record of a container, before it is a capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    /// From 1 in its container; 0 where the file is the record.
    pub(crate) number: usize,
    /// Digest of the record as the container holds it.
    pub(crate) digest: Digest,
    /// Its page or text.
    pub(crate) body: Vec<u8>,
    /// When the container says it was captured.
    pub(crate) at: Option<Moment>,
    pub(crate) fields: Fields,
    /// Out of what the body was taken, where it is not the bytes themselves.
    pub(crate) original: Option<Original>,
}

/// Why a record or a file could not be read; the file's name is added by [`Origin::refuse`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// Number of the record, 0 for the file as a whole.
    pub(crate) number: usize,
    pub(crate) code: &'static str,
    /// The cause and the fix.
    pub(crate) why: String,
}

impl Problem {
    pub(crate) fn new(number: usize, code: &'static str, why: impl Into<String>) -> Self {
        Self { number, code, why: why.into() }
    }

    pub(crate) fn of_file(code: &'static str, why: impl Into<String>) -> Self {
        Self::new(0, code, why)
    }

    /// Text longer than one article may be.
    pub(crate) fn too_large(number: usize, what: &str, limit: usize) -> Self {
        let most = limit / 1_000_000;
        Self::new(number, "too-large", format!("{what} is larger than {most} MB, the most one article may have"))
    }
}

impl Origin {
    /// The path captures carry: "" for standard input.
    pub(crate) fn path(&self) -> String {
        if self.name == "-" { String::new() } else { self.name.clone() }
    }

    /// Time of capture where no record says better.
    pub(crate) fn at(&self) -> Option<Moment> {
        self.given.or(self.changed)
    }

    pub(crate) fn capture(&self, record: Record) -> Capture {
        Capture {
            id: ArticleId::new(&record.digest, record.number),
            bytes: record.body,
            path: self.path(),
            number: record.number,
            at: self.given.or(record.at).or(self.changed),
            digest: record.digest,
            fields: record.fields,
            also: Vec::new(),
            original: record.original,
        }
    }

    pub(crate) fn refuse(&self, problem: &Problem) -> Refusal {
        let refusal = Refusal::new(&self.name, problem.code, &problem.why);
        if problem.number > 0 { refusal.at_record(problem.number) } else { refusal }
    }

    /// A record as a capture, a problem as a refusal; an article over the limit is one.
    pub(crate) fn outcome(&self, outcome: Result<Record, Problem>) -> Result<Capture, Refusal> {
        match outcome {
            Ok(record) if record.body.len() > self.limit => {
                let what = if record.number > 0 { format!("record {}", record.number) } else { "its text".to_string() };
                Err(self.refuse(&Problem::too_large(record.number, &what, self.limit)))
            }
            Ok(record) => Ok(self.capture(record)),
            Err(problem) => Err(self.refuse(&problem)),
        }
    }
}
