//! `timbra stamp ID… --confirm COUNT`: stamps invoices without a screen, by the same machine and the same laws.
//!
//! All of them are read and judged first. Where one is not ready, nothing at all is sent and the findings are told; so
//! the number that was confirmed is always the number that is sent. What comes back is read back until it is known, or
//! until every reading that the schedule has was made in vain.

use std::collections::BTreeMap;

use color_eyre::eyre;
use serde_json::{Value as Json, json};

use super::arguments::StampArguments;
use super::check::report::plain;
use super::connected::{All, Connected};
use super::doors::called;
use super::headless::{Broken, Headless, Start};
use super::{Exit, Place, print};
use crate::app::Model;
use crate::app::batch::desk::{self, Lot};
use crate::app::batch::sheet;
use crate::app::batch::{Bar, Results, Row, Stage, Standing, Stop};
use crate::app::msg::{Freshness, Trouble, TroubleSort};
use crate::app::outbox;
use crate::domain::field::Field;
use crate::domain::intent::{Progress, Refusal, Unsent};
use crate::domain::kind::Kind;
use crate::domain::record::Id;
use crate::words::{self, Words};

/// Carries out the verb.
///
/// # Errors
/// What keeps anything from being read or sent, in words.
pub(super) fn run(
    arguments: &StampArguments,
    place: &Place,
    read_only: bool,
) -> eyre::Result<Exit> {
    let words = &*place.words;
    let mut named = arguments.ids.clone();
    named.sort();
    named.dedup();
    if named.len() != arguments.ids.len() {
        return Err(place.told(Exit::Usage, words.text("cli-stamp-twice")));
    }
    if arguments.confirm != named.len() {
        let (confirmed, count) = (arguments.confirm.to_string(), named.len().to_string());
        let values = [
            ("confirmed", confirmed.as_str().into()),
            ("named", count.as_str().into()),
        ];
        return Err(place.told(Exit::Usage, words.with("cli-stamp-count", &values)));
    }
    let (folders, _) = place.known()?;
    let connected = Connected::open(place)?;
    // Whether anybody answers is known before a file is made.
    connected.meet()?;
    let ids = found(&connected, &arguments.ids, place)?;
    let mut run = Headless::start(Start {
        connection: connected.connection(),
        profile: called(&place.way()?),
        data: &folders.data,
        clock: connected.clock(),
        words: place.words.clone(),
        read_only,
    })?;
    let broken = |_: Broken| place.told(Exit::Failed, words.text("notice-broken"));
    // A document whose last stamp has no known outcome is not judged before that is known.
    run.until(|run| run.knows_what_is_open).map_err(broken)?;
    run.order(|model| desk::begin(model, ids, Freshness::Server));
    run.until(|run| stage(&run.model) != Some(Stage::Reading))
        .map_err(broken)?;
    let ready =
        |run: &Headless| lot(&run.model).is_some_and(|lot| lot.batch.tally().not_ready == 0);
    if run.interrupted || !ready(&run) {
        tell(&run.model, arguments.json, words)?;
        return Ok(unready(&run));
    }
    if !arguments.json {
        print(intent_of(&run.model, words).as_bytes())?;
    }
    run.order(desk::confirmed);
    run.until(|run| is_settled(&run.model)).map_err(broken)?;
    if run.interrupted {
        // The chunk under way comes to its end; nothing more is sent, and nothing more is waited for.
        run.order(desk::stop);
        run.until(|run| stage(&run.model) == Some(Stage::Over))
            .map_err(broken)?;
    }
    tell(&run.model, arguments.json, words)?;
    Ok(outcome(&run.model))
}

