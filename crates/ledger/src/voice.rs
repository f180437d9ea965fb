//! Which statements move a position, to where, and on which day.
//!
//! Only the party's authorised voice moves it: its officials on record and its decisions; not threats, accusations,
//! former officials, hearsay or what another party says about it. The rest are kept as statements.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rapporteur_dossier::{IssueRef, PartyId, PartySort};
use rapporteur_reading::model::{
    Act, Condition, ConditionSort, EntityId, LinkSort, Modality, Polarity, RoleChange, Statement,
};
use rapporteur_text::{Basis, ItemId};

use crate::cx::{Cx, Told};
use crate::stance::stance_of;

/// A statement with what the ledger knows about it.
#[derive(Clone)]
pub(crate) struct Voice<'a> {
    pub(crate) told: Told<'a, Statement>,
    pub(crate) party: Option<PartyId>,
    pub(crate) issue: Option<&'a IssueRef>,
    pub(crate) stance: Polarity,
    pub(crate) day: Option<(Date, Basis)>,
    /// Whether its day is only known to lie somewhere in a longer time.
    pub(crate) is_vague: bool,
    /// Whether it may move the party's position.
    pub(crate) moves: bool,
}

impl Voice<'_> {
    pub(crate) fn statement(&self) -> &Statement {
        self.told.record
    }

    /// Reporting it rests on.
    pub(crate) fn origin<'b>(&'b self, cx: &'b Cx<'_>) -> &'b rapporteur_text::ArticleId {
        cx.origins.of(self.told.article())
    }
}

/// All statements, by day (unknown last), article and place.
pub(crate) fn voices<'a>(cx: &Cx<'a>) -> Vec<Voice<'a>> {
    let former = former_officials(cx);
    let mut all: Vec<Voice<'a>> =
        cx.told(|w| &w.reading.statements).into_iter().map(|t| voice(cx, t, &former)).collect();
    all.sort_by(|a, b| {
        let key = |v: &Voice<'a>| (v.day.is_none(), v.day.map(|d| d.0));
        key(a).cmp(&key(b)).then_with(|| a.told.order().cmp(&b.told.order()))
    });
    let lasting = lasting_refusals(&all);
    for (v, open) in all.iter_mut().zip(lasting) {
        if open {
            v.stance = Polarity::Open;
        }
    }
    all
}

