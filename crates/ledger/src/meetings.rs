//! Meetings over all articles: the same kind, place, day and people are one meeting.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rapporteur_reading::model::{Meeting as Mention, MeetingFormat, MeetingSort, MeetingState, RefKind};
use rapporteur_text::{ItemId, When};

use crate::Named;
use crate::cx::{Cx, Told, commonest, content_words, days, days_between, merged, mode, ranked, said_or_published};
use crate::model::Meeting;

/// A stay longer than this many days is a season, not the day of a meeting.
const LONGEST: i64 = 14;
/// The longest time that says when a meeting is at all ("early January").
const SEASON: i64 = 31;
/// How many days apart a mention without a day may be published from the meeting it speaks of.
const NEAR: i64 = 8;

/// What is known of a meeting from the mentions put together so far.
struct Group<'a> {
    mentions: Vec<Told<'a, Mention>>,
    days: Option<(Date, Date)>,
    places: BTreeSet<String>,
    people: BTreeSet<String>,
    sorts: BTreeSet<MeetingSort>,
    /// Set where the meeting was put off to another day: that day.
    moved_to: Option<(Date, Date)>,
}

/// Meetings by day. Mentions that know neither day nor place and join no other are left out: nothing tells them apart.
pub(crate) fn fold(cx: &Cx<'_>) -> Vec<Meeting> {
    let mut groups = groups(cx);
    groups.retain(is_known);
    let mut all: Vec<(Meeting, Option<(Date, Date)>)> = groups.iter().map(|g| (meeting(cx, g), g.moved_to)).collect();
    all.sort_by(|a, b| key(&a.0).cmp(&key(&b.0)));
    link_moved(all)
}

/// The mentions of each meeting.
pub(crate) fn mentions<'a>(cx: &Cx<'a>) -> Vec<Vec<Told<'a, Mention>>> {
    groups(cx).into_iter().map(|g| g.mentions).collect()
}

fn groups<'a>(cx: &Cx<'a>) -> Vec<Group<'a>> {
    let mut mentions = cx.told(|w| &w.reading.meetings);
    // the best known first, so that vaguer mentions find their meeting
    mentions.sort_by_key(|t| (vagueness(t.record), days(&t.record.when).map(|d| d.0), t.order()));
    let mut groups: Vec<Group<'_>> = Vec::new();
    for told in mentions {
        let best = (0..groups.len())
            .filter_map(|i| Some((fit(cx, &groups[i], &told)?, std::cmp::Reverse(i))))
            .max()
            .map(|(_, std::cmp::Reverse(i))| i);
        match best {
            Some(i) => join(cx, &mut groups[i], told),
            None => {
                let mut group = Group {
                    mentions: Vec::new(),
                    days: None,
                    places: BTreeSet::new(),
                    people: BTreeSet::new(),
                    sorts: BTreeSet::new(),
                    moved_to: None,
                };
                join(cx, &mut group, told);
                groups.push(group);
            }
        }
    }
    groups
}

/// Whether enough is known of a meeting to tell it from others: its day; its place with its people, a month or so, or
/// that it was put off, cut down or called off.
fn is_known(g: &Group<'_>) -> bool {
    let dated = |t: &Told<'_, Mention>| days(&t.record.when).is_some_and(|(a, b)| days_between(a, b) <= SEASON);
    let more = !g.people.is_empty() || g.mentions.iter().any(|t| is_undone(t.record.state) || dated(t));
    g.days.is_some() || !g.places.is_empty() && more
}

fn key(m: &Meeting) -> (bool, Option<rapporteur_text::Moment>, &ItemId) {
    (m.when.from.is_none(), m.when.from, &m.merged.id)
}

fn vagueness(m: &Mention) -> u8 {
    let days = match exact_days(m) {
        Some((a, b)) if a == b => 0,
        Some(_) => 1,
        None => 4,
    };
    days + u8::from(m.place.is_none()) + u8::from(m.participants.is_empty())
}

/// First and last day, where they are near enough to say when.
fn exact_days(m: &Mention) -> Option<(Date, Date)> {
    days(&m.when).filter(|(a, b)| days_between(*a, *b) <= LONGEST)
}

