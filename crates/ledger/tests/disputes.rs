//! Two names or two figures for one thing: when that is a dispute, and when it is none.

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

/// The figures in dispute, as `differs 310..340 best 310`.
fn figures(ledger: &Ledger) -> Vec<String> {
    let one = |d: &rapporteur_ledger::Dispute| {
        let range = d.range.map_or_else(String::new, |r| {
            let best = r.best.map_or_else(String::new, |b| format!(" best {b}"));
            format!(" {}..{}{best}", r.low, r.high)
        });
        format!("{}{range}", d.verdict.as_str())
    };
    ledger.disputes.iter().filter(|d| d.sort == DisputeSort::Figure).map(one).collect()
}

#[test]
fn a_figure_in_dispute_has_its_lowest_its_highest_and_what_most_report() {
    let of = |day, words| Told { day, says: vec![says(OWNERS, Act::Assert, Polarity::None, PAY, words)] };
    let mut press = Press::of(&[
        of("2025-03-01", "The flood damage claim of the delta comes to 310 crowns, an engineer reckoned at the weir."),
        of("2025-03-02", "A clerk has added it up anew: the flood damage claim of the delta stands at 340 crowns now."),
        of("2025-03-03", "Nobody in the capital doubts the flood damage claim of the delta, put down as 310 crowns."),
    ]);
    for (article, value) in [(0, 310.0), (1, 340.0), (2, 310.0)] {
        press.figure(article, value, "flood damage claim of the delta", "");
    }
    assert_eq!(figures(&press.fold()), ["differs 310..340 best 310"]);
}

#[test]
fn figures_of_other_days_and_other_places_are_not_comparable() {
    let of = |day, words| Told { day, says: vec![says(OWNERS, Act::Assert, Polarity::None, PAY, words)] };
    let first =
        of("2025-03-01", "The unpaid wage bill of mill hands came to 310 crowns, an engineer reckoned at the weir.");
    let later =
        of("2025-03-02", "A clerk has added it up anew: the unpaid wage bill of mill hands stands at 340 crowns.");
    let mut press = Press::of(&[first, later]);
    press.figure(0, 310.0, "unpaid wage bill of mill hands", "2025-01-31");
    press.figure(1, 340.0, "unpaid wage bill of mill hands", "2025-02-28");
    assert_eq!(figures(&press.fold()), ["not-comparable"]);
    let here = of("2025-03-01", "The unpaid wage bill of Harrow mill hands came to 310 crowns, an engineer reckoned.");
    let there =
        of("2025-03-02", "A clerk has added it up: the unpaid wage bill of Selby mill hands stands at 340 crowns.");
    let mut press = Press::of(&[here, there]);
    press.figure(0, 310.0, "unpaid wage bill of Harrow mill hands", "");
    press.figure(1, 340.0, "unpaid wage bill of Selby mill hands", "");
    assert_eq!(figures(&press.fold()), ["not-comparable"]);
}

/// Construction: a paper tells an agency's sentence again with another figure, a demand or a count.
#[test]
fn a_sentence_told_again_with_another_figure_is_a_dispute() {
    const FIRST: &str = "The weavers of Harrow asked the owners for 310 crowns of relief for each broken loom.";
    const AGAIN: &str = "Harrow weavers want 340 crowns of relief from the owners for each broken loom.";
    let press = |day, words, more: &[f64]| {
        let mut press = Press::of(&[told("2025-03-01", FIRST), told(day, words)]);
        press.figure(0, 310.0, "relief", "");
        press.figure(1, 340.0, "relief", "");
        more.iter().for_each(|v| press.figure(1, *v, "relief", ""));
        figures(&press.fold())
    };
    assert_eq!(press("2025-03-02", AGAIN, &[]), ["differs 310..340"]);
    // who knows the other figure tells of a change
    assert!(press("2025-03-02", AGAIN, &[310.0]).is_empty());
    // a week later it may have changed
    assert!(press("2025-03-09", AGAIN, &[]).is_empty());
    assert!(press("2025-03-02", "Selby hands lost 340 crowns in relief when the bank failed.", &[]).is_empty());
}
