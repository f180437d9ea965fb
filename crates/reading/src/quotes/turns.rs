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
