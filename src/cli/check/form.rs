//! Keys and values of a draft's JSON: how each kind of value is read and written, and what is said where it cannot be.
//!
//! An object is a table of keys. The reader and the writer go by the same table, so that neither knows a key that
//! the other does not. Numbers are read digit by digit or not at all; nothing is guessed.

use std::fmt;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::json::Json;
use crate::domain::money::exact_decimal;
use crate::sat::finding::{Finding, Path, Rule, Value};
use crate::sat::rules::table;

/// Most integer digits that an exact number has.
const INTEGER_DIGITS: i64 = 28;
/// Longest piece of the input that a finding repeats.
const QUOTED: usize = 60;

/// A place in a draft. `Display` writes it as a path: `lines[2].productKey`.
#[derive(Clone, Copy, Debug)]
pub enum Place<'a> {
    /// The draft itself.
    Root,
    /// A key of the object at a place.
    Key(&'a Place<'a>, &'a str),
    /// An element of the list at a place, counted from 0.
    Element(&'a Place<'a>, usize),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Root => Ok(()),
            Place::Key(Place::Root, key) => f.write_str(key),
            Place::Key(up, key) => write!(f, "{up}.{key}"),
            Place::Element(up, idx) => write!(f, "{up}[{idx}]"),
        }
    }
}

/// What was found wrong with the form of a draft.
#[derive(Debug, Default)]
pub struct Problems {
    found: Vec<Finding>,
    /// Places whose value could not be read.
    unread: Vec<String>,
}

impl Problems {
    /// The findings, all of them errors, in the order of the input.
    pub fn into_findings(self) -> Vec<Finding> {
        self.found
    }

    /// Whether everything was read.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Whether a rule has nothing to judge at this path, because its value, a part of it, or what it is a part of
    /// could not be read: one slip, one message.
    pub fn spoils(&self, path: &str) -> bool {
        self.unread
            .iter()
            .any(|unread| is_within(path, unread) || is_within(unread, path))
    }

    /// Notes that the value here could not be read, where that was told at another place.
    pub(super) fn leave_unread(&mut self, at: &Place<'_>) {
        self.unread.push(at.to_string());
    }

    /// The value here is none of those that are `expected`.
    pub(super) fn wrong(&mut self, at: &Place<'_>, found: &Json, expected: Value) {
        self.leave_unread(at);
        self.say(at, "wrong", &quoted(found), expected);
    }

    /// There is no such key, and no rule that would say so.
    pub(super) fn missing(&mut self, at: &Place<'_>, key: &str, expected: Value) {
        self.leave_unread(at);
        self.say(at, "missing", key, expected);
    }

    fn unknown<T>(&mut self, at: &Place<'_>, key: &str, known: &[Key<T>]) {
        let known = known.iter().map(|key| key.name.to_owned()).collect();
        self.say(at, "unknown", &short(key), Value::Codes(known));
    }

    fn twice(&mut self, at: &Place<'_>, key: &str) {
        self.say(at, "twice", key, Value::from(""));
    }

    fn too_large(&mut self, at: &Place<'_>) {
        self.leave_unread(at);
        self.push(&table::OVERFLOW, at);
    }

    fn say(&mut self, at: &Place<'_>, state: &'static str, found: &str, expected: Value) {
        let finding = Finding::new(&table::FORMAT, Path::Unknown(at.to_string()))
            .with_state(state, found)
            .with("expected", expected);
        self.found.push(finding);
    }

    fn push(&mut self, rule: &'static Rule, at: &Place<'_>) {
        self.found
            .push(Finding::new(rule, Path::Unknown(at.to_string())));
    }
}

/// Whether the first path is the second or lies inside it.
fn is_within(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer)
        .is_some_and(|rest| outer.is_empty() || rest.is_empty() || rest.starts_with(['.', '[']))
}

