//! Somebody else at the same books: makes, changes and deletes records while they are read.

use fastrand::Rng;
use reqwest::Method;
use serde_json::{Value, json};
use timbra::domain::kind::Kind;

use crate::bodies;
use crate::site::Site;

/// Kinds of which a colleague makes, changes and deletes records.
pub const KINDS: [Kind; 14] = [
    Kind::Invoices,
    Kind::Customers,
    Kind::Suppliers,
    Kind::InvoiceItems,
    Kind::CreditNotes,
    Kind::Quotes,
    Kind::Bills,
    Kind::PurchaseOrders,
    Kind::Payments,
    Kind::BillPayments,
    Kind::JournalEntries,
    Kind::TaxRates,
    Kind::Departments,
    Kind::BankAccounts,
];

pub struct Colleague {
    /// The records of the kinds that are worked at, as far as is known.
    desks: Vec<Desk>,
    /// Names of other records that stand in bodies.
    owed: Vec<String>,
    debts: Vec<String>,
    leaf: String,
    /// Whether anything is ever deleted.
    deletes: bool,
    /// Makes every change another one.
    count: u32,
}

struct Desk {
    kind: Kind,
    ids: Vec<String>,
}

impl Colleague {
    /// Works at these kinds, each of which has at least so many records from now on.
    pub fn begin(site: &Site<'_>, rng: &mut Rng, kinds: &[Kind], deletes: bool) -> Self {
        let mut colleague = Self {
            desks: Vec::new(),
            owed: ids(site, Kind::Invoices),
            debts: ids(site, Kind::Bills),
            leaf: leaf(site),
            deletes,
            count: 0,
        };
        for kind in kinds {
            let ids = ids(site, *kind);
            colleague.desks.push(Desk { kind: *kind, ids });
            let wanted = rng.usize(..100);
            for _ in 0..wanted {
                if colleague.ids(*kind).len() >= wanted {
                    break;
                }
                colleague.make(site, rng, *kind);
            }
        }
        colleague
    }

    fn ids(&self, kind: Kind) -> &[String] {
        let desk = self.desks.iter().find(|desk| desk.kind == kind);
        desk.map_or(&[], |desk| &desk.ids)
    }

    fn desk(&mut self, kind: Kind) -> &mut Desk {
        let desk = self.desks.iter_mut().find(|desk| desk.kind == kind);
        desk.expect("a kind that is worked at")
    }

    /// Does something to records of the kinds at hand.
    pub fn meddle(&mut self, site: &Site<'_>, rng: &mut Rng) {
        let kind = self.desks[rng.usize(..self.desks.len())].kind;
        match rng.u32(..8) {
            0..3 => self.make(site, rng, kind),
            3..5 if self.deletes => self.delete(site, rng, kind),
            _ => self.change(site, rng, kind),
        }
    }

    fn body(&mut self, kind: Kind, rng: &mut Rng, making: bool) -> Value {
        let writes = bodies::writes();
        let (_, make, change) = writes
            .iter()
            .find(|(resource, _, _)| *resource == kind.slug())
            .expect("a resource that is written");
        let one = |ids: &[String], rng: &mut Rng| match ids.len() {
            0 => "0".to_owned(),
            len => ids[rng.usize(..len)].clone(),
        };
        let names = [
            ("OWED", one(&self.owed, rng)),
            ("DEBT", one(&self.debts, rng)),
            ("LEAF", self.leaf.clone()),
        ];
        let names: Vec<(&str, &str)> = names.iter().map(|(a, b)| (*a, b.as_str())).collect();
        let mut body = bodies::filled(if making { make } else { change }, &names);
        self.count += 1;
        for name in [
            "display_name",
            "name",
            "title",
            "notes",
            "note",
            "memo",
            "customer_memo",
        ] {
            if let Some(Value::String(text)) = body.get_mut(name) {
                text.push_str(&format!(" {}", self.count));
            }
        }
        if body.get("unit_price").is_some() {
            body["unit_price"] = json!(self.count);
        }
        body
    }

    fn make(&mut self, site: &Site<'_>, rng: &mut Rng, kind: Kind) {
        let body = self.body(kind, rng, true);
        let path = format!("/accounting/{}", kind.slug());
        // Refused, for instance, where the document that is to be paid is paid.
        let (status, answer) = site.ask(Method::POST, &path, Some(body));
        if status == 201
            && let Some(id) = answer["data"]["id"].as_str()
        {
            self.desk(kind).ids.push(id.to_owned());
        }
    }

    fn change(&mut self, site: &Site<'_>, rng: &mut Rng, kind: Kind) {
        let body = self.body(kind, rng, false);
        if let Some(id) = self.any(rng, kind) {
            let path = format!("/accounting/{}/{id}", kind.slug());
            // Refused where it is stamped, voided or gone.
            site.ask(Method::PATCH, &path, Some(body));
        }
    }

    fn delete(&mut self, site: &Site<'_>, rng: &mut Rng, kind: Kind) {
        if let Some(id) = self.any(rng, kind) {
            let path = format!("/accounting/{}/{id}", kind.slug());
            // Refused where it is used or stamped.
            if site.ask(Method::DELETE, &path, None).0 == 200 {
                self.desk(kind).ids.retain(|other| *other != id);
            }
        }
    }

    fn any(&self, rng: &mut Rng, kind: Kind) -> Option<String> {
        let ids = self.ids(kind);
        (!ids.is_empty()).then(|| ids[rng.usize(..ids.len())].clone())
    }
}

/// The ids of a kind, as anybody reads them.
fn ids(site: &Site<'_>, kind: Kind) -> Vec<String> {
    rows(site, kind)
        .iter()
        .filter_map(|row| row["id"].as_str().map(str::to_owned))
        .collect()
}

/// An account that can be posted to.
fn leaf(site: &Site<'_>) -> String {
    let rows = rows(site, Kind::LedgerAccounts);
    let leaf = rows.iter().find(|row| row["header"] == json!(false));
    leaf.and_then(|row| row["id"].as_str())
        .expect("an account")
        .to_owned()
}

fn rows(site: &Site<'_>, kind: Kind) -> Vec<Value> {
    let mut rows = Vec::new();
    let mut place = String::new();
    loop {
        let path = format!("/accounting/{}?limit=30{place}", kind.slug());
        let (_, mut page) = site.ask(Method::GET, &path, None);
        if let Value::Array(more) = page["data"].take() {
            rows.extend(more);
        }
        match page["meta"]["cursors"]["next"].as_str() {
            Some(next) => place = format!("&cursor={next}"),
            None => return rows,
        }
    }
}
