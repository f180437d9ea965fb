//! What the parts of a temporal expression mean by themselves: numbers, units, months, lengths.

use jiff::civil::{Date, Time};

use super::calendar::{Cal, Season, Unit};
use super::patterns::{Found, meaning};
use super::tense::Tense;
use crate::model::TimexType;

/// What one expression means.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Meaning {
    pub(super) sort: TimexType,
    pub(super) value: String,
    /// The stretch of the calendar, where there is one.
    pub(super) cal: Option<Cal>,
    /// Time of day.
    pub(super) clock: Option<Time>,
    /// Whether the words alone say it.
    pub(super) stated: bool,
    pub(super) confidence: f32,
}

impl Meaning {
    pub(super) fn cal(cal: Cal, stated: bool) -> Self {
        let confidence = if stated { 0.95 } else { 0.85 };
        Self { sort: TimexType::Date, value: cal.value(), cal: Some(cal), clock: None, stated, confidence }
    }

    pub(super) fn value(sort: TimexType, value: impl Into<String>) -> Self {
        Self { sort, value: value.into(), cal: None, clock: None, stated: true, confidence: 0.8 }
    }

    /// A part of a day.
    pub(super) fn part(self, part: &str) -> Self {
        let day = match self.cal {
            Some(Cal::Day(..)) => self.value.clone(),
            Some(Cal::Month(..)) => format!("{}-XX", self.value),
            _ => "XXXX-XX-XX".to_string(),
        };
        Self { sort: TimexType::Time, value: format!("{day}T{part}"), ..self }
    }
}
/// Whether the day exists.
pub(super) fn possible(meaning: &Meaning) -> bool {
    match meaning.cal {
        Some(cal @ Cal::Day(..)) => cal.date().is_some(),
        _ => true,
    }
}
/// Of the same day in several years, the one that the tense wants; the nearest where the tense says nothing, or where
/// it would lead more than ten months away from a day within `slack` days.
pub(super) fn pick(candidates: impl Iterator<Item = Date>, dct: Date, tense: Tense, slack: i32) -> Option<Date> {
    let days = |d: &Date| (*d - dct).get_days();
    let all: Vec<Date> = candidates.collect();
    let nearest = all.iter().min_by_key(|d| days(d).abs()).copied()?;
    let wanted = match tense {
        Tense::Past => all.iter().filter(|d| days(d) <= 0).max().copied(),
        Tense::Future => all.iter().filter(|d| days(d) >= 0).min().copied(),
        Tense::Open => None,
    };
    Some(wanted.filter(|w| days(w).abs() < 300 || days(&nearest).abs() > slack).unwrap_or(nearest))
}

pub(super) fn stated_year(f: &Found<'_>) -> Option<i16> {
    match f.kind {
        "bc" | "bcleft" => f.group("y").parse::<i16>().ok().map(|y| -y),
        _ => year_of(f),
    }
}

pub(super) fn year_of(f: &Found<'_>) -> Option<i16> {
    f.group("y").parse().ok()
}

pub(super) fn month_of(f: &Found<'_>) -> Option<i8> {
    if let Ok(number) = f.group("mn").parse() {
        return Some(number);
    }
    let word = f.group("m");
    meaning("month", word).or_else(|| meaning("monthshort", word))?.parse().ok()
}

pub(super) fn day_of(f: &Found<'_>) -> Option<i8> {
    f.group("d").trim_end_matches(|c: char| c.is_alphabetic()).parse().ok()
}

pub(super) fn season_of(f: &Found<'_>) -> Option<Season> {
    Season::from_code(meaning("season", f.group("s"))?)
}

pub(super) fn ordinal(f: &Found<'_>) -> Option<i8> {
    let word = f.group("o").to_lowercase();
    match word.as_str() {
        "last" | "final" => Some(4),
        _ => meaning("ordinal", &word)
            .and_then(|v| v.parse().ok())
            .or_else(|| word.trim_end_matches(|c: char| c.is_alphabetic()).parse().ok()),
    }
}

pub(super) fn quarter(f: &Found<'_>) -> Option<Meaning> {
    Some(Meaning::cal(Cal::Quarter(year_of(f)?, ordinal(f).filter(|o| (1..=4).contains(o))?), true))
}

