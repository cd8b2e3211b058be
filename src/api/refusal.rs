//! Reads what the server says when it says no (contract A.3, A.4): cause, code, text, kept draft.
//!
//! Takes any body, JSON or not. Never guesses: a code or a draft that was not told stays empty. The key of the
//! connection is hidden in every text, should the server echo it.

use serde_json::Value;

use super::error::{ApiError, Cause, Told};
use super::http::Reply;
use super::json::{at, id_at, text, text_at};
use crate::domain::record::Id;
use crate::domain::secret::Secret;

/// How many parts of `detail` are kept, and how many characters of a text: enough for a form, small for a log.
const MOST_DETAILS: usize = 40;
const MOST_CHARACTERS: usize = 600;

/// The error that a reply without success is.
pub(super) fn read(reply: &Reply, key: &Secret) -> ApiError {
    let body = serde_json::from_slice::<Value>(&reply.body)
        .ok()
        .filter(Value::is_object);
    let mut told = Told {
        status: Some(reply.status),
        request_id: reply.request_id.clone(),
        retry_after: reply.retry_after,
        ..Told::default()
    };
    let cause = match &body {
        Some(body) => {
            tell(body, key, &mut told);
            cause(reply.status, &told.type_name, reply.downstream)
        }
        // Not JSON: some box in between spoke, not the API.
        None => by_status(reply.status),
    };
    ApiError {
        cause,
        told: Box::new(told),
    }
}

/// The body of a 2xx as JSON, or the error that it is.
pub(super) fn json(body: &[u8]) -> Result<Value, ApiError> {
    serde_json::from_slice(body).map_err(|error| {
        let text = if body.is_empty() {
            "an empty body".to_owned()
        } else {
            format!("no JSON: {error}")
        };
        ApiError::new(Cause::Unreadable, text)
    })
}

/// What a machine word means, else what the status means.
fn cause(status: u16, type_name: &str, downstream: bool) -> Cause {
    match type_name {
        "RequestValidationError" => Cause::InvalidRequest,
        "RequestHeadersValidationError" => Cause::InvalidHeaders,
        "UnsupportedFiltersError" => Cause::UnsupportedFilter,
        "UnsupportedSortFieldError" => Cause::UnsupportedSort,
        "InvalidCursorError" => Cause::InvalidCursor,
        "PaginationNotSupportedError" => Cause::PaginationNotSupported,
        "ConnectorExecutionError" => by_alegra(status),
        "UnauthorizedError" => Cause::Unauthorized,
        "ConnectorCredentialsError" => Cause::ConnectorCredentials,
        "RequestLimitError" => Cause::QuotaUsedUp,
        "EntityNotFoundError" => Cause::NotFound,
        "ConnectionNotFoundError" | "IntegrationNotFoundError" | "ConnectorNotFoundError" => {
            Cause::ConnectionNotFound
        }
        "InvalidStateError" => Cause::InvalidState,
        "ConnectorRateLimitError" => Cause::RateLimited,
        "ConnectorOperationUnsupportedError" => Cause::UnsupportedOperation,
        word if word.contains("Mapping") => Cause::Mapping,
        _ if downstream => by_alegra(status),
        _ => by_status(status),
    }
}

/// Alegra's own status, proxied.
fn by_alegra(status: u16) -> Cause {
    match status {
        401 => Cause::ConnectorCredentials,
        400 | 409 | 422 => Cause::Refused,
        _ => by_status(status),
    }
}

fn by_status(status: u16) -> Cause {
    match status {
        400 => Cause::InvalidRequest,
        401 => Cause::Unauthorized,
        402 => Cause::QuotaUsedUp,
        403 => Cause::Forbidden,
        404 => Cause::NotFound,
        408 => Cause::NoAnswer,
        409 => Cause::Conflict,
        422 => Cause::InvalidState,
        429 => Cause::RateLimited,
        501 => Cause::UnsupportedOperation,
        500.. => Cause::Outage,
        405..500 => Cause::Rejected,
        _ => Cause::Unreadable,
    }
}

