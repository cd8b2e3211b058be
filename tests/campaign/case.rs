//! One case: an act, a point, a seed. The seed chooses the rest, so that its name alone brings it back.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use fastrand::Rng;
use timbra::sandbox::Idempotency;

use crate::acts::{ACTS, Act, Matter};
use crate::ground::Ground;
use crate::judge;
use crate::points::{self, Blow, POINTS, Point, READINGS};
use crate::seat::{Manner, Seat};
use crate::site::{self, House, Site};
use crate::template::TEMPLATE;

/// How time passes after the blow: so that every read-back becomes due, and the last one begins after the limit.
const WAITS: [Duration; 7] = [
    Duration::from_secs(2),
    Duration::from_secs(3),
    Duration::from_secs(5),
    Duration::from_secs(10),
    Duration::from_secs(25),
    Duration::from_secs(50),
    Duration::from_secs(10),
];

/// The gateway's own limit: whatever is done late is done within it.
const LATEST: u64 = 60_000;

/// A case.
#[derive(Clone, Copy)]
pub struct Case {
    pub act: &'static Act,
    pub point: &'static Point,
    pub seed: u64,
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.act.name, self.point.name, self.seed)
    }
}

/// All cases, without an end: every act at every point, then the same with the next seed.
pub fn all() -> impl Iterator<Item = Case> {
    (0..).flat_map(|seed| {
        let pairs = ACTS
            .iter()
            .flat_map(|act| POINTS.iter().map(move |point| (act, point)));
        let fitting = pairs.filter(|(act, point)| fits(act, point));
        fitting.map(move |(act, point)| Case { act, point, seed })
    })
}

/// The case of this name.
pub fn named(name: &str) -> Option<Case> {
    let mut parts = name.split('/');
    let (act, point, seed) = (parts.next()?, parts.next()?, parts.next()?);
    Some(Case {
        act: ACTS.iter().find(|row| row.name == act)?,
        point: POINTS.iter().find(|row| row.name == point)?,
        seed: seed.parse().ok()?,
    })
}

fn fits(act: &Act, point: &Point) -> bool {
    !matches!(point.blow, Blow::Colleague) || act.colleague.is_some()
}

impl Case {
    /// Plays it; what does not hold afterwards.
    pub fn play(&self, ground: &Ground) -> Result<(), String> {
        let played = catch_unwind(AssertUnwindSafe(|| Play::begin(self, ground).go()));
        played.unwrap_or_else(|panic| {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            Err(format!("it broke: {}", text.unwrap_or_default()))
        })
    }

