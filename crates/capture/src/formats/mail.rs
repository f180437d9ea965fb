//! One message of mail (RFC 5322), and pages saved as MHTML, which are messages too.
//!
//! A message is read as its HTML, else its plain text. Subject, sender and day are taken for title, outlet and day of
//! publication only in newsletters (a list stands in their header): whoever forwards an article is not its outlet, and
//! the day of forwarding not its day.

use mail_parser::{Address, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use rapporteur_text::Moment;

use crate::formats::{docx, pdf, rtf};
use crate::origin::{Problem, Record};
use crate::{Fields, Original};

/// Names of header lines that all mail has.
const COMMON: [&str; 5] = ["from", "to", "date", "subject", "content-type"];

/// Names of header lines that machines write into mail and nobody into a press release.
const MACHINE: [&str; 8] = [
    "mime-version",
    "message-id",
    "received",
    "return-path",
    "delivered-to",
    "dkim-signature",
    "snapshot-content-location",
    "content-transfer-encoding",
];

/// The name of a header line, in small letters.
pub(crate) fn header_name(line: &[u8]) -> Option<String> {
    let at = line.iter().take(80).position(|&b| b == b':')?;
    let name = &line[..at];
    let is_name = !name.is_empty() && name.iter().all(|b| b.is_ascii_graphic());
    is_name.then(|| String::from_utf8_lossy(name).to_ascii_lowercase())
}

/// Whether a line is one that opens a message's header.
pub(crate) fn is_header(line: &[u8]) -> bool {
    let known = |name: String| {
        MACHINE.contains(&name.as_str())
            || COMMON.contains(&name.as_str())
            || name.starts_with("x-")
            || name == "status"
    };
    header_name(line).is_some_and(known)
}

/// Whether the file is a message: it starts with header lines, one of which only machines write, and two that mail has.
pub(crate) fn is_mail(bytes: &[u8]) -> bool {
    let (mut machine, mut common) = (0, 0);
    for line in bytes[..bytes.len().min(32 * 1024)].split(|&b| b == b'\n') {
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(name) = header_name(line) else { break };
        machine += usize::from(MACHINE.contains(&name.as_str()));
        common += usize::from(COMMON.contains(&name.as_str()));
    }
    machine >= 1 && common >= 2
}

/// The record of one message.
///
/// # Errors
/// Where the bytes are no message, or it holds no text.
pub(crate) fn record(bytes: &[u8], number: usize) -> Result<Record, Problem> {
    let message = MessageParser::default()
        .parse(bytes)
        .ok_or_else(|| Problem::new(number, "broken-record", "it is no message of mail: export it again as `.eml`"))?;
    let (body, is_html, location) = body(&message).ok_or_else(|| {
        Problem::new(number, "no-text", "the message holds no text: save what is attached to it as files of their own")
    })?;
    let mut fields = fields(&message);
    fields.is_html = Some(is_html);
    if fields.url.is_empty() {
        fields.url = location;
    }
    let original = Original::of(bytes);
    let digest = original.digest.clone();
    Ok(Record { number, digest, body: body.into_bytes(), at: day(&message), fields, original: Some(original) })
}

/// Documents, pages, texts and messages attached to a message: press databases send their exports so, and articles are forwarded so.
pub(crate) fn attached(bytes: &[u8]) -> Vec<Vec<u8>> {
    let Some(message) = MessageParser::default().parse(bytes) else { return Vec::new() };
    let is_document = |bytes: &[u8]| rtf::is_rtf(bytes) || pdf::is_pdf(bytes) || docx::is_zip(bytes) || is_mail(bytes);
    let content = |part: &MessagePart<'_>| match &part.body {
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => Some(bytes.to_vec()).filter(|b| is_document(b)),
        PartType::Text(text) => {
            let is_text = is_attached(part) && part.is_content_type("text", "plain") && !text.trim().is_empty();
            (is_text || is_document(text.as_bytes())).then(|| text.as_bytes().to_vec())
        }
        PartType::Html(html) => (is_attached(part) && !html.trim().is_empty()).then(|| html.as_bytes().to_vec()),
        PartType::Message(message) => Some(message.raw_message().to_vec()).filter(|b| is_document(b)),
        PartType::Multipart(_) => None,
    };
    message.attachments().filter_map(content).collect()
}

