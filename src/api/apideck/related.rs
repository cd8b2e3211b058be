//! Related CFDI of an invoice: which earlier one it replaces.
//!
//! No published document says where Alegra keeps them, so name and shape of the key are assumed: a list of objects, each
//! with a `relationType` (c_TipoRelacion) and a `uuid`. Only the relation 04 is read and written; what else stands in
//! the list is no business of this program.

use serde_json::{Value as Json, json};

use super::super::json::text_at;
use crate::domain::field::Value;
use crate::domain::stamp::Uuid;

/// The key in the native record.
pub(super) const KEY: &str = "relatedDocuments";

/// c_TipoRelacion: replacement of earlier CFDI.
const REPLACES: &str = "04";

/// The folios fiscales that an invoice replaces; nothing where there are none.
pub(super) fn read(told: &Json) -> Option<Value> {
    let one = std::slice::from_ref(told);
    let listed = told.as_array().map_or(one, Vec::as_slice);
    let uuids: Vec<String> = listed
        .iter()
        .filter(|entry| text_at(entry, "relationType").as_deref() == Some(REPLACES))
        .filter_map(|entry| text_at(entry, "uuid")?.parse::<Uuid>().ok())
        .map(String::from)
        .collect();
    (!uuids.is_empty()).then(|| Value::Text(uuids.join(" ")))
}

/// The same list as it is written.
pub(super) fn write(uuids: &str) -> Json {
    uuids
        .split_whitespace()
        .map(|uuid| json!({"relationType": REPLACES, "uuid": uuid}))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F";

    #[test]
    fn only_what_is_replaced_is_read_and_a_single_object_counts_as_a_list() {
        let entry = |kind: &str| json!({"relationType": kind, "uuid": OLD.to_lowercase()});
        let expected = Some(Value::Text(OLD.to_owned()));
        assert_eq!(read(&json!([entry("01"), entry("04")])), expected);
        assert_eq!(read(&entry("04")), expected);
        for nothing in [
            json!([]),
            json!(null),
            json!([entry("01")]),
            json!([{"relationType": "04", "uuid": "5F3C"}]),
            json!(OLD),
        ] {
            assert_eq!(read(&nothing), None, "{nothing}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let written = write(OLD);
        assert_eq!(written, json!([{"relationType": "04", "uuid": OLD}]));
        assert_eq!(read(&written), Some(Value::Text(OLD.to_owned())));
    }
}
