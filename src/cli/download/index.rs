//! The index of a download, for people (CSV) and for programs (JSON).

use serde_json::{Value, json};

use super::super::csv::Table;
use super::{Books, Period};
use crate::api::Form;
use crate::domain::company::Company;
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::record::Record;
use crate::domain::stamp::Stamp;
use crate::sat::cfdi::voucher::{Difference, NotAVoucher};
use crate::words::Words;

/// One document in the index.
#[derive(Debug)]
pub(super) struct Row {
    kind: Kind,
    id: String,
    number: String,
    date: String,
    rfc: String,
    contact: String,
    total: String,
    currency: String,
    stamp: &'static str,
    uuid: String,
    xml: Option<Kept>,
    pdf: Option<Kept>,
    /// What is missing or differs.
    pub gaps: Vec<Gap>,
}

/// A file in the folder.
#[derive(Debug)]
pub(super) struct Kept {
    name: String,
    /// Whether this run fetched it.
    pub fresh: bool,
}

/// Why a document is not complete.
#[derive(Debug)]
pub(super) enum Gap {
    /// The server has no such file.
    NotThere(Form),
    /// It could not be fetched: what was told.
    NotFetched(Form, String),
    /// What came has no end.
    Cut(Form),
    /// The XML is no stamped CFDI.
    NoVoucher(NotAVoucher),
    /// The XML differs from the record.
    Differs(Difference),
}

impl Row {
    /// A document of which no file is here yet.
    pub fn new(record: &Record) -> Self {
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

    /// What people call it.
    pub fn name(&self, words: &Words) -> String {
        let number = match self.number.as_str() {
            "" => &self.id,
            number => number,
        };
        format!("{} {number} · {}", words.kind_one(self.kind), self.rfc)
    }

    fn file_name(&self, form: Form) -> &str {
        self.file(form).map_or("", |file| &file.name)
    }

    fn json(&self) -> Value {
        json!({
            "kind": self.kind.slug(), "id": self.id, "number": self.number, "date": self.date, "rfc": self.rfc,
            "contact": self.contact, "total": self.total, "currency": self.currency, "stamp": self.stamp,
            "uuid": self.uuid,
            "xml": self.file(Form::Xml).map(|file| &file.name),
            "pdf": self.file(Form::Pdf).map(|file| &file.name),
            "gaps": self.gaps.iter().map(Gap::json).collect::<Vec<_>>(),
        })
    }
}

impl Gap {
    fn json(&self) -> Value {
        match self {
            Gap::NotThere(form) => json!({"gap": "missing", "file": form.name()}),
            Gap::NotFetched(form, cause) => {
                json!({"gap": "not_fetched", "file": form.name(), "cause": cause})
            }
            Gap::Cut(form) => json!({"gap": "cut", "file": form.name()}),
            Gap::NoVoucher(what) => {
                json!({"gap": "no_cfdi", "file": "xml", "cause": what.to_string()})
            }
            Gap::Differs(one) => json!({
                "gap": "differs", "file": "xml", "part": one.part.name(), "record": one.record, "xml": one.xml,
            }),
        }
    }
}

/// The whole run as one line of JSON.
pub(super) fn whole(company: &Company, period: Period, rows: &[Row], books: &Books) -> String {
    let read: serde_json::Map<String, Value> = books
        .read
        .iter()
        .map(|(kind, records)| (kind.slug().to_owned(), json!(records)))
        .collect();
    let gaps = rows.iter().map(|row| row.gaps.len()).sum::<usize>() + books.gaps.len();
    let value = json!({
        "company": company.name, "rfc": company.rfc, "period": period.to_string(), "read": read,
        "documents": rows.iter().map(Row::json).collect::<Vec<_>>(), "unread": books.gaps, "gaps": gaps,
    });
    value.to_string() + "\n"
}

/// The index as spreadsheets read it.
pub(super) fn csv(rows: &[Row], words: &Words) -> String {
    const COLUMNS: [&str; 13] = [
        "fecha",
        "documento",
        "folio",
        "rfc",
        "receptor",
        "total",
        "moneda",
        "estado",
        "uuid",
        "xml",
        "pdf",
        "id",
        "faltantes",
    ];
    let mut table = Table::new(COLUMNS);
    for row in rows {
        let state = match row.stamp {
            "cancelled" => words.text("stamp-cancelled"),
            "cancel_pending" => words.text("stamp-cancel-pending"),
            _ => words.text("stamp-stamped"),
        };
        let gaps: Vec<String> = row.gaps.iter().map(|gap| super::told(gap, words)).collect();
        let cells = [
            &row.date,
            &words.kind_one(row.kind),
            &row.number,
            &row.rfc,
            &row.contact,
            &row.total,
            &row.currency,
            &state,
            &row.uuid,
            row.file_name(Form::Xml),
            row.file_name(Form::Pdf),
            &row.id,
            &gaps.join("; "),
        ];
        table.row(cells);
    }
    table.finish()
}
