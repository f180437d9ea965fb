//! The pipeline.

use crate::Parse;

/// A trained pipeline, ready to run. One may be shared by many threads.
#[derive(Debug)]
pub struct Pipeline {}

impl Pipeline {
    /// A pipeline that knows no word.
    pub fn stand_in() -> Self {
        Self {}
    }

    /// Parses each line of the text by itself, as a paragraph, and puts the results one after the other.
    pub fn parse_paragraphs(&self, text: &str) -> Parse {
        let mut parse = Parse::default();
        let mut at = 0;
        for line in text.split('\n') {
            if !line.trim().is_empty() {
                parse.append(self.parse(line), at);
            }
            at += line.len() + 1;
        }
        parse
    }

    /// Parses one text as a whole.
    pub fn parse(&self, text: &str) -> Parse {
        let _ = text;
        Parse::default()
    }
}
