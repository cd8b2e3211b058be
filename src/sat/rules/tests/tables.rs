//! The tables of this room, written out once more from the SAT's own lists: no cell of them can be another and nobody
//! notice. Levels and bases are held in the parent, uses and régimenes in the tests of the catalogues.

use super::super::lines::{FUELS, USUAL_UNITS};
use super::*;
use crate::sat::catalogs::payment;

/// Code, id without its code, and the values that its texts may use.
const RULES_AGAIN: &str = "
LOCAL-format: state found expected
XSD-rfc: state found
CFDI40143 day: found day
CFDI40143 digit: found expected
LOCAL-rfc-word: found
LOCAL-rfc-self: found
ALEGRA-XAXX:
XSD-name: reason
CFDI40145 suffix: found expected
CFDI40145 form: found expected
CFDI40146: found
LOCAL-pub: found
XSD-zip: state found
CFDI40148: found
CFDI40149: found expected
CFDI40126: state found
CFDI40157: state found expected
CFDI40158: found person
CFDI40159: found
ALEGRA-regime: found
CFDI40160: state found
CFDI40161: found regime allowed
GUIA-use: found
GUIA-use g02: found
GUIA-CP01:
CFDI40140: state found
CFDI40141: found person
ALEGRA-forma: state found expected
ALEGRA-deposit:
CFDI40124: state found
CFDI40105: found
GUIA-pue99:
LOCAL-pue-due: found
LOCAL-cash: found
CFDI40113: state found
CFDI40114: found
CFDI40115: currency
CFDI40117: found
CFDI40118: found expected
LOCAL-xxx:
CFDI40101:
PAC-401 old: found
PAC-401 future: found
PAC-401 closing: found hours
PAC-401 hour: found
XSD-terms: reason
CFDI40123: state found
CFDI40122:
XSD-lines:
CFDI40162: state found
CFDI40162 schema: found
LOCAL-0101:
CFDI40163: found
CFDI40165: state found expected
XSD-qty: state found
CFDI40166: state found
XSD-price: found
CFDI40169: found
XSD-desc: reason
XSD-sku: reason
CFDI40170: state found
CFDI40171:
CFDI40172: object
CFDI140226: object tax
CFDI140227 iva: object
CFDI140227 ieps: object
CFDI40174: tax
CFDI40181: tax
CFDI40179: tax found allowed
CFDI40179 isr:
CFDI40179 ieps: found year
CFDI40179 ieps-dated: found year
CFDI40185: tax found highest
CFDI40185 ieps: found year
CFDI40185 ieps-dated: found year
CFDI40184: tax
LOCAL-iva8: zip
LOCAL-iva8-reg:
CFDI140225:
CFDI140224:
LOCAL-mix line: tax
LOCAL-mix:
LOCAL-overflow:
LOCAL-zero:
LOCAL-total near: found expected
LOCAL-total: found expected
CFDI40130:
CFDI40131: state found
CFDI40132: regime
CFDI40133: state found
CFDI40134: found
CFDI40135: found
CFDI40136: state found expected
CFDI40136 old: found
GUIA-global: part
GUIA-global stray:
LOCAL-agrup: found
LOCAL-agrup-group: found
LOCAL-agrup-parent: found expected
LOCAL-agrup-none:
CFDI40137: state found
XSD-uuid: state found
GUIA-rel: found doc
GUIA-rel none:
";

#[test]
fn each_rule_has_the_code_and_the_values_of_the_sat_rules() {
    let mut rules = RULES.iter();
    for row in RULES_AGAIN.trim().lines() {
        let (head, values) = row.split_once(':').expect("a row");
        let (code, rest) = head.split_once(' ').unwrap_or((head, ""));
        let id = match rest {
            "" => code.to_lowercase(),
            rest => format!("{}-{rest}", code.to_lowercase()),
        };
        let rule = rules.next().expect("as many rules as rows");
        let values: Vec<&str> = values.split_whitespace().collect();
        assert_eq!(
            (rule.code, rule.id, rule.values),
            (code, id.as_str(), &values[..])
        );
    }
    assert_eq!(rules.next(), None);
}

#[test]
fn fuels_units_and_formas_are_these_and_no_others() {
    assert_eq!(
        FUELS.join(" "),
        "15101500 15101502 15101504 15101505 15101506 15101509 15101513 15101514 15101515 15111510 15111511 15111512"
    );
    let units: Vec<String> = USUAL_UNITS
        .iter()
        .map(|(usual, key)| format!("{usual}={key}"))
        .collect();
    assert_eq!(
        units.join(" "),
        "PZA=H87 PIEZA=H87 PCE=H87 UNI=H87 UNIDAD=H87 SER=E48 SERV=E48 SERVICIO=E48 KG=KGM KILO=KGM LT=LTR LITRO=LTR \
         MT=MTR METRO=MTR HR=HUR HORA=HUR CAJA=XBX"
    );
    let offered: Vec<String> = CATALOGS
        .payment_means()
        .iter()
        .map(|means| format!("{}={}", means.word, means.code))
        .collect();
    assert_eq!(
        offered.join(" "),
        "transfer=03 other=99 cash=01 check=02 credit-card=04 debit-card=28 deposit=03 electronic-wallet=05 \
         electronic-money=06 grocery-voucher=08 dation-payment=12 subrogation-payment=13 allocation-payment=14 \
         forgiveness=15 compensation=17 novation=23 misunderstanding=24 debt-remission=25 \
         prescription-or-expiration=26 creditor-satisfaction=27 service-card=29 payment-intermediary=31"
    );
    assert_eq!(payment::code("nominative"), Some("02"));
}

/// The name is compared letter by letter (SAT matrix CFDI40146).
#[test]
fn the_name_of_the_general_public_is_exactly_this() {
    let mut draft = sound();
    draft.receiver.name = "PUBLICO EN GENERAL".to_owned();
    let found = judged(&draft, NOW, &Knowledge::default());
    assert_eq!(found, ["cfdi40146@receiver.name"]);
}
