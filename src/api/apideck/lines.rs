//! The lines of a document (contract B.8, B.10, D.6): the unified ones with what only the native ones tell, and back.
//!
//! Sales bill catalogue items; purchases an item or an expense account a line, mixed in one document (contract 4.1 to
//! 4.4). A line is never dropped, because lines are written back whole: one that cannot be read stays as an empty
//! line, which no rule lets pass.

use serde_json::{Map, Value, json};

use super::super::error::ApiError;
use super::super::json::{at, decimal, id_at, list_at, text_at};
use super::wire::{link, linked};
use super::writing::{Body, number, unsayable};
use crate::domain::money::Money;
use crate::domain::record::{Line, Link};

/// A purchase line on a catalogue item.
const ITEM: &str = "expense_item";

/// A purchase line on an expense account.
const ACCOUNT: &str = "expense_account";

/// The lines of a sale as both records tell them; as the native one tells them where the unified one has none.
pub(super) fn read_sales(unified: &Value, native: Option<&Value>) -> Vec<Line> {
    let commercial = list_at(unified, "line_items");
    let fiscal = native.map_or(&[][..], |native| list_at(native, "items"));
    if commercial.is_empty() {
        return fiscal.iter().map(native_line).collect();
    }
    let aligned = commercial.len() == fiscal.len();
    commercial
        .iter()
        .enumerate()
        .map(|(idx, told)| {
            let mut line = unified_line(told);
            if let Some(more) = partner(line.item.as_ref(), fiscal, idx, aligned) {
                complete(&mut line, more);
            }
            line
        })
        .collect()
}

/// The lines of a purchase. Alegra keeps those on items and those on accounts in two lists (contract B.10).
pub(super) fn read_purchases(unified: &Value, native: Option<&Value>) -> Vec<Line> {
    let commercial = list_at(unified, "line_items");
    let native_list = |path| native.map_or(&[][..], |native| list_at(native, path));
    let (items, accounts) = (
        native_list("purchases.items"),
        native_list("purchases.categories"),
    );
    if commercial.is_empty() {
        let on_account = |told| {
            let mut line = native_line(told);
            line.account = line.item.take();
            line
        };
        return items
            .iter()
            .map(native_line)
            .chain(accounts.iter().map(on_account))
            .collect();
    }
    let (mut item, mut account) = (0, 0);
    commercial
        .iter()
        .map(|told| {
            let mut line = unified_line(told);
            choose(&mut line, told);
            let (list, reference, idx) = if line.account.is_some() {
                (accounts, &line.account, &mut account)
            } else {
                (items, &line.item, &mut item)
            };
            let more = partner(reference.as_ref(), list, *idx, false);
            *idx += 1;
            if let Some(more) = more {
                complete(&mut line, more);
            }
            line
        })
        .collect()
}

/// Leaves a purchase line on what its type says, and where that says nothing, on what is there (contract 4.2). An item
/// may bring the account that it is booked to; then it is still a line on the item.
fn choose(line: &mut Line, told: &Value) {
    match text_at(told, "type").as_deref().map(str::trim) {
        Some(ACCOUNT) if line.account.is_some() => line.item = None,
        _ if line.item.is_some() => line.account = None,
        _ => {}
    }
}

fn unified_line(told: &Value) -> Line {
    let amount = |name| at(told, name).and_then(decimal);
    Line {
        item: at(told, "item").and_then(link),
        account: at(told, "ledger_account").and_then(link),
        description: text_at(told, "description").unwrap_or_default(),
        quantity: amount("quantity"),
        price: amount("unit_price").map(Money::new),
        discount_pct: amount("discount_percentage"),
        taxes: at(told, "tax_rate").and_then(link).into_iter().collect(),
        total: amount("total_amount").map(Money::new),
        department: at(told, "department_id").and_then(link),
        order: at(told, "purchase_order").and_then(link),
        unit: None,
        product_key: None,
    }
}

fn native_line(told: &Value) -> Line {
    let mut line = Line {
        item: link(told).filter(|_| told.is_object()),
        description: ["description", "observations", "name"]
            .into_iter()
            .find_map(|path| text_at(told, path))
            .unwrap_or_default(),
        quantity: at(told, "quantity").and_then(decimal),
        price: at(told, "price").and_then(decimal).map(Money::new),
        ..Line::default()
    };
    complete(&mut line, told);
    line
}

