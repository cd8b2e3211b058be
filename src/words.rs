//! The words for people, in es-MX and English. Everything that is shown is said here and nowhere else.
//!
//! Codes and values come in, sentences go out. A missing text shows its key, so that it is seen and not guessed.

mod catalogs;
mod choices;
mod columns;
mod findings;
mod format;
mod headway;
mod sheet;

use std::fmt;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::domain::field::Field;
use crate::domain::intent::machine_word;
use crate::domain::kind::Kind;
use crate::domain::list::Match;
use crate::domain::question::{Puzzle, PuzzleSort};
use crate::domain::status::Status;

pub use columns::{cut, wrapped};
pub use format::{amount, count, date, day, hour, moment, points};
pub use sheet::Table;

/// A language of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Spanish of Mexico, the first language of every text.
    Es,
    /// English.
    En,
}

/// The texts of one language.
pub struct Words {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Words").field(&self.lang).finish()
    }
}

/// A value inside a text.
#[derive(Clone, Debug)]
pub enum Arg<'a> {
    /// Shown as it is.
    Text(&'a str),
    /// Counted: the text chooses its plural by it.
    Count(usize),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Arg::Text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Arg::Text(text)
    }
}

impl From<usize> for Arg<'_> {
    fn from(count: usize) -> Self {
        Arg::Count(count)
    }
}

const SPANISH: &[&str] = &[
    include_str!("../assets/i18n/es-MX/cli.ftl"),
    include_str!("../assets/i18n/es-MX/screen.ftl"),
    include_str!("../assets/i18n/es-MX/form.ftl"),
    include_str!("../assets/i18n/es-MX/records.ftl"),
    include_str!("../assets/i18n/es-MX/findings.ftl"),
    include_str!("../assets/i18n/es-MX/audit.ftl"),
];

const ENGLISH: &[&str] = &[
    include_str!("../assets/i18n/en/cli.ftl"),
    include_str!("../assets/i18n/en/screen.ftl"),
    include_str!("../assets/i18n/en/form.ftl"),
    include_str!("../assets/i18n/en/records.ftl"),
    include_str!("../assets/i18n/en/findings.ftl"),
    include_str!("../assets/i18n/en/audit.ftl"),
];

impl Lang {
    /// The language that a tag like `es_MX.UTF-8` or `en` asks for; Spanish for everything else.
    pub fn from_tag(tag: &str) -> Lang {
        if tag.to_ascii_lowercase().starts_with("en") {
            Lang::En
        } else {
            Lang::Es
        }
    }

    fn id(self) -> LanguageIdentifier {
        let tag = match self {
            Lang::Es => "es-MX",
            Lang::En => "en",
        };
        tag.parse().unwrap_or_default()
    }

    fn sources(self) -> &'static [&'static str] {
        match self {
            Lang::Es => SPANISH,
            Lang::En => ENGLISH,
        }
    }
}

/// Whatever is counted is written with its thousands apart; plurals are chosen by the number itself.
fn grouped<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    match value {
        FluentValue::Number(number) if number.value >= 0.0 => {
            number.as_string().parse().ok().map(count)
        }
        _ => None,
    }
}

