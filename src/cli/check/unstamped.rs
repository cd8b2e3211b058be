//! `timbra check --drafts`: the unstamped documents of the connected company, judged as they are on the server now.
//!
//! Says how many documents were read and what could not be judged; a document of which something is missing gets no
//! verdict. Nothing is changed, stamped or kept.

use std::io::Write;

use color_eyre::eyre;

use super::super::connected::{All, Connected};
use super::super::{Exit, Told};
use super::report::plain;
use super::{Check, is_closed_pipe};
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::record::Record;
use crate::domain::stamp::Stamp;
use crate::domain::status::Status;
use crate::sat::assembly::{draft_of, is_surveyed};
use crate::words::{Words, count};

/// The kinds that are stamped, in the order in which they are told.
const KINDS: [Kind; 2] = [Kind::Invoices, Kind::CreditNotes];

/// What could not be judged.
#[derive(Debug, Default)]
struct Gaps {
    /// Rows that no record could be made of.
    skipped: usize,
    /// What the server warned of.
    warnings: Vec<String>,
    /// Names of the documents of which something could not be read.
    unread: Vec<String>,
}

impl Gaps {
    fn is_empty(&self) -> bool {
        self.skipped == 0 && self.warnings.is_empty() && self.unread.is_empty()
    }
}

/// Judges all of them.
///
/// # Errors
/// Where the books cannot be read, or a result or preview cannot be written.
pub(super) fn judge_all(
    connected: &Connected<'_>,
    mut check: Check<'_, impl Write>,
) -> eyre::Result<Exit> {
    let words = check.words;
    let mut gaps = Gaps::default();
    let mut read = Vec::new();
    let mut documents = Vec::new();
    for kind in KINDS {
        let All {
            records,
            skipped,
            warnings,
        } = connected.all(kind)?;
        gaps.skipped += skipped;
        gaps.warnings.extend(warnings);
        read.push((kind, records.len()));
        for record in records {
            documents.extend(unstamped(connected, record, &mut gaps, words)?);
        }
    }
    let around = connected.around(&documents.iter().collect::<Vec<_>>())?;
    let mut judged = Ok(());
    for document in &documents {
        let name = name(document, words);
        if is_surveyed(document, around.of(document)) {
            judged = check.take_draft(draft_of(document, around.of(document)), &name);
            if judged.is_err() {
                break;
            }
        } else {
            gaps.unread.push(name);
        }
    }
    let told = judged.and_then(|()| check.finish(true)).and_then(|()| {
        if check.json {
            return Ok(());
        }
        let text = covered(&read, documents.len(), words);
        writeln!(check.output, "{text}")?;
        Ok(check.output.flush()?)
    });
    match told {
        Err(error) if !is_closed_pipe(&error) => return Err(error),
        _ => {}
    }
    if !gaps.is_empty() {
        return Err(incomplete(&gaps, words).into());
    }
    Ok(if check.tally.has_errors() {
        Exit::Findings
    } else {
        Exit::Done
    })
}

/// The document, where it has no folio fiscal and can be given one. A row that came without its native record is read
/// by itself; where that does not tell either, it is a gap and no claim.
fn unstamped(
    connected: &Connected<'_>,
    record: Record,
    gaps: &mut Gaps,
    words: &Words,
) -> eyre::Result<Option<Record>> {
    if record.status() == Status::Voided {
        return Ok(None);
    }
    let record = if record.native_read {
        record
    } else {
        connected.one(record.kind, &record.id)?.record
    };
    match record.stamp {
        Stamp::Unstamped => Ok(Some(record).filter(|record| record.status() != Status::Voided)),
        Stamp::NotRead => {
            gaps.unread.push(name(&record, words));
            Ok(None)
        }
        Stamp::Stamped(_) | Stamp::CancelPending(_) | Stamp::Cancelled(_) => Ok(None),
    }
}

/// What people call a document: its kind, its number or id, its customer.
fn name(record: &Record, words: &Words) -> String {
    let number = match record.title() {
        "" => words.with("draft-number", &[("id", record.id.as_str().into())]),
        title => title.to_owned(),
    };
    let kind = words.kind_one(record.kind);
    match record.text(Field::Contact) {
        "" => format!("{kind} {number}"),
        contact => format!("{kind} {number} · {contact}"),
    }
}

/// Of how many documents these are all the unstamped ones.
fn covered(read: &[(Kind, usize)], unstamped: usize, words: &Words) -> String {
    let kinds: Vec<String> = read
        .iter()
        .map(|(kind, records)| format!("{}: {}", words.kind(*kind), count(*records)))
        .collect();
    words.with(
        "cli-check-covered",
        &[
            ("kinds", kinds.join(" · ").as_str().into()),
            ("unstamped", count(unstamped).as_str().into()),
        ],
    )
}

/// What was not judged, for standard error.
fn incomplete(gaps: &Gaps, words: &Words) -> Told {
    let mut text = words.text("cli-check-incomplete");
    if gaps.skipped > 0 {
        text.push('\n');
        let rows = count(gaps.skipped);
        text.push_str(&words.with("cli-check-skipped", &[("rows", rows.as_str().into())]));
    }
    for name in &gaps.unread {
        text.push('\n');
        let name = plain(name);
        text.push_str(&words.with("cli-check-unread", &[("name", name.as_str().into())]));
    }
    for warning in &gaps.warnings {
        text.push('\n');
        text.push_str(&plain(warning));
    }
    Told {
        exit: Exit::Failed,
        text,
    }
}
