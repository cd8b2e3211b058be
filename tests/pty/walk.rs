//! Whole pieces of work at the keyboard, counted in keys and measured in waits.
//!
//! A key is one press, and a typed character is a key. What a walk takes is a quarter of a second for each key and what
//! the program itself made one wait: from the key to the last thing that was painted because of it.

use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tempfile::TempDir;
use vt100::Screen;

use crate::terminal::{Terminal, timbra};

/// What pressing a key takes a person.
const PER_KEY: Duration = Duration::from_millis(250);

/// The longest that one may wait for a single key.
pub const LONGEST_WAIT: Duration = Duration::from_millis(150);

/// Nothing is written for so long: everything that follows from a key is on screen. Longer than any single answer of
/// the cache takes, and not counted.
const QUIET: Duration = Duration::from_millis(60);

/// Tries that a walk has: the machine that tests run on does other things too. Keys are counted on the first.
const TRIES: usize = 5;

/// What a walk may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Presses.
    pub keys: usize,
    /// With a quarter of a second for each key; none where only keys and single waits are limited.
    pub seconds: Option<f64>,
}

/// A walk under way.
pub struct Walk {
    /// The program.
    pub terminal: Terminal,
    steps: Vec<Step>,
    begun: Instant,
}

/// A key, and how long one waited for what it does.
#[derive(Clone, Debug)]
struct Step {
    key: String,
    waited: Duration,
}

/// The demo of this many invoices on 15 June 2026, all of it read, in 80×24.
pub fn in_demo(home: &TempDir, invoices: &str) -> Walk {
    in_demo_with(home, &["--invoices", invoices, "--today", "2026-06-15"])
}

/// The demo with the books that these options describe, all of it read, in 80×24.
pub fn in_demo_with(home: &TempDir, options: &[&str]) -> Walk {
    let arguments = [&["demo"], options].concat();
    let terminal = Terminal::start(&timbra(), &arguments, home.path(), (80, 24));
    let mut walk = Walk::of(terminal);
    walk.terminal.wait_for("the books, all of them", |screen| {
        let text = screen.contents();
        text.contains("datos de las")
            && !text.contains("leyendo")
            && !text.contains("hasta ahora")
            && !text.contains('—')
    });
    walk.rest();
    walk
}

/// Goes a walk as often as it takes to be within its limits, a few times at most, each time in a new home. A walk that
/// takes too many keys fails at once, as does one that does not see what it should.
pub fn goes(limits: Limits, begin: impl Fn(&TempDir) -> Walk, walk: impl Fn(&mut Walk)) {
    goes_and_leaves(limits, begin, walk, |_| {});
}

/// The same in the demo, whose sandbox is asked afterwards what it holds.
pub fn goes_and_leaves(
    limits: Limits,
    begin: impl Fn(&TempDir) -> Walk,
    walk: impl Fn(&mut Walk),
    holds: impl Fn(&TempDir),
) {
    let mut faults = Vec::new();
    for _ in 0..TRIES {
        let home = tempfile::tempdir().unwrap();
        let mut going = begin(&home);
        walk(&mut going);
        assert!(
            going.keys_pressed() <= limits.keys,
            "{} keys instead of {}: {}",
            going.keys_pressed(),
            limits.keys,
            going.account()
        );
        println!("{}", going.account());
        going.leaves();
        holds(&home);
        match going.too_slow(limits) {
            None => return,
            Some(fault) => faults.push(fault),
        }
    }
    panic!("never within its limits:\n{}", faults.join("\n"));
}

impl Walk {
    /// A walk that begins at what is on this terminal.
    pub fn of(terminal: Terminal) -> Self {
        Self {
            terminal,
            steps: Vec::new(),
            begun: Instant::now(),
        }
    }

    /// The walk begins here; what came before led to it.
    pub fn begins(mut self) -> Self {
        self.steps.clear();
        self
    }

    /// Presses keys: words between blanks, `<Enter>` and its like by name, `<C-y>` with control, all else letter by
    /// letter.
    pub fn keys(&mut self, script: &str) -> &mut Self {
        for word in script.split_whitespace() {
            match word
                .strip_prefix('<')
                .and_then(|rest| rest.strip_suffix('>'))
            {
                Some(name) => self.press(word, &named(name)),
                None => {
                    self.types(word);
                }
            }
        }
        self
    }

    /// Presses a key that begins something long, and waits until a text says that it ended. That it began has to show at
    /// once; while it goes on nobody waits for it, because keys go on answering.
    pub fn starts(&mut self, key: &str, ended: &str) -> &mut Self {
        let before = self.text();
        self.begun = Instant::now();
        let name = key.trim_start_matches('<').trim_end_matches('>');
        self.terminal.send(&named(name));
        self.terminal
            .wait_until("something that shows it", |terminal| {
                terminal.text() != before
            });
        self.steps.push(Step {
            key: key.to_owned(),
            waited: self.begun.elapsed(),
        });
        self.terminal
            .wait_for(ended, |screen| screen.contents().contains(ended));
        self.rest();
        self
    }

