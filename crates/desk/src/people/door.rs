//! Who is behind a key or a session's token.

use super::who::person;
use super::{Denied, People, Who};
use fleet::{Moment, SECOND};
use people::{Fingerprint, Secret};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// For how long somebody's identity is remembered, in milliseconds: so long a key that was revoked
/// and a person who was disabled can still act.
pub const FRESH: i64 = 2 * SECOND;
/// How many are remembered at once.
const MOST: usize = 10_000;

/// Who came through which door a moment ago.
#[derive(Debug, Default)]
pub(super) struct Doors {
    seen: Mutex<BTreeMap<Fingerprint, (Who, Moment)>>,
}

impl Doors {
    fn seen(&self, door: &Fingerprint, now: Moment) -> Option<Who> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let (who, at) = seen.get(door)?;
        (0..FRESH).contains(&now.since(*at)).then(|| who.clone())
    }

    fn remember(&self, door: Fingerprint, who: Who, now: Moment) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= MOST {
            seen.retain(|_, (_, at)| (0..FRESH).contains(&now.since(*at)));
        }
        if seen.len() < MOST {
            seen.insert(door, (who, now));
        }
    }

    /// What was changed here takes effect here at once; other nodes follow in [`FRESH`].
    pub(super) fn forget(&self) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.clear();
    }
}

impl People {
    /// Who is behind a key or a session's token; a disabled person is nobody.
    pub async fn behind(&self, secret: &str, now: Moment) -> Result<Who, Denied> {
        let secret = Secret::parse(secret).ok_or(Denied::BadKey)?;
        let door = secret.fingerprint();
        if let Some(who) = self.doors.seen(&door, now) {
            return Ok(who);
        }
        let who = self.look_up(&door, now).await?;
        self.doors.remember(door, who.clone(), now);
        Ok(who)
    }

    async fn look_up(&self, door: &Fingerprint, now: Moment) -> Result<Who, Denied> {
        let (kept, via) = match self.store.key(door.as_str(), now).await? {
            Some((kept, key)) => (kept, format!("key {}", key.0)),
            None => match self.store.session(door.as_str(), now).await? {
                Some(kept) => (kept, "session".to_owned()),
                None => return Err(Denied::BadKey),
            },
        };
        if kept.disabled_at.is_some() {
            return Err(Denied::BadKey);
        }
        Ok(Who {
            person: person(&kept)?,
            via,
        })
    }
}
