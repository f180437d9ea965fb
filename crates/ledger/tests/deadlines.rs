//! What a deadline that was moved leads to.

mod press;

use press::{Press, Told, says};
use rapporteur_ledger::{Ledger, Witness, fold};
use rapporteur_reading::Reading;
use rapporteur_reading::model::DeadlineState::{Moved, Passed, Set};
use rapporteur_reading::model::{Act, Deadline, DeadlineState, Evidence, Item, Polarity, Rule, Why};
use rapporteur_text::{Basis, ItemId, Span, When};

/// A deadline of the first sentence of an article: the article's number, its day, its state and the day it was moved to, or "".
type Line = (usize, &'static str, DeadlineState, &'static str);

/// The ledger of one article a day, with these deadlines.
fn told(days: &[&'static str], lines: &[Line]) -> Ledger {
    let article = |day: &&'static str| Told {
        day,
        says: vec![says(0, Act::Demand, Polarity::For, 0, &format!("The weavers asked for nine percent on {day}."))],
    };
    let press = Press::of(&days.iter().map(article).collect::<Vec<_>>());
    let witnesses = press.witnesses();
    let mut readings: Vec<Reading> = witnesses.iter().map(|w| w.reading.clone()).collect();
    for &(n, when, state, moved_to) in lines {
        let found = &mut readings[n].deadlines;
        found.push(deadline(&witnesses[n], found.len(), when, state, moved_to));
    }
    let both = witnesses.iter().zip(&readings);
    let with: Vec<_> =
        both.map(|(w, reading)| Witness { article: w.article, reading, resolution: w.resolution }).collect();
    fold(&press.dossier, &with)
}

fn deadline(w: &Witness<'_>, n: usize, when: &str, state: DeadlineState, moved_to: &str) -> Deadline {
    let text = &w.article.text;
    let span = Span::of(text, 0..text.find('\n').unwrap_or(text.len())).unwrap();
    let id = ItemId::of_words("deadline", &[w.article.id.as_str()], n);
    let day = |d: &str| d.parse().map_or_else(|_| When::unknown(), |date| When::on(date, d, Basis::Stated));
    let evidence = Evidence { span, sentence: span, why: Why::Item };
    let item = Item::new(Rule("test.v1"), 0.9, evidence).with_id(id);
    Deadline { item, by: None, matter: None, when: day(when), state, moved_to: day(moved_to) }
}

/// Each deadline with the day of the one it was moved to: `2025-03-14 moved to 2025-03-20`.
fn deadlines(ledger: &Ledger) -> Vec<String> {
    let day = |d: &rapporteur_ledger::Deadline| d.when.first_day().map_or("-".to_string(), |d| d.to_string());
    let line = |d: &rapporteur_ledger::Deadline| {
        let to = d.moved_to.as_ref().map(|id| {
            let found = ledger.deadlines.iter().find(|o| o.merged.id == *id).expect("it leads to one that is there");
            format!(" to {}", day(found))
        });
        format!("{} {}{}", day(d), d.state.as_str(), to.unwrap_or_default())
    };
    let mut lines: Vec<String> = ledger.deadlines.iter().map(line).collect();
    lines.sort();
    lines
}

#[test]
fn what_was_moved_leads_to_its_new_day_also_if_another_article_tells_it() {
    let lines = [(0, "2025-03-14", Set, ""), (1, "2025-03-14", Moved, "2025-03-20"), (2, "2025-03-20", Set, "")];
    let ledger = told(&["2025-03-10", "2025-03-12", "2025-03-15"], &lines);
    assert_eq!(deadlines(&ledger), ["2025-03-14 moved to 2025-03-20", "2025-03-20 set"]);
}

#[test]
fn of_those_whose_old_day_nobody_tells_each_leads_to_its_own_new_day() {
    let lines = [
        (0, "", Moved, "2025-03-20"),
        (0, "2025-03-20", Set, ""),
        (1, "", Moved, "2025-03-27"),
        (1, "2025-03-27", Set, ""),
        (2, "", Moved, "2025-03-27"),
    ];
    let ledger = told(&["2025-03-10", "2025-03-12", "2025-03-15"], &lines);
    let expected = ["- moved to 2025-03-20", "- moved to 2025-03-27", "2025-03-20 set", "2025-03-27 set"];
    assert_eq!(deadlines(&ledger), expected);
}

#[test]
fn one_that_ran_out_before_it_was_put_back_leads_to_the_new_day_too() {
    let ledger = told(&["2025-03-10"], &[(0, "2025-03-07", Passed, "2025-03-20"), (0, "2025-03-20", Set, "")]);
    assert_eq!(deadlines(&ledger), ["2025-03-07 passed to 2025-03-20", "2025-03-20 set"]);
}
