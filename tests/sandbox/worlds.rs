//! The same beginning gives the same bytes; a kept world goes on where it stopped.

use std::io::Write;

use serde_json::{Value, json};
use timbra::sandbox::{self, Options, SandboxError};

use crate::support::{Sandbox, bill, good_draft, options, receipt, stamped_draft};

/// Everything that can be read of a world, less the address that the sandbox happens to have.
async fn all_of(sandbox: &Sandbox) -> String {
    let mut all = String::new();
    for path in [
        "customers",
        "suppliers",
        "invoice-items",
        "tax-rates",
        "ledger-accounts",
        "departments",
        "bank-accounts",
        "invoices",
        "credit-notes",
        "quotes",
        "bills",
        "purchase-orders",
        "payments",
        "bill-payments",
        "journal-entries",
    ] {
        let mut cursor = String::new();
        loop {
            let page = sandbox
                .get(&format!(
                    "/accounting/{path}?limit=30&raw=true&cursor={cursor}"
                ))
                .await
                .expect(200);
            all.push_str(&page.text.replace(sandbox.running.url(), ""));
            match page.json()["meta"]["cursors"]["next"].as_str() {
                Some(next) => cursor = next.replace('=', "%3D"),
                None => break,
            }
        }
    }
    all
}

#[tokio::test]
async fn the_same_seed_gives_the_same_bytes_and_another_one_does_not() {
    let first = all_of(&Sandbox::start().await).await;
    assert_eq!(all_of(&Sandbox::start().await).await, first);
    let other = Sandbox::with(Options {
        seed: 8,
        ..options()
    })
    .await;
    assert_ne!(all_of(&other).await, first);
}

#[tokio::test]
async fn small_and_empty_books_are_books() {
    for count in [0, 1, 2, 5, 25] {
        let sandbox = Sandbox::with(Options {
            invoices: count,
            ..options()
        })
        .await;
        assert_eq!(sandbox.state().await["invoices"], json!(count));
        let page = sandbox
            .get("/accounting/invoices?limit=30")
            .await
            .expect(200)
            .json();
        assert_eq!(page["meta"]["cursors"]["next"], Value::Null);
        sandbox.create(stamped_draft()).await;
    }
}

#[tokio::test]
async fn the_last_of_a_hundred_thousand_invoices_is_as_near_as_the_first() {
    let sandbox = Sandbox::with(Options {
        invoices: 100_000,
        ..options()
    })
    .await;
    let first = sandbox
        .get("/accounting/invoices?limit=30&sort[by]=updated_at&sort[direction]=desc")
        .await
        .expect(200);
    for start in (0..100_000).step_by(997) {
        let page = sandbox
            .get(&format!(
                "/accounting/invoices?limit=30&raw=true&pass_through[start]={start}"
            ))
            .await;
        page.expect(200);
    }
    assert_eq!(first.data().as_array().map(Vec::len), Some(30));
    let last = sandbox
        .proxy_get("/invoices?start=99999&metadata=true")
        .await
        .expect(200)
        .json();
    assert_eq!(last["data"].as_array().map(Vec::len), Some(1));
    assert_eq!(last["metadata"]["total"], json!(100_000));
}

#[tokio::test]
async fn a_kept_world_comes_back_with_its_writes_its_counters_and_its_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = Some(folder.path().join("demo/world.jsonl"));
    let kept = || Options {
        data: data.clone(),
        ..options()
    };
    let sandbox = Sandbox::with(kept()).await;
    let stamped = sandbox.create(stamped_draft()).await;
    let gone = sandbox.create(good_draft()).await;
    sandbox
        .delete(&format!("/accounting/invoices/{gone}"))
        .await
        .expect(200);
    sandbox
        .patch("/accounting/customers/3", json!({"notes": "con acento: ñ"}))
        .await
        .expect(200);
    sandbox
        .post(
            "/accounting/ledger-accounts",
            json!({"name": "Nueva", "parent_account": {"id": "5004"}}),
        )
        .await
        .expect(201);
    let open = sandbox.create(stamped_draft()).await;
    sandbox.add("payments", receipt(&open, json!(580))).await;
    let gone_bill = sandbox.add("bills", bill()).await;
    sandbox.add("bills", bill()).await;
    sandbox
        .delete(&format!("/accounting/bills/{gone_bill}"))
        .await
        .expect(200);
    sandbox.add("departments", json!({"name": "Norte"})).await;
    sandbox
        .post("/sandbox/clock", json!({"advance_seconds": 3_600}))
        .await
        .expect(200);
    let (before, folios) = (all_of(&sandbox).await, sandbox.folios().await);
    let stopped_at = sandbox.running.now();
    sandbox.running.stop().await;

    // Other wishes do not change a world that is kept.
    let sandbox = Sandbox::with(Options {
        seed: 99,
        invoices: 3,
        today: None,
        ..kept()
    })
    .await;
    assert_eq!(all_of(&sandbox).await, before);
    assert_eq!(sandbox.folios().await, folios);
    let away = sandbox.running.now().duration_since(stopped_at);
    assert!(
        away.as_secs().abs() < 60,
        "time did not pass while nobody was there: {away:?}"
    );
    let next = sandbox.create(stamped_draft()).await;
    assert!(
        next.parse::<u32>().ok() > gone.parse::<u32>().ok(),
        "ids are never given out twice"
    );
    let uuids: Vec<Value> = vec![
        sandbox.raw(&stamped).await["stamp"]["uuid"].clone(),
        sandbox.raw(&next).await["stamp"]["uuid"].clone(),
    ];
    assert_ne!(uuids[0], uuids[1]);
    sandbox.running.stop().await;

    let sandbox = Sandbox::with(Options {
        fresh: true,
        ..kept()
    })
    .await;
    assert_eq!(sandbox.state().await["invoices"], json!(90));
}

