//! Which statements move a position, to where, and on which day.
//!
//! Only the party's authorised voice moves it: its officials on record and its decisions; not threats, accusations,
//! former officials, hearsay or what another party says about it. The rest are kept as statements.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use rapporteur_dossier::{Dossier, Filing, IssueRef, PartyId, PartySort};
use rapporteur_reading::model::{
    Act, Condition, ConditionSort, EntityId, LinkSort, Modality, Polarity, RoleChange, Statement,
};
use rapporteur_text::{ArticleId, Basis, ItemId};

use crate::Witness;
use crate::cx::{At, Bit, Cx, HasBit, days_between};
use crate::history::{corrects, details, restates};
use crate::stance::stance_of;

/// A statement with what the ledger knows about it.
#[derive(Debug, Clone)]
pub(crate) struct Voice {
    bit: Bit,
    pub(crate) party: Option<PartyId>,
    pub(crate) issue: Option<IssueRef>,
    /// Stance of the words alone: a refusal that only lasts may be open in its series.
    pub(crate) stance: Polarity,
    pub(crate) day: Option<(Date, Basis)>,
    /// Whether its day is only known to lie somewhere in a longer time.
    pub(crate) is_vague: bool,
    /// Whether it may move the party's position.
    pub(crate) moves: bool,
    /// Whether it is a refusal that ends when its time has come.
    pub(crate) lasts: bool,
    pub(crate) act: Act,
    /// Modality and act; the confidence is the record's.
    pub(crate) modality: Modality,
    /// Words for whom it speaks.
    pub(crate) on_behalf: String,
    /// Words of when it was said.
    pub(crate) said: String,
    /// The proposal it is about, as its article has it.
    pub(crate) proposal: Option<ItemId>,
    pub(crate) point: Option<u32>,
    /// What it gives besides its stance.
    pub(crate) details: BTreeSet<String>,
    /// Whether its sentence says that something before was wrong.
    pub(crate) corrects: bool,
    /// Whether it says of itself that its holder stands where he stood.
    pub(crate) restates: bool,
}

impl HasBit for Voice {
    fn bit(&self) -> &Bit {
        &self.bit
    }
}

impl Voice {
    /// Reporting it rests on.
    pub(crate) fn origin<'b>(&'b self, cx: &Cx<'b>) -> &'b ArticleId {
        cx.origins.of(self.article())
    }

    /// What puts statements in order: by day (unknown last), article and place.
    pub(crate) fn order(&self) -> (bool, Option<Date>, &Arc<At>) {
        (self.day.is_none(), self.day.map(|d| d.0), self.at())
    }
}

/// All statements of an article with what the ledger knows about them, in the order of the reading.
pub(crate) fn voices(dossier: &Dossier, w: &Witness<'_>) -> Vec<Voice> {
    let former = former_officials(w);
    w.reading.statements.iter().enumerate().map(|(number, s)| voice(dossier, w, number, s, &former)).collect()
}

fn voice(dossier: &Dossier, w: &Witness<'_>, number: usize, s: &Statement, former: &BTreeSet<EntityId>) -> Voice {
    // of what names a paper, an issue that is only guessed says nothing
    let issue = w.resolution.statements.get(number).and_then(Option::as_ref);
    let issue = issue.filter(|i| s.proposal.is_none() || i.how > Filing::Guessed);
    let party = s
        .on_behalf_of
        .as_ref()
        .and_then(|r| w.party_of(r))
        .or_else(|| w.party_of(&s.holder))
        .filter(|p| dossier.party(p).is_none_or(|p| p.sort != PartySort::Place))
        .cloned();
    let bit = Bit::of(w, s);
    let (day, is_vague) = day_of(s, bit.published());
    let is_former = s.holder.entity.is_some_and(|e| former.contains(&e));
    // the stance that a person gave it
    let by_hand = w.resolution.stances.get(s.item.id()).copied();
    let stance = by_hand.unwrap_or_else(|| stance_of(s, issue));
    let moves = party.is_some()
        && stance != Polarity::None
        && s.named
        && s.modality != Modality::Hedged
        && issue.is_none_or(|i| i.how > Filing::Guessed)
        && !is_former
        && !matches!(s.act, Act::Threaten | Act::Warn | Act::Accuse | Act::Deny)
        && !is_relayed_by_another(w, s, party.as_ref());
    Voice {
        bit,
        issue: issue.cloned(),
        stance,
        day,
        is_vague,
        moves,
        lasts: by_hand.is_none() && lasts(s, stance),
        act: s.act,
        modality: s.modality,
        on_behalf: w.words(s.on_behalf_of.unwrap_or(s.holder).span).to_string(),
        said: s.said.as_written.clone(),
        proposal: s.proposal.and_then(|p| Some(w.reading.proposals.get(p)?.item.id().clone())),
        point: s.point,
        details: if moves { details(w, number, s) } else { BTreeSet::new() },
        corrects: moves && corrects(w, s.item.sentence()),
        restates: moves && restates(w, s),
        party,
    }
}

