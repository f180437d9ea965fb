//! The fold: all readings under a dossier become one ledger.

use rapporteur_dossier::Dossier;
use rapporteur_reading::model::{HasItem, Reference};
use rapporteur_text::{ItemId, When};

use crate::model::{Cited, Deadline, Incident, Ledger, Meeting, Merged, Proposal, Status, Term};
use crate::{Named, Origins, Witness};

/// Folds all readings under a dossier into a ledger. The order of `witnesses` changes nothing.
pub fn fold(dossier: &Dossier, witnesses: &[Witness<'_>]) -> Ledger {
    let mut order: Vec<Witness<'_>> = witnesses.to_vec();
    order.sort_by(|a, b| a.article.id.cmp(&b.article.id));
    let mut ledger = Ledger { origins: Origins::find(&order), ..Ledger::default() };
    for w in &order {
        let named = |r: &Option<Reference>| r.as_ref().map(|r| w.named(dossier, r));
        let all = |rs: &[Reference]| rs.iter().map(|r| w.named(dossier, r)).collect::<Vec<_>>();
        let proposals: Vec<ItemId> = w.reading.proposals.iter().map(|p| single(w, p).id).collect();
        ledger.meetings.extend(w.reading.meetings.iter().map(|m| Meeting {
            merged: single(w, m),
            sort: m.sort,
            place: named(&m.place),
            when: m.when.clone(),
            participants: all(&m.participants),
            format: m.format,
            state: m.state,
            states: vec![(m.state, published(w))],
            moved_to: None,
            outcome: m.outcome.map_or_else(String::new, |s| w.words(s).to_string()),
        }));
        ledger.proposals.extend(w.reading.proposals.iter().enumerate().map(|(i, p)| {
            Proposal {
                merged: single(w, p),
                name: w.words(p.name).to_string(),
                by: all(&p.by),
                points: p.points,
                version: p.version.clone(),
                when: p.when.clone(),
                terms: p
                    .terms
                    .iter()
                    .enumerate()
                    .map(|(j, t)| Term {
                        point: t.point,
                        text: w.words(t.span).to_string(),
                        issue: w
                            .resolution
                            .terms
                            .get(i)
                            .and_then(|l| l.get(j)?.as_ref())
                            .map(|i| Named::issue(dossier, i, w.words(t.span))),
                    })
                    .collect(),
                replaces: None,
            }
        }));
        ledger.statuses.extend(w.reading.statuses.iter().enumerate().map(|(i, s)| {
            Status {
                merged: single(w, s),
                issue: w
                    .resolution
                    .statuses
                    .get(i)
                    .and_then(|l| l.as_ref())
                    .map(|i| Named::issue(dossier, i, s.matter.map_or("", |m| w.words(m)))),
                proposal: s.proposal.and_then(|p| proposals.get(p).cloned()),
                point: s.point,
                status: s.status,
                according_to: named(&s.according_to),
                percent: s.percent,
                said: s.said.clone(),
            }
        }));
        ledger.incidents.extend(w.reading.incidents.iter().map(|i| Incident {
            merged: single(w, i),
            sort: i.sort,
            actor: named(&i.actor),
            target: named(&i.target),
            place: named(&i.place),
            when: i.when.clone(),
            claimed_by: named(&i.claimed_by),
            denied_by: named(&i.denied_by),
        }));
        ledger.deadlines.extend(w.reading.deadlines.iter().map(|d| Deadline {
            merged: single(w, d),
            by: named(&d.by),
            matter: d.matter.map_or_else(String::new, |s| w.words(s).to_string()),
            when: d.when.clone(),
            state: d.state,
            moved_to: None,
        }));
    }
    ledger
}

/// A merged record of one member.
fn single<T: HasItem>(w: &Witness<'_>, record: &T) -> Merged {
    let item = record.item();
    let evidence = item.evidence().map(|e| Cited { article: w.article.id.clone(), evidence: *e }).collect();
    Merged {
        id: item.id().clone(),
        rule: item.rule.0,
        confidence: item.confidence,
        evidence,
        members: vec![item.id().clone()],
    }
}

/// The day of publication as a time.
fn published(w: &Witness<'_>) -> When {
    match w.article.published {
        Some(m) => When::on(m.date, "", rapporteur_text::Basis::Published),
        None => When::unknown(),
    }
}
