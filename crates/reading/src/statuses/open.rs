//! What is open, stuck or shut: "remains in brackets", "the main sticking point is X", "divided over X", "no movement on
//! X", "has yet to be agreed", "two points are left".

use super::find_in::{can_be, is_matter, matters, unreal};
use super::{Found, is_word, status_of};
use crate::Context;
use crate::model::{Reference, Rule, StatusSort};
use crate::syntax_help as help;

const OPEN: Rule = Rule("status.open.v1");
const STICKING: Rule = Rule("status.sticking-point.v1");
const DIVIDED: Rule = Rule("status.divided-over.v1");
const NO_PROGRESS: Rule = Rule("status.no-progress.v1");

/// What the verb or adjective at `i` says to be open, stuck or shut.
pub(super) fn open(cx: &Context<'_>, i: usize) -> Option<Vec<Found>> {
    sticking_point(cx, i)
        .or_else(|| placed(cx, i))
        .or_else(|| unfinished(cx, i))
        .or_else(|| left_over(cx, i))
        .or_else(|| divided(cx, i))
        .or_else(|| no_progress(cx, i))
        .or_else(|| referred(cx, i))
}

/// One finding for each of the coordinated matters headed by `noun`.
pub(super) fn found(
    cx: &Context<'_>,
    rule: Rule,
    token: usize,
    status: StatusSort,
    noun: usize,
    by: Option<Reference>,
) -> Vec<Found> {
    let span = cx.span(help::verb_group(cx, token));
    let make = |m| Found { rule, confidence: 0.7, span, token, status, matter: Some(m), by, percent: None };
    matters(cx, noun).into_iter().map(make).collect()
}

fn is_copula(cx: &Context<'_>, i: usize) -> bool {
    matches!(cx.token(i).lemma.as_str(), "be" | "remain" | "stay")
}

/// "is still in brackets", "was left out of the text", "is not up for negotiation": a set phrase behind the verb.
fn placed(cx: &Context<'_>, i: usize) -> Option<Vec<Found>> {
    let puts = matches!(cx.token(i).lemma.as_str(), "leave" | "keep" | "put" | "place" | "hold");
    if !(is_copula(cx, i) || puts) || unreal(cx, i) || cx.token(i).tag == "VBG" {
        return None;
    }
    let sentence = cx.parse.sentence_of(i);
    let rest = (i + 1..sentence.end.min(i + 14)).map(|n| cx.token(n).lower.as_str());
    let skip = |w: &&str| {
        matches!(*w, "still" | "now" | "firmly" | "not" | "n't" | "n’t" | "therefore" | "again" | "completely" | "also")
            || matches!(*w, "currently" | "squarely" | "simply" | "clearly" | "well" | "once" | "never" | "effectively")
    };
    let words: Vec<&str> = rest.skip_while(skip).take(5).collect();
    let (length, status) =
        (1..=words.len()).rev().find_map(|n| Some((n, status_of("phrase", words.get(..n)?.join(" ").as_str())?)))?;
    let negated = help::is_negated(cx, i);
    // some phrases shut a matter only when they are denied: "is not up for negotiation"
    let denied = words.get(..length).is_some_and(|w| is_word("denied", &w.join(" ")));
    if negated != denied {
        return None;
    }
    // "is open to financing it" is said of someone
    let phrase = words.get(..length)?.join(" ");
    if phrase == "open" && matches!(words.get(length), Some(&"to" | &"for")) {
        return None;
    }
    let noun = if puts && !help::is_passive(cx, i) {
        cx.parse.child(i, &["dobj"])?
    } else {
        help::own_subject(cx, i).or_else(|| cx.parse.child(i, &["attr"]))?
    };
    let shut = is_matter(cx, noun) && can_be(cx, &phrase, noun) && !is_side_noun(cx, noun);
    shut.then(|| found(cx, OPEN, i, status, noun, None))
}

fn is_side_noun(cx: &Context<'_>, i: usize) -> bool {
    is_word("sides", &cx.token(i).lemma.to_lowercase()) || cx.token(i).lower == "there"
}

/// "has yet to be agreed", "remains to be settled", "is still to be resolved".
fn unfinished(cx: &Context<'_>, i: usize) -> Option<Vec<Found>> {
    let t = cx.token(i);
    let agreed = |v: &usize| {
        matches!(status_of("state", &cx.token(*v).lemma), Some(StatusSort::Agreed))
            && help::is_infinitive(cx, *v)
            && help::is_passive(cx, *v)
    };
    let yet = cx.parse.children_with(i, &["advmod"]).any(|a| matches!(cx.token(a).lower.as_str(), "yet" | "still"));
    let waits = t.lemma == "remain" || matches!(t.lemma.as_str(), "have" | "be") && yet;
    if !waits || unreal(cx, i) || help::is_negated(cx, i) {
        return None;
    }
    cx.parse.children_with(i, &["xcomp"]).find(agreed)?;
    let noun = help::own_subject(cx, i).filter(|&s| is_matter(cx, s))?;
    Some(found(cx, OPEN, i, StatusSort::Disputed, noun, None))
}

