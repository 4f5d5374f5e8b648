//! Many tasks by one call: which rows go into it, and which ask each row of its answer belongs to.

use crate::fields::{Row, text};
use crate::paths::task_path;
use crate::refusal::{Answered, no, shape};
use crate::signed::Signed;
use crate::transport::Call;
use asking::{Ask, Pace, Refusal, RefusalKind, Sort, TaskId};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// How many tasks one creation may hold at this pace.
pub(crate) fn most(pace: &Pace) -> usize {
    usize::try_from(pace.batch).unwrap_or(1).max(1)
}

/// One creation of several tasks.
pub(crate) struct Batch {
    sort: Sort,
    /// Whether every row may be sent again.
    may_repeat: bool,
    /// Ask by ask, the meter of its row, or why it has none.
    asked: Vec<Answered<String>>,
    rows: Vec<Value>,
}

impl Batch {
    /// Words each ask; those that cannot be worded are refused alone. Two tasks of one meter could
    /// not be told apart in the answer: the second is refused.
    pub(crate) fn of(
        asks: &[Ask],
        most: usize,
        word: impl Fn(&Ask) -> Answered<Value>,
    ) -> Answered<Self> {
        let sort = asks.first().map_or(Sort::Reading, |ask| ask.act.sort());
        if asks.iter().any(|ask| ask.act.sort() != sort) {
            return Err(no(
                RefusalKind::BadRequest,
                "tasks of several sorts do not go into one creation",
            ));
        }
        if asks.len() > most {
            let said = format!("one creation holds {most} tasks at most");
            return Err(no(RefusalKind::BadRequest, said));
        }
        let (mut rows, mut meters) = (Vec::with_capacity(asks.len()), BTreeSet::new());
        let asked = asks.iter().map(|ask| {
            let meter = ask.meter.as_str();
            if meters.contains(meter) {
                let said = "a meter stands in one creation once: ask again when it has ended";
                return Err(no(RefusalKind::BadRequest, said));
            }
            rows.push(word(ask)?);
            meters.insert(meter);
            Ok(meter.to_owned())
        });
        Ok(Self {
            sort,
            may_repeat: asks.iter().all(|ask| ask.act.may_repeat()),
            asked: asked.collect(),
            rows,
        })
    }

    /// Sends it once, unless there is nothing to send.
    pub(crate) async fn send(self, signed: &Signed) -> Answered<Vec<Answered<TaskId>>> {
        if self.rows.is_empty() {
            return Ok(self.ended(&Made::default()));
        }
        let sent = self.rows.len();
        let body = Value::Array(self.rows.clone());
        let call = Call::post(task_path("Create", self.sort), body).physical(!self.may_repeat);
        let made = match signed.ask(call).await {
            Ok(envelope) => {
                let (rows, silence) = envelope.created_rows();
                Made::of(&rows, sent, silence)
            }
            Err(refusal) => Made::refused(refusal),
        };
        Ok(self.ended(&made))
    }

    /// Ask by ask, its task or its refusal.
    fn ended(self, made: &Made) -> Vec<Answered<TaskId>> {
        let asked = self.asked.into_iter().scan(0, |place, asked| {
            Some(asked.and_then(|meter| {
                *place += 1;
                made.task(&meter, *place - 1)
            }))
        });
        asked.collect()
    }
}

/// What an answer says of the tasks that it created.
#[derive(Default)]
struct Made {
    /// By the meter's number, where the rows name it: every id that stands beside it.
    by_meter: BTreeMap<String, Vec<Option<String>>>,
    /// Row by row, where none names a meter and there is one for each task.
    by_place: Vec<Option<String>>,
    /// Ids that stand in several rows: such a row says nothing.
    doubled: BTreeSet<String>,
    /// What is said to an ask that has no row.
    silence: Option<Refusal>,
}

impl Made {
    fn refused(refusal: Refusal) -> Self {
        Self {
            silence: Some(refusal),
            ..Self::default()
        }
    }

    /// Rows are told apart by their meter; by their place only where none names a meter and there
    /// are as many as were sent.
    fn of(rows: &[Row], sent: usize, silence: Refusal) -> Self {
        let mut made = Self::refused(silence);
        let mut ids = BTreeSet::new();
        for row in rows {
            let id = text(row, "id");
            made.doubled
                .extend(id.clone().filter(|id| !ids.insert(id.clone())));
            if let Some(meter) = text(row, "meterId") {
                made.by_meter.entry(meter).or_default().push(id);
            }
        }
        if made.by_meter.is_empty() && rows.len() == sent {
            made.by_place = rows.iter().map(|row| text(row, "id")).collect();
        }
        made
    }

    fn task(&self, meter: &str, place: usize) -> Answered<TaskId> {
        let silence = || self.silence.clone().unwrap_or_else(crate::refusal::empty);
        let id = match self.by_meter.get(meter).map(Vec::as_slice) {
            Some([id]) => id,
            Some(_) => return Err(shape("several tasks came back for one meter")),
            None => self.by_place.get(place).unwrap_or(&None),
        };
        match id {
            Some(id) if self.doubled.contains(id) => {
                Err(shape("one task came back for several meters"))
            }
            Some(id) => Ok(TaskId(id.clone())),
            None => Err(silence()),
        }
    }
}
