//! What holds up the talks, by a stated measure.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rapporteur_reading::model::Polarity;

use crate::model::{Deadlock, Ledger, Position, Sticking};

/// Brings up to date, for these issues, the time in which parties stood on opposite poles of it or it waited on another
/// and that on it.
///
/// Only issues that hold things up have an entry. The measure is in the words of the record.
pub(crate) fn settle(issues: &BTreeSet<String>, ledger: &mut Ledger) {
    for issue in issues {
        let own = ledger.positions.iter().filter(|p| p.issue.as_ref().is_some_and(|i| i.id == *issue));
        let mut all: Vec<Sticking> = opposed(&own.collect::<Vec<_>>()).into_iter().collect();
        let waiting = ledger.deadlocks.iter().filter(|d| d.issues.iter().any(|i| i.id == *issue));
        waiting.for_each(|d| waits(&mut all, d));
        all.sort_by(|a, b| (a.from, &a.measure).cmp(&(b.from, &b.measure)));
        if all.is_empty() {
            ledger.sticking.remove(issue);
        } else {
            ledger.sticking.insert(issue.clone(), all);
        }
    }
}

fn waits(all: &mut Vec<Sticking>, d: &Deadlock) {
    let measure = format!("conditions wait on each other: {}", names(&d.issues));
    match (d.from, all.iter_mut().find(|s| s.measure == measure)) {
        (Some(from), Some(known)) => {
            known.from = known.from.min(from);
            known.to = known.to.and_then(|a| d.to.map(|b| a.max(b)));
        }
        (Some(from), None) => all.push(Sticking { from, to: d.to, measure }),
        (None, _) => {}
    }
}

fn names(issues: &[crate::Named]) -> String {
    let mut names: Vec<&str> = issues.iter().map(crate::Named::shown).collect();
    names.sort_unstable();
    names.join(", ")
}

/// Stretches of days on which at least one party is for and one against.
fn opposed(all: &[&Position]) -> Option<Sticking> {
    let of = |(i, p): (usize, &&Position)| p.series.iter().map(|s| (s.from, i, s.stance)).collect::<Vec<_>>();
    let mut turns: Vec<(Date, usize, Polarity)> = all.iter().enumerate().flat_map(of).collect();
    turns.sort_by_key(|(day, party, _)| (*day, *party));
    let mut now: Vec<Option<Polarity>> = vec![None; all.len()];
    // for each day on which somebody moved, how many are for and how many against
    let mut days: Vec<(Date, usize, usize)> = Vec::new();
    for same_day in turns.chunk_by(|a, b| a.0 == b.0) {
        for (_, party, stance) in same_day {
            now[*party] = Some(*stance);
        }
        let count = |stance| now.iter().filter(|s| **s == Some(stance)).count();
        days.extend(same_day.first().map(|(day, ..)| (*day, count(Polarity::For), count(Polarity::Against))));
    }
    let split = |(_, fors, againsts): &(Date, usize, usize)| *fors > 0 && *againsts > 0;
    let at = days.iter().rposition(split)?;
    let from = days[..=at].iter().rposition(|d| !split(d)).map_or(0, |i| i + 1);
    let (_, fors, againsts) = days[at];
    let measure = format!("{fors} for, {againsts} against");
    Some(Sticking { from: days[from].0, to: days.get(at + 1).map(|d| d.0), measure })
}
