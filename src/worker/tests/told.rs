//! What the worker tells: acts whole, and documents by their names.

use super::*;

#[test]
fn the_documents_of_a_payment_are_named_as_the_cache_knows_them() {
    let mut bench = Bench::new(true);
    let invoice = |id: &str, number: &str| {
        let mut invoice = Record::new(Kind::Invoices, Id::from(id));
        invoice.set(Field::Number, Value::Text(number.into()));
        fetched(invoice)
    };
    bench.books.set(|script| {
        script.pages = vec![Page {
            rows: vec![invoice("41", "A-1"), invoice("42", "A-2")],
            ..Page::default()
        }];
    });
    bench.run(Effect::Walk(vec![Kind::Invoices]));
    let mut payment = Record::new(Kind::Payments, Id::from("5"));
    payment.allocations = ["41", "42", "43"]
        .map(|id| Allocation {
            document: Some(Link {
                id: Id::from(id),
                name: String::new(),
            }),
            kind: Some(Kind::Invoices),
            amount: None,
        })
        .into();
    let shared = bench.worker.shared.clone();
    let runtime = bench.worker.runtime.as_ref().expect("a runtime");
    let named = runtime.block_on(owed::name_documents(&shared, &mut payment));
    assert!(named.is_ok());
    let names: Vec<&str> = payment
        .allocations
        .iter()
        .filter_map(|one| one.document.as_ref())
        .map(|link| link.name.as_str())
        .collect();
    assert_eq!(names, ["A-1", "A-2", ""]);
}

#[test]
fn an_act_is_told_whole_before_what_becomes_of_it() {
    let mut bench = Bench::new(true);
    for is_gone in [false, true] {
        bench.books.set(|script| script.is_gone = is_gone);
        let act = intent("one", Act::Stamp(Id::from("41")));
        let facts = bench.run(Effect::Commit(Box::new(act.clone())));
        let mut told = facts
            .iter()
            .filter(|fact| matches!(fact, Fact::Begun(_) | Fact::Sent(_) | Fact::Answered { .. }));
        assert!(
            matches!(told.next(), Some(Fact::Begun(begun)) if **begun == act),
            "{facts:?}"
        );
        assert!(told.next().is_some());
    }
}

#[test]
fn what_came_while_it_was_being_made_is_the_new_record_and_what_was_here_is_not() {
    for was_here in [false, true] {
        let mut bench = Bench::new(true);
        let (path, company) = (
            bench.folder.path().join("cache.db"),
            bench.worker.company().clone(),
        );
        let arrives = move || {
            let record = record("7");
            let row = crate::store::cache::Row {
                record: &record,
                raw: None,
            };
            let mut cache = Cache::open(&path).expect("a cache");
            cache.upsert(&company, &[row], noon()).expect("written");
        };
        bench.books.set(|script| {
            script.made = Some("7");
            match was_here {
                true => arrives(),
                false => script.on_create = Some(Box::new(arrives)),
            }
        });
        let facts = bench.run(Effect::Commit(Box::new(create("c-1"))));
        let answers: Vec<bool> = facts
            .iter()
            .filter_map(|fact| match fact {
                Fact::Answered { answer, .. } => Some(matches!(answer, Answer::Done { .. })),
                _ => None,
            })
            .collect();
        assert_eq!(answers, [!was_here], "{facts:?}");
    }
}
