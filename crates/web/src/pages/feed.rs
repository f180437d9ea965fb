//! What moved as an Atom feed: of all, or of one issue or party.

use rapporteur_report::export::Row;
use rapporteur_report::listing;

use super::moved::KINDS;
use crate::Fault;
use crate::site::{Answer, Cx};
use crate::snapshot::{list, witness};
use crate::words::{address, is_turning, outlet_and_day, word};

/// Entries of a feed.
const MOST: usize = 60;
/// Kinds that say that something moved: a position by itself is told of by its shifts.
const LEFT_OUT: &[&str] = &["position"];

pub(super) fn screen(cx: &Cx<'_>) -> Result<Answer, Fault> {
    let kinds: Vec<&str> = KINDS.iter().copied().filter(|k| !LEFT_OUT.contains(k)).collect();
    let mut rows = super::filtered(cx, &kinds);
    // by when it became known, as readers of feeds have it
    let known = |r: &Row| word(&r.value, "/published").to_string();
    rows.sort_by(|a, b| known(b).cmp(&known(a)).then_with(|| word(&a.value, "/id").cmp(word(&b.value, "/id"))));
    rows.truncate(MOST);
    let about: Vec<&str> = ["issue", "party"].iter().filter_map(|f| cx.asked.get(f)).collect();
    let title =
        if about.is_empty() { cx.site.house.name() } else { format!("{}: {}", cx.site.house.name(), about.join(", ")) };
    let newest = rows.first().map_or_else(|| "1970-01-01T00:00:00Z".to_string(), |r| instant(&known(r)));
    let base = format!(
        "{}://{}",
        if cx.site.config.needs_login && !cx.site.config.is_plain_http { "https" } else { "http" },
        cx.host
    );
    let own = cx.asked.with("/feed.atom", &[]);
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    out += &format!(
        "<title>{}</title>\n<id>{}</id>\n<updated>{newest}</updated>\n",
        xml(&title),
        xml(&format!("urn:rapporteur:{own}"))
    );
    out += &format!(
        "<link rel=\"self\" href=\"{}\"/>\n<author><name>Rapporteur</name></author>\n",
        xml(&format!("{base}{own}"))
    );
    for row in &rows {
        out += &entry(cx, row, &base, &known(row));
    }
    Ok(Answer::Raw("application/atom+xml; charset=utf-8", out + "</feed>\n"))
}

fn entry(cx: &Cx<'_>, row: &Row, base: &str, known: &str) -> String {
    let v = &row.value;
    let evidence = list(v, "evidence").next();
    let sentence = evidence.map_or("", |e| word(e, "/sentence"));
    let source = evidence
        .and_then(|e| witness(&cx.view, word(e, "/article")))
        .map_or_else(String::new, |w| outlet_and_day(w.article));
    let day = row.date.map_or_else(String::new, |m| format!("{}: ", m.date));
    format!(
        "<entry><title>{}</title><id>{}</id><updated>{}</updated><link href=\"{}\"/><category term=\"{}\"/><summary>{}</summary></entry>\n",
        xml(&format!("{day}{}", listing::head(row))),
        xml(&format!("urn:rapporteur:{}", word(v, "/id"))),
        instant(known),
        xml(&format!("{base}{}", address(v))),
        row.kind,
        xml(&format!("“{sentence}” ({source})")),
    )
}

/// A day or a time as RFC 3339 has it; of a time without an offset it is not known which, so it counts as UTC.
fn instant(written: &str) -> String {
    match written.len() {
        0 => "1970-01-01T00:00:00Z".to_string(),
        10 => format!("{written}T00:00:00Z"),
        _ => {
            let (day, clock) = written.split_once('T').unwrap_or((written, "00:00:00"));
            let at = clock.find(['Z', '+', '-']).unwrap_or(clock.len());
            let (clock, offset) = clock.split_at(at);
            let seconds = if clock.len() == 5 { ":00" } else { "" };
            format!("{day}T{clock}{seconds}{}", if offset.is_empty() { "Z" } else { offset })
        }
    }
}

/// Text of XML 1.0: letters that it cannot hold, and those that turn the direction, are shown as such.
fn xml(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() && !matches!(c, '\n' | '\t')
                || is_turning(c)
                || matches!(c, '\u{fffe}' | '\u{ffff}') =>
            {
                out.push('\u{fffd}')
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_whole() {
        assert_eq!(instant("2025-03-01"), "2025-03-01T00:00:00Z");
        assert_eq!(instant("2025-03-01T10:20"), "2025-03-01T10:20:00Z");
        assert_eq!(instant("2025-03-01T10:20:30+02:00"), "2025-03-01T10:20:30+02:00");
        assert_eq!(instant("2025-03-01T10:20:30Z"), "2025-03-01T10:20:30Z");
    }

    #[test]
    fn nothing_ends_an_element() {
        assert_eq!(xml("</title>\u{b}&\u{202e}"), "&lt;/title&gt;\u{fffd}&amp;\u{fffd}");
    }
}
