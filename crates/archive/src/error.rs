//! What can go wrong with an archive, in words for the user.

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// An archive that cannot be opened, read or written: what was being done, the cause, and the fix.
#[derive(Debug)]
pub struct Error {
    path: PathBuf,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    NotFound,
    Exists,
    NoFolder,
    Foreign,
    Emptied,
    Newer { found: u32, known: u32 },
    Damaged(String),
    Busy,
    Full,
    ReadOnly,
    Other(String),
}

impl Error {
    fn new(path: &Path, kind: Kind) -> Self {
        Self { path: path.to_path_buf(), kind }
    }

    pub(crate) fn not_found(path: &Path) -> Self {
        Self::new(path, Kind::NotFound)
    }

    pub(crate) fn exists(path: &Path) -> Self {
        Self::new(path, Kind::Exists)
    }

    pub(crate) fn foreign(path: &Path) -> Self {
        Self::new(path, Kind::Foreign)
    }

    pub(crate) fn emptied(path: &Path) -> Self {
        Self::new(path, Kind::Emptied)
    }

    pub(crate) fn newer(path: &Path, found: u32, known: u32) -> Self {
        Self::new(path, Kind::Newer { found, known })
    }

    pub(crate) fn damaged(path: &Path, what: impl Into<String>) -> Self {
        Self::new(path, Kind::Damaged(what.into()))
    }

    pub(crate) fn io(path: &Path, error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        let kind = match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Kind::Full,
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Kind::ReadOnly,
            ErrorKind::AlreadyExists => Kind::Exists,
            ErrorKind::NotFound | ErrorKind::NotADirectory => Kind::NoFolder,
            _ => Kind::Other(error.to_string()),
        };
        Self::new(path, kind)
    }

    pub(crate) fn sql(path: &Path, error: rusqlite::Error) -> Self {
        let kind = match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Kind::Foreign,
            Some(ErrorCode::DatabaseCorrupt) => Kind::Damaged(error.to_string()),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Kind::Busy,
            Some(ErrorCode::DiskFull) => Kind::Full,
            // a limit on the size of files shows as a write that fails
            Some(ErrorCode::SystemIoFailure) if is_write(&error) => Kind::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => Kind::ReadOnly,
            _ => Kind::Other(error.to_string()),
        };
        Self::new(path, kind)
    }

    /// Whether there is no archive.
    pub fn is_not_found(&self) -> bool {
        matches!(self.kind, Kind::NotFound)
    }

    /// Whether there is an archive already.
    pub fn is_already_there(&self) -> bool {
        matches!(self.kind, Kind::Exists)
    }

    /// Whether a newer version of Rapporteur made it.
    pub fn is_newer(&self) -> bool {
        matches!(self.kind, Kind::Newer { .. })
    }

    /// Whether what is kept is damaged, or the file is no archive at all.
    pub fn is_damaged(&self) -> bool {
        matches!(self.kind, Kind::Damaged(_) | Kind::Foreign | Kind::Emptied)
    }

    /// Whether another process would not let go of it.
    pub fn is_busy(&self) -> bool {
        matches!(self.kind, Kind::Busy)
    }

    /// Whether the disk is full.
    pub fn is_full(&self) -> bool {
        matches!(self.kind, Kind::Full)
    }

    /// Whether it may not be written.
    pub fn is_read_only(&self) -> bool {
        matches!(self.kind, Kind::ReadOnly)
    }
}

fn is_write(error: &rusqlite::Error) -> bool {
    const OF_WRITING: [i32; 4] = [
        rusqlite::ffi::SQLITE_IOERR_WRITE,
        rusqlite::ffi::SQLITE_IOERR_FSYNC,
        rusqlite::ffi::SQLITE_IOERR_TRUNCATE,
        rusqlite::ffi::SQLITE_IOERR_SHMSIZE,
    ];
    error.sqlite_error().is_some_and(|e| OF_WRITING.contains(&e.extended_code))
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match &self.kind {
            Kind::NotFound => write!(f, "`{path}` is no dossier folder: start one with `rapporteur init DIR`"),
            Kind::Exists => write!(f, "`{path}` is there already: nothing was changed"),
            Kind::NoFolder => {
                write!(f, "failed to write `{path}`: its folder does not exist: make it, or name another place")
            }
            Kind::Foreign => write!(
                f,
                "`{path}` is no archive of Rapporteur, or its first bytes are damaged: put back a backup, or name another folder; \
                 nothing was changed"
            ),
            Kind::Emptied => write!(
                f,
                "the archive `{path}` is empty: what it kept is not in it any more, or `rapporteur init` was stopped; put back a \
                 backup, or start anew with `rapporteur init` and `rapporteur add`; nothing was changed"
            ),
            Kind::Newer { found, known } => write!(
                f,
                "`{path}` is an archive of version {found}, made by a newer Rapporteur: this one knows versions up to {known}; \
                 use the newer one. Nothing was changed"
            ),
            Kind::Damaged(what) => write!(
                f,
                "the archive `{path}` is damaged: {what}; `rapporteur check` says what is whole, `rapporteur reread` makes \
                 readings again from their captures, else put back a backup"
            ),
            Kind::Busy => write!(
                f,
                "another process has been writing to `{path}` for a minute: wait until it is done and run this again"
            ),
            Kind::Full => write!(
                f,
                "failed to write `{path}`: the disk is full (or a limit is reached); nothing that was kept before is lost: make \
                 room and run this again"
            ),
            Kind::ReadOnly => write!(
                f,
                "failed to write `{path}`: it is read-only here: give yourself the right to write the folder and the file \
                 (`chmod u+w`), or copy the folder"
            ),
            Kind::Other(what) => write!(f, "failed to use the archive `{path}`: {what}"),
        }
    }
}

impl std::error::Error for Error {}
