//! Keys, pastes, clicks and choices: how the content of a form changes, and how the focus moves.

use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::record::Record;
use crate::domain::spec::{Cell, Grid};
use crate::sat::rfc;
use crate::words;

use super::super::key::{Code, Key};
use super::super::keymap::{Action, Place};
use super::super::line::Line;
use super::super::model::Model;
use super::super::msg::{Effect, Request, Slot};
use super::super::notice::{Notice, Tone};
use super::super::picker;
use super::defaults::{self, Trade};
use super::layout;
use super::spot::{Part, Spot};
use super::{
    Form, Former, Sort, accepting, balancing, on_top, others, paying, reading, relating, saving,
    weigh,
};

/// How many states Ctrl+Z remembers.
const UNDO_DEPTH: usize = 100;
/// Contacts with one RFC that are looked for at most; the first of them is named.
const ALIKE: usize = 8;

/// What becomes of an order that a form may bar.
enum Gate {
    /// It may go on.
    Open,
    /// It may not, and this is why.
    Barred(Notice),
}

impl Form {
    /// Moves the focus. What is left behind is written in full, so that a person sees how it was read.
    pub(super) fn focus_on(&mut self, spot: Spot) {
        self.tidy();
        self.refocus(spot);
    }

    /// Moves the focus and leaves what was behind it alone.
    pub(super) fn refocus(&mut self, spot: Spot) {
        self.focus = spot.within(self.extent());
        let text = self.content.text(self.focus).unwrap_or_default();
        self.line = Line::new(text);
        // Who comes to a number types another one; who comes to a text goes on with it.
        let replaced = matches!(
            self.sort(self.focus),
            Sort::Amount | Sort::Date | Sort::Account
        );
        self.all_selected = replaced && !text.is_empty();
        self.run = None;
    }

    /// Moves the focus to a field, where the form has it.
    pub(super) fn focus_on_field(&mut self, field: Field) {
        if let Some(idx) = self.content.position(field) {
            self.focus_on(Spot::Field(idx));
        }
    }

    /// Writes the place with the focus in full: a shortened day with its month and year, an RFC in capitals.
    pub(super) fn tidy(&mut self) {
        let Some(text) = self.content.text(self.focus) else {
            return;
        };
        let tidy = match (self.sort(self.focus), self.field_at(self.focus)) {
            (Sort::Date, _) => match reading::date(text, self.day) {
                Ok(Some(date)) => words::date(date),
                _ => return,
            },
            (Sort::Account, _) => match self.understood() {
                Some(label) => label.to_owned(),
                None => return,
            },
            (_, Some(Field::Rfc)) => rfc::clean(text),
            (_, Some(Field::Related)) => relating::tidy(text),
            _ => return,
        };
        if self.field_at(self.focus) == Some(Field::Rfc) && self.base.is_none() {
            defaults::from_rfc(&mut self.content, &tidy);
        }
        if self.content.text(self.focus) != Some(&tidy) {
            self.content.set_text(self.focus, &tidy);
            self.line = Line::new(&tidy);
        }
    }

    /// What the account that is typed at the place with the focus was understood as.
    fn understood(&self) -> Option<&str> {
        let Spot::Cell { row, .. } = self.focus else {
            return None;
        };
        let row = self.content.rows.postings().get(row)?;
        row.account.as_ref().map(|_| row.label.as_str())
    }

    /// Why the place with the focus cannot be changed.
    fn gate(&self) -> Gate {
        if self.is_locked() {
            return Gate::Barred(Notice::new(Tone::Warning, "form-locked"));
        }
        if self.field_at(self.focus) == Some(Field::PaymentMethod) && self.is_forma_locked() {
            return Gate::Barred(Notice::new(Tone::Info, "form-forma-locked"));
        }
        if self.field_at(self.focus) == Some(Field::ExchangeRate) && self.is_rate_locked() {
            return Gate::Barred(Notice::new(Tone::Info, "form-rate-locked"));
        }
        Gate::Open
    }

