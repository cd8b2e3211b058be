//! Alegra's own list parameters, as the Proxy takes them and Unify passes them through (contract D.4).

use jiff::civil::Date;
use serde_json::{Value, json};

use super::super::call::param;
use super::super::errors::NativeError;
use super::super::query::LARGEST_PAGE;
use super::super::records::{JournalEntry, Payment, Purchase, Sale, State};
use super::super::table::{Asked, Order, Row, Table};
use super::super::world::World;
use super::sales::full_number;

pub type Pairs = [(String, String)];
/// Which rows of a table are listed.
pub type Filter<'a, R> = Box<dyn Fn(&R) -> bool + 'a>;

/// Start and size of a native page.
pub struct Window {
    pub start: usize,
    pub limit: usize,
}

pub fn window(query: &Pairs) -> Result<Window, NativeError> {
    let start = match param(query, "start") {
        None | Some("") => 0,
        Some(start) => start
            .parse()
            .map_err(|_| NativeError::invalid("start debe ser un entero"))?,
    };
    let limit = match param(query, "limit") {
        None | Some("") => LARGEST_PAGE,
        Some(limit) => limit
            .parse()
            .ok()
            .filter(|limit| (1..=LARGEST_PAGE).contains(limit))
            .ok_or_else(|| NativeError::invalid("limit debe ser un entero entre 1 y 30"))?,
    };
    Ok(Window { start, limit })
}

/// A native list: a bare array, or with its total if `metadata=true` was asked for.
pub fn list<R: Row>(
    table: &Table<R>,
    query: &Pairs,
    keep: Option<Filter<'_, R>>,
    native: impl Fn(&R) -> Value,
) -> Result<Value, NativeError> {
    let window = window(query)?;
    let keep = keep.as_deref();
    let asked = Asked {
        part: None,
        order: Order::Id,
        descending: descending(query)?,
        keep,
    };
    let (rows, _) = table.page(&asked, window.start, window.limit);
    let total = || match keep {
        None => table.len(),
        Some(keep) => table.iter().filter(|row| keep(row)).count(),
    };
    Ok(with_metadata(
        query,
        rows.into_iter().map(native).collect(),
        total,
    ))
}

/// What lists of documents can be filtered and ordered by.
pub trait Document: Row {
    fn state(&self) -> State;
    /// Whether the document names this contact.
    fn names(&self, contact: u32) -> bool;
    fn date(&self) -> Date;
    fn due(&self) -> Date;
    /// The number as people read it.
    fn number(&self) -> String;
    /// The one contact of the document, if it has just one.
    fn contact(&self) -> Option<u32>;
}

impl Document for Sale {
    fn state(&self) -> State {
        self.state
    }
    fn names(&self, contact: u32) -> bool {
        self.contact == contact
    }
    fn date(&self) -> Date {
        self.date
    }
    fn due(&self) -> Date {
        self.due
    }
    fn number(&self) -> String {
        full_number(self).unwrap_or_default()
    }
    fn contact(&self) -> Option<u32> {
        Some(self.contact)
    }
}

impl Document for Purchase {
    fn state(&self) -> State {
        self.state
    }
    fn names(&self, contact: u32) -> bool {
        self.contact == contact
    }
    fn date(&self) -> Date {
        self.date
    }
    fn due(&self) -> Date {
        self.due
    }
    fn number(&self) -> String {
        self.number.to_string()
    }
    fn contact(&self) -> Option<u32> {
        Some(self.contact)
    }
}

impl Document for Payment {
    fn state(&self) -> State {
        self.state
    }
    fn names(&self, contact: u32) -> bool {
        self.contact == contact
    }
    fn date(&self) -> Date {
        self.date
    }
    fn due(&self) -> Date {
        self.date
    }
    fn number(&self) -> String {
        self.id.to_string()
    }
    fn contact(&self) -> Option<u32> {
        Some(self.contact)
    }
}

impl Document for JournalEntry {
    fn state(&self) -> State {
        self.state
    }
    fn names(&self, contact: u32) -> bool {
        self.postings
            .iter()
            .any(|posting| posting.customer == Some(contact) || posting.supplier == Some(contact))
    }
    fn date(&self) -> Date {
        self.date
    }
    fn due(&self) -> Date {
        self.date
    }
    fn number(&self) -> String {
        String::new()
    }
    fn contact(&self) -> Option<u32> {
        None
    }
}

