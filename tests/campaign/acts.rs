//! The acts of the campaign, one row each. Whoever teaches the program another act adds a row.

use fastrand::Rng;
use reqwest::Method;
use serde_json::{Value, json};
use timbra::app::model::{Layer, Screen};
use timbra::domain::kind::Kind;
use timbra::domain::record::{Id, Record};
use timbra::domain::stamp::{Stamp, Uuid};

use crate::seat::Seat;
use crate::site::Site;
use crate::template::TEMPLATE;

/// One act: how a person does it, what it sends, and how the witness counts it.
pub struct Act {
    /// Its name in the line that reproduces a case.
    pub name: &'static str,
    /// Method and path of the request that acts, as faults name them.
    pub sends: (&'static str, &'static str),
    /// What it is about.
    pub choose: fn(&mut Rng) -> Matter,
    /// Everything up to the last deliberate key.
    pub approach: fn(&mut Seat, &Matter),
    /// The same at a second program on the same folder, once the first one has come that far.
    pub beside: fn(&mut Seat, &Matter),
    /// The last key.
    pub commit: &'static str,
    /// How a person tries the same again, in whatever state the program is; the program may bar it.
    pub again: fn(&mut Seat, &Matter),
    /// What a colleague does meanwhile to what it is about; nothing where it is about nothing that is there yet.
    pub colleague: Option<fn(&mut Rng, &Site<'_>, &Matter)>,
    /// Whether nobody can do it any more: what it is about is not there, or is not what it was.
    pub over: fn(&Site<'_>, &Matter) -> bool,
    /// What of it the sandbox has, by its own count.
    pub count: fn(&Site<'_>, &Matter) -> u64,
    /// What the program shows of it, checked against the sandbox.
    pub shown: fn(&mut Seat, &Site<'_>, &Matter) -> Result<(), String>,
}

/// What one case is about.
#[derive(Clone, Debug, Default)]
pub struct Matter {
    /// The documents; none where the act makes one.
    pub ids: Vec<String>,
    /// What a person types, in this order.
    pub texts: Vec<String>,
    /// What must not get lost of it before the act is done.
    pub kept: Vec<String>,
}

impl Matter {
    /// About one document.
    pub fn of(id: &str) -> Self {
        Self {
            ids: vec![id.to_owned()],
            ..Self::default()
        }
    }

    /// The document that it is about; empty where it is about none.
    pub fn id(&self) -> &str {
        self.ids.first().map_or("", String::as_str)
    }
}

/// All acts.
pub const ACTS: &[Act] = &[
    Act {
        name: "stamp",
        sends: ("POST", "/invoices/*/open"),
        choose: a_draft,
        approach: to_the_stamp,
        beside: to_the_stamp,
        commit: "<Enter>",
        again: stamp_again,
        colleague: Some(meddle),
        over: |site, matter| !exists(site, matter.id()),
        count: |site, matter| folios(&site.state(), INVOICES, matter.id()),
        shown: |seat, site, matter| stamp_is_shown(seat, site, INVOICES, matter.id()),
    },
    Act {
        name: "stamp-credit-note",
        sends: ("PUT", "/credit-notes/*"),
        choose: |rng| Matter::of(one_of(rng, &TEMPLATE.notes)),
        approach: |seat, matter| {
            open(seat, NOTES.list, matter.id());
            seat.keys("T s");
        },
        beside: |seat, matter| {
            open(seat, NOTES.list, matter.id());
            seat.keys("T s");
        },
        commit: "<Enter>",
        again: |seat, matter| stamp_one_again(seat, NOTES, matter.id()),
        colleague: None,
        over: |_, _| false,
        count: |site, matter| folios(&site.state(), NOTES, matter.id()),
        shown: |seat, site, matter| stamp_is_shown(seat, site, NOTES, matter.id()),
    },
    Act {
        name: "stamp-many",
        sends: ("POST", "/invoices/stamp"),
        choose: some_drafts,
        approach: to_the_batch,
        beside: to_the_batch,
        commit: "<Enter>",
        again: stamp_many_again,
        colleague: Some(meddle),
        over: |site, matter| matter.ids.iter().any(|id| !exists(site, id)),
        count: |site, matter| {
            let state = site.state();
            let each = matter.ids.iter().map(|id| folios(&state, INVOICES, id));
            let most = each.clone().max().unwrap_or(0);
            // Done is what all of them are, and more than once is what one of them is.
            if most > 1 {
                most
            } else {
                each.min().unwrap_or(0)
            }
        },
        shown: |seat, site, matter| {
            let mut ids = matter.ids.iter();
            ids.try_for_each(|id| stamp_is_shown(seat, site, INVOICES, id))
        },
    },
    Act {
        name: "cancel",
        sends: ("POST", "/invoices/*/void"),
        choose: |rng| {
            let (id, number) = &TEMPLATE.stamped[rng.usize(..TEMPLATE.stamped.len())];
            Matter {
                texts: vec![number.clone()],
                ..Matter::of(id)
            }
        },
        approach: to_the_cancellation,
        beside: to_the_cancellation,
        commit: "<Enter>",
        again: cancel_again,
        colleague: Some(|_, site, matter| site.cancel(matter.id())),
        over: |_, _| false,
        count: |site, matter| u64::from(is_void(&site.state(), matter.id())),
        shown: cancellation_is_shown,
    },
    Act {
        name: "create-invoice",
        sends: ("POST", "/accounting/invoices"),
        choose: an_invoice,
        approach: fill_in,
        beside: |seat, _| reopen(seat),
        commit: "<F8>",
        again: save_again,
        colleague: None,
        over: |_, _| false,
        count: |site, _| made(&site.state(), "invoices"),
        shown: |seat, site, matter| {
            form_is_gone_or_whole(seat, matter, made(&site.state(), "invoices"))
        },
    },
    Act {
        name: "create-and-stamp",
        sends: ("POST", "/accounting/invoices"),
        choose: an_invoice,
        approach: |seat, matter| {
            fill_in(seat, matter);
            seat.keys("<F12> s");
        },
        beside: |seat, _| {
            reopen(seat);
            seat.keys("<F12> s");
        },
        commit: "<Enter>",
        again: save_and_stamp_again,
        colleague: None,
        over: |_, _| false,
        count: |site, _| {
            let state = site.state();
            made(&state, "invoices").max(new_folios(&state))
        },
        shown: |seat, site, matter| {
            form_is_gone_or_whole(seat, matter, made(&site.state(), "invoices"))
        },
    },
    Act {
        name: "create-payment",
        sends: ("POST", "/accounting/payments"),
        choose: |_| {
            let (name, balance) = &TEMPLATE.debtor;
            typed([name, balance, "bbva"], &[name])
        },
        approach: |seat, matter| {
            let [name, amount, bank] = texts(matter);
            seat.keys("g i n").types(&name).keys("<Enter>");
            seat.types(&amount).keys("<Tab> <Tab> <Tab>");
            seat.types(&bank).keys("<Enter> <F5>");
        },
        beside: |seat, _| reopen(seat),
        commit: "<F8>",
        again: save_again,
        colleague: None,
        over: |_, _| false,
        count: |site, _| made(&site.state(), "payments"),
        shown: |seat, site, matter| {
            form_is_gone_or_whole(seat, matter, made(&site.state(), "payments"))
        },
    },
    Act {
        name: "create-journal",
        sends: ("POST", "/accounting/journal-entries"),
        choose: |rng| {
            let title = format!("Ajuste {}", rng.u32(100..999));
            let amount = format!("{}.{}", rng.u32(100..90_000), rng.u32(11..99));
            typed([&title, &amount, "caja g"], &[&title, &amount])
        },
        approach: |seat, matter| {
            let [title, amount, account] = texts(matter);
            seat.keys("g j n")
                .types(&title)
                .keys("<Enter> <Enter> <Enter>");
            seat.types("60101").keys("<Enter>").types(&amount);
            seat.keys("<Enter>").types(&account).keys("<Enter> =");
        },
        beside: |seat, _| reopen(seat),
        commit: "<F8>",
        again: save_again,
        colleague: None,
        over: |_, _| false,
        count: |site, _| made(&site.state(), "journal_entries"),
        shown: |seat, site, matter| {
            form_is_gone_or_whole(seat, matter, made(&site.state(), "journal_entries"))
        },
    },
    Act {
        name: "delete",
        sends: ("DELETE", "/accounting/invoices/*"),
        choose: a_draft,
        approach: to_the_delete,
        beside: to_the_delete,
        commit: "<Enter>",
        again: delete_again,
        colleague: Some(meddle),
        // What is stamped is cancelled, never deleted.
        over: |site, matter| folios(&site.state(), INVOICES, matter.id()) > 0,
        count: |site, matter| u64::from(!exists(site, matter.id())),
        shown: |seat, site, matter| {
            let listed = seat.stand_on(INVOICES.list, matter.id());
            match (listed, exists(site, matter.id())) {
                (true, false) => Err("a document that is gone is listed".to_owned()),
                (false, true) => Err("a document that is there is not listed".to_owned()),
                _ => Ok(()),
            }
        },
    },
];

/// A sort of document that is stamped: the keys of its list, and the witness's name for it.
#[derive(Clone, Copy)]
struct Sort {
    list: &'static str,
    held: &'static str,
}

const INVOICES: Sort = Sort {
    list: "g f",
    held: "documents",
};

const NOTES: Sort = Sort {
    list: "g n",
    held: "notes",
};

fn one_of<'a>(rng: &mut Rng, ids: &'a [String]) -> &'a str {
    &ids[rng.usize(..ids.len())]
}

fn a_draft(rng: &mut Rng) -> Matter {
    Matter::of(one_of(rng, &TEMPLATE.drafts))
}

/// Two drafts, or as many as leave in several requests.
fn some_drafts(rng: &mut Rng) -> Matter {
    let mut ids = TEMPLATE.drafts.clone();
    rng.shuffle(&mut ids);
    ids.truncate([2, 3, ids.len()][rng.usize(..3)]);
    Matter {
        ids,
        ..Matter::default()
    }
}

fn typed(texts: [&str; 3], kept: &[&str]) -> Matter {
    Matter {
        ids: Vec::new(),
        texts: texts.map(str::to_owned).to_vec(),
        kept: kept.iter().map(|text| (*text).to_owned()).collect(),
    }
}

fn texts(matter: &Matter) -> [String; 3] {
    let texts: Result<[String; 3], _> = matter.texts.clone().try_into();
    texts.expect("three texts")
}

fn an_invoice(rng: &mut Rng) -> Matter {
    let quantity = format!("{}.{}", rng.u32(2..90), rng.u32(11..99));
    let kept = ["XENON INDUSTRIAL ARTICLES", &quantity];
    typed(["xenon", "taladro", &quantity], &kept)
}

fn fill_in(seat: &mut Seat, matter: &Matter) {
    let [customer, item, quantity] = texts(matter);
    seat.keys("g f n <F3>").types(&customer).keys("<Enter>");
    seat.keys("<F6> <F3>").types(&item).keys("<Enter>");
    seat.types(&quantity).keys("<Tab>").types("500");
}

fn to_the_stamp(seat: &mut Seat, matter: &Matter) {
    open(seat, INVOICES.list, matter.id());
    seat.keys("T s");
}

fn to_the_delete(seat: &mut Seat, matter: &Matter) {
    open(seat, INVOICES.list, matter.id());
    seat.keys("D s");
}

/// Marks what is not stamped, and types how many are ready.
fn to_the_batch(seat: &mut Seat, matter: &Matter) {
    seat.visit(INVOICES.list, |seat, record| {
        let is_one = matter.ids.iter().any(|id| id == record.id.as_str());
        if is_one && record.stamp == Stamp::Unstamped {
            seat.keys("<Space>");
        }
        false
    });
    seat.keys("T");
    if matches!(seat.model.layers.last(), Some(Layer::Batch(_)))
        && let Some(lot) = &seat.model.batch
    {
        let ready = lot.batch.tally().ready.to_string();
        seat.types(&ready).keys("s");
    }
}

fn to_the_cancellation(seat: &mut Seat, matter: &Matter) {
    open(seat, INVOICES.list, matter.id());
    confirm_cancellation(seat, matter);
}

/// The cause, serie and folio, and the way to the yes.
fn confirm_cancellation(seat: &mut Seat, matter: &Matter) {
    seat.keys("X");
    if matches!(seat.model.layers.last(), Some(Layer::Cancel(_))) {
        seat.keys("2").types(&matter.texts[0]).keys("<Tab>");
    }
}

/// Opens the page of a record in the list behind these keys.
fn open(seat: &mut Seat, list: &str, id: &str) -> bool {
    let there = seat.stand_on(list, id);
    if there {
        seat.keys("<Enter>");
    }
    there
}

fn stamp_again(seat: &mut Seat, matter: &Matter) {
    stamp_one_again(seat, INVOICES, matter.id());
}

fn stamp_one_again(seat: &mut Seat, sort: Sort, id: &str) {
    if !open(seat, sort.list, id) {
        return;
    }
    seat.keys("T");
    if matches!(seat.model.layers.last(), Some(Layer::Stamp(_))) {
        seat.keys("s <Enter>");
    }
}

fn stamp_many_again(seat: &mut Seat, matter: &Matter) {
    to_the_batch(seat, matter);
    match seat.model.layers.last() {
        Some(Layer::Batch(_)) => drop(seat.keys("<Enter> <Esc>")),
        Some(Layer::Stamp(_)) => drop(seat.keys("s <Enter>")),
        _ => {}
    }
}

fn cancel_again(seat: &mut Seat, matter: &Matter) {
    if !open(seat, INVOICES.list, matter.id()) {
        return;
    }
    confirm_cancellation(seat, matter);
    if matches!(seat.model.layers.last(), Some(Layer::Cancel(_))) {
        seat.keys("<Enter> <Esc>");
    }
}

fn delete_again(seat: &mut Seat, matter: &Matter) {
    if !open(seat, INVOICES.list, matter.id()) {
        return;
    }
    seat.keys("D");
    if matches!(seat.model.layers.last(), Some(Layer::Confirm(_))) {
        seat.keys("s <Enter>");
    }
}

/// Saves the form once more: the one on top, else the one that Home says was not finished.
fn save_again(seat: &mut Seat, _: &Matter) {
    if !matches!(seat.model.screen(), Some(Screen::Form(_))) {
        reopen(seat);
    }
    if matches!(seat.model.screen(), Some(Screen::Form(_))) {
        seat.keys("<F8>");
    }
}

/// The same, with its stamp.
fn save_and_stamp_again(seat: &mut Seat, _: &Matter) {
    if matches!(seat.model.layers.last(), Some(Layer::Stamp(_))) {
        seat.keys("<Esc>");
    }
    if !matches!(seat.model.screen(), Some(Screen::Form(_))) {
        reopen(seat);
    }
    if matches!(seat.model.screen(), Some(Screen::Form(_))) {
        seat.keys("<F12>");
    }
    if matches!(seat.model.layers.last(), Some(Layer::Stamp(_))) {
        seat.keys("s <Enter>");
    }
}

/// Opens the form that was not finished, where there is one.
fn reopen(seat: &mut Seat) {
    if seat.model.unfinished.is_empty() {
        return;
    }
    seat.keys("<Esc> <Esc> <Esc> g h <Home>");
    for _ in 0..seat.model.unsettled().len() {
        seat.keys("<Down>");
    }
    seat.keys("<Enter>");
}

/// A colleague stamps the draft, or the first of them, changes it, or deletes it.
fn meddle(rng: &mut Rng, site: &Site<'_>, matter: &Matter) {
    let id = matter.id();
    match rng.u32(..3) {
        0 => site.done(
            Method::POST,
            "/sandbox/stamp-elsewhere",
            Some(json!({"id": id})),
        ),
        1 => {
            let fields = json!({"id": id, "fields": {"observations": "de la colega"}});
            site.done(Method::POST, "/sandbox/edit-elsewhere", Some(fields))
        }
        _ => site.done(Method::DELETE, &format!("/accounting/invoices/{id}"), None),
    };
}

/// The document as the sandbox holds it: an invoice, or a credit note.
pub fn document<'a>(state: &'a Value, kind: Kind, id: &str) -> Option<&'a Value> {
    let sort = if kind == Kind::CreditNotes {
        NOTES
    } else {
        INVOICES
    };
    held(state, sort, id)
}

