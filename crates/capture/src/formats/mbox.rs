//! mbox: many messages in one file, each behind a line `From sender date` (RFC 4155, with the quoting of `mboxrd`).

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

use crate::formats::mail;
use crate::open::broken;
use crate::origin::{Origin, Problem};
use crate::whole::of_mail;
use crate::{Capture, Refusal};

/// Whether the stream is an mbox: a separator, and a header line behind it.
pub(crate) fn is_mbox(head: &[u8]) -> bool {
    let mut lines = head.split(|&b| b == b'\n');
    lines.next().is_some_and(|line| separator(line) != Separator::No)
        && lines.next().is_some_and(|line| mail::header_name(line).is_some())
}

/// Whether a line parts messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Separator {
    No,
    /// Where a header line follows: "From Halver at 10:30 came no answer." has a clock time too.
    Perhaps,
    Yes,
}

/// `From ann@example.org Tue Mar  4 10:12:00 2025`: a sender, and a clock time. Most programs write its seconds, as the C
/// library does, and few articles.
fn separator(line: &[u8]) -> Separator {
    let Some(rest) = line.strip_prefix(b"From ") else { return Separator::No };
    let mut words = rest[..rest.len().min(200)].split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let sender = words.next().unwrap_or_default();
    let most = words.map(clock).max().unwrap_or_default();
    match (clock(sender), most) {
        (0, 3) => Separator::Yes,
        (0, 2) => Separator::Perhaps,
        _ => Separator::No,
    }
}

/// The numbers of a clock time: 2 of `10:12`, 3 of `10:12:00`; 0 of any other word.
fn clock(word: &[u8]) -> usize {
    let is_number = |part: &[u8]| (1..=2).contains(&part.len()) && part.iter().all(u8::is_ascii_digit);
    let count = word.split(|&b| b == b':').count();
    if (2..=3).contains(&count) && word.split(|&b| b == b':').all(is_number) { count } else { 0 }
}

/// The captures of an mbox stream.
pub(crate) struct Mbox {
    reader: Box<dyn BufRead + Send>,
    origin: Origin,
    number: usize,
    has_begun: bool,
    is_done: bool,
    /// A line that was looked at already.
    ahead: Option<Vec<u8>>,
    /// What the last message gave besides itself.
    waiting: VecDeque<Result<Capture, Refusal>>,
}

/// One message as its file holds it.
enum Message {
    Whole(Vec<u8>),
    TooLarge,
}

impl Mbox {
    pub(crate) fn new(reader: Box<dyn BufRead + Send>, origin: Origin) -> Self {
        Self { reader, origin, number: 0, has_begun: false, is_done: false, ahead: None, waiting: VecDeque::new() }
    }

    /// The next line with its end, or a piece of a long one; empty at the end of the stream.
    fn line(&mut self) -> io::Result<Vec<u8>> {
        if let Some(line) = self.ahead.take() {
            return Ok(line);
        }
        let mut line = Vec::new();
        self.reader.by_ref().take(64 * 1024).read_until(b'\n', &mut line)?;
        Ok(line)
    }

    fn is_separator(&mut self, line: &[u8]) -> io::Result<bool> {
        Ok(match separator(line) {
            Separator::No => false,
            Separator::Yes => true,
            Separator::Perhaps => {
                let next = self.line()?;
                let is_header = mail::is_header(&next);
                self.ahead = Some(next);
                is_header
            }
        })
    }

    /// The next message, up to the separator of the one after it; `None` at the end.
    fn next_message(&mut self) -> io::Result<Option<Message>> {
        let most = self.origin.limit;
        let mut message = Vec::new();
        let mut is_too_large = false;
        let mut after_blank = true;
        let mut line;
        // A long line is read in pieces, and only a piece that starts a line can be a separator.
        let mut at_start = true;
        loop {
            line = self.line()?;
            if line.is_empty() {
                self.is_done = true;
                break;
            }
            if at_start && after_blank && self.is_separator(&line)? {
                if std::mem::replace(&mut self.has_begun, true) {
                    break;
                }
                continue;
            }
            after_blank = at_start && line.iter().all(u8::is_ascii_whitespace);
            let quoted = at_start && line.starts_with(b">") && is_quoted(&line);
            at_start = line.ends_with(b"\n");
            is_too_large |= message.len() + line.len() > most;
            if !is_too_large {
                message.extend_from_slice(&line[usize::from(quoted)..]);
            }
        }
        self.number += 1;
        Ok(match (is_too_large, self.is_done && message.iter().all(u8::is_ascii_whitespace)) {
            (true, _) => Some(Message::TooLarge),
            (false, true) => None,
            (false, false) => Some(Message::Whole(message)),
        })
    }
}

/// `>From `, `>>From `: a line of the text that looked like a separator.
fn is_quoted(line: &[u8]) -> bool {
    let marks = line.iter().take_while(|&&b| b == b'>').count();
    line[marks..].starts_with(b"From ")
}

impl Iterator for Mbox {
    type Item = Result<Capture, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(waiting) = self.waiting.pop_front() {
            return Some(waiting);
        }
        if self.is_done {
            return None;
        }
        match self.next_message() {
            Ok(None) => None,
            Ok(Some(Message::TooLarge)) => {
                let what = format!("message {}", self.number);
                Some(Err(self.origin.refuse(&Problem::too_large(self.number, &what, self.origin.limit))))
            }
            Ok(Some(Message::Whole(bytes))) => {
                let number = self.number;
                for outcome in of_mail(&bytes, number, self.origin.limit, 0) {
                    let outcome = outcome.map_err(|p| Problem { why: format!("message {number}: {}", p.why), ..p });
                    self.waiting.push_back(self.origin.outcome(outcome));
                }
                self.waiting.pop_front()
            }
            Err(error) => {
                self.is_done = true;
                Some(Err(broken(&self.origin.name, &error, None).at_record(self.number + 1)))
            }
        }
    }
}
