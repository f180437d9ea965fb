//! Cues of more words than one: "let it be known that", "made it plain that", "let slip that", "gave to understand that",
//! "had it from an aide that", "as she puts it", "is how she puts it", ", so the minister".

use std::ops::Range;

use super::confidence;
use super::draft::{Draft, spans};
use super::report;
use super::verbs::{apposed, clause_tokens};
use crate::Context;
use crate::model::{RefKind, Rule};
use crate::syntax_help as help;

/// Finds what such cues attribute.
pub(super) fn find(cx: &Context<'_>) -> Vec<Draft> {
    (0..cx.parse.len())
        .filter_map(|i| {
            known(cx, i)
                .or_else(|| as_put(cx, i))
                .or_else(|| how_put(cx, i))
                .or_else(|| so(cx, i))
                .or_else(|| colon(cx, i))
                .or_else(|| to_whom(cx, i))
        })
        .collect()
}

/// Whether token `i` is no further than its sentence and one of these words.
fn word(cx: &Context<'_>, i: usize, words: &[&str]) -> bool {
    cx.parse.tokens.get(i).is_some_and(|t| words.contains(&t.lower.as_str()))
}

/// The end of "let it be known", "made it very plain", "gave to understand" that begins with the verb `v`.
fn end_of_phrase(cx: &Context<'_>, v: usize) -> Option<usize> {
    let it = usize::from(word(cx, v + 1, &["it"]));
    let adverb = |i: usize| usize::from(cx.parse.tokens.get(i).is_some_and(|t| t.pos == "ADV"));
    match cx.token(v).lemma.as_str() {
        "let" => {
            let at = v + 1 + it;
            let be = it == 1 && word(cx, at, &["be"]);
            let end = if be { at + 1 } else { at };
            let last: &[&str] = if be {
                &["known", "understood", "felt", "seen"]
            } else if it == 1 {
                &["slip"]
            } else {
                &["slip", "drop", "know", "understand"]
            };
            word(cx, end, last).then_some(end + 1)
        }
        "make" => {
            let at = v + 1 + it + adverb(v + 1 + it);
            if word(cx, at, &["no"]) && word(cx, at + 1, &["secret"]) {
                return Some(at + 2);
            }
            if word(cx, at, &["to"]) && word(cx, at + 1, &["understand"]) {
                return Some(at + 2);
            }
            word(cx, at, &["plain", "clear", "known", "understood", "public", "explicit"]).then_some(at + 1)
        }
        "give" => {
            let at = v + 1 + it;
            let be = usize::from(word(cx, at + 1, &["be"]));
            (word(cx, at, &["to"]) && word(cx, at + 1 + be, &["understand", "understood"])).then_some(at + 2 + be)
        }
        "leave" => (word(cx, v + 1, &["no"]) && word(cx, v + 2, &["doubt"])).then_some(v + 3),
        "have" => (it == 1 && word(cx, v + 2, &["from"])).then_some(v + 3),
        _ => None,
    }
}

/// "let it be known that it would sign"; "it would sign, she made plain, once ..."; "he had it from an aide that".
fn known(cx: &Context<'_>, v: usize) -> Option<Draft> {
    let end = end_of_phrase(cx, v).filter(|_| help::is_verb(cx, v))?;
    if help::has_dep(cx, v, &["aux", "auxpass"]) && !(v..end).contains(&cx.parse.head(v)) {
        return None;
    }
    let cue = help::verb_group(cx, v).start..end;
    let heard = cx.token(v).lemma == "have";
    let source = if heard { cx.parse.child(end - 1, &["pobj"])? } else { teller(cx, v, &cue)? };
    if matches!(cx.token(source).lower.as_str(), "you" | "there" | "it") && cx.token(source).dep != "nsubj" {
        return None;
    }
    let tokens = reported(cx, v, &cue).or_else(|| (!heard).then(|| around(cx, v, source, &cue)).flatten())?;
    let draft = Draft::new(Rule("quote.made-known.v1"), confidence::KNOWN, cue, Some(source), spans(cx, &tokens));
    Some(Draft { speech: true, ..draft })
}

