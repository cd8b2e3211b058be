//! The program as it really runs (loop, worker, files, wire), with a screen in memory, a clock that the test moves,
//! and the sandbox as the other side.
//!
//! Nothing here sleeps. Rest is known by counting: work is counted before it starts, every reply before it is handed
//! over, and a barrier behind the last of them says when its frame was painted.

mod clock;
mod drafts;
mod keyless;
mod keys;
mod office;
mod pane;
mod run;
mod screen;
mod wire;

pub use drafts::{TODAY, good_draft, with_native};
pub use office::Office;
pub use run::{Manner, Run};
