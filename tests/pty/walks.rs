//! The walks: pieces of a bookkeeper's day, in the keys and seconds that they may take.

use serde_json::Value;
use tempfile::TempDir;

use crate::left::Left;
use crate::walk::{Limits, Walk, goes, goes_and_leaves, in_demo, in_demo_with};

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

/// Books in which somebody owes four invoices, on a day when some drafts still can be stamped.
fn in_june(home: &TempDir) -> Walk {
    let day = "2026-06-03";
    in_demo_with(home, &["--invoices", "150", "--seed", "7", "--today", day])
}

/// An amount as the sandbox writes it, in cents.
fn cents(amount: &Value) -> i64 {
    let text = amount.to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    format!("{whole}{part:0<2}").parse().expect("an amount")
}

/// The shares of a payment, by the invoice's number.
fn shares(payment: &Value, invoices: &[Value]) -> Vec<(String, i64)> {
    let shares = payment["allocations"].as_array().expect("allocations");
    let share = |share: &Value| {
        let invoice = invoices.iter().find(|one| one["id"] == share["id"]);
        let number = invoice.and_then(|one| one["number"].as_str());
        (number.unwrap_or("?").to_owned(), cents(&share["amount"]))
    };
    shares.iter().map(share).collect()
}

/// What the sandbox holds after 25,000 of the university on its three oldest invoices, the third in part.
fn three_are_paid(home: &TempDir) {
    let left = Left::in_home(home);
    let payment = left.one("payments", |one| one["total_amount"] == 25000);
    assert_eq!(payment["account"]["name"], "BBVA operativa");
    assert_eq!(payment["payment_method"], "transfer");
    let invoices = left.all("invoices");
    let paid = [
        ("A-24".to_owned(), 231_420),
        ("A-31".to_owned(), 1_223_777),
        ("A-60".to_owned(), 1_044_803),
    ];
    assert_eq!(shares(&payment, &invoices), paid);
    for (number, status, balance) in [
        ("A-24", "paid", 0),
        ("A-31", "paid", 0),
        ("A-60", "partially_paid", 514_930),
    ] {
        let invoice = left.one("invoices", |one| one["number"] == number);
        assert_eq!(invoice["status"], status, "{number}");
        assert_eq!(cents(&invoice["balance"]), balance, "{number}");
    }
}

#[test]
fn one_transfer_is_spread_by_hand_over_three_invoices() {
    let limits = Limits {
        keys: 40,
        seconds: Some(35.0),
    };
    goes_and_leaves(
        limits,
        in_june,
        |walk| {
            walk.keys("g i n univer")
                .sees("UNIVERSIDAD ROBOTICA ESPAÑOLA");
            walk.keys("<Enter>").sees("A-60");
            walk.keys("25000 <Tab> <Tab> <Tab> bbv <Enter>");
            walk.keys("<Down> <Down> =").sees("22,685.80");
            walk.keys("=").sees("10,448.03");
            walk.keys("=");
            assert!(walk.row("Por aplicar").trim_end().ends_with(" 0.00"));
            walk.keys("<F8>").sees("Guardado");
        },
        three_are_paid,
    );
}

#[test]
fn one_transfer_is_spread_over_the_oldest_first_by_one_key() {
    let limits = Limits {
        keys: 40,
        seconds: Some(35.0),
    };
    goes_and_leaves(
        limits,
        in_june,
        |walk| {
            walk.keys("g i n univer").sees("UNIVERSIDAD ROBOTICA");
            walk.keys("<Enter>").sees("A-60");
            walk.keys("25000 <Tab> <Tab> <Tab> bbv <Enter> <F5>")
                .sees("10,448.03");
            walk.keys("<F8>").sees("Guardado");
        },
        three_are_paid,
    );
}

