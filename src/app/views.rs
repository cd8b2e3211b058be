//! Lists that were given a name: keeping the one on screen, and the choice among those that are kept.
//!
//! What is kept is the question and not its answer: a view shows what answers it on the day on which it is opened.
//! Nothing here reads or writes a disk.

use crate::domain::view::{NotAViewName, View, ViewChange, ViewName};
use crate::search::language;

use super::key::Key;
use super::line::Line;
use super::list::{Step, keep_visible};
use super::model::{Confirm, Confirmed, Layer, Model, Screen};
use super::msg::{Effect, Request, Slot};
use super::notice::{Notice, Tone};
use super::remote::Remote;
use super::update;

/// Rows of the choice that are no views: its title.
pub const HEAD_ROWS: usize = 1;

/// State of the choice among the views.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Views {
    /// Index of the selected view.
    pub selected: usize,
    /// Index of the first one on screen.
    pub top: usize,
}

impl Views {
    /// Moves the selection among so many views, of which so many are on screen.
    pub fn step(&mut self, step: Step, count: usize, rows: usize) {
        self.selected = step.apply(self.selected, count);
        self.top = keep_visible(self.top, self.selected, rows);
    }
}

/// State of the field that a name is typed into.
#[derive(Clone, Debug)]
pub struct Naming {
    /// What is typed.
    pub line: Line,
    /// What gets the name.
    pub what: Named,
}

/// What gets a name.
#[derive(Clone, Debug)]
pub enum Named {
    /// The list on screen.
    ListBelow,
    /// The view that is called so.
    View(ViewName),
}

/// Views that the choice shows at once.
pub fn rows(model: &Model) -> usize {
    model.page_rows().saturating_sub(HEAD_ROWS)
}

/// How many views there are.
pub fn count(model: &Model) -> usize {
    model.views.value().map_or(0, Vec::len)
}

fn ask(model: &mut Model) -> Effect {
    model.views.ask();
    model.ask(Slot::Views, Request::Views)
}

/// Opens the choice.
pub fn open(model: &mut Model) -> Vec<Effect> {
    model.layers.push(Layer::Views(Views::default()));
    vec![ask(model)]
}

/// Why the list on screen cannot be kept; none when it can.
pub fn barred(model: &Model) -> Option<Notice> {
    match model.screens.last() {
        Some(Screen::List(list)) if list.puzzle.is_some() => {
            Some(Notice::new(Tone::Warning, "reason-view-puzzle"))
        }
        Some(Screen::List(_)) => None,
        // Fingers that know F8 from forms press it wherever something could have been typed.
        Some(Screen::Detail(_)) => Some(Notice::new(Tone::Warning, "reason-nothing-typed")),
        _ => Some(Notice::new(Tone::Warning, "reason-only-lists")),
    }
}

/// Asks for a name for the list on screen.
pub fn save(model: &mut Model) -> Vec<Effect> {
    // What narrows the list stays with it.
    if matches!(model.layers.last(), Some(Layer::Narrow(_))) {
        model.layers.pop();
    }
    model.layers.push(Layer::Naming(Naming {
        line: Line::default(),
        what: Named::ListBelow,
    }));
    vec![ask(model)]
}

/// Asks for another name for the selected view.
pub fn rename(model: &mut Model) -> Vec<Effect> {
    if let Some(name) = selection(model).map(|view| view.name.clone()) {
        model.layers.push(Layer::Naming(Naming {
            line: Line::new(name.as_str()),
            what: Named::View(name),
        }));
    }
    Vec::new()
}

/// Asks whether the selected view shall go.
pub fn delete(model: &mut Model) -> Vec<Effect> {
    if let Some(name) = selection(model).map(|view| view.name.clone()) {
        ask_first(model, "confirm-delete-view", ViewChange::Drop(name));
    }
    Vec::new()
}

fn ask_first(model: &mut Model, words: &'static str, change: ViewChange) {
    let notice = Notice::new(Tone::Warning, words).with("name", name_of(&change).as_str());
    model.layers.push(Layer::Confirm(Confirm {
        notice,
        then: Confirmed::ChangeViews(change),
        yes: false,
    }));
}

