//! Statuses, incidents and deadlines over all articles.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rapporteur_reading::model::{
    Deadline as DeadlineMention, DeadlineState, Incident as IncidentMention, Reference, Status as StatusMention,
};
use rapporteur_text::{ItemId, When};

use crate::Named;
use crate::cx::{Cx, Told, commonest, content_words, days, days_between, merged, said_or_published};
use crate::model::{Deadline, Incident, Proposal, Status};
use crate::tabled::tabled;

/// Statuses: one for each issue (or proposal and point), status and claimant, and one for each point that is tabled.
pub(crate) fn statuses(cx: &Cx<'_>, proposals: &[Proposal], proposal_of: &BTreeMap<ItemId, ItemId>) -> Vec<Status> {
    let mut groups: BTreeMap<String, Vec<Told<'_, StatusMention>>> = BTreeMap::new();
    for t in cx.told(|w| &w.reading.statuses) {
        let claimant = t.record.according_to.map(|r| t.w.holder(cx.dossier, &r).0.key()).unwrap_or_default();
        let about = about(cx, &t, proposal_of);
        groups.entry(format!("{about}\t{}\t{claimant}", t.record.status.as_str())).or_default().push(t);
    }
    let mut all: Vec<Status> = groups.into_values().filter_map(|g| status(cx, &g, proposal_of)).collect();
    all.extend(tabled(cx, proposals, proposal_of));
    all.sort_by(|a, b| {
        (a.said.from.is_none(), a.said.from, &a.merged.id).cmp(&(b.said.from.is_none(), b.said.from, &b.merged.id))
    });
    all
}

/// Issue, else proposal and point, else the words, else the whole.
fn about(cx: &Cx<'_>, t: &Told<'_, StatusMention>, proposal_of: &BTreeMap<ItemId, ItemId>) -> String {
    if let Some(issue) = issue(cx, t) {
        return issue.id;
    }
    if let Some(p) = proposal(t, proposal_of) {
        return format!("{p}\t{:?}", t.record.point);
    }
    t.record.matter.map_or_else(String::new, |m| content_words(t.w.words(m)).into_iter().collect::<Vec<_>>().join(" "))
}

fn issue(cx: &Cx<'_>, t: &Told<'_, StatusMention>) -> Option<Named> {
    let words = t.record.matter.map_or("", |m| t.w.words(m));
    t.w.resolution.statuses.get(t.number)?.as_ref().map(|i| Named::issue(cx.dossier, i, words))
}

fn proposal(t: &Told<'_, StatusMention>, proposal_of: &BTreeMap<ItemId, ItemId>) -> Option<ItemId> {
    proposal_of.get(t.w.reading.proposals.get(t.record.proposal?)?.item.id()).cloned()
}

fn status(cx: &Cx<'_>, group: &[Told<'_, StatusMention>], proposal_of: &BTreeMap<ItemId, ItemId>) -> Option<Status> {
    let first = group.first()?;
    let issue = issue(cx, first).or_else(|| {
        // words that stand for no issue of the dossier are kept as they are
        let words = first.w.words(first.record.matter?);
        proposal(first, proposal_of)
            .is_none()
            .then(|| Named::unresolved(rapporteur_reading::model::RefKind::Issue, words))
    });
    let claimants = group.iter().filter_map(|t| Some(t.w.holder(cx.dossier, &t.record.according_to?).0));
    let according_to = commonest(claimants);
    let parts = [
        issue.as_ref().map_or("", |i| i.id.as_str()),
        first.record.status.as_str(),
        according_to.as_ref().map_or("", |a| a.id.as_str()),
    ];
    let said = group.iter().map(|t| said_or_published(&t.record.said, &t.w)).filter(|w| !w.is_unknown());
    Some(Status {
        merged: merged("status", "status.issue-claimant.v1", &parts, group),
        proposal: group.iter().find_map(|t| proposal(t, proposal_of)),
        point: group.iter().find_map(|t| t.record.point),
        status: first.record.status,
        percent: group.iter().filter_map(|t| t.record.percent).next_back(),
        said: said.max_by_key(|w| (w.from, w.to, w.as_written.clone())).unwrap_or_default(),
        according_to,
        issue,
    })
}

/// Incidents: the same kind on the same days, with nothing that speaks against it.
pub(crate) fn incidents(cx: &Cx<'_>) -> Vec<Incident> {
    let mut groups: Vec<Vec<Told<'_, IncidentMention>>> = Vec::new();
    let mut mentions = cx.told(|w| &w.reading.incidents);
    // what is only denied comes after what is told
    mentions.sort_by_key(|t| (is_only_denied(t), days(&t.record.when).is_none(), days(&t.record.when), t.order()));
    for told in mentions {
        let denied = is_only_denied(&told).then(|| denied_incident(&groups, &told)).flatten();
        match denied.or_else(|| groups.iter().position(|g| g.iter().any(|t| same_incident(cx, t, &told)))) {
            Some(i) => groups[i].push(told),
            None => groups.push(vec![told]),
        }
    }
    let mut all: Vec<Incident> = groups.iter().filter_map(|g| incident(cx, g)).collect();
    all.sort_by(|a, b| {
        (a.when.from.is_none(), a.when.from, &a.merged.id).cmp(&(b.when.from.is_none(), b.when.from, &b.merged.id))
    });
    all
}

/// A denial that says neither who did it nor who says so.
fn is_only_denied(t: &Told<'_, IncidentMention>) -> bool {
    t.record.denied_by.is_some() && t.record.actor.is_none() && t.record.claimed_by.is_none()
}

