//! Signatures after Standard Webhooks: `v1,` and the base64 of an HMAC-SHA256 over
//! `id.timestamp.body`, with a secret written `whsec_` and base64.

use crate::error::WebhookError;
use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;
use std::ops::RangeInclusive;

/// How a secret begins.
const PREFIX: &str = "whsec_";
/// How many bytes a secret has. Source: the specification.
const BYTES: RangeInclusive<usize> = 24..=64;

/// The secrets of one endpoint. While a secret is changed there are two: each message is signed
/// with both, so that the receiver may change his at any moment.
#[derive(Clone)]
pub struct Keys(Vec<Vec<u8>>);

impl Keys {
    /// Reads the content of a secret file: one secret, or several with blanks or line ends between
    /// them.
    pub fn parse(text: &str) -> Result<Self, WebhookError> {
        let keys: Result<Vec<_>, _> = text.split_whitespace().map(key).collect();
        match keys {
            Ok(keys) if !keys.is_empty() => Ok(Self(keys)),
            _ => Err(WebhookError::Secret),
        }
    }

    /// The header `webhook-signature`: one signature for each secret. The time is in seconds.
    pub fn sign(&self, id: &str, at: i64, body: &str) -> String {
        let signed = format!("{id}.{at}.{body}");
        let signatures: Vec<String> = self.0.iter().filter_map(|key| one(key, &signed)).collect();
        signatures.join(" ")
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keys({} …)", self.0.len())
    }
}

fn key(text: &str) -> Result<Vec<u8>, WebhookError> {
    let bytes = text
        .strip_prefix(PREFIX)
        .and_then(|rest| BASE64.decode(rest).ok());
    bytes
        .filter(|bytes| BYTES.contains(&bytes.len()))
        .ok_or(WebhookError::Secret)
}

fn one(key: &[u8], signed: &str) -> Option<String> {
    // an HMAC takes a key of any length
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(signed.as_bytes());
    Some(format!("v1,{}", BASE64.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::Keys;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const BODY: &str = r#"{"test": 2432232314}"#;

    /// The example of the specification's own libraries: id, time, body, secret and signature.
    #[test]
    fn the_specifications_example_is_signed_as_it_says() {
        let keys = Keys::parse(SECRET).expect("a secret");
        assert_eq!(
            keys.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, BODY),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        );
    }

    /// Expected values from another implementation: Python's `hmac`.
    #[test]
    fn other_bytes_are_signed_as_another_program_signs_them() {
        let rows = include_str!("../tests/signatures.tsv");
        let mut seen = 0;
        for row in rows.lines().filter(|row| !row.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            let [secrets, id, at, body, expected] = cells[..] else {
                panic!("{row}");
            };
            let keys = Keys::parse(secrets).expect("a secret");
            assert_eq!(keys.sign(id, at.parse().expect("a number"), body), expected);
            seen += 1;
        }
        assert_eq!(seen, 6);
    }

    #[test]
    fn what_is_no_secret_is_refused_without_being_shown() {
        for not in [
            "",
            "\n",
            "hunter2hunter2",
            "whsec_",
            "whsec_%%%",
            // 23 and 65 bytes
            "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            &format!("whsec_{}A=", "AAAA".repeat(21) + "AA"),
            &format!("{SECRET} whsec_short"),
        ] {
            let error = Keys::parse(not).expect_err(not).to_string();
            assert!(
                error.contains("whsec_") && !error.contains("hunter2"),
                "{error}"
            );
        }
        let keys = Keys::parse(&format!("{SECRET}\n{SECRET}\n")).expect("two secrets");
        assert_eq!(format!("{keys:?}"), "Keys(2 …)");
    }
}
