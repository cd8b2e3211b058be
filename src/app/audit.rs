//! The audit log on screen: what was done in these books, the newest entry first, narrowed by what is typed; or what was
//! done to one record. An entry opens whole, as native records do.
//!
//! Nothing here changes an entry. Whether the chain of their hashes is whole is asked each time the page opens.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::domain::audit::{AuditLine, AuditQuery, AuditRow, AuditWindow, EVENTS, Said, Verdict};
use crate::domain::intent::{Progress, Unsent};
use crate::domain::kind::Kind;
use crate::domain::record::Id;
use crate::domain::status::Status;
use crate::sat::standing;
use crate::search::{fold, language};
use crate::words::{self, Words};

use super::list::{Step, keep_visible, wanted};
use super::model::{Layer, Model, Screen};
use super::msg::{Effect, Request, Slot, Trouble};
use super::native::{self, Entry, Native, Of};
use super::notice::{Notice, Tone};
use super::remote::Remote;
use super::update;

/// State of the page.
#[derive(Clone, Debug)]
pub struct Audit {
    /// Which entries it shows.
    pub query: AuditQuery,
    /// What was typed to narrow it.
    pub typed: String,
    /// What people call the record whose history it is; empty for the whole log.
    pub about: String,
    /// The stretch that is here; replaced whole when another arrives.
    pub window: Option<AuditWindow>,
    /// Index of the selected row among those found.
    pub selected: usize,
    /// Index of the first row on screen.
    pub top: usize,
    /// Why the last stretch did not come.
    pub trouble: Option<Trouble>,
    /// Whether the log is whole; replaced when it was checked again.
    pub chain: Remote<Verdict>,
    /// The stretch that is on its way, so that it is ordered once.
    asked: Option<(usize, usize)>,
}

/// Words of the longest period: «12 de marzo de 2026».
const LONGEST_PERIOD: usize = 5;

/// Goes to the whole log, right above the home page.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let mut effects = update::keep_forms(model);
    model.layers.clear();
    model.screens.truncate(1);
    effects.extend(show(model, AuditQuery::default(), String::new()));
    effects
}

/// Opens what was done to the record that is selected, or on screen.
pub fn history(model: &mut Model) -> Vec<Effect> {
    let Some(record) = model.subject() else {
        return Vec::new();
    };
    let query = AuditQuery {
        of: Some((record.kind, record.id.clone())),
        ..AuditQuery::default()
    };
    let about = model.title_of(record);
    show(model, query, about)
}

fn show(model: &mut Model, query: AuditQuery, about: String) -> Vec<Effect> {
    model.screens.push(Screen::Audit(Box::new(Audit {
        query,
        typed: String::new(),
        about,
        window: None,
        selected: 0,
        top: 0,
        trouble: None,
        chain: Remote::Loading(None),
        asked: None,
    })));
    refresh(model)
}

/// Reads the page again, and checks the chain again.
pub fn refresh(model: &mut Model) -> Vec<Effect> {
    let mut effects = look_again(model);
    effects.extend(check(model));
    effects
}

/// Reads the page again: something may have been written behind it.
pub fn look_again(model: &mut Model) -> Vec<Effect> {
    let height = model.list_rows();
    let request = page(model).map(|audit| audit.reload(height));
    ask(model, request)
}

/// Checks the chain.
fn check(model: &mut Model) -> Option<Effect> {
    page(model)?.chain.ask();
    Some(model.ask(Slot::Chain, Request::AuditChain))
}

fn page(model: &mut Model) -> Option<&mut Audit> {
    match model.screens.last_mut() {
        Some(Screen::Audit(audit)) => Some(audit),
        _ => None,
    }
}

/// A stretch arrived. Where the log has grown since its chain was checked, that is checked again.
pub fn arrived(model: &mut Model, window: AuditWindow) -> Vec<Effect> {
    let height = model.list_rows();
    let all = window.all;
    let next = page(model).and_then(|audit| audit.arrived(window, height));
    let mut effects = ask(model, next);
    let has_grown = page(model).is_some_and(|audit| match &audit.chain {
        Remote::Ready(Verdict::Whole { entries, .. }) => {
            usize::try_from(*entries).is_ok_and(|checked| checked != all)
        }
        _ => false,
    });
    if has_grown {
        effects.extend(check(model));
    }
    effects
}

/// The chain was checked.
pub fn checked(model: &mut Model, verdict: Verdict) {
    if let Some(audit) = page(model) {
        audit.chain = Remote::Ready(verdict);
    }
}

