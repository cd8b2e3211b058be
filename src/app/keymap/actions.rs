//! What is the same of an action wherever it is ordered: its words, its number, its keys.

use crate::domain::kind::Kind;

use super::{Action, BINDINGS, Chord, Place};

impl Action {
    /// The number that some actions carry, for their words.
    pub fn number(self) -> Option<u8> {
        match self {
            Action::Depth(number) | Action::Pick(number) => Some(number),
            _ => None,
        }
    }

    /// Every action once, in the order of the table.
    pub fn all() -> Vec<Action> {
        let mut actions = Vec::new();
        for binding in BINDINGS {
            if !actions.contains(&binding.action) {
                actions.push(binding.action);
            }
        }
        actions
    }

    /// The key of its words (`action-find`); its explanation is the attribute `.help` there.
    pub fn words_key(self) -> &'static str {
        match self {
            Action::Find => "action-find",
            Action::FindEverywhere => "action-find-everywhere",
            Action::Palette => "action-palette",
            Action::Help => "action-help",
            Action::Back => "action-back",
            Action::Quit => "action-quit",
            Action::Suspend => "action-suspend",
            Action::SwitchLanguage => "action-switch-language",
            Action::SwitchCompany => "action-switch-company",
            Action::Mask => "action-mask",
            Action::GoHome => "action-go-home",
            Action::GoAudit => "action-go-audit",
            Action::Go(kind) => go_words(kind),
            Action::Up => "action-up",
            Action::Down => "action-down",
            Action::PageUp => "action-page-up",
            Action::PageDown => "action-page-down",
            Action::First => "action-first",
            Action::Last => "action-last",
            Action::Open => "action-open",
            Action::Refresh => "action-refresh",
            Action::New => "action-new",
            Action::Edit => "action-edit",
            Action::Duplicate => "action-duplicate",
            Action::MakeInvoice => "action-make-invoice",
            Action::MakeCreditNote => "action-make-credit-note",
            Action::MakeBill => "action-make-bill",
            Action::Stamp => "action-stamp",
            Action::Cancel => "action-cancel",
            Action::CopyUuid => "action-copy-uuid",
            Action::FilterUnstamped => "action-filter-unstamped",
            Action::NextToFix => "action-next-to-fix",
            Action::NextWaiting => "action-next-waiting",
            Action::StampFixed => "action-stamp-fixed",
            Action::VerifyNow => "action-verify-now",
            Action::Decide => "action-decide",
            Action::Native => "action-native",
            Action::Links => "action-links",
            Action::History => "action-history",
            Action::OpenDocument => "action-open-document",
            Action::Delete => "action-delete",
            Action::Sort => "action-sort",
            Action::Narrow => "action-narrow",
            Action::KeepNarrowed => "action-keep-narrowed",
            Action::SaveView => "action-save-view",
            Action::ShowViews => "action-show-views",
            Action::RenameView => "action-rename-view",
            Action::DeleteView => "action-delete-view",
            Action::GiveName => "action-give-name",
            Action::Mark => "action-mark",
            Action::MarkAll => "action-mark-all",
            Action::CopyValue => "action-copy-value",
            Action::ShowQr => "action-show-qr",
            Action::CopyLink => "action-copy-link",
            Action::ShowLive => "action-show-live",
            Action::Subscribe => "action-subscribe",
            Action::Unsubscribe => "action-unsubscribe",
            Action::SavePapers => "action-save-papers",
            Action::Package => "action-package",
            Action::OtherFiles => "action-other-files",
            Action::Pack => "action-pack",
            Action::FilterUncoded => "action-filter-uncoded",
            Action::Fold => "action-fold",
            Action::Unfold => "action-unfold",
            Action::FoldAll => "action-fold-all",
            Action::UnfoldAll => "action-unfold-all",
            Action::Depth(_) => "action-depth",
            Action::Save => "action-save",
            Action::SaveAndStamp => "action-save-and-stamp",
            Action::Catalogue => "action-catalogue",
            Action::NextField => "action-next-field",
            Action::PreviousField => "action-previous-field",
            Action::AddLine => "action-add-line",
            Action::AddNative => "action-add-native",
            Action::DeleteLine => "action-delete-line",
            Action::NextFinding => "action-next-finding",
            Action::Fill => "action-fill",
            Action::DistributeOldest => "action-distribute-oldest",
            Action::FindExact => "action-find-exact",
            Action::ClearApplied => "action-clear-applied",
            Action::Accept => "action-accept",
            Action::KeepMine => "action-keep-mine",
            Action::TakeTheirs => "action-take-theirs",
            Action::Choose => "action-choose",
            Action::Undo => "action-undo",
            Action::Pick(_) => "action-pick",
            Action::NextButton => "action-next-button",
            Action::Confirm => "action-confirm",
        }
    }

    /// The first chord of this action in a place, as people read it; empty where it has none there.
    pub fn chord_in(self, place: Place) -> Option<Chord> {
        BINDINGS
            .iter()
            .find(|binding| binding.action == self && binding.places.contains(&place))
            .and_then(|binding| binding.chords.first().copied())
    }
}

/// The key of the words of going to a kind.
fn go_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Invoices => "action-go-invoices",
        Kind::CreditNotes => "action-go-credit-notes",
        Kind::Quotes => "action-go-quotes",
        Kind::Payments => "action-go-payments",
        Kind::Bills => "action-go-bills",
        Kind::PurchaseOrders => "action-go-purchase-orders",
        Kind::BillPayments => "action-go-bill-payments",
        Kind::JournalEntries => "action-go-journal-entries",
        Kind::Customers => "action-go-customers",
        Kind::Suppliers => "action-go-suppliers",
        Kind::InvoiceItems => "action-go-invoice-items",
        Kind::LedgerAccounts => "action-go-ledger-accounts",
        Kind::TaxRates => "action-go-tax-rates",
        Kind::BankAccounts => "action-go-bank-accounts",
        Kind::Departments => "action-go-departments",
        Kind::CompanyInfo => "action-go-company-info",
    }
}
