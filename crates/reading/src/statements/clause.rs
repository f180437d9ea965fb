//! How a clause is built: its subject, negation, modals, complements. Labels are ClearNLP's.

use std::ops::Range;

use rapporteur_text::Span;

use super::lexicon::is;
use crate::Context;
use crate::model::Modality;
use crate::syntax_help as help;

/// A modal verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Modal {
    Will,
    Would,
    Can,
    Could,
    May,
    Must,
    Should,
}

/// How a predicate is put.
#[derive(Debug, Clone, Copy)]
pub(super) struct Force {
    pub(super) negated: bool,
    pub(super) no_longer: bool,
    pub(super) modal: Option<Modal>,
    pub(super) modality: Modality,
    pub(super) past: bool,
    pub(super) perfect: bool,
}

pub(super) fn lemma<'a>(cx: &Context<'a>, i: usize) -> &'a str {
    &cx.token(i).lemma
}

pub(super) fn dep<'a>(cx: &Context<'a>, i: usize) -> &'a str {
    &cx.token(i).dep
}

pub(super) fn lower<'a>(cx: &Context<'a>, i: usize) -> &'a str {
    &cx.token(i).lower
}

pub(super) fn is_verb(cx: &Context<'_>, i: usize) -> bool {
    matches!(cx.token(i).pos.as_str(), "VERB" | "AUX")
}

pub(super) fn is_nominal(cx: &Context<'_>, i: usize) -> bool {
    matches!(cx.token(i).pos.as_str(), "NOUN" | "PROPN" | "PRON" | "NUM" | "X")
        || (cx.token(i).pos == "ADJ" && !cx.token(i).ent.is_empty())
}

const SUBJECTS: &[&str] = &["nsubj", "nsubjpass", "csubj", "csubjpass"];

/// The subject's head, of the clause of `v` or shared with the clause it hangs on.
pub(super) fn subject(cx: &Context<'_>, v: usize) -> Option<usize> {
    listed_subject(cx, v).or_else(|| subject_within(cx, v, 8))
}

/// The first of the names listed before a verb, where there are several, or where the parse gives the verb no subject.
pub(super) fn listed_subject(cx: &Context<'_>, v: usize) -> Option<usize> {
    let roster = super::roster::before(cx, v)?;
    let first = roster.first()?;
    let own = cx.parse.child(v, SUBJECTS);
    // "Budget: Peru said": a heading taken for the subject
    let heading = |s: usize| s < roster.tokens.start && (s..roster.tokens.start).any(|k| lower(cx, k) == ":");
    let lost = own.is_none_or(heading) && cx.token(v).tag != "VBG";
    (roster.several() || lost).then_some(first)
}

fn subject_within(cx: &Context<'_>, v: usize, left: usize) -> Option<usize> {
    if let Some(s) = cx.parse.child(v, SUBJECTS) {
        return Some(antecedent(cx, v, past_dateline(cx, v, s)));
    }
    if let Some(s) = misplaced_subject(cx, v) {
        return Some(s);
    }
    let head = cx.parse.head(v);
    if head == v || left == 0 {
        return None;
    }
    let up = |i| subject_within(cx, i, left - 1);
    let infinitive = cx.parse.children(v).any(|c| cx.token(c).tag == "TO");
    if let Some(above) = next_act(cx, v) {
        return up(above);
    }
    match dep(cx, v) {
        "conj" if is_verb(cx, head) || cx.parse.child(head, SUBJECTS).is_some() => up(head),
        "conj" if matches!(cx.token(head).pos.as_str(), "ADJ" | "ADP") => up(head),
        "xcomp" | "ccomp" if infinitive && is_verb(cx, head) => controller(cx, head, v).or_else(|| up(head)),
        "xcomp" | "acomp" | "attr" | "oprd" => up(head),
        "prep" | "advmod" if matches!(cx.token(head).pos.as_str(), "VERB" | "AUX") => up(head),
        "advcl" if matches!(cx.token(v).tag.as_str(), "VBG" | "VBN") || infinitive => up(head),
        // "welcomed it and, with Ecuador, opposed that": a second act taken for an adverbial clause
        "advcl" if cx.token(v).tag == "VBD" && cx.parse.child(v, &["mark"]).is_none() && behind_and(cx, v) => up(head),
        "pcomp" => {
            let above = cx.parse.head(head);
            // "raised concerns about recognising it": spoken of, not done
            let done = !matches!(lower(cx, head), "about" | "over" | "of" | "against" | "without" | "instead" | "than");
            // "held him in contempt for refusing": done by the one it is about
            if lower(cx, head) == "for"
                && let Some(o) = cx.parse.child(above, &["dobj", "nsubjpass"]).filter(|&o| is_nominal(cx, o))
            {
                return Some(o);
            }
            if done && is_verb(cx, above) { up(above) } else { None }
        }
        "acl" if cx.token(v).tag == "VBG" => Some(first_joined(cx, head)),
        "aux" | "auxpass" => up(head),
        _ => None,
    }
}

