//! How an unstamped document of the books stands before the fiscal rules, for lists and counts.
//!
//! Says nothing where too little is known, and says until when its verdict holds, because some rules turn by the clock
//! alone. Never reads a clock: the caller tells the time.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::assembly::{Surroundings, draft_of, is_surveyed};
use super::catalogs::Catalogs;
use super::catalogs::zips::Zone;
use super::rules::{Knowledge, holds_until, validate};
use crate::domain::company::Company;
use crate::domain::draft::Draft;
use crate::domain::record::Record;
use crate::domain::verdict::{Judged, Verdict};

/// The zone of the place where a draft is issued; that of most of the country where the place is not known.
pub fn zone(draft: &Draft, catalogs: &Catalogs) -> Zone {
    zone_of(&draft.issuer.zip, catalogs)
}

fn zone_of(zip: &str, catalogs: &Catalogs) -> Zone {
    catalogs.zip(zip).map_or(Zone::Centro, |zip| zip.zone)
}

/// The clock by which a company's days and hours are told: that of its issue place, and that of most of the country as
/// long as the place or the catalogues are not known. UTC where the time zone database has no such zone.
pub fn clock_of(company: Option<&Company>, catalogs: Option<&Catalogs>) -> TimeZone {
    let zip = company.and_then(|company| company.zip.as_deref());
    let zone = match (zip, catalogs) {
        (Some(zip), Some(catalogs)) => zone_of(zip, catalogs),
        _ => Zone::Centro,
    };
    TimeZone::get(zone.iana()).unwrap_or(TimeZone::UTC)
}

