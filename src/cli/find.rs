//! `timbra find`: what the search box finds, one hit a line. From what is kept on this machine: at once and without the
//! server, and with how much of the books that is.

use std::io::{self, Write};

use color_eyre::eyre;
use serde_json::{Value, json};

use super::arguments::FindArguments;
use super::check::report::plain;
use super::kept::Kept;
use super::{Exit, Place, print, show};
use crate::app::find::SEARCHED;
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::list::{Hit, Likeness};
use crate::domain::profile::ProfileName;
use crate::domain::view::ViewName;
use crate::store::cache::Slips;
use crate::words::{self, Words};

/// Carries out the verb.
///
/// # Errors
/// What keeps the books from being searched, in words.
pub(super) fn run(arguments: &FindArguments, place: &Place) -> eyre::Result<Exit> {
    let kept = Kept::open(place)?;
    if let Some(name) = &arguments.view {
        return of_view(&kept, arguments, name);
    }
    if arguments.all_companies {
        return everywhere(&kept, arguments);
    }
    let query = kept.understood(&arguments.query.join(" "))?;
    let found = kept.reader.find(
        &kept.company_id,
        &query,
        &SEARCHED,
        arguments.limit,
        Slips::Forgiven,
    );
    let found = kept.read(found)?;
    tell(&kept, arguments, &found.hits, found.more, Kind::Invoices)
}

/// What the books of all companies hold, the best first, each hit with the name of its company.
fn everywhere(kept: &Kept<'_>, arguments: &FindArguments) -> eyre::Result<Exit> {
    let all = kept.all_books()?;
    let text = arguments.query.join(" ");
    let mut queries = Vec::new();
    for one in &all {
        let today = kept.today_of(one.company.as_ref());
        queries.push(kept.understood_on(&text, today)?);
    }
    let asked: Vec<_> = all.iter().map(|one| &one.id).zip(&queries).collect();
    let found =
        kept.read(
            kept.reader
                .find_among(&asked, &SEARCHED, arguments.limit, Slips::Forgiven),
        )?;
    let words = kept.words();
    let mut lines = String::new();
    for (place, hit) in &found.hits {
        let of = all.get(*place);
        let company = of.and_then(|one| one.company.as_ref());
        let name = company.map_or("—", |company| company.name.as_str());
        match arguments.json {
            true => {
                let mut told = told(hit)?;
                if let Some(told) = told.as_object_mut() {
                    let profile = of.and_then(|one| one.profile.as_ref());
                    let rfc = company.map(|company| company.rfc.as_str());
                    told.insert(
                        "profile".to_owned(),
                        json!(profile.map(ProfileName::as_str)),
                    );
                    told.insert("company".to_owned(), json!(name));
                    told.insert("company_rfc".to_owned(), json!(rfc));
                }
                lines.push_str(&told.to_string());
            }
            false => {
                lines.push_str(&plain(name));
                lines.push_str("  ");
                lines.push_str(&for_people(hit, words));
            }
        }
        lines.push('\n');
    }
    print(lines.as_bytes())?;
    for one in &all {
        let covers = kept.standing_of(&one.id, one.company.as_ref(), Kind::Invoices)?;
        let _ = writeln!(io::stderr(), "{covers}");
    }
    if found.more {
        let _ = writeln!(io::stderr(), "{}", there_are_more(words, found.hits.len()));
    }
    Ok(match found.hits.is_empty() {
        true => Exit::Findings,
        false => Exit::Done,
    })
}

fn there_are_more(words: &Words, count: usize) -> String {
    let count = words::count(count);
    words.with("cli-find-more", &[("count", count.as_str().into())])
}

/// What a view shows, in its order.
fn of_view(kept: &Kept<'_>, arguments: &FindArguments, name: &ViewName) -> eyre::Result<Exit> {
    let view = kept.view(name)?;
    let (records, all) = kept.listed(&view.query, arguments.limit)?;
    let hits: Vec<Hit> = records
        .into_iter()
        .map(|record| Hit {
            books: None,
            record,
            why: Vec::new(),
        })
        .collect();
    let more = all > hits.len();
    tell(kept, arguments, &hits, more, view.query.kind)
}

/// Tells the hits, and how much of the books that is.
fn tell(
    kept: &Kept<'_>,
    arguments: &FindArguments,
    hits: &[Hit],
    more: bool,
    kind: Kind,
) -> eyre::Result<Exit> {
    let mut text = String::new();
    for hit in hits {
        text.push_str(&match arguments.json {
            true => as_json(hit)?,
            false => for_people(hit, kept.words()),
        });
        text.push('\n');
    }
    print(text.as_bytes())?;
    let mut covers = kept.standing(kind)?;
    if let Some(likeness) = Likeness::of(hits) {
        let key = match likeness {
            Likeness::Names => "cli-find-similar",
            Likeness::Rfcs => "cli-find-similar-rfc",
        };
        covers = format!("{} {covers}", kept.words().text(key));
    }
    if more {
        covers = format!("{} {covers}", there_are_more(kept.words(), hits.len()));
    }
    // What was searched is for the person; the hits are what was asked for.
    let _ = writeln!(io::stderr(), "{covers}");
    Ok(match hits.is_empty() {
        true => Exit::Findings,
        false => Exit::Done,
    })
}

fn as_json(hit: &Hit) -> serde_json::Result<String> {
    Ok(told(hit)?.to_string())
}

/// A hit in the program's own nouns, and why it was found.
fn told(hit: &Hit) -> serde_json::Result<Value> {
    let mut told = show::as_json(&hit.record)?;
    if let Some(told) = told.as_object_mut() {
        told.insert("why".to_owned(), json!(hit.why));
    }
    Ok(told)
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
    if !why.is_empty() {
        parts.push(format!("[{}]", why.join(", ")));
    }
    parts.retain(|part| !part.is_empty());
    plain(&parts.join("  "))
}
