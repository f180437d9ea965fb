//! Proposals over all articles: the same number of points by the same party, or the same name, are one proposal.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use rapporteur_dossier::Dossier;
use rapporteur_reading::model::Proposal as Record;
use rapporteur_reading::points_in;
use rapporteur_text::{ArticleId, ItemId, Span, When};

use crate::cx::{At, Bit, HasBit, content_words, days, later, merged, mode, ranked};
use crate::gather::{Gathering, Gathers};
use crate::list::{Changed, apply, patch};
use crate::model::{Ledger, Proposal, Status, Term};
use crate::near::Window;
use crate::shelf::{Change, Made};
use crate::tabled::{Tabled, tabled};
use crate::{Named, Witness};

/// How many days apart the same makers may speak of one proposal that has no number of points.
const NEAR: i64 = 3;

/// A proposal as one article has it.
pub(crate) struct Mention {
    bit: Bit,
    name: String,
    names: BTreeSet<String>,
    pub(crate) by: Vec<Named>,
    makers: BTreeSet<String>,
    points: Option<u32>,
    version: String,
    when: When,
    terms: Vec<Term>,
    /// What its terms are cited by, in their order.
    pub(crate) tabled: Vec<Tabled>,
    replaces: Replaced,
}

/// What an article says of the proposal that another replaces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Replaced {
    /// Words of its name.
    names: BTreeSet<String>,
    points: BTreeSet<u32>,
    /// When it was put forward.
    days: BTreeSet<Date>,
}

impl Replaced {
    fn of(w: &Witness<'_>, span: Span) -> Self {
        let within = w.reading.dates.iter().filter(|d| span.contains(d.item.span()));
        Self {
            names: content_words(w.words(span)),
            points: points_in(w.words(span)).into_iter().collect(),
            days: within.filter_map(|d| d.when.from.map(|m| m.date)).collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.names.is_empty() && self.points.is_empty() && self.days.is_empty()
    }

    fn extend(&mut self, other: &Self) {
        self.names.extend(other.names.iter().cloned());
        self.points.extend(&other.points);
        self.days.extend(&other.days);
    }
}

impl HasBit for Mention {
    fn bit(&self) -> &Bit {
        &self.bit
    }
}

impl Mention {
    fn of(dossier: &Dossier, w: &Witness<'_>, number: usize, p: &Record) -> Self {
        let by: Vec<Named> = p.by.iter().map(|r| w.holder(dossier, r).0).collect();
        let issues = w.resolution.terms.get(number);
        let term = |(i, term): (usize, &rapporteur_reading::model::Term)| {
            let text = w.words(term.span);
            let issue = issues.and_then(|l| l.get(i)?.as_ref()).map(|issue| Named::issue(dossier, issue, text));
            Term { point: term.point, text: text.to_string(), issue }
        };
        Self {
            bit: Bit::of(w, p),
            name: w.words(p.name).to_string(),
            names: content_words(w.words(p.name)),
            makers: by.iter().filter(|n| n.is_resolved()).map(|n| n.id.clone()).collect(),
            by,
            points: p.points,
            version: p.version.clone(),
            when: p.when.clone(),
            terms: p.terms.iter().enumerate().map(term).collect(),
            tabled: p.terms.iter().map(|t| Tabled::of(w, t)).collect(),
            replaces: p.replaces.map(|span| Replaced::of(w, span)).unwrap_or_default(),
        }
    }

    pub(crate) fn terms(&self) -> &[Term] {
        &self.terms
    }

    fn day(&self) -> Option<Date> {
        days(&self.when).map(|d| d.0).or(self.published())
    }

    /// How many words of its name are its own.
    fn specific(&self) -> usize {
        self.names.iter().filter(|w| !is_general(w)).count().min(2)
    }
}

/// What is known of a proposal from the mentions put together so far.
#[derive(Default)]
pub(crate) struct State {
    points: BTreeSet<u32>,
    names: BTreeSet<String>,
    makers: BTreeSet<String>,
    articles: BTreeSet<ArticleId>,
    days: BTreeSet<Date>,
    replaces: Replaced,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    Points(u32),
    /// A word of the name, where the number of points is given.
    Counted(String),
    /// A word of the name, where it is not.
    Plain(String),
    /// A day on which it was spoken of.
    Day(Date),
}

impl Gathers for Mention {
    type Order = (bool, bool, Arc<At>);
    type State = State;
    type Mark = Mark;

    fn order(&self) -> Self::Order {
        (self.points.is_none(), self.terms.is_empty(), self.at().clone())
    }

    fn join(&self, state: &mut State) {
        state.points.extend(self.points);
        state.names.extend(self.names.iter().cloned());
        state.makers.extend(self.makers.iter().cloned());
        state.articles.insert(self.article().clone());
        state.days.extend(self.day());
        state.replaces.extend(&self.replaces);
    }

