//! The items that the company sells, with real SAT keys, and the taxes they bear.
//!
//! Two items have no SAT key: an invoice with one of them is refused, which is a lesson of the demo.

use jiff::Timestamp;
use rust_decimal::Decimal;

use super::super::records::{Account, Extra, Item, Tax};

/// Own code, name, SAT key, unit, price, P(roduct) or S(ervice), taxes.
const ITEMS: &str = include_str!("items.tsv");

/// Short name in `items.tsv`, id, name, kind, percent, own code of the account where it is owed.
const TAXES: [(&str, u32, &str, &str, &str, &str); 9] = [
    ("IVA16", 1, "IVA 16%", "IVA", "16", "208-01-001"),
    ("IVA8", 2, "IVA 8% frontera", "IVA", "8", "208-01-002"),
    ("IVA0", 3, "IVA 0%", "IVA", "0", "208-01"),
    ("EXENTO", 4, "IVA exento", "EXENTO", "0", "208-01"),
    ("IEPS8", 5, "IEPS 8%", "IEPS", "8", "208-02"),
    (
        "RISR10",
        6,
        "Retención ISR 10%",
        "RETENCION_ISR",
        "10",
        "216-04-001",
    ),
    (
        "RIVA",
        7,
        "Retención IVA dos tercios",
        "RETENCION_IVA",
        "10.6667",
        "216-10-001",
    ),
    (
        "RISR125",
        8,
        "Retención ISR RESICO 1.25%",
        "RETENCION_ISR",
        "1.25",
        "216-04-002",
    ),
    (
        "RIVA4",
        9,
        "Retención IVA fletes 4%",
        "RETENCION_IVA",
        "4",
        "216-10-002",
    ),
];

pub fn taxes(opened: Timestamp, accounts: &[Account]) -> Vec<Tax> {
    let account = |code: &str| {
        accounts
            .iter()
            .find(|account| account.code == code)
            .map(|account| account.id)
    };
    TAXES
        .iter()
        .map(|(short, id, name, kind, percentage, payable)| Tax {
            id: *id,
            name: (*name).into(),
            kind: (*kind).into(),
            percentage: percentage.parse().unwrap_or_default(),
            description: "".into(),
            code: (*short).into(),
            active: true,
            payable: account(payable),
            favorable: account("118-01-001"),
            created: opened,
            updated: opened,
            extra: Extra::new(),
        })
        .collect()
}

pub fn items(opened: Timestamp) -> Vec<Item> {
    let mut items = Vec::new();
    for (id, row) in (1..).zip(super::rows(ITEMS)) {
        let [reference, name, product_key, unit, price, kind, taxes] = row.as_slice() else {
            continue;
        };
        items.push(Item {
            id,
            name: (*name).into(),
            description: "".into(),
            reference: (*reference).into(),
            price: price.parse().unwrap_or(Decimal::ONE),
            service: *kind == "S",
            unit: (*unit).into(),
            product_key: (!product_key.is_empty()).then(|| (*product_key).into()),
            taxes: taxes
                .split(' ')
                .filter_map(|short| TAXES.iter().find(|tax| tax.0 == short).map(|tax| tax.1))
                .collect(),
            active: true,
            created: opened,
            updated: opened,
            extra: Extra::new(),
        });
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_has_a_price_taxes_and_a_key_except_the_two_of_the_lesson() {
        let items = items(Timestamp::UNIX_EPOCH);
        assert_eq!(items.len(), 52);
        assert_eq!(
            items
                .iter()
                .filter(|item| item.product_key.is_none())
                .count(),
            2
        );
        for item in &items {
            assert!(item.price > Decimal::ZERO, "{}", item.name);
            assert!(!item.taxes.is_empty(), "{}", item.name);
            let key = item.product_key.as_deref().unwrap_or("00000000");
            assert!(
                key.len() == 8 && key.bytes().all(|byte| byte.is_ascii_digit()),
                "{key}"
            );
        }
    }
}
