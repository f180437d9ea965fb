//! Conditions as edges between issues, and the cycles in them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rapporteur_reading::model::{Act, Polarity, Statement};
use rapporteur_text::ItemId;

use crate::Named;
use crate::cx::{Cx, Told, merged, mode};
use crate::model::{Cited, Condition, Deadlock, Merged, Position};
use crate::voice::Voice;

/// Longest cycle looked for.
const LONGEST: usize = 4;

/// Conditions of parties between two issues of the dossier, one for each holder and pair of issues.
pub(crate) fn fold(cx: &Cx<'_>, voices: &[Voice<'_>]) -> Vec<Condition> {
    let mut by_key: BTreeMap<(String, String, String), Vec<(&Voice<'_>, usize)>> = BTreeMap::new();
    for v in voices.iter().filter(|v| !matches!(v.statement().act, Act::Threaten | Act::Warn | Act::Accuse)) {
        let (Some(party), Some(wants)) = (&v.party, v.issue) else { continue };
        let Some(needs) = v.told.w.resolution.conditions.get(v.told.number) else { continue };
        for (i, needs) in needs.iter().enumerate() {
            if let Some(needs) = needs.as_ref().filter(|n| n.id != wants.id) {
                let key = (party.to_string(), wants.id.to_string(), needs.id.to_string());
                by_key.entry(key).or_default().push((v, i));
            }
        }
    }
    let mut all: Vec<Condition> = by_key.into_iter().filter_map(|(key, said)| condition(cx, &key, &said)).collect();
    all.sort_by(|a, b| (a.from.is_none(), a.from, &a.merged.id).cmp(&(b.from.is_none(), b.from, &b.merged.id)));
    all
}

fn condition(cx: &Cx<'_>, key: &(String, String, String), said: &[(&Voice<'_>, usize)]) -> Option<Condition> {
    let (first, _) = said.first()?;
    let members: Vec<Told<'_, Statement>> = said.iter().map(|(v, _)| v.told).collect();
    let words_of = |w: rapporteur_text::Span| first.told.w.words(w).to_string();
    let wants_words = first.statement().topics.first().map_or(first.statement().matter, |t| t.span);
    let conditions: Vec<_> = said.iter().filter_map(|(v, i)| Some((v, v.statement().conditions.get(*i)?))).collect();
    let (_, needs) = conditions.first()?;
    let needs_words = needs.topics.first().map_or(needs.span, |t| t.span);
    let named = |id: &str, words: &str| {
        let issue =
            rapporteur_dossier::IssueRef { id: rapporteur_dossier::IssueId::new(id), turned: false, sure: true };
        Named::issue(cx.dossier, &issue, words)
    };
    let holder = first.party.as_ref().map(|p| Named::party(cx.dossier, p, &words_of(first.statement().holder.span)))?;
    let mut statements: Vec<ItemId> = members.iter().map(|t| t.id().clone()).collect();
    statements.dedup();
    Some(Condition {
        merged: merged("condition", "condition.edge.v1", &[&key.0, &key.1, &key.2], &members),
        holder,
        wants: named(&key.1, &words_of(wants_words)),
        sort: mode(conditions.iter().map(|(_, c)| c.sort))?,
        needs: named(&key.2, &words_of(needs_words)),
        statements,
        from: said.iter().filter_map(|(v, _)| v.day.map(|d| d.0)).min(),
        origins: cx.origins_of(members.iter().map(|t| t.article())),
        is_voiced: said.iter().any(|(v, _)| v.moves),
    })
}

