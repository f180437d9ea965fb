//! Nouns that name a stand: "the union's call for a rise", "its refusal to talk", "a proposal by Chile to wait".

use std::ops::Range;

use super::candidate::Candidate;
use super::clause::{
    clause_child, dep, empty_phrase, force, infinitive, is_verb, lemma, lower, passive, range_without, subject,
};
use super::holder::acts;
use super::lexicon::{NOUNS, NounEntry, Stand, is, negated as turned};
use super::lists::split;
use crate::Context;
use crate::model::{Act, Modality, Polarity, Rule};

const NOUN: Rule = Rule("statement.noun.v1");
const STANDS: Rule = Rule("statement.noun-stands.v1");

/// Stands named by the noun `n`.
pub(super) fn find(cx: &Context<'_>, n: usize, voiced: bool, out: &mut Vec<Candidate>) {
    if !matches!(cx.token(n).pos.as_str(), "NOUN") || matches!(dep(cx, n), "compound") {
        return;
    }
    let denied = empty_phrase(cx, n);
    let idiom = format!("no {}", lemma(cx, n));
    let found = NOUNS.get(idiom.as_str()).filter(|_| denied);
    let Some(entries) = found.or_else(|| NOUNS.get(lemma(cx, n))) else { return };
    let denied = denied && found.is_none();
    let owner = possessor(cx, n);
    if hinges(cx, n, owner, voiced, entries, out) {
        return;
    }
    let shift = governing(cx, n);
    if dep(cx, n) == "dobj" && is("doubt", lemma(cx, cx.parse.head(n))) {
        return;
    }
    for e in entries {
        let Some((head, range)) = complement(cx, n, e) else { continue };
        let holder = match (owner, shift) {
            (Some(o), _) => Some(o),
            // "renewed calls for", "withdrew an offer of": the subject's own
            (None, Some((verb, _))) => subject(cx, verb).filter(|&s| s != n),
            (None, None) => None,
        };
        let Some(holder) = holder else { break };
        let (mut stand, mut negated) = shifted(e.stand, shift.filter(|_| own(cx, n, owner)));
        let holding = shift.is_some_and(|(verb, _)| matches!(lemma(cx, verb), "have" | "see"));
        if holding && !denied && found.is_none() && !is("seen", lemma(cx, n)) {
            return;
        }
        if denied || shift.is_some_and(|(verb, gone)| !gone && force(cx, verb).negated) {
            stand = turned(stand);
            negated = true;
        }
        let parts = split_ties(cx, n, e, (head, range));
        for (head, matter) in parts {
            out.push(candidate(n, NOUN, 0.7, Some(holder), stand, negated, head, matter));
        }
        return;
    }
    if !denied && made(cx, n, owner, entries, out) {
        return;
    }
    stands(cx, n, voiced, owner, entries, out);
}

/// "have made an eight-year offer", "presented their demands": what is put is the noun with its own words.
fn made(cx: &Context<'_>, n: usize, owner: Option<usize>, entries: &[NounEntry], out: &mut Vec<Candidate>) -> bool {
    let verb = cx.parse.head(n);
    let laid = is("laying", lemma(cx, verb));
    if dep(cx, n) != "dobj" || !(laid || is("put", lemma(cx, verb))) || questioned(cx, verb) {
        return false;
    }
    // "has until Friday to make an offer"
    if infinitive(cx, verb) && matches!(dep(cx, verb), "acl" | "relcl" | "advcl") {
        return false;
    }
    let Some(e) = entries
        .iter()
        .find(|e| matches!(e.stand.act, Act::Offer | Act::Demand | Act::Propose | Act::Promise))
        .filter(|e| {
            // a plan is laid before the parties by whoever mediates
            !laid || e.stand.act != Act::Propose
        })
    else {
        return false;
    };
    // "accepted their offer" is another's; "made its offer" the subject's
    if owner.is_some_and(|o| !matches!(lower(cx, o), "its" | "his" | "her" | "their" | "our" | "my")) {
        return false;
    }
    let f = force(cx, verb);
    let Some(holder) = subject(cx, verb).filter(|_| !passive(cx, verb)) else { return false };
    let stand = if f.negated { turned(e.stand) } else { e.stand };
    let matter = range_without(cx, n, |k| k > n && matches!(dep(cx, k), "punct" | "relcl" | "conj" | "cc"));
    let mut c = candidate(n, NOUN, 0.65, Some(holder), stand, f.negated, n, matter);
    c.modality = f.modality;
    out.push(c);
    true
}

