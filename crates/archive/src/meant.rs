//! Who and what the items that can be searched mean, under one dossier.

use rusqlite::params;

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
    /// The names under which searches know what items mean, if they know it for this state of the archive and the dossier: as
    /// they were given to [`Archive::mean`].
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn meant(&self, state: &str) -> Result<Option<Vec<u8>>, Error> {
        self.derived(NAME, state)
    }

    /// Keeps what all items mean in this state, article by article, and the names of what is meant, instead of what was kept;
    /// all or nothing.
    ///
    /// # Errors
    /// Where the archive cannot be written.
    pub fn mean<'a>(
        &mut self,
        state: &str,
        names: &[u8],
        all: impl Iterator<Item = (&'a str, Vec<Meant>)>,
    ) -> Result<(), Error> {
        self.whole(|db| {
            db.execute("DELETE FROM meant", ())?;
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
            let keep =
                "INSERT INTO derived VALUES (?1, ?2, ?3) ON CONFLICT (name) DO UPDATE SET state = ?2, value = ?3";
            db.execute(keep, (NAME, state, names)).map(|_| ())
        })
    }
}
