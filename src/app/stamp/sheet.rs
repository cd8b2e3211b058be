//! What the pre-flight card says, row by row, and how much room it needs.
//!
//! It is here and not in the view because a yes depends on it: what is declared, what it costs and what has to be typed
//! must be on screen, or the yes is barred. Only the findings may be scrolled out of sight.

use crate::domain::draft::Draft;
use crate::domain::field::{Field, Value};
use crate::domain::record::Record;
use crate::words::{self, wrapped};

use super::super::model::{FRAME_ROWS, Model};
use super::super::names;
use super::recheck::{Change, Whose};
use super::{Asked, Judgement, StampDialog};

/// Most columns that a dialog takes: longer rows are hard to read.
pub const WIDEST: u16 = 100;

/// Columns of the labels.
pub const LABEL: u16 = 21;

/// Columns left and right of what a dialog says, and rows above and below it: its frame.
const FRAME: (u16, u16) = (4, 2);

/// Rows of the buttons, and of the field for the total.
const BUTTONS: usize = 1;

/// With less room for findings than this nobody can read them.
const LEAST_FINDINGS: usize = 2;

/// How a row is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// As any text.
    Plain,
    /// Less important than the rest.
    Faint,
    /// More important than the rest.
    Strong,
    /// Something to beware of.
    Warning,
    /// Something that bars.
    Error,
}

/// A row, before it is broken into as many as it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What stands before it; empty where nothing does.
    pub label: String,
    /// What it says.
    pub text: String,
    /// How it is meant.
    pub ink: Ink,
}

/// The card, in its three parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// What changed, and what is declared: always on screen.
    pub head: Vec<Row>,
    /// What the rules say: may be scrolled.
    pub findings: Vec<Row>,
    /// What it costs, or what bars it: always on screen.
    pub tail: Vec<Row>,
    /// What stands before each field that has to be typed into: always on screen.
    pub questions: Vec<String>,
}

impl Row {
    /// Rows of the screen that it takes in so many columns.
    pub fn height(&self, columns: usize) -> usize {
        self.broken(columns).len()
    }

    /// Its text, broken for so many columns; those of the label are not used by it.
    pub fn broken(&self, columns: usize) -> Vec<String> {
        let label = match self.label.is_empty() {
            true => 0,
            false => usize::from(LABEL),
        };
        let mut lines = wrapped(&self.text, columns.saturating_sub(label));
        if lines.is_empty() {
            lines.push(String::new());
        }
        lines
    }
}

impl Sheet {
    /// What the card says; none until it was judged.
    pub fn of(model: &Model, card: &StampDialog) -> Option<Self> {
        let (record, judgement) = (card.record.as_ref()?, card.judgement.as_ref()?);
        let words = &model.words;
        let mut head = changes(model, record, &card.changed);
        let title = super::title(model, card, record);
        declared(model, record, &title, judgement, &mut head);
        let mut findings: Vec<Row> = judgement
            .findings
            .iter()
            .map(|finding| match finding.is_error() {
                true => line(format!("✖ {}", names::finding(model, finding)), Ink::Error),
                false => line(
                    format!("▲ {}", names::finding(model, finding)),
                    Ink::Warning,
                ),
            })
            .collect();
        // Where related CFDI are kept is only assumed: a draft that lost its relation is stamped without it.
        let mut threads = model.threads.iter().map(|thread| &thread.what);
        if let Some(what) = threads.find(|what| what.substitute.as_ref() == Some(&record.id))
            && !what.is_declared_by(record)
        {
            let number = what.number.as_str();
            let text = words.with("stamp-not-related", &[("number", number.into())]);
            findings.push(line(format!("▲ {text}"), Ink::Warning));
        }
        let mut tail = Vec::new();
        let mut questions = Vec::new();
        if judgement.errors() > 0 {
            tail.push(line(words.text("stamp-barred"), Ink::Error));
        } else {
            findings.push(line(words.text("stamp-only-sat-knows"), Ink::Faint));
            if let Some(folios) = card.folios {
                let spent = words.with(
                    "stamp-folios-spent",
                    &[
                        ("today", folios.today.into()),
                        ("month", folios.month.into()),
                    ],
                );
                tail.push(line(spent, Ink::Faint));
            }
            tail.push(line(words.text("stamp-cost"), Ink::Strong));
            let rfc = card.typed_rfc.as_ref().map(|_| Asked::Rfc);
            let total = card.typed_total.as_ref().map(|_| Asked::Total);
            questions = [rfc, total]
                .into_iter()
                .flatten()
                .map(|asked| question(model, asked))
                .collect();
        }
        Some(Self {
            head,
            findings,
            tail,
            questions,
        })
    }

