//! What is said of a matter by a noun or an adjective: "the plan is an insult", "called the levy a wall",
//! "a handshake is a promise to a barber" (`lexicons/act_labels.tsv`).

use std::ops::Range;

use super::candidate::Candidate;
use super::clause::{self, Force, clause_child, dep, empty_phrase, force, infinitive, is_verb, lemma, lower, subject};
use super::holder::acts;
use super::lexicon::{Label, Stand, is, label};
use super::verbs::noun_range;
use crate::Context;
use crate::model::{Act, Mode, Polarity, Rule};

const LABEL: Rule = Rule("statement.label.v4");
const VERDICT: Rule = Rule("statement.verdict.v2");
const IMAGE: Rule = Rule("statement.image.v2");

/// What a naming verb says: the thing, and what it is called.
struct Naming {
    thing: Range<usize>,
    head: usize,
    found: Label,
    sure: bool,
}

/// "called the plan an insult", "described it as unfair", "dismissed the clause as 'a gag'".
pub(super) fn labels(cx: &Context<'_>, v: usize, key: &str, out: &mut Vec<Candidate>) -> bool {
    let scorns = is("scorning", key) || is("likening", key);
    if !(scorns || is("naming", key)) {
        return false;
    }
    let f = force(cx, v);
    let named = listed(cx, v).filter(|_| !is("likening", key)).or_else(|| {
        // "saw merit in 'a pool'" calls nothing by a name
        let says = scorns || !is("judging", key);
        says.then(|| quoted(cx, v, scorns)).flatten()
    });
    let named = named.or_else(|| scorns.then(|| scorned(cx, v, key)).flatten()).filter(|_| !f.negated);
    let Some(named) = named else { return false };
    let holder = if clause::passive(cx, v) { clause::agent(cx, v) } else { subject(cx, v) };
    let Some(holder) = holder else { return false };
    let mut stand = stand_of(cx, named.found, named.head);
    if is("scorning", key) && stand.polarity == Polarity::Against {
        stand.act = Act::Reject;
    }
    out.push(Candidate {
        rule: LABEL,
        confidence: if named.sure { 0.65 } else { 0.55 },
        predicate: v,
        predicate_words: v..v + 1,
        holder: Some(holder),
        stand,
        negated: f.negated,
        modality: f.modality,
        matter: named.thing,
        matter_head: named.head,
        target: None,
        clausal: true,
        weak: false,
        governs: None,
        future: false,
    });
    true
}

pub(super) fn stand_of(cx: &Context<'_>, found: Label, thing: usize) -> Stand {
    let offered = is("tabled", lemma(cx, thing));
    match found {
        // turned down as too little: more is wanted
        Label::Short => Stand { act: Act::Reject, polarity: Polarity::For },
        Label::Low if is("sum", lemma(cx, thing)) || priced(cx, thing) => {
            Stand { act: Act::Reject, polarity: Polarity::For }
        }
        Label::Low => stand_of(cx, Label::Negative, thing),
        Label::Negative if offered => Stand { act: Act::Reject, polarity: Polarity::Against },
        Label::Negative => Stand { act: Act::Oppose, polarity: Polarity::Against },
        Label::Positive => Stand { act: Act::Support, polarity: Polarity::For },
        Label::Denial => Stand { act: Act::Deny, polarity: Polarity::None },
        Label::Firm => Stand { act: Act::Demand, polarity: Polarity::For },
        Label::Plain => Stand { act: Act::Assert, polarity: Polarity::None },
    }
}

/// Whether a noun is a sum by its number: money, a share, a bare figure; no length, weight or time.
fn priced(cx: &Context<'_>, n: usize) -> bool {
    let year = |w: &str| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit());
    counted(cx, n) && !is("measure", lemma(cx, n)) && !year(lower(cx, n))
}

/// Whether a noun is told by a number: "fifteen percent", "half a weekend", "forty florins".
pub(super) fn counted(cx: &Context<'_>, n: usize) -> bool {
    cx.token(n).pos == "NUM"
        || cx.parse.children_with(n, &["nummod", "predet", "det"]).any(|c| {
            cx.token(c).pos == "NUM" || matches!(lower(cx, c), "half") || cx.parse.child(c, &["nummod"]).is_some()
        })
}

