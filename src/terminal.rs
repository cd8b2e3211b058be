//! The terminal: taking it, giving it back exactly as it was, and writing to it.
//!
//! The guard is our own. The one of ratatui restores the terminal from a panic of any thread, under a screen that
//! is still alive; ours restores only when the thread that holds the screen panics. Giving back needs no handle
//! and can be asked for at any time, because panic hooks and signals have no handle to offer.
//!
//! This room never asks the terminal a question: an answer would race the keys, can take two seconds, and may not
//! come at all. It knows nothing of what is painted.

mod frame;
mod questions;
mod signals;

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::os::fd::AsFd;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

use crossterm::clipboard::CopyToClipboard;
use crossterm::queue;
use crossterm::terminal::{disable_raw_mode, enable_raw_mode, window_size};
use ratatui::Terminal;
use ratatui::backend::Backend;
use ratatui::layout::Size;

pub use frame::FrameBackend;
pub use questions::{Questions, Typed};
pub use signals::{Signal, watch};

/// Alternate screen, bracketed paste, buttons and wheel of the mouse in the notation that knows no 223rd column,
/// cursor off until a frame shows it. Not crossterm's mouse capture: that also reports every motion, which would
/// wake an idle program. No keyboard enhancement either: it does not tell a held letter from a pressed one, and a
/// killed program would leave it behind.
const TAKE: &str = "\x1b[?1049h\x1b[?2004h\x1b[?1000h\x1b[?1006h\x1b[?25l";

/// The reverse of [`TAKE`], after closing a frame that was torn and taking off colours that it left on.
const GIVE_BACK: &str = "\x1b[?2026l\x1b[0m\x1b[?1006l\x1b[?1000l\x1b[?2004l\x1b[?1049l\x1b[?25h";

/// What a terminal is taken to be that does not know its own size, as on serial lines.
const UNKNOWN_SIZE: Size = Size {
    width: 80,
    height: 24,
};

/// The thread that has taken the screen, if one has. Process-wide because the terminal is.
static HOLDER: Mutex<Option<ThreadId>> = Mutex::new(None);

/// Why the screen could not be taken.
#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    /// Input or output is a file or a pipe.
    #[error("standard input and output must be a terminal")]
    NotATerminal,
    /// The system refused.
    #[error("the terminal cannot be used")]
    Io(#[from] io::Error),
}

/// Gives the terminal back when it goes.
#[derive(Debug)]
#[must_use = "the terminal is given back as soon as the guard is dropped"]
pub struct Guard(());

impl Drop for Guard {
    fn drop(&mut self) {
        give_back();
    }
}

/// Who holds the screen, seen from the thread that asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// Nobody: what is printed is seen.
    Nobody,
    /// The thread that asks.
    ThisThread,
    /// Another one, under whose screen nothing may be printed.
    AnotherThread,
}

/// Takes the screen for the thread that calls.
///
/// # Errors
///
/// [`TerminalError::NotATerminal`] when input or output is something else; nothing was written then.
pub fn take() -> Result<Guard, TerminalError> {
    if !is_interactive() {
        return Err(TerminalError::NotATerminal);
    }
    take_screen()?;
    Ok(Guard(()))
}

/// Whether a person can be talked to: input and output are both a terminal.
pub fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Gives the terminal back as it was. Does nothing when nobody holds it.
///
/// What fails is passed over: there is no terminal any more to tell it to.
pub fn give_back() {
    if lock_holder().take().is_some() {
        let _ = write_whole(GIVE_BACK.as_bytes());
        let _ = disable_raw_mode();
    }
}

/// Gives the terminal back and stops the process, as Ctrl+Z does with programs that leave that key to the system.
/// Returns when the process goes on. The screen is taken again with [`retake`] on [`Signal::Continue`], which
/// follows for certain: the same road serves a process that was stopped from outside.
///
/// # Errors
///
/// What the system says when the process cannot be stopped.
pub fn suspend() -> io::Result<()> {
    give_back();
    signals::stop()
}

/// Takes the screen again after the process was stopped, whatever the shell did with the terminal meanwhile.
/// Everything must be painted anew afterwards, see [`repaint_whole`].
///
/// # Errors
///
/// What the system says when the terminal refuses.
pub fn retake() -> io::Result<()> {
    // Leaving first makes the alternate screen and the cursor saved by it right even after `kill -STOP`,
    // when nobody gave anything back.
    give_back();
    take_screen()
}

/// Puts a text on the clipboard of the machine that shows the terminal (OSC 52), over any number of ssh hops.
/// Terminals that do not want that ignore it silently.
///
/// # Errors
///
/// What the system says when the terminal refuses.
pub fn copy(text: &str) -> io::Result<()> {
    let mut order = Vec::with_capacity(text.len() * 4 / 3 + 16);
    queue!(order, CopyToClipboard::to_clipboard_from(text))?;
    write_whole(&order)
}

/// Who holds the screen.
pub fn holder() -> Holder {
    match *lock_holder() {
        None => Holder::Nobody,
        Some(thread) if thread == thread::current().id() => Holder::ThisThread,
        Some(_) => Holder::AnotherThread,
    }
}

/// The screen to paint on: what standard output shows, one write a frame.
///
/// # Errors
///
/// What the system says when standard output cannot be duplicated.
pub fn screen() -> io::Result<Terminal<FrameBackend<File>>> {
    // A duplicate, because the standard handle flushes at line ends and would cut a frame in two.
    let output = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    Terminal::new(FrameBackend::new(output, size))
}

/// The size of the terminal in cells.
///
/// # Errors
///
/// What the system says when it cannot tell.
pub fn size() -> io::Result<Size> {
    // Not crossterm's `size`: where this fails it starts another program to ask.
    let told = window_size()?;
    Ok(if told.columns == 0 || told.rows == 0 {
        UNKNOWN_SIZE
    } else {
        Size::new(told.columns, told.rows)
    })
}

/// Makes the next frame paint every cell.
///
/// # Errors
///
/// Those of the backend.
pub fn repaint_whole<B: Backend>(terminal: &mut Terminal<B>) -> Result<(), B::Error> {
    // Not `Terminal::clear`: that asks the terminal where its cursor is.
    let area = terminal.size()?;
    terminal.resize(area.into())
}

/// Whether the person wants colours (<https://no-color.org>).
pub fn wants_colour() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

fn take_screen() -> io::Result<()> {
    let mut holder = lock_holder();
    if holder.is_some() {
        return Ok(());
    }
    enable_raw_mode()?;
    // Noted before the writing, so that a setting written by half is undone too.
    *holder = Some(thread::current().id());
    drop(holder);
    write_whole(TAKE.as_bytes()).inspect_err(|_| give_back())
}

fn lock_holder() -> MutexGuard<'static, Option<ThreadId>> {
    HOLDER.lock().unwrap_or_else(PoisonError::into_inner)
}

fn write_whole(bytes: &[u8]) -> io::Result<()> {
    let mut output = io::stdout().lock();
    output.write_all(bytes)?;
    output.flush()
}
