//! Deadlines over all articles: the same day for the same matter is one; what is said of it last counts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use rapporteur_dossier::Dossier;
use rapporteur_reading::model::{Deadline as Record, DeadlineState};
use rapporteur_text::{ArticleId, ItemId, When};

use crate::cx::{At, Bit, HasBit, commonest, content_words, days, days_between, merged, mode};
use crate::links::{Linked, Links};
use crate::list::{Changed, apply};
use crate::model::{Deadline, Ledger};
use crate::near::Window;
use crate::shelf::{Change, Made};
use crate::{Named, Witness};

type Days = Option<(Date, Date)>;

/// A deadline as one article has it.
pub(crate) struct Mention {
    bit: Bit,
    by: Option<Named>,
    matter: Option<String>,
    words: BTreeSet<String>,
    when: When,
    state: DeadlineState,
    moved_to: Days,
}

impl HasBit for Mention {
    fn bit(&self) -> &Bit {
        &self.bit
    }
}

impl Mention {
    fn of(dossier: &Dossier, w: &Witness<'_>, d: &Record) -> Self {
        let matter = d.matter.map(|m| w.words(m).to_string());
        Self {
            bit: Bit::of(w, d),
            by: d.by.map(|r| w.holder(dossier, &r).0),
            words: matter.as_deref().map(content_words).unwrap_or_default(),
            matter,
            when: d.when.clone(),
            state: d.state,
            moved_to: days(&d.moved_to),
        }
    }

    fn has_passed(&self) -> bool {
        self.state == DeadlineState::Passed
    }
}

impl Links for Mention {
    type Order = (Days, bool, Arc<At>);
    type Mark = (Days, bool, Option<String>);

    fn order(&self) -> Self::Order {
        (days(&self.when), self.has_passed(), self.at().clone())
    }

    fn marks(&self) -> Vec<(Self::Mark, Option<Date>)> {
        let mark = |word| ((days(&self.when), self.has_passed(), word), None);
        let wordless = self.words.is_empty().then(String::new);
        // each also under no word at all, for those that are linked to any of their day
        self.words.iter().cloned().chain(wordless).map(Some).chain([None]).map(mark).collect()
    }

    fn looks(&self) -> Vec<(Self::Mark, Window)> {
        let mark = |word| ((days(&self.when), self.has_passed(), word), Window::All);
        if self.words.is_empty() || self.is_short() {
            return vec![mark(None)];
        }
        let without = std::iter::once(String::new());
        self.words.iter().cloned().chain(without).map(|w| mark(Some(w))).collect()
    }

    fn is_linked(&self, other: &Self) -> bool {
        // of those whose day nobody tells, the day they were moved to says which is meant
        days(&self.when) == days(&other.when)
            && (days(&self.when).is_some() || self.moved_to == other.moved_to)
            && self.has_passed() == other.has_passed()
            && (self.is_short()
                || self.words.is_empty()
                || other.words.is_empty()
                || !self.words.is_disjoint(&other.words))
    }
}

impl Mention {
    /// Whether the day alone tells which deadline is meant.
    fn is_short(&self) -> bool {
        days(&self.when).is_some_and(|(a, b)| days_between(a, b) <= 3)
    }
}

/// All deadlines.
#[derive(Default)]
pub(crate) struct Deadlines {
    mentions: Linked<Mention>,
    made: Made<Founder, Deadline>,
    /// Those that were moved, with their new days.
    moved: BTreeMap<Founder, (Date, Date)>,
}

type Founder = <Mention as Links>::Order;

impl Deadlines {
    pub(crate) fn add(&mut self, dossier: &Dossier, w: &Witness<'_>) {
        w.reading.deadlines.iter().for_each(|d| self.mentions.add(Mention::of(dossier, w, d)));
    }

    pub(crate) fn remove(&mut self, article: &ArticleId) {
        self.mentions.remove(article);
    }

    pub(crate) fn settle(&mut self, ledger: &mut Ledger, changed: &mut Changed) {
        let mut changes = Vec::new();
        let founders = self.mentions.settle();
        if founders.is_empty() {
            return;
        }
        for founder in founders {
            let members = self.mentions.members(&founder);
            match members.iter().find_map(|t| t.moved_to) {
                Some(to) => self.moved.insert(founder.clone(), to),
                None => self.moved.remove(&founder),
            };
            let new = deadline(&members);
            changes.extend(self.made.put(founder, new));
        }
        self.link_moved(&mut changes);
        changes.retain(|c| c.old != c.new);
        apply(&mut ledger.deadlines, changes, changed);
    }

    /// Ties a deadline that was moved to the one on its new day.
    fn link_moved(&mut self, changes: &mut Vec<Change<Founder, Deadline>>) {
        let of_day = |days: (Date, Date)| {
            let first = (Some(days), false, Arc::new(At::first()));
            self.made.range(first..).take_while(move |(f, _)| f.0 == Some(days))
        };
        let linked: Vec<(Founder, Option<ItemId>)> = self
            .moved
            .iter()
            .filter_map(|(founder, to)| {
                let own = self.made.get(founder)?;
                let other = of_day(*to).find(|(_, d)| d.merged.id != own.merged.id);
                let id = other.map(|(_, d)| d.merged.id.clone());
                (own.moved_to != id).then(|| (founder.clone(), id))
            })
            .collect();
        for (founder, id) in linked {
            let Some(mut new) = self.made.get(&founder).cloned() else { continue };
            new.moved_to = id;
            let Some(change) = self.made.put(founder, Some(new)) else { continue };
            match changes.iter_mut().find(|c| c.key == change.key) {
                Some(earlier) => earlier.new = change.new,
                None => changes.push(change),
            }
        }
    }
}

fn deadline(group: &[&Mention]) -> Option<Deadline> {
    let by = commonest(group.iter().filter_map(|t| t.by.clone()));
    let last = group.iter().max_by_key(|t| t.at())?;
    let matters = group.iter().filter_map(|t| t.matter.as_deref());
    let when = group.iter().map(|t| &t.when).min_by_key(|w| (w.basis, &w.as_written));
    Some(Deadline {
        merged: merged("deadline", "deadline.day-matter.v1", &[by.as_ref().map_or("", |b| b.id.as_str())], group),
        matter: mode(matters).unwrap_or_default().to_string(),
        when: when.cloned().unwrap_or_else(When::unknown),
        state: last.state,
        moved_to: None,
        by,
    })
}
