//! The one right answer to a finding, where there is one: what to write, and into which field.
//!
//! Only what can be nothing else is suggested: a name without its kind of company, the form in which the SAT registers
//! names, Alegra's word for a key, the value that the rules leave as the only one. A digit of an RFC is never guessed.
//! Suggests and never changes anything.

use super::finding::{Field, Finding, Path, Value};
use super::rules::table;

/// What to write, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The field of the draft.
    pub path: Path,
    /// Its new value.
    pub text: String,
}

impl Finding {
    /// The value that sets this finding right, where there is exactly one.
    pub fn suggestion(&self) -> Option<Suggestion> {
        let at = |path: &Path, text: &str| {
            Some(Suggestion {
                path: path.clone(),
                text: text.to_owned(),
            })
        };
        let rule = self.rule;
        // The expected value is the answer: the name, the place of issue of a generic receiver.
        if [&table::NAME_SUFFIX, &table::NAME_FORM, &table::ZIP_GENERIC].contains(&rule) {
            return at(&self.path, self.text("expected")?);
        }
        // Where the contact has a régimen and the document has none, the document takes it.
        if rule == &table::REGIME {
            return at(&self.path, self.text("expected")?);
        }
        // A key or unit that somebody meant has one word or key; one that nobody knows has none.
        if [&table::FORMA, &table::UNIT].contains(&rule) {
            let known = matches!(self.value("state"), Some(Value::Choice("key" | "meant")));
            return known
                .then(|| at(&self.path, self.text("expected")?))
                .flatten();
        }
        if let (true, Some(Value::Codes(codes))) =
            (rule == &table::USE_REGIME, self.value("allowed"))
        {
            return match codes.as_slice() {
                [only] => at(&self.path, only),
                _ => None,
            };
        }
        let fixed = [
            (
                &table::NAME_NEARLY_PUBLIC,
                Field::ReceiverName,
                super::rules::PUBLIC_NAME,
            ),
            (&table::REGIME_GENERIC, Field::ReceiverRegime, "616"),
            (&table::USE_GENERIC, Field::CfdiUse, "S01"),
            (&table::USE_GENERIC_RETURN, Field::CfdiUse, "S01"),
            (&table::PPD_FORMA, Field::PaymentMethod, "other"),
            (&table::RATE_MXN, Field::ExchangeRate, "1"),
        ];
        fixed
            .into_iter()
            .find(|(known, ..)| *known == rule)
            .map(|(_, field, text)| Suggestion {
                path: field.into(),
                text: text.to_owned(),
            })
    }

