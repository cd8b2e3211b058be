//! Journal entries: what a bookkeeper posts each month, balanced to the cent.

use rust_decimal::Decimal;

use super::super::options::SandboxError;
use super::super::records::{Account, Extra, JournalEntry, Posting, State};
use super::{Later, next_id};

/// One entry comes on so many invoices.
const INVOICES_TO_AN_ENTRY: u32 = 20;

/// Title, memo, code debited, code credited, pesos.
const USUAL: [(&str, &str, &str, &str, u32); 5] = [
    (
        "Depreciación de equipo de cómputo",
        "Depreciación mensual",
        "613-05",
        "171-05",
        4_150,
    ),
    (
        "Depreciación de mobiliario",
        "Depreciación mensual",
        "613-04",
        "171-04",
        1_875,
    ),
    (
        "Provisión de nómina",
        "Sueldos de la quincena",
        "601-01",
        "205-02-002",
        86_400,
    ),
    (
        "Comisiones bancarias",
        "Comisión de terminal punto de venta",
        "601-75",
        "102-01-001",
        1_263,
    ),
    (
        "Reposición de caja chica",
        "Gastos menores de la oficina",
        "601-55-001",
        "101-01-002",
        2_380,
    ),
];

/// Makes the entries, oldest first; every ninth is void.
pub fn entries(
    later: &mut Later<'_>,
    accounts: &[Account],
) -> Result<Vec<JournalEntry>, SandboxError> {
    let count = later.one_in(INVOICES_TO_AN_ENTRY);
    let account = |code: &str| {
        let found = accounts
            .iter()
            .find(|account| account.code == code && account.children.is_empty());
        found.map(|account| account.id)
    };
    let mut entries = Vec::with_capacity(count as usize);
    for (place, usual) in (0..count).zip(USUAL.iter().cycle()) {
        let (title, memo, debited, credited, pesos) = *usual;
        let (Some(debited), Some(credited)) = (account(debited), account(credited)) else {
            continue;
        };
        let day = later.day(place, count)?;
        let created = later.moment(day)?;
        let cents = later.random.u32(0..100);
        let amount = Decimal::new(i64::from(pesos) * 100 + i64::from(cents), 2);
        let posting = |account, debit, credit| Posting {
            account,
            debit,
            credit,
            description: memo.into(),
            customer: None,
            supplier: None,
            department: (place % 3 == 0).then_some(2),
        };
        entries.push(JournalEntry {
            id: next_id(entries.len()),
            state: if place % 9 == 8 {
                State::Void
            } else {
                State::Open
            },
            date: day,
            reference: title.into(),
            memo: memo.into(),
            currency: "MXN".into(),
            postings: vec![
                posting(debited, amount, Decimal::ZERO),
                posting(credited, Decimal::ZERO, amount),
            ],
            created,
            updated: created,
            extra: Extra::new(),
        });
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::super::chart;
    use super::*;

    #[test]
    fn every_usual_entry_finds_its_accounts_and_they_can_be_posted_to() {
        let chart = chart::accounts(jiff::Timestamp::UNIX_EPOCH);
        for (title, _, debited, credited, _) in USUAL {
            for code in [debited, credited] {
                let account = chart.iter().find(|account| account.code == code);
                assert!(
                    account.is_some_and(|account| account.children.is_empty()),
                    "{title}: {code}"
                );
            }
        }
    }
}
