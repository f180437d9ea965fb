//! Calendar values of TIMEX3: a day, week, month, season, quarter, year, decade or century, with its written value and
//! the days it covers.

use jiff::civil::{Date, Weekday};
use jiff::{Span as Length, ToSpan};

/// A stretch of the calendar. Years before Christ are negative here (490 BC is -490) and there is no year 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cal {
    /// The century whose years begin with this number ("18th century": 17).
    Century(i16),
    /// The decade whose years begin with this number ("1950s": 195).
    Decade(i16),
    /// A year.
    Year(i16),
    /// First or second half of a year.
    Half(i16, i8),
    /// Quarter 1 to 4 of a year.
    Quarter(i16, i8),
    /// Season of a year.
    Season(i16, Season),
    /// Month of a year.
    Month(i16, i8),
    /// ISO week.
    Week(i16, i8),
    /// Saturday and Sunday of an ISO week.
    Weekend(i16, i8),
    /// A day.
    Day(i16, i8, i8),
}

/// Seasons of the northern half.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Season {
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Autumn,
    /// Which months of which year is not said by the word.
    Winter,
}

impl Season {
    /// From its TIMEX3 code.
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "SP" => Self::Spring,
            "SU" => Self::Summer,
            "FA" => Self::Autumn,
            "WI" => Self::Winter,
            _ => return None,
        })
    }

    fn code(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Autumn => "FA",
            Self::Winter => "WI",
        }
    }

    /// First month; the season has three.
    pub(crate) fn first_month(self) -> i8 {
        match self {
            Self::Spring => 3,
            Self::Summer => 6,
            Self::Autumn => 9,
            Self::Winter => 12,
        }
    }
}

/// Units of lengths and steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Saturday and Sunday.
    Weekend,
    /// Months.
    Month,
    /// Three months.
    Quarter,
    /// Years.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

impl Unit {
    /// The unit of a code in the lexicon, with how many of it the word stands for.
    pub(crate) fn from_code(code: &str) -> Option<(Self, f64)> {
        Some(match code {
            "S" => (Self::Second, 1.0),
            "MIN" => (Self::Minute, 1.0),
            "H" => (Self::Hour, 1.0),
            "D" => (Self::Day, 1.0),
            "W" => (Self::Week, 1.0),
            "F" => (Self::Week, 2.0),
            "M" => (Self::Month, 1.0),
            "Q" => (Self::Quarter, 1.0),
            "Y" => (Self::Year, 1.0),
            "DE" => (Self::Decade, 1.0),
            "CE" => (Self::Century, 1.0),
            _ => return None,
        })
    }

    /// A length of `count` units as TIMEX3 writes it ("P3D", "PT2H", "P2.5Y", "PXM").
    pub(crate) fn length(self, count: &str) -> String {
        match self {
            Self::Second => format!("PT{count}S"),
            Self::Minute => format!("PT{count}M"),
            Self::Hour => format!("PT{count}H"),
            Self::Day => format!("P{count}D"),
            Self::Week => format!("P{count}W"),
            Self::Weekend => format!("P{count}WE"),
            Self::Month => format!("P{count}M"),
            Self::Quarter => format!("P{count}Q"),
            Self::Year => format!("P{count}Y"),
            Self::Decade => format!("P{count}DE"),
            Self::Century => format!("P{count}CE"),
        }
    }

    /// Something that recurs once in the unit, as TIMEX3 writes it ("XXXX-XX-XX" for daily).
    pub(crate) fn recurring(self) -> &'static str {
        match self {
            Self::Second | Self::Minute | Self::Hour => "XXXX-XX-XXTXX",
            Self::Day => "XXXX-XX-XX",
            Self::Week => "XXXX-WXX",
            Self::Weekend => "XXXX-WXX-WE",
            Self::Month => "XXXX-XX",
            Self::Quarter => "XXXX-QX",
            Self::Year => "XXXX",
            Self::Decade => "XXX",
            Self::Century => "XX",
        }
    }
}

/// The proleptic year that calendars count with (490 BC is -489).
fn astronomical(year: i16) -> i16 {
    if year < 0 { year + 1 } else { year }
}

fn historical(year: i16) -> i16 {
    if year <= 0 { year - 1 } else { year }
}

fn year_value(year: i16) -> String {
    if year < 0 { format!("BC{:04}", -year) } else { format!("{year:04}") }
}

fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(astronomical(year), month, day).ok()
}

