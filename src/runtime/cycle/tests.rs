//! The loop with a program that only counts, on a screen in memory.

use std::cell::Cell;
use std::sync::mpsc::{Sender, channel};

use jiff::Timestamp;
use ratatui::Frame;
use ratatui::backend::TestBackend;
use ratatui::widgets::Paragraph;

use super::*;
use crate::app::key::{Code, Key};

/// Writes down what it is told; keys are orders.
#[derive(Default)]
struct Counter {
    told: Vec<Msg>,
    deadline: Option<Timestamp>,
    frames: Cell<usize>,
}

impl Program for Counter {
    fn update(&mut self, msg: Msg, _at: Timestamp) -> Vec<Effect> {
        let effects = match &msg {
            Msg::Key(key) => match key.code {
                Code::Char('q') => vec![Effect::Quit, keep("after quit")],
                Code::Char('z') => vec![Effect::Suspend],
                Code::Char('c') => vec![Effect::Copy("A-101".to_owned())],
                Code::Char(letter) => vec![keep(&letter.to_string())],
                _ => Vec::new(),
            },
            Msg::Woke => {
                self.deadline = None;
                vec![Effect::Quit]
            }
            _ => Vec::new(),
        };
        self.told.push(msg);
        effects
    }

    fn next_deadline(&self) -> Option<Timestamp> {
        self.deadline
    }

    fn view(&self, frame: &mut Frame) -> HitMap {
        self.frames.set(self.frames.get() + 1);
        frame.render_widget(Paragraph::new(self.told.len().to_string()), frame.area());
        HitMap::default()
    }
}

fn keep(body: &str) -> Effect {
    Effect::KeepEdit {
        slot: "test".to_owned(),
        body: body.to_owned(),
    }
}

/// Notes what the loop asked for, and continues the process as a shell would.
struct Shell {
    asked: Vec<String>,
    sender: Sender<Input>,
}

impl Host for Shell {
    fn suspend(&mut self) -> io::Result<()> {
        self.asked.push("suspend".to_owned());
        self.sender
            .send(Input::Signal(Signal::Continue))
            .map_err(io::Error::other)
    }

    fn retake(&mut self) -> io::Result<()> {
        self.asked.push("retake".to_owned());
        Ok(())
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.asked.push(format!("copy {text}"));
        Ok(())
    }
}

struct Ran {
    ending: Result<Ending, RuntimeError>,
    program: Counter,
    asked: Vec<String>,
    orders: Vec<Effect>,
}

/// Runs the loop over inputs that are all there from the start.
fn run(mut program: Counter, inputs: impl IntoIterator<Item = Input>) -> Ran {
    let (sender, inbox) = channel();
    for input in inputs {
        sender.send(input).unwrap();
    }
    let mut screen = Terminal::new(TestBackend::new(20, 3)).unwrap();
    let mut shell = Shell {
        asked: Vec::new(),
        sender,
    };
    let mut orders = Vec::new();
    let clock = Clock::Machine;
    let mut cycle = Cycle::new(&mut program, &mut screen, &mut shell, &clock, |order| {
        orders.push(order);
    });
    cycle.begin().unwrap();
    let ending = cycle.run(&inbox);
    Ran {
        ending,
        asked: shell.asked,
        program,
        orders,
    }
}

fn keys(text: &str) -> Vec<Input> {
    text.chars()
        .map(|letter| Input::Key(Key::char(letter)))
        .collect()
}

#[test]
fn the_program_learns_the_size_before_the_first_frame() {
    let ran = run(Counter::default(), keys("q"));
    assert!(matches!(
        ran.program.told.first(),
        Some(Msg::Resize {
            width: 20,
            height: 3
        })
    ));
    assert_eq!(ran.program.frames.get(), 1);
}

#[test]
fn effects_keep_their_order_and_quitting_drops_none() {
    let ran = run(Counter::default(), keys("abq"));
    assert!(matches!(ran.ending, Ok(Ending::Quit)));
    assert_eq!(ran.orders, [keep("a"), keep("b"), keep("after quit")]);
}

#[test]
fn what_is_ready_together_is_painted_together() {
    let mut inputs = keys(&"a".repeat(200));
    inputs.extend(keys("q"));
    let ran = run(Counter::default(), inputs);
    assert_eq!(ran.program.told.len(), 202);
    assert!(
        ran.program.frames.get() < 10,
        "{}",
        ran.program.frames.get()
    );
}

