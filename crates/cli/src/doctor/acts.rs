//! What may keep commands from being done, and others from hearing of it.

use super::{Finding, How, fine, look, wrong};
use crate::office::{Place, place};
use crate::run::{age, iso};
use crate::setup::Setup;
use fleet::{HOUR, Moment};
use std::path::Path;
use store::Store;

/// A message that waits for longer is looked at.
const WAITS: i64 = HOUR;

/// Looks at commands, webhooks and the key that seals tokens.
pub(super) async fn examine(setup: &Setup, store: &Store, now: Moment) -> Vec<Finding> {
    let mut found = match of_commands(setup, store, now).await {
        Ok(found) => found,
        Err(error) => vec![wrong("commands", &error)],
    };
    match of_webhooks(setup, store, now).await {
        Ok(more) => found.extend(more),
        Err(error) => found.push(wrong("webhooks", &error)),
    }
    found.push(of_key(setup, store.file()));
    found
}

async fn of_commands(setup: &Setup, store: &Store, now: Moment) -> anyhow::Result<Vec<Finding>> {
    let mut found = vec![match store.stop().await? {
        None => fine("acts", "not stopped".to_owned()),
        Some(stop) => look(
            "acts",
            &format!(
                "stopped by {} since {}: {}; calinmeter command lift lets them go on",
                stop.who,
                iso(stop.at),
                stop.why
            ),
        ),
    }];
    if !setup.settings.commands.second_person {
        found.push(look(
            "second person",
            "commands.second_person is false: one person alone may darken a home",
        ));
    }
    match store.oldest_open_command().await? {
        None => found.push(fine("open commands", "none".to_owned())),
        Some(oldest) => {
            let says = format!(
                "the oldest is {}, {} for {}",
                oldest.id,
                oldest.stand.state,
                age(oldest.at, now)
            );
            let idle = crate::command::idle(store, &[oldest.id]).await?;
            found.push(match idle.into_iter().next() {
                None => fine("open commands", says),
                Some(head_end) => look(
                    "open commands",
                    &format!("{says}; nobody asks the head-end {head_end}: start calinmeter serve"),
                ),
            });
        }
    }
    let unknown = commands::State::Unknown.word();
    let tally = store.command_tally().await?;
    let many: u64 = tally
        .iter()
        .filter(|tally| tally.state == unknown)
        .map(|tally| tally.many)
        .sum();
    if many > 0 {
        found.push(look(
            "unknown commands",
            &format!(
                "{many}: nobody knows yet whether they were carried out; calinmeter command list \
                 --state unknown"
            ),
        ));
    }
    Ok(found)
}

async fn of_webhooks(setup: &Setup, store: &Store, now: Moment) -> anyhow::Result<Vec<Finding>> {
    let mut found = Vec::new();
    for webhook in &setup.settings.webhooks {
        if let Err(error) = crate::telling::endpoint(setup, webhook) {
            found.push(wrong(&format!("webhook {}", webhook.name), &error));
        }
    }
    for waiting in store.waiting_messages().await? {
        let what = format!("webhook {}", waiting.endpoint);
        let mut names = setup.settings.webhooks.iter();
        let known = names.any(|webhook| webhook.name == waiting.endpoint);
        let says = format!(
            "{} message(s) wait, the oldest for {}",
            waiting.messages,
            age(waiting.oldest, now)
        );
        let old = now.since(waiting.oldest) > WAITS;
        found.push(match (known, old) {
            (false, _) => look(&what, &format!("{says}; it is not in the configuration")),
            (true, true) => look(
                &what,
                &format!("{says}; calinmeter webhook list --waiting says why"),
            ),
            (true, false) => fine(&what, says),
        });
    }
    Ok(found)
}

/// The key that seals tokens: there, of its length, and for nobody else to read.
fn of_key(setup: &Setup, database: Option<&Path>) -> Finding {
    const WHAT: &str = "token key";
    let (path, shared) = match place(setup, database) {
        Place::Alone(path) => (path, false),
        Place::Shared(path) => (path, true),
        Place::Nowhere => {
            let says = "PostgreSQL nodes need one key together: name it with \
                        commands.token_key_file";
            return bad(WHAT, says.to_owned());
        }
    };
    let shown = path.display();
    match std::fs::metadata(&path) {
        Err(_) if shared => bad(
            WHAT,
            format!("{shown} cannot be read: give this node the key of the others"),
        ),
        Err(_) => fine(
            WHAT,
            format!("{shown} is made by the first calinmeter serve"),
        ),
        Ok(_) if is_open(&path) => bad(
            WHAT,
            format!("{shown} can be read by others: chmod 600 {shown}"),
        ),
        Ok(found) if found.len() != 32 => bad(
            WHAT,
            format!("{shown} is no key of 32 bytes: put the one back that was there"),
        ),
        Ok(_) => fine(WHAT, format!("{shown} is readable by its owner only")),
    }
}

#[cfg(unix)]
fn is_open(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(path).map(|found| found.permissions().mode());
    mode.is_ok_and(|mode| mode & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open(_: &Path) -> bool {
    false
}

fn bad(what: &str, says: String) -> Finding {
    Finding {
        what: what.to_owned(),
        how: How::Wrong,
        says,
    }
}
