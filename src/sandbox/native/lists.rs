//! Alegra's own list parameters, as the Proxy takes them and Unify passes them through (contract D.4).

use jiff::civil::Date;
use serde_json::{Value, json};

use super::super::call::param;
use super::super::errors::NativeError;
use super::super::query::LARGEST_PAGE;
use super::super::records::{Invoice, State};
use super::super::table::{Order, Row, Table};
use super::super::world::World;
use super::invoices::full_number;

type Pairs = [(String, String)];
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
    let (rows, _) = table.page(
        Order::Id,
        descending(query)?,
        keep,
        window.start,
        window.limit,
    );
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

/// The native list of invoices, which alone can be ordered by more than the id.
pub fn invoices(
    world: &World,
    query: &Pairs,
    native: impl Fn(&Invoice) -> Value,
) -> Result<Value, NativeError> {
    let keep = invoice_filter(world, query)?;
    let key: fn(&Invoice) -> String = match param(query, "order_field") {
        None | Some("" | "id") => return list(&world.invoices, query, keep, native),
        Some("date") => |invoice| invoice.date.to_string(),
        Some("dueDate") => |invoice| invoice.due.to_string(),
        Some("status") => |invoice| invoice.state.word().to_owned(),
        Some("name") => |invoice| full_number(invoice).unwrap_or_default(),
        Some(_) => {
            return Err(NativeError::invalid(
                "order_field debe ser id, name, date, dueDate o status",
            ));
        }
    };
    let window = window(query)?;
    let mut rows: Vec<&Invoice> = world
        .invoices
        .iter()
        .filter(|invoice| keep.as_deref().is_none_or(|keep| keep(invoice)))
        .collect();
    let total = rows.len();
    rows.sort_by_cached_key(|invoice| key(invoice));
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

/// What the native filters of invoices let through; `None` when there are none.
pub fn invoice_filter<'a>(
    world: &'a World,
    query: &'a Pairs,
) -> Result<Option<Filter<'a, Invoice>>, NativeError> {
    let mut filters: Vec<Filter<'a, Invoice>> = Vec::new();
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
                    .map(|word| match word {
                        "draft" => Ok(State::Draft),
                        "open" => Ok(State::Open),
                        "closed" => Ok(State::Closed),
                        "void" => Ok(State::Void),
                        _ => Err(NativeError::invalid(
                            "status debe ser draft, open, closed o void",
                        )),
                    })
                    .collect::<Result<Vec<_>, _>>()?;
                filters.push(Box::new(move |invoice| states.contains(&invoice.state)));
            }
            "client_id" => {
                let id = value
                    .parse::<u32>()
                    .map_err(|_| NativeError::invalid("client_id debe ser un número"))?;
                filters.push(Box::new(move |invoice| invoice.contact == id));
            }
            "client_name" => {
                let wanted = folded(value);
                filters.push(Box::new(move |invoice| named(world, invoice, &wanted)));
            }
            "query" => {
                let wanted = folded(value);
                filters.push(Box::new(move |invoice| {
                    named(world, invoice, &wanted)
                        || full_number(invoice)
                            .is_some_and(|number| folded(&number).contains(&wanted))
                }));
            }
            "date" => {
                let day = day()?;
                filters.push(Box::new(move |invoice| invoice.date == day));
            }
            "dueDate" => {
                let day = day()?;
                filters.push(Box::new(move |invoice| invoice.due == day));
            }
            "date_after" => {
                let day = day()?;
                filters.push(Box::new(move |invoice| invoice.date > day));
            }
            "date_afterOrNow" => {
                let day = day()?;
                filters.push(Box::new(move |invoice| invoice.date >= day));
            }
            "date_before" => {
                let day = day()?;
                filters.push(Box::new(move |invoice| invoice.date < day));
            }
            "date_beforeOrNow" => {
                let day = day()?;
                filters.push(Box::new(move |invoice| invoice.date <= day));
            }
            _ => {}
        }
    }
    if filters.is_empty() {
        return Ok(None);
    }
    Ok(Some(Box::new(move |invoice| {
        filters.iter().all(|keep| keep(invoice))
    })))
}

fn named(world: &World, invoice: &Invoice, wanted: &str) -> bool {
    world
        .contacts
        .get(invoice.contact)
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
