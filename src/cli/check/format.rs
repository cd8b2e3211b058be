//! The JSON form of a draft (`docs/draft-format.md`): one table of keys for the reader and the writer.
//!
//! The reader takes over what it can and reports the rest; whether what it took over is right, the fiscal rules say.

use jiff::civil::DateTime;
use rust_decimal::Decimal;

use super::form::{
    Absence, Coded, Form, Key, Place, Problems, day, read_list, read_object, write_object,
};
use super::json::Json;
use crate::domain::draft::{
    DocType, Draft, DraftLine, GlobalInfo, IssueDate, LineTax, Party, Relation, Tax, TaxKind,
    TaxRate,
};
use crate::sat::finding::Value;

/// Export key where nothing is said: none.
const NO_EXPORT: &str = "01";

/// The rows of a table: name of the key, its field, and what its absence means.
macro_rules! keys {
    ($($name:literal: $field:ident, $absence:ident;)+) => {
        &[$(Key::new(
            $name,
            Absence::$absence,
            |object| &object.$field,
            |object| &mut object.$field,
        )),+]
    };
}

const DRAFT: &[Key<Draft>] = keys! {
    "id": id, Usual;
    "docType": doc_type, Reported;
    "date": date, Judged;
    "issuer": issuer, Judged;
    "receiver": receiver, Judged;
    "cfdiUse": cfdi_use, Judged;
    "paymentType": payment_type, Judged;
    "paymentMethod": payment_method, Judged;
    "currency": currency, Judged;
    "exchangeRate": exchange_rate, Judged;
    "exportation": exportation, Judged;
    "terms": terms, Judged;
    "dueDate": due_date, Usual;
    "serverTotal": server_total, Usual;
    "globalInfo": global_info, Judged;
    "relations": relations, Judged;
    "lines": lines, Judged;
};

const PARTY: &[Key<Party>] = keys! {
    "rfc": rfc, Judged;
    "name": name, Judged;
    "regime": regime, Judged;
    "zip": zip, Judged;
};

const GLOBAL: &[Key<GlobalInfo>] = keys! {
    "periodicity": periodicity, Judged;
    "months": months, Judged;
    "year": year, Judged;
};

const RELATION: &[Key<Relation>] = keys! {
    "type": kind, Judged;
    "uuids": uuids, Judged;
};

const LINE: &[Key<DraftLine>] = keys! {
    "productKey": product_key, Judged;
    "unitKey": unit_key, Judged;
    "description": description, Judged;
    "code": code, Usual;
    "quantity": quantity, Judged;
    "price": price, Judged;
    // Without a discount the total would be a guess.
    "discountPct": discount_pct, Reported;
    "objetoImp": tax_object, Judged;
    "taxes": taxes, Judged;
};

const TAX: &[Key<TaxParts>] = keys! {
    "type": tax, Reported;
    "kind": kind, Reported;
    "factor": factor, Reported;
    "rate": rate, Judged;
};

/// Reads a draft as far as that is possible. Keys that are missing or null are empty in it; nothing at all comes out
/// where the value is no object.
pub fn read(json: Json) -> (Option<Draft>, Problems) {
    let mut draft = Draft {
        id: None,
        doc_type: DocType::Income,
        date: IssueDate::Unreadable,
        issuer: Party::default(),
        receiver: Party::default(),
        cfdi_use: String::new(),
        payment_type: String::new(),
        payment_method: String::new(),
        currency: String::new(),
        exchange_rate: None,
        exportation: NO_EXPORT.to_owned(),
        terms: None,
        due_date: None,
        server_total: None,
        global_info: None,
        relations: Vec::new(),
        lines: Vec::new(),
    };
    let mut problems = Problems::default();
    let is_object = matches!(json, Json::Object(_));
    read_object(&mut draft, DRAFT, json, &Place::Root, &mut problems);
    (is_object.then_some(draft), problems)
}

/// The draft as the reader would take it.
pub fn write(draft: &Draft) -> Json {
    write_object(draft, DRAFT)
}

/// The parts of a tax as the input names them.
#[derive(Clone, Copy, Debug, Default)]
struct TaxParts {
    tax: Option<Tax>,
    kind: Option<TaxKind>,
    factor: Option<Factor>,
    rate: Option<Decimal>,
}

/// c_TipoFactor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Factor {
    Tasa,
    Cuota,
    Exento,
}

impl TaxParts {
    /// The tax that the parts make. Says what is wrong with the rate, which depends on the factor.
    fn joined(self, at: &Place<'_>, problems: &mut Problems) -> Option<LineTax> {
        let at_rate = Place::Key(at, "rate");
        let rate = match (self.factor?, self.rate) {
            (Factor::Tasa, Some(rate)) => TaxRate::Percent(rate),
            (Factor::Cuota, Some(rate)) => TaxRate::PerUnit(rate),
            (Factor::Exento, None) => TaxRate::Exempt,
            (Factor::Exento, Some(rate)) => {
                problems.wrong(&at_rate, &rate.write(), Value::Choice("null"));
                return None;
            }
            (Factor::Tasa | Factor::Cuota, None) => {
                if !problems.spoils(&at_rate.to_string()) {
                    problems.missing(&at_rate, "rate", self.rate.expected());
                }
                return None;
            }
        };
        Some(LineTax {
            tax: self.tax?,
            kind: self.kind?,
            rate,
        })
    }

