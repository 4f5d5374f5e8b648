//! The configuration file: what it may say, its defaults and their reasons.
#![warn(clippy::disallowed_methods)]
