//! The envelope around every answer: status, pages, links, and the place of `_raw` (contract A.2, C.2).

use serde_json::{Map, Value, json};

use super::super::call::{Call, Cursors, Reply};
use super::super::errors::Refusal;
use super::super::object::object;
use super::super::options::RawPlace;
use super::super::query::{self, ListQuery};
use super::shape::{self, Rigour, Shape};
use super::{Manner, Page, Record};

/// Resources whose answers the published document gives no place for the native record.
const WITHOUT_RAW: [&str; 2] = ["bank-accounts", "quotes"];

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
        object!({
            "status_code": status,
            "status": if status == 201 { "Created" } else { "OK" },
            "service": "alegra",
            "resource": self.resource,
            "operation": operation,
            "data": data,
        })
    }

    /// One record; `native` gives it as Alegra has it.
    pub fn one(&self, unified: Value, native: impl FnOnce() -> Option<Value>) -> Reply {
        let (data, beside) = self.projected(unified, native);
        let mut body = self.around(200, "one", data);
        put_raw(&mut body, beside);
        Reply::json(200, body)
    }

    /// A page of a list; `native` gives the record of an id as Alegra has it.
    pub fn list(
        &self,
        page: Page,
        asked: &ListQuery,
        native: impl Fn(u32) -> Option<Value>,
    ) -> Reply {
        let resource = self.resource;
        let count = page.records.len();
        let (data, beside): (Vec<Value>, Vec<Option<Value>>) = page
            .records
            .into_iter()
            .map(|Record { id, unified }| self.projected(unified, || native(id)))
            .unzip();
        let mut body = self.around(200, "all", Value::Array(data));
        put_raw(
            &mut body,
            beside
                .into_iter()
                .collect::<Option<Vec<Value>>>()
                .filter(|_| self.with_raw() && self.beside())
                // Declared as an object, so that the records of a page need a name.
                .map(|records| object!({ "data": records })),
        );
        let cursor = |offset: usize| query::cursor(resource, offset);
        let resumed = |offset: usize| asked.resumed.then(|| cursor(offset));
        let cursors = Cursors {
            previous: resumed(asked.offset.saturating_sub(asked.limit)),
            current: resumed(asked.offset),
            next: page.next.map(cursor),
        };
        if let Some(fields) = body.as_object_mut() {
            fields.insert(
                "meta".to_owned(),
                json!({"items_on_page": count, "cursors": cursors.json()}),
            );
            let links = self.call.links(&self.manner.base_url, &cursors);
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
        if let (true, Some(native)) = (self.with_raw(), native) {
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

    /// Whether the native record goes along: asked for, and in strict mode also declared.
    fn with_raw(&self) -> bool {
        self.raw && !(self.manner.strict && WITHOUT_RAW.contains(&self.resource))
    }

    /// The record as it goes into `data`, and the native one if it goes beside.
    fn projected(
        &self,
        unified: Value,
        native: impl FnOnce() -> Option<Value>,
    ) -> (Value, Option<Value>) {
        let mut data = query::project(unified, self.call.param("fields"));
        match (self.with_raw(), self.beside()) {
            (false, _) => (data, None),
            (true, true) => (data, native()),
            (true, false) => {
                put_raw(&mut data, native());
                (data, None)
            }
        }
    }
}

fn put_raw(holder: &mut Value, raw: Option<Value>) {
    if let (Some(raw), Some(fields)) = (raw, holder.as_object_mut()) {
        fields.insert("_raw".to_owned(), raw);
    }
}
