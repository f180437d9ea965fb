//! Positions over time, and the shifts in them.
//!
//! The statements of one party on one issue are noisy observations of where it stands. The series is the sequence of
//! stances that costs least: contradicting a reporting costs its confidence, changing the stance has a price of its own
//! (Viterbi over days). So one outlet's odd stance against several, and a stance that is there for one statement and
//! gone again, move nothing; a statement at the end that stands alone does. Copies of one reporting count once.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rapporteur_dossier::{Filing, IssueId, IssueRef, PartyId};
use rapporteur_reading::model::{Act, Modality, Polarity, Why};
use rapporteur_text::{ArticleId, ItemId, When};

use crate::Named;
use crate::cx::{Cx, HasBit, merged};
use crate::history::history;
use crate::list::{Changed, apply, patch};
use crate::model::{Direction, Ledger, Position, Shift, Stretch, Told};
use crate::shelf::{Change, Shelf};
use crate::voice::{Voice, lasting_refusals};

/// Price of one change of stance, in units of one fully confident reporting.
const CHANGE: f32 = 0.5;
/// Share of its weight that a reporting costs when the series has `open` and it has a pole, or the other way round.
const HALFWAY: f32 = 0.8;

const STATES: [Polarity; 3] = [Polarity::For, Polarity::Open, Polarity::Against];

/// What a position is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Matter {
    Issue(IssueId),
    /// A merged proposal and a point of it.
    Proposal(ItemId, Option<u32>),
}

/// What the statements of one party on one matter come to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Series {
    position: Option<Position>,
    shifts: Vec<Shift>,
    /// Statements whose stance is open here, whatever their words alone say, with what these say.
    open: Vec<(ItemId, Polarity)>,
}

/// All statements, by what they are about and whose they are.
#[derive(Debug, Default)]
pub(crate) struct Positions {
    series: Shelf<(Matter, PartyId), Voice, Series>,
    /// Statements about a proposal and no issue, or about a point of it, by the proposal as their article has it.
    on_proposals: BTreeMap<ItemId, Vec<Voice>>,
    /// Stances of the words alone that the ledger does not have yet.
    plain: BTreeMap<ItemId, Polarity>,
    of: BTreeMap<ArticleId, Vec<(ItemId, Option<ItemId>)>>,
    gone: Vec<ItemId>,
}

impl Positions {
    pub(crate) fn add(&mut self, voices: Vec<Voice>) {
        for v in voices {
            let own = (v.bit().id().clone(), v.proposal.clone());
            self.of.entry(v.article().clone()).or_default().push(own);
            self.plain.insert(v.bit().id().clone(), v.stance);
            let Some(party) = v.party.clone() else { continue };
            if v.day.is_none() {
                continue;
            }
            // what is said of a point of a paper is a position on that point, and on the issue it is about
            if let Some(proposal) = v.proposal.as_ref().filter(|_| v.moves && (v.issue.is_none() || v.point.is_some()))
            {
                self.on_proposals.entry(proposal.clone()).or_default().push(v.clone());
            }
            if let Some(issue) = v.issue.as_ref().map(|i| i.id.clone()) {
                self.series.put((Matter::Issue(issue), party), 0, v);
            }
        }
    }

    pub(crate) fn remove(&mut self, article: &ArticleId) {
        self.series.remove(article);
        for (statement, proposal) in self.of.remove(article).unwrap_or_default() {
            if let Some(proposal) = proposal {
                self.on_proposals.remove(&proposal);
            }
            self.plain.remove(&statement);
            self.gone.push(statement);
        }
    }

    pub(crate) fn touch(&mut self, article: &ArticleId) {
        self.series.touch(article);
    }

