//! `timbra export`: a list or what a query finds, as CSV, as a workbook, or as JSON. From what is kept on this machine:
//! works without a connection, and says how old and how whole it is.

mod columns;
mod sheet;

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use clap::ValueEnum;
use color_eyre::eyre;

use super::arguments::ExportArguments;
use super::kept::Kept;
use super::{Exit, Place, show};
use crate::app::find::SEARCHED;
use crate::domain::kind::Kind;
use crate::domain::list::{ListQuery, MOST_FOUND, Only};
use crate::domain::record::Record;
use crate::sat::catalogs::Catalogs;
use crate::store::cache::Slips;
use crate::words::Table;
use columns::Column;

/// What an export is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For any spreadsheet.
    Csv,
    /// A workbook with real amounts and dates.
    Xlsx,
    /// One record a line, in the program's own nouns.
    Json,
}

/// Carries out the verb.
///
/// # Errors
/// What keeps the records from being read or written, in words.
pub(super) fn run(arguments: &ExportArguments, place: &Place) -> eyre::Result<Exit> {
    let words = &*place.words;
    let to_terminal = arguments.out.is_none() && io::stdout().is_terminal();
    if arguments.format == Format::Xlsx && to_terminal {
        return Err(place.told(Exit::Usage, words.text("cli-export-needs-out")));
    }
    let kept = Kept::open(place)?;
    let view = match &arguments.view {
        Some(name) => Some(kept.view(name)?.query),
        None => None,
    };
    let kind = (view.as_ref()).map_or(arguments.kind, |query| Some(query.kind));
    let text = match &view {
        Some(query) => query.only.text.as_str(),
        None => arguments.query.as_deref().unwrap_or_default(),
    };
    let records = match (&view, kind) {
        (Some(query), _) => kept.listed(query, usize::MAX)?.0,
        (None, Some(kind)) => of_kind(&kept, kind, text)?,
        (None, None) => found(&kept, text)?,
    };
    let columns = Column::of(kind);
    let bytes = match arguments.format {
        Format::Csv => csv(&kept, &columns, &Catalogs::load()?, &records).into_bytes(),
        Format::Xlsx => sheet::workbook(&kept, &columns, &Catalogs::load()?, &records)?,
        Format::Json => json(&records)?.into_bytes(),
    };
    match &arguments.out {
        Some(path) => write(path, &bytes)?,
        None => super::print(&bytes).map(|_| ())?,
    }
    let covers = kept.standing(kind.unwrap_or(Kind::Invoices))?;
    let count = crate::words::count(records.len());
    let said = words.with("cli-exported", &[("count", count.as_str().into())]);
    // How whole it is is for the person; the records are where they belong.
    let _ = writeln!(io::stderr(), "{said} {covers}");
    if !text.is_empty() && records.len() >= MOST_FOUND {
        let _ = writeln!(io::stderr(), "{}", words.text("cli-export-cut"));
    }
    Ok(match records.is_empty() {
        true => Exit::Findings,
        false => Exit::Done,
    })
}

/// All records of a kind, or those of them that answer a query, in the order of their list.
fn of_kind(kept: &Kept<'_>, kind: Kind, text: &str) -> eyre::Result<Vec<Record>> {
    kept.understood(text)?;
    let query = ListQuery {
        only: Only {
            text: text.to_owned(),
            ..Only::default()
        },
        ..ListQuery::natural(kind)
    };
    Ok(kept.listed(&query, usize::MAX)?.0)
}

/// What a query finds among all kinds, the best first.
fn found(kept: &Kept<'_>, text: &str) -> eyre::Result<Vec<Record>> {
    let query = kept.understood(text)?;
    let found = kept.reader.find(
        &kept.company_id,
        &query,
        &SEARCHED,
        MOST_FOUND,
        Slips::Refused,
    );
    Ok(kept
        .read(found)?
        .hits
        .into_iter()
        .map(|hit| hit.record)
        .collect())
}

fn csv(kept: &Kept<'_>, columns: &[Column], catalogs: &Catalogs, records: &[Record]) -> String {
    let words = kept.words();
    let mut table = Table::new(columns.iter().map(|column| column.head(words)));
    for record in records {
        table.row(
            columns
                .iter()
                .map(|column| column.cell(record, words, catalogs).as_text()),
        );
    }
    table.finish()
}

fn json(records: &[Record]) -> serde_json::Result<String> {
    let mut text = String::new();
    for record in records {
        text.push_str(&show::as_json(record)?.to_string());
        text.push('\n');
    }
    Ok(text)
}

/// Writes the whole file or none: what stood there before is not lost to half of another one.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    let mut file = File::create(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(part, path)
}
