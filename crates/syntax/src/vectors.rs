//! Static word vectors.

use crate::msgpack::Reader;
use crate::{Error, Package};

const KEYS: &str = "vocab/key2row";
const DATA: &str = "vocab/vectors";

/// A table of word vectors and which word has which row.
pub(crate) struct Vectors {
    /// Rows one after the other.
    data: Vec<f32>,
    width: usize,
    /// Keys and their rows, in buckets by the upper bits of the key.
    keys: Vec<u64>,
    numbers: Vec<u32>,
    /// Where each bucket begins, and the end.
    buckets: Vec<u32>,
}

const BUCKET_BITS: u32 = 16;

impl Vectors {
    /// The vectors of a package; none if it has none or the table is empty.
    pub(crate) fn load(package: &Package) -> Result<Option<Self>, Error> {
        let Some(data) = package.get(DATA) else { return Ok(None) };
        let (rows, width, numbers) = numpy_header(data).map_err(|what| Error::damaged(DATA, what))?;
        if rows == 0 || width == 0 {
            return Ok(None);
        }
        let data = floats(numbers);
        let (keys, numbers, buckets) = keys(package.need(KEYS)?, rows).map_err(|what| Error::damaged(KEYS, what))?;
        Ok(Some(Self { data, width, keys, numbers, buckets }))
    }

    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Row of a string id.
    pub(crate) fn row(&self, id: u64) -> Option<u32> {
        let bucket = (id >> (64 - BUCKET_BITS)) as usize;
        let (first, last) = (self.buckets[bucket] as usize, self.buckets[bucket + 1] as usize);
        let at = self.keys.get(first..last)?.iter().position(|&key| key == id)?;
        self.numbers.get(first + at).copied()
    }

    /// Numbers of a row.
    pub(crate) fn vector(&self, row: u32) -> &[f32] {
        let first = row as usize * self.width;
        self.data.get(first..first + self.width).unwrap_or_default()
    }
}

/// Little-endian 32-bit floats.
pub(crate) fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
}

impl std::fmt::Debug for Vectors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Vectors({} numbers, width {}, {} keys)", self.data.len(), self.width, self.keys.len())
    }
}

type Keys = (Vec<u64>, Vec<u32>, Vec<u32>);

/// Reads the map from string ids to rows and sorts it into buckets.
fn keys(bytes: &[u8], rows: usize) -> Result<Keys, String> {
    let mut reader = Reader::new(bytes);
    let n = reader.map_len()?;
    let mut pairs = Vec::with_capacity(n.min(bytes.len() / 2));
    let mut buckets = vec![0u32; (1 << BUCKET_BITS) + 1];
    for _ in 0..n {
        let (key, row) = (reader.uint()?, reader.uint()?);
        if row >= rows as u64 {
            return Err(format!("row {row} is not in 0..{rows}"));
        }
        buckets[(key >> (64 - BUCKET_BITS)) as usize + 1] += 1;
        pairs.push((key, row as u32));
    }
    for i in 1..buckets.len() {
        buckets[i] += buckets[i - 1];
    }
    let mut next = buckets.clone();
    let (mut keys, mut numbers) = (vec![0; pairs.len()], vec![0; pairs.len()]);
    for (key, row) in pairs {
        let at = &mut next[(key >> (64 - BUCKET_BITS)) as usize];
        keys[*at as usize] = key;
        numbers[*at as usize] = row;
        *at += 1;
    }
    Ok((keys, numbers, buckets))
}

/// Rows, columns and numbers of a NumPy file (format 1 to 3) of little-endian 32-bit floats.
fn numpy_header(bytes: &[u8]) -> Result<(usize, usize, &[u8]), String> {
    if !bytes.starts_with(b"\x93NUMPY") {
        return Err("it is not a NumPy file".into());
    }
    let byte = |at: usize| bytes.get(at).copied().map(usize::from).ok_or("its header is cut off");
    let (start, len) = match byte(6)? {
        1 => (10, byte(8)? | byte(9)? << 8),
        _ => (12, byte(8)? | byte(9)? << 8 | byte(10)? << 16 | byte(11)? << 24),
    };
    let header = bytes.get(start..start + len).ok_or("its header is cut off")?;
    let header = String::from_utf8_lossy(header);
    if !header.contains("'<f4'") || !header.contains("'fortran_order': False") {
        return Err(format!("expected little-endian 32-bit floats in C order, found `{}`", header.trim()));
    }
    let shape = header.split_once("'shape': (").and_then(|(_, rest)| rest.split_once(')')).map(|(shape, _)| shape);
    let sizes: Vec<usize> = shape
        .unwrap_or_default()
        .split(',')
        .filter(|part| !part.trim().is_empty())
        .map(|part| part.trim().parse().map_err(|_| format!("its shape is `{part}`")))
        .collect::<Result<_, _>>()?;
    let &[rows, width] = sizes.as_slice() else { return Err("its shape is not of two dimensions".into()) };
    let need = rows.checked_mul(width).and_then(|n| n.checked_mul(4)).ok_or("its shape is out of range")?;
    let numbers = bytes.get(start + len..).unwrap_or_default();
    if numbers.len() != need {
        return Err(format!("expected {need} bytes of numbers, found {}", numbers.len()));
    }
    Ok((rows, width, numbers))
}
