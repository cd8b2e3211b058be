//! Lines: keys, texts, quantity, price, discount (SAT rules §7).

use rust_decimal::Decimal;

use super::super::finding::{Field, Finding, LineField, Path, Value};
use super::{Case, has_decimals_within, table, text_fault};
use crate::domain::draft::DraftLine;

/// Decimals of a quantity and of a price.
const DECIMALS: u32 = 6;
/// Integer digits of a price: it stays below 10¹⁸.
const PRICE_LIMIT: Decimal = Decimal::from_parts(2_808_348_672, 232_830_643, 0, false, 0);
/// Longest description.
const DESCRIPTION_LIMIT: usize = 1000;
/// Longest own code.
const OWN_CODE_LIMIT: usize = 100;
/// The key that says that there is no key.
const NOT_IN_CATALOGUE: &str = "01010101";
/// Fuels for which the SAT demands a complement: petrol, diesel, kerosene, aviation and marine fuel, gas.
pub(super) const FUELS: [&str; 12] = [
    "15101500", "15101502", "15101504", "15101505", "15101506", "15101509", "15101513", "15101514",
    "15101515", "15111510", "15111511", "15111512",
];
/// Units as people write them, and the SAT's key for each. Not PZ: the SAT knows it as a dry peck.
pub(super) const USUAL_UNITS: [(&str, &str); 17] = [
    ("PZA", "H87"),
    ("PIEZA", "H87"),
    ("PCE", "H87"),
    ("UNI", "H87"),
    ("UNIDAD", "H87"),
    ("SER", "E48"),
    ("SERV", "E48"),
    ("SERVICIO", "E48"),
    ("KG", "KGM"),
    ("KILO", "KGM"),
    ("LT", "LTR"),
    ("LITRO", "LTR"),
    ("MT", "MTR"),
    ("METRO", "MTR"),
    ("HR", "HUR"),
    ("HORA", "HUR"),
    ("CAJA", "XBX"),
];

/// Judges each line by itself.
pub(super) fn check(case: &Case, found: &mut Vec<Finding>) {
    if case.draft.lines.is_empty() {
        found.push(Finding::new(&table::LINES, Field::Lines));
    }
    for (idx, line) in case.draft.lines.iter().enumerate() {
        product(case, idx, line, found);
        unit(case, idx, line, found);
        texts(idx, line, found);
        numbers(idx, line, found);
    }
}

fn product(case: &Case, idx: usize, line: &DraftLine, found: &mut Vec<Finding>) {
    let key = line.product_key.as_str();
    let at = Path::Line(idx, LineField::ProductKey);
    if case.catalogs.product_name(key).is_none() {
        found.push(if case.catalogs.is_schema_only_product(key) {
            Finding::new(&table::PRODUCT_SCHEMA_ONLY, at).with("found", key)
        } else {
            Finding::new(&table::PRODUCT, at).with_found(key)
        });
    } else if key == NOT_IN_CATALOGUE {
        if !case.is_global() {
            found.push(Finding::new(&table::PRODUCT_NONE, at));
        }
    } else if FUELS.contains(&key) {
        found.push(Finding::new(&table::PRODUCT_FUEL, at).with("found", key));
    }
}

fn unit(case: &Case, idx: usize, line: &DraftLine, found: &mut Vec<Finding>) {
    let key = line.unit_key.as_str();
    if case.catalogs.unit_name(key).is_none() {
        let meant = meant_unit(case, key);
        let state = match (key.trim(), &meant) {
            ("", _) => "missing",
            (_, Some(_)) => "meant",
            (_, None) => "wrong",
        };
        found.push(
            Finding::new(&table::UNIT, Path::Line(idx, LineField::UnitKey))
                .with_state(state, key)
                .with("expected", meant.unwrap_or_default()),
        );
    }
}

/// The key that was probably meant; nothing where none suggests itself.
fn meant_unit(case: &Case, written: &str) -> Option<String> {
    let capitals = written.trim().trim_end_matches('.').to_uppercase();
    USUAL_UNITS
        .iter()
        .find(|(usual, _)| *usual == capitals)
        .map(|(_, key)| (*key).to_owned())
        .or_else(|| {
            case.catalogs
                .unit_name(&capitals)
                .is_some()
                .then_some(capitals)
        })
}

fn texts(idx: usize, line: &DraftLine, found: &mut Vec<Finding>) {
    if let Some(reason) = text_fault(&line.description, DESCRIPTION_LIMIT) {
        found.push(
            Finding::new(&table::DESCRIPTION, Path::Line(idx, LineField::Description))
                .with("reason", Value::Choice(reason)),
        );
    }
    if let Some(code) = line.code.as_deref().filter(|code| !code.is_empty())
        && let Some(reason @ ("bar" | "long" | "control")) = text_fault(code, OWN_CODE_LIMIT)
    {
        found.push(
            Finding::new(&table::OWN_CODE, Path::Line(idx, LineField::Code))
                .with("reason", Value::Choice(reason)),
        );
    }
}

fn numbers(idx: usize, line: &DraftLine, found: &mut Vec<Finding>) {
    let fits =
        |quantity: &Decimal| *quantity > Decimal::ZERO && has_decimals_within(*quantity, DECIMALS);
    if !line.quantity.as_ref().is_some_and(fits) {
        found.push(
            Finding::new(&table::QUANTITY, Path::Line(idx, LineField::Quantity))
                .with_found(&written(line.quantity)),
        );
    }
    let at = Path::Line(idx, LineField::Price);
    match line.price {
        Some(price) if price > Decimal::ZERO => {
            if !has_decimals_within(price, DECIMALS) || price >= PRICE_LIMIT {
                found.push(Finding::new(&table::PRICE_FORM, at).with("found", price));
            }
        }
        price => found.push(Finding::new(&table::PRICE, at).with_found(&written(price))),
    }
    if line.discount_pct < Decimal::ZERO || line.discount_pct > Decimal::ONE_HUNDRED {
        found.push(
            Finding::new(&table::DISCOUNT, Path::Line(idx, LineField::DiscountPct))
                .with("found", line.discount_pct),
        );
    }
}

/// A number as found; an empty text where there is none.
fn written(number: Option<Decimal>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}
