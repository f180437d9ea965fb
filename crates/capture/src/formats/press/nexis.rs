//! Nexis Uni, and LexisNexis before it: title, paper and day over labelled lines, `Body`, `Load-Date`, `End of Document`.

use super::dates::{self, Dated};
use super::{Found, bare, count_problem, is_copyright, is_page_line, problem};
use crate::origin::{Problem, Record};

/// Labels that stand before the text.
const BEFORE: &[&str] = &[
    "section",
    "length",
    "byline",
    "highlight",
    "dateline",
    "headline",
    "copyright",
    "edition",
    "series",
    "link to image",
    "link to story",
    "correction",
    "distribution",
    "date and time",
    "job number",
    "user name",
    "search terms",
    "search type",
    "narrowed by",
    "client/matter",
    "content type",
    "results for",
];

/// Labels and lines behind the text.
const BEHIND: &[&str] = &[
    "load-date",
    "language",
    "classification",
    "publication-type",
    "document-type",
    "graphic",
    "subject",
    "journal code",
    "acc-no",
    "industry",
    "geographic",
    "organization",
    "person",
    "ticker",
    "company",
    "pub-type",
    "type",
];

/// Of those behind, the ones that stand alone on their line.
const ALONE: &[&str] = &["classification", "graphic"];

/// The articles of an export; `None` where the text is no export of Nexis.
pub(super) fn split(text: &str) -> Option<Vec<Result<Record, Problem>>> {
    if !text.lines().any(|line| is_end(bare(line)) || of_documents(bare(line)).is_some()) {
        return None;
    }
    let lines: Vec<&str> = text.lines().map(bare).collect();
    lines.iter().any(|line| body_label(line).is_some() || is_length(line)).then_some(())?;
    let mut declared = None;
    let mut outcomes = Vec::new();
    for chunk in chunks(&lines) {
        declared = declared.max(chunk.iter().find_map(|line| declared_in(line)));
        if let Some(outcome) = article(chunk, outcomes.len() + 1) {
            outcomes.push(outcome);
        }
    }
    let found = outcomes.len();
    outcomes.extend(count_problem(declared, found).map(Err));
    Some(outcomes)
}

/// The lines of each article: up to `End of Document`, or from one `3 of 12 DOCUMENTS` to the next.
fn chunks<'a, 'b>(lines: &'b [&'a str]) -> Vec<&'b [&'a str]> {
    if lines.iter().any(|line| is_end(line)) {
        return lines.split_inclusive(|line| is_end(line)).collect();
    }
    let mut starts: Vec<usize> = (0..lines.len()).filter(|&at| of_documents(lines[at]).is_some()).collect();
    starts.push(lines.len());
    starts.windows(2).map(|pair| &lines[pair[0]..pair[1]]).collect()
}

fn is_end(line: &str) -> bool {
    line.eq_ignore_ascii_case("end of document")
}

/// The numbers of `3 of 12 DOCUMENTS`.
fn of_documents(line: &str) -> Option<(usize, usize)> {
    let words: Vec<&str> = line.split_whitespace().take(5).collect();
    match words[..] {
        [at, of, all, documents] if of == "of" && documents.eq_ignore_ascii_case("documents") => {
            Some((at.parse().ok()?, all.parse().ok()?))
        }
        _ => None,
    }
}

/// How many articles the export says it holds: `Documents (12)` on its cover, or `3 of 12 DOCUMENTS`.
fn declared_in(line: &str) -> Option<usize> {
    let cover = line.strip_prefix("Documents (").or_else(|| line.strip_prefix("Document ("));
    let cover = cover.and_then(|rest| rest.strip_suffix(')')).and_then(|n| n.parse().ok());
    cover.or_else(|| of_documents(line).map(|(_, all)| all))
}

/// The value of a label at the start of a line.
fn label<'a>(line: &'a str, names: &[&'static str]) -> Option<(&'static str, &'a str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim().to_lowercase();
    names.iter().find(|n| **n == name).map(|n| (*n, bare(value)))
}

/// What stands behind `Body` on its line.
fn body_label(line: &str) -> Option<&str> {
    if line.eq_ignore_ascii_case("body") { Some("") } else { label(line, &["body"]).map(|(_, value)| value) }
}

fn is_length(line: &str) -> bool {
    label(line, &["length"]).is_some_and(|(_, value)| value.ends_with("words"))
}

fn is_behind(line: &str) -> bool {
    label(line, BEHIND).is_some() || ALONE.iter().any(|name| line.eq_ignore_ascii_case(name))
}

/// The article of one chunk; `None` where the chunk is no article (what is printed behind the last one).
fn article(chunk: &[&str], number: usize) -> Option<Result<Record, Problem>> {
    let head_end = chunk.iter().position(|line| body_label(line).is_some());
    // Old exports have no `Body`: the text starts behind the last label before it.
    let labels_end = chunk.iter().rposition(|line| label(line, BEFORE).is_some()).map(|at| at + 1);
    let has_marks = chunk.iter().any(|line| label(line, BEFORE).is_some() || is_behind(line));
    let is_old = of_documents(chunk.iter().find(|l| !l.is_empty())?).is_some();
    let is_whole = chunk.last().is_some_and(|line| is_end(line)) || is_old;
    let mut found = head(&chunk[..head_end.or(labels_end).unwrap_or(chunk.len())]);
    if !is_whole {
        return (head_end.is_some() && has_marks).then(|| {
            Err(problem(
                number,
                &found.title,
                "truncated",
                "has no `End of Document`: the file breaks off; export it again",
            ))
        });
    }
    let Some(start) = head_end.or(labels_end.filter(|_| is_old)) else {
        let why = "has no line `Body`: export it again as full documents";
        return Some(Err(problem(number, &found.title, "broken-record", why)));
    };
    let first = body_label(chunk[start]).filter(|_| head_end.is_some());
    let rest = &chunk[start + usize::from(head_end.is_some())..];
    let rest = rest.iter().copied().take_while(|line| !is_behind(line) && !is_end(line));
    let body =
        first.into_iter().chain(rest).filter(|line| !line.is_empty() && !is_page_line(line) && *line != found.title);
    found.body = body.map(str::to_string).collect();
    if found.body.is_empty() {
        let why = "has no text behind its line `Body`: export it again as full documents";
        return Some(Err(problem(number, &found.title, "no-text", why)));
    }
    Some(Ok(found.record(number, &chunk.join("\n"))))
}

