//! Creates and stamps leave once, whatever happens, and only what is clear is called clear (law 1).

use std::time::Duration;

use serde_json::{Value, json};
use timbra::api::{Apideck, Books, Cause, Timing};
use timbra::domain::cancellation::Motive;
use timbra::domain::edit::Edit;
use timbra::domain::field::{Field, Value as FieldValue};
use timbra::domain::intent::{Answer, IntentId, Refusal};
use timbra::domain::kind::Kind;
use timbra::domain::record::Id;
use timbra::domain::stamp::Uuid;

use super::server::{Script, Server, answer, hasty};

const UUID: &str = "5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F";

fn intent() -> IntentId {
    IntentId("0b1f7c52-6a3e-4f0e-9d55-7a1c2e9b4d10".into())
}

fn invoice() -> Edit {
    let mut edit = Edit::new(Kind::Invoices, None);
    edit.values
        .insert(Field::CfdiUse, Some(FieldValue::Text("G03".into())));
    edit
}

/// Contract A.4.
fn refusal() -> Value {
    json!({"status_code": 400, "error": "Bad Request", "type_name": "ConnectorExecutionError",
        "message": "No fue posible timbrar la factura",
        "detail": {"code": 3051, "message": "El RFC del receptor no está inscrito en el SAT", "invoice": {"id": "41"}},
        "downstream_errors": [{"code": "3051", "message": "El RFC del receptor no está inscrito en el SAT"}]})
}

async fn created(script: Script) -> (Answer, usize) {
    let server = Server::new([script]);
    let answer = server.client().create(&invoice(), &intent()).await;
    (answer, server.count("POST"))
}

async fn stamped(script: Script) -> (Answer, usize) {
    let server = Server::new([script]);
    let answer = server.client().stamp(Kind::Invoices, &Id::from("6")).await;
    (answer, server.count("POST"))
}

#[tokio::test]
async fn a_create_is_done_when_the_answer_names_the_record() {
    for body in [
        r#"{"status_code":201,"status":"Created","service":"alegra","resource":"invoices","operation":"add","data":{"id":"6"}}"#,
        r#"{"data":{"id":6}}"#,
    ] {
        let (answer, sent) = created(answer(201, body)).await;
        let done = Answer::Done {
            id: Id::from("6"),
            uuid: None,
        };
        assert_eq!((answer, sent), (done, 1));
    }
}

#[tokio::test]
async fn f_1_1_and_1_11_and_1_28_a_stamp_is_done_when_the_answer_has_the_uuid_of_the_asked_invoice()
{
    let body = json!({"id": 6, "status": "open", "stamp": {"uuid": UUID.to_lowercase()}});
    let server = Server::new([answer(200, &body)]);
    let done = Answer::Done {
        id: Id::from("6"),
        uuid: UUID.parse().ok(),
    };
    let answered = server.client().stamp(Kind::Invoices, &Id::from("6")).await;
    assert_eq!(answered, done);
    let request = server.only();
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("POST", "/proxy")
    );
    assert_eq!(
        request.header("x-apideck-downstream-url"),
        Some("https://api.alegra.com/api/v1/invoices/6/open")
    );
    assert_eq!(request.header("x-apideck-timeout"), Some("60000"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("idempotency-key"), None);
    assert_eq!(request.json(), json!({"stamp": {"generateStamp": true}}));

    let (answer, _) = stamped(answer(200, json!({"invoice": body}))).await;
    assert_eq!(answer, done);
}

#[tokio::test]
async fn f_1_2_a_credit_note_is_stamped_by_changing_it() {
    let body = json!({"id": "6", "stamp": {"uuid": UUID}});
    let server = Server::new([answer(200, body)]);
    let answer = server
        .client()
        .stamp(Kind::CreditNotes, &Id::from("6"))
        .await;
    assert!(matches!(answer, Answer::Done { uuid: Some(_), .. }));
    let seen = server.seen();
    let request = seen.first().expect("a request");
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("PUT", "/proxy")
    );
    assert_eq!(
        request.header("x-apideck-downstream-url"),
        Some("https://api.alegra.com/api/v1/credit-notes/6")
    );
    assert_eq!(request.json(), json!({"stamp": {"generateStamp": true}}));
}

