//! What a company usually chooses: the keys of catalogues on its latest documents, so that pickers put them first.
//!
//! Only counts what it is told. Never says that a key is right; that is for the rules.

use std::collections::BTreeMap;

use super::spec::CatalogueName;

/// The keys that a company used lately, by catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Habits {
    /// Each key with how often it was seen, in the order in which it was seen first.
    seen: BTreeMap<CatalogueName, Vec<(String, usize)>>,
}

impl Habits {
    /// Notes that a key was used. The latest are to be noted first; an empty key is none.
    pub fn note(&mut self, name: CatalogueName, key: &str) {
        if key.is_empty() {
            return;
        }
        let seen = self.seen.entry(name).or_default();
        match seen.iter_mut().find(|(known, _)| known == key) {
            Some((_, count)) => *count += 1,
            None => seen.push((key.to_owned(), 1)),
        }
    }

    /// So many keys at most, the most used first; of those used as often, the latest.
    pub fn keys(&self, name: CatalogueName, most: usize) -> Vec<String> {
        let mut seen: Vec<&(String, usize)> = self.seen.get(&name).into_iter().flatten().collect();
        seen.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        seen.into_iter()
            .take(most)
            .map(|(key, _)| key.clone())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_used_keys_come_first_and_of_equals_the_latest() {
        let mut habits = Habits::default();
        for key in ["H87", "E48", "KGM", "", "E48", "KGM", "E48"] {
            habits.note(CatalogueName::Unit, key);
        }
        habits.note(CatalogueName::Unit, "ACT");
        assert_eq!(
            habits.keys(CatalogueName::Unit, 9),
            ["E48", "KGM", "H87", "ACT"]
        );
        assert_eq!(habits.keys(CatalogueName::Unit, 2), ["E48", "KGM"]);
        assert_eq!(
            habits.keys(CatalogueName::ProductKey, 9),
            Vec::<String>::new()
        );
    }
}