/// "its consent hinges on the court", "their support is contingent on a vote": open, on that condition.
fn hinges(
    cx: &Context<'_>,
    n: usize,
    owner: Option<usize>,
    voiced: bool,
    entries: &[NounEntry],
    out: &mut Vec<Candidate>,
) -> bool {
    let verb = cx.parse.head(n);
    let willing = entries.iter().any(|e| matches!(e.stand.polarity, Polarity::For | Polarity::Open));
    if dep(cx, n) != "nsubj"
        || !willing
        || owner.is_none() && !voiced
        || !cx.parse.tokens.get(verb).is_some_and(|_| is_verb(cx, verb))
    {
        return false;
    }
    let adjective = cx.parse.child(verb, &["acomp"]).map_or("", |a| lower(cx, a));
    let bound = matches!(adjective, "contingent" | "conditional" | "dependent");
    let waits = is("hinge", lemma(cx, verb)) && tied(cx, verb, "on").is_some();
    if !(waits || bound) {
        return false;
    }
    let stand = Stand { act: Act::OpenTo, polarity: Polarity::Open };
    let matter = range_without(cx, n, |k| matches!(dep(cx, k), "punct" | "poss"));
    out.push(candidate(n, NOUN, 0.7, owner, stand, false, n, matter));
    true
}

/// "whether they made an offer".
fn questioned(cx: &Context<'_>, v: usize) -> bool {
    cx.parse.child(v, &["mark"]).is_some_and(|m| matches!(lower(cx, m), "whether" | "if"))
}

#[allow(clippy::too_many_arguments, reason = "one call a rule, all fields differ")]
fn candidate(
    n: usize,
    rule: Rule,
    confidence: f32,
    holder: Option<usize>,
    stand: Stand,
    negated: bool,
    matter_head: usize,
    matter: Range<usize>,
) -> Candidate {
    Candidate {
        rule,
        confidence,
        predicate: n,
        predicate_words: n..n + 1,
        holder,
        stand,
        negated,
        modality: Modality::Certain,
        matter,
        matter_head,
        target: None,
        clausal: false,
        weak: false,
        governs: None,
        future: true,
    }
}

/// Who the noun belongs to: "the union's", "its", "US", "by Chile", "from Peru".
pub(super) fn possessor(cx: &Context<'_>, n: usize) -> Option<usize> {
    if let Some(p) = cx.parse.child(n, &["poss"]) {
        let stands = acts(cx, p) || matches!(cx.token(p).pos.as_str(), "PRON");
        return stands.then_some(p);
    }
    if let Some(p) = cx.parse.children_with(n, &["compound", "amod", "nmod"]).find(|&c| {
        c < n && matches!(cx.token(c).ent.as_str(), "GPE" | "ORG" | "NORP") && !cx.token(c).lower.contains('-')
    }) {
        return Some(p);
    }
    // "the demand of the union", where "of" does not tie what is demanded
    let ties_of = NOUNS.get(lemma(cx, n)).is_some_and(|all| all.iter().any(|e| e.ties.contains(&"of")));
    let of = cx.parse.children_with(n, &["prep"]).find(|&p| p == n + 1 && lower(cx, p) == "of" && !ties_of);
    if let Some(o) = of.and_then(|p| cx.parse.child(p, &["pobj"])).filter(|&o| acts(cx, o)) {
        return Some(o);
    }
    let by = cx.parse.children_with(n, &["prep"]).find(|&p| p > n && matches!(lower(cx, p), "by" | "from"))?;
    cx.parse.child(by, &["pobj"]).filter(|&o| acts(cx, o))
}

