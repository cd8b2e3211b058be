//! `pass_through`: how a Unify body reaches native fields that the unified model lacks (contract C.1).
//!
//! It is merged into the native body after the mapping and may override it: objects deeply, arrays and
//! scalars whole. It is write-only and never comes back.

use serde_json::{Map, Value, json};

use super::errors::Refusal;

/// More steps than this in one path have no meaning in Alegra's bodies.
const DEEPEST: usize = 16;

/// Merges the `pass_through` of a Unify body into the native body that was mapped from it.
pub fn merge(unified: &Map<String, Value>, native: &mut Value) -> Result<(), Refusal> {
    let parts = match unified.get("pass_through") {
        None | Some(Value::Null) => return Ok(()),
        Some(Value::Array(parts)) => parts,
        Some(_) => return Err(wrong("pass_through", "array")),
    };
    for (place, part) in parts.iter().enumerate() {
        let path = format!("pass_through[{place}]");
        let part = part.as_object().ok_or_else(|| wrong(&path, "object"))?;
        for key in part.keys() {
            if !matches!(
                key.as_str(),
                "service_id" | "operation_id" | "extend_object" | "extend_paths"
            ) {
                return Err(wrong(&format!("{path}.{key}"), "absent"));
            }
        }
        let service = part
            .get("service_id")
            .and_then(Value::as_str)
            .ok_or_else(|| wrong(&format!("{path}.service_id"), "string, required"))?;
        if let Some(object) = part.get("extend_object") {
            if !object.is_object() {
                return Err(wrong(&format!("{path}.extend_object"), "object"));
            }
            if service == "alegra" {
                overlay(native, object);
            }
        }
        if let Some(paths) = part.get("extend_paths") {
            let paths = paths
                .as_array()
                .ok_or_else(|| wrong(&format!("{path}.extend_paths"), "array"))?;
            for (at, entry) in paths.iter().enumerate() {
                let named = format!("{path}.extend_paths[{at}]");
                let target = entry.get("path").and_then(Value::as_str);
                let (Some(target), Some(value)) = (target, entry.get("value")) else {
                    return Err(wrong(&named, "object with path and value"));
                };
                let steps = steps(target).ok_or_else(|| {
                    wrong(&format!("{named}.path"), "path such as $.items[0].unit")
                })?;
                if service == "alegra" && !place_at(native, &steps, value) {
                    return Err(wrong(&format!("{named}.path"), "path into the body"));
                }
            }
        }
    }
    Ok(())
}

fn wrong(path: &str, expected: &str) -> Refusal {
    Refusal::invalid("Request validation failed")
        .with_detail(json!({ path: format!("expected: {expected}") }))
}

/// Objects are merged deeply, everything else is replaced.
pub fn overlay(base: &mut Value, over: &Value) {
    match (base, over) {
        (Value::Object(base), Value::Object(over)) => {
            for (key, value) in over {
                match base.get_mut(key) {
                    Some(known) => overlay(known, value),
                    None => {
                        base.insert(key.clone(), value.clone());
                    }
                }
            }
        }
        (base, over) => *base = over.clone(),
    }
}

enum Step {
    Key(String),
    Index(usize),
}

/// Reads `$.items[0].productKey`; keys may also be quoted in brackets.
fn steps(path: &str) -> Option<Vec<Step>> {
    let mut rest = path.strip_prefix('$')?;
    let mut steps = Vec::new();
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('.') {
            let end = after.find(['.', '[']).unwrap_or(after.len());
            let (key, beyond) = after.split_at_checked(end)?;
            if key.is_empty() {
                return None;
            }
            steps.push(Step::Key(key.to_owned()));
            rest = beyond;
        } else {
            let (inner, beyond) = rest.strip_prefix('[')?.split_once(']')?;
            let quoted = inner
                .strip_prefix('\'')
                .and_then(|inner| inner.strip_suffix('\''))
                .or_else(|| {
                    inner
                        .strip_prefix('"')
                        .and_then(|inner| inner.strip_suffix('"'))
                });
            steps.push(match quoted {
                Some(key) => Step::Key(key.to_owned()),
                None => Step::Index(inner.parse().ok()?),
            });
            rest = beyond;
        }
    }
    (!steps.is_empty() && steps.len() <= DEEPEST).then_some(steps)
}

/// Sets the value; missing objects are made, an array only grows by one. False when the path leads
/// through something that is neither.
fn place_at(base: &mut Value, steps: &[Step], value: &Value) -> bool {
    let Some((step, rest)) = steps.split_first() else {
        *base = value.clone();
        return true;
    };
    match step {
        Step::Key(key) => {
            if base.is_null() {
                *base = Value::Object(Map::new());
            }
            match base.as_object_mut() {
                Some(object) => place_at(
                    object.entry(key.clone()).or_insert(Value::Null),
                    rest,
                    value,
                ),
                None => false,
            }
        }
        Step::Index(index) => {
            if base.is_null() {
                *base = Value::Array(Vec::new());
            }
            match base.as_array_mut() {
                Some(array) => {
                    if *index == array.len() {
                        array.push(Value::Null);
                    }
                    array
                        .get_mut(*index)
                        .is_some_and(|element| place_at(element, rest, value))
                }
                None => false,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(pass_through: Value, mut native: Value) -> Result<Value, Refusal> {
        let body = json!({ "pass_through": pass_through });
        merge(body.as_object().expect("an object"), &mut native)?;
        Ok(native)
    }

    #[test]
    fn objects_merge_deeply_and_arrays_are_replaced() {
        let native = json!({"a": {"b": 1, "c": 2}, "list": [1, 2]});
        let part = json!([{"service_id": "alegra", "extend_object": {"a": {"c": 3}, "list": [9]}}]);
        assert_eq!(
            merged(part, native).expect("merged"),
            json!({"a": {"b": 1, "c": 3}, "list": [9]})
        );
    }

    #[test]
    fn a_path_reaches_into_one_line() {
        let part = json!([{"service_id": "alegra", "extend_paths": [{"path": "$.items[0].unit", "value": "E48"}]}]);
        let native = json!({"items": [{"id": 1}, {"id": 2}]});
        assert_eq!(
            merged(part, native).expect("merged"),
            json!({"items": [{"id": 1, "unit": "E48"}, {"id": 2}]})
        );
    }

    #[test]
    fn another_service_is_left_alone_and_wrong_shapes_are_refused() {
        let other = json!([{"service_id": "xero", "extend_object": {"a": 1}}]);
        assert_eq!(merged(other, json!({})).expect("merged"), json!({}));
        for wrong in [
            json!({"service_id": "alegra"}),
            json!([{"extend_object": {}}]),
            json!([{"service_id": "alegra", "extend_object": []}]),
            json!([{"service_id": "alegra", "extra": 1}]),
            json!([{"service_id": "alegra", "extend_paths": [{"path": "items", "value": 1}]}]),
            json!([{"service_id": "alegra", "extend_paths": [{"path": "$.items[7]", "value": 1}]}]),
            json!("alegra"),
        ] {
            let refusal = merged(wrong, json!({"items": []})).expect_err("refused");
            assert_eq!(
                (refusal.status, refusal.type_name),
                (400, "RequestValidationError")
            );
        }
    }
}
