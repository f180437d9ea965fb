//! Incidents over all articles: the same kind on the same days, with nothing that speaks against it.

use std::sync::Arc;

use jiff::civil::Date;
use rapporteur_dossier::Dossier;
use rapporteur_reading::model::{Incident as Record, IncidentSort};
use rapporteur_text::{ArticleId, When};

use crate::cx::{At, Bit, HasBit, commonest, days, days_between, later, merged};
use crate::links::{Linked, Links};
use crate::list::{Changed, apply};
use crate::model::{Incident, Ledger};
use crate::near::Window;
use crate::shelf::Made;
use crate::{Named, Witness};

/// A denial that names nobody speaks of the days before it.
const BEFORE: i64 = 7;
/// A time longer than this many days is found with everything of its kind.
const LONG: i64 = 14;

/// An incident as one article has it.
pub(crate) struct Mention {
    bit: Bit,
    sort: IncidentSort,
    actor: Option<Named>,
    target: Option<Named>,
    place: Option<Named>,
    /// The place for the record, people as people.
    site: Option<Named>,
    claimed_by: Option<Named>,
    denied_by: Option<Named>,
    when: When,
    days: Option<(Date, Date)>,
}

impl HasBit for Mention {
    fn bit(&self) -> &Bit {
        &self.bit
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    /// By day: who did it to whom, or where.
    Part(IncidentSort, u8, String),
    Article(ArticleId),
    /// By day of publication.
    Told(IncidentSort),
    Denied(IncidentSort),
}

impl Mention {
    fn of(dossier: &Dossier, w: &Witness<'_>, i: &Record) -> Self {
        let holder = |r: &Option<rapporteur_reading::model::Reference>| r.map(|r| w.holder(dossier, &r).0);
        Self {
            bit: Bit::of(w, i),
            sort: i.sort,
            actor: holder(&i.actor),
            target: holder(&i.target),
            place: holder(&i.place),
            site: i.place.map(|p| w.named(dossier, &p)),
            claimed_by: holder(&i.claimed_by),
            denied_by: holder(&i.denied_by),
            when: i.when.clone(),
            days: days(&i.when),
        }
    }

    /// A denial that says neither who did it nor who says so.
    fn is_only_denied(&self) -> bool {
        self.denied_by.is_some() && self.actor.is_none() && self.claimed_by.is_none()
    }

    /// First day, where the time is short.
    fn short(&self) -> Option<Date> {
        self.days.filter(|(a, b)| days_between(*a, *b) <= LONG).map(|d| d.0)
    }

    fn parts(&self) -> impl Iterator<Item = Mark> {
        let parts = [(0, &self.actor), (1, &self.target), (2, &self.place)];
        parts.into_iter().filter_map(|(n, part)| Some(Mark::Part(self.sort, n, part.as_ref()?.key())))
    }
}

impl Links for Mention {
    type Order = (bool, bool, Option<(Date, Date)>, Arc<At>);
    type Mark = Mark;

    fn order(&self) -> Self::Order {
        // what is only denied comes after what is told
        (self.is_only_denied(), self.days.is_none(), self.days, self.at().clone())
    }

    fn marks(&self) -> Vec<(Mark, Option<Date>)> {
        let mut marks = vec![(Mark::Article(self.article().clone()), None)];
        if self.days.is_some() {
            marks.extend(self.parts().map(|m| (m, self.short())));
        }
        let told = if self.is_only_denied() { Mark::Denied(self.sort) } else { Mark::Told(self.sort) };
        marks.push((told, self.published()));
        marks
    }

    fn looks(&self) -> Vec<(Mark, Window)> {
        let mut looks = vec![(Mark::Article(self.article().clone()), Window::All)];
        if let Some((from, to)) = self.days {
            let near = self.short().map_or(Window::All, |_| Window::DaysOrNone(later(from, -LONG - 1), later(to, 1)));
            looks.extend(self.parts().map(|m| (m, near)));
        }
        looks
    }

    fn is_linked(&self, other: &Self) -> bool {
        let one = |x: &Option<Named>, y: &Option<Named>| Some(x.as_ref()?.key() == y.as_ref()?.key());
        let actor = one(&self.actor, &other.actor);
        let place = one(&self.place, &other.place);
        if self.sort != other.sort || actor == Some(false) || place == Some(false) && actor != Some(true) {
            return false;
        }
        let known = [actor, one(&self.target, &other.target), place].contains(&Some(true));
        match (self.days, other.days) {
            (Some(p), Some(q)) => known && days_between(p.1, q.0).max(days_between(q.1, p.0)) <= 1,
            // the same incident again in the same article
            _ => known && self.article() == other.article(),
        }
    }

    /// The one incident of its kind told in the days before, where there is one only.
    fn leans_on(&self) -> Option<(Mark, Window)> {
        let day = self.published().filter(|_| self.is_only_denied())?;
        Some((Mark::Told(self.sort), Window::Days(later(day, -BEFORE), day)))
    }

    fn supports(&self) -> Option<(Mark, Window)> {
        let day = self.published().filter(|_| !self.is_only_denied())?;
        Some((Mark::Denied(self.sort), Window::Days(day, later(day, BEFORE))))
    }
}

/// All incidents.
#[derive(Default)]
pub(crate) struct Incidents {
    mentions: Linked<Mention>,
    made: Made<<Mention as Links>::Order, Incident>,
}

impl Incidents {
    pub(crate) fn add(&mut self, dossier: &Dossier, w: &Witness<'_>) {
        w.reading.incidents.iter().for_each(|i| self.mentions.add(Mention::of(dossier, w, i)));
    }

    pub(crate) fn remove(&mut self, article: &ArticleId) {
        self.mentions.remove(article);
    }

    pub(crate) fn settle(&mut self, ledger: &mut Ledger, changed: &mut Changed) {
        let founders = self.mentions.settle();
        let mentions = &self.mentions;
        let changes = founders.into_iter().filter_map(|f| self.made.put(f.clone(), incident(&mentions.members(&f))));
        let changes = changes.collect();
        apply(&mut ledger.incidents, changes, changed);
    }
}

fn incident(group: &[&Mention]) -> Option<Incident> {
    let first = group.first()?;
    let pick = |of: fn(&Mention) -> &Option<Named>| commonest(group.iter().filter_map(|t| of(t).clone()));
    let (actor, target) = (pick(|i| &i.actor), pick(|i| &i.target));
    let parts = [actor.as_ref().map_or("", |a| a.id.as_str()), target.as_ref().map_or("", |a| a.id.as_str())];
    Some(Incident {
        merged: merged("incident", "incident.sort-day-actor.v1", &parts, group),
        sort: first.sort,
        place: pick(|i| &i.site),
        when: group.iter().map(|t| &t.when).find(|w| !w.is_unknown()).cloned().unwrap_or_default(),
        claimed_by: pick(|i| &i.claimed_by),
        denied_by: pick(|i| &i.denied_by),
        actor,
        target,
    })
}