/// "with Peru and Chile preferring a fund": the first of those joined, where they stand behind "with".
fn first_joined(cx: &Context<'_>, i: usize) -> usize {
    let mut at = i;
    while dep(cx, at) == "conj" && is_nominal(cx, cx.parse.head(at)) {
        at = cx.parse.head(at);
    }
    let with = dep(cx, at) == "pobj" && lower(cx, cx.parse.head(at)) == "with";
    if with { at } else { i }
}

/// Whether "and" or "but" stands right before the clause of `v`, or before a comma there.
fn behind_and(cx: &Context<'_>, v: usize) -> bool {
    let start = cx.parse.subtree_range(v).start;
    let joint = |k: usize| start.checked_sub(k).is_some_and(|i| matches!(lower(cx, i), "and" | "but"));
    joint(1) || start > 0 && lower(cx, start - 1) == "," && joint(2)
}

/// "LIMA, 9 May (ABC) - The bank said": the place of a dateline that the parse has taken for a subject beside the true one.
fn past_dateline(cx: &Context<'_>, v: usize, s: usize) -> usize {
    let dash = |i: usize| is_punct(cx, i) && matches!(lower(cx, i), "-" | "–" | "—" | "--");
    let after = |t: &usize| *t > s && *t < v && (s + 1..*t).any(dash);
    if cx.token(s).pos != "PROPN" || cx.parse.sentence_of(v).start != s {
        return s;
    }
    cx.parse
        .children_with(v, SUBJECTS)
        .find(after)
        .or_else(|| cx.parse.children_with(s, &["appos"]).find(after))
        .unwrap_or(s)
}

/// The verb a past tense without a subject really goes on from, where the parse has joined it to an infinitive or to a
/// clause in another tense: "noted the need to act and called for", "said that it is late and opposed".
pub(super) fn next_act(cx: &Context<'_>, v: usize) -> Option<usize> {
    if dep(cx, v) != "conj"
        || cx.token(v).tag != "VBD"
        || cx.token(v).pos != "VERB"
        || cx.parse.child(v, SUBJECTS).is_some()
    {
        return None;
    }
    if cx.parse.child(v, &["aux", "auxpass"]).is_some() {
        return None;
    }
    if let Some(above) = past_inanimate(cx, v) {
        return Some(above);
    }
    if cx.token(cx.parse.head(v)).tag == "VBD" {
        return None;
    }
    let mut at = cx.parse.head(v);
    for _ in 0..8 {
        let past = cx.token(at).tag == "VBD"
            || cx.parse.children_with(at, &["aux", "auxpass"]).any(|a| cx.token(a).tag == "VBD");
        if past {
            // what stands inside quotation marks goes on from what stands there
            let marks = (at..v).filter(|&i| matches!(cx.token(i).tag.as_str(), "``" | "''")).count();
            return (at < v && cx.token(at).tag == "VBD" && marks % 2 == 0).then_some(at);
        }
        let head = cx.parse.head(at);
        if head == at || matches!(dep(cx, at), "relcl" | "advcl" | "parataxis") {
            return None;
        }
        at = head;
    }
    None
}

/// "said the road was closed and urged a halt": a road urges nothing, so the verb of a stand goes on from the verb above.
fn past_inanimate(cx: &Context<'_>, v: usize) -> Option<usize> {
    let inner = cx.parse.head(v);
    let above = cx.parse.head(inner);
    let s = cx.parse.child(inner, &["nsubj", "nsubjpass", "csubj"])?;
    let thing = cx.token(s).pos == "NOUN" && !super::holder::acts(cx, s) && !is("writing", lemma(cx, s))
        || dep(cx, s) == "csubj"
        || cx.token(s).pos == "PRON" && matches!(lower(cx, s), "this" | "that" | "there");
    let stand = super::lexicon::VERBS.contains_key(lemma(cx, v));
    let told = dep(cx, inner) == "ccomp" && above < inner && cx.token(above).tag == "VBD" && is_verb(cx, above);
    (thing && stand && told).then_some(above)
}

