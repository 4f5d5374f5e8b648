//! The poller over a real store and a head-end that follows a script.

#[path = "../support/fake.rs"]
mod fake;
mod full;
mod held;
mod killed;
mod lease;
#[path = "../support/life.rs"]
mod life;
mod lost;
mod outage;
mod speed;
mod wishes;
