//! A finding: one broken rule at one place of a draft, with the values that explain it.
//!
//! Holds no sentence. The id of the rule names the text in the room of words, and [`Finding::values`] are
//! the variables of that text.

use std::fmt;

use jiff::civil::{Date, DateTime};
use rust_decimal::Decimal;

use crate::domain::verdict::Verdict;

/// How grave a finding is (SAT rules §0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Refused for certain, or as good as: the stamp is barred.
    Error,
    /// May be refused, or is accepted but wrong: the stamp needs its own yes.
    Warning,
}

/// Where a rule comes from; it decides whether an error can be overruled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// The SAT's error matrix for CFDI 4.0.
    Matrix,
    /// The XML schema.
    Schema,
    /// A fill guide; no code exists.
    Guide,
    /// Law or administrative rule.
    Law,
    /// Assumed about Alegra, or our own prudence.
    Assumed,
    /// A table that changes every year and is dated in our assets.
    DatedTable,
}

/// A rule as data. One rule has one level, one message and one set of values; several may share a code.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Names the message in the room of words: `finding-<id>`. Unique.
    pub id: &'static str,
    /// What the bookkeeper can search for: `CFDI40161`, `XSD-rfc`, `PAC-401`.
    pub code: &'static str,
    /// Error or warning.
    pub level: Level,
    /// Source of the rule.
    pub basis: Basis,
    /// Names of the values that each finding of this rule carries.
    pub values: &'static [&'static str],
}

impl Rule {
    /// Whether an error can be set aside by typing its code: not where the matrix or the schema speaks.
    pub fn overrulable(&self) -> bool {
        !matches!(self.basis, Basis::Matrix | Basis::Schema)
    }
}

/// A value of a message, still without a form for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// As found or as expected: a code, a name, an RFC.
    Text(String),
    /// A choice that the words translate: `fisica`, `moral`.
    Choice(&'static str),
    /// An exact number: a rate, a quantity, a percentage.
    Decimal(Decimal),
    /// An amount of money.
    Amount(Decimal),
    /// A day.
    Day(Date),
    /// A day and hour on the clock of the issue place.
    Moment(DateTime),
    /// How many.
    Count(i64),
    /// Codes to choose from.
    Codes(Vec<String>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text)
    }
}

impl From<char> for Value {
    fn from(letter: char) -> Self {
        Value::Text(letter.to_string())
    }
}

impl From<Decimal> for Value {
    fn from(number: Decimal) -> Self {
        Value::Decimal(number)
    }
}

impl From<Date> for Value {
    fn from(day: Date) -> Self {
        Value::Day(day)
    }
}

impl From<DateTime> for Value {
    fn from(moment: DateTime) -> Self {
        Value::Moment(moment)
    }
}

impl From<i64> for Value {
    fn from(count: i64) -> Self {
        Value::Count(count)
    }
}

/// A field of the draft outside its lines. `Display` gives its name in the JSON form of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// `docType`
    DocType,
    /// `date`
    Date,
    /// `issuer.rfc`
    IssuerRfc,
    /// `issuer.name`
    IssuerName,
    /// `issuer.regime`
    IssuerRegime,
    /// `issuer.zip`
    IssuerZip,
    /// `receiver.rfc`
    ReceiverRfc,
    /// `receiver.name`
    ReceiverName,
    /// `receiver.zip`
    ReceiverZip,
    /// `receiver.regime`
    ReceiverRegime,
    /// `cfdiUse`
    CfdiUse,
    /// `paymentType`
    PaymentType,
    /// `paymentMethod`
    PaymentMethod,
    /// `currency`
    Currency,
    /// `exchangeRate`
    ExchangeRate,
    /// `exportation`
    Exportation,
    /// `terms`
    Terms,
    /// `dueDate`
    DueDate,
    /// `serverTotal`
    ServerTotal,
    /// `globalInfo`
    GlobalInfo,
    /// `globalInfo.periodicity`
    GlobalPeriodicity,
    /// `globalInfo.months`
    GlobalMonths,
    /// `globalInfo.year`
    GlobalYear,
    /// `relations`
    Relations,
    /// `lines`
    Lines,
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Field::DocType => "docType",
            Field::Date => "date",
            Field::IssuerRfc => "issuer.rfc",
            Field::IssuerName => "issuer.name",
            Field::IssuerRegime => "issuer.regime",
            Field::IssuerZip => "issuer.zip",
            Field::ReceiverRfc => "receiver.rfc",
            Field::ReceiverName => "receiver.name",
            Field::ReceiverZip => "receiver.zip",
            Field::ReceiverRegime => "receiver.regime",
            Field::CfdiUse => "cfdiUse",
            Field::PaymentType => "paymentType",
            Field::PaymentMethod => "paymentMethod",
            Field::Currency => "currency",
            Field::ExchangeRate => "exchangeRate",
            Field::Exportation => "exportation",
            Field::Terms => "terms",
            Field::DueDate => "dueDate",
            Field::ServerTotal => "serverTotal",
            Field::GlobalInfo => "globalInfo",
            Field::GlobalPeriodicity => "globalInfo.periodicity",
            Field::GlobalMonths => "globalInfo.months",
            Field::GlobalYear => "globalInfo.year",
            Field::Relations => "relations",
            Field::Lines => "lines",
        })
    }
}

