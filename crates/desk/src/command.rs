//! Commands: asked for, agreed to, checked, sent, proved. The poller sends them; here stands what
//! people may ask for and what follows from it.

mod alike;
mod before;
mod bulk;
mod counter;
mod decide;
mod facts;
mod ledger;
mod reach;
mod record;
mod refusal;
mod request;
mod rules;
mod study;
mod sweep;
mod tell;
mod vault;

pub use bulk::{Bulk, BulkAsked, MOST};
pub use counter::{Answer, Counter, TOGETHER};
pub use decide::Decided;
pub use reach::{Reach, SiteReach};
pub use refusal::Denied;
pub use request::{Asked, Request};
pub use rules::{CommandRules, HeadEndRules, Hook};
pub use sweep::Swept;

pub use vault::Vault;

pub(crate) use record::Record;
pub(crate) use study::{Checkup, Finding, Reread};
pub(crate) use sweep::over;

use crate::Intake;
use std::sync::Arc;
use tokio::sync::watch;

/// The service for commands. One for the whole program.
#[derive(Debug)]
pub struct Commands {
    intake: Arc<Intake>,
    rules: CommandRules,
    vault: Vault,
    /// Rings when there is work for a poller.
    bell: watch::Sender<u64>,
}

impl Commands {
    /// Commands over this intake.
    pub fn new(intake: Arc<Intake>, rules: CommandRules, vault: Vault) -> Self {
        Self {
            intake,
            rules,
            vault,
            bell: watch::Sender::new(0),
        }
    }

    /// The store behind it.
    pub fn store(&self) -> &store::Store {
        self.intake.store()
    }

    /// What it goes by.
    pub fn rules(&self) -> &CommandRules {
        &self.rules
    }

    pub(crate) fn vault(&self) -> &Vault {
        &self.vault
    }

    /// Hears when there is work.
    pub(crate) fn bell(&self) -> watch::Receiver<u64> {
        self.bell.subscribe()
    }

    /// Lets the pollers know that there is work.
    pub(crate) fn ring(&self) {
        self.bell
            .send_modify(|rings| *rings = rings.wrapping_add(1));
    }
}
