//! Factiva: fields under codes of two letters (`HD`, `BY`, `PD`, `SN`, `LP`, `TD`), or the same fields in their order
//! without codes; each article ends with `Document` and its number.

use super::dates::{self, Dated};
use super::{Found, bare, count_problem, is_copyright, is_page_line, problem};
use crate::origin::{Problem, Record};

/// The codes of fields.
const CODES: &[&str] = &[
    "SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "LP", "TD", "CT", "RF", "CO",
    "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN", "ART", "CLM", "DLM", "RBB",
];

/// Lines between the number of words and the text, at most.
const HEAD: usize = 12;

/// The articles of an export; `None` where the text is no export of Factiva.
pub(super) fn split(text: &str) -> Option<Vec<Result<Record, Problem>>> {
    let mut ends = text.lines().filter(|line| number_of(bare(line)).is_some());
    ends.next()?;
    let lines: Vec<&str> = text.lines().map(bare).collect();
    lines.iter().any(|line| is_word_count(line) || code(line).is_some_and(|(c, _)| c == "HD")).then_some(())?;
    let mut outcomes = Vec::new();
    for chunk in lines.split_inclusive(|line| number_of(line).is_some()) {
        let Some(parts) = parts(chunk) else {
            let why = "runs into another one, as its line `Document` was lost: export it again";
            outcomes.push(Err(problem(outcomes.len() + 1, "", "truncated", why)));
            continue;
        };
        for part in parts {
            let number = outcomes.len() + 1;
            if part.last().is_some_and(|line| number_of(line).is_some()) {
                outcomes.push(article(part, number));
            } else if let Some(cut) = cut_off(part, number) {
                outcomes.push(Err(cut));
            }
        }
    }
    let found = outcomes.len();
    outcomes.extend(count_problem(declared(&lines), found).map(Err));
    Some(outcomes)
}

/// The articles of a chunk. An article begins once: where another headline, or another number of words with a day below it,
/// stands behind one, the end of the first was lost. `None` where it cannot be told at which line the other begins.
fn parts<'a, 'b>(chunk: &'b [&'a str]) -> Option<Vec<&'b [&'a str]>> {
    let has_code = |at: usize, wanted: &str| code(chunk[at]).is_some_and(|(code, _)| code == wanted);
    let is_coded = (0..chunk.len()).any(|at| has_code(at, "LP") || has_code(at, "TD"));
    let is_head = |at: &usize| if is_coded { has_code(*at, "HD") } else { is_head_count(chunk, *at) };
    let mut parts = Vec::new();
    let mut start = 0;
    for at in (0..chunk.len()).filter(is_head).skip(1) {
        let next = if is_coded { coded_beginning(chunk, at) } else { plain_beginning(chunk, at)? };
        if next <= start {
            return None;
        }
        parts.push(&chunk[start..next]);
        start = next;
    }
    parts.push(&chunk[start..]);
    Some(parts)
}

/// Whether a line is the number of words in a head without codes: the day stands below it.
fn is_head_count(chunk: &[&str], at: usize) -> bool {
    let mut below = chunk[at + 1..].iter().filter(|line| !line.is_empty() && !is_frame(line)).take(3);
    is_word_count(chunk[at]) && below.any(|line| dates::of_line(line).is_some())
}

/// The first line of an article with its headline there: the section may stand above.
fn coded_beginning(chunk: &[&str], headline: usize) -> usize {
    let mut above = (0..headline).rev().filter(|&at| !chunk[at].is_empty());
    let section = above.by_ref().take(2).find(|&at| code(chunk[at]).is_some_and(|(code, _)| code == "SE"));
    section.unwrap_or(headline)
}

/// The first line of an article with its number of words there: an empty line parts section, title and byline from what
/// stands above.
fn plain_beginning(chunk: &[&str], count: usize) -> Option<usize> {
    let above = chunk[..count].iter().rev().take_while(|line| !line.is_empty()).count();
    let is_text = chunk[count - above].ends_with(['.', '!', '?', '"', '”', '’']);
    ((1..=4).contains(&above) && !is_text).then(|| count - above)
}

/// The accession number in `Document HERLD00020250304el3400001`, with or without the code `AN` before it.
fn number_of(line: &str) -> Option<&str> {
    let line = line.strip_prefix("AN").map_or(line, bare);
    let number = bare(line.strip_prefix("Document ")?);
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    (digits >= 8 && number.len() >= 15 && number.bytes().all(|b| b.is_ascii_alphanumeric())).then_some(number)
}

/// `Results Found 12` of the summary behind the articles.
fn declared(lines: &[&str]) -> Option<usize> {
    let at = lines.iter().rposition(|line| line.starts_with("Results Found"))?;
    let value = bare(lines[at].trim_start_matches("Results Found"));
    let value = if value.is_empty() { lines[at + 1..].iter().find(|l| !l.is_empty())? } else { value };
    value.replace(',', "").parse().ok()
}

