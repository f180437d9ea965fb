//! The family of roles: who holds, gets, gives up which office, and for whom.
//!
//! Offices stand beside names ("trade minister Ann Lee", "Ann Lee, the trade minister"), or a verb gives and takes
//! them ("was appointed chief negotiator", "resigned as minister").

use std::collections::HashSet;

use rapporteur_text::{Span, When};

use crate::Context;
use crate::lexicon::rows;
use crate::mentions::{Tie, lexicons, phrase};
use crate::model::{EntityId, Item, RefKind, Reference, Role, RoleChange, Rule};

const BESIDE: Rule = Rule("role.beside-name.v2");
const VERB: Rule = Rule("role.change-verb.v2");

/// Finds roles.
pub(crate) fn find(cx: &Context<'_>) -> Vec<Role> {
    let mut found = changes(cx);
    let mut seen: HashSet<(EntityId, String)> = HashSet::new();
    for tie in &cx.ties {
        if is_of_old_times(cx, tie) {
            continue;
        }
        let role = tie.role.slice(cx.text()).to_lowercase();
        // courtesy apart, the same office of the same person is told once an article
        if found.iter().any(|r| r.role == tie.role && r.person.entity == Some(tie.person))
            || !seen.insert((tie.person, role))
        {
            continue;
        }
        found.extend(beside(cx, tie));
    }
    found
}

fn beside(cx: &Context<'_>, tie: &Tie) -> Option<Role> {
    let named = cx.entity(tie.person).mentions.iter().any(|m| m.named);
    let lemma = cx.token(tie.head).lemma.to_lowercase();
    let kin = lexicons::role(&lemma).is_some_and(|n| {
        matches!(
            n.class,
            "husband"
                | "wife"
                | "son"
                | "daughter"
                | "brother"
                | "sister"
                | "man"
                | "woman"
                | "source"
                | "resident"
                | "witness"
                | "son-in-law"
        )
    });
    // "X: 'very good reporter'" is said of X, not X's office
    let said = tie.evidence.slice(cx.text()).contains([':', '“', '"', '‘']);
    let half = tie.role.slice(cx.text()).starts_with("and ");
    // "either of them will be president" gives no office yet
    let to_come = tie.evidence.slice(cx.text()).split(' ').any(|w| matches!(w, "will" | "would" | "could" | "might"));
    if !named || kin || said || half || to_come || names_a_thing(cx, tie) {
        return None;
    }
    let change = if is_former(cx, tie) { RoleChange::Former } else { RoleChange::Holds };
    Some(Role {
        item: Item::new(BESIDE, 0.8, cx.evidence(tie.evidence)),
        person: person(cx, tie.person, tie.evidence),
        role: whole_title(cx, tie),
        party: party(cx, tie.person, tie.of).filter(|p| !is_faith(cx, p)),
        change,
        when: When::unknown(),
    })
}

/// A bare title told of another time ("President Nixon's visit in 1972"): who held it then may hold it no more.
fn is_of_old_times(cx: &Context<'_>, tie: &Tie) -> bool {
    let Some(published) = cx.article.published.map(|p| p.date) else { return false };
    let bare = tie.role.end() < tie.evidence.end() && cx.token(tie.head).pos == "PROPN";
    let old = |d: &crate::model::Timex| d.when.last_day().is_some_and(|l| (published - l).get_days() > 3 * 365);
    bare && cx.dates_in(cx.sentence_at(tie.head)).any(old)
}

/// "Chief Strategy Officer", not "Officer".
fn whole_title(cx: &Context<'_>, tie: &Tie) -> Span {
    let mut start = tie.head;
    if cx.token(tie.head).lower == "officer" {
        let chief = (tie.head.saturating_sub(4)..tie.head).find(|&i| cx.token(i).lower == "chief");
        start = chief.unwrap_or(tie.head);
    }
    if start < tie.head { cx.span(start..tie.head + 1).cover(tie.role) } else { tie.role }
}

/// A faith is no party, nor is the state of a secretary of state.
fn is_faith(cx: &Context<'_>, party: &Reference) -> bool {
    matches!(
        party.span.slice(cx.text()).to_lowercase().as_str(),
        "muslim"
            | "christian"
            | "jewish"
            | "catholic"
            | "protestant"
            | "hindu"
            | "buddhist"
            | "sikh"
            | "sunni"
            | "shiite"
            | "shia"
            | "mormon"
    )
}

