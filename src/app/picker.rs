//! A choice for a place of the form below: records of a kind, tax rates, or keys of a catalogue.
//!
//! What is small is narrowed here; records and the two large catalogues are asked for. Esc leaves the place as it was:
//! nothing is written into the form before something is taken.

mod choices;

use crate::domain::kind::Kind;
use crate::domain::list::{Coverage, ListQuery};
use crate::domain::record::Record;
use crate::domain::spec::{CatalogueName, Editor, Pool};

use super::form::spot::Spot;
use super::form::{self, Form};
use super::key::Key;
use super::line::Line;
use super::list::{Step, keep_visible};
use super::model::{FRAME_ROWS, Layer, Model, Screen};
use super::msg::{Effect, Fact, Request, Slot, Trouble};
use super::notice::Notice;

/// Rows that are asked for at once. A person reads a screen of them, then types another letter.
const ROWS: usize = 50;
/// Hits that are asked for at once: more than are shown, because the order here is another than that of the box.
const HITS: usize = 200;
/// Usual keys that come first in a catalogue of thousands, and in one of a few rows, whose own order people know.
const USUAL: (usize, usize) = (20, 5);
/// Rows that the box shows at most, so that the form behind it stays in sight.
const TALLEST: usize = 12;
/// Rows of the box that are no choices: its border and the text.
pub const BOX_ROWS: u16 = 3;

/// What is chosen from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Records.
    Records(Pool),
    /// A catalogue of a few rows.
    Small(CatalogueName),
    /// A catalogue of thousands of rows.
    Large(CatalogueName),
    /// A few words of the wire.
    Words(&'static [&'static str]),
}

/// What is written into the form when a row is taken.
#[derive(Clone, Debug, PartialEq)]
pub enum Taken {
    /// A record.
    Record(Box<Record>),
    /// A key of a catalogue.
    Key(String),
}

/// A row of the box.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Code, RFC or key; may be empty.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What else tells it apart; may be empty.
    pub note: String,
    /// Why it cannot be taken; none when it can.
    pub barred: Option<Notice>,
    /// Whether it is what the place holds now.
    pub held: bool,
    /// What taking it gives.
    pub taken: Taken,
}

/// State of the picker.
#[derive(Clone, Debug)]
pub struct Picker {
    /// Which place of the form it is for.
    pub spot: Spot,
    /// What is chosen from.
    pub source: Source,
    /// What is typed.
    pub line: Line,
    /// The rows for it, the ones that can be taken first; those of the text before stay until the new ones arrive.
    pub choices: Vec<Choice>,
    /// Index of the selected row.
    pub selected: usize,
    /// Index of the first row on screen.
    pub top: usize,
    /// Whether the rows are those of an older text.
    pub searching: bool,
    /// How much was searched, where that is known.
    pub coverage: Option<Coverage>,
    /// Why the search failed.
    pub trouble: Option<Trouble>,
    /// Whether Enter came before the rows did: the first of them is taken when they are here.
    eager: bool,
}

impl Picker {
    /// Moves the selection; `height` in rows.
    pub fn step(&mut self, step: Step, height: usize) {
        self.eager = false;
        self.selected = step.apply(self.selected, self.choices.len());
        self.top = keep_visible(self.top, self.selected, height);
    }

    /// The selected row.
    pub fn selection(&self) -> Option<&Choice> {
        self.choices.get(self.selected)
    }

    fn show(&mut self, choices: Vec<Choice>) {
        // What can be taken comes first; the rest says why it cannot.
        let (open, barred): (Vec<_>, Vec<_>) = choices
            .into_iter()
            .partition(|choice| choice.barred.is_none());
        self.choices = open;
        self.choices.extend(barred);
        self.searching = false;
        self.trouble = None;
        self.selected = match self.line.text().is_empty() {
            true => self
                .choices
                .iter()
                .position(|choice| choice.held)
                .unwrap_or(0),
            false => 0,
        };
        self.top = keep_visible(0, self.selected, TALLEST);
    }
}

/// Rows of choices that the box shows on a terminal of this size.
pub fn rows(size: (u16, u16)) -> usize {
    usize::from(size.1.saturating_sub(FRAME_ROWS + BOX_ROWS)).min(TALLEST)
}

fn picker(model: &mut Model) -> Option<&mut Picker> {
    match model.layers.last_mut() {
        Some(Layer::Picker(picker)) => Some(picker),
        _ => None,
    }
}

