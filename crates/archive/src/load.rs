//! Giving back what is kept.

use rusqlite::{OptionalExtension, Row};

use crate::{Archive, Error, Maker, Packed};

/// How much is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Articles.
    pub articles: usize,
    /// By which rules and models they were read, with how many articles; the newest first.
    pub makers: Vec<(Maker, usize)>,
}

impl Archive {
    /// How much is kept.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn counts(&self) -> Result<Counts, Error> {
        let query = "SELECT m.rules, m.model, count(*) FROM article a JOIN maker m ON m.number = a.maker
             GROUP BY m.number ORDER BY m.number DESC";
        let row = |r: &Row<'_>| {
            let maker = Maker { rules: r.get(0)?, model: r.get(1)? };
            Ok((maker, r.get::<_, i64>(2)?.unsigned_abs() as usize))
        };
        let all = self.db.prepare_cached(query).and_then(|mut s| s.query_map((), row)?.collect::<Result<Vec<_>, _>>());
        let makers = all.map_err(|e| self.sql(e))?;
        Ok(Counts { articles: makers.iter().map(|(_, n)| n).sum(), makers })
    }

    /// Gives all articles with their readings, packed, in order of id, so many at a time, as they are at one moment whatever
    /// others write meanwhile.
    ///
    /// # Errors
    /// Where the archive cannot be read, and what `work` fails with.
    pub fn each<E: From<Error>>(
        &self,
        at_once: usize,
        mut work: impl FnMut(Vec<Packed>) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = |e| E::from(self.sql(e));
        let mut query =
            self.db.prepare_cached("SELECT id, text, fields, reading FROM article ORDER BY id").map_err(sql)?;
        let mut rows = query.query(()).map_err(sql)?;
        let mut some = Vec::with_capacity(at_once);
        while let Some(row) = rows.next().map_err(sql)? {
            some.push(packed(row).map_err(sql)?);
            if some.len() >= at_once {
                work(std::mem::take(&mut some))?;
            }
        }
        if some.is_empty() { Ok(()) } else { work(some) }
    }

    /// One article with its reading, packed.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn packed(&self, id: &str) -> Result<Option<Packed>, Error> {
        let query = "SELECT id, text, fields, reading FROM article WHERE id = ?1";
        let found = self.db.prepare_cached(query).and_then(|mut s| s.query_row([id], packed).optional());
        found.map_err(|e| self.sql(e))
    }

    /// The error for something kept that cannot be read back.
    pub fn fault(&self, what: impl Into<String>) -> Error {
        self.damaged(what)
    }
}

fn packed(row: &Row<'_>) -> rusqlite::Result<Packed> {
    Ok(Packed { id: row.get(0)?, text: row.get(1)?, fields: row.get(2)?, reading: row.get(3)? })
}
