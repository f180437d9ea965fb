//! The archive itself: opening, and what every part of it needs.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior};

use crate::{Error, schema};

/// Name of the archive in its folder.
pub const FILE: &str = "archive.sqlite";

/// Waits of a tenth of a second after which another process is said to be in the way, and after which we give up.
const SAY_AFTER: i32 = 10;
const GIVE_UP_AFTER: i32 = 600;

/// Told once, in words for the user, when another process keeps this one waiting for more than a second.
pub type Waiting = fn(&str);

/// How the archive is to be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    /// An empty file becomes an archive.
    Create,
    Write,
    Read,
}

/// An archive that is open. Many processes can read at once, and while one writes.
#[derive(Debug)]
pub struct Archive {
    pub(crate) db: Connection,
    pub(crate) path: PathBuf,
}

impl Archive {
    /// Makes the archive of a folder, which must be there; a file of it that never became one is taken.
    ///
    /// # Errors
    /// Where the folder has one already ([`Error::is_already_there`]), or may not be written.
    pub fn create(folder: &Path, waiting: Waiting) -> Result<Self, Error> {
        let path = folder.join(FILE);
        match std::fs::File::create_new(&path) {
            // what was started on a full disk, or stopped at once
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists && is_unmade(&path) => {}
            made => drop(made.map_err(|e| Error::io(&path, &e))?),
        }
        Self::connect(path, Use::Create, waiting)
    }

    /// Opens the archive of a folder to write in it; one of an older version is brought to today's.
    ///
    /// # Errors
    /// Where there is none, where it is newer than this program, damaged, or may not be written.
    pub fn open(folder: &Path, waiting: Waiting) -> Result<Self, Error> {
        Self::connect(folder.join(FILE), Use::Write, waiting)
    }

    /// Opens the archive of a folder to read it; the folder may be one that cannot be written. An archive of an older version
    /// is brought to today's first.
    ///
    /// # Errors
    /// As for [`Archive::open`].
    pub fn open_to_read(folder: &Path, waiting: Waiting) -> Result<Self, Error> {
        Self::connect(folder.join(FILE), Use::Read, waiting)
    }

    fn connect(path: PathBuf, how: Use, waiting: Waiting) -> Result<Self, Error> {
        if !path.exists() {
            return Err(Error::not_found(path.parent().unwrap_or(&path)));
        }
        // before SQLite sees it: it would take away what a writer left beside an empty file
        if how != Use::Create && path.metadata().is_ok_and(|file| file.len() == 0) {
            return Err(Error::emptied(&path));
        }
        let sql = |e| Error::sql(&path, e);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut db = Connection::open_with_flags(&path, flags).map_err(sql)?;
        wait(&mut db, &path, waiting).map_err(sql)?;
        if how == Use::Read && !is_writable(&path) {
            let db = read_only(&path, waiting).map_err(sql)?;
            return match schema::version(&db, &path)? {
                schema::VERSION => Ok(Self { db, path }),
                0 => Err(Error::emptied(&path)),
                _ => Err(Error::sql(&path, code(rusqlite::ffi::SQLITE_READONLY))),
            };
        }
        let version = schema::version(&db, &path)?;
        if version == 0 && how != Use::Create {
            return Err(Error::emptied(&path));
        }
        db.execute_batch(
            "PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;",
        )
        .map_err(sql)?;
        if version == 0 {
            db.execute_batch("PRAGMA page_size = 8192;").map_err(sql)?;
        }
        db.query_row("PRAGMA journal_mode = WAL", (), |_| Ok(())).map_err(sql)?;
        if schema::migrate(&mut db, &path)? > 0 && how == Use::Create {
            // another process has made it meanwhile
            return Err(Error::exists(&path));
        }
        Ok(Self { db, path })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Grows with every change of what listings are made of: articles, readings, corrections, versions of pages.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn change(&self) -> Result<i64, Error> {
        self.db.query_row("SELECT change FROM state", (), |r| r.get(0)).map_err(|e| self.sql(e))
    }

    /// Something that was made out of the archive in this state, where it is kept.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn derived(&self, name: &str, state: &str) -> Result<Option<Vec<u8>>, Error> {
        let query = "SELECT value FROM derived WHERE name = ?1 AND state = ?2";
        self.db.query_row(query, (name, state), |r| r.get(0)).optional().map_err(|e| self.sql(e))
    }

    /// Keeps something that was made out of the archive in this state, instead of what was kept under the name. Nothing is
    /// lost where it cannot be kept, so that is no error.
    pub fn keep_derived(&self, name: &str, state: &str, value: &[u8]) {
        let query = "INSERT INTO derived VALUES (?1, ?2, ?3) ON CONFLICT (name) DO UPDATE SET state = ?2, value = ?3";
        // it will be made again
        let _ = self.db.execute(query, (name, state, value));
    }

    pub(crate) fn sql(&self, error: rusqlite::Error) -> Error {
        Error::sql(&self.path, error)
    }

    pub(crate) fn damaged(&self, what: impl Into<String>) -> Error {
        Error::damaged(&self.path, what)
    }

