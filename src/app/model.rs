//! Everything that the program knows while it runs. Changed by `update` alone.

mod setting;
mod shown;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use crate::domain::company::{Company, CompanyId};
use crate::domain::field::Field;
use crate::domain::habits::Habits;
use crate::domain::headway::Headway;
use crate::domain::intent::{Act, Intent, IntentId, Snapshot};
use crate::domain::kind::Kind;
use crate::domain::lately::Lately;
use crate::domain::list::{Coverage, Overview};
use crate::domain::money::Money;
use crate::domain::profile::ProfileName;
use crate::domain::record::{Id, Record};
use crate::domain::status::Status;
use crate::domain::substitution::{Step as ThreadStep, Thread};
use crate::domain::verdict::Verdict;
use crate::domain::view::{View, ViewChange};
use crate::sat::catalogs::Catalogs;
use crate::sat::standing;
use crate::words::Words;

use super::accounts::Accounts;
use super::audit::Audit;
use super::batch::{self, desk::Lot};
use super::cancel::CancelDialog;
use super::companies::{Choice, Chooser};
use super::compare::Compare;
use super::decide::Decide;
use super::detail::Detail;
use super::find::Find;
use super::form::Form;
use super::home::Home;
use super::key::Key;
use super::keymap::{Action, Place};
use super::links::Links;
use super::list::List;
use super::msg::{Effect, Live, Request, Slot, Ticket, Trouble};
use super::narrow::Narrow;
use super::native::Native;
use super::notice::{Notice, Toast};
use super::package::Package;
use super::palette::Palette;
use super::picker::Picker;
use super::qr::Qr;
use super::remote::Remote;
use super::sorting::Sorting;
use super::stamp::StampDialog;
use super::tickets::Tickets;
use super::views::{Naming, Views};

pub use setting::{Colours, FRAME_ROWS, SIDE_PANE_FROM, Venue};
pub use shown::StampShown;

/// A page. Holds state only.
#[derive(Clone, Debug)]
pub enum Screen {
    /// The home page.
    Home(Home),
    /// A list of records.
    List(List),
    /// The chart of accounts.
    Accounts(Accounts),
    /// One record.
    Detail(Detail),
    /// A form.
    Form(Box<Form>),
    /// The audit log, or what was done to one record.
    Audit(Box<Audit>),
}

/// Something above the page that sees the keys first.
#[derive(Clone, Debug)]
pub enum Layer {
    /// The box that finds.
    Find(Find),
    /// The palette.
    Palette(Palette),
    /// The keys of this place.
    Help {
        /// The place whose keys are shown.
        of: Place,
        /// First row on screen.
        top: usize,
    },
    /// A choice for a field of the form below.
    Picker(Picker),
    /// The pre-flight card of a stamp.
    Stamp(Box<StampDialog>),
    /// Several documents that are stamped together.
    Batch(batch::desk::Dialog),
    /// The dialog of a cancellation.
    Cancel(Box<CancelDialog>),
    /// The native record, whole.
    Native(Native),
    /// The records that belong to one.
    Links(Links),
    /// By what the list below is sorted.
    Sorting(Sorting),
    /// What the page below is narrowed to.
    Narrow(Narrow),
    /// What changed elsewhere, beside what stands in the form below.
    Compare(Box<Compare>),
    /// Leave a form that is not saved, or delete something?
    Confirm(Confirm),
    /// What no read could tell about an act.
    Decide(Decide),
    /// The code of the SAT's verification.
    Qr(Box<Qr>),
    /// The files of a period.
    Package(Box<Package>),
    /// Which company's books are opened.
    Companies(Chooser),
    /// What the other side tells by itself.
    Live,
    /// The lists that were given a name.
    Views(Views),
    /// The name of one.
    Naming(Naming),
}

/// A question with No as its default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirm {
    /// What is asked.
    pub notice: Notice,
    /// What follows a yes.
    pub then: Confirmed,
    /// Whether Yes is selected.
    pub yes: bool,
}

