//! The program itself: puts app, worker and loop together over one connection.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use color_eyre::eyre;
use jiff::Timestamp;

use super::Exit;
use crate::api::{Apideck, Books, Connection, Timing};
use crate::app::companies::Choice;
use crate::app::model::{Beginning, Colours, Venue};
use crate::app::{self, Model};
use crate::config::{Config, Theme};
use crate::domain::profile::ProfileName;
use crate::runtime::{self, Clock, Ending, Mailbox};
use crate::store::cache::Cache;
use crate::store::durable::Durable;
use crate::terminal;
use crate::words::Words;
use crate::worker::{Door, Doors, Listening, Setup, Worker};

/// The cache, in the folder of the books. It can be deleted at any time.
pub const CACHE_FILE: &str = "cache.db";

/// Outbox, unfinished edits and audit log, in the same folder. It cannot.
pub const DURABLE_FILE: &str = "durable.db";

/// How long a start waits for a server on this machine to say what time it is in its world.
const SERVER_CLOCK_PATIENCE: Duration = Duration::from_millis(250);

/// What the program is started with.
pub struct Start<'a> {
    /// The way to the books that it opens on.
    pub door: Door<Apideck>,
    /// The ways to those of the other companies.
    pub doors: Doors<Apideck>,
    /// All companies, for the chooser.
    pub companies: Vec<Choice>,
    /// Which of them it opens on.
    pub profile: Option<ProfileName>,
    /// Where its two files lie.
    pub data: &'a Path,
    /// Where the other side is.
    pub venue: Venue,
    /// Through which keys, signals and replies come.
    pub mailbox: &'a Mailbox,
    /// Its clock.
    pub clock: Clock,
    /// The words.
    pub words: Arc<Words>,
    /// What the person chose.
    pub config: &'a Config,
    /// Whether everything that changes something is switched off.
    pub read_only: bool,
}

/// Runs the program until it is left.
///
/// # Errors
///
/// What keeps it from starting, or its loop from going on. The terminal is given back before.
pub fn run(start: Start<'_>) -> eyre::Result<Exit> {
    std::fs::create_dir_all(start.data)?;
    let cache = start.data.join(CACHE_FILE);
    let mailbox = start.mailbox;
    let clock = start.clock;
    let mut worker = Worker::start(
        Setup {
            door: start.door,
            doors: start.doors,
            cache: cache.clone(),
            durable: Durable::open(&start.data.join(DURABLE_FILE))?,
            clock: Arc::new(move || clock.now()),
            clock_is_steady: true,
            papers: start
                .config
                .papers
                .folder
                .clone()
                .unwrap_or_else(|| ".".into()),
            listening: listening(start.config),
        },
        mailbox.replies(),
    )?;
    let company_id = worker.company().clone();
    // One bounded read, so that the first frame says whose books these are. Their numbers are no bounded read.
    let company = Cache::open_reader(&cache)?.company(&company_id)?;
    let mut model = Model::new(Beginning {
        size: (80, 24),
        now: clock.now(),
        words: start.words,
        colours: colours(start.config.theme),
        venue: start.venue,
        company_id,
        company,
        companies: start.companies,
        profile: start.profile,
        read_only: start.read_only,
        type_total_from: start.config.confirm.type_total_from,
        session: session(&clock),
    });
    let first = app::start(&mut model);
    let ending = runtime::run(&mut model, &clock, mailbox, first, |effect| {
        worker.run(effect);
    })?;
    Ok(match ending {
        Ending::Quit => Exit::Done,
        Ending::Signal(number) => Exit::Signal(number),
    })
}

/// What the server says the time is; nothing where it does not answer at once.
pub fn clock_of(connection: &Connection) -> Option<Timestamp> {
    let at_once = Timing {
        connect: SERVER_CLOCK_PATIENCE,
        read: SERVER_CLOCK_PATIENCE,
        backoff: [Duration::ZERO; 2],
        ..Timing::default()
    };
    let books = Apideck::with_timing(connection, at_once).ok()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .ok()?;
    // Only the date of the reply counts, whatever the reply says.
    let _ = runtime
        .block_on(async { tokio::time::timeout(SERVER_CLOCK_PATIENCE, books.company()).await });
    books.server_date()
}

/// Where to listen for what the other side tells, where the config says so.
fn listening(config: &Config) -> Option<Listening> {
    Some(Listening {
        address: config.webhooks.listen?,
        url: config.webhooks.public_url.clone(),
    })
}

/// The colours that the config chooses, if any are wanted.
pub fn colours(theme: Theme) -> Colours {
    match theme {
        _ if !terminal::wants_colour() => Colours::None,
        Theme::Dark => Colours::Dark,
        Theme::Light => Colours::Light,
        Theme::None => Colours::None,
    }
}

/// A text that no other run has: names of intents begin with it.
pub fn session(clock: &Clock) -> String {
    format!(
        "{:x}-{:08x}",
        clock.now().as_millisecond(),
        fastrand::u32(..)
    )
}
