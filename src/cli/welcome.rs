//! The first page, run before there are any books: it hands on what the person chose.

use std::sync::Arc;
use std::thread;

use color_eyre::eyre;
use jiff::Timestamp;
use ratatui::Frame;

use super::connect::{self, Kept, TrialError};
use super::connection::{self, APIDECK};
use super::{Exit, Place, program, variable, with_causes};
use crate::api::{Connection, ConnectionError};
use crate::app::Model;
use crate::app::model::{Beginning, Venue};
use crate::app::msg::{Asked, Effect, Fact, Msg, Reply};
use crate::app::notice::{Notice, Tone};
use crate::app::welcome::{Left, Welcome};
use crate::config::{CONFIG_FILE, Config, Folders};
use crate::domain::company::CompanyId;
use crate::domain::profile::ProfileName;
use crate::domain::secret::Secret;
use crate::runtime::{self, Clock, Ending, Mailbox, Program};
use crate::ui::{self, HitMap};
use crate::worker::trouble_of_api;

/// What the person chose.
pub enum Outcome {
    /// Nothing: the program ends so.
    Left(Exit),
    /// The demo.
    Demo,
    /// A company was connected, and its books are wanted.
    Connected {
        /// How it is called.
        profile: ProfileName,
        /// The key that was typed.
        key: Secret,
    },
}

impl Program for Welcome {
    fn update(&mut self, msg: Msg, at: Timestamp) -> Vec<Effect> {
        Welcome::update(self, msg, at)
    }

    fn next_deadline(&self) -> Option<Timestamp> {
        None
    }

    fn view(&self, frame: &mut Frame) -> HitMap {
        ui::welcome::view(self, frame)
    }
}

/// Shows the page until it is left.
///
/// # Errors
/// What keeps the screen from being taken or painted.
pub(super) fn run(place: &Place, mailbox: &Mailbox) -> eyre::Result<Outcome> {
    let (folders, loaded) = place.known()?;
    let clock = Clock::Machine;
    let mut page = Welcome::new(Model::new(Beginning {
        size: (80, 24),
        now: clock.now(),
        words: place.words.clone(),
        colours: program::colours(loaded.config.theme),
        venue: Venue::Live,
        company_id: nobody(),
        company: None,
        companies: Vec::new(),
        profile: None,
        read_only: false,
        type_total_from: None,
        session: String::new(),
    }));
    let trial = Arc::new(Trial {
        folders: folders.clone(),
        config: loaded.config.clone(),
    });
    let replies = mailbox.replies();
    let ending = runtime::run(&mut page, &clock, mailbox, Vec::new(), |effect| {
        let Effect::Connect(asked) = effect else {
            return;
        };
        let (trial, told) = (trial.clone(), replies.clone());
        let tell = move |fact| {
            told(Reply {
                company: nobody(),
                ticket: None,
                fact,
            });
        };
        let failed = tell.clone();
        let begun = thread::Builder::new()
            .name("trial".to_owned())
            .spawn(move || tell(trial.carry_out(&asked)));
        if let Err(error) = begun {
            failed(not_connected("welcome-failed", &error.to_string()));
        }
    })?;
    Ok(match (ending, page.left) {
        (Ending::Signal(number), _) => Outcome::Left(Exit::Signal(number)),
        (Ending::Quit, Some(Left::Demo)) => Outcome::Demo,
        (Ending::Quit, Some(Left::Books { profile, key })) => Outcome::Connected { profile, key },
        (Ending::Quit, Some(Left::Quit) | None) => Outcome::Left(Exit::Done),
    })
}

/// Whose books an empty program is about.
fn nobody() -> CompanyId {
    CompanyId(String::new())
}

/// What a trial needs besides the values.
struct Trial {
    folders: Folders,
    config: Config,
}

impl Trial {
    fn carry_out(&self, asked: &Asked) -> Fact {
        let base = variable("TIMBRA_API_URL")
            .and_then(|base| base.into_string().ok())
            .map(|base| base.trim().to_owned())
            .filter(|base| !base.is_empty());
        let connection = Connection {
            base: base.unwrap_or_else(|| APIDECK.to_owned()),
            key: asked.key.clone(),
            app_id: asked.app_id.clone(),
            consumer_id: asked.consumer_id.clone(),
        };
        let company = match connect::try_out(&connection) {
            Ok((company, _)) => company,
            Err(TrialError::Refused(error)) => {
                let trouble = trouble_of_api(&error);
                return not_connected(trouble.sort.words_key(), &trouble.text);
            }
            Err(TrialError::Unsendable(error)) => {
                let text = match &error {
                    ConnectionError::Tls(text) => text.as_str(),
                    _ => "",
                };
                return not_connected(connection::unsendable_key(&error), text);
            }
            Err(other) => return not_connected("welcome-failed", &with_causes(&other)),
        };
        let kept = connect::keep_key(&connection, Some(&asked.key));
        let folder = &self.folders.config;
        let written = connect::write_section(folder, &self.config, &connection, &company, None);
        match written {
            Ok(profile) => Fact::Connected {
                profile,
                company,
                kept: kept_notice(&kept, &folder.join(CONFIG_FILE).display().to_string()),
            },
            Err(error) => not_connected("welcome-failed", &with_causes(&error)),
        }
    }
}

fn not_connected(words: &'static str, text: &str) -> Fact {
    Fact::NotConnected(Notice::new(Tone::Error, words).with("text", text))
}

/// Where the key is from now on.
fn kept_notice(kept: &Kept, file: &str) -> Notice {
    match kept {
        Kept::Keyring | Kept::Elsewhere => Notice::new(Tone::Done, "welcome-in-keyring"),
        Kept::Nowhere(error) => Notice::new(Tone::Warning, "welcome-nowhere")
            .with("reason", error.reason())
            .with("file", file),
    }
}
