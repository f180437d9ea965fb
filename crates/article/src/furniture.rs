//! Lines that are no part of the report: what they look like, whatever page they stand on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use regex::Regex;

use crate::dates;

/// Lines at least this long are taken as prose whatever phrases they hold.
const LONGEST: usize = 400;
/// A quotation of this many characters makes a line part of the report.
const QUOTATION: usize = 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Any,
    Start,
}

struct Phrases {
    searcher: Option<AhoCorasick>,
    places: Vec<Place>,
    whole: BTreeSet<&'static str>,
    boxes: BTreeMap<&'static str, Section>,
}

/// A heading under which furniture stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// A box: short lines after it are furniture.
    Box,
    /// What comes after the article.
    End,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let (mut patterns, mut places) = (Vec::new(), Vec::new());
    let (mut whole, mut boxes) = (BTreeSet::new(), BTreeMap::new());
    for mut row in crate::lexicon::rows(include_str!("../lexicons/furniture.tsv")) {
        let (Some(place), Some(phrase)) = (row.next(), row.next()) else { continue };
        match place {
            "any" => (patterns.push(phrase), places.push(Place::Any)).0,
            "start" => (patterns.push(phrase), places.push(Place::Start)).0,
            "whole" => drop(whole.insert(phrase)),
            "stop" => drop(boxes.insert(phrase, Section::Box)),
            "end" => drop(boxes.insert(phrase, Section::End)),
            _ => {}
        }
    }
    let searcher = AhoCorasick::builder().match_kind(MatchKind::Standard).build(patterns).ok();
    Phrases { searcher, places, whole, boxes }
});

