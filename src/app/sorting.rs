//! By what a list is sorted: its own columns, each in both directions. The whole list is sorted, not only what is on
//! screen; over how much that is stands in the line of the place.

use crate::domain::field::Field;
use crate::domain::list::{Direction, sorts_by};
use crate::domain::spec::{ColumnField, Spec};

use super::list::Step;
use super::model::{Layer, Model, Screen};
use super::msg::{Effect, Slot};

/// State of the layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sorting {
    /// What can be chosen.
    pub choices: Vec<(Field, Direction)>,
    /// Index of the selected one; begins on the order that the list has.
    pub selected: usize,
}

/// The orders that a list of this kind can have, in the order of its columns.
pub fn choices(spec: &Spec) -> Vec<(Field, Direction)> {
    spec.columns
        .iter()
        .filter_map(|column| match column.field {
            ColumnField::Value(field) if sorts_by(field) => Some(field),
            _ => None,
        })
        .flat_map(|field| {
            [
                (field, Direction::Ascending),
                (field, Direction::Descending),
            ]
        })
        .collect()
}

/// Opens the layer over the list on screen.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let Some(Screen::List(list)) = model.screens.last() else {
        return Vec::new();
    };
    let choices = choices(list.query.kind.spec());
    let now = (list.query.sort, list.query.direction);
    let selected = choices.iter().position(|choice| *choice == now);
    model.layers.push(Layer::Sorting(Sorting {
        choices,
        selected: selected.unwrap_or(0),
    }));
    Vec::new()
}

/// Sorts as selected.
pub fn choose(model: &mut Model) -> Vec<Effect> {
    let Some(Layer::Sorting(sorting)) = model.layers.last() else {
        return Vec::new();
    };
    let choice = sorting.choices.get(sorting.selected).copied();
    model.layers.pop();
    let height = model.list_rows();
    let request = match (model.screens.last_mut(), choice) {
        (Some(Screen::List(list)), Some((field, direction))) => {
            Some(list.sort(field, direction, height))
        }
        _ => None,
    };
    request
        .map(|request| model.ask(Slot::Window, request))
        .into_iter()
        .collect()
}

impl Sorting {
    /// Moves the selection.
    pub fn step(&mut self, step: Step) {
        self.selected = step.apply(self.selected, self.choices.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kind::Kind;

    #[test]
    fn every_list_can_be_sorted_by_the_order_that_it_begins_with() {
        for kind in Kind::ALL {
            let spec = kind.spec();
            let choices = choices(spec);
            assert!(choices.contains(&spec.natural_order), "{kind:?}");
        }
    }
}
