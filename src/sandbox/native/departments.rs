//! Cost centres, which Unify calls departments.

use serde_json::{Value, json};

use super::super::errors::NativeError;
use super::super::journal::{Change, Held};
use super::super::money;
use super::super::records::{Department, Extra};
use super::super::world::World;
use super::lists::{self, Pairs};
use super::resource::Resource;
use super::{Body, keep_extra, set, set_status, status_word, with_extra};

const KNOWN: [&str; 5] = ["id", "name", "code", "description", "status"];

/// `/cost-centers`.
pub const RESOURCE: Resource = Resource {
    path: "cost-centers",
    gone: "El centro de costo",
    missing,
    list,
    one: |world, id| world.departments.get(id).map(native),
    create,
    update,
    delete: Some(delete),
};

pub fn native(department: &Department) -> Value {
    let record = json!({
        "id": money::quirky_id(department.id, department.id),
        "code": department.code,
        "name": department.name,
        "description": department.description,
        "status": status_word(department.active),
    });
    with_extra(record, &department.extra)
}

fn list(world: &World, query: &Pairs) -> Result<Value, NativeError> {
    lists::list(&world.departments, query, None, native)
}

fn create(world: &mut World, body: &Body) -> Result<u32, NativeError> {
    let now = world.clock.now();
    let mut department = Department {
        id: world.departments.next_id(),
        name: "".into(),
        code: "".into(),
        description: "".into(),
        active: true,
        created: now,
        updated: now,
        extra: Extra::new(),
    };
    write(&mut department, body)?;
    let id = department.id;
    world.commit(vec![Change::Department(Box::new(department))])?;
    Ok(id)
}

fn update(world: &mut World, id: u32, body: &Body) -> Result<(), NativeError> {
    let mut department = world.departments.get(id).cloned().ok_or_else(missing)?;
    write(&mut department, body)?;
    department.updated = world.clock.now();
    world.commit(vec![Change::Department(Box::new(department))])
}

/// Takes a cost centre out, unless a document names it.
fn delete(world: &mut World, id: u32) -> Result<(), NativeError> {
    world.departments.get(id).ok_or_else(missing)?;
    let posted = || {
        let mut postings = world
            .journal_entries
            .iter()
            .flat_map(|entry| &entry.postings);
        postings.any(|posting| posting.department == Some(id))
    };
    let used = world.all_sales().any(|sale| sale.department == Some(id))
        || world.all_purchases().any(|one| one.department == Some(id))
        || posted();
    if used {
        return Err(NativeError::invalid(
            "El centro de costo está en uso y no se puede eliminar",
        ));
    }
    world.commit(vec![Change::Gone(Held::Department, id)])
}

fn missing() -> NativeError {
    NativeError::not_found("El centro de costo no existe")
}

fn write(department: &mut Department, body: &Body) -> Result<(), NativeError> {
    set(body, "name", &mut department.name)?;
    if department.name.trim().is_empty() {
        return Err(NativeError::invalid(
            "El nombre del centro de costo es obligatorio",
        ));
    }
    set(body, "code", &mut department.code)?;
    set(body, "description", &mut department.description)?;
    set_status(body, &mut department.active)?;
    keep_extra(body, &KNOWN, &mut department.extra);
    Ok(())
}
