//! Stretches of text in quotation marks, paragraph by paragraph: nested ones, ones that never close, ones that run over
//! several paragraphs.
//!
//! A multi-paragraph quotation opens each of its paragraphs and closes only the last, so a mark that is still open at the
//! end of a paragraph ends there, and the next paragraph says by its first character whether it goes on.

#![allow(dead_code, reason = "used by more families than one")]

use rapporteur_text::Span;

/// One stretch in quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Marked {
    /// With its marks.
    pub(crate) outer: Span,
    /// Without its marks and without white space at its ends.
    pub(crate) inner: Span,
    /// Whether the closing mark is there.
    pub(crate) closed: bool,
    /// Whether the marks are single ones.
    pub(crate) single: bool,
    /// 0 for a quotation of the article, 1 for one inside that, and so on.
    pub(crate) depth: u8,
    /// Whether it goes on with the quotation left open at the end of the paragraph before.
    pub(crate) continues: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Curly,
    Straight,
    Guillemets,
    Single,
}

struct Open {
    kind: Kind,
    outer: usize,
    inner: usize,
    slot: usize,
}

/// All quotation-mark stretches of a text in order of their opening marks, outer before inner.
pub(crate) fn find(text: &str) -> Vec<Marked> {
    let mut found = Vec::new();
    let mut left_open = false;
    let mut at = 0;
    for line in text.split('\n') {
        if !line.trim().is_empty() {
            let first = found.len();
            paragraph(text, at, at + line.len(), &mut found);
            if let Some(opening) = found.get_mut(first)
                && left_open
                && text.get(at..opening.outer.start()).is_some_and(|s| s.trim().is_empty())
            {
                opening.continues = true;
            }
            left_open = found[first..].iter().any(|m: &Marked| !m.closed && m.depth == 0 && m.inner.len() > 20);
        }
        at += line.len() + 1;
    }
    found
}

fn paragraph(text: &str, from: usize, to: usize, found: &mut Vec<Marked>) {
    let mut stack: Vec<Open> = Vec::new();
    let body = text.get(from..to).unwrap_or("");
    let mut before: Option<char> = None;
    let mut chars = body.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let doubled = c == '\'' && chars.peek().is_some_and(|&(_, n)| n == '\'')
            || c == '`' && body.get(i..).is_some_and(|s| s.starts_with("``"));
        if doubled {
            chars.next();
        }
        let width = if doubled { 2 } else { c.len_utf8() };
        let start = from + i;
        let end = start + width;
        let next = text.get(end..to).and_then(|s| s.chars().next());
        if let Some(mark) = role(c, doubled, before, next, &stack) {
            match mark {
                (kind, true) => {
                    let depth = stack.len() as u8;
                    let slot = found.len();
                    let (outer, inner) = (span(text, start, end), span(text, end, end));
                    found.push(Marked {
                        outer,
                        inner,
                        closed: false,
                        single: kind == Kind::Single,
                        depth,
                        continues: false,
                    });
                    stack.push(Open { kind, outer: start, inner: end, slot });
                }
                (kind, false) => {
                    // an inner mark that never closed is an apostrophe; the outer one closes over it
                    while let Some(open) = stack.pop() {
                        let same = open.kind == kind;
                        if let Some(m) = found.get_mut(open.slot) {
                            m.outer = span(text, open.outer, if same { end } else { start });
                            m.inner = span(text, open.inner, start).trim(text);
                            m.closed = same;
                        }
                        if same {
                            break;
                        }
                    }
                }
            }
        }
        before = Some(c);
    }
    for open in stack {
        if let Some(m) = found.get_mut(open.slot) {
            let stop = unclosed_end(text, open.inner, to, from == open.outer);
            m.outer = span(text, open.outer, stop);
            m.inner = span(text, open.inner, stop).trim(text);
        }
    }
    // single marks that never close are apostrophes
    found.retain(|m| m.outer.start() < from || !m.inner.is_empty() && (m.closed || !m.single));
}

