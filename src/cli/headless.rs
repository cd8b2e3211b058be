//! The program without a screen: the same model, update and worker, driven by what a verb waits for.
//!
//! So a verb keeps the laws in the very code that the screen keeps them in. Nothing is painted and no key is pressed;
//! what the first interrupt means is the verb's to say, the second ends the process.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};

use color_eyre::eyre;

use super::program::{CACHE_FILE, DURABLE_FILE, session};
use crate::api::{Apideck, Connection};
use crate::app::model::{Beginning, Colours, Venue};
use crate::app::msg::{Effect, Fact, Reply, Request, Slot};
use crate::app::{self, Model, Msg};
use crate::domain::kind::Kind;
use crate::domain::profile::ProfileName;
use crate::runtime::Clock;
use crate::store::durable::Durable;
use crate::terminal;
use crate::words::Words;
use crate::worker::{Door, Setup, Worker};

/// What a run is started with.
pub struct Start<'a> {
    /// How to reach the books.
    pub connection: &'a Connection,
    /// What the person calls the connection; none where the environment alone describes it.
    pub profile: Option<ProfileName>,
    /// Where the two files of these books lie.
    pub data: &'a Path,
    /// Its clock.
    pub clock: Clock,
    /// The words.
    pub words: Arc<Words>,
    /// Whether everything that changes something is switched off.
    pub read_only: bool,
}

/// Something that wakes it.
enum Wake {
    Reply(Box<Reply>),
    Interrupt,
}

/// A part of the program broke; what it said is in the log.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("a part of the program broke")]
pub struct Broken;

/// A run without a screen.
pub struct Headless {
    /// What it knows.
    pub model: Model,
    worker: Worker<Apideck>,
    inbox: Receiver<Wake>,
    clock: Clock,
    /// Whether somebody interrupted it.
    pub interrupted: bool,
    /// Whether it was told which acts an earlier run, or another window, left open.
    pub knows_what_is_open: bool,
}

impl Headless {
    /// Opens the files and asks for what every judgement rests on: whose books these are, and the taxes.
    ///
    /// # Errors
    /// What keeps it from starting.
    pub fn start(start: Start<'_>) -> eyre::Result<Self> {
        let books = Apideck::new(start.connection)?;
        std::fs::create_dir_all(start.data)?;
        let clock = start.clock;
        let (sender, inbox) = channel();
        let replies = sender.clone();
        let worker = Worker::start(
            Setup {
                door: Door::open(books.company_id().clone(), books).named(start.profile),
                doors: Arc::new(|_| None),
                cache: start.data.join(CACHE_FILE),
                durable: Durable::open(&start.data.join(DURABLE_FILE))?,
                clock: Arc::new(move || clock.now()),
                clock_is_steady: true,
                papers: start.data.to_owned(),
                listening: None,
            },
            move |reply| {
                // What is said after the end is dropped.
                let _ = replies.send(Wake::Reply(Box::new(reply)));
            },
        )?;
        let heard = AtomicBool::new(false);
        terminal::watch(move |signal| match signal {
            terminal::Signal::End(_) => {
                !heard.swap(true, Ordering::Relaxed) && sender.send(Wake::Interrupt).is_ok()
            }
            terminal::Signal::Resize | terminal::Signal::Continue => true,
            terminal::Signal::Stop => false,
        })?;
        let company_id = worker.company().clone();
        let model = Model::new(Beginning {
            size: (80, 24),
            now: clock.now(),
            words: start.words,
            colours: Colours::None,
            venue: Venue::Live,
            company_id,
            company: None,
            companies: Vec::new(),
            profile: None,
            read_only: start.read_only,
            type_total_from: None,
            session: session(&clock),
        });
        let mut headless = Self {
            model,
            worker,
            inbox,
            clock,
            interrupted: false,
            knows_what_is_open: false,
        };
        headless.order(|model| {
            model.company.ask();
            vec![
                Effect::Walk(vec![Kind::TaxRates]),
                model.ask(Slot::Company, Request::Company),
            ]
        });
        Ok(headless)
    }

    /// Has something done.
    pub fn order(&mut self, order: impl FnOnce(&mut Model) -> Vec<Effect>) {
        self.model.now = self.clock.now();
        for effect in order(&mut self.model) {
            self.worker.run(effect);
        }
    }

    /// Goes on until this holds, or somebody interrupts it for the first time.
    ///
    /// # Errors
    /// Where a part of it broke, so that what is waited for may never come.
    pub fn until(&mut self, holds: impl Fn(&Self) -> bool) -> Result<(), Broken> {
        while !holds(self) {
            let wake = match self.model.next_deadline() {
                Some(deadline) => self.inbox.recv_timeout(self.clock.until(deadline)),
                None => self
                    .inbox
                    .recv()
                    .map_err(|_| RecvTimeoutError::Disconnected),
            };
            let msg = match wake {
                Ok(Wake::Reply(reply)) if matches!(reply.fact, Fact::Broken(_)) => {
                    return Err(Broken);
                }
                Ok(Wake::Reply(reply)) => {
                    self.knows_what_is_open |= matches!(reply.fact, Fact::OpenIntents(_));
                    Msg::Worker(reply)
                }
                Ok(Wake::Interrupt) => {
                    self.interrupted = true;
                    return Ok(());
                }
                Err(RecvTimeoutError::Timeout) => Msg::Woke,
                Err(RecvTimeoutError::Disconnected) => return Err(Broken),
            };
            let now = self.clock.now();
            for effect in app::update(&mut self.model, msg, now) {
                self.worker.run(effect);
            }
        }
        Ok(())
    }
}
