//! The server gone while something is written, the program killed, the server back: what was written is made once.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use reqwest::Client;
use serde_json::Value;
use timbra::sandbox;
use tokio::runtime::Builder;
use vt100::Screen;

use crate::terminal::{Terminal, timbra};

/// `timbra sandbox` as a process of its own, so that it can be killed.
struct Server {
    child: Child,
    url: String,
}

impl Server {
    /// Listens there; port 0 is whichever is free. The same books each time.
    fn start(address: &str) -> Self {
        let mut child = Command::new(timbra())
            .args(["sandbox", "--listen", address])
            .args(["--invoices", "20", "--seed", "7"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let url = line.trim().rsplit(' ').next().unwrap().to_owned();
        assert!(url.starts_with("http://"), "{line}");
        Self { child, url }
    }

    /// Ends it without a word; where it was to be found.
    fn killed(mut self) -> String {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.url.clone()
    }

    fn ask(&self, path: &str) -> Value {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let client = Client::builder().no_proxy().build().unwrap();
        runtime.block_on(async {
            let request = client
                .get(format!("{}{path}", self.url))
                .bearer_auth(sandbox::API_KEY)
                .header("x-apideck-app-id", sandbox::APP_ID)
                .header("x-apideck-consumer-id", sandbox::CONSUMER_ID)
                .header("x-apideck-service-id", "alegra");
            let text = request.send().await.unwrap().text().await.unwrap();
            serde_json::from_str(&text).unwrap()
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn program(url: &str, home: &tempfile::TempDir) -> Terminal {
    let variables = [
        ("TIMBRA_API_URL", url),
        ("TIMBRA_API_KEY", sandbox::API_KEY),
        ("TIMBRA_APP_ID", sandbox::APP_ID),
        ("TIMBRA_CONSUMER_ID", sandbox::CONSUMER_ID),
    ];
    Terminal::start_with(&timbra(), &[], &variables, home.path(), (80, 24))
}

fn shows(screen: &Screen, texts: &[&str]) -> bool {
    let text = screen.contents();
    texts.iter().all(|wanted| text.contains(wanted))
}

#[test]
fn what_is_written_without_a_server_survives_two_kills_and_is_made_exactly_once() {
    const NAME: &str = "TALLER DEL SUR";
    let _ = rustls::crypto::ring::default_provider().install_default();
    let home = tempfile::tempdir().unwrap();
    let server = Server::start("127.0.0.1:0");
    let mut terminal = program(&server.url, &home);
    terminal.wait_for("the books, all of them", |screen| {
        let text = screen.contents();
        text.contains("datos de las") && !text.contains("leyendo") && !text.contains('—')
    });

    let url = server.killed();
    terminal.send("gcn");
    terminal.wait_for_text("Nuevo cliente");
    terminal.send(NAME);
    terminal.wait_for_text(NAME);
    terminal.send("\x1b[19~");
    terminal.wait_for_text("No se envió: no hay conexión");
    terminal.signal("KILL");
    terminal.wait_for_end();

    // It waits, server or not.
    let mut terminal = program(&url, &home);
    terminal.wait_for("what waits", |screen| {
        shows(screen, &["sin conexión", NAME, "espera conexión"])
    });
    let server = Server::start(url.trim_start_matches("http://"));
    terminal.send("r");
    terminal.wait_for("that it can be sent", |screen| {
        shows(screen, &["por enviar", "1 captura espera a enviarse"])
    });
    let state = server.ask("/sandbox/state?documents=false");
    let posts = |state: &Value| {
        let requests = state["requests"].as_array().unwrap();
        let made = requests
            .iter()
            .filter(|one| one["method"] == "POST" && one["path"] == "/accounting/customers");
        made.count()
    };
    assert_eq!(posts(&state), 0, "nothing leaves by itself");
    terminal.send("gm");
    terminal.wait_for_text("Nuevo cliente");
    terminal.send("\x1b[19~");
    terminal.wait_for("its page", |screen| {
        shows(screen, &[NAME]) && !screen.contents().contains("Nuevo cliente")
    });
    terminal.send("gh");
    terminal.wait_for("nothing that waits", |screen| {
        shows(screen, &["Inicio"]) && !screen.contents().contains("por enviar")
    });
    assert_eq!(posts(&server.ask("/sandbox/state?documents=false")), 1);
    let newest = "/accounting/customers?limit=30&sort[by]=created_at&sort[direction]=desc";
    let customers = server.ask(newest);
    let named = customers["data"].as_array().unwrap().iter();
    let named = named.filter(|one| one.to_string().contains(NAME));
    assert_eq!(named.count(), 1);
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
}