    pub(super) fn remember(&mut self) {
        if self.former.len() == UNDO_DEPTH {
            self.former.remove(0);
        }
        self.former.push(Former {
            content: self.content.clone(),
            focus: self.focus,
            cursor: self.line.cursor(),
        });
        self.run = None;
    }

    fn undo(&mut self) -> bool {
        let Some(former) = self.former.pop() else {
            return false;
        };
        self.content = former.content;
        self.focus = former.focus;
        let text = self.content.text(self.focus).unwrap_or_default();
        self.line = Line::at(text, former.cursor);
        self.all_selected = false;
        self.run = None;
        true
    }

    /// A key in a text. Whether the content changed.
    fn type_key(&mut self, key: Key) -> bool {
        let letter = matches!(key.code, Code::Char(_)) && !key.ctrl && !key.alt;
        let erases = matches!(key.code, Code::Backspace | Code::Delete);
        let whole = std::mem::take(&mut self.all_selected) && (letter || erases);
        let former = (!(letter && self.run == Some(self.focus))).then(|| Former {
            content: self.content.clone(),
            focus: self.focus,
            cursor: self.line.cursor(),
        });
        if whole {
            self.line = Line::default();
        }
        if !(whole && erases) {
            self.line.key(key);
        }
        self.run = letter.then_some(self.focus);
        let changed = self.content.text(self.focus) != Some(self.line.text());
        if changed {
            if let Some(former) = former {
                let run = self.run;
                self.remember();
                if let Some(last) = self.former.last_mut() {
                    *last = former;
                }
                self.run = run;
            }
            let text = self.line.text().to_owned();
            self.content.set_text(self.focus, &text);
        }
        changed
    }

    fn paste(&mut self, text: &str) {
        self.remember();
        if std::mem::take(&mut self.all_selected) {
            self.line = Line::default();
        }
        self.line.paste(text);
        let text = self.line.text().to_owned();
        self.content.set_text(self.focus, &text);
    }

    /// Empties a choice.
    fn clear(&mut self) -> bool {
        if self.content.is_empty_at(self.focus) {
            return false;
        }
        self.remember();
        self.content.clear(self.focus);
        match self.field_at(self.focus) {
            Some(Field::Contact) => self.receiver = None,
            Some(Field::PaymentType) => defaults::after_payment_type(&mut self.content),
            Some(Field::Currency) => defaults::after_currency(&mut self.content),
            _ => {}
        }
        true
    }

    /// Goes to a line that is still blank, or adds one at the end.
    fn add_row(&mut self) {
        if !self.content.rows.can_grow() {
            return;
        }
        let rows = self.content.rows.len();
        let row = match (0..rows).find(|row| self.content.rows.is_blank(*row)) {
            Some(blank) => blank,
            None => {
                self.tidy();
                self.remember();
                self.content.rows.push_blank();
                rows
            }
        };
        self.focus_on_row(row);
    }

    /// Deletes the line with the focus. Whether there was one.
    fn delete_row(&mut self) -> bool {
        if let Spot::Other { row, .. } = self.focus {
            return self.delete_other(row);
        }
        let Spot::Cell { row, .. } = self.focus else {
            return false;
        };
        if row >= self.content.rows.len() || !self.content.rows.can_grow() {
            return false;
        }
        self.remember();
        self.content.rows.remove(row);
        let row = row.min(self.content.rows.len().saturating_sub(1));
        if let Some(spot) = self.extent().row(row) {
            // What had the focus is gone; nothing of it is to be written in full.
            self.focus = spot;
            self.focus_on(spot);
        }
        true
    }

    /// Moves the focus to the first place of a row.
    fn focus_on_row(&mut self, row: usize) {
        if let Some(spot) = self.extent().row(row) {
            self.focus_on(spot);
        }
    }

