//! Dates as they are written in pages: ISO, numbers, month names, with or without year and weekday.

use std::sync::LazyLock;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::Offset;
use rapporteur_text::Moment;
use regex::{Captures, Regex};

/// A date found in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Written {
    /// Byte at which it starts in the line.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) year: Option<i16>,
    pub(crate) month: i8,
    pub(crate) day: i8,
    /// A weekday written right before or after it.
    pub(crate) weekday: Option<Weekday>,
    /// A time of day written with it.
    pub(crate) time: Option<Time>,
}

impl Written {
    /// The day, where the year is written and the weekday, if any, agrees.
    pub(crate) fn date(&self) -> Option<Date> {
        let date = Date::new(self.year?, self.month, self.day).ok()?;
        (1900..=2200).contains(&date.year()).then_some(date)
    }

    pub(crate) fn moment(&self) -> Option<Moment> {
        Some(Moment { date: self.date()?, time: self.time, offset: None })
    }
}

const MONTH: &str = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?";
const WEEKDAY: &str = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?";
const CLOCK: &str = r"(?:[012]?\d[:.h][0-5]\d(?::[0-5]\d(?:\.\d+)?)?\s?(?:[ap]\.?m\.?\b)?|[01]?\d\s?[ap]\.?m\b\.?)";

static DATES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern = format!(
        r"(?xi)
        (?: \b (?P<w0>{WEEKDAY}) ,?\s+ )? (?: (?P<t0>{CLOCK}) (?:\s*[A-Z]{{2,4}})? ,?\s+ (?:on\s+)? (?: (?P<w2>{WEEKDAY}) ,?\s+ )? )?
        (?:
            \b (?P<y1>(?:19|20)\d\d) [-/.] (?P<m1>\d\d?) [-/.] (?P<d1>\d\d?) \b
          | \b (?P<d2>\d\d?) (?:st|nd|rd|th)? \s+ (?:of\s+)? (?P<m2>{MONTH}) (?: ,? \s* (?P<y2>(?:19|20)\d\d) )? \b
          | \b (?P<m3>{MONTH}) \s* (?P<d3>\d\d?) (?:st|nd|rd|th)? \b (?: \s* ,? \s* (?P<y3>(?:19|20)\d\d) )? \b
          | \b (?P<a4>\d\d?) (?P<s4>[./]) (?P<b4>\d\d?) [./] (?P<y4>(?:19|20)\d\d) \b
          | \b (?P<y5>(?:19|20)\d\d) (?P<m5>[01]\d) (?P<d5>[0-3]\d) (?: T | \b )
        )
        (?: \s* ,? \s* \(? (?P<w1>{WEEKDAY}) \b )?
        (?: \s* (?: ,|-|–|at|\||T )? \s* (?P<t1>{CLOCK}) )?"
    );
    // `(?x)` takes the blanks out of the pieces above, none of which holds one.
    Regex::new(&pattern).ok()
});

/// All dates of a line, in order.
pub(crate) fn find(line: &str) -> Vec<Written> {
    // Most lines hold no digit, and the pattern is not cheap.
    if !line.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let Some(dates) = DATES.as_ref() else { return Vec::new() };
    dates.captures_iter(line).filter_map(|c| read(&c)).collect()
}

fn read(found: &Captures) -> Option<Written> {
    let number = |name: &str| found.name(name).and_then(|m| m.as_str().parse::<i16>().ok());
    let month = |name: &str| found.name(name).and_then(|m| month_number(m.as_str()));
    let whole = found.get(0)?;
    let (year, month, day) = if let Some(year) = number("y1") {
        (Some(year), number("m1")?, number("d1")?)
    } else if let Some(day) = number("d2") {
        (number("y2"), month("m2")?, day)
    } else if let Some(day) = number("d3") {
        (number("y3"), month("m3")?, day)
    } else if let Some(year) = number("y4") {
        numbers(number("a4")?, number("b4")?, year, found.name("s4")?.as_str())?
    } else {
        (Some(number("y5")?), number("m5")?, number("d5")?)
    };
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    // Whether the day exists is asked in a leap year when the year is not known.
    Date::new(year.unwrap_or(2024), month, day).ok()?;
    let weekday = ["w0", "w1", "w2"].iter().find_map(|n| found.name(n)).and_then(|m| weekday_of(m.as_str()));
    let time = found.name("t1").or_else(|| found.name("t0")).and_then(|m| clock(m.as_str()));
    Some(Written { start: whole.start(), end: whole.end(), year, month, day, weekday, time })
}

