//! Walks 9 and 10: the wrong company, and the first three minutes.

use tempfile::TempDir;
use timbra::sandbox::{self, Fault, Options, Running};
use tokio::runtime::{Builder, Runtime};

use crate::keyless::{files, holds};
use crate::terminal::{Terminal, timbra};
use crate::walk::{Walk, in_demo};

/// Goes down to the first row that the fiscal rules found nothing against.
fn to_a_ready_one(walk: &mut Walk) {
    walk.sees_that("a document that is ready", |screen| {
        screen.contents().contains(" LISTA ")
    });
    let text = walk.text();
    let head = text.lines().position(|row| row.contains("Folio "));
    let ready = text.lines().position(|row| row.contains(" LISTA "));
    for _ in head.unwrap() + 1..ready.unwrap() {
        walk.keys("<Down>");
    }
}

/// How many times a document changed in a sandbox of the demo.
fn changes(home: &TempDir, world: &str) -> usize {
    let file = home.path().join("data/demo").join(world);
    let text = std::fs::read_to_string(file).unwrap();
    // Whoever stops in order notes the hour besides.
    text.lines()
        .filter(|line| line.contains("\"Sale\""))
        .count()
}

#[test]
fn walk_9_going_over_closes_the_card_and_the_first_stamp_there_asks_for_the_rfc() {
    let home = tempfile::tempdir().unwrap();
    let mut walk = in_demo(&home, "120").begins();
    walk.keys("u");
    to_a_ready_one(&mut walk);
    walk.keys("T").sees("¿Timbrar?");
    walk.keys("<C-e>").sees("¿De qué empresa");
    walk.keys("<Enter>")
        .sees_that("the other books and no card", |screen| {
            let text = screen.contents();
            let frame = text.lines().next().unwrap_or_default().to_owned();
            frame.contains("IVD920810GU2") && !text.contains("¿Timbrar?")
        });
    walk.keys("u");
    to_a_ready_one(&mut walk);
    walk.keys("T").sees("3 últimos de su RFC");
    // Those of the company before: Yes stays out of reach, and Enter takes nothing.
    walk.types("3c9").keys("<Tab> <Enter>");
    walk.sees("[ No ]").keys("<Esc>");
    walk.sees_that("no card", |screen| !screen.contents().contains("3 últimos"));
    walk.keys("T").sees("3 últimos de su RFC");
    walk.types("gu2").keys("<Tab> <Enter>").sees("Timbrada.");
    assert!(walk.keys_pressed() <= 60, "{}", walk.keys_pressed());
    walk.terminal.signal("TERM");
    walk.terminal.wait_for_end();
    assert_eq!(changes(&home, "world.jsonl"), 0, "nothing was sent before");
    assert_eq!(changes(&home, "world-2.jsonl"), 1, "one stamp, once");
}

/// A sandbox on a thread of its own.
pub struct Server {
    runtime: Runtime,
    running: Option<Running>,
}

impl Server {
    fn start() -> Self {
        Self::with_faults(Vec::new())
    }

    /// One in which these faults are planted.
    pub fn with_faults(faults: Vec<Fault>) -> Self {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let options = Options {
            listen: "127.0.0.1:0".parse().unwrap(),
            invoices: 60,
            faults,
            ..Options::default()
        };
        let running = runtime.block_on(sandbox::start(options)).unwrap();
        Self {
            runtime,
            running: Some(running),
        }
    }

    pub fn url(&self) -> String {
        self.running.as_ref().unwrap().url().to_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            self.runtime.block_on(running.stop());
        }
    }
}

/// What the process list shows of a program and of those that it started, where the system tells.
pub fn process_list(terminal: &Terminal) -> Vec<u8> {
    let Some(pid) = terminal.process_id() else {
        return Vec::new();
    };
    let of = |pid: u32| {
        ["cmdline", "environ"]
            .into_iter()
            .filter_map(|what| std::fs::read(format!("/proc/{pid}/{what}")).ok())
            .collect::<Vec<_>>()
            .concat()
    };
    let children = std::fs::read_to_string(format!("/proc/{pid}/task/{pid}/children"));
    let children = children.unwrap_or_default();
    let pids = children
        .split_whitespace()
        .filter_map(|pid| pid.parse().ok());
    pids.chain([pid]).map(of).collect::<Vec<_>>().concat()
}

