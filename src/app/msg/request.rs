//! What the worker is asked.

use crate::domain::audit::AuditQuery;
use crate::domain::intent::IntentId;
use crate::domain::kind::Kind;
use crate::domain::list::ListQuery;
use crate::domain::period::Period;
use crate::domain::profile::ProfileName;
use crate::domain::record::Id;

/// A question to the worker. Asking nothing of the server is not promised by any of them.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Who are we?
    Company,
    /// A stretch of a list from the cache.
    Window {
        /// Which list.
        query: ListQuery,
        /// From which row.
        offset: usize,
        /// How many rows.
        len: usize,
    },
    /// The row of a record in a list, and the stretch around it.
    WindowAround {
        /// Which list.
        query: ListQuery,
        /// Which record.
        id: Id,
        /// How many rows.
        len: usize,
    },
    /// The numbers of the home page, from the cache.
    Overview,
    /// All records of a small kind from the cache.
    All(Kind),
    /// How many folios this program spent, by its audit log.
    Folios,
    /// A stretch of the audit log, the newest entry first. While the log is being gone through, what is there so far is
    /// told, too.
    Audit {
        /// Which entries.
        query: AuditQuery,
        /// From which of them.
        offset: usize,
        /// How many.
        len: usize,
    },
    /// Whether the audit log is whole.
    AuditChain,
    /// What a package of this period would hold, from the cache.
    Package {
        /// Which days.
        period: Period,
        /// RFC of the company, by which its folder is called.
        issuer: String,
    },
    /// Everything that has to be known before an invoice is cancelled, as the server has it now.
    Cancelling {
        /// Which invoice.
        id: Id,
        /// The one that takes its place, where there is one.
        substitute: Option<Id>,
    },
    /// The replacements that were begun and not finished, with their documents.
    Threads,
    /// The lists that were given a name.
    Views,
    /// What was looked for lately.
    Lately,
    /// Which keys of the catalogues the company's latest invoices have, in the cache.
    Habits,
    /// How far these acts have come, by the outbox.
    Acts(Vec<IntentId>),
    /// A record: from the cache at once, then its commercial data, then its native data.
    Record {
        /// Of which resource.
        kind: Kind,
        /// Which.
        id: Id,
        /// How fresh it has to be.
        freshness: Freshness,
    },
    /// Several records from the cache, and from the server what is not there or lacks its native data.
    Records {
        /// Of which resource.
        kind: Kind,
        /// Which.
        ids: Vec<Id>,
        /// How fresh they have to be.
        freshness: Freshness,
    },
    /// Documents with all that a judgement of them rests on: their receivers and the items of their lines.
    Surroundings {
        /// Of which resource.
        kind: Kind,
        /// Which documents.
        ids: Vec<Id>,
        /// How fresh all of it has to be.
        freshness: Freshness,
    },
    /// What is open between a contact and the company: from the cache at once, then as the server has it.
    OpenDocuments {
        /// Invoices or bills.
        kind: Kind,
        /// Whose.
        contact: Id,
        /// These too, whether they are open or not.
        also: Vec<Id>,
    },
    /// How many records of each kind name this one, in the cache.
    NamedBy {
        /// Of which resource it is.
        kind: Kind,
        /// Which.
        id: Id,
    },
    /// The native record: as last kept, then as the server has it now.
    Native {
        /// Of which resource.
        kind: Kind,
        /// Which.
        id: Id,
    },
    /// The ids of all rows of a list, in the cache.
    Ids(ListQuery),
    /// What the box finds in the cache.
    Find {
        /// As typed.
        text: String,
        /// Only these kinds; empty means all.
        kinds: Vec<Kind>,
        /// At most so many.
        limit: usize,
    },
    /// What the box finds in the cache of these books and of others.
    FindEverywhere {
        /// As typed.
        text: String,
        /// Only these kinds; empty means all.
        kinds: Vec<Kind>,
        /// At most so many.
        limit: usize,
        /// The profiles of the others.
        others: Vec<ProfileName>,
    },
    /// Words in a large catalogue.
    Catalogue {
        /// Which one.
        name: crate::domain::spec::CatalogueName,
        /// As typed.
        text: String,
        /// Keys that come first where they match, the most used first.
        usual: Vec<String>,
        /// At most so many.
        limit: usize,
    },
}

/// How fresh an answer has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// What is in the cache first, then what the server says.
    CacheFirst,
    /// Only what the server says now, native data included.
    Server,
}
