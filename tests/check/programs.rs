//! `--json`, exit codes, every form of input, and input that means harm.

use std::fs;

use serde_json::{Value, json};

use crate::run::{NOON, check, check_in, example, text, with};

const JSON: &[&str] = &["-", "--json", "--now", NOON];

#[test]
fn the_example_of_the_guide_gets_this_result() {
    let run = check(JSON, example().to_string());
    assert_eq!(
        run.out,
        concat!(
            r#"{"id":"b-1","verdict":"ok","findings":[],"totals":{"subtotal":"25000.00","discount":"1250.00","#,
            r#""transferred":"3800.00","withheld":"0.00","total":"27550.00"}}"#,
            "\n"
        )
    );
    assert_eq!((run.code, run.err.as_str()), (0, ""));
}

#[test]
fn an_error_ends_with_three_and_says_code_path_message_and_hint() {
    let run = check(
        &["-", "--json", "--now", NOON, "--lang", "en"],
        with("/cfdiUse", json!("D01")).to_string(),
    );
    assert_eq!(run.code, 3);
    let result = &run.results()[0];
    assert_eq!(result["verdict"], "error");
    let finding = &result["findings"][0];
    assert_eq!(finding["code"], "CFDI40161");
    assert_eq!(finding["level"], "error");
    assert_eq!(finding["path"], "cfdiUse");
    assert!(text(&finding["message"]).contains("D01"), "{finding}");
    assert!(text(&finding["hint"]).contains("G03"), "{finding}");
    assert_eq!(result["findings"].as_array().unwrap().len(), 1);
}

#[test]
fn a_warning_is_no_error() {
    let run = check(
        JSON,
        with("/receiver/rfc", json!("URE180429TM7")).to_string(),
    );
    assert_eq!(run.code, 0);
    assert_eq!(run.results()[0]["verdict"], "warning");
    assert_eq!(run.results()[0]["findings"][0]["level"], "warning");
}

#[test]
fn objects_arrays_and_lines_give_one_result_each_in_order() {
    let drafts: Vec<Value> = (0..5)
        .map(|n| with("/id", json!(format!("d-{n}"))))
        .collect();
    let lines: String = drafts.iter().map(|draft| format!("{draft}\n")).collect();
    let array = Value::Array(drafts.clone()).to_string();
    let pretty = serde_json::to_string_pretty(&drafts).unwrap();
    let mixed = format!(
        "{}\r\n[{},\n{}]\n{} {}",
        drafts[0], drafts[1], drafts[2], drafts[3], drafts[4]
    );
    for input in [lines, array, pretty, mixed] {
        let run = check(JSON, &input);
        let ids: Vec<_> = run
            .results()
            .iter()
            .map(|one| text(&one["id"]).to_owned())
            .collect();
        assert_eq!(ids, ["d-0", "d-1", "d-2", "d-3", "d-4"], "{input}");
        assert_eq!(run.code, 0);
    }
    let nothing = check(JSON, "[]");
    assert_eq!((nothing.code, nothing.out.as_str()), (0, ""));
}

#[test]
fn one_bad_draft_among_good_ones_is_told_in_its_place() {
    let input = format!("[{}, 5, {}]", example(), with("/lines", json!([])));
    let run = check(JSON, input);
    assert_eq!(run.code, 3);
    assert_eq!(run.found(0), [""; 0]);
    assert_eq!(run.found(1), ["LOCAL-format@"]);
    assert_eq!(run.results()[1]["id"], Value::Null);
    assert_eq!(run.found(2), ["XSD-lines@lines"]);
}

