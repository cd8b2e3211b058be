//! One run of the program, on a thread of its own, until it is quit or killed.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::{Frame, Terminal};
use timbra::api::{Apideck, Timing};
use timbra::app;
use timbra::app::companies::Choice;
use timbra::app::key::Key;
use timbra::app::model::{Beginning, Colours, Model, Venue};
use timbra::app::msg::{Effect, Msg};
use timbra::domain::money::Money;
use timbra::domain::profile::{Profile, ProfileName};
use timbra::runtime::{Clock, Cycle, Ending, Host, Input, Program};
use timbra::store::cache::Cache;
use timbra::store::durable::Durable;
use timbra::terminal::Signal;
use timbra::ui::{self, HitMap};
use timbra::words::{Lang, Words};
use timbra::worker::{Busy, Door, Doors, Listening, Setup, Worker};

use super::clock::StandingClock;
use super::office::Office;
use super::pane::Pane;
use super::{keys, screen};

/// The longest that anything here may take before the test is failed. It is not waited for when all is well.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// How the program is started.
#[derive(Clone, Copy)]
pub struct Manner {
    pub size: (u16, u16),
    pub colours: Colours,
    pub lang: Lang,
    pub read_only: bool,
    /// From which total on the total of a stamp has to be typed.
    pub type_total_from: Option<Money>,
    /// Time limits of the wire.
    pub timing: Timing,
    /// Where it listens for what the other side tells, and is told at.
    pub listening: Option<SocketAddr>,
}

impl Default for Manner {
    fn default() -> Self {
        let timing = Timing {
            backoff: [Duration::from_millis(5), Duration::from_millis(10)],
            least_pause: Duration::from_millis(5),
            most_pause: Duration::from_millis(20),
            ..Timing::default()
        };
        Self {
            size: (80, 24),
            colours: Colours::Dark,
            lang: Lang::Es,
            read_only: false,
            type_total_from: None,
            timing,
            listening: None,
        }
    }
}

impl Manner {
    /// A terminal of this size.
    pub fn sized(width: u16, height: u16) -> Self {
        Self {
            size: (width, height),
            ..Self::default()
        }
    }

    /// The same with little patience for an act that is not answered.
    pub fn hasty(mut self) -> Self {
        self.timing.act = Duration::from_millis(400);
        self
    }
}

/// What was seen of the program so far. Replaced by each frame.
struct Seen {
    buffer: Buffer,
    model: Option<Model>,
    /// Barriers that went through before the last frame.
    barriers: u64,
    /// Whether a deadline has come that nobody served yet.
    due: bool,
    /// Texts that were put on the clipboard.
    copied: Vec<String>,
    ended: Option<String>,
}

struct Watched {
    seen: Mutex<Seen>,
    changed: Condvar,
}

