//! Web archives, mail, documents and libraries of references: what is found in them, and how bad ones are named.
#![allow(clippy::disallowed_methods)] // tests lay out the files that `capture` reads

mod made;

use std::path::Path;

use made::{OK_HTML, gzip, mail, response, warc_record};
use rapporteur_capture::{Capture, Config, Refusal, Source, read};

fn read_path(path: &Path) -> Vec<Result<Capture, Refusal>> {
    read(&[Source::from(path.to_str().unwrap())], &Config::default()).collect()
}

fn read_as(name: &str, bytes: &[u8]) -> Vec<Result<Capture, Refusal>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    read_path(&path)
}

/// Each outcome in short: the text of a capture, or the code of a refusal.
fn short(outcomes: &[Result<Capture, Refusal>]) -> Vec<String> {
    let of = |o: &Result<Capture, Refusal>| match o {
        Ok(capture) => String::from_utf8_lossy(&capture.bytes).into_owned(),
        Err(refusal) => refusal.code.to_string(),
    };
    outcomes.iter().map(of).collect()
}

/// The records of a news crawl: notes and requests around pages.
fn crawl() -> Vec<Vec<u8>> {
    let chunked = format!("{OK_HTML}\nTransfer-Encoding: chunked");
    let packed = format!("{OK_HTML}\nContent-Encoding: gzip");
    vec![
        warc_record("warcinfo", "", "application/warc-fields", b"software: x\r\n", 13),
        response("https://a.example/1", OK_HTML, b"<p>One</p>"),
        warc_record(
            "request",
            "https://a.example/2",
            "application/http; msgtype=request",
            b"GET / HTTP/1.1\r\n\r\n",
            18,
        ),
        response("https://a.example/2", &chunked, b"6\r\n<p>Two\r\n4;x=1\r\n</p>\r\n0\r\n\r\n"),
        response("https://a.example/3", &packed, &gzip(b"<p>Three</p>")),
        response("https://a.example/p.png", "HTTP/1.1 200 OK\nContent-Type: image/png", b"\x89PNG\r\n"),
        response("https://a.example/gone", "HTTP/1.1 404 Not Found\nContent-Type: text/html", b"<p>Gone</p>"),
        response("https://a.example/4", &chunked, b"<p>Four, its chunks undone by the crawler</p>"),
        warc_record("conversion", "https://a.example/5", "text/plain", b"Five", 4),
    ]
}

const CRAWLED: [&str; 5] =
    ["<p>One</p>", "<p>Two</p>", "<p>Three</p>", "<p>Four, its chunks undone by the crawler</p>", "Five"];

#[test]
fn a_crawl_gives_its_pages_with_address_time_and_number() {
    let members: Vec<u8> = crawl().iter().flat_map(|record| gzip(record)).collect();
    for (name, bytes) in [("c.warc.gz", members), ("c.warc", crawl().concat()), ("unnamed", crawl().concat())] {
        let outcomes = read_as(name, &bytes);
        assert_eq!(short(&outcomes), CRAWLED, "{name}");
        let third = outcomes[2].as_ref().unwrap();
        assert_eq!(
            (third.fields.url.as_str(), third.number, third.fields.is_html),
            ("https://a.example/3", 5, Some(true))
        );
        assert_eq!(third.at.unwrap().to_string(), "2025-03-05T10:12:00Z");
        assert_eq!(third.fields.charset, "utf-8");
    }
}

#[test]
fn what_a_crawler_writes_of_its_own_work_is_no_article() {
    let own = |sort: &str, url: &str| warc_record(sort, url, "text/plain", b"Opening WARC file.", 18);
    let robots = response("https://a.example/robots.txt", "HTTP/1.1 200 OK\nContent-Type: text/plain", b"Disallow: /");
    let bytes = [
        crawl()[1].clone(),
        own("resource", "<metadata://gnu.org/software/wget/warc/wget.log>"),
        own("resource", "urn:text:https://a.example/1"),
        own("conversion", "URN:pageinfo:https://a.example/1"),
        robots,
        own("resource", "https://a.example/metadata:robots"),
    ];
    assert_eq!(short(&read_as("c.warc", &bytes.concat())), ["<p>One</p>", "Opening WARC file."]);
}

