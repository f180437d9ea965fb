//! Who holds a statement: the subject, the source of the quotation around it, or one through the other.

use rapporteur_text::Span;

use super::chains::{self, anonymous};
use super::clause::{dep, is_punct, is_verb, lemma, lower, phrase};
use super::lexicon::is;
use super::roster;
use super::together::{slashed, together};
use crate::Context;
use crate::mentions::lexicons::country;
use crate::model::{EntityId, Link, LinkSort, Mode, Quote, RefKind, Reference};

/// For each token, the innermost quotation whose content it stands in.
pub(super) struct Voices {
    at: Vec<Option<usize>>,
}

impl Voices {
    /// Marks the tokens of every quotation's content; of nested ones the inner.
    pub(super) fn new(cx: &Context<'_>) -> Self {
        let mut order: Vec<usize> = (0..cx.quotes.len()).collect();
        let size = |q: &Quote| q.content.iter().map(|s| s.len()).sum::<usize>();
        order.sort_by_key(|&q| (std::cmp::Reverse(size(&cx.quotes[q])), q));
        let mut at = vec![None; cx.parse.len()];
        for q in order {
            for span in &cx.quotes[q].content {
                cx.parse.tokens_in(span.range()).for_each(|t| at[t] = Some(q));
            }
        }
        Self { at }
    }

    /// The quotation around token `i`.
    pub(super) fn of(&self, i: usize) -> Option<usize> {
        self.at.get(i).copied().flatten()
    }
}

/// Who holds it and by which way it reached us.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub(super) holder: Reference,
    pub(super) on_behalf_of: Option<Reference>,
    pub(super) chain: Vec<Link>,
    pub(super) named: bool,
    /// The holder's head token in the sentence, where it stands there.
    pub(super) token: Option<usize>,
}

/// A reference to the words of the phrase headed by `i` alone, without what is joined to it.
pub(super) fn reference(cx: &Context<'_>, i: usize) -> Reference {
    if let Some(words) = roster::words(cx, i) {
        return Reference { span: cx.span(words), ..cx.reference(i) };
    }
    let r = cx.reference(i);
    if r.entity.is_none()
        && let Some(name) = cx.parse.children_with(i, &["appos"]).find(|&a| cx.reference(a).entity.is_some())
    {
        return cx.reference(name);
    }
    let mut range = phrase(cx, i);
    // "the union's": the mark is no part of the name
    if range.len() > 1 && cx.token(range.end - 1).tag == "POS" && range.end - 1 > i {
        range.end -= 1;
    }
    let words = cx.span(range);
    if r.span.overlaps(words) && !words.is_empty() { Reference { span: words, ..r } } else { r }
}

/// Whether the noun phrase headed by `i` names someone who can take a stand.
pub(super) fn acts(cx: &Context<'_>, i: usize) -> bool {
    if let Some(e) = cx.reference(i).entity {
        return cx.entity(e).kind != RefKind::Issue
            && (cx.entity(e).kind != RefKind::Place
                || cx.token(i).ent == "GPE"
                || cx.token(i).ent.is_empty() && acronym(cx, i));
    }
    let t = cx.token(i);
    match t.pos.as_str() {
        "PRON" => {
            matches!(
                lower(cx, i),
                "he" | "she"
                    | "it"
                    | "they"
                    | "both"
                    | "all"
                    | "his"
                    | "her"
                    | "its"
                    | "their"
                    | "him"
                    | "them"
                    | "who"
            ) && cx.reference(i).entity.is_some()
        }
        "PROPN" => {
            matches!(t.ent.as_str(), "" | "PERSON" | "ORG" | "GPE" | "NORP")
                || country(cx.word(i)).is_some()
                || roster::words(cx, i).is_some()
        }
        // a body in capitals that the model takes for an adjective
        "ADJ" => acronym(cx, i) && matches!(dep(cx, i), "nsubj" | "pobj" | "conj"),
        // "its ally Chile", "the lender, Credit North"
        "NOUN" => {
            let named = |a: usize| cx.token(a).pos == "PROPN" && cx.reference(a).entity.is_some();
            is("actor", lemma(cx, i)) || acronym(cx, i) || cx.parse.children_with(i, &["appos"]).any(named)
        }
        _ => false,
    }
}

