//! The package of a period: what is asked, how far it is, and what is missing.

use ratatui::layout::Rect;

use crate::app::model::Model;
use crate::app::msg::Trouble;
use crate::app::msg::package::{Packed, Plan};
use crate::app::package::{Package, Phase, missing, tally};
use crate::app::remote::Remote;
use crate::app::stamp::sheet::LABEL;
use crate::domain::paper::Form;
use crate::domain::period::Period;
use crate::words;

use super::dialog::{Page, framed};
use super::painter::{Painter, row_of};
use super::theme::Role;

/// Cells of the field for the period.
const FIELD: u16 = 24;

/// Paints the layer.
pub fn draw(painter: &mut Painter<'_, '_>, package: &Package, area: Rect) {
    let model = painter.model;
    let title = model.words.text("package-title");
    let inside = framed(painter, area, &title);
    let mut page = Page {
        painter,
        area: inside,
        y: 0,
    };
    let text = |key: &str| model.words.text(key);
    page.pair(&text("package-company"), &company(model), Role::Text);
    match &package.phase {
        Phase::Asking => asking(&mut page, model, package),
        Phase::Going {
            done,
            all,
            stopping,
        } => {
            planned(&mut page, model, package);
            page.gap();
            let (done, all) = (words::count(*done), words::count(*all));
            let values = [("done", done.as_str().into()), ("all", all.as_str().into())];
            page.line(&model.words.with("package-going", &values), Role::Busy);
            let key = match stopping {
                true => "package-stopping",
                false => "package-stop",
            };
            page.line(&text(key), Role::Dim);
        }
        Phase::Ended { packed, index } => ended(&mut page, model, package, packed, index.as_ref()),
    }
}

fn company(model: &Model) -> String {
    let name = model.company.value().map_or("", |company| &company.name);
    format!("{name} · {}", model.rfc())
}

fn asking(page: &mut Page<'_, '_, '_>, model: &Model, package: &Package) {
    let words = &model.words;
    let row = row_of(page.area, page.y);
    page.pair(&words.text("package-period"), "", Role::Text);
    let field = Rect {
        x: row.x.saturating_add(LABEL),
        width: FIELD.min(row.width.saturating_sub(LABEL)),
        ..row
    };
    page.painter.field(field, &package.line, true);
    let (text, role) = match package.period(model.today()) {
        Some(period) => (days(period), Role::Text),
        None => (words.text("reason-no-period"), Role::Warning),
    };
    page.pair("", &text, role);
    planned(page, model, package);
    page.gap();
    page.line(&words.text("package-hint"), Role::Dim);
}

/// `2026-03 · 01/03/2026 – 31/03/2026`.
fn days(period: Period) -> String {
    let (from, to) = (words::date(period.from()), words::date(period.to()));
    format!("{period} · {from} – {to}")
}

fn planned(page: &mut Page<'_, '_, '_>, model: &Model, package: &Package) {
    let words = &model.words;
    page.pair(
        &words.text("package-files"),
        &words.text(package.files.words_key()),
        Role::Text,
    );
    let label = words.text("package-documents");
    match &package.plan {
        Remote::Ready(plan) => {
            page.pair(&label, &documents(model, plan), Role::Text);
            page.pair(&words.text("package-folder"), &plan.folder, Role::Text);
        }
        Remote::Loading(_) => page.pair(&label, &words.text("loading"), Role::Dim),
        Remote::Failed(trouble, _) => {
            page.pair(&label, &super::trouble_text(model, trouble), Role::Error);
        }
        Remote::Idle => page.pair(&label, "—", Role::Dim),
    }
}

/// How many there are, and over how much of the books that is counted (law 4).
fn documents(model: &Model, plan: &Plan) -> String {
    let words = &model.words;
    let count = words::count(plan.documents);
    let is_whole = plan
        .looked
        .iter()
        .all(|(_, coverage)| coverage.complete_at.is_some());
    let mut text = match is_whole {
        true => count,
        false => words.with("n-so-far", &[("n", count.as_str().into())]),
    };
    if plan.unread > 0 {
        text.push_str(" · ");
        text.push_str(&words.with("package-unread-count", &[("count", plan.unread.into())]));
    }
    text
}

fn ended(
    page: &mut Page<'_, '_, '_>,
    model: &Model,
    package: &Package,
    packed: &Packed,
    index: Option<&Result<(), Trouble>>,
) {
    let words = &model.words;
    page.pair(
        &words.text("package-period"),
        &days(packed.period),
        Role::Text,
    );
    page.pair(&words.text("package-folder"), &packed.folder, Role::Text);
    for form in package.files.forms() {
        let (files, fresh) = tally(&packed.rows, *form);
        let text = words.with(
            "package-tally",
            &[
                ("files", words::count(files).as_str().into()),
                ("all", words::count(packed.rows.len()).as_str().into()),
                ("fresh", words::count(fresh).as_str().into()),
            ],
        );
        page.pair(label(*form), &text, Role::Text);
    }
    let (text, role) = match index {
        None => (words.text("loading"), Role::Dim),
        Some(Ok(())) => (words.text("package-index-kept"), Role::Text),
        Some(Err(trouble)) => (super::trouble_text(model, trouble), Role::Error),
    };
    page.pair(&words.text("package-index"), &text, role);
    if let Some(trouble) = &packed.trouble {
        page.line(&super::trouble_text(model, trouble), Role::Error);
    }
    let missing = missing(packed, model);
    let (text, role) = match missing.len() {
        0 => (words.text("package-complete"), Role::Good),
        count => (
            words.with("package-missing", &[("count", count.into())]),
            Role::Warning,
        ),
    };
    page.line(&text, role);
    let rest = page.area.height.saturating_sub(page.y);
    let top = page.painter.held(package.top, missing.len(), rest);
    for text in missing.iter().skip(top).take(usize::from(rest)) {
        let row = row_of(page.area, page.y);
        page.painter.put(row, text, Role::Text);
        page.gap();
    }
}

fn label(form: Form) -> &'static str {
    match form {
        Form::Xml => "XML",
        Form::Pdf => "PDF",
    }
}
