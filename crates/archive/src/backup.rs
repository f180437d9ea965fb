//! A copy of the archive, taken while others read and write it.

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use crate::{Archive, Error};

/// Pages that are copied before others are let in, and before `step` is told.
const PAGES: i32 = 2_000;

impl Archive {
    /// Copies the archive, as it is at one moment, to a file that is not there yet; the copy is an archive as any other. It
    /// gets its name when it is whole. `step` is told how many of how many pages are done.
    ///
    /// # Errors
    /// Where the file is there already or cannot be written; nothing is left behind then.
    pub fn backup(&self, to: &Path, step: &mut dyn FnMut(usize, usize)) -> Result<(), Error> {
        if to.exists() {
            return Err(Error::exists(to));
        }
        // a name of this process alone: what lies there by another is not ours to take away
        let mut part = to.as_os_str().to_os_string();
        part.push(format!(".{}.part", std::process::id()));
        let part = Path::new(&part);
        std::fs::File::create_new(part).map_err(|e| match e.kind() {
            std::io::ErrorKind::AlreadyExists => Error::io(part, &e),
            _ => Error::io(to, &e),
        })?;
        let made = self.copy(part, to, step).and_then(|()| std::fs::rename(part, to).map_err(|e| Error::io(to, &e)));
        if made.is_err() {
            // what is half a copy is of no use
            let _ = std::fs::remove_file(part);
        }
        made
    }

    /// Copies to `part`; what goes wrong is said of `to`, which the user named.
    fn copy(&self, part: &Path, to: &Path, step: &mut dyn FnMut(usize, usize)) -> Result<(), Error> {
        let sql = |e| Error::sql(to, e);
        let mut copy = Connection::open(part).map_err(sql)?;
        {
            // one moment for the whole copy: without it, each write of another process would start the copy again
            let moment = self.db.unchecked_transaction().map_err(sql)?;
            moment.query_row("SELECT change FROM state", (), |_| Ok(())).map_err(sql)?;
            let backup = Backup::new(&self.db, &mut copy).map_err(sql)?;
            loop {
                let result = backup.step(PAGES).map_err(sql)?;
                let progress = backup.progress();
                let (left, all) = (progress.remaining.max(0) as usize, progress.pagecount.max(0) as usize);
                step(all - left.min(all), all);
                match result {
                    StepResult::Done => break,
                    StepResult::More => {}
                    _ => std::thread::sleep(Duration::from_millis(50)),
                }
            }
        }
        copy.query_row("PRAGMA journal_mode = DELETE", (), |_| Ok(())).map_err(sql)?;
        let whole: String = copy.query_row("PRAGMA quick_check(1)", (), |r| r.get(0)).map_err(sql)?;
        if whole != "ok" {
            return Err(Error::damaged(to, whole));
        }
        copy.close().map_err(|(_, e)| sql(e))?;
        std::fs::File::options().append(true).open(part).and_then(|f| f.sync_all()).map_err(|e| Error::io(to, &e))
    }
}