#[test]
fn a_poliza_is_keyed_in_and_a_key_fills_what_balances() {
    let limits = Limits {
        keys: 35,
        seconds: Some(30.0),
    };
    goes_and_leaves(
        limits,
        in_june,
        |walk| {
            walk.keys("g j n Ajuste <Enter> <Enter> <Enter> 60101")
                .sees("601-01 Sueldos");
            walk.keys("<Enter> 900").sees("Faltan en abonos");
            walk.keys("<Enter>")
                .types("caja g")
                .sees("101-01-001 Caja general");
            walk.keys("<Enter> =").sees("Diferencia");
            walk.keys("<F8>").sees("Guardado: Ajuste");
        },
        |home| {
            let left = Left::in_home(home);
            let entry = left.one("journal-entries", |one| one["title"] == "Ajuste");
            let lines = entry["line_items"].as_array().expect("lines");
            let lines: Vec<(&str, i64, &str)> = lines
                .iter()
                .map(|line| {
                    let side = line["type"].as_str().unwrap_or("?");
                    let code = line["ledger_account"]["code"].as_str().unwrap_or("?");
                    (side, cents(&line["total_amount"]), code)
                })
                .collect();
            let wanted = [
                ("debit", 90_000, "601-01"),
                ("credit", 90_000, "101-01-001"),
            ];
            assert_eq!(lines, wanted);
        },
    );
}

#[test]
fn the_chart_answers_by_the_code_of_the_tax_authority() {
    let limits = Limits {
        keys: 10,
        seconds: Some(3.0),
    };
    goes(limits, in_june, |walk| {
        walk.keys("g a f 101.01").sees("5 de 466");
        // Under their parents, own code beside.
        for (name, code) in [
            ("Caja y efectivo", "101-01"),
            ("Caja general", "101-01-001"),
            ("Caja chica oficina central", "101-01-002"),
            ("Caja chica sucursal Norte", "101-01-003"),
            ("Caja chica sucursal Sur", "101-01-004"),
        ] {
            let row = walk.row(name);
            assert!(row.contains(code) && row.contains("101.01"), "{row}");
        }
        assert!(walk.row("Activo a corto plazo").contains('▾'));
        walk.keys("<Enter>").sees("Se usa en");
        assert!(walk.row("Código agrupador").contains("101.01"));
    });
}

/// Stands on the card of a stamp that was refused: the tax authority knows another régimen of this customer.
fn at_a_refusal(home: &TempDir) -> Walk {
    let mut walk = in_june(home);
    walk.keys("/").types("jimena").sees("MUÑJ920515T34");
    walk.keys("<Enter>").sees("SIN TIMBRAR");
    walk.keys("T s <Enter>").sees("[ Corregir ]");
    walk.begins()
}

/// From the refusal, which says all that, to the field at fault and to the folio fiscal.
fn corrects_the_regime_and_stamps(walk: &mut Walk, refusal: &[&str]) {
    for words in refusal {
        assert!(walk.text().contains(words), "{words}: {}", walk.text());
    }
    walk.keys("<Enter>").sees("Editar factura");
    walk.keys("<F3> 626").sees("Simplificado de Confianza");
    walk.keys("<Enter> <F8>").sees("Cambios guardados.");
    walk.keys("T s").sees("[ Sí, timbrar ]");
    walk.keys("<Enter>").sees("Timbrada.");
}

#[test]
fn a_refused_stamp_leads_to_its_field_and_from_there_to_the_folio_fiscal() {
    let limits = Limits {
        keys: 12,
        seconds: None,
    };
    goes_and_leaves(
        limits,
        at_a_refusal,
        |walk| corrects_the_regime_and_stamps(walk, &["3051", "CFDI40157", "Régimen fiscal"]),
        |home| {
            let left = Left::in_home(home);
            let invoice = left.one("invoices", |one| {
                one["customer"]["display_name"] == "JIMENA MUÑOZ ÁVILA"
            });
            assert!(invoice["_raw"]["stamp"]["uuid"].is_string(), "{invoice}");
        },
    );
}

