//! The companies of one office: which there are, how one goes over to another, and what the first stamp afterwards asks.
//!
//! Going over is done in two steps. Choosing closes what is open, keeps what is typed, and asks whose books the profile
//! leads to; the answer comes from this machine alone and brings the other books on screen at once. Nothing of the old
//! company can be sent from then on, and what still arrives about it is dropped with every other reply for books that
//! are not these (law 5). Acts under way go on behind, over their own connection.

use crate::domain::company::{Company, CompanyId};
use crate::domain::kind::Kind;
use crate::domain::profile::{Profile, ProfileName};
use crate::domain::record::Id;

use super::form;
use super::list::{Step, keep_visible};
use super::model::{Layer, Model};
use super::msg::{Effect, Trouble};
use super::notice::{Notice, Tone};
use super::remote::Remote;
use super::update;

/// Letters of the RFC that are typed: its homoclave, by which two companies of one day differ.
pub const TYPED: usize = 3;

/// Rows of the layer that are no companies: its title.
pub const HEAD_ROWS: usize = 1;

/// A company that can be gone over to, or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the config says of it.
    pub profile: Profile,
    /// Whether it lies at the same place as the one that the program began on: a sandbox has a clock of its own, and a
    /// wrong clock would send wrong dates to the tax authority.
    pub within_reach: bool,
}

/// State of the chooser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chooser {
    /// Index of the selected company.
    pub selected: usize,
    /// Index of the first one on screen.
    pub top: usize,
}

impl Chooser {
    /// Moves the selection among so many companies, of which so many are on screen.
    pub fn step(&mut self, step: Step, count: usize, rows: usize) {
        self.selected = step.apply(self.selected, count);
        self.top = keep_visible(self.top, self.selected, rows);
    }
}

impl Model {
    /// What the config says of the company on screen.
    pub fn own_profile(&self) -> Option<&Profile> {
        let name = self.profile.as_ref()?;
        let choice = self
            .companies
            .iter()
            .find(|choice| choice.profile.name == *name)?;
        Some(&choice.profile)
    }

    /// Name and RFC of the company on screen: as the server told them, else as the config has them; empty where neither
    /// did.
    pub fn identity(&self) -> (&str, &str) {
        match (self.company.value(), self.own_profile()) {
            (Some(company), _) => (&company.name, &company.rfc),
            (None, Some(profile)) => (&profile.company, &profile.rfc),
            (None, None) => ("", ""),
        }
    }
}

/// The profiles of the companies that are not on screen.
pub fn others(model: &Model) -> Vec<ProfileName> {
    let choices = model.companies.iter();
    choices
        .filter(|choice| !is_here(model, choice))
        .map(|choice| choice.profile.name.clone())
        .collect()
}

/// Why no other company can be chosen; none when one can.
pub fn barred(model: &Model) -> Option<Notice> {
    let others = model.companies.iter();
    let is_alone = others.filter(|choice| !is_here(model, choice)).count() == 0;
    is_alone.then(|| Notice::new(Tone::Info, "reason-one-company"))
}

/// Whether these are the books on screen.
pub fn is_here(model: &Model, choice: &Choice) -> bool {
    model.profile.as_ref() == Some(&choice.profile.name)
}

/// Opens the chooser above whatever is open, on the company after this one.
pub fn open(model: &mut Model) -> Vec<Effect> {
    if matches!(model.layers.last(), Some(Layer::Companies(_))) {
        return Vec::new();
    }
    let here = model
        .companies
        .iter()
        .position(|choice| is_here(model, choice));
    let count = model.companies.len().max(1);
    let selected = here.map_or(0, |here| (here + 1) % count);
    let mut chooser = Chooser::default();
    chooser.step(
        Step::By(selected.try_into().unwrap_or(0)),
        count,
        rows(model),
    );
    model.layers.push(Layer::Companies(chooser));
    Vec::new()
}

/// Companies that the chooser shows at once.
pub fn rows(model: &Model) -> usize {
    model.page_rows().saturating_sub(HEAD_ROWS)
}

/// Goes over to the selected company: what is open is closed and sends nothing, what is typed is kept.
pub fn choose(model: &mut Model) -> Vec<Effect> {
    let Some(Layer::Companies(chooser)) = model.layers.last() else {
        return Vec::new();
    };
    match model.companies.get(chooser.selected) {
        Some(choice) => {
            let name = choice.profile.name.clone();
            go_to(model, &name, None)
        }
        None => Vec::new(),
    }
}