    /// The place above or below, as the screen shows them.
    fn beside(&self, down: bool, width: u16) -> Spot {
        let extent = self.extent();
        let rows = layout::rows(self.kind.spec().form.fields, width);
        let field = |row: usize, column: usize| {
            rows.get(row)
                .and_then(|row| row.get(column).or(row.last()))
                .map(|idx| Spot::Field(*idx))
        };
        let to = match self.focus {
            Spot::Field(idx) => {
                let at = rows.iter().enumerate().find_map(|(number, row)| {
                    row.iter()
                        .position(|field| *field == idx)
                        .map(|column| (number, column))
                });
                match at {
                    Some((row, column)) if down => field(row + 1, column)
                        .or_else(|| extent.row(0).filter(|spot| extent.takes_focus(*spot)))
                        .or_else(|| extent.other(0, Part::Path)),
                    Some((row, column)) => row.checked_sub(1).and_then(|row| field(row, column)),
                    None => None,
                }
            }
            Spot::Cell { row, cell } if down => match row + 1 < extent.rows {
                true => Some(Spot::Cell { row: row + 1, cell }),
                false => extent.other(0, Part::Path),
            },
            Spot::Other { row, part } if down => extent.other(row + 1, part),
            Spot::Other { row: 0, .. } => {
                let last_row = extent.rows.checked_sub(1).and_then(|row| extent.row(row));
                last_row.or_else(|| field(rows.len().wrapping_sub(1), 0))
            }
            Spot::Other { row, part } => extent.other(row - 1, part),
            Spot::Cell { row: 0, .. } => field(rows.len().wrapping_sub(1), 0),
            Spot::Cell { row, cell } => Some(Spot::Cell { row: row - 1, cell }),
        };
        to.unwrap_or(self.focus)
    }

    /// Where Enter goes on in a póliza: from an account to the side on which something is missing, from an amount to the
    /// next line, where there is one. None where it goes on as everywhere.
    fn after_enter(&self, spot: Spot) -> Option<Option<Spot>> {
        let Spot::Cell { row, cell } = spot else {
            return None;
        };
        let held = self.content.rows.postings().get(row)?;
        match cell {
            Cell::Account if held.account.is_some() => Some(Some(self.amount_spot(row))),
            Cell::Debit if !held.debit.trim().is_empty() => Some(self.extent().row(row + 1)),
            _ => None,
        }
    }

    /// The next place that something is said about, after the one with the focus and then from the start.
    fn next_mark(&self) -> Option<Spot> {
        let spots = || self.marks.iter().filter_map(|mark| mark.spot);
        spots()
            .filter(|spot| *spot > self.focus)
            .min()
            .or_else(|| spots().min())
    }

    /// The RFC of a contact whose like has to be looked for; none while it is not whole, or was looked for already.
    fn rfc_to_compare(&mut self) -> Option<String> {
        self.content.position(Field::Rfc)?;
        let rfc = rfc::clean(self.content.text_of(Field::Rfc));
        if rfc == self.compared {
            return None;
        }
        self.alike.clear();
        self.compared.clone_from(&rfc);
        (rfc::person(&rfc).is_some() && !rfc::is_generic(&rfc)).then_some(rfc)
    }

    /// Lines whose item was chosen here get what was not known then.
    pub(super) fn refill(&mut self, rates: &[Record]) {
        let trade = Trade::of(self.kind);
        for row in self.content.rows.lines_mut() {
            let item = row.item_id().and_then(|id| self.items.get(id));
            if let Some(item) = item.filter(|_| row.picked) {
                defaults::from_item(row, item, rates, trade);
            }
        }
        if !self.all_selected && self.content.text(self.focus) != Some(self.line.text()) {
            let text = self.content.text(self.focus).unwrap_or_default();
            self.line = Line::new(text);
        }
    }
}

