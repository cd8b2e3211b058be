//! A terminal that remembers every byte, for programs under test.
//!
//! It waits by blocking on what the program writes, with one bound for all waiting together; it never sleeps.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use timbra::sandbox::API_KEY;
use vt100::{Parser, Screen};

use crate::keyless::{assert_keyless, holds};

/// All waiting of one terminal together. Far above what any test needs, so that a busy machine fails none.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long one look for what a program that ends has still written lasts.
const LOOK: Duration = Duration::from_millis(50);

/// The program itself.
pub fn timbra() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_timbra"))
}

/// The small program of `examples/stage.rs`. `cargo test` builds it; a narrower run may not.
pub fn stage() -> PathBuf {
    let folder = timbra().parent().unwrap().join("examples");
    let stage = folder.join("stage");
    assert!(stage.exists(), "run `cargo build --example stage` first");
    stage
}

/// Sends a signal to a process. The shell's own `kill` is there on every machine, the program of that name is not.
pub fn send_signal(process: u32, name: &str) {
    let order = format!("kill -s {name} {process}");
    let sent = Command::new("sh").args(["-c", &order]).status().unwrap();
    assert!(sent.success());
}

/// A terminal with a program in it.
pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    /// Everything that the program has written.
    pub stream: Vec<u8>,
    parser: Parser,
    settings: String,
    until: Instant,
    /// The folders of the program's own files.
    folders: [PathBuf; 2],
    /// Whether the program was asked to show the key: the sandbox prints what it takes to reach it.
    tells_key: bool,
}

impl Terminal {
    /// Starts a program with these arguments in a terminal of that size. Its folders are inside `home`; it has no
    /// variable of ours but those.
    pub fn start(program: &Path, arguments: &[&str], home: &Path, size: (u16, u16)) -> Self {
        Self::start_with(program, arguments, &[], home, size)
    }

    /// The same with these variables besides.
    pub fn start_with(
        program: &Path,
        arguments: &[&str],
        variables: &[(&str, &str)],
        home: &Path,
        (columns, rows): (u16, u16),
    ) -> Self {
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let settings = settings(&*pair.master);
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "es_MX.UTF-8");
        command.env("HOME", home);
        command.env("TIMBRA_CONFIG_DIR", home.join("config"));
        command.env("TIMBRA_DATA_DIR", home.join("data"));
        for (name, value) in variables {
            command.env(name, value);
        }
        command.cwd(home);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let keyboard = pair.master.take_writer().unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        thread::spawn(move || {
            let mut bytes = [0; 65536];
            // The end of the last program in the terminal reads as an error on Linux.
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if sender.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            master: pair.master,
            child,
            keyboard,
            output,
            stream: Vec::new(),
            parser: Parser::new(cells(rows), cells(columns), 0),
            settings,
            until: Instant::now() + PATIENCE,
            folders: ["config", "data"].map(|name| home.join(name)),
            tells_key: arguments.contains(&"sandbox"),
        }
    }

    /// Types. Escape sequences are sent as they are.
    pub fn send(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Waits until the screen is as wanted.
    pub fn wait_for(&mut self, what: &str, seen: impl Fn(&Screen) -> bool) {
        self.wait_until(what, |terminal| seen(terminal.parser.screen()));
    }

    /// Waits until a text is on the screen.
    pub fn wait_for_text(&mut self, text: &str) {
        self.wait_for(text, |screen| screen.contents().contains(text));
    }

    /// Waits until the terminal as a whole is as wanted.
    pub fn wait_until(&mut self, what: &str, seen: impl Fn(&Self) -> bool) {
        while !seen(self) {
            match self
                .output
                .recv_timeout(self.until.saturating_duration_since(Instant::now()))
            {
                Ok(bytes) => {
                    self.parser.process(&bytes);
                    self.stream.extend(bytes);
                }
                Err(RecvTimeoutError::Timeout) => {
                    panic!("waited in vain for {what}:\n{}", self.text())
                }
                Err(RecvTimeoutError::Disconnected) => {
                    panic!("ended before {what}:\n{}", self.text())
                }
            }
        }
    }

    /// Takes what the program writes next, if it does within this time; whether it did.
    pub fn receive(&mut self, within: Duration) -> bool {
        match self.output.recv_timeout(within) {
            Ok(bytes) => {
                self.parser.process(&bytes);
                self.stream.extend(bytes);
                true
            }
            Err(_) => false,
        }
    }

    /// Whether the program still has work in hand, where the system tells. On a machine that has much else to do it may be
    /// silent for long before it has answered a key.
    pub fn works(&self) -> bool {
        let Some(pid) = self.process_id() else {
            return false;
        };
        let Ok(threads) = std::fs::read_dir(format!("/proc/{pid}/task")) else {
            return false;
        };
        // Behind the name in parentheses: running, or in the middle of reading from a disk.
        let at_work = threads
            .flatten()
            .filter_map(|thread| std::fs::read_to_string(thread.path().join("stat")).ok())
            .any(|stat| {
                (stat.rsplit(") ").next()).is_some_and(|rest| rest.starts_with(['R', 'D']))
            });
        at_work && Instant::now() < self.until
    }

    /// Waits until the program has ended and everything that it wrote is read, and gives its exit code.
    pub fn wait_for_end(&mut self) -> u32 {
        let mut code = None;
        loop {
            let heard = self.output.recv_timeout(LOOK);
            match (heard, code) {
                (Ok(bytes), _) => {
                    self.parser.process(&bytes);
                    self.stream.extend(bytes);
                }
                (Err(RecvTimeoutError::Disconnected), _) => {
                    return code.unwrap_or_else(|| self.child.wait().unwrap().exit_code());
                }
                // A program that another test started in the same moment may hold the terminal still.
                (Err(RecvTimeoutError::Timeout), Some(code)) => return code,
                (Err(RecvTimeoutError::Timeout), None) => {
                    let ended = self.child.try_wait().unwrap();
                    code = ended.map(|status| status.exit_code());
                    assert!(
                        code.is_some() || Instant::now() < self.until,
                        "it did not end:\n{}",
                        self.text()
                    );
                }
            }
        }
    }

    /// Types, waits until the screen is as wanted, and tells how long that took.
    pub fn time(&mut self, keys: &str, what: &str, seen: impl Fn(&Screen) -> bool) -> Duration {
        let begun = Instant::now();
        self.send(keys);
        self.wait_for(what, seen);
        begun.elapsed()
    }

    /// Sends a signal to the program, by its name: `TERM`.
    pub fn signal(&self, name: &str) {
        send_signal(self.child.process_id().unwrap(), name);
    }

    /// The number of the program, while it runs.
    pub fn process_id(&self) -> Option<u32> {
        self.child.process_id()
    }

    /// Gives the window another size.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.parser
            .screen_mut()
            .set_size(cells(rows), cells(columns));
        self.master.resize(size(columns, rows)).unwrap();
    }

