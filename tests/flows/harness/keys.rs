//! Scripts of keys: words between blanks. `<Enter>` is a key with a name, `<C-f>` one with control, `<A-m>` with alt; anything
//! else is typed letter by letter.

use timbra::app::key::{Code, Key};

/// The keys of a script.
pub fn parse(script: &str) -> Vec<Key> {
    script.split_whitespace().flat_map(word).collect()
}

/// The keys that type this text.
pub fn typed(text: &str) -> Vec<Key> {
    text.chars().map(Key::char).collect()
}

fn word(word: &str) -> Vec<Key> {
    match word
        .strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'))
    {
        Some(name) => vec![named(name)],
        None => typed(word),
    }
}

fn named(name: &str) -> Key {
    let code = match name {
        "Enter" => Code::Enter,
        "Esc" => Code::Esc,
        "Tab" => Code::Tab,
        "BackTab" => Code::BackTab,
        "Backspace" => Code::Backspace,
        "Delete" => Code::Delete,
        "Left" => Code::Left,
        "Right" => Code::Right,
        "Up" => Code::Up,
        "Down" => Code::Down,
        "Home" => Code::Home,
        "End" => Code::End,
        "PageUp" => Code::PageUp,
        "PageDown" => Code::PageDown,
        "Space" => Code::Char(' '),
        _ => match (name.strip_prefix("C-"), name.strip_prefix('F')) {
            (Some(letter), _) => return Key::ctrl(letter.chars().next().expect("a letter")),
            _ if name.starts_with("A-") => {
                return Key::alt(Code::Char(name.chars().nth(2).expect("a letter")));
            }
            (None, Some(number)) => Code::F(number.parse().expect("a function key")),
            (None, None) => panic!("no key is called <{name}>"),
        },
    };
    Key::plain(code)
}
