//! `timbra show`: one record as it is on the server now: for people, as JSON in the program's own nouns, as the native
//! record (`--raw`), or as the draft that `timbra check` judges (`--draft`). Changes nothing.

use color_eyre::eyre;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::arguments::ShowArguments;
use super::check::format;
use super::check::report::plain;
use super::connected::Connected;
use super::{Exit, Place, print};
use crate::domain::field::{Field, Value};
use crate::domain::record::{Id, Line, Link, Record};
use crate::domain::stamp::Stamp;
use crate::sat::assembly::{draft_of, is_surveyed};
use crate::words::{self, Words};

/// Carries out the verb.
///
/// # Errors
/// What keeps the record from being read or told, in words.
pub(super) fn run(arguments: &ShowArguments, place: &Place) -> eyre::Result<Exit> {
    let words = &*place.words;
    let kind = arguments.kind;
    if arguments.draft && !kind.is_stamped() {
        return Err(place.told(Exit::Usage, words.text("cli-show-no-draft")));
    }
    let connected = Connected::open(place)?;
    let fetched = connected.one(kind, &Id::from(arguments.id.as_str()))?;
    let record = fetched.record;
    let text = if arguments.raw {
        let Some(raw) = fetched.raw else {
            return Err(place.told(Exit::Findings, words.text("cli-show-no-raw")));
        };
        written(&serde_json::from_str::<Json>(&raw)?, arguments.json)?
    } else if arguments.draft {
        let around = connected.around(&[&record])?;
        if !is_surveyed(&record, around.of(&record)) {
            return Err(place.told(Exit::Failed, words.text("cli-show-incomplete")));
        }
        let draft = draft_of(&record, around.of(&record));
        written(&format::write(&draft), arguments.json)?
    } else if arguments.json {
        written(&as_json(&record)?, true)?
    } else {
        for_people(&record, words)
    };
    print(text.as_bytes())
}

/// JSON on one line for programs, over several for people.
fn written(value: &impl Serialize, one_line: bool) -> serde_json::Result<String> {
    let text = if one_line {
        serde_json::to_string(value)
    } else {
        serde_json::to_string_pretty(value)
    };
    Ok(text? + "\n")
}

/// The record with its fields by name. Amounts and numbers are decimal texts, days and moments as ISO writes them; what
/// is not known is not there.
pub(super) fn as_json(record: &Record) -> serde_json::Result<Json> {
    let mut fields = Map::new();
    for (field, value) in record.values() {
        if let Json::String(name) = serde_json::to_value(field)? {
            fields.insert(name, of_value(value)?);
        }
    }
    let lines: Vec<Json> = record.lines.iter().map(of_line).collect();
    let (stamp, uuid) = match &record.stamp {
        Stamp::NotRead => ("not_read", None),
        Stamp::Unstamped => ("unstamped", None),
        Stamp::Stamped(uuid) => ("stamped", Some(uuid)),
        Stamp::CancelPending(uuid) => ("cancel_pending", Some(uuid)),
        Stamp::Cancelled(uuid) => ("cancelled", Some(uuid)),
    };
    let mut told = Map::new();
    told.insert("kind".to_owned(), json!(record.kind.slug()));
    told.insert("id".to_owned(), json!(record.id.as_str()));
    told.insert("fields".to_owned(), Json::Object(fields));
    if !lines.is_empty() {
        told.insert("lines".to_owned(), Json::Array(lines));
    }
    if record.kind.is_stamped() {
        told.insert("stamp".to_owned(), json!(stamp));
        told.insert("uuid".to_owned(), json!(uuid.map(|uuid| uuid.as_str())));
    }
    Ok(Json::Object(told))
}

fn of_value(value: &Value) -> serde_json::Result<Json> {
    Ok(match value {
        Value::Text(text) => json!(text),
        Value::Money(money) => json!(money.decimal().to_string()),
        Value::Number(number) => json!(number.to_string()),
        Value::Date(date) => json!(date.to_string()),
        Value::Instant(instant) => json!(instant.to_string()),
        Value::Flag(flag) => json!(flag),
        Value::Status(status) => serde_json::to_value(status)?,
        Value::Link(link) => of_link(link),
    })
}

fn of_link(link: &Link) -> Json {
    json!({"id": link.id.as_str(), "name": link.name})
}

fn of_line(line: &Line) -> Json {
    json!({
        "item": line.item.as_ref().map(of_link),
        "account": line.account.as_ref().map(of_link),
        "description": line.description,
        "quantity": line.quantity.map(|quantity| quantity.to_string()),
        "price": line.price.map(|price| price.decimal().to_string()),
        "discount_pct": line.discount_pct.map(|percent| percent.to_string()),
        "taxes": line.taxes.iter().map(of_link).collect::<Vec<_>>(),
        "total": line.total.map(|total| total.decimal().to_string()),
        "unit": line.unit,
        "product_key": line.product_key,
    })
}

/// The record as a few lines: what it is, its fields in the order of its page, its lines.
fn for_people(record: &Record, words: &Words) -> String {
    let title = match record.title() {
        "" => words.with("draft-number", &[("id", record.id.as_str().into())]),
        title => title.to_owned(),
    };
    let mut text = format!("{} {}\n", words.kind_one(record.kind), plain(&title));
    if record.kind.is_stamped() {
        text.push_str(&words.text(stamp_key(&record.stamp)));
        if let Some(uuid) = record.stamp.uuid() {
            text.push(' ');
            text.push_str(uuid.as_str());
        }
        text.push('\n');
    }
    for field in record.kind.spec().detail {
        if let Some(value) = record.get(*field) {
            let label = words.column_of(record.kind, *field);
            let value = plain(&value_text(record, *field, value, words));
            text.push_str(&format!("  {label}: {value}\n"));
        }
    }
    for line in &record.lines {
        let name = match (line.description.as_str(), &line.item, &line.account) {
            ("", Some(link), _) | ("", None, Some(link)) => link.name.as_str(),
            (description, _, _) => description,
        };
        let quantity = line.quantity.map_or_else(
            || "—".to_owned(),
            |quantity| quantity.normalize().to_string(),
        );
        text.push_str(&format!(
            "  · {quantity} × {} {}\n",
            words::amount(line.price),
            plain(name)
        ));
    }
    text
}

/// The key of the words for the second axis.
pub(super) fn stamp_key(stamp: &Stamp) -> &'static str {
    match stamp {
        Stamp::NotRead => "stamp-not-read",
        Stamp::Unstamped => "stamp-unstamped",
        Stamp::Stamped(_) => "stamp-stamped",
        Stamp::CancelPending(_) => "stamp-cancel-pending",
        Stamp::Cancelled(_) => "stamp-cancelled",
    }
}

fn value_text(record: &Record, field: Field, value: &Value, words: &Words) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Money(money) => money.to_string(),
        Value::Number(number) if field == Field::Rate => format!("{} %", number.normalize()),
        Value::Number(number) => number.normalize().to_string(),
        Value::Date(date) => words::date(*date),
        Value::Instant(instant) => instant.to_string(),
        Value::Flag(flag) => words.text(if *flag { "yes" } else { "no" }),
        Value::Status(status) => words.status(record.kind, *status),
        Value::Link(link) if link.name.is_empty() => link.id.to_string(),
        Value::Link(link) => link.name.clone(),
    }
}
