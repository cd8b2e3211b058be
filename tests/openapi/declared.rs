//! What a strict sandbox takes is what is published: its own tables of declared keys, word by word.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::published::Published;
use crate::strict::Strict;

/// Whatever may be a name in the sandbox's own tables.
const OWN: &str = include_str!("../../src/sandbox/unify/declared.rs");

/// Every name that any body or line has in the document or in the sandbox's tables, and one that is in neither.
fn all_names(published: &Published) -> BTreeSet<String> {
    let words = OWN.split(|letter: char| {
        !letter.is_ascii_lowercase() && !letter.is_ascii_digit() && letter != '_'
    });
    let mut names: BTreeSet<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    for (method, path) in published.operations() {
        if let Some((body, line)) = published.body_names(&method, &path) {
            names.extend(body.into_iter().chain(line));
        }
    }
    names.insert("nobody_declares_this".to_owned());
    names
}

/// Which of these names a detail calls undeclared, within this path.
fn undeclared(detail: &Value, within: &str) -> BTreeSet<String> {
    let told = detail.as_object().expect("a detail").iter();
    told.filter(|(_, said)| **said == json!("is not declared"))
        .filter_map(|(path, _)| path.strip_prefix(within))
        .filter(|name| !name.contains('.'))
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn the_tables_of_declared_keys_are_those_of_the_document() {
    let Some(published) = Published::load("accounting-alegra.yml") else {
        return;
    };
    let sandbox = Strict::start().await;
    let names = all_names(&published);
    let everything = || -> Map<String, Value> {
        names
            .iter()
            .map(|name| (name.clone(), Value::Null))
            .collect()
    };
    for (method, template) in published.operations() {
        let Some((body, line)) = published.body_names(&method, &template) else {
            continue;
        };
        let list = template.trim_end_matches("/{id}");
        let (_, rows) = sandbox.call("GET", list, None).await;
        let id = rows["data"][0]["id"].as_str().expect("a record").to_owned();
        let path = template.replace("{id}", &id);
        let mut sent = everything();
        sent.insert("line_items".to_owned(), json!([everything()]));
        let (status, answer) = sandbox
            .call(&method, &path, Some(&Value::Object(sent)))
            .await;
        assert_eq!(status, 400, "{method} {path}: {answer}");
        let except = |declared: Vec<String>| -> BTreeSet<String> {
            let declared: BTreeSet<String> = declared.into_iter().collect();
            names.difference(&declared).cloned().collect()
        };
        assert_eq!(
            undeclared(&answer["detail"], ""),
            except(body),
            "{method} {path}"
        );
        if !line.is_empty() {
            let told = undeclared(&answer["detail"], "line_items[0].");
            assert_eq!(told, except(line), "lines of {method} {path}");
        }
    }
}

#[tokio::test]
async fn the_query_keys_that_are_taken_are_those_of_the_document() {
    let Some(published) = Published::load("accounting-alegra.yml") else {
        return;
    };
    let sandbox = Strict::start().await;
    let operations = published.operations();
    let mut keys: BTreeSet<String> =
        BTreeSet::from(["nobody".to_owned(), "filter[nobody]".to_owned()]);
    for (method, path) in &operations {
        keys.extend(published.query_keys(method, path));
    }
    for (method, template) in operations {
        let declared = published.query_keys(&method, &template);
        let path = template.replace("{id}", "99999");
        let body = published.body_names(&method, &template).map(|_| json!({}));
        for key in &keys {
            let asked = key.replace('*', "query");
            let (_, answer) = sandbox
                .call(&method, &format!("{path}?{asked}=1"), body.as_ref())
                .await;
            let refused = answer["detail"].get(&asked) == Some(&json!("expected: absent"));
            assert_eq!(
                refused,
                !declared.contains(key),
                "{method} {template} {key}: {answer}"
            );
        }
    }
}