/// The line in lower case with straight quotes, as the phrase list is written.
pub(crate) fn plain(line: &str) -> String {
    line.trim()
        .chars()
        .map(|c| if matches!(c, '’' | '‘' | 'ʼ') { '\'' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

fn bare(line: &str) -> &str {
    line.trim_end_matches(|c: char| ".:!?…>»→ ".contains(c))
        .trim_start_matches(|c: char| !c.is_alphanumeric() && c != '(' && c != '[')
}

/// Which section of furniture this line opens, if it is a heading of one.
pub(crate) fn section(line: &str) -> Option<Section> {
    if line.len() > 60 {
        return None;
    }
    let line = plain(line);
    let words = bare(&line);
    if let Some(section) = PHRASES.boxes.get(words) {
        return Some(*section);
    }
    let counted = words.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    if counted.len() < words.len()
        && ["comments", "comment", "thoughts on", "responses", "replies"].iter().any(|c| counted.starts_with(c))
    {
        return Some(Section::End);
    }
    [
        "more from ",
        "more on ",
        "read more from ",
        "read more on ",
        "top stories in ",
        "most read in ",
        "related coverage",
    ]
    .iter()
    .any(|p| words.starts_with(p) && words.split(' ').count() <= 8)
    .then_some(Section::Box)
}

/// Whether the line speaks the words of furniture.
fn says_furniture(line: &str) -> bool {
    let line = plain(line);
    if PHRASES.whole.contains(bare(&line)) {
        return true;
    }
    if line.len() >= LONGEST {
        return false;
    }
    let Some(searcher) = &PHRASES.searcher else { return false };
    let start = line.len() - line.trim_start_matches(|c: char| !c.is_alphanumeric() && !"([©".contains(c)).len();
    let edge = |at: usize, after: bool| {
        let c = if after {
            line.get(at..).and_then(|r| r.chars().next())
        } else {
            line.get(..at).and_then(|r| r.chars().next_back())
        };
        !c.is_some_and(char::is_alphanumeric)
    };
    searcher.find_overlapping_iter(&line).any(|found| {
        let whole_words = edge(found.start(), false)
            && (edge(found.end(), true) || !line[..found.end()].ends_with(char::is_alphanumeric));
        whole_words
            && match PHRASES.places.get(found.pattern().as_usize()) {
                Some(Place::Any) => true,
                Some(Place::Start) => found.start() == start && starts_furniture(&line, found.start(), found.end()),
                None => false,
            }
    })
}

/// A phrase at the start of a line marks furniture by itself where it ends in punctuation; otherwise only where the line
/// is short or no sentence, as reports begin with the same words ("More on the talks followed ...").
fn starts_furniture(line: &str, from: usize, to: usize) -> bool {
    let said = line.get(from..to).unwrap_or("");
    if said.ends_with([':', '|', ')']) || said.starts_with(['(', '[', '©']) {
        return true;
    }
    if line.get(to..).is_some_and(|rest| rest.trim_start().starts_with(':')) {
        return true;
    }
    if said.split(' ').count() >= 4 || (said.ends_with(" by") && (!has_verb_of_report(line) || line.contains(';'))) {
        return true;
    }
    let words = line.split_whitespace().count();
    words <= 6 || !ends_sentence(line) || (words <= 14 && said.split(' ').count() >= 2 && !has_verb_of_report(line))
}

fn has_verb_of_report(line: &str) -> bool {
    ["said", "says", "told", "was", "were", "had", "has", "would", "will"]
        .iter()
        .any(|v| line.split_whitespace().any(|w| w == *v))
}

/// Whether the line ends as a sentence does, closing quotes and brackets aside.
///
/// A short bracket after the end (`... on Monday. (AFP)`) does not count.
pub(crate) fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end();
    let credited = line.strip_suffix(')').and_then(|l| l.rfind('(').map(|at| (&line[..at], l.len() - at)));
    let line = match credited {
        Some((before, length)) if length <= 40 && before.trim_end().ends_with(['.', '!', '?', '"', '”']) => before,
        _ => line,
    };
    let line = line.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', ' ', '\u{a0}']);
    line.ends_with(['.', '!', '?', '…', '。', ':', ';'])
}

/// Whether the line holds a quotation long enough to be somebody's words.
pub(crate) fn has_quotation(line: &str) -> bool {
    quotes(line, QUOTATION)
}

/// Whether the line holds a quotation of at least this many characters; one that is opened and not closed counts.
pub(crate) fn quotes(line: &str, least: usize) -> bool {
    static QUOTED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("[“\"«][^”\"»]*[”\"»]").ok());
    QUOTED.as_ref().is_some_and(|r| r.find_iter(line).any(|m| m.as_str().chars().count() >= least + 2))
        || line.trim_start().starts_with('“') && !line.contains('”') && line.chars().count() >= least
}

static CREDIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x) (?i: (?:photo|image|picture|illustration|graphic|video|foto)s? \s* (?:by|:|credit|courtesy|/) ) .{0,80} $
        | (?: / \s? (?:Getty|AFP|AP|Reuters|EPA|REUTERS|Shutterstock|Alamy|Bloomberg|Anadolu|TASS|Xinhua|NurPhoto|Zuma|Pool|File|PA) \b .{0,40} $ )
        | (?: (?:Getty\ Images|AFP\ via\ Getty|AP\ Photo|via\ Reuters|via\ AP|via\ Getty|EPA-EFE|Shutterstock|Alamy|iStock) [^.]{0,40} \)? \.? $ )
        | ^ (?:Reuters|Getty\ Images|AFP|EPA|AP|PA\ Media|PA|BBC|Anadolu|Shutterstock|AFP\ via\ Getty\ Images) \s+ (?:An?|The|[A-Z][a-z]+) \s .* [^.!?”] $
        | ^ (?P<x>Reuters|Getty\ Images|AFP|EPA|AP|PA\ Media|Anadolu) \s .* \b (?:Reuters|Getty\ Images|AFP|EPA|AP|PA\ Media|Anadolu) $
        | \(\s?(?:AP\ Photo|Photo|Image|Picture|File|Getty|Courtesy|Credit)\b[^)]*\)?\s*$",
    )
    .ok()
});

