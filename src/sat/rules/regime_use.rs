//! Régimen and use of the receiver, régimen of the issuer (SAT rules §4).

use super::super::catalogs::{regimes, uses};
use super::super::finding::{Field, Finding, Value};
use super::super::rfc;
use super::{Case, table};
use crate::domain::draft::DocType;

/// Régimen of those without fiscal obligations, the only one of a generic RFC.
const NO_OBLIGATIONS: &str = "616";
/// Use without fiscal effects, the only one of a generic RFC on an invoice.
const NO_EFFECTS: &str = "S01";
/// Returns, discounts and rebates.
const RETURNS: &str = "G02";
/// Use of payment receipts.
const PAYMENTS: &str = "CP01";

/// Judges régimen, use and their fit.
pub(super) fn check(case: &Case, found: &mut Vec<Finding>) {
    let regime_holds = receiver_regime(case, found);
    cfdi_use(case, regime_holds, found);
    issuer_regime(case, found);
}

/// Gives whether the régimen can be used to judge the use: a slip here must not be told twice.
fn receiver_regime(case: &Case, found: &mut Vec<Finding>) -> bool {
    let regime = case.draft.receiver.regime.as_str();
    let at = Field::ReceiverRegime;
    if !regimes::exists(regime) {
        let finding = Finding::new(&table::REGIME, at);
        let of_contact = case.knowledge.contact_regime.as_deref();
        let of_contact = of_contact.filter(|of_contact| regimes::exists(of_contact));
        found.push(match of_contact {
            // Alegra stamps with what the document itself says, whatever the contact says (contract C.1, `regimeClient`).
            Some(of_contact) if regime.is_empty() => finding
                .with_state("contact", regime)
                .with("expected", of_contact),
            _ => finding.with_found(regime).with("expected", ""),
        });
        return false;
    }
    if case.is_generic() && regime != NO_OBLIGATIONS {
        found.push(Finding::new(&table::REGIME_GENERIC, at).with("found", regime));
        return false;
    }
    if let Some(person) = case.receiver
        && !regimes::admits(regime, person)
    {
        found.push(
            Finding::new(&table::REGIME_PERSON, at)
                .with("found", regime)
                .with("person", Value::Choice(person.as_str())),
        );
    } else if regimes::alegra_word(regime).is_none() {
        found.push(Finding::new(&table::REGIME_WORD, at).with("found", regime));
    }
    true
}

fn cfdi_use(case: &Case, regime_holds: bool, found: &mut Vec<Finding>) {
    let cfdi_use = case.draft.cfdi_use.as_str();
    let regime = case.draft.receiver.regime.as_str();
    let at = Field::CfdiUse;
    if !uses::exists(cfdi_use) {
        found.push(Finding::new(&table::USE, at).with_found(cfdi_use));
        return;
    }
    if regime_holds && !uses::admits(cfdi_use, regime, case.receiver) {
        let allowed = uses::keys()
            .filter(|key| match case.receiver {
                Some(person) => uses::offered(key, regime, person, case.draft.doc_type),
                None => uses::admits(key, regime, None),
            })
            .map(str::to_owned)
            .collect();
        found.push(
            Finding::new(&table::USE_REGIME, at)
                .with("found", cfdi_use)
                .with("regime", regime)
                .with("allowed", Value::Codes(allowed)),
        );
    }
    if case.is_generic() && case.draft.doc_type == DocType::Income && cfdi_use != NO_EFFECTS {
        let rule = if cfdi_use == RETURNS {
            &table::USE_GENERIC_RETURN
        } else {
            &table::USE_GENERIC
        };
        found.push(Finding::new(rule, at).with("found", cfdi_use));
    }
    if cfdi_use == PAYMENTS {
        found.push(Finding::new(&table::USE_PAYMENTS, at));
    }
}

fn issuer_regime(case: &Case, found: &mut Vec<Finding>) {
    let regime = case.draft.issuer.regime.as_str();
    let at = Field::IssuerRegime;
    if !regimes::exists(regime) {
        found.push(Finding::new(&table::ISSUER_REGIME, at).with_found(regime));
    } else if let Some(person) = rfc::person(&case.draft.issuer.rfc)
        && !regimes::admits(regime, person)
    {
        found.push(
            Finding::new(&table::ISSUER_REGIME_PERSON, at)
                .with("found", regime)
                .with("person", Value::Choice(person.as_str())),
        );
    }
}
