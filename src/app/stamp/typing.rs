//! What has to be typed before a yes: the end of the company's RFC where other books were gone over to, and the total
//! where it is large. It decides nothing about the stamp; [`super::can_confirm`] asks it.

use super::super::companies;
use super::super::key::{Code, Key};
use super::super::line::Line;
use super::super::model::Model;
use super::{Phase, StampDialog, card};

/// Something that has to be typed before a stamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The end of the company's RFC.
    Rfc,
    /// The total.
    Total,
}

impl StampDialog {
    /// Whether the total was typed as it is shown, where it has to be.
    pub(super) fn total_is_typed(&self) -> bool {
        let Some(typed) = &self.typed_total else {
            return true;
        };
        let shown = self
            .judgement
            .as_ref()
            .and_then(|judgement| judgement.totals.as_ref())
            .map(|totals| totals.total);
        shown.is_some() && shown == typed.text().replace([',', '$', ' '], "").parse().ok()
    }

    /// Whether somebody typed something of what is asked for.
    pub(super) fn has_typed(&self) -> bool {
        let lines = [&self.typed_total, &self.typed_rfc];
        let mut lines = lines.into_iter().flatten();
        lines.any(|line| !line.text().is_empty())
    }

    /// Whether letters are typed into it, so that they are no orders.
    pub fn asks_for_letters(&self) -> bool {
        self.phase == Phase::Ready && self.typed_rfc.is_some()
    }

    /// The field that the next key goes into: the end of the RFC first, then the total.
    pub fn field_in_focus(&self) -> Option<Asked> {
        let rfc_is_whole = self
            .typed_rfc
            .as_ref()
            .is_none_or(|typed| typed.text().chars().count() >= companies::TYPED);
        match (&self.typed_rfc, &self.typed_total) {
            (Some(_), total) if !rfc_is_whole || total.is_none() => Some(Asked::Rfc),
            (_, Some(_)) => Some(Asked::Total),
            (rfc, None) => rfc.as_ref().map(|_| Asked::Rfc),
        }
    }

    /// What was typed so far, the end of the RFC before the total, and whether the next key goes into it.
    pub fn fields(&self) -> Vec<(&Line, bool)> {
        let focus = self.field_in_focus();
        let rfc = self
            .typed_rfc
            .as_ref()
            .map(|typed| (typed, focus == Some(Asked::Rfc)));
        let total = self
            .typed_total
            .as_ref()
            .map(|typed| (typed, focus == Some(Asked::Total)));
        [rfc, total].into_iter().flatten().collect()
    }
}

/// A key that is no action: a letter of what has to be typed. Whether the card took it.
pub fn type_in(model: &mut Model, key: Key) -> bool {
    let Some(card) = card(model).filter(|card| card.phase == Phase::Ready) else {
        return false;
    };
    // Taking back goes on into the field before.
    let is_empty = card
        .typed_total
        .as_ref()
        .is_some_and(|typed| typed.text().is_empty());
    let field = match card.field_in_focus() {
        Some(Asked::Total) if is_empty && key.code == Code::Backspace => card.typed_rfc.as_mut(),
        Some(Asked::Total) => card.typed_total.as_mut(),
        Some(Asked::Rfc) => card.typed_rfc.as_mut(),
        None => None,
    };
    let taken = field.is_some_and(|typed| typed.key(key));
    if taken {
        card.yes = false;
    }
    taken
}
