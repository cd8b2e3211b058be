//! The suppliers. Some customers are suppliers too; these are not customers.

use jiff::Timestamp;

use super::super::records::{Address, Contact, Extra};
use super::super::{regimes, rfc};
use super::{next_id, people};

/// Initials of the RFC, name, régimen, zip, city, state, street.
const SUPPLIERS: &str = include_str!("suppliers.tsv");

/// The suppliers, with ids after those of so many contacts.
pub fn suppliers(opened: Timestamp, contacts: usize, random: &mut fastrand::Rng) -> Vec<Contact> {
    let mut suppliers = Vec::new();
    for (id, row) in (next_id(contacts)..).zip(super::rows(SUPPLIERS)) {
        let [initials, name, key, zip, city, state, street] = row.as_slice() else {
            continue;
        };
        let rfc = people::enrolled(initials, random);
        suppliers.push(Contact {
            id,
            name: (*name).into(),
            person: rfc::person(&rfc) == Some(rfc::Person::Natural),
            rfc: rfc.into(),
            email: format!(
                "cobranza@{}.example",
                initials.replace('Ñ', "n").to_lowercase()
            )
            .into(),
            second_email: "".into(),
            phone: format!("77{:08}", random.u32(10_000_000..100_000_000)).into(),
            second_phone: "".into(),
            mobile: "".into(),
            fax: "".into(),
            address: Address {
                street: (*street).into(),
                city: (*city).into(),
                state: (*state).into(),
                zip: (*zip).into(),
                country: "MX".into(),
                ..Address::default()
            },
            client: false,
            provider: true,
            active: id % 13 != 0,
            regime: regimes::word_of(key).unwrap_or("NO_REGIME").into(),
            cfdi_use: "".into(),
            payment_method: "".into(),
            terms: "30 días".into(),
            notes: "".into(),
            created: opened,
            updated: opened,
            extra: Extra::new(),
        });
    }
    suppliers
}
