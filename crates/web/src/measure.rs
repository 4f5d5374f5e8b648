//! Figures for Prometheus.

use crate::{HealthSource, tally::Tallied};
use axum::http::StatusCode;
use catalogue::Decision;
use metrics::{gauge, histogram};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use std::time::Duration;

/// Upper edges of the classes of every duration, seconds.
const SECONDS: &[f64] = &[
    0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0,
];
/// How often measures are folded together while nobody reads them.
const FOLD_EVERY: Duration = Duration::from_secs(5);

/// Begins to measure, for the whole program; may be called once. What comes back goes into
/// [`State::metrics`](crate::State::metrics) and [`upkeep`].
pub fn install_recorder() -> Result<PrometheusHandle, BuildError> {
    PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), SECONDS)?
        .install_recorder()
}

/// Keeps the measures small while nobody reads them; runs until it is dropped.
pub async fn upkeep(metrics: PrometheusHandle) {
    let mut beat = tokio::time::interval(FOLD_EVERY);
    loop {
        beat.tick().await;
        metrics.run_upkeep();
    }
}

/// A request was answered. The path is the route's, so that meters do not become series.
pub(crate) fn request(method: &str, path: &str, status: StatusCode, took: Duration) {
    histogram!(
        "http_request_duration_seconds",
        "method" => known(method),
        "path" => path.to_owned(),
        "status" => status.as_str().to_owned(),
    )
    .record(took.as_secs_f64());
}

/// A method by its name; anybody may invent one, and none of those becomes a series.
fn known(method: &str) -> &'static str {
    ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]
        .into_iter()
        .find(|known| *known == method)
        .unwrap_or("other")
}

/// How the head-ends are doing at this moment.
pub(crate) fn health(health: &dyn HealthSource) {
    for head_end in health.head_ends() {
        let name = head_end.name;
        gauge!("head_end_up", "head_end" => name.clone()).set(if head_end.up { 1.0 } else { 0.0 });
        gauge!("head_end_in_flight", "head_end" => name.clone()).set(f64::from(head_end.in_flight));
        gauge!("head_end_waiting", "head_end" => name).set(f64::from(head_end.waiting));
    }
}

/// How much there is to do at this moment.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub(crate) fn work(tally: &store::Tally) {
    let counts = Tallied::of(tally).at(None);
    for decision in Decision::ALL {
        let count = counts.of(*decision).0;
        gauge!("open_cases", "decision" => decision.word()).set(count as f64);
    }
    gauge!("explained_cases").set(tally.explained as f64);
    gauge!("meters").set(tally.meters as f64);
    gauge!("meters_at_ease").set(tally.at_ease as f64);
    gauge!("meters_unjudged").set(tally.unjudged as f64);
}
