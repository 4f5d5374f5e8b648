//! Sends to one endpoint what the store keeps for it.
//!
//! What came of many tries is written by one call, a moment after the first of them ended. Who is
//! killed before that sends those messages again: at least once, never less.

use crate::circuit::Circuit;
use crate::client::Line;
use crate::endpoint::Endpoint;
use crate::error::WebhookError;
use crate::heard::{Answer, Heard};
use crate::wait;
use fleet::{Moment, SECOND};
use std::collections::{HashMap, HashSet, VecDeque};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use store::{Message, MessageId, Store, StoreError, Told, Tried};
use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::Instant;

/// Messages fetched at once.
const FETCH: usize = 512;
/// Fewer than this waiting in memory, and more are fetched.
const FEW: usize = 128;
/// So many tries are written at once, or those of so long ([`Options::write_after`]).
const WRITE: usize = 256;
/// The wait before the store is tried again.
const STORE_AGAIN: Duration = Duration::from_secs(1);
/// How long an endpoint belongs to one node, milliseconds, and how often that is renewed.
const LEASE: i64 = 30 * SECOND;
const RENEW: Duration = Duration::from_secs(10);
/// How long tries under way may take after a stop.
const PARTING: Duration = Duration::from_secs(5);

/// The time, as the program sees it.
pub type Now = Arc<dyn Fn() -> Moment + Send + Sync>;

/// How a [`Sender`] works.
#[derive(Clone)]
pub struct Options {
    /// How many messages are under way at once, each on a connection that is kept.
    pub connections: usize,
    /// How long an answer may take.
    pub patience: Duration,
    /// How often the store is asked when there was nothing to send.
    pub every: Duration,
    /// How long it may take until it is written what came of a try; who is killed meanwhile sends
    /// again.
    pub write_after: Duration,
    /// Which node this is: one of several sends to an endpoint.
    pub node: String,
    /// The time.
    pub now: Now,
}

impl Options {
    /// 16 connections, 15 s of patience (the specification names 15 to 30 s), a look at the store
    /// every half second.
    pub fn new(node: &str, now: Now) -> Self {
        Self {
            connections: 16,
            patience: Duration::from_secs(15),
            every: Duration::from_millis(500),
            write_after: Duration::from_millis(50),
            node: node.to_owned(),
            now,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("connections", &self.connections)
            .field("node", &self.node)
            .finish_non_exhaustive()
    }
}

/// Sends to one endpoint until it is stopped.
pub struct Sender {
    line: Arc<Line>,
    lease: String,
    store: Store,
    options: Options,
    circuit: Circuit,
    /// Whether the endpoint is this node's, and when that is asked again.
    ours: bool,
    renew_at: Instant,
    fetch_at: Instant,
    write_at: Instant,
    /// Fetched and not yet sent.
    queue: VecDeque<Message>,
    sending: HashMap<Id, Message>,
    tasks: JoinSet<Answer>,
    ended: Vec<Tried>,
    /// Everything above, so that nothing is fetched twice.
    known: HashSet<MessageId>,
}

impl fmt::Debug for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender")
            .field("endpoint", &self.line.name())
            .finish_non_exhaustive()
    }
}

impl Sender {
    /// Prepares it; nothing is sent yet.
    pub fn new(endpoint: Endpoint, store: Store, options: Options) -> Result<Self, WebhookError> {
        let line = Line::new(endpoint, options.connections, options.patience)?;
        let now = Instant::now();
        Ok(Self {
            lease: format!("webhook:{}", line.name()),
            line: Arc::new(line),
            store,
            options,
            circuit: Circuit::default(),
            ours: false,
            renew_at: now,
            fetch_at: now,
            write_at: now,
            queue: VecDeque::new(),
            sending: HashMap::new(),
            tasks: JoinSet::new(),
            ended: Vec::new(),
            known: HashSet::new(),
        })
    }

    /// Sends until it is told to stop; then what is under way may end.
    pub async fn run(mut self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        loop {
            self.renew().await;
            self.write().await;
            self.fetch().await;
            self.start();
            let wake = self.wakes_at();
            tokio::select! {
                () = &mut stop => break,
                Some(ended) = self.tasks.join_next_with_id() => self.take_in(ended),
                () = tokio::time::sleep_until(wake) => {}
            }
            while let Some(ended) = self.tasks.try_join_next_with_id() {
                self.take_in(ended);
            }
        }
        self.part().await;
    }

    fn now(&self) -> Moment {
        (self.options.now)()
    }

    /// When there is something to do although no try has ended.
    fn wakes_at(&self) -> Instant {
        let idle = Instant::now() + self.options.every;
        let write = Some(self.write_at).filter(|_| !self.ended.is_empty());
        let fetch = Some(self.fetch_at).filter(|_| self.wants_more());
        [write, fetch, Some(self.renew_at)]
            .into_iter()
            .flatten()
            .fold(idle, Instant::min)
    }