#[test]
fn a_crawl_that_breaks_off_gives_what_stands_before() {
    let whole = crawl().concat();
    let cut = read_as("c.warc", &whole[..whole.len() - 6]);
    assert_eq!(short(&cut), [&CRAWLED[..4], &["truncated"]].concat());
    assert!(cut[4].as_ref().unwrap_err().message.contains("record 9 breaks off at the end of the file"));
    let members: Vec<u8> = crawl().iter().flat_map(|record| gzip(record)).collect();
    let cut = read_as("c.warc.gz", &members[..members.len() - 30]);
    assert_eq!(short(&cut), [&CRAWLED[..4], &["truncated"]].concat());
    assert!(cut[4].as_ref().unwrap_err().message.contains("the gzip stream breaks off"), "{:?}", cut[4]);
}

#[test]
fn a_wrong_length_costs_its_record_and_no_more() {
    let lying = |length: usize| {
        let block = format!("{}\r\n\r\n<p>Lie</p>", OK_HTML.replace('\n', "\r\n"));
        let liar = warc_record("response", "https://a.example/l", "application/http", block.as_bytes(), length);
        [&crawl()[1][..], &liar, &crawl()[8]].concat()
    };
    assert_eq!(short(&read_as("c.warc", &lying(64))), ["<p>One</p>", "damaged", "Five"]);
    assert_eq!(short(&read_as("c.warc", &lying(90))), ["<p>One</p>", "damaged"], "the next one's head is covered");
    assert_eq!(short(&read_as("c.warc", &lying(10))), ["<p>One</p>", "Five"], "its head says nothing any more");
    assert_eq!(short(&read_as("c.warc", &lying(usize::MAX))), ["<p>One</p>", "truncated"]);
    let page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Belloria would not sign. Would it pay? WARC";
    for next in ["Would", "WARC"] {
        let cut = page.windows(next.len()).position(|w| w == next.as_bytes()).unwrap();
        let short_by = warc_record("response", "https://a.example/s", "application/http", page, cut);
        let bytes = [&crawl()[1][..], &short_by, &crawl()[8]].concat();
        assert_eq!(short(&read_as("c.warc", &bytes)), ["<p>One</p>", "damaged", "Five"], "{next} is no next record");
    }
    let none = String::from_utf8(lying(71)).unwrap().replacen("Content-Length: 71\r\n", "", 1);
    assert_eq!(short(&read_as("c.warc", none.as_bytes())), ["<p>One</p>", "damaged", "Five"]);
}

#[test]
fn mbox_and_eml_give_a_capture_a_message() {
    let from = "From ann@example.org Tue Mar  4 10:12:00 2025\n";
    let two = mail("Two", "The union said:\n>From now on we wait.\nFrom Halver came no answer.");
    let mbox =
        format!("{from}{}\n{from}{two}\n{from}\n\n{from}{}", mail("One", "Owners refuse."), mail("Three", "Talks."));
    let outcomes = read_as("inbox", mbox.as_bytes());
    let texts: Vec<String> = short(&outcomes).iter().map(|t| t.trim().to_string()).collect();
    assert_eq!(texts[..2], ["Owners refuse.", "The union said:\nFrom now on we wait.\nFrom Halver came no answer."]);
    assert_eq!((texts[2].as_str(), texts[3].as_str()), ("no-text", "Talks."));
    assert_eq!(outcomes[3].as_ref().unwrap().number, 4);
    let eml = read_as("one.eml", mail("One", "Owners refuse.").as_bytes());
    let one = eml[0].as_ref().unwrap();
    assert_eq!((one.number, one.at.unwrap().to_string().as_str()), (0, "2025-03-04T10:12:00Z"));
}

