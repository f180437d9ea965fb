//! What temporal expressions mean: their TIMEX3 value and the days they cover.

use jiff::civil::Date;
use rapporteur_text::{Basis, Moment, When};

use super::calendar::{Cal, Unit};
use super::patterns::{Found, meaning};
use super::tense::{Tense, tense_of};
use super::values::{
    Meaning, before_christ, century, coming, day_of, length, month_of, ordinal, pick, possible, quarter, recurring,
    season_of, stated_year, year_of,
};
use crate::Context;
use crate::model::{Item, Rule, Timex, TimexType};

/// Bytes behind a full date within which days without a year are still of its year.
const SAME_STORY: usize = 400;
/// Days before the article within which a day without a year is news of this year.
const NEWS: i32 = 90;

/// The run of the text: what was told before decides what later words mean.
pub(super) struct Story<'c, 'a> {
    pub(super) cx: &'c Context<'a>,
    /// Publication date.
    pub(super) dct: Option<Date>,
    /// Whether the article tells of times long before its publication.
    pub(super) history: bool,
    /// The stretch of time told last.
    pub(super) last: Option<Cal>,
    /// The day told last.
    pub(super) last_day: Option<Cal>,
    /// The full date told last, and where its words end.
    pub(super) last_full: Option<(Date, usize)>,
    /// Whether an article without a day of its own tells of so few years that none of them need be that of its days.
    pub(super) few_years: bool,
}

impl<'c, 'a> Story<'c, 'a> {
    pub(super) fn new(cx: &'c Context<'a>) -> Self {
        Self {
            cx,
            dct: cx.article.published.map(|m| m.date),
            history: false,
            last: None,
            last_day: None,
            last_full: None,
            few_years: false,
        }
    }

