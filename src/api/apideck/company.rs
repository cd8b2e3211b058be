//! The issuer: company-info (contract B.1) and the native `/company` (D.6). Read only.

use serde_json::Value;

use super::super::json::text_at;
use super::regime;
use super::wire::{Order, Resource, Row, read, told};
use crate::domain::company::{Company, CompanyId};
use crate::domain::field::Field;

/// As one record among the sixteen kinds.
pub(super) const COMPANY_INFO: Resource = Resource {
    rows: ROWS,
    paged: false,
    order: Order::None,
    raw: false,
    native: "company",
};

const ROWS: &[Row] = &[
    read(Field::Name, &["company_name", "legal_name"]).or_native(&["name"]),
    read(Field::Rfc, &["sales_tax_number"]).or_native(&["identification", "identification.number"]),
    told(Field::Regime, &["regime"]),
    read(Field::Zip, &["addresses.postal_code"]).or_native(&["address.zipCode", "zipCode"]),
    read(Field::Currency, &["currency"]).or_native(&["currency.code"]),
    read(Field::Status, &["status"]),
];

/// Alegra keeps its Mexican books in pesos unless it says otherwise (contract B.1).
const CURRENCY: &str = "MXN";

/// The company as both records tell it. The place of issue is taken from the native one alone: the address in Unify
/// may be any of several.
pub(super) fn read_company(id: CompanyId, unified: &Value, native: Option<&Value>) -> Company {
    let from = |part: Option<&Value>, paths: &[&str]| {
        paths
            .iter()
            .find_map(|path| part.and_then(|part| text_at(part, path)))
    };
    let either = |unified_paths: &[&str], native_paths: &[&str]| {
        from(Some(unified), unified_paths).or_else(|| from(native, native_paths))
    };
    Company {
        id,
        number: either(&["id"], &["id"]),
        name: either(&["company_name", "legal_name"], &["name"]).unwrap_or_default(),
        rfc: either(
            &["sales_tax_number"],
            &["identification", "identification.number"],
        )
        .map(|rfc| rfc.trim().to_owned())
        .unwrap_or_default(),
        regime: from(native, &["regime"]).and_then(|word| regime::code(&word)),
        zip: from(native, &["address.zipCode", "zipCode"]).map(|zip| zip.trim().to_owned()),
        currency: either(&["currency"], &["currency.code", "currency"])
            .unwrap_or_else(|| CURRENCY.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn regime_and_place_of_issue_come_from_the_native_record() {
        let unified = json!({"id": "1", "company_name": "ESCUELA KEMPER URGATE", "country": "MX",
                             "sales_tax_number": "EKU9003173C9", "currency": "MXN"});
        let native = json!({"name": "ESCUELA KEMPER URGATE", "identification": "EKU9003173C9",
                            "regime": "GENERAL_REGIME_OF_MORAL_PEOPLE_LAW",
                            "address": {"zipCode": "42501"}});
        let id = CompanyId("despacho-001".into());
        let company = read_company(id.clone(), &unified, Some(&native));
        assert_eq!(company.regime.as_deref(), Some("601"));
        assert_eq!(company.zip.as_deref(), Some("42501"));
        assert_eq!(company.number.as_deref(), Some("1"));
        let less = read_company(id, &unified, None);
        assert_eq!(less.rfc, "EKU9003173C9");
        assert_eq!((less.regime, less.zip), (None, None));
    }
}
