//! Creating tasks, and looking at them by id. Source: facts 3.2.

use super::Concentrator;
use super::items::{RELAY_OFF, RELAY_ON, SEND_TOKEN, SET_CLOCK};
use crate::batch::Batch;
use crate::fields::{self, Row};
use crate::paths::task_path;
use crate::refusal::{Answered, no, not_offered};
use crate::task_row;
use crate::transport::Call;
use crate::{dates, token};
use asking::{Act, Ask, Polled, RefusalKind, TaskId, TaskState, Watched};
use serde_json::value::RawValue;
use serde_json::{Value, json};

impl Concentrator {
    pub(super) async fn create_task(&self, ask: &Ask) -> Answered<TaskId> {
        let task = self.worded(ask)?;
        let path = task_path("Create", ask.act.sort());
        let call = Call::post(path, Value::Array(vec![task]));
        let call = call.physical(!ask.act.may_repeat());
        self.signed.ask(call).await?.created().map(TaskId)
    }

    pub(super) async fn create_tasks(&self, asks: &[Ask]) -> Answered<Vec<Answered<TaskId>>> {
        let batch = Batch::of(asks, self.creates, |ask| self.worded(ask))?;
        batch.send(&self.signed).await
    }

    /// One row of a create.
    fn worded(&self, ask: &Ask) -> Answered<Value> {
        let (protocol, data) = self.wanted(&ask.act)?;
        let mut task = json!({
            "meterId": ask.meter.as_str(),
            "protocolId": protocol,
            "customerId": ask.customer.as_deref().unwrap_or_default(),
            "company": self.company,
        });
        if let Some(data) = data {
            task["data"] = data.into();
        }
        Ok(task)
    }

    /// Protocol id and data of an act.
    fn wanted(&self, act: &Act) -> Answered<(u32, Option<String>)> {
        match act {
            Act::Read(item) => {
                let asks = self.items.asks(*item).and_then(|asks| asks.parse().ok());
                Ok((asks.ok_or_else(|| not_offered(item.word()))?, None))
            }
            Act::Reconnect => Ok((RELAY_ON, None)),
            Act::Disconnect => Ok((RELAY_OFF, None)),
            Act::SetClock(at) => match dates::local_time(at) {
                Some(_) => Ok((SET_CLOCK, Some(at.clone()))),
                None => Err(no(RefusalKind::BadRequest, "the clock is set to no time")),
            },
            Act::DeliverToken(given) => match token::digits(given.reveal()) {
                Some(digits) => Ok((SEND_TOKEN, Some(digits.reveal().to_owned()))),
                None => Err(no(RefusalKind::BadRequest, "a token has 20 digits")),
            },
        }
    }

    pub(super) async fn look(&self, task: &Watched) -> Answered<Polled> {
        let id = task.task.0.parse::<i64>().map_err(|_| {
            let said = "a task of this dialect has a whole number";
            no(RefusalKind::BadRequest, said)
        })?;
        let body = json!({ "id": id, "lang": "en", "company": self.company });
        let call = Call::post(task_path("Get", task.act.sort()), body);
        let envelope = self.signed.ask(call).await?;
        let rows = envelope.rows()?.rows.into_iter().map(RawValue::get);
        let mut own = rows.filter(|raw| fields::id(raw) == Some(id));
        let own = own.find_map(|raw| Some((fields::row(raw)?, raw)));
        Ok(match own {
            Some((row, raw)) => self.polled(task, &row, raw),
            None => task_row::unseen(task, TaskState::Absent),
        })
    }

    fn polled(&self, task: &Watched, row: &Row, raw: &str) -> Polled {
        Polled {
            task: task.task.clone(),
            // whether a task of this dialect ever needs to be dispatched is not known
            state: task_row::state(&task.act, row, TaskState::Waiting, self.third),
            raw: raw.to_owned(),
        }
    }
}
