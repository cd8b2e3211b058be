//! What is kept of the books on this machine, as verbs read it: at once, without the server, and with its age.

use std::collections::BTreeMap;

use color_eyre::eyre;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::check::report::plain;
use super::connected::Around;
use super::{Exit, Place, connection, program, variable, with_causes};
use crate::domain::company::{Company, CompanyId};
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::list::ListQuery;
use crate::domain::profile::ProfileName;
use crate::domain::record::{Id, Record};
use crate::domain::view::{View, ViewName};
use crate::sat::assembly::{items_of, related_to};
use crate::sat::{EDITION, standing};
use crate::search::language::{self, Query};
use crate::store::StoreError;
use crate::store::cache::{AsOf, Cache, Held, Reader};
use crate::store::durable::Durable;
use crate::words::{self, Words};

/// The books of one company among all that the config names.
pub(super) struct OneOfAll {
    /// By which profile; none for a connection that the environment describes.
    pub profile: Option<ProfileName>,
    /// Whose books.
    pub id: CompanyId,
    /// Who that is, where it was read.
    pub company: Option<Company>,
}

/// Rows that are read at once.
const AT_ONCE: usize = 500;

/// The cache, opened on the books that are meant.
pub(super) struct Kept<'a> {
    pub reader: Reader,
    /// Whose books.
    pub company_id: CompanyId,
    /// Who that is, where it was read.
    pub company: Option<Company>,
    place: &'a Place,
    now: Timestamp,
    durable: Durable,
}

impl<'a> Kept<'a> {
    /// Opens what is kept of the books that the command line, the environment or the config names.
    ///
    /// # Errors
    /// That nothing was ever read, or what keeps it from being read, in words.
    pub fn open(place: &'a Place) -> eyre::Result<Self> {
        let words = &*place.words;
        let way = place.way()?;
        let (folders, _) = place.known()?;
        let failed = |error: StoreError| place.told(Exit::Failed, with_causes(&error));
        let (cache, durable) = (
            folders.data.join(program::CACHE_FILE),
            folders.data.join(program::DURABLE_FILE),
        );
        // Neither is made by looking for it.
        if !cache.is_file() || !durable.is_file() {
            return Err(place.told(Exit::Findings, words.text("cli-nothing-kept")));
        }
        let durable = Durable::open(&durable).map_err(failed)?;
        let company_id = durable.books_of(&way.books()).map_err(failed)?;
        let reader = Cache::open_reader(&cache).map_err(failed)?;
        let company = reader.company(&company_id).map_err(failed)?;
        let chosen = connection::clock_start(variable, way.is_loopback(), words)?;
        Ok(Self {
            reader,
            company_id,
            company,
            place,
            now: chosen.unwrap_or_else(Timestamp::now),
            durable,
        })
    }

    /// The words of the program.
    pub fn words(&self) -> &Words {
        &self.place.words
    }

    /// The clock of the issue place.
    pub fn zone(&self) -> TimeZone {
        standing::clock_of(self.company.as_ref(), None)
    }

    /// The books of all companies of the config, each once, those that are meant first.
    ///
    /// # Errors
    /// What keeps config or files from being read, in words.
    pub fn all_books(&self) -> eyre::Result<Vec<OneOfAll>> {
        let meant = self.place.way()?.profile.map(|profile| profile.name);
        let mut all = vec![OneOfAll {
            profile: meant,
            id: self.company_id.clone(),
            company: self.company.clone(),
        }];
        let (_, loaded) = self.place.known()?;
        for (name, section) in &loaded.config.profiles {
            let way = connection::of_profile(name, section, &loaded.config, variable);
            let id = self.read(self.durable.books_of(&way.books()))?;
            if all.iter().all(|one| one.id != id) {
                all.push(OneOfAll {
                    profile: Some(name.clone()),
                    company: self.read(self.reader.company(&id))?,
                    id,
                });
            }
        }
        Ok(all)
    }

    /// The day at the issue place of a company.
    pub fn today_of(&self, company: Option<&Company>) -> Date {
        self.now.to_zoned(standing::clock_of(company, None)).date()
    }

    /// The day at the issue place.
    pub fn today(&self) -> Date {
        self.now.to_zoned(self.zone()).date()
    }

