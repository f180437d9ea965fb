//! Whatever is in a file, reading it ends in captures and refusals.

mod fuzzed;

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;

/// Lines of JSONL, whole, broken and odd.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(r#"{"id": "one", "published": "2025-03-04", "text": "The owners refused."}"#.to_string()),
        Just(r#"{"id": 7, "url": null, "html": "<p>The owners refused.</p>", "more": [1, {}]}"#.to_string()),
        Just(r#"{"text": "\ud800"}"#.to_string()),
        Just(r#"{"text": "#.to_string()),
        Just(r#"{"title": "no text"}"#.to_string()),
        Just("[]".to_string()),
        Just("\u{feff}{\"text\": \"x\"}\r".to_string()),
        Just(String::new()),
        Just(format!("{{\"text\": \"{}\"}}", "long ".repeat(30_000))),
        Just("[".repeat(2_000)),
        "\\PC{0,60}",
    ]
}

/// Pieces of the formats' own languages, and odd ones.
fn piece() -> impl Strategy<Value = String> {
    let written = [
        "Body",
        "End of Document",
        "Load-Date: March 5, 2025",
        "Length: 9 words",
        "HEADLINE: x",
        "2 of 3 DOCUMENTS",
        "Document HERLD00020250304el3400001",
        "HD\tx",
        "LP\t",
        "30 words",
        "4 March 2025",
        "Results Found\t9",
        "{",
        "}",
        "\\u",
        "\\u-10179?",
        "\\'e9",
        "\\bin9",
        "\\*",
        "\\fonttbl",
        "\\f1\\fcharset204",
        "\\par",
        "\\uc9",
        "<w:p>",
        "</w:p>",
        "<w:t>",
        "<w:del>",
        "&amp;",
        "&#x110000;",
        "<![CDATA[x]]>",
        "<w:t",
        "<!DOCTYPE x [<!ENTITY a \"b\">]>",
        "BT /F1 10 Tf",
        "(x) Tj",
        "[(x) -300 (y)] TJ",
        "1 0 0 1 1e30 9 Tm",
        "q",
        "Q",
        "ET",
        "/X Do",
        "BI ID EI",
        "9 0 Td",
        "<",
        "begincmap",
        "1 beginbfchar <48> <0041> endbfchar",
        "1 beginbfrange <00> <ff> <0041> endbfrange",
        "endcmap",
        "1 begincodespacerange <00> <ff> endcodespacerange",
        "WARC/1.1",
        "Content-Length: 3",
        "Content-Length: 99999999999999999999",
        "WARC-Type: response",
        "",
        "HTTP/1.1 200 OK",
        "Content-Type: text/html",
        "ffffffffffffffff",
        "0",
        "From x 10:12:00",
        "Content-Type: multipart/mixed; boundary=b",
        "--b",
        "--b--",
        "Content-Transfer-Encoding: base64",
        "MIME-Version: 1.0",
        "L1  - ../../x.html",
        "L1  - x.html",
        "DA  - 2025/99/99/",
        "ER  - ",
        "TY  - ",
        "Y2  - 2025",
    ];
    prop_oneof![4 => proptest::sample::select(written.to_vec()).prop_map(str::to_string), 1 => "\\PC{0,20}"]
}

/// Pieces of feeds of all kinds.
fn feed_piece() -> impl Strategy<Value = String> {
    let written = [
        "<rss>",
        "<channel>",
        "</channel>",
        "<item>",
        "</item>",
        "<link>",
        "</link>",
        "<link href='/a' rel=alternate>",
        "<title>",
        "</title>",
        "<feed>",
        "<entry>",
        "</entry>",
        "<content type='xhtml'>",
        "</content>",
        "<content:encoded>",
        "<source>",
        "<guid isPermaLink='false'>",
        "<opml>",
        "<outline xmlUrl='//x'/>",
        "<urlset>",
        "<url>",
        "</url>",
        "<news:news/>",
        "<loc>",
        "<![CDATA[",
        "]]>",
        "&amp;",
        "&lt;",
        "&nbsp;",
        "&#0;",
        "&#x110000;",
        "<!DOCTYPE x>",
        "<!ENTITY",
        "<!--",
        "-->",
        "<?xml?>",
        "https://news.example.org/a",
        "http://[",
        "javascript:x",
        "é",
        "\0",
        "<html><link rel=alternate type=application/rss+xml href=",
        "{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{\"url\": \"/a\"}]}",
    ];
    prop_oneof![6 => proptest::sample::select(written.to_vec()).prop_map(str::to_string), 1 => "\\PC{0,20}"]
}

/// One file of each format.
fn sample() -> impl Strategy<Value = Vec<u8>> {
    use fuzzed::made;
    let text = include_str!("samples/nexis.txt");
    let crawl = made::response("https://a.example/1", made::OK_HTML, b"<p>One</p>").repeat(3);
    let files = vec![
        include_bytes!("samples/nexis.rtf").to_vec(),
        include_bytes!("samples/factiva.rtf").to_vec(),
        include_bytes!("samples/factiva.html").to_vec(),
        text.as_bytes().to_vec(),
        made::docx(text),
        made::pdf_of_lines(&[
            &[(20.0, "Owners refuse"), (10.0, "Talks of the owners")],
            &[(10.0, "and of the union.")],
        ]),
        crawl.clone(),
        packed(&crawl),
        format!("From a 10:12:00\n{0}\nFrom a 10:12:00\n{0}", made::mail("x", "Talks.")).into_bytes(),
    ];
    proptest::sample::select(files)
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::fast());
    gz.write_all(bytes).unwrap();
    gz.finish().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(number in 0..6usize, bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        fuzzed::any_file(number, &bytes);
    }

    #[test]
    fn any_lines(number in 2..4usize, lines in proptest::collection::vec(line(), 0..8)) {
        fuzzed::any_file(number, lines.join("\n").as_bytes());
        fuzzed::any_file(number, &packed(lines.join("\n").as_bytes()));
    }

    #[test]
    fn anything_inside_a_format(number in 0..fuzzed::WRAPS, pieces in proptest::collection::vec(piece(), 0..12), gap in "[ \n]") {
        fuzzed::inside(number, pieces.join(&gap).as_bytes());
    }

    #[test]
    fn anything_from_a_feed(pieces in proptest::collection::vec(feed_piece(), 0..24)) {
        fuzzed::any_feed(pieces.concat().as_bytes());
    }

    #[test]
    fn damaged_files_of_each_format(
        mut bytes in sample(),
        hits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        is_cut in any::<bool>(),
    ) {
        for (at, byte) in &hits {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        if is_cut {
            let at = hits[0].0.index(bytes.len());
            bytes.truncate(at);
        }
        fuzzed::any_file(0, &bytes);
    }

    #[test]
    fn damaged_gzip(
        number in 2..6usize,
        lines in proptest::collection::vec(line(), 1..6),
        at in any::<prop::sample::Index>(),
        bit in 0..8u8,
        is_cut in any::<bool>(),
    ) {
        let mut bytes = packed(lines.join("\n").as_bytes());
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        if is_cut {
            bytes.truncate(at);
        }
        fuzzed::any_file(number, &bytes);
    }
}

#[test]
fn what_unpacks_to_far_more_than_it_is_ends_at_the_limit() {
    let bomb = packed(&vec![b'a'; 5_000_000]);
    assert!(bomb.len() < 50_000);
    for number in 0..fuzzed::NAMES.len() {
        fuzzed::any_file(number, &bomb);
        fuzzed::any_file(number, &packed(&bomb));
    }
}
