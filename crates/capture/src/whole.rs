//! A file that is read whole: what it is, told by its bytes, and the captures in it.

use std::path::{Path, PathBuf};

use encoding_rs::{Encoding, WINDOWS_1252};
use rapporteur_text::{Digest, Moment};
use serde::de::IgnoredAny;

use crate::formats::{docx, library, mail, markup, pdf, press, rtf};
use crate::kind::not_text;
use crate::net::fetch::Received;
use crate::open::read_attached;
use crate::origin::{Origin, Problem, Record};
use crate::{Capture, Config, Fields, Original, Refusal};

/// The captures of a file's bytes; of more than the limit only the fact is needed.
pub(crate) fn captures(bytes: Vec<u8>, origin: &Origin) -> Vec<Result<Capture, Refusal>> {
    if bytes.len() > origin.limit {
        let most = origin.limit / 1_000_000;
        let why = format!("it is larger than {most} MB, the most one article may have: split it, or use JSONL");
        return vec![Err(Refusal::new(&origin.name, "too-large", why).at_offset(origin.limit as u64))];
    }
    if let Some(entries) = library::entries(&bytes) {
        return entries.iter().map(|entry| attached(entry, origin)).collect();
    }
    records(bytes, origin.limit, 0).into_iter().map(|outcome| origin.outcome(outcome)).collect()
}

/// The captures in what was fetched from an address at this time: no library of references, as those name files of this
/// machine.
pub(crate) fn of_address(received: &Received, at: Option<Moment>, limit: usize) -> Vec<Result<Capture, Refusal>> {
    let origin = Origin { name: received.address.clone(), file: None, given: at, changed: None, limit };
    let is_page = ["text/html", "application/xhtml+xml"].contains(&received.media_type.as_str());
    let outcomes = records(received.bytes.clone(), limit, 0).into_iter().map(|outcome| origin.outcome(outcome));
    outcomes
        .map(|outcome| {
            outcome.map(|mut capture| {
                capture.path.clear();
                let fields = &mut capture.fields;
                fields.is_html = fields.is_html.or(is_page.then_some(true));
                for (field, said) in [(&mut fields.url, &received.address), (&mut fields.charset, &received.charset)] {
                    if field.is_empty() {
                        field.clone_from(said);
                    }
                }
                capture
            })
        })
        .collect()
}

/// What is said before the problem of something attached.
const ATTACHED: &str = "attached to the message: ";

/// Messages attached to messages beyond this are not opened.
const MESSAGES: usize = 3;

/// The records in a file's bytes: those of an export, else the file itself.
fn records(bytes: Vec<u8>, limit: usize, depth: usize) -> Vec<Result<Record, Problem>> {
    if mail::is_mail(&bytes) {
        return of_mail(&bytes, 0, limit, depth);
    }
    let text = match converted(&bytes, limit) {
        Some(Ok(text)) => Some(text),
        Some(Err(problem)) => return vec![Err(problem)],
        None => None,
    };
    let records = match &text {
        Some(text) => press::split(text),
        None => printed(&bytes).as_deref().and_then(press::split),
    };
    let Some(mut records) = records else { return vec![article(bytes, text)] };
    let original = Original::of(bytes);
    for record in records.iter_mut().flatten() {
        record.original = Some(original.clone());
    }
    records
}

/// What is taken out of an original today.
#[derive(Debug, Clone)]
pub struct Texts {
    original: Digest,
    records: Vec<Record>,
}

impl Texts {
    /// Takes all out of an original that is to be had by today's rules.
    pub fn of(original: &Original, config: &Config) -> Self {
        let mut records: Vec<Record> =
            records(original.bytes.to_vec(), config.limit, 0).into_iter().flatten().collect();
        records.retain(|record| record.body.len() <= config.limit);
        Self { original: original.digest.clone(), records }
    }

    /// Digest of the original.
    pub fn original(&self) -> &Digest {
        &self.original
    }

    /// What [`Capture::bytes`] of a capture of this original would be today; `None` where it holds no such capture any more.
    pub fn bytes(&self, capture: &Capture) -> Option<&[u8]> {
        let same: Vec<&Record> = self.records.iter().filter(|r| r.digest == capture.digest).collect();
        // a message of an mbox, and what is attached to it, is by itself no record of a container
        let one = same.iter().find(|r| r.number == capture.number).or(same.first().filter(|_| same.len() == 1));
        one.map(|record| record.body.as_slice())
    }
}

/// A message, and the documents, pages and messages attached to it, numbered on from 1.
///
/// In a container (`number` above 0) all carry the message's number.
pub(crate) fn of_mail(bytes: &[u8], number: usize, limit: usize, depth: usize) -> Vec<Result<Record, Problem>> {
    let attached = mail::attached(bytes);
    let mut attached: Vec<_> = match depth < MESSAGES || attached.is_empty() {
        true => attached.into_iter().flat_map(|bytes| records(bytes, limit, depth + 1)).collect(),
        false => {
            let what = format!("what is attached to a message inside {MESSAGES} others is not opened");
            vec![Err(Problem::of_file("too-deep", format!("{what}: save it as a file of its own")))]
        }
    };
    for (at, outcome) in attached.iter_mut().enumerate() {
        let place = if number > 0 { number } else { at + 1 };
        match outcome {
            Ok(record) => record.number = place,
            Err(problem) => {
                if !problem.why.starts_with(ATTACHED) {
                    problem.why = format!("{ATTACHED}{}", problem.why);
                }
                problem.number = place;
            }
        }
    }
    let own = mail::record(bytes, number);
    // A message that only carries something is no article by itself.
    let is_told = own.is_ok() || attached.is_empty();
    is_told.then_some(own).into_iter().chain(attached).collect()
}

