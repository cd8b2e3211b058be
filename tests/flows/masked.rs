//! While the screen is shared: on no page stands a name, an RFC or an amount of the books.
//!
//! What counts as one is read from the sandbox, not from the program. Shown on purpose: whose books these are, folios,
//! days, the status, and numbers of rows.

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::path::Path;

use reqwest::Method;
use serde_json::json;

use crate::harness::{Manner, Office, Run, good_draft};
use crate::law_one::{seconds, two_alike};

/// The company whose books these are stands in the frame (law 5).
const OWN: [&str; 2] = ["ESCUELA KEMPER URGATE", "EKU9003173C9"];

/// Columns after which a name may be cut.
const CUT: usize = 10;

/// The words of the books that nobody else may read.
struct Secrets {
    names: BTreeSet<String>,
}

impl Secrets {
    fn of(office: &Office) -> Self {
        let mut names = BTreeSet::new();
        for (resource, members) in [
            ("contacts", &["name", "identification", "email", "rfc"][..]),
            ("bank-accounts", &["name", "number"]),
            ("items", &["name"]),
            ("cost-centers", &["name"]),
        ] {
            for record in office.natives(resource) {
                for member in members {
                    names.extend(record[*member].as_str().map(str::to_owned));
                }
            }
        }
        // The chart comes whole, however long it is.
        let chart = office.done(Method::GET, "/accounting/ledger-accounts", None);
        for account in chart["data"].as_array().expect("accounts") {
            names.extend(account["name"].as_str().map(str::to_owned));
        }
        let ours = own_words();
        // The beginning tells it as well as the whole. What is a word of the program's own tells nothing.
        let names = names
            .into_iter()
            .filter(|name| name.chars().count() >= 6)
            .map(|name| name.chars().take(CUT).collect::<String>())
            .map(|name| name.trim_end().to_owned())
            .filter(|name| !OWN.iter().any(|own| own.starts_with(name.as_str())))
            .filter(|name| !ours.contains(name.as_str()))
            .collect();
        Self { names }
    }

    /// What of it stands on a screen, amounts included.
    fn on(&self, screen: &str) -> Vec<String> {
        let names = self.names.iter();
        let mut found: Vec<String> = names
            .filter(|name| screen.contains(name.as_str()))
            .cloned()
            .collect();
        found.extend(amounts(screen));
        found
    }
}

/// All texts of the program in Spanish.
fn own_words() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/i18n/es-MX");
    let files = std::fs::read_dir(folder).expect("texts");
    files
        .map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("a text"))
        .collect()
}

/// Everything on a screen that reads like an amount of money: digits with two decimals.
fn amounts(screen: &str) -> Vec<String> {
    let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',');
    screen
        .split(|letter| !is_part(letter))
        .map(|number| number.trim_matches(['.', ',']))
        .filter(|number| {
            let decimals = number.rsplit_once('.').map_or("", |(_, decimals)| decimals);
            decimals.len() >= 2 && !number.ends_with('.')
        })
        .map(str::to_owned)
        .collect()
}

/// A walk over pages that collects what each shows and should not.
struct Round<'a> {
    run: Run,
    secrets: &'a Secrets,
    leaks: Vec<String>,
    seen: usize,
}

impl Round<'_> {
    /// Presses keys, masks the page where it is not, and looks at it.
    fn look(&mut self, keys: &str) -> &mut Self {
        self.run.keys(keys);
        assert!(
            self.run.model().masked,
            "the mask is off after «{keys}»:\n{}",
            self.run.screen()
        );
        let screen = self.run.screen();
        self.seen += 1;
        let found = self.secrets.on(&screen);
        if !found.is_empty() {
            self.leaks.push(format!("«{keys}»: {found:?}\n{screen}"));
        }
        self
    }

    /// The same for what is opened without the mask, because nobody begins it unseen.
    fn look_opened(&mut self, keys: &str) -> &mut Self {
        self.run.keys("<A-m>");
        assert!(!self.run.model().masked);
        self.run.keys(keys);
        self.look("<A-m>");
        // Whatever the toast covered.
        self.look("<F1> <Esc>")
    }

    /// The same of a page that tells somebody's name or an amount while the mask is off.
    #[track_caller]
    fn look_opened_on_secrets(&mut self, keys: &str, text: &str) -> &mut Self {
        self.run.keys("<A-m>").keys(keys).shows(&[text]);
        let found = self.secrets.on(&self.run.screen());
        assert!(!found.is_empty(), "«{keys}»:\n{}", self.run.screen());
        self.look("<A-m>")
    }

    fn types(&mut self, text: &str) -> &mut Self {
        self.run.types(text);
        self.look("")
    }

    #[track_caller]
    fn ends(&self, least: usize) {
        assert!(self.seen >= least, "only {} pages were seen", self.seen);
        assert!(
            self.leaks.is_empty(),
            "{} of {} pages leak:\n{}",
            self.leaks.len(),
            self.seen,
            self.leaks.join("\n")
        );
    }
}

