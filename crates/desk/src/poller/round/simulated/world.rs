//! A schedule: what happens next, drawn from a seed.

use super::super::super::beside::{Beside, Queue};
use super::super::super::calls::Called;
use super::super::super::work::Worked;
use super::super::super::{Holder, Poller};
use super::super::Round;
use super::vendor::Head;
use crate::command::{CommandRules, Commands, HeadEndRules, Vault};
use crate::plan::{Chance, Rules};
use crate::{CaseRules, Clock, Intake};
use answers::{Settings, StatusFamily};
use commands::Terms;
use fleet::{DAY, GatewayId, HOUR, MINUTE, MeterNumber, Moment, SECOND, SiteId};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use store::{Meter, OpenOptions, Store};
use tokio::sync::mpsc::{self, UnboundedReceiver};

/// How many things happen in disorder.
const STEPS: usize = 600;
/// When the world begins.
const BEGIN: Moment = Moment(1_785_909_600_000);
/// Meters, on two gateways of two sites.
const METERS: u32 = 4;

pub(super) struct World {
    pub(super) dice: Chance,
    pub(super) seed: u64,
    pub(super) told: bool,
    hand: &'static AtomicI64,
    pub(super) clock: Clock,
    pub(super) head: Arc<Head>,
    pub(super) intake: Arc<Intake>,
    pub(super) commands: Arc<Commands>,
    pub(super) meters: Vec<MeterNumber>,
    /// The commands that were taken, and when.
    pub(super) taken: Vec<store::CommandId>,
    /// Whether somebody has stopped all acts.
    pub(super) stopped: bool,
    program: Option<Program>,
    lives: u64,
    /// What was told of the slots last.
    slots: Vec<String>,
}

/// One life of the program.
struct Program {
    round: Round,
    queue: Arc<Queue>,
    calls: UnboundedReceiver<(Moment, Called)>,
    works: UnboundedReceiver<Worked>,
}

impl World {
    pub(super) async fn new(seed: u64, told: bool) -> Self {
        let mut dice = Chance::new(seed);
        let hand: &'static AtomicI64 = Box::leak(Box::new(AtomicI64::new(0)));
        let clock = Clock::moved_by(hand, BEGIN);
        let store = Store::open("sqlite::memory:", OpenOptions::default()).await;
        let store = store.expect("a store");
        let gateways: BTreeMap<MeterNumber, String> = (0..METERS)
            .map(|n| (number(n), format!("gw{}", n % 2)))
            .collect();
        let meters: Vec<Meter> = gateways.iter().map(meter).collect();
        store.put_meters(&meters).await.expect("meters");
        let task_list = !dice.once_in(4);
        let horizon = if task_list { 15 * MINUTE } else { 48 * HOUR };
        let head = Head::new(clock, store.clone(), seed, gateways, (task_list, told));
        let reading = Settings {
            family: StatusFamily::Ami,
            ..Settings::default()
        };
        let reading = BTreeMap::from([("main".to_owned(), reading)]);
        let intake = Intake::open(store, clock, CaseRules::default(), reading).await;
        let intake = Arc::new(intake.expect("an intake"));
        let of = HeadEndRules {
            terms: Terms {
                horizon,
                ..Terms::default()
            },
            ..HeadEndRules::default()
        };
        let rules = CommandRules {
            head_ends: [("main".to_owned(), of)].into(),
            ..CommandRules::default()
        };
        let vault = Vault::new(&[7; 32]).expect("a vault");
        let commands = Arc::new(Commands::new(intake.clone(), rules, vault));
        Self {
            dice,
            seed,
            told,
            hand,
            clock,
            head: Arc::new(head),
            intake,
            commands,
            meters: (0..METERS).map(number).collect(),
            taken: Vec::new(),
            stopped: false,
            program: None,
            lives: 0,
            slots: Vec::new(),
        }
    }

    pub(super) fn say(&self, what: &str) {
        if self.told {
            let at = self.clock.now().since(BEGIN);
            eprintln!("{:>9}.{:03} {what}", at / SECOND, at % SECOND);
        }
    }

    /// The program begins, as it would after a sudden end.
    fn begin(&mut self) {
        self.lives += 1;
        let (ended, calls) = mpsc::unbounded_channel();
        let (worked, works) = mpsc::unbounded_channel();
        let poller = Poller {
            head_end: self.head.clone(),
            intake: self.intake.clone(),
            commands: self.commands.clone(),
            rules: Rules {
                routine_every: 6 * HOUR,
                ..Rules::default()
            },
            holder: Arc::new(Holder::named("the one", 60 * SECOND)),
            online_every: DAY,
            adopts: true,
            seed: self.seed.wrapping_mul(31).wrapping_add(self.lives * 2),
        };
        let queue = Arc::new(Queue::default());
        let beside = Beside::Queue(queue.clone());
        self.program = Some(Program {
            round: Round::new(poller, beside, ended, worked),
            queue,
            calls,
            works,
        });
    }

