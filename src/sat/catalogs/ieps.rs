//! Rates and quotas of IEPS. They change with each fiscal year, so they are an asset with a year on it.

use rust_decimal::Decimal;

use super::CatalogError;
use crate::domain::draft::TaxKind;
use crate::domain::money::exact_decimal;

/// The rates of one fiscal year, as fractions (0.08 is 8 %), and the highest quota in pesos per unit.
#[derive(Debug)]
pub struct Ieps {
    year: i16,
    transferred: Vec<Decimal>,
    withheld: Vec<Decimal>,
    highest_quota: Decimal,
}

impl Ieps {
    /// The fiscal year for which the table is right.
    pub fn year(&self) -> i16 {
        self.year
    }

    /// Whether the fraction is a rate of this kind.
    pub fn has_rate(&self, kind: TaxKind, fraction: Decimal) -> bool {
        match kind {
            TaxKind::Transfer => &self.transferred,
            TaxKind::Withholding => &self.withheld,
        }
        .contains(&fraction)
    }

    /// Whether the amount per unit lies in the range of quotas.
    pub fn has_quota(&self, quota: Decimal) -> bool {
        quota >= Decimal::ZERO && quota <= self.highest_quota
    }

    /// Reads `ejercicio` and a year, then `tasa` and `cuota` with a value and the kinds for which it holds.
    pub(super) fn read(text: &str) -> Result<Self, CatalogError> {
        let mut ieps = Self {
            year: 0,
            transferred: Vec::new(),
            withheld: Vec::new(),
            highest_quota: Decimal::ZERO,
        };
        for (row, line) in text.lines().enumerate() {
            ieps.take(line).ok_or(CatalogError::Row {
                asset: "ieps",
                row: row + 1,
            })?;
        }
        Ok(ieps)
    }

    fn take(&mut self, line: &str) -> Option<()> {
        let (word, rest) = line.split_once('\t')?;
        let mut fields = rest.split('\t');
        let value = fields.next()?;
        match word {
            "ejercicio" => self.year = value.parse().ok()?,
            "cuota" => self.highest_quota = exact_decimal(value)?,
            "tasa" => {
                let fraction = exact_decimal(value)?;
                for kind in fields {
                    match kind {
                        "traslado" => self.transferred.push(fraction),
                        "retencion" => self.withheld.push(fraction),
                        _ => return None,
                    }
                }
            }
            _ => return None,
        }
        Some(())
    }
}
