//! The envelope around every Unify answer (contract A.2), and the places where `_raw` may stand (C.2).
//!
//! An answer without `data` is an error, never an empty list: a gap must not look like an end (law 4).

use reqwest::Url;
use serde_json::Value;

use super::super::Fetched;
use super::super::error::{ApiError, Cause};
use super::super::json::{at, id_at, text_at};
use super::wire;
use crate::domain::kind::Kind;
use crate::domain::record::Id;

/// A record in its two forms.
#[derive(Debug)]
pub(super) struct Found {
    /// As Unify tells it.
    pub unified: Value,
    /// As Alegra tells it, where it came along.
    pub native: Option<Value>,
}

/// A list.
#[derive(Debug)]
pub(super) struct List {
    /// Its rows, also the ones that no record can be made of.
    pub rows: Vec<Found>,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// `meta.total_count`
    pub total: Option<usize>,
    /// `meta.warnings`
    pub warnings: Vec<String>,
}

impl Found {
    /// The id, where there is one.
    pub fn id(&self, kind: Kind) -> Option<String> {
        wire::id(kind, &self.unified)
    }

    /// The id that its native record tells.
    pub fn native_id(&self) -> Option<Id> {
        id_at(self.native.as_ref()?, "id").map(Id)
    }

    /// In our nouns; `None` where it has no id.
    pub fn fetched(self, kind: Kind) -> Option<Fetched> {
        let record = wire::record(kind, &self.unified, self.native.as_ref())?;
        let raw = self
            .native
            .and_then(|native| serde_json::to_string(&native).ok());
        Some(Fetched { record, raw })
    }
}

impl List {
    /// The whole list of a kind that has one record.
    pub fn of_one(found: Found) -> Self {
        Self {
            rows: vec![found],
            next: None,
            total: Some(1),
            warnings: Vec::new(),
        }
    }
}

/// The record in an answer to a get-one.
pub(super) fn one(mut body: Value) -> Result<Found, ApiError> {
    let mut unified = take(&mut body, "data")
        .filter(Value::is_object)
        .ok_or_else(|| ApiError::new(Cause::Unreadable, "an answer without a record"))?;
    let native = take(&mut unified, "_raw")
        .and_then(|raw| native_of(&unified, raw, true))
        .or_else(|| {
            let raw = take(&mut body, "_raw")?;
            native_of(&unified, unwrapped(raw), true)
        });
    Ok(Found { unified, native })
}

/// The rows in an answer to a list.
pub(super) fn list(mut body: Value) -> Result<List, ApiError> {
    let Some(Value::Array(data)) = take(&mut body, "data") else {
        return Err(ApiError::new(Cause::Unreadable, "an answer without a list"));
    };
    let mut aside: Vec<Option<Value>> = match take(&mut body, "_raw").map(unwrapped) {
        Some(Value::Array(raws)) => raws.into_iter().map(Some).collect(),
        _ => Vec::new(),
    };
    let rows = data
        .into_iter()
        .enumerate()
        .map(|(idx, mut unified)| {
            let native = take(&mut unified, "_raw")
                .and_then(|raw| native_of(&unified, raw, true))
                .or_else(|| {
                    let place = partner(&unified, &aside, idx)?;
                    native_of(&unified, aside.get_mut(place)?.take()?, false)
                });
            Found { unified, native }
        })
        .collect();
    Ok(List {
        rows,
        next: next(&body),
        total: text_at(&body, "meta.total_count").and_then(|count| count.parse().ok()),
        warnings: warnings(&body),
    })
}

/// Which of the raw records beside the list belongs to this row: the one in its place, else the one of its id.
fn partner(unified: &Value, aside: &[Option<Value>], idx: usize) -> Option<usize> {
    let id = id_at(unified, "id")?;
    let same = |raw: &Option<Value>| {
        raw.as_ref()
            .and_then(|raw| id_at(raw, "id"))
            .is_some_and(|other| other == id)
    };
    aside
        .get(idx)
        .filter(|raw| same(raw))
        .map(|_| idx)
        .or_else(|| aside.iter().position(same))
}

