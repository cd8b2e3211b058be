//! `timbra download`: the files of all stamped documents of a period, into a folder with names that sort, each XML
//! checked against its record, what is missing named.
//!
//! Reads the books from the server, never from the cache, and changes nothing there. A file that is in the folder and
//! whole is not fetched again, so that a run that was cut off is finished by the next one. Nothing that is missing is
//! passed over: it stands in the index, on standard error and in the exit code.

mod index;
mod period;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use color_eyre::eyre;

use super::arguments::DownloadArguments;
use super::check::report::plain;
use super::connected::{All, Connected};
use super::{Exit, Place, print};
use crate::api::{ApiError, Cause, Form, Papers};
use crate::domain::field::{Field, Value};
use crate::domain::kind::Kind;
use crate::domain::paper;
use crate::domain::record::{Id, Record};
use crate::domain::stamp::Stamp;
use crate::sat::cfdi::voucher::{self, Difference, NotAVoucher, Part};
use crate::store::papers::{Folder, FolderError};
use crate::words::{Words, count};

use index::{Gap, Row};
pub use period::Period;

/// The kinds that are stamped, in the order in which they are told.
const KINDS: [Kind; 2] = [Kind::Invoices, Kind::CreditNotes];

/// How a PDF ends; one that was cut does not.
const PDF_END: &[u8] = b"%%EOF";
/// So far from the end of a PDF its mark may stand.
const PDF_TAIL: usize = 1024;

/// What was read of the books.
#[derive(Debug, Default)]
struct Books {
    /// Stamped documents of the period, in the order of their names.
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
    let mut run = Run {
        connected: &connected,
        folder: &folder,
        issuer: &company.rfc,
        stopped: None,
        names: BTreeSet::new(),
        rows: Vec::new(),
    };
    for document in &books.documents {
        run.take(document)
            .map_err(|error| unusable(place, &error))?;
    }
    let Run { rows, stopped, .. } = run;
    let whole = index::whole(&company, arguments.period, &rows, &books);
    folder
        .keep("index.csv", index::csv(&rows, words).as_bytes())
        .and_then(|_| folder.keep("index.json", whole.as_bytes()))
        .map_err(|error| unusable(place, &error))?;
    complain(&rows, &books, words);
    if arguments.json {
        print(whole.as_bytes())?;
    } else {
        let text = summary(&rows, &books, arguments.period, &folder, words);
        print(text.as_bytes())?;
    }
    if let Some(error) = stopped {
        return Err(connected.failure(&error).into());
    }
    let is_complete = books.gaps.is_empty() && rows.iter().all(|row| row.gaps.is_empty());
    Ok(match is_complete {
        false => Exit::Failed,
        true if rows.is_empty() => Exit::Findings,
        true => Exit::Done,
    })
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
    let mut receivers = BTreeMap::new();
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
            let mut record = match record.native_read {
                true => record,
                false => connected.one(kind, &record.id)?.record,
            };
            match record.stamp {
                Stamp::NotRead => {
                    let name = plain(record.title());
                    let values = [("name", name.as_str().into())];
                    books.gaps.push(words.with("cli-check-unread", &values));
                }
                Stamp::Unstamped => {}
                Stamp::Stamped(_) | Stamp::CancelPending(_) | Stamp::Cancelled(_) => {
                    name_receiver(connected, &mut record, &mut receivers);
                    books.documents.push(record);
                }
            }
        }
    }
    books.documents.sort_by_cached_key(paper::stem);
    Ok(books)
}

/// A document that does not tell the RFC of its receiver gets it from the receiver's own record; credit notes name
/// theirs by id only. Where that cannot be read either, the check of the XML says so.
fn name_receiver(
    connected: &Connected<'_>,
    record: &mut Record,
    known: &mut BTreeMap<Id, Option<String>>,
) {
    let contact = record.link(Field::Contact).map(|link| link.id.clone());
    let (true, Some(id)) = (record.text(Field::Rfc).is_empty(), contact) else {
        return;
    };
    let read = |id: &Id| {
        let fetched = connected.one(Kind::Customers, id).ok()?;
        Some(fetched.record.text(Field::Rfc).to_owned()).filter(|rfc| !rfc.is_empty())
    };
    let rfc = known.entry(id.clone()).or_insert_with(|| read(&id)).clone();
    record.set_some(Field::Rfc, rfc.map(Value::Text));
}