    fn of(tax: &LineTax) -> Self {
        let (factor, rate) = match tax.rate {
            TaxRate::Percent(rate) => (Factor::Tasa, Some(rate)),
            TaxRate::PerUnit(rate) => (Factor::Cuota, Some(rate)),
            TaxRate::Exempt => (Factor::Exento, None),
        };
        Self {
            tax: Some(tax.tax),
            kind: Some(tax.kind),
            factor: Some(factor),
            rate,
        }
    }
}

impl Coded for DocType {
    const CODES: &'static [(&'static str, Self)] = &[("I", Self::Income), ("E", Self::Credit)];
}

impl Coded for Tax {
    const CODES: &'static [(&'static str, Self)] =
        &[("IVA", Self::Iva), ("IEPS", Self::Ieps), ("ISR", Self::Isr)];
}

impl Coded for TaxKind {
    const CODES: &'static [(&'static str, Self)] = &[
        ("traslado", Self::Transfer),
        ("retencion", Self::Withholding),
    ];
}

impl Coded for Factor {
    const CODES: &'static [(&'static str, Self)] = &[
        ("Tasa", Self::Tasa),
        ("Cuota", Self::Cuota),
        ("Exento", Self::Exento),
    ];
}

impl Form for DocType {
    fn expected(&self) -> Value {
        Some(*self).expected()
    }

    fn read(&mut self, json: Json, at: &Place<'_>, problems: &mut Problems) {
        let mut read = Some(*self);
        read.read(json, at, problems);
        *self = read.unwrap_or(*self);
    }

    fn write(&self) -> Json {
        Some(*self).write()
    }
}

/// A text that is no day is left to the rule about dates.
impl Form for IssueDate {
    fn expected(&self) -> Value {
        Value::Choice("day")
    }

    fn read(&mut self, json: Json, at: &Place<'_>, problems: &mut Problems) {
        match json {
            Json::Text(text) => {
                *self = day(&text)
                    .map(Self::Day)
                    .or_else(|| instant(&text).map(Self::Instant))
                    .unwrap_or(Self::Unreadable);
            }
            other => problems.wrong(at, &other, self.expected()),
        }
    }

    fn write(&self) -> Json {
        match self {
            Self::Day(day) => Json::Text(day.to_string()),
            Self::Instant(instant) => Json::Text(instant.strftime("%Y-%m-%dT%H:%M:%S").to_string()),
            Self::Unreadable => Json::Null,
        }
    }
}

/// `2026-03-18T12:00:00`, and nothing else: with a zone it would be another hour.
fn instant(text: &str) -> Option<DateTime> {
    let (date, time) = text.split_once('T')?;
    let shape = time.len() == 8
        && time.bytes().enumerate().all(|(idx, byte)| match idx {
            2 | 5 => byte == b':',
            _ => byte.is_ascii_digit(),
        });
    // The library knows leap seconds; a CFDI does not.
    let leap = time.ends_with(":60");
    day(date)?;
    (shape && !leap).then(|| text.parse().ok()).flatten()
}

/// Says of a type how it is read and written by its table of keys.
macro_rules! object {
    ($type:ty, $keys:expr) => {
        impl Form for $type {
            fn expected(&self) -> Value {
                Value::Choice("object")
            }

            fn read(&mut self, json: Json, at: &Place<'_>, problems: &mut Problems) {
                read_object(self, $keys, json, at, problems);
            }

            fn write(&self) -> Json {
                write_object(self, $keys)
            }
        }
    };
}

object!(Party, PARTY);
object!(GlobalInfo, GLOBAL);
object!(Relation, RELATION);
object!(DraftLine, LINE);

impl Form for Option<GlobalInfo> {
    fn expected(&self) -> Value {
        Value::Choice("object")
    }

    fn read(&mut self, json: Json, at: &Place<'_>, problems: &mut Problems) {
        self.insert(GlobalInfo::default()).read(json, at, problems);
    }

    fn write(&self) -> Json {
        self.as_ref().map_or(Json::Null, Form::write)
    }
}

impl Form for Vec<Relation> {
    fn expected(&self) -> Value {
        Value::Choice("list")
    }

    fn read(&mut self, json: Json, at: &Place<'_>, problems: &mut Problems) {
        read_list(json, at, problems, |element, at, problems| {
            let mut relation = Relation::default();
            relation.read(element, at, problems);
            self.push(relation);
        });
    }

    fn write(&self) -> Json {
        Json::List(self.iter().map(Form::write).collect())
    }
}

/// What is no object is an empty line, so that the others keep their numbers.
impl Form for Vec<DraftLine> {
    fn expected(&self) -> Value {
        Value::Choice("list")
    }

    fn read(&mut self, json: Json, at: &Place<'_>, problems: &mut Problems) {
        read_list(json, at, problems, |element, at, problems| {
            let mut line = DraftLine::default();
            line.read(element, at, problems);
            self.push(line);
        });
    }

    fn write(&self) -> Json {
        Json::List(self.iter().map(Form::write).collect())
    }
}

/// A tax of which a part is missing is none; then nothing can be said of the taxes of its line.
impl Form for Vec<LineTax> {
    fn expected(&self) -> Value {
        Value::Choice("list")
    }

    fn read(&mut self, json: Json, at: &Place<'_>, problems: &mut Problems) {
        let mut all = true;
        read_list(json, at, problems, |element, at, problems| {
            let mut parts = TaxParts::default();
            read_object(&mut parts, TAX, element, at, problems);
            let tax = parts.joined(at, problems);
            all &= tax.is_some();
            self.extend(tax);
        });
        if !all {
            problems.leave_unread(at);
        }
    }

    fn write(&self) -> Json {
        let taxes = self.iter().map(TaxParts::of);
        Json::List(taxes.map(|parts| write_object(&parts, TAX)).collect())
    }
}