/// Who makes it known: the subject, the name between commas before the verb, or the one behind it (", has let know the
/// minister").
fn teller(cx: &Context<'_>, v: usize, cue: &Range<usize>) -> Option<usize> {
    let behind = (cue.end..cx.parse.len().min(cue.end + 6)).find(|&h| {
        let r = cx.reference(h);
        r.kind == RefKind::Person && cx.token(h).pos != "PRON" && cx.parse.subtree_range(h).start == cue.end
    });
    let sentence = cx.parse.sentence_of(v);
    // "he was given to understand by the minister that"
    if help::is_passive(cx, v) {
        let by = (cue.end..cx.parse.len()).next().filter(|&i| word(cx, i, &["by"]))?;
        return cx.parse.child(by, &["pobj"]);
    }
    help::own_subject(cx, v)
        .or_else(|| (cue.start > sentence.start + 3).then(|| apposed(cx, &sentence, cue.start).map(|a| a.0)).flatten())
        .or(behind.filter(|_| cue.start > sentence.start && cx.word(cue.start - 1) == ","))
        .or_else(|| help::actor(cx, v))
        .filter(|s| sentence.contains(s))
}

/// The clause with "that" behind a cue, with no more than a phrase between them.
fn reported(cx: &Context<'_>, v: usize, cue: &Range<usize>) -> Option<Vec<usize>> {
    let sentence = cx.parse.sentence_of(v);
    let that = (cue.end..sentence.end.min(cue.end + 15)).find(|&i| word(cx, i, &["that"]))?;
    if (cue.end..that).any(|i| help::is_verb(cx, i) || matches!(cx.word(i), ";" | ":" | "“" | "\"")) {
        return None;
    }
    let c = cx.parse.head(that);
    if !help::is_finite(cx, c) || c < that {
        return None;
    }
    let mut tokens = clause_tokens(cx, c);
    report::trim(cx, v, c, &mut tokens);
    tokens.retain(|&t| t >= that);
    Some(tokens)
}

/// The clause around a cue that commas set off.
fn around(cx: &Context<'_>, v: usize, source: usize, cue: &Range<usize>) -> Option<Vec<usize>> {
    let sentence = cx.parse.sentence_of(v);
    let who = help::full_noun_phrase(cx, source);
    let start = if who.start < cue.start { who.start } else { cue.start };
    let end = cue.end.max(if who.start >= cue.end { who.end } else { 0 });
    set_off(cx, sentence, start..end)
}

/// The tokens of a sentence without a stretch that stands between commas, or behind the last one.
fn set_off(cx: &Context<'_>, sentence: Range<usize>, out: Range<usize>) -> Option<Vec<usize>> {
    let comma = |i: usize| matches!(cx.word(i), "," | "—" | "–" | "--" | "”" | "\"" | "''");
    let closes = |i: usize| comma(i) || matches!(cx.word(i), "." | "!" | "?" | ":" | ";");
    let opens = out.start <= sentence.start || comma(out.start - 1);
    let closed = out.end >= sentence.end || closes(out.end);
    if !opens || !closed || out.len() + 3 > sentence.len() {
        return None;
    }
    let before = sentence.start..out.start.saturating_sub(1).max(sentence.start);
    let after = if out.end < sentence.end && comma(out.end) { out.end + 1..sentence.end } else { 0..0 };
    let tokens: Vec<usize> = before.chain(after).collect();
    (tokens.len() > 2).then_some(tokens)
}

/// "as she puts it", "as the ministry sees it", "or so he has it", set off by commas.
fn as_put(cx: &Context<'_>, i: usize) -> Option<Draft> {
    if !word(cx, i, &["as", "so"]) {
        return None;
    }
    let sentence = cx.parse.sentence_of(i);
    let v = (i + 2..sentence.end.min(i + 14)).find(|&k| {
        help::is_finite(cx, k)
            && matches!(cx.token(k).lemma.as_str(), "put" | "see" | "have" | "tell" | "phrase")
            && word(cx, k + 1, &["it"])
    })?;
    let source = help::own_subject(cx, v).filter(|&s| (i..v).contains(&s) && cx.token(s).lower != "you")?;
    if (i + 1..v).any(|k| help::is_finite(cx, k) && !help::has_dep(cx, k, &["aux", "relcl"])) {
        return None;
    }
    // "or so Brandt has it"
    let start = if i > sentence.start && word(cx, i - 1, &["or"]) { i - 1 } else { i };
    let mut end = v + 2;
    while end < sentence.end && !matches!(cx.word(end), "," | "." | "!" | "?" | ":" | ";" | "“" | "\"" | "—" | "–")
    {
        end += 1;
    }
    if end > v + 8 {
        return None;
    }
    let quote = |k: usize| matches!(cx.word(k), "“" | "”" | "\"" | "''" | "``");
    let open = |k: &usize| matches!(cx.word(*k), "“" | "\"" | "''" | "``");
    let tokens = match cx.word(end.min(sentence.end - 1)) {
        // the words in marks beside it
        _ if (end..sentence.end).take(2).any(quote) => (end..sentence.end).filter(|&k| cx.word(k) != ",").collect(),
        _ if (sentence.start..start).any(quote) => {
            let close = (sentence.start..start).rev().find(|&k| quote(k))?;
            let from = (sentence.start..close).rev().find(open)?;
            (from..close + 1).collect()
        }
        ":" if start > sentence.start => (end + 1..sentence.end).collect(),
        _ => set_off(cx, sentence, start..end)?,
    };
    let cue = help::verb_group(cx, v).start..v + 2;
    let draft = Draft::new(Rule("quote.as-put.v1"), confidence::KNOWN, cue, Some(source), spans(cx, &tokens));
    Some(Draft { speech: true, ..draft })
}