fn round<'a>(office: &Office, secrets: &'a Secrets, size: (u16, u16)) -> Round<'a> {
    masked(office.run_as(Manner::sized(size.0, size.1)), secrets)
}

/// The same from where a run stands.
fn masked(mut run: Run, secrets: &Secrets) -> Round<'_> {
    run.keys("<A-m>").shows(&["OCULTO"]);
    Round {
        run,
        secrets,
        leaks: Vec::new(),
        seen: 0,
    }
}

const LISTS: [&str; 16] = [
    "g f", "g n", "g q", "g i", "g b", "g o", "g e", "g j", "g c", "g v", "g p", "g a", "g x",
    "g k", "g d", "g w",
];

#[test]
fn the_books_have_names_and_amounts_that_a_page_without_the_mask_shows() {
    let office = Office::open();
    let secrets = Secrets::of(&office);
    assert!(secrets.names.len() > 100, "{}", secrets.names.len());
    for list in ["g f", "g c", "g a", "g k", "g p"] {
        let mut run = office.run();
        run.keys(list);
        let found = secrets.on(&run.screen());
        assert!(found.len() > 1, "{list}: {found:?}\n{}", run.screen());
    }
}

#[test]
fn no_list_page_or_box_shows_them() {
    let office = Office::open();
    let secrets = Secrets::of(&office);
    for size in [(80, 24), (160, 50)] {
        let mut round = round(&office, &secrets, size);
        round.look("").look("r");
        for list in LISTS {
            round.look(list).look("j j");
            round.look("<Enter>").look("<PageDown>").look("r");
            // Related records, the native record, what was done with it.
            round.look("<Esc>").look("o").look("<Esc>");
            round.look("w").look("<PageDown>").look("<Esc>");
            round.look("t").look("<Esc>");
            if list != "g a" {
                round.look("s").look("<Esc>");
            }
            round.look("f").types("a").look("<Tab>").look("<Esc>");
        }
        round.look("g a *").look("j j j j j").look("<Enter> <Esc>");
        round.look("g h /").types("xenon").look("<Enter>");
        round
            .look("<Esc> <Esc> g h ?")
            .look("<Esc> :")
            .look("<Esc>");
        round.look("g l").look("<Esc> p").look("<Esc>");
        round.ends(200);
    }
}

#[test]
fn no_form_card_or_question_shows_them() {
    let office = Office::open();
    let secrets = Secrets::of(&office);
    let id = office.create(good_draft());
    let stamped = office.some_stamped();
    let stamped = stamped["id"].as_str().expect("an id").to_owned();
    for size in [(80, 24), (120, 40)] {
        let mut round = round(&office, &secrets, size);
        round.run.open(&id);
        round.look("").look_opened("e").look("<Tab>").look("<F3>");
        round.look("<Esc> <Tab> <Tab> <Tab> <F3>").look("<Esc>");
        round.look("<C-g>").look("<Esc> <Tab> <Enter>");
        round.run.open(&id);
        round.look_opened("T").look("<Down>").look("<Esc>");
        round.look_opened("D").look("<Esc>");
        round.run.open(&stamped);
        round.look_opened("X").look("<Esc>");
        round.look_opened("X 2").look("<Esc> <Esc> <Esc>");
        round.look_opened("s").look("<Esc>");
        round.look_opened("c").look("<Esc> <Tab> <Enter>");
        round.look("g f");
        round.look_opened("<Space> j <Space> j <Space> T");
        round.look("<Down>").look("<Down>").look("<Esc> <Esc>");
        for new in ["g c n", "g i n", "g j n", "g b n", "g p n", "g k n"] {
            round.look("g h");
            round.look_opened(new).look("<F3>").look("<Esc>");
            round.look("<Tab> <Tab>").look("<Esc>");
        }
        round.ends(60);
    }
}