    /// The program goes round once, and hears what has ended.
    pub(super) fn go_round(&mut self) {
        if self.program.is_none() {
            self.say("the program begins");
            self.begin();
        }
        let clock = self.clock;
        if let Some(program) = &mut self.program {
            while let Ok(done) = program.works.try_recv() {
                program.round.worked(done, clock.now());
            }
            while let Ok((began, called)) = program.calls.try_recv() {
                program.round.called(called, began, clock.now());
            }
            program.round.act(clock.now());
        }
    }

    /// The slots, where they have become others.
    async fn say_slots(&mut self) {
        if !self.told {
            return;
        }
        let slots = self.commands.store().slots("main").await;
        let one = |it: &store::Slot| {
            let (slot, task) = (&it.slot, it.task.as_deref().unwrap_or("-"));
            let command = slot.command.map(|it| it.to_string()).unwrap_or_default();
            let (group, asked) = (&slot.group, &slot.asked);
            format!(
                "{group} {} {asked} {command} {:?} {task}",
                slot.meter, it.state
            )
        };
        let lines: Vec<String> = slots.expect("the store works").iter().map(one).collect();
        if lines != self.slots {
            self.say(&format!("    slots: {}", lines.join("; ")));
            self.slots = lines;
        }
    }

    /// One piece of work is done, whichever.
    pub(super) async fn work(&mut self, any: bool, loses: bool) -> bool {
        let Some(program) = &self.program else {
            return false;
        };
        let queue = program.queue.clone();
        let many = queue.jobs.lock().expect("jobs").len();
        if many == 0 {
            return false;
        }
        let most = i64::try_from(many - 1).unwrap_or(0);
        let place = if any { self.dice.up_to(most) } else { 0 };
        let place = usize::try_from(place).unwrap_or(0);
        let job = queue.jobs.lock().expect("jobs").remove(place);
        queue.loses.store(loses, Ordering::Relaxed);
        job.await;
        self.say_slots().await;
        queue.loses.store(false, Ordering::Relaxed);
        true
    }

    pub(super) fn pass(&mut self, time: i64) {
        self.hand.fetch_add(time, Ordering::Relaxed);
        drop(self.head.vendor());
    }

    /// Everything happens at once and goes wrong.
    pub(super) async fn disorder(&mut self) {
        for _ in 0..STEPS {
            match self.dice.up_to(199) {
                0..=69 => self.go_round(),
                70..=149 => {
                    let loses = self.dice.once_in(100);
                    if self.work(true, loses).await && loses {
                        self.say("the store's answer was lost, if it was the store's");
                    }
                }
                150..=175 => {
                    let time = self.dice.up_to(6 * SECOND);
                    self.pass(time);
                }
                176 => {
                    let time = self.dice.up_to(20 * MINUTE);
                    self.say(&format!("{} s pass", time / SECOND));
                    self.pass(time);
                }
                177..=191 => self.person().await,
                192..=193 => {
                    self.say("the program ends suddenly");
                    self.program = None;
                }
                194 => {
                    let down = self.dice.once_in(3);
                    self.say(&format!("the head-end is down: {down}"));
                    self.head.vendor().down = down;
                }
                195..=197 => {
                    let trouble = self.dice.up_to(30);
                    self.say(&format!("{trouble} of 100 go wrong"));
                    self.head.vendor().trouble = trouble;
                }
                _ => {
                    let now = self.clock.now();
                    self.commands.sweep(now).await.expect("the store works");
                }
            }
        }
    }

    /// Nothing goes wrong any more, and time passes until nothing is left to be done.
    pub(super) async fn order(&mut self) {
        self.say("order");
        {
            let mut vendor = self.head.vendor();
            (vendor.down, vendor.trouble) = (false, 0);
        }
        let begun = self.clock.now();
        let until = begun.plus(5 * DAY);
        while self.clock.now() < until {
            for _ in 0..50 {
                self.go_round();
                while self.work(false, false).await {}
                self.go_round();
                if self.is_quiet() {
                    break;
                }
            }
            let now = self.clock.now();
            self.commands.sweep(now).await.expect("the store works");
            if self.is_settled().await {
                return;
            }
            // soon at first; what waits for days is waited for in larger steps
            let steps = [
                (MINUTE, 2 * SECOND),
                (10 * MINUTE, 15 * SECOND),
                (2 * HOUR, 2 * MINUTE),
            ];
            let waited = now.since(begun);
            let step = steps.iter().find(|(below, _)| waited < *below);
            let step = step.map_or(HOUR, |(_, step)| *step);
            self.pass(step);
        }
    }

    fn is_quiet(&self) -> bool {
        self.program
            .as_ref()
            .is_none_or(|program| program.queue.jobs.lock().expect("jobs").is_empty())
    }
}

pub(super) fn number(n: u32) -> MeterNumber {
    MeterNumber::parse(&format!("4700158{n:04}")).expect("a number")
}

fn meter((number, gateway): (&MeterNumber, &String)) -> Meter {
    Meter {
        number: number.clone(),
        head_end: Some("main".to_owned()),
        site: SiteId::parse("S1"),
        gateway: GatewayId::parse(gateway),
        customer: None,
        phases: Some(1),
        solar: None,
        occupied: None,
    }
}
