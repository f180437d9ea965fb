//! Turns of a conversation or live report: paragraphs that open with a name and a colon.

use super::confidence;
use super::draft::Draft;
use crate::Context;
use crate::model::Rule;
use crate::syntax_help as help;

/// How many words may stand before the colon.
const NAME: usize = 6;

/// Finds paragraphs of the form "NAME: words". One alone is a heading as likely as a turn, so there must be two, or a person's
/// name.
pub(super) fn find(cx: &Context<'_>) -> Vec<Draft> {
    let turns: Vec<(Draft, bool)> = cx.article.paragraphs().iter().filter_map(|p| turn(cx, p.range())).collect();
    let many = turns.len() > 1;
    turns.into_iter().filter(|(_, person)| many || *person).map(|(d, _)| d).collect()
}

/// How many words may stand before the colon of a sentence.
const LEAD: usize = 24;

/// Finds sentences of the form "NAME, hoarse, on the steps: the port will open": no word of speech, but a person who speaks.
pub(super) fn sentences(cx: &Context<'_>) -> Vec<Draft> {
    cx.parse.sentences.iter().filter_map(|s| spoken(cx, s)).collect()
}

fn spoken(cx: &Context<'_>, sentence: &std::ops::Range<usize>) -> Option<Draft> {
    let first = sentence.start;
    let colon = (first + 2..sentence.end).take(LEAD).find(|&i| cx.word(i) == ":")?;
    let quoted = |i: usize| matches!(cx.word(i), "\"" | "“" | "”" | "''" | "``" | ";");
    let told = |i: usize| {
        help::is_verb(cx, i) && help::is_finite(cx, i) && !help::has_dep(cx, i, &["relcl", "aux", "auxpass"])
    };
    let clause = (colon + 1..sentence.end).find(|&i| told(i))?;
    let own = help::own_subject(cx, clause).is_some_and(|s| s > colon) || cx.parse.child(clause, &["expl"]).is_some();
    if !own
        || (first..colon).any(|i| told(i) || quoted(i))
        || cx.parse.tokens.get(colon + 1).is_none_or(|_| quoted(colon + 1))
    {
        return None;
    }
    let source = (first..colon.min(first + 4)).rev().find(|&i| named(cx, i))?;
    let set_off = (source + 1..colon)
        .next()
        .is_none_or(|i| matches!(cx.word(i), "," | "(") || cx.token(i).pos == "ADP" || cx.token(i).tag == "PRP");
    if !set_off {
        return None;
    }
    let content = cx.span(colon + 1..sentence.end);
    let draft = Draft::new(Rule("quote.turn.v2"), confidence::COLON, colon..colon + 1, Some(source), vec![content]);
    Some(Draft { speech: true, ..draft })
}

/// Whether a token is the head of a person's name.
fn named(cx: &Context<'_>, i: usize) -> bool {
    let person = cx.reference(i).entity.is_some_and(|e| cx.entity(e).kind == crate::model::RefKind::Person);
    cx.token(i).pos == "PROPN"
        && (person || cx.token(i).ent == "PERSON")
        && !help::has_dep(cx, i, &["poss", "compound"])
}

fn turn(cx: &Context<'_>, paragraph: std::ops::Range<usize>) -> Option<(Draft, bool)> {
    let tokens = cx.parse.tokens_in(paragraph.clone());
    let first = tokens.clone().take(2).find(|&i| !matches!(cx.word(i), "\"" | "“" | "''" | "``"))?;
    let colon = (first + 1..tokens.end).take(NAME).find(|&i| cx.word(i) == ":")?;
    let name = |i: usize| {
        let word = cx.word(i);
        word.starts_with(char::is_uppercase) || matches!(word, "." | "-" | "’s" | "'s" | "of" | "the")
    };
    if !(first..colon).all(name) || (first..colon).any(|i| help::is_verb(cx, i)) || tokens.end < colon + 5 {
        return None;
    }
    let source = (first..colon).rev().find(|&i| cx.word(i).starts_with(char::is_uppercase))?;
    // "Q" and "A" name nobody
    if cx.word(source).chars().count() < 2 {
        return None;
    }
    let content = cx.span(colon + 1..tokens.end);
    let person = (first..colon).any(|i| cx.token(i).ent == "PERSON");
    let draft = Draft::new(Rule("quote.turn.v1"), confidence::TURN, colon..colon + 1, Some(source), vec![content]);
    Some((Draft { speech: true, ..draft }, person))
}
