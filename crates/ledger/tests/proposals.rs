//! Proposals over all articles: which is another version of which.

mod press;

use press::{Press, Says, Told, says};
use rapporteur_ledger::Ledger;
use rapporteur_reading::model::{Act, Polarity};

const HOURS: usize = 1;

fn told(day: &'static str, says: Vec<Says>) -> Told {
    Told { day, says }
}

fn tabled(day: &'static str, words: &str) -> Told {
    told(day, vec![says(2, Act::Propose, Polarity::For, HOURS, words)])
}

/// `points -> points of what it replaces`, for each proposal.
fn replaced(ledger: &Ledger) -> Vec<String> {
    let points = |n: Option<u32>| n.map_or_else(|| "?".to_string(), |n| n.to_string());
    let of = |id: &rapporteur_text::ItemId| ledger.proposals.iter().find(|p| p.merged.id == *id).and_then(|p| p.points);
    let mut all: Vec<String> = ledger
        .proposals
        .iter()
        .map(|p| match &p.replaces {
            Some(id) => format!("{} -> {}", points(p.points), points(of(id))),
            None => points(p.points),
        })
        .collect();
    all.sort();
    all
}

#[test]
fn a_paper_is_tied_to_the_one_whose_number_of_points_it_says_it_replaces() {
    let mut press = Press::of(&[
        tabled("2025-03-01", "The mediator put a seven-point paper down."),
        tabled("2025-03-09", "The mediator put a nine-point paper down that replaces the seven-point paper."),
        tabled("2025-03-20", "The mediator put an eight-point paper down that replaces the twelve-point paper."),
    ]);
    for (article, points) in [(0, 7), (1, 9), (2, 8)] {
        press.paper(article, points, &[]);
    }
    press.replacing(1, "the seven-point paper");
    press.replacing(2, "the twelve-point paper");
    let all = replaced(&press.fold());
    assert_eq!(all, ["7", "8", "9 -> 7"], "a paper that nobody told of is tied to none, whatever both are called");
}

#[test]
fn a_paper_is_never_the_one_that_it_replaces() {
    let mut press = Press::of(&[
        tabled("2025-03-01", "The mediator put a seven-point paper down."),
        tabled("2025-03-02", "The mediator put a revised paper down that replaces the seven-point paper."),
    ]);
    press.paper(0, 7, &[]);
    press.paper(1, 0, &[]);
    press.replacing(1, "the seven-point paper");
    assert_eq!(press.fold().proposals.len(), 2);
}
