//! Who is here and what they may do: signing in, roles, keys, holds, findings, the stop button, and
//! the anchors of what all of them did.
//!
//! Every method that changes something asks the rights of `people` first and writes the audit in
//! the transaction of the change.

mod admin;
mod anchor;
mod audit;
mod door;
mod error;
mod evidence;
mod hold;
mod key;
mod proof;
mod register;
mod sign_in;
mod stop;
mod tries;
mod who;

pub use anchor::{AnchorFile, Anchored, EVERY, Outside};
pub use door::FRESH;
pub use error::Denied;
pub use evidence::Found;
pub use hold::{Release, Wanted};
pub use proof::Proof;
pub use sign_in::SESSION;
pub use tries::{PAUSE, TRIES};
pub use who::Who;

use door::Doors;
use std::sync::Arc;
use store::Store;
use tokio::sync::Semaphore;
use tries::Tries;

/// The people of a deployment. Cloning is cheap; all clones share what is remembered.
#[derive(Clone, Debug)]
pub struct People {
    store: Store,
    doors: Arc<Doors>,
    tries: Arc<Tries>,
    /// Hashing a password takes memory and time on purpose: one at a time, others wait.
    hashing: Arc<Semaphore>,
}

impl People {
    /// The people that the store knows.
    pub fn new(store: Store) -> Self {
        Self {
            store,
            doors: Arc::default(),
            tries: Arc::default(),
            hashing: Arc::new(Semaphore::new(1)),
        }
    }

    /// Whether there is anybody at all. Until then nobody can be asked who he or she is.
    pub async fn is_anybody(&self) -> Result<bool, Denied> {
        Ok(self.store.has_people().await?)
    }

    /// The site of a meter, for the chain it belongs to; empty where it has none.
    async fn site_of(&self, meter: &fleet::MeterNumber) -> Result<String, Denied> {
        let known = self.store.meter(meter).await?;
        let site = known.and_then(|meter| meter.site);
        Ok(site.map_or_else(String::new, |site| site.to_string()))
    }
}

/// 256 random bits.
fn bits() -> [u8; 32] {
    rand::random()
}
