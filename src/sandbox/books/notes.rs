//! Credit notes on invoices that are still owed, quotes in every state, and payments that bounced.

use rust_decimal::Decimal;

use super::super::clock;
use super::super::options::SandboxError;
use super::super::records::{
    Direction, Extra, Legal, Payment, Sale, SaleKind, Share, Stamp, State, Sums,
};
use super::super::taxes;
use super::{Later, next_id, purses};

/// One credit note comes on so many invoices.
const INVOICES_TO_A_NOTE: u32 = 15;
/// One quote comes on so many invoices.
const INVOICES_TO_A_QUOTE: u32 = 12;
/// One payment in so many unpaid invoices bounced.
const UNPAID_TO_A_BOUNCE: usize = 9;

/// What becomes of a credit note, in turns.
#[derive(Clone, Copy)]
enum Fate {
    /// Stamped, and all of it taken off its invoice.
    Applied,
    /// Stamped, and half of it taken off.
    HalfApplied,
    /// Stamped, nothing applied yet.
    Stamped,
    Unstamped,
    Void,
}

const FATES: [Fate; 5] = [
    Fate::Applied,
    Fate::Unstamped,
    Fate::Void,
    Fate::HalfApplied,
    Fate::Stamped,
];

/// Makes credit notes on the first line of open invoices, and quotes like earlier invoices.
pub fn notes_and_quotes(
    later: &mut Later<'_>,
    invoices: &mut [Sale],
    payments: &[Payment],
) -> Result<(Vec<Sale>, Vec<Sale>), SandboxError> {
    let paid: std::collections::HashSet<u32> = payments
        .iter()
        .filter(|payment| payment.direction == Direction::In)
        .flat_map(|payment| payment.shares.iter().map(|share| share.id))
        .collect();
    let mut serial = invoices
        .iter()
        .filter_map(|invoice| Some(invoice.stamp.as_ref()?.serial))
        .max()
        .unwrap_or(0);
    let wanted = later.one_in(INVOICES_TO_A_NOTE);
    let mut notes = Vec::new();
    let owed = invoices.iter_mut().filter(|invoice| {
        invoice.state == State::Open && invoice.stamp.is_some() && !paid.contains(&invoice.id)
    });
    // Every second one, so that most of what is owed stays as it is.
    for ((id, fate), invoice) in (1..=wanted)
        .zip(FATES.into_iter().cycle())
        .zip(owed.step_by(2))
    {
        let note = note(later, id, fate, invoice, &mut serial)?;
        if let Some(share) = note.applied.first() {
            invoice.updated = invoice.updated.max(note.created);
            if share.amount == invoice.sums.total {
                invoice.state = State::Closed;
            }
        }
        notes.push(note);
    }
    let quotes = quotes(later, invoices)?;
    Ok((notes, quotes))
}

fn note(
    later: &mut Later<'_>,
    id: u32,
    fate: Fate,
    invoice: &Sale,
    serial: &mut u64,
) -> Result<Sale, SandboxError> {
    let day = later.days_after(invoice.date, 4);
    let created = later.moment(day)?.max(invoice.created);
    let lines: Vec<_> = invoice.lines.iter().take(1).cloned().collect();
    let sums = sums(later, &lines, invoice);
    let stamped = !matches!(fate, Fate::Unstamped);
    let legal = match fate {
        Fate::Void => Legal::Cancelled,
        _ => Legal::Stamped,
    };
    let amount = match fate {
        Fate::Applied => sums.total,
        Fate::HalfApplied => super::super::money::round(sums.total / Decimal::from(2), 2),
        Fate::Stamped | Fate::Unstamped | Fate::Void => Decimal::ZERO,
    };
    let share = Share {
        id: invoice.id,
        amount,
    };
    *serial += u64::from(stamped);
    Ok(Sale {
        kind: SaleKind::CreditNote,
        id,
        state: match fate {
            Fate::Applied => State::Closed,
            Fate::Void => State::Void,
            Fate::HalfApplied | Fate::Stamped | Fate::Unstamped => State::Open,
        },
        number: Some(id),
        date: day,
        due: day,
        created,
        updated: created,
        lines,
        memo: "Devolución".into(),
        sums,
        payment_type: "PUE".into(),
        payment_method: "transfer".into(),
        cfdi_use: "G02".into(),
        applied: if amount.is_zero() {
            Vec::new()
        } else {
            vec![share]
        },
        partner: None,
        stamp: stamped.then(|| Stamp {
            serial: *serial,
            at: clock::local(created),
            legal,
        }),
        ..invoice.clone()
    })
}

fn sums(later: &Later<'_>, lines: &[super::super::records::Line], like: &Sale) -> Sums {
    taxes::totals(lines, &later.taxes, &like.currency).unwrap_or_default()
}

/// Quotes like some invoices: those of the past were invoiced, those of the last weeks are out.
fn quotes(later: &mut Later<'_>, invoices: &mut [Sale]) -> Result<Vec<Sale>, SandboxError> {
    let wanted = later.one_in(INVOICES_TO_A_QUOTE);
    let step = invoices.len() / (wanted.max(1) as usize);
    let mut quotes = Vec::new();
    for (id, invoice) in (1..=wanted).zip(invoices.iter_mut().step_by(step.max(1))) {
        let state = match id % 6 {
            1 | 4 => State::Closed,
            5 if id != wanted => State::Void,
            _ => State::Open,
        };
        let day = later.day(id - 1, wanted)?;
        let created = later.moment(day)?;
        let converted = state == State::Closed;
        quotes.push(Sale {
            kind: SaleKind::Quote,
            id,
            state,
            number: Some(id),
            date: day,
            due: day.saturating_add(jiff::Span::new().days(15)),
            created,
            updated: created,
            partner: converted.then_some(invoice.id),
            stamp: None,
            extra: Extra::new(),
            ..invoice.clone()
        });
        if converted {
            invoice.partner = Some(id);
        }
    }
    Ok(quotes)
}

/// Adds a payment that was taken back to some invoices that nobody paid.
pub fn bounced(
    later: &mut Later<'_>,
    invoices: &[Sale],
    notes: &[Sale],
    payments: &mut Vec<Payment>,
) {
    let touched: std::collections::HashSet<u32> = payments
        .iter()
        .filter(|payment| payment.direction == Direction::In)
        .flat_map(|payment| &payment.shares)
        .chain(notes.iter().flat_map(|note| &note.applied))
        .map(|share| share.id)
        .collect();
    let unpaid = invoices.iter().filter(|invoice| {
        invoice.state == State::Open && invoice.number.is_some() && !touched.contains(&invoice.id)
    });
    for invoice in unpaid.step_by(UNPAID_TO_A_BOUNCE) {
        let day = later.days_after(invoice.date, 2);
        let created = invoice.updated;
        payments.push(Payment {
            id: next_id(payments.len()),
            direction: Direction::In,
            state: State::Void,
            contact: invoice.contact,
            account: Some(purses::account_for("check")),
            date: day,
            amount: invoice.sums.total,
            currency: invoice.currency.clone(),
            rate: invoice.rate,
            method: "check".into(),
            reference: "".into(),
            note: "Cheque devuelto".into(),
            shares: vec![Share {
                id: invoice.id,
                amount: invoice.sums.total,
            }],
            stamp: None,
            created,
            updated: created,
            extra: Extra::new(),
        });
    }
}
