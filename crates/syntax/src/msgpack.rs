//! Reads MessagePack (msgpack.org specification), the format of spaCy's model files.
//!
//! Strings and byte strings are borrowed from the input. Nothing is trusted: lengths are checked against what is left,
//! depth is bounded, so damaged bytes give an error and cost no more memory than their own length warrants.

const MAX_DEPTH: usize = 64;

/// Items for which room is made on the word of a length alone: lists in lists could each ask for the whole input's worth.
const MOST_AT_ONCE: usize = 4_096;

/// A value borrowed from the bytes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<'a> {
    Nil,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Float(f64),
    Str(&'a str),
    Bin(&'a [u8]),
    Array(Vec<Value<'a>>),
    Map(Vec<(Value<'a>, Value<'a>)>),
}

impl<'a> Value<'a> {
    /// Reads one value that fills the bytes.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, String> {
        let mut reader = Reader::new(bytes);
        let value = reader.value(0)?;
        match reader.left() {
            0 => Ok(value),
            n => Err(format!("{n} bytes too many at the end")),
        }
    }

    /// Text of a string, or of a byte string that is UTF-8 (older writers make no difference).
    pub(crate) fn text(&self) -> Option<&'a str> {
        match self {
            Value::Str(text) => Some(text),
            Value::Bin(bytes) => std::str::from_utf8(bytes).ok(),
            _ => None,
        }
    }

    pub(crate) fn bytes(&self) -> Option<&'a [u8]> {
        match self {
            Value::Bin(bytes) => Some(bytes),
            Value::Str(text) => Some(text.as_bytes()),
            _ => None,
        }
    }

    pub(crate) fn uint(&self) -> Option<u64> {
        match *self {
            Value::Uint(number) => Some(number),
            Value::Int(number) => number.try_into().ok(),
            _ => None,
        }
    }

    pub(crate) fn int(&self) -> Option<i64> {
        match *self {
            Value::Uint(number) => number.try_into().ok(),
            Value::Int(number) => Some(number),
            _ => None,
        }
    }

    pub(crate) fn array(&self) -> Option<&[Value<'a>]> {
        match self {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    pub(crate) fn map(&self) -> Option<&[(Value<'a>, Value<'a>)]> {
        match self {
            Value::Map(items) => Some(items),
            _ => None,
        }
    }

    /// Value of a key of a map.
    pub(crate) fn get(&self, key: &str) -> Option<&Value<'a>> {
        self.map()?.iter().find(|(k, _)| k.text() == Some(key)).map(|(_, value)| value)
    }
}

