//! The program itself: puts app, worker and loop together over one connection.

use std::path::Path;
use std::sync::Arc;

use color_eyre::eyre;

use super::Exit;
use crate::api::{Apideck, Connection};
use crate::app::model::{Beginning, Colours, Venue};
use crate::app::{self, Model};
use crate::runtime::{self, Clock, Ending, Mailbox};
use crate::store::cache::Cache;
use crate::words::Words;
use crate::worker::{Setup, Worker};

/// What the program is started with.
pub struct Start<'a> {
    /// How to reach the books.
    pub connection: &'a Connection,
    /// Where its two files lie.
    pub data: &'a Path,
    /// Where the other side is.
    pub venue: Venue,
    /// Its clock.
    pub clock: Clock,
    /// The words.
    pub words: Arc<Words>,
    /// Whether everything that changes something is switched off.
    pub read_only: bool,
}

/// Runs the program until it is left.
///
/// # Errors
///
/// What keeps it from starting, or its loop from going on. The terminal is given back before.
pub fn run(start: Start<'_>) -> eyre::Result<Exit> {
    let books = Apideck::new(start.connection)?;
    let company_id = books.company_id().clone();
    std::fs::create_dir_all(start.data)?;
    let cache = start.data.join("cache.db");
    let mailbox = Mailbox::new();
    let clock = start.clock;
    let mut worker = Worker::start(
        Setup {
            books,
            company: company_id.clone(),
            cache: cache.clone(),
            durable: start.data.join("durable.db"),
            clock: Arc::new(move || clock.now()),
            zone: app::model::zone(),
        },
        mailbox.replies(),
    )?;
    // One bounded read, so that the first frame says whose books these are.
    let company = Cache::open_reader(&cache)?.company(&company_id)?;
    let mut model = Model::new(Beginning {
        size: (80, 24),
        now: clock.now(),
        words: start.words,
        colours: colours(),
        venue: start.venue,
        company_id,
        company,
        read_only: start.read_only,
        session: session(&clock),
    });
    for effect in app::start(&mut model) {
        worker.run(effect);
    }
    let ending = runtime::run(&mut model, &clock, mailbox, |effect| worker.run(effect))?;
    Ok(match ending {
        Ending::Quit => Exit::Done,
        Ending::Signal(number) => Exit::Signal(number),
    })
}

/// `NO_COLOR` counts when it is there and not empty (no-color.org).
fn colours() -> Colours {
    match std::env::var_os("NO_COLOR") {
        Some(value) if !value.is_empty() => Colours::None,
        _ => Colours::Full,
    }
}

/// A text that no other run has: names of intents begin with it.
fn session(clock: &Clock) -> String {
    format!(
        "{:x}-{:08x}",
        clock.now().as_millisecond(),
        fastrand::u32(..)
    )
}
