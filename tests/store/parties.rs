//! Large books: people and companies, each with a word in its name that nobody else has, and invoices to them.

use fastrand::Rng;
use jiff::ToSpan;
use timbra::domain::field::{Field, Value};
use timbra::domain::kind::Kind;
use timbra::domain::record::{Id, Record};
use timbra::domain::stamp::Stamp;
use timbra::domain::status::Status;

use super::books::{self, FIRST, Page, Party, SECOND};

const GIVEN: [&str; 12] = [
    "María",
    "José Luis",
    "Guadalupe",
    "Juan Carlos",
    "Verónica",
    "Ángel",
    "Rosa",
    "Miguel",
    "Xóchitl",
    "Jorge",
    "Mariana",
    "Óscar",
];
const LAST: [&str; 16] = [
    "Hernández",
    "García",
    "Martínez",
    "López",
    "González",
    "Pérez",
    "Rodríguez",
    "Sánchez",
    "Ramírez",
    "Cruz",
    "Flores",
    "Gómez",
    "Morales",
    "Vázquez",
    "Jiménez",
    "Muñoz",
];
const ONSETS: [&str; 16] = [
    "b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "z", "tr", "br",
];
const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];
const ENDINGS: [&str; 4] = ["", "n", "s", "r"];

/// The word that only the nth contact has: of three syllables, every other one of four.
pub fn word(n: u32) -> String {
    let syllables = (ONSETS.len() * VOWELS.len()) as u64;
    let (count, stride) = match n % 2 {
        0 => (3, 7_919),
        _ => (4, 26_544_357),
    };
    // The stride shares no divisor with the number of syllables: no two contacts come to the same, and neighbours to
    // nothing alike.
    let mut rest = u64::from(n) * stride % syllables.pow(count);
    let mut word = String::new();
    for _ in 0..count {
        let syllable = (rest % syllables) as usize;
        word.push_str(ONSETS[syllable / VOWELS.len()]);
        word.push_str(VOWELS[syllable % VOWELS.len()]);
        rest /= syllables;
    }
    word + ENDINGS[n as usize / 2 % ENDINGS.len()]
}

/// The nth contact: every third a person. The first is anybody.
pub fn party(n: u32) -> Party {
    if n == 0 {
        return anybody();
    }
    let pick = |words: &[&str], n: u32| words[n as usize % words.len()].to_owned();
    let own = word(n);
    let (name, letters) = match n % 3 {
        0 => (
            format!("{} {own} {}", pick(&GIVEN, n / 3), pick(&LAST, n / 36)),
            4,
        ),
        _ => (
            format!("{} {own} {}", pick(&FIRST, n / 3), pick(&SECOND, n / 48)),
            3,
        ),
    };
    let initials: String = own.chars().take(letters).collect();
    let day = n * 37 % 9_000;
    let (year, month, day) = (60 + day / 300, 1 + day / 25 % 12, 1 + day % 25);
    Party {
        id: Id(n.to_string()),
        name: name.to_uppercase(),
        rfc: format!(
            "{}{:02}{month:02}{day:02}{:03X}",
            initials.to_uppercase(),
            year % 100,
            n * 53 % 4_096
        ),
    }
}

/// The nth contact as a record: every tenth a supplier.
pub fn contact(n: u32) -> Page {
    let kind = match n % 10 {
        9 => Kind::Suppliers,
        _ => Kind::Customers,
    };
    let party = party(n);
    let mut record = Record::new(kind, party.id);
    record.set(Field::Name, Value::Text(party.name));
    record.set(Field::Rfc, Value::Text(party.rfc));
    Page { record, raw: None }
}

/// Who buys without a name: one invoice in ten.
fn anybody() -> Party {
    Party {
        id: Id::from("0"),
        name: "PÚBLICO EN GENERAL".to_owned(),
        rfc: "XAXX010101000".to_owned(),
    }
}

/// The nth invoice of so many, to one of so many contacts; each has luck of its own, so that any one of them can be told
/// without the others. Few contacts get many invoices and many get few; they are due at once or within two months; of
/// those that are void every other one was cancelled at the SAT, and some wait for that.
pub fn invoice(n: u32, of: u32, contacts: u32) -> Page {
    let whom = |rng: &mut Rng| {
        let likely = u64::from(rng.u32(0..contacts)) * u64::from(rng.u32(0..contacts));
        let number = (likely / u64::from(contacts)) as u32;
        match rng.u32(0..20) {
            0 | 1 => anybody(),
            // Somebody who is no contact any more.
            2 => books::one_of(2_000)(rng),
            // Every tenth contact sells.
            _ => party(number - u32::from(number % 10 == 9)),
        }
    };
    let mut page = books::invoice(&mut Rng::with_seed(u64::from(n)), n, of, whom);
    let record = &mut page.record;
    let days = [0, 15, 30, 60][n as usize / 10 % 4];
    let due = record.date(Field::Date).expect("a day");
    let due = due.checked_add(days.days()).expect("a day");
    record.set(Field::DueDate, Value::Date(due));
    if let Some(uuid) = record.stamp.uuid().cloned() {
        match record.status() {
            Status::Voided if n.is_multiple_of(2) => record.stamp = Stamp::Cancelled(uuid),
            Status::Authorised if n.is_multiple_of(400) => {
                record.stamp = Stamp::CancelPending(uuid)
            }
            _ => {}
        }
    }
    page
}
