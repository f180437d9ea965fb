//! When was it published? The steps of a ladder, the most trusted first; the first that holds is taken.

use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use rapporteur_text::Moment;
use regex::Regex;

use super::{Written, find, read_stated};
use crate::PublishedBasis;

/// All that may tell the day of publication.
#[derive(Debug, Default)]
pub(crate) struct Evidence<'a> {
    /// What the container of the capture says.
    pub(crate) input: &'a str,
    /// What the page's JSON-LD, meta and time elements say, in that order.
    pub(crate) metadata: &'a [String],
    /// Addresses of the page.
    pub(crate) addresses: Vec<&'a str>,
    /// The words of the dateline, up to its dash.
    pub(crate) dateline: &'a str,
    /// Lines of furniture that may date the article: above it, then below it.
    pub(crate) lines: Vec<&'a str>,
    /// The first paragraphs: their weekdays can settle the year of the dateline.
    pub(crate) opening: &'a [&'a str],
    /// Years in which the page says it was made (`© 2025`).
    pub(crate) years: Vec<i16>,
    /// The time of capture: nothing is published after it.
    pub(crate) captured: Option<Moment>,
}

/// The day found and the step that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) moment: Moment,
    pub(crate) basis: PublishedBasis,
}

/// The day of publication, by the first step of the ladder that holds.
///
/// Container; metadata; address; dateline with a year; a dated line of the page; a day without a year, settled by the
/// weekday in the same breath or else by the year the page states for itself. Days after the capture are not believed,
/// nor a time of change.
pub(crate) fn climb(evidence: &Evidence) -> Option<Found> {
    let found =
        |moment: Option<Moment>, basis| moment.filter(|m| evidence.believes(m)).map(|moment| Found { moment, basis });
    found(read_stated(evidence.input), PublishedBasis::Input)
        .or_else(|| evidence.metadata.iter().find_map(|w| found(read_stated(w), PublishedBasis::Metadata)))
        .or_else(|| evidence.addresses.iter().find_map(|a| found(in_address(a), PublishedBasis::Url)))
        .or_else(|| find(evidence.dateline).iter().find_map(|w| found(w.moment(), PublishedBasis::Dateline)))
        .or_else(|| evidence.dated_lines().find_map(|w| found(w.moment(), PublishedBasis::Text)))
        .or_else(|| evidence.without_year())
}

impl Evidence<'_> {
    /// Not after the capture (a day's grace for time zones), and not before there were news pages to capture.
    fn believes(&self, moment: &Moment) -> bool {
        let last = self.captured.and_then(|c| c.date.tomorrow().ok());
        moment.date.year() >= 1900 && last.is_none_or(|last| moment.date <= last)
    }

    /// Dates in the lines of furniture; lines that speak of a change are left out.
    fn dated_lines(&self) -> impl Iterator<Item = Written> + '_ {
        self.lines.iter().filter(|l| !speaks_of_change(l)).flat_map(|l| find(l))
    }

    fn without_year(&self) -> Option<Found> {
        let dateline =
            find(self.dateline).into_iter().next().map(|w| (w, w.weekday.or_else(|| self.weekday_of_opening())));
        let lines = self.dated_lines().filter(|w| w.year.is_none()).map(|w| (w, w.weekday));
        let candidates: Vec<(Written, Option<Weekday>)> = dateline.into_iter().chain(lines).collect();
        let by_weekday = self
            .day_before()
            .or_else(|| candidates.iter().find_map(|(w, day)| newest(w, (*day)?, self.captured?.date)));
        let by_weekday = by_weekday.or_else(|| candidates.iter().find_map(|(w, _)| self.by_other_days(w)));
        if let Some(date) = by_weekday {
            return Some(Found { moment: Moment::day(date), basis: PublishedBasis::Weekday });
        }
        // `© 2025` beside `Jan. 10`: the page's own year, where it states just one.
        let [year] = self.years.as_slice() else { return None };
        let (written, _) = candidates.first()?;
        let date = Date::new(*year, written.month, written.day).ok()?;
        let basis = if self.dateline.is_empty() { PublishedBasis::Text } else { PublishedBasis::Dateline };
        Some(Found { moment: Moment::day(date), basis }).filter(|f| self.believes(&f.moment))
    }

    /// The dateline's day in the one year the page states for itself, where the opening tells of the day before: a wire
    /// dated `April 15` writes `on Tuesday` of the 14th as well as of the 15th.
    fn day_before(&self) -> Option<Date> {
        let written = find(self.dateline).into_iter().next().filter(|w| w.weekday.is_none() && w.year.is_none())?;
        let [year] = self.years.as_slice() else { return None };
        let date = Date::new(*year, written.month, written.day).ok()?;
        let told = self.weekday_of_opening()?;
        let fits = date.weekday() == told || date.yesterday().is_ok_and(|d| d.weekday() == told);
        (fits && self.believes(&Moment::day(date))).then_some(date)
    }

    /// The weekday of the report: the one that the opening names most often as `on Wednesday`, as wires do for the day of
    /// their dateline. `next Tuesday` and `by Friday` are other days.
    fn weekday_of_opening(&self) -> Option<Weekday> {
        let mut counts: Vec<(Weekday, usize)> = Vec::new();
        for paragraph in self.opening {
            let words: Vec<&str> = paragraph.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
            for pair in words.windows(2).filter(|p| p[0].eq_ignore_ascii_case("on") && p[1].ends_with("day")) {
                let Some(day) = super::written::weekday_of(pair[1]) else { continue };
                match counts.iter_mut().find(|(d, _)| *d == day) {
                    Some(found) => found.1 += 1,
                    None => counts.push((day, 1)),
                }
            }
        }
        let most = counts.iter().map(|(_, n)| *n).max()?;
        counts.into_iter().find(|(_, n)| *n == most).map(|(day, _)| day)
    }

    /// The year in which another day of the text falls on the weekday written with it (`Friday the 21st`,
    /// `Tuesday, March 18`), for a day at most a month from this one; where the text's opening speaks of `Wednesday
    /// night`, the year in which this day is the morning after.
    fn by_other_days(&self, written: &Written) -> Option<Date> {
        let captured = self.captured?.date;
        let fits = |date: Date, day: Weekday, of: i8, month: i8| {
            Date::new(date.year(), month, of).is_ok_and(|d| d.weekday() == day)
        };
        for paragraph in self.opening {
            let near = |month: i8| (month - written.month).abs() <= 1;
            let dated = find(paragraph)
                .into_iter()
                .filter(|w| w.year.is_none() && near(w.month))
                .find_map(|w| Some((w.weekday?, w.day, w.month)));
            let spoken =
                dated.or_else(|| weekday_and_number(paragraph).map(|(day, number)| (day, number, written.month)));
            if let Some((day, of, month)) = spoken {
                return days(written, captured).find(|d| fits(*d, day, of, month));
            }
        }
        let first = self.opening.iter().find(|p| p.len() > 60)?;
        let night = NIGHT.as_ref()?.captures(first)?.get(1).and_then(|m| super::written::weekday_of(m.as_str()))?;
        days(written, captured).find(|d| d.yesterday().is_ok_and(|before| before.weekday() == night))
    }
}

