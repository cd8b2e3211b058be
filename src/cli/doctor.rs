//! `timbra doctor`: everything that has to be in order for a day's work, looked at one after the other, and what to do
//! about what is not. Asks the server who the company is and nothing else; changes nothing.

use std::io::{ErrorKind, IsTerminal};
use std::net::TcpListener;
use std::path::Path;
use std::time::Instant;

use color_eyre::eyre;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::arguments::DoctorArguments;
use super::connect::{self, TrialError};
use super::connection::{self, Way};
use super::login::untried;
use super::{Exit, Place, profiles, program, variable, with_causes};
use crate::api::{Apideck, Books, Cause, Rate};
use crate::config::Folders;
use crate::credentials::Terminal;
use crate::domain::audit::Verdict;
use crate::domain::company::Company;
use crate::sat::standing;
use crate::store::cache::Cache;
use crate::store::durable::Durable;
use crate::store::{self, Health};
use crate::terminal;
use crate::words::{self, Words};

/// A clock that is off by less is right: a reply takes its time, and the hour in it has whole seconds.
const SKEW: SignedDuration = SignedDuration::from_secs(90);

/// The least size in which everything has room.
const LEAST: (u16, u16) = (80, 24);

/// How something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Good,
    /// It works, but not as it should.
    Poor,
    Bad,
    /// It could not be looked at, because something before it is bad or not there.
    Unknown,
}

impl State {
    fn as_str(self) -> &'static str {
        match self {
            Self::Good => "ok",
            Self::Poor => "warning",
            Self::Bad => "error",
            Self::Unknown => "unknown",
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Self::Good => "✔",
            Self::Poor => "▲",
            Self::Bad => "✖",
            Self::Unknown => "·",
        }
    }
}

/// One thing that was looked at.
#[derive(Clone, Debug)]
struct Finding {
    /// What, in the word that scripts see; its name for people is a text.
    what: &'static str,
    state: State,
    text: String,
}

impl Finding {
    fn new(what: &'static str, state: State, text: String) -> Self {
        Self { what, state, text }
    }
}

/// Carries out the verb.
///
/// # Errors
/// None of what it looks at: that is its report.
pub(super) fn run(arguments: &DoctorArguments, place: &Place) -> eyre::Result<Exit> {
    let words = &*place.words;
    let mut findings = vec![config(place)];
    findings.extend(connection_of(place));
    findings.push(Finding::new(
        "catalogues",
        State::Good,
        words.catalogs().into_iter().next().unwrap_or_default(),
    ));
    if let Ok((folders, _)) = place.known() {
        findings.extend(files(folders, place));
    }
    findings.push(screen(words));
    let text: String = findings
        .iter()
        .map(|finding| match arguments.json {
            true => {
                let state = finding.state.as_str();
                format!(
                    "{}\n",
                    json!({"check": finding.what, "state": state, "text": finding.text})
                )
            }
            false => {
                let name = words.text(&format!("doctor-{}", finding.what));
                format!("{} {name:<13} {}\n", finding.state.sign(), finding.text)
            }
        })
        .collect();
    super::print(text.as_bytes())?;
    Ok(exit(&findings))
}

fn exit(findings: &[Finding]) -> Exit {
    let is_connected = findings
        .iter()
        .any(|finding| finding.what == "credentials" && finding.state == State::Good);
    let is_bad = findings.iter().any(|finding| finding.state == State::Bad);
    match (is_connected, is_bad) {
        (false, _) => Exit::NotConnected,
        (true, true) => Exit::Findings,
        (true, false) => Exit::Done,
    }
}

fn config(place: &Place) -> Finding {
    let words = &*place.words;
    let finding = |state, text| Finding::new("config", state, text);
    match &place.choices {
        Err(error) => finding(State::Bad, super::config_trouble(error, words)),
        Ok((folders, loaded)) => {
            let folder = folders.config.display().to_string();
            match loaded.unknown.is_empty() {
                true => finding(State::Good, folder),
                false => {
                    let keys = loaded.unknown.join(", ");
                    let values = [
                        ("file", folder.as_str().into()),
                        ("keys", keys.as_str().into()),
                    ];
                    finding(State::Poor, words.with("cli-config-unknown", &values))
                }
            }
        }
    }
}

