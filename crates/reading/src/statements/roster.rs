//! Who speaks, read off the words before a verb: "Peru, Chile and Bolivia, for the League, with Brazil, supported by
//! Ecuador and opposed by others, said".
//!
//! Minutes of talks name many delegations before one verb, and the parse breaks such lists in many ways. The words
//! themselves are regular: names, commas, "and", and the few phrases that set others beside the speaker. Where every word
//! between a boundary and the verb is of these, the list is read without the parse.

use std::ops::Range;

use super::clause::{lemma, lower};
use super::holder::acronym;
use super::lexicon::is;
use crate::Context;
use crate::mentions::lexicons::country;
use crate::model::RefKind;

/// A name in the list, with those it speaks for.
#[derive(Debug, Clone)]
pub(super) struct Seat {
    pub(super) head: usize,
    pub(super) range: Range<usize>,
    pub(super) role: Role,
    pub(super) behalf: Vec<(usize, Range<usize>)>,
    /// Whether a comma and no "and" stands before it.
    comma: bool,
}

/// How a name stands to what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Holder,
    With,
    Support,
    Oppose,
}

/// Everybody named before a verb.
#[derive(Debug, Clone)]
pub(super) struct Roster {
    pub(super) verb: usize,
    pub(super) tokens: Range<usize>,
    pub(super) seats: Vec<Seat>,
    /// Whether others stand in it that are not named.
    others: bool,
}

impl Roster {
    /// The head of the first who holds it.
    pub(super) fn first(&self) -> Option<usize> {
        self.heads(Role::Holder).next()
    }

    /// Heads of those who say it, with those they say it for.
    pub(super) fn voices(&self) -> impl Iterator<Item = usize> + '_ {
        let said = self.seats.iter().filter(|s| matches!(s.role, Role::Holder | Role::With));
        said.flat_map(|s| std::iter::once(s.head).chain(s.behalf.iter().map(|b| b.0)))
    }

    /// Whether the name with head `i` is one that is only spoken for.
    pub(super) fn spoken_for(&self, i: usize) -> bool {
        self.seats.iter().any(|s| s.behalf.iter().any(|b| b.0 == i))
    }

    /// Heads of the names in a role.
    pub(super) fn heads(&self, role: Role) -> impl Iterator<Item = usize> + '_ {
        self.seats.iter().filter(move |s| s.role == role).map(|s| s.head)
    }

    /// Whether there is more than one name, so that the parse may have lost some.
    pub(super) fn several(&self) -> bool {
        self.others || self.seats.len() + self.seats.iter().map(|s| s.behalf.len()).sum::<usize>() > 1
    }
}

/// The list that ends right before the verb `v`.
pub(super) fn before(cx: &Context<'_>, v: usize) -> Option<Roster> {
    let tag = cx.token(v).tag.as_str();
    if !matches!(tag, "VBD" | "VBZ" | "VBP" | "VBG" | "VBN" | "VB" | "JJ") || is_joiner(cx, v) {
        return None;
    }
    let sentence = cx.parse.sentence_of(v);
    let end = group_start(cx, v, sentence.start);
    let finite = matches!(tag, "VBD" | "VBZ" | "VBP" | "VBG") || end < v || lower(cx, v).ends_with("ed");
    if !finite || end <= sentence.start {
        return None;
    }
    let first = (sentence.start..end).rev().take_while(|&k| fits(cx, k)).last()?;
    let gerund = tag == "VBG" && end == v;
    starts(cx, first..end, sentence.start)
        .into_iter()
        .find_map(|s| read(cx, s..end, gerund))
        .map(|(tokens, seats, others)| Roster { verb: v, tokens, seats, others })
}

/// The list of several that the name at `i` stands in.
pub(super) fn around(cx: &Context<'_>, i: usize) -> Option<Roster> {
    if !named(cx, i) {
        return None;
    }
    let sentence = cx.parse.sentence_of(i);
    let mut k = i;
    while k < sentence.end && fits(cx, k) {
        k += 1;
    }
    while k < sentence.end && beside_verb(cx, k) {
        k += 1;
    }
    let roster = before(cx, (k < sentence.end).then_some(k)?)?;
    (roster.several() && roster.tokens.contains(&i)).then_some(roster)
}

/// The name with head `i` in its list, as a holder or as one spoken for.
pub(super) fn words(cx: &Context<'_>, i: usize) -> Option<Range<usize>> {
    let roster = around(cx, i)?;
    let own = roster.seats.iter().find(|s| s.head == i).map(|s| s.range.clone());
    own.or_else(|| roster.seats.iter().flat_map(|s| &s.behalf).find(|b| b.0 == i).map(|b| b.1.clone()))
}

