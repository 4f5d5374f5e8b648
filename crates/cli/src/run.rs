//! What every command needs that opens the store: the runtime, the store, the clock.

use crate::setup::Setup;
use anyhow::Context;
use desk::Clock;
use fleet::Moment;
use std::future::Future;
use store::{OpenOptions, Store};

/// Runs a command's future to its end.
pub(crate) fn to_the_end<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the program could not start its own threads")?;
    let ended = runtime.block_on(work);
    // what still runs in the background belongs to a command that is over
    runtime.shutdown_background();
    ended
}

/// The clock of ordinary work.
pub(crate) fn clock() -> Clock {
    Clock::running(1)
}

/// Opens the store, migrating it forward after a backup.
pub(crate) async fn open_store(setup: &Setup) -> anyhow::Result<Store> {
    let url = setup.store_url()?;
    let options = OpenOptions {
        backup_before_migration: Some(setup.backups()),
        ..OpenOptions::default()
    };
    Ok(Store::open(url.reveal(), options).await?)
}

/// A moment as programs read it; `-` where it lies outside the calendar.
pub(crate) fn iso(moment: Moment) -> String {
    jiff::Timestamp::from_millisecond(moment.0)
        .map_or_else(|_| "-".to_owned(), |stamp| stamp.to_string())
}

/// An age of less than a second.
pub(crate) const NOW: &str = "now";

/// How long ago, in the one unit that matters: `4 min`, `3 h`, `12 d`.
pub(crate) fn age(moment: Moment, now: Moment) -> String {
    const UNITS: &[(i64, &str)] = &[
        (fleet::DAY, "d"),
        (fleet::HOUR, "h"),
        (fleet::MINUTE, "min"),
        (fleet::SECOND, "s"),
    ];
    let passed = now.since(moment).max(0);
    let unit = UNITS.iter().find(|(length, _)| passed >= *length);
    unit.map_or_else(
        || NOW.to_owned(),
        |(length, unit)| format!("{} {unit}", passed / length),
    )
}

/// Reads a moment that a person typed, with its offset from UTC.
pub(crate) fn typed_moment(text: &str) -> anyhow::Result<Moment> {
    let stamp: jiff::Timestamp = text.parse().with_context(|| {
        format!("\"{text}\" is no time: write it with its offset, as in 2026-11-23T14:05+03:00")
    })?;
    Ok(Moment(stamp.as_millisecond()))
}
