//! Related CFDI, as a sales document names them: which earlier ones it replaces, credits or follows.
//!
//! No published document says where Alegra keeps them. The sandbox takes `relatedDocuments`, a list of objects with a
//! `relationType` (c_TipoRelacion) and a `uuid`, gives it back as it was, and puts it into the CFDI. A credit note
//! without one is related (01) to the stamped invoices that it was applied to.

use serde_json::Value;

use super::errors::NativeError;
use super::native::Body;
use super::records::{Sale, Share};
use super::world::World;

/// The key in the native record.
const KEY: &str = "relatedDocuments";

/// The kinds of relation that CFDI 4.0 knows.
const KINDS: [&str; 7] = ["01", "02", "03", "04", "05", "06", "07"];

/// A CFDI that another one names.
pub struct Related<'a> {
    /// `01`–`07`.
    pub kind: &'a str,
    /// Its folio fiscal, as it was written.
    pub uuid: &'a str,
}

/// Refuses a body whose related CFDI cannot stand in a CFDI.
pub fn check(body: &Body) -> Result<(), NativeError> {
    let refused = |reason: &str| Err(NativeError::invalid(format!("{KEY}: {reason}")));
    let entries = match body.get(KEY) {
        None | Some(Value::Null) => return Ok(()),
        Some(Value::Array(entries)) => entries,
        Some(_) => return refused("debe ser un arreglo"),
    };
    for entry in entries {
        let Some(related) = one(entry) else {
            return refused("cada elemento lleva relationType y uuid");
        };
        if !KINDS.contains(&related.kind) {
            return refused("relationType debe estar entre 01 y 07");
        }
        if !is_uuid(related.uuid) {
            return refused("uuid no es un folio fiscal");
        }
    }
    Ok(())
}

/// What a document relates to, by kind of relation, each kind once and in order.
pub fn of(world: &World, sale: &Sale) -> Vec<(&'static str, Vec<String>)> {
    let entries = sale.extra.get(KEY).and_then(Value::as_array);
    let all: Vec<Related<'_>> = entries.into_iter().flatten().filter_map(one).collect();
    if all.is_empty() {
        return applied_to(world, sale);
    }
    let of_kind = |kind: &'static str| {
        let own = all.iter().filter(|related| related.kind == kind);
        let uuids: Vec<String> = own.map(|related| related.uuid.to_owned()).collect();
        (!uuids.is_empty()).then_some((kind, uuids))
    };
    KINDS.into_iter().filter_map(of_kind).collect()
}

/// What a credit note relates to that says nothing itself.
fn applied_to(world: &World, sale: &Sale) -> Vec<(&'static str, Vec<String>)> {
    let [credits, ..] = KINDS;
    let uuid = |share: &Share| Some(world.uuid(world.invoices.get(share.id)?.stamp.as_ref()?));
    let uuids: Vec<String> = sale.applied.iter().filter_map(uuid).collect();
    match uuids.is_empty() {
        true => Vec::new(),
        false => vec![(credits, uuids)],
    }
}

fn one(entry: &Value) -> Option<Related<'_>> {
    Some(Related {
        kind: entry.get("relationType")?.as_str()?,
        uuid: entry.get("uuid")?.as_str()?,
    })
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups
            .iter()
            .all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
