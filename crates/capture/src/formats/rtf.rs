//! The text of an RTF file (Rich Text Format 1.9.1): one line a paragraph.
//!
//! A reader of our own: the crates for RTF build a tree, stop at the first thing they do not know, and lose letters
//! beyond ASCII. This one keeps one small state a group, reads each byte once, and ends with what it has where the file
//! ends early.

use encoding_rs::{Encoding, WINDOWS_1252};

use crate::origin::Problem;

/// Groups inside groups beyond this are read at its depth.
const DEPTH: usize = 1024;

/// Destinations that hold no text of the document.
const NO_TEXT: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "objdata",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "footnote",
    "fldinst",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "themedata",
    "colorschememapping",
    "datastore",
    "latentstyles",
    "xmlnstbl",
    "filetbl",
    "revtbl",
    "template",
    "pntxta",
    "pntxtb",
    "bkmkstart",
    "bkmkend",
    "datafield",
    "xe",
    "tc",
    "annotation",
    "nonshppict",
    "shpinst",
];

/// Control words that stand for a letter or a break.
const LETTERS: &[(&str, &str)] = &[
    ("par", "\n"),
    ("line", "\n"),
    ("sect", "\n"),
    ("page", "\n"),
    ("row", "\n"),
    ("tab", "\t"),
    ("cell", "\t"),
    ("emdash", "—"),
    ("endash", "–"),
    ("lquote", "‘"),
    ("rquote", "’"),
    ("ldblquote", "“"),
    ("rdblquote", "”"),
    ("bullet", "•"),
    ("emspace", " "),
    ("enspace", " "),
    ("qmspace", " "),
    ("softline", "\n"),
];

/// Whether the bytes are RTF.
pub(crate) fn is_rtf(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"{\\rtf")
}

/// What a group inherits and gives back at its end.
#[derive(Debug, Clone, Copy)]
struct Group {
    /// Inside a destination without text.
    is_hidden: bool,
    /// Deleted under review, or formatted as hidden.
    is_struck: bool,
    /// Letters that stand for one `\u` in old programs.
    fallback: usize,
    encoding: &'static Encoding,
}

impl Group {
    /// Whether what stands here is no text of the document as it is shown.
    fn is_silent(self) -> bool {
        self.is_hidden || self.is_struck
    }
}

struct Text<'a> {
    rest: &'a [u8],
    text: String,
    groups: Vec<Group>,
    group: Group,
    /// Groups opened beyond [`DEPTH`].
    beyond: usize,
    /// Bytes of the code page that are not decoded yet.
    pending: Vec<u8>,
    /// Letters still to be passed over behind a `\u`.
    passed: usize,
    /// First half of a pair of `\u`.
    high: Option<u16>,
    /// Encoding of the document, and of its fonts by number.
    code_page: &'static Encoding,
    fonts: Vec<(i32, &'static Encoding)>,
    font: Option<i32>,
    is_font_table: bool,
    limit: usize,
}

/// The text of the document.
///
/// # Errors
/// Where the text is longer than `limit`.
pub(crate) fn text(bytes: &[u8], limit: usize) -> Result<String, Problem> {
    let group = Group { is_hidden: false, is_struck: false, fallback: 1, encoding: WINDOWS_1252 };
    let mut reader = Text {
        rest: bytes,
        text: String::new(),
        groups: Vec::new(),
        group,
        beyond: 0,
        pending: Vec::new(),
        passed: 0,
        high: None,
        code_page: WINDOWS_1252,
        fonts: Vec::new(),
        font: None,
        is_font_table: false,
        limit,
    };
    if reader.run() { Ok(reader.text) } else { Err(Problem::too_large(0, "its text", limit)) }
}

impl<'a> Text<'a> {
    /// Reads to the end; `false` where the text grew over the limit.
    fn run(&mut self) -> bool {
        while let Some((&byte, rest)) = self.rest.split_first() {
            self.rest = rest;
            match byte {
                b'{' => self.open(),
                b'}' => self.close(),
                b'\\' => self.control(),
                b'\r' | b'\n' | 0 => {}
                byte => self.byte(byte),
            }
            if self.pending.len() >= 1_000_000 {
                self.flush();
            }
            if self.text.len() > self.limit {
                return false;
            }
        }
        self.flush();
        self.text.len() <= self.limit
    }

