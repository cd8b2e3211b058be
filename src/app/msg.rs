//! Everything that may happen to the app, and everything that it may do to the world.
//!
//! What is in neither [`Msg`] nor [`Effect`] cannot happen. Messages are facts, effects are orders. Neither carries
//! callbacks, futures or locks. Nothing here is ever sent over a wire.

mod live;
pub mod package;
mod request;
mod slot;
mod trouble;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::domain::audit::{AuditWindow, Verdict};
use crate::domain::cancellation::Surroundings;
use crate::domain::company::{Company, CompanyId};
use crate::domain::edit::Edit;
use crate::domain::habits::Habits;
use crate::domain::headway::Headway;
use crate::domain::intent::{Answer, Intent, IntentId, Progress, Sighting};
use crate::domain::kind::Kind;
use crate::domain::lately::Lately;
use crate::domain::list::{Coverage, Hit, ListQuery, Overview, Window};
use crate::domain::paper::Form;
use crate::domain::period::Period;
use crate::domain::profile::ProfileName;
use crate::domain::record::{Id, Record};
use crate::domain::secret::Secret;
use crate::domain::substitution::{Substitution, Thread};
use crate::domain::ties::{NamedBy, Tie};
use crate::domain::view::{View, ViewChange};
use crate::sat::catalogs::Catalogs;
use crate::sat::catalogs::lexicon::Hit as CatalogueHit;
use crate::sat::cfdi::voucher::Part;

use super::key::Key;
use super::notice::Notice;

pub use live::{Heard, Live, Subscribed};
pub use request::{Freshness, Request};
pub use slot::{Slot, Ticket};

pub use trouble::{Trouble, TroubleSort};

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Msg {
    /// A key was pressed, or repeats.
    Key(Key),
    /// A text was pasted. It is text, never a command.
    Paste(String),
    /// Something on screen was clicked.
    Click(Target),
    /// The wheel was turned over something; rows downwards.
    Scroll {
        /// Over what.
        target: Target,
        /// How far; negative is up.
        rows: i32,
    },
    /// The terminal has this size now.
    Resize {
        /// Columns.
        width: u16,
        /// Rows.
        height: u16,
    },
    /// What is on top was laid out and can be moved no further than to this row. Told after each frame of a page that
    /// is moved by rows of text.
    Laid {
        /// The last row that may stand at the top.
        last_top: usize,
    },
    /// A deadline that the model named has come.
    Woke,
    /// The system ends the program: what must not be lost is kept now.
    Ending,
    /// The worker reports.
    Worker(Box<Reply>),
}

/// Something on screen that a mouse can point at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A row of the list, tree or lines grid on the screen itself, by its index in the whole list.
    Row(usize),
    /// A row of the form.
    Field(usize),
    /// A row of the layer on top (hits, palette, picker).
    Choice(usize),
    /// A button of the dialog on top. A click only selects it.
    Button(usize),
    /// A key of the footer: the action that it names.
    Footer(super::keymap::Action),
    /// The screen, nowhere in particular.
    Screen,
}

/// What the worker reports, and for whose books.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Whose books it speaks of. A reply for another company is dropped (law 5).
    pub company: CompanyId,
    /// The question that it answers; none for what was not asked.
    pub ticket: Option<Ticket>,
    /// What it says.
    pub fact: Fact,
}

/// Where a record was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// From the cache; more is on its way.
    Cache,
    /// From the server, without native data; those are on their way.
    Commercial,
    /// From the server, native data included; nothing more comes.
    Native,
}

