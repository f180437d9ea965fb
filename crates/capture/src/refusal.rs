//! What could not be read, in words for the user.

use std::fmt;

use rapporteur_text::printable;

/// Something that could not be read: which file, where in it, why, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Refusal {
    /// Path as the user named it, `-` for standard input.
    pub path: String,
    /// Line of a JSONL file, from 1.
    pub line: Option<usize>,
    /// Number of the record in another container (an article of an export, a message of an mbox), from 1.
    pub record: Option<usize>,
    /// Byte of the file at which reading stopped.
    pub offset: Option<u64>,
    /// Short name of the reason: `missing`, `unreadable`, `empty-folder`, `empty-file`, `not-text`, `no-text`,
    /// `truncated`, `damaged`, `too-large`, `too-deep`, `broken-line`, `broken-record`, `count-differs`; of addresses those
    /// of [`FetchError`](crate::fetch::FetchError), `no-feed`, `broken-feed`, and `waiting` for what is tried again later.
    pub code: &'static str,
    /// What was being done, the cause, and the fix where it is known.
    pub message: String,
}

impl Refusal {
    /// A refusal of the whole file at this path, with its reason's short name and the cause.
    pub fn new(path: &str, code: &'static str, why: impl fmt::Display) -> Self {
        let shown = if path == "-" { "standard input".to_string() } else { format!("`{path}`") };
        Self {
            path: path.to_string(),
            line: None,
            record: None,
            offset: None,
            code,
            message: format!("failed to read {shown}: {why}"),
        }
    }

    pub(crate) fn at_line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }

    pub(crate) fn at_record(mut self, record: usize) -> Self {
        self.record = Some(record);
        self
    }

    pub(crate) fn at_offset(mut self, offset: u64) -> Self {
        self.offset = Some(offset);
        self
    }
}

/// Nothing in it steers a terminal, whatever names and addresses hold.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&printable(&self.message))
    }
}

impl std::error::Error for Refusal {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_steers_no_terminal() {
        let refusal = Refusal::new("a\u{1b}[2J.html", "missing", "no such file");
        assert_eq!(refusal.to_string(), "failed to read `a[2J.html`: no such file");
    }
}
