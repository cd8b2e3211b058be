//! The walks: pieces of a bookkeeper's day, in the keys and seconds that they may take.

use crate::walk::{Limits, Walk, goes, in_demo};

/// The hits on screen, two rows each as one.
fn hits(walk: &Walk) -> Vec<String> {
    let text = walk.text();
    let rows: Vec<&str> = text.lines().skip(4).collect();
    rows.chunks(2)
        .map(|both| both.join("\n"))
        .filter(|hit| hit.contains('\n') && !hit.contains("Esc volver"))
        .take_while(|hit| !hit.trim().is_empty())
        .collect()
}

/// The place and the text of every hit that is a stamped invoice of this total.
fn invoices_of(walk: &Walk, total: &str) -> Vec<(usize, String)> {
    let found = hits(walk).into_iter().enumerate();
    found
        .filter(|(_, hit)| hit.contains(total) && hit.contains("TIMBRADA"))
        .collect()
}

/// The folio at the beginning of a hit.
fn folio_of(hit: &str) -> String {
    hit.split_whitespace().next().unwrap_or_default().to_owned()
}

#[test]
fn the_phone_asks_for_the_folio_of_an_invoice_by_amount_and_month() {
    let limits = Limits {
        keys: 14,
        seconds: Some(6.0),
    };
    goes(
        limits,
        |home| in_demo(home, "400"),
        |walk| {
            walk.keys("/").types("11600 mar").sees("11,600.00");
            let exact = invoices_of(walk, "11,600.00");
            assert_eq!(exact.len(), 2, "{}", walk.text());
            assert!(exact.iter().all(|(_, hit)| hit.contains("/03/2026")));
            let others = hits(walk);
            let others = others.iter().filter(|hit| !hit.contains("11,600.00"));
            for hit in others {
                assert!(hit.contains("sin impuestos"), "{hit}");
            }
            // Each tells itself apart: folio, day, customer, RFC, both badges, the end of the UUID.
            let (place, wanted) = &exact[1];
            assert_ne!(&exact[0].1, wanted);
            for _ in 0..*place {
                walk.keys("<Down>");
            }
            walk.keys("<C-y>").sees("Copiado");
            let copied = walk.copied().expect("a folio fiscal");
            let tail = &copied[copied.len() - 8..];
            assert!(wanted.contains(tail), "{copied}: {wanted}");
        },
    );
}

#[test]
fn the_box_takes_an_invoice_by_everything_that_is_said_on_the_phone() {
    let home = tempfile::tempdir().unwrap();
    let mut walk = in_demo(&home, "400");
    walk.keys("/").types("11600 mar").sees("11,600.00");
    let (_, wanted) = invoices_of(&walk, "11,600.00").remove(0);
    let words: Vec<&str> = wanted.split_whitespace().collect();
    let folio = folio_of(&wanted);
    let digits: String = folio.chars().filter(char::is_ascii_digit).collect();
    let rfc = words
        .iter()
        .find(|word| {
            matches!(word.len(), 12 | 13) && word.bytes().all(|b| b.is_ascii_alphanumeric())
        })
        .map(|rfc| rfc.to_lowercase());
    let tail = words
        .iter()
        .find_map(|word| word.strip_prefix('…'))
        .map(str::to_lowercase);
    let mut asked = vec![
        "11600 marzo".to_owned(),
        "$11,600.00 2026-03".to_owned(),
        folio.clone(),
        folio.to_lowercase().replace('-', ""),
        digits,
    ];
    asked.extend(rfc.map(|rfc| format!("{rfc} 11600 marzo")));
    asked.extend(tail);
    for typed in asked {
        walk.keys("<C-u>").types(&typed);
        walk.sees_that(&typed, |screen| {
            screen
                .contents()
                .lines()
                .skip(4)
                .any(|row| row.contains(&folio))
        });
    }
    walk.keys("<C-u>").types("11600 feb").sees("/02/2026");
    assert_eq!(invoices_of(&walk, "11,600.00").len(), 1);
}

#[test]
fn an_opened_hit_goes_back_to_the_box_with_what_was_typed_and_chosen() {
    let home = tempfile::tempdir().unwrap();
    let mut walk = in_demo(&home, "400");
    walk.keys("/").types("11600 mar").sees("11,600.00");
    let (place, wanted) = invoices_of(&walk, "11,600.00").remove(1);
    let folio = folio_of(&wanted);
    for _ in 0..place {
        walk.keys("<Down>");
    }
    walk.keys("<Enter>").sees("Folio fiscal");
    assert!(walk.row("›").contains(&folio));
    walk.keys("<Esc>").sees("11600 mar");
    walk.keys("<Enter>").sees("Folio fiscal");
    assert!(walk.row("›").contains(&folio), "the same hit is chosen");
    walk.keys("<Esc> <Esc>").sees("Facturas sin timbrar");
    assert!(!walk.text().contains("11600 mar"));
}
