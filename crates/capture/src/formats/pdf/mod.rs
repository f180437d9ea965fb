//! The text of a PDF file (ISO 32000): paragraphs put together again from letters and where they stand.
//!
//! `lopdf` parses the file, with a bound on what a stream may unpack to; [`page`] walks the text operators, [`fonts`]
//! turns codes into letters and widths, [`paragraphs`] joins lines. A file can still be made that costs the parser more
//! than it is worth, or on which it panics: it works on a thread of its own, which is given up after [`PATIENCE`].

mod fonts;
mod packed;
mod page;
mod paragraphs;

use std::cell::Cell;
use std::sync::mpsc;
use std::time::Duration;

use lopdf::{Document, LoadOptions, Object};

use crate::origin::Problem;

/// Most bytes of a file that is parsed: pages of press with their pictures stay far below.
const LARGEST: usize = 100_000_000;
/// Most bytes one stream may unpack to.
const STREAM: usize = 16_000_000;
/// Most bytes a stream of objects, or of where they stand, may unpack to: two bytes can be an object there.
const PACKED: usize = 2_000_000;
/// Most objects of a file, those inside others counted too.
const OBJECTS: usize = 2_000_000;
/// Most pages that are read, and most drawing operators in all.
const PAGES: usize = 5_000;
const OPERATORS: usize = 10_000_000;
/// How long one file may take. A thousand pages of text take about two seconds.
const PATIENCE: Duration = Duration::from_secs(60);

/// Whether the bytes are a PDF file.
pub(crate) fn is_pdf(bytes: &[u8]) -> bool {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start().starts_with(b"%PDF-")
}

/// The text of the file, one line a paragraph.
///
/// # Errors
/// Where the file is damaged, locked, too large or takes too long, or holds pictures only.
pub(crate) fn text(bytes: &[u8], limit: usize) -> Result<String, Problem> {
    if bytes.len() > LARGEST {
        return Err(Problem::too_large(0, "the PDF file", LARGEST));
    }
    let (send, receive) = mpsc::channel();
    let bytes = bytes.to_vec();
    let worker = std::thread::Builder::new().stack_size(16 << 20).spawn(move || {
        // Nobody listens any more where it took too long.
        let _ = send.send(extract(&bytes, limit));
    });
    worker.map_err(|e| Problem::of_file("damaged", format!("no thread could be started for its text ({e})")))?;
    receive.recv_timeout(PATIENCE).unwrap_or_else(|error| {
        let why = match error {
            mpsc::RecvTimeoutError::Timeout => {
                "its text cannot be taken out within a minute: convert it with `pdftotext`"
            }
            mpsc::RecvTimeoutError::Disconnected => "the PDF file is damaged: convert it with `pdftotext`",
        };
        Err(Problem::of_file("damaged", why))
    })
}

thread_local! {
    /// Objects of the file that this thread loads, with all inside them.
    static LOADED: Cell<usize> = const { Cell::new(0) };
}

/// Pictures are dropped as they are met, and all that is beyond the bound.
///
/// Of an object of the file itself `lopdf` keeps its own, of one inside a stream of objects what is given back: no
/// stream can stand there, so none is ever copied.
fn kept(id: (u32, u16), object: &mut Object) -> Option<((u32, u16), Object)> {
    let loaded = LOADED.with(|count| {
        count.set(count.get().saturating_add(weight(object)));
        count.get()
    });
    if loaded > OBJECTS {
        return None;
    }
    match object {
        Object::Stream(stream) => {
            let is_picture = stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Image");
            let is_too_much = stream.dict.has_type(b"ObjStm") && packed::is_overlapping(stream, PACKED);
            if is_too_much {
                LOADED.with(|count| count.set(usize::MAX));
            }
            (!is_picture && !is_too_much).then_some((id, Object::Null))
        }
        object => Some((id, object.clone())),
    }
}

/// An object and all objects inside it. The parser bounds how deep they lie.
fn weight(object: &Object) -> usize {
    let inside = match object {
        Object::Array(objects) => objects.iter().map(weight).sum(),
        Object::Dictionary(entries) => entries.iter().map(|(_, object)| weight(object)).sum(),
        Object::Stream(stream) => stream.dict.iter().map(|(_, object)| weight(object)).sum(),
        _ => 0,
    };
    1 + inside
}

fn extract(bytes: &[u8], limit: usize) -> Result<String, Problem> {
    LOADED.with(|count| count.set(0));
    let damaged = |why: String| {
        Problem::of_file("damaged", format!("the PDF file is damaged ({why}): convert it with `pdftotext`"))
    };
    let options = LoadOptions { filter: Some(kept), max_decompressed_size: Some(PACKED), ..LoadOptions::default() };
    let file = match Document::load_mem_with_options(bytes, options) {
        Ok(file) if file.is_encrypted() => return Err(locked()),
        Ok(file) => file,
        Err(lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword) => return Err(locked()),
        Err(error) => return Err(damaged(error.to_string())),
    };
    if LOADED.with(Cell::get) > OBJECTS {
        let why = format!("the PDF file holds more than {OBJECTS} objects: convert it with `pdftotext`");
        return Err(Problem::of_file("too-large", why));
    }
    let mut pages = Vec::new();
    let mut left = page::Left { operators: OPERATORS, letters: limit };
    for id in file.page_iter().take(PAGES) {
        pages.push(page::lines(&file, id, &mut left));
    }
    if left.letters == 0 {
        return Err(Problem::too_large(0, "its text", limit));
    }
    let text = paragraphs::joined(pages);
    if text.trim().is_empty() {
        let why = "the PDF file holds no text, only pictures of it: run text recognition (OCR) over it first";
        return Err(Problem::of_file("no-text", why));
    }
    Ok(text)
}

fn locked() -> Problem {
    Problem::of_file("damaged", "the PDF file is locked with a password: save an unlocked copy")
}
