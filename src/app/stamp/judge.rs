//! What the rules say of a document with everything around it.

use std::collections::BTreeMap;

use crate::app::model::Model;
use crate::domain::draft::Draft;
use crate::domain::record::{Id, Record};
use crate::sat::arithmetic::{Totals, totals};
use crate::sat::assembly::{Surroundings, draft_of, knows_relations};
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
    let mut findings = validate(&draft, catalogs, model.local_time(), &Knowledge::default());
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
