//! The one world behind both roads: records, register, counters, clock.
//!
//! Whatever changes it goes through [`World::commit`], which writes the change down first. Nothing that
//! can be derived is kept: statuses, balances and UUIDs are computed when they are read.

mod event;
mod settlement;

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::books;
use super::clock::{self, Clock};
use super::errors::NativeError;
use super::journal::{Beginning, Change, Entry, Held, Journal};
use super::options::{Options, SandboxError, Tenant};
use super::records::{
    Account, BankAccount, Contact, Department, Item, JournalEntry, Legal, Line, Payment, Purchase,
    PurchaseKind, Sale, SaleKind, Stamp, Tax,
};
use super::register::Register;
use super::table::Table;
use settlement::{Settlements, debts_of_note, debts_of_payment};

pub use event::Event;
pub use settlement::{Debt, Settler, share_for, used};

pub struct World {
    pub seed: u64,
    /// Whose books these are.
    pub tenant: Tenant,
    /// The number of the company: worlds begun otherwise are other companies' books.
    pub company: String,
    pub contacts: Table<Contact>,
    pub items: Table<Item>,
    pub taxes: Table<Tax>,
    pub accounts: Table<Account>,
    pub departments: Table<Department>,
    pub bank_accounts: Table<BankAccount>,
    pub invoices: Table<Sale>,
    pub credit_notes: Table<Sale>,
    pub quotes: Table<Sale>,
    pub bills: Table<Purchase>,
    pub orders: Table<Purchase>,
    pub payments: Table<Payment>,
    pub journal_entries: Table<JournalEntry>,
    settlements: Settlements,
    pub register: Register,
    /// Folios spent so far: each stamp is one, also when it was cancelled later.
    pub folios: u64,
    /// Folios that a document cost beyond its first.
    spent_again: BTreeMap<(SaleKind, u32), u32>,
    /// Whether a document that is stamped already may be stamped again.
    pub stamps_again: bool,
    /// The last number given in each series.
    numbers: BTreeMap<SaleKind, u32>,
    pub clock: Clock,
    /// What happened since somebody last asked, for those who subscribed to it.
    pub events: Vec<Event>,
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
            let mut world = Self::begin(&kept.beginning, options.tenant)?;
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
        let mut world = Self::begin(&beginning, options.tenant)?;
        if let Some(path) = &options.data {
            world.journal = Some(Journal::begin(path, &beginning)?);
        }
        Ok(world)
    }

    fn begin(beginning: &Beginning, tenant: Tenant) -> Result<Self, SandboxError> {
        let books = books::generate(beginning)?;
        let mut world = Self {
            seed: beginning.seed,
            tenant,
            company: match tenant {
                Tenant::First => format!("{}{:07}", beginning.seed, beginning.invoices),
                Tenant::Second => format!("2{}{:07}", beginning.seed, beginning.invoices),
            },
            contacts: Table::from_rows(books.contacts),
            items: Table::from_rows(books.items),
            taxes: Table::from_rows(books.taxes),
            accounts: Table::from_rows(books.accounts),
            departments: Table::from_rows(books.departments),
            bank_accounts: Table::from_rows(books.bank_accounts),
            invoices: Table::from_rows(books.invoices),
            credit_notes: Table::from_rows(books.credit_notes),
            quotes: Table::from_rows(books.quotes),
            bills: Table::from_rows(books.bills),
            orders: Table::from_rows(books.orders),
            payments: Table::from_rows(books.payments),
            journal_entries: Table::from_rows(books.journal_entries),
            settlements: Settlements::default(),
            register: books.register,
            folios: 0,
            spent_again: BTreeMap::new(),
            stamps_again: false,
            numbers: BTreeMap::new(),
            clock: Clock::starting_at(clock::opening_of(beginning.today)?),
            events: Vec::new(),
            journal: None,
        };
        for payment in world.payments.iter() {
            let settler = Settler::Payment(payment.id);
            world.settlements.link(settler, debts_of_payment(payment));
        }
        for note in world.credit_notes.iter() {
            let settler = Settler::CreditNote(note.id);
            world.settlements.link(settler, debts_of_note(note));
        }
        for kind in [SaleKind::Invoice, SaleKind::CreditNote, SaleKind::Quote] {
            let sales = world.sales(kind).iter();
            let (serial, number) = sales.fold((0, 0), |(serial, number), sale| {
                let stamped = sale.stamp.as_ref().map_or(0, |stamp| stamp.serial);
                (serial.max(stamped), number.max(sale.number.unwrap_or(0)))
            });
            world.folios = world.folios.max(serial);
            world.numbers.insert(kind, number);
        }
        Ok(world)
    }

    /// The table of a kind of sales document.
    pub fn sales(&self, kind: SaleKind) -> &Table<Sale> {
        match kind {
            SaleKind::Invoice => &self.invoices,
            SaleKind::CreditNote => &self.credit_notes,
            SaleKind::Quote => &self.quotes,
        }
    }

    fn sales_mut(&mut self, kind: SaleKind) -> &mut Table<Sale> {
        match kind {
            SaleKind::Invoice => &mut self.invoices,
            SaleKind::CreditNote => &mut self.credit_notes,
            SaleKind::Quote => &mut self.quotes,
        }
    }

    /// The table of a kind of purchase document.
    pub fn purchases(&self, kind: PurchaseKind) -> &Table<Purchase> {
        match kind {
            PurchaseKind::Bill => &self.bills,
            PurchaseKind::Order => &self.orders,
        }
    }

    fn purchases_mut(&mut self, kind: PurchaseKind) -> &mut Table<Purchase> {
        match kind {
            PurchaseKind::Bill => &mut self.bills,
            PurchaseKind::Order => &mut self.orders,
        }
    }

    /// Every sales document there is.
    pub fn all_sales(&self) -> impl Iterator<Item = &Sale> {
        [&self.invoices, &self.credit_notes, &self.quotes]
            .into_iter()
            .flat_map(Table::iter)
    }

    /// Every purchase document there is.
    pub fn all_purchases(&self) -> impl Iterator<Item = &Purchase> {
        [&self.bills, &self.orders]
            .into_iter()
            .flat_map(Table::iter)
    }

    /// Every line of every document.
    pub fn all_lines(&self) -> impl Iterator<Item = &Line> {
        let sold = self.all_sales().flat_map(|sale| &sale.lines);
        sold.chain(self.all_purchases().flat_map(|purchase| &purchase.lines))
    }

    /// The number that the next document of a kind gets.
    pub fn next_number(&self, kind: SaleKind) -> u32 {
        let last = self.numbers.get(&kind).copied().unwrap_or(0);
        last.saturating_add(1)
    }

    /// Writes the changes down and then makes them; on an error nothing was changed.
    pub fn commit(&mut self, changes: Vec<Change>) -> Result<(), NativeError> {
        let told = self.events.len();
        for change in &changes {
            self.notice(change);
        }
        let done = self.commit_untold(changes);
        if done.is_err() {
            self.events.truncate(told);
        }
        done
    }

    /// The same for what only the sandbox counts: no subscriber hears of it.
    pub fn commit_untold(&mut self, changes: Vec<Change>) -> Result<(), NativeError> {
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
        self.commit_untold(Vec::new())
    }

    fn apply(&mut self, change: Change) {
        match change {
            Change::Contact(contact) => self.contacts.put(*contact),
            Change::Item(item) => self.items.put(*item),
            Change::Tax(tax) => self.taxes.put(*tax),
            Change::Account(account) => self.accounts.put(*account),
            Change::Department(department) => self.departments.put(*department),
            Change::BankAccount(account) => self.bank_accounts.put(*account),
            Change::Sale(sale) => self.put_sale(*sale),
            Change::Purchase(purchase) => self.purchases_mut(purchase.kind).put(*purchase),
            Change::Payment(payment) => {
                self.forget_payment(payment.id);
                let settler = Settler::Payment(payment.id);
                self.settlements.link(settler, debts_of_payment(&payment));
                self.payments.put(*payment);
            }
            Change::JournalEntry(entry) => self.journal_entries.put(*entry),
            Change::Gone(held, id) => self.forget(held, id),
        }
    }

    fn put_sale(&mut self, sale: Sale) {
        if let Some(stamp) = &sale.stamp {
            self.folios = self.folios.max(stamp.serial);
            let known = self.sales(sale.kind).get(sale.id);
            let before = known.and_then(|known| known.stamp.as_ref());
            if before.is_some_and(|before| before.serial != stamp.serial) {
                *self.spent_again.entry((sale.kind, sale.id)).or_default() += 1;
            }
        }
        if let Some(number) = sale.number {
            let last = self.numbers.entry(sale.kind).or_default();
            *last = number.max(*last);
        }
        if sale.kind == SaleKind::CreditNote {
            self.forget_note(sale.id);
            let settler = Settler::CreditNote(sale.id);
            self.settlements.link(settler, debts_of_note(&sale));
        }
        self.sales_mut(sale.kind).put(sale);
    }

    fn forget(&mut self, held: Held, id: u32) {
        match held {
            Held::Contact => self.contacts.remove(id),
            Held::Item => self.items.remove(id),
            Held::Tax => self.taxes.remove(id),
            Held::Department => self.departments.remove(id),
            Held::BankAccount => self.bank_accounts.remove(id),
            Held::Sale(kind) => {
                if kind == SaleKind::CreditNote {
                    self.forget_note(id);
                }
                self.sales_mut(kind).remove(id);
            }
            Held::Purchase(kind) => self.purchases_mut(kind).remove(id),
            Held::Payment => {
                self.forget_payment(id);
                self.payments.remove(id);
            }
            Held::JournalEntry => self.journal_entries.remove(id),
        }
    }

    fn forget_payment(&mut self, id: u32) {
        if let Some(known) = self.payments.get(id) {
            let settler = Settler::Payment(id);
            self.settlements.unlink(settler, debts_of_payment(known));
        }
    }

    fn forget_note(&mut self, id: u32) {
        if let Some(known) = self.credit_notes.get(id) {
            let settler = Settler::CreditNote(id);
            self.settlements.unlink(settler, debts_of_note(known));
        }
    }

    /// How many folios a document cost so far.
    pub fn folios_of(&self, sale: &Sale) -> u32 {
        let again = self.spent_again.get(&(sale.kind, sale.id));
        u32::from(sale.stamp.is_some()) + again.copied().unwrap_or(0)
    }

    /// The folio fiscal of a stamp: a UUID of version 4 in capitals, the same for the same seed and serial.
    pub fn uuid(&self, stamp: &Stamp) -> String {
        unique_id(self.seed, stamp.serial)
    }

    /// The invoice that carries a folio fiscal.
    pub fn stamped_as(&self, uuid: &str) -> Option<&Sale> {
        self.invoices.iter().find(|invoice| {
            invoice.stamp.as_ref().is_some_and(|stamp| {
                stamp.legal != Legal::Cancelled && self.uuid(stamp).eq_ignore_ascii_case(uuid)
            })
        })
    }
}

/// A UUID of version 4 in capitals that follows from seed and serial.
pub fn unique_id(seed: u64, serial: u64) -> String {
    let high = mixed(seed ^ serial.rotate_left(17));
    let low = mixed(high ^ serial);
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

/// A number that looks random and depends on nothing but its argument (splitmix64).
pub fn mixed(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