/// "the LDCs", "CARICOM": a body known by its letters, which the model takes for a noun.
pub(super) fn acronym(cx: &Context<'_>, i: usize) -> bool {
    let word = cx.word(i).trim_end_matches('s');
    word.len() > 2 && word.chars().all(|c| c.is_ascii_uppercase() || c == '-') && cx.token(i).ent != "PERSON"
}

/// Whether a common noun is a word for people, bodies and offices that take stands: "ministry", "delegate".
pub(crate) fn is_actor(cx: &Context<'_>, i: usize) -> bool {
    is("actor", lemma(cx, i)) || acronym(cx, i)
}

fn first_person(cx: &Context<'_>, i: usize) -> bool {
    matches!(lower(cx, i), "i" | "we" | "us" | "me" | "our" | "my" | "ours" | "ourselves" | "myself")
        // "US demands" are not ours
        && cx.token(i).pos != "PROPN"
}

/// The side that an entity speaks for: what it belongs to, else itself where it is a party.
pub(super) fn side_of(cx: &Context<'_>, id: EntityId) -> Option<EntityId> {
    let e = cx.entity(id);
    e.of.map(|(of, _)| of).or((e.kind == RefKind::Party).then_some(e.id))
}

/// Whether the phrase headed by `i` is the speaker's own side: "we", "our government", "his delegation".
pub(crate) fn own_side(cx: &Context<'_>, i: usize) -> bool {
    let possessor = cx.parse.children_with(i, &["poss"]).next();
    first_person(cx, i)
        || possessor.is_some_and(|p| {
            matches!(lower(cx, p), "our" | "my" | "his" | "her" | "its" | "their") && is("side", lemma(cx, i))
        })
}

/// Holders for a stand whose subject (or possessor, agent) is token `subject`, said in quotation `voice`.
///
/// `None` for the subject means that the speaker holds it. Empty where nobody who could hold it is found.
pub(super) fn holders(
    cx: &Context<'_>,
    subject: Option<usize>,
    voice: Option<usize>,
    cued: Option<usize>,
) -> Vec<Held> {
    let found = subject_holders(cx, subject, voice);
    if !found.is_empty() || subject.is_none() {
        return found;
    }
    // the verb attributes a quotation, so its subject was taken for a source
    cued.and_then(|q| cx.quotes.get(q)).map(|q| speakers(cx, q)).unwrap_or_default()
}

fn subject_holders(cx: &Context<'_>, subject: Option<usize>, voice: Option<usize>) -> Vec<Held> {
    let quote = voice.and_then(|q| cx.quotes.get(q));
    let Some(subject) = subject else {
        return quote.map(|q| speakers(cx, q)).unwrap_or_default();
    };
    let mut found: Vec<Held> = Vec::new();
    for i in together(cx, subject) {
        if first_person(cx, i) || own_side(cx, i) {
            match quote {
                Some(q) => {
                    let side = reference(cx, i);
                    let behalf = (!first_person(cx, i) && side.entity.is_some()).then_some(side);
                    found.extend(
                        speakers(cx, q).into_iter().map(|h| Held { on_behalf_of: behalf.or(h.on_behalf_of), ..h }),
                    );
                }
                None if first_person(cx, i) => {}
                None => found.push(plain(cx, i)),
            }
            continue;
        }
        if !acts(cx, i) {
            // in reported speech a pronoun nobody else claims is the speaker
            let reported = quote.filter(|q| (is_pronoun(cx, i) || a_side(cx, i)) && q.mode != Mode::Direct);
            found.extend(reported.map(|q| speakers(cx, q)).unwrap_or_default());
            continue;
        }
        let mut held = plain(cx, i);
        if let Some(q) = quote {
            held = through(cx, q, held, i);
        }
        found.extend(spread(cx, held, i));
    }
    found.extend(companions(cx, subject, quote));
    found
}