    /// Whether everything that has to be seen has room on a screen of this size.
    pub fn fits(&self, size: (u16, u16)) -> bool {
        let (columns, rows) = inside(size);
        let least = self.lines(columns).len().min(LEAST_FINDINGS);
        columns > usize::from(LABEL) && self.fixed(columns) + least <= rows
    }

    /// The findings as they are broken for so many columns.
    pub fn lines(&self, columns: usize) -> Vec<(String, Ink)> {
        self.findings
            .iter()
            .flat_map(|row| row.broken(columns).into_iter().map(|line| (line, row.ink)))
            .collect()
    }

    /// Rows of findings that have room; one of them tells how many more there are, where there are more.
    pub fn visible(&self, size: (u16, u16)) -> usize {
        let (columns, rows) = inside(size);
        let room = rows.saturating_sub(self.fixed(columns));
        match self.lines(columns).len() > room {
            true => room.saturating_sub(1),
            false => room,
        }
    }

    /// The last row of findings that can be the first on screen.
    pub fn last_top(&self, size: (u16, u16)) -> usize {
        let (columns, _) = inside(size);
        self.lines(columns).len().saturating_sub(self.visible(size))
    }

    /// Rows that are always on screen.
    fn fixed(&self, columns: usize) -> usize {
        let rows = |rows: &[Row]| rows.iter().map(|row| row.height(columns)).sum::<usize>();
        rows(&self.head) + rows(&self.tail) + self.questions.len() + BUTTONS
    }
}

/// What is asked before a field; the one of the RFC says whose it is.
fn question(model: &Model, asked: Asked) -> String {
    match asked {
        Asked::Total => model.words.text("stamp-type-total"),
        Asked::Rfc => model
            .words
            .with("stamp-type-rfc", &[("rfc", model.rfc().into())]),
    }
}

/// Columns and rows inside a dialog on a screen of this size.
pub fn inside(size: (u16, u16)) -> (usize, usize) {
    let columns = size.0.min(WIDEST).saturating_sub(FRAME.0);
    let rows = size.1.saturating_sub(FRAME_ROWS + FRAME.1);
    (usize::from(columns), usize::from(rows))
}

/// A row over the whole width.
pub fn line(text: String, ink: Ink) -> Row {
    Row {
        label: String::new(),
        text,
        ink,
    }
}

/// A row with a label before it.
pub fn pair(label: String, text: String, ink: Ink) -> Row {
    Row { label, text, ink }
}

/// What is not as it was shown before the last reading; nothing where all is.
pub fn changes(model: &Model, record: &Record, changes: &[Change]) -> Vec<Row> {
    if changes.is_empty() {
        return Vec::new();
    }
    let title = line(model.words.text("stamp-changed"), Ink::Warning);
    let each = changes
        .iter()
        .map(|change| line(changed(model, record, change), Ink::Warning));
    std::iter::once(title).chain(each).collect()
}

/// Who, to whom, what and how much.
fn declared(
    model: &Model,
    record: &Record,
    title: &str,
    judgement: &Judgement,
    head: &mut Vec<Row>,
) {
    let words = &model.words;
    let draft = &judgement.draft;
    let company = model.company.value().map_or_else(String::new, |company| {
        format!("{} · {}", company.name, company.rfc)
    });
    head.push(pair(words.text("stamp-issuer"), company, Ink::Plain));
    let date = said(model, record, Field::Date, record.get(Field::Date));
    head.push(pair(
        words.with("stamp-document", &[("kind", record.kind.slug().into())]),
        format!("{title} · {date}"),
        Ink::Plain,
    ));
    let party = &draft.receiver;
    head.push(pair(
        words.text("stamp-receiver"),
        format!("{} · {} · CP {}", party.name, party.rfc, party.zip),
        Ink::Plain,
    ));
    for relation in &draft.relations {
        let kind = names::coded(model, Field::Relation, &relation.kind)
            .unwrap_or_else(|| relation.kind.clone());
        head.push(pair(words.field(Field::Relation), kind, Ink::Plain));
        let folios = relation.uuids.join(" ");
        head.push(pair(words.field(Field::Related), folios, Ink::Strong));
    }
    for (field, code) in fiscal(draft) {
        let text = names::coded(model, field, code).unwrap_or_else(|| code.to_owned());
        head.push(pair(words.field(field), text, Ink::Plain));
    }
    amounts(model, judgement, &draft.currency, head);
}