#[test]
fn numbers_may_be_numbers_and_keep_every_digit() {
    let numbers = example()
        .to_string()
        .replace(r#""12500.00""#, "12500.00")
        .replace(r#""quantity":"2""#, r#""quantity":2e0"#)
        .replace(r#""rate":"16""#, r#""rate":16"#);
    let run = check(JSON, &numbers);
    assert_eq!(run.out, check(JSON, example().to_string()).out);
    // A float would make 0.1 of it.
    let run = check(
        JSON,
        numbers.replace("12500.00", "0.1000000000000000055511151231"),
    );
    assert_eq!(run.found(0), ["XSD-price@lines[0].price"]);
    assert!(
        text(&run.results()[0]["findings"][0]["message"])
            .contains("0.1000000000000000055511151231")
    );
}

#[test]
fn what_is_no_json_ends_with_one_and_names_line_and_column() {
    for (input, line, column) in [
        (&b"hola"[..], 1, 1),
        (b"", 1, 1),
        (b" \n\n", 1, 1),
        (b"{\n  \"id\": \"a\",\n  docType: \"I\"}", 3, 3),
        (b"[1,\n2", 2, 1),
        (b"{\"id\":\"\xff\xfe\"}", 1, 8),
        (b"\xff\xfe{\0}\0", 1, 1),
        (b"{\"id\":\"\\ud800\"}", 1, 14),
    ] {
        for arguments in [JSON, &["-", "--now", NOON]] {
            let run = check(arguments, input);
            assert_eq!(run.code, 1, "{input:?}");
            let place = format!("renglón {line}, columna {column}");
            assert!(run.err.contains(&place), "{input:?}: {}", run.err);
            assert!(!run.err.contains("panick") && !run.err.contains("RUST_BACKTRACE"));
        }
    }
}

#[test]
fn what_came_before_the_fault_is_still_told() {
    let run = check(JSON, format!("{}\n{{oh", example()));
    assert_eq!(run.code, 1);
    assert_eq!(run.results().len(), 1);
    assert!(run.err.contains("renglón 2"), "{}", run.err);
}

#[test]
fn hostile_drafts_get_a_clear_answer() {
    let example = example().to_string();
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let long = "9".repeat(100_000);
    for (input, expected) in [
        (example.replace(r#""b-1""#, &deep), "LOCAL-format@id"),
        (
            example.replace(r#""terms""#, &format!(r#""x":{deep},"terms""#)),
            "LOCAL-format@x",
        ),
        (deep, "LOCAL-format@"),
        (
            example.replace(r#""12500.00""#, "1e999"),
            "LOCAL-overflow@lines[0].price",
        ),
        (
            example.replace(r#""12500.00""#, &long),
            "LOCAL-overflow@lines[0].price",
        ),
        (
            example.replace(r#""12500.00""#, "1e-99999999999999999999"),
            "LOCAL-format@lines[0].price",
        ),
        (
            example.replace(r#""G03""#, r#""G03","cfdiUse":"S01""#),
            "LOCAL-format@cfdiUse",
        ),
        (
            example.replace(r#""2""#, r#"{"$serde_json::private::Number":"x"}"#),
            "LOCAL-format@lines[0].quantity",
        ),
    ] {
        let run = check(JSON, &input);
        assert_eq!(run.code, 3, "{expected}: {}", run.err);
        assert_eq!(run.found(0), [expected]);
        let message = text(&run.results()[0]["findings"][0]["message"]).len();
        assert!(message < 400, "{message}");
    }
}

#[test]
fn the_seventy_two_hours_run_on_the_clock_of_the_issue_place() {
    // 00:30 of the 19th in Mexico City is still 23:30 of the 18th in Tijuana.
    let now = ["-", "--json", "--now", "2026-03-19T00:30:00-06:00"];
    let dated = |zip: &str| {
        let mut draft = with("/issuer/zip", json!(zip));
        draft["date"] = json!("2026-03-19T00:10:00");
        draft
    };
    assert_eq!(check(&now, dated("42501").to_string()).found(0), [""; 0]);
    assert_eq!(
        check(&now, dated("22000").to_string()).found(0),
        ["PAC-401@date"]
    );
    // Hermosillo has no doubt about its hour, so that there it is an error.
    let hermosillo = check(&now, dated("83000").to_string());
    assert_eq!(hermosillo.code, 3);
}

#[test]
fn without_a_time_the_clock_of_the_machine_judges() {
    // Written long ago.
    let run = check(
        &["-", "--json"],
        with("/date", json!("2020-01-01")).to_string(),
    );
    assert_eq!(run.found(0), ["PAC-401@date"]);
    // No variable changes that: there is no server that lives on another day.
    assert_eq!(run.code, 3);
}

#[test]
fn previews_are_written_for_every_draft_that_could_be_read() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("a/previews");
    let input = format!(
        "{}\n{}\n{}",
        example(),
        with("/lines/0/price", json!(true)),
        with("/id", json!("../ñ"))
    );
    let arguments = [
        "-",
        "--json",
        "--now",
        NOON,
        "--xml",
        folder.to_str().unwrap(),
    ];
    let run = check_in(home.path(), &arguments, input);
    assert_eq!(run.code, 3);
    let mut names: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["0001-b-1.xml", "0003-..__.xml"]);
    let xml = fs::read_to_string(folder.join("0001-b-1.xml")).unwrap();
    for piece in [
        "<!-- VISTA PREVIA SIN SELLO",
        r#"Sello="VISTA PREVIA SIN SELLO""#,
        r#"Certificado="VISTA PREVIA SIN SELLO""#,
        r#"NoCertificado="00000000000000000000""#,
        r#"Fecha="2026-03-18T12:00:00""#,
        r#"Total="27550.00""#,
    ] {
        assert!(xml.contains(piece), "{piece}\n{xml}");
    }
}

#[test]
fn ten_thousand_drafts_get_ten_thousand_results() {
    let lines: String = (0..10_000)
        .map(|n| format!("{}\n", with("/id", json!(n.to_string()))))
        .collect();
    let run = check(JSON, lines);
    let results = run.results();
    assert_eq!(results.len(), 10_000);
    for (n, result) in results.iter().enumerate() {
        assert_eq!(text(&result["id"]), n.to_string());
        assert_eq!(result["verdict"], "ok");
    }
}

#[test]
fn a_file_is_read_like_standard_input_and_a_missing_one_is_said_so() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("drafts.json");
    fs::write(&file, format!("\u{feff}{}", example())).unwrap();
    let file = file.to_str().unwrap();
    let run = check_in(home.path(), &[file, "--json", "--now", NOON], "");
    assert_eq!((run.code, run.results().len()), (0, 1));
    for missing in ["no-such-file.json", home.path().to_str().unwrap()] {
        let run = check_in(home.path(), &[missing], "");
        assert_eq!(run.code, 1);
        assert!(run.err.contains("no se pudo leer"), "{}", run.err);
    }
}

#[test]
fn a_time_that_is_none_is_a_mistake_of_the_command_line() {
    assert_eq!(check(&["-", "--now", "mañana"], "[]").code, 2);
    assert_eq!(check(&[], "[]").code, 2);
}
