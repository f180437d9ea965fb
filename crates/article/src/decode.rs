//! From bytes to characters: byte order mark, what the page states, then detection.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use rapporteur_text::is_steering;

/// Characters of a capture, and how they were found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decoded {
    /// The characters, without a byte order mark. Origins of an article count in its bytes.
    pub text: String,
    /// Name of the encoding as the Encoding Standard has it, such as `windows-1251`.
    pub encoding: &'static str,
    /// Whether bytes had to be replaced because the encoding does not know them.
    pub damaged: bool,
}

/// The characters of these bytes.
///
/// In this order: a byte order mark; UTF-8 where the bytes are valid UTF-8 (text in another encoding hardly ever is);
/// UTF-16 where every second byte is NUL; the `charset` that an HTML page states in its first 4,096 bytes; detection as
/// browsers do it. Line ends are left as they are; other letters that steer a terminal are spaces of the same length.
pub fn decode(bytes: &[u8]) -> Decoded {
    decode_as(bytes, "")
}

/// The same, where the server named a character encoding (`charset`, "" if it did not): it goes before what the page
/// states.
pub(crate) fn decode_as(bytes: &[u8], charset: &str) -> Decoded {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return decoded(encoding, bytes);
    }
    if std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0) {
        return decoded(UTF_8, bytes);
    }
    let named = || utf16(bytes).or_else(|| of_label(charset)).or_else(|| stated(bytes));
    decoded(named().unwrap_or_else(|| detected(bytes)), bytes)
}

fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, used, damaged) = encoding.decode(bytes);
    // A NUL is no character of any text, and programs downstream stop at it.
    let text = if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text.into_owned() };
    Decoded { text: without_steering(text), encoding: used.name(), damaged }
}

/// Spaces of the same length for letters that steer a terminal: they are no words, and whoever prints a text could be led
/// astray by them.
pub(crate) fn without_steering(text: String) -> String {
    if !text.contains(is_steering) {
        return text;
    }
    let space = |c: char| if c.len_utf8() == 1 { ' ' } else { '\u{a0}' };
    text.chars().map(|c| if is_steering(c) { space(c) } else { c }).collect()
}

fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let nul = |from: usize| head.iter().skip(from).step_by(2).filter(|&&b| b == 0).count();
    match (nul(0), nul(1)) {
        (0, odd) if odd * 4 > head.len() => Some(UTF_16LE),
        (even, 0) if even * 4 > head.len() => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding named in `<meta charset=...>`, `<meta http-equiv ... charset=...>` or the XML declaration.
fn stated(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let names = ["charset=", "encoding="].into_iter().filter_map(|key| head.find(key).map(|at| at + key.len()));
    let at = names.min()?;
    let label: String =
        head.get(at..)?.trim_start_matches(['"', '\'', ' ']).chars().take_while(|c| is_label(*c)).collect();
    of_label(&label)
}

/// A page that states UTF-8 but is not valid UTF-8 states it wrongly: it is left to detection.
fn of_label(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.as_bytes()).filter(|e| *e != UTF_8 && *e != UTF_16LE && *e != UTF_16BE)
}

fn is_label(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_:.".contains(c)
}

fn detected(bytes: &[u8]) -> &'static Encoding {
    // Mostly valid UTF-8 with a few broken bytes is UTF-8 that was cut, not another encoding.
    let lossy = String::from_utf8_lossy(bytes);
    let broken = lossy.matches('\u{fffd}').count();
    let beyond_ascii = lossy.chars().filter(|c| !c.is_ascii()).count();
    if broken > 0 && broken * 10 < beyond_ascii {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_statements_and_detection_are_tried_in_order() {
        assert_eq!(decode(b"\xef\xbb\xbfKyiv").text, "Kyiv");
        assert_eq!(decode("Łódź — “no”".as_bytes()).encoding, "UTF-8");
        assert_eq!(decode(b"K\0y\0i\0v\0 \0s\0a\0y\0s\0").text, "Kyiv says");
        let page = b"<meta charset=\"windows-1251\"><p>\xca\xe8\xe5\xe2";
        assert!(decode(page).text.ends_with("Киев"));
        let page = decode_as(b"<p>\xca\xe8\xe5\xe2", "Windows-1251");
        assert!(page.text.ends_with("Киев"));
        let bare = "The café owner said the naïve résumé was déjà vu, née Brontë."
            .chars()
            .map(|c| c as u8)
            .collect::<Vec<_>>();
        let found = decode(&bare);
        assert!(found.text.contains("café") && found.text.contains("déjà"), "{found:?}");
    }

    #[test]
    fn letters_that_steer_a_terminal_are_spaces_of_the_same_length() {
        let steered = "Owners\u{1b}[2J refuse\u{9b}31m\r\n\tpay\u{7f}";
        let found = decode(steered.as_bytes()).text;
        assert_eq!((found.as_str(), found.len()), ("Owners [2J refuse\u{a0}31m\r\n\tpay ", steered.len()));
    }

    #[test]
    fn a_few_broken_bytes_do_not_change_the_encoding() {
        let mut bytes = "“Нет”, сказал министр после переговоров. ".repeat(20).into_bytes();
        bytes.push(0xd0);
        let found = decode(&bytes);
        assert_eq!((found.encoding, found.damaged), ("UTF-8", true));
    }
}