/// What the noun is tied to by one of its ties.
fn complement(cx: &Context<'_>, n: usize, e: &NounEntry) -> Option<(usize, Range<usize>)> {
    e.ties.iter().find_map(|tie| match *tie {
        "to" if e.ties.contains(&"to") => {
            if let Some(c) = clause_child(cx, n, &["acl", "xcomp", "relcl", "ccomp"], |c| infinitive(cx, c)) {
                return Some((c, cx.parse.subtree_range(c)));
            }
            let p = tied(cx, n, "to")?;
            // "an offer to Peru": to whom, not of what
            let o = cx.parse.child(p, &["pobj", "pcomp"]).filter(|&o| is_verb(cx, o) || !acts(cx, o))?;
            Some((o, cx.parse.subtree_range(p)))
        }
        "that" => {
            let c = clause_child(cx, n, &["acl", "ccomp"], |c| {
                cx.parse.child(c, &["mark"]).is_some_and(|m| lower(cx, m) == "that")
            })?;
            Some((c, cx.parse.subtree_range(c)))
        }
        word => {
            let p = tied(cx, n, word)?;
            let o = cx.parse.child(p, &["pobj", "pcomp"])?;
            if word == "of" && acts(cx, o) && !is_verb(cx, o) {
                return None;
            }
            Some((o, p..cx.parse.subtree_range(p).end))
        }
    })
}

fn tied(cx: &Context<'_>, n: usize, word: &str) -> Option<usize> {
    let head = cx.parse.head(n);
    cx.parse.children_with(n, &["prep"]).find(|&p| p > n && lower(cx, p) == word).or_else(|| {
        // the parser often hangs the phrase on the verb: "dropped its demand for a vote"
        cx.parse.children_with(head, &["prep", "dative"]).find(|&p| {
            dep(cx, n) == "dobj"
                && lower(cx, p) == word
                && (matches!(word, "for" | "over" | "at" | "in") && p == n + 1 || word == "about" && p > n)
        })
    })
}

fn split_ties(cx: &Context<'_>, n: usize, e: &NounEntry, first: (usize, Range<usize>)) -> Vec<(usize, Range<usize>)> {
    let mut found = Vec::new();
    let mut preps: Vec<usize> =
        cx.parse.children_with(n, &["prep"]).filter(|&p| p > n && e.ties.contains(&lower(cx, p))).collect();
    let more: Vec<usize> =
        preps.iter().flat_map(|&p| cx.parse.children_with(p, &["conj"]).collect::<Vec<_>>()).collect();
    preps.extend(more);
    for p in preps {
        let Some(o) = cx.parse.child(p, &["pobj", "pcomp"]) else { continue };
        let inner = split(cx, o);
        if inner.is_empty() {
            found.push((o, range_without(cx, p, |k| k > p && matches!(dep(cx, k), "conj" | "cc" | "punct"))));
        } else {
            found.extend(inner);
        }
    }
    if found.len() > 1 { found } else { vec![first] }
}

