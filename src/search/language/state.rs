//! States and kinds as people name them, in Spanish and in English: `borrador`, `sin timbrar`, `vencida`, `nota`.
//!
//! A name may begin like any of them, so that a single word keeps its other meanings; two words that belong together
//! (`por cobrar`) mean one thing.

use jiff::civil::Date;

use super::Reading;
use crate::domain::kind::Kind;
use crate::domain::list::StampIs;
use crate::domain::status::Status;
use crate::search::facts::Policy;
use crate::search::fold;

/// What a document may be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The first axis.
    Status(Status),
    /// Something is owed, and the day on which it was due was before this one.
    OverdueOn(Date),
    /// The second axis.
    Stamp(StampIs),
    /// Paid at once, or later.
    Policy(Policy),
}

/// What was named.
pub(super) struct Phrase {
    /// What it means; more than one where a word stands for either.
    pub readings: Vec<Reading>,
    /// How many words it takes.
    pub words: usize,
    /// Whether its one word may as well mean something else.
    pub may_be_a_name: bool,
}

/// Fewer letters than these must be the whole word.
const LEAST_BEGINNING: usize = 4;

/// What a word means without the day.
#[derive(Clone, Copy)]
enum Meaning {
    Is(State),
    Overdue,
    /// Voided, or cancelled at the SAT.
    Cancelled,
    Kinds(&'static [Kind]),
}

use Meaning::{Cancelled, Is, Kinds, Overdue};

const fn status(status: Status) -> Meaning {
    Is(State::Status(status))
}

const fn stamp(stamp: StampIs) -> Meaning {
    Is(State::Stamp(stamp))
}

/// Two or three words that belong together, folded.
const PHRASES: &[(&[&str], Meaning)] = &[
    (&["sin", "timbrar"], stamp(StampIs::Unstamped)),
    (&["sin", "timbre"], stamp(StampIs::Unstamped)),
    (&["not", "stamped"], stamp(StampIs::Unstamped)),
    (&["por", "cobrar"], status(Status::Authorised)),
    (&["por", "pagar"], status(Status::Authorised)),
    (&["parcialmente", "pagada"], status(Status::PartiallyPaid)),
    (&["pagada", "parcialmente"], status(Status::PartiallyPaid)),
    (&["partially", "paid"], status(Status::PartiallyPaid)),
    (&["part", "paid"], status(Status::PartiallyPaid)),
    (
        &["cancelacion", "en", "proceso"],
        stamp(StampIs::CancelPending),
    ),
    (&["en", "cancelacion"], stamp(StampIs::CancelPending)),
    (&["nota", "de", "credito"], Kinds(&[Kind::CreditNotes])),
    (&["notas", "de", "credito"], Kinds(&[Kind::CreditNotes])),
    (&["credit", "note"], Kinds(&[Kind::CreditNotes])),
    (&["credit", "notes"], Kinds(&[Kind::CreditNotes])),
    (&["factura", "de", "venta"], Kinds(&[Kind::Invoices])),
    (&["factura", "de", "proveedor"], Kinds(&[Kind::Bills])),
    (&["factura", "de", "compra"], Kinds(&[Kind::Bills])),
    (&["orden", "de", "compra"], Kinds(&[Kind::PurchaseOrders])),
    (&["ordenes", "de", "compra"], Kinds(&[Kind::PurchaseOrders])),
    (&["purchase", "order"], Kinds(&[Kind::PurchaseOrders])),
    (&["purchase", "orders"], Kinds(&[Kind::PurchaseOrders])),
    (&["pago", "recibido"], Kinds(&[Kind::Payments])),
    (&["pagos", "recibidos"], Kinds(&[Kind::Payments])),
    (&["bill", "payment"], Kinds(&[Kind::BillPayments])),
    (&["bill", "payments"], Kinds(&[Kind::BillPayments])),
    (&["journal", "entry"], Kinds(&[Kind::JournalEntries])),
    (&["journal", "entries"], Kinds(&[Kind::JournalEntries])),
];

const PAYMENTS: Meaning = Kinds(&[Kind::Payments, Kind::BillPayments]);
const INVOICES: Meaning = Kinds(&[Kind::Invoices, Kind::Bills]);

/// Single words, folded; of the longer ones the beginning is enough.
const WORDS: &[(&str, Meaning)] = &[
    ("borrador", status(Status::Draft)),
    ("borradores", status(Status::Draft)),
    ("drafts", status(Status::Draft)),
    ("unstamped", stamp(StampIs::Unstamped)),
    ("timbradas", stamp(StampIs::Stamped)),
    ("timbrado", stamp(StampIs::Stamped)),
    ("stamped", stamp(StampIs::Stamped)),
    ("vencidas", Overdue),
    ("vencido", Overdue),
    ("overdue", Overdue),
    ("pagadas", status(Status::Paid)),
    ("pagado", status(Status::Paid)),
    ("paid", status(Status::Paid)),
    ("unpaid", status(Status::Authorised)),
    ("parcial", status(Status::PartiallyPaid)),
    ("parciales", status(Status::PartiallyPaid)),
    ("canceladas", Cancelled),
    ("cancelado", Cancelled),
    ("cancelled", Cancelled),
    ("canceled", Cancelled),
    ("anuladas", Cancelled),
    ("anulado", Cancelled),
    ("voided", Cancelled),
    ("ppd", Is(State::Policy(Policy::Later))),
    ("pue", Is(State::Policy(Policy::AtOnce))),
    ("facturas", INVOICES),
    ("invoices", Kinds(&[Kind::Invoices])),
    ("notas", Kinds(&[Kind::CreditNotes])),
    ("cotizacion", Kinds(&[Kind::Quotes])),
    ("cotizaciones", Kinds(&[Kind::Quotes])),
    ("quotes", Kinds(&[Kind::Quotes])),
    ("pagos", PAYMENTS),
    ("payments", PAYMENTS),
    ("ingresos", Kinds(&[Kind::Payments])),
    ("egresos", Kinds(&[Kind::BillPayments])),
    ("compras", Kinds(&[Kind::Bills])),
    ("bills", Kinds(&[Kind::Bills])),
    ("ordenes", Kinds(&[Kind::PurchaseOrders])),
    ("orders", Kinds(&[Kind::PurchaseOrders])),
    ("polizas", Kinds(&[Kind::JournalEntries])),
    ("journals", Kinds(&[Kind::JournalEntries])),
    ("clientes", Kinds(&[Kind::Customers])),
    ("customers", Kinds(&[Kind::Customers])),
    ("proveedores", Kinds(&[Kind::Suppliers])),
    ("suppliers", Kinds(&[Kind::Suppliers])),
    ("productos", Kinds(&[Kind::InvoiceItems])),
    ("items", Kinds(&[Kind::InvoiceItems])),
    ("cuentas", Kinds(&[Kind::LedgerAccounts])),
    ("accounts", Kinds(&[Kind::LedgerAccounts])),
];

/// The state or kind with which these words begin. `today` decides what is overdue.
pub(super) fn phrase(words: &[&str], today: Date) -> Option<Phrase> {
    const LONGEST: usize = 3;
    let folded: Vec<String> = words
        .iter()
        .take(LONGEST)
        .map(|word| fold::words(word))
        .collect();
    let together = PHRASES
        .iter()
        .find(|(phrase, _)| begins_with(&folded, phrase));
    if let Some((phrase, meaning)) = together {
        return Some(Phrase {
            readings: readings(*meaning, today),
            words: phrase.len(),
            may_be_a_name: false,
        });
    }
    let typed = folded.first()?;
    let named = |whole: &str| {
        whole == typed || (typed.len() >= LEAST_BEGINNING && whole.starts_with(typed.as_str()))
    };
    let (_, meaning) = WORDS.iter().find(|(whole, _)| named(whole))?;
    Some(Phrase {
        readings: readings(*meaning, today),
        words: 1,
        may_be_a_name: true,
    })
}

/// Whether the words are a phrase; of its last word the beginning is enough.
fn begins_with(words: &[String], phrase: &[&str]) -> bool {
    let Some((last, before)) = phrase.split_last() else {
        return false;
    };
    let typed_last = words.get(before.len());
    let same_before = before
        .iter()
        .zip(words)
        .all(|(whole, typed)| whole == typed);
    same_before
        && typed_last.is_some_and(|typed| {
            last == typed || (typed.len() >= LEAST_BEGINNING && last.starts_with(typed.as_str()))
        })
}

fn readings(meaning: Meaning, today: Date) -> Vec<Reading> {
    match meaning {
        Is(state) => vec![Reading::State(state)],
        Overdue => vec![Reading::State(State::OverdueOn(today))],
        Cancelled => vec![
            Reading::State(State::Status(Status::Voided)),
            Reading::State(State::Stamp(StampIs::Cancelled)),
        ],
        Kinds(kinds) => vec![Reading::Kind(kinds)],
    }
}