/// "the Queen Ada Terminal", "the Captain Moss": ships, berths and streets that bear a person's name.
fn names_a_thing(cx: &Context<'_>, tie: &Tie) -> bool {
    let noble =
        matches!(cx.token(tie.head).lower.as_str(), "queen" | "king" | "prince" | "princess" | "captain" | "lord");
    let words = tie.evidence.slice(cx.text());
    let acts = (0..cx.parse.len())
        .any(|i| cx.entity_at.get(i).copied().flatten() == Some(tie.person) && cx.token(i).dep.starts_with("nsubj"));
    let thing = cx.text().match_indices(words).any(|(at, _)| {
        let rest = cx.text().get(at + words.len()..).unwrap_or("");
        rest.strip_prefix(' ').and_then(|r| r.chars().next()).is_some_and(char::is_uppercase)
    });
    noble && (thing || !acts)
}

fn is_former(cx: &Context<'_>, tie: &Tie) -> bool {
    let phrase = phrase::noun_phrase(cx, tie.head);
    phrase.clone().any(|i| {
        matches!(
            cx.token(i).lower.as_str(),
            "former" | "ex" | "late" | "erstwhile" | "slain" | "murdered" | "deceased" | "retired"
        )
    }) || phrase.start.checked_sub(1).is_some_and(|i| matches!(cx.token(i).lower.as_str(), "former" | "then"))
        || tie.evidence.slice(cx.text()).split(' ').any(|w| w == "was")
        || tie.role.slice(cx.text()).to_lowercase().starts_with("then")
        || phrase::noun_phrase(cx, tie.head).any(|i| cx.token(i).lower == "then")
}

/// The person as named in the evidence, else as first named.
fn person(cx: &Context<'_>, id: EntityId, near: Span) -> Reference {
    let e = cx.entity(id);
    let mention = e.mentions.iter().find(|m| m.named && near.contains(m.span));
    let mention = mention.or_else(|| e.mentions.iter().find(|m| m.named)).or(e.mentions.first());
    Reference { kind: e.kind, span: mention.map_or(near, |m| m.span), entity: Some(id) }
}

fn party(cx: &Context<'_>, person: EntityId, of: Option<(EntityId, usize)>) -> Option<Reference> {
    if let Some((of, token)) = of {
        return Some(Reference { entity: Some(of), kind: cx.entity(of).kind, ..cx.reference(token) });
    }
    let (of, evidence) = cx.entity(person).of?;
    let e = cx.entity(of);
    // a minister's spokesman holds no office of the minister's
    if e.kind == RefKind::Person {
        return None;
    }
    let mention = e.mentions.iter().find(|m| evidence.span.contains(m.span)).or(e.mentions.first())?;
    Some(Reference { kind: e.kind, span: mention.span, entity: Some(of) })
}

/// Verbs that give or take an office.
fn change_verb(lemma: &str) -> Option<RoleChange> {
    static VERBS: std::sync::LazyLock<Vec<(&str, RoleChange)>> = std::sync::LazyLock::new(|| {
        rows(include_str!("../lexicons/role_verbs.tsv"))
            .filter_map(|r| Some((r[0], RoleChange::from_written(r.get(1)?)?)))
            .collect()
    });
    VERBS.iter().find(|v| v.0 == lemma).map(|v| v.1)
}

fn changes(cx: &Context<'_>) -> Vec<Role> {
    let verbs = (0..cx.parse.len()).filter(|&i| cx.token(i).pos == "VERB");
    let mut found = Vec::new();
    for v in verbs {
        let Some(role) = change_verb(&cx.token(v).lemma).and_then(|c| change(cx, v, c)) else { continue };
        // who is replaced has left
        let replaced = replaced(cx, v).and_then(|r| Some((r, named_person(cx, r)?)));
        if let Some((_, id)) = replaced.filter(|(_, id)| role.person.entity != Some(*id)) {
            found.push(Role { person: person(cx, id, role.item.span()), change: RoleChange::Left, ..role.clone() });
        }
        found.push(role);
    }
    found
}

/// The object of "replace" or "succeed", at the verb itself or as its aim ("appointed to replace").
fn replaced(cx: &Context<'_>, verb: usize) -> Option<usize> {
    cx.parse.children_with(verb, &["xcomp", "advcl"]).chain([verb]).find_map(|v| {
        let replaces = matches!(cx.token(v).lemma.as_str(), "replace" | "succeed");
        cx.parse.child(v, &["dobj"]).filter(|_| replaces)
    })
}

