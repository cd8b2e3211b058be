//! What spends a folio, what is refused and kept, what cancels (table F, 1.1 to 1.31).

use serde_json::{Value, json};

use crate::support::{Answer, Sandbox, good_draft, stamped_draft, with, with_native};

/// The code and the text of a refused stamp, and the invoice that was kept.
fn refusal(answer: &Answer) -> (Value, String, Value) {
    assert_eq!(answer.kind(), "ConnectorExecutionError");
    let body = answer.json();
    assert_eq!(body["downstream_errors"][0]["code"], json!("3051"));
    let text = body["detail"]["message"]
        .as_str()
        .expect("a message")
        .to_owned();
    (
        body["detail"]["code"].clone(),
        text,
        body["detail"]["invoice"].clone(),
    )
}

#[tokio::test]
async fn f_1_1_and_1_11_a_stamp_yields_a_uuid_and_spends_one_folio() {
    let sandbox = Sandbox::start().await;
    let before = sandbox.folios().await;
    let id = sandbox.create(stamped_draft()).await;
    assert_eq!(sandbox.folios().await, before + 1);
    let raw = sandbox.raw(&id).await;
    let uuid = raw["stamp"]["uuid"].as_str().expect("a uuid");
    let shape: String = uuid
        .chars()
        .map(|c| {
            if c == '-' {
                '-'
            } else if c.is_ascii_digit() || c.is_ascii_uppercase() {
                'x'
            } else {
                '?'
            }
        })
        .collect();
    assert_eq!(shape, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
    assert_eq!(uuid.chars().nth(14), Some('4'), "version 4");
    assert!(
        matches!(uuid.chars().nth(19), Some('8' | '9' | 'A' | 'B')),
        "variant"
    );
    assert_eq!(raw["stamp"]["legalStatus"], json!("STAMPED"));
    assert!(
        raw["stamp"]["date"]
            .as_str()
            .is_some_and(|date| date.starts_with("2026-06-03T10:00"))
    );
    assert_eq!(raw["status"], json!("open"));
    let record = sandbox
        .get(&format!("/accounting/invoices/{id}"))
        .await
        .data();
    assert_eq!(record["status"], json!("authorised"));
    assert!(
        record["number"]
            .as_str()
            .is_some_and(|number| number.starts_with("A-"))
    );
}

#[tokio::test]
async fn f_1_14_to_1_20_a_refused_stamp_keeps_the_draft_and_says_why() {
    let sandbox = Sandbox::start().await;
    let wrong = [
        (json!({"paymentType": "PPD"}), json!({}), "CFDI40105"),
        (json!({"cfdiUse": "P01"}), json!({}), "CFDI40160"),
        (json!({"cfdiUse": ""}), json!({}), "CFDI40160"),
        (json!({"cfdiUse": "D01"}), json!({}), "CFDI40161"),
        (json!({"regimeClient": ""}), json!({}), "CFDI40157"),
        (json!({"regimeClient": "601"}), json!({}), "CFDI40157"),
        (json!({"regimeClient": "NO_REGIME"}), json!({}), "CFDI40157"),
        (
            json!({"regimeClient": "REGIME_OF_TRUST"}),
            json!({}),
            "CFDI40157",
        ),
        (
            json!({}),
            json!({"invoice_date": "2026-05-30", "due_date": "2026-06-30"}),
            "401",
        ),
        (
            json!({}),
            json!({"invoice_date": "2026-06-04", "due_date": "2026-06-30"}),
            "401",
        ),
    ];
    for (native, unified, code) in wrong {
        let folios = sandbox.folios().await;
        let body = with(with_native(stamped_draft(), native), unified);
        let answer = sandbox.post("/accounting/invoices", body).await.expect(400);
        let (number, text, invoice) = refusal(&answer);
        assert_eq!(number, json!(3051));
        assert!(text.starts_with(code), "{code}: {text}");
        assert_eq!(invoice["status"], json!("draft"));
        let id = invoice["id"]
            .as_str()
            .map_or_else(|| invoice["id"].to_string(), str::to_owned);
        let kept = sandbox
            .get(&format!("/accounting/invoices/{id}"))
            .await
            .expect(200)
            .data();
        assert_eq!(kept["status"], json!("draft"));
        assert_eq!(sandbox.folios().await, folios);
    }
}

#[tokio::test]
async fn f_1_18_a_receiver_whose_rfc_is_wrong_or_not_enrolled_is_refused() {
    let sandbox = Sandbox::start().await;
    for rfc in ["XIA19012J61", "ZZZ010101AB1", ""] {
        let contact = sandbox
            .post(
                "/accounting/customers",
                json!({"display_name": "NADIE", "tax_number": rfc}),
            )
            .await
            .expect(201);
        let id = contact.data()["id"].clone();
        let answer = sandbox
            .post(
                "/accounting/invoices",
                with(stamped_draft(), json!({"customer": {"id": id}})),
            )
            .await
            .expect(400);
        assert!(refusal(&answer).1.starts_with("CFDI40143"));
    }
}

#[tokio::test]
async fn f_1_19_the_general_public_is_fine_for_drafts_and_bound_by_its_rules_for_stamps() {
    let sandbox = Sandbox::start().await;
    let list = sandbox.proxy_get("/contacts?start=60").await.json();
    let public = list
        .as_array()
        .expect("contacts")
        .iter()
        .find(|contact| contact["name"] == json!("PUBLICO EN GENERAL"));
    let id = public
        .map(|contact| contact["id"].to_string().replace('"', ""))
        .expect("the general public");
    let to_public = |native: Value| {
        with(
            with_native(good_draft(), native),
            json!({"customer": {"id": id}}),
        )
    };
    let draft = sandbox.create(to_public(json!({}))).await;
    let stamp = |native: Value| {
        let mut body = to_public(native);
        body["pass_through"][0]["extend_object"]["stamp"] = json!({"generateStamp": true});
        sandbox.post("/accounting/invoices", body)
    };
    assert!(
        refusal(&stamp(json!({})).await.expect(400))
            .1
            .starts_with("CFDI40159")
    );
    let simplified = json!({"regimeClient": "SIMPLIFIED_REGIME", "cfdiUse": "S01"});
    assert!(
        refusal(&stamp(simplified.clone()).await.expect(400))
            .1
            .starts_with("CFDI40130")
    );
    // Under the buyer's own name it is no global invoice.
    sandbox
        .patch(
            &format!("/accounting/customers/{id}"),
            json!({"display_name": "MARIA LOPEZ"}),
        )
        .await
        .expect(200);
    let gifts = json!({"regimeClient": "SIMPLIFIED_REGIME", "cfdiUse": "G02"});
    assert!(
        refusal(&stamp(gifts).await.expect(400))
            .1
            .starts_with("CFDI40161")
    );
    stamp(simplified).await.expect(201);
    assert_eq!(
        sandbox
            .get(&format!("/accounting/invoices/{draft}"))
            .await
            .data()["status"],
        json!("draft")
    );
}

#[tokio::test]
async fn f_1_21_a_refused_invoice_is_corrected_and_stamped_under_the_same_id() {
    let sandbox = Sandbox::start().await;
    let count = sandbox.state().await["invoices"].as_u64().expect("a count");
    let body = with_native(stamped_draft(), json!({"cfdiUse": "D01"}));
    let answer = sandbox.post("/accounting/invoices", body).await.expect(400);
    let invoice = refusal(&answer).2;
    let id = invoice["id"].to_string().replace('"', "");
    let path = format!("/accounting/invoices/{id}");
    let fix =
        json!({"pass_through": [{"service_id": "alegra", "extend_object": {"cfdiUse": "G03"}}]});
    sandbox.patch(&path, fix).await.expect(200);
    let opened = sandbox
        .proxy_post(
            &format!("/invoices/{id}/open"),
            json!({"stamp": {"generateStamp": true}}),
        )
        .await
        .expect(200);
    assert!(opened.json()["stamp"]["uuid"].is_string());
    assert_eq!(
        sandbox.state().await["invoices"],
        json!(count + 1),
        "no second invoice exists"
    );
    assert_eq!(
        sandbox.get(&path).await.data()["status"],
        json!("authorised"),
        "1.31: the id is the same"
    );
}

#[tokio::test]
async fn the_two_lessons_are_refused_for_what_only_the_register_knows() {
    let sandbox = Sandbox::start().await;
    let mut lessons = Vec::new();
    let mut ready = 0;
    for document in sandbox.state().await["documents"]
        .as_array()
        .expect("documents")
    {
        if document["status"] == json!("draft") {
            let id = document["id"].as_str().expect("an id").to_owned();
            let answer = sandbox
                .proxy_post(
                    &format!("/invoices/{id}/open"),
                    json!({"stamp": {"generateStamp": true}}),
                )
                .await;
            let text = answer.json()["message"].as_str().unwrap_or("").to_owned();
            ready += usize::from(answer.status == 200);
            if text.contains("registrado en el SAT") {
                lessons.push((id, text));
            }
        }
    }
    assert!(ready >= 12, "a dozen drafts stamp well: {ready}");
    assert_eq!(lessons.len(), 2, "{lessons:?}");
    for (id, text) in lessons {
        if text.starts_with("CFDI40157") {
            let fix = json!({"regimeClient": "REGIME_OF_TRUST"});
            sandbox
                .proxy_put(&format!("/invoices/{id}"), fix)
                .await
                .expect(200);
        } else {
            assert!(text.starts_with("CFDI40147"), "{text}");
            let raw = sandbox.raw(&id).await;
            let client = raw["client"]["id"].to_string().replace('"', "");
            sandbox
                .proxy_put(
                    &format!("/contacts/{client}"),
                    json!({"address": {"zipCode": "11560"}}),
                )
                .await
                .expect(200);
        }
        sandbox
            .proxy_post(
                &format!("/invoices/{id}/open"),
                json!({"stamp": {"generateStamp": true}}),
            )
            .await
            .expect(200);
    }
}

#[tokio::test]
async fn f_1_27_a_bulk_stamp_answers_for_each_and_stamps_none_twice() {
    let sandbox = Sandbox::start().await;
    let good = sandbox.create(good_draft()).await;
    let bad = sandbox
        .create(with_native(good_draft(), json!({"cfdiUse": ""})))
        .await;
    let before = sandbox.folios().await;
    let results = sandbox
        .proxy_post(
            "/invoices/stamp",
            json!({"ids": [good, bad, 999_999, good]}),
        )
        .await
        .expect(200)
        .json();
    let success: Vec<&Value> = results
        .as_array()
        .expect("results")
        .iter()
        .map(|one| &one["success"])
        .collect();
    assert_eq!(
        success,
        [&json!(true), &json!(false), &json!(false), &json!(false)]
    );
    assert!(results[0]["stamp"]["uuid"].is_string());
    assert_eq!(results[1]["code"], json!(3051));
    assert_eq!(sandbox.folios().await, before + 1);
    for ids in [
        json!([]),
        json!((1..=11).collect::<Vec<_>>()),
        json!("6"),
        json!(null),
    ] {
        let answer = sandbox
            .proxy_post("/invoices/stamp", json!({ "ids": ids }))
            .await
            .expect(400);
        assert_eq!(answer.json()["code"], json!(400));
    }
}

#[tokio::test]
async fn f_1_28_open_stamps_or_only_opens() {
    let sandbox = Sandbox::start().await;
    let before = sandbox.folios().await;
    let id = sandbox.create(good_draft()).await;
    let opened = sandbox
        .proxy_post(&format!("/invoices/{id}/open"), json!({}))
        .await
        .expect(200)
        .json();
    assert_eq!(opened["status"], json!("open"));
    assert!(opened["stamp"].get("uuid").is_none());
    assert_eq!(sandbox.folios().await, before);
    let stamp = json!({"stamp": {"generateStamp": true}});
    sandbox
        .proxy_post(&format!("/invoices/{id}/open"), stamp.clone())
        .await
        .expect(200);
    let again = sandbox
        .proxy_post(&format!("/invoices/{id}/open"), stamp)
        .await
        .expect(400);
    assert!(
        again.json()["message"]
            .as_str()
            .is_some_and(|text| text.starts_with("307"))
    );
    assert_eq!(sandbox.folios().await, before + 1, "no second folio");
}

#[tokio::test]
async fn f_1_29_and_1_30_a_cancellation_needs_its_cause_and_01_its_replacement() {
    let sandbox = Sandbox::start().await;
    let old = sandbox.create(stamped_draft()).await;
    let new = sandbox.create(stamped_draft()).await;
    let draft = sandbox.create(good_draft()).await;
    let void = |id: &str, body: Value| {
        let path = format!("/invoices/{id}/void");
        let sandbox = &sandbox;
        async move { sandbox.proxy_post(&path, body).await }
    };
    for body in [
        json!({}),
        json!({"cause": "05"}),
        json!({"cause": 1}),
        json!({"cause": "1"}),
        json!({"cause": "01"}),
    ] {
        void(&old, body).await.expect(400);
    }
    let own = sandbox.raw(&old).await["stamp"]["uuid"].clone();
    let other = sandbox.raw(&new).await["stamp"]["uuid"].clone();
    for folio in [
        json!("x"),
        own,
        json!("00000000-0000-4000-8000-000000000000"),
    ] {
        void(&old, json!({"cause": "01", "relatedFolio": folio}))
            .await
            .expect(400);
    }
    void(&draft, json!({"cause": "02"})).await.expect(400);
    let voided = void(&old, json!({"cause": "01", "relatedFolio": other}))
        .await
        .expect(200)
        .json();
    assert_eq!(
        voided["status"],
        json!("void"),
        "issued today: nobody has to accept"
    );
    assert_eq!(voided["stamp"]["legalStatus"], json!("CANCELLED"));
    let record = sandbox
        .get(&format!("/accounting/invoices/{old}"))
        .await
        .data();
    assert_eq!(
        (&record["status"], &record["balance"]),
        (&json!("voided"), &json!(0))
    );
    void(&old, json!({"cause": "02"})).await.expect(400);
}

#[tokio::test]
async fn a_cancellation_that_the_receiver_must_accept_waits() {
    let sandbox = Sandbox::start().await;
    let first = sandbox.create(stamped_draft()).await;
    let second = sandbox.create(stamped_draft()).await;
    sandbox
        .post("/sandbox/clock", json!({"advance_seconds": 10 * 86_400}))
        .await
        .expect(200);
    for id in [&first, &second] {
        let answer = sandbox
            .proxy_post(&format!("/invoices/{id}/void"), json!({"cause": "02"}))
            .await
            .expect(200)
            .json();
        assert_eq!(answer["status"], json!("open"));
        assert_eq!(answer["stamp"]["legalStatus"], json!("CANCEL_PENDING"));
    }
    sandbox
        .post(
            "/sandbox/settle-cancellation",
            json!({"id": second, "accepted": false}),
        )
        .await
        .expect(200);
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(sandbox.raw(&first).await["stamp"]["legalStatus"].clone());
    }
    assert_eq!(statuses, ["CANCEL_PENDING", "CANCEL_PENDING", "CANCELLED"]);
    assert_eq!(
        sandbox.raw(&second).await["stamp"]["legalStatus"],
        json!("STAMPED")
    );
}

