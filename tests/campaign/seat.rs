//! The program at work without a screen: its loop's update, its worker, its files and its wire, under the test's clock.
//!
//! What a person sees is read from the model. Nothing is painted, because a campaign presses hundreds of thousands of
//! keys. Nothing sleeps: rest is known by counting, as in the flows.

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use timbra::api::{Apideck, Connection, Timing};
use timbra::app;
use timbra::app::model::{Beginning, Colours, Model, Venue};
use timbra::app::msg::{Effect, Msg, Reply};
use timbra::domain::record::Record;
use timbra::store::cache::Cache;
use timbra::store::durable::Durable;
use timbra::words::{Lang, Words};
use timbra::worker::{Busy, Door, Setup, Worker};

use crate::clock::StandingClock;
use crate::keys;

/// The longest that anything may take before a case is failed. It is not waited for when all is well.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long one look for something new lasts while a request is under way that will not be answered.
const LOOK: Duration = Duration::from_millis(1);

/// More turns than any deadline of a model at rest needs; one that never moves on would else turn for ever.
const MOST_TURNS: usize = 10_000;

/// Made once: to read the texts takes longer than a case.
static WORDS: LazyLock<Arc<Words>> = LazyLock::new(|| Words::new(Lang::Es));

/// Whether the records of all kinds are walked when the program starts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Walks {
    /// As the program does.
    All,
    /// None: the cache has them already, and a case is about acts.
    None,
}

/// How the program is started.
#[derive(Clone, Copy)]
pub struct Manner {
    pub timing: Timing,
    pub walks: Walks,
    /// How many pages the disk has left for what must never be lost; as many as there are where nothing is said.
    pub room: Option<u32>,
}

impl Manner {
    /// With these time limits, on a cache that is whole, and with room on the disk.
    pub fn timed(timing: Timing) -> Self {
        Self {
            timing,
            walks: Walks::None,
            room: None,
        }
    }
}

/// One run of the program, until it is dropped.
pub struct Seat {
    pub model: Model,
    worker: Worker<Apideck>,
    inbox: Receiver<Reply>,
    busy: Busy,
    clock: StandingClock,
    walks: Walks,
}

impl Seat {
    /// Starts the program on a folder.
    pub fn take(
        folder: &Path,
        connection: &Connection,
        clock: &StandingClock,
        manner: Manner,
        session: &str,
    ) -> Self {
        let Manner { timing, walks, .. } = manner;
        let durable = Durable::open(&folder.join("durable.db")).expect("a file");
        if let Some(pages) = manner.room {
            durable.grow_at_most(pages).expect("a limit");
        }
        let books = Apideck::with_timing(connection, timing).expect("books");
        let name = books.company_id().clone();
        let (report, inbox) = channel();
        let (cache, now) = (folder.join("cache.db"), clock.clone());
        let worker = Worker::start(
            Setup {
                door: Door::open(name, books),
                doors: Arc::new(|_| None),
                cache: cache.clone(),
                durable,
                clock: Arc::new(move || now.now()),
                clock_is_steady: false,
                papers: folder.join("papers"),
                listening: None,
            },
            move |reply| {
                // What is said after the end is dropped, as by the program's own mailbox.
                let _ = report.send(reply);
            },
        )
        .expect("a worker");
        let company_id = worker.company().clone();
        let company = Cache::open_reader(&cache)
            .and_then(|cache| cache.company(&company_id))
            .expect("a cache");
        let mut model = Model::new(Beginning {
            size: (120, 40),
            now: clock.now(),
            words: WORDS.clone(),
            colours: Colours::None,
            venue: Venue::Loopback,
            company_id,
            company,
            companies: Vec::new(),
            profile: None,
            read_only: false,
            type_total_from: None,
            session: session.to_owned(),
        });
        let busy = worker.busy();
        let first = app::start(&mut model);
        let mut seat = Self {
            model,
            worker,
            inbox,
            busy,
            clock: clock.clone(),
            walks,
        };
        seat.carry_out(first);
        seat
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            if matches!(effect, Effect::Walk(_)) && self.walks == Walks::None {
                continue;
            }
            self.worker.run(effect);
        }
    }

    fn tell(&mut self, msg: Msg) {
        let effects = app::update(&mut self.model, msg, self.clock.now());
        self.carry_out(effects);
    }

    /// Takes what the worker has said so far, and serves the deadline that is due; whether there was anything.
    fn turn(&mut self) -> bool {
        let mut moved = false;
        while let Ok(reply) = self.inbox.try_recv() {
            self.tell(Msg::Worker(Box::new(reply)));
            moved = true;
        }
        let due = self.model.next_deadline();
        if due.is_some_and(|due| due <= self.clock.now()) {
            self.tell(Msg::Woke);
            let next = self.model.next_deadline();
            moved |= next != due;
        }
        moved
    }

    /// Waits until nothing is under way and everything was heard.
    pub fn settle(&mut self) -> &mut Self {
        for _ in 0..MOST_TURNS {
            assert!(self.busy.wait(PATIENCE), "the program never came to rest");
            // Replies are sent before the work that sends them counts as done.
            if !self.turn() && self.busy.is_idle() {
                return self;
            }
        }
        panic!(
            "the program never came to rest: {:?}",
            self.model.next_deadline()
        );
    }

    /// Goes on until this holds, or until there is nothing left to wait for.
    pub fn until(&mut self, mut holds: impl FnMut() -> bool) {
        let begun = Instant::now();
        loop {
            let idle = self.busy.is_idle();
            if (!self.turn() && idle) || holds() {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "it never came to pass");
            if let Ok(reply) = self.inbox.recv_timeout(LOOK) {
                self.tell(Msg::Worker(Box::new(reply)));
            }
        }
    }

    /// Presses keys, resting after each.
    pub fn keys(&mut self, script: &str) -> &mut Self {
        for key in keys::parse(script) {
            self.tell(Msg::Key(key));
            self.settle();
        }
        self
    }

    /// Types a text as it is, resting after it.
    pub fn types(&mut self, text: &str) -> &mut Self {
        for key in keys::typed(text) {
            self.tell(Msg::Key(key));
        }
        self.settle()
    }

    /// Presses keys and waits for nothing.
    pub fn press(&mut self, script: &str) -> &mut Self {
        for key in keys::parse(script) {
            self.tell(Msg::Key(key));
        }
        self
    }

    /// Leaves whatever is on top and stands on this record in the list behind these keys; whether it is there.
    pub fn stand_on(&mut self, list: &str, id: &str) -> bool {
        self.visit(list, |_, record| record.id.as_str() == id)
    }

    /// Leaves whatever is on top and goes through the list behind these keys, from its first record to the one that was
    /// looked for; whether there is one.
    pub fn visit(&mut self, list: &str, mut is_it: impl FnMut(&mut Self, &Record) -> bool) -> bool {
        self.keys("<Esc> <Esc> <Esc>").keys(list).keys("<Home>");
        let mut before = None;
        loop {
            let Some(here) = self.model.subject().cloned() else {
                return false;
            };
            if before.as_ref() == Some(&here.id) {
                return false;
            }
            if is_it(self, &here) {
                return true;
            }
            // A mark goes on to the next row by itself.
            if self.model.subject().map(|record| &record.id) == Some(&here.id) {
                self.keys("j");
            }
            before = Some(here.id);
        }
    }
}
