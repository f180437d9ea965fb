//! Stands told as moves on a scale: "has come down to 12 percent", "raised its bid to 45 florins", "will go as far as a
//! third", "has stopped at ten".

use std::ops::Range;

use super::candidate::Candidate;
use super::clause::{self, Modal, dep, force, is_nominal, is_verb, lemma, lower, passive, subject};
use super::holder::acts;
use super::lexicon::{Stand, is};
use crate::Context;
use crate::model::{Act, Polarity, Rule};

const MOVES: Rule = Rule("statement.moves-to.v1");

const OFFER: Stand = Stand { act: Act::Offer, polarity: Polarity::Open };
const CONCEDE: Stand = Stand { act: Act::Concede, polarity: Polarity::Open };
const DEMAND: Stand = Stand { act: Act::Demand, polarity: Polarity::For };
const REFUSE: Stand = Stand { act: Act::Refuse, polarity: Polarity::Against };

/// Where a move ends.
struct Move {
    stand: Stand,
    head: usize,
    matter: Range<usize>,
}

/// A stand of the verb `v` where it tells how far its subject went, or where it stopped.
pub(super) fn find(cx: &Context<'_>, v: usize, out: &mut Vec<Candidate>) {
    if !is_verb(cx, v) || matches!(dep(cx, v), "aux" | "auxpass" | "amod" | "compound" | "acl" | "csubj") {
        return;
    }
    let f = force(cx, v);
    if passive(cx, v) || clause::asked(cx, v) || f.modal.is_some_and(|m| !matches!(m, Modal::Will | Modal::Would)) {
        return;
    }
    let Some(holder) = subject(cx, v).filter(|&s| acts(cx, s)) else { return };
    let found = changed(cx, v).or_else(|| gone_to(cx, v)).or_else(|| as_far_as(cx, v)).or_else(|| stopped(cx, v));
    let Some(m) = found.or_else(|| brought(cx, v)) else { return };
    let stand = match (f.negated, m.stand.act) {
        (false, _) => m.stand,
        (true, Act::Refuse) => OFFER,
        (true, _) => REFUSE,
    };
    out.push(Candidate {
        rule: MOVES,
        confidence: 0.6,
        predicate: v,
        predicate_words: v..v + 1,
        holder: Some(holder),
        stand,
        negated: f.negated,
        modality: f.modality,
        matter: m.matter,
        matter_head: m.head,
        target: None,
        clausal: true,
        weak: true,
        governs: None,
        future: true,
    });
}

/// "raised its bid to 45", "has cut its demand by a third".
fn changed(cx: &Context<'_>, v: usize) -> Option<Move> {
    let up = is("raising", lemma(cx, v));
    if !up && !is("lowering", lemma(cx, v)) {
        return None;
    }
    let o = cx.parse.child(v, &["dobj"]).filter(|&o| o > v)?;
    let own = cx.parse.child(o, &["poss"]).is_some_and(|p| cx.token(p).pos == "PRON");
    let asked = is("asking", lemma(cx, o)) || lemma(cx, o) == "claim";
    if !own || !(asked || is("bidden", lemma(cx, o))) {
        return None;
    }
    let stand = match (asked, up) {
        (false, _) => OFFER,
        (true, true) => DEMAND,
        (true, false) => CONCEDE,
    };
    let end = cx.parse.children_with(v, &["prep"]).filter(|&p| p > o && matches!(lower(cx, p), "to" | "by" | "from"));
    let end = end.map(|p| cx.parse.subtree_range(p).end).max().unwrap_or(0);
    let range = cx.parse.subtree_range(o);
    Some(Move { stand, head: o, matter: range.start..range.end.max(end) })
}

/// "has come down to 12 percent", "went up to 46 florins".
fn gone_to(cx: &Context<'_>, v: usize) -> Option<Move> {
    if !matches!(lemma(cx, v), "go" | "come" | "move" | "climb" | "edge" | "inch" | "drop") {
        return None;
    }
    let down = lemma(cx, v) == "drop" || cx.parse.children(v).any(|c| c == v + 1 && lower(cx, c) == "down");
    // "it comes to forty crowns"
    let up = cx.parse.children(v).any(|c| c == v + 1 && lower(cx, c) == "up");
    if lemma(cx, v) == "come" && !(up || down) {
        return None;
    }
    let stand = if down { CONCEDE } else { OFFER };
    let to = cx.parse.children_with(v, &["prep"]).filter(|&p| p > v && lower(cx, p) == "to");
    let (p, o) = to.filter_map(|p| Some((p, cx.parse.child(p, &["pobj"])?))).find(|&(_, o)| number(cx, o))?;
    Some(Move { stand, head: o, matter: p..cx.parse.subtree_range(o).end })
}

/// "will go as far as a third", "would go no further than a study".
fn as_far_as(cx: &Context<'_>, v: usize) -> Option<Move> {
    let word = |k: usize| cx.parse.tokens.get(v + k).map_or("", |t| t.lower.as_str());
    let stand = match (lemma(cx, v), word(1), word(2), word(3)) {
        ("go", "as", "far", "as") => OFFER,
        ("go", "no", "further" | "farther" | "higher" | "lower", "than") => REFUSE,
        _ => return None,
    };
    let start = v + 4;
    let sentence = cx.parse.sentence_of(v);
    if start >= sentence.end {
        return None;
    }
    let mut head = start;
    for _ in 0..6 {
        let above = cx.parse.head(head);
        if above < start || above == head || above >= sentence.end {
            break;
        }
        head = above;
    }
    let noun = is_nominal(cx, head) && head >= start;
    noun.then(|| Move { stand, head, matter: start..clause::phrase(cx, head).end.max(head + 1) })
}

/// "have stopped at 10.5 percent", "is sticking at forty".
fn stopped(cx: &Context<'_>, v: usize) -> Option<Move> {
    if !matches!(lemma(cx, v), "stop" | "stay" | "stick" | "stall" | "halt") {
        return None;
    }
    let at = cx.parse.children_with(v, &["prep"]).find(|&p| p > v && lower(cx, p) == "at")?;
    let o = cx.parse.child(at, &["pobj"]).filter(|&o| number(cx, o))?;
    Some(Move { stand: REFUSE, head: o, matter: at..cx.parse.subtree_range(o).end })
}

/// "had come with six percent", "stepped in with 40 million florins".
fn brought(cx: &Context<'_>, v: usize) -> Option<Move> {
    if !matches!(
        lemma(cx, v),
        "come" | "arrive" | "return" | "step" | "weigh" | "counter" | "respond" | "reply" | "open"
    ) {
        return None;
    }
    let p = cx.parse.children_with(v, &["prep"]).find(|&p| p > v && lower(cx, p) == "with")?;
    let o = cx.parse.child(p, &["pobj"])?;
    let sum = matches!(cx.token(o).ent.as_str(), "PERCENT" | "MONEY") && number(cx, o);
    sum.then(|| Move { stand: OFFER, head: o, matter: p..cx.parse.subtree_range(o).end })
}

/// Whether a phrase is a figure, no day and no hour.
fn number(cx: &Context<'_>, o: usize) -> bool {
    let counted = cx.token(o).pos == "NUM"
        || cx.parse.child(o, &["nummod"]).is_some()
        || matches!(lower(cx, o), "half" | "third" | "quarter" | "percent");
    counted && !matches!(cx.token(o).ent.as_str(), "DATE" | "TIME")
}