#[tokio::test]
async fn f_1_30_a_draft_that_replaces_another_says_so_natively_and_in_its_cfdi() {
    let sandbox = Sandbox::start().await;
    let old = sandbox.create(stamped_draft()).await;
    let uuid = sandbox.raw(&old).await["stamp"]["uuid"].clone();
    let related = json!([{"relationType": "04", "uuid": uuid}]);
    let body = with_native(stamped_draft(), json!({"relatedDocuments": related}));
    let new = sandbox.create(body).await;
    assert_eq!(sandbox.raw(&new).await["relatedDocuments"], related);
    let path = format!("/sandbox/files/invoices/{new}.xml");
    let xml = sandbox.get(&path).await.expect(200).text;
    let uuid = uuid.as_str().expect("a uuid");
    let expected = format!(
        "<cfdi:CfdiRelacionados TipoRelacion=\"04\"><cfdi:CfdiRelacionado UUID=\"{uuid}\"/></cfdi:CfdiRelacionados><cfdi:Emisor"
    );
    assert!(xml.contains(&expected), "{xml}");
    let path = format!("/sandbox/files/invoices/{old}.xml");
    let alone = sandbox.get(&path).await.expect(200).text;
    assert!(!alone.contains("CfdiRelacionados"));
}

#[tokio::test]
async fn a_relation_that_no_cfdi_knows_is_refused() {
    let sandbox = Sandbox::start().await;
    let uuid = "5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F";
    for related in [
        json!({"relationType": "04", "uuid": uuid}),
        json!([{"relationType": "08", "uuid": uuid}]),
        json!([{"relationType": 4, "uuid": uuid}]),
        json!([{"relationType": "04", "uuid": "5F3C1A90"}]),
        json!([{"relationType": "04"}]),
        json!([uuid]),
    ] {
        let body = with_native(good_draft(), json!({"relatedDocuments": related}));
        sandbox.refused("invoices", body).await;
    }
}

