//! A server of scripted replies on loopback, written on bare sockets so that it can also hang, cut and drop.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use timbra::api::{Apideck, Connection, Timing};
use timbra::domain::secret::Secret;

/// The key of every test connection; it may be seen in one header only.
pub const KEY: &str = "sk_test_alegra_demo";

/// What the server does with a request.
#[derive(Clone, Debug)]
pub enum Script {
    /// Answers and keeps the connection open.
    Answer(Canned),
    /// Reads the request and closes without a word.
    Drop,
    /// Reads the request and says nothing until the client goes.
    Hang,
    /// Writes these bytes and closes.
    Bytes(Vec<u8>),
}

/// A whole answer.
#[derive(Clone, Debug)]
pub struct Canned {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// A request as it was seen.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Which connection it came by.
    pub connection: usize,
    pub method: String,
    /// Path and query.
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Seen {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).expect("a JSON body")
    }
}

/// An answer of JSON.
pub fn answer(status: u16, body: impl ToString) -> Script {
    Script::Answer(Canned {
        status,
        headers: vec![("content-type".into(), "application/json".into())],
        body: body.to_string().into_bytes(),
    })
}

impl Script {
    /// The same with one more header.
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        if let Script::Answer(canned) = &mut self {
            canned.headers.push((name.into(), value.to_string()));
        }
        self
    }
}

#[derive(Default)]
struct State {
    script: VecDeque<Script>,
    seen: Vec<Seen>,
}

/// The running server. Its last line of script is repeated for ever.
pub struct Server {
    pub url: String,
    state: Arc<Mutex<State>>,
}

impl Server {
    pub fn new(script: impl IntoIterator<Item = Script>) -> Self {
        Self::at(|_| script)
    }

    /// A server whose script knows its own address.
    pub fn at<I: IntoIterator<Item = Script>>(script: impl FnOnce(&str) -> I) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let state = Arc::new(Mutex::new(State {
            script: script(&url).into_iter().collect(),
            seen: Vec::new(),
        }));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for (connection, stream) in listener.incoming().enumerate() {
                let Ok(stream) = stream else { return };
                let state = Arc::clone(&shared);
                thread::spawn(move || serve(connection, stream, &state));
            }
        });
        Self { url, state }
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.state.lock().expect("the state").seen.clone()
    }

    /// The one request that was made.
    pub fn only(&self) -> Seen {
        let seen = self.seen();
        assert_eq!(seen.len(), 1, "{seen:#?}");
        seen[0].clone()
    }

    pub fn count(&self, method: &str) -> usize {
        self.seen().iter().filter(|r| r.method == method).count()
    }

    pub fn connection(&self) -> Connection {
        connection(&self.url)
    }

    /// A client without patience: no waits between tries.
    pub fn client(&self) -> Apideck {
        Apideck::with_timing(&self.connection(), hasty()).expect("a client")
    }
}

pub fn connection(base: &str) -> Connection {
    Connection {
        base: base.into(),
        key: Secret::new(KEY),
        app_id: "app-1".into(),
        consumer_id: "despacho-001".into(),
    }
}

/// No waits, and limits long enough for a slow machine.
pub fn hasty() -> Timing {
    Timing {
        backoff: [Duration::ZERO; 2],
        least_pause: Duration::ZERO,
        ..Timing::default()
    }
}

fn serve(connection: usize, stream: TcpStream, state: &Mutex<State>) {
    let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
    let mut writer = stream;
    while let Some(seen) = request(connection, &mut reader) {
        let step = {
            let mut state = state.lock().expect("the state");
            state.seen.push(seen);
            match state.script.len() {
                0 => return,
                1 => state.script[0].clone(),
                _ => state.script.pop_front().expect("a step"),
            }
        };
        match step {
            Script::Drop => return,
            Script::Hang => {
                // Ends when the client closes its side.
                let _ = reader.read(&mut [0]);
                return;
            }
            Script::Bytes(bytes) => {
                let _ = writer.write_all(&bytes);
                return;
            }
            Script::Answer(canned) => {
                let mut head = format!("HTTP/1.1 {} X\r\n", canned.status);
                for (name, value) in &canned.headers {
                    head.push_str(&format!("{name}: {value}\r\n"));
                }
                if canned.status != 204 {
                    head.push_str(&format!("content-length: {}\r\n", canned.body.len()));
                }
                head.push_str("\r\n");
                // One write, or every answer waits for an acknowledgement of its head.
                let mut whole = head.into_bytes();
                whole.extend_from_slice(&canned.body);
                if writer.write_all(&whole).is_err() {
                    return;
                }
            }
        }
    }
}

fn request(connection: usize, reader: &mut BufReader<TcpStream>) -> Option<Seen> {
    let mut line = String::new();
    if reader.read_line(&mut line).ok()? == 0 {
        return None;
    }
    let mut words = line.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
    let length = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Seen {
        connection,
        method,
        target,
        headers,
        body: String::from_utf8(body).expect("UTF-8"),
    })
}
