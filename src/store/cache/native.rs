//! Keeping what only the native record tells when a plain one arrives.

use crate::domain::field::Field;
use crate::domain::record::Record;

/// Whether a record that came without native data is the same state of the document as the one that is here.
///
/// Only then does the native data still hold: whoever edited or stamped the document moved its `updated_at`.
pub(super) fn still_holds(new: &Record, old: &Record) -> bool {
    old.native_read
        && !new.native_read
        && new.instant(Field::UpdatedAt) == old.instant(Field::UpdatedAt)
}

/// Gives a plain record the native data of the older one: fiscal fields, the stamp, the keys of its lines.
pub(super) fn keep(new: &Record, old: &Record) -> Record {
    let mut kept = new.clone();
    for (field, value) in old.values() {
        if field.is_native() && new.get(field).is_none() {
            kept.set(field, value.clone());
        }
    }
    if kept.usual_taxes.is_empty() {
        kept.usual_taxes.clone_from(&old.usual_taxes);
    }
    for (line, before) in kept.lines.iter_mut().zip(&old.lines) {
        if line.item.as_ref().map(|item| &item.id) == before.item.as_ref().map(|item| &item.id) {
            line.unit = line.unit.take().or_else(|| before.unit.clone());
            line.product_key = line
                .product_key
                .take()
                .or_else(|| before.product_key.clone());
        }
    }
    kept.stamp = old.stamp.clone();
    kept.native_read = true;
    kept
}
