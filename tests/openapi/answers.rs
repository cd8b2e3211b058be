//! Every answer of every operation of a strict sandbox is as published.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::bodies::{filled, writes};
use crate::published::Published;
use crate::strict::Strict;

/// What was answered, and what was wrong with it.
#[derive(Default)]
struct Judged {
    /// Statuses by method and published path.
    statuses: BTreeMap<(String, String), BTreeSet<u16>>,
    faults: BTreeSet<String>,
}

struct Judge {
    published: Published,
    sandbox: Strict,
    judged: Judged,
}

impl Judge {
    async fn ask(&mut self, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
        let (status, answer) = self.sandbox.call(method, path, body).await;
        let bare = path.split('?').next().unwrap_or(path);
        let template = self
            .published
            .template(bare)
            .unwrap_or_else(|| panic!("{bare} is not published"));
        let key = (method.to_owned(), template.to_owned());
        for fault in self
            .published
            .answer_faults(method, template, status, &answer)
        {
            let (place, said) = fault.split_once(": ").unwrap_or(("", &fault));
            let place: String = place
                .chars()
                .map(|c| if c.is_ascii_digit() { '*' } else { c })
                .collect();
            self.judged
                .faults
                .insert(format!("{method} {template} {status} {place}: {said}"));
        }
        self.judged.statuses.entry(key).or_default().insert(status);
        (status, answer)
    }

    /// Walks a list to its end, and gives the ids.
    async fn walk(&mut self, path: &str, query: &str) -> Vec<String> {
        let mut ids = Vec::new();
        let mut cursor = String::new();
        loop {
            let (status, page) = self
                .ask("GET", &format!("{path}?{query}{cursor}"), None)
                .await;
            assert_eq!(status, 200, "{page}");
            let rows = page["data"].as_array().into_iter().flatten();
            ids.extend(rows.filter_map(|row| row["id"].as_str().map(str::to_owned)));
            match page["meta"]["cursors"]["next"].as_str() {
                Some(next) => cursor = format!("&cursor={}", next.replace('=', "%3D")),
                None => return ids,
            }
        }
    }

    fn none_wrong(&self) {
        let faults: Vec<&str> = self.judged.faults.iter().map(String::as_str).collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        for (method, path) in self.published.operations() {
            let key = (method, path);
            let skipped =
                key.1.contains("/execute/") || key.1.contains("/x/") || key.1.contains("/w/");
            let seen = self.judged.statuses.get(&key);
            assert!(skipped || seen.is_some(), "{key:?} was never asked");
        }
    }
}

/// What stamps an invoice of the first customer when it is made.
fn stamped() -> Value {
    json!([{"service_id": "alegra", "extend_object": {"paymentType": "PUE", "cfdiUse": "G03",
        "regimeClient": "GENERAL_REGIME_OF_MORAL_PEOPLE_LAW", "stamp": {"generateStamp": true}}}])
}

