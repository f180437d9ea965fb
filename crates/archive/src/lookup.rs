//! From an id, or the beginning of one, to what has it.

use rusqlite::OptionalExtension;

use crate::docs::{KINDS, hash, id, turned};
use crate::{Archive, Error};

/// The most ids that are given for a beginning that many have.
const MOST: usize = 20;

/// Something with an id, and the article it stands in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Placed {
    /// The whole id.
    pub id: String,
    /// The article.
    pub article: String,
}

impl Archive {
    /// The items and articles whose ids begin so, at most 20: `statement-01f3` or `a-01f3`.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn with_id(&self, beginning: &str) -> Result<Vec<Placed>, Error> {
        let (kind, hex) = beginning.split_once('-').unwrap_or((beginning, ""));
        let found = match kind {
            "a" => self.articles_with_id(beginning),
            _ => match (KINDS.iter().position(|k| *k == kind), range(hex)) {
                (Some(kind), Some((first, last))) => self.items_in(kind, first, last),
                _ => Ok(Vec::new()),
            },
        };
        found.map_err(|e| self.sql(e))
    }

    fn articles_with_id(&self, beginning: &str) -> rusqlite::Result<Vec<Placed>> {
        let exact = "SELECT id FROM article WHERE id = ?1";
        let known: Option<String> = self.db.query_row(exact, [beginning], |r| r.get(0)).optional()?;
        let range = "SELECT id FROM article WHERE id >= ?1 AND id < ?1 || char(0x10ffff) ORDER BY id LIMIT 20";
        let ids = match known {
            Some(id) => vec![id],
            None => self.db.prepare(range)?.query_map([beginning], |r| r.get(0))?.collect::<Result<_, _>>()?,
        };
        Ok(ids.into_iter().map(|id| Placed { article: id.clone(), id }).collect())
    }

    fn items_in(&self, kind: usize, first: i64, last: i64) -> rusqlite::Result<Vec<Placed>> {
        let sql = "SELECT i.hash, a.id FROM item i JOIN article a ON a.number = i.article
             WHERE i.hash BETWEEN ?1 AND ?2 AND i.kind = ?3 ORDER BY i.hash LIMIT ?4";
        let row = |r: &rusqlite::Row<'_>| Ok(Placed { id: id(kind, r.get(0)?), article: r.get(1)? });
        self.db.prepare_cached(sql)?.query_map((first, last, kind as i64, MOST as i64), row)?.collect()
    }
}

/// The numbers of all ids that begin with these hexadecimal digits.
fn range(hex: &str) -> Option<(i64, i64)> {
    if hex.len() > 16 || !hex.chars().all(|c| c.is_ascii_hexdigit()) {
        return None;
    }
    if hex.is_empty() {
        return Some((turned(0), turned(u64::MAX)));
    }
    Some((hash(&format!("{hex:0<16}"))?, hash(&format!("{hex:f<16}"))?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_is_a_range_of_numbers() {
        let (first, last) = range("7f").unwrap();
        let inside = |hex| (first..=last).contains(&hash(hex).unwrap());
        assert!(inside("7f00000000000000") && inside("7fffffffffffffff") && !inside("8000000000000000"));
        assert!(range("xyz").is_none() && range("01234567890123456").is_none());
        assert_eq!(range(""), Some((i64::MIN, i64::MAX)));
    }
}
