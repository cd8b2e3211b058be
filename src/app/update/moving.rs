//! Moving over the rows of whatever has the focus, and keeping what is selected in sight.

use super::super::audit;
use super::super::batch;
use super::super::cancel;
use super::super::companies;
use super::super::compare;
use super::super::decide;
use super::super::home::Entries;
use super::super::links;
use super::super::list::Step;
use super::super::model::{Layer, Model, Screen};
use super::super::msg::Effect;
use super::super::native;
use super::super::package;
use super::super::picker;
use super::super::stamp;
use super::super::views;
use super::orders::window;

/// Moves over the rows of whatever has the focus.
pub fn step(model: &mut Model, step: Step) -> Vec<Effect> {
    let rows = LayerRows::of(model);
    match model.layers.last_mut() {
        Some(Layer::Stamp(_)) => {
            stamp::scroll(model, step);
            Vec::new()
        }
        Some(Layer::Batch(_)) => {
            batch::desk::scroll(model, step);
            Vec::new()
        }
        Some(Layer::Cancel(_)) => {
            cancel::step(model, step);
            Vec::new()
        }
        Some(Layer::Decide(_)) => {
            decide::step(model, step);
            Vec::new()
        }
        // The field that narrows a page leaves moving to the page.
        Some(Layer::Narrow(_)) | None => step_screen(model, step),
        Some(layer) => {
            step_layer(layer, step, rows);
            Vec::new()
        }
    }
}

/// How many rows of each layer fit on screen.
#[derive(Clone, Copy)]
struct LayerRows {
    companies: (usize, usize),
    views: (usize, usize),
    find: usize,
    picker: usize,
    native: usize,
    links: usize,
    compare: usize,
}

impl LayerRows {
    fn of(model: &Model) -> Self {
        Self {
            companies: (model.companies.len(), companies::rows(model)),
            views: (views::count(model), views::rows(model)),
            find: model.find_rows(),
            picker: picker::rows(model.size),
            native: native::rows(model),
            links: links::height(model),
            compare: compare::rows(model),
        }
    }
}

/// The terminal has another size: what is selected is brought into view on the page and on every layer above it, and
/// the list below them orders the rows that it shows now.
pub fn resized(model: &mut Model) -> Vec<Effect> {
    let rows = LayerRows::of(model);
    for layer in &mut model.layers {
        step_layer(layer, Step::By(0), rows);
    }
    batch::desk::resized(model);
    step_screen(model, Step::By(0))
}

/// What is on top was laid out: it need not be moved behind its last row.
pub fn laid(model: &mut Model, last_top: usize) {
    match model.layers.last_mut() {
        Some(Layer::Help { top, .. }) => *top = (*top).min(last_top),
        Some(Layer::Package(package)) => package.top = package.top.min(last_top),
        Some(_) => {}
        None => {
            if let Some(Screen::Detail(detail)) = model.screens.last_mut() {
                detail.laid(last_top);
            }
        }
    }
}

fn step_layer(layer: &mut Layer, step: Step, rows: LayerRows) {
    match layer {
        Layer::Find(find) => find.step(step, rows.find),
        Layer::Palette(palette) => palette.step(step),
        Layer::Picker(picker) => picker.step(step, rows.picker),
        Layer::Help { top, .. } => *top = step.apply(*top, usize::MAX),
        Layer::Native(native) => native.step(step, rows.native),
        Layer::Links(links) => links.step(step, rows.links),
        Layer::Sorting(sorting) => sorting.step(step),
        Layer::Companies(chooser) => {
            let (count, rows) = rows.companies;
            chooser.step(step, count, rows);
        }
        Layer::Views(choice) => {
            let (count, rows) = rows.views;
            choice.step(step, count, rows);
        }
        Layer::Compare(compare) => compare.step(step, rows.compare),
        Layer::Package(package) => package::step(package, step),
        Layer::Narrow(_)
        | Layer::Stamp(_)
        | Layer::Batch(_)
        | Layer::Cancel(_)
        | Layer::Confirm(_)
        | Layer::Qr(_)
        | Layer::Live
        | Layer::Naming(_)
        | Layer::Decide(_) => {}
    }
}

fn step_screen(model: &mut Model, step: Step) -> Vec<Effect> {
    let (list_rows, page_rows) = (model.list_rows(), model.page_rows());
    let entries = Entries::of(model).all.len();
    match model.screens.last_mut() {
        Some(Screen::Home(home)) => {
            home.step(step, entries);
            Vec::new()
        }
        Some(Screen::List(list)) => {
            let request = list.step(step, list_rows);
            window(model, request)
        }
        Some(Screen::Accounts(accounts)) => {
            accounts.step(step, page_rows.saturating_sub(1));
            Vec::new()
        }
        Some(Screen::Detail(detail)) => {
            detail.step(step);
            Vec::new()
        }
        Some(Screen::Audit(_)) => audit::step(model, step),
        Some(Screen::Form(_)) | None => Vec::new(),
    }
}

pub(super) fn page(model: &mut Model, direction: i64) -> Vec<Effect> {
    let rows = match model.layers.last() {
        Some(Layer::Find(_)) => model.find_rows(),
        Some(Layer::Stamp(_)) => stamp::findings_rows(model),
        Some(Layer::Batch(_)) => batch::desk::rows_on_screen(model),
        _ => model.list_rows(),
    };
    let rows = i64::try_from(rows.max(2) - 1).unwrap_or(1);
    step(model, Step::By(direction * rows))
}
