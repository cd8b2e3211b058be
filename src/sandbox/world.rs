//! The one world behind both roads: records, register, counters, clock.
//!
//! Whatever changes it goes through [`World::commit`], which writes the change down first. Nothing that
//! can be derived is kept: statuses, balances and UUIDs are computed when they are read.

use jiff::Timestamp;

use super::books;
use super::clock::{self, Clock};
use super::errors::NativeError;
use super::journal::{Beginning, Change, Entry, Journal};
use super::options::{Options, SandboxError};
use super::records::{Account, Contact, Invoice, Item, Legal, Stamp, Tax};
use super::register::Register;
use super::table::Table;

pub struct World {
    pub seed: u64,
    pub contacts: Table<Contact>,
    pub items: Table<Item>,
    pub taxes: Table<Tax>,
    pub accounts: Table<Account>,
    pub invoices: Table<Invoice>,
    pub register: Register,
    /// Folios spent so far: each stamp is one, also when it was cancelled later.
    pub folios: u64,
    /// The folio number that the next document gets.
    pub next_number: u32,
    pub clock: Clock,
    journal: Option<Journal>,
}

impl World {
    /// The kept world if there is one, else a new one as the options say.
    pub fn open(options: &Options) -> Result<Self, SandboxError> {
        let kept = match &options.data {
            Some(path) if !options.fresh => Journal::open(path)?,
            _ => None,
        };
        if let Some(kept) = kept {
            let mut world = Self::begin(&kept.beginning)?;
            let mut stopped_at = None;
            for entry in kept.entries {
                stopped_at = Some(entry.at);
                for change in entry.changes {
                    world.apply(change);
                }
            }
            if let Some(moment) = stopped_at {
                world.clock = Clock::starting_at(moment);
            }
            world.journal = Some(kept.journal);
            return Ok(world);
        }
        let today = options
            .today
            .unwrap_or_else(|| clock::local(Timestamp::now()).date());
        let beginning = Beginning::new(options.seed, options.invoices, today);
        let mut world = Self::begin(&beginning)?;
        if let Some(path) = &options.data {
            world.journal = Some(Journal::begin(path, &beginning)?);
        }
        Ok(world)
    }

    fn begin(beginning: &Beginning) -> Result<Self, SandboxError> {
        let books = books::generate(beginning)?;
        let mut world = Self {
            seed: beginning.seed,
            contacts: Table::from_rows(books.contacts),
            items: Table::from_rows(books.items),
            taxes: Table::from_rows(books.taxes),
            accounts: Table::from_rows(books.accounts),
            invoices: Table::from_rows(books.invoices),
            register: books.register,
            folios: 0,
            next_number: 1,
            clock: Clock::starting_at(clock::opening_of(beginning.today)?),
            journal: None,
        };
        world.folios = world
            .invoices
            .iter()
            .filter_map(|invoice| Some(invoice.stamp.as_ref()?.serial))
            .max()
            .unwrap_or(0);
        world.next_number = world
            .invoices
            .iter()
            .filter_map(|invoice| invoice.number)
            .max()
            .unwrap_or(0)
            + 1;
        Ok(world)
    }

    /// Writes the changes down and then makes them; on an error nothing was changed.
    pub fn commit(&mut self, changes: Vec<Change>) -> Result<(), NativeError> {
        let entry = Entry {
            at: self.clock.now(),
            changes,
        };
        if let Some(journal) = &mut self.journal {
            journal.append(&entry).map_err(|error| {
                NativeError::new(503, 503, format!("El sandbox no pudo guardar: {error}"))
            })?;
        }
        for change in entry.changes {
            self.apply(change);
        }
        Ok(())
    }

    /// Notes the present moment, so that a kept world goes on from it.
    pub fn keep_time(&mut self) -> Result<(), NativeError> {
        self.commit(Vec::new())
    }

    fn apply(&mut self, change: Change) {
        match change {
            Change::Contact(contact) => self.contacts.put(*contact),
            Change::Item(item) => self.items.put(*item),
            Change::Tax(tax) => self.taxes.put(*tax),
            Change::Account(account) => self.accounts.put(*account),
            Change::Invoice(invoice) => {
                if let Some(stamp) = &invoice.stamp {
                    self.folios = self.folios.max(stamp.serial);
                }
                if let Some(number) = invoice.number {
                    self.next_number = self.next_number.max(number.saturating_add(1));
                }
                self.invoices.put(*invoice);
            }
            Change::ContactGone(id) => self.contacts.remove(id),
            Change::ItemGone(id) => self.items.remove(id),
            Change::TaxGone(id) => self.taxes.remove(id),
            Change::InvoiceGone(id) => self.invoices.remove(id),
        }
    }

    /// The folio fiscal of a stamp: a UUID of version 4 in capitals, the same for the same seed and serial.
    pub fn uuid(&self, stamp: &Stamp) -> String {
        let high = mixed(self.seed ^ stamp.serial.rotate_left(17));
        let low = mixed(high ^ stamp.serial);
        let bits = (u128::from(high) << 64 | u128::from(low)) & !(0xF << 76) & !(0b11 << 62)
            | (0x4 << 76)
            | (0b10 << 62);
        let hex = format!("{bits:032X}");
        let mut groups = Vec::with_capacity(5);
        let mut rest = hex.as_str();
        for length in [8, 4, 4, 4, 12] {
            let (group, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
            groups.push(group);
            rest = after;
        }
        groups.join("-")
    }

    /// The invoice that carries a folio fiscal.
    pub fn stamped_as(&self, uuid: &str) -> Option<&Invoice> {
        self.invoices.iter().find(|invoice| {
            invoice.stamp.as_ref().is_some_and(|stamp| {
                stamp.legal != Legal::Cancelled && self.uuid(stamp).eq_ignore_ascii_case(uuid)
            })
        })
    }
}

/// A number that looks random and depends on nothing but its argument (splitmix64).
pub fn mixed(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
