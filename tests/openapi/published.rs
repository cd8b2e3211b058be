//! A published OpenAPI 3.0 document, read as JSON schemas.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::rc::Rc;

use jsonschema::Validator;
use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::{Map, Value, json};

/// Which way a body goes: what only one side may fill is not demanded of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Way {
    Sent,
    Answered,
}

/// One document.
pub struct Published {
    sent: Value,
    answered: Value,
    /// Compiled schemas, by way and by where they stand.
    compiled: RefCell<HashMap<(Way, String), Rc<Validator>>>,
}

/// A request as it is judged: its query and headers in pairs, and its body.
pub struct Request<'a> {
    pub query: &'a [(String, String)],
    pub headers: &'a [(String, String)],
    pub body: Option<&'a Value>,
}

impl Published {
    /// The document of this name, or `None` with a word to the reader of the test's output.
    pub fn load(name: &str) -> Option<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/openapi");
        let Ok(text) = std::fs::read_to_string(folder.join(name)) else {
            eprintln!("skipped: the published document {name} is not beside the project");
            return None;
        };
        let document = read(&text);
        Some(Self {
            sent: rewritten(&document, &document, Way::Sent),
            answered: rewritten(&document, &document, Way::Answered),
            compiled: RefCell::default(),
        })
    }

    /// Method (in capitals) and path of every operation.
    pub fn operations(&self) -> Vec<(String, String)> {
        const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];
        let mut operations = Vec::new();
        for (path, item) in object(&self.sent["paths"]) {
            for method in METHODS.iter().filter(|method| item.get(**method).is_some()) {
                operations.push((method.to_uppercase(), path.clone()));
            }
        }
        operations
    }

    /// The path of the document that a request's path belongs to.
    pub fn template(&self, path: &str) -> Option<&str> {
        let fits = |template: &&String| {
            let (one, other) = (template.split('/'), path.split('/'));
            one.clone().count() == other.clone().count()
                && one
                    .zip(other)
                    .all(|(one, other)| one == other || one.starts_with('{'))
        };
        // A path without a variable goes before one with it.
        let known = object(&self.sent["paths"]).keys().filter(fits);
        known
            .min_by_key(|path| path.matches('{').count())
            .map(String::as_str)
    }

    /// What is wrong with an answer; empty when it is as published.
    pub fn answer_faults(
        &self,
        method: &str,
        template: &str,
        status: u16,
        body: &Value,
    ) -> Vec<String> {
        let at = pointer(&["paths", template, &method.to_lowercase(), "responses"]);
        let answers = &self.answered.pointer(&at).expect("an operation");
        let status = status.to_string();
        let key = if answers.get(&status).is_some() {
            status.as_str()
        } else {
            "default"
        };
        let Some(answer) = answers.get(key) else {
            return vec![format!("status {status} is not published")];
        };
        let (answer, at) = self.resolved(answer, format!("{at}/{key}"));
        if answer
            .pointer("/content/application~1json/schema")
            .is_none()
        {
            return Vec::new();
        }
        self.faults(
            Way::Answered,
            &format!("{at}/content/application~1json/schema"),
            body,
        )
    }

    /// What is wrong with a request; empty when it is as published.
    pub fn request_faults(
        &self,
        method: &str,
        template: &str,
        request: &Request<'_>,
    ) -> Vec<String> {
        let at = pointer(&["paths", template, &method.to_lowercase()]);
        let Some(operation) = self.sent.pointer(&at) else {
            return vec![format!("{method} {template} is not published")];
        };
        let mut faults = Vec::new();
        let mut query: BTreeMap<&str, Value> = BTreeMap::new();
        for (key, value) in request.query {
            match key.split_once('[') {
                None => drop(query.insert(key, json!(value))),
                Some((outer, inner)) => {
                    let deep = query.entry(outer).or_insert_with(|| json!({}));
                    deep[inner.trim_end_matches(']')] = json!(value);
                }
            }
        }
        for (parameter, at) in self.parameters(method, template) {
            let name = parameter["name"].as_str().expect("a name");
            let required = parameter["required"] == json!(true);
            let value = match parameter["in"].as_str() {
                Some("query") => query.remove(name),
                Some("header") => {
                    let sent = request
                        .headers
                        .iter()
                        .find(|(key, _)| key.eq_ignore_ascii_case(name));
                    sent.map(|(_, value)| json!(value))
                }
                _ => continue,
            };
            match value {
                None if required => faults.push(format!("{name} is missing")),
                None => {}
                Some(value) => {
                    let (schema, _) = self.resolved(&parameter["schema"], String::new());
                    let found =
                        self.faults(Way::Sent, &format!("{at}/schema"), &typed(value, schema));
                    faults.extend(found.into_iter().map(|fault| format!("{name}: {fault}")));
                }
            }
        }
        faults.extend(
            query
                .keys()
                .map(|key| format!("the query key {key} is not published")),
        );
        let body = format!("{at}/requestBody/content/application~1json/schema");
        match (request.body, self.sent.pointer(&body)) {
            (Some(sent), Some(_)) => faults.extend(self.faults(Way::Sent, &body, sent)),
            (None, Some(_)) if operation["requestBody"]["required"] == json!(true) => {
                faults.push("the body is missing".to_owned());
            }
            (Some(_), None) => faults.push("a body is not published".to_owned()),
            (None, _) => {}
        }
        faults
    }

    /// The query keys that an operation declares; of deep ones all, with `*` where any name may stand.
    pub fn query_keys(&self, method: &str, template: &str) -> Vec<String> {
        let mut keys = Vec::new();
        for (parameter, _) in self.parameters(method, template) {
            let name = parameter["name"].as_str().expect("a name");
            let (schema, _) = self.resolved(&parameter["schema"], String::new());
            match (parameter["in"].as_str(), parameter["style"].as_str()) {
                (Some("query"), Some("deepObject")) => {
                    let inner = schema.get("properties").map(object);
                    let names = inner.into_iter().flat_map(Map::keys);
                    keys.extend(names.map(|inner| format!("{name}[{inner}]")));
                    if schema["additionalProperties"] != json!(false) {
                        keys.push(format!("{name}[*]"));
                    }
                }
                (Some("query"), _) => keys.push(name.to_owned()),
                _ => {}
            }
        }
        keys
    }

    /// The names that a body may have, and those that a line of it may have.
    pub fn body_names(&self, method: &str, template: &str) -> Option<(Vec<String>, Vec<String>)> {
        let at = pointer(&["paths", template, &method.to_lowercase()]);
        let at = format!("{at}/requestBody/content/application~1json/schema");
        let (schema, _) = self.resolved(self.sent.pointer(&at)?, at);
        let names = |schema: &Value| -> Vec<String> {
            object(&schema["properties"]).keys().cloned().collect()
        };
        let line = schema.pointer("/properties/line_items/items");
        let line = line.map(|line| names(self.resolved(line, String::new()).0));
        Some((names(schema), line.unwrap_or_default()))
    }

    /// An answer with everything that may stand in it.
    pub fn sample(&self, method: &str, template: &str) -> Value {
        let at = pointer(&[
            "paths",
            template,
            &method.to_lowercase(),
            "responses",
            "200",
        ]);
        let (answer, _) = self.resolved(self.sent.pointer(&at).expect("an answer"), at);
        let schema = answer.pointer("/content/application~1json/schema");
        self.filled(schema.expect("a schema"), 0)
    }

    fn filled(&self, schema: &Value, depth: u8) -> Value {
        /// Deeper than any record is nested; parents of parents end here.
        const DEEPEST: u8 = 7;
        let (schema, _) = self.resolved(schema, String::new());
        if depth > DEEPEST {
            return Value::Null;
        }
        if let Some(words) = schema["enum"].as_array() {
            return words.first().cloned().unwrap_or_default();
        }
        if let Some(first) = schema["anyOf"].get(0) {
            return self.filled(first, depth + 1);
        }
        let kind = schema["type"]
            .as_str()
            .or_else(|| schema["type"].get(0)?.as_str());
        match (kind, schema["format"].as_str()) {
            (Some("object"), _) => {
                let members = schema["properties"].as_object().into_iter().flatten();
                let members =
                    members.map(|(name, schema)| (name.clone(), self.filled(schema, depth + 1)));
                Value::Object(members.collect())
            }
            (Some("array"), _) => json!([self.filled(&schema["items"], depth + 1)]),
            (Some("string"), Some("date")) => json!("2026-05-31"),
            (Some("string"), Some("date-time")) => json!("2026-05-31T18:04:09.000Z"),
            (Some("string"), _) => json!("7"),
            (Some("number"), _) => json!(1160.5),
            (Some("integer"), _) => json!(7),
            (Some("boolean"), _) => json!(true),
            _ => Value::Null,
        }
    }

    /// The parameters of an operation with where they stand.
    fn parameters(&self, method: &str, template: &str) -> Vec<(&Value, String)> {
        let path = pointer(&["paths", template]);
        let mut found = Vec::new();
        for at in [
            format!("{path}/parameters"),
            format!("{path}/{}/parameters", method.to_lowercase()),
        ] {
            let listed = self.sent.pointer(&at).and_then(Value::as_array);
            for (place, parameter) in listed.into_iter().flatten().enumerate() {
                found.push(self.resolved(parameter, format!("{at}/{place}")));
            }
        }
        found
    }

    /// Follows references to other places of the document.
    fn resolved<'a>(&'a self, mut value: &'a Value, mut at: String) -> (&'a Value, String) {
        while let Some(reference) = value.get("$ref").and_then(Value::as_str) {
            at = reference.trim_start_matches('#').to_owned();
            value = self.sent.pointer(&at).expect("a place of the document");
        }
        (value, at)
    }

    fn faults(&self, way: Way, at: &str, instance: &Value) -> Vec<String> {
        let validator = {
            let mut compiled = self.compiled.borrow_mut();
            let key = (way, at.to_owned());
            compiled
                .entry(key)
                .or_insert_with(|| Rc::new(self.compile(way, at)))
                .clone()
        };
        let told = validator.iter_errors(instance);
        told.map(|error| {
            let said: String = error.to_string().chars().take(160).collect();
            format!("{}: {said}", error.instance_path())
        })
        .collect()
    }

    fn compile(&self, way: Way, at: &str) -> Validator {
        let document = match way {
            Way::Sent => &self.sent,
            Way::Answered => &self.answered,
        };
        let mut schema = document.pointer(at).expect("a schema").clone();
        schema["components"] = document["components"].clone();
        let options = jsonschema::options().should_validate_formats(true);
        options
            .build(&schema)
            .unwrap_or_else(|error| panic!("{at}: {error}"))
    }
}

