//! One request and its reply: headers, time limits, the rate budget, and the only retry that there is, of GET.
//!
//! Unify, Proxy and webhook API share one base and one budget (contract A.1, A.5). Credentials travel in this file alone, are set
//! per request, and go to the configured base only: redirects are never followed by the client itself, and where the
//! contract has one (D.1), it is followed bare. Acts go through a client that keeps no idle connection and retries
//! nothing, so that no layer below can send them twice. Never reads a body's meaning; that is `refusal`'s and the
//! mappings' work.

mod budget;
mod clock;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION};
use reqwest::{Client, Method, RequestBuilder, Response, Url};

use super::connection::{Checked, Connection, ConnectionError, is_loopback};
use super::error::{ApiError, Cause};
use super::webhook::{self, Delivery, Unbelieved};
use super::{Standing, refusal};
use crate::domain::secret::Secret;
use budget::Budget;

/// No reply larger than this is read into memory; a page of thirty raw invoices has about 200 kB.
const MOST_BYTES: usize = 32 << 20;

/// How often a redirect of the Proxy is followed.
const MOST_HOPS: usize = 3;

/// Who asks, for the server's logs.
const USER_AGENT: &str = concat!("timbra/", env!("CARGO_PKG_VERSION"));

/// The service behind the Unify API, always the same one.
const SERVICE: HeaderValue = HeaderValue::from_static("alegra");

/// Time limits and patience. The defaults are those of contract A and law 1; tests shorten them.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    /// To reach the server.
    pub connect: Duration,
    /// For a whole GET; a little more than the gateway allows itself (28 s).
    pub read: Duration,
    /// For a whole act; the gateway's own limit, which the release of an unknown result counts on.
    pub act: Duration,
    /// How long after its first sending a create whose idempotency key was refused may leave again without it. The
    /// gateway's limit from then on still has to end before an unknown result may be released (law 1).
    pub again_within: Duration,
    /// Waits before the second and the third try of a GET.
    pub backoff: [Duration; 2],
    /// The longest wait before such a try; where the server asks for more, its refusal is the answer.
    pub patience: Duration,
    /// Shortest pause that the server can impose.
    pub least_pause: Duration,
    /// Longest pause that the server can impose, and the one assumed when it names none.
    pub most_pause: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            read: Duration::from_secs(30),
            act: Duration::from_secs(60),
            again_within: Duration::from_secs(10),
            backoff: [Duration::from_millis(400), Duration::from_millis(1500)],
            patience: Duration::from_secs(60),
            least_pause: Duration::from_secs(1),
            most_pause: Duration::from_secs(60),
        }
    }
}

/// Where a request goes.
#[derive(Clone, Debug)]
pub(super) enum Target {
    /// A path of Unify and its query.
    Unify {
        /// Beginning with a slash, percent-encoded.
        path: String,
        /// Names and values as they are; encoded when sent.
        query: Vec<(&'static str, String)>,
    },
    /// An absolute URL of the native API, percent-encoded, for `x-apideck-downstream-url`.
    Proxy(String),
    /// A path of the webhook API and its query: of the application, not of one consumer (contract E.4).
    Webhook {
        /// Beginning with a slash, percent-encoded.
        path: String,
        /// Names and values as they are; encoded when sent.
        query: Vec<(&'static str, String)>,
    },
}

/// Something that changes the world: sent once.
#[derive(Debug)]
pub(super) struct Act<'a> {
    /// POST, PATCH or DELETE.
    pub method: Method,
    /// Where to.
    pub target: Target,
    /// JSON text.
    pub body: Option<String>,
    /// Contract A.6; `None` where the operation or the connector knows none.
    pub idempotency_key: Option<&'a str>,
}

/// A reply, read to its end.
#[derive(Debug)]
pub(super) struct Reply {
    /// HTTP status.
    pub status: u16,
    /// The whole body.
    pub body: Vec<u8>,
    /// `Request-Id` or `x-apideck-request-id`.
    pub request_id: Option<String>,
    /// How long to wait, where the reply says so.
    pub retry_after: Option<Duration>,
    /// Whether the body is Alegra's own refusal (`x-apideck-downstream-error`).
    pub downstream: bool,
    /// `Location`, where there is one.
    location: Option<String>,
}

/// What the last reply told of the server's limit (contract A.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Requests a minute.
    pub limit: Option<u32>,
    /// How many of them are left.
    pub remaining: Option<u32>,
    /// When the count begins anew.
    pub reset: Option<Duration>,
}

