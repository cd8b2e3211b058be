//! Formas de pago: Alegra's words and the SAT's keys (SAT rules §5).
//!
//! The words of the seed pair plainly; those that only Alegra's clients attest are assumed.

/// Alegra's word and the key of c_FormaPago that it becomes.
const WORDS: [(&str, &str); 23] = [
    ("cash", "01"),
    ("check", "02"),
    ("nominative", "02"),
    ("transfer", "03"),
    ("deposit", "03"),
    ("credit-card", "04"),
    ("electronic-wallet", "05"),
    ("electronic-money", "06"),
    ("grocery-voucher", "08"),
    ("dation-payment", "12"),
    ("subrogation-payment", "13"),
    ("allocation-payment", "14"),
    ("forgiveness", "15"),
    ("compensation", "17"),
    ("novation", "23"),
    ("misunderstanding", "24"),
    ("debt-remission", "25"),
    ("prescription-or-expiration", "26"),
    ("creditor-satisfaction", "27"),
    ("debit-card", "28"),
    ("service-card", "29"),
    ("payment-intermediary", "31"),
    ("other", "99"),
];

/// Words for the picker, the frequent ones first; one word per key, and `deposit`, which has no key of its own.
pub(super) const OFFERED: [&str; 22] = [
    "transfer",
    "other",
    "cash",
    "check",
    "credit-card",
    "debit-card",
    "deposit",
    "electronic-wallet",
    "electronic-money",
    "grocery-voucher",
    "dation-payment",
    "subrogation-payment",
    "allocation-payment",
    "forgiveness",
    "compensation",
    "novation",
    "misunderstanding",
    "debt-remission",
    "prescription-or-expiration",
    "creditor-satisfaction",
    "service-card",
    "payment-intermediary",
];

/// Alegra's word for a payment of which no exact forma is known: a deposit in cash is 01, another one 03.
pub const DEPOSIT: &str = "deposit";
/// Forma `99`, por definir: what PPD demands.
pub const TO_BE_DEFINED: &str = "99";
/// Forma `01`.
pub const CASH: &str = "01";

/// A means of payment to offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaymentMeans<'a> {
    /// Alegra's word, what travels.
    pub word: &'static str,
    /// The SAT's key, what the CFDI will say.
    pub code: &'static str,
    /// The SAT's name.
    pub name: &'a str,
}

/// The SAT's key for Alegra's word.
pub fn code(word: &str) -> Option<&'static str> {
    WORDS
        .iter()
        .find(|(known, _)| *known == word)
        .map(|(_, code)| *code)
}

/// Alegra's word for a key of the SAT. Nothing for 30, for which no word is known.
pub fn word(code: &str) -> Option<&'static str> {
    WORDS
        .iter()
        .find(|(_, known)| *known == code)
        .map(|(word, _)| *word)
}
