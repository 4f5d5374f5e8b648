//! Looking at tasks: one list covers many, and nothing is called absent before it was asked for
//! by its own id.

use super::Station;
use super::items::called;
use crate::envelope::Envelope;
use crate::fields::{self, Row};
use crate::paths::task_path;
use crate::refusal::{Answered, no};
use crate::task_row;
use crate::transport::Call;
use asking::{Ask, Polled, RefusalKind, Seen, Sort, TaskId, TaskState, Watched};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// How many tasks one look may cover: with as many others beside them they fit into a long page.
pub(super) const LOOKS: usize = 150;
/// Up to so many are asked for meter by meter: ten rows each are less than a long list.
const FEW: usize = 3;
/// Rows of a list about one meter, newest first.
const OWN_ROWS: usize = 10;
/// Rows of the longest page; seen to work in the sister dialect.
const LONG_PAGE: usize = 500;
/// How many long pages one look may fetch.
const PAGES: usize = 4;
/// How many tasks that no list showed are asked for one by one in one look; the others wait for
/// the next.
const LOST: usize = 5;

/// What was found so far, by task id.
type Found = BTreeMap<i64, Polled>;

/// The integer that this dialect calls a task by.
pub(super) fn id_of(task: &TaskId) -> Answered<i64> {
    let id = task.0.parse();
    id.map_err(|_| {
        no(
            RefusalKind::BadRequest,
            "a task of this dialect has a whole number",
        )
    })
}

impl Station {
    pub(super) async fn look(&self, tasks: &[Watched]) -> Answered<Vec<Polled>> {
        let mut found = Found::new();
        let mut refused = None;
        for sort in Sort::ALL {
            let mut wanted = BTreeMap::new();
            for task in tasks.iter().filter(|task| task.act.sort() == sort) {
                wanted.insert(id_of(&task.task)?, task);
            }
            if let Err(refusal) = self.look_at(sort, &wanted, &mut found).await {
                refused = Some(refusal);
            }
        }
        // a right that is missing for one sort does not blind the others
        match refused {
            Some(refusal) if found.is_empty() => Err(refusal),
            _ => tasks.iter().map(|task| in_order(task, &found)).collect(),
        }
    }

    async fn look_at(
        &self,
        sort: Sort,
        wanted: &BTreeMap<i64, &Watched>,
        found: &mut Found,
    ) -> Answered<()> {
        if wanted.len() > FEW {
            self.look_by_list(sort, wanted, found).await?;
        }
        let lost: Vec<_> = wanted
            .iter()
            .filter(|(id, _)| !found.contains_key(id))
            .collect();
        for (id, task) in lost.into_iter().take(LOST) {
            let polled = self.look_by_meter(sort, *id, task).await?;
            found.insert(*id, polled);
        }
        Ok(())
    }

    /// The tasks of everybody, newest first: the page that is likely to hold the wanted ones, then as
    /// many from the top as are likely to, then long pages until the oldest wanted one is passed.
    async fn look_by_list(
        &self,
        sort: Sort,
        wanted: &BTreeMap<i64, &Watched>,
        found: &mut Found,
    ) -> Answered<()> {
        let ends = wanted.keys().next().zip(wanted.keys().next_back());
        let ends = ends.map(|(oldest, newest)| (*oldest, *newest));
        let guess = ends.and_then(|ends| self.newest.page(sort, ends, LONG_PAGE));
        if let Some((page, size)) = guess.filter(|(page, _)| *page > 1) {
            self.look_at_page(sort, (page, size), wanted, found).await?;
            if all_found(wanted, found) {
                return Ok(());
            }
        }
        let first = (1, (wanted.len() * 3).min(LONG_PAGE));
        let long = (1..=PAGES).map(|page| (page, LONG_PAGE));
        for (page, size) in std::iter::once(first).chain(long) {
            let (rows, oldest) = self.look_at_page(sort, (page, size), wanted, found).await?;
            let passed = oldest.as_ref() < wanted.keys().next();
            if rows < size || passed || all_found(wanted, found) {
                break;
            }
        }
        Ok(())
    }

