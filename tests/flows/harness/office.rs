//! The other side and the folder on disk: what is still there when the program is gone.

use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tempfile::TempDir;
use timbra::api::Connection;
use timbra::domain::audit::AuditLine;
use timbra::sandbox::{self, Options, Running};
use timbra::store::durable::Durable;
use tokio::runtime::{Builder, Runtime};

use super::clock::StandingClock;
use super::drafts::TODAY;
use super::keyless::assert_keyless;
use super::run::{Manner, PATIENCE, Run};
use super::wire::{self, Wire};

/// A sandbox, a folder for the program's files, and a clock.
pub struct Office {
    runtime: Runtime,
    running: Option<Running>,
    options: Options,
    wire: Wire,
    /// The sandbox of another company of the same office.
    neighbour: Option<Running>,
    folder: TempDir,
    pub clock: StandingClock,
}

impl Office {
    /// Small books of a fixed seed and day.
    pub fn open() -> Self {
        Self::with(|_| {})
    }

    /// The same with other options.
    pub fn with(change: impl FnOnce(&mut Options)) -> Self {
        let folder = TempDir::new().expect("a folder");
        let mut options = Options {
            listen: "127.0.0.1:0".parse().expect("an address"),
            invoices: 90,
            seed: 7,
            today: Some(TODAY.parse().expect("a day")),
            data: Some(folder.path().join("world.7")),
            ..Options::default()
        };
        change(&mut options);
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("threads");
        let running = runtime
            .block_on(sandbox::start(options.clone()))
            .expect("a sandbox");
        let address: SocketAddr = running
            .url()
            .strip_prefix("http://")
            .and_then(|address| address.parse().ok())
            .expect("an address");
        options.listen = address;
        Self {
            clock: StandingClock::at(running.now()),
            runtime,
            wire: Wire::new(wire::client(), running.url()),
            running: Some(running),
            neighbour: None,
            options,
            folder,
        }
    }

    /// Another company moves in, with a server of its own: profile `innovacion` beside `kemper`.
    pub fn with_neighbour(mut self) -> Self {
        let options = Options {
            listen: "127.0.0.1:0".parse().expect("an address"),
            invoices: 40,
            seed: 8,
            data: Some(self.folder.path().join("world.neighbour")),
            tenant: sandbox::Tenant::Second,
            ..self.options.clone()
        };
        let running = self.runtime.block_on(sandbox::start(options));
        self.neighbour = Some(running.expect("a second sandbox"));
        self
    }

    /// The way to the books of the other company, where there is one.
    pub fn neighbour(&self) -> Option<Connection> {
        self.neighbour.as_ref().map(|running| Connection {
            base: running.url().to_owned(),
            consumer_id: sandbox::OTHER_CONSUMER_ID.to_owned(),
            ..self.connection()
        })
    }

    /// Starts the program on this office's folder.
    pub fn run(&self) -> Run {
        self.run_as(Manner::default())
    }

    /// Starts the program in a certain manner.
    pub fn run_as(&self, manner: Manner) -> Run {
        Run::start(self, manner)
    }