/// The verb that says the stand is taken again or given up, and whether it is given up.
fn governing(cx: &Context<'_>, n: usize) -> Option<(usize, bool)> {
    let head = cx.parse.head(n);
    let verb = match dep(cx, n) {
        "dobj" => head,
        "nsubjpass" => return is("undo", lemma(cx, head)).then_some((head, true)),
        "pobj"
            if matches!(lower(cx, head), "to" | "by")
                && matches!(lemma(cx, cx.parse.head(head)), "stick" | "stand" | "hold") =>
        {
            cx.parse.head(head)
        }
        // "came forward with an offer of", "replied with a call for"
        "pobj" if lower(cx, head) == "with" && is_verb(cx, cx.parse.head(head)) && indefinite(cx, n) => {
            return Some((cx.parse.head(head), false)).filter(|&(v, _)| !passive(cx, v));
        }
        _ => return None,
    };
    if is("undo", lemma(cx, verb)) {
        return Some((verb, !force(cx, verb).negated));
    }
    let plain = is("renew", lemma(cx, verb))
        || matches!(
            lemma(cx, verb),
            "make" | "issue" | "stick" | "stand" | "hold" | "voice" | "express" | "have" | "see"
        );
    plain.then_some((verb, false))
}

/// "an offer", "new demands", "its own plan": put here for the first time.
fn indefinite(cx: &Context<'_>, n: usize) -> bool {
    match cx.parse.child(n, &["det", "poss"]) {
        Some(d) => matches!(lower(cx, d), "a" | "an" | "its" | "his" | "her" | "their" | "another"),
        None => cx.token(n).tag == "NNS",
    }
}

/// Whether the noun is the governing verb's subject's own.
fn own(cx: &Context<'_>, n: usize, owner: Option<usize>) -> bool {
    owner.is_none_or(|o| matches!(lower(cx, o), "its" | "his" | "her" | "their" | "our" | "my"))
        || passive(cx, cx.parse.head(n))
}

fn shifted(stand: Stand, shift: Option<(usize, bool)>) -> (Stand, bool) {
    match shift {
        Some((_, true)) => {
            let given_up = match stand.act {
                // what was asked is asked no more
                Act::Demand | Act::Request => Stand { act: Act::Concede, polarity: Polarity::Against },
                Act::Propose | Act::Reject | Act::Oppose | Act::Refuse => {
                    Stand { act: Act::Concede, polarity: Polarity::Open }
                }
                Act::Offer | Act::Promise | Act::Accept | Act::Support | Act::Agree => {
                    Stand { act: Act::Refuse, polarity: Polarity::Against }
                }
                _ => stand,
            };
            (given_up, true)
        }
        _ => (stand, false),
    }
}

/// "the offer of a cut stands", "the demand is twelve percent", "the answer is no".
fn stands(
    cx: &Context<'_>,
    n: usize,
    voiced: bool,
    owner: Option<usize>,
    entries: &[NounEntry],
    out: &mut Vec<Candidate>,
) {
    let verb = cx.parse.head(n);
    if dep(cx, n) != "nsubj" || !is_verb(cx, verb) {
        return;
    }
    let Some(e) = entries.first() else { return };
    let remains = matches!(lemma(cx, verb), "stand" | "remain" | "hold" | "apply");
    let value = cx.parse.child(verb, &["attr", "prep"]).filter(|&a| a > verb);
    let (head, matter) = match (lemma(cx, verb), value) {
        ("be", Some(a)) if dep(cx, a) == "attr" && matches!(e.stand.act, Act::Demand | Act::Request | Act::Offer) => {
            (a, cx.parse.subtree_range(a))
        }
        // "the union's demand is for a rise"
        ("be", Some(a))
            if lower(cx, a) == "for" && e.ties.contains(&"for") && cx.parse.child(a, &["pobj"]).is_some() =>
        {
            (cx.parse.child(a, &["pobj"]).unwrap_or(a), cx.parse.subtree_range(a))
        }
        _ if remains => (n, cx.parse.subtree_range(n)),
        _ => return,
    };
    if owner.is_none() && !voiced {
        return;
    }
    let f = force(cx, verb);
    let (stand, negated) = if f.negated { shifted(e.stand, Some((verb, true))) } else { (e.stand, false) };
    let mut c = candidate(n, STANDS, 0.6, owner, stand, negated, head, matter);
    c.predicate_words = if remains { verb..verb + 1 } else { n..n + 1 };
    out.push(c);
}
