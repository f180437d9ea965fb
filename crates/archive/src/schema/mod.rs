//! Versions of the archive and the way from one to the next.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::Error;

/// "Rapp": what tells the file from any other SQLite database.
const APPLICATION: u32 = 0x5261_7070;

/// For each version, what makes it out of the one before. A version that was released is never edited: add one.
const STEPS: &[&str] = &[include_str!("1.sql"), include_str!("2.sql"), include_str!("3.sql"), include_str!("4.sql")];

/// The version this program writes.
pub const VERSION: u32 = STEPS.len() as u32;

fn number(db: &Connection, pragma: &str) -> rusqlite::Result<u32> {
    db.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0)).map(|n| n as u32)
}

/// The version of an archive; 0 for one in which nothing was made yet.
///
/// # Errors
/// For files that are no archive, or newer than this program.
pub(crate) fn version(db: &Connection, path: &Path) -> Result<u32, Error> {
    let sql = |e| Error::sql(path, e);
    let (application, version) = (number(db, "application_id").map_err(sql)?, number(db, "user_version").map_err(sql)?);
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", (), |r| r.get(0)).map_err(sql)?;
    match (application, version) {
        (0, 0) if tables == 0 => Ok(0),
        (APPLICATION, v) if v > VERSION => Err(Error::newer(path, v, VERSION)),
        (APPLICATION, v) if v > 0 => Ok(v),
        _ => Err(Error::foreign(path)),
    }
}

/// Brings an archive to today's version, all steps or none; the version that it had.
pub(crate) fn migrate(db: &mut Connection, path: &Path) -> Result<u32, Error> {
    let sql = |e| Error::sql(path, e);
    if version(db, path)? == VERSION {
        return Ok(VERSION);
    }
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sql)?;
    // another process may have done it while this one waited
    let from = version(&transaction, path)?;
    for step in &STEPS[from as usize..] {
        transaction.execute_batch(step).map_err(sql)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION).map_err(sql)?;
    transaction.pragma_update(None, "user_version", VERSION).map_err(sql)?;
    transaction.commit().map_err(sql)?;
    Ok(from)
}
