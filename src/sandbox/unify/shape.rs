//! The declared shape of Unify bodies: which fields there are, and what kind of value each takes.

use serde_json::{Map, Value, json};

use super::super::errors::Refusal;

/// What a field takes; null is always taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
    Flag,
    /// An object with the id of another record.
    Link,
    List,
    /// Declared, but the connector does nothing with it.
    Any,
}

pub type Field = (&'static str, Kind);

use Kind::{Any, Flag, Link, List, Number, Text};

pub const CUSTOMER: &[Field] = &[
    ("display_name", Text),
    ("company_name", Text),
    ("individual", Flag),
    ("tax_number", Text),
    ("addresses", List),
    ("phone_numbers", List),
    ("emails", List),
    ("notes", Text),
    ("status", Text),
    ("payment_method", Text),
    ("terms", Text),
    ("pass_through", Any),
    ("id", Any),
    ("display_id", Any),
    ("company_id", Any),
    ("subsidiary", Any),
    ("customer_category", Any),
    ("title", Any),
    ("first_name", Any),
    ("middle_name", Any),
    ("last_name", Any),
    ("suffix", Any),
    ("project", Any),
    ("websites", Any),
    ("bank_accounts", Any),
    ("tax_rate", Any),
    ("taxable", Any),
    ("currency", Any),
    ("account", Any),
    ("parent", Any),
    ("terms_id", Any),
    ("channel", Any),
    ("custom_fields", Any),
    ("row_version", Any),
];

pub const TAX_RATE: &[Field] = &[
    ("name", Text),
    ("code", Text),
    ("description", Text),
    ("effective_tax_rate", Number),
    ("total_tax_rate", Number),
    ("tax_payable_account_id", Text),
    ("tax_remitted_account_id", Text),
    ("type", Text),
    ("status", Text),
    ("pass_through", Any),
    ("id", Any),
    ("display_id", Any),
    ("country", Any),
    ("components", Any),
    ("report_tax_type", Any),
    ("original_tax_rate_id", Any),
    ("row_version", Any),
    ("subsidiaries", Any),
    ("custom_fields", Any),
];

pub const LEDGER_ACCOUNT: &[Field] = &[
    ("name", Text),
    ("code", Text),
    ("nominal_code", Text),
    ("description", Text),
    ("status", Text),
    ("active", Flag),
    ("parent_account", Link),
    ("pass_through", Any),
    ("id", Any),
    ("display_id", Any),
    ("classification", Any),
    ("type", Any),
    ("sub_type", Any),
    ("fully_qualified_name", Any),
    ("opening_balance", Any),
    ("current_balance", Any),
    ("currency", Any),
    ("tax_type", Any),
    ("tax_rate", Any),
    ("level", Any),
    ("header", Any),
    ("bank_account", Any),
    ("sub_account", Any),
    ("last_reconciliation_date", Any),
    ("subsidiaries", Any),
    ("custom_fields", Any),
    ("row_version", Any),
];

pub const INVOICE_ITEM: &[Field] = &[
    ("name", Text),
    ("description", Text),
    ("code", Text),
    ("unit_price", Number),
    ("type", Text),
    ("active", Flag),
    ("pass_through", Any),
    ("id", Any),
    ("display_id", Any),
    ("sold", Any),
    ("purchased", Any),
    ("tracked", Any),
    ("taxable", Any),
    ("inventory_date", Any),
    ("sales_details", Any),
    ("purchase_details", Any),
    ("quantity", Any),
    ("currency", Any),
    ("asset_account", Any),
    ("income_account", Any),
    ("expense_account", Any),
    ("tracking_category", Any),
    ("tracking_categories", Any),
    ("department_id", Any),
    ("location_id", Any),
    ("subsidiary_id", Any),
    ("category_id", Any),
    ("tax_schedule_id", Any),
    ("row_version", Any),
];

pub const INVOICE: &[Field] = &[
    ("customer", Link),
    ("department_id", Text),
    ("invoice_date", Text),
    ("due_date", Text),
    ("terms", Text),
    ("currency", Text),
    ("currency_rate", Number),
    ("customer_memo", Text),
    ("payment_method", Text),
    ("line_items", List),
    ("pass_through", Any),
    ("id", Any),
    ("display_id", Any),
    ("type", Any),
    ("number", Any),
    ("company_id", Any),
    ("subsidiary", Any),
    ("location_id", Any),
    ("terms_id", Any),
    ("po_number", Any),
    ("reference", Any),
    ("status", Any),
    ("invoice_sent", Any),
    ("tax_inclusive", Any),
    ("sub_total", Any),
    ("total_tax", Any),
    ("tax_code", Any),
    ("discount_percentage", Any),
    ("discount_amount", Any),
    ("total", Any),
    ("balance", Any),
    ("deposit", Any),
    ("tracking_category", Any),
    ("tracking_categories", Any),
    ("billing_address", Any),
    ("shipping_address", Any),
    ("template_id", Any),
    ("source_document_url", Any),
    ("payment_allocations", Any),
    ("channel", Any),
    ("language", Any),
    ("accounting_by_row", Any),
    ("bank_account", Any),
    ("ledger_account", Any),
    ("custom_fields", Any),
    ("row_version", Any),
];

const LINE: &[Field] = &[
    ("description", Text),
    ("quantity", Number),
    ("unit_price", Number),
    ("unit_of_measure", Text),
    ("discount_percentage", Number),
    ("item", Link),
    ("tax_rate", Link),
];

/// Refuses a body with a value of the wrong kind; with `strict` also one with an undeclared field.
pub fn check(body: &Map<String, Value>, fields: &[Field], strict: bool) -> Result<(), Refusal> {
    let mut wrong = Map::new();
    for (name, value) in body {
        match fields.iter().find(|(field, _)| field == name) {
            Some((_, kind)) => judge(&mut wrong, name, *kind, value),
            None if strict => note(&mut wrong, name, "is not declared"),
            None => {}
        }
    }
    if let Some(Value::Array(lines)) = body.get("line_items") {
        for (place, line) in lines.iter().enumerate() {
            let path = format!("line_items[{place}]");
            match line.as_object() {
                None => note(&mut wrong, &path, "must be an object"),
                Some(line) => {
                    for (name, kind) in LINE {
                        if let Some(value) = line.get(*name) {
                            judge(&mut wrong, &format!("{path}.{name}"), *kind, value);
                        }
                    }
                }
            }
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    Err(Refusal::invalid("Request validation failed").with_detail(Value::Object(wrong)))
}

fn judge(wrong: &mut Map<String, Value>, path: &str, kind: Kind, value: &Value) {
    let (good, expected) = match kind {
        Kind::Any => (true, ""),
        Kind::Text => (value.is_string(), "must be a string"),
        Kind::Number => (value.is_number(), "must be a number"),
        Kind::Flag => (value.is_boolean(), "must be a boolean"),
        Kind::List => (value.is_array(), "must be an array"),
        Kind::Link => (
            value.get("id").is_some_and(Value::is_string),
            "must be an object with an id of type string",
        ),
    };
    if !good && !value.is_null() {
        note(wrong, path, expected);
    }
}

fn note(wrong: &mut Map<String, Value>, path: &str, what: &str) {
    wrong.insert(path.to_owned(), json!(what));
}
