//! Numbers as they are written: digits, words, scales, signs and units.

use std::sync::LazyLock;

use rapporteur_text::Span;
use regex::{Captures, Regex};

use crate::Context;
use crate::lexicon::rows;

/// How the numbers of one place belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// One number.
    One,
    /// Anything from the one to the other ("between 340 and 395").
    Range,
    /// First the one, then the other ("from 18 to 12 percent").
    Change,
}

/// One place with a number or two, scale applied, and its unit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantity {
    /// The first number with its sign and unit, where it has one of its own.
    pub(super) first: Span,
    /// The last number with sign and unit; the same as `first` where there is one only.
    pub(super) last: Span,
    /// One value or two.
    pub(super) values: Vec<f64>,
    pub(super) shape: Shape,
    /// Unit as written; none where only the parse can tell what is counted.
    pub(super) unit: Option<String>,
    /// Whether it is written with digits.
    pub(super) digits: bool,
}

impl Quantity {
    /// All its words.
    pub(super) fn whole(&self) -> Span {
        self.first.cover(self.last)
    }
}

const ONES: &str = "one|two|three|four|five|six|seven|eight|nine";
const TEENS: &str = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen";
const TENS: &str = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety";

fn alternatives(classes: &[&str]) -> String {
    let mut words: Vec<String> = rows(include_str!("../../lexicons/units.tsv"))
        .filter(|r| r.first().is_some_and(|c| classes.contains(c)))
        .filter_map(|r| r.get(1).map(|w| w.replace(' ', r"[ \u{a0}]")))
        .collect();
    words.sort_by_key(|w| (std::cmp::Reverse(w.len()), w.clone()));
    words.join("|")
}

/// One number with what belongs to it; none only if the lexicon is broken, which a test forbids.
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let digits = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)";
    let words = format!(r"(?i:\b(?:(?:{TENS})(?:-(?:{ONES}))?|{TEENS}|{ONES}|half a|a)\b)");
    let rate = r"(?:[ \u{a0}](?:a|an|per|each)[ \u{a0}](?:second|minute|hour|day|week|month|quarter|year|head|person|tonne|ton|barrel|worker|hectare)\b)";
    Regex::new(&format!(
        r"(?:(?P<sign>{sign})[ \u{{a0}}]?)?(?P<n>{digits}|{words})(?:[ \u{{a0}}-]?(?P<scale>{scale})\b(?:[ \u{{a0}}]and[ \u{{a0}}](?P<plus>{words})\b)?)?(?P<u>[ \u{{a0}}-]?(?:(?:{unit})\b|{mark}))?(?P<rate>{rate})?",
        sign = alternatives(&["sign"]),
        scale = alternatives(&["scale"]),
        unit = alternatives(&["measure", "share", "currency"]),
        mark = alternatives(&["mark"]),
    ))
    .ok()
});

/// Factor of a scale word, and the word in full if it is one that stays with the unit.
fn scale(word: &str) -> Option<(f64, &'static str)> {
    rows(include_str!("../../lexicons/units.tsv"))
        .find(|r| r.first() == Some(&"scale") && r.get(1).is_some_and(|w| w.eq_ignore_ascii_case(word)))
        .and_then(|r| Some((r.get(2)?.parse().ok()?, r.get(3).copied().unwrap_or(""))))
}

/// The value of digits or number words.
fn value(words: &str) -> Option<f64> {
    let words = words.to_lowercase();
    if let Ok(number) = words.replace(',', "").parse() {
        return Some(number);
    }
    let listed =
        |list: &str, from: f64, step: f64| list.split('|').position(|w| w == words).map(|n| from + step * n as f64);
    match words.as_str() {
        "a" => Some(1.0),
        "half a" => Some(0.5),
        _ => listed(ONES, 1.0, 1.0).or_else(|| listed(TEENS, 10.0, 1.0)).or_else(|| listed(TENS, 20.0, 10.0)).or_else(
            || {
                let (tens, ones) = words.split_once('-')?;
                Some(value(tens)? + value(ones)?)
            },
        ),
    }
}

/// All numbers of the text with their units, those that belong together taken together.
pub(super) fn quantities(text: &str) -> Vec<Quantity> {
    let Some(pattern) = NUMBER.as_ref() else { return Vec::new() };
    let mut found: Vec<Quantity> = Vec::new();
    for groups in pattern.captures_iter(text) {
        let Some(next) = one(text, &groups) else { continue };
        match found.last().and_then(|before| joined(text, before, &next)) {
            Some(both) => {
                found.pop();
                found.push(both);
            }
            None => found.push(next),
        }
    }
    found
}

