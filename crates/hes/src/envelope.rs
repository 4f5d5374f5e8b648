//! `{code, reason, result}`: how station and concentrator wrap every answer.

use crate::fields::Row;
use crate::refusal::{Answered, empty, no, perhaps, shape};
use asking::{Refusal, RefusalKind};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// An answer of the newer dialects.
pub(crate) struct Envelope {
    /// 0 is success.
    pub code: i64,
    /// `success`, or why not.
    pub reason: String,
    /// The content in the bytes it came in; `null` is none.
    result: Option<Box<RawValue>>,
}

/// A page of a list: `{total, data: [...]}`.
pub(crate) struct Rows<'a> {
    /// How many there are over all pages.
    pub total: Option<u64>,
    /// The rows, in the bytes they came in.
    pub rows: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Wire {
    code: Option<Value>,
    #[serde(default)]
    reason: Value,
    result: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
struct WireRows<'a> {
    #[serde(default)]
    total: Value,
    #[serde(borrow)]
    data: Option<Vec<&'a RawValue>>,
}

impl Envelope {
    /// Reads it; JSON of another shape is another dialect's.
    pub(crate) fn read(text: &str) -> Answered<Self> {
        let wire: Wire = serde_json::from_str(text).map_err(|_| no_envelope())?;
        let code = match wire.code {
            Some(Value::Number(code)) => code.as_i64(),
            Some(Value::String(code)) => code.trim().parse().ok(),
            _ => None,
        };
        Ok(Self {
            code: code.ok_or_else(no_envelope)?,
            reason: wire.reason.as_str().unwrap_or_default().to_owned(),
            result: wire.result.filter(|result| result.get() != "null"),
        })
    }

    /// `99 Query failed, please try again`
    pub(crate) fn words(&self) -> String {
        format!("{} {}", self.code, self.reason)
            .trim_end()
            .to_owned()
    }

    /// Whether it says yes: code 0 and the word `success` (facts 3.1).
    fn said_yes(&self) -> bool {
        self.code == 0 && self.reason.trim().eq_ignore_ascii_case("success")
    }

    /// Its refusal. Without any content surely nothing was done; with some, who knows.
    fn refusal(&self) -> Refusal {
        match &self.result {
            None => no(RefusalKind::Code, self.words()),
            Some(result) if matches!(result.get(), "[]" | "{}" | "\"\"") => {
                no(RefusalKind::Code, self.words())
            }
            Some(_) => perhaps(RefusalKind::Code, self.words()),
        }
    }

    /// The content as a value, whatever the code.
    pub(crate) fn result(&self) -> Option<Value> {
        serde_json::from_str(self.result.as_ref()?.get()).ok()
    }

    /// Ends in a refusal unless it says yes.
    pub(crate) fn agreed(&self) -> Answered<()> {
        if self.said_yes() {
            return Ok(());
        }
        Err(self.refusal())
    }

    /// The content of a success.
    pub(crate) fn content(&self) -> Answered<Value> {
        self.agreed()?;
        self.result().ok_or_else(empty)
    }

    /// The rows of a success, be they a page or a bare list.
    pub(crate) fn rows(&self) -> Answered<Rows<'_>> {
        self.agreed()?;
        let result = self.result.as_ref().ok_or_else(empty)?.get();
        if let Ok(rows) = serde_json::from_str(result) {
            return Ok(Rows { total: None, rows });
        }
        let page: WireRows = serde_json::from_str(result).map_err(|_| no_rows())?;
        if page.data.is_none() && page.total.is_null() {
            return Err(no_rows());
        }
        Ok(Rows {
            total: page.total.as_u64(),
            rows: page.data.unwrap_or_default(),
        })
    }

    /// The rows of a creation of several tasks, and what an ask without a row is told: a success
    /// that does not speak of it leaves open whether it was created.
    pub(crate) fn created_rows(&self) -> (Vec<Row>, Refusal) {
        let rows = match self.result() {
            Some(Value::Array(rows)) => rows,
            Some(one @ Value::Object(_)) => vec![one],
            _ => Vec::new(),
        };
        let rows = rows.into_iter().map(|row| match row {
            Value::Object(row) => row,
            // it keeps its place, and says nothing
            _ => Row::new(),
        });
        let silence = if self.said_yes() {
            empty()
        } else {
            self.refusal()
        };
        (rows.collect(), silence)
    }

    /// The id of the first task that was created. Where there is an id there is a task, whatever
    /// the code says; without one there is none to wait for.
    pub(crate) fn created(&self) -> Answered<String> {
        let result = self.result();
        let first = match &result {
            Some(Value::Array(rows)) => rows.first(),
            other => other.as_ref(),
        };
        let id = first
            .and_then(Value::as_object)
            .and_then(|row| crate::fields::text(row, "id"));
        match id {
            Some(id) => Ok(id),
            None if self.said_yes() => Err(empty()),
            None => Err(self.refusal()),
        }
    }
}

fn no_envelope() -> Refusal {
    shape("there is no code in it")
}

fn no_rows() -> Refusal {
    shape("there is no list in it")
}
