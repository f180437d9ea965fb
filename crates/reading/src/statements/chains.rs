//! Through whom a statement reached us: the relays of its quotation without the holder's own voice, and whether all of
//! them have names.

use super::clause::lower;
use super::holder::side_of;
use crate::Context;
use crate::model::{EntityId, Link, LinkSort, Quote, RefKind, Reference};

/// The chain without its last link where that is the holder; a holder without a name stays, for the reader must know
/// that only someone unnamed says so.
pub(super) fn relays(cx: &Context<'_>, q: &Quote, entity: Option<EntityId>, span: rapporteur_text::Span) -> Vec<Link> {
    let mut chain = others(cx, q);
    let own = |l: &Link| (entity.is_some() && l.entity == entity) || l.span.overlaps(span);
    if chain.last().is_some_and(|l| own(l) && l.sort != LinkSort::Unnamed) {
        chain.pop();
    }
    chain
}

/// The chain without its last link, whoever that is, unless it has no name.
pub(super) fn before(cx: &Context<'_>, q: &Quote) -> Vec<Link> {
    let mut chain = others(cx, q);
    if chain.last().is_some_and(|l| l.sort != LinkSort::Unnamed) {
        chain.pop();
    }
    chain
}

/// The chain without the writer ("I hear that ...").
pub(super) fn others(cx: &Context<'_>, q: &Quote) -> Vec<Link> {
    let writer = |l: &Link| {
        l.entity.is_none()
            && cx.parse.tokens_in(l.span.range()).all(|i| matches!(lower(cx, i), "i" | "we" | "me" | "us"))
    };
    q.chain.iter().filter(|l| !writer(l)).copied().collect()
}

/// Whether the words of `q` are a report; who rejects a thing or is glad of it is no relay of what it holds.
pub(super) fn reports(q: &Quote) -> bool {
    let act = ["object", "noun", "infinitive", "preposition", "adjective", "called", "passive"];
    let name = q.item.rule.0.strip_prefix("quote.").unwrap_or_default();
    !act.iter().any(|a| name.starts_with(a))
}

/// Whether a speaker with a name is the voice of a holder and no relay: one of the same side, or of no side that is told,
/// where the holder has no other name than that of a body ("the union", "it").
pub(super) fn voices(cx: &Context<'_>, source: Reference, holder: Reference) -> bool {
    let side = |e: EntityId| side_of(cx, e);
    let person = |e: EntityId| cx.entity(e).mentions.iter().any(|m| m.named);
    let Some(own) = source.entity.filter(|&e| source.kind == RefKind::Person && person(e)) else { return false };
    let named = holder.entity.filter(|&e| cx.entity(e).mentions.iter().any(|m| m.named));
    match (side(own), named.and_then(side)) {
        (Some(a), Some(b)) => a == b,
        _ => holder.kind != RefKind::Person || named.is_none(),
    }
}

/// Whether a quotation comes from someone without a name.
pub(super) fn anonymous(cx: &Context<'_>, q: &Quote) -> bool {
    // "it seems", "it is recalled": the reporter's, not hearsay
    let plain = q.source.is_none() && q.chain.is_empty() && !hearsay(cx, q);
    !q.named && !plain
        || q.source.and_then(|s| s.entity).is_some_and(|e| nameless(cx, e))
        || q.chain.iter().filter_map(|l| l.entity).any(|e| nameless(cx, e))
}

/// Whether a cue without a source passes on what people say: "is said to", "it is reported that".
fn hearsay(cx: &Context<'_>, q: &Quote) -> bool {
    let cue = q.cue.map(|c| cx.parse.tokens_in(c.range())).unwrap_or_default();
    let told = |i: usize| {
        let lemma = super::clause::lemma(cx, i);
        matches!(
            lemma,
            "say"
                | "report"
                | "rumour"
                | "rumor"
                | "believe"
                | "understand"
                | "think"
                | "allege"
                | "fear"
                | "claim"
                | "whisper"
        )
    };
    cue.into_iter().any(told)
}

/// Whether someone is nowhere named and was brought in as one of many ("a manager", "two officials"). Who is called by an
/// office there is one of ("the union's president") is known by it, and a pronoun alone tells nothing.
fn nameless(cx: &Context<'_>, id: EntityId) -> bool {
    let e = cx.entity(id);
    let known = e.mentions.iter().any(|m| m.named);
    e.kind == RefKind::Person && !known && e.mentions.iter().any(|m| indefinite(cx, m.span) && !spokesman(cx, m.span))
}

/// "A spokesman for the union": the union's own voice, whoever lends it.
fn spokesman(cx: &Context<'_>, words: rapporteur_text::Span) -> bool {
    cx.parse.tokens_in(words.range()).any(|i| lower(cx, i).starts_with("spokes"))
}

fn indefinite(cx: &Context<'_>, words: rapporteur_text::Span) -> bool {
    let mut tokens = cx.parse.tokens_in(words.range());
    let owned = tokens.clone().any(|i| matches!(cx.token(i).tag.as_str(), "PRP$" | "POS"));
    let pronoun = tokens.clone().all(|i| cx.token(i).pos == "PRON");
    let first = tokens.next().map_or("", |i| lower(cx, i));
    !owned && !pronoun && !matches!(first, "the" | "this" | "that" | "these" | "those" | "both" | "our")
}