/// Entities that an article calls former holders of their office.
fn former_officials(w: &Witness<'_>) -> BTreeSet<EntityId> {
    let gone = |c: RoleChange| matches!(c, RoleChange::Former | RoleChange::Left);
    let holds: BTreeSet<EntityId> =
        w.reading.roles.iter().filter(|r| !gone(r.change)).filter_map(|r| r.person.entity).collect();
    let left = w.reading.roles.iter().filter(|r| gone(r.change)).filter_map(|r| r.person.entity);
    left.filter(|e| !holds.contains(e)).collect()
}

/// Whether the words reach us through an unnamed source, a document of unknown day, or another party.
fn is_relayed_by_another(w: &Witness<'_>, s: &Statement, party: Option<&PartyId>) -> bool {
    s.chain.iter().any(|link| match link.sort {
        LinkSort::Unnamed => true,
        LinkSort::Document => s.said.is_unknown(),
        LinkSort::Outlet | LinkSort::Agency => false,
        LinkSort::Party | LinkSort::Person => {
            let who = w.resolved(link.entity).and_then(|r| r.party.as_ref());
            link.entity != s.holder.entity && who.is_some() && who != party
        }
    })
}

/// When it was said, else when it was published; and whether that is only somewhere in a longer time.
fn day_of(s: &Statement, published: Option<Date>) -> (Option<(Date, Basis)>, bool) {
    let said = &s.said;
    let known = if said.basis == Basis::Inferred { None } else { said.first_day() };
    // "has previously said": some day before, and nobody tells which
    let words = said.as_written.to_lowercase();
    let is_before = said.is_unknown() && ["previously", "formerly", "in the past"].iter().any(|w| words.ends_with(w));
    match (known, said.last_day()) {
        (None, None) if is_before => (None, false),
        (Some(from), Some(to)) => (Some((from, said.basis)), days_between(from, to) > 10),
        (Some(from), None) => (Some((from, said.basis)), true),
        _ => (published.map(|d| (d, Basis::Published)), false),
    }
}

/// "not while", "not before", "not until": a refusal that ends when its time has come.
fn lasts(s: &Statement, stance: Polarity) -> bool {
    let ends = |c: &Condition| {
        matches!(c.sort, ConditionSort::Until | ConditionSort::Before | ConditionSort::OnlyIf | ConditionSort::After)
    };
    s.polarity == Polarity::Against && stance == Polarity::Against && s.conditions.iter().any(ends)
}

/// For each statement of one party on one issue, in order, whether it is a refusal that only lasts by a party that has
/// said it would agree afterwards: the newest plain stance it took before is open.
pub(crate) fn lasting_refusals(all: &[&Voice]) -> Vec<bool> {
    let mut newest: Option<(Polarity, Date)> = None;
    // on one day, what is plain comes first, so that "not before that, but then yes" is read as a whole
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|i| (all[*i].day.is_none(), all[*i].day.map(|d| d.0), all[*i].lasts, *i));
    let mut found = vec![false; all.len()];
    for i in order {
        let v = all[i];
        let Some((day, _)) = v.day else { continue };
        if v.lasts {
            found[i] = newest.is_some_and(|(stance, _)| stance == Polarity::Open);
        } else if v.moves {
            let open_today = newest == Some((Polarity::Open, day));
            if !(open_today && v.stance == Polarity::Against) {
                newest = Some((v.stance, day));
            }
        }
    }
    found
}
