//! The palette: every action by its name, the ones that cannot be done just now with their reason.
//!
//! A row never does nothing: it is done, or it says why not.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::search::fold;
use crate::words::Words;

use super::form::spot::Spot;
use super::form::{Form, Sort};
use super::keymap::{Action, Place};
use super::line::Line;
use super::list::Step;
use super::model::{Model, Screen};
use super::notice::{Notice, Tone};

/// State of the palette.
#[derive(Clone, Debug)]
pub struct Palette {
    /// What is typed.
    pub line: Line,
    /// The actions that match, best first.
    pub matches: Vec<Action>,
    /// Index of the selected action.
    pub selected: usize,
    /// All that can be chosen from, what can be done here first.
    offered: Vec<Action>,
}

/// Moving is done with keys; as orders in a list they would only be in the way.
fn is_offered(action: Action) -> bool {
    !matches!(
        action,
        Action::Palette
            | Action::Up
            | Action::Down
            | Action::PageUp
            | Action::PageDown
            | Action::First
            | Action::Last
            | Action::NextField
            | Action::PreviousField
            | Action::NextButton
            | Action::Confirm
            | Action::Choose
            | Action::KeepMine
            | Action::TakeTheirs
            | Action::KeepNarrowed
            | Action::CopyValue
            | Action::CopyLink
            | Action::FindEverywhere
            | Action::RenameView
            | Action::DeleteView
            | Action::GiveName
            | Action::Undo
    )
}

impl Palette {
    /// The palette with nothing typed, over the page as it is.
    pub fn new(model: &Model) -> Self {
        let mut offered: Vec<Action> = Action::all()
            .into_iter()
            .filter(|action| is_offered(*action))
            .collect();
        offered.sort_by_cached_key(|action| reason(model, *action).is_some());
        Self {
            line: Line::default(),
            matches: offered.clone(),
            selected: 0,
            offered,
        }
    }

    /// Matches again after typing: every word somewhere in the name, in any order, accents and case aside. Where no
    /// name has them all, its letters in their order are enough.
    pub fn narrow(&mut self, words: &Words) {
        let typed = fold::words(self.line.text());
        self.matches = match self.matching(&typed, words, AtomKind::Substring) {
            none if none.is_empty() => self.matching(&typed, words, AtomKind::Fuzzy),
            some => some,
        };
        self.selected = 0;
    }

    fn matching(&self, typed: &str, words: &Words, how: AtomKind) -> Vec<Action> {
        let pattern = Pattern::new(typed, CaseMatching::Ignore, Normalization::Never, how);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut scored: Vec<((bool, u32), Action)> = self
            .offered
            .iter()
            .filter_map(|action| {
                let name = fold::words(&words.action(action.words_key(), action.number()));
                let haystack = Utf32Str::new(&name, &mut buffer);
                pattern
                    .score(haystack, &mut matcher)
                    // What begins with what was typed is meant before what has it somewhere.
                    .map(|score| ((name.starts_with(typed), score), *action))
            })
            .collect();
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        scored.into_iter().map(|(_, action)| action).collect()
    }

    /// The selected action.
    pub fn selection(&self) -> Option<Action> {
        self.matches.get(self.selected).copied()
    }

    /// Moves the selection.
    pub fn step(&mut self, step: Step) {
        self.selected = step.apply(self.selected, self.matches.len());
    }
}

/// Why an action of the palette would do nothing on the page below it; none when it does what its row says.
pub fn reason(model: &Model, action: Action) -> Option<Notice> {
    elsewhere(model, action)
        .or_else(|| match model.screens.last() {
            Some(Screen::Form(form)) => of_form(form, action),
            _ => None,
        })
        .map(|words| Notice::new(Tone::Warning, words))
        .or_else(|| model.disabled(action))
}

