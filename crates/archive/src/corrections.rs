//! The log of corrections: what the analyst decided, in the order it was decided. Only ever added to.

use rapporteur_text::Moment;
use rusqlite::params;

use crate::archive::changed;
use crate::{Archive, Error};

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number, from 1, in the order of the log.
    pub number: i64,
    /// When it was decided.
    pub at: Moment,
    /// By whom.
    pub author: String,
    /// The correction, as JSON; what it means is the ledger's business.
    pub body: String,
}

impl Archive {
    /// Adds a correction, one JSON value, to the end of the log and gives its number. When this returns, the disk has it.
    ///
    /// # Errors
    /// Where the archive cannot be written.
    pub fn correct(&mut self, author: &str, at: Moment, body: &serde_json::Value) -> Result<i64, Error> {
        let body = body.to_string();
        self.whole(|db| {
            let query = "INSERT INTO correction (at, author, body) VALUES (?1, ?2, ?3)";
            db.execute(query, params![at.to_string(), author, body])?;
            changed(db)?;
            Ok(db.last_insert_rowid())
        })
    }

    /// The log from its beginning.
    ///
    /// # Errors
    /// Where the archive cannot be read, or an entry cannot: it is named.
    pub fn corrections(&self) -> Result<Vec<Entry>, Error> {
        let query = "SELECT number, at, author, body FROM correction ORDER BY number";
        let row = |r: &rusqlite::Row<'_>| Ok((r.get(0)?, r.get::<_, String>(1)?, r.get(2)?, r.get(3)?));
        let all = self.db.prepare_cached(query).and_then(|mut s| s.query_map((), row)?.collect::<Result<Vec<_>, _>>());
        let entry = |(number, at, author, body): (i64, String, String, String)| {
            let at = at.parse().map_err(|e| self.damaged(format!("correction {number} has no time: {e}")))?;
            serde_json::from_str::<serde::de::IgnoredAny>(&body)
                .map_err(|e| self.damaged(format!("correction {number} is no JSON: {e}")))?;
            Ok(Entry { number, at, author, body })
        };
        all.map_err(|e| self.sql(e))?.into_iter().map(entry).collect()
    }
}