/// A value for a message; lists and objects only hinted at.
fn quoted(value: &Json) -> String {
    match value {
        Json::Null => "null".to_owned(),
        Json::Bool(value) => value.to_string(),
        Json::Number(text) | Json::Text(text) => short(text),
        Json::List(_) => "[…]".to_owned(),
        Json::Object(_) => "{…}".to_owned(),
    }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        None => text.to_owned(),
        Some((at, _)) => text.split_at(at).0.to_owned() + "…",
    }
}

/// A value that a draft's JSON can hold.
pub(super) trait Form {
    /// What the input has to be, as the messages name it.
    fn expected(&self) -> Value;
    /// Takes over what the input says, which is never null; a value that cannot be taken over is reported.
    fn read(&mut self, json: Json, at: &Place<'_>, problems: &mut Problems);
    /// The value as the input would say it.
    fn write(&self) -> Json;
}

/// What it means when a key is not there, or null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Absence {
    /// The reader has to say so: the draft cannot be without.
    Reported,
    /// Nothing is there, which the rules judge.
    Judged,
    /// Nothing is there, and the writer does not write it either.
    Usual,
}

/// A key of an object that becomes a `T`.
pub(super) struct Key<T> {
    name: &'static str,
    absence: Absence,
    get: fn(&T) -> &dyn Form,
    edit: fn(&mut T) -> &mut dyn Form,
}

impl<T> Key<T> {
    /// A key with the place of its value in `T`.
    pub(super) const fn new(
        name: &'static str,
        absence: Absence,
        get: fn(&T) -> &dyn Form,
        edit: fn(&mut T) -> &mut dyn Form,
    ) -> Self {
        Self {
            name,
            absence,
            get,
            edit,
        }
    }
}

/// Reads an object by its table.
pub(super) fn read_object<T>(
    into: &mut T,
    keys: &[Key<T>],
    json: Json,
    at: &Place<'_>,
    problems: &mut Problems,
) {
    let entries = match json {
        Json::Object(entries) => entries,
        other => return problems.wrong(at, &other, Value::Choice("object")),
    };
    let mut seen: Vec<&str> = Vec::with_capacity(keys.len());
    let mut given: Vec<&str> = Vec::with_capacity(keys.len());
    for (name, value) in entries {
        let here = Place::Key(at, &name);
        let Some(key) = keys.iter().find(|key| key.name == name) else {
            problems.unknown(&here, &name, keys);
            continue;
        };
        if seen.contains(&key.name) {
            problems.twice(&here, key.name);
            continue;
        }
        seen.push(key.name);
        if value != Json::Null {
            given.push(key.name);
            (key.edit)(into).read(value, &here, problems);
        }
    }
    for key in keys {
        if key.absence == Absence::Reported && !given.contains(&key.name) {
            let expected = (key.get)(into).expected();
            problems.missing(&Place::Key(at, key.name), key.name, expected);
        }
    }
}

/// Writes an object by its table.
pub(super) fn write_object<T>(from: &T, keys: &[Key<T>]) -> Json {
    let entries = keys
        .iter()
        .map(|key| (key, (key.get)(from).write()))
        .filter(|(key, value)| key.absence != Absence::Usual || *value != Json::Null)
        .map(|(key, value)| (key.name.to_owned(), value));
    Json::Object(entries.collect())
}

