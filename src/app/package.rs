//! The package of a period on screen: which days, which files, how far it is, and what is missing from it.
//!
//! The layer stands over any page. While files are fetched Esc stops after the document under way; what is in the folder
//! stays, and the next run goes on from there. It orders nothing that changes the books.

pub mod index;

use jiff::civil::Date;

use crate::domain::paper::Form;
use crate::domain::period::Period;
use crate::sat::cfdi::voucher::Difference;
use crate::search::language;

use super::key::Key;
use super::line::Line;
use super::list::Step;
use super::model::{Layer, Model};
use super::msg::package::{Gap, Packed, Plan, Row};
use super::msg::{Effect, Request, Slot, Trouble};
use super::names;
use super::notice::{Notice, Tone};
use super::remote::Remote;
use index::{Contents, FILES};

/// State of the layer.
#[derive(Clone, Debug)]
pub struct Package {
    /// The period as it is typed; empty means the last month.
    pub line: Line,
    /// Which files of each document.
    pub files: Files,
    /// What is known of the period that is typed; none while nobody can tell which that is.
    pub plan: Remote<Plan>,
    /// What is being done.
    pub phase: Phase,
    /// First row of what is missing that is on screen.
    pub top: usize,
}

/// Which files of each document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Files {
    /// XML and PDF.
    #[default]
    Both,
    /// The XML alone.
    Xml,
    /// The PDF alone.
    Pdf,
}

/// How far it is.
#[derive(Clone, Debug)]
pub enum Phase {
    /// The period is asked for.
    Asking,
    /// Files are fetched.
    Going {
        /// Documents that were taken.
        done: usize,
        /// Of so many.
        all: usize,
        /// Whether somebody said that it is to stop.
        stopping: bool,
    },
    /// It ended; the index is kept, or it is said why not.
    Ended {
        /// What there is.
        packed: Box<Packed>,
        /// What became of the index: none while it is written.
        index: Option<Result<(), Trouble>>,
    },
}

impl Files {
    /// The forms that these are.
    pub fn forms(self) -> &'static [Form] {
        match self {
            Files::Both => &Form::ALL,
            Files::Xml => &[Form::Xml],
            Files::Pdf => &[Form::Pdf],
        }
    }

    /// The key of its words.
    pub fn words_key(self) -> &'static str {
        match self {
            Files::Both => "package-both",
            Files::Xml => "package-xml",
            Files::Pdf => "package-pdf",
        }
    }

    fn next(self) -> Self {
        match self {
            Files::Both => Files::Xml,
            Files::Xml => Files::Pdf,
            Files::Pdf => Files::Both,
        }
    }
}

impl Package {
    /// The period that is typed: in the language of the search box, and the last month where nothing is.
    pub fn period(&self, today: Date) -> Option<Period> {
        match self.line.text().trim() {
            "" => Period::month_before(today),
            text => language::period_of(text, today).map(|(from, to)| Period::between(from, to)),
        }
    }
}

/// The texts that name what is missing from a package, in the order of its documents.
pub fn missing(packed: &Packed, model: &Model) -> Vec<String> {
    let words = &model.words;
    let of_rows = packed.rows.iter().flat_map(|row| {
        row.gaps.iter().map(move |gap| {
            let name = index::name(row, &names::seen(model, &row.rfc), words);
            format!("{name} · {}", index::told(&seen(model, gap), words))
        })
    });
    unread(packed, model).into_iter().chain(of_rows).collect()
}

/// A gap without what it quotes of the server, the record or the XML, while the mask is on.
fn seen(model: &Model, gap: &Gap) -> Gap {
    match gap {
        Gap::NotFetched(form, cause) => Gap::NotFetched(*form, names::seen(model, cause)),
        Gap::Differs(difference) => Gap::Differs(Difference {
            record: names::seen(model, &difference.record),
            xml: names::seen(model, &difference.xml),
            ..difference.clone()
        }),
        other => other.clone(),
    }
}

/// What may be missing beyond the documents themselves: what was not read, and lists that are not all here.
fn unread(packed: &Packed, model: &Model) -> Vec<String> {
    let words = &model.words;
    let partial = packed
        .looked
        .iter()
        .filter(|(_, coverage)| coverage.complete_at.is_none())
        .map(|(kind, coverage)| {
            words.with(
                "package-partial",
                &[
                    ("kind", words.kind(*kind).as_str().into()),
                    ("count", coverage.cached.into()),
                ],
            )
        });
    let unread = packed
        .unread
        .iter()
        .map(|name| words.with("package-unread", &[("name", name.as_str().into())]));
    partial.chain(unread).collect()
}

/// How many files of a form are in the folder, and how many of them are new.
pub fn tally(rows: &[Row], form: Form) -> (usize, usize) {
    let files = || rows.iter().filter_map(|row| row.file(form));
    (files().count(), files().filter(|file| file.fresh).count())
}

/// Opens the layer.
pub fn open(model: &mut Model) -> Vec<Effect> {
    model.layers.push(Layer::Package(Box::new(Package {
        line: Line::default(),
        files: Files::default(),
        plan: Remote::Idle,
        phase: Phase::Asking,
        top: 0,
    })));
    ask(model)
}

/// Asks what the period that is typed holds.
fn ask(model: &mut Model) -> Vec<Effect> {
    let (today, issuer) = (model.today(), model.rfc().to_owned());
    let Some(package) = layer(model) else {
        return Vec::new();
    };
    let Some(period) = package.period(today) else {
        package.plan = Remote::Idle;
        model.tickets.withdraw(Slot::Package);
        return Vec::new();
    };
    package.plan.ask();
    vec![model.ask(Slot::Package, Request::Package { period, issuer })]
}