    /// Does all of `work` or nothing of it; waits for other processes that write.
    pub(crate) fn whole<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, rusqlite::Error>,
    ) -> Result<T, Error> {
        let path = self.path.clone();
        let done = self.db.transaction_with_behavior(TransactionBehavior::Immediate).and_then(|transaction| {
            let value = work(&transaction)?;
            transaction.commit()?;
            Ok(value)
        });
        done.map_err(|e| Error::sql(&path, e))
    }
}

/// What a change of what listings are made of does.
pub(crate) fn changed(db: &Transaction<'_>) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE state SET change = change + 1")?.execute(())?;
    Ok(())
}

pub(crate) fn code(code: i32) -> rusqlite::Error {
    rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None)
}

fn wait(db: &mut Connection, path: &Path, waiting: Waiting) -> rusqlite::Result<()> {
    let message = format!("another process is writing to `{}`: waiting for it", path.display());
    db.busy_handler(Some(move |tries| {
        if tries == SAY_AFTER {
            waiting(&message);
        }
        std::thread::sleep(Duration::from_millis(100));
        tries < GIVE_UP_AFTER
    }))
}

/// Whether a file is there that never became an archive: there is nothing in it.
fn is_unmade(path: &Path) -> bool {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let version = || schema::version(&Connection::open_with_flags(path, flags).ok()?, path).ok();
    path.metadata().is_ok_and(|file| file.is_file() && file.len() == 0) || version() == Some(0)
}

/// Whether this user may write the file and make the two that SQLite needs beside it.
fn is_writable(path: &Path) -> bool {
    let opened = std::fs::OpenOptions::new().append(true).open(path);
    let beside = || {
        let shared = path.with_extension("sqlite-shm");
        if shared.exists() {
            return std::fs::OpenOptions::new().append(true).open(shared).is_ok();
        }
        path.parent().is_some_and(|folder| {
            let probe = folder.join(format!(".rapporteur-{}", std::process::id()));
            let made = std::fs::File::create_new(&probe).is_ok();
            // where it was made it can be taken away
            let _ = std::fs::remove_file(&probe);
            made
        })
    };
    opened.is_ok() && beside()
}

/// A connection that only reads. Where nothing lies beside the file that a writer left, it is read as a file that nobody
/// changes: SQLite could not make the files it shares with writers.
fn read_only(path: &Path, waiting: Waiting) -> rusqlite::Result<Connection> {
    let is_left = path.with_extension("sqlite-wal").exists();
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let name = path.canonicalize().unwrap_or_else(|_| path.to_path_buf()).to_string_lossy().into_owned();
    let escaped = name.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let mut db =
        Connection::open_with_flags(format!("file:{escaped}{}", if is_left { "" } else { "?immutable=1" }), flags)?;
    wait(&mut db, path, waiting)?;
    // what a search makes for itself needs no disk that may be written
    db.execute_batch("PRAGMA temp_store = MEMORY")?;
    Ok(db)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The disk is as good as full when the file may not grow.
    #[test]
    fn a_full_disk_is_named_and_loses_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut archive = Archive::create(folder.path(), |_| ()).unwrap();
        let at = rapporteur_text::Moment::day(jiff::civil::date(2025, 3, 1));
        archive.correct("Ann", at, &serde_json::json!("kept")).unwrap();
        let pages: i64 = archive.db.pragma_query_value(None, "page_count", |r| r.get(0)).unwrap();
        archive.db.pragma_update(None, "max_page_count", pages + 2).unwrap();
        let long = serde_json::json!("words ".repeat(100_000));
        let error = archive.correct("Ann", at, &long).unwrap_err();
        assert!(error.is_full() && error.to_string().contains("make room and run this again"), "{error}");
        assert_eq!(archive.corrections().unwrap().len(), 1);
        archive.db.pragma_update(None, "max_page_count", 1_000_000).unwrap();
        assert_eq!(archive.correct("Ann", at, &long).unwrap(), 2, "there is room again");
        assert!(archive.check(&mut |_, _| ()).unwrap().faults.is_empty());
    }

    #[test]
    fn another_writer_is_waited_for_and_named() {
        static SAID: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
        let folder = tempfile::tempdir().unwrap();
        drop(Archive::create(folder.path(), |_| ()).unwrap());
        let other = Connection::open(folder.path().join(FILE)).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let path = folder.path().to_path_buf();
        let waits = std::thread::spawn(move || {
            let said = |message: &str| {
                assert!(message.contains("another process is writing to"));
                SAID.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            };
            let mut archive = Archive::open(&path, said).unwrap();
            archive.correct("Ann", rapporteur_text::Moment::day(FIRST_DAY), &serde_json::json!(1)).unwrap()
        });
        const FIRST_DAY: jiff::civil::Date = jiff::civil::date(2025, 3, 1);
        while SAID.load(std::sync::atomic::Ordering::SeqCst) == 0 {
            std::thread::yield_now();
        }
        other.execute_batch("COMMIT").unwrap();
        assert_eq!(waits.join().unwrap(), 1);
    }
}
