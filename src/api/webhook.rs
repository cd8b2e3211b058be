//! What the other side tells by itself (contract E): deliveries and their signatures, and the subscriptions to them.
//!
//! A delivery carries no data of a record, only which one changed. Its address of the record is never gone to: whoever
//! hears of a change reads the record from the configured host. Nothing of a delivery is believed before its signature
//! was found to be good.

use jiff::Timestamp;
use reqwest::Method;
use ring::hmac;
use serde_json::{Value, json};

use super::error::{ApiError, Cause};
use super::http::{Act, Http, Target, encoded};
use super::json::{id_at, instant, list_at, text_at};
use super::refusal;
use crate::domain::kind::Kind;
use crate::domain::record::Id;
use crate::domain::secret::Secret;

/// What is subscribed to: all that Alegra tells (contract E.1).
pub(super) const EVENTS: [&str; 15] = [
    "accounting.invoice.created",
    "accounting.invoice.updated",
    "accounting.invoice.deleted",
    "accounting.bill.created",
    "accounting.bill.updated",
    "accounting.bill.deleted",
    "accounting.invoice_item.created",
    "accounting.invoice_item.updated",
    "accounting.invoice_item.deleted",
    "accounting.customer.created",
    "accounting.customer.updated",
    "accounting.customer.deleted",
    "accounting.supplier.created",
    "accounting.supplier.updated",
    "accounting.supplier.deleted",
];

/// Where the subscriptions are (contract E.4).
const SUBSCRIPTIONS: &str = "/webhook/webhooks";

/// More pages of subscriptions than anybody has; a list that goes on is not ours to walk for ever.
const MOST_PAGES: usize = 50;

/// A delivery whose signature is good, about these books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Name of the event; the same in every repetition.
    pub event: String,
    /// What happened, as Apideck calls it (`accounting.invoice.updated`).
    pub name: String,
    /// The record that it happened to; none for a probe, and for what this program knows no kind for.
    pub about: Option<(Kind, Id)>,
    /// When it happened.
    pub at: Timestamp,
}

/// Why a delivery is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unbelieved {
    /// It is no JSON, or says too little to be a delivery.
    #[error("no delivery")]
    Unreadable,
    /// Its signature is missing or wrong.
    #[error("no good signature")]
    Forged,
    /// It is signed, and about other books than these.
    #[error("about other books")]
    Foreign,
}

/// A subscription as the other side keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Its id there.
    pub id: String,
    /// Where deliveries go.
    pub url: String,
    /// Whether anything is delivered.
    pub enabled: bool,
    /// Why not, as a machine word (`delivery_url_validation_failed`); empty where nothing is told.
    pub reason: String,
    /// Whether it hears of all that Alegra tells.
    pub whole: bool,
}

/// Reads a delivery and checks its signature (contract E.3), in constant time.
pub(super) fn believed(
    key: &Secret,
    consumer: &str,
    body: &[u8],
    signature: &str,
) -> Result<Delivery, Unbelieved> {
    let body: Value = serde_json::from_slice(body).map_err(|_| Unbelieved::Unreadable)?;
    let tag = unhexed(signature.trim()).ok_or(Unbelieved::Forged)?;
    let key = hmac::Key::new(hmac::HMAC_SHA256, key.expose().as_bytes());
    // The objects of this JSON library keep their keys sorted, and their text has no blanks: the very form that is
    // signed, whatever the order in which it came.
    hmac::verify(&key, body.to_string().as_bytes(), &tag).map_err(|_| Unbelieved::Forged)?;
    let text = |path: &str| text_at(&body, path).ok_or(Unbelieved::Unreadable);
    if text("payload.consumer_id")? != consumer || text("payload.service_id")? != "alegra" {
        return Err(Unbelieved::Foreign);
    }
    let at = super::json::at(&body, "payload.occurred_at").and_then(instant);
    Ok(Delivery {
        event: text("payload.event_id")?,
        name: text("payload.event_type")?,
        about: text_at(&body, "payload.entity_type")
            .and_then(|entity| kind_of(&entity))
            .zip(id_at(&body, "payload.entity_id").map(Id)),
        at: at.ok_or(Unbelieved::Unreadable)?,
    })
}

/// What an `entity_type` is here.
fn kind_of(entity: &str) -> Option<Kind> {
    match entity {
        "invoice" => Some(Kind::Invoices),
        "bill" => Some(Kind::Bills),
        "invoice_item" => Some(Kind::InvoiceItems),
        "customer" => Some(Kind::Customers),
        "supplier" => Some(Kind::Suppliers),
        _ => None,
    }
}

/// The bytes that pairs of hexadecimal digits are; nothing for anything else.
fn unhexed(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| {
        char::from(byte)
            .to_digit(16)
            .and_then(|d| u8::try_from(d).ok())
    };
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else {
        return None;
    };
    pairs
        .iter()
        .map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?))
        .collect()
}

/// All subscriptions of the application, whoever made them.
pub(super) async fn subscriptions(http: &Http) -> Result<Vec<Subscription>, ApiError> {
    let mut found = Vec::new();
    let mut cursor: Option<String> = None;
    for _ in 0..MOST_PAGES {
        let mut query = vec![("limit", "30".to_owned())];
        query.extend(cursor.clone().map(|cursor| ("cursor", cursor)));
        let target = Target::Webhook {
            path: SUBSCRIPTIONS.to_owned(),
            query,
        };
        let body = refusal::json(&http.get(&target).await?)?;
        if body.get("data").is_none_or(|data| !data.is_array()) {
            return Err(ApiError::new(Cause::Unreadable, "an answer without a list"));
        }
        found.extend(list_at(&body, "data").iter().filter_map(read));
        let next = text_at(&body, "meta.cursors.next").filter(|next| Some(next) != cursor.as_ref());
        match next {
            Some(next) => cursor = Some(next),
            None => break,
        }
    }
    Ok(found)
}

