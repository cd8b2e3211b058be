//! Saves the files of one stamped document: fetched, the XML checked against the record, kept whole or not at all.

use std::sync::Arc;

use crate::api::Books;
use crate::app::msg::{Fact, Saved, Trouble, TroubleSort};
use crate::domain::field::{Field, Value};
use crate::domain::kind::Kind;
use crate::domain::paper::{self, Form};
use crate::domain::record::Record;
use crate::sat::cfdi::voucher::{self, Part};
use crate::store::papers::{Folder, FolderError};

use super::{Shared, trouble};

/// Saves them and tells where they are, or why not.
pub async fn save<B: Books + 'static>(shared: &Arc<Shared<B>>, record: Record, issuer: String) {
    let fact = match saved(shared, record, &issuer).await {
        Ok(saved) => Fact::PapersSaved(saved),
        Err(trouble) => {
            shared.doubt_if_offline(&trouble);
            Fact::Failed(trouble)
        }
    };
    shared.tell(None, fact);
}

async fn saved<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    mut record: Record,
    issuer: &str,
) -> Result<Saved, Trouble> {
    let _person = shared.road.person();
    let books = shared.books().await?;
    // Credit notes name their receiver by id only.
    if let (true, Some(contact)) = (
        record.text(Field::Rfc).is_empty(),
        record.link(Field::Contact).map(|link| link.id.clone()),
    ) && let Ok(fetched) = books.one(Kind::Customers, &contact, true).await
    {
        let rfc = fetched.record.text(Field::Rfc).to_owned();
        record.set(Field::Rfc, Value::Text(rfc));
    }
    let record = &record;
    let papers = books
        .papers(record.kind, &record.id, &Form::ALL)
        .await
        .map_err(|error| trouble::of_api(&error))?;
    let mut saved = Saved::default();
    let mut files = Vec::new();
    let stem = paper::stem(record).unwrap_or_default();
    for form in Form::ALL {
        let bytes = papers
            .of(form)
            .and_then(|came| came.as_ref().ok())
            .filter(|bytes| form == Form::Pdf || is_its(bytes, record, issuer, &mut saved.differs));
        match bytes {
            Some(bytes) => files.push((format!("{stem}.{}", form.name()), bytes.clone())),
            None => saved.missing.push(form.name().to_uppercase()),
        }
    }
    let folder = shared.papers.clone();
    let kept = tokio::task::spawn_blocking(move || {
        let folder = Folder::open(&folder)?;
        for (name, bytes) in &files {
            folder.keep(name, bytes)?;
        }
        let names = files.into_iter().map(|(name, _)| name).collect();
        Ok::<_, FolderError>((names, folder.path().display().to_string()))
    });
    match kept.await {
        Ok(Ok((files, folder))) => Ok(Saved {
            files,
            folder,
            ..saved
        }),
        Ok(Err(error)) => Err(of_folder(&error)),
        Err(_) => Err(Trouble::new(TroubleSort::Storage, "")),
    }
}

/// What a folder that cannot be used means for the person.
pub fn of_folder(error: &FolderError) -> Trouble {
    tracing::error!(%error, "the files of a document could not be kept");
    let sort = match error.source.kind() {
        std::io::ErrorKind::StorageFull => TroubleSort::DiskFull,
        _ => TroubleSort::FileReadOnly,
    };
    Trouble::new(sort, &error.path.display().to_string())
}

/// Whether these bytes are the CFDI of this document; in what it differs besides is noted.
fn is_its(bytes: &[u8], record: &Record, issuer: &str, differs: &mut Vec<Part>) -> bool {
    let Ok(voucher) = voucher::read(bytes) else {
        return false;
    };
    let differences = voucher.differences(record, issuer);
    differs.extend(differences.iter().map(|one| one.part));
    !differs.contains(&Part::Uuid)
}
