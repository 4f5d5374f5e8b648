//! The configuration file: what it may say, and how it is refused.

mod annotated;
mod commands;
mod environment;
mod head_ends;
mod refused;
mod tables;
mod webhooks;

use settings::{Settings, SettingsError};

/// The settings that a text gives.
fn read(text: &str) -> Settings {
    Settings::parse(text).unwrap_or_else(|error| panic!("{error}"))
}

/// What is said of a text that is refused.
fn refusal(text: &str) -> String {
    error(text).to_string()
}

fn error(text: &str) -> SettingsError {
    Settings::parse(text).expect_err("refused")
}

/// A head-end with everything that it needs.
const HEAD_END: &str = "\
[[head_end]]
name = \"main\"
dialect = \"station\"
url = \"http://127.0.0.1:9310\"
user = \"ops\"
password_file = \"secrets/main\"
";
