//! What several resources share: pages, links to other records, lines.

use serde_json::{Map, Value, json};

use super::super::errors::{NativeError, Refusal};
use super::super::money::number;
use super::super::native::Body;
use super::super::native::lists::{Document, Filter, both, document_filter};
use super::super::object::object;
use super::super::query::ListQuery;
use super::super::records::{Line, Subject};
use super::super::table::{Asked, Row, Table};
use super::super::taxes;
use super::super::world::World;
use super::{Page, Record, renamed};

/// Cuts the page that was asked for out of a table.
pub fn page<R: Row>(
    table: &Table<R>,
    keep: Option<&dyn Fn(&R) -> bool>,
    asked: &ListQuery,
    unified: impl Fn(&R) -> Value,
) -> Page {
    page_of(table, None, keep, asked, unified)
}

/// The same out of a part of a table, or of all of it.
fn page_of<R: Row>(
    table: &Table<R>,
    part: Option<usize>,
    keep: Option<&dyn Fn(&R) -> bool>,
    asked: &ListQuery,
    unified: impl Fn(&R) -> Value,
) -> Page {
    let of = Asked {
        part,
        order: asked.order,
        descending: asked.descending,
        keep,
    };
    let start = asked.moved_to.unwrap_or(asked.offset);
    let (rows, more) = table.page(&of, start, asked.limit);
    Page {
        next: more.then_some(asked.offset.saturating_add(asked.limit)),
        records: rows
            .into_iter()
            .map(|row| Record {
                id: row.id(),
                unified: unified(row),
            })
            .collect(),
    }
}

/// The same for documents, which take Alegra's own filters by `pass_through`.
pub fn documents<D: Document>(
    world: &World,
    table: &Table<D>,
    also: Option<Filter<'_, D>>,
    asked: &ListQuery,
    unified: impl Fn(&D) -> Value,
) -> Result<Page, Refusal> {
    documents_of(world, (table, None), also, asked, unified)
}

/// The same for documents of one part of a table, or of all of it.
pub fn documents_of<D: Document>(
    world: &World,
    (table, part): (&Table<D>, Option<usize>),
    also: Option<Filter<'_, D>>,
    asked: &ListQuery,
    unified: impl Fn(&D) -> Value,
) -> Result<Page, Refusal> {
    let keep = both(also, document_filter(world, &asked.native)?);
    Ok(page_of(table, part, keep.as_deref(), asked, unified))
}

/// A customer or supplier that a document names.
pub fn contact(world: &World, id: u32) -> Value {
    let contact = world.contacts.get(id);
    let name = contact.map(|contact| contact.name.as_ref());
    object!({
        "id": id.to_string(),
        "display_id": id.to_string(),
        "display_name": name,
        "company_name": name,
        "email": contact.map(|contact| contact.email.as_ref()),
    })
}

/// The same where the published document knows no e-mail.
pub fn supplier(world: &World, id: u32) -> Value {
    let mut supplier = contact(world, id);
    if let Some(fields) = supplier.as_object_mut() {
        fields.remove("email");
    }
    supplier
}

/// A ledger account that a record names.
pub fn account(world: &World, id: u32) -> Value {
    let account = world.accounts.get(id);
    object!({
        "id": id.to_string(),
        "display_id": id.to_string(),
        "name": account.map(|account| account.name.as_ref()),
        "code": account.map(|account| account.code.as_ref()),
        "nominal_code": account.map(|account| account.nominal.as_ref()),
        "parent_id": account.and_then(|account| account.parent).map(|id| id.to_string()),
    })
}