/// What the noun or adjective `n` says of what it is said of: by itself, in its compound, or by an adjective before it.
pub(super) fn label_of(cx: &Context<'_>, n: usize) -> Option<Label> {
    let end = cx.parse.sentence_of(n).end;
    let said = |from: usize, to: usize| label(&cx.span(from..to.min(end)).slice(cx.text()).to_lowercase());
    // "permission slips" as "permission slip"
    let one = |k: usize| {
        let before = cx.span(n.checked_sub(k)?..n).slice(cx.text()).to_lowercase();
        label(&format!("{before} {}", lemma(cx, n).to_lowercase())).filter(|_| k > 0)
    };
    let words = |k: usize| said(n.checked_sub(k)?, n + 1).or_else(|| one(k));
    let head = label(&lemma(cx, n).to_lowercase());
    // "is the wrong way round"
    if lemma(cx, n) == "way" {
        return None;
    }
    // "a step back", "a step too far" and "a cul-de-sac" go on behind their noun
    [2, 1]
        .into_iter()
        .find_map(words)
        .or_else(|| [5, 3, 2].into_iter().find_map(|k| said(n, n + k)))
        .or_else(|| words(0).filter(|&l| l != Label::Plain))
        .or(head.filter(|&h| h != Label::Plain))
        .or_else(|| cx.parse.children_with(n, &["amod"]).find_map(|a| label(&lemma(cx, a).to_lowercase())))
        .or(head)
}

/// A label of the list, as the parse hangs it on the verb or beside its object.
fn listed(cx: &Context<'_>, v: usize) -> Option<Naming> {
    // "dismissed the claims as lies": the parse may hang the name on the object
    let objects = cx.parse.children_with(v, &["dobj"]).filter(|&o| o > v);
    let below = objects.flat_map(|o| cx.parse.children_with(o, &["prep"]));
    let (name, found) = cx.parse.children(v).filter(|&c| c > v).chain(below).find_map(|c| {
        let inside = match dep(cx, c) {
            "oprd" | "attr" | "acomp" | "xcomp" | "ccomp" | "dobj" => Some(c),
            "prep" if lower(cx, c) == "as" => cx.parse.child(c, &["pobj", "amod", "pcomp"]),
            // "described it as flawed", for the parse mostly a clause
            "advcl"
                if lower(cx, cx.parse.subtree_range(c).start) == "as" && cx.parse.child(c, &["nsubj"]).is_none() =>
            {
                Some(c)
            }
            // "views the draft with alarm"; who calls somebody with relief calls nothing so
            "prep" if lower(cx, c) == "with" && !calls(cx, v) => {
                cx.parse.child(c, &["pobj"]).filter(|&o| is("sentiment", &lemma(cx, o).to_lowercase()))
            }
            _ => None,
        }?;
        // "called the ministry about a threat"
        let about = lower(cx, cx.parse.subtree_range(inside).start) == "about";
        let found = label_of(cx, inside).filter(|&l| l != Label::Plain && !about)?;
        let names = dep(cx, c) != "dobj" || cx.parse.child(c, &["nsubj"]).is_some() || merged(cx, v, c).is_some();
        names.then_some((inside, found))
    })?;
    let thing = cx
        .parse
        .child(name, &["nsubj"])
        .or_else(|| cx.parse.children_with(v, &["dobj", "nsubjpass"]).find(|&o| o != name));
    let Some(thing) = thing else {
        let head = merged(cx, v, name)?;
        return Some(Naming { thing: cx.parse.subtree_range(name).start..head + 1, head, found, sure: true });
    };
    let matter = clause::range_without(cx, thing, |k| {
        k > thing && (matches!(dep(cx, k), "punct" | "parataxis") || dep(cx, k) == "prep" && lower(cx, k) == "as")
    });
    Some(Naming { thing: matter, head: thing, found, sure: true })
}

/// "called the takeover theft": a thing and its name that the parse took for one compound.
fn merged(cx: &Context<'_>, v: usize, name: usize) -> Option<usize> {
    let thing = cx.parse.child(name, &["compound"]).filter(|&t| t + 1 == name)?;
    (calls(cx, v) && label(&lemma(cx, name).to_lowercase()).is_some()).then_some(thing)
}

/// Whether the verb only gives a name, so that no feeling goes with it.
fn calls(cx: &Context<'_>, v: usize) -> bool {
    matches!(lemma(cx, v), "call" | "brand" | "label" | "term" | "dub")
}

