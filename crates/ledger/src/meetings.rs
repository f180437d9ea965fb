//! Meetings over all articles: the same kind, place, day and people are one meeting.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use rapporteur_dossier::Dossier;
use rapporteur_reading::model::{Meeting as Record, MeetingFormat, MeetingSort, MeetingState, RefKind};
use rapporteur_text::{ArticleId, Basis, When};

use crate::cx::{
    At, Bit, HasBit, commonest, content_words, days, days_between, later, merged, mode, ranked, said_or_published,
};
use crate::gather::{Gathering, Gathers};
use crate::list::{Changed, Listed, apply};
use crate::model::{Ledger, Meeting};
use crate::near::{Near, Window};
use crate::shelf::{Change, Made};
use crate::{Named, Witness};

/// A stay longer than this many days is a season, not the day of a meeting.
const LONGEST: i64 = 14;
/// The longest time that says when a meeting is at all ("early January").
const SEASON: i64 = 31;
/// How many days apart a mention without a day may be published from the meeting it speaks of.
const NEAR: i64 = 8;
/// How many days apart two stretches may be that are one plan.
const WEEK: i64 = 7;
/// How many days apart two days of one round of talks in one place may be.
const ROUND: i64 = 2;
/// How many days after a vote, call or hearing what tells of it without its day may be published.
const TOLD: i64 = 4;

/// A meeting as one article has it.
pub(crate) struct Mention {
    bit: Bit,
    pub(crate) sort: MeetingSort,
    pub(crate) when: When,
    /// First and last day, where they are near enough to say when.
    days: Option<(Date, Date)>,
    /// The place as a place.
    site: Option<Named>,
    places: BTreeSet<String>,
    /// Who takes part, people standing for their parties.
    participants: Vec<Named>,
    people: BTreeSet<String>,
    has_place: bool,
    format: MeetingFormat,
    state: MeetingState,
    pub(crate) moved_to: When,
    outcome: Option<String>,
    pub(crate) words: String,
    /// Which round of the talks it is, where the words say so.
    round: Option<u8>,
}

impl HasBit for Mention {
    fn bit(&self) -> &Bit {
        &self.bit
    }
}

/// What is known of a meeting from the mentions put together so far.
#[derive(Default)]
pub(crate) struct State {
    days: Option<(Date, Date)>,
    places: BTreeSet<String>,
    people: BTreeSet<String>,
    sorts: BTreeSet<MeetingSort>,
    states: BTreeSet<MeetingState>,
    articles: BTreeSet<ArticleId>,
    /// Set where the meeting was put off to another day: that day.
    moved_to: Option<(Date, Date)>,
    /// Whether some mention says when, if only by the season.
    in_season: bool,
    round: Option<u8>,
    /// Whether some mention tells only that it was under way on a day.
    under_way: bool,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    /// Those with a day, by it.
    Dated,
    /// Those of which no time is known, by day of publication.
    Undated,
    Article(ArticleId),
    /// A word for the place, where the day is not known.
    Bare(String),
    /// A word for the place, where the day does not matter.
    Loose(String),
    Place(String),
}

impl Mention {
    fn of(dossier: &Dossier, w: &Witness<'_>, m: &Record) -> Self {
        let named = m.place.map(|p| w.named(dossier, &p));
        let mut places = BTreeSet::new();
        if let Some(n) = &named {
            places.extend(content_words(&n.as_written));
            places.extend(content_words(&n.name));
        }
        let participants: Vec<Named> = m.participants.iter().map(|p| w.holder(dossier, p).0).collect();
        Self {
            bit: Bit::of(w, m),
            sort: m.sort,
            days: exact_days(&m.when),
            when: m.when.clone(),
            has_place: m.place.is_some(),
            site: named.map(site),
            places,
            people: participants.iter().filter(|n| n.is_resolved()).map(|n| n.id.clone()).collect(),
            participants,
            format: m.format,
            state: m.state,
            moved_to: m.moved_to.clone(),
            outcome: m.outcome.map(|o| w.words(o).to_string()),
            round: round(w.words(m.item.span())),
            words: w.words(m.item.span()).to_string(),
        }
    }

    fn vagueness(&self) -> u8 {
        let days = match self.days {
            Some((a, b)) if a == b => 0,
            Some(_) => 1,
            None => 4,
        };
        days + u8::from(!self.has_place) + u8::from(self.participants.is_empty())
    }

