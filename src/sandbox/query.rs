//! The query of a Unify list: page, order, projection (contract B.0, C.2, C.3).

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};

use super::call::param;
use super::errors::Refusal;
use super::table::Order;

/// Records on a page when nothing is asked for, as the published document says.
const DEFAULT_LIMIT: usize = 20;
/// The largest page that Alegra gives, whatever is asked for.
pub const LARGEST_PAGE: usize = 30;
/// The largest page that may be asked for.
const LARGEST_LIMIT: usize = 200;

/// What a resource's list can do.
#[derive(Debug, Clone, Copy)]
pub struct Abilities {
    pub resource: &'static str,
    pub paged: bool,
    pub sorted: bool,
    pub filters: &'static [&'static str],
}

/// A query that was found to be good.
#[derive(Debug, Default)]
pub struct ListQuery {
    pub limit: usize,
    pub offset: usize,
    /// A `start` that was passed through to Alegra. It moves the page and not the cursor: whoever sends
    /// it breaks the walk, as with the real connector.
    pub moved_to: Option<usize>,
    /// Whether a cursor came with it: the first page has no current one.
    pub resumed: bool,
    pub order: Order,
    pub descending: bool,
    pub filters: Vec<(String, String)>,
    /// What goes to Alegra as it is.
    pub native: Vec<(String, String)>,
}

impl ListQuery {
    /// The value of a filter, if it was asked for.
    pub fn filter(&self, name: &str) -> Option<&str> {
        param(&self.filters, name)
    }
}

/// Whether `raw=true` was asked for.
pub fn wants_raw(query: &[(String, String)]) -> Result<bool, Refusal> {
    match param(query, "raw") {
        None | Some("" | "false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(wrong("raw", "boolean")),
    }
}

/// What the published document declares for a list.
#[derive(Debug, Clone, Copy)]
pub struct Declared {
    /// Names of filters, blanks between.
    pub filters: &'static str,
    /// Names of filters that are declared for a single record.
    pub filters_of_one: &'static str,
    pub sorts: bool,
}

/// Which declared keys count besides the plain ones.
#[derive(Debug, Clone, Copy)]
pub enum Scope {
    List(Declared),
    One(Declared),
    Nothing,
}

/// Refuses query keys that the published document does not declare: of the plain ones only `plain`, of a
/// list also those that all lists have.
pub fn only_declared(
    query: &[(String, String)],
    plain: &[&str],
    scope: Scope,
) -> Result<(), Refusal> {
    let among = |names: &str, name: &str| names.split(' ').any(|known| known == name);
    let declared = |key: &str| {
        plain.contains(&key)
            || match (scope, inner(key)) {
                (Scope::List(_), None) => matches!(key, "limit" | "cursor"),
                (Scope::List(list), Some(("filter", name))) => among(list.filters, name),
                (Scope::List(list), Some(("sort", name))) => {
                    list.sorts && matches!(name, "by" | "direction")
                }
                (Scope::List(_), Some((outer, _))) => outer == "pass_through",
                (Scope::One(one), Some(("filter", name))) => among(one.filters_of_one, name),
                (Scope::One(_) | Scope::Nothing, _) => false,
            }
    };
    match query.iter().find(|(key, _)| !declared(key)) {
        None => Ok(()),
        Some((key, _)) => Err(wrong(key, "absent")),
    }
}

/// Reads the query of a list.
pub fn read(query: &[(String, String)], abilities: &Abilities) -> Result<ListQuery, Refusal> {
    let mut read = ListQuery {
        limit: DEFAULT_LIMIT,
        ..ListQuery::default()
    };
    for (key, value) in query {
        match (key.as_str(), inner(key)) {
            ("limit", _) => read.limit = limit(value)?,
            ("cursor", _) if value.is_empty() => {}
            ("cursor", _) if !abilities.paged => {
                return Err(Refusal::new(
                    400,
                    "PaginationNotSupportedError",
                    format!(
                        "Pagination is not supported for {} by connector alegra",
                        abilities.resource
                    ),
                ));
            }
            ("cursor", _) => {
                read.offset = offset(value, abilities.resource)?;
                read.resumed = true;
            }
            (_, Some(("filter", name))) => {
                if !abilities.filters.contains(&name) {
                    return Err(Refusal::new(
                        400,
                        "UnsupportedFiltersError",
                        format!(
                            "Filter {name} is not supported for {} by connector alegra",
                            abilities.resource
                        ),
                    )
                    .with_detail(json!({ "unsupported_filters": [name] })));
                }
                read.filters.push((name.to_owned(), value.clone()));
            }
            (_, Some(("sort", "by"))) => read.order = order(value, abilities)?,
            (_, Some(("sort", "direction"))) => {
                read.descending = match value.as_str() {
                    "asc" => false,
                    "desc" => true,
                    _ => return Err(wrong("sort[direction]", "asc or desc")),
                }
            }
            (_, Some(("sort", name))) => {
                return Err(wrong(&format!("sort[{name}]"), "by or direction"));
            }
            (_, Some(("pass_through", "start"))) => {
                let start = value.parse().map_err(|_| wrong(key, "integer"))?;
                read.moved_to = Some(start);
            }
            (_, Some(("pass_through", name))) => read.native.push((name.to_owned(), value.clone())),
            ("filter" | "sort" | "pass_through", _) => {
                return Err(wrong(key, "deep object, as in filter[name]=x"));
            }
            _ => {}
        }
    }
    read.limit = read.limit.min(LARGEST_PAGE);
    Ok(read)
}

fn limit(value: &str) -> Result<usize, Refusal> {
    match value.parse::<usize>() {
        Ok(limit @ 1..=LARGEST_LIMIT) => Ok(limit),
        _ => Err(wrong("limit", "integer from 1 to 200")),
    }
}

fn order(value: &str, abilities: &Abilities) -> Result<Order, Refusal> {
    match value {
        "created_at" if abilities.sorted => Ok(Order::Created),
        "updated_at" if abilities.sorted => Ok(Order::Updated),
        _ => Err(Refusal::new(
            400,
            "UnsupportedSortFieldError",
            format!(
                "Sort by {value} is not supported for {} by connector alegra",
                abilities.resource
            ),
        )),
    }
}

/// Splits `filter[name]` into its two names.
fn inner(key: &str) -> Option<(&str, &str)> {
    let (outer, rest) = key.split_once('[')?;
    Some((outer, rest.strip_suffix(']')?))
}

/// 400 that names a query key and what it takes.
pub fn wrong(path: &str, expected: &str) -> Refusal {
    Refusal::invalid("Request validation failed")
        .with_detail(json!({ path: format!("expected: {expected}") }))
}

/// The cursor that stands for an offset into a resource; opaque to whoever gets it.
pub fn cursor(resource: &str, offset: usize) -> String {
    STANDARD.encode(format!("alegra::offset::{offset}::{resource}"))
}

fn offset(cursor: &str, resource: &str) -> Result<usize, Refusal> {
    let decoded = STANDARD
        .decode(cursor)
        .or_else(|_| URL_SAFE_NO_PAD.decode(cursor.trim_end_matches('=')))
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok());
    let parsed = decoded.as_deref().and_then(|text| {
        let rest = text.strip_prefix("alegra::offset::")?;
        let (offset, of) = rest.split_once("::").unwrap_or((rest, resource));
        // An offset is never negative or padded: whatever else it is was not made here.
        let offset: u32 = offset.parse().ok()?;
        (of == resource).then_some(offset)
    });
    let offset = parsed.and_then(|offset| usize::try_from(offset).ok());
    offset.ok_or_else(|| {
        Refusal::new(
            400,
            "InvalidCursorError",
            "The cursor is not valid for this resource of connector alegra",
        )
    })
}