#[test]
fn keys_after_the_end_are_not_taken() {
    let ran = run(Counter::default(), keys("qab"));
    assert_eq!(ran.orders, [keep("after quit")]);
}

#[test]
fn a_signal_ends_the_loop_with_its_number() {
    let ran = run(Counter::default(), [Input::Signal(Signal::End(15))]);
    assert!(matches!(ran.ending, Ok(Ending::Signal(15))));
}

#[test]
fn copying_is_the_hosts_business() {
    let ran = run(Counter::default(), keys("cq"));
    assert_eq!(ran.asked, ["copy A-101"]);
    assert_eq!(ran.orders, [keep("after quit")]);
}

#[test]
fn coming_back_takes_the_terminal_and_paints_anew() {
    let (sender, inbox) = channel();
    let mut program = Counter::default();
    let mut screen = Terminal::new(TestBackend::new(20, 3)).unwrap();
    let mut shell = Shell {
        asked: Vec::new(),
        sender: sender.clone(),
    };
    let clock = Clock::Machine;
    let mut cycle = Cycle::new(&mut program, &mut screen, &mut shell, &clock, |_| {});
    cycle.begin().unwrap();
    sender.send(Input::Key(Key::char('z'))).unwrap();
    sender.send(Input::Signal(Signal::Continue)).unwrap();
    sender.send(Input::Key(Key::char('q'))).unwrap();
    cycle.run(&inbox).unwrap();
    assert_eq!(shell.asked, ["suspend", "retake"]);
    let sizes = program
        .told
        .iter()
        .filter(|msg| matches!(msg, Msg::Resize { .. }))
        .count();
    assert_eq!(sizes, 2, "the size is told again, it may have changed");
    assert_eq!(program.frames.get(), 2);
}

#[test]
fn nothing_is_painted_while_the_shell_has_the_terminal() {
    let (sender, inbox) = channel();
    let mut program = Counter::default();
    let mut screen = Terminal::new(TestBackend::new(20, 3)).unwrap();
    let (elsewhere, _nobody_listens) = channel();
    let mut shell = Shell {
        asked: Vec::new(),
        sender: elsewhere,
    };
    let clock = Clock::Machine;
    let mut cycle = Cycle::new(&mut program, &mut screen, &mut shell, &clock, |_| {});
    cycle.begin().unwrap();
    for input in keys("zabcq") {
        sender.send(input).unwrap();
    }
    cycle.run(&inbox).unwrap();
    assert_eq!(program.frames.get(), 1);
}

#[test]
fn a_deadline_that_has_come_wakes_the_program_once() {
    let program = Counter {
        deadline: Some(Timestamp::now()),
        ..Counter::default()
    };
    let ran = run(program, []);
    assert!(matches!(ran.ending, Ok(Ending::Quit)));
    let woke = |msg: &&Msg| matches!(msg, Msg::Woke);
    assert_eq!(ran.program.told.iter().filter(woke).count(), 1);
}

#[test]
fn a_keyboard_that_is_gone_ends_the_loop_as_an_error() {
    let gone = Input::Deaf(io::Error::from(io::ErrorKind::UnexpectedEof));
    let ran = run(Counter::default(), [gone]);
    assert!(matches!(ran.ending, Err(RuntimeError::Deaf(_))));
}

#[test]
fn a_signal_for_another_size_has_the_size_looked_up() {
    let (sender, inbox) = channel();
    let mut program = Counter::default();
    let mut screen = Terminal::new(TestBackend::new(20, 3)).unwrap();
    let mut shell = Shell {
        asked: Vec::new(),
        sender: sender.clone(),
    };
    let clock = Clock::Machine;
    let mut cycle = Cycle::new(&mut program, &mut screen, &mut shell, &clock, |_| {});
    cycle.begin().unwrap();
    cycle.screen.backend_mut().resize(40, 5);
    sender.send(Input::Signal(Signal::Resize)).unwrap();
    sender.send(Input::Key(Key::char('q'))).unwrap();
    cycle.run(&inbox).unwrap();
    assert!(matches!(
        program.told.get(1),
        Some(Msg::Resize {
            width: 40,
            height: 5
        })
    ));
}
