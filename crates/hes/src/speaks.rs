//! What a dialect can say, and the one head-end made of it.

use crate::refusal::{Answered, not_offered};
use crate::transport::Line;
use asking::{
    Account, Act, Ask, DayRow, EventRow, Exchange, GatewayRow, HeadEnd, HourRow, Listing, MeterRow,
    Mint, Offers, Pace, Page, Polled, Refusal, Reply, Secret, Seen, Span, TaskId, Watched,
};
use fleet::MeterNumber;
use std::fmt;
use std::future::{Future, ready};

/// A dialect over its line. What it leaves out it does not offer.
pub(crate) trait Speaks: Send + Sync {
    fn line(&self) -> &Line;
    fn login(&self) -> impl Later<()>;
    fn create(&self, ask: &Ask) -> impl Later<TaskId>;
    fn poll(&self, tasks: &[Watched]) -> impl Later<Vec<Polled>>;
    fn mint(&self, mint: &Mint) -> impl Later<Secret>;
    fn meters(&self, page: Page) -> impl Later<Listing<MeterRow>>;
    fn gateways(&self, page: Page) -> impl Later<Listing<GatewayRow>>;
    fn daily(&self, span: &Span, page: Page) -> impl Later<Listing<DayRow>>;
    fn hourly(&self, span: &Span, page: Page) -> impl Later<Listing<HourRow>>;

    /// Many by one call; one after the other where the dialect has no such call.
    fn create_many(&self, asks: &[Ask]) -> impl Later<Vec<Answered<TaskId>>> {
        async move {
            let mut ended = Vec::with_capacity(asks.len());
            for ask in asks {
                ended.push(self.create(ask).await);
            }
            Ok(ended)
        }
    }
    fn recent(&self, _ask: &Ask) -> impl Later<Vec<Seen>> {
        lacks("its task list cannot be searched")
    }
    fn dispatch(&self, _task: &Watched) -> impl Later<()> {
        lacks("its tasks are dispatched by themselves")
    }
    fn accounts(&self, _page: Page) -> impl Later<Listing<Account>> {
        lacks("it lists no accounts")
    }
    fn events(&self, _span: &Span, _page: Page) -> impl Later<Listing<EventRow>> {
        lacks("it has no event notifications")
    }
    fn online(&self, _meters: &[MeterNumber]) -> impl Later<Vec<(MeterNumber, bool)>> {
        lacks("it does not say which meters are online")
    }
}

/// An answer, later.
pub(crate) trait Later<T>: Future<Output = Answered<T>> + Send {}
impl<T, F: Future<Output = Answered<T>> + Send> Later<T> for F {}

fn lacks<T: Send>(what: &str) -> impl Later<T> + use<T> {
    ready(Err(not_offered(what)))
}

/// A head-end that is set up. Every refusal leaves it clean of secrets, because there is no other
/// way out than [`Connected::reply`].
pub(crate) struct Connected<S> {
    pub(crate) name: String,
    pub(crate) dialect: &'static str,
    /// Under which account its task list shows our tasks, where it says it.
    pub(crate) account: Option<String>,
    pub(crate) offers: Offers,
    pub(crate) pace: Pace,
    pub(crate) speaks: S,
}

impl<S: Speaks> Connected<S> {
    fn reply<'a, T>(&'a self, what: &'static str, answer: impl Later<T> + 'a) -> Reply<'a, T> {
        Box::pin(async move {
            answer.await.map_err(|refusal| {
                let refusal = self.speaks.line().scrub(refusal);
                self.tell(what, &refusal);
                refusal
            })
        })
    }

    fn tell(&self, what: &'static str, refusal: &Refusal) {
        tracing::debug!(
            head_end = self.name,
            what,
            kind = refusal.kind.word(),
            reached = ?refusal.reached,
            "the head-end refused"
        );
    }
}

impl<S> fmt::Debug for Connected<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HeadEnd")
            .field("name", &self.name)
            .field("dialect", &self.dialect)
            .finish_non_exhaustive()
    }
}

