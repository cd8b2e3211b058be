//! How far a long reading is, in words: what is not known is left out.

use std::time::Duration;

use super::{Words, count};
use crate::domain::headway::Headway;

impl Words {
    /// «600 de 5,000», or «600» where nobody knows how many there are.
    pub fn done(&self, headway: &Headway) -> String {
        let done = count(headway.done);
        match headway.all {
            Some(all) => self.with(
                "n-of-m",
                &[
                    ("n", done.as_str().into()),
                    ("m", count(all).as_str().into()),
                ],
            ),
            None => done,
        }
    }

    /// «3,600 por min», where a rate is known.
    pub fn rate(&self, a_minute: Option<usize>) -> Option<String> {
        let rate = count(a_minute?);
        Some(self.with("walk-rate", &[("n", rate.as_str().into())]))
    }

    /// «faltan 12 min», where that is known.
    pub fn left(&self, left: Option<Duration>) -> Option<String> {
        Some(self.with("walk-left", &[("time", span(left?).as_str().into())]))
    }

    /// All of it: «600 de 5,000 · 3,600 por min · faltan 12 min».
    pub fn headway(&self, headway: &Headway) -> String {
        let parts = [
            Some(self.done(headway)),
            self.rate(headway.a_minute),
            self.left(headway.left),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

/// `40 s`, `12 min`, `1 h 05 min`, rounded up: whoever waits is not told too little.
fn span(time: Duration) -> String {
    let seconds = time.as_secs();
    let minutes = seconds.div_ceil(60);
    match (seconds, minutes) {
        (..60, _) => format!("{seconds} s"),
        (_, ..60) => format!("{minutes} min"),
        _ => format!("{} h {:02} min", minutes / 60, minutes % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn a_time_is_told_as_people_say_it() {
        for (seconds, told) in [
            (0, "0 s"),
            (59, "59 s"),
            (60, "1 min"),
            (61, "2 min"),
            (3_540, "59 min"),
            (3_541, "1 h 00 min"),
            (39_600, "11 h 00 min"),
        ] {
            assert_eq!(span(Duration::from_secs(seconds)), told);
        }
    }

    #[test]
    fn what_is_not_known_is_not_said() {
        let words = Words::new(Lang::Es);
        let mut headway = Headway {
            done: 1_230,
            ..Headway::default()
        };
        assert_eq!(words.headway(&headway), "1,230");
        headway.a_minute = Some(3_600);
        assert_eq!(words.headway(&headway), "1,230 · 3,600 por min");
        headway.all = Some(100_000);
        headway.left = Some(Duration::from_secs(1_646));
        assert_eq!(
            words.headway(&headway),
            "1,230 de 100,000 · 3,600 por min · faltan 28 min"
        );
    }
}
