//! What came of something: agreed or not, done or denied.

use rapporteur_reading::model::{Act, HasItem, Incident, Reference, Statement, StatusSort};

use crate::cx::{Bit, Cx, HasBit, days_between};
use crate::list::Listed;
use crate::model::{About, Dispute, DisputeSort, Status, Verdict};
use crate::statuses::Statuses;
use crate::voice::Voice;
use crate::{Named, Witness};

use super::{Claim, dispute};

/// Statuses told further apart follow each other.
const NEAR: i64 = 10;

/// One claimant has an issue agreed, another has it open at about the same time.
pub(super) fn agreed_or_not(cx: Cx<'_>, statuses: &Statuses, issue: &str) -> Vec<Dispute> {
    let first = (issue.to_string(), StatusSort::Floated, String::new());
    let own = statuses.made().range(first..).take_while(|(key, _)| key.0 == issue).map(|(_, s)| s);
    let is_of = |s: &&Status| s.issue.as_ref().is_some_and(|i| i.is_resolved() && i.id == issue);
    let mut all: Vec<&Status> = own.filter(is_of).collect();
    all.sort_by(|a, b| a.order().cmp(&b.order()));
    let yes = |s: &Status| matches!(s.status, StatusSort::Agreed | StatusSort::AgreedInPrinciple | StatusSort::Signed);
    let no = |s: &Status| matches!(s.status, StatusSort::Disputed);
    let key = |s: &Status| s.according_to.as_ref().map(Named::key);
    let mut found = Vec::new();
    for a in all.iter().filter(|s| yes(s)) {
        let near = |s: &Status| match (a.said.first_day(), s.said.first_day()) {
            // what is agreed after it was denied has moved on
            (Some(x), Some(y)) => (-1..=NEAR).contains(&days_between(x, y)),
            _ => false,
        };
        let against = all.iter().filter(|s| no(s) && key(s) != key(a) && near(s));
        let about = a.issue.clone().map_or_else(|| About::Words(String::new()), About::Known);
        let sides = vec![status_claims(a), against.flat_map(|s| status_claims(s)).collect()];
        found.extend(dispute(cx, DisputeSort::Outcome, "dispute.outcome-agreed.v1", about, sides, Verdict::Denied));
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
        number: None,
    };
    s.merged.evidence.iter().map(claim).collect()
}

/// What one article has claimed and denied: accusations and denials, and incidents. `voices`: its statements.
pub(super) fn of_article(cx: Cx<'_>, w: &Witness<'_>, voices: &[Voice]) -> [Vec<Dispute>; 2] {
    let incidents = incidents(cx, w);
    // an accusation that is an incident too, and its denial, are one dispute
    let told = |d: &Dispute| {
        let places = |d: &Dispute| -> Vec<_> { d.merged.evidence.iter().map(|c| c.evidence.sentence).collect() };
        let own = places(d);
        incidents.iter().any(|i| places(i).iter().filter(|p| own.contains(p)).count() > 1)
    };
    let denials = denials(cx, w, voices).into_iter().filter(|d| !told(d)).collect();
    [denials, incidents]
}

/// An accusation, and the denial by whom it is made against, in the same article.
fn denials(cx: Cx<'_>, w: &Witness<'_>, voices: &[Voice]) -> Vec<Dispute> {
    let mut all: Vec<(&Voice, &Statement)> = voices.iter().zip(&w.reading.statements).collect();
    all.sort_by(|a, b| a.0.order().cmp(&b.0.order()));
    let mut found = Vec::new();
    for denial in all.iter().filter(|(v, _)| v.act == Act::Deny && v.party.is_some()) {
        let is_answered = |(v, s): &&(&Voice, &Statement)| {
            v.act == Act::Accuse
                && v.party != denial.0.party
                && s.target.as_ref().is_none_or(|t| w.party_of(t) == denial.0.party.as_ref())
                && distance(v, denial.0) <= 600
        };
        let accusation = all.iter().filter(is_answered).min_by_key(|(v, _)| (distance(v, denial.0), v.at().clone()));
        let Some(accusation) = accusation else { continue };
        let about = About::Words(w.words(accusation.1.matter).to_string());
        let sides = vec![said(cx, w, accusation), said(cx, w, denial)];
        found.extend(dispute(cx, DisputeSort::Outcome, "dispute.outcome-denial.v1", about, sides, Verdict::Denied));
    }
    found
}

/// Bytes between two statements; some three sentences have 600.
fn distance(a: &Voice, b: &Voice) -> usize {
    a.at().start.abs_diff(b.at().start)
}

fn said(cx: Cx<'_>, w: &Witness<'_>, (v, s): &(&Voice, &Statement)) -> Vec<Claim> {
    let words = w.words(s.item.span()).to_string();
    Claim::of(v.bit(), words, Some(w.holder(cx.dossier, &s.holder).0)).into_iter().collect()
}

/// An incident that one side claims and another denies.
fn incidents(cx: Cx<'_>, w: &Witness<'_>) -> Vec<Dispute> {
    w.reading
        .incidents
        .iter()
        .filter_map(|t| {
            let (claims, denies) = (t.claimed_by?, t.denied_by?);
            let about = About::Words(w.words(t.item.span()).to_string());
            let sides = vec![part(cx, w, t, &claims, ""), part(cx, w, t, &denies, "denied: ")];
            dispute(cx, DisputeSort::Outcome, "dispute.outcome-incident.v1", about, sides, Verdict::Denied)
        })
        .collect()
}

fn part(cx: Cx<'_>, w: &Witness<'_>, t: &Incident, who: &Reference, prefix: &str) -> Vec<Claim> {
    let words = format!("{prefix}{}", w.words(t.item.span()));
    let mut claim = Claim::of(&Bit::of(w, t), words, Some(w.holder(cx.dossier, who).0));
    // the denial is cited with its own words where the incident keeps them
    let own = t.item().evidence().find(|e| e.span.contains(who.span)).copied();
    if let (Some(claim), Some(own)) = (&mut claim, own) {
        claim.cited.evidence = own;
    }
    claim.into_iter().collect()
}