fn one(text: &str, groups: &Captures<'_>) -> Option<Quantity> {
    let number = groups.name("n")?;
    let digits = number.as_str().starts_with(|c: char| c.is_ascii_digit());
    let mut end = number.end();
    let (mut factor, mut plus, mut large) = (1.0, 0.0, "");
    let mut unit: Option<String> = groups.name("sign").map(|s| s.as_str().to_string());
    if let Some(word) = groups.name("scale") {
        let short = word.as_str().len() <= 2;
        // "40m" is forty million only as money, else it may be metres
        let money = unit.is_some() || groups.name("u").is_some();
        match (short, digits, word.as_str()) {
            (true, true, "m" | "k") if !money => unit = Some(word.as_str().to_string()),
            (true, false, _) => return None,
            // a large scale stays with the unit, written out: "1.4bn crowns" is 1.4 billion crowns
            _ => match scale(word.as_str())? {
                (f, "") => factor = f,
                (_, full) => large = full,
            },
        }
        end = word.end();
        // "a hundred and four"
        if let Some(rest) = groups.name("plus").filter(|_| large.is_empty()) {
            plus = value(rest.as_str())?;
            end = rest.end();
        }
    } else if matches!(number.as_str().to_lowercase().as_str(), "a" | "half a") {
        return None;
    }
    if let Some(u) = groups.name("u") {
        unit = Some(u.as_str().trim_start_matches(['-', ' ', '\u{a0}']).to_string());
        end = u.end();
    }
    if !large.is_empty() {
        unit = Some(format!("{large} {}", unit.unwrap_or_default()).trim_end().to_string());
    }
    // a rate belongs to a unit; behind a bare number it counts something else ("three a day")
    if let (Some(rate), Some(unit)) = (groups.name("rate"), unit.as_mut()) {
        unit.push_str(rate.as_str());
        end = rate.end();
    }
    let start = groups.name("sign").map_or(number.start(), |s| s.start());
    let span = Span::of(text, start..end)?;
    let value = value(number.as_str())? * factor + plus;
    Some(Quantity { first: span, last: span, values: vec![value], shape: Shape::One, unit, digits })
}

/// "340 to 395", "18 to 12 percent", "from 118 metres to 92": two numbers of one unit.
fn joined(text: &str, before: &Quantity, next: &Quantity) -> Option<Quantity> {
    if before.values.len() != 1 {
        return None;
    }
    let lead = text.get(..before.first.start())?.trim_end().rsplit(char::is_whitespace).next()?.to_lowercase();
    let link = text.get(before.first.end()..next.first.start())?.trim();
    let shape = match (lead.as_str(), link) {
        ("between", "and") | (_, "-" | "–" | "—") | ("of" | "about" | "to" | "some", "to") => Shape::Range,
        ("from", "to") => Shape::Change,
        // "10 to 12 percent", but not "sold 3 to 20 people"
        (_, "to") if before.unit.is_none() && next.unit.is_some() => Shape::Range,
        _ => return None,
    };
    let agree = before.unit.is_none() || next.unit.is_none() || before.unit == next.unit;
    let mut values = before.values.clone();
    values.extend(&next.values);
    agree.then(|| Quantity {
        first: before.first,
        last: next.last,
        values,
        shape,
        unit: next.unit.clone().or(before.unit.clone()),
        digits: next.digits,
    })
}

/// The token of the number through which it hangs in the sentence.
pub(super) fn head_token(cx: &Context<'_>, number: Span) -> Option<usize> {
    let tokens = cx.parse.tokens_in(number.range());
    if tokens.is_empty() {
        let at = cx.parse.tokens.partition_point(|t| t.end as usize <= number.start());
        return (at < cx.parse.len()).then_some(at);
    }
    tokens.clone().find(|&i| !tokens.contains(&cx.parse.head(i)) || cx.parse.is_root(i)).or(Some(tokens.start))
}

/// Value, unit and words of a length of time ("five years").
pub(super) fn length(text: &str, span: Span) -> Option<(f64, String, Span)> {
    let pattern = NUMBER.as_ref()?;
    let words = span.slice(text);
    let groups = pattern.captures_iter(words).find(|g| g.name("n").is_some_and(|n| n.as_str() != "a"))?;
    let number = groups.name("n")?;
    let unit = words.get(number.end()..)?.trim_start_matches([' ', '-', '\u{a0}']);
    let unit = unit.split(['-', ' ']).next()?.trim_end_matches(['\'', '’']);
    let end = span.start() + words.find(unit)? + unit.len();
    let own = Span::of(text, span.start() + number.start()..end)?;
    unit.starts_with(|c: char| c.is_alphabetic()).then_some((value(number.as_str())?, unit.to_string(), own))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&[f64], &str)]) {
        let got: Vec<(Vec<f64>, String)> =
            quantities(text).into_iter().map(|q| (q.values, q.unit.unwrap_or_default())).collect();
        let expected: Vec<(Vec<f64>, String)> = expected.iter().map(|(v, u)| (v.to_vec(), (*u).to_string())).collect();
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn signs_scales_and_units() {
        check(
            "a loan of $1.4bn or 38 million crowns a day",
            &[(&[1.4], "billion $"), (&[38.0], "million crowns a day")],
        );
        check("12.5% of 5,400 people", &[(&[12.5], "%"), (&[5400.0], "")]);
        check("a 118-metre dam, forty-one men", &[(&[118.0], "metre"), (&[41.0], "")]);
        check("380 cubic metres per second", &[(&[380.0], "cubic metres per second")]);
        check("a hundred and four metres", &[(&[104.0], "metres")]);
        check("half a million tonnes", &[(&[0.5], "million tonnes")]);
    }

    #[test]
    fn two_numbers_of_one_unit() {
        check("between 340 and 395 metres", &[(&[340.0, 395.0], "metres")]);
        check("from 18 to 12 percent", &[(&[18.0, 12.0], "percent")]);
        check("10 to 12 million euros", &[(&[10.0, 12.0], "million euros")]);
        check("18 percent and 340 jobs", &[(&[18.0], "percent"), (&[340.0], "")]);
    }
}