/// What follows a yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// Delete this record.
    Delete(Box<Record>),
    /// Change the lists that were given a name.
    ChangeViews(ViewChange),
    /// Give up what is in the form.
    AbandonForm,
    /// Give up what is kept of a form that is not open, by its slot.
    DropKept(String),
    /// End the program although a result is not known yet.
    Quit,
}

/// How the walk over a kind goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Walk {
    /// How much is here.
    pub coverage: Coverage,
    /// Whether it goes on.
    pub running: bool,
    /// How it gets ahead, where it goes on to the end of the list.
    pub headway: Option<Headway>,
    /// Why it stopped early.
    pub trouble: Option<Trouble>,
}

/// The model.
#[derive(Clone, Debug)]
pub struct Model {
    /// Columns and rows of the terminal; changed by a resize.
    pub size: (u16, u16),
    /// When the last message arrived.
    pub now: Timestamp,
    /// The words of the language in use; replaced when it is switched.
    pub words: Arc<Words>,
    /// Where the other side is.
    pub venue: Venue,
    /// Whether the screen has colours; fixed while this model lives.
    pub colours: Colours,
    /// Whether everything that changes something is switched off.
    pub read_only: bool,
    /// Whether amounts and names are hidden from those who see the screen too.
    pub masked: bool,
    /// From which total on a single stamp has its total typed; fixed while this model lives.
    pub type_total_from: Option<Money>,
    /// Whose books; another's when the connection turns out to lead there.
    pub company_id: CompanyId,
    /// Who that is; replaced when it was read.
    pub company: Remote<Company>,
    /// The companies of the config, this one among them; fixed while this model lives.
    pub companies: Vec<Choice>,
    /// Which of them these books are; none where the environment alone describes the connection.
    pub profile: Option<ProfileName>,
    /// The company that is being gone over to, until its books are on screen: nothing of this one is begun any more.
    pub going_to: Option<ProfileName>,
    /// The record that is shown when the books of this company are on screen: a hit among all companies was chosen.
    pub bound_for: Option<(ProfileName, Kind, Id)>,
    /// Whether the next stamp asks for the end of the RFC: other books were gone over to.
    pub rfc_wanted: bool,
    /// Pages, the last on top; never empty, because the home page is the floor.
    pub screens: Vec<Screen>,
    /// Layers above the page, the last on top.
    pub layers: Vec<Layer>,
    /// The first key of a chord, until the second comes.
    pub pending: Option<Key>,
    /// The newest questions.
    pub tickets: Tickets,
    /// The catalogues, when they are inflated; until then the rules are pending, and pending bars the stamp.
    pub catalogs: Option<Arc<Catalogs>>,
    /// The tax rates that lines choose from.
    pub taxes: Vec<Record>,
    /// The departments, by which links that bring only an id are named; replaced when they were walked.
    pub departments: Vec<Record>,
    /// What the company usually chooses; replaced when a form was opened and the answer came.
    pub habits: Habits,
    /// The chart of accounts that forms choose from; replaced when it was walked.
    pub chart: Vec<Record>,
    /// The numbers of the home page.
    pub overview: Remote<Overview>,
    /// How the walks go.
    pub walks: BTreeMap<Kind, Walk>,
    /// How the reading of fiscal data one by one gets ahead, while it goes on.
    pub fiscal: Option<Headway>,
    /// Intents of this run and those found open at the start.
    pub intents: BTreeMap<IntentId, Intent>,
    /// Read-backs under way, so that one is not ordered twice.
    pub reading_back: Vec<IntentId>,
    /// The batch of stamps that is under way, or the last one; replaced by the next.
    pub batch: Option<Lot>,
    /// Records whose changes are on their way; left when the worker says what became of them.
    pub saves: BTreeSet<(Kind, Id)>,
    /// Replacements that were begun and are not done; replaced whenever something may have moved one.
    pub threads: Vec<Thread>,
    /// The lists that were given a name; read when somebody asks for them, replaced when they change.
    pub views: Remote<Vec<View>>,
    /// What was looked for lately in these books; read when the box opens, replaced when it grows.
    pub lately: Lately,
    /// Forms that were not finished, by slot.
    pub unfinished: BTreeMap<String, String>,
    /// A short message, until its time has come.
    pub toast: Option<Toast>,
    /// Whether the last answer said that there is no connection.
    pub offline: Option<Trouble>,
    /// What the other side tells by itself; none where nobody listens. Replaced when it changes.
    pub live: Option<Live>,
    /// When the server is asked again by itself whether it is there; none while it is.
    pub probe_at: Option<Timestamp>,
    /// Random part of the names that this run gives; arrives from outside.
    session: String,
    /// Names given so far.
    named: u64,
}