/// "two points are left", "three questions remain".
fn left_over(cx: &Context<'_>, i: usize) -> Option<Vec<Found>> {
    let t = cx.token(i);
    let left = t.lemma == "leave" && t.tag == "VBN" && help::is_passive(cx, i) && t.dep != "acl";
    let remain = t.lemma == "remain" && cx.parse.child(i, &["acomp", "attr", "xcomp", "prep", "oprd"]).is_none();
    let bare = cx.parse.child(i, &["prt", "prep", "agent", "xcomp", "oprd", "dobj", "acomp"]).is_none();
    if !(left && bare || remain) || unreal(cx, i) || help::is_negated(cx, i) {
        return None;
    }
    let noun = help::own_subject(cx, i)?;
    let counted = cx.parse.child(noun, &["nummod"]).is_some()
        || cx.parse.children_with(noun, &["amod"]).any(|a| is_word("rest", &cx.token(a).lower));
    let matter = is_word("open-head", &cx.token(noun).lemma);
    // "differences remain over the base year"
    let over = cx.parse.children_with(i, &["prep"]).chain(cx.parse.children_with(noun, &["prep"]));
    let over = over.filter(|&p| is_over(cx, p)).find_map(|p| cx.parse.child(p, &["pobj"]));
    if is_word("difference", &cx.token(noun).lemma) {
        return over.filter(|&o| is_matter(cx, o)).map(|o| found(cx, OPEN, i, StatusSort::Disputed, o, None));
    }
    (counted && matter).then(|| found(cx, OPEN, i, StatusSort::Disputed, noun, None))
}

fn is_over(cx: &Context<'_>, preposition: usize) -> bool {
    matches!(cx.token(preposition).lower.as_str(), "on" | "over" | "about" | "regarding" | "concerning")
}

/// "the main sticking point is the seat", "pensions remain the last obstacle", "among the open points, X is the hardest".
fn sticking_point(cx: &Context<'_>, i: usize) -> Option<Vec<Found>> {
    if !is_copula(cx, i) || unreal(cx, i) || help::is_negated(cx, i) {
        return None;
    }
    let subject = help::own_subject(cx, i)?;
    let attribute = cx.parse.child(i, &["attr"])?;
    let among = cx
        .parse
        .children_with(i, &["prep"])
        .filter(|&p| matches!(cx.token(p).lower.as_str(), "among" | "of"))
        .any(|p| cx.parse.child(p, &["pobj"]).is_some_and(|o| is_open_point(cx, o)));
    let matter = match (is_open_point(cx, subject), is_open_point(cx, attribute)) {
        (true, false) => attribute,
        (false, true) => subject,
        _ if among => subject,
        _ => return None,
    };
    let plain = is_matter(cx, matter) && matches!(cx.token(matter).pos.as_str(), "NOUN" | "PROPN");
    plain.then(|| found(cx, STICKING, i, StatusSort::Disputed, matter, None))
}

/// "goes to a working party", "was referred to a committee of experts".
fn referred(cx: &Context<'_>, i: usize) -> Option<Vec<Found>> {
    let t = cx.token(i);
    let sent = matches!(t.lemma.as_str(), "refer" | "send" | "hand" | "pass" | "relegate" | "leave" | "remit");
    let told = help::is_finite(cx, i) && !unreal(cx, i) && !help::is_negated(cx, i);
    if !told || !(t.lemma == "go" || sent && help::is_passive(cx, i)) {
        return None;
    }
    let to = cx.parse.children_with(i, &["prep", "dative"]).filter(|&p| cx.token(p).lower == "to");
    let body = to.filter_map(|p| cx.parse.child(p, &["pobj"])).find(|&b| {
        let small = cx.parse.children_with(b, &["amod", "compound", "nmod"]).any(|m| {
            matches!(
                cx.token(m).lower.as_str(),
                "working" | "contact" | "expert" | "technical" | "joint" | "drafting" | "small"
            )
        });
        small && matches!(cx.token(b).lemma.as_str(), "party" | "group" | "committee" | "panel" | "team" | "commission")
            || cx.token(b).lemma == "subcommittee"
    });
    body?;
    let noun = help::own_subject(cx, i).filter(|&s| is_matter(cx, s))?;
    Some(found(cx, OPEN, i, StatusSort::Blocked, noun, None))
}