fn form_below(model: &Model) -> Option<&Form> {
    match model.screens.last() {
        Some(Screen::Form(form)) => Some(form),
        _ => None,
    }
}

/// Opens the picker for the place of the form that has the focus, with this text typed already. Nothing where the
/// place is not one to choose for.
pub fn open(model: &mut Model, text: &str) -> Vec<Effect> {
    let Some(form) = form_below(model) else {
        return Vec::new();
    };
    let spot = form.focus;
    let Some(source) = source_of(form, spot) else {
        return Vec::new();
    };
    let mut line = Line::default();
    line.paste(text);
    model.layers.push(Layer::Picker(Picker {
        spot,
        source,
        line,
        choices: Vec::new(),
        selected: 0,
        top: 0,
        searching: false,
        coverage: None,
        trouble: None,
        eager: false,
    }));
    search(model)
}

fn source_of(form: &Form, spot: Spot) -> Option<Source> {
    match form.extent().editor(spot)? {
        Editor::Pick(pool) => Some(Source::Records(pool)),
        Editor::Catalogue(
            name @ (CatalogueName::CfdiUse
            | CatalogueName::Regime
            | CatalogueName::PaymentMethod
            | CatalogueName::PaymentType
            | CatalogueName::PaidWith
            | CatalogueName::Currency
            | CatalogueName::Country
            | CatalogueName::Relation),
        ) => Some(Source::Small(name)),
        Editor::Catalogue(name @ (CatalogueName::ProductKey | CatalogueName::Unit)) => {
            Some(Source::Large(name))
        }
        Editor::Account => Some(Source::Records(Pool::Postable)),
        Editor::Choice(words) => Some(Source::Words(words)),
        Editor::Text | Editor::Amount | Editor::Percent | Editor::Date | Editor::Shown => None,
    }
}

/// The kind of records that have to be asked for; none where all choices are here.
fn asked_for(source: Source) -> Option<Kind> {
    match source {
        Source::Records(Pool::Records(kind)) => Some(kind),
        Source::Records(Pool::Purchasable) => Some(Kind::InvoiceItems),
        Source::Records(Pool::Taxes | Pool::Postable | Pool::Headers)
        | Source::Small(_)
        | Source::Large(_)
        | Source::Words(_) => None,
    }
}

/// The rows for what is typed: at once, or asked for.
fn search(model: &mut Model) -> Vec<Effect> {
    let Some(picker) = picker(model) else {
        return Vec::new();
    };
    let text = picker.line.text().trim().to_owned();
    let source = picker.source;
    let request = match (source, asked_for(source)) {
        (_, Some(kind)) if text.is_empty() => Request::Window {
            query: ListQuery::natural(kind),
            offset: 0,
            len: ROWS,
        },
        (_, Some(kind)) => Request::Find {
            text,
            kinds: vec![kind],
            limit: HITS,
        },
        (Source::Large(name), None) => Request::Catalogue {
            name,
            text,
            usual: usual(model, source),
            limit: ROWS,
        },
        (Source::Records(_) | Source::Small(_) | Source::Words(_), None) => {
            refresh(model);
            return Vec::new();
        }
    };
    if let Some(Layer::Picker(picker)) = model.layers.last_mut() {
        picker.searching = true;
        picker.eager = false;
    }
    vec![model.ask(Slot::Picker, request)]
}

/// The keys of a catalogue that this company usually takes.
fn usual(model: &Model, source: Source) -> Vec<String> {
    match source {
        Source::Large(name) => model.habits.keys(name, USUAL.0),
        Source::Small(name) => model.habits.keys(name, USUAL.1),
        Source::Records(_) | Source::Words(_) => Vec::new(),
    }
}

/// Narrows again what is narrowed here: something typed, or catalogues, taxes or the receiver arrived.
pub fn refresh(model: &mut Model) {
    let Some(Layer::Picker(picker)) = model.layers.last() else {
        return;
    };
    let Some(form) = form_below(model) else {
        return;
    };
    let text = picker.line.text().trim();
    let choices = match picker.source {
        Source::Records(Pool::Taxes) => choices::taxes(form, picker.spot, &model.taxes),
        Source::Small(name) => match &model.catalogs {
            Some(catalogs) => choices::small(form, name, catalogs),
            None => Vec::new(),
        },
        Source::Records(pool @ (Pool::Postable | Pool::Headers)) => {
            let held = choices::held_id(form, picker.spot);
            choices::accounts(&model.chart, pool, held.as_ref())
        }
        Source::Words(keys) => choices::words(form, picker.spot, keys, &model.words),
        Source::Records(Pool::Records(_) | Pool::Purchasable) | Source::Large(_) => return,
    };
    let mut choices = choices;
    let usual = usual(model, picker.source);
    choices::favour(&mut choices, &usual, &model.words);
    let choices = choices::narrowed(choices, text, &usual);
    if let Some(Layer::Picker(picker)) = model.layers.last_mut() {
        picker.show(choices);
    }
}

