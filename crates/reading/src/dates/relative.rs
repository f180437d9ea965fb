//! What expressions mean that count from another day: "Monday", "this morning", "two weeks later", "noon".

use jiff::civil::{Date, Time, Weekday};

use super::calendar::{Cal, Unit, weekday_near};
use super::patterns::{Found, meaning};
use super::resolve::Story;
use super::tense::Tense;
use super::values::{Meaning, counted, number, plain, unit_of, unit_word};
use crate::model::TimexType;

impl Story<'_, '_> {
    pub(super) fn weekday(&self, f: &Found<'_>) -> Option<Meaning> {
        let number: i8 = meaning("weekday", f.group("wd"))?.parse().ok()?;
        let weekday = Weekday::from_monday_one_offset(number).ok()?;
        let rel = f.group("rel").to_lowercase();
        let anchor = match rel.as_str() {
            "the following" | "the previous" | "the same" => self.last_day.or(self.now()),
            _ if self.history => self.last_day,
            _ => self.now(),
        };
        let part = Some(f.group("p")).filter(|p| !p.is_empty()).and_then(|p| meaning("part", p));
        let Some(from) = anchor.and_then(Cal::date) else {
            let value = Meaning::value(TimexType::Date, format!("XXXX-WXX-{number}"));
            return Some(match part {
                Some(part) => Meaning { sort: TimexType::Time, value: format!("{}T{part}", value.value), ..value },
                None => value,
            });
        };
        let day = match rel.as_str() {
            "last" if f.kind == "weekdayweek" => in_week(from, weekday, -1),
            "next" if f.kind == "weekdayweek" => in_week(from, weekday, 1),
            "this" if f.kind == "weekdayweek" => in_week(from, weekday, 0),
            "last" | "the previous" | "this past" => weekday_near(from.yesterday().ok()?, weekday, true),
            "next" | "the following" | "this coming" => weekday_near(from.tomorrow().ok()?, weekday, false),
            "this" => weekday_near(from, weekday, self.tense(f) == Tense::Past),
            // "Friday week": a week after the one to come
            "" if f.kind == "weekday" && self.is_a_week_on(f) => {
                let next = weekday_near(from.tomorrow().ok()?, weekday, false)?;
                next.checked_add(jiff::Span::new().days(7)).ok()
            }
            _ if self.history => weekday_near(from, weekday, false),
            _ => weekday_near(from, weekday, self.tense(f) != Tense::Future),
        }?;
        let day = Meaning::cal(Cal::of_date(day), false);
        Some(match part {
            Some(part) => day.part(part),
            None => day,
        })
    }

