//! The outbox of the webhooks: messages stand in the transaction that they tell of, and stay until
//! they were heard.

use crate::error::StoreError;
use crate::message::{Message, MessageFilter, MessageId, NewMessage, Replay, Told, Tried, Waiting};
use crate::rounds::rounds;
use crate::sql::Kind::{Int, Text};
use crate::sql::{Arg, Cells, Kind, Rows, Session, again, args};
use crate::store::Store;
use fleet::Moment;

const COLUMNS: &str = "id, endpoint, kind, meter, at, body, attempts, not_before, tried_at, \
    delivered_at, outcome";

const NEW: &[(&str, Kind)] = &[
    ("id", Int),
    ("meter", Text),
    ("endpoint", Text),
    ("kind", Text),
    ("at", Int),
    ("body", Text),
];
const NEW_THEN: &str = "INSERT INTO hook_message (id, meter, endpoint, kind, at, body, attempts, \
    not_before) SELECT id, meter, endpoint, kind, at, body, 0, at FROM rows";

const TRIED: &[(&str, Kind)] = &[
    ("id", Int),
    ("meter", Text),
    ("at", Int),
    ("not_before", Int),
    ("why", Text),
];
/// One that was heard stays heard, whatever a later answer to an earlier try says.
const TRIED_THEN: &str = "UPDATE hook_message SET attempts = attempts + 1, tried_at = rows.at, \
    delivered_at = CASE WHEN rows.why IS NULL THEN rows.at END, \
    not_before = COALESCE(rows.not_before, hook_message.not_before), outcome = rows.why FROM rows \
    WHERE hook_message.id = rows.id AND hook_message.meter = rows.meter AND delivered_at IS NULL";

const IDS: &[(&str, Kind)] = &[("id", Int), ("at", Int)];
const AGAIN: &str = "attempts = 0, delivered_at = NULL, outcome = NULL";

/// Writes messages within a transaction; the ids stand in the order of the messages.
pub(crate) async fn post(
    session: &mut Session,
    messages: &[NewMessage],
) -> Result<Vec<MessageId>, StoreError> {
    if messages.is_empty() {
        return Ok(Vec::new());
    }
    let ids = session.ids("hook_message", messages.len()).await?;
    let mut rows = Rows::new(NEW);
    for (id, new) in ids.iter().zip(messages) {
        let NewMessage {
            endpoint,
            kind,
            meter,
            at,
            body,
        } = new;
        let meter = meter.as_ref().map_or("", |meter| meter.as_str());
        rows.push(args![*id, meter, endpoint, kind, *at, body]);
    }
    session.bulk(rows, NEW_THEN).await?;
    Ok(ids.into_iter().map(MessageId).collect())
}

impl Store {
    /// Writes messages that belong to no other change.
    pub async fn post_messages(
        &self,
        messages: &[NewMessage],
    ) -> Result<Vec<MessageId>, StoreError> {
        let mut session = self.write("write messages").await?;
        let ids = post(&mut session, messages).await?;
        session.commit().await?;
        Ok(ids)
    }

    /// What an endpoint is to be told now, longest due first. The same ones come again until
    /// [`Store::messages_ended`] was told of them.
    pub async fn due_messages(
        &self,
        endpoint: &str,
        now: Moment,
        limit: usize,
    ) -> Result<Vec<Message>, StoreError> {
        let mut session = self.read("list due messages").await?;
        let sql = format!(
            "SELECT {COLUMNS} FROM hook_message WHERE endpoint = $1 AND delivered_at IS NULL \
             AND not_before <= $2 ORDER BY not_before, id LIMIT $3"
        );
        let args = vec![endpoint.into(), now.into(), Arg::limit(limit)];
        session.rows(sql, args, message).await
    }

    /// Keeps what came of tries; of several tries of one message the last.
    pub async fn messages_ended(&self, tries: &[Tried]) -> Result<(), StoreError> {
        if tries.is_empty() {
            return Ok(());
        }
        again(|| self.messages_ended_once(tries)).await
    }

    async fn messages_ended_once(&self, tries: &[Tried]) -> Result<(), StoreError> {
        let mut session = self.write("keep what came of messages").await?;
        for round in rounds(tries.iter(), |tried| tried.id) {
            let mut rows = Rows::new(TRIED);
            for tried in round {
                let (not_before, why) = match &tried.told {
                    Told::Delivered => (None, None),
                    Told::Failed { not_before, why } => (Some(*not_before), Some(why.as_str())),
                };
                let meter = tried.meter.as_ref().map_or("", |meter| meter.as_str());
                rows.push(args![tried.id.0, meter, tried.at, not_before, why]);
            }
            session.bulk(rows, TRIED_THEN).await?;
        }
        session.commit().await
    }

