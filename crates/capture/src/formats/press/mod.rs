//! Exports of press databases: many articles in one file, told apart by the marks their programs write.
//!
//! [`nexis`] and [`factiva`] read lines of text, so that the same export is read the same from DOCX, RTF, HTML or text.
//! Their layouts change from year to year: what is looked for is only what all have, and an article that lacks it is a
//! problem with its number and title while the others are read.

pub(crate) mod dates;
mod factiva;
mod nexis;

use rapporteur_text::Digest;

use crate::Fields;
use crate::origin::{Problem, Record};

/// The articles of an export, in order; `None` where the text is none.
pub(crate) fn split(text: &str) -> Option<Vec<Result<Record, Problem>>> {
    nexis::split(text).or_else(|| factiva::split(text))
}

/// A line without the white space around it, which databases write in several kinds.
fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'))
}

/// `Page 3 of 12`, with or without the database's name behind it.
fn is_page_line(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let number = |word: Option<&str>| word.is_some_and(|w| w.parse::<u32>().is_ok());
    words.next().is_some_and(|w| w.eq_ignore_ascii_case("page"))
        && number(words.next())
        && words.next().is_some_and(|w| w.eq_ignore_ascii_case("of"))
        && number(words.next())
}

fn is_copyright(line: &str) -> bool {
    let low = line.get(..12).unwrap_or(line).to_lowercase();
    low.starts_with('©') || low.starts_with("(c)") || low.starts_with("copyright")
}

/// An article as an export gives it.
#[derive(Debug, Default)]
struct Found {
    title: String,
    outlet: String,
    byline: String,
    published: String,
    id: String,
    body: Vec<String>,
}

impl Found {
    /// The record of this article; `chunk` is all the export says of it.
    fn record(self, number: usize, chunk: &str) -> Record {
        let authors = Some(self.byline).filter(|b| !b.is_empty()).into_iter().collect();
        let fields = Fields {
            id: self.id,
            outlet: self.outlet,
            title: self.title,
            authors,
            published: self.published,
            is_html: Some(false),
            is_body: true,
            ..Fields::default()
        };
        Record {
            number,
            digest: Digest::of(chunk.trim().as_bytes()),
            body: self.body.join("\n").into_bytes(),
            at: None,
            fields,
            original: None,
        }
    }
}

/// A problem of one article, with the words by which the user finds it.
fn problem(number: usize, title: &str, code: &'static str, why: &str) -> Problem {
    let named = if title.is_empty() { String::new() } else { format!(" (`{title}`)") };
    Problem::new(number, code, format!("article {number}{named} {why}"))
}

/// The problem of an export that says it holds more or fewer articles than were found in it.
fn count_problem(declared: Option<usize>, found: usize) -> Option<Problem> {
    let declared = declared.filter(|&d| d != found)?;
    let why = format!(
        "it says that it holds {declared} articles, and {found} were found: export it again, or check which is missing"
    );
    Some(Problem::of_file("count-differs", why))
}
