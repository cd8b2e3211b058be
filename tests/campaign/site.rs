//! The ground of one case: a sandbox, a folder, a clock; and what becomes of the folder when the power goes.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use timbra::api::{Connection, Timing};
use timbra::domain::company::CompanyId;
use timbra::domain::intent::Progress;
use timbra::sandbox::{self, Idempotency, Options, Running, SandboxError};
use timbra::store::durable::Durable;

use crate::clock::StandingClock;
use crate::drafts::TODAY;
use crate::ground::Ground;
use crate::seat::{Manner, Seat, Walks};
use crate::template::Template;
use crate::wire::Wire;

/// How long the sandbox may take to come back.
const PATIENCE: Duration = Duration::from_secs(30);

/// The log of SQLite beside the file of what must never be lost.
const LOG: &str = "durable.db-wal";

/// Bytes before the first frame of that log, and before the page of each frame.
const LOG_HEAD: usize = 32;
const FRAME_HEAD: usize = 24;

/// Time limits under which nothing waits that need not, and nobody is given up who is only slow.
pub fn swift() -> Manner {
    Manner::timed(Timing {
        backoff: [Duration::from_millis(1), Duration::from_millis(2)],
        least_pause: Duration::from_millis(1),
        most_pause: Duration::from_millis(4),
        ..Timing::default()
    })
}

/// The same with little patience for an act that is not answered.
pub fn hasty() -> Manner {
    Manner::timed(Timing {
        act: Duration::from_millis(40),
        ..swift().timing
    })
}

/// How the sandbox of a case behaves.
#[derive(Clone, Copy, Debug)]
pub struct House {
    /// What it does with an idempotency key.
    pub keys: Idempotency,
    /// Whether it would stamp a second time what is stamped.
    pub careless: bool,
}

/// A sandbox, a folder and a clock.
pub struct Site<'a> {
    ground: &'a Ground,
    running: Option<Running>,
    options: Options,
    wire: Wire,
    world: TempDir,
    folder: TempDir,
    /// Folders from before the power went: a program that does not know it yet still writes there.
    gone: Vec<TempDir>,
    seats: u32,
    /// Whether the cache went with the power: then it is read anew, as the program does.
    cache_is_gone: bool,
    pub clock: StandingClock,
}

impl<'a> Site<'a> {
    /// New books, and a folder without files.
    pub fn begin(ground: &'a Ground) -> Self {
        let world = TempDir::new().expect("a folder");
        let options = Options {
            listen: "127.0.0.1:0".parse().expect("an address"),
            invoices: 40,
            seed: 7,
            today: Some(TODAY.parse().expect("a day")),
            data: Some(world.path().join("world")),
            ..Options::default()
        };
        Self::start(ground, options, world)
    }

    /// The books and the files of the template.
    pub fn open(ground: &'a Ground, template: &Template, house: House) -> Self {
        let world = TempDir::new().expect("a folder");
        let kept = world.path().join("world");
        fs::copy(template.world(), &kept).expect("the world");
        let options = Options {
            listen: "127.0.0.1:0".parse().expect("an address"),
            data: Some(kept),
            idempotency: house.keys,
            stamps_again: house.careless,
            ..Options::default()
        };
        let site = Self::start(ground, options, world);
        template.copy_to(site.folder());
        site
    }

    fn start(ground: &'a Ground, mut options: Options, world: TempDir) -> Self {
        let running = ground
            .wait(sandbox::start(options.clone()))
            .expect("a sandbox");
        let address: SocketAddr = running
            .url()
            .strip_prefix("http://")
            .and_then(|address| address.parse().ok())
            .expect("an address");
        options.listen = address;
        Self {
            ground,
            wire: Wire::new(ground.client.clone(), running.url()),
            clock: StandingClock::at(running.now()),
            running: Some(running),
            options,
            world,
            folder: TempDir::new().expect("a folder"),
            gone: Vec::new(),
            seats: 0,
            cache_is_gone: false,
        }
    }

    /// Where the program keeps its files.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The file of the sandbox's world.
    pub fn world(&self) -> PathBuf {
        self.world.path().join("world")
    }

    /// A fresh run of the program on the folder, at rest.
    pub fn seat(&mut self, mut manner: Manner) -> Seat {
        if self.cache_is_gone {
            manner.walks = Walks::All;
        }
        self.seats += 1;
        let session = format!("{:08x}", self.seats);
        let connection = self.connection();
        let mut seat = Seat::take(self.folder(), &connection, &self.clock, manner, &session);
        seat.settle();
        seat
    }

    /// The sandbox is gone; its world stays on disk.
    pub fn close(&mut self) {
        if let Some(running) = self.running.take() {
            self.ground.wait(running.stop());
        }
    }

