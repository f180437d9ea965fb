//! What temporal expressions mean: their TIMEX3 value and the days they cover.

use jiff::civil::{Date, Time, Weekday};
use rapporteur_text::{Basis, Moment, When};

use super::calendar::{Cal, Season, Unit, weekday_near};
use super::patterns::{Found, meaning};
use super::tense::{Tense, tense_of};
use crate::Context;
use crate::model::{Item, Rule, Timex, TimexType};

/// What one expression means.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Meaning {
    sort: TimexType,
    value: String,
    /// The stretch of the calendar, where there is one.
    cal: Option<Cal>,
    /// Time of day.
    clock: Option<Time>,
    /// Whether the words alone say it.
    stated: bool,
    confidence: f32,
}

impl Meaning {
    fn cal(cal: Cal, stated: bool) -> Self {
        let confidence = if stated { 0.95 } else { 0.85 };
        Self { sort: TimexType::Date, value: cal.value(), cal: Some(cal), clock: None, stated, confidence }
    }

    fn value(sort: TimexType, value: impl Into<String>) -> Self {
        Self { sort, value: value.into(), cal: None, clock: None, stated: true, confidence: 0.8 }
    }

    /// A part of a day.
    fn part(self, part: &str) -> Self {
        let day = match self.cal {
            Some(Cal::Day(..)) => self.value.clone(),
            Some(Cal::Month(..)) => format!("{}-XX", self.value),
            _ => "XXXX-XX-XX".to_string(),
        };
        Self { sort: TimexType::Time, value: format!("{day}T{part}"), ..self }
    }
}

/// The run of the text: what was told before decides what later words mean.
pub(super) struct Story<'c, 'a> {
    cx: &'c Context<'a>,
    /// Publication date.
    dct: Option<Date>,
    /// Whether the article tells of times long before its publication.
    history: bool,
    /// The stretch of time told last.
    last: Option<Cal>,
    /// The day told last.
    last_day: Option<Cal>,
}

impl<'c, 'a> Story<'c, 'a> {
    pub(super) fn new(cx: &'c Context<'a>) -> Self {
        Self { cx, dct: cx.article.published.map(|m| m.date), history: false, last: None, last_day: None }
    }

