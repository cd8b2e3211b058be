//! The customers, and the SAT's register that knows most of them under the same name, zip and régimen.
//!
//! Two customers differ from the register on purpose: no check of the client can foresee that refusal.

use jiff::Timestamp;

use super::super::records::{Address, Contact, Extra, Text};
use super::super::register::{Register, Taxpayer};
use super::super::{regimes, rfc};

/// RFC or its initials, name, régimen, zip, city, state, street, and what is special: `R:` another
/// régimen in the register, `Z:` another zip in the register, else the country if it is not Mexico.
const PEOPLE: &str = include_str!("people.tsv");

/// Taxpayers that are enrolled and not yet customers.
const STRANGERS: [(&str, &str, &str, &str); 2] = [
    (
        "SAT970701NN3",
        "SERVICIO DE ADMINISTRACION TRIBUTARIA",
        "06300",
        "603",
    ),
    ("EKU9003173C9", "ESCUELA KEMPER URGATE", "42501", "601"),
];

/// The customer whose régimen the register knows better.
pub const OTHER_REGIME: &str = "R:";
/// The customer whose zip the register knows better.
pub const OTHER_ZIP: &str = "Z:";

/// Which customer a special mark of the table belongs to.
pub fn marked(mark: &str) -> Option<u32> {
    (1..)
        .zip(super::rows(PEOPLE))
        .find_map(|(id, row)| row.last()?.starts_with(mark).then_some(id))
}

pub fn people(opened: Timestamp, random: &mut fastrand::Rng) -> (Vec<Contact>, Register) {
    let mut contacts = Vec::new();
    let mut taxpayers: Vec<Taxpayer> = STRANGERS
        .iter()
        .filter_map(|(rfc, name, zip, key)| {
            Some(Taxpayer {
                rfc: (*rfc).into(),
                name: (*name).into(),
                zip: (*zip).into(),
                regimes: vec![known(key)?],
            })
        })
        .collect();
    for (id, row) in (1..).zip(super::rows(PEOPLE)) {
        let [stem, name, key, zip, city, state, street, special] = row.as_slice() else {
            continue;
        };
        let rfc: Text = if stem.chars().count() >= 12 {
            (*stem).into()
        } else {
            enrolled(stem, random).into()
        };
        let abroad = rfc == rfc::FOREIGN;
        let generic = abroad || rfc == rfc::GENERIC;
        let registered_key = special.strip_prefix(OTHER_REGIME).unwrap_or(key);
        let registered_zip = special.strip_prefix(OTHER_ZIP).unwrap_or(zip);
        if !generic {
            taxpayers.push(Taxpayer {
                rfc: rfc.clone(),
                name: (*name).into(),
                zip: registered_zip.into(),
                regimes: known(registered_key).into_iter().collect(),
            });
        }
        let mailbox: String = name
            .chars()
            .filter(char::is_ascii_alphabetic)
            .take(10)
            .collect::<String>()
            .to_lowercase();
        contacts.push(Contact {
            id,
            name: (*name).into(),
            person: rfc.chars().count() == 13 && !generic,
            rfc,
            email: format!("pagos@{mailbox}.example").into(),
            second_email: "".into(),
            phone: format!("55{:08}", random.u32(10_000_000..100_000_000)).into(),
            second_phone: "".into(),
            mobile: "".into(),
            fax: "".into(),
            address: Address {
                street: (*street).into(),
                city: (*city).into(),
                state: (*state).into(),
                zip: (*zip).into(),
                country: if abroad {
                    (*special).into()
                } else {
                    "MX".into()
                },
                ..Address::default()
            },
            client: true,
            provider: id % 9 == 0,
            active: id % 31 != 30,
            regime: regimes::word_of(key).unwrap_or("NO_REGIME").into(),
            cfdi_use: usual_use(key).into(),
            payment_method: "".into(),
            terms: ["Contado", "15 días", "30 días"]
                .get(random.usize(0..3))
                .copied()
                .unwrap_or("")
                .into(),
            notes: "".into(),
            created: opened,
            updated: opened,
            extra: Extra::new(),
        });
    }
    (contacts, Register::from_taxpayers(taxpayers))
}

/// The use that customers of a régimen usually ask for.
pub fn usual_use(key: &str) -> &'static str {
    match key {
        "605" | "607" | "608" | "611" | "614" | "615" => "D10",
        "610" | "616" => "S01",
        _ => "G03",
    }
}

fn known(key: &str) -> Option<&'static str> {
    const KEYS: [&str; 19] = [
        "601", "603", "605", "606", "607", "608", "610", "611", "612", "614", "615", "616", "620",
        "621", "622", "623", "624", "625", "626",
    ];
    KEYS.into_iter().find(|known| *known == key)
}

/// A whole RFC from its initials: a random day, a random key, and the check digit that fits.
pub fn enrolled(initials: &str, random: &mut fastrand::Rng) -> String {
    const LETTERS: [char; 20] = [
        'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'N', 'P', 'Q', 'R', 'S', 'T',
        'U', 'V',
    ];
    let (from, to) = if initials.chars().count() == 3 {
        (80, 119)
    } else {
        (55, 99)
    };
    let year = random.u32(from..=to) % 100;
    let (month, day) = (random.u32(1..=12), random.u32(1..=28));
    let letter = LETTERS
        .get(random.usize(0..LETTERS.len()))
        .copied()
        .unwrap_or('A');
    let stem = format!(
        "{initials}{year:02}{month:02}{day:02}{letter}{}",
        random.u32(1..=9)
    );
    let digit = rfc::check_digit(&stem).unwrap_or('0');
    format!("{stem}{digit}")
}

#[cfg(test)]
mod tests {
    use super::super::COMPANY;
    use super::*;

    #[test]
    fn every_customer_has_an_rfc_that_fits_and_a_regime_of_its_kind_of_person() {
        let (contacts, register) = people(Timestamp::UNIX_EPOCH, &mut fastrand::Rng::with_seed(3));
        assert!(contacts.len() >= 60);
        for contact in &contacts {
            let person = rfc::person(&contact.rfc);
            assert!(person.is_some(), "{}", contact.rfc);
            if contact.rfc == rfc::GENERIC || contact.rfc == rfc::FOREIGN {
                assert_eq!(contact.address.zip, COMPANY.zip);
                continue;
            }
            let mut stem: Vec<char> = contact.rfc.chars().collect();
            let last = stem.pop();
            assert_eq!(
                rfc::check_digit(&stem.iter().collect::<String>()),
                last,
                "{}",
                contact.rfc
            );
            let taxpayer = register.find(&contact.rfc).expect("enrolled");
            for key in &taxpayer.regimes {
                assert!(
                    person.is_some_and(|person| regimes::fits_person(key, person)),
                    "{}",
                    contact.name
                );
            }
        }
        for mark in [OTHER_REGIME, OTHER_ZIP] {
            assert!(marked(mark).is_some(), "{mark}");
        }
    }
}
