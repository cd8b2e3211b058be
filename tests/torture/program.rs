//! One run of the program's worker, until it is dropped.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use timbra::app::msg::{Effect, Fact, Freshness, Request, Slot, Ticket, Trouble};
use timbra::domain::company::CompanyId;
use timbra::domain::kind::Kind;
use timbra::domain::record::Id;
use timbra::store::durable::Durable;
use timbra::worker::{Busy, Door, Setup, Worker};

use crate::books::{Guarded, Knock};
use crate::site::Site;

/// The longest that anything may take. It is not waited for when all is well.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long one look for somebody at the door lasts.
const LOOK: Duration = Duration::from_micros(200);

/// The file of the cache in the program's folder.
pub const CACHE: &str = "cache.db";

/// What becomes of a request that is about to leave.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Leaves,
    /// The program is gone before it does.
    Killed,
}

/// How a walk came to rest.
pub enum End {
    /// At its end, with the troubles that the kinds ended in.
    Rest(Vec<(Kind, Trouble)>),
    /// The program is to be gone.
    Killed,
}

pub struct Program {
    worker: Worker<Guarded>,
    busy: Busy,
    knocks: Receiver<Knock>,
    facts: Receiver<Fact>,
    /// How often it looked at the clock.
    looks: Arc<AtomicUsize>,
}

impl Program {
    /// Starts on the site's folder.
    pub fn start(site: &Site<'_>) -> Self {
        Self::limited(site, None)
    }

    /// The same, told that the other side takes so many requests a minute.
    pub fn limited(site: &Site<'_>, limit: Option<u32>) -> Self {
        let folder = site.folder();
        let (door, knocks) = channel();
        let (report, facts) = channel();
        let books = site.books();
        let name = books.company_id().clone();
        let (clock, skew) = (site.clock.clone(), site.skew);
        let looks = Arc::new(AtomicUsize::new(0));
        let looked = looks.clone();
        let setup = Setup {
            door: Door::open(
                name,
                Guarded {
                    books,
                    limit,
                    door,
                    oddity: site.oddity,
                },
            ),
            doors: Arc::new(|_| None),
            cache: folder.join(CACHE),
            durable: Durable::open(&folder.join("durable.db")).expect("a file"),
            clock: Arc::new(move || {
                looked.fetch_add(1, Ordering::Relaxed);
                clock.now() + skew
            }),
            clock_is_steady: false,
            papers: folder.to_owned(),
            listening: None,
        };
        let worker = Worker::start(setup, move |reply| {
            // What is said after the end is dropped.
            let _ = report.send(reply.fact);
        })
        .expect("a worker");
        Self {
            busy: worker.busy(),
            worker,
            knocks,
            facts,
            looks,
        }
    }

    /// Whose books it reads.
    pub fn company(&self) -> CompanyId {
        self.worker.company().clone()
    }

    /// Orders walks and waits for nothing.
    pub fn order(&mut self, kinds: &[Kind]) {
        self.worker.run(Effect::Walk(kinds.to_vec()));
    }

    /// Asks what a person asks who opens a record.
    pub fn open_record(&mut self, kind: Kind, id: &str) {
        self.worker.run(Effect::Ask {
            ticket: Ticket {
                slot: Slot::Detail,
                serial: 1,
            },
            request: Request::Record {
                kind,
                id: Id::from(id),
                freshness: Freshness::Server,
            },
        });
    }

    /// Walks over these kinds, asking at the door before each request, until there is rest.
    pub fn walk(&mut self, kinds: &[Kind], mut at_the_door: impl FnMut(Kind) -> Fate) -> End {
        self.order(kinds);
        let begun = Instant::now();
        loop {
            if let Some(fate) = self.serve(LOOK, &mut at_the_door)
                && fate == Fate::Killed
            {
                return End::Killed;
            }
            if self.busy.is_idle() {
                return End::Rest(self.troubles());
            }
            assert!(begun.elapsed() < PATIENCE, "the walk never came to rest");
        }
    }

    /// Lets the next request leave, if one comes within this time.
    pub fn serve(
        &self,
        within: Duration,
        mut at_the_door: impl FnMut(Kind) -> Fate,
    ) -> Option<Fate> {
        let knock = match self.knocks.recv_timeout(within) {
            Ok(knock) => knock,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return None,
        };
        let fate = at_the_door(knock.kind);
        if fate == Fate::Leaves {
            // Whoever asked may have been given up.
            let _ = knock.may_go.send(());
        } else {
            std::mem::forget(knock.may_go);
        }
        Some(fate)
    }

    /// How often it looked at the clock so far: whoever waits for a time to come looks again and again.
    pub fn looks(&self) -> usize {
        self.looks.load(Ordering::Relaxed)
    }

    pub fn is_idle(&self) -> bool {
        self.busy.is_idle()
    }

    /// In which trouble walks ended since the last question.
    pub fn troubles(&self) -> Vec<(Kind, Trouble)> {
        let ended = self.facts.try_iter().filter_map(|fact| match fact {
            Fact::Walked {
                kind,
                trouble: Some(trouble),
                ..
            } => Some((kind, trouble)),
            Fact::Broken(text) => panic!("it broke: {text}"),
            _ => None,
        });
        ended.collect()
    }
}