#[tokio::test]
async fn f_1_11_a_create_that_stamps_says_so_in_the_same_body_and_is_sent_once() {
    for kind in [Kind::Invoices, Kind::CreditNotes] {
        let server = Server::new([answer(201, json!({"data": {"id": "6"}}))]);
        let mut edit = invoice();
        edit.kind = kind;
        let answer = server.client().create_stamped(&edit, &intent()).await;
        let done = Answer::Done {
            id: Id::from("6"),
            uuid: None,
        };
        assert_eq!((answer, server.count("POST")), (done, 1));
        let seen = server.seen();
        let body = seen.first().expect("a request").json();
        assert_eq!(
            body,
            json!({"pass_through": [{"service_id": "alegra", "extend_object": {
                "cfdiUse": "G03", "stamp": {"generateStamp": true}}}]})
        );
        assert!(seen[0].header("idempotency-key").is_some());
        let _ = server.client().create(&edit, &intent()).await;
        let plain = server.seen().last().expect("a request").json();
        assert!(!plain.to_string().contains("generateStamp"), "{plain}");
    }
    let server = Server::new([answer(200, "{}")]);
    for kind in [Kind::Quotes, Kind::Bills, Kind::Customers] {
        let edit = Edit::new(kind, None);
        let answer = server.client().create_stamped(&edit, &intent()).await;
        assert!(matches!(answer, Answer::NotSent { .. }), "{kind:?}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_success_that_does_not_say_it_is_unclear() {
    for body in [
        json!({"id": "6", "status": "open"}),
        json!({"id": "6", "status": "open", "stamp": {"uuid": ""}}),
        json!({"id": "6", "status": "open", "stamp": {"uuid": "5F3C1A90"}}),
        json!({"id": "7", "status": "open", "stamp": {"uuid": UUID}}),
        json!({"stamp": {"uuid": UUID}}),
        json!([{"id": "6", "stamp": {"uuid": UUID}}]),
        json!({"message": "Factura timbrada"}),
    ] {
        let (answer, sent) = stamped(answer(200, &body)).await;
        assert!(matches!(answer, Answer::Unclear { .. }), "{body}");
        assert_eq!(sent, 1);
    }
    for body in [
        json!({"data": {}}),
        json!({"data": {"id": null}}),
        json!({"data": []}),
        json!({}),
        json!("6"),
    ] {
        let (answer, sent) = created(answer(201, &body)).await;
        assert!(matches!(answer, Answer::Unclear { .. }), "{body}");
        assert_eq!(sent, 1);
    }
}

#[tokio::test]
async fn f_1_20_a_readable_refusal_is_one_and_keeps_the_draft() {
    let expected = Answer::Refused(Refusal {
        status: 400,
        code: "3051".into(),
        text: "El RFC del receptor no está inscrito en el SAT".into(),
        draft: Some(Id::from("41")),
    });
    assert_eq!(created(answer(400, refusal())).await, (expected.clone(), 1));
    let native = json!({"code": 3051, "message": "El RFC del receptor no está inscrito en el SAT", "invoice": {"id": 41}});
    let script = answer(400, native).with("x-apideck-downstream-error", "true");
    assert_eq!(stamped(script).await, (expected, 1));
    for status in [401, 402, 403, 404] {
        let body = json!({"status_code": status, "error": "Reason", "message": "Words"});
        let (answer, sent) = stamped(answer(status, body)).await;
        assert!(matches!(answer, Answer::Refused(_)), "{status}: {answer:?}");
        assert_eq!(sent, 1);
    }
}

#[tokio::test]
async fn whatever_else_comes_back_the_request_was_sent_once_and_nothing_is_claimed() {
    let cut = Script::Bytes(
        format!("HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{{\"id\":\"6\",\"stamp\":{{\"uuid\":\"{UUID}\"")
            .into_bytes(),
    );
    let elsewhere = "https://files.example/large";
    for script in [
        answer(408, refusal()),
        answer(409, refusal()),
        answer(422, refusal()),
        answer(429, refusal()).with("retry-after", "0"),
        answer(500, refusal()),
        answer(502, "<html>Bad gateway</html>"),
        answer(503, ""),
        answer(504, "{}"),
        answer(400, "<html>blocked</html>"),
        answer(400, ""),
        answer(403, "{}"),
        answer(200, ""),
        answer(204, ""),
        answer(200, "<html>login</html>"),
        answer(301, "").with("location", elsewhere),
        answer(307, "").with("location", elsewhere),
        answer(302, "").with("location", "/proxy"),
        Script::Drop,
        Script::Bytes(b"garbage\r\n\r\n".to_vec()),
        cut,
    ] {
        for (answer, sent) in [created(script.clone()).await, stamped(script.clone()).await] {
            assert!(
                matches!(answer, Answer::Unclear { .. }),
                "{script:?}: {answer:?}"
            );
            assert_eq!(sent, 1, "{script:?}");
        }
    }
}

#[tokio::test]
async fn silence_until_the_limit_is_unclear() {
    let server = Server::new([Script::Hang]);
    let timing = Timing {
        act: Duration::from_millis(50),
        ..hasty()
    };
    let client = Apideck::with_timing(&server.connection(), timing).expect("a client");
    let stamped = client.stamp(Kind::Invoices, &Id::from("6")).await;
    assert!(matches!(stamped, Answer::Unclear { .. }), "{stamped:?}");
    let created = client.create(&invoice(), &intent()).await;
    assert!(matches!(created, Answer::Unclear { .. }), "{created:?}");
    assert_eq!(server.count("POST"), 2);
}

#[tokio::test]
async fn changes_and_deletions_are_sent_once_too() {
    let mut edit = invoice();
    edit.id = Some(Id::from("6"));
    for script in [
        answer(408, "{}"),
        answer(429, "{}").with("retry-after", "0"),
        answer(500, "{}"),
        answer(503, "").with("retry-after", "0"),
        answer(307, "").with("location", "/accounting/invoices/7"),
        Script::Drop,
    ] {
        let server = Server::new([script.clone()]);
        let client = server.client();
        assert!(client.update(&edit).await.is_err(), "{script:?}");
        assert_eq!(server.count("PATCH"), 1, "{script:?}");

        let server = Server::new([script.clone()]);
        let client = server.client();
        let deleted = client.delete(Kind::Invoices, &Id::from("6")).await;
        assert!(
            matches!(deleted, Answer::Refused(_) | Answer::Unclear { .. }),
            "{script:?}: {deleted:?}"
        );
        assert_eq!(server.count("DELETE"), 1, "{script:?}");
    }
    let server = Server::new([answer(200, json!({"data": {"id": "6"}}))]);
    assert_eq!(server.client().update(&edit).await, Ok(()));
    assert_eq!(server.only().target, "/accounting/invoices/6");
    for (script, done) in [
        (answer(204, ""), true),
        (answer(200, ""), false),
        (answer(200, json!({"data": {"id": "6"}})), true),
        (answer(200, json!({"data": {"id": "7"}})), false),
        (answer(200, "<html>a page in between</html>"), false),
        (answer(200, "{}"), false),
    ] {
        let server = Server::new([script.clone()]);
        let deleted = server.client().delete(Kind::Invoices, &Id::from("6")).await;
        assert_eq!(
            matches!(deleted, Answer::Done { .. }),
            done,
            "{script:?}: {deleted:?}"
        );
        assert!(
            done || matches!(deleted, Answer::Unclear { .. }),
            "{script:?}: {deleted:?}"
        );
    }
    let server = Server::new([answer(200, "<html>a page in between</html>")]);
    let outcome = server.client().update(&edit).await;
    assert_eq!(outcome.map_err(|e| e.cause), Err(Cause::Unreadable));
}

#[tokio::test]
async fn f_1_2_and_1_3_and_5_7_what_is_not_offered_never_leaves() {
    let server = Server::new([answer(200, "{}")]);
    let client = server.client();
    let deleted = client.delete(Kind::LedgerAccounts, &Id::from("5060")).await;
    assert!(matches!(deleted, Answer::NotSent { .. }), "{deleted:?}");
    for kind in [Kind::Bills, Kind::Quotes, Kind::Customers] {
        let stamped = client.stamp(kind, &Id::from("6")).await;
        assert!(matches!(stamped, Answer::NotSent { .. }), "{kind:?}");
    }
    let created = client
        .create(&Edit::new(Kind::CompanyInfo, None), &intent())
        .await;
    assert!(matches!(created, Answer::NotSent { .. }));
    let updated = client.update(&Edit::new(Kind::Invoices, None)).await;
    assert_eq!(updated.map_err(|e| e.cause), Err(Cause::NotSendable));
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn f_1_21_a_corrected_draft_is_changed_and_stamped_under_its_own_id() {
    let refused =
        json!({"code": 3051, "message": "CFDI40157", "invoice": {"id": "41", "status": "draft"}});
    let server = Server::new([
        answer(400, refused),
        answer(200, json!({"data": {"id": "41"}})),
        answer(
            200,
            json!({"id": "41", "status": "open", "stamp": {"uuid": UUID}}),
        ),
    ]);
    let client = server.client();
    let id = Id::from("41");
    let first = client.stamp(Kind::Invoices, &id).await;
    assert!(!matches!(first, Answer::Done { .. }), "{first:?}");
    let correction = super::writing::edit(
        Kind::Invoices,
        Some("41"),
        &[(Field::Regime, super::writing::text("626"))],
    );
    assert_eq!(client.update(&correction).await, Ok(()));
    let second = client.stamp(Kind::Invoices, &id).await;
    assert!(matches!(second, Answer::Done { .. }), "{second:?}");
    let seen: Vec<_> = server
        .seen()
        .into_iter()
        .map(|seen| (seen.method, seen.target))
        .collect();
    let expected = [
        ("POST", "/proxy"),
        ("PATCH", "/accounting/invoices/41"),
        ("POST", "/proxy"),
    ];
    assert_eq!(
        seen,
        expected.map(|(method, target)| (method.to_owned(), target.to_owned()))
    );
}

/// Contract A.6: "a connector that cannot honour it answers 400 instead of writing".
#[tokio::test]
async fn a_refused_idempotency_key_is_left_out_from_then_on() {
    let refused = json!({"status_code": 400, "error": "Bad Request", "type_name": "RequestValidationError",
        "message": "The header idempotency-key is not supported by this connector"});
    let server = Server::new([
        answer(400, refused),
        answer(201, json!({"data": {"id": "6"}})),
    ]);
    let client = server.client();
    let done = Answer::Done {
        id: Id::from("6"),
        uuid: None,
    };
    assert_eq!(client.create(&invoice(), &intent()).await, done);
    assert_eq!(client.create(&invoice(), &intent()).await, done);
    let keys: Vec<_> = server
        .seen()
        .iter()
        .map(|seen| seen.header("idempotency-key").map(str::to_owned))
        .collect();
    assert_eq!(keys, vec![Some(intent().0), None, None]);
    let bodies: Vec<_> = server.seen().iter().map(|seen| seen.json()).collect();
    assert_eq!(bodies[0], bodies[1]);
}

#[tokio::test]
async fn a_key_refused_too_late_is_remembered_but_nothing_is_sent_again() {
    let server = Server::new([
        answer(400, json!({"message": "idempotency-key is not supported"})),
        answer(201, json!({"data": {"id": "6"}})),
    ]);
    let timing = Timing {
        again_within: Duration::ZERO,
        ..hasty()
    };
    let client = Apideck::with_timing(&server.connection(), timing).expect("a client");
    let late = client.create(&invoice(), &intent()).await;
    assert!(matches!(late, Answer::NotSent { .. }), "{late:?}");
    assert_eq!(server.count("POST"), 1);
    let next = client.create(&invoice(), &intent()).await;
    assert!(matches!(next, Answer::Done { .. }), "{next:?}");
    assert_eq!(server.seen()[1].header("idempotency-key"), None);
}

#[tokio::test]
async fn only_a_clear_refusal_of_the_key_is_taken_for_one() {
    let words = "idempotency-key: first attempt still running";
    let mut kept = refusal();
    kept["message"] = json!(words);
    for script in [
        answer(409, json!({"type_name": "ConflictError", "message": words})),
        answer(
            422,
            json!({"type_name": "InvalidStateError", "message": words}),
        ),
        answer(500, json!({"message": words})),
        answer(400, words),
        answer(400, kept),
    ] {
        let (_, sent) = created(script.clone()).await;
        assert_eq!(sent, 1, "{script:?}");
    }
}

#[tokio::test]
async fn keys_go_only_where_the_contract_has_them() {
    let server = Server::new([answer(201, json!({"data": {"id": "7"}}))]);
    let client = server.client();
    let mut customer = Edit::new(Kind::Customers, None);
    customer
        .values
        .insert(Field::Name, Some(FieldValue::Text("XENON".into())));
    let _ = client.create(&customer, &intent()).await;
    let _ = client
        .create(&invoice(), &IntentId("no ñ key".into()))
        .await;
    let _ = client.create(&invoice(), &intent()).await;
    for kind in [
        Kind::CreditNotes,
        Kind::Bills,
        Kind::Quotes,
        Kind::PurchaseOrders,
    ] {
        let mut document = Edit::new(kind, None);
        document
            .values
            .insert(Field::Currency, Some(FieldValue::Text("MXN".into())));
        let _ = client.create(&document, &intent()).await;
    }
    let keys: Vec<_> = server
        .seen()
        .iter()
        .map(|seen| seen.header("idempotency-key").is_some())
        .collect();
    assert_eq!(keys, vec![false, false, true, true, true, false, false]);
}

fn two() -> [Id; 2] {
    [Id::from("6"), Id::from("7")]
}

fn done(id: &Id) -> Answer {
    Answer::Done {
        id: id.clone(),
        uuid: UUID.parse().ok(),
    }
}

#[tokio::test]
async fn f_1_27_a_bulk_stamp_leaves_once_and_each_document_has_its_own_answer() {
    let [six, seven] = two();
    let server = Server::new([answer(
        200,
        json!([
            {"id": "7", "success": false, "code": 3051, "message": "CFDI40145: no"},
            {"id": 6, "success": true, "message": "Factura timbrada", "stamp": {"uuid": UUID}},
        ]),
    )]);
    let bulk = server.client().stamp_many(&two()).await;
    let no = Answer::Refused(Refusal {
        status: 200,
        code: "3051".into(),
        text: "CFDI40145: no".into(),
        draft: None,
    });
    assert_eq!(bulk.answers, [(six.clone(), done(&six)), (seven, no)]);
    assert_eq!((bulk.whole, bulk.wait), (false, None));
    let request = server.only();
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("POST", "/proxy")
    );
    assert_eq!(
        request.header("x-apideck-downstream-url"),
        Some("https://api.alegra.com/api/v1/invoices/stamp")
    );
    assert_eq!(request.header("x-apideck-timeout"), Some("60000"));
    assert_eq!(request.header("idempotency-key"), None);
    assert_eq!(request.json(), json!({"ids": [6, 7]}));
}

#[tokio::test]
async fn a_document_that_a_bulk_answer_does_not_clearly_name_is_unclear() {
    let [six, _] = two();
    let stamped = json!({"id": "6", "success": true, "stamp": {"uuid": UUID}});
    for second in [
        json!({"id": "8", "success": true, "stamp": {"uuid": UUID}}),
        json!({"id": "7", "message": "Factura timbrada"}),
        json!({"id": "7", "success": "perhaps"}),
        json!({"success": true, "stamp": {"uuid": UUID}}),
        json!(null),
        stamped.clone(),
    ] {
        let twice = second == stamped;
        let server = Server::new([answer(200, json!([stamped, second]))]);
        let bulk = server.client().stamp_many(&two()).await;
        let (first, last) = (&bulk.answers[0].1, &bulk.answers[1].1);
        assert!(matches!(last, Answer::Unclear { .. }), "{second}: {last:?}");
        match twice {
            true => assert!(matches!(first, Answer::Unclear { .. })),
            false => assert_eq!(*first, done(&six), "{second}"),
        }
        assert_eq!(server.count("POST"), 1);
    }
}

#[tokio::test]
async fn a_bulk_success_without_a_folio_fiscal_is_one_that_a_reading_has_to_confirm() {
    let [six, _] = two();
    let server = Server::new([answer(200, json!({"data": [{"id": "6", "success": true}]}))]);
    let bulk = server.client().stamp_many(std::slice::from_ref(&six)).await;
    let unproven = Answer::Done {
        id: six.clone(),
        uuid: None,
    };
    assert_eq!(bulk.answers, [(six, unproven)]);
}

#[tokio::test]
async fn a_bulk_answer_that_is_no_list_is_unclear_for_all_of_them() {
    for script in [
        answer(200, json!({"message": "Facturas timbradas"})),
        answer(200, ""),
        answer(500, json!({"message": "no"})),
        answer(502, "<html>502</html>"),
        Script::Drop,
    ] {
        let server = Server::new([script.clone()]);
        let bulk = server.client().stamp_many(&two()).await;
        assert!(bulk.whole && bulk.wait.is_none(), "{script:?}");
        assert_eq!(bulk.answers.len(), 2);
        for (_, answer) in &bulk.answers {
            assert!(matches!(answer, Answer::Unclear { .. }), "{script:?}");
        }
        assert_eq!(server.count("POST"), 1);
    }
}

#[tokio::test]
async fn a_chunk_is_refused_as_a_whole_and_a_429_says_how_long_to_wait() {
    let server = Server::new([answer(400, json!({"code": 400, "message": "ids"}))
        .with("x-apideck-downstream-error", "true")]);
    let bulk = server.client().stamp_many(&two()).await;
    assert!(bulk.whole && bulk.wait.is_none());
    for (_, answer) in &bulk.answers {
        let Answer::Refused(refusal) = answer else {
            panic!("{answer:?}");
        };
        assert_eq!(refusal.status, 400);
    }
    let limit =
        json!({"status_code": 429, "type_name": "ConnectorRateLimitError", "message": "no"});
    let server = Server::new([answer(429, limit).with("retry-after", 7)]);
    let client = server.client();
    let bulk = client.stamp_many(&two()).await;
    let wait = bulk.wait.expect("a wait");
    assert!(bulk.whole && wait > Duration::ZERO);
    for (_, answer) in &bulk.answers {
        assert!(matches!(answer, Answer::Unclear { .. }), "{answer:?}");
    }
    // Until then nothing leaves, and that is certain.
    let bulk = client.stamp_many(&two()).await;
    assert!(bulk.whole && bulk.wait.is_some());
    for (_, answer) in &bulk.answers {
        assert!(matches!(answer, Answer::NotSent { .. }), "{answer:?}");
    }
    assert_eq!(server.count("POST"), 1);
}

async fn cancelled(motive: &Motive, script: Script) -> (Answer, Server) {
    let server = Server::new([script]);
    let id = Id::from("6");
    let answer = server.client().cancel(Kind::Invoices, &id, motive).await;
    (answer, server)
}

/// The native invoice after `/void`.
fn voided(status: &str, legal: &str) -> Value {
    json!({"id": 6, "status": status, "stamp": {"uuid": UUID, "legalStatus": legal}})
}

#[tokio::test]
async fn f_1_29_and_1_30_a_cancellation_names_its_cause_as_a_text_and_only_01_a_replacement() {
    let new: Uuid = "0B1F7C52-6A3E-4F0E-9D55-7A1C2E9B4D10"
        .parse()
        .expect("a UUID");
    for (motive, body) in [
        (
            Motive::ReplacedBy(new.clone()),
            json!({"cause": "01", "relatedFolio": new.as_str()}),
        ),
        (Motive::Errors, json!({"cause": "02"})),
        (Motive::NotDone, json!({"cause": "03"})),
        (Motive::InGlobal, json!({"cause": "04"})),
    ] {
        let (answer, server) = cancelled(&motive, answer(200, voided("void", "CANCELLED"))).await;
        let done = Answer::Done {
            id: Id::from("6"),
            uuid: None,
        };
        assert_eq!(answer, done);
        let request = server.only();
        assert_eq!(
            (request.method.as_str(), request.target.as_str()),
            ("POST", "/proxy")
        );
        assert_eq!(
            request.header("x-apideck-downstream-url"),
            Some("https://api.alegra.com/api/v1/invoices/6/void")
        );
        assert_eq!(request.header("x-apideck-timeout"), Some("60000"));
        assert_eq!(request.json(), body);
    }
}

#[tokio::test]
async fn a_cancellation_is_done_only_where_the_answer_says_void_and_pending_where_it_says_so() {
    let pending = answer(200, voided("open", "CANCEL_PENDING"));
    assert_eq!(cancelled(&Motive::Errors, pending).await.0, Answer::Pending);
    for body in [
        voided("open", "STAMPED"),
        json!({"message": "Factura anulada"}),
        json!({"id": 6, "status": "void"}),
        json!({"id": 7, "status": "void", "stamp": {"uuid": UUID, "legalStatus": "CANCELLED"}}),
        json!([]),
    ] {
        let (answer, server) = cancelled(&Motive::Errors, answer(200, &body)).await;
        assert!(matches!(answer, Answer::Unclear { .. }), "{body}");
        assert_eq!(server.count("POST"), 1);
    }
    let no = json!({"code": 400, "message": "La cancelación ya está en proceso"});
    let no = answer(400, no).with("x-apideck-downstream-error", "true");
    let (refused, _) = cancelled(&Motive::Errors, no).await;
    assert!(matches!(refused, Answer::Refused(_)), "{refused:?}");
}

#[tokio::test]
async fn only_invoices_are_cancelled() {
    let server = Server::new([]);
    let note = Id::from("6");
    let answer = server
        .client()
        .cancel(Kind::CreditNotes, &note, &Motive::Errors)
        .await;
    assert!(matches!(answer, Answer::NotSent { .. }), "{answer:?}");
    assert_eq!(server.count("POST"), 0);
}
