//! Records merged over all articles, and those of the dossier.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_dossier::{Alias, Merge, PartySort, Sighting};
use rapporteur_ledger::{About, Position, Proposal, Sticking};
use rapporteur_reading::model::{Evidence, HasItem, Why};
use rapporteur_text::{ItemId, Moment};
use serde_json::{Value, json};

use super::parts::{cited, common_merged, confidence, evidence, list, maybe, number, reference, time};
use super::possible::Possible;
use super::rows::{Articles, Row};
use super::single::with;
use crate::View;

/// Adds the merged records of these kinds; with one of a group, all that are made together.
pub(super) fn rows(view: &View<'_>, articles: &Articles<'_>, kinds: &[&str], rows: &mut Vec<Row>) {
    type Make = fn(&View<'_>, &Articles<'_>, &mut Vec<Row>);
    let families: [(&[&str], Make); 8] = [
        (&["meeting"], meetings),
        (&["proposal"], proposals),
        (&["status", "incident", "deadline"], events),
        (&["entity"], entities),
        (&["issue"], |view, _, rows| issues(view, rows)),
        (&["position", "shift"], positions),
        (&["condition", "deadlock"], conditions),
        (&["dispute"], disputes),
    ];
    for (_, make) in families.into_iter().filter(|(own, _)| own.iter().any(|k| kinds.contains(k))) {
        make(view, articles, rows);
    }
}

fn meetings(view: &View<'_>, articles: &Articles<'_>, rows: &mut Vec<Row>) {
    for m in &view.ledger.meetings {
        let more = json!({
            "sort": m.sort,
            "place": maybe(m.place.as_ref()),
            "when": time(&m.when),
            "participants": list(&m.participants),
            "format": m.format,
            "state": m.state,
            "states": m.states.iter().map(|(s, said)| json!({"state": s, "said": time(said)})).collect::<Value>(),
            "moved_to": m.moved_to.as_ref().map_or("", |i| i.as_str()),
            "outcome": m.outcome,
        });
        rows.push(Row::new("meeting", m.when.from, with(common_merged("meeting", articles, &m.merged), more)));
    }
}

fn proposals(view: &View<'_>, articles: &Articles<'_>, rows: &mut Vec<Row>) {
    let mut on: BTreeMap<(&ItemId, Option<u32>), Vec<&Position>> = BTreeMap::new();
    for p in &view.ledger.positions {
        p.proposal.iter().for_each(|id| on.entry((id, p.point)).or_default().push(p));
    }
    let stances = |p: &Proposal, point| stances(on.get(&(&p.merged.id, point)).map_or(&[], Vec::as_slice));
    for p in &view.ledger.proposals {
        let terms: Value = p
            .terms
            .iter()
            .map(|t| {
                let stances = t.point.map_or_else(|| json!([]), |point| stances(p, Some(point)));
                json!({"point": t.point, "text": t.text, "issue": maybe(t.issue.as_ref()), "stances": stances})
            })
            .collect();
        let more = json!({
            "name": p.name,
            "by": list(&p.by),
            "points": p.points,
            "version": p.version,
            "when": time(&p.when),
            "terms": terms,
            "replaces": p.replaces.as_ref().map_or("", |i| i.as_str()),
            "stances": stances(p, None),
        });
        rows.push(Row::new("proposal", p.when.from, with(common_merged("proposal", articles, &p.merged), more)));
    }
}

/// Where each party stands by the positions on a proposal as a whole, or on a point of it, with the position that says so.
fn stances(positions: &[&Position]) -> Value {
    let one = |p: &&Position| {
        let now = p.now()?;
        Some(json!({
            "party": reference(&p.party), "stance": now.stance, "since": now.from.to_string(), "position": p.merged.id,
        }))
    };
    positions.iter().filter_map(one).collect()
}

