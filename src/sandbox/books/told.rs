//! The invoices of one telephone call: the caller knows an amount and a month, and several invoices are like it.
//!
//! Two of March come to the amount and one of February; two more of March come to it before tax only.

use jiff::civil::Date;

use super::super::options::SandboxError;

/// One invoice that is in all books that are not tiny.
#[derive(Clone, Copy)]
pub struct Told {
    pub day: Date,
    /// Its place among the customers: of the first dozen, whose data agree with the register.
    pub customer: usize,
    /// Own code of the one item that it bills.
    pub item: &'static str,
    pub quantity: u32,
    /// Percent.
    pub discount: u32,
}

/// Month, day, and what stands in [`Told`].
const CALL: [(i8, i8, usize, &str, u32, u32); 5] = [
    (2, 17, 9, "REN-AUL", 4, 0),
    (3, 6, 0, "FAC-SRV", 1, 0),
    (3, 11, 4, "VTA-PRO", 4, 0),
    (3, 19, 8, "LIM-OFI", 2, 0),
    (3, 24, 11, "VTA-PRO", 5, 20),
];

/// The invoices of the call, oldest first: of this year once its March is over, else of the last one.
pub fn call(today: Date) -> Result<Vec<Told>, SandboxError> {
    let year = if today.month() > 3 {
        today.year()
    } else {
        today.year() - 1
    };
    let told = CALL.map(|(month, day, customer, item, quantity, discount)| {
        Ok(Told {
            day: Date::new(year, month, day).map_err(|_| SandboxError::Day(today))?,
            customer,
            item,
            quantity,
            discount,
        })
    });
    told.into_iter().collect()
}