/// The ids of what was named: a number is an id, anything else is serie and folio.
fn found(connected: &Connected<'_>, named: &[String], place: &Place) -> eyre::Result<Vec<Id>> {
    let is_id = |name: &str| name.bytes().all(|byte| byte.is_ascii_digit());
    let mut numbered: BTreeMap<String, Vec<Id>> = BTreeMap::new();
    if !named.iter().all(|name| is_id(name)) {
        let All { records, .. } = connected.all(Kind::Invoices)?;
        for record in records {
            let number = folded(record.text(Field::Number));
            numbered.entry(number).or_default().push(record.id);
        }
    }
    let mut ids = Vec::with_capacity(named.len());
    for name in named {
        if is_id(name) {
            ids.push(Id::from(name.as_str()));
            continue;
        }
        match numbered.get(&folded(name)).map(Vec::as_slice) {
            Some([one]) if !ids.contains(one) => ids.push(one.clone()),
            found => {
                let key = match found {
                    Some([_]) => "cli-stamp-twice",
                    Some(_) => "cli-stamp-ambiguous",
                    None => "cli-stamp-not-found",
                };
                let exit = match found {
                    Some([_]) => Exit::Usage,
                    _ => Exit::Findings,
                };
                let text = place.words.with(key, &[("name", name.as_str().into())]);
                return Err(place.told(exit, text));
            }
        }
    }
    Ok(ids)
}

/// Serie and folio as people write them: `A-101`, `a101`.
fn folded(number: &str) -> String {
    number
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .collect()
}

fn lot(model: &Model) -> Option<&Lot> {
    model.batch.as_ref()
}

fn stage(model: &Model) -> Option<Stage> {
    lot(model).map(|lot| lot.batch.stage())
}

/// Whether nothing more will be sent, and whatever is not known by now has no reading left.
fn is_settled(model: &Model) -> bool {
    let Some(lot) = lot(model) else {
        return true;
    };
    lot.batch.stage() == Stage::Over
        && lot.batch.rows().iter().all(|row| match &row.standing {
            Standing::Acting {
                intent, reading, ..
            } => {
                let waits = |intent| outbox::due(intent).is_some();
                !reading && !model.intents.get(intent).is_some_and(waits)
            }
            _ => true,
        })
}

/// How it ends where nothing was sent.
fn unready(run: &Headless) -> Exit {
    let rows = lot(&run.model).map_or(&[][..], |lot| lot.batch.rows());
    let mut troubles = rows.iter().filter_map(|row| match &row.standing {
        Standing::NotReady(Bar::Unread(trouble)) => Some(trouble),
        _ => None,
    });
    match troubles.next() {
        _ if run.interrupted => Exit::Failed,
        Some(trouble) => of_trouble(trouble),
        None => Exit::Findings,
    }
}

fn of_trouble(trouble: &Trouble) -> Exit {
    match trouble.sort {
        TroubleSort::Offline | TroubleSort::Credentials | TroubleSort::Quota => Exit::NotConnected,
        _ => Exit::Failed,
    }
}

/// How it ends: unknown results before everything else, because somebody has to look again.
fn outcome(model: &Model) -> Exit {
    let Some(lot) = lot(model) else {
        return Exit::Failed;
    };
    let Results {
        stamped, unknown, ..
    } = lot.batch.results();
    if unknown > 0 {
        return Exit::Unknown;
    }
    if stamped == lot.batch.rows().len() {
        return Exit::Done;
    }
    match lot.batch.stop() {
        Some(Stop::Trouble(trouble)) => of_trouble(trouble),
        Some(Stop::Refused(refusal)) if matches!(refusal.status, 401 | 402) => Exit::NotConnected,
        Some(Stop::Unsent(cause)) if cause.starts_with("NotSent") => Exit::NotConnected,
        _ => Exit::Failed,
    }
}

/// Whose folios will be spent on what, before anything is sent.
fn intent_of(model: &Model, words: &Words) -> String {
    let company = model.company.value().map_or_else(String::new, |company| {
        format!("{} · {}", company.name, company.rfc)
    });
    let tally = lot(model).map(|lot| lot.batch.tally()).unwrap_or_default();
    let totals: Vec<String> = tally
        .totals
        .iter()
        .map(|(currency, sum)| format!("${sum} {currency}"))
        .collect();
    let cost = words.with("batch-cost", &[("count", tally.ready.into())]);
    format!("{}\n{} · {cost}\n", plain(&company), totals.join(" + "))
}

