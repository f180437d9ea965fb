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

/// Of those before, the ones that stand right below the day.
const BELOW_DAY: &[&str] = &["section", "length", "byline", "headline"];

/// Lines below a day among which one of those stands.
const HEAD: usize = 4;

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
        let is_old = chunk.iter().find(|line| !line.is_empty()).is_some_and(|line| of_documents(line).is_some());
        let Some(parts) = parts(chunk) else {
            let why = "runs into another one, as its `End of Document` was lost: export it again";
            outcomes.push(Err(problem(outcomes.len() + 1, "", "truncated", why)));
            continue;
        };
        let last = parts.len() - 1;
        for (at, part) in parts.into_iter().enumerate() {
            let number = outcomes.len() + 1;
            outcomes.extend(if at == last { article(part, is_old, number) } else { Some(endless(part, number)) });
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

/// The articles of a chunk. An article begins once: where another day with its labels stands behind a text, the end of the
/// first was lost. `None` where an article begins again and it cannot be told at which line.
fn parts<'a, 'b>(chunk: &'b [&'a str]) -> Option<Vec<&'b [&'a str]>> {
    let (mut parts, mut start, mut mark) = (Vec::new(), 0, None);
    let (mut has_length, mut has_body) = (false, false);
    for (at, line) in chunk.iter().enumerate() {
        let (is_length, is_body) = (is_length(line), body_label(line) == Some(""));
        if (has_length || has_body) && is_day_of_head(chunk, at) {
            let next = beginning(chunk, at).filter(|next| mark.is_some_and(|mark| *next > mark))?;
            parts.push(&chunk[start..next]);
            (start, has_length, has_body) = (next, false, false);
        } else if is_length && (has_length || has_body) || is_body && has_body {
            return None;
        }
        if is_length || is_body {
            mark = Some(at);
            (has_length, has_body) = (has_length || is_length, has_body || is_body);
        }
    }
    parts.push(&chunk[start..]);
    Some(parts)
}

/// Whether a line is the day in the head of an article: labels, or the notice of who owns it, stand below.
fn is_day_of_head(chunk: &[&str], at: usize) -> bool {
    let is_below = |line: &&str| label(line, BELOW_DAY).is_some() || is_copyright(line) || body_label(line) == Some("");
    let below = chunk[at + 1..].iter().filter(|line| !line.is_empty()).take(HEAD);
    // a notice alone can end a text
    let has_label =
        || chunk[at + 1..].iter().any(|line| label(line, BELOW_DAY).is_some() || body_label(line) == Some(""));
    dates::of_line(chunk[at]).is_some() && below.copied().any(|line| is_below(&line)) && has_label()
}

