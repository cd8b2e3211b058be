//! The connection that the environment describes, and the clock that goes with it.

use std::ffi::OsString;

use jiff::Timestamp;

use super::{Exit, Told};
use crate::api::Connection;
use crate::domain::secret::Secret;
use crate::words::Words;

/// Where the real service is.
const APIDECK: &str = "https://unify.apideck.com";

/// The variables without which nobody can be asked.
const NEEDED: [&str; 3] = ["TIMBRA_API_KEY", "TIMBRA_APP_ID", "TIMBRA_CONSUMER_ID"];

/// The connection of `TIMBRA_API_URL`, `TIMBRA_API_KEY`, `TIMBRA_APP_ID` and `TIMBRA_CONSUMER_ID`.
///
/// # Errors
///
/// What is missing, in words, with what can be done.
pub fn from_environment(
    variable: impl Fn(&str) -> Option<OsString>,
    words: &Words,
) -> Result<Connection, Told> {
    let text = |name: &str| {
        let value = variable(name)?.into_string().ok()?;
        Some(value.trim().to_owned()).filter(|value| !value.is_empty())
    };
    let [Some(key), Some(app_id), Some(consumer_id)] = NEEDED.map(text) else {
        let missing: Vec<&str> = NEEDED
            .into_iter()
            .filter(|name| text(name).is_none())
            .collect();
        let names = missing.join(", ");
        return Err(Told {
            exit: Exit::NotConnected,
            text: words.with("cli-not-connected", &[("missing", names.as_str().into())]),
        });
    };
    Ok(Connection {
        base: text("TIMBRA_API_URL").unwrap_or_else(|| APIDECK.to_owned()),
        key: Secret::new(key),
        app_id,
        consumer_id,
    })
}

/// The instant of `TIMBRA_NOW`, where the program's clock starts.
///
/// # Errors
///
/// When it is no instant, or the server is not on this machine: a wrong clock there would send wrong dates to the
/// tax authority.
pub fn clock_start(
    variable: impl Fn(&str) -> Option<OsString>,
    loopback: bool,
    words: &Words,
) -> Result<Option<Timestamp>, Told> {
    let Some(value) = variable("TIMBRA_NOW").filter(|value| !value.is_empty()) else {
        return Ok(None);
    };
    let usage = |key| Told {
        exit: Exit::Usage,
        text: words.text(key),
    };
    if !loopback {
        return Err(usage("cli-now-is-for-loopback"));
    }
    value
        .to_str()
        .and_then(|text| text.parse().ok())
        .map(Some)
        .ok_or_else(|| usage("cli-now-is-no-instant"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    fn set(pairs: &'static [(&str, &str)]) -> impl Fn(&str) -> Option<OsString> {
        move |name| {
            let (_, value) = pairs.iter().find(|(key, _)| *key == name)?;
            Some(OsString::from(value))
        }
    }

    #[test]
    fn three_variables_make_a_connection_to_the_real_service() {
        let words = Words::new(Lang::Es);
        let environment = set(&[
            ("TIMBRA_API_KEY", " sk_live "),
            ("TIMBRA_APP_ID", "app"),
            ("TIMBRA_CONSUMER_ID", "despacho-001"),
        ]);
        let connection = from_environment(environment, &words).unwrap();
        assert_eq!(connection.base, APIDECK);
        assert_eq!(connection.key, Secret::new("sk_live"));
        assert_eq!(connection.consumer_id, "despacho-001");
    }

    #[test]
    fn what_is_missing_is_not_connected_and_no_key_is_told() {
        let words = Words::new(Lang::Es);
        let environment = set(&[("TIMBRA_API_KEY", "sk_live"), ("TIMBRA_APP_ID", "")]);
        let told = from_environment(environment, &words).unwrap_err();
        assert_eq!(told.exit, Exit::NotConnected);
        assert!(!format!("{told:?}").contains("sk_live"));
    }

    #[test]
    fn a_chosen_clock_is_for_this_machine_only() {
        let words = Words::new(Lang::Es);
        let chosen = set(&[("TIMBRA_NOW", "2026-03-15T10:00:00-06:00")]);
        assert_eq!(
            clock_start(&chosen, true, &words).unwrap(),
            Some("2026-03-15T16:00:00Z".parse().unwrap())
        );
        assert_eq!(
            clock_start(&chosen, false, &words).unwrap_err().exit,
            Exit::Usage
        );
        let nonsense = set(&[("TIMBRA_NOW", "mañana")]);
        assert_eq!(
            clock_start(nonsense, true, &words).unwrap_err().exit,
            Exit::Usage
        );
        assert_eq!(clock_start(set(&[]), false, &words).unwrap(), None);
    }
}