/// A parameter's text as the type that its schema asks for, which a query cannot tell.
fn typed(value: Value, schema: &Value) -> Value {
    let Some(text) = value.as_str() else {
        return value;
    };
    match schema["type"].as_str() {
        Some("integer" | "number" | "boolean") => serde_json::from_str(text).unwrap_or(value),
        _ => value,
    }
}

/// The JSON pointer of these steps.
fn pointer(steps: &[&str]) -> String {
    let escaped = steps
        .iter()
        .map(|step| step.replace('~', "~0").replace('/', "~1"));
    escaped.fold(String::new(), |at, step| format!("{at}/{step}"))
}

fn object(value: &Value) -> &Map<String, Value> {
    value.as_object().expect("an object")
}

fn read(text: &str) -> Value {
    let documents = Yaml::load_from_str(text).expect("YAML");
    json_of(documents.first().expect("a document"))
}

fn json_of(yaml: &Yaml<'_>) -> Value {
    match yaml {
        Yaml::Value(Scalar::Null) => Value::Null,
        Yaml::Value(Scalar::Boolean(flag)) => json!(flag),
        Yaml::Value(Scalar::Integer(number)) => json!(number),
        Yaml::Value(Scalar::FloatingPoint(number)) => json!(number.into_inner()),
        Yaml::Value(Scalar::String(text)) => json!(text),
        Yaml::Sequence(elements) => elements.iter().map(json_of).collect(),
        Yaml::Mapping(members) => {
            let pairs = members
                .iter()
                .map(|(key, value)| (name(&json_of(key)), json_of(value)));
            Value::Object(pairs.collect())
        }
        other => panic!("unexpected YAML: {other:?}"),
    }
}

