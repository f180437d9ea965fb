//! Names of authors out of bylines, without job titles, places and times.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::furniture::{self, plain};

/// Words that name a job or a desk and no person.
static JOBS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| crate::lexicon::words(include_str!("../../lexicons/job-words.tsv")).collect());

/// Names written in one byline, such as `By Ann Lee in Geneva and Bo Chu, diplomatic editor`.
pub(crate) fn names(byline: &str) -> Vec<String> {
    let line = byline.split_whitespace().collect::<Vec<_>>().join(" ");
    if plain(&line).starts_with("from our") && !line.contains(',') {
        return Vec::new(); // `From our correspondents in Oslo and Paris`
    }
    let line = cut_dates(&without_lead(&line));
    let mut found: Vec<String> = Vec::new();
    for part in split(&line) {
        if let Some(name) = name(part).or_else(|| team(part, byline))
            && !found.contains(&name)
        {
            found.push(name);
        }
    }
    found
}

/// The line after `By`, `Reporting by`, `Posted by` and their like, wherever they stand near its start.
fn without_lead(line: &str) -> String {
    static LEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^.{0,30}?\b(?:(?:additional |rolling )?(?:reporting|written|words|story|text|posted|published|article|report|coverage|analysis|opinion|comment)\s+(?:by|from)|by|author|authors)\b\s*:?\s+|^with\s+|^.{0,30}?\bfrom our [a-z ]{3,40}, ").ok()
    });
    let cut = LEAD.as_ref().and_then(|l| l.find(line)).map_or(0, |m| m.end());
    line.get(cut..).unwrap_or(line).trim_start_matches(|c: char| !c.is_alphanumeric()).to_string()
}

/// Up to the first date, separator or note of the page.
fn cut_dates(line: &str) -> String {
    let mut end = line.len();
    if let Some(date) = crate::dates::find(line).first() {
        end = end.min(date.start);
    }
    let stops = [
        " | ",
        " · ",
        " • ",
        " — ",
        " – ",
        " - ",
        "; ",
        " on ",
        " at ",
        " @",
        " Published",
        " Updated",
        " Posted",
        " updated",
        " published",
        ". ",
    ];
    for stop in stops {
        if let Some(at) = line.find(stop) {
            end = end.min(at);
        }
    }
    line.get(..end).unwrap_or(line).trim().trim_end_matches(['.', ',', ';', ':', ')']).to_string()
}

fn split(line: &str) -> Vec<&str> {
    static AND: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"\s*(?:,|&|\band\b|\bAND\b|\bwith\b|\bund\b|/)\s*").ok());
    AND.as_ref().map_or_else(|| vec![line], |a| a.split(line).collect())
}

/// A person's name in this part: `in PLACE`, brackets and job words off; one to five capitalised words.
fn name(part: &str) -> Option<String> {
    let part = part.split(" in ").next()?.split(" for ").next()?.split(" of ").next()?;
    let part = part.split(['(', '[', '<']).next()?.trim().trim_matches(['.', ',', '"', '“', '”']);
    let mut words: Vec<&str> = part.split_whitespace().collect();
    while words.first().is_some_and(|w| is_job(w) || matches!(*w, "Dr." | "Dr" | "Prof." | "Mr." | "Ms." | "Mrs.")) {
        words.remove(0);
    }
    if let Some(job) = words.iter().skip(1).position(|w| is_job(w)) {
        words.truncate(job + 1);
        // One word before a job is the desk's name, not a person's: `Harbour Radio`.
        if words.len() < 2 {
            return None;
        }
    }
    let particle = |w: &str| {
        matches!(
            w.to_lowercase().as_str(),
            "de" | "da"
                | "di"
                | "del"
                | "der"
                | "den"
                | "van"
                | "von"
                | "bin"
                | "ibn"
                | "al"
                | "el"
                | "la"
                | "le"
                | "du"
                | "dos"
                | "ter"
                | "y"
                | "e"
                | "af"
                | "zu"
        )
    };
    let shouted = words.len() >= 2 && words.iter().all(|w| !w.chars().any(char::is_lowercase));
    let good =
        |w: &str| w.starts_with(char::is_uppercase) && w.chars().all(|c| c.is_alphabetic() || "'’.-ʼ".contains(c));
    let fits = (1..=5).contains(&words.len())
        && words.iter().all(|w| good(w) || particle(w))
        && words.first().is_some_and(|w| good(w) || particle(w));
    // Letters alone are an agency's or a paper's.
    let letters = words.len() == 1 && words.iter().all(|w| w.len() <= 6 && !w.chars().any(char::is_lowercase));
    if letters || !fits || words.iter().map(|w| w.len()).sum::<usize>() < 3 || words.iter().all(|w| particle(w)) {
        return None;
    }
    Some(words.iter().map(|w| if shouted { uncapitalised(w) } else { (*w).to_string() }).collect::<Vec<_>>().join(" "))
}

/// `ANN` as `Ann`; initials stay.
fn uncapitalised(word: &str) -> String {
    if word.chars().count() < 2 || word.contains('.') {
        return word.to_string();
    }
    let mut chars = word.chars();
    chars.next().map(|first| first.to_string() + &chars.as_str().to_lowercase()).unwrap_or_default()
}