/// One record a name and a party spoken for: "Brazil, for the A/B".
fn spread(cx: &Context<'_>, held: Held, i: usize) -> Vec<Held> {
    let behalf = held.on_behalf_of.map_or_else(|| represented(cx, i), |b| vec![b]);
    let parties: Vec<_> = behalf.into_iter().flat_map(|b| slashed(cx, b)).collect();
    let mut found = Vec::new();
    for holder in slashed(cx, held.holder) {
        if parties.is_empty() {
            found.push(Held { holder, on_behalf_of: None, ..held.clone() });
        }
        found.extend(parties.iter().map(|&b| Held { holder, on_behalf_of: Some(b), ..held.clone() }));
    }
    found
}

/// Those who take the stand of `verb` beside its subject: "and, with Peru, opposed".
pub(super) fn beside(cx: &Context<'_>, verb: usize, voice: Option<usize>) -> Vec<Held> {
    companions(cx, verb, voice.and_then(|q| cx.quotes.get(q)))
}

/// Whether a subject nobody knows is written as a name, or is "his" and "their" people: the side that the source of a
/// report speaks for ("the Eight could suspend it, she said").
fn a_side(cx: &Context<'_>, i: usize) -> bool {
    let word = cx.word(i);
    let named = word.chars().next().is_some_and(char::is_uppercase)
        && i > 0
        && lower(cx, i - 1) == "the"
        && !matches!(cx.token(i).ent.as_str(), "PERSON" | "DATE" | "TIME" | "EVENT" | "LAW" | "WORK_OF_ART");
    let owned = cx
        .parse
        .children_with(i, &["poss"])
        .any(|p| matches!(lower(cx, p), "his" | "her" | "its" | "their" | "our" | "my"));
    named || owned && matches!(cx.token(i).tag.as_str(), "NNS") && is("people", lemma(cx, i))
}

fn is_pronoun(cx: &Context<'_>, i: usize) -> bool {
    matches!(lower(cx, i), "he" | "she" | "they" | "it")
}

/// The source of a quotation as the holder, where it is someone who can hold a position.
pub(super) fn speaker(cx: &Context<'_>, q: &Quote) -> Option<Held> {
    if let Some(held) = q.source.and_then(|s| author(cx, q, s)) {
        return Some(held);
    }
    let source = q.source.filter(|&s| holds(cx, q, s))?;
    let chain = chains::relays(cx, q, source.entity, source.span);
    let holder = Reference { span: name_in(cx, source).unwrap_or(source.span), ..source };
    let on_behalf_of = head_of(cx, source.span).and_then(|h| staffed(cx, h, holder));
    Some(Held { holder, on_behalf_of, chain, named: !anonymous(cx, q), token: None })
}

/// "his office", "the minister's lawyers": the person whose people speak, where they have no name.
fn staffed(cx: &Context<'_>, h: usize, holder: Reference) -> Option<Reference> {
    let named = holder.entity.is_some_and(|e| cx.entity(e).mentions.iter().any(|m| m.named));
    let tied = holder.entity.is_some_and(|e| cx.entity(e).of.is_some());
    if named || tied || !STAFF.contains(&lemma(cx, h)) {
        return None;
    }
    let whose = cx.parse.child(h, &["poss"])?;
    let person = cx.reference(whose);
    let known = person.entity.is_some_and(|e| cx.entity(e).mentions.iter().any(|m| m.named));
    (known && person.kind == RefKind::Person).then_some(person)
}

/// Who speaks for a person.
const STAFF: &[&str] = &[
    "office",
    "staff",
    "team",
    "aide",
    "lawyer",
    "counsel",
    "attorney",
    "campaign",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "people",
    "adviser",
    "advisor",
    "camp",
    "entourage",
    "department",
    "ministry",
    "solicitor",
];

/// "A statement from the ministry said", "the bank's letter says": whose paper it is.
fn author(cx: &Context<'_>, q: &Quote, source: Reference) -> Option<Held> {
    let own = q.chain.iter().find(|l| l.span.overlaps(source.span)).or_else(|| q.chain.last());
    let paper = own.is_some_and(|l| matches!(l.sort, LinkSort::Document)) && source.kind != RefKind::Person;
    let h = head_of(cx, source.span).filter(|&h| paper && cx.token(h).pos == "NOUN")?;
    let from = cx.parse.children_with(h, &["prep"]).find(|&p| matches!(lower(cx, p), "from" | "by"));
    let whose = from.and_then(|p| cx.parse.child(p, &["pobj"])).or_else(|| cx.parse.child(h, &["poss"]));
    let holder = whose.filter(|&w| acts(cx, w)).map(|w| reference(cx, w))?;
    Some(Held {
        holder,
        on_behalf_of: None,
        chain: chains::relays(cx, q, None, source.span),
        named: !anonymous(cx, q),
        token: None,
    })
}

