//! What the rules say of a document with everything around it.

use std::collections::BTreeMap;

use crate::app::model::Model;
use crate::domain::draft::Draft;
use crate::domain::record::{Id, Record};
use crate::sat::arithmetic::{Totals, totals};
use crate::sat::assembly::{Surroundings, contact_regime, draft_of, knows_relations};
use crate::sat::finding::{Finding, Level};
use crate::sat::rules::table::RELATION_NONE;
use crate::sat::rules::{Knowledge, validate};

/// The judgement of the fiscal rules, with what was judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// What was judged.
    pub draft: Draft,
    /// All findings, in the order of the fields.
    pub findings: Vec<Finding>,
    /// The totals by our own arithmetic; none where a number is out of reach.
    pub totals: Option<Totals>,
}

impl Judgement {
    /// Findings that bar the stamp.
    pub fn errors(&self) -> usize {
        self.of(Level::Error)
    }

    /// Findings that need their own yes.
    pub fn warnings(&self) -> usize {
        self.of(Level::Warning)
    }

    fn of(&self, level: Level) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.level() == level)
            .count()
    }
}

/// Judges a document; nothing while the catalogues are not here, because pending rules are no clean bill.
pub fn judge(
    model: &Model,
    record: &Record,
    receiver: Option<&Record>,
    items: &BTreeMap<Id, Record>,
) -> Option<Judgement> {
    let catalogs = model.catalogs.as_ref()?;
    let related = BTreeMap::new();
    let around = Surroundings {
        company: model.company.value(),
        receiver,
        items,
        taxes: &model.taxes,
        related: &related,
    };
    let draft = draft_of(record, around);
    let knowledge = Knowledge {
        contact_regime: contact_regime(receiver),
        ..Knowledge::default()
    };
    let mut findings = validate(&draft, catalogs, model.local_time(), &knowledge);
    if !knows_relations(record, around) {
        findings.retain(|finding| finding.rule != &RELATION_NONE);
    }
    let totals = totals(&draft, catalogs).ok();
    Some(Judgement {
        draft,
        findings,
        totals,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::form::fixture;
    use crate::app::msg::Fact;
    use crate::app::remote::Remote;
    use crate::domain::field::{Field, Value};
    use crate::domain::kind::Kind;

    const MERIDA: &str = "97000";
    const TIJUANA: &str = "22000";
    const CANCUN: &str = "77500";

    fn books(zip: &str, now: &str) -> Model {
        let mut model = fixture::model();
        let mut company = model.company.value().expect("a company").clone();
        company.zip = Some(zip.to_owned());
        model.company = Remote::Ready(company);
        model.now = now.parse().expect("a moment");
        model
    }

    /// What is said of the date of an invoice of this day, issued at this place.
    fn said_of_date(zip: &str, day: (i16, i8, i8), now: &str) -> Vec<&'static str> {
        let model = books(zip, now);
        let mut invoice = Record::new(Kind::Invoices, Id::from("1"));
        let (year, month, day) = day;
        invoice.set(
            Field::Date,
            Value::Date(jiff::civil::date(year, month, day)),
        );
        let judged = judge(&model, &invoice, None, &BTreeMap::new()).expect("a judgement");
        judged
            .findings
            .iter()
            .filter(|finding| finding.rule.code == "PAC-401")
            .map(|finding| finding.rule.id)
            .collect()
    }

    #[test]
    fn the_72_hours_end_by_the_clock_of_the_issue_place() {
        // Half past midnight in Mérida, half past eleven of the day before in Tijuana.
        let (day, now) = ((2026, 3, 15), "2026-03-19T06:30:00Z");
        assert_eq!(said_of_date(MERIDA, day, now), ["pac-401-old"]);
        assert_eq!(said_of_date(TIJUANA, day, now), ["pac-401-closing"]);
        assert_eq!(said_of_date(CANCUN, day, now), ["pac-401-old"]);
        let before = "2026-03-19T05:30:00Z";
        assert_eq!(said_of_date(MERIDA, day, before), ["pac-401-closing"]);
        assert_eq!(said_of_date(CANCUN, day, before), ["pac-401-old"]);
    }

    #[test]
    fn a_month_begins_when_it_begins_at_the_issue_place() {
        let (first, now) = ((2026, 4, 1), "2026-04-01T05:30:00Z");
        assert_eq!(said_of_date(CANCUN, first, now), [""; 0]);
        assert_eq!(said_of_date(MERIDA, first, now), ["pac-401-future"]);
        for (zip, today) in [(CANCUN, "2026-04-01"), (MERIDA, "2026-03-31")] {
            assert_eq!(books(zip, now).today().to_string(), today);
        }
    }

    #[test]
    fn what_was_counted_by_days_is_read_again_where_the_issue_place_has_another_day() {
        let catalogues_arrive = |zip| {
            let mut model = books(zip, "2026-04-01T05:30:00Z");
            let catalogs = model.catalogs.take().expect("catalogues");
            assert_eq!(model.today().to_string(), "2026-03-31");
            fixture::reply(&mut model, None, Fact::Catalogs(catalogs))
        };
        assert!(!catalogues_arrive(CANCUN).is_empty());
        assert!(catalogues_arrive(MERIDA).is_empty());
    }
}