#[test]
fn a_line_of_an_article_that_starts_like_a_separator_parts_no_message() {
    let from = "From ann@example.org Tue Mar  4 10:12:00 2025\n";
    for line in [
        "From 10:30 on Tuesday the delegations met.",
        "From 10:30:15 on, all was quiet.",
        "From Halver at 10:30 came\nno answer.",
    ] {
        let one = mail("One", &format!("Owners refuse.\n\n{line}\n\nThe union left."));
        let outcomes = read_as("inbox", format!("{from}{one}\n{from}{}", mail("Two", "Talks.")).as_bytes());
        let texts: Vec<String> = short(&outcomes).iter().map(|t| t.trim().to_string()).collect();
        assert_eq!(texts, [format!("Owners refuse.\n\n{line}\n\nThe union left."), "Talks.".to_string()]);
    }
    // Some programs write no seconds.
    let from = "From ann@example.org Tue Mar 4 10:12 2025\n";
    let mbox = format!("{from}{}\n{from}{}\n{from}", mail("One", "Owners refuse."), mail("Two", "Talks."));
    assert_eq!(read_as("inbox", mbox.as_bytes()).iter().filter(|o| o.is_ok()).count(), 2);
}

#[test]
fn documents_attached_to_a_message_are_read_with_it() {
    let rtf = include_str!("samples/factiva.rtf");
    let message = |text: &str| {
        format!(
            "From: desk@example.org\nTo: me@example.org\nSubject: Fwd: export\nDate: Tue, 4 Mar 2025 10:12:00 +0000\n\
             MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n{text}\n\
             --b\nContent-Type: application/rtf\nContent-Disposition: attachment; filename=x.rtf\n\n{rtf}\n--b--\n"
        )
    };
    let numbers =
        |bytes: &str| read_as("m", bytes.as_bytes()).into_iter().map(|o| o.unwrap().number).collect::<Vec<_>>();
    assert_eq!(numbers(&message("See below.")), [0, 1, 2, 3]);
    assert_eq!(numbers(&message("")), [1, 2, 3], "a message without words is no article");
    let mbox = format!("From a 10:12:00\n{}\n\nFrom a 10:12:00\n{}", message(""), mail("Two", "Talks."));
    assert_eq!(numbers(&mbox), [1, 1, 1, 2]);
}

#[test]
fn pages_and_texts_attached_to_a_message_are_read_with_it() {
    let part = |sort: &str, disposition: &str, text: &str| {
        format!("--b\nContent-Type: {sort}; charset=utf-8\nContent-Disposition: {disposition}\n\n{text}\n")
    };
    let parts = [
        "--b\nContent-Type: text/plain\n\nSee below.\n".to_string(),
        part("text/html", "attachment; filename=owners.html", "<p>Owners refuse</p>"),
        part("text/plain", "attachment; filename=union.txt", "The union left."),
        part("text/plain", "attachment; filename=export.txt", include_str!("samples/nexis.txt")),
        part("text/calendar", "attachment; filename=talks.ics", "BEGIN:VCALENDAR"),
        part("text/plain", "attachment; filename=ATT00001.txt", "Sent from a list"),
        part("text/plain", "inline", "The footer of the list"),
    ];
    let head = "From: desk@example.org\nTo: me@example.org\nSubject: Fwd: pages\nDate: Tue, 4 Mar 2025 10:12:00 +0000\n\
        MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n";
    let outcomes = read_as("m", format!("{head}{}--b--\n", parts.concat()).as_bytes());
    let texts = short(&outcomes);
    assert_eq!(
        (texts.len(), texts[1].trim(), texts[2].trim()),
        (6, "<p>Owners refuse</p>", "The union left."),
        "{texts:?}"
    );
    assert!(texts[0].starts_with("See below.") && !texts[0].contains("The union left."), "{}", texts[0]);
    assert_eq!(outcomes[3].as_ref().unwrap().fields.outlet, "The Harbour Herald (Halver)");
    assert!(!texts.concat().contains("VCALENDAR") && !texts.concat().contains("Sent from"), "{texts:?}");
}