    fn open(&mut self) {
        self.flush();
        self.passed = 0;
        if self.groups.len() < DEPTH {
            self.groups.push(self.group);
        } else {
            self.beyond += 1;
        }
    }

    fn close(&mut self) {
        self.flush();
        self.passed = 0;
        if self.beyond > 0 {
            self.beyond -= 1;
        } else if let Some(group) = self.groups.pop() {
            self.group = group;
        }
        if !self.group.is_hidden {
            self.is_font_table = false;
        }
    }

    /// A byte of the code page.
    fn byte(&mut self, byte: u8) {
        if self.passed > 0 {
            self.passed -= 1;
        } else if !self.group.is_silent() {
            self.high = None;
            self.pending.push(byte);
        }
    }

    /// What follows a backslash.
    fn control(&mut self) {
        let Some((&first, rest)) = self.rest.split_first() else { return };
        if first.is_ascii_alphabetic() {
            let (word, number) = self.word();
            self.obey(word, number);
            return;
        }
        self.rest = rest;
        match first {
            b'\'' => {
                let hex = |b: u8| char::from(b).to_digit(16);
                if let [high, low, after @ ..] = self.rest
                    && let (Some(high), Some(low)) = (hex(*high), hex(*low))
                {
                    self.rest = after;
                    self.byte((high * 16 + low) as u8);
                }
            }
            b'*' => self.group.is_hidden = true,
            b'\\' | b'{' | b'}' => self.byte(first),
            b'~' => self.push("\u{a0}"),
            b'_' => self.push("-"),
            b'\r' | b'\n' => self.push("\n"),
            _ => {}
        }
    }

    /// A control word and its number, both taken off with the one space behind them.
    fn word(&mut self) -> (&'a str, Option<i32>) {
        let all = self.rest;
        let letters = all.iter().take(32).take_while(|b| b.is_ascii_alphabetic()).count();
        let signed = letters + usize::from(all.get(letters) == Some(&b'-'));
        let digits = all[signed..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
        let end = if digits == 0 { letters } else { signed + digits };
        let number = std::str::from_utf8(&all[letters..end]).ok().and_then(|n| n.parse().ok());
        self.rest = &all[end + usize::from(all.get(end) == Some(&b' '))..];
        (std::str::from_utf8(&all[..letters]).unwrap_or_default(), number)
    }

    fn obey(&mut self, word: &str, number: Option<i32>) {
        if let Some((_, letters)) = LETTERS.iter().find(|(name, _)| *name == word) {
            return self.push(letters);
        }
        match (word, number) {
            ("u", Some(code)) => self.unicode(code),
            ("uc", Some(count)) => self.group.fallback = usize::try_from(count).unwrap_or(1).min(16),
            ("bin", Some(count)) => {
                let count = usize::try_from(count).unwrap_or(0).min(self.rest.len());
                self.rest = &self.rest[count..];
            }
            ("ansicpg", Some(page)) => {
                if let Some(encoding) = of_code_page(page) {
                    self.code_page = encoding;
                    self.turn_to(encoding);
                }
            }
            ("mac", _) => self.turn_to(encoding_rs::MACINTOSH),
            ("f", Some(font)) if self.is_font_table => self.font = Some(font),
            ("f", Some(font)) => {
                let encoding = self.fonts.iter().rev().find(|(f, _)| *f == font).map_or(self.code_page, |(_, e)| e);
                self.turn_to(encoding);
            }
            ("fcharset", Some(set)) => {
                if let (Some(font), Some(encoding)) = (self.font, of_charset(set))
                    && self.fonts.len() < 4096
                {
                    self.fonts.push((font, encoding));
                }
            }
            ("deleted" | "v", number) => {
                self.flush();
                self.group.is_struck = number != Some(0);
            }
            ("plain", _) => {
                self.turn_to(self.code_page);
                self.group.is_struck = false;
            }
            ("fonttbl", _) => (self.is_font_table, self.group.is_hidden) = (true, true),
            _ if NO_TEXT.contains(&word) => self.group.is_hidden = true,
            _ => {}
        }
    }

    fn turn_to(&mut self, encoding: &'static Encoding) {
        self.flush();
        self.group.encoding = encoding;
    }

    /// A letter by its number, written as a signed one of 16 bits; those beyond are two.
    fn unicode(&mut self, code: i32) {
        let unit = (code & 0xffff) as u16;
        self.flush();
        let pair = self.high.take().map_or_else(|| vec![unit], |high| vec![high, unit]);
        match char::decode_utf16(pair).next() {
            Some(Ok(letter)) => {
                let mut room = [0; 4];
                self.push(letter.encode_utf8(&mut room));
            }
            _ => self.high = Some(unit).filter(|u| (0xd800..0xdc00).contains(u)),
        }
        self.passed = self.group.fallback;
    }

    fn push(&mut self, letters: &str) {
        if self.passed > 0 {
            self.passed -= 1;
        } else if !self.group.is_silent() {
            self.flush();
            self.text.push_str(letters);
        }
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            let (letters, _) = self.group.encoding.decode_without_bom_handling(&self.pending);
            self.text.push_str(&letters);
            self.pending.clear();
        }
    }
}

