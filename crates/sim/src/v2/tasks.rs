//! Tasks of both v2 dialects: create, look, send again.

use super::page::{newest_first, page, part, range};
use super::{OUT_OF_RANGE, QUERY_FAILED, Reply, Wants, signed};
use crate::call::{text, whole};
use crate::dialect::Dialect;
use crate::dice::For;
use crate::door::Door;
use crate::scene::{TaskKind, TaskPhase};
use crate::world::{Order, Task};
use crate::{concentrator, station};
use rand::RngExt;
use serde_json::{Value, json};

/// Serves one verb for any kind of task.
pub(super) type Serves = fn(&mut Door<'_>, &Value, TaskKind) -> Reply;

/// `/api/remotemetertask/<verb><kind>task`.
const VERBS: &[(&str, Wants, Serves)] = &[
    ("create", Wants::Rows, create),
    ("get", Wants::Lang, get),
    ("update", Wants::Rows, update),
];
const KINDS: &[(&str, TaskKind)] = &[
    ("readingtask", TaskKind::Reading),
    ("settingtask", TaskKind::Setting),
    ("controltask", TaskKind::Control),
    ("tokentask", TaskKind::Token),
];

/// Who serves a path of tasks. Only one of the dialects asks for `lang`.
pub(super) fn find(path: &str, lang: bool) -> Option<(Wants, Serves, TaskKind)> {
    let rest = path.strip_prefix("/api/remotemetertask/")?;
    let (verb, wants, serves) = VERBS.iter().find(|(verb, ..)| rest.starts_with(verb))?;
    let (_, kind) = KINDS
        .iter()
        .find(|(kind, _)| rest[verb.len()..] == **kind)?;
    let wants = match wants {
        Wants::Lang if !lang => Wants::Any,
        wants => *wants,
    };
    Some((wants, *serves, *kind))
}

/// `Create...Task`: everything is checked before anything is created.
fn create(door: &mut Door<'_>, body: &Value, kind: TaskKind) -> Reply {
    let mut asked = Vec::new();
    for row in body.as_array().into_iter().flatten() {
        if lacks_company(door, row) {
            return Reply::Missing("Company");
        }
        let number = text(row, "meterId").unwrap_or_default();
        let Some(meter) = door.world.find(door.head, &number) else {
            return QUERY_FAILED;
        };
        let order = match door.world.dialect(door.head) {
            Dialect::Concentrator => concentrator::order(door, row, kind),
            Dialect::Station | Dialect::V1 => station::order(door, row, kind),
        };
        let Some((order, argument)) = order else {
            return OUT_OF_RANGE;
        };
        asked.push((meter, order, argument));
    }
    let mut ids = Vec::new();
    for (meter, order, argument) in asked {
        ids.push(if door.loses_tasks() {
            door.world.create_nothing(door.head, meter, order, door.now)
        } else {
            door.world
                .create(door.head, meter, order, &argument, door.now)
        });
    }
    let rows = ids.iter().take(door.answered(ids.len()));
    let rows = rows.map(|id| match door.world.tasks.get(*id) {
        Some(task) => row(door, task),
        None => json!({"id": id, "status": 0}),
    });
    Reply::Ok(rows.collect())
}

/// `Get...Task`: one by its id, or a list.
fn get(door: &mut Door<'_>, body: &Value, kind: TaskKind) -> Reply {
    if lacks_company(door, body) {
        return Reply::Missing("Company");
    }
    let number = text(body, "meterId");
    let meter = match &number {
        None => None,
        Some(number) => match door.world.find(door.head, number) {
            None => return page(door, 0, Vec::new()),
            found => found,
        },
    };
    let id = whole(body, "id")
        .and_then(|id| u64::try_from(id).ok())
        .filter(|id| *id > 0);
    settle(door, id, meter);
    let wanted = Wanted::of(door, body, kind);
    let part = part(body);
    let tasks = &door.world.tasks;
    if id.is_none() && meter.is_none() && wanted.is_any() && newest_first(body) {
        // the usual way to look at many: no need to go through all that are kept
        let newest = tasks.iter().rev().filter(|task| wanted.is(task));
        let rows = newest.skip(part.skip).take(part.take);
        let rows = rows.map(|task| row(door, task)).collect();
        return page(door, tasks.many(door.head, kind), rows);
    }
    let mut found: Vec<&Task> = match (id, meter) {
        (Some(id), _) => tasks
            .get(id)
            .filter(|task| wanted.is(task))
            .into_iter()
            .collect(),
        (None, Some(meter)) => wanted.among(tasks.of_meter(meter)),
        (None, None) => wanted.among(tasks.iter().rev()),
    };
    if !newest_first(body) {
        found.reverse();
    }
    let rows = found.iter().skip(part.skip).take(part.take);
    let rows = rows.map(|task| row(door, task)).collect();
    page(door, found.len(), rows)
}

/// `Update...Task`: dispatches what stands by. What has ended is sent to the meter once more: whoever
/// sends this without looking first moves a relay twice.
fn update(door: &mut Door<'_>, body: &Value, _: TaskKind) -> Reply {
    let mut rows = Vec::new();
    for asked in body.as_array().into_iter().flatten() {
        let id = whole(asked, "id").and_then(|id| u64::try_from(id).ok());
        let Some(id) = id.filter(|id| door.world.tasks.get(*id).is_some()) else {
            return QUERY_FAILED;
        };
        settle(door, Some(id), None);
        door.world.dispatch(id, door.now);
        rows.extend(door.world.tasks.get(id).map(|task| row(door, task)));
    }
    Reply::Ok(rows.into())
}

/// Lets happen what is due where these tasks are.
fn settle(door: &mut Door<'_>, id: Option<u64>, meter: Option<u32>) {
    let of_task = id
        .and_then(|id| door.world.tasks.get(id))
        .map(|task| task.meter);
    match of_task.or(meter) {
        Some(meter) => {
            let gateway = door.world.meter(meter).gateway;
            let place = usize::try_from(gateway).unwrap_or(0);
            door.world.work_off(place, door.now);
        }
        None => door.world.work_off_all(door.now),
    }
}

/// What a list is narrowed to.
struct Wanted {
    head: usize,
    kind: TaskKind,
    status: Option<i64>,
    created: [i64; 2],
    dialect: Dialect,
}

impl Wanted {
    fn of(door: &Door<'_>, body: &Value, kind: TaskKind) -> Self {
        Self {
            head: door.head,
            kind,
            status: whole(body, "status"),
            created: range(body, "createDateRange", door.world.around),
            dialect: door.world.dialect(door.head),
        }
    }

    /// Whether nothing but the kind narrows it.
    fn is_any(&self) -> bool {
        self.status.is_none() && self.created == [i64::MIN, i64::MAX]
    }

    fn is(&self, task: &Task) -> bool {
        let [from, to] = self.created;
        task.head == self.head
            && task.order.kind() == self.kind
            && task.phase != TaskPhase::Vanished
            && (from..=to).contains(&task.created)
            && self
                .status
                .is_none_or(|status| status == number_of(self.dialect, task.phase))
    }

    /// Those wanted among tasks that come newest first: what is too old ends the search.
    fn among<'a>(&self, tasks: impl Iterator<Item = &'a Task>) -> Vec<&'a Task> {
        tasks
            .take_while(|task| task.created >= self.created[0])
            .filter(|task| self.is(task))
            .collect()
    }
}

