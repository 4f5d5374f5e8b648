//! A head-end that lives in the test: it follows a script and remembers every creation.

use asking::{
    Account, Act, Ask, DayRow, EventRow, Exchange, GatewayRow, HeadEnd, HourRow, Item, Listing,
    MeterRow, Mint, Offers, Pace, Page, Polled, Reached, Refusal, RefusalKind, Reply, Secret, Seen,
    Span, TaskId, TaskState, Watched,
};
use desk::Clock;
use fleet::{MeterNumber, Moment, SECOND};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::future::{pending, ready};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

/// How one creation goes, where it does not go well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// It never reaches the head-end, and never ends.
    NeverLeaves,
    /// The task is made, and the call never ends.
    NeverReturns,
    /// The task is made, and the answer is lost.
    LosesAnswer,
    /// It falls over.
    Falls,
}

/// A creation that reached the head-end.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    pub(crate) id: u64,
    pub(crate) meter: MeterNumber,
    pub(crate) item: Item,
    pub(crate) at: Moment,
    gateway: String,
    ends: Moment,
}

/// Everything that happens at the head-end.
#[derive(Debug, Default)]
pub(crate) struct Vendor {
    /// Every task it made.
    pub(crate) made: Vec<Made>,
    /// Every call: what, and when.
    pub(crate) calls: Vec<(&'static str, Moment)>,
    /// Answers that a look has brought.
    pub(crate) delivered: BTreeSet<u64>,
    /// It refuses everything.
    pub(crate) down: bool,
    /// How the next creations for a meter go.
    pub(crate) manners: BTreeMap<MeterNumber, VecDeque<Manner>>,
    /// How every creation goes.
    pub(crate) manner: Option<Manner>,
    /// So many looks never end.
    pub(crate) looks_hang: u32,
    /// Looks answer in another order, and leave the last task out.
    pub(crate) disorderly: bool,
    /// Being asked what it offers falls over, so often.
    pub(crate) falls: u32,
    /// The most tasks that one gateway ever worked on at once.
    pub(crate) peak: usize,
    /// Creations under way, and the most of them beyond what the successes since the start of the
    /// count allow.
    under_way: usize,
    succeeded: usize,
    pub(crate) stampede: usize,
}

/// The head-end.
#[derive(Debug)]
pub(crate) struct Fake {
    pub(crate) clock: Clock,
    pub(crate) offers: Offers,
    pub(crate) pace: Pace,
    /// How long a task takes, milliseconds of the clock.
    pub(crate) takes: i64,
    /// How long a creation takes, of the computer's time.
    pub(crate) latency: Duration,
    vendor: Mutex<Vendor>,
}

impl Fake {
    /// One that reads the status, whose tasks take a second.
    pub(crate) fn new(clock: Clock) -> Self {
        Self {
            clock,
            offers: Offers {
                items: vec![Item::OperatingStatus],
                looks: 20,
                task_list: true,
                ..Offers::default()
            },
            pace: Pace {
                first_poll: SECOND,
                steps: Vec::new(),
                last_step: SECOND,
                ..Pace::default()
            },
            takes: SECOND,
            latency: Duration::ZERO,
            vendor: Mutex::default(),
        }
    }

    /// What happens there.
    pub(crate) fn vendor(&self) -> MutexGuard<'_, Vendor> {
        self.vendor.lock().expect("no test panics while it looks")
    }

    /// The tasks that were made for this meter.
    pub(crate) fn made_for(&self, meter: &MeterNumber) -> Vec<Made> {
        let vendor = self.vendor();
        let made = vendor.made.iter().filter(|made| made.meter == *meter);
        made.cloned().collect()
    }

    /// From here on creations under way are counted against the successes.
    pub(crate) fn count_anew(&self) {
        let mut vendor = self.vendor();
        (vendor.succeeded, vendor.stampede) = (0, 0);
    }

    fn call(&self, what: &'static str) -> Result<(), Refusal> {
        let mut vendor = self.vendor();
        vendor.calls.push((what, self.clock.now()));
        if vendor.down {
            return Err(no(RefusalKind::Unreachable, Reached::No));
        }
        Ok(())
    }

    fn make(&self, ask: &Ask) -> TaskId {
        let Act::Read(item) = ask.act else {
            panic!("only reads are asked for");
        };
        let now = self.clock.now();
        let gateway = ask.gateway.as_ref().map(ToString::to_string);
        let mut vendor = self.vendor();
        let id = vendor.made.len() as u64 + 1;
        vendor.made.push(Made {
            id,
            meter: ask.meter.clone(),
            item,
            at: now,
            gateway: gateway.clone().unwrap_or_default(),
            ends: now.plus(self.takes),
        });
        let works = |made: &&Made| Some(&made.gateway) == gateway.as_ref() && made.ends > now;
        let working = vendor.made.iter().rev().filter(works).count();
        vendor.peak = vendor.peak.max(working);
        TaskId(id.to_string())
    }

    async fn create_one(&self, ask: &Ask) -> Result<TaskId, Refusal> {
        self.call("create")?;
        let manner = {
            let mut vendor = self.vendor();
            vendor.under_way += 1;
            vendor.stampede =
                (vendor.under_way.saturating_sub(vendor.succeeded)).max(vendor.stampede);
            let own = vendor
                .manners
                .get_mut(&ask.meter)
                .and_then(VecDeque::pop_front);
            own.or(vendor.manner)
        };
        if !self.latency.is_zero() {
            tokio::time::sleep(self.latency).await;
        }
        let made = match manner {
            Some(Manner::NeverLeaves) => pending().await,
            Some(Manner::Falls) => panic!("as the script says"),
            Some(Manner::NeverReturns) => {
                self.make(ask);
                pending().await
            }
            Some(Manner::LosesAnswer) => {
                self.make(ask);
                Err(no(RefusalKind::TimedOut, Reached::Perhaps))
            }
            None => Ok(self.make(ask)),
        };
        let mut vendor = self.vendor();
        vendor.under_way -= 1;
        vendor.succeeded += usize::from(made.is_ok());
        made
    }

