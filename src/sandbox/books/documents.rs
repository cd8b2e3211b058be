//! Twelve months of invoices and their payments up to the sandbox's day, in every state, and the drafts of the lessons.

use jiff::civil::{Date, DateTime};
use jiff::{Span, Timestamp, ToSpan};
use rust_decimal::Decimal;

use super::super::clock;
use super::super::journal::Beginning;
use super::super::money;
use super::super::options::SandboxError;
use super::super::records::{
    Contact, Direction, Extra, Item, Legal, Line, LineTax, Payment, Sale, SaleKind, Share, Stamp,
    State, Subject, Sums, Tax, Text,
};
use super::super::rfc;
use super::super::table::Table;
use super::super::taxes;
use super::people::{self, OTHER_REGIME, OTHER_ZIP};
use super::purses;
use super::told::{self, Told};

/// How many drafts the lessons need.
const DRAFTS: usize = 24;
/// Days that the books reach back.
const YEAR: u32 = 364;
/// The item of the counter sale, the only one sold to the general public.
const COUNTER_SALE: u32 = 50;
/// Items that the company bills every day; the rest appear in drafts and by hand.
const EVERYDAY: u32 = 47;

/// One invoice to be made.
struct Plan {
    day: Date,
    minute: u16,
    kind: Kind,
}

enum Kind {
    /// A document of the past, in whatever state its age and luck give it.
    Past,
    /// A stamped document of the past that somebody asks for.
    Told(Told),
    Draft(Lesson),
}

/// What is to be learnt from a draft.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lesson {
    /// The register knows another régimen: the refusal cannot be foreseen.
    OtherRegime,
    /// The register knows another zip: the refusal cannot be foreseen.
    OtherZip,
    /// Stamps at once.
    Ready,
    /// PPD although the means of payment is named.
    PaidAndDeferred,
    NoUse,
    NoRegime,
    /// A régimen of persons for a company.
    RegimeOfOthers,
    /// A use that the receiver's régimen does not admit.
    UseOfOthers,
    /// Not wrong, but questionable: PUE with an unknown means.
    UndefinedMeans,
}

/// The drafts, most instructive first, with their age in days. The last four are past the 72 hours.
const LESSONS: [(Lesson, i64); DRAFTS] = [
    (Lesson::OtherRegime, 0),
    (Lesson::OtherZip, 0),
    (Lesson::Ready, 0),
    (Lesson::PaidAndDeferred, 0),
    (Lesson::NoUse, 1),
    (Lesson::Ready, 1),
    (Lesson::RegimeOfOthers, 0),
    (Lesson::Ready, 2),
    (Lesson::Ready, 5),
    (Lesson::UseOfOthers, 1),
    (Lesson::Ready, 0),
    (Lesson::Ready, 1),
    (Lesson::Ready, 2),
    (Lesson::NoRegime, 0),
    (Lesson::Ready, 0),
    (Lesson::Ready, 1),
    (Lesson::Ready, 3),
    (Lesson::UndefinedMeans, 2),
    (Lesson::Ready, 0),
    (Lesson::Ready, 1),
    (Lesson::Ready, 2),
    (Lesson::Ready, 8),
    (Lesson::Ready, 20),
    (Lesson::Ready, 40),
];

/// Makes the invoices, oldest first, and the payments received on them.
pub fn invoices(
    beginning: &Beginning,
    contacts: &[Contact],
    items: &[Item],
    taxes: &[Tax],
    random: &mut fastrand::Rng,
) -> Result<(Vec<Sale>, Vec<Payment>), SandboxError> {
    let plans = plans(beginning, random)?;
    let mut maker = Maker {
        today: beginning.today,
        opening: clock::opening_of(beginning.today)?,
        contacts,
        items,
        taxes: Table::from_rows(taxes.to_vec()),
        random,
        number: 0,
        serial: 0,
        payments: Vec::new(),
    };
    let invoices = (1..)
        .zip(plans)
        .map(|(id, plan)| maker.invoice(id, &plan))
        .collect::<Result<Vec<_>, _>>()?;
    Ok((invoices, maker.payments))
}

