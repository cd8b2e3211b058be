//! What a request that creates or stamps came to (law 1): done, refused, unclear, or certainly not sent.
//!
//! Only a whole, readable 2xx that names the record is done, and only a readable 4xx that speaks about the request
//! itself is a refusal. Everything else is unclear, because nothing in it proves that nothing was done.

use serde_json::Value;

use super::Bulk;
use super::error::{ApiError, Cause};
use super::json::{flag, id_at, text_at};
use super::refusal;
use crate::domain::intent::{Answer, Refusal};
use crate::domain::record::Id;
use crate::domain::stamp::{Stamp, Uuid};

/// The answer to a create: `data.id` of the envelope (contract A.2).
pub(super) fn created(outcome: Result<Vec<u8>, ApiError>) -> Answer {
    let body = match outcome.and_then(|body| refusal::json(&body)) {
        Ok(body) => body,
        Err(error) => return failed(&error),
    };
    let record = body.get("data").filter(|data| data.is_object());
    match record.and_then(|record| id_at(record, "id")) {
        Some(id) => Answer::Done {
            id: Id(id),
            uuid: None,
        },
        None => unclear("a success that names no record"),
    }
}

/// The answer to a stamp: the native invoice with its UUID (contract D.3).
pub(super) fn stamped(asked: &Id, outcome: Result<Vec<u8>, ApiError>) -> Answer {
    let body = match outcome.and_then(|body| refusal::json(&body)) {
        Ok(body) => body,
        Err(error) => return failed(&error),
    };
    // A list is the answer of the stamp in bulk, where a success has to be told apart from a refusal.
    let invoice = ["invoice", "creditNote", "data"]
        .into_iter()
        .find_map(|name| body.get(name))
        .unwrap_or(&body);
    if !invoice.is_object() {
        return unclear("a success that is no record");
    }
    match (id_at(invoice, "id"), uuid(invoice)) {
        (Some(id), Some(uuid)) if id == asked.as_str() => Answer::Done {
            id: Id(id),
            uuid: Some(uuid),
        },
        (Some(id), _) if id != asked.as_str() => unclear("a success about another record"),
        _ => unclear("a success without a folio fiscal"),
    }
}

/// The answer to a stamp in bulk: an element for each document (contract D.3). A document without exactly one element of
/// its own is unclear, and so are all of them where the reply is no list.
pub(super) fn stamped_many(asked: &[Id], outcome: Result<Vec<u8>, ApiError>) -> Bulk {
    let all = |answer: &Answer, wait| Bulk {
        answers: asked
            .iter()
            .map(|id| (id.clone(), answer.clone()))
            .collect(),
        whole: true,
        wait,
    };
    let body = match outcome.and_then(|body| refusal::json(&body)) {
        Ok(body) => body,
        Err(error) => {
            let wait = matches!(error.cause, Cause::RateLimited | Cause::Paused);
            return all(&failed(&error), error.told.retry_after.filter(|_| wait));
        }
    };
    let wrapped = || ["data", "results"].iter().find_map(|name| body.get(*name));
    let list = match body.as_array() {
        Some(list) => Some(list),
        None => wrapped().and_then(Value::as_array),
    };
    let Some(list) = list else {
        return all(&unclear("a success that is no list"), None);
    };
    let answer = |id: &Id| {
        let mut own = list
            .iter()
            .filter(|element| id_at(element, "id").is_some_and(|told| told == id.as_str()));
        match (own.next(), own.next()) {
            (Some(element), None) => element_of(id, element),
            (None, _) => unclear("a list without this document"),
            (Some(_), Some(_)) => unclear("a list with this document twice"),
        }
    };
    Bulk {
        answers: asked.iter().map(|id| (id.clone(), answer(id))).collect(),
        whole: false,
        wait: None,
    }
}