/// Company, key, network, credentials, limit and clock. What cannot be looked at any more is named all the same.
fn connection_of(place: &Place) -> Vec<Finding> {
    let words = &*place.words;
    let unknown = |what| Finding::new(what, State::Unknown, words.text("doctor-not-looked-at"));
    let rest = |found: Vec<Finding>| {
        let names = ["profile", "key", "network", "credentials", "limit", "clock"];
        let left = names.into_iter().skip(found.len()).map(unknown);
        let left: Vec<Finding> = left.collect();
        [found, left].concat()
    };
    let way = match place.way_if_any() {
        Ok(Some(way)) => way,
        Ok(None) => {
            let text = words.text("doctor-nobody");
            return rest(vec![Finding::new("profile", State::Bad, text)]);
        }
        Err(error) => {
            let text = error.to_string();
            return rest(vec![Finding::new("profile", State::Bad, text)]);
        }
    };
    let mut found = vec![whose(&way, words)];
    let connection = match way.connect(Terminal::Free) {
        Ok(connection) => connection,
        Err(error) => {
            let told = connection::without_key(&error, words);
            found.push(Finding::new("key", State::Bad, told.text));
            return rest(found);
        }
    };
    let sort = profiles::sort(&way.source);
    let key = words.text(&format!("cli-key-in-{sort}"));
    found.push(Finding::new("key", State::Good, key));
    let began = Instant::now();
    match connect::try_out(&connection) {
        Ok((company, books)) => {
            let took = began.elapsed().as_millis().to_string();
            let values = [
                ("base", way.base.as_str().into()),
                ("took", took.as_str().into()),
            ];
            let text = words.with("doctor-answers", &values);
            found.push(Finding::new("network", State::Good, text));
            found.extend(answered(&way, &company, &books, words));
        }
        Err(error) => found.extend(unanswered(&way, &error, words)),
    }
    rest(found)
}

fn whose(way: &Way, words: &Words) -> Finding {
    let text = match &way.profile {
        Some(profile) => format!("{} · {}", profile.name, profile.company),
        None => format!(
            "{} · {}",
            words.text("cli-profiles-environment"),
            way.consumer_id
        ),
    };
    Finding::new("profile", State::Good, text)
}

fn answered(way: &Way, company: &Company, books: &Apideck, words: &Words) -> Vec<Finding> {
    let met = format!("{} · {}", company.name, company.rfc);
    // The books of another company behind a profile's ids: whoever reads its name in the frame must know.
    let agrees = (way.profile.as_ref())
        .is_none_or(|profile| profile.rfc.is_empty() || profile.rfc == company.rfc);
    let credentials = match agrees {
        true => Finding::new("credentials", State::Good, met),
        false => {
            let values = [("met", met.as_str().into())];
            let text = words.with("doctor-other-company", &values);
            Finding::new("credentials", State::Bad, text)
        }
    };
    let limit = limit(books.rate(), words);
    let told = books.server_date();
    let clock = match way.is_loopback() {
        true => match connection::clock_start(variable, true, words) {
            Ok(chosen) => local_clock(told, chosen, words),
            Err(error) => Finding::new("clock", State::Bad, error.text),
        },
        false => clock(told, Timestamp::now(), words),
    };
    vec![credentials, limit, clock]
}

/// The clock beside a server on this machine, which may live on another day: the program takes the server's, unless
/// somebody chose another hour.
fn local_clock(server: Option<Timestamp>, chosen: Option<Timestamp>, words: &Words) -> Finding {
    match (server, chosen) {
        (Some(server), Some(chosen)) => {
            let found = clock(Some(server), chosen, words);
            match found.state {
                State::Good => found,
                // Chosen on purpose, and not the fault of any clock.
                _ => {
                    let seconds = chosen.duration_since(server).as_secs();
                    let apart = format!("{seconds:+}");
                    let values = [("seconds", apart.as_str().into())];
                    let text = words.with("doctor-clock-chosen", &values);
                    Finding::new("clock", State::Poor, text)
                }
            }
        }
        (Some(server), None) => {
            let at = server.to_zoned(standing::clock_of(None, None)).datetime();
            let when = format!("{} {}", words::date(at.date()), words::hour(at));
            let values = [("when", when.as_str().into())];
            let text = words.with("doctor-clock-of-server", &values);
            Finding::new("clock", State::Good, text)
        }
        (None, _) => clock(None, Timestamp::now(), words),
    }
}

