//! Exports of press databases in each of their formats: the same articles, with the same fields.
#![allow(clippy::disallowed_methods)] // tests lay out the files that `capture` reads

mod made;

use rapporteur_capture::{Capture, Config, Refusal, Source, read};

const NEXIS: &str = include_str!("samples/nexis.txt");

fn read_as(name: &str, bytes: &[u8]) -> Vec<Result<Capture, Refusal>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    read(&[Source::Path(path)], &Config::default()).collect()
}

/// Three articles with all their fields and nothing else, whatever the file is called and packed in.
fn three_articles(name: &str, bytes: &[u8]) {
    for (name, bytes) in [(name, bytes.to_vec()), ("unnamed", bytes.to_vec()), ("unnamed.gz", made::gzip(bytes))] {
        let read: Vec<Capture> =
            read_as(name, &bytes).into_iter().map(|o| o.unwrap_or_else(|e| panic!("{e}"))).collect();
        let fields = |c: &Capture| [c.fields.title.clone(), c.fields.outlet.clone(), c.fields.published.clone()];
        assert_eq!(
            read.iter().map(fields).collect::<Vec<_>>(),
            [
                ["Mill owners of Halver refuse to raise weavers’ pay", "The Harbour Herald (Halver)", "2025-03-04"],
                ["Weavers would take seven percent", "The Halver Post", "2025-03-06"],
                ["Owners agree to seven percent", "Coast Wire", "2025-03-11"],
            ],
            "{name}"
        );
        assert_eq!(read.iter().map(|c| c.number).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(read[0].fields.authors, ["Ann Lee Labour editor"]);
        assert_eq!(
            (read[1].fields.authors.as_slice(), read[2].fields.authors.len()),
            (&["By Bo Chu and Ida Moll".to_string()][..], 0)
        );
        let body = String::from_utf8(read[0].bytes.clone()).unwrap();
        assert_eq!(
            body.lines().collect::<Vec<_>>(),
            [
                "The mill owners of Halver refused on Tuesday to raise the weavers’ pay, after four hours of talks at the Cloth Hall.",
                "“We will not sign for less than nine percent,” said Ada Brok, who leads the Weavers’ Union.",
                "Jon Tarrant, the owners’ chairman, called the demand “a café owner’s dream” — and left.",
            ],
            "{name}"
        );
        assert!(read.iter().all(|c| c.id.as_str().ends_with(&format!("-{}", c.number))));
    }
}

#[test]
fn nexis_in_each_format() {
    three_articles("export.txt", NEXIS.as_bytes());
    let wide: Vec<u8> = std::iter::once(0xfeff).chain(NEXIS.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    three_articles("export.txt", &wide);
    three_articles("export.txt", &encoding_rs::WINDOWS_1252.encode(NEXIS).0);
    three_articles("export.rtf", include_bytes!("samples/nexis.rtf"));
    three_articles("export.docx", &made::docx(NEXIS));
}

#[test]
fn factiva_in_each_format() {
    three_articles("export.rtf", include_bytes!("samples/factiva.rtf"));
    three_articles("export.html", include_bytes!("samples/factiva.html"));
}

#[test]
fn an_article_has_the_same_id_in_text_and_docx() {
    let ids = |outcomes: Vec<Result<Capture, Refusal>>| outcomes.into_iter().map(|o| o.unwrap().id).collect::<Vec<_>>();
    assert_eq!(ids(read_as("a.txt", NEXIS.as_bytes())), ids(read_as("a.docx", &made::docx(NEXIS))));
}

#[test]
fn what_cannot_be_read_is_named_by_number_and_title_and_counted() {
    let broken = NEXIS.replacen("Body\n", "", 2).replacen("Length: 74 words\n", "Length: 74 words\nBody\n", 1);
    let outcomes = read_as("export.docx", &made::docx(&broken));
    assert_eq!(outcomes.iter().filter(|o| o.is_ok()).count(), 2);
    let refusal = outcomes[1].as_ref().unwrap_err();
    assert_eq!((refusal.record, refusal.code), (Some(2), "broken-record"));
    let words = "export.docx`: article 2 (`Weavers would take seven percent`) has no line `Body`: export it again";
    assert!(refusal.message.contains(words), "{refusal}");
    let short = NEXIS.replace("Documents (3)", "Documents (5)");
    let outcomes = read_as("export.docx", &made::docx(&short));
    let refusal = outcomes.last().unwrap().as_ref().unwrap_err();
    assert_eq!((outcomes.len(), refusal.code), (4, "count-differs"));
    assert!(refusal.message.contains("it says that it holds 5 articles, and 3 were found"), "{refusal}");
}

#[test]
fn an_ordinary_page_and_an_ordinary_document_stay_one_article() {
    let page = "<html><body><p>Document 12 of the file was read at the end of the day.</p></body></html>";
    for (name, bytes) in [("a.html", page.as_bytes().to_vec()), ("a.docx", made::docx("Talks resumed.\nNobody left."))]
    {
        let outcomes = read_as(name, &bytes);
        assert_eq!((outcomes.len(), outcomes[0].as_ref().unwrap().number), (1, 0));
    }
}
