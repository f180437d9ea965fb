//! What somebody has said at some time before, of no known day: no position or shift rests on it.

use rapporteur::capture::Capture;
use rapporteur::model::for_tests;
use rapporteur::{Options, Talks};

/// Shifts and positions of what these articles tell, each with its day.
fn moved(articles: &[(&str, &str)]) -> (usize, usize) {
    let capture = |(day, text): &(&str, &str)| {
        let mut capture = Capture::from_bytes(text.as_bytes().to_vec());
        capture.fields.published = (*day).to_string();
        capture
    };
    let captures: Vec<Capture> = articles.iter().map(capture).collect();
    let talks = Talks::from_captures(&captures, &for_tests(), &Options::default());
    (talks.ledger().shifts.len(), talks.ledger().positions.len())
}

#[test]
fn what_was_said_before_is_no_position_of_today() {
    let today = "Talks\n\nPeru rejected the dam on Monday. Chile accepted the dam.";
    let now = moved(&[("2025-03-01", "Talks\n\nPeru said that it could accept the dam."), ("2025-03-10", today)]);
    assert!(now.0 > 0, "said of today it is moved from");
    for before in [
        "Peru has previously said that it could accept the dam.",
        "Peru said in the past that it could accept the dam.",
        "Peru previously accepted the dam.",
    ] {
        let told = moved(&[("2025-03-01", &format!("Talks\n\n{before}")), ("2025-03-10", today)]);
        assert_eq!(told.0, 0, "{before}");
    }
}
