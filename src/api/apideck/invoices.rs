//! Invoices (contract B.8, D.6): the commercial record, the fiscal fields that only the native one has, the stamp.
//!
//! A stamp is claimed only with a well-formed UUID, and its absence only where the native record plainly has none:
//! what looks like a stamp but cannot be read counts as not read, so that nobody stamps it again.

use serde_json::Value;

use super::super::json::{at, text_at};
use super::related;
use super::wire::{Order, Resource, Row, both, native, read, told};
use crate::domain::field::Field;
use crate::domain::stamp::Stamp;

/// Facturas de venta.
pub(super) const INVOICES: Resource = Resource {
    rows: ROWS,
    paged: true,
    order: Order::Times,
    raw: true,
    native: "invoices",
};

const ROWS: &[Row] = &[
    read(Field::Number, &["number"]).or_native(&["numberTemplate.fullNumber"]),
    both(Field::Contact, &["customer"]).or_native(&["client"]),
    told(
        Field::Rfc,
        &["client.identification", "client.identification.number"],
    ),
    both(Field::Date, &["invoice_date"]).or_native(&["date"]),
    both(Field::DueDate, &["due_date"]).or_native(&["dueDate"]),
    both(Field::Terms, &["terms"]),
    both(Field::Memo, &["customer_memo"]).or_native(&["observations", "anotation"]),
    both(Field::Department, &["department_id"]).or_native(&["costCenter"]),
    read(Field::Status, &["status"]),
    both(Field::Currency, &["currency"]).or_native(&["currency.code"]),
    both(Field::ExchangeRate, &["currency_rate"]).or_native(&["currency.exchangeRate"]),
    read(Field::SubTotal, &["sub_total"]).or_native(&["subtotal"]),
    read(Field::Discount, &["discount_amount"]).or_native(&["discount"]),
    read(Field::TotalTax, &["total_tax"]).or_native(&["tax"]),
    read(Field::Total, &["total"]).or_native(&["total"]),
    read(Field::Balance, &["balance"]).or_native(&["balance"]),
    both(Field::PaymentMethod, &["payment_method"]).or_native(&["paymentMethod"]),
    native(Field::PaymentType, &["paymentType"]),
    native(Field::CfdiUse, &["cfdiUse"]),
    native(Field::Regime, &["regimeClient"]),
    native(Field::Quote, &["estimate"]),
    native(Field::Related, &[related::KEY]),
    told(Field::Zip, &["client.address.zipCode"]),
    told(Field::StampedAt, &["stamp.date"]),
    told(Field::SatSeal, &["stamp.satSign"]),
    told(Field::CfdiSeal, &["stamp.cfdiSign"]),
    told(Field::SatCertificate, &["stamp.satCertificateNumber"]),
    told(Field::CfdiCertificate, &["stamp.certificateNumber"]),
    told(Field::OriginalString, &["stamp.originalString"]),
    read(Field::CreatedAt, &["created_at"]),
    read(Field::UpdatedAt, &["updated_at"]),
];

/// What a native record says about its stamp (contract D.6: stamped ⇔ non-empty `stamp.uuid`).
pub(super) fn stamp(native: &Value) -> Stamp {
    let told = match native.get("stamp") {
        None | Some(Value::Null | Value::Bool(false)) => return Stamp::Unstamped,
        Some(Value::Array(list)) if list.is_empty() => return Stamp::Unstamped,
        Some(Value::String(text)) if text.trim().is_empty() => return Stamp::Unstamped,
        Some(told) => told,
    };
    let object = match told {
        Value::Array(list) => list.first().unwrap_or(told),
        _ => told,
    };
    let legal = text_at(object, "legalStatus")
        .unwrap_or_default()
        .to_ascii_uppercase();
    let uuid = match at(object, "uuid") {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) if text.trim().is_empty() => None,
        Some(Value::String(text)) => match text.parse() {
            Ok(uuid) => Some(uuid),
            Err(_) => return Stamp::NotRead,
        },
        Some(_) => return Stamp::NotRead,
    };
    match uuid {
        None if object.is_object() && !is_legal_life(&legal) => Stamp::Unstamped,
        None => Stamp::NotRead,
        Some(uuid) if is_cancelled(&legal) || is_void(native) => Stamp::Cancelled(uuid),
        Some(uuid) if legal == "CANCEL_PENDING" => Stamp::CancelPending(uuid),
        Some(uuid) => Stamp::Stamped(uuid),
    }
}

/// Words that only a stamped document has: without a UUID beside them something is missing from the answer.
fn is_legal_life(legal: &str) -> bool {
    legal == "STAMPED" || legal == "CANCEL_PENDING" || is_cancelled(legal)
}

fn is_cancelled(legal: &str) -> bool {
    matches!(legal, "CANCELLED" | "CANCELED")
}

fn is_void(native: &Value) -> bool {
    text_at(native, "status").is_some_and(|status| matches!(status.as_str(), "void" | "voided"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const UUID: &str = "5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F";

    #[test]
    fn a_stamp_is_read_from_its_uuid_and_legal_life() {
        let uuid = || UUID.parse().expect("a UUID");
        let lower = UUID.to_ascii_lowercase();
        for (native, expected) in [
            (json!({}), Stamp::Unstamped),
            (json!({"stamp": null}), Stamp::Unstamped),
            (json!({"stamp": []}), Stamp::Unstamped),
            (json!({"stamp": ""}), Stamp::Unstamped),
            (json!({"stamp": {"generateStamp": false}}), Stamp::Unstamped),
            (json!({"stamp": {"uuid": ""}}), Stamp::Unstamped),
            (json!({"stamp": {"uuid": lower}}), Stamp::Stamped(uuid())),
            (json!({"stamp": [{"uuid": UUID}]}), Stamp::Stamped(uuid())),
            (
                json!({"status": "open", "stamp": {"uuid": UUID, "legalStatus": "CANCEL_PENDING"}}),
                Stamp::CancelPending(uuid()),
            ),
            (
                json!({"status": "open", "stamp": {"uuid": UUID, "legalStatus": "CANCELLED"}}),
                Stamp::Cancelled(uuid()),
            ),
            (
                json!({"status": "void", "stamp": {"uuid": UUID, "legalStatus": "STAMPED"}}),
                Stamp::Cancelled(uuid()),
            ),
        ] {
            assert_eq!(stamp(&native), expected, "{native}");
        }
    }

    #[test]
    fn what_looks_like_a_stamp_and_cannot_be_read_is_no_claim() {
        for native in [
            json!({"stamp": {"uuid": "5F3C1A90"}}),
            json!({"stamp": {"uuid": 12}}),
            json!({"stamp": {"uuid": {"value": UUID}}}),
            json!({"stamp": {"legalStatus": "STAMPED"}}),
            json!({"stamp": {"uuid": null, "legalStatus": "CANCELLED"}}),
            json!({"stamp": UUID}),
            json!({"stamp": true}),
            json!({"stamp": 7}),
            json!({"stamp": [7]}),
        ] {
            assert_eq!(stamp(&native), Stamp::NotRead, "{native}");
        }
    }
}