/// Keys are texts in JSON; YAML takes the status codes for numbers.
fn name(key: &Value) -> String {
    key.as_str().map_or_else(|| key.to_string(), str::to_owned)
}

/// The schemas of OpenAPI 3.0 as those of JSON: `nullable` becomes a type, and what the other side fills is not required.
fn rewritten(value: &Value, document: &Value, way: Way) -> Value {
    let members = match value {
        Value::Array(elements) => {
            return elements
                .iter()
                .map(|one| rewritten(one, document, way))
                .collect();
        }
        Value::Object(members) => members,
        _ => return value.clone(),
    };
    let mut members: Map<String, Value> = members
        .iter()
        .map(|(key, value)| (key.clone(), rewritten(value, document, way)))
        .collect();
    if members.get("nullable") == Some(&json!(true)) {
        if let Some(Value::String(kind)) = members.get("type") {
            let kinds = json!([kind, "null"]);
            members.insert("type".to_owned(), kinds);
        }
        if let Some(Value::Array(words)) = members.get_mut("enum")
            && !words.contains(&Value::Null)
        {
            words.push(Value::Null);
        }
    }
    let others = match way {
        Way::Sent => "readOnly",
        Way::Answered => "writeOnly",
    };
    if let (Some(Value::Object(properties)), Some(Value::Array(required))) = (
        members.get("properties").cloned(),
        members.get_mut("required"),
    ) {
        required.retain(|name| {
            let mut schema = name.as_str().and_then(|name| properties.get(name));
            while let Some(reference) = schema.and_then(|schema| schema.get("$ref")?.as_str()) {
                schema = document.pointer(reference.trim_start_matches('#'));
            }
            schema.and_then(|schema| schema.get(others)) != Some(&json!(true))
        });
    }
    Value::Object(members)
}

