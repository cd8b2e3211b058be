//! Who sits at this machine, for the audit log. Names of the system only, never a secret.

use std::env;

/// Variables in which the systems keep the name of the user, and of the machine.
const USER: [&str; 3] = ["USER", "LOGNAME", "USERNAME"];
const HOST: [&str; 2] = ["HOSTNAME", "COMPUTERNAME"];

/// Where Linux keeps the name of the machine; shells set the variable, programs do not see it.
const HOST_FILE: &str = "/etc/hostname";

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
    let first = |names: &[&str]| {
        names
            .iter()
            .filter_map(|name| env::var(name).ok())
            .find(|value| !value.trim().is_empty())
    };
    let host = first(&HOST).or_else(|| std::fs::read_to_string(HOST_FILE).ok());
    Who {
        user: named(first(&USER)),
        host: named(host),
    }
}

fn named(name: Option<String>) -> String {
    name.map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "?".to_owned())
}
