//! `timbra check`: judges drafts by the fiscal rules: those of a file, without an account and without a network, or with
//! `--drafts` the unstamped documents of the connected company.
//!
//! Drafts of a file are read one by one, so that a file of any length needs the memory of one. Each gets a result, in
//! order, as soon as it is judged. Nothing is ever changed or sent; the only files written are the previews that were
//! asked for.
//!
//! - `unstamped`: the documents of the company, as they are judged.
//! - [`json`]: the input, value by value.
//! - [`form`], [`mod@format`]: the keys of a draft, read and written by one table.
//! - [`mod@judge`]: what the rules say.
//! - [`report`]: how it is told.

pub mod form;
pub mod format;
pub mod json;
pub mod judge;
pub mod report;
mod unstamped;

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::Path;

use color_eyre::eyre::{self, WrapErr};
use jiff::Timestamp;

use super::arguments::CheckArguments;
use super::connected::Connected;
use super::{Exit, Place, Told};
use crate::domain::draft::Draft;
use crate::sat::catalogs::Catalogs;
use crate::sat::cfdi::preview::preview;
use crate::words::Words;

use json::{InputError, Json};
use judge::{Judgement, Now, judge, judge_draft};
use report::Tally;

/// Longest part of an id in the name of a file.
const NAME_LENGTH: usize = 60;

/// Carries out the verb.
///
/// # Errors
/// Where the input cannot be read or is no JSON, or a result or preview cannot be written.
pub(super) fn run(arguments: &CheckArguments, place: &Place) -> eyre::Result<Exit> {
    let words = &*place.words;
    match &arguments.file {
        Some(file) => {
            let now = Now::Instant(Timestamp::now());
            of_file(file, Check::begin(arguments, now, words)?)
        }
        None => {
            let connected = Connected::open(place)?;
            let check = Check::begin(arguments, Now::Instant(connected.now()), words)?;
            unstamped::judge_all(&connected, check)
        }
    }
}

/// Judges the drafts of a file.
fn of_file(file: &Path, mut check: Check<'_, impl Write>) -> eyre::Result<Exit> {
    let words = check.words;
    let input = open(file).map_err(|error| unreadable(file, &error, words))?;
    let mut failure = None;
    let read = json::each(input, &mut |value| match check.take(value) {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            failure = Some(error);
            ControlFlow::Break(())
        }
    });
    let ended = match failure {
        Some(error) => Err(error),
        None => check.finish(read.is_ok()),
    };
    match ended {
        Err(error) if !is_closed_pipe(&error) => return Err(error),
        _ => {}
    }
    match read {
        Err(error) => Err(refusal(file, &error, words).into()),
        Ok(()) if check.tally.has_errors() => Ok(Exit::Findings),
        Ok(()) => Ok(Exit::Done),
    }
}

/// A run of the verb.
struct Check<'a, W: Write> {
    catalogs: Catalogs,
    now: Now,
    previews: Option<&'a Path>,
    json: bool,
    words: &'a Words,
    output: W,
    tally: Tally,
}

impl<'a> Check<'a, BufWriter<io::StdoutLock<'static>>> {
    /// Makes ready what the arguments ask for; `now` counts where they name no time.
    fn begin(arguments: &'a CheckArguments, now: Now, words: &'a Words) -> eyre::Result<Self> {
        let previews = arguments.xml.as_deref();
        if let Some(folder) = previews {
            fs::create_dir_all(folder).wrap_err_with(|| folder.display().to_string())?;
        }
        Ok(Self {
            catalogs: Catalogs::load()?,
            now: arguments.now.unwrap_or(now),
            previews,
            json: arguments.json,
            words,
            output: BufWriter::new(io::stdout().lock()),
            tally: Tally::default(),
        })
    }
}

impl<W: Write> Check<'_, W> {
    /// Judges one input and tells the result.
    fn take(&mut self, value: Json) -> eyre::Result<()> {
        let judgement = judge(value, &self.catalogs, self.now)?;
        let nth = self.tally.drafts() + 1;
        let name = report::name(judgement.id.as_deref(), nth, self.words);
        self.tell(&judgement, &name)
    }

    /// Judges a draft that is called so, and tells the result.
    fn take_draft(&mut self, draft: Draft, name: &str) -> eyre::Result<()> {
        let judgement = judge_draft(draft, &self.catalogs, self.now)?;
        self.tell(&judgement, name)
    }

    fn tell(&mut self, judgement: &Judgement, name: &str) -> eyre::Result<()> {
        self.tally.add(judgement.verdict());
        if self.json {
            let line = report::json_line(judgement, self.words)?;
            writeln!(self.output, "{line}")?;
        } else {
            let text = report::for_people(judgement, name, self.words);
            self.output.write_all(text.as_bytes())?;
        }
        self.write_preview(judgement)
    }

    /// Writes the preview of a draft, where previews are wanted and all of the draft could be read.
    fn write_preview(&self, judgement: &Judgement) -> eyre::Result<()> {
        let (Some(folder), Some(draft)) = (self.previews, &judgement.draft) else {
            return Ok(());
        };
        let file = folder.join(file_name(self.tally.drafts(), judgement.id.as_deref()));
        fs::write(&file, preview(draft, &self.catalogs, judgement.now))
            .wrap_err_with(|| file.display().to_string())
    }

    /// Says the last words, which only people need, and only on an input that was read to its end.
    fn finish(&mut self, complete: bool) -> eyre::Result<()> {
        if complete && !self.json {
            let text = self.tally.for_people(self.words);
            self.output.write_all(text.as_bytes())?;
        }
        Ok(self.output.flush()?)
    }
}

/// The name of a preview: the number of the draft, which nothing else in the folder has, and what can be kept of its
/// id: `0001-b-7.xml`.
fn file_name(nth: usize, id: Option<&str>) -> String {
    let kept: String = id
        .unwrap_or_default()
        .chars()
        .take(NAME_LENGTH)
        .map(|letter| match letter {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' | '.' => letter,
            _ => '_',
        })
        .collect();
    if kept.is_empty() {
        format!("{nth:04}.xml")
    } else {
        format!("{nth:04}-{kept}.xml")
    }
}

/// The input of this name; `-` is standard input.
fn open(file: &Path) -> io::Result<Box<dyn BufRead>> {
    Ok(if file == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(file)?))
    })
}

/// What the input is called in messages.
fn name(file: &Path, words: &Words) -> String {
    if file == Path::new("-") {
        words.text("cli-check-standard-input")
    } else {
        file.display().to_string()
    }
}

fn unreadable(file: &Path, error: &io::Error, words: &Words) -> Told {
    let (file, cause) = (name(file, words), error.to_string());
    Told {
        exit: Exit::Failed,
        text: words.with(
            "cli-check-unreadable",
            &[("file", (&file).into()), ("cause", (&cause).into())],
        ),
    }
}

/// Why the input is no input.
fn refusal(file: &Path, error: &InputError, words: &Words) -> Told {
    let name = name(file, words);
    let text = match error {
        InputError::Unreadable(error) => return unreadable(file, error, words),
        InputError::Empty => words.with("cli-check-empty", &[("file", (&name).into())]),
        InputError::Malformed {
            line,
            column,
            cause,
        } => words.with(
            "cli-check-no-json",
            &[
                ("file", (&name).into()),
                ("line", (*line).into()),
                ("column", (*column).into()),
                ("cause", cause.into()),
            ],
        ),
    };
    Told {
        exit: Exit::Failed,
        text,
    }
}

/// A reader who has seen enough (`| head`) is no failure.
fn is_closed_pipe(error: &eyre::Report) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests;
