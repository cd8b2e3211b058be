//! `timbra find`: what the search box finds, one hit a line. From what is kept on this machine: at once and without the
//! server, and with how much of the books that is.

use std::io::{self, Write};

use color_eyre::eyre;
use serde_json::json;

use super::arguments::FindArguments;
use super::check::report::plain;
use super::kept::Kept;
use super::{Exit, Place, print, show};
use crate::app::find::SEARCHED;
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::list::Hit;
use crate::words::{self, Words};

/// Carries out the verb.
///
/// # Errors
/// What keeps the books from being searched, in words.
pub(super) fn run(arguments: &FindArguments, place: &Place) -> eyre::Result<Exit> {
    let kept = Kept::open(place)?;
    let query = kept.understood(&arguments.query.join(" "))?;
    let found = kept
        .reader
        .find(&kept.company_id, &query, &SEARCHED, arguments.limit);
    let found = kept.read(found)?;
    let mut text = String::new();
    for hit in &found.hits {
        text.push_str(&match arguments.json {
            true => as_json(hit)?,
            false => for_people(hit, kept.words()),
        });
        text.push('\n');
    }
    print(text.as_bytes())?;
    let mut covers = kept.standing(Kind::Invoices)?;
    if found.more {
        let count = words::count(found.hits.len());
        let more = kept
            .words()
            .with("cli-find-more", &[("count", count.as_str().into())]);
        covers = format!("{more} {covers}");
    }
    // What was searched is for the person; the hits are what was asked for.
    let _ = writeln!(io::stderr(), "{covers}");
    Ok(match found.hits.is_empty() {
        true => Exit::Findings,
        false => Exit::Done,
    })
}

fn as_json(hit: &Hit) -> serde_json::Result<String> {
    let mut told = show::as_json(&hit.record)?;
    if let Some(told) = told.as_object_mut() {
        told.insert("why".to_owned(), json!(hit.why));
    }
    Ok(told.to_string())
}

/// What it is, when, whose, how much, both badges, the whole UUID, and why it was found.
fn for_people(hit: &Hit, words: &Words) -> String {
    let record = &hit.record;
    let title = match record.title() {
        "" => words.with("draft-number", &[("id", record.id.as_str().into())]),
        title => title.to_owned(),
    };
    let mut parts = vec![words.kind_one(record.kind), title];
    parts.extend(record.date(Field::Date).map(words::date));
    if record.kind.spec().columns.len() > 1 && record.title() != record.text(Field::Contact) {
        parts.push(record.text(Field::Contact).to_owned());
    }
    parts.push(record.text(Field::Rfc).to_owned());
    parts.extend(record.money(Field::Total).map(|total| {
        format!("{total} {}", record.text(Field::Currency))
            .trim_end()
            .to_owned()
    }));
    parts.push(words.status(record.kind, record.status()));
    if record.kind.is_stamped() {
        parts.push(words.text(show::stamp_key(&record.stamp)));
        parts.extend(record.stamp.uuid().map(|uuid| uuid.as_str().to_owned()));
    }
    let why: Vec<String> = hit.why.iter().map(|why| words.why(*why)).collect();
    parts.push(format!("[{}]", why.join(", ")));
    parts.retain(|part| !part.is_empty());
    plain(&parts.join("  "))
}