#[test]
fn messages_in_messages_are_opened_so_far_and_then_named() {
    let inside = |n: usize, message: String| {
        let b = format!("b{n}");
        format!(
            "From: desk@example.org\nTo: me@example.org\nSubject: Fwd\nMIME-Version: 1.0\n\
             Content-Type: multipart/mixed; boundary={b}\n\n--{b}\nContent-Type: text/plain\n\nLevel {n}.\n\
             --{b}\nContent-Type: message/rfc822\nContent-Disposition: attachment\n\n{message}\n--{b}--\n"
        )
    };
    let nested = |depth: usize| (0..depth).rev().fold(mail("Last", "Talks."), |message, n| inside(n, message));
    let texts =
        |depth| short(&read_as("m", nested(depth).as_bytes())).iter().map(|t| t.trim().to_string()).collect::<Vec<_>>();
    assert_eq!(texts(3), ["Level 0.", "Level 1.", "Level 2.", "Talks."]);
    assert_eq!(texts(5), ["Level 0.", "Level 1.", "Level 2.", "Level 3.", "too-deep"]);
    let refusal = read_as("m", nested(5).as_bytes()).remove(4).unwrap_err();
    let words = "m`: attached to the message: what is attached to a message inside 3 others is not opened: save it as";
    assert!(refusal.message.contains(words), "{refusal}");
}

#[test]
fn what_programs_keep_in_a_folder_is_no_article() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("a.txt", b"Talks resumed.".as_slice()),
        ("dossier.toml", b"[[party]]\nname = \"Belloria\"\n"),
        ("2025.05", b"SQLite format 3\0\x20\0"),
        ("2025.05-wal", b"The log of it"),
        ("note-wal", b"The wall stands."),
    ] {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    assert_eq!(short(&read_path(folder.path())), ["Talks resumed.", "The wall stands."]);
    // what is named by itself is refused by name
    let refusal = read_path(&folder.path().join("dossier.toml")).remove(0).unwrap_err();
    assert!(refusal.message.contains("dossier.toml`: it is a TOML file, as dossiers are"), "{refusal}");
    assert_eq!(short(&read_path(&folder.path().join("2025.05"))), ["not-text"]);
    std::fs::remove_file(folder.path().join("a.txt")).unwrap();
    std::fs::remove_file(folder.path().join("note-wal")).unwrap();
    assert_eq!(short(&read_path(folder.path())), ["empty-folder"]);
}

#[test]
fn a_page_saved_as_mhtml_is_its_html() {
    let page = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://herald.example/1\r\nSubject: Owners refuse\r\n\
        Date: Tue, 4 Mar 2025 10:12:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; \
        boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\
        Content-Location: https://herald.example/1\r\n\r\n<p>Owners refuse =E2=80=94 again</p>\r\n--b\r\n\
        Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n";
    let outcomes = read_as("page.mhtml", page.as_bytes());
    let capture = outcomes[0].as_ref().unwrap();
    assert_eq!(String::from_utf8_lossy(&capture.bytes).trim(), "<p>Owners refuse — again</p>");
    assert_eq!((capture.fields.url.as_str(), capture.fields.is_html), ("https://herald.example/1", Some(true)));
}

#[test]
fn a_pdf_gives_paragraphs_and_keeps_the_files_digest() {
    let pdf = made::pdf_of_lines(&[
        &[
            (8.0, "Harbour Herald 1"),
            (20.0, "Owners refuse"),
            (10.0, ""),
            (10.0, "The mill owners of Halver refused on Tuesday to nego-"),
            (10.0, "tiate."),
        ],
        &[(8.0, "Harbour Herald 2"), (10.0, ""), (10.0, "The union (of weavers) left.")],
    ]);
    let outcomes = read_as("print.pdf", &pdf);
    assert_eq!(
        short(&outcomes),
        ["Owners refuse\nThe mill owners of Halver refused on Tuesday to negotiate.\nThe union (of weavers) left."]
    );
    let capture = outcomes[0].as_ref().unwrap();
    assert_eq!((capture.digest.clone(), capture.number), (rapporteur_text::Digest::of(&pdf), 0));
    let pictures = made::pdf(&[b"0 0 m 9 9 l S".to_vec()], |_| lopdf::Dictionary::new());
    let refusal = read_as("scan.pdf", &pictures).remove(0).unwrap_err();
    assert!(refusal.message.contains("holds no text, only pictures of it: run text recognition (OCR)"), "{refusal}");
}

