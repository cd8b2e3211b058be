//! How a sandbox is asked to behave, and why it may not start.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use super::books::{COMPANY, Company, OTHER_COMPANY};
use super::faults::Fault;
use super::{CONSUMER_ID, OTHER_CONSUMER_ID};

/// The two readings of where `_raw` stands in a reply (contract C.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RawPlace {
    /// Inside each record: `data._raw`, as the connector's guide says.
    #[default]
    Record,
    /// Beside `data`, as the published document says.
    Envelope,
}

/// Whose books a sandbox holds. Each company is a consumer of the same application, with the same key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tenant {
    /// The company of all examples.
    #[default]
    First,
    /// Another one, for an office of two.
    Second,
}

impl Tenant {
    /// The consumer id of the company.
    pub fn consumer_id(self) -> &'static str {
        match self {
            Self::First => CONSUMER_ID,
            Self::Second => OTHER_CONSUMER_ID,
        }
    }

    pub(super) fn company(self) -> &'static Company {
        match self {
            Self::First => &COMPANY,
            Self::Second => &OTHER_COMPANY,
        }
    }
}

/// What the connector does with an `idempotency-key` (contract A.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Idempotency {
    /// The same key and body are carried out once; the first answer is given again.
    Honour,
    /// Answers 400 and writes nothing.
    #[default]
    Refuse,
    /// Behaves as if the header were not there.
    Ignore,
}

/// Everything that can be chosen about a sandbox. `Default` gives what `timbra sandbox` does.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where to listen; loopback only. Port 0 picks a free one.
    pub listen: SocketAddr,
    /// How many invoices the books hold.
    pub invoices: u32,
    /// The same seed, size and day give the same books, byte for byte.
    pub seed: u64,
    /// The day on which the sandbox's clock starts, at 10:00 in Mexico City; the machine's day if absent.
    pub today: Option<jiff::civil::Date>,
    /// Where the world is kept from run to run; in memory only if absent. A kept world wins over
    /// `invoices`, `seed` and `today`, because those describe how a new one is begun.
    pub data: Option<PathBuf>,
    /// Throw the kept world away and begin a new one.
    pub fresh: bool,
    /// Wait this long before each reply of the API.
    pub latency: Option<Duration>,
    /// Requests a minute before 429; without it nothing is refused.
    pub rate_limit: Option<u32>,
    /// Where `_raw` stands.
    pub raw: RawPlace,
    /// Do what the published documents declare and nothing else.
    pub strict: bool,
    /// What happens with an `idempotency-key`.
    pub idempotency: Idempotency,
    /// Whose books these are.
    pub tenant: Tenant,
    /// Stamp what is stamped already, and spend another folio on it. Alegra promises not to (contract D.3); whoever must
    /// not rely on that promise is tested by a server that breaks it.
    pub stamps_again: bool,
    /// Faults that are planted from the start; more can be added while it runs.
    pub faults: Vec<Fault>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8787),
            invoices: 1_240,
            seed: 1,
            today: None,
            data: None,
            fresh: false,
            latency: None,
            rate_limit: None,
            raw: RawPlace::default(),
            strict: false,
            idempotency: Idempotency::default(),
            tenant: Tenant::default(),
            stamps_again: false,
            faults: Vec::new(),
        }
    }
}

/// Why a sandbox did not start, or a file of faults was not understood.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The address would let other machines in.
    #[error("{0} is not a loopback address: the sandbox listens on this machine only")]
    NotLoopback(SocketAddr),
    /// The address is taken, or not ours to take.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address that was asked for.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// The kept world cannot be read or written.
    #[error("the kept world in {path} cannot be used")]
    Kept {
        /// The file of the kept world.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The kept world was written by something else, or is damaged before its last line.
    #[error(
        "the kept world in {path} is not readable at line {line}; begin a new one with --fresh"
    )]
    Damaged {
        /// The file of the kept world.
        path: PathBuf,
        /// The first line that was not understood, counted from 1.
        line: usize,
    },
    /// The kept world was begun by another version, whose books were other ones.
    #[error(
        "the kept world in {0} was begun by another version of the sandbox and cannot be continued; begin a new one with --fresh"
    )]
    OtherForm(PathBuf),
    /// Another sandbox keeps its world in the same file.
    #[error(
        "the kept world in {path} is in use by the sandbox at {by}; stop that one, or keep this world elsewhere"
    )]
    InUse {
        /// The file of the kept world.
        path: PathBuf,
        /// Where the other sandbox listens.
        by: String,
    },
    /// A planted fault is not written as it should be.
    #[error("fault {line} is not understood: {reason}")]
    Fault {
        /// The line, counted from 1.
        line: usize,
        /// What the JSON reader said.
        reason: String,
    },
    /// The day to start at is outside of what a clock can hold.
    #[error("{0} cannot be the sandbox's day")]
    Day(jiff::civil::Date),
}
