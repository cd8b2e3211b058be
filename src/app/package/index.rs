//! The index of a package, for people (CSV) and for programs (JSON).

use serde_json::{Value, json};

use crate::app::msg::package::{Gap, Row};
use crate::domain::company::Company;
use crate::domain::kind::Kind;
use crate::domain::paper::Form;
use crate::domain::period::Period;
use crate::sat::cfdi::voucher::{Difference, NotAVoucher};
use crate::words::{Table, Words};

/// What the index of the two languages is called.
pub const FILES: [&str; 2] = ["index.csv", "index.json"];

/// What an index is made of.
#[derive(Clone, Copy, Debug)]
pub struct Contents<'a> {
    /// Whose documents.
    pub company: &'a Company,
    /// Of which period.
    pub period: Period,
    /// The documents.
    pub rows: &'a [Row],
    /// How many records of each kind were looked through.
    pub read: &'a [(Kind, usize)],
    /// What may be missing from that, in words.
    pub unread: &'a [String],
}

impl Contents<'_> {
    /// How much is missing or differs.
    pub fn gaps(&self) -> usize {
        self.rows.iter().map(|row| row.gaps.len()).sum::<usize>() + self.unread.len()
    }
}

/// What people call a document, with the other side's RFC as it may be shown here.
pub fn name(row: &Row, rfc: &str, words: &Words) -> String {
    let number = match row.number.as_str() {
        "" => &row.id,
        number => number,
    };
    format!("{} {number} · {rfc}", words.kind_one(row.kind))
}

/// A gap in words.
pub fn told(gap: &Gap, words: &Words) -> String {
    let with = |key: &str, form: Form| {
        let form = form.name().to_uppercase();
        words.with(key, &[("form", form.as_str().into())])
    };
    match gap {
        Gap::NotThere(form) => with("package-not-there", *form),
        Gap::Cut(form) => with("package-cut", *form),
        Gap::Stopped(form) => with("package-stopped", *form),
        Gap::NotFetched(form, cause) => {
            format!("{} · {cause}", with("package-not-fetched", *form))
        }
        Gap::NoVoucher(NotAVoucher::NotXml) => words.text("package-no-xml"),
        Gap::NoVoucher(NotAVoucher::NotACfdi) => words.text("package-no-cfdi"),
        Gap::NoVoucher(NotAVoucher::NotStamped) => words.text("package-no-stamp"),
        Gap::Differs(Difference { part, record, xml }) => {
            let part = words.text(&format!("part-{}", part.name()));
            words.with(
                "package-differs",
                &[
                    ("part", part.as_str().into()),
                    ("record", or_dash(record).into()),
                    ("xml", or_dash(xml).into()),
                ],
            )
        }
    }
}

fn or_dash(text: &str) -> &str {
    match text {
        "" => "—",
        text => text,
    }
}

fn file_name(row: &Row, form: Form) -> &str {
    row.file(form).map_or("", |file| &file.name)
}

fn document(row: &Row) -> Value {
    json!({
        "kind": row.kind.slug(), "id": row.id, "number": row.number, "date": row.date, "rfc": row.rfc,
        "contact": row.contact, "total": row.total, "currency": row.currency, "stamp": row.stamp,
        "uuid": row.uuid,
        "xml": row.file(Form::Xml).map(|file| &file.name),
        "pdf": row.file(Form::Pdf).map(|file| &file.name),
        "gaps": row.gaps.iter().map(gap).collect::<Vec<_>>(),
    })
}

fn gap(gap: &Gap) -> Value {
    match gap {
        Gap::NotThere(form) => json!({"gap": "missing", "file": form.name()}),
        Gap::NotFetched(form, cause) => {
            json!({"gap": "not_fetched", "file": form.name(), "cause": cause})
        }
        Gap::Stopped(form) => json!({"gap": "stopped", "file": form.name()}),
        Gap::Cut(form) => json!({"gap": "cut", "file": form.name()}),
        Gap::NoVoucher(what) => json!({"gap": "no_cfdi", "file": "xml", "cause": what.to_string()}),
        Gap::Differs(one) => json!({
            "gap": "differs", "file": "xml", "part": one.part.name(), "record": one.record, "xml": one.xml,
        }),
    }
}

/// The whole package as one line of JSON.
pub fn whole(contents: Contents<'_>) -> String {
    let read: serde_json::Map<String, Value> = contents
        .read
        .iter()
        .map(|(kind, records)| (kind.slug().to_owned(), json!(records)))
        .collect();
    let value = json!({
        "company": contents.company.name, "rfc": contents.company.rfc, "period": contents.period.to_string(),
        "read": read, "documents": contents.rows.iter().map(document).collect::<Vec<_>>(),
        "unread": contents.unread, "gaps": contents.gaps(),
    });
    value.to_string() + "\n"
}

/// The index as spreadsheets read it.
pub fn csv(rows: &[Row], words: &Words) -> String {
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
        let gaps: Vec<String> = row.gaps.iter().map(|gap| told(gap, words)).collect();
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
            file_name(row, Form::Xml),
            file_name(row, Form::Pdf),
            &row.id,
            &gaps.join("; "),
        ];
        table.row(cells);
    }
    table.finish()
}
