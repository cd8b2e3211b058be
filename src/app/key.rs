//! Keys as the program understands them, free of any terminal library.

use crate::words::Words;

/// Which key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character as typed, shift already applied.
    Char(char),
    /// Enter or Return.
    Enter,
    /// Escape.
    Esc,
    /// Tabulator.
    Tab,
    /// Shift with tabulator.
    BackTab,
    /// Delete to the left.
    Backspace,
    /// Delete to the right.
    Delete,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// To the beginning.
    Home,
    /// To the end.
    End,
    /// One page up.
    PageUp,
    /// One page down.
    PageDown,
    /// A function key.
    F(u8),
}

/// One key press, or one repeat of a held key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Control was held.
    pub ctrl: bool,
    /// Alt or Meta was held.
    pub alt: bool,
    /// The terminal says that the key is held and repeats. Never confirms anything.
    pub repeat: bool,
}

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: Code) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
            repeat: false,
        }
    }

    /// A character without modifiers.
    pub const fn char(letter: char) -> Self {
        Self::plain(Code::Char(letter))
    }

    /// A character with control.
    pub const fn ctrl(letter: char) -> Self {
        Self {
            code: Code::Char(letter),
            ctrl: true,
            alt: false,
            repeat: false,
        }
    }

    /// A key with alt.
    pub const fn alt(code: Code) -> Self {
        Self {
            code,
            ctrl: false,
            alt: true,
            repeat: false,
        }
    }

    /// Whether this is that key, held or not.
    pub fn is(self, other: Key) -> bool {
        self.code == other.code && self.ctrl == other.ctrl && self.alt == other.alt
    }
}

impl Key {
    /// The key as footer, help and manual print it in a language: `Ctrl+P`, `F8`, `/`, `Enter`, `Inicio`.
    pub fn label(self, words: &Words) -> String {
        let mut label = String::new();
        if self.ctrl {
            label.push_str("Ctrl+");
        }
        if self.alt {
            label.push_str("Alt+");
        }
        match self.code {
            Code::Char(' ') => label.push_str(&words.text("key-space")),
            Code::Char(letter) if self.ctrl => label.extend(letter.to_uppercase()),
            Code::Char(letter) => label.push(letter),
            Code::Enter => label.push_str("Enter"),
            Code::Esc => label.push_str("Esc"),
            Code::Tab => label.push_str("Tab"),
            Code::BackTab => label.push_str("Shift+Tab"),
            Code::Backspace => label.push('⌫'),
            Code::Delete => label.push_str(&words.text("key-delete")),
            Code::Left => label.push('←'),
            Code::Right => label.push('→'),
            Code::Up => label.push('↑'),
            Code::Down => label.push('↓'),
            Code::Home => label.push_str(&words.text("key-home")),
            Code::End => label.push_str(&words.text("key-end")),
            Code::PageUp => label.push_str(&words.text("key-page-up")),
            Code::PageDown => label.push_str(&words.text("key-page-down")),
            Code::F(number) => {
                label.push('F');
                label.push_str(&number.to_string());
            }
        }
        label
    }
}
