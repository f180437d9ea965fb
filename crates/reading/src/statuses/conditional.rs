//! What a side gives way on if something else is done: "can live with a dam, if the flow is written down".

use super::Found;
use super::find_in::{is_matter, matters};
use crate::Context;
use crate::model::{Rule, StatusSort};
use crate::syntax_help as help;

const CONDITIONAL: Rule = Rule("status.conditional.v2");

/// "could accept joint inspections, but only after the clause is signed", "accepts a court in exchange for the credit",
/// "can live with a dam, if the flow is written down", "was prepared to talk about limits once inspections are signed".
pub(super) fn conditional(cx: &Context<'_>, i: usize) -> Option<Vec<Found>> {
    // "can accept no figure as long as" gives way on nothing
    let none = |o: usize| cx.parse.children_with(o, &["det"]).any(|d| cx.token(d).lower == "no");
    let object = yielding(cx, i).filter(|&o| is_matter(cx, o) && !none(o) && !help::is_negated(cx, i))?;
    // the condition may hang on the verb of saying around it
    let above =
        cx.parse.ancestors(i).find(|&a| matches!(cx.token(a).lemma.as_str(), "say" | "announce" | "add" | "declare"));
    let sentence = cx.parse.sentence_of(i);
    let region = match above {
        Some(a) => cx.parse.subtree(a),
        None => cx.parse.subtree(i).into_iter().chain(cx.parse.subtree(cx.parse.head(i))).collect(),
    };
    let tied = region.iter().any(|&c| {
        let word = cx.token(c).lower.as_str();
        let next = cx.parse.tokens.get(c + 1).map_or("", |n| n.lower.as_str());
        let marks = matches!(cx.token(c).dep.as_str(), "mark" | "advmod");
        let exchange = matches!((word, next), ("in", "exchange" | "return"));
        sentence.contains(&c)
            && (exchange && (c > i || c == sentence.start)
                || c > i
                    && ((word == "only" && matches!(next, "if" | "after" | "when" | "once"))
                        || (matches!(word, "if" | "once" | "provided" | "unless") && marks)
                        || matches!((word, next), ("long", "as") | ("on", "condition"))))
    });
    if !tied {
        return None;
    }
    let by =
        help::subject(cx, i).filter(|&s| cx.entity_at.get(s).is_some_and(Option::is_some)).map(|s| cx.reference(s));
    let span = cx.span(help::verb_group(cx, i));
    Some(
        matters(cx, object)
            .into_iter()
            .map(|m| Found {
                rule: CONDITIONAL,
                confidence: 0.65,
                span,
                token: i,
                status: StatusSort::Conditional,
                matter: Some(m),
                by,
                percent: None,
            })
            .collect(),
    )
}

/// What a verb gives way on: "accept X", "live with X", "prepared to talk about X".
fn yielding(cx: &Context<'_>, i: usize) -> Option<usize> {
    let below = |preps: &[&str]| {
        cx.parse
            .children_with(i, &["prep"])
            .filter(|&p| preps.contains(&cx.token(p).lower.as_str()))
            .find_map(|p| cx.parse.child(p, &["pobj"]))
    };
    let willing = cx.parse.head(i);
    let willing = cx.token(i).dep == "xcomp"
        && matches!(cx.token(willing).lower.as_str(), "prepared" | "ready" | "willing" | "open");
    match cx.token(i).lemma.as_str() {
        "accept" | "agree" => cx.parse.child(i, &["dobj"]).or_else(|| below(&["to", "on"]).filter(|_| willing)),
        "live" => help::modal(cx, i).and_then(|_| below(&["with"])),
        "talk" | "discuss" | "consider" | "look" if willing => {
            cx.parse.child(i, &["dobj"]).or_else(|| below(&["about", "on"]))
        }
        "go" => help::modal(cx, i).and_then(|_| below(&["with"])),
        // "is ready to release the money"
        _ if willing && help::is_infinitive(cx, i) => cx.parse.child(i, &["dobj"]),
        _ => None,
    }
}
