//! `GET /company`: the issuer, with the régimen and the place of issue that Unify lacks.

use serde_json::{Value, json};

use super::super::books::COMPANY;

pub fn native() -> Value {
    json!({
        "id": COMPANY.id,
        "name": COMPANY.name,
        "identification": COMPANY.rfc,
        "phone": COMPANY.phone,
        "website": "",
        "email": COMPANY.email,
        "regime": COMPANY.regime,
        "regimeObject": [COMPANY.regime],
        "applicationVersion": "mexico",
        "timezone": "America/Mexico_City",
        "decimalPrecision": "2",
        "logo": null,
        "kindOfPerson": "LEGAL_ENTITY",
        "address": {
            "street": COMPANY.street,
            "exteriorNumber": COMPANY.exterior,
            "interiorNumber": "",
            "neighborhood": COMPANY.colony,
            "municipality": COMPANY.city,
            "state": COMPANY.state,
            "zipCode": COMPANY.zip,
            "country": "MEX",
        },
        "currency": {"code": "MXN", "symbol": "$"},
        "invoicePreferences": {"defaultAnotation": "", "defaultTermsAndConditions": ""},
    })
}

/// `GET /number-templates`: the one series of invoices.
pub fn number_templates(next_number: u32) -> Value {
    json!([{
        "id": "1",
        "name": "Facturas",
        "prefix": COMPANY.series,
        "status": "active",
        "documentType": "invoice",
        "isDefault": true,
        "autoincrement": true,
        "isElectronic": true,
        "nextInvoiceNumber": next_number.to_string(),
        "minInvoiceNumber": null,
        "maxInvoiceNumber": null,
    }])
}