/// Title, paper, day and byline from the lines before the text.
///
/// Paper and title stand right above the day, whatever cover stands above them.
fn head(lines: &[&str]) -> Found {
    let mut found = Found::default();
    let mut title = "";
    for (name, value) in lines.iter().filter_map(|line| label(line, BEFORE)) {
        match name {
            "byline" if found.byline.is_empty() => found.byline = value.to_string(),
            "headline" if title.is_empty() => title = value,
            _ => {}
        }
    }
    let is_plain = |line: &&&str| {
        !line.is_empty()
            && label(line, BEFORE).is_none()
            && !is_page_line(line)
            && !is_copyright(line)
            && of_documents(line).is_none()
    };
    let plain: Vec<&str> = lines.iter().filter(is_plain).copied().collect();
    let day = plain.iter().rposition(|line| dates::of_line(line).is_some());
    if let Some(at) = day {
        found.published = dates::of_line(plain[at]).map(Dated::iso).unwrap_or_default();
        let above = |lines: usize| at.checked_sub(lines).and_then(|at| plain.get(at)).copied().unwrap_or_default();
        if title.is_empty() && !above(2).is_empty() {
            (title, found.outlet) = (above(2), above(1).to_string());
        } else if !title.is_empty() {
            found.outlet = above(1).to_string();
        }
    }
    found.title = title.to_string();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "Mill owners refuse raise\nThe Harbour Herald (Halver)\nMarch 4, 2025 Tuesday\n\nCopyright 2025 Herald\n\
        Section: NEWS; Pg. 4\nLength: 30 words\nByline: Ann Lee Labour editor\nBody\n\nThe owners refused.\n\nThe union left.\n\
        Load-Date: March 9, 2025\n\nEnd of Document\n";

    #[test]
    fn the_day_is_the_papers_not_the_databases() {
        let record = split(ONE).unwrap().remove(0).unwrap();
        assert_eq!(record.fields.title, "Mill owners refuse raise");
        assert_eq!(record.fields.outlet, "The Harbour Herald (Halver)");
        assert_eq!(
            (record.fields.published.as_str(), record.fields.authors[0].as_str()),
            ("2025-03-04", "Ann Lee Labour editor")
        );
        assert_eq!(record.body, b"The owners refused.\nThe union left.");
    }

    #[test]
    fn what_is_broken_is_named_and_the_rest_is_read() {
        let no_body = ONE.replace("Body\n", "");
        let cut = ONE.replace("End of Document\n", "");
        let text = format!("Results for: talks\nDocuments (4)\n1. Mill owners refuse raise\n{ONE}{no_body}{ONE}{cut}");
        let outcomes = split(&text).unwrap();
        let codes: Vec<&str> = outcomes.iter().map(|o| o.as_ref().map_or_else(|p| p.code, |_| "read")).collect();
        assert_eq!(codes, ["read", "broken-record", "read", "truncated"]);
        let problem = outcomes[1].as_ref().unwrap_err();
        assert!(
            problem.why.starts_with("article 2 (`Mill owners refuse raise`) has no line `Body`"),
            "{}",
            problem.why
        );
        let missing = split(&format!("Documents (3)\n{ONE}{ONE}")).unwrap();
        assert!(missing[2].as_ref().unwrap_err().why.starts_with("it says that it holds 3 articles, and 2 were found"));
    }

    #[test]
    fn old_exports_have_labels_in_capitals() {
        let text = "1 of 2 DOCUMENTS\n\nThe Harbour Herald\n\nMarch 4, 2025 Tuesday\n\nSECTION: NEWS\n\nLENGTH: 30 words\n\n\
            HEADLINE: Mill owners refuse raise\n\nBYLINE: Ann Lee\n\nBODY:\nThe owners refused.\n\nLOAD-DATE: March 5, 2025\n\n\
            2 of 2 DOCUMENTS\n\nThe Halver Post\n\nMarch 6, 2025 Thursday\n\nLENGTH: 9 words\n\nHEADLINE: Union leaves\n\n\
            The union left.\n\nLOAD-DATE: March 7, 2025\n";
        let records: Vec<Record> = split(text).unwrap().into_iter().map(Result::unwrap).collect();
        assert_eq!(
            (records[0].fields.title.as_str(), records[0].fields.outlet.as_str()),
            ("Mill owners refuse raise", "The Harbour Herald")
        );
        assert_eq!(
            (records[1].fields.published.as_str(), records[1].body.as_slice()),
            ("2025-03-06", b"The union left.".as_slice())
        );
    }

    #[test]
    fn an_article_is_no_export() {
        assert!(split("The end of document reviews.\n\nThe body of the report is long.").is_none());
    }
}
