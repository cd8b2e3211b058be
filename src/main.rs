//! The program. Everything it does is in the library.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A page of thirty documents is made of some twenty thousand small values, on either side: with the system's own
/// allocator a third of the work of a first sync was giving them places. Its second edition is as quick as the third and
/// keeps a third less for itself.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    timbra::cli::run(std::env::args_os())
}