#[test]
fn the_document_of_a_docx_is_found_under_the_names_that_word_gives_it() {
    let xml =
        |words: &str| format!("<w:document><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>");
    for name in ["word/document.xml", "word/document2.xml"] {
        let zip = made::zip(&[(name, xml("Talks resumed.").as_bytes()), ("word/documents.xml", xml("No.").as_bytes())]);
        assert_eq!(short(&read_as("a.docx", &zip))[0].trim(), "Talks resumed.", "{name}");
    }
    assert_eq!(short(&read_as("a.docx", &made::zip(&[("word/documents.xml", xml("No.").as_bytes())]))), ["not-text"]);
}

#[test]
fn other_archives_are_refused_by_what_they_are() {
    for (file, words) in [
        ("xl/workbook.xml", "it is a spreadsheet, not text: save it as JSONL or text"),
        ("content.xml", "it is an OpenDocument file, not text: save it as DOCX or plain text"),
        ("a.txt", "it is a zip archive, not text: unpack it and name the files in it"),
    ] {
        let refusal = read_as("x.docx", &made::zip(&[(file, b"x")])).remove(0).unwrap_err();
        assert!(refusal.message.ends_with(words), "{refusal}");
    }
}

#[test]
fn json_that_holds_no_articles_says_what_to_write() {
    for json in ["{\"a\": 1}", "[1, 2]", " [\n{\"text\": \"x\"}]"] {
        let refusal = read_as("x.json", json.as_bytes()).remove(0).unwrap_err();
        assert!(refusal.message.contains("it is JSON without articles: write one object a line"), "{json}: {refusal}");
    }
    assert_eq!(short(&read_as("x.json", b"{\"text\": \"Talks.\"}\n{\"text\": \"More.\"}")), ["Talks.", "More."]);
}

#[test]
fn a_library_reads_what_is_attached_and_nothing_outside_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("zotero");
    std::fs::create_dir_all(library.join("files/8")).unwrap();
    std::fs::create_dir_all(library.join("files/9")).unwrap();
    std::fs::write(folder.path().join("secret.txt"), "secret").unwrap();
    std::fs::write(library.join("files/8/a page.html"), "<p>Owners refuse</p>").unwrap();
    std::fs::write(library.join("files/9/b.pdf"), made::pdf_of_lines(&[&[(10.0, "Talks resumed.")]])).unwrap();
    let ris = "TY  - NEWS\nTI  - One\nT2  - Herald\nDA  - 2025/03/04/\nL1  - files/8/a%20page.html\nER  - \n\
               TY  - NEWS\nTI  - Two\nL1  - ../secret.txt\nER  - \nTY  - NEWS\nTI  - Three\nER  - \n\
               TY  - NEWS\nTI  - Four\nL1  - files/none.html\nL1  - files/9/b.pdf\nER  - \n";
    std::fs::write(library.join("talks.ris"), ris).unwrap();
    let outcomes = read_path(&library);
    assert_eq!(short(&outcomes), ["<p>Owners refuse</p>", "unreadable", "no-text", "Talks resumed."], "each once");
    let one = outcomes[0].as_ref().unwrap();
    assert_eq!((one.fields.title.as_str(), one.fields.outlet.as_str(), one.number), ("One", "Herald", 0));
    assert!(one.path.ends_with("files/8/a page.html"));
    let outside = outcomes[1].as_ref().unwrap_err();
    assert!(
        outside.message.contains("talks.ris`: record 2 (`Two`): its file `../secret.txt`: it lies outside"),
        "{outside}"
    );
    assert!(outcomes[2].as_ref().unwrap_err().message.contains("record 3 (`Three`): no page is attached to it"));
}

