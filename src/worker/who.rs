//! Who sits at this machine, for the audit log. Names of the system only, never a secret.
//!
//! Asked of the system and not of the environment, which anybody can set to any name.

/// Who sits where; a question mark for what cannot be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// The user of the system.
    pub user: String,
    /// The machine.
    pub host: String,
}

/// Whoever sits at this machine.
pub fn at_the_keyboard() -> Who {
    Who {
        user: named(whoami::username()),
        host: named(whoami::hostname()),
    }
}

fn named(name: whoami::Result<String>) -> String {
    name.ok()
        .filter(|name| !name.trim().is_empty())
        .unwrap_or_else(|| "?".to_owned())
}