fn plans(beginning: &Beginning, random: &mut fastrand::Rng) -> Result<Vec<Plan>, SandboxError> {
    let today = beginning.today;
    let back = |days: i64| {
        today
            .checked_sub(Span::new().days(days))
            .map_err(|_| SandboxError::Day(today))
    };
    let count = beginning.invoices as usize;
    // Small books keep half of their documents for the past.
    let drafts = DRAFTS.min(count.div_ceil(2));
    let past = count - drafts;
    let mut plans = Vec::with_capacity(count);
    for place in 0..past {
        let age = i64::from(YEAR) - (place as i64 * i64::from(YEAR)) / (past.max(2) as i64 - 1);
        // On the last day only what happened before the clock starts can have happened.
        let minute = if age <= 0 {
            random.u16(0..110)
        } else {
            random.u16(0..600)
        };
        plans.push(Plan {
            day: back(age.max(0))?,
            minute,
            kind: Kind::Past,
        });
    }
    let told = told::call(today)?;
    // In tiny books they would be most of the past.
    if past >= 2 * told.len() {
        tell(&mut plans, told);
    }
    for (place, (lesson, age)) in LESSONS.iter().take(drafts).enumerate() {
        let minute = u16::try_from(place).unwrap_or(0) * 4;
        plans.push(Plan {
            day: back(*age)?,
            minute,
            kind: Kind::Draft(*lesson),
        });
    }
    plans.sort_by_key(|plan| (plan.day, plan.minute));
    Ok(plans)
}

/// Puts what is told into the place of the nearest documents of the past, so that the size of the books stays.
fn tell(plans: &mut [Plan], call: Vec<Told>) {
    for told in call {
        let free = plans
            .iter_mut()
            .filter(|plan| matches!(plan.kind, Kind::Past));
        let nearest = free.min_by_key(|plan| (plan.day - told.day).get_days().abs());
        if let Some(plan) = nearest {
            plan.day = told.day;
            plan.kind = Kind::Told(told);
        }
    }
}

struct Maker<'a> {
    today: Date,
    opening: Timestamp,
    contacts: &'a [Contact],
    items: &'a [Item],
    taxes: Table<Tax>,
    random: &'a mut fastrand::Rng,
    number: u32,
    serial: u64,
    payments: Vec<Payment>,
}

