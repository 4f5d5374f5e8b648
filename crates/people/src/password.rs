//! Passwords, kept as argon2id.

use argon2::password_hash::phc;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use std::fmt;

/// The fewest characters of a password.
pub const SHORTEST: usize = 10;
/// The most bytes: longer texts are no passwords, and hashing them would keep us busy.
const LONGEST: usize = 200;

/// Memory in KiB, passes, lanes: the first choice of the OWASP password storage cheat sheet for
/// argon2id, 19 MiB and two passes.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// A password on its way in. Never printed, never kept.
pub struct Password(String);

/// What is kept of a password: a text in the PHC string format, with its salt and its cost.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

/// Why a text cannot be a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPassword {
    /// Too short.
    #[error("a password has at least {SHORTEST} characters: choose a longer one")]
    Short,
    /// Too long.
    #[error("a password has at most {LONGEST} bytes: choose a shorter one")]
    Long,
    /// The hash could not be made: a fault of ours.
    #[error("the password could not be hashed: this is a fault of the program, please report it")]
    Fault,
}

impl Password {
    /// Takes a new password: 10 characters to 200 bytes, anything else goes.
    pub fn new(text: String) -> Result<Self, BadPassword> {
        if text.len() > LONGEST {
            return Err(BadPassword::Long);
        }
        if text.chars().count() < SHORTEST {
            return Err(BadPassword::Short);
        }
        Ok(Self(text))
    }

    /// What is kept of it. The salt is 16 random bytes, fresh for each password. Takes some tens of
    /// milliseconds and 19 MiB, on purpose.
    pub fn hash(&self, salt: [u8; 16]) -> Result<PasswordHash, BadPassword> {
        let hashed: Result<phc::PasswordHash, _> =
            hasher()?.hash_password_with_salt(self.0.as_bytes(), &salt);
        let hashed = hashed.map_err(|_| BadPassword::Fault)?;
        Ok(PasswordHash(hashed.to_string()))
    }
}

fn hasher() -> Result<Argon2<'static>, BadPassword> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).map_err(|_| BadPassword::Fault)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

impl PasswordHash {
    /// A hash that was kept.
    pub fn kept(text: String) -> Self {
        Self(text)
    }

    /// The text to keep.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A hash that no password has, for a name that nobody has: looking it up takes as long as for
    /// one that somebody has, so that names cannot be found out by the clock.
    pub fn of_nobody() -> Self {
        // sixteen bytes of salt and thirty-two of a hash, all zero
        let (memory, passes, lanes) = COST;
        let (salt, hash) = ("A".repeat(22), "A".repeat(43));
        Self(format!(
            "$argon2id$v=19$m={memory},t={passes},p={lanes}${salt}${hash}"
        ))
    }

    /// Whether this is the password. The cost is the one of the hash; the comparison takes the same
    /// time whatever is wrong.
    pub fn fits(&self, password: &str) -> bool {
        if password.len() > LONGEST {
            return false;
        }
        let Ok(kept) = phc::PasswordHash::new(&self.0) else {
            return false;
        };
        let checked = Argon2::default().verify_password(password.as_bytes(), &kept);
        checked.is_ok()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(..)")
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::{BadPassword, Password, PasswordHash};

    const WORD: &str = "correct horse";

    fn hashed(salt: u8) -> PasswordHash {
        let word = Password::new(WORD.to_owned()).unwrap();
        word.hash([salt; 16]).unwrap()
    }

    #[test]
    fn only_the_password_itself_fits() {
        let kept = PasswordHash::kept(hashed(7).as_str().to_owned());
        assert!(kept.fits(WORD));
        for wrong in ["", "Correct horse", "correct horse ", kept.as_str()] {
            assert!(!kept.fits(wrong), "{wrong}");
        }
        assert!(!kept.fits(&WORD.repeat(100)));
        assert!(!PasswordHash::kept("nonsense".into()).fits(""));
    }

    #[test]
    fn the_hash_is_argon2id_at_the_stated_cost_with_its_salt() {
        let hash = hashed(7);
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert_ne!(hash, hashed(8), "another salt, another hash");
        assert!(!hash.as_str().contains(WORD));
    }

    #[test]
    fn nobodys_hash_is_read_and_fits_nothing() {
        let nobody = PasswordHash::of_nobody();
        assert!(argon2::password_hash::phc::PasswordHash::new(nobody.as_str()).is_ok());
        assert!(!nobody.fits(WORD) && !nobody.fits(""));
    }

    #[test]
    fn a_password_has_a_length_and_no_picture() {
        let short = Password::new("ninechars".into());
        assert_eq!(short.unwrap_err(), BadPassword::Short);
        assert_eq!(
            Password::new("x".repeat(201)).unwrap_err(),
            BadPassword::Long
        );
        let word = Password::new(WORD.into()).unwrap();
        assert!(!format!("{word:?} {:?}", hashed(7)).contains('$'));
        assert!(!format!("{word:?}").contains("horse"));
    }
}