/// A folder with a library, under this name, and its page.
fn library(name: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("files")).unwrap();
    std::fs::write(folder.path().join("files/a.html"), "<p>Owners refuse</p>").unwrap();
    let ris = "TY  - NEWS\nTI  - One\nT2  - Herald\nL1  - files/a.html\nER  - \n";
    std::fs::write(folder.path().join(name), ris).unwrap();
    folder
}

#[test]
fn a_page_and_its_library_named_in_any_way_are_one_article_of_the_library() {
    for name in ["talks.ris", "TALKS.RIS", "z.Json"] {
        let folder = library(name);
        let at = |path: &str| Source::Path(folder.path().join(path));
        let ways =
            [vec![Source::Path(folder.path().into())], vec![at("files"), at(name)], vec![at("files/a.html"), at(name)]];
        for sources in ways {
            let outcomes: Vec<_> = read(&sources, &Config::default()).collect();
            assert_eq!(short(&outcomes), ["<p>Owners refuse</p>"], "{sources:?}");
            assert_eq!(outcomes[0].as_ref().unwrap().fields.outlet, "Herald", "{sources:?}");
        }
    }
}

#[test]
fn an_entry_that_is_none_costs_a_json_library_only_that_entry() {
    let folder = library("unused.txt");
    let json = r#"[{"type": "article-newspaper", "title": "One", "author": "Ann Lee", "file": "files/a.html"},
        {"type": "article-newspaper", "title": "Two", "container-title": "Herald", "file": "files/a.html"}]"#;
    std::fs::write(folder.path().join("talks.json"), json).unwrap();
    let outcomes = read_path(&folder.path().join("talks.json"));
    assert_eq!(short(&outcomes), ["broken-record", "<p>Owners refuse</p>"]);
    let refusal = outcomes[0].as_ref().unwrap_err();
    assert!(refusal.message.contains("talks.json`: record 1 (`One`): it is no entry of CSL-JSON"), "{refusal}");
}

#[cfg(unix)]
#[test]
fn pipes_in_a_folder_are_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "Talks resumed.").unwrap();
    for name in ["b.json", "c.ris", "d.txt"] {
        let made = std::process::Command::new("mkfifo").arg(folder.path().join(name)).status();
        assert!(made.unwrap().success());
    }
    let (send, receive) = std::sync::mpsc::channel();
    let path = folder.path().to_path_buf();
    std::thread::spawn(move || send.send(short(&read_path(&path))));
    let read = receive.recv_timeout(std::time::Duration::from_secs(30)).expect("a pipe is waited for");
    assert_eq!(read, ["Talks resumed."]);
}

#[test]
fn a_folder_may_hold_everything() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("page_files")).unwrap();
    for (name, bytes) in [
        ("a.warc", crawl()[1].clone()),
        ("b.docx", made::docx("Talks resumed.")),
        ("c.eml", mail("One", "Owners refuse.").into_bytes()),
        ("d.bin", vec![0, 1, 2, 3, 255]),
        ("page.html", b"<p>Saved".to_vec()),
        ("page_files/logo.png", b"\x89PNG\r\n".to_vec()),
        ("page_files/script.js", b"var x;".to_vec()),
        ("z.rtf", b"{\\rtf1 Rich.}".to_vec()),
    ] {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let texts: Vec<String> = short(&read_path(folder.path())).iter().map(|t| t.trim().to_string()).collect();
    assert_eq!(texts, ["<p>One</p>", "Talks resumed.", "Owners refuse.", "not-text", "<p>Saved", "Rich."]);
    let assets = read_path(&folder.path().join("page_files"));
    assert_eq!(short(&assets), ["not-text", "var x;"], "named by itself it is read");
}
