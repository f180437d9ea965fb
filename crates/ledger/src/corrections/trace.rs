//! What each correction came to, and which records it touched.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_dossier::{CorrectionId, Corrections, Decision, Fate, NameOutcome};
use rapporteur_text::ItemId;

use super::plan::Touched;
use crate::Ledger;

/// What a correction came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It holds for these items, names or corrections.
    Applied(Vec<String>),
    /// A later correction on the same fields holds instead.
    Overruled(CorrectionId),
    /// It was undone.
    Undone(CorrectionId),
    /// What it is about is not there. What stands in the same sentence now, where that is known.
    Gone(Vec<ItemId>),
    /// It cannot be done, and why.
    Unfit(String),
}

impl Outcome {
    /// As written in records.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Applied(_) => "applied",
            Self::Overruled(_) => "overruled",
            Self::Undone(_) => "undone",
            Self::Gone(_) => "gone",
            Self::Unfit(_) => "unfit",
        }
    }
}

/// What all corrections came to. One whose item is gone is listed, not dropped.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Trace {
    /// Outcomes in the order of [`Corrections::all`].
    pub outcomes: Vec<Outcome>,
    /// For each item, article, party or person that a correction holds for, those corrections, in order of time.
    pub touched: BTreeMap<String, Vec<CorrectionId>>,
}

impl Trace {
    /// Puts together what was done to names (by [`correct_names`](rapporteur_dossier::correct_names)) and in each article.
    /// The order of the articles changes nothing.
    pub fn of<'t>(
        corrections: &Corrections,
        names: &BTreeMap<usize, NameOutcome>,
        articles: impl IntoIterator<Item = &'t Touched>,
    ) -> Self {
        let mut all = Gathered::default();
        articles.into_iter().for_each(|t| all.add(t));
        let mut trace = Self::default();
        let id = |number: usize| corrections.all().get(number).map(|c| c.id.clone()).unwrap_or_default();
        for (number, (correction, fate)) in corrections.all().iter().zip(corrections.fates()).enumerate() {
            let outcome = match (fate, &correction.decision) {
                (Fate::Undone(by), _) => Outcome::Undone(by.clone()),
                (Fate::NothingToUndo(_), _) => Outcome::Gone(Vec::new()),
                (Fate::Holds, Decision::Undo { correction }) => Outcome::Applied(vec![correction.to_string()]),
                (Fate::Holds, Decision::Merge { .. } | Decision::Split { .. }) => match names.get(&number) {
                    Some(NameOutcome::Applied(ids)) => Outcome::Applied(ids.clone()),
                    Some(NameOutcome::Overruled(by)) => Outcome::Overruled(id(*by)),
                    Some(NameOutcome::Unfit(why)) => Outcome::Unfit(why.clone()),
                    Some(NameOutcome::Gone) | None => Outcome::Gone(Vec::new()),
                },
                (Fate::Holds, _) => all.outcome(number, &id),
            };
            if let Outcome::Applied(ids) = &outcome {
                for touched in ids {
                    trace.touched.entry(touched.clone()).or_default().push(correction.id.clone());
                }
            }
            trace.outcomes.push(outcome);
        }
        trace
    }

    /// The same, saying of corrections that name a merged record which items it was merged from.
    #[must_use]
    pub fn with_merged(mut self, corrections: &Corrections, ledger: &Ledger) -> Self {
        let merged: BTreeMap<&ItemId, &[ItemId]> =
            ledger.merged().map(|(_, m)| (&m.id, m.members.as_slice())).collect();
        for (outcome, correction) in self.outcomes.iter_mut().zip(corrections.all()) {
            let members = correction.decision.item().and_then(|id| merged.get(id));
            if let (Outcome::Gone(_), Some(members)) = (&outcome, members) {
                let members = members.iter().map(|m| format!("`{m}`")).collect::<Vec<_>>().join(", ");
                *outcome = Outcome::Unfit(format!("it names a merged record: correct its members ({members})"));
            }
        }
        self
    }

    /// The corrections that hold for a record of this id or made of these members.
    pub fn of_record<'t>(&self, id: &'t str, members: impl IntoIterator<Item = &'t str>) -> Vec<&CorrectionId> {
        let ids = std::iter::once(id).chain(members);
        let all = ids.filter_map(|i| self.touched.get(i)).flatten();
        let mut seen = BTreeSet::new();
        all.filter(|c| seen.insert(*c)).collect()
    }
}

/// What was done in all articles, by correction.
#[derive(Default)]
struct Gathered {
    items: BTreeMap<usize, BTreeSet<String>>,
    overruled: BTreeMap<usize, usize>,
    unfit: BTreeMap<usize, BTreeSet<String>>,
    near: BTreeMap<usize, BTreeSet<ItemId>>,
}

impl Gathered {
    fn add(&mut self, touched: &Touched) {
        for (item, number) in &touched.items {
            self.items.entry(*number).or_default().insert(item.to_string());
        }
        self.overruled.extend(touched.overruled.iter().copied());
        for (number, why) in &touched.unfit {
            self.unfit.entry(*number).or_default().insert(why.clone());
        }
        for (number, item) in &touched.near {
            self.near.entry(*number).or_default().insert(item.clone());
        }
    }

    fn outcome(&self, number: usize, id: &impl Fn(usize) -> CorrectionId) -> Outcome {
        if let Some(by) = self.overruled.get(&number) {
            return Outcome::Overruled(id(*by));
        }
        if let Some(why) = self.unfit.get(&number) {
            return Outcome::Unfit(why.iter().cloned().collect::<Vec<_>>().join("; "));
        }
        match self.items.get(&number) {
            Some(items) => Outcome::Applied(items.iter().cloned().collect()),
            None => Outcome::Gone(self.near.get(&number).into_iter().flatten().cloned().collect()),
        }
    }
}
