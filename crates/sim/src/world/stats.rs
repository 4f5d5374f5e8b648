//! How busy the lines were.

use super::World;
use crate::webhook::WebhookStats;
use serde::{Deserialize, Serialize};

/// What one gateway's line saw since the last reset.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatewayStats {
    /// The gateway.
    pub gateway: String,
    /// Tasks created and not ended, now.
    pub in_flight: usize,
    /// The most there ever were.
    pub most: usize,
    /// Creations while the limit was reached.
    pub breaches: u64,
    /// Tasks that came into the line.
    pub created: u64,
    /// Tasks that ended.
    pub ended: u64,
    /// Time in which tasks progressed, summed over tasks, milliseconds of the scene.
    pub busy_ms: i64,
    /// Time in which tasks could have progressed: the limit times the time that passed.
    pub capacity_ms: i64,
}

/// What all lines saw since the last reset.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stats {
    /// The last reset, milliseconds UTC of the scene.
    pub since_ms: i64,
    /// Now.
    pub now_ms: i64,
    /// Calls at all heads since the start, faults included.
    pub calls: u64,
    /// Line by line, in the scene's order.
    pub gateways: Vec<GatewayStats>,
    /// What was told by webhooks.
    #[serde(default)]
    pub webhook: WebhookStats,
}

impl Stats {
    /// How much of what could have been done was done, 0 to 1, over gateways that had work.
    pub fn utilisation(&self) -> f64 {
        let used = self.gateways.iter().filter(|g| g.created > 0);
        let (busy, capacity) = used.fold((0, 0), |(busy, capacity), g| {
            (busy + g.busy_ms, capacity + g.capacity_ms)
        });
        if capacity == 0 {
            return 0.0;
        }
        seconds(busy) / seconds(capacity)
    }

    /// Creations while a limit was reached, over all gateways.
    pub fn breaches(&self) -> u64 {
        self.gateways.iter().map(|g| g.breaches).sum()
    }

    /// The most tasks any gateway ever had at once.
    pub fn most(&self) -> usize {
        self.gateways.iter().map(|g| g.most).max().unwrap_or(0)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a ratio, shown in per cent")]
fn seconds(ms: i64) -> f64 {
    ms as f64 / 1000.0
}

impl World {
    /// How busy the lines were.
    pub(crate) fn stats(&mut self, now: i64) -> Stats {
        self.work_off_all(now);
        let limit = i64::try_from(self.scene.pace.in_flight).unwrap_or(0);
        let capacity_ms = limit * (now - self.since_ms).max(0);
        Stats {
            since_ms: self.since_ms,
            now_ms: now,
            calls: self.calls,
            webhook: self.hooks.stats(),
            gateways: self
                .lines
                .iter()
                .zip(&self.scene.gateways)
                .map(|(line, gateway)| GatewayStats {
                    gateway: gateway.id.clone(),
                    in_flight: line.in_flight(),
                    most: line.most,
                    breaches: line.breaches,
                    created: line.created,
                    ended: line.ended,
                    busy_ms: line.busy_ms,
                    capacity_ms,
                })
                .collect(),
        }
    }

    /// Begins to count anew; what is under way goes on.
    pub(crate) fn reset_stats(&mut self, now: i64) {
        self.work_off_all(now);
        self.since_ms = now;
        self.hooks.reset();
        for line in &mut self.lines {
            line.most = line.in_flight();
            (line.breaches, line.created, line.ended) = (0, 0, 0);
            line.busy_ms = 0;
        }
    }
}
