//! The findings of the fiscal rules in words.

use fluent_bundle::{FluentArgs, FluentValue};

use crate::domain::money::Money;
use crate::sat::finding::{Finding, Value};

use super::Words;
use super::format::{date, hour};

impl Words {
    /// What a finding says, with its code in brackets so that it can be searched.
    pub fn finding(&self, finding: &Finding) -> String {
        format!("{} [{}]", self.finding_message(finding), finding.code())
    }

    /// The same without the code, for where that stands beside it.
    pub fn finding_message(&self, finding: &Finding) -> String {
        self.render(&key(finding), None, &self.args(finding))
    }

    /// What to do about it; empty where the message says it all.
    pub fn finding_hint(&self, finding: &Finding) -> String {
        self.render(&key(finding), Some("hint"), &self.args(finding))
    }

    fn args(&self, finding: &Finding) -> FluentArgs<'static> {
        let mut args = FluentArgs::with_capacity(finding.values.len());
        for (name, value) in &finding.values {
            let value: FluentValue<'static> = match value {
                Value::Text(text) => text.clone().into(),
                Value::Choice(choice) => (*choice).to_owned().into(),
                Value::Decimal(number) => number.to_string().into(),
                Value::Amount(amount) => Money::new(*amount).to_string().into(),
                Value::Day(day) => date(*day).into(),
                Value::Moment(at) => format!("{} {}", date(at.date()), hour(*at)).into(),
                Value::Count(count) => (*count).into(),
                Value::Codes(codes) => codes.join(", ").into(),
            };
            args.set(*name, value);
        }
        args
    }
}

fn key(finding: &Finding) -> String {
    format!("finding-{}", finding.rule.id.to_lowercase())
}