#[test]
fn the_reader_finds_what_is_wrong() {
    let Some(published) = Published::load("accounting-alegra.yml") else {
        return;
    };
    let one = |data: Value| {
        let body = json!({"status_code": 200, "status": "OK", "service": "alegra", "resource": "invoices",
            "operation": "one", "data": data});
        published.answer_faults("GET", "/accounting/invoices/{id}", 200, &body)
    };
    assert_eq!(
        one(json!({"id": "6", "total": 11600.00, "number": null})),
        [""; 0]
    );
    for wrong in [
        json!(7),
        json!({"id": 6}),
        json!({"id": "6", "total": "11600"}),
        json!({"id": "6", "status": "voided"}),
        json!({"id": "6", "invoice_date": "3/6/2026"}),
        json!({"id": "6", "_raw": {}}),
    ] {
        assert!(!one(wrong.clone()).is_empty(), "{wrong}");
    }
    let ask = |key: &str, body: Option<&Value>| {
        let request = Request {
            query: &[(key.to_owned(), "30".to_owned())],
            headers: &[("x-apideck-app-id".to_owned(), "a".to_owned())],
            body,
        };
        published
            .request_faults(
                if body.is_some() { "POST" } else { "GET" },
                "/accounting/invoices",
                &request,
            )
            .len()
    };
    // The consumer is missing in all of them.
    assert_eq!(
        [
            ask("limit", None),
            ask("sort[by]", None),
            ask("filter[x]", None),
            ask("page", None)
        ],
        [1, 2, 2, 2]
    );
    assert_eq!(
        [
            ask("raw", Some(&json!({}))),
            ask("limit", Some(&json!({"x": 1})))
        ],
        [2, 3]
    );
}
