//! The error bodies of both roads: Apideck's (contract A.3) and Alegra's own (contract A.4, D.6).

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::call::Reply;

/// An error that Apideck itself answers with.
#[derive(Debug, Clone)]
pub struct Refusal {
    pub status: u16,
    pub type_name: &'static str,
    pub message: String,
    pub detail: Option<Value>,
    pub downstream: Option<Value>,
}

impl Refusal {
    pub fn new(status: u16, type_name: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            type_name,
            message: message.into(),
            detail: None,
            downstream: None,
        }
    }

    /// The same, with the `detail` that names what is wrong.
    pub fn with_detail(mut self, detail: Value) -> Self {
        self.detail = Some(detail);
        self
    }

    /// 400: the request is outside of the published document.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(400, "RequestValidationError", message)
    }

    /// 404: no such record or route.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(404, "EntityNotFoundError", message)
    }

    /// 501: another connector may do this, Alegra does not.
    pub fn unsupported(message: impl Into<String>) -> Self {
        Self::new(501, "ConnectorOperationUnsupportedError", message)
    }

    pub fn reply(self) -> Reply {
        let phrase = StatusCode::from_u16(self.status)
            .ok()
            .and_then(|status| status.canonical_reason())
            .unwrap_or("Error");
        let mut body = json!({
            "status_code": self.status,
            "error": phrase,
            "type_name": self.type_name,
            "message": self.message,
            "detail": self.detail.unwrap_or(Value::String(self.message.clone())),
            "ref": format!("https://developers.apideck.com/errors#{}", self.type_name.to_lowercase()),
        });
        if let (Some(downstream), Some(fields)) = (self.downstream, body.as_object_mut()) {
            fields.insert(
                "downstream_errors".to_owned(),
                Value::Array(vec![downstream]),
            );
        }
        Reply::json(self.status, body)
    }
}

/// An error of Alegra: a status, a code and a text in Spanish, sometimes with the document it kept.
#[derive(Debug, Clone)]
pub struct NativeError {
    pub status: u16,
    pub code: i64,
    pub message: String,
    /// The document that was kept although its stamp was refused, and what it is called.
    pub kept: Option<(&'static str, Value)>,
    /// Further keys, such as the list of items at fault.
    pub details: Option<Value>,
}

/// Alegra's code for a stamp that the SAT or the PAC refused.
pub const STAMP_REFUSED: i64 = 3051;

impl NativeError {
    pub fn new(status: u16, code: i64, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            kept: None,
            details: None,
        }
    }

    /// 400 with the plain code 400: the body breaks a rule of Alegra's.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(400, 400, message)
    }

    /// 404 with the plain code 404.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(404, 404, message)
    }

    /// 400 with code 3051.
    pub fn stamp_refused(message: impl Into<String>) -> Self {
        Self::new(400, STAMP_REFUSED, message)
    }

    /// The body as Alegra writes it.
    pub fn body(&self) -> Value {
        let mut body = Map::new();
        body.insert("code".to_owned(), Value::from(self.code));
        body.insert("message".to_owned(), Value::String(self.message.clone()));
        if let Some(details) = &self.details {
            body.insert("details".to_owned(), details.clone());
        }
        if let Some((name, document)) = &self.kept {
            body.insert((*name).to_owned(), document.clone());
        }
        Value::Object(body)
    }

    /// As the Proxy hands it on: status and body verbatim.
    pub fn proxied(self) -> Reply {
        let mut reply = Reply::json(self.status, self.body());
        reply.downstream_error = true;
        reply
    }
}

impl From<NativeError> for Refusal {
    /// As Unify wraps it: Alegra's status is kept and its body stands in `detail`.
    fn from(error: NativeError) -> Self {
        let (type_name, message) = match error.status {
            404 => ("EntityNotFoundError", "El registro no existe"),
            _ if error.code == STAMP_REFUSED => (
                "ConnectorExecutionError",
                "No fue posible timbrar la factura",
            ),
            _ => ("ConnectorExecutionError", "Alegra rechazó la operación"),
        };
        Self {
            status: error.status,
            type_name,
            message: message.to_owned(),
            detail: Some(error.body()),
            downstream: Some(json!({"code": error.code.to_string(), "message": error.message})),
        }
    }
}