    /// The sandbox is back, at the same address and with the same world.
    pub fn reopen(&mut self) {
        let begun = Instant::now();
        while self.running.is_none() {
            let started = sandbox::start(self.options.clone());
            match self.ground.wait(started) {
                Ok(running) => self.running = Some(running),
                // Another case was given the port meanwhile; it will not need it for long.
                Err(SandboxError::Listen { .. }) if begun.elapsed() < PATIENCE => {}
                Err(error) => panic!("the sandbox does not come back: {error}"),
            }
        }
    }

    /// What the program is given to reach the sandbox.
    pub fn connection(&self) -> Connection {
        self.wire.connection()
    }

    pub fn ask(&self, method: Method, path: &str, body: Option<Value>) -> (u16, Value) {
        self.ground.wait(self.wire.ask(method, path, body))
    }

    pub fn done(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        self.ground.wait(self.wire.done(method, path, body))
    }

    /// Whether a request of this sort came to the sandbox.
    pub fn heard(&self, sends: (&str, &str)) -> bool {
        let last = sends.1.rsplit('*').next().unwrap_or_default();
        let state = self.state();
        let requests = state["requests"].as_array().expect("requests");
        requests.iter().any(|request| {
            let places = [&request["path"], &request["native"]];
            let mut places = places.iter().filter_map(|place| place.as_str());
            request["method"] == sends.0 && places.any(|place| place.ends_with(last))
        })
    }

    /// Whether there is a record at this path.
    pub fn has(&self, path: &str) -> bool {
        self.ask(Method::GET, path, None).0 == 200
    }

    /// A colleague cancels an invoice.
    pub fn cancel(&self, id: &str) {
        let native = format!("https://api.alegra.com/api/v1/invoices/{id}/void");
        let request = self.wire.request(Method::POST, "/proxy");
        let request = request
            .header("content-type", "application/json")
            .header("x-apideck-downstream-url", native)
            .body(json!({"cause": "02"}).to_string());
        let status = self
            .ground
            .wait(async { request.send().await.expect("an answer").status() });
        assert!(status.is_success(), "{status}");
    }

    pub fn fault(&self, fault: &Value) {
        self.done(Method::POST, "/sandbox/faults", Some(fault.clone()));
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

    /// What the sandbox says that it holds and has seen.
    pub fn state(&self) -> Value {
        self.done(Method::GET, "/sandbox/state", None)
    }

    /// How much of the log of what must never be lost is written by now.
    pub fn log_length(&self) -> usize {
        let log = fs::metadata(self.folder().join(LOG));
        log.map_or(0, |log| usize::try_from(log.len()).unwrap_or(usize::MAX))
    }

    /// Where the commits in the log end that begin at or behind this place.
    pub fn commits_from(&self, floor: usize) -> Vec<usize> {
        let log = fs::read(self.folder().join(LOG)).unwrap_or_default();
        let size = match log.get(8..12) {
            Some([a, b, c, d]) => u32::from_be_bytes([*a, *b, *c, *d]) as usize,
            _ => return Vec::new(),
        };
        let mut ends = Vec::new();
        let mut at = LOG_HEAD;
        while let Some(head) = log.get(at..at + FRAME_HEAD) {
            at += FRAME_HEAD + size;
            // The last frame of a commit tells how large the database is after it.
            if head[4..8] != [0; 4] && at <= log.len() && at > floor {
                ends.push(at);
            }
        }
        ends
    }

    /// Whether an act stands in the outbox as sent, were the power gone when the log had this length.
    pub fn is_sent_at(&self, company: &CompanyId, log_ends: usize) -> bool {
        let copy = self.folder_at(log_ends);
        let durable = Durable::open(&copy.path().join("durable.db")).expect("the file");
        let intents = durable.intents(company, 10).expect("the outbox");
        intents
            .iter()
            .any(|intent| intent.progress != Progress::Planned)
    }

    /// A folder with what must never be lost as it is on disk when the log has this length.
    fn folder_at(&self, log_ends: usize) -> TempDir {
        let left = TempDir::new().expect("a folder");
        let from = self.folder.path();
        fs::copy(from.join("durable.db"), left.path().join("durable.db")).expect("the file");
        let mut log = fs::read(from.join(LOG)).unwrap_or_default();
        log.truncate(log_ends);
        fs::write(left.path().join(LOG), log).expect("its log");
        left
    }

    /// The power goes: of the folder stays what was synced, up to this place of the log, which may lie within a
    /// write that was being made. The cache is never synced: it is as it was, or gone.
    pub fn lose_power(&mut self, log_ends: usize, cache_survives: bool) {
        let left = self.folder_at(log_ends);
        let from = self.folder.path();
        self.cache_is_gone |= !cache_survives;
        if cache_survives {
            for name in ["cache.db", "cache.db-wal"] {
                // The log of the cache may not have been begun.
                let _ = fs::copy(from.join(name), left.path().join(name));
            }
        }
        self.gone.push(std::mem::replace(&mut self.folder, left));
    }
}

impl Drop for Site<'_> {
    fn drop(&mut self) {
        self.close();
    }
}
