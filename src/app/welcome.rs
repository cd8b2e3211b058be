//! The first page, while no company is connected: try the demo, or connect one.
//!
//! It is a program of its own, with nothing of the books in it. What is typed stays until the page is left; the key is
//! shown by nothing, `Debug` included.

use jiff::Timestamp;

use crate::domain::profile::ProfileName;
use crate::domain::secret::Secret;

use super::key::{Code, Key};
use super::keymap::{Action, Meaning, Place, meaning};
use super::line::Line;
use super::list::Step as Move;
use super::model::Model;
use super::msg::{Asked, Effect, Fact, Msg, Target};
use super::notice::Notice;

/// The fields, in the order of the page.
pub const FIELDS: usize = 3;

/// The place of the key among them.
pub const KEY_FIELD: usize = 2;

/// Where the page is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Demo or connect: the index of the one that is selected.
    Choice(usize),
    /// The three values: the index of the one that has the focus.
    Fields(usize),
    /// They are being tried.
    Trying,
    /// The company is connected: its name and RFC, and where the key is.
    Met {
        /// How it is called from now on.
        profile: ProfileName,
        /// Razón social and RFC.
        company: (String, String),
        /// What is to be known of the key.
        kept: Notice,
    },
}

/// How the page was left.
#[derive(Clone, PartialEq, Eq)]
pub enum Left {
    /// For the shell.
    Quit,
    /// For the demo.
    Demo,
    /// For the books of the company that was connected.
    Books {
        /// How it is called.
        profile: ProfileName,
        /// The key as it was typed.
        key: Secret,
    },
}

/// State of the page.
pub struct Welcome {
    /// Words, colours and size; there are no books in it.
    pub model: Model,
    /// Where it is.
    pub stage: Stage,
    /// Application id, consumer id, key.
    pub fields: [Line; FIELDS],
    /// Why the values were not taken the last time.
    pub trouble: Option<Notice>,
    /// How it was left.
    pub left: Option<Left>,
}

impl Welcome {
    /// The page as it begins.
    pub fn new(model: Model) -> Self {
        Self {
            model,
            stage: Stage::Choice(0),
            fields: Default::default(),
            trouble: None,
            left: None,
        }
    }

    /// Changes the page as the message says; what has to be done in the world follows.
    pub fn update(&mut self, msg: Msg, at: Timestamp) -> Vec<Effect> {
        self.model.now = at;
        match msg {
            Msg::Key(key) => self.key(key),
            Msg::Paste(text) => {
                if let Stage::Fields(focus) = self.stage
                    && let Some(field) = self.fields.get_mut(focus)
                {
                    field.paste(text.trim());
                }
                Vec::new()
            }
            Msg::Click(Target::Choice(idx)) => {
                match &mut self.stage {
                    Stage::Choice(selected) => *selected = idx.min(1),
                    Stage::Fields(focus) => *focus = idx.min(FIELDS - 1),
                    Stage::Trying | Stage::Met { .. } => {}
                }
                Vec::new()
            }
            Msg::Resize { width, height } => {
                self.model.size = (width, height);
                Vec::new()
            }
            Msg::Worker(reply) => {
                self.told(reply.fact);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// What came of the trial.
    fn told(&mut self, fact: Fact) {
        if self.stage != Stage::Trying {
            return;
        }
        match fact {
            Fact::Connected {
                profile,
                company,
                kept,
            } => {
                self.trouble = None;
                self.stage = Stage::Met {
                    profile,
                    company: (company.name, company.rfc),
                    kept,
                };
            }
            Fact::NotConnected(notice) => {
                self.trouble = Some(notice);
                self.stage = Stage::Fields(KEY_FIELD);
            }
            _ => {}
        }
    }

    fn key(&mut self, key: Key) -> Vec<Effect> {
        let place = match self.stage {
            Stage::Choice(_) | Stage::Met { .. } => Place::Menu,
            Stage::Fields(_) | Stage::Trying => Place::Form,
        };
        match (meaning(place, None, key), &mut self.stage) {
            (Meaning::Order(Action::Quit), _) => self.leave(Left::Quit),
            (Meaning::Order(Action::SwitchLanguage), _) => {
                self.model.words = self.model.words.other();
                Vec::new()
            }
            // Letters are orders on both pages without a field; F9 is known to the form alone.
            _ if key.code == Code::F(9) => {
                self.model.words = self.model.words.other();
                Vec::new()
            }
            (Meaning::Order(Action::Up), Stage::Choice(selected)) => {
                *selected = Move::By(-1).apply(*selected, 2);
                Vec::new()
            }
            (Meaning::Order(Action::Down), Stage::Choice(selected)) => {
                *selected = Move::By(1).apply(*selected, 2);
                Vec::new()
            }
            (Meaning::Order(Action::Open), Stage::Choice(0)) => self.leave(Left::Demo),
            (Meaning::Order(Action::Open), Stage::Choice(_)) => {
                self.stage = Stage::Fields(0);
                Vec::new()
            }
            (Meaning::Order(Action::Back), Stage::Choice(_)) => self.leave(Left::Quit),
            (_, Stage::Choice(_)) if key == Key::char('q') => self.leave(Left::Quit),
            (Meaning::Order(Action::Open), Stage::Met { profile, .. }) => {
                let profile = profile.clone();
                let key = self.typed_key();
                self.leave(Left::Books { profile, key })
            }
            (_, Stage::Trying | Stage::Met { .. } | Stage::Choice(_)) => Vec::new(),
            (means, Stage::Fields(focus)) => {
                let focus = *focus;
                self.in_field(means, focus, key)
            }
        }
    }

    fn in_field(&mut self, means: Meaning, focus: usize, key: Key) -> Vec<Effect> {
        let last = FIELDS - 1;
        match (means, key.code) {
            (Meaning::Order(Action::Back), _) => self.stage = Stage::Choice(1),
            (Meaning::Order(Action::Save), _) => return self.try_out(),
            (Meaning::Order(Action::Open), _) if focus == last => return self.try_out(),
            (Meaning::Order(Action::Open | Action::NextField), _) | (_, Code::Down) => {
                self.stage = Stage::Fields((focus + 1).min(last));
            }
            (Meaning::Order(Action::PreviousField), _) | (_, Code::Up) => {
                self.stage = Stage::Fields(focus.saturating_sub(1));
            }
            (Meaning::Order(Action::Undo), _) => {
                if let Some(field) = self.fields.get_mut(focus) {
                    field.undo();
                }
            }
            _ => {
                if let Some(field) = self.fields.get_mut(focus) {
                    field.key(key);
                }
            }
        }
        Vec::new()
    }

    /// Has the values tried, once all of them are there; else goes to the first that is missing.
    fn try_out(&mut self) -> Vec<Effect> {
        if let Some(empty) = self
            .fields
            .iter()
            .position(|field| field.text().trim().is_empty())
        {
            self.stage = Stage::Fields(empty);
            return Vec::new();
        }
        self.trouble = None;
        self.stage = Stage::Trying;
        let [app_id, consumer_id, _] = &self.fields;
        vec![Effect::Connect(Box::new(Asked {
            app_id: app_id.text().trim().to_owned(),
            consumer_id: consumer_id.text().trim().to_owned(),
            key: self.typed_key(),
        }))]
    }

    fn typed_key(&self) -> Secret {
        let [.., key] = &self.fields;
        Secret::new(key.text().trim())
    }

    fn leave(&mut self, left: Left) -> Vec<Effect> {
        self.left = Some(left);
        vec![Effect::Quit]
    }
}
