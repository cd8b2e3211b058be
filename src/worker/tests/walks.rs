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
        // The row that could not be read is the record that was not met, as far as anybody can tell.
        assert_eq!(coverage.total, Some(cached));
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

/// A page of one record that changed then, in books of so many pages.
fn timed(id: &str, at: &str, next: Option<&str>) -> Page {
    Page {
        rows: vec![fetched(changed_at(
            record(id),
            &format!("2026-06-03T{at}:00Z"),
        ))],
        ..page(&[], next)
    }
}

fn in_another_order(pages: Vec<Page>) -> Vec<Page> {
    let unsorted = |page| Page {
        latest_first: false,
        ..page
    };
    pages.into_iter().map(unsorted).collect()
}

impl Bench {
    /// A walk that is stopped because a page does not come.
    fn walk_into_trouble(&mut self) {
        let facts = self.run(Effect::Walk(vec![Kind::Invoices]));
        let is_stop = |fact: &Fact| {
            matches!(
                fact,
                Fact::Walked {
                    running: false,
                    trouble: Some(_),
                    ..
                }
            )
        };
        assert!(facts.iter().any(is_stop), "{facts:?}");
        self.books.set(|script| script.places.clear());
    }

    /// The places at which a walk read, and what is known when it has ended.
    fn places_of_walk(&mut self) -> (Vec<usize>, crate::domain::list::Coverage) {
        self.books.set(|script| script.places.clear());
        let coverage = self.walk();
        let mut places = Vec::new();
        self.books
            .set(|script| places = std::mem::take(&mut script.places));
        (places, coverage)
    }
}

#[test]
fn a_walk_that_was_stopped_goes_on_where_it_was_after_a_look_at_the_news() {
    let mut bench = Bench::new(true);
    let pages = vec![
        timed("1", "16:50", Some("1")),
        timed("2", "16:40", Some("2")),
        timed("3", "16:30", Some("3")),
        timed("4", "16:20", None),
    ];
    bench.books.set(|script| script.pages = pages[..3].to_vec());
    bench.walk_into_trouble();
    bench.pass(SignedDuration::from_hours(1));
    // One was made meanwhile, and another one slid onto the page that was read last.
    bench.books.set(|script| {
        script.pages = pages;
        script.pages[0] = Page {
            rows: vec![
                fetched(changed_at(record("6"), "2026-06-03T18:30:00Z")),
                fetched(changed_at(record("1"), "2026-06-03T16:50:00Z")),
            ],
            ..page(&[], Some("1"))
        };
        script.pages[2]
            .rows
            .insert(0, fetched(changed_at(record("2"), "2026-06-03T16:40:00Z")));
    });
    let (places, coverage) = bench.places_of_walk();
    assert_eq!(kept(&bench), ["1", "2", "3", "4", "6"]);
    assert_eq!(coverage.total, Some(5));
    assert_eq!(places, [0, 2, 3, 0], "the second page is here");
}

#[test]
fn a_list_in_another_order_that_was_gone_on_with_is_walked_once_more() {
    let mut bench = Bench::new(true);
    let four = |second: &[&str]| {
        in_another_order(vec![
            page(&["1"], Some("1")),
            page(second, Some("2")),
            page(&["3"], Some("3")),
            page(&["4"], None),
        ])
    };
    bench
        .books
        .set(|script| script.pages = four(&["2"])[..3].to_vec());
    bench.walk_into_trouble();
    bench.pass(SignedDuration::from_hours(1));
    // Somebody made a record that stands where the walk has been already.
    bench.books.set(|script| script.pages = four(&["2", "7"]));
    let (places, coverage) = bench.places_of_walk();
    assert_eq!(kept(&bench), ["1", "2", "3", "4", "7"]);
    assert_eq!(places, [0, 2, 3, 0, 1, 2, 3]);
    assert_eq!(coverage.total, Some(5));
    assert!(coverage.complete_at.is_some());
}

