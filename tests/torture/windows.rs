//! Two windows of the program on one folder, and what the server takes from both together.

use std::collections::VecDeque;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use timbra::app::WALKED;
use timbra::app::msg::TroubleSort;
use timbra::domain::kind::Kind;

use crate::ground::Ground;
use crate::program::{Fate, Program};
use crate::site::Site;

/// What Alegra takes from a user in a minute.
const REAL: u32 = 150;

/// One look at a door.
const LOOK: Duration = Duration::from_micros(200);

/// Whoever has looked at the clock more often than this since a request left waits for it.
const LOOKS: usize = 6;

const STEP: Duration = Duration::from_millis(100);

/// Serves the doors of all windows until there is rest, or `enough` says so. Time passes only while somebody waits for
/// it and nobody comes to a door. Gives when each request left.
pub fn serve(
    site: &Site<'_>,
    windows: &[Program],
    mut enough: impl FnMut(usize) -> bool,
) -> Vec<Timestamp> {
    let mut left = Vec::new();
    let mut waiting = vec![0; windows.len()];
    loop {
        for (window, looks) in windows.iter().zip(&mut waiting) {
            if window.serve(LOOK, |_| Fate::Leaves).is_some() {
                left.push(site.clock.now());
                *looks = window.looks();
            }
        }
        if enough(left.len()) || windows.iter().all(Program::is_idle) {
            return left;
        }
        let waits = |(window, looks): (&Program, &usize)| window.looks() > looks + LOOKS;
        if windows.iter().zip(&waiting).any(waits) {
            site.clock.advance(STEP);
            for (window, looks) in windows.iter().zip(&mut waiting) {
                *looks = window.looks();
            }
        }
    }
}

/// The most requests that left within so long.
fn most_within(left: &[Timestamp], span: SignedDuration) -> usize {
    let mut within = VecDeque::new();
    let mut most = 0;
    for at in left {
        within.push_back(*at);
        while within
            .front()
            .is_some_and(|first| at.duration_since(*first) > span)
        {
            within.pop_front();
        }
        most = most.max(within.len());
    }
    most
}

#[test]
fn two_windows_together_ask_no_faster_than_one_may() {
    let ground = Ground::new();
    let site = Site::open(&ground, 7, 40);
    let mut windows = [
        Program::limited(&site, Some(REAL)),
        Program::limited(&site, Some(REAL)),
    ];
    for window in &mut windows {
        window.order(&WALKED);
    }
    let left = serve(&site, &windows, |_| false);
    assert!(left.len() > 40, "{}", left.len());
    for window in &windows {
        assert!(window.troubles().is_empty());
    }
    // Four fifths of the limit, and ten at once at the beginning.
    let most = most_within(&left, SignedDuration::from_secs(5));
    assert!(most <= 10 + 10, "{most} within five seconds");
    let most = most_within(&left[20..], SignedDuration::from_secs(5));
    assert!(most <= 13, "{most} within five seconds, later");
}

#[test]
fn a_person_waits_for_no_background_of_another_window() {
    let ground = Ground::new();
    let site = Site::open(&ground, 7, 40);
    let mut windows = [
        Program::limited(&site, Some(REAL)),
        Program::limited(&site, Some(REAL)),
    ];
    windows[0].order(&WALKED);
    serve(&site, &windows[..1], |left| left >= 12);
    let [background, person] = &mut windows;
    let now = site.clock.now();
    for id in ["1", "2", "3"] {
        person.open_record(Kind::Customers, id);
        while !person.is_idle() {
            person.serve(LOOK, |_| Fate::Leaves);
        }
    }
    assert_eq!(site.clock.now(), now, "no time had to pass");
    // The background pays for it.
    let left = serve(&site, std::slice::from_ref(background), |left| left >= 6);
    // Three walks may have been at the door already; what the person asked costs more than two seconds besides.
    let waited = left[5].duration_since(now);
    assert!(waited >= SignedDuration::from_secs(3), "{waited:?}");
}

#[test]
fn a_quota_that_is_used_up_ends_the_background_of_every_window_and_each_says_so() {
    let ground = Ground::new();
    for limit in [Some(REAL), None] {
        let site = Site::open(&ground, 7, 40);
        let mut windows = [
            Program::limited(&site, limit),
            Program::limited(&site, limit),
        ];
        for window in &mut windows {
            window.order(&[Kind::Invoices, Kind::Customers, Kind::Payments]);
        }
        serve(&site, &windows, |left| left >= 4);
        site.clock.advance(Duration::from_secs(1));
        site.fault(
            &json!({"method": "GET", "path": "/accounting/*", "nth": 0, "do": "status",
            "status": 402, "body": {"type_name": "RequestLimitError"}}),
        );
        let refused = serve(&site, &windows, |_| false);
        // Those that were on their way or had their turn; nobody asks anew.
        assert!(refused.len() <= 20, "{limit:?}: {}", refused.len());
        for window in &windows {
            let troubles = window.troubles();
            let used_up = troubles
                .iter()
                .filter(|(_, trouble)| trouble.sort == TroubleSort::Quota);
            assert!(used_up.count() > 0, "{limit:?}: {troubles:?}");
        }
        // Nothing goes on by itself; whoever orders it anew finds out whether the quota is back.
        site.clear_faults();
        site.clock.advance(Duration::from_secs(60));
        for window in &mut windows {
            window.order(&[Kind::Invoices, Kind::Customers, Kind::Payments]);
            serve(&site, std::slice::from_ref(window), |_| false);
            assert!(window.troubles().is_empty(), "{limit:?}");
        }
    }
}
