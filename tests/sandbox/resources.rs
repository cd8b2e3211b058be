//! The other resources of the first stage: company, customers, items, taxes, accounts.

use std::collections::BTreeMap;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::Sandbox;

#[tokio::test]
async fn f_0_3_company_info_is_read_only() {
    let sandbox = Sandbox::start().await;
    let answer = sandbox
        .get("/accounting/company-info")
        .await
        .expect(200)
        .json();
    assert_eq!(answer["operation"], json!("one"));
    assert_eq!(
        answer["data"]["company_name"],
        json!("ESCUELA KEMPER URGATE")
    );
    assert_eq!(answer["data"]["sales_tax_number"], json!("EKU9003173C9"));
    assert_eq!(
        (&answer["data"]["country"], &answer["data"]["currency"]),
        (&json!("MX"), &json!("MXN"))
    );
    for method in [Method::POST, Method::PATCH, Method::DELETE] {
        sandbox
            .send(sandbox.with_body(method, "/accounting/company-info", &json!({})))
            .await
            .expect(404);
    }
}

#[tokio::test]
async fn f_0_4_customers_are_made_changed_and_deleted() {
    let sandbox = Sandbox::start().await;
    let body = json!({
        "display_name": "PEÑA & HIJOS \"LA ESQUINA\" <SUR> 🌵", "tax_number": "SAT970701NN3", "individual": false,
        "emails": [{"email": "pagos@pena.example", "type": "primary"}],
        "phone_numbers": [{"number": "5512345678", "type": "mobile"}],
        "addresses": [{"type": "primary", "line1": "Av. Juárez 12", "city": "Puebla", "state": "PUE", "postal_code": "06300", "country": "MX"}],
        "pass_through": [{"service_id": "alegra", "extend_object": {"regime": "REGIME_OF_MORAL_PEOPLE_NOT_PROFIT", "cfdiUse": "G03"}}],
    });
    let id = sandbox
        .post("/accounting/customers", body)
        .await
        .expect(201)
        .data()["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let path = format!("/accounting/customers/{id}");
    let record = sandbox.get(&path).await.expect(200).data();
    assert_eq!(
        record["display_name"],
        json!("PEÑA & HIJOS \"LA ESQUINA\" <SUR> 🌵")
    );
    assert_eq!(record["addresses"][0]["postal_code"], json!("06300"));
    assert_eq!(
        record["phone_numbers"],
        json!([{"number": "5512345678", "type": "mobile"}])
    );
    assert!(record.get("regime").is_none());
    let native = sandbox
        .proxy_get(&format!("/contacts/{id}"))
        .await
        .expect(200)
        .json();
    assert_eq!(native["regime"], json!("REGIME_OF_MORAL_PEOPLE_NOT_PROFIT"));
    assert_eq!(native["address"]["zipCode"], json!("06300"));
    sandbox
        .patch(
            &path,
            json!({"addresses": [{"type": "primary", "postal_code": "11560"}]}),
        )
        .await
        .expect(200);
    let record = sandbox.get(&path).await.data();
    assert_eq!(record["addresses"][0]["postal_code"], json!("11560"));
    assert_eq!(
        record["addresses"][0]["line1"],
        json!("Av. Juárez 12"),
        "what was not sent stays"
    );
    assert_eq!(record["emails"][0]["email"], json!("pagos@pena.example"));
    sandbox.delete(&path).await.expect(200);
    sandbox.get(&path).await.expect(404);
    sandbox
        .post("/accounting/customers", json!({"notes": "sin nombre"}))
        .await
        .expect(400);
    let used = sandbox.delete("/accounting/customers/1").await.expect(400);
    assert_eq!(used.kind(), "ConnectorExecutionError");
}

#[tokio::test]
async fn f_1_6_to_1_8_an_item_takes_its_sat_key_by_pass_through_as_a_string() {
    let sandbox = Sandbox::start().await;
    let item = |key: Value| {
        json!({"name": "Taladro 3/4", "code": "TAL-34", "unit_price": 650.5, "type": "inventory",
               "pass_through": [{"service_id": "alegra", "extend_object": {"productKey": key}}]})
    };
    for wrong in [
        json!(27112700),
        json!("2711270"),
        json!("TALADRO1"),
        json!({}),
    ] {
        let answer = sandbox
            .post("/accounting/invoice-items", item(wrong))
            .await
            .expect(400);
        assert_eq!(answer.kind(), "ConnectorExecutionError");
    }
    let id = sandbox
        .post("/accounting/invoice-items", item(json!("27112700")))
        .await
        .expect(201)
        .data()["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let path = format!("/accounting/invoice-items/{id}");
    let record = sandbox.get(&format!("{path}?raw=true")).await.expect(200);
    assert!(record.text.contains("\"unit_price\":650.5"));
    let record = record.data();
    assert_eq!(record["code"], json!("TAL-34"));
    assert_eq!(record["_raw"]["reference"], json!("TAL-34"));
    assert_eq!(record["_raw"]["productKey"], json!("27112700"));
    sandbox
        .patch(&path, json!({"unit_price": 700}))
        .await
        .expect(200);
    let record = sandbox.get(&path).await.data();
    assert_eq!(
        (&record["unit_price"], &record["name"]),
        (&json!(700), &json!("Taladro 3/4"))
    );
    sandbox.delete(&path).await.expect(200);
    sandbox.get(&path).await.expect(404);
}

#[tokio::test]
async fn f_6_1_to_6_4_taxes_need_a_type_take_either_rate_and_keep_their_accounts() {
    let sandbox = Sandbox::start().await;
    let rates: Vec<(String, String)> = sandbox
        .get("/accounting/tax-rates")
        .await
        .data()
        .as_array()
        .expect("taxes")
        .iter()
        .map(|tax| {
            (
                tax["type"].as_str().expect("a type").to_owned(),
                tax["total_tax_rate"].to_string(),
            )
        })
        .collect();
    for (kind, rate) in [
        ("IVA", "16"),
        ("IVA", "8"),
        ("IVA", "0"),
        ("EXENTO", "0"),
        ("IEPS", "8"),
        ("RETENCION_ISR", "10"),
        ("RETENCION_IVA", "10.6667"),
        ("RETENCION_ISR", "1.25"),
    ] {
        assert!(
            rates.contains(&(kind.to_owned(), rate.to_owned())),
            "{kind} {rate}"
        );
    }
    let answer = sandbox
        .post(
            "/accounting/tax-rates",
            json!({"name": "IVA 16 B", "total_tax_rate": 16}),
        )
        .await
        .expect(400);
    assert_eq!(answer.kind(), "ConnectorExecutionError");
    for field in ["total_tax_rate", "effective_tax_rate"] {
        let mut body = json!({"name": "IEPS 53", "type": "IEPS"});
        body[field] = json!(53);
        let id = sandbox
            .post("/accounting/tax-rates", body)
            .await
            .expect(201)
            .data()["id"]
            .as_str()
            .expect("an id")
            .to_owned();
        let record = sandbox
            .get(&format!("/accounting/tax-rates/{id}"))
            .await
            .data();
        assert_eq!(record["total_tax_rate"], json!(53));
        sandbox
            .delete(&format!("/accounting/tax-rates/{id}"))
            .await
            .expect(200);
    }
    let before = sandbox.get("/accounting/tax-rates/1").await.data();
    assert!(before["tax_payable_account_id"].is_string());
    sandbox
        .patch("/accounting/tax-rates/1", json!({"name": "IVA dieciséis"}))
        .await
        .expect(200);
    let after = sandbox.get("/accounting/tax-rates/1").await.data();
    assert_eq!(after["name"], json!("IVA dieciséis"));
    for key in [
        "total_tax_rate",
        "tax_payable_account_id",
        "tax_remitted_account_id",
        "type",
    ] {
        assert_eq!(after[key], before[key], "{key}");
    }
    sandbox.delete("/accounting/tax-rates/1").await.expect(400);
}

#[tokio::test]
async fn f_5_1_to_5_5_the_chart_is_a_tree_of_five_levels_with_both_codes() {
    let sandbox = Sandbox::start().await;
    let data = sandbox
        .get("/accounting/ledger-accounts")
        .await
        .expect(200)
        .data();
    let accounts: BTreeMap<&str, &Value> = data
        .as_array()
        .expect("accounts")
        .iter()
        .map(|one| (one["id"].as_str().expect("an id"), one))
        .collect();
    assert_eq!(accounts.len(), 466);
    let mut by_nominal: BTreeMap<&str, usize> = BTreeMap::new();
    for account in accounts.values() {
        let children = account["sub_accounts"].as_array().expect("sub_accounts");
        assert_eq!(account["header"], json!(!children.is_empty()));
        for child in children {
            let child = accounts
                .get(child["id"].as_str().expect("an id"))
                .expect("a known child");
            assert_eq!(child["parent_account"]["id"], account["id"]);
            assert_eq!(
                child["level"].as_u64(),
                account["level"].as_u64().map(|level| level + 1)
            );
        }
        if let Some(nominal) = account["nominal_code"].as_str() {
            *by_nominal.entry(nominal).or_default() += 1;
        }
    }
    assert!(
        accounts
            .values()
            .any(|account| account["level"] == json!(5))
    );
    assert!(
        by_nominal.get("101.01").is_some_and(|count| *count > 2),
        "a SAT code is shared"
    );
}

#[tokio::test]
async fn f_0_5_and_5_6_to_5_9_an_account_needs_a_parent_inherits_merges_and_stays() {
    let sandbox = Sandbox::start().await;
    let data = sandbox.get("/accounting/ledger-accounts").await.data();
    let find = |code: &str| {
        data.as_array()
            .expect("accounts")
            .iter()
            .find(|one| one["code"] == json!(code))
            .expect("an account")
    };
    let parent = find("601-84");
    let deepest = find("101-01-001");
    sandbox
        .post("/accounting/ledger-accounts", json!({"name": "Fletes"}))
        .await
        .expect(400);
    let under = |id: &Value| json!({"name": "Peajes", "code": "601-84-009", "type": "revenue", "parent_account": {"id": id}});
    sandbox
        .post("/accounting/ledger-accounts", under(&deepest["id"]))
        .await
        .expect(400);
    sandbox
        .post("/accounting/ledger-accounts", under(&json!("1")))
        .await
        .expect(400);
    let id = sandbox
        .post("/accounting/ledger-accounts", under(&parent["id"]))
        .await
        .expect(201)
        .data()["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let path = format!("/accounting/ledger-accounts/{id}");
    let account = sandbox.get(&path).await.data();
    assert_eq!(
        account["type"], parent["type"],
        "inherited, whatever was sent"
    );
    assert_eq!(account["classification"], parent["classification"]);
    assert_eq!(
        (&account["level"], &account["header"]),
        (&json!(5), &json!(false))
    );
    sandbox
        .patch(&path, json!({"name": "Casetas y peajes"}))
        .await
        .expect(200);
    let changed = sandbox.get(&path).await.data();
    assert_eq!(
        (&changed["name"], &changed["code"]),
        (&json!("Casetas y peajes"), &json!("601-84-009"))
    );
    let refused = sandbox.delete(&path).await.expect(501);
    assert_eq!(refused.kind(), "ConnectorOperationUnsupportedError");
    let parent = sandbox
        .get(&format!(
            "/accounting/ledger-accounts/{}",
            parent["id"].as_str().expect("an id")
        ))
        .await
        .data();
    assert!(
        parent["sub_accounts"]
            .as_array()
            .is_some_and(|children| children.iter().any(|child| child["id"] == json!(id)))
    );
}