/// A field of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineField {
    /// `productKey`
    ProductKey,
    /// `unitKey`
    UnitKey,
    /// `description`
    Description,
    /// `code`
    Code,
    /// `quantity`
    Quantity,
    /// `price`
    Price,
    /// `discountPct`
    DiscountPct,
    /// `objetoImp`
    TaxObject,
    /// `taxes`
    Taxes,
}

impl fmt::Display for LineField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            LineField::ProductKey => "productKey",
            LineField::UnitKey => "unitKey",
            LineField::Description => "description",
            LineField::Code => "code",
            LineField::Quantity => "quantity",
            LineField::Price => "price",
            LineField::DiscountPct => "discountPct",
            LineField::TaxObject => "objetoImp",
            LineField::Taxes => "taxes",
        })
    }
}

/// The place of a finding: the field that opens when the finding is chosen. Indices count from 0.
///
/// `Display` gives the path in the JSON form of a draft, `lines[2].productKey`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Path {
    /// A field outside the lines.
    Field(Field),
    /// A field of the line with this index.
    Line(usize, LineField),
    /// A tax of a line: index of the line, index of the tax.
    Tax(usize, usize),
    /// The type of the relation with this index.
    RelationType(usize),
    /// The UUIDs of the relation with this index, where there are none.
    RelationUuids(usize),
    /// A UUID of a relation: index of the relation, index of the UUID.
    RelationUuid(usize, usize),
    /// The código agrupador of an account, which is no part of a draft.
    GroupingCode,
    /// A place that no field of the draft has, as the input names it (rule `LOCAL-format`).
    Unknown(String),
}

impl Path {
    /// The line that the finding is about, where it is about one.
    pub fn line(&self) -> Option<usize> {
        match self {
            Path::Line(line, _) | Path::Tax(line, _) => Some(*line),
            Path::Field(_)
            | Path::RelationType(_)
            | Path::RelationUuids(_)
            | Path::RelationUuid(..)
            | Path::GroupingCode
            | Path::Unknown(_) => None,
        }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Field(field) => field.fmt(f),
            Path::Line(line, field) => write!(f, "lines[{line}].{field}"),
            Path::Tax(line, tax) => write!(f, "lines[{line}].taxes[{tax}]"),
            Path::RelationType(relation) => write!(f, "relations[{relation}].type"),
            Path::RelationUuids(relation) => write!(f, "relations[{relation}].uuids"),
            Path::RelationUuid(relation, uuid) => write!(f, "relations[{relation}].uuids[{uuid}]"),
            Path::GroupingCode => f.write_str("nominal_code"),
            Path::Unknown(path) => f.write_str(path),
        }
    }
}

impl From<Field> for Path {
    fn from(field: Field) -> Self {
        Path::Field(field)
    }
}

/// One broken rule at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule that is broken.
    pub rule: &'static Rule,
    /// Where.
    pub path: Path,
    /// The variables of the message, in the order of [`Rule::values`].
    pub values: Vec<(&'static str, Value)>,
}

impl Finding {
    /// The same with every text of the document as this makes it, for who may not read it.
    pub fn with_texts(mut self, seen: impl Fn(&str) -> String) -> Self {
        for (_, value) in &mut self.values {
            if let Value::Text(text) = value {
                *text = seen(text);
            }
        }
        self
    }

    /// A finding of this rule at this place, still without values.
    pub fn new(rule: &'static Rule, path: impl Into<Path>) -> Self {
        Self {
            rule,
            path: path.into(),
            values: Vec::new(),
        }
    }

    /// The same with one more value.
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// The same with what was found as `found`, and as `state` whether it is `missing` or `wrong`.
    pub fn with_found(self, found: &str) -> Self {
        let state = if found.trim().is_empty() {
            "missing"
        } else {
            "wrong"
        };
        self.with_state(state, found)
    }

    /// The same with this `state` and what was found as `found`.
    pub fn with_state(self, state: &'static str, found: &str) -> Self {
        self.with("state", Value::Choice(state))
            .with("found", found)
    }

    /// Code to show in brackets and to type when overruling.
    pub fn code(&self) -> &'static str {
        self.rule.code
    }

    /// Error or warning.
    pub fn level(&self) -> Level {
        self.rule.level
    }

    /// Whether it bars a stamp; else it only warns.
    pub fn is_error(&self) -> bool {
        self.level() == Level::Error
    }

    /// Whether the finding is an error that typing its code sets aside.
    pub fn overrulable(&self) -> bool {
        self.is_error() && self.rule.overrulable()
    }

    /// The value of this name.
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.values
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }
}

impl Verdict {
    /// The verdict on these findings.
    pub fn of(findings: &[Finding]) -> Self {
        if findings
            .iter()
            .any(|finding| finding.level() == Level::Error)
        {
            Verdict::Error
        } else if findings.is_empty() {
            Verdict::Ok
        } else {
            Verdict::Warning
        }
    }
}