/// What the period holds arrived.
pub fn planned(model: &mut Model, plan: Plan) {
    if let Some(package) = layer(model) {
        package.plan = Remote::Ready(plan);
    }
}

/// It could not be found out.
pub fn plan_failed(model: &mut Model, trouble: Trouble) {
    if let Some(package) = layer(model) {
        package.plan.fail(trouble);
    }
}

/// A key that is no order goes into the period.
pub fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    edit(model, |line| {
        line.key(key);
    })
}

/// A paste goes into the period.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    edit(model, |line| line.paste(text))
}

fn edit(model: &mut Model, change: impl FnOnce(&mut Line)) -> Vec<Effect> {
    let today = model.today();
    let Some(package) = layer(model) else {
        return Vec::new();
    };
    if !matches!(package.phase, Phase::Asking) {
        return Vec::new();
    }
    let before = package.period(today);
    change(&mut package.line);
    match package.period(today) == before {
        true => Vec::new(),
        false => ask(model),
    }
}

/// The other files.
pub fn other_files(model: &mut Model) {
    if let Some(package) = layer(model)
        && matches!(package.phase, Phase::Asking)
    {
        package.files = package.files.next();
    }
}

/// Why it cannot begin; none where it can.
pub fn barred(model: &Model) -> Option<Notice> {
    let no = |words| Some(Notice::new(Tone::Warning, words));
    let package = model.layers.iter().rev().find_map(|layer| match layer {
        Layer::Package(package) => Some(package),
        _ => None,
    });
    let Some(package) = package else {
        return no("reason-nothing-selected");
    };
    match (&package.phase, &package.plan) {
        (Phase::Ended { .. }, _) => None,
        (Phase::Going { .. }, _) => no("reason-packing"),
        (Phase::Asking, _) if model.rfc().is_empty() => no("reason-company-unknown"),
        (Phase::Asking, _) if package.period(model.today()).is_none() => no("reason-no-period"),
        (Phase::Asking, Remote::Ready(plan)) if plan.documents == 0 => no("reason-empty-period"),
        (Phase::Asking, Remote::Ready(_)) => None,
        (Phase::Asking, _) => no("reason-not-read"),
    }
}

/// Begins, or closes what ended.
pub fn confirm(model: &mut Model) -> Vec<Effect> {
    let (today, issuer) = (model.today(), model.rfc().to_owned());
    let Some(package) = layer(model) else {
        return Vec::new();
    };
    match (&package.phase, package.period(today)) {
        (Phase::Asking, Some(period)) => {
            let all = package.plan.value().map_or(0, |plan| plan.documents);
            package.phase = Phase::Going {
                done: 0,
                all,
                stopping: false,
            };
            vec![Effect::Pack {
                period,
                forms: package.files.forms().to_vec(),
                issuer,
            }]
        }
        (Phase::Ended { .. }, _) => {
            model.layers.pop();
            Vec::new()
        }
        (Phase::Asking | Phase::Going { .. }, _) => Vec::new(),
    }
}

/// Esc: stops what goes on, then leaves. Whether the layer stays.
pub fn stays(model: &mut Model) -> Option<Vec<Effect>> {
    let Some(Layer::Package(package)) = model.layers.last_mut() else {
        return None;
    };
    match &mut package.phase {
        Phase::Going { stopping, .. } if !*stopping => {
            *stopping = true;
            Some(vec![Effect::StopPacking])
        }
        Phase::Asking | Phase::Going { .. } | Phase::Ended { .. } => None,
    }
}

/// What is missing moves up or down.
pub fn step(package: &mut Package, step: Step) {
    package.top = step.apply(package.top, usize::MAX);
}

/// So many documents were taken.
pub fn went(model: &mut Model, taken: usize, of: usize) {
    if let Some(Package {
        phase: Phase::Going { done, all, .. },
        ..
    }) = layer(model)
    {
        *done = taken;
        *all = of;
    }
}

/// It ended: the index is written, whoever still looks.
pub fn ended(model: &mut Model, packed: Packed) -> Vec<Effect> {
    let mut effects = Vec::new();
    if let (Some(company), false) = (model.company.value(), packed.folder.is_empty()) {
        let read: Vec<_> = packed
            .looked
            .iter()
            .map(|(kind, coverage)| (*kind, coverage.cached))
            .collect();
        let unread = unread(&packed, model);
        let whole = index::whole(Contents {
            company,
            period: packed.period,
            rows: &packed.rows,
            read: &read,
            unread: &unread,
        });
        let texts = [index::csv(&packed.rows, &model.words), whole];
        let names = FILES.map(str::to_owned);
        effects.push(Effect::KeepIndex {
            folder: packed.folder.clone(),
            files: names.into_iter().zip(texts).collect(),
        });
    }
    let (documents, folder) = (packed.rows.len(), packed.folder.clone());
    match layer(model) {
        Some(package) => {
            package.top = 0;
            package.phase = Phase::Ended {
                packed: Box::new(packed),
                index: None,
            };
        }
        None => model.say(
            Notice::new(Tone::Info, "notice-packed")
                .with("count", documents.to_string())
                .with("folder", folder),
        ),
    }
    effects
}

/// The index is kept, or it is said why not.
pub fn indexed(model: &mut Model, trouble: Option<Trouble>) {
    if let Some(Package {
        phase: Phase::Ended { index, .. },
        ..
    }) = layer(model)
    {
        *index = Some(trouble.map_or(Ok(()), Err));
    }
}

/// The layer, wherever it lies: help may lie above.
fn layer(model: &mut Model) -> Option<&mut Package> {
    model.layers.iter_mut().rev().find_map(|layer| match layer {
        Layer::Package(package) => Some(&mut **package),
        _ => None,
    })
}

#[cfg(test)]
mod tests;