/// A line that credits a picture or describes one: short, and naming its photographer or agency at the end.
pub(crate) fn is_credit(line: &str) -> bool {
    line.len() < 400 && !has_quotation(line) && CREDIT.as_ref().is_some_and(|r| r.is_match(line))
}

/// Lines that are nothing but an address, tags, a date, a number, or a row of links.
pub(crate) fn is_bare(line: &str) -> bool {
    let line = line.trim();
    let words: Vec<&str> = line.split_whitespace().collect();
    if !line.chars().any(char::is_alphabetic) {
        return true;
    }
    let address = |w: &str| w.starts_with("http://") || w.starts_with("https://") || w.starts_with("www.");
    let tag = |w: &str| w.starts_with('#') || w.starts_with('@');
    if words.iter().all(|w| address(w) || tag(w) || !w.chars().any(char::is_alphanumeric)) || line.starts_with("<img ")
    {
        return true;
    }
    if words.iter().filter(|w| tag(w)).count() >= 2 && words.iter().filter(|w| tag(w)).count() * 2 >= words.len() {
        return true;
    }
    is_row_of_links(line) || dates::is_date_line(line)
}

/// `Home | World | Sport`, `News · Sport · More`, `[Home] [Notices]`, columns of words with wide gaps.
fn is_row_of_links(line: &str) -> bool {
    let short =
        |parts: &[&str]| parts.iter().filter(|p| p.split_whitespace().count() <= 6).count() * 10 >= parts.len() * 8;
    for separator in [" | ", " · ", " • ", " >> ", " / ", " > ", "] [", " :: ", "   ", " – – "] {
        let parts: Vec<&str> = line.split(separator).map(str::trim).filter(|p| !p.is_empty()).collect();
        let wanted = if matches!(separator, " | " | " >> " | "] [" | "   ") { 2 } else { 3 };
        if parts.len() >= wanted && short(&parts) && (parts.len() > 3 || !ends_sentence(line)) && !has_quotation(line) {
            return true;
        }
    }
    false
}

/// `By Ann Lee`, `BY ANN LEE AND BO CHU`: a line that is a byline and nothing else.
pub(crate) fn is_byline(line: &str) -> bool {
    let line = line.trim();
    let lower = plain(line);
    let starts =
        ["by ", "by: ", "from our correspondent", "from our correspondents", "words by ", "story by ", "text by "];
    let words = line.split_whitespace().count();
    starts.iter().any(|s| lower.starts_with(s)) && words <= 20 && !ends_sentence(line) && {
        line.split_whitespace()
            .nth(1)
            .is_some_and(|w| w.starts_with(char::is_uppercase) || matches!(w, "the" | "our" | "a"))
    }
}

/// Whether a line is furniture by its own look, wherever it stands. Lines with a quotation and long ones are not.
pub(crate) fn is_furniture(line: &str) -> bool {
    is_bare(line)
        || is_credit(line)
        || is_byline(line)
        || (!has_quotation(line) && says_furniture(line))
        || is_signature(line)
}

/// `(BPA/Metro)`-like ends are kept with their line; `-- Tags: ...` and `-----` are rules and their like.
fn is_signature(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("-- ") && line.chars().count() < 120
}

/// The line under a picture: it points into the picture ("(left)", "pictured") or has the look of one.
pub(crate) fn is_caption(line: &str) -> bool {
    static POINTS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i), pictured\b|\((?:left|right|cent(?:re|er)|[lrc]|second (?:from )?(?:left|right)|far (?:left|right)|top|bottom|above|below|pictured|file|from left)\)|^(?:pictured|above|file photo|from left)\b|\b(?:file photo|undated handout|handout (?:photo|image)|in this (?:photo|picture|image))\b").ok()
    });
    line.chars().count() < 300 && !has_quotation(line) && POINTS.as_ref().is_some_and(|p| p.is_match(line))
}