#[test]
fn what_slid_before_the_place_where_a_walk_was_stopped_is_met() {
    for (times, why) in [
        (["16:50", "16:40", "16:30", "16:20", "16:10"], "in order"),
        (
            ["16:50", "16:40", "16:40", "16:40", "16:10"],
            "of one moment",
        ),
    ] {
        let mut bench = Bench::new(true);
        let of = |ids: &[usize]| -> Vec<Page> {
            let last = ids.len() - 1;
            ids.iter()
                .enumerate()
                .map(|(idx, id)| {
                    let next = (idx < last).then(|| (idx + 1).to_string());
                    timed(&id.to_string(), times[*id], next.as_deref())
                })
                .collect()
        };
        bench
            .books
            .set(|script| script.pages = of(&[0, 1, 2, 3, 4])[..3].to_vec());
        bench.walk_into_trouble();
        bench.pass(SignedDuration::from_hours(1));
        // The first one is deleted, and the fourth stands now where the third was read.
        bench.books.set(|script| {
            script.deleted = vec!["0"];
            script.pages = of(&[1, 2, 3, 4]);
        });
        let coverage = bench.walk();
        assert_eq!(kept(&bench), ["1", "2", "3", "4"], "{why}");
        assert_eq!(coverage.total, Some(4), "{why}");
    }
}

#[test]
fn a_server_that_does_not_sort_as_it_says_is_read_to_the_end() {
    let mut bench = Bench::new(true);
    let pages = |first: Page, last: &[&str]| vec![first, page(&["2"], Some("2")), page(last, None)];
    bench
        .books
        .set(|script| script.pages = pages(page(&["1"], Some("1")), &["3"]));
    bench.walk();
    bench.pass(SignedDuration::from_hours(1));
    let shuffled = Page {
        rows: vec![
            fetched(changed_at(record("1"), "2026-06-03T16:00:00Z")),
            fetched(changed_at(record("4"), "2026-06-03T18:30:00Z")),
            fetched(changed_at(record("5"), "2026-06-03T15:00:00Z")),
        ],
        ..page(&[], Some("1"))
    };
    bench
        .books
        .set(|script| script.pages = pages(shuffled, &["3", "6"]));
    bench.walk();
    assert_eq!(kept(&bench), ["1", "2", "3", "4", "5", "6"]);
}

#[test]
fn rows_that_could_not_be_read_are_counted_once_however_the_walk_went() {
    let mut bench = Bench::new(true);
    let unreadable = |page| Page { skipped: 1, ..page };
    let pages = vec![
        unreadable(timed("1", "16:50", Some("1"))),
        unreadable(timed("2", "16:40", Some("2"))),
        timed("3", "16:30", Some("3")),
        timed("4", "16:20", None),
    ];
    bench.books.set(|script| script.pages = pages[..3].to_vec());
    bench.walk_into_trouble();
    bench.books.set(|script| {
        script.pages = pages;
        // Somebody changed what was read last, so that the page shows that nothing slid.
        script.pages[2]
            .rows
            .insert(0, fetched(changed_at(record("2"), "2026-06-03T16:40:00Z")));
    });
    // Two of them stood before the place where it was stopped, and one was met again at the front.
    let (places, coverage) = bench.places_of_walk();
    assert_eq!(places, [0, 2, 3, 0]);
    assert_eq!((coverage.cached, coverage.total), (4, Some(6)));
    // A refresh stops at what is known, and meets one of them again.
    bench.pass(SignedDuration::from_hours(1));
    let (places, coverage) = bench.places_of_walk();
    assert_eq!(places, [0]);
    assert_eq!((coverage.cached, coverage.total), (4, Some(6)));
    // Where it meets more of them than there were, these are new.
    bench.pass(SignedDuration::from_hours(1));
    bench.books.set(|script| script.pages[0].skipped = 3);
    assert_eq!(bench.walk().total, Some(7));
}

#[test]
fn what_was_deleted_is_forgotten_although_rows_could_not_be_read() {
    let mut bench = Bench::new(true);
    let all = ["1", "2", "3", "4", "5"];
    bench
        .books
        .set(|script| script.pages = vec![page(&all, None)]);
    bench.walk();
    bench.books.set(|script| {
        script.deleted = vec!["3", "4", "5"];
        script.pages = vec![Page {
            skipped: 1,
            ..page(&["1"], None)
        }];
    });
    // As many are asked for by name as pages were read, the others the next time. The second record is there, and
    // perhaps the row that cannot be read.
    let mut counted = Vec::new();
    for _ in 0..5 {
        bench.pass(SignedDuration::from_hours(13));
        let coverage = bench.walk();
        counted.push((coverage.cached, coverage.total));
    }
    assert_eq!(kept(&bench), ["1", "2"]);
    assert_eq!(counted.last(), Some(&(2, Some(2))));
    assert!(
        counted
            .iter()
            .all(|(cached, total)| *total == Some(*cached))
    );
}

