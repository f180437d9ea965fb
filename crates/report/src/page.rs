//! Lines of a page: wrapping and colour.

use unicode_width::UnicodeWidthChar;

/// Words wrapped to `width` columns, the first line after `first`, the others after `rest`; ends with a newline.
pub(crate) fn wrap(words: &str, width: usize, first: &str, rest: &str) -> String {
    let mut out = String::new();
    let mut line = first.to_string();
    let mut has_word = false;
    for word in words.split_whitespace() {
        if has_word && columns(&line) + 1 + columns(word) > width {
            out.push_str(line.trim_end());
            out.push('\n');
            line = rest.to_string();
            has_word = false;
        }
        if has_word {
            line.push(' ');
        }
        line.push_str(word);
        has_word = true;
    }
    out.push_str(line.trim_end());
    out.push('\n');
    out
}

/// Columns on a terminal, marks of colour not counted.
pub(crate) fn columns(words: &str) -> usize {
    let mut n = 0;
    let mut in_mark = false;
    for c in words.chars() {
        match c {
            '\u{1b}' => in_mark = true,
            'm' if in_mark => in_mark = false,
            _ if in_mark => {}
            _ => n += c.width().unwrap_or(0),
        }
    }
    n
}

/// How words stand out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Heading,
    Strong,
    Faint,
    Good,
    Bad,
    Between,
}

/// The words in a style, with the marks of a terminal that shows colour.
pub(crate) fn styled(words: &str, style: Style, is_coloured: bool) -> String {
    if !is_coloured {
        return words.to_string();
    }
    let code = match style {
        Style::Heading => "1;4",
        Style::Strong => "1",
        Style::Faint => "2",
        Style::Good => "32",
        Style::Bad => "31",
        Style::Between => "33",
    };
    // each word by itself, so that a line may be broken between any two
    words.split(' ').map(|w| format!("\u{1b}[{code}m{w}\u{1b}[0m")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_wrapped_behind_their_margin() {
        assert_eq!(wrap("one two three four", 12, "- ", "  "), "- one two\n  three four\n");
        assert_eq!(wrap("incomprehensibilities", 8, "", "  "), "incomprehensibilities\n");
    }

    #[test]
    fn colour_takes_no_room() {
        assert_eq!(columns(&styled("two words", Style::Bad, true)), 9);
    }

    #[test]
    fn wide_letters_take_two_columns_and_marks_on_letters_none() {
        assert_eq!(columns("東京"), 4);
        assert_eq!(columns("Bro\u{308}k"), 4);
    }
}
