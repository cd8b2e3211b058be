//! One case: its seed chooses everything, so that the number alone brings it back.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use fastrand::Rng;
use jiff::SignedDuration;
use serde_json::{Value, json};
use timbra::app::WALKED;
use timbra::domain::company::CompanyId;
use timbra::domain::kind::Kind;

use crate::colleague::{Colleague, KINDS};
use crate::ground::Ground;
use crate::program::{End, Fate, Program};
use crate::site::Site;
use crate::truth;

/// How time passes between two things that a person does.
const PAUSES: [u64; 7] = [0, 1, 60, 9 * 60, 11 * 60, 3_600, 13 * 3_600];

/// After so long a refresh reads everything, so that it notices what was deleted.
const PROMISED: Duration = Duration::from_secs(12 * 3_600 + 1);

/// Where rows cannot be read only so many records are asked for by name in a walk, and the others in the next ones.
const ROUNDS: usize = 20;

/// Faults of reading, each struck once or for as long as nobody takes it away.
const FAULTS: [&str; 12] = [
    r#"{"do":"status","status":500}"#,
    r#"{"do":"status","status":502,"body":"<html>Bad Gateway</html>"}"#,
    r#"{"do":"status","status":503,"retry_after":"0"}"#,
    r#"{"do":"status","status":408}"#,
    r#"{"do":"status","status":429,"retry_after":"0","body":{"type_name":"ConnectorRateLimitError"}}"#,
    r#"{"do":"status","status":402,"body":{"type_name":"RequestLimitError"}}"#,
    r#"{"do":"status","status":400,"body":{"type_name":"InvalidCursorError"}}"#,
    r#"{"do":"status","status":200,"body":"<html>maintenance</html>"}"#,
    r#"{"do":"status","status":200,"body":{"status_code":200,"data":{}}}"#,
    r#"{"do":"drop"}"#,
    r#"{"when":"after","do":"cut"}"#,
    r#"{"when":"body","do":"cut"}"#,
];

/// Plays the case of this seed; what does not hold afterwards.
pub fn play(seed: u64, ground: &Ground) -> Result<(), String> {
    let played = catch_unwind(AssertUnwindSafe(|| Play::begin(seed, ground).go()));
    played.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Err(format!("it broke: {}", text.unwrap_or_default()))
    })
}

struct Play<'a> {
    rng: Rng,
    /// Chooses which rows cannot be read, where any cannot.
    odd: Option<Rng>,
    site: Site<'a>,
    kinds: Vec<Kind>,
    deletes: bool,
    colleague: Colleague,
    program: Option<Program>,
    company: CompanyId,
}

impl<'a> Play<'a> {
    fn begin(seed: u64, ground: &'a Ground) -> Self {
        let mut rng = Rng::with_seed(seed);
        let mut site = Site::open(ground, rng.u64(..), rng.u32(5..60));
        // Another stream, so that the other choices of a seed stay what they were.
        let mut odd = Rng::with_seed(!seed);
        site.oddity.shuffled = (odd.u32(..4) == 0).then(|| odd.u64(..));
        let has_unreadable = odd.u32(..3) == 0;
        // A machine whose clock is wrong.
        site.skew = match odd.u32(..4) {
            0 => SignedDuration::from_hours(3),
            1 => -SignedDuration::from_hours(3),
            _ => SignedDuration::ZERO,
        };
        let mut kinds = KINDS.to_vec();
        rng.shuffle(&mut kinds);
        kinds.truncate(rng.usize(1..=2));
        let deletes = rng.u32(..4) > 0;
        let colleague = Colleague::begin(&site, &mut rng, &kinds, deletes);
        let company = site.books().company_id().clone();
        Self {
            rng,
            odd: has_unreadable.then_some(odd),
            site,
            kinds,
            deletes,
            colleague,
            program: None,
            company,
        }
    }

