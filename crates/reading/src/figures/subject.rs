//! What a figure measures and whose it is.

use rapporteur_text::Span;

use super::is_word;
use super::numbers::Quantity;
use crate::Context;
use crate::model::Reference;

/// What a figure is about.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Subject {
    /// The words for what is measured.
    pub(super) measures: Option<Span>,
    /// Whose figure it is.
    pub(super) of: Option<Reference>,
}

fn is_noun(cx: &Context<'_>, i: usize) -> bool {
    matches!(cx.token(i).pos.as_str(), "NOUN" | "PROPN")
}

/// The noun that a bare number counts.
pub(super) fn counted_noun(cx: &Context<'_>, token: usize, q: &Quantity) -> Option<usize> {
    let head = cx.parse.head(token);
    let whole = q.whole();
    let behind = cx.token(head).start as usize >= whole.end();
    let number = matches!(cx.token(token).dep.as_str(), "nummod" | "quantmod" | "compound" | "amod");
    let noun = (behind && number && is_noun(cx, head)).then_some(head).or_else(|| {
        // the noun right behind the number, where the parse has the two apart ("some 900 members")
        let next = cx.parse.tokens.partition_point(|t| (t.start as usize) < whole.end());
        let t = cx.parse.tokens.get(next)?;
        (t.tag == "NNS" && t.sentence == cx.token(token).sentence).then_some(next)
    })?;
    // a count stands right before its noun phrase, with adjectives and compounds only in between
    let between = cx.parse.tokens_in(whole.end()..cx.token(noun).start as usize);
    let plain = between.clone().all(|i| {
        matches!(cx.token(i).pos.as_str(), "ADJ" | "NOUN" | "PROPN" | "ADV" | "VERB") || cx.token(i).lower == "-"
    });
    let hyphen = cx.text().get(whole.end()..).is_some_and(|t| t.starts_with('-'));
    (plain && !hyphen && between.len() <= 4 && cx.token(noun).ent != "PERSON").then_some(noun)
}

/// A noun phrase without what follows its head; `without` is cut off its beginning.
pub(super) fn phrase(cx: &Context<'_>, noun: usize, without: Span) -> Span {
    let first = cx
        .parse
        .subtree(noun)
        .into_iter()
        .filter(|&i| i <= noun && !cx.span(i..i + 1).overlaps(without))
        .filter(|&i| {
            // what stands before the number belongs to it
            !(cx.token(i).start as usize <= without.start() && without.end() <= cx.token(noun).start as usize)
                || cx.token(i).dep == "poss"
                || cx.parse.ancestors(i).any(|a| cx.token(a).dep == "poss" && a < noun)
        })
        .min()
        .unwrap_or(noun);
    let mut first = first;
    while first < noun
        && (matches!(cx.token(first).pos.as_str(), "DET" | "PUNCT" | "CCONJ" | "ADP" | "NUM" | "X" | "SYM" | "SPACE")
            || cx.span(first..first + 1).overlaps(without))
    {
        first += 1;
    }
    let span = cx.span(first..noun + 1);
    // a number inside splits the phrase; what stands behind it is what it measures
    if span.overlaps(without) { cx.span(cx.parse.tokens_in(without.end()..span.end())) } else { span }
}

/// What the figure at `token` measures and whose it is.
pub(super) fn of(cx: &Context<'_>, token: usize, figure: Span) -> Subject {
    let measured = measured_noun(cx, token, figure);
    let verb = cx.parse.ancestors(token).find(|&a| matches!(cx.token(a).pos.as_str(), "VERB" | "AUX"));
    let owner = measured
        .and_then(|n| cx.parse.child(n, &["poss"]))
        .or_else(|| {
            // whose figure it is, only the clause can say that holds it as its own object
            let verb = verb.filter(|&v| holds(cx, v, token))?;
            let subject = cx.parse.child(verb, &["nsubj"])?;
            (Some(subject) != measured).then_some(subject)
        })
        .filter(|&n| cx.entity_at.get(n).is_some_and(Option::is_some));
    Subject {
        measures: measured.map(|n| phrase(cx, n, figure)).filter(|s| !s.is_empty()),
        of: owner.map(|n| cx.reference(n)),
    }
}

/// Whether the figure is an object or complement of the verb, not something told beside it.
fn holds(cx: &Context<'_>, verb: usize, token: usize) -> bool {
    std::iter::once(token).chain(cx.parse.ancestors(token)).take_while(|&a| a != verb).all(|a| {
        matches!(
            cx.token(a).dep.as_str(),
            "nummod"
                | "compound"
                | "quantmod"
                | "amod"
                | "nmod"
                | "dobj"
                | "pobj"
                | "prep"
                | "attr"
                | "npadvmod"
                | "oprd"
                | "dative"
        )
    })
}

/// The noun that says what is measured.
fn measured_noun(cx: &Context<'_>, token: usize, figure: Span) -> Option<usize> {
    let outside = |i: usize| !cx.span(i..i + 1).overlaps(figure);
    // the number's own words up to the first outside them
    let at =
        std::iter::once(token).chain(cx.parse.ancestors(token)).take_while(|&i| !outside(i)).last().unwrap_or(token);
    // "12 percent of pay", "200 tonnes of wheat"
    let complement = cx
        .parse
        .children(at)
        .find(|&c| cx.token(c).lower == "of" && c > at)
        .and_then(|of| cx.parse.child(of, &["pobj"]));
    let purpose = cx
        .parse
        .children(at)
        .find(|&c| matches!(cx.token(c).lower.as_str(), "in" | "for") && c > at)
        .and_then(|p| cx.parse.child(p, &["pobj"]))
        .filter(|&n| cx.token(n).ent.is_empty());
    let head = cx.parse.head(at);
    if head == at {
        return complement;
    }
    if is_noun(cx, head)
        && outside(head)
        && matches!(cx.token(at).dep.as_str(), "nummod" | "compound" | "amod" | "nmod" | "quantmod")
    {
        return Some(head);
    }
    if is_noun(cx, at) && outside(at) {
        return Some(at);
    }
    if cx.token(head).pos == "ADP" {
        let above = cx.parse.head(head);
        if is_noun(cx, above) && outside(above) && cx.token(head).lower != "with" {
            return Some(above);
        }
        if cx.token(above).pos == "VERB" && matches!(cx.token(head).lower.as_str(), "to" | "by" | "from" | "at" | "in")
        {
            return object_or_subject(cx, above, at).or(complement);
        }
        return complement;
    }
    if matches!(cx.token(head).pos.as_str(), "VERB" | "AUX") {
        if let Some(noun) = complement.or(purpose) {
            return Some(noun);
        }
        if is_word("measuring", &cx.token(head).lemma) {
            return cx.parse.child(head, &["nsubj", "nsubjpass"]).filter(|&n| is_noun(cx, n) && n != at);
        }
    }
    complement.or(purpose)
}

fn object_or_subject(cx: &Context<'_>, verb: usize, not: usize) -> Option<usize> {
    cx.parse
        .child(verb, &["dobj"])
        .or_else(|| {
            cx.parse.child(verb, &["nsubj", "nsubjpass"]).filter(|_| is_word("measuring", &cx.token(verb).lemma))
        })
        .filter(|&n| n != not && is_noun(cx, n))
}