/// The verdict on a document; nothing where not all is here that the rules need.
///
/// # Errors
/// Where the zone of the issue place is not in the time zone database.
pub fn judge(
    record: &Record,
    around: Surroundings<'_>,
    catalogs: &Catalogs,
    now: Timestamp,
) -> Result<Option<Judged>, jiff::Error> {
    if !is_surveyed(record, around) {
        return Ok(None);
    }
    let draft = draft_of(record, around);
    let here = now.in_tz(zone(&draft, catalogs).iana())?;
    let findings = validate(&draft, catalogs, here.datetime(), &Knowledge::default());
    let until = holds_until(&draft, here.datetime()).to_zoned(here.time_zone().clone())?;
    Ok(Some(Judged {
        verdict: Verdict::of(&findings),
        until: until.timestamp(),
    }))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::company::CompanyId;
    use crate::domain::field::{Field, Value};
    use crate::domain::kind::Kind;
    use crate::domain::money::Money;
    use crate::domain::record::{Allocation, Id, Line, Link};
    use crate::domain::stamp::Stamp;
    use crate::sat::rules::tests::CATALOGS;

    fn company() -> Company {
        Company {
            id: CompanyId("test".to_owned()),
            number: None,
            name: "ESCUELA KEMPER URGATE".to_owned(),
            rfc: "EKU9003173C9".to_owned(),
            regime: Some("601".to_owned()),
            zip: Some("42501".to_owned()),
            currency: "MXN".to_owned(),
        }
    }

    fn record(kind: Kind, id: &str, texts: &[(Field, &str)]) -> Record {
        let mut record = Record::new(kind, Id::from(id));
        for (field, text) in texts {
            record.set(*field, Value::Text((*text).to_owned()));
        }
        record.native_read = true;
        record
    }

    /// A document against which nothing can be said, and what it refers to.
    struct Books {
        company: Company,
        document: Record,
        receiver: Record,
        items: BTreeMap<Id, Record>,
        taxes: Vec<Record>,
        related: BTreeMap<Id, Record>,
    }

    impl Books {
        fn sound() -> Self {
            let link = |id: &str| Link {
                id: Id::from(id),
                name: "Computadora portátil".to_owned(),
            };
            let mut document = record(
                Kind::Invoices,
                "6",
                &[
                    (Field::CfdiUse, "G03"),
                    (Field::Regime, "601"),
                    (Field::PaymentType, "PPD"),
                    (Field::PaymentMethod, "other"),
                    (Field::Currency, "MXN"),
                ],
            );
            document.set(Field::Contact, Value::Link(link("7")));
            document.set(Field::Date, Value::Date(jiff::civil::date(2026, 3, 18)));
            document.lines = vec![Line {
                item: Some(link("3")),
                description: "Computadora portátil".to_owned(),
                quantity: Some(2.into()),
                price: Some(Money::new(12_500.into())),
                taxes: vec![link("1")],
                ..Line::default()
            }];
            let receiver = record(
                Kind::Customers,
                "7",
                &[
                    (Field::Rfc, "URE180429TM6"),
                    (Field::Name, "UNIVERSIDAD ROBOTICA ESPAÑOLA"),
                    (Field::Zip, "86991"),
                    (Field::Regime, "601"),
                ],
            );
            let item = record(
                Kind::InvoiceItems,
                "3",
                &[(Field::ProductKey, "43211503"), (Field::Unit, "H87")],
            );
            let mut tax = record(
                Kind::TaxRates,
                "1",
                &[(Field::Name, "IVA"), (Field::TaxType, "IVA")],
            );
            tax.set(Field::Rate, Value::Number(16.into()));
            Self {
                company: company(),
                document,
                receiver,
                items: BTreeMap::from([(item.id.clone(), item)]),
                taxes: vec![tax],
                related: BTreeMap::new(),
            }
        }

        fn around(&self) -> Surroundings<'_> {
            Surroundings {
                company: Some(&self.company),
                receiver: Some(&self.receiver),
                items: &self.items,
                taxes: &self.taxes,
                related: &self.related,
            }
        }

        fn at(&self, now: &str) -> Option<Judged> {
            let now = now.parse().expect("a moment");
            judge(&self.document, self.around(), &CATALOGS, now).expect("a zone")
        }
    }

    #[test]
    fn a_sound_document_is_ready_until_midnight_of_its_issue_place() {
        let judged = Books::sound().at("2026-03-18T12:00:00-06:00");
        assert_eq!(
            judged,
            Some(Judged {
                verdict: Verdict::Ok,
                until: "2026-03-19T00:00:00-06:00".parse().expect("a moment"),
            })
        );
        let mut border = Books::sound();
        border.company.zip = Some("22000".to_owned());
        let judged = border.at("2026-03-18T23:30:00-07:00").expect("a verdict");
        let midnight: Timestamp = "2026-03-19T00:00:00-07:00".parse().expect("a moment");
        assert_eq!((judged.verdict, judged.until), (Verdict::Ok, midnight));
    }

    #[test]
    fn days_and_hours_are_those_of_the_issue_place() {
        let evening: Timestamp = "2026-04-01T05:30:00Z".parse().expect("a moment");
        for (zip, here) in [
            ("42501", "2026-03-31T23:30:00"),
            // Mérida, Hermosillo, Tijuana, Cancún, and Matamoros and Ciudad Juárez by the summer time of their neighbours.
            ("97000", "2026-03-31T23:30:00"),
            ("83000", "2026-03-31T22:30:00"),
            ("22000", "2026-03-31T22:30:00"),
            ("77500", "2026-04-01T00:30:00"),
            ("87300", "2026-04-01T00:30:00"),
        ] {
            let place = Company {
                zip: Some(zip.to_owned()),
                ..company()
            };
            let told = |company, catalogs| {
                let clock = clock_of(company, catalogs);
                evening.to_zoned(clock).datetime().to_string()
            };
            assert_eq!(told(Some(&place), Some(&CATALOGS)), here, "{zip}");
            // Until the catalogues are here, and where there is no company, most of the country counts.
            let most = "2026-03-31T23:30:00";
            assert_eq!(told(Some(&place), None), most);
            assert_eq!(told(None, Some(&CATALOGS)), most);
        }
    }

    #[test]
    fn a_verdict_ends_where_the_72_hours_turn() {
        let books = Books::sound();
        let before = books.at("2026-03-20T23:59:58-06:00").expect("a verdict");
        assert_eq!(before.verdict, Verdict::Ok);
        let closing: Timestamp = "2026-03-20T23:59:59-06:00".parse().expect("a moment");
        assert_eq!(before.until, closing);
        let closing = books.at("2026-03-20T23:59:59-06:00").expect("a verdict");
        assert_eq!(closing.verdict, Verdict::Warning);
        let last = books.at("2026-03-21T23:59:59-06:00").expect("a verdict");
        assert_eq!(last.verdict, Verdict::Warning);
        let old = books.at("2026-03-22T00:00:00-06:00").expect("a verdict");
        assert_eq!(old.verdict, Verdict::Error);
    }

    #[test]
    fn nothing_is_said_of_a_document_of_which_something_was_not_read() {
        type Lack = fn(&mut Books);
        let lacks: [(&str, Lack); 8] = [
            ("its native record", |books| {
                books.document.native_read = false
            }),
            ("régimen of the issuer", |books| {
                books.company.regime = None
            }),
            ("place of issue", |books| books.company.zip = None),
            ("native receiver", |books| {
                books.receiver.native_read = false
            }),
            ("native item", |books| {
                for item in books.items.values_mut() {
                    item.native_read = false;
                }
            }),
            ("the item", |books| books.items.clear()),
            ("the tax", |books| books.taxes.clear()),
            ("another tax", |books| books.taxes[0].id = Id::from("2")),
        ];
        for (what, lack) in lacks {
            let mut books = Books::sound();
            lack(&mut books);
            assert_eq!(books.at("2026-03-18T12:00:00-06:00"), None, "{what}");
        }
        let books = Books::sound();
        for around in [
            Surroundings {
                company: None,
                ..books.around()
            },
            Surroundings {
                receiver: None,
                ..books.around()
            },
        ] {
            assert!(!is_surveyed(&books.document, around));
        }
    }

    #[test]
    fn a_credit_note_is_related_to_the_stamped_invoices_that_it_goes_to() {
        let mut books = Books::sound();
        books.document.kind = Kind::CreditNotes;
        let noon = "2026-03-18T12:00:00-06:00";
        books
            .document
            .set(Field::CfdiUse, Value::Text("G02".to_owned()));
        let alone = books.at(noon).expect("a verdict");
        assert_eq!(alone.verdict, Verdict::Warning);
        books.document.allocations = vec![Allocation {
            document: Some(Link {
                id: Id::from("5"),
                name: "A-5".to_owned(),
            }),
            kind: Some(Kind::Invoices),
            amount: None,
        }];
        assert_eq!(books.at(noon), None, "the invoice was not read");
        let mut invoice = record(Kind::Invoices, "5", &[]);
        invoice.stamp = Stamp::Stamped(
            "5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F"
                .parse()
                .expect("a UUID"),
        );
        books.related.insert(invoice.id.clone(), invoice);
        let related = books.at(noon).expect("a verdict");
        assert_eq!(related.verdict, Verdict::Ok);
        let draft = draft_of(&books.document, books.around());
        assert_eq!(draft.relations.len(), 1);
        assert_eq!(draft.relations[0].kind, "01");
        for invoice in books.related.values_mut() {
            invoice.stamp = Stamp::Unstamped;
        }
        let unstamped = books.at(noon).expect("a verdict");
        assert_eq!(unstamped.verdict, Verdict::Warning);
    }

    #[test]
    fn a_verdict_never_holds_beyond_what_the_rules_say_minute_by_minute() {
        let books = Books::sound();
        let draft = draft_of(&books.document, books.around());
        let said = |now| {
            let found = validate(&draft, &CATALOGS, now, &Knowledge::default());
            Verdict::of(&found)
        };
        let mut now = jiff::civil::datetime(2026, 3, 17, 22, 0, 0, 0);
        let end = jiff::civil::datetime(2026, 3, 22, 3, 0, 0, 0);
        let minute = jiff::SignedDuration::from_mins(1);
        while now < end {
            let until = holds_until(&draft, now);
            assert!(until > now);
            let mut later = now;
            while later < until.min(now.saturating_add(minute * 90)) {
                assert_eq!(said(later), said(now), "{now} {later} {until}");
                later = later.saturating_add(minute * 7);
            }
            now = now.saturating_add(minute * 31);
        }
    }
}
