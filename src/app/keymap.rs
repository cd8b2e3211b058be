//! The one table of actions: it feeds key handling, footer, help, palette, the manual page and the docs.
//!
//! A row says where an action can be done and with which keys; [`disabled`](super::model::Model::disabled) says why
//! it cannot be done just now. Keys of text fields are not in it: they belong to the field.

mod actions;

use crate::domain::kind::Kind;
use crate::words::Words;

use super::key::{Code, Key};

/// Everything that a person can order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    // Everywhere.
    Find,
    FindEverywhere,
    Palette,
    Help,
    Back,
    Quit,
    Suspend,
    SwitchLanguage,
    SwitchCompany,
    Mask,
    GoHome,
    GoAudit,
    Go(Kind),
    // Moving.
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    Open,
    // Lists and records.
    Refresh,
    New,
    Edit,
    Duplicate,
    MakeInvoice,
    MakeCreditNote,
    MakeBill,
    Stamp,
    Cancel,
    CopyUuid,
    FilterUnstamped,
    NextToFix,
    NextWaiting,
    StampFixed,
    VerifyNow,
    Decide,
    Native,
    Links,
    History,
    OpenDocument,
    Delete,
    Sort,
    Narrow,
    KeepNarrowed,
    SaveView,
    ShowViews,
    RenameView,
    DeleteView,
    GiveName,
    Mark,
    MarkAll,
    CopyValue,
    ShowQr,
    CopyLink,
    ShowLive,
    Subscribe,
    Unsubscribe,
    SavePapers,
    // The files of a period.
    Package,
    OtherFiles,
    Pack,
    // The tree.
    FilterUncoded,
    Fold,
    Unfold,
    FoldAll,
    UnfoldAll,
    Depth(u8),
    // Forms.
    Save,
    SaveAndStamp,
    Catalogue,
    NextField,
    PreviousField,
    AddLine,
    AddNative,
    DeleteLine,
    NextFinding,
    Undo,
    Accept,
    // Payments and pólizas.
    Fill,
    DistributeOldest,
    FindExact,
    ClearApplied,
    // Two sides of a record.
    KeepMine,
    TakeTheirs,
    // Pickers.
    Choose,
    // Dialogs.
    Pick(u8),
    NextButton,
    Confirm,
}

/// A place with keys of its own. The layer on top decides, then the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// The home page.
    Home,
    /// A list of records.
    List,
    /// The chart of accounts.
    Accounts,
    /// One record.
    Detail,
    /// The audit log.
    Audit,
    /// A form; letters go into its fields.
    Form,
    /// An amount in the grid of a payment or a póliza, inside a form: what belongs to no amount can be an order. Keys
    /// that mean nothing here mean what they mean in the form.
    Amount,
    /// The search box; letters go into it.
    Find,
    /// The palette; letters go into it.
    Palette,
    /// A picker; letters go into it.
    Picker,
    /// A dialog that asks for a decision.
    Dialog,
    /// A choice in the dialog of a cancellation: the cause, or what takes the place of the invoice.
    Causes,
    /// A dialog with something that has to be typed; letters go into it.
    Signing,
    /// The native record; letters go into its text field.
    Native,
    /// A short list to choose from.
    Menu,
    /// What changed elsewhere, beside what stands in the form.
    Compare,
    /// The field that narrows a list; letters go into it.
    Narrow,
    /// The code of the SAT's verification.
    Qr,
    /// The files of a period; letters go into its field.
    Package,
    /// What the other side tells by itself.
    Live,
    /// The lists that were given a name.
    Views,
    /// The name of one; letters go into it.
    Naming,
    /// The help page.
    Help,
}

/// One or two keys, pressed one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Chord {
    /// One key.
    One(Key),
    /// A key, then another.
    Two(Key, Key),
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// What is ordered.
    pub action: Action,
    /// With which keys; the first is the one that footer and help name.
    pub chords: &'static [Chord],
    /// Where.
    pub places: &'static [Place],
    /// Whether the footer names it; the lower, the further left.
    pub footer: Option<u8>,
}

use Chord::{One, Two};
use Place::{
    Accounts, Amount, Audit, Causes, Compare, Detail, Dialog, Find, Form, Help, Home, List, Live,
    Menu, Naming, Narrow, Native, Package, Palette, Picker, Qr, Signing, Views,
};

