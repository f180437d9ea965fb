//! What Python says of characters, pinned: `spaCy`'s word shapes and splitting at white space rest on it.

use std::sync::LazyLock;

struct Tables {
    alpha: Vec<(u32, u32)>,
    upper: Vec<(u32, u32)>,
    digit: Vec<(u32, u32)>,
    decimal: Vec<(u32, u32)>,
    space: Vec<(u32, u32)>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let ranges = |name: &str| {
        let line = include_str!("../data/unicode.tsv")
            .lines()
            .find_map(|line| line.split_once('\t').filter(|(class, _)| *class == name))
            .map_or("", |(_, cells)| cells);
        let number = |text: &str| u32::from_str_radix(text, 16).unwrap_or(0);
        line.split(' ')
            .map(|cell| cell.split_once('-').unwrap_or((cell, cell)))
            .map(|(first, last)| (number(first), number(last)))
            .collect()
    };
    Tables {
        alpha: ranges("alpha"),
        upper: ranges("upper"),
        digit: ranges("digit"),
        decimal: ranges("decimal"),
        space: ranges("space"),
    }
});

fn holds(ranges: &[(u32, u32)], c: char) -> bool {
    let code = c as u32;
    let at = ranges.partition_point(|&(_, last)| last < code);
    ranges.get(at).is_some_and(|&(first, _)| first <= code)
}

/// `str.isalpha` of one character: a letter (categories L).
pub(crate) fn is_alpha(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { holds(&TABLES.alpha, c) }
}

/// `str.isupper` of one character.
pub(crate) fn is_upper(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_uppercase() } else { holds(&TABLES.upper, c) }
}

/// `str.isdigit` of one character: decimal digits, superscripts and their like.
pub(crate) fn is_digit(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { holds(&TABLES.digit, c) }
}

/// `str.isdecimal` of one character, which is also what `\d` matches.
pub(crate) fn is_decimal(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { holds(&TABLES.decimal, c) }
}

/// `str.isspace` of one character, which is also what `\s` matches. Unlike Rust it holds the separators U+001C to U+001F.
pub(crate) fn is_space(c: char) -> bool {
    if c.is_ascii() { matches!(c, ' ' | '\t'..='\r' | '\x1c'..='\x1f') } else { holds(&TABLES.space, c) }
}

/// What `\w` matches.
pub(crate) fn is_word(c: char) -> bool {
    c == '_' || is_alpha(c) || c.is_numeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_pythons() {
        assert!(is_alpha('é') && is_alpha('日') && !is_alpha('Ⅷ') && !is_alpha('\u{345}') && !is_alpha('²'));
        assert!(is_upper('Ж') && !is_upper('ß') && is_upper('Ⅷ'));
        assert!(is_digit('²') && !is_decimal('²') && is_decimal('٣') && !is_digit('½'));
        assert!(is_space('\u{a0}') && is_space('\u{1c}') && is_space('\u{3000}') && !is_space('\u{200b}'));
    }
}
