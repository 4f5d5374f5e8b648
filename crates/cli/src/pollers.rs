//! The pollers of this process: one for each head-end of the configuration.

use crate::office;
use crate::setup::Setup;
use anyhow::Context;
use asking::HeadEnd;
use desk::Intake;
use desk::command::Commands;
use desk::plan::Rules;
use desk::poller::{Holder, Poller, PollerStatus, Running};
use settings::Polling;
use std::sync::Arc;
use tokio::sync::watch;
use web::{HeadEndHealth, HealthSource, Trouble};

/// All pollers.
#[derive(Debug)]
pub(crate) struct Pollers {
    running: Vec<Running>,
    holder: Arc<Holder>,
}

impl Pollers {
    /// Starts a poller for each head-end.
    pub(crate) fn start(
        setup: &Setup,
        intake: &Arc<Intake>,
        commands: &Arc<Commands>,
    ) -> anyhow::Result<Self> {
        let rules = rules(&setup.settings.polling);
        let online_every = setup.settings.polling.online_every;
        let head_ends = head_ends(setup)?;
        Ok(Self::of(head_ends, &rules, online_every, intake, commands))
    }

    /// Starts pollers that ask only what somebody requests.
    pub(crate) fn on_request(setup: &Setup, intake: &Arc<Intake>) -> anyhow::Result<Self> {
        let rules = Rules {
            routine: None,
            ..rules(&setup.settings.polling)
        };
        let commands = office::open(setup, intake)?;
        let head_ends = head_ends(setup)?;
        Ok(Self::of(head_ends, &rules, fleet::DAY, intake, &commands))
    }

    /// Starts a poller for each of these head-ends.
    pub(crate) fn of(
        head_ends: Vec<Arc<dyn HeadEnd>>,
        rules: &Rules,
        online_every: i64,
        intake: &Arc<Intake>,
        commands: &Arc<Commands>,
    ) -> Self {
        let adopts = head_ends.len() == 1;
        let seed = seed();
        let holder = Arc::new(Holder::of(intake.store(), seed));
        let mut running = Vec::new();
        for head_end in head_ends {
            let routine = rules
                .routine
                .and_then(|_| Rules::routine_of(head_end.offers()));
            let poller = Poller {
                rules: Rules {
                    routine,
                    ..rules.clone()
                },
                head_end,
                intake: intake.clone(),
                commands: commands.clone(),
                holder: holder.clone(),
                online_every,
                adopts,
                seed,
            };
            running.push(poller.start());
        }
        Self { running, holder }
    }

    /// The name under which this process has leases.
    pub(crate) fn node(&self) -> &str {
        self.holder.name()
    }

    /// A way for pages and probes to see them.
    pub(crate) fn watched(&self) -> Watched {
        Watched(self.running.iter().map(Running::watch).collect())
    }

    /// Stops them all at the same time.
    pub(crate) async fn stop(self) {
        let stops: Vec<_> = self
            .running
            .into_iter()
            .map(|one| tokio::spawn(one.stop()))
            .collect();
        for stop in stops {
            if let Err(error) = stop.await {
                tracing::error!(%error, "a poller ended badly");
            }
        }
    }
}

/// The head-ends of the configuration. Their secrets may be changed while they are asked.
fn head_ends(setup: &Setup) -> anyhow::Result<Vec<Arc<dyn HeadEnd>>> {
    let connected = setup.deployments()?.into_iter().map(|deployment| {
        let (setup, name) = (setup.clone(), deployment.name.clone());
        let reads = Box::new(move || setup.deployment_again(&name));
        let name = deployment.name.clone();
        hes::connect_renewing(deployment, reads)
            .with_context(|| format!("the head-end {name} cannot be used"))
    });
    connected.collect()
}

/// The planner's rules as the configuration has them.
pub(crate) fn rules(polling: &Polling) -> Rules {
    Rules {
        routine_every: polling.routine_every,
        abnormal_every: polling.abnormal_every,
        stale_after: polling.stale_after,
        jitter: i64::from(polling.jitter_percent),
        ..Rules::default()
    }
}

/// What this process draws its chance from, unlike any other process.
fn seed() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let nanos = now.unwrap_or_default().as_nanos();
    u64::try_from(nanos & u128::from(u64::MAX)).unwrap_or(0) ^ u64::from(std::process::id())
}

/// How the pollers are doing, for the pages.
pub(crate) struct Watched(Vec<watch::Receiver<PollerStatus>>);

impl Watched {
    fn now(&self) -> impl Iterator<Item = PollerStatus> {
        self.0.iter().map(|status| status.borrow().clone())
    }
}

impl HealthSource for Watched {
    fn head_ends(&self) -> Vec<HeadEndHealth> {
        let health = |status: PollerStatus| {
            let (since, sentence) = match status.down {
                Some((since, sentence)) => (since, Some(sentence)),
                None => (None, None),
            };
            HeadEndHealth {
                name: status.head_end,
                up: sentence.is_none(),
                since,
                sentence,
                heartbeat: status.heartbeat,
                in_flight: u32::try_from(status.in_flight).unwrap_or(u32::MAX),
                waiting: u32::try_from(status.waiting).unwrap_or(u32::MAX),
            }
        };
        self.now().map(health).collect()
    }

    fn store_trouble(&self) -> Option<Trouble> {
        let sentence = self.now().find_map(|status| status.store_trouble)?;
        Some(Trouble {
            sentence,
            since: None,
        })
    }
}