/// The elements of a list with their places, each handed to `read`.
pub(super) fn read_list(
    json: Json,
    at: &Place<'_>,
    problems: &mut Problems,
    mut read: impl FnMut(Json, &Place<'_>, &mut Problems),
) {
    match json {
        Json::List(elements) => {
            for (idx, element) in elements.into_iter().enumerate() {
                read(element, &Place::Element(at, idx), problems);
            }
        }
        other => problems.wrong(at, &other, Value::Choice("list")),
    }
}

impl Form for String {
    fn expected(&self) -> Value {
        Value::Choice("text")
    }

    fn read(&mut self, json: Json, at: &Place<'_>, problems: &mut Problems) {
        match json {
            Json::Text(text) => *self = text,
            other => problems.wrong(at, &other, self.expected()),
        }
    }

    fn write(&self) -> Json {
        Json::Text(self.clone())
    }
}

impl Form for Option<String> {
    fn expected(&self) -> Value {
        String::new().expected()
    }

    fn read(&mut self, json: Json, at: &Place<'_>, problems: &mut Problems) {
        match json {
            Json::Text(text) => *self = Some(text),
            other => problems.wrong(at, &other, self.expected()),
        }
    }

    fn write(&self) -> Json {
        self.clone().map_or(Json::Null, Json::Text)
    }
}

impl Form for Decimal {
    fn expected(&self) -> Value {
        Value::Choice("decimal")
    }

    fn read(&mut self, json: Json, at: &Place<'_>, problems: &mut Problems) {
        match &json {
            Json::Number(text) | Json::Text(text) if is_number(text) => match exact_decimal(text) {
                Some(number) => *self = number,
                None if is_large(text) => problems.too_large(at),
                None => problems.wrong(at, &json, self.expected()),
            },
            _ => problems.wrong(at, &json, self.expected()),
        }
    }

    fn write(&self) -> Json {
        Json::Text(self.to_string())
    }
}

/// An empty text is no number yet, and no slip of the form.
impl Form for Option<Decimal> {
    fn expected(&self) -> Value {
        Decimal::ZERO.expected()
    }

    fn read(&mut self, json: Json, at: &Place<'_>, problems: &mut Problems) {
        if json == Json::Text(String::new()) {
            return;
        }
        let mut number = Decimal::ZERO;
        number.read(json, at, problems);
        if !problems.spoils(&at.to_string()) {
            *self = Some(number);
        }
    }

    fn write(&self) -> Json {
        self.map_or(Json::Null, |number| number.write())
    }
}

impl Form for Option<Date> {
    fn expected(&self) -> Value {
        Value::Choice("day")
    }

    fn read(&mut self, json: Json, at: &Place<'_>, problems: &mut Problems) {
        let day = match &json {
            Json::Text(text) => day(text),
            _ => None,
        };
        match day {
            Some(day) => *self = Some(day),
            None => problems.wrong(at, &json, self.expected()),
        }
    }

    fn write(&self) -> Json {
        self.map_or(Json::Null, |day| Json::Text(day.to_string()))
    }
}

impl Form for Vec<String> {
    fn expected(&self) -> Value {
        Value::Choice("list")
    }

    fn read(&mut self, json: Json, at: &Place<'_>, problems: &mut Problems) {
        read_list(json, at, problems, |element, at, problems| {
            let mut text = String::new();
            text.read(element, at, problems);
            self.push(text);
        });
    }

    fn write(&self) -> Json {
        Json::List(self.iter().map(Form::write).collect())
    }
}

/// A choice among a few codes.
pub(super) trait Coded: Copy + PartialEq + 'static {
    /// Every choice with its code.
    const CODES: &'static [(&'static str, Self)];
}

impl<T: Coded> Form for Option<T> {
    fn expected(&self) -> Value {
        let codes = T::CODES.iter().map(|(code, _)| (*code).to_owned());
        Value::Codes(codes.collect())
    }

    fn read(&mut self, json: Json, at: &Place<'_>, problems: &mut Problems) {
        let choice = T::CODES
            .iter()
            .find(|(code, _)| matches!(&json, Json::Text(text) if text == code));
        match choice {
            Some((_, choice)) => *self = Some(*choice),
            None => problems.wrong(at, &json, self.expected()),
        }
    }

    fn write(&self) -> Json {
        T::CODES
            .iter()
            .find(|(_, choice)| Some(*choice) == *self)
            .map_or(Json::Null, |(code, _)| Json::Text((*code).to_owned()))
    }
}

/// A day as `2026-03-18`, and nothing else.
pub(super) fn day(text: &str) -> Option<Date> {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(idx, byte)| match idx {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    shape.then(|| text.parse().ok()).flatten()
}

/// Whether the text is a number as JSON writes them; zeros may lead, since a text may have them.
fn is_number(text: &str) -> bool {
    let all_digits =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (digits, exponent) = parts(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    all_digits(whole)
        && all_digits(fraction)
        && exponent.is_none_or(|exponent| {
            all_digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))
        })
}

