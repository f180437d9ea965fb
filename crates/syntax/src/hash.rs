//! Numbers for strings, as spaCy and Thinc make them.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Registered symbols: strings with a small integer for id.
static SYMBOLS: LazyLock<HashMap<&'static str, u64>> = LazyLock::new(|| {
    include_str!("../data/symbols.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(id, name)| Some((name, id.parse().ok()?)))
        .collect()
});

/// The id spaCy's `StringStore` gives a string: 0 for the empty one, the small integer of a registered symbol, else the
/// hash of its UTF-8 bytes.
pub(crate) fn string_id(text: &str) -> u64 {
    if text.is_empty() {
        return 0;
    }
    SYMBOLS.get(text).copied().unwrap_or_else(|| murmur64a(text.as_bytes(), 1))
}

/// `MurmurHash64A` (Austin Appleby, public domain).
pub(crate) fn murmur64a(bytes: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    let mut hash = seed ^ (bytes.len() as u64).wrapping_mul(M);
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        let mut k = word.iter().rev().fold(0, |sum, &byte| sum << 8 | u64::from(byte));
        k = k.wrapping_mul(M);
        k ^= k >> 47;
        k = k.wrapping_mul(M);
        hash = (hash ^ k).wrapping_mul(M);
    }
    let rest = words.remainder();
    if !rest.is_empty() {
        hash ^= rest.iter().rev().fold(0, |sum, &byte| sum << 8 | u64::from(byte));
        hash = hash.wrapping_mul(M);
    }
    hash ^= hash >> 47;
    hash = hash.wrapping_mul(M);
    hash ^ hash >> 47
}

/// The four rows of a hash embedding that an id stands for, before they are brought into the table's size: Thinc's
/// variant of `MurmurHash3_x86_128` for one 64-bit number (thinc/backends/numpy_ops.pyx).
pub(crate) fn embedding_rows(id: u64, seed: u32) -> [u32; 4] {
    let mix = |mut h: u64| {
        h ^= h >> 33;
        h = h.wrapping_mul(0xff51_afd7_ed55_8ccd);
        h ^= h >> 33;
        h = h.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        h ^ h >> 33
    };
    let mut h1 = id.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    h1 ^= u64::from(seed) ^ 8;
    let mut h2 = u64::from(seed) ^ 8;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = mix(h1);
    h2 = mix(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_spacys() {
        // From `spacy.strings.get_string_id`.
        let known = [
            ("", 0),
            ("NORM", 67),
            ("_", 456),
            ("X", 101),
            ("number", 432),
            ("punct", 445),
            ("apple", 8566208034543834098),
            ("coffee", 3197928453018144401),
            ("negotiation", 4898394642952175633),
            ("’", 9283054155332335931),
            ("é", 16256712947286012828),
            ("ceasefires and more", 18121507553087536590),
        ];
        for (text, id) in known {
            assert_eq!(string_id(text), id, "{text}");
        }
    }

    #[test]
    fn rows_are_thincs() {
        // From `thinc.api.NumpyOps().hash(ids, 8)`.
        assert_eq!(embedding_rows(0, 8), [0, 0, 0, 0]);
        assert_eq!(embedding_rows(1, 8), [1161550108, 2247783286, 1742325162, 1224191281]);
        assert_eq!(embedding_rows(3197928453018144401, 8), [2399055680, 1118310852, 3598583520, 1677466278]);
    }
}
