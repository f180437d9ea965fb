//! Positions over time, and the shifts in them.
//!
//! The statements of one party on one issue are noisy observations of where it stands. The series is the sequence of
//! stances that costs least: contradicting a reporting costs its confidence, changing the stance has a price of its own
//! (Viterbi over days). So one outlet's odd stance against several, and a stance that is there for one statement and
//! gone again, move nothing; a statement at the end that stands alone does. Copies of one reporting count once.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rapporteur_dossier::PartyId;
use rapporteur_reading::model::{Act, Modality, Polarity, Statement};
use rapporteur_text::{ArticleId, ItemId, When};

use crate::Named;
use crate::cx::{Cx, Told, merged};
use crate::model::{Direction, Position, Shift, Stretch};
use crate::voice::Voice;

/// Price of one change of stance, in units of one fully confident reporting.
const CHANGE: f32 = 0.5;
/// Share of its weight that a reporting costs when the series has `open` and it has a pole, or the other way round.
const HALFWAY: f32 = 0.8;

const STATES: [Polarity; 3] = [Polarity::For, Polarity::Open, Polarity::Against];

/// What a position is about: an issue, or a proposal and a point of it.
type Matter = (String, Option<ItemId>, Option<u32>);

/// Positions and shifts of all parties.
pub(crate) fn fold(
    cx: &Cx<'_>,
    voices: &[Voice<'_>],
    proposal_of: &BTreeMap<ItemId, ItemId>,
) -> (Vec<Position>, Vec<Shift>) {
    let mut by_key: BTreeMap<(Matter, PartyId), Vec<&Voice<'_>>> = BTreeMap::new();
    for v in voices.iter().filter(|v| v.moves && v.day.is_some()) {
        let (Some(party), Some(matter)) = (v.party.clone(), matter_of(v, proposal_of)) else { continue };
        by_key.entry((matter, party)).or_default().push(v);
    }
    let mut positions = Vec::new();
    let mut shifts = Vec::new();
    for ((matter, party), all) in by_key {
        let exact: Vec<&Voice<'_>> = all.iter().copied().filter(|v| !v.is_vague).collect();
        let all = if exact.is_empty() { all } else { exact };
        let days = by_day(cx, &all);
        let path = cheapest(&days);
        let runs = runs(&days, &path);
        let party = Named::party(cx.dossier, &party, &commonest_words(&all));
        let issue = all.iter().find_map(|v| v.issue).filter(|_| !matter.0.is_empty());
        let issue = issue.map(|i| Named::issue(cx.dossier, i, ""));
        if let Some(issue) = &issue {
            shifts.extend(runs.windows(2).filter_map(|pair| shift(&party, issue, &runs, &pair[0], &pair[1])));
        }
        positions.extend(position(cx, party, issue, matter, &runs));
    }
    positions.sort_by(|a, b| {
        (a.issue.is_none(), &a.issue, &a.party, &a.merged.id).cmp(&(
            b.issue.is_none(),
            &b.issue,
            &b.party,
            &b.merged.id,
        ))
    });
    shifts.sort_by(|a, b| (a.when.from, &a.merged.id).cmp(&(b.when.from, &b.merged.id)));
    (positions, shifts)
}

fn matter_of(v: &Voice<'_>, proposal_of: &BTreeMap<ItemId, ItemId>) -> Option<Matter> {
    if let Some(issue) = v.issue {
        return Some((issue.id.to_string(), None, None));
    }
    let proposal = v.told.w.reading.proposals.get(v.statement().proposal?)?;
    Some((String::new(), Some(proposal_of.get(proposal.item.id())?.clone()), v.statement().point))
}

/// The statements of one day.
struct Day<'v, 'a> {
    voices: Vec<&'v Voice<'a>>,
    /// Weight of the reportings for each of [`STATES`].
    weight: [f32; 3],
}

fn by_day<'v, 'a>(cx: &Cx<'_>, all: &[&'v Voice<'a>]) -> Vec<Day<'v, 'a>> {
    let mut days: BTreeMap<Date, Vec<&'v Voice<'a>>> = BTreeMap::new();
    for v in all {
        if let Some((date, _)) = v.day {
            days.entry(date).or_default().push(v);
        }
    }
    days.into_values()
        .map(|voices| {
            let mut best: BTreeMap<(usize, &ArticleId), f32> = BTreeMap::new();
            for v in &voices {
                let weight = best.entry((state(v.stance), v.origin(cx))).or_default();
                *weight = weight.max(weight_of(v.statement()));
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
fn weight_of(s: &Statement) -> f32 {
    let modality = if s.modality == Modality::Certain { 1.0 } else { 0.85 };
    let act = match s.act {
        Act::Accept | Act::Agree | Act::Reject | Act::Refuse | Act::Concede => 1.1,
        Act::Assert => 0.6,
        _ => 1.0,
    };
    s.item.confidence.clamp(0.05, 1.0) * modality * act
}

/// The cheapest sequence of stances, one for each day. Ties go to no change, then to the order of [`STATES`].
fn cheapest(days: &[Day<'_, '_>]) -> Vec<usize> {
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

fn contradiction(day: &Day<'_, '_>, state: usize) -> f32 {
    let open = 1;
    let share = |other: usize| match (state, other) {
        (a, b) if a == b => 0.0,
        (a, b) if a == open || b == open => HALFWAY,
        _ => 1.0,
    };
    (0..3).map(|other| share(other) * day.weight[other]).sum()
}

/// A run of equal stance: the statements that show it, and those in its time that contradict it.
struct Run<'v, 'a> {
    stance: Polarity,
    showing: Vec<&'v Voice<'a>>,
    against: Vec<&'v Voice<'a>>,
}

/// Runs of equal stance; days on which nothing shows the stance of the run open none.
fn runs<'v, 'a>(days: &[Day<'v, 'a>], path: &[usize]) -> Vec<Run<'v, 'a>> {
    let mut runs: Vec<Run<'v, 'a>> = Vec::new();
    for (day, state) in days.iter().zip(path) {
        let stance = STATES[*state];
        if runs.last().is_none_or(|r| r.stance != stance) {
            runs.push(Run { stance, showing: Vec::new(), against: Vec::new() });
        }
        let Some(run) = runs.last_mut() else { continue };
        for v in &day.voices {
            if v.stance == stance { run.showing.push(v) } else { run.against.push(v) }
        }
    }
    runs.retain(|r| !r.showing.is_empty());
    let mut joined: Vec<Run<'v, 'a>> = Vec::new();
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

fn position(cx: &Cx<'_>, party: Named, issue: Option<Named>, matter: Matter, runs: &[Run<'_, '_>]) -> Option<Position> {
    let series: Vec<Stretch> = runs.iter().filter_map(|r| stretch(cx, r)).collect();
    let last = runs.last()?;
    let showing: BTreeSet<&ArticleId> = last.showing.iter().map(|v| v.origin(cx)).collect();
    let disputed = last.against.iter().any(|v| !showing.contains(v.origin(cx)));
    let (issue_id, proposal, point) = matter;
    let proposal_id = proposal.as_ref().map(ItemId::to_string).unwrap_or_default();
    let parts = [party.id.as_str(), &issue_id, &proposal_id];
    let members: Vec<Told<'_, Statement>> = last.showing.iter().map(|v| v.told).collect();
    let mut merged = merged("position", "position.viterbi.v1", &parts, &members);
    merged.id = ItemId::of_words("position", &parts, point.map_or(0, |p| p as usize + 1));
    Some(Position { merged, party, issue, proposal, point, series, disputed })
}

fn stretch(cx: &Cx<'_>, run: &Run<'_, '_>) -> Option<Stretch> {
    let first = run.showing.first()?;
    let (from, basis) = first.day?;
    Some(Stretch {
        from,
        basis,
        stance: run.stance,
        act: first.statement().act,
        statements: run.showing.iter().map(|v| v.told.id().clone()).collect(),
        origins: cx.origins_of(run.showing.iter().map(|v| v.told.article())),
    })
}

fn shift(
    party: &Named,
    issue: &Named,
    all: &[Run<'_, '_>],
    before: &Run<'_, '_>,
    after: &Run<'_, '_>,
) -> Option<Shift> {
    let (last, first) = (before.showing.last()?, after.showing.first()?);
    let (day, basis) = first.day?;
    let members = [first.told, last.told];
    let mut merged = merged("shift", "shift.series.v1", &[&party.id, &issue.id], &members);
    // Named by the statement that shows the new stance: the one before may be a member of two shifts.
    merged.id = ItemId::of_words("shift", &[&party.id, &issue.id, first.told.id().as_str()], 0);
    merged.confidence = first.told.item().confidence.min(last.told.item().confidence);
    // the statement that shows the new stance is the shift's own evidence, however sure the other one is
    let own = first.told.cited();
    merged.evidence.sort_by_key(|c| !(c.article == own.article && c.evidence.span == own.evidence.span));
    for (i, cited) in merged.evidence.iter_mut().enumerate() {
        if i == 0 {
            cited.evidence.why = rapporteur_reading::model::Why::Item;
        } else if cited.evidence.why == rapporteur_reading::model::Why::Item {
            cited.evidence.why = rapporteur_reading::model::Why::Member;
        }
    }
    Some(Shift {
        merged,
        party: party.clone(),
        issue: issue.clone(),
        from: before.stance,
        to: after.stance,
        when: When::on(day, first.statement().said.as_written.clone(), basis),
        direction: direction(all.first()?.stance, before.stance, after.stance),
        statements: [last.told.id().clone(), first.told.id().clone()],
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

fn commonest_words(all: &[&Voice<'_>]) -> String {
    let words = all.iter().map(|v| v.told.w.words(v.statement().on_behalf_of.unwrap_or(v.statement().holder).span));
    crate::cx::mode(words).unwrap_or_default().to_string()
}
