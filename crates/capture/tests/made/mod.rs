//! Files in the formats that `capture` reads, made for tests.
#![allow(dead_code, reason = "each test file uses some")]

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A gzip member.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A zip archive of these files.
pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A DOCX file with this XML as its document.
pub(crate) fn docx_of_xml(xml: &[u8]) -> Vec<u8> {
    zip(&[("[Content_Types].xml", b"<Types/>".as_slice()), ("word/document.xml", xml)])
}

/// A DOCX file with a paragraph for each line.
pub(crate) fn docx(text: &str) -> Vec<u8> {
    let escaped = |line: &str| line.replace('&', "&amp;").replace('<', "&lt;");
    let paragraphs: String = text
        .lines()
        .map(|l| format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escaped(l)))
        .collect();
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">";
    docx_of_xml(format!("{head}<w:body>{paragraphs}</w:body></w:document>").as_bytes())
}

/// A PDF file whose pages draw these operators in Helvetica (`/F1`), with more entries of their resources.
pub(crate) fn pdf(pages: &[Vec<u8>], more: impl Fn(&mut Document) -> Dictionary) -> Vec<u8> {
    let mut file = Document::with_version("1.5");
    let parent = file.new_object_id();
    let font = file.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
    });
    let mut resources = more(&mut file);
    if !resources.has(b"Font") {
        resources.set("Font", dictionary! { "F1" => font });
    }
    let resources = file.add_object(resources);
    let kids: Vec<Object> = pages
        .iter()
        .map(|content| {
            let content = file.add_object(Stream::new(Dictionary::new(), content.clone()));
            let page = dictionary! { "Type" => "Page", "Parent" => parent, "Contents" => content };
            file.add_object(page).into()
        })
        .collect();
    let count = i64::try_from(kids.len()).unwrap();
    let tree = dictionary! {
        "Type" => "Pages", "Kids" => kids, "Count" => count, "Resources" => resources,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    };
    file.objects.insert(parent, tree.into());
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => parent });
    file.trailer.set("Root", catalog);
    file.compress();
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    bytes
}

/// A PDF file with these lines, each at its size, one below the other.
pub(crate) fn pdf_of_lines(pages: &[&[(f32, &str)]]) -> Vec<u8> {
    let content = |lines: &[(f32, &str)]| {
        let mut drawn = "BT 1 0 0 1 60 780 Tm\n".to_string();
        for (size, line) in lines {
            let line = line.replace('(', "\\(").replace(')', "\\)");
            drawn.push_str(&format!("/F1 {size} Tf {} TL T* ({line}) Tj\n", size * 1.2));
        }
        drawn.push_str("ET");
        drawn.into_bytes()
    };
    pdf(&pages.iter().map(|lines| content(lines)).collect::<Vec<_>>(), |_| Dictionary::new())
}

/// A WARC record; `length` is what it says of its block's length.
pub(crate) fn warc_record(sort: &str, url: &str, media: &str, block: &[u8], length: usize) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {sort}\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Target-URI: {url}\r\n\
         WARC-Date: 2025-03-05T10:12:00Z\r\nContent-Type: {media}\r\nContent-Length: {length}\r\n\r\n"
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// The record of a page as a server answered it.
pub(crate) fn response(url: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let block = [head.replace('\n', "\r\n").as_bytes(), b"\r\n\r\n", body].concat();
    warc_record("response", url, "application/http; msgtype=response", &block, block.len())
}

/// The head of a page's answer.
pub(crate) const OK_HTML: &str = "HTTP/1.1 200 OK\nContent-Type: text/html; charset=UTF-8";

/// A message of mail.
pub(crate) fn mail(subject: &str, body: &str) -> String {
    format!(
        "From: Harbour Herald <news@herald.example>\nTo: reader@example.org\nSubject: {subject}\n\
         Date: Tue, 4 Mar 2025 10:12:00 +0000\nMessage-ID: <{}@herald.example>\nMIME-Version: 1.0\n\
         Content-Type: text/plain; charset=utf-8\n\n{body}\n",
        subject.len()
    )
}
