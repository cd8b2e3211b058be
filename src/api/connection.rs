//! What a connection needs, checked before anything is sent. Never shows a key.

use std::net::IpAddr;

use reqwest::Url;
use reqwest::header::HeaderValue;

use crate::domain::company::CompanyId;
use crate::domain::secret::Secret;

/// One company's road to its books (contract A.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// One base for Unify and Proxy, `https://unify.apideck.com` or a sandbox on loopback.
    pub base: String,
    /// The Apideck API key.
    pub key: Secret,
    /// `x-apideck-app-id`
    pub app_id: String,
    /// `x-apideck-consumer-id`: whose Alegra account.
    pub consumer_id: String,
}

impl Connection {
    /// Whether the other side is on this machine; a base that is no address is not.
    pub fn is_loopback(&self) -> bool {
        Url::parse(self.base.trim()).is_ok_and(|url| is_loopback(&url))
    }

    /// The name by which the books behind this connection are kept: whose account, and at which place. All of this
    /// machine is one place, because a sandbox may listen on another port tomorrow.
    pub fn books(&self) -> CompanyId {
        CompanyId(format!("{}@{}", self.consumer_id.trim(), self.place()))
    }

    /// Whose the key is: which application, and at which place. A key that was kept for one place is never sent to
    /// another.
    pub fn account(&self) -> String {
        format!("{}@{}", self.app_id.trim(), self.place())
    }

    fn place(&self) -> String {
        match Url::parse(self.base.trim()) {
            Ok(url) if is_loopback(&url) => "loopback".to_owned(),
            Ok(url) => {
                let host = url.host_str().unwrap_or_default();
                let port = url.port().map(|port| format!(":{port}"));
                let path = url.path().trim_end_matches('/');
                [host, port.as_deref().unwrap_or_default(), path].concat()
            }
            Err(_) => String::new(),
        }
    }
}

/// Why a connection cannot even be tried.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConnectionError {
    /// The base is no URL of a server, or carries a user, a query or a fragment.
    #[error("the address of the API is not a plain http(s) URL")]
    NotABase,
    /// Plain http to another machine would show the key to the wire.
    #[error("plain http is accepted for loopback only")]
    PlainHttp,
    /// The key is empty or cannot stand in a header.
    #[error("the API key is empty or has characters that no key has")]
    Key,
    /// The application id is empty or cannot stand in a header.
    #[error("the application id is empty or has characters that no id has")]
    AppId,
    /// The consumer id is empty or cannot stand in a header.
    #[error("the consumer id is empty or has characters that no id has")]
    ConsumerId,
    /// TLS cannot be set up on this machine (no root certificates, for instance).
    #[error("TLS could not be set up: {0}")]
    Tls(String),
}

/// A connection whose parts are fit to be sent.
#[derive(Clone)]
pub(super) struct Checked {
    /// Base without a trailing slash.
    pub base: String,
    /// Whether the base is on this machine.
    pub loopback: bool,
    /// `Bearer …`, marked as sensitive.
    pub authorization: HeaderValue,
    /// `x-apideck-app-id`
    pub app_id: HeaderValue,
    /// `x-apideck-consumer-id`
    pub consumer_id: HeaderValue,
}

impl Connection {
    /// Checks every part; sends nothing.
    pub(super) fn checked(&self) -> Result<Checked, ConnectionError> {
        let url = Url::parse(self.base.trim()).map_err(|_| ConnectionError::NotABase)?;
        let plain = url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none()
            && url.host_str().is_some();
        if !plain {
            return Err(ConnectionError::NotABase);
        }
        let loopback = is_loopback(&url);
        match url.scheme() {
            "https" => {}
            "http" if loopback => {}
            "http" => return Err(ConnectionError::PlainHttp),
            _ => return Err(ConnectionError::NotABase),
        }
        let bearer = header(self.key.expose()).and_then(|_| {
            let mut value =
                HeaderValue::from_str(&format!("Bearer {}", self.key.expose().trim())).ok()?;
            value.set_sensitive(true);
            Some(value)
        });
        Ok(Checked {
            base: url.as_str().trim_end_matches('/').to_owned(),
            loopback,
            authorization: bearer.ok_or(ConnectionError::Key)?,
            app_id: header(&self.app_id).ok_or(ConnectionError::AppId)?,
            consumer_id: header(&self.consumer_id).ok_or(ConnectionError::ConsumerId)?,
        })
    }
}

/// Whether this URL leads to the machine itself.
pub(super) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || address
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// A header value of visible ASCII; `None` where it is empty or anything else.
fn header(text: &str) -> Option<HeaderValue> {
    let text = text.trim();
    let visible = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    visible.then(|| HeaderValue::from_str(text).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connection(base: &str) -> Connection {
        Connection {
            base: base.into(),
            key: Secret::new("sk_live_very_secret"),
            app_id: "app".into(),
            consumer_id: "despacho-001".into(),
        }
    }

    #[test]
    fn plain_http_is_for_loopback_only() {
        for base in [
            "http://127.0.0.1:8787",
            "http://localhost:8787/",
            "http://[::1]:8787",
            "https://unify.apideck.com",
        ] {
            assert!(connection(base).checked().is_ok(), "{base}");
        }
        for base in [
            "http://unify.apideck.com",
            "http://192.168.0.4:8787",
            "http://127.0.0.1.example.com",
            "http://localhost.example.com",
        ] {
            assert_eq!(
                connection(base).checked().err(),
                Some(ConnectionError::PlainHttp),
                "{base}"
            );
        }
        for base in [
            "",
            "unify.apideck.com",
            "ftp://unify.apideck.com",
            "https://me:word@unify.apideck.com",
            "https://unify.apideck.com/?key=1",
        ] {
            assert_eq!(
                connection(base).checked().err(),
                Some(ConnectionError::NotABase),
                "{base}"
            );
        }
    }

    #[test]
    fn books_are_named_by_place_and_account_and_any_port_of_this_machine_is_one_place() {
        let books = |base: &str| connection(base).books().0;
        let here = books("http://127.0.0.1:8787");
        assert_eq!(here, "despacho-001@loopback");
        assert_eq!(books("http://localhost:40001/"), here);
        let live = books("https://unify.apideck.com");
        assert_eq!(live, "despacho-001@unify.apideck.com");
        assert_eq!(books(" https://unify.apideck.com/ "), live);
        assert_eq!(
            connection("https://unify.apideck.com").account(),
            "app@unify.apideck.com"
        );
        assert_ne!(books("https://unify.apideck.com:8443"), live);
        assert_ne!(books("https://unify.apideck.com/test"), live);
    }

    #[test]
    fn what_cannot_stand_in_a_header_is_named_and_not_shown() {
        let mut broken = connection("http://127.0.0.1:1");
        broken.key = Secret::new("two\r\nlines");
        assert_eq!(broken.checked().err(), Some(ConnectionError::Key));
        let mut broken = connection("http://127.0.0.1:1");
        broken.app_id = "  ".into();
        assert_eq!(broken.checked().err(), Some(ConnectionError::AppId));
        let mut broken = connection("http://127.0.0.1:1");
        broken.consumer_id = "ñ".into();
        assert_eq!(broken.checked().err(), Some(ConnectionError::ConsumerId));
    }

    #[test]
    fn a_connection_can_be_printed_without_its_key() {
        let connection = connection("http://127.0.0.1:1");
        assert!(!format!("{connection:?}").contains("very_secret"));
        let checked = connection.checked().expect("a good connection");
        assert!(!format!("{:?}", checked.authorization).contains("very_secret"));
    }
}
