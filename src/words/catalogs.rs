//! How old the SAT's catalogues are, and how large.

use super::{Arg, Words, count};
use crate::sat::catalogs;

impl Words {
    /// Month and year of the catalogues: `Catálogos del SAT: octubre de 2026`.
    pub fn catalogs_edition(&self) -> String {
        let version = catalogs::version();
        let month = usize::try_from(version.month).unwrap_or_default();
        let year = version.year.to_string();
        self.with(
            "catalogs-edition",
            &[("month", Arg::Count(month)), ("year", Arg::Text(&year))],
        )
    }

    /// What the catalogues were made from and how many keys they have, in three lines.
    pub fn catalogs(&self) -> [String; 3] {
        let version = catalogs::version();
        let rows = |name| count(version.rows_of(name).unwrap_or_default());
        let ieps = version.ieps_year.to_string();
        [
            format!(
                "{} · {} {}",
                self.catalogs_edition(),
                version.package,
                version.release
            ),
            self.with(
                "catalogs-rows",
                &[
                    ("products", Arg::Text(&rows("c_ClaveProdServ"))),
                    ("units", Arg::Text(&rows("c_ClaveUnidad"))),
                    ("zips", Arg::Text(&rows("c_CodigoPostal"))),
                ],
            ),
            self.with(
                "catalogs-more",
                &[
                    ("groupings", Arg::Text(&rows("c_CodAgrup"))),
                    ("year", Arg::Text(&ieps)),
                ],
            ),
        ]
    }
}
