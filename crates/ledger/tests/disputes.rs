//! Two names for one thing: when the choice of the word is a dispute, and when it is none.

mod press;

use press::{Press, Told, says};
use rapporteur_ledger::{DisputeSort, Ledger};
use rapporteur_reading::model::{Act, Polarity};

const OWNERS: usize = 1;
const PAY: usize = 0;

fn told(day: &'static str, words: &str) -> Told {
    Told { day, says: vec![says(OWNERS, Act::Assert, Polarity::None, PAY, words)] }
}

/// The framings, as `lockout: 1, strike: 2` (values with their number of articles).
fn framings(ledger: &Ledger) -> Vec<String> {
    let side = |s: &rapporteur_ledger::Side| format!("{}: {}", s.value, s.articles.len());
    let one = |d: &rapporteur_ledger::Dispute| {
        let mut sides: Vec<String> = d.sides.iter().map(side).collect();
        sides.sort();
        sides.join(", ")
    };
    ledger.disputes.iter().filter(|d| d.sort == DisputeSort::Framing).map(one).collect()
}

#[test]
fn a_text_that_calls_it_by_two_names_opens_a_dispute_for_the_others() {
    let press = Press::of(&[
        told("2025-03-01", "The owners call it a strike. We call that a lockout."),
        told("2025-03-02", "The strike at the mill goes on."),
        told("2025-03-03", "The looms stood still."),
    ]);
    assert_eq!(framings(&press.fold()), ["lockout: 1, strike: 2"]);
}

#[test]
fn two_names_of_the_lexicon_need_the_same_surroundings() {
    let about_one_mill = Press::of(&[
        told("2025-03-01", "The strike at Harrow stopped every loom."),
        told("2025-03-02", "The lockout at Harrow stopped every loom."),
    ]);
    assert_eq!(framings(&about_one_mill.fold()), ["lockout: 1, strike: 1"]);
    let about_two = Press::of(&[
        told("2025-03-01", "The strike at Harrow stopped every loom."),
        told("2025-03-02", "A lockout began in Selby."),
    ]);
    assert!(framings(&about_two.fold()).is_empty());
}

#[test]
fn what_one_adjective_calls_is_no_name() {
    let press =
        Press::of(&[told("2025-03-01", "They call it a good offer, he said. We call that a bad joke, she said.")]);
    assert!(framings(&press.fold()).is_empty());
}
