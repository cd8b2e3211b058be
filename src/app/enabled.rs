//! Why an action cannot be done just now. One function per rule, one place for all of them.

use crate::domain::kind::Kind;
use crate::domain::spec::LinesOf;

use super::delete;
use super::keymap::Action;
use super::model::{Layer, Model, Screen};
use super::notice::{Notice, Tone};
use super::stamp;

/// The reason that bars an action here and now; none when it can be done.
pub fn reason(model: &Model, action: Action) -> Option<Notice> {
    let no = |words| Some(Notice::new(Tone::Warning, words));
    match action {
        Action::New => match creatable(model) {
            _ if model.read_only => no("reason-read-only"),
            None => no("reason-no-form"),
            Some(_) => None,
        },
        Action::Edit => {
            let Some(record) = model.subject() else {
                return no("reason-nothing-selected");
            };
            if model.read_only {
                no("reason-read-only")
            } else if !record.kind.spec().operations.update {
                no("reason-never-edited")
            } else if record.kind.spec().form.is_empty() {
                no("reason-no-form")
            } else if record.is_immutable() {
                no("reason-stamped")
            } else if model
                .intent_on(record.kind, &record.id)
                .is_some_and(|intent| intent.progress.is_open())
            {
                no("reason-unknown")
            } else {
                None
            }
        }
        Action::Stamp => match model.subject() {
            Some(record) => stamp::barred(model, record),
            None => no("reason-nothing-selected"),
        },
        Action::Delete => match model.subject() {
            Some(record) => delete::barred(model, record),
            None => no("reason-nothing-selected"),
        },
        Action::Native | Action::Links => match model.subject() {
            Some(_) => None,
            None => no("reason-nothing-selected"),
        },
        Action::CopyValue => match model.layers.last() {
            Some(Layer::Native(native))
                if native
                    .selection()
                    .is_some_and(|entry| entry.value.is_some()) =>
            {
                None
            }
            _ => no("reason-no-value"),
        },
        Action::CopyUuid => match copyable(model) {
            Some(_) => None,
            None => no("reason-no-uuid"),
        },
        Action::VerifyNow => match model.unsettled().is_empty() {
            true => no("reason-nothing-unknown"),
            false => None,
        },
        _ => None,
    }
}

/// Whether the footer names an action: it makes sense with what is on screen, and can be done just now. Help and palette
/// name the others all the same, with their reasons.
pub fn applies(model: &Model, action: Action) -> bool {
    makes_sense(model, action) && reason(model, action).is_none()
}

fn makes_sense(model: &Model, action: Action) -> bool {
    match (action, model.screens.last()) {
        (Action::Stamp | Action::CopyUuid, Some(Screen::List(list))) => {
            list.query.kind.is_stamped()
        }
        (Action::Stamp | Action::CopyUuid, Some(Screen::Detail(detail))) => {
            detail.kind.is_stamped()
        }
        (Action::AddLine | Action::DeleteLine, Some(Screen::Form(form))) => {
            form.kind.spec().lines != LinesOf::Nothing
        }
        (Action::FilterUnstamped, Some(Screen::List(list))) => list.query.kind.is_stamped(),
        _ => true,
    }
}

/// The kind that a new record would have here.
pub fn creatable(model: &Model) -> Option<Kind> {
    let kind = match model.screens.last()? {
        Screen::Home(_) => Kind::Invoices,
        Screen::List(list) => list.query.kind,
        Screen::Accounts(_) | Screen::Detail(_) | Screen::Form(_) => return None,
    };
    let spec = kind.spec();
    (spec.operations.create && !spec.form.is_empty()).then_some(kind)
}

/// The folio fiscal that a copy would take.
pub fn copyable(model: &Model) -> Option<String> {
    if let Some(Layer::Stamp(card)) = model.layers.last() {
        let stamp::Phase::Acting(id) = &card.phase else {
            return None;
        };
        return match &model.intents.get(id)?.progress {
            crate::domain::intent::Progress::Adopted { uuid, .. } => {
                uuid.as_ref().map(|uuid| uuid.as_str().to_owned())
            }
            _ => None,
        };
    }
    if let Some(Layer::Find(find)) = model.layers.last() {
        let record = &find.selection()?.record;
        return record.stamp.uuid().map(|uuid| uuid.as_str().to_owned());
    }
    model
        .subject()?
        .stamp
        .uuid()
        .map(|uuid| uuid.as_str().to_owned())
}
