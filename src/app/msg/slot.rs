//! Where questions are asked, and how the newest of each place is told from the older ones.
//!
//! A slot holds one question at a time; it knows nothing of what is asked there.

/// A place where only the newest question counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Slot {
    /// The company itself.
    Company,
    /// The list on screen.
    Window,
    /// The numbers of the home page.
    Overview,
    /// The chart of accounts.
    Accounts,
    /// The tax rates that lines choose from.
    Taxes,
    /// The departments that records name.
    Departments,
    /// The chart of accounts that forms choose from.
    Chart,
    /// The record on screen.
    Detail,
    /// Who names the record on screen, or the one whose related records are shown.
    Links,
    /// The native record on top.
    Native,
    /// The ids of all rows of a list, to be marked.
    Marks,
    /// The search box.
    Find,
    /// The picker on top.
    Picker,
    /// The receiver of the document in the form.
    Receiver,
    /// The items of the lines in the form.
    Items,
    /// What the contact of the payment in the form owes.
    OpenDocuments,
    /// The record that the form shows something of that only the native record tells.
    Shown,
    /// Contacts with the RFC of the one in the form.
    Alike,
    /// The receiver of the document in the pre-flight card.
    CardReceiver,
    /// The items of the lines in the pre-flight card.
    CardItems,
    /// The record that is about to be stamped.
    Fresh,
    /// The folios that this program spent.
    Folios,
    /// The audit log on screen.
    Audit,
    /// Whether the audit log is whole.
    Chain,
    /// What a package of files would hold.
    Package,
    /// The documents of the batch that are looked at.
    Batch,
    /// The document that is to be corrected next.
    Fix,
    /// The document that is about to be cancelled.
    Cancelling,
    /// The replacements that were begun.
    Threads,
    /// The lists that were given a name.
    Views,
    /// What was looked for lately.
    Lately,
    /// What the company usually chooses from the catalogues.
    Habits,
    /// What became of the acts that unfinished forms waited for.
    Awaited,
}

/// A numbered question in a slot. An answer with an old number is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ticket {
    /// Where it was asked.
    pub slot: Slot,
    /// Its number there.
    pub serial: u64,
}