    /// Messages, newest first.
    pub async fn messages(
        &self,
        filter: &MessageFilter,
        limit: usize,
    ) -> Result<Vec<Message>, StoreError> {
        let MessageFilter {
            endpoint,
            meter,
            delivered,
            before,
        } = filter;
        let heard = match delivered {
            None => "",
            Some(true) => " AND delivered_at IS NOT NULL",
            Some(false) => " AND delivered_at IS NULL",
        };
        let mut session = self.read("list messages").await?;
        let sql = format!(
            "SELECT {COLUMNS} FROM hook_message WHERE endpoint = COALESCE($1, endpoint) \
             AND meter = COALESCE($2, meter) AND id < $3{heard} ORDER BY id DESC LIMIT $4"
        );
        let meter = meter.as_ref().map(fleet::MeterNumber::as_str);
        let before = before.map_or(i64::MAX, |id| id.0);
        let args = vec![
            endpoint.into(),
            meter.into(),
            before.into(),
            Arg::limit(limit),
        ];
        session.rows(sql, args, message).await
    }

    /// Has messages told once more, whether they were heard or not; how many there were. Each
    /// keeps its number, so that who has heard it knows it again.
    pub async fn replay(&self, which: &Replay, now: Moment) -> Result<u64, StoreError> {
        again(|| self.replay_once(which, now)).await
    }

    async fn replay_once(&self, which: &Replay, now: Moment) -> Result<u64, StoreError> {
        let mut session = self.write("tell messages again").await?;
        let told = match which {
            Replay::Ids(ids) => {
                let mut ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
                ids.sort_unstable();
                ids.dedup();
                let mut rows = Rows::new(IDS);
                for id in ids {
                    rows.push(args![id, now]);
                }
                let then = format!(
                    "UPDATE hook_message SET {AGAIN}, not_before = rows.at FROM rows \
                     WHERE hook_message.id = rows.id"
                );
                session.bulk(rows, &then).await?
            }
            Replay::Since(since, endpoint) => {
                let sql = format!(
                    "UPDATE hook_message SET {AGAIN}, not_before = $1 \
                     WHERE at >= $2 AND endpoint = COALESCE($3, endpoint)"
                );
                let args = args![now, *since, endpoint];
                session.run(sql, args).await?
            }
        };
        session.commit().await?;
        Ok(told)
    }

    /// What each endpoint has not heard yet.
    pub async fn waiting_messages(&self) -> Result<Vec<Waiting>, StoreError> {
        let mut session = self.read("count waiting messages").await?;
        let sql = "SELECT endpoint, count(*), MIN(at) FROM hook_message \
                   WHERE delivered_at IS NULL GROUP BY endpoint ORDER BY endpoint";
        session.rows(sql, args![], waiting).await
    }

    /// Forgets messages that were heard before this moment, so many at once at most; how many.
    pub async fn sweep_messages(&self, before: Moment, limit: usize) -> Result<u64, StoreError> {
        let mut session = self.write("forget messages").await?;
        let sql = "DELETE FROM hook_message WHERE id IN (SELECT id FROM hook_message \
                   WHERE delivered_at < $1 ORDER BY delivered_at LIMIT $2)";
        let swept = session
            .run(sql, vec![before.into(), Arg::limit(limit)])
            .await?;
        session.commit().await?;
        Ok(swept)
    }
}

fn message(cells: &mut Cells<'_>) -> Result<Message, sqlx::Error> {
    Ok(Message {
        id: MessageId(cells.int()?),
        endpoint: cells.text()?,
        kind: cells.text()?,
        meter: cells.meter_or_none()?,
        at: cells.moment()?,
        body: cells.text()?,
        attempts: cells.small()?,
        not_before: cells.moment()?,
        tried_at: cells.maybe_moment()?,
        delivered_at: cells.maybe_moment()?,
        outcome: cells.maybe_text()?,
    })
}

fn waiting(cells: &mut Cells<'_>) -> Result<Waiting, sqlx::Error> {
    Ok(Waiting {
        endpoint: cells.text()?,
        messages: cells.count()?,
        oldest: cells.moment()?,
    })
}