/// Cycles of conditions of at least two holders, shortest first. One ends when a holder comes to be for what it held back.
pub(crate) fn deadlocks(conditions: &[Condition], positions: &[Position]) -> Vec<Deadlock> {
    let mut found: BTreeMap<Vec<usize>, Deadlock> = BTreeMap::new();
    for start in 0..conditions.len() {
        walk(conditions, &mut vec![start], &mut |cycle| {
            let mut key = cycle.to_vec();
            key.sort_unstable();
            if let Some(deadlock) = deadlock(conditions, positions, cycle) {
                found.entry(key).or_insert(deadlock);
            }
        });
    }
    let mut all: Vec<Deadlock> = found.into_values().collect();
    // a longer cycle that holds all issues of a shorter one says nothing new
    let issues = |d: &Deadlock| d.issues.iter().map(|i| i.id.clone()).collect::<BTreeSet<_>>();
    let kept: Vec<BTreeSet<String>> = all.iter().map(issues).collect();
    let mut i = 0;
    all.retain(|_| {
        let own = &kept[i];
        i += 1;
        !kept.iter().any(|other| other.len() < own.len() && other.is_subset(own))
    });
    all.sort_by(|a, b| (a.from.is_none(), a.from, &a.merged.id).cmp(&(b.from.is_none(), b.from, &b.merged.id)));
    all
}

/// Goes from condition to condition of what each waits for; a cycle starts at its smallest number.
fn walk(conditions: &[Condition], path: &mut Vec<usize>, each: &mut dyn FnMut(&[usize])) {
    let (Some(&start), Some(&last)) = (path.first(), path.last()) else { return };
    let needs = &conditions[last].needs.id;
    if path.len() > 1 && *needs == conditions[start].wants.id {
        each(path);
        return;
    }
    if path.len() == LONGEST {
        return;
    }
    for next in start + 1..conditions.len() {
        let is_open = conditions[next].wants.id == *needs
            && !path.iter().any(|&p| conditions[p].wants.id == conditions[next].wants.id)
            && conditions[next].holder != conditions[last].holder;
        if is_open {
            path.push(next);
            walk(conditions, path, each);
            path.pop();
        }
    }
}

fn deadlock(conditions: &[Condition], positions: &[Position], cycle: &[usize]) -> Option<Deadlock> {
    let edges: Vec<&Condition> = cycle.iter().filter_map(|&i| conditions.get(i)).collect();
    let mut parties: Vec<Named> = edges.iter().map(|c| c.holder.clone()).collect();
    parties.sort_by_key(Named::key);
    parties.dedup_by_key(|p| p.key());
    // what is heard of does not lock anything, and a long way round has to be well attested at every step
    let is_shown = |c: &&Condition| c.is_voiced && (edges.len() == 2 || c.origins > 1);
    if parties.len() < 2 || !edges.iter().all(is_shown) {
        return None;
    }
    let from = edges.iter().map(|c| c.from).collect::<Option<Vec<Date>>>()?.into_iter().max();
    let to = edges.iter().filter_map(|c| fell_away(positions, c, from?)).min();
    let mut cycle_ids: Vec<ItemId> = edges.iter().map(|c| c.merged.id.clone()).collect();
    let smallest = cycle_ids.iter().enumerate().min_by_key(|(_, id)| (*id).clone()).map_or(0, |(i, _)| i);
    cycle_ids.rotate_left(smallest);
    let parts: Vec<&str> = cycle_ids.iter().map(ItemId::as_str).collect();
    let evidence: Vec<Cited> = edges.iter().filter_map(|c| c.merged.evidence.first().cloned()).collect();
    Some(Deadlock {
        merged: Merged {
            id: ItemId::of_words("deadlock", &parts, 0),
            rule: "deadlock.cycle.v1",
            confidence: edges.iter().map(|c| c.merged.confidence).fold(1.0, f32::min),
            evidence,
            members: cycle_ids.clone(),
        },
        issues: edges.iter().map(|c| c.wants.clone()).collect(),
        parties,
        cycle: cycle_ids,
        from,
        to,
    })
}

/// The day after `from` on which the holder of a condition came to be for what it had held back.
fn fell_away(positions: &[Position], c: &Condition, from: Date) -> Option<Date> {
    let own =
        positions.iter().find(|p| p.party.id == c.holder.id && p.issue.as_ref().is_some_and(|i| i.id == c.wants.id))?;
    own.series.iter().find(|s| s.from > from && s.stance == Polarity::For).map(|s| s.from)
}
