//! The previews against the SAT's published schema, where it is at hand: xmllint, and the schemas that come with the
//! Python package satcfdi. Where they are not, the test says that it was skipped.

use std::collections::BTreeSet;
use std::process::Command;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use super::*;

/// Many enough that each part of the schema is broken now and then.
const WILD: usize = 400;

/// Drafts that nobody thought of, the same in every run.
fn wild() -> impl Iterator<Item = (&'static str, Draft)> {
    let mut runner = TestRunner::deterministic();
    (0..WILD).filter_map(move |_| {
        let draft = any_draft().new_tree(&mut runner).ok()?.current();
        Some(("wild", draft))
    })
}

#[test]
fn previews_of_accepted_drafts_are_valid_and_those_refused_by_the_schema_are_not() {
    let schema = match at_hand::folder() {
        Ok(folder) => folder.join("4/cfdv40.xsd"),
        Err(missing) => return eprintln!("skipped: {missing}"),
    };
    let folder = tempfile::tempdir().unwrap();
    let mut lint = Command::new("xmllint");
    lint.args(["--noout", "--nonet", "--schema"]).arg(&schema);
    let (mut accepted, mut refused) = (BTreeSet::new(), BTreeSet::new());
    for (idx, (name, draft)) in drafts().into_iter().chain(wild()).enumerate() {
        let findings = crate::sat::validate(&draft, &CATALOGS, NOW, &Default::default());
        let file = folder.path().join(format!("{idx}.xml"));
        if Verdict::of(&findings) != Verdict::Error {
            accepted.insert((idx, name));
        } else if findings
            .iter()
            .any(|finding| finding.code().starts_with("XSD-"))
        {
            refused.insert((idx, name));
        } else {
            continue;
        }
        fs::write(&file, preview(&draft, &CATALOGS, NOW)).unwrap();
        lint.arg(file);
    }
    // One run for all: reading the catalogues of the schema takes longer than the rest.
    let run = lint.output().unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    let is_valid = |idx: &usize| said.contains(&format!("/{idx}.xml validates"));
    let invalid: Vec<_> = accepted.iter().filter(|(idx, _)| !is_valid(idx)).collect();
    assert!(invalid.is_empty(), "{invalid:?}\n{said}");
    let valid: Vec<_> = refused.iter().filter(|(idx, _)| is_valid(idx)).collect();
    assert!(valid.is_empty(), "{valid:?}");
    assert!(
        accepted.len() > 40 && refused.len() > 20,
        "{} {}",
        accepted.len(),
        refused.len()
    );
}
