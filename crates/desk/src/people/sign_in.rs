//! Signing in with name and password.

use super::who::person;
use super::{Denied, People, Who, bits};
use fleet::{HOUR, Moment};
use people::{NotAllowed, Password, PasswordHash, PersonName, Secret};
use serde_json::json;
use store::NewSession;

/// How long a session lasts, in milliseconds: a shift.
pub const SESSION: i64 = 12 * HOUR;

impl People {
    /// Who this is, by name and password. Whether the name or the password is wrong is not said,
    /// and takes the same time.
    pub async fn know(&self, name: &str, password: &str, now: Moment) -> Result<Who, Denied> {
        // what cannot be a name is nobody's
        let name = PersonName::parse(name).ok_or(Denied::Unknown)?;
        if !self.tries.begin(name.as_str(), now) {
            return Err(Denied::TooManyTries);
        }
        let kept = self.store.password(name.as_str()).await?;
        let hash = kept.map_or_else(PasswordHash::of_nobody, PasswordHash::kept);
        let typed = password.to_owned();
        let fits = self.hashing(move || hash.fits(&typed)).await?;
        let found = self.store.person(name.as_str()).await?;
        let Some(found) = found.filter(|_| fits) else {
            tracing::warn!(%name, "a password was wrong");
            return Err(Denied::Unknown);
        };
        self.tries.forgive(name.as_str());
        let person = person(&found)?;
        if person.disabled.is_some() {
            return Err(NotAllowed::Disabled(name).into());
        }
        let via = "password".to_owned();
        Ok(Who { person, via })
    }

    /// Signs somebody in; the session's token is shown to nobody else, and kept by nobody.
    pub async fn sign_in(
        &self,
        name: &str,
        password: &str,
        now: Moment,
    ) -> Result<(Secret, Who), Denied> {
        let who = self.know(name, password, now).await?;
        let token = Secret::of(bits());
        let session = NewSession {
            fingerprint: token.fingerprint().as_str().to_owned(),
            person: who.person.name.to_string(),
            at: now,
            until: now.plus(SESSION),
        };
        let audit = who.did_here(now, "signed-in", who.person.name.as_str(), &json!({}));
        self.store.open_session(&session, &audit).await?;
        Ok((token, who))
    }

    /// Ends a session.
    pub async fn sign_out(&self, token: &str, now: Moment) -> Result<(), Denied> {
        let who = self.behind(token, now).await?;
        let secret = Secret::parse(token).ok_or(Denied::BadKey)?;
        let audit = who.did_here(now, "signed-out", who.person.name.as_str(), &json!({}));
        let door = secret.fingerprint();
        self.store.end_session(door.as_str(), &audit).await?;
        self.doors.forget();
        Ok(())
    }

    /// What is kept of a new password.
    pub(super) async fn hashed(&self, password: Password) -> Result<PasswordHash, Denied> {
        let salt: [u8; 16] = rand::random();
        Ok(self.hashing(move || password.hash(salt)).await??)
    }

    /// Hashes away from the threads that serve everybody, one at a time.
    async fn hashing<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Denied> {
        let turn = self.hashing.acquire().await.map_err(|_| Denied::Broken)?;
        let done = tokio::task::spawn_blocking(work).await;
        drop(turn);
        done.map_err(|_| Denied::Broken)
    }
}