    /// One page of everybody's tasks: how many rows it has, and the oldest id on it.
    async fn look_at_page(
        &self,
        sort: Sort,
        (page, size): (usize, usize),
        wanted: &BTreeMap<i64, &Watched>,
        found: &mut Found,
    ) -> Answered<(usize, Option<i64>)> {
        let filter = json!({ "pageNumber": page, "pageSize": size });
        let answer = self.tasks(sort, filter).await?;
        let rows = answer.rows()?.rows;
        let (many, mut oldest) = (rows.len(), None);
        for (place, raw) in rows.into_iter().map(RawValue::get).enumerate() {
            // most rows are other people's: their id is all that is read of them
            let Some(id) = fields::id(raw) else { continue };
            if (page, place) == (1, 0) {
                self.newest.listed(sort, id);
            }
            oldest = Some(oldest.map_or(id, |oldest: i64| oldest.min(id)));
            if let Some(task) = wanted.get(&id)
                && let Some(row) = fields::row(raw)
            {
                found.insert(id, self.polled(task, &row, raw));
            }
        }
        Ok((many, oldest))
    }

    /// One task, among its meter's newest; then by its id.
    async fn look_by_meter(&self, sort: Sort, id: i64, task: &Watched) -> Answered<Polled> {
        let meter = task.meter.as_str();
        let newest = json!({ "meterId": meter, "pageNumber": 1, "pageSize": OWN_ROWS });
        let itself = json!({ "id": id, "meterId": meter, "pageNumber": 1, "pageSize": OWN_ROWS });
        for filter in [newest, itself] {
            let answer = self.tasks(sort, filter).await?;
            for raw in answer.rows()?.rows.into_iter().map(RawValue::get) {
                if fields::id(raw) == Some(id)
                    && let Some(row) = fields::row(raw)
                {
                    return Ok(self.polled(task, &row, raw));
                }
            }
        }
        Ok(task_row::unseen(task, TaskState::Absent))
    }

    /// The newest tasks for this meter that may be of this sort: those whose name says that they
    /// are another item's are left out.
    pub(super) async fn newest(&self, ask: &Ask) -> Answered<Vec<Seen>> {
        let filter =
            json!({ "meterId": ask.meter.as_str(), "pageNumber": 1, "pageSize": OWN_ROWS });
        let answer = self.tasks(ask.act.sort(), filter).await?;
        let rows = answer.rows()?.rows.into_iter().map(RawValue::get);
        let seen = rows.filter_map(|raw| {
            let row = fields::row(raw)?;
            let name = fields::text(&row, "name");
            let says = called(&self.items, &ask.act, name.as_deref().unwrap_or_default());
            // another item's task must never pass for this one's
            says.is_none_or(|ours| ours).then_some(())?;
            Some(Seen {
                polled: Polled {
                    task: TaskId(fields::text(&row, "id")?),
                    state: self.state(&ask.act, &row),
                    raw: raw.to_owned(),
                },
                meter: fields::text(&row, "meterId")?,
                creator: fields::text(&row, "createId"),
                name,
                named: says == Some(true),
            })
        });
        Ok(seen.collect())
    }

    /// The task list under a filter, newest first.
    async fn tasks(&self, sort: Sort, mut filter: Value) -> Answered<Envelope> {
        filter["lang"] = "en".into();
        filter["orderBy"] = "createDate desc".into();
        let call = Call::post(task_path("Get", sort), filter);
        self.signed.ask(call).await
    }

    fn polled(&self, task: &Watched, row: &Row, raw: &str) -> Polled {
        Polled {
            task: task.task.clone(),
            state: self.state(&task.act, row),
            raw: raw.to_owned(),
        }
    }

    fn state(&self, act: &asking::Act, row: &Row) -> TaskState {
        task_row::state(act, row, TaskState::StandingBy, self.third)
    }
}

fn all_found(wanted: &BTreeMap<i64, &Watched>, found: &Found) -> bool {
    wanted.keys().all(|id| found.contains_key(id))
}

/// A task that was not seen is waited for: only its own id can say that it is absent.
fn in_order(task: &Watched, found: &Found) -> Answered<Polled> {
    let seen = found.get(&id_of(&task.task)?);
    Ok(seen
        .cloned()
        .unwrap_or_else(|| task_row::unseen(task, TaskState::Waiting)))
}
