//! The package of a period: the files of all its stamped documents, in a folder with an index. How it is ordered, and
//! what is told of it while it grows and when it ends.

use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::list::Coverage;
use crate::domain::paper::Form;
use crate::domain::period::Period;
use crate::domain::record::Record;
use crate::domain::stamp::Stamp;
use crate::sat::cfdi::voucher::{Difference, NotAVoucher};

use super::{Trouble, TroubleSort};

/// What would be in a package, as the cache knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Of which period.
    pub period: Period,
    /// Stamped documents.
    pub documents: usize,
    /// Documents of the period of which nobody can say whether they are stamped.
    pub unread: usize,
    /// How much of each kind was looked through.
    pub looked: Vec<(Kind, Coverage)>,
    /// Where the files will be.
    pub folder: String,
}

/// One document of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Of which resource.
    pub kind: Kind,
    /// The server's id.
    pub id: String,
    /// Serie and folio; empty where it has none.
    pub number: String,
    /// ISO; empty where the record tells no day.
    pub date: String,
    /// RFC of the receiver.
    pub rfc: String,
    /// Name of the receiver.
    pub contact: String,
    /// Total, as many decimals as the record has.
    pub total: String,
    /// ISO 4217.
    pub currency: String,
    /// `stamped`, `cancel_pending` or `cancelled`.
    pub stamp: &'static str,
    /// Folio fiscal.
    pub uuid: String,
    /// The XML, where it is in the folder.
    pub xml: Option<Kept>,
    /// The PDF, where it is in the folder.
    pub pdf: Option<Kept>,
    /// What is missing or differs.
    pub gaps: Vec<Gap>,
}

/// A file in the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What it is called.
    pub name: String,
    /// Whether this run fetched it.
    pub fresh: bool,
}

/// Why a document is not complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// The server has no such file.
    NotThere(Form),
    /// It could not be fetched: what was told.
    NotFetched(Form, String),
    /// It was not asked for any more, because somebody stopped.
    Stopped(Form),
    /// What came has no end.
    Cut(Form),
    /// The XML is no stamped CFDI.
    NoVoucher(NotAVoucher),
    /// The XML differs from the record.
    Differs(Difference),
}

/// How a package ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// Of which period.
    pub period: Period,
    /// Its documents, in the order of their names.
    pub rows: Vec<Row>,
    /// Documents of the period of which nobody can say whether they are stamped: what people call them.
    pub unread: Vec<String>,
    /// How much of each kind was looked through.
    pub looked: Vec<(Kind, Coverage)>,
    /// Where the files are.
    pub folder: String,
    /// Why nothing more could be fetched or kept; none where it came to its end or somebody stopped it.
    pub trouble: Option<Trouble>,
}

impl Packed {
    /// One that broke: nothing is known of it but its period.
    pub fn broken(period: Period) -> Self {
        Self {
            period,
            rows: Vec::new(),
            unread: Vec::new(),
            looked: Vec::new(),
            folder: String::new(),
            trouble: Some(Trouble::new(TroubleSort::Unreadable, "")),
        }
    }
}

impl Row {
    /// A document of which no file is here yet.
    pub fn of(record: &Record) -> Self {
        let total = record.money(Field::Total);
        Self {
            kind: record.kind,
            id: record.id.as_str().to_owned(),
            number: record.title().to_owned(),
            date: record
                .date(Field::Date)
                .map(|day| day.to_string())
                .unwrap_or_default(),
            rfc: record.text(Field::Rfc).to_owned(),
            contact: record.text(Field::Contact).to_owned(),
            total: total
                .map(|total| total.decimal().to_string())
                .unwrap_or_default(),
            currency: record.text(Field::Currency).to_owned(),
            stamp: match record.stamp {
                Stamp::Cancelled(_) => "cancelled",
                Stamp::CancelPending(_) => "cancel_pending",
                Stamp::Stamped(_) => "stamped",
                Stamp::NotRead | Stamp::Unstamped => "",
            },
            uuid: record
                .stamp
                .uuid()
                .map(|uuid| uuid.as_str().to_owned())
                .unwrap_or_default(),
            xml: None,
            pdf: None,
            gaps: Vec::new(),
        }
    }

    /// A file of this document is in the folder.
    pub fn keep(&mut self, form: Form, name: String, fresh: bool) {
        let kept = Some(Kept { name, fresh });
        match form {
            Form::Xml => self.xml = kept,
            Form::Pdf => self.pdf = kept,
        }
    }

    /// The file of this form, where it is in the folder.
    pub fn file(&self, form: Form) -> Option<&Kept> {
        match form {
            Form::Xml => self.xml.as_ref(),
            Form::Pdf => self.pdf.as_ref(),
        }
    }
}
