//! The ground of one case: a sandbox, a folder, and a clock for both sides.

use std::path::Path;
use std::time::Duration;

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use timbra::api::{Apideck, Connection, Timing};
use timbra::sandbox::{self, Options, Running};

use crate::bodies::TODAY;
use crate::books::Oddity;
use crate::clock::StandingClock;
use crate::ground::Ground;
use crate::wire::Wire;

/// Time limits under which nothing waits that need not.
pub fn swift() -> Timing {
    Timing {
        backoff: [Duration::from_millis(1), Duration::from_millis(1)],
        least_pause: Duration::from_millis(1),
        most_pause: Duration::from_millis(2),
        ..Timing::default()
    }
}

/// A sandbox, a folder and a clock.
pub struct Site<'a> {
    ground: &'a Ground,
    running: Option<Running>,
    wire: Wire,
    folder: TempDir,
    pub clock: StandingClock,
    /// How far the clock of the program's machine is from the server's.
    pub skew: SignedDuration,
    /// How the other side is odd for whoever starts from now on.
    pub oddity: Oddity,
}

impl<'a> Site<'a> {
    /// New books with so many invoices, and an empty folder.
    pub fn open(ground: &'a Ground, seed: u64, invoices: u32) -> Self {
        let options = Options {
            listen: "127.0.0.1:0".parse().expect("an address"),
            invoices,
            seed,
            today: Some(TODAY.parse().expect("a day")),
            ..Options::default()
        };
        let running = ground.wait(sandbox::start(options)).expect("a sandbox");
        Self {
            ground,
            wire: Wire::new(ground.client.clone(), running.url()),
            clock: StandingClock::at(running.now()),
            skew: SignedDuration::ZERO,
            running: Some(running),
            folder: TempDir::new().expect("a folder"),
            oddity: Oddity::default(),
        }
    }

    /// Where the program keeps its files.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What the program is given to reach the sandbox.
    pub fn connection(&self) -> Connection {
        self.wire.connection()
    }

    /// A client of the program's kind to ask the sandbox what it holds.
    pub fn books(&self) -> Apideck {
        Apideck::with_timing(&self.connection(), swift()).expect("books")
    }

    pub fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.ground.wait(work)
    }

    /// A request of somebody else; status and body.
    pub fn ask(&self, method: Method, path: &str, body: Option<Value>) -> (u16, Value) {
        self.wait(self.wire.ask(method, path, body))
    }

    fn done(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        self.wait(self.wire.done(method, path, body))
    }

    pub fn fault(&self, fault: &Value) {
        self.done(Method::POST, "/sandbox/faults", Some(fault.clone()));
    }

    /// How many readings the sandbox has seen.
    pub fn readings(&self) -> usize {
        let state = self.done(Method::GET, "/sandbox/state?documents=false", None);
        let requests = state["requests"].as_array().expect("requests").iter();
        requests
            .filter(|request| request["method"] == "GET")
            .count()
    }

    pub fn clear_faults(&self) {
        self.done(Method::DELETE, "/sandbox/faults", None);
    }

    /// Moves both clocks.
    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
        let order = json!({"advance_seconds": by.as_secs()});
        self.done(Method::POST, "/sandbox/clock", Some(order));
    }
}

impl Drop for Site<'_> {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            self.ground.wait(running.stop());
        }
    }
}