    /// Whether it tells only that the meeting was going on when it was told.
    fn is_under_way(&self) -> bool {
        let single = self.days.is_some_and(|(a, b)| a == b);
        self.state == MeetingState::Ongoing && self.when.basis == Basis::Inferred && single
    }

    /// Whether a day far from its publication may be the one it speaks of.
    fn is_loose(&self) -> bool {
        self.published().is_none() || is_undone(self.state)
    }
}

/// Where a capital stands for a government elsewhere, here it is the town.
fn site(named: Named) -> Named {
    let is_town = named.kind == RefKind::Party && !named.name.eq_ignore_ascii_case(&named.as_written);
    if is_town { Named::unresolved(RefKind::Place, &named.as_written) } else { named }
}

/// First and last day, where they are near enough to say when.
fn exact_days(when: &When) -> Option<(Date, Date)> {
    days(when).filter(|(a, b)| days_between(*a, *b) <= LONGEST)
}

impl Gathers for Mention {
    type Order = (u8, Option<Date>, Arc<At>);
    type State = State;
    type Mark = Mark;

    fn order(&self) -> Self::Order {
        // the best known first, so that vaguer mentions find their meeting
        (self.vagueness(), days(&self.when).map(|d| d.0), self.at().clone())
    }

    fn join(&self, group: &mut State) {
        group.places.extend(self.places.iter().cloned());
        group.people.extend(self.people.iter().cloned());
        group.sorts.insert(self.sort);
        group.states.insert(self.state);
        group.articles.insert(self.article().clone());
        group.days = group.days.or(self.days);
        group.moved_to = group.moved_to.or_else(|| exact_days(&self.moved_to));
        group.round = group.round.or(self.round);
        group.under_way |= self.is_under_way();
        group.in_season |= days(&self.when).is_some_and(|(a, b)| days_between(a, b) <= SEASON);
    }

    /// How well a mention fits a group: `None` where something speaks against it or too little for it.
    fn fit(&self, group: &State) -> Option<i64> {
        if !group.sorts.iter().all(|s| may_be_one(*s, self.sort)) {
            return None;
        }
        let same_place = same_words(&group.places, &self.places);
        let same_people = same_words(&group.people, &self.people);
        let same_round = self.round.zip(group.round).map(|(a, b)| a == b);
        if same_place == Some(false) || same_round == Some(false) {
            return None;
        }
        let same_sort = group.sorts.contains(&self.sort);
        let here = group.articles.contains(self.article());
        let extra =
            i64::from(same_place == Some(true)) * 2 + i64::from(same_people == Some(true)) + i64::from(same_sort);
        match (group.days, self.days) {
            (Some(a), Some(b)) => {
                let apart = gap(a, b);
                let overlaps = apart == 0 && (same_people != Some(false) || same_place == Some(true));
                // a day off is a slip of the pen only where place or people are the same
                let unnamed_call = self.sort == MeetingSort::Call && same_sort && same_people != Some(false);
                let slipped = apart == 1 && (extra >= 2 && same_people == Some(true) || unnamed_call);
                // "this week" and "next week" for one journey to come, told on a Sunday
                let weeks =
                    a.0 < a.1 && b.0 < b.1 && apart <= WEEK && same_place == Some(true) && same_people == Some(true);
                let one_plan = weeks && here && group.states.iter().all(|s| *s == self.state);
                // the first day as it was planned, and the last as it was told
                let sits = |s: &MeetingSort| matches!(s, MeetingSort::Talks | MeetingSort::Summit);
                let begun = (self.is_under_way() || group.under_way) && same_place != Some(false);
                let known = same_place == Some(true) || same_round == Some(true) || begun;
                let goes_on = known && apart <= ROUND && sits(&self.sort) && group.sorts.iter().any(sits);
                let undone = is_undone(self.state) || group.states.iter().any(|s| is_undone(*s));
                let one_round = goes_on && !undone && same_people != Some(false);
                (overlaps || slipped || one_plan || one_round).then_some(10 + extra - apart)
            }
            // what was put off is not what it was put off to
            (Some(a), None) if exact_days(&self.moved_to).is_some_and(|to| gap(a, to) == 0) => None,
            (Some(a), None) if self.when.is_unknown() => {
                let near = self.published().is_some_and(|p| gap(a, (p, p)) <= NEAR);
                let known = same_place == Some(true) || same_people == Some(true) || same_sort && here;
                // the two who spoke are all that tells a call; an undated text speaks of the one meeting of its place and kind
                let call =
                    self.sort == MeetingSort::Call && self.people.len() > 1 && self.people == group.people && near;
                let undated =
                    self.published().is_none() && same_place == Some(true) && same_sort && !self.places.is_empty();
                // what was put off once is not put off twice
                let undone = same_sort
                    && same_place == Some(true)
                    && is_undone(self.state)
                    && group.states.contains(&self.state);
                let elsewhere = near && same_place == Some(true) || call || undated || undone;
                // who speaks of a vote that was held, soon after the day of one, speaks of that one
                let single = matches!(self.sort, MeetingSort::Call | MeetingSort::Vote | MeetingSort::Hearing);
                let since = self.published().map(|p| days_between(a.1, p));
                let told = single
                    && same_sort
                    && self.state == MeetingState::Held
                    && since.is_some_and(|d| (0..=TOLD).contains(&d))
                    && same_people != Some(false);
                // what is over is not the one that is still to come
                let over = self.state == MeetingState::Held && self.published().is_some_and(|p| a.0 > p);
                (known && !over && (here || elsewhere) || told).then_some(extra + i64::from(here) * 3)
            }
            (None, None) if self.when.is_unknown() => {
                (same_place == Some(true) && same_people == Some(true) && same_sort).then_some(extra)
            }
            _ => None,
        }
    }

