//! WARC 1.0 and 1.1 (ISO 28500): pages as a crawler received them, one capture a page.
//!
//! Read here are `response`, `resource` and `conversion` records that hold HTML, plain text or PDF; pictures, scripts,
//! redirects and errors are nobody's article and are passed over, as are requests, notes and what a crawler writes of
//! its own work. The crates for WARC hold a whole record in memory on the word of its `Content-Length`; here the length
//! is only believed as far as the limit, and where the next record does not stand behind it, it is looked for.

use std::io::{self, BufRead, Read};

use flate2::read::MultiGzDecoder;
use rapporteur_text::Digest;

use crate::formats::pdf;
use crate::open::broken;
use crate::origin::{Origin, Problem, Record};
use crate::{Capture, Fields, Original, Refusal};

/// Most bytes of a record's header or of an HTTP header.
const HEADER: usize = 64 * 1024;

/// Whether the stream is a WARC file.
pub(crate) fn is_warc(head: &[u8]) -> bool {
    head.starts_with(b"WARC/")
}

/// The captures of a WARC stream.
pub(crate) struct Warc {
    reader: Ahead,
    origin: Origin,
    number: usize,
    /// Whether the record's stretch has been left and the next record must be looked for.
    is_lost: bool,
    is_done: bool,
}

/// What a record's block comes to.
enum Block {
    Page(Box<Record>),
    Other,
    Bad(Problem),
}

/// Header lines by their names in small letters; a name that comes twice keeps its first value.
struct Headers(Vec<(String, String)>);

impl Headers {
    /// From header lines after the first one.
    fn read(text: &[u8]) -> Self {
        let text = String::from_utf8_lossy(text);
        let mut found: Vec<(String, String)> = Vec::new();
        for line in text.lines().skip(1) {
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = found.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                found.push((name.trim().to_ascii_lowercase(), value.trim().to_string()));
            }
        }
        Self(found)
    }

    fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }

    /// The address of what was fetched.
    fn target(&self) -> &str {
        self.get("warc-target-uri").trim_matches(['<', '>'])
    }
}

impl Warc {
    pub(crate) fn new(reader: Box<dyn BufRead + Send>, origin: Origin) -> Self {
        Self { reader: Ahead { seen: Vec::new(), rest: reader }, origin, number: 0, is_lost: false, is_done: false }
    }

    /// The next record: `None` at the end of the stream.
    fn next_record(&mut self) -> io::Result<Option<Block>> {
        let Some(line) = self.version_line()? else { return Ok(None) };
        self.number += 1;
        let mut head = line;
        if !self.header(&mut head)? {
            return Ok(Some(self.cut_off()));
        }
        let headers = Headers::read(&head);
        let Ok(length) = headers.get("content-length").parse::<u64>() else {
            self.is_lost = true;
            return Ok(Some(
                self.bad("damaged", "has no `Content-Length`: it is passed over, and the next one is looked for"),
            ));
        };
        let mut block = self.reader.by_ref().take(length);
        let found = block_of(&mut block, &headers, self.number, self.origin.limit)?;
        io::copy(&mut block, &mut io::sink())?;
        if block.limit() > 0 {
            return Ok(Some(self.cut_off()));
        }
        Ok(Some(self.checked(found)?))
    }

    /// A record counts only where the next one or the end stands behind its block.
    fn checked(&mut self, found: Block) -> io::Result<Block> {
        loop {
            let next = self.reader.fill_buf()?;
            let Some(&first) = next.first() else { return Ok(found) };
            if !first.is_ascii_whitespace() {
                self.is_lost = !self.reader.starts_with(b"WARC/")?;
                break;
            }
            self.reader.consume(1);
        }
        Ok(match found {
            Block::Page(_) if self.is_lost => self.bad(
                "damaged",
                "does not end where its `Content-Length` says: it is passed over with what it covers, and the next one is looked for",
            ),
            found => found,
        })
    }

    fn bad(&self, code: &'static str, what: &str) -> Block {
        Block::Bad(Problem::new(self.number, code, format!("record {} {what}", self.number)))
    }

    fn cut_off(&self) -> Block {
        self.bad("truncated", "breaks off at the end of the file: those before it were read; fetch the file again")
    }