#[tokio::test]
async fn what_was_given_up_itself_replaces_nothing() {
    let sandbox = Sandbox::start().await;
    let old = sandbox.create(stamped_draft()).await;
    let new = sandbox.create(stamped_draft()).await;
    let folio = sandbox.raw(&new).await["stamp"]["uuid"].clone();
    sandbox
        .proxy_post(&format!("/invoices/{new}/void"), json!({"cause": "02"}))
        .await
        .expect(200);
    let body = json!({"cause": "01", "relatedFolio": folio});
    sandbox
        .proxy_post(&format!("/invoices/{old}/void"), body)
        .await
        .expect(400);
}

#[tokio::test]
async fn a_read_that_does_not_show_the_cancellation_does_not_end_its_wait() {
    let sandbox = Sandbox::start().await;
    let id = sandbox.create(stamped_draft()).await;
    sandbox
        .post("/sandbox/clock", json!({"advance_seconds": 10 * 86_400}))
        .await
        .expect(200);
    sandbox
        .proxy_post(&format!("/invoices/{id}/void"), json!({"cause": "02"}))
        .await
        .expect(200);
    for _ in 0..5 {
        let path = format!("/accounting/invoices/{id}");
        sandbox.get(&path).await.expect(200);
    }
    let raw = sandbox.raw(&id).await;
    assert_eq!(raw["stamp"]["legalStatus"], json!("CANCEL_PENDING"));
}