fn events(view: &View<'_>, articles: &Articles<'_>, rows: &mut Vec<Row>) {
    for s in &view.ledger.statuses {
        let more = json!({
            "issue": maybe(s.issue.as_ref()),
            "proposal": s.proposal.as_ref().map_or("", |i| i.as_str()),
            "point": s.point,
            "status": s.status,
            "according_to": maybe(s.according_to.as_ref()),
            "percent": s.percent.map_or(Value::Null, number),
            "said": time(&s.said),
        });
        rows.push(Row::new("status", s.said.from, with(common_merged("status", articles, &s.merged), more)));
    }
    for i in &view.ledger.incidents {
        let more = json!({
            "sort": i.sort,
            "actor": maybe(i.actor.as_ref()),
            "target": maybe(i.target.as_ref()),
            "place": maybe(i.place.as_ref()),
            "when": time(&i.when),
            "claimed_by": maybe(i.claimed_by.as_ref()),
            "denied_by": maybe(i.denied_by.as_ref()),
        });
        rows.push(Row::new("incident", i.when.from, with(common_merged("incident", articles, &i.merged), more)));
    }
    for d in &view.ledger.deadlines {
        let more = json!({
            "by": maybe(d.by.as_ref()),
            "matter": d.matter,
            "when": time(&d.when),
            "state": d.state,
            "moved_to": d.moved_to.as_ref().map_or("", |i| i.as_str()),
        });
        rows.push(Row::new("deadline", d.when.from, with(common_merged("deadline", articles, &d.merged), more)));
    }
}

fn entities(view: &View<'_>, articles: &Articles<'_>, rows: &mut Vec<Row>) {
    let dossier = view.dossier;
    let possible = Possible::new(dossier);
    let party = |id: Option<&rapporteur_dossier::PartyId>| {
        maybe(id.map(|id| rapporteur_ledger::Named::party(dossier, id, "")).as_ref())
    };
    for p in &dossier.parties {
        let sort = match p.sort {
            PartySort::Party => "party",
            PartySort::Organisation => "organisation",
            PartySort::Place => "place",
        };
        let value = json!({
            "kind": "entity", "id": p.id, "type": sort, "name": p.name, "aliases": aliases(&p.aliases), "party": null,
            "part_of": party(p.part_of.as_ref()), "roles": [], "merges": merges(articles, &p.merges), "qid": p.qid,
            "possible": possible.of(articles, p.id.as_str()),
        });
        rows.push(Row::new("entity", None, value));
    }
    let known: BTreeSet<&ItemId> =
        view.witnesses.iter().flat_map(|w| &w.reading.roles).map(|r| r.item().id()).collect();
    for p in &dossier.people {
        // what a person rejected, or what is not there yet on this day, is no record to point at
        let roles: Vec<&ItemId> = p.roles.iter().filter(|id| known.contains(id)).collect();
        let value = json!({
            "kind": "entity", "id": p.id, "type": "person", "name": p.name, "aliases": aliases(&p.aliases),
            "party": party(p.party.as_ref()), "part_of": null, "roles": roles,
            "merges": merges(articles, &p.merges), "qid": "", "possible": possible.of(articles, p.id.as_str()),
        });
        rows.push(Row::new("entity", None, value));
    }
}

fn aliases(all: &[Alias]) -> Value {
    all.iter().map(|a| json!({"name": a.name, "count": a.count})).collect()
}

fn merges(articles: &Articles<'_>, all: &[Merge]) -> Value {
    all.iter().map(|m| merge(articles, m)).collect()
}

pub(super) fn merge(articles: &Articles<'_>, m: &Merge) -> Value {
    let sure = if m.confidence == 0 { Value::Null } else { confidence(f32::from(m.confidence) / 100.0) };
    let evidence: Value = m.evidence.iter().filter_map(|s| sighting(articles, s)).collect();
    json!({"a": m.a, "b": m.b, "reason": m.reason, "by": m.by, "confidence": sure, "evidence": evidence})
}

/// A name in its sentence, as evidence.
fn sighting(articles: &Articles<'_>, s: &Sighting) -> Option<Value> {
    let w = articles.get(&s.article)?;
    Some(evidence(w, &Evidence { span: s.span, sentence: s.sentence, why: Why::Item }))
}

fn issues(view: &View<'_>, rows: &mut Vec<Row>) {
    for i in &view.dossier.issues {
        let sticking = view.ledger.sticking.get(i.id.as_str()).map_or(&[][..], Vec::as_slice);
        let value = json!({
            "kind": "issue", "id": i.id, "name": i.name, "proposition": i.proposition, "terms": i.terms,
            "sticking": sticking.iter().map(stuck).collect::<Value>(),
        });
        rows.push(Row::new("issue", None, value));
    }
}

fn stuck(s: &Sticking) -> Value {
    json!({"from": s.from.to_string(), "to": s.to.map(|d| d.to_string()), "measure": s.measure})
}

