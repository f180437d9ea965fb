//! What containers other than JSONL say of their records: exports of press databases, WARC, libraries of references.
#![allow(clippy::disallowed_methods)] // tests lay out the files that `capture` reads

use rapporteur_article::{Article, Config, PublishedBasis, extract};
use rapporteur_capture::{Config as Reading, Source, read};

const LEAD: &str = "HALVER, March 4 - The mill owners of Halver refused on Tuesday to raise the weavers' pay.";
const SECOND: &str = "The weavers' union said it would not return to work before the owners had made an offer.";

fn articles(files: &[(&str, Vec<u8>)]) -> Vec<Article> {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let sources = [Source::Path(folder.path().into())];
    read(&sources, &Reading::default()).map(|c| extract(&c.unwrap(), &Config::default())).collect()
}

#[test]
fn an_export_gives_title_outlet_authors_and_day_and_the_body_stays_whole() {
    let text = format!(
        "Mill owners refuse raise\nThe Harbour Herald (Halver)\nMarch 4, 2025 Tuesday\nLength: 30 words\n\
         Byline: Ann Lee and Bo Chu, Labour editor\nBody\n\n{LEAD}\n\nWhat the union says\n\n{SECOND}\n\n\
         Load-Date: March 9, 2025\n\nEnd of Document\n"
    );
    let article = articles(&[("export.txt", text.into_bytes())]).remove(0);
    assert_eq!(article.title, "Mill owners refuse raise");
    assert_eq!(article.outlet, "The Harbour Herald (Halver)");
    assert_eq!(article.authors, ["Ann Lee", "Bo Chu"]);
    assert_eq!(article.published.map(|m| m.to_string()).as_deref(), Some("2025-03-04"));
    assert_eq!(article.published_basis, PublishedBasis::Input);
    assert_eq!(article.text, format!("{LEAD}\nWhat the union says\n{SECOND}"));
}

#[test]
fn a_crawled_page_has_its_address_time_and_encoding() {
    let page = format!("<html><body><h1>Owners refuse</h1><p>{LEAD} Le caf\u{e9}.</p><p>{SECOND}</p></body></html>");
    let page: Vec<u8> = page.chars().map(|c| c as u32 as u8).collect();
    let http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-2\r\n\r\n";
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://herald.example/2025/03/05/owners\r\n\
         WARC-Date: 2025-03-06T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        http.len() + page.len()
    );
    let warc = [head.as_bytes(), http, &page, b"\r\n\r\n"].concat();
    let article = articles(&[("crawl.warc", warc)]).remove(0);
    assert_eq!(article.sources[0].url, "https://herald.example/2025/03/05/owners");
    assert_eq!(article.captured_at.unwrap().to_string(), "2025-03-06T10:00:00Z");
    assert_eq!(
        (article.published.unwrap().to_string().as_str(), article.published_basis),
        ("2025-03-05", PublishedBasis::Url)
    );
    assert!(article.text.contains("Le café."), "{}", article.text);
}

#[test]
fn a_library_of_references_says_who_wrote_its_attached_page_and_when() {
    let page = format!("<html><body><h1>Owners refuse</h1><p>{LEAD}</p><p>{SECOND}</p></body></html>");
    let ris = "TY  - NEWS\nTI  - Owners refuse\nAU  - Lee, Ann\nAU  - Reuters\nT2  - Harbour Herald\nDA  - 2025/03/04/\n\
               UR  - https://herald.example/1\nL1  - files/8/page.html\nER  - \n";
    let all = articles(&[("talks.ris", ris.into()), ("files/8/page.html", page.into_bytes())]);
    assert_eq!(all.len(), 1);
    let article = &all[0];
    assert_eq!((article.outlet.as_str(), article.agency.as_str()), ("Harbour Herald", "Reuters"));
    assert_eq!(article.authors, ["Ann Lee"]);
    assert_eq!(article.published.unwrap().to_string(), "2025-03-04");
    assert!(article.sources[0].path.ends_with("files/8/page.html"));
    assert_eq!(article.text, format!("{LEAD}\n{SECOND}"));
}