/// A line of any document; its type tells what it is about.
pub fn line(
    world: &World,
    document: u32,
    currency: &str,
    kinds: LineKinds,
    (place, line): (usize, &Line),
) -> Value {
    let item = line.subject.item().and_then(|id| world.items.get(id));
    let sums = taxes::line(line, &world.taxes, taxes::decimals_of(currency));
    let tax = line.taxes.first().map(|applied| {
        let tax = world.taxes.get(applied.id);
        object!({
            "id": applied.id.to_string(),
            "code": tax.map(|tax| tax.code.as_ref()),
            "name": tax.map(|tax| tax.name.as_ref()),
            "rate": number(applied.percentage),
        })
    });
    let unit = line
        .extra
        .get("unit")
        .and_then(Value::as_str)
        .or(item.map(|item| item.unit.as_ref()));
    let mut record = object!({
        "id": format!("{document}-{place}"),
        "row_id": place.to_string(),
        "line_number": place,
        "description": &*line.description,
        "quantity": number(line.quantity),
        "unit_price": number(line.price),
        "unit_of_measure": unit,
        "discount_percentage": number(line.discount),
        "discount_amount": sums.map(|sums| number(sums.discount)),
        "tax_amount": sums.map(|sums| number(sums.tax)),
        "total_amount": sums.map(|sums| number(sums.total)),
    });
    let (kind, key, subject) = match line.subject {
        Subject::Item(id) => (
            kinds.item,
            "item",
            object!({
                "id": id.to_string(),
                "code": item.map(|item| item.reference.as_ref()),
                "name": item.map(|item| item.name.as_ref()),
            }),
        ),
        Subject::Account(id) => (kinds.account, "ledger_account", account(world, id)),
    };
    if let Some(fields) = record.as_object_mut() {
        fields.insert("type".to_owned(), json!(kind));
        fields.insert(key.to_owned(), subject);
        // Declared as an object and never null: a line may be without.
        if let Some(tax) = tax {
            fields.insert("tax_rate".to_owned(), tax);
        }
    }
    record
}

/// The words for the two sorts of lines.
#[derive(Clone, Copy)]
pub struct LineKinds {
    pub item: &'static str,
    pub account: &'static str,
}

/// Lines of sales; they are about items only.
pub const SOLD: LineKinds = LineKinds {
    item: "sales_item",
    account: "other",
};

/// Lines of purchases.
pub const BOUGHT: LineKinds = LineKinds {
    item: "expense_item",
    account: "expense_account",
};

/// A line as Alegra takes it, without what it is about.
pub fn line_to_native(line: &Map<String, Value>) -> Body {
    let mut native = renamed(
        line,
        &[
            ("description", "description"),
            ("unit_price", "price"),
            ("quantity", "quantity"),
            ("discount_percentage", "discount"),
        ],
    );
    if let Some(unit) = line.get("unit_of_measure").filter(|unit| !unit.is_null()) {
        native.insert("unit".to_owned(), unit.clone());
    }
    let tax = line.get("tax_rate").and_then(|tax| tax.get("id"));
    native.insert(
        "tax".to_owned(),
        tax.map_or(json!([]), |id| json!([{ "id": id }])),
    );
    native
}

/// What currency and department become in Alegra's body.
pub fn common_to_native(body: &Map<String, Value>, native: &mut Body) {
    if let Some(department) = body.get("department_id") {
        let named = (!department.is_null()).then(|| json!({ "id": department }));
        native.insert("costCenter".to_owned(), named.unwrap_or(Value::Null));
    }
    let currency = renamed(
        body,
        &[("currency", "code"), ("currency_rate", "exchangeRate")],
    );
    if !currency.is_empty() {
        native.insert("currency".to_owned(), Value::Object(currency));
    }
}

/// The day of a date-time, which is all that Alegra keeps; anything else is left for Alegra to refuse.
pub fn day_of(value: &Value) -> Value {
    let day = value
        .as_str()
        .and_then(|text| Some((text.get(..10)?, text.get(10..)?)))
        .filter(|(_, rest)| rest.is_empty() || rest.starts_with('T'))
        .map(|(day, _)| json!(day));
    day.unwrap_or_else(|| value.clone())
}

/// A day as the published document wants a date-time.
pub fn midnight(day: jiff::civil::Date) -> String {
    format!("{day}T00:00:00.000Z")
}

/// Reads a filter that names a contact.
pub fn contact_filter(asked: &ListQuery, name: &str) -> Result<Option<u32>, Refusal> {
    match asked.filter(name) {
        None | Some("") => Ok(None),
        Some(id) => id.parse().map(Some).map_err(|_| {
            NativeError::invalid(format!("El filtro {name} debe ser un identificador")).into()
        }),
    }
}
