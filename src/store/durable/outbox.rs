//! The outbox: acts that spend or create, written down before they are sent (law 1).
//!
//! The file itself keeps the two promises that no program may break, however many windows are open: one open act per
//! document, and one sending per act. It knows nothing of requests and read-backs.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{ErrorCode, OptionalExtension, Row, Transaction};

use super::super::error::{Fault, StoreError};
use super::{Durable, audit};
use crate::domain::audit::AuditEntry;
use crate::domain::company::CompanyId;
use crate::domain::intent::{Intent, IntentId, Progress};
use crate::domain::record::Id;

/// Why an act was not written down. It must not be sent then.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// Another act on the same document is still open.
    #[error("the act {0} on this document is still open")]
    AlreadyOpen(IntentId),
    /// What stood in this editor was saved already, by this act.
    #[error("the act {0} has saved this already")]
    AlreadySaved(IntentId),
    /// An act of this name is already there.
    #[error("the act {0} was already planned")]
    AlreadyPlanned(IntentId),
    /// The act is not at its beginning.
    #[error("the act {0} is not new")]
    NotNew(IntentId),
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why the progress of an act was not written down.
#[derive(Debug, thiserror::Error)]
pub enum ProgressError {
    /// There is no such act.
    #[error("there is no act {0}")]
    NoSuchAct(IntentId),
    /// It was sent already: whoever gets this must not send.
    #[error("the act {0} was already sent")]
    AlreadySent(IntentId),
    /// Its outcome is known, and what is known stays.
    #[error("the act {0} is already settled")]
    Settled(IntentId),
    /// The record is that of another create already.
    #[error("the record {0} was made by another act")]
    Taken(Id),
    /// A step that leads backwards.
    #[error("the act {0} cannot go back to what it was")]
    Backwards(IntentId),
    /// The file.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How long an act may be planned and not sent. What is read meanwhile takes less.
pub const GIVEN_UP_AFTER: SignedDuration = SignedDuration::from_secs(60);

/// What became of one of several acts that were to be written down together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placed {
    /// It is written down, and nothing was done to its document before.
    First,
    /// It is written down. An act on the same document was settled before: what this one rests on may have been read
    /// before that, and has to be read again.
    ActedBefore,
    /// This act is open on the same document; nothing was written.
    Behind(IntentId),
}

/// What the other creates of a kind say about the records that one of them may have made.
#[derive(Debug, Default)]
pub struct Rivals {
    /// Records that are known to be those of others.
    pub taken: BTreeSet<Id>,
    /// Creates whose outcome is open too.
    pub open: Vec<Intent>,
}

/// Either why the plan does not hold, or a failure that has yet to be told where it happened.
enum Refused<E> {
    Because(E),
    Fault(Fault),
}

impl<E: From<StoreError>> Refused<E> {
    /// What the caller is told, with the file where it is the file's fault.
    fn at(self, path: &Path) -> E {
        match self {
            Self::Because(error) => error,
            Self::Fault(fault) => fault.at(path).into(),
        }
    }
}

impl<E> From<Fault> for Refused<E> {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl<E> From<rusqlite::Error> for Refused<E> {
    fn from(error: rusqlite::Error) -> Self {
        Self::Fault(error.into())
    }
}

impl<E> From<serde_json::Error> for Refused<E> {
    fn from(error: serde_json::Error) -> Self {
        Self::Fault(error.into())
    }
}

impl Durable {
    /// Writes an act down before anything of it leaves. When this returns it is on the disk. Gives whether an act on the
    /// same document was settled before: what this one rests on may have been read before that, and has to be read
    /// again.
    ///
    /// # Errors
    /// [`PlanError::AlreadyOpen`] where an act on the same document, or from the same editor, is open, in this program or
    /// in another; [`PlanError::AlreadySaved`] where what stands in the editor was saved.
    pub fn plan(&mut self, intent: &Intent) -> Result<bool, PlanError> {
        if intent.progress != Progress::Planned {
            return Err(PlanError::NotNew(intent.id.clone()));
        }
        self.writing(|tx| insert(tx, intent))
            .map_err(|refused: Refused<_>| refused.at(&self.path))
    }

