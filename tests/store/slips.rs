//! Names that were typed with slips are found among the contacts, behind what was typed right, and nothing else is.

use timbra::domain::company::CompanyId;
use timbra::domain::field::Field;
use timbra::domain::kind::Kind;
use timbra::domain::list::Match;
use timbra::search::language::{Query, parse};
use timbra::store::cache::{Cache, Slips};

use crate::books::{Page, TODAY, company, fill};
use crate::cache::{cache, file, path};
use crate::{day, link, money, page, text};

fn contact(kind: Kind, id: &str, name: &str) -> Page {
    page(kind, id, vec![(Field::Name, text(name))])
}

fn document(kind: Kind, id: &str, of: i8, name: &str) -> Page {
    let fields = vec![
        (Field::Date, day(&format!("2026-03-{of:02}"))),
        (Field::Total, money("11600")),
        (Field::Contact, link(name, name)),
    ];
    page(kind, id, fields)
}

/// Few contacts, as a person knows them; some with documents, some that nearly are another.
fn books() -> Vec<Page> {
    let mut pages = vec![
        contact(Kind::Customers, "c1", "José Luis GONZÁLEZ Peña"),
        contact(Kind::Customers, "c2", "Papelería La Norteña, S.A. de C.V."),
        contact(Kind::Customers, "c3", "Comercializadora del Bajío"),
        contact(Kind::Customers, "c4", "María Hernández Ruiz"),
        contact(Kind::Customers, "c5", "Rosa Hernandes Lara"),
        contact(Kind::Customers, "c6", "Garza Sada"),
        contact(Kind::Suppliers, "s1", "Ferretería Gonzales Hnos"),
        contact(Kind::Suppliers, "s2", "Bodega 24 Horas"),
        contact(Kind::InvoiceItems, "i1", "Papelera de malla"),
        contact(Kind::LedgerAccounts, "l1", "Papeleria y utiles"),
    ];
    for (id, day) in [("1", 10), ("2", 20)] {
        pages.push(document(Kind::Invoices, id, day, "José Luis GONZÁLEZ Peña"));
    }
    pages.push(document(Kind::Bills, "3", 5, "Ferretería Gonzales Hnos"));
    pages.push(document(
        Kind::Invoices,
        "4",
        6,
        "Papelería La Norteña, S.A. de C.V.",
    ));
    pages
}

/// The ids of what is found, those that are not as they were typed with a mark.
fn ids(cache: &Cache, company: &CompanyId, text: &str, slips: Slips) -> Vec<String> {
    let query = parse(text, TODAY);
    let found = cache
        .find(company, &query, &Kind::ALL, 50, slips)
        .expect("found");
    assert!(!found.more, "{text}");
    let is_similar = |why: &[Match]| {
        why.iter()
            .any(|reason| matches!(reason, Match::Similar | Match::SimilarRfc))
    };
    let told = |why: &[Match]| if is_similar(why) { "~" } else { "" };
    let hits = found.hits.into_iter();
    hits.map(|hit| format!("{}{}", told(&hit.why), hit.record.id.as_str()))
        .collect()
}

/// What is found in the books of two companies, each hit with the place of its books; and whether there is more.
fn among(
    cache: &Cache,
    companies: [&CompanyId; 2],
    query: &Query,
    slips: Slips,
) -> (Vec<(usize, String)>, bool) {
    let asked = companies.map(|company| (company, query));
    let found = cache
        .find_among(&asked, &Kind::ALL, 50, slips)
        .expect("found");
    let hits = found.hits.into_iter();
    let told = hits.map(|(place, hit)| (place, hit.record.id.0)).collect();
    (told, found.more)
}

#[test]
fn a_name_with_a_slip_finds_its_contact_and_behind_it_its_documents() {
    let (_folder, mut cache) = cache();
    fill(&mut cache, &company(), &books());
    for (text, expected) in [
        // Both are near, the nearer first; documents stand behind all contacts.
        ("Gonsalez", &["~c1", "~s1", "~2", "~1", "~3"][..]),
        ("gonsalez pena", &["~c1", "~2", "~1"]),
        ("jose gnozalez", &["~c1", "~2", "~1"]),
        ("gonsalez 15/03..31/03", &["~2"]),
        ("cliente:gonsalez 11600", &["~2", "~1"]),
        ("proveedor:gonsale", &["~s1", "~3"]),
        ("Papeleira", &["~c2", "~4"]),
        ("papleria nortena", &["~c2", "~4"]),
        ("norteña papelerria mar", &["~4"]),
        ("Comercialisadora", &["~c3"]),
        ("comersializadora bajio", &["~c3"]),
        ("comercialisa", &["~c3"]),
        ("vajio", &["~c3"]),
        ("bjio", &["~c3"]),
        // Somebody is called as it was typed: who nearly is stands below.
        ("hernandes", &["c5", "~c4"]),
        ("hernandez", &["c4", "~c5"]),
    ] {
        assert_eq!(
            ids(&cache, &company(), text, Slips::Forgiven),
            expected,
            "{text}"
        );
    }
}