impl Words {
    /// All texts of a language.
    pub fn new(lang: Lang) -> Arc<Self> {
        let mut bundle = FluentBundle::new_concurrent(vec![lang.id()]);
        // The marks for bidirectional text would be cells of their own on a terminal.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(grouped));
        for source in lang.sources() {
            // What cannot be parsed is left out and shows as its key; a test parses every file strictly.
            let resource = match FluentResource::try_new((*source).to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        Arc::new(Self { lang, bundle })
    }

    /// Which language this is.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The texts of the other language.
    pub fn other(&self) -> Arc<Self> {
        Self::new(match self.lang {
            Lang::Es => Lang::En,
            Lang::En => Lang::Es,
        })
    }

    /// A text without values.
    pub fn text(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// A text with values.
    pub fn with(&self, key: &str, values: &[(&str, Arg<'_>)]) -> String {
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            let value = match value {
                Arg::Text(text) => FluentValue::from((*text).to_owned()),
                Arg::Count(count) => FluentValue::from(*count as u64),
            };
            args.set((*name).to_owned(), value);
        }
        self.render(key, None, &args)
    }

    /// An attribute of a text (`.hint`, `.help`); empty where it has none.
    pub fn attribute(&self, key: &str, attribute: &str) -> String {
        self.bundle
            .get_message(key)
            .and_then(|message| message.get_attribute(attribute))
            .map(|attribute| {
                let mut errors = Vec::new();
                self.bundle
                    .format_pattern(attribute.value(), None, &mut errors)
                    .into_owned()
            })
            .unwrap_or_default()
    }

    /// Whether there is such a text in this language.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    fn render(&self, key: &str, attribute: Option<&str>, args: &FluentArgs<'_>) -> String {
        let Some(message) = self.bundle.get_message(key) else {
            return key.to_owned();
        };
        let pattern = match attribute {
            None => message.value(),
            Some(name) => message.get_attribute(name).map(|found| found.value()),
        };
        let Some(pattern) = pattern else {
            return String::new();
        };
        let mut errors = Vec::new();
        self.bundle
            .format_pattern(pattern, Some(args), &mut errors)
            .into_owned()
    }

    /// Name of a kind, plural, as the menu has it.
    pub fn kind(&self, kind: Kind) -> String {
        self.text(&format!("kind-{}", kind.slug()))
    }

    /// Name of one record of a kind.
    pub fn kind_one(&self, kind: Kind) -> String {
        self.attribute(&format!("kind-{}", kind.slug()), "one")
    }

    /// Short label of a field in a list of this kind: what is bought has a supplier.
    pub fn column_of(&self, kind: Kind, field: Field) -> String {
        match field {
            Field::Contact if is_purchase(kind) => self.text("field-supplier"),
            _ => self.column(field),
        }
    }

    /// Label of a field of a record of this kind.
    pub fn field_of(&self, kind: Kind, field: Field) -> String {
        match field {
            Field::Contact if is_purchase(kind) => self.text("field-supplier"),
            Field::Parent if kind == Kind::Departments => self.text("field-parent-department"),
            Field::Total if matches!(kind, Kind::Payments | Kind::BillPayments) => {
                self.text("form-paid")
            }
            _ => self.field(field),
        }
    }

    /// Label of a field.
    pub fn field(&self, field: Field) -> String {
        self.text(field_key(field))
    }

    /// Short label of a field, for column heads.
    pub fn column(&self, field: Field) -> String {
        match self.attribute(field_key(field), "column") {
            short if short.is_empty() => self.field(field),
            short => short,
        }
    }

    /// Badge of a status; sales are owed to us, purchases by us.
    pub fn status(&self, kind: Kind, status: Status) -> String {
        let is_payment = matches!(kind, Kind::Payments | Kind::BillPayments);
        self.text(match status {
            Status::Draft => "status-draft",
            Status::Authorised if is_purchase(kind) => "status-payable",
            Status::Authorised => "status-receivable",
            Status::PartiallyPaid => "status-partially-paid",
            Status::Paid => "status-paid",
            Status::Voided => "status-voided",
            Status::Open => "status-open",
            Status::Accepted => "status-accepted",
            Status::Rejected => "status-rejected",
            Status::Expired => "status-expired",
            Status::Billed => "status-billed",
            Status::Closed => "status-closed",
            Status::Posted if is_payment => "status-applied",
            Status::Posted => "status-posted",
            Status::Deleted => "status-deleted",
            Status::Active => "status-active",
            Status::Inactive => "status-inactive",
            Status::Unknown => "status-unknown",
        })
    }

    /// Why something was not sent, by the machine word that its cause begins with; what follows is for the log.
    pub fn unsent(&self, cause: &str) -> String {
        let word = machine_word(cause);
        self.text(match word {
            "NotSent" | "NoAnswer" => "unsent-offline",
            "Paused" => "unsent-paused",
            "Storage" => "unsent-storage",
            _ if word.starts_with("HTTP") => "unsent-server",
            _ => "unsent-other",
        })
    }

    /// Why a record was found.
    pub fn why(&self, reason: Match) -> String {
        self.text(match reason {
            Match::Number => "why-number",
            Match::Uuid => "why-uuid",
            Match::Name => "why-name",
            Match::Similar => "why-similar",
            Match::SimilarRfc => "why-similar-rfc",
            Match::Rfc => "why-rfc",
            Match::Total => "why-total",
            Match::BeforeTax => "why-before-tax",
            Match::Near => "why-near",
            Match::Balance => "why-balance",
            Match::Due => "why-due",
            Match::Code => "why-code",
            Match::Date => "why-date",
            Match::Kind => "why-kind",
            Match::Status => "why-status",
            Match::Stamp => "why-stamp",
            Match::Policy => "why-policy",
            Match::Account => "why-account",
        })
    }

    /// What was not understood of a question, and why.
    pub fn puzzle(&self, puzzle: &Puzzle) -> String {
        let key = match puzzle.sort {
            PuzzleSort::Operator => "puzzle-operator",
            PuzzleSort::Missing => "puzzle-missing",
            PuzzleSort::Value => "puzzle-value",
            PuzzleSort::Amount => "puzzle-amount",
            PuzzleSort::Day => "puzzle-day",
            PuzzleSort::AmountOrDay => "puzzle-amount-or-day",
            PuzzleSort::Backwards => "puzzle-backwards",
            PuzzleSort::NoSuchDay => "puzzle-no-such-day",
            PuzzleSort::Negation => "puzzle-negation",
            PuzzleSort::TooMany => "puzzle-too-many",
        };
        self.with(key, &[("word", puzzle.word.as_str().into())])
    }

    /// What the other side told, by its machine name (`accounting.invoice.updated`); the name itself where there are no
    /// words for it.
    pub fn webhook_event(&self, name: &str) -> String {
        let mut parts = name.split('.').skip(1);
        let key = |part: Option<&str>| Some(format!("live-{}", part?.replace('_', "-")));
        let (what, how) = (key(parts.next()), key(parts.next()));
        match (what, how) {
            (Some(what), Some(how)) if self.has(&what) && self.has(&how) => {
                format!("{} · {}", self.text(&what), self.text(&how))
            }
            _ if name == "*" => self.text("live-probe"),
            _ => name.to_owned(),
        }
    }

    /// Why a subscription was switched off, by its machine word; the word itself where there are no others for it.
    pub fn webhook_reason(&self, word: &str) -> String {
        let key = format!("live-off-{}", word.replace('_', "-"));
        match self.has(&key) {
            true => self.text(&key),
            false => word.to_owned(),
        }
    }

    /// What a record without a number is called in a row: a draft by its mark and id, anything else by its id alone.
    pub fn unnumbered(&self, status: Status, id: &str) -> String {
        let key = match status {
            Status::Draft => "draft-mark",
            _ => "unnumbered-mark",
        };
        self.with(key, &[("id", id.into())])
    }

    /// Name of an action; `number` for those that carry one.
    pub fn action(&self, key: &str, number: Option<u8>) -> String {
        match number {
            None => self.text(key),
            Some(number) => self.with(key, &[("number", number.to_string().as_str().into())]),
        }
    }
}

fn is_purchase(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Bills | Kind::PurchaseOrders | Kind::BillPayments
    )
}

fn field_key(field: Field) -> &'static str {
    match field {
        Field::Number => "field-number",
        Field::Reference => "field-reference",
        Field::Name => "field-name",
        Field::Code => "field-code",
        Field::Description => "field-description",
        Field::Contact => "field-contact",
        Field::Rfc => "field-rfc",
        Field::Email => "field-email",
        Field::Phone => "field-phone",
        Field::Individual => "field-individual",
        Field::IsCustomer => "field-is-customer",
        Field::IsSupplier => "field-is-supplier",
        Field::Date => "field-date",
        Field::DueDate => "field-due-date",
        Field::DeliveryDate => "field-delivery-date",
        Field::CreatedAt => "field-created-at",
        Field::UpdatedAt => "field-updated-at",
        Field::Currency => "field-currency",
        Field::ExchangeRate => "field-exchange-rate",
        Field::SubTotal => "field-sub-total",
        Field::Discount => "field-discount",
        Field::TotalTax => "field-total-tax",
        Field::Total => "field-total",
        Field::Balance => "field-balance",
        Field::Status => "field-status",
        Field::PaymentMethod => "field-payment-method",
        Field::BankAccount => "field-bank-account",
        Field::Terms => "field-terms",
        Field::Memo => "field-memo",
        Field::Department => "field-department",
        Field::Invoice => "field-invoice",
        Field::Quote => "field-quote",
        Field::Relation => "field-relation",
        Field::Related => "field-related",
        Field::Regime => "field-regime",
        Field::CfdiUse => "field-cfdi-use",
        Field::PaymentType => "field-payment-type",
        Field::Zip => "field-zip",
        Field::Country => "field-country",
        Field::StampedAt => "field-stamped-at",
        Field::SatSeal => "field-sat-seal",
        Field::CfdiSeal => "field-cfdi-seal",
        Field::SatCertificate => "field-sat-certificate",
        Field::CfdiCertificate => "field-cfdi-certificate",
        Field::OriginalString => "field-original-string",
        Field::UnitPrice => "field-unit-price",
        Field::ItemType => "field-item-type",
        Field::ProductKey => "field-product-key",
        Field::Unit => "field-unit",
        Field::NominalCode => "field-nominal-code",
        Field::LedgerAccount => "field-ledger-account",
        Field::Parent => "field-parent",
        Field::Level => "field-level",
        Field::Header => "field-header",
        Field::AccountType => "field-account-type",
        Field::Classification => "field-classification",
        Field::Nature => "field-nature",
        Field::TaxType => "field-tax-type",
        Field::Rate => "field-rate",
        Field::TaxPayableAccount => "field-tax-payable-account",
        Field::TaxFavorableAccount => "field-tax-favorable-account",
        Field::AccountNumber => "field-account-number",
        Field::Iban => "field-iban",
        Field::Bic => "field-bic",
        Field::RoutingNumber => "field-routing-number",
    }
}
