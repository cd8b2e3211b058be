//! What the indexes are asked: the statements over amounts, and full-text queries for names, codes and UUIDs.

use crate::search::language::{Meant, Reading, UuidPart};

// Without INDEXED BY the planner, which knows no statistics, may prefer the range of keys and read a whole company.
pub(super) const BY_TOTAL: &str = "SELECT key FROM entry INDEXED BY entry_by_total \
                        WHERE total >= ?1 AND total <= ?2 AND key BETWEEN ?3 AND ?4 LIMIT ?5";
pub(super) const BY_PRETAX: &str = "SELECT key FROM entry INDEXED BY entry_by_pretax \
                         WHERE pretax >= ?1 AND pretax <= ?2 AND key BETWEEN ?3 AND ?4 LIMIT ?5";
pub(super) const BY_SUBTOTAL: &str = "SELECT key FROM entry INDEXED BY entry_by_subtotal \
                           WHERE subtotal >= ?1 AND subtotal <= ?2 AND key BETWEEN ?3 AND ?4 LIMIT ?5";

/// How many totals lie between two, counted no further than to a limit, by the index alone.
pub(super) const WIDE_TOTALS: &str = "SELECT count(*) FROM (SELECT 1 FROM entry INDEXED BY entry_by_total \
                                      WHERE total >= ?1 AND total <= ?2 LIMIT ?3)";

/// As [`WIDE_TOTALS`], of balances; what owes nothing is not in the index.
pub(super) const WIDE_BALANCES: &str = "SELECT count(*) FROM (SELECT 1 FROM entry INDEXED BY entry_by_balance \
                                        WHERE balance <> 0 AND balance >= ?1 AND balance <= ?2 LIMIT ?3)";

/// As [`WIDE_TOTALS`], of days by which something has to be paid that is owed.
pub(super) const WIDE_DUE: &str = "SELECT count(*) FROM (SELECT 1 FROM entry INDEXED BY entry_owing \
                                   WHERE owing = 1 AND due >= ?1 AND due <= ?2 LIMIT ?3)";

/// The full-text query for the labels of a variant. Its words are folded letters and digits, so that quotes suffice.
pub(super) fn label_query(variant: &[&Reading]) -> String {
    let mut query = String::new();
    let mut demand = |demanded: &str| {
        if !query.is_empty() {
            query.push_str(" AND ");
        }
        query.push_str(demanded);
    };
    for reading in variant {
        match reading {
            Reading::Rfc(start) => demand(&format!("rfc : \"{start}\" *")),
            Reading::Code(start) => demand(&format!("code : \"{start}\" *")),
            Reading::Name(starts) => starts
                .iter()
                .for_each(|start| demand(&format!("name : \"{start}\" *"))),
            Reading::Like(words) => words.iter().for_each(|word| demand(&like(word))),
            Reading::NearRfc(rfcs) => demand(&format!("rfc : (\"{}\")", rfcs.join("\" OR \""))),
            _ => {}
        }
    }
    query
}

/// A word as it was typed, or one of those that may have been meant by it.
fn like(word: &Meant) -> String {
    let typed = format!("name : (\"{}\" *", word.typed);
    let meant = word
        .words
        .iter()
        .map(|(meant, _)| format!(" OR \"{meant}\""));
    meant.fold(typed, |query, meant| query + &meant) + ")"
}

/// The full-text query for a part of a UUID, whose groups of four may begin at any of its first digits: each way of
/// cutting it gives groups that must all be there. `None` for less than a group.
pub(super) fn blocks_of(part: &UuidPart) -> Option<String> {
    const BLOCK: usize = 4;
    let digits = part.digits();
    let from_end = digits.len().checked_sub(BLOCK)?;
    let mut query = String::new();
    for start in (0..BLOCK).chain([from_end]) {
        let mut rest = digits.get(start..).unwrap_or_default();
        let mut join = if query.is_empty() { "(" } else { " OR (" };
        while let Some((block, after)) = rest.split_at_checked(BLOCK) {
            query.push_str(join);
            query.push('"');
            query.push_str(block);
            query.push('"');
            (rest, join) = (after, " AND ");
        }
        if join == " AND " {
            query.push(')');
        }
    }
    Some(query)
}