/// Where a stretch whose closing mark is missing ends: with its paragraph if it opens it, else with its sentence.
fn unclosed_end(text: &str, inner: usize, to: usize, opens: bool) -> usize {
    let body = text.get(inner..to).unwrap_or("");
    if opens {
        return inner + body.trim_end().len();
    }
    body.match_indices(['.', '!', '?'])
        .map(|(i, _)| i + 1)
        .find(|&i| body.get(i..).is_some_and(|rest| rest.starts_with(' ')))
        .map_or(inner + body.trim_end().len(), |i| inner + i)
}

/// Which mark this character is and whether it opens; `None` for a character that is no quotation mark here.
fn role(c: char, doubled: bool, before: Option<char>, next: Option<char>, stack: &[Open]) -> Option<(Kind, bool)> {
    let open = |kind: Kind| stack.iter().any(|o| o.kind == kind);
    let at_start = before.is_none_or(|b| b.is_whitespace() || "([{-–—\"“«/".contains(b));
    let word_next = next.is_some_and(|n| !n.is_whitespace());
    let word_end = next.is_none_or(|n| !n.is_alphanumeric());
    match c {
        // „so“: what opens elsewhere closes here
        '“' if open(Kind::Curly) && !at_start && !next.is_some_and(char::is_alphanumeric) => {
            Some((Kind::Curly, false))
        }
        '“' | '„' => Some((Kind::Curly, true)),
        '”' if open(Kind::Curly) => Some((Kind::Curly, false)),
        '«' => Some((Kind::Guillemets, true)),
        '»' if open(Kind::Guillemets) => Some((Kind::Guillemets, false)),
        '"' | '\'' | '`' if doubled || c == '"' => match open(Kind::Straight) {
            true => Some((Kind::Straight, false)),
            false if open(Kind::Curly) && !at_start => Some((Kind::Curly, false)),
            false => (word_next || at_start).then_some((Kind::Straight, true)),
        },
        '”' => at_start.then_some((Kind::Curly, true)),
        '‘' => (at_start && word_next).then_some((Kind::Single, true)),
        '’' | '\'' if open(Kind::Single) && word_end && !before.is_none_or(char::is_whitespace) => {
            Some((Kind::Single, false))
        }
        '\'' => (at_start && next.is_some_and(char::is_alphabetic)).then_some((Kind::Single, true)),
        _ => None,
    }
}

fn span(text: &str, start: usize, end: usize) -> Span {
    Span::of(text, start..end.max(start)).unwrap_or_else(|| Span::all(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let got: Vec<_> = find(text).iter().map(|m| m.inner.slice(text)).collect();
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn curly_straight_and_doubled_single_marks() {
        check("“No deal,” she said. “None.”", &["No deal,", "None."]);
        check("\"No deal,\" she said. \"None.\"", &["No deal,", "None."]);
        check("''No deal,'' she said.", &["No deal,"]);
        check("«No deal», she said.", &["No deal"]);
        check("„No deal“, she said.", &["No deal"]);
    }

    #[test]
    fn nested_marks_have_a_depth() {
        let text = "“He told us ‘never’ and left,” she said.";
        let got = find(text);
        assert_eq!(
            got.iter().map(|m| (m.inner.slice(text), m.depth)).collect::<Vec<_>>(),
            [("He told us ‘never’ and left,", 0), ("never", 1)]
        );
    }

    #[test]
    fn apostrophes_are_no_marks() {
        check("The workers' pay and the '90s; Aune's offer.", &[]);
        check("“The dockers’ pay,” he said, “is theirs.”", &["The dockers’ pay,", "is theirs."]);
    }

    #[test]
    fn a_quotation_over_paragraphs_goes_on() {
        let text = "“We came here to talk about the water.\n“We did not come to sign,” he said.";
        let got = find(text);
        assert_eq!(got.len(), 2);
        assert!(!got[0].closed && got[1].continues && got[1].closed);
    }

    #[test]
    fn a_mark_that_never_closes_ends_with_its_sentence_or_paragraph() {
        check("He called it “a gag with a signature. Then he left.", &["a gag with a signature."]);
        check("“We will not sign. Not today.", &["We will not sign. Not today."]);
    }
}
