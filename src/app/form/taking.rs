//! A choice of the picker goes into its place, with all that it brings.

use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::record::{Id, Record};
use crate::domain::spec::Cell;

use super::super::model::Model;
use super::super::msg::Effect;
use super::super::picker::Taken;
use super::content::Held;
use super::defaults::{self, Trade};
use super::editing::changed;
use super::opening::{ask_items, ask_receiver, ask_shown};
use super::paying::ask_documents;
use super::relating;
use super::rows::On;
use super::spot::Spot;
use super::{Form, balancing, on_top};

/// A choice was made for a place. The focus goes on to where more is to be typed.
pub fn take(model: &mut Model, spot: Spot, taken: Taken) -> Vec<Effect> {
    let rates = std::mem::take(&mut model.taxes);
    let follows = on_top(model).map(|form| form.take(spot, taken, &rates));
    model.taxes = rates;
    let mut effects: Vec<Effect> = match follows {
        Some(Follows::Receiver(id)) => {
            let receiver = ask_receiver(model, id);
            receiver.into_iter().chain(ask_documents(model)).collect()
        }
        Some(Follows::Items) => ask_items(model).into_iter().collect(),
        Some(Follows::Nothing) | None => ask_shown(model).into_iter().collect(),
    };
    effects.extend(changed(model));
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
        match (spot, taken) {
            (Spot::Field(idx), Taken::Record(record)) => {
                let link = defaults::link_of(&record);
                self.content.put(idx, Held::Link(Some(link)));
                if self.field_at(spot) == Some(Field::Invoice) {
                    self.content.room = record.money(Field::Balance);
                    relating::follow(&mut self.content, self.base.as_ref(), &record);
                }
                self.go_on(spot);
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
                match self.field_at(spot) {
                    Some(Field::PaymentType) => defaults::after_payment_type(&mut self.content),
                    Some(Field::Currency) => defaults::after_currency(&mut self.content),
                    _ => {}
                }
                self.go_on(spot);
                Follows::Nothing
            }
            (Spot::Cell { row, cell }, Taken::Record(record)) => {
                self.take_in_row(row, cell, *record, rates)
            }
            (Spot::Cell { .. }, Taken::Key(_)) | (Spot::Other { .. }, _) => Follows::Nothing,
        }
    }

    /// A record was chosen for a cell.
    fn take_in_row(
        &mut self,
        number: usize,
        cell: Cell,
        record: Record,
        rates: &[Record],
    ) -> Follows {
        if cell == Cell::Account {
            if let Some(row) = self.content.rows.postings_mut().get_mut(number) {
                row.put_account(defaults::link_of(&record), balancing::label(&record));
            }
            self.focus_on(self.amount_spot(number));
            return Follows::Nothing;
        }
        let trade = Trade::of(self.kind);
        let Some(row) = self.content.rows.lines_mut().get_mut(number) else {
            return Follows::Nothing;
        };
        if cell == Cell::Taxes {
            defaults::toggle_tax(&mut row.taxes, &record, rates);
            return Follows::Nothing;
        }
        let link = defaults::link_of(&record);
        row.ask_to_be_filled();
        // What is left to type is how many, or of an account how much.
        let (next, follows) = if record.kind == Kind::LedgerAccounts {
            row.on = Some(On::Account(link));
            row.picked = false;
            defaults::from_account(row, &record);
            (Cell::Price, Follows::Nothing)
        } else {
            row.on = Some(On::Item(link));
            row.picked = true;
            defaults::from_item(row, &record, rates, trade);
            self.items.insert(record.id.clone(), record);
            (Cell::Quantity, Follows::Items)
        };
        self.focus_on(Spot::Cell {
            row: number,
            cell: next,
        });
        follows
    }

    /// The focus goes on from a place that was filled in; at the end it stays.
    fn go_on(&mut self, spot: Spot) {
        self.focus_on(spot.next(self.extent()).unwrap_or(spot));
    }
}
