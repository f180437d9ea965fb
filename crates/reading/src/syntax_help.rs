//! Questions about the parse that several rule families ask: subjects (through control, coordination, participles),
//! verb groups, negation, noun phrases with and without what hangs on them.
#![allow(dead_code, reason = "a shared vocabulary; which part is used changes with the families")]

use std::ops::Range;

use crate::Context;

/// How deep control and coordination are followed.
const DEPTH: usize = 6;

/// Verbs whose object, not their subject, does what the infinitive after them says ("asked him to go").
const OBJECT_CONTROL: &[&str] = &[
    "ask",
    "urge",
    "tell",
    "order",
    "persuade",
    "convince",
    "allow",
    "force",
    "press",
    "encourage",
    "let",
    "make",
    "help",
    "invite",
    "instruct",
    "beg",
    "want",
    "expect",
    "call",
    "require",
    "advise",
    "warn",
    "lead",
    "prompt",
    "push",
    "get",
    "enable",
    "cause",
    "permit",
    "see",
    "hear",
];

/// Whether token `i` is a verb form (auxiliaries that stand alone included).
pub(crate) fn is_verb(cx: &Context<'_>, i: usize) -> bool {
    matches!(cx.token(i).pos.as_str(), "VERB" | "AUX")
}

/// Whether the dependency label of `i` is one of these.
pub(crate) fn has_dep(cx: &Context<'_>, i: usize, labels: &[&str]) -> bool {
    labels.contains(&cx.token(i).dep.as_str())
}

/// The surface subject of a verb itself, active or passive, without looking further.
pub(crate) fn own_subject(cx: &Context<'_>, verb: usize) -> Option<usize> {
    cx.parse.child(verb, &["nsubj", "nsubjpass", "csubj"]).map(|s| behind_dateline(cx, s, verb))
}

/// "GENEVA, May 3 (XYZ) - The envoy said": the parse may take the place for the subject; what follows the dash is it.
fn behind_dateline(cx: &Context<'_>, subject: usize, verb: usize) -> usize {
    if subject > 3 {
        return subject;
    }
    let dash =
        (subject + 1..verb.min(subject + 16)).find(|&i| matches!(cx.token(i).lower.as_str(), "-" | "–" | "—" | "--"));
    let Some(dash) = dash else { return subject };
    let own = |k: usize| cx.parse.head(k) <= dash || cx.parse.head(k) == verb;
    (dash + 1..verb)
        .find(|&k| own(k) && matches!(cx.token(k).pos.as_str(), "NOUN" | "PROPN" | "PRON"))
        .unwrap_or(subject)
}

/// Whether the verb is passive: a passive subject or auxiliary, or a bare participle that modifies a noun.
pub(crate) fn is_passive(cx: &Context<'_>, verb: usize) -> bool {
    cx.parse.child(verb, &["nsubjpass", "auxpass", "agent"]).is_some()
        || (cx.token(verb).tag == "VBN"
            && has_dep(cx, verb, &["acl"])
            && cx.parse.child(verb, &["nsubj", "aux"]).is_none())
}

/// The subject a reader supplies: the verb's own, else that of the verb it is coordinated with, controlled by, or a
/// participle of; for a modifying clause the noun it modifies. `None` for an expletive "it" or "there".
pub(crate) fn subject(cx: &Context<'_>, verb: usize) -> Option<usize> {
    subject_within(cx, verb, DEPTH)
}

