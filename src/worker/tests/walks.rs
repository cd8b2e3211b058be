//! Walks that are stopped, and lists that move under them.

use super::*;

fn kept(bench: &Bench) -> Vec<String> {
    let shared = bench.worker.shared.clone();
    let runtime = bench.worker.runtime.as_ref().expect("a runtime");
    let company = shared.company.clone();
    let records = runtime.block_on(
        shared
            .writer
            .ask(move |cache| cache.all(&company, Kind::Invoices)),
    );
    let records = records.expect("a desk").expect("read");
    let mut ids: Vec<String> = records.into_iter().map(|record| record.id.0).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn what_jumps_to_the_front_during_a_walk_is_met_by_looking_there_again() {
    let mut bench = Bench::new(true);
    bench.books.set(|script| {
        script.pages = vec![page(&["1", "2"], Some("1")), page(&["3"], None)];
    });
    let coverage = bench.walk();
    assert_eq!(coverage.cached, 4, "record 9 was behind the walk's back");
    assert_eq!(coverage.total, Some(4));
    assert!(bench.books.pages_read.load(Ordering::SeqCst) > 2);
}

#[test]
fn a_walk_that_could_not_read_all_rows_takes_none_for_deleted() {
    for (skipped, cached) in [(1, 2), (0, 1)] {
        let mut bench = Bench::new(true);
        bench
            .books
            .set(|script| script.pages = vec![page(&["1", "2"], None)]);
        assert_eq!(bench.walk().cached, 2);
        // After so long everything is walked again.
        bench.pass(SignedDuration::from_hours(24));
        bench.books.set(|script| {
            script.pages = vec![Page {
                skipped,
                ..page(&["1"], None)
            }];
        });
        let coverage = bench.walk();
        assert_eq!(coverage.cached, cached, "skipped {skipped}");
        assert_eq!(coverage.total, Some(cached + skipped));
    }
}

#[test]
fn a_record_that_slid_over_the_edge_of_a_page_is_kept_and_what_slid_with_it_is_met() {
    let mut bench = Bench::new(true);
    let three = |last: &[&str]| {
        vec![
            page(&["1"], Some("1")),
            page(&["2"], Some("2")),
            page(last, None),
        ]
    };
    bench.books.set(|script| script.pages = three(&["3"]));
    bench.walk();
    // A day later everything is walked again. Something on a page that was read already is deleted, and the first two
    // rows of the last page, one of them new, slide onto the page before it.
    bench.pass(SignedDuration::from_hours(24));
    bench.books.set(|script| {
        script.pages = three(&["5"]);
        script.pages_then = Some(three(&["3", "4", "5"]));
    });
    let coverage = bench.walk();
    assert_eq!(kept(&bench), ["1", "2", "3", "4", "5"]);
    assert_eq!(coverage.total, Some(5));
}

#[test]
fn what_two_walks_did_not_meet_is_not_in_the_list_although_it_can_be_read() {
    let mut bench = Bench::new(true);
    bench.books.set(|script| {
        script.pages = vec![
            page(&["1"], Some("1")),
            page(&["2"], Some("2")),
            page(&["3"], None),
        ]
    });
    bench.walk();
    bench.pass(SignedDuration::from_hours(24));
    bench.books.set(|script| {
        script.pages = vec![
            page(&["1"], Some("1")),
            page(&["3"], Some("2")),
            page(&[], None),
        ]
    });
    assert_eq!(bench.walk().cached, 2);
    assert_eq!(kept(&bench), ["1", "3"]);
}

#[test]
fn a_walk_that_was_stopped_goes_on_where_it_was_after_a_look_at_the_news() {
    let mut bench = Bench::new(true);
    bench.books.set(|script| {
        script.pages = vec![page(&["1"], Some("1")), page(&["2"], Some("2"))];
    });
    let facts = bench.run(Effect::Walk(vec![Kind::Invoices]));
    let stopped = facts.iter().any(|fact| {
        matches!(
            fact,
            Fact::Walked {
                running: false,
                trouble: Some(_),
                ..
            }
        )
    });
    assert!(stopped, "{facts:?}");
    bench.pass(SignedDuration::from_hours(1));
    bench.books.set(|script| {
        script.places.clear();
        script.pages = vec![
            Page {
                rows: vec![
                    fetched(changed_at(record("6"), "2026-06-03T18:30:00Z")),
                    fetched(changed_at(record("1"), "2026-06-03T16:00:00Z")),
                ],
                ..page(&[], Some("1"))
            },
            page(&["2"], Some("2")),
            page(&["3"], None),
        ];
    });
    let coverage = bench.walk();
    assert_eq!(kept(&bench), ["1", "2", "3", "6"]);
    assert_eq!(coverage.total, Some(4));
    bench
        .books
        .set(|script| assert_eq!(script.places, [0, 2, 0], "the page in the middle is here"));
}

#[test]
fn an_old_walk_is_not_gone_on_with() {
    let mut bench = Bench::new(true);
    bench.books.set(|script| {
        script.pages = vec![page(&["1"], Some("1")), page(&["2"], Some("2"))];
    });
    bench.run(Effect::Walk(vec![Kind::Invoices]));
    bench.pass(SignedDuration::from_hours(12));
    bench.books.set(|script| {
        script.places.clear();
        script.pages.push(page(&["3"], None));
    });
    bench.walk();
    bench
        .books
        .set(|script| assert_eq!(script.places, [0, 1, 2, 0]));
}

#[test]
fn a_refresh_that_is_stopped_does_not_make_the_next_one_read_everything() {
    let mut bench = Bench::new(true);
    let changed = |id: &str| fetched(changed_at(record(id), "2026-06-03T18:20:00Z"));
    let whole = vec![
        page(&["1"], Some("1")),
        page(&["2"], Some("2")),
        page(&["3"], None),
    ];
    bench.books.set(|script| script.pages = whole.clone());
    bench.walk();
    bench.pass(SignedDuration::from_mins(30));
    // The first page is full of news, and the second does not come.
    bench.books.set(|script| {
        script.pages[0].rows = vec![changed("1"), changed("4")];
        script.pages.truncate(1);
    });
    bench.run(Effect::Walk(vec![Kind::Invoices]));
    bench.books.set(|script| {
        script.pages.extend(whole[1..].iter().cloned());
        script.places.clear();
    });
    let coverage = bench.walk();
    assert!(coverage.complete_at.is_some());
    bench.books.set(|script| assert_eq!(script.places, [0, 1]));
}