/// What the last reply told about the server.
#[derive(Default)]
struct Seen {
    date: Option<Timestamp>,
    rate: Option<Rate>,
    request_id: Option<String>,
    /// Requests that left.
    sent: u64,
    used_up: Option<bool>,
    /// How many replies said whether the quota is used up.
    told: u64,
}

/// The client of one connection.
pub(super) struct Http {
    connection: Checked,
    key: Secret,
    timing: Timing,
    reading: Client,
    acting: Client,
    budget: Mutex<Budget>,
    seen: Mutex<Seen>,
}

impl Http {
    /// Prepares the clients; sends nothing.
    pub fn new(connection: &Connection, timing: Timing) -> Result<Self, ConnectionError> {
        let checked = connection.checked()?;
        // An error only says that the process has a provider already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let build = |pooled: bool| {
            let mut builder = Client::builder()
                .user_agent(USER_AGENT)
                .redirect(reqwest::redirect::Policy::none())
                .retry(reqwest::retry::never())
                .referer(false)
                .connect_timeout(timing.connect)
                .tcp_nodelay(true);
            if !pooled {
                builder = builder.pool_max_idle_per_host(0);
            }
            if checked.loopback {
                // A proxy from the environment must not see the plain text, and a machine without root certificates
                // still has its sandbox.
                builder = builder.no_proxy().tls_certs_only(std::iter::empty());
            }
            builder
                .build()
                .map_err(|error| ConnectionError::Tls(chain(&error)))
        };
        Ok(Self {
            reading: build(true)?,
            acting: build(false)?,
            budget: Mutex::new(Budget::new(checked.loopback, Instant::now())),
            seen: Mutex::default(),
            key: connection.key.clone(),
            connection: checked,
            timing,
        })
    }

    /// Reads, with patience: a few tries where the failure may pass by itself. Gives the body of a 2xx.
    pub async fn get(&self, target: &Target) -> Result<Vec<u8>, ApiError> {
        let mut waits = self.timing.backoff.iter();
        loop {
            self.turn().await;
            let error = match self.get_once(target).await {
                Ok(body) => return Ok(body),
                Err(error) => error,
            };
            let Some(wait) = waits.next().filter(|_| may_pass(&error)) else {
                return Err(error);
            };
            let wait = error.told.retry_after.unwrap_or(*wait).max(*wait);
            if wait > self.timing.patience {
                return Err(error);
            }
            tracing::debug!(%error, ?wait, "reading again");
            tokio::time::sleep(wait).await;
        }
    }

    /// Acts: sends once, whatever happens. Gives the body of a 2xx.
    pub async fn act(&self, act: Act<'_>) -> Result<Vec<u8>, ApiError> {
        if let Some(wait) = self.pause() {
            let mut error = ApiError::new(Cause::Paused, "the server asked to wait");
            error.told.retry_after = Some(wait);
            return Err(error);
        }
        self.budget().take(Instant::now());
        let mut request = self
            .request(&self.acting, act.method, &act.target)
            .timeout(self.timing.act);
        if matches!(act.target, Target::Proxy(_)) {
            let limit = self.timing.act.as_millis().to_string();
            request = request.header("x-apideck-timeout", limit);
        }
        if let Some(key) = act.idempotency_key {
            request = request.header("idempotency-key", key);
        }
        if let Some(body) = act.body {
            request = request.header(CONTENT_TYPE, "application/json").body(body);
        }
        let reply = self.send(request, self.timing.act).await?;
        // A success says something, or that it has nothing to say (204). A gateway's empty page is neither.
        if reply.body.is_empty() && matches!(reply.status, 200..=203 | 205..=299) {
            let mut error = ApiError::new(Cause::Unreadable, "a success that says nothing");
            error.told.status = Some(reply.status);
            error.told.request_id = reply.request_id;
            return Err(error);
        }
        self.success(reply)
    }

    /// How long the server wants to be left alone.
    pub fn pause(&self) -> Option<Duration> {
        self.budget().pause(Instant::now())
    }

    /// A text of the server without the key of this connection.
    pub fn without_key(&self, text: &str) -> String {
        self.key.hidden_in(text)
    }

    /// The server's clock as the last reply told it.
    pub fn server_date(&self) -> Option<Timestamp> {
        self.seen().date
    }

    /// What the server told of its limit, if ever.
    pub fn rate(&self) -> Option<Rate> {
        self.seen().rate
    }

    /// How the connection stands with the server.
    pub fn standing(&self) -> Standing {
        let (limit, low) = self.budget().limit();
        let seen = self.seen();
        Standing {
            limit,
            low,
            sent: seen.sent,
            used_up: seen.used_up,
            told: seen.told,
        }
    }

    /// The server's name for the last request that it answered.
    pub fn last_request_id(&self) -> Option<String> {
        self.seen().request_id.clone()
    }

    async fn get_once(&self, target: &Target) -> Result<Vec<u8>, ApiError> {
        let request = self
            .request(&self.reading, Method::GET, target)
            .timeout(self.timing.read);
        let mut reply = self.send(request, self.timing.read).await?;
        if matches!(target, Target::Proxy(_)) {
            reply = self.follow(reply).await?;
        }
        self.success(reply)
    }

    /// Where the reply is a redirect, what lies at its end.
    async fn follow(&self, mut reply: Reply) -> Result<Reply, ApiError> {
        for _ in 0..MOST_HOPS {
            let Some(url) = self.hop(&reply)? else {
                break;
            };
            reply = self.bare(url).await?;
        }
        Ok(reply)
    }

    /// Bare: no header of ours may reach the place where a large body or a file waits (D.1).
    async fn bare(&self, url: Url) -> Result<Reply, ApiError> {
        let bare = self.reading.get(url).timeout(self.timing.read);
        self.read(bare, self.timing.read).await
    }

    /// Fetches a file from an address that the server told, bare and with the patience of a reading. Only https, or
    /// this machine where the base is on it; the same holds for wherever it is sent on to.
    pub async fn fetch(&self, address: &str) -> Result<Vec<u8>, ApiError> {
        let url = Url::parse(address)
            .ok()
            .filter(|url| self.may_be_gone_to(url))
            .ok_or_else(|| ApiError::new(Cause::Unreadable, "a file at an address not gone to"))?;
        let mut waits = self.timing.backoff.iter();
        loop {
            let error = match self.fetch_once(url.clone()).await {
                Ok(body) => return Ok(body),
                Err(error) => error,
            };
            let Some(wait) = waits.next().filter(|_| may_pass(&error)) else {
                return Err(error);
            };
            tokio::time::sleep(*wait).await;
        }
    }

    async fn fetch_once(&self, url: Url) -> Result<Vec<u8>, ApiError> {
        let reply = self.bare(url).await?;
        let reply = self.follow(reply).await?;
        if (200..300).contains(&reply.status) {
            return Ok(reply.body);
        }
        // That server's refusals are not the API's: its status is all that is believed.
        let cause = match reply.status {
            404 | 410 => Cause::NotFound,
            500.. => Cause::Outage,
            _ => Cause::Rejected,
        };
        let mut error = ApiError::new(cause, "the file was not given");
        error.told.status = Some(reply.status);
        Err(error)
    }

    /// Whether a bare request may go there.
    fn may_be_gone_to(&self, url: &Url) -> bool {
        let safe = match url.scheme() {
            "https" => true,
            "http" => self.connection.loopback && is_loopback(url),
            _ => false,
        };
        safe && url.username().is_empty() && url.password().is_none()
    }

    /// Where a reply sends us on to; an error where it may not be gone to.
    fn hop(&self, reply: &Reply) -> Result<Option<Url>, ApiError> {
        if !matches!(reply.status, 301 | 302 | 303 | 307 | 308) {
            return Ok(None);
        }
        let refused = || {
            let mut error = ApiError::new(Cause::Unreadable, "a redirect that is not followed");
            error.told.status = Some(reply.status);
            error.told.request_id.clone_from(&reply.request_id);
            error
        };
        let location = reply.location.as_deref().ok_or_else(refused)?;
        let url = Url::parse(location).map_err(|_| refused())?;
        if self.may_be_gone_to(&url) {
            Ok(Some(url))
        } else {
            Err(refused())
        }
    }

    /// A request to the configured base with the four headers.
    fn request(&self, client: &Client, method: Method, target: &Target) -> RequestBuilder {
        let base = &self.connection.base;
        let request = match target {
            Target::Unify { path, query } | Target::Webhook { path, query } => {
                client.request(method, format!("{base}{path}{}", query_text(query)))
            }
            Target::Proxy(url) => client
                .request(method, format!("{base}/proxy"))
                .header("x-apideck-downstream-url", url),
        };
        let request = request
            .header(ACCEPT, "application/json")
            .header(AUTHORIZATION, self.connection.authorization.clone())
            .header("x-apideck-app-id", self.connection.app_id.clone());
        match target {
            Target::Webhook { .. } => request,
            Target::Unify { .. } | Target::Proxy(_) => request
                .header("x-apideck-consumer-id", self.connection.consumer_id.clone())
                .header("x-apideck-service-id", SERVICE),
        }
    }

    /// A delivery of the other side, where it is signed and about these books.
    pub fn believed(&self, body: &[u8], signature: &str) -> Result<Delivery, Unbelieved> {
        let consumer = self.connection.consumer_id.to_str().unwrap_or_default();
        webhook::believed(&self.key, consumer, body, signature)
    }

    /// Sends to the configured base and learns from the reply's headers.
    async fn send(&self, request: RequestBuilder, limit: Duration) -> Result<Reply, ApiError> {
        self.exchange(request, limit, true).await
    }

    /// Sends elsewhere: what that server says about clocks and limits is not ours.
    async fn read(&self, request: RequestBuilder, limit: Duration) -> Result<Reply, ApiError> {
        self.exchange(request, limit, false).await
    }

    async fn exchange(
        &self,
        request: RequestBuilder,
        limit: Duration,
        ours: bool,
    ) -> Result<Reply, ApiError> {
        let fault = |error: reqwest::Error| self.transport_fault(error, limit);
        if ours {
            let mut seen = self.seen();
            seen.sent += 1;
        }
        let mut response = request.send().await.map_err(fault)?;
        let mut reply = if ours {
            self.learn(&response)
        } else {
            Reply::bare(&response)
        };
        let too_large = || {
            let mut error = ApiError::new(Cause::TooLarge, "the reply is too large to be read");
            error.told.status = Some(reply.status);
            error.told.request_id.clone_from(&reply.request_id);
            error
        };
        if response
            .content_length()
            .is_some_and(|length| length > MOST_BYTES as u64)
        {
            return Err(too_large());
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| {
            let mut error = self.transport_fault(error, limit);
            error.told.status = Some(reply.status);
            error.told.request_id.clone_from(&reply.request_id);
            error
        })? {
            if body.len() + chunk.len() > MOST_BYTES {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        reply.body = body;
        Ok(reply)
    }

    /// Takes from the headers what they tell about time and limits.
    fn learn(&self, response: &Response) -> Reply {
        let headers = response.headers();
        let now = Instant::now();
        let date = clock::date(headers);
        let mut reply = Reply::bare(response);
        reply.request_id = ["request-id", "x-apideck-request-id"]
            .into_iter()
            .find_map(|name| text(headers, name))
            .map(|id| self.key.hidden_in(id));
        let limits = clock::Limits::read(headers, date);
        let told = clock::retry_after(headers, date);
        let clamp = |wait: Duration| wait.clamp(self.timing.least_pause, self.timing.most_pause);
        if reply.status == 429 {
            let wait = told.or(limits.reset).map_or(self.timing.most_pause, clamp);
            reply.retry_after = Some(wait);
            self.budget().block(now, wait);
        } else {
            reply.retry_after = told.map(clamp);
            let reset = limits.reset.map_or(self.timing.most_pause, clamp);
            self.budget()
                .learn(now, limits.limit, limits.remaining, reset);
        }
        let mut seen = self.seen();
        if date.is_some() {
            seen.date = date;
        }
        if limits.limit.is_some() || limits.remaining.is_some() {
            seen.rate = Some(Rate {
                limit: limits.limit,
                remaining: limits.remaining,
                reset: limits.reset,
            });
        }
        seen.request_id.clone_from(&reply.request_id);
        let used_up = match reply.status {
            402 if !reply.downstream => Some(true),
            200..300 => Some(false),
            _ => None,
        };
        if used_up.is_some() {
            seen.used_up = used_up;
            seen.told += 1;
        }
        tracing::debug!(status = reply.status, request_id = ?reply.request_id, "reply");
        reply
    }

    /// The body of a 2xx; everything else as the error that it is.
    fn success(&self, reply: Reply) -> Result<Vec<u8>, ApiError> {
        if (200..300).contains(&reply.status) {
            Ok(reply.body)
        } else {
            Err(refusal::read(&reply, &self.key))
        }
    }

    /// What the transport says, without the URL (a redirect's may be signed) and without the key.
    fn transport_fault(&self, error: reqwest::Error, limit: Duration) -> ApiError {
        let error = error.without_url();
        let cause = if error.is_connect() {
            Cause::NotSent
        } else if error.is_builder() {
            Cause::NotSendable
        } else {
            Cause::NoAnswer
        };
        let text = if error.is_timeout() && cause == Cause::NoAnswer {
            format!("no whole answer within {} s", limit.as_secs())
        } else {
            self.key.hidden_in(&chain(&error))
        };
        ApiError::new(cause, text)
    }

    /// Waits for a place in the budget.
    async fn turn(&self) {
        loop {
            let turn = self.budget().turn(Instant::now());
            match turn {
                Ok(()) => return,
                Err(wait) => tokio::time::sleep(wait).await,
            }
        }
    }

    fn budget(&self) -> MutexGuard<'_, Budget> {
        self.budget.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reply {
    /// Status and the headers that any server may send; the body is still to be read.
    fn bare(response: &Response) -> Self {
        let headers = response.headers();
        Self {
            status: response.status().as_u16(),
            body: Vec::new(),
            request_id: None,
            retry_after: None,
            downstream: text(headers, "x-apideck-downstream-error")
                .is_some_and(|value| value.eq_ignore_ascii_case("true")),
            location: text(headers, LOCATION.as_str()).map(str::to_owned),
        }
    }
}

/// Whether asking again may help: only for GET, only for what passes by itself (contract A.3).
fn may_pass(error: &ApiError) -> bool {
    match error.told.status {
        Some(status) if error.cause != Cause::NoAnswer => {
            matches!(status, 408 | 429 | 500 | 502 | 503 | 504)
        }
        _ => matches!(error.cause, Cause::NotSent | Cause::NoAnswer),
    }
}

/// The text of a header, where it is there and readable.
fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// An error and what caused it, in one line.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        source = inner.source();
    }
    text
}

/// What may stand in a path segment or a query value as it is (RFC 3986, unreserved).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A text as a path segment or query part.
pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// A query with its question mark; empty for none. The brackets of deepObject are encoded, too (contract B.0).
fn query_text(query: &[(&'static str, String)]) -> String {
    let mut text = String::new();
    for (name, value) in query {
        text.push(if text.is_empty() { '?' } else { '&' });
        text.push_str(&encoded(name));
        text.push('=');
        text.push_str(&encoded(value));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_accents_and_line_ends_are_encoded() {
        assert_eq!(
            query_text(&[("sort[by]", "updated_at".into()), ("q", "Ñ&=\r\n".into())]),
            "?sort%5Bby%5D=updated_at&q=%C3%91%26%3D%0D%0A"
        );
        assert_eq!(query_text(&[]), "");
    }
}