/// Those who back or oppose what stands right before the participle `k`: "..., supported by Peru and opposed by Chile".
pub(super) fn behind(cx: &Context<'_>, k: usize) -> Option<Vec<Seat>> {
    if !is_joiner(cx, k) {
        return None;
    }
    let sentence = cx.parse.sentence_of(k);
    let mut end = (k..sentence.end).find(|&i| !fits(cx, i)).unwrap_or(sentence.end);
    while end > k && matches!(lower(cx, end - 1), "," | "and" | "but" | ";" | "with" | "for" | "of" | "the") {
        end -= 1;
    }
    seats(cx, k..end, false)
}

/// Where the verb's own words begin: adverbs, auxiliaries and negations before it.
fn group_start(cx: &Context<'_>, v: usize, floor: usize) -> usize {
    let mut at = v;
    while at > floor && beside_verb(cx, at - 1) {
        at -= 1;
    }
    at
}

fn beside_verb(cx: &Context<'_>, k: usize) -> bool {
    let t = cx.token(k);
    matches!(t.tag.as_str(), "RB" | "MD") || t.pos == "AUX" && t.tag != "VBG" || t.dep == "neg"
}

fn is_joiner(cx: &Context<'_>, k: usize) -> bool {
    cx.parse.tokens.get(k + 1).is_some_and(|t| t.lower == "by") && is("joins", lemma(cx, k)) && k + 1 < cx.parse.len()
}

const VAGUE: &[&str] = &[
    "others",
    "other",
    "many",
    "several",
    "some",
    "various",
    "a",
    "number",
    "parties",
    "countries",
    "delegations",
    "delegates",
    "states",
    "members",
    "developing",
    "developed",
    "groups",
];

/// Whether a word stands for others that are not named; "States" ends a name.
fn vague(cx: &Context<'_>, k: usize) -> bool {
    VAGUE.contains(&lower(cx, k)) && (lower(cx, k) != "states" || cx.word(k) == "states")
}

fn fits(cx: &Context<'_>, k: usize) -> bool {
    match lower(cx, k) {
        "," | ";" | "/" | "(" | ")" | "and" | "but" | "the" | "of" | "with" | "for" | "behalf" => true,
        "on" => cx.parse.tokens.get(k + 1).is_some_and(|t| t.lower == "behalf"),
        "by" => k > 0 && is("joins", lemma(cx, k - 1)),
        "he" | "she" | "they" => true,
        _ => vague(cx, k) || is_joiner(cx, k) || named(cx, k),
    }
}

/// Whether a token is a word of a name of a state or body.
fn named(cx: &Context<'_>, k: usize) -> bool {
    let t = cx.token(k);
    let word = cx.word(k);
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let shouted = || word.len() > 1 && !word.chars().any(char::is_lowercase);
    capital
        && word != "I"
        && !vague(cx, k)
        && (!matches!(t.ent.as_str(), "DATE" | "TIME") || shouted())
        && (t.pos == "PROPN" || matches!(t.ent.as_str(), "GPE" | "ORG" | "NORP" | "LOC") || shouted() || acronym(cx, k))
}

/// Where the list may begin: behind a boundary, else behind the first commas.
fn starts(cx: &Context<'_>, run: Range<usize>, sentence: usize) -> Vec<usize> {
    let apart = |k: &usize| matches!(lower(cx, *k), "," | ";" | "and" | "but");
    let mut found = Vec::new();
    let open = run.start == sentence
        || apart(&run.start)
        || matches!(
            lower(cx, run.start - 1),
            ":" | "while" | "whereas" | "that" | "because" | "although" | "as" | "including" | "-" | "–" | "—"
        );
    if open {
        found.extend(run.clone().find(|k| !apart(k)));
    }
    found.extend(
        run.clone()
            .filter(|&k| matches!(lower(cx, k), "," | ";"))
            .take(3)
            .filter_map(|c| (c..run.end).find(|k| !apart(k))),
    );
    found
}