    /// Takes or keeps the endpoint for this node.
    async fn renew(&mut self) {
        if Instant::now() < self.renew_at {
            return;
        }
        self.renew_at = Instant::now() + RENEW.min(self.options.every * 20);
        let now = self.now();
        let lease = self
            .store
            .lease(&self.lease, &self.options.node, now, LEASE);
        self.ours = match lease.await {
            Ok(fence) => fence.is_some(),
            Err(error) => {
                self.renew_at = Instant::now() + STORE_AGAIN;
                self.tell(&error);
                false
            }
        };
        if !self.ours {
            for left in self.queue.drain(..) {
                self.known.remove(&left.id);
            }
        }
    }

    fn wants_more(&self) -> bool {
        self.ours && self.queue.len() < FEW && self.circuit.rests_until(self.now()).is_none()
    }

    async fn fetch(&mut self) {
        if Instant::now() < self.fetch_at || !self.wants_more() {
            return;
        }
        // what is known stands first among what is due
        let limit = self.known.len() + FETCH;
        let now = self.now();
        let due = self.store.due_messages(self.line.name(), now, limit);
        let due = match due.await {
            Ok(due) => due,
            Err(error) => {
                self.fetch_at = Instant::now() + STORE_AGAIN;
                return self.tell(&error);
            }
        };
        if due.len() < limit {
            self.fetch_at = Instant::now() + self.options.every;
        }
        for message in due {
            if self.known.insert(message.id) {
                self.queue.push_back(message);
            }
        }
    }

    /// Sends as many as there is room for.
    fn start(&mut self) {
        let room = self.circuit.room(self.now(), self.options.connections);
        while self.ours && self.sending.len() < room {
            let Some(message) = self.queue.pop_front() else {
                return;
            };
            let (line, sent) = (self.line.clone(), message.clone());
            let task = self.tasks.spawn(async move { line.send(&sent).await });
            self.sending.insert(task.id(), message);
        }
    }

    fn take_in(&mut self, ended: Result<(Id, Answer), JoinError>) {
        let (task, answer) = match ended {
            Ok(ended) => ended,
            Err(error) => (
                error.id(),
                Answer::Lost("the program failed: please report it"),
            ),
        };
        let Some(message) = self.sending.remove(&task) else {
            return;
        };
        let (now, heard) = (self.now(), answer.heard());
        let rested = self.circuit.rests_until(now).is_some();
        self.circuit.answered(&answer, now, rand::random());
        self.count(heard);
        let told = match heard {
            Heard::Yes => Told::Delivered,
            Heard::NotNow | Heard::Refused => {
                let why = answer.why();
                if !rested && self.circuit.rests_until(now).is_some() {
                    let endpoint = self.line.name();
                    tracing::warn!(endpoint, why, "a webhook is left alone for a while");
                }
                let span = if heard == Heard::Refused {
                    wait::REFUSED
                } else {
                    wait::PASSING
                };
                let wait = wait::after(message.attempts.saturating_add(1), span, rand::random());
                let not_before = now.plus(wait.max(answer.wants().unwrap_or(0)));
                Told::Failed { not_before, why }
            }
        };
        if self.ended.is_empty() {
            self.write_at = Instant::now() + self.options.write_after;
        }
        self.ended.push(Tried {
            id: message.id,
            meter: message.meter,
            at: now,
            told,
        });
    }

    fn count(&self, heard: Heard) {
        let outcome = match heard {
            Heard::Yes => "heard",
            Heard::NotNow => "not-now",
            Heard::Refused => "refused",
        };
        let endpoint = self.line.name().to_owned();
        metrics::counter!("calinmeter_webhook_tries_total", "endpoint" => endpoint, "outcome" => outcome)
            .increment(1);
    }

    /// Writes what came of tries, many at once.
    async fn write(&mut self) {
        let due = self.ended.len() >= WRITE || Instant::now() >= self.write_at;
        if self.ended.is_empty() || !due {
            return;
        }
        match self.store.messages_ended(&self.ended).await {
            Ok(()) => {
                for tried in self.ended.drain(..) {
                    self.known.remove(&tried.id);
                }
            }
            Err(error) => {
                self.write_at = Instant::now() + STORE_AGAIN;
                self.tell(&error);
            }
        }
    }

    /// Lets what is under way end, and writes it down.
    async fn part(mut self) {
        let waits = async {
            while let Some(ended) = self.tasks.join_next_with_id().await {
                self.take_in(ended);
            }
        };
        if tokio::time::timeout(PARTING, waits).await.is_err() {
            tracing::debug!(
                endpoint = self.line.name(),
                "messages under way are sent again"
            );
        }
        self.write_at = Instant::now();
        self.write().await;
        if let Err(error) = self.store.release(&self.lease, &self.options.node).await {
            self.tell(&error);
        }
    }

    fn tell(&self, error: &StoreError) {
        tracing::warn!(endpoint = self.line.name(), %error, "the webhook's messages wait");
    }
}
