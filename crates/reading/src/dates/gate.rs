//! What looks like a temporal expression but is none: numbers, names, verbs.

use super::patterns::Found;
use crate::Context;

/// Whether this pattern's place is a temporal expression here.
pub(super) fn is_time(cx: &Context<'_>, found: &Found<'_>) -> bool {
    let range = cx.parse.tokens_in(found.span.range());
    let Some(first) = cx.parse.tokens.get(range.start) else { return true };
    let last = range.end.saturating_sub(1).max(range.start);
    let ent = |i: usize| cx.parse.tokens.get(i).map_or("", |t| t.ent.as_str());
    let temporal = |i: usize| matches!(ent(i), "DATE" | "TIME");
    let before = range.start.checked_sub(1).filter(|&i| cx.token(i).sentence == first.sentence);
    let after = Some(last + 1).filter(|&i| cx.parse.tokens.get(i).is_some_and(|t| t.sentence == first.sentence));
    let lower = |i: Option<usize>| i.map_or("", |i| cx.token(i).lower.as_str());
    let of_a_name = matches!(ent(last), "PERSON" | "ORG" | "GPE" | "PRODUCT" | "FAC" | "WORK_OF_ART" | "LAW" | "NORP");
    match found.kind {
        "year" => year(cx, found, last, before, after),
        "yearshort" => !after.is_some_and(|i| lower(Some(i)) == "percent" || lower(Some(i)) == "%"),
        "month" | "monthof" | "monthlast" => {
            first.pos != "AUX" && !matches!(cx.token(last).pos.as_str(), "VERB" | "AUX") && ent(last) != "PERSON"
        }
        "monthday" | "dayleft" | "dayright" => number_is_free(cx, after),
        "season" => season(cx, last, before, temporal(last), of_a_name),
        "weekday" => ent(last) != "PERSON",
        "holiday" => ent(last) != "PERSON" && ent(last) != "GPE",
        "clock" => clock(found, lower(before)),
        "theday" => {
            temporal(last) || !matches!(cx.token(last).pos.as_str(), "NOUN") && after.is_none_or(|i| !noun(cx, i))
        }
        "nextone" => temporal(last) && found.span.slice(cx.text()).contains(' ') && after.is_none_or(|i| !noun(cx, i)),
        "rate" => rate(cx, before, after),
        "durationbare" => bare_duration(cx, before),
        "later" => points_back(cx, found),
        "duration" | "durationx" | "durationrel" => duration(cx, found),
        "decadeshort" => temporal(last),
        "today" => ent(last) != "ORG" && ent(last) != "WORK_OF_ART",
        "present" => present(cx, found, last, after),
        "past" | "future" => !of_a_name,
        "unitthe" => !(lower(before) == "so" && found.group("rel").eq_ignore_ascii_case("that")),
        "slash" => temporal(last) || found.group("y").len() == 4 || found.groups.name("t").is_some(),
        _ => true,
    }
}

fn noun(cx: &Context<'_>, i: usize) -> bool {
    matches!(cx.token(i).pos.as_str(), "NOUN" | "PROPN")
}

/// A number of four digits is a year after a preposition, in brackets, or where the model takes it for a date; not
/// where it counts or measures something.
fn year(cx: &Context<'_>, found: &Found<'_>, last: usize, before: Option<usize>, after: Option<usize>) -> bool {
    let number: i32 = found.group("y").parse().unwrap_or(0);
    let token = cx.token(last);
    // part of a longer number, a score, an amount
    let text = cx.text();
    let left = text.get(..found.span.start()).and_then(|t| t.chars().next_back()).unwrap_or(' ');
    let mut right = text.get(found.span.end()..).unwrap_or("").chars();
    let (next, then) = (right.next().unwrap_or(' '), right.next().unwrap_or(' '));
    if "$€£#,.:/".contains(left) && left != '.' || (",.:".contains(next) && then.is_ascii_digit()) || next == '%' {
        return false;
    }
    // names of products and machines join letters and digits ("A330-2000"); ranges of years join years
    let run = text.get(..found.span.start()).unwrap_or("");
    if "-–".contains(left) && !run.trim_end_matches(['-', '–']).ends_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    if matches!(token.ent.as_str(), "MONEY" | "PERCENT" | "QUANTITY") {
        return false;
    }
    let dated = token.ent == "DATE";
    let likely = (1900..=2050).contains(&number);
    let counts = after.is_some_and(|i| cx.token(i).tag == "NNS" || cx.token(i).lower == "percent")
        && token.dep == "nummod"
        && !dated;
    if counts {
        return false;
    }
    if found.span.len() > 4 || dated {
        return true;
    }
    let preposition = before.is_some_and(|i| {
        matches!(
            cx.token(i).lower.as_str(),
            "in" | "since"
                | "by"
                | "until"
                | "till"
                | "from"
                | "during"
                | "before"
                | "after"
                | "of"
                | "between"
                | "to"
                | "and"
                | "around"
                | "about"
                | "for"
                | "circa"
                | "("
                | "-"
                | "–"
                | "through"
                | "the"
                | "a"
                | "an"
        )
    });
    let bracketed = left == '(' || next == ')';
    if likely {
        preposition
            || bracketed
            || alone(text, found)
            || before.is_none()
            || token.ent.is_empty() && token.dep != "nummod"
    } else {
        bracketed
            || alone(text, found)
            || before.is_some_and(|i| matches!(cx.token(i).lower.as_str(), "in" | "since" | "until" | "during"))
                && token.dep == "pobj"
            || "-–".contains(left)
            || "-–".contains(next)
    }
}

