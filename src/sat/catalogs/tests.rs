//! The assets are those that were made, and the tables in code agree with them.

use std::fmt::Write;
use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use crate::domain::draft::TaxKind;

use super::*;
use zips::{Border, Zone};

static CATALOGS: LazyLock<Catalogs> = LazyLock::new(|| Catalogs::load().expect("sound assets"));

fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").expect("a string takes any text");
            hex
        })
}

fn keys_of(table: Table) -> Vec<&'static str> {
    CATALOGS
        .table(table)
        .iter()
        .map(|entry| entry.key.as_str())
        .collect()
}

#[test]
fn each_asset_has_the_rows_and_the_bytes_that_were_made() {
    let inflated = |asset, packed| inflate(asset, packed).expect("a sound asset");
    for (asset, text, rows, hash) in [
        (
            "prodserv",
            inflated("prodserv", PRODUCTS),
            52_514,
            "2027e568104bfff4339a4a131e9db60ae4a221b8de98c2f07486d6e1919faa5c",
        ),
        (
            "prodserv-schema-only",
            SCHEMA_ONLY.to_owned(),
            233,
            "1da750751c9c02b61bc12571f835d24cb00d4686b471651bc290c3343072fe73",
        ),
        (
            "units",
            inflated("units", UNITS),
            // One less than the package: the schema refuses Dx.
            2_418,
            "1e65d887c9d6002e367a690c41480d6c36b7bb7fc3f4ebd98447b8a8f5b1f524",
        ),
        (
            "agrupador",
            inflated("agrupador", GROUPING),
            1_076,
            "ec3971a63ace74c3289d3cce4ca2b6171afc97654eb6b7bcbc6b8b9aa6b8636e",
        ),
        (
            "zips",
            ZIPS.to_owned(),
            153,
            "1eb2569e19b7fd6b98e6801d900cfbc19b9fa25ef7631e01a234458c0cce4956",
        ),
        (
            "small",
            inflated("small", SMALL),
            575,
            "206d58cdee2785c84841857d40bfac08fb4bc67df816107d91c1508f4b5e8149",
        ),
        (
            "ieps",
            IEPS.to_owned(),
            15,
            "77bf74f2f4362447cbcac39144e53bc600c7c08aa630637bbe42ea19fd9bde54",
        ),
        (
            "synonyms",
            SYNONYMS.to_owned(),
            128,
            "19cf38a9490205bffc8e2882f2a31fe05b44db3daaf654ec220b6df87ec23b75",
        ),
    ] {
        assert_eq!(text.lines().count(), rows, "{asset}");
        assert_eq!(sha256(&text), hash, "{asset}");
    }
    assert_eq!(CATALOGS.products.len(), 52_514);
    assert_eq!(CATALOGS.zips.covered(), 95_749);
}

#[test]
fn the_version_tells_the_rows_that_are_there() {
    let mut counted: Vec<(String, usize)> = Table::ALL
        .iter()
        .map(|(table, name)| (format!("c_{name}"), CATALOGS.table(*table).len()))
        .collect();
    counted.push(("c_ClaveProdServ".to_owned(), CATALOGS.products.len()));
    counted.push(("c_ClaveUnidad".to_owned(), CATALOGS.units.len()));
    counted.push(("c_CodAgrup".to_owned(), CATALOGS.grouping.len()));
    let zips = usize::try_from(CATALOGS.zips.covered()).expect("fewer than memory has");
    counted.push(("c_CodigoPostal".to_owned(), zips));
    let version = version();
    assert_eq!(version.rows.len(), counted.len());
    for (name, rows) in counted {
        assert_eq!(version.rows_of(&name), Some(rows), "{name}");
    }
    assert!(version.rows.is_sorted_by(|one, other| one.1 >= other.1));
    assert_eq!(version.ieps_year, CATALOGS.ieps().year());
}

#[test]
fn the_version_is_that_of_the_package_that_the_assets_name() {
    let version = version();
    let package = format!("{} {}", version.package, version.release);
    assert!(include_str!("../../../assets/catalogs/README.md").contains(&package));
    let pin = format!("{}=={}\n", version.package, version.release);
    assert!(include_str!("../../../tools/catalogs.py").contains(&pin));
    // The package numbers its releases by year and month.
    let months = format!("{}.{}.", version.year - 2000, version.month);
    assert!(version.release.starts_with(&months));
}

