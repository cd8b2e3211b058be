//! A question whose names were typed with slips, asked once more with what may have been meant.
//!
//! Only words that are like nothing but a name or the beginning of an RFC are forgiven, and whole RFCs, and only among
//! contacts: a month, a state, a folio or an amount is what it is. Which names and RFCs there are, whoever asks knows.

use std::collections::BTreeMap;

use super::{Query, Reading};
use crate::domain::kind::Kind;
use crate::search::facts::Facts;
use crate::search::slips as distance;

/// For words that were typed, folded, the words of names that may have been meant, each with its slips; for RFCs that
/// were typed, the RFCs.
pub type Meanings = BTreeMap<String, Vec<(String, u8)>>;

/// A word of a name, and what may have been meant by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meant {
    /// As it was typed, folded.
    pub typed: String,
    /// Words of names, folded, each with how many slips lie between; none where it is right as it was typed.
    pub words: Vec<(String, u8)>,
}

impl Meant {
    /// How many slips it takes for it to be a word of this name.
    fn slips(&self, name: &str) -> Option<u8> {
        let of_word = |word: &str| {
            if word.starts_with(&self.typed) {
                return Some(0);
            }
            let meant = self.words.iter().find(|(meant, _)| meant == word)?;
            Some(meant.1)
        };
        name.split(' ').filter_map(of_word).min()
    }
}

/// How many slips it takes for these to be words of a contact's name, or of the name on one of its documents; `None`
/// where they are not, and where they are as they were typed.
pub(super) fn slips(words: &[Meant], facts: &Facts) -> Option<u8> {
    facts.kind.filter(is_dealt)?;
    words
        .iter()
        .try_fold(0_u8, |sum, word| {
            Some(sum.saturating_add(word.slips(&facts.name)?))
        })
        .filter(|slips| *slips > 0)
}

/// Whether one of these is the RFC of a contact, or of the contact of a document.
pub(super) fn has_rfc(rfcs: &[String], facts: &Facts) -> bool {
    facts.kind.as_ref().is_some_and(is_dealt) && rfcs.contains(&facts.rfc)
}

fn is_dealt(kind: &Kind) -> bool {
    DEALT.contains(kind)
}

/// The kinds that are a contact or stand on one.
pub(super) const DEALT: &[Kind] = &[
    Kind::Invoices,
    Kind::CreditNotes,
    Kind::Quotes,
    Kind::Payments,
    Kind::Customers,
    Kind::Bills,
    Kind::PurchaseOrders,
    Kind::BillPayments,
    Kind::Suppliers,
];

impl Query {
    /// The words of which a slip may be forgiven.
    pub fn forgivable(&self) -> impl Iterator<Item = &str> {
        let names = self
            .terms
            .iter()
            .filter_map(|term| forgivable(&term.readings));
        names.flatten().map(String::as_str)
    }

    /// What was typed as a whole RFC, or nearly as one, folded.
    pub fn forgivable_rfcs(&self) -> impl Iterator<Item = String> {
        let terms = self.terms.iter();
        terms.filter_map(|term| forgivable_rfc(&term.readings))
    }

    /// The same question with what may have been meant by some of its words; `None` where nothing is.
    pub fn forgiving(&self, meant: &Meanings) -> Option<Self> {
        let mut query = self.clone();
        let mut is_other = false;
        for term in &mut query.terms {
            if let Some(near) = forgivable_rfc(&term.readings).and_then(|rfc| meant.get(&rfc)) {
                let rfcs = near.iter().map(|(rfc, _)| rfc.clone()).collect();
                term.readings.push(Reading::NearRfc(rfcs));
                is_other = true;
                continue;
            }
            let Some(starts) = forgivable(&term.readings) else {
                continue;
            };
            let of = |typed: &String| Meant {
                typed: typed.clone(),
                words: meant.get(typed).cloned().unwrap_or_default(),
            };
            let words: Vec<Meant> = starts.iter().map(of).collect();
            if words.iter().any(|word| !word.words.is_empty()) {
                term.readings.push(Reading::Like(words));
                is_other = true;
            }
        }
        (is_other && self.puzzles.is_empty()).then_some(query)
    }

