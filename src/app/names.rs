//! Names beside codes: the SAT's key stays visible, and Alegra's words are shown with the key that they stand for. What
//! a rule says of a document, without the document's own words while the screen is shared.

use std::borrow::Cow;

use crate::domain::field::Field;
use crate::sat::catalogs::small::Table;
use crate::sat::catalogs::{Catalogs, payment};
use crate::sat::finding::Finding;
use crate::words;

use super::model::Model;

/// A code with its name, as people read it: `G03 Gastos en general`, `03 Transferencia electrónica de fondos`.
/// Nothing where the field holds no code, where the catalogues are not here yet, or where the code is in none.
pub fn coded(model: &Model, field: Field, code: &str) -> Option<String> {
    named(model.catalogs.as_deref()?, field, code)
}

/// The same, by catalogues that are at hand.
pub fn named(catalogs: &Catalogs, field: Field, code: &str) -> Option<String> {
    let (key, name) = match field {
        Field::CfdiUse => (code, catalogs.name(Table::Use, code)?),
        Field::Regime => (code, catalogs.name(Table::Regime, code)?),
        Field::PaymentType => (code, catalogs.name(Table::PaymentMethod, code)?),
        Field::PaymentMethod => {
            let key = payment::code(code)?;
            (key, catalogs.name(Table::PaymentForm, key)?)
        }
        Field::Currency => (code, catalogs.name(Table::Currency, code)?),
        Field::Relation => (code, catalogs.name(Table::Relation, code)?),
        Field::Country => (code, catalogs.name(Table::Country, code)?),
        Field::ProductKey => (code, catalogs.product_name(code)?),
        Field::Unit => (code, catalogs.unit_name(code)?),
        Field::NominalCode => (code, catalogs.grouping_name(code)?),
        _ => return None,
    };
    Some(format!("{key} {name}"))
}

/// What a rule says. While the mask is on, whatever it quotes of the document is hidden.
pub fn finding(model: &Model, finding: &Finding) -> String {
    model.words.finding(&unquoting(model, finding))
}

/// What to do about it, in the same way.
pub fn hint(model: &Model, finding: &Finding) -> String {
    model.words.finding_hint(&unquoting(model, finding))
}

fn unquoting<'a>(model: &Model, finding: &'a Finding) -> Cow<'a, Finding> {
    match model.masked {
        false => Cow::Borrowed(finding),
        true => Cow::Owned(finding.clone().with_texts(words::points)),
    }
}

/// A text that names somebody, was typed, or is quoted of the server, as it may stand where words of ours stand: hidden
/// while the mask is on.
pub fn seen(model: &Model, text: &str) -> String {
    match model.masked {
        true => words::points(text),
        false => text.to_owned(),
    }
}
