//! The SAT's código agrupador in a chart of accounts (Anexo 24, SAT rules §14).
//!
//! Codes are texts: 601.10 is not 601.1. Everything here only warns; the law leaves the chart to the company.

use super::catalogs::Catalogs;
use super::finding::{Finding, Path};
use super::rules::table;

/// Groups of level 2 that are headings like the whole hundreds.
const HEADINGS: [&str; 4] = ["100.01", "100.02", "200.01", "200.02"];
/// Only for the financial sector.
const FINANCIAL: &str = "000";

/// On which side an account grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Nature {
    /// Deudora.
    Debit,
    /// Acreedora.
    Credit,
}

/// What is judged of an account.
#[derive(Clone, Copy, Debug, Default)]
pub struct GroupedAccount<'a> {
    /// Its código agrupador, where it has one.
    pub code: Option<&'a str>,
    /// That of its parent, where there is a parent with one.
    pub parent: Option<&'a str>,
    /// Whether postings go to it; false for header accounts.
    pub postable: bool,
}

/// What can be said against the código agrupador of an account. One slip, one finding.
pub fn judge(account: GroupedAccount, catalogs: &Catalogs) -> Option<Finding> {
    let Some(code) = account.code.filter(|code| !code.is_empty()) else {
        return account
            .postable
            .then(|| Finding::new(&table::GROUPING_NONE, Path::GroupingCode));
    };
    if catalogs.grouping_name(code).is_none() {
        Some(Finding::new(&table::GROUPING, Path::GroupingCode).with("found", code))
    } else if account.postable && is_heading(code) {
        Some(Finding::new(&table::GROUPING_HEADING, Path::GroupingCode).with("found", code))
    } else if let Some(parent) = account.parent
        && parent.chars().next() != code.chars().next()
    {
        Some(
            Finding::new(&table::GROUPING_PARENT, Path::GroupingCode)
                .with("found", code)
                .with("expected", parent),
        )
    } else {
        None
    }
}

/// Whether the code names a group of accounts, to which no account belongs directly.
pub fn is_heading(code: &str) -> bool {
    code == FINANCIAL || HEADINGS.contains(&code) || (code.len() == 3 && code.ends_with("00"))
}

/// The nature that follows from a código agrupador; nothing for cuentas de orden, which come in pairs.
pub fn nature(code: &str) -> Option<Nature> {
    let account = code.split('.').next().unwrap_or_default();
    match (code, account) {
        // Losses stand among the capital.
        ("304.02" | "305.02", _) => Some(Nature::Debit),
        // Estimates, depreciation and their like stand against an asset.
        (_, "108" | "116" | "171" | "172" | "183" | "189") => Some(Nature::Credit),
        // Returns on sales, and on purchases.
        (_, "402") => Some(Nature::Debit),
        (_, "503") => Some(Nature::Credit),
        (_, "701" | "703") => Some(Nature::Debit),
        (_, "702" | "704") => Some(Nature::Credit),
        _ => match code.chars().next() {
            Some('1' | '5' | '6') => Some(Nature::Debit),
            Some('2' | '3' | '4') => Some(Nature::Credit),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    static CATALOGS: LazyLock<Catalogs> = LazyLock::new(|| Catalogs::load().expect("sound assets"));

    #[test]
    fn a_grouping_code_is_held_against_table_headings_and_parent() {
        for (code, parent, postable, expected) in [
            (Some("101.01"), Some("101"), true, None),
            (Some("101"), None, false, None),
            (Some("100"), None, false, None),
            (None, None, false, None),
            (None, Some("101"), true, Some("LOCAL-agrup-none")),
            (Some(""), None, true, Some("LOCAL-agrup-none")),
            (Some("101.99"), None, true, Some("LOCAL-agrup")),
            (Some("101.1"), None, true, Some("LOCAL-agrup")),
            (Some("100"), None, true, Some("LOCAL-agrup-group")),
            (Some("100.01"), None, true, Some("LOCAL-agrup-group")),
            (Some("000"), None, true, Some("LOCAL-agrup-group")),
            (
                Some("201.01"),
                Some("101"),
                true,
                Some("LOCAL-agrup-parent"),
            ),
        ] {
            let account = GroupedAccount {
                code,
                parent,
                postable,
            };
            let found = judge(account, &CATALOGS);
            assert_eq!(found.as_ref().map(Finding::code), expected, "{account:?}");
            if let Some(finding) = found {
                let names: Vec<&str> = finding.values.iter().map(|(name, _)| *name).collect();
                assert_eq!(names, finding.rule.values);
            }
        }
    }

    #[test]
    fn contra_accounts_have_the_other_nature_of_their_group() {
        for (code, expected) in [
            ("101.01", Some(Nature::Debit)),
            ("108.01", Some(Nature::Credit)),
            ("171.02", Some(Nature::Credit)),
            ("201.01", Some(Nature::Credit)),
            ("301.01", Some(Nature::Credit)),
            ("304.01", Some(Nature::Credit)),
            ("304.02", Some(Nature::Debit)),
            ("401.01", Some(Nature::Credit)),
            ("402.01", Some(Nature::Debit)),
            ("501.01", Some(Nature::Debit)),
            ("503.01", Some(Nature::Credit)),
            ("601.01", Some(Nature::Debit)),
            ("701.01", Some(Nature::Debit)),
            ("702.01", Some(Nature::Credit)),
            ("801.01", None),
            ("", None),
        ] {
            assert_eq!(nature(code), expected, "{code}");
        }
    }

    #[test]
    fn the_headings_are_in_the_table() {
        for code in HEADINGS.into_iter().chain([FINANCIAL, "100", "800"]) {
            assert!(CATALOGS.grouping_name(code).is_some(), "{code}");
            assert!(is_heading(code), "{code}");
        }
        assert!(!is_heading("101") && !is_heading("101.00"));
    }
}
