//! Fleets for tests.

use sim::Scene;

/// The demonstration's fleet, held still: what its timeline would change is left to the test.
pub fn demo(seed: u64, now: i64) -> Scene {
    let mut scene = Scene::demo_at(seed, now);
    scene.timeline.clear();
    scene
}

/// So many meters behind so many gateways, three in ten with something the matter, tasks of
/// `task_ms` milliseconds of the scene's time.
pub fn ailing(meters: u32, gateways: u32, seed: u64, task_ms: i64) -> Scene {
    let mut scene = Scene::fleet(meters, gateways, seed).with_task_time(task_ms);
    if let Some(fleet) = &mut scene.fleet {
        fleet.ailing_permille = 300;
    }
    scene
}
