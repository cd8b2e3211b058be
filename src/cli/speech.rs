//! The command line explained in the person's language.
//!
//! The key of each text follows from its place: `cli-sandbox` for a verb, `cli-sandbox-rate-limit` for a flag of
//! it, so that a flag without an explanation cannot slip through.

use clap::{Arg, Command, CommandFactory};

use super::arguments::Arguments;
use crate::app::keymap::{Action, BINDINGS};
use crate::words::Words;

/// The command line of the program, with all its texts.
pub fn command(words: &Words) -> Command {
    explain(Arguments::command(), "cli", words).after_long_help(format!(
        "{}:\n{}\n{}:\n{}",
        words.text("cli-keys"),
        key_table(words),
        words.text("cli-environment"),
        environment_table(words),
    ))
}

/// Every action with the keys that order it, in the order of the table that the program itself goes by.
pub fn keys(words: &Words) -> Vec<(String, String)> {
    let rows = Action::all().into_iter().map(|action| {
        let mut chords = Vec::new();
        for binding in BINDINGS.iter().filter(|binding| binding.action == action) {
            for chord in binding.chords.iter().map(|chord| chord.label(words)) {
                if !chords.contains(&chord) {
                    chords.push(chord);
                }
            }
        }
        let name = words.action(action.words_key(), action.number());
        (chords.join(", "), name)
    });
    rows.collect()
}

/// The variables that the program heeds, and what they are for.
pub fn environment(words: &Words) -> Vec<(&'static str, String)> {
    [
        ("TIMBRA_API_URL", "cli-env-api-url"),
        ("TIMBRA_API_KEY", "cli-env-api-key"),
        ("TIMBRA_APP_ID", "cli-env-app-id"),
        ("TIMBRA_CONSUMER_ID", "cli-env-consumer-id"),
        ("TIMBRA_PROFILE", "cli-env-profile"),
        ("TIMBRA_CONFIG_DIR", "cli-env-config-dir"),
        ("TIMBRA_DATA_DIR", "cli-env-data-dir"),
        ("TIMBRA_LANG", "cli-env-lang"),
        ("TIMBRA_LOG", "cli-env-log"),
        ("TIMBRA_NOW", "cli-env-now"),
        ("NO_COLOR", "cli-env-no-color"),
    ]
    .map(|(name, key)| (name, words.text(key)))
    .to_vec()
}

/// Explains a verb and those below it; `path` is the key of its text.
fn explain(command: Command, path: &str, words: &Words) -> Command {
    let flags = words.text("cli-flags");
    let about = words.text(if path == "cli" { "cli-about" } else { path });
    command
        .mut_args(|arg| explain_flag(arg, path, &flags, words))
        .mut_subcommands(|verb| {
            let below = format!("{path}-{}", verb.get_name());
            explain(verb, &below, words)
        })
        .about(about)
        .subcommand_help_heading(words.text("cli-verbs"))
        .subcommand_value_name(words.text("cli-verb"))
        .help_template(format!(
            "{{about}}\n\n{}: {{usage}}\n\n{{all-args}}{{after-help}}",
            words.text("cli-usage")
        ))
}

fn explain_flag(arg: Arg, path: &str, heading: &str, words: &Words) -> Arg {
    let id = arg.get_id().as_str().replace('_', "-");
    let own = format!("{path}-{id}");
    // Flags that mean the same everywhere are explained once.
    let key = if words.has(&own) {
        own
    } else {
        format!("cli-{id}")
    };
    // The texts name the values themselves.
    let hidden = arg.get_action().takes_values();
    arg.help(words.text(&key))
        .help_heading(heading.to_owned())
        .hide_possible_values(hidden)
}

fn key_table(words: &Words) -> String {
    keys(words)
        .into_iter()
        .map(|(keys, name)| format!("  {keys:<24} {name}\n"))
        .collect()
}

