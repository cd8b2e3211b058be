//! How far a long read is: one line of standard error, which is wiped when the read ends.
//!
//! Only on a terminal, and only where the read takes a while. Never a line in a pipe, a file or a log.

use std::cell::RefCell;
use std::io::{self, IsTerminal, Stderr, Write};
use std::time::{Duration, Instant};

use crate::domain::headway::Headway;
use crate::domain::kind::Kind;
use crate::terminal;
use crate::words::{Words, count, cut};

/// Columns of a terminal that does not say how many it has.
const WIDTH: usize = 80;

/// A read that ends before needs no word.
const SHOWN_AFTER: Duration = Duration::from_secs(1);

/// The line.
#[derive(Debug)]
pub(super) struct Progress<W: Write = Stderr> {
    /// Nothing where nobody looks.
    line: Option<RefCell<Line<W>>>,
    begun: Instant,
    after: Duration,
}

#[derive(Debug)]
struct Line<W> {
    output: W,
    /// Columns that are written on.
    columns: usize,
    /// Columns that there are.
    width: usize,
}

impl Progress {
    /// On standard error, where that is a terminal.
    pub(super) fn begin() -> Self {
        let errors = io::stderr();
        let looked_at = errors.is_terminal();
        let width = terminal::size().map_or(WIDTH, |size| usize::from(size.width));
        Self::on(looked_at.then_some(errors), width, SHOWN_AFTER)
    }
}

impl<W: Write> Progress<W> {
    fn on(output: Option<W>, width: usize, after: Duration) -> Self {
        Self {
            line: output.map(|output| {
                RefCell::new(Line {
                    output,
                    columns: 0,
                    width,
                })
            }),
            begun: Instant::now(),
            after,
        }
    }

    /// So many documents of so many have their files.
    pub(super) fn files(&self, done: usize, all: usize, words: &Words) {
        if self.begun.elapsed() < self.after {
            return;
        }
        let (done, all) = (count(done), count(all));
        let values = [("done", done.as_str().into()), ("all", all.as_str().into())];
        self.write(&words.with("package-going", &values));
    }

    /// So many records of this kind have been read.
    pub(super) fn read(&self, kind: Kind, records: usize, words: &Words) {
        let done = records;
        self.going(
            kind,
            &Headway {
                done,
                ..Headway::default()
            },
            0,
            words,
        );
    }

    /// The reading of this kind gets ahead like this, and that of so many others goes on beside it.
    pub(super) fn going(&self, kind: Kind, headway: &Headway, others: usize, words: &Words) {
        if self.begun.elapsed() < self.after {
            return;
        }
        let (kind, records) = (words.kind(kind), words.headway(headway));
        let values = [
            ("kind", kind.as_str().into()),
            ("records", records.as_str().into()),
        ];
        let mut line = words.with("cli-reading", &values);
        if others > 0 {
            line.push_str(" · ");
            line.push_str(&words.with("cli-reading-others", &[("count", others.into())]));
        }
        self.write(&line);
    }

    /// The reading of fiscal data one by one gets ahead like this.
    pub(super) fn fiscal(&self, headway: &Headway, words: &Words) {
        if self.begun.elapsed() < self.after {
            return;
        }
        let done = words.headway(headway);
        self.write(&words.with("cli-reading-fiscal", &[("done", done.as_str().into())]));
    }

    /// Leaves no trace of the line.
    pub(super) fn wipe(&self) {
        self.write("");
    }

    fn write(&self, text: &str) {
        let Some(line) = &self.line else {
            return;
        };
        let mut line = line.borrow_mut();
        // What goes over the edge could not be wiped.
        let text = cut(text, line.width.saturating_sub(1))
            .trim_end()
            .to_owned();
        let (before, now) = (line.columns, text.chars().count());
        if before == 0 && now == 0 {
            return;
        }
        // Blanks wipe on any terminal, also on one that knows no codes.
        let blanks = " ".repeat(before.saturating_sub(now));
        let back = "\u{8}".repeat(blanks.len());
        // A terminal that is gone has nobody who waits for the line.
        let written = write!(line.output, "\r{text}{blanks}{back}");
        if written.and_then(|()| line.output.flush()).is_ok() {
            line.columns = now;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    fn written(output: Option<Vec<u8>>, after: Duration) -> Option<String> {
        let words = Words::new(Lang::Es);
        let progress = Progress::on(output, WIDTH, after);
        for (kind, records) in [(Kind::Invoices, 1200), (Kind::Customers, 7)] {
            progress.read(kind, records, &words);
        }
        progress.wipe();
        let line = progress.line?.into_inner();
        assert_eq!(line.columns, 0, "nothing is left on the screen");
        String::from_utf8(line.output).ok()
    }

    #[test]
    fn the_line_counts_what_was_read_and_is_wiped() {
        let text = written(Some(Vec::new()), Duration::ZERO).expect("a text");
        assert!(text.starts_with("\rLeyendo · Facturas: 1,200\rLeyendo · Clientes: 7 "));
        assert!(!text.contains('\n') && text.ends_with('\u{8}'), "{text:?}");
    }

    #[test]
    fn the_line_says_how_fast_it_goes_and_what_is_left_where_that_is_known() {
        let words = Words::new(Lang::Es);
        let progress = Progress::on(Some(Vec::new()), 100, Duration::ZERO);
        let headway = Headway {
            done: 60,
            all: Some(3_400),
            a_minute: Some(120),
            left: Some(Duration::from_secs(1_670)),
        };
        progress.going(Kind::Invoices, &headway, 0, &words);
        progress.fiscal(&headway, &words);
        let line = progress.line.expect("a line").into_inner();
        let text = String::from_utf8(line.output).expect("a text");
        let told = "60 de 3,400 · 120 por min · faltan 28 min";
        assert_eq!(
            text,
            format!(
                "\rLeyendo · Facturas: {told}\rLeyendo datos fiscales uno por uno, la vía lenta: {told}"
            )
        );
    }

    #[test]
    fn what_is_read_beside_it_is_counted_and_no_line_goes_over_the_edge() {
        let words = Words::new(Lang::Es);
        let headway = Headway {
            done: 60,
            ..Headway::default()
        };
        for (others, width, told) in [
            (1, 80, "Leyendo · Facturas: 60 · y otra lista"),
            (2, 80, "Leyendo · Facturas: 60 · y otras 2 listas"),
            (2, 20, "Leyendo · Facturas:"),
        ] {
            let progress = Progress::on(Some(Vec::new()), width, Duration::ZERO);
            progress.going(Kind::Invoices, &headway, others, &words);
            let line = progress.line.expect("a line").into_inner();
            let text = String::from_utf8(line.output).expect("a text");
            assert_eq!(text, format!("\r{told}"));
        }
    }

    #[test]
    fn a_short_read_and_a_pipe_get_no_line() {
        let hour = Duration::from_secs(3600);
        assert_eq!(written(Some(Vec::new()), hour).as_deref(), Some(""));
        assert_eq!(written(None, Duration::ZERO), None);
    }
}