/// The walk over the documents.
struct Run<'a> {
    connected: &'a Connected<'a>,
    folder: &'a Folder,
    issuer: &'a str,
    /// Why nothing more can be fetched: the connection is gone, or its credentials.
    stopped: Option<ApiError>,
    /// Stems that are taken.
    names: BTreeSet<String>,
    rows: Vec<Row>,
}

impl Run<'_> {
    fn take(&mut self, document: &Record) -> Result<(), FolderError> {
        let Some(stem) = self.name(document) else {
            return Ok(());
        };
        let mut row = Row::new(document);
        let held = |form: Form| -> Result<Option<Vec<u8>>, FolderError> {
            let bytes = self.folder.read(&file_name(&stem, form))?;
            Ok(bytes.filter(|bytes| is_whole(form, bytes, document)))
        };
        let (xml, pdf) = (held(Form::Xml)?, held(Form::Pdf)?);
        let mut wanted = Vec::new();
        for (form, held) in [(Form::Xml, &xml), (Form::Pdf, &pdf)] {
            match held {
                Some(_) => row.keep(form, file_name(&stem, form), false),
                None => wanted.push(form),
            }
        }
        if let Some(bytes) = &xml {
            self.check(&mut row, document, bytes);
        }
        if !wanted.is_empty() {
            let papers = self.fetch(document, &wanted);
            for form in wanted {
                self.put(&mut row, document, &stem, form, &papers)?;
            }
        }
        self.rows.push(row);
        Ok(())
    }

    /// A name that no other document of this run has.
    fn name(&mut self, document: &Record) -> Option<String> {
        let short = paper::stem(document)?;
        let name = match self.names.contains(&short) {
            false => short,
            true => paper::long_stem(document)?,
        };
        self.names.insert(name.clone());
        Some(name)
    }

    /// The files from the server. Where the connection itself is gone, nobody is asked again.
    fn fetch(&mut self, document: &Record, wanted: &[Form]) -> Result<Papers, ApiError> {
        if let Some(error) = &self.stopped {
            return Err(error.clone());
        }
        let papers = self.connected.papers(document, wanted);
        if let Err(error) = &papers
            && (error.cause.needs_settings()
                || matches!(error.cause, Cause::NotSent | Cause::QuotaUsedUp))
        {
            self.stopped = Some(error.clone());
        }
        papers
    }

    fn put(
        &self,
        row: &mut Row,
        document: &Record,
        stem: &str,
        form: Form,
        papers: &Result<Papers, ApiError>,
    ) -> Result<(), FolderError> {
        let bytes = match papers.as_ref().map(|papers| papers.of(form)) {
            Ok(Some(Ok(bytes))) => bytes,
            Ok(Some(Err(error))) | Err(error) => {
                row.gaps.push(Gap::NotFetched(form, error.to_string()));
                return Ok(());
            }
            Ok(None) => {
                row.gaps.push(Gap::NotThere(form));
                return Ok(());
            }
        };
        // Another document's file under this one's name would be worse than none.
        if form == Form::Xml && !self.check(row, document, bytes) {
            return Ok(());
        }
        if form == Form::Pdf && !is_whole(form, bytes, document) {
            row.gaps.push(Gap::Cut(form));
            return Ok(());
        }
        let name = file_name(stem, form);
        self.folder.keep(&name, bytes)?;
        row.keep(form, name, true);
        Ok(())
    }

    /// Checks an XML against the record. Whether it is this document's at all.
    fn check(&self, row: &mut Row, document: &Record, bytes: &[u8]) -> bool {
        match voucher::read(bytes) {
            Ok(voucher) => {
                let differences = voucher.differences(document, self.issuer);
                let is_its = differences.iter().all(|one| one.part != Part::Uuid);
                row.gaps.extend(differences.into_iter().map(Gap::Differs));
                is_its
            }
            Err(error) => {
                row.gaps.push(Gap::NoVoucher(error));
                false
            }
        }
    }
}