/// What became of each document.
fn tell(model: &Model, as_json: bool, words: &Words) -> eyre::Result<Exit> {
    let Some(lot) = lot(model) else {
        return Ok(Exit::Done);
    };
    let mut text = String::new();
    for row in lot.batch.rows() {
        text.push_str(&match as_json {
            true => json_of(row, words).to_string(),
            false => for_people(model, row),
        });
        text.push('\n');
    }
    if let (false, Some(stop)) = (as_json, lot.batch.stop()) {
        text.push_str(&plain(&sheet::stopped(model, stop)));
        text.push('\n');
    }
    print(text.as_bytes())
}

fn for_people(model: &Model, row: &Row) -> String {
    let record = row.record.as_deref();
    let name = record.map_or_else(|| row.id.to_string(), |record| model.title_of(record));
    let contact = record.map_or("", |record| record.text(Field::Contact));
    let total = words::amount(record.and_then(|record| record.money(Field::Total)));
    let (said, told) = (sheet::said(model, row).0, sheet::told(model, row));
    let more = match told.is_empty() || told == said {
        true => String::new(),
        false => format!(" · {told}"),
    };
    plain(&format!("{name} · {contact} · {total} · {said}{more}"))
}

fn json_of(row: &Row, words: &Words) -> Json {
    let record = row.record.as_deref();
    let totals = row
        .judgement
        .as_ref()
        .and_then(|found| found.totals.as_ref());
    let findings = row.judgement.iter().flat_map(|found| &found.findings);
    let findings: Vec<Json> = findings
        .map(|finding| {
            json!({
                "code": finding.rule.code,
                "level": match finding.is_error() { true => "error", false => "warning" },
                "path": finding.path.to_string(),
                "message": words.finding(finding),
            })
        })
        .collect();
    let refusal = refusal_of(row);
    json!({
        "id": row.id.as_str(),
        "number": record.map(|record| record.text(Field::Number)).filter(|number| !number.is_empty()),
        "receiver": record.map(|record| record.text(Field::Contact)),
        "total": totals.map(|totals| totals.total.decimal().to_string()),
        "currency": row.judgement.as_ref().map(|found| found.draft.currency.clone()),
        "result": result_of(row),
        "uuid": row.uuid().map(|uuid| uuid.as_str()),
        "code": refusal.map(|refusal| refusal.code.clone()),
        "text": refusal.map(|refusal| refusal.text.clone()),
        "findings": findings,
    })
}

fn refusal_of(row: &Row) -> Option<&Refusal> {
    match &row.standing {
        Standing::Acting {
            progress: Progress::Refused(refusal),
            ..
        } => Some(refusal),
        _ => None,
    }
}

/// What became of a document, as scripts read it.
fn result_of(row: &Row) -> &'static str {
    match &row.standing {
        Standing::Reading | Standing::Waiting | Standing::Checking | Standing::Left => "not_sent",
        Standing::Ready => "ready",
        Standing::NotReady(Bar::Stamped(_)) | Standing::Elsewhere(_) => "stamped_elsewhere",
        Standing::NotReady(Bar::Gone) => "not_found",
        Standing::NotReady(Bar::Unread(_)) => "not_read",
        Standing::NotReady(Bar::Findings | Bar::Uncorrected(_) | Bar::Notice(_))
        | Standing::Mended => "not_ready",
        Standing::Changed => "changed",
        Standing::Acting { progress, .. } => match progress {
            Progress::Planned | Progress::Sent { .. } | Progress::Unknown { .. } => "unknown",
            Progress::Adopted { .. } => "stamped",
            Progress::Refused(_) => "refused",
            Progress::Unsent(Unsent::AlreadyOpen) => "already_open",
            Progress::Unsent(Unsent::Failed(_)) => "not_sent",
            Progress::Released
            | Progress::Unstamped(_)
            | Progress::Awaiting { .. }
            | Progress::Declined
            | Progress::Decided(_) => "not_stamped",
        },
    }
}
