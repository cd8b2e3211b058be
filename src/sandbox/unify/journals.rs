//! Journal entries: no number, no timestamps, no sort (contract B.14, F 7.3).

use serde_json::{Map, Value, json};

use super::super::errors::{NativeError, Refusal};
use super::super::money::{self, number};
use super::super::native::lists::Filter;
use super::super::native::{self, Body};
use super::super::object::object;
use super::super::query::{Declared, ListQuery, wrong};
use super::super::records::{JournalEntry, Posting, State};
use super::super::world::World;
use super::parts::{self, contact_filter};
use super::payments::unsupported_status;
use super::resource::Resource;
use super::{Page, declared, renamed};

pub const RESOURCE: Resource = Resource {
    name: "journal-entries",
    paged: true,
    sorted: false,
    filters: &["status", "customer_id", "supplier_id"],
    declared: Declared {
        filters: "updated_since status scope subsidiary_id",
        filters_of_one: "",
        sorts: true,
    },
    projected: true,
    shape: &declared::JOURNAL_ENTRY,
    native: &native::journals::RESOURCE,
    list: |world, asked, _| list(world, asked),
    one: |world, id, _| {
        let entry = world.journal_entries.get(id)?;
        Some(record(world, entry))
    },
    to_native,
};

fn list(world: &World, asked: &ListQuery) -> Result<Page, Refusal> {
    let states = match asked.filter("status") {
        None | Some("") => None,
        Some("posted" | "authorised" | "unpaid") => Some(vec![State::Open]),
        Some("voided" | "void") => Some(vec![State::Void]),
        Some("draft") => Some(vec![State::Draft]),
        Some("pending_approval" | "approved" | "rejected" | "deleted" | "other" | "paid") => {
            Some(Vec::new())
        }
        Some("partially_paid") => return Err(unsupported_status("partially_paid")),
        Some(_) => return Err(wrong("filter[status]", "status of a journal entry")),
    };
    let customer = contact_filter(asked, "customer_id")?;
    let supplier = contact_filter(asked, "supplier_id")?;
    let has = |entry: &JournalEntry, wanted: Option<u32>, of: fn(&Posting) -> Option<u32>| {
        wanted.is_none() || entry.postings.iter().any(|posting| of(posting) == wanted)
    };
    let keep: Filter<'_, JournalEntry> = Box::new(move |entry| {
        has(entry, customer, |posting| posting.customer)
            && has(entry, supplier, |posting| posting.supplier)
            && states
                .as_ref()
                .is_none_or(|states| states.contains(&entry.state))
    });
    parts::documents(world, &world.journal_entries, Some(keep), asked, |entry| {
        record(world, entry)
    })
}

fn record(world: &World, entry: &JournalEntry) -> Value {
    let id = entry.id.to_string();
    let lines: Vec<Value> = (1..)
        .zip(&entry.postings)
        .map(|(place, posting): (u32, _)| line(world, &id, place, posting))
        .collect();
    object!({
        "id": &*id,
        "downstream_id": &*id,
        "display_id": &*id,
        "title": &*entry.reference,
        "memo": &*entry.memo,
        "number": Value::Null,
        "posted_at": parts::midnight(entry.date),
        "currency": &*entry.currency,
        "status": match entry.state {
            State::Draft => "draft",
            State::Void => "voided",
            State::Open | State::Closed => "posted",
        },
        "line_items": lines,
    })
}

fn line(world: &World, entry: &str, place: u32, posting: &Posting) -> Value {
    let (kind, amount) = if posting.debit.is_zero() {
        ("credit", posting.credit)
    } else {
        ("debit", posting.debit)
    };
    object!({
        "id": format!("{entry}-{place}"),
        "line_number": place,
        "type": kind,
        "total_amount": number(amount),
        "sub_total": number(amount),
        "description": &*posting.description,
        "ledger_account": parts::account(world, posting.account),
        "customer": posting.customer.map(|id| parts::contact(world, id)),
        "supplier": posting.supplier.map(|id| parts::supplier(world, id)),
        "department_id": posting.department.map(|id| id.to_string()),
    })
}

fn to_native(body: &Map<String, Value>, _: bool) -> Result<Body, Refusal> {
    let mut native = renamed(body, &[("title", "reference"), ("memo", "observations")]);
    if let Some(date) = body.get("posted_at") {
        native.insert("date".to_owned(), parts::day_of(date));
    }
    if let Some(status) = body.get("status").filter(|status| !status.is_null()) {
        let word = match status.as_str() {
            Some("voided" | "void") => json!("void"),
            Some("posted" | "approved") => json!("open"),
            _ => status.clone(),
        };
        native.insert("status".to_owned(), word);
    }
    parts::common_to_native(body, &mut native);
    if let Some(lines) = body.get("line_items").and_then(Value::as_array) {
        let entries = lines
            .iter()
            .map(line_to_native)
            .collect::<Result<Value, _>>()?;
        native.insert("entries".to_owned(), entries);
    }
    Ok(native)
}

/// A line is one debit or one credit; its amount is never negative, its sign is the type.
fn line_to_native(line: &Value) -> Result<Value, Refusal> {
    let side = match line.get("type").and_then(Value::as_str) {
        Some("debit") => "debit",
        Some("credit") => "credit",
        _ => {
            return Err(
                NativeError::invalid("Cada movimiento debe ser debit o credit (type)").into(),
            );
        }
    };
    let amount = line.get("total_amount").unwrap_or(&Value::Null);
    if money::read(amount).is_none_or(|amount| amount.is_sign_negative() || amount.is_zero()) {
        return Err(NativeError::invalid(
            "Cada movimiento debe llevar un importe (total_amount) mayor que 0",
        )
        .into());
    }
    let account = line.get("ledger_account").and_then(|one| one.get("id"));
    let department = line.get("department_id").filter(|id| !id.is_null());
    Ok(json!({
        "id": account,
        side: amount,
        "observations": line.get("description"),
        "client": line.get("customer"),
        "provider": line.get("supplier"),
        "costCenter": department.map(|id| json!({ "id": id })),
    }))
}
