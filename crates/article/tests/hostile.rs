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

/// Letters that steer a terminal come in bytes, by number and in what a container says; none of them is in an article.
#[test]
fn nothing_in_an_article_steers_a_terminal() {
    let words = "The owners of the mills refused to talk on Tuesday, and the union said that it would wait. ".repeat(4);
    let page = format!(
        "<html><head><title>\u{1b}]0;x\u{7}Owners refuse</title><meta property=\"og:site_name\" content=\"Halver&#27;[2J Courier\">
         <meta name=author content=\"Ann&#x1b;[1m Bell\"></head><body><article><h1>&#27;]0;x&#7;Owners refuse</h1>
         <p>&#27;[31m{words}\u{9b}31m</p></article></body></html>"
    );
    let mut stated = Capture::from_bytes(page.clone());
    stated.fields.title = "Owners\nrefuse\u{1b}[2J".to_string();
    stated.fields.outlet = "Halver\u{9b}2J Post".to_string();
    stated.fields.authors = vec!["Ann\u{1b}[1m Bell".to_string()];
    for capture in [Capture::from_bytes(page), stated] {
        for config in [Config::default(), Config::verbatim()] {
            let article = extract(&capture, &config);
            let said = [&article.title, &article.outlet, &article.authors.join(" "), &article.sources[0].outlet];
            assert!(!said.iter().any(|s| s.contains(char::is_control)), "{said:?}");
            assert!(!article.text.contains(rapporteur_text::is_steering), "{}", article.text);
            assert!(article.text.contains("refused to talk"));
            assert!(config.verbatim || article.title.ends_with("Owners refuse") || article.title == "Owners refuse[2J");
        }
    }
}
