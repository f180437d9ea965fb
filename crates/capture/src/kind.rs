//! What kind of bytes these are, told from their first ones.

/// Why bytes are no text: a name for the kind, and what the user can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotText {
    pub(crate) name: &'static str,
    pub(crate) fix: &'static str,
}

const CONVERT: &str = "save the article as HTML or plain text";
const UNPACK: &str = "unpack it and name the files in it";

/// First bytes of common formats, from the formats' own specifications (the same as in `file`'s magic).
const MAGIC: &[(&[u8], &str, &str)] = &[
    (b"\x89PNG\r\n", "a PNG image", CONVERT),
    (b"\xff\xd8\xff", "a JPEG image", CONVERT),
    (b"GIF87a", "a GIF image", CONVERT),
    (b"GIF89a", "a GIF image", CONVERT),
    (b"RIFF", "an image, sound or video file", CONVERT),
    (b"II*\0", "a TIFF image", CONVERT),
    (b"MM\0*", "a TIFF image", CONVERT),
    (b"\x7fELF", "a program", CONVERT),
    (b"MZ\x90", "a program", CONVERT),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
    (b"Rar!", "a RAR archive", UNPACK),
    (b"\xfd7zXZ\0", "an xz archive", UNPACK),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", UNPACK),
    (b"BZh", "a bzip2 archive", UNPACK),
    (b"SQLite format 3\0", "an SQLite database", CONVERT),
    (b"ID3", "a sound file", CONVERT),
    (b"OggS", "a sound or video file", CONVERT),
    (b"\xd0\xcf\x11\xe0", "an old office file", "save it as DOCX, a message of Outlook as EML"),
    (b"bplist00", "a web archive of Safari", "save the page as HTML or PDF"),
    (b"wOFF", "a font", CONVERT),
    (b"wOF2", "a font", CONVERT),
];

/// Whether the bytes start a gzip stream (RFC 1952).
pub(crate) fn is_gzip(head: &[u8]) -> bool {
    head.starts_with(&[0x1f, 0x8b])
}

/// Why these bytes are no text, or `None` where they may be.
///
/// Known first bytes first; then NUL bytes, which no text but UTF-16 and UTF-32 holds. Those two pass with a byte order
/// mark, or where NULs stand at every second byte as they do for Latin letters.
pub(crate) fn not_text(bytes: &[u8]) -> Option<NotText> {
    let unmarked = |m: &[u8]| bytes.starts_with(m);
    if let Some((_, name, fix)) = MAGIC.iter().find(|(m, ..)| unmarked(m) && !looks_printable(bytes, m)) {
        return Some(NotText { name, fix });
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(NotText { name: "a video or image file", fix: CONVERT });
    }
    if unmarked(&[0xff, 0xfe]) || unmarked(&[0xfe, 0xff]) || unmarked(&[0, 0, 0xfe, 0xff]) {
        return None;
    }
    let head = &bytes[..bytes.len().min(8192)];
    let nul = |from: usize| head.iter().skip(from).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (nul(0), nul(1));
    let utf16 = (even == 0 || odd == 0) && (even + odd) * 4 > head.len();
    let control = head.iter().filter(|&&b| b < 9 || (14..32).contains(&b) && b != 0x1b).count();
    if !utf16 && (even + odd > 0 || control * 10 > head.len()) {
        return Some(NotText { name: "no text (it holds binary data)", fix: CONVERT });
    }
    None
}

/// Text that happens to start with the letters of a magic number ("BZh", "RIFF", "ID3", "MZ").
fn looks_printable(bytes: &[u8], magic: &[u8]) -> bool {
    let printable = |b: &u8| *b >= 32 || matches!(b, b'\n' | b'\r' | b'\t');
    magic.iter().all(|b| b.is_ascii_alphanumeric()) && bytes.iter().take(64).all(printable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_formats_are_named() {
        assert_eq!(not_text(b"\xd0\xcf\x11\xe0\xa1").unwrap().name, "an old office file");
        assert_eq!(not_text(b"\x89PNG\r\n\x1a\n").unwrap().name, "a PNG image");
        assert!(not_text(b"abc\0def\0\0\0").is_some());
    }

    #[test]
    fn text_of_any_encoding_passes() {
        assert!(not_text("Kyiv says no — “never”".as_bytes()).is_none());
        assert!(not_text(b"\xff\xfeK\0y\0").is_none());
        assert!(not_text(b"K\0y\0i\0v\0").is_none());
        assert!(not_text(b"RIFF raff were seen at the port.").is_none());
        assert!(not_text(b"caf\xe9 talks").is_none());
        assert!(not_text(b"").is_none());
    }
}
