//! From a record and what is known around it to the draft that the fiscal rules judge.
//!
//! Nothing is guessed: what is not known stays empty, and the rules say so. Whether enough is known for a judgement to
//! be a claim about the document is [`is_surveyed`]'s to say. Never reads anything by itself.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::domain::company::Company;
use crate::domain::draft::{
    DocType, Draft, DraftLine, IssueDate, LineTax, Party, Relation, Tax, TaxKind, TaxRate,
};
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::record::{Id, Line, Record};
use crate::domain::relation;

/// What a document refers to.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// The issuer.
    pub company: Option<&'a Company>,
    /// The receiver's contact.
    pub receiver: Option<&'a Record>,
    /// The items of the lines.
    pub items: &'a BTreeMap<Id, Record>,
    /// All tax rates of the company.
    pub taxes: &'a [Record],
    /// The invoices that a credit note goes to.
    pub related: &'a BTreeMap<Id, Record>,
}

/// The ids of the items that the lines bill, each once.
pub fn items_of(record: &Record) -> Vec<Id> {
    let mut ids: Vec<Id> = record
        .lines
        .iter()
        .filter_map(|line| line.item.as_ref())
        .map(|link| link.id.clone())
        .collect();
    ids.sort();
    ids.dedup();
    ids
}

/// The ids of the invoices that a credit note goes to, each once.
pub fn related_to(record: &Record) -> Vec<Id> {
    if record.kind != Kind::CreditNotes {
        return Vec::new();
    }
    let mut ids: Vec<Id> = record
        .allocations
        .iter()
        .filter(|allocation| allocation.kind == Some(Kind::Invoices))
        .filter_map(|allocation| allocation.document.as_ref())
        .map(|link| link.id.clone())
        .collect();
    ids.sort();
    ids.dedup();
    ids
}

/// Whether the folios fiscales are known that a credit note will be related to; without them nothing can be said about
/// its relations.
pub fn knows_relations(record: &Record, around: Surroundings<'_>) -> bool {
    let mut invoices = related_to(record).into_iter();
    !record.text(Field::Related).is_empty()
        || invoices.all(|id| {
            let invoice = around.related.get(&id);
            invoice.is_some_and(|invoice| invoice.native_read)
        })
}

/// What a document says itself; a credit note that says nothing is related (01) to the stamped invoices that it goes to.
fn relations(record: &Record, around: Surroundings<'_>) -> Vec<Relation> {
    let named = relation::read(record.text(Field::Related));
    if !named.is_empty() {
        return named;
    }
    let uuids: Vec<String> = related_to(record)
        .iter()
        .filter_map(|id| around.related.get(id)?.stamp.uuid())
        .map(|uuid| uuid.as_str().to_owned())
        .collect();
    if uuids.is_empty() {
        return Vec::new();
    }
    vec![Relation {
        kind: relation::CREDITS.to_owned(),
        uuids,
    }]
}

/// Whether all is here that a judgement of this document needs: its own fiscal fields, issuer, receiver, items, taxes
/// and what it is related to. Less would make findings of what was only not read.
pub fn is_surveyed(record: &Record, around: Surroundings<'_>) -> bool {
    let issuer = around
        .company
        .is_some_and(|company| company.regime.is_some() && company.zip.is_some());
    let receiver = around.receiver.is_some_and(|contact| contact.native_read);
    let items = items_of(record)
        .iter()
        .all(|id| around.items.get(id).is_some_and(|item| item.native_read));
    let mut taxes = record.lines.iter().flat_map(|line| &line.taxes);
    let taxes = taxes.all(|link| around.taxes.iter().any(|tax| tax.id == link.id));
    record.native_read && issuer && receiver && items && taxes && knows_relations(record, around)
}

/// The draft that this record would become.
pub fn draft_of(record: &Record, around: Surroundings<'_>) -> Draft {
    Draft {
        id: Some(record.id.0.clone()).filter(|id| !id.is_empty()),
        doc_type: match record.kind {
            Kind::CreditNotes => DocType::Credit,
            _ => DocType::Income,
        },
        date: record
            .date(Field::Date)
            .map_or(IssueDate::Unreadable, IssueDate::Day),
        issuer: around.company.map(issuer).unwrap_or_default(),
        receiver: receiver(record, around.receiver),
        cfdi_use: record.text(Field::CfdiUse).to_owned(),
        payment_type: or(record.text(Field::PaymentType), "PUE"),
        payment_method: or(record.text(Field::PaymentMethod), "cash"),
        currency: or(record.text(Field::Currency), "MXN"),
        exchange_rate: record.number(Field::ExchangeRate),
        exportation: "01".to_owned(),
        terms: Some(record.text(Field::Terms).to_owned()).filter(|terms| !terms.is_empty()),
        due_date: record.date(Field::DueDate),
        server_total: record.money(Field::Total).map(|total| total.decimal()),
        global_info: None,
        relations: relations(record, around),
        lines: record
            .lines
            .iter()
            .map(|line| draft_line(line, around))
            .collect(),
    }
}

