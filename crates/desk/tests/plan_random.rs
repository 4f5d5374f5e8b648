//! Whatever comes in whatever order, the limits hold and nobody is forgotten.

mod support;

use asking::{Item, Pace, Reached, RefusalKind, TaskId, TaskState};
use desk::plan::{Fate, Next, Planner, Rules, Ticket};
use fleet::{DAY, HOUR, MINUTE, Moment, SECOND};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use store::{Due, NewSlot, Slot, SlotId, SlotState};
use support::world::{START, due, number, refusal};

const METERS: usize = 30;
const GROUPS: usize = 4;

#[derive(Clone, Debug)]
enum Step {
    Pass(i64),
    Create(usize),
    /// The creation of one that is being sent ends so.
    Sent(usize, How),
    /// One look shows this.
    Look(usize, TaskState),
    LookFails,
    Want(usize, usize, u8),
    Gateway(usize, bool),
    /// The head-end refuses a call, or a login ends so.
    Refuse,
    Login(bool),
    Move(usize, usize),
    Case(usize, bool),
    /// The program dies and begins anew.
    Restart,
}

#[derive(Clone, Copy, Debug)]
enum How {
    Made,
    Lost,
    NeverLeft,
    No,
    NotReserved,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let how = prop_oneof![
        6 => Just(How::Made),
        1 => Just(How::Lost),
        1 => Just(How::NeverLeft),
        1 => Just(How::No),
        1 => Just(How::NotReserved),
    ];
    let state = prop_oneof![
        3 => Just(TaskState::Done),
        1 => Just(TaskState::Waiting),
        1 => Just(TaskState::StandingBy),
        1 => Just(TaskState::Absent),
        1 => Just(TaskState::Failed(String::new())),
    ];
    let step = prop_oneof![
        4 => (0..20 * MINUTE).prop_map(Step::Pass),
        8 => (1..20_usize).prop_map(Step::Create),
        8 => (any::<usize>(), how).prop_map(|(n, how)| Step::Sent(n, how)),
        8 => (any::<usize>(), state).prop_map(|(n, state)| Step::Look(n, state)),
        1 => Just(Step::LookFails),
        3 => (0..METERS, 0..16_usize, 0..5_u8).prop_map(|(m, i, p)| Step::Want(m, i, p)),
        1 => (0..GROUPS, any::<bool>()).prop_map(|(g, on)| Step::Gateway(g, on)),
        1 => Just(Step::Refuse),
        2 => prop::bool::weighted(0.7).prop_map(Step::Login),
        1 => (0..METERS, 0..GROUPS).prop_map(|(m, g)| Step::Move(m, g)),
        1 => (0..METERS, any::<bool>()).prop_map(|(m, on)| Step::Case(m, on)),
        1 => Just(Step::Restart),
    ];
    prop::collection::vec(step, 1..200)
}

/// What the store would hold, kept apart from the planner's own count.
struct Model {
    planner: Planner,
    pace: Pace,
    meters: Vec<Due>,
    now: Moment,
    sending: BTreeMap<Ticket, SlotId>,
    rows: BTreeMap<SlotId, Slot>,
    looking: Vec<Ticket>,
    wanted: BTreeSet<(usize, Item)>,
    next: i64,
    probing: bool,
}

impl Model {
    fn new(in_flight: u32, looks: usize, task_list: bool) -> Self {
        let pace = Pace {
            in_flight,
            ..Pace::default()
        };
        let meters: Vec<_> = (0..METERS)
            .map(|n| due(n, &format!("gw{}", n % GROUPS)))
            .collect();
        let rules = Rules::default();
        let mut planner = Planner::new("main", &pace, (looks, task_list), rules, 5, START);
        planner.fleet(&meters, START);
        Self {
            planner,
            pace,
            meters,
            now: START,
            sending: BTreeMap::new(),
            rows: BTreeMap::new(),
            looking: Vec::new(),
            wanted: BTreeSet::new(),
            next: 1,
            probing: false,
        }
    }

