//! What the dialog says before a yes, row by row, and how much room it needs.
//!
//! Like the card of a stamp: what is cancelled, why and what has to be typed must be on screen, or the yes is barred.
//! Only the warnings may be scrolled out of sight.

use rust_decimal::Decimal;

use crate::domain::cancellation::{Cause, Hanging, Surroundings};
use crate::domain::draft::DocType;
use crate::domain::field::Field;
use crate::domain::record::Record;
use crate::domain::substitution::replaces;
use crate::sat::cancel::{Cancelled, deadline, may_need_acceptance};
use crate::sat::offer::{self, Barred};
use crate::sat::rfc;
use crate::words;

use super::super::model::Model;
use super::super::stamp::sheet::{Ink, Row, Sheet, changes, line, pair};
use super::{CancelDialog, Phase, company, receiver};

/// Of what hangs on an invoice so many are named; of the others it is said how many there are.
pub const MOST_HANGING: usize = 4;

/// What the dialog says before a yes; none while it is not asked for one.
pub fn of(model: &Model, dialog: &CancelDialog) -> Option<Sheet> {
    if !matches!(dialog.phase, Phase::Ready | Phase::Verifying) {
        return None;
    }
    let around = dialog.around.as_ref()?;
    let words = &model.words;
    let mut head = changes(model, &around.record, &dialog.changed);
    if dialog.else_changed {
        head.push(line(words.text("cancel-else-changed"), Ink::Warning));
    }
    head.extend(what(model, &around.record));
    if let Some(cause) = dialog.cause {
        let text = words.text(cause_key(cause));
        head.push(pair(words.text("cancel-cause"), text, Ink::Strong));
    }
    if let Some(substitute) = &dialog.substitute {
        head.push(pair(
            words.text("cancel-substitute"),
            named(model, substitute),
            Ink::Plain,
        ));
    }
    let mut findings = warnings(model, dialog, around);
    findings.extend(
        hanging(model, around)
            .into_iter()
            .map(|text| line(text, Ink::Warning)),
    );
    let mut tail = Vec::new();
    match dialog.objection() {
        Some(objection) => {
            tail.push(line(words.text(objection.words_key()), Ink::Error));
            let hint = words.attribute(objection.words_key(), "hint");
            tail.push(line(hint, Ink::Plain));
        }
        None => tail.push(line(words.text("cancel-cost"), Ink::Strong)),
    }
    let expected = dialog.expected().unwrap_or_default();
    Some(Sheet {
        head,
        findings,
        tail,
        questions: vec![words.with("cancel-type", &[("folio", expected.into())])],
    })
}

/// Whose invoice it is, which one, to whom and how much.
pub fn what(model: &Model, record: &Record) -> Vec<Row> {
    let words = &model.words;
    let date = record
        .date(Field::Date)
        .map_or_else(|| "—".to_owned(), words::date);
    let total = format!(
        "${} {}",
        words::amount(record.money(Field::Total)),
        record.text(Field::Currency)
    );
    let mut rows = vec![
        pair(words.text("stamp-issuer"), company(model), Ink::Plain),
        pair(
            words.text("stamp-document"),
            format!("{} · {date} · {total}", model.title_of(record)),
            Ink::Strong,
        ),
        pair(words.text("stamp-receiver"), receiver(record), Ink::Plain),
    ];
    if let Some(uuid) = record.stamp.uuid() {
        rows.push(pair(words.text("field-uuid"), uuid.to_string(), Ink::Plain));
    }
    rows
}

/// An invoice in one line: what a person calls it, its total, its folio fiscal.
pub fn named(model: &Model, record: &Record) -> String {
    let mut parts = vec![model.title_of(record)];
    if let Some(total) = record.money(Field::Total) {
        parts.push(format!("${total}"));
    }
    if let Some(uuid) = record.stamp.uuid() {
        parts.push(uuid.to_string());
    }
    parts.join(" · ")
}