/// A label in quotation marks: what is so set off is meant, and with "a" it is mostly no compliment.
fn quoted(cx: &Context<'_>, v: usize, scorns: bool) -> Option<Naming> {
    let end = cx.parse.sentence_of(v).end;
    let mark = |i: &usize| matches!(lower(cx, *i), "\"" | "“" | "‘" | "``");
    let q = (v + 1..end.min(v + 16)).find(mark)?;
    // "called it 'fishing in our pond'", "called them 'our graves with a price'"
    let doing = calls(cx, v) && cx.parse.tokens.get(q + 1).is_some_and(|t| t.tag == "VBG");
    let ours = calls(cx, v) && cx.parse.tokens.get(q + 1).is_some_and(|t| t.tag == "PRP$");
    let noun = |&i: &usize| cx.token(i).pos == "NOUN" && !matches!(dep(cx, i), "compound" | "poss");
    let name = if doing { q + 1 } else { (q + 1..end.min(q + 8)).find(noun)? };
    let open = doing || ours || matches!(lower(cx, q + 1), "a" | "an" | "another" | "nothing");
    let found = match label_of(cx, name) {
        Some(known) => Some(known).filter(|&l| l != Label::Plain),
        None => open.then_some(Label::Negative),
    }?;
    let stop = if lower(cx, q - 1) == "as" { q - 1 } else { q };
    let (thing, head) = if stop > v + 1 {
        let head = (v + 1..stop).find(|&i| !(v + 1..stop).contains(&cx.parse.head(i)))?;
        (v + 1..stop, head)
    } else {
        named_before(cx, v)?
    };
    let noun = matches!(cx.token(head).pos.as_str(), "NOUN" | "PROPN" | "NUM" | "PRON" | "DET");
    let person = matches!(lower(cx, head), "him" | "her" | "them" | "himself" | "herself") || acts(cx, head);
    (noun && !person).then_some(Naming { thing, head, found, sure: scorns || label_of(cx, name).is_some() })
}

/// What stands before the verb and is so called: a passive's subject, or the noun of a relative clause.
fn named_before(cx: &Context<'_>, v: usize) -> Option<(Range<usize>, usize)> {
    let thing = match dep(cx, v) {
        "relcl" => whole_noun(cx, v),
        _ => cx.parse.child(v, &["nsubjpass"])?,
    };
    Some((if thing < v { clause::phrase(cx, thing) } else { noun_range(cx, thing) }, thing))
}

/// The noun a relative clause is about: set off by a comma, it tells of the whole phrase before it.
fn whole_noun(cx: &Context<'_>, v: usize) -> usize {
    let mut at = cx.parse.head(v);
    let comma = cx.parse.subtree_range(v).start.checked_sub(1).is_some_and(|p| lower(cx, p) == ",");
    for _ in 0..6 {
        let head = cx.parse.head(at);
        let inside =
            matches!(dep(cx, at), "pobj" | "prep" | "acl") || dep(cx, at) == "dobj" && matches!(dep(cx, head), "acl");
        if !comma || !inside || head >= at {
            break;
        }
        at = head;
    }
    if clause::is_nominal(cx, at) { at } else { cx.parse.head(v) }
}

/// "dismissed the clause as so much paper", "likened it to a wall": whatever follows, it is no praise.
fn scorned(cx: &Context<'_>, v: usize, key: &str) -> Option<Naming> {
    let by = if is("likening", key) { "to" } else { "as" };
    let thing = cx.parse.children_with(v, &["dobj", "nsubjpass"]).next()?;
    let prep =
        [v, thing].iter().find_map(|&h| cx.parse.children_with(h, &["prep"]).find(|&p| p > v && lower(cx, p) == by))?;
    let named = cx.parse.child(prep, &["pobj", "amod", "pcomp"])?;
    let person = acts(cx, thing) || cx.token(thing).pos == "PRON" || acts(cx, named);
    (!person && label_of(cx, named) != Some(Label::Plain)).then_some(Naming {
        thing: clause::range_without(cx, thing, |k| k >= prep),
        head: thing,
        found: Label::Negative,
        sure: is("scorning", key),
    })
}