/// `15.05.2025` runs day, month, year. `3/4/2025` is one thing in Boston and another in Dublin: only where one number
/// can be no month is it known.
fn numbers(a: i16, b: i16, year: i16, separator: &str) -> Option<(Option<i16>, i16, i16)> {
    match (a, b) {
        _ if separator == "." => Some((Some(year), b, a)),
        (13.., 1..=12) => Some((Some(year), b, a)),
        (1..=12, 13..) => Some((Some(year), a, b)),
        _ if a == b => Some((Some(year), a, b)),
        _ => None,
    }
}

fn month_number(name: &str) -> Option<i16> {
    let head = name.get(..3)?.to_ascii_lowercase();
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    months.iter().position(|m| *m == head).and_then(|p| i16::try_from(p + 1).ok())
}

pub(crate) fn weekday_of(name: &str) -> Option<Weekday> {
    Some(match name.get(..3)?.to_ascii_lowercase().as_str() {
        "mon" => Weekday::Monday,
        "tue" => Weekday::Tuesday,
        "wed" => Weekday::Wednesday,
        "thu" => Weekday::Thursday,
        "fri" => Weekday::Friday,
        "sat" => Weekday::Saturday,
        "sun" => Weekday::Sunday,
        _ => return None,
    })
}

fn clock(words: &str) -> Option<Time> {
    let lower = words.to_ascii_lowercase();
    let mut numbers =
        lower.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty()).map(|p| p.parse::<i8>().ok());
    let mut hour = numbers.next()??;
    let minute = numbers.next().flatten().unwrap_or(0);
    let second = numbers.next().flatten().unwrap_or(0);
    let letters: String = lower.chars().filter(char::is_ascii_alphabetic).collect();
    hour = match (letters.as_str(), hour) {
        ("pm", 1..=11) => hour + 12,
        ("am", 12) => 0,
        _ => hour,
    };
    Time::new(hour, minute, second.min(59), 0).ok()
}

/// Whether a line is a date or time and the words around one (`Published`, `Updated`, `GMT`), and nothing else.
pub(crate) fn is_date_line(line: &str) -> bool {
    // Without a digit only `an hour ago` and `Sunday` date a page; most lines are neither.
    let worded = || line.ends_with("ago") || (line.len() <= 10 && line.to_ascii_lowercase().ends_with("day"));
    if line.len() > 120 || !(line.bytes().any(|b| b.is_ascii_digit()) || worded()) {
        return false;
    }
    let dates = find(line);
    let mut rest = String::new();
    let mut at = 0;
    for date in &dates {
        rest.push_str(line.get(at..date.start).unwrap_or(""));
        rest.push(' ');
        at = date.end;
    }
    rest.push_str(line.get(at..).unwrap_or(""));
    static LEFT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(&format!(r"(?i)^(?:\W+|\d{{1,4}}\b|{CLOCK}|\b(?:{WEEKDAY}|published|publish|posted|updated|created|modified|last|first|date|time|on|at|am|pm|a\.m|p\.m|gmt|utc|bst|est|edt|et|pst|pdt|pt|cet|cest|eet|ist|jst|msk|hours?|minutes?|mins?|days?|ago|edition|the|print|local|by|read|min|issue|update|eastern|pacific)\b)*$")).ok()
    });
    let only = LEFT.as_ref().is_some_and(|l| l.is_match(rest.trim()));
    let relative = || line.to_ascii_lowercase().contains(" ago");
    let weekday_alone = || {
        weekday_of(line.trim()).is_some()
            && line.trim().chars().all(char::is_alphabetic)
            && line.trim().len() <= 9
            && line.to_ascii_lowercase().ends_with("day")
    };
    only && (!dates.is_empty() || relative() || weekday_alone() || has_clock(line))
}

