//! Speech that takes no stand by itself is kept as an assertion; and those who join a stand, or speak against it.

use std::ops::Range;

use rapporteur_text::Span;

use super::build::topics_of;
use super::clause::{agent, dep, is_punct, is_verb, lemma, subject};
use super::clauses::{self, Clause};
use super::conditions::{Tie, condition};
use super::holder::{Held, Voices, acts, reference, speakers};
use super::lexicon::is;
use super::roster::{self, Role, Roster};
use super::together::{slashed, together};
use crate::Context;
use crate::model::{Act, Item, Modality, Mode, Polarity, Quote, Reference, Rule, Statement};
use crate::syntax_help::is_finite;

const SPEECH: Rule = Rule("statement.speech.v2");
const JOINED: Rule = Rule("statement.joined.v1");

/// An assertion for every clause of a quotation in the sentence of which its source holds no other statement here: of the
/// speech itself and of each speech it relays.
///
/// The ties of the sentence that belong to no stand are conditions of what is said around them.
pub(super) fn plain_speech(
    cx: &Context<'_>,
    sentence: Range<usize>,
    voices: &Voices,
    free: &[&Tie],
    here: &mut Vec<Statement>,
) {
    for q in said_in(cx, sentence.clone(), voices) {
        let Some(quote) = cx.quotes.get(q) else { continue };
        let holders = speakers(cx, quote);
        for clause in clauses::of(cx, quote, sentence.clone()) {
            let span = clause.words;
            if !says(cx, quote, span, cx.parse.tokens_in(span.range())) || relays_only(cx, quote, span) {
                continue;
            }
            for held in &holders {
                if !spoken_for(here, held, (quote, q), &clause) && !only_a_pronoun(cx, held) {
                    let conditions = free.iter().filter(|t| span.contains(cx.span(t.words.clone())) && t.binds(cx));
                    let conditions = conditions.map(|t| condition(cx, t, false)).collect();
                    here.push(Statement { conditions, ..assertion(cx, held.clone(), quote, (clause.start, span)) });
                }
            }
        }
    }
}

/// The quotations of a sentence: the outermost of each stretch and the speeches it relays, in text order; of several
/// sources of the same words the first.
fn said_in(cx: &Context<'_>, sentence: Range<usize>, voices: &Voices) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let alike = |a: usize, b: usize| {
        let pair = cx.quotes.get(a).zip(cx.quotes.get(b));
        a == b || pair.is_some_and(|(a, b)| a.cue == b.cue && a.content == b.content)
    };
    for q in sentence.filter_map(|t| voices.of(t)) {
        if !found.iter().any(|&f| alike(f, q)) {
            found.push(q);
        }
    }
    found
}

/// Whether the words are nothing but another's speech: "the envoy had told the table that it would wait".
fn relays_only(cx: &Context<'_>, quote: &Quote, span: Span) -> bool {
    cx.quotes.iter().any(|inner| {
        let (Some(cue), Some(source)) = (inner.cue, inner.source) else { return false };
        let relayed = quote.content != inner.content && span.contains(cue) && span.contains(source.span);
        let own = cx.parse.tokens_in(span.range()).filter(|&i| {
            let at = cx.token(i).start as usize;
            let inner = cue.holds(at) || source.span.holds(at) || inner.content.iter().any(|c| c.holds(at));
            !inner && matches!(cx.token(i).pos.as_str(), "VERB" | "AUX" | "NOUN" | "PROPN" | "PRON")
        });
        relayed && own.count() < 3
    })
}

/// Whether the words say something in a clause, and are said: "raised the matter" and "asked not to be named" are not.
fn says(cx: &Context<'_>, quote: &Quote, span: Span, tokens: Range<usize>) -> bool {
    let beside = quote
        .cue
        .is_some_and(|c| cx.parse.tokens_in(c.range()).any(|i| cx.token(i).tag == "VBN" && is("joins", lemma(cx, i))));
    let mut tokens = tokens;
    let denied = quote.cue.is_some_and(|c| cx.parse.tokens_in(c.range()).any(|i| dep(cx, i) == "neg"));
    let fragment = FRAGMENTS.iter().any(|r| quote.item.rule.0.starts_with(r)) && tokens.len() > 3 && !denied;
    let clause = quote.mode != Mode::Indirect || fragment || tokens.any(|i| is_verb(cx, i) && is_finite(cx, i));
    clause && !beside && !unsaid(cx, span, quote)
}

/// Rules whose content is what was said also where it is no clause: "Not a coin, was his reply".
const FRAGMENTS: &[&str] = &[
    "quote.how-put.",
    "quote.as-put.",
    "quote.so.",
    "quote.inserted.",
    "quote.according-to.",
    "quote.called.",
    "quote.to-whom.",
];

