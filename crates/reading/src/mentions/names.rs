//! Where names stand, and what the model's name types say of each place. The model splits and mislabels names it has
//! not seen, so its names and the runs of proper nouns around them are taken together and cut by form.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::lexicons;
use crate::Context;

/// One place where a name stands.
#[derive(Debug, Clone)]
pub(super) struct Raw {
    /// Its tokens: no determiner, title or possessive mark.
    pub(super) tokens: Range<usize>,
    /// Head token.
    pub(super) head: usize,
    /// Name type of the model, "" where it saw none.
    pub(super) label: &'static str,
    /// The title before it.
    pub(super) title: Option<usize>,
    /// Words without punctuation at the ends, as written; "ORLUSK" in a dateline is kept so.
    pub(super) words: Vec<String>,
}

impl Raw {
    pub(super) fn key(&self) -> String {
        self.words.join(" ").to_lowercase()
    }
}

const NAME_LABELS: [&str; 10] =
    ["PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"];

fn label_of(cx: &Context<'_>, i: usize) -> &'static str {
    let ent = cx.token(i).ent.as_str();
    NAME_LABELS.iter().copied().find(|&l| l == ent).unwrap_or("")
}

fn has_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn is_proper(cx: &Context<'_>, i: usize) -> bool {
    let t = cx.token(i);
    t.pos == "PROPN" && has_capital(cx.word(i))
}

fn is_time(cx: &Context<'_>, i: usize) -> bool {
    matches!(
        cx.token(i).ent.as_str(),
        "DATE" | "TIME" | "MONEY" | "PERCENT" | "CARDINAL" | "ORDINAL" | "QUANTITY" | "LANGUAGE"
    ) || (is_calendar(cx.word(i)) && cx.token(i).ent != "PERSON")
}

fn is_calendar(word: &str) -> bool {
    const WORDS: [&str; 25] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Jan",
        "Feb",
        "Sept",
        "Oct",
        "Nov",
        "Dec",
    ];
    WORDS.contains(&word.trim_end_matches('.'))
}

/// Whether a token may be part of a name.
fn in_name(cx: &Context<'_>, i: usize) -> bool {
    let of_state = cx.token(i).lower == "state" && i >= 2 && cx.token(i - 2).lower == "secretary";
    if is_time(cx, i) || of_state || before_title(cx, i) {
        return false;
    }
    let adjective = matches!(cx.token(i).pos.as_str(), "ADJ" | "NOUN") && has_capital(cx.word(i));
    is_proper(cx, i) || (!label_of(cx, i).is_empty() && adjective)
}

/// "Deputy Prime" of "Deputy Prime Minister": words of an office, no name.
fn before_title(cx: &Context<'_>, i: usize) -> bool {
    const WORDS: [&str; 20] = [
        "Deputy",
        "Prime",
        "Foreign",
        "Vice",
        "Chief",
        "First",
        "Former",
        "Acting",
        "Senior",
        "Defence",
        "Defense",
        "Interior",
        "Finance",
        "Trade",
        "Economy",
        "Energy",
        "Justice",
        "Labour",
        "Special",
        "Assistant",
    ];
    WORDS.contains(&cx.word(i))
        && (i + 1..cx.parse.len().min(i + 4))
            .find(|&k| !WORDS.contains(&cx.word(k)))
            .is_some_and(|k| has_capital(cx.word(k)) && lexicons::role(&cx.token(k).lower).is_some())
}

fn is_body_word(cx: &Context<'_>, i: usize) -> bool {
    has_capital(cx.word(i)) && lexicons::body(singular(&cx.token(i).lower)).is_some()
}

/// "Workers" as "worker"; enough for looking up nouns that end names.
pub(super) fn singular(lower: &str) -> &str {
    match lower {
        "customs" | "congress" | "lines" | "series" => lower,
        _ => lower.strip_suffix('s').filter(|s| s.len() > 2 && !s.ends_with('s')).unwrap_or(lower),
    }
}

fn tight(cx: &Context<'_>, i: usize) -> bool {
    i > 0 && i < cx.parse.len() && cx.token(i - 1).end == cx.token(i).start
}

fn same_ent(cx: &Context<'_>, a: usize, b: usize) -> bool {
    matches!((cx.parse.entity_of(a), cx.parse.entity_of(b)), (Some(x), Some(y)) if x.tokens == y.tokens)
}

