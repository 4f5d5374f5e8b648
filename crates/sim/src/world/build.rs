//! A world from its scene, and a scene from its world.

use super::{Event, Order, Queue, Tasks, World, at, line};
use crate::clock::{Clock, wall_ms};
use crate::dialect::Dialect;
use crate::dice::Dice;
use crate::local::{Around, millis, seconds};
use crate::meter::Meter;
use crate::scene::{Line, Progress, Scene, SceneError, TaskKind, TaskPhase, TaskState};
use crate::webhook::Hooks;
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use tokio::sync::watch;

impl World {
    /// Builds the world of a scene for heads of these dialects.
    pub(crate) fn build(
        mut scene: Scene,
        heads: Vec<Dialect>,
        doors: Vec<watch::Sender<bool>>,
        scale: f64,
    ) -> Result<Self, SceneError> {
        let start_ms = scene.start_ms.unwrap_or_else(wall_ms);
        let progress = scene.progress.take().unwrap_or_default();
        let now = progress.now_ms.max(start_ms);
        let around = Around {
            zone_s: i64::from(scene.zone_minutes) * 60,
            seed: scene.seed,
        };
        scene.timeline.sort_by_key(|step| step.at_ms);
        let places = places(&scene)?;
        let meters = meters(&mut scene, &places, now)?;
        let lines = scene.gateways.iter().map(|_| Queue {
            until: now,
            ..Queue::default()
        });
        let mut world = Self {
            clock: Clock::new(now, scale),
            start_ms,
            around,
            dice: Dice(scene.seed),
            meters,
            tasks: Tasks::new(0, scene.pace.keep_tasks),
            events: VecDeque::new(),
            heads,
            doors,
            lines: lines.collect(),
            places,
            spent: BTreeSet::new(),
            minted: progress.minted,
            calls: progress.calls,
            hooks: Hooks::default(),
            since_ms: now,
            scene,
        };
        world.resume(progress);
        world.mind_doors();
        Ok(world)
    }

    /// Puts another scene in this one's place, at the same doors.
    pub(crate) fn replace(&mut self, scene: Scene) -> Result<(), SceneError> {
        let scale = self.clock.scale();
        *self = Self::build(scene, self.heads.clone(), self.doors.clone(), scale)?;
        Ok(())
    }

    /// The whole world as a scene that goes on from here.
    pub(crate) fn state(&mut self, now: i64) -> Scene {
        self.work_off_all(now);
        for place in 0..self.meters.len() {
            let around = self.around;
            self.meters[place].advance(seconds(now), around);
        }
        let named = |m: &Meter| m.state(&self.gateway(m.gateway).id);
        Scene {
            start_ms: Some(self.start_ms),
            fleet: None,
            meters: self.meters.iter().map(named).collect(),
            progress: Some(self.progress(now)),
            ..self.scene.clone()
        }
    }

    fn progress(&self, now: i64) -> Progress {
        let number = |place: u32| self.meter(place).text();
        Progress {
            now_ms: now,
            calls: self.calls,
            minted: self.minted,
            next_task: self.tasks.next(),
            tasks: self
                .tasks
                .iter()
                .map(|task| TaskState {
                    id: task.id,
                    meter: number(task.meter),
                    head: task.head,
                    kind: task.order.kind(),
                    item: self.order_text(task.head, task.order),
                    argument: task.argument.to_string(),
                    phase: task.phase,
                    created: task.created,
                    updated: task.updated,
                    data: task.data.as_deref().map(str::to_owned),
                })
                .collect(),
            lines: self
                .lines
                .iter()
                .zip(&self.scene.gateways)
                .filter(|(line, _)| line.in_flight() > 0)
                .map(|(line, gateway)| Line {
                    gateway: gateway.id.clone(),
                    running: line
                        .running
                        .iter()
                        .map(|slot| (slot.task, slot.due, slot.fails))
                        .collect(),
                    waiting: line.waiting.iter().copied().collect(),
                })
                .collect(),
            spent: self
                .spent
                .iter()
                .map(|(meter, serial)| (number(*meter), *serial))
                .collect(),
            events: self
                .events
                .iter()
                .map(|event| (number(event.meter), millis(event.at), event.code))
                .collect(),
        }
    }

