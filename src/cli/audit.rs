//! `timbra audit`: what this program did in the books of the connected company, by its log on this machine; and
//! `timbra audit verify`: whether that log is whole. Asks no server and changes nothing.

use color_eyre::eyre;
use jiff::civil::Date;
use serde_json::{Value as Json, json};

use super::arguments::{AuditArguments, AuditVerb};
use super::check::report::plain;
use super::{Exit, Place, print, program, with_causes};
use crate::app::audit::{event, said};
use crate::domain::audit::{AuditLine, AuditQuery, AuditRow, Verdict};
use crate::domain::company::CompanyId;
use crate::sat::standing;
use crate::store::StoreError;
use crate::store::durable::Durable;
use crate::words::{self, Table, Words};

/// Carries out the verb.
///
/// # Errors
/// What keeps the log from being read, in words.
pub(super) fn run(arguments: &AuditArguments, place: &Place) -> eyre::Result<Exit> {
    let words = &*place.words;
    let way = place.way()?;
    let (folders, _) = place.known()?;
    let path = folders.data.join(program::DURABLE_FILE);
    // A log is not made by looking for one.
    if !path.is_file() {
        return Err(place.told(Exit::Findings, words.text("cli-audit-none")));
    }
    let failed = |error: StoreError| place.told(Exit::Failed, with_causes(&error));
    let durable = Durable::open(&path).map_err(failed)?;
    let company = durable.books_of(&way.books()).map_err(failed)?;
    match arguments.verb {
        Some(AuditVerb::Verify) => {
            let verdict = durable.verify_audit(&company).map_err(failed)?;
            verified(verdict, &company, arguments.json, words)
        }
        None => {
            let query = query(arguments, words);
            let found = durable.audit_find(&company, &query, usize::MAX);
            let mut rows = found.map_err(failed)?;
            rows.reverse();
            let lines = rows.iter().map(|row| match arguments.json {
                true => format!("{}\n", as_json(row)),
                false => for_people(row, words) + "\n",
            });
            let text: String = match arguments.csv {
                true => csv(&rows, words),
                false => lines.collect(),
            };
            print(text.as_bytes())?;
            Ok(match rows.is_empty() {
                true => Exit::Findings,
                false => Exit::Done,
            })
        }
    }
}

/// What is looked for. Days are those of the books' clock, the last one included.
fn query(arguments: &AuditArguments, words: &Words) -> AuditQuery {
    let clock = standing::clock_of(None, None);
    let begin = |day: Date| {
        let midnight = day.to_zoned(clock.clone()).ok()?;
        Some(midnight.timestamp())
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    AuditQuery {
        since: arguments.since.and_then(begin),
        until: arguments
            .until
            .and_then(|day| day.tomorrow().ok())
            .and_then(begin),
        event: text(&arguments.event),
        document: text(&arguments.document),
        of: None,
        words: said(words, &text(&arguments.text)),
    }
}

fn verified(
    verdict: Verdict,
    company: &CompanyId,
    as_json: bool,
    words: &Words,
) -> eyre::Result<Exit> {
    let (exit, json, text) = match verdict {
        Verdict::Whole { entries, head } => {
            let (head, count) = (hex(&head), entries.to_string());
            let values = [
                ("entries", count.as_str().into()),
                ("head", head.as_str().into()),
            ];
            let text = words.with("cli-audit-whole", &values);
            let json =
                json!({"company": company.0, "whole": true, "entries": entries, "head": head});
            (Exit::Done, json, text)
        }
        Verdict::Broken { at } => {
            let entry = at.to_string();
            let text = words.with("cli-audit-broken", &[("entry", entry.as_str().into())]);
            let json = json!({"company": company.0, "whole": false, "broken_at": at});
            (Exit::Failed, json, text)
        }
    };
    let text = match as_json {
        true => json.to_string(),
        false => text,
    };
    print(format!("{text}\n").as_bytes())?;
    Ok(exit)
}

/// What an entry says besides its own columns; empty for the entries of before there was any.
fn detail(row: &AuditRow) -> Json {
    serde_json::from_str(&row.entry.detail).unwrap_or(Json::Null)
}

fn as_json(line: &AuditLine) -> Json {
    let row = match line {
        AuditLine::Entry(row) => row,
        AuditLine::Unreadable { seq } => return json!({"seq": seq, "unreadable": true}),
    };
    let detail = detail(row);
    json!({
        "seq": row.seq, "at": row.entry.at.to_string(), "company": row.entry.company.0, "event": row.entry.event,
        "intent": row.entry.intent.as_ref().map(|intent| &intent.0), "by": detail.get("by"), "detail": detail,
        "hash": hex(&row.hash),
    })
}

/// The log as spreadsheets read it. No cell is a formula, whatever a server or a customer wrote.
fn csv(lines: &[AuditLine], words: &Words) -> String {
    let mut table = Table::new([
        "asiento",
        "momento",
        "suceso",
        "clave",
        "tipo",
        "id",
        "folio",
        "receptor",
        "usuario",
        "equipo",
        "perfil",
        "respuesta",
        "huella",
    ]);
    for line in lines {
        table.row(cells(line, words));
    }
    table.finish()
}

/// The line of an entry in that order.
fn cells(line: &AuditLine, words: &Words) -> [String; 13] {
    let row = match line {
        AuditLine::Entry(row) => row,
        AuditLine::Unreadable { seq } => {
            let mut cells = <[String; 13]>::default();
            (cells[0], cells[2]) = (seq.to_string(), unreadable(*seq, words));
            return cells;
        }
    };
    let detail = detail(row);
    let at = |path: &str| match detail.pointer(path) {
        None | Some(Json::Null) => String::new(),
        Some(Json::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    [
        row.seq.to_string(),
        row.entry.at.to_string(),
        plain(&event(&row.entry.event, words)),
        row.entry.event.clone(),
        at("/kind"),
        at("/id"),
        at("/number"),
        at("/before/contact"),
        at("/user"),
        at("/host"),
        at("/profile"),
        at("/progress"),
        hex(&row.hash),
    ]
}

fn unreadable(seq: u32, words: &Words) -> String {
    let number = seq.to_string();
    words.with("audit-unreadable", &[("entry", number.as_str().into())])
}

/// Number, moment, what, who, which act.
fn for_people(line: &AuditLine, words: &Words) -> String {
    let row = match line {
        AuditLine::Entry(row) => row,
        AuditLine::Unreadable { seq } => return format!("{seq:>5}  {}", unreadable(*seq, words)),
    };
    let local = row
        .entry
        .at
        .to_zoned(standing::clock_of(None, None))
        .datetime();
    let event = plain(&event(&row.entry.event, words));
    let detail = detail(row);
    let by = detail.get("by").and_then(Json::as_str).unwrap_or("—");
    let of = |name: &str| detail.get(name).and_then(Json::as_str);
    let document = match (of("kind"), of("id")) {
        (Some(kind), Some(id)) => format!(" · {} {}", plain(kind), plain(id)),
        (Some(kind), None) => format!(" · {}", plain(kind)),
        _ => String::new(),
    };
    format!(
        "{:>5}  {} {}  {event}{document} · {}",
        row.seq,
        words::date(local.date()),
        words::hour(local),
        plain(by),
    )
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
