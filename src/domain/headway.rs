//! How a long reading gets ahead: how much of it is done, how fast it goes, and how much time is left.
//!
//! What nobody can know yet is absent: a rate before some time has passed, the time left before it is known how much
//! there is.

use std::collections::VecDeque;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// How a long reading gets ahead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Headway {
    /// Records that were read, those of an earlier part of the same reading among them.
    pub done: usize,
    /// How many there are, where that is known.
    pub all: Option<usize>,
    /// Records in a minute, as it went lately, and no more than can go on.
    pub a_minute: Option<usize>,
    /// What the rest takes at this rate.
    pub left: Option<Duration>,
}

/// The rate is that of so much time: long enough for a server that lets some requests pass at once and then one by one.
const LATELY: SignedDuration = SignedDuration::from_secs(30);

/// Before so much time has passed a rate would be that of the first requests.
const LEAST: SignedDuration = SignedDuration::from_secs(3);

/// Measures a reading.
#[derive(Clone, Debug)]
pub struct Meter {
    /// How much was done when, the latest last.
    marks: VecDeque<(Timestamp, usize)>,
    /// Records in a minute that can be had in the long run, where anything limits them.
    most: Option<usize>,
}

impl Meter {
    /// A reading that goes on now, with so many records read before.
    pub fn begin(at: Timestamp, done: usize) -> Self {
        Self {
            marks: VecDeque::from([(at, done)]),
            most: None,
        }
    }

    /// In the long run no more than so many records come in a minute, however fast the first of them did: nobody is
    /// promised what the burst of a beginning cannot keep.
    pub fn limit(&mut self, most: Option<usize>) {
        self.most = most;
    }

    /// So many records of so many are read.
    pub fn reached(&mut self, at: Timestamp, done: usize, all: Option<usize>) -> Headway {
        let goes_back = |mark: &(Timestamp, usize)| mark.0 > at || mark.1 > done;
        if self.marks.back().is_some_and(goes_back) {
            // The clock was set back, or the reading began again: what was measured says nothing of now.
            self.marks.clear();
        }
        self.marks.push_back((at, done));
        // One mark that is older than all the others is where the time begins.
        let is_old = |mark: &(Timestamp, usize)| at.duration_since(mark.0) >= LATELY;
        while self.marks.get(1).is_some_and(is_old) {
            self.marks.pop_front();
        }
        let all = all.filter(|all| *all >= done);
        let measured = self.a_minute(at, done).filter(|rate| *rate > 0);
        let a_minute = measured.map(|rate| self.most.map_or(rate, |most| rate.min(most.max(1))));
        let left = all.zip(a_minute).map(|(all, a_minute)| {
            let seconds = (all - done).saturating_mul(60).div_ceil(a_minute);
            Duration::from_secs(u64::try_from(seconds).unwrap_or(u64::MAX))
        });
        Headway {
            done,
            all,
            a_minute,
            left,
        }
    }

    fn a_minute(&self, at: Timestamp, done: usize) -> Option<usize> {
        let (since, before) = self.marks.front()?;
        let took = at.duration_since(*since);
        if took < LEAST {
            return None;
        }
        let took = usize::try_from(took.as_millis()).ok()?;
        (done - before).saturating_mul(60_000).checked_div(took)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_780_000_000 + seconds).expect("a time")
    }

    #[test]
    fn the_rate_is_that_of_the_last_half_minute_and_the_rest_takes_as_long() {
        let mut meter = Meter::begin(at(0), 0);
        // Ten pages at once, then one every half second.
        assert_eq!(meter.reached(at(0), 300, Some(9_000)).a_minute, None);
        let mut headway = Headway::default();
        for second in 1..=60 {
            let done = 300 + usize::try_from(second).expect("a count") * 60;
            headway = meter.reached(at(second), done, Some(9_000));
        }
        assert_eq!((headway.done, headway.all), (3_900, Some(9_000)));
        assert_eq!(headway.a_minute, Some(3_600));
        assert_eq!(headway.left, Some(Duration::from_secs(85)));
    }

    #[test]
    fn the_burst_of_the_beginning_promises_no_more_than_the_limit_keeps() {
        // Ten pages of thirty at once, then two in a second, of 120 pages a minute that are allowed.
        let mut meter = Meter::begin(at(0), 0);
        meter.limit(Some(3_600));
        meter.reached(at(0), 300, Some(100_000));
        for second in 3..=90 {
            let done = 300 + usize::try_from(second).expect("a count") * 60;
            let headway = meter.reached(at(second), done, Some(100_000));
            assert_eq!(headway.a_minute, Some(3_600), "after {second} s");
            let least = u64::try_from((100_000 - done).div_ceil(60)).expect("seconds");
            assert_eq!(headway.left, Some(Duration::from_secs(least)));
        }
        // What goes slower than it may is measured as before.
        let mut slow = Meter::begin(at(0), 0);
        slow.limit(Some(3_600));
        assert_eq!(slow.reached(at(10), 100, None).a_minute, Some(600));
    }

    #[test]
    fn what_is_not_known_is_not_said() {
        let mut meter = Meter::begin(at(0), 600);
        let first = meter.reached(at(2), 630, None);
        assert_eq!((first.a_minute, first.left), (None, None));
        let later = meter.reached(at(10), 650, None);
        assert_eq!((later.a_minute, later.left), (Some(300), None));
        // More than there were the last time: how many there are now nobody knows.
        let more = meter.reached(at(11), 660, Some(655));
        assert_eq!((more.all, more.left), (None, None));
        // Where nothing comes, nobody can tell when it ends.
        let mut still = Meter::begin(at(0), 600);
        assert_eq!(still.reached(at(30), 600, Some(700)).left, None);
    }

    #[test]
    fn a_clock_that_is_set_back_and_a_reading_that_begins_again_are_measured_anew() {
        let mut meter = Meter::begin(at(0), 0);
        meter.reached(at(10), 600, Some(1_000));
        assert_eq!(meter.reached(at(-7_200), 630, Some(1_000)).a_minute, None);
        assert_eq!(
            meter.reached(at(-7_190), 680, Some(1_000)).a_minute,
            Some(300)
        );
        assert_eq!(meter.reached(at(-7_180), 30, Some(1_000)).a_minute, None);
    }
}
