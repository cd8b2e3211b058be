//! The points of the campaign, one row each: what goes wrong, and at which moment of an act.

use serde_json::{Value, json};

use crate::template::TEMPLATE;

/// One point.
pub struct Point {
    /// Its name in the line that reproduces a case.
    pub name: &'static str,
    /// What happens there.
    pub blow: Blow,
}

/// What happens at a point.
#[derive(Clone, Copy)]
pub enum Blow {
    /// The request that acts is struck so, and the program goes on.
    Answer(&'static str),
    /// The same, and the answer is somebody else's record.
    Stranger,
    /// The request that acts is struck so and never answered: the client's own time limit ends it.
    TimeLimit(&'static str),
    /// It is struck so and never answered, and the program is killed meanwhile.
    Killed(&'static str),
    /// The power goes before the request leaves: at any byte that is written until then.
    PowerBefore,
    /// The power goes at any byte that is written after the server did the work and its answer was lost.
    PowerAfterLoss,
    /// The power goes at any byte that is written after a clear answer.
    PowerAfterAnswer,
    /// Nobody listens where the server was.
    NobodyThere,
    /// Not one more page fits on the disk, from before the act on.
    DiskFull,
    /// Two programs on one folder do it at the same time, and the one request is struck so.
    TwoPrograms(&'static str),
    /// A colleague does it, or changes what it is about, before the last key.
    Colleague,
}

const fn answer(name: &'static str, fault: &'static str) -> Point {
    Point {
        name,
        blow: Blow::Answer(fault),
    }
}

const fn point(name: &'static str, blow: Blow) -> Point {
    Point { name, blow }
}

/// All points.
pub const POINTS: &[Point] = &[
    answer("smooth", ""),
    // The server never heard of it, or says so.
    answer("unheard-drop", r#"{"when":"before","do":"drop"}"#),
    answer(
        "unheard-400",
        r#"{"when":"before","status":400,"body":{"code":3051,"message":"no"}}"#,
    ),
    answer(
        "unheard-401",
        r#"{"when":"before","status":401,"body":{"type_name":"UnauthorizedError"}}"#,
    ),
    answer(
        "unheard-402",
        r#"{"when":"before","status":402,"body":{"type_name":"RequestLimitError"}}"#,
    ),
    answer(
        "unheard-409",
        r#"{"when":"before","status":409,"body":{"message":"conflict"}}"#,
    ),
    answer(
        "unheard-429",
        r#"{"when":"before","status":429,"retry_after":"1"}"#,
    ),
    answer("unheard-500", r#"{"when":"before","status":500}"#),
    answer(
        "unheard-502-html",
        r#"{"when":"before","status":502,"body":"<html>502</html>"}"#,
    ),
    answer(
        "unheard-504-empty",
        r#"{"when":"before","status":504,"body":""}"#,
    ),
    answer(
        "unheard-200-html",
        r#"{"when":"before","status":200,"body":"<html>maintenance</html>"}"#,
    ),
    answer(
        "unheard-200-empty",
        r#"{"when":"before","status":200,"body":""}"#,
    ),
    // The work is done, and the answer is lost or says something else.
    answer("lost-drop", r#"{"when":"after","do":"drop"}"#),
    answer("lost-cut", r#"{"when":"after","do":"cut"}"#),
    answer(
        "lost-400",
        r#"{"when":"after","status":400,"body":{"code":3051,"message":"no"}}"#,
    ),
    answer(
        "lost-401",
        r#"{"when":"after","status":401,"body":{"type_name":"UnauthorizedError"}}"#,
    ),
    answer(
        "lost-402",
        r#"{"when":"after","status":402,"body":{"type_name":"RequestLimitError"}}"#,
    ),
    answer(
        "lost-409",
        r#"{"when":"after","status":409,"body":{"message":"conflict"}}"#,
    ),
    answer(
        "lost-429",
        r#"{"when":"after","status":429,"retry_after":"1"}"#,
    ),
    answer("lost-500", r#"{"when":"after","status":500}"#),
    answer(
        "lost-502-html",
        r#"{"when":"after","status":502,"body":"<html>502</html>"}"#,
    ),
    answer(
        "lost-504-empty",
        r#"{"when":"after","status":504,"body":""}"#,
    ),
    answer(
        "body-html",
        r#"{"when":"body","do":"status","body":"<html>ok</html>"}"#,
    ),
    answer("body-empty", r#"{"when":"body","do":"status","body":""}"#),
    answer("body-hollow", r#"{"when":"body","do":"status","body":{}}"#),
    answer("body-list", r#"{"when":"body","do":"status","body":[]}"#),
    point("body-stranger", Blow::Stranger),
    // The work is done later than anybody waits.
    answer("late-drop", r#"{"when":"late","do":"drop"}"#),
    answer(
        "late-429",
        r#"{"when":"late","status":429,"retry_after":"1"}"#,
    ),
    answer("late-500", r#"{"when":"late","status":500}"#),
    answer(
        "late-502-html",
        r#"{"when":"late","status":502,"body":"<html>502</html>"}"#,
    ),
    answer(
        "late-504-empty",
        r#"{"when":"late","status":504,"body":""}"#,
    ),
    // Nothing comes at all.
    point(
        "hang-unheard",
        Blow::TimeLimit(r#"{"when":"before","do":"hang"}"#),
    ),
    point(
        "hang-done",
        Blow::TimeLimit(r#"{"when":"after","do":"hang"}"#),
    ),
    point(
        "hang-body",
        Blow::TimeLimit(r#"{"when":"body","do":"hang"}"#),
    ),
    point(
        "hang-late",
        Blow::TimeLimit(r#"{"when":"late","do":"hang"}"#),
    ),
    point("nobody-there", Blow::NobodyThere),
    // The program itself ends.
    point(
        "killed-unheard",
        Blow::Killed(r#"{"when":"before","do":"hang"}"#),
    ),
    point(
        "killed-done",
        Blow::Killed(r#"{"when":"after","do":"hang"}"#),
    ),
    point(
        "killed-body",
        Blow::Killed(r#"{"when":"body","do":"hang"}"#),
    ),
    point(
        "killed-late",
        Blow::Killed(r#"{"when":"late","do":"hang"}"#),
    ),
    point("power-before", Blow::PowerBefore),
    point("power-after-loss", Blow::PowerAfterLoss),
    point("power-after-answer", Blow::PowerAfterAnswer),
    point("disk-full", Blow::DiskFull),
    // Somebody else.
    point("two-programs", Blow::TwoPrograms("")),
    point(
        "two-programs-lost",
        Blow::TwoPrograms(r#"{"when":"after","do":"drop"}"#),
    ),
    point(
        "two-programs-unheard",
        Blow::TwoPrograms(r#"{"when":"before","do":"drop"}"#),
    ),
    point("colleague", Blow::Colleague),
];

/// The fault of a point at the request that an act sends. Where the work is done late, it is so many milliseconds late.
pub fn at_act(fault: &str, sends: (&str, &str), late: u64) -> Value {
    let mut fault: Value = serde_json::from_str(fault).expect("a fault");
    fault["method"] = json!(sends.0);
    fault["path"] = json!(sends.1);
    if fault["when"] == "late" {
        fault["delay_ms"] = json!(late);
    }
    fault
}

/// The answer of an act, with somebody else's record in it: native on the Proxy, else as Unify tells it.
pub fn stranger(sends: (&str, &str)) -> Value {
    let [unified, native] = &TEMPLATE.strangers;
    let body = match sends.1.starts_with("/accounting") {
        true => unified,
        false => native,
    };
    json!({"when": "body", "do": "status", "method": sends.0, "path": sends.1, "body": body})
}

/// Faults at readings: they pass by themselves, and say nothing about any act.
pub const READINGS: &[&str] = &[
    r#"{"do":"drop"}"#,
    r#"{"status":500}"#,
    r#"{"status":502,"body":"<html>502</html>"}"#,
    r#"{"status":504,"body":""}"#,
    r#"{"status":429,"retry_after":"1"}"#,
    r#"{"status":401,"body":{"type_name":"UnauthorizedError"}}"#,
    r#"{"status":200,"body":"<html>maintenance</html>"}"#,
    r#"{"status":200,"body":""}"#,
    r#"{"status":200,"body":{}}"#,
    r#"{"when":"body","do":"cut"}"#,
];