/// What a model begins with.
#[derive(Clone, Debug)]
pub struct Beginning {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The time.
    pub now: Timestamp,
    /// The words.
    pub words: Arc<Words>,
    /// Whether the screen has colours.
    pub colours: Colours,
    /// Where the other side is.
    pub venue: Venue,
    /// Whose books.
    pub company_id: CompanyId,
    /// Who that is, where the cache knows.
    pub company: Option<Company>,
    /// The companies of the config.
    pub companies: Vec<Choice>,
    /// Which of them these books are.
    pub profile: Option<ProfileName>,
    /// Whether everything that changes something is switched off.
    pub read_only: bool,
    /// From which total on a single stamp has its total typed.
    pub type_total_from: Option<Money>,
    /// A random text that no other run has.
    pub session: String,
}

impl Model {
    /// A program that has just begun and asked nothing yet.
    pub fn new(beginning: Beginning) -> Self {
        Self {
            size: beginning.size,
            now: beginning.now,
            words: beginning.words,
            venue: beginning.venue,
            colours: beginning.colours,
            read_only: beginning.read_only,
            masked: false,
            type_total_from: beginning.type_total_from,
            company_id: beginning.company_id,
            company: beginning.company.map_or(Remote::Idle, Remote::Ready),
            companies: beginning.companies,
            profile: beginning.profile,
            going_to: None,
            bound_for: None,
            rfc_wanted: false,
            screens: vec![Screen::Home(Home::default())],
            layers: Vec::new(),
            pending: None,
            tickets: Tickets::default(),
            catalogs: None,
            taxes: Vec::new(),
            departments: Vec::new(),
            habits: Habits::default(),
            chart: Vec::new(),
            overview: Remote::Idle,
            walks: BTreeMap::new(),
            fiscal: None,
            intents: BTreeMap::new(),
            reading_back: Vec::new(),
            batch: None,
            saves: BTreeSet::new(),
            threads: Vec::new(),
            views: Remote::Idle,
            lately: Lately::default(),
            unfinished: BTreeMap::new(),
            toast: None,
            offline: None,
            live: None,
            probe_at: None,
            session: beginning.session,
            named: 0,
        }
    }

    /// Begins anew on other books: nothing that was read or asked about the old ones stays, and the next stamp asks for
    /// the end of the RFC.
    pub fn turn_to(&mut self, company: Company) {
        self.begin_on(company.id.clone(), Some(company));
    }

    /// The same where it is not known yet whose they are.
    pub fn begin_on(&mut self, id: CompanyId, company: Option<Company>) {
        self.company_id = id;
        self.company = company.map_or(Remote::Idle, Remote::Ready);
        self.going_to = None;
        self.bound_for = None;
        self.rfc_wanted = true;
        self.screens = vec![Screen::Home(Home::default())];
        self.layers.clear();
        self.pending = None;
        self.tickets.withdraw_all();
        self.taxes.clear();
        self.departments.clear();
        self.chart.clear();
        self.overview = Remote::Idle;
        self.walks.clear();
        self.fiscal = None;
        self.intents.clear();
        self.reading_back.clear();
        self.batch = None;
        // What becomes of them is told about the old books, and dropped: nothing here may wait for it.
        self.saves.clear();
        self.threads.clear();
        self.views = Remote::Idle;
        self.lately = Lately::default();
        self.unfinished.clear();
        self.offline = None;
        self.live = None;
        self.probe_at = None;
    }