/// A phase as each dialect numbers it. 3 means running here and rejected there: both were seen.
fn number_of(dialect: Dialect, phase: TaskPhase) -> i64 {
    match (phase, dialect) {
        (TaskPhase::StandBy | TaskPhase::Waiting | TaskPhase::Vanished, _)
        | (TaskPhase::Running, Dialect::Concentrator) => 0,
        (TaskPhase::Running, _) | (TaskPhase::Rejected, Dialect::Concentrator) => 3,
        (TaskPhase::Done, _) => 1,
        (TaskPhase::Failed | TaskPhase::Rejected, _) => 2,
    }
}

/// A task as a row.
fn row(door: &Door<'_>, task: &Task) -> Value {
    let world = &*door.world;
    let dialect = world.dialect(door.head);
    let meter = world.meter(task.meter);
    let gateway = world.gateway(meter.gateway);
    let (name, prefix) = names(door, task);
    let mut row = json!({
        "id": task.id,
        "customerId": meter.customer_id(),
        "customerName": meter.customer_name(),
        "meterId": meter.text(),
        "name": name,
        "data": data(door, task),
        "dataPrefix": prefix,
        "status": number_of(dialect, task.phase),
    });
    if dialect == Dialect::Concentrator {
        row["concentratorId"] = gateway.id.clone().into();
        row["company"] = world.spec(door.head).company.clone().into();
    } else {
        row["stationId"] = gateway.site.clone().into();
    }
    let user = &world.spec(door.head).user;
    let (created, updated) = (
        world.around.text(task.created),
        world.around.text(task.updated),
    );
    signed(&mut row, user, &created, &updated);
    row
}