    /// How many slips it takes for a record to be an answer that is one.
    pub fn slips(&self, facts: &Facts) -> u8 {
        let of_term = |readings: &[Reading]| {
            let of_one = |reading: &Reading| match reading {
                Reading::Like(words) => slips(words, facts),
                Reading::NearRfc(rfcs) => has_rfc(rfcs, facts).then_some(1),
                reading => reading.holds(facts).then_some(0),
            };
            readings.iter().filter_map(of_one).min().unwrap_or(0)
        };
        let terms = self.terms.iter();
        terms.fold(0, |sum: u8, term| {
            sum.saturating_add(of_term(&term.readings))
        })
    }
}

/// The RFC that was meant by these readings, where it may have been typed with a slip: then it is nothing else that is
/// certain, whatever shapes it has.
fn forgivable_rfc(readings: &[Reading]) -> Option<String> {
    let guesses = |reading: &Reading| {
        matches!(
            reading,
            Reading::Rfc(_)
                | Reading::Name(_)
                | Reading::Folio(_)
                | Reading::Code(_)
                | Reading::Uuid(_)
        )
    };
    let typed = readings.iter().find_map(|reading| match reading {
        Reading::Rfc(rfc) => Some(rfc.clone()),
        Reading::Name(starts) => Some(starts.concat()),
        _ => None,
    });
    typed.filter(|typed| distance::may_be_rfc(typed) && readings.iter().all(guesses))
}