fn has_clock(line: &str) -> bool {
    static ONLY: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!(r"(?i)\b{CLOCK}")).ok());
    ONLY.as_ref().is_some_and(|c| c.is_match(line))
}

/// A time stated by a machine: ISO 8601, RFC 2822, Unix seconds, or else the first full date in the words.
pub(crate) fn read_stated(words: &str) -> Option<Moment> {
    let words = words.trim();
    if words.len() > 120 {
        return None;
    }
    if let Ok(moment) = words.parse::<Moment>() {
        return Some(moment);
    }
    if let Ok(seconds) = words.parse::<i64>()
        && (600_000_000..4_000_000_000_000).contains(&seconds)
    {
        let seconds = if seconds > 100_000_000_000 { seconds / 1000 } else { seconds };
        let civil = Offset::UTC.to_datetime(jiff::Timestamp::from_second(seconds).ok()?);
        return Some(Moment { date: civil.date(), time: Some(civil.time()), offset: Some(Offset::UTC) });
    }
    find(words).iter().find_map(Written::moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(line: &str) -> Vec<String> {
        find(line)
            .iter()
            .map(|w| w.moment().map_or_else(|| format!("{}-{} {:?}", w.month, w.day, w.weekday), |m| m.to_string()))
            .collect()
    }

    #[test]
    fn the_press_writes_dates_in_many_ways() {
        assert_eq!(dates("date 2025-12-16 403"), ["2025-12-16"]);
        assert_eq!(dates("2025-11-30 23:24:00"), ["2025-11-30T23:24:00"]);
        assert_eq!(dates("Published: 10:48, Tue, Nov 19, 2019"), ["2019-11-19T10:48:00"]);
        assert_eq!(dates("November 19, 2019 12:04AM ET"), ["2019-11-19T00:04:00"]);
        assert_eq!(dates("25 April 2025"), ["2025-04-25"]);
        assert_eq!(dates("Editor · 15.05.2025 · Readings"), ["2025-05-15"]);
        assert_eq!(dates("Saturday, January 25"), ["1-25 Some(Saturday)"]);
        assert_eq!(dates("CARROW, March 3 (NAP)"), ["3-3 None"]);
        assert_eq!(dates("Sept. 3rd, 2024"), ["2024-09-03"]);
    }

    #[test]
    fn a_date_that_can_be_read_two_ways_is_not_read() {
        assert!(dates("03/04/2025").is_empty());
        assert_eq!(dates("23/04/2025"), ["2025-04-23"]);
        assert!(dates("31 February 2025").is_empty());
        assert!(dates("they may 3 times").len() <= 1);
    }

    #[test]
    fn lines_that_only_date_the_page_are_told_apart() {
        for line in [
            "date 2025-12-16 403",
            "Nov. 20, 2019 6:02 AM EST",
            "PUBLISHED: 10:48, Tue, Nov 19, 2019",
            "| UPDATED: 11:05, Tue, Nov 19, 2019",
            "Updated at 1:23 p.m.",
            "2 hours ago",
            "Sunday",
            "17.48",
            "Thu 20 March, 19:52",
        ] {
            assert!(is_date_line(line), "{line}");
        }
        for line in [
            "The parties are due to meet again on March 18.",
            "1. a wage rise of 15 percent",
            "On Sunday he left",
            "May",
            "12 ships",
        ] {
            assert!(!is_date_line(line), "{line}");
        }
    }

    #[test]
    fn machines_state_times_in_several_forms() {
        for (words, expected) in [
            ("2019-11-18T21:04:00-05:00", "2019-11-18T21:04:00-05:00"),
            ("Mon, 18 Nov 2019 12:00:00 GMT", "2019-11-18T12:00:00"),
            ("20191118", "2019-11-18"),
            ("1574082000", "2019-11-18T13:00:00Z"),
            ("1574082000000", "2019-11-18T13:00:00Z"),
            ("November 18, 2019", "2019-11-18"),
        ] {
            assert_eq!(read_stated(words).map(|m| m.to_string()).as_deref(), Some(expected), "{words}");
        }
        assert!(read_stated("yesterday").is_none());
    }
}
