//! Takes answers in: kept raw first, then read, judged, and put on the worklist.

mod apply;
mod group;
mod settle;
mod system;

pub(crate) use settle::Settled;

use crate::wants::Want;
use crate::{CaseRules, Clock, DeskError};
use answers::Settings;
use fleet::{MeterNumber, Moment};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Mutex;
use store::{AnswerId, NewAnswer, RequestId, SlotId, Store, StoredAnswer};

/// Where answers come in. One for the whole program.
#[derive(Debug)]
pub struct Intake {
    store: Store,
    clock: Clock,
    rules: CaseRules,
    /// How each head-end's answers are read.
    reading: BTreeMap<String, Settings>,
    surroundings: Mutex<system::Surroundings>,
}

/// An answer on its way in.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// The answer, to be kept as it came.
    pub answer: NewAnswer,
    /// The request it serves.
    pub request: Option<RequestId>,
    /// When the meter was asked for it, where it was asked.
    pub asked_at: Option<Moment>,
}

/// An answer that is kept and not yet read.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    stored: StoredAnswer,
    request: Option<RequestId>,
    asked_at: Option<Moment>,
}

impl Kept {
    /// What arrived, once it is kept under this id.
    pub(crate) fn of((id, arrived): (AnswerId, Arrived)) -> Self {
        Self {
            stored: stored(id, arrived.answer),
            request: arrived.request,
            asked_at: arrived.asked_at,
        }
    }

    /// The meter that was asked, what for, and when.
    pub(crate) fn asked(&self) -> Option<(&MeterNumber, &str, Moment)> {
        let answer = &self.stored.answer;
        Some((answer.meter.as_ref()?, &answer.asked, self.asked_at?))
    }
}

/// A status that a person read off the meter's display.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The meter.
    pub meter: MeterNumber,
    /// What was typed: `87-8`, `08`, `1008`.
    pub status: String,
    /// Who read it.
    pub reader: String,
    /// When it was read.
    pub at: Moment,
}

/// The source of answers that people read off a display.
pub const PERSON: &str = "person";
/// The source of answers that arrive as files.
pub const FILE: &str = "file";

/// How many kept answers are settled at once after a restart.
const BATCH: usize = 500;

impl Intake {
    /// Opens the intake: learns from the store which gateways are dark and which head-ends are in
    /// trouble.
    ///
    /// `reading` says for each head-end how its answers are read.
    pub async fn open(
        store: Store,
        clock: Clock,
        rules: CaseRules,
        reading: BTreeMap<String, Settings>,
    ) -> Result<Self, DeskError> {
        let surroundings = Mutex::new(system::Surroundings::learn(&store).await?);
        Ok(Self {
            store,
            clock,
            rules,
            reading,
            surroundings,
        })
    }

    /// The store behind it.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The clock it goes by.
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// Keeps the answers, then reads and judges them; gives what the verdicts would like to know.
    ///
    /// When this returns an error after the answers were kept, they stay kept and
    /// [`Intake::resume`] settles them.
    pub async fn take(&self, arrived: Vec<Arrived>) -> Result<Vec<Want>, DeskError> {
        let kept = self.keep(arrived).await?;
        Ok(self.settle(kept).await?.wants)
    }

    /// Keeps the answers: when this returns they survive whatever happens, and their slots are free.
    pub(crate) async fn keep(&self, arrived: Vec<Arrived>) -> Result<Vec<Kept>, DeskError> {
        let answers: Vec<NewAnswer> = arrived.iter().map(|one| one.answer.clone()).collect();
        let ids = self.store.keep(&answers).await?;
        Ok(ids.into_iter().zip(arrived).map(Kept::of).collect())
    }

    /// Settles what was kept and not settled when the program last ended. Gives how many.
    pub async fn resume(&self) -> Result<usize, DeskError> {
        let mut settled = 0;
        loop {
            let kept = self.store.unsettled(BATCH).await?;
            if kept.is_empty() {
                return Ok(settled);
            }
            settled += kept.len();
            let kept = kept.into_iter().map(|stored| Kept {
                stored,
                request: None,
                asked_at: None,
            });
            self.settle(kept.collect()).await?;
        }
    }

    /// Takes in what a person read off the display.
    pub async fn typed(&self, typed: Typed) -> Result<Vec<Want>, DeskError> {
        let body = json!({
            "meter": typed.meter.as_str(),
            "status": typed.status,
            "reader": typed.reader,
        });
        let answer = NewAnswer {
            at: typed.at,
            source: PERSON.to_owned(),
            meter: Some(typed.meter),
            asked: "typed".to_owned(),
            body: body.to_string(),
            slot: None,
        };
        let arrived = Arrived {
            answer,
            request: None,
            asked_at: None,
        };
        self.take(vec![arrived]).await
    }

    /// How patient the desk is.
    pub(crate) fn rules(&self) -> &CaseRules {
        &self.rules
    }

    /// How answers of this source are read.
    pub(crate) fn reading(&self, source: &str) -> Settings {
        self.reading.get(source).cloned().unwrap_or_default()
    }
}

fn stored(id: AnswerId, answer: NewAnswer) -> StoredAnswer {
    StoredAnswer {
        id,
        answer,
        problem: None,
        settled: false,
    }
}

/// An ask that ended at the head-end without a row that could be kept.
#[derive(Clone, Debug)]
pub struct Unanswered {
    /// The slot it held.
    pub slot: SlotId,
    /// The meter.
    pub meter: MeterNumber,
    /// Whether the meter was really asked and did not answer.
    pub silent: bool,
    /// How it ended, one sentence.
    pub why: String,
    /// The request it served.
    pub request: Option<RequestId>,
    /// When it was asked.
    pub asked_at: Moment,
}