    async fn look(&self, tasks: &[Watched]) -> Result<Vec<Polled>, Refusal> {
        self.call("poll")?;
        let hangs = {
            let mut vendor = self.vendor();
            let hangs = vendor.looks_hang > 0;
            vendor.looks_hang = vendor.looks_hang.saturating_sub(1);
            hangs
        };
        if hangs {
            return pending().await;
        }
        let mut vendor = self.vendor();
        let mut polled: Vec<Polled> = tasks.iter().map(|one| self.polled(&vendor, one)).collect();
        if vendor.disorderly {
            polled.reverse();
            polled.truncate(polled.len().div_ceil(2));
        }
        let done = polled.iter().filter(|one| one.state == TaskState::Done);
        let done: Vec<u64> = done.filter_map(|one| one.task.0.parse().ok()).collect();
        vendor.delivered.extend(done);
        Ok(polled)
    }

    fn polled(&self, vendor: &Vendor, watched: &Watched) -> Polled {
        let made = vendor
            .made
            .iter()
            .find(|made| made.id.to_string() == watched.task.0);
        match made {
            Some(made) => self.shown(made),
            None => Polled {
                task: watched.task.clone(),
                state: TaskState::Absent,
                raw: String::new(),
            },
        }
    }

    fn shown(&self, made: &Made) -> Polled {
        let done = made.ends <= self.clock.now();
        Polled {
            task: TaskId(made.id.to_string()),
            state: if done {
                TaskState::Done
            } else {
                TaskState::Waiting
            },
            raw: body(made.id, &made.meter, made.item),
        }
    }
}

/// The row of a finished task: the status is in order, any other item is 120.
pub(crate) fn body(id: u64, meter: &MeterNumber, item: Item) -> String {
    let (name, data) = match item {
        Item::OperatingStatus => ("Meter operating status", "1000"),
        item => (item.word(), "120"),
    };
    format!(
        r#"{{"id":{id},"meterId":"{meter}","name":"{name}","data":"{data}","status":1,"createId":"ops"}}"#
    )
}

/// A refusal.
fn no(kind: RefusalKind, reached: Reached) -> Refusal {
    Refusal {
        kind,
        reached,
        said: String::new(),
    }
}

fn lacks<'a, T: Send + 'a>() -> Reply<'a, T> {
    Box::pin(ready(Err(no(RefusalKind::NotOffered, Reached::No))))
}

impl HeadEnd for Fake {
    fn name(&self) -> &'static str {
        "main"
    }
    fn offers(&self) -> &Offers {
        let falls = {
            let mut vendor = self.vendor();
            let falls = vendor.falls > 0;
            vendor.falls = vendor.falls.saturating_sub(1);
            falls
        };
        assert!(!falls, "as the script says");
        &self.offers
    }
    fn pace(&self) -> &Pace {
        &self.pace
    }
    fn account(&self) -> Option<&str> {
        Some("ops")
    }
    fn login(&self) -> Reply<'_, ()> {
        Box::pin(ready(self.call("login")))
    }
    fn create<'a>(&'a self, ask: &'a Ask) -> Reply<'a, TaskId> {
        Box::pin(self.create_one(ask))
    }
    fn poll<'a>(&'a self, tasks: &'a [Watched]) -> Reply<'a, Vec<Polled>> {
        Box::pin(self.look(tasks))
    }
    fn recent<'a>(&'a self, ask: &'a Ask) -> Reply<'a, Vec<Seen>> {
        let called = self.call("recent");
        let seen = |made: &Made| Seen {
            polled: self.shown(made),
            meter: made.meter.to_string(),
            creator: Some("ops".to_owned()),
            name: None,
            named: ask.act == Act::Read(made.item),
        };
        let listed = |vendor: MutexGuard<'_, Vendor>| {
            let mine = vendor
                .made
                .iter()
                .rev()
                .filter(|made| made.meter == ask.meter);
            mine.map(seen).collect()
        };
        Box::pin(ready(called.map(|()| listed(self.vendor()))))
    }
    fn dispatch<'a>(&'a self, _: &'a Watched) -> Reply<'a, ()> {
        lacks()
    }
    fn meters(&self, _: Page) -> Reply<'_, Listing<MeterRow>> {
        lacks()
    }
    fn gateways(&self, _: Page) -> Reply<'_, Listing<GatewayRow>> {
        lacks()
    }
    fn accounts(&self, _: Page) -> Reply<'_, Listing<Account>> {
        lacks()
    }
    fn daily<'a>(&'a self, _: &'a Span, _: Page) -> Reply<'a, Listing<DayRow>> {
        lacks()
    }
    fn hourly<'a>(&'a self, _: &'a Span, _: Page) -> Reply<'a, Listing<HourRow>> {
        lacks()
    }
    fn events<'a>(&'a self, _: &'a Span, _: Page) -> Reply<'a, Listing<EventRow>> {
        lacks()
    }
    fn online<'a>(&'a self, _: &'a [MeterNumber]) -> Reply<'a, Vec<(MeterNumber, bool)>> {
        lacks()
    }
    fn mint<'a>(&'a self, _: &'a Mint) -> Reply<'a, Secret> {
        lacks()
    }
    fn exchanges(&self) -> Vec<Exchange> {
        Vec::new()
    }
}
