//! A plan that is used up: what reads behind everything else stops at once, turns in hand or not.

use super::*;
use crate::store::cache::{Cache, Finding};

/// A worker that has asked once at the real limit, and has turns for more.
fn with_turns_in_hand() -> Bench {
    let bench = Bench::new(true);
    bench.books.set(|script| {
        script.standing = Standing {
            limit: Some(150),
            used_up: Some(false),
            told: 1,
            ..Standing::default()
        };
    });
    assert_eq!(turn(&bench, Some(noon())), None);
    assert_eq!(
        turn(&bench, Some(noon())),
        None,
        "several are granted at once"
    );
    bench.pass(SignedDuration::from_secs(5));
    bench
}

/// What keeps background work that was ordered then from asking once more.
fn turn(bench: &Bench, ordered_at: Option<Timestamp>) -> Option<TroubleSort> {
    let shared = bench.worker.shared.clone();
    let runtime = bench.worker.runtime.as_ref().expect("a runtime");
    let refused = runtime.block_on(shared.turn(ordered_at)).err();
    refused.map(|trouble| trouble.sort)
}

#[test]
fn turns_in_hand_are_withdrawn_by_a_402_of_the_same_window() {
    let bench = with_turns_in_hand();
    bench.books.set(|script| {
        script.standing.used_up = Some(true);
        script.standing.told = 2;
    });
    for ordered_at in [Some(noon()), None, Some(noon())] {
        assert_eq!(turn(&bench, ordered_at), Some(TroubleSort::Quota));
    }
    // What somebody orders later may ask once more, and is refused as soon as the answer says so.
    bench.pass(SignedDuration::from_secs(5));
    let later = Some(*locked(&bench.clock));
    assert_eq!(turn(&bench, later), None);
    bench.pass(SignedDuration::from_secs(5));
    bench.books.set(|script| script.standing.told = 3);
    assert_eq!(turn(&bench, later), Some(TroubleSort::Quota));
}

#[test]
fn turns_in_hand_are_withdrawn_by_a_402_of_another_window() {
    let bench = with_turns_in_hand();
    let mut other = Cache::open(&bench.folder.path().join("cache.db")).expect("a cache");
    let connection = bench.worker.shared.road.connection().clone();
    let finding = Finding {
        used_up: Some(true),
        ..Finding::default()
    };
    let now = *locked(&bench.clock);
    other
        .note_finding(&connection, None, finding, now)
        .expect("noted");
    for ordered_at in [Some(noon()), None] {
        assert_eq!(turn(&bench, ordered_at), Some(TroubleSort::Quota));
    }
    bench.pass(SignedDuration::from_secs(1));
    let later = Some(*locked(&bench.clock));
    assert_eq!(turn(&bench, later), None);
}
