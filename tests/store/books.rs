//! Books of any size, the same for the same seed, to fill a cache with.

use fastrand::Rng;
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use rust_decimal::Decimal;
use timbra::domain::company::CompanyId;
use timbra::domain::field::{Field, Value};
use timbra::domain::kind::Kind;
use timbra::domain::money::Money;
use timbra::domain::record::{Id, Line, Link, Record};
use timbra::domain::stamp::Stamp;
use timbra::domain::status::Status;
use timbra::store::cache::{Cache, Row};

/// The day on which these books are looked at.
pub const TODAY: Date = date(2026, 5, 20);

/// A record and its raw text.
pub struct Page {
    pub record: Record,
    pub raw: Option<String>,
}

/// Who is on the other side of a document.
pub struct Party {
    pub id: Id,
    pub name: String,
    pub rfc: String,
}

/// Whose books these are.
pub fn company() -> CompanyId {
    CompanyId("test-consumer".to_owned())
}

/// When the books were read.
pub fn read_at() -> Timestamp {
    "2026-05-20T20:32:00Z".parse().expect("a moment")
}

/// Keeps pages as they are read.
pub fn fill(cache: &mut Cache, company: &CompanyId, pages: &[Page]) {
    let rows: Vec<Row<'_>> = pages
        .iter()
        .map(|page| Row {
            record: &page.record,
            raw: page.raw.as_deref(),
        })
        .collect();
    cache.upsert(company, &rows, read_at()).expect("written");
}

pub const FIRST: [&str; 16] = [
    "Universidad",
    "Comercializadora",
    "Grupo",
    "Servicios",
    "Xenón",
    "Mármoles",
    "Talleres",
    "Escuela",
    "Abarrotes",
    "Constructora",
    "Farmacia",
    "Hotelera",
    "Jardín",
    "Ñandú",
    "Papelería",
    "Refacciones",
];
pub const SECOND: [&str; 16] = [
    "Robótica",
    "Industrial",
    "del Norte",
    "Kemper",
    "Urgate",
    "& Hijos",
    "Española",
    "del Bajío",
    "San José",
    "Marítima",
    "La Paz",
    "de Occidente",
    "Azteca",
    "Martínez",
    "Peninsular",
    "Cafetera",
];
const THIRD: [&str; 8] = [
    "",
    "Artículos",
    "Monterrey",
    "2000",
    "S.C.",
    "del Centro",
    "Mayoreo",
    "Ágil",
];

/// Name and RFC of the nth customer.
pub fn customer(n: u32) -> (String, String) {
    let pick = |words: &[&str], n: u32| words[n as usize % words.len()].to_owned();
    let name = [
        pick(&FIRST, n),
        pick(&SECOND, n / 16),
        pick(&THIRD, n / 256),
    ]
    .join(" ")
    .to_uppercase();
    let letters: String = name
        .chars()
        .filter(char::is_ascii_alphabetic)
        .take(3)
        .collect();
    (
        name.trim().to_owned(),
        format!("{letters}{:06}{:03X}", 900_101 + n % 1000, n % 4096),
    )
}

/// One of so many customers.
pub fn one_of(customers: u32) -> impl FnOnce(&mut Rng) -> Party {
    move |rng| {
        let number = rng.u32(0..customers);
        let (name, rfc) = customer(number);
        let id = Id(number.to_string());
        Party { id, name, rfc }
    }
}

/// The nth invoice of a book of so many: mostly stamped, dates rising over twelve months.
pub fn invoice(rng: &mut Rng, n: u32, of: u32, whom: impl FnOnce(&mut Rng) -> Party) -> Page {
    let mut record = Record::new(Kind::Invoices, Id(n.to_string()));
    let back = i64::from(of - n) * 365 / i64::from(of);
    let day = TODAY.checked_sub(back.days()).expect("a day");
    let Party { id, name, rfc } = whom(rng);
    let net = Decimal::new(rng.i64(1_000..5_000_000), 2);
    let tax = (net * Decimal::new(16, 2)).round_dp(2);
    let draft = rng.u32(0..20) == 0;
    let status = match rng.u32(0..10) {
        _ if draft => Status::Draft,
        0..=4 => Status::Paid,
        5 => Status::PartiallyPaid,
        6 => Status::Voided,
        _ => Status::Authorised,
    };
    let total = Money::new(net + tax);
    let balance = match status {
        Status::Paid | Status::Voided => Money::ZERO,
        Status::PartiallyPaid => Money::new(net),
        _ => total,
    };
    let text = |text: &str| Value::Text(text.to_owned());
    if !draft {
        record.set(Field::Number, Value::Text(format!("A-{n}")));
    }
    let contact = Link {
        id,
        name: name.clone(),
    };
    record.set(Field::Contact, Value::Link(contact));
    record.set(Field::Rfc, Value::Text(rfc.clone()));
    record.set(Field::Date, Value::Date(day));
    record.set(
        Field::DueDate,
        Value::Date(day.checked_add(30.days()).expect("a day")),
    );
    let updated: Timestamp = format!("{day}T18:04:09Z").parse().expect("a moment");
    record.set(Field::CreatedAt, Value::Instant(updated));
    record.set(Field::UpdatedAt, Value::Instant(updated));
    record.set(Field::Currency, text("MXN"));
    record.set(Field::SubTotal, Value::Money(Money::new(net)));
    record.set(Field::TotalTax, Value::Money(Money::new(tax)));
    record.set(Field::Total, Value::Money(total));
    record.set(Field::Balance, Value::Money(balance));
    record.set(Field::Status, Value::Status(status));
    record.set(Field::PaymentMethod, text("transfer"));
    record.lines = (0..rng.u32(1..4))
        .map(|line| line_of(rng, line, net))
        .collect();
    native(rng, &mut record, draft);
    let raw = raw(&record, &name, &rfc);
    Page {
        record,
        raw: Some(raw),
    }
}