#[tokio::test]
async fn a_torn_last_line_is_dropped_and_damage_before_it_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("world.jsonl");
    let kept = || Options {
        data: Some(path.clone()),
        ..options()
    };
    let sandbox = Sandbox::with(kept()).await;
    sandbox.create(good_draft()).await;
    sandbox.running.stop().await;
    let mut file = std::fs::OpenOptions::new()
        .append(true)
        .open(&path)
        .expect("the file");
    file.write_all(b"{\"at\":\"2026-06-03T16:00:00Z\",\"changes\":[{\"Invo")
        .expect("a torn line");
    let sandbox = Sandbox::with(kept()).await;
    assert_eq!(sandbox.state().await["invoices"], json!(91));
    sandbox.create(good_draft()).await;
    sandbox.running.stop().await;
    let sandbox = Sandbox::with(kept()).await;
    assert_eq!(
        sandbox.state().await["invoices"],
        json!(92),
        "what came after the torn line is whole"
    );
    sandbox.running.stop().await;
    file.write_all(b"not json\n{}\n").expect("damage");
    assert!(matches!(
        sandbox::start(kept()).await,
        Err(SandboxError::Damaged { .. })
    ));
}

#[tokio::test]
async fn a_world_of_another_version_is_told_apart_from_a_damaged_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("world.jsonl");
    let old = "{\"form\":1,\"seed\":7,\"invoices\":90,\"today\":\"2026-06-03\"}\n";
    std::fs::write(&path, old).expect("a file");
    let options = Options {
        data: Some(path),
        ..options()
    };
    let outcome = sandbox::start(options.clone()).await;
    assert!(matches!(outcome, Err(SandboxError::OtherForm(_))));
    let sandbox = Sandbox::with(Options {
        fresh: true,
        ..options
    })
    .await;
    assert_eq!(sandbox.state().await["invoices"], json!(90));
}

#[tokio::test]
async fn a_kept_world_has_one_sandbox_and_a_claim_of_a_dead_one_does_not_count() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("world.jsonl");
    let lock = folder.path().join("world.jsonl.lock");
    let kept = || Options {
        data: Some(path.clone()),
        ..options()
    };
    let first = Sandbox::with(kept()).await;
    match sandbox::start(kept()).await {
        Err(SandboxError::InUse { by, .. }) => {
            assert!(first.running.url().ends_with(&by), "{by}");
        }
        other => panic!("{other:?}"),
    }
    first.create(good_draft()).await;
    first.running.stop().await;
    assert!(!lock.exists(), "a proper stop gives the world back");

    // A sandbox that was killed leaves its claim; nobody listens there any more, or somebody else does.
    let stranger = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let gone = stranger.local_addr().expect("an address");
    drop(stranger);
    let other = Sandbox::start().await;
    let elsewhere = other.running.url().trim_start_matches("http://").to_owned();
    for stale in [
        format!("{gone} abc"),
        format!("{elsewhere} abc"),
        String::new(),
        "x".to_owned(),
    ] {
        std::fs::write(&lock, &stale).expect("a stale claim");
        let sandbox = Sandbox::with(kept()).await;
        assert_eq!(sandbox.state().await["invoices"], json!(91), "{stale}");
        sandbox.running.stop().await;
    }
}