/// Keeps of a record what a `fields` list names; `_raw` stays whole.
pub fn project(record: Value, fields: Option<&str>) -> Value {
    let Some(fields) = fields.filter(|fields| !fields.trim().is_empty()) else {
        return record;
    };
    let mut kept = Value::Object(Map::new());
    for field in fields.split(',').map(str::trim) {
        let steps: Vec<&str> = field.split('.').collect();
        if let Some(picked) = pick(&record, &steps) {
            combine(&mut kept, picked);
        }
    }
    if let (Some(raw), Some(kept)) = (record.get("_raw"), kept.as_object_mut()) {
        kept.insert("_raw".to_owned(), raw.clone());
    }
    kept
}

/// The part of a value that a path names, in the same nesting; arrays are passed through.
fn pick(value: &Value, steps: &[&str]) -> Option<Value> {
    let Some((step, rest)) = steps.split_first() else {
        return Some(value.clone());
    };
    match value {
        Value::Array(elements) => Some(Value::Array(
            elements
                .iter()
                .map(|element| pick(element, steps).unwrap_or(Value::Object(Map::new())))
                .collect(),
        )),
        Value::Object(object) => {
            let picked = pick(object.get(*step)?, rest)?;
            Some(Value::Object(Map::from_iter([(
                (*step).to_owned(),
                picked,
            )])))
        }
        _ => None,
    }
}

fn combine(base: &mut Value, more: Value) {
    match (base, more) {
        (Value::Object(base), Value::Object(more)) => {
            for (key, value) in more {
                match base.get_mut(&key) {
                    Some(known) => combine(known, value),
                    None => {
                        base.insert(key, value);
                    }
                }
            }
        }
        (Value::Array(base), Value::Array(more)) => {
            for (known, value) in base.iter_mut().zip(more) {
                combine(known, value);
            }
        }
        (base, more) => *base = more,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_projection_keeps_paths_and_raw() {
        let record = json!({"id": "6", "number": "A6", "customer": {"id": "7", "name": "X"},
            "line_items": [{"id": "1", "total": 5}, {"id": "2", "total": 6}], "_raw": {"id": 6}});
        let kept = project(record, Some("id, customer.id,line_items.id,nothing"));
        let expected = json!({"id": "6", "customer": {"id": "7"}, "line_items": [{"id": "1"}, {"id": "2"}], "_raw": {"id": 6}});
        assert_eq!(kept, expected);
    }

    #[test]
    fn a_cursor_is_good_for_its_own_resource_only() {
        assert_eq!(offset(&cursor("invoices", 30), "invoices").ok(), Some(30));
        assert!(offset(&cursor("customers", 30), "invoices").is_err());
        assert_eq!(
            offset("YWxlZ3JhOjpvZmZzZXQ6OjMw", "invoices").ok(),
            Some(30)
        );
        for garbled in ["", "%%%", "YWxlZ3JhOjpvZmZzZXQ6Oi0x", "eGVybzo6MQ=="] {
            assert!(offset(garbled, "invoices").is_err(), "{garbled}");
        }
    }
}