fn line_of(rng: &mut Rng, n: u32, net: Decimal) -> Line {
    let item = rng.u32(1..60);
    Line {
        item: Some(Link {
            id: Id(item.to_string()),
            name: format!("Servicio {item}"),
        }),
        description: format!("Servicio de mantenimiento {item}, visita {n}"),
        quantity: Some(Decimal::ONE),
        price: Some(Money::new(net)),
        taxes: vec![Link {
            id: Id::from("3"),
            name: "IVA 16%".to_owned(),
        }],
        total: Some(Money::new(net)),
        unit: Some("E48".to_owned()),
        product_key: Some("81112000".to_owned()),
        ..Line::default()
    }
}

fn native(rng: &mut Rng, record: &mut Record, draft: bool) {
    let text = |text: String| Value::Text(text);
    record.native_read = true;
    record.set(Field::CfdiUse, text("G03".to_owned()));
    let policy = match record.id.as_str().ends_with('7') {
        true => "PPD",
        false => "PUE",
    };
    record.set(Field::PaymentType, text(policy.to_owned()));
    record.set(Field::Regime, text("601".to_owned()));
    if draft {
        record.stamp = Stamp::Unstamped;
        return;
    }
    let digits = format!("{:032X}", rng.u128(..));
    let uuid = [
        &digits[..8],
        &digits[8..12],
        &digits[12..16],
        &digits[16..20],
        &digits[20..],
    ]
    .join("-");
    let seal = base64(rng);
    record.set(Field::StampedAt, text("2026-05-31T12:04:09".to_owned()));
    record.set(Field::SatSeal, text(base64(rng)));
    record.set(
        Field::OriginalString,
        text(format!(
            "||1.1|{uuid}|2026-05-31T12:04:09|SAT970701NN3|{seal}|30001000000500003416||"
        )),
    );
    record.set(Field::CfdiSeal, text(seal));
    record.set(
        Field::SatCertificate,
        text("30001000000500003456".to_owned()),
    );
    record.set(
        Field::CfdiCertificate,
        text("30001000000500003416".to_owned()),
    );
    record.stamp = Stamp::Stamped(uuid.parse().expect("a UUID"));
}

/// A seal: 256 random bytes as text.
fn base64(rng: &mut Rng) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut seal: String = (0..342)
        .map(|_| char::from(DIGITS[rng.usize(..64)]))
        .collect();
    seal.push_str("==");
    seal
}

/// The native record behind it, shaped like contract D.6.
fn raw(record: &Record, name: &str, rfc: &str) -> String {
    let amount = |field| {
        record
            .money(field)
            .unwrap_or_default()
            .decimal()
            .to_string()
    };
    let stamp = record.stamp.uuid().map(|uuid| {
        serde_json::json!({
            "uuid": uuid.as_str(), "date": "2026-05-31T12:04:09", "satSign": record.text(Field::SatSeal),
            "cfdiSign": record.text(Field::CfdiSeal), "satCertificateNumber": "30001000000500003456",
            "certificateNumber": "30001000000500003416", "originalString": record.text(Field::OriginalString),
            "version": "1.1", "legalStatus": "STAMPED",
        })
    });
    let items: Vec<_> = record
        .lines
        .iter()
        .map(|line| {
            serde_json::json!({
                "id": line.item.as_ref().map(|item| item.id.as_str()), "name": line.description,
                "price": amount(Field::SubTotal), "quantity": 1, "discount": "0.00", "unit": "E48",
                "productKey": "81112000",
                "tax": [{"id": "3", "name": "IVA", "percentage": "16.00", "type": "IVA"}],
            })
        })
        .collect();
    serde_json::json!({
        "id": record.id.as_str(), "date": record.date(Field::Date).map(|day| day.to_string()), "status": "open",
        "client": {"id": record.link(Field::Contact).map(|link| link.id.as_str()), "name": name, "identification": rfc},
        "numberTemplate": {"id": "1", "prefix": "A", "number": record.id.as_str(), "fullNumber": record.text(Field::Number)},
        "items": items, "subtotal": amount(Field::SubTotal), "tax": amount(Field::TotalTax),
        "total": amount(Field::Total), "balance": amount(Field::Balance), "decimalPrecision": "2",
        "currency": {"code": "MXN", "symbol": "$", "exchangeRate": "1.00"},
        "paymentMethod": "transfer", "paymentType": "PUE", "cfdiUse": "G03",
        "regimeClient": "GENERAL_REGIME_OF_MORAL_PEOPLE_LAW", "stamp": stamp, "payments": [],
    })
    .to_string()
}
