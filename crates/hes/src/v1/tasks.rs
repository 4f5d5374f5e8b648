//! Creating tasks, and looking at them by their `TaskNo`. Source: facts 2.4 to 2.6.

use super::V1;
use super::answers::{Said, known};
use crate::dates;
use crate::fields::{self, Row};
use crate::refusal::{Answered, empty, no, not_offered};
use crate::token;
use crate::transport::Call;
use asking::{Act, Ask, Item, Polled, RefusalKind, Sort, TaskId, TaskState, Watched};
use fleet::MeterNumber;
use serde_json::Value;

/// The paths of each sort of task.
fn path(sort: Sort) -> &'static str {
    match sort {
        Sort::Reading => "/api/COMM_RemoteReading",
        Sort::Control => "/api/COMM_RemoteControl",
        Sort::Setting => "/api/COMM_RemoteWrite",
        Sort::Token => "/api/COMM_RemoteToken",
    }
}

impl V1 {
    pub(super) async fn create_task(&self, ask: &Ask) -> Answered<TaskId> {
        let mut fields = vec![("MeterNo", Value::from(ask.meter.as_str()))];
        fields.extend(self.wanted(&ask.meter, &ask.act)?);
        let call = Call::post(path(ask.act.sort()), self.credentials.comm(&fields));
        let said = self.say(call.physical(!ask.act.may_repeat())).await?;
        let row = said.result().and_then(fields::row);
        // where there is a number there is a task, whatever the code says
        match row.and_then(|row| fields::text(&row, "TaskNo")) {
            Some(number) => Ok(TaskId(number)),
            None if said.said_yes() => Err(empty()),
            None => Err(self.blamed(said.refusal()).await),
        }
    }

    /// What a create says of the act.
    fn wanted(&self, meter: &MeterNumber, act: &Act) -> Answered<Vec<(&'static str, Value)>> {
        let item = |name: &str| ("DataItem", Value::from(name));
        Ok(match act {
            Act::Read(wanted) => {
                if let Some(why) = self.firmwares.cannot(meter, *wanted) {
                    return Err(no(RefusalKind::Firmware, why));
                }
                let asks = self.items.asks(*wanted);
                vec![item(asks.ok_or_else(|| not_offered(wanted.word()))?)]
            }
            Act::Reconnect => vec![item("Switch On")],
            Act::Disconnect => vec![item("Switch Off")],
            Act::SetClock(at) => vec![item("Date"), ("Data", written_date(at)?.into())],
            Act::DeliverToken(given) => match token::digits(given.reveal()) {
                Some(digits) => vec![("Token", digits.reveal().into())],
                None => return Err(no(RefusalKind::BadRequest, "a token has 20 digits")),
            },
        })
    }

    pub(super) async fn look(&self, task: &Watched) -> Answered<Polled> {
        let sort = task.act.sort();
        let fields = [("TaskNo", Value::from(task.task.0.as_str()))];
        let call = Call::post(
            format!("{}Task", path(sort)),
            self.credentials.comm(&fields),
        );
        let said = self.say(call).await?;
        let polled = |state, raw: &str| Polled {
            task: task.task.clone(),
            state,
            raw: raw.to_owned(),
        };
        let Some((raw, row)) = said.result().and_then(|raw| Some((raw, fields::row(raw)?))) else {
            if said.said_yes() {
                return Err(empty());
            }
            let refusal = self.blamed(said.refusal()).await;
            // a token that was rejected ends without a result (facts 2.4); of other tasks it may
            // also be the server's trouble: then the look failed, and not the task
            return match (sort, refusal.kind) {
                (Sort::Token, RefusalKind::Code) => Ok(polled(TaskState::Failed(said.words()), "")),
                _ => Err(refusal),
            };
        };
        let state = self.state(task, &row, &said);
        Ok(polled(state, raw))
    }

    /// `Status` is a .NET truth as text; null, blank, `unknown` and anything else is waited for.
    fn state(&self, task: &Watched, row: &Row, said: &Said) -> TaskState {
        let status = known(row, "Status")
            .unwrap_or_default()
            .to_ascii_lowercase();
        let data = fields::text(row, "Data");
        match (status.as_str(), &task.act) {
            ("true", Act::Read(Item::Firmware)) => {
                if let Some(version) = &data {
                    self.firmwares.told(&task.meter, version);
                }
                crate::task_row::done(&task.act, data.is_none())
            }
            ("true", act) => crate::task_row::done(act, data.is_none()),
            ("false", Act::Read(item)) => {
                let firmware = self.firmwares.failed(&task.meter, *item);
                TaskState::Failed(firmware.unwrap_or_else(|| complaint(said)))
            }
            ("false", _) => TaskState::Failed(complaint(said)),
            _ => TaskState::Waiting,
        }
    }
}

/// A failed task often says `OK` beside it, which says nothing.
fn complaint(said: &Said) -> String {
    if said.said_yes() {
        return String::new();
    }
    said.words()
}

/// `yymmddww` with the day of the week, `00` for Sunday. This dialect sets the date alone: nobody
/// has made its item `Time` work.
fn written_date(at: &str) -> Answered<String> {
    let no_time = || no(RefusalKind::BadRequest, "the clock is set to no time");
    let day = dates::local_time(at).ok_or_else(no_time)?;
    let (year, month, date) = day.civil();
    let year = year.rem_euclid(100);
    Ok(format!("{year:02}{month:02}{date:02}{:02}", day.weekday()))
}