    fn text(&self, name: &str) -> Option<&str> {
        match self.value(name) {
            Some(Value::Text(text)) if !text.is_empty() => Some(text),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::draft::Draft;
    use crate::sat::rules::tests::{CATALOGS, NOW, sound};
    use crate::sat::rules::{Knowledge, validate};

    /// Writes a suggestion into a draft.
    fn accept(draft: &mut Draft, suggestion: &Suggestion) {
        let text = suggestion.text.clone();
        match &suggestion.path {
            Path::Field(Field::ReceiverName) => draft.receiver.name = text,
            Path::Field(Field::ReceiverZip) => draft.receiver.zip = text,
            Path::Field(Field::ReceiverRegime) => draft.receiver.regime = text,
            Path::Field(Field::CfdiUse) => draft.cfdi_use = text,
            Path::Field(Field::PaymentMethod) => draft.payment_method = text,
            Path::Field(Field::ExchangeRate) => draft.exchange_rate = text.parse().ok(),
            Path::Line(line, _) => draft.lines[*line].unit_key = text,
            other => panic!("{other}"),
        }
    }

    fn found(draft: &Draft) -> Vec<Finding> {
        validate(draft, &CATALOGS, NOW, &Knowledge::default())
    }

    #[test]
    fn accepting_a_suggestion_sets_its_finding_right() {
        type Slip = (&'static str, fn(&mut Draft));
        let slips: [Slip; 11] = [
            ("cfdi40145-suffix", |d| {
                d.receiver.name.push_str(" SA DE CV")
            }),
            ("cfdi40145-form", |d| {
                d.receiver.name = d.receiver.name.to_lowercase()
            }),
            ("cfdi40149", |d| {
                sell_to_the_public(d);
                d.receiver.zip = "86991".to_owned();
            }),
            ("cfdi40159", |d| {
                sell_to_the_public(d);
                d.receiver.regime = "601".to_owned();
            }),
            ("guia-use", |d| {
                sell_to_the_public(d);
                d.cfdi_use = "G03".to_owned();
            }),
            ("guia-use-g02", |d| {
                sell_to_the_public(d);
                d.cfdi_use = "G02".to_owned();
            }),
            ("local-pub", |d| {
                sell_to_the_public(d);
                d.receiver.name = "PÚBLICO EN GENERAL".to_owned();
            }),
            ("alegra-forma", |d| d.payment_method = "03".to_owned()),
            ("cfdi40105", |d| d.payment_method = "transfer".to_owned()),
            ("cfdi40114", |d| d.exchange_rate = Some(18.into())),
            ("cfdi40165", |d| d.lines[0].unit_key = "h87".to_owned()),
        ];
        for (id, slip) in slips {
            let mut draft = sound();
            slip(&mut draft);
            let finding = found(&draft)
                .into_iter()
                .find(|finding| finding.rule.id == id)
                .unwrap_or_else(|| panic!("{id} is not found: {:?}", found(&draft)));
            let suggestion = finding
                .suggestion()
                .unwrap_or_else(|| panic!("{finding:?}"));
            accept(&mut draft, &suggestion);
            let after = found(&draft);
            assert!(
                after.iter().all(|finding| finding.rule.id != id),
                "{id}: {suggestion:?} {after:?}"
            );
        }
    }

    fn sell_to_the_public(draft: &mut Draft) {
        draft.receiver.rfc = "XAXX010101000".to_owned();
        draft.receiver.regime = "616".to_owned();
        draft.receiver.zip = draft.issuer.zip.clone();
        draft.cfdi_use = "S01".to_owned();
    }

    #[test]
    fn a_document_without_a_regime_takes_that_of_its_contact_and_a_wrong_one_takes_none() {
        let mut draft = sound();
        let right = std::mem::take(&mut draft.receiver.regime);
        let knowing = |regime: &str| Knowledge {
            contact_regime: Some(regime.to_owned()),
            ..Knowledge::default()
        };
        let offered = |draft: &Draft, regime: &str| {
            let found = validate(draft, &CATALOGS, NOW, &knowing(regime));
            let missing = found.iter().find(|one| one.rule == &table::REGIME);
            missing.expect("a finding").suggestion()
        };
        let suggestion = offered(&draft, &right).expect("a suggestion");
        accept(&mut draft, &suggestion);
        assert_eq!(found(&draft), []);
        // Neither does a contact without one help, nor one that the catalogue does not know.
        draft.receiver.regime.clear();
        assert_eq!(offered(&draft, "609"), None);
        draft.receiver.regime = "609".to_owned();
        assert_eq!(offered(&draft, &right), None);
    }

    #[test]
    fn what_has_more_than_one_answer_suggests_none() {
        let slips: [fn(&mut Draft); 5] = [
            |d| d.receiver.rfc = "URE180429TM7".to_owned(),
            |d| d.cfdi_use = "D01".to_owned(),
            |d| d.payment_method = "trueque".to_owned(),
            |d| d.lines[0].unit_key = "pieza o caja".to_owned(),
            |d| d.receiver.zip = "1234".to_owned(),
        ];
        for slip in slips {
            let mut draft = sound();
            slip(&mut draft);
            let findings = found(&draft);
            assert!(!findings.is_empty());
            for finding in findings {
                assert_eq!(finding.suggestion(), None, "{finding:?}");
            }
        }
    }
}