/// Whether the expression is all there is on its line, as in the headings of a history.
fn alone(text: &str, found: &Found<'_>) -> bool {
    let before = text.get(..found.span.start()).and_then(|t| t.chars().next_back()).unwrap_or('\n');
    let after = text.get(found.span.end()..).and_then(|t| t.chars().next()).unwrap_or('\n');
    (before == '\n') && matches!(after, '\n' | ':')
}

/// "May 12 people": the number belongs to what follows it.
fn number_is_free(cx: &Context<'_>, after: Option<usize>) -> bool {
    !after.is_some_and(|i| matches!(cx.token(i).lower.as_str(), "percent" | "%" | "million" | "billion"))
}

fn season(cx: &Context<'_>, last: usize, before: Option<usize>, temporal: bool, of_a_name: bool) -> bool {
    let token = cx.token(last);
    let clear = matches!(token.lower.as_str(), "summer" | "winter" | "autumn");
    if !matches!(token.pos.as_str(), "NOUN" | "PROPN") || (of_a_name && !clear) {
        return false;
    }
    let the = before
        .is_some_and(|i| matches!(cx.token(i).lower.as_str(), "in" | "during" | "over" | "by" | "until" | "since"));
    temporal || clear || the && token.lower == "spring"
}

/// Hours are up to 12 with a.m. and p.m.; "at 9.5 percent" and scores are no times.
fn clock(found: &Found<'_>, before: &str) -> bool {
    if !found.group("ap").is_empty() {
        return found.group("h").parse::<u8>().is_ok_and(|h| (1..=12).contains(&h));
    }
    let words = found.groups.get(0).map_or("", |m| m.as_str());
    let dotted = words.contains('.');
    let named = words.contains("clock") || words.contains("h") || !found.group("z").is_empty();
    let told =
        matches!(before, "at" | "by" | "from" | "until" | "around" | "about" | "before" | "after" | "since" | "to");
    if dotted { named && words.len() > 5 } else { named || told || words.len() == 5 }
}

/// "15 a year", "twice a week": something recurs; "a year in prison": a length.
fn rate(cx: &Context<'_>, before: Option<usize>, after: Option<usize>) -> bool {
    let Some(b) = before else { return false };
    // "a year ago", "a day later" and "a year's end" are others
    if after.is_some_and(|i| matches!(cx.token(i).lower.as_str(), "ago" | "later" | "earlier" | "'s" | "when" | "old"))
    {
        return false;
    }
    let token = cx.token(b);
    matches!(token.pos.as_str(), "NUM" | "NOUN" | "SYM")
        || matches!(token.lower.as_str(), "once" | "twice" | "times" | "%" | "percent")
        || lengthens(token.lower.as_str())
}

/// Words before which a bare length stands.
fn lengthens(word: &str) -> bool {
    matches!(
        word,
        "for"
            | "in"
            | "within"
            | "after"
            | "over"
            | "than"
            | "nearly"
            | "almost"
            | "about"
            | "around"
            | "half"
            | "through"
            | "during"
            | "take"
            | "took"
            | "takes"
            | "last"
            | "lasted"
            | "spent"
            | "least"
            | "every"
            | "under"
            | "only"
            | "just"
            | "another"
    )
}

fn bare_duration(cx: &Context<'_>, before: Option<usize>) -> bool {
    before.is_some_and(|i| {
        let token = cx.token(i);
        matches!(
            token.lower.as_str(),
            "for"
                | "in"
                | "within"
                | "after"
                | "of"
                | "over"
                | "last"
                | "lasted"
                | "took"
                | "take"
                | "and"
                | "or"
                | "by"
                | "until"
                | "working"
        ) || token.pos == "VERB"
    })
}

/// Units that are ordinals or parts of something else are no lengths: "a second round", "one day".
fn duration(cx: &Context<'_>, found: &Found<'_>) -> bool {
    let words = found.span.slice(cx.text()).to_lowercase();
    let digits = words.starts_with(|c: char| c.is_ascii_digit());
    words != "one day" && (digits || !words.ends_with("second"))
}

/// "two days before." points at a day; "two days before the vote" says how far the vote is, which is a length.
fn points_back(cx: &Context<'_>, found: &Found<'_>) -> bool {
    let free = !matches!(found.group("ba").to_lowercase().as_str(), "before" | "after" | "prior");
    let rest = cx.text().get(found.span.end()..).unwrap_or("").trim_start_matches([' ', '\u{a0}']);
    free || rest.is_empty() || rest.starts_with(|c: char| !c.is_alphanumeric() && !"'’\"“‘(".contains(c))
}

/// "now" and its like; "former" and "current" only before a noun.
fn present(cx: &Context<'_>, found: &Found<'_>, last: usize, after: Option<usize>) -> bool {
    let words = found.span.slice(cx.text()).to_lowercase();
    match words.as_str() {
        "current" => cx.token(last).pos == "ADJ" && after.is_some(),
        "now" => cx.token(last).pos == "ADV" || cx.token(last).ent == "DATE",
        _ => true,
    }
}