/// Makes a subscription for this address; the other side tries the address before it answers.
pub(super) async fn subscribe(http: &Http, url: &str) -> Result<Subscription, ApiError> {
    let body = json!({
        "description": "timbra",
        "unified_api": "accounting",
        "status": "enabled",
        "delivery_url": url,
        "events": EVENTS,
    });
    told(http, Method::POST, SUBSCRIPTIONS.to_owned(), Some(body)).await
}

/// Switches a subscription on again, for all that Alegra tells.
pub(super) async fn revive(http: &Http, id: &str) -> Result<Subscription, ApiError> {
    let body = json!({ "status": "enabled", "events": EVENTS });
    told(http, Method::PATCH, path(id), Some(body)).await
}

/// Removes a subscription. One that is gone already is no error.
pub(super) async fn unsubscribe(http: &Http, id: &str) -> Result<(), ApiError> {
    match told(http, Method::DELETE, path(id), None).await {
        Err(error) if error.cause != Cause::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn path(id: &str) -> String {
    format!("{SUBSCRIPTIONS}/{}", encoded(id))
}

async fn told(
    http: &Http,
    method: Method,
    path: String,
    body: Option<Value>,
) -> Result<Subscription, ApiError> {
    let act = Act {
        method,
        target: Target::Webhook {
            path,
            query: Vec::new(),
        },
        body: body.map(|body| body.to_string()),
        idempotency_key: None,
    };
    let answer = refusal::json(&http.act(act).await?)?;
    answer
        .get("data")
        .and_then(read)
        .ok_or_else(|| ApiError::new(Cause::Unreadable, "an answer without a subscription"))
}

/// A subscription, where this is one.
fn read(told: &Value) -> Option<Subscription> {
    let events: Vec<&str> = list_at(told, "events")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    Some(Subscription {
        id: id_at(told, "id")?,
        url: text_at(told, "delivery_url").unwrap_or_default(),
        enabled: text_at(told, "status").is_some_and(|status| status == "enabled"),
        reason: text_at(told, "disabled_reason")
            .filter(|reason| reason != "none")
            .unwrap_or_default(),
        whole: events.contains(&"*") || EVENTS.iter().all(|event| events.contains(event)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Contract E.3, its text and its signature.
    const TOLD: &str = r#"{"payload":{"consumer_id":"despacho-001","entity_id":"6","entity_type":"invoice","entity_url":"https://unify.apideck.com/accounting/invoices/6","event_id":"0b1f7c52-6a3e-4f0e-9d55-7a1c2e9b4d10","event_type":"accounting.invoice.updated","execution_attempt":1,"occurred_at":"2026-05-31T18:04:11.000Z","service_id":"alegra","unified_api":"accounting"}}"#;
    const SIGNED: &str = "12136c71c6e03374a8ef65621819a0791a8e0ce36ded6fa410b0c8c3de885232";

    fn hear(body: &str, signature: &str) -> Result<Delivery, Unbelieved> {
        let key = Secret::new("sk_test_alegra_demo");
        believed(&key, "despacho-001", body.as_bytes(), signature)
    }

    #[test]
    fn the_published_example_is_believed_in_whatever_order_it_comes() {
        let unsorted = r#"{ "payload" : {"unified_api":"accounting","service_id":"alegra",
            "occurred_at":"2026-05-31T18:04:11.000Z","execution_attempt":1,
            "event_type":"accounting.invoice.updated","event_id":"0b1f7c52-6a3e-4f0e-9d55-7a1c2e9b4d10",
            "entity_url":"https://unify.apideck.com/accounting/invoices/6","entity_type":"invoice",
            "entity_id":"6","consumer_id":"despacho-001"} }"#;
        for body in [TOLD, unsorted] {
            let heard = hear(body, SIGNED).expect("a delivery");
            assert_eq!(heard.about, Some((Kind::Invoices, Id::from("6"))));
            assert_eq!(heard.event, "0b1f7c52-6a3e-4f0e-9d55-7a1c2e9b4d10");
            assert_eq!(heard.at.to_string(), "2026-05-31T18:04:11Z");
        }
    }

    #[test]
    fn nothing_is_believed_without_its_signature() {
        let other = TOLD.replace("\"6\"", "\"7\"");
        for (body, signature) in [
            (TOLD, ""),
            (TOLD, "zz"),
            (TOLD, &SIGNED[..62]),
            (TOLD, &SIGNED.replace('1', "2")),
            (other.as_str(), SIGNED),
        ] {
            assert_eq!(
                hear(body, signature),
                Err(Unbelieved::Forged),
                "{signature}"
            );
        }
        for body in ["", "{", "\u{0}"] {
            assert_eq!(hear(body, SIGNED), Err(Unbelieved::Unreadable));
        }
        let key = Secret::new("another key");
        let heard = believed(&key, "despacho-001", TOLD.as_bytes(), SIGNED);
        assert_eq!(heard, Err(Unbelieved::Forged));
    }

    #[test]
    fn what_is_signed_and_about_other_books_is_foreign() {
        let key = Secret::new("sk_test_alegra_demo");
        let heard = believed(&key, "despacho-002", TOLD.as_bytes(), SIGNED);
        assert_eq!(heard, Err(Unbelieved::Foreign));
    }
}
