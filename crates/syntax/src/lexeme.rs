//! What is known of a word by its form alone.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use smol_str::SmolStr;

use crate::hash::string_id;
use crate::msgpack::Value;
use crate::ruler::Words;
use crate::vectors::Vectors;
use crate::{Error, unicode};

static BASE_NORMS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("../data/base_norms.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).collect()
});

/// Numbers of a form that the embeddings take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Attr {
    Orth,
    Lower,
    Norm,
    Prefix,
    Suffix,
    Shape,
    Spacy,
    IsSpace,
}

impl Attr {
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "ORTH" => Self::Orth,
            "LOWER" => Self::Lower,
            "NORM" => Self::Norm,
            "PREFIX" => Self::Prefix,
            "SUFFIX" => Self::Suffix,
            "SHAPE" => Self::Shape,
            "SPACY" => Self::Spacy,
            "IS_SPACE" => Self::IsSpace,
            _ => return None,
        })
    }
}

/// A form and its features.
#[derive(Debug)]
pub(crate) struct Lexeme {
    pub(crate) text: SmolStr,
    pub(crate) lower: SmolStr,
    pub(crate) orth: u64,
    norm: u64,
    prefix: u64,
    suffix: u64,
    shape: u64,
    /// Row of its static vector.
    pub(crate) row: Option<u32>,
    pub(crate) is_space: bool,
    /// What the attribute ruler asks of words.
    pub(crate) words: Words,
    /// Whether a special case that affixes cut up may begin here.
    pub(crate) opens_sequence: bool,
}

impl Lexeme {
    pub(crate) fn id(&self, attr: Attr, space_after: bool) -> u64 {
        match attr {
            Attr::Orth => self.orth,
            Attr::Lower => string_id(&self.lower),
            Attr::Norm => self.norm,
            Attr::Prefix => self.prefix,
            Attr::Suffix => self.suffix,
            Attr::Shape => self.shape,
            Attr::Spacy => u64::from(space_after),
            Attr::IsSpace => u64::from(self.is_space),
        }
    }
}

/// Norms of forms, from the model's `vocab/lookups.bin`.
#[derive(Debug, Default)]
pub(crate) struct Norms(HashMap<u64, SmolStr>);

impl Norms {
    pub(crate) fn load(bytes: &[u8]) -> Result<Self, Error> {
        let file = "vocab/lookups.bin";
        let value = Value::read(bytes).map_err(|what| Error::damaged(file, what))?;
        let table = value.get("lexeme_norm").and_then(Value::map).unwrap_or_default();
        let pairs = table.iter().map(|(id, norm)| Some((id.uint()?, SmolStr::new(norm.text()?))));
        let table = pairs.collect::<Option<_>>().ok_or_else(|| Error::damaged(file, "`lexeme_norm` is malformed"))?;
        Ok(Self(table))
    }

    fn of(&self, text: &str, orth: u64, lower: &str) -> u64 {
        match (self.0.get(&orth), BASE_NORMS.get(text)) {
            (Some(norm), _) => string_id(norm),
            (None, Some(norm)) => string_id(norm),
            (None, None) => string_id(lower),
        }
    }
}

/// What is needed to make lexemes.
pub(crate) struct Forms<'a> {
    pub(crate) norms: &'a Norms,
    pub(crate) vectors: Option<&'a Vectors>,
    pub(crate) words: &'a dyn Fn(&str) -> Words,
    pub(crate) opens_sequence: &'a dyn Fn(u64) -> bool,
}

/// Lexemes met so far, by number.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    lexemes: Vec<Lexeme>,
    /// Numbers by the id of the form and of the norm a special case gave it (0 for none).
    numbers: HashMap<(u64, u64), u32, BuildHasherDefault<Ids>>,
}

impl Lexicon {
    pub(crate) fn len(&self) -> usize {
        self.lexemes.len()
    }

    pub(crate) fn clear(&mut self) {
        self.lexemes.clear();
        self.numbers.clear();
    }

    pub(crate) fn get(&self, number: u32) -> &Lexeme {
        &self.lexemes[number as usize]
    }

    /// Number of a form, with the norm a special case gives it.
    pub(crate) fn number(&mut self, forms: &Forms<'_>, text: &str, norm: Option<&str>) -> u32 {
        let orth = string_id(text);
        let key = (orth, norm.map_or(0, string_id));
        if let Some(&number) = self.numbers.get(&key) {
            return number;
        }
        let lower = SmolStr::from(text.to_lowercase());
        let lexeme = Lexeme {
            norm: if key.1 == 0 { forms.norms.of(text, orth, &lower) } else { key.1 },
            prefix: string_id(text.chars().next().map_or("", |c| &text[..c.len_utf8()])),
            suffix: string_id(last_three(text)),
            shape: string_id(&shape(text)),
            row: forms.vectors.and_then(|vectors| vectors.row(orth)),
            is_space: !text.is_empty() && text.chars().all(unicode::is_space),
            words: (forms.words)(&lower),
            opens_sequence: (forms.opens_sequence)(orth),
            text: text.into(),
            lower,
            orth,
        };
        let number = self.lexemes.len() as u32;
        self.lexemes.push(lexeme);
        self.numbers.insert(key, number);
        number
    }
}

fn last_three(text: &str) -> &str {
    text.char_indices().rev().nth(2).and_then(|(at, _)| text.get(at..)).unwrap_or(text)
}

/// spaCy's word shape: letters to `x` or `X`, digits to `d`, runs cut after four (spacy/lang/lex_attrs.py).
fn shape(text: &str) -> SmolStr {
    let mut shape = String::with_capacity(text.len().min(128));
    let mut last = None;
    let mut run = 0;
    for (n, c) in text.chars().enumerate() {
        if n == 99 {
            return SmolStr::new_static("LONG");
        }
        let kind = match c {
            c if unicode::is_alpha(c) => {
                if unicode::is_upper(c) {
                    'X'
                } else {
                    'x'
                }
            }
            c if unicode::is_digit(c) => 'd',
            c => c,
        };
        run = if last == Some(kind) { run + 1 } else { 0 };
        last = Some(kind);
        if run < 4 {
            shape.push(kind);
        }
    }
    shape.into()
}

/// Hasher for keys that are hashes already.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Ids(u64);

impl Hasher for Ids {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u64(&mut self, id: u64) {
        self.0 = (self.0.rotate_left(5) ^ id).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_u32(&mut self, id: u32) {
        self.write_u64(u64::from(id));
    }

    fn write_u16(&mut self, id: u16) {
        self.write_u64(u64::from(id));
    }

    fn write_u8(&mut self, id: u8) {
        self.write_u64(u64::from(id));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_spacys() {
        // From `spacy.lang.lex_attrs.word_shape`.
        for (text, expected) in [
            ("Nasdaq", "Xxxxx"),
            ("capitalized", "xxxx"),
            ("999", "ddd"),
            ("C3P0", "XdXd"),
            (",", ","),
            ("\n", "\n"),
            ("``,-", "``,-"),
            ("----------", "----"),
            ("22²½", "ddd½"),
        ] {
            assert_eq!(shape(text), expected, "{text}");
        }
        assert_eq!(shape(&"a".repeat(99)), "xxxx");
        assert_eq!(shape(&"a".repeat(100)), "LONG");
        assert_eq!(last_three("né€é"), "é€é");
    }
}
