//! A text field: a good line editor over one line of any length, with undo.
//!
//! It knows nothing of what it edits and never interprets its content.

use tui_input::{Input, InputRequest};

use super::key::{Code, Key};

/// How many states undo remembers. More would only keep memory that nobody walks back to.
const UNDO_DEPTH: usize = 200;

/// One line of text under edit. Movement and deletion step by what a person sees as one character.
#[derive(Clone, Debug, Default)]
pub struct Line {
    input: Input,
    undo: Vec<(String, usize)>,
    /// Whether the last change was typing, so that a run of letters is undone as one.
    typing: bool,
}

impl Line {
    /// A field that holds this text, with the cursor behind it.
    pub fn new(text: &str) -> Self {
        Self {
            input: Input::new(one_line(text)),
            undo: Vec::new(),
            typing: false,
        }
    }

    /// A field that holds this text, with the cursor behind so many of its characters (Unicode scalar values).
    pub fn at(text: &str, cursor: usize) -> Self {
        Self {
            input: Input::new(one_line(text)).with_cursor(cursor),
            ..Self::default()
        }
    }

    /// Characters (Unicode scalar values) before the cursor.
    pub fn cursor(&self) -> usize {
        self.input.cursor()
    }

    /// What it holds.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Columns of the terminal before the cursor.
    pub fn cursor_column(&self) -> usize {
        self.input.visual_cursor()
    }

    /// Columns to be scrolled away so that the cursor is seen in a field of this width.
    pub fn scroll(&self, width: usize) -> usize {
        self.input.visual_scroll(width)
    }

    /// Replaces the text as one step of undo.
    pub fn set(&mut self, text: &str) {
        if text != self.text() {
            self.remember();
            self.typing = false;
            self.input = Input::new(one_line(text));
        }
    }

    /// Inserts a pasted text at the cursor as one step of undo; line breaks and tabs become blanks.
    pub fn paste(&mut self, text: &str) {
        let text = one_line(text);
        if text.is_empty() {
            return;
        }
        self.remember();
        self.typing = false;
        let before: String = self.text().chars().take(self.input.cursor()).collect();
        let after: String = self.text().chars().skip(self.input.cursor()).collect();
        let cursor = before.chars().count() + text.chars().count();
        self.input = Input::new(before + &text + &after).with_cursor(cursor);
    }

    /// Takes back the last change. Whether there was one.
    pub fn undo(&mut self) -> bool {
        self.typing = false;
        match self.undo.pop() {
            Some((text, cursor)) => {
                self.input = Input::new(text).with_cursor(cursor);
                true
            }
            None => false,
        }
    }

    /// Handles a key. Whether the field knew it; an unknown key changes nothing.
    pub fn key(&mut self, key: Key) -> bool {
        let Some(request) = request(key) else {
            return false;
        };
        let typed = matches!(request, InputRequest::InsertChar(_));
        let before = (self.text().to_owned(), self.input.cursor());
        let changed = self
            .input
            .handle(request)
            .is_some_and(|response| response.value);
        if changed && !(typed && self.typing) {
            self.push_undo(before);
        }
        self.typing = changed && typed;
        true
    }

    fn remember(&mut self) {
        let now = (self.text().to_owned(), self.input.cursor());
        self.push_undo(now);
    }

    fn push_undo(&mut self, state: (String, usize)) {
        if self.undo.len() == UNDO_DEPTH {
            self.undo.remove(0);
        }
        self.undo.push(state);
    }
}

/// A text as a field of one line holds it: control characters would tear the screen and mean nothing there.
pub fn one_line(text: &str) -> String {
    text.trim_end_matches(['\r', '\n'])
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}

fn request(key: Key) -> Option<InputRequest> {
    use InputRequest::*;
    Some(match (key.code, key.ctrl, key.alt) {
        (Code::Char(letter), false, false) if !letter.is_control() => InsertChar(letter),
        (Code::Left, false, false) => GoToPrevChar,
        (Code::Right, false, false) => GoToNextChar,
        (Code::Left, true, false) | (Code::Left | Code::Char('b'), false, true) => GoToPrevWord,
        (Code::Right, true, false) | (Code::Right | Code::Char('f'), false, true) => GoToNextWord,
        (Code::Home, false, false) | (Code::Char('a'), true, false) => GoToStart,
        (Code::End, false, false) | (Code::Char('e'), true, false) => GoToEnd,
        (Code::Backspace, false, false) | (Code::Char('h'), true, false) => DeletePrevChar,
        (Code::Delete, false, false) => DeleteNextChar,
        (Code::Char('w'), true, false)
        | (Code::Backspace, true, false)
        | (Code::Backspace, false, true) => DeletePrevWord,
        (Code::Delete, true, false) | (Code::Char('d'), false, true) => DeleteNextWord,
        (Code::Char('u'), true, false) => DeleteFromStart,
        (Code::Char('k'), true, false) => DeleteTillEnd,
        (Code::Char('y'), true, false) => Yank,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Before and after with `|` for the cursor.
    fn check(before: &str, keys: &[Key], after: &str) {
        let cursor = before.chars().take_while(|c| *c != '|').count();
        let mut line = Line {
            input: Input::new(before.replace('|', "")).with_cursor(cursor),
            ..Line::default()
        };
        for key in keys {
            line.key(*key);
        }
        let mut shown: Vec<char> = line.text().chars().collect();
        shown.insert(line.input.cursor(), '|');
        assert_eq!(shown.into_iter().collect::<String>(), after);
    }

    #[test]
    fn editing_moves_and_deletes_as_people_expect() {
        let ctrl = |code| Key {
            ctrl: true,
            ..Key::plain(code)
        };
        check("Ñandú| S.A.", &[ctrl(Code::Left)], "|Ñandú S.A.");
        check("uno dos| tres", &[Key::ctrl('w')], "uno | tres");
        check("uno |dos", &[Key::ctrl('k')], "uno |");
        check("uno |dos", &[Key::ctrl('u')], "|dos");
        check("|ñ", &[Key::plain(Code::Delete)], "|");
        check("a🤦🏼‍♂️|", &[Key::plain(Code::Backspace)], "a|");
        check("ab|", &[Key::plain(Code::Home), Key::char('Ñ')], "Ñ|ab");
    }

    #[test]
    fn undo_takes_back_a_run_of_letters_at_once_and_a_paste_alone() {
        let mut line = Line::new("");
        for letter in "hola".chars() {
            line.key(Key::char(letter));
        }
        line.paste(" mundo\r\n");
        assert_eq!(line.text(), "hola mundo");
        assert!(line.undo());
        assert_eq!(line.text(), "hola");
        assert!(line.undo());
        assert_eq!(line.text(), "");
        assert!(!line.undo());
    }

    #[test]
    fn a_paste_of_ten_thousand_characters_is_kept_whole_on_one_line() {
        let mut line = Line::new("[]");
        line.key(Key::plain(Code::Left));
        let long = "línea\tcon ñ y 🧾\n".repeat(625);
        line.paste(&long);
        assert_eq!(
            line.text().chars().count(),
            long.trim_end().chars().count() + 2
        );
        assert!(!line.text().contains('\n'));
        assert!(line.text().ends_with("🧾]"));
    }
}