    fn step(&mut self, step: Step) {
        let now = self.now;
        self.probing |= self.planner.probe(now);
        match step {
            Step::Pass(wait) => self.now = now.plus(wait),
            Step::Create(most) => self.create(most),
            Step::Sent(n, how) => {
                let many = self.sending.len().max(1);
                if let Some(ticket) = self.sending.keys().nth(n % many).copied() {
                    self.sent(ticket, how);
                }
            }
            Step::Look(n, state) => {
                self.gather();
                if !self.looking.is_empty() {
                    let ticket = self.looking.swap_remove(n % self.looking.len());
                    self.look(ticket, &state);
                }
            }
            Step::LookFails => {
                for ticket in std::mem::take(&mut self.looking) {
                    self.planner.not_looked(ticket, now);
                }
            }
            Step::Want(meter, item, priority) => {
                let item = Item::all().nth(item).expect("sixteen items");
                self.wanted.insert((meter, item));
                let meter = number(meter);
                self.planner.want(&meter, item, priority, now, None, now);
            }
            Step::Gateway(group, online) => {
                self.planner.gateway(&format!("gw{group}"), online, now);
            }
            Step::Refuse => {
                let gone = refusal(RefusalKind::Unreachable, Reached::No);
                self.planner.refused_call(&gone, now, now);
            }
            Step::Login(works) => self.login(works),
            Step::Move(meter, group) => {
                self.meters[meter].gateway = Some(format!("gw{group}"));
                self.planner.fleet(&self.meters, now);
            }
            Step::Case(meter, open) => self.planner.case(&number(meter), open, now),
            Step::Restart => self.restart(),
        }
        let fates = self.planner.expired(self.now);
        for fate in fates {
            self.suffer(fate);
        }
    }

    fn login(&mut self, works: bool) {
        if std::mem::take(&mut self.probing) {
            let gone = refusal(RefusalKind::TimedOut, Reached::No);
            let result = if works { Ok(()) } else { Err(&gone) };
            self.planner.probed(result, self.now);
        }
    }

    fn create(&mut self, most: usize) {
        let speaks = self.planner.speaks();
        let creates = self.planner.creates(self.now, most);
        assert!(creates.len() <= most);
        assert!(
            speaks || creates.is_empty(),
            "nothing is created while down"
        );
        for create in creates {
            let same = |slot: &Slot| {
                slot.slot.meter == create.ask.meter && slot.slot.asked == create.item.word()
            };
            assert!(!self.rows.values().any(same), "asked twice at once");
            let slot = SlotId(self.next);
            self.next += 1;
            let row = Slot {
                id: slot,
                slot: NewSlot {
                    head_end: "main".to_owned(),
                    group: create.group.clone(),
                    meter: create.ask.meter.clone(),
                    asked: create.item.word().to_owned(),
                    request: create.request,
                    at: create.at,
                    horizon: create.horizon,
                    command: None,
                    mark: create.mark,
                },
                state: SlotState::Sending,
                task: None,
                sent_at: None,
            };
            self.rows.insert(slot, row);
            self.sending.insert(create.ticket, slot);
        }
        self.check();
    }

    fn check(&self) {
        let limit = self.pace.in_flight.min(5) as usize;
        for group in 0..GROUPS {
            let name = format!("gw{group}");
            let held = self.rows.values().filter(|row| row.slot.group == name);
            let held = held.count();
            assert!(held <= limit, "{name} holds {held} of {limit}");
        }
    }

    fn sent(&mut self, ticket: Ticket, how: How) {
        let (now, slot) = (self.now, self.sending[&ticket]);
        self.sending.remove(&ticket);
        if matches!(how, How::NotReserved) {
            self.planner.not_reserved(ticket, now);
            self.rows.remove(&slot);
            return;
        }
        self.planner.reserved(ticket, slot);
        let (kind, reached) = match how {
            How::Made | How::NotReserved => {
                self.planner.spoke(now, now);
                self.planner
                    .created(ticket, TaskId(slot.0.to_string()), now);
                let row = self.rows.get_mut(&slot).expect("a row");
                row.state = SlotState::Waiting;
                row.task = Some(slot.0.to_string());
                row.sent_at = Some(now);
                return;
            }
            How::Lost => (RefusalKind::TimedOut, Reached::Perhaps),
            How::NeverLeft => (RefusalKind::Unreachable, Reached::No),
            How::No => (RefusalKind::Code, Reached::No),
        };
        let refused = refusal(kind, reached);
        if let Some(fate) = self.planner.refused(ticket, &refused, now, now) {
            self.suffer(fate);
        }
    }

