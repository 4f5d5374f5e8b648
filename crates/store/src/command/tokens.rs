//! The token ledger: who had which token made for what. The digits stay sealed until the command
//! has ended; afterwards nobody can read them here.

use super::CommandId;
use crate::error::StoreError;
use crate::sql::Kind::{Int, Text};
use crate::sql::{Arg, Cells, Kind, Rows, Session, args};
use crate::store::Store;
use fleet::{MeterNumber, Moment};

/// A token that a command is to deliver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewToken {
    /// When it was made or brought.
    pub at: Moment,
    /// What it is for.
    pub purpose: String,
    /// Whether our head-end made it for this command; else somebody brought it.
    pub minted: bool,
    /// What may be shown of it for ever.
    pub masked: String,
    /// What tells it from others without showing it.
    pub digest: String,
    /// The digits, encrypted by the desk.
    pub sealed: String,
}

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerRow {
    /// The command that it belongs to.
    pub id: CommandId,
    /// When it was made or brought.
    pub at: Moment,
    /// What it is for.
    pub purpose: String,
    /// Whether our head-end made it for this command.
    pub minted: bool,
    /// What may be shown of it.
    pub masked: String,
    /// Who asked for it, and why.
    pub who: String,
    /// Why.
    pub reason: String,
    /// Where the command stands.
    pub state: String,
}

const TOKEN: &[(&str, Kind)] = &[
    ("meter", Text),
    ("command", Int),
    ("at", Int),
    ("purpose", Text),
    ("minted", Int),
    ("masked", Text),
    ("digest", Text),
    ("sealed", Text),
];
const INSERT: &str = "INSERT INTO token (meter, command, at, purpose, minted, masked, digest, \
    sealed) SELECT meter, command, at, purpose, minted, masked, digest, sealed FROM rows \
    WHERE true ON CONFLICT (meter, command) DO NOTHING";
const IDS: &[(&str, Kind)] = &[("meter", Text), ("id", Int)];

impl Store {
    /// Keeps tokens that were made for commands. A command has one token: a second one is not kept.
    pub async fn keep_tokens(&self, made: &[(CommandId, NewToken)]) -> Result<(), StoreError> {
        let mut session = self.write("keep tokens").await?;
        let made: Vec<_> = made.iter().map(|(id, token)| (id.clone(), token)).collect();
        keep(&mut session, &made).await?;
        session.commit().await
    }

    /// The sealed digits of these commands' tokens, where they are still to be delivered.
    pub async fn sealed(
        &self,
        commands: &[CommandId],
    ) -> Result<Vec<(CommandId, String)>, StoreError> {
        let mut rows = Rows::new(IDS);
        for id in commands {
            rows.push(args![&id.meter, id.number]);
        }
        let then = "SELECT t.meter, t.command, t.sealed FROM rows CROSS JOIN token t \
                    WHERE t.meter = rows.meter AND t.command = rows.id AND t.sealed IS NOT NULL";
        let read = |cells: &mut Cells<'_>| Ok((super::row::id(cells)?, cells.text()?));
        let mut session = self.read("read sealed tokens").await?;
        session.bulk_rows(rows, then, read).await
    }

    /// The ledger, newest first; of one meter where it is named.
    pub async fn token_ledger(
        &self,
        meter: Option<&MeterNumber>,
        limit: usize,
    ) -> Result<Vec<LedgerRow>, StoreError> {
        let columns = "t.meter, t.command, t.at, t.purpose, t.minted, t.masked, c.who, c.reason, \
                       c.state FROM token t JOIN command c ON c.meter = t.meter AND c.id = t.command";
        let order = "ORDER BY t.at DESC, t.command DESC LIMIT";
        let mut session = self.read("read the token ledger").await?;
        let (holds, mut cells) = match meter {
            Some(meter) => ("WHERE t.meter = $1", vec![meter.into()]),
            None => ("", Vec::new()),
        };
        cells.push(Arg::limit(limit));
        let sql = format!("SELECT {columns} {holds} {order} ${}", cells.len());
        session.rows(sql, cells, ledger).await
    }
}

/// Keeps tokens within a transaction.
pub(super) async fn keep(
    session: &mut Session,
    made: &[(CommandId, &NewToken)],
) -> Result<(), StoreError> {
    let mut rows = Rows::new(TOKEN);
    for (id, token) in made {
        rows.push(args![
            &id.meter,
            id.number,
            token.at,
            &token.purpose,
            token.minted,
            &token.masked,
            &token.digest,
            &token.sealed,
        ]);
    }
    session.bulk(rows, INSERT).await.map(drop)
}

fn ledger(cells: &mut Cells<'_>) -> Result<LedgerRow, sqlx::Error> {
    Ok(LedgerRow {
        id: super::row::id(cells)?,
        at: cells.moment()?,
        purpose: cells.text()?,
        minted: cells.flag()?,
        masked: cells.text()?,
        who: cells.text()?,
        reason: cells.text()?,
        state: cells.text()?,
    })
}
