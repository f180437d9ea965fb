//! What came of something: agreed or not, done or denied.

use std::collections::BTreeMap;

use rapporteur_reading::model::{Act, HasItem, Incident, Reference, StatusSort};

use crate::Named;
use crate::cx::{Cx, Told, days_between};
use crate::model::{About, Dispute, DisputeSort, Status, Verdict};
use crate::voice::Voice;

use super::{Claim, dispute};

/// Statuses told further apart follow each other.
const NEAR: i64 = 10;

pub(super) fn find(cx: &Cx<'_>, voices: &[Voice<'_>], statuses: &[Status]) -> Vec<Dispute> {
    let mut all = agreed_or_not(cx, statuses);
    let incidents = incidents(cx);
    // an accusation that is an incident too, and its denial, are one dispute
    let told = |d: &Dispute| {
        let places = |d: &Dispute| -> Vec<_> {
            d.merged.evidence.iter().map(|c| (c.article.clone(), c.evidence.sentence)).collect()
        };
        let own = places(d);
        incidents.iter().any(|i| places(i).iter().filter(|p| own.contains(p)).count() > 1)
    };
    all.extend(denials(cx, voices).into_iter().filter(|d| !told(d)));
    all.extend(incidents);
    all
}

/// One claimant has an issue agreed, another has it open at about the same time.
fn agreed_or_not(cx: &Cx<'_>, statuses: &[Status]) -> Vec<Dispute> {
    let mut by_issue: BTreeMap<&str, Vec<&Status>> = BTreeMap::new();
    for s in statuses {
        if let Some(issue) = s.issue.as_ref().filter(|i| i.is_resolved()) {
            by_issue.entry(&issue.id).or_default().push(s);
        }
    }
    let yes = |s: &Status| matches!(s.status, StatusSort::Agreed | StatusSort::AgreedInPrinciple | StatusSort::Signed);
    let no = |s: &Status| matches!(s.status, StatusSort::Disputed);
    let mut found = Vec::new();
    for all in by_issue.into_values() {
        for a in all.iter().filter(|s| yes(s)) {
            let key = |s: &Status| s.according_to.as_ref().map(Named::key);
            let near = |s: &Status| match (a.said.first_day(), s.said.first_day()) {
                // what is agreed after it was denied has moved on
                (Some(x), Some(y)) => (-1..=NEAR).contains(&days_between(x, y)),
                _ => false,
            };
            let against: Vec<&&Status> = all.iter().filter(|s| no(s) && key(s) != key(a) && near(s)).collect();
            let about = a.issue.clone().map_or_else(|| About::Words(String::new()), About::Known);
            let sides = vec![status_claims(a), against.iter().flat_map(|s| status_claims(s)).collect()];
            found.extend(dispute(cx, DisputeSort::Outcome, "dispute.outcome-agreed.v1", about, sides, Verdict::Denied));
        }
    }
    found
}

fn status_claims(s: &Status) -> Vec<Claim> {
    let value = match s.status {
        StatusSort::AgreedInPrinciple => "agreed in principle",
        StatusSort::Disputed => "not agreed",
        other => other.as_str(),
    };
    let claim = |cited: &crate::model::Cited| Claim {
        value: value.to_string(),
        claimant: s.according_to.clone(),
        cited: cited.clone(),
        confidence: s.merged.confidence,
        id: s.merged.members.first().cloned().unwrap_or_default(),
    };
    s.merged.evidence.iter().map(claim).collect()
}

/// An accusation, and the denial by whom it is made against, in the same article.
fn denials(cx: &Cx<'_>, voices: &[Voice<'_>]) -> Vec<Dispute> {
    let mut found = Vec::new();
    for denial in voices.iter().filter(|v| v.statement().act == Act::Deny && v.party.is_some()) {
        let is_answered = |v: &&Voice<'_>| {
            v.statement().act == Act::Accuse
                && v.told.article() == denial.told.article()
                && v.party != denial.party
                && v.statement().target.as_ref().is_none_or(|t| v.told.w.party_of(t) == denial.party.as_ref())
                && is_near(v, denial)
        };
        let accusation = voices.iter().filter(is_answered).min_by_key(|v| (distance(v, denial), v.told.order()));
        let Some(accusation) = accusation else { continue };
        let about = About::Words(accusation.told.w.words(accusation.statement().matter).to_string());
        let sides = vec![vec![said(cx, accusation)], vec![said(cx, denial)]];
        found.extend(dispute(cx, DisputeSort::Outcome, "dispute.outcome-denial.v1", about, sides, Verdict::Denied));
    }
    found
}

fn distance(a: &Voice<'_>, b: &Voice<'_>) -> usize {
    a.told.item().span().start().abs_diff(b.told.item().span().start())
}

/// Within some three sentences of each other.
fn is_near(a: &Voice<'_>, b: &Voice<'_>) -> bool {
    distance(a, b) <= 600
}

fn said(cx: &Cx<'_>, v: &Voice<'_>) -> Claim {
    Claim {
        value: v.told.w.words(v.told.item().span()).to_string(),
        claimant: Some(v.told.w.holder(cx.dossier, &v.statement().holder).0),
        cited: v.told.cited(),
        confidence: v.told.item().confidence,
        id: v.told.id().clone(),
    }
}

/// An incident that one side claims and another denies.
fn incidents(cx: &Cx<'_>) -> Vec<Dispute> {
    let all = cx.told(|w| &w.reading.incidents);
    all.iter()
        .filter_map(|t| {
            let (claims, denies) = (t.record.claimed_by?, t.record.denied_by?);
            let about = About::Words(t.w.words(t.item().span()).to_string());
            let sides = vec![vec![part(cx, t, &claims, "")], vec![part(cx, t, &denies, "denied: ")]];
            dispute(cx, DisputeSort::Outcome, "dispute.outcome-incident.v1", about, sides, Verdict::Denied)
        })
        .collect()
}

fn part(cx: &Cx<'_>, t: &Told<'_, Incident>, who: &Reference, prefix: &str) -> Claim {
    // the denial is cited with its own words where the incident keeps them
    let own = t.record.item().evidence().find(|e| e.span.contains(who.span)).copied();
    let mut cited = t.cited();
    if let Some(own) = own {
        cited.evidence = own;
    }
    Claim {
        value: format!("{prefix}{}", t.w.words(t.item().span())),
        claimant: Some(t.w.holder(cx.dossier, who).0),
        cited,
        confidence: t.item().confidence,
        id: t.id().clone(),
    }
}
