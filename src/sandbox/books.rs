//! The generated books: one Mexican company, its catalogues and twelve months of invoices.
//!
//! Everything follows from the seed, the size and the day, so that two worlds begun alike are alike to
//! the byte. The company and the first customers are the test taxpayers that the SAT publishes; the
//! others are invented, with check digits that fit.

mod chart;
mod documents;
mod items;
mod people;

use jiff::Timestamp;

use super::clock;
use super::journal::Beginning;
use super::options::SandboxError;
use super::records::{Account, Contact, Invoice, Item, Tax};
use super::register::Register;

/// The company whose books these are: the SAT's own test taxpayer.
pub struct Company {
    pub id: &'static str,
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
    id: "1",
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

pub struct Books {
    pub contacts: Vec<Contact>,
    pub items: Vec<Item>,
    pub taxes: Vec<Tax>,
    pub accounts: Vec<Account>,
    pub invoices: Vec<Invoice>,
    pub register: Register,
}

/// Makes the books that a beginning describes.
pub fn generate(beginning: &Beginning) -> Result<Books, SandboxError> {
    let mut random = fastrand::Rng::with_seed(beginning.seed);
    let opened = opened(beginning)?;
    let accounts = chart::accounts(opened);
    let taxes = items::taxes(opened, &accounts);
    let items = items::items(opened);
    let (contacts, register) = people::people(opened, &mut random);
    let invoices = documents::invoices(beginning, &contacts, &items, &taxes, &mut random)?;
    Ok(Books {
        contacts,
        items,
        taxes,
        accounts,
        invoices,
        register,
    })
}

/// When the catalogues were set up: a little more than a year before the sandbox's day.
fn opened(beginning: &Beginning) -> Result<Timestamp, SandboxError> {
    let day = beginning
        .today
        .checked_sub(jiff::Span::new().days(400))
        .map_err(|_| SandboxError::Day(beginning.today))?;
    clock::opening_of(day)
}

/// The tab-separated fields of each row of a table that is part of the program.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().map(|line| line.split('\t').collect())
}
