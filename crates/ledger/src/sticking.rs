//! What holds up the talks, by a stated measure.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rapporteur_reading::model::Polarity;

use crate::model::{Deadlock, Position, Sticking};

/// For each issue, the time in which parties stood on opposite poles of it or it waited on another and that on it.
///
/// Only issues that hold things up have an entry. The measure is in the words of the record.
pub(crate) fn fold(positions: &[Position], deadlocks: &[Deadlock]) -> BTreeMap<String, Vec<Sticking>> {
    let mut by_issue: BTreeMap<String, Vec<&Position>> = BTreeMap::new();
    for p in positions {
        if let Some(issue) = &p.issue {
            by_issue.entry(issue.id.clone()).or_default().push(p);
        }
    }
    let mut found: BTreeMap<String, Vec<Sticking>> = BTreeMap::new();
    for (issue, all) in by_issue {
        found.entry(issue).or_default().extend(opposed(&all));
    }
    for d in deadlocks {
        for issue in &d.issues {
            let measure = format!("conditions wait on each other: {}", names(&d.issues));
            let all = found.entry(issue.id.clone()).or_default();
            match (d.from, all.iter_mut().find(|s| s.measure == measure)) {
                (Some(from), Some(known)) => {
                    known.from = known.from.min(from);
                    known.to = known.to.and_then(|a| d.to.map(|b| a.max(b)));
                }
                (Some(from), None) => all.push(Sticking { from, to: d.to, measure }),
                (None, _) => {}
            }
        }
    }
    found.retain(|_, all| !all.is_empty());
    for all in found.values_mut() {
        all.sort_by(|a, b| (a.from, &a.measure).cmp(&(b.from, &b.measure)));
    }
    found
}

fn names(issues: &[crate::Named]) -> String {
    let mut names: Vec<&str> = issues.iter().map(crate::Named::shown).collect();
    names.sort_unstable();
    names.join(", ")
}

/// Stretches of days on which at least one party is for and one against.
fn opposed(all: &[&Position]) -> Option<Sticking> {
    let mut days: Vec<Date> = all.iter().flat_map(|p| p.series.iter().map(|s| s.from)).collect();
    days.sort();
    days.dedup();
    let count = |day: Date, stance: Polarity| all.iter().filter(|p| stance_on(p, day) == Some(stance)).count();
    let split = |day: Date| count(day, Polarity::For) > 0 && count(day, Polarity::Against) > 0;
    let at = days.iter().rposition(|d| split(*d))?;
    let from = days[..=at].iter().rposition(|d| !split(*d)).map_or(0, |i| i + 1);
    let last = days[at];
    let (fors, againsts) = (count(last, Polarity::For), count(last, Polarity::Against));
    let measure = format!("{fors} for, {againsts} against");
    Some(Sticking { from: days[from], to: days.get(at + 1).copied(), measure })
}

/// Where a party stood on a day.
pub(crate) fn stance_on(position: &Position, day: Date) -> Option<Polarity> {
    position.series.iter().take_while(|s| s.from <= day).last().map(|s| s.stance)
}