    /// Brings the ledger up to date. `moved`: the proposals of readings that are part of another merged one now.
    ///
    /// Gives the parties and issues whose position changed.
    pub(crate) fn settle(
        &mut self,
        cx: Cx<'_>,
        moved: &[Change<ItemId, ItemId>],
        ledger: &mut Ledger,
        changed: &mut Changed,
    ) -> BTreeSet<(PartyId, IssueId)> {
        self.file(moved);
        for id in self.gone.drain(..) {
            if ledger.stances.remove(&id).is_some() {
                changed.went(&id);
            }
        }
        let mut stances = std::mem::take(&mut self.plain);
        let changes = self.series.settle(|key, all| Some(series(cx, key, all)));
        let mut found = BTreeSet::new();
        let (mut positions, mut old_shifts, mut new_shifts) = (Vec::new(), Vec::new(), Vec::new());
        for change in changes {
            if let (Matter::Issue(issue), party) = &change.key {
                found.insert((party.clone(), issue.clone()));
            }
            let old = change.old.unwrap_or_else(Series::empty);
            let new = change.new.unwrap_or_else(Series::empty);
            for (id, plain) in old.open {
                if ledger.stances.contains_key(&id) {
                    stances.entry(id).or_insert(plain);
                }
            }
            stances.extend(new.open.into_iter().map(|(id, _)| (id, Polarity::Open)));
            if old.position != new.position {
                positions.push(Change { key: (), old: old.position, new: new.position });
            }
            if old.shifts != new.shifts {
                old_shifts.extend(old.shifts);
                new_shifts.extend(new.shifts);
            }
        }
        for (id, stance) in stances {
            if ledger.stances.get(&id) != Some(&stance) {
                changed.came(&id);
                ledger.stances.insert(id, stance);
            }
        }
        apply(&mut ledger.positions, positions, changed);
        patch(&mut ledger.shifts, &old_shifts, new_shifts, changed);
        found
    }

    /// Files what is said of proposals under the merged ones.
    fn file(&mut self, moved: &[Change<ItemId, ItemId>]) {
        for change in moved {
            for v in self.on_proposals.get(&change.key).into_iter().flatten() {
                let Some(party) = &v.party else { continue };
                let key = |p: &ItemId| (Matter::Proposal(p.clone(), v.point), party.clone());
                if let Some(old) = &change.old {
                    self.series.take(&key(old), v.at(), 0);
                }
                if let Some(new) = &change.new {
                    self.series.put(key(new), 0, v.clone());
                }
            }
        }
    }
}

impl Series {
    fn empty() -> Self {
        Self { position: None, shifts: Vec::new(), open: Vec::new() }
    }
}

/// A statement and its stance in its series.
#[derive(Clone, Copy)]
struct Said<'v> {
    v: &'v Voice,
    stance: Polarity,
}

fn series(cx: Cx<'_>, (matter, party): &(Matter, PartyId), pieces: &[&Voice]) -> Series {
    let mut all = pieces.to_vec();
    all.sort_by(|a, b| a.order().cmp(&b.order()));
    // what a page took back moves nothing where anything else is known; where nothing is, it is told as what it was
    let is_standing = |v: &&Voice| !v.bit().is_vanished;
    let mut gone: Vec<&Voice> = Vec::new();
    if all.iter().any(|v| v.moves && is_standing(v)) {
        gone = all.iter().copied().filter(|v| v.moves && !is_standing(v)).collect();
        all.retain(is_standing);
    }
    let lasting = if matches!(matter, Matter::Issue(_)) { lasting_refusals(&all) } else { vec![false; all.len()] };
    let opened = all.iter().zip(&lasting).filter(|(_, open)| **open);
    let open: Vec<(ItemId, Polarity)> = opened.map(|(v, _)| (v.bit().id().clone(), v.stance)).collect();
    let said =
        all.iter().zip(lasting).map(|(v, open)| Said { v, stance: if open { Polarity::Open } else { v.stance } });
    let moving: Vec<Said<'_>> = said.filter(|s| s.v.moves).collect();
    let (exact, vague): (Vec<Said<'_>>, Vec<Said<'_>>) = moving.into_iter().partition(|s| !s.v.is_vague);
    let (all, vague) = if exact.is_empty() { (vague, exact) } else { (exact, vague) };
    let days = by_day(&cx, &all);
    let path = cheapest(&days);
    let runs = runs(&days, &path);
    let party = Named::party(cx.dossier, party, &commonest_words(&all));
    let issue = match matter {
        Matter::Issue(id) => {
            Some(Named::issue(cx.dossier, &IssueRef { id: id.clone(), turned: false, how: Filing::Named }, ""))
        }
        Matter::Proposal(..) => None,
    };
    let moved: Vec<Option<&Voice>> = runs.iter().enumerate().map(|(n, r)| r.mover().filter(|_| n > 0)).collect();
    let pairs = runs.windows(2).zip(moved.iter().skip(1)).filter(|_| issue.is_some());
    let shifts =
        pairs.filter_map(|(p, first)| shift(&party, issue.as_ref()?, &runs, &p[0], &p[1], (*first)?)).collect();
    let vague: Vec<&Voice> = vague.iter().map(|s| s.v).collect();
    let told = history(&cx, &runs, &moved, &vague, &gone, &open);
    Series { position: position(&cx, party, issue, matter, &runs, told), shifts, open }
}

/// The statements of one day.
struct Day<'v> {
    voices: Vec<Said<'v>>,
    /// Weight of the reportings for each of [`STATES`].
    weight: [f32; 3],
}