fn held<'a>(state: &'a Value, sort: Sort, id: &str) -> Option<&'a Value> {
    let documents = state[sort.held].as_array()?;
    documents.iter().find(|document| document["id"] == id)
}

/// Folios that this document cost.
fn folios(state: &Value, sort: Sort, id: &str) -> u64 {
    held(state, sort, id).map_or(0, |document| {
        document["stamps"].as_u64().unwrap_or(u64::MAX)
    })
}

fn is_void(state: &Value, id: &str) -> bool {
    held(state, INVOICES, id).is_some_and(|invoice| invoice["status"] == "void")
}

/// Folios that the invoices cost which were not there before.
fn new_folios(state: &Value) -> u64 {
    let documents = state["documents"].as_array().expect("documents").iter();
    let is_new = |document: &&Value| {
        let id = Id::from(document["id"].as_str().unwrap_or_default());
        !TEMPLATE.had(Kind::Invoices, &id)
    };
    documents
        .filter(is_new)
        .map(|document| document["stamps"].as_u64().unwrap_or(u64::MAX))
        .sum()
}

/// Records of a kind beyond those that were there before.
fn made(state: &Value, kind: &str) -> u64 {
    let count = |state: &Value| state[kind].as_u64().expect("a number");
    count(state).abs_diff(count(&TEMPLATE.before))
}