/// What the list says of one document. A success without its folio fiscal is one that a reading has to confirm.
fn element_of(id: &Id, element: &Value) -> Answer {
    match element.get("success").and_then(flag) {
        Some(true) => Answer::Done {
            id: id.clone(),
            uuid: uuid(element),
        },
        Some(false) => Answer::Refused(Refusal {
            status: 200,
            code: text_at(element, "code").unwrap_or_default(),
            text: text_at(element, "message").unwrap_or_default(),
            draft: None,
        }),
        None => unclear("a list that does not tell whether this was done"),
    }
}

/// The answer to a cancellation: the native invoice, void or in process (contract D.3). An answer that is only a
/// message, or an invoice that is still valid, proves nothing: the record has to tell.
pub(super) fn cancelled(
    asked: &Id,
    outcome: Result<Vec<u8>, ApiError>,
    stamp: impl FnOnce(&Value) -> Stamp,
) -> Answer {
    let body = match outcome.and_then(|body| refusal::json(&body)) {
        Ok(body) => body,
        Err(error) => return failed(&error),
    };
    let invoice = ["invoice", "data"]
        .into_iter()
        .find_map(|name| body.get(name))
        .unwrap_or(&body);
    match (id_at(invoice, "id"), stamp(invoice)) {
        (Some(id), _) if id != asked.as_str() => unclear("a success about another record"),
        (Some(id), Stamp::Cancelled(_)) => Answer::Done {
            id: Id(id),
            uuid: None,
        },
        (Some(_), Stamp::CancelPending(_)) => Answer::Pending,
        (Some(_), _) => unclear("a success that leaves the invoice valid"),
        (None, _) => unclear("a success that names no record"),
    }
}

/// The answer to a delete: a success that names this record, or a 204, the only success without a body that comes here.
pub(super) fn deleted(asked: &Id, outcome: Result<Vec<u8>, ApiError>) -> Answer {
    let done = || Answer::Done {
        id: asked.clone(),
        uuid: None,
    };
    let body = match outcome {
        Ok(body) if body.is_empty() => return done(),
        Ok(body) => refusal::json(&body),
        Err(error) => Err(error),
    };
    let body = match body {
        Ok(body) => body,
        Err(error) => return failed(&error),
    };
    match body.get("data").and_then(|data| id_at(data, "id")) {
        Some(id) if id == asked.as_str() => done(),
        Some(_) => unclear("a success about another record"),
        None => unclear("a success that names no record"),
    }
}

/// The answer that a failure is.
pub(super) fn failed(error: &ApiError) -> Answer {
    let told = &error.told;
    if error.cause.is_before_sending() {
        return Answer::NotSent {
            cause: error.to_string(),
        };
    }
    match told.status {
        // 408 and 429 may come after part of the work, 409 and 422 while a first attempt still runs (contract A.3,
        // A.6): only a read tells.
        Some(status @ 400..=499) if told.readable && !matches!(status, 408 | 409 | 422 | 429) => {
            Answer::Refused(Refusal {
                status,
                code: told.code.clone(),
                text: told.text.clone(),
                draft: told.draft.clone(),
            })
        }
        _ => unclear(&error.to_string()),
    }
}

/// Whether a refusal says that the connector knows no idempotency keys: then nothing was written (contract A.6).
pub(super) fn refuses_key(error: &ApiError) -> bool {
    let told = &error.told;
    let about_keys = |text: &String| text.to_ascii_lowercase().contains("idempotency");
    told.status == Some(400)
        && told.readable
        && told.draft.is_none()
        && error.cause != Cause::Refused
        && (about_keys(&told.type_name)
            || about_keys(&told.text)
            || told.detail.iter().any(about_keys))
}

fn uuid(invoice: &Value) -> Option<Uuid> {
    text_at(invoice, "stamp.uuid")?.parse().ok()
}

fn unclear(cause: &str) -> Answer {
    Answer::Unclear {
        cause: cause.to_owned(),
    }
}