fn by_day<'v>(cx: &Cx<'v>, all: &[Said<'v>]) -> Vec<Day<'v>> {
    let mut days: BTreeMap<Date, Vec<Said<'v>>> = BTreeMap::new();
    for said in all {
        if let Some((date, _)) = said.v.day {
            days.entry(date).or_default().push(*said);
        }
    }
    days.into_values()
        .map(|voices| {
            let mut best: BTreeMap<(usize, &ArticleId), f32> = BTreeMap::new();
            for said in &voices {
                let weight = best.entry((state(said.stance), said.v.origin(cx))).or_default();
                *weight = weight.max(weight_of(said.v));
            }
            let mut weight = [0.0; 3];
            for ((state, _), w) in best {
                if let Some(sum) = weight.get_mut(state) {
                    *sum += w;
                }
            }
            Day { voices, weight }
        })
        .collect()
}

fn state(stance: Polarity) -> usize {
    STATES.iter().position(|s| *s == stance).unwrap_or(1)
}

/// How much a statement weighs: its confidence, less where it is put as a possibility, more where it is a decision.
fn weight_of(v: &Voice) -> f32 {
    let modality = if v.modality == Modality::Certain { 1.0 } else { 0.85 };
    let act = match v.act {
        Act::Accept | Act::Agree | Act::Reject | Act::Refuse | Act::Concede => 1.1,
        Act::Assert => 0.6,
        _ => 1.0,
    };
    v.bit().confidence.clamp(0.05, 1.0) * modality * act
}

/// The cheapest sequence of stances, one for each day. Ties go to no change, then to the order of [`STATES`].
fn cheapest(days: &[Day<'_>]) -> Vec<usize> {
    let mut cost = [0.0_f32; 3];
    let mut back: Vec<[usize; 3]> = Vec::new();
    for (i, day) in days.iter().enumerate() {
        let mut next = [0.0; 3];
        let mut from = [0; 3];
        for to in 0..3 {
            let step = |s: usize| cost[s] + if i == 0 || s == to { 0.0 } else { CHANGE };
            let best = (0..3).fold(to, |best, s| if step(s) < step(best) - 1e-6 { s } else { best });
            next[to] = step(best) + contradiction(day, to);
            from[to] = best;
        }
        cost = next;
        back.push(from);
    }
    let mut at = (0..3).fold(0, |best, s| if cost[s] < cost[best] - 1e-6 { s } else { best });
    let mut path = Vec::with_capacity(days.len());
    for from in back.iter().rev() {
        path.push(at);
        at = from[at];
    }
    path.reverse();
    path
}

fn contradiction(day: &Day<'_>, state: usize) -> f32 {
    let open = 1;
    let share = |other: usize| match (state, other) {
        (a, b) if a == b => 0.0,
        (a, b) if a == open || b == open => HALFWAY,
        _ => 1.0,
    };
    (0..3).map(|other| share(other) * day.weight[other]).sum()
}

/// A run of equal stance: the statements that show it, and those in its time that contradict it.
pub(crate) struct Run<'v> {
    stance: Polarity,
    pub(crate) showing: Vec<&'v Voice>,
    pub(crate) against: Vec<&'v Voice>,
}

impl<'v> Run<'v> {
    /// The statement by which the party came to this stance: of its first day one that takes, grants, opens or turns down,
    /// else the first later one that decides. Who demands, opposes, supports or promises, or says of himself that he only
    /// repeats, shows where he stands, but not that he has moved now. What a correction begins is no move at all.
    fn mover(&self) -> Option<&'v Voice> {
        let begins = *self.showing.first()?;
        let is_first_day = |v: &&'v Voice| v.day.map(|d| d.0) == begins.day.map(|d| d.0);
        let plain = || self.showing.iter().copied().filter(|v| !v.corrects && !v.restates);
        let today = plain().find(|v| is_first_day(v) && (decides(v.act) || matches!(v.act, Act::OpenTo | Act::Offer)));
        today.or_else(|| plain().find(|v| decides(v.act)).filter(|_| !begins.corrects))
    }
}

fn decides(act: Act) -> bool {
    matches!(act, Act::Accept | Act::Agree | Act::Reject | Act::Refuse | Act::Concede)
}