/// What the noun or adjective `said` says after a copula in speech: "the offer is an insult", "that is too little",
/// "a date is a tombstone".
pub(super) fn find(cx: &Context<'_>, said: usize, voice: Option<Mode>, out: &mut Vec<Candidate>) {
    let Some(mode) = voice.filter(|_| matches!(dep(cx, said), "attr" | "acomp")) else { return };
    let v = cx.parse.head(said);
    let copula = (matches!(lemma(cx, v), "be" | "remain") || matches!(lower(cx, v), "'s" | "’s")) && v < said;
    let asked = cx.parse.child(v, &["mark"]).is_some_and(|m| matches!(lower(cx, m), "whether" | "if"));
    if !copula || asked || matches!(dep(cx, v), "aux" | "auxpass" | "relcl" | "advcl") {
        return;
    }
    let Some(thing) = subject(cx, v).filter(|&s| s < v && thing_like(cx, s)) else { return };
    let f = force(cx, v);
    let denied = f.negated || empty_phrase(cx, said) || empty_phrase(cx, thing);
    if equated(cx, thing, said, denied, f, out) {
        return;
    }
    if let Some((stand, sure)) = verdict(cx, v, thing, said, denied, f) {
        push(cx, VERDICT, if sure { 0.6 } else { 0.5 }, said, thing, stand, denied, f, out);
    } else if (mode == Mode::Direct || set_off(cx, said)) && !denied && image(cx, thing, said, f) {
        // "forty florins is an opening line": of a sum, that it is no more than that
        let found = if priced(cx, thing) { Label::Low } else { Label::Negative };
        push(cx, IMAGE, 0.45, said, thing, stand_of(cx, found, thing), denied, f, out);
    } else if mode == Mode::Direct && !denied && pointed(cx, thing, said, f) {
        push(cx, IMAGE, 0.4, said, thing, stand_of(cx, Label::Negative, thing), denied, f, out);
    } else if denied && unlike(cx, thing, said, f) {
        let few = counted(cx, thing);
        let stand = match few {
            true => Stand { act: Act::Reject, polarity: Polarity::For },
            false => Stand { act: Act::Refuse, polarity: Polarity::Against },
        };
        push(cx, IMAGE, 0.4, said, thing, stand, denied, f, out);
    }
}

/// Whether something, not somebody, is spoken of, and no state of things.
pub(super) fn thing_like(cx: &Context<'_>, s: usize) -> bool {
    let person = matches!(lower(cx, s), "i" | "we" | "you" | "he" | "she" | "they" | "there" | "who" | "what" | "one");
    !person
        && !acts(cx, s)
        && cx.token(s).ent != "PERSON"
        && (counted(cx, s) || !is("state", lemma(cx, s)))
        && !is_verb(cx, s)
}

/// What an adjective with "too" says: too little, or too much of something ("too little, too late").
pub(super) fn too(cx: &Context<'_>, said: usize) -> Option<Label> {
    let too = cx.parse.children_with(said, &["advmod"]).any(|c| c < said && lower(cx, c) == "too");
    let little = is("little", lemma(cx, said));
    (too && cx.token(said).pos == "ADJ").then_some(if little { Label::Short } else { Label::Negative })
}

