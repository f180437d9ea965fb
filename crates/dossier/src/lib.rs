//! Who and what is meant?
//!
//! A [`Dossier`] says what the negotiation is: parties, people, issues and their names. It is read from a
//! `dossier.toml` ([`from_toml`]) or discovered from readings ([`discover`], a batch step). [`resolve`] then says, for one
//! article at a time and without looking at any other, which party, person and issue its words mean under a dossier.

mod corrections;
mod draft;
mod file;
mod issues;
mod lexicon;
mod model;
mod names;
mod resolve;
mod sides;
mod vectors;
mod words;

pub use corrections::{
    Added, AddedRecord, CORRECTIONS_SCHEMA, Change, Correction, CorrectionId, Corrections, CorrectionsError, Decision,
    Fate, NameOutcome, Seen, Stand, State, Words, correct_names, kind_of, near_of,
};
pub use draft::extend_toml;
pub use file::{DossierError, from_toml, to_toml};
pub use model::{
    Alias, Dossier, Filing, Issue, IssueId, IssueRef, Merge, Party, PartyId, PartySort, Person, PersonId, Resolution,
    Resolved, Sighting,
};
use rapporteur_article::Article;
use rapporteur_reading::Reading;
pub use resolve::Resolver;
pub use vectors::common_words;

/// By which code and words names are resolved: the version, and a hash of them. Where it differs, what was resolved may too.
pub const RULES: &str = env!("RAPPORTEUR_NAMES");

/// Discovers parties, people and issues from all readings. The order of `read` changes nothing.
pub fn discover(read: &[(&Article, &Reading)]) -> Dossier {
    let mut read = read.to_vec();
    read.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    read.dedup_by(|a, b| a.0.id == b.0.id);
    let usage = names::Usage::of(&read);
    let names = names::gather(&read, &usage);
    let issues = issues::discover(&read, &names.stems(&usage));
    let mut dossier =
        Dossier { name: String::new(), parties: names.parties, people: names.people, issues, possible: names.possible };
    sides::add_proponents(&mut dossier, &read);
    dossier
}

/// Who and what the words of one article mean under a dossier. For many articles, make one [`Resolver`].
pub fn resolve(dossier: &Dossier, article: &Article, reading: &Reading) -> Resolution {
    Resolver::new(dossier).resolve(article, reading)
}
