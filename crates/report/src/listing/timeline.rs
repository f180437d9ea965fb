//! The timeline of the talks as a page: a day, what happened on it, and the sentences that say so.

use jiff::civil::Date;

use super::{all, cited, head, word};
use crate::export::Row;
use crate::{View, page, source};

/// A report later than this many days after what it tells says so.
const LATE: i32 = 3;

/// Days in order; what one sentence says stands together, and the points of a paper stand under it.
pub(super) fn text(view: &View<'_>, rows: &[Row], width: usize) -> String {
    let mut out = String::new();
    let mut day: Option<Date> = None;
    let mut sentence: Option<String> = None;
    let end = |out: &mut String, sentence: &mut Option<String>| {
        if let Some(words) = sentence.take() {
            out.push_str(&page::wrap(&words, width, "      ", "      "));
        }
    };
    for row in rows.iter().filter(|r| !is_point_of(r, rows)) {
        let own = cited(view, row);
        let today = row.date.map(|d| d.date);
        if sentence.is_some() && (sentence != own || day != today) {
            end(&mut out, &mut sentence);
        }
        if day != today {
            if day.is_some() {
                out.push('\n');
            }
            out.push_str(&today.map_or_else(String::new, |d| format!("{d}  {}\n", d.strftime("%A"))));
            day = today;
        }
        out.push_str(&page::wrap(&line(row), width, "  ", "    "));
        let points = points(row, rows);
        if !points.is_empty() {
            out.push_str(&page::wrap(&format!("points: {}", points.join("; ")), width, "    ", "    "));
        }
        sentence = own;
    }
    end(&mut out, &mut sentence);
    out
}

/// What happened, its kind first.
fn line(row: &Row) -> String {
    let words = head(row);
    let words = match row.kind {
        "deadline" | "deadlock" => words,
        "incident" => format!("incident: {words}"),
        kind => format!("{kind}: {words}"),
    };
    let published = word(&row.value, "/published").get(..10).and_then(|d| d.parse::<Date>().ok());
    match (row.date, published) {
        (Some(day), Some(first)) if first.since(day.date).is_ok_and(|s| s.get_days() > LATE) => {
            format!("{words} (first reported {first})")
        }
        _ => words,
    }
}

/// Whether a row only says that a point of a paper is on the table which is tabled on the same day.
fn is_point_of(row: &Row, rows: &[Row]) -> bool {
    let proposal = word(&row.value, "/proposal");
    let is_paper = |r: &&Row| r.kind == "proposal" && r.date == row.date && word(&r.value, "/id") == proposal;
    row.kind == "status"
        && word(&row.value, "/status") == "tabled"
        && row.value["point"].is_number()
        && rows.iter().any(|r| is_paper(&r))
}

/// The points of a paper, numbered, by the issue they are on or their words.
fn points(row: &Row, rows: &[Row]) -> Vec<String> {
    if row.kind != "proposal" {
        return Vec::new();
    }
    let is_told = rows.iter().any(|r| r.date == row.date && word(&r.value, "/proposal") == word(&row.value, "/id"));
    let terms = all(&row.value, "/terms").iter().filter(|t| is_told && t["point"].is_number());
    terms
        .map(|t| {
            let issue = word(t, "/issue/name");
            let words = if issue.is_empty() { source::shortened(&word(t, "/text"), 60) } else { issue };
            format!("{} {words}", t["point"])
        })
        .collect()
}
