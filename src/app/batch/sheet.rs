//! What the dialog of a batch says above and below its documents, and how much room that needs.
//!
//! It is here and not in the view because a yes depends on it: whose books, how many, how much, what it costs and the
//! number that has to be typed must be on screen, or the yes is barred. Only the documents may be scrolled out of sight.

use crate::domain::field::Field;
use crate::domain::intent::{Progress, Unsent};
use crate::domain::money::Money;
use crate::sat::rules::hours_left;
use crate::sat::rules::table::DATE_CLOSING;
use crate::words::count;

use super::super::model::Model;
use super::super::names;
use super::super::stamp::sheet::{Ink, Row as Line, inside};
use super::desk::Lot;
use super::{Bar, Batch, Row, Stage, Standing, Stop, seconds_until};

/// Fewer documents than these on screen, and nobody can look them through.
const LEAST_ROWS: usize = 3;

/// Rows of the buttons, and the blank one above the documents.
const BUTTONS: usize = 2;

/// Rows below the documents, for everything that is to be said of the one that is pointed at.
pub const TOLD: u16 = 2;

/// The dialog without its documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Above the documents.
    pub head: Vec<Line>,
    /// Below them.
    pub tail: Vec<Line>,
    /// The question before the number that has to be typed; none where nothing is asked.
    pub question: Option<String>,
}

impl Sheet {
    /// What the dialog says.
    pub fn of(model: &Model, lot: &Lot) -> Self {
        let words = &model.words;
        let batch = &lot.batch;
        let company = model.company.value().map_or_else(String::new, |company| {
            format!("{} · {}", company.name, company.rfc)
        });
        let mut sheet = Self {
            head: vec![pair(words.text("stamp-issuer"), company, Ink::Plain)],
            ..Self::default()
        };
        match batch.stage() {
            Stage::Reading => {
                let tally = batch.tally();
                let read = batch.rows().len() - tally.reading;
                let text = words.with(
                    "batch-reading",
                    &[
                        ("read", count(read).as_str().into()),
                        ("all", count(batch.rows().len()).as_str().into()),
                    ],
                );
                sheet.head.push(plain(text, Ink::Plain));
            }
            Stage::Asking => sheet.ask(model, lot),
            Stage::Going | Stage::Over => sheet.tell(model, batch),
        }
        sheet
    }

    /// What a yes would do.
    fn ask(&mut self, model: &Model, lot: &Lot) {
        let words = &model.words;
        let tally = lot.batch.tally();
        let text = words.with(
            "batch-ready",
            &[
                ("ready", tally.ready.into()),
                ("warned", tally.warned.into()),
                ("barred", tally.not_ready.into()),
            ],
        );
        self.head.push(plain(text, Ink::Strong));
        let mut sums: Vec<String> = tally
            .totals
            .iter()
            .map(|(currency, sum)| amount(currency, *sum))
            .collect();
        if tally.untold {
            sums.push("—".to_owned());
        }
        self.head.push(pair(
            words.text("batch-total"),
            sums.join(" + "),
            Ink::Strong,
        ));
        let mut cost = words.with("batch-cost", &[("count", tally.ready.into())]);
        if let Some(folios) = lot.folios {
            let spent = words.with(
                "stamp-folios-spent",
                &[
                    ("today", folios.today.into()),
                    ("month", folios.month.into()),
                ],
            );
            self.tail.push(plain(spent, Ink::Faint));
        }
        cost.push(' ');
        cost.push_str(&words.text("batch-final"));
        self.tail.push(plain(cost, Ink::Strong));
        let number = super::desk::to_type(model, tally.ready);
        let question = words.with("batch-type-count", &[("count", number.as_str().into())]);
        self.question = Some(question);
    }

    /// How far it has come, and what it waits for.
    fn tell(&mut self, model: &Model, batch: &Batch) {
        let words = &model.words;
        let results = batch.results();
        let parts = [
            ("batch-count-stamped", results.stamped),
            ("batch-count-refused", results.refused),
            ("batch-count-unknown", results.unknown),
            ("batch-count-elsewhere", results.elsewhere),
            ("batch-count-changed", results.changed),
            ("batch-count-barred", results.not_ready),
            ("batch-count-left", results.left),
            ("batch-count-pending", results.pending),
        ];
        let parts: Vec<String> = parts
            .into_iter()
            .filter(|(key, number)| *number > 0 || *key == "batch-count-stamped")
            .map(|(key, number)| words.with(key, &[("count", number.into())]))
            .collect();
        self.head.push(plain(parts.join(" · "), Ink::Strong));
        let (text, ink) = now(model, batch);
        self.head.push(plain(text, ink));
    }

