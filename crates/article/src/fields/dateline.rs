//! Place, day and agency that open a wire report: `WASHINGTON, Jan 28 (Reuters) — `.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// A dateline as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written<'a> {
    pub(crate) place: &'a str,
    /// The words of the day, "" if none.
    pub(crate) day: &'a str,
    /// The agency in brackets, "" if none.
    pub(crate) agency: &'a str,
    /// Its bytes in the paragraph, dash included.
    pub(crate) range: Range<usize>,
}

static DATELINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let month = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Za-z]{0,6}\.?";
    Regex::new(&format!(
        r"(?x) ^ [\s(\[]{{0,2}}
        (?: (?P<before>\d\d?\s+{month}(?:\s+\d{{4}})?|{month}\s+\d\d?(?:,\s*\d{{4}})?) \s* [-–—,]\s* )?
        (?P<place> \p{{Lu}}[\p{{L}}.'’-]*?(?:[\s]\p{{Lu}}[\p{{L}}.'’-]*?|[\s](?:of|de|la|el|al|the|on|am)\b){{0,4}}?
            (?: (?:,\s|/|\sand\s|\sAND\s) \p{{Lu}}[\p{{L}}.'’-]+?(?:\s\p{{Lu}}[\p{{L}}.'’-]+?){{0,2}}? ){{0,2}}? (?:\s?[\[(][A-Z][A-Za-z\s]{{1,20}}[\])])?? )
        (?: ,?\s+ [(]? (?P<day> (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s)? (?: {month}\s?\d\d?(?:st|nd|rd|th)?(?:,?\s*\d{{4}})? | \d\d?\s{month}(?:,?\s*\d{{4}})? )) [.)]? )?
        (?: ,?\s* / (?P<slashed>[^/]{{2,40}}) / \.? \s* (?:[-–—]\s*)?
          | (?: ,?\s* [(\[] (?P<agency>[^)\]]{{2,60}}) [)\]] \.? )? (?: \s*(?P<dash>—|–|―|--)\s* | \s(?P<hyphen>-)\s+ | (?P<colon>:)\s+ ) )"
    ))
    .ok()
});

/// The dateline that opens this paragraph.
///
/// A place in capitals before a dash is one; a place in small letters only with a day or an agency, or where a new
/// sentence follows the dash (so that "Smith — who left — said" is none).
pub(crate) fn read(paragraph: &str) -> Option<Written<'_>> {
    let found = DATELINE.as_ref()?.captures(paragraph)?;
    let part = |name: &str| found.name(name).map_or("", |m| m.as_str().trim());
    let (place, range) = (part("place"), found.get(0)?.range());
    let day = if part("day").is_empty() { part("before") } else { part("day") };
    let mut agency = if part("slashed").is_empty() { part("agency") } else { part("slashed") };
    let capitals = !place.chars().any(char::is_lowercase) && place.chars().filter(|c| c.is_uppercase()).count() >= 3;
    let rest = paragraph.get(range.end..)?;
    let sentence =
        rest.trim_start_matches(['"', '“', '\'', '‘']).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    if agency.chars().next().is_some_and(|c| !c.is_uppercase())
        || crate::dates::find(agency).iter().any(|w| w.start == 0)
    {
        agency = "";
    }
    let credited = !day.is_empty() || !agency.is_empty();
    let whole = if !part("dash").is_empty() {
        capitals || credited || sentence
    } else if !part("slashed").is_empty() {
        capitals || !day.is_empty()
    } else {
        sentence && (credited || (capitals && !part("hyphen").is_empty()))
    };
    (whole && place.split_whitespace().count() <= 6 && rest.len() > 20).then_some(Written { place, day, agency, range })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(paragraph: &str, expected: Option<(&str, &str, &str)>) {
        let found = read(paragraph);
        assert_eq!(found.as_ref().map(|w| (w.place, w.day, w.agency)), expected, "{paragraph}");
    }

    #[test]
    fn agencies_open_their_reports_in_many_ways() {
        check("GENEVA, Jan 28 (Wire) — Envoys met for a third day of talks.", Some(("GENEVA", "Jan 28", "Wire")));
        check("GENEVA (AP) — Envoys met for a third day of talks.", Some(("GENEVA", "", "AP")));
        check("BEIJING, Jan. 28 (Xinhua) -- Envoys met for a third day.", Some(("BEIJING", "Jan. 28", "Xinhua")));
        check(
            "MOSCOW, January 28. /TASS/. Envoys met for a third day of talks.",
            Some(("MOSCOW", "January 28", "TASS")),
        );
        check(
            "New Delhi [India], January 28 (ANI): Envoys met for a third day.",
            Some(("New Delhi [India]", "January 28", "ANI")),
        );
        check("Geneva — Envoys met for a third day of talks on Monday.", Some(("Geneva", "", "")));
        check(
            "LONDON/PARIS, 28 January 2026 (Wire) - Envoys met on Monday.",
            Some(("LONDON/PARIS", "28 January 2026", "Wire")),
        );
    }

    #[test]
    fn a_sentence_that_opens_with_a_name_is_none() {
        check("Smith — who left the talks on Monday — said there was no deal.", None);
        check("The union (ADF) said it would not sign a contract this week.", None);
        check("Talks on the new contract - the third this year - resumed.", None);
        check("In Geneva, envoys met for a third day of talks on Monday.", None);
    }
}
