//! Narrowing a list, the chart of accounts or the audit log by what is typed: badges by their names, all else in the
//! language of the search box. The page below follows each letter; Esc takes the narrowing away, Tab leaves it and goes back to the rows.

use crate::domain::kind::Kind;
use crate::domain::list::{Only, StampIs};
use crate::domain::status::Status;
use crate::search::{fold, language};
use crate::words::Words;

use super::audit;
use super::key::Key;
use super::line::Line;
use super::model::{Layer, Model, Screen, StampShown};
use super::msg::{Effect, Slot};

/// State of the layer.
#[derive(Clone, Debug, Default)]
pub struct Narrow {
    /// What is typed.
    pub line: Line,
}

/// Statuses that a badge may name.
const STATUSES: [Status; 14] = [
    Status::Draft,
    Status::Authorised,
    Status::PartiallyPaid,
    Status::Paid,
    Status::Voided,
    Status::Open,
    Status::Accepted,
    Status::Rejected,
    Status::Expired,
    Status::Billed,
    Status::Closed,
    Status::Posted,
    Status::Active,
    Status::Inactive,
];

/// Stamps that a badge may name.
const STAMPS: [(StampShown, StampIs); 5] = [
    (StampShown::NotRead, StampIs::NotRead),
    (StampShown::Unstamped, StampIs::Unstamped),
    (StampShown::Stamped, StampIs::Stamped),
    (StampShown::CancelPending, StampIs::CancelPending),
    (StampShown::Cancelled, StampIs::Cancelled),
];

/// Opens the field over the list or the chart, with what narrows it already.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let typed = match model.screens.last() {
        Some(Screen::List(list)) => list.typed.clone(),
        Some(Screen::Accounts(accounts)) => accounts.only.text.clone(),
        Some(Screen::Audit(audit)) => audit.typed.clone(),
        _ => return Vec::new(),
    };
    model.layers.push(Layer::Narrow(Narrow {
        line: Line::new(&typed),
    }));
    Vec::new()
}

/// A key that is no order goes into the field.
pub fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    edit(model, |line| {
        line.key(key);
    })
}

/// A paste goes into the field.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    edit(model, |line| line.paste(text))
}

fn edit(model: &mut Model, change: impl FnOnce(&mut Line)) -> Vec<Effect> {
    let Some(Layer::Narrow(narrow)) = model.layers.last_mut() else {
        return Vec::new();
    };
    change(&mut narrow.line);
    let text = narrow.line.text().to_owned();
    apply(model, &text)
}

/// Takes the narrowing of the page away; whether there was one.
pub fn remove(model: &mut Model) -> Option<Vec<Effect>> {
    let narrowed = match model.screens.last() {
        Some(Screen::List(list)) => list.is_narrowed() || !list.typed.is_empty(),
        Some(Screen::Accounts(accounts)) => accounts.is_narrowed(),
        Some(Screen::Audit(audit)) => audit.is_narrowed(),
        _ => false,
    };
    narrowed.then(|| {
        if let Some(Screen::Accounts(accounts)) = model.screens.last_mut() {
            accounts.only.uncoded = false;
        }
        apply(model, "")
    })
}

/// Narrows the page by a text.
fn apply(model: &mut Model, text: &str) -> Vec<Effect> {
    if matches!(model.screens.last(), Some(Screen::Audit(_))) {
        return audit::narrow(model, text);
    }
    let (list_rows, tree_rows) = (model.list_rows(), model.page_rows().saturating_sub(1));
    let (words, today) = (model.words.clone(), model.today());
    let request = match model.screens.last_mut() {
        Some(Screen::List(list)) => {
            text.clone_into(&mut list.typed);
            let mut only = read(&words, list.query.kind, text);
            list.puzzle = language::parse(&only.text, today)
                .puzzles
                .into_iter()
                .next();
            only.naming.clone_from(&list.query.only.naming);
            list.narrow(only, list_rows)
        }
        Some(Screen::Accounts(accounts)) => {
            accounts.only.ask(text, today);
            accounts.narrow(tree_rows);
            None
        }
        _ => None,
    };
    request
        .map(|request| model.ask(Slot::Window, request))
        .into_iter()
        .collect()
}

