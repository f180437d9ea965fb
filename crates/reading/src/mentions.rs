//! Who and what is mentioned, and which mentions are one: names, titles, surnames, pronouns of speakers.

use std::collections::HashMap;

use crate::Context;
use crate::model::{Entity, EntityId, Mention, RefKind, Reference};

/// Finds the entities of the article and notes, for every head token of a mention, which entity it stands for.
pub(crate) fn find(cx: &mut Context<'_>) -> Vec<Entity> {
    let mut entities: Vec<Entity> = Vec::new();
    let mut by_name: HashMap<String, usize> = HashMap::new();
    for e in &cx.parse.entities {
        let kind = match e.label.as_str() {
            "PERSON" => RefKind::Person,
            "ORG" => RefKind::Organisation,
            "GPE" | "NORP" => RefKind::Party,
            "LOC" | "FAC" => RefKind::Place,
            _ => continue,
        };
        let span = cx.span(e.tokens.clone());
        let name = span.slice(cx.text()).to_string();
        let id = *by_name.entry(name.clone()).or_insert_with(|| {
            entities.push(Entity {
                id: EntityId(entities.len() as u32),
                kind,
                name,
                mentions: Vec::new(),
                of: None,
                roles: Vec::new(),
            });
            entities.len() - 1
        });
        let head = e.tokens.clone().find(|&i| !e.tokens.contains(&cx.parse.head(i))).unwrap_or(e.tokens.end - 1);
        entities[id].mentions.push(Mention { span, head: head as u32, named: true });
        cx.entity_at[head] = Some(EntityId(id as u32));
    }
    entities
}

/// A reference to what the noun phrase headed by token `i` stands for.
pub(crate) fn reference(cx: &Context<'_>, i: usize) -> Reference {
    let entity = cx.entity_at[i];
    let kind = entity.map_or(RefKind::Organisation, |e| cx.entity(e).kind);
    Reference { kind, span: cx.subtree_span(i), entity }
}
