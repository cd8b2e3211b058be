//! `timbra login`, `logout`, `profiles` and `doctor` as a script meets them; and that the key is nowhere afterwards.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use timbra::sandbox::{self, Options, Running};
use tokio::runtime::Runtime;

use crate::keyless::assert_keyless;
use crate::run::text;
use crate::unstamped::out;

/// A sandbox, and a machine on which nothing of ours was ever set up.
pub struct Machine {
    runtime: Runtime,
    running: Option<Running>,
    pub home: tempfile::TempDir,
}

impl Machine {
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    /// The same where the sandbox has other options.
    pub fn with(change: impl FnOnce(&mut Options)) -> Self {
        let runtime = Runtime::new().unwrap();
        let mut options = Options {
            listen: "127.0.0.1:0".parse().unwrap(),
            invoices: 20,
            today: Some(jiff::civil::date(2026, 6, 3)),
            ..Options::default()
        };
        change(&mut options);
        let running = runtime.block_on(sandbox::start(options)).unwrap();
        Self {
            runtime,
            running: Some(running),
            home: tempfile::tempdir().unwrap(),
        }
    }

    pub fn running(&self) -> &Running {
        self.running.as_ref().unwrap()
    }

    /// What `timbra login` asks for, as a script answers it.
    pub fn values(&self) -> String {
        let running = self.running();
        let (app, consumer) = (running.app_id(), running.consumer_id());
        format!("{app}\n{consumer}\n{}\n", running.api_key())
    }

    /// A place of the person's own where the key lies, and the command that says it from there.
    pub fn keep_elsewhere(&self) -> (tempfile::TempDir, String) {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("key");
        std::fs::write(&file, format!("{}\n", self.running().api_key())).unwrap();
        let command = format!("cat {}", file.display());
        (place, command)
    }

    /// A command without a variable of ours but the folders and the address.
    pub fn timbra(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_timbra"));
        command
            .args(arguments)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.home.path())
            .env("TIMBRA_CONFIG_DIR", self.home.path().join("config"))
            .env("TIMBRA_DATA_DIR", self.home.path().join("data"))
            .env("TIMBRA_API_URL", self.running().url());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        said(self.timbra(arguments), "")
    }

    pub fn config(&self) -> String {
        std::fs::read_to_string(self.home.path().join("config/config.toml")).unwrap_or_default()
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            self.runtime.block_on(running.stop());
        }
        assert_keyless(self.home.path());
    }
}

/// Runs a command that is told this on its standard input.
pub fn said(mut command: Command, input: &str) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A program that ends before it has read everything closes the pipe.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().unwrap()
}

pub fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

pub fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

#[test]
fn without_a_keyring_login_names_the_company_and_says_how_the_key_is_given() {
    let machine = Machine::new();
    let login = said(
        machine.timbra(&["login", "--lang", "es"]),
        &machine.values(),
    );
    assert_eq!(code(&login), Some(0), "{login:?}");
    let told = out(&login);
    assert!(
        told.contains("ESCUELA KEMPER URGATE · EKU9003173C9"),
        "{told}"
    );
    for hint in ["NO se guardó", "TIMBRA_API_KEY", "key_command = "] {
        assert!(told.contains(hint), "{hint}: {told}");
    }
    let config = machine.config();
    assert!(
        config.contains("consumer_id = \"despacho-001\""),
        "{config}"
    );
    // Without its key nothing is read, and it is said why.
    let read = machine.run(&["show", "invoice", "1"]);
    assert_eq!(code(&read), Some(4), "{read:?}");
    assert!(err(&read).contains("key_command"), "{}", err(&read));
    // With the variable, or with the command that the message names, it is.
    let key = machine.running().api_key();
    let mut with_variable = machine.timbra(&["show", "invoice", "1"]);
    with_variable.env("TIMBRA_API_KEY", key);
    assert_eq!(code(&said(with_variable, "")), Some(0));
    let (_kept, says_it) = machine.keep_elsewhere();
    let command = format!("key_command = \"{says_it}\"\n{config}");
    std::fs::write(machine.home.path().join("config/config.toml"), command).unwrap();
    assert_eq!(code(&machine.run(&["show", "invoice", "1"])), Some(0));
}

