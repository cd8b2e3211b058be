//! The audit log as the screen asks for it. It is gone through in stretches: what an act has to write down never waits
//! for somebody who looks something up.

use std::sync::Arc;

use crate::api::Books;
use crate::app::msg::{Fact, Ticket, Trouble};
use crate::domain::audit::{AuditQuery, AuditWindow, HASH};
use crate::store::StoreError;
use crate::store::durable::{AuditScan, Checked};

use super::{Shared, locked, trouble};

/// Entries that are looked at in one go: some thirty milliseconds.
const STRETCH: usize = 1_000;

/// Stretches after which somebody who waits is told how many were found so far.
const TOLD_AFTER: usize = 10;

/// A stretch of the log. What was found so far is told as soon as it fills the screen, and now and then.
pub(super) async fn stretch<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    ticket: Ticket,
    query: AuditQuery,
    offset: usize,
    len: usize,
) -> Result<Fact, Trouble> {
    let mut scan = begun(shared, query).await?;
    let mut was_filled = false;
    let mut stretches = 0;
    loop {
        let (gone, window) = at_desk(shared, scan, offset, len).await?;
        if gone.is_over() {
            *locked(&shared.audit) = Some(gone);
            return Ok(Fact::Audit(window));
        }
        stretches += 1;
        let is_filled = window.rows.len() == len;
        if stretches % TOLD_AFTER == 1 || (is_filled && !was_filled) {
            shared.tell(Some(ticket), Fact::Audit(window));
            // A question for another page goes on from here.
            *locked(&shared.audit) = Some(gone.clone());
        }
        was_filled = is_filled;
        scan = gone;
    }
}

/// The search that answers this query: the one of before, where nothing was written since, or a new one.
async fn begun<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    query: AuditQuery,
) -> Result<AuditScan, Trouble> {
    let kept = locked(&shared.audit).clone();
    let company = shared.company.clone();
    shared
        .durable
        .ask(move |durable| match kept {
            Some(kept) if kept.answers(durable, &company, &query)? => Ok(kept),
            _ => AuditScan::begin(durable, &company, query),
        })
        .await
        .map_err(trouble::of_desk)?
        .map_err(|error| trouble::of_store(&error))
}

/// Goes on by one stretch, and gives what was found of what is wanted.
async fn at_desk<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    mut scan: AuditScan,
    offset: usize,
    len: usize,
) -> Result<(AuditScan, AuditWindow), Trouble> {
    shared
        .durable
        .ask(move |durable| {
            if !scan.is_over() {
                scan.advance(durable, STRETCH)?;
            }
            let (looked, all) = scan.looked();
            // Behind the last one there is nothing: the end itself is shown.
            let offset = match scan.is_over() {
                true => offset.min(scan.found().saturating_sub(1)),
                false => offset,
            };
            let window = AuditWindow {
                query: scan.query().clone(),
                offset,
                rows: scan.rows(durable, offset, len)?,
                found: scan.found(),
                looked,
                all,
            };
            Ok::<_, StoreError>((scan, window))
        })
        .await
        .map_err(trouble::of_desk)?
        .map_err(|error| trouble::of_store(&error))
}

/// Whether the log is whole, from its first entry on.
pub(super) async fn chain<B: Books + 'static>(shared: &Arc<Shared<B>>) -> Result<Fact, Trouble> {
    let (mut entries, mut head) = (0, [0; HASH]);
    loop {
        let company = shared.company.clone();
        let checked = shared
            .durable
            .ask(move |durable| durable.verify_some(&company, entries, head, STRETCH))
            .await
            .map_err(trouble::of_desk)?
            .map_err(|error| trouble::of_store(&error))?;
        match checked {
            Checked::SoFar {
                entries: whole,
                head: last,
            } => (entries, head) = (whole, last),
            Checked::Over(verdict) => return Ok(Fact::AuditChecked(verdict)),
        }
    }
}
