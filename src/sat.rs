//! What the SAT asks of a CFDI 4.0 before it is stamped: catalogues, RFC, rules and arithmetic.
//!
//! Everything here is a pure function of its arguments. The room never reads a clock, a file or a socket,
//! never computes with floats, and carries no words for people: a finding is a code with values, and the
//! room of words renders it.
//!
//! - [`assembly`]: from a record of the books to the draft that is judged.
//! - [`standing`]: how an unstamped document stands, and how long that holds.
//! - [`accounts`]: the código agrupador of the chart of accounts.
//! - [`cancel`]: what the SAT asks of a cancellation.
//! - [`cfdi`]: what a stamped document carries: chain and link of verification; and the XML preview of a draft.
//! - [`catalogs`]: the SAT's tables and the word search over products and units.
//! - [`rfc`]: shape, day, check digit and kind of person of an RFC.
//! - [`arithmetic`]: the amounts of a document, rounded as the SAT does.
//! - [`finding`]: what a rule says when it is broken.
//! - [`offer`]: what a document can be given from a catalogue, and why not the rest.
//! - [`suggestion`]: the one right answer to a finding, where there is one.
//! - [`rules`]: all rules, and [`rules::validate`], which runs them over a draft.

pub mod accounts;
pub mod arithmetic;
pub mod assembly;
pub mod cancel;
pub mod catalogs;
pub mod cfdi;
pub mod finding;
pub mod offer;
pub mod rfc;
pub mod rules;
pub mod standing;
pub mod suggestion;

/// Names these rules and catalogues: both are part of the program, and change only with its version. What another
/// edition said of a document counts as not said.
pub const EDITION: &str = env!("CARGO_PKG_VERSION");

pub use arithmetic::{Totals, totals};
pub use catalogs::Catalogs;
pub use finding::{Finding, Level, Path, Value};
pub use rules::{Knowledge, RULES, validate};
