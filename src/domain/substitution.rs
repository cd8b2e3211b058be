//! The thread of a cancellation for cause 01: the substitute is made, stamped, and then the old document is cancelled
//! with the folio fiscal of the new one (SAT rules §11).
//!
//! Only that it was begun, and by what the document is replaced, is remembered. How far it has come is told by the two
//! documents themselves, so that it goes on where it stopped, whoever did the last step.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::field::Field;
use super::record::{Id, Record};
use super::relation;
use super::stamp::{Stamp, Uuid};

/// A replacement that was begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Substitution {
    /// The invoice that is to be cancelled.
    pub replaced: Id,
    /// Its folio fiscal.
    pub uuid: Uuid,
    /// Its serie and folio, for people.
    pub number: String,
    /// Its receiver, for people.
    pub contact: String,
    /// The invoice that takes its place, once that is made or chosen.
    pub substitute: Option<Id>,
    /// When it was begun.
    pub begun_at: Timestamp,
}

/// What has to be done next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The substitute has to be made, or chosen.
    Make,
    /// The substitute has to be read: nothing is known about its stamp.
    Look,
    /// The substitute has to be stamped.
    Stamp,
    /// The old invoice has to be cancelled.
    Cancel,
    /// The cancellation is in process.
    Wait,
    /// The old invoice is cancelled.
    Done,
}

/// A thread with what is known of its two documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// What was begun.
    pub what: Substitution,
    /// The invoice that is to be cancelled, where it is here.
    pub replaced: Option<Record>,
    /// The invoice that takes its place, where it is here.
    pub substitute: Option<Record>,
}

impl Substitution {
    /// The beginning of a thread; none where the invoice has no folio fiscal.
    pub fn of(replaced: &Record, now: Timestamp) -> Option<Self> {
        Some(Self {
            replaced: replaced.id.clone(),
            uuid: replaced.stamp.uuid()?.clone(),
            number: replaced.title().to_owned(),
            contact: replaced.text(Field::Contact).to_owned(),
            substitute: None,
            begun_at: now,
        })
    }

    /// Whether an invoice declares that it replaces the old one.
    pub fn is_declared_by(&self, invoice: &Record) -> bool {
        replaces(invoice.text(Field::Related), &self.uuid)
    }
}

/// Whether a folio fiscal is among those that a [`Field::Related`] names as replaced.
pub fn replaces(named: &str, uuid: &Uuid) -> bool {
    relation::names(named, relation::REPLACES, uuid)
}

impl Thread {
    /// What has to be done next.
    pub fn step(&self) -> Step {
        match self.replaced.as_ref().map(|record| &record.stamp) {
            Some(Stamp::Cancelled(_)) => return Step::Done,
            Some(Stamp::CancelPending(_)) => return Step::Wait,
            _ => {}
        }
        if self.what.substitute.is_none() {
            return Step::Make;
        }
        match self.substitute.as_ref().map(|record| &record.stamp) {
            None | Some(Stamp::NotRead) => Step::Look,
            Some(Stamp::Unstamped) => Step::Stamp,
            Some(Stamp::Stamped(_)) => Step::Cancel,
            // What is given up itself replaces nothing.
            Some(Stamp::CancelPending(_) | Stamp::Cancelled(_)) => Step::Make,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::Value;
    use crate::domain::kind::Kind;

    fn uuid(last: char) -> Uuid {
        format!("5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5{last}")
            .parse()
            .expect("a UUID")
    }

    fn invoice(id: &str, stamp: Stamp) -> Record {
        let mut record = Record::new(Kind::Invoices, Id::from(id));
        record.stamp = stamp;
        record
    }

    fn thread(substitute: Option<Stamp>) -> Thread {
        let old = invoice("1", Stamp::Stamped(uuid('A')));
        let mut what = Substitution::of(&old, Timestamp::UNIX_EPOCH).expect("a thread");
        what.substitute = substitute.is_some().then(|| Id::from("2"));
        Thread {
            what,
            replaced: Some(old),
            substitute: substitute.map(|stamp| invoice("2", stamp)),
        }
    }

    #[test]
    fn the_two_documents_say_what_comes_next() {
        for (substitute, step) in [
            (None, Step::Make),
            (Some(Stamp::NotRead), Step::Look),
            (Some(Stamp::Unstamped), Step::Stamp),
            (Some(Stamp::Stamped(uuid('B'))), Step::Cancel),
            (Some(Stamp::Cancelled(uuid('B'))), Step::Make),
            (Some(Stamp::CancelPending(uuid('B'))), Step::Make),
        ] {
            assert_eq!(thread(substitute.clone()).step(), step, "{substitute:?}");
        }
        for (old, step) in [
            (Stamp::CancelPending(uuid('A')), Step::Wait),
            (Stamp::Cancelled(uuid('A')), Step::Done),
        ] {
            let mut thread = thread(Some(Stamp::Stamped(uuid('B'))));
            thread.replaced = Some(invoice("1", old));
            assert_eq!(thread.step(), step);
        }
    }

    #[test]
    fn a_substitute_declares_whom_it_replaces_among_others() {
        let what = thread(None).what;
        let mut new = invoice("2", Stamp::Unstamped);
        assert!(!what.is_declared_by(&new));
        let both = format!("04 {} {}", uuid('C'), uuid('A')).to_lowercase();
        new.set(Field::Related, Value::Text(both));
        assert!(what.is_declared_by(&new));
    }

    #[test]
    fn only_what_is_stamped_can_be_replaced() {
        let draft = invoice("1", Stamp::Unstamped);
        assert_eq!(Substitution::of(&draft, Timestamp::UNIX_EPOCH), None);
    }
}
