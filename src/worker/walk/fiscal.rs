//! The fiscal data that no list brought, read one by one (contract C.2).
//!
//! Where a connector gives its lists without the native records, every document has to be asked for by its name: thirty
//! times as many requests as the pages took. So it begins when no walk is under way, reads the documents of the last
//! thirteen months, the newest first, and makes way for the next walk. Older ones are read when somebody opens them. It
//! never reads what is here.

use std::sync::Arc;
use std::time::Instant;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::api::Books;
use crate::app::msg::{Fact, Trouble};
use crate::domain::headway::Meter;
use crate::domain::kind::Kind;
use crate::domain::record::Id;

use super::super::reads::{forget, keep};
use super::super::{Shared, locked, trouble};
use super::pages::TOLD_EVERY;
use super::single::{Sought, sought};

/// The documents that are stamped, and the payments, because of their receipts.
const KINDS: [Kind; 3] = [Kind::Invoices, Kind::CreditNotes, Kind::Payments];

/// How far back documents are read unasked: what is still worked at, and the same month of the year before.
const MONTHS: i32 = 13;

/// After so many in a row without fiscal data none of them is expected to bring any: the next walk tries again.
const IN_VAIN: usize = 10;

/// How the reading one by one goes.
#[derive(Debug, Default)]
pub struct Reading {
    /// Whether somebody is at it.
    running: bool,
    /// Whether a walk has ended that may have brought documents without fiscal data.
    wanted: bool,
}

/// Somebody is at it, until this is dropped, also by a break.
struct Session<'a, B> {
    shared: &'a Shared<B>,
    done: bool,
}

impl<B> Session<'_, B> {
    /// Whether there is something to do; else it is over.
    fn goes_on(&mut self) -> bool {
        let mut reading = locked(&self.shared.fiscal);
        self.done = !std::mem::take(&mut reading.wanted);
        reading.running = !self.done;
        reading.running
    }
}

impl<B> Drop for Session<'_, B> {
    fn drop(&mut self) {
        if !self.done {
            locked(&self.shared.fiscal).running = false;
        }
    }
}

/// Reads what the lists did not bring, unless a walk is under way or somebody is at it. Its end is told in any case.
pub(in super::super) async fn if_due<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    ordered_at: Timestamp,
) {
    if !locked(&shared.walking).is_empty() {
        return;
    }
    {
        let mut reading = locked(&shared.fiscal);
        reading.wanted = true;
        if reading.running {
            return;
        }
        reading.running = true;
    }
    let mut session = Session {
        shared,
        done: false,
    };
    while session.goes_on() {
        let trouble = all(shared, ordered_at).await.err();
        if let Some(trouble) = &trouble {
            shared.doubt_if_offline(trouble);
        }
        let headway = None;
        shared.tell(None, Fact::Fiscal { headway, trouble });
    }
}

async fn all<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    ordered_at: Timestamp,
) -> Result<(), Trouble> {
    let documents = without_fiscal_data(shared).await?;
    let all = Some(documents.len());
    let mut meter = Meter::begin(shared.now(), 0);
    let mut told: Option<Instant> = None;
    let mut in_vain = 0;
    for (done, (kind, id)) in documents.into_iter().enumerate() {
        // A walk brings more at once; its end leads here again.
        if !locked(&shared.walking).is_empty() {
            return Ok(());
        }
        if told.is_none_or(|told| told.elapsed() >= TOLD_EVERY) {
            told = Some(Instant::now());
            meter.limit(shared.turns_a_minute());
            let headway = Some(meter.reached(shared.now(), done, all));
            let trouble = None;
            shared.tell(None, Fact::Fiscal { headway, trouble });
        }
        let began = shared.now();
        in_vain += 1;
        match sought(shared, (kind, &id), ordered_at).await? {
            Sought::Gone => forget(shared, kind, id).await?,
            Sought::Unreadable => {}
            Sought::There(fetched) => {
                if fetched.record.native_read {
                    in_vain = 0;
                }
                keep(shared, vec![*fetched], began).await?;
            }
        }
        if in_vain >= IN_VAIN {
            tracing::warn!("the fiscal data cannot be read one by one either");
            return Ok(());
        }
    }
    Ok(())
}

/// The documents of the last thirteen months of which the native record is not here, the newest first.
async fn without_fiscal_data<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
) -> Result<Vec<(Kind, Id)>, Trouble> {
    let (company, today) = (shared.company.clone(), shared.now());
    // Some hours more or less are nothing here: no zone has to be known.
    let today = today.to_zoned(TimeZone::UTC).date();
    let from = today.checked_sub(MONTHS.months()).unwrap_or(today);
    shared
        .reader
        .ask(move |shelf| shelf.reader().without_native(&company, &KINDS, from))
        .await
        .map_err(trouble::of_desk)?
        .map_err(|error| trouble::of_store(&error))
}
