//! `timbra check` as a script meets it: the binary, its input, its output and its exit code.

mod companies;
mod doctor;
mod kept;
#[path = "../flows/harness/keyless.rs"]
mod keyless;
mod papers;
mod people;
mod programs;
mod run;
mod shown;
mod stamp;
mod unstamped;
