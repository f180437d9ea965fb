//! Who and what is mentioned, and which mentions are one: names, titles, surnames, descriptions, pronouns of speakers.
//!
//! Names are collected ([`names`]), grouped into entities ([`cluster`]), then one pass through the text ([`resolve`])
//! ties descriptions and pronouns to them and people to the bodies they speak for ([`ties`]).

mod antecedents;
mod cluster;
pub(crate) mod lexicons;
mod names;
pub(crate) mod phrase;
mod resolve;
mod ties;

use crate::Context;
use crate::model::{Entity, EntityId, Mention, RefKind, Reference};
use cluster::{Group, Kind};
use names::Raw;
use resolve::{Facts, Resolver};
pub(crate) use ties::Tie;

/// Finds the entities of the article and notes, for every head token of a mention, which entity it stands for.
pub(crate) fn find(cx: &mut Context<'_>) -> Vec<Entity> {
    let raws = names::collect(cx);
    let groups = cluster::group(cx, &raws);
    let mut owner = vec![EntityId(0); raws.len()];
    let mut entities = Vec::new();
    let mut facts = Vec::new();
    for group in &groups {
        let id = EntityId(entities.len() as u32);
        group.raws.iter().for_each(|&r| owner[r] = id);
        entities.push(entity(cx, &raws, group, id));
        facts.push(Facts { gender: group.gender, named: true, ..Facts::default() });
    }
    let mut resolver = Resolver::new(cx, &raws, owner, entities, facts);
    resolver.run();
    let Resolver { mut entities, at, ties, .. } = resolver;
    for e in &mut entities {
        e.mentions.sort_by_key(|m| (m.span, m.head));
    }
    let mut name_head = vec![None; cx.parse.len()];
    for raw in &raws {
        raw.tokens.clone().for_each(|i| name_head[i] = Some(raw.head as u32));
    }
    cx.entity_at = at;
    cx.name_head = name_head;
    cx.ties = ties;
    entities
}

fn entity(cx: &Context<'_>, raws: &[Raw], group: &Group, id: EntityId) -> Entity {
    let kind = match group.kind {
        Kind::Person => RefKind::Person,
        Kind::Organisation => RefKind::Organisation,
        Kind::State => RefKind::Party,
        Kind::Place => RefKind::Place,
    };
    let mentions = group.raws.iter().map(|&r| {
        let raw = &raws[r];
        Mention { span: cx.span(raw.tokens.clone()), head: raw.head as u32, named: true }
    });
    Entity { id, kind, name: fullest(cx, raws, group), mentions: mentions.collect(), of: None, roles: Vec::new() }
}

/// The longest name; not an adjective where there is a noun, not capitals where there are small letters.
fn fullest(cx: &Context<'_>, raws: &[Raw], group: &Group) -> String {
    let rank = |r: &&usize| {
        let raw = &raws[**r];
        let name = raw.words.join(" ");
        let adjective = cx.token(raw.head).pos == "ADJ"
            || matches!(lexicons::country(&name), Some(lexicons::Country::People(_)))
            || (group.kind == Kind::State
                && group.raws.iter().any(|&o| cluster::is_people_of(&name, &raws[o].words.join(" "))));
        let loud = name.len() > 3 && !name.chars().any(char::is_lowercase);
        // "Tollard's" first full spelling wins among equals
        (adjective, loud && group.kind != Kind::Organisation, usize::MAX - raw.words.len(), usize::MAX - name.len())
    };
    group
        .raws
        .iter()
        .min_by_key(rank)
        .map_or(String::new(), |&r| cx.span(raws[r].tokens.clone()).slice(cx.text()).into())
}

/// A reference to what the noun phrase headed by token `i` (or the name that token `i` is part of) stands for.
///
/// Its words are the name, or the phrase without relative clauses and appositions.
pub(crate) fn reference(cx: &Context<'_>, i: usize) -> Reference {
    let head = cx.name_head.get(i).copied().flatten().map_or(i, |h| h as usize);
    if let Some(id) = cx.entity_at.get(head).copied().flatten() {
        let e = cx.entity(id);
        let named = e.mentions.iter().find(|m| m.head as usize == head).map(|m| m.span);
        let span = named.unwrap_or_else(|| cx.span(phrase::noun_phrase(cx, head)));
        return Reference { kind: e.kind, span, entity: Some(id) };
    }
    let lemma = cx.token(head).lemma.to_lowercase();
    let kind = if lexicons::role(&lemma).is_some() { RefKind::Person } else { RefKind::Organisation };
    Reference { kind, span: cx.span(phrase::noun_phrase(cx, head)), entity: None }
}

/// The party or organisation that an entity belongs to, or itself where it is one; `None` for people and places that
/// the article ties to nobody.
#[allow(dead_code, reason = "other families ask for it")]
pub(crate) fn party_of(cx: &Context<'_>, id: EntityId) -> Option<EntityId> {
    let e = cx.entity(id);
    let named = e.mentions.iter().any(|m| m.named);
    match (e.kind, e.of) {
        (RefKind::Person, of) => of.map(|o| o.0),
        (RefKind::Party | RefKind::Organisation, Some((of, _))) if !named => Some(of),
        (RefKind::Party | RefKind::Organisation, _) => Some(id),
        _ => None,
    }
}
