//! Which other CFDI a sales document is related to, and how. The form has two fields for it, the type of relation and the
//! folios fiscales; the record has one value for all relations.
//!
//! A record with relations of several types shows none of them in the two fields, says so, and keeps them all, as long as
//! nobody writes there. What is written has to be whole: the server takes no type without a folio.

use crate::domain::draft::Relation;
use crate::domain::field::{Field, Value};
use crate::domain::record::Record;
use crate::domain::relation;
use crate::domain::stamp::Uuid;
use crate::sat::finding::{Finding, Path};
use crate::sat::rules::table;

use super::super::notice::{Notice, Tone};
use super::Form;
use super::content::{Content, Held};
use super::marks::{Inside, Mark, Said};
use super::spot::Spot;

/// What the two fields show of a record: the type of relation, and the folios under it.
pub(super) fn told(record: &Record) -> Option<(String, String)> {
    let mut relations = relation::read(record.text(Field::Related)).into_iter();
    match (relations.next(), relations.next()) {
        (Some(one), None) => Some((one.kind, one.uuids.join(" "))),
        _ => None,
    }
}

/// What the two fields hold goes into the record, where it is not what was read.
pub(super) fn write(content: &Content, base: Option<&Record>, record: &mut Record) {
    let held = (content.key(Field::Relation), uuids(content));
    let read = base.and_then(told).unwrap_or_default();
    if held == (read.0.as_str(), read.1) {
        return;
    }
    match held {
        (kind, named) if !kind.is_empty() && !named.is_empty() => {
            let uuids = named.split(' ').map(str::to_owned).collect();
            let kind = kind.to_owned();
            let text = relation::write(&[Relation { kind, uuids }]);
            record.set(Field::Related, Value::Text(text));
        }
        _ => record.unset(Field::Related),
    }
}

/// A credit note is related to the invoice that was chosen for it, where that is stamped, unless a person wrote another
/// relation, now or when it was saved.
pub(super) fn follow(content: &mut Content, base: Option<&Record>, invoice: &Record) {
    let saved = base.map(|base| relation::read(base.text(Field::Related)));
    let is_chosen = match saved.unwrap_or_default().as_slice() {
        [] => false,
        [one] => one.kind != relation::CREDITS || one.uuids.len() != 1,
        _ => true,
    };
    if is_chosen {
        return;
    }
    let uuid = invoice.stamp.uuid().map(Uuid::as_str);
    let kind = uuid.map_or("", |_| relation::CREDITS);
    content.suggest(Field::Relation, Held::Key(kind.to_owned()));
    let folio = uuid.unwrap_or_default().to_owned();
    content.suggest(Field::Related, Held::Text(folio));
}

/// A document takes the place of a stamped one.
pub(super) fn replace(content: &mut Content, uuid: &Uuid) {
    for (field, held) in [
        (Field::Relation, Held::Key(relation::REPLACES.to_owned())),
        (Field::Related, Held::Text(uuid.as_str().to_owned())),
    ] {
        if let Some(idx) = content.position(field) {
            content.put(idx, held);
        }
    }
}

/// The folios as they are typed or pasted, in one way: in capitals, with a blank between them.
pub(super) fn tidy(text: &str) -> String {
    let apart = |letter: char| letter.is_whitespace() || matches!(letter, ',' | ';');
    let words = text.split(apart).filter(|word| !word.is_empty());
    let folios = words.map(|word| match word.parse::<Uuid>() {
        Ok(uuid) => String::from(uuid),
        Err(_) => word.to_owned(),
    });
    folios.collect::<Vec<String>>().join(" ")
}

fn uuids(content: &Content) -> String {
    tidy(content.text_of(Field::Related))
}

/// That the record has relations which the two fields cannot show, as long as nothing is written there.
fn kept(form: &Form) -> Option<Mark> {
    let base = form.base.as_ref()?;
    let relations = relation::read(base.text(Field::Related));
    let idx = form.content.position(Field::Relation)?;
    let is_empty = form.content.key(Field::Relation).is_empty() && uuids(&form.content).is_empty();
    (is_empty && relations.len() > 1).then(|| {
        let kinds: Vec<&str> = relations.iter().map(|one| one.kind.as_str()).collect();
        let notice = Notice::new(Tone::Warning, "form-relations-kept");
        Mark {
            bars_saving: false,
            ..Mark::of(Spot::Field(idx), notice.with("kinds", kinds.join(", ")))
        }
    })
}

/// Says what is missing or cannot be a folio; the server would not take it (SAT rules XSD-uuid, 40137). And what is
/// there and not shown.
pub(super) fn judge(form: &Form, marks: &mut Vec<Mark>) {
    marks.extend(kept(form));
    let content = &form.content;
    let (kind, named) = (content.key(Field::Relation), uuids(content));
    let mut say = |field, finding: Finding| {
        if let Some(idx) = content.position(field) {
            marks.push(Mark {
                spot: Some(Spot::Field(idx)),
                said: Said::Finding(finding, Inside::Form),
                bars_saving: true,
            });
        }
    };
    if kind.is_empty() && !named.is_empty() && form.tried {
        let missing = Finding::new(&table::RELATION, Path::RelationType(0)).with_found("");
        say(Field::Relation, missing);
    }
    if !kind.is_empty() && named.is_empty() && form.tried {
        let missing = Finding::new(&table::RELATION_UUID, Path::RelationUuids(0)).with_found("");
        say(Field::Related, missing);
    }
    let wrong = |word: &&str| word.parse::<Uuid>().is_err();
    if let Some(word) = named.split(' ').filter(|word| !word.is_empty()).find(wrong) {
        let path = Path::RelationUuid(0, 0);
        say(
            Field::Related,
            Finding::new(&table::RELATION_UUID, path).with_found(word),
        );
    }
}