/// The code of a line and what stands behind it: set off by a tab or two spaces, or alone.
fn code(line: &str) -> Option<(&'static str, &str)> {
    let end = line.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(line.len());
    let (word, rest) = line.split_at(end);
    let is_set_off = rest.is_empty() || rest.starts_with('\t') || rest.starts_with("  ");
    CODES.iter().find(|c| is_set_off && **c == word).map(|c| (*c, bare(rest)))
}

/// `1,532 words`.
fn is_word_count(line: &str) -> bool {
    let number = line.strip_suffix(" words").or_else(|| line.strip_suffix(" word")).map(|n| n.replace(',', ""));
    number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// Lines that the database prints around articles.
fn is_frame(line: &str) -> bool {
    is_page_line(line) || line.contains("Factiva, Inc.") || line.eq_ignore_ascii_case("factiva")
}

fn article(chunk: &[&str], number: usize) -> Result<Record, Problem> {
    let lines: Vec<&str> = chunk.iter().filter(|l| !l.is_empty() && !is_frame(l)).copied().collect();
    let is_coded = lines.iter().any(|l| code(l).is_some_and(|(c, _)| c == "LP" || c == "TD"));
    let mut found = if is_coded { coded(&lines) } else { plain(&lines) };
    found.id = chunk.last().and_then(|line| number_of(line)).unwrap_or_default().to_string();
    if found.body.is_empty() {
        let why = "has no text that can be told from its head: export it again as full articles";
        let title = if found.title.is_empty() { found.id } else { found.title };
        return Err(problem(number, &title, "broken-record", why));
    }
    Ok(found.record(number, &chunk.join("\n")))
}

/// The problem of an article that the file breaks off in; what is printed behind the last one is none.
fn cut_off(chunk: &[&str], number: usize) -> Option<Problem> {
    let lines: Vec<&str> = chunk.iter().filter(|l| !l.is_empty() && !is_frame(l)).copied().collect();
    let is_article = lines.iter().any(|l| is_word_count(l) || code(l).is_some_and(|(c, v)| c == "HD" && !v.is_empty()));
    let found = coded(&lines);
    let title = if found.title.is_empty() { plain(&lines).title } else { found.title };
    is_article.then(|| {
        problem(number, &title, "truncated", "has no line `Document`: the file breaks off there; export it again")
    })
}

fn coded(lines: &[&str]) -> Found {
    let mut found = Found::default();
    let mut now = "";
    for line in lines {
        let value = match code(line) {
            Some((code, value)) => {
                now = code;
                value
            }
            None => *line,
        };
        if value.is_empty() {
            continue;
        }
        let join = |field: &mut String| {
            if !field.is_empty() {
                field.push(' ');
            }
            field.push_str(value);
        };
        match now {
            "HD" => join(&mut found.title),
            "BY" => join(&mut found.byline),
            "SN" => join(&mut found.outlet),
            "PD" => found.published = dates::of_line(value).map(Dated::iso).unwrap_or_default(),
            "LP" | "TD" => found.body.push(value.to_string()),
            _ => {}
        }
    }
    found
}

/// Fields in their order: section, title, byline, number of words, day, time, paper, code, page, language, copyright.
fn plain(lines: &[&str]) -> Found {
    let mut found = Found::default();
    let Some(count) = lines.iter().position(|l| is_word_count(l)) else { return found };
    (found.title, found.byline) = title_and_byline(&lines[count.saturating_sub(3)..count]);
    let head = &lines[count + 1..lines.len().min(count + 1 + HEAD)];
    let Some(day) = head.iter().take(3).position(|l| dates::of_line(l).is_some()) else { return found };
    found.published = dates::of_line(head[day]).map(Dated::iso).unwrap_or_default();
    let Some(paper) = (day + 1..head.len()).find(|&at| !is_clock(head[at])) else { return found };
    found.outlet = head[paper].to_string();
    let language = |l: &&str| ["English", "German", "French", "Spanish", "Russian", "Arabic"].contains(l);
    let last = head.iter().rposition(|l| is_copyright(l)).or_else(|| head.iter().position(language));
    let last = last.or_else(|| head.iter().position(|l| is_source_code(l)));
    let Some(last) = last.filter(|&at| at > paper) else { return found };
    let body = lines[count + 2 + last..].iter().filter(|l| number_of(l).is_none());
    found.body = body.map(|l| l.to_string()).collect();
    found
}

fn is_clock(line: &str) -> bool {
    let digits = line.split_whitespace().next().unwrap_or_default();
    digits.split(':').count() >= 2 && digits.bytes().all(|b| b.is_ascii_digit() || b == b':')
}

fn is_source_code(line: &str) -> bool {
    (3..=8).contains(&line.len()) && line.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// Of the lines above the number of words: a byline starts with `By`, or is a few capitalised words under a longer line.
fn title_and_byline(lines: &[&str]) -> (String, String) {
    let Some((&last, above)) = lines.split_last() else { return Default::default() };
    let Some(&before) = above.last() else { return (last.to_string(), String::new()) };
    let is_by = last.get(..3).is_some_and(|by| by.eq_ignore_ascii_case("by "));
    let words = last.split_whitespace().count();
    let names = last.split_whitespace().filter(|w| w.starts_with(char::is_uppercase)).count();
    let is_short = (2..=8).contains(&words) && last.len() < before.len() && before.split_whitespace().count() > 3;
    if is_by || (is_short && names * 2 > words) {
        (before.to_string(), last.to_string())
    } else {
        (last.to_string(), String::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODED: &str = "HD\tMill owners\nrefuse raise\nBY\tBy Ann Lee\nWC\t30 words\nPD\t4 March 2025\nET\t10:15\nSN\tHarbour Herald\n\
        SC\tHERLD\nLA\tEnglish\nCY\t© 2025 Herald\nLP\tThe owners refused.\n\nIN Halver nobody was surprised.\nTD\t\nThe union left.\n\
        CO\thalmil : Halver Mills\nAN\tDocument HERLD00020250304el3400001\n";
    const PLAIN: &str = "News\nMill owners in Halver refuse raise\nAnn Lee Labour editor\n1,030 words\n4 March 2025\n10:15\n\
        Harbour Herald\nHERLD\n4\nEnglish\n© 2025 Herald. All rights reserved.\nThe owners refused.\n\nThe union left.\n\
        Document HERLD00020250304el3400002\n";

    #[test]
    fn with_codes_and_without() {
        let text = format!("{CODED}\n{PLAIN}\nSearch Summary\nResults Found\t2\n");
        let records: Vec<Record> = split(&text).unwrap().into_iter().map(Result::unwrap).collect();
        assert_eq!(records[0].fields.title, "Mill owners refuse raise");
        assert_eq!(records[0].body, b"The owners refused.\nIN Halver nobody was surprised.\nThe union left.");
        assert_eq!(records[1].fields.title, "Mill owners in Halver refuse raise");
        assert_eq!(records[1].fields.authors, ["Ann Lee Labour editor"]);
        assert_eq!(records[1].body, b"The owners refused.\nThe union left.");
        for record in &records {
            assert_eq!(
                (record.fields.outlet.as_str(), record.fields.published.as_str()),
                ("Harbour Herald", "2025-03-04")
            );
            assert!(record.fields.id.starts_with("HERLD000"));
        }
    }

    #[test]
    fn what_is_broken_is_named_and_the_rest_is_read() {
        let headless = "Nothing but a line\n30 words\nDocument HERLD00020250304el3400003\n";
        let cut = CODED.split("AN\t").next().unwrap();
        let outcomes = split(&format!("{CODED}{headless}{PLAIN}{cut}")).unwrap();
        let codes: Vec<&str> = outcomes.iter().map(|o| o.as_ref().map_or_else(|p| p.code, |_| "read")).collect();
        assert_eq!(codes, ["read", "broken-record", "read", "truncated"]);
        assert!(
            outcomes[3].as_ref().unwrap_err().why.starts_with("article 4 (`Mill owners refuse raise`) has no line")
        );
        let fewer = split(&format!("{CODED}Search Summary\nResults Found\n5\n")).unwrap();
        assert_eq!(fewer[1].as_ref().unwrap_err().code, "count-differs");
    }

    #[test]
    fn an_article_that_lost_its_end_swallows_no_other() {
        let coded = CODED.split("AN\t").next().unwrap();
        let plain = PLAIN.rsplit_once("Document").unwrap().0;
        let other = CODED.replace("owners\nrefuse raise", "hands\ngo back").replace("el34", "el35");
        let section = format!("SE\tNews\n{other}");
        let spaced = PLAIN.replace("owners in Halver refuse", "hands in Halver get a");
        for (first, second) in [(coded, &other), (coded, &section), (&format!("{plain}\n"), &spaced)] {
            for text in [format!("{first}{second}{second}"), format!("{second}\n{first}{second}")] {
                let outcomes = split(&text).unwrap();
                let at = usize::from(!text.starts_with(first));
                let problem = outcomes[at].as_ref().unwrap_err();
                assert_eq!((outcomes.len(), problem.code), (3, "truncated"), "{text}");
                assert!(problem.why.contains("refuse raise`) has no line `Document`"), "{}", problem.why);
                for record in outcomes.iter().flatten() {
                    assert!(record.fields.title.contains("hands"), "{}", record.fields.title);
                    assert!(
                        record.body.starts_with(b"The owners refused.") && record.body.ends_with(b"The union left.")
                    );
                    assert_eq!(record.digest, split(second).unwrap()[0].as_ref().unwrap().digest);
                }
            }
        }
        // without an empty line nothing tells the title from the text above it
        let outcomes = split(&format!("{plain}{spaced}{spaced}")).unwrap();
        let codes: Vec<&str> = outcomes.iter().map(|o| o.as_ref().map_or_else(|p| p.code, |_| "read")).collect();
        assert_eq!(codes, ["truncated", "read"]);
    }
}
