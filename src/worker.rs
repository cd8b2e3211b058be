//! The worker: carries out what the app orders, and reports. The only place that starts tasks.
//!
//! Each slot holds one question; a newer one cancels it. Acts that spend or create are different: the intent is on
//! disk before the request leaves, it is sent once, and it is never cancelled (law 1). A task that breaks becomes a
//! message. The worker decides nothing about invoices; what an answer means is the app's.

mod acts;
mod bulk;
mod busy;
mod cancelling;
mod desk;
mod door;
mod everywhere;
mod judging;
mod lately;
mod ledger;
mod log;
mod made;
mod owed;
mod pace;
pub mod package;
mod papers;
mod reads;
mod related;
mod road;
mod saves;
mod surroundings;
mod trouble;
mod twins;
mod views;
mod walk;
mod webhooks;
mod who;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use jiff::Timestamp;
use tokio::runtime::Runtime;
use tokio::sync::Semaphore;
use tokio::task::{AbortHandle, JoinHandle};

use crate::api::Books;
use crate::app::msg::package::Packed;
use crate::app::msg::{Effect, Fact, Live, Reply, Request, Slot, Ticket, Trouble, TroubleSort};
use crate::domain::company::CompanyId;
use crate::domain::intent::{Answer, Intent, IntentId, Sighting};
use crate::domain::kind::Kind;
use crate::domain::profile::ProfileName;
use crate::sat::catalogs::Catalogs;
use crate::store::StoreError;
use crate::store::cache::Cache;
use crate::store::durable::{AuditScan, Durable};

pub use busy::Busy;
use desk::Desk;
pub use door::{Door, Doors};
use judging::Judging;
use reads::Shelf;
use road::Road;
pub use trouble::of_api as trouble_of_api;
pub use webhooks::Listening;

/// Walks that go on at once.
const WALKS_AT_ONCE: usize = 3;

/// What a worker needs to begin.
pub struct Setup<B> {
    /// The way to the books that it begins on.
    pub door: Door<B>,
    /// The ways to the books of the other companies.
    pub doors: Doors<B>,
    /// The cache.
    pub cache: PathBuf,
    /// Outbox, unfinished edits and audit log.
    pub durable: Durable,
    /// The program's clock.
    pub clock: Clock,
    /// Whether that clock runs at the speed of the machine's; one that a test moves does not.
    pub clock_is_steady: bool,
    /// The folder into which the files of documents are saved.
    pub papers: PathBuf,
    /// Where to listen for what the other side tells by itself; none where nobody wants that.
    pub listening: Option<Listening>,
}

/// A clock as the worker asks it.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Where facts go.
pub type Report = Arc<dyn Fn(Reply) + Send + Sync>;

/// Why a worker cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// One of its files cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The system gives no threads.
    #[error("no threads can be started")]
    Threads(#[source] std::io::Error),
}

/// What every task about the books of one company shares.
struct Shared<B> {
    /// Whose books.
    company: CompanyId,
    /// The way to them.
    road: Arc<Road<B>>,
    /// The ways to the books of the other companies.
    doors: Doors<B>,
    hub: Arc<Hub>,
    /// Kinds that are being walked, or wait for their turn.
    walking: Mutex<BTreeSet<Kind>>,
    /// So many walks go on at once, so that the first page of each comes soon.
    turns: Semaphore,
    /// How the judging of the unstamped documents goes.
    judging: Mutex<Judging>,
    /// How the reading of fiscal data one by one goes.
    fiscal: Mutex<walk::fiscal::Reading>,
    /// The search through the audit log that was answered last.
    audit: Mutex<Option<AuditScan>>,
    /// Says to the package under way that it is to stop; one of its own for each.
    stop_packing: Mutex<Arc<AtomicBool>>,
}

/// What all tasks share, whichever company they are about.
struct Hub {
    clock: Clock,
    /// The folder into which the files of documents are saved.
    papers: PathBuf,
    /// Where to listen for what the other side tells by itself.
    listening: Option<Listening>,
    /// How that goes.
    live: Mutex<Live>,
    report: Report,
    /// Reads the cache.
    reader: Desk<Shelf>,
    /// Writes the cache.
    writer: Desk<Cache>,
    /// Outbox, unfinished edits, audit log.
    durable: Desk<Durable>,
    /// The catalogues, once inflated.
    catalogs: Mutex<Option<Arc<Catalogs>>>,
    /// When this run sent what, by a clock that nobody sets.
    sent: Mutex<BTreeMap<IntentId, Instant>>,
    /// Whether the program's clock runs at the speed of the machine's, so that the two can be compared.
    clock_is_steady: bool,
}

