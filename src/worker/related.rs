//! The documents that a sales document is related to by their folios fiscales, as far as the cache knows them.

use jiff::civil::Date;

use crate::domain::company::CompanyId;
use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::record::Id;
use crate::domain::relation;
use crate::domain::stamp::Uuid;
use crate::domain::ties::Tie;
use crate::search::language;
use crate::store::StoreError;
use crate::store::cache::{Reader, Slips};

/// So many of them are looked up; a CFDI rarely names more than a few.
const MOST: usize = 20;

/// The invoices whose folios this record names, each as what it is called.
///
/// # Errors
/// [`StoreError`] where the cache cannot be read.
pub fn invoices(
    reader: &Reader,
    company: &CompanyId,
    (kind, id): (Kind, &Id),
    today: Date,
) -> Result<Vec<Tie>, StoreError> {
    let Some(record) = reader.record(company, kind, id)? else {
        return Ok(Vec::new());
    };
    let relations = relation::read(record.text(Field::Related));
    let folios = relations.iter().flat_map(|relation| &relation.uuids);
    let mut ties = Vec::new();
    for uuid in folios
        .filter_map(|folio| folio.parse::<Uuid>().ok())
        .take(MOST)
    {
        let query = language::parse(uuid.as_str(), today);
        let found = reader.find(company, &query, &[Kind::Invoices], 1, Slips::Refused)?;
        let mut hits = found.hits.into_iter().map(|hit| hit.record);
        if let Some(invoice) = hits.find(|hit| hit.stamp.uuid() == Some(&uuid)) {
            ties.push(Tie {
                kind: Kind::Invoices,
                name: invoice.title().to_owned(),
                id: invoice.id,
                field: Some(Field::Related),
                amount: None,
            });
        }
    }
    Ok(ties)
}
