//! `calinmeter demo`: serve and sim together, a fleet with every condition on it, nothing to
//! configure.

use crate::Ended;
use crate::args::desk::{Demo, Dialect};
use crate::end::{End, print};
use crate::pollers::Pollers;
use crate::run::to_the_end;
use crate::serve::Desk;
use crate::{log, office, stop, sweeping};
use answers::{Settings, StatusFamily};
use anyhow::Context;
use asking::{Deployment, Item, Secret};
use desk::plan::Rules;
use desk::{CaseRules, Clock};
use fleet::{HOUR, MINUTE};
use sim::{ItemName, Options, Running, Scene};
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use store::{NewImport, OpenOptions, Store};

/// How many times faster than the clock the demonstration runs.
const SCALE: u32 = 20;
/// What its chance is drawn from: every demonstration is the same.
const SEED: u64 = 1;
/// Our name for its head-end.
pub(crate) const NAME: &str = "demo";
/// Rows a page of the head-end's lists.
const PAGE: u32 = 500;

/// `calinmeter demo`.
pub(crate) fn run(args: &Demo) -> Ended {
    log::begin();
    let folder = tempfile::tempdir().context("no temporary folder could be made")?;
    let at = args.keep.as_deref().unwrap_or(folder.path());
    to_the_end(show(args, at))
}

async fn show(args: &Demo, folder: &Path) -> Ended {
    let clock = Clock::running(SCALE);
    let options = Options {
        heads: vec![(dialect(args.dialect), 0)],
        time_scale: f64::from(SCALE),
        ..Options::default()
    };
    let scene = Scene::demo_at(SEED, clock.now().0);
    let sim = sim::start(scene, &options)
        .await
        .context("the pretend head-end could not start")?;
    let deployment = deployment(&sim, args.dialect)?;
    let store = store(folder).await?;
    let reading = Settings {
        family: StatusFamily::Ami,
        operating_status: named(&deployment),
        ..Settings::default()
    };
    let reading = BTreeMap::from([(NAME.to_owned(), reading)]);
    let desk = Desk::over(store.clone(), clock, patience(), reading).await?;
    take_in(&store, &deployment, clock).await?;
    let horizon = deployment.physical_horizon();
    let head_end = hes::connect(deployment).context("the pretend head-end cannot be used")?;
    let commands = office::demo(horizon, &desk.intake)?;
    let head_ends = vec![head_end.into()];
    let pollers = Pollers::of(head_ends, &pace(), 5 * MINUTE, &desk.intake, &commands);
    let sweeping = sweeping::begin(commands.clone(), clock);
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, args.port.unwrap_or(0)));
    let watched = Arc::new(pollers.watched());
    let page = desk
        .serve(listen, watched, commands, "CalinMeter demonstration")
        .await?;
    print(&format!(
        "A pretend fleet at {SCALE} times the speed: http://{}/\nIts meters are changed at {}; \
         Ctrl-C ends it.\n",
        page.address, sim.control_url
    ))?;
    match args.seconds {
        Some(seconds) => tokio::select! {
            () = stop::asked() => {}
            () = tokio::time::sleep(Duration::from_secs(seconds)) => {}
        },
        None => stop::asked().await,
    }
    pollers.stop().await;
    sweeping.stop().await;
    page.stop().await;
    sim.stop().await;
    Ok(End::Done)
}

fn dialect(dialect: Dialect) -> sim::Dialect {
    match dialect {
        Dialect::Station => sim::Dialect::Station,
        Dialect::Concentrator => sim::Dialect::Concentrator,
        Dialect::V1 => sim::Dialect::V1,
    }
}

/// The pretend head-end as a configuration would name it.
fn deployment(sim: &Running, wanted: Dialect) -> anyhow::Result<Deployment> {
    let head = sim.heads.first().context("no pretend head-end is open")?;
    let dialect = match wanted {
        Dialect::Station => asking::Dialect::Station,
        Dialect::Concentrator => asking::Dialect::Concentrator,
        Dialect::V1 => asking::Dialect::V1,
    };
    let password = Secret::new(head.password.0.clone());
    let mut deployment = Deployment::new(NAME, dialect, &head.url, &head.user, password);
    deployment.company = Some(head.company.clone());
    deployment.authorization = Some(Secret::new(head.authorization.0.clone()));
    let status = ItemName::operating_status(head.dialect);
    let asks = status.asks.first().cloned().unwrap_or_default();
    let name = asking::ItemName {
        asks,
        answers: Some(status.name),
    };
    deployment.items.insert(Item::OperatingStatus, name);
    Ok(deployment)
}

fn named(deployment: &Deployment) -> Option<String> {
    let name = deployment.items.get(&Item::OperatingStatus)?;
    name.answers.clone()
}

async fn store(folder: &Path) -> anyhow::Result<Store> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("{} cannot be made", folder.display()))?;
    let url = format!("sqlite:{}", folder.join("demo.db").display());
    Ok(Store::open(&url, OpenOptions::default()).await?)
}

/// Half a day of patience is half a minute here.
fn patience() -> CaseRules {
    CaseRules {
        settle: 2 * MINUTE,
        silent_after: 10 * MINUTE,
        ..CaseRules::default()
    }
}

/// The fleet is small and somebody watches.
fn pace() -> Rules {
    Rules {
        routine_every: HOUR,
        abnormal_every: 20 * MINUTE,
        silent_most: 2 * HOUR,
        spread: MINUTE,
        ..Rules::default()
    }
}

/// Registers what the head-end lists, as `calinmeter meter import --from-head-end` would.
async fn take_in(store: &Store, deployment: &Deployment, clock: Clock) -> anyhow::Result<()> {
    let head_end = hes::connect(deployment.clone())?;
    let now = clock.now();
    let listed = desk::import::from_head_end(head_end.as_ref(), PAGE, now, &mut |_| ()).await;
    for problem in &listed.problems {
        tracing::warn!("{problem}");
    }
    let import = NewImport {
        source: NAME.to_owned(),
        who: NAME.to_owned(),
        at: now,
    };
    store.import(&import, &listed.rows).await?;
    Ok(())
}
