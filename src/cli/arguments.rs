//! The verbs and flags. Their explanations are texts of the room of words, put on by `speech`.

use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args, Parser, Subcommand};
use clap_complete::Shell;
use jiff::civil::Date;
use std::net::SocketAddr;
use std::path::PathBuf;

use super::check::judge::Now;
use super::export::Format;
use crate::domain::kind::Kind;
use crate::domain::period::Period;
use crate::domain::profile::ProfileName;
use crate::domain::view::ViewName;
use crate::sandbox::{Idempotency, RawPlace};
use crate::words::Lang;

/// A whole command line.
#[derive(Debug, Parser)]
#[command(name = "timbra", version)]
#[command(
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
pub struct Arguments {
    #[arg(long, global = true, display_order = 100, value_name = "es|en", value_parser = lang())]
    pub lang: Option<Lang>,
    #[arg(long, global = true, display_order = 99, value_name = "NAME", value_parser = profile())]
    pub profile: Option<ProfileName>,
    #[arg(long)]
    pub read_only: bool,
    #[arg(short, long, global = true, display_order = 101, action = ArgAction::Help)]
    help: Option<bool>,
    #[arg(short = 'V', long, display_order = 102, action = ArgAction::Version)]
    version: Option<bool>,
    #[command(subcommand)]
    pub verb: Option<Verb>,
}

/// What is to be done; without one, the program itself.
#[derive(Debug, Subcommand)]
pub enum Verb {
    Demo(DemoArguments),
    Login(LoginArguments),
    Logout,
    Profiles(ProfilesArguments),
    Doctor(DoctorArguments),
    Sandbox(SandboxArguments),
    Check(CheckArguments),
    Sync(SyncArguments),
    Find(FindArguments),
    Show(ShowArguments),
    Stamp(StampArguments),
    Export(ExportArguments),
    Download(DownloadArguments),
    Audit(AuditArguments),
    Completions {
        #[arg(value_name = "SHELL")]
        shell: Shell,
    },
    Man,
}

/// How a new set of books is made.
#[derive(Debug, Default, Args)]
pub struct BooksArguments {
    #[arg(long, value_name = "N")]
    pub invoices: Option<u32>,
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    #[arg(long, value_name = "DATE")]
    pub today: Option<Date>,
}

/// `timbra demo`
#[derive(Debug, Default, Args)]
pub struct DemoArguments {
    #[arg(long)]
    pub fresh: bool,
    #[command(flatten)]
    pub books: BooksArguments,
}

/// `timbra login`
#[derive(Debug, Args)]
pub struct LoginArguments {
    #[arg(long, value_name = "ID")]
    pub app_id: Option<String>,
    #[arg(long, value_name = "ID")]
    pub consumer_id: Option<String>,
}

/// `timbra profiles`
#[derive(Debug, Args)]
pub struct ProfilesArguments {
    #[arg(long)]
    pub json: bool,
}

/// `timbra doctor`
#[derive(Debug, Args)]
pub struct DoctorArguments {
    #[arg(long)]
    pub json: bool,
}

/// `timbra sandbox`
#[derive(Debug, Args)]
pub struct SandboxArguments {
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
    #[command(flatten)]
    pub books: BooksArguments,
    #[arg(long, value_name = "MS")]
    pub latency: Option<u64>,
    #[arg(long, value_name = "N")]
    pub rate_limit: Option<u32>,
    #[arg(long, value_name = "envelope|record", value_parser = raw(), conflicts_with = "strict")]
    pub raw: Option<RawPlace>,
    #[arg(long)]
    pub strict: bool,
    #[arg(long, value_name = "honour|refuse|ignore", value_parser = idempotency())]
    pub idempotency: Option<Idempotency>,
    #[arg(long, value_name = "FILE|-")]
    pub faults: Option<PathBuf>,
}

/// `timbra check`
#[derive(Debug, Args)]
pub struct CheckArguments {
    #[arg(value_name = "FILE|-", required_unless_present = "drafts")]
    pub file: Option<PathBuf>,
    #[arg(long, conflicts_with = "file")]
    pub drafts: bool,
    #[arg(long, value_name = "TIME")]
    pub now: Option<Now>,
    #[arg(long)]
    pub json: bool,
    #[arg(long, value_name = "DIR")]
    pub xml: Option<PathBuf>,
}

