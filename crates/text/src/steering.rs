//! Letters that steer a terminal or printer and are no text.

use std::borrow::Cow;

/// Whether a letter steers a terminal or printer: the controls of ASCII and of Latin-1, but for line ends and tabs.
///
/// ```
/// # use rapporteur_text::is_steering;
/// assert!(['\u{1b}', '\u{7}', '\u{7f}', '\u{9b}'].into_iter().all(is_steering));
/// assert!(!['\n', '\r', '\t', ' ', 'é'].into_iter().any(is_steering));
/// ```
pub fn is_steering(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\n' | '\r' | '\t')
}

/// Words of somebody else as they may be printed: without letters that steer.
///
/// ```
/// # use rapporteur_text::printable;
/// assert_eq!(printable("Owners \u{1b}[31mrefuse\n"), "Owners [31mrefuse\n");
/// ```
pub fn printable(words: &str) -> Cow<'_, str> {
    if !words.contains(is_steering) {
        return words.into();
    }
    words.replace(is_steering, "").into()
}

/// The same on one line: line ends and tabs are spaces.
///
/// ```
/// # use rapporteur_text::one_line;
/// assert_eq!(one_line("Owners\trefuse\u{7}"), "Owners refuse");
/// ```
pub fn one_line(words: &str) -> Cow<'_, str> {
    if !words.contains(char::is_control) {
        return words.into();
    }
    printable(words).replace("\r\n", " ").replace(['\n', '\r', '\t'], " ").into()
}
