//! What the other side tells by itself: heard only with a good signature, once, and only as a reason to read (contract E).

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};

use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use timbra::sandbox::{API_KEY, CONSUMER_ID, OTHER_CONSUMER_ID};

use crate::harness::{Manner, Office, Run, good_draft};

/// An address of this machine that nobody listens at.
fn free() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address")
}

fn listening(office: &Office) -> (Run, SocketAddr) {
    let address = free();
    let run = office.run_as(Manner {
        listening: Some(address),
        ..Manner::default()
    });
    (run, address)
}

fn subscriptions(office: &Office) -> Vec<Value> {
    let answer = office.done(Method::GET, "/webhook/webhooks", None);
    answer["data"].as_array().expect("a list").clone()
}

/// HMAC-SHA-256 for a key shorter than a block.
fn signature(body: &Value, key: &str) -> String {
    let pad = |pad: u8| {
        let mut block = [pad; 64];
        for (place, byte) in key.bytes().enumerate() {
            block[place] ^= byte;
        }
        block
    };
    let inner = Sha256::digest([&pad(0x36)[..], body.to_string().as_bytes()].concat());
    let outer = Sha256::digest([&pad(0x5c)[..], &inner[..]].concat());
    outer.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A delivery about an invoice, told at this moment.
fn told(office: &Office, event: &str, id: &str) -> Value {
    json!({"payload": {
        "event_id": event,
        "event_type": "accounting.invoice.updated",
        "unified_api": "accounting",
        "service_id": "alegra",
        "consumer_id": CONSUMER_ID,
        "entity_id": id,
        "entity_type": "invoice",
        "entity_url": format!("http://127.0.0.1:1/accounting/invoices/{id}"),
        "execution_attempt": 1,
        "occurred_at": office.clock.now().to_string(),
    }})
}

/// Posts a text, and gives the status of the answer; none where the other side hung up.
fn post(address: SocketAddr, signature: Option<&str>, body: &str) -> Option<u16> {
    let mut stream = TcpStream::connect(address).expect("a connection");
    let signed = signature.map_or_else(String::new, |signature| {
        format!("x-apideck-signature: {signature}\r\n")
    });
    let head = format!(
        "POST /hooks HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\n{signed}content-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    // Whoever hangs up on what is too large does so while it is being sent.
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(body.as_bytes());
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let text = String::from_utf8_lossy(&answer);
    text.split(' ').nth(1)?.parse().ok()
}

#[test]
fn f_11_1_what_a_colleague_makes_changes_and_deletes_comes_by_itself() {
    let office = Office::open();
    let (mut run, _) = listening(&office);
    run.keys("g l").wait_for("Suscrito: Apideck entrega en");
    run.keys("<Esc> g f");
    let id = office.create(good_draft());
    run.wait_for("Facturas · 91 de 91");
    run.keys("g g").shows(&[&format!("b{id}")]);

    run.open(&id).lacks(&["30/06/2026"]);
    office.patch("invoices", &id, json!({"due_date": "2026-06-30"}));
    run.wait_for("30/06/2026");

    office.done(Method::DELETE, &format!("/accounting/invoices/{id}"), None);
    run.wait_for("Facturas · 90 de 90");
    run.lacks(&[&format!("b{id}")]);
    run.keys("g l").shows(&[
        &format!("factura · se eliminó {id}"),
        &format!("factura · cambió {id}"),
        &format!("factura · se creó {id}"),
    ]);
}

#[test]
fn f_11_2_a_contact_that_is_told_of_twice_is_one_contact_in_both_lists() {
    let office = Office::open();
    let (mut run, _) = listening(&office);
    run.keys("g l").wait_for("Suscrito: Apideck entrega en");
    run.keys("<Esc> g c");
    office.patch("customers", "1", json!({"display_name": "BARROTES XENON"}));
    run.wait_for("BARROTES XENON");
    let screen = run.screen();
    assert_eq!(screen.matches("BARROTES XENON").count(), 1, "{screen}");
    run.keys("g l").wait_for("proveedor · cambió 1");
    run.shows(&["cliente · cambió 1"]);
}

#[test]
fn f_11_3_what_is_not_told_of_says_that_r_brings_it() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g l")
        .shows(&["lo demás se actualiza con r", "public_url"]);
    run.keys("s").shows(&["Nadie escucha"]);
    assert!(subscriptions(&office).is_empty());
}

#[test]
fn what_is_unsigned_tampered_with_repeated_stale_foreign_or_huge_changes_nothing() {
    let office = Office::open();
    let (mut run, address) = listening(&office);
    run.keys("g l").wait_for("Suscrito: Apideck entrega en");
    let id = office.some_stamped()["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let before = office.reads(&id);
    let body = told(&office, "e-1", &id);
    let good = signature(&body, API_KEY);
    let text = body.to_string();
    let mut foreign = told(&office, "e-2", &id);
    foreign["payload"]["consumer_id"] = json!("despacho-999");
    let mut stale = told(&office, "e-3", &id);
    stale["payload"]["occurred_at"] = json!("2026-05-30T10:00:00Z");
    let huge = format!("{}{text}", " ".repeat(1 << 20));
    let signed = |body: &Value| signature(body, API_KEY);
    for (signature, body, status) in [
        (None, text.as_str(), 401),
        (Some(""), text.as_str(), 401),
        (Some("00"), text.as_str(), 401),
        (Some(good.as_str()), &text.replace("invoice", "bill"), 401),
        (
            Some(signature(&body, "another-key").as_str()),
            text.as_str(),
            401,
        ),
        (Some(good.as_str()), "", 400),
        (Some(good.as_str()), "{\"payload\":", 400),
        // Taken, so that nobody switches the subscription off, and passed over.
        (Some(signed(&foreign).as_str()), &foreign.to_string(), 200),
        (Some(signed(&stale).as_str()), &stale.to_string(), 410),
    ] {
        assert_eq!(post(address, signature, body), Some(status), "{body}");
    }
    assert!(matches!(
        post(address, Some(&good), &huge),
        None | Some(413)
    ));
    run.settle().shows(&["prueba de la dirección"]);
    run.lacks(&["factura"]);
    assert_eq!(office.reads(&id), before);

    // Somebody who never ends what he says keeps nobody else from being heard.
    let mut slow = TcpStream::connect(address).expect("a connection");
    slow.write_all(b"POST / HTTP/1.1\r\ncontent-length: 9\r\n")
        .expect("half a request");
    for _ in 0..3 {
        assert_eq!(post(address, Some(&good), &text), Some(200));
    }
    run.wait_for(&format!("factura · cambió {id}"));
    run.settle();
    assert_eq!(office.reads(&id), before + 1, "heard once, read once");
}

#[test]
fn the_subscription_is_found_again_revived_and_given_up() {
    let office = Office::open();
    let (mut run, address) = listening(&office);
    run.keys("g l").wait_for("Suscrito: Apideck entrega en");
    run.quits("<Esc> q");
    let there = subscriptions(&office);
    assert_eq!(there.len(), 1, "{there:?}");
    let id = there[0]["id"].as_str().expect("an id").to_owned();
    let path = format!("/webhook/webhooks/{id}");
    office.done(Method::PATCH, &path, Some(json!({"status": "disabled"})));

    let mut run = office.run_as(Manner {
        listening: Some(address),
        ..Manner::default()
    });
    run.keys("g l").wait_for("Suscrito: Apideck entrega en");
    let there = subscriptions(&office);
    assert_eq!((there.len(), &there[0]["status"]), (1, &json!("enabled")));

    run.keys("x").wait_for("Sin suscripción para");
    assert!(subscriptions(&office).is_empty());
    run.keys("s").wait_for("Suscrito: Apideck entrega en");
    assert_eq!(subscriptions(&office).len(), 1);
}

#[test]
fn a_port_that_is_taken_is_said_and_the_program_goes_on() {
    let office = Office::open();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let mut run = office.run_as(Manner {
        listening: Some(taken.local_addr().expect("an address")),
        ..Manner::default()
    });
    run.keys("g l").shows(&["ya escucha otro programa"]);
    run.keys("s").shows(&["ya escucha otro programa"]);
    assert!(subscriptions(&office).is_empty());
    run.keys("<Esc> g f").shows(&["Facturas · 90 de 90"]);
}

#[test]
fn what_is_told_of_another_company_is_told_as_that_and_refreshes_nothing_here() {
    let office = Office::open().with_neighbour();
    let (mut run, address) = listening(&office);
    run.keys("g l").wait_for("Suscrito: Apideck entrega en");
    run.lacks(&["otra empresa"]);
    // Both companies have an invoice of this id.
    let id = office.some_stamped()["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let of = |consumer: &str, event: &str| {
        let mut body = told(&office, event, &id);
        body["payload"]["consumer_id"] = json!(consumer);
        let signature = signature(&body, API_KEY);
        assert_eq!(
            post(address, Some(&signature), &body.to_string()),
            Some(200)
        );
    };
    let before = office.reads(&id);
    of(OTHER_CONSUMER_ID, "e-1");
    run.wait_for("Llegó 1 aviso de otra empresa");
    run.settle().lacks(&["factura"]);
    assert_eq!(office.reads(&id), before, "nothing was read for it");
    // The event of another company keeps none of the same name from being heard here.
    of(CONSUMER_ID, "e-1");
    run.wait_for(&format!("factura · cambió {id}")).settle();
    assert_eq!(office.reads(&id), before + 1);
    // Over there it is the other way round.
    run.keys("<Esc> <C-e> <Enter>")
        .shows(&["INNOVACION VALOR"])
        .keys("g l")
        .wait_for("Se escucha en");
    run.lacks(&["otra empresa"]);
    of(CONSUMER_ID, "e-2");
    run.wait_for("Llegó 1 aviso de otra empresa").settle();
    assert_eq!(office.reads(&id), before + 1);
    of(OTHER_CONSUMER_ID, "e-3");
    run.wait_for(&format!("factura · cambió {id}"));
}
