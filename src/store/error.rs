//! What can go wrong with a file, told by what a person can do about it.

use std::path::{Path, PathBuf};

use rusqlite::{ErrorCode, ffi};

/// A failure of one of the two files. Nothing of the operation that met it was written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is no database, or its pages contradict each other. It still lies where it lay.
    #[error("{} is damaged: {cause}", path.display())]
    Damaged {
        /// Where it lies.
        path: PathBuf,
        /// What was seen.
        cause: String,
    },
    /// The file was written by a newer program.
    #[error("{} was written by a newer timbra (layout {found}, this one knows {known})", path.display())]
    Newer {
        /// Where it lies.
        path: PathBuf,
        /// Its layout.
        found: i64,
        /// The newest layout that this program knows.
        known: i64,
    },
    /// No room is left on the disk.
    #[error("no room is left on the disk of {}", path.display())]
    Full {
        /// The file that could not grow.
        path: PathBuf,
    },
    /// Another program holds the file and did not let go in time.
    #[error("{} is held by another program", path.display())]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// The file, or its folder, must not be written.
    #[error("{} must not be written", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// The file or its folder could not be opened, read or made.
    #[error("{} could not be reached: {cause}", path.display())]
    Unreachable {
        /// The file.
        path: PathBuf,
        /// The system's words.
        cause: String,
    },
    /// A row is there and cannot be understood.
    #[error("a row of {} cannot be understood: {cause}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What was wrong with it.
        cause: String,
    },
    /// More of something than the layout has room for.
    #[error("{} has no room for another {what}", path.display())]
    Crowded {
        /// The file.
        path: PathBuf,
        /// Of what.
        what: &'static str,
    },
    /// SQLite refused for a reason that is a mistake of this program.
    #[error("{} refused: {source}", path.display())]
    Refused {
        /// The file.
        path: PathBuf,
        /// Its words.
        source: rusqlite::Error,
    },
}

impl StoreError {
    /// The file in trouble.
    pub fn path(&self) -> &Path {
        match self {
            StoreError::Damaged { path, .. }
            | StoreError::Newer { path, .. }
            | StoreError::Full { path }
            | StoreError::Locked { path }
            | StoreError::ReadOnly { path }
            | StoreError::Unreachable { path, .. }
            | StoreError::Unreadable { path, .. }
            | StoreError::Crowded { path, .. }
            | StoreError::Refused { path, .. } => path,
        }
    }
}

/// A failure inside an operation, before it is known in which file.
#[derive(Debug)]
pub(super) enum Fault {
    Sqlite(rusqlite::Error),
    Unreadable(String),
    Crowded(&'static str),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

impl From<std::io::Error> for Fault {
    /// Only the codec gives these: no file is read past SQLite.
    fn from(error: std::io::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

impl Fault {
    /// The failure, with the file in which it happened.
    pub(super) fn at(self, path: &Path) -> StoreError {
        let path = path.to_owned();
        let source = match self {
            Fault::Unreadable(cause) => return StoreError::Unreadable { path, cause },
            Fault::Crowded(what) => return StoreError::Crowded { path, what },
            Fault::Sqlite(source) => source,
        };
        let cause = source.to_string();
        // A page that should be there is not.
        let is_short = source
            .sqlite_error()
            .is_some_and(|error| error.extended_code == ffi::SQLITE_IOERR_SHORT_READ);
        match source.sqlite_error_code() {
            _ if is_short => StoreError::Damaged { path, cause },
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                StoreError::Damaged { path, cause }
            }
            Some(ErrorCode::DiskFull) => StoreError::Full { path },
            Some(
                ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::FileLockingProtocolFailed,
            ) => StoreError::Locked { path },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                StoreError::ReadOnly { path }
            }
            Some(ErrorCode::CannotOpen | ErrorCode::SystemIoFailure) => {
                StoreError::Unreachable { path, cause }
            }
            _ => StoreError::Refused { path, source },
        }
    }
}
