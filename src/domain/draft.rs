//! What a document would put into its CFDI: the input of the fiscal rules.
//!
//! Texts are kept as they were typed or read, because judging them is the rules' work, not the reader's.
//! The JSON form is that of the user guide (`docs/draft-format.md`).

use jiff::civil::{Date, DateTime};
use rust_decimal::Decimal;

/// CFDI type of the document (c_TipoDeComprobante).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DocType {
    /// `I`, ingreso: an invoice.
    Income,
    /// `E`, egreso: a credit note.
    Credit,
}

/// The day, and the hour where one is known, in the zone of the issue place. Never shifted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IssueDate {
    /// Only the day is known; Alegra adds the hour when it stamps.
    Day(Date),
    /// Day and hour.
    Instant(DateTime),
    /// Missing, or no calendar day.
    Unreadable,
}

/// Issuer or receiver as the CFDI names them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party {
    /// RFC as stored, not cleaned.
    pub rfc: String,
    /// Nombre or razón social.
    pub name: String,
    /// Régimen fiscal as SAT code (`601`); empty when unknown.
    pub regime: String,
    /// Código postal: the fiscal domicile of a receiver, the place of issue of an issuer.
    pub zip: String,
}

/// InformacionGlobal of an invoice to público en general (SAT rules §10).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GlobalInfo {
    /// c_Periodicidad, `01`–`05`.
    pub periodicity: String,
    /// c_Meses, `01`–`18`.
    pub months: String,
    /// Four digits.
    pub year: String,
}

/// One CfdiRelacionados node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relation {
    /// c_TipoRelacion, `01`–`07`.
    pub kind: String,
    /// Folios fiscales, as typed.
    pub uuids: Vec<String>,
}

/// Which tax (c_Impuesto).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tax {
    /// `002`
    Iva,
    /// `003`
    Ieps,
    /// `001`
    Isr,
}

/// Transferred to the buyer or withheld by the buyer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TaxKind {
    /// Traslado: adds to the total.
    Transfer,
    /// Retención: takes from the total.
    Withholding,
}

/// How the tax is reckoned (c_TipoFactor) and with what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TaxRate {
    /// Tasa, in percent (16 is 16 %).
    Percent(Decimal),
    /// Cuota, in pesos per unit.
    PerUnit(Decimal),
    /// Exento: a tax node without an amount.
    Exempt,
}

/// A tax on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineTax {
    /// Which tax.
    pub tax: Tax,
    /// Transferred or withheld.
    pub kind: TaxKind,
    /// Factor and rate.
    pub rate: TaxRate,
}

/// One concepto.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftLine {
    /// c_ClaveProdServ, eight digits as text; empty when missing.
    pub product_key: String,
    /// c_ClaveUnidad, case as the SAT writes it; empty when missing.
    pub unit_key: String,
    /// Descripción.
    pub description: String,
    /// NoIdentificacion, the own code.
    pub code: Option<String>,
    /// Cantidad; `None` when missing or unreadable.
    pub quantity: Option<Decimal>,
    /// ValorUnitario; `None` when missing or unreadable.
    pub price: Option<Decimal>,
    /// Percent of quantity × price.
    pub discount_pct: Decimal,
    /// c_ObjetoImp, `01`–`08`.
    pub tax_object: String,
    /// Taxes of the line, transfers and withholdings.
    pub taxes: Vec<LineTax>,
}

/// A document before its stamp, as the fiscal rules see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Echoed in results; the document's id where it has one.
    pub id: Option<String>,
    /// Invoice or credit note.
    pub doc_type: DocType,
    /// Fecha.
    pub date: IssueDate,
    /// Emisor and LugarExpedicion.
    pub issuer: Party,
    /// Receptor.
    pub receiver: Party,
    /// UsoCFDI.
    pub cfdi_use: String,
    /// MetodoPago, `PUE` or `PPD`.
    pub payment_type: String,
    /// FormaPago as Alegra's word (`transfer`).
    pub payment_method: String,
    /// ISO 4217.
    pub currency: String,
    /// TipoCambio.
    pub exchange_rate: Option<Decimal>,
    /// c_Exportacion; `01` when nothing is said.
    pub exportation: String,
    /// CondicionesDePago.
    pub terms: Option<String>,
    /// When payment is due; only for the hints about PUE and PPD.
    pub due_date: Option<Date>,
    /// The total that the server computed, to be compared with ours.
    pub server_total: Option<Decimal>,
    /// Only on global invoices.
    pub global_info: Option<GlobalInfo>,
    /// CfdiRelacionados.
    pub relations: Vec<Relation>,
    /// Conceptos.
    pub lines: Vec<DraftLine>,
}