/// Runs of equal stance; days on which nothing shows the stance of the run open none.
fn runs<'v>(days: &[Day<'v>], path: &[usize]) -> Vec<Run<'v>> {
    let mut runs: Vec<Run<'v>> = Vec::new();
    for (day, state) in days.iter().zip(path) {
        let stance = STATES[*state];
        if runs.last().is_none_or(|r| r.stance != stance) {
            runs.push(Run { stance, showing: Vec::new(), against: Vec::new() });
        }
        let Some(run) = runs.last_mut() else { continue };
        for said in &day.voices {
            if said.stance == stance { run.showing.push(said.v) } else { run.against.push(said.v) }
        }
    }
    runs.retain(|r| !r.showing.is_empty());
    let mut joined: Vec<Run<'v>> = Vec::new();
    for run in runs {
        match joined.last_mut() {
            Some(last) if last.stance == run.stance => {
                last.showing.extend(run.showing);
                last.against.extend(run.against);
            }
            _ => joined.push(run),
        }
    }
    joined
}

fn position(
    cx: &Cx<'_>,
    party: Named,
    issue: Option<Named>,
    matter: &Matter,
    runs: &[Run<'_>],
    history: Vec<Told>,
) -> Option<Position> {
    let series: Vec<Stretch> = runs.iter().filter_map(|r| stretch(cx, r)).collect();
    let last = runs.last()?;
    let showing: BTreeSet<&ArticleId> = last.showing.iter().map(|v| v.origin(cx)).collect();
    let disputed = last.against.iter().any(|v| !showing.contains(v.origin(cx)));
    let (issue_id, proposal, point) = match matter {
        Matter::Issue(id) => (id.as_str(), None, None),
        Matter::Proposal(id, point) => ("", Some(id.clone()), *point),
    };
    let proposal_id = proposal.as_ref().map(ItemId::to_string).unwrap_or_default();
    let parts = [party.id.as_str(), issue_id, &proposal_id];
    let mut merged = merged("position", "position.viterbi.v1", &parts, &last.showing);
    merged.id = ItemId::of_words("position", &parts, point.map_or(0, |p| p as usize + 1));
    Some(Position { merged, party, issue, proposal, point, series, history, disputed })
}

fn stretch(cx: &Cx<'_>, run: &Run<'_>) -> Option<Stretch> {
    let first = run.showing.first()?;
    let (from, basis) = first.day?;
    Some(Stretch {
        from,
        basis,
        stance: run.stance,
        act: first.act,
        statements: run.showing.iter().map(|v| v.bit().id().clone()).collect(),
        origins: cx.origins_of(run.showing.iter().map(|v| v.article())),
    })
}

fn shift(
    party: &Named,
    issue: &Named,
    all: &[Run<'_>],
    before: &Run<'_>,
    after: &Run<'_>,
    first: &Voice,
) -> Option<Shift> {
    let last = *before.showing.last()?;
    let (day, basis) = first.day?;
    let mut merged = merged("shift", "shift.series.v1", &[&party.id, &issue.id], &[first, last]);
    // Named by the statement that shows the new stance: the one before may be a member of two shifts.
    merged.id = ItemId::of_words("shift", &[&party.id, &issue.id, first.bit().id().as_str()], 0);
    merged.confidence = first.bit().confidence.min(last.bit().confidence);
    // the statement that shows the new stance is the shift's own evidence, however sure the other one is
    let own = first.bit().cited()?;
    merged.evidence.sort_by_key(|c| !(c.article == own.article && c.evidence.span == own.evidence.span));
    for (i, cited) in merged.evidence.iter_mut().enumerate() {
        if i == 0 {
            cited.evidence.why = Why::Item;
        } else if cited.evidence.why == Why::Item {
            cited.evidence.why = Why::Member;
        }
    }
    Some(Shift {
        merged,
        party: party.clone(),
        issue: issue.clone(),
        from: before.stance,
        to: after.stance,
        when: When::on(day, first.said.clone(), basis),
        direction: direction(all.first()?.stance, before.stance, after.stance),
        statements: [last.bit().id().clone(), first.bit().id().clone()],
    })
}

/// Away from the pole it started from is softer, towards it harder. Who started open is softer when it comes to be for.
fn direction(start: Polarity, from: Polarity, to: Polarity) -> Direction {
    let home = if start == Polarity::Open { Polarity::Against } else { start };
    match (from, to) {
        (Polarity::For, Polarity::Against) | (Polarity::Against, Polarity::For) => Direction::Turn,
        (_, to) if to == home => Direction::Harder,
        (from, _) if from == home => Direction::Softer,
        (_, Polarity::Open) => Direction::Harder,
        _ => Direction::Softer,
    }
}

fn commonest_words(all: &[Said<'_>]) -> String {
    crate::cx::mode(all.iter().map(|s| s.v.on_behalf.as_str())).unwrap_or_default().to_string()
}