    /// Decides whether this is a history: most of its years lie well before its publication, and it is not written as
    /// news is ("yesterday", "on Monday").
    pub(super) fn set_kind(&mut self, found: &[Found<'_>]) {
        let years: Vec<i16> = found.iter().filter_map(|f| f.group("y").parse().ok()).filter(|&y| y >= 1000).collect();
        let news = found.iter().filter(|f| matches!(f.kind, "today" | "weekday" | "weekdaypart" | "tonight")).count();
        self.few_years = self.dct.is_none() && years.len() < 4;
        self.history = match self.dct {
            None => true,
            // what opens with the place and day of its sending is news, however many years it recalls
            Some(_) if self.cx.article.dateline.is_some() => false,
            Some(dct) => {
                let old = years.iter().filter(|&&y| y < dct.year() - 1).count();
                old >= 5 && old * 3 > years.len() * 2 && old > news * 2
            }
        };
        if self.history {
            // what is told before the first full date still belongs to its year
            let full = |f: &&Found<'_>| !self.few_years || matches!(f.kind, "full" | "iso" | "monthyear");
            self.last = found.iter().filter(full).find_map(stated_year).map(Cal::Year);
        }
    }

    /// The record of an expression.
    pub(super) fn timex(&mut self, found: &[Found<'_>], n: usize) -> Option<Timex> {
        let f = found.get(n)?;
        let meaning = self.resolve(found, n, f)?;
        if let Some(cal) = meaning.cal {
            if let Some(date) = cal.date().filter(|_| meaning.stated) {
                self.last_full = Some((date, f.span.end()));
            }
            // "put off until 2027" says nothing of the year of the days told after it
            let bare = self.few_years && matches!(cal, Cal::Year(_) | Cal::Decade(_));
            if !bare {
                self.last = Some(cal);
            }
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

    pub(super) fn when(&self, meaning: &Meaning, f: &Found<'_>) -> When {
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
    pub(super) fn now(&self) -> Option<Cal> {
        if self.history { self.last } else { self.dct.map(Cal::of_date) }
    }

    pub(super) fn tense(&self, f: &Found<'_>) -> Tense {
        tense_of(self.cx, f.span)
    }

    pub(super) fn resolve(&self, found: &[Found<'_>], n: usize, f: &Found<'_>) -> Option<Meaning> {
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
            "quarterago" => self.quarter_a_year_ago(),
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
            // in a history it is the time told last, which the words do not say
            "pastnews" => (!self.history).then(|| Meaning::value(TimexType::Date, "PAST_REF")),
            "future" => Some(Meaning::value(TimexType::Date, "FUTURE_REF")),
            _ => None,
        }
    }

    pub(super) fn full_date(&self, f: &Found<'_>) -> Option<Meaning> {
        if f.kind == "slash" {
            return self.slashes(f);
        }
        Some(Meaning::cal(Cal::Day(year_of(f)?, month_of(f)?, day_of(f)?), true)).filter(possible)
    }

    /// "28/1", "7/8/07": only where the order of day and month cannot be mistaken.
    pub(super) fn slashes(&self, f: &Found<'_>) -> Option<Meaning> {
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

    pub(super) fn month_day(&self, f: &Found<'_>) -> Option<Meaning> {
        let (month, day) = (month_of(f)?, day_of(f)?);
        match year_of(f) {
            Some(year) => Some(Meaning::cal(Cal::Day(year, month, day), true)).filter(possible),
            None => self.resolve_month_day(f, month, day),
        }
    }

    /// A day and month without a year.
    pub(super) fn resolve_month_day(&self, f: &Found<'_>, month: i8, day: i8) -> Option<Meaning> {
        if let Some(year) = self.told_year(month, "") {
            return Some(Meaning::cal(Cal::Day(year, month, day), false)).filter(possible);
        }
        let Some(dct) = self.dct.filter(|_| !self.history) else {
            return Some(Meaning::value(TimexType::Date, format!("XXXX-{month:02}-{day:02}")));
        };
        if let Some(year) = self.year_told_before(f, month, day) {
            return Some(Meaning::cal(Cal::Day(year, month, day), false)).filter(possible);
        }
        let candidates = (-1..=1).filter_map(|n| Date::new(dct.year() + n, month, day).ok());
        let best = pick(candidates, dct, self.tense(f), 30)?;
        Some(Meaning::cal(Cal::of_date(best), false))
    }

    /// "On March 2, 2015, it was revealed. On March 25 they called": the story is still in the year told just before; a day
    /// of the last weeks is news, whatever was remembered before it.
    fn year_told_before(&self, f: &Found<'_>, month: i8, day: i8) -> Option<i16> {
        let (told, end) = self.last_full?;
        let dct = self.dct?;
        let this = dct.year();
        let news = Date::new(this, month, day).is_ok_and(|d| (0..=NEWS).contains(&(dct - d).get_days()));
        let near = f.span.start().checked_sub(end).is_some_and(|gap| gap <= SAME_STORY);
        let paragraph = self.cx.text().get(end..f.span.start()).is_some_and(|t| !t.contains('\n'));
        let onward = (told.month(), told.day()) <= (month, day);
        (told.year() < this && onward && !news && near && paragraph && self.tense(f) == Tense::Past)
            .then_some(told.year())
    }

    pub(super) fn day_of_running_month(&self, f: &Found<'_>) -> Option<Meaning> {
        let day = day_of(f)?;
        let at = if self.history { self.last } else { self.last.or(self.now()) };
        match at.and_then(|c| Some((c.year()?, c.month()?))) {
            Some((year, month)) => Some(Meaning::cal(Cal::Day(year, month, day), false)).filter(possible),
            None => Some(Meaning::value(TimexType::Date, format!("XXXX-XX-{day:02}"))),
        }
    }

    /// The year that the story has reached, for a month told without one; only in histories.
    pub(super) fn told_year(&self, month: i8, rel: &str) -> Option<i16> {
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

    pub(super) fn month(&self, f: &Found<'_>) -> Option<Meaning> {
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
    pub(super) fn short_year(&self, f: &Found<'_>) -> Option<Meaning> {
        let whole = f.groups.get(0)?.as_str();
        let first: i16 = whole.get(..4)?.parse().ok()?;
        let year = first / 100 * 100 + f.group("yy").parse::<i16>().ok()?;
        (year > first).then(|| Meaning::cal(Cal::Year(year), true))
    }

    pub(super) fn season(&self, f: &Found<'_>) -> Option<Meaning> {
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

    pub(super) fn quarter_of_this_year(&self, f: &Found<'_>) -> Option<Meaning> {
        let year = self.now().and_then(Cal::year)?;
        let (quarter, now) = (ordinal(f)?, self.dct.map_or(4, |d| (d.month() - 1) / 3 + 1));
        let year = if !self.history && quarter > now && self.tense(f) == Tense::Past { year - 1 } else { year };
        Some(Meaning::cal(Cal::Quarter(year, quarter), false))
    }

    /// "the year-ago quarter": a year before the quarter told last, else before the one that ended last.
    pub(super) fn quarter_a_year_ago(&self) -> Option<Meaning> {
        let told = self.last.filter(|c| matches!(c, Cal::Quarter(..)));
        let ended = || self.now().and_then(|c| c.step(Unit::Quarter, -1));
        self.stepped(told.or_else(ended), Unit::Quarter, -4)
    }

    pub(super) fn holiday(&self, f: &Found<'_>) -> Option<Meaning> {
        let (month, day) = meaning("holiday", f.group("h"))?.split_once('-')?;
        let (month, day) = (month.parse().ok()?, day.parse().ok()?);
        match year_of(f) {
            Some(year) => Some(Meaning::cal(Cal::Day(year, month, day), true)),
            None => self.resolve_month_day(f, month, day),
        }
    }
}
