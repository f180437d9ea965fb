//! What was rejected, or is told elsewhere, goes out of a reading; what pointed at it points at nothing.

use std::collections::BTreeSet;

use rapporteur_dossier::Resolution;
use rapporteur_reading::Reading;
use rapporteur_reading::model::HasItem;
use rapporteur_text::ItemId;

/// The reading and its resolution without these items. Lists that run parallel stay so.
pub(crate) fn without(
    mut reading: Reading,
    mut resolution: Resolution,
    rejected: &BTreeSet<ItemId>,
) -> (Reading, Resolution) {
    if rejected.is_empty() {
        return (reading, resolution);
    }
    let quotes = stays(&reading.quotes, rejected);
    let proposals = stays(&reading.proposals, rejected);
    let statements = stays(&reading.statements, rejected);
    let statuses = stays(&reading.statuses, rejected);
    for s in &mut reading.statements {
        s.quote = s.quote.and_then(|q| renumbered(&quotes, q));
        if let Some(p) = s.proposal {
            s.proposal = renumbered(&proposals, p);
            s.point = s.point.filter(|_| s.proposal.is_some());
        }
    }
    for s in &mut reading.statuses {
        if let Some(p) = s.proposal {
            s.proposal = renumbered(&proposals, p);
            s.point = s.point.filter(|_| s.proposal.is_some());
        }
    }
    keep(&mut reading.quotes, &quotes);
    keep(&mut reading.proposals, &proposals);
    keep(&mut resolution.terms, &proposals);
    keep(&mut reading.statements, &statements);
    keep(&mut resolution.statements, &statements);
    keep(&mut resolution.conditions, &statements);
    keep(&mut reading.statuses, &statuses);
    keep(&mut resolution.statuses, &statuses);
    let is_kept = |id: &ItemId| !rejected.contains(id);
    reading.figures.retain(|r| is_kept(r.item().id()));
    reading.roles.retain(|r| is_kept(r.item().id()));
    reading.dates.retain(|r| is_kept(r.item().id()));
    reading.meetings.retain(|r| is_kept(r.item().id()));
    reading.incidents.retain(|r| is_kept(r.item().id()));
    reading.deadlines.retain(|r| is_kept(r.item().id()));
    (reading, resolution)
}

fn stays<T: HasItem>(list: &[T], rejected: &BTreeSet<ItemId>) -> Vec<bool> {
    list.iter().map(|r| !rejected.contains(r.item().id())).collect()
}

/// The number of what was number `at`, among those that stay.
fn renumbered(stays: &[bool], at: usize) -> Option<usize> {
    stays.get(at)?.then(|| stays.iter().take(at).filter(|s| **s).count())
}

fn keep<T>(list: &mut Vec<T>, stays: &[bool]) {
    let mut at = 0;
    list.retain(|_| {
        at += 1;
        stays.get(at - 1).copied().unwrap_or(true)
    });
}
