//! The loop and the terminal with nothing behind them: what is typed is shown, and some keys do what can go wrong.
//!
//! The tests on a pseudo-terminal run it, because the program itself has no key that panics. `q` quits, `z` suspends,
//! `y` copies, `p` panics, `c` panics with a connection in its hands, `w` has another thread panic.

use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;

use jiff::Timestamp;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Paragraph;

use timbra::api::Connection;
use timbra::app::key::{Code, Key};
use timbra::app::msg::{Effect, Msg, Target};
use timbra::cli::Exit;
use timbra::diagnostics;
use timbra::domain::secret::Secret;
use timbra::runtime::{self, Clock, Ending, Mailbox, Program};
use timbra::ui::HitMap;

/// What the screen shows before what was typed.
const PROMPT: &str = "on stage: ";

#[derive(Default)]
struct Stage {
    size: (u16, u16),
    typed: String,
}

impl Program for Stage {
    fn update(&mut self, msg: Msg, _at: Timestamp) -> Vec<Effect> {
        match msg {
            Msg::Key(Key {
                code: Code::Char(letter),
                ..
            }) => {
                self.typed.push(letter);
                return match letter {
                    'q' => vec![Effect::Quit],
                    'z' => vec![Effect::Suspend],
                    'y' => vec![Effect::Copy("A-101".to_owned())],
                    'p' => panic!("the lights went out"),
                    'X' => panic!("the line was cut: {:?}", connection()),
                    'w' => vec![Effect::DropEdit {
                        slot: "anything".to_owned(),
                    }],
                    _ => Vec::new(),
                };
            }
            Msg::Paste(text) => self.typed.push_str(&text),
            Msg::Click(_) => self.typed.push_str("[click]"),
            Msg::Scroll { rows, .. } => self.typed.push_str(&format!("[scroll {rows}]")),
            Msg::Resize { width, height } => self.size = (width, height),
            _ => {}
        }
        Vec::new()
    }

    fn next_deadline(&self) -> Option<Timestamp> {
        None
    }

    fn view(&self, frame: &mut Frame) -> HitMap {
        let area = frame.area();
        let (width, height) = self.size;
        let text = format!("{PROMPT}{}\n{width}x{height}", self.typed);
        frame.render_widget(Paragraph::new(text), area);
        let end = PROMPT.chars().count() + self.typed.chars().count();
        frame.set_cursor_position((u16::try_from(end).unwrap_or_default(), 0));
        let mut hits = HitMap::default();
        hits.add(Rect { height: 1, ..area }, Target::Screen);
        hits
    }
}

/// A connection with the key that the environment names.
fn connection() -> Connection {
    Connection {
        base: "http://127.0.0.1:1".to_owned(),
        key: Secret::new(std::env::var("TIMBRA_API_KEY").unwrap_or_default()),
        app_id: "app".to_owned(),
        consumer_id: "consumer".to_owned(),
    }
}

fn main() -> color_eyre::Result<ExitCode> {
    let data = std::env::var_os("TIMBRA_DATA_DIR").map(PathBuf::from);
    diagnostics::install(data.as_deref())?;
    let ending = runtime::run(
        &mut Stage::default(),
        &Clock::Machine,
        &Mailbox::new(),
        Vec::new(),
        |_| {
            let broken = thread::spawn(|| panic!("a stage hand fell")).join();
            assert!(broken.is_err());
        },
    )?;
    Ok(ExitCode::from(match ending {
        Ending::Quit => Exit::Done.code(),
        Ending::Signal(number) => Exit::Signal(number).code(),
    }))
}