/// The log, or its chain, could not be read.
pub fn failed(model: &mut Model, slot: Slot, trouble: Trouble) {
    if let Some(audit) = page(model) {
        match slot {
            Slot::Chain => audit.chain.fail(trouble),
            _ => {
                audit.asked = None;
                audit.trouble = Some(trouble);
            }
        }
    }
}

/// Moves the selection.
pub fn step(model: &mut Model, step: Step) -> Vec<Effect> {
    let height = model.list_rows();
    let next = page(model).and_then(|audit| audit.step(step, height));
    ask(model, next)
}

/// Puts the selection on a row that somebody pointed at.
pub fn point_at(model: &mut Model, idx: usize) -> Vec<Effect> {
    if let Some(audit) = page(model)
        && idx < audit.total()
    {
        audit.selected = idx;
    }
    step(model, Step::By(0))
}

/// Narrows the page by what is typed.
pub fn narrow(model: &mut Model, text: &str) -> Vec<Effect> {
    let (words, today) = (model.words.clone(), model.today());
    let clock = standing::clock_of(model.company.value(), model.catalogs.as_deref());
    let height = model.list_rows();
    let next = page(model).and_then(|audit| {
        text.clone_into(&mut audit.typed);
        let query = AuditQuery {
            of: audit.query.of.clone(),
            ..read(&words, text, today, &clock)
        };
        audit.narrow(query, height)
    });
    ask(model, next)
}

fn ask(model: &mut Model, request: Option<Request>) -> Vec<Effect> {
    request
        .map(|request| model.ask(Slot::Audit, request))
        .into_iter()
        .collect()
}

/// Opens the entry that is selected, whole.
pub fn open_entry(model: &mut Model) -> Vec<Effect> {
    let row = match page(model).and_then(|audit| audit.selection().cloned()) {
        Some(AuditLine::Entry(row)) => row,
        Some(AuditLine::Unreadable { seq }) => {
            let notice = Notice::new(Tone::Error, "audit-unreadable-entry");
            model.say(notice.with("entry", seq.to_string()));
            return Vec::new();
        }
        None => return Vec::new(),
    };
    let title = format!("{} · {}", row.seq, event(&row.entry.event, &model.words));
    let entries = whole(model, &row);
    let height = native::rows(model);
    let document = document(&row);
    let entry = Native::of_entries(Of::Entry(document), title, entries, height);
    model.layers.push(Layer::Native(entry));
    Vec::new()
}

/// The document of the entry that is selected, or whole on screen; none where it is of none that is known.
pub fn selected_document(model: &Model) -> Option<(Kind, Id)> {
    match (model.layers.last(), model.screens.last()) {
        (Some(Layer::Native(native)), _) => match &native.of {
            Of::Entry(document) => document.clone(),
            Of::Record(..) => None,
        },
        (None, Some(Screen::Audit(audit))) => document(audit.selection()?.entry()?),
        _ => None,
    }
}

/// Opens the page of that document.
pub fn open_document(model: &mut Model) -> Vec<Effect> {
    let Some((kind, id)) = selected_document(model) else {
        return Vec::new();
    };
    model
        .layers
        .retain(|layer| !matches!(layer, Layer::Native(_)));
    update::show_id(model, kind, id)
}

impl Audit {
    /// Whether something that was typed narrows it.
    pub fn is_narrowed(&self) -> bool {
        !self.typed.is_empty()
    }

    /// Entries that were found so far.
    pub fn total(&self) -> usize {
        self.window.as_ref().map_or(0, |window| window.found)
    }

    /// The row at this index, where it is here.
    pub fn row(&self, idx: usize) -> Option<&AuditLine> {
        self.window.as_ref().and_then(|window| window.row(idx))
    }

    /// The selected entry, where it is here.
    pub fn selection(&self) -> Option<&AuditLine> {
        self.row(self.selected)
    }

    fn narrow(&mut self, query: AuditQuery, height: usize) -> Option<Request> {
        if query == self.query {
            return None;
        }
        self.query = query;
        (self.selected, self.top) = (0, 0);
        Some(self.reload(height))
    }

    fn reload(&mut self, height: usize) -> Request {
        self.asked = None;
        let (offset, len) = wanted(self.top, height, None).unwrap_or_default();
        self.order(offset, len)
    }

    fn order(&mut self, offset: usize, len: usize) -> Request {
        self.asked = Some((offset, len));
        Request::Audit {
            query: self.query.clone(),
            offset,
            len,
        }
    }

