//! Every rule as data: id, code, level, source, and the values that its message uses.
//!
//! Ids name the texts in the room of words (`finding-<id>`). A code that has two messages, or two levels, is
//! two rules. Nothing is judged here.

use super::super::finding::{Basis, Level, Rule};

/// Declares the rules once, as statics and as the list of all of them, so that none can be forgotten.
macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident: $id:literal, $code:literal, $level:ident, $basis:ident, [$($value:literal),*];)+) => {
        $($(#[$doc])* pub static $name: Rule = Rule {
            id: $id,
            code: $code,
            level: Level::$level,
            basis: Basis::$basis,
            values: &[$($value),*],
        };)+

        /// All rules, in the order of the groups.
        pub static RULES: &[&Rule] = &[$(&$name),+];
    };
}

rules! {
    /// The input is no draft: a key that is unknown, missing or twice there, or a wrong type. The reader of
    /// drafts reports it.
    FORMAT: "local-format", "LOCAL-format", Error, Schema, ["state", "found", "expected"];

    /// RFC of the wrong shape.
    RFC_SHAPE: "xsd-rfc", "XSD-rfc", Error, Schema, ["state", "found"];
    /// The day inside the RFC does not exist.
    RFC_DAY: "cfdi40143-day", "CFDI40143", Error, Matrix, ["found", "day"];
    /// The check digit does not fit. Such RFCs exist, so it only warns.
    RFC_DIGIT: "cfdi40143-digit", "CFDI40143", Warning, Matrix, ["found", "expected"];
    /// Letters that are not given out.
    RFC_LETTERS: "local-rfc-word", "LOCAL-rfc-word", Warning, Assumed, ["found"];
    /// Receiver and issuer are the same.
    RFC_SELF: "local-rfc-self", "LOCAL-rfc-self", Warning, Assumed, ["found"];
    /// The generic RFC, of which Alegra's guide says it is for tests.
    GENERIC_RFC: "alegra-xaxx", "ALEGRA-XAXX", Warning, Assumed, [];
    /// Name missing, too long or with a bar.
    NAME: "xsd-name", "XSD-name", Error, Schema, ["reason"];
    /// Name with the kind of company at its end.
    NAME_SUFFIX: "cfdi40145-suffix", "CFDI40145", Warning, Matrix, ["found", "expected"];
    /// Name not written as the SAT registers names.
    NAME_FORM: "cfdi40145-form", "CFDI40145", Warning, Matrix, ["found", "expected"];
    /// PUBLICO EN GENERAL with somebody's RFC.
    NAME_PUBLIC: "cfdi40146", "CFDI40146", Error, Matrix, ["found"];
    /// Nearly PUBLICO EN GENERAL.
    NAME_NEARLY_PUBLIC: "local-pub", "LOCAL-pub", Warning, Assumed, ["found"];
    /// Zip not of five digits.
    ZIP_SHAPE: "xsd-zip", "XSD-zip", Error, Schema, ["state", "found"];
    /// Zip not in the catalogue.
    ZIP_UNKNOWN: "cfdi40148", "CFDI40148", Warning, Matrix, ["found"];
    /// Generic RFC with another zip than the place of issue.
    ZIP_GENERIC: "cfdi40149", "CFDI40149", Error, Matrix, ["found", "expected"];
    /// Place of issue not in the catalogue.
    ISSUER_ZIP: "cfdi40126", "CFDI40126", Error, Matrix, ["state", "found"];

    /// Receiver's régimen missing or not of CFDI 4.0.
    REGIME: "cfdi40157", "CFDI40157", Error, Matrix, ["state", "found", "expected"];
    /// Receiver's régimen is for the other kind of person.
    REGIME_PERSON: "cfdi40158", "CFDI40158", Error, Matrix, ["found", "person"];
    /// Generic RFC with another régimen than 616.
    REGIME_GENERIC: "cfdi40159", "CFDI40159", Error, Matrix, ["found"];
    /// Régimen for which no word of Alegra's is known.
    REGIME_WORD: "alegra-regime", "ALEGRA-regime", Warning, Assumed, ["found"];
    /// Use missing or not of CFDI 4.0.
    USE: "cfdi40160", "CFDI40160", Error, Matrix, ["state", "found"];
    /// Use that régimen or kind of person does not admit.
    USE_REGIME: "cfdi40161", "CFDI40161", Error, Matrix, ["found", "regime", "allowed"];
    /// Generic RFC with another use than S01.
    USE_GENERIC: "guia-use", "GUIA-use", Error, Guide, ["found"];
    /// Generic RFC with G02 on an invoice.
    USE_GENERIC_RETURN: "guia-use-g02", "GUIA-use", Warning, Guide, ["found"];
    /// Use of payment receipts.
    USE_PAYMENTS: "guia-cp01", "GUIA-CP01", Warning, Guide, [];
    /// Issuer's régimen missing or not of CFDI 4.0.
    ISSUER_REGIME: "cfdi40140", "CFDI40140", Error, Matrix, ["state", "found"];
    /// Issuer's régimen is for the other kind of person.
    ISSUER_REGIME_PERSON: "cfdi40141", "CFDI40141", Error, Matrix, ["found", "person"];

    /// Forma that is no word of Alegra's (SAT matrix CFDI40104).
    FORMA: "alegra-forma", "ALEGRA-forma", Error, Matrix, ["state", "found", "expected"];
    /// Deposit: the forma is assumed.
    FORMA_DEPOSIT: "alegra-deposit", "ALEGRA-deposit", Warning, Assumed, [];
    /// Método neither PUE nor PPD.
    METODO: "cfdi40124", "CFDI40124", Error, Matrix, ["state", "found"];
    /// PPD with a forma other than 99.
    PPD_FORMA: "cfdi40105", "CFDI40105", Error, Matrix, ["found"];
    /// PUE with forma 99.
    PUE_UNDEFINED: "guia-pue99", "GUIA-pue99", Warning, Guide, [];
    /// PUE, due after the month of issue.
    PUE_DUE: "local-pue-due", "LOCAL-pue-due", Warning, Assumed, ["found"];
    /// Cash above what the client can deduct.
    CASH: "local-cash", "LOCAL-cash", Warning, Law, ["found"];

    /// Currency not in the catalogue.
    CURRENCY: "cfdi40113", "CFDI40113", Error, Matrix, ["state", "found"];
    /// MXN with a rate other than 1.
    RATE_MXN: "cfdi40114", "CFDI40114", Error, Matrix, ["found"];
    /// Foreign currency without a rate.
    RATE_MISSING: "cfdi40115", "CFDI40115", Error, Matrix, ["currency"];
    /// Rate not positive, or with too many decimals.
    RATE_FORM: "cfdi40117", "CFDI40117", Error, Matrix, ["found"];
    /// Rate far from the reference.
    RATE_FAR: "cfdi40118", "CFDI40118", Warning, Matrix, ["found", "expected"];
    /// XXX on an invoice.
    CURRENCY_NONE: "local-xxx", "LOCAL-xxx", Error, Assumed, [];
    /// Date missing or no day.
    DATE: "cfdi40101", "CFDI40101", Error, Matrix, [];
    /// Date older than 72 hours.
    DATE_OLD: "pac-401-old", "PAC-401", Error, Matrix, ["found"];
    /// Date in the future.
    DATE_FUTURE: "pac-401-future", "PAC-401", Error, Matrix, ["found"];
    /// Date nearly too old.
    DATE_CLOSING: "pac-401-closing", "PAC-401", Warning, Matrix, ["found", "hours"];
    /// Date outside, but by no more than the hour that the catalogue may be wrong by.
    DATE_HOUR: "pac-401-hour", "PAC-401", Warning, Matrix, ["found"];
    /// Terms too long or with a bar.
    TERMS: "xsd-terms", "XSD-terms", Error, Schema, ["reason"];
    /// Export key not in the catalogue.
    EXPORT: "cfdi40123", "CFDI40123", Error, Matrix, ["state", "found"];
    /// Export that needs the foreign-trade complement.
    EXPORT_A1: "cfdi40122", "CFDI40122", Error, Matrix, [];

    /// No lines.
    LINES: "xsd-lines", "XSD-lines", Error, Schema, [];
    /// Product key missing or not in the catalogue.
    PRODUCT: "cfdi40162", "CFDI40162", Error, Matrix, ["state", "found"];
    /// Product key that only the schema knows.
    PRODUCT_SCHEMA_ONLY: "cfdi40162-schema", "CFDI40162", Warning, Matrix, ["found"];
    /// «Not in the catalogue» outside a global invoice.
    PRODUCT_NONE: "local-0101", "LOCAL-0101", Warning, Assumed, [];
    /// Fuel, for which a complement is demanded.
    PRODUCT_FUEL: "cfdi40163", "CFDI40163", Warning, Matrix, ["found"];
    /// Unit missing or not in the catalogue.
    UNIT: "cfdi40165", "CFDI40165", Error, Matrix, ["state", "found", "expected"];
    /// Quantity missing, not positive or with too many decimals.
    QUANTITY: "xsd-qty", "XSD-qty", Error, Schema, ["state", "found"];
    /// Price missing or not positive.
    PRICE: "cfdi40166", "CFDI40166", Error, Matrix, ["state", "found"];
    /// Price with too many digits.
    PRICE_FORM: "xsd-price", "XSD-price", Error, Schema, ["found"];
    /// Discount negative or above the amount.
    DISCOUNT: "cfdi40169", "CFDI40169", Error, Matrix, ["found"];
    /// Description missing, too long or with a bar.
    DESCRIPTION: "xsd-desc", "XSD-desc", Error, Schema, ["reason"];
    /// Own code too long or with a bar.
    OWN_CODE: "xsd-sku", "XSD-sku", Error, Schema, ["reason"];

    /// Tax object not in the catalogue.
    TAX_OBJECT: "cfdi40170", "CFDI40170", Error, Matrix, ["state", "found"];
    /// Subject to tax, and no tax.
    TAX_NONE: "cfdi40171", "CFDI40171", Error, Matrix, [];
    /// Tax on a line that admits none.
    TAX_UNWANTED: "cfdi40172", "CFDI40172", Error, Matrix, ["object"];
    /// IVA or IEPS with object 06 or 08.
    TAX_OBJECT_06: "cfdi140226", "CFDI140226", Error, Matrix, ["object", "tax"];
    /// IVA with object 07.
    TAX_OBJECT_07_IVA: "cfdi140227-iva", "CFDI140227", Error, Matrix, ["object"];
    /// No IEPS with object 07.
    TAX_OBJECT_07_IEPS: "cfdi140227-ieps", "CFDI140227", Error, Matrix, ["object"];
    /// Base of a transfer not positive.
    BASE_TRANSFER: "cfdi40174", "CFDI40174", Error, Matrix, ["tax"];
    /// Base of a withholding not positive.
    BASE_WITHHOLDING: "cfdi40181", "CFDI40181", Error, Matrix, ["tax"];
    /// Rate of a transfer not in the table.
    RATE_TRANSFER: "cfdi40179", "CFDI40179", Error, Matrix, ["tax", "found", "allowed"];
    /// ISR as a transfer.
    RATE_TRANSFER_ISR: "cfdi40179-isr", "CFDI40179", Error, Matrix, [];
    /// Rate of IEPS not in this year's table.
    RATE_TRANSFER_IEPS: "cfdi40179-ieps", "CFDI40179", Error, DatedTable, ["found", "year"];
    /// Rate of IEPS not in our table, which is of another year.
    RATE_TRANSFER_IEPS_DATED: "cfdi40179-ieps-dated", "CFDI40179", Warning, DatedTable, ["found", "year"];
    /// Withholding out of range.
    RATE_WITHHOLDING: "cfdi40185", "CFDI40185", Error, Matrix, ["tax", "found", "highest"];
    /// Withholding of IEPS not in this year's table.
    RATE_WITHHOLDING_IEPS: "cfdi40185-ieps", "CFDI40185", Error, DatedTable, ["found", "year"];
    /// Withholding of IEPS not in our table, which is of another year.
    RATE_WITHHOLDING_IEPS_DATED: "cfdi40185-ieps-dated", "CFDI40185", Warning, DatedTable, ["found", "year"];
    /// Exempt withholding.
    WITHHOLDING_EXEMPT: "cfdi40184", "CFDI40184", Error, Matrix, ["tax"];
    /// IVA at 8 % outside the border strips.
    IVA_BORDER: "local-iva8", "LOCAL-iva8", Warning, Law, ["zip"];
    /// IVA at 8 %, for the first time.
    IVA_BORDER_FIRST: "local-iva8-reg", "LOCAL-iva8-reg", Warning, Law, [];
    /// RESICO to a company without the usual withholding.
    RESICO_MISSING: "cfdi140225", "CFDI140225", Warning, Matrix, [];
    /// RESICO to a company with ISR withheld.
    RESICO_WITHHELD: "cfdi140224", "CFDI140224", Warning, Matrix, [];
    /// The same tax twice on a line.
    TAX_TWICE: "local-mix-line", "LOCAL-mix", Warning, Assumed, ["tax"];
    /// IVA at 16 % and at 8 % in one document.
    IVA_MIXED: "local-mix", "LOCAL-mix", Warning, Assumed, [];

    /// An amount is too large.
    OVERFLOW: "local-overflow", "LOCAL-overflow", Error, Schema, [];
    /// The total is 0.
    TOTAL_ZERO: "local-zero", "LOCAL-zero", Warning, Assumed, [];
    /// The server's total is a few cents from ours.
    TOTAL_NEAR: "local-total-near", "LOCAL-total", Warning, Assumed, ["found", "expected"];
    /// The server's total is not ours.
    TOTAL: "local-total", "LOCAL-total", Error, Assumed, ["found", "expected"];

    /// Global invoice without its period.
    GLOBAL_MISSING: "cfdi40130", "CFDI40130", Error, Matrix, [];
    /// Periodicity not in the catalogue.
    GLOBAL_PERIODICITY: "cfdi40131", "CFDI40131", Error, Matrix, ["state", "found"];
    /// Two-monthly, for which the issuer must have régimen 621.
    GLOBAL_TWO_MONTHLY: "cfdi40132", "CFDI40132", Error, Matrix, ["regime"];
    /// Months not in the catalogue.
    GLOBAL_MONTHS: "cfdi40133", "CFDI40133", Error, Matrix, ["state", "found"];
    /// Two-monthly with a single month.
    GLOBAL_MONTHS_PAIR: "cfdi40134", "CFDI40134", Error, Matrix, ["found"];
    /// A pair of months, and not two-monthly.
    GLOBAL_MONTHS_SINGLE: "cfdi40135", "CFDI40135", Error, Matrix, ["found"];
    /// Year out of reach.
    GLOBAL_YEAR: "cfdi40136", "CFDI40136", Error, Matrix, ["state", "found", "expected"];
    /// Year older than the guide wants.
    GLOBAL_YEAR_OLD: "cfdi40136-old", "CFDI40136", Warning, Guide, ["found"];
    /// Something that the guide does not want on a global invoice.
    GLOBAL_GUIDE: "guia-global", "GUIA-global", Warning, Guide, ["part"];
    /// Period data on an invoice that is not global.
    GLOBAL_STRAY: "guia-global-stray", "GUIA-global", Warning, Guide, [];

    /// Código agrupador that Anexo 24 lacks.
    GROUPING: "local-agrup", "LOCAL-agrup", Warning, Assumed, ["found"];
    /// Código agrupador of a heading.
    GROUPING_HEADING: "local-agrup-group", "LOCAL-agrup-group", Warning, Assumed, ["found"];
    /// Código agrupador of another group than the parent's.
    GROUPING_PARENT: "local-agrup-parent", "LOCAL-agrup-parent", Warning, Assumed, ["found", "expected"];
    /// Postable account without a código agrupador.
    GROUPING_NONE: "local-agrup-none", "LOCAL-agrup-none", Warning, Assumed, [];

    /// Relation not in the catalogue.
    RELATION: "cfdi40137", "CFDI40137", Error, Matrix, ["state", "found"];
    /// Related folio that is no UUID, or none at all.
    RELATION_UUID: "xsd-uuid", "XSD-uuid", Error, Schema, ["state", "found"];
    /// Relation that does not go with the type of document.
    RELATION_TYPE: "guia-rel", "GUIA-rel", Warning, Guide, ["found", "doc"];
    /// Credit note that is related to nothing.
    RELATION_NONE: "guia-rel-none", "GUIA-rel", Warning, Guide, [];
}