/// All sources of the words of `q`, with the parties they speak for.
pub(super) fn speakers(cx: &Context<'_>, q: &Quote) -> Vec<Held> {
    let same = |o: &&Quote| o.cue == q.cue && o.content == q.content && q.cue.is_some();
    let own: Vec<&Quote> = cx.quotes.iter().filter(same).collect();
    let all = if own.is_empty() { vec![q] } else { own };
    let alone = all.len() == 1;
    let mut found = Vec::new();
    for o in all {
        let Some(held) = speaker(cx, o) else { continue };
        let Some(h) = o.source.and_then(|s| head_of(cx, s.span)) else {
            found.push(held);
            continue;
        };
        // whoever speaks for it has it in the record
        if !alone && roster::around(cx, h).is_some_and(|r| r.spoken_for(h)) {
            continue;
        }
        found.extend(spread(cx, held.clone(), h));
        // people who say it together are one source, but each holds it
        let others = together(cx, h).into_iter().filter(|&i| alone && i != h && acts(cx, i));
        found.extend(others.map(|i| Held { holder: reference(cx, i), token: Some(i), ..held.clone() }));
    }
    found
}

/// The token in a span whose head stands outside it.
fn head_of(cx: &Context<'_>, span: Span) -> Option<usize> {
    let mut tokens = cx.parse.tokens_in(span.range());
    tokens.find(|&i| cx.parse.is_root(i) || !span.holds(cx.token(cx.parse.head(i)).start as usize))
}

/// Whether a source can hold a position: a party or a person, named or described; no newspaper, paper, fact or word
/// that stands for nobody known.
fn holds(cx: &Context<'_>, q: &Quote, source: Reference) -> bool {
    let own = q.chain.iter().find(|l| l.span.overlaps(source.span)).or_else(|| q.chain.last());
    if own.is_some_and(|l| matches!(l.sort, LinkSort::Outlet | LinkSort::Agency | LinkSort::Document)) {
        return false;
    }
    if source.entity.is_some() {
        return true;
    }
    head_of(cx, source.span).is_none_or(|h| {
        let named = cx
            .parse
            .tokens_in(source.span.range())
            .any(|i| matches!(cx.token(i).ent.as_str(), "PERSON" | "ORG" | "GPE" | "NORP"));
        let pronoun = cx.token(h).pos == "PRON" && !matches!(lower(cx, h), "both" | "neither" | "all" | "each");
        !pronoun && (acts(cx, h) || named || cx.token(h).pos == "PROPN" || is("actor", lemma(cx, h)))
    })
}

/// The name inside a source's words, without its apposition.
fn name_in(cx: &Context<'_>, source: Reference) -> Option<Span> {
    let entity = cx.entity(source.entity?);
    entity.mentions.iter().find(|m| m.named && source.span.contains(m.span)).map(|m| m.span)
}

fn plain(cx: &Context<'_>, i: usize) -> Held {
    Held { holder: reference(cx, i), on_behalf_of: None, chain: Vec::new(), named: true, token: Some(i) }
}

/// A holder named by somebody else: either the speaker speaks for it, or the speaker is a relay.
fn through(cx: &Context<'_>, q: &Quote, held: Held, i: usize) -> Held {
    let Some(source) = q.source else {
        return Held { chain: chains::others(cx, q), named: !anonymous(cx, q), ..held };
    };
    let same = source.entity.is_some() && source.entity == held.holder.entity;
    if same {
        return speaker(cx, q).map_or(held.clone(), |s| Held { token: held.token, ..s });
    }
    let of = source.entity.and_then(|e| cx.entity(e).of).map(|(e, _)| e);
    let speaks_for = match (of, held.holder.entity) {
        (Some(of), Some(e)) => of == e,
        // "the government", "the union" said by one of a side that is not told
        (Some(_), None) | (None, None) => is("side", lemma(cx, i)),
        (None, Some(e)) => source.kind == RefKind::Person && cx.entity(e).kind != RefKind::Person,
    };
    if speaks_for && !anonymous(cx, q) && source.kind == RefKind::Person {
        let behalf = Some(held.holder).filter(|h| h.entity.is_some());
        return speaker(cx, q).map_or(held.clone(), |s| Held { on_behalf_of: behalf, token: held.token, ..s });
    }
    if !chains::reports(q) || !anonymous(cx, q) && chains::voices(cx, source, held.holder) {
        return Held { chain: chains::before(cx, q), named: !anonymous(cx, q) && held.named, ..held };
    }
    let mut chain = chains::others(cx, q);
    if q.chain.is_empty() {
        chain.push(Link { span: source.span, sort: link_sort(source.kind), entity: source.entity });
    }
    Held { chain, named: !anonymous(cx, q) && held.named, ..held }
}