const fn on(letter: char) -> Chord {
    One(Key::char(letter))
}

const fn code(code: Code) -> Chord {
    One(Key::plain(code))
}

const fn control(letter: char) -> Chord {
    One(Key::ctrl(letter))
}

const fn go(letter: char) -> Chord {
    Two(Key::char('g'), Key::char(letter))
}

/// Screens on which letters are orders.
const SCREENS: &[Place] = &[Home, List, Accounts, Detail, Audit, Help];
/// Every place there is.
const ALL: &[Place] = &[
    Home, List, Accounts, Detail, Audit, Form, Find, Palette, Picker, Dialog, Causes, Signing,
    Native, Menu, Compare, Narrow, Qr, Live, Package, Views, Naming, Help,
];
/// Places with rows to move over, where letters are orders.
const ROWS: &[Place] = &[
    Home, List, Accounts, Detail, Audit, Causes, Menu, Compare, Views, Help,
];
/// Places with rows to move over, letters or not.
const MOVING: &[Place] = &[
    Home, List, Accounts, Detail, Audit, Help, Find, Palette, Picker, Native, Menu, Compare,
    Narrow, Package, Views,
];
/// Everything but dialogs: leaving a dialog for elsewhere is Esc's work.
const NOT_DIALOG: &[Place] = &[Home, List, Accounts, Detail, Audit, Form, Help];

const fn row(
    action: Action,
    chords: &'static [Chord],
    places: &'static [Place],
    footer: Option<u8>,
) -> Binding {
    Binding {
        action,
        chords,
        places,
        footer,
    }
}