    /// The line that opens a record, looked for where the last record's stretch was left.
    fn version_line(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            let mut line = Vec::new();
            if self.reader.by_ref().take(HEADER as u64).read_until(b'\n', &mut line)? == 0 {
                return Ok(None);
            }
            if is_warc(&line) {
                self.is_lost = false;
                return Ok(Some(line));
            }
        }
    }

    /// The header after its first line, up to the empty line; `false` where the stream or the bound ends before it.
    fn header(&mut self, head: &mut Vec<u8>) -> io::Result<bool> {
        while head.len() < HEADER {
            let before = head.len();
            if self.reader.by_ref().take((HEADER - before) as u64).read_until(b'\n', head)? == 0 {
                return Ok(false);
            }
            if head[before..].iter().all(u8::is_ascii_whitespace) {
                return Ok(true);
            }
        }
        self.is_lost = true;
        Ok(true)
    }

    fn failed(&mut self, error: &io::Error) -> Refusal {
        self.is_done = true;
        let number = self.number;
        let mut refusal = broken(&self.origin.name, error, None).at_record(number.max(1));
        refusal.message = format!("{} (after record {number})", refusal.message);
        refusal
    }
}

/// A stream of which some bytes have been looked at already.
struct Ahead {
    seen: Vec<u8>,
    rest: Box<dyn BufRead + Send>,
}

impl Ahead {
    /// Whether these bytes come next; they stay where they are.
    fn starts_with(&mut self, bytes: &[u8]) -> io::Result<bool> {
        let missing = bytes.len().saturating_sub(self.seen.len()) as u64;
        self.rest.by_ref().take(missing).read_to_end(&mut self.seen)?;
        Ok(self.seen.starts_with(bytes))
    }
}

impl Read for Ahead {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Ahead {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.seen.is_empty() { self.rest.fill_buf() } else { Ok(&self.seen) }
    }

    fn consume(&mut self, count: usize) {
        if self.seen.is_empty() {
            self.rest.consume(count);
        } else {
            self.seen.drain(..count.min(self.seen.len()));
        }
    }
}

impl Iterator for Warc {
    type Item = Result<Capture, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_done {
            match self.next_record() {
                Ok(None) => self.is_done = true,
                Ok(Some(Block::Other)) => {}
                Ok(Some(Block::Page(record))) => return Some(self.origin.outcome(Ok(*record))),
                Ok(Some(Block::Bad(problem))) => return Some(Err(self.origin.refuse(&problem))),
                Err(error) => return Some(Err(self.failed(&error))),
            }
        }
        None
    }
}

/// What the block of a record holds.
///
/// # Errors
/// Where the stream breaks.
fn block_of(block: &mut impl BufRead, headers: &Headers, number: usize, limit: usize) -> io::Result<Block> {
    let sort = headers.get("warc-type").to_ascii_lowercase();
    if is_crawlers_own(&sort, headers.target()) {
        return Ok(Block::Other);
    }
    let mut page = Page { media: headers.get("content-type").to_string(), ..Page::default() };
    match sort.as_str() {
        "response" if page.media.is_empty() || page.media.starts_with("application/http") => match http_head(block)? {
            Some(http) => page = http,
            None => return Ok(Block::Other),
        },
        "response" | "resource" | "conversion" => {}
        _ => return Ok(Block::Other),
    }
    let Some(kind) = Kind::of(&page.media) else { return Ok(Block::Other) };
    let mut body = Vec::new();
    block.take(limit as u64 + 1).read_to_end(&mut body)?;
    if body.len() > limit {
        return Ok(Block::Bad(Problem::too_large(number, &format!("record {number}"), limit)));
    }
    Ok(match page.unpacked(body, limit) {
        Ok(body) if body.iter().all(u8::is_ascii_whitespace) => Block::Other,
        Ok(body) => match record(number, headers, &page, kind, body, limit) {
            Ok(record) => Block::Page(Box::new(record)),
            Err(problem) => Block::Bad(Problem { number, why: format!("record {number}: {}", problem.why), ..problem }),
        },
        Err(why) => Block::Bad(Problem::new(number, "damaged", format!("record {number}: {why}"))),
    })
}

fn record(
    number: usize,
    headers: &Headers,
    page: &Page,
    kind: Kind,
    body: Vec<u8>,
    limit: usize,
) -> Result<Record, Problem> {
    let charset = page.media.to_ascii_lowercase();
    let charset = charset.split_once("charset=").map_or("", |(_, c)| c);
    let charset = charset.trim_matches(['"', '\'']).split([';', ' ', '"']).next().unwrap_or_default().to_string();
    let url = headers.target().to_string();
    let fields = Fields { url, charset, is_html: Some(kind == Kind::Html), ..Fields::default() };
    let at = headers.get("warc-date").parse().ok();
    let digest = Digest::of(&body);
    let (body, original) = match kind {
        Kind::Pdf => (pdf::text(&body, limit)?.into_bytes(), Some(Original::of(body))),
        _ => (body, None),
    };
    Ok(Record { number, digest, body, at, fields, original })
}

