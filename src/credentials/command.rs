//! A command of the config that writes the key to its output, such as `pass show timbra`.

use std::io::{self, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use super::KEY_VARIABLE;
use crate::domain::secret::Secret;

/// How long a command may take. A person may have to find the passphrase first.
const PATIENCE: Duration = Duration::from_secs(60);

/// More than this is no key.
const MOST_BYTES: u64 = 16 * 1024;

/// Whether the command may talk to the person at the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Terminal {
    /// Nothing of ours is on it: the command may ask for a passphrase there.
    Free,
    /// A screen is on it: what the command says is dropped, and it can ask nothing there.
    Taken,
}

/// Why a command gave no key. None of them repeats what the command wrote.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// It could not be started.
    #[error("key_command could not be started: {0}")]
    NotStarted(#[source] io::Error),
    /// It ended with this code; none when a signal ended it.
    #[error("key_command failed{}", .0.map(|code| format!(" with code {code}")).unwrap_or_default())]
    Failed(Option<i32>),
    /// It wrote no key: nothing, too much, or something that is no text.
    #[error("key_command wrote no key")]
    NoKey,
    /// It was still running after a minute, and was ended.
    #[error("key_command did not end within {} s", PATIENCE.as_secs())]
    TooSlow,
}

/// Runs the command and takes the first line that it writes. The shell that runs it sees the command, which everybody
/// may see, and never the key.
///
/// # Errors
/// See [`CommandError`].
pub fn run(command: &str, terminal: Terminal) -> Result<Secret, CommandError> {
    run_within(command, terminal, PATIENCE)
}

fn run_within(
    command: &str,
    terminal: Terminal,
    patience: Duration,
) -> Result<Secret, CommandError> {
    let mut child = shell(command, terminal)
        .spawn()
        .map_err(CommandError::NotStarted)?;
    let written = match read(&mut child, patience) {
        Ok(written) => written,
        Err(error) => {
            // It may have ended by itself just now.
            let _ = child.kill();
            let _ = child.wait();
            return Err(error);
        }
    };
    let ended = child.wait().map_err(CommandError::NotStarted)?;
    if !ended.success() {
        return Err(CommandError::Failed(ended.code()));
    }
    let line = written.lines().next().unwrap_or_default().trim();
    match line.is_empty() {
        true => Err(CommandError::NoKey),
        false => Ok(Secret::new(line)),
    }
}

/// What it writes until it closes its output.
fn read(child: &mut Child, patience: Duration) -> Result<String, CommandError> {
    let Some(output) = child.stdout.take() else {
        return Err(CommandError::NoKey);
    };
    let (done, ready) = channel();
    thread::Builder::new()
        .name("key command".to_owned())
        .spawn(move || {
            let mut written = Vec::new();
            let read = output.take(MOST_BYTES + 1).read_to_end(&mut written);
            // Nobody waits any more where the command was too slow.
            let _ = done.send(read.map(|_| written));
        })
        .map_err(CommandError::NotStarted)?;
    let written = match ready.recv_timeout(patience) {
        Ok(Ok(written)) => written,
        Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => return Err(CommandError::NoKey),
        Err(RecvTimeoutError::Timeout) => return Err(CommandError::TooSlow),
    };
    let fits = u64::try_from(written.len()).is_ok_and(|length| length <= MOST_BYTES);
    String::from_utf8(written)
        .ok()
        .filter(|_| fits)
        .ok_or(CommandError::NoKey)
}

fn shell(line: &str, terminal: Terminal) -> Command {
    let (shell, flag) = match cfg!(windows) {
        true => ("cmd", "/C"),
        false => ("sh", "-c"),
    };
    let mut command = Command::new(shell);
    command.arg(flag).arg(line).stdout(Stdio::piped());
    // A child's environment can be read by others of the same user, and it needs no key to find one.
    command.env_remove(KEY_VARIABLE);
    match terminal {
        Terminal::Free => command.stdin(Stdio::inherit()).stderr(Stdio::inherit()),
        Terminal::Taken => command
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            // Else gpg would ask for its passphrase in the middle of our screen.
            .env_remove("GPG_TTY"),
    };
    command
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn taken(command: &str) -> Result<Secret, CommandError> {
        run(command, Terminal::Taken)
    }

    #[test]
    fn the_first_line_is_the_key() {
        let key = taken("printf ' sk_live_1 \\nlogin: ana\\n'").expect("a key");
        assert_eq!(key, Secret::new("sk_live_1"));
    }

    #[test]
    fn a_command_that_fails_says_so_and_nothing_of_what_it_wrote() {
        let error = taken("echo sk_live_1; echo sk_live_1 >&2; exit 3").unwrap_err();
        assert_eq!(error.to_string(), "key_command failed with code 3");
        assert!(!format!("{error:?}").contains("sk_live_1"));
        assert!(matches!(taken("true"), Err(CommandError::NoKey)));
        assert!(matches!(taken("printf '\\377'"), Err(CommandError::NoKey)));
        assert!(matches!(
            taken("head -c 20000 /dev/zero | tr '\\0' x"),
            Err(CommandError::NoKey)
        ));
    }

    #[test]
    fn a_command_that_never_ends_is_ended() {
        let outcome = run_within("exec cat", Terminal::Taken, Duration::ZERO);
        // Its input is closed, so that it ends by itself should it be quicker than the clock.
        assert!(matches!(
            outcome,
            Err(CommandError::TooSlow | CommandError::NoKey)
        ));
        let outcome = run_within("exec tail -f /dev/null", Terminal::Taken, Duration::ZERO);
        assert!(matches!(outcome, Err(CommandError::TooSlow)), "{outcome:?}");
    }
}