/// The table. Where two rows share a key in a place, the first wins; a test sees to it that none do.
pub const BINDINGS: &[Binding] = &[
    row(Action::Find, &[on('/'), control('f')], SCREENS, Some(1)),
    row(Action::New, &[on('n')], &[List, Home], Some(2)),
    row(Action::New, &[on('n')], &[Accounts], None),
    row(Action::Edit, &[on('e')], &[List, Detail], Some(3)),
    row(Action::Edit, &[on('e')], &[Accounts], None),
    row(Action::Stamp, &[on('T')], &[List, Detail], Some(4)),
    row(Action::Cancel, &[on('X')], &[List, Detail], Some(4)),
    row(Action::MakeInvoice, &[on('i')], &[List, Detail], Some(4)),
    row(Action::MakeCreditNote, &[on('c')], &[List, Detail], None),
    row(Action::MakeBill, &[on('b')], &[List, Detail], Some(4)),
    row(Action::Duplicate, &[on('d')], &[List, Detail], None),
    row(
        Action::CopyUuid,
        &[on('y')],
        &[List, Detail, Dialog],
        Some(5),
    ),
    row(Action::CopyUuid, &[control('y')], &[Find], Some(3)),
    row(
        Action::Save,
        &[code(Code::F(8)), control('s')],
        &[Form],
        Some(1),
    ),
    row(
        Action::SaveAndStamp,
        &[code(Code::F(12)), One(Key::alt(Code::Char('T')))],
        &[Form],
        Some(1),
    ),
    row(
        Action::Catalogue,
        &[code(Code::F(3)), control('l')],
        &[Form],
        Some(2),
    ),
    row(Action::NextField, &[code(Code::Tab)], &[Form], Some(3)),
    row(Action::Open, &[code(Code::Enter)], &[Form], None),
    row(Action::PreviousField, &[code(Code::BackTab)], &[Form], None),
    row(
        Action::AddLine,
        &[code(Code::F(6)), control('n')],
        &[Form],
        Some(4),
    ),
    row(
        Action::DeleteLine,
        &[code(Code::F(7)), control('x')],
        &[Form],
        Some(5),
    ),
    row(Action::AddNative, &[control('d')], &[Form], None),
    row(Action::Fill, &[on('=')], &[Amount], Some(3)),
    row(Action::DistributeOldest, &[on('+')], &[Amount], None),
    row(
        Action::DistributeOldest,
        &[code(Code::F(5)), control('o')],
        &[Form],
        Some(4),
    ),
    row(Action::FindExact, &[on('*')], &[Amount], None),
    row(
        Action::FindExact,
        &[code(Code::F(4)), control('t')],
        &[Form],
        Some(5),
    ),
    row(Action::ClearApplied, &[on('_')], &[Amount], None),
    row(Action::NextFinding, &[control('g')], &[Form], Some(6)),
    row(Action::Undo, &[control('z')], &[Form, Find], None),
    row(
        Action::Accept,
        &[control('a'), code(Code::F(10))],
        &[Form],
        Some(0),
    ),
    row(Action::KeepMine, &[on('m')], &[Compare], Some(2)),
    row(Action::TakeTheirs, &[on('t')], &[Compare], Some(3)),
    row(
        Action::Back,
        &[code(Code::Enter), code(Code::Esc)],
        &[Compare],
        Some(1),
    ),
    row(
        Action::Open,
        &[code(Code::Enter), code(Code::Right), on('l')],
        &[Home, List, Accounts, Detail, Help],
        None,
    ),
    row(
        Action::Open,
        &[code(Code::Enter), code(Code::Right), on('l')],
        &[Menu, Audit, Views],
        Some(1),
    ),
    row(
        Action::Choose,
        &[code(Code::Enter), code(Code::Right), on('l')],
        &[Causes],
        Some(1),
    ),
    row(Action::Pick(1), &[on('1')], &[Causes], None),
    row(Action::Pick(2), &[on('2')], &[Causes], None),
    row(Action::Pick(3), &[on('3')], &[Causes], None),
    row(Action::Pick(4), &[on('4')], &[Causes], None),
    row(Action::Pick(5), &[on('5')], &[Causes], None),
    row(Action::Pick(6), &[on('6')], &[Causes], None),
    row(
        Action::Open,
        &[code(Code::Enter)],
        &[Find, Palette],
        Some(1),
    ),
    row(
        Action::Choose,
        &[code(Code::Enter), code(Code::Tab)],
        &[Picker],
        Some(1),
    ),
    row(Action::Up, &[code(Code::Up), on('k')], ROWS, None),
    row(Action::Down, &[code(Code::Down), on('j')], ROWS, None),
    row(
        Action::Up,
        &[code(Code::Up)],
        &[Find, Palette, Picker, Native, Narrow, Package],
        None,
    ),
    row(
        Action::Down,
        &[code(Code::Down)],
        &[Find, Palette, Picker, Native, Narrow, Package],
        None,
    ),
    row(Action::PageUp, &[code(Code::PageUp)], MOVING, None),
    row(Action::PageDown, &[code(Code::PageDown)], MOVING, None),
    row(
        Action::First,
        &[code(Code::Home), Two(Key::char('g'), Key::char('g'))],
        ROWS,
        None,
    ),
    row(Action::Last, &[code(Code::End), on('G')], ROWS, None),
    row(Action::Open, &[code(Code::Enter)], &[Narrow], Some(1)),
    row(Action::KeepNarrowed, &[code(Code::Tab)], &[Narrow], Some(2)),
    row(
        Action::CopyValue,
        &[code(Code::Enter), control('y')],
        &[Native],
        Some(1),
    ),
    row(Action::Narrow, &[on('f')], &[List, Accounts], Some(6)),
    row(Action::FindEverywhere, &[code(Code::Tab)], &[Find], Some(4)),
    row(
        Action::SaveView,
        &[code(Code::F(8)), control('s')],
        &[List, Narrow, Home, Accounts, Detail, Audit],
        None,
    ),
    row(Action::RenameView, &[on('e')], &[Views], Some(2)),
    row(Action::DeleteView, &[on('D')], &[Views], Some(3)),
    row(Action::GiveName, &[code(Code::Enter)], &[Naming], Some(1)),
    row(Action::Narrow, &[on('f')], &[Audit], Some(2)),
    row(Action::OpenDocument, &[on('o')], &[Audit], Some(3)),
    row(Action::OpenDocument, &[control('o')], &[Native], Some(2)),
    row(Action::History, &[on('t')], &[List, Accounts, Detail], None),
    row(Action::FilterUncoded, &[on('u')], &[Accounts], None),
    row(Action::Sort, &[on('s')], &[List], Some(6)),
    row(Action::Mark, &[on(' ')], &[List], None),
    row(Action::MarkAll, &[on('a')], &[List], None),
    row(
        Action::Links,
        &[on('o')],
        &[List, Accounts, Detail],
        Some(6),
    ),
    row(
        Action::Native,
        &[on('w')],
        &[List, Accounts, Detail],
        Some(7),
    ),
    row(
        Action::Delete,
        &[on('D')],
        &[List, Accounts, Detail],
        Some(7),
    ),
    row(Action::Delete, &[on('D')], &[Home], Some(7)),
    row(Action::ShowQr, &[on('s')], &[Detail], None),
    row(
        Action::CopyLink,
        &[on('y'), code(Code::Enter)],
        &[Qr],
        Some(1),
    ),
    row(Action::SavePapers, &[on('p')], &[Detail], None),
    row(Action::SavePapers, &[on('p')], &[Qr], Some(2)),
    row(Action::Package, &[on('p')], &[Home, List], None),
    row(Action::Pack, &[code(Code::Enter)], &[Package], Some(1)),
    row(Action::OtherFiles, &[code(Code::Tab)], &[Package], Some(2)),
    row(Action::ShowLive, &[go('l')], SCREENS, None),
    row(Action::Subscribe, &[on('s')], &[Live], Some(1)),
    row(Action::Unsubscribe, &[on('x')], &[Live], Some(2)),
    row(Action::Unfold, &[on('+')], &[Accounts], Some(2)),
    row(
        Action::Fold,
        &[code(Code::Left), on('-'), on('h')],
        &[Accounts],
        Some(3),
    ),
    row(Action::UnfoldAll, &[on('*')], &[Accounts], None),
    row(Action::FoldAll, &[on('_')], &[Accounts], None),
    row(Action::Depth(1), &[on('1')], &[Accounts], Some(4)),
    row(Action::Depth(2), &[on('2')], &[Accounts], None),
    row(Action::Depth(3), &[on('3')], &[Accounts], None),
    row(Action::Depth(4), &[on('4')], &[Accounts], None),
    row(Action::Depth(5), &[on('5')], &[Accounts], None),
    row(Action::FilterUnstamped, &[on('u')], &[List, Home], Some(6)),
    row(
        Action::NextToFix,
        &[code(Code::Tab)],
        &[Home, List, Detail],
        Some(0),
    ),
    row(
        Action::NextWaiting,
        &[go('m')],
        &[Home, List, Accounts, Detail],
        Some(0),
    ),
    row(
        Action::StampFixed,
        &[on('V')],
        &[Home, List, Detail],
        Some(0),
    ),
    row(
        Action::VerifyNow,
        &[on('v')],
        &[Home, Detail, List, Dialog],
        None,
    ),
    row(
        Action::Decide,
        &[on('R')],
        &[Home, List, Detail, Dialog],
        Some(0),
    ),
    row(
        Action::Decide,
        &[code(Code::F(2)), control('r')],
        &[Form],
        Some(0),
    ),
    row(Action::Up, &[code(Code::Up)], &[Dialog, Signing], None),
    row(Action::Down, &[code(Code::Down)], &[Dialog, Signing], None),
    row(
        Action::PageUp,
        &[code(Code::PageUp)],
        &[Dialog, Signing],
        None,
    ),
    row(
        Action::PageDown,
        &[code(Code::PageDown)],
        &[Dialog, Signing],
        None,
    ),
    row(
        Action::Refresh,
        &[on('r'), code(Code::F(5))],
        &[Home, List, Accounts, Detail, Audit],
        None,
    ),
    row(
        Action::NextButton,
        &[
            code(Code::Tab),
            code(Code::Right),
            code(Code::Left),
            on('s'),
        ],
        &[Dialog],
        Some(1),
    ),
    row(
        Action::NextButton,
        &[code(Code::Tab), code(Code::BackTab)],
        &[Signing],
        Some(1),
    ),
    row(
        Action::Confirm,
        &[code(Code::Enter)],
        &[Dialog, Signing],
        Some(2),
    ),
    row(Action::GoHome, &[go('h')], SCREENS, None),
    row(Action::GoAudit, &[go('t')], SCREENS, None),
    row(Action::Go(Kind::Invoices), &[go('f')], SCREENS, None),
    row(Action::Go(Kind::CreditNotes), &[go('n')], SCREENS, None),
    row(Action::Go(Kind::Quotes), &[go('q')], SCREENS, None),
    row(Action::Go(Kind::Payments), &[go('i')], SCREENS, None),
    row(Action::Go(Kind::Bills), &[go('b')], SCREENS, None),
    row(Action::Go(Kind::PurchaseOrders), &[go('o')], SCREENS, None),
    row(Action::Go(Kind::BillPayments), &[go('e')], SCREENS, None),
    row(Action::Go(Kind::JournalEntries), &[go('j')], SCREENS, None),
    row(Action::Go(Kind::Customers), &[go('c')], SCREENS, None),
    row(Action::Go(Kind::Suppliers), &[go('v')], SCREENS, None),
    row(Action::Go(Kind::InvoiceItems), &[go('p')], SCREENS, None),
    row(Action::Go(Kind::LedgerAccounts), &[go('a')], SCREENS, None),
    row(Action::Go(Kind::TaxRates), &[go('x')], SCREENS, None),
    row(Action::Go(Kind::BankAccounts), &[go('k')], SCREENS, None),
    row(Action::Go(Kind::Departments), &[go('d')], SCREENS, None),
    row(Action::Go(Kind::CompanyInfo), &[go('w')], SCREENS, None),
    row(Action::ShowViews, &[go('s')], SCREENS, None),
    row(Action::Palette, &[control('p'), on(':')], SCREENS, Some(8)),
    row(Action::Palette, &[control('p')], &[Form], None),
    row(Action::Help, &[on('?'), code(Code::F(1))], SCREENS, Some(9)),
    row(
        Action::Help,
        &[code(Code::F(1))],
        &[
            Form, Find, Palette, Picker, Dialog, Causes, Signing, Native, Narrow, Qr, Live,
            Package, Views, Naming,
        ],
        Some(9),
    ),
    row(
        Action::SwitchLanguage,
        &[code(Code::F(9))],
        NOT_DIALOG,
        None,
    ),
    row(Action::Mask, &[on('m')], SCREENS, None),
    row(Action::Mask, &[One(Key::alt(Code::Char('m')))], ALL, None),
    row(Action::SwitchCompany, &[control('e')], ALL, None),
    row(
        Action::Back,
        &[code(Code::Esc), code(Code::Left), on('h')],
        &[List, Detail, Audit, Help],
        None,
    ),
    row(
        Action::Back,
        &[code(Code::Esc), code(Code::Left), on('h')],
        &[Causes, Menu, Qr, Live, Views],
        Some(7),
    ),
    row(
        Action::Back,
        &[code(Code::Esc)],
        &[
            Form, Find, Palette, Picker, Dialog, Signing, Native, Narrow, Package, Naming,
        ],
        Some(7),
    ),
    row(Action::Back, &[code(Code::Esc)], &[Home, Accounts], None),
    row(
        Action::Suspend,
        &[control('z')],
        &[Home, List, Accounts, Detail, Audit, Help],
        None,
    ),
    row(Action::Quit, &[on('q')], SCREENS, None),
    row(Action::Quit, &[control('q'), control('c')], ALL, None),
];