/// What crawlers keep of their own work (`metadata://`: arguments and log of wget; `urn:`: text and pictures that
/// Browsertrix takes of a page), and what a site says to them.
fn is_crawlers_own(sort: &str, target: &str) -> bool {
    let starts = |with: &str| target.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    let path = target.split(['?', '#']).next().unwrap_or_default();
    path.ends_with("/robots.txt") || sort != "response" && (starts("metadata:") || starts("urn:"))
}

/// Kinds of payload that can hold an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Html,
    Text,
    Pdf,
}

impl Kind {
    fn of(media: &str) -> Option<Self> {
        let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match media.as_str() {
            "text/html" | "application/xhtml+xml" => Some(Self::Html),
            "text/plain" => Some(Self::Text),
            "application/pdf" => Some(Self::Pdf),
            _ => None,
        }
    }
}

/// What HTTP says about a payload.
#[derive(Debug, Default)]
struct Page {
    media: String,
    is_chunked: bool,
    packing: String,
}

/// The HTTP header of a block; `None` where the answer is no page (a redirect, an error, no HTTP).
fn http_head(block: &mut impl BufRead) -> io::Result<Option<Page>> {
    let mut head = Vec::new();
    loop {
        let before = head.len();
        block.by_ref().take((HEADER - before) as u64).read_until(b'\n', &mut head)?;
        let line = &head[before..];
        if line.iter().all(u8::is_ascii_whitespace) {
            break;
        }
    }
    let first = String::from_utf8_lossy(&head[..head.len().min(64)]).into_owned();
    let mut words = first.split_ascii_whitespace();
    let is_http = words.next().is_some_and(|w| w.starts_with("HTTP/"));
    if !is_http || words.next() != Some("200") {
        return Ok(None);
    }
    let headers = Headers::read(&head);
    Ok(Some(Page {
        media: headers.get("content-type").to_string(),
        is_chunked: headers.get("transfer-encoding").to_ascii_lowercase().contains("chunked"),
        packing: headers.get("content-encoding").to_ascii_lowercase(),
    }))
}

impl Page {
    /// The payload without chunks and packing. Crawlers often undo both and leave the header lines: what does not look
    /// packed is taken as it is.
    fn unpacked(&self, body: Vec<u8>, limit: usize) -> Result<Vec<u8>, String> {
        let body = if self.is_chunked { unchunked(&body).unwrap_or(body) } else { body };
        match self.packing.as_str() {
            _ if body.starts_with(&[0x1f, 0x8b]) => {
                let mut plain = Vec::new();
                let read = MultiGzDecoder::new(body.as_slice()).take(limit as u64 + 1).read_to_end(&mut plain);
                match read {
                    Ok(_) if plain.len() > limit => Err("it unpacks to more than one article may have".to_string()),
                    Ok(_) => Ok(plain),
                    Err(error) => Err(format!("its gzip payload is damaged ({error}): fetch the page again")),
                }
            }
            "br" | "zstd" | "compress" if !looks_like_text(&body) => {
                Err(format!("its payload is packed as `{}`: crawl again with `Accept-Encoding: gzip`", self.packing))
            }
            _ => Ok(body),
        }
    }
}

fn looks_like_text(body: &[u8]) -> bool {
    let head = &body[..body.len().min(512)];
    let head = String::from_utf8_lossy(head);
    head.chars().filter(|c| *c == '\u{fffd}' || (c.is_control() && !c.is_whitespace())).count() * 20 <= head.len()
}

/// The payload of chunks (RFC 9112, 7.1); `None` where these are none.
fn unchunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut plain = Vec::new();
    loop {
        let end = body.iter().take(64).position(|&b| b == b'\n')?;
        let size = std::str::from_utf8(&body[..end]).ok()?.trim().split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        body = &body[end + 1..];
        if size == 0 {
            return Some(plain);
        }
        let chunk = body.get(..size.min(body.len()))?;
        plain.extend_from_slice(chunk);
        let rest = &body[chunk.len()..];
        if rest.is_empty() {
            return Some(plain);
        }
        body = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n"))?;
    }
}