#[test]
fn dead_keys_are_in_no_table() {
    for (table, count) in [
        (Table::Currency, 183),
        (Table::Country, 250),
        (Table::Use, 24),
        (Table::Regime, 19),
        (Table::PaymentForm, 22),
        (Table::Relation, 7),
        (Table::TaxObject, 8),
    ] {
        assert_eq!(CATALOGS.table(table).len(), count, "{table:?}");
    }
    let tables = [
        ("UsoCFDI", Table::Use),
        ("RegimenFiscal", Table::Regime),
        ("FormaPago", Table::PaymentForm),
        ("TipoRelacion", Table::Relation),
    ];
    for line in include_str!("../../../assets/catalogs/dropped.tsv").lines() {
        let (name, rest) = line.split_once('\t').expect("a table");
        let (key, _) = rest.split_once('\t').expect("a key");
        match tables.iter().find(|(known, _)| *known == name) {
            Some((_, table)) => assert_eq!(CATALOGS.name(*table, key), None, "{name} {key}"),
            None => assert_eq!(CATALOGS.unit_name(key), None, "{name} {key}"),
        }
    }
}

#[test]
fn every_small_table_is_sorted_and_there() {
    for (table, name) in Table::ALL {
        let keys = keys_of(table);
        assert!(!keys.is_empty(), "{name}");
        assert!(keys.is_sorted(), "{name}");
    }
}

#[test]
fn tables_in_code_have_the_keys_of_the_assets() {
    assert_eq!(keys_of(Table::Regime), regimes::keys().collect::<Vec<_>>());
    assert_eq!(keys_of(Table::Use), uses::keys().collect::<Vec<_>>());
    for means in CATALOGS.payment_means() {
        assert!(
            CATALOGS.name(Table::PaymentForm, means.code).is_some(),
            "{}",
            means.word
        );
    }
    assert_eq!(CATALOGS.payment_means().len(), payment::OFFERED.len());
    for code in keys_of(Table::PaymentForm) {
        assert_eq!(payment::word(code).is_none(), code == "30", "{code}");
    }
}

#[test]
fn keys_are_texts_and_their_case_matters() {
    assert_eq!(
        CATALOGS.product_name("43211503"),
        Some("Computadores notebook")
    );
    assert_eq!(
        CATALOGS.product_name("01010101"),
        Some("No existe en el catálogo")
    );
    assert_eq!(CATALOGS.product_name("1010101"), None);
    assert_eq!(CATALOGS.product_name("4321150"), None);
    assert_eq!(CATALOGS.product_name(""), None);
    assert_eq!(CATALOGS.product_name("80000000"), None);
    assert_eq!(CATALOGS.unit_name("H87"), Some("Pieza"));
    assert_eq!(CATALOGS.unit_name("h87"), None);
    assert_eq!(CATALOGS.unit_name("Dx"), None);
    assert!(CATALOGS.is_schema_only_product("11131601"));
    assert!(!CATALOGS.is_schema_only_product("43211503"));
    assert_eq!(CATALOGS.grouping_name("101.01"), Some("Caja y efectivo"));
}

#[test]
fn zips_know_their_state_border_and_zone() {
    let tijuana = CATALOGS.zip("22000").expect("Tijuana");
    assert_eq!(
        (tijuana.state, tijuana.border, tijuana.zone),
        ("BCN", Border::North, Zone::Noroeste)
    );
    let cancun = CATALOGS.zip("77500").expect("Cancún");
    assert_eq!((cancun.state, cancun.zone), ("ROO", Zone::Sureste));
    assert_eq!(CATALOGS.zip("06000").map(|zip| zip.state), Some("CMX"));
    assert!(CATALOGS.zip("32000").is_some_and(Zip::hour_in_doubt));
    assert!(!CATALOGS.zip("06000").is_some_and(Zip::hour_in_doubt));
    for absent in [
        "00001", "00999", "54540", "54569", "95669", "6000", "060000", "0600O", "",
    ] {
        assert_eq!(CATALOGS.zip(absent), None, "{absent}");
    }
    for present in ["00000", "01000", "54539", "54570", "99999"] {
        assert!(CATALOGS.zip(present).is_some(), "{present}");
    }
}

#[test]
fn currencies_have_the_decimals_of_the_sat() {
    for (currency, decimals) in [
        ("MXN", Some(2)),
        ("USD", Some(2)),
        ("JPY", Some(0)),
        ("KWD", Some(3)),
        ("CLF", Some(4)),
        ("XXX", Some(0)),
        ("mxn", None),
        ("", None),
    ] {
        assert_eq!(CATALOGS.currency_decimals(currency), decimals, "{currency}");
    }
}