    fn gather(&mut self) {
        for call in self.planner.looks(self.now, 9) {
            self.planner.look_ended();
            self.looking
                .extend(call.into_iter().map(|look| look.ticket));
        }
        for search in self.planner.searches(self.now, 9) {
            self.planner.not_looked(search.ticket, self.now);
        }
    }

    fn look(&mut self, ticket: Ticket, state: &TaskState) {
        self.planner.spoke(self.now, self.now);
        match self.planner.looked(ticket, state, self.now) {
            Next::End(end) => {
                self.serve(&end.meter, end.item);
                self.free(ticket, end.slot);
            }
            Next::Wait | Next::Late | Next::Dispatch(_) | Next::Act(_) => {}
        }
    }

    fn serve(&mut self, meter: &fleet::MeterNumber, item: Item) {
        self.wanted
            .retain(|(n, i)| number(*n) != *meter || *i != item);
    }

    fn suffer(&mut self, fate: Fate) {
        match fate {
            Fate::Lost(_) => {}
            Fate::Again(ticket, slot) | Fate::Over(ticket, slot) => self.free(ticket, slot),
            Fate::Unanswered(end) => {
                self.serve(&end.meter, end.item);
                self.free(end.ticket, end.slot);
            }
        }
    }

    fn free(&mut self, ticket: Ticket, slot: SlotId) {
        self.rows.remove(&slot);
        self.looking.retain(|looking| *looking != ticket);
        self.planner.freed(ticket, self.now);
    }

    /// Only the store's rows and the fleet survive; the wishes are taken in again.
    fn restart(&mut self) {
        let fresh = Self::new(self.pace.in_flight, 3, true);
        self.planner = fresh.planner;
        self.planner.fleet(&self.meters, self.now);
        let rows: Vec<_> = self.rows.values().cloned().collect();
        self.planner.held(&rows, self.now);
        self.sending.clear();
        self.looking.clear();
        self.probing = false;
        for (meter, item) in self.wanted.clone() {
            let meter = number(meter);
            self.planner.want(&meter, item, 1, self.now, None, self.now);
        }
    }

    /// From now on all goes well: for so long.
    fn go_well(&mut self, wait: i64) {
        let end = self.now.plus(wait);
        for group in 0..GROUPS {
            self.planner.gateway(&format!("gw{group}"), true, self.now);
        }
        while self.now < end && !self.wanted.is_empty() {
            self.probing |= self.planner.probe(self.now);
            self.login(true);
            self.gather();
            for ticket in std::mem::take(&mut self.looking) {
                self.look(ticket, &TaskState::Done);
            }
            for fate in self.planner.expired(self.now) {
                self.suffer(fate);
            }
            self.create(99);
            for ticket in self.sending.keys().copied().collect::<Vec<_>>() {
                self.sent(ticket, How::Made);
            }
            let wake = self.planner.wake(self.now).unwrap_or(end);
            self.now = wake.max(self.now.plus(1));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_group_exceeds_its_limit_and_every_wish_is_asked_in_the_end(
        steps in steps(),
        in_flight in 1..8_u32,
        looks in 1..200_usize,
        task_list in any::<bool>(),
    ) {
        let mut model = Model::new(in_flight, looks, task_list);
        for step in steps {
            model.step(step);
            model.check();
        }
        model.go_well(2 * DAY);
        prop_assert!(model.wanted.is_empty(), "never asked: {:?}", model.wanted);
    }
}

#[test]
fn the_same_seed_gives_the_same_plan() {
    let asked = || {
        let pace = Pace::default();
        let mut world = support::world::World::with(
            &pace,
            Rules::default(),
            &(0..50).map(|n| due(n, "gw")).collect::<Vec<_>>(),
        );
        world.dead.extend((0..9).map(number));
        world.run(20 * HOUR);
        world
            .asked
            .iter()
            .map(|a| (a.at, a.meter.clone()))
            .collect::<Vec<_>>()
    };
    let once = asked();
    assert!(once.len() > 100 && once[0].0 >= START && SECOND > 0);
    assert_eq!(once, asked());
}
