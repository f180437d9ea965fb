//! The family of meetings: talks, calls, summits, visits, hearings, votes, signings; where and when, between whom, and
//! what became of them.
//!
//! A mention is a meeting's noun ("Tuesday's session", "talks in Geneva") or a verb by which people meet ("will meet in
//! Geneva"). What says neither day nor place nor that a meeting was put off, reduced or called off is talk about talks
//! in general and left alone. Mentions of one meeting in one article become one record.

mod clause;
mod frames;
mod outcome;
mod running;
mod sites;
mod special;

use std::collections::BTreeSet;

use rapporteur_text::When;

use crate::Context;
use crate::mentions::lexicons::{self, Country};
use crate::model::{Evidence, Meeting, MeetingSort, MeetingState, Reference, Why};
use frames::Mention;

/// Finds meetings.
pub(crate) fn find(cx: &Context<'_>) -> Vec<Meeting> {
    let mut found: Vec<Mention> = Vec::new();
    // the last talk about talks in general, which may yet turn out to be about one meeting
    let mut vague: Option<Mention> = None;
    for mut mention in frames::mentions(cx) {
        beside(&found, &mut mention);
        match found.iter_mut().rev().take(12).find(|known| is_one(cx, known, &mention)) {
            Some(known) => join(known, mention),
            // talk about talks in general can be added to a meeting but starts none
            None if is_told_apart(&mention) => {
                let before = vague.take().filter(|v| is_introduced(v, &mention));
                match before.filter(|v| is_one(cx, v, &mention)) {
                    Some(mut known) => {
                        join(&mut known, mention);
                        found.push(known);
                    }
                    None => found.push(mention),
                }
            }
            None if !mention.pointing && !mention.meeting.participants.is_empty() => vague = Some(mention),
            None => {}
        }
    }
    // those with an old day say best what was put off
    let (dated, other): (Vec<&Mention>, Vec<&Mention>) = found.iter().partition(|m| !m.meeting.when.is_unknown());
    let later: Vec<Mention> = dated.into_iter().chain(other).filter_map(|m| special::on_new_day(cx, m)).collect();
    for new in later {
        let is_known = |m: &Mention| {
            let alike = same_kind(m.meeting.sort, new.meeting.sort) || m.sentence == new.sentence;
            alike && overlap(&m.meeting.when, &new.meeting.when) == Some(true)
        };
        if !found.iter().any(is_known) {
            found.push(new);
        }
    }
    found.into_iter().map(|m| with_outcome(cx, m)).collect()
}

/// "talks with X were productive. The talks, held in Y, ...": the first sentence is about the meeting of the second.
fn is_introduced(vague: &Mention, new: &Mention) -> bool {
    let held = |m: &Mention| m.meeting.state == MeetingState::Held;
    new.definite && !new.other && held(new) && held(vague) && new.sentence - vague.sentence <= 2
}

/// The record of a mention, the words for what came of it among its evidence.
fn with_outcome(cx: &Context<'_>, mention: Mention) -> Meeting {
    let mut meeting = mention.meeting;
    meeting.outcome = mention.outcome.map(|o| o.span);
    if let Some(span) = meeting.outcome {
        let cited = meeting.item.evidence().any(|e| e.sentence.contains(span));
        if !cited {
            meeting.item.add(cx.evidence_why(span, Why::Member));
        }
    }
    meeting
}

/// "The meeting in Rome was scaled back. A larger one of ministers was called off": the second was to be there too.
fn beside(found: &[Mention], new: &mut Mention) {
    let undone = |m: &Mention| rank(m.meeting.state) >= rank(MeetingState::Downgraded) && m.stated;
    if !undone(new) || new.pointing || new.meeting.place.is_some() || !new.meeting.when.is_unknown() || !new.other {
        return;
    }
    if let Some(last) = found.last().filter(|l| undone(l) && new.sentence - l.sentence <= 1) {
        new.meeting.place = last.meeting.place;
        new.place_key.clone_from(&last.place_key);
        new.meeting.item.confidence = 0.5;
        last.meeting.item.evidence().for_each(|e| new.meeting.item.add(Evidence { why: Why::Antecedent, ..*e }));
    }
}