/// What a trial that failed tells of the network, the credentials and the limit.
fn unanswered(way: &Way, error: &TrialError, words: &Words) -> Vec<Finding> {
    let text = untried(error, words).text;
    let answer = match error {
        TrialError::Refused(error) if error.told.status.is_some() => error,
        _ => return vec![Finding::new("network", State::Bad, text)],
    };
    let values = [("base", way.base.as_str().into())];
    let reached = words.with("doctor-reached", &values);
    let network = Finding::new("network", State::Good, reached);
    if answer.cause != Cause::RateLimited {
        return vec![network, Finding::new("credentials", State::Bad, text)];
    }
    // Nobody looked at the credentials: too much was asked before.
    let credentials = words.text("doctor-not-looked-at");
    let wait =
        (answer.told.retry_after).map_or_else(|| "—".to_owned(), |wait| wait.as_secs().to_string());
    let used_up = words.with("doctor-limit-used-up", &[("wait", wait.as_str().into())]);
    vec![
        network,
        Finding::new("credentials", State::Unknown, credentials),
        Finding::new("limit", State::Poor, used_up),
    ]
}

fn limit(rate: Option<Rate>, words: &Words) -> Finding {
    let Some(rate) = rate else {
        return Finding::new("limit", State::Unknown, words.text("doctor-no-limit"));
    };
    let number = |number: Option<u32>| number.map_or_else(|| "—".to_owned(), |n| n.to_string());
    let (limit, left) = (number(rate.limit), number(rate.remaining));
    let values = [
        ("limit", limit.as_str().into()),
        ("left", left.as_str().into()),
    ];
    let state = match rate.remaining {
        Some(0) => State::Poor,
        _ => State::Good,
    };
    Finding::new("limit", state, words.with("doctor-limit-told", &values))
}

/// How far the machine's clock is from the server's.
fn clock(server: Option<Timestamp>, now: Timestamp, words: &Words) -> Finding {
    let Some(server) = server else {
        return Finding::new("clock", State::Unknown, words.text("doctor-no-date"));
    };
    let skew = now.duration_since(server);
    let seconds = skew.abs().as_secs().to_string();
    let values = [("seconds", seconds.as_str().into())];
    match skew.abs() <= SKEW {
        true => Finding::new("clock", State::Good, words.text("doctor-clock-right")),
        false => {
            let key = match skew.is_positive() {
                true => "doctor-clock-ahead",
                false => "doctor-clock-behind",
            };
            Finding::new("clock", State::Bad, words.with(key, &values))
        }
    }
}

fn files(folders: &Folders, place: &Place) -> Vec<Finding> {
    let words = &*place.words;
    let cache = folders.data.join(program::CACHE_FILE);
    let durable = folders.data.join(program::DURABLE_FILE);
    let look = |what, path: &Path, state| match store::examine(path) {
        Ok(Health::Absent) => Finding::new(what, State::Good, words.text("doctor-absent")),
        Ok(Health::Whole { bytes }) => {
            let size = megabytes(bytes);
            let path = path.display().to_string();
            let values = [
                ("path", path.as_str().into()),
                ("size", size.as_str().into()),
            ];
            Finding::new(what, State::Good, words.with("doctor-whole", &values))
        }
        Ok(Health::Ailing(complaint)) => Finding::new(what, state, complaint),
        Err(error) => Finding::new(what, state, with_causes(&error)),
    };
    // The cache can be read again; what is in the other file cannot.
    let cache = look("cache", &cache, State::Poor);
    let kept = look("durable", &durable, State::Bad);
    let mut found = vec![cache, kept];
    if found
        .iter()
        .any(|finding| finding.what == "cache" && finding.state == State::Good)
    {
        found.extend(webhooks(folders, place, &durable));
    }
    if durable.is_file()
        && let Ok(Some(way)) = place.way_if_any()
        && let Ok(log) = Durable::open(&durable)
        && let Ok(company) = log.books_of(&way.books())
    {
        found.push(audit(log.verify_audit(&company), words));
    }
    found
}