fn of_code_page(page: i32) -> Option<&'static Encoding> {
    let label = match page {
        65001 => "utf-8".to_string(),
        932 => "shift_jis".to_string(),
        936 => "gbk".to_string(),
        949 => "euc-kr".to_string(),
        950 => "big5".to_string(),
        10000 => "macintosh".to_string(),
        page => format!("windows-{page}"),
    };
    Encoding::for_label(label.as_bytes())
}

/// Encoding of a font's character set (`\fcharset`).
fn of_charset(set: i32) -> Option<&'static Encoding> {
    let page = match set {
        0 => 1252,
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    };
    of_code_page(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rtf: &str, expected: &str) {
        assert_eq!(text(rtf.as_bytes(), 10_000_000).unwrap(), expected, "{rtf}");
    }

    #[test]
    fn words_and_letters_of_all_kinds() {
        check(r"{\rtf1\ansi Talks {\b resumed}\par on Monday\par}", "Talks resumed\non Monday\n");
        check(
            r"{\rtf1\ansi\ansicpg1252 caf\'e9 \u8220?yes\u8221? \emdash  no\~way \{x\}}",
            "café “yes” — no\u{a0}way {x}",
        );
        check(r"{\rtf1\ansi\uc0\u-10179\u-8704 {\uc2\u1050 KK}x}", "😀Кx");
        check(
            r"{\rtf1{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}\f1 \'ca\'e8\'e5\'e2 \f0 \'e9}",
            "Киев é",
        );
    }

    #[test]
    fn what_is_no_text_is_left_out() {
        check(
            r#"{\rtf1{\info{\title T}}{\*\generator G;}{\header Page 1}{\field{\*\fldinst HYPERLINK "x"}{\fldrslt Talks}} on{\pict\bin3 }}{}}"#,
            "Talks on",
        );
    }

    #[test]
    fn what_was_deleted_or_hidden_and_footnotes_are_no_text() {
        check(
            r"{\rtf1 The pay{\footnote See \'a7 9.} was {\deleted not }raised\v  in secret \u8212?\v0 , {\b\v x\plain he} said.}",
            "The pay was raised, he said.",
        );
        check(r"{\rtf1 Talks\deleted\par  never\deleted0  resumed.\par}", "Talks resumed.\n");
    }

    #[test]
    fn rtf_without_end_and_without_bottom_ends() {
        check(r"{\rtf1 Talks \b", "Talks ");
        check(&format!(r"{{\rtf1 {}Talks", "{".repeat(300_000)), "Talks");
        check(&format!(r"{{\rtf1 a{}", "}".repeat(300_000)), "a");
        check(r"{\rtf1 a\u", "a");
        check(r"{\rtf1 a\bin99999 b", "a");
        let long = format!(r"{{\rtf1 {}", r"\'80".repeat(1_000));
        assert_eq!(text(long.as_bytes(), 2_000).unwrap_err().code, "too-large");
    }
}
