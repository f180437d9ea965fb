//! Statuses over all articles: one for each issue (or proposal and point), status and claimant.

use std::collections::BTreeMap;

use rapporteur_dossier::Dossier;
use rapporteur_reading::model::{RefKind, Status as Record, StatusSort};
use rapporteur_text::{ArticleId, ItemId, When};

use crate::cx::{Bit, HasBit, commonest, content_words, merged, said_or_published};
use crate::list::{Changed, apply};
use crate::model::{Ledger, Status};
use crate::shelf::{Change, Made, Shelf};
use crate::{Named, Witness};

/// What it is about, how far it has come, and according to whom, with the percentage they give: "95 percent ready" and a
/// plain "agreed in principle" of another day are two claims.
pub(crate) type Key = (String, StatusSort, String);

/// A status as one article has it.
#[derive(Debug, Clone)]
struct Mention {
    bit: Bit,
    issue: Option<Named>,
    matter: Option<String>,
    /// The proposal it is about, as its article has it.
    proposal: Option<ItemId>,
    /// The merged proposal that is.
    merged_proposal: Option<ItemId>,
    point: Option<u32>,
    status: StatusSort,
    according_to: Option<Named>,
    percent: Option<f64>,
    said: When,
}

impl HasBit for Mention {
    fn bit(&self) -> &Bit {
        &self.bit
    }
}

impl Mention {
    fn of(dossier: &Dossier, w: &Witness<'_>, number: usize, s: &Record) -> Self {
        let bit = Bit::of(w, s);
        let matter = s.matter.map(|m| w.words(m).to_string());
        let issue = w.resolution.statuses.get(number).and_then(Option::as_ref);
        Self {
            issue: issue.map(|i| Named::issue(dossier, i, matter.as_deref().unwrap_or_default())),
            matter,
            proposal: s.proposal.and_then(|p| Some(w.reading.proposals.get(p)?.item.id().clone())),
            merged_proposal: None,
            point: s.point,
            status: s.status,
            according_to: s.according_to.map(|r| w.holder(dossier, &r).0),
            percent: s.percent,
            said: said_or_published(&s.said, bit.published()),
            bit,
        }
    }

    /// Issue, else proposal and point, else the words, else the whole.
    fn key(&self) -> Key {
        let about = match (&self.issue, &self.merged_proposal, &self.matter) {
            (Some(issue), _, _) => issue.id.clone(),
            (None, Some(p), _) => format!("{p}\t{:?}", self.point),
            (None, None, Some(m)) => content_words(m).into_iter().collect::<Vec<_>>().join(" "),
            (None, None, None) => String::new(),
        };
        let mut claim = self.according_to.as_ref().map(Named::key).unwrap_or_default();
        if let Some(percent) = self.percent {
            claim.push_str(&format!("\t{percent}"));
        }
        (about, self.status, claim)
    }
}

/// All statuses that sources give.
#[derive(Debug, Default)]
pub(crate) struct Statuses {
    shelf: Shelf<Key, Mention, Status>,
    /// Those about a proposal, by the proposal as their article has it.
    on_proposals: BTreeMap<ItemId, Vec<Mention>>,
    of: BTreeMap<ArticleId, Vec<ItemId>>,
}

impl Statuses {
    pub(crate) fn add(&mut self, dossier: &Dossier, w: &Witness<'_>) {
        for (number, s) in w.reading.statuses.iter().enumerate() {
            let mention = Mention::of(dossier, w, number, s);
            if let Some(proposal) = &mention.proposal {
                self.of.entry(mention.article().clone()).or_default().push(proposal.clone());
                self.on_proposals.entry(proposal.clone()).or_default().push(mention.clone());
            }
            self.shelf.put(mention.key(), 0, mention);
        }
    }

    pub(crate) fn remove(&mut self, article: &ArticleId) {
        self.shelf.remove(article);
        self.of.remove(article).unwrap_or_default().iter().for_each(|p| {
            self.on_proposals.remove(p);
        });
    }

    /// Brings the ledger up to date. `moved`: the proposals of readings that are part of another merged one now.
    ///
    /// Gives what the changed statuses are about.
    pub(crate) fn settle(
        &mut self,
        moved: &[Change<ItemId, ItemId>],
        ledger: &mut Ledger,
        changed: &mut Changed,
    ) -> Vec<String> {
        for change in moved {
            for mention in self.on_proposals.get_mut(&change.key).into_iter().flatten() {
                self.shelf.take(&mention.key(), mention.at(), 0);
                mention.merged_proposal.clone_from(&change.new);
                self.shelf.put(mention.key(), 0, mention.clone());
            }
        }
        let changes = self.shelf.settle(|_, all| status(all));
        let about = changes.iter().map(|c| c.key.0.clone()).collect();
        apply(&mut ledger.statuses, changes, changed);
        about
    }

    /// What the statuses are about that an article has a part in.
    pub(crate) fn about(&self, article: &ArticleId) -> impl Iterator<Item = &String> {
        self.shelf.keys_of(article).map(|key| &key.0)
    }

    pub(crate) fn made(&self) -> &Made<Key, Status> {
        self.shelf.made()
    }
}

fn status(group: &[&Mention]) -> Option<Status> {
    let first = group.first()?;
    let issue = first.issue.clone().or_else(|| {
        // words that stand for no issue of the dossier are kept as they are
        let words = first.matter.as_ref()?;
        first.merged_proposal.is_none().then(|| Named::unresolved(RefKind::Issue, words))
    });
    let according_to = commonest(group.iter().filter_map(|t| t.according_to.clone()));
    let parts = [
        issue.as_ref().map_or("", |i| i.id.as_str()),
        first.status.as_str(),
        according_to.as_ref().map_or("", |a| a.id.as_str()),
    ];
    let said = group.iter().map(|t| &t.said).filter(|w| !w.is_unknown());
    Some(Status {
        merged: merged("status", "status.issue-claimant.v1", &parts, group),
        proposal: group.iter().find_map(|t| t.merged_proposal.clone()),
        point: group.iter().find_map(|t| t.point),
        status: first.status,
        percent: group.iter().filter_map(|t| t.percent).next_back(),
        since: said.clone().filter_map(|w| w.first_day()).min(),
        said: said.max_by_key(|w| (w.from, w.to, &w.as_written)).cloned().unwrap_or_default(),
        according_to,
        issue,
    })
}