    /// Where the program keeps its files.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn connection(&self) -> Connection {
        self.wire.connection()
    }

    /// The sandbox is gone; its world stays on disk.
    pub fn close(&mut self) {
        if let Some(running) = self.running.take() {
            self.runtime.block_on(running.stop());
        }
    }

    /// The sandbox is back, at the same address and with the same world.
    pub fn reopen(&mut self) {
        let running = self
            .runtime
            .block_on(sandbox::start(self.options.clone()))
            .expect("the sandbox again");
        self.running = Some(running);
        // Connections to the one that is gone are no ways to this one.
        self.wire = Wire::new(wire::client(), &self.connection().base);
    }

    /// Another sandbox takes the place of the one that is here: the same address and keys, books of another seed.
    /// Each seed's world stays on disk.
    pub fn replace(&mut self, seed: u64) {
        self.close();
        if let Some(world) = &mut self.options.data {
            world.set_extension(seed.to_string());
        }
        self.options.seed = seed;
        self.reopen();
    }

    /// Moves both clocks.
    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
        if self.running.is_some() {
            self.control("clock", json!({"advance_seconds": by.as_secs()}));
        }
    }

    /// Asks the sandbox again and again until it holds what is wanted.
    pub fn until(&self, wanted: impl Fn(&Value) -> bool) {
        let begun = Instant::now();
        while !wanted(&self.state()) {
            assert!(begun.elapsed() < PATIENCE, "the sandbox never came to that");
        }
    }

    /// A request with the four headers; status and body.
    pub fn ask(&self, method: Method, path: &str, body: Option<Value>) -> (u16, Value) {
        self.runtime.block_on(self.wire.ask(method, path, body))
    }

    /// All records of a native list, read through the Proxy.
    pub fn natives(&self, resource: &str) -> Vec<Value> {
        let mut rows: Vec<Value> = Vec::new();
        loop {
            let path = format!("/{resource}?start={}&limit=30", rows.len());
            let request = self.native(Method::GET, &path);
            let page: Vec<Value> = self.runtime.block_on(async {
                let text = request.send().await.expect("an answer").text().await;
                serde_json::from_str(&text.expect("a body")).expect("a native list")
            });
            let is_last = page.len() < 30;
            rows.extend(page);
            if is_last {
                return rows;
            }
        }
    }

    /// What a request with a good outcome answers.
    pub fn done(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        self.runtime.block_on(self.wire.done(method, path, body))
    }

    fn control(&self, route: &str, body: Value) -> Value {
        self.done(Method::POST, &format!("/sandbox/{route}"), Some(body))
    }

    /// Plants a fault.
    pub fn fault(&self, fault: Value) {
        self.control("faults", fault);
    }

    pub fn clear_faults(&self) {
        self.done(Method::DELETE, "/sandbox/faults", None);
    }

    pub fn stamp_elsewhere(&self, id: &str) {
        self.control("stamp-elsewhere", json!({"id": id}));
    }

    pub fn edit_elsewhere(&self, id: &str, fields: Value) {
        self.control("edit-elsewhere", json!({"id": id, "fields": fields}));
    }

    /// A colleague cancels an invoice.
    pub fn void_elsewhere(&self, id: &str) {
        let request = self.native(Method::POST, &format!("/invoices/{id}/void"));
        let request = request.body(json!({"cause": "02"}).to_string());
        let status = self
            .runtime
            .block_on(async { request.send().await.expect("an answer").status() });
        assert!(status.is_success(), "{status}");
    }

    /// A request by the Proxy, to a path of the native API.
    fn native(&self, method: Method, path: &str) -> RequestBuilder {
        self.wire
            .request(method, "/proxy")
            .header("content-type", "application/json")
            .header(
                "x-apideck-downstream-url",
                format!("https://api.alegra.com/api/v1{path}"),
            )
    }

    /// The customer answers whether a cancellation is accepted.
    pub fn settle_cancellation(&self, id: &str, accepted: bool) {
        self.control(
            "settle-cancellation",
            json!({"id": id, "accepted": accepted}),
        );
    }

    /// The customer pays a part of an invoice.
    pub fn pay(&self, id: &str, amount: &str) {
        let amount: serde_json::Number = amount.parse().expect("an amount");
        let customer = self.record("invoices", id)["customer"]["id"].clone();
        self.done(
            Method::POST,
            "/accounting/payments",
            Some(json!({
                "customer": {"id": customer},
                "transaction_date": format!("{TODAY}T00:00:00.000Z"),
                "total_amount": amount,
                "payment_method": "transfer",
                "account": {"id": "1"},
                "allocations": [{"id": id, "type": "invoice", "amount": amount}],
            })),
        );
    }

    /// The XML of a stamped document.
    pub fn xml(&self, resource: &str, id: &str) -> String {
        // Bare: files are given to nobody who brings a key along.
        let base = self.connection().base;
        let request = wire::client().get(format!("{base}/sandbox/files/{resource}/{id}.xml"));
        self.runtime.block_on(async {
            let answer = request.send().await.expect("an answer");
            answer.text().await.expect("a file")
        })
    }

    /// The audit log of these books, the newest entry first: event and detail.
    pub fn audit(&self) -> Vec<(String, String)> {
        let durable = Durable::open(&self.folder().join("durable.db")).expect("a log");
        let company = durable
            .books_of(&self.connection().books())
            .expect("whose books");
        let rows = durable.audit_tail(&company, 100).expect("entries");
        rows.iter()
            .filter_map(AuditLine::entry)
            .map(|row| (row.entry.event.clone(), row.entry.detail.clone()))
            .collect()
    }

    /// What the sandbox says that it holds and has seen.
    pub fn state(&self) -> Value {
        self.done(Method::GET, "/sandbox/state", None)
    }

    pub fn folios(&self) -> u64 {
        self.state()["folios_used"].as_u64().expect("folios")
    }

    /// Status, UUID and stamps of an invoice, as the sandbox holds it.
    pub fn document(&self, id: &str) -> Value {
        let state = self.state();
        let documents = state["documents"].as_array().expect("documents");
        documents
            .iter()
            .find(|document| document["id"] == id)
            .unwrap_or_else(|| panic!("no invoice {id}"))
            .clone()
    }

    /// The folio fiscal of an invoice, as the sandbox holds it.
    pub fn uuid(&self, id: &str) -> String {
        let document = self.document(id);
        assert_eq!(document["stamps"], 1, "{document}");
        document["uuid"].as_str().expect("a UUID").to_owned()
    }

    /// Requests that asked for a stamp of this invoice, answered or not.
    pub fn stamp_requests(&self, id: &str) -> usize {
        let path = format!("/invoices/{id}/open");
        self.requests(|request| {
            request["method"] == "POST"
                && request["native"]
                    .as_str()
                    .is_some_and(|native| native.ends_with(&path))
        })
    }

    /// Reads of this invoice as Unify has it.
    pub fn reads(&self, id: &str) -> usize {
        let path = format!("/accounting/invoices/{id}");
        self.requests(|request| request["method"] == "GET" && request["path"] == path)
    }

    /// Requests of the API that the sandbox has seen and that are like this.
    pub fn requests(&self, like: impl Fn(&Value) -> bool) -> usize {
        let state = self.state();
        let requests = state["requests"].as_array().expect("requests");
        requests.iter().filter(|request| like(request)).count()
    }

    /// All invoices as Unify gives them, each with its native record.
    pub fn invoices(&self) -> Vec<Value> {
        let mut all = Vec::new();
        let mut cursor = None::<String>;
        loop {
            let place = cursor.map_or_else(String::new, |cursor| format!("&cursor={cursor}"));
            let path = format!("/accounting/invoices?limit=30&raw=true{place}");
            let page = self.done(Method::GET, &path, None);
            all.extend(page["data"].as_array().expect("rows").iter().cloned());
            match page["meta"]["cursors"]["next"].as_str() {
                Some(next) => cursor = Some(next.to_owned()),
                None => return all,
            }
        }
    }

    /// A record as Unify gives it, with its native record.
    pub fn record(&self, resource: &str, id: &str) -> Value {
        let path = format!("/accounting/{resource}/{id}?raw=true");
        self.done(Method::GET, &path, None)["data"].take()
    }

    /// A colleague changes a record.
    pub fn patch(&self, resource: &str, id: &str, body: Value) {
        let path = format!("/accounting/{resource}/{id}");
        self.done(Method::PATCH, &path, Some(body));
    }

    /// The draft of this customer.
    pub fn draft_of(&self, customer: &str) -> String {
        let invoices = self.invoices();
        let draft = invoices.iter().find(|invoice| {
            invoice["status"] == "draft" && invoice["customer"]["display_name"] == customer
        });
        let draft = draft.unwrap_or_else(|| panic!("no draft of {customer}"));
        draft["id"].as_str().expect("an id").to_owned()
    }

    /// Some stamped invoice that is still valid.
    pub fn some_stamped(&self) -> Value {
        self.invoices()
            .into_iter()
            .rev()
            .find(|invoice| {
                invoice["_raw"]["stamp"]["uuid"].is_string() && invoice["status"] != "voided"
            })
            .expect("a stamped invoice")
    }

    /// A colleague makes a draft.
    pub fn create(&self, body: Value) -> String {
        let answer = self.done(Method::POST, "/accounting/invoices", Some(body));
        answer["data"]["id"].as_str().expect("an id").to_owned()
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        if let Some(running) = self.neighbour.take() {
            self.runtime.block_on(running.stop());
        }
        self.close();
        assert_keyless(self.folder());
    }
}