/// Whether the holder has another statement here that stands for a clause of the quotation `q`.
fn spoken_for(here: &[Statement], held: &Held, (quote, q): (&Quote, usize), clause: &Clause) -> bool {
    let cued = |s: &Statement| quote.cue.is_some_and(|c| c.overlaps(s.predicate));
    let same_party = |a: Option<Reference>, b: Option<Reference>| a.map(|r| r.span) == b.map(|r| r.span);
    let same = |s: &Statement| {
        (s.holder.span == held.holder.span || s.holder.entity.is_some() && s.holder.entity == held.holder.entity)
            && (same_party(s.on_behalf_of, held.on_behalf_of) || held.on_behalf_of.is_none())
    };
    // a statement that has its act from the cue stands for all that is said
    let told = |s: &Statement| s.quote == Some(q) && !quote.content.iter().any(|c| c.overlaps(s.predicate));
    here.iter().any(|s| {
        let other = s.item.rule != SPEECH;
        other && cued(s)
            || same(s) && other && (told(s) || clause.holds(s.predicate))
            || same(s) && s.matter == clause.words
    })
}

fn only_a_pronoun(cx: &Context<'_>, held: &Held) -> bool {
    held.holder.entity.is_none() && cx.parse.tokens_in(held.holder.span.range()).all(|i| cx.token(i).pos == "PRON")
}

/// The statement that `held` said the words `span`, from token `start` on.
fn assertion(cx: &Context<'_>, held: Held, quote: &Quote, (start, span): (usize, Span)) -> Statement {
    let around = cx.sentence_at(start);
    let beside = [Some(held.holder.span), quote.cue].into_iter().flatten().filter(|&s| around.contains(s));
    let own = beside.fold(span, Span::cover);
    let of = |o: &Quote| o.source.map(|s| s.span) == Some(held.holder.span);
    let alike = |o: &Quote| o.cue == quote.cue && o.content == quote.content;
    let q = cx.quotes.iter().position(|o| alike(o) && of(o)).or_else(|| cx.quotes.iter().position(alike));
    Statement {
        item: Item::new(SPEECH, 0.6, cx.evidence(own)),
        holder: held.holder,
        on_behalf_of: held.on_behalf_of,
        predicate: quote.cue.unwrap_or(span),
        negated: false,
        act: Act::Assert,
        polarity: Polarity::None,
        matter: span,
        topics: topics_of(cx, start, span),
        target: None,
        conditions: Vec::new(),
        modality: Modality::Certain,
        mode: quote.mode,
        chain: held.chain,
        named: held.named,
        quote: q,
        proposal: None,
        point: None,
        said: quote.said.clone(),
    }
}

/// "asked not to be named", "declined to comment", "on condition of anonymity".
fn unsaid(cx: &Context<'_>, span: Span, quote: &Quote) -> bool {
    let opens = cx.parse.tokens_in(span.range()).take(4).any(|i| is("anonymity", lemma(cx, i)));
    let cue = |c: Span| {
        let asks = |i| matches!(lemma(cx, i), "ask" | "decline" | "refuse" | "speak" | "insist" | "request" | "want");
        cx.parse.tokens_in(c.range()).any(asks)
    };
    opens && quote.cue.is_some_and(cue)
}

/// "Chile, supported by Peru and opposed by Bolivia, proposed ...": others take the same stand or its opposite.
pub(super) fn supporters(cx: &Context<'_>, sentence: Range<usize>, here: &mut Vec<Statement>) {
    let mut added = Vec::new();
    let rosters: Vec<Roster> = sentence.clone().filter_map(|v| roster::before(cx, v)).collect();
    for roster in &rosters {
        seated(cx, roster, here, &mut added);
    }
    let trailing = sentence.clone().filter(|&k| !rosters.iter().any(|r| r.tokens.contains(&k)));
    let trailing: Vec<usize> = trailing.filter(|&k| backed(cx, k, here, &mut added)).collect();
    for v in sentence.clone() {
        if trailing.iter().any(|&k| k <= v && v < k + 60) {
            continue;
        }
        if cx.token(v).tag != "VBN" || !matches!(dep(cx, v), "acl" | "advcl" | "conj" | "relcl" | "dep") {
            continue;
        }
        if !is("joins", lemma(cx, v)) {
            continue;
        }
        let against = lemma(cx, v) == "oppose";
        // those in a list before a verb are read from the list
        let Some(others) = agent(cx, v).filter(|&o| !rosters.iter().any(|r| r.tokens.contains(&o))) else { continue };
        let Some(first) = joined_to(cx, v) else { continue };
        join(cx, first, others, against, here, &mut added);
    }
    for v in sentence {
        // "while Peru and Bolivia opposed", "and Peru agreed": no object of its own
        let against = match lemma(cx, v) {
            "oppose" | "object" | "disagree" => true,
            "agree" | "concur" => false,
            _ => continue,
        };
        let bare = cx.parse.child(v, &["dobj", "prep", "ccomp", "xcomp", "agent", "auxpass", "neg"]).is_none();
        let Some(own) = cx.parse.child(v, &["nsubj"]).filter(|_| bare && is_verb(cx, v)) else { continue };
        if !matches!(dep(cx, v), "advcl" | "conj" | "ccomp" | "dep") {
            continue;
        }
        // the parse hangs it inside what was asked: "requested that the bank wait, while Peru opposed"
        let above = std::iter::once(cx.parse.head(v)).chain(cx.parse.ancestors(cx.parse.head(v))).take(4);
        let holds = |&f: &usize| f != own && here.iter().any(|s| s.holder.span.holds(cx.token(f).start as usize));
        if let Some(first) = above.filter(|&a| is_verb(cx, a)).filter_map(|a| subject(cx, a)).find(holds) {
            join(cx, first, own, against, here, &mut added);
        }
    }
    here.extend(added);
}