/// Fills in what the body tells, in the order of contract A.4: the innermost first.
fn tell(body: &Value, key: &Secret, told: &mut Told) {
    let clean = |text: String| cut(&key.hidden_in(&text));
    let parsed = at(body, "detail").and_then(|detail| match detail {
        // Some connectors hand Alegra's body on as a text.
        Value::String(text) => serde_json::from_str(text).ok().filter(Value::is_object),
        _ => None,
    });
    let nothing = Value::Null;
    let detail = parsed
        .as_ref()
        .or_else(|| at(body, "detail"))
        .unwrap_or(&nothing);
    let first =
        |paths: &[(&Value, &str)]| paths.iter().find_map(|(part, path)| text_at(part, path));

    told.type_name = text_at(body, "type_name").map(clean).unwrap_or_default();
    told.code = first(&[
        (body, "downstream_errors.code"),
        (detail, "code"),
        (detail, "error.code"),
        (body, "code"),
        (body, "error.code"),
    ])
    .map(clean)
    .unwrap_or_default();
    told.text = first(&[
        (body, "downstream_errors.message"),
        (body, "downstream_errors.detail"),
        (detail, "message"),
        (detail, "error.message"),
        (detail, "error"),
        (body, "message"),
        (body, "error.message"),
        (body, "error"),
    ])
    .map(clean)
    .unwrap_or_default();
    told.draft = [
        (detail, "invoice.id"),
        (detail, "data.id"),
        (detail, "id"),
        // The Proxy gives Alegra's body as it is.
        (body, "invoice.id"),
    ]
    .into_iter()
    .find_map(|(part, path)| id_at(part, path))
    .map(Id);
    told.readable = !(told.type_name.is_empty() && told.code.is_empty() && told.text.is_empty());

    flatten("", detail, &mut told.detail);
    for name in ["details", "errors"] {
        if let Some(part) = at(body, name) {
            flatten(name, part, &mut told.detail);
        }
    }
    for line in &mut told.detail {
        *line = clean(std::mem::take(line));
    }
}

/// Every leaf of a detail as `path: text`, so that a form can show which fields are at fault.
fn flatten(path: &str, value: &Value, lines: &mut Vec<String>) {
    if lines.len() >= MOST_DETAILS {
        return;
    }
    let inside = |name: &str| match path {
        "" => name.to_owned(),
        _ => format!("{path}.{name}"),
    };
    match value {
        Value::Null => {}
        Value::Object(map) => {
            for (name, part) in map {
                flatten(&inside(name), part, lines);
            }
        }
        Value::Array(list) => {
            for part in list {
                flatten(path, part, lines);
            }
        }
        Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            let leaf = text(value).unwrap_or_else(|| value.to_string());
            lines.push(match path {
                "" => leaf,
                _ => format!("{path}: {leaf}"),
            });
        }
    }
}

/// A text from outside, bounded and on one line.
fn cut(text: &str) -> String {
    let mut line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(MOST_CHARACTERS)
        .collect();
    if text.chars().nth(MOST_CHARACTERS).is_some() {
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_as_an_error_is_read_and_keeps_the_key_hidden(
            words in proptest::collection::vec("[a-z\"{}\\[\\]:,0-9]{0,12}", 4),
            status in 300_u16..600,
        ) {
            let key = Secret::new("x1");
            let body = serde_json::json!({"message": words, "code": words.concat(), "type_name": words.join("x1"),
                "detail": words.concat(), "downstream_errors": [{"message": words.join("x1")}]});
            let mut told = Told::default();
            tell(&body, &key, &mut told);
            for text in [&told.text, &told.code, &told.type_name].into_iter().chain(&told.detail) {
                prop_assert!(!text.contains("x1"), "{}", text);
            }
            let _ = (cause(status, &told.type_name, true), cause(status, &told.type_name, false));
        }
    }
}
