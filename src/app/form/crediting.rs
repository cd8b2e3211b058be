//! What a credit note goes to. Its form names one invoice; how much that takes follows from the total of the note.

use crate::domain::field::{Field, Value};
use crate::domain::kind::Kind;
use crate::domain::record::{Allocation, Record};

use super::Form;
use super::content::credited;

impl Form {
    /// Writes total and allocation into the record of a credit note, where they are not those that were read. The total
    /// is demanded of a new one (contract B.16), and has to follow its lines.
    pub(super) fn apply_credit(&self, record: &mut Record) {
        let total = self.totals().map(|totals| totals.total);
        let same_lines = (self.base.as_ref()).is_some_and(|base| base.lines == record.lines);
        if let Some(total) = total.filter(|_| !same_lines) {
            record.set(Field::Total, Value::Money(total));
        }
        let whole = self.base.as_ref().and_then(|base| base.money(Field::Total));
        let chosen = self.content.link(Field::Invoice);
        let before = self.base.as_ref().and_then(credited);
        let stays = |link: &Allocation| {
            let document = link.document.as_ref().map(|document| &document.id);
            document == chosen.map(|link| &link.id)
        };
        match (chosen, before) {
            (Some(_), Some(before)) if stays(before) && (same_lines || before.amount != whole) => {}
            // One that goes to several invoices shows none of them, and keeps them all.
            (None, None) => {}
            (None, Some(_)) => record.allocations.clear(),
            (Some(link), _) => {
                let amount = total.map(|total| match self.content.room {
                    Some(room) => total.min(room),
                    None => total,
                });
                record.allocations = vec![Allocation {
                    document: Some(link.clone()),
                    kind: Some(Kind::Invoices),
                    amount,
                }];
            }
        }
    }
}
