//! A command line that cannot be meant, refused in the person's language.
//!
//! It decides nothing: what is wrong was found by the parser of the command line. What the parser would say itself is
//! never shown, because that is in one language only.

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::sandbox::SandboxError;
use crate::words::Words;

/// Why the command line is refused, what was probably meant, and where to read on.
pub fn refusal(error: &clap::Error, command: &Command, words: &Words) -> String {
    let told = |kind| {
        error
            .get(kind)
            .map(plain)
            .filter(|text| !text.is_empty())
            .unwrap_or_default()
    };
    let (arg, value) = (
        told(ContextKind::InvalidArg),
        told(ContextKind::InvalidValue),
    );
    let verb = told(ContextKind::InvalidSubcommand);
    let prior = told(ContextKind::PriorArg);
    let key = match error.kind() {
        ErrorKind::InvalidSubcommand => "cli-usage-verb",
        ErrorKind::UnknownArgument => "cli-usage-argument",
        ErrorKind::InvalidValue if value.is_empty() => "cli-usage-no-value",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "cli-usage-value",
        ErrorKind::MissingRequiredArgument => "cli-usage-missing",
        ErrorKind::ArgumentConflict if prior.is_empty() || prior == arg => "cli-usage-twice",
        ErrorKind::ArgumentConflict => "cli-usage-conflict",
        ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            "cli-usage-no-value"
        }
        ErrorKind::TooManyValues => "cli-usage-argument",
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "cli-usage-no-verb"
        }
        ErrorKind::InvalidUtf8 => "cli-usage-unreadable",
        _ => "cli-usage-other",
    };
    let values = [
        ("arg", (&arg).into()),
        ("value", (&value).into()),
        ("verb", (&verb).into()),
        ("prior", (&prior).into()),
    ];
    let mut lines = vec![words.with(key, &values)];
    let meant = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ]
    .into_iter()
    .map(told)
    .find(|text| !text.is_empty());
    if let Some(meant) = meant {
        lines.push(words.with("cli-usage-meant", &[("meant", meant.as_str().into())]));
    }
    let valid = told(ContextKind::ValidValue);
    if !valid.is_empty() {
        lines.push(words.with("cli-usage-valid", &[("valid", valid.as_str().into())]));
    } else if let Some(help) = explanation(&built(command), &arg) {
        lines.push(format!("  {arg}  {help}"));
    }
    lines.push(String::new());
    lines.push(words.text("cli-usage-more"));
    lines.join("\n")
}

/// The command line with the names of all its arguments made up.
fn built(command: &Command) -> Command {
    let mut command = command.clone();
    command.build();
    command
}

/// A sandbox that is not started because of what was asked; nothing where something else failed.
pub fn of_sandbox(error: &SandboxError, words: &Words) -> Option<String> {
    Some(match error {
        SandboxError::NotLoopback(address) => words.with(
            "cli-usage-not-loopback",
            &[("address", address.to_string().as_str().into())],
        ),
        SandboxError::Day(day) => {
            words.with("cli-usage-day", &[("day", day.to_string().as_str().into())])
        }
        // What is wrong with a line of JSON is said in the words of its reader.
        SandboxError::Fault { .. } => words.with(
            "cli-usage-fault",
            &[("cause", error.to_string().as_str().into())],
        ),
        _ => return None,
    })
}

/// A value of the parser as text, without its colours.
fn plain(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::StyledStrs(texts) => {
            let texts: Vec<String> = texts.iter().map(ToString::to_string).collect();
            texts.join(", ")
        }
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// What a flag is for, by the name under which the parser refuses it (`--today <DATE>`).
fn explanation(command: &Command, name: &str) -> Option<String> {
    if name.is_empty() {
        return None;
    }
    command
        .get_arguments()
        .find(|arg| arg.to_string() == name)
        .and_then(|arg| arg.get_help())
        .map(ToString::to_string)
        .or_else(|| {
            command
                .get_subcommands()
                .find_map(|verb| explanation(verb, name))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::speech;
    use crate::words::Lang;

    fn refused(line: &str, lang: Lang) -> String {
        let words = Words::new(lang);
        let mut command = speech::command(&words);
        let error = command
            .try_get_matches_from_mut(line.split(' '))
            .expect_err(line);
        refusal(&error, &command, &words)
    }

    #[test]
    fn every_refusal_is_in_the_language_and_names_what_is_wrong() {
        for (line, named, spanish, english) in [
            ("timbra dmeo", "dmeo", "demo", "demo"),
            ("timbra --langg en", "--langg", "No existe", "no argument"),
            ("timbra --lang fr", "fr", "es, en", "es, en"),
            (
                "timbra --lang",
                "--lang",
                "Falta el valor",
                "value is missing",
            ),
            (
                "timbra demo --today 15/03/2026",
                "15/03/2026",
                "AAAA-MM-DD",
                "YYYY-MM-DD",
            ),
            ("timbra check", "FILE|-", "Falta", "missing"),
            (
                "timbra sandbox --strict --raw record",
                "--raw",
                "juntos",
                "together",
            ),
            (
                "timbra demo --fresh --fresh",
                "--fresh",
                "dos veces",
                "twice",
            ),
            ("timbra demo x", "x", "No existe", "no argument"),
        ] {
            for (lang, expected) in [(Lang::Es, spanish), (Lang::En, english)] {
                let text = refused(line, lang);
                assert!(text.contains(named), "{line}: {text}");
                assert!(text.contains(expected), "{line}: {text}");
                assert!(text.contains("--help"), "{line}: {text}");
                assert!(!text.contains("cli-"), "{line}: {text}");
            }
            let spanish = refused(line, Lang::Es);
            for foreign in [
                "error:",
                "Usage",
                "For more",
                "tip:",
                "unexpected",
                "required",
            ] {
                assert!(!spanish.contains(foreign), "{line}: {spanish}");
            }
        }
    }
}
