//! One request as the sandbox sees it, and one reply before it is put on the wire.

use axum::body::Bytes;
use axum::http::{HeaderMap, Method};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::{Value, json};

/// A request, read whole.
#[derive(Clone)]
pub struct Call {
    pub method: Method,
    /// The path as sent, without the query.
    pub path: String,
    /// Key and value pairs in the order sent, decoded.
    pub query: Vec<(String, String)>,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Call {
    /// A header as text; absent when it is missing, empty or not text.
    pub fn header(&self, name: &str) -> Option<&str> {
        let value = self.headers.get(name)?.to_str().ok()?.trim();
        (!value.is_empty()).then_some(value)
    }

    /// The first value of a query key.
    pub fn param(&self, key: &str) -> Option<&str> {
        param(&self.query, key)
    }

    /// The `links` of a page of this list. The current one is declared to be always there: on the first page it is
    /// the list without a cursor.
    pub fn links(&self, base_url: &str, cursors: &Cursors) -> Value {
        let link = |cursor: &String| self.at_cursor(base_url, Some(cursor));
        json!({
            "previous": cursors.previous.as_ref().map(link),
            "current": self.at_cursor(base_url, cursors.current.as_deref()),
            "next": cursors.next.as_ref().map(link),
        })
    }

    /// The address of this list at another cursor, or at its beginning.
    fn at_cursor(&self, base_url: &str, cursor: Option<&str>) -> String {
        let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let mut pairs: Vec<String> = self
            .query
            .iter()
            .filter(|(key, _)| key != "cursor")
            .map(|(key, value)| format!("{}={}", encoded(key), encoded(value)))
            .collect();
        pairs.extend(cursor.map(|cursor| format!("cursor={}", encoded(cursor))));
        let query = if pairs.is_empty() { "" } else { "?" };
        format!("{base_url}{}{query}{}", self.path, pairs.join("&"))
    }
}

/// The cursors of the pages around one page.
pub struct Cursors {
    pub previous: Option<String>,
    pub current: Option<String>,
    pub next: Option<String>,
}

impl Cursors {
    /// As they stand in `meta`.
    pub fn json(&self) -> Value {
        json!({"previous": self.previous, "current": self.current, "next": self.next})
    }
}

/// The first value of a key among query pairs.
pub fn param<'a>(query: &'a [(String, String)], key: &str) -> Option<&'a str> {
    query
        .iter()
        .find(|(name, _)| name == key)
        .map(|(_, value)| value.as_str())
}

/// Splits and decodes a query string; `+` is a blank, as forms write it.
pub fn query_pairs(query: &str) -> Vec<(String, String)> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(key), decoded(value))
        })
        .collect()
}

fn decoded(text: &str) -> String {
    let blanks = text.replace('+', " ");
    percent_decode_str(&blanks).decode_utf8_lossy().into_owned()
}

/// The segments of a path, decoded, without the empty ones at the ends.
pub fn segments(path: &str) -> Vec<String> {
    path.trim_matches('/')
        .split('/')
        .map(|segment| percent_decode_str(segment).decode_utf8_lossy().into_owned())
        .collect()
}

/// What a reply carries.
pub enum Content {
    Json(Value),
    File {
        content_type: &'static str,
        bytes: Vec<u8>,
    },
    /// Bytes that are no proper reply: what a broken gateway sends.
    Garbage(String),
}

/// A reply before its headers are written.
pub struct Reply {
    pub status: u16,
    pub content: Content,
    /// The body is an error of Alegra's own, handed on verbatim by the Proxy.
    pub downstream_error: bool,
    /// Where to fetch what is too large for this reply.
    pub location: Option<String>,
}

impl Content {
    /// The type of a JSON body.
    pub const JSON: &str = "application/json; charset=utf-8";
}

impl Reply {
    /// A reply with a JSON body.
    pub fn json(status: u16, body: Value) -> Self {
        Self {
            status,
            content: Content::Json(body),
            downstream_error: false,
            location: None,
        }
    }
}
