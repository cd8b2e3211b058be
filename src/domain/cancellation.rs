//! What is asked of the SAT when a stamped document is cancelled (SAT rules §11).
//!
//! A cause and the folio fiscal that it needs are one value, so that 01 without a replacement, or another cause with one,
//! cannot be asked for.

use serde::{Deserialize, Serialize};

use super::kind::Kind;
use super::money::Money;
use super::record::{Id, Record};
use super::stamp::Uuid;

/// Motivo de cancelación.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// `01`: issued with errors, and replaced.
    Replaced,
    /// `02`: issued with errors, not replaced.
    Errors,
    /// `03`: the operation did not take place.
    NotDone,
    /// `04`: a named invoice for a sale that is already in a global one.
    InGlobal,
}

impl Cause {
    /// All of them, in the order of their codes.
    pub const ALL: [Cause; 4] = [
        Cause::Replaced,
        Cause::Errors,
        Cause::NotDone,
        Cause::InGlobal,
    ];

    /// The SAT's code: two characters, never a number (contract D.3).
    pub fn as_str(self) -> &'static str {
        match self {
            Cause::Replaced => "01",
            Cause::Errors => "02",
            Cause::NotDone => "03",
            Cause::InGlobal => "04",
        }
    }

    /// The cause with this code.
    pub fn from_code(code: &str) -> Option<Cause> {
        Self::ALL.into_iter().find(|cause| cause.as_str() == code)
    }
}

/// A cause with what it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Motive {
    /// [`Cause::Replaced`], by the document of this folio fiscal.
    ReplacedBy(Uuid),
    /// [`Cause::Errors`]
    Errors,
    /// [`Cause::NotDone`]
    NotDone,
    /// [`Cause::InGlobal`]
    InGlobal,
}

impl Motive {
    /// The motive of a cause; none where the cause needs a replacement and there is none. One that is not wanted is
    /// left out.
    pub fn of(cause: Cause, replacement: Option<Uuid>) -> Option<Self> {
        match cause {
            Cause::Replaced => replacement.map(Motive::ReplacedBy),
            Cause::Errors => Some(Motive::Errors),
            Cause::NotDone => Some(Motive::NotDone),
            Cause::InGlobal => Some(Motive::InGlobal),
        }
    }

    /// Its cause.
    pub fn cause(&self) -> Cause {
        match self {
            Motive::ReplacedBy(_) => Cause::Replaced,
            Motive::Errors => Cause::Errors,
            Motive::NotDone => Cause::NotDone,
            Motive::InGlobal => Cause::InGlobal,
        }
    }

    /// The folio fiscal of the replacement, with cause 01.
    pub fn replacement(&self) -> Option<&Uuid> {
        match self {
            Motive::ReplacedBy(uuid) => Some(uuid),
            Motive::Errors | Motive::NotDone | Motive::InGlobal => None,
        }
    }
}

/// Something that hangs on a document: a payment or a credit note that went to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hanging {
    /// Payment or credit note.
    pub kind: Kind,
    /// Which one.
    pub id: Id,
    /// What a person calls it; empty where it is not known.
    pub number: String,
    /// How much of it went to the document.
    pub amount: Option<Money>,
    /// Whether the SAT knows it too: a live CFDI that points at another one bars its cancellation.
    pub is_stamped: bool,
}

/// A document that may be cancelled, with everything that has to be known before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surroundings {
    /// The document as the server has it now, its native record included.
    pub record: Record,
    /// What hangs on it, payments first.
    pub hanging: Vec<Hanging>,
    /// Whether all credit notes were looked through.
    pub all_notes: bool,
    /// How often this program asked for the cancellation of this document before.
    pub tries: usize,
    /// Stamped invoices of the same receiver, the newest first, as far as they are here.
    pub others: Vec<Record>,
    /// The document that takes its place, as the server has it now; none where none was asked for.
    pub substitute: Option<Record>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_cause_takes_a_replacement_and_it_cannot_do_without() {
        let uuid: Uuid = "5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F"
            .parse()
            .expect("a UUID");
        assert_eq!(Motive::of(Cause::Replaced, None), None);
        for cause in Cause::ALL {
            let motive = Motive::of(cause, Some(uuid.clone())).expect("a motive");
            assert_eq!(motive.cause(), cause);
            assert_eq!(motive.replacement().is_some(), cause == Cause::Replaced);
            assert_eq!(Cause::from_code(cause.as_str()), Some(cause));
        }
        assert_eq!(Cause::from_code("05"), None);
        assert_eq!(Cause::from_code("1"), None);
    }
}