/// How well a mention fits a group: `None` where something speaks against it or too little for it.
fn fit(cx: &Cx<'_>, group: &Group<'_>, told: &Told<'_, Mention>) -> Option<i64> {
    let m = told.record;
    if !group.sorts.iter().all(|s| may_be_one(*s, m.sort)) {
        return None;
    }
    let places = place_words(cx, told);
    let people = people_keys(cx, told);
    let same_place = same_words(&group.places, &places);
    let same_people = same_keys(&group.people, &people);
    if same_place == Some(false) {
        return None;
    }
    let same_sort = group.sorts.contains(&m.sort);
    let extra = i64::from(same_place == Some(true)) * 2 + i64::from(same_people == Some(true)) + i64::from(same_sort);
    match (group.days, exact_days(m)) {
        (Some(a), Some(b)) => {
            let apart = gap(a, b);
            let overlaps = apart == 0 && (same_people != Some(false) || same_place == Some(true));
            // a day off is a slip of the pen only where place or people are the same
            let unnamed_call = m.sort == MeetingSort::Call && same_sort && same_people != Some(false);
            let slipped = apart == 1 && (extra >= 2 && same_people == Some(true) || unnamed_call);
            // "this week" and "next week" for one journey to come, told on a Sunday
            let weeks = a.0 < a.1 && b.0 < b.1 && apart <= 7 && same_place == Some(true) && same_people == Some(true);
            let one_plan = weeks && here(group, told) && group.mentions.iter().all(|t| t.record.state == m.state);
            (overlaps || slipped || one_plan).then_some(10 + extra - apart)
        }
        (Some(a), None) if m.when.is_unknown() => {
            let here = here(group, told);
            let near = told.published().is_some_and(|p| gap(a, (p, p)) <= NEAR);
            let known = same_place == Some(true) || same_people == Some(true) || same_sort && here;
            // the two who spoke are all that tells a call; an undated text speaks of the one meeting of its place and kind
            let call = m.sort == MeetingSort::Call && people.len() > 1 && people == group.people && near;
            let undated = told.published().is_none() && same_place == Some(true) && same_sort && !places.is_empty();
            // what was put off once is not put off twice
            let undone = same_sort
                && same_place == Some(true)
                && is_undone(m.state)
                && group.mentions.iter().any(|t| t.record.state == m.state);
            let elsewhere = near && same_place == Some(true) || call || undated || undone;
            // what is over is not the one that is still to come
            let over = m.state == MeetingState::Held && told.published().is_some_and(|p| a.0 > p);
            (known && !over && (here || elsewhere)).then_some(extra + i64::from(here) * 3)
        }
        (None, None) if m.when.is_unknown() => {
            (same_place == Some(true) && same_people == Some(true) && same_sort).then_some(extra)
        }
        _ => None,
    }
}

fn is_undone(state: MeetingState) -> bool {
    matches!(state, MeetingState::Cancelled | MeetingState::Postponed | MeetingState::Downgraded)
}

/// A place as a place: where a capital stands for a government elsewhere, here it is the town.
fn site(cx: &Cx<'_>, told: &Told<'_, Mention>) -> Option<Named> {
    let named = told.w.named(cx.dossier, &told.record.place?);
    let is_town = named.kind == RefKind::Party && !named.name.eq_ignore_ascii_case(&named.as_written);
    Some(if is_town { Named::unresolved(RefKind::Place, &named.as_written) } else { named })
}

/// Whether the group has a mention of the same article.
fn here(group: &Group<'_>, told: &Told<'_, Mention>) -> bool {
    group.mentions.iter().any(|t| t.article() == told.article())
}

/// Days between two stretches; 0 where they overlap.
fn gap(a: (Date, Date), b: (Date, Date)) -> i64 {
    days_between(a.1, b.0).max(days_between(b.1, a.0)).max(0)
}

fn may_be_one(a: MeetingSort, b: MeetingSort) -> bool {
    use MeetingSort::{Meeting, Summit, Talks, Visit};
    let sitting = |s| matches!(s, Talks | Meeting | Summit | Visit);
    a == b || sitting(a) && sitting(b)
}

/// `None` where one of them is not known.
fn same_words(a: &BTreeSet<String>, b: &BTreeSet<String>) -> Option<bool> {
    (!a.is_empty() && !b.is_empty()).then(|| !a.is_disjoint(b))
}

fn same_keys(a: &BTreeSet<String>, b: &BTreeSet<String>) -> Option<bool> {
    same_words(a, b)
}

fn place_words(cx: &Cx<'_>, told: &Told<'_, Mention>) -> BTreeSet<String> {
    let Some(place) = &told.record.place else { return BTreeSet::new() };
    let named = told.w.named(cx.dossier, place);
    let mut words = content_words(&named.as_written);
    words.extend(content_words(&named.name));
    words
}

/// Parties that take part, people standing for theirs.
fn people_keys(cx: &Cx<'_>, told: &Told<'_, Mention>) -> BTreeSet<String> {
    told.record
        .participants
        .iter()
        .map(|p| told.w.holder(cx.dossier, p).0)
        .filter(Named::is_resolved)
        .map(|n| n.id)
        .collect()
}