/// The content may have changed: the rules speak, it is kept soon, and what depends on it is looked for.
pub(super) fn changed(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    let mut wanted = None;
    if let Some(form) = on_top(model) {
        form.keep_soon(now);
        wanted = form.rfc_to_compare();
    }
    weigh(model);
    let request = wanted.map(|rfc| Request::Find {
        text: rfc,
        kinds: vec![Kind::Customers, Kind::Suppliers],
        limit: ALIKE,
    });
    request
        .map(|request| model.ask(Slot::Alike, request))
        .into_iter()
        .collect()
}

/// A key that is no action.
pub fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    let width = model.size.0;
    let now = model.now;
    let Some(form) = on_top(model) else {
        return Vec::new();
    };
    let plain = !key.ctrl && !key.alt;
    let choice = form.sort(form.focus) == Sort::Choice;
    let goal = match key.code {
        Code::Up if plain => Some(form.beside(false, width)),
        Code::Down if plain => Some(form.beside(true, width)),
        Code::Left if plain && choice => Some(form.focus.cycled_back(form.extent())),
        Code::Right if plain && choice => Some(form.focus.cycled(form.extent())),
        _ => None,
    };
    if let Some(spot) = goal {
        form.focus_on(spot);
        form.keep_soon(now);
        return Vec::new();
    }
    let editing = !matches!(
        key.code,
        Code::Left
            | Code::Right
            | Code::Home
            | Code::End
            | Code::F(_)
            | Code::PageUp
            | Code::PageDown
    );
    if let (true, Gate::Barred(reason)) = (editing, form.gate()) {
        model.say(reason);
        return Vec::new();
    }
    if !choice {
        if form.type_key(key) {
            return changed(model);
        }
        form.keep_soon(now);
        return Vec::new();
    }
    match key.code {
        Code::Char(letter) if plain && !letter.is_control() && letter != ' ' => {
            picker::open(model, &letter.to_string())
        }
        Code::Char(' ') if plain => picker::open(model, ""),
        Code::Backspace | Code::Delete => {
            if form.clear() {
                return changed(model);
            }
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// A pasted text.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let Some(form) = on_top(model) else {
        return Vec::new();
    };
    if let Gate::Barred(reason) = form.gate() {
        model.say(reason);
        return Vec::new();
    }
    if form.sort(form.focus) == Sort::Choice {
        return picker::open(model, text);
    }
    let inside = text.trim_end_matches(['\r', '\n']);
    if matches!(form.focus, Spot::Other { .. }) && others::has_control(inside) {
        model.say(Notice::new(Tone::Error, "form-other-control"));
        return Vec::new();
    }
    form.paste(text);
    changed(model)
}

/// An action that belongs to forms.
pub fn order(model: &mut Model, action: Action) -> Vec<Effect> {
    let now = model.now;
    let Some(form) = on_top(model) else {
        return Vec::new();
    };
    let extent = form.extent();
    match action {
        Action::NextField => form.focus_on(form.focus.cycled(extent)),
        Action::PreviousField => form.focus_on(form.focus.cycled_back(extent)),
        Action::NextFinding => match form.next_mark() {
            Some(spot) => form.focus_on(spot),
            None => model.say(Notice::new(Tone::Info, "form-no-findings")),
        },
        Action::Save => return saving::save(model),
        Action::Accept => return accepting::accept(model),
        Action::Catalogue => return catalogue(model),
        Action::Open => return enter(model),
        Action::AddLine | Action::AddNative | Action::DeleteLine | Action::Undo => {
            return change(model, action);
        }
        Action::Fill | Action::DistributeOldest | Action::FindExact | Action::ClearApplied => {
            return fill(model, action);
        }
        _ => {}
    }
    if let Some(form) = on_top(model) {
        form.keep_soon(now);
    }
    Vec::new()
}