/// The native line that belongs to a unified one: the one in its place, else the first of the same item or account.
fn partner<'a>(
    reference: Option<&Link>,
    fiscal: &'a [Value],
    idx: usize,
    aligned: bool,
) -> Option<&'a Value> {
    let Some(reference) = reference else {
        return fiscal.get(idx).filter(|_| aligned);
    };
    let same = |told: &&Value| id_at(told, "id").is_some_and(|id| id == reference.id.as_str());
    fiscal
        .get(idx)
        .filter(same)
        .or_else(|| fiscal.iter().find(same))
}

/// Adds what the native line tells: keys, all taxes, and what the unified line left open.
fn complete(line: &mut Line, told: &Value) {
    line.unit = text_at(told, "unit");
    line.product_key = text_at(told, "productKey");
    // Unify has room for one tax, Alegra lists them all.
    if let Some(taxes) = taxes(told) {
        line.taxes = taxes;
    }
    line.discount_pct = line
        .discount_pct
        .or_else(|| at(told, "discount").and_then(decimal));
    line.total = line
        .total
        .or_else(|| at(told, "total").and_then(decimal).map(Money::new));
}

/// All taxes of a native line or item. A list with a tax that has no id would lose that tax when it is written back,
/// so it is not taken.
pub(super) fn taxes(told: &Value) -> Option<Vec<Link>> {
    let taxes: Option<Vec<Link>> = match told.get("tax") {
        Some(Value::Array(list)) => list.iter().map(link).collect(),
        Some(one @ Value::Object(_)) => link(one).map(|one| vec![one]),
        _ => None,
    };
    taxes.filter(|taxes| !taxes.is_empty())
}

/// All lines of a sale, in order: they replace the ones that are there (contract B.0).
pub(super) fn write_sales(lines: &[Line], body: &mut Body) -> Result<(), ApiError> {
    let mut items = Vec::with_capacity(lines.len());
    for (idx, line) in lines.iter().enumerate() {
        let mut item = Map::new();
        put(&mut item, "item", line.item.as_ref().map(linked));
        write_line(line, &mut item)?;
        items.push(Value::Object(item));

        let place = format!("$.items[{idx}]");
        write_taxes(line, &place, body);
        if let Some(unit) = &line.unit {
            body.path(format!("{place}.unit"), Value::from(unit.as_str()));
        }
        if let Some(key) = &line.product_key {
            body.path(format!("{place}.productKey"), Value::from(key.as_str()));
        }
    }
    body.put("line_items", Value::Array(items));
    Ok(())
}

/// All lines of a purchase, each on an item or on an account and never on both (contract B.10, 4.3).
pub(super) fn write_purchases(lines: &[Line], body: &mut Body) -> Result<(), ApiError> {
    let mut written = Vec::with_capacity(lines.len());
    let (mut items, mut accounts) = (0, 0);
    for (idx, line) in lines.iter().enumerate() {
        let (word, name, reference, place) = match (&line.item, &line.account) {
            (Some(item), None) => {
                items += 1;
                let place = format!("$.purchases.items[{}]", items - 1);
                (ITEM, "item", item, place)
            }
            (None, Some(account)) => {
                accounts += 1;
                let place = format!("$.purchases.categories[{}]", accounts - 1);
                (ACCOUNT, "ledger_account", account, place)
            }
            _ => {
                let place = idx + 1;
                return Err(unsayable(format!(
                    "line {place} needs either an item or an account"
                )));
            }
        };
        let mut row = Map::new();
        put(&mut row, "type", Some(Value::from(word)));
        put(&mut row, name, Some(linked(reference)));
        put(&mut row, "purchase_order", line.order.as_ref().map(linked));
        write_line(line, &mut row)?;
        written.push(Value::Object(row));
        write_taxes(line, &place, body);
    }
    body.put("line_items", Value::Array(written));
    Ok(())
}

/// What lines of every sort have.
fn write_line(line: &Line, row: &mut Map<String, Value>) -> Result<(), ApiError> {
    let text = line.description.as_str();
    put(
        row,
        "description",
        (!text.is_empty()).then(|| Value::from(text)),
    );
    put(row, "quantity", line.quantity.map(number).transpose()?);
    let price = line.price.map(|price| number(price.decimal()));
    put(row, "unit_price", price.transpose()?);
    let discount = line.discount_pct.map(number).transpose()?;
    put(row, "discount_percentage", discount);
    put(row, "tax_rate", line.taxes.first().map(linked));
    let department = line.department.as_ref();
    put(
        row,
        "department_id",
        department.map(|link| Value::from(link.id.as_str())),
    );
    Ok(())
}

