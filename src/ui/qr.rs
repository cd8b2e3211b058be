//! The QR of the SAT's verification beside its link. A code that has no room is not painted in part: it would be read
//! by nobody, and the link is there all the same.

use qrcode::render::unicode::Dense1x2;
use qrcode::{EcLevel, QrCode};
use ratatui::layout::Rect;

use crate::app::qr::Qr;

use super::painter::{Painter, row_of};
use super::theme::Role;

/// Columns that the texts need beside the code.
const TEXT: u16 = 24;
/// White columns on both sides of a code.
const MARGIN: u16 = 2;
/// Rows of the footer, which stays.
const FOOTER: u16 = 1;

/// Paints the layer over the page, and over the frame where the code needs its rows: then company and RFC stand beside
/// it.
pub fn draw(painter: &mut Painter<'_, '_>, qr: &Qr, page: Rect) {
    let screen = painter.screen();
    let whole = Rect {
        height: screen.height.saturating_sub(FOOTER),
        ..screen
    };
    let found = [(page, true), (whole, true), (page, false), (whole, false)]
        .into_iter()
        .find_map(|(area, quiet)| {
            let rows = code(qr, quiet)?;
            let width = rows.first().map_or(0, |row| row.chars().count());
            let width = u16::try_from(width).ok()?.checked_add(2 * MARGIN)?;
            let fits = u16::try_from(rows.len()).ok()? <= area.height
                && width.checked_add(TEXT)? <= area.width;
            fits.then_some((area, rows, width))
        });
    match found {
        Some((area, rows, width)) => {
            painter.fill(area, Role::Text);
            paint(painter, &rows, Rect { width, ..area });
            let beside = Rect {
                x: area.x.saturating_add(width + 1),
                width: area.width.saturating_sub(width + 2),
                ..area
            };
            texts(painter, qr, beside, None);
        }
        None => {
            painter.fill(page, Role::Text);
            let beside = Rect {
                x: page.x.saturating_add(1),
                width: page.width.saturating_sub(2),
                ..page
            };
            texts(painter, qr, beside, Some("qr-too-small"));
        }
    }
}

/// The rows of the code: two modules to a row of letters, as wide as high.
fn code(qr: &Qr, quiet: bool) -> Option<Vec<String>> {
    let code = QrCode::with_error_correction_level(qr.payload(), EcLevel::L).ok()?;
    let text = code
        .render::<Dense1x2>()
        .quiet_zone(quiet)
        .module_dimensions(1, 1)
        .dark_color(Dense1x2::Dark)
        .light_color(Dense1x2::Light)
        .build();
    Some(text.lines().map(str::to_owned).collect())
}

/// Dark on light, whatever the colours of the terminal are: that is what cameras look for.
fn paint(painter: &mut Painter<'_, '_>, rows: &[String], area: Rect) {
    let height = u16::try_from(rows.len()).unwrap_or(u16::MAX);
    painter.fill(Rect { height, ..area }, Role::Code);
    for (y, row) in rows.iter().enumerate() {
        let line = row_of(area, u16::try_from(y).unwrap_or(u16::MAX));
        let inside = Rect {
            x: line.x.saturating_add(MARGIN),
            width: line.width.saturating_sub(MARGIN),
            ..line
        };
        painter.put(inside, row, Role::Code);
    }
}

fn texts(painter: &mut Painter<'_, '_>, qr: &Qr, area: Rect, notice: Option<&str>) {
    let model = painter.model;
    let words = &model.words;
    let company = model.company.value();
    let name = company.map_or("", |company| company.name.as_str());
    let seal = (!qr.has_seal).then(|| words.text("qr-no-seal"));
    let notice = notice.map(|key| words.text(key));
    let rows = [
        (Some(words.text("qr-title")), Role::Title),
        (Some(qr.title.clone()), Role::Text),
        (Some(name.to_owned()), Role::Text),
        (Some(model.rfc().to_owned()), Role::Text),
        (notice, Role::Warning),
        (seal, Role::Warning),
        (Some(qr.url.clone()), Role::Dim),
    ];
    let mut y = 0;
    for (text, role) in rows {
        let Some(text) = text.filter(|text| !text.is_empty()) else {
            continue;
        };
        let rest = Rect {
            y: area.y.saturating_add(y),
            height: area.height.saturating_sub(y),
            ..area
        };
        y += painter.wrap(rest, &text, role);
        if role == Role::Title {
            y += 1;
        }
    }
}