fn fiscal(draft: &Draft) -> [(Field, &str); 4] {
    [
        (Field::Regime, draft.receiver.regime.as_str()),
        (Field::CfdiUse, draft.cfdi_use.as_str()),
        (Field::PaymentMethod, draft.payment_method.as_str()),
        (Field::PaymentType, draft.payment_type.as_str()),
    ]
}

fn amounts(model: &Model, judgement: &Judgement, currency: &str, head: &mut Vec<Row>) {
    let words = &model.words;
    let Some(totals) = &judgement.totals else {
        return;
    };
    let mut parts = vec![format!(
        "{} {}",
        words.field(Field::SubTotal),
        totals.subtotal
    )];
    if !totals.discount.is_zero() {
        parts.push(format!(
            "− {} {}",
            words.field(Field::Discount),
            totals.discount
        ));
    }
    parts.push(format!(
        "+ {} {}",
        words.text("total-transferred"),
        totals.transferred
    ));
    if !totals.withheld.is_zero() {
        parts.push(format!(
            "− {} {}",
            words.text("total-withheld"),
            totals.withheld
        ));
    }
    head.push(pair(
        words.text("stamp-amounts"),
        parts.join(" "),
        Ink::Plain,
    ));
    head.push(pair(
        words.field(Field::Total),
        format!("${} {currency}", totals.total),
        Ink::Strong,
    ));
}

fn changed(model: &Model, record: &Record, change: &Change) -> String {
    let words = &model.words;
    let Some(field) = change.field else {
        return words.text(match change.whose {
            Whose::Lines => "stamp-changed-lines",
            _ => "stamp-changed-rules",
        });
    };
    let whose = match &change.whose {
        Whose::Receiver => format!("{} · ", words.text("stamp-receiver")),
        Whose::Item(name) => format!("{name} · "),
        Whose::Document | Whose::Lines | Whose::Rules => String::new(),
    };
    let said = |value: &Option<Value>| said(model, record, field, value.as_ref());
    let (before, after) = (said(&change.before), said(&change.after));
    format!("{whose}{}: {before} → {after}", words.field(field))
}

/// A value as the card says it; a dash for what is not known.
fn said(model: &Model, record: &Record, field: Field, value: Option<&Value>) -> String {
    match value {
        None => "—".to_owned(),
        Some(Value::Text(text)) => names::coded(model, field, text).unwrap_or_else(|| text.clone()),
        Some(Value::Money(money)) => format!("${money}"),
        Some(Value::Number(number)) => number.normalize().to_string(),
        Some(Value::Date(date)) => words::date(*date),
        Some(Value::Instant(at)) => {
            let local = model.local(*at);
            format!("{} {}", words::date(local.date()), words::hour(local))
        }
        Some(Value::Flag(flag)) => model.words.text(if *flag { "yes" } else { "no" }),
        Some(Value::Status(status)) => model.words.status(record.kind, *status),
        Some(Value::Link(link)) if link.name.is_empty() => link.id.to_string(),
        Some(Value::Link(link)) => link.name.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nine rows declared, one that it costs, and so many findings of one row.
    fn sheet(findings: usize) -> Sheet {
        let row = || line("x".to_owned(), Ink::Plain);
        Sheet {
            head: (0..9).map(|_| row()).collect(),
            findings: (0..findings).map(|_| row()).collect(),
            tail: vec![row()],
            questions: vec!["total:".to_owned()],
        }
    }

    #[test]
    fn only_the_findings_give_way_and_every_one_of_them_can_be_reached() {
        let size = (80, 24);
        // Nineteen rows inside; the fixed ones are nine, one, the field for the total and the buttons.
        assert!(sheet(40).fits(size));
        assert_eq!(sheet(7).visible(size), 7);
        assert_eq!(sheet(7).last_top(size), 0);
        assert_eq!(sheet(8).visible(size), 6, "one row tells of the others");
        assert_eq!(sheet(40).last_top(size) + sheet(40).visible(size), 40);
    }

    #[test]
    fn what_must_be_seen_and_has_no_room_bars() {
        assert!(sheet(5).fits((80, 19)));
        assert!(!sheet(5).fits((80, 18)));
        assert!(!sheet(5).fits((20, 60)));
        assert!(sheet(0).fits((80, 17)));
    }

    #[test]
    fn a_name_that_needs_more_rows_is_counted_with_all_of_them() {
        let mut long = sheet(5);
        long.head[0] = pair("who".to_owned(), "x ".repeat(120), Ink::Plain);
        assert!(!long.fits((80, 19)));
        assert!(long.fits((80, 24)));
    }
}