/// A line about the writer, as pages print it at the foot: "Ann Lee is the paper's diplomatic editor."
pub(crate) fn is_biography(line: &str) -> bool {
    static BIO: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?x) ^(?:\p{Lu}[\p{L}.'’-]+\s){0,4}(?:\p{Lu}[\p{L}.'’-]+|He|She|They|The\ author|The\ writer)\s
            (?: (?:has\ )?(?:covers|covered|reports|reported|writes|wrote|edits|blogs)\s(?:(?:for|on|about|from)\b|.{0,60}\bfor\b)
              | (?:is|was|has\ been|works|worked|has\ worked)\s.{0,80}\b(?:reporter|correspondent|editor|journalist|columnist|staff\ writer|senior\ writer|contributing|contributor|freelance|freelancer|newsroom|bureau\ chief|news\ producer|blogger|curator|intern)\b
              | (?:joined|lives\ in|can\ be\ reached|owns\ no\ shares|tweets\ at)\b )",
        )
        .ok()
    });
    line.chars().count() < 900 && !has_quotation(line) && BIO.as_ref().is_some_and(|b| b.is_match(line))
}

/// Whether the words are a date and nothing else.
pub(crate) fn is_date_like(words: &str) -> bool {
    dates::is_date_line(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_says_about_itself_is_furniture() {
        for line in [
            "Share this article",
            "Read more: The long road to the ferry rota",
            "By Ann Lee, Political Editor",
            "Home | World | Sport",
            "#ferries #rota",
            "Photo by Bo Chu/Getty Images",
            "Getty Images A man in a blue coat stands near a ferry",
            "(Reporting by Ann Lee; Editing by Bo Chu)",
            "Reporting by Ann Lee, Bo Chu and Cy Dee; Editing by Eve Fox.",
            "© 2025 Sound Herald Ltd.",
            "We value your privacy. We and our 300 partners store information on your device.",
            "https://example.org/picture.jpg",
            "WATCH: How the harbour wall was raised",
            "Updated at 1:23 p.m.",
        ] {
            assert!(is_furniture(line), "{line}");
        }
    }

    #[test]
    fn sentences_that_use_the_same_words_are_not() {
        for line in [
            "More than forty crews were asked to vote on the rota, the guild said.",
            "Reports by the mediator were sent to both sides on Monday, her office said.",
            "Loading at the port resumed on Monday after two days of strikes.",
            "The countries would sign up to the treaty only after a vote in parliament.",
            "“Please share this with your members and read more of it than the title,” she told the hall.",
            "1. a wage rise of 15 percent over five years;",
            "The talks go on today.",
            "UPDATE: The website that first listed the terms has removed them, the mediator said later.",
            "He subscribes to the view that a canal is no river, and he was not alone in the hall.",
            "Follow the money, said the mediator, and you will find who would pay for the delay.",
        ] {
            assert!(!is_furniture(line), "{line}");
        }
    }

    #[test]
    fn biographies_and_captions_are_told_from_reports() {
        assert!(is_biography("Ann Lee is the Herald's diplomatic editor. She keeps bees."));
        assert!(is_biography("Ann Lee has covered the harbour for the Herald since 2016."));
        assert!(!is_biography("Ann Lee is the guild's chief negotiator and has led it since 2016."));
        assert!(!is_biography("She has covered every mile of the river, “twice over on foot,” she said."));
        assert!(is_caption("Ann Lee (left) with Bo Chu in Geneva"));
        assert!(!is_caption("Ann Lee left with Bo Chu for Geneva"));
    }

    #[test]
    fn a_credit_in_brackets_does_not_hide_the_end_of_a_sentence() {
        assert!(ends_sentence("The talks go on today. (XYZ/Metro)"));
        assert!(ends_sentence("“Never.”"));
        assert!(ends_sentence("He said: \" Never. \""));
        assert!(!ends_sentence("The Dockers' Federation (ADF)"));
    }
}