/// A raw record, where it is one and belongs to this row. One without an id is trusted only where its place says so.
fn native_of(unified: &Value, raw: Value, in_place: bool) -> Option<Value> {
    let filled = raw.as_object().is_some_and(|map| !map.is_empty());
    let belongs = match (id_at(unified, "id"), id_at(&raw, "id")) {
        (Some(id), Some(other)) => id == other,
        _ => in_place,
    };
    (filled && belongs).then_some(raw)
}

/// What a raw answer holds inside its own envelope (contract D.4): `{data}`, `{results}` or `{rows}`.
fn unwrapped(mut raw: Value) -> Value {
    for name in ["data", "results", "rows"] {
        if raw
            .get(name)
            .is_some_and(|inner| inner.is_array() || inner.is_object())
            && let Some(inner) = take(&mut raw, name)
        {
            return inner;
        }
    }
    raw
}

/// The cursor of the next page, or the one in the link to it.
fn next(body: &Value) -> Option<String> {
    text_at(body, "meta.cursors.next").or_else(|| {
        let link = text_at(body, "links.next")?;
        let url = Url::parse(&link).ok()?;
        let (_, cursor) = url.query_pairs().find(|(name, _)| name == "cursor")?;
        (!cursor.is_empty()).then(|| cursor.into_owned())
    })
}

fn warnings(body: &Value) -> Vec<String> {
    let Some(Value::Array(list)) = at(body, "meta.warnings") else {
        return Vec::new();
    };
    list.iter()
        .filter_map(|warning| {
            ["message", "error", "type"]
                .into_iter()
                .find_map(|name| text_at(warning, name))
                .or_else(|| super::super::json::text(warning))
        })
        .collect()
}

/// Takes a member out of an object, so that nothing is copied.
fn take(value: &mut Value, name: &str) -> Option<Value> {
    value.as_object_mut()?.remove(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn natives(body: Value) -> Vec<Option<String>> {
        list(body)
            .expect("a list")
            .rows
            .iter()
            .map(|found| {
                found
                    .native
                    .as_ref()
                    .and_then(|native| text_at(native, "mark"))
            })
            .collect()
    }

    #[test]
    fn raw_is_found_in_the_record_beside_the_list_and_in_an_envelope_of_its_own() {
        let both = vec![Some("a".to_owned()), Some("b".to_owned())];
        let inside = json!({"data": [{"id": "1", "_raw": {"id": 1, "mark": "a"}},
                                     {"id": "2", "_raw": {"mark": "b"}}]});
        assert_eq!(natives(inside), both);
        let raws = json!([{"id": 1, "mark": "a"}, {"id": "2", "mark": "b"}]);
        let data = json!([{"id": "1"}, {"id": "2"}]);
        for raw in [
            raws.clone(),
            json!({"data": raws}),
            json!({"metadata": {}, "results": raws}),
        ] {
            assert_eq!(natives(json!({"data": data, "_raw": raw})), both, "{raw}");
        }
    }

    #[test]
    fn a_raw_record_of_another_id_is_never_taken() {
        let body = json!({"data": [{"id": "1"}, {"id": "2"}, {"id": "3"}],
                          "_raw": [{"id": "2", "mark": "b"}, {"id": "9", "mark": "x"}, {"mark": "y"}]});
        assert_eq!(natives(body), vec![None, Some("b".to_owned()), None]);
        let other = one(json!({"data": {"id": "1", "_raw": {"id": "2"}}})).expect("a record");
        assert_eq!(other.native, None);
    }

    #[test]
    fn the_end_of_a_walk_is_told_and_not_assumed() {
        let next = |meta: Value| {
            list(json!({"data": [], "meta": meta}))
                .expect("a list")
                .next
        };
        assert_eq!(
            next(json!({"cursors": {"next": "c"}})).as_deref(),
            Some("c")
        );
        assert_eq!(next(json!({"cursors": {"next": null}})), None);
        assert_eq!(next(json!({"cursors": {"next": ""}})), None);
        let linked = json!({"data": [],
            "links": {"next": "https://unify.apideck.com/accounting/invoices?limit=30&cursor=abc%3D"}});
        assert_eq!(list(linked).expect("a list").next.as_deref(), Some("abc="));
        for body in [
            json!({}),
            json!({"data": null}),
            json!({"data": {}}),
            json!([]),
        ] {
            assert!(list(body.clone()).is_err(), "{body}");
        }
    }
}
