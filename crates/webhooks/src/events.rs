//! Which events an endpoint wants.

use crate::error::WebhookError;

/// The kinds of events that an endpoint wants: `command.verified` itself, `command.*` for all that
/// begin so, `*` for everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Events(Vec<String>);

impl Events {
    /// Reads patterns; without any, every event is wanted.
    pub fn parse<'p>(patterns: impl IntoIterator<Item = &'p str>) -> Result<Self, WebhookError> {
        let patterns: Result<Vec<String>, _> = patterns.into_iter().map(pattern).collect();
        patterns.map(Self)
    }

    /// Whether an event of this kind is wanted.
    pub fn want(&self, kind: &str) -> bool {
        self.0.is_empty() || self.0.iter().any(|pattern| matches(pattern, kind))
    }
}

/// A word of small letters, digits, dashes, with dots between; a star may stand for the last part.
fn pattern(text: &str) -> Result<String, WebhookError> {
    let word = |part: &str| {
        let plain =
            |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
        !part.is_empty() && part.chars().all(plain)
    };
    let body = match text.strip_suffix(".*") {
        Some(body) => body,
        None if text == "*" => return Ok(text.to_owned()),
        None => text,
    };
    if body.split('.').all(word) {
        return Ok(text.to_owned());
    }
    Err(WebhookError::Events(text.chars().take(40).collect()))
}

fn matches(pattern: &str, kind: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(begins) => kind.starts_with(begins),
        None => kind == pattern,
    }
}

#[cfg(test)]
mod tests {
    use super::Events;

    #[test]
    fn a_pattern_wants_what_it_names() {
        for (patterns, kind, wanted) in [
            (&["command.verified"][..], "command.verified", true),
            (&["command.verified"], "command.failed", false),
            (&["command.verified"], "command.verified.late", false),
            (&["command.*"], "command.failed", true),
            (&["command.*"], "command", false),
            (&["command.*"], "commands.failed", false),
            (&["command.*"], "old.command.failed", false),
            (&["case.*", "command.failed"], "command.failed", true),
            (&["*"], "anchor", true),
            (&[], "anchor", true),
        ] {
            let events = Events::parse(patterns.iter().copied()).expect("patterns");
            assert_eq!(events.want(kind), wanted, "{patterns:?} {kind}");
        }
    }

    #[test]
    fn a_slip_of_the_pen_is_no_silent_endpoint() {
        for not in [
            "",
            "Command.*",
            "command*",
            "*.failed",
            "command..failed",
            ".*",
            "a b",
        ] {
            assert!(Events::parse([not]).is_err(), "{not}");
        }
    }
}