/// What a task's answer is called, and the label of its data.
fn names(door: &Door<'_>, task: &Task) -> (String, String) {
    let concentrator = door.world.dialect(door.head) == Dialect::Concentrator;
    let plain = |name: &str| (name.to_owned(), String::new());
    let (mut name, prefix) = match (task.order, concentrator) {
        (Order::Read(item), _) => match door.world.written(door.head, item) {
            Some(row) => (row.name.to_owned(), row.prefix.to_owned()),
            None => plain(""),
        },
        (Order::Clock | Order::Date, _) => plain("Clock(time)"),
        (Order::On | Order::Off, true) => plain("Relay On/Off"),
        (Order::On, false) => plain("Switch On"),
        (Order::Off, false) => plain("Switch Off"),
        (Order::Token, true) => plain("Token"),
        (Order::Token, false) => plain("Send Token"),
    };
    // trailing blanks now and then, as seen
    if concentrator && door.world.dice.happens(For::Wording, task.id, 0.25) {
        name.push_str("  ");
    }
    (name, prefix)
}

fn data(door: &Door<'_>, task: &Task) -> Value {
    let concentrator = door.world.dialect(door.head) == Dialect::Concentrator;
    if task.phase == TaskPhase::Done && door.empties() {
        return "".into();
    }
    match (task.order, task.data.as_deref()) {
        (Order::Token, _) if !concentrator => (*task.argument).into(),
        (Order::On | Order::Off, _) if !concentrator => Value::Null,
        (_, None) => Value::Null,
        (Order::On | Order::Off, Some("on")) => "Connected".into(),
        (Order::On | Order::Off, Some(_)) => "Disconnected".into(),
        (Order::Read(_), Some(said)) if concentrator => text_or_number(door, task.id, said),
        (_, Some(said)) => said.into(),
    }
}

/// A number as its text, or now and then as a number, as seen.
fn text_or_number(door: &Door<'_>, id: u64, said: &str) -> Value {
    let mut chance = door.world.dice.throw(For::Wording, !id);
    let as_number = chance.random_range(0..4) == 0;
    match said.parse::<serde_json::Number>() {
        Ok(number) if as_number => Value::Number(number),
        Ok(_) | Err(_) => said.into(),
    }
}

/// The concentrator dialect wants the company in each body; what it says when it is missing is a
/// guess.
fn lacks_company(door: &Door<'_>, body: &Value) -> bool {
    let world = &*door.world;
    world.dialect(door.head) == Dialect::Concentrator
        && text(body, "company").as_ref() != Some(&world.spec(door.head).company)
}