fn positions(view: &View<'_>, articles: &Articles<'_>, rows: &mut Vec<Row>) {
    for p in &view.ledger.positions {
        let Some(now) = p.now() else { continue };
        let series: Value = p
            .series
            .iter()
            .map(|s| {
                json!({
                    "from": s.from.to_string(), "basis": s.basis, "stance": s.stance, "act": s.act,
                    "statements": s.statements, "origins": s.origins,
                })
            })
            .collect();
        let history: Value = p
            .history
            .iter()
            .map(|t| {
                json!({
                    "statement": t.statement, "day": t.day.map(|d| d.to_string()), "stance": t.stance,
                    "telling": t.telling.as_str(),
                })
            })
            .collect();
        let more = json!({
            "party": reference(&p.party),
            "issue": maybe(p.issue.as_ref()),
            "proposal": p.proposal.as_ref().map_or("", |i| i.as_str()),
            "proposal_name": paper(view, p.proposal.as_ref()),
            "point": p.point,
            "stance": now.stance,
            "since": now.from.to_string(),
            "series": series,
            "history": history,
            "disputed": p.disputed,
        });
        let since = Some(Moment::day(now.from));
        rows.push(Row::new("position", since, with(common_merged("position", articles, &p.merged), more)));
    }
    for s in &view.ledger.shifts {
        let more = json!({
            "party": reference(&s.party),
            "issue": reference(&s.issue),
            "from": s.from,
            "to": s.to,
            "when": time(&s.when),
            "direction": s.direction.as_str(),
            "statements": s.statements,
        });
        rows.push(Row::new("shift", s.when.from, with(common_merged("shift", articles, &s.merged), more)));
    }
}

/// The name of a proposal, "" if none.
fn paper<'v>(view: &View<'v>, id: Option<&ItemId>) -> &'v str {
    let paper = id.and_then(|id| view.ledger.proposals.iter().find(|p| p.merged.id == *id));
    paper.map_or("", |p| p.name.as_str())
}

fn conditions(view: &View<'_>, articles: &Articles<'_>, rows: &mut Vec<Row>) {
    for c in &view.ledger.conditions {
        let more = json!({
            "holder": reference(&c.holder),
            "wants": reference(&c.wants),
            "sort": c.sort,
            "needs": reference(&c.needs),
            "statements": c.statements,
            "since": c.from.map(|d| d.to_string()),
        });
        let from = c.from.map(Moment::day);
        rows.push(Row::new("condition", from, with(common_merged("condition", articles, &c.merged), more)));
    }
    for d in &view.ledger.deadlocks {
        let more = json!({
            "cycle": d.cycle,
            "parties": list(&d.parties),
            "issues": list(&d.issues),
            "waits": d.round(&view.ledger.conditions).map(|c| json!({
                "holder": reference(&c.holder),
                "wants": reference(&c.wants),
                "sort": c.sort,
                "needs": reference(&c.needs),
            })).collect::<Vec<_>>(),
            "from": d.from.map(|d| d.to_string()),
            "to": d.to.map(|d| d.to_string()),
        });
        let from = d.from.map(Moment::day);
        rows.push(Row::new("deadlock", from, with(common_merged("deadlock", articles, &d.merged), more)));
    }
}

fn disputes(view: &View<'_>, articles: &Articles<'_>, rows: &mut Vec<Row>) {
    for d in &view.ledger.disputes {
        let sides: Value = d
            .sides
            .iter()
            .map(|s| {
                json!({
                    "value": s.value, "claimants": list(&s.claimants), "origins": s.origins, "articles": s.articles,
                    "evidence": cited(articles, &s.evidence),
                })
            })
            .collect();
        let about = match &d.about {
            About::Known(named) => reference(named),
            About::Words(words) => json!(words),
        };
        let since = since(articles, &d.sides);
        let more = json!({
            "sort": d.sort.as_str(), "about": about, "sides": sides, "verdict": d.verdict.as_str(),
            "since": since.map(|m| m.date.to_string()),
            "range": d.range.map(|r| json!({"best": r.best, "low": r.low, "high": r.high})),
        });
        rows.push(Row::new("dispute", since, with(common_merged("dispute", articles, &d.merged), more)));
    }
}

/// The day on which two sides were first in print.
fn since(articles: &Articles<'_>, sides: &[rapporteur_ledger::Side]) -> Option<Moment> {
    let first =
        |s: &rapporteur_ledger::Side| s.articles.iter().filter_map(|a| articles.get(a)?.article.published).min();
    let mut days: Vec<Moment> = sides.iter().filter_map(first).collect();
    days.sort();
    days.get(1).map(|m| Moment::day(m.date))
}
