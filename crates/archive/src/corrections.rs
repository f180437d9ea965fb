//! The log of corrections: what the analyst decided, in the order it was decided. Only ever added to.

use rapporteur_text::Moment;
use rusqlite::{Connection, TransactionBehavior, params};

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

/// A decision that is to go to the end of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// When it was decided.
    pub at: Moment,
    /// By whom.
    pub author: String,
    /// The correction.
    pub body: serde_json::Value,
}

impl Archive {
    /// Adds to the end of the log what `work` makes of the log as it is, all of it or nothing; nobody else writes in between.
    /// Gives the numbers of what was added. When this returns, the disk has it.
    ///
    /// # Errors
    /// Where the archive cannot be read or written, and what `work` fails with: then nothing is added.
    pub fn decide<E: From<Error>>(
        &mut self,
        work: impl FnOnce(&[Entry]) -> Result<Vec<Decided>, E>,
    ) -> Result<Vec<i64>, E> {
        let path = self.path.clone();
        let sql = |e| E::from(Error::sql(&path, e));
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sql)?;
        let log = log(&transaction).map_err(sql)?;
        let log = log.into_iter().map(|row| entry(row).map_err(|what| E::from(Error::damaged(&path, what))));
        let more = work(&log.collect::<Result<Vec<_>, _>>()?)?;
        if more.is_empty() {
            return Ok(Vec::new());
        }
        let add = |d: &Decided| {
            let query = "INSERT INTO correction (at, author, body) VALUES (?1, ?2, ?3)";
            transaction.prepare_cached(query)?.execute(params![d.at.to_string(), d.author, d.body.to_string()])?;
            Ok(transaction.last_insert_rowid())
        };
        let numbers = more.iter().map(add).collect::<Result<Vec<i64>, _>>().map_err(sql)?;
        changed(&transaction).map_err(sql)?;
        transaction.commit().map_err(sql)?;
        Ok(numbers)
    }

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
        let log = log(&self.db).map_err(|e| self.sql(e))?;
        log.into_iter().map(|row| entry(row).map_err(|what| self.damaged(what))).collect()
    }
}

/// Number, time, author and body of an entry.
type Row = (i64, String, String, String);

fn log(db: &Connection) -> rusqlite::Result<Vec<Row>> {
    let query = "SELECT number, at, author, body FROM correction ORDER BY number";
    let row = |r: &rusqlite::Row<'_>| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?));
    db.prepare_cached(query)?.query_map((), row)?.collect()
}

fn entry((number, at, author, body): Row) -> Result<Entry, String> {
    let at = at.parse().map_err(|e| format!("correction {number} has no time: {e}"))?;
    serde_json::from_str::<serde::de::IgnoredAny>(&body).map_err(|e| format!("correction {number} is no JSON: {e}"))?;
    Ok(Entry { number, at, author, body })
}
