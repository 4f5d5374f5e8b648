//! Commands for people: lists, one with its story, and how many stand where.

use super::{Command, CommandEvent, CommandId, row};
use crate::error::StoreError;
use crate::sql::{Arg, Cells, args};
use crate::store::Store;
use fleet::MeterNumber;

/// Which commands are wanted; all conditions hold together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommandFilter {
    /// Of this meter.
    pub meter: Option<MeterNumber>,
    /// Of this site.
    pub site: Option<String>,
    /// In this state.
    pub state: Option<String>,
    /// Of this kind.
    pub kind: Option<String>,
    /// Only those about which something is still done.
    pub open: bool,
    /// Older than the one with this number: for the next page.
    pub before: Option<i64>,
}

/// How many commands of a kind stand in a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandTally {
    /// The kind's word.
    pub kind: String,
    /// The state's word.
    pub state: String,
    /// How many.
    pub many: u64,
}

impl Store {
    /// Commands, newest first.
    pub async fn commands(
        &self,
        filter: &CommandFilter,
        limit: usize,
    ) -> Result<Vec<Command>, StoreError> {
        let mut cells: Vec<Arg> = Vec::new();
        let mut holds: Vec<String> = Vec::new();
        let mut is = |column: &str, compares: &str, arg: Option<Arg>| {
            if let Some(arg) = arg {
                cells.push(arg);
                holds.push(format!("{column} {compares} ${}", cells.len()));
            }
        };
        is("meter", "=", filter.meter.as_ref().map(Arg::from));
        is("site", "=", filter.site.as_ref().map(Arg::from));
        is("state", "=", filter.state.as_ref().map(Arg::from));
        is("kind", "=", filter.kind.as_ref().map(Arg::from));
        is("id", "<", filter.before.map(Arg::from));
        if filter.open {
            holds.push("deadline IS NOT NULL".to_owned());
        }
        let holds = if holds.is_empty() {
            String::new()
        } else {
            format!("WHERE {}", holds.join(" AND "))
        };
        cells.push(Arg::limit(limit));
        let sql = format!(
            "SELECT {} FROM command {holds} ORDER BY id DESC LIMIT ${}",
            row::COLUMNS,
            cells.len()
        );
        let mut session = self.read("list commands").await?;
        session.rows(sql, cells, row::command).await
    }

    /// One command, with everything that happened to it.
    pub async fn command(
        &self,
        id: &CommandId,
    ) -> Result<Option<(Command, Vec<CommandEvent>)>, StoreError> {
        let mut session = self.read("look a command up").await?;
        let sql = format!(
            "SELECT {} FROM command WHERE meter = $1 AND id = $2",
            row::COLUMNS
        );
        let args = args![&id.meter, id.number];
        let Some(command) = session.first(sql, args.clone(), row::command).await? else {
            return Ok(None);
        };
        let sql = "SELECT rev, at, event, state, who, said FROM command_event \
                   WHERE meter = $1 AND command = $2 ORDER BY rev";
        let events = session.rows(sql, args, event).await?;
        Ok(Some((command, events)))
    }

    /// The oldest command about which something is still done.
    pub async fn oldest_open_command(&self) -> Result<Option<Command>, StoreError> {
        let sql = format!(
            "SELECT {} FROM command WHERE deadline IS NOT NULL ORDER BY at, id LIMIT 1",
            row::COLUMNS
        );
        let mut session = self.read("look for the oldest command").await?;
        session.first(sql, args![], row::command).await
    }

    /// How many commands stand where.
    pub async fn command_tally(&self) -> Result<Vec<CommandTally>, StoreError> {
        let mut session = self.read("count commands").await?;
        let sql = "SELECT kind, state, count(*) FROM command GROUP BY kind, state ORDER BY 1, 2";
        session.rows(sql, args![], tally).await
    }
}

fn tally(cells: &mut Cells<'_>) -> Result<CommandTally, sqlx::Error> {
    Ok(CommandTally {
        kind: cells.text()?,
        state: cells.text()?,
        many: cells.count()?,
    })
}

fn event(cells: &mut Cells<'_>) -> Result<CommandEvent, sqlx::Error> {
    Ok(CommandEvent {
        rev: cells.int()?,
        at: cells.moment()?,
        event: cells.text()?,
        state: cells.text()?,
        who: cells.maybe_text()?,
        said: cells.maybe_text()?,
    })
}