fn join<'a>(cx: &Cx<'_>, group: &mut Group<'a>, told: Told<'a, Mention>) {
    let m = told.record;
    group.places.extend(place_words(cx, &told));
    group.people.extend(people_keys(cx, &told));
    group.sorts.insert(m.sort);
    if group.days.is_none() {
        group.days = exact_days(m);
    }
    if group.moved_to.is_none() {
        group.moved_to = days(&m.moved_to).filter(|(a, b)| days_between(*a, *b) <= LONGEST);
    }
    group.mentions.push(told);
}

fn meeting(cx: &Cx<'_>, group: &Group<'_>) -> Meeting {
    let all = &group.mentions;
    let mut participants =
        ranked(all.iter().flat_map(|t| t.record.participants.iter().map(|p| t.w.holder(cx.dossier, p).0)));
    participants.retain(Named::is_resolved);
    participants.sort_by_key(Named::key);
    let ids: Vec<&str> = participants.iter().map(|p| p.id.as_str()).collect();
    let when = times(all).into_iter().next().unwrap_or_default();
    let mut states: Vec<(MeetingState, When)> =
        all.iter().map(|t| (t.record.state, said_or_published(&When::unknown(), &t.w))).collect();
    states.sort_by_key(|(state, said)| (said.from.is_none(), said.from, *state));
    states.dedup_by(|a, b| a.0 == b.0 && a.1.from == b.1.from);
    let outcomes = all.iter().filter_map(|t| Some(t.w.words(t.record.outcome?).to_string()));
    Meeting {
        merged: merged("meeting", "meeting.place-day-people.v1", &ids, all),
        sort: sort_of(all),
        place: commonest(all.iter().filter_map(|t| site(cx, t))),
        when,
        participants,
        format: mode(all.iter().map(|t| t.record.format).filter(|f| *f != MeetingFormat::Unknown))
            .unwrap_or(MeetingFormat::Unknown),
        state: state_of(&states),
        states,
        moved_to: None,
        outcome: mode(outcomes).unwrap_or_default(),
    }
}

/// The kind most mentions give, the general words `talks` and `meeting` last.
fn sort_of(all: &[Told<'_, Mention>]) -> MeetingSort {
    let telling = |s: MeetingSort| !matches!(s, MeetingSort::Meeting | MeetingSort::Talks);
    mode(all.iter().map(|t| t.record.sort).filter(|s| telling(*s)))
        .filter(|s| all.iter().filter(|t| t.record.sort == *s).count() * 2 >= all.len())
        .or_else(|| mode(all.iter().map(|t| t.record.sort)))
        .unwrap_or(MeetingSort::Meeting)
}

/// The times that mentions give, the commonest first; days before stretches.
pub(crate) fn times(all: &[Told<'_, Mention>]) -> Vec<When> {
    let mut known: Vec<&When> = all.iter().filter(|t| exact_days(t.record).is_some()).map(|t| &t.record.when).collect();
    known.sort_by_key(|w| (days(w), w.basis, w.as_written.clone()));
    let count = |w: &When| known.iter().filter(|k| days(k) == days(w)).count();
    let mut ranked: Vec<When> = known.iter().map(|w| (*w).clone()).collect();
    ranked.sort_by_key(|w| (std::cmp::Reverse(count(w)), days(w).map(|(a, b)| days_between(a, b)), days(w)));
    ranked.dedup_by_key(|w| days(w));
    if ranked.is_empty() {
        ranked.extend(all.iter().map(|t| t.record.when.clone()).find(|w| !w.is_unknown()));
    }
    ranked
}

/// What is said last counts, but that it was held, cut down, put off or called off is not undone by an older plan.
fn state_of(states: &[(MeetingState, When)]) -> MeetingState {
    let rank = |s: MeetingState| match s {
        MeetingState::Planned => 0,
        MeetingState::Ongoing => 1,
        MeetingState::Held => 2,
        MeetingState::Downgraded | MeetingState::Postponed => 3,
        MeetingState::Cancelled => 4,
    };
    states.iter().map(|(s, _)| *s).max_by_key(|s| rank(*s)).unwrap_or(MeetingState::Planned)
}

/// Ties a meeting that was put off to the one on its new day.
fn link_moved(all: Vec<(Meeting, Option<(Date, Date)>)>) -> Vec<Meeting> {
    let ids: Vec<(Option<(Date, Date)>, ItemId)> =
        all.iter().map(|(m, _)| (days(&m.when), m.merged.id.clone())).collect();
    all.into_iter()
        .map(|(mut m, moved_to)| {
            if let Some(to) = moved_to {
                let own = m.merged.id.clone();
                m.moved_to = ids
                    .iter()
                    .find(|(d, id)| *id != own && d.is_some_and(|d| gap(d, to) == 0))
                    .map(|(_, id)| id.clone());
            }
            m
        })
        .collect()
}
