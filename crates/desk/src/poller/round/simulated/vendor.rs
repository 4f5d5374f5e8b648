//! A head-end with meters, which does at random what head-ends do.

use crate::Clock;
use crate::plan::Chance;
use asking::{
    Act, Ask, Item, Offers, Pace, Polled, Reached, Refusal, RefusalKind, TaskId, TaskState, Watched,
};
use fleet::{MeterNumber, Moment, SECOND};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};
use store::Store;

/// The longest a task takes.
const LONGEST: i64 = 120 * SECOND;
/// For so long a new task may be missing in the list.
pub(super) const LAG: i64 = 5 * SECOND;

/// A task.
#[derive(Clone, Debug)]
pub(super) struct Task {
    pub(super) id: u64,
    pub(super) meter: MeterNumber,
    pub(super) act: Act,
    /// The command it was made for, where it is an act.
    pub(super) command: Option<i64>,
    pub(super) at: Moment,
    ends: Moment,
    /// Whether the meter does it, and whether the head-end says so.
    does: bool,
    says: bool,
    pub(super) done: bool,
}

/// What is at the head-end.
#[derive(Debug)]
pub(super) struct Vendor {
    dice: Chance,
    pub(super) tasks: Vec<Task>,
    /// Whether each meter's relay is closed.
    pub(super) closed: BTreeMap<MeterNumber, bool>,
    /// How often of a hundred something goes wrong.
    pub(super) trouble: i64,
    /// It refuses everything.
    pub(super) down: bool,
    pub(super) minted: u64,
    /// Whether its list says what each task is of.
    pub(super) names: bool,
    /// Whether everything is told.
    told: bool,
    /// What must never have happened.
    pub(super) broken: Vec<String>,
}

/// The head-end.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) clock: Clock,
    pub(super) offers: Offers,
    pub(super) pace: Pace,
    pub(super) store: Store,
    gateways: BTreeMap<MeterNumber, String>,
    vendor: Mutex<Vendor>,
}

/// Slots of a gateway.
pub(super) const SLOTS: u32 = 2;

impl Head {
    pub(super) fn new(
        clock: Clock,
        store: Store,
        seed: u64,
        gateways: BTreeMap<MeterNumber, String>,
        (task_list, told): (bool, bool),
    ) -> Self {
        let closed = gateways.keys().map(|meter| (meter.clone(), true)).collect();
        Self {
            clock,
            offers: Offers {
                items: vec![Item::OperatingStatus, Item::Power],
                looks: 4,
                creates: 3,
                task_list,
                tokens: true,
                ..Offers::default()
            },
            pace: Pace {
                in_flight: SLOTS,
                ..Pace::default()
            },
            store,
            gateways,
            vendor: Mutex::new(Vendor {
                dice: Chance::new(seed ^ 0xA5A5),
                tasks: Vec::new(),
                closed,
                trouble: 0,
                down: false,
                minted: 0,
                names: !seed.is_multiple_of(4),
                told,
                broken: Vec::new(),
            }),
        }
    }

    pub(super) fn vendor(&self) -> MutexGuard<'_, Vendor> {
        let mut vendor = self.vendor.lock().expect("nobody falls here");
        vendor.go_on(self.clock.now());
        vendor
    }

    /// The command that is being sent to this meter now, as the store knows it.
    async fn command(&self, ask: &Ask) -> Option<store::Command> {
        let open = self
            .store
            .open_commands(std::slice::from_ref(&ask.meter))
            .await;
        let read = matches!(ask.act, Act::Read(_));
        let sending = |one: &store::Command| {
            let under_way = ["sending", "unknown", "accepted"].contains(&one.stand.state.as_str());
            under_way && (one.kind == "read") == read
        };
        open.expect("the store works").into_iter().find(sending)
    }

    pub(super) async fn create_one(&self, ask: &Ask) -> Result<TaskId, Refusal> {
        let command = self.command(ask).await;
        let command = command.filter(|_| !is_routine(ask));
        let now = self.clock.now();
        let mut vendor = self.vendor();
        let trouble = vendor.trouble;
        if vendor.down {
            return Err(no(RefusalKind::Unreachable, Reached::No));
        }
        if vendor.goes_wrong(trouble / 2) {
            return Err(no(RefusalKind::Code, Reached::No));
        }
        if vendor.goes_wrong(trouble / 2) {
            return Err(no(RefusalKind::ServerFailed, Reached::No));
        }
        if vendor.goes_wrong(trouble / 2) {
            return Err(no(RefusalKind::TimedOut, Reached::Perhaps));
        }
        let gateway = &self.gateways[&ask.meter];
        let live = vendor
            .tasks
            .iter()
            .filter(|task| self.gateways[&task.meter] == *gateway && task.ends > now);
        let live: Vec<Task> = live.cloned().collect();
        if live.len() >= SLOTS as usize {
            let said = format!("{now:?}: gateway {gateway} has more than its slots: {live:?}");
            vendor.broken.push(said);
        }
        let task = vendor.task(ask, command.map(|it| it.id.number), now);
        vendor.log(
            &format!("{:?} is task {} at {}", ask.act, task.0, ask.meter),
            now,
        );
        if vendor.goes_wrong(trouble) {
            vendor.log("its answer is lost", now);
            return Err(no(RefusalKind::TimedOut, Reached::Perhaps));
        }
        Ok(task)
    }
}