/// The words of a name that these readings are, where they are nothing that is certain.
fn forgivable(readings: &[Reading]) -> Option<&Vec<String>> {
    let guesses = |reading: &Reading| {
        matches!(
            reading,
            Reading::Name(_) | Reading::Rfc(_) | Reading::Uuid(_)
        )
    };
    let name = readings.iter().find_map(|reading| match reading {
        Reading::Name(starts) => Some(starts),
        _ => None,
    });
    name.filter(|_| readings.iter().all(guesses))
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;
    use crate::domain::list::Match;
    use jiff::civil::date;

    fn ask(text: &str, meant: &[(&str, &str, u8)]) -> Option<Query> {
        let mut words = Meanings::new();
        for (typed, word, slips) in meant {
            words
                .entry((*typed).to_owned())
                .or_default()
                .push(((*word).to_owned(), *slips));
        }
        parse(text, date(2026, 5, 20)).forgiving(&words)
    }

    fn named(name: &str, kind: Kind) -> Facts {
        Facts {
            name: name.to_owned(),
            kind: Some(kind),
            day: Some(date(2026, 3, 12)),
            ..Facts::default()
        }
    }

    #[test]
    fn only_what_is_like_a_name_is_forgiven() {
        let query = |text| parse(text, date(2026, 5, 20));
        for (text, words) in [
            ("gonsalez", &["gonsalez"][..]),
            ("Gónsalez papeleira", &["gonsalez", "papeleira"]),
            ("cliente:\"Xenon indutrial\"", &["xenon", "indutrial"]),
            ("gonsalez marzo 11600 A-101", &["gonsalez"]),
            ("vencida borrador factura sin timbrar", &[]),
            ("rfc:xia190128j61", &[]),
            ("serie:gonsalez codigo:gonsalez cuenta:gonsalez", &[]),
        ] {
            assert_eq!(
                query(text).forgivable().collect::<Vec<_>>(),
                words,
                "{text}"
            );
        }
    }

    #[test]
    fn a_whole_rfc_is_forgiven_whatever_its_slip_makes_it_look_like() {
        let query = |text| parse(text, date(2026, 5, 20));
        for (text, rfc) in [
            ("XIA190128J16", Some("xia190128j16")),
            // short of a digit it has no shape of an RFC, and with these letters that of a UUID
            ("xia19128j61", Some("xia19128j61")),
            ("CAFE900101AA", Some("cafe900101aa")),
            ("ñ&b010101aa2", Some("nb010101aa2")),
            ("rfc:xia190128j16 marzo", Some("xia190128j16")),
            ("cliente:XIA-190128-J16", Some("xia190128j16")),
            ("xia190128", None),
            ("folio:xia190128j16", None),
            ("codigo:xia190128j16", None),
            ("serie:xia190128j16", None),
            ("cuenta:xia190128j16", None),
            ("uuid:cafe900101aa", None),
            ("gonsalez", None),
        ] {
            let found: Vec<String> = query(text).forgivable_rfcs().collect();
            assert_eq!(found, Vec::from_iter(rfc.map(str::to_owned)), "{text}");
        }
        let query = ask("xia190128j16", &[("xia190128j16", "xia190128j61", 1)]);
        let query = query.expect("something is meant");
        let of = |kind, rfc: &str| Facts {
            rfc: rfc.to_owned(),
            ..named("xenon", kind)
        };
        let hit = of(Kind::Invoices, "xia190128j61");
        assert_eq!(query.explain(&hit), Some(vec![Match::SimilarRfc]));
        assert_eq!(query.slips(&hit), 1);
        for other in [
            of(Kind::LedgerAccounts, "xia190128j61"),
            of(Kind::Customers, "xia190128j62"),
            of(Kind::Customers, ""),
        ] {
            assert_eq!(query.explain(&other), None, "{other:?}");
        }
    }

    #[test]
    fn what_was_meant_is_an_answer_of_a_contact_and_of_its_documents() {
        let query =
            ask("gonsalez mar", &[("gonsalez", "gonzalez", 1)]).expect("something is meant");
        for kind in [
            Kind::Customers,
            Kind::Suppliers,
            Kind::Invoices,
            Kind::Bills,
        ] {
            let facts = named("ana gonzalez", kind);
            assert!(query.explain(&facts).is_some(), "{kind:?}");
            assert_eq!(query.slips(&facts), 1);
        }
        for kind in [
            Kind::InvoiceItems,
            Kind::LedgerAccounts,
            Kind::JournalEntries,
        ] {
            assert_eq!(
                query.explain(&named("ana gonzalez", kind)),
                None,
                "{kind:?}"
            );
        }
        let mut february = named("ana gonzalez", Kind::Invoices);
        february.day = Some(date(2026, 2, 12));
        assert_eq!(query.explain(&february), None);
    }

    #[test]
    fn slips_of_several_words_are_added_up() {
        let meant = [
            ("gonsalez", "gonzalez", 1),
            ("gonsalez", "gonzales", 2),
            ("peres", "perez", 1),
        ];
        let query = ask("gonsalez peres ana", &meant).expect("something is meant");
        for (name, slips) in [
            ("gonzalez perez ana", Some(2)),
            ("gonzales perez ana", Some(3)),
            ("gonzalez peres anabel", Some(1)),
            ("gonsalez peres ana", Some(0)),
            ("gonzalez lopez ana", None),
            ("gonzalez perez", None),
        ] {
            let facts = named(name, Kind::Customers);
            assert_eq!(
                query.explain(&facts).map(|_| query.slips(&facts)),
                slips,
                "{name}"
            );
        }
    }

    #[test]
    fn nothing_is_forgiven_where_nothing_is_meant_or_something_is_not_understood() {
        assert_eq!(ask("gonsalez", &[]), None);
        assert_eq!(ask("marzo", &[("marzo", "marco", 1)]), None);
        assert_eq!(
            ask("gonsalez clinte:ana", &[("gonsalez", "gonzalez", 1)]),
            None
        );
    }
}