fn file_name(stem: &str, form: Form) -> String {
    format!("{stem}.{}", form.name())
}

/// Whether these bytes are the whole file of this document, so that it need not be fetched again.
fn is_whole(form: Form, bytes: &[u8], document: &Record) -> bool {
    match form {
        Form::Xml => {
            voucher::read(bytes).is_ok_and(|voucher| document.stamp.uuid() == Some(&voucher.uuid))
        }
        Form::Pdf => {
            let tail = bytes
                .get(bytes.len().saturating_sub(PDF_TAIL)..)
                .unwrap_or(bytes);
            bytes.starts_with(b"%PDF-") && tail.windows(PDF_END.len()).any(|end| end == PDF_END)
        }
    }
}

/// Names everything that is missing or differs, on standard error.
fn complain(rows: &[Row], books: &Books, words: &Words) {
    let of_rows = rows.iter().flat_map(|row| {
        row.gaps
            .iter()
            .map(|gap| format!("{} · {}", plain(&row.name(words)), plain(&told(gap, words))))
    });
    let mut errors = io::stderr().lock();
    for line in books.gaps.iter().cloned().chain(of_rows) {
        // A standard error that is closed leaves the exit code and the index.
        let _ = writeln!(errors, "{line}");
    }
}

/// A gap in words.
fn told(gap: &Gap, words: &Words) -> String {
    let with = |key: &str, form: Form| {
        let form = form.name().to_uppercase();
        words.with(key, &[("form", form.as_str().into())])
    };
    match gap {
        Gap::NotThere(form) => with("cli-download-not-there", *form),
        Gap::Cut(form) => with("cli-download-cut", *form),
        Gap::NotFetched(form, cause) => {
            format!("{} · {cause}", with("cli-download-not-fetched", *form))
        }
        Gap::NoVoucher(NotAVoucher::NotXml) => words.text("cli-download-no-xml"),
        Gap::NoVoucher(NotAVoucher::NotACfdi) => words.text("cli-download-no-cfdi"),
        Gap::NoVoucher(NotAVoucher::NotStamped) => words.text("cli-download-no-stamp"),
        Gap::Differs(Difference { part, record, xml }) => {
            let part = words.text(&format!("part-{}", part.name()));
            words.with(
                "cli-download-differs",
                &[
                    ("part", part.as_str().into()),
                    ("record", or_dash(record).into()),
                    ("xml", or_dash(xml).into()),
                ],
            )
        }
    }
}

fn or_dash(text: &str) -> &str {
    match text {
        "" => "—",
        text => text,
    }
}

/// What was found and where it lies, and over how much of the books.
fn summary(rows: &[Row], books: &Books, period: Period, folder: &Folder, words: &Words) -> String {
    let kinds: Vec<String> = books
        .read
        .iter()
        .map(|(kind, records)| format!("{}: {}", words.kind(*kind), count(*records)))
        .collect();
    let tally = |form: Form, fresh: bool| {
        count(
            rows.iter()
                .filter_map(|row| row.file(form))
                .filter(|file| file.fresh || !fresh)
                .count(),
        )
    };
    let gaps = rows.iter().map(|row| row.gaps.len()).sum::<usize>() + books.gaps.len();
    let texts = [
        ("kinds", kinds.join(" · ")),
        ("period", period.to_string()),
        ("stamped", count(rows.len())),
        ("xml", tally(Form::Xml, false)),
        ("pdf", tally(Form::Pdf, false)),
        ("xmlnew", tally(Form::Xml, true)),
        ("pdfnew", tally(Form::Pdf, true)),
        ("gaps", count(gaps)),
        ("folder", folder.path().display().to_string()),
    ];
    let values: Vec<(&str, crate::words::Arg<'_>)> = texts
        .iter()
        .map(|(name, text)| (*name, text.as_str().into()))
        .collect();
    words.with("cli-download-summary", &values) + "\n"
}
