//! Days of one deadline or meeting that differ.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rapporteur_reading::model::{Deadline, DeadlineState, Meeting, MeetingSort};

use crate::cx::{Cx, Told, content_words, days, days_between};
use crate::model::{About, Dispute, DisputeSort, Verdict};

use super::{Claim, dispute};

/// Articles further apart may speak of two events.
const NEAR: i64 = 10;

pub(super) fn find(cx: &Cx<'_>) -> Vec<Dispute> {
    let mut all = deadlines(cx);
    all.extend(meetings(cx));
    all
}

/// One matter, two days, neither said to have been moved.
fn deadlines(cx: &Cx<'_>) -> Vec<Dispute> {
    let told: Vec<Told<'_, Deadline>> = cx
        .told(|w| &w.reading.deadlines)
        .into_iter()
        .filter(|t| {
            t.record.state == DeadlineState::Set && single_day(&t.record.when).is_some() && t.record.matter.is_some()
        })
        .collect();
    let mut found = Vec::new();
    for (i, a) in told.iter().enumerate() {
        let same: Vec<Told<'_, Deadline>> = told[i..].iter().filter(|b| is_same_matter(a, b)).copied().collect();
        if let Some(d) =
            of_days(cx, a.w.words(a.record.matter.unwrap_or(a.item().span())), &same, |t| single_day(&t.record.when))
        {
            found.push(d);
        }
    }
    found.dedup_by(|a, b| a.merged.members == b.merged.members);
    found
}

fn is_same_matter(a: &Told<'_, Deadline>, b: &Told<'_, Deadline>) -> bool {
    let words = |t: &Told<'_, Deadline>| t.record.matter.map(|m| content_words(t.w.words(m))).unwrap_or_default();
    let (x, y) = (words(a), words(b));
    let near = match (single_day(&a.record.when), single_day(&b.record.when)) {
        (Some(p), Some(q)) => days_between(p, q).abs() <= 4,
        _ => false,
    };
    near && x.intersection(&y).count() * 2 >= x.len().min(y.len()).max(1)
}

/// One meeting of a single day told on two days, or put off to two.
fn meetings(cx: &Cx<'_>) -> Vec<Dispute> {
    let mut found = Vec::new();
    for told in crate::meetings::mentions(cx) {
        let Some(first) = told.first() else { continue };
        let words = first.w.words(first.item().span());
        let own: Vec<Told<'_, Meeting>> =
            told.iter().filter(|t| single_day(&t.record.when).is_some()).copied().collect();
        if own.iter().all(|t| is_short(t.record.sort)) {
            found.extend(of_days(cx, words, &own, |t| single_day(&t.record.when)));
        }
        let moved: Vec<Told<'_, Meeting>> =
            told.iter().filter(|t| single_day(&t.record.moved_to).is_some()).copied().collect();
        found.extend(of_days(cx, words, &moved, |t| single_day(&t.record.moved_to)));
    }
    found
}

/// What does not last for days.
fn is_short(sort: MeetingSort) -> bool {
    matches!(sort, MeetingSort::Call | MeetingSort::Vote | MeetingSort::Hearing | MeetingSort::Signing)
}

fn of_days<T: rapporteur_reading::model::HasItem>(
    cx: &Cx<'_>,
    about: &str,
    all: &[Told<'_, T>],
    day: impl Fn(&Told<'_, T>) -> Option<Date>,
) -> Option<Dispute> {
    let mut sides: BTreeMap<Date, Vec<Claim>> = BTreeMap::new();
    let first = all.first()?;
    let near = |t: &Told<'_, T>| match (first.published(), t.published()) {
        (Some(a), Some(b)) => days_between(a, b).abs() <= NEAR,
        _ => false,
    };
    for t in all.iter().filter(|t| near(t)) {
        let date = day(t)?;
        if day(first).is_some_and(|d| days_between(d, date).abs() <= 4) {
            sides.entry(date).or_default().push(Claim {
                value: date.to_string(),
                claimant: None,
                cited: t.cited(),
                confidence: t.item().confidence,
                id: t.id().clone(),
            });
        }
    }
    let articles: Vec<Vec<_>> = sides.values().map(|s| s.iter().map(|c| c.cited.article.clone()).collect()).collect();
    // one article that gives both days tells them apart itself
    let both =
        articles.iter().enumerate().any(|(i, a)| articles[i + 1..].iter().any(|b| a.iter().any(|x| b.contains(x))));
    if both {
        return None;
    }
    let sides = sides.into_values().collect();
    dispute(
        cx,
        DisputeSort::Date,
        "dispute.date-same-event.v1",
        About::Words(about.to_string()),
        sides,
        Verdict::Differs,
    )
}

fn single_day(when: &rapporteur_text::When) -> Option<Date> {
    days(when).filter(|(a, b)| a == b).map(|(a, _)| a)
}
