//! The engine as the screen drives it: what is in the cache is packed, behind whatever a person asks, and told now and
//! then.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::api::Books;
use crate::app::msg::package::{Packed, Plan};
use crate::app::msg::{Fact, Trouble};
use crate::domain::field::{Field, Value};
use crate::domain::kind::Kind;
use crate::domain::list::Coverage;
use crate::domain::paper::Form;
use crate::domain::period::Period;
use crate::domain::record::Record;
use crate::store::papers::Folder;
use crate::worker::judging::read;
use crate::worker::papers::of_folder;
use crate::worker::{Shared, trouble};

use super::Packer;

/// The kinds that are stamped, in the order in which they are told.
const KINDS: [Kind; 2] = [Kind::Invoices, Kind::CreditNotes];

/// How often somebody is told how far it is.
const TOLD_EVERY: Duration = Duration::from_millis(100);

/// What the cache knows of the documents of a period.
struct Known {
    documents: Vec<Record>,
    unread: Vec<String>,
    looked: Vec<(Kind, Coverage)>,
}

/// What a package of this period would hold.
pub async fn plan<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    period: Period,
    issuer: &str,
) -> Result<Fact, Trouble> {
    let folder = folder_of(shared, issuer, period).display().to_string();
    let company = shared.company.clone();
    let plan = read(shared, move |reader| {
        let mut plan = Plan {
            period,
            documents: 0,
            unread: 0,
            looked: Vec::new(),
            folder,
        };
        for kind in KINDS {
            let days = (period.from(), period.to());
            let (stamped, unread) = reader.stamped_between(&company, kind, days)?;
            plan.documents += stamped.len();
            plan.unread += unread.len();
            plan.looked.push((kind, reader.coverage(&company, kind)?));
        }
        Ok(plan)
    });
    plan.await.map(Fact::PackagePlanned)
}

/// Packs a period, and tells how it ended.
pub async fn pack<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    (period, forms, issuer): (Period, Vec<Form>, String),
    stop: Arc<AtomicBool>,
) {
    let path = folder_of(shared, &issuer, period);
    let packed = match known(shared, period).await {
        Ok(known) => go(shared, (period, &forms, &issuer), path, known, &stop).await,
        Err(trouble) => Packed {
            period,
            rows: Vec::new(),
            unread: Vec::new(),
            looked: Vec::new(),
            folder: path.display().to_string(),
            trouble: Some(trouble),
        },
    };
    if let Some(trouble) = &packed.trouble {
        shared.doubt_if_offline(trouble);
    }
    shared.tell(None, Fact::Packed(Box::new(packed)));
}

async fn go<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    (period, forms, issuer): (Period, &[Form], &str),
    path: PathBuf,
    known: Known,
    stop: &AtomicBool,
) -> Packed {
    let mut packed = Packed {
        period,
        rows: Vec::new(),
        unread: known.unread,
        looked: known.looked,
        folder: path.display().to_string(),
        trouble: None,
    };
    let opened = tokio::task::spawn_blocking(move || Folder::open(&path)).await;
    let folder = match opened {
        Ok(Ok(folder)) => folder,
        Ok(Err(error)) => {
            packed.trouble = Some(of_folder(&error));
            return packed;
        }
        Err(_) => {
            packed.trouble = Some(Trouble::new(crate::app::msg::TroubleSort::Storage, ""));
            return packed;
        }
    };
    let books = match shared.books().await {
        Ok(books) => books,
        Err(trouble) => {
            packed.trouble = Some(trouble);
            return packed;
        }
    };
    let mut packer = Packer::new(books, folder, issuer, forms);
    let documents = packer.prepared(known.documents).await;
    let all = documents.len();
    let mut told: Option<Instant> = None;
    for (done, document) in documents.iter().enumerate() {
        if told.is_none_or(|told| told.elapsed() >= TOLD_EVERY) {
            told = Some(Instant::now());
            shared.tell(None, Fact::Packing { done, all });
        }
        if stop.load(Ordering::Relaxed) {
            packer.stop();
        } else {
            // Whatever a person asks goes first.
            shared.road.give_way().await;
        }
        if let Err(error) = packer.take(document).await {
            packed.trouble = Some(of_folder(&error));
            break;
        }
    }
    let (rows, failed) = packer.end();
    packed.rows = rows;
    packed.trouble = packed
        .trouble
        .or_else(|| failed.map(|error| trouble::of_api(&error)));
    packed
}

/// Keeps the index beside the files, and says whether it could.
pub async fn index<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    folder: String,
    files: Vec<(String, String)>,
) {
    let kept = tokio::task::spawn_blocking(move || {
        let folder = Folder::open(&PathBuf::from(folder))?;
        files
            .iter()
            .try_for_each(|(name, text)| folder.keep(name, text.as_bytes()).map(drop))
    });
    let trouble = match kept.await {
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some(of_folder(&error)),
        Err(_) => Some(Trouble::new(crate::app::msg::TroubleSort::Storage, "")),
    };
    shared.tell(None, Fact::PackageIndexed(trouble));
}

/// Of each company a folder, and in it one of each period.
fn folder_of<B>(shared: &Shared<B>, issuer: &str, period: Period) -> PathBuf {
    let letters = |letter: &char| letter.is_alphanumeric() || *letter == '&';
    let issuer: String = issuer.chars().filter(letters).collect();
    let issuer = match issuer.as_str() {
        "" => "_",
        issuer => issuer,
    };
    let folder = shared.papers.join(issuer).join(period.to_string());
    // Said whole, so that a person finds it from wherever she is.
    std::path::absolute(&folder).unwrap_or(folder)
}

/// The documents of the period, with the RFC of their receivers as far as the cache knows them.
async fn known<B: Books + 'static>(
    shared: &Arc<Shared<B>>,
    period: Period,
) -> Result<Known, Trouble> {
    let company = shared.company.clone();
    read(shared, move |reader| {
        let mut known = Known {
            documents: Vec::new(),
            unread: Vec::new(),
            looked: Vec::new(),
        };
        for kind in KINDS {
            let days = (period.from(), period.to());
            let (stamped, unread) = reader.stamped_between(&company, kind, days)?;
            known.documents.extend(reader.rows(&stamped)?);
            known.looked.push((kind, reader.coverage(&company, kind)?));
            let names = reader.rows(&unread)?;
            known
                .unread
                .extend(names.iter().map(|record| match record.title() {
                    "" => record.id.to_string(),
                    title => title.to_owned(),
                }));
        }
        for document in &mut known.documents {
            let contact = document.link(Field::Contact).map(|link| link.id.clone());
            if let (true, Some(id)) = (document.text(Field::Rfc).is_empty(), contact)
                && let Some(contact) = reader.record(&company, Kind::Customers, &id)?
                && !contact.text(Field::Rfc).is_empty()
            {
                let rfc = contact.text(Field::Rfc).to_owned();
                document.set(Field::Rfc, Value::Text(rfc));
            }
        }
        Ok(known)
    })
    .await
}
