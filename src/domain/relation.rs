//! Related CFDI as a record names them: folios fiscales, each under its type of relation (SAT rules §11).
//!
//! A record keeps them as one text ([`Field::Related`]): a type, the folios under it, the next type, and so on. Nothing
//! is judged here; what cannot stand in a CFDI is for the rules to say.
//!
//! [`Field::Related`]: super::field::Field::Related

use super::draft::Relation;
use super::stamp::Uuid;

/// c_TipoRelacion: credit note of the related documents.
pub const CREDITS: &str = "01";

/// c_TipoRelacion: replaces earlier CFDI.
pub const REPLACES: &str = "04";

/// The relations that a text names, in its order. Folios before any type are those of replaced documents: so they were
/// written before there were others.
pub fn read(text: &str) -> Vec<Relation> {
    let mut relations: Vec<Relation> = Vec::new();
    for word in text.split_whitespace() {
        match relations.last_mut() {
            _ if is_type(word) => relations.push(of(word, None)),
            Some(relation) => relation.uuids.push(word.to_owned()),
            None => relations.push(of(REPLACES, Some(word))),
        }
    }
    relations
}

/// The text of these relations.
pub fn write(relations: &[Relation]) -> String {
    let words = relations.iter().flat_map(|relation| {
        std::iter::once(relation.kind.as_str()).chain(relation.uuids.iter().map(String::as_str))
    });
    words.collect::<Vec<&str>>().join(" ")
}

/// The text of one relation to one document.
pub fn to(kind: &str, uuid: &Uuid) -> String {
    write(&[of(kind, Some(uuid.as_str()))])
}

/// Whether a text names this folio fiscal under this type of relation.
pub fn names(text: &str, kind: &str, uuid: &Uuid) -> bool {
    read(text)
        .iter()
        .filter(|relation| relation.kind == kind)
        .flat_map(|relation| &relation.uuids)
        .any(|one| one.eq_ignore_ascii_case(uuid.as_str()))
}

/// Whether a word has the shape of a key of c_TipoRelacion.
pub fn is_type(word: &str) -> bool {
    word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn of(kind: &str, uuid: Option<&str>) -> Relation {
    Relation {
        kind: kind.to_owned(),
        uuids: uuid.map(str::to_owned).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E5F";
    const OTHER: &str = "5F3C1A90-7B2E-4D11-9C55-0A1B2C3D4E50";

    #[test]
    fn types_and_folios_are_told_apart_and_come_back_as_they_were() {
        let text = format!("01 {ONE} {OTHER} 07 {ONE}");
        let relations = read(&text);
        let kinds: Vec<&str> = relations.iter().map(|one| one.kind.as_str()).collect();
        assert_eq!(kinds, ["01", "07"]);
        assert_eq!(relations[0].uuids, [ONE, OTHER]);
        assert_eq!(write(&relations), text);
        assert_eq!(read(" "), []);
    }

    #[test]
    fn a_folio_is_named_under_its_own_type_only_and_a_bare_one_is_replaced() {
        let uuid: Uuid = ONE.parse().expect("a UUID");
        for (text, kind, expected) in [
            (to(CREDITS, &uuid), CREDITS, true),
            (to(CREDITS, &uuid), REPLACES, false),
            (format!("{OTHER} {}", ONE.to_lowercase()), REPLACES, true),
            (format!("03 {OTHER} 04 {ONE}"), REPLACES, true),
            (format!("04 {OTHER} 03 {ONE}"), REPLACES, false),
        ] {
            assert_eq!(names(&text, kind, &uuid), expected, "{kind} in {text}");
        }
    }
}
