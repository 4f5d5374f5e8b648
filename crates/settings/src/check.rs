//! What a text may be. Each refusal says what to write; none repeats what may be a secret.

use crate::key::short;

/// Says why a text will not do, and what to write.
pub(crate) type Check = fn(&str) -> Result<(), String>;

/// The longest name or id; head-ends' own are under 40 characters.
const LONGEST: usize = 64;
/// Sources of answers that are no head-end.
const TAKEN: &[&str] = &["file", "person"];

/// Any text of one line with something in it.
pub(crate) fn some(text: &str) -> Result<(), String> {
    match text {
        "" => Err("nothing stands here: write it, or remove the line".to_owned()),
        text if text.chars().any(char::is_control) => {
            Err("this text has line breaks or other unseen characters: write it on one line".into())
        }
        _ => Ok(()),
    }
}

/// A name or an id: up to 64 characters.
pub(crate) fn id(text: &str) -> Result<(), String> {
    some(text)?;
    match text.chars().count() {
        ..=LONGEST => Ok(()),
        count => Err(format!(
            "{count} characters are too many: write {LONGEST} at most"
        )),
    }
}

/// A head-end's name, which also stands beside the answers it gave.
pub(crate) fn head_end(text: &str) -> Result<(), String> {
    id(text)?;
    if TAKEN.contains(&text) {
        return Err(format!(
            "\"{text}\" is said of answers that no head-end gave: choose another name"
        ));
    }
    Ok(())
}

/// The name of a file.
pub(crate) fn file(text: &str) -> Result<(), String> {
    some(text).map_err(|_| "write the name of a file, on one line".to_owned())
}

/// The name of a variable of the environment. People write the secret itself here, so it is not
/// repeated.
pub(crate) fn variable(text: &str) -> Result<(), String> {
    let plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let begins = text.starts_with(|c: char| c.is_ascii_uppercase() || c == '_');
    if begins && text.chars().all(plain) {
        return Ok(());
    }
    Err(
        "write the name of a variable in capitals, such as MAIN_PASSWORD, never the secret itself"
            .to_owned(),
    )
}

/// Where a head-end is: `http://host:port`.
pub(crate) fn web(text: &str) -> Result<(), String> {
    let rest = ["http://", "https://"]
        .iter()
        .find_map(|scheme| text.strip_prefix(scheme));
    let Some(rest) = rest else {
        return Err(
            "an address begins with http:// or https://: write one such as http://10.0.0.5:9310"
                .to_owned(),
        );
    };
    if rest.contains('@') {
        return Err(
            "the address holds a user or a password: write user and password_file instead"
                .to_owned(),
        );
    }
    let host = rest.strip_suffix('/').unwrap_or(rest);
    if host.contains(['/', '?', '#']) {
        return Err("write the address without a path, such as http://10.0.0.5:9310".to_owned());
    }
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
        _ => (host, None),
    };
    let name_fits = !name.is_empty() && !name.contains(char::is_whitespace);
    let port_fits = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    if name_fits && port_fits {
        return Ok(());
    }
    Err(format!(
        "\"{}\" is no address: write one such as http://10.0.0.5:9310",
        short(text)
    ))
}

/// A database's address.
pub(crate) fn database(text: &str) -> Result<(), String> {
    if text.starts_with("sqlite:") && text.len() > "sqlite:".len() {
        return Ok(());
    }
    let postgres = ["postgres://", "postgresql://"]
        .iter()
        .any(|scheme| text.starts_with(scheme));
    if postgres {
        return Ok(());
    }
    Err("write sqlite:calinmeter.db, or postgres://user@host/database".to_owned())
}

/// A time zone's name as the IANA list has it; whether it is listed is the caller's to look up.
pub(crate) fn zone(text: &str) -> Result<(), String> {
    let part = |part: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+');
        part.starts_with(|c: char| c.is_ascii_alphabetic()) && part.chars().all(plain)
    };
    let fits = text == "UTC" || (text.contains('/') && text.split('/').all(part));
    if fits && text.len() <= LONGEST {
        return Ok(());
    }
    Err(format!(
        "\"{}\" is no time zone: write its IANA name, such as Africa/Kampala",
        short(text)
    ))
}

/// One line for the card.
pub(crate) fn sentence(text: &str) -> Result<(), String> {
    some(text)?;
    match text.chars().count() {
        ..=200 => Ok(()),
        count => Err(format!(
            "{count} characters are too many for the card: write 200 at most"
        )),
    }
}

/// The address of a page or of an API's path, without user and password.
pub(crate) fn page(text: &str) -> Result<(), String> {
    let rest = ["http://", "https://"]
        .iter()
        .find_map(|scheme| text.strip_prefix(scheme));
    let host = rest.and_then(|rest| rest.split(['/', '?']).next());
    let Some(host) = host.filter(|host| !host.is_empty()) else {
        return Err("write an address such as https://billing.example.org/calinmeter".to_owned());
    };
    if host.contains('@') {
        return Err(
            "the address holds a user or a password: take them out, each message is signed"
                .to_owned(),
        );
    }
    if text.contains('#') || text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(
            "an address has no blanks and no #: write one such as https://billing.example.org/calinmeter"
                .to_owned(),
        );
    }
    Ok(())
}

/// Kinds of events: `command.verified`, `command.*` or `*`.
pub(crate) fn events(text: &str) -> Result<(), ()> {
    let word = |part: &str| {
        let plain =
            |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
        !part.is_empty() && part.chars().all(plain)
    };
    let body = text.strip_suffix(".*").unwrap_or(text);
    (text == "*" || body.split('.').all(word))
        .then_some(())
        .ok_or(())
}