/// A fact that the worker reports.
#[derive(Clone, Debug)]
pub enum Fact {
    /// The company, from the cache or the server.
    Company(Company),
    /// A stretch of a list.
    Window(Window),
    /// The numbers of the home page.
    Overview(Overview),
    /// All records of a small kind.
    All {
        /// Of which resource.
        kind: Kind,
        /// The records.
        records: Vec<Record>,
        /// How much of the kind is here.
        coverage: Coverage,
    },
    /// A record.
    Record {
        /// As read.
        record: Box<Record>,
        /// Where.
        source: Source,
    },
    /// Several records.
    Records(Vec<Record>),
    /// Documents with all that a judgement of them rests on.
    Surroundings(Vec<(Id, Surrounded)>),
    /// How many folios this program spent.
    Folios(Folios),
    /// A stretch of the audit log.
    Audit(AuditWindow),
    /// Whether the audit log is whole.
    AuditChecked(Verdict),
    /// What has to be known before an invoice is cancelled.
    Cancelling(Box<Surroundings>),
    /// The replacements that were begun and not finished.
    Threads(Vec<Thread>),
    /// The lists that were given a name, and what was changed of them, where this is about a change.
    Views {
        /// By their names.
        views: Vec<View>,
        /// What was asked for, and is on disk.
        change: Option<ViewChange>,
    },
    /// What was looked for lately.
    Lately(Lately),
    /// What the company usually chooses from the catalogues.
    Habits(Habits),
    /// Acts as they stand in the outbox; those that it does not have are missing.
    Acts(Vec<Intent>),
    /// What is open between a contact and the company.
    OpenDocuments {
        /// Whose.
        contact: Id,
        /// The documents, the oldest first.
        documents: Vec<Record>,
        /// How much of all such documents was looked through.
        coverage: Coverage,
    },
    /// Who names a record.
    NamedBy {
        /// Which record.
        id: Id,
        /// How many of each kind.
        named: Vec<NamedBy>,
        /// What it names by folios fiscales, which only the cache knows as records.
        related: Vec<Tie>,
    },
    /// A native record.
    Native {
        /// Of which record.
        id: Id,
        /// As its JSON text.
        raw: String,
        /// When it was read.
        read_at: Option<Timestamp>,
        /// Whether this is what the server says now; else that is on its way.
        fresh: bool,
    },
    /// The ids of all rows of a list.
    Ids {
        /// Of which list.
        query: ListQuery,
        /// In its order.
        ids: Vec<Id>,
    },
    /// The record is not there any more.
    Gone,
    /// What the box found.
    Found {
        /// Best first.
        hits: Vec<Hit>,
        /// Whether there may be more than these.
        more: bool,
        /// How much of the invoices was searched.
        coverage: Coverage,
    },
    /// What the box found in the books of several companies.
    FoundEverywhere {
        /// Best first.
        hits: Vec<Hit>,
        /// Whether there may be more than these.
        more: bool,
        /// How much of the invoices of all of them was searched.
        coverage: Coverage,
        /// How many companies that were.
        companies: usize,
        /// Those of which nothing was ever read on this machine.
        unread: Vec<ProfileName>,
    },
    /// What a catalogue found.
    CatalogueFound(Vec<CatalogueHit>),
    /// The catalogues are inflated.
    Catalogs(Arc<Catalogs>),
    /// The walk over a kind stored a page, or ended.
    Walked {
        /// Of which resource.
        kind: Kind,
        /// How much is here now.
        coverage: Coverage,
        /// Whether it goes on.
        running: bool,
        /// How it gets ahead, where it goes on to the end of the list.
        headway: Option<Headway>,
        /// Why it stopped early.
        trouble: Option<Trouble>,
    },
    /// The fiscal data that no list brought are read one by one, or that ended.
    Fiscal {
        /// How that gets ahead; nothing once it has ended.
        headway: Option<Headway>,
        /// Why it stopped early.
        trouble: Option<Trouble>,
    },
    /// The changes to a record were taken.
    Updated {
        /// Of which resource.
        kind: Kind,
        /// Which.
        id: Id,
    },
    /// The changes to a record were not taken: the server said no, or they never left.
    NotUpdated {
        /// Of which resource.
        kind: Kind,
        /// Which.
        id: Id,
        /// Why.
        trouble: Trouble,
    },
    /// The changes were not sent: the record changed elsewhere meanwhile, in the same places, or can be changed no more.
    ChangedElsewhere {
        /// The record as it is there now.
        now: Box<Record>,
    },
    /// No clear answer came to the changes; the record was read again to see what holds.
    UpdateUnclear {
        /// Of which resource.
        kind: Kind,
        /// Which.
        id: Id,
        /// Why there was no clear answer.
        trouble: Trouble,
        /// The record as it is now; none where it could not be read.
        now: Option<Box<Record>>,
    },
    /// An act was asked for in these books, and what becomes of it follows. It is told once more, because the model may
    /// have been turned to other books and back since: then it knows nothing of it.
    Begun(Box<Intent>),
    /// An intent stands in the outbox as sent, and its request leaves.
    Sent(IntentId),
    /// The request that several intents left in was answered; what became of each follows.
    ChunkAnswered {
        /// One of them.
        intent: IntentId,
        /// Whether nothing was said of any single document.
        whole: bool,
        /// How long the server wants to be left alone, where it said so.
        wait: Option<SignedDuration>,
    },
    /// A request of an intent was answered, before any reading.
    Answered {
        /// Which one.
        intent: IntentId,
        /// What came back.
        answer: Answer,
    },
    /// The record of an intent was read back.
    Sighted {
        /// Which one.
        intent: IntentId,
        /// What was seen.
        sighting: Sighting,
        /// When the reading began.
        began: Timestamp,
    },
    /// Whose books a profile leads to, as far as that is known on this machine.
    LookedUp {
        /// Which profile.
        profile: ProfileName,
        /// Whose books, by the name that they are kept under.
        id: CompanyId,
        /// Who that is, where its server was asked before.
        company: Option<Box<Company>>,
    },
    /// That cannot be told.
    NotLookedUp {
        /// Which profile.
        profile: ProfileName,
        /// Why.
        trouble: Trouble,
    },
    /// A company is connected.
    Connected {
        /// How it is called from now on.
        profile: ProfileName,
        /// Who it is.
        company: Company,
        /// Where its key is, for the person to know.
        kept: Notice,
    },
    /// The values lead to nobody's books, and this is why.
    NotConnected(Notice),
    /// The connection leads to the books of this company now, not to those that the program is open on.
    OtherBooks(Company),
    /// The record that this create was taken to have made is that of another one: nothing is settled.
    Taken(IntentId),
    /// An intent was settled by another window before this one could: what that one found holds.
    Settled(Box<Intent>),
    /// A record changed behind the page, and this is how it is now.
    Changed(Box<Record>),
    /// A record is gone behind the page.
    Vanished {
        /// Of which resource.
        kind: Kind,
        /// Which.
        id: Id,
    },
    /// How the listening for what the other side tells goes.
    Live(Live),
    /// The fiscal rules have new verdicts on unstamped documents.
    Judged,
    /// The intents of this company that were open when the program started, and those that a kept form waits for.
    OpenIntents(Vec<Intent>),
    /// Forms that were not finished when the program ended: slot and content.
    Unfinished(BTreeMap<String, String>),
    /// The files of a document are saved, or what of them could be had.
    PapersSaved(Saved),
    /// What a package would hold.
    PackagePlanned(package::Plan),
    /// The package under way has come so far.
    Packing {
        /// Documents that were taken.
        done: usize,
        /// Of so many.
        all: usize,
    },
    /// The package under way ended.
    Packed(Box<package::Packed>),
    /// Its index is kept, or why it is not.
    PackageIndexed(Option<Trouble>),
    /// The question could not be answered.
    Failed(Trouble),
    /// A part of the program broke. The rest goes on.
    Broken(String),
}

