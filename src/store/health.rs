//! Whether a file is whole, for who asks after it. Makes no file, changes none, and moves none aside.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::error::{Fault, StoreError};
use super::file::PATIENCE;

/// How a file was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Health {
    /// There is none yet.
    Absent,
    /// Every page of it is in order.
    Whole {
        /// Its size, what lies in the log beside it not counted.
        bytes: u64,
    },
    /// Something in it is not in order: SQLite's first complaint.
    Ailing(String),
}

/// Looks a whole file through, which takes a while where it is large.
///
/// # Errors
/// Where it cannot be read at all: [`StoreError::Damaged`] for one that is no database, and those of the system.
pub fn examine(path: &Path) -> Result<Health, StoreError> {
    let bytes = match std::fs::metadata(path) {
        Ok(file) => file.len(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Health::Absent),
        Err(error) => return Err(Fault::from(error).at(path)),
    };
    let complaint = complaint(path).map_err(|error| Fault::from(error).at(path))?;
    Ok(match complaint.as_str() {
        "ok" => Health::Whole { bytes },
        _ => Health::Ailing(complaint),
    })
}

fn complaint(path: &Path) -> rusqlite::Result<String> {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    conn.busy_timeout(PATIENCE)?;
    conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use super::super::durable::Durable;
    use super::*;

    #[test]
    fn a_whole_file_is_told_from_one_that_is_not_and_from_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("durable.db");
        assert_eq!(examine(&path).unwrap(), Health::Absent);
        assert!(!path.exists());
        drop(Durable::open(&path).unwrap());
        assert!(matches!(examine(&path).unwrap(), Health::Whole { .. }));
        let mut bytes = std::fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes.iter_mut().skip(middle).for_each(|byte| *byte = 0x5a);
        std::fs::write(&path, bytes).unwrap();
        assert!(!matches!(examine(&path), Ok(Health::Whole { .. })));
    }
}
