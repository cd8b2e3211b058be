//! The manual page and the completions, from the same tables as the program.

use std::io;

use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::speech;
use crate::words::Words;

/// The page, for `man -l -`.
///
/// # Errors
///
/// None in practice: it is written into memory.
pub fn page(command: &Command, words: &Words) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    // The tables at the end of the help are sections of their own here.
    let man = Man::new(command.clone().after_long_help(None::<&str>));
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    let mut rest = Roff::new();
    for verb in command.get_subcommands() {
        verb_section(&mut rest, verb);
    }
    section(&mut rest, &words.text("cli-keys"));
    for (keys, name) in speech::keys(words) {
        entry(&mut rest, &keys, &name);
    }
    section(&mut rest, &words.text("cli-environment"));
    for (name, text) in speech::environment(words) {
        entry(&mut rest, name, &text);
    }
    section(&mut rest, &words.text("cli-exit-codes"));
    for code in ["0", "1", "2", "3", "4", "5"] {
        entry(&mut rest, code, &words.text(&format!("cli-exit-{code}")));
    }
    rest.to_writer(&mut page)?;
    Ok(page)
}

/// The completions of a shell, to be sourced by it.
pub fn completions(shell: Shell, command: &mut Command) -> Vec<u8> {
    let mut script = Vec::new();
    let name = command.get_name().to_owned();
    clap_complete::generate(shell, command, name, &mut script);
    script
}

fn verb_section(page: &mut Roff, verb: &Command) {
    section(page, &format!("timbra {}", verb.get_name()));
    if let Some(about) = verb.get_about() {
        page.text([roman(about.to_string())]);
    }
    for arg in verb.get_arguments().filter(|arg| !arg.is_global_set()) {
        let values: Vec<&str> = arg
            .get_value_names()
            .filter(|_| arg.get_action().takes_values())
            .unwrap_or_default()
            .iter()
            .map(|name| name.as_str())
            .collect();
        let flag = arg.get_long().map(|long| format!("--{long}"));
        let name: Vec<&str> = flag.iter().map(String::as_str).chain(values).collect();
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        entry(page, &name.join(" "), &help);
    }
}

fn section(page: &mut Roff, title: &str) {
    page.control("SH", [title.to_uppercase().as_str()]);
}

fn entry(page: &mut Roff, name: &str, text: &str) {
    page.control("TP", []);
    page.text([bold(name)]);
    page.text([roman(text)]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn the_page_names_every_verb_flag_key_and_variable() {
        let words = Words::new(Lang::Es);
        let command = speech::command(&words);
        let page = String::from_utf8(page(&command, &words).unwrap()).unwrap();
        let plain = page.replace("\\-", "-");
        for named in [
            "TIMBRA DEMO",
            "--rate-limit",
            "--faults",
            "TIMBRA CHECK",
            "--xml",
            "TIMBRA_NOW",
            "Ctrl+P",
            "F8",
        ] {
            assert!(plain.contains(named), "{named}\n{plain}");
        }
    }

    #[test]
    fn every_shell_gets_completions_that_know_the_verbs() {
        for shell in [
            Shell::Bash,
            Shell::Zsh,
            Shell::Fish,
            Shell::Elvish,
            Shell::PowerShell,
        ] {
            let mut command = speech::command(&Words::new(Lang::En));
            let script = String::from_utf8(completions(shell, &mut command)).unwrap();
            assert!(
                script.contains("sandbox") && script.contains("rate-limit"),
                "{shell}"
            );
        }
    }
}
