//! The pretend login: a JWT with HS256 and an `exp` in the computer's time.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

/// Issues a token for a user: it is good for `lasts` seconds from `now`, both in seconds.
pub(crate) fn issue(seed: u64, user: &str, serial: u64, now: i64, lasts: i64) -> String {
    let claims = json!({
        "jti": format!("{serial:08x}"),
        "RoleId": "operator",
        "UserId": user,
        "http://schemas.microsoft.com/ws/2008/06/identity/claims/role": [
            "RemoteMeterTask.CreateReadingTask",
            "RemoteMeterTask.CreateSettingTask",
            "RemoteMeterTask.CreateControlTask",
            "RemoteMeterTask.CreateTokenTask",
            "Token.CreditToken",
        ],
        "nbf": now,
        "exp": now + lasts,
        "iss": "calinmeter",
        "aud": "calinmeter",
    });
    let head = json!({"alg": "HS256", "typ": "JWT"});
    let signed = format!("{}.{}", part(&head), part(&claims));
    let signature = sealed(seed, signed.as_bytes())
        .map(|mac| BASE64.encode(mac.finalize().into_bytes()))
        .unwrap_or_default();
    format!("{signed}.{signature}")
}

/// Whether a token was issued here and is still good.
pub(crate) fn is_good(seed: u64, token: &str, now: i64) -> bool {
    expires(seed, token).is_some_and(|exp| now < exp)
}

fn expires(seed: u64, token: &str) -> Option<i64> {
    let (signed, signature) = token.rsplit_once('.')?;
    let signature = BASE64.decode(signature).ok()?;
    let mac = sealed(seed, signed.as_bytes())?;
    mac.verify_slice(&signature).ok()?;
    let (_, claims) = signed.split_once('.')?;
    let claims: Value = serde_json::from_slice(&BASE64.decode(claims).ok()?).ok()?;
    claims.get("exp")?.as_i64()
}

fn part(value: &Value) -> String {
    BASE64.encode(value.to_string())
}

fn sealed(seed: u64, signed: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(&seed.to_be_bytes()).ok()?;
    mac.update(signed);
    Some(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_until_its_exp_and_not_a_second_longer() {
        let token = issue(7, "operator", 1, 1_000, 60);
        assert!(is_good(7, &token, 1_059));
        assert!(!is_good(7, &token, 1_060));
    }

    #[test]
    fn a_token_of_another_seed_or_with_other_claims_is_refused() {
        let token = issue(7, "operator", 1, 1_000, 60);
        assert!(!is_good(8, &token, 1_001));
        let (head, rest) = token.split_once('.').unwrap();
        let (_, signature) = rest.split_once('.').unwrap();
        let longer = BASE64.encode(r#"{"exp":9999999999}"#);
        assert!(!is_good(7, &format!("{head}.{longer}.{signature}"), 1_001));
    }
}
