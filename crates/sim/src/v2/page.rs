//! Pages of lists.

use super::Reply;
use crate::call::{field, text, whole};
use crate::door::{Door, Part};
use crate::local::Around;
use serde_json::{Value, json};

/// The largest page; 500 rows were seen to work.
const MOST: usize = 1000;
/// The size of a page where none is said.
const USUAL: usize = 100;

/// What part of a list a body asks for. Pages count from 1; 0 is the first too.
pub(crate) fn part(body: &Value) -> Part {
    let number = |name: &str| whole(body, name).and_then(|n| usize::try_from(n).ok());
    let take = number("pageSize")
        .filter(|n| *n > 0)
        .unwrap_or(USUAL)
        .min(MOST);
    let page = number("pageNumber").unwrap_or(1).max(1);
    Part {
        skip: (page - 1).saturating_mul(take),
        take,
    }
}

/// Whether the newest come first: unless the order asks for ascending.
pub(crate) fn newest_first(body: &Value) -> bool {
    !text(body, "orderBy").is_some_and(|order| order.to_lowercase().ends_with(" asc"))
}

/// A range of two moments, milliseconds; an open end is open.
pub(crate) fn range(body: &Value, name: &str, around: Around) -> [i64; 2] {
    let end = |at: usize| {
        let text = field(body, name).get(at)?.as_str()?;
        around.read(text)
    };
    [end(0).unwrap_or(i64::MIN), end(1).unwrap_or(i64::MAX)]
}

/// A page with its total.
pub(crate) fn page(door: &Door<'_>, total: usize, mut rows: Vec<Value>) -> Reply {
    rows.truncate(door.brought(rows.len()));
    Reply::Ok(json!({"total": total, "data": rows}))
}

/// A page of rows that are all there already.
pub(crate) fn page_of(door: &Door<'_>, body: &Value, rows: Vec<Value>) -> Reply {
    let part = part(body);
    let total = rows.len();
    let rows = rows.into_iter().skip(part.skip).take(part.take).collect();
    page(door, total, rows)
}
