//! What is one status over all articles, and what is two.

mod press;

use press::{Press, Told, says};
use rapporteur_reading::model::{Act, Polarity, StatusSort};

fn told(day: &'static str, words: &str) -> Told {
    Told { day, says: vec![says(0, Act::Assert, Polarity::None, 0, words)] }
}

#[test]
fn one_state_told_twice_is_one_status_and_a_share_of_its_own_is_another() {
    let mut press = Press::of(&[
        told("2025-03-01", "Nine tenths of the text is agreed."),
        told("2025-03-02", "The text is ninety percent agreed."),
        told("2025-03-05", "The text is agreed in principle."),
        told("2025-03-08", "The text is 95 percent agreed."),
    ]);
    for (article, percent) in [(0, Some(90.0)), (1, Some(90.0)), (2, None), (3, Some(95.0))] {
        press.state(article, StatusSort::AgreedInPrinciple, percent);
    }
    let mut found: Vec<(Option<f64>, usize, String)> =
        press.fold().statuses.iter().map(|s| (s.percent, s.merged.members.len(), day(&s.said))).collect();
    found.sort_by(|a, b| a.2.cmp(&b.2));
    let day = |d: &str| d.to_string();
    assert_eq!(
        found,
        [(Some(90.0), 2, day("2025-03-02")), (None, 1, day("2025-03-05")), (Some(95.0), 1, day("2025-03-08"))]
    );
}

fn day(when: &rapporteur_text::When) -> String {
    when.from.map(|d| d.to_string()).unwrap_or_default()
}
