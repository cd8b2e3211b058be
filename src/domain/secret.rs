//! Something that is never shown: a key of the API, or what somebody types for one (law 6).

use std::fmt;

/// A text that neither `Debug`, nor an error, nor a log shows. It is compared and copied like any other.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// What stands where a secret stood.
const MASK: &str = "•••";

impl Secret {
    /// Hides this text.
    pub fn new(content: impl Into<String>) -> Self {
        Self(content.into())
    }

    /// The content. For the `Authorization` header and for the keyring of the system; a test names every file that
    /// calls it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// A text from outside with every occurrence of this secret hidden: a server may echo what it was sent.
    pub fn hidden_in(&self, text: &str) -> String {
        if self.0.is_empty() || !text.contains(&self.0) {
            text.to_owned()
        } else {
            text.replace(&self.0, MASK)
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(•••)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_shown_by_nothing_and_hidden_in_what_others_say() {
        let secret = Secret::new("sk_live_very_secret");
        assert!(!format!("{secret:?}").contains("very_secret"));
        assert_eq!(
            secret.hidden_in("you sent sk_live_very_secret!"),
            "you sent •••!"
        );
        assert_eq!(Secret::new("").hidden_in("as it was"), "as it was");
    }
}