/// What the noun or adjective `said` says of `thing`.
fn verdict(cx: &Context<'_>, v: usize, thing: usize, said: usize, denied: bool, f: Force) -> Option<(Stand, bool)> {
    // "it is wrong to wait": what follows is judged, and not read here
    let dummy = lower(cx, thing) == "it"
        && [v, said]
            .iter()
            .any(|&h| clause_child(cx, h, &["xcomp", "ccomp", "advcl"], |c| infinitive(cx, c)).is_some());
    if dummy || matches!(f.modal, Some(clause::Modal::May | clause::Modal::Could | clause::Modal::Can)) {
        return None;
    }
    if let Some(found) = too(cx, said).filter(|_| !denied) {
        return Some((stand_of(cx, found, thing), true));
    }
    if denied && f.past && is("purpose", lemma(cx, said)) {
        return Some((Stand { act: Act::Deny, polarity: Polarity::None }, true));
    }
    // "forty billion is less than half of what was owed"
    let short = matches!(lower(cx, cx.parse.subtree_range(said).start), "less" | "below" | "short");
    if short && !denied && counted(cx, thing) {
        return Some((stand_of(cx, Label::Short, thing), true));
    }
    // "is not enough", "would be plenty"
    if is("enough", lemma(cx, said)) && (denied || counted(cx, thing)) && (denied || f.modal.is_some()) {
        let enough = Stand { act: Act::Demand, polarity: Polarity::For };
        return Some((if denied { stand_of(cx, Label::Short, thing) } else { enough }, true));
    }
    if let Some(stand) = could_be_had(cx, thing, said, denied) {
        return Some((stand, true));
    }
    // "a deal is a deal"
    if !denied && matches!(cx.token(said).pos.as_str(), "NOUN" | "NUM" | "PROPN") && lemma(cx, said) == lemma(cx, thing)
    {
        let plain =
            [said, thing].iter().all(|&n| cx.parse.child(n, &["amod", "prep", "relcl", "acl", "compound"]).is_none())
                || counted(cx, thing) && alike(cx, thing, said);
        return plain.then_some((Stand { act: Act::Demand, polarity: Polarity::For }, false));
    }
    let found = label_of(cx, said)?;
    // "the account was wrong"
    if found == Label::Negative && !denied && is("charge", lemma(cx, thing)) && cx.token(said).pos == "ADJ" {
        return Some((Stand { act: Act::Deny, polarity: Polarity::None }, true));
    }
    match (found, denied) {
        (Label::Positive, true) => Some((stand_of(cx, Label::Negative, thing), false)),
        (Label::Plain, _) | (_, true) => None,
        (l, false) => Some((stand_of(cx, l, thing), true)),
    }
}

/// "It is a timetable with no trains": what is pointed at, by an image with words of its own.
fn pointed(cx: &Context<'_>, thing: usize, said: usize, f: Force) -> bool {
    let told = cx.parse.child(said, &["prep", "relcl", "acl"]).is_some_and(|c| c > said);
    // "and it has to go": the stand is told there
    let goes_on = cx.parse.children_with(cx.parse.head(said), &["conj"]).any(|c| subject(cx, c).is_some());
    let open = matches!(lower(cx, cx.parse.subtree_range(said).start), "a" | "an");
    matches!(lower(cx, thing), "this" | "that" | "it")
        && told
        && open
        && !goes_on
        && f.modal.is_none()
        && !f.past
        && cx.token(said).pos == "NOUN"
        && label_of(cx, said).is_none()
        && !acts(cx, said)
}

/// "The quay is not a watch to be pawned", "three months are no rounding error": what a thing is not to be treated as.
fn unlike(cx: &Context<'_>, thing: usize, said: usize, f: Force) -> bool {
    let first = lower(cx, cx.parse.subtree_range(thing).start);
    let known = counted(cx, thing)
        || matches!(
            first,
            "a" | "an" | "the" | "our" | "my" | "his" | "her" | "its" | "their" | "your" | "these" | "those"
        );
    let open = cx.parse.child(said, &["det"]).is_some_and(|d| matches!(lower(cx, d), "a" | "an" | "no"));
    known
        && open
        && label_of(cx, said).is_none()
        && !is("purpose", lemma(cx, said))
        && cx.token(said).pos == "NOUN"
        && cx.token(thing).pos != "PRON"
        && f.modal.is_none()
        && !f.perfect
        && !acts(cx, said)
        && lemma(cx, said) != lemma(cx, thing)
}

/// Whether two phrases are the same words.
fn alike(cx: &Context<'_>, a: usize, b: usize) -> bool {
    let words = |i: usize| {
        let phrase =
            clause::range_without(cx, i, |c| matches!(dep(cx, c), "advcl" | "relcl" | "punct" | "cc" | "conj"));
        cx.span(phrase).slice(cx.text()).to_lowercase()
    };
    words(a) == words(b)
}

/// Whether a quotation mark opens the phrase of `n`.
fn set_off(cx: &Context<'_>, n: usize) -> bool {
    let start = cx.parse.subtree_range(n).start;
    let mark = |i: usize| matches!(lower(cx, i), "\"" | "“" | "‘" | "``");
    mark(start) || start.checked_sub(1).is_some_and(mark)
}

