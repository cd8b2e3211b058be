//! What is in a form as it is kept on disk until it is saved or given up (law 2).

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::intent::IntentId;
use crate::domain::kind::Kind;
use crate::domain::record::{Id, Record};

use super::super::line::Line;
use super::super::model::Model;
use super::content::Content;
use super::defaults;
use super::spot::Spot;
use super::{Form, Saving};

/// The form in its whole. New members need a default, because older programs wrote files too.
#[derive(Serialize, Deserialize)]
struct Kept {
    kind: Kind,
    base: Option<Record>,
    /// The day by which shortened dates are read.
    day: Date,
    content: Content,
    focus: Spot,
    /// Characters before the cursor.
    cursor: usize,
    #[serde(default)]
    receiver: Option<Record>,
    #[serde(default)]
    items: BTreeMap<Id, Record>,
    /// The create that was on its way.
    #[serde(default)]
    intent: Option<IntentId>,
    /// Whether its changes were on their way.
    #[serde(default)]
    updating: bool,
    /// Whether it waits for a connection, and for the person.
    #[serde(default)]
    waits: bool,
}

/// What a kept form was waiting for.
#[derive(Debug, PartialEq, Eq)]
pub enum Awaited {
    /// The end of this create.
    Create(IntentId),
    /// The answer to the changes of this record.
    Update(Kind, Id),
}

/// What a kept form was waiting for; none where it waited for nothing, or cannot be read.
pub fn awaited(body: &str) -> Option<Awaited> {
    let kept: Kept = serde_json::from_str(body).ok()?;
    match (kept.intent, kept.base) {
        (Some(intent), _) => Some(Awaited::Create(intent)),
        (None, Some(base)) if kept.updating => Some(Awaited::Update(kept.kind, base.id)),
        _ => None,
    }
}

/// The creates that forms which were not finished waited for, and of which this run knows nothing.
pub fn awaited_acts(model: &Model) -> Vec<IntentId> {
    model
        .unfinished
        .values()
        .filter_map(|body| match awaited(body)? {
            Awaited::Create(intent) => Some(intent),
            Awaited::Update(..) => None,
        })
        .filter(|intent| !model.intents.contains_key(intent))
        .collect()
}

impl Form {
    /// The form as it is kept.
    pub fn body(&self) -> String {
        let kept = Kept {
            kind: self.kind,
            base: self.base.clone(),
            day: self.day,
            content: self.content.clone(),
            focus: self.focus,
            cursor: self.line.cursor(),
            receiver: self.receiver.clone(),
            items: self.items.clone(),
            intent: match &self.saving {
                Saving::Creating(intent) => Some(intent.clone()),
                Saving::Idle | Saving::Updating => None,
            },
            updating: self.saving == Saving::Updating,
            waits: self.waits,
        };
        // Nothing in it can fail to be written: its maps have texts for keys.
        serde_json::to_string(&kept).unwrap_or_default()
    }

    /// The form that was kept, and the create that it was waiting for; nothing where the body cannot be read.
    pub fn from_body(slot: &str, body: &str) -> Option<(Self, Option<IntentId>)> {
        let kept: Kept = serde_json::from_str(body).ok()?;
        let opened = match &kept.base {
            Some(base) => Content::of(base),
            None => defaults::blank(kept.kind, kept.day),
        };
        let mut form = Form::new(kept.kind, slot.to_owned(), kept.base, opened, kept.day);
        form.content = kept.content.fitted(kept.kind);
        form.receiver = kept.receiver;
        form.items = kept.items;
        form.waits = kept.waits;
        form.focus = kept.focus.within(form.extent());
        let text = form.content.text(form.focus).unwrap_or_default();
        form.line = Line::at(text, kept.cursor);
        form.on_disk = true;
        Some((form, kept.intent))
    }
}
