//! What the files of a stamped document are called: so that a folder of them sorts by day, and no name is a trick.

use super::field::Field;
use super::record::Record;
use super::stamp::Uuid;

/// The two files that a stamped document has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// The CFDI itself.
    Xml,
    /// Its printed form.
    Pdf,
}

impl Form {
    /// Both, in the order in which they are told.
    pub const ALL: [Form; 2] = [Form::Xml, Form::Pdf];

    /// What the field and the end of the file's name are called.
    pub fn name(self) -> &'static str {
        match self {
            Form::Xml => "xml",
            Form::Pdf => "pdf",
        }
    }
}

/// Letters of one part of a name, so that the whole fits wherever files are kept.
const LONGEST_PART: usize = 40;
/// So much of the folio fiscal tells two documents of one customer and day apart.
const UUID_HEAD: usize = 8;

/// `2026-03-05_A-1216_XIA190128J61_5F3C1A90`: day, serie and folio, RFC of the receiver, the head of the folio fiscal.
/// Nothing of a document without a folio fiscal. Whatever the server wrote, it is one name in one folder, and never one
/// that begins with a point.
pub fn stem(record: &Record) -> Option<String> {
    let uuid = record.stamp.uuid()?.as_str();
    Some(named(record, uuid.get(..UUID_HEAD)?))
}

/// The same with the whole folio fiscal, for the day on which two of them begin alike.
pub fn long_stem(record: &Record) -> Option<String> {
    Some(named(record, record.stamp.uuid().map(Uuid::as_str)?))
}

fn named(record: &Record, uuid: &str) -> String {
    let day = record
        .date(Field::Date)
        .map_or_else(|| "0000-00-00".to_owned(), |day| day.to_string());
    let number = match record.title() {
        "" => part(record.id.as_str()),
        number => part(number),
    };
    format!("{day}_{number}_{}_{uuid}", part(record.text(Field::Rfc)))
}

/// Letters, digits and the dash stay; everything else that a server may write becomes a dash.
fn part(text: &str) -> String {
    let kept: String = text
        .trim()
        .chars()
        .take(LONGEST_PART)
        .map(|letter| match letter {
            'Ñ' | 'ñ' => letter,
            _ if letter.is_ascii_alphanumeric() => letter,
            _ => '-',
        })
        .collect();
    match kept.as_str() {
        "" => "-".to_owned(),
        _ => kept,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::Value;
    use crate::domain::kind::Kind;
    use crate::domain::record::Id;
    use crate::domain::stamp::Stamp;

    fn stamped(number: &str, rfc: &str) -> Record {
        let mut record = Record::new(Kind::Invoices, Id::from("6"));
        let uuid = "5f3c1a90-7b2e-4d11-9c55-0a1b2c3d4e5f".parse();
        record.stamp = Stamp::Stamped(uuid.expect("a UUID"));
        record.set(Field::Date, Value::Date(jiff::civil::date(2026, 3, 5)));
        record.set(Field::Number, Value::Text(number.into()));
        record.set(Field::Rfc, Value::Text(rfc.into()));
        record
    }

    #[test]
    fn a_name_sorts_by_day_and_says_whose_it_is() {
        let record = stamped("A-1216", "XIA190128J61");
        assert_eq!(
            stem(&record).as_deref(),
            Some("2026-03-05_A-1216_XIA190128J61_5F3C1A90")
        );
        assert_eq!(
            long_stem(&record).as_deref(),
            Some("2026-03-05_A-1216_XIA190128J61_5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F")
        );
        let mut draft = record;
        draft.stamp = Stamp::Unstamped;
        assert_eq!(stem(&draft), None);
    }

    #[test]
    fn no_name_leaves_its_folder_or_orders_anything() {
        for (number, rfc) in [
            ("../../etc/passwd", "..\\CON"),
            ("A\0B\r\nC", "$(rm -rf ~)"),
            ("/", "\u{202e}fdp.xml"),
            (&"9".repeat(400), "Ñ&E951128469"),
        ] {
            let name = stem(&stamped(number, rfc)).expect("a name");
            assert!(name.starts_with("2026-03-05_"), "{name}");
            assert!(name.len() < 130, "{name}");
            assert!(
                name.chars()
                    .all(|letter| letter.is_ascii_alphanumeric() || "-_Ññ".contains(letter)),
                "{name}"
            );
        }
    }
}
