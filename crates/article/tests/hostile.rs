//! Pages made to hurt: the answer is an article with a note, in bounded time and without a panic.

use std::time::{Duration, Instant};

use rapporteur_article::{Article, Config, extract};
use rapporteur_capture::Capture;

/// Far above what any of these needs (milliseconds), far below what a quadratic reader would.
const LIMIT: Duration = Duration::from_secs(20);

fn check(name: &str, page: String) -> Article {
    let (start, worked) = (Instant::now(), worked());
    let article = extract(&Capture::from_bytes(page), &Config::default());
    let took = worked.zip(self::worked()).map_or(start.elapsed(), |(before, after)| after - before);
    assert!(took < LIMIT, "{name} took {took:?}");
    article
}

/// How long the processor has worked for this thread, where the system says so: a busy machine is no fault of a page.
#[allow(clippy::disallowed_methods, reason = "the test measures itself")]
fn worked() -> Option<Duration> {
    let said = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    said.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

fn is_refused(article: &Article) -> bool {
    article.text.is_empty() && article.notes.iter().any(|n| n.code == "hostile-page")
}

#[test]
fn nesting_attributes_tags_and_size_are_bounded() {
    let head = "<!doctype html><html><body>";
    assert!(is_refused(&check("deep nesting", format!("{head}{}", "<div>".repeat(100_000)))));
    assert!(is_refused(&check("deep inline", format!("{head}{}x", "<b><i>".repeat(50_000)))));
    assert!(is_refused(&check("attributes", format!("{head}<p {}>x</p>", "a=1 ".repeat(50_000)))));
    assert!(is_refused(&check("tags", format!("{head}{}", "<br>x".repeat(100_000)))));
    assert!(is_refused(&check("size", format!("{head}{}", "<p>word word word</p>".repeat(5_000_000)))));
}

#[test]
fn broken_pages_are_read_as_far_as_they_go() {
    let prose = "The envoys of both sides met for a third day of talks in the old town hall on Monday morning. ";
    let nested = "<div class='author'>".repeat(400);
    for (name, page) in [
        ("nested bylines", format!("<html><body>{nested}{}", prose.repeat(20_000))),
        ("unclosed", format!("<html><body><p>{prose}<div><p>{prose}<a href='x")),
        ("unclosed tables", format!("<html><body>{}", format!("<table><tr><td>{prose}").repeat(100))),
        ("entities", format!("<html><body><p>{prose}{}", "&amp;".repeat(200_000))),
        ("bogus entities", format!("<html><body><p>{prose}{}", "&lol9;&#x110000;&#99999999999;".repeat(20_000))),
        ("comments", format!("<html><body><p>{prose}{}", "<!-- <div>".repeat(50_000))),
        ("scripts", format!("<html><body><script>{}<p>{prose}", "<div>".repeat(50_000))),
        ("less than", format!("<html><body><p>{prose}{}", "< ".repeat(300_000))),
        (
            "json",
            format!(
                "<html><head><script type='application/ld+json'>{}</script></head><body><p>{prose}",
                "[".repeat(200_000)
            ),
        ),
    ] {
        let article = check(name, page);
        assert!(!article.notes.iter().any(|n| n.code == "hostile-page") || article.text.is_empty(), "{name}");
    }
}

#[test]
fn long_lines_and_many_lines_of_plain_text_are_linear() {
    check("one line", "word ".repeat(1_000_000));
    check("many lines", "A line of words that ends as a sentence does, again and again.\n".repeat(100_000));
    check("many names", "Ann Lee says:\nWell.\n".repeat(100_000));
    check(
        "many headings",
        format!(
            "{}{}",
            "Heading of four words\n".repeat(100_000),
            "A line of words that ends as a sentence does, again and again, in the old hall.\n"
        ),
    );
    let pair: String = (0..50_000).map(|i| format!("A headline numbered {i} here\nA teaser of words that ends as a sentence does, and again, in hall {i}.\n")).collect();
    check("many teasers", pair);
    check("digits", "12.03.2025 ".repeat(200_000));
    check("quotes", "“".repeat(500_000));
    check("pipes", "a | ".repeat(300_000));
    check("brackets", "(((".repeat(300_000));
}
