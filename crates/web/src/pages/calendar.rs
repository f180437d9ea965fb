//! Meetings and deadlines as an iCalendar (RFC 5545), to be subscribed to.

use jiff::ToSpan;
use jiff::civil::Date;
use rapporteur_report::export::Row;
use rapporteur_report::listing;

use crate::Fault;
use crate::site::{Answer, Cx};
use crate::snapshot::{list, witness};
use crate::words::{is_turning, named, outlet_and_day, word};

/// Most bytes of a line, as the standard asks.
const LINE: usize = 75;

pub(super) fn screen(cx: &Cx<'_>) -> Result<Answer, Fault> {
    let rows = super::filtered(cx, &["meeting", "deadline"]);
    let mut out = String::new();
    for words in
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//rapporteur//talks//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    {
        fold(words, &mut out);
    }
    fold(&format!("X-WR-CALNAME:{}", text(&cx.site.house.name())), &mut out);
    rows.iter().for_each(|row| event(cx, row, &mut out));
    fold("END:VCALENDAR", &mut out);
    Ok(Answer::Raw("text/calendar; charset=utf-8", out))
}

/// A record of a known day: a whole day or days, as the press gives no more.
fn event(cx: &Cx<'_>, row: &Row, out: &mut String) {
    let v = &row.value;
    let day = |at: &str| word(v, at).get(..10).and_then(|d| d.parse::<Date>().ok());
    // a deadline is the last day; a meeting begins on its first
    let first = if row.kind == "deadline" { day("/when/to").or(day("/when/from")) } else { day("/when/from") };
    let Some(first) = first else { return };
    let last = if row.kind == "deadline" { first } else { day("/when/to").unwrap_or(first).max(first) };
    let after = last.checked_add(1.day()).unwrap_or(last);
    let state = word(v, "/state");
    let status = match state {
        "cancelled" => "CANCELLED",
        "planned" | "set" | "postponed" => "TENTATIVE",
        _ => "CONFIRMED",
    };
    let evidence = list(v, "evidence").next();
    let source = evidence
        .and_then(|e| witness(&cx.view, word(e, "/article")))
        .map_or_else(String::new, |w| outlet_and_day(w.article));
    let said = evidence.map_or("", |e| word(e, "/sentence"));
    let known = word(v, "/published").get(..10).unwrap_or("1970-01-01").replace('-', "");
    fold("BEGIN:VEVENT", out);
    fold(&format!("UID:{}@rapporteur", text(word(v, "/id"))), out);
    fold(&format!("DTSTAMP:{known}T000000Z"), out);
    fold(&format!("DTSTART;VALUE=DATE:{}", first.strftime("%Y%m%d")), out);
    fold(&format!("DTEND;VALUE=DATE:{}", after.strftime("%Y%m%d")), out);
    fold(&format!("SUMMARY:{}", text(&listing::head(row))), out);
    fold(&format!("STATUS:{status}"), out);
    fold("TRANSP:TRANSPARENT", out);
    if !v["place"].is_null() {
        fold(&format!("LOCATION:{}", text(named(&v["place"]))), out);
    }
    fold(&format!("DESCRIPTION:{}", text(&format!("“{said}” ({source})"))), out);
    fold("END:VEVENT", out);
}

/// A value of text with what would end it escaped.
fn text(words: &str) -> String {
    let mut out = String::new();
    for letter in words.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() || is_turning(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// A line, cut into lines of at most 75 bytes that go on after a space.
fn fold(line: &str, out: &mut String) {
    let mut long = 0;
    for letter in line.chars() {
        if long + letter.len_utf8() > LINE {
            out.push_str("\r\n ");
            long = 1;
        }
        out.push(letter);
        long += letter.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_between_letters_and_come_back() {
        let mut out = String::new();
        let line = format!("SUMMARY:{}", text(&"Łódź; talks, again\n".repeat(20)));
        fold(&line, &mut out);
        assert!(out.lines().all(|l| l.len() <= LINE), "{out}");
        assert_eq!(out.replace("\r\n ", "").trim_end(), line);
        assert!(!line.contains('\n') && line.contains("\\; talks\\, again\\n"));
    }
}
