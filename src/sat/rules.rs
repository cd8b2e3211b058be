//! The rules that a draft must keep before its stamp, run in the order in which a bookkeeper fills it in.
//!
//! [`validate`] is a pure function: same draft, catalogues and time, same findings in the same order. It never
//! stops at the first finding, never says that something is fine which only the SAT can confirm (enrolled RFC,
//! registered name, zip and régimen of that RFC), and reports one slip once.

mod global;
mod header;
mod lines;
mod payment;
mod receiver;
mod regime_use;
mod relations;
pub mod table;
mod taxes;
mod totals;

use jiff::civil::DateTime;
use rust_decimal::Decimal;

use super::arithmetic::{self, Overflow, Totals};
use super::catalogs::Catalogs;
use super::finding::Finding;
use super::rfc::{self, Person};
use crate::domain::draft::{DocType, Draft};

pub use header::hours_left;
pub use table::RULES;

/// The name that makes an invoice to the generic RFC a global one.
pub const PUBLIC_NAME: &str = "PUBLICO EN GENERAL";

/// What a draft cannot say of itself. Rules that need an unknown value keep silent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Knowledge {
    /// Last known FIX of the draft's currency, in pesos.
    pub reference_rate: Option<Decimal>,
    /// Whether this company has stamped IVA at 8 % before.
    pub border_rate_used: Option<bool>,
    /// Régimen of the receiver's contact: what a document that lacks one may take.
    pub contact_regime: Option<String>,
}

/// All findings on a draft, in the order of its fields: receiver, régimen and use, payment, header, lines,
/// taxes, totals, global invoice, relations.
///
/// `now` is the civil time at the issue place (see [`super::catalogs::zips::Zone::iana`]).
pub fn validate(
    draft: &Draft,
    catalogs: &Catalogs,
    now: DateTime,
    knowledge: &Knowledge,
) -> Vec<Finding> {
    let case = Case {
        draft,
        catalogs,
        now,
        knowledge,
        receiver: rfc::person(&draft.receiver.rfc),
        totals: arithmetic::totals(draft, catalogs),
    };
    let mut found = Vec::new();
    receiver::check(&case, &mut found);
    regime_use::check(&case, &mut found);
    payment::check(&case, &mut found);
    header::check(&case, &mut found);
    lines::check(&case, &mut found);
    taxes::check(&case, &mut found);
    totals::check(&case, &mut found);
    global::check(&case, &mut found);
    relations::check(&case, &mut found);
    found
}

/// Until when, on the clock of the issue place, [`validate`] goes on saying the same of this draft as `now`, hours left
/// aside: always later than `now`, and never beyond the day.
pub fn holds_until(draft: &Draft, now: DateTime) -> DateTime {
    header::next_turn(&draft.date, now)
}

/// The matrix's code for what is judged here by Alegra's words.
const FORMA_CODE: &str = "40104";

/// The codes of the matrix that a refusal names and that rules here go by, each once: the rules that should have caught
/// what was refused. A gateway wraps codes in texts of its own, so that only whole runs of digits count.
pub fn named_in(refusal: &str) -> Vec<&'static str> {
    let mut codes: Vec<&'static str> = refusal
        .split(|letter: char| !letter.is_ascii_digit())
        .filter_map(|digits| {
            let is_named = |code: &str| {
                let own = code.strip_prefix("CFDI");
                // Some PACs leave the first of six digits out (SAT rules §0).
                let short = own
                    .filter(|own| own.len() == 6)
                    .and_then(|own| own.strip_prefix('1'));
                own == Some(digits)
                    || short == Some(digits)
                    || (code == table::FORMA.code && digits == FORMA_CODE)
            };
            RULES
                .iter()
                .map(|rule| rule.code)
                .find(|code| is_named(code))
        })
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// A draft under judgement, with what more than one group asks of it.
struct Case<'a> {
    draft: &'a Draft,
    catalogs: &'a Catalogs,
    now: DateTime,
    knowledge: &'a Knowledge,
    /// Nothing where the receiver's RFC has not the SAT's shape.
    receiver: Option<Person>,
    totals: Result<Totals, Overflow>,
}

impl Case<'_> {
    /// Whether the receiver has a generic RFC.
    fn is_generic(&self) -> bool {
        rfc::is_generic(&self.draft.receiver.rfc)
    }

    /// Whether it is the invoice that sums up the sales to público en general.
    fn is_global(&self) -> bool {
        self.draft.doc_type == DocType::Income
            && self.draft.receiver.rfc == rfc::GENERIC_NATIONAL
            && self.draft.receiver.name == PUBLIC_NAME
    }

    /// The total, where it could be computed from every line.
    fn total(&self) -> Option<Decimal> {
        self.totals
            .as_ref()
            .ok()
            .filter(|totals| totals.left_out.is_empty())
            .map(|totals| totals.total.decimal())
    }
}

/// What is wrong with a text that the schema limits, as the messages choose their wording.
fn text_fault(text: &str, longest: usize) -> Option<&'static str> {
    if text.trim().is_empty() {
        Some("missing")
    } else if text.contains('|') {
        Some("bar")
    } else if !text.chars().all(is_xml) {
        Some("control")
    } else if text.chars().count() > longest {
        Some("long")
    } else {
        None
    }
}

/// Whether XML 1.0 can carry a character (Char production): no control characters but tab and line ends.
pub(super) fn is_xml(letter: char) -> bool {
    !matches!(letter, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether a number is written with no more than so many decimals, useless zeros aside.
fn has_decimals_within(number: Decimal, most: u32) -> bool {
    number.normalize().scale() <= most
}

#[cfg(test)]
pub mod tests;
