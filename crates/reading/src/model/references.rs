//! Who or what is meant, as far as one article can tell.

use rapporteur_text::Span;
use serde::{Deserialize, Serialize};

use super::Evidence;

/// What a reference points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RefKind {
    /// A government, a side, a body that takes part in the talks.
    Party,
    /// A person.
    Person,
    /// Any other organisation.
    Organisation,
    /// A place.
    Place,
    /// A matter of the talks.
    Issue,
}

/// Number of an entity in [`super::Reading::entities`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntityId(pub u32);

/// The words that stand for someone or something, and the entity of this article they mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reference {
    /// What kind of thing.
    pub kind: RefKind,
    /// The words as written; never empty. They may stand in an earlier sentence.
    pub span: Span,
    /// The entity, where one could be told.
    pub entity: Option<EntityId>,
}

/// One place where an entity is named, described or stood for by a pronoun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// The words.
    pub span: Span,
    /// The head token.
    pub head: u32,
    /// Whether it is by name (else by role or pronoun).
    pub named: bool,
}

/// A person, organisation, place or party of one article, with all its mentions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Its number.
    pub id: EntityId,
    /// What it is.
    pub kind: RefKind,
    /// Fullest name as written in this article.
    pub name: String,
    /// Mentions in text order; never empty.
    pub mentions: Vec<Mention>,
    /// The party or organisation this person or body belongs to, as the article says, with the words that say so.
    pub of: Option<(EntityId, Evidence)>,
    /// Words of the roles given to it in this article ("foreign minister", "chief negotiator").
    pub roles: Vec<Span>,
}

/// What a link of an attribution chain is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkSort {
    /// A newspaper, broadcaster or site.
    Outlet,
    /// A news agency.
    Agency,
    /// A party.
    Party,
    /// A person.
    Person,
    /// A document, a report, minutes.
    Document,
    /// A source without a name.
    Unnamed,
}

/// One relay between the holder and us, outermost first in a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Link {
    /// The words that name it.
    pub span: Span,
    /// What it is.
    pub sort: LinkSort,
    /// The entity, where one could be told.
    pub entity: Option<EntityId>,
}