/// Whether two mentions are of one meeting.
fn is_one(cx: &Context<'_>, known: &Mention, new: &Mention) -> bool {
    let (a, b) = (&known.meeting, &new.meeting);
    let undone = |s| rank(s) >= rank(MeetingState::Downgraded);
    // two different ends are two meetings, if the second is told as another
    if !same_kind(a.sort, b.sort) || (new.other && undone(a.state) && undone(b.state) && a.state != b.state) {
        return false;
    }
    // one sentence tells of talks that are over and of a summit to come
    let came = |s| matches!(s, MeetingState::Held | MeetingState::Ongoing);
    let apart = a.state == MeetingState::Planned && came(b.state) || came(a.state) && b.state == MeetingState::Planned;
    if apart && new.sentence == known.sentence && a.when != b.when {
        return false;
    }
    let place = match (&known.place_key, &new.place_key) {
        (Some(x), Some(y)) => Some(x == y),
        _ => None,
    };
    let days = overlap(&a.when, &b.when).map(|d| d || next_day(known, new) || same_weekday(a, b));
    match (days, place) {
        (Some(false), _) | (_, Some(false)) => false,
        (Some(true), _) => true,
        // a mention without a day: the same place, or the same sentence, or a definite noun soon after
        // two visits to one capital by different people are two
        (None, Some(true)) => b.sort != MeetingSort::Visit || !new.other && shares_people(cx, a, b) != Some(false),
        (None, None) => {
            let near = new.sentence - known.sentence;
            let people = shares_people(cx, a, b).filter(|_| !new.attended);
            // talks with someone else, or with someone more, may be others
            let fits = new.attended || b.participants.is_empty() || b.participants.len() > 1 || people == Some(true);
            // "his visit was preceded by a visit of hers"
            let two = b.sort == MeetingSort::Visit && known.definite && !new.definite;
            let anothers = two && people != Some(true);
            (near == 0 && !new.pointing && !new.other && !anothers)
                || (near <= 2 && new.definite && !new.other && fits && people != Some(false))
                || (near <= 8 && is_dated_later(known, new) && people != Some(false))
        }
    }
}

/// "The talks were held in X. ... Sunday's meeting": the day of the one held meeting that had none.
fn is_dated_later(known: &Mention, new: &Mention) -> bool {
    let (a, b) = (&known.meeting, &new.meeting);
    let took_place = |s| matches!(s, MeetingState::Held | MeetingState::Ongoing);
    a.when.is_unknown()
        && a.place.is_some()
        && !b.when.is_unknown()
        && b.place.is_none()
        && took_place(a.state)
        && took_place(b.state)
        && new.definite
        && !new.other
}

/// Whether someone, or someone's party, takes part in both; `None` where nobody is known of one.
fn shares_people(cx: &Context<'_>, a: &Meeting, b: &Meeting) -> Option<bool> {
    if a.participants.is_empty() || b.participants.is_empty() {
        return None;
    }
    let (x, y) = (parties(cx, a), parties(cx, b));
    Some(x.iter().any(|k| y.contains(k)))
}

/// Keys of those who take part: themselves, whom they belong to, the country in their words.
fn parties(cx: &Context<'_>, m: &Meeting) -> BTreeSet<String> {
    let of_one = |p: &Reference| {
        let own = p.entity.map(|e| format!("entity {}", e.0));
        let of = p.entity.and_then(|e| cx.entity(e).of.map(|o| format!("entity {}", o.0.0)));
        let words = p.span.slice(cx.text()).split(|c: char| !c.is_alphabetic());
        let countries = words.filter_map(lexicons::country).map(|c| match c {
            Country::Name(n) | Country::People(n) | Country::Capital(n) => format!("country {n}"),
        });
        own.into_iter().chain(of).chain(countries).collect::<Vec<_>>()
    };
    m.participants.iter().flat_map(of_one).collect()
}

fn same_kind(a: MeetingSort, b: MeetingSort) -> bool {
    use MeetingSort::{Meeting, Summit, Talks, Visit};
    let sitting = |s| matches!(s, Talks | Meeting | Summit | Visit);
    a == b || (sitting(a) && sitting(b))
}

/// Talks of several days are told day by day.
fn next_day(known: &Mention, new: &Mention) -> bool {
    let several = |m: &Mention| matches!(m.meeting.sort, MeetingSort::Talks | MeetingSort::Summit);
    let gap = known.meeting.when.last_day().zip(new.meeting.when.first_day()).and_then(|(a, b)| a.until(b).ok());
    several(known) && several(new) && !new.other && gap.is_some_and(|g| g.get_days().abs() <= 1)
}

