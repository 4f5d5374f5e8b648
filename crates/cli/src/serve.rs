//! `calinmeter serve`: ask the head-ends, keep every answer, show the worklist.

use crate::Ended;
use crate::args::desk::Serve;
use crate::end::{End, print};
use crate::pollers::Pollers;
use crate::run::{clock, open_store, to_the_end};
use crate::setup::Setup;
use crate::{anchoring, log, office, stop, sweeping, telling};
use anyhow::{Context, bail};
use desk::command::Commands;
use desk::people::People;
use desk::{CaseRules, Clock, Intake};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use store::Store;
use tokio::net::TcpListener;
use web::HealthSource;

/// How long open connections may finish after a stop.
const PARTING: Duration = Duration::from_secs(5);

/// `calinmeter serve`.
pub(crate) fn run(args: &Serve, setup: &Setup) -> Ended {
    let listen = args.listen.unwrap_or(setup.settings.server.listen);
    if !listen.ip().is_loopback() {
        bail!(
            "{listen} is open to others, and there are no users yet to sign in: listen on \
             127.0.0.1 and put a server that asks for a password in front of it"
        );
    }
    log::begin();
    to_the_end(async {
        let desk = Desk::open(setup, clock()).await?;
        let store = desk.intake.store().clone();
        anchoring::begin(setup, store, desk.intake.clock())?;
        let commands = office::open(setup, &desk.intake)?;
        let pollers = Pollers::start(setup, &desk.intake, &commands)?;
        let (store, clock) = (desk.intake.store(), desk.intake.clock());
        let telling = telling::begin(setup, store, clock, pollers.node())?;
        let sweeping = sweeping::begin(commands.clone(), clock);
        let page = desk
            .serve(listen, Arc::new(pollers.watched()), commands, "CalinMeter")
            .await?;
        print(&format!("The worklist is at http://{}/\n", page.address))?;
        if setup.settings.head_ends.is_empty() {
            // a poller does it before it asks
            desk.catch_up();
        }
        stop::asked().await;
        pollers.stop().await;
        sweeping.stop().await;
        // what the others wrote last may still go out
        telling.stop().await;
        page.stop().await;
        Ok(End::Done)
    })
}

/// The desk of a process that serves.
pub(crate) struct Desk {
    pub(crate) intake: Arc<Intake>,
}

impl Desk {
    /// Opens the store of the configuration and the intake over it.
    pub(crate) async fn open(setup: &Setup, clock: Clock) -> anyhow::Result<Self> {
        let store = open_store(setup).await?;
        Self::over(store, clock, setup.case_rules(), setup.reading()).await
    }

    pub(crate) async fn over(
        store: Store,
        clock: Clock,
        rules: CaseRules,
        reading: BTreeMap<String, answers::Settings>,
    ) -> anyhow::Result<Self> {
        let intake = Intake::open(store, clock, rules, reading).await?;
        Ok(Self {
            intake: Arc::new(intake),
        })
    }

    /// Judges in the background what was kept and not judged when the program last ended.
    pub(crate) fn catch_up(&self) {
        let intake = self.intake.clone();
        tokio::spawn(async move {
            match intake.resume().await {
                Ok(0) => {}
                Ok(count) => tracing::info!(count, "judged what was kept before the last end"),
                Err(error) => tracing::error!(%error, "what was kept could not be judged yet"),
            }
        });
    }

    /// Opens the pages.
    pub(crate) async fn serve(
        &self,
        listen: SocketAddr,
        health: Arc<dyn HealthSource>,
        commands: Arc<Commands>,
        title: &str,
    ) -> anyhow::Result<Page> {
        let listener = TcpListener::bind(listen).await.with_context(|| {
            format!("{listen} cannot be listened on: another program may hold it, choose --listen")
        })?;
        let address = listener.local_addr().context("the address is not known")?;
        let recorder = web::install_recorder().context("the metrics could not start")?;
        tokio::spawn(web::upkeep(recorder.clone()));
        let state = web::State {
            store: self.intake.store().clone(),
            clock: self.intake.clock(),
            health,
            title: title.to_owned(),
            hosts: web::LOOPBACK_HOSTS
                .iter()
                .map(ToString::to_string)
                .collect(),
            metrics: Some(recorder),
        };
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let shutdown = async {
            // an address that nobody stops serves to the end
            drop(stopped.await);
        };
        let doors = web::Doors {
            commands: Some(commands),
            people: People::new(self.intake.store().clone()),
            anonymous_reads: false,
        };
        let router = web::router_with(state, doors);
        let server = tokio::spawn(web::serve(listener, router, shutdown));
        Ok(Page {
            address,
            stop,
            server,
        })
    }
}

/// Open pages.
pub(crate) struct Page {
    pub(crate) address: SocketAddr,
    stop: tokio::sync::oneshot::Sender<()>,
    server: tokio::task::JoinHandle<std::io::Result<()>>,
}

impl Page {
    pub(crate) async fn stop(self) {
        if self.stop.send(()).is_ok() {
            drop(tokio::time::timeout(PARTING, self.server).await);
        }
    }
}