/// The key of the words of a cause; its attribute `help` says when it is the right one.
pub fn cause_key(cause: Cause) -> &'static str {
    match cause {
        Cause::Replaced => "cancel-cause-01",
        Cause::Errors => "cancel-cause-02",
        Cause::NotDone => "cancel-cause-03",
        Cause::InGlobal => "cancel-cause-04",
    }
}

/// Why a cause cannot be true of this invoice.
pub fn cause_barred(dialog: &CancelDialog, cause: Cause) -> Option<Barred> {
    let record = dialog.record()?;
    // Whether it will be replaced is only asked for after the cause.
    offer::cause(cause, DocType::Income, record.text(Field::Rfc), true)
}

/// What hangs on the invoice, a line each; the last one says how many more, or that not all was looked through.
pub fn hanging(model: &Model, around: &Surroundings) -> Vec<String> {
    let words = &model.words;
    let all = &around.hanging;
    let mut lines: Vec<String> = all
        .iter()
        .take(MOST_HANGING)
        .map(|one| hangs(model, one))
        .collect();
    if all.len() > MOST_HANGING {
        let more = all.len() - MOST_HANGING;
        lines.push(words.with("cancel-hanging-more", &[("count", more.into())]));
    }
    if !around.all_notes {
        lines.push(words.text("cancel-hanging-partly"));
    }
    lines
}

fn hangs(model: &Model, one: &Hanging) -> String {
    let words = &model.words;
    let name = match one.number.as_str() {
        "" => one.id.to_string(),
        number => number.to_owned(),
    };
    let amount = words::amount(one.amount);
    let key = match one.is_stamped {
        true => "cancel-hanging-stamped",
        false => "cancel-hanging",
    };
    let kind = words.kind_one(one.kind);
    words.with(
        key,
        &[
            ("kind", kind.as_str().into()),
            ("name", name.as_str().into()),
            ("amount", amount.as_str().into()),
        ],
    )
}

fn warnings(model: &Model, dialog: &CancelDialog, around: &Surroundings) -> Vec<Row> {
    let words = &model.words;
    let record = &around.record;
    let mut rows = Vec::new();
    if around.tries > 0 {
        let text = words.with("cancel-tries", &[("count", (around.tries + 1).into())]);
        rows.push(line(text, Ink::Warning));
    }
    match asks_receiver(model, record) {
        true => rows.push(line(words.text("cancel-needs-acceptance"), Ink::Warning)),
        false => rows.push(line(words.text("cancel-no-acceptance"), Ink::Faint)),
    }
    if let Some(new) = &dialog.substitute
        && record
            .stamp
            .uuid()
            .is_some_and(|uuid| !replaces(new.text(Field::Related), uuid))
    {
        rows.push(line(words.text("cancel-not-related"), Ink::Warning));
    }
    let issuer = rfc::person(model.rfc());
    let last = record
        .date(Field::Date)
        .zip(issuer)
        .and_then(|(issued, person)| deadline(issued, person));
    if let Some(last) = last {
        let day = words::date(last);
        let (key, ink) = match model.today() > last {
            true => ("cancel-late", Ink::Error),
            false => ("cancel-deadline", Ink::Faint),
        };
        rows.push(line(words.with(key, &[("day", day.as_str().into())]), ink));
    }
    rows
}

/// Whether the receiver may have to accept. What is not known is taken for a yes.
fn asks_receiver(model: &Model, record: &Record) -> bool {
    let rate = record
        .number(Field::ExchangeRate)
        .or((record.text(Field::Currency) == "MXN").then_some(Decimal::ONE));
    let total = record.money(Field::Total).map(|total| total.decimal());
    let pesos = total
        .zip(rate)
        .and_then(|(total, rate)| total.checked_mul(rate));
    // The exception of the next working day counts from the stamp, which may be later than the day of issue.
    let issued = record
        .text(Field::StampedAt)
        .get(..10)
        .and_then(|day| day.parse().ok())
        .or(record.date(Field::Date));
    issued.is_none_or(|issued| {
        may_need_acceptance(
            Cancelled {
                doc_type: DocType::Income,
                receiver: record.text(Field::Rfc),
                pesos,
                issued,
            },
            model.today(),
        )
    })
}
