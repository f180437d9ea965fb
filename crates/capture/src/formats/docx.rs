//! The text of a DOCX file (ECMA-376): one line a paragraph, in the order of the document.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::origin::Problem;

/// Whether the bytes are a zip archive, which every office file is.
pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The text of the document's body; `limit` is the most bytes that its XML may unpack to.
///
/// # Errors
/// Where the archive is damaged, holds no Word document, or unpacks to too much.
pub(crate) fn text(bytes: &[u8], limit: usize) -> Result<String, Problem> {
    let damaged =
        |why: String| Problem::of_file("damaged", format!("its zip archive is damaged ({why}): fetch it again"));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(e.to_string()))?;
    let Some(at) = document(&archive) else {
        return Err(Problem::of_file("not-text", other_kind(&archive)));
    };
    let mut xml = Vec::new();
    let file = archive.by_index(at).map_err(|e| damaged(e.to_string()))?;
    file.take(limit as u64 + 1).read_to_end(&mut xml).map_err(|e| damaged(e.to_string()))?;
    if xml.len() > limit {
        return Err(Problem::too_large(0, "its text unpacked", limit));
    }
    Ok(paragraphs(&String::from_utf8_lossy(&xml)))
}

/// The part that holds the text: Word on the web writes `document2.xml`.
fn document(archive: &ZipArchive<Cursor<&[u8]>>) -> Option<usize> {
    let number = |name: &str| name.strip_prefix("word/document")?.strip_suffix(".xml").map(str::to_string);
    let is_document = |name: &Cow<'_, str>| number(name).is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()));
    archive.index_for_name(&archive.file_names().flatten().filter(is_document).min()?)
}

/// What a zip archive is that holds no Word document, and what to do about it.
fn other_kind(archive: &ZipArchive<Cursor<&[u8]>>) -> String {
    let has = |name: &str| archive.index_for_name(name).is_some();
    let kinds = [
        ("xl/workbook.xml", "a spreadsheet", "save it as JSONL or text"),
        ("ppt/presentation.xml", "a presentation", "save it as text or PDF"),
        ("META-INF/container.xml", "an e-book", "save its text as HTML or plain text"),
        ("content.xml", "an OpenDocument file", "save it as DOCX or plain text"),
    ];
    match kinds.iter().find(|(name, ..)| has(name)) {
        Some((_, kind, fix)) => format!("it is {kind}, not text: {fix}"),
        None => "it is a zip archive, not text: unpack it and name the files in it".to_string(),
    }
}

/// One line a paragraph. What is deleted under review, and what stands twice for old programs, is left out; broken XML
/// gives what stands before the break.
fn paragraphs(xml: &str) -> String {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut text = String::new();
    let mut is_words = false;
    let mut skipped = 0_usize; // depth inside an element that is left out
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof => break,
            Event::Start(tag) if skipped > 0 || is_left_out(&tag) => skipped += 1,
            Event::End(_) if skipped > 0 => skipped -= 1,
            _ if skipped > 0 => {}
            Event::Start(tag) => is_words = tag.local_name().into_inner() == "t",
            Event::Empty(tag) => match tag.local_name().into_inner() {
                "tab" => text.push('\t'),
                "br" | "cr" | "p" => text.push('\n'),
                "noBreakHyphen" => text.push('\u{2011}'),
                _ => {}
            },
            Event::End(tag) => {
                is_words = false;
                if tag.local_name().into_inner() == "p" {
                    text.push('\n');
                }
            }
            Event::Text(part) if is_words => text.push_str(&part.xml10_content()),
            Event::CData(part) if is_words => text.push_str(&part.xml10_content()),
            Event::GeneralRef(entity) if is_words => push_entity(&mut text, &entity),
            _ => {}
        }
    }
    text
}

fn is_left_out(tag: &BytesStart<'_>) -> bool {
    ["del", "moveFrom", "Fallback", "instrText", "pPr", "rPr"].iter().any(|n| tag.local_name().into_inner() == *n)
}

fn push_entity(text: &mut String, entity: &quick_xml::events::BytesRef<'_>) {
    if let Ok(Some(letter)) = entity.resolve_char_ref() {
        text.push(letter);
        return;
    }
    let name = entity.xml10_content();
    text.push_str(match name.as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_join_and_what_was_deleted_is_gone() {
        let xml = "<w:document><w:body><w:p><w:pPr><w:t>style</w:t></w:pPr><w:r><w:t>Talks </w:t></w:r><w:hyperlink>\
                   <w:r><w:t>re&amp;sumed</w:t></w:r></w:hyperlink><w:del><w:r><w:delText>never</w:delText></w:r></w:del>\
                   </w:p><w:p/><w:p><w:r><w:instrText>HYPERLINK</w:instrText><w:t xml:space=\"preserve\">On</w:t><w:tab/>\
                   <w:t>Monday&#8217;s</w:t></w:r></w:p></w:body></w:document>";
        assert_eq!(paragraphs(xml), "Talks re&sumed\n\nOn\tMonday’s\n");
    }

    #[test]
    fn broken_and_deep_xml_ends() {
        assert_eq!(paragraphs("<w:p><w:t>Talks</w:t></w:p><w:p"), "Talks\n");
        let deep = format!("{}<w:t>x</w:t>", "<w:tbl>".repeat(200_000));
        assert_eq!(paragraphs(&deep), "x");
    }
}