/// A document, and what it refers to, as they were read.
#[derive(Clone, Debug, PartialEq)]
pub enum Surrounded {
    /// All of it.
    Here {
        /// The document.
        document: Box<Record>,
        /// Its receiver's contact; none where there is none.
        receiver: Option<Box<Record>>,
        /// The items of its lines, those that are there.
        items: BTreeMap<Id, Record>,
    },
    /// The document is not there (any more).
    Gone,
    /// Some of it could not be read.
    Failed(Trouble),
}

/// Folios that this program spent in these books, by its audit log on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folios {
    /// Today, by the zone of the books.
    pub today: usize,
    /// Since the first of the month, today included.
    pub month: usize,
}

/// What became of the files of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// Names of the files that are there now.
    pub files: Vec<String>,
    /// Where they are.
    pub folder: String,
    /// `XML` or `PDF`, where it could not be had or was not this document's.
    pub missing: Vec<String>,
    /// In what the XML differs from the record.
    pub differs: Vec<Part>,
}

/// The three values of a company, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// `x-apideck-app-id`
    pub app_id: String,
    /// `x-apideck-consumer-id`
    pub consumer_id: String,
    /// The key.
    pub key: Secret,
}

/// An order to the world.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// End the program in order.
    Quit,
    /// Give the terminal back to the shell until it is resumed.
    Suspend,
    /// Put this text on the clipboard.
    Copy(String),
    /// Answer a question; a newer one in the same slot cancels it.
    Ask {
        /// Number of the question.
        ticket: Ticket,
        /// The question.
        request: Request,
    },
    /// Try the three values of a company that is not connected yet, and keep them where they lead to its books.
    Connect(Box<Asked>),
    /// Everything ordered from now on is about the books of this company, over the same connection.
    TurnTo(CompanyId),
    /// Tell whose books a profile leads to, by what is known on this machine.
    LookUp(ProfileName),
    /// Everything ordered from now on is about the books of this company, over the connection of this profile.
    GoOver {
        /// Whose connection.
        profile: ProfileName,
        /// Whose books.
        company: CompanyId,
    },
    /// Walk over these kinds behind everything else, newest first.
    Walk(Vec<Kind>),
    /// Send the changes to an existing record (PATCH), once, unless a reading before it shows that somebody else changed
    /// the same. Not an act that spends or creates, and never cancelled: nobody would know whether they were taken.
    Update {
        /// The changes.
        edit: Box<Edit>,
        /// The record that they rest on.
        opened: Box<Record>,
    },
    /// Write the intent down, then send it, once. Never cancelled.
    Commit(Box<Intent>),
    /// Write these intents down, then send them in one request, once. Never cancelled.
    CommitMany(Vec<Intent>),
    /// Write down how far an intent has come.
    Record {
        /// Which one.
        intent: IntentId,
        /// How far.
        progress: Progress,
    },
    /// Look whether the act of an intent was done.
    ReadBack(Box<Intent>),
    /// Keep what is in an editor, so that a crash loses nothing.
    KeepEdit {
        /// Which editor.
        slot: String,
        /// Its content.
        body: String,
    },
    /// What was in this editor is saved or given up.
    DropEdit {
        /// Which editor.
        slot: String,
    },
    /// Pack the files of all stamped documents of a period, as the cache knows them.
    Pack {
        /// Which days.
        period: Period,
        /// Which files of each.
        forms: Vec<Form>,
        /// RFC of the company: what each XML is checked against, and what its folder is called.
        issuer: String,
    },
    /// Stop packing after the document under way.
    StopPacking,
    /// Keep these texts, by their names, in a folder of files.
    KeepIndex {
        /// Where.
        folder: String,
        /// Name and text.
        files: Vec<(String, String)>,
    },
    /// Change the lists that were given a name.
    ChangeViews(ViewChange),
    /// Keep that this was looked for and led to something.
    NoteQuestion(String),
    /// Keep that a replacement was begun, and how far it is.
    KeepThread(Box<Substitution>),
    /// The replacement of this invoice is done, or given up.
    DropThread(Id),
    /// Subscribe to what the other side tells, where a public address is configured.
    Subscribe,
    /// Give the subscription up.
    Unsubscribe,
    /// Save the files of this stamped document.
    SavePapers {
        /// As it is on screen: what the XML is checked against.
        record: Box<Record>,
        /// RFC of the company.
        issuer: String,
    },
}
