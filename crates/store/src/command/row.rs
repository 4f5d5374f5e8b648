//! A command as a row.

use super::{Command, CommandId, Stand};
use crate::sql::Cells;

/// What is read of a command, in this order.
pub(super) const COLUMNS: &str = "command.meter, command.id, command.kind, command.args, \
    command.reason, command.who, command.via, command.site, command.head_end, command.physical, \
    command.relay, command.darkens, command.priority, command.at, command.state, command.since, \
    command.deadline, command.queue_until, command.sent_at, command.rev, command.second, \
    command.mark, command.task, command.before, command.proof, command.outcome, \
    command.dispatched_at";

pub(super) fn command(cells: &mut Cells<'_>) -> Result<Command, sqlx::Error> {
    Ok(Command {
        id: id(cells)?,
        kind: cells.text()?,
        args: cells.text()?,
        reason: cells.text()?,
        who: cells.text()?,
        via: cells.text()?,
        site: cells.maybe_text()?,
        head_end: cells.text()?,
        physical: cells.flag()?,
        relay: cells.flag()?,
        darkens: cells.flag()?,
        priority: cells.small()?,
        at: cells.moment()?,
        stand: Stand {
            state: cells.text()?,
            since: cells.moment()?,
            deadline: cells.maybe_moment()?,
            queue_until: cells.maybe_moment()?,
            sent_at: cells.maybe_moment()?,
        },
        rev: cells.int()?,
        second: cells.maybe_text()?,
        mark: cells.maybe_text()?,
        task: cells.maybe_text()?,
        before: cells.maybe_text()?,
        proof: cells.maybe_text()?,
        outcome: cells.maybe_text()?,
        dispatched_at: cells.maybe_moment()?,
    })
}

/// A meter and a number.
pub(super) fn id(cells: &mut Cells<'_>) -> Result<CommandId, sqlx::Error> {
    Ok(CommandId {
        meter: cells.meter()?,
        number: cells.int()?,
    })
}
