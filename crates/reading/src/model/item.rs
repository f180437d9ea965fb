//! What every record read from text has: id, rule, confidence, evidence.

use std::collections::HashMap;

use rapporteur_text::{ItemId, Span};
use serde::{Deserialize, Deserializer, Serialize};

use crate::Context;

/// Why a stretch of text is evidence for an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// The item's own words.
    Item,
    /// What a pronoun or a definite role stands for.
    Antecedent,
    /// The words that tie a speaker to a party.
    Role,
    /// A member of a merged record.
    Member,
}

/// A stretch of the article, with the whole sentence around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// The words.
    pub span: Span,
    /// The sentence or sentences around them.
    pub sentence: Span,
    /// What they show.
    pub why: Why,
}

/// Name and version of the rule that made an item, such as `position.verb-complement.v1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Rule(pub &'static str);

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = String::deserialize(deserializer)?;
        let fail = || serde::de::Error::custom(format_args!("`{}` is no name of a rule", written.escape_debug()));
        rapporteur_text::label(&written).map(Self).ok_or_else(fail)
    }
}

/// Id, rule, confidence and evidence of one record. It cannot be made without its own words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    id: ItemId,
    /// The rule that made it.
    pub rule: Rule,
    /// 0 to 1.
    pub confidence: f32,
    own: Evidence,
    others: Vec<Evidence>,
}

impl Item {
    /// An item whose own words are `own` (of kind [`Why::Item`]); the id is given when the family is settled.
    pub fn new(rule: Rule, confidence: f32, own: Evidence) -> Self {
        let own = Evidence { why: Why::Item, ..own };
        Self { id: ItemId::default(), rule, confidence, own, others: Vec::new() }
    }

    /// The same item under an id given elsewhere: read back from where it was kept.
    #[must_use]
    pub fn with_id(mut self, id: ItemId) -> Self {
        self.id = id;
        self
    }

    /// The same item with one more piece of evidence.
    #[must_use]
    pub fn with(mut self, evidence: Evidence) -> Self {
        self.add(evidence);
        self
    }

    /// Adds a piece of evidence, unless it is there already.
    pub fn add(&mut self, evidence: Evidence) {
        if evidence != self.own && !self.others.contains(&evidence) {
            self.others.push(evidence);
        }
    }

    /// The id; empty until its family is settled.
    pub fn id(&self) -> &ItemId {
        &self.id
    }

    /// The item's own words.
    pub fn span(&self) -> Span {
        self.own.span
    }

    /// The sentence around the item's own words.
    pub fn sentence(&self) -> Span {
        self.own.sentence
    }

    /// All evidence, the item's own words first.
    pub fn evidence(&self) -> impl Iterator<Item = &Evidence> {
        std::iter::once(&self.own).chain(&self.others)
    }
}

/// A record that has an item.
pub trait HasItem {
    /// Kind as written in records.
    const KIND: &'static str;
    /// The item.
    fn item(&self) -> &Item;
    /// The item, to be given its id.
    fn item_mut(&mut self) -> &mut Item;
    /// Spans whose words, beside the sentence, make the id (holder and predicate as written).
    fn id_spans(&self) -> Vec<Span> {
        vec![self.item().span()]
    }
}

/// Sorts records by their place in the text and gives each its id.
pub(crate) fn settle<T: HasItem>(cx: &Context<'_>, mut records: Vec<T>) -> Vec<T> {
    records.sort_by_key(|r| (r.item().span(), r.id_spans(), r.item().rule));
    let mut seen: HashMap<Vec<String>, usize> = HashMap::new();
    let mut sentence_seen: HashMap<String, Vec<usize>> = HashMap::new();
    for r in &mut records {
        let sentence = r.item().sentence();
        let words = sentence.slice(cx.text()).to_string();
        // which occurrence of the same sentence in the article this is
        let starts = sentence_seen.entry(words.clone()).or_default();
        let occurrence = starts.iter().position(|&s| s == sentence.start()).unwrap_or_else(|| {
            starts.push(sentence.start());
            starts.len() - 1
        });
        let mut key = vec![cx.article.id.to_string(), words, occurrence.to_string()];
        key.extend(r.id_spans().iter().map(|s| s.slice(cx.text()).to_string()));
        let number = seen.entry(key.clone()).or_insert(0);
        let parts: Vec<&str> = key.iter().map(String::as_str).collect();
        r.item_mut().id = ItemId::of_words(T::KIND, &parts, *number);
        *number += 1;
    }
    records
}