    /// Day and hour at the issue place.
    pub fn local_time(&self) -> DateTime {
        self.local(self.now)
    }

    /// A moment as the clock of the issue place shows it. Asked of the company each time, so that it cannot lag behind.
    pub fn local(&self, moment: Timestamp) -> DateTime {
        let clock = standing::clock_of(self.company.value(), self.catalogs.as_deref());
        moment.to_zoned(clock).datetime()
    }

    /// The day at the issue place.
    pub fn today(&self) -> Date {
        self.local_time().date()
    }

    /// The page on top.
    pub fn screen(&self) -> Option<&Screen> {
        self.screens.last()
    }

    /// Where keys go: the layer on top, else the page.
    pub fn place(&self) -> Place {
        match (self.layers.last(), self.screens.last()) {
            (Some(layer), _) => match layer {
                Layer::Find(_) => Place::Find,
                Layer::Palette(_) => Place::Palette,
                Layer::Help { .. } => Place::Help,
                Layer::Picker(_) => Place::Picker,
                Layer::Native(_) => Place::Native,
                Layer::Links(_) | Layer::Sorting(_) | Layer::Companies(_) => Place::Menu,
                Layer::Compare(_) => Place::Compare,
                Layer::Narrow(_) => Place::Narrow,
                Layer::Qr(_) => Place::Qr,
                Layer::Package(_) => Place::Package,
                Layer::Cancel(dialog) => dialog.place(),
                Layer::Live => Place::Live,
                Layer::Views(_) => Place::Views,
                Layer::Naming(_) => Place::Naming,
                Layer::Stamp(card) if card.asks_for_letters() => Place::Signing,
                Layer::Batch(_) if super::batch::desk::asks_for_letters(self) => Place::Signing,
                Layer::Stamp(_) | Layer::Batch(_) | Layer::Confirm(_) | Layer::Decide(_) => {
                    Place::Dialog
                }
            },
            (None, screen) => screen_place(screen),
        }
    }

    /// The place inside the one where keys go, where a few keys mean something of their own.
    pub fn inner_place(&self) -> Option<Place> {
        match (self.layers.is_empty(), self.screens.last()) {
            (true, Some(Screen::Form(form))) => form.inner_place(),
            _ => None,
        }
    }

    /// Where keys go once all layers are closed.
    pub fn screen_place(&self) -> Place {
        screen_place(self.screens.last())
    }

    /// Rows that a page has for its own content.
    pub fn page_rows(&self) -> usize {
        usize::from(self.size.1.saturating_sub(FRAME_ROWS))
    }

    /// Rows of records that a list shows: the page less its column heads.
    pub fn list_rows(&self) -> usize {
        self.page_rows().saturating_sub(1)
    }

    /// Hits that the box shows.
    pub fn find_rows(&self) -> usize {
        self.page_rows().saturating_sub(2) / super::find::ROWS_PER_HIT
    }

    /// Whether there is room for a pane beside the list.
    pub fn has_side_pane(&self) -> bool {
        self.size.0 >= SIDE_PANE_FROM
    }

    /// The record that actions are about: the one on the page, or the selected one of the list.
    pub fn subject(&self) -> Option<&Record> {
        match self.screens.last()? {
            Screen::List(list) => list.selection(),
            Screen::Detail(detail) => detail.record.value(),
            Screen::Accounts(accounts) => accounts.selection().map(|node| &node.record),
            Screen::Home(_) | Screen::Form(_) | Screen::Audit(_) => None,
        }
    }