pub(super) fn century(f: &Found<'_>) -> Option<Meaning> {
    let number = i16::from(ordinal(f)?);
    Some(Meaning::cal(Cal::Century(if f.group("bc").is_empty() { number - 1 } else { -number }), true))
}

pub(super) fn before_christ(f: &Found<'_>) -> Option<Meaning> {
    let year = -f.group("y").parse::<i16>().ok().filter(|&y| y > 0)?;
    Some(Meaning::cal(month_of(f).map_or(Cal::Year(year), |m| Cal::Month(year, m)), true))
}

pub(super) fn unit_of(f: &Found<'_>) -> Option<Unit> {
    let word = f.group("u").to_lowercase();
    if word == "weekend" {
        return Some(Unit::Weekend);
    }
    unit_word(&word).map(|(unit, _)| unit)
}

/// Unit of a word in the singular or plural, with how many of it the word stands for.
pub(super) fn unit_word(word: &str) -> Option<(Unit, f64)> {
    let word = word.to_lowercase();
    let code = meaning("unit", &word).or_else(|| meaning("unit", word.trim_end_matches('s')))?;
    Unit::from_code(code)
}

/// The number written with digits or words.
pub(crate) fn number(words: &str) -> Option<f64> {
    let words = words.to_lowercase();
    if let Ok(number) = words.replace(',', "").parse() {
        return Some(number);
    }
    if let Some(value) = meaning("number", &words) {
        return value.parse().ok();
    }
    let (tens, ones) = words.split_once(['-', ' '])?;
    Some(meaning("number", tens)?.parse::<f64>().ok()? + meaning("number", ones.trim())?.parse::<f64>().ok()?)
}

/// How many of which unit.
pub(super) fn counted(f: &Found<'_>) -> Option<(i32, Unit)> {
    let (unit, each) = unit_word(f.group("u"))?;
    let count = number(f.group("n"))? * each;
    (count.fract() == 0.0 && count < 10_000.0).then_some((count as i32, unit))
}

/// Years instead of decades and centuries.
pub(super) fn plain(unit: Unit, count: i32) -> (Unit, i32) {
    match unit {
        Unit::Decade => (Unit::Year, count.saturating_mul(10)),
        Unit::Century => (Unit::Year, count.saturating_mul(100)),
        _ => (unit, count),
    }
}

/// Lengths: "three days", "two and a half years", "several months", "a decade".
pub(super) fn length(f: &Found<'_>) -> Option<Meaning> {
    let (unit, each) = unit_word(f.group("u"))?;
    let half = !f.group("hf").is_empty();
    let count = match (f.kind, f.group("n")) {
        ("durationx" | "durationbare", _) => "X".to_string(),
        ("duration", "") if half => "0.5".to_string(),
        ("duration", "") if f.span.len() > 9 && f.groups.get(0)?.as_str().contains('s') => "X".to_string(),
        (_, "") => "1".to_string(),
        (_, words) => (number(words)? * each + if half { 0.5 } else { 0.0 }).to_string(),
    };
    Some(Meaning::value(TimexType::Duration, unit.length(&count)))
}

/// "every week", "daily", "a year" after a number.
pub(super) fn recurring(f: &Found<'_>) -> Option<Meaning> {
    let value = match f.group("w").to_lowercase().as_str() {
        "daily" => Unit::Day.recurring().to_string(),
        "weekly" => Unit::Week.recurring().to_string(),
        "monthly" => Unit::Month.recurring().to_string(),
        "quarterly" => "P1Q".to_string(),
        "" => {
            let unit = unit_of(f)?;
            let words = f.groups.get(0)?.as_str().to_lowercase();
            if words.starts_with("every") || words.starts_with("each") || !f.group("n").is_empty() {
                unit.recurring().to_string()
            } else {
                unit.length("1")
            }
        }
        _ => "P1Y".to_string(),
    };
    Some(Meaning::value(TimexType::Set, value))
}

/// "the coming weeks", "recent days".
pub(super) fn coming(f: &Found<'_>) -> Option<Meaning> {
    let future = f.group("rel").eq_ignore_ascii_case("coming");
    Some(Meaning::value(TimexType::Date, if future { "FUTURE_REF" } else { "PAST_REF" }))
}