/// What a text narrows a list of this kind to. Names of badges are taken out of it, the longest first.
pub fn read(words: &Words, kind: Kind, text: &str) -> Only {
    let mut only = Only::default();
    let mut rest: Vec<&str> = text.split_whitespace().collect();
    let has_due = kind
        .spec()
        .detail
        .contains(&crate::domain::field::Field::Balance);
    let mut badges: Vec<(Vec<String>, Badge)> = STATUSES
        .iter()
        .map(|status| (words.status(kind, *status), Badge::Status(*status)))
        .chain(has_due.then(|| (words.text("status-overdue"), Badge::Overdue)))
        .chain(
            STAMPS
                .iter()
                .filter(|_| kind.is_stamped())
                .map(|(shown, is)| (words.text(shown.words_key()), Badge::Stamp(*is))),
        )
        .map(|(name, badge)| {
            let name = fold::words(&name);
            (name.split_whitespace().map(str::to_owned).collect(), badge)
        })
        .collect();
    badges.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    for (name, badge) in badges {
        let Some(at) = position(&rest, &name) else {
            continue;
        };
        match badge {
            Badge::Status(status) if only.status.is_none() => only.status = Some(status),
            Badge::Stamp(stamp) if only.stamp.is_none() => only.stamp = Some(stamp),
            Badge::Overdue => only.overdue = true,
            Badge::Status(_) | Badge::Stamp(_) => continue,
        }
        rest.drain(at..at + name.len());
    }
    only.text = rest.join(" ");
    only
}

/// What a list of this kind is most often narrowed to, as it is typed: shown while nothing is typed yet.
pub fn examples(words: &Words, kind: Kind) -> Vec<String> {
    let is_owed = kind
        .spec()
        .detail
        .contains(&crate::domain::field::Field::Balance);
    let mut names = Vec::new();
    if is_owed {
        names.push(words.text("status-overdue"));
        names.push(words.status(kind, Status::PartiallyPaid));
    }
    if kind.is_stamped() {
        names.push(words.text(StampShown::Unstamped.words_key()));
    }
    // As the reader compares them: without their signs.
    names.iter().map(|name| fold::words(name)).collect()
}

#[derive(Clone, Copy)]
enum Badge {
    Status(Status),
    Stamp(StampIs),
    Overdue,
}

/// Where the words of a name stand one after the other.
fn position(typed: &[&str], name: &[String]) -> Option<usize> {
    if name.is_empty() {
        return None;
    }
    typed.windows(name.len()).position(|window| {
        window
            .iter()
            .zip(name)
            .all(|(typed, name)| fold::words(typed) == *name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    fn spanish(kind: Kind, text: &str) -> Only {
        read(&Words::new(Lang::Es), kind, text)
    }

    #[test]
    fn badges_are_known_by_their_names_in_the_language_of_the_screen() {
        let only = spanish(Kind::Invoices, "por cobrar timbrada xenon");
        assert!(!only.overdue);
        assert_eq!(only.status, Some(Status::Authorised));
        assert_eq!(only.stamp, Some(StampIs::Stamped));
        assert_eq!(only.text, "xenon");
        let only = read(&Words::new(Lang::En), Kind::Invoices, "DRAFT xenon");
        assert_eq!(only.status, Some(Status::Draft));
    }

    #[test]
    fn every_example_narrows_the_list_that_shows_it() {
        for lang in [Lang::Es, Lang::En] {
            let words = Words::new(lang);
            for kind in Kind::ALL {
                for example in examples(&words, kind) {
                    let only = read(&words, kind, &example);
                    assert_eq!(only.text, "", "{kind:?} {example}");
                    assert!(!only.is_everything(), "{kind:?} {example}");
                }
            }
            assert_eq!(examples(&words, Kind::Invoices).len(), 3);
        }
    }

    #[test]
    fn the_longer_name_of_a_badge_wins_and_a_half_typed_one_is_text() {
        let only = spanish(Kind::Invoices, "sin timbrar");
        assert_eq!(only.stamp, Some(StampIs::Unstamped));
        assert_eq!(only.text, "");
        let only = spanish(Kind::Invoices, "sin tim");
        assert_eq!((only.stamp, only.text.as_str()), (None, "sin tim"));
    }

    #[test]
    fn overdue_narrows_only_where_something_can_be_owed() {
        assert!(spanish(Kind::Invoices, "vencida").overdue);
        let only = spanish(Kind::Customers, "vencida");
        assert_eq!((only.overdue, only.text.as_str()), (false, "vencida"));
    }
}