/// The first line of the article with this day: the paper's above it, and where no `HEADLINE` stands below the title's.
fn beginning(chunk: &[&str], day: usize) -> Option<usize> {
    let below = chunk[day + 1..].iter().take_while(|line| !is_length(line) && body_label(line).is_none());
    let has_headline = |line: &&str| label(line, &["headline"]).is_some();
    let after_length = chunk[day + 1..].iter().filter(|line| !line.is_empty()).take(2 * HEAD);
    let is_old = below.chain(after_length).any(has_headline);
    let above = (0..day).rev().filter(|&at| !chunk[at].is_empty() && !is_page_line(chunk[at]));
    above.take(if is_old { 1 } else { 2 }).nth(usize::from(!is_old))
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
fn article(chunk: &[&str], is_old: bool, number: usize) -> Option<Result<Record, Problem>> {
    let has_marks = chunk.iter().any(|line| label(line, BEFORE).is_some() || is_behind(line));
    if chunk.last().is_some_and(|line| is_end(line)) || is_old {
        return Some(whole(chunk, number));
    }
    let why = "has no `End of Document`: the file breaks off; export it again";
    let head_end = chunk.iter().position(|line| body_label(line).is_some())?;
    has_marks.then(|| Err(problem(number, &head(&chunk[..head_end]).title, "truncated", why)))
}

/// The article of a part behind which another one begins: whole where at least its `Load-Date` is there.
fn endless(part: &[&str], number: usize) -> Result<Record, Problem> {
    if part.iter().any(|line| is_load_date(line)) {
        return whole(part, number);
    }
    let head_end = part.iter().position(|line| body_label(line).is_some() || is_length(line)).unwrap_or(part.len());
    let why = "has no `End of Document`, and the next one begins: export it again";
    Err(problem(number, &head(&part[..head_end]).title, "truncated", why))
}

fn is_load_date(line: &str) -> bool {
    label(line, &["load-date"]).is_some()
}

/// The article of these lines, nothing of which was lost.
fn whole(chunk: &[&str], number: usize) -> Result<Record, Problem> {
    let head_end = chunk.iter().position(|line| body_label(line).is_some());
    let is_old = !chunk.last().is_some_and(|line| is_end(line));
    // Old exports may have no `Body`: the text starts behind the labels.
    let last_label = || chunk.iter().rposition(|line| label(line, BEFORE).is_some()).map(|at| at + 1);
    let labels_end = if is_old { labels_end(chunk) } else { last_label() };
    let mut found = head(&chunk[..head_end.or(labels_end).unwrap_or(chunk.len())]);
    let Some(start) = head_end.or(labels_end.filter(|_| is_old)) else {
        let why = "has no line `Body`: export it again as full documents";
        return Err(problem(number, &found.title, "broken-record", why));
    };
    let first = body_label(chunk[start]).filter(|_| head_end.is_some());
    let rest = &chunk[start + usize::from(head_end.is_some())..];
    let rest = rest.split_last().filter(|(line, _)| is_end(line)).map_or(rest, |(_, rest)| rest);
    let rest = rest[..text_end(rest)].iter().copied();
    let body =
        first.into_iter().chain(rest).filter(|line| !line.is_empty() && !is_page_line(line) && *line != found.title);
    found.body = body.map(str::to_string).collect();
    if found.body.is_empty() {
        let why = "has no text behind its line `Body`: export it again as full documents";
        return Err(problem(number, &found.title, "no-text", why));
    }
    Ok(found.record(number, &chunk.join("\n")))
}

/// The line behind the labels before a text: they stand together, and a value may go on in the line below.
fn labels_end(chunk: &[&str]) -> Option<usize> {
    let first = chunk.iter().position(|line| label(line, BEFORE).is_some())?;
    // where empty lines part the labels, what stands right below one belongs to it
    let is_spaced = first > 0 && chunk[first - 1].is_empty();
    let mut end = first + 1;
    for (at, line) in chunk.iter().enumerate().skip(first + 1) {
        let goes_on = is_spaced && at == end && !line.is_empty() && body_label(line).is_none();
        if label(line, BEFORE).is_some() || goes_on {
            end = at + 1;
        } else if !line.is_empty() {
            break;
        }
    }
    Some(end)
}

/// Where the text ends and the labels behind it begin: they run up from the `Load-Date`, else from the end. What only looks
/// like a label, with text below it, is text.
fn text_end(lines: &[&str]) -> usize {
    let mut end = lines.iter().rposition(|line| is_load_date(line)).unwrap_or(lines.len());
    let mut at = end;
    while let Some(label) = lines[..at].iter().rposition(|line| is_behind(line)) {
        let words = |line: &&&str| !line.is_empty() && !is_page_line(line);
        let values: Vec<&str> = lines[label + 1..at].iter().filter(words).copied().collect();
        let above = lines[..label].iter().rfind(words);
        if has_value(lines[label], &values) {
            end = label;
        } else if !values.is_empty() || !above.is_some_and(|line| is_behind(line) || is_indexed(line)) {
            break;
        }
        at = label;
    }
    end
}

/// Whether this is a label behind a text, with its value on its line and on these below it.
fn has_value(line: &str, below: &[&str]) -> bool {
    let (name, value) = label(line, BEHIND).unwrap_or(("", ""));
    let name = if name.is_empty() { line.to_lowercase() } else { name.to_string() };
    let words = || value.split_whitespace().chain(below.iter().flat_map(|line| line.split_whitespace())).count();
    let is_below = || below.iter().all(|line| is_indexed(line));
    match name.as_str() {
        "load-date" => below.is_empty(),
        "graphic" => below.len() <= 1 || below.len() <= CAPTIONS && below.iter().any(|line| is_caption(line)),
        "classification" => is_below(),
        "type" => words() <= 2,
        "language" | "publication-type" | "document-type" | "pub-type" | "journal code" | "acc-no" => words() <= 4,
        _ => (is_indexed(value) || value.is_empty() && !below.is_empty()) && is_below(),
    }
}

/// Lines of captions behind a text, at most.
const CAPTIONS: usize = 12;

/// A value from the index of the database: `LABOR UNIONS (89%); STRIKES (78%)`, or all in capitals.
fn is_indexed(value: &str) -> bool {
    value.contains("%)") || value.chars().any(char::is_uppercase) && !value.chars().any(char::is_lowercase)
}

fn is_caption(line: &str) -> bool {
    let line = line.to_lowercase();
    ["photo", "image", "picture", "map", "chart", "cartoon", "illustration", "graphic"].iter().any(|w| line.contains(w))
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

    fn body(outcome: &Result<Record, Problem>) -> String {
        outcome.as_ref().map_or_else(|p| p.code.to_string(), |r| String::from_utf8_lossy(&r.body).into_owned())
    }

    const TWO: &str = "Weavers would take less\nThe Halver Post\nMarch 6, 2025 Thursday\n\nCopyright 2025 Post\nLength: 9 words\n\
        Body\n\nThe weavers would take less.\n\nLoad-Date: March 7, 2025\n\nEnd of Document\n";

    #[test]
    fn an_article_that_lost_its_end_swallows_no_other() {
        let no_end = ONE.replace("End of Document\n", "");
        let cut = no_end.replace("Load-Date: March 9, 2025\n", "");
        let both = ["The owners refused.\nThe union left.", "The weavers would take less."];
        for (first, expected) in [(no_end.as_str(), both), (cut.as_str(), ["truncated", both[1]])] {
            for (number, text) in [(1, format!("{first}{TWO}{TWO}")), (2, format!("{TWO}{first}{TWO}"))] {
                let outcomes = split(&text).unwrap();
                assert_eq!((outcomes.len(), body(&outcomes[number - 1]).as_str()), (3, expected[0]), "{text}");
                assert!(outcomes.iter().enumerate().all(|(n, o)| n + 1 == number || body(o) == expected[1]));
                let whole = |n: usize| outcomes[n].as_ref().unwrap();
                assert_eq!(whole(2).digest, split(TWO).unwrap()[0].as_ref().unwrap().digest);
                assert_eq!(whole(2).fields.title, "Weavers would take less");
                assert_eq!((whole(2).fields.outlet.as_str(), whole(2).number), ("The Halver Post", 3));
            }
        }
        let problem = split(&format!("{cut}{TWO}")).unwrap().remove(0).unwrap_err();
        assert!(
            problem.why.starts_with("article 1 (`Mill owners refuse raise`) has no `End of Document`, and"),
            "{}",
            problem.why
        );
        // the one that follows lost its line `Body`, too
        let outcomes = split(&format!("{cut}{}", TWO.replace("Body\n", ""))).unwrap();
        assert_eq!(outcomes.iter().map(body).collect::<Vec<_>>(), ["truncated", "broken-record"]);
        // nothing tells where it begins
        let outcomes = split(&format!("{cut}{}{TWO}", TWO.replace("March 6, 2025 Thursday\n", ""))).unwrap();
        assert_eq!(outcomes.iter().map(body).collect::<Vec<_>>(), ["truncated", both[1]]);
    }

    #[test]
    fn an_old_article_whose_number_was_lost_is_not_the_end_of_another() {
        let one = "1 of 3 DOCUMENTS\n\nThe Harbour Herald\n\nMarch 4, 2025 Tuesday\n\nSECTION: NEWS\n\nLENGTH: 30 words\n\n\
            HEADLINE: Mill owners refuse raise\n\nThe owners refused.\n\nLOAD-DATE: March 5, 2025\n\n";
        let two = "The Halver Post\n\nMarch 6, 2025 Thursday\n\nLENGTH: 9 words\n\nHEADLINE: Union leaves\n\n\
            The union left.\n\nLOAD-DATE: March 7, 2025\n\n";
        let outcomes = split(&format!("{one}{two}3 of 3 DOCUMENTS\n\n{two}")).unwrap();
        assert_eq!(
            outcomes.iter().map(body).collect::<Vec<_>>(),
            ["The owners refused.", "The union left.", "The union left."]
        );
        let fields = &outcomes[1].as_ref().unwrap().fields;
        assert_eq!((fields.outlet.as_str(), fields.published.as_str()), ("The Halver Post", "2025-03-06"));
    }

    #[test]
    fn a_line_of_the_text_that_looks_like_a_label_ends_nothing() {
        let text = |lines: &str| body(&split(&ONE.replace("The union left.\n", lines)).unwrap().remove(0));
        for lines in [
            "The letter reads:\n\nSubject: the pay of weavers\n\nWe will not sign.\n",
            "Type: a wage deal\n\nThe union left.\n\nNobody came.\n",
            "Graphic\n\nThe word stood alone.\n\nThe union left.\n",
            "Person: Ada Brok\n\nCompany: Halver Mills\n\nThe union left.\n",
            "Language: English was not spoken there\n",
            "March 5, 2025\n(c) 2025 The Halver Post\nDistributed by Coast Wire.\n",
        ] {
            let expected: Vec<&str> = lines.lines().filter(|line| !line.is_empty()).collect();
            assert_eq!(text(lines), format!("The owners refused.\n{}", expected.join("\n")), "{lines}");
        }
        for labels in [
            "Classification\n\nLanguage: ENGLISH\n\nPublication-Type: Newspaper\n\nSubject: STRIKES (90%); LABOR\nUNIONS (80%)\n\nCompany: Halver Mills plc\n",
            "Graphic\n\nPhoto: the Cloth Hall.\nAda Brok leaves.\n\nClassification\nGeographic: HALVER, KARSK\nTicker: HLM (LSE) (91%)\n",
            "GRAPHIC: Photo, Ada Brok\n\nPerson:\nADA BROK (79%)\n",
        ] {
            assert_eq!(
                text(&format!("The union left.\n\n{labels}")),
                "The owners refused.\nThe union left.",
                "{labels}"
            );
        }
    }

    #[test]
    fn the_text_of_an_old_article_starts_behind_its_first_labels() {
        let text = "1 of 1 DOCUMENTS\n\nThe Harbour Herald\n\nMarch 4, 2025 Tuesday\n\nLENGTH: 30 words\n\nHEADLINE: Mill owners\n\
            refuse raise\n\nBYLINE: Ann Lee\n\nThe owners refused.\n\nThe union left.\n\nCorrection: The day was wrong.\n\n\
            LOAD-DATE: March 5, 2025\n";
        assert_eq!(
            body(&split(text).unwrap()[0]),
            "The owners refused.\nThe union left.\nCorrection: The day was wrong."
        );
    }

    #[test]
    fn an_article_is_no_export() {
        assert!(split("The end of document reviews.\n\nThe body of the report is long.").is_none());
    }
}
