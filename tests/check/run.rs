//! Running the binary on an input, without an account and without a home.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

/// Noon at the issue place of the example, on its day.
pub const NOON: &str = "2026-03-18T12:00:00";

/// What a run left.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    /// The results, one a line.
    pub fn results(&self) -> Vec<Value> {
        self.out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// Findings of the result with this number as `code@path`.
    pub fn found(&self, idx: usize) -> Vec<String> {
        self.results()[idx]["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|finding| format!("{}@{}", text(&finding["code"]), text(&finding["path"])))
            .collect()
    }
}

/// A text of a result.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// Runs `timbra check` with these arguments and this on standard input.
pub fn check(arguments: &[&str], input: impl AsRef<[u8]>) -> Run {
    let home = tempfile::tempdir().unwrap();
    check_in(home.path(), arguments, input)
}

/// The same with this folder for whatever the program may want to keep.
pub fn check_in(home: &Path, arguments: &[&str], input: impl AsRef<[u8]>) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_timbra"))
        .arg("check")
        .args(arguments)
        .env_clear()
        .env("TIMBRA_CONFIG_DIR", home.join("config"))
        .env("TIMBRA_DATA_DIR", home.join("data"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.as_ref().to_vec();
    let writer = std::thread::spawn(move || {
        // A program that ends before it has read everything closes the pipe.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The example of the guide.
pub fn example() -> Value {
    json!({
        "id": "b-1", "docType": "I", "date": "2026-03-18",
        "issuer": {"rfc": "EKU9003173C9", "name": "ESCUELA KEMPER URGATE", "regime": "601", "zip": "42501"},
        "receiver": {"rfc": "URE180429TM6", "name": "UNIVERSIDAD ROBOTICA ESPAÑOLA", "zip": "86991", "regime": "601"},
        "cfdiUse": "G03", "paymentType": "PPD", "paymentMethod": "other", "currency": "MXN", "exchangeRate": null,
        "exportation": "01", "terms": "30 días", "globalInfo": null, "relations": [],
        "lines": [{
            "productKey": "43211503", "unitKey": "H87", "description": "Computadora portátil", "quantity": "2",
            "price": "12500.00", "discountPct": "5", "objetoImp": "02",
            "taxes": [{"type": "IVA", "kind": "traslado", "factor": "Tasa", "rate": "16"}],
        }],
    })
}

/// The example with another value at a pointer like `/lines/0/price`.
pub fn with(pointer: &str, value: Value) -> Value {
    let mut draft = example();
    *draft.pointer_mut(pointer).unwrap() = value;
    draft
}
