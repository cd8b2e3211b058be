//! Journal entries: one debit or one credit a line, together balanced (contract B.14, table F 7).

use serde_json::json;
use timbra::domain::edit::Edit;
use timbra::domain::field::Field;
use timbra::domain::kind::Kind;
use timbra::domain::record::{Posting, Side};
use timbra::domain::status::Status;

use super::bodies::{day, exact, read, unsayable};
use super::writing::{changed, created, edit, link, text};

fn posting(side: Side, account: &str, amount: &str) -> Posting {
    Posting {
        account: Some(link(account)),
        side: Some(side),
        amount: amount.parse().ok(),
        ..Posting::default()
    }
}

fn entry() -> Edit {
    let mut edit = edit(
        Kind::JournalEntries,
        None,
        &[
            (Field::Name, text("Depreciación mayo")),
            (Field::Date, day(2026, 5, 31)),
        ],
    );
    edit.postings = Some(vec![
        posting(Side::Debit, "5101", "900"),
        posting(Side::Credit, "5044", "900"),
    ]);
    edit
}

#[tokio::test]
async fn f_7_1_a_journal_entry_that_is_not_balanced_is_not_sent() {
    for postings in [
        Vec::new(),
        vec![posting(Side::Debit, "5101", "900")],
        vec![
            posting(Side::Debit, "5101", "900"),
            posting(Side::Credit, "5044", "900.01"),
        ],
        vec![
            posting(Side::Debit, "5101", "-900"),
            posting(Side::Credit, "5044", "-900"),
        ],
        vec![
            Posting {
                account: None,
                ..posting(Side::Debit, "5101", "900")
            },
            posting(Side::Credit, "5044", "900"),
        ],
        vec![
            posting(Side::Debit, "5101", "900"),
            Posting {
                side: None,
                ..posting(Side::Credit, "5044", "900")
            },
        ],
    ] {
        unsayable(Edit {
            postings: Some(postings),
            ..entry()
        })
        .await;
    }
}

#[tokio::test]
async fn f_7_2_each_posting_is_one_debit_or_credit_as_in_the_contract() {
    assert_eq!(
        created(&entry()).await,
        json!({"title": "Depreciación mayo", "posted_at": "2026-05-31T00:00:00.000Z", "line_items": [
            {"type": "debit", "total_amount": 900, "ledger_account": {"id": "5101"}},
            {"type": "credit", "total_amount": 900, "ledger_account": {"id": "5044"}}]})
    );
    let mut change = edit(Kind::JournalEntries, Some("1"), &[]);
    change.postings = Some(vec![
        Posting {
            description: "Anticipo".into(),
            supplier: Some(link("9")),
            department: Some(link("4")),
            ..posting(Side::Debit, "5101", "0.10")
        },
        Posting {
            customer: Some(link("7")),
            ..posting(Side::Credit, "5044", "0.10")
        },
    ]);
    assert_eq!(
        changed(&change).await,
        exact(
            r#"{"line_items":[{"type":"debit","total_amount":0.10,"ledger_account":{"id":"5101"},"description":"Anticipo","supplier":{"id":"9"},"department_id":"4"},{"type":"credit","total_amount":0.10,"ledger_account":{"id":"5044"},"customer":{"id":"7"}}]}"#
        )
    );
}

#[tokio::test]
async fn f_7_3_a_journal_entry_has_no_number_and_no_times() {
    let entry = read(
        Kind::JournalEntries,
        json!({"id": "1", "title": "Depreciación mayo", "memo": null, "number": null, "posted_at": "2026-05-31T00:00:00.000Z",
            "status": "posted", "line_items": [
                {"type": "debit", "total_amount": 900.10, "ledger_account": {"id": "5101", "name": "Depreciaciones"}},
                {"type": "Credit", "total_amount": "900.10", "ledger_account": {"id": "5044"}, "department_id": 4}]}),
    )
    .await;
    assert_eq!(entry.get(Field::Number), None);
    assert_eq!(entry.get(Field::CreatedAt), None);
    assert_eq!(entry.get(Field::UpdatedAt), None);
    assert_eq!(
        entry.date(Field::Date),
        Some(jiff::civil::date(2026, 5, 31))
    );
    assert_eq!(entry.status(), Status::Posted);
    assert_eq!(entry.postings[0].side, Some(Side::Debit));
    assert_eq!(entry.postings[1].side, Some(Side::Credit));
    assert_eq!(
        entry.postings[1]
            .department
            .as_ref()
            .map(|link| link.id.as_str()),
        Some("4")
    );
    // Summed up from the postings; the server tells none.
    assert_eq!(entry.money(Field::Total), "900.1".parse().ok());

    let broken = read(
        Kind::JournalEntries,
        json!({"id": "2", "line_items": [{"type": "debit", "total_amount": 900}, 7]}),
    )
    .await;
    assert_eq!(broken.postings.len(), 2);
    assert_eq!(broken.money(Field::Total), None);
}