static NIGHT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\bon ((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day) (?:night|evening)").ok());

/// `Friday the 21st`, `Tuesday 18th`.
fn weekday_and_number(words: &str) -> Option<(Weekday, i8)> {
    static SPOKEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"\b((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day),? (?:the )?(\d\d?)(?:st|nd|rd|th)\b").ok()
    });
    let found = SPOKEN.as_ref()?.captures(words)?;
    Some((super::written::weekday_of(found.get(1)?.as_str())?, found.get(2)?.as_str().parse().ok()?))
}

/// This day in every year from the capture's back, none after the capture.
fn days(written: &Written, captured: Date) -> impl Iterator<Item = Date> {
    let (month, day) = (written.month, written.day);
    // Days and weekdays fall together again within 6 to 12 years, and for 29 February within 40.
    (0..=40).filter_map(move |back| Date::new(captured.year() - back, month, day).ok()).filter(move |d| *d <= captured)
}

/// The newest year, not after the capture, in which this day is that weekday.
fn newest(written: &Written, weekday: Weekday, captured: Date) -> Option<Date> {
    days(written, captured).find(|d| d.weekday() == weekday)
}

fn speaks_of_change(line: &str) -> bool {
    let lower = line.to_lowercase();
    let changed =
        ["updated", "modified", "update:", "changed", "retrieved", "accessed", "last update", "expires", "copyright"];
    changed.iter().any(|w| lower.contains(w)) && !["published", "posted"].iter().any(|w| lower.contains(w))
}