/// A range without the subject's next act at its end ("the need to act [and called for a pause]").
pub(super) fn before_next_act(cx: &Context<'_>, v: usize, range: Range<usize>) -> Range<usize> {
    let next = range.clone().find(|&k| k > v && next_act(cx, k).is_some_and(|a| a <= v));
    let Some(k) = next else { return range };
    let joint = cx.parse.children_with(cx.parse.head(k), &["cc"]).filter(|&j| j < k).last();
    let end = joint.unwrap_or(k).min(cx.parse.subtree_range(k).start);
    range.start..end.max(range.start + 1)
}

/// The subject of a finite verb that the parse has hung elsewhere: the sentence's head noun, when an apposition has
/// caught its verb ("The league, a group of ten cities, called on"), or the name right before ("In public Peru denies").
fn misplaced_subject(cx: &Context<'_>, v: usize) -> Option<usize> {
    let tag = cx.token(v).tag.as_str();
    if !matches!(tag, "VBD" | "VBZ" | "VBP") || cx.parse.child(v, &["auxpass"]).is_some() {
        return None;
    }
    let sentence = cx.parse.sentence_of(v);
    if let Some(n) = help::adverbial_name(cx, v) {
        return Some(n);
    }
    if dep(cx, v) == "acl" && v > sentence.start && is_punct(cx, v - 1) {
        return sentence.clone().find(|&i| cx.parse.is_root(i) && is_nominal(cx, i) && i < v);
    }
    // "the duty stays": a noun taken for a part of the verb after it
    if let Some(n) =
        v.checked_sub(1).filter(|&n| dep(cx, n) == "compound" && cx.parse.head(n) == v && is_nominal(cx, n))
    {
        return Some(n);
    }
    if cx.parse.is_root(v) && v > sentence.start && cx.token(v - 1).pos == "PROPN" && dep(cx, v - 1) == "pobj" {
        let prep = cx.parse.head(v - 1);
        return (cx.parse.head(prep) == v && !is_punct(cx, prep)).then_some(v - 1);
    }
    None
}

/// The object that is to do what the infinitive says ("urged them to leave", "called on them to leave").
fn controller(cx: &Context<'_>, head: usize, v: usize) -> Option<usize> {
    if let Some(o) = cx.parse.child(head, &["dobj", "dative"]).filter(|&o| o < v && is_nominal(cx, o)) {
        return Some(o);
    }
    let prep = cx
        .parse
        .children_with(head, &["prep"])
        .find(|&p| p < v && p > head && matches!(lower(cx, p), "on" | "upon" | "to" | "with" | "for"))?;
    matches!(lemma(cx, head), "call" | "appeal" | "plead" | "prevail" | "lean" | "wait").then_some(())?;
    cx.parse.child(prep, &["pobj"])
}

/// What a relative pronoun stands for; any other subject is itself.
fn antecedent(cx: &Context<'_>, v: usize, s: usize) -> usize {
    if !matches!(cx.token(s).tag.as_str(), "WDT" | "WP") {
        return s;
    }
    let mut at = v;
    for _ in 0..4 {
        if dep(cx, at) == "relcl" {
            return cx.parse.head(at);
        }
        at = cx.parse.head(at);
    }
    s
}

/// Whether the verb is in the passive.
pub(super) fn passive(cx: &Context<'_>, v: usize) -> bool {
    cx.parse.child(v, &["nsubjpass", "auxpass", "csubjpass"]).is_some()
        || (cx.token(v).tag == "VBN"
            && (cx.parse.child(v, &["agent"]).is_some() && cx.parse.child(v, &["aux", "nsubj"]).is_none()
                || dep(cx, v) == "conj"
                    && cx.parse.child(v, &["aux", "nsubj", "dobj"]).is_none()
                    && cx.parse.child(cx.parse.head(v), &["auxpass"]).is_some()
                // "Asked what had become of it, she answered"
                || dep(cx, v) == "advcl" && cx.parse.child(v, &["aux", "nsubj", "mark"]).is_none()))
}

