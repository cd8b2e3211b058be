//! The chart of accounts: 466 accounts in five levels, with the company's codes and the SAT's.
//!
//! `chart.tsv` lists them depth first: level, own code, grouping code (Anexo 24), name. Class, type and
//! nature are given to the first three levels here and inherited below, as in Alegra.

use jiff::Timestamp;

use super::super::records::{Account, Extra};

const CHART: &str = include_str!("chart.tsv");
/// The first account's id.
const FIRST_ID: u32 = 5001;

/// All accounts, parents before children.
pub fn accounts(opened: Timestamp) -> Vec<Account> {
    let mut accounts: Vec<Account> = Vec::new();
    let mut path: Vec<usize> = Vec::new();
    for (id, row) in (FIRST_ID..).zip(super::rows(CHART)) {
        let [level, code, nominal, name] = row.as_slice() else {
            continue;
        };
        let level: u8 = level.parse().unwrap_or(1);
        path.truncate(usize::from(level.saturating_sub(1)));
        let parent = path.last().copied();
        let (classification, kind, nature) = class_of(code);
        if let Some(above) = parent.and_then(|place| accounts.get_mut(place)) {
            above.children.push(id);
        }
        let parent = parent
            .and_then(|place| accounts.get(place))
            .map(|above| above.id);
        path.push(accounts.len());
        accounts.push(Account {
            id,
            parent,
            children: Vec::new(),
            code: (*code).into(),
            nominal: (*nominal).into(),
            name: (*name).into(),
            description: "".into(),
            level,
            classification: classification.into(),
            kind: kind.into(),
            nature: nature.into(),
            active: true,
            opened,
            extra: Extra::new(),
        });
    }
    accounts
}

/// Class and type in the words of Unify, and the nature, from the company's code.
fn class_of(code: &str) -> (&'static str, &'static str, &'static str) {
    let major = code.split('-').next().unwrap_or(code);
    match major {
        "101" | "102" => ("asset", "bank", "debit"),
        "105" => ("asset", "accounts_receivable", "debit"),
        "108" | "171" | "183" => ("asset", "non_current_asset", "credit"),
        "151" | "152" | "153" | "154" | "155" | "156" | "157" | "160" | "170" => {
            ("asset", "fixed_asset", "debit")
        }
        "173" | "179" | "184" | "185" => ("asset", "non_current_asset", "debit"),
        "201" => ("liability", "accounts_payable", "credit"),
        "251" | "252" | "255" | "259" => ("liability", "non_current_liability", "credit"),
        "402" => ("revenue", "revenue", "debit"),
        "403" => ("other_income", "other_income", "credit"),
        "503" => ("costs_of_sales", "costs_of_sales", "credit"),
        "701" | "703" => ("other_expense", "other_expense", "debit"),
        "702" | "704" => ("other_income", "other_income", "credit"),
        _ => match major.chars().next() {
            Some('1') => ("asset", "current_asset", "debit"),
            Some('2') => ("liability", "current_liability", "credit"),
            Some('3') => ("equity", "equity", "credit"),
            Some('4') => ("revenue", "sales", "credit"),
            Some('5') => ("costs_of_sales", "costs_of_sales", "debit"),
            Some('6') => ("expense", "expense", "debit"),
            Some('7') => ("other_expense", "other_expense", "debit"),
            _ => ("other", "other", "debit"),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_chart_is_a_tree_of_466_accounts_in_five_levels() {
        let accounts = accounts(Timestamp::UNIX_EPOCH);
        assert_eq!(accounts.len(), 466);
        let levels: BTreeSet<u8> = accounts.iter().map(|account| account.level).collect();
        assert_eq!(levels.into_iter().collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
        let codes: BTreeSet<_> = accounts
            .iter()
            .map(|account| account.code.clone())
            .collect();
        assert_eq!(codes.len(), 466, "own codes are unique");
        let nominal: BTreeSet<_> = accounts
            .iter()
            .map(|account| account.nominal.clone())
            .collect();
        assert!(nominal.len() < 400, "grouping codes are shared");
        for account in &accounts {
            let parent = accounts
                .iter()
                .find(|above| Some(above.id) == account.parent);
            assert_eq!(
                account.level,
                parent.map_or(1, |above| above.level + 1),
                "{}",
                account.code
            );
            assert!(parent.is_none_or(|above| above.children.contains(&account.id)));
        }
    }
}
