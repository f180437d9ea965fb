//! What text is taken out of is kept as it was received, and gives the same text again.
#![allow(clippy::disallowed_methods)] // tests lay out the files that `capture` reads

mod made;

use rapporteur_capture::{Capture, Config, Source, Texts, read};

const NEXIS: &str = include_str!("samples/nexis.txt");

fn captures(name: &str, bytes: &[u8]) -> Vec<Capture> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let all: Result<Vec<_>, _> = read(&[Source::Path(path)], &Config::default()).collect();
    all.unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// Each capture has this original, out of which its own text is taken again.
fn comes_of(name: &str, captures: &[Capture], original: &[u8]) {
    for capture in captures {
        let kept = capture.original.as_ref().unwrap_or_else(|| panic!("{name} has no original"));
        assert!(&*kept.bytes == original && capture.received() == original, "{name}");
        assert_eq!(kept.digest, rapporteur_text::Digest::of(original));
        let texts = Texts::of(kept, &Config::default());
        assert_eq!((texts.original(), texts.bytes(capture)), (&kept.digest, Some(capture.bytes.as_slice())), "{name}");
        let mut other = capture.clone();
        other.digest = rapporteur_text::Digest::of(b"something else");
        assert_eq!(texts.bytes(&other), None, "{name}: of another capture there is no text");
    }
}

#[test]
fn documents_mail_and_exports() {
    let one = made::mail("One", "Owners refuse.");
    for (name, bytes, count) in [
        ("talks.docx", made::docx("Talks resumed."), 1),
        ("talks.pdf", made::pdf_of_lines(&[&[(10.0, "Talks resumed.")]]), 1),
        ("talks.rtf", br"{\rtf1\ansi Talks resumed.}".to_vec(), 1),
        ("talks.eml", one.clone().into_bytes(), 1),
        ("export.txt", NEXIS.as_bytes().to_vec(), 3),
        ("export.rtf", include_bytes!("samples/nexis.rtf").to_vec(), 3),
        ("export.docx", made::docx(NEXIS), 3),
        ("factiva.html", include_bytes!("samples/factiva.html").to_vec(), 0),
    ] {
        let captures = captures(name, &bytes);
        assert!(captures.len() == count || count == 0 && captures.len() > 1, "{name}: {}", captures.len());
        comes_of(name, &captures, &bytes);
    }
    // packed: what was packed
    let packed = captures("talks.docx.gz", &made::gzip(&made::docx("Talks resumed.")));
    comes_of("talks.docx.gz", &packed, &made::docx("Talks resumed."));
    // the messages of a mailbox have each their own
    let two = made::mail("Two", "Talks.");
    let inbox = captures("inbox", format!("From a 10:12:00\n{one}\n\nFrom a 10:12:00\n{two}").as_bytes());
    assert_eq!(inbox.iter().map(|c| c.number).collect::<Vec<_>>(), [1, 2]);
    for capture in &inbox {
        comes_of("inbox", std::slice::from_ref(capture), capture.received());
        assert_eq!(capture.digest, rapporteur_text::Digest::of(capture.received()));
    }
}

#[test]
fn pages_texts_and_lines_are_what_was_received() {
    for (name, bytes) in [
        ("page.html", b"<p>Talks resumed.</p>".to_vec()),
        ("text.txt", b"Talks resumed.".to_vec()),
        ("press.jsonl", br#"{"text": "Talks resumed."}"#.to_vec()),
        ("page.warc", made::response("https://halver.example/", made::OK_HTML, b"<p>Talks resumed.</p>")),
    ] {
        for capture in captures(name, &bytes) {
            assert!(capture.original.is_none() && capture.received() == capture.bytes, "{name}");
        }
    }
}