fn subject_within(cx: &Context<'_>, verb: usize, depth: usize) -> Option<usize> {
    if depth == 0 {
        return None;
    }
    if let Some(s) = own_subject(cx, verb).or_else(|| adverbial_name(cx, verb)) {
        return Some(s);
    }
    if cx.parse.child(verb, &["expl"]).is_some() || cx.parse.is_root(verb) {
        return None;
    }
    let head = cx.parse.head(verb);
    match cx.token(verb).dep.as_str() {
        "conj" if is_verb(cx, head) => subject_within(cx, head, depth - 1),
        "xcomp" | "ccomp" if is_verb(cx, head) || cx.token(head).pos == "ADJ" => {
            let object =
                cx.parse.child(head, &["dobj"]).filter(|_| OBJECT_CONTROL.contains(&cx.token(head).lemma.as_str()));
            let through_adjective =
                (cx.token(head).pos == "ADJ").then(|| cx.parse.head(head)).filter(|&h| is_verb(cx, h));
            object.or_else(|| subject_within(cx, through_adjective.unwrap_or(head), depth - 1))
        }
        "advcl" | "parataxis" | "dep" if is_verb(cx, head) => subject_within(cx, head, depth - 1),
        "pcomp" => {
            let above = cx.parse.head(head);
            if is_verb(cx, above) { subject_within(cx, above, depth - 1) } else { cx.parse.child(above, &["poss"]) }
        }
        "acl" if cx.token(verb).tag == "VBG" => Some(head),
        "acl" if is_infinitive(cx, verb) => {
            cx.parse.child(head, &["poss"]).or_else(|| {
                // "made a promise to leave": the one who makes it
                let above = cx.parse.head(head);
                (has_dep(cx, head, &["dobj"]) && is_verb(cx, above))
                    .then(|| subject_within(cx, above, depth - 1))
                    .flatten()
            })
        }
        _ => None,
    }
}

/// The name of a state or body before a verb in a tense that the parse takes for an adverb, where the verb has no other
/// subject: names in capitals at the head of a sentence.
pub(crate) fn adverbial_name(cx: &Context<'_>, verb: usize) -> Option<usize> {
    if !matches!(cx.token(verb).tag.as_str(), "VBD" | "VBZ" | "VBP") || own_subject(cx, verb).is_some() {
        return None;
    }
    let name = |i: usize| matches!(cx.token(i).ent.as_str(), "GPE" | "ORG" | "NORP") && cx.token(i).pos != "ADJ";
    cx.parse.children_with(verb, &["npadvmod", "dep"]).find(|&c| c < verb && name(c))
}

/// Who did it: the subject of an active verb, the agent of a passive one.
pub(crate) fn actor(cx: &Context<'_>, verb: usize) -> Option<usize> {
    if is_passive(cx, verb) {
        let by = cx.parse.child(verb, &["agent"])?;
        return cx.parse.child(by, &["pobj"]);
    }
    subject(cx, verb)
}

/// Whether a clause has a tensed verb (its head or one of its auxiliaries).
pub(crate) fn is_finite(cx: &Context<'_>, verb: usize) -> bool {
    let tensed = |i: usize| matches!(cx.token(i).tag.as_str(), "VBD" | "VBZ" | "VBP" | "MD");
    tensed(verb) || cx.parse.children_with(verb, &["aux", "auxpass"]).any(tensed)
}

/// Whether a verb is a "to" infinitive.
pub(crate) fn is_infinitive(cx: &Context<'_>, verb: usize) -> bool {
    cx.parse.children_with(verb, &["aux", "mark"]).any(|c| cx.token(c).tag == "TO")
}

/// The modal auxiliary of a verb ("could", "will").
pub(crate) fn modal(cx: &Context<'_>, verb: usize) -> Option<usize> {
    cx.parse.children_with(verb, &["aux"]).find(|&c| cx.token(c).tag == "MD")
}

/// Whether a verb is negated: "not", "never", "no longer", or a subject or object with "no", "neither", "none".
pub(crate) fn is_negated(cx: &Context<'_>, verb: usize) -> bool {
    let negative =
        |i: usize| matches!(cx.token(i).lower.as_str(), "no" | "neither" | "none" | "nobody" | "nothing" | "never");
    cx.parse.children(verb).any(|c| {
        let t = cx.token(c);
        t.dep == "neg"
            || matches!(t.lower.as_str(), "never" | "hardly" | "neither")
            || (t.dep == "advmod" && t.lower == "longer" && cx.parse.children(c).any(negative))
            || (matches!(t.dep.as_str(), "nsubj" | "nsubjpass")
                && (negative(c) || cx.parse.children_with(c, &["det"]).any(negative)))
    })
}

