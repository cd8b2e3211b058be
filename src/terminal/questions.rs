//! Questions at the shell's prompt, where there is no screen yet: `timbra login`.
//!
//! While they are asked the terminal shows nothing by itself. What may be seen is shown from here, so that a key that is
//! pasted together with other lines is never on screen, and a terminal that is left in the middle is as it was.

use std::io::{self, Write};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, read};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

use super::signals;

/// Whether what is typed is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// As it is.
    Shown,
    /// Not at all, not even its length.
    Hidden,
}

/// The terminal while a person is asked something.
#[derive(Debug)]
pub struct Questions {
    /// Whether the last answer ended with a carriage return: a line feed behind it is of the same end of a line.
    returned: bool,
}

/// What a key does to an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stroke {
    Insert(char),
    Erase,
    EraseAll,
    /// The end of the line; whether a line feed ended it.
    Done {
        line_feed: bool,
    },
    Interrupt,
    Nothing,
}

impl Questions {
    /// Begins to ask. The terminal is given back when this is dropped, or when the program is told to end.
    ///
    /// # Errors
    /// What the system says of a terminal that cannot be set up.
    pub fn begin() -> io::Result<Self> {
        signals::watch(|signal| {
            if matches!(signal, signals::Signal::End(_)) {
                // Nobody is left to tell.
                let _ = disable_raw_mode();
            }
            false
        })?;
        enable_raw_mode()?;
        Ok(Self { returned: false })
    }

    /// Asks, and gives what is typed up to the end of the line. Ctrl+C ends the program as it does everywhere.
    ///
    /// # Errors
    /// What the system says of a terminal that cannot be read or written.
    pub fn ask(&mut self, question: &str, typed: Typed) -> io::Result<String> {
        let mut err = io::stderr();
        write!(err, "{question}")?;
        err.flush()?;
        let mut answer = String::new();
        loop {
            let Event::Key(key) = read()? else {
                continue;
            };
            let stroke = stroke(key);
            let is_rest = answer.is_empty() && self.returned;
            self.returned = false;
            match stroke {
                Stroke::Done { line_feed: true } if is_rest => continue,
                Stroke::Done { line_feed } => {
                    self.returned = !line_feed;
                    write!(err, "\r\n")?;
                    return Ok(answer);
                }
                Stroke::Insert(letter) => {
                    answer.push(letter);
                    if typed == Typed::Shown {
                        write!(err, "{letter}")?;
                    }
                }
                Stroke::Erase => {
                    if answer.pop().is_some() && typed == Typed::Shown {
                        write!(err, "\u{8} \u{8}")?;
                    }
                }
                Stroke::EraseAll => {
                    for _ in answer.drain(..).filter(|_| typed == Typed::Shown) {
                        write!(err, "\u{8} \u{8}")?;
                    }
                }
                Stroke::Interrupt => {
                    write!(err, "\r\n")?;
                    disable_raw_mode()?;
                    signals::interrupt()?;
                }
                Stroke::Nothing => {}
            }
            err.flush()?;
        }
    }
}

impl Drop for Questions {
    fn drop(&mut self) {
        let _ = disable_raw_mode();
    }
}

fn stroke(key: KeyEvent) -> Stroke {
    if key.kind == KeyEventKind::Release {
        return Stroke::Nothing;
    }
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        KeyCode::Enter => Stroke::Done { line_feed: false },
        KeyCode::Char('j') if control => Stroke::Done { line_feed: true },
        KeyCode::Char('c') if control => Stroke::Interrupt,
        KeyCode::Char('u') if control => Stroke::EraseAll,
        KeyCode::Backspace => Stroke::Erase,
        KeyCode::Char('h') if control => Stroke::Erase,
        KeyCode::Char(letter) if !control && !letter.is_control() => Stroke::Insert(letter),
        // A tab in the middle of what is pasted stays there, and is refused with it.
        KeyCode::Tab => Stroke::Insert(' '),
        _ => Stroke::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_typed_and_control_keys_are_orders_or_nothing() {
        let plain = |code| stroke(KeyEvent::new(code, KeyModifiers::NONE));
        let control = |letter| {
            let key = KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL);
            stroke(key)
        };
        assert_eq!(plain(KeyCode::Char('ñ')), Stroke::Insert('ñ'));
        assert_eq!(plain(KeyCode::Enter), Stroke::Done { line_feed: false });
        assert_eq!(control('j'), Stroke::Done { line_feed: true });
        assert_eq!(control('c'), Stroke::Interrupt);
        assert_eq!(control('g'), Stroke::Nothing);
        assert_eq!(plain(KeyCode::Esc), Stroke::Nothing);
        assert_eq!(plain(KeyCode::F(8)), Stroke::Nothing);
    }
}
