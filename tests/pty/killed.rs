//! The program killed for certain around a stamp (`kill -9`), and two of it at once on one folder. A fresh process on
//! the same folder recovers, says what is true, and gets done what was not. The sandbox would stamp twice if asked.

use std::path::Path;
use std::time::{Duration, Instant};

use fastrand::Rng;
use jiff::{Timestamp, ToSpan};
use reqwest::{Client, Method};
use serde_json::{Value, json};
use tempfile::TempDir;
use timbra::sandbox::{self, Options, Running};
use tokio::runtime::{Builder, Runtime};

use crate::terminal::{Terminal, timbra};

/// The day of the sandbox.
const TODAY: &str = "2026-06-03";

/// When the first program starts; each further one so much later that every result is due to be known.
const OPENS: &str = "2026-06-03T10:00:00-06:00";
const APART: i64 = 100;

/// How long the sandbox may take to hear of something.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long a person looks at the screen before the same key is pressed again.
const BETWEEN_KEYS: Duration = Duration::from_millis(100);

/// Requests between the last key and the end of a stamp, about: what is read once more, the stamp, what is read after.
const REQUESTS: usize = 14;

/// A sandbox with drafts in it, and one folder for all programs.
struct House {
    runtime: Runtime,
    running: Option<Running>,
    client: Client,
    home: TempDir,
    /// Programs started so far.
    started: i64,
    rng: Rng,
}

/// A draft, and the total by which it is found.
struct Draft {
    id: String,
    total: String,
}

impl House {
    fn of(seed: u64) -> Self {
        // The other binary that may have installed one is this process itself.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let options = Options {
            listen: "127.0.0.1:0".parse().unwrap(),
            invoices: 3,
            seed: 7,
            today: Some(TODAY.parse().unwrap()),
            stamps_again: true,
            // So that there are moments between the requests in which a program can die.
            latency: Some(Duration::from_millis(2)),
            ..Options::default()
        };
        Self {
            running: Some(runtime.block_on(sandbox::start(options)).unwrap()),
            runtime,
            client: Client::builder().no_proxy().build().unwrap(),
            home: tempfile::tempdir().unwrap(),
            started: 0,
            rng: Rng::with_seed(seed),
        }
    }

    fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let base = self.running.as_ref().unwrap().url();
        let request = self
            .client
            .request(method, format!("{base}{path}"))
            .bearer_auth(sandbox::API_KEY)
            .header("x-apideck-app-id", sandbox::APP_ID)
            .header("x-apideck-consumer-id", sandbox::CONSUMER_ID)
            .header("x-apideck-service-id", "alegra")
            .body(body.map_or_else(String::new, |body| body.to_string()));
        self.runtime.block_on(async {
            let text = request.send().await.unwrap().text().await.unwrap();
            serde_json::from_str(&text).unwrap()
        })
    }

    /// A colleague makes so many drafts.
    fn drafts(&self, count: u32) -> Vec<Draft> {
        (0..count).map(|place| self.draft(place)).collect()
    }

    /// A draft that stamps well; its price is its own.
    fn draft(&self, place: u32) -> Draft {
        let price = 10 * (100 + place);
        let body = json!({
            "customer": {"id": "1"}, "invoice_date": TODAY, "due_date": TODAY, "payment_method": "transfer",
            "line_items": [{
                "item": {"id": "37"}, "description": "Taladro", "quantity": 10, "unit_price": price,
                "tax_rate": {"id": "1"},
            }],
            "pass_through": [{"service_id": "alegra", "extend_object": {
                "paymentType": "PUE", "cfdiUse": "G03", "regimeClient": "GENERAL_REGIME_OF_MORAL_PEOPLE_LAW",
            }}],
        });
        let made = self.ask(Method::POST, "/accounting/invoices", Some(body));
        let total = (price * 116 / 10).to_string();
        let (thousands, rest) = total.split_at(total.len() - 3);
        Draft {
            id: made["data"]["id"].as_str().unwrap().to_owned(),
            total: format!("{thousands},{rest}.00"),
        }
    }

    /// Starts the program, later than every one before.
    fn start(&mut self) -> Terminal {
        let now: Timestamp = OPENS.parse().unwrap();
        let now = now + (self.started * APART).seconds();
        self.started += 1;
        let variables = [
            ("TIMBRA_API_URL", self.running.as_ref().unwrap().url()),
            ("TIMBRA_API_KEY", sandbox::API_KEY),
            ("TIMBRA_APP_ID", sandbox::APP_ID),
            ("TIMBRA_CONSUMER_ID", sandbox::CONSUMER_ID),
            ("TIMBRA_NOW", &now.to_string()),
        ];
        let mut arguments = variables
            .map(|(name, value)| format!("{name}={value}"))
            .to_vec();
        arguments.push(timbra().display().to_string());
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        // It puts the program in its own place, so that a signal hits the program.
        Terminal::start(Path::new("env"), &arguments, self.home.path(), (80, 24))
    }

    fn requests(&self) -> usize {
        let state = self.ask(Method::GET, "/sandbox/state", None);
        state["requests"].as_array().unwrap().len()
    }

    /// Folios that a draft cost, by the sandbox's own count.
    fn folios(&self, draft: &Draft) -> u64 {
        let state = self.ask(Method::GET, "/sandbox/state", None);
        let mut documents = state["documents"].as_array().unwrap().iter();
        let document = documents.find(|document| document["id"] == draft.id.as_str());
        document.unwrap()["stamps"].as_u64().unwrap()
    }

    /// A fresh program on the folder shows what is true, and stamps what is not stamped yet.
    fn recovers(&mut self, draft: &Draft) {
        let mut terminal = self.start();
        shows(&mut terminal, draft);
        let folios = self.folios(draft);
        assert!(folios <= 1, "{folios} folios for {}", draft.id);
        let badge = ["◇ SIN TIMBRAR", "◆ TIMBRADA"][usize::from(folios == 1)];
        terminal.wait_for_text(badge);
        if folios == 0 {
            asks(&mut terminal);
            terminal.send("\r");
            terminal.wait_for_text("Timbrada.");
        }
        assert_eq!(self.folios(draft), 1, "{}", draft.id);
        terminal.signal("TERM");
        terminal.wait_for_end();
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            self.runtime.block_on(running.stop());
        }
    }
}

