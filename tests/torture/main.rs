//! The torture of the walk: whatever happens while the books are read, in the end the store holds what the server holds.
//!
//! Each case is a small sandbox over real HTTP, the worker with its SQLite files, and a clock that the test moves. Before
//! every single request of a walk a colleague may make, change and delete records, so that the pages shift under it; a
//! request may fail in every way that the wire has; the program may be gone in the middle of a walk and begin anew on the
//! same folder. When the colleague has left, one refresh after the promised interval must bring the two together:
//! every record of every kind, field by field, none lost, none doubled, none left that was deleted.
//!
//! ```text
//! cargo test --test torture                                       as many cases as CI plays
//! TIMBRA_TORTURE_CASES=2000 cargo test --release --test torture the_store -- --nocapture
//! TIMBRA_TORTURE_CASE=17 cargo test --test torture the_store -- --nocapture
//! ```
//!
//! It never sleeps, and it reaches nothing but loopback.

#[path = "../sandbox/bodies.rs"]
mod bodies;
#[path = "../flows/harness/clock.rs"]
mod clock;
#[path = "../flows/harness/ground.rs"]
mod ground;
#[path = "../flows/harness/wire.rs"]
mod wire;

mod books;
mod case;
mod colleague;
mod figures;
mod kill;
mod program;
mod site;
mod truth;
mod windows;

use std::env;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use ground::Ground;

/// Cases in CI.
const CASES: u64 = 24;

/// How many cases, or which one, and how to say it.
const COUNT: &str = "TIMBRA_TORTURE_CASES";
const ONE: &str = "TIMBRA_TORTURE_CASE";

fn told(name: &str) -> Option<u64> {
    let told = env::var(name).ok()?;
    Some(told.parse().expect("a number"))
}

#[test]
fn the_store_ends_equal_to_the_server_whatever_happens_while_it_is_read() {
    let cases: Vec<u64> = match told(ONE) {
        Some(seed) => vec![seed],
        None => (0..told(COUNT).unwrap_or(CASES)).collect(),
    };
    let begun = Instant::now();
    let next = AtomicUsize::new(0);
    let failed = Mutex::new(Vec::new());
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                let ground = Ground::new();
                while let Some(seed) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(why) = case::play(*seed, &ground) {
                        println!("{ONE}={seed} cargo test --test torture the_store: {why}");
                        failed.lock().expect("no panic").push(*seed);
                    }
                }
            });
        }
    });
    println!(
        "{} cases in {:.1} s",
        cases.len(),
        begun.elapsed().as_secs_f64()
    );
    let failed = failed.into_inner().expect("no panic");
    assert!(failed.is_empty(), "of {}: {failed:?}", cases.len());
}
