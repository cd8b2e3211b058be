//! The keyring of the system: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows.

use std::sync::Arc;

use keyring_core::{CredentialStore, Entry, Error};

use crate::domain::secret::Secret;

/// The name under which all of our keys stand in the keyring.
const SERVICE: &str = "timbra";

/// The keyring, open. One key an account; an account is an application at a place, because that is whose the key is.
pub struct Keyring {
    store: Arc<CredentialStore>,
}

/// The keyring cannot be used, in the system's own words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyringError {
    /// There is none, or nobody unlocked it.
    #[error("the system's keyring cannot be used: {0}")]
    Unusable(String),
    /// It has something for this account that is no key, or more than one thing.
    #[error("what the keyring has for this application is no key: {0}")]
    NoKey(String),
}

impl KeyringError {
    /// What the system says of it.
    pub fn reason(&self) -> &str {
        match self {
            Self::Unusable(reason) | Self::NoKey(reason) => reason,
        }
    }
}

impl Keyring {
    /// Finds the keyring of this system.
    ///
    /// # Errors
    /// [`KeyringError::Unusable`] where there is none.
    pub fn open() -> Result<Self, KeyringError> {
        let store = native().map_err(|error| fault(&error))?;
        Ok(Self { store })
    }

    /// The key of an account, where one is kept. May wait until a person unlocks the keyring.
    ///
    /// # Errors
    /// See [`KeyringError`].
    pub fn key(&self, account: &str) -> Result<Option<Secret>, KeyringError> {
        match self.entry(account)?.get_password() {
            Ok(key) => Ok(Some(Secret::new(key))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(fault(&error)),
        }
    }

    /// Keeps the key of an account, over an older one.
    ///
    /// # Errors
    /// See [`KeyringError`].
    pub fn keep(&self, account: &str, key: &Secret) -> Result<(), KeyringError> {
        self.entry(account)?
            .set_password(key.expose())
            .map_err(|error| fault(&error))
    }

    /// Forgets the key of an account. Whether there was one.
    ///
    /// # Errors
    /// See [`KeyringError`].
    pub fn forget(&self, account: &str) -> Result<bool, KeyringError> {
        match self.entry(account)?.delete_credential() {
            Ok(()) => Ok(true),
            Err(Error::NoEntry) => Ok(false),
            Err(error) => Err(fault(&error)),
        }
    }

    fn entry(&self, account: &str) -> Result<Entry, KeyringError> {
        self.store
            .build(SERVICE, account, None)
            .map_err(|error| fault(&error))
    }
}

#[cfg(target_os = "linux")]
fn native() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(dbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(target_os = "macos")]
fn native() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(windows)]
fn native() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
fn native() -> keyring_core::Result<Arc<CredentialStore>> {
    Err(Error::NoDefaultStore)
}

/// What went wrong, by what the error shows: some carry the bytes of the key in their fields.
fn fault(error: &Error) -> KeyringError {
    match error {
        Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::Ambiguous(_) => {
            KeyringError::NoKey(sort(error).to_owned())
        }
        other => KeyringError::Unusable(other.to_string()),
    }
}

fn sort(error: &Error) -> &'static str {
    match error {
        Error::BadEncoding(_) => "not a text",
        Error::Ambiguous(_) => "more than one entry",
        _ => "malformed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_about_the_content_never_shows_it() {
        let error = Error::BadEncoding(b"sk_live_1".to_vec());
        assert!(format!("{error:?}").contains("115"), "{error:?}");
        let told = fault(&error);
        assert!(!format!("{told:?} {told}").contains("115"), "{told:?}");
    }
}
