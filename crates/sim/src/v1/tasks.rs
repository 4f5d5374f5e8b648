//! `COMM_Remote...` and its `Task` twin.

use super::{Reply, uuid};
use crate::call::text;
use crate::dialect::Dialect;
use crate::dice::For;
use crate::door::Door;
use crate::scene::{TaskKind, TaskPhase};
use crate::world::{Order, Task};
use jiff::civil::Date;
use serde_json::{Value, json};

/// Creates a task.
pub(super) fn create(door: &mut Door<'_>, body: &Value, kind: TaskKind) -> Reply {
    let number = text(body, "MeterNo").unwrap_or_default();
    let Some(meter) = door.world.find(door.head, &number) else {
        return Reply::Refused;
    };
    let Some((order, argument)) = order(door, body, kind) else {
        return Reply::Refused;
    };
    if kind == TaskKind::Token && refused_at_once(door, meter, &argument) {
        return Reply::Refused;
    }
    let id = if door.loses_tasks() {
        door.world.create_nothing(door.head, meter, order, door.now)
    } else {
        door.world
            .create(door.head, meter, order, &argument, door.now)
    };
    Reply::Ok(json!({
        "TaskNo": uuid::dress(door.world.dice.0, id),
        "Status": null,
        "DataItem": name(door, order),
        "Data": "",
    }))
}

/// A token that will not be taken is refused now, or only when its task is looked at: both occur.
fn refused_at_once(door: &Door<'_>, meter: u32, token: &str) -> bool {
    door.world.fits(meter, token).is_none()
        && door
            .world
            .dice
            .happens(For::Wording, door.world.tasks.next(), 0.5)
}

fn order(door: &Door<'_>, body: &Value, kind: TaskKind) -> Option<(Order, String)> {
    let item = text(body, "DataItem").unwrap_or_default();
    let plain = |order| Some((order, String::new()));
    match (kind, item.to_lowercase().as_str()) {
        (TaskKind::Reading, _) => plain(Order::Read(door.world.item(door.head, &item)?)),
        (TaskKind::Control, "switch on") => plain(Order::On),
        (TaskKind::Control, "switch off") => plain(Order::Off),
        (TaskKind::Setting, "date") => {
            let midnight = door.world.around.midnight(date(&text(body, "Data")?)?);
            Some((Order::Date, midnight.to_string()))
        }
        (TaskKind::Token, _) => Some((Order::Token, text(body, "Token")?)),
        (TaskKind::Control | TaskKind::Setting, _) => None,
    }
}

/// `yymmddww`; a weekday that does not belong to its date is refused.
fn date(text: &str) -> Option<Date> {
    let plain = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    let part = |at: usize| text.get(at..at + 2)?.parse::<i8>().ok().filter(|_| plain);
    let date = Date::new(2000 + i16::from(part(0)?), part(2)?, part(4)?).ok()?;
    (date.weekday().to_sunday_zero_offset() == part(6)?).then_some(date)
}

/// Looks at a task.
pub(super) fn look(door: &mut Door<'_>, body: &Value, kind: TaskKind) -> Reply {
    let asked = text(body, "TaskNo").unwrap_or_default();
    let id = uuid::undress(door.world.dice.0, &asked);
    let place = id
        .and_then(|id| door.world.tasks.get(id))
        .filter(|task| door.world.dialect(task.head) == Dialect::V1 && task.order.kind() == kind)
        .map(|task| door.world.meter(task.meter).gateway);
    let (Some(id), Some(place)) = (id, place) else {
        return Reply::Refused;
    };
    door.world
        .work_off(usize::try_from(place).unwrap_or(0), door.now);
    let Some(task) = door.world.tasks.get(id) else {
        return Reply::Refused;
    };
    if task.phase == TaskPhase::Rejected {
        return Reply::Refused;
    }
    Reply::Ok(json!({
        "TaskNo": asked,
        "MeterNo": door.world.meter(task.meter).text(),
        "Status": status(task),
        "DataItem": name(door, task.order),
        "Data": data(door, task),
        "CreateDate": door.world.around.text(task.created),
        "EndDate": ended(task).then(|| door.world.around.text(task.updated)),
    }))
}

/// Words, never booleans. Pending is null, then `unknown`.
fn status(task: &Task) -> Value {
    match task.phase {
        TaskPhase::Done => "True".into(),
        TaskPhase::Failed | TaskPhase::Rejected => "False".into(),
        TaskPhase::Running => "unknown".into(),
        TaskPhase::StandBy | TaskPhase::Waiting | TaskPhase::Vanished => Value::Null,
    }
}

fn ended(task: &Task) -> bool {
    matches!(
        task.phase,
        TaskPhase::Done | TaskPhase::Failed | TaskPhase::Rejected
    )
}

fn data(door: &Door<'_>, task: &Task) -> String {
    match (task.order, task.phase) {
        (Order::Read(_), TaskPhase::Done) if !door.empties() => {
            task.data.as_deref().unwrap_or_default().to_owned()
        }
        _ => String::new(),
    }
}

fn name(door: &Door<'_>, order: Order) -> String {
    let name = match order {
        Order::Read(item) => door
            .world
            .written(door.head, item)
            .map_or("", |row| row.name),
        Order::Clock | Order::Date => "Date",
        Order::On => "Switch On",
        Order::Off => "Switch Off",
        Order::Token => "Token",
    };
    name.to_owned()
}
