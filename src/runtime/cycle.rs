//! One turn after the other: wait, drain, update, paint once.
//!
//! It works on any backend and any source of inputs, so that whole flows run without a terminal.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::Backend;

use super::{Clock, Ending, Input, Program, RuntimeError};
use crate::app::msg::{Effect, Msg, Target};
use crate::terminal::{self, Signal};
use crate::ui::HitMap;

/// The least time between two frames. The first change after a rest is painted at once; while more keep coming,
/// nobody sees more than 120 frames a second.
pub const FRAME_GAP: Duration = Duration::from_millis(8);

/// What the loop asks of the machine that it runs on.
pub trait Host {
    /// Gives the terminal back and stops the process. [`Signal::Continue`] follows.
    ///
    /// # Errors
    ///
    /// What the system says.
    fn suspend(&mut self) -> io::Result<()>;
    /// Takes the terminal again.
    ///
    /// # Errors
    ///
    /// What the system says.
    fn retake(&mut self) -> io::Result<()>;
    /// Puts a text on the clipboard.
    ///
    /// # Errors
    ///
    /// What the system says.
    fn copy(&mut self, text: &str) -> io::Result<()>;
}

/// The loop and what it remembers from turn to turn.
pub struct Cycle<'a, P, B: Backend, H, O> {
    program: &'a mut P,
    screen: &'a mut Terminal<B>,
    host: &'a mut H,
    clock: &'a Clock,
    orders: O,
    /// Where the last frame put what can be pointed at. Replaced by each frame.
    hits: Option<HitMap>,
    /// Whether something happened since the last frame.
    dirty: bool,
    /// Whether the shell has the terminal.
    away: bool,
    last_frame: Option<Instant>,
    /// When the program was woken last, so that a deadline it does not move costs a turn a frame at most.
    last_woke: Option<Instant>,
    ending: Option<Ending>,
}