/// A date in an address: `/2025/03/04/`, `/2025-03-04-`, `/20250304`, `/2019/nov/19/`.
fn in_address(address: &str) -> Option<Moment> {
    let path = address.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split('/').collect();
    let number = |words: &str, len: usize| words.parse::<i16>().ok().filter(|_| words.len() <= len);
    for window in parts.windows(3) {
        let [year, month, day] = window else { continue };
        let month = number(month, 2).or_else(|| find(&format!("1 {month} 2000")).first().map(|w| i16::from(w.month)));
        if let (Some(year @ 1990..=2200), Some(month), Some(day)) = (number(year, 4), month, number(day, 2)) {
            return Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().map(Moment::day);
        }
    }
    parts.iter().find_map(|part| {
        let digits: String = part.chars().take_while(|c| c.is_ascii_digit() || *c == '-').collect();
        let compact: String = digits.chars().filter(char::is_ascii_digit).take(8).collect();
        let dashed =
            digits.len() >= 10 && digits.as_bytes().get(4) == Some(&b'-') && digits.as_bytes().get(7) == Some(&b'-');
        let bare = part.len() == 8 && digits.len() == 8;
        (dashed || bare).then(|| find(&compact).first().and_then(Written::moment))?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(evidence: Evidence, expected: Option<(&str, PublishedBasis)>) {
        let found = climb(&evidence).map(|f| (f.moment.to_string(), f.basis));
        assert_eq!(found, expected.map(|(d, b)| (d.to_string(), b)), "{evidence:?}");
    }

    fn captured() -> Option<Moment> {
        "2026-11-21".parse().ok()
    }

    #[test]
    fn higher_steps_win() {
        let metadata = ["2025-03-04T06:12:00Z".to_string()];
        let lines = vec!["3 March 2025"];
        let base =
            || Evidence { metadata: &metadata, lines: lines.clone(), captured: captured(), ..Evidence::default() };
        check(base(), Some(("2025-03-04T06:12:00Z", PublishedBasis::Metadata)));
        check(Evidence { input: "2025-03-05", ..base() }, Some(("2025-03-05", PublishedBasis::Input)));
        check(Evidence { metadata: &[], ..base() }, Some(("2025-03-03", PublishedBasis::Text)));
    }

    #[test]
    fn addresses_date_a_page() {
        for address in [
            "https://x.org/2025/03/04/talks",
            "https://x.org/2025/mar/4/talks",
            "https://x.org/a/2025-03-04-talks",
            "https://x.org/20250304/talks",
        ] {
            check(
                Evidence { addresses: vec![address], captured: captured(), ..Evidence::default() },
                Some(("2025-03-04", PublishedBasis::Url)),
            );
        }
        check(Evidence { addresses: vec!["https://x.org/story/2025/talks-1234567"], ..Evidence::default() }, None);
    }

    #[test]
    fn a_day_and_weekday_take_the_newest_year_that_fits() {
        let opening = ["The envoys met on Wednesday in the capital."];
        let base = |dateline| Evidence { dateline, opening: &opening, captured: captured(), ..Evidence::default() };
        check(base("GENEVA, Jan 28 (Wire)"), Some(("2026-01-28", PublishedBasis::Weekday)));
        check(base("GENEVA, Jan 29 (Wire)"), Some(("2025-01-29", PublishedBasis::Weekday)));
        check(Evidence { captured: None, ..base("GENEVA, Jan 28 (Wire)") }, None);
        let opening =
            ["Envoys meet next Tuesday, one said on Friday, and talks ended on Friday after a start on Monday."];
        check(
            Evidence { opening: &opening, ..base("GENEVA, Jan 10 (Wire)") },
            Some(("2025-01-10", PublishedBasis::Weekday)),
        );
        check(
            Evidence { lines: vec!["Saturday, January 25"], captured: captured(), ..Evidence::default() },
            Some(("2025-01-25", PublishedBasis::Weekday)),
        );
    }

    #[test]
    fn the_year_of_the_page_stands_where_the_opening_tells_of_the_day_before() {
        let opening = ["The exchange took place on Tuesday in the library."];
        let base = |dateline, years| Evidence {
            dateline,
            years,
            opening: &opening,
            captured: captured(),
            ..Evidence::default()
        };
        // the 15th was a Wednesday in 2026 and a Tuesday in 2025
        check(base("GENEVA, April 15 (Wire)", vec![2026]), Some(("2026-04-15", PublishedBasis::Weekday)));
        check(base("GENEVA, April 15 (Wire)", vec![2025]), Some(("2025-04-15", PublishedBasis::Weekday)));
        check(base("GENEVA, April 15 (Wire)", vec![]), Some(("2025-04-15", PublishedBasis::Weekday)));
        // a page's year in which neither day fits is that of its frame, not of its text
        check(base("GENEVA, April 17 (Wire)", vec![2026]), Some(("2018-04-17", PublishedBasis::Weekday)));
    }

    #[test]
    fn another_day_of_the_text_can_settle_the_year() {
        let base = |opening| Evidence {
            lines: vec!["posted on 19 March"],
            opening,
            captured: captured(),
            ..Evidence::default()
        };
        check(base(&["The new date is Friday the 21st, they say."]), Some(("2025-03-19", PublishedBasis::Weekday)));
        check(base(&["They meet on Tuesday, March 25, in Geneva."]), Some(("2025-03-19", PublishedBasis::Weekday)));
        check(base(&["They met in Geneva and will meet again some time soon."]), None);
        let night = ["The result, when it was read out on Tuesday night in the hall, surprised nobody there."];
        check(base(&night), Some(("2025-03-19", PublishedBasis::Weekday)));
    }

    #[test]
    fn a_day_without_anything_to_settle_its_year_is_left_out() {
        let base = || Evidence { dateline: "GENEVA, Jan 28 (Wire)", captured: captured(), ..Evidence::default() };
        check(base(), None);
        check(Evidence { years: vec![2025], ..base() }, Some(("2025-01-28", PublishedBasis::Dateline)));
        check(Evidence { years: vec![2024, 2025], ..base() }, None);
    }

    #[test]
    fn times_of_change_and_days_to_come_are_not_believed() {
        check(
            Evidence {
                lines: vec!["Page last updated 19 May 2025", "Last modified: 2 February 2025"],
                ..Evidence::default()
            },
            None,
        );
        check(Evidence { input: "2031-01-01", captured: captured(), ..Evidence::default() }, None);
    }
}
