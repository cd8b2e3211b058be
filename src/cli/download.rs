//! `timbra download`: the files of all stamped documents of a period, into a folder with names that sort, each XML
//! checked against its record, what is missing named.
//!
//! Reads the books from the server, never from the cache, and changes nothing there. A file that is in the folder and
//! whole is not fetched again, so that a run that was cut off is finished by the next one. Nothing that is missing is
//! passed over: it stands in the index, on standard error and in the exit code.

use std::io::{self, Write};

use color_eyre::eyre;

use super::arguments::DownloadArguments;
use super::check::report::plain;
use super::connected::{All, Connected};
use super::{Exit, Place, print};
use crate::api::{ApiError, Apideck};
use crate::app::msg::package::Row;
use crate::app::package::index::{self, Contents};
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::paper::Form;
use crate::domain::period::Period;
use crate::domain::record::Record;
use crate::domain::stamp::Stamp;
use crate::store::papers::{Folder, FolderError};
use crate::words::{Words, count};
use crate::worker::package::Packer;

/// The kinds that are stamped, in the order in which they are told.
const KINDS: [Kind; 2] = [Kind::Invoices, Kind::CreditNotes];

/// What was read of the books.
#[derive(Debug, Default)]
struct Books {
    /// Stamped documents of the period.
    documents: Vec<Record>,
    /// How many records of each kind were looked through.
    read: Vec<(Kind, usize)>,
    /// What may be missing from that: rows and documents that could not be read, warnings of the server.
    gaps: Vec<String>,
}

/// Carries out the verb.
///
/// # Errors
/// What keeps the books from being read or the folder from being used, in words.
pub(super) fn run(arguments: &DownloadArguments, place: &Place) -> eyre::Result<Exit> {
    let words = &*place.words;
    let folder = Folder::open(&arguments.out).map_err(|error| unusable(place, &error))?;
    let connected = Connected::open(place)?;
    let company = connected.company()?;
    let books = read_books(&connected, arguments.period, words)?;
    let packer = Packer::new(connected.books(), folder.clone(), &company.rfc, &Form::ALL);
    let packed = connected.wait(pack(packer, books.documents, &connected));
    let (rows, stopped) = packed.map_err(|error| unusable(place, &error))?;
    let contents = Contents {
        company: &company,
        period: arguments.period,
        rows: &rows,
        read: &books.read,
        unread: &books.gaps,
    };
    let whole = index::whole(contents);
    folder
        .keep("index.csv", index::csv(&rows, words).as_bytes())
        .and_then(|_| folder.keep("index.json", whole.as_bytes()))
        .map_err(|error| unusable(place, &error))?;
    complain(&contents, words);
    if arguments.json {
        print(whole.as_bytes())?;
    } else {
        print(summary(&contents, &folder, words).as_bytes())?;
    }
    if let Some(error) = stopped {
        return Err(connected.failure(&error).into());
    }
    Ok(match contents.gaps() {
        0 if rows.is_empty() => Exit::Findings,
        0 => Exit::Done,
        _ => Exit::Failed,
    })
}

/// Takes one document after the other, and tells how far it is.
async fn pack(
    mut packer: Packer<'_, Apideck>,
    documents: Vec<Record>,
    connected: &Connected<'_>,
) -> Result<(Vec<Row>, Option<ApiError>), FolderError> {
    let documents = packer.prepared(documents).await;
    for (done, document) in documents.iter().enumerate() {
        connected.tell_files(done, documents.len());
        packer.take(document).await?;
    }
    Ok(packer.end())
}

fn unusable(place: &Place, error: &FolderError) -> eyre::Report {
    let path = error.path.display().to_string();
    let cause = error.source.to_string();
    let values = [
        ("path", path.as_str().into()),
        ("cause", cause.as_str().into()),
    ];
    let text = place.words.with("cli-download-unusable", &values);
    place.told(Exit::Failed, text)
}

/// All stamped documents of the period, as the server has them now.
fn read_books(connected: &Connected<'_>, period: Period, words: &Words) -> eyre::Result<Books> {
    let mut books = Books::default();
    for kind in KINDS {
        let All {
            records,
            skipped,
            warnings,
        } = connected.all(kind)?;
        books.read.push((kind, records.len()));
        if skipped > 0 {
            let rows = count(skipped);
            let values = [("rows", rows.as_str().into())];
            books.gaps.push(words.with("cli-check-skipped", &values));
        }
        books.gaps.extend(warnings.iter().map(|text| plain(text)));
        for record in records {
            // Without a day nobody can say that it is not of the period.
            if record
                .date(Field::Date)
                .is_some_and(|day| !period.holds(day))
            {
                continue;
            }
            let record = match record.native_read {
                true => record,
                false => connected.one(kind, &record.id)?.record,
            };
            match record.stamp {
                Stamp::NotRead => {
                    let name = plain(record.title());
                    let values = [("name", name.as_str().into())];
                    books.gaps.push(words.with("package-unread", &values));
                }
                Stamp::Unstamped => {}
                Stamp::Stamped(_) | Stamp::CancelPending(_) | Stamp::Cancelled(_) => {
                    books.documents.push(record);
                }
            }
        }
    }
    Ok(books)
}

/// Names everything that is missing or differs, on standard error.
fn complain(contents: &Contents<'_>, words: &Words) {
    let of_rows = contents.rows.iter().flat_map(|row| {
        row.gaps.iter().map(|gap| {
            let name = plain(&index::name(row, &row.rfc, words));
            format!("{name} · {}", plain(&index::told(gap, words)))
        })
    });
    let mut errors = io::stderr().lock();
    for line in contents.unread.iter().cloned().chain(of_rows) {
        // A standard error that is closed leaves the exit code and the index.
        let _ = writeln!(errors, "{line}");
    }
}

/// What was found and where it lies, and over how much of the books.
fn summary(contents: &Contents<'_>, folder: &Folder, words: &Words) -> String {
    let kinds: Vec<String> = contents
        .read
        .iter()
        .map(|(kind, records)| format!("{}: {}", words.kind(*kind), count(*records)))
        .collect();
    let tally = |form: Form, fresh: bool| {
        let files = contents.rows.iter().filter_map(|row| row.file(form));
        count(files.filter(|file| file.fresh || !fresh).count())
    };
    let texts = [
        ("kinds", kinds.join(" · ")),
        ("period", contents.period.to_string()),
        ("stamped", count(contents.rows.len())),
        ("xml", tally(Form::Xml, false)),
        ("pdf", tally(Form::Pdf, false)),
        ("xmlnew", tally(Form::Xml, true)),
        ("pdfnew", tally(Form::Pdf, true)),
        ("gaps", count(contents.gaps())),
        ("folder", folder.path().display().to_string()),
    ];
    let values: Vec<(&str, crate::words::Arg<'_>)> = texts
        .iter()
        .map(|(name, text)| (*name, text.as_str().into()))
        .collect();
    words.with("cli-download-summary", &values) + "\n"
}
