//! Whose books these are: asked once, and again wherever that may have changed.

use super::*;

#[test]
fn whoever_waited_while_the_company_was_asked_in_vain_does_not_ask_again() {
    let bench = Bench::new(true);
    bench.books.set(|script| script.is_gone = true);
    let shared = bench.worker.shared.clone();
    let asked = async { tokio::join!(shared.who(), shared.who(), shared.who()) };
    let runtime = bench.worker.runtime.as_ref().expect("a runtime");
    let (one, other, third) = runtime.block_on(asked);
    assert!(one.is_err() && one == other && one == third);
    assert_eq!(bench.books.companies_read.load(Ordering::SeqCst), 1);
    // Who comes afterwards asks anew.
    bench.books.set(|script| script.is_gone = false);
    assert!(runtime.block_on(shared.who()).is_ok());
}

#[test]
fn a_connection_that_is_lost_while_the_company_is_asked_is_asked_again() {
    let bench = Bench::new(true);
    let shared = bench.worker.shared.clone();
    let runtime = bench.worker.runtime.as_ref().expect("a runtime");
    let (met, ()) =
        runtime.block_on(async { tokio::join!(shared.who(), async { shared.doubt() }) });
    assert!(met.is_ok());
    assert!(runtime.block_on(shared.who()).is_ok());
    assert_eq!(bench.books.companies_read.load(Ordering::SeqCst), 2);
    assert!(runtime.block_on(shared.who()).is_ok());
    assert_eq!(bench.books.companies_read.load(Ordering::SeqCst), 2);
}

#[test]
fn that_these_are_other_books_is_told_whoever_met_the_company_first() {
    let bench = Bench::new(true);
    let first = bench.worker.shared.clone();
    let elsewhere = Shared::new(
        first.hub.clone(),
        first.road.clone(),
        Arc::new(|_| None),
        CompanyId("demo#2".into()),
    );
    let runtime = bench.worker.runtime.as_ref().expect("a runtime");
    assert!(runtime.block_on(first.who()).is_ok());
    assert!(runtime.block_on(elsewhere.who()).is_err());
    let facts = locked(&bench.facts);
    let told = facts.iter().any(|fact| matches!(fact, Fact::OtherBooks(_)));
    assert!(told, "{facts:?}");
}

#[test]
fn after_changes_without_an_answer_it_is_asked_again_whose_books_these_are() {
    let mut bench = Bench::new(true);
    let edit = Edit::new(Kind::Invoices, Some(Id::from("41")));
    let opened = Box::new(Record::new(Kind::Invoices, Id::from("41")));
    bench.run(Effect::Update {
        edit: Box::new(edit),
        opened,
    });
    assert_eq!(bench.books.companies_read.load(Ordering::SeqCst), 2);
}

#[test]
fn what_was_known_of_the_company_stays_known_while_its_native_record_cannot_be_read() {
    let bench = Bench::new(true);
    bench.books.set(|script| script.zip = Some("42501".into()));
    let shared = bench.worker.shared.clone();
    let runtime = bench.worker.runtime.as_ref().expect("a runtime");
    assert!(runtime.block_on(shared.who()).is_ok());
    bench.books.set(|script| script.zip = None);
    shared.doubt();
    let company = runtime.block_on(shared.who()).expect("a company");
    assert_eq!(company.zip.as_deref(), Some("42501"));
}
