//! The words of the wire that a field takes only a few of.

use super::Words;
use crate::domain::field::Field;

impl Words {
    /// What people call a word of the wire; the word itself where nobody calls it otherwise.
    pub fn choice(&self, field: Field, word: &str) -> String {
        key(field, word).map_or_else(|| word.to_owned(), |key| self.text(key))
    }
}

fn key(field: Field, word: &str) -> Option<&'static str> {
    Some(match (field, word) {
        (Field::Individual, "yes") => "choice-person-natural",
        (Field::Individual, "no") => "choice-person-legal",
        (Field::ItemType, "service") => "choice-item-service",
        (Field::ItemType, "inventory") => "choice-item-inventory",
        (Field::ItemType, "non_inventory") => "choice-item-non-inventory",
        (Field::TaxType, "IVA") => "choice-tax-iva",
        (Field::TaxType, "IEPS") => "choice-tax-ieps",
        (Field::TaxType, "ISR") => "choice-tax-isr",
        (Field::TaxType, "EXENTO") => "choice-tax-exempt",
        (Field::TaxType, "RETENCION_ISR") => "choice-tax-withheld-isr",
        (Field::TaxType, "RETENCION_IVA") => "choice-tax-withheld-iva",
        (Field::AccountType, "checking") => "choice-bank-checking",
        (Field::AccountType, "cash") => "choice-bank-cash",
        (Field::AccountType, "credit_card") => "choice-bank-card",
        (Field::Nature, "debit") => "choice-nature-debit",
        (Field::Nature, "credit") => "choice-nature-credit",
        (Field::Classification, "asset") => "choice-class-asset",
        (Field::Classification, "liability") => "choice-class-liability",
        (Field::Classification, "equity") => "choice-class-equity",
        (Field::Classification, "revenue" | "income" | "other_income") => "choice-class-income",
        (Field::Classification, "expense" | "other_expense") => "choice-class-expense",
        (Field::Classification, "costs_of_sales") => "choice-class-cost",
        _ => return None,
    })
}
