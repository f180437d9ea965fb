//! The dossier's records.

use std::collections::BTreeMap;

use rapporteur_reading::model::{Polarity, Reference};
use rapporteur_text::{ArticleId, ItemId, Span};
use serde::{Deserialize, Serialize};

macro_rules! slug {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The slug as it is written: lower-case words joined by hyphens.
            pub fn new(slug: impl Into<String>) -> Self {
                Self(slug.into())
            }

            /// The slug.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

slug! {
    /// Slug of a party, organisation or place.
    PartyId
}
slug! {
    /// Slug of a person.
    PersonId
}
slug! {
    /// Slug of an issue.
    IssueId
}

/// A name and how often it was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Alias {
    /// The name as written.
    pub name: String,
    /// How many mentions; 0 where only the dossier file has it.
    pub count: usize,
}

/// A place where a name stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Sighting {
    /// The article.
    pub article: ArticleId,
    /// The name.
    pub span: Span,
    /// The sentence around it.
    pub sentence: Span,
}

/// Why two names are taken for one, or may be.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Merge {
    /// One name as written.
    pub a: String,
    /// The other.
    pub b: String,
    /// The reason, in words.
    pub reason: String,
    /// `rule NAME.vN`, or the analyst.
    pub by: String,
    /// How sure it is, in hundredths; 0 where nobody said.
    pub confidence: u8,
    /// A sentence of each name; empty where only the dossier file has it.
    pub evidence: Vec<Sighting>,
}

/// What a party record stands for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PartySort {
    /// Takes part in the talks: holds positions.
    #[default]
    Party,
    /// An organisation that is only mentioned.
    Organisation,
    /// A place.
    Place,
}

/// A party to the talks, or an organisation or place that matters to them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Party {
    /// Slug.
    pub id: PartyId,
    /// Name as the brief shows it.
    pub name: String,
    /// Party, organisation or place.
    pub sort: PartySort,
    /// Other names: capitals, seats, demonyms, acronyms, spellings.
    pub aliases: Vec<Alias>,
    /// The party it is part of; positions are not inherited.
    pub part_of: Option<PartyId>,
    /// Merges that made it.
    pub merges: Vec<Merge>,
    /// Names that it is not, whatever else says so.
    pub not: Vec<String>,
    /// Wikidata item, "" if none.
    pub qid: String,
}

/// A person.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// Slug.
    pub id: PersonId,
    /// Fullest name.
    pub name: String,
    /// Other spellings.
    pub aliases: Vec<Alias>,
    /// The party he or she speaks for.
    pub party: Option<PartyId>,
    /// Role records of this person.
    pub roles: Vec<ItemId>,
    /// Merges that made the record.
    pub merges: Vec<Merge>,
    /// Names that are not his or hers, whatever else says so.
    pub not: Vec<String>,
}

/// A matter of the talks.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Issue {
    /// Slug.
    pub id: IssueId,
    /// Name, in the words of sources.
    pub name: String,
    /// What is done if "for" wins, in the words of sources; "" where not known.
    pub proposition: String,
    /// Lemma phrases that point to it, most used first.
    pub terms: Vec<String>,
    /// Lemma phrases that other matters use too: they help to recognise it and do not decide alone.
    pub weak_terms: Vec<String>,
    /// Lemma phrases that point to it turned round: who is for them is against the proposition ("freeze" against
    /// "automation").
    pub contrary_terms: Vec<String>,
    /// Parties that ask for it, as [`discover`](crate::discover) finds them or the dossier file says. What such a party says
    /// no to when it turns down an offer or a sum is how little it is.
    pub proponents: Vec<PartyId>,
}

/// What the negotiation is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Dossier {
    /// Name of the talks, "" if not given.
    pub name: String,
    /// Parties, organisations and places, in order of id.
    pub parties: Vec<Party>,
    /// People, in order of id.
    pub people: Vec<Person>,
    /// Issues, in order of weight.
    pub issues: Vec<Issue>,
    /// Pairs of names that may be one; the reason says what is missing or in the way.
    pub possible: Vec<Merge>,
}

impl Dossier {
    /// The party of this id.
    pub fn party(&self, id: &PartyId) -> Option<&Party> {
        self.parties.iter().find(|p| &p.id == id)
    }

    /// The person of this id.
    pub fn person(&self, id: &PersonId) -> Option<&Person> {
        self.people.iter().find(|p| &p.id == id)
    }

    /// The issue of this id.
    pub fn issue(&self, id: &IssueId) -> Option<&Issue> {
        self.issues.iter().find(|i| &i.id == id)
    }
}

/// Who an entity of an article is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolved {
    /// The party (or organisation, or place) it is; for a person, the party he or she speaks for.
    pub party: Option<PartyId>,
    /// The person.
    pub person: Option<PersonId>,
}

/// An issue, and whether the words are for its contrary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueRef {
    /// The issue.
    pub id: IssueId,
    /// True where being for these words is being against the issue's proposition.
    pub turned: bool,
    /// How plainly the words say so.
    pub how: Filing,
}

/// How plainly words say which issue they are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Filing {
    /// Not at all: what stands around them does. It may file a statement and moves no position.
    Guessed,
    /// Their sentence does, and nothing else comes near. It may move a position and be what is held back by a condition.
    Said,
    /// They name it, or a person said so. It may be what a condition asks for as well.
    Named,
}

/// Who and what the words of one article mean; each list runs parallel to the reading's.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Resolution {
    /// For each of `Reading::entities`.
    pub entities: Vec<Resolved>,
    /// For each of `Reading::statements`.
    pub statements: Vec<Option<IssueRef>>,
    /// For each condition of each statement.
    pub conditions: Vec<Vec<Option<IssueRef>>>,
    /// For each of `Reading::statuses`.
    pub statuses: Vec<Option<IssueRef>>,
    /// For each term of each proposal.
    pub terms: Vec<Vec<Option<IssueRef>>>,
    /// References whose own words say more than their entity, in order of span: those without one that the dossier knows
    /// ("the lender"), and full names of another person than the one the article takes them for.
    pub references: Vec<(Span, Resolved)>,
    /// Stances that a person set for statements, towards the proposition of their issue.
    pub stances: BTreeMap<ItemId, Polarity>,
}

impl Resolution {
    /// Who a reference of this article means: by its own words where they say more, else by its entity.
    pub fn of(&self, reference: &Reference) -> Option<&Resolved> {
        let words = self.references.binary_search_by(|r| r.0.cmp(&reference.span)).ok();
        let entity = || reference.entity.and_then(|e| self.entities.get(e.0 as usize));
        words.map(|i| &self.references[i].1).or_else(entity)
    }
}
