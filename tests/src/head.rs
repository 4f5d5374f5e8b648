//! A pretend head-end, and how our configuration would name it.

use ::desk::Clock;
use asking::{Deployment, Dialect, Item, Secret};
use sim::{ItemName, Options, Running, Scene, Stats};

/// Our name for the head-end of every test.
pub const NAME: &str = "main";

/// A running simulation with one head, in the same time as the desk.
#[derive(Debug)]
pub struct Head {
    /// The simulation.
    pub sim: Running,
    /// What it speaks.
    pub dialect: Dialect,
    /// The time of the test.
    pub clock: Clock,
}

/// The dialect as the simulator names it.
pub fn sim_dialect(dialect: Dialect) -> sim::Dialect {
    match dialect {
        Dialect::Station => sim::Dialect::Station,
        Dialect::Concentrator => sim::Dialect::Concentrator,
        Dialect::V1 => sim::Dialect::V1,
    }
}

impl Head {
    /// Opens a head at a free port. The scene is made for the clock's time now.
    pub async fn open(dialect: Dialect, clock: Clock, scene: impl FnOnce(i64) -> Scene) -> Self {
        Self::at(0, dialect, clock, scene).await
    }

    /// Opens a head at this port; 0 takes a free one.
    pub async fn at(
        port: u16,
        dialect: Dialect,
        clock: Clock,
        scene: impl FnOnce(i64) -> Scene,
    ) -> Self {
        let now = clock.now().0;
        let scene = Scene {
            start_ms: Some(now),
            ..scene(now)
        };
        let options = Options {
            heads: vec![(sim_dialect(dialect), port)],
            control_port: 0,
            time_scale: f64::from(clock.scale()),
        };
        let sim = sim::start(scene, &options).await;
        Self {
            sim: sim.expect("the pretend head-end opens"),
            dialect,
            clock,
        }
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        let port = self.url().rsplit(':').next();
        port.and_then(|port| port.parse().ok()).expect("a port")
    }

    /// Where it is.
    pub fn url(&self) -> &str {
        &self.sim.heads[0].url
    }

    /// How a configuration would name it.
    pub fn deployment(&self) -> Deployment {
        self.deployment_as(self.dialect)
    }

    /// How a configuration would name it that takes it for another dialect.
    pub fn deployment_as(&self, dialect: Dialect) -> Deployment {
        let head = &self.sim.heads[0];
        let password = Secret::new(head.password.0.clone());
        let plain = Deployment::new(NAME, dialect, &head.url, &head.user, password);
        let status = ItemName::operating_status(sim_dialect(dialect));
        let name = asking::ItemName {
            asks: status.asks[0].clone(),
            answers: Some(status.name),
        };
        Deployment {
            company: Some(head.company.clone()),
            authorization: Some(Secret::new(head.authorization.0.clone())),
            items: [(Item::OperatingStatus, name)].into(),
            ..plain
        }
    }

    /// Fails where the vendor's limit was exceeded at any gateway since the start.
    pub fn assert_no_breach(&self) -> Stats {
        let stats = self.sim.handle.stats();
        let most = stats.most();
        assert!(
            stats.breaches() == 0 && most <= 5,
            "{} creations came while a limit was reached, up to {most} in flight",
            stats.breaches()
        );
        stats
    }
}