/// Stands on the card of a new invoice whose stamp was refused, while Alegra kept its draft.
fn at_a_refusal_at_creation(home: &TempDir) -> Walk {
    let mut walk = in_june(home);
    walk.keys("n").types("jimena").keys("<Enter>");
    walk.keys("<F6> <F3>").types("taladro").keys("<Enter>");
    walk.types("2").keys("<Tab>").types("500");
    walk.keys("<F12>").sees("[ No ]").keys("s <Enter>");
    walk.sees("[ Corregir ]");
    walk.begins()
}

#[test]
fn a_stamp_refused_at_creation_leads_into_the_draft_and_from_there_to_the_folio_fiscal() {
    let limits = Limits {
        keys: 12,
        seconds: None,
    };
    goes_and_leaves(
        limits,
        at_a_refusal_at_creation,
        |walk| corrects_the_regime_and_stamps(walk, &["Quedó como borrador", "3051", "CFDI40157"]),
        |home| {
            let left = Left::in_home(home);
            let invoice = left.one("invoices", |one| {
                one["customer"]["display_name"] == "JIMENA MUÑOZ ÁVILA"
                    && cents(&one["total"]) == 116_000
            });
            assert!(invoice["_raw"]["stamp"]["uuid"].is_string(), "{invoice}");
        },
    );
}

#[test]
fn a_bill_has_a_line_on_an_item_and_one_on_an_account() {
    let limits = Limits {
        keys: 45,
        seconds: None,
    };
    goes_and_leaves(
        limits,
        in_june,
        |walk| {
            walk.keys("g b n pap").sees("PAPELERA DEL PACIFICO");
            walk.keys("<Enter> <F6> tón").sees("Tóner");
            walk.keys("<Enter> 10 <Tab> 310 <F6> 601-72").sees("Fletes");
            walk.keys("<Enter> 450").sees("4,046.00");
            walk.keys("<F8>").sees("Guardado");
            assert!(!walk.text().contains("TIMBRAR"), "{}", walk.text());
        },
        |home| {
            let left = Left::in_home(home);
            let bill = left.one("bills", |one| one["total"] == 4046);
            let lines = bill["line_items"].as_array().expect("lines");
            assert!(lines[0]["item"]["id"].is_string(), "{bill}");
            assert_eq!(lines[1]["ledger_account"]["code"], "601-72");
        },
    );
}

#[test]
fn a_contact_with_two_hats_says_so_and_both_lists_show_the_change() {
    let limits = Limits {
        keys: 60,
        seconds: None,
    };
    goes_and_leaves(
        limits,
        in_june,
        |walk| {
            walk.keys("g v f").types("altamirano").sees("1 de");
            walk.keys("<Enter> e")
                .sees("también es cliente; el cambio vale para los dos");
            walk.keys("<Tab> <Tab> <C-u> 11560 <F8>")
                .sees("Cambios guardados.");
            for list in ["g c f", "g v f"] {
                walk.keys("<Esc>")
                    .keys(list)
                    .types("altamirano")
                    .sees("1 de");
                walk.keys("<Enter>").sees("11560");
            }
        },
        |home| {
            let left = Left::in_home(home);
            for resource in ["customers", "suppliers"] {
                let name = "display_name";
                let contact = left.one(resource, |one| {
                    one[name]
                        .as_str()
                        .is_some_and(|name| name.contains("ALTAMIRANO"))
                });
                assert_eq!(contact["addresses"][0]["postal_code"], "11560");
            }
        },
    );
}

