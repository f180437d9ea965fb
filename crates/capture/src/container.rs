//! JSONL: one capture a line.

use std::io::{BufRead, Read};

use rapporteur_text::{ArticleId, Digest, Moment};
use serde::Deserialize;
use serde_json::Value;

use crate::open::broken;
use crate::{Capture, Fields, Refusal};

/// A line of JSONL as RECORDS.md has it; numbers are taken as ids too.
#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    url: Value,
    #[serde(default)]
    outlet: Value,
    #[serde(default)]
    title: Value,
    #[serde(default)]
    published: Value,
    #[serde(default)]
    language: Value,
    #[serde(default)]
    text: Value,
    #[serde(default)]
    html: Value,
}

fn words(value: Value) -> String {
    match value {
        Value::String(words) => words,
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// Whether these bytes are JSONL, whatever their name: the first line is an object with a text in it.
pub(crate) fn looks_like_jsonl(bytes: &[u8]) -> bool {
    let first = bytes.split(|&b| b == b'\n').find(|l| !l.iter().all(u8::is_ascii_whitespace)).unwrap_or_default();
    first.trim_ascii_start().starts_with(b"{")
        && serde_json::from_slice::<Line>(first).is_ok_and(|l| l.text.is_string() || l.html.is_string())
}

/// The captures of a JSONL stream.
pub(crate) struct JsonLines {
    reader: Box<dyn BufRead + Send>,
    name: String,
    path: String,
    at: Option<Moment>,
    limit: usize,
    number: usize,
    offset: u64,
    done: bool,
}

impl JsonLines {
    pub(crate) fn new(
        reader: Box<dyn BufRead + Send>,
        name: String,
        path: String,
        at: Option<Moment>,
        limit: usize,
    ) -> Self {
        Self { reader, name, path, at, limit, number: 0, offset: 0, done: false }
    }

    /// The next line without its end; `None` at the end of the stream. A line over the limit is read past, and what
    /// was kept of it is longer than the limit.
    fn next_line(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let read = self.reader.by_ref().take(self.limit as u64 + 2).read_until(b'\n', &mut line)?;
        self.offset += read as u64;
        if read == 0 {
            return Ok(None);
        }
        if line.last() == Some(&b'\n') {
            line.pop();
        } else if line.len() > self.limit {
            self.skip_line()?;
        }
        Ok(Some(line))
    }

    fn skip_line(&mut self) -> std::io::Result<()> {
        loop {
            let chunk = self.reader.fill_buf()?;
            let (used, ended) = match chunk.iter().position(|&b| b == b'\n') {
                Some(at) => (at + 1, true),
                None => (chunk.len(), chunk.is_empty()),
            };
            self.reader.consume(used);
            self.offset += used as u64;
            if ended {
                return Ok(());
            }
        }
    }

    fn refuse(&self, code: &'static str, why: &str, offset: u64) -> Refusal {
        let why = format!("line {}: {why}", self.number);
        Refusal::new(&self.name, code, why).at_line(self.number).at_offset(offset)
    }

    fn capture(&self, line: &[u8], start: u64) -> Result<Capture, Refusal> {
        if line.len() > self.limit {
            return Err(self.refuse("too-large", "it is too long for one article: split it", start));
        }
        let parsed: Line = serde_json::from_slice(line).map_err(|e| {
            let why = format!("no JSON object ({e}): each line is one object with `text` or `html`");
            self.refuse("broken-line", &why, start)
        })?;
        let (is_html, body) = match (parsed.html, parsed.text) {
            (_, Value::String(text)) => (false, text),
            (Value::String(html), _) => (true, html),
            _ => return Err(self.refuse("broken-line", "it has neither `text` nor `html`: add one", start)),
        };
        let digest = Digest::of(line);
        let fields = Fields {
            id: words(parsed.id),
            url: words(parsed.url),
            outlet: words(parsed.outlet),
            title: words(parsed.title),
            published: words(parsed.published),
            language: words(parsed.language),
            is_html: Some(is_html),
            ..Fields::default()
        };
        Ok(Capture {
            original: None,
            id: ArticleId::new(&digest, self.number),
            bytes: body.into_bytes(),
            path: self.path.clone(),
            number: self.number,
            at: self.at,
            digest,
            fields,
            also: Vec::new(),
        })
    }
}

impl Iterator for JsonLines {
    type Item = Result<Capture, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            let start = self.offset;
            self.number += 1;
            match self.next_line() {
                Ok(None) => self.done = true,
                Ok(Some(line)) => {
                    let line = line.strip_prefix(b"\xef\xbb\xbf".as_slice()).unwrap_or(&line);
                    let line = line.strip_suffix(b"\r").unwrap_or(line);
                    if !line.iter().all(u8::is_ascii_whitespace) {
                        return Some(self.capture(line, start));
                    }
                }
                Err(error) => {
                    self.done = true;
                    let refusal = broken(&self.name, &error, None).at_line(self.number).at_offset(self.offset);
                    return Some(Err(refusal));
                }
            }
        }
        None
    }
}
