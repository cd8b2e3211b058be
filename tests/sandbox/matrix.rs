//! Table B, resource by operation: each has its road here, and there is no other.

use serde_json::{Value, json};

use crate::bodies::{filled, writes};
use crate::support::{Sandbox, bill, owed_invoice};

/// The support matrix of contract B.0 as it is printed there.
const TABLE: [(&str, &str); 16] = [
    ("company-info", "R"),
    ("customers", "CRUD"),
    ("suppliers", "CRUD"),
    ("tax-rates", "CRUD"),
    ("ledger-accounts", "CRU"),
    ("departments", "CRUD"),
    ("bank-accounts", "CRUD"),
    ("invoice-items", "CRUD"),
    ("invoices", "CRUD"),
    ("credit-notes", "CRUD"),
    ("bills", "CRUD"),
    ("purchase-orders", "CRUD"),
    ("payments", "CRUD"),
    ("bill-payments", "CRUD"),
    ("journal-entries", "CRUD"),
    ("quotes", "CRUD"),
];

/// Does everything that can be done to a resource, and says with the letters of the table what went through.
async fn done(sandbox: &Sandbox, resource: &str, names: &[(&str, &str)]) -> String {
    let list = format!("/accounting/{resource}");
    let body = writes().into_iter().find(|(name, _, _)| *name == resource);
    let (create, change) = body.map_or((json!({}), json!({})), |(_, create, change)| {
        (create, change)
    });
    let mut letters = String::new();
    let made = sandbox.post(&list, filled(&create, names)).await;
    let id = if made.status == 201 {
        letters.push('C');
        made.data()["id"].as_str().expect("an id").to_owned()
    } else {
        assert_eq!(made.status, 404, "{}", made.text);
        "1".to_owned()
    };
    let one = format!("{list}/{id}");
    let rows = sandbox.get(&list).await.expect(200).data();
    let read = match &rows {
        Value::Array(rows) => {
            !rows.is_empty() && sandbox.get(&one).await.expect(200).data()["id"] == json!(id)
        }
        single => single["id"].is_string(),
    };
    if read {
        letters.push('R');
    }
    let changed = sandbox.patch(&one, change).await;
    if changed.status == 200 {
        letters.push('U');
    } else {
        assert_eq!(changed.status, 404, "{}", changed.text);
    }
    let deleted = sandbox.delete(&one).await;
    match deleted.status {
        200 => {
            letters.push('D');
            assert_eq!(sandbox.get(&one).await.kind(), "EntityNotFoundError");
        }
        501 => assert_eq!(deleted.kind(), "ConnectorOperationUnsupportedError"),
        status => assert_eq!(status, 404, "{}", deleted.text),
    }
    // Unify has no PUT, whatever Alegra has behind it.
    let put = sandbox.with_body(reqwest::Method::PUT, &one, &json!({}));
    sandbox.send(put).await.expect(404);
    letters
}

#[tokio::test]
async fn f_0_3_to_0_5_every_operation_of_the_table_goes_through_and_no_other() {
    let sandbox = Sandbox::start().await;
    let owed = owed_invoice(&sandbox).await;
    let debt = sandbox.add("bills", bill()).await;
    let leaf = sandbox.account("601-84-001").await;
    let names = [("OWED", owed.as_str()), ("DEBT", &debt), ("LEAF", &leaf)];
    for (resource, operations) in TABLE {
        assert_eq!(
            done(&sandbox, resource, &names).await,
            operations,
            "{resource}"
        );
    }
    let known: Vec<&str> = TABLE.iter().map(|(resource, _)| *resource).collect();
    for (resource, _, _) in writes() {
        assert!(known.contains(&resource), "{resource} is not in the table");
    }
    for unknown in ["invoice", "expenses", "company-infos", "attachments"] {
        sandbox
            .get(&format!("/accounting/{unknown}"))
            .await
            .expect(404);
    }
}
