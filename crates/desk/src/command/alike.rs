//! What makes two wishes alike, and what a new one looks like to others.

use super::Record;
use commands::Kind;
use remedies::Wanted;
use sha2::{Digest as _, Sha256};
use store::{Command, CommandId, NewCommand};

/// Equal reads merge while the older one is not sent.
pub(super) fn merges(older: &Record, wanted: &Wanted, args: &str) -> bool {
    wanted.kind == Kind::Read
        && older.life().kind() == Kind::Read
        && older.state().is_unsent()
        && older.command.args == args
}

/// What is asked, in short. The token counts too, and cannot be read from it.
pub(super) fn digest(wanted: &Wanted, reason: &str, who: &str) -> String {
    let mut digest = Sha256::new();
    let args = wanted.args_json().to_string();
    let token = wanted.secret().map_or("", |token| token.reveal());
    for part in [wanted.kind.word(), &args, reason, who, token] {
        digest.update(part.len().to_be_bytes());
        digest.update(part.as_bytes());
    }
    let hex = |byte: &u8| format!("{byte:02x}");
    digest.finalize()[..16].iter().map(hex).collect()
}

/// A new command as the audit sees it.
pub(super) fn as_command(new: &NewCommand) -> Command {
    Command {
        id: CommandId {
            meter: new.meter.clone(),
            number: 0,
        },
        kind: new.kind.clone(),
        args: new.args.clone(),
        reason: new.reason.clone(),
        who: new.who.clone(),
        via: new.via.clone(),
        site: new.site.clone(),
        head_end: new.head_end.clone(),
        physical: new.physical,
        relay: new.relay,
        darkens: new.darkens,
        priority: new.priority,
        at: new.at,
        stand: new.stand.clone(),
        rev: 0,
        second: None,
        mark: None,
        task: None,
        before: None,
        proof: None,
        outcome: new.said.clone(),
        dispatched_at: None,
    }
}
