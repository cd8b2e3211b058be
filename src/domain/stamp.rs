//! The second axis of a document: whether the SAT knows it. Never mixed with the balance.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A folio fiscal: 8-4-4-4-12 hexadecimal digits, kept in upper case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Uuid(String);

/// The text is no UUID.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("«{0}» is no UUID")]
pub struct NotAUuid(pub String);

impl Uuid {
    /// 36 characters, upper case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Uuid {
    type Err = NotAUuid;

    fn from_str(text: &str) -> Result<Self, NotAUuid> {
        let groups: Vec<&str> = text.trim().split('-').collect();
        let shape = groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12]);
        if shape
            && groups
                .iter()
                .all(|g| g.bytes().all(|b| b.is_ascii_hexdigit()))
        {
            Ok(Self(text.trim().to_ascii_uppercase()))
        } else {
            Err(NotAUuid(text.to_owned()))
        }
    }
}

impl TryFrom<String> for Uuid {
    type Error = NotAUuid;

    fn try_from(text: String) -> Result<Self, NotAUuid> {
        text.parse()
    }
}

impl From<Uuid> for String {
    fn from(uuid: Uuid) -> String {
        uuid.0
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// What the native record says about the stamp of a document.
///
/// What this program itself is doing about it (sending, unknown, refused) is told by the outbox, see
/// [`crate::domain::intent::Progress`]; the two are joined only on screen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stamp {
    /// The native record is not here: no claim, neither counted nor offered for stamping.
    #[default]
    NotRead,
    /// Read, and it has no UUID.
    Unstamped,
    /// Read, and it has a well-formed UUID: immutable from now on.
    Stamped(Uuid),
    /// A cancellation was asked for and waits for the SAT or the receiver.
    CancelPending(Uuid),
    /// Cancelled at the SAT.
    Cancelled(Uuid),
}

impl Stamp {
    /// The folio fiscal, where there is one.
    pub fn uuid(&self) -> Option<&Uuid> {
        match self {
            Stamp::NotRead | Stamp::Unstamped => None,
            Stamp::Stamped(uuid) | Stamp::CancelPending(uuid) | Stamp::Cancelled(uuid) => {
                Some(uuid)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_is_hexadecimal_groups_and_kept_in_upper_case() {
        let uuid: Uuid = "5f3c1a90-7b2e-4d11-9c55-0a1b2c3d4e5f"
            .parse()
            .expect("a UUID");
        assert_eq!(uuid.as_str(), "5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F");
        assert!(
            "5f3c1a90-7b2e-4d11-9c55-0a1b2c3d4e5"
                .parse::<Uuid>()
                .is_err()
        );
        assert!("5f3c1a907b2e4d119c550a1b2c3d4e5f".parse::<Uuid>().is_err());
        assert!(
            "gggggggg-7b2e-4d11-9c55-0a1b2c3d4e5f"
                .parse::<Uuid>()
                .is_err()
        );
        assert!("".parse::<Uuid>().is_err());
    }
}
