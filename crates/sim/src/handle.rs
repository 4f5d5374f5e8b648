//! A handle on a running simulation, for programs in the same process.

use crate::call::{Answer, Call};
use crate::door;
use crate::fault::{Fault, FaultName, Met};
use crate::meter::{MeterView, Typed};
use crate::scene::{Scene, SceneError};
use crate::webhook::Hooks;
use crate::world::{NotChanged, Stats, World};
use serde_json::Value;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Looks at a running world and changes it. Clones look at the same world.
#[derive(Clone, Debug)]
pub struct Handle {
    world: Arc<Mutex<World>>,
}

/// What was asked for is not in the scene, or is no state.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Unknown(#[from] pub(crate) NotChanged);

impl Handle {
    pub(crate) fn new(world: World) -> Self {
        Self {
            world: Arc::new(Mutex::new(world)),
        }
    }

    /// The world. A panic elsewhere leaves at worst one half-done change: pretend meters bear that.
    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The scene's time, milliseconds UTC.
    pub fn now_ms(&self) -> i64 {
        self.world().tick()
    }

    /// Moves the scene's time on at once. What was due on the way happens.
    pub fn advance(&self, ms: i64) {
        let mut world = self.world();
        world.clock.advance(ms);
        world.tick();
    }

    /// The whole world as a scene that goes on from here.
    pub fn state(&self) -> Scene {
        let mut world = self.world();
        let now = world.tick();
        world.state(now)
    }

    /// Puts another scene in this one's place, at the same doors and the same speed.
    pub fn load(&self, scene: Scene) -> Result<(), SceneError> {
        self.world().replace(scene)
    }

    /// One meter.
    pub fn meter(&self, number: &str) -> Result<MeterView, Unknown> {
        let mut world = self.world();
        let now = world.tick();
        Ok(world.view(number, now)?)
    }

    /// The numbers of all meters, in order.
    pub fn numbers(&self) -> Vec<String> {
        self.world()
            .meters
            .iter()
            .map(crate::meter::Meter::text)
            .collect()
    }

    /// Lays a part of a meter's document over its state; what follows from it happens.
    pub fn patch_meter(&self, number: &str, set: &Value) -> Result<MeterView, Unknown> {
        let mut world = self.world();
        let now = world.tick();
        world.patch(number, set, now)?;
        Ok(world.view(number, now)?)
    }

    /// Types something at a meter's keypad: a code of the guide, the commissioning code, a token.
    /// What the display shows; nothing where the keypad does not know it or refuses it.
    pub fn type_in(&self, number: &str, typed: &str) -> Result<Option<String>, Unknown> {
        Ok(match self.typed(number, typed)? {
            Typed::Shows(value) => Some(value),
            Typed::Commissioned | Typed::Accepted => Some(String::new()),
            Typed::Rejected | Typed::Unknown => None,
        })
    }

    pub(crate) fn typed(&self, number: &str, typed: &str) -> Result<Typed, Unknown> {
        let mut world = self.world();
        let now = world.tick();
        Ok(world.type_in(number, typed, now)?)
    }

    /// A gateway goes or comes.
    pub fn set_gateway_online(&self, id: &str, online: bool) -> Result<(), Unknown> {
        let mut world = self.world();
        let now = world.tick();
        Ok(world.set_online(id, online, now)?)
    }

    /// The faults there are now.
    pub fn faults(&self) -> Vec<Fault> {
        let mut world = self.world();
        world.tick();
        world.scene.faults.clone()
    }

    /// The faults become these.
    pub fn set_faults(&self, faults: Vec<Fault>) {
        let mut world = self.world();
        world.tick();
        world.set_faults(faults);
    }

    /// How busy the lines were since the last reset.
    pub fn stats(&self) -> Stats {
        let mut world = self.world();
        let now = world.tick();
        world.stats(now)
    }

    /// Begins to count anew.
    pub fn reset_stats(&self) {
        let mut world = self.world();
        let now = world.tick();
        world.reset_stats(now);
    }

    /// What the next message to the receiver of webhooks meets, and the secret it is signed with.
    pub(crate) fn meet_webhook(&self) -> (Met, Option<String>) {
        let mut world = self.world();
        world.tick();
        let secret = world.scene.webhook_secret.as_ref();
        let secret = secret.map(|secret| secret.0.clone());
        (world.meet_webhook(), secret)
    }

    /// Changes what the receiver of webhooks has heard.
    pub(crate) fn webhooks(&self, change: impl FnOnce(&mut Hooks)) {
        change(&mut self.world().hooks);
    }

    /// Serves a call at once, unless it must be held up first.
    pub(crate) fn begin(&self, head: usize, call: &Call) -> Result<Option<Answer>, Met> {
        let mut world = self.world();
        world.tick();
        let met = world.meet(head, &call.path);
        if met.slow_ms > 0 || met.fault == Some(FaultName::Hang) {
            return Err(met);
        }
        Ok(door::serve(&mut world, head, call, met.fault))
    }

    /// Serves a call that was held up.
    pub(crate) fn finish(&self, head: usize, call: &Call, met: Met) -> Option<Answer> {
        door::serve(&mut self.world(), head, call, met.fault)
    }
}
