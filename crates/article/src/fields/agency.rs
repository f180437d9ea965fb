//! Who is credited with a report: brackets after the dateline, at its start or its end, or a source line.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::dateline;

/// Agencies by each of their names in lower case.
static AGENCIES: LazyLock<BTreeMap<String, &'static str>> = LazyLock::new(|| {
    let mut names = BTreeMap::new();
    for row in crate::lexicon::rows(include_str!("../../lexicons/agencies.tsv")) {
        let fields: Vec<&str> = row.collect();
        let Some(&name) = fields.first() else { continue };
        for alias in &fields {
            names.insert(alias.to_lowercase(), name);
        }
    }
    names
});

/// The agency of this name, as it is usually written.
pub(crate) fn known(name: &str) -> Option<&'static str> {
    let lower = name.trim().trim_start_matches("the ").trim_start_matches("The ").to_lowercase();
    AGENCIES.get(&lower).copied()
}

fn named(words: &str) -> Option<String> {
    let words = words.trim();
    if let Some(name) = known(words) {
        return Some(name.to_string());
    }
    words.split(['/', ',', '-']).find_map(known).map(str::to_string)
}

/// An unknown name in the place of an agency: one to three capitalised words without lower-case connectives.
fn looks_like_one(words: &str) -> bool {
    let count = words.split_whitespace().count();
    (1..=4).contains(&count)
        && words.len() <= 30
        && words.split_whitespace().all(|w| w.starts_with(char::is_uppercase))
        && !words.contains("photo")
}

fn acronym(words: &str) -> bool {
    (2..=7).contains(&words.len()) && words.chars().all(|c| c.is_ascii_uppercase())
}

/// The agency credited, "" if none. `paragraphs` are the body's; `furniture` the lines taken out around it.
///
/// A picture's credit and an agency quoted inside the text ("told AFP") are none.
pub(crate) fn read(paragraphs: &[&str], furniture: &[&str], authors: &[String], outlet: &str) -> String {
    from_opening(paragraphs)
        .or_else(|| from_end(paragraphs))
        .or_else(|| furniture.iter().find_map(|line| from_source_line(line)))
        .or_else(|| authors.iter().find_map(|a| known(a).map(str::to_string)))
        .or_else(|| known(outlet).map(str::to_string))
        .unwrap_or_default()
}

fn from_opening(paragraphs: &[&str]) -> Option<String> {
    // A standfirst may stand before the paragraph with the dateline.
    for paragraph in paragraphs.iter().take(3) {
        if let Some(written) = dateline::read(paragraph)
            && !written.agency.is_empty()
        {
            return named(written.agency)
                .or_else(|| looks_like_one(written.agency).then(|| written.agency.to_string()));
        }
        static BRACKET: LazyLock<Option<Regex>> =
            LazyLock::new(|| Regex::new(r"^[(\[]([\p{Lu}][^)\]]{1,30})[)\]]\s*[-–—:.]?\s*\p{Lu}").ok());
        if let Some(found) = BRACKET.as_ref().and_then(|b| b.captures(paragraph)) {
            let words = found.get(1).map_or("", |m| m.as_str());
            return named(words).or_else(|| looks_like_one(words).then(|| words.to_string()));
        }
        static DASH: LazyLock<Option<Regex>> =
            LazyLock::new(|| Regex::new(r"^(\p{Lu}[\p{L}. ]{1,24}?)\s*(?:[-–—]{1,2}|:)\s+\p{Lu}").ok());
        if let Some(found) = DASH.as_ref().and_then(|d| d.captures(paragraph))
            && let Some(name) = known(found.get(1).map_or("", |m| m.as_str()))
        {
            return Some(name.to_string());
        }
    }
    None
}

/// `... on Monday. (AFP)`, `— AFP`, `(BPA/Metro)` at the very end.
fn from_end(paragraphs: &[&str]) -> Option<String> {
    let last = paragraphs.last()?.trim_end();
    if let Some(inside) = last.strip_suffix([')', ']']).and_then(|l| l.rfind(['(', '[']).and_then(|at| l.get(at + 1..)))
    {
        let before = last.get(..last.len() - inside.len() - 2).unwrap_or("").trim_end();
        if before.is_empty() || super::super::furniture::ends_sentence(before) {
            let first = inside.split('/').next().unwrap_or("").trim();
            return named(inside).or_else(|| acronym(first).then(|| first.to_string()));
        }
    }
    let tail = last.rsplit(['—', '–', '-']).next().unwrap_or("").trim();
    (tail.len() < last.len()).then(|| known(tail).map(str::to_string)).flatten()
}

fn from_source_line(line: &str) -> Option<String> {
    let lower = line.to_lowercase();
    let rest = ["source:", "source -", "sources:", "agency:", "with inputs from", "with agency inputs from"]
        .iter()
        .find_map(|s| lower.find(s).filter(|&at| at < 3).map(|at| at + s.len()));
    let words = match rest {
        Some(at) => line.get(at..)?.trim(),
        None => line.trim().trim_matches(['(', ')', '—', '-', '–']).trim(),
    };
    let words = words.split(['.', '|', ',', '·']).next().unwrap_or("").trim();
    match rest {
        Some(_) => named(words).or_else(|| acronym(words).then(|| words.to_string())),
        // A line that is an agency's name and nothing else, but no picture's credit.
        None => known(words).filter(|_| line.split_whitespace().count() <= 3).map(str::to_string),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_are_read_where_agencies_put_them() {
        let none: &[&str] = &[];
        assert_eq!(read(&["GENEVA, Jan 28 (Reuters) — Envoys met for a third day."], none, &[], ""), "Reuters");
        assert_eq!(read(&["(MENAFN) Envoys met for a third day of talks."], none, &[], ""), "MENAFN");
        assert_eq!(read(&["Envoys met.", "They meet again on Monday. (AFP)"], none, &[], ""), "AFP");
        assert_eq!(read(&["Envoys met for a third day."], &["Source: XNA. Staff did not write this."], &[], ""), "XNA");
        assert_eq!(read(&["Envoys met."], none, &["Agence France-Presse".to_string()], ""), "AFP");
    }

    #[test]
    fn a_quoted_agency_is_not_credited() {
        let text = ["A delegate told AFP that the talks were hard.", "It was the third round (ADF)"];
        assert_eq!(read(&text, &["Photo by Ann Lee/Getty Images", "SOURCE: News agencies"], &[], "The Daily"), "");
    }
}
