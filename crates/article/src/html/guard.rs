//! A look at a page before it is parsed: pages that would hang or overflow any tree builder are turned away.

use std::fmt;

/// The most bytes a page may have. Real news pages peak at 1.5 MB.
const MAX_BYTES: usize = 10_000_000;
/// The deepest nesting. Real pages peak at 51.
const MAX_DEPTH: usize = 512;
/// The most tags. Real pages peak at 1,737 elements; the rest is room.
const MAX_TAGS: usize = 50_000;
/// The most attributes of one tag. Real pages peak at 64.
const MAX_ATTRIBUTES: usize = 1_000;

/// What a page has too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Excess {
    what: &'static str,
    limit: usize,
}

impl fmt::Display for Excess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the page has more than {} {}, as no news page has", self.limit, self.what)
    }
}

/// Elements that never have content.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
/// Elements whose end tag may be left out and that do not nest directly in themselves.
const SELF_CLOSING: &[&str] =
    &["p", "li", "dt", "dd", "option", "tr", "td", "th", "tbody", "thead", "tfoot", "colgroup"];
/// Elements whose content is no markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "noembed"];

/// Walks over the page once, in time linear in its length and without building anything but the stack of open tags.
///
/// # Errors
/// The first limit that is passed.
pub(crate) fn check(page: &str) -> Result<(), Excess> {
    if page.len() > MAX_BYTES {
        return Err(Excess { what: "bytes", limit: MAX_BYTES });
    }
    let mut guard = Guard { open: Vec::new(), tags: 0 };
    let bytes = page.as_bytes();
    let mut at = 0;
    while let Some(found) = find(bytes, at, b'<') {
        at = match bytes.get(found + 1) {
            Some(b'!') if bytes[found..].starts_with(b"<!--") => end_of_comment(page, found + 4),
            Some(b'/') => guard.close(page, found + 2),
            Some(c) if c.is_ascii_alphabetic() => guard.open(page, found + 1)?,
            _ => found + 1,
        };
    }
    Ok(())
}

fn find(bytes: &[u8], from: usize, wanted: u8) -> Option<usize> {
    bytes.get(from..)?.iter().position(|&b| b == wanted).map(|p| p + from)
}

fn end_of_comment(page: &str, from: usize) -> usize {
    page.get(from..).and_then(|rest| rest.find("-->")).map_or(page.len(), |p| from + p + 3)
}

fn name_at(page: &str, from: usize) -> (&str, usize) {
    let rest = page.as_bytes().get(from..).unwrap_or_default();
    let len =
        rest.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/' | b'<')).unwrap_or(rest.len());
    (page.get(from..from + len).unwrap_or(""), from + len)
}

fn is_any(name: &str, list: &[&str]) -> bool {
    list.iter().any(|n| n.eq_ignore_ascii_case(name))
}

struct Guard<'a> {
    open: Vec<&'a str>,
    tags: usize,
}

impl<'a> Guard<'a> {
    fn open(&mut self, page: &'a str, from: usize) -> Result<usize, Excess> {
        self.tags += 1;
        if self.tags > MAX_TAGS {
            return Err(Excess { what: "tags", limit: MAX_TAGS });
        }
        let (name, after) = name_at(page, from);
        let (end, closed) = attributes(page.as_bytes(), after)?;
        if is_any(name, RAW) {
            return Ok(end_of_raw(page, end, name));
        }
        if closed || is_any(name, VOID) {
            return Ok(end);
        }
        if is_any(name, SELF_CLOSING) {
            self.close_same(name);
        }
        self.open.push(name);
        if self.open.len() > MAX_DEPTH {
            return Err(Excess { what: "levels of nesting", limit: MAX_DEPTH });
        }
        Ok(end)
    }

    /// A tag whose end may be left out ends its like that is open just before it, looking over a few inline tags.
    fn close_same(&mut self, name: &str) {
        let reach = self.open.len().saturating_sub(8);
        let same = self.open.iter().rposition(|n| n.eq_ignore_ascii_case(name)).filter(|&p| p >= reach);
        if let Some(place) = same
            && !self.open[place..]
                .iter()
                .any(|n| is_any(n, &["div", "ul", "ol", "table", "section", "dl", "blockquote"]))
        {
            self.open.truncate(place);
        }
    }

    fn close(&mut self, page: &str, from: usize) -> usize {
        let (name, after) = name_at(page, from);
        let reach = self.open.len().saturating_sub(64);
        if let Some(place) = self.open.iter().rposition(|n| n.eq_ignore_ascii_case(name)).filter(|&p| p >= reach) {
            self.open.truncate(place);
        }
        find(page.as_bytes(), after, b'>').map_or(page.len(), |p| p + 1)
    }
}

/// The end of a tag, and whether it closes itself. Attributes are counted by the spaces before their names.
fn attributes(bytes: &[u8], from: usize) -> Result<(usize, bool), Excess> {
    let (mut at, mut count, mut quote, mut before) = (from, 0, 0u8, b' ');
    while let Some(&b) = bytes.get(at) {
        if quote != 0 {
            if b == quote {
                quote = 0;
            }
        } else {
            match b {
                b'"' | b'\'' if before == b'=' => quote = b,
                b'>' => return Ok((at + 1, before == b'/')),
                _ if !b.is_ascii_whitespace() && (before.is_ascii_whitespace() || before == b'/') && b != b'/' => {
                    count += 1
                }
                _ => {}
            }
        }
        if count > MAX_ATTRIBUTES {
            return Err(Excess { what: "attributes on one tag", limit: MAX_ATTRIBUTES });
        }
        // `a = "b"`: the equals sign is remembered over the spaces after it.
        if !(b.is_ascii_whitespace() && before == b'=') {
            before = b;
        }
        at += 1;
    }
    Ok((bytes.len(), false))
}

fn end_of_raw(page: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = page.get(at..).and_then(|rest| rest.find("</")).map(|p| p + at) {
        let (closing, after) = name_at(page, found + 2);
        if closing.eq_ignore_ascii_case(name) {
            return find(page.as_bytes(), after, b'>').map_or(page.len(), |p| p + 1);
        }
        at = found + 2;
    }
    page.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_real_pages_do_passes() {
        let page = "<html><body>".to_string() + &"<p>One <a href='x'>two</a><li>three<br>".repeat(700) + "</body>";
        assert_eq!(check(&page), Ok(()));
        assert_eq!(check("<script>if (a<b) { x('<div><div>') }</script><p>a < b"), Ok(()));
        assert_eq!(check("<p>unclosed <a href=\"never"), Ok(()));
    }

    #[test]
    fn what_no_page_does_is_named() {
        assert_eq!(check(&"<div>".repeat(600)).unwrap_err().what, "levels of nesting");
        assert_eq!(check(&"<br>".repeat(50_001)).unwrap_err().what, "tags");
        let page = format!("<p {}>", "a=1 ".repeat(1_001));
        assert_eq!(check(&page).unwrap_err().what, "attributes on one tag");
        assert!(
            check(&"x".repeat(10_000_001))
                .unwrap_err()
                .to_string()
                .starts_with("the page has more than 10000000 bytes")
        );
    }
}
