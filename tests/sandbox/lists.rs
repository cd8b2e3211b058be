//! Pages, cursors, sorts, filters, projections and raw.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use timbra::sandbox::{Options, RawPlace};

use crate::support::{Sandbox, options};

/// Walks a list to its end by cursors and gives all ids in order.
async fn walk(sandbox: &Sandbox, resource: &str, query: &str) -> Vec<String> {
    let mut ids = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = sandbox
            .get(&format!("/accounting/{resource}?{query}&cursor={cursor}"))
            .await
            .expect(200)
            .json();
        let records = page["data"].as_array().expect("data").clone();
        assert_eq!(page["meta"]["items_on_page"], json!(records.len()));
        ids.extend(
            records
                .iter()
                .map(|record| record["id"].as_str().expect("an id").to_owned()),
        );
        match page["meta"]["cursors"]["next"].as_str() {
            Some(next) => cursor = next.replace('=', "%3D"),
            None => return ids,
        }
    }
}

#[tokio::test]
async fn f_9_1_a_page_holds_20_by_default_and_never_more_than_30() {
    let sandbox = Sandbox::start().await;
    for (query, count) in [
        ("", 20),
        ("?limit=5", 5),
        ("?limit=30", 30),
        ("?limit=31", 30),
        ("?limit=200", 30),
    ] {
        let page = sandbox
            .get(&format!("/accounting/invoices{query}"))
            .await
            .expect(200);
        assert_eq!(page.data().as_array().map(Vec::len), Some(count), "{query}");
    }
    for limit in ["0", "201", "-1", "x", "1.5", "99999999999999999999"] {
        let answer = sandbox
            .get(&format!("/accounting/invoices?limit={limit}"))
            .await
            .expect(400);
        assert_eq!(answer.kind(), "RequestValidationError", "{limit}");
    }
}

#[tokio::test]
async fn f_9_2_cursors_lead_to_every_record_once_and_end_in_null() {
    let sandbox = Sandbox::start().await;
    let ids = walk(&sandbox, "invoices", "limit=30").await;
    assert_eq!(ids.len(), 90);
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 90);
    let first = sandbox.get("/accounting/invoices?limit=30").await.json();
    assert_eq!(first["meta"]["cursors"]["current"], Value::Null);
    assert_eq!(first["meta"]["cursors"]["previous"], Value::Null);
    let next = first["links"]["next"].as_str().expect("a link");
    let link = next
        .strip_prefix(sandbox.running.url())
        .expect("our own address");
    let second = sandbox.get(link).await.expect(200).json();
    assert_eq!(second["data"][0]["id"], json!(ids[30]));
    assert_eq!(
        second["meta"]["cursors"]["current"],
        first["meta"]["cursors"]["next"]
    );
}

#[tokio::test]
async fn a_cursor_of_another_resource_or_a_garbled_one_is_refused() {
    let sandbox = Sandbox::start().await;
    let page = sandbox
        .get("/accounting/customers")
        .await
        .expect(200)
        .json();
    let foreign = page["meta"]["cursors"]["next"]
        .as_str()
        .expect("a cursor")
        .replace('=', "%3D");
    for cursor in [
        foreign.as_str(),
        "garbled",
        "%00",
        "YWxlZ3JhOjpvZmZzZXQ6Oi0x",
    ] {
        let answer = sandbox
            .get(&format!("/accounting/invoices?cursor={cursor}"))
            .await
            .expect(400);
        assert_eq!(answer.kind(), "InvalidCursorError", "{cursor}");
    }
}

#[tokio::test]
async fn f_9_3_ledger_accounts_come_all_at_once() {
    let sandbox = Sandbox::start().await;
    let page = sandbox
        .get("/accounting/ledger-accounts?limit=20")
        .await
        .expect(200)
        .json();
    assert_eq!(page["data"].as_array().map(Vec::len), Some(466));
    assert_eq!(page["meta"]["cursors"]["next"], Value::Null);
    let answer = sandbox
        .get("/accounting/ledger-accounts?cursor=YWxlZ3JhOjpvZmZzZXQ6OjMw")
        .await
        .expect(400);
    assert_eq!(answer.kind(), "PaginationNotSupportedError");
}

#[tokio::test]
async fn f_9_4_lists_sort_by_their_times_where_the_matrix_allows() {
    let sandbox = Sandbox::start().await;
    for resource in ["invoices", "customers", "invoice-items"] {
        for by in ["created_at", "updated_at"] {
            for (direction, descending) in [
                ("", false),
                ("&sort[direction]=asc", false),
                ("&sort[direction]=desc", true),
            ] {
                let path = format!("/accounting/{resource}?limit=30&sort[by]={by}{direction}");
                let data = sandbox.get(&path).await.expect(200).data();
                let mut times: Vec<String> = data
                    .as_array()
                    .expect("data")
                    .iter()
                    .map(|one| one[by].as_str().expect("a time").to_owned())
                    .collect();
                if descending {
                    times.reverse();
                }
                assert!(times.is_sorted(), "{path}");
            }
        }
    }
}

