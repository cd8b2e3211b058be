//! Régimenes fiscales: for whom they are, and which word Alegra has for them (SAT rules §4.1, §4.4).

use super::super::rfc::Person;

/// Kinds of person that a régimen or a use admits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Persons {
    Fisica,
    Moral,
    Both,
}

impl Persons {
    pub(super) fn include(self, person: Person) -> bool {
        match self {
            Persons::Both => true,
            Persons::Fisica => person == Person::Fisica,
            Persons::Moral => person == Person::Moral,
        }
    }
}

/// Key, persons, Alegra's word. The pairing of words and keys is assumed.
const REGIMES: [(&str, Persons, Option<&str>); 19] = [
    (
        "601",
        Persons::Moral,
        Some("GENERAL_REGIME_OF_MORAL_PEOPLE_LAW"),
    ),
    (
        "603",
        Persons::Moral,
        Some("REGIME_OF_MORAL_PEOPLE_NOT_PROFIT"),
    ),
    ("605", Persons::Fisica, Some("SALARIED_REGIME")),
    ("606", Persons::Fisica, Some("LEASEHOLD_REGIME")),
    ("607", Persons::Fisica, None),
    ("608", Persons::Fisica, None),
    ("610", Persons::Both, None),
    ("611", Persons::Fisica, Some("DIVIDEND_INCOME")),
    ("612", Persons::Fisica, Some("BUSINESS_ACTIVITIES_REGIME")),
    ("614", Persons::Fisica, None),
    ("615", Persons::Fisica, None),
    // Alegra's word sounds like RESICO and is not: that one is REGIME_OF_TRUST.
    ("616", Persons::Fisica, Some("SIMPLIFIED_REGIME")),
    (
        "620",
        Persons::Moral,
        Some("REGIME_OF_COOPERATIVE_PRODUCTION_SOCIETIES"),
    ),
    ("621", Persons::Fisica, Some("FISCAL_INCORPORATION_REGIME")),
    ("622", Persons::Moral, Some("PRIMARY_SECTOR_REGIME")),
    ("623", Persons::Moral, Some("SOCIETIES_OPTIONAL_REGIME")),
    ("624", Persons::Moral, Some("REGIME_OF_THE_COORDINATED")),
    (
        "625",
        Persons::Fisica,
        Some("REGIME_OF_THE_TECHNOLOGICAL_PLATFORMS_INCOME_ACTIVITIES"),
    ),
    ("626", Persons::Both, Some("REGIME_OF_TRUST")),
];

/// Keys of the catalogue of CFDI 4.0, in order.
pub fn keys() -> impl Iterator<Item = &'static str> {
    REGIMES.iter().map(|(key, ..)| *key)
}

/// Whether the key is in the catalogue of CFDI 4.0.
pub fn exists(regime: &str) -> bool {
    keys().any(|key| key == regime)
}

/// Whether a person of this kind can have the régimen. False for a key that does not exist.
pub fn admits(regime: &str, person: Person) -> bool {
    REGIMES
        .iter()
        .any(|(key, persons, _)| *key == regime && persons.include(person))
}

/// Alegra's word for a régimen (`regimeClient`), where one is known.
pub fn alegra_word(regime: &str) -> Option<&'static str> {
    REGIMES
        .iter()
        .find(|(key, ..)| *key == regime)
        .and_then(|(_, _, word)| *word)
}

/// The régimen behind Alegra's word. Nothing for `NO_REGIME` and for words that are not known.
pub fn from_alegra(word: &str) -> Option<&'static str> {
    REGIMES
        .iter()
        .find(|(_, _, known)| *known == Some(word))
        .map(|(key, ..)| *key)
}