fn uses_offered(regime: &str, person: Person, doc_type: DocType) -> Vec<&'static str> {
    CATALOGS
        .uses_for(regime, person, doc_type)
        .into_iter()
        .map(|entry| entry.key.as_str())
        .collect()
}

#[test]
fn uses_are_offered_by_regime() {
    let business = [
        "G01", "G02", "G03", "I01", "I02", "I03", "I04", "I05", "I06", "I07", "I08",
    ];
    let deductions = [
        "D01", "D02", "D03", "D04", "D05", "D06", "D07", "D08", "D09", "D10",
    ];
    let list = |parts: &[&[&'static str]]| parts.concat();
    for (regimes, person, expected) in [
        (
            &["601", "603", "620", "622", "623", "624", "626"][..],
            Person::Moral,
            list(&[&business, &["S01"]]),
        ),
        (
            &["626", "621"][..],
            Person::Fisica,
            list(&[&business, &["S01"]]),
        ),
        (
            &["606", "612", "625"][..],
            Person::Fisica,
            list(&[&deductions, &business, &["S01"]]),
        ),
        (
            &["605", "607", "608", "611", "614", "615"][..],
            Person::Fisica,
            list(&[&deductions, &["S01"]]),
        ),
        (&["610", "616"][..], Person::Fisica, vec!["S01"]),
        (&["610"][..], Person::Moral, vec!["S01"]),
        (&["609", ""][..], Person::Moral, vec![]),
    ] {
        for regime in regimes {
            assert_eq!(
                uses_offered(regime, person, DocType::Income),
                expected,
                "{regime}"
            );
        }
    }
    assert_eq!(
        uses_offered("616", Person::Fisica, DocType::Credit),
        ["G02", "S01"]
    );
}

/// The whole of the table, cell by cell, from the other side: what each use admits.
#[test]
fn each_use_admits_its_regimes_and_persons_and_no_other() {
    let business = "601 603 606 612 620 621 622 623 624 625 626";
    let deductions = "605 606 607 608 611 612 614 615 625";
    let all = "601 603 605 606 607 608 610 611 612 614 615 616 620 621 622 623 624 625 626";
    for cfdi_use in uses::keys() {
        let (regimes_admitted, moral) = match cfdi_use {
            "G02" => (format!("{business} 616"), true),
            "CN01" => ("605".to_owned(), false),
            "S01" | "CP01" => (all.to_owned(), true),
            other if other.starts_with('D') => (deductions.to_owned(), false),
            _ => (business.to_owned(), true),
        };
        for regime in regimes::keys() {
            let admitted = regimes_admitted.split(' ').any(|key| key == regime);
            assert_eq!(
                uses::admits(cfdi_use, regime, Some(Person::Fisica)),
                admitted,
                "{cfdi_use} {regime} persona física"
            );
            assert_eq!(
                uses::admits(cfdi_use, regime, Some(Person::Moral)),
                admitted && moral,
                "{cfdi_use} {regime} persona moral"
            );
        }
    }
}

#[test]
fn regimes_are_offered_by_person() {
    let keys = |person| {
        CATALOGS
            .regimes_for(person)
            .into_iter()
            .map(|entry| entry.key.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        keys(Person::Moral),
        ["601", "603", "610", "620", "622", "623", "624", "626"]
    );
    assert_eq!(
        keys(Person::Fisica),
        [
            "605", "606", "607", "608", "610", "611", "612", "614", "615", "616", "621", "625",
            "626"
        ]
    );
}

#[test]
fn words_of_alegra_and_keys_of_the_sat_go_both_ways() {
    assert_eq!(regimes::alegra_word("616"), Some("SIMPLIFIED_REGIME"));
    assert_eq!(regimes::from_alegra("REGIME_OF_TRUST"), Some("626"));
    assert_eq!(regimes::from_alegra("NO_REGIME"), None);
    for regime in regimes::keys() {
        if let Some(word) = regimes::alegra_word(regime) {
            assert_eq!(regimes::from_alegra(word), Some(regime));
        }
    }
    assert_eq!(payment::code("nominative"), Some("02"));
    assert_eq!(payment::word("02"), Some("check"));
    assert_eq!(payment::word("03"), Some("transfer"));
    assert_eq!(payment::code("03"), None);
}

/// The pairings of SAT rules §4.4 and §5, written out once more: a flipped cell must not pass.
#[test]
fn each_word_of_alegra_has_its_key() {
    for (word, regime) in [
        ("GENERAL_REGIME_OF_MORAL_PEOPLE_LAW", "601"),
        ("REGIME_OF_MORAL_PEOPLE_NOT_PROFIT", "603"),
        ("SALARIED_REGIME", "605"),
        ("LEASEHOLD_REGIME", "606"),
        ("DIVIDEND_INCOME", "611"),
        ("BUSINESS_ACTIVITIES_REGIME", "612"),
        ("SIMPLIFIED_REGIME", "616"),
        ("REGIME_OF_COOPERATIVE_PRODUCTION_SOCIETIES", "620"),
        ("FISCAL_INCORPORATION_REGIME", "621"),
        ("PRIMARY_SECTOR_REGIME", "622"),
        ("SOCIETIES_OPTIONAL_REGIME", "623"),
        ("REGIME_OF_THE_COORDINATED", "624"),
        (
            "REGIME_OF_THE_TECHNOLOGICAL_PLATFORMS_INCOME_ACTIVITIES",
            "625",
        ),
        ("REGIME_OF_TRUST", "626"),
    ] {
        assert_eq!(regimes::from_alegra(word), Some(regime), "{word}");
    }
    let wordless: Vec<&str> = regimes::keys()
        .filter(|regime| regimes::alegra_word(regime).is_none())
        .collect();
    assert_eq!(wordless, ["607", "608", "610", "614", "615"]);
    for (words, code) in [
        ("cash", "01"),
        ("check nominative", "02"),
        ("transfer deposit", "03"),
        ("credit-card", "04"),
        ("electronic-wallet", "05"),
        ("electronic-money", "06"),
        ("grocery-voucher", "08"),
        ("dation-payment", "12"),
        ("subrogation-payment", "13"),
        ("allocation-payment", "14"),
        ("forgiveness", "15"),
        ("compensation", "17"),
        ("novation", "23"),
        ("misunderstanding", "24"),
        ("debt-remission", "25"),
        ("prescription-or-expiration", "26"),
        ("creditor-satisfaction", "27"),
        ("debit-card", "28"),
        ("service-card", "29"),
        ("payment-intermediary", "31"),
        ("other", "99"),
    ] {
        for word in words.split(' ') {
            assert_eq!(payment::code(word), Some(code), "{word}");
        }
    }
}

#[test]
fn ieps_has_the_rates_of_its_year() {
    let ieps = CATALOGS.ieps();
    assert_eq!(ieps.year(), 2026);
    let fraction = |text: &str| crate::domain::money::exact_decimal(text).expect("a decimal");
    for rate in [
        "1.6", "0.53", "0.5", "0.304", "0.3", "0.265", "0.25", "0.09", "0.08", "0.07", "0.06",
    ] {
        for kind in [TaxKind::Transfer, TaxKind::Withholding] {
            assert!(ieps.has_rate(kind, fraction(rate)), "{rate} {kind:?}");
        }
    }
    for rate in ["0.03", "0"] {
        assert!(ieps.has_rate(TaxKind::Transfer, fraction(rate)), "{rate}");
        assert!(
            !ieps.has_rate(TaxKind::Withholding, fraction(rate)),
            "{rate}"
        );
    }
    assert!(!ieps.has_rate(TaxKind::Transfer, fraction("0.31")));
    assert!(!ieps.has_quota(fraction("-0.01")));
}

fn found(query: &str) -> Vec<String> {
    CATALOGS
        .search_products(query, &[], 20)
        .into_iter()
        .map(|hit| hit.key)
        .collect()
}

#[test]
fn synonyms_lead_to_keys_of_the_catalogue() {
    let mut count = 0;
    for key in CATALOGS.synonyms.all_keys() {
        assert!(CATALOGS.product_name(key).is_some(), "{key}");
        count += 1;
    }
    assert!(count >= 100);
    assert_eq!(
        found("laptop").first().map(String::as_str),
        Some("43211503")
    );
    assert_eq!(found("LAPT").first().map(String::as_str), Some("43211503"));
    let by_synonym = |query: &str| {
        let hits = CATALOGS.search_products(query, &[], usize::MAX);
        hits.iter().any(|hit| hit.rank == lexicon::Rank::Synonym)
    };
    assert!(by_synonym("lap") && !by_synonym("la"));
    assert!(found("renta local").contains(&"80131502".to_owned()));
    assert_eq!(found("flete").first().map(String::as_str), Some("78101800"));
}

#[test]
fn every_typed_word_must_begin_a_word_of_the_name() {
    assert_eq!(
        found("comput note").first().map(String::as_str),
        Some("43211503")
    );
    assert_eq!(found("note comput"), found("comput note"));
    assert!(found("omputadores notebook").is_empty());
    assert!(found("servicios de facturacion").contains(&"84111506".to_owned()));
    assert_eq!(found("FACTURACIÓN"), found("facturacion"));
    assert!(found("zzzz").is_empty());
}

#[test]
fn a_typed_key_comes_before_names() {
    let hits = CATALOGS.search_products("4321150", &[], 5);
    assert!(
        hits.iter()
            .all(|hit| hit.key.starts_with("4321150") && hit.rank == lexicon::Rank::Key)
    );
    assert_eq!(hits.len(), 5);
    assert_eq!(
        CATALOGS
            .search_units("h87", &[], 5)
            .first()
            .map(|hit| hit.name.clone()),
        Some("Pieza".to_owned())
    );
}

#[test]
fn first_words_come_before_words_inside_and_short_names_before_long_ones() {
    let hits = CATALOGS.search_products("escritorios", &[], 50);
    assert!(hits.is_sorted_by_key(|hit| hit.rank));
    let first: Vec<_> = hits
        .iter()
        .filter(|hit| hit.rank == lexicon::Rank::FirstWord)
        .collect();
    assert!(first.is_sorted_by_key(|hit| hit.name.chars().count()));
    assert_eq!(first.first().map(|hit| hit.key.as_str()), Some("56101703"));
}

#[test]
fn recent_keys_come_first_where_they_match_and_alone_without_a_query() {
    let recent = ["84111506", "56101703", "nonsense"].map(str::to_owned);
    let idle = CATALOGS.search_products("", &recent, 10);
    assert_eq!(
        idle.iter().map(|hit| hit.key.as_str()).collect::<Vec<_>>(),
        ["84111506", "56101703"]
    );
    let typed = CATALOGS.search_products("servicios", &recent, 3);
    assert_eq!(typed.first().map(|hit| hit.key.as_str()), Some("84111506"));
    assert_eq!(typed.len(), 3);
    assert!(typed.iter().skip(1).all(|hit| hit.key != "84111506"));
}

/// The same question asked the slow and plain way.
#[test]
fn the_search_finds_exactly_what_a_plain_scan_finds() {
    let fold = |text: &str| {
        let mut folded = String::new();
        lexicon::folded::fold_into(&mut folded, text);
        folded
    };
    for query in ["serv limp", "agua", "s", "43 comp", "de de", "niño"] {
        let words: Vec<String> = fold(query)
            .split_whitespace()
            .map(|word| format!(" {word}"))
            .collect();
        let plain: Vec<&str> = CATALOGS
            .products
            .text()
            .lines()
            .filter(|line| {
                let folded = fold(line);
                words.iter().all(|word| folded.contains(word.as_str()))
            })
            .filter_map(|line| line.split('\t').next())
            .collect();
        let mut keys: Vec<String> = CATALOGS
            .search_products(query, &[], usize::MAX)
            .into_iter()
            .filter(|hit| hit.rank != lexicon::Rank::Synonym || plain.contains(&hit.key.as_str()))
            .map(|hit| hit.key)
            .collect();
        keys.sort_unstable();
        assert_eq!(keys, plain, "{query}");
    }
}

#[test]
fn a_damaged_row_is_told_by_its_number() {
    let damaged = Lexicon::new("test", "01010101\tNada\nsin tabulador\n".to_owned());
    assert!(matches!(
        damaged,
        Err(CatalogError::Row {
            asset: "test",
            row: 2
        })
    ));
}

#[test]
fn a_damaged_row_of_the_small_assets_is_told_by_its_number() {
    let row_of = |error: CatalogError| match error {
        CatalogError::Row { row, .. } => row,
        CatalogError::Inflate { .. } => 0,
    };
    let ieps = Ieps::read("ejercicio\t2026\nnada\n").expect_err("no row");
    assert_eq!(row_of(ieps), 2);
    let zips = ZipRuns::read("00000\t00000\tTLA\t0\tcentro\nnada\n").expect_err("no row");
    assert_eq!(row_of(zips), 2);
    let first = inflate("small", SMALL).expect("a text");
    let first = first.lines().next().expect("a row");
    let small = SmallTables::read(&format!("{first}\nnada\n")).expect_err("no row");
    assert_eq!(row_of(small), 2);
}
