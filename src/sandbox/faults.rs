//! Planted faults: what goes wrong, at which request, and at which moment of it.
//!
//! A fault is chosen by method, path and count, so that a test says exactly which request fails. It may
//! strike before the act, after it (the act is done and its answer lost), late (the answer is lost now
//! and the act is done only later, by the sandbox's clock), or in the body of the answer.

use std::collections::VecDeque;
use std::str::FromStr;

use serde::Deserialize;
use serde_json::Value;

use super::options::SandboxError;

/// One planted fault, as one JSON object.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// The HTTP method; any if absent.
    pub method: Option<String>,
    /// The path, or for the Proxy the native path after the version (`/invoices/6/open`); `*` stands for
    /// any run of characters. Any path if absent.
    pub path: Option<String>,
    /// Which of the matching requests it strikes, from 1; 0 strikes each of them.
    #[serde(default = "first")]
    pub nth: u32,
    /// At which moment.
    #[serde(default)]
    pub when: When,
    /// What happens.
    #[serde(default, rename = "do")]
    pub action: Action,
    /// The status of a `status` fault.
    #[serde(default = "server_error")]
    pub status: u16,
    /// The body of a `status` fault; text is sent as it is, anything else as JSON.
    pub body: Option<Value>,
    /// How long a `hang` lasts before the line is cut (for ever if absent), or how long after the
    /// answer a `late` act is done.
    pub delay_ms: Option<u64>,
    /// The `Retry-After` header of a `status` fault.
    pub retry_after: Option<String>,
}

/// The moment at which a fault strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum When {
    /// Nothing is done.
    #[default]
    Before,
    /// The act is done, its answer is lost.
    After,
    /// The answer is lost now, the act is done later.
    Late,
    /// The act is done, its status arrives, its body does not.
    Body,
}

/// What a fault does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Answers with a status and a body of its own.
    #[default]
    Status,
    /// Answers nothing.
    Hang,
    /// Hangs up.
    Drop,
    /// Hangs up in the middle of the answer.
    Cut,
}

fn first() -> u32 {
    1
}

fn server_error() -> u16 {
    500
}

impl FromStr for Fault {
    type Err = serde_json::Error;

    fn from_str(line: &str) -> Result<Self, Self::Err> {
        serde_json::from_str(line)
    }
}

impl Fault {
    /// Reads a file of faults, one JSON object a line; blank lines are skipped.
    pub fn parse_lines(text: &str) -> Result<Vec<Self>, SandboxError> {
        text.lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(above, line)| {
                line.parse()
                    .map_err(|error: serde_json::Error| SandboxError::Fault {
                        line: above + 1,
                        reason: error.to_string(),
                    })
            })
            .collect()
    }
}

/// The faults that are planted, with what they have seen so far.
#[derive(Default)]
pub struct Faults {
    planted: VecDeque<Planted>,
}

struct Planted {
    fault: Fault,
    seen: u32,
}

impl Faults {
    pub fn plant(&mut self, faults: impl IntoIterator<Item = Fault>) {
        self.planted
            .extend(faults.into_iter().map(|fault| Planted { fault, seen: 0 }));
    }

    pub fn clear(&mut self) {
        self.planted.clear();
    }

    /// Counts a request and gives the fault that strikes it: the first planted of those that do.
    pub fn strike(&mut self, method: &str, path: &str, native_path: Option<&str>) -> Option<Fault> {
        let mut struck = None;
        for planted in &mut self.planted {
            let fault = &planted.fault;
            let method_fits = fault
                .method
                .as_deref()
                .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method));
            let path_fits = fault.path.as_deref().is_none_or(|wanted| {
                fits(wanted, path) || native_path.is_some_and(|path| fits(wanted, path))
            });
            if !(method_fits && path_fits) {
                continue;
            }
            planted.seen = planted.seen.saturating_add(1);
            if struck.is_none() && (fault.nth == 0 || fault.nth == planted.seen) {
                struck = Some(fault.clone());
            }
        }
        // A fault with a number strikes once and is used up.
        self.planted
            .retain(|planted| planted.fault.nth == 0 || planted.seen < planted.fault.nth);
        struck
    }
}

/// Whether a path fits a pattern in which `*` stands for any run of characters.
fn fits(pattern: &str, path: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|start| path.strip_prefix(start)) else {
        return false;
    };
    let mut open_end = false;
    let pieces: Vec<&str> = pieces.collect();
    for (place, piece) in pieces.iter().enumerate() {
        open_end = true;
        if place + 1 == pieces.len() {
            return rest.ends_with(piece);
        }
        match rest.find(piece).and_then(|at| rest.get(at + piece.len()..)) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    open_end || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_run_of_characters() {
        assert!(fits("/invoices/*/open", "/invoices/6/open"));
        assert!(fits("*", "/anything"));
        assert!(fits("/accounting/invoices", "/accounting/invoices"));
        assert!(!fits("/accounting/invoices", "/accounting/invoices/6"));
        assert!(!fits("/invoices/*/open", "/invoices/6/void"));
    }

    #[test]
    fn only_the_nth_matching_request_is_struck() {
        let mut faults = Faults::default();
        faults.plant(
            Fault::parse_lines(r#"{"method":"POST","path":"/a","nth":2,"do":"drop"}"#)
                .expect("a fault"),
        );
        assert_eq!(faults.strike("POST", "/a", None), None);
        assert_eq!(faults.strike("GET", "/a", None), None);
        assert!(faults.strike("POST", "/a", None).is_some());
        assert_eq!(faults.strike("POST", "/a", None), None);
    }

    #[test]
    fn a_fault_with_an_unknown_key_names_its_line() {
        let error = Fault::parse_lines("\n{\"methode\":\"POST\"}").expect_err("unknown key");
        assert!(matches!(error, SandboxError::Fault { line: 2, .. }));
    }
}