/// "..., is how she puts it", "..., was the minister's reply": words without marks that a second clause gives to somebody.
fn how_put(cx: &Context<'_>, i: usize) -> Option<Draft> {
    let sentence = cx.parse.sentence_of(i);
    if cx.token(i).lemma != "be" || i < sentence.start + 3 || cx.word(i - 1) != "," || !help::is_finite(cx, i) {
        return None;
    }
    let (source, cue) = if word(cx, i + 1, &["how", "what"]) {
        let v = (i + 2..sentence.end.min(i + 12)).find(|&k| help::is_verb(cx, k) && help::is_finite(cx, k))?;
        let told = matches!(cx.token(v).lemma.as_str(), "put" | "describe" | "phrase" | "sum" | "see" | "say" | "tell");
        (help::own_subject(cx, v).filter(|&s| told && s > i)?, help::verb_group(cx, v))
    } else {
        let noun = (i + 2..sentence.end.min(i + 10))
            .find(|&n| ANSWERS.contains(&cx.token(n).lower.as_str()) && n + 2 >= sentence.end)?;
        (cx.parse.child(noun, &["poss"])?, noun..noun + 1)
    };
    let tokens: Vec<usize> = (sentence.start..i - 1).collect();
    let draft = Draft::new(Rule("quote.how-put.v1"), confidence::KNOWN, cue, Some(source), spans(cx, &tokens));
    Some(Draft { speech: true, ..draft })
}

/// What is said, as a noun.
const ANSWERS: &[&str] = &[
    "answer",
    "reply",
    "response",
    "view",
    "verdict",
    "comment",
    "message",
    "line",
    "retort",
    "word",
    "explanation",
    "argument",
    "position",
];

/// "..., so the minister.": the source behind a report, without a verb.
fn so(cx: &Context<'_>, i: usize) -> Option<Draft> {
    let sentence = cx.parse.sentence_of(i);
    let set = i > sentence.start + 2 && matches!(cx.word(i - 1), "," | "”" | "\"" | "''");
    if !set || cx.token(i).lower != "so" || sentence.end > i + 12 {
        return None;
    }
    let rest = i + 1..sentence.end;
    let source = rest.clone().find(|&k| {
        matches!(cx.token(k).pos.as_str(), "PROPN" | "PRON" | "NOUN") && {
            let r = help::full_noun_phrase(cx, k);
            r.start == i + 1 && r.end + 1 >= sentence.end
        }
    })?;
    let r = cx.reference(source);
    let speaks = r.kind == RefKind::Person || matches!(cx.token(source).lower.as_str(), "he" | "she");
    if !speaks || rest.clone().any(|k| help::is_verb(cx, k)) {
        return None;
    }
    let tokens: Vec<usize> = (sentence.start..i - 1).collect();
    let draft = Draft::new(Rule("quote.so.v1"), confidence::VIEW, i..i + 1, Some(source), spans(cx, &tokens));
    Some(Draft { speech: true, ..draft })
}

/// Adjectives of how plainly somebody speaks.
const PLAIN: &[&str] =
    &["clear", "clearer", "blunt", "blunter", "plain", "plainer", "brief", "firm", "frank", "adamant"];

/// "Brandt could not have been clearer: the gates stay", "Brandt had one answer: the gates stay", "Oskar Brandt, by telephone:
/// the gates stay": a clause behind a colon, without marks.
fn colon(cx: &Context<'_>, i: usize) -> Option<Draft> {
    let sentence = cx.parse.sentence_of(i);
    if cx.word(i) != ":" || i < sentence.start + 2 || i + 4 > sentence.end {
        return None;
    }
    let rest = i + 1..sentence.end;
    let marks = |k: usize| matches!(cx.word(k), "“" | "\"" | "''" | "``" | "‘");
    let clause =
        rest.clone().any(|k| help::is_verb(cx, k) && help::is_finite(cx, k) && help::own_subject(cx, k).is_some());
    if !clause || marks(i + 1) || (sentence.start..i).any(|k| matches!(cx.word(k), ";" | ":" | "“" | "\"")) {
        return None;
    }
    let (source, cue) = spoken_before(cx, sentence.start..i)?;
    let content = help::trim_punct(cx, rest);
    let rule = Rule("quote.after-colon.v1");
    let draft = Draft::new(rule, confidence::AFTER_COLON, cue, Some(source), vec![cx.span(content)]);
    Some(Draft { speech: true, ..draft })
}

