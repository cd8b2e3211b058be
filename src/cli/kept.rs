//! What is kept of the books on this machine, as verbs read it: at once, without the server, and with its age.

use color_eyre::eyre;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Exit, Place, connection, program, variable, with_causes};
use crate::domain::company::{Company, CompanyId};
use crate::domain::kind::Kind;
use crate::domain::list::Coverage;
use crate::sat::standing;
use crate::search::language::{self, Query};
use crate::store::StoreError;
use crate::store::cache::{Cache, Reader};
use crate::store::durable::Durable;
use crate::words::{self, Words};

/// The cache, opened on the books that are meant.
pub(super) struct Kept<'a> {
    pub reader: Reader,
    /// Whose books.
    pub company_id: CompanyId,
    /// Who that is, where it was read.
    pub company: Option<Company>,
    place: &'a Place,
    now: Timestamp,
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
        let company_id = Durable::open(&durable)
            .and_then(|durable| durable.books_of(&way.books()))
            .map_err(failed)?;
        let reader = Cache::open_reader(&cache).map_err(failed)?;
        let company = reader.company(&company_id).map_err(failed)?;
        let chosen = connection::clock_start(variable, way.is_loopback(), words)?;
        Ok(Self {
            reader,
            company_id,
            company,
            place,
            now: chosen.unwrap_or_else(Timestamp::now),
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

    /// The day at the issue place.
    pub fn today(&self) -> Date {
        self.now.to_zoned(self.zone()).date()
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
        let query = language::parse(text, self.today());
        match query.puzzles.first() {
            Some(puzzle) => Err(self.place.told(Exit::Usage, self.words().puzzle(puzzle))),
            None => Ok(query),
        }
    }

    /// Why something cannot be done with it, by the key of its words.
    pub fn refuse(&self, key: &str) -> eyre::Report {
        self.place.told(Exit::Failed, self.place.words.text(key))
    }

    /// How much of a kind is here.
    pub fn coverage(&self, kind: Kind) -> eyre::Result<Coverage> {
        self.read(self.reader.coverage(&self.company_id, kind))
    }

    /// Whose books these are, how much of a kind is here, and of when: in one line for people (law 4, law 5).
    pub fn standing(&self, kind: Kind) -> eyre::Result<String> {
        let coverage = self.coverage(kind)?;
        let words = self.words();
        let (name, rfc) = self.company.as_ref().map_or(("—", "—"), |company| {
            (company.name.as_str(), company.rfc.as_str())
        });
        let total = coverage.total.map_or_else(|| "—".to_owned(), words::count);
        let age = coverage.read_at.map_or_else(
            || "—".to_owned(),
            |at| {
                let at = at.to_zoned(self.zone()).datetime();
                format!("{} {}", words::date(at.date()), words::hour(at))
            },
        );
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
