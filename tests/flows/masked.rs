//! While the screen is shared: what is typed is hidden as well as what was read.

use crate::harness::Office;

#[test]
fn what_is_typed_into_an_amount_is_hidden_though_it_has_no_decimals() {
    let office = Office::open();
    let mut run = office.run();
    run.keys("g i n")
        .types("xenon")
        .keys("<Enter>")
        .types("7531");
    run.shows(&["7531"]).keys("<A-m>").lacks(&["7531", "7,531"]);
}
