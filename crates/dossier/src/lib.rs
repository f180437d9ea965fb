//! Who and what is meant?
//!
//! A [`Dossier`] says what the negotiation is: parties, people, issues and their names. It is read from a
//! `dossier.toml` ([`from_toml`]) or discovered from readings ([`discover`], a batch step). [`resolve`] then says, for one
//! article at a time and without looking at any other, which party, person and issue its words mean under a dossier.

mod model;

pub use model::{
    Alias, Dossier, Issue, IssueId, IssueRef, Merge, Party, PartyId, PartySort, Person, PersonId, Resolution, Resolved,
};
use rapporteur_article::Article;
use rapporteur_reading::Reading;

/// Nearness of words, as a language model's vectors give it; `None` for words it does not know.
pub trait Nearness: Sync {
    /// The vector of a word, any fixed length.
    fn vector(&self, word: &str) -> Option<&[f32]>;
}

/// Discovers parties, people and issues from all readings. The order of `read` changes nothing.
pub fn discover(read: &[(&Article, &Reading)], nearness: Option<&dyn Nearness>) -> Dossier {
    let _ = (read, nearness);
    Dossier::default()
}

/// Who and what the words of one article mean under a dossier.
pub fn resolve(dossier: &Dossier, article: &Article, reading: &Reading) -> Resolution {
    let _ = (dossier, article);
    Resolution {
        entities: vec![Resolved::default(); reading.entities.len()],
        statements: vec![None; reading.statements.len()],
        conditions: reading.statements.iter().map(|s| vec![None; s.conditions.len()]).collect(),
        statuses: vec![None; reading.statuses.len()],
        terms: reading.proposals.iter().map(|p| vec![None; p.terms.len()]).collect(),
    }
}
