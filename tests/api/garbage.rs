//! Bodies that nobody should send: each operation answers with an error of its own, and none panics.

use timbra::api::{Books, Cause};
use timbra::domain::edit::Edit;
use timbra::domain::field::{Field, Value};
use timbra::domain::intent::{Answer, IntentId};
use timbra::domain::kind::Kind;
use timbra::domain::record::Id;

use super::server::{Canned, Script, Server, answer};

/// The one body below that names a record; what is wrong with it lies deeper.
const NAMES_ONE: &str =
    "{\"data\":{\"id\":\"6\",\"total\":1e999999999,\"_raw\":{\"items\":{},\"stamp\":[[]]}}}";

fn garbage() -> Vec<Script> {
    let texts = [
        "",
        " ",
        "<html><body>502</body></html>",
        "{\"data\":",
        "{\"data\":{\"id\":\"6\"",
        "null",
        "true",
        "7",
        "\"6\"",
        "[]",
        "{}",
        "[[[]]]",
        "{\"data\":7}",
        "{\"data\":\"6\"}",
        "{\"data\":{\"id\":{}}}",
        "{\"data\":[7,null,[],{\"id\":[]}],\"meta\":7}",
        "{\"data\":[],\"meta\":{\"cursors\":[]},\"_raw\":{\"data\":7}}",
        NAMES_ONE,
        "{\"data\":{\"$serde_json::private::Number\":\"x\"}}",
        "{\"detail\":\"{\\\"invoice\\\":\",\"downstream_errors\":{}}",
    ];
    let mut scripts: Vec<Script> = Vec::new();
    for status in [200, 201, 204, 301, 400, 404] {
        for text in texts {
            scripts.push(answer(status, text));
        }
        scripts.push(Script::Answer(Canned {
            status,
            headers: Vec::new(),
            body: vec![0xff, 0xfe, 0x00, 0x80],
        }));
    }
    scripts
}

#[tokio::test]
async fn garbage_is_an_error_and_never_a_claim() {
    let mut edit = Edit::new(Kind::Invoices, None);
    edit.values
        .insert(Field::Terms, Some(Value::Text("30 días".into())));
    for script in garbage() {
        let server = Server::new([script.clone()]);
        let client = server.client();
        let id = Id::from("9");
        for kind in Kind::ALL {
            if kind != Kind::CompanyInfo {
                let one = client.one(kind, &id, true).await;
                assert!(one.is_err(), "{kind:?} {script:?}: {one:?}");
            }
            if let Ok(page) = client.page(kind, None, None).await {
                assert!(page.rows.len() <= 1, "{kind:?} {script:?}: {page:?}");
            }
        }
        let stamped = client.stamp(Kind::Invoices, &id).await;
        assert!(!matches!(
            stamped,
            Answer::Done { .. } | Answer::NotSent { .. }
        ));
        let created = client.create(&edit, &IntentId("a".into())).await;
        let named = matches!(&script, Script::Answer(canned)
            if canned.status < 204 && canned.body == NAMES_ONE.as_bytes());
        assert_eq!(
            matches!(created, Answer::Done { .. }),
            named,
            "{script:?}: {created:?}"
        );
        assert!(!matches!(created, Answer::NotSent { .. }), "{script:?}");
        let _ = client.company().await;
        let _ = client.newest(Kind::TaxRates, 3).await;
    }
}

#[tokio::test]
async fn a_body_without_end_is_not_read_into_memory() {
    let declared =
        Script::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n{".to_vec());
    let mut endless = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    endless.resize(40 << 20, b' ');
    for script in [declared, Script::Bytes(endless)] {
        let server = Server::new([script]);
        let client = server.client();
        let read = client.one(Kind::Invoices, &Id::from("6"), false).await;
        assert_eq!(read.map_err(|e| e.cause), Err(Cause::TooLarge));
        let stamped = client.stamp(Kind::Invoices, &Id::from("6")).await;
        assert!(matches!(stamped, Answer::Unclear { .. }), "{stamped:?}");
    }
}

#[tokio::test]
async fn amounts_that_do_not_fit_are_unknown_and_not_rounded() {
    let body = r#"{"data":{"id":"6","total":1e999,"balance":0.123456789012345678901234567890123,"sub_total":19928.10,"total_tax":"0.0000000000"}}"#;
    let server = Server::new([answer(200, body)]);
    let record = server
        .client()
        .one(Kind::Invoices, &Id::from("6"), false)
        .await
        .expect("an invoice")
        .record;
    assert_eq!(record.money(Field::Total), None);
    assert_eq!(record.money(Field::Balance), None);
    assert_eq!(record.money(Field::SubTotal), "19928.1".parse().ok());
    assert_eq!(record.money(Field::TotalTax), "0".parse().ok());
}

/// What a whole test may take that asks once for each byte of a body.
const BOUND: std::time::Duration = std::time::Duration::from_secs(60);

#[tokio::test]
async fn a_body_cut_at_any_byte_is_an_error_and_never_a_shorter_list() {
    let body = r#"{"status_code":200,"status":"OK","data":[{"id":"6","number":"Ñ-6","total":1160.50},{"id":"7"}],"meta":{"cursors":{"next":null}}}"#;
    let asked = async {
        for cut in 0..body.len() {
            let bytes = body.as_bytes()[..cut].to_vec();
            let server = Server::new([Script::Answer(Canned {
                status: 200,
                headers: Vec::new(),
                body: bytes,
            })]);
            let page = server.client().page(Kind::Invoices, None, None).await;
            assert!(page.is_err(), "{cut}: {page:?}");
            let one = server
                .client()
                .one(Kind::Invoices, &Id::from("6"), false)
                .await;
            assert!(one.is_err(), "{cut}: {one:?}");
        }
        // The connection that ends before the promised length is no shorter answer either.
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n",
            body.len() + 1
        );
        let server = Server::new([Script::Bytes([head.as_bytes(), body.as_bytes()].concat())]);
        let page = server.client().page(Kind::Invoices, None, None).await;
        assert!(page.is_err(), "{page:?}");
    };
    tokio::time::timeout(BOUND, asked)
        .await
        .expect("within the bound");
}