    /// Whether everything that has to be seen has room on a screen of this size.
    pub fn fits(&self, size: (u16, u16)) -> bool {
        let (columns, rows) = inside(size);
        columns >= LEAST_COLUMNS && self.fixed(columns) + LEAST_ROWS <= rows
    }

    /// Documents that have room.
    pub fn visible(&self, size: (u16, u16)) -> usize {
        let (columns, rows) = inside(size);
        rows.saturating_sub(self.fixed(columns)).max(1)
    }

    fn fixed(&self, columns: usize) -> usize {
        let rows = |rows: &[Line]| rows.iter().map(|row| row.height(columns)).sum::<usize>();
        rows(&self.head)
            + rows(&self.tail)
            + usize::from(self.question.is_some())
            + usize::from(TOLD)
            + BUTTONS
    }
}

/// Narrower than this, a document cannot be told from the next.
const LEAST_COLUMNS: usize = 56;

/// What it is doing just now, or why it does no more.
fn now(model: &Model, batch: &Batch) -> (String, Ink) {
    let words = &model.words;
    let say = |key, ink| (words.text(key), ink);
    match (batch.stage(), batch.stop()) {
        (Stage::Going, Some(_)) => say("batch-stopping", Ink::Warning),
        (Stage::Going, None) => match batch.pause() {
            Some(pause) => {
                let seconds = usize::try_from(seconds_until(pause, model.now)).unwrap_or(0);
                let text = words.with("batch-paused", &[("count", seconds.into())]);
                (text, Ink::Warning)
            }
            None if batch.is_sending() => say("batch-sending", Ink::Plain),
            None if batch.is_awaiting() => say("batch-awaiting", Ink::Warning),
            None => say("batch-checking", Ink::Plain),
        },
        (_, Some(stop)) => (stopped(model, stop), Ink::Warning),
        (_, None) => say("batch-over", Ink::Plain),
    }
}

/// Why nothing more is sent, and what to do.
pub fn stopped(model: &Model, stop: &Stop) -> String {
    let words = &model.words;
    match stop {
        Stop::Person => words.text("batch-stopped"),
        Stop::Unclear => words.text("batch-stopped-unclear"),
        Stop::Refused(refusal) => words.with(
            "batch-stopped-refused",
            &[
                ("status", refusal.status.to_string().as_str().into()),
                ("text", names::seen(model, &refusal.text).as_str().into()),
            ],
        ),
        Stop::Trouble(trouble) => words.with(
            "batch-stopped-trouble",
            &[(
                "cause",
                words.text(trouble.sort.words_key()).as_str().into(),
            )],
        ),
        Stop::Unsent(cause) => words.with(
            "batch-stopped-trouble",
            &[("cause", words.unsent(cause).as_str().into())],
        ),
    }
}

/// An amount with its currency.
fn amount(currency: &str, sum: Money) -> String {
    format!("${sum} {currency}")
}

/// All that is said of a document, for the rows below the others: every error, or the server's own words.
pub fn told(model: &Model, row: &Row) -> String {
    let words = &model.words;
    match &row.standing {
        Standing::NotReady(Bar::Unread(trouble)) => {
            format!(
                "✖ {} {}",
                words.text(trouble.sort.words_key()),
                names::seen(model, &trouble.text)
            )
        }
        Standing::Ready | Standing::NotReady(Bar::Findings) => {
            let findings = row.judgement.iter().flat_map(|found| &found.findings);
            let findings: Vec<String> = findings
                .map(|finding| match finding.is_error() {
                    true => format!("✖ {}", names::finding(model, finding)),
                    false => format!("▲ {}", names::finding(model, finding)),
                })
                .collect();
            let judgement = row.judgement.iter();
            let mut said = judgement.flat_map(|found| &found.findings);
            let is_said = said.any(|finding| finding.rule == &DATE_CLOSING);
            let hours = hours(model, row).filter(|_| !is_said).map(|hours| {
                let hours = hours.to_string();
                words.with("batch-told-hours", &[("hours", hours.as_str().into())])
            });
            let parts: Vec<String> = hours.into_iter().chain(findings).collect();
            parts.join(" ")
        }
        Standing::Elsewhere(uuid) | Standing::NotReady(Bar::Stamped(uuid)) => {
            words.with("batch-told-uuid", &[("uuid", uuid.as_str().into())])
        }
        Standing::Acting {
            progress: Progress::Adopted {
                uuid: Some(uuid), ..
            },
            ..
        } => words.with("batch-told-uuid", &[("uuid", uuid.as_str().into())]),
        Standing::Acting {
            progress: Progress::Unknown { refusal: None, .. },
            ..
        } => words.text("stamp-unknown-long"),
        _ => said(model, row).0,
    }
}