/// "the last open point", "a stumbling block", "the main bone of contention".
fn is_open_point(cx: &Context<'_>, i: usize) -> bool {
    let lemma = cx.token(i).lemma.as_str();
    let said = |c: usize| is_word("open-word", &cx.token(c).lower);
    let before = cx.parse.children_with(i, &["amod", "compound", "nmod"]).any(said);
    let contention = cx.parse.children_with(i, &["prep"]).any(|p| {
        cx.parse.child(p, &["pobj"]).is_some_and(|o| {
            matches!(cx.token(o).lemma.as_str(), "contention" | "dispute" | "disagreement" | "discord")
        })
    });
    // "the only one still open"
    let behind = || {
        let mut left = cx.parse.children_with(i, &["amod", "acl", "relcl", "advmod", "appos"]).filter(|&c| c > i);
        left.any(|c| matches!(cx.token(c).lower.as_str(), "open" | "left" | "unresolved" | "outstanding"))
    };
    if matches!(lemma, "one" | "thing") || is_word("open-head", lemma) {
        let only = cx
            .parse
            .children_with(i, &["amod", "det"])
            .any(|a| matches!(cx.token(a).lower.as_str(), "only" | "last" | "the" | "main"));
        if only && behind() {
            return true;
        }
    }
    is_word("open-head", lemma) && before || matches!(lemma, "bone" | "point" | "issue" | "matter") && contention
}

/// "remain divided over fisheries", "the talks are stuck on pensions", "they disagree about the seat".
fn divided(cx: &Context<'_>, i: usize) -> Option<Vec<Found>> {
    let t = cx.token(i);
    let status = status_of("divided", &t.lower).or_else(|| status_of("divided", &t.lemma))?;
    let verb =
        if matches!(t.dep.as_str(), "acomp" | "attr" | "oprd" | "advmod" | "conj") { cx.parse.head(i) } else { i };
    let subject = help::own_subject(cx, i).or_else(|| help::subject(cx, verb))?;
    let called = is_word("sides", &cx.token(subject).lemma.to_lowercase())
        || matches!(cx.token(subject).lower.as_str(), "they" | "both" | "two" | "we")
        || cx.reference(subject).entity.is_some();
    let on =
        cx.parse.children_with(i, &["prep"]).filter(|&p| is_over(cx, p)).find_map(|p| cx.parse.child(p, &["pobj"]))?;
    if !called || unreal(cx, verb) || help::is_negated(cx, verb) || !is_matter(cx, on) {
        return None;
    }
    Some(found(cx, DIVIDED, i, status, on, None))
}

/// "no progress was made on the levy", "made no headway on pay", "the chapter has not moved".
fn no_progress(cx: &Context<'_>, i: usize) -> Option<Vec<Found>> {
    let t = cx.token(i);
    if unreal(cx, i) {
        return None;
    }
    if matches!(t.lemma.as_str(), "advance" | "move" | "budge" | "progress") && help::is_negated(cx, i) {
        let past = matches!(t.tag.as_str(), "VBN" | "VBD") || cx.parse.child(i, &["aux"]).is_some();
        let noun =
            help::own_subject(cx, i).filter(|&s| is_word("thing", &cx.token(s).lemma) && can_be(cx, "close", s))?;
        let alone = cx.parse.child(i, &["dobj"]).is_none();
        return (past && alone).then(|| found(cx, NO_PROGRESS, i, StatusSort::Blocked, noun, None));
    }
    let step = cx.parse.children_with(i, &["dobj", "nsubjpass", "attr"]).find(|&n| {
        matches!(cx.token(n).lemma.to_lowercase().as_str(), "progress" | "headway" | "movement" | "breakthrough")
    })?;
    let little = cx.parse.children_with(step, &["det", "amod"]).any(|d| {
        matches!(cx.token(d).lower.as_str(), "no" | "little" | "scant" | "any")
            && (cx.token(d).lower != "any" || help::is_negated(cx, i))
    });
    let made = matches!(t.lemma.as_str(), "make" | "be" | "achieve" | "see" | "report" | "bring");
    let below = cx.parse.children_with(i, &["prep"]).chain(cx.parse.children_with(step, &["prep"]));
    let on =
        below.filter(|&p| is_over(cx, p) || cx.token(p).lower == "towards").find_map(|p| cx.parse.child(p, &["pobj"]));
    // in front of the sentence: "On pay and hours there was no movement"
    let front = || {
        let first = cx.parse.sentence_of(i).start;
        (is_over(cx, first) && first < i).then(|| cx.parse.child(first, &["pobj"])).flatten()
    };
    let on = on.or_else(front).filter(|&o| is_matter(cx, o) && cx.token(o).ent != "DATE")?;
    (little && made).then(|| found(cx, NO_PROGRESS, i, StatusSort::Blocked, on, None))
}
