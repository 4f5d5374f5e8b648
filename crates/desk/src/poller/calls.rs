//! Calls to the head-end, each in a task of its own: one that hangs or fails badly stops no other.

use super::beside::Beside;
use super::hand::Sent;
use crate::Clock;
use crate::plan::{Create, Look, Search, Sending, Ticket};
use asking::{
    Ask, GatewayRow, HeadEnd, Mint, Page, Polled, Reached, Refusal, RefusalKind, Secret, Seen,
    TaskId, Watched,
};
use fleet::{MeterNumber, Moment};
use futures_util::FutureExt as _;
use std::collections::BTreeSet;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use store::{CommandId, SlotId};
use tokio::sync::mpsc;

/// What became of each of several creations, or of all.
pub(super) type Created = Result<Vec<Result<TaskId, Refusal>>, Refusal>;

/// How a call ended, and when it began.
#[derive(Debug)]
pub(super) enum Called {
    Created(Vec<(Ticket, SlotId)>, Created),
    Looked(Vec<Look>, Result<Vec<Polled>, Refusal>),
    Searched(Search, Result<Vec<Seen>, Refusal>),
    Dispatched(Ticket, Result<(), Refusal>),
    CreatedActs(Sent, Created),
    Marked(Sending, Result<Vec<Seen>, Refusal>),
    Minted(CommandId, Result<Secret, Refusal>),
    Probed(Result<(), Refusal>),
    Gateways(Result<Vec<GatewayRow>, Refusal>),
}

/// The caller of one head-end.
#[derive(Clone, Debug)]
pub(super) struct Calls {
    pub(super) head_end: Arc<dyn HeadEnd>,
    pub(super) clock: Clock,
    pub(super) beside: Beside,
    pub(super) ended: mpsc::UnboundedSender<(Moment, Called)>,
}

/// Rows a page of a list of gateways, and how many pages at most.
const PAGE: u32 = 500;
const PAGES: u32 = 100;
/// A call is given up after so many times the pace's deadline: the head-end's own module has missed
/// it then. Looks at many tasks and lists are several calls over the wire.
const ONE: u32 = 2;
const SEVERAL: u32 = 8;

impl Calls {
    /// Creates tasks by one call.
    pub(super) fn create(&self, creates: Vec<(Create, SlotId)>) {
        let tickets = creates.iter().map(|(create, slot)| (create.ticket, *slot));
        let tickets = tickets.collect();
        let asks: Vec<Ask> = creates.into_iter().map(|(create, _)| create.ask).collect();
        self.call(
            ONE,
            async move |head_end| head_end.create_many(&asks).await,
            move |created| Called::Created(tickets, created),
        );
    }

    /// Creates the tasks of acts by one call.
    pub(super) fn create_acts(&self, sent: Sent) {
        let asks: Vec<Ask> = sent.iter().map(|(send, _)| send.ask.clone()).collect();
        self.call(
            ONE,
            async move |head_end| head_end.create_many(&asks).await,
            move |created| Called::CreatedActs(sent, created),
        );
    }

    /// Asks for a meter's newest tasks, before an act is sent to it.
    pub(super) fn mark(&self, send: Sending) {
        let ask = send.ask.clone();
        self.call(
            ONE,
            async move |head_end| head_end.recent(&ask).await,
            move |seen| Called::Marked(send, seen),
        );
    }

    /// Has a token made.
    pub(super) fn mint(&self, id: CommandId, mint: Mint) {
        self.call(
            ONE,
            async move |head_end| head_end.mint(&mint).await,
            move |minted| Called::Minted(id, minted),
        );
    }

    pub(super) fn look(&self, looks: Vec<Look>) {
        let watched: Vec<Watched> = looks.iter().map(|look| look.watched.clone()).collect();
        let deadlines = if looks.len() > 1 { SEVERAL } else { ONE };
        self.call(
            deadlines,
            async move |head_end| head_end.poll(&watched).await,
            move |polled| Called::Looked(looks, polled),
        );
    }

    pub(super) fn search(&self, search: Search) {
        let ask = search.ask.clone();
        self.call(
            ONE,
            async move |head_end| head_end.recent(&ask).await,
            move |seen| Called::Searched(search, seen),
        );
    }

