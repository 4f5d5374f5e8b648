//! How many commands stand where, and how long the oldest of them have stood there.

use crate::server::Server;
use fleet::Moment;
use metrics::gauge;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use store::{CommandTally, StoreError};

/// Commands are counted no more often: it takes a look at all of them.
const EVERY: Duration = Duration::from_secs(10);

/// When commands were last counted.
#[derive(Debug, Default)]
pub(crate) struct Counted(Mutex<Option<Instant>>);

impl Counted {
    /// Whether it is time to count; then it was.
    fn is_time(&self) -> bool {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let due = last.is_none_or(|last| last.elapsed() >= EVERY);
        if due {
            *last = Some(Instant::now());
        }
        due
    }
}

/// Counts the commands for Prometheus, if it is time.
pub(crate) async fn commands(desk: &Server) -> Result<(), StoreError> {
    if !desk.counted.is_time() {
        return Ok(());
    }
    let tally = desk.store.command_tally().await?;
    let oldest = desk.store.oldest_commands().await?;
    standing(&tally);
    waiting(&oldest.into_iter().collect(), desk.clock.now());
    Ok(())
}

/// Every kind in every state: a place that empties shows nothing, not its last figure.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn standing(tally: &[CommandTally]) {
    for kind in commands::Kind::all().map(commands::Kind::word) {
        for state in commands::State::all().map(commands::State::word) {
            let here = tally
                .iter()
                .find(|row| row.kind == kind && row.state == state);
            let many = here.map_or(0, |row| row.many);
            gauge!("calinmeter_commands", "kind" => kind, "state" => state).set(many as f64);
        }
    }
}

/// How long the oldest command stands in each state from which it still has to go on.
#[expect(clippy::cast_precision_loss, reason = "ages stay far below 2^53")]
fn waiting(oldest: &BTreeMap<String, Moment>, now: Moment) {
    let open = commands::State::all().filter(|state| !state.is_terminal());
    for state in open.map(commands::State::word) {
        let since = oldest.get(state);
        let age = since.map_or(0, |since| now.since(*since).max(0));
        gauge!("calinmeter_command_oldest_seconds", "state" => state).set(age as f64 / 1000.0);
    }
}