/// How many tokens at `i` join a name before them with one after: 0 for none.
fn joint(cx: &Context<'_>, wholes: &Wholes, before: usize, i: usize, end: usize) -> usize {
    // "Group of Forty": a number that is written as a name
    let number = |n: usize| {
        cx.token(n).ent == "CARDINAL" && has_capital(cx.word(n)) && matches!(cx.token(i).lower.as_str(), "of")
    };
    let next = |k: usize| (i + k < end).then_some(i + k).filter(|&n| in_name(cx, n) || number(n));
    let organisation = matches!(label_of(cx, before), "ORG" | "FAC" | "LOC" | "");
    match cx.word(i) {
        // hyphenated names
        "-" | "–" if tight(cx, i) && tight(cx, i + 1) => usize::from(next(1).is_some()),
        // plural possessive: "Employers' Association"; the closing quotation mark is told by the space before it
        "'" | "’" if cx.token(before).lower.ends_with('s') && tight(cx, i) => {
            usize::from(next(1).is_some() && organisation && cx.token(i).dep == "case")
        }
        "'s" | "’s" => usize::from(
            next(1).is_some()
                && same_ent(cx, before, i + 1)
                && matches!(label_of(cx, before), "ORG" | "FAC")
                && !known_elsewhere(cx, before),
        ),
        "&" => usize::from(next(1).is_some()),
        "of" | "for" | "OF" | "FOR" => {
            let skip = if cx.parse.tokens.get(i + 1).is_some_and(|t| t.lower == "the") { 2 } else { 1 };
            let inside = next(skip).is_some_and(|n| same_ent(cx, before, n));
            let body = is_body_word(cx, before) && next(skip).is_some() && lexicons::title(cx.word(before)).is_none();
            if next(skip).is_some() && (inside || body && cx.token(i + 1).lower != "the" && is_union(cx, before)) {
                skip
            } else {
                0
            }
        }
        "and" => usize::from(
            next(1).is_some_and(|n| same_ent(cx, before, n)) && label_of(cx, before) == "ORG"
                || next(1).is_some() && wholes.get(&i).is_some_and(|n| n.start < i && n.end > i + 1),
        ),
        _ => 0,
    }
}

/// Tokens inside whole names.
type Wholes = HashMap<usize, Range<usize>>;

/// For each token inside a name that has an "and" in it and whose initials the article gives in brackets somewhere ("Glass
/// and Metal Workers (GMW)"), where that name stands.
fn names_with_and(cx: &Context<'_>) -> Wholes {
    let mut by_start: HashMap<(&str, &str), Vec<Range<usize>>> = HashMap::new();
    for name in (0..cx.parse.len()).filter_map(|k| bracketed(cx, k)) {
        let known = by_start.entry((cx.word(name.start), cx.word(name.start + 1))).or_default();
        if !known.iter().any(|n| same_words(cx, n, name.start)) {
            known.push(name);
        }
    }
    let mut found = HashMap::new();
    for from in 0..cx.parse.len().saturating_sub(1) {
        let names = by_start.get(&(cx.word(from), cx.word(from + 1))).into_iter().flatten();
        if let Some(name) = names.into_iter().find(|n| same_words(cx, n, from)) {
            let here = from..from + name.len();
            found.extend(here.clone().map(|i| (i, here.clone())));
        }
    }
    found
}

/// Whether the words of a name stand at `from` too.
fn same_words(cx: &Context<'_>, name: &Range<usize>, from: usize) -> bool {
    from + name.len() <= cx.parse.len() && (0..name.len()).all(|k| cx.word(from + k) == cx.word(name.start + k))
}

/// The name before a bracket at `open` that holds its initials.
fn bracketed(cx: &Context<'_>, open: usize) -> Option<Range<usize>> {
    let inner = cx.parse.tokens.get(open + 1).map(|_| cx.word(open + 1))?;
    let is_short = (2..=7).contains(&inner.chars().count()) && inner.chars().all(char::is_uppercase);
    if cx.word(open) != "(" || !is_short || cx.parse.tokens.get(open + 2).is_none_or(|_| cx.word(open + 2) != ")") {
        return None;
    }
    let mut letters: Vec<char> = inner.chars().collect();
    for k in (open.saturating_sub(24)..open).rev() {
        let word = cx.word(k);
        if has_capital(word) {
            if letters.pop() != word.chars().next() {
                return None;
            }
            if letters.is_empty() {
                let of_two = |i: usize| lexicons::country(cx.word(i)).is_some() || label_of(cx, i) == "PERSON";
                let with_and = (k..open).any(|i| cx.token(i).lower == "and");
                return (with_and && !(k..open).any(of_two)).then_some(k..open);
            }
        } else if !matches!(word, "and" | "of" | "for" | "the" | "in" | "&") {
            return None;
        }
    }
    None
}

