//! Departments: Alegra's cost centres (contract B.5).

use serde_json::{Map, Value, json};

use super::super::errors::Refusal;
use super::super::native::{self, Body, status_word};
use super::super::query::Declared;
use super::super::records::Department;
use super::resource::Resource;
use super::{declared, parts, renamed};

pub const RESOURCE: Resource = Resource {
    name: "departments",
    paged: true,
    sorted: false,
    filters: &[],
    declared: Declared {
        filters: "subsidiary",
        filters_of_one: "",
        sorts: false,
    },
    projected: true,
    shape: &declared::DEPARTMENT,
    native: &native::departments::RESOURCE,
    list: |world, asked, _| Ok(parts::page(&world.departments, None, asked, record)),
    one: |world, id, _| world.departments.get(id).map(record),
    to_native,
};

fn record(department: &Department) -> Value {
    let id = department.id.to_string();
    json!({
        "id": id,
        "downstream_id": id,
        "display_id": id,
        "name": department.name,
        "code": department.code,
        "status": status_word(department.active),
        "parent_id": null,
    })
}

fn to_native(body: &Map<String, Value>, _: bool) -> Result<Body, Refusal> {
    Ok(renamed(
        body,
        &[("name", "name"), ("code", "code"), ("status", "status")],
    ))
}
