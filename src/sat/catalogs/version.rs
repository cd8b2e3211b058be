//! Which catalogues are in the binary: told on the help page and by `timbra doctor`, so that a bookkeeper who is
//! refused a key can see how old ours is.
//!
//! Facts only, without inflating anything; a test holds them against the assets.

/// What the embedded catalogues are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// The package that the assets were made from.
    pub package: &'static str,
    /// Its release.
    pub release: &'static str,
    /// The year of that release.
    pub year: i16,
    /// Its month, 1 to 12.
    pub month: i8,
    /// The fiscal year for which the rates and quotas of IEPS are right.
    pub ieps_year: i16,
    /// The SAT's name of each catalogue and how many keys of it are known, the large ones first.
    pub rows: &'static [(&'static str, usize)],
}

/// The version of the embedded catalogues.
pub const fn version() -> Version {
    Version {
        package: "satcfdi",
        release: "26.10.1",
        year: 2026,
        month: 10,
        ieps_year: 2026,
        rows: &[
            ("c_CodigoPostal", 95_749),
            ("c_ClaveProdServ", 52_514),
            ("c_ClaveUnidad", 2_418),
            ("c_CodAgrup", 1_076),
            ("c_Pais", 250),
            ("c_Moneda", 183),
            ("c_Estado", 33),
            ("c_UsoCFDI", 24),
            ("c_FormaPago", 22),
            ("c_RegimenFiscal", 19),
            ("c_Meses", 18),
            ("c_ObjetoImp", 8),
            ("c_TipoRelacion", 7),
            ("c_Periodicidad", 5),
            ("c_Exportacion", 4),
            ("c_MetodoPago", 2),
        ],
    }
}

impl Version {
    /// How many keys of a catalogue are known, by the SAT's name of it.
    pub fn rows_of(&self, catalogue: &str) -> Option<usize> {
        self.rows
            .iter()
            .find(|(name, _)| *name == catalogue)
            .map(|(_, rows)| *rows)
    }
}
