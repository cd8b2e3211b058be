//! The lines of a document (contract B.8, D.6): the unified ones, with what only the native ones tell.
//!
//! A line is never dropped, because lines are written back whole: one that cannot be read stays as an empty line,
//! which no rule lets pass.

use serde_json::Value;

use super::super::json::{at, decimal, id_at, text_at};
use super::wire::link;
use crate::domain::money::Money;
use crate::domain::record::{Line, Link};

/// The lines as both records tell them; as the native one tells them where the unified one has none.
pub(super) fn read(unified: &Value, native: Option<&Value>) -> Vec<Line> {
    let commercial = list(unified, "line_items");
    let fiscal = native.map_or(&[][..], |native| list(native, "items"));
    if commercial.is_empty() {
        return fiscal.iter().map(native_line).collect();
    }
    let aligned = commercial.len() == fiscal.len();
    commercial
        .iter()
        .enumerate()
        .map(|(idx, told)| {
            let mut line = unified_line(told);
            if let Some(more) = partner(&line, fiscal, idx, aligned) {
                complete(&mut line, more);
            }
            line
        })
        .collect()
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
        unit: None,
        product_key: None,
    }
}

fn native_line(told: &Value) -> Line {
    let mut line = Line {
        item: link(told).filter(|_| told.is_object()),
        description: ["description", "name"]
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

/// The native line that belongs to a unified one: the one in its place, else the first of the same item.
fn partner<'a>(line: &Line, fiscal: &'a [Value], idx: usize, aligned: bool) -> Option<&'a Value> {
    let Some(item) = &line.item else {
        return fiscal.get(idx).filter(|_| aligned);
    };
    let same = |told: &&Value| id_at(told, "id").is_some_and(|id| id == item.id.as_str());
    fiscal
        .get(idx)
        .filter(same)
        .or_else(|| fiscal.iter().find(same))
}

/// Adds what the native line tells: keys, all taxes, and what the unified line left open.
fn complete(line: &mut Line, told: &Value) {
    line.unit = text_at(told, "unit");
    line.product_key = text_at(told, "productKey");
    // Unify has room for one tax, Alegra lists them all. A list with a tax that has no id would lose that tax when
    // it is written back, so it is not taken.
    let taxes: Option<Vec<Link>> = match told.get("tax") {
        Some(Value::Array(list)) => list.iter().map(link).collect(),
        Some(one @ Value::Object(_)) => link(one).map(|one| vec![one]),
        _ => None,
    };
    if let Some(taxes) = taxes.filter(|taxes| !taxes.is_empty()) {
        line.taxes = taxes;
    }
    line.discount_pct = line
        .discount_pct
        .or_else(|| at(told, "discount").and_then(decimal));
    line.total = line
        .total
        .or_else(|| at(told, "total").and_then(decimal).map(Money::new));
}

fn list<'a>(part: &'a Value, name: &str) -> &'a [Value] {
    part.get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::Id;
    use serde_json::json;

    #[test]
    fn keys_and_all_taxes_come_from_the_native_line_of_the_same_item() {
        let unified = json!({"line_items": [
            {"item": {"id": "12", "name": "Taladro 1/2"}, "quantity": 2, "unit_price": 500, "tax_rate": {"id": "3"}},
            {"item": {"id": "13"}, "quantity": "1.5", "unit_price": "310.10", "discount_percentage": 5}]});
        let native = json!({"items": [
            {"id": 13, "unit": "E48", "productKey": "80101500", "tax": [{"id": 3}, {"id": "8", "name": "ISR 10"}]},
            {"id": "12", "unit": "H87", "productKey": 27112700, "discount": "0.00", "total": 1160}]});
        let lines = read(&unified, Some(&native));
        assert_eq!(lines[0].unit.as_deref(), Some("H87"));
        assert_eq!(lines[0].product_key.as_deref(), Some("27112700"));
        assert_eq!(lines[0].taxes.len(), 1);
        assert_eq!(lines[1].price, "310.10".parse().ok());
        assert_eq!(
            lines[1]
                .taxes
                .iter()
                .map(|tax| tax.id.clone())
                .collect::<Vec<_>>(),
            vec![Id::from("3"), Id::from("8")]
        );
    }

    #[test]
    fn a_line_that_cannot_be_read_stays_and_lines_left_out_come_from_the_native_record() {
        let lines = read(&json!({"line_items": [7, {"item": {"id": "12"}}]}), None);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0], Line::default());
        let native = json!({"items": [{"id": "12", "name": "Taladro 1/2", "price": "500.00", "quantity": 2,
            "discount": "0.00", "unit": "H87", "productKey": "27112700",
            "tax": [{"id": "3", "name": "IVA", "percentage": "16.00", "type": "IVA"}], "total": 1160}]});
        let lines = read(&json!({"id": "6"}), Some(&native));
        assert_eq!(lines[0].description, "Taladro 1/2");
        assert_eq!(lines[0].price, "500".parse().ok());
        assert_eq!(lines[0].taxes[0].name, "IVA");
    }
}
