//! Where the company keeps its money, and its cost centres.

use jiff::Timestamp;
use rust_decimal::Decimal;

use super::super::clock;
use super::super::records::{Account, BankAccount, Department, Extra, Purse};

/// The till, the account at the bank, the card.
const TILL: u32 = 1;
const BANK: u32 = 2;
const CARD: u32 = 4;

/// Id, name, kind, number, own code of its ledger account.
const ACCOUNTS: [(u32, &str, Purse, &str, &str); 4] = [
    (TILL, "Caja general", Purse::Cash, "", "101-01-001"),
    (
        BANK,
        "BBVA operativa",
        Purse::Bank,
        "0110450451",
        "102-01-001",
    ),
    (3, "Banorte nómina", Purse::Bank, "0720017782", "102-01-002"),
    (
        CARD,
        "Tarjeta corporativa",
        Purse::CreditCard,
        "",
        "205-02-001",
    ),
];

const DEPARTMENTS: [(&str, &str); 5] = [
    ("DIR", "Dirección"),
    ("ADM", "Administración"),
    ("PRE", "Preescolar y primaria"),
    ("BACH", "Bachillerato"),
    ("TDA", "Tienda escolar"),
];

/// The account that a way of paying goes through.
pub fn account_for(method: &str) -> u32 {
    match method {
        "cash" => TILL,
        "credit-card" => CARD,
        _ => BANK,
    }
}

pub fn bank_accounts(opened: Timestamp, chart: &[Account]) -> Vec<BankAccount> {
    ACCOUNTS
        .into_iter()
        .map(|(id, name, kind, number, code)| BankAccount {
            id,
            name: name.into(),
            kind,
            number: number.into(),
            description: "".into(),
            active: true,
            category: chart
                .iter()
                .find(|account| account.code == code)
                .map(|account| account.id),
            opening_balance: Decimal::from(25_000 * id),
            opened_on: clock::local(opened).date(),
            created: opened,
            updated: opened,
            extra: Extra::new(),
        })
        .collect()
}

pub fn departments(opened: Timestamp) -> Vec<Department> {
    (1..)
        .zip(DEPARTMENTS)
        .map(|(id, (code, name))| Department {
            id,
            name: name.into(),
            code: code.into(),
            description: "".into(),
            active: id != 5,
            created: opened,
            updated: opened,
            extra: Extra::new(),
        })
        .collect()
}
