//! The HTTP side: a loopback listener, one handler, and what faults do to a connection.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use jiff::Timestamp;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::{Notify, oneshot};
use tokio::task::{JoinHandle, JoinSet};

use super::call::{Call, Content, Reply, query_pairs};
use super::claim::Claim;
use super::clock;
use super::desk::{State, Taken, faulty_reply};
use super::errors::Refusal;
use super::faults::{Action, Fault, When};
use super::headers::{self, Road};
use super::line::{Exchange, Line, Lines};
use super::options::{Options, SandboxError, Tenant};
use super::webhooks::delivery;
use super::{API_KEY, APP_ID};

/// The largest request body.
const LARGEST_BODY: usize = 2 * 1024 * 1024;
/// How long a stopping sandbox waits for replies under way.
const PATIENCE: Duration = Duration::from_secs(2);

/// What every request works on. The lock is held for one request at a time and never across an await:
/// each answer is microseconds of work.
#[derive(Clone)]
struct Desk {
    state: Arc<Mutex<State>>,
    latency: Option<Duration>,
    /// Rung after each request: there may be something to tell subscribers.
    bell: Arc<Notify>,
}

impl Desk {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A sandbox that runs. Dropping it lets it run on until the runtime ends; [`Running::stop`] ends it.
pub struct Running {
    url: String,
    tenant: Tenant,
    desk: Desk,
    lines: Lines,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
    postman: JoinHandle<()>,
}

impl std::fmt::Debug for Running {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Running")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

impl Running {
    /// The base address for all roads, such as `http://127.0.0.1:8787`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The bearer key to send.
    pub fn api_key(&self) -> &'static str {
        API_KEY
    }

    /// The application id to send.
    pub fn app_id(&self) -> &'static str {
        APP_ID
    }

    /// The consumer id to send.
    pub fn consumer_id(&self) -> &'static str {
        self.tenant.consumer_id()
    }

    /// The present moment by the sandbox's clock.
    pub fn now(&self) -> Timestamp {
        self.desk.lock().world.clock.now()
    }

    /// Hangs up on everybody and frees the port. A kept world notes the moment at which it stopped.
    pub async fn stop(self) {
        // A kept world that cannot note the moment still has all that it confirmed.
        let _ = self.desk.lock().world.keep_time();
        // The receiver is gone only if the server has ended by itself.
        let _ = self.stop.send(());
        self.postman.abort();
        self.lines.hang_up();
        let abort = self.task.abort_handle();
        if tokio::time::timeout(PATIENCE, self.task).await.is_err() {
            abort.abort();
        }
        // From here on nothing is written; whoever wants the world next may have it.
        self.desk.lock().claim = None;
    }
}

/// Starts a sandbox and gives it when it listens. Errors: an address that is not loopback or not free,
/// a kept world that cannot be used.
pub async fn start(options: Options) -> Result<Running, SandboxError> {
    if !options.listen.ip().is_loopback() {
        return Err(SandboxError::NotLoopback(options.listen));
    }
    let listen = |source| SandboxError::Listen {
        address: options.listen,
        source,
    };
    let listener = TcpListener::bind(options.listen).await.map_err(listen)?;
    let address = listener.local_addr().map_err(listen)?;
    let url = format!("http://{address}");
    let claim = match &options.data {
        Some(world) => Some(Claim::make(world, address).await?),
        None => None,
    };
    let desk = Desk {
        state: Arc::new(Mutex::new(State::open(&options, url.clone(), claim)?)),
        latency: options.latency,
        bell: Arc::new(Notify::new()),
    };
    let lines = Lines::default();
    let at_desk = desk.clone();
    let router = Router::new().fallback(move |line: ConnectInfo<Line>, request: Request| {
        let desk = at_desk.clone();
        async move { serve(desk, line.0, request).await }
    });
    let (stop, stopped) = oneshot::channel();
    let exchange = Exchange::new(listener, lines.clone());
    let serving = axum::serve(
        exchange,
        router.into_make_service_with_connect_info::<Line>(),
    )
    .with_graceful_shutdown(async {
        // A dropped sender means that nobody can stop it any more: then it runs on.
        if stopped.await.is_err() {
            std::future::pending::<()>().await;
        }
    });
    let task = tokio::spawn(async move {
        // axum's server does not end with an error; if it ever does, the port is closed and callers see that.
        let _ = serving.await;
    });
    let postman = tokio::spawn(deliver(desk.clone()));
    Ok(Running {
        url,
        tenant: options.tenant,
        desk,
        lines,
        stop,
        task,
        postman,
    })
}

/// Carries events to their subscribers for as long as the sandbox runs. A subscriber that is slow holds
/// up nobody else.
async fn deliver(desk: Desk) {
    let mut under_way = JoinSet::new();
    loop {
        let (posts, now, next) = {
            let mut state = desk.lock();
            let now = state.world.clock.now();
            let (posts, next) = state.webhooks.take_due(now);
            (posts, now, next)
        };
        for post in posts {
            let desk = desk.clone();
            under_way.spawn(async move {
                let status = delivery::send(&post).await;
                let mut state = desk.lock();
                let now = state.world.clock.now();
                state.webhooks.settle(post, status, now);
            });
        }
        let until_next = async {
            match next.map(|next| Duration::try_from(next.duration_since(now))) {
                Some(Ok(wait)) => tokio::time::sleep(wait).await,
                _ => std::future::pending().await,
            }
        };
        tokio::select! {
            () = desk.bell.notified() => {}
            () = until_next => {}
            Some(_) = under_way.join_next() => {}
        }
    }
}