fn change(model: &mut Model, action: Action) -> Vec<Effect> {
    let Some(form) = on_top(model) else {
        return Vec::new();
    };
    if form.is_locked() {
        model.say(Notice::new(Tone::Warning, "form-locked"));
        return Vec::new();
    }
    let on_other = matches!(form.focus, Spot::Other { .. });
    let reason = match action {
        Action::AddNative if !form.takes_others() => Some("reason-no-pass-through"),
        Action::AddNative => {
            form.add_other();
            None
        }
        Action::AddLine if on_other => {
            form.add_other();
            None
        }
        Action::AddLine if !form.content.rows.can_grow() => Some("form-no-lines"),
        Action::AddLine => {
            form.add_row();
            None
        }
        Action::DeleteLine => (!form.delete_row()).then_some("form-no-line"),
        _ => (!form.undo()).then_some("form-nothing-to-undo"),
    };
    match reason {
        Some(reason) => {
            model.say(Notice::new(Tone::Info, reason));
            Vec::new()
        }
        None => changed(model),
    }
}

/// The actions that type an amount for the person.
fn fill(model: &mut Model, action: Action) -> Vec<Effect> {
    let Some(form) = on_top(model) else {
        return Vec::new();
    };
    if form.is_locked() {
        model.say(Notice::new(Tone::Warning, "form-locked"));
        return Vec::new();
    }
    match form.kind.spec().form.grid {
        Grid::Allocations(_) => paying::order(model, action),
        Grid::Postings(_) => balancing::order(model, action),
        Grid::Nothing | Grid::Lines(_) => Vec::new(),
    }
}

/// F3 and its like: the choices for the place with the focus.
fn catalogue(model: &mut Model) -> Vec<Effect> {
    let Some(form) = on_top(model) else {
        return Vec::new();
    };
    if let Gate::Barred(reason) = form.gate() {
        model.say(reason);
        return Vec::new();
    }
    let typed = match form.sort(form.focus) {
        Sort::Choice => String::new(),
        // What is typed already is searched for, unless it stands for an account.
        Sort::Account if form.understood() == Some(form.line.text()) => String::new(),
        Sort::Account => form.line.text().to_owned(),
        Sort::Text | Sort::Amount | Sort::Date => {
            model.say(Notice::new(Tone::Info, "form-no-catalogue"));
            return Vec::new();
        }
    };
    picker::open(model, &typed)
}

/// Enter: behind the last cell of the last line it adds one; it opens what is empty and chosen; else it goes on. At the
/// end it stays, and names the key that saves: who presses Enter there is done.
fn enter(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    let Some(form) = on_top(model) else {
        return Vec::new();
    };
    let (focus, empty) = (form.focus, form.content.is_empty_at(form.focus));
    let next = match form.after_enter(focus) {
        Some(next) => next,
        None => focus.next(form.extent()),
    };
    // Few documents are related to others: who goes through the fields passes by.
    let opens = form.sort(focus) == Sort::Choice && form.field_at(focus) != Some(Field::Relation);
    let done = matches!(focus, Spot::Cell { row, .. } if !form.content.rows.is_blank(row));
    let leaves_rows = !matches!(next, Some(Spot::Cell { .. }));
    match next {
        _ if done && leaves_rows && form.content.rows.can_grow() && !form.is_locked() => {
            form.add_row();
            return changed(model);
        }
        _ if empty && opens && matches!(form.gate(), Gate::Open) => {
            return picker::open(model, "");
        }
        Some(next) => {
            form.focus_on(next);
            form.keep_soon(now);
        }
        None => {
            form.focus_on(focus);
            form.keep_soon(now);
            let key = Action::Save
                .chord_in(Place::Form)
                .map_or_else(String::new, |chord| chord.label(&model.words));
            model.say(Notice::new(Tone::Info, "form-at-end").with("key", key));
        }
    }
    Vec::new()
}

/// A field was clicked.
pub fn point_at(model: &mut Model, idx: usize) -> Vec<Effect> {
    if let Some(form) = on_top(model)
        && let Some(spot) = Spot::numbered(idx, form.extent())
    {
        form.focus_on(spot);
        form.all_selected = false;
    }
    Vec::new()
}