/// A byline that names no person but a desk: `Daily staff and agencies`, `the workplace team`.
fn team(part: &str, byline: &str) -> Option<String> {
    if plain(byline).contains(" and agencies") {
        let words = without_lead(byline);
        return (words.split_whitespace().count() <= 6).then_some(words);
    }
    let words = part.trim();
    let lower = plain(words);
    let desk =
        ["team", "staff", "desk", "reporters", "correspondents"].iter().any(|t| lower.split(' ').any(|w| w == *t));
    let said_by = plain(byline).contains("by ") || words.starts_with(char::is_uppercase);
    let count = words.split_whitespace().count();
    (desk && said_by && (2..=5).contains(&count) && !lower.contains("http")).then(|| words.to_string())
}

fn is_job(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    JOBS.contains(word.as_str())
}

/// Names in `Reporting by A, B and C; Editing by D`: those who reported, not those who edited.
pub(crate) fn reported_by(line: &str) -> Vec<String> {
    let line = line.trim().trim_start_matches('(').trim_end_matches([')', '.']);
    let mut found = Vec::new();
    for part in line.split(';') {
        let lower = plain(part);
        if lower.starts_with("reporting by")
            || lower.starts_with("additional reporting")
            || lower.starts_with("reporting and writing by")
            || lower.starts_with("writing by")
        {
            names(part).into_iter().for_each(|n| {
                if !found.contains(&n) {
                    found.push(n)
                }
            });
        }
    }
    found
}

/// Whether a short line of the page tells who wrote it, behind a date or a separator: `13.03.2025 / by Ann Lee`.
pub(crate) fn holds_byline(line: &str) -> bool {
    let lower = plain(line);
    let after = ["/ by ", "| by ", "· by ", "- by ", "— by ", "– by ", "from our "].iter().any(|b| lower.contains(b));
    line.len() < 120 && (furniture::is_byline(line) || (after && !furniture::ends_sentence(line)))
}

/// The agency that a byline names beside its staff: `Standard staff with NAP`.
pub(crate) fn agency_in(byline: &str) -> Option<String> {
    let letters = |w: &&str| (2..=6).contains(&w.len()) && w.chars().all(|c| c.is_ascii_uppercase());
    let mixed = byline.chars().any(char::is_lowercase);
    let at = [" with ", " and ", " / ", "/"].iter().find_map(|s| byline.rfind(s).map(|p| p + s.len()))?;
    byline.get(at..).map(str::trim).filter(letters).filter(|_| mixed && byline.len() < 80).map(str::to_string)
}

/// Whether a line is one or more persons' names and perhaps their desk, as bylines without `By` are.
pub(crate) fn is_bare_name(line: &str) -> bool {
    let line = line.trim();
    if line.len() > 80 || furniture::ends_sentence(line) || line.contains([':', '|', '?', '"', '“', '/']) {
        return false;
    }
    if ["staff", "team", "agencies", "share", "follow", "image of", "photo"].iter().any(|w| plain(line).contains(w)) {
        return false;
    }
    let people = names(line);
    let head = line.split([',']).next().unwrap_or("");
    let full = |n: &String| (2..=4).contains(&n.split_whitespace().count());
    let words = head
        .split(" and ")
        .flat_map(|p| p.split(" in ").next())
        .map(|p| p.split_whitespace().count())
        .max()
        .unwrap_or(9);
    !people.is_empty() && people.iter().all(full) && words <= 4 && !line.chars().all(|c| !c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(byline: &str, expected: &[&str]) {
        assert_eq!(names(byline), expected, "{byline}");
    }

    #[test]
    fn names_come_without_jobs_places_and_times() {
        check("By Ann Lee", &["Ann Lee"]);
        check("BY ANN LEE AND BO CHU", &["Ann Lee", "Bo Chu"]);
        check("By Ann Lee in Geneva and Bo Chu in Paris", &["Ann Lee", "Bo Chu"]);
        check("By Ann Lee, Diplomatic Editor", &["Ann Lee"]);
        check("Ann Lee Senior Political Correspondent", &["Ann Lee"]);
        check("By Ann van der Lee, with agencies", &["Ann van der Lee"]);
        check("By Justine Coleman - 11/18/19 11:04 PM EST", &["Justine Coleman"]);
        check("posted by Merrin on 19 March · filed under docks", &["Merrin"]);
        check("With Ann Lee (now) and Bo Chu (earlier)", &["Ann Lee", "Bo Chu"]);
        check("Rolling coverage by Ann Lee and Bo Chu. This page is closed.", &["Ann Lee", "Bo Chu"]);
        check("By the Daily politics team", &["the Daily politics team"]);
        check("By Ann Lee, Harbour Radio news", &["Ann Lee"]);
        check("10 April · from our terminals editor, Ann Lee", &["Ann Lee"]);
        check("From our correspondents in Oslo and Paris", &[]);
        check("Standard staff with NAP", &["Standard staff"]);
        check("Beacon staff and agencies", &["Beacon staff and agencies"]);
        check("Share this story", &[]);
    }

    #[test]
    fn reporters_are_authors_and_editors_are_not() {
        let line =
            "(Reporting by Ann Lee, Bo Chu and Cy Dee in Oslo; Additional reporting by Eve Fox; Editing by Guy Hall)";
        assert_eq!(reported_by(line), ["Ann Lee", "Bo Chu", "Cy Dee", "Eve Fox"]);
    }

    #[test]
    fn a_name_alone_is_told_from_a_headline() {
        assert!(is_bare_name("Ann Lee"));
        assert!(is_bare_name("Ann Lee and Bo Chu"));
        assert!(is_bare_name("Ann Lee, Harbour Radio news"));
        assert!(!is_bare_name("Low trust"));
        assert!(!is_bare_name("Dockers’ negotiator quits as rival union changes sides"));
    }
}
