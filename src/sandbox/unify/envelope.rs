//! The envelope around every answer: status, pages, links, and the place of `_raw` (contract A.2, C.2).

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use super::super::call::{Call, Reply};
use super::super::errors::Refusal;
use super::super::options::RawPlace;
use super::super::query::{self, ListQuery};
use super::shape::{self, Rigour, Shape};
use super::{Manner, Page, Record};

/// Writes the answers to one call.
pub struct Envelope<'a> {
    pub(super) resource: &'static str,
    pub(super) raw: bool,
    pub(super) call: &'a Call,
    pub(super) manner: &'a Manner,
}

impl Envelope<'_> {
    /// The body of a write, once its shape was found to be good.
    pub fn body(&self, shape: &Shape, rigour: Rigour) -> Result<Map<String, Value>, Refusal> {
        let body: Value = serde_json::from_slice(&self.call.body).map_err(|error| {
            Refusal::invalid("The request body is not valid JSON")
                .with_detail(json!(error.to_string()))
        })?;
        let Value::Object(body) = body else {
            return Err(Refusal::invalid("The request body must be a JSON object"));
        };
        shape::check(&body, shape, rigour)?;
        Ok(body)
    }

    fn around(&self, status: u16, operation: &str, data: Value) -> Value {
        json!({
            "status_code": status,
            "status": if status == 201 { "Created" } else { "OK" },
            "service": "alegra",
            "resource": self.resource,
            "operation": operation,
            "data": data,
        })
    }

    pub fn one(&self, record: Record) -> Reply {
        let (data, beside) = self.projected(record);
        let mut body = self.around(200, "one", data);
        put_raw(&mut body, beside);
        Reply::json(200, body)
    }

    pub fn list(&self, page: Page, asked: &ListQuery) -> Reply {
        let resource = self.resource;
        let count = page.records.len();
        let (data, beside): (Vec<Value>, Vec<Option<Value>>) = page
            .records
            .into_iter()
            .map(|record| self.projected(record))
            .unzip();
        let mut body = self.around(200, "all", Value::Array(data));
        put_raw(
            &mut body,
            beside
                .into_iter()
                .collect::<Option<Vec<Value>>>()
                .filter(|_| self.raw && self.beside())
                .map(Value::Array),
        );
        let cursor = |offset: usize| query::cursor(resource, offset);
        let previous = asked
            .resumed
            .then(|| cursor(asked.offset.saturating_sub(asked.limit)));
        let current = asked.resumed.then(|| cursor(asked.offset));
        let next = page.next.map(cursor);
        if let Some(fields) = body.as_object_mut() {
            let link = |cursor: &Option<String>| cursor.as_ref().map(|cursor| self.link(cursor));
            let links = json!({"previous": link(&previous), "current": link(&current), "next": link(&next)});
            fields.insert(
                "meta".to_owned(),
                json!({
                    "items_on_page": count,
                    "cursors": {"previous": previous, "current": current, "next": next},
                }),
            );
            fields.insert("links".to_owned(), links);
        }
        Reply::json(200, body)
    }

    /// The answer to a write: the id and nothing else, as Apideck does it; `native` for whoever asked
    /// for it raw.
    pub fn written(&self, status: u16, operation: &str, id: u32, native: Option<Value>) -> Reply {
        let mut data = json!({"id": id.to_string()});
        if let ("invoices", Some(fields)) = (self.resource, data.as_object_mut()) {
            fields.insert("downstream_id".to_owned(), json!(id.to_string()));
        }
        let mut beside = None;
        if let (true, Some(native)) = (self.raw, native) {
            match self.manner.raw {
                RawPlace::Record if !self.manner.strict => put_raw(&mut data, Some(native)),
                _ => beside = Some(native),
            }
        }
        let mut body = self.around(status, operation, data);
        put_raw(&mut body, beside);
        Reply::json(status, body)
    }

    fn beside(&self) -> bool {
        self.manner.strict || self.manner.raw == RawPlace::Envelope
    }

    /// The record as it goes into `data`, and the native one if it goes beside.
    fn projected(&self, record: Record) -> (Value, Option<Value>) {
        let mut data = query::project(record.unified, self.call.param("fields"));
        match (self.raw, self.beside()) {
            (false, _) => (data, None),
            (true, true) => (data, Some(record.native)),
            (true, false) => {
                put_raw(&mut data, Some(record.native));
                (data, None)
            }
        }
    }

    /// The address of this list at another cursor.
    fn link(&self, cursor: &str) -> String {
        let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let mut pairs: Vec<String> = self
            .call
            .query
            .iter()
            .filter(|(key, _)| key != "cursor")
            .map(|(key, value)| format!("{}={}", encoded(key), encoded(value)))
            .collect();
        pairs.push(format!("cursor={}", encoded(cursor)));
        format!(
            "{}{}?{}",
            self.manner.base_url,
            self.call.path,
            pairs.join("&")
        )
    }
}

fn put_raw(holder: &mut Value, raw: Option<Value>) {
    if let (Some(raw), Some(fields)) = (raw, holder.as_object_mut()) {
        fields.insert("_raw".to_owned(), raw);
    }
}
