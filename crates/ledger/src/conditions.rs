//! Conditions as edges between issues, and the cycles in them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rapporteur_dossier::{Filing, IssueId, IssueRef, PartyId};
use rapporteur_reading::model::{Act, ConditionSort, Polarity, StatusSort};
use rapporteur_text::{ArticleId, ItemId};

use crate::cx::{Bit, Cx, HasBit, merged, mode};
use crate::list::{Changed, apply};
use crate::model::{Cited, Condition, Deadlock, Merged, Position, Status};
use crate::shelf::Shelf;
use crate::voice::Voice;
use crate::{Named, Witness};

/// Longest cycle looked for.
const LONGEST: usize = 4;

/// A condition in a statement: its holder would move on one issue when another is settled.
#[derive(Debug, Clone)]
struct Edge {
    bit: Bit,
    day: Option<Date>,
    holder: String,
    wants: String,
    needs: String,
    sort: ConditionSort,
    moves: bool,
}

impl HasBit for Edge {
    fn bit(&self) -> &Bit {
        &self.bit
    }
}

/// Conditions of parties between two issues of the dossier, one for each holder and pair of issues.
#[derive(Debug, Default)]
pub(crate) struct Conditions(Shelf<(PartyId, IssueId, IssueId), Edge, Condition>);

impl Conditions {
    /// `voices`: the statements of the witness, in the order of its reading.
    pub(crate) fn add(&mut self, w: &Witness<'_>, voices: &[Voice]) {
        let made = voices.iter().zip(&w.reading.statements).enumerate();
        for (number, (v, s)) in made.filter(|(_, (v, _))| !matches!(v.act, Act::Threaten | Act::Warn | Act::Accuse)) {
            let (Some(party), Some(wants)) = (&v.party, v.issue.as_ref().filter(|i| i.how >= Filing::Said)) else {
                continue;
            };
            let Some(needs) = w.resolution.conditions.get(number) else { continue };
            for (i, (needs, c)) in needs.iter().zip(&s.conditions).enumerate() {
                let Some(needs) = needs.as_ref().filter(|n| n.how == Filing::Named && n.id != wants.id) else {
                    continue;
                };
                // "wants the oil before the first barrel moves": what is asked for waits for nothing
                if c.sort == ConditionSort::Before && matches!(v.act, Act::Demand | Act::Request | Act::Propose) {
                    continue;
                }
                let edge = Edge {
                    bit: v.bit().clone(),
                    day: v.day.map(|d| d.0),
                    holder: w.words(s.holder.span).to_string(),
                    wants: w.words(s.topics.first().map_or(s.matter, |t| t.span)).to_string(),
                    needs: w.words(c.topics.first().map_or(c.span, |t| t.span)).to_string(),
                    sort: c.sort,
                    moves: v.moves,
                };
                self.0.put((party.clone(), wants.id.clone(), needs.id.clone()), i, edge);
            }
        }
    }

    pub(crate) fn remove(&mut self, article: &ArticleId) {
        self.0.remove(article);
    }

    pub(crate) fn touch(&mut self, article: &ArticleId) {
        self.0.touch(article);
    }

    /// Brings the list up to date; gives whether it changed.
    pub(crate) fn settle(&mut self, cx: Cx<'_>, list: &mut Vec<Condition>, changed: &mut Changed) -> bool {
        let changes = self.0.settle(|key, said| condition(cx, key, said));
        let is_changed = !changes.is_empty();
        apply(list, changes, changed);
        is_changed
    }
}