/// Alegra fills these in itself when nothing is said (contract 1.10).
fn or(text: &str, default: &str) -> String {
    if text.is_empty() { default } else { text }.to_owned()
}

fn issuer(company: &Company) -> Party {
    Party {
        rfc: company.rfc.clone(),
        name: company.name.clone(),
        regime: company.regime.clone().unwrap_or_default(),
        zip: company.zip.clone().unwrap_or_default(),
    }
}

/// The régimen of the contact, which a document that has none may take.
pub fn contact_regime(contact: Option<&Record>) -> Option<String> {
    let regime = contact?.text(Field::Regime);
    (!regime.is_empty()).then(|| regime.to_owned())
}

/// The régimen is that of the document alone: what is not in `regimeClient` is not stamped with, whatever the contact
/// says (contract C.1).
fn receiver(record: &Record, contact: Option<&Record>) -> Party {
    let of_contact = |field| contact.map_or("", |contact| contact.text(field));
    let rfc = match of_contact(Field::Rfc) {
        "" => record.text(Field::Rfc),
        rfc => rfc,
    };
    let name = match of_contact(Field::Name) {
        "" => record.text(Field::Contact),
        name => name,
    };
    Party {
        rfc: rfc.to_owned(),
        name: name.to_owned(),
        regime: record.text(Field::Regime).to_owned(),
        zip: of_contact(Field::Zip).to_owned(),
    }
}

fn draft_line(line: &Line, around: Surroundings<'_>) -> DraftLine {
    let item = line
        .item
        .as_ref()
        .and_then(|link| around.items.get(&link.id));
    let of_item = |field| item.map_or("", |item| item.text(field));
    let taxes: Vec<LineTax> = line
        .taxes
        .iter()
        .filter_map(|link| around.taxes.iter().find(|tax| tax.id == link.id))
        .filter_map(line_tax)
        .collect();
    let description = match line.description.as_str() {
        "" => line.item.as_ref().map_or("", |link| link.name.as_str()),
        text => text,
    };
    DraftLine {
        product_key: line
            .product_key
            .clone()
            .unwrap_or_else(|| of_item(Field::ProductKey).to_owned()),
        unit_key: line
            .unit
            .clone()
            .unwrap_or_else(|| of_item(Field::Unit).to_owned()),
        description: description.to_owned(),
        code: Some(of_item(Field::Code).to_owned()).filter(|code| !code.is_empty()),
        quantity: line.quantity,
        price: line.price.map(|price| price.decimal()),
        discount_pct: line.discount_pct.unwrap_or(Decimal::ZERO),
        // Alegra derives it from the taxes of the line.
        tax_object: if taxes.is_empty() { "01" } else { "02" }.to_owned(),
        taxes,
    }
}

