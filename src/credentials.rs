//! Where keys of the API come from: the environment, a command that the config names, the keyring of the system.
//!
//! Keys are in none of our files (law 6). A key is read into a [`Secret`] at once, handed to a command never, neither
//! as an argument nor through its environment, and stands in no error of this room. Nothing here asks a server.

mod command;
mod keyring;

use crate::domain::secret::Secret;

pub use command::{CommandError, Terminal, run as run_command};
pub use keyring::{Keyring, KeyringError};

/// The variable that holds a key for one run.
pub const KEY_VARIABLE: &str = "TIMBRA_API_KEY";

/// Where the key of a connection is to be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// It was in the environment when the program started.
    Environment(Secret),
    /// This command, which the config names, writes it to its output.
    Command(String),
    /// The keyring of the system, under this account.
    Keyring(String),
}

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The command of the config gave none.
    #[error(transparent)]
    Command(#[from] CommandError),
    /// The keyring cannot be used.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// The keyring has no key for this account.
    #[error("the keyring has no key for this application")]
    NotKept,
}

impl Source {
    /// The key. May wait for a person who unlocks the keyring, and for the command: never called on the screen's
    /// thread while there is one.
    ///
    /// # Errors
    /// See [`KeyError`].
    pub fn key(&self, terminal: Terminal) -> Result<Secret, KeyError> {
        match self {
            Self::Environment(key) => Ok(key.clone()),
            Self::Command(command) => Ok(run_command(command, terminal)?),
            Self::Keyring(account) => Keyring::open()?.key(account)?.ok_or(KeyError::NotKept),
        }
    }
}
