//! Opening a file: its folder, its rights, its layout. Never deletes anything.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::error::{Fault, StoreError};

/// How long a statement waits for another program to let go of the file.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// What a file is made of.
pub(super) struct Layout {
    /// Tells a file of ours from any other database.
    pub application: i32,
    /// The steps that make the newest layout out of nothing; the number of those done is the `user_version`.
    pub steps: &'static [&'static str],
    /// How carefully it is written, as statements without results.
    pub care: &'static str,
}

/// Opens or makes a file and brings it to the newest layout.
pub(super) fn open(
    path: &Path,
    layout: &Layout,
    patience: Duration,
) -> Result<Connection, StoreError> {
    make_private(path).map_err(|error| unreachable_file(path, &error))?;
    let mut conn = connect(path, patience).map_err(|fault| fault.at(path))?;
    // Before anything is written: a file that is not ours is left as it is, down to its journal mode.
    check(&conn, path, layout)?;
    conn.pragma_update(None, "journal_mode", "WAL")
        .and_then(|()| conn.execute_batch(layout.care))
        .map_err(|error| Fault::from(error).at(path))?;
    bring_up(&mut conn, path, layout)?;
    Ok(conn)
}

/// Opens a file that [`open`] has made before, for reading only.
pub(super) fn open_reader(
    path: &Path,
    layout: &Layout,
    patience: Duration,
) -> Result<Connection, StoreError> {
    let conn = connect(path, patience).map_err(|fault| fault.at(path))?;
    conn.execute_batch(layout.care)
        .and_then(|()| conn.pragma_update(None, "query_only", true))
        .map_err(|error| Fault::from(error).at(path))?;
    check(&conn, path, layout)?;
    Ok(conn)
}

fn connect(path: &Path, patience: Duration) -> Result<Connection, Fault> {
    // Without CREATE: the file was made with narrow rights before, and a reader must not make an empty one.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(patience)?;
    conn.set_prepared_statement_cache_capacity(96);
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(conn)
}

/// Makes the folder and an empty file that only its owner may read: these are somebody's books. SQLite gives the same
/// rights to the files that it puts beside it.
fn make_private(path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

fn unreachable_file(path: &Path, error: &io::Error) -> StoreError {
    let path = path.to_owned();
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            StoreError::ReadOnly { path }
        }
        io::ErrorKind::StorageFull => StoreError::Full { path },
        _ => StoreError::Unreachable {
            path,
            cause: error.to_string(),
        },
    }
}

/// How many steps of the layout this file has; an error where it is not ours or newer than we are.
fn check(conn: &Connection, path: &Path, layout: &Layout) -> Result<i64, StoreError> {
    let number = |pragma| {
        conn.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0))
            .map_err(|error| Fault::from(error).at(path))
    };
    let found = number("user_version")?;
    let application = number("application_id")?;
    let tables: i64 = conn
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(|error| Fault::from(error).at(path))?;
    let known = layout.steps.len() as i64;
    let empty = found == 0 && application == 0 && tables == 0;
    if !empty && application != i64::from(layout.application) {
        return Err(StoreError::Damaged {
            path: path.to_owned(),
            cause: "it is another program's database".to_owned(),
        });
    }
    if found > known {
        return Err(StoreError::Newer {
            path: path.to_owned(),
            found,
            known,
        });
    }
    Ok(found)
}

fn bring_up(conn: &mut Connection, path: &Path, layout: &Layout) -> Result<(), StoreError> {
    let known = layout.steps.len() as i64;
    if check(conn, path, layout)? == known {
        return Ok(());
    }
    let fault = |error: rusqlite::Error| Fault::from(error).at(path);
    let tx = conn
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(fault)?;
    // Looked at again under the lock: another window may have done it meanwhile.
    let done = usize::try_from(check(&tx, path, layout)?).unwrap_or(0);
    for step in layout.steps.iter().skip(done) {
        tx.execute_batch(step).map_err(fault)?;
    }
    tx.pragma_update(None, "application_id", layout.application)
        .and_then(|()| tx.pragma_update(None, "user_version", known))
        .and_then(|()| tx.commit())
        .map_err(fault)
}

/// Moves a file and what SQLite keeps beside it out of the way, over what was moved there before.
///
/// Gives the place where it lies now.
pub(super) fn move_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let aside = beside(path, ".aside");
    for suffix in ["-wal", "-shm", ""] {
        let (from, to) = (beside(path, suffix), beside(&aside, suffix));
        let moved = match fs::rename(&from, &to) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => match fs::remove_file(&to) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                other => other,
            },
            other => other,
        };
        moved.map_err(|error| unreachable_file(path, &error))?;
    }
    Ok(aside)
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
