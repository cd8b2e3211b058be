//! Judges the unstamped documents in the cache, behind everything else, and keeps what the rules say for lists and
//! counts.
//!
//! It runs after the records that it needs were walked or changed, and when a verdict has outlived its time. It asks
//! nothing of the server, and says nothing of a document of which something was not read.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;

use crate::api::Books;
use crate::app::msg::{Fact, Trouble};
use crate::domain::company::{Company, CompanyId};
use crate::domain::field::Field;
use crate::domain::intent::{Act, Intent, Snapshot};
use crate::domain::kind::Kind;
use crate::domain::list::{Filter, ListQuery, Overview, Window};
use crate::domain::record::{Id, Record};
use crate::domain::stamp::Stamp;
use crate::domain::status::Status;
use crate::sat::EDITION;
use crate::sat::assembly::Surroundings;
use crate::sat::catalogs::Catalogs;
use crate::sat::standing;
use crate::store::StoreError;
use crate::store::cache::{AsOf, Case, Opinion, Reader};

use super::{Shared, locked, trouble};

/// Documents that are judged in one go; a question from the screen waits for no more than these.
const BATCH: usize = 100;

/// While one of these is walked, half of what the rules need may be missing.
const NEEDED: [Kind; 5] = [
    Kind::Invoices,
    Kind::CreditNotes,
    Kind::Customers,
    Kind::InvoiceItems,
    Kind::TaxRates,
];

/// The kinds that are stamped.
const JUDGED: [Kind; 2] = [Kind::Invoices, Kind::CreditNotes];

/// How the judging goes.
#[derive(Debug, Default)]
pub struct Judging {
    /// Whether somebody is at it.
    running: bool,
    /// Whether something changed that has not been judged yet.
    wanted: bool,
    /// When the first verdict outlives its time.
    due: Option<Timestamp>,
}

/// Somebody is at it, until this is dropped, also by a break: then it is wanted again.
struct Session<'a, B> {
    shared: &'a Shared<B>,
    done: bool,
}

impl<B> Drop for Session<'_, B> {
    fn drop(&mut self) {
        let mut judging = locked(&self.shared.judging);
        judging.running = false;
        judging.wanted |= !self.done;
    }
}

impl Judging {
    /// Something changed that verdicts may depend on.
    pub fn want(&mut self) {
        self.wanted = true;
    }
}

/// Judges, where something is to be judged and nobody is at it.
pub async fn if_due<B: Books + 'static>(shared: &Arc<Shared<B>>) {
    loop {
        let now = shared.now();
        {
            let walking = locked(&shared.walking);
            if NEEDED.iter().any(|kind| walking.contains(kind)) {
                return;
            }
        }
        let mut session = {
            let mut judging = locked(&shared.judging);
            let due = judging.wanted || judging.due.is_some_and(|due| due <= now);
            if judging.running || !due {
                return;
            }
            judging.running = true;
            judging.wanted = false;
            Session {
                shared,
                done: false,
            }
        };
        match all(shared, now).await {
            Ok(Some(news)) => {
                session.done = true;
                drop(session);
                if news > 0 {
                    shared.tell(None, Fact::Judged);
                }
            }
            // Without catalogues or issuer there is nothing to judge by; whatever brings them asks again.
            Ok(None) => return,
            Err(trouble) => {
                session.done = true;
                drop(session);
                shared.tell(None, Fact::Failed(trouble));
                return;
            }
        }
    }
}

/// Judges everything of which no verdict holds, and gives how many verdicts are new; nothing where it cannot begin.
async fn all<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    now: Timestamp,
) -> Result<Option<usize>, Trouble> {
    let Some(catalogs) = locked(&shared.catalogs).clone() else {
        return Ok(None);
    };
    let id = shared.company.clone();
    let (company, taxes) = read(shared, move |reader| {
        Ok((reader.company(&id)?, reader.all(&id, Kind::TaxRates)?))
    })
    .await?;
    let Some(company) = company else {
        return Ok(None);
    };
    let (company, taxes) = (Arc::new(company), Arc::new(taxes));
    let mut news = 0;
    for kind in JUDGED {
        let mut before = None;
        loop {
            let id = shared.company.clone();
            let cases = read(shared, move |reader| {
                reader.unjudged(&id, kind, (now, EDITION), before, BATCH)
            })
            .await?;
            let Some(last) = cases.last() else {
                break;
            };
            before = Some(last.basis.row());
            let (company, taxes, catalogs) = (company.clone(), taxes.clone(), catalogs.clone());
            let opinions = {
                let company = company.clone();
                let judge = move || opinions(cases, &company, &taxes, &catalogs, now);
                // A judgement that breaks is no verdict; the next change tries again.
                tokio::task::spawn_blocking(judge).await.unwrap_or_default()
            };
            if opinions.is_empty() {
                continue;
            }
            news += shared
                .writer
                .ask(move |cache| cache.put_opinions(&company, &opinions, (now, EDITION)))
                .await
                .map_err(trouble::of_desk)?
                .map_err(|error| trouble::of_store(&error))?;
        }
    }
    let due = read(shared, {
        let id = shared.company.clone();
        move |reader| {
            let mut due = None;
            for kind in JUDGED {
                let until = reader.readiness(&id, kind, (now, EDITION))?.until;
                due = [due, until].into_iter().flatten().min();
            }
            Ok(due)
        }
    })
    .await?;
    locked(&shared.judging).due = due;
    Ok(Some(news))
}

