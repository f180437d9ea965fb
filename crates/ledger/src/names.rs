//! Who or what a reference of one article means under the dossier.

use rapporteur_article::Article;
use rapporteur_dossier::{Dossier, IssueRef, PartyId, PartySort, PersonId, Resolution, Resolved};
use rapporteur_reading::Reading;
use rapporteur_reading::model::{EntityId, RefKind, Reference};
use serde::{Deserialize, Serialize};

/// One article with what it says and what its words mean: a witness to the talks.
#[derive(Debug, Clone, Copy)]
pub struct Witness<'a> {
    /// The article.
    pub article: &'a Article,
    /// What it says by itself.
    pub reading: &'a Reading,
    /// Who and what its words mean under the dossier.
    pub resolution: &'a Resolution,
}

/// Someone or something meant: resolved where `id` is not empty, else only the words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Named {
    /// Slug in the dossier, "" where nothing could be resolved.
    pub id: String,
    /// Name in the dossier, "" where nothing could be resolved.
    pub name: String,
    /// What kind of thing.
    pub kind: RefKind,
    /// The words it was resolved from; never empty.
    pub as_written: String,
}

impl Named {
    /// Words that stand for nothing in the dossier.
    pub fn unresolved(kind: RefKind, words: &str) -> Self {
        Self { id: String::new(), name: String::new(), kind, as_written: words.to_string() }
    }

    /// A party, organisation or place of the dossier.
    pub fn party(dossier: &Dossier, id: &PartyId, words: &str) -> Self {
        let party = dossier.party(id);
        let kind = match party.map(|p| p.sort) {
            Some(PartySort::Organisation) => RefKind::Organisation,
            Some(PartySort::Place) => RefKind::Place,
            _ => RefKind::Party,
        };
        let name = party.map_or_else(|| id.to_string(), |p| p.name.clone());
        Self { id: id.to_string(), as_written: or(words, &name), name, kind }
    }

    /// A person of the dossier.
    pub fn person(dossier: &Dossier, id: &PersonId, words: &str) -> Self {
        let name = dossier.person(id).map_or_else(|| id.to_string(), |p| p.name.clone());
        Self { id: id.to_string(), as_written: or(words, &name), name, kind: RefKind::Person }
    }

    /// An issue of the dossier.
    pub fn issue(dossier: &Dossier, issue: &IssueRef, words: &str) -> Self {
        let name = dossier.issue(&issue.id).map_or_else(|| issue.id.to_string(), |i| i.name.clone());
        Self { id: issue.id.to_string(), as_written: or(words, &name), name, kind: RefKind::Issue }
    }

    /// Whether the dossier knows it.
    pub fn is_resolved(&self) -> bool {
        !self.id.is_empty()
    }

    /// Name in the dossier, else the words.
    pub fn shown(&self) -> &str {
        if self.name.is_empty() { &self.as_written } else { &self.name }
    }

    /// What tells it apart from others: the id, else the words in lower case.
    pub fn key(&self) -> String {
        if self.is_resolved() { self.id.clone() } else { format!("\"{}", self.as_written.to_lowercase()) }
    }
}

fn or(words: &str, name: &str) -> String {
    if words.trim().is_empty() { name.to_string() } else { words.to_string() }
}

fn named(dossier: &Dossier, resolved: Option<&Resolved>, kind: RefKind, words: &str) -> Named {
    if let Some(person) = resolved.and_then(|r| r.person.as_ref()) {
        return Named::person(dossier, person, words);
    }
    match resolved.and_then(|r| r.party.as_ref()) {
        Some(party) if kind != RefKind::Person => Named::party(dossier, party, words),
        _ => Named::unresolved(kind, words),
    }
}

impl<'a> Witness<'a> {
    /// What the dossier makes of an entity of this article.
    pub fn resolved(&self, entity: Option<EntityId>) -> Option<&'a Resolved> {
        self.resolution.entities.get(entity?.0 as usize)
    }

    /// The words of a span of this article.
    pub fn words(&self, span: rapporteur_text::Span) -> &'a str {
        span.slice(&self.article.text)
    }

    /// Who or what a reference means, people as people.
    pub fn named(&self, dossier: &Dossier, reference: &Reference) -> Named {
        named(dossier, self.resolution.of(reference), reference.kind, self.words(reference.span))
    }

    /// Who or what an entity means, people as people.
    pub fn entity_named(&self, dossier: &Dossier, entity: Option<EntityId>, kind: RefKind, words: &str) -> Named {
        named(dossier, self.resolved(entity), kind, words)
    }

    /// The party that a reference speaks for, and the person where it is one. The first is the person where he or she
    /// speaks for none.
    pub fn holder(&self, dossier: &Dossier, reference: &Reference) -> (Named, Option<Named>) {
        let own = self.named(dossier, reference);
        let is_person = own.kind == RefKind::Person || reference.kind == RefKind::Person;
        match self.resolution.of(reference).and_then(|r| r.party.as_ref()) {
            Some(party) => {
                let party = Named::party(dossier, party, &own.as_written);
                (party, is_person.then_some(Named { kind: RefKind::Person, ..own }))
            }
            None if is_person => (own.clone(), Some(own)),
            None => (own, None),
        }
    }

    /// The party that a reference stands or speaks for, if the dossier knows one.
    pub fn party_of(&self, reference: &Reference) -> Option<&'a PartyId> {
        self.resolution.of(reference)?.party.as_ref()
    }
}
