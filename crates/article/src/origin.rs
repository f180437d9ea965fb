//! Where each piece of the text stands in the decoded capture.

use rapporteur_text::Span;

/// The characters a reader of a page sees, without white space, each with its place in the source.
struct Visible {
    text: String,
    /// Offset in the source of the character at each byte of `text`.
    places: Vec<u32>,
}

/// Pieces of `text` with the offset at which the same bytes stand in `source`.
///
/// Both rise from piece to piece; each piece is checked to be the same bytes. Words that were put together from several
/// places, or that the page escapes in a way we do not know, have no piece.
///
/// Beside it, the bytes of visible words in the whole source.
pub(crate) fn of_html(text: &str, source: &str) -> (Vec<(Span, usize)>, usize) {
    let visible = visible(source);
    let mut map = Vec::new();
    let mut cursor: usize = 0;
    let mut start = 0;
    for line in text.split('\n') {
        let needle: String = line.chars().filter(|c| !c.is_whitespace()).collect();
        // A short line may well stand far away by chance, so it is looked for nearby only.
        let reach = if needle.len() < 24 { 4_000 } else { visible.text.len() };
        let mut end = cursor.saturating_add(reach).min(visible.text.len());
        while !visible.text.is_char_boundary(end) {
            end += 1;
        }
        let found = visible.text.get(cursor..end).filter(|_| !needle.is_empty()).and_then(|rest| rest.find(&needle));
        if let Some(found) = found {
            let from = cursor + found;
            pieces(text, start, line, source, &visible.places[from..from + needle.len()], &mut map);
            cursor = from + needle.len();
        }
        start += line.len() + 1;
    }
    (map, visible.text.len())
}

/// Runs of equal bytes of one line and its source.
fn pieces(text: &str, start: usize, line: &str, source: &str, places: &[u32], map: &mut Vec<(Span, usize)>) {
    let mut at = 0; // in the line without white space
    let mut run: Option<(usize, usize, usize)> = None; // start and end in the text, start in the source
    for (offset, c) in line.char_indices() {
        let here = start + offset;
        let same = |place: usize| source.get(place..place + c.len_utf8()).is_some_and(|s| s.starts_with(c));
        let follows = run.map(|(from, end, origin)| (end == here, origin + (end - from)));
        if c.is_whitespace() {
            if let (Some(run), Some((true, next))) = (run.as_mut(), follows)
                && same(next)
            {
                run.1 += c.len_utf8();
            }
            continue;
        }
        let place = places.get(at).map_or(usize::MAX, |&p| p as usize);
        at += c.len_utf8();
        match (run.as_mut(), follows) {
            (Some(run), Some((true, next))) if next == place && same(place) => run.1 += c.len_utf8(),
            _ => {
                end_run(text, run.take(), map);
                run = (place != usize::MAX && same(place)).then_some((here, here + c.len_utf8(), place));
            }
        }
    }
    end_run(text, run, map);
}

fn end_run(text: &str, run: Option<(usize, usize, usize)>, map: &mut Vec<(Span, usize)>) {
    if let Some((from, end, origin)) = run
        && let Some(span) = Span::of(text, from..end)
    {
        map.push((span, origin));
    }
}

/// The visible characters of a page: tags, comments, scripts and styles left out, references resolved.
fn visible(source: &str) -> Visible {
    let mut seen = Visible { text: String::with_capacity(source.len() / 4), places: Vec::new() };
    let mut at = 0;
    while at < source.len() {
        let rest = &source[at..];
        match rest.as_bytes()[0] {
            b'<' => at += markup(rest),
            b'&' => match reference(rest) {
                Some((c, len)) => {
                    c.chars().for_each(|c| seen.push(c, at));
                    at += len;
                }
                None => {
                    seen.push('&', at);
                    at += 1;
                }
            },
            _ => {
                let run = rest.find(['<', '&']).unwrap_or(rest.len());
                rest[..run].char_indices().for_each(|(offset, c)| seen.push(c, at + offset));
                at += run;
            }
        }
    }
    seen
}

impl Visible {
    fn push(&mut self, c: char, place: usize) {
        if !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}') {
            self.text.push(c);
            let place = u32::try_from(place).unwrap_or(u32::MAX);
            self.places.extend(std::iter::repeat_n(place, c.len_utf8()));
        }
    }
}

/// Length of the tag, comment, or script at the start of `rest`; 1 where `<` opens none.
fn markup(rest: &str) -> usize {
    let to = |end: &str, from: usize| {
        rest.get(from..).and_then(|r| r.find(end)).map_or(rest.len(), |p| from + p + end.len())
    };
    if rest.starts_with("<!--") {
        return to("-->", 4);
    }
    if !rest.as_bytes().get(1).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?')) {
        return 1;
    }
    let end = to(">", 1);
    for raw in ["script", "style", "noscript", "template"] {
        let named = rest.get(1..=raw.len()).is_some_and(|n| n.eq_ignore_ascii_case(raw));
        if named && rest.as_bytes().get(raw.len() + 1).is_some_and(|b| !b.is_ascii_alphanumeric()) {
            let close = format!("</{raw}");
            let shut = rest.get(end..).and_then(|r| find_ignoring_case(r, &close)).map_or(rest.len(), |p| end + p);
            return rest.get(shut..).and_then(|r| r.find('>')).map_or(rest.len(), |p| shut + p + 1);
        }
    }
    end
}

