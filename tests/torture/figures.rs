//! What reading the books costs, by counting requests under a clock that the test moves.

use reqwest::Method;
use serde_json::json;
use timbra::app::WALKED;
use timbra::domain::kind::Kind;

use crate::ground::Ground;
use crate::program::{End, Fate, Program};
use crate::site::Site;
use crate::truth;
use crate::windows::serve;

/// Rows on a page, at most (contract 9.1).
const ROWS: usize = 30;

/// What Alegra takes from a user in a minute, and what the background uses of it.
const REAL: u32 = 150;
const USED: usize = 120;

/// Invoices of these books.
const INVOICES: u32 = 600;

/// How many requests a walk sends.
fn asked(program: &mut Program, kinds: &[Kind]) -> usize {
    let mut asked = 0;
    let end = program.walk(kinds, |_| {
        asked += 1;
        Fate::Leaves
    });
    match end {
        End::Rest(troubles) => assert!(troubles.is_empty(), "{troubles:?}"),
        End::Killed => panic!("nobody killed it"),
    }
    asked
}

#[test]
fn a_first_sync_asks_once_for_every_thirty_records_at_four_fifths_of_the_real_limit() {
    let ground = Ground::new();
    let site = Site::open(&ground, 7, INVOICES);
    let mut program = Program::limited(&site, Some(REAL));
    let begun = site.clock.now();
    program.order(&[Kind::Invoices]);
    let left = serve(&site, std::slice::from_ref(&program), |_| false);
    let company = program.company();
    truth::compare(&site, &company, &[Kind::Invoices]).expect("all of them");
    let pages = truth::count(&site, Kind::Invoices).div_ceil(ROWS);
    // One look at the front besides, for what changed meanwhile.
    assert_eq!(left.len(), pages + 1);
    let took = site.clock.now().duration_since(begun).as_secs_f64();
    // Ten at once, the others one after the other.
    let due = (left.len() - 10) as f64 * 60.0 / USED as f64;
    assert!(
        (due - 1.0..due + 3.0).contains(&took),
        "{took} s, due {due} s"
    );
    // The same for a hundred thousand.
    let minutes = 100_000_usize.div_ceil(ROWS) as f64 / USED as f64;
    println!(
        "{} requests in {took:.1} s; 100,000 documents: {} requests, {minutes:.1} min; at the whole limit {:.1} min",
        left.len(),
        100_000_usize.div_ceil(ROWS),
        100_000_usize.div_ceil(ROWS) as f64 / f64::from(REAL)
    );
}

#[test]
fn a_refresh_after_fifty_changes_costs_two_requests_and_after_none_one() {
    let ground = Ground::new();
    let site = Site::open(&ground, 7, 300);
    let mut program = Program::start(&site);
    let first = asked(&mut program, &WALKED);
    site.advance(std::time::Duration::from_secs(3_600));
    assert_eq!(
        asked(&mut program, &[Kind::Customers]),
        1,
        "nothing changed"
    );
    let ids = truth::ids(&site, Kind::Customers);
    assert!(ids.len() > 50, "{}", ids.len());
    for id in &ids[..50] {
        let path = format!("/accounting/customers/{id}");
        let (status, answer) =
            site.ask(Method::PATCH, &path, Some(json!({"notes": "llamar antes"})));
        assert_eq!(status, 200, "{answer}");
    }
    assert_eq!(asked(&mut program, &[Kind::Customers]), 2);
    let all = asked(&mut program, &WALKED);
    let company = program.company();
    truth::compare(&site, &company, &WALKED).expect("all of them");
    println!("first sync of all kinds: {first} requests; refresh of all kinds: {all}");
    assert!(all < first, "{all} of {first}");
}