/// Bodies whose names go on with "of": "Union of ...", "Ministry of ...".
fn is_union(cx: &Context<'_>, i: usize) -> bool {
    !matches!(cx.token(i).lower.as_str(), "side" | "state" | "country" | "capital")
}

/// Whether the token, alone, is a name of the model somewhere in the article.
fn known_elsewhere(cx: &Context<'_>, i: usize) -> bool {
    let word = cx.word(i);
    lexicons::country(word).is_some()
        || cx.parse.entities.iter().any(|e| e.tokens.len() == 1 && e.label != "ORG" && cx.word(e.tokens.start) == word)
}

/// All names, in text order.
pub(super) fn collect(cx: &Context<'_>) -> Vec<Raw> {
    let common = common_words(cx);
    let surnames = surnames(cx);
    let wholes = names_with_and(cx);
    let mut found = Vec::new();
    for sentence in &cx.parse.sentences {
        let heading = is_heading(cx, sentence);
        let mut i = sentence.start;
        while i < sentence.end {
            if !in_name(cx, i) {
                // "Trump said": the tagger takes some surnames for common nouns
                if !heading && cx.token(i).pos == "NOUN" && surnames.contains(cx.word(i)) {
                    found.extend(raw(cx, i..i + 1, sentence.start, &common));
                }
                i += 1;
                continue;
            }
            let run = run_from(cx, &wholes, i, sentence.end);
            i = run.end;
            if heading {
                continue;
            }
            for piece in pieces(cx, &wholes, run) {
                found.extend(raw(cx, piece, sentence.start, &common));
            }
        }
    }
    found
}

/// Last words of the full names of people, as written.
fn surnames<'a>(cx: &Context<'a>) -> HashSet<&'a str> {
    let people = cx.parse.entities.iter().filter(|e| e.label == "PERSON" && e.tokens.len() > 1);
    people.map(|e| cx.word(e.tokens.end - 1)).filter(|w| has_capital(w) && w.len() > 2).collect()
}

fn is_heading(cx: &Context<'_>, sentence: &Range<usize>) -> bool {
    let mut words = sentence.clone().map(|i| cx.word(i)).filter(|w| w.chars().any(char::is_alphabetic)).peekable();
    words.peek().is_some() && words.all(|w| !w.chars().any(char::is_lowercase))
}

/// Words that stand in lower case somewhere as common words: no names at the start of a sentence.
fn common_words<'a>(cx: &Context<'a>) -> HashSet<&'a str> {
    cx.parse
        .tokens
        .iter()
        .enumerate()
        .filter(|(i, _)| !has_capital(cx.word(*i)))
        .map(|(_, t)| t.lower.as_str())
        .collect()
}

fn run_from(cx: &Context<'_>, wholes: &Wholes, start: usize, end: usize) -> Range<usize> {
    let mut to = start + 1;
    loop {
        if to >= end {
            break;
        }
        if in_name(cx, to) {
            to += 1;
            continue;
        }
        match joint(cx, wholes, to - 1, to, end) {
            0 => break,
            n => to += n + 1,
        }
    }
    start..to.min(end)
}

/// Cuts a run at titles and between names of different types.
fn pieces(cx: &Context<'_>, wholes: &Wholes, run: Range<usize>) -> Vec<Range<usize>> {
    let mut cut = Vec::new();
    let mut start = run.start;
    let mut i = run.start;
    while i < run.end {
        if is_title_here(cx, i, &run) {
            cut.push(start..i);
            i = after_title(cx, i, run.end);
            start = i;
            continue;
        }
        if i > start && breaks_between(cx, i) && wholes.get(&i).is_none_or(|n| n.start >= i) {
            cut.push(start..i);
            start = i;
        }
        i += 1;
    }
    cut.push(start..run.end);
    cut.retain(|r| !r.is_empty());
    cut
}

/// A title before a name, or a capitalised role that follows a body ("Security Council Secretary").
fn is_title_here(cx: &Context<'_>, i: usize, run: &Range<usize>) -> bool {
    let word = cx.word(i);
    let role = lexicons::role(&cx.token(i).lower).is_some() && has_capital(word);
    let Some(title) = lexicons::title(word).or(role.then_some(lexicons::Title { office: true, gender: None })) else {
        return false;
    };
    if !title.office {
        return i + 1 < run.end;
    }
    // "General Electric", "Queen Isolde Terminal": the name goes on to a noun that is no person's
    let last = &cx.token(run.end - 1).lower;
    let other = lexicons::is_place_noun(last) || lexicons::body(singular(last)).is_some();
    !(other && i == run.start && run.end - i > 1)
}

