//! The files of one stamped document, saved from its page: ordered here, done by the worker, told where they are.

use crate::words::Words;

use super::model::Model;
use super::msg::{Effect, Saved};
use super::notice::{Notice, Tone};

/// Orders the files of what is selected.
pub fn save(model: &mut Model) -> Vec<Effect> {
    let issuer = model.rfc().to_owned();
    let Some(record) = model.subject().cloned() else {
        return Vec::new();
    };
    let title = model.title_of(&record);
    model.say(Notice::new(Tone::Info, "notice-papers-saving").with("title", title));
    vec![Effect::SavePapers {
        record: Box::new(record),
        issuer,
    }]
}

/// They are saved, or what of them could be had.
pub fn saved(model: &mut Model, saved: &Saved) {
    let (tone, words) = if !saved.missing.is_empty() {
        (Tone::Warning, "notice-papers-missing")
    } else if !saved.differs.is_empty() {
        (Tone::Warning, "notice-papers-differ")
    } else {
        (Tone::Done, "notice-papers-saved")
    };
    let parts = parts(saved, &model.words);
    model.say(
        Notice::new(tone, words)
            .with("files", saved.files.join(", "))
            .with("folder", saved.folder.clone())
            .with("missing", saved.missing.join(", "))
            .with("parts", parts),
    );
}

fn parts(saved: &Saved, words: &Words) -> String {
    let parts: Vec<String> = saved
        .differs
        .iter()
        .map(|part| words.text(&format!("part-{}", part.name())))
        .collect();
    parts.join(", ")
}