#[test]
fn nothing_is_made_up_where_nothing_is_near() {
    let (_folder, mut cache) = cache();
    fill(&mut cache, &company(), &books());
    for text in [
        "xyzzy",
        "gomez",
        "ramirez",
        "garcia",
        "lope",
        "gon zalez",
        "bodeja 42",
        "gonsalez abril",
        "gonsalez serie:b",
        "clave:papeleira",
        "cuenta:papeleira",
        "uuid:cafe1234",
        "gonsalez vencida",
        "gonsalez nota",
        "rfc:gonsalez",
        "tipo:pago gonsalez",
        "11611",
        "a-102",
        "gonsalez clinte:ana",
    ] {
        assert_eq!(
            ids(&cache, &company(), text, Slips::Forgiven),
            Vec::<String>::new(),
            "{text}"
        );
    }
    // Items and accounts are no contacts, and keep to what was typed.
    assert_eq!(
        ids(&cache, &company(), "papeleria utiles", Slips::Forgiven),
        ["l1"]
    );
    assert_eq!(
        ids(&cache, &company(), "papelera maya", Slips::Forgiven),
        Vec::<String>::new()
    );
    // Who counts, exports or compares gets what was asked for.
    for text in ["gonsalez", "papeleira"] {
        assert_eq!(
            ids(&cache, &company(), text, Slips::Refused),
            Vec::<String>::new(),
            "{text}"
        );
    }
    assert_eq!(ids(&cache, &company(), "hernandes", Slips::Refused), ["c5"]);
}

#[test]
fn enough_good_hits_need_no_guess() {
    let (_folder, mut cache) = cache();
    let mut pages = books();
    for id in 0..12 {
        pages.push(document(
            Kind::Invoices,
            &format!("r{id}"),
            7,
            "Rosa Hernandes Lara",
        ));
    }
    fill(&mut cache, &company(), &pages);
    let hits = ids(&cache, &company(), "hernandes", Slips::Forgiven);
    assert_eq!(hits.len(), 13);
    assert!(hits.iter().all(|id| !id.starts_with('~')), "{hits:?}");
}

#[test]
fn slips_are_forgiven_among_the_contacts_of_the_same_books_alone() {
    let (_folder, mut cache) = cache();
    fill(&mut cache, &company(), &books());
    let theirs = CompanyId("theirs@loopback".into());
    fill(
        &mut cache,
        &theirs,
        &[contact(Kind::Customers, "t1", "Ana Gonzalo")],
    );
    assert_eq!(ids(&cache, &theirs, "gonsalo", Slips::Forgiven), ["~t1"]);
    assert_eq!(
        ids(&cache, &theirs, "papeleira", Slips::Forgiven),
        Vec::<String>::new()
    );
    // Of both at once, each hit is told with its own books, the nearest of all first.
    let query = parse("gonsalo", TODAY);
    let (told, _) = among(&cache, [&company(), &theirs], &query, Slips::Forgiven);
    assert_eq!(told, [(1, "t1".to_owned())]);
}

#[test]
fn a_record_that_cannot_be_read_shifts_no_hit_to_other_books() {
    let (folder, mut cache) = cache();
    let theirs = CompanyId("theirs@loopback".into());
    fill(
        &mut cache,
        &company(),
        &[document(Kind::Invoices, "ours", 20, "Ana")],
    );
    fill(
        &mut cache,
        &theirs,
        &[document(Kind::Invoices, "lost", 22, "Ana")],
    );
    fill(
        &mut cache,
        &theirs,
        &[document(Kind::Invoices, "theirs", 18, "Ana")],
    );
    let lost = "DELETE FROM body WHERE number = (SELECT body FROM entry WHERE id = 'lost')";
    assert_eq!(file(&folder).execute(lost, ()).expect("deleted"), 1);
    let query = parse("11600", TODAY);
    let (told, more) = among(&cache, [&company(), &theirs], &query, Slips::Refused);
    assert_eq!(told, [(0, "ours".to_owned()), (1, "theirs".to_owned())]);
    assert!(more, "one that was found is not shown");
}

