//! The lines of a text and what each looks like.

use std::collections::HashMap;
use std::ops::Range;

use crate::furniture::{self, Section};

/// What a line looks like by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// Prose: eight or more words, seventy or more characters, ended as a sentence; or a long quotation and its speaker.
    Core,
    /// A short sentence.
    Short,
    /// A numbered or bulleted item.
    Item,
    /// Words without an end: a heading, a caption, a headline.
    Loose,
    /// Furniture by its own look.
    Furniture,
    /// A heading under which furniture stands.
    Box,
    /// What comes after the article starts here.
    End,
}

/// A line of the text, without the white space around it.
#[derive(Debug, Clone)]
pub(crate) struct Line<'a> {
    /// Its place in the decoded capture.
    pub(crate) range: Range<usize>,
    pub(crate) text: &'a str,
    pub(crate) look: Look,
    pub(crate) words: usize,
}

/// The lines of a text that hold anything.
pub(crate) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    for whole in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let line = whole.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'));
        if !line.is_empty() {
            let start = at + (line.as_ptr() as usize - whole.as_ptr() as usize);
            found.push(Line {
                range: start..start + line.len(),
                text: line,
                look: look(line),
                words: line.split_whitespace().count(),
            });
        }
        at += whole.len();
    }
    mark_repeated(&mut found);
    mark_comments(&mut found);
    mark_teasers(&mut found);
    found
}

/// Words of a line; two characters of a script without spaces count as one.
fn count_words(line: &str) -> usize {
    let unspaced = line
        .chars()
        .filter(|c| matches!(*c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{0e00}'..='\u{0e7f}'))
        .count();
    line.split_whitespace().count() + unspaced / 2
}

/// `ann says:` three times over is a discussion: it starts at the first.
fn mark_comments(lines: &mut [Line]) {
    let says = |l: &Line| {
        l.text.len() < 60 && [" says:", " said:", " wrote:", " says", " writes:"].iter().any(|s| l.text.ends_with(s))
    };
    if lines.iter().filter(|l| says(l)).count() >= 3
        && let Some(first) = lines.iter_mut().find(|l| says(l))
    {
        first.look = Look::End;
    }
}

/// Headline and teaser, headline and teaser, four times or more: other stories, where a report came before them.
fn mark_teasers(lines: &mut [Line]) {
    let teaser = |l: &Line| l.look == Look::Core && l.text.len() < 400 && !furniture::has_quotation(l.text);
    let headline = |l: &Line| l.look == Look::Loose && l.words >= 4;
    let mut at = 0;
    let mut before = 0;
    while at + 1 < lines.len() {
        let pairs =
            |most| lines[at..].chunks_exact(2).take(most).take_while(|p| headline(&p[0]) && teaser(&p[1])).count();
        // The whole run is only counted where it is marked and not met again.
        if before >= 3 && pairs(4) == 4 {
            let run = pairs(usize::MAX) * 2;
            lines[at..at + run].iter_mut().for_each(|l| l.look = Look::Furniture);
        }
        before += usize::from(lines[at].look == Look::Core);
        at += 1;
    }
}

fn look(line: &str) -> Look {
    match furniture::section(line) {
        Some(Section::End) => return Look::End,
        Some(Section::Box) => return Look::Box,
        None => {}
    }
    if furniture::is_furniture(line) {
        return Look::Furniture;
    }
    let words = count_words(line);
    let unspaced = words > line.split_whitespace().count() * 3;
    let ended = furniture::ends_sentence(line);
    let prose = words >= 8 && line.chars().count() >= if unspaced { 25 } else { 70 } && ended;
    if prose || furniture::quotes(line, 80) {
        Look::Core
    } else if is_item(line) {
        Look::Item
    } else if ended && words >= 2 {
        Look::Short
    } else {
        Look::Loose
    }
}

/// `1. a wage rise`, `2) the dam`, `- the duty`, `• the loan`, `(a) the fund`.
fn is_item(line: &str) -> bool {
    let rest = line.trim_start_matches(['(', '[']);
    let number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let counted = (1..=2).contains(&(rest.len() - number.len())) && number.starts_with(['.', ')', ':']);
    let letter = rest.len() > 2 && rest.as_bytes()[0].is_ascii_alphabetic() && rest[1..].starts_with(')');
    let bullet = ["- ", "• ", "* ", "– ", "— ", "· ", "▪ ", "● "].iter().any(|b| line.starts_with(b));
    (counted || letter || bullet) && line.split_whitespace().count() >= 3
}

/// Lines that come again are furniture (menus, share bars), unless they are prose that is only printed twice: of that
/// the first is kept.
fn mark_repeated(lines: &mut [Line]) {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for line in lines.iter() {
        *counts.entry(line.text).or_default() += 1;
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for line in lines.iter_mut() {
        if counts.get(line.text).is_some_and(|&c| c > 1) {
            let nth = seen.entry(line.text).or_default();
            *nth += 1;
            let prose = matches!(line.look, Look::Core | Look::Short);
            if !(prose && *nth == 1) && matches!(line.look, Look::Core | Look::Short | Look::Item | Look::Loose) {
                line.look = Look::Furniture;
            }
        }
    }
}