/// Goes over to a company, and to a record of it when its books are on screen: what is open is closed and sends nothing,
/// what is typed is kept.
pub fn go_to(model: &mut Model, profile: &ProfileName, then: Option<(Kind, Id)>) -> Vec<Effect> {
    let mut choices = model.companies.iter();
    let Some(choice) = choices
        .find(|choice| choice.profile.name == *profile)
        .cloned()
    else {
        return Vec::new();
    };
    if !choice.within_reach {
        let notice = Notice::new(Tone::Warning, "notice-company-out-of-reach")
            .with("profile", choice.profile.name.as_str());
        model.say(notice);
        return Vec::new();
    }
    let mut effects = update::keep_forms(model);
    model.layers.clear();
    model.bound_for = then.map(|(kind, id)| (choice.profile.name.clone(), kind, id));
    model.going_to = Some(choice.profile.name.clone());
    effects.push(Effect::LookUp(choice.profile.name));
    effects
}

/// It could not be known whose books the chosen profile leads to: these stay on screen.
pub fn not_looked_up(model: &mut Model, profile: &ProfileName, trouble: Trouble) {
    if model.going_to.as_ref() == Some(profile) {
        model.going_to = None;
        model.bound_for = None;
    }
    model.say(Notice::new(Tone::Error, trouble.sort.words_key()).with("text", trouble.text));
}

/// It is known whose books the chosen profile leads to: they come on screen.
pub fn looked_up(
    model: &mut Model,
    name: ProfileName,
    id: CompanyId,
    company: Option<Company>,
) -> Vec<Effect> {
    let Some(choice) = model
        .companies
        .iter()
        .find(|choice| choice.profile.name == name)
    else {
        return Vec::new();
    };
    let profile = choice.profile.clone();
    // Typed since it was chosen.
    let mut effects = form::keep_now(model);
    let left = model.unsettled().len();
    let old = model.identity().0.to_owned();
    effects.push(Effect::GoOver {
        profile: name.clone(),
        company: id.clone(),
    });
    let bound_for = model.bound_for.take();
    model.begin_on(id, company);
    model.profile = Some(name.clone());
    effects.extend(update::start(model));
    if let Some((_, kind, id)) = bound_for.filter(|(profile, ..)| *profile == name) {
        effects.extend(update::show_id(model, kind, id));
    }
    let notice = match left {
        0 => Notice::new(Tone::Done, "notice-company"),
        count => Notice::new(Tone::Warning, "notice-company-unsettled")
            .with("old", old)
            .with("count", count.to_string()),
    };
    let (name, rfc) = model.identity();
    let notice = notice.with("name", name).with("rfc", rfc);
    model.say(
        match notice.values.iter().any(|(_, value)| !value.is_empty()) {
            true => notice,
            false => Notice::new(Tone::Done, "notice-company-unknown")
                .with("profile", profile.name.as_str()),
        },
    );
    effects
}

/// The server said who the company is. Where the profile says otherwise, the person is told before anything is done.
pub fn met(model: &mut Model, company: Company) {
    let promised = model.own_profile().map(|profile| profile.rfc.clone());
    let is_other = promised.is_some_and(|rfc| !rfc.is_empty() && rfc != company.rfc);
    let is_news = model.company.value() != Some(&company);
    if is_other && is_news {
        let notice = Notice::new(Tone::Warning, "notice-company-other")
            .with("name", &company.name)
            .with("rfc", &company.rfc);
        model.say(notice);
        model.rfc_wanted = true;
    }
    model.company = Remote::Ready(company);
}

/// What has to be typed before the next stamp: the end of the company's RFC, where other books were gone over to and
/// nothing was stamped in these yet. Asked by every dialog that stamps.
pub fn rfc_to_type(model: &Model) -> Option<String> {
    if !model.rfc_wanted {
        return None;
    }
    let letters: Vec<char> = model.rfc().chars().collect();
    let from = letters.len().saturating_sub(TYPED);
    Some(letters.iter().skip(from).collect())
}

/// Whether this is what has to be typed; in any case of the letters. True where nothing has to be.
pub fn is_rfc_typed(model: &Model, typed: &str) -> bool {
    match rfc_to_type(model) {
        None => true,
        Some(end) => !end.is_empty() && typed.trim().to_uppercase() == end,
    }
}

/// A stamp was confirmed with the end of the RFC: in these books it is not asked again.
pub fn rfc_given(model: &mut Model) {
    model.rfc_wanted = false;
}