fn find_ignoring_case(hay: &str, needle: &str) -> Option<usize> {
    hay.match_indices("</")
        .map(|(p, _)| p)
        .find(|&p| hay.get(p..p + needle.len()).is_some_and(|h| h.eq_ignore_ascii_case(needle)))
}

/// The characters a reference such as `&rsquo;` or `&#8217;` stands for, and its length.
fn reference(rest: &str) -> Option<(String, usize)> {
    let limit = rest.char_indices().take(12).find(|(_, c)| *c == ';').map(|(p, _)| p);
    let end = limit?;
    let body = rest.get(1..end)?;
    let c = match body.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            windows_1252(code).or_else(|| char::from_u32(code))?
        }
        None => NAMED.iter().find(|(name, _)| *name == body)?.1,
    };
    Some((c.to_string(), end + 1))
}

/// `&#145;` and its like mean the characters of windows-1252, as the HTML standard has it.
fn windows_1252(code: u32) -> Option<char> {
    let byte = u8::try_from(code).ok().filter(|b| (0x80..0xa0).contains(b))?;
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next()
}

/// References that news pages use; from the HTML standard's table.
const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("rsquo", '’'),
    ("lsquo", '‘'),
    ("rdquo", '”'),
    ("ldquo", '“'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("hellip", '…'),
    ("bull", '•'),
    ("middot", '·'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("euro", '€'),
    ("pound", '£'),
    ("yen", '¥'),
    ("cent", '¢'),
    ("deg", '°'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("sbquo", '‚'),
    ("bdquo", '„'),
    ("prime", '′'),
    ("Prime", '″'),
    ("times", '×'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("frac34", '¾'),
    ("sect", '§'),
    ("para", '¶'),
    ("plusmn", '±'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("shy", '\u{ad}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("ecirc", 'ê'),
    ("euml", 'ë'),
    ("aacute", 'á'),
    ("agrave", 'à'),
    ("acirc", 'â'),
    ("auml", 'ä'),
    ("atilde", 'ã'),
    ("aring", 'å'),
    ("aelig", 'æ'),
    ("ccedil", 'ç'),
    ("iacute", 'í'),
    ("igrave", 'ì'),
    ("icirc", 'î'),
    ("iuml", 'ï'),
    ("ntilde", 'ñ'),
    ("oacute", 'ó'),
    ("ograve", 'ò'),
    ("ocirc", 'ô'),
    ("ouml", 'ö'),
    ("otilde", 'õ'),
    ("oslash", 'ø'),
    ("uacute", 'ú'),
    ("ugrave", 'ù'),
    ("ucirc", 'û'),
    ("uuml", 'ü'),
    ("szlig", 'ß'),
    ("Eacute", 'É'),
    ("Aacute", 'Á'),
    ("Agrave", 'À'),
    ("Auml", 'Ä'),
    ("Aring", 'Å'),
    ("Ccedil", 'Ç'),
    ("Ntilde", 'Ñ'),
    ("Oacute", 'Ó'),
    ("Ouml", 'Ö'),
    ("Oslash", 'Ø'),
    ("Uuml", 'Ü'),
    ("yacute", 'ý'),
    ("rarr", '→'),
    ("larr", '←'),
    ("minus", '−'),
    ("iexcl", '¡'),
    ("iquest", '¿'),
];

/// The words with HTML's references resolved.
pub(crate) fn unescape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut at = 0;
    while let Some(rest) = words.get(at..).filter(|r| !r.is_empty()) {
        let plain = rest.find('&').unwrap_or(rest.len());
        out.push_str(&rest[..plain]);
        at += plain;
        let Some(rest) = words.get(at..).filter(|r| !r.is_empty()) else { break };
        match reference(rest) {
            Some((c, len)) => {
                out.push_str(&c);
                at += len;
            }
            None => {
                out.push('&');
                at += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, source: &str) -> Vec<(Span, usize)> {
        let (map, _) = of_html(text, source);
        let mut last = (0, 0);
        for (span, origin) in &map {
            assert_eq!(span.slice(text), &source[*origin..*origin + span.len()]);
            assert!(span.start() >= last.0 && *origin >= last.1);
            last = (span.end(), origin + span.len());
        }
        map
    }

    #[test]
    fn pieces_skip_tags_references_and_scripts() {
        let source =
            "<script>Kyiv says no</script><p>Kyiv <b>says</b> it&rsquo;s\n  not over.</p><p>Next &amp; last.</p>";
        let map = check("Kyiv says it’s not over.\nNext & last.", source);
        let covered: usize = map.iter().map(|(s, _)| s.len()).sum();
        assert!(covered > 25, "{map:?}");
        assert_eq!(map[0].1, source.find("<p>").unwrap() + 3);
    }

    #[test]
    fn words_that_are_not_there_have_no_piece() {
        assert!(check("Nothing of this.", "<p>Something else.").is_empty());
        assert_eq!(unescape("AT&amp;T &#8217; &bogus; &"), "AT&T ’ &bogus; &");
    }
}
