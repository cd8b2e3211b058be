//! What can be found of a record: its values in the form in which they are compared.

use jiff::civil::Date;

use super::fold::{squeezed, words};
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::list::StampIs;
use crate::domain::money::Money;
use crate::domain::record::Record;
use crate::domain::stamp::{Stamp, Uuid};
use crate::domain::status::Status;

/// Serie and number of a document, loosely: `A-101`, `a101` and `A 00101` are the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folio {
    /// Folded letters and digits before the last run of digits; empty where there is none.
    pub serie: String,
    /// The last run of digits, without leading zeros; absent where the number has none or it is too long to compare.
    pub number: Option<i64>,
}

impl Folio {
    /// Takes a number apart.
    pub fn of(text: &str) -> Self {
        let text = text.trim();
        let digits = text.bytes().rev().take_while(u8::is_ascii_digit).count();
        let (serie, number) = text
            .split_at_checked(text.len() - digits)
            .unwrap_or((text, ""));
        match number.parse() {
            Ok(number) => Self {
                serie: squeezed(serie),
                number: Some(number),
            },
            Err(_) => Self {
                serie: squeezed(text),
                number: None,
            },
        }
    }
}

/// Método de pago: at once, or in parts or later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// PUE.
    AtOnce,
    /// PPD.
    Later,
}

impl Policy {
    /// The method with this code.
    pub fn of(code: &str) -> Option<Self> {
        match code {
            "PUE" => Some(Policy::AtOnce),
            "PPD" => Some(Policy::Later),
            _ => None,
        }
    }
}

/// A record as the search sees it. Amounts are in cents, sub-cent digits rounded: close enough to find by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The day of the document.
    pub day: Option<Date>,
    /// Serie and number.
    pub folio: Folio,
    /// Folded words of the own name, or of the contact's.
    pub name: String,
    /// Folded RFC without punctuation.
    pub rfc: String,
    /// Own code, grouping code, product key and account number, each folded without punctuation, space between.
    pub codes: String,
    /// Total.
    pub total: Option<i64>,
    /// Total less tax.
    pub before_tax: Option<i64>,
    /// Subtotal, which differs from the former where there is a discount.
    pub sub_total: Option<i64>,
    /// What is left to be paid, or to be used of a credit note.
    pub balance: Option<i64>,
    /// Folio fiscal.
    pub uuid: Option<Uuid>,
    /// Which kind of record it is.
    pub kind: Option<Kind>,
    /// The first axis.
    pub status: Option<Status>,
    /// The second axis; none where the SAT stamps nothing.
    pub stamp: Option<StampIs>,
    /// The day by which it has to be paid, where something is still owed.
    pub owed_by: Option<Date>,
    /// How it is paid.
    pub policy: Option<Policy>,
    /// The accounts that it names. A record knows only their ids: whoever knows the accounts adds them, where they are
    /// asked for.
    pub accounts: Vec<Account>,
}

/// An account that a record names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Folded words of its name.
    pub name: String,
    /// Its codes as in [`Facts::codes`].
    pub codes: String,
}

impl Facts {
    /// What can be found of this record.
    pub fn of(record: &Record) -> Self {
        let name = match record.text(Field::Contact) {
            "" => record.text(Field::Name),
            contact => contact,
        };
        let cents = |field| record.money(field).and_then(Money::cents);
        let before_tax = record
            .money(Field::Total)
            .zip(record.money(Field::TotalTax))
            .and_then(|(total, tax)| (total - tax).cents());
        Self {
            day: record.date(Field::Date),
            folio: folio(record),
            name: words(name),
            rfc: squeezed(record.text(Field::Rfc)),
            codes: codes(record),
            total: cents(Field::Total),
            before_tax,
            sub_total: cents(Field::SubTotal),
            balance: cents(Field::Balance),
            uuid: record.stamp.uuid().cloned(),
            kind: Some(record.kind),
            status: Some(record.status()),
            stamp: stamp(record),
            owed_by: owed_by(record),
            policy: Policy::of(record.text(Field::PaymentType)),
            accounts: Vec::new(),
        }
    }
}

/// What the SAT never stamps is neither unread nor unstamped; nor is what was voided without a stamp.
fn stamp(record: &Record) -> Option<StampIs> {
    match &record.stamp {
        _ if !record.kind.is_stamped() => None,
        Stamp::Unstamped if record.status() == Status::Voided => None,
        Stamp::NotRead => Some(StampIs::NotRead),
        Stamp::Unstamped => Some(StampIs::Unstamped),
        Stamp::Stamped(_) => Some(StampIs::Stamped),
        Stamp::CancelPending(_) => Some(StampIs::CancelPending),
        Stamp::Cancelled(_) => Some(StampIs::Cancelled),
    }
}

fn owed_by(record: &Record) -> Option<Date> {
    let owes = record.status().is_open()
        && record
            .money(Field::Balance)
            .is_none_or(|balance| balance > Money::ZERO);
    record.date(Field::DueDate).filter(|_| owes)
}

/// The letter before the id of a draft, as people type it: `b1239` is borrador 1239.
const DRAFT: &str = "b";

/// Serie and folio; of a draft without one its mark, which is all that it can be called by.
fn folio(record: &Record) -> Folio {
    match record.text(Field::Number) {
        "" if record.status() == Status::Draft => Folio::of(&format!("{DRAFT}{}", record.id)),
        number => Folio::of(number),
    }
}

fn codes(record: &Record) -> String {
    const CODES: [Field; 4] = [
        Field::Code,
        Field::NominalCode,
        Field::ProductKey,
        Field::AccountNumber,
    ];
    let codes: Vec<String> = CODES
        .into_iter()
        .map(|field| squeezed(record.text(field)))
        .filter(|code| !code.is_empty())
        .collect();
    codes.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folio(serie: &str, number: i64) -> Folio {
        Folio {
            serie: serie.to_owned(),
            number: Some(number),
        }
    }

    #[test]
    fn a_folio_is_the_same_however_it_is_written() {
        for text in ["A-101", "a101", "A 00101", " á-101 "] {
            assert_eq!(Folio::of(text), folio("a", 101), "{text}");
        }
        assert_eq!(Folio::of("101"), folio("", 101));
        assert_eq!(Folio::of("F001-00023"), folio("f001", 23));
        assert_eq!(Folio::of("2026-7"), folio("2026", 7));
    }

    #[test]
    fn a_draft_without_a_folio_goes_by_its_mark() {
        use crate::domain::field::Value;
        use crate::domain::kind::Kind;
        use crate::domain::record::Id;
        let mut draft = Record::new(Kind::Invoices, Id::from("1239"));
        draft.set(Field::Status, Value::Status(Status::Draft));
        assert_eq!(Facts::of(&draft).folio, Folio::of("b1239"));
        draft.set(Field::Number, Value::Text("A-7".into()));
        assert_eq!(Facts::of(&draft).folio, Folio::of("A-7"));
        draft.unset(Field::Number);
        draft.set(Field::Status, Value::Status(Status::Authorised));
        assert_eq!(Facts::of(&draft).folio.number, None);
    }

    #[test]
    fn a_number_without_digits_at_its_end_is_all_serie() {
        let bare = |serie: &str| Folio {
            serie: serie.to_owned(),
            number: None,
        };
        assert_eq!(Folio::of(""), bare(""));
        assert_eq!(Folio::of("A-101-B"), bare("a101b"));
        assert_eq!(
            Folio::of("99999999999999999999999"),
            bare("99999999999999999999999")
        );
    }
}