#[test]
fn names_that_were_read_before_are_spelled_too() {
    let (folder, mut cache) = cache();
    fill(&mut cache, &company(), &books());
    drop(cache);
    let spelled = || -> Vec<String> {
        let file = file(&folder);
        let mut words = file
            .prepare("SELECT word FROM spelling ORDER BY word")
            .expect("a table");
        let words = words.query_map((), |row| row.get(0)).expect("rows");
        words.collect::<Result<_, _>>().expect("words")
    };
    let noted = spelled();
    assert!(noted.contains(&"gonzalez".to_owned()) && noted.contains(&"gonzales".to_owned()));
    // As the file was before names were noted.
    let before = file(&folder);
    let steps: i64 = before
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .expect("a version");
    before
        .execute_batch(
            "DROP TABLE spelling; DROP INDEX entry_by_balance; DROP TABLE unreadable;
             ALTER TABLE walk DROP COLUMN looked_at; DROP INDEX entry_cancelled",
        )
        .expect("dropped");
    before
        .pragma_update(None, "user_version", steps - 4)
        .expect("a version");
    drop(before);
    let cache = Cache::open(&path(&folder)).expect("the cache of before");
    assert_eq!(
        ids(&cache, &company(), "gonsalez pena", Slips::Forgiven),
        ["~c1", "~2", "~1"]
    );
    assert_eq!(spelled(), noted);
}

#[test]
fn an_rfc_with_a_slip_finds_its_contact_and_behind_it_its_documents() {
    let (_folder, mut cache) = cache();
    let with_rfc = |mut page: Page, rfc: &str| {
        page.record.set(Field::Rfc, text(rfc));
        page
    };
    let pages = [
        with_rfc(contact(Kind::Customers, "c1", "Xenón"), "XIA190128J61"),
        with_rfc(contact(Kind::Customers, "c2", "Xochilt"), "CACX7605101P8"),
        // Brothers of one day, a character apart.
        with_rfc(contact(Kind::Customers, "c3", "Luis"), "GOML8001019A1"),
        with_rfc(contact(Kind::Suppliers, "s4", "Leo"), "GOML8001019A2"),
        with_rfc(
            contact(Kind::Suppliers, "s5", "Ñuflo & Bravo"),
            "Ñ&B010101AA1",
        ),
        with_rfc(document(Kind::Invoices, "1", 10, "Xenón"), "XIA190128J61"),
        with_rfc(document(Kind::Invoices, "2", 20, "Xenón"), "XIA190128J61"),
    ];
    fill(&mut cache, &company(), &pages);
    for (typed, expected) in [
        // wrong, missing, doubled, changed places; the first and the last character
        ("XIA190128J16", &["~c1", "~2", "~1"][..]),
        ("xia19012j61", &["~c1", "~2", "~1"]),
        ("xia1901228j61", &["~c1", "~2", "~1"]),
        ("xia109128j61", &["~c1", "~2", "~1"]),
        ("yia190128j61", &["~c1", "~2", "~1"]),
        ("xia190128j6o", &["~c1", "~2", "~1"]),
        ("rfc:xia190128j16", &["~c1", "~2", "~1"]),
        ("cliente:xia190128j16 11600", &["~2", "~1"]),
        ("xia190128j16 15/03..31/03", &["~2"]),
        ("proveedor:xia190128j16", &[]),
        ("cacx7605101pb", &["~c2"]),
        ("ñ&b010101aa2", &["~s5"]),
        // Whoever has it stands alone: who nearly has it is somebody else.
        ("goml8001019a1", &["c3"]),
        ("goml8001019a3", &["~c3", "~s4"]),
        ("xia190128j61", &["2", "1", "c1"]),
        // It is right, and nothing is of that month.
        ("goml8001019a1 abril", &[]),
        // Two slips, or only a part of one.
        ("xia190128k16", &[]),
        ("xia190129", &[]),
        ("folio:xia190128j16", &[]),
    ] {
        let found = ids(&cache, &company(), typed, Slips::Forgiven);
        assert_eq!(found, expected, "{typed}");
        let refused = ids(&cache, &company(), typed, Slips::Refused);
        assert!(refused.iter().all(|id| !id.starts_with('~')), "{typed}");
    }
}
