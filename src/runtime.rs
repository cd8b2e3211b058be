//! The loop: what happens in the world goes in as messages, what the app orders comes out as effects.
//!
//! ```text
//! keys, mouse, signals ─┐
//! worker replies ───────┼─> one channel ─> Program::update ─> effects ─> worker
//! the program's deadline┘                └─> Program::view ─> one frame
//! ```
//!
//! Nothing here waits for anything but that channel. There is no tick: without a deadline the loop sleeps until
//! something happens. The loop decides nothing about invoices and never touches a file or a socket.

mod clock;
mod cycle;
mod input;

use std::cell::Cell;
use std::convert::Infallible;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use jiff::Timestamp;
use ratatui::Frame;

use crate::app::msg::{Effect, Msg, Reply};
use crate::app::{self, Model};
use crate::terminal::{self, TerminalError};
use crate::ui::{self, HitMap};

pub use clock::Clock;
pub use cycle::{Cycle, FRAME_GAP, Host};
pub use input::{Input, translate};

/// What the loop drives. [`Model`] is the one that people see; a smaller one lets the loop be tested by itself.
pub trait Program {
    /// Takes what happened at that instant and gives what is to be done.
    fn update(&mut self, msg: Msg, at: Timestamp) -> Vec<Effect>;
    /// When [`Msg::Woke`] is wanted, if ever.
    fn next_deadline(&self) -> Option<Timestamp>;
    /// Paints everything.
    fn view(&self, frame: &mut Frame) -> HitMap;
}

impl Program for Model {
    fn update(&mut self, msg: Msg, at: Timestamp) -> Vec<Effect> {
        app::update(self, msg, at)
    }

    fn next_deadline(&self) -> Option<Timestamp> {
        Model::next_deadline(self)
    }

    fn view(&self, frame: &mut Frame) -> HitMap {
        ui::view(self, frame)
    }
}

/// How the loop ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The program ordered [`Effect::Quit`].
    Quit,
    /// The system asked with this signal.
    Signal(i32),
}

/// Why the loop could not go on.
#[derive(Debug, thiserror::Error)]
pub enum RuntimeError {
    /// The screen could not be taken.
    #[error(transparent)]
    Terminal(#[from] TerminalError),
    /// The screen could not be painted, or a thread not be started.
    #[error("the terminal does not answer any more")]
    Paint(#[from] io::Error),
    /// No key will ever come again.
    #[error("the keyboard cannot be read any more")]
    Deaf(#[source] io::Error),
}

impl From<Infallible> for RuntimeError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

/// The one channel that everything goes through.
#[derive(Debug)]
pub struct Mailbox {
    sender: Sender<Input>,
    inbox: Receiver<Input>,
    /// Whether keys and signals come in already: the threads that read them serve every run over this mailbox, because
    /// a second reader would swallow keys.
    is_fed: Cell<bool>,
}

impl Mailbox {
    /// An empty one.
    pub fn new() -> Self {
        let (sender, inbox) = channel();
        Self {
            sender,
            inbox,
            is_fed: Cell::new(false),
        }
    }

    /// What puts things in. It answers false once the loop has ended.
    pub fn slot(&self) -> impl Fn(Input) -> bool + Clone + Send + 'static {
        let sender = self.sender.clone();
        move |input| sender.send(input).is_ok()
    }

    /// What the worker reports through. What it says after the loop has ended is dropped.
    pub fn replies(&self) -> impl Fn(Reply) + Clone + Send + 'static {
        let slot = self.slot();
        move |reply| {
            slot(Input::Reply(Box::new(reply)));
        }
    }
}

impl Default for Mailbox {
    fn default() -> Self {
        Self::new()
    }
}

/// Takes the terminal, drives the program until it ends, and gives the terminal back, whatever happens.
///
/// `first` is carried out behind the first frame. `orders` gets every effect but those of the loop itself (quit, suspend, copy). It must not block.
///
/// # Errors
///
/// See [`RuntimeError`]. The terminal is given back before an error is returned.
pub fn run<P: Program>(
    program: &mut P,
    clock: &Clock,
    mailbox: &Mailbox,
    first: Vec<Effect>,
    orders: impl FnMut(Effect),
) -> Result<Ending, RuntimeError> {
    // Before the screen is taken: a signal in between would leave it taken.
    let is_fed = mailbox.is_fed.replace(true);
    if !is_fed {
        let slot = mailbox.slot();
        terminal::watch(move |signal| slot(Input::Signal(signal)))?;
    }
    let guard = terminal::take()?;
    let mut screen = terminal::screen()?;
    terminal::repaint_whole(&mut screen)?;
    let mut console = Console;
    let mut cycle = Cycle::new(program, &mut screen, &mut console, clock, orders);
    cycle.begin()?;
    cycle.carry_out(first)?;
    if !is_fed {
        listen(mailbox.slot())?;
    }
    let ending = cycle.run(&mailbox.inbox);
    drop(guard);
    ending
}

/// Reads keys, mouse and sizes on a thread of its own. That thread blocks and is never joined: nothing but a key
/// wakes it, and it ends with the process.
fn listen(slot: impl Fn(Input) -> bool + Send + 'static) -> io::Result<()> {
    thread::Builder::new()
        .name("keys".to_owned())
        .spawn(move || {
            let read_on = || -> io::Result<()> {
                loop {
                    let event = crossterm::event::read()?;
                    if let Some(input) = translate(event)
                        && !slot(input)
                    {
                        return Ok(());
                    }
                }
            };
            // A panic in the reading would leave a screen that hears no key, with no way out.
            let deaf = match catch_unwind(AssertUnwindSafe(read_on)) {
                Ok(Ok(())) => return,
                Ok(Err(error)) => error,
                Err(_) => io::Error::other("the reader of keys broke"),
            };
            slot(Input::Deaf(deaf));
        })?;
    Ok(())
}

/// The terminal that this process was started in.
struct Console;

impl Host for Console {
    fn suspend(&mut self) -> io::Result<()> {
        terminal::suspend()
    }

    fn retake(&mut self) -> io::Result<()> {
        terminal::retake()
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        terminal::copy(text)
    }
}
