//! A workbook: amounts that can be summed, days that can be sorted, texts that are never formulas.

use color_eyre::eyre;
use rust_xlsxwriter::{Format, Workbook};

use super::super::kept::Kept;
use super::columns::{Cell, Column};
use crate::domain::record::Record;
use crate::sat::catalogs::Catalogs;

/// Rows of a sheet, its head included; no program opens more.
const MOST_ROWS: usize = 1_048_576;

/// The workbook as the bytes of its file.
///
/// # Errors
/// More records than a sheet has rows, or what keeps it from being made.
pub(super) fn workbook(
    kept: &Kept<'_>,
    columns: &[Column],
    catalogs: &Catalogs,
    records: &[Record],
) -> eyre::Result<Vec<u8>> {
    let words = kept.words();
    if records.len() >= MOST_ROWS {
        return Err(kept.refuse("cli-export-too-long"));
    }
    let head = Format::new().set_bold();
    let amount = Format::new().set_num_format("#,##0.00####");
    let number = Format::new().set_num_format("0.######");
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_freeze_panes(1, 0)?;
    for (place, column) in (0_u16..).zip(columns) {
        sheet.write_string_with_format(0, place, column.head(words), &head)?;
    }
    for (row, record) in (1_u32..).zip(records) {
        for (place, column) in (0_u16..).zip(columns) {
            match column.cell(record, words, catalogs) {
                Cell::Nothing => {}
                Cell::Text(text) => {
                    sheet.write_string(row, place, text)?;
                }
                Cell::Amount(value) => {
                    sheet.write_with_format(row, place, value.decimal(), &amount)?;
                }
                Cell::Number(value) => {
                    sheet.write_with_format(row, place, value, &number)?;
                }
                Cell::Day(value) => {
                    sheet.write_with_format(row, place, &value, &day)?;
                }
            }
        }
    }
    if let (Ok(last), Some(width)) = (
        u32::try_from(records.len()),
        u16::try_from(columns.len())
            .ok()
            .and_then(|width| width.checked_sub(1)),
    ) {
        sheet.autofilter(0, 0, last, width)?;
    }
    sheet.autofit();
    Ok(book.save_to_buffer()?)
}
