//! What each user has seen, so that a digest tells only what moved since.

use rapporteur_text::Moment;
use rusqlite::{OptionalExtension, params};

use crate::packed::{pack, unpack};
use crate::{Archive, Error};

/// What a user had seen, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// When it was looked at.
    pub at: Moment,
    /// What was shown, as it was given to [`Archive::remember`].
    pub records: Vec<u8>,
}

impl Archive {
    /// What a user had seen last; `None` where nothing was ever shown.
    ///
    /// # Errors
    /// Where the archive cannot be read, or what is kept cannot be read back ([`Error::is_damaged`]).
    pub fn seen(&self, author: &str) -> Result<Option<Seen>, Error> {
        let query = "SELECT at, records FROM seen WHERE author = ?1";
        let row = |r: &rusqlite::Row<'_>| Ok((r.get(0)?, r.get(1)?));
        let found = self.db.prepare_cached(query).and_then(|mut s| s.query_row([author], row).optional());
        found
            .map_err(|e| self.sql(e))?
            .map(|row| seen(row).map_err(|what| self.damaged(fault(author, &what))))
            .transpose()
    }

    /// Keeps what a user has seen now instead of what was kept. When this returns, the disk has it.
    ///
    /// # Errors
    /// Where the archive cannot be written.
    pub fn remember(&mut self, author: &str, at: Moment, records: &[u8]) -> Result<(), Error> {
        let packed = pack(records).map_err(|e| Error::io(&self.path, &e))?;
        self.whole(|db| {
            let query = "INSERT INTO seen VALUES (?1, ?2, ?3) ON CONFLICT (author) DO UPDATE SET at = ?2, records = ?3";
            db.execute(query, params![author, at.to_string(), packed]).map(|_| ())
        })
    }

    /// What of it cannot be read back.
    pub(crate) fn faults_of_seen(&self) -> rusqlite::Result<Vec<String>> {
        let mut query = self.db.prepare("SELECT author, at, records FROM seen ORDER BY author")?;
        let rows = query.query_map((), |r| Ok((r.get::<_, String>(0)?, (r.get(1)?, r.get(2)?))))?;
        let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
        Ok(rows.into_iter().filter_map(|(author, row)| Some(fault(&author, &seen(row).err()?))).collect())
    }
}

fn seen((at, packed): (String, Vec<u8>)) -> Result<Seen, String> {
    let at = at.parse().map_err(|e| format!("it has no time: {e}"))?;
    Ok(Seen { at, records: unpack(&packed).map_err(|e| e.to_string())? })
}

fn fault(author: &str, what: &str) -> String {
    format!("what `{author}` has seen cannot be read back: {what}")
}
