//! The program itself, killed with SIGKILL while it reads, again and again.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fastrand::Rng;
use timbra::app::WALKED;
use timbra::domain::kind::Kind;
use timbra::sandbox;

use crate::colleague::Colleague;
use crate::ground::Ground;
use crate::site::Site;
use crate::truth;

/// The longest that a run may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often it is killed.
const KILLS: usize = 6;

/// Starts `timbra sync` on the site's folder, under the site's clock.
fn sync(site: &Site<'_>) -> Child {
    Command::new(env!("CARGO_BIN_EXE_timbra"))
        .arg("sync")
        .env_clear()
        .env("HOME", site.folder())
        .env("TIMBRA_CONFIG_DIR", site.folder())
        .env("TIMBRA_DATA_DIR", site.folder())
        .env("TIMBRA_API_URL", site.connection().base)
        .env("TIMBRA_API_KEY", sandbox::API_KEY)
        .env("TIMBRA_APP_ID", sandbox::APP_ID)
        .env("TIMBRA_CONSUMER_ID", sandbox::CONSUMER_ID)
        .env("TIMBRA_NOW", site.clock.now().to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program")
}

#[test]
fn killed_while_it_reads_the_program_has_the_whole_books_in_the_end() {
    let ground = Ground::new();
    let mut rng = Rng::with_seed(20_260_603);
    let site = Site::open(&ground, 7, 150);
    let kinds = [Kind::Invoices, Kind::Customers, Kind::Quotes];
    let mut colleague = Colleague::begin(&site, &mut rng, &kinds, true);
    for _ in 0..KILLS {
        let enough = site.readings() + rng.usize(1..40);
        let mut running = sync(&site);
        let begun = Instant::now();
        // It may have come to its end before that many.
        while site.readings() < enough && running.try_wait().expect("a state").is_none() {
            assert!(begun.elapsed() < PATIENCE, "it reads nothing");
        }
        running.kill().expect("SIGKILL");
        running.wait().expect("an end");
        for _ in 0..10 {
            colleague.meddle(&site, &mut rng);
        }
        site.advance(Duration::from_secs(60));
    }
    for _ in 0..2 {
        // After the promised interval, too.
        site.advance(Duration::from_secs(13 * 3_600));
        assert!(sync(&site).wait().expect("an end").success());
        let company = site.books().company_id().clone();
        truth::compare(&site, &company, &WALKED).expect("all of them");
    }
}