    /// A stretch arrived. The selection stays on its entry where newer ones came above it; at the very top it stays
    /// there, because the newest is wanted. What has to be ordered next.
    fn arrived(&mut self, window: AuditWindow, height: usize) -> Option<Request> {
        if window.query != self.query {
            return None;
        }
        self.trouble = None;
        let is_same = self
            .window
            .as_ref()
            .is_some_and(|w| w.query == window.query);
        let kept = self.selection().filter(|_| is_same && self.selected > 0);
        let kept = kept.map(AuditLine::seq).and_then(|seq| {
            let inside = window.rows.iter().position(|row| row.seq() == seq)?;
            Some(window.offset + inside)
        });
        let on_screen = self.selected.saturating_sub(self.top);
        if let Some(idx) = kept
            && idx != self.selected
        {
            self.selected = idx;
            self.top = idx.saturating_sub(on_screen);
        }
        let is_whole = window.is_whole();
        self.selected = self.selected.min(window.found.saturating_sub(1));
        self.window = Some(window);
        self.top = keep_visible(self.top, self.selected, height);
        // More of the same answer is on its way.
        if !is_whole {
            return None;
        }
        self.asked = None;
        self.next_stretch(height)
    }

    fn step(&mut self, step: Step, height: usize) -> Option<Request> {
        self.selected = step.apply(self.selected, self.total());
        self.top = keep_visible(self.top, self.selected, height);
        self.next_stretch(height)
    }

    fn next_stretch(&mut self, height: usize) -> Option<Request> {
        let here = self.window.as_ref();
        let here = here.map(|w| (w.offset, w.offset + w.rows.len(), w.found));
        let (offset, len) = wanted(self.top, height, here)?;
        (self.asked != Some((offset, len))).then(|| self.order(offset, len))
    }
}

/// What a text narrows the log to: days as the box understands them, a serie and folio as the document, everything else
/// as words that an entry says, the names of what happened included.
pub fn read(words: &Words, text: &str, today: Date, clock: &TimeZone) -> AuditQuery {
    let mut query = AuditQuery::default();
    let typed: Vec<&str> = text.split_whitespace().collect();
    let mut rest = Vec::new();
    let mut at = 0;
    while let Some(behind) = typed.get(at..).filter(|behind| !behind.is_empty()) {
        let period = (1..=LONGEST_PERIOD.min(behind.len()))
            .rev()
            .find_map(|len| {
                let phrase = behind.get(..len)?.join(" ");
                Some((len, language::period_of(&phrase, today)?))
            });
        match (period, behind.first()) {
            (Some((len, (from, to))), _) if query.since.is_none() => {
                query.since = midnight(from, clock);
                query.until = to.tomorrow().ok().and_then(|day| midnight(day, clock));
                at += len;
                continue;
            }
            (_, Some(word)) if query.document.is_empty() && is_folio(word) => {
                (*word).clone_into(&mut query.document);
            }
            (_, Some(word)) => rest.push(*word),
            (_, None) => {}
        }
        at += 1;
    }
    query.words = said(words, &rest.join(" "));
    query
}

/// The words of a text, each with the events in whose name it stands.
pub fn said(words: &Words, text: &str) -> Vec<Said> {
    let typed = fold::words(text);
    let named = EVENTS.map(|slug| (slug, fold::words(&event(slug, words))));
    typed
        .split_whitespace()
        .map(|word| Said {
            word: word.to_owned(),
            events: named
                .iter()
                .filter(|(_, name)| name.contains(word))
                .map(|(slug, _)| *slug)
                .collect(),
        })
        .collect()
}

fn midnight(day: Date, clock: &TimeZone) -> Option<jiff::Timestamp> {
    let midnight = day.to_zoned(clock.clone()).ok()?;
    Some(midnight.timestamp())
}

