//! What every case begins with: one small world and the files of a program that has read it whole. Made once.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use timbra::domain::kind::Kind;
use timbra::domain::record::Id;

use crate::drafts::{good_draft, with_native};
use crate::ground::Ground;
use crate::seat::{Manner, Walks};
use crate::site::{self, Site};

/// How many drafts wait to be stamped.
const DRAFTS: u32 = 12;

/// How many credit notes do, and how many invoices are stamped and may be cancelled.
const OTHERS: u32 = 3;

/// The files of the program.
const FILES: [&str; 2] = ["cache.db", "durable.db"];

/// The world and the folder that every case gets a copy of, and what is in them.
pub struct Template {
    folder: TempDir,
    /// Drafts that stamp well, each with a total of its own.
    pub drafts: Vec<String>,
    /// Credit notes that stamp well.
    pub notes: Vec<String>,
    /// Invoices that were stamped a moment ago and may be cancelled without asking anybody: id, and serie and folio.
    pub stamped: Vec<(String, String)>,
    /// Somebody who owes an invoice: name, and its balance.
    pub debtor: (String, String),
    /// A stamped invoice as Unify and as Alegra tell it: somebody else's record in the place of an answer.
    pub strangers: [Value; 2],
    /// What the sandbox holds before anything happens.
    pub before: Value,
    /// The records of the kinds that cases make.
    ids: BTreeSet<(Kind, Id)>,
}

pub static TEMPLATE: LazyLock<Template> = LazyLock::new(Template::make);

impl Template {
    fn make() -> Self {
        let folder = TempDir::new().expect("a folder");
        let ground = Ground::new();
        let mut template = Self {
            folder,
            drafts: Vec::new(),
            notes: Vec::new(),
            stamped: Vec::new(),
            debtor: Default::default(),
            strangers: [Value::Null, Value::Null],
            before: Value::Null,
            ids: BTreeSet::new(),
        };
        let mut site = Site::begin(&ground);
        template.fill(&site);
        site.seat(Manner {
            walks: Walks::All,
            ..site::swift()
        });
        template.before = site.state();
        site.close();
        fs::copy(site.world(), template.world()).expect("the world");
        for name in FILES {
            fs::copy(site.folder().join(name), template.folder.path().join(name))
                .expect("a file of the program");
        }
        template
    }

    /// What colleagues made, and what the cases need to know of it.
    fn fill(&mut self, site: &Site<'_>) {
        for place in 1..=DRAFTS {
            let mut body = good_draft();
            body["line_items"][0]["quantity"] = json!(place);
            if place % 3 == 0 {
                body["payment_method"] = json!("other");
                body = with_native(body, json!({"paymentType": "PPD"}));
            }
            let made = site.done(Method::POST, "/accounting/invoices", Some(body));
            let id = made["data"]["id"].as_str().expect("an id");
            self.drafts.push(id.to_owned());
        }
        for place in 1..=OTHERS {
            let stamp = json!({"stamp": {"generateStamp": true}});
            let mut body = with_native(good_draft(), stamp);
            body["line_items"][0]["quantity"] = json!(20 + place);
            let made = site.done(Method::POST, "/accounting/invoices", Some(body));
            let id = made["data"]["id"].as_str().expect("an id");
            let read = site.done(Method::GET, &format!("/accounting/invoices/{id}"), None);
            let number = read["data"]["number"].as_str().expect("serie and folio");
            self.stamped.push((id.to_owned(), number.to_owned()));

            let mut body = good_draft();
            body["line_items"][0]["quantity"] = json!(place);
            body["date_issued"] = body["invoice_date"].take();
            body["total_amount"] = json!(580 * place);
            let made = site.done(Method::POST, "/accounting/credit-notes", Some(body));
            let id = made["data"]["id"].as_str().expect("an id");
            self.notes.push(id.to_owned());
        }
        for kind in [Kind::Invoices, Kind::Payments, Kind::JournalEntries] {
            let mut place = String::new();
            loop {
                let path = format!("/accounting/{}?limit=30{place}", kind.slug());
                let page = site.done(Method::GET, &path, None);
                let ids = page["data"].as_array().expect("rows").iter();
                let ids = ids.map(|row| Id::from(row["id"].as_str().expect("an id")));
                self.ids.extend(ids.map(|id| (kind, id)));
                match page["meta"]["cursors"]["next"].as_str() {
                    Some(next) => place = format!("&cursor={next}"),
                    None => break,
                }
            }
        }
        let page = site.done(Method::GET, "/accounting/invoices?limit=30&raw=true", None);
        let invoices = page["data"].as_array().expect("invoices");
        let owed = invoices.iter().find(|invoice| {
            invoice["status"] == "authorised" || invoice["status"] == "partially_paid"
        });
        let owed = owed.expect("an invoice that nobody paid");
        let name = owed["customer"]["display_name"].as_str().expect("a name");
        self.debtor = (name.to_owned(), owed["balance"].to_string());
        let stamped = |invoice: &&Value| invoice["_raw"]["stamp"]["uuid"].is_string();
        let stranger = invoices.iter().find(stamped).expect("a stamped invoice");
        let unified = json!({
            "status_code": 200, "status": "OK", "service": "alegra", "resource": "invoices",
            "operation": "one", "data": stranger,
        });
        self.strangers = [unified, stranger["_raw"].clone()];
    }

    /// Whether this record was there before anything happened.
    pub fn had(&self, kind: Kind, id: &Id) -> bool {
        self.ids.contains(&(kind, id.clone()))
    }

    /// Where the world lies.
    pub fn world(&self) -> PathBuf {
        self.folder.path().join("world")
    }

    /// Puts the files of the program into a folder.
    pub fn copy_to(&self, folder: &Path) {
        for name in FILES {
            let from = self.folder.path().join(name);
            fs::copy(from, folder.join(name)).expect("a file of the program");
        }
    }
}