/// Whether a page or a text was attached by the sender: it is no part of the message, nor of a saved page, nor what a mail
/// program makes of the end of one (`ATT00001.txt`).
fn is_attached(part: &MessagePart<'_>) -> bool {
    let name = part.attachment_name().unwrap_or_default().to_ascii_uppercase();
    let number = name.strip_prefix("ATT").and_then(|rest| rest.split('.').next());
    let is_made = number.is_some_and(|n| n.len() >= 3 && n.bytes().all(|b| b.is_ascii_digit()));
    part.content_disposition().is_some_and(|d| d.is_attachment()) && !is_made
}

/// The text of a message, whether it is HTML, and the address it was saved from.
fn body(message: &Message<'_>) -> Option<(String, bool, String)> {
    let html = message.html_bodies().find_map(|part| match &part.body {
        PartType::Html(html) if !html.trim().is_empty() => {
            Some((html.to_string(), true, part.content_location().unwrap_or_default().to_string()))
        }
        _ => None,
    });
    html.or_else(|| {
        let texts = message.text_bodies().filter_map(|part| match &part.body {
            PartType::Text(text) if !text.trim().is_empty() => Some(text.as_ref()),
            _ => None,
        });
        let text = texts.collect::<Vec<_>>().join("\n\n");
        (!text.is_empty()).then_some((text, false, String::new()))
    })
}

fn fields(message: &Message<'_>) -> Fields {
    let id = message.message_id().unwrap_or_default().to_string();
    let saved = message.header_raw("Snapshot-Content-Location").unwrap_or_default().trim().to_string();
    let mut fields = Fields { id, url: saved, ..Fields::default() };
    let subject = message.subject().unwrap_or_default().trim();
    if is_newsletter(message) && !is_forwarded(subject) {
        fields.title = subject.to_string();
        fields.outlet = sender(message).unwrap_or_default();
        fields.published = day(message).map(|m| m.to_string()).unwrap_or_default();
    }
    fields
}

fn is_newsletter(message: &Message<'_>) -> bool {
    let has = |value: &HeaderValue<'_>| !matches!(value, HeaderValue::Empty);
    has(message.list_id())
        || has(message.list_unsubscribe())
        || message.header_raw("Precedence").is_some_and(|p| matches!(p.trim(), "bulk" | "list"))
}

/// Answers and forwarded messages, as mail programs of several languages mark them.
fn is_forwarded(subject: &str) -> bool {
    let start = subject.split(':').next().unwrap_or_default().trim().to_lowercase();
    subject.contains(':') && ["fw", "fwd", "re", "wg", "aw", "tr", "rv", "doorst"].contains(&start.as_str())
}

fn sender(message: &Message<'_>) -> Option<String> {
    let Some(Address::List(from)) = message.from() else { return None };
    from.first()?.name.as_deref().map(|name| name.trim_matches(['"', ' ']).to_string())
}

fn day(message: &Message<'_>) -> Option<Moment> {
    let date = message.date().filter(|d| d.is_valid())?;
    date.to_rfc3339().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_press_release_with_labels_is_no_mail() {
        assert!(!is_mail(b"From: The Ministry\nDate: 3 March 2025\nSubject: Talks\n\nThe ministry said so.\n"));
        assert!(is_mail(b"From: a@b.example\nSubject: Talks\nMessage-ID: <1@b.example>\n\nHello.\n"));
    }

    #[test]
    fn only_newsletters_give_title_outlet_and_day() {
        let message = |more: &str, subject: &str| {
            format!(
                "From: Harbour Herald <news@herald.example>\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n{more}\
                 Date: Tue, 4 Mar 2025 10:12:00 +0100\r\n\r\nThe owners refused.\r\n"
            )
        };
        let read = |m: String| record(m.as_bytes(), 0).unwrap();
        let newsletter = read(message("List-Id: <daily.herald.example>\r\n", "Owners refuse"));
        assert_eq!(newsletter.fields.title, "Owners refuse");
        assert_eq!(newsletter.fields.outlet, "Harbour Herald");
        assert_eq!(newsletter.fields.published, "2025-03-04T10:12:00+01:00");
        for plain in [message("", "Owners refuse"), message("List-Id: <x>\r\n", "Fwd: Owners refuse")] {
            let plain = read(plain);
            assert_eq!((plain.fields.title.as_str(), plain.fields.published.as_str()), ("", ""));
            assert_eq!(plain.at.unwrap().to_string(), "2025-03-04T10:12:00+01:00");
        }
    }
}
