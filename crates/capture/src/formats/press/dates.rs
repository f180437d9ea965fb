//! The day in a line that holds a date and nothing else, as databases write it.

use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// What a date line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dated {
    /// A day.
    Day(Date),
    /// A month or a season of a year: a date line, but no day.
    Month,
}

impl Dated {
    /// The day as ISO 8601 has it, "" where there is none.
    pub(crate) fn iso(self) -> String {
        match self {
            Self::Day(date) => date.to_string(),
            Self::Month => String::new(),
        }
    }
}

/// The date of a line such as `March 4, 2025 Tuesday 10:15 AM GMT`, `Tuesday, March 4, 2025`, `4 March 2025` or
/// `March 2025`; `None` where the line is no date line.
pub(crate) fn of_line(line: &str) -> Option<Dated> {
    let words: Vec<&str> = line.split([' ', ',', '\u{a0}', '\t']).filter(|w| !w.is_empty()).take(13).collect();
    if words.len() > 12 || line.ends_with('.') {
        return None;
    }
    let words = if words.first().is_some_and(|w| is_weekday(w)) { &words[1..] } else { &words[..] };
    let (first, second) = (*words.first()?, *words.get(1)?);
    let day =
        |word: &str| word.trim_end_matches(char::is_alphabetic).parse::<i8>().ok().filter(|d| (1..=31).contains(d));
    if let Some(month) = month(first) {
        if let Some(year) = year(second) {
            return (year > 0 && words.len() == 2).then_some(Dated::Month);
        }
        return Date::new(year(words.get(2)?)?, month, day(second)?).ok().map(Dated::Day);
    }
    Date::new(year(words.get(2)?)?, month(second)?, day(first)?).ok().map(Dated::Day)
}

fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    if word.len() < 3 {
        return None;
    }
    let at = MONTHS.iter().position(|m| *m == word || (word.len() <= 4 && m.starts_with(&word)))?;
    i8::try_from(at + 1).ok()
}

fn year(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|y| (1800..2200).contains(y))
}

fn is_weekday(word: &str) -> bool {
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        .iter()
        .any(|d| d.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_databases() {
        for line in [
            "March 4, 2025 Tuesday",
            "March 4, 2025 Tuesday 10:15 AM GMT",
            "Tuesday, March 4, 2025",
            "4 March 2025",
            "Tuesday 4 March 2025",
            "Mar. 4, 2025",
        ] {
            assert_eq!(of_line(line).map(Dated::iso).as_deref(), Some("2025-03-04"), "{line}");
        }
        assert_eq!(of_line("March 2025"), Some(Dated::Month));
        for line in [
            "On March 4, 2025 the talks began.",
            "March on the capital",
            "31 February 2025",
            "March 4, 2025 talks.",
            "4",
        ] {
            assert_eq!(of_line(line), None, "{line}");
        }
    }
}