fn exists(site: &Site<'_>, id: &str) -> bool {
    held(&site.state(), INVOICES, id).is_some()
}

fn stamp_is_shown(seat: &mut Seat, site: &Site<'_>, sort: Sort, id: &str) -> Result<(), String> {
    let state = site.state();
    let Some(truth) = held(&state, sort, id).map(|document| document["uuid"].as_str()) else {
        return Ok(());
    };
    let shown = page_of(seat, sort, id)?.stamp.uuid().cloned();
    if shown.as_ref().map(Uuid::as_str) != truth {
        return Err(format!("the page shows {shown:?}, true is {truth:?}"));
    }
    Ok(())
}

fn cancellation_is_shown(seat: &mut Seat, site: &Site<'_>, matter: &Matter) -> Result<(), String> {
    let truth = is_void(&site.state(), matter.id());
    let stamp = page_of(seat, INVOICES, matter.id())?.stamp;
    match matches!(stamp, Stamp::Cancelled(_)) == truth {
        true => Ok(()),
        false => Err(format!("the page shows {stamp:?}, cancelled is {truth}")),
    }
}

/// What the page of a document shows.
fn page_of(seat: &mut Seat, sort: Sort, id: &str) -> Result<Record, String> {
    if !open(seat, sort.list, id) {
        return Err(format!("{id} is not listed"));
    }
    let record = seat.model.subject().ok_or("no record on the page")?;
    Ok(record.clone())
}

/// The record is there and nothing waits to be saved, or nothing is there and every text still waits.
fn form_is_gone_or_whole(seat: &mut Seat, matter: &Matter, made: u64) -> Result<(), String> {
    let open = seat.model.screens.iter().filter_map(|screen| match screen {
        Screen::Form(form) => Some(form.body()),
        _ => None,
    });
    let waiting: Vec<String> = open
        .chain(seat.model.unfinished.values().cloned())
        .collect();
    if made > 0 {
        return match waiting.is_empty() {
            true => Ok(()),
            false => Err("it is saved, and its form still waits".to_owned()),
        };
    }
    for text in &matter.kept {
        if !waiting.iter().any(|body| body.contains(text.as_str())) {
            return Err(format!("«{text}» is lost"));
        }
    }
    Ok(())
}