#[test]
fn a_refusal_quoted_by_the_server_an_unsettled_act_and_a_left_form_name_nobody() {
    let office = Office::open();
    let secrets = Secrets::of(&office);
    let mut round = round(&office, &secrets, (80, 24));
    // A draft that is refused for what only the register knows: its words quote RFC and name.
    round.run.keys("m g f n");
    crate::editing::fill_in(&mut round.run);
    round.run.keys("<Esc> <Esc>");
    round.run.keys("<C-p>").types("inicio").keys("<Enter>");
    round.run.keys("<A-m>");
    round.look("g h").look("<Home>");
    let refused = office
        .invoices()
        .iter()
        .filter(|invoice| invoice["status"] == "draft")
        .filter_map(|invoice| invoice["id"].as_str().map(str::to_owned))
        .take(6)
        .collect::<Vec<_>>();
    for id in &refused {
        round.run.open(id);
        round.look("").look_opened("T").look("<Esc>");
    }
    round.ends(12);
}

#[test]
fn the_chooser_of_companies_and_saved_views_name_nobody_else() {
    let office = Office::open().with_neighbour();
    let secrets = Secrets::of(&office);
    let mut round = round(&office, &secrets, (80, 24));
    round.run.keys("m g f f").types("xenon").keys("<Tab> <F8>");
    round.run.types("De XENON vencidas").keys("<Enter>");
    round.run.keys("m");
    round.look("").look("g s");
    round.run.lacks(&["XENON", "xenon"]);
    round.look("<Esc> <C-e>");
    round.run.lacks(&["INNOVACION", "IVD920810GU2"]).shows(&OWN);
    round.look("<Enter>");
    round.run.shows(&["INNOVACION VALOR Y DESAR"]);
    round.ends(4);
}

#[test]
fn what_is_typed_into_an_amount_is_hidden_though_it_has_no_decimals() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g i n")
        .types("xenon")
        .keys("<Enter>")
        .types("7531");
    run.shows(&["7531"]).keys("<A-m>").lacks(&["7531", "7,531"]);
}

#[test]
fn what_a_form_offers_for_what_is_typed_names_nobody() {
    let office = Office::open();
    let secrets = Secrets::of(&office);
    let mut round = round(&office, &secrets, (80, 24));
    // Accounts that the typed text may mean.
    round.look_opened("g j n");
    round.run.types("Ajuste").keys("<Enter> <Enter> <Enter>");
    round.look_opened_on_secrets("c a j a", "→ 101");
    round.run.keys("<Esc> <Tab> <Enter>");
    // The name as the SAT writes it.
    round
        .run
        .keys("g c <Enter> <A-m> e <End>")
        .types(" de r.l. de c.v.")
        .keys("<A-m>");
    round.look_opened_on_secrets("<End>", "→ ");
    round.ends(4);
}

#[test]
fn what_a_colleague_changed_is_compared_without_a_name() {
    let office = Office::open();
    let id = office.create(good_draft());
    let mut run = office.run();
    run.keys("g c <Enter>");
    let contact = run.model().subject().expect("a contact").id.clone();
    run.keys("e <End>").types(" MIO");
    let theirs = json!({"display_name": "COMERCIALIZADORA QUETZAL"});
    office.patch("customers", contact.as_str(), theirs);
    let secrets = Secrets::of(&office);
    let mut round = masked(run, &secrets);
    // What is compared, and what is said of it in the form.
    round.look_opened_on_secrets("<F8>", "COMERCIALIZADORA QUETZAL");
    round.look("j").look("<Esc>").look("<C-g>");
    round.look_opened("<F8> t").look("<F8>");
    // Of a document: what is compared there is amounts and terms.
    round.run.keys("<Esc> s <Enter> g h").open(&id);
    round
        .run
        .keys("<A-m> e <Tab> <Tab> <Tab> <Tab> <Tab> <Tab> <Tab>");
    round.run.types("PARA QUETZAL").keys("<A-m>");
    office.patch(
        "invoices",
        id.as_str(),
        json!({"terms": "PARA XENON INDUSTRIAL"}),
    );
    round.look_opened_on_secrets("<F8>", "Allá");
    round.run.lacks(&["QUETZAL", "XENON"]);
    round.look("j j").look("<Esc>");
    round.ends(10);
}

