//! Files made to hurt whoever reads them: each ends soon, within its memory, with a name for what is wrong.
#![allow(clippy::disallowed_methods)] // tests lay out the files that `capture` reads

mod made;

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Stream, dictionary};
use rapporteur_capture::{Capture, Config, Refusal, Source, read};

const LIMIT: usize = 1_000_000;

/// What reading gives, within a minute (on a machine with much else to do).
fn outcomes(name: &str, bytes: &[u8]) -> Vec<Result<Capture, Refusal>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let mut config = Config::default();
    config.limit = LIMIT;
    let start = Instant::now();
    let outcomes: Vec<_> = read(&[Source::Path(path)], &config).collect();
    assert!(start.elapsed() < Duration::from_secs(60), "{name} took {:?}", start.elapsed());
    assert!(outcomes.iter().flatten().all(|capture| capture.bytes.len() <= LIMIT));
    outcomes
}

fn code(name: &str, bytes: &[u8]) -> &'static str {
    outcomes(name, bytes).pop().unwrap().map_or_else(|refusal| refusal.code, |_| "read")
}

#[test]
fn a_zip_bomb_in_a_docx_ends_at_the_limit() {
    let bomb = made::docx_of_xml(&[b"<w:t>".to_vec(), vec![b'a'; 50_000_000]].concat());
    assert!(bomb.len() < 100_000);
    assert_eq!(code("bomb.docx", &bomb), "too-large");
}

#[test]
fn nesting_without_end_ends() {
    let deep = made::docx_of_xml("<w:p>".repeat(150_000).as_bytes());
    assert_eq!(code("deep.docx", &deep), "no-text");
    assert_eq!(code("deep.rtf", format!("{{\\rtf1 {}", "{".repeat(900_000)).as_bytes()), "no-text");
    assert_eq!(code("deep.json", "[".repeat(900_000).as_bytes()), "read");
    let parts = "Content-Type: multipart/mixed; boundary=b\n\n--b\n".repeat(18_000);
    let deep = format!("From: a@b.example\nDate: x\nMIME-Version: 1.0\n{parts}");
    assert!(["no-text", "read", "broken-record"].contains(&code("deep.eml", deep.as_bytes())));
}

#[test]
fn rtf_without_end_gives_what_it_has() {
    assert_eq!(code("open.rtf", format!("{{\\rtf1 {}", "\\b Talks ".repeat(100_000)).as_bytes()), "read");
    // Each euro sign is one byte there and three here.
    assert_eq!(code("grows.rtf", &[b"{\\rtf1 ".to_vec(), vec![0x80; 900_000]].concat()), "too-large");
}

#[test]
fn a_warc_that_lies_about_its_length_is_read_within_bounds() {
    let page = made::response("https://a.example", made::OK_HTML, &vec![b'a'; LIMIT + 1]);
    let small = made::response("https://a.example/2", made::OK_HTML, b"<p>Two</p>");
    let both = outcomes("large.warc", &[page, small].concat());
    assert_eq!((both[0].as_ref().unwrap_err().code, both.len()), ("too-large", 2));
    assert_eq!(both[1].as_ref().unwrap().bytes, b"<p>Two</p>");
    let lie = made::warc_record("response", "https://a.example", "text/html", b"<p>x", usize::MAX);
    assert_eq!(code("lie.warc", &lie), "truncated");
    // A pack of records, each of which says that it reaches to the end.
    let lies: Vec<u8> = (0..5_000).flat_map(|_| made::warc_record("response", "u", "text/html", b"<p>x", 3)).collect();
    assert_eq!(outcomes("lies.warc", &lies).len(), 5_000);
    let packed = format!("{}\nContent-Encoding: gzip", made::OK_HTML);
    let bomb = made::response("https://a.example", &packed, &made::gzip(&vec![b'a'; 50_000_000]));
    assert_eq!(code("bomb.warc", &bomb), "damaged");
    assert_eq!(code("head.warc", &[b"WARC/1.0\r\n".to_vec(), vec![b'a'; 900_000]].concat()), "damaged");
}

#[test]
fn mbox_without_separators_ends_at_the_limit() {
    let from = "From ann@example.org Tue Mar  4 10:12:00 2025\n";
    let long = format!("{from}{}{}\n\n{from}{}", made::mail("x", ""), "a ".repeat(LIMIT), made::mail("y", "Talks."));
    let read = outcomes("endless.mbox", long.as_bytes());
    assert_eq!((read[0].as_ref().unwrap_err().code, read.len()), ("too-large", 2));
    assert!(read[1].is_ok(), "what follows it is read");
    let many = format!("{from}Subject: x\n\n").repeat(20_000);
    assert_eq!(outcomes("many.mbox", many.as_bytes()).iter().filter(|o| o.is_ok()).count(), 0);
}

#[test]
fn pages_of_a_hundred_megabytes_are_refused_by_size() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.html");
    let mut file = std::io::BufWriter::new(std::fs::File::create(&path).unwrap());
    std::io::copy(&mut std::io::repeat(b' ').take(100_000_001), &mut file).unwrap();
    file.flush().unwrap();
    let outcome = read(&[Source::Path(path)], &Config::default()).next().unwrap();
    assert_eq!(outcome.unwrap_err().code, "too-large");
}