/// Whether the rows cannot be here yet, because the catalogues are not.
pub fn waits_for_catalogs(model: &Model, picker: &Picker) -> bool {
    model.catalogs.is_none() && matches!(picker.source, Source::Small(_) | Source::Large(_))
}

/// A key that is no action.
pub fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some(picker) = picker(model) else {
        return Vec::new();
    };
    let before = picker.line.text().to_owned();
    picker.line.key(key);
    if picker.line.text() == before {
        return Vec::new();
    }
    search(model)
}

/// A pasted text.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let Some(picker) = picker(model) else {
        return Vec::new();
    };
    picker.line.paste(text);
    search(model)
}

/// Enter: takes what is selected, or says why it cannot be taken.
pub fn choose(model: &mut Model) -> Vec<Effect> {
    let Some(picker) = picker(model) else {
        return Vec::new();
    };
    // The rows are those of an older text: taking one of them would take what nobody asked for.
    if picker.searching {
        picker.eager = true;
        return Vec::new();
    }
    let Some(choice) = picker.selection() else {
        return Vec::new();
    };
    if let Some(reason) = choice.barred.clone() {
        model.say(reason);
        return Vec::new();
    }
    let (spot, taken) = (picker.spot, choice.taken.clone());
    model.layers.pop();
    model.tickets.withdraw(Slot::Picker);
    form::take(model, spot, taken)
}

/// A row was clicked: it is selected, and taken when it was selected already.
pub fn point_at(model: &mut Model, idx: usize) -> Vec<Effect> {
    let Some(picker) = picker(model) else {
        return Vec::new();
    };
    if picker.selected == idx && !picker.searching {
        return choose(model);
    }
    if idx < picker.choices.len() {
        picker.selected = idx;
        picker.eager = false;
    }
    Vec::new()
}

/// What was asked for arrived.
pub fn arrived(model: &mut Model, fact: Fact) -> Vec<Effect> {
    let (records, coverage) = match fact {
        Fact::Window(window) => (window.rows, window.coverage),
        Fact::Found { hits, coverage, .. } => {
            (hits.into_iter().map(|hit| hit.record).collect(), coverage)
        }
        Fact::CatalogueFound(hits) => {
            let words = model.words.clone();
            let choices = hits
                .into_iter()
                .map(|hit| choices::of_catalogue(hit, &words))
                .collect();
            return show(model, choices, None);
        }
        _ => return Vec::new(),
    };
    let held = form_below(model).and_then(|form| choices::held_id(form, form.focus));
    let choices = records
        .into_iter()
        .map(|record| choices::of_record(record, held.as_ref()))
        .collect();
    let Some((source, text)) =
        picker(model).map(|picker| (picker.source, picker.line.text().trim().to_owned()))
    else {
        return Vec::new();
    };
    let mut choices = choices::ranked(choices, &text);
    choices.truncate(ROWS);
    let choices = match source {
        Source::Records(Pool::Purchasable) => {
            choices::with_accounts(choices, &model.chart, held.as_ref(), &text)
        }
        _ => choices,
    };
    show(model, choices, Some(coverage))
}

fn show(model: &mut Model, choices: Vec<Choice>, coverage: Option<Coverage>) -> Vec<Effect> {
    let Some(picker) = picker(model) else {
        return Vec::new();
    };
    picker.show(choices);
    picker.coverage = coverage;
    if std::mem::take(&mut picker.eager) {
        return choose(model);
    }
    Vec::new()
}

/// What was asked for could not be read.
pub fn failed(model: &mut Model, trouble: Trouble) {
    if let Some(picker) = picker(model) {
        picker.searching = false;
        picker.eager = false;
        picker.trouble = Some(trouble);
    }
}

#[cfg(test)]
mod tests;