#[test]
fn walk_10_from_the_first_page_to_the_first_search_and_the_key_is_nowhere() {
    let server = Server::start();
    let home = tempfile::tempdir().unwrap();
    let url = server.url();
    let variables = [("TIMBRA_API_URL", url.as_str()), ("TIMBRA_LOG", "trace")];
    let terminal = Terminal::start_with(&timbra(), &[], &variables, home.path(), (80, 24));
    let mut walk = Walk::of(terminal);
    walk.sees("Conectar una empresa");
    walk.keys("<Down> <Enter>").sees("Id de la aplicación");
    walk.types(sandbox::APP_ID).keys("<Enter>");
    walk.types(sandbox::CONSUMER_ID).keys("<Enter>");
    // A wrong key first: what was typed stays, and it is said why.
    walk.types("sk_wrong").keys("<Enter>");
    walk.sees_that("that it is refused", |screen| {
        let text = screen.contents();
        !text.contains("Probando") && text.contains(sandbox::APP_ID)
    });
    walk.keys("<C-u>").types(sandbox::API_KEY);
    assert!(walk.text().contains("••••••••"), "{}", walk.text());
    walk.keys("<Enter>")
        .sees("ESCUELA KEMPER URGATE · EKU9003173C9");
    assert!(walk.text().contains("NO se guardó"), "{}", walk.text());
    walk.keys("<Enter>")
        .sees_that("the books, all of them", |screen| {
            let text = screen.contents();
            text.contains("datos de las")
                && !text.contains("leyendo")
                && !text.contains("hasta ahora")
        });
    assert!(!holds(&process_list(&walk.terminal), sandbox::API_KEY));
    walk.keys("/").types("a-1").sees("A-1");
    // A quarter of a second for each: well within three minutes.
    assert!(walk.keys_pressed() < 120, "{} keys", walk.keys_pressed());
    walk.terminal.signal("TERM");
    walk.terminal.wait_for_end();
    assert!(
        !holds(&walk.terminal.stream, sandbox::API_KEY),
        "on the screen"
    );
    let kept = files(home.path());
    for name in ["config.toml", "timbra.log", "cache.db", "durable.db"] {
        assert!(
            kept.iter().any(|file| file.ends_with(name)),
            "{name}: {kept:?}"
        );
    }
    for file in kept {
        assert!(
            !holds(&std::fs::read(&file).unwrap(), sandbox::API_KEY),
            "{file:?}"
        );
    }
}

#[test]
fn a_key_that_a_command_gives_is_in_no_file_process_list_or_screen() {
    let server = Server::start();
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("config");
    std::fs::create_dir_all(&folder).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let kept = elsewhere.path().join("kept");
    std::fs::write(&kept, format!("{}\n", sandbox::API_KEY)).unwrap();
    let config = format!(
        "key_command = \"cat {}\"\n[profiles.kemper]\nconsumer_id = \"{}\"\napp_id = \"{}\"\napi_url = \"{}\"\n",
        kept.display(),
        sandbox::CONSUMER_ID,
        sandbox::APP_ID,
        server.url(),
    );
    std::fs::write(folder.join("config.toml"), config).unwrap();
    let variables = [("TIMBRA_LOG", "trace")];
    let mut terminal = Terminal::start_with(&timbra(), &[], &variables, home.path(), (80, 24));
    terminal.wait_for_text("EKU9003173C9");
    assert!(!holds(&process_list(&terminal), sandbox::API_KEY));
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
    assert!(!holds(&terminal.stream, sandbox::API_KEY));
    for file in files(home.path()) {
        assert!(
            !holds(&std::fs::read(&file).unwrap(), sandbox::API_KEY),
            "{file:?}"
        );
    }
}

/// `timbra login` at its first question.
fn login(server: &Server, home: &TempDir) -> Terminal {
    let url = server.url();
    let variables = [("TIMBRA_API_URL", url.as_str())];
    let mut terminal =
        Terminal::start_with(&timbra(), &["login"], &variables, home.path(), (80, 24));
    terminal.wait_for_text("Id de la aplicación");
    terminal
}

#[test]
fn a_login_that_is_interrupted_at_the_key_gives_the_terminal_back_and_writes_nothing() {
    let server = Server::start();
    let home = tempfile::tempdir().unwrap();
    for (ends, how) in [("key", "\u{3}"), ("signal", "")] {
        let mut terminal = login(&server, &home);
        terminal.send("x\u{7f}");
        terminal.send(&format!("{}\r", sandbox::APP_ID));
        terminal.wait_for_text("Id del consumidor");
        terminal.send(&format!("{}\r", sandbox::CONSUMER_ID));
        terminal.wait_for_text("no se ve");
        assert!(terminal.text().contains(&format!(": {}", sandbox::APP_ID)));
        terminal.send("sk_half_a_key");
        match how {
            "" => terminal.signal("TERM"),
            key => terminal.send(key),
        }
        assert_ne!(terminal.wait_for_end(), 0, "{ends}");
        terminal.assert_as_it_was();
        assert!(!holds(&terminal.stream, "sk_half"), "on the screen");
    }
    assert!(!home.path().join("config/config.toml").exists());
}

#[test]
fn all_three_values_pasted_at_once_connect_and_show_no_key() {
    let server = Server::start();
    let home = tempfile::tempdir().unwrap();
    for end in ["\r", "\r\n"] {
        let mut terminal = login(&server, &home);
        let values = [sandbox::APP_ID, sandbox::CONSUMER_ID, sandbox::API_KEY, ""];
        terminal.send(&values.join(end));
        terminal.wait_for_text("ESCUELA KEMPER URGATE");
        assert_eq!(terminal.wait_for_end(), 0);
        terminal.assert_as_it_was();
        assert!(!holds(&terminal.stream, sandbox::API_KEY), "on the screen");
    }
}
