//! The one way the desk speaks with a head-end, whatever its dialect.

use crate::{
    Account, Ask, DayRow, EventRow, GatewayRow, HourRow, Item, Listing, MeterRow, Mint, Pace, Page,
    Polled, Refusal, Secret, Seen, Span, TaskId, Watched,
};
use fleet::{MeterNumber, Moment};
use std::fmt;
use std::future::Future;
use std::pin::Pin;

/// An answer or a refusal, later.
pub type Reply<'a, T> = Pin<Box<dyn Future<Output = Result<T, Refusal>> + Send + 'a>>;

/// What a head-end offers. "Not offered" is a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each stands for one thing a head-end has or has not"
)]
pub struct Offers {
    /// Items it can be asked for.
    pub items: Vec<Item>,
    /// How many tasks one look may cover; 1 where each needs its own.
    pub looks: usize,
    /// How many tasks one creation may hold; 1 (or 0) where each needs its own.
    pub creates: usize,
    /// Whether its task list can be searched, so that a lost answer can be settled.
    pub task_list: bool,
    /// Whether it lists meters, gateways, accounts.
    pub meters: bool,
    /// Whether it lists gateways and whether they are online.
    pub gateways: bool,
    /// Whether it lists accounts.
    pub accounts: bool,
    /// Whether it has daily data.
    pub daily: bool,
    /// Whether it has hourly data.
    pub hourly: bool,
    /// Whether it has event notifications.
    pub events: bool,
    /// Whether it mints tokens.
    pub tokens: bool,
}

/// A request and its answer, secrets removed, for diagnosis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// When it was sent.
    pub at: Moment,
    /// The path.
    pub path: String,
    /// What was sent, secrets removed.
    pub sent: String,
    /// The HTTP status, if one came.
    pub status: Option<u16>,
    /// What came, secrets removed, 16 KiB at most.
    pub came: String,
    /// How long it took, milliseconds.
    pub took: u64,
}

/// A head-end. Implementations keep no queue and retry nothing but an expired login: when to ask,
/// and whether to ask again, is the desk's business.
pub trait HeadEnd: fmt::Debug + Send + Sync {
    /// Our name for it.
    fn name(&self) -> &str;
    /// What it offers under this configuration, without asking it.
    fn offers(&self) -> &Offers;
    /// At which pace it wants to be asked.
    fn pace(&self) -> &Pace;
    /// Under which account its own task list shows our tasks, where it says it.
    fn account(&self) -> Option<&str> {
        None
    }
    /// Logs in, if this dialect does; proves address, certificate, dialect, user and password.
    fn login(&self) -> Reply<'_, ()>;
    /// Creates one task. Sent once, whatever happens.
    fn create<'a>(&'a self, ask: &'a Ask) -> Reply<'a, TaskId>;
    /// Creates tasks of one [`Act::sort`] for different meters by one call, [`Offers::creates`] at
    /// most. Sent once, whatever happens.
    ///
    /// The answers come in the order of the asks. An ask that cannot be worded, or that names a
    /// meter a second time, is refused alone; the others are sent. Where the call is refused, each
    /// ask that was in it has that refusal, and its [`Reached`] decides: a head-end that finds
    /// fault with one task may refuse them all, surely not carried out. An ask that a success does
    /// not speak of may have been created. The refusal of the whole is for asks that do not go
    /// together: nothing was sent.
    ///
    /// A dialect without such a call creates them one after the other.
    ///
    /// [`Act::sort`]: crate::Act::sort
    /// [`Reached`]: crate::Reached
    fn create_many<'a>(&'a self, asks: &'a [Ask]) -> Reply<'a, Vec<Result<TaskId, Refusal>>> {
        Box::pin(async move {
            let mut ended = Vec::with_capacity(asks.len());
            for ask in asks {
                ended.push(self.create(ask).await);
            }
            Ok(ended)
        })
    }
    /// Looks at tasks, [`Offers::looks`] at most; the answers come in the order of the tasks.
    fn poll<'a>(&'a self, tasks: &'a [Watched]) -> Reply<'a, Vec<Polled>>;
    /// The newest tasks of this kind for this meter, newest first.
    fn recent<'a>(&'a self, ask: &'a Ask) -> Reply<'a, Vec<Seen>>;
    /// Dispatches a task that stands by (station). Sent once.
    fn dispatch<'a>(&'a self, task: &'a Watched) -> Reply<'a, ()>;
    /// Lists registered meters.
    fn meters(&self, page: Page) -> Reply<'_, Listing<MeterRow>>;
    /// Lists gateways or concentrators, with their state where it is said.
    fn gateways(&self, page: Page) -> Reply<'_, Listing<GatewayRow>>;
    /// Lists which customer has which meter.
    fn accounts(&self, page: Page) -> Reply<'_, Listing<Account>>;
    /// Daily data.
    fn daily<'a>(&'a self, span: &'a Span, page: Page) -> Reply<'a, Listing<DayRow>>;
    /// Hourly data.
    fn hourly<'a>(&'a self, span: &'a Span, page: Page) -> Reply<'a, Listing<HourRow>>;
    /// Event notifications.
    fn events<'a>(&'a self, span: &'a Span, page: Page) -> Reply<'a, Listing<EventRow>>;
    /// Whether these meters are online, where the dialect says it meter by meter (GPRS).
    fn online<'a>(&'a self, meters: &'a [MeterNumber]) -> Reply<'a, Vec<(MeterNumber, bool)>>;
    /// Makes a token. The answer is redacted before it is kept anywhere.
    fn mint<'a>(&'a self, mint: &'a Mint) -> Reply<'a, Secret>;
    /// The newest exchanges, oldest first.
    fn exchanges(&self) -> Vec<Exchange>;
}