    fn fit(&self, state: &State) -> Option<i64> {
        // a proposal is not the one that it replaces
        if !self.replaces.points.is_disjoint(&state.points) {
            return None;
        }
        let same_makers = !self.makers.is_disjoint(&state.makers);
        let is_same = match self.points {
            Some(n) if !state.points.is_empty() => {
                state.points.contains(&n) && (same_makers || self.makers.is_empty() || state.makers.is_empty())
            }
            _ => {
                // without a number of points: the same makers or the same article, and a name that says more than "the plan"
                let shared = !self.names.is_disjoint(&state.names);
                let here = state.articles.contains(self.article());
                let telling = self.names.iter().any(|w| !is_general(w));
                let near = |day: Date| state.days.range(later(day, -NEAR)..=later(day, NEAR)).next().is_some();
                shared
                    && (telling && self.names.is_subset(&state.names)
                        || (same_makers || self.makers.is_empty()) && here && !telling
                        || same_makers && self.day().is_some_and(near))
            }
        };
        is_same.then_some(0)
    }

    /// What a group is called and how many points it has only grows.
    fn may_fit(&self, state: &State) -> bool {
        match self.points {
            Some(n) => state.points.contains(&n),
            None => !self.names.is_disjoint(&state.names),
        }
    }

    fn marks(&self) -> Vec<(Mark, Option<Date>)> {
        let words = self.names.iter().cloned();
        match self.points {
            Some(n) => std::iter::once(Mark::Points(n)).chain(words.map(Mark::Counted)).map(|m| (m, None)).collect(),
            None => words.map(|w| (Mark::Plain(w), None)).collect(),
        }
    }

    fn looks(&self) -> Vec<(Mark, Window)> {
        let words = || self.names.iter().cloned();
        match self.points {
            Some(n) => vec![(Mark::Points(n), Window::All)],
            None => words().map(Mark::Counted).chain(words().map(Mark::Plain)).map(|m| (m, Window::All)).collect(),
        }
    }

    fn reach(state: &State) -> Vec<(Mark, Window)> {
        let points = state.points.iter().map(|n| Mark::Points(*n));
        let names = state.names.iter().cloned().map(Mark::Plain);
        let days = state.days.iter().copied().map(Mark::Day);
        points.chain(names).chain(days).map(|m| (m, Window::All)).collect()
    }
}

type Founder = <Mention as Gathers>::Order;

/// A merged proposal with the statuses of its points.
#[derive(Debug, Clone, PartialEq)]
struct Group {
    proposal: Proposal,
    members: BTreeSet<ItemId>,
    tabled: Vec<Status>,
}

/// All proposals.
#[derive(Default)]
pub(crate) struct Proposals {
    mentions: Gathering<Mention>,
    groups: Made<Founder, Group>,
    /// Proposals that say which they replace.
    replacing: BTreeSet<Founder>,
}

impl Proposals {
    pub(crate) fn add(&mut self, dossier: &Dossier, w: &Witness<'_>) {
        for (number, p) in w.reading.proposals.iter().enumerate() {
            self.mentions.add(Mention::of(dossier, w, number, p));
        }
    }

    pub(crate) fn remove(&mut self, article: &ArticleId) {
        self.mentions.remove(article);
    }

    /// Brings the ledger up to date; gives the proposals of readings that are part of another merged one than before.
    pub(crate) fn settle(&mut self, ledger: &mut Ledger, changed: &mut Changed) -> Vec<Change<ItemId, ItemId>> {
        let founders = self.mentions.settle();
        if founders.is_empty() {
            return Vec::new();
        }
        let mut changes: Vec<Change<Founder, Group>> = Vec::new();
        for founder in &founders {
            let members = self.mentions.members(founder);
            let new = (!members.is_empty()).then(|| group(&members));
            if self.mentions.state(founder).is_some_and(|s| !s.replaces.is_empty()) {
                self.replacing.insert(founder.clone());
            } else {
                self.replacing.remove(founder);
            }
            changes.extend(self.groups.put(founder.clone(), new));
        }
        self.link_replaced(&founders, &mut changes);
        changes.retain(|c| c.old != c.new);
        let moved = moved(&changes, &mut ledger.proposal_of);
        let (mut old_points, mut new_points) = (Vec::new(), Vec::new());
        let of_proposals = changes.into_iter().map(|c| {
            let (old, new) = (c.old.map(|g| (g.proposal, g.tabled)), c.new.map(|g| (g.proposal, g.tabled)));
            let (old, before) = old.map_or((None, Vec::new()), |(p, t)| (Some(p), t));
            let (new, after) = new.map_or((None, Vec::new()), |(p, t)| (Some(p), t));
            if before != after {
                old_points.extend(before);
                new_points.extend(after);
            }
            Change { key: (), old, new }
        });
        let of_proposals = of_proposals.collect();
        apply(&mut ledger.proposals, of_proposals, changed);
        patch(&mut ledger.statuses, &old_points, new_points, changed);
        moved
    }

