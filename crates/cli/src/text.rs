//! Words for a terminal: wrapped, with what was found marked.

use std::ops::Range;

use serde_json::Value;

/// A text with these byte ranges marked: in a terminal by bold letters, else by `[[` and `]]`.
pub(crate) fn marked(text: &str, marks: &[Range<usize>], is_coloured: bool) -> String {
    let (open, close) = if is_coloured { ("\u{1b}[1m", "\u{1b}[0m") } else { ("[[", "]]") };
    let mut out = String::with_capacity(text.len() + marks.len() * 8);
    let mut at = 0;
    for mark in marks {
        if let (Some(before), Some(words)) = (text.get(at..mark.start), text.get(mark.clone())) {
            out += before;
            // each word by itself, so that a line can end between them
            let words: Vec<String> = match is_coloured {
                true => words.split_whitespace().map(|w| format!("{open}{w}{close}")).collect(),
                false => vec![format!("{open}{words}{close}")],
            };
            out += &words.join(" ");
            at = mark.end;
        }
    }
    out + text.get(at..).unwrap_or_default()
}

/// "1 article", "24 articles".
pub(crate) fn many(n: usize, one: &str) -> String {
    format!("{n} {one}{}", if n == 1 { "" } else { "s" })
}

/// Words on lines of so many characters, the first after `first`, the others after `rest`.
pub(crate) fn wrapped(words: &str, width: usize, first: &str, rest: &str) -> String {
    let mut out = String::new();
    let mut line = first.to_string();
    let mut is_empty = true;
    for word in words.split_whitespace() {
        if !is_empty && shown_len(&line) + 1 + shown_len(word) > width {
            out += line.trim_end();
            out.push('\n');
            line = rest.to_string();
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line += word;
        is_empty = false;
    }
    out + line.trim_end() + "\n"
}

/// Characters without the marks of bold letters.
fn shown_len(words: &str) -> usize {
    words.chars().count() - 4 * words.matches("\u{1b}[1m").count() - 4 * words.matches("\u{1b}[0m").count()
}

/// A cell of CSV as RFC 4180 has it; a list or an object is JSON in its cell.
pub(crate) fn cell(value: &Value) -> String {
    let words = match value {
        Value::Null => String::new(),
        Value::String(words) => words.clone(),
        other => other.to_string(),
    };
    if words.contains([',', '"', '\n', '\r']) { format!("\"{}\"", words.replace('"', "\"\"")) } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::single_range_in_vec_init, reason = "one hit is one range")]
    fn marks_stand_around_the_words() {
        assert_eq!(marked("Łódź refuses", &[8..15], false), "Łódź [[refuses]]");
        assert_eq!(marked("no talks now", &[0..8], true), "\u{1b}[1mno\u{1b}[0m \u{1b}[1mtalks\u{1b}[0m now");
        assert_eq!(wrapped("one two three", 9, "", "  "), "one two\n  three\n");
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(cell(&Value::from("a \"b\", c")), "\"a \"\"b\"\", c\"");
        assert_eq!(cell(&Value::Null), "");
    }
}
