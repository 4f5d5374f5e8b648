//! Calls to the head-end, each in a task of its own: one that hangs stops no other.

use crate::Clock;
use crate::plan::{Create, Look, Search, Ticket};
use asking::{GatewayRow, HeadEnd, Page, Polled, Refusal, Seen, TaskId, Watched};
use fleet::Moment;
use std::sync::Arc;
use store::SlotId;
use tokio::sync::mpsc;

/// How a call ended, and when it began.
#[derive(Debug)]
pub(super) enum Called {
    Created(Ticket, SlotId, Result<TaskId, Refusal>),
    Looked(Vec<Look>, Result<Vec<Polled>, Refusal>),
    Searched(Search, Result<Vec<Seen>, Refusal>),
    Dispatched(Ticket, Result<(), Refusal>),
    Probed(Result<(), Refusal>),
    Gateways(Result<Vec<GatewayRow>, Refusal>),
}

/// The caller of one head-end.
#[derive(Clone, Debug)]
pub(super) struct Calls {
    pub(super) head_end: Arc<dyn HeadEnd>,
    pub(super) clock: Clock,
    pub(super) ended: mpsc::UnboundedSender<(Moment, Called)>,
}

/// Rows a page of a list of gateways, and how many pages at most.
const PAGE: u32 = 500;
const PAGES: u32 = 100;

impl Calls {
    pub(super) fn create(&self, create: Create, slot: SlotId) {
        self.call(async move |head_end| {
            let created = head_end.create(&create.ask).await;
            Called::Created(create.ticket, slot, created)
        });
    }

    pub(super) fn look(&self, looks: Vec<Look>) {
        self.call(async move |head_end| {
            let watched: Vec<Watched> = looks.iter().map(|look| look.watched.clone()).collect();
            let polled = head_end.poll(&watched).await;
            Called::Looked(looks, polled)
        });
    }

    pub(super) fn search(&self, search: Search) {
        self.call(async move |head_end| {
            let seen = head_end.recent(&search.ask).await;
            Called::Searched(search, seen)
        });
    }

    pub(super) fn dispatch(&self, ticket: Ticket, watched: Watched) {
        self.call(async move |head_end| {
            Called::Dispatched(ticket, head_end.dispatch(&watched).await)
        });
    }

    pub(super) fn probe(&self) {
        self.call(async move |head_end| Called::Probed(head_end.login().await));
    }

    pub(super) fn gateways(&self) {
        self.call(async move |head_end| Called::Gateways(gateways(head_end.as_ref()).await));
    }

    fn call<F>(&self, call: impl FnOnce(Arc<dyn HeadEnd>) -> F)
    where
        F: Future<Output = Called> + Send + 'static,
    {
        let (clock, ended) = (self.clock, self.ended.clone());
        let began = clock.now();
        let called = call(self.head_end.clone());
        tokio::spawn(async move {
            // nobody listens any more once the poller has stopped
            drop(ended.send((began, called.await)));
        });
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