#[test]
fn values_that_the_server_refuses_connect_nobody_and_write_nothing() {
    let machine = Machine::new();
    for values in [
        "app-sandbox-timbra\ndespacho-001\nsk_of_somebody_else\n",
        "app-sandbox-timbra\ndespacho-009\nsk_sandbox_timbra_0001\n",
        "another-app\ndespacho-001\nsk_sandbox_timbra_0001\n",
    ] {
        let login = said(machine.timbra(&["login"]), values);
        assert_eq!(code(&login), Some(4), "{values}: {login:?}");
        assert!(!err(&login).contains("sk_"), "{}", err(&login));
    }
    let unsaid = said(machine.timbra(&["login"]), "app-sandbox-timbra\n");
    assert_eq!(code(&unsaid), Some(2), "{unsaid:?}");
    assert_eq!(machine.config(), "");
}

#[test]
fn values_that_nobody_has_are_refused_in_words_and_write_nothing() {
    let machine = Machine::new();
    let (app, consumer, key) = (
        machine.running().app_id(),
        machine.running().consumer_id(),
        machine.running().api_key(),
    );
    let long = "k".repeat(100_000);
    for (values, ends) in [
        (String::new(), 2),
        ("\n\n\n".to_owned(), 2),
        (format!("{app}\n{consumer}\n\n"), 2),
        (format!("{app}\n{consumer}\n   \t \n"), 2),
        (format!("{app}\n{consumer}\n{key}\u{7}\u{1b}[31m\n"), 4),
        (format!("{app}\n{consumer}\u{0}\n{key}\n"), 4),
        (format!("{app}\ndespacho\u{1b}[2J\n{key}\n"), 4),
        (format!("{app}\ndespacho ñ\n{key}\n"), 4),
        (format!("{app}\n{consumer}\n{long}\n"), 4),
        (format!("{long}\n{consumer}\n{key}\n"), 4),
    ] {
        for lang in ["es", "en"] {
            let login = said(machine.timbra(&["login", "--lang", lang]), &values);
            let shown: String = values.chars().take(60).collect();
            assert_eq!(code(&login), Some(ends), "{shown:?}: {login:?}");
            let told = err(&login);
            assert!(!told.trim().is_empty(), "{shown:?}");
            // Each language in its own words.
            let spanish = ["Falta", "La llave", "El id"];
            let is_spanish = spanish.iter().any(|word| told.starts_with(word));
            assert_eq!(is_spanish, lang == "es", "{told}");
            assert!(
                !told.contains('\u{1b}') && !told.contains('\u{7}'),
                "{told:?}"
            );
            assert!(!told.contains(key) && !told.contains(&long), "{told}");
            assert!(told.len() < 2_000, "{} bytes", told.len());
        }
    }
    // Blanks and line ends around what was pasted are no part of it.
    let pasted = format!("  {app} \r\n\t{consumer}\r\n {key}\r\n");
    let login = said(machine.timbra(&["login"]), &pasted);
    assert_eq!(code(&login), Some(0), "{login:?}");
}

#[test]
fn empty_values_on_the_command_line_are_none() {
    let machine = Machine::new();
    let key = format!("{}\n", machine.running().api_key());
    for arguments in [
        ["login", "--app-id", "", "--consumer-id", "despacho-001"],
        ["login", "--app-id", "app", "--consumer-id", "  "],
    ] {
        let login = said(machine.timbra(&arguments), &key);
        assert_eq!(code(&login), Some(2), "{login:?}");
    }
    assert_eq!(machine.config(), "");
}

#[test]
fn a_key_on_the_command_line_is_refused_and_not_repeated() {
    let machine = Machine::new();
    let refused = machine.run(&["login", "sk_live_1", "--lang", "es"]);
    assert_eq!(code(&refused), Some(2));
    assert!(err(&refused).contains("timbra login"), "{}", err(&refused));
    assert!(!err(&refused).contains("sk_live_1"), "{}", err(&refused));
}

#[test]
fn profiles_are_listed_chosen_by_name_and_taken_out() {
    let machine = Machine::new();
    assert_eq!(code(&machine.run(&["profiles"])), Some(3));
    for name in ["uno", "dos"] {
        let login = machine.timbra(&["login", "--profile", name]);
        assert_eq!(code(&said(login, &machine.values())), Some(0));
    }
    let listed: Vec<Value> = out(&machine.run(&["profiles", "--json"]))
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let names: Vec<(&str, bool)> = listed
        .iter()
        .map(|one| (text(&one["profile"]), one["default"].as_bool().unwrap()))
        .collect();
    assert_eq!(names, [("dos", false), ("uno", true)]);
    assert_ne!(listed[0]["color"], listed[1]["color"]);
    let unknown = machine.run(&["audit", "--profile", "tres", "--lang", "es"]);
    assert_eq!(code(&unknown), Some(2));
    assert!(err(&unknown).contains("dos, uno"), "{}", err(&unknown));
    let gone = machine.run(&["logout", "--profile", "uno", "--lang", "es"]);
    assert_eq!(code(&gone), Some(0), "{gone:?}");
    // The key is another company's too, and stays.
    assert!(out(&gone).contains("dos"), "{}", out(&gone));
    assert_eq!(code(&machine.run(&["logout"])), Some(0));
    assert_eq!(code(&machine.run(&["logout"])), Some(3));
}

