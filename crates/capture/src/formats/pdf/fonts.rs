//! What a font's codes stand for and how wide they are.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Encoding, Object};

use super::STREAM;

/// Letters and widths of a font.
pub(super) struct Font<'a> {
    /// By the font's map to Unicode.
    unicode: Option<Encoding<'a>>,
    /// By the names of its letters.
    named: Option<Encoding<'a>>,
    /// Whether a code takes two bytes.
    is_wide: bool,
    /// Widths of codes, in thousandths of the size.
    widths: BTreeMap<u32, f32>,
    default: Option<f32>,
}

impl Font<'_> {
    /// A font where nothing is known of it.
    pub(super) fn unknown() -> Self {
        let named = Some(Encoding::SimpleEncoding(b"WinAnsiEncoding"));
        Self { unicode: None, named, is_wide: false, widths: BTreeMap::new(), default: None }
    }

    /// The letters of a string.
    pub(super) fn letters(&self, codes: &[u8]) -> String {
        let read = |encoding: &Option<Encoding<'_>>| encoding.as_ref().and_then(|e| e.bytes_to_string(codes).ok());
        let unicode = read(&self.unicode);
        let letters = match unicode {
            Some(letters) if !letters.contains('\u{fffd}') => letters,
            other => read(&self.named).or(other).unwrap_or_default(),
        };
        letters.chars().filter(|c| !c.is_control() && !('\u{e000}'..='\u{f8ff}').contains(c)).map(plain).collect()
    }

    /// The width of a string in units of the size, and how many spaces of one byte it has.
    pub(super) fn width(&self, codes: &[u8]) -> (f32, usize, usize) {
        if self.is_wide {
            let codes = codes.chunks_exact(2).map(|c| u32::from(c[0]) << 8 | u32::from(c[1]));
            let (mut width, mut count) = (0.0, 0);
            for code in codes {
                width += self.widths.get(&code).copied().or(self.default).unwrap_or(1000.0);
                count += 1;
            }
            return (width / 1000.0, count, 0);
        }
        let of =
            |code: &u8| self.widths.get(&u32::from(*code)).copied().or(self.default).unwrap_or_else(|| usual(*code));
        let width: f32 = codes.iter().map(of).sum();
        (width / 1000.0, codes.len(), codes.iter().filter(|&&c| c == b' ').count())
    }
}

/// Ligatures and odd spaces as the letters they stand for.
fn plain(letter: char) -> char {
    if letter.is_whitespace() { ' ' } else { letter }
}

/// About how wide a letter is where the font does not say.
fn usual(code: u8) -> f32 {
    match code {
        b'i' | b'j' | b'l' | b'.' | b',' | b';' | b':' | b'\'' | b'|' | b'!' | b' ' | b'f' | b't' | b'I' => 270.0,
        b'r' | b'(' | b')' | b'[' | b']' | b'-' => 333.0,
        b'm' | b'w' | b'M' | b'W' => 830.0,
        b'A'..=b'Z' => 680.0,
        _ => 530.0,
    }
}

/// The font of this dictionary.
pub(super) fn read<'a>(file: &'a Document, dict: &'a Dictionary, stripped: &'a Dictionary) -> Font<'a> {
    let is_wide = dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Type0");
    let has_map = dict.has(b"ToUnicode");
    let unicode = has_map.then(|| stripped.get_font_encoding_with_limit(file, STREAM).ok()).flatten();
    let unicode = unicode.filter(|e| matches!(e, Encoding::UnicodeMapEncoding(_)));
    let named = if is_wide && unicode.is_some() { None } else { dict.get_font_encoding_with_limit(file, STREAM).ok() };
    let mut font = Font { unicode, named, is_wide, widths: BTreeMap::new(), default: None };
    if is_wide {
        wide_widths(file, dict, &mut font)
    } else {
        simple_widths(file, dict, &mut font)
    }
    font
}

/// The same dictionary without its names of letters, so that the map to Unicode is all there is.
pub(super) fn stripped(dict: &Dictionary) -> Dictionary {
    let mut dict = dict.clone();
    dict.remove(b"Encoding");
    dict
}

fn simple_widths(file: &Document, dict: &Dictionary, font: &mut Font<'_>) {
    let first = dict.get_deref(b"FirstChar", file).and_then(Object::as_i64).unwrap_or(0);
    let first = u32::try_from(first).unwrap_or(0);
    let Ok(widths) = dict.get_deref(b"Widths", file).and_then(Object::as_array) else { return };
    for (at, width) in (first..).zip(widths.iter().take(256)) {
        if let Some(width) = number(file, width).filter(|w| *w > 0.0) {
            font.widths.insert(at, width);
        }
    }
}

/// Widths of a font of two bytes: runs `first [w w w]` and `first last w`.
fn wide_widths(file: &Document, dict: &Dictionary, font: &mut Font<'_>) {
    let Ok(below) = dict.get_deref(b"DescendantFonts", file).and_then(Object::as_array) else { return };
    let Some(below) = below.first().and_then(|o| file.dereference(o).ok()).and_then(|(_, o)| o.as_dict().ok()) else {
        return;
    };
    font.default = below.get_deref(b"DW", file).ok().and_then(|o| number(file, o)).or(Some(1000.0));
    let Ok(runs) = below.get_deref(b"W", file).and_then(Object::as_array) else { return };
    let mut rest = &runs[..runs.len().min(200_000)];
    while let [first, second, after @ ..] = rest {
        rest = after;
        let Some(first) = number(file, first).map(|n| n as u32) else { continue };
        let second = file.dereference(second).map_or(second, |(_, o)| o);
        if let Ok(widths) = second.as_array() {
            let widths = widths.iter().take(65_536).map(|w| number(file, w).unwrap_or(1000.0));
            font.widths.extend((first..).zip(widths));
        } else if let ([width, after @ ..], Some(last)) = (rest, number(file, second)) {
            let width = number(file, width).unwrap_or(1000.0);
            let last = (last as u32).min(65_535);
            font.widths.extend((first..=last).map(|code| (code, width)));
            rest = after;
        }
    }
}

pub(super) fn number(file: &Document, object: &Object) -> Option<f32> {
    let (_, object) = file.dereference(object).ok()?;
    object.as_float().ok().filter(|n| n.is_finite())
}
