//! Keys as the program understands them, free of any terminal library.

use std::fmt;

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

impl fmt::Display for Key {
    /// As footer, help and manual print it: `Ctrl+P`, `F8`, `/`, `Enter`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut name = String::new();
        if self.ctrl {
            name.push_str("Ctrl+");
        }
        if self.alt {
            name.push_str("Alt+");
        }
        match self.code {
            Code::Char(' ') => name.push_str("Espacio"),
            Code::Char(letter) if self.ctrl => name.extend(letter.to_uppercase()),
            Code::Char(letter) => name.push(letter),
            Code::Enter => name.push_str("Enter"),
            Code::Esc => name.push_str("Esc"),
            Code::Tab => name.push_str("Tab"),
            Code::BackTab => name.push_str("Shift+Tab"),
            Code::Backspace => name.push_str("Backspace"),
            Code::Delete => name.push_str("Supr"),
            Code::Left => name.push('←'),
            Code::Right => name.push('→'),
            Code::Up => name.push('↑'),
            Code::Down => name.push('↓'),
            Code::Home => name.push_str("Inicio"),
            Code::End => name.push_str("Fin"),
            Code::PageUp => name.push_str("RePág"),
            Code::PageDown => name.push_str("AvPág"),
            Code::F(number) => name.push_str(&format!("F{number}")),
        }
        f.pad(&name)
    }
}
