//! Virtual meters behind pretend head-ends of the vendor's three dialects.
//!
//! A [`Scene`] says what there is and what will happen; [`start`] opens its doors on 127.0.0.1 and
//! nowhere else. The room shares no table, codec or client with what it tests: a simulator that did
//! would agree with its own mistakes. What is inferred of the vendor's service is a setting here and
//! says so.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let running = sim::start(sim::Scene::demo(7), &sim::Options::default()).await?;
//! let station = &running.heads[0];
//! assert!(station.url.starts_with("http://127.0.0.1:"));
//! running.handle.set_gateway_online("E4-38-19-FF-FE-00-00-01", false)?;
//! running.stop().await;
//! # Ok(())
//! # }
//! ```

mod call;
mod clock;
mod concentrator;
mod control;
mod dialect;
mod dice;
mod door;
mod fault;
mod gate;
mod handle;
mod jwt;
mod local;
mod meter;
mod mint;
mod scene;
mod server;
mod station;
mod v1;
mod v2;
mod webhook;
mod world;

pub use dialect::Dialect;
pub use fault::{Fault, FaultName};
pub use handle::{Handle, Unknown};
pub use meter::{
    Condition, Conditions, Dark, Done, Happened, MeterNow, MeterState, MeterView, PRIORITY,
    Precedence, Profile,
};
pub use scene::{
    Change, FleetSpec, GatewaySpec, HeadSpec, Heads, ItemName, Line, Pace, Password, Progress,
    Quantity, Scene, SceneError, SiteSpec, Step, TaskKind, TaskPhase, TaskState,
};
pub use server::{Head, Options, Running, StartError, start};
pub use webhook::WebhookStats;
pub use world::{GatewayStats, Stats};
