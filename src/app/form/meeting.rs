//! A form whose record changed elsewhere: nothing was sent, and what the others wrote comes into it.
//!
//! Three sides meet, place by place: as it was opened, as it stands here, as it is there now. What was not touched here
//! is theirs. Where both changed the same, a person says which of the two stands.

use crate::domain::changes::{self, Part};
use crate::domain::kind::Kind;
use crate::domain::record::{Id, Record};

use super::super::model::Model;
use super::super::msg::Effect;
use super::super::notice::{Notice, Tone};
use super::content::Content;
use super::saving::{self, is_updating, unlock};
use super::{Form, forms, on_top, weigh};

/// Which of the two stands where both changed the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What stands in the form.
    Mine,
    /// What it is there now.
    Theirs,
}

/// Nothing was sent, because somebody else changed the same meanwhile, or because the record was stamped: its form can be
/// typed into again, and says why.
pub fn held_back(model: &mut Model, kind: Kind, id: &Id, theirs: &Record) -> Vec<Effect> {
    model.saves.remove(&(kind, id.clone()));
    let notice = match theirs.stamp.uuid() {
        Some(uuid) => {
            Notice::new(Tone::Error, "form-stamped-meanwhile").with("uuid", uuid.as_str())
        }
        None if theirs.is_immutable() => Notice::new(Tone::Error, "form-voided-meanwhile"),
        None => Notice::new(Tone::Warning, "form-changed-elsewhere"),
    };
    let Some(form) = forms(model).find(|form| is_updating(form, kind, id)) else {
        model.say(Notice::new(Tone::Error, "form-left-unsaved"));
        return Vec::new();
    };
    form.alert = Some((notice, None));
    unlock(model, kind, id)
}

/// What they wrote comes into the form on top. With what stands here chosen, that is sent at once; else the form waits
/// for a person.
pub fn rebase(model: &mut Model, theirs: &Record, side: Side) -> Vec<Effect> {
    let now = model.now;
    let Some(form) = on_top(model).filter(|form| form.is_of(theirs.kind, &theirs.id)) else {
        return Vec::new();
    };
    form.meet(theirs, side);
    form.keep_soon(now);
    weigh(model);
    match side {
        Side::Mine => saving::save(model),
        Side::Theirs => {
            model.say(Notice::new(Tone::Info, "form-theirs-taken"));
            Vec::new()
        }
    }
}

impl Form {
    /// Whether it changes this record.
    pub fn is_of(&self, kind: Kind, id: &Id) -> bool {
        self.kind == kind && self.base.as_ref().is_some_and(|base| base.id == *id)
    }

    /// Takes what they wrote: everywhere it was not touched here, and with [`Side::Theirs`] also where it was. What was
    /// undone before rests on another record and is forgotten.
    fn meet(&mut self, theirs: &Record, side: Side) {
        let Some(base) = self.base.take() else {
            return;
        };
        let before = Content::of(&base);
        let now = Content::of(theirs);
        let changed = changes::changed(&base, theirs);
        let gives_way = |touched: bool, moved: bool| !touched || (moved && side == Side::Theirs);
        for idx in 0..self.content.fields.len() {
            let (Some(mine), Some(old), Some(new)) = (
                self.content.fields.get_mut(idx),
                before.fields.get(idx),
                now.fields.get(idx),
            ) else {
                continue;
            };
            let moved = changed.contains(&Part::Value(mine.field)) || old.held != new.held;
            if gives_way(mine.held != old.held, moved) {
                mine.clone_from(new);
            }
        }
        let rows = [Part::Lines, Part::Allocations, Part::Postings];
        let moved = rows.iter().any(|part| changed.contains(part));
        let touched = rows.iter().any(|part| {
            let mut mine = base.clone();
            self.content.rows.write(&mut mine);
            !part.same(&base, &mine)
        });
        if moved && gives_way(touched, moved) {
            self.content.rows = now.rows.clone();
        }
        self.opened = now;
        self.base = Some(theirs.clone());
        self.alert = None;
        self.former.clear();
        let focus = self.focus.within(self.extent());
        // What had the focus may be another text now; nothing of the old one is to be written in full.
        self.refocus(focus);
    }
}
