//! `GET /company`: the issuer, with the régimen and the place of issue that Unify lacks.

use serde_json::{Value, json};

use super::super::records::SaleKind;
use super::super::world::World;
use super::sales;

pub fn native(world: &World) -> Value {
    json!({
        "id": world.company,
        "name": world.tenant.company().name,
        "identification": world.tenant.company().rfc,
        "phone": world.tenant.company().phone,
        "website": "",
        "email": world.tenant.company().email,
        "regime": world.tenant.company().regime,
        "regimeObject": [world.tenant.company().regime],
        "applicationVersion": "mexico",
        "timezone": "America/Mexico_City",
        "decimalPrecision": "2",
        "logo": null,
        "kindOfPerson": "LEGAL_ENTITY",
        "address": {
            "street": world.tenant.company().street,
            "exteriorNumber": world.tenant.company().exterior,
            "interiorNumber": "",
            "neighborhood": world.tenant.company().colony,
            "municipality": world.tenant.company().city,
            "state": world.tenant.company().state,
            "zipCode": world.tenant.company().zip,
            "country": "MEX",
        },
        "currency": {"code": "MXN", "symbol": "$"},
        "invoicePreferences": {"defaultAnotation": "", "defaultTermsAndConditions": ""},
    })
}

/// `GET /number-templates`: one series for each kind of sales document.
pub fn number_templates(world: &World) -> Value {
    [
        (SaleKind::Invoice, "1", "Facturas", "invoice"),
        (SaleKind::CreditNote, "2", "Notas de crédito", "creditNote"),
        (SaleKind::Quote, "3", "Cotizaciones", "estimate"),
    ]
    .into_iter()
    .map(|(kind, id, name, word)| {
        json!({
            "id": id,
            "name": name,
            "prefix": sales::series(kind),
            "status": "active",
            "documentType": word,
            "isDefault": true,
            "autoincrement": true,
            "isElectronic": kind != SaleKind::Quote,
            "nextInvoiceNumber": world.next_number(kind).to_string(),
            "minInvoiceNumber": null,
            "maxInvoiceNumber": null,
        })
    })
    .collect()
}