impl Maker<'_> {
    fn invoice(&mut self, id: u32, plan: &Plan) -> Result<Sale, SandboxError> {
        let hour = plan
            .day
            .at(8, 0, 0, 0)
            .saturating_add(i64::from(plan.minute).minutes());
        let created = clock::moment(hour)?.min(self.opening);
        let contact = match plan.kind {
            Kind::Past => self.anyone(),
            Kind::Told(told) => {
                // Drawn and put aside here and below, so that what comes after is as if nothing had been told.
                let _ = self.anyone();
                self.contacts.get(told.customer)
            }
            Kind::Draft(lesson) => self.taught_by(lesson),
        };
        let (customer, rfc, word, usual, country) = match contact {
            Some(contact) => (
                contact.id,
                contact.rfc.clone(),
                contact.regime.clone(),
                contact.cfdi_use.clone(),
                contact.address.country.clone(),
            ),
            None => (0, "".into(), "".into(), "".into(), "".into()),
        };
        let counter = rfc == rfc::GENERIC;
        let drawn = self.lines(counter);
        let lines = match plan.kind {
            Kind::Told(told) => self.told_line(told).into_iter().collect(),
            Kind::Past | Kind::Draft(_) => drawn,
        };
        let currency: Text = if rfc == rfc::FOREIGN && country != "MX" {
            "USD".into()
        } else {
            "MXN".into()
        };
        let rate = if currency == "USD" {
            Decimal::new(172_534 + i64::from(id % 900), 4)
        } else {
            Decimal::ONE
        };
        let deferred = !counter && self.random.u8(0..100) < 55;
        let (payment_type, payment_method) = if deferred {
            ("PPD", "other")
        } else {
            ("PUE", self.means())
        };
        let days = if deferred {
            [15, 30, 45]
                .get(self.random.usize(0..3))
                .copied()
                .unwrap_or(30)
        } else {
            0
        };
        let mut invoice = Sale {
            kind: SaleKind::Invoice,
            id,
            state: State::Draft,
            number: None,
            contact: customer,
            date: plan.day,
            due: plan.day.saturating_add(Span::new().days(days)),
            created,
            updated: created,
            currency,
            rate,
            lines,
            payment_method: payment_method.into(),
            payment_type: payment_type.into(),
            cfdi_use: usual,
            regime_client: word,
            memo: "".into(),
            terms: if deferred {
                format!("{days} días").into()
            } else {
                "Contado".into()
            },
            department: None,
            sums: Sums::default(),
            applied: Vec::new(),
            partner: None,
            stamp: None,
            extra: Extra::new(),
        };
        if let Some(sums) = taxes::totals(&invoice.lines, &self.taxes, &invoice.currency) {
            invoice.sums = sums;
        }
        match plan.kind {
            Kind::Past => {
                let luck = self.random.u8(0..100);
                self.live_through(&mut invoice, hour, luck)?;
            }
            Kind::Told(_) => {
                let luck = self.random.u8(7..100);
                self.live_through(&mut invoice, hour, luck)?;
            }
            Kind::Draft(lesson) => spoil(&mut invoice, lesson),
        }
        Ok(invoice)
    }

    /// Gives a document of the past its number, stamp, receipts and state. The least luck leaves it unstamped, a
    /// little more cancelled.
    fn live_through(
        &mut self,
        invoice: &mut Sale,
        hour: DateTime,
        luck: u8,
    ) -> Result<(), SandboxError> {
        self.number += 1;
        invoice.number = Some(self.number);
        invoice.state = State::Open;
        let age = (self.today - invoice.date).get_days();
        if luck < 3 && age > 3 {
            return Ok(());
        }
        self.serial += 1;
        invoice.stamp = Some(Stamp {
            serial: self.serial,
            at: hour.saturating_add(90.seconds()),
            legal: Legal::Stamped,
        });
        if luck < 7 && age > 3 {
            invoice.state = State::Void;
            if let Some(stamp) = &mut invoice.stamp {
                stamp.legal = Legal::Cancelled;
            }
            invoice.updated = self.later(invoice.created, 2)?;
            return Ok(());
        }
        let deferred = invoice.payment_type == "PPD";
        let chance = self.random.u8(0..100);
        let (whole, part) = match (deferred, age) {
            (false, _) => (96, 96),
            (true, 60..) => (70, 85),
            (true, _) => (25, 50),
        };
        if chance < whole {
            // Alegra closes most paid invoices, and leaves some open with nothing owed.
            invoice.state = if chance.is_multiple_of(6) {
                State::Open
            } else {
                State::Closed
            };
            let amount = invoice.sums.total;
            self.receive(invoice, amount)?;
        } else if chance < part {
            let amount = money::round(
                invoice.sums.total / Decimal::from(2 + u32::from(chance % 3)),
                2,
            );
            self.receive(invoice, amount)?;
        }
        Ok(())
    }

    fn receive(&mut self, invoice: &mut Sale, amount: Decimal) -> Result<(), SandboxError> {
        let wait = if invoice.payment_type == "PPD" {
            self.random.i64(1..40)
        } else {
            0
        };
        invoice.updated = self.later(invoice.created, wait)?;
        let method = match invoice.payment_method.as_ref() {
            "other" => "transfer".into(),
            _ => invoice.payment_method.clone(),
        };
        let id = super::next_id(self.payments.len());
        self.payments.push(Payment {
            id,
            direction: Direction::In,
            state: State::Open,
            contact: invoice.contact,
            account: Some(purses::account_for(&method)),
            date: clock::local(invoice.updated).date(),
            amount,
            currency: invoice.currency.clone(),
            rate: invoice.rate,
            method,
            reference: "".into(),
            note: "".into(),
            shares: vec![Share {
                id: invoice.id,
                amount,
            }],
            stamp: None,
            created: invoice.updated,
            updated: invoice.updated,
            extra: Extra::new(),
        });
        Ok(())
    }

    /// Some days after a moment, but never after the clock starts.
    fn later(&self, moment: Timestamp, days: i64) -> Result<Timestamp, SandboxError> {
        let later = moment
            .checked_add(jiff::SignedDuration::from_hours(24 * days))
            .map_err(|_| SandboxError::Day(self.today))?;
        Ok(later.min(self.opening))
    }

    fn anyone(&mut self) -> Option<&'_ Contact> {
        // Some customers buy often and most seldom, as everywhere.
        let count = self.contacts.len();
        let often = self.random.bool();
        let place = if often {
            self.random.usize(0..count.clamp(1, 12))
        } else {
            self.random.usize(0..count.max(1))
        };
        self.contacts.get(place)
    }

    fn taught_by(&mut self, lesson: Lesson) -> Option<&'_ Contact> {
        let by_id = |id: Option<u32>| self.contacts.iter().find(|contact| Some(contact.id) == id);
        match lesson {
            Lesson::OtherRegime => by_id(people::marked(OTHER_REGIME)),
            Lesson::OtherZip => by_id(people::marked(OTHER_ZIP)),
            Lesson::UseOfOthers => self
                .contacts
                .iter()
                .find(|contact| contact.regime == "SALARIED_REGIME"),
            // The first dozen are companies and professionals whose data agree with the register.
            _ => self.contacts.get(self.random.usize(0..12)),
        }
    }

    fn means(&mut self) -> &'static str {
        const MEANS: [&str; 8] = [
            "transfer",
            "transfer",
            "transfer",
            "transfer",
            "cash",
            "credit-card",
            "debit-card",
            "check",
        ];
        MEANS
            .get(self.random.usize(0..MEANS.len()))
            .copied()
            .unwrap_or("transfer")
    }

    fn lines(&mut self, counter: bool) -> Vec<Line> {
        let count = if counter { 1 } else { self.random.usize(1..=3) };
        (0..count)
            .filter_map(|_| {
                let id = if counter {
                    COUNTER_SALE
                } else {
                    self.random.u32(1..EVERYDAY)
                };
                let item = self.items.iter().find(|item| item.id == id)?;
                let most = if item.price > Decimal::from(2_000) {
                    3
                } else {
                    12
                };
                let discount = if self.random.u8(0..10) == 0 {
                    5 * self.random.u32(1..=3)
                } else {
                    0
                };
                let quantity = self.random.u32(1..=most);
                Some(self.line(item, quantity, discount))
            })
            .collect()
    }

    fn told_line(&self, told: Told) -> Option<Line> {
        let item = self
            .items
            .iter()
            .find(|item| item.reference.as_ref() == told.item)?;
        Some(self.line(item, told.quantity, told.discount))
    }

    /// A line on an item at its price and with its taxes.
    fn line(&self, item: &Item, quantity: u32, discount: u32) -> Line {
        let taxes = item.taxes.iter().filter_map(|id| self.taxes.get(*id));
        Line {
            subject: Subject::Item(item.id),
            description: item.name.clone(),
            price: item.price,
            quantity: Decimal::from(quantity),
            discount: Decimal::from(discount),
            taxes: taxes
                .map(|tax| LineTax {
                    id: tax.id,
                    percentage: tax.percentage,
                })
                .collect(),
            extra: Extra::new(),
        }
    }
}

/// Puts into a good draft the one thing that is to be learnt.
fn spoil(invoice: &mut Sale, lesson: Lesson) {
    match lesson {
        Lesson::Ready | Lesson::OtherRegime | Lesson::OtherZip => {}
        Lesson::PaidAndDeferred => {
            invoice.payment_type = "PPD".into();
            invoice.payment_method = "transfer".into();
        }
        Lesson::NoUse => invoice.cfdi_use = "".into(),
        Lesson::NoRegime => invoice.regime_client = "".into(),
        Lesson::RegimeOfOthers => {
            invoice.regime_client = if invoice.regime_client == "BUSINESS_ACTIVITIES_REGIME" {
                "GENERAL_REGIME_OF_MORAL_PEOPLE_LAW".into()
            } else {
                "BUSINESS_ACTIVITIES_REGIME".into()
            }
        }
        Lesson::UseOfOthers => invoice.cfdi_use = "G03".into(),
        Lesson::UndefinedMeans => {
            invoice.payment_type = "PUE".into();
            invoice.payment_method = "other".into();
        }
    }
}
