//! What must never be lost: the outbox, unfinished edits, replacements that were begun, lists that were given a name,
//! and the audit log.
//!
//! Every commit is on the disk before the call returns (law 1: before a request leaves). The file is never deleted,
//! never moved and never made anew over an old one: where it cannot be used, the error says where it lies, and a
//! person decides.

mod audit;
mod books;
mod edits;
mod lately;
mod outbox;
mod scan;
mod substitutions;
mod views;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};

pub use audit::Checked;
pub use edits::UnfinishedEdit;
pub use outbox::{GIVEN_UP_AFTER, Placed, PlanError, ProgressError, Rivals};
pub use scan::AuditScan;

use super::error::{Fault, StoreError};
use super::file::{self, Layout, PATIENCE};

/// `"timd"`. FULL syncs the log at every commit; `fullfsync` makes macOS empty the drive's own cache as well.
const LAYOUT: Layout = Layout {
    application: 0x7469_6d64,
    steps: &[
        include_str!("durable/schema.sql"),
        include_str!("durable/books.sql"),
        include_str!("durable/substitutions.sql"),
        include_str!("durable/targets.sql"),
        include_str!("durable/views.sql"),
        include_str!("durable/lately.sql"),
    ],
    page_size: 4096,
    care: "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;",
};

/// The file of what must never be lost, open for reading and writing.
pub struct Durable {
    conn: Connection,
    path: PathBuf,
}

impl Durable {
    /// Opens the file, and makes it where there is none.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Newer`], and the file stays as it is; [`StoreError::Locked`],
    /// [`StoreError::Full`], [`StoreError::ReadOnly`], [`StoreError::Unreachable`].
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Ok(Self {
            conn: file::open(path, &LAYOUT, PATIENCE)?,
            path: path.to_owned(),
        })
    }

    /// How long a statement waits while another program holds the file. Five seconds where nobody says otherwise.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for a time that SQLite cannot count.
    pub fn wait_at_most(&self, patience: Duration) -> Result<(), StoreError> {
        self.conn
            .busy_timeout(patience)
            .map_err(|error| Fault::from(error).at(&self.path))
    }

    /// Lets the file grow by so many pages from now on and no further, as on a disk that has no more room. It holds for
    /// this value; whoever opens the file anew finds all the room that there is.
    ///
    /// # Errors
    /// [`StoreError::Locked`] while another program keeps its size from being read.
    pub fn grow_at_most(&self, pages: u32) -> Result<(), StoreError> {
        let limit = || {
            let now: u32 = self
                .conn
                .pragma_query_value(None, "page_count", |row| row.get(0))?;
            self.conn
                .pragma_update(None, "max_page_count", now.saturating_add(pages))
        };
        limit().map_err(|error| Fault::from(error).at(&self.path))
    }

    fn reading<T>(
        &self,
        read: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>,
    ) -> Result<T, StoreError> {
        let read = || {
            let tx = self.conn.unchecked_transaction()?;
            read(&tx)
        };
        read().map_err(|fault| fault.at(&self.path))
    }

    /// Runs one change, all or nothing. The lock is taken first, so that what it reads stays true until it writes.
    fn writing<T, E: From<Fault>>(
        &mut self,
        write: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let tx = self
            .conn
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(Fault::from)?;
        let result = write(&tx)?;
        tx.commit().map_err(Fault::from)?;
        Ok(result)
    }
}
