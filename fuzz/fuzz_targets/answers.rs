//! Any bytes as the answer of a server: every reader of the client gives a record or an error, and never panics.
//!
//! They come over a connection on loopback, as they do in life, so that no door into the readers is needed that the
//! program does not have. The first byte chooses kind and status.

#![no_main]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, LazyLock, Mutex};
use std::thread;

use libfuzzer_sys::fuzz_target;
use timbra::api::{Apideck, Books, Connection, Secret};
use timbra::domain::kind::Kind;
use timbra::domain::record::Id;
use tokio::runtime::{Builder, Runtime};

struct World {
    answer: Arc<Mutex<Vec<u8>>>,
    client: Apideck,
    runtime: Runtime,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let answer = Arc::new(Mutex::new(Vec::new()));
    let said = answer.clone();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let said = said.clone();
            thread::spawn(move || {
                let mut stream = stream;
                let mut request = [0; 8_192];
                // Requests are small and come one after the other: one read is one of them.
                while stream.read(&mut request).is_ok_and(|read| read > 0) {
                    let whole = said.lock().expect("the answer").clone();
                    if stream.write_all(&whole).is_err() {
                        return;
                    }
                }
            });
        }
    });
    let client = Apideck::new(&Connection {
        base: base.as_str().into(),
        key: Secret::new("sk_test_alegra_demo"),
        app_id: "app-1".into(),
        consumer_id: "despacho-001".into(),
    });
    World {
        answer,
        client: client.expect("a client"),
        runtime: Builder::new_current_thread().enable_all().build().expect("a runtime"),
    }
});

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, body)) = bytes.split_first() else {
        return;
    };
    let kind = Kind::ALL[usize::from(*choice) % Kind::ALL.len()];
    let status = if *choice < 128 { 200 } else { 400 };
    let mut whole = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n\r\n", body.len()).into_bytes();
    whole.extend_from_slice(body);
    *WORLD.answer.lock().expect("the answer") = whole;
    WORLD.runtime.block_on(async {
        if let Ok(page) = WORLD.client.page(kind, None, None).await {
            for row in page.rows {
                assert!(!row.record.id.as_str().is_empty());
            }
        }
        let _ = WORLD.client.one(kind, &Id::from("6"), true).await;
    });
});
