//! What can happen in the world, and how the terminal's events become that.
//!
//! Releases of keys, motions of the mouse and changes of focus end here.

use std::io;

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use crate::app::key::{Code, Key};
use crate::app::msg::Reply;
use crate::terminal::Signal;

/// Rows that one notch of the wheel moves, as most terminals do themselves.
const WHEEL_ROWS: i32 = 3;

/// Something that happened outside of the program.
#[derive(Debug)]
pub enum Input {
    /// A key was pressed, or repeats.
    Key(Key),
    /// A text was pasted; lines end with `\n`.
    Paste(String),
    /// The left button was pressed over this cell.
    Click {
        /// Counted from 0.
        column: u16,
        /// Counted from 0.
        row: u16,
    },
    /// The wheel was turned over this cell.
    Wheel {
        /// Counted from 0.
        column: u16,
        /// Counted from 0.
        row: u16,
        /// How far; negative is up.
        rows: i32,
    },
    /// The worker reports.
    Reply(Box<Reply>),
    /// The system wants something.
    Signal(Signal),
    /// Keys cannot be read any more.
    Deaf(io::Error),
}

/// What an event of the terminal means, if anything.
pub fn translate(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) => translate_key(key).map(Input::Key),
        Event::Mouse(mouse) => translate_mouse(mouse),
        // Terminals send the Enter key's code between pasted lines.
        Event::Paste(text) => Some(Input::Paste(text.replace("\r\n", "\n").replace('\r', "\n"))),
        // Sizes come with the signals: those are heard before the first frame, these only after it.
        Event::Resize(..) | Event::FocusGained | Event::FocusLost => None,
    }
}

fn translate_mouse(mouse: MouseEvent) -> Option<Input> {
    let (column, row) = (mouse.column, mouse.row);
    let wheel = |rows| Some(Input::Wheel { column, row, rows });
    match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Input::Click { column, row }),
        MouseEventKind::ScrollUp => wheel(-WHEEL_ROWS),
        MouseEventKind::ScrollDown => wheel(WHEEL_ROWS),
        _ => None,
    }
}

fn translate_key(event: KeyEvent) -> Option<Key> {
    // Windows and the newer keyboard protocols report releases too.
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let shift = event.modifiers.contains(KeyModifiers::SHIFT);
    let mut ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let mut alt = event.modifiers.contains(KeyModifiers::ALT);
    let code = match event.code {
        KeyCode::Char(letter) => {
            if ctrl && alt && !letter.is_ascii_alphabetic() {
                // AltGr, as Windows reports it: `@`, `{` and `€` are characters, not commands.
                (ctrl, alt) = (false, false);
            }
            Code::Char(if ctrl {
                letter.to_ascii_lowercase()
            } else {
                letter
            })
        }
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab if shift => Code::BackTab,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(number) => Code::F(number),
        _ => return None,
    };
    Some(Key {
        code,
        ctrl,
        alt,
        repeat: event.kind == KeyEventKind::Repeat,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: KeyCode, modifiers: KeyModifiers, kind: KeyEventKind) -> Option<Key> {
        match translate(Event::Key(KeyEvent::new_with_kind(code, modifiers, kind))) {
            Some(Input::Key(key)) => Some(key),
            Some(other) => panic!("{other:?}"),
            None => None,
        }
    }

    fn press(code: KeyCode, modifiers: KeyModifiers) -> Option<Key> {
        key(code, modifiers, KeyEventKind::Press)
    }

    #[test]
    fn keys_become_our_own() {
        let none = KeyModifiers::NONE;
        let control = KeyModifiers::CONTROL;
        let shift = KeyModifiers::SHIFT;
        let alt_gr = KeyModifiers::CONTROL | KeyModifiers::ALT;
        for (code, modifiers, expected) in [
            (KeyCode::Char('ñ'), none, Key::char('ñ')),
            (KeyCode::Char('T'), shift, Key::char('T')),
            (KeyCode::Char('P'), control | shift, Key::ctrl('p')),
            (KeyCode::Char('@'), alt_gr, Key::char('@')),
            (
                KeyCode::Char('b'),
                KeyModifiers::ALT,
                Key::alt(Code::Char('b')),
            ),
            (KeyCode::Tab, shift, Key::plain(Code::BackTab)),
            (KeyCode::BackTab, shift, Key::plain(Code::BackTab)),
            (KeyCode::F(8), none, Key::plain(Code::F(8))),
            (KeyCode::PageDown, none, Key::plain(Code::PageDown)),
        ] {
            assert_eq!(
                press(code, modifiers),
                Some(expected),
                "{code:?} {modifiers:?}"
            );
        }
    }

    #[test]
    fn a_release_is_no_key_and_a_repeat_says_so() {
        let letter = KeyCode::Char('s');
        assert_eq!(key(letter, KeyModifiers::NONE, KeyEventKind::Release), None);
        let held = key(letter, KeyModifiers::NONE, KeyEventKind::Repeat).unwrap();
        assert!(held.repeat && held.is(Key::char('s')));
    }

    #[test]
    fn pasted_lines_end_as_lines_do() {
        match translate(Event::Paste("a\rb\r\nc\nd".to_owned())) {
            Some(Input::Paste(text)) => assert_eq!(text, "a\nb\nc\nd"),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn only_the_left_button_and_the_wheel_are_heard() {
        let mouse = |kind| {
            translate(Event::Mouse(MouseEvent {
                kind,
                column: 7,
                row: 3,
                modifiers: KeyModifiers::NONE,
            }))
        };
        assert!(matches!(
            mouse(MouseEventKind::Down(MouseButton::Left)),
            Some(Input::Click { column: 7, row: 3 })
        ));
        assert!(matches!(
            mouse(MouseEventKind::ScrollUp),
            Some(Input::Wheel { rows: -3, .. })
        ));
        assert!(mouse(MouseEventKind::Moved).is_none());
        assert!(mouse(MouseEventKind::Up(MouseButton::Left)).is_none());
        assert!(mouse(MouseEventKind::Down(MouseButton::Right)).is_none());
    }
}
