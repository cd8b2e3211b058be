//! The kept world: how it was begun, and every change since, one JSON line each.
//!
//! The first line says which books to generate, the others what was written on top of them. A line is
//! flushed before the reply leaves, so a killed sandbox remembers all that it confirmed; a last line
//! that was torn in half was never confirmed and is dropped. It is never rewritten in place.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::options::SandboxError;
use super::records::{
    Account, BankAccount, Contact, Department, Item, JournalEntry, Payment, Purchase, PurchaseKind,
    Sale, SaleKind, Tax,
};

/// The form of the file and of the generated books; another one cannot be continued.
const FORM: u32 = 3;

/// How a world is begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beginning {
    pub form: u32,
    pub seed: u64,
    pub invoices: u32,
    pub today: Date,
}

impl Beginning {
    pub fn new(seed: u64, invoices: u32, today: Date) -> Self {
        Self {
            form: FORM,
            seed,
            invoices,
            today,
        }
    }
}

/// One record as it is from now on, or one that is gone.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Change {
    Contact(Box<Contact>),
    Item(Box<Item>),
    Tax(Box<Tax>),
    Account(Box<Account>),
    Department(Box<Department>),
    BankAccount(Box<BankAccount>),
    Sale(Box<Sale>),
    Purchase(Box<Purchase>),
    Payment(Box<Payment>),
    JournalEntry(Box<JournalEntry>),
    Gone(Held, u32),
}

/// What can go: ledger accounts stay for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Held {
    Contact,
    Item,
    Tax,
    Department,
    BankAccount,
    Sale(SaleKind),
    Purchase(PurchaseKind),
    Payment,
    JournalEntry,
}

/// What one request changed, and when by the sandbox's clock.
#[derive(Debug, Serialize, Deserialize)]
pub struct Entry {
    pub at: Timestamp,
    pub changes: Vec<Change>,
}

/// The open file of a kept world.
pub struct Journal {
    file: File,
    path: PathBuf,
}

/// A kept world, read back.
pub struct Kept {
    pub journal: Journal,
    pub beginning: Beginning,
    pub entries: Vec<Entry>,
}

impl Journal {
    /// Begins a new file in the place of whatever was there.
    pub fn begin(path: &Path, beginning: &Beginning) -> Result<Self, SandboxError> {
        let kept = |source| SandboxError::Kept {
            path: path.to_owned(),
            source,
        };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(kept)?;
        }
        let file = File::create(path).map_err(kept)?;
        let mut journal = Self {
            file,
            path: path.to_owned(),
        };
        journal.line(beginning)?;
        Ok(journal)
    }

    /// Reads a kept world; `None` when there is none yet.
    pub fn open(path: &Path) -> Result<Option<Kept>, SandboxError> {
        let kept = |source| SandboxError::Kept {
            path: path.to_owned(),
            source,
        };
        if !path.exists() {
            return Ok(None);
        }
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .open(path)
            .map_err(kept)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(kept)?;
        // Only what ends in a line feed was confirmed to anybody.
        let whole = bytes
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |last| last + 1);
        if whole == 0 {
            return Ok(None);
        }
        bytes.truncate(whole);
        let length = u64::try_from(whole).unwrap_or(u64::MAX);
        file.set_len(length).map_err(kept)?;
        file.seek(SeekFrom::End(0)).map_err(kept)?;

        let damaged = |line: usize| SandboxError::Damaged {
            path: path.to_owned(),
            line,
        };
        let mut lines = bytes
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty());
        let beginning = lines
            .next()
            .and_then(|line| serde_json::from_slice::<Beginning>(line).ok())
            .ok_or_else(|| damaged(1))?;
        if beginning.form != FORM {
            return Err(SandboxError::OtherForm(path.to_owned()));
        }
        let entries = lines
            .enumerate()
            .map(|(above, line)| serde_json::from_slice(line).map_err(|_| damaged(above + 2)))
            .collect::<Result<Vec<Entry>, _>>()?;
        let journal = Self {
            file,
            path: path.to_owned(),
        };
        Ok(Some(Kept {
            journal,
            beginning,
            entries,
        }))
    }

    /// Writes an entry down before anybody is told of it.
    pub fn append(&mut self, entry: &Entry) -> Result<(), SandboxError> {
        self.line(entry)
    }

    fn line(&mut self, record: &impl Serialize) -> Result<(), SandboxError> {
        let kept = |source| SandboxError::Kept {
            path: self.path.clone(),
            source,
        };
        let mut bytes = serde_json::to_vec(record).map_err(|error| kept(error.into()))?;
        bytes.push(b'\n');
        self.file.write_all(&bytes).map_err(kept)?;
        self.file.flush().map_err(kept)
    }
}
