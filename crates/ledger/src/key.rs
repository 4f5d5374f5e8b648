//! The key that signs anchors: Ed25519, so that others can check with what is public.

use crate::digest::{bytes, hex};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use std::fmt;

/// What begins the text of a signing key, so that a file holding one is known for what it is.
const HEAD: &str = "calinmeter-audit-key-";

/// The secret half. Never printed but by [`SigningKey::reveal`].
pub struct SigningKey {
    seed: [u8; 32],
    pair: Ed25519KeyPair,
}

/// The public half.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicKey([u8; 32]);

impl SigningKey {
    /// The key of 256 random bits; nothing where they make none.
    pub fn of(seed: [u8; 32]) -> Option<Self> {
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed).ok()?;
        Some(Self { seed, pair })
    }

    /// Reads the text that [`SigningKey::reveal`] gave; spaces and line ends around it are dropped.
    pub fn parse(text: &str) -> Option<Self> {
        Self::of(bytes(text.trim().strip_prefix(HEAD)?)?)
    }

    /// The text for the file that keeps it.
    pub fn reveal(&self) -> String {
        format!("{HEAD}{}", Hex(&self.seed))
    }

    /// The half that may be shown.
    pub fn public(&self) -> PublicKey {
        let mut key = [0; 32];
        // an Ed25519 key is always this long
        key.copy_from_slice(self.pair.public_key().as_ref());
        PublicKey(key)
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        let mut signature = [0; 64];
        // and so is a signature
        signature.copy_from_slice(self.pair.sign(message).as_ref());
        signature
    }
}

impl PublicKey {
    /// Reads 64 hexadecimal digits in small letters.
    pub fn parse(text: &str) -> Option<Self> {
        bytes(text.trim()).map(Self)
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(crate) fn has_signed(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        let key = UnparsedPublicKey::new(&ED25519, &self.0);
        key.verify(message, signature).is_ok()
    }
}

struct Hex<'b>(&'b [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(self.0, f)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(..)")
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(&self.0, f)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::{PublicKey, SigningKey};

    /// RFC 8032, 7.1, test 1: seed, public key, and the signature of the empty message.
    const SEED: &str = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    const PUBLIC: &str = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    const SIGNED: &str = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155\
        5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";

    fn key() -> SigningKey {
        SigningKey::of(crate::digest::bytes(SEED).unwrap()).unwrap()
    }

    #[test]
    fn it_signs_as_the_standard_says() {
        let key = key();
        assert_eq!(key.public().to_string(), PUBLIC);
        let signature = key.sign(b"");
        assert_eq!(super::Hex(&signature).to_string(), SIGNED);
        let public = PublicKey::parse(PUBLIC).unwrap();
        assert!(public.has_signed(b"", &signature));
        assert!(!public.has_signed(b"x", &signature));
    }

    #[test]
    fn a_key_is_read_back_from_its_file_and_has_no_picture() {
        let key = key();
        let read = SigningKey::parse(&format!(" {}\n", key.reveal())).unwrap();
        assert_eq!(read.public(), key.public());
        assert_eq!(format!("{key:?}"), "SigningKey(..)");
        for none in ["", SEED, "calinmeter-audit-key-12"] {
            assert!(SigningKey::parse(none).is_none(), "{none}");
        }
    }
}