/// "Sunday's talks with X" and "talks with X on Sunday" a week apart: one of the two was resolved the wrong way.
fn same_weekday(a: &Meeting, b: &Meeting) -> bool {
    let word = |m: &Meeting| m.when.as_written.to_lowercase().trim_start_matches("on ").to_string();
    let gap = a.when.first_day().zip(b.when.first_day()).and_then(|(x, y)| x.until(y).ok());
    let people =
        a.participants.iter().any(|p| b.participants.iter().any(|q| p.entity == q.entity && p.entity.is_some()));
    people && word(a) == word(b) && gap.is_some_and(|g| g.get_days().abs() == 7)
}

/// Whether two times share a day; `None` where one is not known.
fn overlap(a: &When, b: &When) -> Option<bool> {
    Some(a.first_day()? <= b.last_day()? && b.first_day()? <= a.last_day()?)
}

fn join(known: &mut Mention, new: Mention) {
    let (a, b) = (&mut known.meeting, new.meeting);
    for evidence in b.item.evidence() {
        a.item.add(*evidence);
    }
    let vague = b.when.is_unknown() && b.place.is_none() && rank(b.state) < rank(MeetingState::Downgraded);
    if vague {
        // nothing but another word for it
    } else if rank(b.state) > rank(a.state) || (!known.stated && new.stated && a.state != MeetingState::Held) {
        a.state = b.state;
        known.stated |= new.stated;
    }
    // "did not happen: they put it off"
    if new.pointing && b.state == MeetingState::Postponed && a.state == MeetingState::Cancelled {
        a.state = b.state;
    }
    // the shorter time says more
    if a.when.is_unknown() || (length(&b.when) < length(&a.when) && !b.when.is_unknown()) {
        a.when = b.when;
    }
    if a.moved_to.is_unknown() {
        a.moved_to = b.moved_to;
    }
    if new.outcome.is_some_and(|o| known.outcome.is_none_or(|k| o.told > k.told)) {
        known.outcome = new.outcome;
    }
    if a.place.is_none() {
        a.place = b.place;
        known.place_key = new.place_key;
    }
    if telling(b.sort) > telling(a.sort) {
        a.sort = b.sort;
    }
    for p in b.participants {
        if !a.participants.iter().any(|q| q.entity == p.entity) {
            a.participants.push(p);
        }
    }
    known.sentence = new.sentence;
}

fn length(w: &When) -> i64 {
    match (w.first_day(), w.last_day()) {
        (Some(a), Some(b)) => i64::from(a.until(b).map_or(0, |s| s.get_days())),
        _ => i64::MAX,
    }
}

fn rank(state: MeetingState) -> u8 {
    match state {
        MeetingState::Planned => 0,
        MeetingState::Ongoing => 1,
        MeetingState::Held => 2,
        MeetingState::Downgraded => 3,
        MeetingState::Postponed => 4,
        MeetingState::Cancelled => 5,
    }
}

fn telling(sort: MeetingSort) -> u8 {
    match sort {
        MeetingSort::Meeting => 0,
        MeetingSort::Talks | MeetingSort::Visit => 1,
        _ => 2,
    }
}

/// A day, a place, or that it will not be as it was to be.
fn is_told_apart(m: &Mention) -> bool {
    if m.pointing {
        return false;
    }
    let undone =
        matches!(m.meeting.state, MeetingState::Cancelled | MeetingState::Postponed | MeetingState::Downgraded);
    let known_day = !m.meeting.when.is_unknown() && (length(&m.meeting.when) <= 14 || m.meeting.place.is_some());
    match m.meeting.sort {
        // two who spoke with each other
        MeetingSort::Call if m.stated && m.meeting.participants.len() > 1 => true,
        // a call, vote or hearing that was held may be one that other articles give the day of
        MeetingSort::Call | MeetingSort::Vote | MeetingSort::Hearing
            if m.stated && m.meeting.state == MeetingState::Held =>
        {
            true
        }
        MeetingSort::Vote | MeetingSort::Signing | MeetingSort::Hearing | MeetingSort::Call => {
            known_day || (undone && m.stated)
        }
        _ => known_day || m.meeting.place.is_some() || (undone && m.stated),
    }
}
