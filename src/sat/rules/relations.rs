//! Related CFDI (SAT rules §11).

use super::super::catalogs::small::Table;
use super::super::finding::{Field, Finding, Path, Value};
use super::super::offer;
use super::{Case, table};
use crate::domain::draft::DocType;
use crate::domain::stamp::Uuid;

/// Judges each relation, and whether a credit note has one.
pub(super) fn check(case: &Case, found: &mut Vec<Finding>) {
    for (idx, relation) in case.draft.relations.iter().enumerate() {
        let kind = relation.kind.as_str();
        if case.catalogs.name(Table::Relation, kind).is_none() {
            found.push(Finding::new(&table::RELATION, Path::RelationType(idx)).with_found(kind));
        } else if offer::relation(kind, case.draft.doc_type).is_some() {
            found.push(
                Finding::new(&table::RELATION_TYPE, Path::RelationType(idx))
                    .with("found", kind)
                    .with("doc", Value::Choice(word(case.draft.doc_type))),
            );
        }
        if relation.uuids.is_empty() {
            found
                .push(Finding::new(&table::RELATION_UUID, Path::RelationUuids(idx)).with_found(""));
        }
        for (position, uuid) in relation.uuids.iter().enumerate() {
            if !is_uuid(uuid) {
                found.push(
                    Finding::new(&table::RELATION_UUID, Path::RelationUuid(idx, position))
                        .with_found(uuid),
                );
            }
        }
    }
    if case.draft.doc_type == DocType::Credit && case.draft.relations.is_empty() {
        found.push(Finding::new(&table::RELATION_NONE, Field::Relations));
    }
}

fn word(doc_type: DocType) -> &'static str {
    match doc_type {
        DocType::Income => "invoice",
        DocType::Credit => "credit-note",
    }
}

/// Whether the text is a folio fiscal as it stands: what would travel is what is judged, blanks and all.
fn is_uuid(text: &str) -> bool {
    text.trim() == text && text.parse::<Uuid>().is_ok()
}