/// "is something we could look at", "is not a paper they can sign", "is not something we recognise".
fn could_be_had(cx: &Context<'_>, thing: usize, said: usize, denied: bool) -> Option<Stand> {
    let clause = cx.parse.child(said, &["relcl"])?;
    let verb = lemma(cx, clause);
    if denied && matches!(verb, "recognise" | "recognize" | "know" | "remember" | "recall") {
        return Some(Stand { act: Act::Deny, polarity: Polarity::None });
    }
    // "a hostage we intend to feed" is something else than what it is said of
    let same = matches!(lower(cx, said), "something" | "anything" | "one" | "nothing" | "what")
        || label(lemma(cx, said)) == Some(Label::Plain);
    if !same || !super::modals::liked(cx, said) {
        return None;
    }
    let offered = is("tabled", lemma(cx, thing));
    // "is the only one they would accept"
    let only = cx.parse.children_with(said, &["amod", "advmod"]).any(|c| lower(cx, c) == "only");
    Some(match denied {
        false if only => Stand { act: Act::Demand, polarity: Polarity::For },
        false => Stand { act: Act::OpenTo, polarity: Polarity::Open },
        true if offered => Stand { act: Act::Reject, polarity: Polarity::Against },
        true => Stand { act: Act::Oppose, polarity: Polarity::Against },
    })
}

/// "Our demand is a dam", "two percent remains the ask": a stand's noun on one side, its matter on the other.
fn equated(cx: &Context<'_>, thing: usize, said: usize, denied: bool, f: Force, out: &mut Vec<Candidate>) -> bool {
    let asks = |n: usize| is("asking", lemma(cx, n)) && cx.parse.child(n, &["prep", "relcl", "acl"]).is_none();
    let owned = |n: usize| {
        cx.parse
            .child(n, &["poss"])
            .is_some_and(|p| matches!(lower(cx, p), "our" | "my" | "his" | "her" | "its" | "their"))
            || cx.parse.child(n, &["det"]).is_some_and(|d| lower(cx, d) == "the")
    };
    let demand = Stand { act: Act::Demand, polarity: Polarity::For };
    // "fifty is the figure"
    let figure = counted(cx, thing) && matches!(lemma(cx, said), "figure" | "number" | "limit" | "line");
    let matter = match (asks(thing) && owned(thing), (asks(said) || figure) && owned(said)) {
        (true, false) => said,
        (false, true) => thing,
        _ => return false,
    };
    if denied
        || f.modal.is_some()
        || dep(cx, said) != "attr"
        || matches!(label_of(cx, matter), Some(Label::Negative | Label::Low | Label::Short))
    {
        return false;
    }
    push(cx, VERDICT, 0.5, said, matter, demand, denied, f, out);
    true
}

/// "A date is a tombstone", "fifteen percent is a pay cut": what is said of any such thing by an image.
fn image(cx: &Context<'_>, thing: usize, said: usize, f: Force) -> bool {
    let first = lower(cx, cx.parse.subtree_range(thing).start);
    let any = matches!(first, "a" | "an") || counted(cx, thing);
    let open = matches!(lower(cx, cx.parse.subtree_range(said).start), "a" | "an");
    let noun = matches!(cx.token(said).pos.as_str(), "NOUN" | "PROPN");
    any && open
        && noun
        && f.modal.is_none_or(|m| m == clause::Modal::Would)
        && (!f.past || set_off(cx, said))
        && label_of(cx, said).is_none()
        && lemma(cx, said) != lemma(cx, thing)
}

#[allow(clippy::too_many_arguments, reason = "one call a rule, all fields differ")]
fn push(
    cx: &Context<'_>,
    rule: Rule,
    confidence: f32,
    v: usize,
    thing: usize,
    stand: Stand,
    denied: bool,
    f: Force,
    out: &mut Vec<Candidate>,
) {
    // "a deal without a date is a menu": what is missing is what is wanted
    let missing = cx
        .parse
        .children_with(thing, &["prep"])
        .find(|&p| lower(cx, p) == "without")
        .filter(|_| stand.polarity == Polarity::Against)
        .and_then(|p| cx.parse.child(p, &["pobj"]));
    let (stand, head) = match missing {
        Some(o) => (Stand { act: Act::Demand, polarity: Polarity::For }, o),
        None => (stand, thing),
    };
    out.push(Candidate {
        rule,
        confidence,
        predicate: v,
        predicate_words: v..v + 1,
        holder: None,
        stand,
        negated: denied,
        modality: f.modality,
        matter: noun_range(cx, head),
        matter_head: head,
        target: None,
        clausal: true,
        weak: true,
        governs: None,
        future: false,
    });
}