    /// The intent that is about this record: one that is open before all others, then the newest.
    pub fn intent_on(&self, kind: Kind, id: &Id) -> Option<&Intent> {
        newest(self.intents_on(kind, id))
    }

    fn intents_on(&self, kind: Kind, id: &Id) -> impl Iterator<Item = &Intent> {
        self.intents
            .values()
            .filter(move |intent| intent.kind == kind && intent.target() == Some(id))
    }

    /// The create that stamps of which this document may be what it makes, while that is not known.
    pub fn being_stamped(&self, record: &Record) -> Option<&Intent> {
        let mut open = self.intents.values();
        open.find(|intent| {
            matches!(intent.act, Act::CreateAndStamp(_))
                && intent.may_be_stamping(record.kind, &Snapshot::of(record))
        })
    }

    /// Whether changes to this record, or to the receiver that it names, are on their way.
    pub fn is_being_saved(&self, record: &Record) -> bool {
        let receiver = record.link(Field::Contact).map(|link| &link.id);
        self.saves.iter().any(|(kind, id)| {
            (*kind == record.kind && *id == record.id)
                || (*kind == Kind::Customers && Some(id) == receiver)
        })
    }

    /// Intents whose outcome is not known yet, oldest first.
    pub fn unsettled(&self) -> Vec<&Intent> {
        let mut open: Vec<&Intent> = self
            .intents
            .values()
            .filter(|intent| intent.progress.is_open())
            .collect();
        open.sort_by_key(|intent| intent.planned_at);
        open
    }

    /// The replacement that was begun of this invoice.
    pub fn thread_of(&self, replaced: &Id) -> Option<&Thread> {
        let mut threads = self.threads.iter();
        threads.find(|thread| thread.what.replaced == *replaced)
    }

    /// Replacements that wait for a person. One whose cancellation is under way shows as that.
    pub fn waiting_threads(&self) -> Vec<&Thread> {
        let is_under_way = |thread: &Thread| {
            thread.step() == ThreadStep::Wait
                || self
                    .intent_on(Kind::Invoices, &thread.what.replaced)
                    .is_some_and(|intent| intent.progress.is_open())
        };
        let threads = self.threads.iter();
        threads.filter(|thread| !is_under_way(thread)).collect()
    }

    /// Forms that were not finished, by slot, those that wait for a connection first, but for those of a replacement that was begun: that shows them.
    pub fn left_forms(&self) -> Vec<(&str, &str)> {
        let of_thread = |slot: &str| {
            let mut threads = self.threads.iter();
            threads.any(|thread| super::form::replacing_slot(&thread.what.replaced) == slot)
        };
        let left = self.unfinished.iter();
        let mut left: Vec<(&str, &str)> = left
            .filter(|(slot, _)| !of_thread(slot))
            .map(|(slot, body)| (slot.as_str(), body.as_str()))
            .collect();
        left.sort_by_cached_key(|(_, body)| !super::form::is_waiting(body));
        left
    }

    /// Asks the worker; an older question in the slot is given up.
    pub fn ask(&mut self, slot: Slot, request: Request) -> Effect {
        let ticket = self.tickets.issue(slot);
        Effect::Ask { ticket, request }
    }

    /// Whether an answer with this ticket is still wanted.
    pub fn wants(&self, ticket: Ticket) -> bool {
        self.tickets.is_wanted(ticket)
    }

    /// A name that no other intent has, in this run or another.
    pub fn name_intent(&mut self) -> IntentId {
        self.named += 1;
        IntentId(format!("{}-{}", self.session, self.named))
    }

    /// Shows a short message.
    pub fn say(&mut self, notice: Notice) {
        let stays = jiff::SignedDuration::from_secs(8);
        let until = self.now.checked_add(stays).unwrap_or(self.now);
        self.toast = Some(Toast { notice, until });
    }

