//! The configuration file `calinmeter.toml`: what it may say, its defaults and their reasons.
//!
//! Every key stands once, in a table that parses it, checks it and prints it. This room is handed
//! text and gives values: it opens no file, reads no environment, and never holds a secret; it
//! says in which file or variable the caller finds one.
//!
//! ```
//! use settings::Settings;
//! let settings = Settings::parse("[polling]\nroutine_every = \"4h\"\n")?;
//! assert_eq!(settings.polling.routine_every, 4 * fleet::HOUR);
//! let wrong = Settings::parse("[polling]\nroutine_evry = \"4h\"\n").unwrap_err();
//! assert!(wrong.to_string().starts_with("calinmeter.toml:2:1: polling.routine_evry: "));
//! # Ok::<(), settings::SettingsError>(())
//! ```
#![warn(clippy::disallowed_methods)]

mod annotated;
mod check;
mod duration;
mod environment;
mod error;
mod given;
mod key;
mod place;
mod reader;
mod root;
mod secret_at;
mod sections;

pub use error::{Problem, SettingsError};
pub use place::Place;
pub use root::Settings;
pub use secret_at::SecretAt;
pub use sections::{
    Audit, Cases, Commands, Family, HeadEnd, Override, Polling, Row, Secrets, Server, Site,
    SiteDefaults, Store, Vocabulary, Webhook,
};
