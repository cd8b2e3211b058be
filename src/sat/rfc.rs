//! The RFC: its shape, the day inside it, its check digit, the letters that are not given out.
//!
//! Judges the text as it is stored. [`clean`] is for the editor; no judgement cleans by itself.
//! Never says that an RFC is enrolled: only the SAT knows (SAT matrix CFDI40143).

use jiff::civil::Date;

/// Generic RFC of a buyer in Mexico without one, and of the global invoice.
pub const GENERIC_NATIONAL: &str = "XAXX010101000";
/// Generic RFC of a buyer resident abroad.
pub const GENERIC_FOREIGN: &str = "XEXX010101000";

/// Starts that the SAT does not give to a person: it puts an X in the place of the fourth letter (SAT rules §2.3).
const FORBIDDEN: [&str; 41] = [
    "BUEI", "BUEY", "CACA", "CACO", "CAGA", "CAGO", "CAKA", "CAKO", "COGE", "COJA", "COJE", "COJI",
    "COJO", "CULO", "FETO", "GUEY", "JOTO", "KACA", "KACO", "KAGA", "KAGO", "KAKA", "KOGE", "KOJO",
    "KULO", "MAME", "MAMO", "MEAR", "MEAS", "MEON", "MION", "MOCO", "MULA", "PEDA", "PEDO", "PENE",
    "PUTA", "PUTO", "QULO", "RATA", "RUIN",
];

/// Kind of taxpayer. The generic RFCs count as persona física.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Person {
    /// Persona física: a human being, 13 characters.
    Fisica,
    /// Persona moral: a company, 12 characters.
    Moral,
}

impl Person {
    /// The word by which messages choose their wording.
    pub fn as_str(self) -> &'static str {
        match self {
            Person::Fisica => "fisica",
            Person::Moral => "moral",
        }
    }
}

/// What is wrong with an RFC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Empty, or not of the SAT's shape.
    Shape,
    /// The date part is no calendar day; holds it as `aammdd`.
    Day(String),
    /// The last character is not the check digit of the others.
    CheckDigit {
        /// The digit that would fit.
        expected: char,
    },
    /// A person's first four letters are not given out.
    Letters(String),
}

/// The RFC as typed, in capitals and without blanks and hyphens.
///
/// An `N` with a combining tilde becomes `Ñ`. Nothing else is changed, dropped or guessed.
pub fn clean(typed: &str) -> String {
    let mut cleaned = String::with_capacity(typed.len());
    for letter in typed.chars().flat_map(char::to_uppercase) {
        match letter {
            '-' | '\u{2010}'..='\u{2015}' => {}
            '\u{303}' if cleaned.ends_with('N') => {
                cleaned.pop();
                cleaned.push('Ñ');
            }
            letter if letter.is_whitespace() => {}
            letter => cleaned.push(letter),
        }
    }
    cleaned
}

/// Whether it is one of the two generic RFCs.
pub fn is_generic(rfc: &str) -> bool {
    rfc == GENERIC_NATIONAL || rfc == GENERIC_FOREIGN
}

/// The kind of person, or nothing where the RFC has not the SAT's shape.
pub fn person(rfc: &str) -> Option<Person> {
    Shape::read(rfc).map(|shape| shape.person)
}

/// All that can be said against an RFC without asking the SAT. Empty for the generic ones.
///
/// A broken shape or day hides the flaws behind it: one slip, one message.
pub fn flaws(rfc: &str) -> Vec<Flaw> {
    if is_generic(rfc) {
        return Vec::new();
    }
    let Some(shape) = Shape::read(rfc) else {
        return vec![Flaw::Shape];
    };
    if !shape.day_exists() {
        return vec![Flaw::Day(shape.day.iter().collect())];
    }
    let mut flaws = Vec::new();
    if let Some(expected) = check_digit(rfc)
        && !rfc.ends_with(expected)
    {
        flaws.push(Flaw::CheckDigit { expected });
    }
    if shape.person == Person::Fisica && FORBIDDEN.contains(&shape.letters.as_str()) {
        flaws.push(Flaw::Letters(shape.letters));
    }
    flaws
}