/// The verb with the auxiliaries, negations and short adverbs just before it and the particle just after it
/// ("has also said", "did not rule out").
pub(crate) fn verb_group(cx: &Context<'_>, verb: usize) -> Range<usize> {
    let group = ["aux", "auxpass", "neg", "advmod", "prt"];
    let mut start = verb;
    while start > 0 {
        let before = start - 1;
        let t = cx.token(before);
        let part = cx.parse.head(before) == verb
            && group.contains(&t.dep.as_str())
            && t.sentence == cx.token(verb).sentence
            && cx.parse.children(before).next().is_none();
        if !part {
            break;
        }
        start = before;
    }
    let mut end = verb + 1;
    while end < cx.parse.len() && cx.parse.head(end) == verb && cx.token(end).dep == "prt" {
        end += 1;
    }
    start..end
}

/// Tokens of the subtree of `i` without the subtrees of its children that `drop` names.
pub(crate) fn subtree_without(cx: &Context<'_>, i: usize, mut drop: impl FnMut(usize) -> bool) -> Vec<usize> {
    let mut found = vec![i];
    let mut next = 0;
    while next < found.len() && found.len() <= cx.parse.len() {
        let at = found[next];
        found.extend(cx.parse.children(at).filter(|&c| !drop(c)));
        next += 1;
    }
    found.sort_unstable();
    found
}

/// The longest run without a gap in a sorted list of tokens that holds `around`.
pub(crate) fn run_around(tokens: &[usize], around: usize) -> Range<usize> {
    let Ok(at) = tokens.binary_search(&around) else { return around..around + 1 };
    let mut first = at;
    while first > 0 && tokens[first - 1] + 1 == tokens[first] {
        first -= 1;
    }
    let mut last = at;
    while last + 1 < tokens.len() && tokens[last] + 1 == tokens[last + 1] {
        last += 1;
    }
    tokens[first]..tokens[last] + 1
}

/// The noun phrase headed by `i` without relative clauses, appositions and what follows a comma: the words that name it.
pub(crate) fn noun_phrase(cx: &Context<'_>, i: usize) -> Range<usize> {
    let tokens = subtree_without(cx, i, |c| {
        let t = cx.token(c);
        matches!(t.dep.as_str(), "relcl" | "appos" | "acl" | "punct" | "conj" | "cc" | "advcl" | "parataxis" | "dep")
            && c > i
            && t.lower != "-"
    });
    run_around(&tokens, i)
}

/// The whole noun phrase headed by `i`, with appositions, titles and relative clauses, without the commas and brackets
/// left open at its ends.
pub(crate) fn full_noun_phrase(cx: &Context<'_>, i: usize) -> Range<usize> {
    let on_behalf = |c: usize| {
        cx.token(c).lower == "on" && cx.parse.child(c, &["pobj"]).is_some_and(|p| cx.token(p).lower == "behalf")
    };
    let tokens =
        subtree_without(cx, i, |c| matches!(cx.token(c).dep.as_str(), "advcl" | "parataxis") || c > i && on_behalf(c));
    trim_punct(cx, run_around(&tokens, i))
}

/// A token range without punctuation at its ends; a closing bracket or full stop of an abbreviation stays.
pub(crate) fn trim_punct(cx: &Context<'_>, mut range: Range<usize>) -> Range<usize> {
    let loose = |i: usize| {
        let t = cx.token(i);
        (t.pos == "PUNCT" || t.pos == "SPACE") && !matches!(cx.word(i), ")" | "]" | "%")
    };
    while range.start < range.end && loose(range.start) {
        range.start += 1;
    }
    while range.end > range.start && loose(range.end - 1) {
        range.end -= 1;
    }
    range
}

/// What stands after one of these prepositions that hangs on `i`, the "by" of a passive included.
pub(crate) fn prep_object(cx: &Context<'_>, i: usize, words: &[&str]) -> Option<usize> {
    let mut preps =
        cx.parse.children_with(i, &["prep", "agent"]).filter(|&p| words.contains(&cx.token(p).lower.as_str()));
    preps.find_map(|p| cx.parse.child(p, &["pobj"]))
}
