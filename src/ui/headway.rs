//! How far the walks are, so that a growing number explains itself, in as many words as there is room for.

use std::collections::BTreeMap;

use unicode_width::UnicodeWidthStr;

use crate::app::model::{Model, Walk};
use crate::domain::headway::Headway;
use crate::domain::kind::Kind;
use crate::words;

/// What goes on behind the page, from all of it to the least that helps; empty where nothing does.
pub(super) fn going(model: &Model) -> Vec<String> {
    let running: BTreeMap<Kind, &Walk> = model
        .walks
        .iter()
        .filter(|(_, walk)| walk.running)
        .map(|(kind, walk)| (*kind, walk))
        .collect();
    match (&model.fiscal, running.is_empty()) {
        (_, false) => walks(model, &running),
        (Some(fiscal), true) => one_by_one(model, fiscal),
        (None, true) => Vec::new(),
    }
}

/// The longest of these that has room in so many columns; nothing where none has.
pub(super) fn fitting(texts: &[String], room: usize) -> &str {
    let fitting = texts.iter().find(|text| text.width() <= room);
    fitting.map_or("", String::as_str)
}

fn joined(parts: [Option<String>; 3]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn walks(model: &Model, running: &BTreeMap<Kind, &Walk>) -> Vec<String> {
    let words = &model.words;
    let named = |told: &dyn Fn(Kind, &Walk) -> String| {
        let names: Vec<String> = running
            .iter()
            .map(|(kind, walk)| told(*kind, walk))
            .collect();
        words.with("walking", &[("names", names.join(", ").as_str().into())])
    };
    let name = |kind: Kind| words.kind(kind).to_lowercase();
    let counted = named(&|kind, walk| {
        let done = match &walk.headway {
            Some(headway) => words.done(headway),
            None => words::count(walk.coverage.cached),
        };
        format!("{} {done}", name(kind))
    });
    // They share one budget of requests, so that their rates add up; and all of them are read when the last one is.
    let ways = || running.values().filter_map(|walk| walk.headway.as_ref());
    let a_minute = ways().filter_map(|headway| headway.a_minute);
    let rate = words.rate(Some(a_minute.sum::<usize>()).filter(|sum| *sum > 0));
    let lefts: Option<Vec<_>> = running
        .values()
        .map(|walk| walk.headway.as_ref()?.left)
        .collect();
    let left = words.left(lefts.and_then(|lefts| lefts.into_iter().max()));
    let mut texts = vec![
        joined([Some(counted.clone()), rate.clone(), left.clone()]),
        joined([
            Some(named(&|kind, _| name(kind))),
            rate.clone(),
            left.clone(),
        ]),
        joined([Some(words.text("walking-some")), rate.clone(), left.clone()]),
        joined([None, rate.clone(), left.clone()]),
        joined([None, None, left.or(rate)]),
        words.text("walking-some"),
    ];
    texts.retain(|text| !text.is_empty());
    texts
}

fn one_by_one(model: &Model, fiscal: &Headway) -> Vec<String> {
    let words = &model.words;
    let (done, left) = (words.done(fiscal), words.left(fiscal.left));
    let told = |key| Some(words.with(key, &[("done", done.as_str().into())]));
    vec![
        joined([told("fiscal-going"), None, left.clone()]),
        joined([told("fiscal-going-short"), None, left]),
        joined([told("fiscal-going-short"), None, None]),
    ]
}

/// That fiscal data are read the slow way, in a sentence; nothing where they are not.
pub(super) fn slow_way(model: &Model) -> Option<String> {
    let fiscal = model.fiscal.as_ref()?;
    let done = model.words.headway(fiscal);
    Some(
        model
            .words
            .with("home-fiscal", &[("done", done.as_str().into())]),
    )
}