/// What is said of a document in its row: how it stands, and why.
pub fn said(model: &Model, row: &Row) -> (String, Ink) {
    let words = &model.words;
    let say = |key, ink| (words.text(key), ink);
    match &row.standing {
        Standing::Reading => say("batch-row-reading", Ink::Faint),
        Standing::Ready => {
            let warnings = row.judgement.as_ref().map_or(0, |found| found.warnings());
            let (text, ink) = match warnings {
                0 => say("batch-row-ready", Ink::Plain),
                _ => {
                    let text = words.with("batch-row-warned", &[("count", warnings.into())]);
                    (text, Ink::Warning)
                }
            };
            (with_hours(model, row, text), ink)
        }
        Standing::NotReady(bar) => (barred(model, row, bar), Ink::Error),
        Standing::Waiting => {
            let text = with_hours(model, row, words.text("batch-row-waiting"));
            (text, Ink::Faint)
        }
        Standing::Checking => say("batch-row-checking", Ink::Plain),
        Standing::Changed => say("batch-row-changed", Ink::Warning),
        Standing::Elsewhere(uuid) => (
            words.with(
                "batch-row-elsewhere",
                &[("uuid", tail(uuid.as_str()).into())],
            ),
            Ink::Warning,
        ),
        Standing::Mended => say("batch-row-mended", Ink::Plain),
        Standing::Left => say("batch-row-left", Ink::Faint),
        Standing::Acting { progress, .. } => acting(model, progress),
    }
}

/// The hours that a document has left of the 72.
fn hours(model: &Model, row: &Row) -> Option<i64> {
    let day = row.record.as_ref()?.date(Field::Date)?;
    hours_left(day, model.local_time())
}

/// The same with the hours that are left of the 72, where any are.
fn with_hours(model: &Model, row: &Row, text: String) -> String {
    match hours(model, row) {
        Some(hours) => model.words.with(
            "batch-row-hours",
            &[
                ("said", text.as_str().into()),
                ("hours", hours.to_string().as_str().into()),
            ],
        ),
        None => text,
    }
}

fn barred(model: &Model, row: &Row, bar: &Bar) -> String {
    let words = &model.words;
    match bar {
        Bar::Findings => {
            let judgement = row.judgement.as_deref();
            let error = judgement
                .and_then(|judgement| judgement.findings.iter().find(|one| one.is_error()));
            error.map_or_else(String::new, |error| {
                format!("✖ {}", names::finding(model, error))
            })
        }
        Bar::Stamped(uuid) => {
            words.with("batch-row-stamped", &[("uuid", tail(uuid.as_str()).into())])
        }
        Bar::Uncorrected(_) => format!("✖ {}", words.text("batch-row-uncorrected")),
        Bar::Notice(notice) => format!("✖ {}", words.text(notice.words)),
        Bar::Gone => words.text("batch-row-gone"),
        Bar::Unread(_) => words.text("batch-row-unread"),
    }
}

fn acting(model: &Model, progress: &Progress) -> (String, Ink) {
    let words = &model.words;
    match progress {
        Progress::Planned | Progress::Sent { .. } => (words.text("batch-row-sending"), Ink::Plain),
        Progress::Unknown {
            refusal: Some(_), ..
        } => (words.text("batch-row-verifying"), Ink::Warning),
        Progress::Unknown { .. } => (words.text("batch-row-unknown"), Ink::Warning),
        Progress::Adopted { uuid, .. } => {
            let uuid = uuid.as_ref().map_or("", |uuid| tail(uuid.as_str()));
            let text = words.with("batch-row-done", &[("uuid", uuid.into())]);
            (text, Ink::Strong)
        }
        Progress::Refused(refusal) => {
            let quoted = names::seen(model, &refusal.text);
            (format!("✖ {} {quoted}", refusal.code), Ink::Error)
        }
        Progress::Unsent(Unsent::AlreadyOpen) => {
            (words.text("batch-row-other-window"), Ink::Warning)
        }
        Progress::Unsent(Unsent::Failed(cause)) => (words.unsent(cause), Ink::Warning),
        // A stamp that was given up; the others are ends of a create and of a cancellation.
        Progress::Released
        | Progress::Unstamped(_)
        | Progress::Awaiting { .. }
        | Progress::Declined => (words.text("batch-row-released"), Ink::Warning),
        Progress::Decided(_) => (words.text("stamp-decided-not-done"), Ink::Warning),
    }
}

/// The end of a UUID, as lists have it: enough to tell it from the next one.
fn tail(uuid: &str) -> &str {
    let end = uuid.char_indices().rev().nth(TAIL - 1);
    end.and_then(|(from, _)| uuid.get(from..)).unwrap_or(uuid)
}

/// Characters of the end of a UUID.
const TAIL: usize = 8;

fn plain(text: String, ink: Ink) -> Line {
    Line {
        label: String::new(),
        text,
        ink,
    }
}

fn pair(label: String, text: String, ink: Ink) -> Line {
    Line { label, text, ink }
}
