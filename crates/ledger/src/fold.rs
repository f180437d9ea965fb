//! The fold: readings under a dossier become one ledger, one article after the other.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_dossier::{Dossier, PartyId};
use rapporteur_text::{ArticleId, ItemId};

use crate::conditions::{Conditions, deadlocks};
use crate::cx::Cx;
use crate::deadlines::Deadlines;
use crate::disputes::Disputes;
use crate::incidents::Incidents;
use crate::list::{Changed, patch};
use crate::meetings::Meetings;
use crate::model::{Deadlock, Ledger};
use crate::positions::Positions;
use crate::proposals::Proposals;
use crate::statuses::Statuses;
use crate::versions::standing;
use crate::{OriginIndex, Witness, sticking, voice};

/// Folds all readings under a dossier into a ledger. The order of `witnesses` changes nothing; each article counts once.
pub fn fold(dossier: &Dossier, witnesses: &[Witness<'_>]) -> Ledger {
    let mut folder = Folder::new(dossier.clone());
    witnesses.iter().for_each(|w| folder.add(w));
    folder.into_ledger()
}

/// A ledger that articles are added to and taken out of, at the cost of what they touch.
///
/// It keeps what the records are made of, not the texts. The ledger depends on which articles are in it alone: neither on
/// their order nor on how often it was looked at in between. Where a page gets a new version, the articles that it was are others
/// than before ([`mark_versions`](crate::mark_versions)): take them out and add them again.
///
/// ```
/// use rapporteur_article::Article;
/// use rapporteur_dossier::{Dossier, Resolution};
/// use rapporteur_ledger::{Folder, Witness};
/// use rapporteur_reading::Reading;
///
/// let article = Article::from_text("The weavers will not go back to the looms.");
/// let (reading, resolution) = (Reading::default(), Resolution::default());
/// let mut folder = Folder::new(Dossier::default());
/// folder.add(&Witness { article: &article, reading: &reading, resolution: &resolution });
/// assert_eq!(folder.ledger().origins.count(), 1);
/// assert!(folder.changed().articles.contains(&article.id));
/// assert!(folder.remove(&article.id));
/// assert_eq!(folder.ledger().origins.count(), 0);
/// ```
#[derive(Default)]
pub struct Folder {
    dossier: Dossier,
    ledger: Ledger,
    articles: BTreeSet<ArticleId>,
    origins: OriginIndex,
    /// Whose origin, copy or story may be another than the ledger has.
    moved: BTreeSet<ArticleId>,
    /// Taken out since the ledger was last brought up to date.
    gone: BTreeSet<ArticleId>,
    is_settled: bool,
    positions: Positions,
    conditions: Conditions,
    proposals: Proposals,
    statuses: Statuses,
    meetings: Meetings,
    incidents: Incidents,
    deadlines: Deadlines,
    disputes: Disputes,
    changed: Changed,
}

impl Folder {
    /// An empty ledger under a dossier.
    pub fn new(dossier: Dossier) -> Self {
        Self { dossier, is_settled: true, ..Self::default() }
    }

    /// Adds an article with what it says and means. One that is there already counts once; to read it again, take it out
    /// first.
    pub fn add(&mut self, w: &Witness<'_>) {
        if self.articles.contains(&w.article.id) {
            return;
        }
        if self.gone.contains(&w.article.id) {
            self.settle();
        }
        self.is_settled = false;
        self.articles.insert(w.article.id.clone());
        self.moved.extend(self.origins.add(w.article));
        let voices = voice::voices(&self.dossier, w);
        self.conditions.add(w, &voices);
        self.proposals.add(&self.dossier, w);
        self.statuses.add(&self.dossier, w);
        self.meetings.add(&self.dossier, w);
        self.incidents.add(&self.dossier, w);
        self.deadlines.add(&self.dossier, w);
        match standing(w) {
            // what a page says no more is no side of a dispute: it was put right, or taken back
            Some((reading, resolution)) => {
                let w = Witness { article: w.article, reading: &reading, resolution: &resolution };
                self.disputes.add(&self.dossier, &w, &voice::voices(&self.dossier, &w));
            }
            None => self.disputes.add(&self.dossier, w, &voices),
        }
        self.positions.add(voices);
    }

    /// Takes an article out; gives whether it was in. What rested on it alone is gone.
    pub fn remove(&mut self, article: &ArticleId) -> bool {
        if !self.articles.remove(article) {
            return false;
        }
        self.is_settled = false;
        self.moved.extend(self.origins.remove(article));
        self.moved.insert(article.clone());
        self.gone.insert(article.clone());
        self.positions.remove(article);
        self.conditions.remove(article);
        self.proposals.remove(article);
        self.statuses.remove(article);
        self.meetings.remove(article);
        self.incidents.remove(article);
        self.deadlines.remove(article);
        self.disputes.remove(article);
        true
    }

    /// The ledger of all articles that are in.
    pub fn ledger(&mut self) -> &Ledger {
        self.settle();
        &self.ledger
    }

    /// The ledger of all articles that are in.
    pub fn into_ledger(mut self) -> Ledger {
        self.settle();
        self.ledger
    }

    /// What changed since this was last asked.
    pub fn changed(&mut self) -> Changed {
        self.settle();
        std::mem::take(&mut self.changed)
    }

    /// Whether an article is in.
    pub fn contains(&self, article: &ArticleId) -> bool {
        self.articles.contains(article)
    }

    /// Makes again what the articles that came and went touch, family by family.
    fn settle(&mut self) {
        if self.is_settled {
            return;
        }
        let mut changed = Changed::default();
        self.settle_origins(&mut changed);
        let origins = std::mem::take(&mut self.ledger.origins);
        let cx = Cx { dossier: &self.dossier, origins: &origins };
        let ledger = &mut self.ledger;
        let proposals = self.proposals.settle(ledger, &mut changed);
        let moved = self.positions.settle(cx, &proposals, ledger, &mut changed);
        let about = self.statuses.settle(&proposals, ledger, &mut changed);
        let is_other = self.conditions.settle(cx, &mut ledger.conditions, &mut changed);
        let mut issues: BTreeSet<String> = moved.iter().map(|(_, issue)| issue.to_string()).collect();
        let is_told = about.iter().any(|issue| is_locked(ledger, issue));
        if is_other || is_told || moved.iter().any(|(party, _)| holds_back(ledger, party)) {
            issues.extend(settle_deadlocks(ledger, &mut changed));
        }
        sticking::settle(&issues, ledger);
        let meetings = self.meetings.settle(ledger, &mut changed);
        self.incidents.settle(ledger, &mut changed);
        self.deadlines.settle(ledger, &mut changed);
        self.disputes.settle(cx, (&self.meetings, &meetings), (&self.statuses, about), ledger, &mut changed);
        self.ledger.origins = origins;
        self.changed.then(changed);
        self.gone.clear();
        self.is_settled = true;
    }

    /// Takes over where reporting comes from; what an article has pieces in is counted again where that is another now.
    fn settle_origins(&mut self, changed: &mut Changed) {
        for article in std::mem::take(&mut self.moved) {
            let new = self.origins.get(&article);
            let old = self.ledger.origins.0.get(&article);
            if new == old {
                continue;
            }
            if old.zip(new).is_some_and(|(o, n)| o.origin != n.origin) {
                self.positions.touch(&article);
                self.conditions.touch(&article);
                self.meetings.touch(&article);
                self.disputes.touch(&article, &self.statuses);
            }
            match new.cloned() {
                Some(origin) => self.ledger.origins.0.insert(article.clone(), origin),
                None => self.ledger.origins.0.remove(&article),
            };
            changed.articles.insert(article);
        }
    }
}

/// Whether a party has a part in some deadlock.
fn holds_back(ledger: &Ledger, party: &PartyId) -> bool {
    ledger.deadlocks.iter().any(|d| d.parties.iter().any(|p| p.id == party.as_str()))
}

/// Whether an issue is part of some deadlock.
fn is_locked(ledger: &Ledger, issue: &str) -> bool {
    ledger.deadlocks.iter().any(|d| d.issues.iter().any(|i| i.id == issue))
}

/// Looks for deadlocks; gives the issues of those that changed.
fn settle_deadlocks(ledger: &mut Ledger, changed: &mut Changed) -> BTreeSet<String> {
    let new = deadlocks(&ledger.conditions, &ledger.positions, &ledger.statuses);
    let old = std::mem::take(&mut ledger.deadlocks);
    let by_id = |all: &[Deadlock]| -> BTreeMap<ItemId, Deadlock> {
        all.iter().map(|d| (d.merged.id.clone(), d.clone())).collect()
    };
    let (before, after) = (by_id(&old), by_id(&new));
    let gone: Vec<_> = old.iter().filter(|d| after.get(&d.merged.id) != Some(*d)).cloned().collect();
    let came: Vec<_> = new.iter().filter(|d| before.get(&d.merged.id) != Some(*d)).cloned().collect();
    let issues = gone.iter().chain(&came).flat_map(|d| d.issues.iter().map(|i| i.id.clone())).collect();
    ledger.deadlocks = old;
    patch(&mut ledger.deadlocks, &gone, came, changed);
    issues
}
