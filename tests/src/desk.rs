//! The desk of a test: store, intake and poller, put together as `calinmeter serve` does.
//!
//! The one file that knows how a poller is started.

use crate::{Books, NAME, Witness};
use ::answers::{Settings, StatusFamily};
use ::commands::Terms;
use ::desk::command::{CommandRules, Commands, HeadEndRules, Vault};
use ::desk::plan::Rules;
use ::desk::poller::{Holder, Poller, PollerStatus, Running};
use ::desk::{CaseRules, Clock, Intake};
use ::fleet::{HOUR, MINUTE};
use asking::{Deployment, HeadEnd, Item};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::Store;

/// What all chance of a test's desk is drawn from.
const SEED: u64 = 11;

/// A desk at work.
#[derive(Debug)]
pub struct Desk {
    /// The head-end as the desk sees it.
    pub witness: Arc<Witness>,
    intake: Arc<Intake>,
    /// The service for commands.
    pub commands: Arc<Commands>,
    running: Running,
}

/// Patience for tests: a meter may be called silent after ten minutes.
pub fn patience() -> CaseRules {
    CaseRules {
        settle: 2 * MINUTE,
        silent_after: 10 * MINUTE,
        ..CaseRules::default()
    }
}

/// A pace for tests: the routine comes round every hour, what is wrong every four minutes.
pub fn rules() -> Rules {
    Rules {
        routine_every: HOUR,
        abnormal_every: 4 * MINUTE,
        silent_most: HOUR,
        spread: MINUTE,
        ..Rules::default()
    }
}

impl Desk {
    /// Opens a desk over this store that asks this head-end. Nothing is asked before meters are
    /// registered.
    pub async fn open(
        store: Store,
        clock: Clock,
        deployment: Deployment,
        patience: CaseRules,
        rules: Rules,
    ) -> Self {
        let named = deployment.items.get(&Item::OperatingStatus);
        let reading = Settings {
            family: StatusFamily::Ami,
            operating_status: named.and_then(|name| name.answers.clone()),
            ..Settings::default()
        };
        let reading = [(NAME.to_owned(), reading)].into();
        let intake = Intake::open(store, clock, patience, reading).await;
        let intake = Arc::new(intake.expect("the desk opens"));
        let resumed = intake.resume().await;
        resumed.expect("what was kept before is judged");
        let vault = Vault::new(&[7; 32]).expect("a vault");
        let of = HeadEndRules {
            terms: Terms {
                horizon: deployment.physical_horizon(),
                ..Terms::default()
            },
            ..HeadEndRules::default()
        };
        let rules_of = CommandRules {
            head_ends: [(NAME.to_owned(), of)].into(),
            ..CommandRules::default()
        };
        let commands = Arc::new(Commands::new(intake.clone(), rules_of, vault));
        let head_end = hes::connect(deployment).expect("the head-end can be spoken to");
        let witness = Witness::of(head_end);
        let routine = rules
            .routine
            .and_then(|_| Rules::routine_of(witness.offers()));
        let poller = Poller {
            head_end: witness.clone(),
            intake: intake.clone(),
            commands: commands.clone(),
            rules: Rules { routine, ..rules },
            holder: Arc::new(Holder::of(intake.store(), SEED)),
            online_every: 3 * MINUTE,
            adopts: true,
            seed: SEED,
        };
        let running = poller.start();
        Self {
            witness,
            intake,
            commands,
            running,
        }
    }

    /// The store behind it.
    pub fn store(&self) -> &Store {
        self.intake.store()
    }

    /// What the store says.
    pub fn books(&self) -> Books {
        Books::of(self.store())
    }

    /// How many tasks were created that neither delivered an answer nor are waited for any more.
    pub async fn given_up(&self) -> usize {
        let delivered = self.witness.delivered().into_iter().map(|one| one.task.0);
        let held = self.books().held_tasks().await;
        let settled: BTreeSet<String> = delivered.chain(held).collect();
        let created = self.witness.created().into_iter();
        created.filter(|task| !settled.contains(&task.0)).count()
    }

    /// How the poller is doing.
    pub fn status(&self) -> PollerStatus {
        self.running.status()
    }

    /// Stops the poller and lets go of the store.
    pub async fn stop(self) {
        self.running.stop().await;
        self.intake.store().close().await;
    }
}