/// The names over the whole range, where nothing else stands there.
fn seats(cx: &Context<'_>, range: Range<usize>, gerund: bool) -> Option<Vec<Seat>> {
    if matches!(lower(cx, range.start), "of" | "by") || matches!(lower(cx, range.end - 1), "and" | "but" | "of") {
        return None;
    }
    let mut seats: Vec<Seat> = Vec::new();
    let (mut role, mut comma, mut and) = (Role::Holder, false, false);
    let mut k = range.start;
    while k < range.end {
        match lower(cx, k) {
            "," | ";" => (comma, k) = (true, k + 1),
            "and" | "but" => (and, k) = (true, k + 1),
            "with" => (role, k) = (if gerund && seats.is_empty() { Role::Holder } else { Role::With }, k + 1),
            "for" | "on" => {
                let from = if lower(cx, k) == "for" { k + 1 } else { k + 3 };
                let (head, name) = name(cx, from, range.end)?;
                k = name.end;
                seats.last_mut()?.behalf.push((head, name));
            }
            "he" | "she" | "they" if k + 1 == range.end && seats.iter().all(|s| s.role != Role::Holder) => {
                let own = Seat { head: k, range: k..k + 1, role: Role::Holder, behalf: Vec::new(), comma };
                seats.push(own);
                k += 1;
            }
            _ if is_joiner(cx, k) => {
                role = if lemma(cx, k) == "oppose" { Role::Oppose } else { Role::Support };
                k += 2;
            }
            w if vague(cx, k) || w == "of" => {
                (comma, and, k) = (false, false, k + 1);
                // "many Bolivians", "members of the League": nobody that is named
                let plain = |k: usize| !vague(cx, k) && (named(cx, k) || lower(cx, k) == "the");
                if k < range.end && plain(k) {
                    return None;
                }
            }
            _ => {
                let (head, name) = name(cx, k, range.end)?;
                k = name.end;
                seats.push(Seat { head, range: name, role, behalf: Vec::new(), comma: comma && !and });
                (comma, and) = (false, false);
            }
        }
    }
    (!seats.is_empty()).then_some(seats)
}

/// Reads a list over the whole range before a verb.
fn read(cx: &Context<'_>, range: Range<usize>, gerund: bool) -> Option<(Range<usize>, Vec<Seat>, bool)> {
    let mut seats = seats(cx, range.clone(), gerund)?;
    let set_off = lower(cx, range.end - 1) == ",";
    fronted(&mut seats, set_off);
    let led = seats.iter().any(|s| s.role == Role::Holder);
    let starts_beside = matches!(lower(cx, range.start), "with") || is_joiner(cx, range.start);
    let sound = led && (!gerund || lower(cx, range.start) == "with") || !led && set_off && starts_beside;
    let others = range.clone().any(|k| vague(cx, k));
    sound.then_some((range, seats, others))
}

/// "With Peru and Chile, the League said": whoever stands behind the last comma holds it.
fn fronted(seats: &mut [Seat], set_off: bool) {
    if set_off || seats.iter().any(|s| s.role == Role::Holder) {
        return;
    }
    let Some(from) = seats.iter().rposition(|s| s.comma).filter(|&j| j > 0) else { return };
    if seats[from..].iter().all(|s| s.role == seats[from].role) {
        seats[from..].iter_mut().for_each(|s| s.role = Role::Holder);
    }
}

/// The name that begins at `k`: its head and its words.
fn name(cx: &Context<'_>, k: usize, end: usize) -> Option<(usize, Range<usize>)> {
    let first = k + usize::from(lower(cx, k.min(end.saturating_sub(1))) == "the");
    let mut at = first;
    while at < end && named(cx, at) {
        // "the Trade and Transport Committee" is one name
        let whole = cx.parse.entity_of(at).filter(|e| cx.token(at).ent == "ORG" && e.tokens.end <= end);
        at = whole.map_or(at + 1, |e| e.tokens.end.max(at + 1));
        let word = |n: usize| if at + n < end { lower(cx, at + n) } else { "" };
        let goes_on = |n: usize| at + n < end && named(cx, at + n);
        match word(0) {
            "/" if goes_on(1) => at += 1,
            "of" if goes_on(1) => at += 1,
            "of" if word(1) == "the" && goes_on(2) => at += 2,
            "and" if is("twin-name", word(1)) || is("twin-name", word(2)) && word(1) == "the" => at += 1,
            "(" if goes_on(1) && word(2) == ")" => {
                at += 3;
                break;
            }
            _ => {}
        }
    }
    if at == first || at > end {
        return None;
    }
    let own = |&i: &usize| named(cx, i) && !(k..at).contains(&cx.parse.head(i));
    let head = (k..at).rev().find(own).or_else(|| (k..at).rev().find(|&i| named(cx, i)))?;
    let shouted = !cx.word(head).chars().any(char::is_lowercase);
    let person = cx.token(head).ent == "PERSON" || cx.reference(head).kind == RefKind::Person;
    let words = cx.span(first..at).slice(cx.text());
    (!person || shouted || country(words).is_some()).then_some((head, k..at))
}