#[test]
fn the_xml_and_pdf_of_a_month_lie_in_a_folder_with_an_index() {
    let home = tempfile::tempdir().unwrap();
    let mut walk = in_demo(&home, "150").begins();
    walk.keys("g f p").types("marzo").sees("2026-03 ·");
    walk.keys("<Enter>").sees("index.csv e index.json");
    assert!(walk.keys_pressed() <= 14, "{} keys", walk.keys_pressed());
    walk.sees("No falta nada.");
    assert!(walk.row("Timbra ·").contains("EKU9003173C9"));
    let folder = home.path().join("EKU9003173C9").join("2026-03");
    let names: Vec<String> = std::fs::read_dir(&folder)
        .expect("a folder")
        .map(|entry| {
            entry
                .expect("a file")
                .file_name()
                .into_string()
                .expect("a name")
        })
        .collect();
    let of = |end: &str| names.iter().filter(|name| name.ends_with(end)).count();
    let index = std::fs::read_to_string(folder.join("index.json")).expect("an index");
    let index: Value = serde_json::from_str(&index).expect("JSON");
    let documents = index["documents"].as_array().expect("documents");
    assert!(documents.len() > 5, "{index}");
    assert_eq!((of(".xml"), of(".pdf")), (documents.len(), documents.len()));
    walk.keys("<Enter>").sees("Facturas");
    walk.leaves();
    let held = stamped_in(&Left::in_home(&home), "2026-03");
    assert_eq!(
        documents.len(),
        held,
        "as many as the server has stamped in March"
    );
}

/// How many documents of a month the books hold that are stamped.
fn stamped_in(left: &Left, month: &str) -> usize {
    let is_of = |one: &Value, field: &str| {
        one[field]
            .as_str()
            .is_some_and(|day| day.starts_with(month))
    };
    let stamped = |one: &&Value| one["_raw"]["stamp"]["uuid"].is_string();
    let invoices = left.all("invoices");
    let notes = left.all("credit-notes");
    invoices
        .iter()
        .filter(|one| is_of(one, "invoice_date"))
        .chain(notes.iter().filter(|one| is_of(one, "date_issued")))
        .filter(stamped)
        .count()
}

/// How many documents the dialog says are ready.
fn ready(walk: &Walk) -> String {
    let row = walk.row(" listas");
    row.split_whitespace().next().expect("a number").to_owned()
}

#[test]
fn the_drafts_of_the_month_are_stamped_together_and_what_is_left_is_a_queue() {
    let limits = Limits {
        keys: 12 + 15,
        seconds: None,
    };
    goes_and_leaves(
        limits,
        in_june,
        |walk| {
            walk.keys("u").sees("sin timbrar");
            walk.keys("a").sees("marcadas");
            walk.keys("T").sees("Escribir");
            let count = ready(walk);
            walk.types(&count);
            walk.keys("s").sees("[ Sí, timbrar todas ]");
            walk.starts("<Enter>", "Terminado.");
            walk.sees("[ Corregir ]");
            assert!(walk.keys_pressed() <= 12, "{}", walk.keys_pressed());
            // One correction with a catalogue: the customer's régimen is another one.
            let begun = walk.keys_pressed();
            walk.keys("<Enter>").sees("Editar");
            for _ in 0..6 {
                if walk.text().contains("CFDI40157") {
                    break;
                }
                walk.keys("<Esc> <Tab>").sees("Editar");
            }
            let of_correction = walk.keys_pressed();
            walk.sees("CFDI40157");
            walk.keys("<F3>").types("626");
            walk.keys("<Enter> <F8>").sees("Cambios guardados.");
            walk.keys("<Tab>");
            assert!(walk.keys_pressed() - of_correction < 15);
            assert!(of_correction > begun);
        },
        |home| {
            let left = Left::in_home(home);
            let stamped = left.all("invoices");
            let unstamped = stamped
                .iter()
                .filter(|one| one["status"] == "draft" && one["_raw"]["stamp"]["uuid"].is_string());
            assert_eq!(unstamped.count(), 0);
        },
    );
}

/// The invoice of walk 4: stamped in May, owed, of a taxpayer that the tax authority knows.
const WRONG_PRICE: &str = "A-120";

/// Stands on the page of the invoice whose price is wrong.
fn at_the_wrong_price(home: &TempDir) -> Walk {
    let mut walk = in_june(home);
    walk.keys("/").types(WRONG_PRICE).sees(WRONG_PRICE);
    walk.keys("<Enter>").sees("◆ TIMBRADA");
    walk.begins()
}