#[test]
fn what_a_walk_passed_by_is_met_although_a_row_could_not_be_read() {
    let mut bench = Bench::new(true);
    let pages = |second: &[&str], skipped| {
        vec![
            page(&["1"], Some("1")),
            page(second, Some("2")),
            Page {
                skipped,
                ..page(&["9"], None)
            },
        ]
    };
    bench
        .books
        .set(|script| script.pages = pages(&["2", "3"], 0));
    bench.walk();
    bench.pass(SignedDuration::from_hours(13));
    bench.books.set(|script| {
        script.pages = pages(&[], 1);
        script.pages_then = Some(pages(&["2", "3", "4"], 1));
    });
    let coverage = bench.walk();
    assert_eq!(kept(&bench), ["1", "2", "3", "4", "9"]);
    assert_eq!(coverage.total, Some(6));
}

#[test]
fn a_refresh_reads_what_changed_since_the_last_one_and_not_since_the_last_whole_walk() {
    let mut bench = Bench::new(true);
    let pages = |front: &[(&str, &str)]| {
        let rows = front
            .iter()
            .map(|(id, at)| fetched(changed_at(record(id), &format!("2026-06-03T{at}:00Z"))));
        let front = Page {
            rows: rows.collect(),
            ..page(&[], Some("1"))
        };
        vec![front, page(&["1"], Some("2")), page(&["2"], None)]
    };
    bench.books.set(|script| script.pages = pages(&[]));
    bench.walk();
    let mut refresh = |front: &[(&str, &str)]| {
        bench.pass(SignedDuration::from_hours(1));
        bench.books.set(|script| script.pages = pages(front));
        bench.places_of_walk().0
    };
    assert_eq!(refresh(&[("3", "16:10")]), [0]);
    // More than a page of news. A row may have slid from the second page to the first: that is looked at once more.
    assert_eq!(refresh(&[("4", "19:30")]), [0, 1]);
    assert_eq!(refresh(&[("4", "19:30")]), [0, 1]);
    assert_eq!(refresh(&[("4", "19:30")]), [0]);
    // So it was with this one: then the next look has to show that there are no others.
    assert_eq!(refresh(&[("5", "22:30")]), [0, 1]);
    assert_eq!(refresh(&[("5", "22:30"), ("6", "22:25")]), [0, 1]);
    assert_eq!(refresh(&[("5", "22:30"), ("6", "22:25")]), [0, 1]);
    assert_eq!(refresh(&[("5", "22:30"), ("6", "22:25")]), [0]);
    assert_eq!(kept(&bench), ["1", "2", "3", "4", "5", "6"]);
    // Twelve hours after the last whole walk all is read, however often it was refreshed meanwhile.
    for _ in 0..3 {
        bench.pass(SignedDuration::from_hours(1));
        bench.walk();
    }
    bench.pass(SignedDuration::from_mins(61));
    assert_eq!(bench.places_of_walk().0[..3], [0, 1, 2]);
}

#[test]
fn a_clock_that_was_set_back_after_a_walk_keeps_neither_changes_nor_deletions_away() {
    for hours in [1, 5, 30] {
        let mut bench = Bench::new(true);
        bench
            .books
            .set(|script| script.pages = vec![page(&["1", "2"], None)]);
        bench.walk();
        bench.pass(SignedDuration::from_hours(-hours));
        let mut changed = changed_at(record("1"), "2026-06-03T17:00:00Z");
        changed.set(Field::Memo, Value::Text("otra".into()));
        bench.books.set(|script| {
            script.deleted = vec!["2"];
            script.pages = vec![Page {
                rows: vec![fetched(changed)],
                ..page(&[], None)
            }];
        });
        let (_, coverage) = bench.places_of_walk();
        assert_eq!((coverage.cached, coverage.total), (1, Some(1)), "{hours} h");
        assert!(coverage.read_at.is_some_and(|at| at < noon()), "{hours} h");
        let shared = bench.worker.shared.clone();
        let runtime = bench.worker.runtime.as_ref().expect("a runtime");
        let one = Id::from("1");
        let read = reads::from_cache(&shared, Kind::Invoices, &one);
        let read = runtime.block_on(read).expect("read").expect("a record");
        assert_eq!(read.text(Field::Memo), "otra", "{hours} h");
    }
}

