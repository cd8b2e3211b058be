//! A choice of the picker goes into its place, with all that it brings.

use crate::domain::field::Field;
use crate::domain::record::{Id, Record};

use super::super::model::Model;
use super::super::msg::Effect;
use super::super::picker::Taken;
use super::content::Held;
use super::editing::changed;
use super::opening::{ask_items, ask_receiver};
use super::spot::{Cell, Spot};
use super::{Form, defaults, on_top};

/// A choice was made for a place. The focus goes on to where more is to be typed.
pub fn take(model: &mut Model, spot: Spot, taken: Taken) -> Vec<Effect> {
    let rates = std::mem::take(&mut model.taxes);
    let follows = on_top(model).map(|form| form.take(spot, taken, &rates));
    model.taxes = rates;
    let effects = match follows {
        Some(Follows::Receiver(id)) => vec![ask_receiver(model, id)],
        Some(Follows::Items) => ask_items(model).into_iter().collect(),
        Some(Follows::Nothing) | None => Vec::new(),
    };
    changed(model);
    effects
}

/// What has to be read after a choice.
enum Follows {
    Receiver(Id),
    Items,
    Nothing,
}

impl Form {
    fn take(&mut self, spot: Spot, taken: Taken, rates: &[Record]) -> Follows {
        self.remember();
        let extent = self.content.extent();
        match (spot, taken) {
            (Spot::Field(idx), Taken::Record(record)) => {
                self.content
                    .put(idx, Held::Link(Some(defaults::link_of(&record))));
                self.focus_on(spot.after(1, extent));
                if self.field_at(spot) == Some(Field::Contact) {
                    defaults::from_contact(&mut self.content, &record);
                    let id = record.id.clone();
                    self.receiver = Some(*record);
                    self.takes_defaults = true;
                    return Follows::Receiver(id);
                }
                Follows::Nothing
            }
            (Spot::Field(idx), Taken::Key(key)) => {
                self.content.put(idx, Held::Key(key));
                if self.field_at(spot) == Some(Field::PaymentType) {
                    defaults::after_payment_type(&mut self.content);
                }
                self.focus_on(spot.after(1, extent));
                Follows::Nothing
            }
            (
                Spot::Cell {
                    row: number,
                    cell: Cell::Item,
                },
                Taken::Record(record),
            ) => {
                if let Some(row) = self.content.rows.get_mut(number) {
                    row.item = Some(defaults::link_of(&record));
                    row.picked = true;
                    row.ask_to_be_filled();
                    defaults::from_item(row, &record, rates);
                    self.items.insert(record.id.clone(), *record);
                }
                // The description is filled in; what is left to type is how many.
                self.focus_on(Spot::Cell {
                    row: number,
                    cell: Cell::Quantity,
                });
                Follows::Items
            }
            (
                Spot::Cell {
                    row,
                    cell: Cell::Taxes,
                },
                Taken::Record(tax),
            ) => {
                if let Some(row) = self.content.rows.get_mut(row) {
                    defaults::toggle_tax(&mut row.taxes, &tax, rates);
                }
                Follows::Nothing
            }
            _ => Follows::Nothing,
        }
    }
}
