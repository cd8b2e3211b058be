//! While the screen is shared: on no page stands a name, an RFC or an amount of the books.
//!
//! What counts as one is read from the sandbox, not from the program. Shown on purpose: whose books these are, folios,
//! days, the status, and numbers of rows.

use std::collections::BTreeSet;
use std::path::Path;

use reqwest::Method;

use crate::harness::{Manner, Office, Run, good_draft};

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
    let mut run = office.run_as(Manner::sized(size.0, size.1));
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