/// The check digit that belongs to the characters before the last one (SAT rules §2.2).
///
/// Nothing where the text is not 12 or 13 characters of an RFC's alphabet.
pub fn check_digit(rfc: &str) -> Option<char> {
    let length = rfc.chars().count();
    let pad = match length {
        12 => Some(' '),
        13 => None,
        _ => return None,
    };
    let sum = pad
        .into_iter()
        .chain(rfc.chars())
        // Twelve weights: the last character, which is the digit itself, gets none.
        .zip((2..=13).rev())
        .try_fold(0, |sum, (letter, weight)| {
            Some(sum + value(letter)? * weight)
        })?;
    match sum % 11 {
        0 => Some('0'),
        1 => Some('A'),
        rest => char::from_digit(11 - rest, 10),
    }
}

/// The value of a character in the check sum.
fn value(letter: char) -> Option<u32> {
    Some(match letter {
        '0'..='9' => letter as u32 - '0' as u32,
        'A'..='N' => letter as u32 - 'A' as u32 + 10,
        '&' => 24,
        'O'..='Z' => letter as u32 - 'O' as u32 + 25,
        ' ' => 37,
        'Ñ' => 38,
        _ => return None,
    })
}

/// An RFC taken apart, of the right shape but not yet judged further.
struct Shape {
    person: Person,
    letters: String,
    day: Vec<char>,
}

