//! When a pass ends, as far as it says so.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fleet::{MINUTE, Moment, SECOND};
use serde_json::Value;

/// When a pass that was asked for at this moment is to be renewed: a minute before its end, or
/// after three quarters of a shorter life. A pass that does not say its end, or whose end has
/// passed already (a server's clock that is behind), is used until it is refused.
pub(super) fn renew_at(token: &str, asked: Moment) -> Option<Moment> {
    let life = expires(token)?.since(asked);
    (life > 0).then(|| asked.plus((life - MINUTE).max(life / 4 * 3)))
}

/// The claim `exp`: seconds since 1970.
fn expires(token: &str) -> Option<Moment> {
    let claims = token.split('.').nth(1)?.trim_end_matches('=');
    let claims = URL_SAFE_NO_PAD.decode(claims).ok()?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    let end = claims.get("exp")?;
    let seconds = end.as_i64().or_else(|| whole(end.as_f64()?))?;
    Some(Moment(seconds.saturating_mul(SECOND)))
}

/// `NumericDate` may have a fraction (RFC 7519).
#[expect(
    clippy::cast_possible_truncation,
    reason = "checked to lie far inside the range, and the fraction is to go"
)]
fn whole(seconds: f64) -> Option<i64> {
    (0.0..1e12).contains(&seconds).then_some(seconds as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(claims: &str) -> String {
        format!(
            "eyJhbGciOiJIUzI1NiJ9.{}.c2ln",
            URL_SAFE_NO_PAD.encode(claims)
        )
    }

    #[test]
    fn a_long_pass_is_renewed_a_minute_before_its_end() {
        let renew = renew_at(&token(r#"{"exp":157766400}"#), Moment(0));
        assert_eq!(renew, Some(Moment(157_766_340_000)));
    }

    #[test]
    fn a_short_pass_is_renewed_after_three_quarters_of_its_life() {
        let renew = renew_at(&token(r#"{"exp":100.5}"#), Moment(60_000));
        assert_eq!(renew, Some(Moment(90_000)));
    }

    #[test]
    fn a_pass_without_an_end_or_with_a_past_one_is_used_until_refused() {
        for token in [
            "opaque",
            "a.b.c",
            &token("{}"),
            &token(r#"{"exp":59}"#),
            &token("[]"),
        ] {
            assert_eq!(renew_at(token, Moment(60_000)), None, "{token}");
        }
    }
}
