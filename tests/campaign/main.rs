//! The fault campaign: law 1 and law 2 under everything that can go wrong at an act.
//!
//! For every act that stamps, creates or deletes, at every point, hundreds of seeded cases: the program itself (its
//! update, its worker, its SQLite files) and the sandbox over real HTTP, one process, a simulated clock. Whatever
//! happened, a fresh program on the same folder recovers, time passes, somebody tries again and again, and the witness
//! is asked: at most one folio for each document, at most one record for each form, everything shown is true, nothing
//! typed is lost.
//!
//! ```text
//! cargo test --test campaign                                     2,000 cases, as CI does
//! TIMBRA_CAMPAIGN_CASES=100000 cargo test --release --test campaign the_campaign -- --nocapture
//! TIMBRA_CAMPAIGN_FROM=50000 TIMBRA_CAMPAIGN_CASES=50000 cargo test …                       the second half of them
//! TIMBRA_CAMPAIGN_CASE=stamp/lost-drop/17 cargo test --test campaign the_campaign -- --nocapture     one case
//! TIMBRA_CAMPAIGN_CASE=stamp cargo test --test campaign the_campaign -- --nocapture        those of one act
//! ```
//!
//! It never sleeps, and it reaches nothing but loopback.

#[path = "../flows/harness/clock.rs"]
mod clock;
#[path = "../flows/harness/drafts.rs"]
mod drafts;
#[path = "../flows/harness/ground.rs"]
mod ground;
#[path = "../flows/harness/keys.rs"]
mod keys;
#[path = "../flows/harness/wire.rs"]
mod wire;

mod acts;
mod case;
mod judge;
mod naive;
mod points;
mod seat;
mod site;
mod template;

use std::env;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use case::Case;
use ground::Ground;

/// Cases in CI.
const CASES: usize = 2_000;

/// How often a long run says how far it is.
const TOLD_EVERY: usize = 1_000;

/// How many cases, behind how many others, or which one, and how to say it.
const COUNT: &str = "TIMBRA_CAMPAIGN_CASES";
const FROM: &str = "TIMBRA_CAMPAIGN_FROM";
const ONE: &str = "TIMBRA_CAMPAIGN_CASE";

/// Plays cases on every core; those that failed, with what did not hold.
fn play(cases: &[Case]) -> Vec<(Case, String)> {
    let next = AtomicUsize::new(0);
    let failed = Mutex::new(Vec::new());
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                let ground = Ground::new();
                loop {
                    let idx = next.fetch_add(1, Ordering::Relaxed);
                    let Some(case) = cases.get(idx) else { break };
                    if idx > 0 && idx.is_multiple_of(TOLD_EVERY) {
                        println!("{idx} cases begun");
                    }
                    if let Err(why) = case.play(&ground) {
                        println!("{ONE}={case} cargo test --test campaign the_campaign: {why}");
                        failed.lock().expect("no panic").push((*case, why));
                    }
                }
            });
        }
    });
    failed.into_inner().expect("no panic")
}

#[test]
fn the_campaign_ends_with_one_folio_one_record_and_nothing_lost() {
    let number = |name, usual| {
        env::var(name).map_or(usual, |count: String| count.parse().expect("a number"))
    };
    let (from, count) = (number(FROM, 0), number(COUNT, CASES));
    let cases: Vec<Case> = match env::var(ONE) {
        Ok(name) if name.contains('/') => vec![case::named(&name).expect("the name of a case")],
        Ok(act) => {
            assert!(acts::ACTS.iter().any(|row| row.name == act), "no act {act}");
            let of_act = case::all().filter(|case| case.act.name == act);
            of_act.skip(from).take(count).collect()
        }
        Err(_) => case::all().skip(from).take(count).collect(),
    };
    let begun = Instant::now();
    let failed = play(&cases);
    println!(
        "{} cases in {:.1} s",
        cases.len(),
        begun.elapsed().as_secs_f64()
    );
    assert!(
        failed.is_empty(),
        "{} of {} cases failed",
        failed.len(),
        cases.len()
    );
}
