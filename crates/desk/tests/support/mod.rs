//! What the tests of planner and poller share.
#![allow(dead_code, reason = "each test file uses its own part")]

pub(crate) mod world;