impl<B> Deref for Shared<B> {
    type Target = Hub;

    fn deref(&self) -> &Hub {
        &self.hub
    }
}

impl<B> Shared<B> {
    fn new(hub: Arc<Hub>, road: Arc<Road<B>>, doors: Doors<B>, company: CompanyId) -> Arc<Self> {
        Arc::new(Self {
            company,
            road,
            doors,
            hub,
            walking: Mutex::new(BTreeSet::new()),
            turns: Semaphore::new(WALKS_AT_ONCE),
            judging: Mutex::default(),
            fiscal: Mutex::default(),
            audit: Mutex::default(),
            stop_packing: Mutex::default(),
        })
    }

    fn now(&self) -> Timestamp {
        (self.clock)()
    }

    fn tell(&self, ticket: Option<Ticket>, fact: Fact) {
        (self.report)(Reply {
            company: self.company.clone(),
            ticket,
            fact,
        });
    }
}

/// A running worker. Dropping it ends its tasks; intents under way are settled at the next start.
pub struct Worker<B: Books + 'static> {
    shared: Arc<Shared<B>>,
    slots: BTreeMap<Slot, AbortHandle>,
    busy: Busy,
    runtime: Option<Runtime>,
    /// What listens for what the other side tells.
    ear: Option<JoinHandle<()>>,
    /// Whether it was given an order yet.
    begun: bool,
}