/// Heads of the phrases after passive "by".
pub(super) fn agent(cx: &Context<'_>, v: usize) -> Option<usize> {
    let by = cx
        .parse
        .child(v, &["agent"])
        .or_else(|| cx.parse.children_with(v, &["prep"]).find(|&p| p > v && lower(cx, p) == "by"))?;
    // "wound down by 2028": when, not by whom
    cx.parse.child(by, &["pobj"]).filter(|&o| !matches!(cx.token(o).ent.as_str(), "DATE" | "TIME"))
}

fn modal_of(word: &str) -> Option<Modal> {
    Some(match word {
        "will" | "'ll" | "’ll" | "wo" | "shall" => Modal::Will,
        "would" | "'d" | "’d" => Modal::Would,
        "can" | "ca" => Modal::Can,
        "could" => Modal::Could,
        "may" | "might" => Modal::May,
        "must" => Modal::Must,
        "should" | "ought" => Modal::Should,
        _ => return None,
    })
}

fn negating(word: &str) -> bool {
    matches!(word, "not" | "n't" | "n’t" | "never" | "neither" | "nor" | "hardly" | "scarcely" | "barely")
}

/// Whether a noun phrase denies itself: "no deal", "nothing", "not one crown".
pub(super) fn empty_phrase(cx: &Context<'_>, i: usize) -> bool {
    if matches!(lower(cx, i), "nothing" | "nobody" | "none" | "neither") {
        return true;
    }
    let range = cx.parse.subtree_range(i);
    let first = range.start;
    first < i && (matches!(lower(cx, first), "no" | "neither") || lower(cx, first) == "not" && dep(cx, first) == "neg")
        || cx.parse.children_with(i, &["det"]).any(|d| d < i && lower(cx, d) == "no")
}

/// How the clause of `v` is put, with what governing verbs that only shade it add.
pub(super) fn force(cx: &Context<'_>, v: usize) -> Force {
    force_within(cx, v, 6)
}

fn force_within(cx: &Context<'_>, v: usize, left: usize) -> Force {
    let tag = cx.token(v).tag.as_str();
    let mut f = Force {
        negated: false,
        no_longer: false,
        modal: None,
        modality: Modality::Certain,
        past: matches!(tag, "VBD" | "VBN"),
        perfect: false,
    };
    let mut own_aux = false;
    for c in cx.parse.children(v) {
        let word = lower(cx, c);
        match dep(cx, c) {
            // whatever the parse takes it for
            _ if matches!(word, "n't" | "n’t") => f.negated = true,
            "aux" | "auxpass" => {
                own_aux |= cx.token(c).tag != "TO";
                f.modal = f.modal.or(modal_of(word).filter(|_| cx.token(c).tag == "MD"));
                f.past |= cx.token(c).tag == "VBD" && dep(cx, c) != "auxpass" || word == "was" || word == "were";
                f.perfect |= lemma(cx, c) == "have";
                if matches!(word, "is" | "are" | "am" | "'s" | "do" | "does" | "has" | "have" | "'re") {
                    f.past = matches!(word, "has" | "have");
                }
            }
            "neg" => f.negated = true,
            "advmod" | "preconj" if negating(word) => f.negated = true,
            // "Nor will the road be opened"
            "cc" if matches!(word, "nor" | "neither") && c < v && cx.parse.sentence_of(c).start == c => {
                f.negated = true
            }
            "advmod" if word == "longer" && cx.parse.children(c).any(|d| lower(cx, d) == "no") => {
                f.negated = true;
                f.no_longer = true;
            }
            "advmod" if is("hedge", word) => f.modality = Modality::Hedged,
            _ => {}
        }
    }
    // "does not, and never will, accept": the parse hangs the denial elsewhere
    f.negated |= (0..v)
        .rev()
        .take(6)
        .take_while(|&i| {
            matches!(cx.token(i).pos.as_str(), "AUX" | "PART" | "ADV" | "CCONJ" | "PUNCT")
                && cx.token(i).sentence == cx.token(v).sentence
        })
        .any(|i| dep(cx, i) == "neg" && cx.parse.head(i) != v && (i + 1..v).any(|k| cx.token(k).pos == "CCONJ"));
    // "would not so much as talk"
    let back = |k: usize| v.checked_sub(k).map_or("", |i| lower(cx, i));
    f.negated |= back(1) == "as" && back(2) == "much" && matches!(back(4), "not" | "n't" | "n’t");
    if f.modal == Some(Modal::May) {
        f.modality = f.modality.max(Modality::Possible);
    }
    let head = cx.parse.head(v);
    if head == v || left == 0 {
        return f;
    }
    if dep(cx, v) == "conj" && !own_aux && is_verb(cx, head) && cx.parse.child(v, SUBJECTS).is_none() {
        let above = force_within(cx, head, left - 1);
        if tag == "VB" {
            f.modal = f.modal.or(above.modal);
            let or = cx.parse.children(head).any(|c| dep(cx, c) == "cc" && matches!(lower(cx, c), "or" | "nor"));
            f.negated |= above.negated && or;
        }
        f.modality = f.modality.max(above.modality);
    }
    let shaded = match dep(cx, v) {
        "xcomp" => Some(head),
        "pcomp" if lower(cx, head) == "on" => Some(cx.parse.head(head)),
        _ => None,
    };
    if let Some(h) = shaded.filter(|&h| is("transparent", lemma(cx, h)) || lemma(cx, h) == "likely") {
        let above = force_within(cx, h, left - 1);
        f.negated ^= above.negated;
        f.modal = f.modal.or(above.modal);
        if lemma(cx, h) == "go" && cx.token(h).tag == "VBG" && infinitive(cx, v) {
            f.modal = f.modal.or(Some(Modal::Will));
        }
        f.modality = f.modality.max(above.modality);
        if is("hedge", lemma(cx, h)) {
            f.modality = Modality::Hedged;
        }
    }
    f
}