/// What the tax authority knows of it afterwards: given up, or about to be once the customer accepts.
fn is_given_up(invoice: &Value) -> bool {
    let legal = &invoice["_raw"]["stamp"]["legalStatus"];
    legal == "CANCELLED" || legal == "CANCEL_PENDING"
}

#[test]
fn walk_4_an_invoice_is_cancelled_for_each_cause_that_needs_no_substitute() {
    let limits = Limits {
        keys: 10,
        seconds: Some(90.0),
    };
    for cause in ["2", "3", "4"] {
        goes_and_leaves(
            limits,
            at_the_wrong_price,
            |walk| {
                walk.keys("X").sees("¿Por qué se cancela?");
                assert!(walk.text().contains("EKU9003173C9"), "{}", walk.text());
                walk.keys(cause).sees("no se puede deshacer");
                walk.types(WRONG_PRICE)
                    .keys("<Tab>")
                    .sees("[ Sí, cancelar ]");
                walk.keys("<Enter>").sees_that("its end", |screen| {
                    let text = screen.contents();
                    text.contains("Cancelada.") || text.contains("Cancelación en proceso")
                });
            },
            |home| {
                let left = Left::in_home(home);
                let invoice = left.one("invoices", |one| one["number"] == WRONG_PRICE);
                assert!(is_given_up(&invoice), "{invoice}");
            },
        );
    }
}

#[test]
fn walk_4_a_wrong_price_is_replaced_stamped_and_the_old_invoice_cancelled() {
    let limits = Limits {
        keys: 30,
        seconds: Some(90.0),
    };
    goes_and_leaves(
        limits,
        at_the_wrong_price,
        |walk| {
            walk.keys("X 1").sees("Hacer la sustituta");
            walk.keys("<Enter>").sees("Nueva factura");
            walk.keys("450 <F8>").sees("SIN TIMBRAR");
            walk.keys("T").sees("04 Sustitución de los CFDI previos");
            walk.keys("s").sees("[ Sí, timbrar ]");
            walk.keys("<Enter>")
                .sees("[ Seguir: cancelar la sustituida ]");
            walk.keys("<Enter>").sees("no se puede deshacer");
            assert!(walk.row("Sustituta").contains("A-127"), "{}", walk.text());
            walk.types(WRONG_PRICE)
                .keys("<Tab>")
                .sees("[ Sí, cancelar ]");
            walk.keys("<Enter>").sees_that("its end", |screen| {
                let text = screen.contents();
                text.contains("Cancelada.") || text.contains("Cancelación en proceso")
            });
        },
        |home| {
            let left = Left::in_home(home);
            let old = left.one("invoices", |one| one["number"] == WRONG_PRICE);
            assert!(is_given_up(&old), "{old}");
            let uuid = &old["_raw"]["stamp"]["uuid"];
            let new = left.one("invoices", |one| {
                one["_raw"]["relatedDocuments"][0]["uuid"] == *uuid
            });
            assert_eq!(new["_raw"]["relatedDocuments"][0]["relationType"], "04");
            assert_eq!(new["_raw"]["stamp"]["legalStatus"], "STAMPED");
        },
    );
}

#[test]
fn walk_4_goes_on_from_home_on_another_day() {
    let home = tempfile::tempdir().unwrap();
    let mut walk = at_the_wrong_price(&home);
    walk.keys("X 1 <Enter>").sees("Nueva factura");
    walk.keys("450 <F8>").sees("SIN TIMBRAR");
    walk.terminal.signal("KILL");
    walk.terminal.wait_for_end();
    let mut walk = in_june(&home);
    walk.sees(&format!("Sustitución de {WRONG_PRICE}: falta timbrar"));
    walk.keys("<Home> <Enter>").sees("SIN TIMBRAR");
    walk.keys("T").sees("¿Timbrar?");
    walk.keys("s").sees("[ Sí, timbrar ]");
    walk.keys("<Enter>")
        .sees("[ Seguir: cancelar la sustituida ]");
    walk.keys("<Enter>").sees("no se puede deshacer");
}
