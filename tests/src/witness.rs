//! A witness between the desk and a head-end: what was created and what was delivered.

use ::fleet::MeterNumber;
use asking::{
    Account, Ask, DayRow, EventRow, Exchange, GatewayRow, HeadEnd, HourRow, Listing, MeterRow,
    Mint, Offers, Pace, Page, Polled, Refusal, Reply, Secret, Seen, Span, TaskId, TaskState,
    Watched,
};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// An answer that the head-end delivered to us: a row of a task that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// The task.
    pub task: TaskId,
    /// The meter it was asked of.
    pub meter: MeterNumber,
    /// The row as it came.
    pub raw: String,
}

/// What a [`Witness`] saw.
#[derive(Debug, Default)]
struct Notes {
    created: Vec<TaskId>,
    delivered: Vec<Delivered>,
}

/// Passes every call on to a head-end and writes down what came of it.
#[derive(Debug)]
pub struct Witness {
    head_end: Box<dyn HeadEnd>,
    notes: Mutex<Notes>,
}

impl Witness {
    /// Stands before this head-end.
    pub fn of(head_end: Box<dyn HeadEnd>) -> Arc<Self> {
        Arc::new(Self {
            head_end,
            notes: Mutex::default(),
        })
    }

    /// The tasks whose creation was answered.
    pub fn created(&self) -> Vec<TaskId> {
        self.notes().created.clone()
    }

    /// The answers that arrived.
    pub fn delivered(&self) -> Vec<Delivered> {
        self.notes().delivered.clone()
    }

    fn notes(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a look shows an answer, be it a refusal of the meter's.
fn answers(polled: &Polled) -> bool {
    let ended = matches!(polled.state, TaskState::Done | TaskState::Failed(_));
    ended && !polled.raw.is_empty()
}

impl HeadEnd for Witness {
    fn name(&self) -> &str {
        self.head_end.name()
    }

    fn offers(&self) -> &Offers {
        self.head_end.offers()
    }

    fn pace(&self) -> &Pace {
        self.head_end.pace()
    }

    fn account(&self) -> Option<&str> {
        self.head_end.account()
    }

    fn login(&self) -> Reply<'_, ()> {
        self.head_end.login()
    }

    fn create<'a>(&'a self, ask: &'a Ask) -> Reply<'a, TaskId> {
        Box::pin(async move {
            let created = self.head_end.create(ask).await;
            self.notes().created.extend(created.iter().cloned());
            created
        })
    }

    fn create_many<'a>(&'a self, asks: &'a [Ask]) -> Reply<'a, Vec<Result<TaskId, Refusal>>> {
        Box::pin(async move {
            let created = self.head_end.create_many(asks).await?;
            self.notes()
                .created
                .extend(created.iter().flatten().cloned());
            Ok(created)
        })
    }

    fn poll<'a>(&'a self, tasks: &'a [Watched]) -> Reply<'a, Vec<Polled>> {
        Box::pin(async move {
            let polled = self.head_end.poll(tasks).await?;
            let ended = tasks.iter().zip(&polled).filter(|(_, one)| answers(one));
            let delivered = ended.map(|(watched, one)| Delivered {
                task: one.task.clone(),
                meter: watched.meter.clone(),
                raw: one.raw.clone(),
            });
            self.notes().delivered.extend(delivered);
            Ok(polled)
        })
    }

    fn recent<'a>(&'a self, ask: &'a Ask) -> Reply<'a, Vec<Seen>> {
        self.head_end.recent(ask)
    }

    fn dispatch<'a>(&'a self, task: &'a Watched) -> Reply<'a, ()> {
        self.head_end.dispatch(task)
    }

    fn meters(&self, page: Page) -> Reply<'_, Listing<MeterRow>> {
        self.head_end.meters(page)
    }

    fn gateways(&self, page: Page) -> Reply<'_, Listing<GatewayRow>> {
        self.head_end.gateways(page)
    }

    fn accounts(&self, page: Page) -> Reply<'_, Listing<Account>> {
        self.head_end.accounts(page)
    }

    fn daily<'a>(&'a self, span: &'a Span, page: Page) -> Reply<'a, Listing<DayRow>> {
        self.head_end.daily(span, page)
    }

    fn hourly<'a>(&'a self, span: &'a Span, page: Page) -> Reply<'a, Listing<HourRow>> {
        self.head_end.hourly(span, page)
    }

    fn events<'a>(&'a self, span: &'a Span, page: Page) -> Reply<'a, Listing<EventRow>> {
        self.head_end.events(span, page)
    }

    fn online<'a>(&'a self, meters: &'a [MeterNumber]) -> Reply<'a, Vec<(MeterNumber, bool)>> {
        self.head_end.online(meters)
    }

    fn mint<'a>(&'a self, mint: &'a Mint) -> Reply<'a, Secret> {
        self.head_end.mint(mint)
    }

    fn exchanges(&self) -> Vec<Exchange> {
        self.head_end.exchanges()
    }
}
