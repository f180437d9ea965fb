//! Streams of objects (ISO 32000-1, 7.5.7), looked at before the parser makes objects of them.
//!
//! An index says where each object begins. In what programs write they lie one behind the other; a small file could let all
//! begin where one large list does, and the parser would make that list once for each.

use lopdf::Stream;

/// How often the bytes of a stream may be parsed on the whole, for programs that write an object twice.
const TIMES: usize = 4;

/// Whether the objects of this stream come to far more bytes than it has; one that cannot be unpacked within `most` bytes is
/// left to the parser.
pub(super) fn is_overlapping(stream: &Stream, most: usize) -> bool {
    let Ok(content) = stream.get_plain_content_with_limit(most) else { return false };
    let first = stream.dict.get(b"First").and_then(lopdf::Object::as_i64).ok();
    let Some(first) = first.and_then(|first| usize::try_from(first).ok()).filter(|first| *first <= content.len())
    else {
        return false;
    };
    let mut left = content.len().saturating_mul(TIMES);
    places(&content[..first]).any(|place| {
        let object = content.get(first.saturating_add(place)..).unwrap_or_default();
        let length = extent(object, left);
        left = left.saturating_sub(length);
        left == 0
    })
}

/// The places of an index: each second number, comments left out.
fn places(index: &[u8]) -> impl Iterator<Item = usize> {
    let lines =
        index.split(|b| matches!(b, b'\r' | b'\n')).map(|line| line.split(|&b| b == b'%').next().unwrap_or_default());
    let numbers = lines.flat_map(|line| line.split(u8::is_ascii_whitespace)).filter(|word| !word.is_empty());
    numbers.skip(1).step_by(2).filter_map(|word| std::str::from_utf8(word).ok()?.parse().ok())
}

/// Bytes that the parser goes over for the object at the beginning, at most `most`; never fewer.
fn extent(bytes: &[u8], most: usize) -> usize {
    let bytes = &bytes[..bytes.len().min(most)];
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(&byte) = bytes.get(at) {
        match (byte, bytes.get(at + 1)) {
            (b'%', _) => at += bytes[at..].iter().take_while(|b| !matches!(b, b'\r' | b'\n')).count(),
            (b'(', _) => at += string(&bytes[at..]),
            (b'<', Some(b'<')) => (at, depth) = (at + 2, depth + 1),
            (b'<', _) => at += bytes[at..].iter().position(|&b| b == b'>').map_or(bytes.len() - at, |end| end + 1),
            (b'>', Some(b'>')) => (at, depth) = (at + 2, depth.saturating_sub(1)),
            (b'[', _) => (at, depth) = (at + 1, depth + 1),
            (b']', _) => (at, depth) = (at + 1, depth.saturating_sub(1)),
            (byte, _) if byte.is_ascii_whitespace() || byte == 0 => {
                at += 1;
                continue;
            }
            _ => at += 1 + bytes[at + 1..].iter().take_while(|b| is_regular(**b)).count(),
        }
        if depth == 0 && byte != b'%' {
            break;
        }
    }
    at
}

fn is_regular(byte: u8) -> bool {
    !byte.is_ascii_whitespace() && byte != 0 && !b"()<>[]{}/%".contains(&byte)
}

/// Bytes of a string in parentheses, which may hold others.
fn string(bytes: &[u8]) -> usize {
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(&byte) = bytes.get(at) {
        at += if byte == b'\\' { 2 } else { 1 };
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    at.min(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_ends_where_it_closes() {
        for (object, rest) in [
            ("[1 [2] (a\\)] ( ) ) <5d>]", " 7"),
            ("<< /A [ ] /B << /C (]) >> % >>\n >>", "<<>>"),
            (" % note [\n /Name", "/Other"),
            ("12", " 0 R"),
            ("(never", ""),
        ] {
            assert_eq!(extent(format!("{object}{rest}").as_bytes(), 1_000), object.len(), "{object}");
        }
        assert_eq!(extent(b"[0 0 0 0 0 0]", 5), 5);
    }

    #[test]
    fn places_are_every_second_number() {
        assert_eq!(places(b"10 0 11 7 % 12 9\n13 20").collect::<Vec<_>>(), [0, 7, 20]);
    }
}