    /// Goes on from where a scene had got to. A task of a meter that is gone has vanished; all else
    /// that names one is left out.
    fn resume(&mut self, progress: Progress) {
        let first = progress.tasks.first().map_or(progress.next_task, |t| t.id);
        self.tasks = Tasks::new(first, self.scene.pace.keep_tasks);
        for task in progress.tasks {
            let found = self.find_anywhere(&task.meter);
            let meter = found.unwrap_or(0);
            let order = self.order_of(task.head, task.kind, &task.item);
            let id = self
                .tasks
                .push(task.head, meter, order, &task.argument, task.created);
            if let Some(kept) = self.tasks.get_mut(id) {
                (kept.phase, kept.updated) = (task.phase, task.updated);
                kept.data = task.data.map(Into::into);
            }
            if found.is_none() || task.phase == TaskPhase::Vanished {
                self.tasks.vanish(id);
            }
        }
        for Line {
            gateway,
            running,
            waiting,
        } in progress.lines
        {
            let Some(place) = self.place_of(&gateway) else {
                continue;
            };
            let line = &mut self.lines[at(place)];
            line.running = running
                .into_iter()
                .map(|(task, due, fails)| line::Slot { due, fails, task })
                .collect();
            line.waiting = waiting.into();
            line.most = line.in_flight();
        }
        for (meter, serial) in progress.spent {
            if let Some(meter) = self.find_anywhere(&meter) {
                self.spent.insert((meter, serial));
            }
        }
        for (meter, at, code) in progress.events {
            if let Some(meter) = self.find_anywhere(&meter) {
                let at = seconds(at);
                self.events.push_back(Event { meter, at, code });
            }
        }
    }

    fn order_text(&self, head: usize, order: Order) -> String {
        let text = match order {
            Order::Read(item) => self.written(head, item).map_or("", |row| row.asks),
            Order::Clock => "clock",
            Order::Date => "date",
            Order::On => "on",
            Order::Off => "off",
            Order::Token => "token",
        };
        text.to_owned()
    }

    fn order_of(&self, head: usize, kind: TaskKind, text: &str) -> Order {
        match (kind, text) {
            (TaskKind::Setting, "date") => Order::Date,
            (TaskKind::Setting, _) => Order::Clock,
            (TaskKind::Control, "on") => Order::On,
            (TaskKind::Control, _) => Order::Off,
            (TaskKind::Token, _) => Order::Token,
            (TaskKind::Reading, asks) => {
                let unknown = super::Item::Added(u16::MAX);
                Order::Read(self.item(head, asks).unwrap_or(unknown))
            }
        }
    }
}

fn places(scene: &Scene) -> Result<HashMap<String, u32>, SceneError> {
    let sites: HashSet<&str> = scene.sites.iter().map(|site| site.id.as_str()).collect();
    let mut places = HashMap::new();
    for (gateway, place) in scene.gateways.iter().zip(0..) {
        if !sites.contains(gateway.site.as_str()) {
            return Err(SceneError::NoSuchSite {
                gateway: gateway.id.clone(),
                site: gateway.site.clone(),
            });
        }
        places.insert(gateway.id.clone(), place);
    }
    Ok(places)
}

/// The meters of a scene, its fleet included, sorted by number. They leave the scene.
fn meters(
    scene: &mut Scene,
    places: &HashMap<String, u32>,
    now: i64,
) -> Result<Vec<Meter>, SceneError> {
    let fleet = scene.fleet.take();
    let many = fleet.map_or(0, |fleet| fleet.meters);
    let mut meters = Vec::with_capacity(at(many) + scene.meters.len());
    for state in std::mem::take(&mut scene.meters) {
        let place = places.get(&state.gateway).copied();
        let gateway = place.ok_or_else(|| SceneError::NoSuchGateway {
            meter: state.number.clone(),
            gateway: state.gateway.clone(),
        })?;
        let meter = state.to_meter(gateway, now);
        meters.push(meter.ok_or(SceneError::BadMeter(state.number))?);
    }
    let gateways = scene.gateways.len();
    if many > 0 && gateways == 0 {
        return Err(SceneError::NoSuchGateway {
            meter: "of the fleet".to_owned(),
            gateway: "any".to_owned(),
        });
    }
    let generated = fleet.map(|fleet| fleet.meters(scene.seed, gateways));
    for (state, gateway) in generated.into_iter().flatten() {
        let gateway = u32::try_from(gateway).unwrap_or(0);
        let meter = state.to_meter(gateway, now);
        meters.push(meter.ok_or(SceneError::BadMeter(state.number))?);
    }
    meters.sort_by_key(|meter| (meter.number, meter.width));
    let twice = meters
        .windows(2)
        .find(|pair| (pair[0].number, pair[0].width) == (pair[1].number, pair[1].width));
    match twice {
        Some(pair) => Err(SceneError::Twice(pair[0].text())),
        None => Ok(meters),
    }
}
