//! `timbra demo`: the program on sandboxes of its own, one for each of the two companies of an example office.
//!
//! Nothing leaves the machine. The second sandbox starts when somebody goes over to its company, and not before.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use color_eyre::eyre;

use super::arguments::DemoArguments;
use super::embedded::Embedded;
use super::program::{self, Start};
use super::{Exit, Place, sandbox, with_causes};
use crate::api::{Apideck, Connection};
use crate::app::companies::Choice;
use crate::app::model::Venue;
use crate::app::msg::{Trouble, TroubleSort};
use crate::domain::profile::{Hue, Profile, ProfileName};
use crate::domain::secret::Secret;
use crate::runtime::{Clock, Mailbox};
use crate::sandbox::{Options, Tenant};
use crate::worker::{Door, Doors};

/// Invoices of the second company: enough to tell the two apart.
const OTHER_INVOICES: u32 = 120;

/// The two companies as the chooser shows them before they are asked.
const OFFICE: [(&str, &str, &str, Hue); 2] = [
    ("kemper", "ESCUELA KEMPER URGATE", "EKU9003173C9", Hue::Blue),
    (
        "innovacion",
        "INNOVACION VALOR Y DESARROLLO",
        "IVD920810GU2",
        Hue::Green,
    ),
];

/// Carries out the verb, once the place is ready for it.
///
/// # Errors
/// What keeps the sandbox or the program from starting.
pub(super) fn run(
    demo: &DemoArguments,
    place: &Place,
    mailbox: &Mailbox,
    read_only: bool,
) -> eyre::Result<Exit> {
    let (folders, loaded) = place.known()?;
    let data = folders.data.join("demo");
    if demo.fresh {
        forget(&data)?;
    }
    std::fs::create_dir_all(&data)?;
    let mut options = Options {
        listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
        data: Some(data.join("world.jsonl")),
        fresh: demo.fresh,
        ..Options::default()
    };
    sandbox::choose_books(&mut options, &demo.books);
    let embedded = Embedded::start(options.clone())?;
    let books = Apideck::new(&embedded.connection)?;
    let other = Other::new(Options {
        data: Some(data.join("world-2.jsonl")),
        invoices: options.invoices.min(OTHER_INVOICES),
        seed: options.seed.wrapping_add(1),
        tenant: Tenant::Second,
        ..options
    });
    let companies: Vec<Choice> = OFFICE.into_iter().filter_map(choice).collect();
    let names: Vec<ProfileName> = companies
        .iter()
        .map(|choice| choice.profile.name.clone())
        .collect();
    let profile = names.first().cloned();
    let here = (books.company_id().clone(), books.clone());
    let doors: Doors<Apideck> = Arc::new(move |name| {
        match names.iter().position(|known| known == name) {
            Some(0) => Some(Door::open(here.0.clone(), here.1.clone())),
            Some(_) => Some(other.door()),
            None => None,
        }
        .map(|door| door.named(Some(name.clone())))
    });
    program::run(Start {
        door: Door::open(books.company_id().clone(), books).named(profile.clone()),
        doors,
        companies,
        profile,
        data: &data,
        venue: Venue::Demo,
        mailbox,
        clock: Clock::begin(embedded.now),
        words: place.words.clone(),
        config: &loaded.config,
        read_only,
    })
}

fn choice((name, company, rfc, hue): (&str, &str, &str, Hue)) -> Option<Choice> {
    Some(Choice {
        profile: Profile {
            name: ProfileName::new(name)?,
            company: company.to_owned(),
            rfc: rfc.to_owned(),
            hue: Some(hue),
        },
        within_reach: true,
    })
}

/// The sandbox of the second company: started once, when it is needed, and kept until the program ends.
#[derive(Clone)]
struct Other {
    options: Options,
    running: Arc<Mutex<Option<Embedded>>>,
}

impl Other {
    fn new(options: Options) -> Self {
        Self {
            options,
            running: Arc::default(),
        }
    }

    fn door(&self) -> Door<Apideck> {
        // Its name is known before its port is: all of this machine is one place.
        let connection = Connection {
            base: format!("http://{}", Ipv4Addr::LOCALHOST),
            key: Secret::new(""),
            app_id: String::new(),
            consumer_id: self.options.tenant.consumer_id().to_owned(),
        };
        let other = self.clone();
        Door::new(connection.books(), move || {
            other.books().map_err(|report| {
                tracing::warn!(%report, "the second sandbox does not start");
                Trouble::new(TroubleSort::Offline, &with_causes(report.as_ref()))
            })
        })
    }

    fn books(&self) -> eyre::Result<Apideck> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let embedded = match running.take() {
            Some(embedded) => embedded,
            None => Embedded::start(self.options.clone())?,
        };
        let books = Apideck::new(&embedded.connection);
        *running = Some(embedded);
        Ok(books?)
    }
}

/// A fresh demo knows nothing of the one before. Only files of ours are taken away: the folder may be shared.
fn forget(data: &Path) -> io::Result<()> {
    let entries = match std::fs::read_dir(data) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let ours = |file| name.to_string_lossy().starts_with(file);
        // SQLite keeps more files beside each, with longer names.
        if ours(program::CACHE_FILE) || ours(program::DURABLE_FILE) {
            let path: PathBuf = entry.path();
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}