/// Where deliveries are listened to, and the last one about these books; nothing where nobody listens.
fn webhooks(folders: &Folders, place: &Place, durable: &Path) -> Option<Finding> {
    let words = &*place.words;
    let (_, loaded) = place.known().ok()?;
    let listen = loaded.config.webhooks.listen?;
    let address = listen.to_string();
    let finding = |state, text| Some(Finding::new("webhooks", state, text));
    // Where it is taken, a window of this program may be the one that listens.
    if let Err(error) = TcpListener::bind(listen)
        && error.kind() != ErrorKind::AddrInUse
    {
        let reason = error.to_string();
        let values = [
            ("address", address.as_str().into()),
            ("reason", reason.as_str().into()),
        ];
        return finding(State::Bad, words.with("doctor-webhooks-deaf", &values));
    }
    let last = || -> Option<(String, String)> {
        let way = place.way_if_any().ok()??;
        let company = Durable::open(durable).ok()?.books_of(&way.books()).ok()?;
        let cache = Cache::open_reader(&folders.data.join(program::CACHE_FILE)).ok()?;
        let told = cache.deliveries(&company, 1).ok()?.into_iter().next()?;
        let at = told.at.to_zoned(standing::clock_of(None, None)).datetime();
        let when = format!("{} {}", words::date(at.date()), words::hour(at));
        Some((told.name, when))
    };
    match durable.is_file().then(last).flatten() {
        Some((name, when)) => {
            let values = [
                ("address", address.as_str().into()),
                ("name", name.as_str().into()),
                ("when", when.as_str().into()),
            ];
            finding(State::Good, words.with("doctor-webhooks-last", &values))
        }
        None => {
            let values = [("address", address.as_str().into())];
            finding(State::Unknown, words.with("doctor-webhooks-none", &values))
        }
    }
}

fn audit(verdict: Result<Verdict, store::StoreError>, words: &Words) -> Finding {
    match verdict {
        Ok(Verdict::Whole { entries, .. }) => {
            let entries = entries.to_string();
            let values = [("entries", entries.as_str().into())];
            Finding::new(
                "audit",
                State::Good,
                words.with("doctor-audit-whole", &values),
            )
        }
        Ok(Verdict::Broken { at }) => {
            let at = at.to_string();
            let text = words.with("cli-audit-broken", &[("entry", at.as_str().into())]);
            Finding::new("audit", State::Bad, text)
        }
        Err(error) => Finding::new("audit", State::Bad, with_causes(&error)),
    }
}

fn megabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

fn screen(words: &Words) -> Finding {
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let finding = |state, text| Finding::new("terminal", state, text);
    if !std::io::stdin().is_terminal() {
        return finding(State::Unknown, words.text("doctor-no-terminal"));
    }
    let size = terminal::size().map(|size| (size.width, size.height));
    let Ok((width, height)) = size else {
        return finding(State::Unknown, words.text("doctor-no-terminal"));
    };
    let colours = match terminal::wants_colour() {
        true => "doctor-colours",
        false => "doctor-no-colours",
    };
    let around = match variable("TMUX").is_empty() {
        true => variable("TERM"),
        false => format!("{} · tmux", variable("TERM")),
    };
    let text = format!("{width}×{height} · {} · {around}", words.text(colours));
    match width >= LEAST.0 && height >= LEAST.1 {
        true => finding(State::Good, text),
        false => {
            let small = words.text("doctor-small");
            finding(State::Poor, format!("{text} · {small}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn a_clock_that_is_off_is_told_with_its_direction() {
        let words = Words::new(Lang::Es);
        let server: Timestamp = "2026-06-15T16:00:00Z".parse().unwrap();
        let at = |seconds: i64| server + SignedDuration::from_secs(seconds);
        let state = |seconds| clock(Some(server), at(seconds), &words).state;
        assert_eq!(state(0), State::Good);
        assert_eq!(state(-90), State::Good);
        assert_eq!(state(91), State::Bad);
        let ahead = clock(Some(server), at(600), &words).text;
        let behind = clock(Some(server), at(-600), &words).text;
        assert!(ahead.contains("600") && behind.contains("600") && ahead != behind);
        assert_eq!(clock(None, server, &words).state, State::Unknown);
    }

    #[test]
    fn what_is_bad_decides_how_it_ends() {
        let finding = |what, state| Finding::new(what, state, String::new());
        let good = finding("credentials", State::Good);
        assert_eq!(
            exit(&[good.clone(), finding("limit", State::Poor)]),
            Exit::Done
        );
        assert_eq!(
            exit(&[good, finding("durable", State::Bad)]),
            Exit::Findings
        );
        assert_eq!(exit(&[finding("profile", State::Bad)]), Exit::NotConnected);
    }
}