    /// Ties proposals to the ones that their own text says they replace: by the number of its points, by its name, or by the day
    /// on which it was put forward.
    fn link_replaced(&mut self, made: &BTreeSet<Founder>, changes: &mut Vec<Change<Founder, Group>>) {
        for founder in &self.replacing {
            let Some(state) = self.mentions.state(founder) else { continue };
            let Some(own) = self.groups.get(founder) else { continue };
            let replaced = &state.replaces;
            let shared = |other: &Founder| {
                let Some(known) = self.mentions.state(other) else { return (false, 0, false) };
                let names = known.names.intersection(&replaced.names).filter(|w| !is_general(w)).count();
                let day = self.groups.get(other).and_then(|g| days(&g.proposal.when)).map(|d| d.0);
                let is_counted = !known.points.is_disjoint(&replaced.points);
                // one of another number of points is another, whatever it is called
                let is_other = !replaced.points.is_empty() && !known.points.is_empty() && !is_counted;
                if is_other {
                    (false, 0, false)
                } else {
                    (is_counted, names, day.is_some_and(|d| replaced.days.contains(&d)))
                }
            };
            let words = || replaced.names.iter().filter(|w| !is_general(w)).cloned();
            let points = replaced.points.iter().map(|n| Mark::Points(*n));
            let on = replaced.days.iter().map(|d| Mark::Day(*d));
            let named = words().map(Mark::Counted).chain(words().map(Mark::Plain));
            let looks = named.chain(points).chain(on).map(|m| (m, Window::All));
            let others = self.mentions.groups_at(&looks.collect::<Vec<_>>());
            let replaces = others
                .into_iter()
                .filter(|other| *other != founder)
                .filter_map(|other| Some((shared(other), Reverse(&self.groups.get(other)?.proposal.merged.id))))
                .filter(|(shared, _)| *shared != (false, 0, false))
                .max()
                .map(|(_, Reverse(id))| id.clone());
            if own.proposal.replaces == replaces {
                continue;
            }
            let mut linked = own.clone();
            linked.proposal.replaces = replaces;
            let Some(change) = self.groups.put(founder.clone(), Some(linked)) else { continue };
            let earlier = made.contains(founder).then(|| changes.iter_mut().find(|c| c.key == *founder)).flatten();
            match earlier {
                Some(earlier) => earlier.new = change.new,
                None => changes.push(change),
            }
        }
    }
}

/// Brings up to date which merged proposal those of readings belong to; gives those for which it is another.
fn moved(changes: &[Change<Founder, Group>], of: &mut BTreeMap<ItemId, ItemId>) -> Vec<Change<ItemId, ItemId>> {
    let mut new: BTreeMap<&ItemId, Option<&ItemId>> = BTreeMap::new();
    for group in changes.iter().filter_map(|c| c.old.as_ref()) {
        new.extend(group.members.iter().map(|m| (m, None)));
    }
    for group in changes.iter().filter_map(|c| c.new.as_ref()) {
        new.extend(group.members.iter().map(|m| (m, Some(&group.proposal.merged.id))));
    }
    let mut moved = Vec::new();
    for (member, new) in new {
        if of.get(member) != new {
            let old = match new {
                Some(id) => of.insert(member.clone(), id.clone()),
                None => of.remove(member),
            };
            moved.push(Change { key: member.clone(), old, new: new.cloned() });
        }
    }
    moved
}

/// Words that every proposal may be called.
fn is_general(word: &str) -> bool {
    const GENERAL: &[&str] = &[
        "plan",
        "paper",
        "proposal",
        "offer",
        "draft",
        "document",
        "text",
        "package",
        "framework",
        "peace",
        "point",
        "deal",
        "revised",
        "latest",
        "roadmap",
        "outline",
        "term",
        "sheet",
        "initial",
        "original",
        "current",
    ];
    GENERAL.contains(&word) || word.chars().all(|c| c.is_ascii_digit())
}

fn group(members: &[&Mention]) -> Group {
    let mut by = ranked(members.iter().flat_map(|t| t.by.iter().cloned()));
    if by.iter().any(Named::is_resolved) {
        by.retain(Named::is_resolved);
    }
    let ids: Vec<&str> = by.iter().map(|n| n.id.as_str()).collect();
    let name = mode(members.iter().map(|t| (Reverse(t.specific()), t.name.as_str())));
    let when = members.iter().filter(|t| !t.when.is_unknown()).min_by_key(|t| (days(&t.when), t.at()));
    let fullest = members.iter().max_by_key(|t| (t.terms.len(), Reverse(t.at())));
    let proposal = Proposal {
        merged: merged("proposal", "proposal.points-makers-name.v1", &ids, members),
        name: name.map(|(_, n)| n.to_string()).unwrap_or_default(),
        points: mode(members.iter().filter_map(|t| t.points)),
        version: mode(members.iter().map(|t| &t.version).filter(|v| !v.is_empty())).cloned().unwrap_or_default(),
        when: when.map_or_else(When::unknown, |t| t.when.clone()),
        terms: fullest.map_or_else(Vec::new, |t| t.terms.clone()),
        by,
        replaces: None,
    };
    let tabled = fullest.map_or_else(Vec::new, |t| tabled(&proposal, t));
    Group { proposal, members: members.iter().map(|t| t.bit.id().clone()).collect(), tabled }
}
