//! What is said of the drafts: lines of JSON for programs, a few lines of text for people.
//!
//! Texts of the input are shown as texts: what could move the cursor or turn the writing around is written out.

use serde::Serialize;

use super::judge::Judgement;
use crate::domain::money::Money;
use crate::domain::verdict::Verdict;
use crate::sat::Totals;
use crate::sat::finding::{Finding, Level};
use crate::words::{Words, amount, count};

/// Longest text that is shown to people whole.
const LONGEST: usize = 500;

/// The result on one draft, as programs read it.
#[derive(Serialize)]
struct JsonResult<'a> {
    id: Option<&'a str>,
    verdict: &'static str,
    findings: Vec<JsonFinding>,
    totals: Option<JsonTotals>,
}

#[derive(Serialize)]
struct JsonFinding {
    code: &'static str,
    level: &'static str,
    path: String,
    message: String,
    hint: String,
}

#[derive(Serialize)]
struct JsonTotals {
    subtotal: String,
    discount: String,
    transferred: String,
    withheld: String,
    total: String,
}

impl JsonFinding {
    fn of(finding: &Finding, words: &Words) -> Self {
        Self {
            code: finding.code(),
            level: match finding.level() {
                Level::Error => "error",
                Level::Warning => "warning",
            },
            path: finding.path.to_string(),
            message: words.finding_message(finding),
            hint: words.finding_hint(finding),
        }
    }
}

impl JsonTotals {
    /// Amounts with the decimals of their currency.
    fn of(totals: &Totals) -> Self {
        let written = |amount: Money| {
            let mut amount = amount.decimal();
            amount.rescale(totals.decimals);
            amount.to_string()
        };
        Self {
            subtotal: written(totals.subtotal),
            discount: written(totals.discount),
            transferred: written(totals.transferred),
            withheld: written(totals.withheld),
            total: written(totals.total),
        }
    }
}

/// The result as one line of JSON.
///
/// # Errors
/// None in practice: it is made of texts.
pub fn json_line(judgement: &Judgement, words: &Words) -> serde_json::Result<String> {
    let findings = judgement.findings.iter();
    serde_json::to_string(&JsonResult {
        id: judgement.id.as_deref(),
        verdict: judgement.verdict().as_str(),
        findings: findings
            .map(|finding| JsonFinding::of(finding, words))
            .collect(),
        totals: judgement.totals.as_ref().map(JsonTotals::of),
    })
}

/// What a draft of an input is called: its id, or its place, counted from 1.
pub fn name(id: Option<&str>, nth: usize, words: &Words) -> String {
    match id {
        None | Some("") => words.with("cli-check-nth", &[("number", count(nth).as_str().into())]),
        Some(id) => id.to_owned(),
    }
}

/// The result for people on a draft that is called so.
pub fn for_people(judgement: &Judgement, name: &str, words: &Words) -> String {
    let name = plain(name);
    let verdict = words.text(match judgement.verdict() {
        Verdict::Ok => "cli-check-ok",
        Verdict::Warning => "cli-check-warnings",
        Verdict::Error => "cli-check-errors",
    });
    let total = amount(judgement.totals.as_ref().map(|totals| totals.total));
    let mut text = format!("{name} · {verdict} · {total}\n");
    for finding in &judgement.findings {
        let level = words.text(match finding.level() {
            Level::Error => "cli-check-error",
            Level::Warning => "cli-check-warning",
        });
        let path = plain(&finding.path.to_string());
        let place = if path.is_empty() { "—" } else { &path };
        let (message, hint) = (words.finding(finding), words.finding_hint(finding));
        text.push_str(&format!("  {level} · {place} · {}\n", plain(&message)));
        if !hint.is_empty() {
            text.push_str(&format!("    {}\n", plain(&hint)));
        }
    }
    text
}

/// How many drafts came out how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    ok: usize,
    warnings: usize,
    errors: usize,
}

impl Tally {
    /// Counts one more draft.
    pub fn add(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Ok => self.ok += 1,
            Verdict::Warning => self.warnings += 1,
            Verdict::Error => self.errors += 1,
        }
    }

    /// How many there were.
    pub fn drafts(self) -> usize {
        self.ok + self.warnings + self.errors
    }

    /// Whether one of them must not be stamped.
    pub fn has_errors(self) -> bool {
        self.errors > 0
    }

    /// The last lines for people: the numbers, and what no program can know.
    pub fn for_people(self, words: &Words) -> String {
        let numbers = words.with(
            "cli-check-tally",
            &[
                ("drafts", self.drafts().into()),
                ("errors", self.errors.into()),
                ("warnings", self.warnings.into()),
                ("ok", self.ok.into()),
            ],
        );
        format!("\n{numbers}\n{}\n", words.text("cli-check-only-the-sat"))
    }
}

/// A text as it can be shown on a terminal: on one line, of a length that can be read, without orders to the terminal.
pub(in crate::cli) fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len().min(LONGEST));
    for (idx, letter) in text.chars().enumerate() {
        if idx == LONGEST {
            shown.push('…');
            break;
        }
        match letter {
            // Marks that turn the direction of the writing are no control characters to `char`.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                shown.extend(letter.escape_unicode());
            }
            _ if letter.is_control() => shown.extend(letter.escape_default()),
            _ => shown.push(letter),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_to_the_terminal_are_written_out() {
        assert_eq!(
            plain("a\u{1b}[2J\nb\u{9b}c\u{202e}d Ñ 🧾"),
            "a\\u{1b}[2J\\nb\\u{9b}c\\u{202e}d Ñ 🧾"
        );
        assert_eq!(plain(&"x".repeat(10_000)).chars().count(), LONGEST + 1);
    }

    #[test]
    fn one_error_is_enough() {
        let mut tally = Tally::default();
        tally.add(Verdict::Ok);
        tally.add(Verdict::Warning);
        assert!(!tally.has_errors());
        tally.add(Verdict::Error);
        assert!(tally.has_errors());
        assert_eq!(tally.drafts(), 3);
    }
}
