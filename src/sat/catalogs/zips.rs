//! Códigos postales as runs of neighbours that share state, border flag and zone.
//!
//! A code that lies in no run is in no catalogue. One that lies in a run proves little: the SAT lists
//! whole blocks.

use super::CatalogError;

/// Where the border stimulus applies (IVA at 8 %).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Border {
    /// Not in a border strip.
    None,
    /// Northern strip.
    North,
    /// Southern strip.
    South,
}

/// The catalogue's word for the hours of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Zone {
    /// Tiempo del Centro, UTC−6.
    Centro,
    /// Tiempo del Centro en Frontera, with the summer time of the United States.
    CentroFrontera,
    /// Tiempo del Pacífico, UTC−7.
    Pacifico,
    /// Tiempo del Noroeste, UTC−8, with the summer time of the United States.
    Noroeste,
    /// Tiempo del Sureste, UTC−5.
    Sureste,
}

impl Zone {
    /// The zone in the IANA database whose clock this is today.
    pub fn iana(self) -> &'static str {
        match self {
            Zone::Centro => "America/Mexico_City",
            Zone::CentroFrontera => "America/Matamoros",
            Zone::Pacifico => "America/Hermosillo",
            Zone::Noroeste => "America/Tijuana",
            Zone::Sureste => "America/Cancun",
        }
    }
}

/// What the catalogue says of one código postal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Zip {
    /// c_Estado, `NLE`.
    pub state: &'static str,
    /// Border strip.
    pub border: Border,
    /// Hours.
    pub zone: Zone,
}

impl Zip {
    /// Whether the catalogue's hour may be off by one: it lags behind the law of 2022 along the border and in
    /// Chihuahua (SAT rules §6). One hour then never bars a stamp.
    pub fn hour_in_doubt(self) -> bool {
        matches!(self.zone, Zone::CentroFrontera | Zone::Noroeste) || self.state == "CHH"
    }
}

#[derive(Debug)]
struct Run {
    first: u32,
    last: u32,
    zip: Zip,
}

/// All runs, sorted, none overlapping.
#[derive(Debug)]
pub(super) struct ZipRuns {
    runs: Vec<Run>,
}

impl ZipRuns {
    /// Reads rows of `first, last, state, flag, zone`.
    pub(super) fn read(text: &'static str) -> Result<Self, CatalogError> {
        text.lines()
            .enumerate()
            .map(|(row, line)| {
                run(line).ok_or(CatalogError::Row {
                    asset: "zips",
                    row: row + 1,
                })
            })
            .collect::<Result<_, _>>()
            .map(|runs| Self { runs })
    }

    pub(super) fn find(&self, code: &str) -> Option<Zip> {
        if code.len() != 5 || !code.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        let number: u32 = code.parse().ok()?;
        let idx = self.runs.partition_point(|run| run.last < number);
        self.runs
            .get(idx)
            .filter(|run| run.first <= number)
            .map(|run| run.zip)
    }

    /// How many códigos postales the runs cover.
    #[cfg(test)]
    pub(super) fn covered(&self) -> u32 {
        self.runs.iter().map(|run| run.last - run.first + 1).sum()
    }
}

fn run(line: &'static str) -> Option<Run> {
    let mut fields = line.split('\t');
    Some(Run {
        first: fields.next()?.parse().ok()?,
        last: fields.next()?.parse().ok()?,
        zip: Zip {
            state: fields.next()?,
            border: match fields.next()? {
                "0" => Border::None,
                "1" => Border::North,
                "2" => Border::South,
                _ => return None,
            },
            zone: match fields.next()? {
                "centro" => Zone::Centro,
                "centro-frontera" => Zone::CentroFrontera,
                "pacifico" => Zone::Pacifico,
                "noroeste" => Zone::Noroeste,
                "sureste" => Zone::Sureste,
                _ => return None,
            },
        },
    })
}