    fn rng(&self) -> Rng {
        let name = format!("{}/{}", self.act.name, self.point.name);
        let mixed = name.bytes().fold(self.seed, |mixed, byte| {
            (mixed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Rng::with_seed(mixed)
    }
}

/// A case while it is played.
struct Play<'a> {
    act: &'static Act,
    blow: Blow,
    rng: Rng,
    site: Site<'a>,
    matter: Matter,
    /// Whether somebody tries the same again whenever time has passed.
    insists: bool,
    /// Whether the program is started anew right after the blow, as after every kill.
    starts_anew: bool,
    /// After which wait it is killed once more.
    killed_again: Option<usize>,
}

impl<'a> Play<'a> {
    fn begin(case: &Case, ground: &'a Ground) -> Self {
        let mut rng = case.rng();
        let house = House {
            keys: pick(
                &mut rng,
                &[
                    Idempotency::Refuse,
                    Idempotency::Honour,
                    Idempotency::Ignore,
                ],
            ),
            // Where a colleague stamps in the same moment only the server itself can prevent a second folio.
            careless: true,
        };
        Self {
            act: case.act,
            blow: case.point.blow,
            matter: (case.act.choose)(&mut rng),
            insists: rng.bool(),
            starts_anew: rng.bool(),
            killed_again: (rng.u32(..4) == 0).then(|| rng.usize(..WAITS.len())),
            site: Site::open(ground, &TEMPLATE, house),
            rng,
        }
    }

    fn go(mut self) -> Result<(), String> {
        let manner = match self.blow {
            Blow::TimeLimit(_) | Blow::PowerAfterLoss => site::hasty(),
            Blow::DiskFull => Manner {
                room: Some(self.rng.u32(..6)),
                ..site::swift()
            },
            _ => site::swift(),
        };
        let mut seat = self.site.seat(manner);
        (self.act.approach)(&mut seat, &self.matter);
        // What is typed is on disk within a second.
        self.site.advance(Duration::from_secs(1));
        seat.settle();
        if self.rng.u32(..3) == 0 {
            self.plant_at_readings();
        }
        let mut seats = self.strike(seat);
        self.wait_out(&mut seats)?;
        drop(seats);
        self.site.clear_faults();
        self.recover()
    }

    /// Some reading from here on goes wrong.
    fn plant_at_readings(&mut self) {
        for _ in 0..self.rng.u32(1..4) {
            let mut fault: serde_json::Value =
                serde_json::from_str(pick(&mut self.rng, READINGS)).expect("a fault");
            fault["method"] = "GET".into();
            fault["nth"] = self.rng.u32(1..15).into();
            self.site.fault(&fault);
        }
    }

    fn plant_at_act(&mut self, fault: &str) {
        if !fault.is_empty() {
            let late = self.rng.u64(..LATEST);
            self.site
                .fault(&points::at_act(fault, self.act.sends, late));
        }
    }

    /// The last key, and what happens to it. Gives the programs that live on, which may be others than before.
    fn strike(&mut self, mut seat: Seat) -> Vec<Seat> {
        let commit = self.act.commit;
        let before = self.site.log_length();
        match self.blow {
            Blow::Answer(fault) => {
                self.plant_at_act(fault);
                seat.press(commit).settle();
            }
            Blow::Stranger => {
                self.site.fault(&points::stranger(self.act.sends));
                seat.press(commit).settle();
            }
            Blow::TimeLimit(fault) => {
                self.plant_at_act(fault);
                seat.press(commit).settle();
            }
            Blow::Killed(fault) => {
                self.send_and_hang(&mut seat, fault);
                return vec![self.anew(seat)];
            }
            Blow::PowerBefore => {
                self.send_and_hang(&mut seat, r#"{"when":"before","do":"hang"}"#);
                let now = self.site.log_length();
                return vec![self.without_power(seat, before, now)];
            }
            Blow::PowerAfterLoss => {
                self.send_and_hang(&mut seat, r#"{"when":"after","do":"hang"}"#);
                let sent = self.site.log_length();
                seat.settle();
                self.site.advance(WAITS[0]);
                seat.settle();
                let now = self.site.log_length();
                return vec![self.without_power(seat, sent, now)];
            }
            Blow::PowerAfterAnswer => {
                seat.press(commit).settle();
                let now = self.site.log_length();
                let company = seat.model.company_id.clone();
                let commits = self.site.commits_from(before);
                let sent = (commits.into_iter()).find(|end| self.site.is_sent_at(&company, *end));
                return vec![self.without_power(seat, sent.unwrap_or(before), now)];
            }
            Blow::NobodyThere => {
                self.site.close();
                seat.press(commit).settle();
                self.site.reopen();
            }
            // There is no room for the form either: where it could not be kept, only the program that shows it has it.
            Blow::DiskFull => {
                seat.press(commit).settle();
                return vec![seat];
            }
            Blow::TwoPrograms(fault) => {
                let mut other = self.site.seat(site::swift());
                (self.act.beside)(&mut other, &self.matter);
                self.plant_at_act(fault);
                seat.press(commit);
                other.press(commit);
                seat.settle();
                other.settle();
                return vec![seat, other];
            }
            Blow::Colleague => {
                if let Some(meddle) = self.act.colleague {
                    meddle(&mut self.rng, &self.site, &self.matter);
                }
                seat.press(commit).settle();
            }
        }
        match self.starts_anew {
            true => vec![self.anew(seat)],
            false => vec![seat],
        }
    }

    /// Presses the last key and waits until the request has come to the sandbox, which will not answer it.
    fn send_and_hang(&mut self, seat: &mut Seat, fault: &str) {
        self.plant_at_act(fault);
        seat.press(self.act.commit);
        seat.until(|| self.site.heard(self.act.sends));
    }

    /// The program is killed; a fresh one takes the folder. What was to go wrong at the act has, or it never left.
    fn anew(&mut self, seat: Seat) -> Seat {
        drop(seat);
        self.site.clear_faults();
        if self.rng.u32(..3) == 0 {
            self.plant_at_readings();
        }
        self.site.seat(site::swift())
    }

    /// The power goes while a byte between these two places of the log is written.
    fn without_power(&mut self, seat: Seat, from: usize, to: usize) -> Seat {
        let cut = self.rng.usize(from..=to.max(from));
        let cache_survives = self.rng.bool();
        self.site.lose_power(cut, cache_survives);
        self.anew(seat)
    }

    /// Time passes; every read-back is made, and somebody who insists is barred or heard.
    fn wait_out(&mut self, seats: &mut Vec<Seat>) -> Result<(), String> {
        for (place, wait) in WAITS.into_iter().enumerate() {
            self.site.advance(wait);
            for seat in seats.iter_mut() {
                seat.settle();
                if self.insists {
                    (self.act.again)(seat, &self.matter);
                }
            }
            judge::at_most_once(self.act, &self.site, &self.matter)
                .map_err(|why| format!("after {} waits {why}", place + 1))?;
            if self.killed_again == Some(place)
                && let Some(seat) = seats.pop()
            {
                seats.push(self.anew(seat));
            }
        }
        Ok(())
    }

    /// Whether there was no room for what was typed: then only the program that showed it had it.
    fn may_be_forgotten(&self) -> bool {
        matches!(self.blow, Blow::DiskFull) && self.matter.ids.is_empty()
    }

    /// A fresh program on the same folder, and everything that has to be true now.
    fn recover(mut self) -> Result<(), String> {
        let mut seat = self.site.seat(site::swift());
        // What was tried again at the last moment has its own time to be settled in.
        for wait in WAITS {
            if seat.model.unsettled().is_empty() {
                break;
            }
            self.site.advance(wait);
            seat.settle();
        }
        let (act, site, matter) = (self.act, &self.site, &self.matter);
        if matches!(self.blow, Blow::TwoPrograms(_)) {
            // The form of the second program may be kept still; whoever saves it learns that it is saved.
            (act.again)(&mut seat, matter);
        }
        let done = judge::at_most_once(act, site, matter)?;
        judge::outbox_is_true(&seat, site)?;
        if done == 0 && self.may_be_forgotten() {
            return Ok(());
        }
        (act.shown)(&mut seat, site, matter)?;
        // Whoever tries once more gets it done, or learns that it is.
        (act.again)(&mut seat, matter);
        let then =
            judge::at_most_once(act, site, matter).map_err(|why| format!("tried again, {why}"))?;
        if then == 0 && !(act.over)(site, matter) {
            return Err(format!("it was done {done} times and cannot be done again"));
        }
        judge::outbox_is_true(&seat, site)?;
        (act.shown)(&mut seat, site, matter)
    }
}

fn pick<T: Copy>(rng: &mut Rng, among: &[T]) -> T {
    among[rng.usize(..among.len())]
}