/// Whether the number, which cannot be kept exactly, is too large rather than too fine.
fn is_large(text: &str) -> bool {
    let (digits, exponent) = parts(text);
    let whole = digits.split('.').next().unwrap_or_default();
    let whole = i64::try_from(whole.trim_start_matches('0').len()).unwrap_or(i64::MAX);
    match exponent.unwrap_or("0").parse::<i64>() {
        Ok(exponent) => whole.saturating_add(exponent) > INTEGER_DIGITS,
        Err(_) => !exponent.is_some_and(|exponent| exponent.starts_with('-')),
    }
}

/// Digits without their sign, and the exponent.
fn parts(number: &str) -> (&str, Option<&str>) {
    let number = number.strip_prefix('-').unwrap_or(number);
    match number.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, Some(exponent)),
        None => (number, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> (Option<Decimal>, Vec<&'static str>) {
        let mut number = None;
        let mut problems = Problems::default();
        Form::read(
            &mut number,
            Json::Number(text.to_owned()),
            &Place::Root,
            &mut problems,
        );
        let codes = problems.into_findings().iter().map(Finding::code).collect();
        (number, codes)
    }

    #[test]
    fn numbers_are_read_to_the_last_digit_or_not_at_all() {
        for (text, digits) in [
            ("12500.00", "12500.00"),
            ("0.1", "0.1"),
            ("1e3", "1000"),
            ("1.5E+2", "150"),
            ("25e-2", "0.25"),
            ("-3", "-3"),
            ("007.50", "7.50"),
            (
                "0.1234567890123456789012345678",
                "0.1234567890123456789012345678",
            ),
        ] {
            assert_eq!(
                number(text),
                (Some(digits.parse().unwrap()), vec![]),
                "{text}"
            );
        }
        for text in [
            "1e999",
            "1e99999999999999999999",
            "99999999999999999999999999999999",
        ] {
            assert_eq!(number(text), (None, vec!["LOCAL-overflow"]), "{text}");
        }
        for text in [
            "1e-999",
            "1e-99999999999999999999",
            "0.12345678901234567890123456789",
            "0.12345678901234567890123456789012345e1",
            "1,000",
            "1_000",
            "$5",
            ".5",
            "5.",
            "+5",
            " 5",
            "e5",
            "1e",
            "NaN",
            "٣",
        ] {
            assert_eq!(number(text), (None, vec!["LOCAL-format"]), "{text}");
        }
        assert_eq!(number(""), (None, vec!["LOCAL-format"]));
    }

    #[test]
    fn a_day_is_written_in_one_way() {
        assert!(day("2026-03-18").is_some());
        for text in [
            "20260318",
            "2026-3-18",
            "2026-02-30",
            "18/03/2026",
            "2026-03-18 ",
            "２026-03",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_spoils_its_parts_and_what_it_is_a_part_of() {
        let mut problems = Problems::default();
        let lines = Place::Key(&Place::Root, "lines");
        let line = Place::Element(&lines, 1);
        problems.wrong(&Place::Key(&line, "taxes"), &Json::Null, Value::from(""));
        for (path, spoilt) in [
            ("lines", true),
            ("lines[1]", true),
            ("lines[1].taxes", true),
            ("lines[1].taxes[0].rate", true),
            ("lines[1].taxesX", false),
            ("lines[1].price", false),
            ("lines[11]", false),
            ("line", false),
        ] {
            assert_eq!(problems.spoils(path), spoilt, "{path}");
        }
    }

    #[test]
    fn findings_repeat_no_more_of_the_input_than_can_be_read() {
        let long = quoted(&Json::Text("ñ".repeat(1_000)));
        assert_eq!(long.chars().count(), QUOTED + 1);
    }
}