/// The stance of every statement.
pub(crate) fn stances(voices: &[Voice<'_>]) -> BTreeMap<ItemId, Polarity> {
    voices.iter().map(|v| (v.told.id().clone(), v.stance)).collect()
}

fn voice<'a>(cx: &Cx<'a>, told: Told<'a, Statement>, former: &BTreeSet<(usize, EntityId)>) -> Voice<'a> {
    let s = told.record;
    let issue = told.w.resolution.statements.get(told.number).and_then(Option::as_ref);
    let party = s
        .on_behalf_of
        .as_ref()
        .and_then(|r| told.w.party_of(r))
        .or_else(|| told.w.party_of(&s.holder))
        .filter(|p| cx.dossier.party(p).is_none_or(|p| p.sort != PartySort::Place))
        .cloned();
    let (day, is_vague) = day_of(&told);
    let at = cx.witnesses.binary_search_by(|w| w.article.id.cmp(told.article())).unwrap_or(usize::MAX);
    let is_former = s.holder.entity.is_some_and(|e| former.contains(&(at, e)));
    let stance = set_by_hand(&told).unwrap_or_else(|| stance_of(s, issue));
    let moves = party.is_some()
        && stance != Polarity::None
        && s.named
        && s.modality != Modality::Hedged
        && issue.is_none_or(|i| i.sure)
        && !is_former
        && !matches!(s.act, Act::Threaten | Act::Warn | Act::Accuse | Act::Deny)
        && !is_relayed_by_another(&told, party.as_ref());
    Voice { told, party, issue, stance, day, is_vague, moves }
}

/// The stance that a person gave it.
fn set_by_hand(told: &Told<'_, Statement>) -> Option<Polarity> {
    told.w.resolution.stances.get(told.id()).copied()
}

/// Entities that an article calls former holders of their office.
fn former_officials(cx: &Cx<'_>) -> BTreeSet<(usize, EntityId)> {
    let gone = |c: RoleChange| matches!(c, RoleChange::Former | RoleChange::Left);
    let mut found = BTreeSet::new();
    for (at, w) in cx.witnesses.iter().enumerate() {
        let holds: BTreeSet<EntityId> =
            w.reading.roles.iter().filter(|r| !gone(r.change)).filter_map(|r| r.person.entity).collect();
        let left = w.reading.roles.iter().filter(|r| gone(r.change)).filter_map(|r| r.person.entity);
        found.extend(left.filter(|e| !holds.contains(e)).map(|e| (at, e)));
    }
    found
}

/// Whether the words reach us through an unnamed source, a document of unknown day, or another party.
fn is_relayed_by_another(told: &Told<'_, Statement>, party: Option<&PartyId>) -> bool {
    let s = told.record;
    s.chain.iter().any(|link| match link.sort {
        LinkSort::Unnamed => true,
        LinkSort::Document => s.said.is_unknown(),
        LinkSort::Outlet | LinkSort::Agency => false,
        LinkSort::Party | LinkSort::Person => {
            let who = told.w.resolved(link.entity).and_then(|r| r.party.as_ref());
            link.entity != s.holder.entity && who.is_some() && who != party
        }
    })
}

/// When it was said, else when it was published; and whether that is only somewhere in a longer time.
fn day_of(told: &Told<'_, Statement>) -> (Option<(Date, Basis)>, bool) {
    let said = &told.record.said;
    let known = if said.basis == Basis::Inferred { None } else { said.first_day() };
    match (known, said.last_day()) {
        (Some(from), Some(to)) => (Some((from, said.basis)), crate::cx::days_between(from, to) > 10),
        (Some(from), None) => (Some((from, said.basis)), true),
        _ => (told.published().map(|d| (d, Basis::Published)), false),
    }
}

/// For each statement, whether it is a refusal that only lasts by a party that has said it would agree afterwards: the
/// newest plain stance it took before is open. `all` is in order of day.
fn lasting_refusals(all: &[Voice<'_>]) -> Vec<bool> {
    let mut newest: BTreeMap<(&PartyId, &str), (Polarity, Date)> = BTreeMap::new();
    // on one day, what is plain comes first, so that "not before that, but then yes" is read as a whole
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|i| (all[*i].day.is_none(), all[*i].day.map(|d| d.0), lasts(&all[*i]), *i));
    let mut found = vec![false; all.len()];
    for i in order {
        let v = &all[i];
        let (Some(party), Some(issue), Some((day, _))) = (&v.party, v.issue, v.day) else { continue };
        let key = (party, issue.id.as_str());
        if lasts(v) {
            found[i] = newest.get(&key).is_some_and(|(stance, _)| *stance == Polarity::Open);
        } else if v.moves {
            let open_today = newest.get(&key).is_some_and(|(s, d)| *s == Polarity::Open && *d == day);
            if !(open_today && v.stance == Polarity::Against) {
                newest.insert(key, (v.stance, day));
            }
        }
    }
    found
}

/// "not while", "not before", "not until": a refusal that ends when its time has come.
fn lasts(v: &Voice<'_>) -> bool {
    let ends = |c: &Condition| {
        matches!(c.sort, ConditionSort::Until | ConditionSort::Before | ConditionSort::OnlyIf | ConditionSort::After)
    };
    v.statement().polarity == Polarity::Against
        && v.stance == Polarity::Against
        && set_by_hand(&v.told).is_none()
        && v.statement().conditions.iter().any(ends)
}