/// "Would the board sell?": asked by the order of words, so nothing is held.
pub(super) fn asked(cx: &Context<'_>, v: usize) -> bool {
    let Some(s) = cx.parse.child(v, &["nsubj", "nsubjpass"]) else { return false };
    let before = cx.parse.children_with(v, &["aux", "auxpass"]).any(|a| a < cx.parse.subtree_range(s).start);
    before && cx.parse.sentence_of(v).rev().take(2).any(|i| lower(cx, i) == "?")
}

/// "say what they could not live with", "asked whether they would leave": a question within.
pub(super) fn question_within(cx: &Context<'_>, v: usize) -> bool {
    let mut at = v;
    for _ in 0..3 {
        if !matches!(dep(cx, at), "conj" | "xcomp") {
            break;
        }
        at = cx.parse.head(at);
    }
    let first = cx.parse.subtree_range(at).start;
    matches!(dep(cx, at), "ccomp" | "pcomp")
        && first < at
        && (cx.token(first).tag.starts_with('W')
            || matches!(lower(cx, first), "whether" | "if") && dep(cx, first) == "mark")
        && cx.parse.ancestors(first).take(4).any(|a| a == at)
        && cx.parse.child(at, &["advcl"]).is_none_or(|a| !cx.parse.subtree_range(a).contains(&first))
}

/// Whether "never" denies the clause.
pub(super) fn never(cx: &Context<'_>, v: usize) -> bool {
    cx.parse.children(v).any(|c| lower(cx, c) == "never")
}

/// Whether "unless" hangs on the clause: "will take it to court unless" is a threat, whatever the verb.
pub(super) fn unless(cx: &Context<'_>, v: usize) -> bool {
    cx.parse
        .children_with(v, &["advcl", "prep"])
        .any(|c| cx.parse.subtree_range(c).take(2).any(|i| lower(cx, i) == "unless"))
}

/// ", since there would be no data": a clause set off that says why, not what.
pub(super) fn reason(cx: &Context<'_>, k: usize) -> bool {
    let start = cx.parse.subtree_range(k).start;
    dep(cx, k) == "advcl"
        && matches!(lower(cx, start), "since" | "because")
        && start.checked_sub(1).is_some_and(|p| lower(cx, p) == ",")
}

/// The particle that belongs to a verb ("rule out").
pub(super) fn particle<'a>(cx: &Context<'a>, v: usize) -> Option<(usize, &'a str)> {
    let p = cx.parse.child(v, &["prt"]).or_else(|| {
        // the parser takes many particles for prepositions or adverbs
        cx.parse.children(v).find(|&c| {
            c == v + 1
                && matches!(
                    lower(cx, c),
                    "out"
                        | "down"
                        | "up"
                        | "forward"
                        | "off"
                        | "away"
                        | "round"
                        | "around"
                        | "back"
                        | "ahead"
                        | "aside"
                )
                && matches!(dep(cx, c), "advmod" | "prep")
        })
    })?;
    Some((p, lower(cx, p)))
}

