//! Every page at three sizes, with colour and without: what it says, and below each row the styles of its cells.

use timbra::app::model::Colours;

use crate::harness::{Manner, Office, Run, good_draft};
use crate::law_one::{seconds, two_alike};

/// Sizes of a window: the least that is enough, a usual one, a large one.
const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 50)];

#[test]
fn every_page_looks_as_it_did() {
    let office = Office::open();
    let id = office.create(good_draft());
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _bound = settings.bind_to_scope();
    for (colours, light) in [(Colours::Dark, "colour"), (Colours::None, "plain")] {
        for (width, height) in SIZES {
            let mut run = office.run_as(Manner {
                size: (width, height),
                colours,
                ..Manner::default()
            });
            let mut look = |page: &str, script: &str, typed: &str| {
                run.keys(script).types(typed);
                insta::assert_snapshot!(format!("{page}-{width}x{height}-{light}"), run.styled());
            };
            look("home", "g h", "");
            look("list", "g f j j", "");
            look("accounts", "g a 2 j j j", "");
            look("help", "g f ?", "");
            look("palette", "<Esc> :", "timb");
            look("find", "<Esc> /", "xenon");
            look("customer", "<Esc> g c <Enter>", "");
            run.open(&id);
            let mut look = |page: &str, script: &str, typed: &str| {
                run.keys(script).types(typed);
                insta::assert_snapshot!(format!("{page}-{width}x{height}-{light}"), run.styled());
            };
            look("invoice", "", "");
            look("stamp", "T", "");
            look("form", "<Esc> e", "");
            look("picker", "<F3>", "uni");
            run.keys("<Esc> <Esc>");
        }
    }
}

#[test]
fn the_forms_of_money_look_as_they_did() {
    let office = Office::with(|options| options.invoices = 150);
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _bound = settings.bind_to_scope();
    for (width, height) in [(80, 24), (120, 40)] {
        let mut run = office.run_as(Manner {
            size: (width, height),
            colours: Colours::Dark,
            ..Manner::default()
        });
        let look = |page: &str, run: &Run| {
            insta::assert_snapshot!(format!("{page}-{width}x{height}-colour"), run.styled());
        };
        run.keys("g i n").types("universidad").keys("<Enter>");
        run.types("25000").keys("<F5> <Down> <Down> <Down> <Down>");
        look("payment", &run);
        run.keys("<Esc> <Tab> <Enter> g j n").types("Ajuste");
        run.keys("<Enter> <Enter> <Enter>").types("60101");
        run.keys("<Enter>").types("900").keys("<Enter>");
        run.types("caja");
        look("journal", &run);
        run.keys("<Esc> <Tab> <Enter>");
    }
}

#[test]
fn the_pages_beside_a_record_look_as_they_did() {
    let office = Office::open();
    let id = office.create(good_draft());
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _bound = settings.bind_to_scope();
    for (width, height) in [(80, 24), (120, 40)] {
        let mut run = office.run_as(Manner {
            size: (width, height),
            colours: Colours::Dark,
            ..Manner::default()
        });
        run.open(&id);
        let mut look = |page: &str, script: &str| {
            run.keys(script);
            insta::assert_snapshot!(format!("{page}-{width}x{height}-colour"), run.styled());
        };
        look("related", "o");
        look("native", "<Esc> w");
        look("delete", "<Esc> D");
        look("sort", "<Esc> g f s");
        run.keys("<Esc>");
    }
}

#[test]
fn a_small_window_keeps_lines_amounts_and_reasons_in_sight() {
    let office = Office::with(|options| options.invoices = 150);
    let id = office.create(good_draft());
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _bound = settings.bind_to_scope();
    let mut run = office.run_as(Manner {
        colours: Colours::None,
        ..Manner::sized(60, 15)
    });
    let look = |page: &str, run: &Run| {
        insta::assert_snapshot!(format!("{page}-60x15-plain"), run.styled());
    };
    run.keys("g i n").types("universidad").keys("<Enter>");
    look("payment", &run);
    run.types("25000").keys("<F5> <Down> <Down> <Down> <Down>");
    look("payment-lines", &run);
    run.keys("<Esc> <Tab> <Enter>");
    run.open(&id).keys("e");
    look("form", &run);
    run.keys("<Esc> T");
    look("stamp", &run);
    run.keys("s").lacks(&["[ Sí, timbrar ]"]).keys("<Esc>");
}

#[test]
fn the_question_that_only_a_person_answers_looks_as_it_did() {
    let (office, mut run, _) = two_alike();
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _bound = settings.bind_to_scope();
    run.pass(&office, seconds(5)).keys("<F2>");
    for (width, height) in [(80, 24), (120, 40)] {
        run.resize(width, height).shows(&["Ninguno es el mío"]);
        insta::assert_snapshot!(format!("decide-{width}x{height}-colour"), run.styled());
    }
}

#[test]
fn the_dialog_of_a_batch_looks_as_it_did() {
    let office = Office::open();
    for _ in 0..2 {
        office.create(good_draft());
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _bound = settings.bind_to_scope();
    for (width, height) in [(80, 24), (120, 40)] {
        let mut run = office.run_as(Manner {
            size: (width, height),
            colours: Colours::Dark,
            ..Manner::default()
        });
        run.keys("g h u a T");
        insta::assert_snapshot!(format!("batch-{width}x{height}-colour"), run.styled());
        run.keys("<Esc>");
    }
}