/// A place in the bytes.
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub(crate) fn left(&self) -> usize {
        self.bytes.len() - self.at
    }

    fn take(&mut self, n: usize) -> Result<&'a [u8], String> {
        let end = self.at.checked_add(n).ok_or("a length is out of range")?;
        let taken = self.bytes.get(self.at..end).ok_or_else(|| {
            format!("it ends at byte {}, {n} bytes were to follow byte {}", self.bytes.len(), self.at)
        })?;
        self.at = end;
        Ok(taken)
    }

    fn number(&mut self, width: usize) -> Result<u64, String> {
        Ok(self.take(width)?.iter().fold(0, |sum, &byte| sum << 8 | u64::from(byte)))
    }

    /// Head of a map: the number of its pairs.
    pub(crate) fn map_len(&mut self) -> Result<usize, String> {
        match self.number(1)? as u8 {
            head @ 0x80..=0x8f => Ok(usize::from(head & 0x0f)),
            0xde => Ok(self.number(2)? as usize),
            0xdf => Ok(self.number(4)? as usize),
            head => Err(format!("expected a map, found type {head:#04x} at byte {}", self.at - 1)),
        }
    }

    /// A whole number.
    pub(crate) fn uint(&mut self) -> Result<u64, String> {
        match self.number(1)? as u8 {
            head @ 0..=0x7f => Ok(u64::from(head)),
            0xcc => self.number(1),
            0xcd => self.number(2),
            0xce => self.number(4),
            0xcf => self.number(8),
            head => Err(format!("expected a whole number, found type {head:#04x} at byte {}", self.at - 1)),
        }
    }

    fn value(&mut self, depth: usize) -> Result<Value<'a>, String> {
        if depth > MAX_DEPTH {
            return Err(format!("values are nested deeper than {MAX_DEPTH}"));
        }
        let head = self.number(1)? as u8;
        Ok(match head {
            0..=0x7f => Value::Uint(u64::from(head)),
            0x80..=0x8f => self.pairs(usize::from(head & 0x0f), depth)?,
            0x90..=0x9f => self.items(usize::from(head & 0x0f), depth)?,
            0xa0..=0xbf => self.string(usize::from(head & 0x1f))?,
            0xc0 => Value::Nil,
            0xc2 => Value::Bool(false),
            0xc3 => Value::Bool(true),
            0xc4..=0xc6 => {
                let n = self.number(1 << (head - 0xc4))? as usize;
                Value::Bin(self.take(n)?)
            }
            0xca => Value::Float(f64::from(f32::from_bits(self.number(4)? as u32))),
            0xcb => Value::Float(f64::from_bits(self.number(8)?)),
            0xcc..=0xcf => Value::Uint(self.number(1 << (head - 0xcc))?),
            0xd0 => Value::Int(i64::from(self.number(1)? as u8 as i8)),
            0xd1 => Value::Int(i64::from(self.number(2)? as u16 as i16)),
            0xd2 => Value::Int(i64::from(self.number(4)? as u32 as i32)),
            0xd3 => Value::Int(self.number(8)? as i64),
            0xd9..=0xdb => {
                let n = self.number(1 << (head - 0xd9))? as usize;
                self.string(n)?
            }
            0xdc | 0xdd => {
                let n = self.number(if head == 0xdc { 2 } else { 4 })? as usize;
                self.items(n, depth)?
            }
            0xde | 0xdf => {
                let n = self.number(if head == 0xde { 2 } else { 4 })? as usize;
                self.pairs(n, depth)?
            }
            0xe0..=0xff => Value::Int(i64::from(head as i8)),
            _ => return Err(format!("unknown type {head:#04x} at byte {}", self.at - 1)),
        })
    }

    fn string(&mut self, n: usize) -> Result<Value<'a>, String> {
        let at = self.at;
        let bytes = self.take(n)?;
        // Strings that are not UTF-8 are kept as bytes: only some writers tell the two apart.
        let _ = at;
        Ok(std::str::from_utf8(bytes).map_or(Value::Bin(bytes), Value::Str))
    }

    fn items(&mut self, n: usize, depth: usize) -> Result<Value<'a>, String> {
        let mut items = Vec::with_capacity(n.min(self.left()).min(MOST_AT_ONCE));
        for _ in 0..n {
            items.push(self.value(depth + 1)?);
        }
        Ok(Value::Array(items))
    }

    fn pairs(&mut self, n: usize, depth: usize) -> Result<Value<'a>, String> {
        let mut pairs = Vec::with_capacity(n.min(self.left() / 2).min(MOST_AT_ONCE));
        for _ in 0..n {
            pairs.push((self.value(depth + 1)?, self.value(depth + 1)?));
        }
        Ok(Value::Map(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_python_writes() {
        // msgpack.packb({"a": [1, -1, 300, "é"], "b": b"\x00\xff", "c": None})
        let bytes = b"\x83\xa1a\x94\x01\xff\xcd\x01,\xa2\xc3\xa9\xa1b\xc4\x02\x00\xff\xa1c\xc0";
        let value = Value::read(bytes).unwrap();
        let list = value.get("a").unwrap().array().unwrap();
        assert_eq!(list, [Value::Uint(1), Value::Int(-1), Value::Uint(300), Value::Str("é")]);
        assert_eq!(value.get("b").unwrap().bytes(), Some(&[0u8, 255][..]));
        assert_eq!(value.get("c"), Some(&Value::Nil));
    }

    #[test]
    fn every_cut_is_an_error() {
        let bytes = b"\x83\xa1a\x94\x01\xff\xcd\x01,\xa2\xc3\xa9\xa1b\xc4\x02\x00\xff\xa1c\xc0";
        for n in 0..bytes.len() {
            assert!(Value::read(&bytes[..n]).is_err(), "{n}");
        }
        assert!(Value::read(b"\xdd\xff\xff\xff\xff").is_err());
        assert!(Value::read(&[0x91; 10_000]).is_err());
    }
}