impl<'a, P, B, H, O> Cycle<'a, P, B, H, O>
where
    P: Program,
    B: Backend,
    RuntimeError: From<B::Error>,
    H: Host,
    O: FnMut(Effect),
{
    /// A loop that has not begun.
    pub fn new(
        program: &'a mut P,
        screen: &'a mut Terminal<B>,
        host: &'a mut H,
        clock: &'a Clock,
        orders: O,
    ) -> Self {
        Self {
            program,
            screen,
            host,
            clock,
            orders,
            hits: None,
            dirty: true,
            away: false,
            last_frame: None,
            last_woke: None,
            ending: None,
        }
    }

    /// Tells the program the size of the screen and paints the first frame.
    ///
    /// # Errors
    ///
    /// Those of painting.
    pub fn begin(&mut self) -> Result<(), RuntimeError> {
        self.tell_size()?;
        self.paint()
    }

    /// Turns until the program or a signal ends it.
    ///
    /// # Errors
    ///
    /// Those of painting and of the host, and [`RuntimeError::Deaf`].
    pub fn run(&mut self, inbox: &Receiver<Input>) -> Result<Ending, RuntimeError> {
        loop {
            self.wake_when_due()?;
            if let Some(ending) = self.ending {
                return Ok(ending);
            }
            if self.until_frame() == Some(Duration::ZERO) {
                self.paint()?;
            }
            let Some(first) = self.wait(inbox)? else {
                continue;
            };
            self.take(first)?;
            self.drain(inbox)?;
        }
    }

    /// Everything that is ready, but not for longer than a frame takes: a flood of replies must not hide the
    /// answer to a key.
    fn drain(&mut self, inbox: &Receiver<Input>) -> Result<(), RuntimeError> {
        let begun = Instant::now();
        while self.ending.is_none() && begun.elapsed() < FRAME_GAP {
            let Ok(input) = inbox.try_recv() else {
                break;
            };
            self.take(input)?;
        }
        Ok(())
    }

    /// Sleeps until something happens; none when it is time for a frame or for the program's deadline.
    fn wait(&self, inbox: &Receiver<Input>) -> Result<Option<Input>, RuntimeError> {
        let patience = [self.until_frame(), self.until_deadline()]
            .into_iter()
            .flatten()
            .min();
        let received = match patience {
            None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(patience) => inbox.recv_timeout(patience),
        };
        match received {
            Ok(input) => Ok(Some(input)),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(RuntimeError::Deaf(io::Error::from(
                io::ErrorKind::BrokenPipe,
            ))),
        }
    }

    /// How long until a frame is wanted and allowed; none when none is wanted.
    fn until_frame(&self) -> Option<Duration> {
        (self.dirty && !self.away).then(|| rest_of_gap(self.last_frame))
    }

    fn until_deadline(&self) -> Option<Duration> {
        let deadline = self.program.next_deadline()?;
        Some(self.clock.until(deadline).max(rest_of_gap(self.last_woke)))
    }

    fn wake_when_due(&mut self) -> Result<(), RuntimeError> {
        if self.until_deadline() == Some(Duration::ZERO) {
            self.last_woke = Some(Instant::now());
            self.update(Msg::Woke)?;
        }
        Ok(())
    }

    fn take(&mut self, input: Input) -> Result<(), RuntimeError> {
        match input {
            Input::Key(key) => self.update(Msg::Key(key)),
            Input::Paste(text) => self.update(Msg::Paste(text)),
            Input::Reply(reply) => self.update(Msg::Worker(reply)),
            Input::Click { column, row } => match self.target(column, row) {
                Some(target) => self.update(Msg::Click(target)),
                None => Ok(()),
            },
            Input::Wheel { column, row, rows } => {
                let target = self.target(column, row).unwrap_or(Target::Screen);
                self.update(Msg::Scroll { target, rows })
            }
            Input::Signal(Signal::End(number)) => {
                self.update(Msg::Ending)?;
                self.ending = Some(Ending::Signal(number));
                Ok(())
            }
            Input::Signal(Signal::Stop) => self.suspend(),
            Input::Signal(Signal::Continue) => self.come_back(),
            Input::Signal(Signal::Resize) => self.tell_size(),
            Input::Deaf(error) => Err(RuntimeError::Deaf(error)),
        }
    }

    fn tell_size(&mut self) -> Result<(), RuntimeError> {
        let size = self.screen.size()?;
        self.update(Msg::Resize {
            width: size.width,
            height: size.height,
        })
    }

    fn target(&self, column: u16, row: u16) -> Option<Target> {
        self.hits.as_ref().and_then(|hits| hits.at(column, row))
    }

    fn update(&mut self, msg: Msg) -> Result<(), RuntimeError> {
        self.dirty = true;
        let effects = self.program.update(msg, self.clock.now());
        self.carry_out(effects)
    }

    /// Hands orders on, and carries out those of the loop itself.
    ///
    /// # Errors
    ///
    /// Those of the host.
    pub fn carry_out(&mut self, effects: Vec<Effect>) -> Result<(), RuntimeError> {
        for effect in effects {
            match effect {
                // The rest of the batch still goes out: what was typed has to be kept.
                Effect::Quit => self.ending = Some(Ending::Quit),
                Effect::Suspend => self.suspend()?,
                Effect::Copy(text) => self.host.copy(&text)?,
                order => (self.orders)(order),
            }
        }
        Ok(())
    }

    fn suspend(&mut self) -> Result<(), RuntimeError> {
        self.away = true;
        Ok(self.host.suspend()?)
    }

    fn come_back(&mut self) -> Result<(), RuntimeError> {
        self.host.retake()?;
        self.away = false;
        self.dirty = true;
        terminal::repaint_whole(self.screen)?;
        // The window may have got another size while nobody listened.
        self.begin()
    }

    fn paint(&mut self) -> Result<(), RuntimeError> {
        let mut hits = None;
        let program = &*self.program;
        self.screen.draw(|frame| hits = Some(program.view(frame)))?;
        self.hits = hits;
        self.dirty = false;
        self.last_frame = Some(Instant::now());
        if let Some(last_top) = self.hits.as_ref().and_then(HitMap::last_top) {
            // It is on screen already, and orders nothing.
            self.program
                .update(Msg::Laid { last_top }, self.clock.now());
        }
        Ok(())
    }
}

/// What is left of the gap after something that was done then.
fn rest_of_gap(then: Option<Instant>) -> Duration {
    then.map_or(Duration::ZERO, |then| {
        FRAME_GAP.saturating_sub(then.elapsed())
    })
}

#[cfg(test)]
mod tests;
