//! The receipts (complementos de pago) of payments on deferred invoices: issued for most of the past, missing here and
//! there as in any books. Nothing is drawn: which ones follows from the payments themselves.

use jiff::civil::Date;

use super::super::records::{Direction, Legal, Payment, Sale, Stamp};

/// Stamps of receipts are numbered from here on, so that those of invoices and credit notes stay what they are.
const FIRST_SERIAL: u64 = 1 << 40;

/// One in so many payments of older months was forgotten, one in so many of the last month is still to come, and of this
/// month one in so many has its receipt already.
const FORGOTTEN: u32 = 41;
const TO_COME: u32 = 4;
const AT_ONCE: u32 = 3;

/// Issues them. The invoices stand in the order of their ids.
pub fn issue(today: Date, invoices: &[Sale], payments: &mut [Payment]) {
    let this_month = months(today);
    for payment in payments.iter_mut() {
        let deferred = payment.shares.iter().any(|share| {
            let place = invoices.binary_search_by_key(&share.id, |invoice| invoice.id);
            let invoice = place.ok().and_then(|place| invoices.get(place));
            invoice.is_some_and(|invoice| {
                invoice.payment_type.as_ref() == "PPD" && invoice.stamp.is_some()
            })
        });
        let issued = match this_month - months(payment.date) {
            0 => payment.id.is_multiple_of(AT_ONCE),
            1 => !payment.id.is_multiple_of(TO_COME),
            _ => !payment.id.is_multiple_of(FORGOTTEN),
        };
        if payment.direction == Direction::In && issued && deferred {
            payment.stamp = Some(Stamp {
                serial: FIRST_SERIAL + u64::from(payment.id),
                at: payment.date.at(18, 30, 0, 0),
                legal: Legal::Stamped,
            });
        }
    }
}

fn months(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month())
}
