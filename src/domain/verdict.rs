//! What the fiscal rules come to on a document, and how long that holds.
//!
//! A verdict is a claim. What was not judged, or was judged by what has changed since, has none.

use jiff::Timestamp;

/// What a list of findings comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Nothing was found. It is no promise: some rules only the SAT can judge.
    Ok,
    /// Warnings only.
    Warning,
    /// At least one error.
    Error,
}

impl Verdict {
    /// As the JSON result says it.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Ok => "ok",
            Verdict::Warning => "warning",
            Verdict::Error => "error",
        }
    }
}

/// A verdict, and the moment from which on it may turn by the clock alone (the 72 hours, a new year).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// What the rules said.
    pub verdict: Verdict,
    /// Before this moment it holds; from then on nothing is known until it is judged again.
    pub until: Timestamp,
}

/// How the unstamped documents of a kind stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Readiness {
    /// Nothing was found against them.
    pub ready: usize,
    /// With warnings only.
    pub warnings: usize,
    /// With errors that bar the stamp.
    pub errors: usize,
    /// Not judged yet: no claim.
    pub unjudged: usize,
    /// The moment from which on the first of these verdicts may turn; none where there is no verdict.
    pub until: Option<Timestamp>,
}

impl Readiness {
    /// How many documents these are in all.
    pub fn unstamped(&self) -> usize {
        self.ready + self.warnings + self.errors + self.unjudged
    }

    /// Leaves out one document with this verdict, or with none.
    pub fn leave_out(&mut self, verdict: Option<Verdict>) {
        let count = match verdict {
            Some(Verdict::Ok) => &mut self.ready,
            Some(Verdict::Warning) => &mut self.warnings,
            Some(Verdict::Error) => &mut self.errors,
            None => &mut self.unjudged,
        };
        *count = count.saturating_sub(1);
    }

    /// Whether every number still holds at this moment.
    pub fn holds(&self, now: Timestamp) -> bool {
        self.until.is_none_or(|until| now < until)
    }
}