fn link_sort(kind: RefKind) -> LinkSort {
    match kind {
        RefKind::Person => LinkSort::Person,
        _ => LinkSort::Party,
    }
}

/// "Finland, on behalf of the European Union", "Joss, for the miners", "Mrs Adler, speaking for the company".
fn represented(cx: &Context<'_>, i: usize) -> Vec<Reference> {
    if let Some(roster) = roster::around(cx, i)
        && let Some(seat) = roster.seats.iter().find(|s| s.head == i)
    {
        return seat.behalf.iter().map(|b| reference(cx, b.0)).collect();
    }
    let mut at = vec![i];
    let verb = cx.parse.head(i);
    at.extend((dep(cx, i) == "nsubj" && verb > i).then_some(verb));
    at.extend(cx.parse.children_with(i, &["acl"]).filter(|&a| matches!(lower(cx, a), "speaking" | "negotiating")));
    for h in at {
        for p in cx.parse.children_with(h, &["prep"]).filter(|&p| p > i && (h != verb || p < verb)) {
            let set_off = p > 0 && is_punct(cx, p - 1);
            let phrase = match lower(cx, p) {
                "for" if set_off || h != i && h != verb => cx.parse.child(p, &["pobj"]),
                "on" => cx
                    .parse
                    .child(p, &["pobj"])
                    .filter(|&b| lower(cx, b) == "behalf")
                    .and_then(|b| cx.parse.child(b, &["prep"]))
                    .and_then(|of| cx.parse.child(of, &["pobj"])),
                _ => None,
            };
            if let Some(o) = phrase.filter(|&o| acts(cx, o)) {
                return together(cx, o).into_iter().filter(|&o| acts(cx, o)).map(|o| reference(cx, o)).collect();
            }
        }
    }
    Vec::new()
}

/// "Chile, with Peru and Bolivia, proposed": those who take the same stand.
fn companions(cx: &Context<'_>, of: usize, quote: Option<&Quote>) -> Vec<Held> {
    if quote.is_some() {
        return Vec::new();
    }
    with_others(cx, of).into_iter().filter(|&c| acts(cx, c)).map(|c| plain(cx, c)).collect()
}

/// Heads of those who stand with `of`, set off by commas: ", with Peru and Bolivia,".
pub(super) fn with_others(cx: &Context<'_>, of: usize) -> Vec<usize> {
    let with = cx.parse.children_with(of, &["prep"]).find(|&p| {
        let after = cx.parse.tokens.get(cx.parse.subtree_range(p).end);
        lower(cx, p) == "with"
            && p > 0
            && (p < of || !is_verb(cx, of))
            && (is_punct(cx, p - 1) || dep(cx, p - 1) == "cc")
            && after.is_some_and(|t| matches!(t.pos.as_str(), "PUNCT" | "VERB" | "CCONJ"))
    });
    let with = with.and_then(|p| cx.parse.child(p, &["pobj"])).filter(|&o| acts(cx, o));
    with.map(|o| together(cx, o)).unwrap_or_default()
}

/// The first noun phrase above or at `i` that can be a target.
pub(super) fn target(cx: &Context<'_>, i: usize, voice: Option<usize>) -> Option<Reference> {
    if first_person(cx, i) {
        return voice.and_then(|q| cx.quotes.get(q)).and_then(|q| q.source);
    }
    (acts(cx, i) && dep(cx, i) != "expl").then(|| reference(cx, i))
}
