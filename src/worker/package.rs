//! The engine that packs a period: one document after the other, each file fetched once, checked and kept whole.
//!
//! The verb and the screen drive the same one. It asks for files only, never for what the books are: which documents
//! there are is told to it. A file that is in the folder and whole is not fetched again, so that a run that was cut off
//! is finished by the next one. Where the connection itself is gone nobody is asked again; what was not fetched stands
//! in its row.

mod job;

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{ApiError, Books, Cause, Papers};
use crate::app::msg::package::{Gap, Row};
use crate::domain::field::{Field, Value};
use crate::domain::kind::Kind;
use crate::domain::paper::{self, Form};
use crate::domain::record::{Id, Record};
use crate::sat::cfdi::voucher::{self, Part};
use crate::store::papers::{Folder, FolderError};

pub(super) use job::{index, pack, plan};

/// How a PDF ends; one that was cut does not.
const PDF_END: &[u8] = b"%%EOF";
/// So far from the end of a PDF its mark may stand.
const PDF_TAIL: usize = 1024;

/// A package that grows.
pub struct Packer<'a, B> {
    books: &'a B,
    folder: Folder,
    issuer: String,
    forms: Vec<Form>,
    halt: Option<Halt>,
    /// Stems that are taken.
    names: BTreeSet<String>,
    rows: Vec<Row>,
}

/// Why nothing more is fetched.
#[derive(Clone, Debug)]
enum Halt {
    /// Somebody said so.
    Asked,
    /// The connection is gone, or its credentials.
    Failed(ApiError),
}

impl<'a, B: Books> Packer<'a, B> {
    /// Over these books, into this folder, with these files of each document. `issuer` is the company's RFC.
    pub fn new(books: &'a B, folder: Folder, issuer: &str, forms: &[Form]) -> Self {
        Self {
            books,
            folder,
            issuer: issuer.to_owned(),
            forms: forms.to_vec(),
            halt: None,
            names: BTreeSet::new(),
            rows: Vec::new(),
        }
    }

    /// Documents in the order of their names, each with the RFC of its receiver: credit notes name theirs by id only.
    /// Where that cannot be read, the check of the XML says so.
    pub async fn prepared(&self, mut documents: Vec<Record>) -> Vec<Record> {
        let mut known: BTreeMap<Id, Option<String>> = BTreeMap::new();
        for document in &mut documents {
            let contact = document.link(Field::Contact).map(|link| link.id.clone());
            let (true, Some(id)) = (document.text(Field::Rfc).is_empty(), contact) else {
                continue;
            };
            if !known.contains_key(&id) {
                let fetched = self.books.one(Kind::Customers, &id, true).await.ok();
                let rfc = fetched.map(|fetched| fetched.record.text(Field::Rfc).to_owned());
                known.insert(id.clone(), rfc.filter(|rfc| !rfc.is_empty()));
            }
            let rfc = known.get(&id).cloned().flatten();
            document.set_some(Field::Rfc, rfc.map(Value::Text));
        }
        documents.sort_by_cached_key(paper::stem);
        documents
    }

    /// Fetches nothing more. Documents that are taken from here on are told with what of them is in the folder.
    pub fn stop(&mut self) {
        self.halt.get_or_insert(Halt::Asked);
    }

    /// Takes a document: what of it is not in the folder is fetched, checked and kept.
    ///
    /// # Errors
    /// [`FolderError`] where the folder cannot be used; what was taken before is there.
    pub async fn take(&mut self, document: &Record) -> Result<(), FolderError> {
        let Some(stem) = self.name(document) else {
            return Ok(());
        };
        let mut row = Row::of(document);
        let mut wanted = Vec::new();
        for form in self.forms.clone() {
            let name = file_name(&stem, form);
            let held = self.held(&name).await?;
            match held.filter(|bytes| is_whole(form, bytes, document)) {
                Some(bytes) => {
                    if form == Form::Xml {
                        self.check(&mut row, document, &bytes);
                    }
                    row.keep(form, name, false);
                }
                None => wanted.push(form),
            }
        }
        if !wanted.is_empty() {
            let papers = self.fetch(document, &wanted).await;
            for form in wanted {
                self.put(&mut row, document, &stem, form, &papers).await?;
            }
        }
        self.rows.push(row);
        Ok(())
    }

    /// The documents that were taken, and why no more could be fetched where the connection is gone.
    pub fn end(self) -> (Vec<Row>, Option<ApiError>) {
        let failed = match self.halt {
            Some(Halt::Failed(error)) => Some(error),
            Some(Halt::Asked) | None => None,
        };
        (self.rows, failed)
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

    async fn held(&self, name: &str) -> Result<Option<Vec<u8>>, FolderError> {
        let name = name.to_owned();
        on_disk(&self.folder, move |folder| folder.read(&name)).await
    }

    /// The files from the server. Where the connection itself is gone, nobody is asked again.
    async fn fetch(&mut self, document: &Record, wanted: &[Form]) -> Result<Papers, Halt> {
        if let Some(halt) = &self.halt {
            return Err(halt.clone());
        }
        let papers = self.books.papers(document.kind, &document.id, wanted).await;
        papers.map_err(|error| {
            let halt = Halt::Failed(error);
            if let Halt::Failed(error) = &halt
                && (error.cause.needs_settings()
                    || matches!(error.cause, Cause::NotSent | Cause::QuotaUsedUp))
            {
                self.halt = Some(halt.clone());
            }
            halt
        })
    }

    async fn put(
        &self,
        row: &mut Row,
        document: &Record,
        stem: &str,
        form: Form,
        papers: &Result<Papers, Halt>,
    ) -> Result<(), FolderError> {
        let gap = match papers.as_ref().map(|papers| papers.of(form)) {
            Ok(Some(Ok(bytes))) => {
                // Another document's file under this one's name would be worse than none.
                if form == Form::Xml && !self.check(row, document, bytes) {
                    return Ok(());
                }
                if form == Form::Pdf && !is_whole(form, bytes, document) {
                    Gap::Cut(form)
                } else {
                    let (name, bytes) = (file_name(stem, form), bytes.clone());
                    let under = name.clone();
                    on_disk(&self.folder, move |folder| folder.keep(&under, &bytes)).await?;
                    row.keep(form, name, true);
                    return Ok(());
                }
            }
            Ok(Some(Err(error))) | Err(Halt::Failed(error)) => {
                Gap::NotFetched(form, error.to_string())
            }
            Err(Halt::Asked) => Gap::Stopped(form),
            Ok(None) => Gap::NotThere(form),
        };
        row.gaps.push(gap);
        Ok(())
    }

    /// Checks an XML against the record. Whether it is this document's at all.
    fn check(&self, row: &mut Row, document: &Record, bytes: &[u8]) -> bool {
        match voucher::read(bytes) {
            Ok(voucher) => {
                let differences = voucher.differences(document, &self.issuer);
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

/// What waits for the disk, where nobody waits for it.
async fn on_disk<T: Send + 'static>(
    folder: &Folder,
    work: impl FnOnce(&Folder) -> Result<T, FolderError> + Send + 'static,
) -> Result<T, FolderError> {
    let (there, path) = (folder.clone(), folder.path().to_owned());
    let done = tokio::task::spawn_blocking(move || work(&there)).await;
    done.unwrap_or_else(|broken| {
        Err(FolderError {
            path,
            source: std::io::Error::other(broken),
        })
    })
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
