//! Signals, turned into facts for the loop.
//!
//! A thread of its own sleeps until one comes. Nothing is done inside a signal handler.

use std::io;
use std::thread;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

/// What the system wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// End in order; the number of the signal goes into the exit code (128 + n).
    End(i32),
    /// Stop until continued: `kill -TSTP`. A Ctrl+Z that is typed is a key.
    Stop,
    /// The process was stopped and goes on.
    Continue,
    /// The terminal may have another size.
    Resize,
}

/// Hands every signal from now on to `deliver`. Once that answers false, because nobody listens any more, signals
/// do again what they do by themselves; a program that hangs while it ends can still be interrupted.
///
/// # Errors
///
/// What the system says when handlers or the thread cannot be had.
pub fn watch(deliver: impl Fn(Signal) -> bool + Send + 'static) -> io::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH])?;
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            for number in signals.forever() {
                let signal = match number {
                    SIGTSTP => Signal::Stop,
                    SIGCONT => Signal::Continue,
                    SIGWINCH => Signal::Resize,
                    _ => Signal::End(number),
                };
                if !deliver(signal) {
                    // It fails only for numbers that have no default.
                    let _ = emulate_default_handler(number);
                }
            }
        })?;
    Ok(())
}

/// Ends this process as an interrupt does that nobody hears.
pub(super) fn interrupt() -> io::Result<()> {
    emulate_default_handler(SIGINT)
}

/// Stops this process. Returns when it goes on.
pub(super) fn stop() -> io::Result<()> {
    emulate_default_handler(SIGTSTP)
}
