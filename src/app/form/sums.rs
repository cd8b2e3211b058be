//! What the rows of a form come to, by our own arithmetic. Unknown stays unknown: a sum over rows of which one cannot be
//! read would pass for the sum of all (law 4).

use std::collections::BTreeMap;

use crate::app::model::Model;
use crate::domain::draft::{Draft, DraftLine};
use crate::domain::money::Money;
use crate::domain::record::Line;
use crate::domain::spec::Grid;
use crate::sat::arithmetic::{self, Totals, line_amounts};
use crate::sat::assembly::{Surroundings, draft_of};

use super::Form;

/// What the rows come to, by their sort.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Sums {
    /// There are no rows.
    #[default]
    Nothing,
    /// Of lines.
    Lines {
        /// None while the catalogues are not here, a number is out of reach, or a line cannot be read.
        totals: Option<Totals>,
        /// What each line comes to before taxes, by its number in the form; none where a number is missing.
        nets: Vec<Option<Money>>,
    },
    /// Of the documents that a payment goes to.
    Applied {
        /// The payment; none while nothing that is an amount stands there.
        paid: Option<Money>,
        /// What goes to documents; none while one of the amounts cannot be read.
        applied: Option<Money>,
    },
    /// Of the postings of a póliza: debits and credits; none while one of the amounts cannot be read.
    Postings {
        /// Debits, then credits.
        sides: Option<(Money, Money)>,
    },
}

/// What a line of a record comes to before taxes and after its discount, as the form of it has it; none where a number
/// is missing or out of reach.
pub fn net_of(line: &Line) -> Option<Money> {
    /// Decimals of the currencies that books are kept in.
    const DECIMALS: u32 = 2;
    let draft = DraftLine {
        quantity: line.quantity,
        price: line.price.map(Money::decimal),
        discount_pct: line.discount_pct.unwrap_or_default(),
        ..DraftLine::default()
    };
    let amounts = line_amounts(&draft, DECIMALS).ok().flatten()?;
    Some(Money::new(amounts.net))
}

impl Sums {
    /// The sums of so many rows of this grid before anything is known.
    pub fn unknown(grid: Grid, rows: usize) -> Self {
        match grid {
            Grid::Nothing => Sums::Nothing,
            Grid::Lines(_) => Sums::Lines {
                totals: None,
                nets: vec![None; rows],
            },
            Grid::Allocations(_) => Sums::Applied {
                paid: None,
                applied: None,
            },
            Grid::Postings(_) => Sums::Postings { sides: None },
        }
    }

    /// What of a payment goes to documents.
    pub(super) fn of_payment(form: &Form) -> Self {
        Sums::Applied {
            paid: form.paid(),
            applied: form.applied(),
        }
    }

    /// What the postings of a póliza come to.
    pub(super) fn of_postings(form: &Form) -> Self {
        Sums::Postings {
            sides: form.sides(),
        }
    }

    /// What the record of the form is over, where the rows tell it; none where a field does, or where it is not known.
    pub(super) fn over(&self) -> Option<Money> {
        match self {
            Sums::Lines { totals, .. } => totals.as_ref().map(|totals| totals.total),
            Sums::Postings {
                sides: Some((debits, credits)),
            } if debits == credits => Some(*debits),
            Sums::Nothing | Sums::Applied { .. } | Sums::Postings { .. } => None,
        }
    }

    /// The sums of the lines of a document that nothing judges; none while the catalogues are not here.
    pub(super) fn reckoned(model: &Model, form: &Form) -> Option<Self> {
        let catalogs = model.catalogs.as_ref()?;
        let related = BTreeMap::new();
        let around = Surroundings {
            company: model.company.value(),
            receiver: form.receiver.as_ref(),
            items: &form.items,
            taxes: &model.taxes,
            related: &related,
        };
        let draft = draft_of(&form.record(), around);
        let totals = arithmetic::totals(&draft, catalogs).ok();
        Some(Self::of_lines(form, &draft, totals))
    }

    /// The sums of the lines of a form, as the draft of it has them.
    pub(super) fn of_lines(form: &Form, draft: &Draft, totals: Option<Totals>) -> Self {
        let mut nets = vec![None; form.content.rows.len()];
        let mut readable = true;
        for (line, number) in draft.lines.iter().zip(form.content.rows.filled()) {
            if !form.is_row_readable(number) {
                readable = false;
                continue;
            }
            let decimals = totals.as_ref().map(|totals| totals.decimals);
            let amounts = decimals.and_then(|decimals| line_amounts(line, decimals).ok().flatten());
            if let Some(net) = nets.get_mut(number) {
                *net = amounts.map(|amounts| Money::new(amounts.net));
            }
        }
        Sums::Lines {
            totals: totals.filter(|totals| totals.left_out.is_empty() && readable),
            nets,
        }
    }

    /// What a line comes to before taxes; none where the rows are no lines.
    pub fn net(&self, row: usize) -> Option<Money> {
        match self {
            Sums::Nothing | Sums::Applied { .. } | Sums::Postings { .. } => None,
            Sums::Lines { nets, .. } => nets.get(row).copied().flatten(),
        }
    }
}
