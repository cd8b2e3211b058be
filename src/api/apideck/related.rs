//! Related CFDI of a sales document: what it credits, gives back, replaces or follows.
//!
//! No published document says where Alegra keeps them, so name and shape of the key are assumed: a list of objects, each
//! with a `relationType` (c_TipoRelacion) and a `uuid`. All of them are read, so that a list that is written again loses
//! none; whether they can stand in a CFDI is not judged here.

use serde_json::{Value as Json, json};

use super::super::json::text_at;
use crate::domain::draft::Relation;
use crate::domain::field::Value;
use crate::domain::relation;
use crate::domain::stamp::Uuid;

/// The key in the native record.
pub(super) const KEY: &str = "relatedDocuments";

/// What a document is related to; nothing where there is nothing.
pub(super) fn read(told: &Json) -> Option<Value> {
    let one = std::slice::from_ref(told);
    let listed = told.as_array().map_or(one, Vec::as_slice);
    let mut relations: Vec<Relation> = Vec::new();
    for (kind, uuid) in listed.iter().filter_map(entry) {
        match relations.last_mut() {
            Some(last) if last.kind == kind => last.uuids.push(uuid),
            _ => relations.push(Relation {
                kind,
                uuids: vec![uuid],
            }),
        }
    }
    (!relations.is_empty()).then(|| Value::Text(relation::write(&relations)))
}

/// An entry of the list, where it is one: a type of relation and one word, as a folio in capitals where it is one.
fn entry(told: &Json) -> Option<(String, String)> {
    let kind = text_at(told, "relationType").filter(|kind| relation::is_type(kind))?;
    let word = text_at(told, "uuid")?;
    let word = word.trim();
    let is_word = !word.is_empty() && !word.contains(char::is_whitespace);
    let uuid = match word.parse::<Uuid>() {
        Ok(uuid) => String::from(uuid),
        Err(_) => word.to_owned(),
    };
    (is_word && !relation::is_type(&uuid)).then_some((kind, uuid))
}

/// The same list as it is written.
pub(super) fn write(related: &str) -> Json {
    let relations = relation::read(related);
    let entries = relations.iter().flat_map(|relation| {
        let of = move |uuid| json!({"relationType": relation.kind, "uuid": uuid});
        relation.uuids.iter().map(of)
    });
    entries.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F";

    #[test]
    fn all_that_is_related_is_read_and_a_single_object_counts_as_a_list() {
        let entry = |kind: &str| json!({"relationType": kind, "uuid": OLD.to_lowercase()});
        let text = |text: String| Some(Value::Text(text));
        assert_eq!(
            read(&json!([entry("01"), entry("01"), entry("04")])),
            text(format!("01 {OLD} {OLD} 04 {OLD}"))
        );
        assert_eq!(read(&entry("04")), text(format!("04 {OLD}")));
        let unreadable = json!([{"relationType": "03", "uuid": " 5F3C "}]);
        assert_eq!(read(&unreadable), text("03 5F3C".to_owned()));
        for nothing in [
            json!([]),
            json!(null),
            json!([{"relationType": "4", "uuid": OLD}]),
            json!([{"relationType": "04", "uuid": "01"}]),
            json!([{"relationType": "04", "uuid": "5F3C 1A90"}]),
            json!([{"uuid": OLD}]),
            json!(OLD),
        ] {
            assert_eq!(read(&nothing), None, "{nothing}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let both = format!("03 {OLD} 07 {OLD}");
        let written = write(&both);
        let entry = |kind: &str| json!({"relationType": kind, "uuid": OLD});
        assert_eq!(written, json!([entry("03"), entry("07")]));
        assert_eq!(read(&written), Some(Value::Text(both)));
    }
}
