//! The records that belong to one: what it names, and how many of each kind name it. Choosing one opens it.

use crate::domain::kind::Kind;
use crate::domain::list::{ListQuery, Only};
use crate::domain::record::Id;
use crate::domain::ties::{self, NamedBy, Tie};

use super::list::{List, Step, keep_visible};
use super::model::{Layer, Model, Screen};
use super::msg::{Effect, Request, Slot};
use super::remote::Remote;
use super::update;

/// Rows of the layer that are no records: its title.
pub const HEAD_ROWS: usize = 1;

/// State of the layer.
#[derive(Clone, Debug)]
pub struct Links {
    /// Of which resource the record is whose belongings are shown.
    pub kind: Kind,
    /// Which record.
    pub id: Id,
    /// What a person calls it.
    pub title: String,
    /// What it names, each once.
    pub ties: Vec<Tie>,
    /// Who names it, as the cache knows.
    pub named: Remote<Vec<NamedBy>>,
    /// Index of the selected row.
    pub selected: usize,
    /// Index of the first row on screen.
    pub top: usize,
}

/// A row of the layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkRow<'a> {
    /// A record that it names.
    Tie(&'a Tie),
    /// The records of a kind that name it.
    Named(&'a NamedBy),
}

/// Opens the layer for what is selected.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let Some(record) = model.subject() else {
        return Vec::new();
    };
    let (kind, id) = (record.kind, record.id.clone());
    let links = Links {
        kind,
        id: id.clone(),
        title: model.title_of(record),
        ties: ties::of(record),
        named: Remote::Loading(None),
        selected: 0,
        top: 0,
    };
    model.layers.push(Layer::Links(links));
    vec![model.ask(Slot::Links, Request::NamedBy { kind, id })]
}

/// It was counted who names a record, and looked up what it is related to: on the layer, or on the page.
pub fn arrived(model: &mut Model, id: &Id, named: Vec<NamedBy>, related: Vec<Tie>) {
    if let Some(Screen::Detail(detail)) = model.screens.last_mut()
        && detail.id == *id
    {
        detail.named = Remote::Ready(named.clone());
    }
    if let Some(Layer::Links(links)) = model.layers.last_mut()
        && links.id == *id
    {
        links.named = Remote::Ready(named);
        for tie in related {
            let mut known = links.ties.iter();
            if !known.any(|one| one.kind == tie.kind && one.id == tie.id) {
                links.ties.push(tie);
            }
        }
    }
}

/// Opens what is selected: the record itself, or the list of those that name this one.
pub fn choose(model: &mut Model) -> Vec<Effect> {
    let Some(Layer::Links(links)) = model.layers.last() else {
        return Vec::new();
    };
    let row = links.rows().get(links.selected).copied();
    match row {
        None => Vec::new(),
        Some(LinkRow::Tie(tie)) => {
            let (kind, id) = (tie.kind, tie.id.clone());
            model.layers.pop();
            update::show_id(model, kind, id)
        }
        Some(LinkRow::Named(named)) => {
            let query = ListQuery {
                only: Only::naming(links.kind, links.id.clone()),
                ..ListQuery::natural(named.kind)
            };
            let mut list = List::new(query);
            list.about.clone_from(&links.title);
            let request = list.next_stretch(model.list_rows());
            model.layers.pop();
            model.screens.push(Screen::List(list));
            request
                .map(|request| model.ask(Slot::Window, request))
                .into_iter()
                .collect()
        }
    }
}

/// Rows of records that the layer shows.
pub fn height(model: &Model) -> usize {
    model.page_rows().saturating_sub(HEAD_ROWS)
}

impl Links {
    /// What can be opened: what the record names, then the kinds of which at least one names it.
    pub fn rows(&self) -> Vec<LinkRow<'_>> {
        let named = self.named.value().map_or(&[][..], Vec::as_slice);
        self.ties
            .iter()
            .map(LinkRow::Tie)
            .chain(
                named
                    .iter()
                    .filter(|named| named.count > 0)
                    .map(LinkRow::Named),
            )
            .collect()
    }

    /// Moves the selection.
    pub fn step(&mut self, step: Step, height: usize) {
        self.selected = step.apply(self.selected, self.rows().len());
        self.top = keep_visible(self.top, self.selected, height);
    }
}