    /// For when a list is made.
    pub fn as_of(&self) -> AsOf<'static> {
        AsOf {
            today: self.today(),
            now: self.now,
            edition: EDITION,
        }
    }

    /// The list that was kept under this name.
    ///
    /// # Errors
    /// That there is none, and which there are; or that its question is not understood any more.
    pub fn view(&self, name: &ViewName) -> eyre::Result<View> {
        if let Some(view) = self.read(self.durable.view(&self.company_id, name))? {
            self.understood(&view.query.only.text)?;
            return Ok(view);
        }
        let names: Vec<String> = self
            .read(self.durable.views(&self.company_id))?
            .iter()
            .map(|view| plain(view.name.as_str()))
            .collect();
        let names = match names.is_empty() {
            true => "—".to_owned(),
            false => names.join(", "),
        };
        let said = self.words().with(
            "cli-no-view",
            &[
                ("name", plain(name.as_str()).as_str().into()),
                ("names", names.as_str().into()),
            ],
        );
        Err(self.place.told(Exit::Findings, said))
    }

    /// All records of a list, in its order.
    ///
    /// # Errors
    /// What keeps them from being read, in words.
    pub fn listed(&self, query: &ListQuery, most: usize) -> eyre::Result<(Vec<Record>, usize)> {
        let rows = self
            .reader
            .ordered_ids(&self.company_id, query, self.as_of());
        let rows = self.read(rows)?;
        let mut records = Vec::with_capacity(rows.len().min(most));
        for stretch in rows
            .get(..most.min(rows.len()))
            .unwrap_or(&rows)
            .chunks(AT_ONCE)
        {
            records.extend(self.read(self.reader.rows(stretch))?);
        }
        Ok((records, rows.len()))
    }

    /// What a read of the cache gave, or why it gave nothing.
    pub fn read<T>(&self, answer: Result<T, StoreError>) -> eyre::Result<T> {
        answer.map_err(|error| self.place.told(Exit::Failed, with_causes(&error)))
    }

    /// A question as it is understood.
    ///
    /// # Errors
    /// What of it is not, in words.
    pub fn understood(&self, text: &str) -> eyre::Result<Query> {
        self.understood_on(text, self.today())
    }

    /// The same on some day.
    ///
    /// # Errors
    /// What of it is not, in words.
    pub fn understood_on(&self, text: &str, today: Date) -> eyre::Result<Query> {
        let query = language::parse(text, today);
        match query.puzzles.first() {
            Some(puzzle) => Err(self.place.told(Exit::Usage, self.words().puzzle(puzzle))),
            None => Ok(query),
        }
    }

    /// Why something cannot be done with it, by the key of its words.
    pub fn refuse(&self, key: &str) -> eyre::Report {
        self.place.told(Exit::Failed, self.place.words.text(key))
    }

    /// A record as it was last read, where it is here.
    ///
    /// # Errors
    /// What keeps it from being read, in words.
    pub fn held(&self, kind: Kind, id: &Id) -> eyre::Result<Option<Held>> {
        self.read(self.reader.held(&self.company_id, kind, id))
    }

    /// What a document refers to, as far as it is here.
    ///
    /// # Errors
    /// What keeps it from being read, in words.
    pub fn around(&self, document: &Record) -> eyre::Result<Around> {
        let some =
            |kind, ids: &mut dyn Iterator<Item = Id>| -> eyre::Result<BTreeMap<Id, Record>> {
                let mut found = BTreeMap::new();
                for id in ids {
                    if let Some(held) = self.held(kind, &id)? {
                        found.insert(id, held.record);
                    }
                }
                Ok(found)
            };
        let contact = document.link(Field::Contact).map(|link| link.id.clone());
        let taxes = self.reader.all(&self.company_id, Kind::TaxRates);
        Ok(Around {
            company: self.company.clone(),
            contacts: some(Kind::Customers, &mut contact.into_iter())?,
            items: some(Kind::InvoiceItems, &mut items_of(document).into_iter())?,
            taxes: self.read(taxes)?,
            related: some(Kind::Invoices, &mut related_to(document).into_iter())?,
        })
    }

    /// Whose books these are, and of when something is that was read at this moment: in one line for people (law 5).
    pub fn age(&self, read_at: Option<Timestamp>) -> String {
        let (name, rfc) = names(self.company.as_ref());
        let age = hour_of(read_at, self.company.as_ref());
        let values = [
            ("company", name.into()),
            ("rfc", rfc.into()),
            ("age", age.as_str().into()),
        ];
        self.words().with("cli-kept-one", &values)
    }

    /// Whose books these are, how much of a kind is here, and of when: in one line for people (law 4, law 5).
    pub fn standing(&self, kind: Kind) -> eyre::Result<String> {
        self.standing_of(&self.company_id, self.company.as_ref(), kind)
    }

    /// The same of the books of some company.
    ///
    /// # Errors
    /// What keeps it from being read, in words.
    pub fn standing_of(
        &self,
        id: &CompanyId,
        company: Option<&Company>,
        kind: Kind,
    ) -> eyre::Result<String> {
        let coverage = self.read(self.reader.coverage(id, kind))?;
        let words = self.words();
        let (name, rfc) = names(company);
        let total = coverage.total.map_or_else(|| "—".to_owned(), words::count);
        let age = hour_of(coverage.read_at, company);
        Ok(words.with(
            "cli-kept",
            &[
                ("company", name.into()),
                ("rfc", rfc.into()),
                ("kind", words.kind(kind).as_str().into()),
                ("n", words::count(coverage.cached).as_str().into()),
                ("m", total.as_str().into()),
                ("age", age.as_str().into()),
            ],
        ))
    }
}

fn names(company: Option<&Company>) -> (&str, &str) {
    company.map_or(("—", "—"), |company| {
        (company.name.as_str(), company.rfc.as_str())
    })
}

/// Day and hour at the issue place; a dash where nobody noted them.
fn hour_of(at: Option<Timestamp>, company: Option<&Company>) -> String {
    at.map_or_else(
        || "—".to_owned(),
        |at| {
            let at = at.to_zoned(standing::clock_of(company, None)).datetime();
            format!("{} {}", words::date(at.date()), words::hour(at))
        },
    )
}