#[tokio::test]
async fn f_9_5_other_sorts_are_refused() {
    let sandbox = Sandbox::start().await;
    for path in [
        "/accounting/ledger-accounts?sort[by]=created_at",
        "/accounting/tax-rates?sort[by]=updated_at",
        "/accounting/invoices?sort[by]=total",
    ] {
        assert_eq!(
            sandbox.get(path).await.expect(400).kind(),
            "UnsupportedSortFieldError",
            "{path}"
        );
    }
    let answer = sandbox
        .get("/accounting/invoices?sort[by]=created_at&sort[direction]=up")
        .await
        .expect(400);
    assert_eq!(answer.kind(), "RequestValidationError");
}

#[tokio::test]
async fn f_2_5_and_9_7_invoices_and_the_rest_take_no_filter() {
    let sandbox = Sandbox::start().await;
    for path in [
        "/accounting/invoices?filter[status]=partially_paid",
        "/accounting/invoices?filter[status]=paid",
        "/accounting/invoices?filter%5Bnumber%5D=A-1",
        "/accounting/customers?filter[display_name]=x",
        "/accounting/tax-rates?filter[status]=active",
        "/accounting/ledger-accounts?filter[name]=Caja",
        "/accounting/invoice-items?filter[code]=x",
    ] {
        assert_eq!(
            sandbox.get(path).await.expect(400).kind(),
            "UnsupportedFiltersError",
            "{path}"
        );
    }
}

#[tokio::test]
async fn f_9_8_items_are_found_by_a_part_of_their_name_without_accents_or_case() {
    let sandbox = Sandbox::start().await;
    let data = sandbox
        .get("/accounting/invoice-items?filter[name]=PORTATIL")
        .await
        .expect(200)
        .data();
    assert_eq!(data.as_array().map(Vec::len), Some(1));
    assert_eq!(data[0]["code"], json!("COMP-NB14"));
}

#[tokio::test]
async fn native_filters_pass_through_to_alegra() {
    let sandbox = Sandbox::start().await;
    let drafts = walk(&sandbox, "invoices", "limit=30&pass_through[status]=draft").await;
    assert_eq!(json!(drafts.len()), sandbox.state().await["drafts"]);
    let path = "/accounting/invoices?limit=30&pass_through[date_after]=2026-05-31&raw=true";
    for record in sandbox
        .get(path)
        .await
        .expect(200)
        .data()
        .as_array()
        .expect("data")
    {
        assert!(
            record["_raw"]["date"]
                .as_str()
                .is_some_and(|date| date > "2026-05-31"),
            "{record}"
        );
    }
    let answer = sandbox
        .get("/accounting/invoices?pass_through[status]=partially_paid")
        .await
        .expect(400);
    assert_eq!(answer.kind(), "ConnectorExecutionError");
}

#[tokio::test]
async fn fields_keep_what_is_named_and_raw_stays_whole() {
    let sandbox = Sandbox::start().await;
    let record = sandbox
        .get("/accounting/invoices/5?fields=id,customer.id,line_items.item.id")
        .await
        .data();
    let keys: Vec<&String> = record.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["customer", "id", "line_items"]);
    assert_eq!(
        record["customer"]
            .as_object()
            .map(|customer| customer.len()),
        Some(1)
    );
    assert!(record["line_items"][0]["item"]["id"].is_string());
    let record = sandbox
        .get("/accounting/invoices/5?fields=id&raw=true")
        .await
        .data();
    assert!(record["_raw"]["client"]["identification"].is_string());
}

#[tokio::test]
async fn f_1_23_raw_stands_in_each_record_or_beside_the_data() {
    let inside = Sandbox::start().await;
    let list = inside.get("/accounting/invoices?raw=true").await.json();
    assert!(list["data"][0]["_raw"]["paymentType"].is_string());
    assert!(list.get("_raw").is_none());
    let none = inside.get("/accounting/invoices").await.json();
    assert!(none["data"][0].get("_raw").is_none());

    let beside = Sandbox::with(Options {
        raw: RawPlace::Envelope,
        ..options()
    })
    .await;
    let list = beside.get("/accounting/invoices?raw=true").await.json();
    assert!(list["data"][0].get("_raw").is_none());
    assert!(list["_raw"]["data"][0]["paymentType"].is_string());
    let one = beside.get("/accounting/invoices/5?raw=true").await.json();
    assert!(one["_raw"]["paymentType"].is_string());
    assert_eq!(
        inside
            .get("/accounting/invoices?raw=perhaps")
            .await
            .expect(400)
            .kind(),
        "RequestValidationError"
    );
}

#[tokio::test]
async fn strict_takes_declared_keys_only() {
    let sandbox = Sandbox::with(Options {
        strict: true,
        ..options()
    })
    .await;
    sandbox
        .get("/accounting/invoices?limit=3&raw=true&fields=id&sort[by]=created_at")
        .await
        .expect(200);
    for path in [
        "/accounting/invoices?page=2",
        "/accounting/invoices/5?limit=3",
    ] {
        assert_eq!(
            sandbox.get(path).await.expect(400).kind(),
            "RequestValidationError",
            "{path}"
        );
    }
    let body = json!({"display_name": "X", "rfc": "XIA190128J61"});
    let answer = sandbox
        .post("/accounting/customers", body.clone())
        .await
        .expect(400);
    assert_eq!(answer.kind(), "RequestValidationError");
    assert!(answer.json()["detail"]["rfc"].is_string());
    Sandbox::start()
        .await
        .post("/accounting/customers", body)
        .await
        .expect(201);
}
