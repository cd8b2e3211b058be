//! The signature of a delivery: HMAC-SHA-256 over the body with its keys sorted (contract E.3).

use serde_json::Value;
use sha2::{Digest, Sha256};

/// Bytes in a block of SHA-256.
const BLOCK: usize = 64;

/// Signs a body, envelope and all. Keys are sorted at every depth and nothing is padded, so that the
/// signature does not depend on how the body was sent.
pub fn sign(body: &Value, key: &str) -> String {
    // The object type of the JSON library keeps its keys sorted, and its text has no blanks.
    let tag = hmac(key.as_bytes(), body.to_string().as_bytes());
    tag.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// RFC 2104.
fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    let hashed;
    let key = if key.len() > BLOCK {
        hashed = Sha256::digest(key).to_vec();
        hashed.as_slice()
    } else {
        key
    };
    let padded = |pad: u8| -> Vec<u8> {
        let rest = std::iter::repeat_n(0, BLOCK.saturating_sub(key.len()));
        key.iter()
            .copied()
            .chain(rest)
            .map(|byte| byte ^ pad)
            .collect()
    };
    let inner = Sha256::new()
        .chain_update(padded(0x36))
        .chain_update(message)
        .finalize();
    Sha256::new()
        .chain_update(padded(0x5c))
        .chain_update(inner)
        .finalize()
        .to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_example_comes_out() {
        let body = r#"{"payload":{"event_id":"0b1f7c52-6a3e-4f0e-9d55-7a1c2e9b4d10",
            "event_type":"accounting.invoice.updated","unified_api":"accounting","service_id":"alegra",
            "consumer_id":"despacho-001","entity_id":"6","entity_type":"invoice",
            "entity_url":"https://unify.apideck.com/accounting/invoices/6",
            "execution_attempt":1,"occurred_at":"2026-05-31T18:04:11.000Z"}}"#;
        let body: Value = serde_json::from_str(body).expect("json");
        assert_eq!(
            sign(&body, "sk_test_alegra_demo"),
            "12136c71c6e03374a8ef65621819a0791a8e0ce36ded6fa410b0c8c3de885232"
        );
    }

    #[test]
    fn a_key_longer_than_a_block_is_hashed_first() {
        // RFC 4231, test case 6.
        let message = b"Test Using Larger Than Block-Size Key - Hash Key First";
        let tag: String = hmac(&[0xaa; 131], message)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(
            tag,
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }
}
