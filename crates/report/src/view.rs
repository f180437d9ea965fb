//! What a report is written from.

use std::collections::BTreeMap;

use rapporteur_article::Note;
use rapporteur_dossier::{Corrections, Dossier};
use rapporteur_ledger::{Ledger, Trace, Witness};
use rapporteur_text::{ArticleId, Moment};

/// Number of the record schema.
pub const SCHEMA: u32 = 1;

/// The articles, what they say, the dossier and the ledger.
#[derive(Debug, Clone)]
pub struct View<'a> {
    /// What the negotiation is.
    pub dossier: &'a Dossier,
    /// Articles with their readings, each once.
    pub witnesses: Vec<Witness<'a>>,
    /// The fold of them.
    pub ledger: &'a Ledger,
    /// Name and version of the language model.
    pub model: &'a str,
    /// The day asked for, where one was.
    pub as_of: Option<Moment>,
    /// What could not be read at all: sources that gave no article.
    pub notes: &'a [Note],
    /// What a person decided and what became of it, where there is such a thing.
    pub corrected: Option<(&'a Corrections, &'a Trace)>,
}

impl<'a> View<'a> {
    /// The article records by id.
    pub fn by_id(&self) -> BTreeMap<&'a ArticleId, Witness<'a>> {
        self.witnesses.iter().map(|w| (&w.article.id, *w)).collect()
    }

    /// An article by its id. Where they are in order of id, as talks give them, it is found at once.
    pub fn witness(&self, id: &str) -> Option<&Witness<'a>> {
        let is = |w: &&Witness<'a>| w.article.id.as_str() == id;
        let at = self.witnesses.partition_point(|w| w.article.id.as_str() < id);
        let is_none = id.is_empty();
        self.witnesses.get(at).filter(is).or_else(|| self.witnesses.iter().filter(|_| !is_none).find(is))
    }

    /// How many articles there are; the versions of a page are one.
    pub fn articles(&self) -> usize {
        let is_replaced =
            |w: &&Witness<'_>| w.article.page.as_ref().is_some_and(|p| p.replaced_by(&w.article.id).is_some());
        self.witnesses.len() - self.witnesses.iter().filter(is_replaced).count()
    }

    /// The day asked for, else the newest day of publication.
    pub fn as_of(&self) -> Option<Moment> {
        self.as_of.or_else(|| self.witnesses.iter().filter_map(|w| w.article.published).max().map(|m| m.date.into()))
    }
}
