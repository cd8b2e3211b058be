//! The generated books: one Mexican company, its catalogues and twelve months of documents.
//!
//! Everything follows from the seed, the size and the day, so that two worlds begun alike are alike to
//! the byte. The company and the first customers are the test taxpayers that the SAT publishes; the
//! others are invented, with check digits that fit.

mod chart;
mod documents;
mod items;
mod journals;
mod notes;
mod people;
mod purchases;
mod purses;
mod receipts;
mod suppliers;
mod told;

use jiff::civil::Date;
use jiff::{Span, Timestamp, ToSpan};

use super::clock;
use super::journal::Beginning;
use super::options::SandboxError;
use super::records::{
    Account, BankAccount, Contact, Department, Item, JournalEntry, Payment, Purchase, Sale, Tax,
};
use super::register::Register;
use super::table::Table;

/// The company whose books these are: the SAT's own test taxpayer.
pub struct Company {
    pub name: &'static str,
    pub rfc: &'static str,
    pub regime: &'static str,
    pub zip: &'static str,
    pub street: &'static str,
    pub exterior: &'static str,
    pub colony: &'static str,
    pub city: &'static str,
    pub state: &'static str,
    pub phone: &'static str,
    pub email: &'static str,
    /// What stands before the number in a folio.
    pub series: &'static str,
}

pub const COMPANY: Company = Company {
    name: "ESCUELA KEMPER URGATE",
    rfc: "EKU9003173C9",
    regime: "GENERAL_REGIME_OF_MORAL_PEOPLE_LAW",
    zip: "42501",
    street: "Av. Hidalgo",
    exterior: "120",
    colony: "Centro",
    city: "Actopan",
    state: "Hidalgo",
    phone: "7727270100",
    email: "contabilidad@kemper.example",
    series: "A-",
};

/// The other company of the office, for whoever wants to go over to one: a test taxpayer too.
pub const OTHER_COMPANY: Company = Company {
    name: "INNOVACION VALOR Y DESARROLLO",
    rfc: "IVD920810GU2",
    regime: "GENERAL_REGIME_OF_MORAL_PEOPLE_LAW",
    zip: "63901",
    street: "Calle Morelos",
    exterior: "45",
    colony: "Centro",
    city: "Ahuacatlán",
    state: "Nayarit",
    phone: "3242410200",
    email: "contabilidad@innovacion.example",
    series: "A-",
};

pub struct Books {
    pub contacts: Vec<Contact>,
    pub items: Vec<Item>,
    pub taxes: Vec<Tax>,
    pub accounts: Vec<Account>,
    pub departments: Vec<Department>,
    pub bank_accounts: Vec<BankAccount>,
    pub invoices: Vec<Sale>,
    pub credit_notes: Vec<Sale>,
    pub quotes: Vec<Sale>,
    pub bills: Vec<Purchase>,
    pub orders: Vec<Purchase>,
    pub payments: Vec<Payment>,
    pub journal_entries: Vec<JournalEntry>,
    pub register: Register,
}

/// Makes the books that a beginning describes.
pub fn generate(beginning: &Beginning) -> Result<Books, SandboxError> {
    let mut random = fastrand::Rng::with_seed(beginning.seed);
    let opened = opened(beginning)?;
    let accounts = chart::accounts(opened);
    let taxes = items::taxes(opened, &accounts);
    let items = items::items(opened);
    let (mut contacts, register) = people::people(opened, &mut random);
    let (mut invoices, mut payments) =
        documents::invoices(beginning, &contacts, &items, &taxes, &mut random)?;
    // Numbers of their own, so that what is bought never changes what was sold.
    let mut random = fastrand::Rng::with_seed(beginning.seed ^ 0x000B_111D);
    contacts.extend(suppliers::suppliers(opened, contacts.len(), &mut random));
    let mut later = Later {
        beginning,
        opening: clock::opening_of(beginning.today)?,
        taxes: Table::from_rows(taxes.to_vec()),
        random,
    };
    let (bills, orders) =
        purchases::purchases(&mut later, &contacts, &items, &accounts, &mut payments)?;
    let (credit_notes, quotes) = notes::notes_and_quotes(&mut later, &mut invoices, &payments)?;
    notes::bounced(&mut later, &invoices, &credit_notes, &mut payments);
    receipts::issue(beginning.today, &invoices, &mut payments);
    let journal_entries = journals::entries(&mut later, &accounts)?;
    let bank_accounts = purses::bank_accounts(opened, &accounts);
    Ok(Books {
        contacts,
        items,
        taxes,
        accounts,
        departments: purses::departments(opened),
        bank_accounts,
        invoices,
        credit_notes,
        quotes,
        bills,
        orders,
        payments,
        journal_entries,
        register,
    })
}

/// What the makers of the documents besides invoices share.
struct Later<'a> {
    beginning: &'a Beginning,
    opening: Timestamp,
    taxes: Table<Tax>,
    random: fastrand::Rng,
}

impl Later<'_> {
    /// How many documents there are of a kind of which one comes on so many invoices.
    fn one_in(&self, invoices: u32) -> u32 {
        self.beginning.invoices / invoices
    }

    /// The day of the `place`-th of `count` documents that spread evenly over the year.
    fn day(&self, place: u32, count: u32) -> Result<Date, SandboxError> {
        let age = 360 - i64::from(place) * 360 / i64::from(count.max(1));
        let today = self.beginning.today;
        today
            .checked_sub(Span::new().days(age))
            .map_err(|_| SandboxError::Day(today))
    }

    /// Some moment of a day's work, never after the clock starts.
    fn moment(&mut self, day: Date) -> Result<Timestamp, SandboxError> {
        let minute = self.random.i64(0..540);
        let wall = day.at(8, 30, 0, 0).saturating_add(minute.minutes());
        Ok(clock::moment(wall)?.min(self.opening))
    }

    /// A day some days after another, but not after today.
    fn days_after(&self, day: Date, days: i64) -> Date {
        let later = day.saturating_add(Span::new().days(days));
        later.min(self.beginning.today)
    }
}

/// The id of the next row.
fn next_id(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX - 1) + 1
}

/// When the catalogues were set up: before the oldest document, of the February before the last March.
fn opened(beginning: &Beginning) -> Result<Timestamp, SandboxError> {
    let day = beginning
        .today
        .checked_sub(jiff::Span::new().days(430))
        .map_err(|_| SandboxError::Day(beginning.today))?;
    clock::opening_of(day)
}

/// The tab-separated fields of each row of a table that is part of the program.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().map(|line| line.split('\t').collect())
}
