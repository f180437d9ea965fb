//! Opening one file, unpacking it, and splitting it into captures.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use jiff::Timestamp;
use jiff::tz::Offset;
use rapporteur_text::{ArticleId, Digest, Moment};

use crate::container::{JsonLines, looks_like_jsonl};
use crate::kind::{is_gzip, not_text};
use crate::list::{Item, Source, list, unreadable};
use crate::{Capture, Config, Fields, Refusal};

/// Captures of one or many files, in order, read as they are asked for.
pub type Captures = Box<dyn Iterator<Item = Result<Capture, Refusal>> + Send>;

/// All captures behind these sources, in order, one file at a time.
///
/// # Errors
/// Each item is its own outcome: a [`Refusal`] does not end the run.
pub fn read(sources: &[Source], config: &Config) -> Captures {
    let config = config.clone();
    let items = list(sources);
    Box::new(items.into_iter().flat_map(move |item| -> Captures {
        match item {
            Ok(item) => open(&item, &config),
            Err(refusal) => Box::new(std::iter::once(Err(refusal))),
        }
    }))
}

/// The captures of one file: one, or for JSONL one a line.
///
/// # Errors
/// Each item is its own outcome: a broken line is a [`Refusal`] and the lines after it are still read.
pub fn open(item: &Item, config: &Config) -> Captures {
    let name = item.name();
    match open_source(&item.source, &name) {
        Ok((reader, at)) => captures_of(reader, name, config.captured_at.or(at), config.limit),
        Err(refusal) => one(Err(refusal)),
    }
}

fn one(outcome: Result<Capture, Refusal>) -> Captures {
    Box::new(std::iter::once(outcome))
}

type Opened = (Box<dyn Read + Send>, Option<Moment>);

#[expect(clippy::disallowed_methods, reason = "this is the room that opens files")]
fn open_source(source: &Source, name: &str) -> Result<Opened, Refusal> {
    match source {
        Source::Stdin => Ok((Box::new(io::stdin()), None)),
        Source::Path(path) => {
            let file = File::open(path).map_err(|e| unreadable(name, &e))?;
            let at = file.metadata().and_then(|m| m.modified()).ok().and_then(|t| moment_of(t.try_into().ok()?));
            Ok((Box::new(file), at))
        }
    }
}

fn moment_of(time: Timestamp) -> Option<Moment> {
    let civil = Offset::UTC.to_datetime(time);
    let clock = civil.time().with().subsec_nanosecond(0).build().ok()?;
    Some(Moment { date: civil.date(), time: Some(clock), offset: Some(Offset::UTC) })
}

fn captures_of(reader: Box<dyn Read + Send>, name: String, at: Option<Moment>, limit: usize) -> Captures {
    let (head, rest) = match peek(reader, 4) {
        Ok(peeked) => peeked,
        Err(error) => return one(Err(unreadable(&name, &error))),
    };
    let counted = Counted { inner: io::Cursor::new(head.clone()).chain(rest), count: 0 };
    if is_gzip(&head) {
        let decoder = MultiGzDecoder::new(BufReader::new(counted));
        // What the decoder has asked for, less what still waits in the buffer.
        let progress: Progress<Packed> = |d| {
            let buffer = d.get_ref();
            Some(buffer.get_ref().count.saturating_sub(buffer.buffer().len() as u64))
        };
        split(Tracked { inner: decoder, progress }, name, at, limit)
    } else {
        split(Tracked { inner: BufReader::new(counted), progress: |_| None }, name, at, limit)
    }
}

/// JSONL is streamed a line at a time; anything else is one article and is read whole.
fn split<R: Read + Send + 'static>(mut reader: Tracked<R>, name: String, at: Option<Moment>, limit: usize) -> Captures {
    let path = if name == "-" { String::new() } else { name.clone() };
    if is_jsonl_name(&name) {
        return Box::new(JsonLines::new(Box::new(BufReader::new(reader)), name, path, at, limit));
    }
    let mut bytes = Vec::new();
    let read = (&mut reader).take(limit as u64 + 1).read_to_end(&mut bytes);
    if let Err(error) = read {
        return one(Err(broken(&name, &error, reader.position())));
    }
    if name == "-" && looks_like_jsonl(&bytes) {
        let rest = io::Cursor::new(bytes).chain(reader);
        return Box::new(JsonLines::new(Box::new(BufReader::new(rest)), name, path, at, limit));
    }
    one(whole(bytes, &name, path, at, limit))
}

fn whole(bytes: Vec<u8>, name: &str, path: String, at: Option<Moment>, limit: usize) -> Result<Capture, Refusal> {
    if bytes.len() > limit {
        let why = format!(
            "it is larger than {} MB, the most one article may have: split it, or use JSONL",
            limit / 1_000_000
        );
        return Err(Refusal::new(name, "too-large", why).at_offset(limit as u64));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Refusal::new(name, "empty-file", "it is empty: capture the article again"));
    }
    if let Some(kind) = not_text(&bytes) {
        let why = if kind.name.starts_with("no ") {
            format!("it is {}: {}", kind.name, kind.fix)
        } else {
            format!("it is {}, not text: {}", kind.name, kind.fix)
        };
        return Err(Refusal::new(name, "not-text", why));
    }
    let digest = Digest::of(&bytes);
    let id = ArticleId::new(&digest, 0);
    Ok(Capture { id, bytes, path, number: 0, at, digest, fields: Fields::default(), also: Vec::new() })
}

/// A stream that broke off or was damaged, with the byte of the packed file at which it did.
pub(crate) fn broken(name: &str, error: &io::Error, offset: Option<u64>) -> Refusal {
    let place = offset.map(|o| format!(" at byte {o}")).unwrap_or_default();
    let refusal = match error.kind() {
        io::ErrorKind::UnexpectedEof => {
            Refusal::new(name, "truncated", format!("the gzip stream breaks off{place}: fetch the file again"))
        }
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            Refusal::new(name, "damaged", format!("the gzip stream is damaged{place} ({error}): fetch the file again"))
        }
        io::ErrorKind::IsADirectory => Refusal::new(name, "unreadable", "it is a folder"),
        _ => Refusal::new(name, "unreadable", format!("{error}{place}")),
    };
    match offset {
        Some(offset) => refusal.at_offset(offset),
        None => refusal,
    }
}

fn is_jsonl_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let bare = Path::new(lower.strip_suffix(".gz").unwrap_or(&lower)).extension().map(|e| e.to_os_string());
    bare.is_some_and(|e| e == "jsonl" || e == "ndjson")
}

type Peeked = (Vec<u8>, Box<dyn Read + Send>);

fn peek(mut reader: Box<dyn Read + Send>, count: u64) -> io::Result<Peeked> {
    let mut head = Vec::new();
    reader.by_ref().take(count).read_to_end(&mut head)?;
    Ok((head, reader))
}

/// Counts the bytes that pass.
struct Counted<R> {
    inner: R,
    count: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.count += count as u64;
        Ok(count)
    }
}

type Packed = MultiGzDecoder<BufReader<Counted<io::Chain<io::Cursor<Vec<u8>>, Box<dyn Read + Send>>>>>;

type Progress<R> = fn(&R) -> Option<u64>;

/// A reader that knows how far it came in the packed file; its errors carry that place on into [`JsonLines`].
pub(crate) struct Tracked<R> {
    inner: R,
    progress: Progress<R>,
}

impl<R> Tracked<R> {
    fn position(&self) -> Option<u64> {
        (self.progress)(&self.inner)
    }
}

impl<R: Read> Read for Tracked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer)
    }
}
