//! Lists that were given a name.

use jiff::Timestamp;
use timbra::domain::company::CompanyId;
use timbra::domain::kind::Kind;
use timbra::domain::list::{Filter, ListQuery, Only, Standing};
use timbra::domain::record::Id;
use timbra::domain::view::{View, ViewChange, ViewName};
use timbra::store::durable::Durable;

use crate::books::company;

fn name(text: &str) -> ViewName {
    ViewName::new(text).expect("a name")
}

fn view(called: &str, text: &str) -> View {
    View {
        name: name(called),
        query: ListQuery {
            filter: Filter::Standing(Standing::Errors),
            only: Only {
                text: text.to_owned(),
                naming: Some((Kind::Customers, Id::from("7"))),
                ..Only::default()
            },
            ..ListQuery::natural(Kind::Invoices)
        },
        typed: format!("borrador {text}"),
        about: "XENON".to_owned(),
    }
}

fn change(durable: &mut Durable, change: ViewChange) {
    durable
        .change_views(&company(), &change, Timestamp::UNIX_EPOCH)
        .expect("changed");
}

fn keep(durable: &mut Durable, view: View) {
    change(durable, ViewChange::Keep(Box::new(view)));
}

fn names(durable: &Durable) -> Vec<String> {
    let views = durable.views(&company()).expect("views");
    views.iter().map(|view| view.name.to_string()).collect()
}

#[test]
fn a_view_comes_back_whole_after_the_file_was_closed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("durable.db");
    let mut durable = Durable::open(&path).expect("a file");
    let kept = view("'; DROP TABLE view; -- ñ🦆", ">10000 cliente:\"x\"");
    keep(&mut durable, kept.clone());
    drop(durable);
    let durable = Durable::open(&path).expect("the file again");
    let views = durable.views(&company()).expect("views");
    assert_eq!(views, std::slice::from_ref(&kept));
    let found = durable.view(&company(), &kept.name).expect("a view");
    assert_eq!(found, Some(kept));
    // Another company has none of it.
    let other = CompanyId("other-consumer".into());
    assert_eq!(durable.views(&other).expect("views"), []);
}

#[test]
fn one_name_is_one_view_in_whatever_case() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut durable = Durable::open(&folder.path().join("durable.db")).expect("a file");
    keep(&mut durable, view("Ñandú", "a"));
    keep(&mut durable, view("ñANDÚ", "b"));
    keep(&mut durable, view("abril", "c"));
    assert_eq!(names(&durable), ["abril", "ñANDÚ"]);
    let found = durable.view(&company(), &name("ÑANDÚ")).expect("a view");
    assert_eq!(found.map(|view| view.query.only.text), Some("b".into()));
}

#[test]
fn a_view_is_renamed_and_dropped_and_what_is_not_there_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut durable = Durable::open(&folder.path().join("durable.db")).expect("a file");
    for called in ["uno", "dos"] {
        keep(&mut durable, view(called, called));
    }
    let rename = |from: &str, to: &str| ViewChange::Rename {
        from: name(from),
        to: name(to),
    };
    change(&mut durable, rename("uno", "UNO"));
    assert_eq!(names(&durable), ["dos", "UNO"]);
    change(&mut durable, rename("nada", "tres"));
    assert_eq!(names(&durable), ["dos", "UNO"]);
    change(&mut durable, rename("dos", "uno"));
    assert_eq!(names(&durable), ["uno"]);
    let found = durable.view(&company(), &name("uno")).expect("a view");
    assert_eq!(found.map(|view| view.query.only.text), Some("dos".into()));
    change(&mut durable, ViewChange::Drop(name("nada")));
    change(&mut durable, ViewChange::Drop(name("UNO")));
    assert_eq!(names(&durable), Vec::<String>::new());
}

#[test]
fn a_view_of_a_newer_program_stays_and_hides_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("durable.db");
    let mut durable = Durable::open(&path).expect("a file");
    keep(&mut durable, view("mía", "x"));
    let file = rusqlite::Connection::open(&path).expect("the file");
    file.execute(
        "INSERT INTO view (company, key, body, at) VALUES (?1, 'nueva', '{\"name\":\"nueva\"}', '')",
        [&company().0],
    )
    .expect("a row");
    assert_eq!(names(&durable), ["mía"]);
    let rows: i64 = file
        .query_row("SELECT count(*) FROM view", [], |row| row.get(0))
        .expect("a count");
    assert_eq!(rows, 2);
}