fn condition(cx: Cx<'_>, key: &(PartyId, IssueId, IssueId), pieces: &[&Edge]) -> Option<Condition> {
    let mut said = pieces.to_vec();
    said.sort_by_key(|e| (e.day.is_none(), e.day));
    let first = *said.first()?;
    let named = |id: &IssueId, words: &str| {
        Named::issue(cx.dossier, &IssueRef { id: id.clone(), turned: false, how: Filing::Named }, words)
    };
    let mut statements: Vec<ItemId> = said.iter().map(|e| e.bit.id().clone()).collect();
    statements.dedup();
    let parts = [key.0.as_str(), key.1.as_str(), key.2.as_str()];
    Some(Condition {
        merged: merged("condition", "condition.edge.v1", &parts, &said),
        holder: Named::party(cx.dossier, &key.0, &first.holder),
        wants: named(&key.1, &first.wants),
        sort: mode(said.iter().map(|e| e.sort))?,
        needs: named(&key.2, &first.needs),
        statements,
        from: said.iter().filter_map(|e| e.day).min(),
        origins: cx.origins_of(said.iter().map(|e| e.article())),
        is_voiced: said.iter().any(|e| e.moves),
        is_first: said.iter().any(|e| comes_first(e.sort)),
    })
}

/// Whether what is needed has to come first, so that two who say so of each other's cannot both begin.
fn comes_first(sort: ConditionSort) -> bool {
    !matches!(sort, ConditionSort::If | ConditionSort::InExchange)
}

/// Conditions that can lock something, in the order of the ledger, with their issues and holders numbered.
struct Graph<'a> {
    edges: Vec<Step<'a>>,
    /// Edges by the issue they would move on.
    by_wants: Vec<Vec<usize>>,
    /// Pairs of issues that wait on each other.
    locked: BTreeSet<(usize, usize)>,
    triples: BTreeSet<[usize; 3]>,
}

struct Step<'a> {
    condition: &'a Condition,
    holder: usize,
    wants: usize,
    needs: usize,
}

/// Cycles of conditions of at least two holders. One ends when a holder comes to be for what it held back, or when that is
/// agreed.
///
/// A longer cycle that holds all issues of a shorter one says nothing new.
pub(crate) fn deadlocks(conditions: &[Condition], positions: &[Position], statuses: &[Status]) -> Vec<Deadlock> {
    let mut graph = Graph::of(conditions);
    let mut all: Vec<Deadlock> = Vec::new();
    for length in 2..=LONGEST {
        let mut found: Vec<Vec<usize>> = Vec::new();
        for start in 0..graph.edges.len() {
            graph.walk(length, &mut vec![start], &mut found);
        }
        graph.note(&found);
        all.extend(found.iter().filter_map(|cycle| {
            let edges: Vec<&Condition> = cycle.iter().map(|i| graph.edges[*i].condition).collect();
            deadlock(&edges, positions, statuses)
        }));
    }
    all.sort_by(|a, b| (a.from.is_none(), a.from, &a.merged.id).cmp(&(b.from.is_none(), b.from, &b.merged.id)));
    all
}