    /// Writes several acts down in one change, before anything of them leaves. Gives for each, in their order, what
    /// became of it; nothing is written of an act that another one keeps back.
    ///
    /// # Errors
    /// As [`Durable::plan`], but for what keeps a single act back; nothing of any of them is written then.
    pub fn plan_all(&mut self, intents: &[Intent]) -> Result<Vec<Placed>, PlanError> {
        if let Some(intent) = intents
            .iter()
            .find(|intent| intent.progress != Progress::Planned)
        {
            return Err(PlanError::NotNew(intent.id.clone()));
        }
        self.writing(|tx| {
            let mut placed = Vec::with_capacity(intents.len());
            for intent in intents {
                placed.push(match insert(tx, intent) {
                    Ok(false) => Placed::First,
                    Ok(true) => Placed::ActedBefore,
                    Err(Refused::Because(PlanError::AlreadyOpen(other))) => Placed::Behind(other),
                    Err(refused) => return Err(refused),
                });
            }
            Ok(placed)
        })
        .map_err(|refused: Refused<_>| refused.at(&self.path))
    }

    /// Writes down that several acts leave in one request, each with its entry in the log, all of them in one change:
    /// the claim to send them, as [`Durable::progress`] has it.
    ///
    /// # Errors
    /// See [`ProgressError`]; nothing of any of them has changed then, and none may be sent.
    pub fn send_all(
        &mut self,
        acts: &[(IntentId, AuditEntry)],
        at: Timestamp,
    ) -> Result<(), ProgressError> {
        self.writing(|tx| {
            for (intent, entry) in acts {
                audit::append(tx, entry)?;
                advance(tx, intent, &Progress::Sent { at }, at)?;
            }
            Ok(())
        })
        .map_err(|refused: Refused<_>| refused.at(&self.path))
    }

    /// Releases the acts that were written down and not sent within [`GIVEN_UP_AFTER`]: whoever planned them is gone, and
    /// the write comes before the request. Gives them as they are now. One that somebody sends in this very moment is
    /// either sent or given up, never both.
    ///
    /// # Errors
    /// Any [`StoreError`]; nothing has changed then.
    pub fn give_up(
        &mut self,
        company: &CompanyId,
        at: Timestamp,
    ) -> Result<Vec<Intent>, StoreError> {
        self.writing(|tx| {
            let open = collect(
                tx.prepare_cached(
                    "SELECT body, progress FROM intent WHERE company = ?1 AND open = 1",
                )?
                .query([&company.0])?,
            )?;
            let mut given_up = Vec::new();
            for intent in open.into_iter().filter(|intent| is_given_up(intent, at)) {
                if release_planned(tx, &intent.id, at)? {
                    let progress = Progress::Released;
                    given_up.push(Intent { progress, ..intent });
                }
            }
            Ok::<_, Fault>(given_up)
        })
        .map_err(|fault| fault.at(&self.path))
    }

    /// Writes down how far an act has come.
    ///
    /// Going to [`Progress::Sent`] is the claim to send it: of all that try, one succeeds and the others get
    /// [`ProgressError::AlreadySent`]. What is settled stays settled.
    ///
    /// # Errors
    /// See [`ProgressError`]; nothing has changed then.
    pub fn progress(
        &mut self,
        id: &IntentId,
        progress: &Progress,
        at: Timestamp,
    ) -> Result<(), ProgressError> {
        self.writing(|tx| advance(tx, id, progress, at))
            .map_err(|refused: Refused<_>| refused.at(&self.path))
    }

    /// Acts whose outcome is open, oldest first: what has to be settled when the program starts.
    ///
    /// # Errors
    /// Any [`StoreError`] of a failed read; the same holds for every function below.
    pub fn open_intents(&self, company: &CompanyId) -> Result<Vec<Intent>, StoreError> {
        self.reading(|tx| {
            let mut statement = tx.prepare_cached(
                "SELECT body, progress FROM intent WHERE company = ?1 AND open = 1 ORDER BY planned_at, id",
            )?;
            collect(statement.query([&company.0])?)
        })
    }