fn environment_table(words: &Words) -> String {
    environment(words)
        .into_iter()
        .map(|(name, text)| format!("  {name:<19} {text}\n"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    fn unexplained(command: &Command, missing: &mut Vec<String>) {
        let mut look = |name: &str, text: Option<&clap::builder::StyledStr>| {
            let text = text.map(ToString::to_string).unwrap_or_default();
            if text.is_empty() || text.starts_with("cli-") {
                missing.push(format!("{} {name}", command.get_name()));
            }
        };
        look("", command.get_about());
        for arg in command.get_arguments() {
            look(arg.get_id().as_str(), arg.get_help());
        }
        for verb in command.get_subcommands() {
            unexplained(verb, missing);
        }
    }

    #[test]
    fn every_verb_and_flag_is_explained_in_both_languages() {
        for lang in [Lang::Es, Lang::En] {
            let mut missing = Vec::new();
            unexplained(&command(&Words::new(lang)), &mut missing);
            assert!(missing.is_empty(), "{lang:?}: {missing:?}");
        }
    }

    #[test]
    fn every_variable_is_explained_in_both_languages() {
        for lang in [Lang::Es, Lang::En] {
            for (name, text) in environment(&Words::new(lang)) {
                assert!(!text.starts_with("cli-"), "{name} {lang:?}");
            }
        }
    }

    #[test]
    fn the_definition_of_the_command_line_holds_together() {
        command(&Words::new(Lang::Es)).debug_assert();
    }

    #[test]
    fn verbs_flags_and_values_are_those_of_the_stable_surface() {
        for line in [
            "timbra",
            "timbra --lang es --read-only",
            "timbra demo --fresh --invoices 50 --seed 7 --today 2026-03-15 --lang en",
            "timbra sandbox --listen 127.0.0.1:0 --invoices 10 --seed 2 --today 2026-03-15",
            "timbra sandbox --latency 30 --rate-limit 150 --raw envelope --faults -",
            "timbra sandbox --strict --idempotency honour",
            "timbra check -",
            "timbra check drafts.json --now 2026-03-18T12:00:00 --json --xml previews",
            "timbra check - --now 2026-03-18T12:00:00-06:00 --lang en",
            "timbra check --drafts --json --lang es",
            "timbra sync --json",
            "timbra find 11600 mar --limit 5 --json",
            "timbra export invoices --format csv",
            "timbra export --query jimena --format xlsx --out jimena.xlsx",
            "timbra export customers --query ana --format json --profile kemper",
            "timbra show invoice 6 --draft",
            "timbra show credit-notes 6 --raw --json",
            "timbra download --period 2026-03 --out marzo --json",
            "timbra stamp 6 A-101 --confirm 2 --json",
            "timbra audit --json",
            "timbra audit --since 2026-03-01 --until 2026-03-31 --event stamp --document A-101 --csv",
            "timbra audit --text 3051 --json",
            "timbra audit verify --json",
            "timbra --profile kemper --read-only",
            "timbra show invoice 6 --profile kemper",
            "timbra login --app-id app-1 --consumer-id despacho-001 --profile kemper",
            "timbra logout --profile kemper",
            "timbra profiles --json",
            "timbra doctor --json",
            "timbra completions bash",
            "timbra man",
        ] {
            let parsed = command(&Words::new(Lang::En)).try_get_matches_from(line.split(' '));
            assert!(parsed.is_ok(), "{line}: {:?}", parsed.err());
        }
        for line in [
            "timbra dmeo",
            "timbra --lang fr",
            "timbra demo --today 15/03/2026",
            "timbra sandbox --listen 8787",
            "timbra sandbox --strict --raw record",
            "timbra --profile dos/palabras",
            "timbra login sk_live",
            "timbra check",
            "timbra check - --now noon",
            "timbra check --drafts -",
            "timbra show recibos 6",
            "timbra show invoices",
            "timbra find",
            "timbra export invoices",
            "timbra export --format csv",
            "timbra show invoices 6 --raw --draft",
            "timbra download --period marzo --out marzo",
            "timbra download --period 2026-03",
            "timbra stamp --confirm 0",
            "timbra stamp 6",
            "timbra audit repair",
            "timbra audit --json --csv",
            "timbra audit --since marzo",
            "timbra completions",
        ] {
            let parsed = command(&Words::new(Lang::En)).try_get_matches_from(line.split(' '));
            assert_eq!(parsed.unwrap_err().exit_code(), 2, "{line}");
        }
    }
}
