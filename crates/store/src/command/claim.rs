//! Who works on which commands.

use super::{Command, CommandId, row};
use crate::error::StoreError;
use crate::sql::Kind::{Int, Text};
use crate::sql::{Arg, Cells, Kind, Rows, again, args};
use crate::store::Store;
use fleet::{MeterNumber, Moment};

const IDS: &[(&str, Kind)] = &[("meter", Text), ("id", Int)];
const METERS: &[(&str, Kind)] = &[("meter", Text)];

impl Store {
    /// Takes commands of this head-end over that are to be worked on and that the holder of this
    /// fence has not seen yet, oldest first. Those that wait for a second person are nobody's work.
    pub async fn claim(
        &self,
        head_end: &str,
        fence: i64,
        limit: usize,
    ) -> Result<Vec<Command>, StoreError> {
        // two ranges of the index: "unlike" alone would read everything that is worked on
        let open = |taken| {
            format!(
                "SELECT meter, id FROM command WHERE head_end = $1 AND deadline IS NOT NULL \
                 AND {taken} AND state <> 'proposed'"
            )
        };
        let open = format!("{} UNION ALL {}", open("taken < $2"), open("taken > $2"));
        // a look that finds nothing is all there is to do most of the time, and disturbs nobody
        let mut session = self.read("look for commands").await?;
        let sql = format!("SELECT o.id FROM ({open}) o LIMIT 1");
        let any = session
            .first(sql, args![head_end, fence], crate::sql::int)
            .await?;
        drop(session);
        if any.is_none() {
            return Ok(Vec::new());
        }
        let sql = format!(
            "UPDATE command SET taken = $2 WHERE (meter, id) IN \
             (SELECT o.meter, o.id FROM ({open}) o ORDER BY o.id LIMIT $3) \
             RETURNING {}",
            row::COLUMNS
        );
        let mut commands = again(|| async {
            let mut session = self.write("take commands over").await?;
            let mut cells = args![head_end, fence];
            cells.push(Arg::limit(limit));
            let commands = session.rows(sql.clone(), cells, row::command).await?;
            session.commit().await?;
            Ok(commands)
        })
        .await?;
        commands.sort_by_key(|command| command.id.number);
        Ok(commands)
    }

    /// Commands by their ids; those that are not there are left out.
    pub async fn commands_by_id(&self, ids: &[CommandId]) -> Result<Vec<Command>, StoreError> {
        let mut rows = Rows::new(IDS);
        for id in ids {
            rows.push(args![&id.meter, id.number]);
        }
        let then = format!(
            "SELECT {} FROM rows CROSS JOIN command \
             WHERE command.meter = rows.meter AND command.id = rows.id",
            row::COLUMNS
        );
        let mut session = self.read("look commands up").await?;
        session.bulk_rows(rows, &then, row::command).await
    }

    /// The commands of these meters about which something is still done.
    pub async fn open_commands(&self, meters: &[MeterNumber]) -> Result<Vec<Command>, StoreError> {
        let mut rows = Rows::new(METERS);
        for meter in meters {
            rows.push(args![meter]);
        }
        let then = format!(
            "SELECT {} FROM rows CROSS JOIN command \
             WHERE command.meter = rows.meter AND command.deadline IS NOT NULL ORDER BY command.id",
            row::COLUMNS
        );
        let mut session = self.read("list open commands").await?;
        session.bulk_rows(rows, &then, row::command).await
    }

    /// Commands whose time is over where they stand, the most overdue first.
    pub async fn overdue_commands(
        &self,
        now: Moment,
        limit: usize,
    ) -> Result<Vec<Command>, StoreError> {
        let sql = format!(
            "SELECT {} FROM command WHERE deadline <= $1 ORDER BY deadline LIMIT $2",
            row::COLUMNS
        );
        let mut session = self.read("list overdue commands").await?;
        session
            .rows(sql, vec![now.into(), Arg::limit(limit)], row::command)
            .await
    }

    /// Since when the oldest command stands in each state in which something is still done about any.
    pub async fn oldest_commands(&self) -> Result<Vec<(String, Moment)>, StoreError> {
        let mut session = self.read("look for the oldest commands").await?;
        let sql = "SELECT state, MIN(since) FROM command WHERE deadline IS NOT NULL \
                   GROUP BY state ORDER BY 1";
        let read = |cells: &mut Cells<'_>| Ok((cells.text()?, cells.moment()?));
        session.rows(sql, args![], read).await
    }
}