    /// A group keeps its days, and its kinds go together.
    fn may_fit(&self, group: &State) -> bool {
        let near = match (group.days, self.days) {
            (Some(a), Some(b)) => gap(a, b) <= if a.0 < a.1 && b.0 < b.1 { WEEK } else { ROUND },
            _ => true,
        };
        near && group.sorts.iter().all(|s| may_be_one(*s, self.sort))
    }

    fn marks(&self) -> Vec<(Mark, Option<Date>)> {
        let mut marks = vec![(Mark::Article(self.article().clone()), None)];
        let places = || self.places.iter().cloned();
        marks.extend(places().map(|p| (Mark::Place(p), None)));
        if let Some((from, _)) = self.days {
            marks.push((Mark::Dated, Some(from)));
            return marks;
        }
        marks.extend(places().map(|p| (Mark::Bare(p), None)));
        if self.when.is_unknown() {
            marks.push((Mark::Undated, self.published()));
            if self.is_loose() {
                marks.extend(places().map(|p| (Mark::Loose(p), None)));
            }
        }
        marks
    }

    fn looks(&self) -> Vec<(Mark, Window)> {
        if let Some((from, to)) = self.days {
            return vec![(Mark::Dated, Window::Days(later(from, -WEEK - LONGEST), later(to, WEEK)))];
        }
        if !self.when.is_unknown() {
            return Vec::new();
        }
        let mut looks = vec![(Mark::Article(self.article().clone()), Window::All)];
        if let Some(day) = self.published() {
            looks.push((Mark::Dated, Window::Days(later(day, -NEAR - LONGEST), later(day, NEAR))));
        }
        let mark = if self.is_loose() { Mark::Place } else { Mark::Bare };
        looks.extend(self.places.iter().cloned().map(|p| (mark(p), Window::All)));
        looks
    }

    fn reach(group: &State) -> Vec<(Mark, Window)> {
        let places = || group.places.iter().cloned();
        let Some((from, to)) = group.days else {
            return places().map(|p| (Mark::Bare(p), Window::All)).collect();
        };
        let mut reach = vec![
            (Mark::Dated, Window::Days(later(from, -WEEK - LONGEST), later(to, WEEK))),
            (Mark::Undated, Window::Days(later(from, -NEAR), later(to, NEAR))),
        ];
        reach.extend(group.articles.iter().map(|a| (Mark::Article(a.clone()), Window::All)));
        reach.extend(places().map(|p| (Mark::Loose(p), Window::All)));
        reach
    }
}

pub(crate) type Founder = <Mention as Gathers>::Order;