/// A native list of documents, which can be ordered by more than the id. `also` narrows it further.
pub fn documents<D: Document>(
    world: &World,
    table: &Table<D>,
    query: &Pairs,
    also: Option<Filter<'_, D>>,
    native: impl Fn(&D) -> Value,
) -> Result<Value, NativeError> {
    let keep = both(also, document_filter(world, query)?);
    let key: fn(&D) -> String = match param(query, "order_field") {
        None | Some("" | "id") => return list(table, query, keep, native),
        Some("date") => |one| one.date().to_string(),
        Some("dueDate") => |one| one.due().to_string(),
        Some("status") => |one| one.state().word().to_owned(),
        Some("name") => |one| one.number(),
        Some(_) => {
            return Err(NativeError::invalid(
                "order_field debe ser id, name, date, dueDate o status",
            ));
        }
    };
    let window = window(query)?;
    let mut rows: Vec<&D> = table
        .iter()
        .filter(|one| keep.as_deref().is_none_or(|keep| keep(one)))
        .collect();
    let total = rows.len();
    rows.sort_by_cached_key(|one| key(one));
    if descending(query)? {
        rows.reverse();
    }
    let page = rows
        .into_iter()
        .skip(window.start)
        .take(window.limit)
        .map(native)
        .collect();
    Ok(with_metadata(query, page, || total))
}

/// What passes both filters.
pub fn both<'a, R: 'a>(
    first: Option<Filter<'a, R>>,
    second: Option<Filter<'a, R>>,
) -> Option<Filter<'a, R>> {
    match (first, second) {
        (Some(first), Some(second)) => Some(Box::new(move |row| first(row) && second(row))),
        (one, None) | (None, one) => one,
    }
}

fn with_metadata(query: &Pairs, page: Vec<Value>, total: impl Fn() -> usize) -> Value {
    if param(query, "metadata") == Some("true") {
        json!({"metadata": {"total": total()}, "data": page})
    } else {
        Value::Array(page)
    }
}

fn descending(query: &Pairs) -> Result<bool, NativeError> {
    match param(query, "order_direction") {
        None | Some("" | "ASC" | "asc") => Ok(false),
        Some("DESC" | "desc") => Ok(true),
        Some(_) => Err(NativeError::invalid("order_direction debe ser ASC o DESC")),
    }
}

/// What the native filters of documents let through; `None` when there are none.
pub fn document_filter<'a, D: Document + 'a>(
    world: &'a World,
    query: &'a Pairs,
) -> Result<Option<Filter<'a, D>>, NativeError> {
    let mut filters: Vec<Filter<'a, D>> = Vec::new();
    for (key, value) in query.iter().filter(|(_, value)| !value.is_empty()) {
        let day = || -> Result<Date, NativeError> {
            value
                .parse()
                .map_err(|_| NativeError::invalid(format!("{key} debe ser una fecha AAAA-MM-DD")))
        };
        match key.as_str() {
            "status" => {
                let states = value
                    .split(',')
                    .map(|word| {
                        State::named(word).ok_or_else(|| {
                            NativeError::invalid("status debe ser draft, open, closed o void")
                        })
                    })
                    .collect::<Result<Vec<_>, _>>()?;
                filters.push(Box::new(move |one| states.contains(&one.state())));
            }
            "client_id" | "provider_id" => {
                let id = value
                    .parse::<u32>()
                    .map_err(|_| NativeError::invalid(format!("{key} debe ser un número")))?;
                filters.push(Box::new(move |one| one.names(id)));
            }
            "client_name" => {
                let wanted = folded(value);
                filters.push(Box::new(move |one| named(world, one, &wanted)));
            }
            "query" => {
                let wanted = folded(value);
                filters.push(Box::new(move |one| {
                    named(world, one, &wanted) || folded(&one.number()).contains(&wanted)
                }));
            }
            "date" => {
                let day = day()?;
                filters.push(Box::new(move |one| one.date() == day));
            }
            "dueDate" => {
                let day = day()?;
                filters.push(Box::new(move |one| one.due() == day));
            }
            "date_after" => {
                let day = day()?;
                filters.push(Box::new(move |one| one.date() > day));
            }
            "date_afterOrNow" => {
                let day = day()?;
                filters.push(Box::new(move |one| one.date() >= day));
            }
            "date_before" => {
                let day = day()?;
                filters.push(Box::new(move |one| one.date() < day));
            }
            "date_beforeOrNow" => {
                let day = day()?;
                filters.push(Box::new(move |one| one.date() <= day));
            }
            _ => {}
        }
    }
    if filters.is_empty() {
        return Ok(None);
    }
    Ok(Some(Box::new(move |one| {
        filters.iter().all(|keep| keep(one))
    })))
}

fn named(world: &World, document: &impl Document, wanted: &str) -> bool {
    document
        .contact()
        .and_then(|id| world.contacts.get(id))
        .is_some_and(|contact| folded(&contact.name).contains(wanted))
}

/// Lower case without the accents of Spanish, so that a search does not depend on them.
pub fn folded(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'á' => 'a',
            'é' => 'e',
            'í' => 'i',
            'ó' => 'o',
            'ú' | 'ü' => 'u',
            other => other,
        })
        .collect()
}