/// The tax that a rate of the company stands for; nothing where its type is none that the CFDI knows.
///
/// Withholdings carry the word in their type or name, as Alegra's own list has them.
pub fn line_tax(rate: &Record) -> Option<LineTax> {
    let sort = rate.text(Field::TaxType).to_uppercase();
    let name = rate.text(Field::Name).to_uppercase();
    let percent = rate.number(Field::Rate);
    let withheld = sort.contains("RET") || name.starts_with("RET");
    let tax = if sort.contains("IEPS") {
        Tax::Ieps
    } else if sort.contains("ISR") {
        Tax::Isr
    } else if sort.contains("IVA") || sort.contains("EXEN") {
        Tax::Iva
    } else {
        return None;
    };
    let kind = if withheld || tax == Tax::Isr {
        TaxKind::Withholding
    } else {
        TaxKind::Transfer
    };
    let rate = if sort.contains("EXEN") || name.contains("EXENT") {
        TaxRate::Exempt
    } else {
        TaxRate::Percent(percent?)
    };
    Some(LineTax { tax, kind, rate })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::Value;

    fn rate(name: &str, sort: &str, percent: Option<i64>) -> Record {
        let mut rate = Record::new(Kind::TaxRates, Id::from("3"));
        rate.set(Field::Name, Value::Text(name.into()));
        rate.set(Field::TaxType, Value::Text(sort.into()));
        rate.set_some(
            Field::Rate,
            percent.map(|p| Value::Number(Decimal::from(p))),
        );
        rate
    }

    #[test]
    fn zero_exempt_and_none_are_three_different_things() {
        let zero = line_tax(&rate("IVA 0%", "IVA", Some(0))).expect("a tax");
        assert_eq!(zero.rate, TaxRate::Percent(Decimal::ZERO));
        let exempt = line_tax(&rate("Exento", "EXENTO", Some(0))).expect("a tax");
        assert_eq!((exempt.tax, exempt.rate), (Tax::Iva, TaxRate::Exempt));
        assert_eq!(line_tax(&rate("Otro", "OTRO", Some(3))), None);
    }

    #[test]
    fn a_withholding_is_known_by_its_type_or_name() {
        let isr = line_tax(&rate("ISR 10%", "ISR", Some(10))).expect("a tax");
        assert_eq!((isr.tax, isr.kind), (Tax::Isr, TaxKind::Withholding));
        let iva = line_tax(&rate("Ret. IVA", "IVA", Some(4))).expect("a tax");
        assert_eq!((iva.tax, iva.kind), (Tax::Iva, TaxKind::Withholding));
        let iva = line_tax(&rate("IVA", "IVA", Some(16))).expect("a tax");
        assert_eq!(iva.kind, TaxKind::Transfer);
    }

    #[test]
    fn the_regime_is_that_of_the_document_and_the_contact_only_offers_its_own() {
        let mut contact = Record::new(Kind::Customers, Id::from("7"));
        contact.set(Field::Regime, Value::Text("606".into()));
        contact.set(Field::Zip, Value::Text("36257".into()));
        let mut record = Record::new(Kind::Invoices, Id::from("6"));
        let items = BTreeMap::new();
        let around = Surroundings {
            company: None,
            receiver: Some(&contact),
            items: &items,
            taxes: &[],
            related: &items,
        };
        assert_eq!(draft_of(&record, around).receiver.regime, "");
        assert_eq!(contact_regime(around.receiver).as_deref(), Some("606"));
        assert_eq!(contact_regime(None), None);
        record.set(Field::Regime, Value::Text("612".into()));
        let draft = draft_of(&record, around);
        assert_eq!(draft.receiver.regime, "612");
        assert_eq!(draft.receiver.zip, "36257");
        assert_eq!(draft.payment_type, "PUE");
        assert_eq!(draft.payment_method, "cash");
    }

    #[test]
    fn an_exemption_is_known_by_its_type_alone_or_its_name_alone() {
        let by_name = line_tax(&rate("IVA exento", "IVA", Some(0))).expect("a tax");
        let by_type = line_tax(&rate("Libros", "EXENTO", Some(0))).expect("a tax");
        assert_eq!(
            (by_name.rate, by_type.rate),
            (TaxRate::Exempt, TaxRate::Exempt)
        );
        let withheld = line_tax(&rate("Retención", "IVA", Some(4))).expect("a tax");
        let typed = line_tax(&rate("Fletes", "IVA RET", Some(4))).expect("a tax");
        assert_eq!(
            (withheld.kind, typed.kind),
            (TaxKind::Withholding, TaxKind::Withholding)
        );
    }

    #[test]
    fn what_a_record_does_not_say_is_none_and_what_it_says_is_kept() {
        let mut item = Record::new(Kind::InvoiceItems, Id::from("3"));
        item.set(Field::ProductKey, Value::Text("43211503".into()));
        item.set(Field::Code, Value::Text("LAP".into()));
        let other = Record::new(Kind::InvoiceItems, Id::from("4"));
        let items = BTreeMap::from([(item.id.clone(), item), (other.id.clone(), other)]);
        let mut tax = rate("IVA", "IVA", Some(16));
        tax.id = Id::from("1");
        let taxes = [rate("IEPS", "IEPS", Some(8)), tax];
        let around = Surroundings {
            company: None,
            receiver: None,
            items: &items,
            taxes: &taxes,
            related: &items,
        };
        let link = |id: &str| {
            Some(crate::domain::record::Link {
                id: Id::from(id),
                name: "Computadora".into(),
            })
        };
        let mut record = Record::new(Kind::CreditNotes, Id::from(""));
        record.lines = ["3", "4"]
            .map(|id| Line {
                item: link(id),
                taxes: link("1").into_iter().collect(),
                ..Line::default()
            })
            .to_vec();
        let draft = draft_of(&record, around);
        assert_eq!((draft.id, draft.terms), (None, None));
        assert_eq!(draft.doc_type, DocType::Credit);
        assert_eq!(draft.lines[0].code.as_deref(), Some("LAP"));
        assert_eq!(draft.lines[0].product_key, "43211503");
        assert_eq!(draft.lines[0].description, "Computadora");
        assert_eq!(draft.lines[1].code, None);
        for line in &draft.lines {
            let rates: Vec<TaxRate> = line.taxes.iter().map(|tax| tax.rate).collect();
            assert_eq!(rates, [TaxRate::Percent(Decimal::from(16))]);
        }
        let mut record = Record::new(Kind::Invoices, Id::from("6"));
        record.set(Field::Terms, Value::Text("30 días".into()));
        let draft = draft_of(&record, around);
        assert_eq!(draft.id.as_deref(), Some("6"));
        assert_eq!(draft.terms.as_deref(), Some("30 días"));
        assert_eq!(draft.doc_type, DocType::Income);
    }
}