/// All meetings. Mentions that know neither day nor place and join no other are left out: nothing tells them apart.
#[derive(Default)]
pub(crate) struct Meetings {
    mentions: Gathering<Mention>,
    made: Made<Founder, Meeting>,
    /// Those that were put off, with their new days.
    moved: BTreeMap<Founder, (Date, Date)>,
    /// Meetings by first day; those that take longer than a season with those of no day.
    by_day: Near<(), Founder>,
    /// Those that were going on when they were last told of.
    running: BTreeSet<Founder>,
    /// The days on which the articles read appeared.
    published: BTreeSet<(Date, ArticleId)>,
    days: BTreeMap<ArticleId, Date>,
    /// The newest of them, as of when the meetings were told.
    now: Option<Date>,
}

impl Meetings {
    pub(crate) fn add(&mut self, dossier: &Dossier, w: &Witness<'_>) {
        w.reading.meetings.iter().for_each(|m| self.mentions.add(Mention::of(dossier, w, m)));
        if let Some(day) = w.article.published.map(|p| p.date) {
            self.published.insert((day, w.article.id.clone()));
            self.days.insert(w.article.id.clone(), day);
        }
    }

    pub(crate) fn remove(&mut self, article: &ArticleId) {
        self.mentions.remove(article);
        if let Some(day) = self.days.remove(article) {
            self.published.remove(&(day, article.clone()));
        }
    }

    pub(crate) fn touch(&mut self, article: &ArticleId) {
        self.mentions.touch(article);
    }

    /// Brings the ledger up to date; gives the founders of the groups of mentions that changed.
    pub(crate) fn settle(&mut self, ledger: &mut Ledger, changed: &mut Changed) -> BTreeSet<Founder> {
        let mut founders = self.mentions.settle();
        let now = self.published.last().map(|(day, _)| *day);
        if now != self.now {
            founders.extend(self.running.iter().cloned());
            self.now = now;
        }
        let mut changes = Vec::new();
        for founder in &founders {
            let state = self.mentions.state(founder).filter(|s| is_known(s));
            match state.and_then(|s| s.moved_to) {
                Some(to) => self.moved.insert(founder.clone(), to),
                None => self.moved.remove(founder),
            };
            let known = self.made.get(founder).and_then(|m| m.moved_to.clone());
            let new = state.map(|s| Meeting {
                moved_to: known.filter(|_| s.moved_to.is_some()),
                ..meeting(&self.mentions.members(founder))
            });
            let is_running = new.as_ref().is_some_and(|m| m.state == MeetingState::Ongoing);
            let new = new.map(|m| ended(m, now));
            match is_running {
                true => self.running.insert(founder.clone()),
                false => self.running.remove(founder),
            };
            let Some(change) = self.made.put(founder.clone(), new) else { continue };
            change.old.iter().for_each(|m| self.by_day.remove(vec![((), first_day(m))], founder));
            change.new.iter().for_each(|m| self.by_day.add(vec![((), first_day(m))], founder));
            changes.push(change);
        }
        if !changes.is_empty() {
            self.link_moved(&mut changes);
            apply(&mut ledger.meetings, changes, changed);
        }
        founders
    }

    /// The mentions of one group.
    pub(crate) fn members(&self, founder: &Founder) -> Vec<&Mention> {
        self.mentions.members(founder)
    }

    /// Ties a meeting that was put off to the one on its new day.
    fn link_moved(&mut self, changes: &mut Vec<Change<Founder, Meeting>>) {
        for (founder, to) in &self.moved {
            let Some(own) = self.made.get(founder) else { continue };
            let window = Window::DaysOrNone(later(to.0, -SEASON), to.1);
            let found = self.by_day.find(&(), window).filter(|f| *f != founder).filter_map(|f| self.made.get(f));
            let on_day = found.filter(|m| days(&m.when).is_some_and(|d| gap(d, *to) == 0));
            let moved_to = on_day.min_by(|a, b| a.order().cmp(&b.order())).map(|m| m.merged.id.clone());
            if own.moved_to == moved_to {
                continue;
            }
            let new = Meeting { moved_to, ..own.clone() };
            let Some(change) = self.made.put(founder.clone(), Some(new)) else { continue };
            match changes.iter_mut().find(|c| c.key == change.key) {
                Some(earlier) => earlier.new = change.new,
                None => changes.push(change),
            }
        }
    }
}

/// First day, where the meeting takes no longer than a season.
fn first_day(m: &Meeting) -> Option<Date> {
    days(&m.when).filter(|(a, b)| days_between(*a, *b) <= SEASON).map(|d| d.0)
}

