//! Suppliers, departments and bank accounts.

use serde_json::{Value, json};

use crate::support::Sandbox;

fn has(list: &[Value], id: &str) -> bool {
    list.iter().any(|one| one["id"] == json!(id))
}

#[tokio::test]
async fn f_8_1_and_8_2_a_contact_of_both_types_has_one_id_and_one_life_in_both_lists() {
    let sandbox = Sandbox::start().await;
    let id = sandbox
        .add("suppliers", json!({"display_name": "PAPELERA NUEVA"}))
        .await;
    assert!(has(&sandbox.all("suppliers", "").await, &id));
    assert!(!has(&sandbox.all("customers", "").await, &id));
    sandbox
        .get(&format!("/accounting/customers/{id}"))
        .await
        .expect(404);
    sandbox
        .proxy_put(
            &format!("/contacts/{id}"),
            json!({"type": ["client", "provider"]}),
        )
        .await
        .expect(200);
    sandbox
        .patch(
            &format!("/accounting/customers/{id}"),
            json!({"notes": "también cliente"}),
        )
        .await
        .expect(200);
    for resource in ["customers", "suppliers"] {
        assert!(has(&sandbox.all(resource, "").await, &id));
        let record = sandbox.one(resource, &id).await;
        assert_eq!(record["notes"], json!("también cliente"), "{resource}");
    }
    sandbox
        .delete(&format!("/accounting/suppliers/{id}"))
        .await
        .expect(200);
    for resource in ["customers", "suppliers"] {
        sandbox
            .get(&format!("/accounting/{resource}/{id}"))
            .await
            .expect(404);
    }
}

#[tokio::test]
async fn each_list_holds_the_contacts_of_its_type_by_both_roads() {
    let sandbox = Sandbox::start().await;
    for (resource, kind) in [("customers", "client"), ("suppliers", "provider")] {
        let unified = sandbox.all(resource, "raw=true").await;
        assert!(unified.iter().all(|one| {
            let said = &one["_raw"]["type"];
            said == &json!(kind)
                || said
                    .as_array()
                    .is_some_and(|words| words.contains(&json!(kind)))
        }));
        let native = sandbox
            .proxy_get(&format!("/contacts?type={kind}&metadata=true"))
            .await
            .json();
        assert_eq!(native["metadata"]["total"], json!(unified.len()));
    }
    let both = sandbox
        .all("suppliers", "")
        .await
        .into_iter()
        .filter(|one| one["id"].as_str().and_then(|id| id.parse().ok()) < Some(74));
    assert!(both.count() > 0, "some customers are suppliers too");
}

#[tokio::test]
async fn departments_are_made_changed_and_deleted_without_times_or_sort() {
    let sandbox = Sandbox::start().await;
    let id = sandbox
        .add(
            "departments",
            json!({"name": "Sucursal Puebla", "code": "PUE"}),
        )
        .await;
    let path = format!("/accounting/departments/{id}");
    sandbox
        .patch(&path, json!({"status": "inactive"}))
        .await
        .expect(200);
    let record = sandbox.one("departments", &id).await;
    assert_eq!(
        (&record["name"], &record["code"], &record["status"]),
        (&json!("Sucursal Puebla"), &json!("PUE"), &json!("inactive"))
    );
    assert!(record.get("created_at").is_none());
    let native = sandbox
        .proxy_get(&format!("/cost-centers/{id}"))
        .await
        .expect(200)
        .json();
    assert_eq!(native["code"], json!("PUE"));
    sandbox.delete(&path).await.expect(200);
    sandbox.get(&path).await.expect(404);
    sandbox.refused("departments", json!({"code": "X"})).await;
    let sorted = sandbox
        .get("/accounting/departments?sort[by]=created_at")
        .await
        .expect(400);
    assert_eq!(sorted.kind(), "UnsupportedSortFieldError");
    let filtered = sandbox
        .get("/accounting/departments?filter[subsidiary]=1")
        .await
        .expect(400);
    assert_eq!(filtered.kind(), "UnsupportedFiltersError");
}

#[tokio::test]
async fn f_3_6_to_3_8_bank_accounts_have_three_types_and_tell_neither_balance_nor_iban() {
    let sandbox = Sandbox::start().await;
    for (kind, native, number) in [
        ("checking", "bank", json!("0123456789")),
        ("cash", "cash", Value::Null),
        ("credit_card", "credit-card", Value::Null),
    ] {
        let body =
            json!({"name": "Cuenta nueva", "account_type": kind, "account_number": "0123456789"});
        let id = sandbox.add("bank-accounts", body).await;
        let record = sandbox.one("bank-accounts", &id).await;
        assert_eq!(record["account_type"], json!(kind));
        assert_eq!(record["account_number"], number, "{kind}");
        for empty in [
            "balance",
            "available_balance",
            "iban",
            "bic",
            "routing_number",
            "currency",
        ] {
            assert_eq!(record[empty], Value::Null, "{empty}");
        }
        let behind = sandbox
            .proxy_get(&format!("/bank-accounts/{id}"))
            .await
            .expect(200)
            .json();
        assert_eq!(behind["type"], json!(native));
        assert_eq!(behind["initialBalanceDate"], json!("2026-06-03"));
        sandbox
            .delete(&format!("/accounting/bank-accounts/{id}"))
            .await
            .expect(200);
    }
    for wrong in [
        "savings",
        "money_market",
        "line_of_credit",
        "other",
        "piggy",
    ] {
        sandbox
            .refused("bank-accounts", json!({"name": "X", "account_type": wrong}))
            .await;
    }
    let used = sandbox.delete("/accounting/bank-accounts/2").await;
    used.expect(400);
}
