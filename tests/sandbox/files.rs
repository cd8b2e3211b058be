//! The files of stamped documents against the SAT's published schemas, stamp included, where those are at hand.

use std::fs;
use std::process::Command;

use timbra::sandbox::Options;

use crate::at_hand;
use crate::support::{Sandbox, options};

/// One schema of both names that stand in a stamped document.
fn both(folder: &std::path::Path) -> String {
    let import = |namespace: &str, file: &str| {
        let file = folder.join(file);
        format!(
            "<xs:import namespace=\"{namespace}\" schemaLocation=\"file://{}\"/>",
            file.display()
        )
    };
    format!(
        "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">{}{}</xs:schema>",
        import("http://www.sat.gob.mx/cfd/4", "4/cfdv40.xsd"),
        import(
            "http://www.sat.gob.mx/TimbreFiscalDigital",
            "TimbreFiscalDigital/TimbreFiscalDigitalv11.xsd"
        ),
    )
}

#[tokio::test]
async fn f_1_24_every_stamped_document_is_valid_by_the_schemas_of_the_sat() {
    let folder = match at_hand::folder() {
        Ok(folder) => folder,
        Err(missing) => return eprintln!("skipped: {missing}"),
    };
    let sandbox = Sandbox::with(Options {
        invoices: 400,
        ..options()
    })
    .await;
    let home = tempfile::tempdir().expect("a folder");
    let schema = home.path().join("both.xsd");
    fs::write(&schema, both(&folder)).expect("a schema");
    // One run for all: reading the catalogues of the schema takes longer than the rest.
    let mut lint = Command::new("xmllint");
    lint.args(["--noout", "--nonet", "--schema"]).arg(&schema);
    let mut names = Vec::new();
    for resource in ["invoices", "credit-notes"] {
        for record in sandbox.all(resource, "raw=true").await {
            let id = record["id"].as_str().expect("an id");
            let path = format!("/sandbox/files/{resource}/{id}.xml");
            let answer = sandbox.get(&path).await;
            let stamped = record["_raw"]["stamp"]["uuid"].is_string();
            assert_eq!(answer.status == 200, stamped, "{path}");
            if stamped {
                let name = format!("{resource}-{id}.xml");
                fs::write(home.path().join(&name), &answer.text).expect("a file");
                lint.arg(home.path().join(&name));
                names.push(name);
            }
        }
    }
    // What is not valid has to be found: a stamp without its UUID, a document without its issuer.
    let sample = fs::read_to_string(home.path().join(&names[0])).expect("a file");
    for (name, from, to) in [
        ("stamp.xml", " UUID=", " Uuid="),
        ("issuer.xml", "cfdi:Emisor", "cfdi:Nadie"),
    ] {
        fs::write(home.path().join(name), sample.replace(from, to)).expect("a file");
        lint.arg(home.path().join(name));
    }
    let run = lint.output().expect("xmllint");
    let said = String::from_utf8_lossy(&run.stderr);
    let invalid: Vec<_> = names
        .iter()
        .filter(|name| !said.contains(&format!("/{name} validates")))
        .collect();
    assert!(
        invalid.is_empty(),
        "{invalid:?}\n{}",
        said.chars().take(6_000).collect::<String>()
    );
    for name in ["stamp.xml", "issuer.xml"] {
        assert!(
            said.contains(&format!("/{name} fails to validate")),
            "{name}"
        );
    }
    assert!(names.len() > 300, "{}", names.len());
    assert!(names.iter().any(|name| name.starts_with("credit-notes")));
}