/// The routine's reads serve no command.
fn is_routine(ask: &Ask) -> bool {
    matches!(ask.act, Act::Read(Item::OperatingStatus))
}

impl Vendor {
    pub(super) fn log(&self, what: &str, now: Moment) {
        if self.told {
            let at = now.0 - 1_785_909_600_000;
            eprintln!("{:>9}.{:03}     {what}", at / SECOND, at % SECOND);
        }
    }

    pub(super) fn goes_wrong(&mut self, percent: i64) -> bool {
        percent > 0 && self.dice.up_to(99) < percent
    }

    fn task(&mut self, ask: &Ask, command: Option<i64>, now: Moment) -> TaskId {
        let id = 1_000 + self.tasks.len() as u64;
        let physical = !ask.act.may_repeat();
        if physical {
            let again = self.tasks.iter().any(|task| {
                task.command.is_some() && task.command == command && !task.act.may_repeat()
            });
            if again || command.is_none() {
                let said = format!(
                    "{now:?}: {} is sent again or by nobody: {command:?}",
                    ask.meter
                );
                self.broken.push(said);
            }
        }
        let trouble = self.trouble;
        let does = !self.goes_wrong(trouble);
        let says = if self.goes_wrong(trouble / 4) {
            !does
        } else {
            does
        };
        // a read that says yes has an answer
        let says = if physical { says } else { does };
        self.tasks.push(Task {
            id,
            meter: ask.meter.clone(),
            act: ask.act.clone(),
            command,
            at: now,
            ends: now.plus(self.dice.up_to(LONGEST)),
            does,
            // a head-end that says "done" of what was not done is not believed by anybody
            says: says && does,
            done: false,
        });
        TaskId(id.to_string())
    }

    /// Meters do what they were told until now.
    fn go_on(&mut self, now: Moment) {
        for task in &mut self.tasks {
            if task.done || task.ends > now {
                continue;
            }
            task.done = true;
            if task.does {
                match task.act {
                    Act::Reconnect => drop(self.closed.insert(task.meter.clone(), true)),
                    Act::Disconnect => drop(self.closed.insert(task.meter.clone(), false)),
                    _ => {}
                }
            }
        }
    }

    pub(super) fn polled(&self, watched: &Watched, now: Moment) -> Polled {
        let id: u64 = watched.task.0.parse().unwrap_or(0);
        let Some(task) = self.tasks.iter().find(|task| task.id == id) else {
            return Polled {
                task: watched.task.clone(),
                state: TaskState::Absent,
                raw: String::new(),
            };
        };
        self.shown(task, now)
    }

    pub(super) fn shown(&self, task: &Task, now: Moment) -> Polled {
        let state = match (task.ends <= now, task.says) {
            (false, _) => TaskState::Waiting,
            (true, true) => TaskState::Done,
            (true, false) => TaskState::Failed(String::new()),
        };
        let (name, data) = match task.act {
            Act::Read(Item::OperatingStatus) if self.closed[&task.meter] => {
                ("Meter operating status", "1000")
            }
            Act::Read(Item::OperatingStatus) => ("Meter operating status", "1007"),
            Act::Read(_) if self.closed[&task.meter] => ("power", "120"),
            Act::Read(_) => ("power", "0"),
            _ => ("Switch", ""),
        };
        let (id, meter) = (task.id, &task.meter);
        Polled {
            task: TaskId(id.to_string()),
            state,
            raw: format!(
                r#"{{"id":{id},"meterId":"{meter}","name":"{name}","data":"{data}","status":1,"createId":"ops"}}"#
            ),
        }
    }

    /// How often a command's act was really done.
    pub(super) fn done(&self, command: i64) -> usize {
        let own = |task: &&Task| task.command == Some(command) && task.done && task.does;
        self.tasks.iter().filter(own).count()
    }

    /// The tasks that were made for a command.
    pub(super) fn made(&self, command: i64) -> Vec<&Task> {
        let own = |task: &&Task| task.command == Some(command);
        self.tasks.iter().filter(own).collect()
    }
}

pub(super) fn no(kind: RefusalKind, reached: Reached) -> Refusal {
    Refusal {
        kind,
        reached,
        said: String::new(),
    }
}

impl Task {
    /// Whether it was done, and the head-end says so.
    pub(super) fn is_known(&self) -> bool {
        self.done && self.does && self.says
    }

    /// Whether the head-end says that it was not done, and it was.
    pub(super) fn is_denied(&self) -> bool {
        self.done && self.does && !self.says
    }
}