/// Gives what stands right before the participle `k` to those listed behind it; whether there was something.
fn backed(cx: &Context<'_>, k: usize, here: &[Statement], added: &mut Vec<Statement>) -> bool {
    let Some(seats) = roster::behind(cx, k) else { return false };
    let start = cx.token(k).start as usize;
    let next = |s: &&Statement| {
        let gap = Span::of(cx.text(), s.matter.end()..start.max(s.matter.end())).map_or("", |g| g.slice(cx.text()));
        s.matter.end() <= start
            && s.predicate.end() < start
            && gap.chars().all(|c| !c.is_alphanumeric())
            && gap.len() < 6
    };
    let base: Vec<&Statement> = here.iter().filter(next).collect();
    for seat in seats.iter().filter(|_| !base.is_empty()) {
        for head in std::iter::once(seat.head).chain(seat.behalf.iter().map(|b| b.0)) {
            for holder in slashed(cx, reference(cx, head)) {
                added.extend(base.iter().map(|s| joined(s, holder, seat.role == Role::Oppose)));
            }
        }
    }
    !base.is_empty()
}

/// Gives what is held from a list's verb on to those the list sets beside its first name, or beside the subject.
fn seated(cx: &Context<'_>, roster: &Roster, here: &[Statement], added: &mut Vec<Statement>) {
    let Some(first) = roster.first().or_else(|| subject(cx, roster.verb)) else { return };
    let (at, from) = (cx.token(first).start as usize, cx.token(roster.verb).start as usize);
    let base: Vec<&Statement> = here.iter().filter(|s| s.holder.span.holds(at) && s.predicate.end() > from).collect();
    let beside = |s: &&roster::Seat| {
        s.role != Role::Holder && (s.role != Role::With || roster.first().is_none()) && s.head != first
    };
    for seat in roster.seats.iter().filter(beside) {
        let against = seat.role == Role::Oppose;
        for head in std::iter::once(seat.head).chain(seat.behalf.iter().map(|b| b.0)) {
            for holder in slashed(cx, reference(cx, head)) {
                added.extend(base.iter().filter(|s| s.holder.span != holder.span).map(|s| joined(s, holder, against)));
            }
        }
    }
}

/// Gives the stands of the holder with token `first` to the others joined to it.
fn join(cx: &Context<'_>, first: usize, others: usize, against: bool, here: &[Statement], added: &mut Vec<Statement>) {
    let at = cx.token(first).start as usize;
    let base: Vec<&Statement> = here.iter().filter(|s| s.holder.span.holds(at)).collect();
    for other in together(cx, others).into_iter().filter(|&o| acts(cx, o)) {
        for holder in slashed(cx, reference(cx, other)) {
            added.extend(base.iter().filter(|s| s.holder.span != holder.span).map(|s| joined(s, holder, against)));
        }
    }
}

/// The holder whose stand the participle `v` joins: the noun it is set beside, or its clause's subject.
fn joined_to(cx: &Context<'_>, v: usize) -> Option<usize> {
    let mut at = v;
    while dep(cx, at) == "conj" {
        at = cx.parse.head(at);
    }
    // "was supported by": a stand of its own
    if cx.parse.child(at, &["auxpass", "nsubjpass"]).is_some() {
        return None;
    }
    let head = cx.parse.head(at);
    if is_verb(cx, head) {
        return subject(cx, head);
    }
    if acts(cx, head) {
        return Some(head);
    }
    // set off behind the object: "proposed a pause, opposed by Bolivia"
    let mut up = head;
    for _ in 0..5 {
        if is_verb(cx, up) && cx.parse.child(up, &["nsubj"]).is_some() {
            return (at > 0 && is_punct(cx, at - 1)).then(|| subject(cx, up)).flatten();
        }
        up = cx.parse.head(up);
    }
    None
}

fn joined(s: &Statement, holder: crate::model::Reference, against: bool) -> Statement {
    let mut s = s.clone();
    s.item.rule = JOINED;
    s.item.confidence = s.item.confidence.min(0.7);
    s.holder = holder;
    s.on_behalf_of = None;
    if against {
        s.negated = !s.negated;
        (s.act, s.polarity) = match s.polarity {
            Polarity::For | Polarity::Open => (Act::Oppose, Polarity::Against),
            Polarity::Against => (Act::Support, Polarity::For),
            Polarity::None => (s.act, Polarity::None),
        };
    }
    s
}