/// Opens the page of a draft.
fn shows(terminal: &mut Terminal, draft: &Draft) {
    terminal.wait_for("the books, all of them", |screen| {
        let text = screen.contents();
        text.contains("datos de las") && !text.contains("leyendo")
    });
    terminal.send("/");
    terminal.send(&draft.total.replace(',', ""));
    terminal.wait_for_text(&draft.total);
    terminal.send("\r");
    terminal.wait_for_text("XENON");
}

/// Asks for the stamp, up to the last key.
fn asks(terminal: &mut Terminal) {
    terminal.send("T");
    terminal.wait_for_text("[ No ]");
    // There is a yes once everything was read and judged; until then the key says why there is none. One key too many
    // changes nothing, and then nothing is written.
    let begun = Instant::now();
    while !terminal.text().contains("[ Sí, timbrar ]") {
        assert!(begun.elapsed() < PATIENCE, "{}", terminal.text());
        terminal.send("s");
        terminal.receive(BETWEEN_KEYS);
    }
}

/// So many times, each with a draft of its own: killed when the sandbox has heard a number of requests since the last
/// key.
fn killed_around_a_stamp(times: u32, seed: u64) {
    let mut house = House::of(seed);
    for draft in house.drafts(times) {
        let mut terminal = house.start();
        shows(&mut terminal, &draft);
        asks(&mut terminal);
        let heard = house.requests() + house.rng.usize(..REQUESTS);
        terminal.send("\r");
        let begun = Instant::now();
        while house.requests() < heard && house.folios(&draft) == 0 {
            assert!(begun.elapsed() < PATIENCE, "{}", terminal.text());
        }
        terminal.signal("KILL");
        terminal.wait_for_end();
        house.recovers(&draft);
    }
}

#[test]
fn killed_thirty_times_around_a_stamp_it_never_costs_a_second_folio() {
    killed_around_a_stamp(30, 1);
}

#[test]
fn killed_thirty_times_more_it_says_what_is_true_each_time() {
    killed_around_a_stamp(30, 2);
}

#[test]
fn two_programs_that_stamp_the_same_twenty_drafts_at_once_cost_twenty_folios() {
    let mut house = House::of(3);
    for draft in house.drafts(20) {
        let mut both = [house.start(), house.start()];
        for terminal in &mut both {
            shows(terminal, &draft);
            asks(terminal);
        }
        let first = house.rng.usize(..2);
        both[first].send("\r");
        both[1 - first].send("\r");
        let begun = Instant::now();
        while house.folios(&draft) == 0 {
            assert!(begun.elapsed() < PATIENCE, "{}", both[first].text());
        }
        for terminal in &mut both {
            terminal.signal("KILL");
            terminal.wait_for_end();
        }
        house.recovers(&draft);
    }
}