/// The infinitive, gerund or clause below `v` with one of the labels, that `test` takes.
pub(super) fn clause_child(cx: &Context<'_>, v: usize, labels: &[&str], test: impl Fn(usize) -> bool) -> Option<usize> {
    cx.parse.children(v).find(|&c| c > v && labels.contains(&dep(cx, c)) && test(c))
}

/// Whether the clause of `c` is an infinitive with "to".
pub(super) fn infinitive(cx: &Context<'_>, c: usize) -> bool {
    cx.parse.children(c).any(|t| t < c && cx.token(t).tag == "TO")
}

/// Tokens of the subtree of `i`, without subtrees of children for which `drop` holds, as one range that holds `i`.
pub(super) fn range_without(cx: &Context<'_>, i: usize, drop: impl Fn(usize) -> bool) -> Range<usize> {
    let (mut start, mut end) = (i, i + 1);
    for c in cx.parse.children(i) {
        if drop(c) {
            continue;
        }
        let r = cx.parse.subtree_range(c);
        start = start.min(r.start);
        end = end.max(r.end);
    }
    // what is dropped may stand between: keep the side of `i`
    for c in cx.parse.children(i).filter(|&c| drop(c)) {
        let r = cx.parse.subtree_range(c);
        if r.start > i && r.start < end {
            let after = cx.parse.children(i).any(|k| k > c && !drop(k) && !is_punct(cx, k) && k < end);
            if !after {
                end = r.start;
            }
        } else if r.end <= i && r.end > start && r.start <= start {
            start = r.end;
        }
    }
    start..end.max(i + 1)
}

pub(super) fn is_punct(cx: &Context<'_>, i: usize) -> bool {
    cx.token(i).pos == "PUNCT" || cx.token(i).pos == "SPACE"
}

/// The bytes of a token range without punctuation, conjunctions and white space at its ends.
pub(super) fn tidy(cx: &Context<'_>, mut r: Range<usize>) -> Span {
    while r.start + 1 < r.end && (is_punct(cx, r.start) || cx.token(r.start).tag == "CC") {
        r.start += 1;
    }
    while r.end > r.start + 1 && (is_punct(cx, r.end - 1) || cx.token(r.end - 1).tag == "CC") {
        r.end -= 1;
    }
    cx.span(r)
}

/// Heads of a coordination of nouns: `i` and what is joined to it.
pub(super) fn coordinated(cx: &Context<'_>, i: usize) -> Vec<usize> {
    let mut all = vec![i];
    let mut at = 0;
    while at < all.len() && all.len() < 40 {
        let here = all[at];
        all.extend(cx.parse.children_with(here, &["conj"]).filter(|&c| is_nominal(cx, c)));
        at += 1;
    }
    all.sort_unstable();
    all
}

/// The words of the noun phrase headed by `i`, without relative clauses, appositions, set-off phrases and what is
/// joined to it.
pub(super) fn phrase(cx: &Context<'_>, i: usize) -> Range<usize> {
    let mut range = range_without(cx, i, |c| {
        matches!(dep(cx, c), "relcl" | "appos" | "conj" | "cc" | "punct" | "acl" | "advcl" | "parataxis" | "preconj")
            || (dep(cx, c) == "prep" && c > 0 && is_punct(cx, c - 1))
    });
    // "Trinidad and Tobago", "the G-77/China": a name is not cut
    let twin = cx.parse.children_with(i, &["conj"]).find(|&c| super::together::second_half(cx, c));
    let whole = cx.parse.entity_of(i).filter(|e| matches!(cx.token(i).ent.as_str(), "GPE" | "ORG") && e.tokens.end > i);
    range.end = range.end.max(twin.map_or(0, |c| c + 1)).max(whole.map_or(0, |e| e.tokens.end));
    range.start = range.start.min(whole.map_or(i, |e| e.tokens.start));
    // "LIMA, 9 May (ABC) - The bank": a dateline the parse has taken in
    let dash = |k: &usize| {
        is_punct(cx, *k)
            && matches!(lower(cx, *k), "-" | "–" | "—" | "--")
            && *k > 0
            && cx.token(*k - 1).end < cx.token(*k).start
    };
    if let Some(k) = (range.start..i).rev().find(dash) {
        range.start = k + 1;
    }
    range
}
