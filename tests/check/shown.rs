//! `timbra show` where nobody answers: what is kept on this machine, in every form, with its age; and never in the place
//! of a refusal.

use std::process::Output;

use serde_json::{Value, json};

use crate::run::text;
use crate::unstamped::{Office, out};

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn shown(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A stamped invoice of these books.
fn stamped(office: &Office) -> String {
    let found = office.run(&["export", "invoices", "--format", "json"]);
    let invoices: Vec<Value> = out(&found)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let invoice = invoices.iter().find(|one| one["stamp"] == "stamped");
    text(&invoice.expect("a stamped invoice")["id"]).to_owned()
}

#[test]
fn without_a_server_a_record_is_shown_in_every_form_as_it_is_kept_and_with_its_age() {
    let mut office = Office::open();
    assert_eq!(office.run(&["sync"]).status.code(), Some(0));
    let id = stamped(&office);
    let forms = [
        vec!["show", "invoice", &id],
        vec!["show", "invoice", &id, "--raw"],
        vec!["show", "invoice", &id, "--raw", "--json"],
        vec!["show", "invoice", &id, "--draft"],
        vec!["show", "invoice", &id, "--json"],
        vec!["show", "customer", "1"],
        vec!["show", "ledger-account", "5000", "--json"],
    ];
    let account = office.run(&["export", "ledger-accounts", "--format", "json"]);
    let account: Value = serde_json::from_str(out(&account).lines().next().unwrap()).unwrap();
    let mut forms: Vec<Vec<String>> = forms
        .into_iter()
        .map(|form| form.into_iter().map(ToOwned::to_owned).collect())
        .collect();
    forms[6][2] = text(&account["id"]).to_owned();
    let run = |office: &Office, form: &[String]| {
        let form: Vec<&str> = form.iter().map(String::as_str).collect();
        office.run(&form)
    };
    let there: Vec<Output> = forms.iter().map(|form| run(&office, form)).collect();
    office.close();
    for (form, there) in forms.iter().zip(&there) {
        assert_eq!(there.status.code(), Some(0), "{form:?}: {there:?}");
        assert_eq!(err(there), "", "{form:?}");
        let kept = run(&office, form);
        assert_eq!(kept.status.code(), Some(0), "{form:?}: {kept:?}");
        let told = err(&kept);
        assert!(
            told.contains("sin conexión · guardado en este equipo · ESCUELA KEMPER URGATE")
                && told.contains("EKU9003173C9 · leído el 03/06/2026 "),
            "{form:?}: {told}"
        );
        if form.last().is_some_and(|last| last == "--json") && form.len() == 4 {
            let mut kept = shown(&kept);
            let at = kept.as_object_mut().and_then(|kept| kept.remove("read_at"));
            let at = at.expect("its age");
            assert!(text(&at).starts_with("2026-06-03T"), "{at}");
            assert_eq!(kept, shown(there), "{form:?}");
        } else {
            assert_eq!(out(&kept), out(there), "{form:?}");
        }
    }
    for (kind, id) in [("invoice", "999999"), ("supplier", "nadie")] {
        let none = office.run(&["show", kind, id]);
        assert_eq!(none.status.code(), Some(4), "{none:?}");
        assert_eq!(out(&none), "");
        assert!(err(&none).contains("no guarda ese registro"), "{none:?}");
    }
}

#[test]
fn before_a_sync_nothing_is_kept_and_no_file_is_made() {
    let mut office = Office::open();
    office.close();
    let none = office.run(&["show", "invoice", "1"]);
    assert_eq!(none.status.code(), Some(4), "{none:?}");
    assert!(err(&none).contains("sin conexión"), "{none:?}");
    assert!(!office.home.path().join("data").exists());
}

#[test]
fn an_outage_shows_what_is_kept_and_a_refusal_does_not() {
    let fault = |path: &str, status: u16| {
        let fault =
            json!({"method": "GET", "path": path, "nth": 0, "do": "status", "status": status});
        serde_json::from_value(fault).unwrap()
    };
    let office = Office::with(vec![
        fault("/accounting/invoices/7", 503),
        fault("/accounting/invoices/8", 403),
    ]);
    assert_eq!(office.run(&["sync"]).status.code(), Some(0));
    let outage = office.run(&["show", "invoice", "7", "--json"]);
    assert_eq!(outage.status.code(), Some(0), "{outage:?}");
    assert_eq!(shown(&outage)["id"], "7");
    assert!(
        err(&outage).contains("servidor con problemas"),
        "{outage:?}"
    );
    let refused = office.run(&["show", "invoice", "8"]);
    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
    assert_eq!(out(&refused), "");
    // Whoever has no key any more has no business with the books either.
    let stranger = office.run_as("sk_wrong", &["show", "invoice", "1"]);
    assert_eq!(stranger.status.code(), Some(4), "{stranger:?}");
    assert_eq!(out(&stranger), "");
    let gone = office.run(&["show", "invoice", "999999"]);
    assert_eq!(gone.status.code(), Some(3), "{gone:?}");
}
