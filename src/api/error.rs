//! What can go wrong on the road to the books: one cause for every row of contract A.3 and A.4.

use std::fmt;
use std::time::Duration;

use crate::domain::record::Id;

/// Why a request failed, as the rooms above have to react to it. Words for people are made from this elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The request never left: connection refused, no such host, no TLS. Certainly nothing was done.
    NotSent,
    /// Sent, but no whole answer came: timeout, cut connection, HTTP 408.
    NoAnswer,
    /// An answer that cannot be understood: not JSON, empty, cut, a redirect, another type than promised.
    Unreadable,
    /// An answer larger than is ever read into memory.
    TooLarge,
    /// The server is down or stumbled (5xx).
    Outage,
    /// Not asked at all, because the server said to wait; see [`Told::retry_after`].
    Paused,
    /// 400 `RequestValidationError`: the body or query is outside the published documents.
    InvalidRequest,
    /// 400 `RequestHeadersValidationError`: a header of the connection is missing.
    InvalidHeaders,
    /// 400 `UnsupportedFiltersError`
    UnsupportedFilter,
    /// 400 `UnsupportedSortFieldError`
    UnsupportedSort,
    /// 400 `InvalidCursorError`: the walk has to begin again.
    InvalidCursor,
    /// 400 `PaginationNotSupportedError`
    PaginationNotSupported,
    /// `ConnectorExecutionError`: Alegra itself said no (contract A.4).
    Refused,
    /// 401 `UnauthorizedError`: the API key is wrong.
    Unauthorized,
    /// 401 `ConnectorCredentialsError`: Apideck has no valid credentials for Alegra.
    ConnectorCredentials,
    /// 402 `RequestLimitError`: the plan's quota is used up.
    QuotaUsedUp,
    /// 403: not allowed for this user.
    Forbidden,
    /// 404 `EntityNotFoundError`
    NotFound,
    /// 404 `ConnectionNotFoundError` and its like: wrong consumer, application or service.
    ConnectionNotFound,
    /// 409: somebody else changed it, or a first attempt still runs.
    Conflict,
    /// 422 `InvalidStateError`
    InvalidState,
    /// 429 `ConnectorRateLimitError`
    RateLimited,
    /// 501 `ConnectorOperationUnsupportedError`
    UnsupportedOperation,
    /// 501 `MappingError` and its like: the connector is incomplete.
    Mapping,
    /// Any other 4xx.
    Rejected,
    /// This program does not offer that for this kind; nothing was sent.
    NotOffered,
    /// What was to be sent cannot be said on this wire (an id that is no path segment, a régimen that Alegra has no
    /// word for); nothing was sent.
    NotSendable,
}

impl Cause {
    /// Whether nothing was sent at all, so that certainly nothing was done.
    pub fn is_before_sending(self) -> bool {
        matches!(
            self,
            Cause::NotSent | Cause::Paused | Cause::NotOffered | Cause::NotSendable
        )
    }

    /// Whether only a person can help, at the settings of the connection: never retried in the background.
    pub fn needs_settings(self) -> bool {
        matches!(
            self,
            Cause::InvalidHeaders
                | Cause::Unauthorized
                | Cause::ConnectorCredentials
                | Cause::ConnectionNotFound
        )
    }
}

/// What the server told about a failure. No text in it ever holds the key of the connection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// HTTP status, where there was a reply.
    pub status: Option<u16>,
    /// Apideck's machine word (`ConnectorExecutionError`); empty when none was told.
    pub type_name: String,
    /// The innermost code (`3051`), as text; empty when none was told.
    pub code: String,
    /// The innermost text in the server's own words; for failures without a reply, what the transport said.
    pub text: String,
    /// Everything else that was told, one `path: text` each: the fields at fault, missing headers.
    pub detail: Vec<String>,
    /// The draft that was kept although the request was refused (contract A.4).
    pub draft: Option<Id>,
    /// The server's name for the request.
    pub request_id: Option<String>,
    /// How long to wait before asking again.
    pub retry_after: Option<Duration>,
    /// Whether the body was a refusal that could be read, so that the server certainly said no.
    pub readable: bool,
}

/// A failed request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct ApiError {
    /// What kind of failure.
    pub cause: Cause,
    /// What was told about it.
    pub told: Box<Told>,
}

impl ApiError {
    /// A failure about which only this much is known.
    pub(super) fn new(cause: Cause, text: impl Into<String>) -> Self {
        Self {
            cause,
            told: Box::new(Told {
                text: text.into(),
                ..Told::default()
            }),
        }
    }
}

impl fmt::Display for ApiError {
    /// One technical line: status, words of the server, request id. Screens use the cause and their own words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.told.status {
            Some(status) => write!(f, "HTTP {status}")?,
            None => write!(f, "{:?}", self.cause)?,
        }
        if !self.told.code.is_empty() {
            write!(f, " [{}]", self.told.code)?;
        }
        if !self.told.text.is_empty() {
            write!(f, ": {}", self.told.text)?;
        }
        if let Some(id) = &self.told.request_id {
            write!(f, " ({id})")?;
        }
        Ok(())
    }
}