#[tokio::test]
async fn every_answer_of_the_accounting_api_is_as_published() {
    let Some(published) = Published::load("accounting-alegra.yml") else {
        return;
    };
    let mut judge = Judge {
        published,
        sandbox: Strict::start().await,
        judged: Judged::default(),
    };
    judge.ask("GET", "/accounting/company-info", None).await;
    judge
        .ask("GET", "/accounting/company-info?raw=true", None)
        .await;

    // Documents that payments are made on, and an account that can be posted to.
    let mut invoice = writes()[7].1.clone();
    invoice["pass_through"] = stamped();
    let owed = made(&mut judge, "invoices", &invoice).await;
    let debt = made(&mut judge, "bills", &writes()[10].1).await;
    let (_, chart) = judge.ask("GET", "/accounting/ledger-accounts", None).await;
    let leaf = chart["data"]
        .as_array()
        .expect("accounts")
        .iter()
        .find(|one| one["header"] == json!(false));
    let leaf = leaf
        .and_then(|one| one["id"].as_str())
        .expect("a leaf")
        .to_owned();
    let names = [("OWED", owed.as_str()), ("DEBT", &debt), ("LEAF", &leaf)];

    for (resource, create, change) in writes() {
        let list = format!("/accounting/{resource}");
        let id = made(&mut judge, resource, &filled(&create, &names)).await;
        let one = format!("{list}/{id}");
        let (status, answer) = judge.ask("PATCH", &one, Some(&change)).await;
        assert_eq!(status, 200, "{resource}: {answer}");
        for query in ["limit=30", "limit=30&raw=true"] {
            // Not declared for the one resource that is not paged and for those that are: a limit.
            for id in judge.walk(&list, query).await.iter().take(40) {
                let raw = query.trim_start_matches("limit=30").trim_start_matches('&');
                judge.ask("GET", &format!("{list}/{id}?{raw}"), None).await;
            }
        }
        // What goes wrong is as published too.
        for (method, path, body) in [
            ("GET", format!("{list}?limit=0"), None),
            ("GET", format!("{list}?filter[status]=x&sort[by]=x"), None),
            ("GET", format!("{list}?cursor=x"), None),
            ("GET", format!("{list}/99999"), None),
            ("PATCH", format!("{list}/99999"), Some(json!({}))),
            ("DELETE", format!("{list}/99999"), None),
            ("POST", list.clone(), Some(json!({}))),
            ("POST", list.clone(), Some(json!([]))),
            (
                "POST",
                list.clone(),
                Some(json!({"nothing": 1, "line_items": [7]})),
            ),
            (
                "PATCH",
                one.clone(),
                Some(json!({"line_items": [{}], "status": 7})),
            ),
        ] {
            let (status, answer) = judge.ask(method, &path, body.as_ref()).await;
            assert!(
                status >= 400 || method == "GET",
                "{method} {path}: {answer}"
            );
        }
        let (status, answer) = judge.ask("DELETE", &one, None).await;
        let wanted = if resource == "ledger-accounts" {
            501
        } else {
            200
        };
        assert_eq!(status, wanted, "{resource}: {answer}");
        let (status, answer) = judge.sandbox.stranger(&list).await;
        let faults = judge.published.answer_faults("GET", &list, status, &answer);
        assert_eq!((status, faults), (401, Vec::new()), "{answer}");
    }

    // A stamp that is refused, a document that stands, a payment that is too large.
    invoice["customer"] = json!({"id": "2"});
    invoice["pass_through"][0]["extend_object"]["cfdiUse"] = json!("X99");
    for (method, path, body) in [
        ("POST", "/accounting/invoices".to_owned(), invoice),
        (
            "PATCH",
            format!("/accounting/invoices/{owed}"),
            json!({"terms": "x"}),
        ),
        ("DELETE", format!("/accounting/invoices/{owed}"), json!({})),
    ] {
        let body = (method != "DELETE").then_some(body);
        let (status, answer) = judge.ask(method, &path, body.as_ref()).await;
        assert_eq!(status, 400, "{answer}");
    }
    judge.none_wrong();
}

async fn made(judge: &mut Judge, resource: &str, body: &Value) -> String {
    let (status, answer) = judge
        .ask("POST", &format!("/accounting/{resource}"), Some(body))
        .await;
    assert_eq!(status, 201, "{resource}: {answer}");
    answer["data"]["id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn every_answer_of_the_webhook_api_is_as_published() {
    let Some(published) = Published::load("webhook.yml") else {
        return;
    };
    let sandbox = Strict::start().await;
    let nobody = format!("{}/nowhere", sandbox.url());
    let mut judge = Judge {
        published,
        sandbox,
        judged: Judged::default(),
    };
    let body = json!({"delivery_url": nobody, "status": "enabled", "events": ["*"], "unified_api": "accounting"});
    let (status, made) = judge.ask("POST", "/webhook/webhooks", Some(&body)).await;
    assert_eq!(status, 201, "{made}");
    let one = format!(
        "/webhook/webhooks/{}",
        made["data"]["id"].as_str().expect("an id")
    );
    judge.ask("GET", "/webhook/webhooks?limit=30", None).await;
    judge.ask("GET", &one, None).await;
    judge
        .ask("PATCH", &one, Some(&json!({"description": "x"})))
        .await;
    judge.ask("PATCH", &one, Some(&json!({"status": 7}))).await;
    let customer = json!({"display_name": "NUEVO"});
    judge
        .sandbox
        .call("POST", "/accounting/customers", Some(&customer))
        .await;
    judge.ask("GET", "/webhook/logs?limit=30", None).await;
    judge.ask("GET", "/webhook/logs?limit=0", None).await;
    judge
        .ask("POST", "/webhook/webhooks", Some(&json!({"events": 7})))
        .await;
    judge.ask("DELETE", &one, None).await;
    judge.ask("GET", &one, None).await;
    judge.none_wrong();
}

#[tokio::test]
async fn what_the_proxy_itself_refuses_is_as_published() {
    let Some(published) = Published::load("proxy.yml") else {
        return;
    };
    let sandbox = Strict::start().await;
    // The target is missing, and so are all headers.
    for (status, answer) in [
        sandbox.call("GET", "/proxy", None).await,
        sandbox.stranger("/proxy").await,
    ] {
        assert!([400, 401].contains(&status), "{answer}");
        assert_eq!(
            published.answer_faults("GET", "/proxy", status, &answer),
            [""; 0],
            "{answer}"
        );
    }
}
