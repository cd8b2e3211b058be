//! Opening a file: its folder, its rights, its layout. Never deletes anything.

use std::fs::{self, OpenOptions};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::error::{Fault, StoreError};

/// How long a statement waits for another program to let go of the file.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// How long to wait before asking again where SQLite itself does not wait.
const BETWEEN_TRIES: Duration = Duration::from_millis(5);

/// Changes that are not in the database yet lie beside it in a file with this at the end of its name.
const LOG: &str = "-wal";

/// And what all who have it open share about that log in one with this.
const LOG_INDEX: &str = "-shm";

/// An empty file of this name beside a cache says that it is damaged.
const CONDEMNED: &str = ".damaged";

/// What a file is made of.
pub(super) struct Layout {
    /// Tells a file of ours from any other database.
    pub application: i32,
    /// The steps that make the newest layout out of nothing; the number of those done is the `user_version`.
    pub steps: &'static [&'static str],
    /// Bytes of a page of a file that is made anew.
    pub page_size: u32,
    /// How carefully it is written, as statements without results.
    pub care: &'static str,
}

/// Opens or makes a file and brings it to the newest layout.
pub(super) fn open(
    path: &Path,
    layout: &Layout,
    patience: Duration,
) -> Result<Connection, StoreError> {
    if is_orphaned(path) {
        // SQLite would delete the log of a database that it finds empty, with all that was committed to it.
        return Err(StoreError::Damaged {
            path: beside(path, LOG),
            cause: "the database that it belongs to is missing".to_owned(),
        });
    }
    make_private(path).map_err(|error| unreachable_file(path, &error))?;
    check_length(path)?;
    let mut conn = connect(path, patience).map_err(|fault| fault.at(path))?;
    // Before anything is written: a file that is not ours is left as it is, down to its journal mode.
    check(&conn, path, layout)?;
    conn.pragma_update(None, "page_size", layout.page_size)
        .and_then(|()| keep_log(&conn, patience))
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

/// Whether there is a log of changes without the database that they were made to.
fn is_orphaned(path: &Path) -> bool {
    is_empty(path) && !is_empty(&beside(path, LOG))
}

/// Whether something of a database is here without the database itself: its log, or the index of its log.
pub(super) fn is_headless(path: &Path) -> bool {
    is_empty(path)
        && [LOG, LOG_INDEX]
            .iter()
            .any(|suffix| beside(path, suffix).exists())
}

fn is_empty(path: &Path) -> bool {
    fs::metadata(path).map_or(true, |file| file.len() == 0)
}

/// An error where the file is shorter than its own head says. SQLite would notice only when somebody asks for one of
/// the pages that are gone. While there is a log, the head may run ahead of the file.
fn check_length(path: &Path) -> Result<(), StoreError> {
    const HEAD: usize = 32;
    if !is_empty(&beside(path, LOG)) {
        return Ok(());
    }
    let read = || {
        let mut file = fs::File::open(path)?;
        let mut head = Vec::with_capacity(HEAD);
        io::Read::take(&mut file, HEAD as u64).read_to_end(&mut head)?;
        Ok((head, file.metadata()?.len()))
    };
    let (head, length) = read().map_err(|error: io::Error| unreachable_file(path, &error))?;
    // Big-endian: the size of a page at 16, where 1 is 65536, and the number of pages at 28.
    let (Some([high, low]), Some([a, b, c, d])) = (head.get(16..18), head.get(28..32)) else {
        return Ok(());
    };
    let size = match u16::from_be_bytes([*high, *low]) {
        1 => 65_536,
        size => u64::from(size),
    };
    let pages = u64::from(u32::from_be_bytes([*a, *b, *c, *d]));
    if head.starts_with(b"SQLite format 3\0") && length < size * pages {
        return Err(StoreError::Damaged {
            path: path.to_owned(),
            cause: format!("it is cut short: {length} bytes of {}", size * pages),
        });
    }
    Ok(())
}

/// Notes that a file turned out damaged while it was used, for who opens it next.
pub(super) fn condemn(path: &Path) {
    // Where even that cannot be written, the next run meets the damage itself.
    let _ = fs::write(beside(path, CONDEMNED), "");
}

/// Whether that was noted. The note is taken away.
pub(super) fn was_condemned(path: &Path) -> bool {
    fs::remove_file(beside(path, CONDEMNED)).is_ok()
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

/// Has changes written to a log first. Where several programs make one file at the same time, SQLite refuses all but one
/// of them at once and waits for nobody, whatever it was told: so it is asked again.
fn keep_log(conn: &Connection, patience: Duration) -> rusqlite::Result<()> {
    let begun = Instant::now();
    loop {
        match conn.pragma_update(None, "journal_mode", "WAL") {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && begun.elapsed() < patience =>
            {
                thread::sleep(BETWEEN_TRIES);
            }
            done => return done,
        }
    }
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
    // All in one question: between two of them another window may make the file what it is to be.
    let (tables, found, application): (i64, i64, i64) = conn
        .query_row(
            "SELECT (SELECT count(*) FROM sqlite_schema),
                    (SELECT user_version FROM pragma_user_version),
                    (SELECT application_id FROM pragma_application_id)",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
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
    for suffix in [LOG, LOG_INDEX, ""] {
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