impl Watched {
    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until what is seen is like this.
    fn wait(&self, what: &str, like: impl Fn(&Seen) -> bool) {
        let begun = Instant::now();
        let mut seen = self.lock();
        while !like(&seen) {
            if let Some(ending) = &seen.ended {
                panic!("the program ended ({ending}) before {what}");
            }
            let left = PATIENCE.saturating_sub(begun.elapsed());
            assert!(
                !left.is_zero(),
                "never {what}:\n{}",
                screen::text(&seen.buffer)
            );
            seen = self
                .changed
                .wait_timeout(seen, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }
}

/// The model under the test's clock. A turn of the wheel by no rows is the test's barrier and never reaches it.
struct Stage {
    model: Model,
    clock: StandingClock,
    barriers: u64,
    watched: Arc<Watched>,
}

impl Stage {
    fn is_due(&self) -> bool {
        self.model
            .next_deadline()
            .is_some_and(|deadline| deadline <= self.clock.now())
    }
}

impl Program for Stage {
    fn update(&mut self, msg: Msg, _at: Timestamp) -> Vec<Effect> {
        if matches!(msg, Msg::Scroll { rows: 0, .. }) {
            self.barriers += 1;
            return Vec::new();
        }
        app::update(&mut self.model, msg, self.clock.now())
    }

    /// Time passes only when the test says so: what is due is due at once, all else never comes by itself.
    fn next_deadline(&self) -> Option<Timestamp> {
        self.is_due().then_some(Timestamp::MIN)
    }

    fn view(&self, frame: &mut Frame) -> HitMap {
        let hits = ui::view(&self.model, frame);
        let mut seen = self.watched.lock();
        seen.buffer = frame.buffer_mut().clone();
        seen.model = Some(self.model.clone());
        seen.barriers = self.barriers;
        seen.due = self.is_due();
        self.watched.changed.notify_all();
        hits
    }
}

/// A host without a shell behind it.
struct Clipboard(Arc<Watched>);

impl Host for Clipboard {
    fn suspend(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn retake(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.0.lock().copied.push(text.to_owned());
        Ok(())
    }
}

/// Tells whoever waits that nothing more will come, even after a panic.
struct Ended(Arc<Watched>);

impl Drop for Ended {
    fn drop(&mut self) {
        self.0
            .lock()
            .ended
            .get_or_insert_with(|| "by a panic".to_owned());
        self.0.changed.notify_all();
    }
}

/// A run.
pub struct Run {
    sender: Sender<Input>,
    watched: Arc<Watched>,
    busy: Busy,
    replies: Arc<AtomicU64>,
    barriers: u64,
    pressed: usize,
    pane: Pane,
    thread: Option<JoinHandle<()>>,
}

/// The companies of the config, and which of them is open: none and none where the office has one company alone.
fn companies(office: &Office) -> (Vec<Choice>, Option<ProfileName>) {
    if office.neighbour().is_none() {
        return (Vec::new(), None);
    }
    let choice = |name: &str, company: &str, rfc: &str| Choice {
        profile: Profile {
            name: ProfileName::new(name).expect("a name"),
            company: company.to_owned(),
            rfc: rfc.to_owned(),
            hue: None,
        },
        within_reach: true,
    };
    let all = vec![
        choice("kemper", "ESCUELA KEMPER URGATE", "EKU9003173C9"),
        choice(
            "innovacion",
            "INNOVACION VALOR Y DESARROLLO",
            "IVD920810GU2",
        ),
    ];
    (all, ProfileName::new("kemper"))
}

impl Run {
    /// Starts the program and waits until it rests.
    pub fn start(office: &Office, manner: Manner) -> Self {
        let mut run = Self::start_restless(office, manner);
        run.settle();
        run
    }

    /// Starts the program and waits for its first frame only.
    pub fn start_restless(office: &Office, manner: Manner) -> Self {
        let watched = Arc::new(Watched {
            seen: Mutex::new(Seen {
                buffer: Buffer::default(),
                model: None,
                barriers: 0,
                due: false,
                copied: Vec::new(),
                ended: None,
            }),
            changed: Condvar::new(),
        });
        let (sender, inbox) = channel();
        let replies = Arc::new(AtomicU64::new(0));
        let clock = office.clock.clone();
        let (report, counted, now) = (sender.clone(), replies.clone(), clock.clone());
        let books = Apideck::with_timing(&office.connection(), manner.timing).expect("books");
        let connection = books.company_id().clone();
        let here = (connection.clone(), books.clone());
        let (companies, profile) = companies(office);
        let neighbour = office.neighbour();
        let doors: Doors<Apideck> = Arc::new(move |name| match name.as_str() {
            "kemper" => Some(Door::open(here.0.clone(), here.1.clone())),
            _ => {
                let books = Apideck::with_timing(neighbour.as_ref()?, manner.timing).ok()?;
                Some(Door::open(books.company_id().clone(), books))
            }
        });
        let cache = office.folder().join("cache.db");
        let mut worker = Worker::start(
            Setup {
                door: Door::open(connection, books),
                doors,
                cache: cache.clone(),
                durable: Durable::open(&office.folder().join("durable.db")).expect("a file"),
                clock: Arc::new(move || now.now()),
                clock_is_steady: false,
                papers: office.folder().join("papers"),
                listening: manner.listening.map(|address| Listening {
                    address,
                    url: Some(format!("http://{address}/hooks")),
                }),
            },
            move |reply| {
                counted.fetch_add(1, Ordering::SeqCst);
                // What is said after the end is dropped, as by the program's own mailbox.
                let _ = report.send(Input::Reply(Box::new(reply)));
            },
        )
        .expect("a worker");
        let company_id = worker.company().clone();
        let company = Cache::open_reader(&cache)
            .and_then(|cache| cache.company(&company_id))
            .expect("a cache");
        let mut model = Model::new(Beginning {
            size: manner.size,
            now: clock.now(),
            words: Words::new(manner.lang),
            colours: manner.colours,
            venue: Venue::Loopback,
            company_id,
            company,
            companies,
            profile,
            read_only: manner.read_only,
            type_total_from: manner.type_total_from,
            session: format!("{:08x}", fastrand::u32(..)),
        });
        let busy = worker.busy();
        for effect in app::start(&mut model) {
            worker.run(effect);
        }
        let mut stage = Stage {
            model,
            clock,
            barriers: 0,
            watched: watched.clone(),
        };
        let there = watched.clone();
        let pane = Pane::new(manner.size);
        let shown = pane.clone();
        let thread = thread::spawn(move || {
            let _ended = Ended(there.clone());
            let mut screen = Terminal::new(shown).expect("a screen in memory");
            let mut host = Clipboard(there.clone());
            let machine = Clock::Machine;
            let mut cycle = Cycle::new(&mut stage, &mut screen, &mut host, &machine, |effect| {
                worker.run(effect);
            });
            cycle.begin().expect("a first frame");
            let ending = cycle.run(&inbox).expect("a loop");
            let name = match ending {
                Ending::Quit => "quit",
                Ending::Signal(_) => "killed",
            };
            there.lock().ended = Some(name.to_owned());
        });
        let run = Self {
            sender,
            watched,
            busy,
            replies,
            barriers: 0,
            pressed: 0,
            pane,
            thread: Some(thread),
        };
        run.watched
            .wait("a first frame", |seen| seen.model.is_some());
        run
    }

    fn send(&self, input: Input) {
        self.sender.send(input).expect("the program has ended");
    }

    /// Waits until everything that was sent is on screen; whether a deadline is due that was not served yet.
    fn barrier(&mut self) -> bool {
        self.barriers += 1;
        let wanted = self.barriers;
        self.send(Input::Wheel {
            column: 0,
            row: 0,
            rows: 0,
        });
        self.watched.wait("a frame", |seen| seen.barriers >= wanted);
        self.watched.lock().due
    }

    /// Waits until nothing is under way and everything is on screen.
    pub fn settle(&mut self) -> &mut Self {
        let begun = Instant::now();
        loop {
            assert!(
                self.busy.wait(PATIENCE) && begun.elapsed() < PATIENCE,
                "the program never came to rest:\n{}",
                self.screen()
            );
            let replies = self.replies.load(Ordering::SeqCst);
            let due = self.barrier();
            let quiet = self.busy.is_idle() && replies == self.replies.load(Ordering::SeqCst);
            if quiet && !due {
                return self;
            }
        }
    }

    /// Presses keys, resting after each.
    pub fn keys(&mut self, script: &str) -> &mut Self {
        for key in keys::parse(script) {
            self.send(Input::Key(key));
            self.pressed += 1;
            self.settle();
        }
        self
    }

    /// Keys pressed and letters typed one by one so far.
    pub fn pressed(&self) -> usize {
        self.pressed
    }

    /// Types a text, resting after each letter.
    pub fn types(&mut self, text: &str) -> &mut Self {
        for key in keys::typed(text) {
            self.send(Input::Key(key));
            self.pressed += 1;
            self.settle();
        }
        self
    }

    /// Presses keys while other things are under way: waits for the frame, not for rest.
    pub fn press(&mut self, script: &str) -> &mut Self {
        for key in keys::parse(script) {
            self.send(Input::Key(key));
        }
        self.barrier();
        self
    }

    /// A key that is held: one press and so many repeats.
    pub fn hold(&mut self, script: &str, repeats: usize) -> &mut Self {
        for key in keys::parse(script) {
            self.send(Input::Key(key));
            for _ in 0..repeats {
                self.repeat(key);
            }
        }
        self.settle()
    }

    /// A key that was held already when this screen came: only its repeats.
    pub fn still_hold(&mut self, script: &str, repeats: usize) -> &mut Self {
        for key in keys::parse(script) {
            for _ in 0..repeats {
                self.repeat(key);
            }
        }
        self.settle()
    }

    fn repeat(&self, key: Key) {
        self.send(Input::Key(Key {
            repeat: true,
            ..key
        }));
    }

    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.send(Input::Paste(text.to_owned()));
        self.settle()
    }

    /// Clicks on the first place that shows this text.
    pub fn click(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        let (row, line) = screen
            .lines()
            .enumerate()
            .find(|(_, line)| line.contains(text))
            .unwrap_or_else(|| panic!("«{text}» is not on screen:\n{screen}"));
        let before = line.find(text).expect("the text");
        let column = line[..before].chars().count();
        self.send(Input::Click {
            column: u16::try_from(column).expect("a column"),
            row: u16::try_from(row).expect("a row"),
        });
        self.settle()
    }

    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.pane.resize(width, height);
        self.send(Input::Signal(Signal::Resize));
        self.settle()
    }

    /// Waits until the screen shows this, whatever else is under way.
    pub fn wait_for(&mut self, text: &str) -> &mut Self {
        self.watched.wait(&format!("«{text}»"), |seen| {
            screen::text(&seen.buffer).contains(text)
        });
        self
    }

    /// Lets time pass.
    pub fn pass(&mut self, office: &Office, time: Duration) -> &mut Self {
        office.advance(time);
        self.settle()
    }

    pub fn screen(&self) -> String {
        screen::text(&self.watched.lock().buffer)
    }

    /// The screen with the styles of its cells.
    pub fn styled(&self) -> String {
        screen::styled(&self.watched.lock().buffer)
    }

    pub fn has_colour(&self) -> bool {
        screen::has_colour(&self.watched.lock().buffer)
    }

    /// The model behind the last frame.
    pub fn model(&self) -> Model {
        self.watched.lock().model.clone().expect("a model")
    }

    /// What was put on the clipboard so far.
    pub fn copied(&self) -> Vec<String> {
        self.watched.lock().copied.clone()
    }

    /// The screen shows all of these.
    #[track_caller]
    pub fn shows(&mut self, texts: &[&str]) -> &mut Self {
        let screen = self.screen();
        for text in texts {
            assert!(
                screen.contains(text),
                "«{text}» is not on screen:\n{screen}"
            );
        }
        self
    }

    /// The screen shows none of these.
    #[track_caller]
    pub fn lacks(&mut self, texts: &[&str]) -> &mut Self {
        let screen = self.screen();
        for text in texts {
            assert!(!screen.contains(text), "«{text}» is on screen:\n{screen}");
        }
        self
    }

    /// The number behind a label of the home page, as it stands there.
    #[track_caller]
    pub fn number(&self, label: &str) -> String {
        let screen = self.screen();
        screen
            .lines()
            .find_map(|line| line.split_once(label))
            .and_then(|(_, behind)| behind.split_whitespace().next())
            .unwrap_or_else(|| panic!("no number behind «{label}»:\n{screen}"))
            .to_owned()
    }

    /// Goes to an invoice in the list of all of them and selects it.
    pub fn select(&mut self, id: &str) -> &mut Self {
        self.keys("<Esc> <Esc> <Esc> g f");
        self.select_only(id)
    }

    /// Selects an invoice in the list on screen.
    pub fn select_only(&mut self, id: &str) -> &mut Self {
        self.keys("<Home>");
        for _ in 0..500 {
            let model = self.model();
            if model
                .subject()
                .is_some_and(|record| record.id.as_str() == id)
            {
                return self;
            }
            self.press("j");
        }
        panic!("invoice {id} is not in the list:\n{}", self.screen());
    }

    /// Opens the page of an invoice.
    pub fn open(&mut self, id: &str) -> &mut Self {
        self.select(id).settle().keys("<Enter>")
    }

    /// Ends the program as a crash does: nothing is asked, nothing is waited for.
    pub fn kill(mut self) {
        self.end(Input::Signal(Signal::End(9)));
    }

    /// Presses keys that end the program, and waits for its end.
    pub fn quits(self, script: &str) {
        for key in keys::parse(script) {
            self.send(Input::Key(key));
        }
        self.watched.wait("the end", |seen| seen.ended.is_some());
    }

    fn end(&mut self, input: Input) {
        // A program that has ended by itself hears nothing any more.
        let _ = self.sender.send(input);
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            if let (Err(panic), false) = (ended, thread::panicking()) {
                std::panic::resume_unwind(panic);
            }
        }
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        self.end(Input::Signal(Signal::End(15)));
    }
}