async fn serve(desk: Desk, line: Line, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        let refusal = Refusal::new(
            413,
            "RequestValidationError",
            "The request body is larger than 2 MB",
        );
        return plain(refusal.reply(), &desk);
    };
    let call = Call {
        method: parts.method,
        path: parts.uri.path().to_owned(),
        query: query_pairs(parts.uri.query().unwrap_or_default()),
        headers: parts.headers,
        body,
    };
    let taken = desk.lock().take(&call);
    if let (Some(latency), Some(_)) = (desk.latency, taken.road) {
        tokio::time::sleep(latency).await;
    }
    if let (Some(road), true) = (taken.road, taken.allowance.exceeded) {
        let reply = headers::too_many(road, &taken.allowance);
        desk.lock().note(&call, Some(reply.status));
        return finished(reply, &taken);
    }
    match taken.fault.clone() {
        Some(fault) => faulty(&desk, &line, &call, &taken, &fault).await,
        None => {
            let (mut reply, probe) = {
                let mut state = desk.lock();
                let reply = state.answer(&call);
                state.note(&call, Some(reply.status));
                (reply, state.webhooks.take_probe(taken.now))
            };
            if let Some(probe) = probe {
                let status = delivery::send(&probe).await;
                let record = desk.lock().webhooks.probed(probe, status, taken.now);
                if let Content::Json(Value::Object(body)) = &mut reply.content {
                    body.insert("data".to_owned(), record);
                }
            }
            desk.bell.notify_one();
            finished(reply, &taken)
        }
    }
}

/// Answers a request that a fault strikes.
async fn faulty(desk: &Desk, line: &Line, call: &Call, taken: &Taken, fault: &Fault) -> Response {
    let genuine = {
        let mut state = desk.lock();
        match fault.when {
            When::Before => None,
            When::Late => {
                state.put_off(call.clone(), fault.delay_ms.unwrap_or(0));
                None
            }
            When::After | When::Body => Some(state.answer(call)),
        }
    };
    let status = match (fault.action, fault.when) {
        (Action::Status, When::Body) | (Action::Cut, _) => {
            genuine.as_ref().map(|reply| reply.status)
        }
        (Action::Status, _) => Some(fault.status),
        (Action::Hang | Action::Drop, _) => None,
    };
    desk.lock().note(call, status);
    desk.bell.notify_one();
    match fault.action {
        Action::Status => {
            let mut reply = faulty_reply(fault);
            if let (When::Body, Some(genuine)) = (fault.when, &genuine) {
                reply.status = genuine.status;
            }
            let mut response = finished(reply, taken);
            if let Some(value) = fault
                .retry_after
                .as_deref()
                .and_then(|value| HeaderValue::from_str(value).ok())
            {
                response.headers_mut().insert(header::RETRY_AFTER, value);
            }
            response
        }
        Action::Drop => {
            line.hang_up();
            finished(faulty_reply(fault), taken)
        }
        Action::Cut => {
            line.cut_next();
            finished(genuine.unwrap_or_else(|| faulty_reply(fault)), taken)
        }
        Action::Hang if fault.when == When::Body => {
            line.stall_next();
            finished(genuine.unwrap_or_else(|| faulty_reply(fault)), taken)
        }
        Action::Hang => {
            match fault.delay_ms {
                Some(delay) if fault.when != When::Late => {
                    tokio::time::sleep(Duration::from_millis(delay)).await
                }
                _ => std::future::pending::<()>().await,
            }
            line.hang_up();
            finished(faulty_reply(fault), taken)
        }
    }
}

/// A reply to a request that was never taken in.
fn plain(reply: Reply, desk: &Desk) -> Response {
    let now = desk.lock().world.clock.now();
    dressed(reply, now)
}

fn finished(reply: Reply, taken: &Taken) -> Response {
    let mut response = dressed(reply, taken.now);
    if let Some(road) = taken.road {
        headers::write(response.headers_mut(), road, &taken.allowance);
        let id = format!("req-{:08}", taken.number);
        if let Ok(id) = HeaderValue::from_str(&id) {
            let name = if road == Road::Proxy {
                "x-apideck-request-id"
            } else {
                "request-id"
            };
            response.headers_mut().insert(name, id);
        }
    }
    response
}

/// Puts a reply into HTTP, with the sandbox's own date.
fn dressed(reply: Reply, now: Timestamp) -> Response {
    let (content_type, body) = match reply.content {
        // A value is always JSON.
        Content::Json(body) => (Content::JSON, serde_json::to_vec(&body).unwrap_or_default()),
        Content::File {
            content_type,
            bytes,
        } => (content_type, bytes),
        Content::Garbage(text) => ("text/html; charset=utf-8", text.into_bytes()),
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() =
        StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    if let Ok(date) = HeaderValue::from_str(&clock::http(now)) {
        headers.insert(header::DATE, date);
    }
    if let Some(location) = reply
        .location
        .and_then(|location| HeaderValue::from_str(&location).ok())
    {
        headers.insert(header::LOCATION, location);
    }
    if reply.downstream_error {
        headers.insert(
            "x-apideck-downstream-error",
            HeaderValue::from_static("true"),
        );
    }
    response
}