    pub(super) fn dispatch(&self, ticket: Ticket, watched: Watched) {
        self.call(
            ONE,
            async move |head_end| head_end.dispatch(&watched).await,
            move |dispatched| Called::Dispatched(ticket, dispatched),
        );
    }

    pub(super) fn probe(&self) {
        let login = async |head_end: Arc<dyn HeadEnd>| head_end.login().await;
        self.call(ONE, login, Called::Probed);
    }

    pub(super) fn gateways(&self) {
        let list = async |head_end: Arc<dyn HeadEnd>| gateways(head_end.as_ref()).await;
        self.call(SEVERAL, list, Called::Gateways);
    }

    /// Calls, and says how it ended, whatever happens: after so many deadlines it is lost.
    fn call<T, F>(
        &self,
        deadlines: u32,
        call: impl FnOnce(Arc<dyn HeadEnd>) -> F,
        how: impl FnOnce(Result<T, Refusal>) -> Called + Send + 'static,
    ) where
        T: Send,
        F: Future<Output = Result<T, Refusal>> + Send + 'static,
    {
        let (clock, ended) = (self.clock, self.ended.clone());
        let began = clock.now();
        let deadline = u64::try_from(self.head_end.pace().call).unwrap_or(0);
        let patience = Duration::from_millis(deadline.max(1)) * deadlines;
        let called = AssertUnwindSafe(call(self.head_end.clone())).catch_unwind();
        let (start, deadline) = (clock.instant(), Duration::from_millis(deadline.max(1)));
        self.beside.spawn(async move {
            // a computer that slept in between must not send what others have given up meanwhile
            let late = clock.instant().duration_since(start) > deadline;
            let result = if late {
                Err(too_late())
            } else {
                match tokio::time::timeout(patience, called).await {
                    Ok(Ok(result)) => result,
                    Ok(Err(_)) => Err(lost(RefusalKind::Reset, FELL)),
                    Err(_) => Err(lost(RefusalKind::TimedOut, "")),
                }
            };
            // nobody listens any more once the poller has stopped
            drop(ended.send((began, how(result))));
        });
    }
}

/// What is to be created, cut into calls: so many together, and none of a meter twice.
pub(super) fn together<T>(
    mut left: Vec<T>,
    most: usize,
    meter: impl Fn(&T) -> &MeterNumber,
) -> Vec<Vec<T>> {
    let mut calls = Vec::new();
    while !left.is_empty() {
        let (mut call, mut rest, mut meters) = (Vec::new(), Vec::new(), BTreeSet::new());
        for one in left {
            if call.len() < most.max(1) && meters.insert(meter(&one).clone()) {
                call.push(one);
            } else {
                rest.push(one);
            }
        }
        calls.push(call);
        left = rest;
    }
    calls
}

/// The refusals of a call that was refused as a whole, one for each.
pub(super) fn each(created: Created, many: usize) -> Vec<Result<TaskId, Refusal>> {
    created.unwrap_or_else(|refusal| vec![Err(refusal); many])
}

/// Said of a call that ended in a fault of the program.
const FELL: &str = "nothing that could be heard: a fault of the program ended the call";

/// The answer was lost on our side: it may have been carried out.
fn lost(kind: RefusalKind, said: &str) -> Refusal {
    Refusal {
        kind,
        reached: Reached::Perhaps,
        said: said.to_owned(),
    }
}

/// It never left.
fn too_late() -> Refusal {
    Refusal {
        kind: RefusalKind::TimedOut,
        reached: Reached::No,
        said: "the computer was busy or asleep for too long to send it".to_owned(),
    }
}

async fn gateways(head_end: &dyn HeadEnd) -> Result<Vec<GatewayRow>, Refusal> {
    let mut all = Vec::new();
    for number in 1..=PAGES {
        let page = Page { number, size: PAGE };
        let listing = head_end.gateways(page).await?;
        let rows = listing.rows.len();
        all.extend(listing.rows);
        let total = usize::try_from(listing.total.unwrap_or(0)).unwrap_or(usize::MAX);
        if rows == 0 || all.len() >= total.max(1) && rows < PAGE as usize {
            break;
        }
        if listing.total.is_some() && all.len() >= total {
            break;
        }
    }
    Ok(all)
}