/// Whether enough is known of a meeting to tell it from others: its day; its place with its people, a month or so, or
/// that it was put off, cut down or called off.
fn is_known(g: &State) -> bool {
    let more = !g.people.is_empty() || g.in_season || g.states.iter().any(|s| is_undone(*s));
    g.days.is_some() || !g.places.is_empty() && more
}

fn is_undone(state: MeetingState) -> bool {
    matches!(state, MeetingState::Cancelled | MeetingState::Postponed | MeetingState::Downgraded)
}

/// The number of a round of talks in the words of a meeting: "a second round".
fn round(words: &str) -> Option<u8> {
    const ORDINALS: [&str; 8] = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];
    let lower = words.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let numbered = words.windows(2).find(|pair| matches!(pair[1], "round" | "rounds"))?;
    ORDINALS.iter().position(|o| *o == numbered[0]).and_then(|n| u8::try_from(n + 1).ok())
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

fn meeting(all: &[&Mention]) -> Meeting {
    let mut participants = ranked(all.iter().flat_map(|t| t.participants.iter().cloned()));
    participants.retain(Named::is_resolved);
    participants.sort_by_key(Named::key);
    let ids: Vec<&str> = participants.iter().map(|p| p.id.as_str()).collect();
    let mut states: Vec<(MeetingState, When)> =
        all.iter().map(|t| (t.state, said_or_published(&When::unknown(), t.published()))).collect();
    states.sort_by_key(|(state, said)| (said.from.is_none(), said.from, *state));
    states.dedup_by(|a, b| a.0 == b.0 && a.1.from == b.1.from);
    Meeting {
        merged: merged("meeting", "meeting.place-day-people.v1", &ids, all),
        sort: sort_of(all),
        place: commonest(all.iter().filter_map(|t| t.site.clone())),
        when: when(all),
        participants,
        format: mode(all.iter().map(|t| t.format).filter(|f| *f != MeetingFormat::Unknown))
            .unwrap_or(MeetingFormat::Unknown),
        state: state_of(&states),
        states,
        moved_to: None,
        outcome: mode(all.iter().filter_map(|t| t.outcome.as_deref())).unwrap_or_default().to_string(),
    }
}

/// What was to go on until a day that has passed was held, whoever told of it last, and so was what was under way on one day
/// longer ago than any meeting takes. Talks that had gone on since a day may go on still.
fn ended(m: Meeting, now: Option<Date>) -> Meeting {
    let known = days(&m.when).filter(|(a, b)| days_between(*a, *b) <= LONGEST);
    let Some(((first, last), now)) = known.zip(now).filter(|_| m.state == MeetingState::Ongoing) else { return m };
    let told = m.states.iter().filter(|(s, _)| *s == MeetingState::Ongoing).filter_map(|(_, said)| said.first_day());
    let is_over =
        told.min().is_some_and(|day| day < last) && last < now || first == last && days_between(last, now) > LONGEST;
    if is_over { Meeting { state: MeetingState::Held, ..m } } else { m }
}

/// The kind most mentions give, the general words `talks` and `meeting` last.
fn sort_of(all: &[&Mention]) -> MeetingSort {
    let telling = |s: MeetingSort| !matches!(s, MeetingSort::Meeting | MeetingSort::Talks);
    mode(all.iter().map(|t| t.sort).filter(|s| telling(*s)))
        .filter(|s| all.iter().filter(|t| t.sort == *s).count() * 2 >= all.len())
        .or_else(|| mode(all.iter().map(|t| t.sort)))
        .unwrap_or(MeetingSort::Meeting)
}

/// The time that most mentions give; days before stretches.
fn when(all: &[&Mention]) -> When {
    let mut known: Vec<&When> = all.iter().filter(|t| t.days.is_some()).map(|t| &t.when).collect();
    known.sort_by_key(|w| (days(w), w.basis, &w.as_written));
    let mut counts: BTreeMap<Option<(Date, Date)>, usize> = BTreeMap::new();
    known.iter().for_each(|w| *counts.entry(days(w)).or_default() += 1);
    let rank = |w: &When| {
        let count = counts.get(&days(w)).copied();
        (std::cmp::Reverse(count), days(w).map(|(a, b)| days_between(a, b)), days(w))
    };
    let best = known.into_iter().min_by_key(|w| rank(w));
    best.or_else(|| all.iter().map(|t| &t.when).find(|w| !w.is_unknown())).cloned().unwrap_or_default()
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
