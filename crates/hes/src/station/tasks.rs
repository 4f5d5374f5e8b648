//! Creating and dispatching tasks.

use super::Station;
use super::items::{SEND_TOKEN, relay};
use super::polling::id_of;
use crate::batch::Batch;
use crate::dates;
use crate::paths::task_path;
use crate::refusal::{Answered, no, not_offered};
use crate::token;
use crate::transport::Call;
use asking::{Act, Ask, Item, RefusalKind, TaskId, Watched};
use serde_json::{Value, json};

/// What a create says of the act.
struct Wanted {
    flag: String,
    default: &'static str,
    data: String,
}

impl Station {
    pub(super) async fn create_task(&self, ask: &Ask) -> Answered<TaskId> {
        let body = Value::Array(vec![self.worded(ask)?]);
        let call = Call::post(task_path("Create", ask.act.sort()), body);
        let call = call.physical(!ask.act.may_repeat());
        let made = self.signed.ask(call).await?.created().map(TaskId)?;
        self.was_made(ask, &made);
        Ok(made)
    }

    pub(super) async fn create_tasks(&self, asks: &[Ask]) -> Answered<Vec<Answered<TaskId>>> {
        let batch = Batch::of(asks, self.creates, |ask| self.worded(ask))?;
        let made = batch.send(&self.signed).await?;
        for (ask, made) in asks.iter().zip(&made) {
            if let Ok(made) = made {
                self.was_made(ask, made);
            }
        }
        Ok(made)
    }

    fn was_made(&self, ask: &Ask, made: &TaskId) {
        if let Ok(id) = id_of(made) {
            self.newest.made(ask.act.sort(), id);
        }
    }

    /// One row of a create.
    fn worded(&self, ask: &Ask) -> Answered<Value> {
        let wanted = self.wanted(&ask.act)?;
        let text = |text: Option<&str>| Value::from(text.unwrap_or_default());
        Ok(json!({
            "customerId": text(ask.customer.as_deref()),
            "meterId": ask.meter.as_str(),
            "version": self.version,
            "flag": wanted.flag,
            "dataDefault": wanted.default,
            "data": wanted.data,
            "stationId": text(ask.site.as_ref().map(fleet::SiteId::as_str)),
        }))
    }

    fn wanted(&self, act: &Act) -> Answered<Wanted> {
        let plain = |flag: &str, data: &str| Wanted {
            flag: flag.to_owned(),
            default: "",
            data: data.to_owned(),
        };
        match act {
            Act::Read(item) => match self.items.asks(*item) {
                Some(flag) => Ok(plain(flag, "")),
                None => Err(not_offered(item.word())),
            },
            // no identifier for setting the clock is published: the one that a deployment names
            // for reading it is used
            Act::SetClock(at) => match (self.items.asks(Item::Clock), dates::local_time(at)) {
                (None, _) => Err(not_offered("no data identifier is named for the clock")),
                (_, None) => Err(no(RefusalKind::BadRequest, "the clock is set to no time")),
                (Some(flag), Some(_)) => Ok(plain(flag, at)),
            },
            Act::DeliverToken(given) => match token::digits(given.reveal()) {
                Some(digits) => Ok(plain(SEND_TOKEN, digits.reveal())),
                None => Err(no(RefusalKind::BadRequest, "a token has 20 digits")),
            },
            Act::Reconnect | Act::Disconnect => match relay(act, &self.version) {
                Some((flag, default)) => Ok(Wanted {
                    default,
                    ..plain(flag, "")
                }),
                None => Err(not_offered("the relay")),
            },
        }
    }

    pub(super) async fn dispatch_task(&self, task: &Watched) -> Answered<()> {
        let id = super::polling::id_of(&task.task)?;
        let call = Call::post(task_path("Update", task.act.sort()), json!([{ "id": id }]));
        let call = call.physical(!task.act.may_repeat());
        self.signed.ask(call).await?.agreed()
    }
}