fn month_range(year: i16, month: i8, months: i32) -> Option<(Date, Date)> {
    let first = day(year, month, 1)?;
    Some((first, first.checked_add(months.months()).ok()?.yesterday().ok()?))
}

/// Monday of an ISO week.
fn monday(year: i16, week: i8) -> Option<Date> {
    let fourth = Date::new(year, 1, 4).ok()?;
    let back = i64::from(fourth.weekday().to_monday_zero_offset());
    fourth.checked_sub(Length::new().days(back)).ok()?.checked_add(Length::new().weeks(i64::from(week) - 1)).ok()
}

impl Cal {
    /// The calendar day.
    pub(crate) fn of_date(date: Date) -> Self {
        Self::Day(historical(date.year()), date.month(), date.day())
    }

    /// The stretch of this unit in which `date` lies.
    pub(crate) fn around(date: Date, unit: Unit) -> Self {
        let year = historical(date.year());
        let iso = date.iso_week_date();
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Self::of_date(date),
            Unit::Week => Self::Week(iso.year(), iso.week()),
            Unit::Weekend => Self::Weekend(iso.year(), iso.week()),
            Unit::Month => Self::Month(year, date.month()),
            Unit::Quarter => Self::Quarter(year, (date.month() - 1) / 3 + 1),
            Unit::Year => Self::Year(year),
            Unit::Decade => Self::Decade(year / 10),
            Unit::Century => Self::Century(year / 100),
        }
    }

    /// As TIMEX3 writes it.
    pub(crate) fn value(self) -> String {
        match self {
            Self::Century(c) if c < 0 => format!("BC{:02}", -c),
            Self::Decade(d) if d < 0 => format!("BC{:03}", -d),
            Self::Century(c) => format!("{c:02}"),
            Self::Decade(d) => format!("{d:03}"),
            Self::Year(y) => year_value(y),
            Self::Half(y, h) => format!("{}-H{h}", year_value(y)),
            Self::Quarter(y, q) => format!("{}-Q{q}", year_value(y)),
            Self::Season(y, s) => format!("{}-{}", year_value(y), s.code()),
            Self::Month(y, m) => format!("{}-{m:02}", year_value(y)),
            Self::Week(y, w) => format!("{}-W{w:02}", year_value(y)),
            Self::Weekend(y, w) => format!("{}-W{w:02}-WE", year_value(y)),
            Self::Day(y, m, d) => format!("{}-{m:02}-{d:02}", year_value(y)),
        }
    }

    /// First and last day, inclusive; none for winters, for the years before Christ and for days that do not exist.
    pub(crate) fn days(self) -> Option<(Date, Date)> {
        match self {
            Self::Century(c) if c > 0 => Some((day(c * 100, 1, 1)?, day(c * 100 + 99, 12, 31)?)),
            Self::Decade(d) if d > 0 => Some((day(d * 10, 1, 1)?, day(d * 10 + 9, 12, 31)?)),
            Self::Century(_) | Self::Decade(_) | Self::Season(_, Season::Winter) => None,
            _ if self.year().is_some_and(|y| y <= 0) => None,
            Self::Year(y) => month_range(y, 1, 12),
            Self::Half(y, h) => month_range(y, (h - 1) * 6 + 1, 6),
            Self::Quarter(y, q) => month_range(y, (q - 1) * 3 + 1, 3),
            Self::Season(y, s) => month_range(y, s.first_month(), 3),
            Self::Month(y, m) => month_range(y, m, 1),
            Self::Week(y, w) => {
                let first = monday(y, w)?;
                Some((first, first.checked_add(6.days()).ok()?))
            }
            Self::Weekend(y, w) => {
                let first = monday(y, w)?;
                Some((first.checked_add(5.days()).ok()?, first.checked_add(6.days()).ok()?))
            }
            Self::Day(y, m, d) => day(y, m, d).map(|d| (d, d)),
        }
    }

    /// The year it lies in, where it is not longer than one.
    pub(crate) fn year(self) -> Option<i16> {
        match self {
            Self::Century(_) | Self::Decade(_) => None,
            Self::Year(y)
            | Self::Half(y, _)
            | Self::Quarter(y, _)
            | Self::Season(y, _)
            | Self::Month(y, _)
            | Self::Week(y, _)
            | Self::Weekend(y, _)
            | Self::Day(y, _, _) => Some(y),
        }
    }

    /// The month it lies in, where it is not longer than one.
    pub(crate) fn month(self) -> Option<i8> {
        match self {
            Self::Month(_, m) | Self::Day(_, m, _) => Some(m),
            Self::Week(..) | Self::Weekend(..) => self.days().map(|d| d.0.month()),
            _ => None,
        }
    }

    /// The day, where it is one.
    pub(crate) fn date(self) -> Option<Date> {
        match self {
            Self::Day(y, m, d) => day(y, m, d),
            _ => None,
        }
    }

    /// The stretch of `unit` that lies `n` of them after (before, if negative) this one; none where this one is too
    /// coarse to tell.
    pub(crate) fn step(self, unit: Unit, n: i32) -> Option<Self> {
        let year = astronomical(self.year()?);
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour => None,
            Unit::Day => self.date()?.checked_add(n.days()).ok().map(Self::of_date),
            Unit::Week | Unit::Weekend => {
                let at = match self {
                    Self::Week(..) | Self::Weekend(..) => self.days()?.0,
                    _ => self.date()?,
                };
                Some(Self::around(at.checked_add(n.weeks()).ok()?, unit))
            }
            Unit::Month => {
                let first = Date::new(year, self.month()?, 1).ok()?.checked_add(n.months()).ok()?;
                Some(Self::Month(historical(first.year()), first.month()))
            }
            Unit::Quarter => {
                let month = match self {
                    Self::Quarter(_, q) => (q - 1) * 3 + 1,
                    _ => self.month()?,
                };
                let first = Date::new(year, month, 1).ok()?.checked_add((n * 3).months()).ok()?;
                Some(Self::around(first, Unit::Quarter))
            }
            Unit::Year => Some(Self::Year(historical(year.checked_add(i16::try_from(n).ok()?)?))),
            Unit::Decade => Some(Self::Decade((historical(year) / 10).checked_add(i16::try_from(n).ok()?)?)),
            Unit::Century => Some(Self::Century((historical(year) / 100).checked_add(i16::try_from(n).ok()?)?)),
        }
    }
}

