//! Tokens that are not delivered yet: sealed in the store, open only on their way.

use asking::Secret;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};
use sha2::{Digest, Sha256};
use std::fmt;
use std::sync::Arc;

/// The key that seals tokens. ChaCha20-Poly1305, bound to the meter that a token is for.
#[derive(Clone)]
pub struct Vault {
    key: Arc<LessSafeKey>,
}

impl Vault {
    /// A vault with this key of 32 bytes; nothing where it has another length.
    pub fn new(key: &[u8]) -> Option<Self> {
        let key = UnboundKey::new(&CHACHA20_POLY1305, key).ok()?;
        Some(Self {
            key: Arc::new(LessSafeKey::new(key)),
        })
    }

    /// A key for a new vault; nothing where the computer gives no randomness.
    pub fn new_key() -> Option<[u8; 32]> {
        let mut key = [0; 32];
        SystemRandom::new().fill(&mut key).ok()?;
        Some(key)
    }

    /// Seals a token for a meter; nothing where the computer gives no randomness.
    pub fn seal(&self, token: &Secret, meter: &str) -> Option<String> {
        let mut nonce = [0; NONCE_LEN];
        SystemRandom::new().fill(&mut nonce).ok()?;
        let mut sealed = token.reveal().as_bytes().to_vec();
        let bound = Nonce::assume_unique_for_key(nonce);
        let aad = Aad::from(meter.as_bytes());
        let key = &self.key;
        key.seal_in_place_append_tag(bound, aad, &mut sealed).ok()?;
        let whole: Vec<u8> = nonce.into_iter().chain(sealed).collect();
        Some(BASE64_STANDARD.encode(whole))
    }

    /// Opens a sealed token; nothing where it was sealed with another key or for another meter.
    pub fn open(&self, sealed: &str, meter: &str) -> Option<Secret> {
        let whole = BASE64_STANDARD.decode(sealed).ok()?;
        let (nonce, sealed) = whole.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut sealed = sealed.to_vec();
        let aad = Aad::from(meter.as_bytes());
        let open = self.key.open_in_place(nonce, aad, &mut sealed).ok()?;
        std::str::from_utf8(open).ok().map(Secret::new)
    }

    /// What tells a token from others without showing it.
    pub fn digest(token: &Secret, meter: &str) -> String {
        let mut digest = Sha256::new();
        digest.update(meter.as_bytes());
        digest.update([0]);
        digest.update(token.reveal().as_bytes());
        BASE64_STANDARD.encode(&digest.finalize()[..12])
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::Vault;
    use asking::Secret;

    #[test]
    fn a_sealed_token_opens_with_its_key_for_its_meter_only() {
        let token = Secret::new("37037300014464855694");
        let (mine, other) = (Vault::new(&[7; 32]).unwrap(), Vault::new(&[8; 32]).unwrap());
        let sealed = mine.seal(&token, "47001582544").unwrap();
        assert!(!sealed.contains("5694"));
        assert_ne!(sealed, mine.seal(&token, "47001582544").unwrap());
        assert_eq!(mine.open(&sealed, "47001582544"), Some(token));
        assert_eq!(mine.open(&sealed, "47001582545"), None);
        assert_eq!(other.open(&sealed, "47001582544"), None);
        assert_eq!(mine.open("AAAA", "47001582544"), None);
        assert!(Vault::new(&[1; 5]).is_none());
        assert!(!format!("{mine:?}").contains('7'));
    }
}
