//! Points in time as the press gives them: a day, or a day and an hour.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day, or a day with a time of day and, where it was stated, an offset from UTC.
///
/// Written as ISO 8601: `2026-01-28`, `2026-01-28T09:30:00`, `2026-01-28T09:30:00+02:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment {
    /// The day, in the source's own time zone.
    pub date: Date,
    /// The time of day, where it was given.
    pub time: Option<Time>,
    /// Offset from UTC, where it was given.
    pub offset: Option<Offset>,
}

impl Moment {
    /// A whole day.
    pub fn day(date: Date) -> Self {
        Self { date, time: None, offset: None }
    }

    /// The instant used to order moments: days come before the hours in them; a stated offset is taken into account.
    fn key(&self) -> (jiff::civil::DateTime, bool) {
        let civil = self.date.to_datetime(self.time.unwrap_or(Time::midnight()));
        let utc = match self.offset {
            Some(offset) => offset.to_timestamp(civil).map(|t| Offset::UTC.to_datetime(t)).unwrap_or(civil),
            None => civil,
        };
        (utc, self.time.is_some())
    }
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key()).then_with(|| self.to_string().cmp(&other.to_string()))
    }
}

impl From<Date> for Moment {
    fn from(date: Date) -> Self {
        Self::day(date)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date)?;
        if let Some(time) = self.time {
            write!(f, "T{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())?;
            if let Some(offset) = self.offset {
                let s = offset.seconds();
                if s == 0 {
                    f.write_str("Z")?;
                } else {
                    let sign = if s < 0 { '-' } else { '+' };
                    write!(f, "{sign}{:02}:{:02}", s.abs() / 3600, s.abs() % 3600 / 60)?;
                }
            }
        }
        Ok(())
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The words are no ISO 8601 date or date-time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseMomentError(String);

impl fmt::Display for ParseMomentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no date: expected ISO 8601 such as `2026-01-28` or `2026-01-28T09:30:00Z`", self.0)
    }
}

impl std::error::Error for ParseMomentError {}

impl FromStr for Moment {
    type Err = ParseMomentError;

    /// Reads ISO 8601 dates and date-times, with `T` or a space between, seconds and offset optional.
    fn from_str(written: &str) -> Result<Self, Self::Err> {
        let words = written.trim();
        let fail = || ParseMomentError(written.to_string());
        // years before 1 are written with a sign and six digits
        let length = if words.starts_with('-') { 13 } else { 10 };
        let (day, rest) = words.split_at_checked(length).ok_or_else(fail)?;
        let date: Date = day.parse().map_err(|_| fail())?;
        if rest.is_empty() {
            return Ok(Self::day(date));
        }
        let rest = rest.strip_prefix(['T', 't', ' ']).ok_or_else(fail)?.trim();
        let zone = rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len());
        let (clock, zone) = rest.split_at(zone);
        let mut parts = clock.trim().split(':');
        let mut number = |default: Option<i8>| match parts.next() {
            Some(p) => p.split('.').next().unwrap_or("").trim().parse::<i8>().map_err(|_| fail()),
            None => default.ok_or_else(fail),
        };
        let (hour, minute, second) = (number(None)?, number(None)?, number(Some(0))?);
        let time = Time::new(hour, minute, second.min(59), 0).map_err(|_| fail())?;
        let offset = match zone {
            "" => None,
            "Z" | "z" => Some(Offset::UTC),
            _ => {
                let digits: String = zone[1..].chars().filter(char::is_ascii_digit).collect();
                let padded = format!("{digits:0<4}");
                let hours: i32 = padded.get(..2).and_then(|h| h.parse().ok()).ok_or_else(fail)?;
                let minutes: i32 = padded.get(2..4).and_then(|m| m.parse().ok()).ok_or_else(fail)?;
                let sign = if zone.starts_with('-') { -1 } else { 1 };
                Some(Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).map_err(|_| fail())?)
            }
        };
        Ok(Self { date, time: Some(time), offset })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_forms_round_trip() {
        let forms = ["2026-01-28", "2026-01-28T09:30:00", "2026-01-28T09:30:00Z", "2026-01-28T09:30:00+02:00"];
        for written in forms.into_iter().chain(["-000044-03-15", "-000044-03-15T10:00:00Z"]) {
            assert_eq!(written.parse::<Moment>().unwrap().to_string(), written);
        }
        assert_eq!("2025-11-30 23:24:00".parse::<Moment>().unwrap().to_string(), "2025-11-30T23:24:00");
        assert_eq!("2025-11-30T23:24:11.337-0500".parse::<Moment>().unwrap().to_string(), "2025-11-30T23:24:11-05:00");
    }

    #[test]
    fn what_is_no_date_is_named() {
        let error = "yesterday".parse::<Moment>().unwrap_err();
        assert!(error.to_string().starts_with("`yesterday` is no date"));
        assert!("2026-13-01".parse::<Moment>().is_err());
        assert!("2026-01-28Tnoon".parse::<Moment>().is_err());
        assert!("日本語日本語日本語".parse::<Moment>().is_err());
    }

    #[test]
    fn offsets_order_moments() {
        let early: Moment = "2026-01-28T09:30:00+02:00".parse().unwrap();
        let late: Moment = "2026-01-28T09:30:00Z".parse().unwrap();
        assert!(early < late);
    }
}
