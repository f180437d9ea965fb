//! The lines of an HTML page as it would be printed, for exports that are pages: one line a block, cells behind tabs.
//!
//! No tree is built, so that nesting costs nothing. Articles of the web are not read with this but in the next room.

/// Elements whose text is not shown.
const HIDDEN: [&str; 4] = ["script", "style", "head", "template"];

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 22] = [
    "p",
    "div",
    "tr",
    "table",
    "br",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "article",
    "section",
    "body",
    "pre",
    "blockquote",
    "tbody",
    "form",
];

/// The visible text of a page.
pub(crate) fn lines(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        push_words(&mut text, &rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let Some(end) = rest.find('>') else { return text };
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        let is_end = tag.starts_with('/');
        let name: String =
            tag.trim_start_matches('/').chars().take(12).take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        if !is_end && HIDDEN.contains(&name.as_str()) && !tag.ends_with('/') {
            rest = behind(rest, &name);
        } else if BLOCKS.contains(&name.as_str()) && !text.ends_with('\n') {
            text.push('\n');
        } else if is_end && (name == "td" || name == "th") {
            text.push('\t');
        }
    }
    push_words(&mut text, rest);
    text
}

/// What stands behind the end of an element; all is hidden where it has none.
fn behind<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut from = rest;
    while let Some(at) = from.find("</") {
        from = &from[at + 2..];
        if from.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name)) {
            return from.find('>').map_or("", |end| &from[end + 1..]);
        }
    }
    ""
}

/// Words with their entities resolved and line ends turned to spaces.
fn push_words(text: &mut String, words: &str) {
    let mut is_space = text.is_empty() || text.ends_with([' ', '\n', '\t']);
    for letter in html_escape::decode_html_entities(words).chars() {
        let letter = if letter.is_whitespace() { ' ' } else { letter };
        if !(letter == ' ' && is_space) {
            text.push(letter);
        }
        is_space = letter == ' ';
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_lines_and_cells_are_set_off() {
        let page = "<html><head><title>x</title></head><body><table><tr><td><b>HD</b></td><td>Talks\n<i>re&#115;umed</i></td></tr>\
                    <tr><td>LP</td><td><p>One &amp; two</p><p>Three</p></td></tr></table><!-- no --><script>no()</script></body>";
        let seen = lines(page);
        let seen: Vec<&str> = seen.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        assert_eq!(seen, ["HD\tTalks resumed", "LP", "One & two", "Three"]);
    }

    #[test]
    fn broken_pages_end() {
        assert_eq!(lines("Talks <b").trim(), "Talks");
        assert_eq!(lines("a<script>b").trim(), "a");
        assert_eq!(lines(&"<div>".repeat(100_000)).trim(), "");
        assert_eq!(lines(&"<".repeat(100_000)).trim(), "");
    }
}
