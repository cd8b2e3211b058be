//! Which fields of a form stand side by side. The view paints by it and the arrows move by it.

use crate::domain::field::Field;
use crate::domain::spec::FormField;

/// From so many columns on, short fields stand in pairs.
const PAIRS_FROM: u16 = 70;

/// The rows of fields, each with the numbers of its fields.
pub fn rows(fields: &[FormField], width: u16) -> Vec<Vec<usize>> {
    let mut rows: Vec<Vec<usize>> = Vec::new();
    let mut open = false;
    for (idx, row) in fields.iter().enumerate() {
        let long = width < PAIRS_FROM || is_long(row.field);
        match rows.last_mut() {
            Some(last) if open && !long => {
                last.push(idx);
                open = false;
            }
            _ => {
                rows.push(vec![idx]);
                open = !long;
            }
        }
    }
    rows
}

/// Names and remarks need the whole width, and so does what is shown by a long name.
fn is_long(field: Field) -> bool {
    matches!(
        field,
        Field::Contact
            | Field::Name
            | Field::Memo
            | Field::Related
            | Field::Description
            | Field::Parent
            | Field::LedgerAccount
            | Field::ProductKey
            | Field::ItemType
            | Field::TaxType
            | Field::TaxPayableAccount
            | Field::TaxFavorableAccount
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kind::Kind;

    #[test]
    fn every_field_has_one_place_whatever_the_width() {
        for kind in Kind::ALL {
            let fields = kind.spec().form.fields;
            for width in [0, 69, 70, 200] {
                let placed: Vec<usize> = rows(fields, width).into_iter().flatten().collect();
                assert_eq!(placed, (0..fields.len()).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn an_invoice_takes_eight_rows_at_eighty_columns() {
        assert_eq!(rows(Kind::Invoices.spec().form.fields, 80).len(), 8);
    }
}
