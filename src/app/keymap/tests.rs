//! What holds for the whole table.

use super::*;

#[test]
fn no_key_means_two_things_in_one_place() {
    for place in ALL.iter().chain(&[Amount]) {
        let mut seen: Vec<(Chord, Action)> = Vec::new();
        for binding in BINDINGS.iter().filter(|b| b.places.contains(place)) {
            for chord in binding.chords {
                // A key that means something by itself would hide the chords that it begins.
                let first = |chord: &Chord| match chord {
                    One(key) | Two(key, _) => *key,
                };
                let hides = |other: &Chord| {
                    first(other) == first(chord)
                        && matches!((other, chord), (One(_), Two(..)) | (Two(..), One(_)))
                };
                let twice = seen
                    .iter()
                    .find(|(other, _)| other == chord || hides(other));
                assert_eq!(
                    twice, None,
                    "{chord:?} in {place:?} for {:?}",
                    binding.action
                );
                seen.push((*chord, binding.action));
            }
        }
    }
}

#[test]
fn a_chord_is_two_presses() {
    let g = Key::char('g');
    assert_eq!(meaning(Place::Home, None, g), Meaning::First(g));
    assert_eq!(
        meaning(Place::Home, Some(g), Key::char('f')),
        Meaning::Order(Action::Go(Kind::Invoices))
    );
    assert_eq!(
        meaning(Place::Home, Some(g), Key::char('!')),
        Meaning::Nothing
    );
}

#[test]
fn letters_are_never_orders_where_they_are_typed() {
    for place in [
        Place::Form,
        Place::Find,
        Place::Palette,
        Place::Picker,
        Place::Native,
        Place::Narrow,
        Place::Signing,
        Place::Naming,
    ] {
        for binding in BINDINGS.iter().filter(|b| b.places.contains(&place)) {
            for chord in binding.chords {
                let One(key) = chord else {
                    panic!("a chord of two keys in {place:?}")
                };
                let letter = matches!(key.code, Code::Char(_)) && !key.ctrl && !key.alt;
                assert!(!letter, "{key:?} in {place:?}");
            }
        }
    }
}

#[test]
fn an_order_inside_an_amount_is_no_part_of_an_amount_and_no_key_of_the_form() {
    for binding in BINDINGS.iter().filter(|b| b.places.contains(&Amount)) {
        for chord in binding.chords {
            let One(key) = chord else {
                panic!("a chord of two keys in an amount")
            };
            let Code::Char(letter) = key.code else {
                panic!("{key:?} is no letter")
            };
            assert!(!letter.is_ascii_digit() && !"$.,-% ".contains(letter));
            assert_eq!(meaning(Form, None, *key), Meaning::Nothing, "{key:?}");
        }
    }
}

#[test]
fn what_cannot_be_undone_has_a_capital_letter_of_its_own() {
    assert_eq!(
        Action::Stamp.chord_in(Place::Detail),
        Some(One(Key::char('T')))
    );
    assert_ne!(
        Action::Confirm.chord_in(Place::Dialog),
        Action::Stamp.chord_in(Place::Detail)
    );
}
