//! Whether anybody sends what was asked for.

use desk::poller::lease_name;
use std::collections::BTreeSet;
use store::{Command, CommandId, Store};

/// The head-ends of these open commands that nobody asks now.
pub(crate) async fn idle(store: &Store, ids: &[CommandId]) -> anyhow::Result<BTreeSet<String>> {
    let now = crate::run::clock().now();
    let commands = store.commands_by_id(ids).await?;
    let open = |command: Command| command.stand.deadline.map(|_| command.head_end);
    let head_ends: BTreeSet<String> = commands.into_iter().filter_map(open).collect();
    let mut idle = BTreeSet::new();
    for head_end in head_ends {
        if !store.is_leased(&lease_name(&head_end), now).await? {
            idle.insert(head_end);
        }
    }
    Ok(idle)
}

/// Says so where nobody sends.
pub(super) async fn warn(store: &Store, ids: &[CommandId]) -> anyhow::Result<()> {
    for head_end in idle(store, ids).await? {
        eprintln!("calinmeter: nobody sends to the head-end {head_end}: start calinmeter serve");
    }
    Ok(())
}