/// Whether a word can only be a serie and folio: letters, a hyphen, digits.
fn is_folio(word: &str) -> bool {
    word.split_once('-').is_some_and(|(serie, number)| {
        !serie.is_empty()
            && serie.chars().all(char::is_alphabetic)
            && !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// What happened, in words; the event itself where there are none for it.
pub fn event(slug: &str, words: &Words) -> String {
    let key = format!("audit-{slug}");
    match words.has(&key) {
        true => words.text(&key),
        false => slug.to_owned(),
    }
}

/// What an entry says besides its own columns; null for one that says nothing.
pub fn detail(row: &AuditRow) -> Value {
    serde_json::from_str(&row.entry.detail).unwrap_or(Value::Null)
}

/// How far the act had come, by this entry.
fn progress(detail: &Value) -> Option<Progress> {
    serde_json::from_value(detail.get("progress")?.clone()).ok()
}

/// The record that an entry is about: the one that was there, or the one that was made.
pub fn document(row: &AuditRow) -> Option<(Kind, Id)> {
    let detail = detail(row);
    let kind = Kind::from_slug(detail.get("kind")?.as_str()?)?;
    let made = || progress(&detail)?.made().cloned();
    let id = match detail.get("id").and_then(Value::as_str) {
        Some(id) => Some(Id::from(id)),
        None => made(),
    };
    Some((kind, id?))
}

/// What an entry says in a row of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The record: what people call it, or its kind and id.
    pub document: String,
    /// The server's own words where it refused or was not clear; else whom the document is for.
    pub answer: String,
    /// Who did it.
    pub user: String,
    /// On which machine.
    pub host: String,
    /// Over which profile.
    pub profile: String,
}

/// What the row of an entry says.
pub fn told(words: &Words, row: &AuditRow) -> Told {
    let detail = detail(row);
    let at = |path: &str| {
        let text = detail.pointer(path).and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    };
    let number = at("/number");
    let kind = Kind::from_slug(&at("/kind")).map(|kind| words.kind_one(kind));
    let document = match (number.as_str(), document(row)) {
        // As the lists call it.
        ("", Some((kind, id))) if kind.is_stamped() => words.unnumbered(Status::Draft, id.as_str()),
        ("", Some((kind, id))) => format!("{} {id}", words.kind_one(kind)),
        ("", None) => kind.unwrap_or_default(),
        (number, _) => number.to_owned(),
    };
    let contact = match at("/contact") {
        contact if contact.is_empty() => at("/before/contact"),
        contact => contact,
    };
    let answer = match progress(&detail) {
        Some(
            Progress::Refused(refusal)
            | Progress::Unknown {
                refusal: Some(refusal),
                ..
            },
        ) => {
            let parts = [refusal.code, refusal.text];
            let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            parts.join(" · ")
        }
        Some(Progress::Unsent(Unsent::Failed(cause))) => words.unsent(&cause),
        Some(Progress::Adopted {
            uuid: Some(uuid), ..
        }) => {
            // The end of it, by which people tell them apart.
            let tail = uuid.as_str().get(28..).unwrap_or_default();
            format!("…{tail} {contact}").trim_end().to_owned()
        }
        _ => contact,
    };
    let by = at("/by");
    let user = match at("/user") {
        // Entries of before there was a name of its own.
        user if user.is_empty() => by.split('@').next().unwrap_or_default().to_owned(),
        user => user,
    };
    Told {
        document,
        answer,
        user,
        host: at("/host"),
        profile: at("/profile"),
    }
}

/// All that an entry says: its own columns, then what was before, what was asked for and what was answered, by their
/// places.
fn whole(model: &Model, row: &AuditRow) -> Vec<Entry> {
    let words = &model.words;
    let local = model.local(row.entry.at);
    let told = told(words, row);
    let hash: String = row.hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut entries: Vec<Entry> = [
        ("seq", row.seq.to_string()),
        (
            "at",
            format!("{} {}", words::date(local.date()), words::hour(local)),
        ),
        ("event", event(&row.entry.event, words)),
        ("document", told.document),
        ("user", told.user),
        ("host", told.host),
        ("profile", told.profile),
    ]
    .into_iter()
    .map(|(name, value)| Entry {
        path: place(words, name),
        value: (!value.is_empty()).then_some(value),
    })
    .collect();
    let own = ["user", "host", "profile", "by"];
    let mut rest = native::flatten(&row.entry.detail);
    rest.retain(|entry| !own.contains(&entry.path.as_str()));
    // In the order in which it happened.
    rest.sort_by_key(|entry| {
        let order = ["before", "asked", "progress"];
        let top = entry.path.split(['.', '[']).next().unwrap_or_default();
        order.iter().position(|name| *name == top)
    });
    entries.extend(rest.into_iter().map(|entry| Entry {
        path: place(words, &entry.path),
        value: entry.value,
    }));
    let intent = row.entry.intent.as_ref().map(|id| id.0.clone());
    for (name, value) in [("intent", intent), ("hash", Some(hash))] {
        entries.push(Entry {
            path: place(words, name),
            value,
        });
    }
    entries
}

/// The place of a value, its parts in words where there are any for them.
fn place(words: &Words, path: &str) -> String {
    let parts: Vec<String> = path
        .split('.')
        .map(|part| {
            let (name, index) = part.split_at(part.find('[').unwrap_or(part.len()));
            let key = format!("audit-at-{}", name.replace('_', "-"));
            match words.has(&key) {
                true => format!("{}{index}", words.text(&key)),
                false => part.to_owned(),
            }
        })
        .collect();
    parts.join(" › ")
}

#[cfg(test)]
mod tests;
