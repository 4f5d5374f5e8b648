//! Keys and session tokens: 256 random bits, shown once, kept as their SHA-256.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use std::fmt;

/// What every key begins with, so that one that leaked is found by searching for it.
const HEAD: &str = "cm_";

/// A key of the API or a session's token, as its owner holds it. Never printed but by
/// [`Secret::reveal`], never kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// What is kept of a secret: its SHA-256. The secret has 256 random bits, so nobody finds it from
/// its hash, and a salt would add nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(String);

impl Secret {
    /// Makes a secret of 256 random bits.
    pub fn of(bits: [u8; 32]) -> Self {
        Self(format!("{HEAD}{}", URL_SAFE_NO_PAD.encode(bits)))
    }

    /// Reads what somebody hands in; nothing where it cannot be one of ours. Spaces and line ends
    /// around it are dropped: keys come from files.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let bits = URL_SAFE_NO_PAD.decode(text.strip_prefix(HEAD)?).ok()?;
        (bits.len() == 32).then(|| Self(text.to_owned()))
    }

    /// The text for its owner, to be shown once.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept of it, and what it is looked up by. Finding a row by the hash tells nothing
    /// by the clock: who does not know the secret cannot choose its hash.
    pub fn fingerprint(&self) -> Fingerprint {
        let hash = Sha256::digest(self.0.as_bytes());
        Fingerprint(hash.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

impl Fingerprint {
    /// 64 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn a_secret_is_read_back_and_kept_as_its_sha_256() {
        let secret = Secret::of([0xfb; 32]);
        assert_eq!(
            secret.reveal(),
            "cm_-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_s"
        );
        let read = Secret::parse(&format!("{}\n", secret.reveal())).unwrap();
        assert_eq!(read, secret);
        // printf %s "$secret" | sha256sum
        assert_eq!(secret.fingerprint().as_str(), SHA_256);
        assert_ne!(Secret::of([0xfa; 32]).fingerprint(), secret.fingerprint());
    }

    const SHA_256: &str = "83728125cf1d587d38fa855f021e5698d8bbc018340e5b3c98aa98a4bca7597f";

    #[test]
    fn what_is_none_of_ours_is_none() {
        for none in [
            "",
            "cm_",
            "cm_-_v7",
            "-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_s",
        ] {
            assert!(Secret::parse(none).is_none(), "{none}");
        }
    }

    #[test]
    fn a_secret_has_no_picture() {
        let secret = Secret::of([1; 32]);
        assert_eq!(format!("{secret:?}"), "Secret(..)");
    }
}