impl<B: Books + 'static> Worker<B> {
    /// Opens the files. With the first order, and behind everything else, the catalogues are inflated and what an
    /// earlier run left open is reported: until then there is a first frame to be painted, and nothing in its way.
    ///
    /// # Errors
    ///
    /// See [`WorkerError`]. A damaged cache is made anew; a damaged outbox is an error that says where it lies.
    pub fn start(
        setup: Setup<B>,
        report: impl Fn(Reply) + Send + Sync + 'static,
    ) -> Result<Self, WorkerError> {
        let cache = Cache::open(&setup.cache)?;
        let reader = Cache::open_reader(&setup.cache)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("worker")
            .enable_all()
            .build()
            .map_err(WorkerError::Threads)?;
        let company = setup.durable.books_of(&setup.door.connection)?;
        let road = Arc::new(Road::new(setup.door));
        let hub = Arc::new(Hub {
            clock: setup.clock,
            papers: setup.papers,
            listening: setup.listening,
            live: Mutex::default(),
            report: Arc::new(report),
            reader: Desk::open("cache reader", Shelf::new(reader)).map_err(WorkerError::Threads)?,
            writer: Desk::open("cache writer", cache).map_err(WorkerError::Threads)?,
            durable: Desk::open("durable", setup.durable).map_err(WorkerError::Threads)?,
            catalogs: Mutex::new(None),
            sent: Mutex::new(BTreeMap::new()),
            clock_is_steady: setup.clock_is_steady,
        });
        Ok(Self {
            shared: Shared::new(hub, road, setup.doors, company),
            slots: BTreeMap::new(),
            busy: Busy::default(),
            runtime: Some(runtime),
            ear: None,
            begun: false,
        })
    }

    /// Whose books the connection led to when it was asked last. Until it is asked again nothing is read into them and
    /// none of their acts is settled.
    pub fn company(&self) -> &CompanyId {
        &self.shared.company
    }

    /// Counts what is under way, so that a test can wait for rest instead of sleeping.
    pub fn busy(&self) -> Busy {
        self.busy.clone()
    }

    /// Takes an order. Never blocks.
    pub fn run(&mut self, effect: Effect) {
        if !std::mem::replace(&mut self.begun, true) {
            self.spawn(|shared| async move { reads::catalogs(&shared).await }, None);
            self.spawn(|shared| async move { acts::left_open(&shared).await }, None);
            self.listen();
        }
        match effect {
            Effect::Ask { ticket, request } => self.ask(ticket, request),
            Effect::Walk(kinds) => {
                for kind in kinds {
                    self.spawn(
                        move |shared| async move { walk::walk(&shared, kind).await },
                        None,
                    );
                }
            }
            Effect::Update { edit, opened } => {
                let Some(id) = edit.id.clone() else {
                    return;
                };
                let broken = Fact::UpdateUnclear {
                    kind: edit.kind,
                    id,
                    trouble: Trouble::new(TroubleSort::Unreadable, ""),
                    now: None,
                };
                self.spawn(
                    |shared| async move { saves::update(&shared, *edit, &opened).await },
                    Some((None, broken)),
                );
            }
            Effect::Commit(intent) => {
                // An act that breaks has perhaps been sent: it is read back like one without an answer.
                let unclear = Fact::Answered {
                    intent: intent.id.clone(),
                    answer: Answer::Unclear {
                        cause: String::new(),
                    },
                };
                self.spawn(
                    |shared| async move { acts::commit(&shared, *intent).await },
                    Some((None, unclear)),
                );
            }
            Effect::CommitMany(intents) => self.commit_many(intents),
            Effect::ReadBack(intent) => {
                let unseen = Fact::Sighted {
                    intent: intent.id.clone(),
                    sighting: Sighting::Unreadable {
                        cause: String::new(),
                    },
                    began: self.shared.now(),
                };
                self.spawn(
                    |shared| async move { acts::read_back(&shared, *intent).await },
                    Some((None, unseen)),
                );
            }
            Effect::Record { intent, progress } => {
                acts::record(&self.shared, &self.busy, intent, progress);
            }
            Effect::KeepEdit { slot, body } => {
                acts::keep_edit(&self.shared, &self.busy, slot, body);
            }
            Effect::NoteQuestion(text) => lately::note(&self.shared, &self.busy, text),
            Effect::ChangeViews(change) => views::change(&self.shared, &self.busy, change),
            Effect::KeepThread(what) => cancelling::keep(&self.shared, &self.busy, *what),
            Effect::DropThread(replaced) => {
                cancelling::drop(&self.shared, &self.busy, replaced);
            }
            Effect::SavePapers { record, issuer } => {
                let failed = Fact::Failed(Trouble::new(TroubleSort::Unreadable, ""));
                self.spawn(
                    |shared| async move { papers::save(&shared, *record, issuer).await },
                    Some((None, failed)),
                );
            }
            Effect::Pack {
                period,
                forms,
                issuer,
            } => {
                let stop = Arc::new(AtomicBool::new(false));
                *locked(&self.shared.stop_packing) = stop.clone();
                let broken = Fact::Packed(Box::new(Packed::broken(period)));
                let order = (period, forms, issuer);
                self.spawn(
                    |shared| async move { package::pack(&shared, order, stop).await },
                    Some((None, broken)),
                );
            }
            Effect::StopPacking => self.stop_packing(),
            Effect::KeepIndex { folder, files } => {
                let broken = Trouble::new(TroubleSort::Storage, "");
                self.spawn(
                    |shared| async move { package::index(&shared, folder, files).await },
                    Some((None, Fact::PackageIndexed(Some(broken)))),
                );
            }
            Effect::Subscribe => {
                self.spawn(
                    |shared| async move { webhooks::subscribe(&shared).await },
                    None,
                );
            }
            Effect::Unsubscribe => {
                self.spawn(
                    |shared| async move { webhooks::unsubscribe(&shared).await },
                    None,
                );
            }
            Effect::TurnTo(company) => {
                let road = self.shared.road.clone();
                self.turn_to(road, company);
            }
            Effect::LookUp(profile) => self.look_up(profile),
            Effect::GoOver { profile, company } => {
                if let Some(door) = (self.shared.doors)(&profile) {
                    self.turn_to(Arc::new(Road::new(door)), company);
                }
            }
            Effect::DropEdit { slot } => acts::drop_edit(&self.shared, &self.busy, slot),
            // The loop's own, and the first page's, which has no worker.
            Effect::Quit | Effect::Suspend | Effect::Copy(_) | Effect::Connect(_) => {}
        }
    }

    /// Tells whose books a profile leads to, as far as that is known on this machine.
    fn look_up(&mut self, profile: ProfileName) {
        let door = (self.shared.doors)(&profile);
        let failed = Fact::NotLookedUp {
            profile: profile.clone(),
            trouble: Trouble::new(TroubleSort::NotFound, profile.as_str()),
        };
        self.spawn(
            move |shared| async move { door::look_up(&shared, profile, door).await },
            Some((None, failed)),
        );
    }

    /// Acts that break have perhaps been sent: they are read back like those without an answer.
    fn commit_many(&self, intents: Vec<Intent>) {
        let names: Vec<IntentId> = intents.iter().map(|intent| intent.id.clone()).collect();
        let shared = self.shared.clone();
        self.spawn(
            |worker| async move {
                if let Err(panic) = caught(bulk::commit_many(&worker, intents)).await {
                    shared.tell(None, Fact::Broken(panic));
                    for intent in names {
                        let answer = Answer::Unclear {
                            cause: String::new(),
                        };
                        shared.tell(None, Fact::Answered { intent, answer });
                    }
                }
            },
            None,
        );
    }

    /// From here on all orders are about other books, over this road. Questions about the old ones are given up; acts
    /// are left to their end over the road that they began on, and settled when those books are back.
    fn turn_to(&mut self, road: Arc<Road<B>>, company: CompanyId) {
        for (_, task) in std::mem::take(&mut self.slots) {
            task.abort();
        }
        self.stop_packing();
        self.shared = Shared::new(
            self.shared.hub.clone(),
            road,
            self.shared.doors.clone(),
            company,
        );
        self.spawn(|shared| async move { acts::left_open(&shared).await }, None);
        self.listen();
    }

    /// Listens for what the other side tells about the books that are open, and no longer about those before them.
    fn listen(&mut self) {
        let Some(runtime) = self.runtime.as_ref() else {
            return;
        };
        if self.shared.listening.is_none() {
            return;
        }
        let before = self.ear.take();
        let (shared, busy, begun) = (self.shared.clone(), self.busy.clone(), self.busy.begin());
        self.ear = Some(runtime.spawn(async move {
            if let Some(before) = before {
                before.abort();
                // The port is free when it has ended; how it ended is known.
                let _ = before.await;
            }
            webhooks::serve(shared, busy, begun).await;
        }));
    }

    /// The package under way stops after the document that it is at.
    fn stop_packing(&self) {
        locked(&self.shared.stop_packing).store(true, Ordering::Relaxed);
    }

    fn ask(&mut self, ticket: Ticket, request: Request) {
        let failed = Fact::Failed(Trouble::new(TroubleSort::Unreadable, ""));
        let handle = self.spawn(
            move |shared| async move { reads::answer(&shared, ticket, request).await },
            Some((Some(ticket), failed)),
        );
        if let Some(handle) = handle
            && let Some(old) = self.slots.insert(ticket.slot, handle)
        {
            old.abort();
        }
    }

    /// Starts a task. Should it break, the fact that goes with it is told, so that nobody waits for it for ever.
    fn spawn<F, T>(&self, task: T, instead: Option<(Option<Ticket>, Fact)>) -> Option<AbortHandle>
    where
        T: FnOnce(Arc<Shared<B>>) -> F,
        F: Future<Output = ()> + Send + 'static,
    {
        let runtime = self.runtime.as_ref()?;
        let shared = self.shared.clone();
        let broken = self.shared.clone();
        let begun = self.busy.begin();
        let work = task(shared);
        let handle = runtime.spawn(async move {
            let _begun = begun;
            if let Err(panic) = caught(work).await {
                broken.tell(None, Fact::Broken(panic));
                if let Some((ticket, fact)) = instead {
                    broken.tell(ticket, fact);
                }
            }
            broken.settle_requests();
        });
        Some(handle.abort_handle())
    }
}

impl<B: Books + 'static> Drop for Worker<B> {
    /// Ends without waiting for the network. What has to be on disk is there before anything is sent, and the desks
    /// finish what they were given. The writer goes last: with nobody beside it, it leaves one whole file behind.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
        self.shared.durable.close();
        self.shared.reader.close();
        self.shared.writer.close();
    }
}

/// Runs a task; a panic inside becomes its text.
async fn caught(work: impl Future<Output = ()>) -> Result<(), String> {
    let mut work = std::pin::pin!(work);
    std::future::poll_fn(move |context| {
        match std::panic::catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context))) {
            Ok(std::task::Poll::Pending) => std::task::Poll::Pending,
            Ok(std::task::Poll::Ready(())) => std::task::Poll::Ready(Ok(())),
            Err(panic) => std::task::Poll::Ready(Err(panic_text(panic.as_ref()))),
        }
    })
    .await
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default()
}

/// A lock that outlives a panic: what it guards here is a set or an option, whole at every moment.
fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