    /// Acts whose outcome is known, and whose editor is still kept: what it waits for.
    pub fn awaited_intents(&self, company: &CompanyId) -> Result<Vec<Intent>, StoreError> {
        self.reading(|tx| {
            let mut statement = tx.prepare_cached(
                "SELECT intent.body, progress FROM intent
                 JOIN edit ON edit.company = intent.company AND slot = target
                 WHERE intent.company = ?1 AND open = 0 ORDER BY planned_at, id",
            )?;
            collect(statement.query([&company.0])?)
        })
    }

    /// The latest acts, newest first.
    pub fn intents(&self, company: &CompanyId, limit: usize) -> Result<Vec<Intent>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.reading(|tx| {
            let mut statement = tx.prepare_cached(
                "SELECT body, progress FROM intent WHERE company = ?1
                 ORDER BY planned_at DESC, id DESC LIMIT ?2",
            )?;
            collect(statement.query((&company.0, limit))?)
        })
    }

    /// The other creates of the same kind that were open at the same time as this one, or still are.
    pub fn rivals(&self, intent: &Intent) -> Result<Rivals, StoreError> {
        self.reading(|tx| {
            let mut rivals = Rivals::default();
            for other in others(tx, intent)? {
                match other.progress.made() {
                    Some(id) => drop(rivals.taken.insert(id.clone())),
                    None if other.progress.is_open() => rivals.open.push(other),
                    None => {}
                }
            }
            Ok(rivals)
        })
    }

    /// One act.
    pub fn intent(&self, id: &IntentId) -> Result<Option<Intent>, StoreError> {
        self.reading(|tx| {
            let mut statement =
                tx.prepare_cached("SELECT body, progress FROM intent WHERE id = ?1")?;
            Ok(collect(statement.query([&id.0])?)?.pop())
        })
    }
}

/// Whether whoever planned an act is gone.
fn is_given_up(intent: &Intent, at: Timestamp) -> bool {
    intent.progress == Progress::Planned && at.duration_since(intent.planned_at) >= GIVEN_UP_AFTER
}

/// Releases an act that was written down and never sent, where it still is that: between the look and this another
/// program may have sent it.
fn release_planned(tx: &Transaction<'_>, id: &IntentId, at: Timestamp) -> Result<bool, Fault> {
    let changed = tx
        .prepare_cached(
            "UPDATE intent SET progress = ?2, open = 0, changed_at = ?3
             WHERE id = ?1 AND open = 1 AND progress = ?4",
        )?
        .execute((
            &id.0,
            serde_json::to_string(&Progress::Released)?,
            sortable(at),
            serde_json::to_string(&Progress::Planned)?,
        ))?;
    Ok(changed > 0)
}

/// What must not be acted on twice at once: the document, or the editor whose content is saved.
fn target(intent: &Intent) -> Option<&str> {
    let document = intent.target().map(|id| id.as_str());
    document.or(intent.editor.as_deref())
}

fn insert(tx: &Transaction<'_>, intent: &Intent) -> Result<bool, Refused<PlanError>> {
    let target = target(intent);
    let mut before = collect(
        tx.prepare_cached(
            "SELECT body, progress FROM intent WHERE company = ?1 AND kind = ?2 AND target = ?3",
        )?
        .query((&intent.company.0, intent.kind.slug(), target))?,
    )
    .map_err(Refused::Fault)?;
    for planned in &before {
        if is_given_up(planned, intent.planned_at) {
            release_planned(tx, &planned.id, intent.planned_at)?;
        }
    }
    before.retain(|act| !act.progress.is_open() || is_given_up(act, intent.planned_at));
    let saved = before.iter().find(|act| act.progress.record().is_some());
    if let (None, Some(saved)) = (intent.target(), saved) {
        return Err(Refused::Because(PlanError::AlreadySaved(saved.id.clone())));
    }
    let result = tx
        .prepare_cached(
            "INSERT INTO intent (id, company, kind, target, open, planned_at, changed_at, body, progress)
             VALUES (?1, ?2, ?3, ?4, 1, ?5, ?5, ?6, ?7)",
        )?
        .execute((
            &intent.id.0,
            &intent.company.0,
            intent.kind.slug(),
            target,
            sortable(intent.planned_at),
            serde_json::to_string(intent)?,
            serde_json::to_string(&intent.progress)?,
        ));
    match result {
        Ok(_) => Ok(!before.is_empty()),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
            let open: Option<String> = tx
                .prepare_cached(
                    "SELECT id FROM intent WHERE company = ?1 AND kind = ?2 AND target = ?3 AND open = 1",
                )?
                .query_row((&intent.company.0, intent.kind.slug(), target), |row| row.get(0))
                .optional()?;
            Err(Refused::Because(match open {
                Some(open) => PlanError::AlreadyOpen(IntentId(open)),
                None => PlanError::AlreadyPlanned(intent.id.clone()),
            }))
        }
        Err(error) => Err(error.into()),
    }
}