#[test]
fn doctor_tells_what_is_in_order_and_what_is_not() {
    let machine = Machine::new();
    let states = |output: &Output| -> Vec<(String, String)> {
        out(output)
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            .map(|one| {
                (
                    text(&one["check"]).to_owned(),
                    text(&one["state"]).to_owned(),
                )
            })
            .collect()
    };
    let of = |states: &[(String, String)], what: &str| -> String {
        let found = states.iter().find(|(check, _)| check == what);
        found
            .unwrap_or_else(|| panic!("{what}: {states:?}"))
            .1
            .clone()
    };
    let nobody = machine.run(&["doctor", "--json"]);
    assert_eq!(code(&nobody), Some(4));
    let found = states(&nobody);
    assert_eq!(of(&found, "profile"), "error");
    assert_eq!(of(&found, "network"), "unknown");
    said(machine.timbra(&["login"]), &machine.values());
    let doctor = |key: &str, url: &str| {
        let mut command = machine.timbra(&["doctor", "--json"]);
        command
            .env("TIMBRA_API_KEY", key)
            .env("TIMBRA_API_URL", url);
        said(command, "")
    };
    let well = doctor(machine.running().api_key(), machine.running().url());
    assert_eq!(code(&well), Some(0), "{well:?}");
    let found = states(&well);
    for what in [
        "config",
        "profile",
        "key",
        "network",
        "credentials",
        "limit",
        "clock",
        "catalogues",
        "cache",
    ] {
        assert_eq!(of(&found, what), "ok", "{what}");
    }
    let refused = doctor("sk_of_somebody_else", machine.running().url());
    assert_eq!(code(&refused), Some(4));
    let found = states(&refused);
    assert_eq!(of(&found, "network"), "ok");
    assert_eq!(of(&found, "credentials"), "error");
    let config = machine
        .config()
        .replace(machine.running().url(), "http://127.0.0.1:9");
    std::fs::write(machine.home.path().join("config/config.toml"), config).unwrap();
    let away = doctor(machine.running().api_key(), "http://127.0.0.1:9");
    assert_eq!(code(&away), Some(4));
    assert_eq!(of(&states(&away), "network"), "error");
    // A file that cannot be read again weighs more than one that can.
    std::fs::create_dir_all(machine.home.path().join("data")).unwrap();
    std::fs::write(
        machine.home.path().join("data/durable.db"),
        "no database at all",
    )
    .unwrap();
    std::fs::write(
        machine.home.path().join("data/cache.db"),
        "no database at all",
    )
    .unwrap();
    let found = states(&doctor(
        machine.running().api_key(),
        machine.running().url(),
    ));
    assert_eq!(of(&found, "durable"), "error");
    assert_eq!(of(&found, "cache"), "warning");
}

/// Unlocks a keyring and waits until it stands on the bus. Its daemon comes back before it has taken its name there; who
/// asked sooner would have the bus start another one, which is locked.
const UNLOCK: &str = r#"printf 'open\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
asked=0
until dbus-send --session --print-reply --dest=org.freedesktop.DBus / \
    org.freedesktop.DBus.GetNameOwner string:org.freedesktop.secrets >/dev/null 2>&1
do
    asked=$((asked + 1))
    [ "$asked" -lt 5000 ] || { echo "the keyring never came to the bus"; exit 9; }
done
"#;

/// A session bus with an unlocked keyring of its own, for one command; nothing where the machine has none to offer.
fn with_keyring(machine: &Machine, script: &str) -> Option<Command> {
    let has = |program: &str| {
        let found = Command::new("sh")
            .args(["-c", &format!("command -v {program}")])
            .output();
        found.is_ok_and(|output| output.status.success())
    };
    if !["dbus-run-session", "dbus-send", "gnome-keyring-daemon"]
        .into_iter()
        .all(has)
    {
        return None;
    }
    let whole = format!("{UNLOCK}{script}");
    let mut command = Command::new("dbus-run-session");
    let timbra = machine.timbra(&[]);
    command.args(["--", "sh", "-c", &whole]).env_clear();
    for (name, value) in timbra.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    command.env("TIMBRA", timbra.get_program());
    Some(command)
}