fn change(cx: &Context<'_>, verb: usize, change: RoleChange) -> Option<Role> {
    let passive = cx.parse.child(verb, &["nsubjpass"]);
    let negated = cx.parse.child(verb, &["neg"]).is_some()
        || cx.parse.children_with(verb, &["aux"]).any(|a| matches!(cx.token(a).tag.as_str(), "MD"));
    let replaces = matches!(cx.token(verb).lemma.as_str(), "replace" | "succeed");
    let who = match (change, passive) {
        (RoleChange::Appointed, _) if replaces => cx.parse.child(verb, &["nsubj"]),
        (RoleChange::Appointed, Some(s)) => Some(s),
        (RoleChange::Appointed, None) => cx.parse.child(verb, &["dobj"]),
        // who dismisses, sacks or ousts keeps the office; the one dismissed has left it
        _ if is_done_to(cx, verb) => passive.or_else(|| cx.parse.child(verb, &["dobj"])),
        _ => passive.or_else(|| cx.parse.child(verb, &["nsubj"])),
    }?;
    let id = named_person(cx, who).filter(|_| !negated)?;
    let (role, of) = office(cx, verb, who, id)?;
    let evidence = cx.span(verb..verb + 1).cover(role).cover(cx.span(who..who + 1));
    Some(Role {
        item: Item::new(VERB, 0.7, cx.evidence(evidence)),
        person: person(cx, id, evidence),
        role,
        party: party(cx, id, of),
        change,
        when: said_when(cx, verb),
    })
}

fn is_done_to(cx: &Context<'_>, verb: usize) -> bool {
    matches!(cx.token(verb).lemma.as_str(), "dismiss" | "sack" | "fire" | "oust")
}

fn named_person(cx: &Context<'_>, i: usize) -> Option<EntityId> {
    let r = cx.reference(i);
    r.entity.filter(|&e| r.kind == RefKind::Person && cx.entity(e).mentions.iter().any(|m| m.named))
}

/// The words of the office a verb gives or takes: "as minister", "appointed minister", "resigned her post as minister";
/// of one who leaves without more words, the office given beside the name; of one who replaces another, the other's.
fn office(cx: &Context<'_>, verb: usize, who: usize, id: EntityId) -> Option<(Span, Option<(EntityId, usize)>)> {
    let role_at = |i: usize| {
        let lemma = cx.token(i).lemma.to_lowercase();
        lexicons::role(&lemma).is_some().then(|| {
            let np = phrase::noun_phrase(cx, i);
            let start = np.clone().find(|&k| !matches!(cx.token(k).pos.as_str(), "DET" | "PRON")).unwrap_or(np.start);
            (cx.span(start..np.end), None)
        })
    };
    let as_ = cx
        .parse
        .subtree(verb)
        .into_iter()
        .find(|&p| cx.token(p).lower == "as" && cx.parse.child(p, &["pobj"]).is_some());
    if let Some(found) = as_.and_then(|p| cx.parse.child(p, &["pobj"])).and_then(role_at) {
        return Some(found);
    }
    if let Some(found) = cx.parse.children_with(verb, &["oprd", "attr", "dobj"]).filter(|&c| c != who).find_map(role_at)
    {
        return Some(found);
    }
    // "appointed to replace X", "replaces X": X's office
    let of_whom = match replaced(cx, verb) {
        Some(r) => cx.reference(r).entity?,
        None if matches!(change_verb(&cx.token(verb).lemma), Some(RoleChange::Left)) => id,
        None => return None,
    };
    let tie = cx.ties.iter().find(|t| t.person == of_whom)?;
    Some((tie.role, tie.of))
}

/// The time expression that hangs on the verb.
fn said_when(cx: &Context<'_>, verb: usize) -> When {
    let under = |i: usize| cx.parse.ancestors(i).take(3).any(|a| a == verb);
    cx.parse
        .sentence_of(verb)
        .filter(|&i| under(i))
        .find_map(|i| {
            let token = cx.span(i..i + 1);
            cx.dates.iter().find(|d| d.item.span().contains(token)).map(|d| d.when.clone())
        })
        .unwrap_or_default()
}
