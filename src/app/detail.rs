//! One record on screen: the commercial data at once, the fiscal data as soon as the native record is here.

use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::record::{Id, Record};
use crate::domain::ties::{self, NamedBy};

use super::find::Find;
use super::list::Step;
use super::msg::{Freshness, Request, Source};
use super::remote::Remote;

/// State of the page.
#[derive(Clone, Debug)]
pub struct Detail {
    /// Of which resource.
    pub kind: Kind,
    /// Which record.
    pub id: Id,
    /// The record as last read; replaced when a newer reading arrives.
    pub record: Remote<Record>,
    /// Where it was read; native data are on their way unless it is [`Source::Native`].
    pub source: Option<Source>,
    /// First row on screen; changed by moving, and brought back to the last one that fills the page.
    pub top: usize,
    /// The box that it was opened from, as it was then; leaving the page comes back to it.
    pub found_in: Option<Box<Find>>,
    /// How many records name it; asked for where [`Detail::tells_use`].
    pub named: Remote<Vec<NamedBy>>,
}

impl Detail {
    /// A page of which nothing was read yet.
    pub fn new(kind: Kind, id: Id) -> Self {
        Self {
            kind,
            id,
            record: Remote::Loading(None),
            source: None,
            top: 0,
            found_in: None,
            named: Remote::Idle,
        }
    }

    /// A page that shows what a list already knew, until more arrives.
    pub fn showing(record: Record) -> Self {
        Self {
            kind: record.kind,
            id: record.id.clone(),
            source: Some(Source::Cache),
            record: Remote::Loading(Some(record)),
            top: 0,
            found_in: None,
            named: Remote::Idle,
        }
    }

    /// Whether the page says where the record is used: of what is no document that is what people open it for.
    pub fn tells_use(&self) -> bool {
        let is_document = self.kind.spec().detail.contains(&Field::Date);
        !is_document && !ties::named_by(self.kind).is_empty()
    }

    /// What to ask for.
    pub fn request(&self, freshness: Freshness) -> Request {
        Request::Record {
            kind: self.kind,
            id: self.id.clone(),
            freshness,
        }
    }

    /// A reading arrived. A poorer one never hides a richer one of the same record.
    pub fn arrived(&mut self, record: Record, source: Source) {
        if record.kind != self.kind || record.id != self.id {
            return;
        }
        let record = match self.record.value() {
            Some(old) if source == Source::Commercial && old.native_read => {
                with_native_of(record, old)
            }
            _ => record,
        };
        self.record = match source {
            Source::Native => Remote::Ready(record),
            Source::Cache | Source::Commercial => Remote::Loading(Some(record)),
        };
        self.source = Some(source);
    }

    /// Moves over the rows of text. How many there are is known once they are laid out: see [`Detail::laid`].
    pub fn step(&mut self, step: Step) {
        self.top = step.apply(self.top, usize::MAX);
    }

    /// The page was laid out: behind this row it need not be moved.
    pub fn laid(&mut self, last_top: usize) {
        self.top = self.top.min(last_top);
    }
}

/// Commercial data know nothing of the stamp: what the native record said stays until it is read again.
fn with_native_of(mut record: Record, old: &Record) -> Record {
    for (field, value) in old.values() {
        if field.is_native() && record.get(field).is_none() {
            record.set(field, value.clone());
        }
    }
    record.stamp = old.stamp.clone();
    record.native_read = true;
    if record.usual_taxes.is_empty() {
        record.usual_taxes.clone_from(&old.usual_taxes);
    }
    if record.lines.len() == old.lines.len() {
        record.lines.clone_from(&old.lines);
    }
    record
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::Value;
    use crate::domain::stamp::Stamp;

    #[test]
    fn commercial_data_never_hide_the_fiscal_ones() {
        let mut native = Record::new(Kind::Invoices, Id::from("6"));
        native.native_read = true;
        native.stamp = Stamp::Unstamped;
        native.set(Field::CfdiUse, Value::Text("G03".into()));
        let mut page = Detail::showing(native);
        page.arrived(
            Record::new(Kind::Invoices, Id::from("6")),
            Source::Commercial,
        );
        let record = page.record.value().expect("a record");
        assert_eq!(record.text(Field::CfdiUse), "G03");
        assert_eq!(record.stamp, Stamp::Unstamped);
        assert!(page.record.is_loading());
    }

    #[test]
    fn a_reading_of_another_record_is_not_shown() {
        let mut page = Detail::new(Kind::Invoices, Id::from("6"));
        page.arrived(Record::new(Kind::Invoices, Id::from("7")), Source::Native);
        assert_eq!(page.record.value(), None);
    }
}