/// A stream of this many equal bytes, packed.
fn packed(byte: u8, count: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    std::io::copy(&mut std::io::repeat(byte).take(count as u64), &mut encoder).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn streams_of_a_pdf_that_unpack_to_far_more_than_they_are() {
    let bomb = packed(b' ', 200_000_000);
    let form = |content: Vec<u8>, more: Dictionary| {
        let mut form = dictionary! { "Type" => "XObject", "Subtype" => "Form" };
        form.extend(&more);
        Stream::new(form, content)
    };
    let pdf = made::pdf(&[b"/X Do BT /F1 10 Tf (Talks resumed.) Tj ET".to_vec()], |file| {
        let id = file.add_object(form(bomb.clone(), dictionary! { "Filter" => "FlateDecode" }));
        dictionary! { "XObject" => dictionary! { "X" => id } }
    });
    assert_eq!(outcomes("bomb.pdf", &pdf).remove(0).unwrap().bytes, b"Talks resumed.");
}

/// A PDF file whose objects lie in streams, each with one list that unpacks to this many zeros.
fn pdf_of_lists(streams: usize, zeros: usize) -> Vec<u8> {
    let lists = (0..streams).map(|number| (format!("{} 0 ", 10_000 + number), format!("[{}]", "0 ".repeat(zeros))));
    pdf_of_packed_objects(lists.collect())
}

/// A PDF file with streams of objects: each has an index of numbers and places, and objects behind it.
fn pdf_of_packed_objects(streams: Vec<(String, String)>) -> Vec<u8> {
    let mut pdf = made::pdf(&[b"BT /F1 10 Tf (Talks resumed.) Tj ET".to_vec()], |file| {
        for (index, objects) in &streams {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(format!("{index}{objects}").as_bytes()).unwrap();
            let first = i64::try_from(index.len()).unwrap();
            let count = i64::try_from(index.split_whitespace().count() / 2).unwrap();
            let entries = dictionary! { "Type" => "ObjXtm", "N" => count, "First" => first, "Filter" => "FlateDecode" };
            file.add_object(Stream::new(entries, encoder.finish().unwrap()));
        }
        Dictionary::new()
    });
    // the program that writes it would drop them under their own name
    while let Some(at) = pdf.windows(6).position(|w| w == b"ObjXtm") {
        pdf[at..at + 6].copy_from_slice(b"ObjStm");
    }
    pdf
}

#[test]
fn objects_of_a_pdf_that_unpack_to_far_more_than_they_are() {
    let one = pdf_of_lists(1, 2_000_000);
    assert!(one.len() < 20_000);
    assert_eq!(code("list.pdf", &one), "damaged");
    // Each within its bound, and together over it.
    let many = pdf_of_lists(4, 900_000);
    let refusal = outcomes("lists.pdf", &many).remove(0).unwrap_err();
    assert!(refusal.message.contains("holds more than 2000000 objects: convert it with"), "{refusal}");
    assert_eq!(outcomes("few.pdf", &pdf_of_lists(4, 9_000)).remove(0).unwrap().bytes, b"Talks resumed.");
}

#[test]
fn objects_of_a_pdf_that_lie_in_one_another() {
    // a list, with the empty space before it, is where all of these begin
    let begins: String = (0..1_000).map(|n| format!("{} {n} ", 10_000 + n)).collect();
    let list = format!("{}[{}]", " ".repeat(1_000), "0 ".repeat(400_000));
    // lists in lists, each of which is an object of its own too
    let deep = format!("{}{}", "[".repeat(90), "0 ".repeat(400_000));
    let inner: String = (0..90).map(|n| format!("{} {n} ", 10_000 + n)).collect();
    for stream in [(begins, list), (inner, format!("{deep}{}", "]".repeat(90)))] {
        let refusal = outcomes("overlap.pdf", &pdf_of_packed_objects(vec![stream])).remove(0).unwrap_err();
        assert!(refusal.message.contains("holds more than 2000000 objects"), "{refusal}");
    }
    let twice = ("10 0 11 0 12 4 ".to_string(), "[0] (a)".to_string());
    assert_eq!(outcomes("twice.pdf", &pdf_of_packed_objects(vec![twice])).remove(0).unwrap().bytes, b"Talks resumed.");
}

#[test]
fn forms_of_a_pdf_that_draw_themselves_end() {
    let pdf = made::pdf(&[b"/X Do".to_vec()], |file| {
        let id = file.new_object_id();
        let own = dictionary! { "XObject" => dictionary! { "X" => id } };
        let form = dictionary! { "Type" => "XObject", "Subtype" => "Form", "Resources" => own.clone() };
        file.objects.insert(id, Stream::new(form, b"/X Do ".repeat(5_000)).into());
        own
    });
    assert_eq!(code("loop.pdf", &pdf), "no-text");
}

#[test]
fn pages_of_a_pdf_that_are_their_own_parents_end() {
    let pdf = made::pdf_of_lines(&[&[(10.0, "Talks resumed.")]]);
    let mut file = lopdf::Document::load_mem(&pdf).unwrap();
    let tree = file.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
    let kids = file.get_object_mut(tree).unwrap().as_dict_mut().unwrap().get_mut(b"Kids").unwrap();
    kids.as_array_mut().unwrap().extend([tree.into(), tree.into()]);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    assert!(["read", "no-text"].contains(&code("circle.pdf", &bytes)));
}

#[test]
fn a_locked_pdf_says_so() {
    let mut file = lopdf::Document::load_mem(&made::pdf_of_lines(&[&[(10.0, "Talks resumed.")]])).unwrap();
    file.trailer.set("ID", vec![lopdf::Object::string_literal("a"), lopdf::Object::string_literal("a")]);
    let version = lopdf::EncryptionVersion::V2 {
        document: &file,
        owner_password: "owner",
        user_password: "user",
        key_length: 128,
        permissions: lopdf::Permissions::all(),
    };
    let state = lopdf::EncryptionState::try_from(version).unwrap();
    file.encrypt(&state).unwrap();
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    let refusal = outcomes("locked.pdf", &bytes).remove(0).unwrap_err();
    assert!(refusal.message.ends_with("locked with a password: save an unlocked copy"), "{refusal}");
}
