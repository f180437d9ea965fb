//! The fold: all readings under a dossier become one ledger.

use rapporteur_dossier::Dossier;

use crate::cx::Cx;
use crate::model::Ledger;
use crate::{Origins, Witness, conditions, disputes, events, meetings, positions, proposals, sticking, voice};

/// Folds all readings under a dossier into a ledger. The order of `witnesses` changes nothing; each article counts once.
pub fn fold(dossier: &Dossier, witnesses: &[Witness<'_>]) -> Ledger {
    let mut order: Vec<Witness<'_>> = witnesses.to_vec();
    order.sort_by(|a, b| a.article.id.cmp(&b.article.id));
    order.dedup_by(|a, b| a.article.id == b.article.id);
    let origins = Origins::find(&order);
    let cx = Cx { dossier, witnesses: order, origins: &origins };
    let voices = voice::voices(&cx);
    let (proposals, proposal_of) = proposals::fold(&cx);
    let (positions, shifts) = positions::fold(&cx, &voices, &proposal_of);
    let conditions = conditions::fold(&cx, &voices);
    let deadlocks = conditions::deadlocks(&conditions, &positions);
    let statuses = events::statuses(&cx, &proposals, &proposal_of);
    let disputes = disputes::fold(&cx, &voices, &statuses);
    Ledger {
        stances: voice::stances(&voices),
        meetings: meetings::fold(&cx),
        incidents: events::incidents(&cx),
        deadlines: events::deadlines(&cx),
        sticking: sticking::fold(&positions, &deadlocks),
        proposals,
        proposal_of,
        statuses,
        positions,
        shifts,
        conditions,
        deadlocks,
        disputes,
        origins: origins.clone(),
    }
}
