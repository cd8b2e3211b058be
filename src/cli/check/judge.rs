//! From a value of the input to the judgement on it.
//!
//! The rules are those of the room `sat`; here it is only decided what they can be asked, and at what time of day.

use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::form::Problems;
use super::format;
use super::json::Json;
use crate::domain::draft::Draft;
use crate::domain::verdict::Verdict;
use crate::sat::catalogs::Catalogs;
use crate::sat::catalogs::zips::Zone;
use crate::sat::finding::Finding;
use crate::sat::rules::{Knowledge, validate};
use crate::sat::{self, Totals, standing};

/// When the drafts are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Now {
    /// An instant; each draft sees it on the clock of its issue place.
    Instant(Timestamp),
    /// What the clock shows at every issue place.
    Clock(DateTime),
}

/// The text is neither an instant nor a time of a clock.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("2026-03-18T12:00:00, 2026-03-18T12:00:00-06:00")]
pub struct NotATime;

impl FromStr for Now {
    type Err = NotATime;

    /// With a zone or an offset it is an instant, without one a time of a clock.
    fn from_str(text: &str) -> Result<Self, NotATime> {
        text.parse()
            .map(Self::Instant)
            .or_else(|_| text.parse().map(Self::Clock))
            .map_err(|_: jiff::Error| NotATime)
    }
}

impl Now {
    /// The time on the clock of a zone.
    ///
    /// # Errors
    /// Where the zone is not in the time zone database.
    fn at(self, zone: Zone) -> Result<DateTime, jiff::Error> {
        match self {
            Self::Instant(instant) => Ok(instant.in_tz(zone.iana())?.datetime()),
            Self::Clock(time) => Ok(time),
        }
    }
}

/// What is to be said of one input.
#[derive(Debug)]
pub struct Judgement {
    /// The draft, where all of the input could be read.
    pub draft: Option<Draft>,
    /// The id that the input gives.
    pub id: Option<String>,
    /// What is wrong with its form first, then what the rules find, in their order.
    pub findings: Vec<Finding>,
    /// Nothing where an amount is not known or does not fit.
    pub totals: Option<Totals>,
    /// The time at the issue place by which the draft was judged.
    pub now: DateTime,
}

impl Judgement {
    /// What the findings come to.
    pub fn verdict(&self) -> Verdict {
        Verdict::of(&self.findings)
    }
}

/// Judges an input.
///
/// # Errors
/// Where the zone of the issue place is not in the time zone database.
pub fn judge(input: Json, catalogs: &Catalogs, now: Now) -> Result<Judgement, jiff::Error> {
    let (draft, problems) = format::read(input);
    weigh(draft, problems, catalogs, now)
}

/// Judges a draft that no text was read for.
///
/// # Errors
/// As [`judge`].
pub fn judge_draft(draft: Draft, catalogs: &Catalogs, now: Now) -> Result<Judgement, jiff::Error> {
    weigh(Some(draft), Problems::default(), catalogs, now)
}

fn weigh(
    draft: Option<Draft>,
    problems: Problems,
    catalogs: &Catalogs,
    now: Now,
) -> Result<Judgement, jiff::Error> {
    let zone = draft
        .as_ref()
        .map_or(Zone::Centro, |draft| standing::zone(draft, catalogs));
    let now = now.at(zone)?;
    let Some(mut draft) = draft else {
        return Ok(Judgement {
            draft: None,
            id: None,
            findings: problems.into_findings(),
            totals: None,
            now,
        });
    };
    let id = draft.id.clone();
    let amounts_are_known = !problems.spoils("lines") && !problems.spoils("currency");
    if !amounts_are_known {
        // Ours would be wrong, so that there is nothing to compare.
        draft.server_total = None;
    }
    let mut found = validate(&draft, catalogs, now, &Knowledge::default());
    found.retain(|finding| !problems.spoils(&finding.path.to_string()));
    let totals = sat::totals(&draft, catalogs)
        .ok()
        .filter(|totals| amounts_are_known && totals.left_out.is_empty());
    let is_whole = problems.is_empty();
    let mut findings = problems.into_findings();
    findings.append(&mut found);
    Ok(Judgement {
        draft: is_whole.then_some(draft),
        id,
        findings,
        totals,
        now,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    #[test]
    fn a_time_without_a_zone_is_that_of_the_issue_place_whatever_its_zone() {
        let clock: Now = "2026-03-18T12:00:00".parse().unwrap();
        let noon = datetime(2026, 3, 18, 12, 0, 0, 0);
        assert_eq!(clock, Now::Clock(noon));
        for zone in [Zone::Centro, Zone::Noroeste, Zone::Sureste] {
            assert_eq!(clock.at(zone).unwrap(), noon);
        }
    }

    #[test]
    fn an_instant_is_read_on_the_clock_of_the_issue_place() {
        for text in [
            "2026-03-18T18:00:00Z",
            "2026-03-18T12:00:00-06:00",
            "2026-03-18T12:00:00-06:00[America/Mexico_City]",
        ] {
            let now: Now = text.parse().unwrap();
            for (zone, hour) in [
                (Zone::Centro, 12),
                // Under the summer time of the United States since 8 March.
                (Zone::CentroFrontera, 13),
                (Zone::Pacifico, 11),
                (Zone::Noroeste, 11),
                (Zone::Sureste, 13),
            ] {
                assert_eq!(now.at(zone).unwrap().hour(), hour, "{text} {zone:?}");
            }
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in ["", "mañana", "18/03/2026", "2026-02-30T00:00:00", "12:00"] {
            assert_eq!(text.parse::<Now>(), Err(NotATime), "{text}");
        }
    }
}
