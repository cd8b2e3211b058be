//! What has no field of its own, as it leaves (contract C.1, 10.1, 10.2).

use serde_json::{Value as Json, json};
use timbra::api::{Books, Cause};
use timbra::domain::edit::Edit;
use timbra::domain::intent::{Answer, IntentId};
use timbra::domain::kind::Kind;
use timbra::domain::native::NativeValue;

use super::matrix::sample;
use super::server::Server;
use super::writing::{changed, created};

fn native(path: &str, json: &str) -> NativeValue {
    NativeValue {
        path: path.parse().expect("a path"),
        json: json.to_owned(),
    }
}

fn telling(kind: Kind, id: Option<&str>, natives: &[(&str, &str)]) -> Edit {
    let mut edit = sample(kind, id);
    edit.natives = (natives.iter())
        .map(|(path, json)| native(path, json))
        .collect();
    edit
}

/// The one element of `pass_through`.
fn element(body: &Json) -> &Json {
    let elements = body["pass_through"].as_array().expect("an array");
    assert_eq!(elements.len(), 1);
    assert_eq!(elements[0]["service_id"], json!("alegra"));
    &elements[0]
}

fn writable() -> impl Iterator<Item = Kind> {
    Kind::ALL
        .into_iter()
        .filter(|kind| kind.spec().operations.create && *kind != Kind::BankAccounts)
}

#[tokio::test]
async fn f_10_1_to_10_2_every_kind_with_a_pass_through_takes_values_by_their_paths() {
    for kind in writable() {
        let natives = [
            ("$.ownField", r#"{"a":1.10}"#),
            ("$.other.inner[0].deep", r#""texto""#),
            ("$.flag", "true"),
        ];
        for body in [
            created(&telling(kind, None, &natives)).await,
            changed(&telling(kind, Some("6"), &natives)).await,
        ] {
            let element = element(&body);
            let object = &element["extend_object"];
            assert_eq!(object["ownField"].to_string(), r#"{"a":1.10}"#, "{kind:?}");
            assert_eq!(object["flag"], json!(true), "{kind:?}");
            let paths = element["extend_paths"].as_array().expect("paths");
            let wanted = json!({"path": "$.other.inner[0].deep", "value": "texto"});
            assert!(paths.contains(&wanted), "{kind:?} {paths:?}");
        }
    }
}

#[tokio::test]
async fn a_path_into_a_line_goes_with_all_lines_and_takes_the_place_of_what_the_item_says() {
    let mut edit = telling(
        Kind::Invoices,
        Some("6"),
        &[("$.items[0].unit", r#""E48""#)],
    );
    if let Some(line) = edit.lines.as_mut().and_then(|lines| lines.first_mut()) {
        line.unit = Some("H87".into());
    }
    let body = changed(&edit).await;
    assert_eq!(body["line_items"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        element(&body)["extend_paths"],
        json!([{"path": "$.items[0].unit", "value": "E48"}])
    );
}

#[tokio::test]
async fn what_belongs_to_a_field_to_the_stamp_or_to_nobody_never_leaves() {
    for (kind, path) in [
        (Kind::Invoices, "stamp.generateStamp"),
        (Kind::Invoices, "stamp"),
        (Kind::Invoices, "observations"),
        (Kind::Invoices, "items"),
        (Kind::Invoices, "status"),
        (Kind::Customers, "apiKey"),
        (Kind::BankAccounts, "ownField"),
    ] {
        let server = Server::new([]);
        let edit = telling(kind, None, &[(path, "true")]);
        let answer = server.client().create(&edit, &IntentId("a".into())).await;
        assert!(!matches!(answer, Answer::Done { .. }), "{kind:?} {path}");
        let edit = telling(kind, Some("6"), &[(path, "true")]);
        let error = server.client().update(&edit).await.expect_err("refused");
        assert_eq!(error.cause, Cause::NotSendable, "{kind:?} {path}");
        assert_eq!(server.seen().len(), 0, "{kind:?} {path}");
    }
}
