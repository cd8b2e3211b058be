//! The previews against the SAT's published schema, where it is at hand: xmllint, and the schemas that come with the
//! Python package satcfdi. Where they are not, the test says that it was skipped.

use std::collections::BTreeSet;
use std::process::Command;

use super::*;

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
    for (idx, (name, draft)) in drafts().into_iter().enumerate() {
        let findings = crate::sat::validate(&draft, &CATALOGS, NOW, &Default::default());
        let file = folder.path().join(format!("{idx}.xml"));
        let xml = preview(&draft, &CATALOGS, NOW);
        // What XML itself cannot carry stands replaced in the preview, so that no schema could see it.
        let is_carried = !xml.contains('\u{fffd}');
        if Verdict::of(&findings) != Verdict::Error {
            accepted.insert((idx, name));
        } else if is_carried
            && findings
                .iter()
                .any(|finding| finding.code().starts_with("XSD-"))
        {
            refused.insert((idx, name));
        } else {
            continue;
        }
        fs::write(&file, xml).unwrap();
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