fn name_of(change: &ViewChange) -> &ViewName {
    match change {
        ViewChange::Keep(view) => &view.name,
        ViewChange::Rename { to, .. } => to,
        ViewChange::Drop(name) => name,
    }
}

/// The selected view of the choice.
pub fn selection(model: &Model) -> Option<&View> {
    let Some(Layer::Views(views)) = model.layers.last() else {
        return None;
    };
    model.views.value()?.get(views.selected)
}

/// A key that is no order goes into the name.
pub fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    if let Some(Layer::Naming(naming)) = model.layers.last_mut() {
        naming.line.key(key);
    }
    Vec::new()
}

/// A paste goes into the name.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if let Some(Layer::Naming(naming)) = model.layers.last_mut() {
        naming.line.paste(text);
    }
    Vec::new()
}

/// Gives the name that is typed, unless it is none; where another view is called so, a person is asked first.
pub fn give_name(model: &mut Model) -> Vec<Effect> {
    let Some(Layer::Naming(naming)) = model.layers.last() else {
        return Vec::new();
    };
    let name = match ViewName::new(naming.line.text()) {
        Ok(name) => name,
        Err(why) => {
            let words = match why {
                NotAViewName::Empty => "reason-view-unnamed",
                NotAViewName::TooLong => "reason-view-long-name",
            };
            let most = ViewName::LONGEST.to_string();
            model.say(Notice::new(Tone::Warning, words).with("count", most));
            return Vec::new();
        }
    };
    // Whether there is one of that name is known in a moment.
    let Remote::Ready(views) = &model.views else {
        model.say(match model.views.trouble() {
            Some(trouble) => Notice::new(Tone::Error, trouble.sort.words_key())
                .with("text", trouble.text.clone()),
            None => Notice::new(Tone::Info, "loading"),
        });
        return Vec::new();
    };
    let taken = views.iter().any(|view| view.name.key() == name.key());
    let (change, replaces) = match &naming.what {
        Named::View(from) => {
            let replaces = taken && from.key() != name.key();
            let from = from.clone();
            (ViewChange::Rename { from, to: name }, replaces)
        }
        Named::ListBelow => match of_list(model, name) {
            Some(view) => (ViewChange::Keep(Box::new(view)), taken),
            None => return Vec::new(),
        },
    };
    if replaces {
        ask_first(model, "confirm-replace-view", change);
        return Vec::new();
    }
    vec![Effect::ChangeViews(change)]
}

/// The list on screen as a view of this name.
fn of_list(model: &Model, name: ViewName) -> Option<View> {
    let Some(Screen::List(list)) = model.screens.last() else {
        return None;
    };
    Some(View {
        name,
        query: list.query.clone(),
        typed: list.typed.clone(),
        about: list.about.clone(),
    })
}

/// Goes to the list that the selected view keeps.
pub fn choose(model: &mut Model) -> Vec<Effect> {
    let Some(view) = selection(model).cloned() else {
        return Vec::new();
    };
    let today = model.today();
    let effects = update::go_list(model, view.query);
    if let Some(Screen::List(list)) = model.screens.last_mut() {
        let asked = language::parse(&list.query.only.text, today);
        list.puzzle = asked.puzzles.into_iter().next();
        list.typed = view.typed;
        list.about = view.about;
    }
    effects
}

/// The views were read, or changed: then what was asked for is on disk, and the field that asked for it has done.
pub fn arrived(model: &mut Model, views: Vec<View>, change: Option<ViewChange>) {
    let (count, rows) = (views.len(), rows(model));
    model.views = Remote::Ready(views);
    if let Some(change) = change {
        if matches!(model.layers.last(), Some(Layer::Naming(_))) {
            model.layers.pop();
        }
        let words = match &change {
            ViewChange::Keep(_) => "notice-view-kept",
            ViewChange::Rename { .. } => "notice-view-renamed",
            ViewChange::Drop(_) => "notice-view-dropped",
        };
        model.say(Notice::new(Tone::Done, words).with("name", name_of(&change).as_str()));
    }
    for layer in &mut model.layers {
        if let Layer::Views(views) = layer {
            views.step(Step::By(0), count, rows);
        }
    }
}