    fn go(mut self) -> Result<(), String> {
        for _ in 0..self.rng.u32(2..5) {
            self.read_while_somebody_works()?;
            for _ in 0..self.rng.u32(..6) {
                self.colleague.meddle(&self.site, &mut self.rng);
            }
            let pause = PAUSES[self.rng.usize(..PAUSES.len())];
            self.site.advance(Duration::from_secs(pause));
            if self.rng.u32(..3) == 0 {
                self.program = None;
                if let Some(odd) = &mut self.odd {
                    self.site.oddity.unreadable = (odd.u32(..4) > 0).then(|| odd.u64(..));
                }
            }
        }
        self.site.clear_faults();
        self.site.advance(Duration::from_secs(1));
        let kinds = self.kinds.clone();
        if !self.deletes && self.odd.is_none() {
            // Whatever was only made and changed, any refresh brings; not a row that can be read now and could not before.
            self.refresh(&kinds)?;
            truth::compare(&self.site, &self.company, &kinds)
                .map_err(|why| format!("after a refresh {why}"))?;
        }
        let rounds = if self.odd.is_some() { ROUNDS } else { 1 };
        let mut compared = Ok(());
        for _ in 0..rounds {
            self.site.advance(PROMISED);
            self.refresh(&WALKED)?;
            compared = truth::compare(&self.site, &self.company, &WALKED);
            if compared.is_ok() {
                break;
            }
        }
        compared
    }

    /// Walks over the kinds while the colleague, the wire and the machine do what they like.
    fn read_while_somebody_works(&mut self) -> Result<(), String> {
        let mut kinds = self.kinds.clone();
        self.rng.shuffle(&mut kinds);
        let busy = self.rng.u32(1..5);
        for kind in kinds {
            let mut program = self
                .program
                .take()
                .unwrap_or_else(|| Program::start(&self.site));
            let (site, rng, colleague) = (&self.site, &mut self.rng, &mut self.colleague);
            let mut faulty = false;
            let before = truth::kept(site, &self.company, kind)?;
            let there = truth::ids(site, kind);
            let end = program.walk(&[kind], |kind| {
                site.clock.advance(Duration::from_millis(rng.u64(1..200)));
                if std::mem::take(&mut faulty) {
                    site.clear_faults();
                }
                if rng.u32(..4) < busy {
                    for _ in 0..rng.u32(1..5) {
                        colleague.meddle(site, rng);
                    }
                }
                if rng.u32(..8) == 0 {
                    site.fault(&fault(rng, kind));
                    faulty = true;
                }
                match rng.u32(..16) {
                    0 => Fate::Killed,
                    _ => Fate::Leaves,
                }
            });
            let is_complete = matches!(&end, End::Rest(troubles) if troubles.is_empty());
            if matches!(end, End::Rest(_)) {
                self.program = Some(program);
            }
            if faulty {
                self.site.clear_faults();
            }
            // What was there when it began and was only changed meanwhile, a walk without trouble has met.
            if is_complete && !self.deletes && self.odd.is_none() {
                truth::has(&self.site, &self.company, kind, &there)?;
            }
            // Whatever was here and is there still is never lost on the way.
            truth::keeps(&self.site, &self.company, kind, &before)?;
        }
        Ok(())
    }

    /// What a person does who wants to see everything as it is.
    fn refresh(&mut self, kinds: &[Kind]) -> Result<(), String> {
        let mut program = self
            .program
            .take()
            .unwrap_or_else(|| Program::start(&self.site));
        match program.walk(kinds, |_| Fate::Leaves) {
            End::Rest(troubles) if troubles.is_empty() => {}
            End::Rest(troubles) => return Err(format!("a quiet refresh failed: {troubles:?}")),
            End::Killed => return Err("nobody killed it".to_owned()),
        }
        self.program = Some(program);
        Ok(())
    }
}

fn fault(rng: &mut Rng, kind: Kind) -> Value {
    let mut fault: Value =
        serde_json::from_str(FAULTS[rng.usize(..FAULTS.len())]).expect("a fault");
    fault["method"] = "GET".into();
    fault["path"] = format!("/accounting/{}*", kind.slug()).into();
    fault["nth"] = json!(rng.u32(..2));
    fault
}
