//! Who and what the items that can be searched mean, under one dossier.

use rusqlite::{Connection, params};

use crate::archive::code;
use crate::{Archive, Error};

const NAME: &str = "meant";

/// What one statement or quotation means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meant {
    /// Number of the item in its article, as in [`crate::Hit::number`].
    pub number: usize,
    /// The party that holds it or is quoted.
    pub party: Option<String>,
    /// The person.
    pub person: Option<String>,
    /// The issue.
    pub issue: Option<String>,
}

impl Archive {
    /// The names under which searches know what items mean, if they know it `by` this dossier and program for the archive as
    /// it is: as they were given to [`Archive::mean`].
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn meant(&self, by: &str) -> Result<Option<Vec<u8>>, Error> {
        let names = self.derived(NAME, &state(self.change()?, by))?;
        if names.is_some() {
            self.db.execute_batch(FORGET).map_err(|e| self.sql(e))?;
        }
        Ok(names)
    }

    /// Keeps what all items mean `by` a dossier and program, article by article, and the names of what is meant, instead of what
    /// was kept; all or nothing. In an archive that is only read, it is kept until that is closed.
    ///
    /// `change` is [`Archive::change`] from before the articles were read. Whether it was kept: it is not where another process
    /// has changed the archive since, as it may be of other readings then.
    ///
    /// # Errors
    /// Where the archive cannot be written or read.
    pub fn mean<'a>(
        &mut self,
        change: i64,
        by: &str,
        names: &[u8],
        all: impl Iterator<Item = (&'a str, Vec<Meant>)>,
    ) -> Result<bool, Error> {
        let now = "SELECT change FROM state";
        if self.db.is_readonly(rusqlite::MAIN_DB).map_err(|e| self.sql(e))? {
            let fill = || {
                let moment = self.db.unchecked_transaction()?;
                if moment.query_row(now, (), |r| r.get::<_, i64>(0))? != change {
                    return Ok(false);
                }
                moment.execute_batch(FORGET)?;
                moment.execute_batch("CREATE TEMP TABLE meant (place INTEGER PRIMARY KEY, party, person, issue)")?;
                insert(&moment, all)?;
                moment.commit().map(|()| true)
            };
            return fill().map_err(|e| self.sql(e));
        }
        self.whole(|db| {
            if db.query_row(now, (), |r| r.get::<_, i64>(0))? != change {
                return Ok(false);
            }
            db.execute("DELETE FROM meant", ())?;
            insert(db, all)?;
            let keep =
                "INSERT INTO derived VALUES (?1, ?2, ?3) ON CONFLICT (name) DO UPDATE SET state = ?2, value = ?3";
            db.execute(keep, (NAME, state(change, by), names)).map(|_| true)
        })
    }
}

/// Takes away the table of a connection that only reads, which stands before the kept one.
const FORGET: &str = "DROP TABLE IF EXISTS temp.meant";

fn state(change: i64, by: &str) -> String {
    format!("{change}:{by}")
}

fn insert<'a>(db: &Connection, all: impl Iterator<Item = (&'a str, Vec<Meant>)>) -> rusqlite::Result<()> {
    let mut number = db.prepare("SELECT number FROM article WHERE id = ?1")?;
    let mut places = db.prepare("SELECT place FROM item WHERE article = ?1 ORDER BY place & 16383")?;
    let mut insert = db.prepare("INSERT INTO meant (place, party, person, issue) VALUES (?1, ?2, ?3, ?4)")?;
    for (id, items) in all {
        let article: i64 = number.query_row([id], |r| r.get(0))?;
        let places: Vec<i64> = places.query_map([article], |r| r.get(0))?.collect::<Result<_, _>>()?;
        for m in items {
            let place = places.get(m.number).ok_or_else(|| code(rusqlite::ffi::SQLITE_CORRUPT))?;
            insert.execute(params![place, m.party, m.person, m.issue])?;
        }
    }
    Ok(())
}