impl<S: Speaks> HeadEnd for Connected<S> {
    fn name(&self) -> &str {
        &self.name
    }
    fn offers(&self) -> &Offers {
        &self.offers
    }
    fn pace(&self) -> &Pace {
        &self.pace
    }
    fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }
    fn login(&self) -> Reply<'_, ()> {
        self.reply("login", self.speaks.login())
    }
    fn create<'a>(&'a self, ask: &'a Ask) -> Reply<'a, TaskId> {
        self.reply("create", self.speaks.create(ask))
    }
    fn create_many<'a>(&'a self, asks: &'a [Ask]) -> Reply<'a, Vec<Answered<TaskId>>> {
        self.reply("create", async move {
            let mut ended = self.speaks.create_many(asks).await?;
            for refusal in ended.iter_mut().filter_map(|one| one.as_mut().err()) {
                *refusal = self.speaks.line().scrub(refusal.clone());
                self.tell("create", refusal);
            }
            Ok(ended)
        })
    }
    fn poll<'a>(&'a self, tasks: &'a [Watched]) -> Reply<'a, Vec<Polled>> {
        self.reply("poll", async move {
            let mut polled = self.speaks.poll(tasks).await?;
            for (polled, task) in polled.iter_mut().zip(tasks) {
                self.mask(&task.act, polled);
            }
            Ok(polled)
        })
    }
    fn recent<'a>(&'a self, ask: &'a Ask) -> Reply<'a, Vec<Seen>> {
        self.reply("recent", async move {
            let mut seen = self.speaks.recent(ask).await?;
            for seen in &mut seen {
                self.mask(&ask.act, &mut seen.polled);
            }
            Ok(seen)
        })
    }
    fn dispatch<'a>(&'a self, task: &'a Watched) -> Reply<'a, ()> {
        self.reply("dispatch", self.speaks.dispatch(task))
    }
    fn meters(&self, page: Page) -> Reply<'_, Listing<MeterRow>> {
        self.reply("meters", self.speaks.meters(page))
    }
    fn gateways(&self, page: Page) -> Reply<'_, Listing<GatewayRow>> {
        self.reply("gateways", self.speaks.gateways(page))
    }
    fn accounts(&self, page: Page) -> Reply<'_, Listing<Account>> {
        self.reply("accounts", self.speaks.accounts(page))
    }
    fn daily<'a>(&'a self, span: &'a Span, page: Page) -> Reply<'a, Listing<DayRow>> {
        self.reply("daily", self.speaks.daily(span, page))
    }
    fn hourly<'a>(&'a self, span: &'a Span, page: Page) -> Reply<'a, Listing<HourRow>> {
        self.reply("hourly", self.speaks.hourly(span, page))
    }
    fn events<'a>(&'a self, span: &'a Span, page: Page) -> Reply<'a, Listing<EventRow>> {
        self.reply("events", self.speaks.events(span, page))
    }
    fn online<'a>(&'a self, meters: &'a [MeterNumber]) -> Reply<'a, Vec<(MeterNumber, bool)>> {
        self.reply("online", self.speaks.online(meters))
    }
    fn mint<'a>(&'a self, mint: &'a Mint) -> Reply<'a, Secret> {
        self.reply("mint", self.speaks.mint(mint))
    }
    fn exchanges(&self) -> Vec<Exchange> {
        self.speaks.line().exchanges()
    }
}

impl<S: Speaks> Connected<S> {
    /// The row of a token task repeats the token: what is kept of it shows its last digits only.
    fn mask(&self, act: &Act, polled: &mut Polled) {
        if matches!(act, Act::DeliverToken(_)) {
            polled.raw = self.speaks.line().redactor.clean(&polled.raw);
        }
        if let asking::TaskState::Failed(said) = &mut polled.state {
            *said = self.speaks.line().redactor.said(said);
        }
    }
}