impl Shape {
    /// Reads the pattern of the schema (tdCFDI, t_RFC). Lengths count characters, because Ñ is two bytes.
    fn read(rfc: &str) -> Option<Self> {
        let all: Vec<char> = rfc.chars().collect();
        let person = match all.len() {
            12 => Person::Moral,
            13 => Person::Fisica,
            _ => return None,
        };
        let (letters, rest) = all.split_at_checked(all.len() - 9)?;
        let (day, homoclave) = rest.split_at_checked(6)?;
        let (last, first_two) = homoclave.split_last()?;
        let fits = letters
            .iter()
            .all(|letter| letter.is_ascii_uppercase() || matches!(letter, '&' | 'Ñ'))
            && day.iter().all(char::is_ascii_digit)
            && first_two
                .iter()
                .all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit())
            && (last.is_ascii_digit() || *last == 'A');
        let shape = Shape {
            person,
            letters: letters.iter().collect(),
            day: day.to_vec(),
        };
        (fits && (1..=12).contains(&shape.number(2)) && (1..=31).contains(&shape.number(4)))
            .then_some(shape)
    }

    /// Two digits of the date part, from this position on.
    fn number(&self, from: usize) -> i8 {
        self.day
            .iter()
            .skip(from)
            .take(2)
            .filter_map(|digit| digit.to_digit(10))
            .fold(0, |number, digit| number * 10 + digit as i8)
    }

    /// Whether the day exists in 19yy or in 20yy: the RFC does not say which century it means.
    fn day_exists(&self) -> bool {
        let (year, month, day) = (self.number(0), self.number(2), self.number(4));
        [1900, 2000]
            .iter()
            .any(|century| Date::new(century + i16::from(year), month, day).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tilde_joins_an_n_and_nothing_else() {
        assert_eq!(clean("n\u{303}A\u{303}"), "ÑA\u{303}");
    }

    #[test]
    fn kinds_of_person_have_the_names_that_texts_choose_by() {
        assert_eq!(Person::Moral.as_str(), "moral");
        assert_eq!(Person::Fisica.as_str(), "fisica");
    }

    #[test]
    fn check_digits_are_those_of_the_sat_and_of_its_test_taxpayers() {
        for rfc in [
            "EKU9003173C9",
            "XIA190128J61",
            "CACX7605101P8",
            "H&E951128469",
            "OÑO120726RX3",
            "ABC970528UHA",
            "JES900109Q90",
            "SAT970701NN3",
            "XEXX010101000",
        ] {
            assert_eq!(check_digit(rfc), rfc.chars().last(), "{rfc}");
            assert_eq!(flaws(rfc), [], "{rfc}");
        }
        assert_eq!(check_digit(GENERIC_NATIONAL), Some('4'));
    }

    #[test]
    fn a_wrong_digit_names_the_one_that_would_fit() {
        assert_eq!(flaws("EKU9003173C8"), [Flaw::CheckDigit { expected: '9' }]);
        assert!(matches!(
            flaws("CUPU800825569")[..],
            [Flaw::CheckDigit { .. }]
        ));
    }

    #[test]
    fn the_generic_rfcs_are_those_of_the_sat() {
        assert!(is_generic("XAXX010101000") && is_generic("XEXX010101000"));
        assert!(!is_generic("XAXX010101004") && !is_generic("XIA190128J61"));
    }

    #[test]
    fn generics_skip_every_check() {
        assert_eq!(flaws(GENERIC_NATIONAL), []);
        assert_eq!(flaws(GENERIC_FOREIGN), []);
        assert_eq!(person(GENERIC_NATIONAL), Some(Person::Fisica));
    }

    #[test]
    fn the_shape_is_that_of_the_schema() {
        for broken in [
            "",
            "EKU",
            "eku9003173c9",
            "EKU 9003173C9",
            "EKU9003173CB",
            "EKU9013173C9",
            "EKU9000173C9",
            "EKU9003003C9",
            "EKU9003323C9",
            "3KU9003173C9",
            "EKU90031ÑC9",
            "EKU9003173C9X9",
            "🦀KU9003173C9",
        ] {
            assert_eq!(flaws(broken), [Flaw::Shape], "{broken}");
        }
        assert_eq!(person("OÑO120726RX3"), Some(Person::Moral));
        assert_eq!(person("CACX7605101P8"), Some(Person::Fisica));
    }

    #[test]
    fn the_day_must_exist_in_one_of_two_centuries() {
        assert_eq!(flaws("EKU9002303C9"), [Flaw::Day("900230".to_owned())]);
        assert_eq!(flaws("EKU9902293C9"), [Flaw::Day("990229".to_owned())]);
        assert!(!matches!(flaws("EKU0002293C9")[..], [Flaw::Day(_)]));
        assert!(!matches!(flaws("EKU8802293C9")[..], [Flaw::Day(_)]));
    }

    #[test]
    fn letters_that_are_not_given_out_are_named_for_persons_only() {
        let listed = "BUEI BUEY CACA CACO CAGA CAGO CAKA CAKO COGE COJA COJE COJI COJO CULO FETO GUEY JOTO \
                      KACA KACO KAGA KAGO KAKA KOGE KOJO KULO MAME MAMO MEAR MEAS MEON MION MOCO MULA PEDA \
                      PEDO PENE PUTA PUTO QULO RATA RUIN";
        for letters in listed.split(' ') {
            let found = flaws(&format!("{letters}800101AB1"));
            assert!(
                found.contains(&Flaw::Letters(letters.to_owned())),
                "{letters}"
            );
        }
        assert!(
            !flaws("BUEX800101AB1")
                .iter()
                .any(|flaw| matches!(flaw, Flaw::Letters(_)))
        );
        assert!(
            !flaws("BUE800101AB1")
                .iter()
                .any(|flaw| matches!(flaw, Flaw::Letters(_)))
        );
    }

    #[test]
    fn cleaning_keeps_every_letter_of_the_rfc() {
        assert_eq!(clean(" eku-900317-3c9 "), "EKU9003173C9");
        assert_eq!(clean("oño120726rx3"), "OÑO120726RX3");
        assert_eq!(clean("on\u{303}o120726rx3"), "OÑO120726RX3");
        assert_eq!(clean("h&e 951128 469"), "H&E951128469");
    }

    /// The same digit by another road: a polynomial over the alphabet of SAT rules §2.2, taken from the left with
    /// Horner's rule of sums, and the digit that makes the whole of it a multiple of eleven.
    fn digit_that_closes_the_sum(rfc: &str) -> char {
        const ALPHABET: &str = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ";
        let padded = format!("{rfc:>13}");
        // A sum of running sums weighs the first letter most, the last one once.
        let (mut running, mut whole) = (0, 0);
        for letter in padded.chars().take(12) {
            running += ALPHABET
                .chars()
                .position(|known| known == letter)
                .expect("a letter of the alphabet");
            whole += running;
        }
        whole += running;
        let closing = (0..11)
            .find(|digit| (whole + digit) % 11 == 0)
            .expect("one of eleven");
        "0123456789A".chars().nth(closing).expect("one of eleven")
    }

    proptest::proptest! {
        #[test]
        fn the_check_digit_closes_the_sum(rfc in "[A-Z&Ñ]{3,4}[0-9]{6}[A-Z0-9]{2}[0-9A]") {
            proptest::prop_assert_eq!(check_digit(&rfc), Some(digit_that_closes_the_sum(&rfc)));
        }
    }
}