#[test]
fn with_a_keyring_the_key_is_kept_there_used_from_there_and_forgotten() {
    let machine = Machine::new();
    let script = "set -e
        \"$TIMBRA\" login --lang es
        \"$TIMBRA\" show invoice 1 --json
        \"$TIMBRA\" doctor --lang en
        \"$TIMBRA\" logout --lang es
        \"$TIMBRA\" login --app-id app-sandbox-timbra --consumer-id despacho-001 </dev/null || echo \"ended with $?\"";
    let Some(command) = with_keyring(&machine, script) else {
        println!("skipped: gnome-keyring-daemon, dbus-run-session or dbus-send is not installed");
        return;
    };
    let run = said(command, &machine.values());
    let told = out(&run);
    assert_eq!(code(&run), Some(0), "{run:?}");
    for part in [
        "La llave está en el llavero del sistema",
        "\"kind\":\"invoices\"",
        "key in the system keyring",
        "Su llave se borró del llavero",
        // Once it is forgotten it has to be given again.
        "ended with 2",
    ] {
        assert!(told.contains(part), "{part}: {run:?}");
    }
}

#[test]
fn a_keyring_that_is_locked_and_stays_so_is_told_and_nobody_waits_for_it() {
    let machine = Machine::new();
    // Nobody is here to unlock it: there is no display.
    let script = "\"$TIMBRA\" login --lang es
        dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets \\
            org.freedesktop.Secret.Service.Lock array:objpath:/org/freedesktop/secrets/collection/login >/dev/null
        echo \"locked $?\"
        \"$TIMBRA\" doctor --lang es; echo \"doctor $?\"
        \"$TIMBRA\" show invoice 1 --lang es; echo \"show $?\"
        \"$TIMBRA\" logout --lang es; echo \"logout $?\"";
    let Some(command) = with_keyring(&machine, script) else {
        println!("skipped: gnome-keyring-daemon, dbus-run-session or dbus-send is not installed");
        return;
    };
    let run = said(command, &machine.values());
    let told = out(&run);
    for part in [
        "locked 0",
        "✖ Llave",
        "key_command",
        "doctor 4",
        "show 4",
        "logout 0",
        "no se pudo borrar",
    ] {
        assert!(told.contains(part), "{part}: {run:?}");
    }
    assert!(!told.contains(machine.running().api_key()), "{told}");
}

#[test]
fn the_log_names_the_profile_by_the_name_that_the_person_gave_it() {
    let machine = Machine::new();
    let login = said(
        machine.timbra(&["login", "--profile", "kemper"]),
        &machine.values(),
    );
    assert_eq!(code(&login), Some(0), "{login:?}");
    let run = |arguments: &[&str]| {
        let mut command = machine.timbra(arguments);
        command
            .env("TIMBRA_API_KEY", machine.running().api_key())
            .env("TIMBRA_NOW", "2026-06-03T16:00:00Z")
            // A name that anybody can give oneself.
            .env("USER", "nobody in particular");
        said(command, "")
    };
    let judged = out(&run(&["check", "--drafts", "--json"]));
    let ready = judged.lines().find_map(|line| {
        let one: Value = serde_json::from_str(line).unwrap();
        (one["verdict"] == "ok").then(|| text(&one["id"]).to_owned())
    });
    // Whether the stamp is given is the tax authority's; that it was asked for is in the log.
    run(&["stamp", &ready.expect("a draft"), "--confirm", "1"]);
    let log = out(&run(&["audit", "--json"]));
    let sent: Value = serde_json::from_str(log.lines().next().expect("an entry")).unwrap();
    assert_eq!(sent["event"], "stamp-sent", "{log}");
    assert_eq!(sent["detail"]["profile"], "kemper", "{log}");
    let user = Command::new("id").arg("-un").output().unwrap().stdout;
    assert_eq!(
        sent["detail"]["user"],
        String::from_utf8(user).unwrap().trim()
    );
    let sheet = out(&run(&["audit", "--csv"]));
    assert!(sheet.contains(",kemper,"), "{sheet}");
}