fn opinions(
    cases: Vec<Case>,
    company: &Company,
    taxes: &[Record],
    catalogs: &Catalogs,
    now: Timestamp,
) -> Vec<Opinion> {
    let judge = |case: Case| {
        let around = Surroundings {
            company: Some(company),
            receiver: case.receiver.as_ref(),
            items: &case.items,
            taxes,
            related: &case.related,
        };
        // A zone that the time zone database lacks leaves the document without a verdict.
        let judged = standing::judge(&case.record, around, catalogs, now).ok()??;
        Some(Opinion {
            basis: case.basis,
            judged,
        })
    };
    cases.into_iter().filter_map(judge).collect()
}

/// Asks the cache, behind everything that was asked of it before.
pub(super) async fn read<B: Books + 'static, T: Send + 'static>(
    shared: &Arc<Shared<B>>,
    ask: impl FnOnce(&Reader) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, Trouble> {
    shared
        .reader
        .ask(move |shelf| ask(shelf.reader()))
        .await
        .map_err(trouble::of_desk)?
        .map_err(|error| trouble::of_store(&error))
}

/// Adds to a window what the rules say of its unstamped documents.
pub fn of_window(
    reader: &Reader,
    company: &CompanyId,
    mut window: Window,
    now: Timestamp,
) -> Result<Window, StoreError> {
    let kind = window.query.kind;
    if kind.is_stamped() {
        let unstamped: Vec<&Id> = window
            .rows
            .iter()
            .filter(|record| record.stamp == Stamp::Unstamped)
            .map(|record| &record.id)
            .collect();
        window.judged = reader.judged(company, kind, &unstamped, (now, EDITION))?;
    }
    Ok(window)
}

/// Documents that are looked through at once for one that a create may have made.
const TWINS_AT_ONCE: usize = 100;

/// The documents that open acts may have stamped by now: those that they name, and those that look like what is being
/// made and stamped.
pub fn stamping(
    reader: &Reader,
    company: &CompanyId,
    open: &[Intent],
    as_of: AsOf<'_>,
) -> Result<BTreeSet<(Kind, Id)>, StoreError> {
    let mut stamping = BTreeSet::new();
    for intent in open {
        match &intent.act {
            Act::Stamp(id) => {
                stamping.insert((intent.kind, id.clone()));
            }
            Act::CreateAndStamp(_) => {
                let alike = look_like(reader, company, intent, as_of)?;
                stamping.extend(alike.into_iter().map(|id| (intent.kind, id)));
            }
            Act::Create(_) | Act::Delete(_) | Act::Cancel { .. } => {}
        }
    }
    Ok(stamping)
}

/// The unstamped documents that may be the one that an act makes and stamps. They are read newest first, down to the day
/// of what was asked for.
fn look_like(
    reader: &Reader,
    company: &CompanyId,
    intent: &Intent,
    as_of: AsOf<'_>,
) -> Result<Vec<Id>, StoreError> {
    let query = ListQuery {
        filter: Filter::Unstamped,
        ..ListQuery::natural(intent.kind)
    };
    let mut alike = Vec::new();
    for rows in reader
        .ordered_ids(company, &query, as_of)?
        .chunks(TWINS_AT_ONCE)
    {
        for record in reader.rows(rows)? {
            if record.date(Field::Date) < intent.snapshot.date {
                return Ok(alike);
            }
            if intent.may_be_stamping(intent.kind, &Snapshot::of(&record)) {
                alike.push(record.id);
            }
        }
    }
    Ok(alike)
}

/// Takes the documents that may be stamped by now out of the numbers of the home page: counted as unstamped they would
/// be a claim (law 4).
pub fn of_overview(
    reader: &Reader,
    company: &CompanyId,
    mut overview: Overview,
    stamping: &BTreeSet<(Kind, Id)>,
    as_of: AsOf<'_>,
) -> Result<Overview, StoreError> {
    for (kind, id) in stamping {
        let is_counted =
            |known: &Record| known.stamp == Stamp::Unstamped && known.status() != Status::Voided;
        let document = reader.record(company, *kind, id)?.filter(is_counted);
        if let (Some(document), Some(unstamped)) = (document, overview.unstamped.get_mut(kind)) {
            let judged = reader.judged(company, *kind, &[id], (as_of.now, as_of.edition))?;
            let verdict = judged.get(id).map(|judged| judged.verdict);
            unstamped.leave_out(&document, as_of.today, verdict);
        }
    }
    Ok(overview)
}