impl<'a> Graph<'a> {
    /// What is only heard of locks nothing, what has no day cannot be said to lock anything yet, and what is offered in exchange
    /// waits for nobody to begin.
    fn of(conditions: &'a [Condition]) -> Self {
        let locks = |c: &&Condition| c.is_voiced && c.from.is_some() && c.sort != ConditionSort::InExchange;
        let shown: Vec<&Condition> = conditions.iter().filter(locks).collect();
        let issues = numbers(shown.iter().flat_map(|c| [&c.wants.id, &c.needs.id]));
        let holders = numbers(shown.iter().map(|c| &c.holder.id));
        let number = |of: &BTreeMap<&String, usize>, id: &String| of.get(id).copied().unwrap_or_default();
        let step = |c: &&'a Condition| Step {
            condition: c,
            holder: number(&holders, &c.holder.id),
            wants: number(&issues, &c.wants.id),
            needs: number(&issues, &c.needs.id),
        };
        let edges: Vec<Step<'a>> = shown.iter().map(step).collect();
        let mut by_wants = vec![Vec::new(); issues.len()];
        edges.iter().enumerate().for_each(|(i, e)| by_wants[e.wants].push(i));
        Self { edges, by_wants, locked: BTreeSet::new(), triples: BTreeSet::new() }
    }

    /// Goes from condition to condition of what each waits for; a cycle starts at its smallest number.
    fn walk(&self, length: usize, path: &mut Vec<usize>, found: &mut Vec<Vec<usize>>) {
        let (Some(&start), Some(&last)) = (path.first(), path.last()) else { return };
        let needs = self.edges[last].needs;
        if path.len() > 1 && needs == self.edges[start].wants {
            if path.len() == length {
                found.push(path.clone());
            }
            return;
        }
        // a long way round has to be well attested at every step
        let is_weak = |i: usize| length > 2 && self.edges[i].condition.origins < 2;
        if path.len() == length || is_weak(start) {
            return;
        }
        for &next in self.by_wants[needs].iter().filter(|&&next| next > start) {
            let is_open = !is_weak(next)
                && self.edges[next].holder != self.edges[last].holder
                && !self.is_known(path, self.edges[next].wants);
            if is_open {
                path.push(next);
                self.walk(length, path, found);
                path.pop();
            }
        }
    }

    /// Whether an issue is one of the path, or a shorter cycle holds it and issues of the path only.
    fn is_known(&self, path: &[usize], issue: usize) -> bool {
        let issues = || path.iter().map(|&p| self.edges[p].wants);
        let triple = |a: usize, b: usize| {
            let mut three = [a, b, issue];
            three.sort_unstable();
            self.triples.contains(&three)
        };
        issues().any(|i| i == issue || self.locked.contains(&(i.min(issue), i.max(issue))))
            || !self.triples.is_empty() && issues().any(|a| issues().any(|b| a < b && triple(a, b)))
    }

    /// Keeps the issues of cycles, so that no longer one that holds them is looked for.
    fn note(&mut self, found: &[Vec<usize>]) {
        for cycle in found {
            let mut issues: Vec<usize> = cycle.iter().map(|&i| self.edges[i].wants).collect();
            issues.sort_unstable();
            match issues[..] {
                [a, b] => {
                    self.locked.insert((a, b));
                }
                [a, b, c] => {
                    self.triples.insert([a, b, c]);
                }
                _ => {}
            }
        }
    }
}

fn numbers<'a>(all: impl Iterator<Item = &'a String>) -> BTreeMap<&'a String, usize> {
    let unique: BTreeSet<&String> = all.collect();
    unique.into_iter().enumerate().map(|(i, id)| (id, i)).collect()
}

fn deadlock(edges: &[&Condition], positions: &[Position], statuses: &[Status]) -> Option<Deadlock> {
    let mut parties: Vec<Named> = edges.iter().map(|c| c.holder.clone()).collect();
    parties.sort_by_key(Named::key);
    parties.dedup_by_key(|p| p.key());
    // "A if B" and "B if A" are agreed once they have heard of each other
    if parties.len() < 2 || !edges.iter().any(|c| c.is_first) {
        return None;
    }
    let from = edges.iter().map(|c| c.from).collect::<Option<Vec<Date>>>()?.into_iter().max();
    let fallen = edges.iter().filter_map(|c| fell_away(positions, c, from?));
    let agreed = edges.iter().filter_map(|c| is_agreed(statuses, &c.wants, from?));
    let to = fallen.chain(agreed).min();
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

/// The day after `from` on which an issue was first said to be agreed, if only in principle.
fn is_agreed(statuses: &[Status], issue: &Named, from: Date) -> Option<Date> {
    use StatusSort::{Agreed, AgreedInPrinciple, Signed};
    let own = statuses.iter().filter(|s| s.issue.as_ref().is_some_and(|i| !i.id.is_empty() && i.id == issue.id));
    let agreed = own.filter(|s| matches!(s.status, Agreed | AgreedInPrinciple | Signed));
    agreed.filter_map(|s| s.since.filter(|day| *day > from)).min()
}