    /// The screen.
    pub fn screen(&self) -> &Screen {
        self.parser.screen()
    }

    /// The screen as text.
    pub fn text(&self) -> String {
        self.parser.screen().contents()
    }

    /// How often something was written.
    pub fn written(&self, text: &str) -> usize {
        self.stream
            .windows(text.len())
            .filter(|bytes| *bytes == text.as_bytes())
            .count()
    }

    /// Where something was written last, if it was.
    pub fn last(&self, text: &str) -> Option<usize> {
        self.stream
            .windows(text.len())
            .rposition(|bytes| bytes == text.as_bytes())
    }

    /// Asserts that modes, screen, cursor and line settings are those of before the start.
    pub fn assert_as_it_was(&self) {
        let modes = Modes::of(&self.stream);
        assert_eq!(modes.on, BTreeSet::new(), "modes that were left on");
        assert_eq!(modes.off, BTreeSet::new(), "modes that were left off");
        assert!(
            !self.screen().alternate_screen(),
            "the alternate screen was not left"
        );
        assert!(!self.screen().hide_cursor(), "the cursor was left hidden");
        assert_eq!(settings(&*self.master), self.settings, "stty");
        for sequence in ["\x1b]0;", "\x1b]2;"] {
            assert_eq!(self.written(sequence), 0, "the title was touched");
        }
        // `CSI Ps SP q`; a text may say « q» as well.
        let shapes = (0..=6).map(|shape| format!("\x1b[{shape} q"));
        let touched = shapes
            .chain(["\x1b[ q".to_owned()])
            .find(|shape| self.written(shape) > 0);
        assert_eq!(touched, None, "the cursor shape was touched");
    }
}

impl Drop for Terminal {
    /// A test that failed leaves no program behind, and none leaves the key.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        for folder in &self.folders {
            assert_keyless(folder);
        }
        if !self.tells_key && !thread::panicking() {
            assert!(!holds(&self.stream, API_KEY), "on the screen");
        }
    }
}

/// The private modes (`CSI ? n h` and `l`) that a stream of bytes leaves behind.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Modes {
    /// Switched on and not off again.
    pub on: BTreeSet<String>,
    /// Switched off and not on again; of those that are on by default.
    pub off: BTreeSet<String>,
    /// Ever switched on, those included that are on by default.
    pub ever: BTreeSet<String>,
}

impl Modes {
    /// Reads them off.
    pub fn of(stream: &[u8]) -> Self {
        /// Wrapping and the cursor.
        const ON_BY_DEFAULT: [&str; 2] = ["7", "25"];
        let mut modes = Self::default();
        let text = String::from_utf8_lossy(stream);
        for sequence in text.split("\x1b[?").skip(1) {
            let end = sequence.find(|letter: char| !letter.is_ascii_digit() && letter != ';');
            let Some((numbers, rest)) = end.map(|end| sequence.split_at(end)) else {
                continue;
            };
            for number in numbers.split(';').map(str::to_owned) {
                let default_on = ON_BY_DEFAULT.contains(&number.as_str());
                match (rest.chars().next(), default_on) {
                    (Some('h'), true) => {
                        modes.off.remove(&number);
                    }
                    (Some('h'), false) => {
                        modes.ever.insert(number.clone());
                        modes.on.insert(number);
                    }
                    (Some('l'), true) => {
                        modes.off.insert(number);
                    }
                    (Some('l'), false) => {
                        modes.on.remove(&number);
                    }
                    _ => {}
                }
            }
        }
        modes
    }
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a terminal of this size")
}

/// What `stty` would tell.
fn settings(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_that_stay_are_seen() {
        let set = |names: &[&str]| {
            names
                .iter()
                .map(ToString::to_string)
                .collect::<BTreeSet<_>>()
        };
        let modes = Modes::of(b"\x1b[?1049h\x1b[?1000;1006h\x1b[?25l text \x1b[?1006l\x1b[?1049l");
        assert_eq!(modes.on, set(&["1000"]));
        assert_eq!(modes.off, set(&["25"]));
        assert_eq!(modes.ever, set(&["1000", "1006", "1049"]));
    }
}