/// Past a title of one or several words ("Secretary of State", "Vice President").
fn after_title(cx: &Context<'_>, i: usize, end: usize) -> usize {
    if i + 2 < end && cx.token(i + 1).lower == "of" && cx.token(i + 2).lower == "state" {
        return i + 3;
    }
    if i + 2 < end && cx.word(i + 1) == "-" && lexicons::title(cx.word(i + 2)).is_some() {
        return i + 3;
    }
    i + 1
}

/// Whether a name ends before token `i` although the run goes on.
fn breaks_between(cx: &Context<'_>, i: usize) -> bool {
    let (a, b) = (cx.parse.entity_of(i - 1), cx.parse.entity_of(i));
    match (a, b) {
        (Some(x), Some(y)) if x.tokens != y.tokens => {
            // one name split in two by the model: same phrase, the first a modifier that is no name elsewhere
            let adjective = x.label == "NORP" || cx.token(i - 1).pos == "ADJ" || known_elsewhere(cx, i - 1);
            adjective || cx.token(i - 1).dep != "compound" || y.label == "PERSON"
        }
        // "Ulmaran Foreign Ministry" read in one: the adjective stands by itself
        (Some(x), _) if x.label == "NORP" || is_people(cx, i - 1) => true,
        (Some(x), None) => !is_proper(cx, i) || (x.label == "GPE" && lexicons::country(cx.word(i - 1)).is_some()),
        (None, Some(y)) => y.label == "NORP" || (y.label == "PERSON" && y.tokens.len() > 1),
        _ => false,
    }
}

fn is_people(cx: &Context<'_>, i: usize) -> bool {
    matches!(lexicons::country(cx.word(i)), Some(lexicons::Country::People(_)))
}

fn raw(cx: &Context<'_>, mut tokens: Range<usize>, sentence: usize, common: &HashSet<&str>) -> Option<Raw> {
    let droppable = |i: usize| {
        let t = cx.token(i);
        matches!(t.pos.as_str(), "DET" | "PUNCT" | "PART" | "ADP" | "CCONJ" | "SYM")
            || matches!(t.lower.as_str(), "the" | "a" | "an")
    };
    while !tokens.is_empty() && (droppable(tokens.start)) {
        tokens.start += 1;
    }
    while !tokens.is_empty() && droppable(tokens.end - 1) {
        tokens.end -= 1;
    }
    if tokens.is_empty() {
        return None;
    }
    let words: Vec<String> = tokens.clone().map(|i| cx.word(i).to_string()).collect();
    let (first, single) = (tokens.start, tokens.len() == 1);
    if single {
        let word = cx.word(first);
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let lower = cx.token(first).lower.as_str();
        let unlabelled = label_of(cx, first).is_empty();
        if letters < 2 || !has_capital(word) || lexicons::title(word).is_some() || lexicons::role(lower).is_some() {
            return None;
        }
        // sentence-initial common words, and what the model took for a name in mid-sentence only by its capital
        if (first == sentence || after_opening(cx, first))
            && common.contains(lower)
            && lexicons::country(word).is_none()
        {
            return None;
        }
        if unlabelled && common.contains(lower) && lexicons::body(singular(lower)).is_none() {
            return None;
        }
    }
    let head = tokens.clone().find(|&i| !tokens.contains(&cx.parse.head(i))).unwrap_or(tokens.end - 1);
    let title = first.checked_sub(1).filter(|&i| i >= sentence && is_any_title(cx, i));
    let label = tokens.clone().map(|i| label_of(cx, i)).find(|l| !l.is_empty()).unwrap_or("");
    Some(Raw { tokens, head, label, title, words })
}

/// A title or a capitalised role noun ("Negotiator") right before a name.
fn is_any_title(cx: &Context<'_>, i: usize) -> bool {
    let word = cx.word(i);
    lexicons::title(word).is_some()
        || (has_capital(word) && lexicons::role(&cx.token(i).lower).is_some())
        || (word == "State" && i >= 2 && cx.token(i - 1).lower == "of" && cx.token(i - 2).lower == "secretary")
}

fn after_opening(cx: &Context<'_>, i: usize) -> bool {
    i > 0 && matches!(cx.word(i - 1), "\"" | "“" | "‘" | "'" | ":" | "•" | "-" | "—")
}
