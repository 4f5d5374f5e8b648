//! The stop button.

use super::{Denied, People, Who};
use fleet::Moment;
use people::Verb;
use serde_json::json;
use store::Stop;

impl People {
    /// Stops all acts that have not left us yet. The first stop stands.
    pub async fn stop(&self, by: &Who, why: &str, now: Moment) -> Result<(), Denied> {
        by.may(Verb::Stop)?;
        if why.trim().is_empty() {
            return Err(Denied::NoReason);
        }
        let stop = Stop {
            who: by.person.name.to_string(),
            at: now,
            why: why.trim().to_owned(),
        };
        let audit = by.did_here(now, "stopped", "", &json!({ "why": stop.why }));
        if self.store.set_stop(&stop, &audit).await? {
            return Ok(());
        }
        let first = self.store.stop().await?;
        Err(Denied::Stopped(
            first.map_or_else(String::new, |stop| stop.who),
        ))
    }

    /// Lets acts go on.
    pub async fn lift(&self, by: &Who, now: Moment) -> Result<(), Denied> {
        by.may(Verb::Lift)?;
        let audit = by.did_here(now, "lifted", "", &json!({}));
        if self.store.lift_stop(&audit).await? {
            return Ok(());
        }
        Err(Denied::NotStopped)
    }

    /// Whether all acts are stopped.
    pub async fn stopped(&self) -> Result<Option<Stop>, Denied> {
        Ok(self.store.stop().await?)
    }
}