    /// When the first verdict on the page outlives its time.
    pub fn verdicts_until(&self) -> Option<Timestamp> {
        match self.screens.last()? {
            Screen::Home(_) => {
                let overview = self.overview.value()?;
                let verdicts = overview.unstamped.values();
                verdicts
                    .filter_map(|unstamped| unstamped.readiness.until)
                    .chain(overview.until)
                    .min()
            }
            Screen::List(list) => {
                let day = self.overview.value().and_then(|overview| overview.until);
                let judged = list.window.as_ref()?.judged.values();
                judged.map(|judged| judged.until).chain(day).min()
            }
            Screen::Accounts(_) | Screen::Detail(_) | Screen::Form(_) | Screen::Audit(_) => None,
        }
    }

    /// What the fiscal rules say of an unstamped row of a list; nothing where it was not judged, or was judged by what
    /// the clock has overtaken.
    pub fn verdict_in(&self, list: &List, record: &Record) -> Option<Verdict> {
        let judged = list.window.as_ref()?.judged.get(&record.id)?;
        let holds = self.now < judged.until && self.stamp_of(record) == StampShown::Unstamped;
        holds.then_some(judged.verdict)
    }

    /// When `update` wants to be woken although nothing happens: a read-back that is due, a message that goes, or a
    /// verdict that outlives its time.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        let reads = self
            .intents
            .values()
            .filter(|intent| !self.reading_back.contains(&intent.id))
            .filter_map(super::outbox::due);
        let keep = self.screens.iter().filter_map(|screen| match screen {
            Screen::Form(form) => form.keep_at(),
            _ => None,
        });
        // One that has passed was asked for already; waking for it again would never end.
        let verdicts = self.verdicts_until().filter(|until| *until > self.now);
        reads
            .chain(verdicts)
            .chain(self.toast.as_ref().map(|toast| toast.until))
            .chain(self.probe_at)
            .chain(keep)
            .chain(
                self.batch
                    .as_ref()
                    .and_then(|lot| lot.batch.deadline(self.now)),
            )
            .min()
    }

    /// Why an action cannot be done just now; none when it can.
    pub fn disabled(&self, action: Action) -> Option<Notice> {
        super::enabled::reason(self, action)
    }

    /// Serie and folio of a record, or a word for a draft that has none.
    pub fn title_of(&self, record: &Record) -> String {
        match record.title() {
            "" => {
                let key = match record.status() {
                    Status::Draft => "draft-number",
                    _ => "unnumbered",
                };
                self.words.with(key, &[("id", record.id.as_str().into())])
            }
            title => title.to_owned(),
        }
    }

    /// The tax rate with this id.
    pub fn tax(&self, id: &Id) -> Option<&Record> {
        self.taxes.iter().find(|tax| tax.id == *id)
    }

    /// The ledger account with this id.
    pub fn account(&self, id: &Id) -> Option<&Record> {
        self.chart.iter().find(|account| account.id == *id)
    }

    /// The department with this id, while the departments are here.
    pub fn department(&self, id: &Id) -> Option<&Record> {
        self.departments
            .iter()
            .find(|department| department.id == *id)
    }

    /// The company's RFC, where known.
    pub fn rfc(&self) -> &str {
        self.company.value().map_or("", |company| &company.rfc)
    }
}

fn newest<'a>(intents: impl Iterator<Item = &'a Intent>) -> Option<&'a Intent> {
    intents.max_by_key(|intent| (intent.progress.is_open(), intent.planned_at))
}

fn screen_place(screen: Option<&Screen>) -> Place {
    match screen {
        None | Some(Screen::Home(_)) => Place::Home,
        Some(Screen::List(_)) => Place::List,
        Some(Screen::Accounts(_)) => Place::Accounts,
        Some(Screen::Detail(_)) => Place::Detail,
        Some(Screen::Form(_)) => Place::Form,
        Some(Screen::Audit(_)) => Place::Audit,
    }
}