#[test]
fn a_clock_that_is_set_back_during_a_walk_loses_nothing_and_all_is_walked_again() {
    let mut bench = Bench::new(true);
    let three = vec![
        page(&["1"], Some("1")),
        page(&["2"], Some("2")),
        page(&["3"], None),
    ];
    bench.books.set(|script| script.pages = three.clone());
    bench.walk();
    bench.pass(SignedDuration::from_hours(24));
    let clock = bench.clock.clone();
    bench.books.set(|script| {
        let set_back = move || {
            let mut clock = locked(&clock);
            *clock = clock
                .checked_sub(SignedDuration::from_hours(5))
                .expect("a time");
        };
        script.on_page = Some((1, Box::new(set_back)));
    });
    let (places, coverage) = bench.places_of_walk();
    assert_eq!(kept(&bench), ["1", "2", "3"]);
    assert_eq!(coverage.total, Some(3));
    let ends = places.iter().filter(|place| **place == 2).count();
    assert_eq!(ends, 2, "{places:?}");
    // What was unfinished under the clock of before is not gone on with either.
    bench.pass(SignedDuration::from_hours(13));
    bench.books.set(|script| script.pages.truncate(2));
    bench.walk_into_trouble();
    bench.pass(SignedDuration::from_hours(-1));
    bench.books.set(|script| script.pages = three);
    let (places, _) = bench.places_of_walk();
    assert_eq!(places[..3], [0, 1, 2]);
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

#[test]
fn a_row_that_could_not_be_read_comes_by_its_name_as_soon_as_it_can_be() {
    let mut bench = Bench::new(true);
    let pages = |named: &[&str]| {
        vec![Page {
            skipped: named.len(),
            named: named.iter().copied().map(Id::from).collect(),
            ..page(&["1", "2"], Some("1"))
        }]
        .into_iter()
        .chain([page(&["3"], None)])
        .collect::<Vec<_>>()
    };
    bench.books.set(|script| {
        script.pages = pages(&["7", "8"]);
        script.broken = vec!["7", "8"];
    });
    let coverage = bench.walk();
    assert_eq!((coverage.cached, coverage.total), (4, Some(6)));
    // The list goes on as it was, and nothing of it is news.
    bench.pass(SignedDuration::from_mins(1));
    bench.books.set(|script| {
        script.pages = pages(&[]);
        script.broken = vec!["8"];
    });
    let coverage = bench.walk();
    assert_eq!((coverage.cached, coverage.total), (5, Some(6)));
    // The other one is deleted: it is missed by nobody.
    bench.pass(SignedDuration::from_mins(1));
    bench.books.set(|script| {
        script.broken.clear();
        script.deleted = vec!["8"];
    });
    let coverage = bench.walk();
    assert_eq!((coverage.cached, coverage.total), (5, Some(5)));
    assert_eq!(kept(&bench), ["1", "2", "3", "7", "9"]);
}

#[test]
fn a_record_whose_row_is_unreadable_is_neither_forgotten_nor_counted_twice() {
    let mut bench = Bench::new(true);
    bench
        .books
        .set(|script| script.pages = vec![page(&["1", "2", "3"], None)]);
    bench.walk();
    bench.pass(SignedDuration::from_hours(13));
    bench.books.set(|script| {
        script.broken = vec!["3"];
        script.deleted = vec!["2"];
        script.pages = vec![Page {
            skipped: 1,
            named: vec![Id::from("3")],
            ..page(&["1"], None)
        }];
    });
    let coverage = bench.walk();
    assert_eq!(kept(&bench), ["1", "3"]);
    assert_eq!((coverage.cached, coverage.total), (2, Some(2)));
}

#[test]
fn a_clock_of_this_machine_that_is_ahead_makes_no_refresh_stop_too_early() {
    for told in [true, false] {
        let mut bench = Bench::new(true);
        // The server's clock is an hour behind the one that this machine has.
        let tell = |bench: &Bench| {
            let now = *locked(&bench.clock);
            let date = told.then(|| now - SignedDuration::from_hours(1));
            bench.books.set(|script| script.date = date);
        };
        tell(&bench);
        bench.books.set(|script| {
            script.pages = vec![
                timed("1", "16:50", Some("1")),
                timed("2", "16:40", Some("2")),
                timed("3", "16:30", None),
            ];
        });
        bench.walk();
        bench.pass(SignedDuration::from_mins(30));
        tell(&bench);
        // Two were made meanwhile, by the server's clock from 17:00 to 17:30.
        bench.books.set(|script| {
            script.pages = vec![
                timed("5", "17:25", Some("1")),
                timed("4", "17:20", Some("2")),
                timed("1", "16:50", Some("3")),
                timed("2", "16:40", Some("4")),
                timed("3", "16:30", None),
            ];
        });
        bench.walk();
        let all = ["1", "2", "3", "4", "5"];
        match told {
            true => assert_eq!(kept(&bench), all),
            false => assert_ne!(kept(&bench), all, "nothing tells it"),
        }
    }
}
