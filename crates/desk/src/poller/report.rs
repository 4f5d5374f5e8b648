//! How a poller is doing, for pages and probes.

use fleet::Moment;

/// How one head-end's poller is doing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PollerStatus {
    /// The head-end.
    pub head_end: String,
    /// Whether this process asks it: another one may hold the lease.
    pub leads: bool,
    /// Since when it is down and why; nothing while it is up.
    pub down: Option<(Option<Moment>, String)>,
    /// When the poller last went round.
    pub heartbeat: Option<Moment>,
    /// Meters it asks.
    pub meters: usize,
    /// Slots that are held.
    pub in_flight: usize,
    /// Requests and evidence that wait to be asked.
    pub waiting: usize,
    /// How long the most overdue meter has been due, milliseconds.
    pub overdue: i64,
    /// When an answer was last taken in.
    pub answered_at: Option<Moment>,
    /// Why the store takes nothing in; nothing while it does.
    pub store_trouble: Option<String>,
}

impl PollerStatus {
    /// One that has not gone round yet.
    pub(super) fn new(head_end: &str) -> Self {
        Self {
            head_end: head_end.to_owned(),
            ..Self::default()
        }
    }
}
