//! JSON objects that are made by moving their values into them.
//!
//! `serde_json::json!` writes every value that it is given anew, and what stands inside of it, too: a page of thirty
//! documents was written three times over before it was sent. Lists of records are made of these; where little is
//! told, `json!` is as good.

/// An object of keys and of anything that becomes a [`serde_json::Value`] by itself.
macro_rules! object {
    ({ $($key:tt: $value:expr),* $(,)? }) => {{
        let mut fields = ::serde_json::Map::new();
        $(fields.insert(String::from($key), ::serde_json::Value::from($value));)*
        ::serde_json::Value::Object(fields)
    }};
}
pub(super) use object;
