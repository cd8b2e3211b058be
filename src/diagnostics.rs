//! What is left behind when something goes wrong: the crash report and, when asked for, a log.
//!
//! Neither ever goes to the terminal while a screen is on it, and neither carries a key: the log holds events of
//! this program only, because those of the HTTP packages below would show headers.

use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::panic::{self, PanicHookInfo};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use color_eyre::config::{HookBuilder, PanicHook, Theme};
use color_eyre::eyre;
use jiff::Timestamp;
use tracing_subscriber::filter::{EnvFilter, ParseError, filter_fn};
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::terminal::{self, Holder};

/// The file of the log, in the data folder.
pub const LOG_FILE: &str = "timbra.log";

/// The file of the newest crash report, in the data folder.
pub const CRASH_FILE: &str = "crash.txt";

/// Why no log is written.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// `TIMBRA_LOG` is not a filter such as `debug` or `timbra::api=trace`.
    #[error("TIMBRA_LOG is not a filter")]
    Filter(#[from] ParseError),
    /// The file cannot be written.
    #[error("the log {path} cannot be written")]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Something in this process logs already.
    #[error("a log is being written already")]
    Twice,
}

/// Has errors reported in full, and panics so that a person can read them: the screen is given back first when it
/// is the thread of the screen that panics. A panic of any other thread goes to the crash report alone, because
/// the screen lives on. The crash report is kept in `data`, if there is such a folder.
///
/// # Errors
///
/// When it was installed before.
pub fn install(data: Option<&Path>) -> eyre::Result<()> {
    let theme = if io::stderr().is_terminal() && terminal::wants_colour() {
        Theme::dark()
    } else {
        Theme::new()
    };
    let (on_screen, errors) = HookBuilder::default()
        .theme(theme)
        .display_env_section(false)
        .try_into_hooks()?;
    errors.install()?;
    // The report that is kept has no colours, whatever the terminal can show.
    let (kept, _) = HookBuilder::default()
        .theme(Theme::new())
        .display_env_section(false)
        .try_into_hooks()?;
    let crash_file = data.map(|data| data.join(CRASH_FILE));
    panic::set_hook(Box::new(move |panic| {
        if terminal::holder() == Holder::ThisThread {
            terminal::give_back();
        }
        if let Some(file) = &crash_file {
            keep_report(file, &kept, panic);
        }
        if terminal::holder() == Holder::Nobody {
            let _ = writeln!(io::stderr(), "{}", on_screen.panic_report(panic));
        } else {
            tracing::error!(location = ?panic.location(), "a thread panicked");
        }
    }));
    Ok(())
}

/// Writes the report to its file, in place of an older one. Failing is passed over: a hook has nobody to tell.
fn keep_report(file: &Path, hook: &PanicHook, panic: &PanicHookInfo<'_>) {
    let thread = std::thread::current();
    let text = format!(
        "timbra {} · {} · {}\n\n{}\n",
        env!("CARGO_PKG_VERSION"),
        Timestamp::now(),
        thread.name().unwrap_or("?"),
        hook.panic_report(panic),
    );
    let _ = file
        .parent()
        .map_or(Ok(()), std::fs::create_dir_all)
        .and_then(|()| private_file(OpenOptions::new().write(true).truncate(true), file))
        .and_then(|mut file| file.write_all(text.as_bytes()));
}

/// Appends events to the log in the data folder, as far as `filter` (the value of `TIMBRA_LOG`) lets them through.
///
/// # Errors
///
/// See [`LogError`].
pub fn log_to(data: &Path, filter: &str) -> Result<(), LogError> {
    let path = data.join(LOG_FILE);
    let filter: EnvFilter = filter.parse()?;
    let file = std::fs::create_dir_all(data)
        .and_then(|()| private_file(OpenOptions::new().append(true), &path))
        .map_err(|source| LogError::File { path, source })?;
    let lines = fmt::layer().with_ansi(false).with_writer(Mutex::new(file));
    tracing_subscriber::registry()
        .with(filter)
        .with(filter_fn(|event| event.target().starts_with("timbra")))
        .with(lines)
        .try_init()
        .map_err(|_| LogError::Twice)
}

/// Names of customers may stand in logs and reports: they are for the owner's eyes.
fn private_file(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    options.create(true).mode(0o600).open(path)
}