    /// Decides whether this is a history: most of its years lie well before its publication, and it is not written as
    /// news is ("yesterday", "on Monday").
    pub(super) fn set_kind(&mut self, found: &[Found<'_>]) {
        let years: Vec<i16> = found.iter().filter_map(|f| f.group("y").parse().ok()).filter(|&y| y >= 1000).collect();
        let news = found.iter().filter(|f| matches!(f.kind, "today" | "weekday" | "weekdaypart" | "tonight")).count();
        self.history = match self.dct {
            None => true,
            Some(dct) => {
                let old = years.iter().filter(|&&y| y < dct.year() - 1).count();
                old >= 5 && old * 3 > years.len() * 2 && old > news * 2
            }
        };
        if self.history {
            // what is told before the first full date still belongs to its year
            self.last = found.iter().find_map(|f| stated_year(f)).map(Cal::Year);
        }
    }

    /// The record of an expression.
    pub(super) fn timex(&mut self, found: &[Found<'_>], n: usize) -> Option<Timex> {
        let f = found.get(n)?;
        let meaning = self.resolve(found, n, f)?;
        if let Some(cal) = meaning.cal {
            self.last = Some(cal);
            if let Cal::Day(..) = cal {
                self.last_day = Some(cal);
            }
        }
        let rule = match meaning.sort {
            TimexType::Date => Rule("date.calendar.v1"),
            TimexType::Time => Rule("date.clock.v1"),
            TimexType::Duration => Rule("date.length.v1"),
            TimexType::Set => Rule("date.recurring.v1"),
        };
        let when = self.when(&meaning, f);
        let item = Item::new(rule, meaning.confidence, self.cx.evidence(f.span));
        Some(Timex { item, value: meaning.value, sort: meaning.sort, when })
    }

    fn when(&self, meaning: &Meaning, f: &Found<'_>) -> When {
        let as_written = f.span.slice(self.cx.text()).to_string();
        let basis = if meaning.stated { Basis::Stated } else { Basis::Relative };
        let days = meaning.cal.filter(|_| matches!(meaning.sort, TimexType::Date | TimexType::Time));
        let Some((first, last)) = days.and_then(Cal::days) else {
            return When { as_written, basis, ..When::unknown() };
        };
        let at = |date| Moment { date, time: meaning.clock, offset: None };
        When { from: Some(at(first)), to: Some(at(last)), as_written, basis }
    }

    /// The day from which words such as "last week" count.
    fn now(&self) -> Option<Cal> {
        if self.history { self.last } else { self.dct.map(Cal::of_date) }
    }

    fn tense(&self, f: &Found<'_>) -> Tense {
        tense_of(self.cx, f.span)
    }

    fn resolve(&self, found: &[Found<'_>], n: usize, f: &Found<'_>) -> Option<Meaning> {
        match f.kind {
            "full" | "iso" | "slash" => self.full_date(f),
            "monthday" | "dayleft" | "dayright" => self.month_day(f),
            "theday" => self.day_of_running_month(f),
            "monthyear" => Some(Meaning::cal(Cal::Month(year_of(f)?, month_of(f)?), true)),
            "month" | "monthof" | "monthlast" => self.month(f),
            "year" => Some(Meaning::cal(Cal::Year(year_of(f)?), true)),
            "yearshort" => self.short_year(f),
            "bc" | "bcleft" => before_christ(f),
            "decade" => Some(Meaning::cal(Cal::Decade(f.group("y").parse().ok()?), true)),
            "decadeshort" => Some(Meaning::cal(Cal::Decade(190 + f.group("dd").parse::<i16>().ok()?), true)),
            "century" => century(f),
            "seasonyear" => Some(Meaning::cal(Cal::Season(year_of(f)?, season_of(f)?), true)),
            "season" | "seasonrel" => self.season(f),
            "quarter" => quarter(f),
            "quarterlast" => {
                let step = match f.group("rel").to_lowercase().as_str() {
                    "this" => 0,
                    "next" => 1,
                    _ => -1,
                };
                self.stepped(self.now(), Unit::Quarter, step)
            }
            "quarterbare" => self.quarter_of_this_year(f),
            "half" => Some(Meaning::cal(Cal::Half(year_of(f)?, ordinal(f)?), true)),
            "weekday" | "weekdayrel" | "weekdaypart" | "weekdayweek" => self.weekday(f),
            "eachweekday" => {
                let day = meaning("weekday", f.group("wd"))?;
                Some(Meaning::value(TimexType::Set, format!("XXXX-WXX-{day}")))
            }
            "today" => self.today(f),
            "tonight" => Some(self.day_part(self.now().filter(|c| c.date().is_some()), "NI")),
            "lastnight" => {
                let day = self.now().and_then(|c| c.step(Unit::Day, -1));
                Some(self.day_part(day, meaning("part", f.group("p"))?))
            }
            "thispart" => self.this_part(f),
            "partof" => Some(self.month_day(f)?.part(meaning("part", f.group("p"))?)),
            "partbare" => Some(Meaning::value(TimexType::Time, "XXXX-XX-XXTNI")),
            "clock" | "noon" => self.clock(found, n, f),
            "unitrel" => self.unit_relative(f),
            "unitthe" | "unitafter" | "nextone" => self.unit_anchored(f),
            "unitend" => self.unit_end(f),
            "weekend" => self.weekend(f),
            "ago" => self.ago(f),
            "later" => self.later(f),
            "duration" | "durationx" | "durationbare" | "durationrel" => length(f),
            "each" | "rate" => recurring(f),
            "coming" => coming(f),
            "holiday" => self.holiday(f),
            "present" => Some(Meaning::value(TimexType::Date, "PRESENT_REF")),
            "past" => Some(Meaning::value(TimexType::Date, "PAST_REF")),
            "future" => Some(Meaning::value(TimexType::Date, "FUTURE_REF")),
            _ => None,
        }
    }

    fn full_date(&self, f: &Found<'_>) -> Option<Meaning> {
        if f.kind == "slash" {
            return self.slashes(f);
        }
        Some(Meaning::cal(Cal::Day(year_of(f)?, month_of(f)?, day_of(f)?), true)).filter(possible)
    }

    /// "28/1", "7/8/07": only where the order of day and month cannot be mistaken.
    fn slashes(&self, f: &Found<'_>) -> Option<Meaning> {
        let (a, b): (i8, i8) = (f.group("a").parse().ok()?, f.group("b").parse().ok()?);
        let (month, day) = match (a, b) {
            (13..=31, 1..=12) => (b, a),
            (1..=12, 13..=31) => (a, b),
            (1..=12, _) if a == b => (a, b),
            _ => return None,
        };
        let year = match f.group("y") {
            "" => return self.resolve_month_day(f, month, day),
            y if y.len() == 2 => 2000 + y.parse::<i16>().ok()?,
            y => y.parse().ok()?,
        };
        Some(Meaning::cal(Cal::Day(year, month, day), true)).filter(possible)
    }

    fn month_day(&self, f: &Found<'_>) -> Option<Meaning> {
        let (month, day) = (month_of(f)?, day_of(f)?);
        match year_of(f) {
            Some(year) => Some(Meaning::cal(Cal::Day(year, month, day), true)).filter(possible),
            None => self.resolve_month_day(f, month, day),
        }
    }

    /// A day and month without a year.
    fn resolve_month_day(&self, f: &Found<'_>, month: i8, day: i8) -> Option<Meaning> {
        if let Some(year) = self.told_year(month, "") {
            return Some(Meaning::cal(Cal::Day(year, month, day), false)).filter(possible);
        }
        let Some(dct) = self.dct.filter(|_| !self.history) else {
            return Some(Meaning::value(TimexType::Date, format!("XXXX-{month:02}-{day:02}")));
        };
        let candidates = (-1..=1).filter_map(|n| Date::new(dct.year() + n, month, day).ok());
        let best = pick(candidates, dct, self.tense(f), 30)?;
        Some(Meaning::cal(Cal::of_date(best), false))
    }

    fn day_of_running_month(&self, f: &Found<'_>) -> Option<Meaning> {
        let day = day_of(f)?;
        let at = if self.history { self.last } else { self.last.or(self.now()) };
        match at.and_then(|c| Some((c.year()?, c.month()?))) {
            Some((year, month)) => Some(Meaning::cal(Cal::Day(year, month, day), false)).filter(possible),
            None => Some(Meaning::value(TimexType::Date, format!("XXXX-XX-{day:02}"))),
        }
    }

    /// The year that the story has reached, for a month told without one; only in histories.
    fn told_year(&self, month: i8, rel: &str) -> Option<i16> {
        let last = self.last.filter(|_| self.history)?;
        let (year, told) = (last.year()?, last.month().unwrap_or(month));
        Some(match rel {
            "last" | "the previous" if month >= told => year - 1,
            "next" | "the following" | "the next" if month <= told => year + 1,
            // stories run forward: January told after December is the next one
            "" if told >= 11 && month <= 2 => year + 1,
            _ => year,
        })
    }

    fn month(&self, f: &Found<'_>) -> Option<Meaning> {
        let month = month_of(f)?;
        if let Some(year) = year_of(f) {
            return Some(Meaning::cal(Cal::Month(year, month), true));
        }
        if f.kind == "monthof" {
            let year = self.last.or(self.now()).and_then(Cal::year)?;
            return Some(Meaning::cal(Cal::Month(year, month), false));
        }
        if let Some(year) = self.told_year(month, &f.group("rel").to_lowercase()) {
            return Some(Meaning::cal(Cal::Month(year, month), false));
        }
        let Some(dct) = self.dct.filter(|_| !self.history) else {
            return Some(Meaning::value(TimexType::Date, format!("XXXX-{month:02}")));
        };
        let tense = match f.group("rel").to_lowercase().as_str() {
            "last" | "the previous" => Tense::Past,
            "next" | "the following" | "the next" => Tense::Future,
            "this" => return Some(Meaning::cal(Cal::Month(dct.year(), month), false)),
            _ => self.tense(f),
        };
        let (this, n) = (dct.month(), dct.year());
        let year = match tense {
            Tense::Past if month > this => n - 1,
            Tense::Future if month < this => n + 1,
            Tense::Open if month - this > 6 => n - 1,
            Tense::Open if this - month > 6 => n + 1,
            _ => n,
        };
        Some(Meaning::cal(Cal::Month(year, month), false))
    }

    /// "1914-18": the century of the first year.
    fn short_year(&self, f: &Found<'_>) -> Option<Meaning> {
        let whole = f.groups.get(0)?.as_str();
        let first: i16 = whole.get(..4)?.parse().ok()?;
        let year = first / 100 * 100 + f.group("yy").parse::<i16>().ok()?;
        (year > first).then(|| Meaning::cal(Cal::Year(year), true))
    }

    fn season(&self, f: &Found<'_>) -> Option<Meaning> {
        let season = season_of(f)?;
        let rel = f.group("rel").to_lowercase();
        let year = match (rel.as_str(), self.history) {
            ("that" | "the same" | "that same", _) => self.last.or(self.now()).and_then(Cal::year),
            ("the following", _) => self.last.and_then(Cal::year).map(|y| y + 1),
            ("the previous", _) => self.last.and_then(Cal::year).map(|y| y - 1),
            ("next", true) => self.last.and_then(Cal::year).map(|y| y + 1),
            (_, true) => self.last.and_then(Cal::year),
            _ => self.dct.map(|dct| {
                let (first, this) = (season.first_month(), dct.month());
                match (rel.as_str(), self.tense(f)) {
                    ("last", _) if first + 2 >= this => dct.year() - 1,
                    ("next", _) if first <= this => dct.year() + 1,
                    ("last" | "next" | "this", _) => dct.year(),
                    (_, Tense::Past) if first > this => dct.year() - 1,
                    (_, Tense::Future) if first + 2 < this => dct.year() + 1,
                    _ => dct.year(),
                }
            }),
        };
        Some(match year {
            Some(year) => Meaning::cal(Cal::Season(year, season), false),
            None => Meaning::value(TimexType::Date, format!("XXXX-{}", &Cal::Season(0, season).value()[5..])),
        })
    }

    fn quarter_of_this_year(&self, f: &Found<'_>) -> Option<Meaning> {
        let year = self.now().and_then(Cal::year)?;
        let (quarter, now) = (ordinal(f)?, self.dct.map_or(4, |d| (d.month() - 1) / 3 + 1));
        let year = if !self.history && quarter > now && self.tense(f) == Tense::Past { year - 1 } else { year };
        Some(Meaning::cal(Cal::Quarter(year, quarter), false))
    }

    fn weekday(&self, f: &Found<'_>) -> Option<Meaning> {
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
            _ if self.history => weekday_near(from, weekday, false),
            _ => weekday_near(from, weekday, self.tense(f) != Tense::Future),
        }?;
        let day = Meaning::cal(Cal::of_date(day), false);
        Some(match part {
            Some(part) => day.part(part),
            None => day,
        })
    }

    fn today(&self, f: &Found<'_>) -> Option<Meaning> {
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

    fn day_part(&self, day: Option<Cal>, part: &str) -> Meaning {
        match day {
            Some(day) => Meaning::cal(day, false).part(part),
            None => Meaning::value(TimexType::Date, "").part(part),
        }
    }

    /// "this morning", "that night", "the next morning".
    fn this_part(&self, f: &Found<'_>) -> Option<Meaning> {
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
    fn told_day(&self) -> Option<Cal> {
        self.last.filter(|c| c.date().is_some()).or(self.last_day).or(self.now()).filter(|c| c.date().is_some())
    }

    /// An hour, on the day named beside it in the sentence, else on the day the story has reached.
    fn clock(&self, found: &[Found<'_>], n: usize, f: &Found<'_>) -> Option<Meaning> {
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
                match f.group("ap").chars().next().map(|c| c.to_ascii_lowercase()) {
                    Some('p') if hour < 12 => (hour + 12, minute),
                    Some('a') if hour == 12 => (0, minute),
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
    fn unit_relative(&self, f: &Found<'_>) -> Option<Meaning> {
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
    fn next_weekend(&self) -> i32 {
        self.dct.map_or(1, |d| i32::from(d.weekday().to_monday_zero_offset() >= 4))
    }

    fn stepped(&self, from: Option<Cal>, unit: Unit, step: i32) -> Option<Meaning> {
        Some(match from.and_then(|c| c.step(unit, step)) {
            Some(cal) => Meaning::cal(cal, false),
            None => Meaning::value(TimexType::Date, self.partly(from, unit)),
        })
    }

    /// A value of which only the coarse part is known ("1915-XX-XX").
    fn partly(&self, from: Option<Cal>, unit: Unit) -> String {
        let written = unit.recurring();
        match from.map(|c| (c.year(), c.month())) {
            Some((Some(year), Some(month))) if unit == Unit::Day => format!("{}-XX", Cal::Month(year, month).value()),
            Some((Some(year), _)) => written.replacen("XXXX", &Cal::Year(year).value(), 1),
            _ => written.to_string(),
        }
    }

    /// "the next day", "that year", "the previous month": counted from what was told last.
    fn unit_anchored(&self, f: &Found<'_>) -> Option<Meaning> {
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
    fn unit_end(&self, f: &Found<'_>) -> Option<Meaning> {
        let unit = unit_of(f)?;
        let step = match f.group("rel").to_lowercase().as_str() {
            "last" => -1,
            "next" => 1,
            _ => 0,
        };
        let from = if self.history { self.last } else { self.now() };
        self.stepped(from, unit, step)
    }

    fn weekend(&self, f: &Found<'_>) -> Option<Meaning> {
        let from = if self.history { self.told_day() } else { self.now() };
        let weekday = from.and_then(Cal::date).map(|d| d.weekday().to_monday_zero_offset());
        let step = match (self.tense(f), weekday) {
            // on a Saturday or Sunday the weekend is the one that runs
            (_, Some(5..)) | (Tense::Future, _) | (Tense::Open, Some(3..)) => 0,
            _ => -1,
        };
        self.stepped(from, Unit::Weekend, step)
    }

    fn ago(&self, f: &Found<'_>) -> Option<Meaning> {
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
    fn later(&self, f: &Found<'_>) -> Option<Meaning> {
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

    fn holiday(&self, f: &Found<'_>) -> Option<Meaning> {
        let (month, day) = meaning("holiday", f.group("h"))?.split_once('-')?;
        let (month, day) = (month.parse().ok()?, day.parse().ok()?);
        match year_of(f) {
            Some(year) => Some(Meaning::cal(Cal::Day(year, month, day), true)),
            None => self.resolve_month_day(f, month, day),
        }
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

/// Whether the day exists.
fn possible(meaning: &Meaning) -> bool {
    match meaning.cal {
        Some(cal @ Cal::Day(..)) => cal.date().is_some(),
        _ => true,
    }
}

fn in_week(from: Date, weekday: Weekday, weeks: i32) -> Option<Date> {
    let week = Cal::around(from, Unit::Week).step(Unit::Week, weeks)?;
    weekday_near(week.days()?.0, weekday, false)
}

/// Of the same day in several years, the one that the tense wants; the nearest where the tense says nothing, or where
/// it would lead more than ten months away from a day within `slack` days.
fn pick(candidates: impl Iterator<Item = Date>, dct: Date, tense: Tense, slack: i32) -> Option<Date> {
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

fn stated_year(f: &Found<'_>) -> Option<i16> {
    match f.kind {
        "bc" | "bcleft" => f.group("y").parse::<i16>().ok().map(|y| -y),
        _ => year_of(f),
    }
}

fn year_of(f: &Found<'_>) -> Option<i16> {
    f.group("y").parse().ok()
}

fn month_of(f: &Found<'_>) -> Option<i8> {
    if let Ok(number) = f.group("mn").parse() {
        return Some(number);
    }
    let word = f.group("m");
    meaning("month", word).or_else(|| meaning("monthshort", word))?.parse().ok()
}

fn day_of(f: &Found<'_>) -> Option<i8> {
    f.group("d").trim_end_matches(|c: char| c.is_alphabetic()).parse().ok()
}

fn season_of(f: &Found<'_>) -> Option<Season> {
    Season::from_code(meaning("season", f.group("s"))?)
}

fn ordinal(f: &Found<'_>) -> Option<i8> {
    let word = f.group("o").to_lowercase();
    match word.as_str() {
        "last" | "final" => Some(4),
        _ => meaning("ordinal", &word)
            .and_then(|v| v.parse().ok())
            .or_else(|| word.trim_end_matches(|c: char| c.is_alphabetic()).parse().ok()),
    }
}

fn quarter(f: &Found<'_>) -> Option<Meaning> {
    Some(Meaning::cal(Cal::Quarter(year_of(f)?, ordinal(f).filter(|o| (1..=4).contains(o))?), true))
}

fn century(f: &Found<'_>) -> Option<Meaning> {
    let number = i16::from(ordinal(f)?);
    Some(Meaning::cal(Cal::Century(if f.group("bc").is_empty() { number - 1 } else { -number }), true))
}

fn before_christ(f: &Found<'_>) -> Option<Meaning> {
    let year = -f.group("y").parse::<i16>().ok().filter(|&y| y > 0)?;
    Some(Meaning::cal(month_of(f).map_or(Cal::Year(year), |m| Cal::Month(year, m)), true))
}

fn unit_of(f: &Found<'_>) -> Option<Unit> {
    let word = f.group("u").to_lowercase();
    if word == "weekend" {
        return Some(Unit::Weekend);
    }
    unit_word(&word).map(|(unit, _)| unit)
}

/// Unit of a word in the singular or plural, with how many of it the word stands for.
fn unit_word(word: &str) -> Option<(Unit, f64)> {
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
fn counted(f: &Found<'_>) -> Option<(i32, Unit)> {
    let (unit, each) = unit_word(f.group("u"))?;
    let count = number(f.group("n"))? * each;
    (count.fract() == 0.0 && count < 10_000.0).then_some((count as i32, unit))
}

/// Years instead of decades and centuries.
fn plain(unit: Unit, count: i32) -> (Unit, i32) {
    match unit {
        Unit::Decade => (Unit::Year, count.saturating_mul(10)),
        Unit::Century => (Unit::Year, count.saturating_mul(100)),
        _ => (unit, count),
    }
}

/// Lengths: "three days", "two and a half years", "several months", "a decade".
fn length(f: &Found<'_>) -> Option<Meaning> {
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
fn recurring(f: &Found<'_>) -> Option<Meaning> {
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
fn coming(f: &Found<'_>) -> Option<Meaning> {
    let future = f.group("rel").eq_ignore_ascii_case("coming");
    Some(Meaning::value(TimexType::Date, if future { "FUTURE_REF" } else { "PAST_REF" }))
}