/// Unify has one tax a line; the native body has all of them (contract C.1).
fn write_taxes(line: &Line, place: &str, body: &mut Body) {
    if line.taxes.len() > 1 {
        let all: Vec<Value> = line.taxes.iter().map(linked).collect();
        body.path(format!("{place}.tax"), json!(all));
    }
}

fn put(row: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    if let Some(value) = value {
        row.insert(name.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::Id;

    fn ids(links: &[Link]) -> Vec<&str> {
        links.iter().map(|link| link.id.as_str()).collect()
    }

    #[test]
    fn keys_and_all_taxes_come_from_the_native_line_of_the_same_item() {
        let unified = json!({"line_items": [
            {"item": {"id": "12", "name": "Taladro 1/2"}, "quantity": 2, "unit_price": 500, "tax_rate": {"id": "3"}},
            {"item": {"id": "13"}, "quantity": "1.5", "unit_price": "310.10", "discount_percentage": 5}]});
        let native = json!({"items": [
            {"id": 13, "unit": "E48", "productKey": "80101500", "tax": [{"id": 3}, {"id": "8", "name": "ISR 10"}]},
            {"id": "12", "unit": "H87", "productKey": 27112700, "discount": "0.00", "total": 1160}]});
        let lines = read_sales(&unified, Some(&native));
        assert_eq!(lines[0].unit.as_deref(), Some("H87"));
        assert_eq!(lines[0].product_key.as_deref(), Some("27112700"));
        assert_eq!(lines[0].taxes.len(), 1);
        assert_eq!(lines[1].price, "310.10".parse().ok());
        assert_eq!(ids(&lines[1].taxes), ["3", "8"]);
    }

    #[test]
    fn a_line_that_cannot_be_read_stays_and_lines_left_out_come_from_the_native_record() {
        let lines = read_sales(&json!({"line_items": [7, {"item": {"id": "12"}}]}), None);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0], Line::default());
        let native = json!({"items": [{"id": "12", "name": "Taladro 1/2", "price": "500.00", "quantity": 2,
            "discount": "0.00", "unit": "H87", "productKey": "27112700",
            "tax": [{"id": "3", "name": "IVA", "percentage": "16.00", "type": "IVA"}], "total": 1160}]});
        let lines = read_sales(&json!({"id": "6"}), Some(&native));
        assert_eq!(lines[0].description, "Taladro 1/2");
        assert_eq!(lines[0].price, "500".parse().ok());
        assert_eq!(lines[0].taxes[0].name, "IVA");
    }

    #[test]
    fn purchase_lines_find_their_taxes_in_two_native_lists_of_which_ids_may_be_equal() {
        let unified = json!({"line_items": [
            {"type": "expense_account", "ledger_account": {"id": "12"}, "unit_price": 450},
            {"type": "expense_item", "item": {"id": "12"}, "unit_price": 310},
            {"type": "expense_account", "ledger_account": {"id": "12"}, "unit_price": 90}]});
        let native = json!({"purchases": {
            "items": [{"id": 12, "price": "310.00", "tax": [{"id": 3}]}],
            "categories": [{"id": 12, "price": 450, "tax": [{"id": 3}, {"id": 9}]}, {"id": "12", "tax": [{"id": 4}]}]}});
        let lines = read_purchases(&unified, Some(&native));
        assert_eq!(ids(&lines[0].taxes), ["3", "9"]);
        assert_eq!(ids(&lines[1].taxes), ["3"]);
        assert_eq!(ids(&lines[2].taxes), ["4"]);

        let alone = read_purchases(&json!({"id": "31"}), Some(&native));
        let on = |line: &Line| (line.item.is_some(), line.account.is_some());
        assert_eq!(
            alone.iter().map(on).collect::<Vec<_>>(),
            [(true, false), (false, true), (false, true)]
        );
        assert_eq!(alone[1].price, "450".parse().ok());
        assert_eq!(
            alone[1].account.as_ref().map(|link| &link.id),
            Some(&Id::from("12"))
        );
    }
}