/// `timbra show`
#[derive(Debug, Args)]
pub struct ShowArguments {
    #[arg(value_name = "KIND", value_parser = kind())]
    pub kind: Kind,
    #[arg(value_name = "ID")]
    pub id: String,
    #[arg(long, conflicts_with = "draft")]
    pub raw: bool,
    #[arg(long)]
    pub draft: bool,
    #[arg(long)]
    pub json: bool,
}

/// `timbra stamp`
#[derive(Debug, Args)]
pub struct StampArguments {
    #[arg(value_name = "ID", required = true)]
    pub ids: Vec<String>,
    #[arg(long, value_name = "COUNT")]
    pub confirm: usize,
    #[arg(long)]
    pub json: bool,
}

/// `timbra sync`
#[derive(Debug, Args)]
pub struct SyncArguments {
    #[arg(long)]
    pub json: bool,
}

/// `timbra find`
#[derive(Debug, Args)]
pub struct FindArguments {
    #[arg(value_name = "QUERY", required_unless_present = "view")]
    pub query: Vec<String>,
    #[arg(long, value_name = "NAME", value_parser = view(), conflicts_with = "query")]
    pub view: Option<ViewName>,
    #[arg(long, conflicts_with = "view")]
    pub all_companies: bool,
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    #[arg(long)]
    pub json: bool,
}

/// `timbra export`
#[derive(Debug, Args)]
pub struct ExportArguments {
    #[arg(value_name = "KIND", value_parser = kind(), required_unless_present_any = ["query", "view"])]
    pub kind: Option<Kind>,
    #[arg(long, value_name = "Q")]
    pub query: Option<String>,
    #[arg(long, value_name = "NAME", value_parser = view(), conflicts_with_all = ["kind", "query"])]
    pub view: Option<ViewName>,
    #[arg(long, value_name = "csv|xlsx|json")]
    pub format: Format,
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// `timbra download`
#[derive(Debug, Args)]
pub struct DownloadArguments {
    #[arg(long, value_name = "2026-03")]
    pub period: Period,
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    #[arg(long)]
    pub json: bool,
}

/// `timbra audit`
#[derive(Debug, Args)]
pub struct AuditArguments {
    #[command(subcommand)]
    pub verb: Option<AuditVerb>,
    #[arg(long, value_name = "DATE")]
    pub since: Option<Date>,
    #[arg(long, value_name = "DATE")]
    pub until: Option<Date>,
    #[arg(long, value_name = "EVENT")]
    pub event: Option<String>,
    #[arg(long, value_name = "ID|A-101")]
    pub document: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub text: Option<String>,
    #[arg(long, global = true)]
    pub json: bool,
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
}

/// What is done with the log; without one, it is listed.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum AuditVerb {
    Verify,
}

/// The name of a kind in the plural, or in the singular.
fn kind() -> impl TypedValueParser<Value = Kind> {
    let names = Kind::ALL.into_iter().flat_map(|kind| {
        let one = kind.slug().strip_suffix('s');
        [Some(kind.slug()), one].into_iter().flatten()
    });
    let names: Vec<&'static str> = names.collect();
    PossibleValuesParser::new(names).try_map(|name| Kind::from_slug(&name).ok_or(NotAKind))
}

/// Never seen: the names that are offered are those that are known.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("no such kind of record")]
struct NotAKind;

/// The name of a profile, whether there is one of that name or not.
fn profile() -> impl TypedValueParser<Value = ProfileName> {
    NonEmptyStringValueParser::new().try_map(|name| ProfileName::new(&name).ok_or(NotAName))
}

/// What is no name of a profile; the refusal is told in the person's own words.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("letters, digits, - and _")]
struct NotAName;

/// The name of a view, whether there is one of that name or not.
fn view() -> impl TypedValueParser<Value = ViewName> {
    NonEmptyStringValueParser::new().try_map(|name| ViewName::new(&name))
}

fn lang() -> impl TypedValueParser<Value = Lang> {
    PossibleValuesParser::new(["es", "en"]).map(|tag| Lang::from_tag(&tag))
}

fn raw() -> impl TypedValueParser<Value = RawPlace> {
    PossibleValuesParser::new(["envelope", "record"]).map(|place| match place.as_str() {
        "envelope" => RawPlace::Envelope,
        _ => RawPlace::Record,
    })
}

fn idempotency() -> impl TypedValueParser<Value = Idempotency> {
    PossibleValuesParser::new(["honour", "refuse", "ignore"]).map(|habit| match habit.as_str() {
        "honour" => Idempotency::Honour,
        "ignore" => Idempotency::Ignore,
        _ => Idempotency::Refuse,
    })
}
