//! `timbra show`: one record as it is on the server now: for people, as JSON in the program's own nouns, as the native
//! record (`--raw`), or as the draft that `timbra check` judges (`--draft`). Where the server cannot be reached, the same
//! of what is kept on this machine, with its age. Changes nothing, and asks the cache nothing while the server answers.

use std::io::{self, Write};

use color_eyre::eyre;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::arguments::ShowArguments;
use super::check::format;
use super::check::report::plain;
use super::connected::Connected;
use super::kept::Kept;
use super::{Exit, Place, print};
use crate::api::{Books, Cause, Fetched};
use crate::domain::field::{Field, Value};
use crate::domain::record::{Id, Line, Link, Record};
use crate::domain::stamp::Stamp;
use crate::sat::assembly::{draft_of, is_surveyed};
use crate::words::{self, Words};
use crate::worker::trouble_of_api;

/// Carries out the verb.
///
/// # Errors
/// What keeps the record from being read or told, in words.
pub(super) fn run(arguments: &ShowArguments, place: &Place) -> eyre::Result<Exit> {
    if arguments.draft && !arguments.kind.is_stamped() {
        return Err(place.told(Exit::Usage, place.words.text("cli-show-no-draft")));
    }
    let shown = Shown::read(arguments, place)?;
    let text = shown.told(arguments, place)?;
    if let Source::Kept(kept) = &shown.source {
        // A pipe takes the record alone.
        let _ = writeln!(io::stderr(), "{} · {}", shown.why, kept.age(shown.read_at));
    }
    print(text.as_bytes())
}

/// Where a record was read.
enum Source<'a> {
    Server(Box<Connected<'a>>),
    Kept(Box<Kept<'a>>),
}

/// A record, and where it is from.
struct Shown<'a> {
    record: Record,
    raw: Option<String>,
    source: Source<'a>,
    /// When it was read, of one that was kept.
    read_at: Option<Timestamp>,
    /// Why the server did not give it; nothing where it did.
    why: String,
}

impl<'a> Shown<'a> {
    /// Reads it from the server; from this machine where no server can be reached.
    fn read(arguments: &ShowArguments, place: &'a Place) -> eyre::Result<Self> {
        let (kind, id) = (arguments.kind, Id::from(arguments.id.as_str()));
        let connected = Connected::open(place)?;
        let asked = connected.books().one(kind, &id, kind.has_native());
        let error = match connected.wait(asked) {
            Ok(Fetched { record, raw, .. }) => {
                return Ok(Self {
                    record,
                    raw,
                    source: Source::Server(Box::new(connected)),
                    read_at: None,
                    why: String::new(),
                });
            }
            Err(error) if is_out_of_reach(error.cause) => error,
            Err(error) => return Err(connected.failure(&error).into()),
        };
        let trouble = trouble_of_api(&error);
        let why = place
            .words
            .text(&format!("{}-short", trouble.sort.words_key()));
        let kept = Kept::open(place)
            .ok()
            .and_then(|kept| Some((kept.held(kind, &id).ok()??, kept)));
        let Some((held, kept)) = kept else {
            let values = [("why", why.as_str().into())];
            return Err(place.told(
                Exit::NotConnected,
                place.words.with("cli-show-not-kept", &values),
            ));
        };
        Ok(Self {
            record: held.record,
            raw: held.raw,
            source: Source::Kept(Box::new(kept)),
            read_at: held.read_at,
            why,
        })
    }

    /// In the form that was asked for.
    fn told(&self, arguments: &ShowArguments, place: &Place) -> eyre::Result<String> {
        let words = &*place.words;
        if arguments.raw {
            let Some(raw) = &self.raw else {
                // What was not read may well be there.
                let missing = match self.source {
                    Source::Kept(_) if self.record.kind.has_native() => {
                        (Exit::NotConnected, "cli-show-raw-not-kept")
                    }
                    _ => (Exit::Findings, "cli-show-no-raw"),
                };
                return Err(place.told(missing.0, words.text(missing.1)));
            };
            return Ok(written(
                &serde_json::from_str::<Json>(raw)?,
                arguments.json,
            )?);
        }
        if arguments.draft {
            let around = match &self.source {
                Source::Server(connected) => connected.around(&[&self.record])?,
                Source::Kept(kept) => kept.around(&self.record)?,
            };
            let around = around.of(&self.record);
            if !is_surveyed(&self.record, around) {
                return Err(place.told(Exit::Failed, words.text("cli-show-incomplete")));
            }
            let draft = draft_of(&self.record, around);
            return Ok(written(&format::write(&draft), arguments.json)?);
        }
        if !arguments.json {
            return Ok(for_people(&self.record, words));
        }
        let mut told = as_json(&self.record)?;
        if let (Source::Kept(_), Some(fields)) = (&self.source, told.as_object_mut()) {
            let read_at = self.read_at.map(|at| at.to_string());
            fields.insert("read_at".to_owned(), json!(read_at));
        }
        Ok(written(&told, true)?)
    }
}

/// Whether nobody answered, or only somebody who could not: a refusal is an answer, and is told.
fn is_out_of_reach(cause: Cause) -> bool {
    matches!(cause, Cause::NotSent | Cause::NoAnswer | Cause::Outage)
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