    /// Whether "week" stands right behind a weekday, as in "falls on Friday week"; weeks that are counted ("on Monday week three
    /// began") and what is past do not mean it.
    fn is_a_week_on(&self, f: &Found<'_>) -> bool {
        let rest = self.cx.text().get(f.span.end()..).unwrap_or("");
        let Some(after) = rest.strip_prefix(" week") else { return false };
        let next = after.split_whitespace().next().unwrap_or("");
        let word = after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '’' | '\'' | '\u{2010}'));
        let counted = number(next.trim_matches(|c: char| !c.is_alphanumeric())).is_some();
        !word && !counted && self.tense(f) != Tense::Past
    }

    pub(super) fn today(&self, f: &Found<'_>) -> Option<Meaning> {
        let step = match f.group("w").to_lowercase().as_str() {
            "today" if self.history => return Some(Meaning::value(TimexType::Date, "PRESENT_REF")),
            "today" => 0,
            "yesterday" => -1,
            _ => 1,
        };
        let day = self.now().and_then(|c| c.step(Unit::Day, step));
        if let Some(part) = meaning("part", f.group("p")) {
            return Some(self.day_part(day, part));
        }
        Some(match day {
            Some(day) => Meaning::cal(day, false),
            None => Meaning::value(TimexType::Date, if step == 0 { "PRESENT_REF" } else { "XXXX-XX-XX" }),
        })
    }

    pub(super) fn day_part(&self, day: Option<Cal>, part: &str) -> Meaning {
        match day {
            Some(day) => Meaning::cal(day, false).part(part),
            None => Meaning::value(TimexType::Date, "").part(part),
        }
    }

    /// "this morning", "that night", "the next morning".
    pub(super) fn this_part(&self, f: &Found<'_>) -> Option<Meaning> {
        let part = meaning("part", f.group("p"))?;
        let rel = f.group("rel").to_lowercase();
        let day = match rel.as_str() {
            "this" if !self.history => self.now(),
            "the next" | "the following" => self.told_day().and_then(|c| c.step(Unit::Day, 1)),
            "the previous" => self.told_day().and_then(|c| c.step(Unit::Day, -1)),
            _ => self.told_day(),
        };
        Some(self.day_part(day, part))
    }

    /// The day the story has reached.
    pub(super) fn told_day(&self) -> Option<Cal> {
        self.last.filter(|c| c.date().is_some()).or(self.last_day).or(self.now()).filter(|c| c.date().is_some())
    }

    /// An hour, on the day named beside it in the sentence, else on the day the story has reached.
    pub(super) fn clock(&self, found: &[Found<'_>], n: usize, f: &Found<'_>) -> Option<Meaning> {
        let (hour, minute) = match f.group("w").to_lowercase().as_str() {
            "noon" | "midday" => (12, 0),
            "midnight" => (0, 0),
            _ => {
                let hour: i8 = f
                    .group("h")
                    .parse()
                    .ok()
                    .or_else(|| meaning("number", f.group("h")).and_then(|v| v.parse().ok()))?;
                let minute: i8 = f.group("mi").parse().unwrap_or(0);
                let late = matches!(f.group("p").to_lowercase().as_str(), "afternoon" | "evening")
                    || !f.group("p2").is_empty() && hour > 5;
                match f.group("ap").chars().next().map(|c| c.to_ascii_lowercase()) {
                    Some('p') if hour < 12 => (hour + 12, minute),
                    Some('a') if hour == 12 => (0, minute),
                    None if late && hour < 12 => (hour + 12, minute),
                    _ => (hour, minute),
                }
            }
        };
        let time = Time::new(hour, minute, 0, 0).ok()?;
        let sentence = self.cx.sentence_of(f.span);
        let beside = found
            .iter()
            .enumerate()
            .filter(|(m, o)| *m != n && sentence.contains(o.span) && names_day(o.kind))
            .min_by_key(|(_, o)| o.span.start().abs_diff(f.span.start()))
            .and_then(|(m, o)| self.resolve(found, m, o))
            .and_then(|m| m.cal)
            .filter(|c| c.date().is_some());
        let told = if self.history { self.told_day() } else { self.last_day.or(self.now()) };
        let zone = match f.group("z").to_uppercase().as_str() {
            "GMT" | "UTC" => "Z",
            _ => "",
        };
        let written = format!("T{hour:02}:{minute:02}{zone}");
        let day = beside.or(told.filter(|c| c.date().is_some()));
        let value = day.map_or("XXXX-XX-XX".to_string(), Cal::value);
        Some(Meaning {
            sort: TimexType::Time,
            value: value + &written,
            cal: day,
            clock: Some(time),
            stated: false,
            confidence: if beside.is_some() { 0.9 } else { 0.6 },
        })
    }

    /// "last week", "next month", "this year": counted from publication.
    pub(super) fn unit_relative(&self, f: &Found<'_>) -> Option<Meaning> {
        let unit = unit_of(f)?;
        let rel = f.group("rel").to_lowercase();
        let step = match rel.as_str() {
            "last" | "this past" => -1,
            "next" | "coming" | "this coming" => 1,
            _ => 0,
        };
        if unit <= Unit::Hour || (unit == Unit::Day && step == 0) {
            return None;
        }
        let from = if self.history { self.last } else { self.now() };
        self.stepped(from, unit, if unit == Unit::Weekend && step == 1 { self.next_weekend() } else { step })
    }

    /// "next weekend" on a Monday may be either; the coming one is as near as one can tell.
    pub(super) fn next_weekend(&self) -> i32 {
        self.dct.map_or(1, |d| i32::from(d.weekday().to_monday_zero_offset() >= 4))
    }

    pub(super) fn stepped(&self, from: Option<Cal>, unit: Unit, step: i32) -> Option<Meaning> {
        Some(match from.and_then(|c| c.step(unit, step)) {
            Some(cal) => Meaning::cal(cal, false),
            None => Meaning::value(TimexType::Date, self.partly(from, unit)),
        })
    }

    /// A value of which only the coarse part is known ("1915-XX-XX").
    pub(super) fn partly(&self, from: Option<Cal>, unit: Unit) -> String {
        let written = unit.recurring();
        match from.map(|c| (c.year(), c.month())) {
            Some((Some(year), Some(month))) if unit == Unit::Day => format!("{}-XX", Cal::Month(year, month).value()),
            Some((Some(year), _)) => written.replacen("XXXX", &Cal::Year(year).value(), 1),
            _ => written.to_string(),
        }
    }

    /// "the next day", "that year", "the previous month": counted from what was told last.
    pub(super) fn unit_anchored(&self, f: &Found<'_>) -> Option<Meaning> {
        let unit = unit_of(f).unwrap_or(Unit::Day);
        if unit <= Unit::Hour {
            return None;
        }
        let rel = match f.group("ba") {
            "" => f.group("rel"),
            word => word,
        };
        let step = match rel.to_lowercase().as_str() {
            "the next" | "the following" | "the subsequent" | "after" | "following" | "next" => 1,
            "the previous" | "the preceding" | "the prior" | "before" | "previous" => -1,
            _ => 0,
        };
        let from = match unit {
            Unit::Day => self.told_day().or(self.last),
            _ => self.last.or(self.now()),
        };
        self.stepped(from, unit, step)
    }

    /// "the end of the year", "later in the month".
    pub(super) fn unit_end(&self, f: &Found<'_>) -> Option<Meaning> {
        let unit = unit_of(f)?;
        let step = match f.group("rel").to_lowercase().as_str() {
            "last" => -1,
            "next" => 1,
            _ => 0,
        };
        let from = if self.history { self.last } else { self.now() };
        self.stepped(from, unit, step)
    }

    pub(super) fn weekend(&self, f: &Found<'_>) -> Option<Meaning> {
        let from = if self.history { self.told_day() } else { self.now() };
        let weekday = from.and_then(Cal::date).map(|d| d.weekday().to_monday_zero_offset());
        let step = match (self.tense(f), weekday) {
            // on a Saturday or Sunday the weekend is the one that runs
            (_, Some(5..)) | (Tense::Future, _) | (Tense::Open, Some(3..)) => 0,
            _ => -1,
        };
        self.stepped(from, Unit::Weekend, step)
    }

    pub(super) fn ago(&self, f: &Found<'_>) -> Option<Meaning> {
        let half = || match unit_of(f)? {
            Unit::Century => Some((50, Unit::Year)),
            Unit::Decade => Some((5, Unit::Year)),
            _ => Some((6, Unit::Month)),
        };
        if !f.group("hf").is_empty() {
            let (count, unit) = half()?;
            return self.stepped(if self.history { self.last } else { self.now() }, unit, -count);
        }
        let (count, unit) = counted(f)?;
        if unit <= Unit::Hour {
            let day = self.now().and_then(Cal::date);
            return Some(day.map_or_else(
                || Meaning::value(TimexType::Time, "PAST_REF"),
                |d| Meaning::cal(Cal::of_date(d), false),
            ));
        }
        let (unit, count) = plain(unit, count);
        let from = if self.history { self.last } else { self.now() };
        self.stepped(from, unit, -count)
    }

    /// "three days later", "a year earlier": counted from what was told last.
    pub(super) fn later(&self, f: &Found<'_>) -> Option<Meaning> {
        let Some((count, unit)) = counted(f) else {
            let (unit, _) = unit_word(f.group("u"))?;
            return Some(Meaning::value(TimexType::Date, self.partly(self.last, unit.max(Unit::Day))));
        };
        let sign = match f.group("ba").to_lowercase().as_str() {
            "earlier" | "previously" | "before" | "prior" | "beforehand" => -1,
            _ => 1,
        };
        let from = match unit {
            Unit::Day | Unit::Week => self.last.filter(|c| c.date().is_some()).or(self.last),
            _ => self.last,
        }
        .or(self.now());
        if unit <= Unit::Hour {
            return Some(Meaning::value(TimexType::Time, self.partly(from, Unit::Day)));
        }
        let (unit, count) = plain(unit, count);
        // two weeks after a day is a day
        if let (Unit::Week, Some(date)) = (unit, from.and_then(Cal::date)) {
            let day = Cal::of_date(date).step(Unit::Day, 7 * count * sign)?;
            return Some(Meaning::cal(day, false));
        }
        self.stepped(from, unit, count * sign)
    }
}

/// Whether expressions of this kind can name a day.
fn names_day(kind: &str) -> bool {
    matches!(
        kind,
        "full"
            | "iso"
            | "slash"
            | "monthday"
            | "dayleft"
            | "dayright"
            | "weekday"
            | "weekdayrel"
            | "weekdayweek"
            | "today"
            | "unitafter"
    )
}
fn in_week(from: Date, weekday: Weekday, weeks: i32) -> Option<Date> {
    let week = Cal::around(from, Unit::Week).step(Unit::Week, weeks)?;
    weekday_near(week.days()?.0, weekday, false)
}
