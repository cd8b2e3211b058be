//! Which bills were made from which purchase orders: lines of a bill name the order, and the order lists its bills and is
//! closed while it has any.
//!
//! Unify declares `purchase_order` on the lines of bills, and Alegra lists `bills` on its orders; by which key Alegra
//! takes the order of a line is not published, so `purchaseOrder` is assumed.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::errors::NativeError;
use super::super::journal::Change;
use super::super::records::{Line, State};
use super::super::world::World;
use super::id_of;

/// The key of the order on a native line.
pub const KEY: &str = "purchaseOrder";

/// The order that a line names, as it was written.
pub fn named(line: &Line) -> Option<&Value> {
    line.extra.get(KEY).filter(|order| !order.is_null())
}

/// What becomes of the orders when the lines of a bill change. Refuses orders that are not there.
pub fn changes(
    world: &World,
    bill: u32,
    before: &[Line],
    after: &[Line],
) -> Result<Vec<Change>, NativeError> {
    let (before, after) = (orders(before)?, orders(after)?);
    let mut changes = Vec::new();
    for id in before.symmetric_difference(&after) {
        let Some(order) = world.orders.get(*id) else {
            match after.contains(id) {
                true => return Err(NativeError::invalid("La orden de compra no existe")),
                // It was deleted while the bill named it.
                false => continue,
            }
        };
        let mut order = order.clone();
        order.bills.retain(|made| *made != bill);
        if after.contains(id) {
            order.bills.push(bill);
        }
        order.state = match (order.bills.is_empty(), order.state) {
            (false, State::Draft | State::Open) => State::Closed,
            (true, State::Closed) => State::Open,
            (_, state) => state,
        };
        order.updated = world.clock.now();
        changes.push(Change::Purchase(Box::new(order)));
    }
    Ok(changes)
}

fn orders(lines: &[Line]) -> Result<BTreeSet<u32>, NativeError> {
    let unreadable = || NativeError::invalid("purchaseOrder debe indicar una orden de compra");
    lines
        .iter()
        .filter_map(named)
        .map(|order| id_of(order).ok_or_else(unreadable))
        .collect()
}