/// Who speaks in the words before a colon, and the words that tell it.
fn spoken_before(cx: &Context<'_>, lead: Range<usize>) -> Option<(usize, Range<usize>)> {
    let tensed = |k: usize| help::is_verb(cx, k) && help::is_finite(cx, k) && !help::has_dep(cx, k, &["relcl", "aux"]);
    let noun =
        lead.clone().find(|&k| ANSWERS.contains(&cx.token(k).lower.as_str()) || word(cx, k, &["sentence", "vow"]));
    let Some(v) = lead.clone().find(|&k| tensed(k) && !help::has_dep(cx, k, &["advcl"])) else {
        // "Oskar Brandt, by telephone:"
        let first = lead.clone().find(|&k| cx.token(k).ent == "PERSON")?;
        let head = cx.reference(first);
        let whole = cx.parse.tokens_in(head.span.range());
        let alone = whole.end == lead.end || cx.parse.tokens.get(whole.end).is_some_and(|t| t.lower == ",");
        let fits = head.kind == RefKind::Person && whole.len() > 1 && whole.start == lead.start && alone;
        return fits.then(|| (whole.end - 1, lead.end..lead.end + 1));
    };
    if let Some(n) = noun
        && let Some(owner) = cx.parse.child(n, &["poss"]).filter(|&p| n < v && acting(cx, p))
    {
        return Some((owner, n..n + 1));
    }
    let subject = help::own_subject(cx, v).filter(|&s| lead.contains(&s) && acting(cx, s))?;
    let plain = lead.clone().any(|k| PLAIN.contains(&cx.token(k).lower.as_str()));
    let alone = !(v + 1..lead.end).any(|k| help::is_verb(cx, k));
    let told = super::verbs::frames_of(cx, v).is_some_and(|f| f.quote)
        && cx.parse.child(v, &["dobj"]).is_none_or(|c| c < v || Some(c) == noun);
    let answered = noun.is_some_and(|n| n > v && help::has_dep(cx, n, &["dobj", "pobj", "attr"]));
    let (told, answered) = (told && alone, answered && alone);
    (plain || told || answered).then(|| (subject, help::verb_group(cx, v)))
}

/// Whether the noun phrase means a person, a party or a body.
fn acting(cx: &Context<'_>, i: usize) -> bool {
    let r = cx.reference(i);
    r.entity.is_some() && r.kind != RefKind::Place || cx.token(i).ent == "PERSON" || r.kind == RefKind::Person
}

/// "To Oskar Brandt, the dam is a mistake"; "Selling it would be, to his mind, a mistake": what a thing is to somebody.
fn to_whom(cx: &Context<'_>, i: usize) -> Option<Draft> {
    let sentence = cx.parse.sentence_of(i);
    let object = cx.parse.child(i, &["pobj"]).filter(|_| word(cx, i, &["to"]))?;
    let (source, cue, end) = if word(cx, object, &["mind", "eye", "taste"]) {
        (cx.parse.child(object, &["poss"])?, object..object + 1, object + 1)
    } else {
        let whole = help::full_noun_phrase(cx, object);
        let opens = i == sentence.start && word(cx, i, &["to"]) && word(cx, whole.end, &[","]);
        let person = cx.reference(object);
        let named = person.entity.is_some_and(|e| cx.entity(e).mentions.iter().any(|m| m.named));
        if !opens || !named || person.kind != RefKind::Person || !judges(cx, cx.parse.head(i)) {
            return None;
        }
        (object, i..i + 1, whole.end)
    };
    let tokens = if i == sentence.start {
        (end + usize::from(word(cx, end, &[","]))..sentence.end).collect()
    } else {
        set_off(cx, sentence, i..end)?
    };
    let draft = Draft::new(Rule("quote.to-whom.v1"), confidence::VIEW, cue, Some(source), spans(cx, &tokens));
    Some(Draft { speech: true, ..draft })
}

/// Whether a clause says what something is.
fn judges(cx: &Context<'_>, v: usize) -> bool {
    matches!(cx.token(v).lemma.as_str(), "be" | "remain" | "seem" | "look") && help::own_subject(cx, v).is_some()
}