/// The one incident of its kind told in the days before, where there is one only.
fn denied_incident(groups: &[Vec<Told<'_, IncidentMention>>], told: &Told<'_, IncidentMention>) -> Option<usize> {
    let near = |t: &Told<'_, IncidentMention>| match (t.published(), told.published()) {
        (Some(a), Some(b)) => (0..=7).contains(&days_between(a, b)),
        _ => false,
    };
    let fits = |g: &Vec<Told<'_, IncidentMention>>| {
        g.iter().any(|t| t.record.sort == told.record.sort && !is_only_denied(t) && near(t))
    };
    let mut all = groups.iter().enumerate().filter(|(_, g)| fits(g)).map(|(i, _)| i);
    all.next().filter(|_| all.next().is_none())
}

fn same_incident(cx: &Cx<'_>, a: &Told<'_, IncidentMention>, b: &Told<'_, IncidentMention>) -> bool {
    let (x, y) = (a.record, b.record);
    let one = |x: &Option<Reference>, y: &Option<Reference>| match (x, y) {
        (Some(p), Some(q)) => Some(a.w.holder(cx.dossier, p).0.key() == b.w.holder(cx.dossier, q).0.key()),
        _ => None,
    };
    let (actor, target, place) = (one(&x.actor, &y.actor), one(&x.target, &y.target), one(&x.place, &y.place));
    if x.sort != y.sort || actor == Some(false) || place == Some(false) && actor != Some(true) {
        return false;
    }
    let known = [actor, target, place].contains(&Some(true));
    match (days(&x.when), days(&y.when)) {
        (Some(p), Some(q)) => known && days_between(p.1, q.0).max(days_between(q.1, p.0)) <= 1,
        // the same incident again in the same article
        _ => known && a.article() == b.article(),
    }
}

fn incident(cx: &Cx<'_>, group: &[Told<'_, IncidentMention>]) -> Option<Incident> {
    let first = group.first()?;
    let pick = |of: fn(&IncidentMention) -> Option<Reference>| {
        commonest(group.iter().filter_map(|t| Some(t.w.holder(cx.dossier, &of(t.record)?).0)))
    };
    let (actor, target) = (pick(|i| i.actor), pick(|i| i.target));
    let parts = [actor.as_ref().map_or("", |a| a.id.as_str()), target.as_ref().map_or("", |a| a.id.as_str())];
    Some(Incident {
        merged: merged("incident", "incident.sort-day-actor.v1", &parts, group),
        sort: first.record.sort,
        place: commonest(group.iter().filter_map(|t| Some(t.w.named(cx.dossier, &t.record.place?)))),
        when: group.iter().map(|t| &t.record.when).find(|w| !w.is_unknown()).cloned().unwrap_or_default(),
        claimed_by: pick(|i| i.claimed_by),
        denied_by: pick(|i| i.denied_by),
        actor,
        target,
    })
}

/// Deadlines: the same day for the same matter is one; what is said of it last counts.
pub(crate) fn deadlines(cx: &Cx<'_>) -> Vec<Deadline> {
    let mut groups: BTreeMap<(Option<(Date, Date)>, bool), Vec<Vec<Told<'_, DeadlineMention>>>> = BTreeMap::new();
    for t in cx.told(|w| &w.reading.deadlines) {
        let has_passed = t.record.state == DeadlineState::Passed;
        let same_day = groups.entry((days(&t.record.when), has_passed)).or_default();
        match same_day.iter_mut().find(|g| g.iter().any(|o| same_deadline(o, &t))) {
            Some(group) => group.push(t),
            None => same_day.push(vec![t]),
        }
    }
    let groups: Vec<Vec<Told<'_, DeadlineMention>>> = groups.into_values().flatten().collect();
    let mut all: Vec<Deadline> = groups.iter().filter_map(|g| deadline(cx, g)).collect();
    let known: Vec<(Option<(Date, Date)>, ItemId)> = all.iter().map(|d| (days(&d.when), d.merged.id.clone())).collect();
    for (d, group) in all.iter_mut().zip(&groups) {
        let to = group.iter().find_map(|t| days(&t.record.moved_to));
        d.moved_to =
            known.iter().find(|(day, id)| to.is_some() && *day == to && *id != d.merged.id).map(|(_, id)| id.clone());
    }
    all.sort_by(|a, b| {
        (a.when.from.is_none(), a.when.from, &a.merged.id).cmp(&(b.when.from.is_none(), b.when.from, &b.merged.id))
    });
    all
}

fn same_deadline(a: &Told<'_, DeadlineMention>, b: &Told<'_, DeadlineMention>) -> bool {
    let words =
        |t: &Told<'_, DeadlineMention>| t.record.matter.map_or_else(BTreeSet::new, |m| content_words(t.w.words(m)));
    let (x, y) = (words(a), words(b));
    let dated = days(&a.record.when).is_some_and(|(p, q)| days_between(p, q) <= 3);
    dated || x.is_empty() || y.is_empty() || !x.is_disjoint(&y)
}

fn deadline(cx: &Cx<'_>, group: &[Told<'_, DeadlineMention>]) -> Option<Deadline> {
    let by = commonest(group.iter().filter_map(|t| Some(t.w.holder(cx.dossier, &t.record.by?).0)));
    let last = group.iter().max_by_key(|t| t.order())?;
    let matters = group.iter().filter_map(|t| Some(t.w.words(t.record.matter?)));
    let when = group.iter().map(|t| t.record.when.clone()).min_by_key(|w| (w.basis, w.as_written.clone()));
    Some(Deadline {
        merged: merged("deadline", "deadline.day-matter.v1", &[by.as_ref().map_or("", |b| b.id.as_str())], group),
        matter: crate::cx::mode(matters).unwrap_or_default().to_string(),
        when: when.unwrap_or_else(When::unknown),
        state: last.record.state,
        moved_to: None,
        by,
    })
}