fn advance(
    tx: &Transaction<'_>,
    id: &IntentId,
    progress: &Progress,
    at: Timestamp,
) -> Result<(), Refused<ProgressError>> {
    let known = {
        let mut statement = tx.prepare_cached("SELECT body, progress FROM intent WHERE id = ?1")?;
        collect(statement.query([&id.0])?)?.pop()
    };
    let refuse = |why: fn(IntentId) -> ProgressError| Err(Refused::Because(why(id.clone())));
    let Some(known) = known else {
        return refuse(ProgressError::NoSuchAct);
    };
    // What an answer named is this act's own; what was only seen or decided on may be another's.
    if let (Progress::Unknown { record: None, .. }, Some(made)) = (&known.progress, progress.made())
        && known.act.makes().is_some()
        && others(tx, &known)?
            .iter()
            .any(|other| other.progress.made() == Some(made))
    {
        return Err(Refused::Because(ProgressError::Taken(made.clone())));
    }
    let before = known.progress;
    match (&before, progress) {
        _ if !before.is_open() => return refuse(ProgressError::Settled),
        (Progress::Planned, _) => {}
        (_, Progress::Planned) => return refuse(ProgressError::Backwards),
        (_, Progress::Sent { .. }) => return refuse(ProgressError::AlreadySent),
        _ => {}
    }
    tx.prepare_cached("UPDATE intent SET progress = ?2, open = ?3, changed_at = ?4 WHERE id = ?1")?
        .execute((
            &id.0,
            serde_json::to_string(progress)?,
            progress.is_open(),
            sortable(at),
        ))?;
    if progress.record().is_some() {
        // The record is there: what was typed for it must not be saved a second time, whenever this program dies.
        tx.prepare_cached(
            "DELETE FROM edit WHERE (company, slot) = (SELECT company, target FROM intent WHERE id = ?1)",
        )?
        .execute([&id.0])?;
    }
    Ok(())
}

/// The other creates of the kind of this one, but for those that had come to their end before it was planned: what they
/// made was there already.
fn others(tx: &Transaction<'_>, intent: &Intent) -> Result<Vec<Intent>, Fault> {
    let mut statement = tx.prepare_cached(
        "SELECT body, progress FROM intent
         WHERE company = ?1 AND kind = ?2 AND id <> ?3 AND (open = 1 OR changed_at >= ?4)",
    )?;
    let planned = sortable(intent.planned_at);
    let mut others = collect(statement.query((
        &intent.company.0,
        intent.kind.slug(),
        &intent.id.0,
        planned,
    ))?)?;
    // By what they ask, and not by the column: a create has its editor there.
    others.retain(|other| other.act.makes().is_some());
    Ok(others)
}

pub(super) fn collect(mut rows: rusqlite::Rows<'_>) -> Result<Vec<Intent>, Fault> {
    let mut intents = Vec::new();
    while let Some(row) = rows.next()? {
        intents.push(read(row)?);
    }
    Ok(intents)
}

fn read(row: &Row<'_>) -> Result<Intent, Fault> {
    let (body, progress): (String, String) = (row.get(0)?, row.get(1)?);
    let mut intent: Intent = serde_json::from_str(&body)?;
    intent.progress = serde_json::from_str(&progress)?;
    Ok(intent)
}

/// A moment as a text that sorts: always nine digits after the second.
pub(super) fn sortable(at: Timestamp) -> String {
    format!("{at:.9}")
}
