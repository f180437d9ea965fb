//! Opening one file, unpacking it, telling what it is, and splitting it into captures.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use jiff::Timestamp;
use jiff::tz::Offset;
use rapporteur_text::Moment;

use crate::container::{JsonLines, looks_like_jsonl};
use crate::formats::{mbox, warc};
use crate::kind::is_gzip;
use crate::list::{Item, Source, is_toml, list, unreadable};
use crate::origin::Origin;
use crate::{Capture, Config, Refusal, whole};

/// Captures of one or many files, in order, read as they are asked for.
pub type Captures = Box<dyn Iterator<Item = Result<Capture, Refusal>> + Send>;

/// Bytes by which the kind of a stream is told.
const HEAD: u64 = 8 * 1024;

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

/// The captures of one file: one, or for a container one a record.
///
/// # Errors
/// Each item is its own outcome: a broken record is a [`Refusal`] and the records after it are still read.
pub fn open(item: &Item, config: &Config) -> Captures {
    let name = item.name();
    if matches!(&item.source, Source::Path(path) if is_toml(path)) {
        let why = "it is a TOML file, as dossiers are, and no article: name a dossier with `--dossier`";
        return one(Err(Refusal::new(&name, "not-text", why)));
    }
    match open_source(&item.source, &name) {
        Ok((reader, changed)) => {
            let file = match &item.source {
                Source::Path(path) => Some(path.clone()),
                Source::Stdin => None,
            };
            captures_of(reader, Origin { name, file, given: config.captured_at, changed, limit: config.limit })
        }
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

/// The bytes of a file that another one names, at most `limit` and one more.
///
/// # Errors
/// Where it cannot be read.
#[expect(clippy::disallowed_methods, reason = "this is the room that opens files")]
pub(crate) fn read_attached(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn moment_of(time: Timestamp) -> Option<Moment> {
    let civil = Offset::UTC.to_datetime(time);
    let clock = civil.time().with().subsec_nanosecond(0).build().ok()?;
    Some(Moment { date: civil.date(), time: Some(clock), offset: Some(Offset::UTC) })
}

fn captures_of(reader: Box<dyn Read + Send>, origin: Origin) -> Captures {
    let (head, rest) = match peek(reader, 4) {
        Ok(peeked) => peeked,
        Err(error) => return one(Err(unreadable(&origin.name, &error))),
    };
    let counted = Counted { inner: io::Cursor::new(head.clone()).chain(rest), count: 0 };
    if is_gzip(&head) {
        let decoder = MultiGzDecoder::new(BufReader::new(counted));
        // What the decoder has asked for, less what still waits in the buffer.
        let progress: Progress<Packed> = |d| {
            let buffer = d.get_ref();
            Some(buffer.get_ref().count.saturating_sub(buffer.buffer().len() as u64))
        };
        split(Tracked { inner: decoder, progress }, origin)
    } else {
        split(Tracked { inner: BufReader::new(counted), progress: |_| None }, origin)
    }
}

/// JSONL, WARC and mbox are streamed a record at a time; anything else is read whole.
fn split<R: Read + Send + 'static>(mut reader: Tracked<R>, origin: Origin) -> Captures {
    if is_jsonl_name(&origin.name) {
        return json_lines(reader, origin);
    }
    let mut bytes = Vec::new();
    let head = (&mut reader).take(HEAD).read_to_end(&mut bytes);
    let (is_warc, is_mbox) = (warc::is_warc(&bytes), mbox::is_mbox(&bytes));
    if is_warc || is_mbox {
        let rest = Rest { error: head.err(), reader };
        let stream = Box::new(BufReader::new(io::Cursor::new(bytes).chain(rest)));
        return if is_warc {
            Box::new(warc::Warc::new(stream, origin))
        } else {
            Box::new(mbox::Mbox::new(stream, origin))
        };
    }
    if let Err(error) = head {
        return one(Err(broken(&origin.name, &error, reader.position())));
    }
    let left = (origin.limit as u64 + 1).saturating_sub(bytes.len() as u64);
    let read = (&mut reader).take(left).read_to_end(&mut bytes);
    if let Err(error) = read {
        return one(Err(broken(&origin.name, &error, reader.position())));
    }
    if looks_like_jsonl(&bytes) {
        return json_lines(io::Cursor::new(bytes).chain(reader), origin);
    }
    Box::new(whole::captures(bytes, &origin).into_iter())
}

fn json_lines(reader: impl Read + Send + 'static, origin: Origin) -> Captures {
    let (path, at) = (origin.path(), origin.at());
    Box::new(JsonLines::new(Box::new(BufReader::new(reader)), origin.name, path, at, origin.limit))
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

/// What follows the head of a stream: the error that reading the head ended with, if there was one.
struct Rest<R> {
    error: Option<io::Error>,
    reader: R,
}

impl<R: Read> Read for Rest<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.error.take().map_or_else(|| self.reader.read(buffer), Err)
    }
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