#[test]
fn what_the_other_side_tells_names_nobody() {
    let office = Office::open();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let listening = Some(listener.local_addr().expect("an address"));
    drop(listener);
    let id = office.create(good_draft());
    let mut run = office.run_as(Manner {
        listening,
        ..Manner::default()
    });
    run.keys("g l").wait_for("Suscrito: Apideck entrega en");
    run.keys("<Esc>");
    let secrets = Secrets::of(&office);
    let mut round = masked(run, &secrets);
    round.look("g l");
    let rename = |name: &str| {
        office.patch("customers", "1", json!({"display_name": name}));
    };
    rename("XENON UNO");
    round.run.wait_for("cliente · cambió 1");
    round.look("").run.lacks(&["XENON"]);
    // A name that arrives while its list and its page are looked at.
    round.look("<Esc> g c").run.select_only("1");
    for (keys, name) in [("", "XENON DOS"), ("<Enter>", "XENON TRES")] {
        round.look(keys).run.keys("<A-m>");
        rename(name);
        round.run.wait_for(name);
        round.look("<A-m>").run.lacks(&["XENON"]);
    }
    round.look("g h").run.open(&id);
    round.run.keys("<A-m>");
    office.patch("invoices", &id, json!({"due_date": "2026-06-30"}));
    round.run.wait_for("30/06/2026");
    round.look("<A-m>");
    office.done(Method::DELETE, &format!("/accounting/invoices/{id}"), None);
    round.run.wait_for("90 de 90");
    round.look("").look("g l");
    round.ends(10);
}

#[test]
fn the_question_which_record_it_is_names_nobody() {
    let (office, mut run, _) = two_alike();
    let secrets = Secrets::of(&office);
    run.pass(&office, seconds(5));
    let mut round = masked(run, &secrets);
    round.look_opened_on_secrets("<F2>", "▶ Todavía no");
    round.look("j").look("j").look("j").look("<Esc>");
    round.run.keys("<Esc> s <Enter>");
    round.look("g h");
    round.look_opened_on_secrets("<Home> <Enter>", "▶ Todavía no");
    round.look("<Down> <Esc>");
    // Once it was decided the notice and the page say which it was.
    round.look_opened("<Home> <Enter> <Down> <Enter>");
    round.ends(9);
}

#[test]
fn what_became_of_many_stamps_names_nobody() {
    for size in [(80, 24), (120, 40)] {
        let office = Office::open();
        let refused = office.draft_of("JIMENA MUÑOZ ÁVILA");
        let good = office.create(good_draft());
        let mut run = office.run_as(Manner::sized(size.0, size.1));
        run.select(&refused).keys("<Space>");
        run.select_only(&good)
            .keys("<Space> T")
            .shows(&["2 listas"]);
        let secrets = Secrets::of(&office);
        let mut round = masked(run, &secrets);
        round.look("<Down>").look("<Down>");
        round.look_opened_on_secrets("2 s <Enter>", "1 timbrada · 1 rechazada");
        round.look("<Up>").look("<Up>").look("<Down>");
        round.look("<Esc>").look("g h").look("g f");
        // A whole chunk that the server refuses, in its own words.
        let words = "JIMENA MUÑOZ ÁVILA no puede facturar $1,160.00";
        let no = json!({"code": 403, "message": words});
        office.fault(json!({
            "method": "POST", "path": "/invoices/stamp", "do": "status", "status": 403, "body": no,
        }));
        let ids = [office.create(good_draft()), office.create(good_draft())];
        round.run.keys("<A-m> g h r g f u");
        round.run.select_only(&ids[0]).keys("<Space>");
        round.run.select_only(&ids[1]).keys("<Space> T").types("2");
        round.run.keys("<A-m>");
        round.look_opened_on_secrets("s <Enter>", "403");
        round.look("<Up>").look("<Down>").look("<Esc>");
        round.ends(12);
    }
}

#[test]
fn what_is_missing_of_a_package_names_nobody() {
    let office = Office::open();
    let secrets = Secrets::of(&office);
    // What is in the folder already is not missing: each size has a month of its own.
    for (size, month) in [((80, 24), "2 0 2 6 - 0 5"), ((120, 40), "2 0 2 6 - 0 4")] {
        let mut round = round(&office, &secrets, size);
        let lost = json!({"code": 404, "message": "no hay XML de XENON INDUSTRIAL ARTICLES"});
        office.fault(json!({
            "method": "GET", "path": "/invoices/*", "nth": 0, "do": "status", "status": 404, "body": lost,
        }));
        round.look("g h").look_opened("p").look("<Esc>");
        let pack = format!("p {month} <Enter>");
        round.look_opened_on_secrets(&pack, "Falta");
        round.look("<Down>").look("<Esc>");
        office.clear_faults();
        round.look_opened(&pack).look("<Esc>");
        round.ends(8);
    }
}