/// What a key means in a place, given the first key of a chord that was pressed before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// An order.
    Order(Action),
    /// The first key of a chord.
    First(Key),
    /// Nothing in this table.
    Nothing,
}

/// Looks a key up.
pub fn meaning(place: Place, pending: Option<Key>, key: Key) -> Meaning {
    let here = || BINDINGS.iter().filter(|row| row.places.contains(&place));
    if let Some(first) = pending {
        return here()
            .find(|row| {
                row.chords
                    .iter()
                    .any(|chord| matches!(chord, Two(a, b) if first.is(*a) && key.is(*b)))
            })
            .map_or(Meaning::Nothing, |row| Meaning::Order(row.action));
    }
    if let Some(row) = here().find(|row| {
        row.chords
            .iter()
            .any(|chord| matches!(chord, One(one) if key.is(*one)))
    }) {
        return Meaning::Order(row.action);
    }
    let starts = here().any(|row| {
        row.chords
            .iter()
            .any(|chord| matches!(chord, Two(first, _) if key.is(*first)))
    });
    if starts {
        Meaning::First(key)
    } else {
        Meaning::Nothing
    }
}

impl Chord {
    /// The chord as footer, help and manual print it in a language.
    pub fn label(self, words: &Words) -> String {
        match self {
            One(key) => key.label(words),
            Two(first, second) => format!("{} {}", first.label(words), second.label(words)),
        }
    }
}

#[cfg(test)]
mod tests;