    /// Types a text, blanks included.
    pub fn types(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            let letter = letter.to_string();
            self.press(&letter, &letter);
        }
        self
    }

    /// Waits until a text is on screen; that wait is the last key's.
    pub fn sees(&mut self, text: &str) -> &mut Self {
        self.sees_that(text, |screen| screen.contents().contains(text))
    }

    /// Waits until the screen is as wanted; that wait is the last key's.
    pub fn sees_that(&mut self, what: &str, seen: impl Fn(&Screen) -> bool) -> &mut Self {
        if !seen(self.terminal.screen()) {
            self.terminal.wait_for(what, seen);
            let waited = self.begun.elapsed();
            if let Some(step) = self.steps.last_mut() {
                step.waited = step.waited.max(waited);
            }
        }
        self
    }

    /// Ends the program in order, so that its sandbox puts its world away. The stage has none and just goes.
    pub fn leaves(&mut self) {
        self.terminal.signal("TERM");
        self.terminal.wait_for_end();
    }

    /// How many keys were pressed.
    pub fn keys_pressed(&self) -> usize {
        self.steps.len()
    }

    /// The screen as text.
    pub fn text(&self) -> String {
        self.terminal.text()
    }

    /// The row of the screen that shows this.
    pub fn row(&self, text: &str) -> String {
        let screen = self.text();
        let row = screen.lines().find(|row| row.contains(text));
        row.unwrap_or_else(|| panic!("«{text}» is not on screen:\n{screen}"))
            .to_owned()
    }

    /// What was copied last.
    pub fn copied(&self) -> Option<String> {
        let begin = self.terminal.last("\x1b]52;c;")? + "\x1b]52;c;".len();
        let rest = self.terminal.stream.get(begin..)?;
        let end = rest.iter().position(|byte| matches!(byte, 0x07 | 0x1b))?;
        let bytes = STANDARD.decode(rest.get(..end)?).ok()?;
        String::from_utf8(bytes).ok()
    }

    fn press(&mut self, name: &str, bytes: &str) {
        self.begun = Instant::now();
        self.terminal.send(bytes);
        let waited = self
            .rest()
            .map_or(Duration::ZERO, |last| last.duration_since(self.begun));
        self.steps.push(Step {
            key: name.to_owned(),
            waited,
        });
    }

    /// Waits until nothing more is written and the program waits as well; when the last of it came.
    fn rest(&mut self) -> Option<Instant> {
        let mut last = None;
        loop {
            if self.terminal.receive(QUIET) {
                last = Some(Instant::now());
            } else if !self.terminal.works() {
                return last;
            }
        }
    }

    /// What it took beyond its limits of time.
    fn too_slow(&self, limits: Limits) -> Option<String> {
        let taken = self.taken();
        let whole = limits
            .seconds
            .map_or(Duration::MAX, Duration::from_secs_f64);
        let longest = self.steps.iter().map(|step| step.waited).max();
        (taken > whole || longest > Some(LONGEST_WAIT))
            .then(|| format!("more than {whole:?}: {}", self.account()))
    }

    /// Keys and time in all, and every key with its wait.
    fn account(&self) -> String {
        let steps: Vec<String> = self
            .steps
            .iter()
            .map(|step| format!("{} {} ms", step.key, step.waited.as_millis()))
            .collect();
        let keys = self.keys_pressed();
        format!("{keys} keys, {:?}: {}", self.taken(), steps.join(", "))
    }

    /// A quarter of a second for each key, and what the program made one wait.
    fn taken(&self) -> Duration {
        self.steps.iter().map(|step| PER_KEY + step.waited).sum()
    }
}

/// What a terminal sends for a key with a name.
fn named(name: &str) -> String {
    let sequence = match name {
        "Enter" => "\r",
        "Esc" => "\x1b",
        "Tab" => "\t",
        "BackTab" => "\x1b[Z",
        "Backspace" => "\x7f",
        "Space" => " ",
        "Up" => "\x1b[A",
        "Down" => "\x1b[B",
        "Right" => "\x1b[C",
        "Left" => "\x1b[D",
        "Home" => "\x1b[H",
        "End" => "\x1b[F",
        "Delete" => "\x1b[3~",
        "PageUp" => "\x1b[5~",
        "PageDown" => "\x1b[6~",
        "F1" => "\x1bOP",
        "F2" => "\x1bOQ",
        "F3" => "\x1bOR",
        "F4" => "\x1bOS",
        "F5" => "\x1b[15~",
        "F6" => "\x1b[17~",
        "F7" => "\x1b[18~",
        "F8" => "\x1b[19~",
        "F9" => "\x1b[20~",
        "F12" => "\x1b[24~",
        _ => {
            let letter = name
                .strip_prefix("C-")
                .and_then(|letter| letter.bytes().next())
                .unwrap_or_else(|| panic!("no key is called <{name}>"));
            return char::from(letter & 0x1f).to_string();
        }
    };
    sequence.to_owned()
}

mod tests {
    use super::*;
    use crate::terminal::stage;

    const SHORT: Limits = Limits {
        keys: 3,
        seconds: Some(1.5),
    };

    fn on_stage(home: &TempDir) -> Walk {
        let mut terminal = Terminal::start(&stage(), &[], home.path(), (80, 24));
        terminal.wait_for_text("on stage:");
        Walk::of(terminal)
    }

    #[test]
    fn a_walk_within_its_limits_goes_and_every_key_counts() {
        goes(SHORT, on_stage, |walk| {
            walk.keys("a b").types("c").sees("on stage: abc");
            assert_eq!(walk.keys_pressed(), 3);
        });
    }

    #[test]
    #[should_panic(expected = "4 keys instead of 3")]
    fn a_walk_of_too_many_keys_fails() {
        goes(SHORT, on_stage, |walk| {
            walk.types("abcd").sees("on stage: abcd");
        });
    }

    #[test]
    #[should_panic(expected = "never within its limits")]
    fn a_walk_that_makes_one_wait_fails() {
        goes(SHORT, on_stage, |walk| {
            walk.types("ab");
            walk.steps[1].waited = LONGEST_WAIT + Duration::from_millis(1);
        });
    }
}