/// The key of the words that say where an action belongs, when it is not here.
fn elsewhere(model: &Model, action: Action) -> Option<&'static str> {
    let everywhere = matches!(
        action,
        Action::Find
            | Action::Help
            | Action::Quit
            | Action::Suspend
            | Action::SwitchLanguage
            | Action::ShowLive
            | Action::ShowViews
            | Action::GoHome
            | Action::Go(_)
    );
    let place = model.screen_place();
    if action == Action::Back && place == Place::Home {
        return Some("reason-floor");
    }
    if everywhere || action.chord_in(place).is_some() {
        return None;
    }
    Some(match action {
        Action::SaveView => "reason-only-lists",
        _ if action.chord_in(Place::Form).is_some() => "reason-only-in-forms",
        _ if action.chord_in(Place::Accounts).is_some()
            && action.chord_in(Place::List).is_none() =>
        {
            "reason-only-in-the-tree"
        }
        _ => "reason-only-on-records",
    })
}

/// The key of the words that say why an action of forms would do nothing where the focus is.
fn of_form(form: &Form, action: Action) -> Option<&'static str> {
    match action {
        Action::Save if form.is_locked() => Some("form-locked"),
        Action::AddNative if !form.takes_others() => Some("reason-no-pass-through"),
        Action::AddLine | Action::DeleteLine if matches!(form.focus, Spot::Other { .. }) => None,
        Action::AddLine | Action::DeleteLine if !form.content.rows.can_grow() => {
            Some("form-no-lines")
        }
        Action::DeleteLine if !matches!(form.focus, Spot::Cell { .. }) => Some("form-no-line"),
        Action::Catalogue if form.sort(form.focus) != Sort::Choice => Some("form-no-catalogue"),
        Action::NextFinding if form.marks.is_empty() => Some("form-no-findings"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::form::fixture::{editing, model};
    use crate::words::Lang;

    fn narrowed(model: &Model, typed: &str) -> Vec<Action> {
        let mut palette = Palette::new(model);
        palette.line.set(typed);
        palette.narrow(&model.words);
        palette.matches
    }

    #[test]
    fn words_are_found_in_any_order_and_without_accents() {
        use crate::domain::kind::Kind;
        let model = model();
        for typed in ["ir polizas", "polizas ir", "PÓLIZAS", "póliz ir"] {
            assert_eq!(
                narrowed(&model, typed).first(),
                Some(&Action::Go(Kind::JournalEntries)),
                "{typed}"
            );
        }
        assert_eq!(narrowed(&model, "cuentas ir zz"), []);
    }

    #[test]
    fn a_name_that_begins_with_what_was_typed_stands_first() {
        assert_eq!(narrowed(&model(), "timbrar").first(), Some(&Action::Stamp));
    }

    #[test]
    fn letters_in_their_order_are_enough_where_no_name_has_the_word() {
        assert!(narrowed(&model(), "tmbrr").contains(&Action::Stamp));
    }

    #[test]
    fn what_can_be_done_here_stands_before_what_cannot() {
        for model in [model(), editing()] {
            let palette = Palette::new(&model);
            let barred: Vec<bool> = palette
                .matches
                .iter()
                .map(|action| reason(&model, *action).is_some())
                .collect();
            assert!(barred.is_sorted(), "{barred:?}");
            assert!(barred.contains(&true) && barred.contains(&false));
        }
    }

    #[test]
    fn actions_of_forms_are_barred_elsewhere_and_done_in_forms() {
        let words = |model: &Model, action| reason(model, action).map(|notice| notice.words);
        assert_eq!(words(&model(), Action::Save), Some("reason-only-in-forms"));
        assert_eq!(
            words(&model(), Action::Fold),
            Some("reason-only-in-the-tree")
        );
        let form = editing();
        assert_eq!(words(&form, Action::Save), None);
        assert_eq!(words(&form, Action::AddLine), None);
        assert_eq!(words(&form, Action::DeleteLine), Some("form-no-line"));
        assert_eq!(words(&form, Action::Stamp), Some("reason-only-on-records"));
    }

    #[test]
    fn every_reason_has_words() {
        let words = Words::new(Lang::Es);
        for model in [model(), editing()] {
            for action in Palette::new(&model).matches {
                if let Some(notice) = reason(&model, action) {
                    assert!(words.has(notice.words), "{}", notice.words);
                }
            }
        }
    }
}