/// The last such weekday on or before `from` (`back`), or the first on or after it.
pub(crate) fn weekday_near(from: Date, weekday: Weekday, back: bool) -> Option<Date> {
    let here = from.weekday().to_monday_zero_offset();
    let there = weekday.to_monday_zero_offset();
    let forth = i64::from((there - here).rem_euclid(7));
    let step = if back { -i64::from((here - there).rem_euclid(7)) } else { forth };
    from.checked_add(Length::new().days(step)).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn values_are_written_as_timeml_writes_them() {
        assert_eq!(Cal::Day(2026, 1, 28).value(), "2026-01-28");
        assert_eq!(Cal::Season(2025, Season::Spring).value(), "2025-SP");
        assert_eq!(Cal::Year(-490).value(), "BC0490");
        assert_eq!(Cal::around(date(2024, 12, 30), Unit::Week).value(), "2025-W01");
        assert_eq!(Unit::Hour.length("2"), "PT2H");
    }

    #[test]
    fn days_are_inclusive() {
        assert_eq!(Cal::Month(2024, 2).days(), Some((date(2024, 2, 1), date(2024, 2, 29))));
        assert_eq!(Cal::Weekend(2026, 4).days(), Some((date(2026, 1, 24), date(2026, 1, 25))));
        assert_eq!(Cal::Day(2025, 2, 30).days(), None);
        assert_eq!(Cal::Season(2025, Season::Winter).days(), None);
    }

    #[test]
    fn steps_need_a_fine_enough_start() {
        assert_eq!(Cal::Day(1950, 6, 25).step(Unit::Month, 3), Some(Cal::Month(1950, 9)));
        assert_eq!(Cal::Month(1950, 6).step(Unit::Day, 3), None);
        assert_eq!(Cal::Year(-492).step(Unit::Year, 1), Some(Cal::Year(-491)));
        assert_eq!(Cal::Year(-1).step(Unit::Year, 1), Some(Cal::Year(1)));
    }

    #[test]
    fn weekdays_count_the_day_itself() {
        let monday = date(2007, 3, 19);
        assert_eq!(weekday_near(monday, Weekday::Monday, true), Some(monday));
        assert_eq!(weekday_near(monday, Weekday::Sunday, true), Some(date(2007, 3, 18)));
        assert_eq!(weekday_near(monday, Weekday::Wednesday, false), Some(date(2007, 3, 21)));
    }
}
