//! Days of one deadline or meeting that differ.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use rapporteur_reading::model::{DeadlineState, MeetingSort};
use rapporteur_text::ArticleId;

use crate::Witness;
use crate::cx::{At, Bit, Cx, HasBit, Words, content_words, days, days_between};
use crate::meetings::Mention as Meeting;
use crate::model::{About, Dispute, DisputeSort, Verdict};
use crate::pairs::{Paired, Pairs};
use crate::shelf::Change;

use super::{Claim, dispute};

/// Articles further apart may speak of two events.
const NEAR: i64 = 10;

/// Days of one event that are further apart are of two.
const APART: i64 = 4;

/// A deadline of a single day.
struct Deadline {
    bit: Bit,
    day: Date,
    matter: String,
    words: Words,
}

impl HasBit for Deadline {
    fn bit(&self) -> &Bit {
        &self.bit
    }
}

impl Pairs for Deadline {
    type Mark = ();
    const REACH: i64 = APART;

    fn marks(&self) -> Vec<((), Option<Date>)> {
        vec![((), Some(self.day))]
    }

    /// Whether it is the same matter.
    fn pairs(&self, other: &Self) -> bool {
        days_between(self.day, other.day).abs() <= APART
            && self.words.shared(&other.words) * 2 >= self.words.len().min(other.words.len()).max(1)
    }
}

/// One matter, two days, neither said to have been moved.
#[derive(Default)]
pub(super) struct Deadlines(Paired<Deadline, Dispute>);

impl Deadlines {
    pub(super) fn add(&mut self, w: &Witness<'_>) {
        for d in w.reading.deadlines.iter().filter(|d| d.state == DeadlineState::Set) {
            let (Some(day), Some(matter)) = (single_day(&d.when), d.matter) else { continue };
            let matter = w.words(matter).to_string();
            let words = Words::of(&content_words(&matter));
            if words.len() > 0 {
                self.0.add(Deadline { bit: Bit::of(w, d), day, matter, words });
            }
        }
    }

    pub(super) fn remove(&mut self, article: &ArticleId) {
        self.0.remove(article);
    }

    pub(super) fn touch(&mut self, article: &ArticleId) {
        self.0.touch(article);
    }

    pub(super) fn settle(&mut self, cx: Cx<'_>) -> Vec<Change<Arc<At>, Dispute>> {
        self.0.settle(|a, later| {
            let all: Vec<(&Bit, Date)> =
                std::iter::once(a).chain(later.iter().copied()).map(|d| (&d.bit, d.day)).collect();
            of_days(cx, &a.matter, &all)
        })
    }
}

/// One meeting of a single day told on two days, or put off to two.
pub(super) fn of_meeting(cx: Cx<'_>, told: &[&Meeting]) -> Vec<Dispute> {
    let Some(first) = told.first() else { return Vec::new() };
    let own = told.iter().filter_map(|t| Some((*t, single_day(&t.when)?)));
    let is_short = own.clone().all(|(t, _)| is_short(t.sort));
    let own: Vec<(&Bit, Date)> = own.filter(|_| is_short).map(|(t, day)| (t.bit(), day)).collect();
    let moved: Vec<(&Bit, Date)> = told.iter().filter_map(|t| Some((t.bit(), single_day(&t.moved_to)?))).collect();
    [of_days(cx, &first.words, &own), of_days(cx, &first.words, &moved)].into_iter().flatten().collect()
}

/// What does not last for days.
fn is_short(sort: MeetingSort) -> bool {
    matches!(sort, MeetingSort::Call | MeetingSort::Vote | MeetingSort::Hearing | MeetingSort::Signing)
}

fn of_days(cx: Cx<'_>, about: &str, all: &[(&Bit, Date)]) -> Option<Dispute> {
    let (first, first_day) = *all.first()?;
    let near = |bit: &Bit| match (first.published(), bit.published()) {
        (Some(a), Some(b)) => days_between(a, b).abs() <= NEAR,
        _ => false,
    };
    let mut sides: BTreeMap<Date, Vec<Claim>> = BTreeMap::new();
    for (bit, day) in all.iter().filter(|(bit, _)| near(bit)) {
        if days_between(first_day, *day).abs() <= APART {
            sides.entry(*day).or_default().extend(Claim::of(bit, day.to_string(), None));
        }
    }
    // one article that gives both days tells them apart itself
    let mut seen: BTreeMap<&ArticleId, Date> = BTreeMap::new();
    for (day, claims) in &sides {
        let articles: BTreeSet<&ArticleId> = claims.iter().map(|c| &c.cited.article).collect();
        if articles.into_iter().any(|a| seen.insert(a, *day).is_some()) {
            return None;
        }
    }
    let sides = sides.into_values().collect();
    let about = About::Words(about.to_string());
    dispute(cx, DisputeSort::Date, "dispute.date-same-event.v1", about, sides, Verdict::Differs)
}

fn single_day(when: &rapporteur_text::When) -> Option<Date> {
    days(when).filter(|(a, b)| a == b).map(|(a, _)| a)
}
