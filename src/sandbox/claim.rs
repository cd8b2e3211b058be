//! One sandbox to a kept world: a claim beside the file says who keeps it.
//!
//! The claim holds the address at which its sandbox listens. A claim that nobody stands behind, because
//! its sandbox was killed, is taken over: the address is asked for the claim's own token, and only the
//! sandbox that made it knows that. No process id is looked at, which another process may have by now.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::call_out;
use super::options::SandboxError;

/// The route that answers with the token of the claim.
pub const ROUTE: &str = "/sandbox/claim";
/// How long a sandbox may take to say that it lives; one that is busy counts as living.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often a stale claim is cleared away before somebody else is taken to be faster.
const TRIES: u32 = 3;

/// A claim that is held. It is given back when it is dropped.
#[derive(Debug)]
pub struct Claim {
    path: PathBuf,
    token: String,
}

impl Claim {
    /// Claims a kept world for the sandbox that listens at `address`. Errors: another sandbox has it,
    /// or the claim cannot be written.
    pub async fn make(world: &Path, address: SocketAddr) -> Result<Self, SandboxError> {
        let mut path = world.as_os_str().to_owned();
        path.push(".lock");
        let path = PathBuf::from(path);
        let failed = |source| SandboxError::Kept {
            path: path.clone(),
            source,
        };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let token = format!("{:032x}", fastrand::u128(..));
        let mut by = String::new();
        for _ in 0..TRIES {
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(mut file) => {
                    writeln!(file, "{address} {token}").map_err(failed)?;
                    return Ok(Self { path, token });
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(failed(error)),
            }
            let text = match std::fs::read_to_string(&path) {
                Ok(text) => text,
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                Err(error) => return Err(failed(error)),
            };
            by = text.split(' ').next().unwrap_or_default().to_owned();
            if stands(&text).await {
                break;
            }
            match std::fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(failed(error)),
                _ => {}
            }
        }
        Err(SandboxError::InUse {
            path: world.to_owned(),
            by,
        })
    }

    /// What the route answers with.
    pub fn token(&self) -> &str {
        &self.token
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        // A claim that was taken over belongs to somebody else by now.
        let ours = std::fs::read_to_string(&self.path)
            .is_ok_and(|text| text.trim_end().ends_with(&self.token));
        if ours {
            // If it stays, it is stale, and the next sandbox finds that out.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Whether a sandbox stands behind a claim. Who answers with something else is another program that has
/// the port by now; who takes the connection and says nothing may be a busy sandbox.
async fn stands(claim: &str) -> bool {
    let Some((address, token)) = claim.trim_end().split_once(' ') else {
        // Half a claim: its writer was killed, or is writing it this moment and will be asked again.
        return false;
    };
    let Ok(address) = address.parse::<SocketAddr>() else {
        return false;
    };
    if !address.ip().is_loopback() {
        return false;
    }
    let request = format!("GET {ROUTE} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    match tokio::time::timeout(PATIENCE, call_out::exchange(address, request.as_bytes())).await {
        Err(_) => true,
        Ok(Err(_)) => false,
        Ok(Ok(answer)) => String::from_utf8_lossy(&answer).contains(token),
    }
}
