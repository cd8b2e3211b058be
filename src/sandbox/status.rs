//! The status that Unify derives from Alegra's state and the balance, at reading time (contract B.17).

use rust_decimal::Decimal;

use super::records::State;

/// The word on the wire for an invoice. `strict` keeps to the published document, where a cancelled
/// invoice is `void`; the connector's guide says `voided`.
pub fn derived(state: State, total: Decimal, balance: Decimal, strict: bool) -> &'static str {
    match state {
        State::Draft => "draft",
        State::Void if strict => "void",
        State::Void => "voided",
        State::Closed => "paid",
        State::Open if balance <= Decimal::ZERO && total > Decimal::ZERO => "paid",
        State::Open if balance < total => "partially_paid",
        State::Open => "authorised",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_evaluated_from_the_top() {
        let [nothing, half, whole] = [0, 5, 10].map(Decimal::from);
        let cases = [
            (State::Draft, nothing, "draft"),
            (State::Void, whole, "voided"),
            (State::Closed, whole, "paid"),
            (State::Open, nothing, "paid"),
            (State::Open, half, "partially_paid"),
            (State::Open, whole, "authorised"),
        ];
        for (state, balance, word) in cases {
            assert_eq!(derived(state, whole, balance, false), word);
        }
        assert_eq!(derived(State::Void, whole, whole, true), "void");
        assert_eq!(derived(State::Open, nothing, nothing, false), "authorised");
    }
}