/// The one article that a file is; `text` is what it was converted to, where it is no text itself.
fn article(bytes: Vec<u8>, text: Option<String>) -> Result<Record, Problem> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Problem::of_file("empty-file", "it is empty: capture the article again"));
    }
    if mail::is_mail(&bytes) {
        return mail::record(&bytes, 0);
    }
    let digest = Digest::of(&bytes);
    let (body, is_html, original) = match text {
        Some(text) => (text.into_bytes(), Some(false), Some(Original { digest: digest.clone(), bytes: bytes.into() })),
        None => (bytes, None, None),
    };
    if let Some(kind) = not_text(&body) {
        let not = if kind.name.starts_with("no ") { "" } else { ", not text" };
        return Err(Problem::of_file("not-text", format!("it is {}{not}: {}", kind.name, kind.fix)));
    }
    if matches!(body.trim_ascii_start().first(), Some(b'{' | b'['))
        && serde_json::from_slice::<IgnoredAny>(&body).is_ok()
    {
        let why = "it is JSON without articles: write one object a line with `text` or `html`, or name a library of references";
        return Err(Problem::of_file("not-text", why));
    }
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err(Problem::of_file("no-text", "it holds no text: save the article as HTML or plain text"));
    }
    Ok(Record { number: 0, digest, body, at: None, fields: Fields { is_html, ..Fields::default() }, original })
}

/// The text of a document that is neither HTML nor text.
fn converted(bytes: &[u8], limit: usize) -> Option<Result<String, Problem>> {
    if rtf::is_rtf(bytes) {
        Some(rtf::text(bytes, limit))
    } else if pdf::is_pdf(bytes) {
        Some(pdf::text(bytes, limit))
    } else if docx::is_zip(bytes) {
        Some(docx::text(bytes, limit))
    } else {
        None
    }
}

/// The lines of a text or a page, where it may be the export of a press database.
fn printed(bytes: &[u8]) -> Option<String> {
    let has = |words: &str| bytes.windows(words.len()).any(|w| w.eq_ignore_ascii_case(words.as_bytes()));
    let marked = Encoding::for_bom(bytes);
    let is_export = marked.is_some_and(|(e, _)| e != encoding_rs::UTF_8) || has("document");
    if !is_export {
        return None;
    }
    // Databases write UTF-8 or, from programs of Windows, its code page.
    let is_utf8 = marked.is_some() || std::str::from_utf8(bytes).is_ok();
    let (text, ..) = if is_utf8 { encoding_rs::UTF_8.decode(bytes) } else { WINDOWS_1252.decode(bytes) };
    let start = text.trim_start().get(..1_000).unwrap_or(&text).to_ascii_lowercase();
    let is_page = ["<html", "<!doctype html", "<body", "<table", "<div"].iter().any(|tag| start.contains(tag));
    Some(if is_page { markup::lines(&text) } else { text.into_owned() })
}

/// The page attached to an entry of a library, with what the library says about it.
fn attached(entry: &library::Entry, origin: &Origin) -> Result<Capture, Refusal> {
    if let Some(why) = &entry.broken {
        return Err(origin.refuse(&entry.problem("broken-record", why)));
    }
    let mut problem = entry.problem(
        "no-text",
        "no page is attached to it: export the library with its files (in Zotero: tick `Export Files`)",
    );
    for written in &entry.files {
        match attached_article(written, origin) {
            Ok((path, record)) => {
                let number = entry.number;
                let fields = Fields { is_html: record.fields.is_html, ..entry.fields.clone() };
                let from = Origin { name: path, ..origin.clone() };
                let record = Record { at: entry.at, fields, ..record };
                return from.outcome(Ok(record)).map_err(|refusal| refusal.at_record(number));
            }
            Err(found) => problem = entry.problem(found.code, &format!("its file `{written}`: {}", found.why)),
        }
    }
    Err(origin.refuse(&problem))
}

fn attached_article(written: &str, origin: &Origin) -> Result<(String, Record), Problem> {
    let path = attached_path(written, origin.file.as_deref())?;
    let unreadable = |e: std::io::Error| Problem::of_file("unreadable", format!("it cannot be read ({e})"));
    let bytes = read_attached(&path, origin.limit).map_err(unreadable)?;
    if bytes.len() > origin.limit {
        return Err(Problem::too_large(0, "it", origin.limit));
    }
    let text = converted(&bytes, origin.limit).transpose()?;
    Ok((path.to_string_lossy().into_owned(), article(bytes, text)?))
}

/// Where an attached file lies: in the library's folder or below it, never outside, whatever the library says.
pub(crate) fn attached_path(written: &str, library: Option<&Path>) -> Result<PathBuf, Problem> {
    let folder = library.and_then(Path::parent).filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let missing = || Problem::of_file("missing", "there is no such file: keep the folder of files beside the library");
    let inside = folder.canonicalize().map_err(|_| missing())?;
    let bare = written.trim_start_matches("file://").replace('\\', "/");
    for bare in [bare.clone(), percent_decoded(&bare)] {
        let path = folder.join(&bare);
        let Ok(real) = path.canonicalize() else { continue };
        if !real.starts_with(&inside) {
            let why = "it lies outside the library's folder: export the library with its files";
            return Err(Problem::of_file("unreadable", why));
        }
        if real.is_file() {
            return Ok(path);
        }
    }
    Err(missing())
}

/// `a%20b.pdf` as `a b.pdf`.
fn percent_decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match code.filter(|_| byte == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(code) => {
                bytes.push(code);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
