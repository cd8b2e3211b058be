//! A client as one might write it in an afternoon, and what the witness says of it: the campaign can fail.
//!
//! It does what the program never does: it sends again what was not answered well, and takes the last answer for the
//! truth.

use reqwest::{Method, StatusCode};
use serde_json::json;
use timbra::sandbox::{self, Idempotency};

use crate::acts::{ACTS, Act, Matter};
use crate::drafts::good_draft;
use crate::ground::Ground;
use crate::judge;
use crate::site::{House, Site};
use crate::template::TEMPLATE;

const NATIVE: &str = "https://api.alegra.com/api/v1";

fn site(ground: &Ground) -> Site<'_> {
    let house = House {
        keys: Idempotency::Ignore,
        careless: true,
    };
    Site::open(ground, &TEMPLATE, house)
}

fn act(name: &str) -> &'static Act {
    ACTS.iter().find(|act| act.name == name).expect("an act")
}

/// The answer to the one request is lost, although the work is done.
fn lose_the_answer(site: &Site<'_>, act: &Act) {
    let (method, path) = act.sends;
    let fault = json!({"when": "after", "status": 502, "method": method, "path": path});
    site.fault(&fault);
}

#[test]
fn a_client_that_stamps_again_after_a_502_is_caught_with_two_folios() {
    let ground = Ground::new();
    let (site, act) = (site(&ground), act("stamp"));
    let matter = Matter::of(&TEMPLATE.drafts[0]);
    lose_the_answer(&site, act);
    let connection = site.connection();
    let stamp = || {
        ground.wait(async {
            let request = reqwest::Client::new()
                .post(format!("{}/proxy", connection.base))
                .bearer_auth(sandbox::API_KEY)
                .header("x-apideck-app-id", sandbox::APP_ID)
                .header("x-apideck-consumer-id", sandbox::CONSUMER_ID)
                .header("x-apideck-service-id", "alegra")
                .header(
                    "x-apideck-downstream-url",
                    format!("{NATIVE}/invoices/{}/open", matter.id()),
                )
                .body(json!({"stamp": {"generateStamp": true}}).to_string());
            request.send().await.expect("an answer").status()
        })
    };
    assert_eq!(stamp(), StatusCode::BAD_GATEWAY);
    assert_eq!(judge::at_most_once(act, &site, &matter), Ok(1));
    assert_eq!(stamp(), StatusCode::OK);
    let verdict = judge::at_most_once(act, &site, &matter);
    assert_eq!(verdict, Err("it was done 2 times".to_owned()));
}

#[test]
fn a_client_that_saves_again_after_a_502_is_caught_with_two_records() {
    let ground = Ground::new();
    let (site, act) = (site(&ground), act("create-invoice"));
    let matter = Matter::default();
    lose_the_answer(&site, act);
    let save = || {
        site.ask(Method::POST, "/accounting/invoices", Some(good_draft()))
            .0
    };
    assert_eq!(save(), 502);
    assert_eq!(judge::at_most_once(act, &site, &matter), Ok(1));
    assert_eq!(save(), 201);
    let verdict = judge::at_most_once(act, &site, &matter);
    assert_eq!(verdict, Err("it was done 2 times".to_owned()));
}

#[test]
fn a_program_that_forgets_what_was_typed_is_caught() {
    let ground = Ground::new();
    let mut site = site(&ground);
    let act = act("create-journal");
    let matter = (act.choose)(&mut fastrand::Rng::with_seed(1));
    let mut seat = site.seat(crate::site::swift());
    (act.approach)(&mut seat, &matter);
    assert_eq!((act.shown)(&mut seat, &site, &matter), Ok(()));
    // Killed before anything of it was kept.
    drop(seat);
    let mut seat = site.seat(crate::site::swift());
    let lost = format!("«{}» is lost", matter.kept[0]);
    assert_eq!((act.shown)(&mut seat, &site, &matter), Err(lost));
}
